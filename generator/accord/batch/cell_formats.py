"""What the number in a cell of an XLSX file shows: its currency, its rate in per cent, its leading zeros.

A number format (ECMA-376 part 1, 18.8.31) has up to four sections: for numbers
above zero, below it, zero, and texts; or as conditions in brackets say.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.'
    r"|\[\$(?P<currency>[^\]-]*)(?:-(?P<place>[^\]]*))?\]"
    r"|\[(?P<condition>[<>=]+-?[0-9.]+)\]|\[[^\]]*\]"
    r"|(?P<digit>[0#?])|(?P<mark>[.,;%/@]|[Ee][+-]|General)|(?P<literal>.)",
    re.DOTALL,
)
COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "<>": ne,
}
DOLLARS = {  # by Windows' numbers of languages, in hexadecimal
    "409": "USD",
    "1009": "CAD",
    "C0C": "CAD",
    "C09": "AUD",
    "1409": "NZD",
    "C04": "HKD",
    "1004": "SGD",
    "80A": "MXN",
}
GENERAL = "General"  # the format of most cells
AMBIGUOUS = 3  # decimals, which may be thousands


class Token(NamedTuple):
    """A piece of a format: a digit's place, a mark, or a text that is shown."""

    kind: str
    text: str


BLANK = " \u00a0\u202f"
PLACES = {Token("mark", GENERAL), Token("mark", "@")}  # where a number stands whose format has no digits


class Section(NamedTuple):
    """One section of a format, and the condition under which it holds, if it has one."""

    tokens: tuple[Token, ...]
    condition: str


def shown(number: Decimal, code: str) -> Decimal | str:
    """A number as the cell shows it where that says more than the number: "20 %", "40.5 kr", "01000", "12 k€".

    What stands beside a number may change what it says, so none of it is left out:
    whoever reads the cell understands the words or refuses them.
    """
    if code == GENERAL:
        return number
    section = _section(number, code)
    places = [place for place, token in enumerate(section.tokens) if _is_place(token)]
    text = "".join(token.text for token in section.tokens if token.kind in {"text", "currency"}).strip(BLANK)
    if not places:
        return text if text.strip("-–") else number
    before, after = (_beside(side) for side in (section.tokens[: places[0]], section.tokens[places[-1] :]))
    if number <= 0:  # which a sign, brackets or a dash say
        before, after = before.strip("(-– "), after.strip(")-– ")
    inner = section.tokens[places[0] : places[-1] + 1]
    is_named = any(token.kind == "currency" for token in section.tokens)
    if not is_named and _is_label(number, inner, section.tokens):
        return _by_places(number, section)
    percent = Token("mark", "%") in section.tokens
    scale = sum(token == Token("mark", ",") for token in _scaling(section.tokens))
    if not (before or after or percent or scale):
        return number
    return _with_words(number, before, after, percent=percent, scale=scale)


@lru_cache(maxsize=256)
def shows_day(code: str) -> bool:
    """Whether a format of dates shows the day, and not a month or a year alone: "mmm yyyy"."""
    letters = {
        token.text.lower() for section in _sections(code) for token in section.tokens if token.kind == "text"
    }
    return "d" in letters or "y" not in letters


def _is_place(token: Token) -> bool:
    return token.kind == "digit" or token in PLACES


def _beside(tokens: Sequence[Token]) -> str:
    """What is shown on one side of a number."""
    return "".join(token.text for token in tokens if token.kind in {"text", "currency"}).strip(BLANK)


def _is_label(number: Decimal, inner: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether a whole number is put into places, as postcodes and telephone numbers are."""
    if number < 0 or number != number.to_integral_value() or any(token.kind == "mark" for token in tokens):
        return False
    digits = [token.text for token in inner if token.kind == "digit"]
    return digits.count("0") > 1 or len(inner) > len(digits)


def _scaling(tokens: Sequence[Token]) -> Iterator[Token]:
    """The commas by which a format divides by a thousand each: those that no digit follows."""
    marks = [token for token in tokens if token.kind in {"digit", "mark"} and token.text != "%"]
    for place, token in enumerate(marks):
        rest = [other for other in marks[place + 1 :] if other.text != ","]
        if token.text == "," and place and not (rest and rest[0].kind == "digit"):
            yield token


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[Section, ...]:
    """The sections of a format."""
    sections: list[tuple[list[Token], list[str]]] = [([], [])]
    for token in _tokens(code):
        if token == Token("mark", ";"):
            sections.append(([], []))
        elif token.kind == "condition":
            sections[-1][1].append(token.text)
        else:
            sections[-1][0].append(token)
    return tuple(Section(tuple(tokens), "".join(conditions)) for tokens, conditions in sections)


def _tokens(code: str) -> Iterator[Token]:
    for match in TOKEN.finditer(code):
        kind = match.lastgroup or ""
        if kind in {"currency", "place"}:
            place = (match["place"] or "").upper()
            sign = DOLLARS.get(place, "$") if match["currency"] == "$" else match["currency"]
            if sign.strip():
                yield Token("currency", sign)
        elif kind in {"quoted", "escaped", "literal"}:
            yield Token("text", match[kind])
        elif kind:
            yield Token(kind, match[kind])


def _section(number: Decimal, code: str) -> Section:
    """The section by which a number is shown."""
    sections = _sections(code)
    if any(section.condition for section in sections):
        return next((each for each in sections if _holds(each.condition, number)), sections[-1])
    below = 1 if len(sections) > 1 else 0
    zero = 2 if len(sections) > 2 else 0
    section = sections[below if number < 0 else zero if number == 0 else 0]
    return section if section.tokens or len(sections) == 1 else sections[0]


def _holds(condition: str, number: Decimal) -> bool:
    match = re.fullmatch(r"(<=|>=|<>|[<>=])(-?[0-9]+(?:\.[0-9]+)?)", condition)
    return not match or COMPARED[match[1]](number, Decimal(match[2]))


def _with_words(number: Decimal, before: str, after: str, *, percent: bool, scale: int) -> str:
    """The number and what stands beside it, as somebody would write it: "40.5 € HT"."""
    number = number / 1000**scale * (100 if percent else 1)
    digits = f"{number.normalize():f}"
    if len(digits.partition(".")[2]) == AMBIGUOUS:
        digits += "0"
    sign = "%" if percent else ""
    if scale and not after and not sign:  # nothing says that these are thousands
        sign = f"× {1000**scale}"
    if before[-1:].isdigit() or after[:1].isdigit():  # what looks like more digits of it
        return f"{before}{digits}{after}"
    return " ".join(filter(None, (before, digits, sign, after)))


def _by_places(number: Decimal, section: Section) -> str:
    """A whole number put into the places of its format: 1000 by "00000" is "01000"."""
    digits = [*f"{number.normalize():f}"]
    text: list[str] = []
    left = sum(token.kind == "digit" for token in section.tokens)
    for token in reversed(section.tokens):
        if token.kind == "digit":
            left -= 1
            text.append(digits.pop() if digits else "0" if token.text == "0" else "")
            if not left:
                text.extend(reversed(digits))
        else:
            text.append(token.text)
    return "".join(reversed(text)).strip()
