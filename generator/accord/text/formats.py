"""Dates, durations, numbers and money as a native printer would set them.

Figures follow CLDR; where French usage knows better, the function says whose.
"""

import datetime
import functools
import re
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import format_decimal

from accord.imports import part
from accord.text import currencies
from accord.text.characters import NO_BREAK
from accord.text.currencies import Currency, Noun
from accord.text.locales import cldr, is_french, months
from accord.text.markup import RichText


def date(day: datetime.date, locale: str) -> RichText:
    """`day` in full: "1er mars 2027", "5 March 2027", "March 5, 2027"."""
    month = months(locale)[day.month - 1]
    if locale == "en_US":
        return RichText(f"{month}{NO_BREAK}{day.day}, {day.year}")
    end = f"{NO_BREAK}{month} {day.year}"
    if is_french(locale) and day.day == 1:
        return RichText(f"1er{end}", [("", "1"), ("superscript", "er"), ("", end)])
    return RichText(f"{day.day}{end}")


_UNITS = {
    "fr": {
        "day": ("jour", "jours"),
        "week": ("semaine", "semaines"),
        "month": ("mois", "mois"),
        "year": ("an", "ans"),
    },
    "en": {
        "day": ("day", "days"),
        "week": ("week", "weeks"),
        "month": ("month", "months"),
        "year": ("year", "years"),
    },
}


def duration(n: int, unit: str, locale: str) -> RichText:
    """`n` units, `unit` being "day", "week", "month" or "year": "15 jours", "1 year"."""
    singular, plural = _UNITS[locale[:2]][unit]
    return RichText(f"{number(n, locale)}{NO_BREAK}{singular if _is_singular(n, locale) else plural}")


def _is_singular(n: int, locale: str) -> bool:
    """Whether `n` takes the singular: French counts zero among the singulars."""
    return n < 2 if is_french(locale) else n == 1


def per(unit: str, locale: str) -> str:
    """The rhythm of a payment, "par mois" or "per year"; `unit` as for `duration`."""
    return f"{'par' if is_french(locale) else 'per'} {_UNITS[locale[:2]][unit][0]}"


def each(unit: str, locale: str) -> str:
    """When a payment comes back, "chaque mois" or "each year"; `unit` as for `duration`."""
    if not is_french(locale):
        return f"each {_UNITS['en'][unit][0]}"
    return "chaque année" if unit == "year" else f"chaque {_UNITS['fr'][unit][0]}"


def number(n: int, locale: str) -> RichText:
    """`n` in figures, grouped: "12 000", "12,000"."""
    return RichText(format_decimal(n, locale=locale))


def percent(rate: Decimal, locale: str) -> RichText:
    """A rate in per cent: "5,5 %" in French, "5.5%" in English.

    CLDR glues the sign to the number in fr_CH; the Federal Chancellery's
    writing rules put a space there, as everywhere in French.
    """
    figures = format_decimal(rate, locale=locale)
    return RichText(f"{figures}{NO_BREAK}%" if is_french(locale) else f"{figures}%")


@cache
def _separators(locale: str) -> dict[int, str]:
    """What stands in a figure for Python's comma and point; Babel, asked for each of many figures, takes its time."""
    symbols = cldr(locale).number_symbols["latn"]
    return str.maketrans({",": symbols["group"], ".": symbols["decimal"]})


def amount(value: Decimal, currency: Currency, locale: str) -> RichText:
    """`value`, in the major unit, with two decimals: "12 000,00 €", "£12,000.00".

    Every space in it is a no-break one.  fr_CH parts francs from centimes with
    a point (CLDR's currencyDecimal, which Babel does not apply).
    """
    figures = f"{value:,.2f}".translate(_separators(locale))
    if locale == "fr_CH":
        figures = figures.replace(",", ".")
    sign = currencies.sign(currency, locale)
    return RichText(f"{figures}{NO_BREAK}{sign}" if is_french(locale) else f"{sign}{figures}")


def capital(value: Decimal, currency: str, locale: str) -> RichText:
    """A share capital in any currency: "20 000 €", "5 000 PLN", "JPY 10,000,000"; cents only where there are some."""
    if own := currencies.order_currency(currency):
        return RichText(re.sub(r"[.,]00(?![0-9])", "", amount(value, own, locale)))
    figures = format_decimal(value, format="#,##0" if value == int(value) else "#,##0.00", locale=locale)
    parts = (figures, currency) if is_french(locale) else (currency, figures)
    return RichText(NO_BREAK.join(parts))


def amount_in_words(value: Decimal, currency: Currency, locale: str) -> RichText:
    """`value`, from 0 to below 10^12 with at most two decimals, in words.

    "douze mille euros", "un million d’euros", "vingt et une livres sterling",
    "twelve thousand pounds and fifty pence".  Cents appear where there are some.
    """
    units, cents = divmod(int(value * 100), 100)
    names = currencies.CURRENCIES[currency].names[locale[:2]]
    if cents and not units:
        return RichText(_counted(cents, names.lone_cent, locale))
    words = _counted(units, names.unit, locale)
    if cents:
        words += (" et " if is_french(locale) else " and ") + _counted(cents, names.cent, locale)
    return RichText(words)


def _counted(n: int, noun: Noun, locale: str) -> str:
    spelt, name = _in_words(n, locale), noun.singular if _is_singular(n, locale) else noun.plural
    if is_french(locale) and noun.feminine:
        spelt = re.sub(r"\bun$", "une", spelt)
    if is_french(locale) and re.search(r"(million|milliard)s?$", spelt):
        return f"{spelt} d’{name}" if name[0] in "aeiou" else f"{spelt} de {name}"
    return f"{spelt} {name}"


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


def cardinal(n: int, language: str) -> str:
    """`n` spelt out in a language of num2words, such as "fr_BE": as its `num2words` does, which loads them all."""
    words: str = _converter(language).to_cardinal(n)
    return words


def ordinal(n: int, language: str) -> str:
    """The ordinal number of `n` spelt out, as `cardinal`."""
    words: str = _converter(language).to_ordinal(n)
    return words


@functools.cache
def _converter(language: str) -> Any:
    module = part(f"num2words.lang_{language.upper()}")  # loaded where it is needed: few letters do
    return getattr(module, f"Num2Word_{language.upper()}")()


def _in_words(n: int, locale: str) -> str:
    """`n` spelt out, as num2words does for "fr" and "en", put right for the locale.

    num2words' own fr_BE and fr_CH misspell "un million" and "deux cent un".
    """
    words = cardinal(n, locale[:2])
    if locale in {"fr_BE", "fr_CH"}:
        words = re.sub(
            rf"(soixante|quatre-vingt)(?: et |-)({'|'.join(_REGULAR_UNITS)})\b",
            lambda tens: _REGULAR_TENS[tens[1]] + _REGULAR_UNITS[tens[2]],
            words,
        )
    words = words.replace(",", "")
    return words.replace(" and ", " ") if locale == "en_US" else words
