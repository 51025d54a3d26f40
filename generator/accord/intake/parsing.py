"""Dates and amounts as people type them.

What can be read in two ways is refused, never guessed: the answer is an
`AccordError` that says what to write instead.
"""

import datetime
import re
from decimal import Decimal

from accord.errors import AccordError
from accord.i18n import _
from accord.text import currencies, formats
from accord.text.characters import NO_BREAK, excerpt, fold
from accord.text.currencies import Currency
from accord.text.locales import is_french, months

LONGEST_QUOTE = 40  # characters of an answer that a refusal repeats


def _quoted(text: str) -> str:
    return excerpt(text.strip(), LONGEST_QUOTE)


# --- Dates ------------------------------------------------------------------------


def day(text: str, locale: str) -> datetime.date:
    """The day that `text` names, as people write it; else an `AccordError`.

    Figures are read day first (month first in en_US), the other way round only
    where the locale's order is impossible.  Month names may be French or
    English, whole or abbreviated.  A year has four digits.
    """
    folded = re.sub(r"[\s,]+", " ", fold(text)).strip()
    if parts := _in_figures(folded, locale) or _in_words(folded):
        return _real_day(parts, text, locale)
    if re.fullmatch(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1'?[0-9]{2}|.*[a-z.] '?[0-9]{2}", folded):
        raise AccordError(
            _('"{text}" has a year of two digits; write all four, such as {example}').format(
                text=_quoted(text), example=_day_example(locale)
            )
        )
    raise _no_day(text, locale)


def _day_example(locale: str) -> str:
    example = datetime.date(2027, 3, 31)
    digits = "03/31/2027" if locale == "en_US" else "31/03/2027"
    return _("{figures}, {words} or {iso}").format(
        figures=digits, words=formats.date(example, locale).replace(NO_BREAK, " "), iso=example
    )


def _no_day(text: str, locale: str) -> AccordError:
    return AccordError(
        _('"{text}" is not a date; write it in full, such as {example}').format(
            text=_quoted(text), example=_day_example(locale)
        )
    )


def _real_day(parts: tuple[int, int, int], text: str, locale: str) -> datetime.date:
    """The date of a year, month and day; an error if the calendar has no such day."""
    try:
        return datetime.date(*parts)
    except ValueError:
        raise AccordError(
            _('"{text}" is not a day of the calendar; write one such as {example}').format(
                text=_quoted(text), example=_day_example(locale)
            )
        ) from None


def _in_figures(text: str, locale: str) -> tuple[int, int, int] | None:
    """Year, month and day of "2027-03-31", "31/03/2027", "31.3.2027", "31 03 2027"."""
    if iso := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", text):
        return int(iso[1]), int(iso[3]), int(iso[4])
    found = re.fullmatch(r"([0-9]{1,2})( ?[-/.] ?| )([0-9]{1,2})\2([0-9]{4})", text)
    if not found:
        return None
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    if locale == "en_US":
        day, month = month, day
    return (year, day, month) if month > 12 >= day else (year, month, day)


_DAY = r"(?:le |the )?([0-9]{1,2})(?:er|e|st|nd|rd|th)?"
_MONTH = r"([a-z]{3,})\.?"


def _in_words(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of "1er mars 2027", "31st of March 2027", "March 31, 2027"."""
    if found := re.fullmatch(rf"{_DAY}(?: of| de)?[ -]{_MONTH}[ -]([0-9]{{4}})", text):
        day, word, year = found.groups()
    elif found := re.fullmatch(rf"{_MONTH} {_DAY} ([0-9]{{4}})", text):
        word, day, year = found.groups()
    else:
        return None
    month = _month(word)
    return (int(year), month, int(day)) if month else None


def _month(word: str) -> int | None:
    """The number of a month from its name or an abbreviation of three letters or more.

    "jui" could be June or July in French, so it is neither.
    """
    meant = {
        number
        for language in ("fr", "en")
        for number, full in enumerate(months(language), 1)
        if fold(full).startswith(word) or (word == "sept" and number == 9)
    }
    return meant.pop() if len(meant) == 1 else None


# --- Amounts ----------------------------------------------------------------------


def amount(text: str, locale: str, currency: str | None = None) -> Decimal:
    """The amount that `text` names, as people write it; else an `AccordError`.

    A currency sign may stand before or after, but must be `currency`'s when one
    is given.  Figures that can be read in two ways ("1,500" in French) are
    refused with both readings; English owns its comma, so there it is 1500.
    """
    folded = " ".join(text.replace("’", "'").casefold().split())
    digits, named = _without_currency(folded)
    if currency and named and currency not in named:
        raise AccordError(
            _('"{text}" is not in {currency}; write the number alone, or change the currency').format(
                text=_quoted(text), currency=currency
            )
        )
    plain = _plain(digits, text, locale)
    if plain is None:
        raise AccordError(
            _('"{text}" is not an amount; write a number such as {example}').format(
                text=_quoted(text), example=_amount_example(locale)
            )
        )
    return Decimal(plain)


def _amount_example(locale: str) -> str:
    return "12 000,50" if is_french(locale) else "12,000.50"


def _without_currency(text: str) -> tuple[str, tuple[Currency, ...]]:
    """The figures of `text`, and the currencies that the sign or name before or after them may mean."""
    found = re.fullmatch(r"([^0-9]*)([0-9].*[0-9]|[0-9])([^0-9]*)", text)
    meant = currencies.meant_by(found[1] + found[3]) if found and not (found[1] and found[3]) else ()
    return (found[2], meant) if found and meant else (text, ())


def _plain(digits: str, text: str, locale: str) -> str | None:
    """`digits` with a point for decimals and no grouping, or None if they are no number."""
    if re.fullmatch(r"[0-9]{1,3}([ '])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?", digits):
        return re.sub(r"[ ']", "", digits).replace(",", ".")
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}", digits):
        return digits.replace(",", "")
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}", digits):
        return digits.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits):
        if "," in digits and not is_french(locale):
            return digits.replace(",", "")
        raise _two_readings(digits, text)
    return digits.replace(",", ".") if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", digits) else None


def _two_readings(digits: str, text: str) -> AccordError:
    whole, thousands = re.split("[.,]", digits)
    return AccordError(
        _('"{text}" can be read as {large} or as {small}; write one of these instead').format(
            text=_quoted(text),
            large=f"{whole}{thousands}",
            small=f"{whole}.{thousands[:2]}" if thousands.endswith("0") else f"{whole}.{thousands}",
        )
    )
