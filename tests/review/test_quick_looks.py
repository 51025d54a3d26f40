"""What is looked for only in texts that have a sign of it: such a sign is in every text that has the thing itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.review.rules import amounts, values
from accord.text.currencies import CODES, NAMES

WORDS = st.sampled_from(
    [
        *sorted(NAMES), *CODES, *amounts._NUMERAL[3:-1].replace("?", "").split("|"), "6", "2,50", "k€", "£5", "$", "(EUR)", "(3)",
        "en", "IN", "à", "pour", "for", "of", "de", "lots", "Packs", "batch", "x", "licences", "users", "sites", "mois", "months",
        "une", "A", "vingtaine", "dozen", "Several", "plusieurs", "jusqu'à", "les", "environ", "livres", "commun", "concept", "Export",
        "dix-sept", "vingt-et-un", "soixante-dix", "forty-two", "commitment", "term", "durée", "Module", "n°", "p.m.", "HT", "each",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=5).flatmap(
    lambda words: st.sampled_from([" ".join(words), "-".join(words), ", ".join(words), "".join(words)])
)


@given(TEXTS)
def test_an_item_that_says_a_price_or_a_number_may_do_so(item: str) -> None:
    if amounts._a_price().search(item):
        assert amounts._may_tell(item, amounts._OF_A_PRICE, "€£$(")
    if amounts._a_number().search(item) or amounts._a_length().search(item):
        assert amounts._may_tell(item, amounts._OF_A_NUMBER)


@pytest.mark.parametrize(
    ("item", "is_told"),
    [("commun euros", True), ("deux sites", True), ("Export comptable", False), ("Concept unique", False)],
)
def test_an_item_may_say_so_by_its_words(item: str, is_told: bool) -> None:  # noqa: FBT001
    assert amounts._may_tell(item, amounts._OF_A_PRICE | amounts._OF_A_NUMBER) == is_told


SIGNS = st.sampled_from(
    [*"{}%$!<>*|@#«»[]()_‹›. ", "{{", "}}", "{%", "%}", "${", "<<", ">>", "*|", "|*", "MergeField", "nom", "Société", "client", "a"]
)  # fmt: skip


@given(st.lists(SIGNS, max_size=8).map("".join))
def test_a_field_of_a_merge_has_a_sign_of_one(text: str) -> None:
    if values._in_name().search(text) or values._in_prose().search(text):
        assert values._SIGN_OF_A_FIELD.search(text)
