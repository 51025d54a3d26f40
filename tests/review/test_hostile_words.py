"""Clauses written to choke the review: as long as a clause may be, and read soon all the same."""

import time
from collections.abc import Callable

import pytest

from accord.review.rules import amounts, values
from accord.text import judgement

LONGEST = 20_000  # characters of a clause
MOST_SECONDS = 2  # of processor time; quadratic readings of such texts took 6 to 11
READINGS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "amounts in words": (lambda text: list(amounts._SPELT.finditer(text)), ("un ", "vingt-", "one and ")),
    "prices": (amounts._A_PRICE.search, ("un ", "twenty ")),
    "days to pay": (lambda text: amounts._days_to_pay(f"payable {text}"), ("un ", "cent-", "à 9 ")),
    "fields": (
        lambda text: values._unfilled(text, prose=True),
        ("{%", "{{", "<nom ", "[client ", "«", "*|", "%%a "),
    ),
    "fields in names": (lambda text: values._unfilled(f"<«{text}", prose=False), ("nom ", "_a", "a.", "%a")),
    "judgements": (
        lambda text: judgement.find(text, "fr"),
        ("le client valide ", "le client la valide. ", "le client valide, ", "validation "),
    ),
    "judgements in a clause": (
        lambda text: judgement.find(text, "en", in_a_clause=True),
        ("the client approves ", "the client approves it. ", "it suits "),
    ),
}


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, (_read, texts) in READINGS.items() for words in texts]
)
def test_words_without_end_are_read_soon(name: str, words: str) -> None:
    read, _texts = READINGS[name]
    read(words)  # which loads what is loaded once
    start = time.process_time()
    read((words * LONGEST)[:LONGEST])
    assert time.process_time() - start < MOST_SECONDS


def test_no_words_are_left_out_of_a_sentence_without_end() -> None:
    """As a judgement behind thousands of other words."""
    text = f"{'chaque vente porte un numéro et ' * 500}le client approuve l'écran"
    assert judgement.find(text, "fr") == "client approuve l’écran"


def test_an_amount_behind_many_words_is_found() -> None:
    assert amounts._SPELT.search(f"{'cent ' * 2000}deux mille euros")
