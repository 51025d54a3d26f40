"""Clauses written to choke the review: as long as a clause may be, and read soon all the same."""

import time
from collections.abc import Callable

import pytest

from accord.review.rules import amounts, values
from accord.text import ear, judgement
from support.campaign import Tried

LONGEST = 20_000  # characters of a clause
MOST_SECONDS = 3  # of processor time; quadratic readings of such texts took 6 to 11
READINGS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "amounts in words": (lambda text: list(amounts._SPELT.finditer(text)), ("un ", "vingt-", "one and ")),
    "prices": (amounts._a_price().search, ("un ", "twenty ")),
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
    "what is heard": (lambda text: ear.evidence("clauses", text, "fr"), ("le client valide ", "a1 ", "l'")),
}


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, (_read, texts) in READINGS.items() for words in texts]
)
def test_words_without_end_are_read_soon(name: str, words: str, tried: Tried) -> None:
    read, _texts = READINGS[name]
    read(words)  # which loads what is loaded once
    start = time.process_time()
    read((words * LONGEST)[:LONGEST])
    assert time.process_time() - start < MOST_SECONDS
    tried(name, "read")
