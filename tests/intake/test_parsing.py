"""Dates and amounts as people type them: read, or refused with what to write."""

import contextlib
import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import AccordError
from accord.intake import parsing
from accord.text import formats
from support.printed import CURRENCIES, LOCALES, STEADY


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "text",
    [
        "2027-03-31",
        "2027/3/31",
        "31 mars 2027",
        "31 Mars 2027",
        "le 31 mars 2027",
        "31 march 2027",
        "31st of March, 2027",
        "31-Mar-2027",
        "March 31, 2027",
        "mar. 31 2027",
        "  31  mars  2027 ",
        "31\u00a0mars 2027",
        # No month is the 31st: the only reading left, whatever the locale.
        "31/03/2027",
        "31.03.2027",
        "31-3-2027",
        "31 03 2027",
        "03/31/2027",
    ],
)
def test_one_day_written_in_many_ways(text: str, locale: str) -> None:
    assert parsing.day(text, locale) == datetime.date(2027, 3, 31)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("04/03/2027", "fr_FR", "2027-03-04"),
        ("04/03/2027", "fr_CA", "2027-03-04"),
        ("04/03/2027", "en_GB", "2027-03-04"),
        ("04/03/2027", "en_US", "2027-04-03"),
        ("1er mars 2027", "fr_FR", "2027-03-01"),
        ("1 FEVRIER 2027", "fr_FR", "2027-02-01"),
        ("2 févr. 2027", "en_GB", "2027-02-02"),
        ("15 AOÛT 2027", "fr_FR", "2027-08-15"),
        ("15 août 2027", "en_US", "2027-08-15"),
        ("3 juil. 2027", "fr_FR", "2027-07-03"),
        ("3 juin 2027", "fr_FR", "2027-06-03"),
        ("3 Sept 2027", "en_GB", "2027-09-03"),
        ("3 déc. 2027", "fr_FR", "2027-12-03"),
        ("May 2nd, 2027", "en_US", "2027-05-02"),
        ("29 février 2028", "fr_FR", "2028-02-29"),
    ],
)
def test_dates_by_locale(text: str, locale: str, expected: str) -> None:
    assert parsing.day(text, locale) == datetime.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("31/03/27", "two digits"),
        ("31 mars 27", "two digits"),
        ("30 février 2027", "not a day of the calendar"),
        ("31/13/2027", "not a day of the calendar"),
        ("2027-31-03", "not a day of the calendar"),
        ("29/02/2027", "not a day of the calendar"),
        ("3 jui 2027", "not a date"),
        ("3 ma 2027", "not a date"),
        ("3 brumaire 2027", "not a date"),
        ("mars 2027", "not a date"),
        ("demain", "not a date"),
        ("", "not a date"),
        ("٣١/٠٣/٢٠٢٧", "not a date"),
        ("31/03-2027", "not a date"),
        ("20270331", "not a date"),
    ],
)
def test_no_date_is_guessed(text: str, complaint: str) -> None:
    with pytest.raises(AccordError, match=complaint) as refusal:
        parsing.day(text, "fr_FR")
    assert "31/03/2027, 31 mars 2027 or 2027-03-31" in str(refusal.value)
    with pytest.raises(AccordError, match="March 31, 2027"):
        parsing.day(text, "en_US")


@STEADY
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)), st.sampled_from(LOCALES))
def test_a_printed_date_reads_back(day: datetime.date, locale: str) -> None:
    assert parsing.day(formats.date(day, locale), locale) == day
    assert parsing.day(day.isoformat(), locale) == day
    assert parsing.day(day.strftime("%m/%d/%Y" if locale == "en_US" else "%d.%m.%Y"), locale) == day


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 000,50", "12000.50"),
        ("12 000,50 €", "12000.50"),
        ("12\u202f000,50\u00a0€", "12000.50"),
        ("12,000.50", "12000.50"),
        ("12.000,50", "12000.50"),
        ("12'000.50", "12000.50"),
        ("12’000.50 CHF", "12000.50"),
        ("£12,000.50", "12000.50"),
        ("CHF 12000.5", "12000.5"),
        ("US$12,000.00", "12000.00"),
        ("12 000,00 $ US", "12000.00"),
        ("12000", "12000"),
        ("12 000", "12000"),
        ("12000 euros", "12000"),
        ("40.00", "40.00"),
        ("40,00", "40.00"),
        ("40,5", "40.5"),
        ("1,000,000", "1000000"),
        ("1.000.000", "1000000"),
        ("0,125", "0.125"),
        ("1500,125", "1500.125"),
        ("12 000.125", "12000.125"),
    ],
)
def test_amounts_plain_in_every_locale(text: str, expected: str, locale: str) -> None:
    assert str(parsing.amount(text, locale)) == expected


def test_a_lone_mark_before_three_digits_follows_the_locale_or_nothing() -> None:
    assert parsing.amount("1,500", "en_GB") == 1500
    for text, locale in (("1,500", "fr_FR"), ("1.500", "fr_CH"), ("1.500", "en_US"), ("1,500 €", "fr_BE")):
        with pytest.raises(AccordError, match=r"can be read as 1500 or as 1\.50;"):
            parsing.amount(text, locale)
    with pytest.raises(AccordError, match=r"can be read as 12345 or as 12\.345;"):
        parsing.amount("12,345", "fr_FR")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "douze",
        "1 00",
        "12 00 000",
        "1,50,000",
        "12k",
        "-5",
        "+5",
        "1e3",
        "12..5",
        "€",
        "1 234'567",
        "NaN",
        "١٢",
        "5,",
    ],
)
def test_no_amount_is_guessed(text: str) -> None:
    with pytest.raises(AccordError, match="is not an amount; write a number such as 12 000,50"):
        parsing.amount(text, "fr_FR")


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("£40", "GBP"),
        ("40 €", "EUR"),
        ("$40", "USD"),
        ("40 $", "CAD"),
        ("40 $CA", "CAD"),
        ("40 Fr.", "CHF"),
        ("40 francs", "CHF"),
        ("40 dollars", "CAD"),
        ("40 pounds", "GBP"),
        ("40", "EUR"),
    ],
)
def test_a_sign_must_be_that_of_the_currency(text: str, currency: str) -> None:
    assert parsing.amount(text, "fr_CH", currency) == 40
    if text != "40":
        other = "EUR" if currency != "EUR" else "GBP"
        with pytest.raises(AccordError, match=f"is not in {other}"):
            parsing.amount(text, "fr_CH", other)


@STEADY
@given(
    cents=st.integers(1, 10**14 - 1), currency=st.sampled_from(CURRENCIES), locale=st.sampled_from(LOCALES)
)
def test_a_printed_amount_reads_back(cents: int, currency: str, locale: str) -> None:
    value = Decimal(cents) / 100
    assert parsing.amount(formats.amount(value, currency, locale), locale, currency) == value


@pytest.mark.parametrize("ending", ["", " 27"])
def test_a_refusal_quotes_the_answer_shortly_and_on_one_line(ending: str) -> None:
    for read in (parsing.day, parsing.amount):
        with pytest.raises(AccordError, match=r'^"a<U\+000A>b<U\+001B>x+…" ') as refusal:
            read("a\nb\x1b" + "x" * 1000 + ending, "en_GB")
        assert len(str(refusal.value)) < 200


@STEADY
@given(st.text(), st.sampled_from(LOCALES))
def test_whatever_is_typed_is_read_or_refused(text: str, locale: str) -> None:
    for read in (parsing.day, parsing.amount):
        with contextlib.suppress(AccordError):
            read(text, locale)
