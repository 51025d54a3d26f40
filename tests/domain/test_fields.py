"""A value is taken if it is sound, settled in one spelling, or refused with what to write."""

import datetime
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from accord.domain import fields
from accord.text.characters import is_hidden

VALUES = {
    # kind of value: (what is written, what is understood)
    fields.Amount: [("40", "40.00"), ("40.5", "40.50"), ("0.500", "0.50"), ("1250.000", "1250.00"), (1.250, "1.25"), (40, "40.00"), (0.1, "0.10"), (" 1.10 ", "1.10"), ("999999999999.99", "999999999999.99")],
    fields.Rate: [("20", "20"), ("5.50", "5.5"), (0, "0"), (5.5, "5.5"), ("100", "100"), ("14.975", "14.975")],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "given", "expected"), [(k, *v) for k, vs in VALUES.items() for v in vs])
def test_numbers_understood(kind: Any, given: object, expected: str) -> None:
    understood = TypeAdapter(kind).validate_python(given)
    assert str(understood) == expected


REFUSED = [
    # kind of value, what is written, part of the sentence
    (fields.Amount, "0", "above zero"),
    (fields.Amount, "-40.00", "above zero"),
    (fields.Amount, float("nan"), "not an amount (nan)"),
    (fields.Amount, float("inf"), "absurdly large"),
    (fields.Amount, float("-inf"), "not an amount (-inf)"),
    (fields.Amount, Decimal("NaN"), "not an amount (NaN)"),
    (fields.Amount, "INF", "not an amount (INF)"),
    (fields.Amount, 10**12, "absurdly large"),
    (fields.Amount, 1 << 99_999, "absurdly large"),
    (fields.Amount, "9" * 100_000, "absurdly large"),
    (fields.Amount, 1e16, "absurdly large"),
    (fields.Amount, "1e3", "not an amount (1e3)"),
    (fields.Amount, "0.001", "more than two decimals"),
    (fields.Amount, "40,00", "with a point"),
    (fields.Amount, "1.250", 'can be read in two ways (1.250); write "1250" or "1.25"'),
    (fields.Amount, "500.000", 'can be read in two ways (500.000); write "500000" or "500.00"'),
    (fields.Amount, "1.125", "more than two decimals"),
    (fields.Amount, "12 000", "not an amount"),
    (fields.Amount, "40 EUR", "a currency of its own"),
    (fields.Amount, "£40", "a currency of its own"),
    (fields.Amount, "٤٠", "not an amount"),
    (fields.Amount, "", "is empty"),
    (fields.Amount, True, "not an amount"),
    (fields.Amount, ["40"], "not an amount"),
    (fields.Amount, "\x1b[31m", "not an amount (<U+001B>[31m)"),
    (fields.Rate, "101", "from 0 to 100"),
    (fields.Rate, "-1", "from 0 to 100"),
    (fields.Rate, float("nan"), "from 0 to 100"),
    (fields.Rate, "20 %", "from 0 to 100"),
    (fields.Rate, True, "from 0 to 100"),
    (fields.Rate, 1 << 99_999, "from 0 to 100"),
    (fields.Rate, ["20"], "from 0 to 100"),
    (fields.Date, "31/03/2027", "write year-month-day"),
    (fields.Date, "2027-02-29", "is not a date (2027-02-29)"),
    (fields.Date, "20270331", "write year-month-day"),
    (fields.Date, "2027-W13-3", "write year-month-day"),
    (fields.Date, datetime.datetime(2027, 3, 31, 9, tzinfo=datetime.UTC), "time of day"),
    (fields.Date, datetime.time(9), "is not a date"),
    (fields.Date, 20270331, "is not a date"),
    (fields.Date, datetime.date(1999, 12, 31), "in the year 1999"),
    (fields.Date, "9999-12-31", "in the year 9999"),
    (fields.Country, "UK", 'write "GB"'),
    (fields.Country, "fr", 'write "FR" for France'),
    (fields.Country, "Allemagne", 'write "DE" for Germany'),
    (fields.Country, "Deutschland", 'write "DE" for Germany'),
    (fields.Country, "Germany ", 'write "DE" for Germany'),
    (fields.Country, "DEU", 'write "DE" for Germany'),
    (fields.Country, "Royaume-Uni", 'write "GB" for United Kingdom'),
    (fields.Country, "Swizerland", 'write "CH" if Switzerland is meant'),
    (fields.Country, "Europe", "two capital letters"),
    (fields.Country, "ZZ", "two capital letters"),
    (fields.Country, "SU", "two capital letters"),
    (fields.Name, "—…!", "neither a letter nor a digit"),
]


@pytest.mark.parametrize(("kind", "given", "expected"), REFUSED, ids=[row[2] for row in REFUSED])
def test_values_refused(kind: Any, given: object, expected: str) -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(given)
    assert expected in raised.value.errors()[0]["msg"]


TEXTS_REFUSED = {
    "": "is empty",
    " \t\u00a0 ": "is empty",
    "a\tb": "U+0009 (tab)",
    "a\x00b": "U+0000",
    "a\x1b[8mb": "U+001B",
    "abc\u202etxt": "RIGHT-TO-LEFT OVERRIDE",
    "a\u2066b": "LEFT-TO-RIGHT ISOLATE",
    "a\u200bb": "ZERO WIDTH SPACE",
    "a\u200db": "ZERO WIDTH JOINER",
    "a\ufeffb": "ZERO WIDTH NO-BREAK SPACE",
    "a\u00adb": "SOFT HYPHEN",
    "a\u2028b": "LINE SEPARATOR",
    "a\u3164b": "HANGUL FILLER",
    "a\ue000b": "U+E000",
    "a\ufe0fb": "VARIATION SELECTOR-16",
    "a\ud800b": "U+D800",
    "a\U000e0041b": "TAG LATIN CAPITAL LETTER A",
    "not\u0336 binding": "strike letters out",
    "a\u0301\u0302\u0303\u0304": "pile up",
    "\u0323a": "pile up",
}


@pytest.mark.parametrize("text", TEXTS_REFUSED)
@pytest.mark.parametrize("kind", [fields.SingleLine, fields.Prose])
def test_text_that_reads_otherwise_than_it_is_written_is_refused(kind: Any, text: str) -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(text)
    error = raised.value.errors()[0]
    assert TEXTS_REFUSED[text] in error["msg"] or (error["type"], "\ud800" in text) == (
        "string_unicode",
        True,
    )


def test_a_line_stays_on_one_line_and_prose_need_not() -> None:
    with pytest.raises(ValidationError, match="must stand on one line"):
        TypeAdapter(fields.SingleLine).validate_python("one\ntwo")
    assert TypeAdapter(fields.Prose).validate_python("one\r\ntwo \n \n\n three") == "one\ntwo\n\nthree"
    with pytest.raises(ValidationError, match="has 31 lines, but its place holds 30"):
        TypeAdapter(fields.Prose).validate_python("a\n" * 30 + "b")


@given(st.text(max_size=100))
def test_text_is_either_refused_or_settled(text: str) -> None:
    """What is taken shows whole, is composed (NFC), and is taken again as it is."""
    adapter = TypeAdapter(fields.Prose)
    try:
        taken = adapter.validate_python(text)
    except ValidationError:
        return
    assert taken
    assert unicodedata.is_normalized("NFC", taken)
    assert not any(is_hidden(char) for char in taken if char != "\n")
    assert adapter.validate_python(taken) == taken


@given(st.decimals(min_value="0.01", max_value="999999999999.99", places=2))
def test_every_amount_in_cents_is_taken_exactly(amount: Decimal) -> None:
    adapter = TypeAdapter(fields.Amount)
    assert adapter.validate_python(str(amount)) == amount
    assert adapter.validate_python(amount) == amount
