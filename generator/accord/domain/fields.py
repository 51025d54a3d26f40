"""The kinds of value that a file may hold: texts, amounts, rates, dates, countries.

Each takes what is sound, settles how it is written, and refuses the rest with a
sentence that says what to write instead.
"""

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from accord import i18n
from accord.domain import countries
from accord.domain.base import invalid
from accord.i18n import _
from accord.text import currencies, places
from accord.text.characters import MOST_NAMED, excerpt, is_hidden, name_of

LARGEST_AMOUNT = Decimal(10**12)
MOST_LINES = 30


# A letter carries at most two marks (Vietnamese); more of them spill over the
# lines around.  Marks of combining class 1 strike the letter out.
_PILED_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}")


def one_line(text: str) -> str:
    """`text` in NFC, trimmed; an error if it does not read as it is written, on one line."""
    return _clean(text, lines=False)


def _clean(text: str, *, lines: bool) -> str:
    """`text` in NFC, trimmed; an error if it does not read as it is written."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
    hidden = sorted({c for c in text if is_hidden(c) and not (lines and c == "\n")})
    if hidden == ["\n"]:
        raise invalid(_("must stand on one line; take the line break out"))
    if hidden:
        sentence = _("holds a character that does not show on paper: {names}; retype the text without it")
        raise invalid(sentence.format(names=", ".join(map(name_of, hidden[:MOST_NAMED]))))
    if not text:
        raise invalid(_("is empty; write it, or leave it out if it is optional"))
    struck_out = any(unicodedata.combining(char) == 1 for char in text)
    if struck_out or _PILED_MARKS.search(text) or unicodedata.combining(text[0]):
        raise invalid(
            _("holds marks that strike letters out or pile up on them; retype the text without them")
        )
    return text


def _prose(text: str) -> str:
    text = re.sub(r"\s*\n\s*\n\s*", "\n\n", _clean(text, lines=True))
    count = text.count("\n") + 1
    if count > MOST_LINES:
        sentence = _("has {count} lines, but its place holds {limit}; shorten it")
        raise invalid(sentence.format(count=count, limit=MOST_LINES))
    return text


def _name(text: str) -> str:
    if not any(map(str.isalnum, text)):
        raise invalid(_("is not a name: it has neither a letter nor a digit; write the whole name"))
    return text


def _amount(value: object) -> Decimal:
    """A finite positive amount with at most two decimals, from text or a number."""
    remedy = _('write a plain number with a point, such as "40.00"')
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise invalid(_("is not an amount; {remedy}").format(remedy=remedy))
    if isinstance(value, int | float) and value >= int(LARGEST_AMOUNT):
        raise invalid(_("is absurdly large; check the number of digits"))
    text = str(value).strip()
    if not text:
        raise invalid(_("is empty; {remedy}, or leave it out if it is optional").format(remedy=remedy))
    if re.search(r"(?!INF|NAN)[A-Z]{3}", text) or any(unicodedata.category(char) == "Sc" for char in text):
        sentence = _(
            "carries a currency of its own ({text}); write the number alone: one letter has one currency"
        )
        raise invalid(sentence.format(text=excerpt(text)))
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        raise invalid(_("is not an amount ({text}); {remedy}").format(text=excerpt(text), remedy=remedy))
    amount = Decimal(text)
    if isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{2}0", text):
        sentence = _('can be read in two ways ({text}); write "{one}" or "{other}"')
        raise invalid(sentence.format(text=text, one=text.replace(".", ""), other=text[:-1]))
    if amount <= 0:
        raise invalid(_("must be above zero; leave it out if it is not known"))
    if amount >= LARGEST_AMOUNT:
        raise invalid(_("is absurdly large; check the number of digits"))
    if amount != round(amount, 2):
        sentence = _("has more than two decimals; round it to cents, or sell by the hundred or the thousand")
        raise invalid(sentence)
    return round(amount, 2)


def _rate(value: object) -> Decimal:
    """A percentage from 0 to 100 with at most three decimals (Québec: 14.975)."""
    # Python refuses to write out a number of thousands of digits.
    is_giant = isinstance(value, int) and abs(value) >= LARGEST_AMOUNT
    is_rate = isinstance(value, str | int | float | Decimal) and not isinstance(value, bool) and not is_giant
    text = str(value).strip() if is_rate else ""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", text) or Decimal(text) > 100:
        sentence = _(
            'is not a rate in per cent; write a number from 0 to 100 with at most three decimals, such as "20" or "5.5"'
        )
        raise invalid(sentence)
    return Decimal(text).normalize() + 0


_UNITS = {
    "day": "day", "days": "day", "jour": "day", "jours": "day", "week": "week", "weeks": "week", "semaine": "week", "semaines": "week",
    "month": "month", "months": "month", "mois": "month", "year": "year", "years": "year", "an": "year", "ans": "year",
}  # fmt: skip
_QUARTER = {"quarter": 3, "quarters": 3, "trimestre": 3, "trimestres": 3, "semestre": 6, "semestres": 6}
"""Units that are so many months."""
_SPELT = {
    "un": 1, "une": 1, "a": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5, "six": 6,
    "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9, "dix": 10, "ten": 10, "onze": 11, "eleven": 11, "douze": 12, "twelve": 12,
}  # fmt: skip


def _length(text: str) -> str:
    """A number and a unit of time, in English whatever the language: "8 weeks" for "8 semaines"."""
    match = re.fullmatch(r"([0-9]{1,3}|[a-z]+(?= ))\s*([a-z]+)", text.strip().casefold())
    count = _SPELT.get(match[1]) or (int(match[1]) if match[1].isdecimal() else 0) if match else 0
    if match and match[2] in _QUARTER:
        count, unit = count * _QUARTER[match[2]], "month"
    else:
        unit = _UNITS.get(match[2], "") if match else ""
    if not count or not unit:
        sentence = _('is not a length of time ({text}); write a number and a unit, such as "8 weeks"')
        raise invalid(sentence.format(text=excerpt(text)))
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def length(text: str) -> tuple[int, str]:
    """A length of time as a number and a unit, which is "day", "week", "month" or "year"."""
    count, unit = text.split()
    return int(count), unit.removesuffix("s")


def _cap(value: object) -> object:
    """The word "total", or an amount."""
    if isinstance(value, str) and value.strip() == "total":
        return "total"
    try:
        return _amount(value)
    except PydanticCustomError:
        sentence = _('is neither "total" nor an amount; write "total", or a plain number such as "50000.00"')
        raise invalid(sentence) from None


def _date(value: object) -> datetime.date:
    """A calendar date from 2000 to 2199, from a date or its ISO text."""
    if isinstance(value, str):
        text = value.strip()
        try:
            # fromisoformat alone would take ordinal and week dates as well.
            value = datetime.date.fromisoformat(text if re.fullmatch(r"[0-9-]{10}", text) else "")
        except ValueError:
            sentence = _("is not a date ({text}); write year-month-day, such as 2027-03-31")
            raise invalid(sentence.format(text=excerpt(text))) from None
    if isinstance(value, datetime.datetime):
        raise invalid(_("has a time of day; write the day alone, such as 2027-03-31"))
    if not isinstance(value, datetime.date):
        raise invalid(_("is not a date; write year-month-day, such as 2027-03-31"))
    if not 2000 <= value.year < 2200:
        raise invalid(_("is in the year {year}; check the year").format(year=value.year))
    return value


def _country(code: str) -> str:
    if code in places.countries():
        return code
    if meant := countries.code_of(code):
        sentence = _('is not an ISO country code; write "{code}" for {country}')
        name = places.country_name(meant, i18n.language())
        raise invalid(sentence.format(code=meant, country=name))
    if close := countries.close_to(code):
        sentence = _('is not an ISO country code; write "{code}" if {country} is meant')
        raise invalid(sentence.format(code=countries.code_of(close), country=close))
    raise invalid(_('is not an ISO country code; write two capital letters, such as "FR" or "GB"'))


def _currency(text: str) -> str:
    """The ISO 4217 code of a currency that some country uses."""
    code = text.upper()
    if code not in currencies.in_use():
        raise invalid(_('is not the code of a currency; write three letters, such as "EUR" or "PLN"'))
    return code


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise invalid(_('is not a colour; write six hexadecimal digits, such as "#1a4d7a"'))
    return text.lower()


def _email(text: str) -> str:
    # No part between dots is empty (RFC 5322, 3.4.1).
    if not re.fullmatch(r"[^\s@<>.]+(?:\.[^\s@<>.]+)*@[^\s@<>.]+(?:\.[^\s@<>.]+)+", text):
        raise invalid(_('is not an e-mail address; write one such as "contact@novalys.example"'))
    return text


def _reference(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9 ./_-]*[A-Za-z0-9])?", text):
        sentence = _(
            'is not a reference; use letters, digits, spaces, "-", ".", "_" and "/", and begin and end with a letter or a digit'
        )
        raise invalid(sentence)
    return text


SingleLine = Annotated[str, Field(strict=True, max_length=120), AfterValidator(one_line)]
Name = Annotated[SingleLine, AfterValidator(_name)]
Word = Annotated[str, Field(strict=True, max_length=60), AfterValidator(one_line)]
Sentence = Annotated[str, Field(strict=True, max_length=400), AfterValidator(_prose)]
# Of two of these and the rest of a decline, one page can be made.
Note = Annotated[str, Field(strict=True, max_length=160), AfterValidator(_prose)]
Statement = Annotated[str, Field(strict=True, max_length=320), AfterValidator(_prose)]
Prose = Annotated[str, Field(strict=True, max_length=1500), AfterValidator(_prose)]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"}),
]
Cap = Annotated[
    Decimal | Literal["total"],
    BeforeValidator(_cap),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^(total|[0-9]+(\.[0-9]{1,2})?)$"}),
]
Length = Annotated[Word, AfterValidator(_length)]
Rate = Annotated[
    Decimal,
    BeforeValidator(_rate),
    WithJsonSchema({"type": ["string", "number"], "minimum": 0, "maximum": 100}),
]
Date = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Country = Annotated[SingleLine, AfterValidator(_country)]
AnyCurrency = Annotated[Word, AfterValidator(_currency)]
Effort = Annotated[int, Field(strict=True, ge=1, le=1000)]
Days = Annotated[int, Field(strict=True, ge=1, le=366)]
Yes = Annotated[bool, Field(strict=True)]
Colour = Annotated[Word, AfterValidator(_colour)]
Email = Annotated[SingleLine, AfterValidator(_email)]
Reference = Annotated[Word, AfterValidator(_reference)]
