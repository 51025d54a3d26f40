"""Two requests that ask for the same, and close neighbours that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.text.likeness import IndexedRequests, Requests, likeness
from support.printed import STEADY

PAIRS = {
    "the same": ("Export FEC", "export  fec", "same"),
    "accents": ("Export comptable", "Export comptâble", "spelling"),
    "a hyphen": ("Caisse hors-connexion", "Caisse hors connexion", "spelling"),
    "one word or two": ("Multi-devises", "Multidevises", "spelling"),
    "the order of words": ("Export FEC comptable", "Comptable : export FEC", "order"),
    "small words": ("Export au format FEC", "Export format FEC", "small-words"),
    "an elision": ("Export d’achats", "Export des achats", "small-words"),
    "a plural": ("Gestion des réseaux", "Gestion du réseau", "small-words"),
    "a plural in English": ("Stock entries", "Stock entry", "small-words"),
    "points": ("Export F.E.C.", "Exports FEC", "small-words"),
    "a letter wrong": ("Facturation électronique", "Facturetion electronique", "slip"),
    "two letters that changed places": ("Export comptabel FEC", "Export comptable FEC", "slip"),
    "a letter missing": ("Export comptble FEC", "Export comptable FEC", "slip"),
    "the other direction": ("Import FEC", "Export FEC", None),
    "another object": ("Export FEC", "Export TVA", None),
    "with and without": ("Export avec TVA", "Export sans TVA", None),
    "from and to": ("Sync to Sage", "Sync from Sage", None),
    "another version": ("Format FEC 2026", "Format FEC 2027", None),
    "a first letter more": ("Suivi des rachats", "Suivi des achats", None),
    "another name": ("Lot A", "Lot B", None),
    "a letter that is no article": ("Vitamine A", "Vitamine D", None),
    "a longer request": ("Caisse hors connexion", "Caisse hors connexion avec fidélité", None),
    "two slips": ("Exprot comptabel", "Export comptable", None),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_alike_and_why(name: str) -> None:
    one, other, expected = PAIRS[name]
    assert likeness(one, other) == likeness(other, one) == expected
    for some in (Requests, IndexedRequests):
        assert bool(some([one, "Planning"]).like(other)) is (expected is not None)


WORDS = st.lists(
    st.sampled_from(
        [
            "export",
            "exprot",
            "import",
            "caisse",
            "caisses",
            "de",
            "la",
            "fec",
            "f-e-c",
            "réseau",
            "réseaux",
            "A",
            "2026",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@STEADY
@given(st.lists(WORDS, max_size=8), WORDS)
def test_all_that_are_alike_are_found(requests: list[str], request: str) -> None:
    expected = {each for each in requests if likeness(each, request)}
    assert set(Requests(requests).like(request)) == set(IndexedRequests(requests).like(request)) == expected
