"""Dates and amounts as native printers set them, one table per rule."""

import datetime
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.text import formats, locales
from support.printed import CURRENCIES, LOCALES, STEADY, hidden, shown

# --- Dates and durations -------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "locale", "expected"),
    [
        # Imprimerie nationale: "1er" alone is an ordinal, months are in lower case.
        ("2027-03-01", "fr_FR", "1er~mars 2027"),
        ("2027-03-31", "fr_FR", "31~mars 2027"),
        ("2027-08-02", "fr_BE", "2~août 2027"),
        ("2026-12-01", "fr_CH", "1er~décembre 2026"),
        ("2027-02-11", "fr_CA", "11~février 2027"),
        ("2027-03-05", "en_GB", "5~March 2027"),
        ("2027-03-01", "en_IE", "1~March 2027"),
        ("2027-03-05", "en_US", "March~5, 2027"),
    ],
)
def test_date(day: str, locale: str, expected: str) -> None:
    assert shown(formats.date(datetime.date.fromisoformat(day), locale)) == expected


def test_the_first_is_a_superscript_in_french_alone() -> None:
    first = datetime.date(2027, 3, 1)
    assert formats.date(first, "fr_FR").__html__() == hidden("1<sup>er</sup>~mars 2027")
    assert "<" not in formats.date(first, "en_GB").__html__()
    assert "<" not in formats.date(datetime.date(2027, 3, 21), "fr_FR").__html__()


@pytest.mark.parametrize(
    ("n", "unit", "locale", "expected"),
    [
        (15, "day", "fr_FR", "15~jours"),
        (1, "day", "fr_FR", "1~jour"),
        (0, "day", "fr_FR", "0~jour"),
        (1, "month", "fr_CH", "1~mois"),
        (12, "month", "fr_CH", "12~mois"),
        (2, "year", "fr_CA", "2~ans"),
        (1000, "day", "fr_CA", "1~000~jours"),
        (1, "year", "en_GB", "1~year"),
        (0, "year", "en_GB", "0~years"),
        (30, "day", "en_US", "30~days"),
    ],
)
def test_duration(n: int, unit: str, locale: str, expected: str) -> None:
    assert shown(formats.duration(n, unit, locale)) == expected


def test_per() -> None:
    assert formats.per("month", "fr_FR") == "par mois"
    assert formats.per("year", "en_GB") == "per year"


# --- Numbers and money -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "twelve_thousand", "rate"),
    [
        ("fr_FR", "12^000", "5,5~%"),
        ("fr_BE", "12^000", "5,5~%"),
        ("fr_CH", "12^000", "5,5~%"),
        ("fr_CA", "12~000", "5,5~%"),
        ("en_GB", "12,000", "5.5%"),
        ("en_IE", "12,000", "5.5%"),
        ("en_US", "12,000", "5.5%"),
    ],
)
def test_numbers_and_rates(locale: str, twelve_thousand: str, rate: str) -> None:
    assert shown(formats.number(12000, locale)) == twelve_thousand
    assert shown(formats.percent(Decimal("5.50"), locale)) == rate
    assert formats.percent(Decimal("20.00"), locale).startswith("20" + rate[3:].replace("~", "\u00a0"))


# CLDR's patterns, but for the signs: a dollar says whose it is outside its country,
# a pound is "£" in French too, and letters stand off the figures.
AMOUNTS = {
    "fr_FR": ("12^000,00~€", "12^000,00~£", "12^000,00~$US", "12^000,00~CHF", "12^000,00~$CA"),
    "fr_BE": ("12^000,00~€", "12^000,00~£", "12^000,00~$US", "12^000,00~CHF", "12^000,00~$CA"),
    "fr_CH": ("12^000.00~€", "12^000.00~£", "12^000.00~$US", "12^000.00~CHF", "12^000.00~$CA"),
    "fr_CA": ("12~000,00~€", "12~000,00~£", "12~000,00~$~US", "12~000,00~CHF", "12~000,00~$"),
    "en_GB": ("€12,000.00", "£12,000.00", "US$12,000.00", "CHF~12,000.00", "CA$12,000.00"),
    "en_IE": ("€12,000.00", "£12,000.00", "US$12,000.00", "CHF~12,000.00", "CA$12,000.00"),
    "en_US": ("€12,000.00", "£12,000.00", "$12,000.00", "CHF~12,000.00", "CA$12,000.00"),
}


@pytest.mark.parametrize("locale", LOCALES)
def test_amount(locale: str) -> None:
    printed = tuple(shown(formats.amount(Decimal(12000), currency, locale)) for currency in CURRENCIES)
    assert printed == AMOUNTS[locale]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.50", "0,50~€"), ("999.99", "999,99~€"), ("1234567.5", "1^234^567,50~€")],
)
def test_amount_always_has_two_decimals(value: str, expected: str) -> None:
    assert shown(formats.amount(Decimal(value), "EUR", "fr_FR")) == expected


@pytest.mark.parametrize(
    ("value", "currency", "locale", "expected"),
    [
        ("12000", "EUR", "fr_FR", "douze mille euros"),
        ("0", "EUR", "fr_FR", "zéro euro"),
        ("1", "EUR", "fr_FR", "un euro"),
        ("1.01", "EUR", "fr_FR", "un euro et un centime"),
        ("0.50", "EUR", "fr_FR", "cinquante centimes d’euro"),
        ("0.01", "CHF", "fr_FR", "un centime suisse"),
        ("12500.50", "EUR", "fr_FR", "douze mille cinq cents euros et cinquante centimes"),
        # "vingt" and "cent" take an s when multiplied and last, or before a noun (million).
        ("80", "EUR", "fr_FR", "quatre-vingts euros"),
        ("81", "EUR", "fr_FR", "quatre-vingt-un euros"),
        ("200", "EUR", "fr_FR", "deux cents euros"),
        ("201", "EUR", "fr_FR", "deux cent un euros"),
        ("80000", "EUR", "fr_FR", "quatre-vingt mille euros"),
        ("200000", "EUR", "fr_FR", "deux cent mille euros"),
        ("80000000", "EUR", "fr_FR", "quatre-vingts millions d’euros"),
        ("200000000", "EUR", "fr_FR", "deux cents millions d’euros"),
        # "million" and "milliard" are nouns: "de", unless a number follows them.
        ("1000000", "EUR", "fr_FR", "un million d’euros"),
        ("1000000.10", "EUR", "fr_FR", "un million d’euros et dix centimes"),
        ("1000001", "EUR", "fr_FR", "un million un euros"),
        ("2000000", "GBP", "fr_FR", "deux millions de livres sterling"),
        ("3000000000", "CHF", "fr_FR", "trois milliards de francs suisses"),
        # "un" agrees with a feminine currency.
        ("1", "GBP", "fr_FR", "une livre sterling"),
        ("21.02", "GBP", "fr_FR", "vingt et une livres sterling et deux pence"),
        ("1001", "GBP", "fr_FR", "mille une livres sterling"),
        ("21000", "GBP", "fr_FR", "vingt et un mille livres sterling"),
        ("2.02", "USD", "fr_FR", "deux dollars américains et deux cents"),
        ("1", "CAD", "fr_CA", "un dollar canadien"),
        # France and Canada count by twenties; Belgium and Switzerland keep quatre-vingts alone.
        ("71", "EUR", "fr_FR", "soixante et onze euros"),
        ("71", "EUR", "fr_BE", "septante et un euros"),
        ("70", "CHF", "fr_CH", "septante francs suisses"),
        ("77", "EUR", "fr_BE", "septante-sept euros"),
        ("75", "CAD", "fr_CA", "soixante-quinze dollars canadiens"),
        ("80", "EUR", "fr_BE", "quatre-vingts euros"),
        ("80", "CHF", "fr_CH", "quatre-vingts francs suisses"),
        ("82", "EUR", "fr_BE", "quatre-vingt-deux euros"),
        ("90", "CHF", "fr_CH", "nonante francs suisses"),
        ("91", "EUR", "fr_BE", "nonante et un euros"),
        ("1971", "EUR", "fr_BE", "mille neuf cent septante et un euros"),
        ("99000", "CHF", "fr_CH", "nonante-neuf mille francs suisses"),
        ("1000000", "EUR", "fr_BE", "un million d’euros"),
        ("201", "CHF", "fr_CH", "deux cent un francs suisses"),
        ("12000.50", "GBP", "en_GB", "twelve thousand pounds and fifty pence"),
        ("1.01", "GBP", "en_GB", "one pound and one penny"),
        ("0.01", "GBP", "en_GB", "one penny"),
        ("0.50", "USD", "en_US", "fifty US cents"),
        ("0", "EUR", "en_IE", "zero euros"),
        ("1234", "EUR", "en_IE", "one thousand two hundred and thirty-four euros"),
        ("1000001", "GBP", "en_GB", "one million and one pounds"),
        ("1234.56", "USD", "en_US", "one thousand two hundred thirty-four US dollars and fifty-six cents"),
        ("2.02", "CHF", "en_GB", "two Swiss francs and two centimes"),
        ("21", "CAD", "en_US", "twenty-one Canadian dollars"),
    ],
)
def test_amount_in_words(value: str, currency: str, locale: str, expected: str) -> None:
    assert formats.amount_in_words(Decimal(value), currency, locale) == expected


SMALL = {
    word: n
    for words in (
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        (
            "zero one two three four five six seven eight nine ten"
            " eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        ),
    )
    for n, word in enumerate(words.split())
} | {"une": 1}
TENS = {
    word: 10 * n
    for words in (
        "- - vingt trente quarante cinquante soixante septante - nonante",
        "- - twenty thirty forty fifty sixty seventy eighty ninety",
    )
    for n, word in enumerate(words.split())
    if word != "-"
}
SCALES = {"mille": 3, "thousand": 3, "million": 6, "milliard": 9, "billion": 9}


def understood(words: str) -> int:
    """The number that `words` spell, in either language: an independent reading."""
    total = group = last = 0
    for word in re.split("[ -]", words):
        singular = word.removesuffix("s") if word not in SMALL else word
        if word in {"et", "and", "de"}:
            continue
        if singular == "vingt" and last == 4:
            group += 76
        elif singular in {"cent", "hundred"}:
            group = 100 * (group or 1)
        elif singular in SCALES:
            total += (group or 1) * 10 ** SCALES[singular]
            group = 0
        else:
            group += SMALL[singular] if singular in SMALL else TENS[singular]
        last = SMALL.get(singular, 0)
    return total + group


MONEY = (
    r"euros?|livres? sterling|pounds?|dollars? américains?|US dollars?|francs? suisses?|Swiss francs?"
    r"|dollars? canadiens?|Canadian dollars?"
)


@STEADY
@given(
    cents=st.one_of(st.integers(100, 10**5), st.integers(100, 10**14 - 1)),
    currency=st.sampled_from(CURRENCIES),
    locale=st.sampled_from(LOCALES),
)
def test_amounts_in_words_say_the_figures(cents: int, currency: str, locale: str) -> None:
    words = formats.amount_in_words(Decimal(cents) / 100, currency, locale)
    match = re.fullmatch(
        rf"(.+?) (?:d’|de )?(?:{MONEY})(?: (?:et|and) (.+) (?:centimes?|penny|pence|cents?))?", words
    )
    assert match, words
    assert understood(match[1]) * 100 + (understood(match[2]) if match[2] else 0) == cents
    assert not re.search(
        r"(^|milliards? )un (millions|milliards)\b|vingts-|cents (?!million|milliard|euro|livre|dollar|franc|et )",
        match[1],
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_months_are_called_as_in_cldr(language: str) -> None:
    wide = locales.cldr(language).months["format"]["wide"]
    assert locales.months(language) == tuple(wide[number] for number in range(1, 13))
