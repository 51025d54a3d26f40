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


def day(text: str, locale: str) -> datetime.date:
    """The day that `text` names, as people write it; else an `AccordError`.

    Figures are read day first (month first in en_US), the other way round only
    where the locale's order is impossible.  Month names may be French or
    English, whole or abbreviated.  A year has four digits.
    """
    folded = re.sub(r"[\s,]+", " ", fold(text)).strip()
    if parts := _in_figures(folded, locale) or _in_words(folded):
        try:
            return datetime.date(*parts)
        except ValueError:
            sentence = _('"{text}" is not a day of the calendar; write one such as {example}')
    elif re.fullmatch(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1'?[0-9]{2}|.*[a-z.] '?[0-9]{2}", folded):
        sentence = _('"{text}" has a year of two digits; write all four, such as {example}')
    else:
        sentence = _('"{text}" is not a date; write it in full, such as {example}')
    raise AccordError(sentence.format(text=_quoted(text), example=_day_example(locale)))


def _day_example(locale: str) -> str:
    example = datetime.date(2027, 3, 31)
    figures = "03/31/2027" if locale == "en_US" else "31/03/2027"
    words = formats.date(example, locale).replace(NO_BREAK, " ")
    return _("{figures}, {words} or {iso}").format(figures=figures, words=words, iso=example)


def _in_figures(text: str, locale: str) -> tuple[int, int, int] | None:
    """Year, month and day of "2027-03-31", "31/03/2027", "31.3.2027", "31 03 2027"."""
    if iso := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", text):
        return int(iso[1]), int(iso[3]), int(iso[4])
    match = re.fullmatch(r"([0-9]{1,2})( ?[-/.] ?| )([0-9]{1,2})\2([0-9]{4})", text)
    if not match:
        return None
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    if locale == "en_US":
        day, month = month, day
    return (year, day, month) if month > 12 >= day else (year, month, day)


_DAY = r"(?:le |the )?([0-9]{1,2})(?:er|e|st|nd|rd|th)?"
_MONTH = r"([a-z]{3,})\.?"


def _in_words(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of "1er mars 2027", "31st of March 2027", "March 31, 2027"."""
    if match := re.fullmatch(rf"{_DAY}(?: of| de)?[ -]{_MONTH}[ -]([0-9]{{4}})", text):
        day, word, year = match.groups()
    elif match := re.fullmatch(rf"{_MONTH} {_DAY} ([0-9]{{4}})", text):
        word, day, year = match.groups()
    else:
        return None
    month = _month(word)
    return (int(year), month, int(day)) if month else None


def _month(word: str) -> int | None:
    """The number of a month from its name or an abbreviation of three letters or more.

    "jui" could be June or July in French, so it is neither.
    """
    numbers = {
        number
        for language in ("fr", "en")
        for number, full in enumerate(months(language), 1)
        if fold(full).startswith(word) or (word == "sept" and number == 9)
    }
    return numbers.pop() if len(numbers) == 1 else None


def amount(text: str, locale: str, currency: str | None = None) -> Decimal:
    """The amount that `text` names, as people write it; else an `AccordError`.

    A currency sign may stand before or after, but must be `currency`'s when one
    is given.  Figures that can be read in two ways ("1,500" in French) are
    refused with both readings; English owns its comma, so there it is 1500.
    """
    figures, named = _without_currency(" ".join(text.replace("’", "'").casefold().split()))
    if currency and named and currency not in named:
        sentence = _('"{text}" is not in {currency}; write the number alone, or change the currency')
        raise AccordError(sentence.format(text=_quoted(text), currency=currency))
    plain = _plain(figures, text, locale)
    if plain is None:
        example = "12 000,50" if is_french(locale) else "12,000.50"
        sentence = _('"{text}" is not an amount; write a number such as {example}')
        raise AccordError(sentence.format(text=_quoted(text), example=example))
    return Decimal(plain)


def _without_currency(text: str) -> tuple[str, tuple[Currency, ...]]:
    """The figures of `text`, and the currencies that the sign or name before or after them may mean."""
    match = re.fullmatch(r"([^0-9]*)([0-9].*[0-9]|[0-9])([^0-9]*)", text)
    meant = currencies.meant_by(match[1] + match[3]) if match and not (match[1] and match[3]) else ()
    return (match[2], meant) if match and meant else (text, ())


def _plain(figures: str, text: str, locale: str) -> str | None:
    """`figures` with a point for decimals and no grouping, or None if they are no number."""
    if re.fullmatch(r"[0-9]{1,3}([ '])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?", figures):
        return re.sub(r"[ ']", "", figures).replace(",", ".")
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}", figures):
        return figures.replace(",", "")
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}", figures):
        return figures.replace(".", "").replace(",", ".")
    if match := re.fullmatch(r"([1-9][0-9]{0,2})([.,])([0-9]{3})", figures):
        whole, sign, thousands = match.groups()
        if sign == "," and not is_french(locale):
            return f"{whole}{thousands}"
        decimals = thousands[:2] if thousands.endswith("0") else thousands
        sentence = _('"{text}" can be read as {large} or as {small}; write one of these instead')
        large, small = f"{whole}{thousands}", f"{whole}.{decimals}"
        raise AccordError(sentence.format(text=_quoted(text), large=large, small=small))
    return figures.replace(",", ".") if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", figures) else None
