"""Dates, durations, numbers and money as a native printer would set them.

Figures follow CLDR; where French usage knows better, the function says whose.
"""

import datetime
import re
from decimal import Decimal
from typing import NamedTuple

from babel.numbers import format_decimal

from accord.text.characters import NO_BREAK
from accord.text.locales import cldr, is_french
from accord.text.markup import Words

# --- Dates and durations ---------------------------------------------------------


def date(day: datetime.date, locale: str) -> Words:
    """`day` in full: "1er mars 2027", "5 March 2027", "March 5, 2027"."""
    month = cldr(locale).months["format"]["wide"][day.month]
    if locale == "en_US":
        return Words(f"{month}{NO_BREAK}{day.day}, {day.year}")
    end = f"{NO_BREAK}{month} {day.year}"
    if is_french(locale) and day.day == 1:
        return Words(f"1er{end}", f"1<sup>er</sup>{end}")
    return Words(f"{day.day}{end}")


_UNITS = {
    "fr": {"day": ("jour", "jours"), "month": ("mois", "mois"), "year": ("an", "ans")},
    "en": {"day": ("day", "days"), "month": ("month", "months"), "year": ("year", "years")},
}


def duration(n: int, unit: str, locale: str) -> Words:
    """`n` units, `unit` being "day", "month" or "year": "15 jours", "1 year"."""
    one, several = _UNITS[locale[:2]][unit]
    return Words(f"{number(n, locale)}{NO_BREAK}{one if _is_one(n, locale) else several}")


def _is_one(n: int, locale: str) -> bool:
    """Whether `n` takes the singular: French counts zero among the singulars."""
    return n < 2 if is_french(locale) else n == 1


def per(unit: str, locale: str) -> str:
    """The rhythm of a payment, "par mois" or "per year"; `unit` as for `duration`."""
    return f"{'par' if is_french(locale) else 'per'} {_UNITS[locale[:2]][unit][0]}"


# --- Numbers and money -----------------------------------------------------------


def number(n: int, locale: str) -> Words:
    """`n` in figures, grouped: "12 000", "12,000"."""
    return Words(format_decimal(n, locale=locale))


def percent(rate: Decimal, locale: str) -> Words:
    """A rate in per cent: "5,5 %" in French, "5.5%" in English.

    CLDR glues the sign to the number in fr_CH; the Federal Chancellery's
    writing rules put a space there, as everywhere in French.
    """
    figures = format_decimal(rate, locale=locale)
    return Words(f"{figures}{NO_BREAK}%" if is_french(locale) else f"{figures}%")


# A dollar names its country unless it is the reader's own.
_SYMBOLS = {
    "fr": {"EUR": "€", "GBP": "£", "USD": "$US", "CHF": "CHF", "CAD": "$CA"},
    "en": {"EUR": "€", "GBP": "£", "USD": "US$", "CHF": f"CHF{NO_BREAK}", "CAD": "CA$"},
}
_HOME_SYMBOLS = {
    ("fr_CA", "CAD"): "$",
    ("fr_CA", "USD"): f"${NO_BREAK}US",
    ("en_US", "USD"): "$",
}


def amount(value: Decimal, currency: str, locale: str) -> Words:
    """`value`, in the major unit, with two decimals: "12 000,00 €", "£12,000.00".

    Every space in it is a no-break one.  fr_CH parts francs from centimes with
    a point (CLDR's currencyDecimal, which Babel does not apply).
    """
    figures = format_decimal(value, format="#,##0.00", locale=locale)
    if locale == "fr_CH":
        figures = figures.replace(",", ".")
    symbol = _HOME_SYMBOLS.get((locale, currency)) or _SYMBOLS[locale[:2]][currency]
    return Words(f"{figures}{NO_BREAK}{symbol}" if is_french(locale) else f"{symbol}{figures}")


class _Money(NamedTuple):
    """A currency's words: major unit, minor unit, and minor unit standing alone."""

    unit: tuple[str, str]
    cent: tuple[str, str]
    lone_cent: tuple[str, str]


_MONEY = {
    "fr": {
        "EUR": _Money(("euro", "euros"), ("centime", "centimes"), ("centime d’euro", "centimes d’euro")),
        "GBP": _Money(("livre sterling", "livres sterling"), ("penny", "pence"), ("penny", "pence")),
        "USD": _Money(
            ("dollar américain", "dollars américains"),
            ("cent", "cents"),
            ("cent américain", "cents américains"),
        ),
        "CHF": _Money(
            ("franc suisse", "francs suisses"),
            ("centime", "centimes"),
            ("centime suisse", "centimes suisses"),
        ),
        "CAD": _Money(
            ("dollar canadien", "dollars canadiens"), ("cent", "cents"), ("cent canadien", "cents canadiens")
        ),
    },
    "en": {
        "EUR": _Money(("euro", "euros"), ("cent", "cents"), ("euro cent", "euro cents")),
        "GBP": _Money(("pound", "pounds"), ("penny", "pence"), ("penny", "pence")),
        "USD": _Money(("US dollar", "US dollars"), ("cent", "cents"), ("US cent", "US cents")),
        "CHF": _Money(
            ("Swiss franc", "Swiss francs"), ("centime", "centimes"), ("Swiss centime", "Swiss centimes")
        ),
        "CAD": _Money(
            ("Canadian dollar", "Canadian dollars"), ("cent", "cents"), ("Canadian cent", "Canadian cents")
        ),
    },
}
_FEMININE_MONEY = "livre"


def amount_in_words(value: Decimal, currency: str, locale: str) -> Words:
    """`value`, from 0 to below 10^12 with at most two decimals, in words.

    "douze mille euros", "un million d’euros", "vingt et une livres sterling",
    "twelve thousand pounds and fifty pence".  Cents appear where there are some.
    """
    units, cents = divmod(int(value * 100), 100)
    money = _MONEY[locale[:2]][currency]
    if cents and not units:
        return Words(_counted(cents, money.lone_cent, locale))
    words = _counted(units, money.unit, locale)
    if cents:
        words += (" et " if is_french(locale) else " and ") + _counted(cents, money.cent, locale)
    return Words(words)


def _counted(n: int, noun: tuple[str, str], locale: str) -> str:
    spelt, thing = _in_words(n, locale), noun[0] if _is_one(n, locale) else noun[1]
    if not is_french(locale):
        return f"{spelt} {thing}"
    if thing.startswith(_FEMININE_MONEY):
        spelt = re.sub(r"\bun$", "une", spelt)
    if re.search(r"(million|milliard)s?$", spelt):
        spelt += " d’" if thing.startswith("e") else " de "
        return spelt + thing
    return f"{spelt} {thing}"


# "soixante-dix" and "quatre-vingt-dix" are seventy and ninety in Belgium and
# Switzerland too, but as "septante" and "nonante", which count on regularly.
_REGULAR_TENS = {"soixante": "septante", "quatre-vingt": "nonante"}
_REGULAR_UNITS = {
    "dix": "",
    "onze": " et un",
    "douze": "-deux",
    "treize": "-trois",
    "quatorze": "-quatre",
    "quinze": "-cinq",
    "seize": "-six",
}


def _in_words(n: int, locale: str) -> str:
    """`n` spelt out, as num2words does for "fr" and "en", put right for the locale.

    num2words' own fr_BE and fr_CH misspell "un million" and "deux cent un".
    """
    from num2words import num2words  # noqa: PLC0415 - slow to load, and few letters need it

    words: str = num2words(n, lang=locale[:2])
    if locale in {"fr_BE", "fr_CH"}:
        words = re.sub(
            rf"(soixante|quatre-vingt)(?: et |-)({'|'.join(_REGULAR_UNITS)})\b",
            lambda tens: _REGULAR_TENS[tens[1]] + _REGULAR_UNITS[tens[2]],
            words,
        )
    words = words.replace(",", "")
    return words.replace(" and ", " ") if locale == "en_US" else words
