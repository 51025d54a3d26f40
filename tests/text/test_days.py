"""The days that people name in a sentence."""

import datetime

import pytest

from accord.text.days import named_in

TODAY = datetime.date(2026, 11, 23)
NAMED = {
    "le 15 février 2027": ("2027-02-15", "2027-02-15"),
    "on February 15, 2027": ("2027-02-15", "2027-02-15"),
    "the 1st of March 2027": ("2027-03-01", "2027-03-01"),
    "le 05/02/2027": ("2027-02-05", "2027-02-05"),
    "fin janvier 2027": ("2027-01-20", "2027-01-31"),
    "by the end of February": ("2027-02-20", "2027-02-28"),
    "début décembre": ("2026-12-01", "2026-12-10"),
    "in October": ("2027-10-01", "2027-10-31"),
    "au 2e trimestre 2027": ("2027-04-01", "2027-06-30"),
    "Q1 2027": ("2027-01-01", "2027-03-31"),
    "avant Noël": ("2026-12-25", "2026-12-25"),
    "Christmas 2027": ("2027-12-25", "2027-12-25"),
    "avant Pâques 2027": ("2027-03-28", "2027-03-28"),
    "by Easter": ("2027-03-28", "2027-03-28"),
    "fin 2026": ("2026-12-01", "2026-12-31"),
}


@pytest.mark.parametrize("text", NAMED)
def test_a_day_is_understood(text: str) -> None:
    (day,) = named_in(text, TODAY)
    assert (day.first.isoformat(), day.last.isoformat()) == NAMED[text]


@pytest.mark.parametrize(
    "text", ["it may march on", "le 31 février 2027", "mars et Jupiter", "12 000 pages", "1.2.3"]
)
def test_other_words_name_no_day(text: str) -> None:
    assert not list(named_in(text, TODAY))
