"""What the number in a cell of an XLSX file shows: its currency, its rate in per cent, its leading zeros.

A number format (ECMA-376 part 1, 18.8.31) has up to four sections: for numbers
above zero, below it, zero, and texts; or as conditions in brackets say.
"""

import re
from collections.abc import Callable, Iterator
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
SIGNS = re.compile(
    r"[€£$¥₤₣]|\b(?:EUR|GBP|USD|CHF|CAD|AUD|NZD|JPY|CNY|HKD|SGD|SEK|NOK|DKK|PLN|CZK|HUF|RON|TRY|INR|BRL|MXN|ZAR"
    r"|MAD|TND|DZD|XOF|XAF|AED|ILS|SFr|Fr|TTC)\b"
)
AMBIGUOUS = 3  # decimals, which may be thousands


class Token(NamedTuple):
    """A piece of a format: a digit's place, a mark, or a text that is shown."""

    kind: str
    text: str


class Section(NamedTuple):
    """One section of a format, and the condition under which it holds, if it has one."""

    tokens: tuple[Token, ...]
    condition: str


def shown(number: Decimal, code: str) -> Decimal | str:
    """A number as the cell shows it where that says more than the number: "20 %", "40.5 €", "01000"."""
    section = _section(number, code)
    marks = [token.text for token in section.tokens if token.kind == "mark"]
    if "%" in marks:
        return f"{(number * 100).normalize():f} %"
    text = "".join(token.text for token in section.tokens if token.kind == "text")
    if SIGNS.search(text) or any(token.kind == "currency" for token in section.tokens):
        return _with_currency(number, section)
    places = [place for place, token in enumerate(section.tokens) if token.kind == "digit"]
    if not places or marks or number < 0 or number != number.to_integral_value():
        return number
    inner = section.tokens[places[0] : places[-1] + 1]
    zeros = sum(token.text == "0" for token in inner)
    return _by_places(number, section) if zeros > 1 or len(inner) > len(places) else number


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
    return section if any(token.kind == "digit" for token in section.tokens) else sections[0]


def _holds(condition: str, number: Decimal) -> bool:
    match = re.fullmatch(r"(<=|>=|<>|[<>=])(-?[0-9]+(?:\.[0-9]+)?)", condition)
    return not match or COMPARED[match[1]](number, Decimal(match[2]))


def _with_currency(number: Decimal, section: Section) -> str:
    """The number and what stands beside it, as somebody would write it: "40.5 € HT"."""
    tokens = section.tokens
    places = [place for place, token in enumerate(tokens) if token.kind == "digit"] or [len(tokens)]
    beside = [
        "".join(token.text for token in side if token.kind in {"text", "currency"}).strip(" \u00a0\u202f()-–")
        for side in (tokens[: places[0]], tokens[places[-1] :])
    ]
    if re.match(r"[kKM]", beside[1]):  # the format shows thousands or millions: "#,##0, k€"
        scale = sum(token == Token("mark", ",") for token in tokens[places[-1] :])
        number = number / 1000**scale
    digits = f"{number.normalize():f}"
    if len(digits.partition(".")[2]) == AMBIGUOUS:
        digits += "0"
    return " ".join(filter(None, (beside[0], digits, beside[1])))


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
