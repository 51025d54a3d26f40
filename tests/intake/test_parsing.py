"""Amounts as people type them: read, or refused with what to write."""

import contextlib
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
        ("12k", "12000"),
        ("12 k€", "12000"),
        ("12 mille euros", "12000"),
        ("1.2k", "1200.0"),
        ("2 M€", "2000000"),
        ("2 millions d’euros", "2000000"),
        ("3,5 M€", "3500000.0"),
        ("0,125 k€", "125.00"),
        ("1250.500", "1250.50"),
        ("3 M EUR", "3000000"),
        ("1 M d’euros", "1000000"),
        ("€1.2m", "1200000.0"),
        ("1.2m GBP", "1200000.0"),
        ("£3.5M", "3500000.0"),
        ("2 mn EUR", "2000000"),
        ("CHF 1.2 Mio.", "1200000.0"),
        ("2 Mio. €", "2000000"),
        ("2 Tsd. EUR", "2000"),
        ("40 milliers d’euros", "40000"),
        ("un million d’euros", "1000000"),
        ("deux millions", "2000000"),
        ("a million euros", "1000000"),
        ("half a million dollars", "500000.0"),
        ("un demi-million d’euros", "500000.0"),
        ("dix mille euros", "10000"),
        ("twenty-five thousand pounds", "25000"),
        ("40 € HT", "40"),
        ("1200 EUR HT", "1200"),
        ("40 € (H.T.)", "40"),
        ("40 € hors taxes", "40"),
        ("£40 + VAT", "40"),
        ("£40 excl. VAT", "40"),
        ("£40 before tax", "40"),
        ("40.-", "40"),
        ("40,-", "40"),
        ("Fr. 40.–", "40"),
        ("40€50", "40.50"),
        ("£40 each", "40"),
        ("40 € l’unité", "40"),
        ("40 € par poste", "40"),
        ("£40 per user.", "40"),
    ],
)
def test_amounts_plain_in_every_locale(text: str, expected: str, locale: str) -> None:
    assert str(parsing.amount(text, locale)) == expected


def test_a_lone_mark_before_three_digits_follows_the_locale_or_nothing() -> None:
    assert parsing.amount("1,500", "en_GB") == 1500
    for text, locale in (("1,500", "fr_FR"), ("1.500", "fr_CH"), ("1.500", "en_US"), ("1,500 €", "fr_BE")):
        with pytest.raises(AccordError, match=r"can be read as (1 500|1,500) or as 1[.,]50;"):
            parsing.amount(text, locale)
    with pytest.raises(AccordError, match=r"can be read as 12 345 or as 12,345;"):
        parsing.amount("12,345", "fr_FR")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "douze",
        "1 00",
        "12 00 000",
        "1,50,000",
        "-5",
        "40-50",
        "~40",
        "environ 40 €",
        "40 € / 1000",
        "40 € par millier",
        "40 € /m",
        "40 € net",
        "+5",
        "1e3",
        "12..5",
        "€",
        "1 234'567",
        "NaN",
        "5,",
    ],
)
def test_no_amount_is_guessed(text: str) -> None:
    with pytest.raises(AccordError, match="is not an amount; write a number such as 12 000,50"):
        parsing.amount(text, "fr_FR")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("40 €/mois", "month"),
        ("40 € / mois HT", "month"),
        ("40 € HT par mois", "month"),
        ("40 € par poste et par mois", "month"),
        ("40 €/utilisateur/mois", "month"),
        ("€40 a month", "month"),
        ("€40 per user per month", "month"),
        ("40/month", "month"),
        ("40 € mensuel", "month"),
        ("40 €/an", "year"),
        ("€40 p.a.", "year"),
        ("€40 per annum", "year"),
        ("40 € l’an", "year"),
        ("40 €", None),
        ("40 € l’unité", None),
    ],
)
def test_a_price_may_say_its_period(text: str, period: str | None) -> None:
    assert parsing.price(text, "fr_FR", "EUR") == (Decimal(40), period)
    if period:
        with pytest.raises(AccordError, match="is an amount per period"):
            parsing.amount(text, "fr_FR", "EUR")


@pytest.mark.parametrize(
    "text",
    [
        "40 €/jour",
        "€40 per week",
        "40 € par trimestre",
        "€40 an hour",
        "£40 a fortnight",
        "40 € par quinzaine",
    ],
)
def test_a_price_per_another_period_is_refused(text: str) -> None:
    with pytest.raises(AccordError, match="per another period; write the price per month or per year"):
        parsing.price(text, "fr_FR")


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("5M", "5 000 000"),
        ("12 m", "12 000 000"),
        ("1,5m", "1 500 000"),
        ("12k5", "12 000,50"),
        ("12 k 500", "12 000,50"),
        ("2M5 €", "12 000,50"),
        ("1 million 200 mille", "12 000,50"),
        ("un million et demi", "12 000,50"),
        ("two and a half million", "12 000,50"),
        ("a quarter of a million", "12 000,50"),
        ("deux millions cinq cent mille", "12 000,50"),
        ("3 milliards d’euros", "12 000,50"),
        ("1bn", "12 000,50"),
        ("1.5 billion", "12 000,50"),
        ("2 lakh", "12 000,50"),
        ("10 grand", "12 000,50"),
        ("12 T€", "12 000,50"),
        ("5 kF", "12 000,50"),
        ("k€ 12", "12 000,50"),
        ("40 cents", "12 000,50"),
        ("cent euros", "12 000,50"),
        ("mille euros", "12 000,50"),
        ("a hundred pounds", "12 000,50"),
    ],
)
def test_an_amount_in_words_that_are_not_sure_is_refused(text: str, example: str) -> None:
    with pytest.raises(AccordError) as refusal:
        parsing.price(text, "fr_FR")
    told = f"“{text}” is not all in figures; write the whole amount so, such as {example}"
    assert str(refusal.value).replace("’", "'") == told.replace("’", "'")


@pytest.mark.parametrize("text", ["1 million yuan", "40 MAD", "¥4000", "40 roubles", "1,2 M PLN", "100 yen"])
def test_an_amount_in_a_currency_that_no_letter_has_is_refused(text: str) -> None:
    with pytest.raises(AccordError, match=r"is in a currency that no letter can be in; convert it into EUR$"):
        parsing.price(text, "fr_FR", "EUR")


@pytest.mark.parametrize(
    "text",
    ["40 € TTC", "40 € T.T.C.", "£40 incl. VAT", "£40 including VAT", "40 € TVA comprise", "40 €/mois TTC"],
)
def test_an_amount_with_vat_is_refused(text: str) -> None:
    with pytest.raises(AccordError, match="includes VAT; write the amount before tax"):
        parsing.price(text, "fr_FR")


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
    for read in (parsing.day, parsing.amount, parsing.price, parsing.count):
        with pytest.raises(AccordError, match=r"^“a<U\+000A>b<U\+001B>x+…” ") as refusal:
            read("a\nb\x1b" + "x" * 1000 + ending, "en_GB")
        assert len(str(refusal.value)) < 200


@STEADY
@given(st.text(), st.sampled_from(LOCALES))
def test_whatever_is_typed_is_read_or_refused(text: str, locale: str) -> None:
    for read in (parsing.amount, parsing.price, parsing.count):
        with contextlib.suppress(AccordError):
            read(text, locale)
