"""The kinds of value that a file may hold: texts, amounts, rates, dates, countries.

Each takes what is sound, settles how it is written, and refuses the rest with a
sentence that says what to write instead.
"""

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Annotated, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from accord.domain.base import fault
from accord.i18n import _
from accord.text import phrases, places
from accord.text.characters import MOST_NAMED, excerpt, is_hidden, name_of, plain

LARGEST_AMOUNT = Decimal(10**12)
MOST_LINES = 30


# A letter carries at most two marks (Vietnamese); more of them spill over the
# lines around.  Marks of combining class 1 strike the letter out.
_PILED_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}")


def _marks_out(text: str) -> bool:
    """Whether marks strike letters out, pile up, or would land on the text before."""
    return (
        any(unicodedata.combining(char) == 1 for char in text)
        or bool(_PILED_MARKS.search(text))
        or unicodedata.combining(text[0]) != 0
    )


def _clean(text: str, *, lines: bool) -> str:
    """`text` in NFC, trimmed; a fault if it does not read as it is written."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
    hidden = sorted({c for c in text if is_hidden(c) and not (lines and c == "\n")})
    if hidden == ["\n"]:
        raise fault(_("must stand on one line; take the line break out"))
    if hidden:
        raise fault(
            _("holds a character that does not show on paper: {names}; retype the text without it").format(
                names=", ".join(map(name_of, hidden[:MOST_NAMED]))
            )
        )
    if not text:
        raise fault(_("is empty; write it, or leave the key out if it is optional"))
    if _marks_out(text):
        raise fault(_("holds marks that strike letters out or pile up on them; retype the text without them"))
    return text


def _line(text: str) -> str:
    return _clean(text, lines=False)


def _prose(text: str) -> str:
    text = re.sub(r"\s*\n\s*\n\s*", "\n\n", _clean(text, lines=True))
    if text.count("\n") >= MOST_LINES:
        raise fault(
            _("has {count} lines, but its place holds {limit}; shorten it").format(
                count=text.count("\n") + 1, limit=MOST_LINES
            )
        )
    return text


def _name(text: str) -> str:
    if not any(map(str.isalnum, text)):
        raise fault(_("is not a name: it has neither a letter nor a digit; write the whole name"))
    return text


def _amount(value: object) -> Decimal:
    """A finite positive amount with at most two decimals, from text or a number."""
    remedy = _('write a plain number with a point, such as "40.00"')
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise fault(_("is not an amount; {remedy}").format(remedy=remedy))
    if isinstance(value, int | float) and value >= int(LARGEST_AMOUNT):
        raise fault(_("is absurdly large; check the number of digits"))
    text = str(value).strip()
    if not text:
        raise fault(_("is empty; {remedy}, or leave the key out if it is optional").format(remedy=remedy))
    if re.search(r"(?!INF|NAN)[A-Z]{3}", text) or any(unicodedata.category(char) == "Sc" for char in text):
        raise fault(
            _(
                "carries a currency of its own ({text}); write the number alone: one letter has one currency"
            ).format(text=excerpt(text))
        )
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        raise fault(_("is not an amount ({text}); {remedy}").format(text=excerpt(text), remedy=remedy))
    amount = Decimal(text)
    if amount <= 0:
        raise fault(_("must be above zero; {remedy}").format(remedy=remedy))
    if amount >= LARGEST_AMOUNT:
        raise fault(_("is absurdly large; check the number of digits"))
    if amount != round(amount, 2):
        raise fault(_("has more than two decimals; round it to cents"))
    return round(amount, 2)


def _is_small(value: object) -> bool:
    """Whether it is a whole number that can be written out; Python refuses the giant ones."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_AMOUNT


def _rate(value: object) -> Decimal:
    """A percentage from 0 to 100 with at most three decimals (Québec: 14.975)."""
    text = str(value).strip() if isinstance(value, str | float | Decimal) or _is_small(value) else ""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", text) or Decimal(text) > 100:
        raise fault(
            _(
                'is not a rate in per cent; write a number from 0 to 100 with at most three decimals, such as "20" or "5.5"'
            )
        )
    return Decimal(text).normalize() + 0


def _date(value: object) -> datetime.date:
    """A calendar date from 2000 to 2199, from a date or its ISO text."""
    if isinstance(value, str):
        text = value.strip()
        try:
            # fromisoformat alone would take ordinal and week dates as well.
            value = datetime.date.fromisoformat(text if re.fullmatch(r"[0-9-]{10}", text) else "")
        except ValueError:
            raise fault(
                _("is not a date ({text}); write year-month-day, such as 2027-03-31").format(
                    text=excerpt(text)
                )
            ) from None
    if isinstance(value, datetime.datetime):
        raise fault(_("has a time of day; write the day alone, such as 2027-03-31"))
    if not isinstance(value, datetime.date):
        raise fault(_("is not a date; write year-month-day, such as 2027-03-31"))
    if not 2000 <= value.year < 2200:
        raise fault(_("is in the year {year}; check the year").format(year=value.year))
    return value


def _country(code: str) -> str:
    if code == "UK":
        raise fault(_('is not an ISO country code; write "GB" for the United Kingdom'))
    if code not in places.countries():
        raise fault(_('is not an ISO country code; write two capital letters, such as "FR" or "GB"'))
    return code


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise fault(_('is not a colour; write six hexadecimal digits, such as "#1a4d7a"'))
    return value.lower()


def _email(value: str) -> str:
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", value):
        raise fault(_('is not an e-mail address; write one such as "contact@novalys.example"'))
    return value


def _reference(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9 ./_-]*[A-Za-z0-9])?", value):
        raise fault(
            _(
                'is not a reference; use letters, digits, spaces, "-", ".", "_" and "/", and begin and end with a letter or a digit'
            )
        )
    return value


def _opinion(text: str) -> str | None:
    """The words that leave a test to somebody's opinion.

    Acceptance at a party's will makes the debt potestative (C. civ., art.
    1304-2) and leaves nothing to prove.  That users choose as they please is
    something else.
    """
    text = plain(text)
    for tongue in get_args(phrases.Tongue):
        if found := phrases.said("opinion", text, tongue):
            return found
        found = phrases.said("at-will", text, tongue)
        if found and not phrases.said("free-choice", text, tongue):
            return found
    return None


def _test(text: str) -> str:
    if found := _opinion(text):
        raise fault(
            _(
                "leaves acceptance to somebody's opinion (“{words}”);"
                " write what is done and the result that anyone can observe"
            ).format(words=found)
        )
    return text


Line = Annotated[str, Field(strict=True, max_length=120), AfterValidator(_line)]
Name = Annotated[Line, AfterValidator(_name)]
Word = Annotated[str, Field(strict=True, max_length=60), AfterValidator(_line)]
Sentence = Annotated[str, Field(strict=True, max_length=400), AfterValidator(_prose)]
AcceptanceTest = Annotated[Sentence, AfterValidator(_test)]
# Of two of these and the rest of a decline, one page can be made.
Paragraph = Annotated[str, Field(strict=True, max_length=320), AfterValidator(_prose)]
Prose = Annotated[str, Field(strict=True, max_length=1500), AfterValidator(_prose)]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"}),
]
Rate = Annotated[
    Decimal,
    BeforeValidator(_rate),
    WithJsonSchema({"type": ["string", "number"], "minimum": 0, "maximum": 100}),
]
Date = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Country = Annotated[Line, AfterValidator(_country)]
Days = Annotated[int, Field(strict=True, ge=1, le=366)]
Yes = Annotated[bool, Field(strict=True)]
Colour = Annotated[Word, AfterValidator(_colour)]
Email = Annotated[Line, AfterValidator(_email)]
Reference = Annotated[Word, AfterValidator(_reference)]
