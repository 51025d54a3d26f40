"""Quotation marks and apostrophes as printers set them, whatever the keyboard gave.

French quotes « so “and so” », English “so ‘and so’”, British as American: the
*Lexique des règles typographiques en usage à l'Imprimerie nationale*, "Guillemets";
the *Chicago Manual of Style*, 6.115 to 6.117 and 13.30.
"""

import re
from collections.abc import Iterator, Sequence

_GUILLEMETS, _CURLY, _SMALL = ("«", "»"), ("“", "”"), ("‘", "’")
_MARKS = {"fr": (_GUILLEMETS, _CURLY, _SMALL), "en": (_CURLY, _SMALL, _CURLY)}
"""By language: the marks of a quotation, of one inside it, and of one inside that."""

_LEFT, _RIGHT, _DOUBLE, _SINGLE = "«“", "»”", '"«“»”', "'"
_BEFORE = "([{«“‘—–-/\ue002"  # what a quotation may begin after, besides a space
_LETTER = r"[^\W\d_]"
_SPACE = "[ \u00a0\u202f]"
# What begins with an apostrophe: 'tis, the '90s.
_CUT_SHORT = (
    r"(?<!\w)['‘](?=(?:[0-9]{2}s?|tis|twas|til|em|cause|bout|cos|round)(?![\w'’]))|(?<!\w)'(?=n'(?!\w))"
)

_INNER = re.compile(r"‘((?:[^‘’]|’(?=\w))*)’")


def curl(text: str, language: str) -> str:
    """Apostrophes curled, and each pair of quotation marks set as its language and its depth want it.

    A mark without a fellow stays: it is an inch, a foot, or code.
    """
    text = re.sub(rf"(?<={_LETTER})[´`‘ʼ′'](?=[\w\"«“])|(?<=[0-9])'(?={_LETTER})", "’", text)
    text = re.sub(r"(?<![0-9'])''(?!')", '"', text)  # two apostrophes for one mark
    text = re.sub(_CUT_SHORT, "’", text, flags=re.IGNORECASE)
    for family in (_DOUBLE + _SINGLE,) if language == "fr" else (_DOUBLE, _SINGLE):
        text = _set(text, list(_pairs(text, family)), _MARKS[language] if '"' in family else (_SMALL,))
    text = re.sub(rf"(?<=[“‘]){_SPACE}+(?=\S)|(?<=\S){_SPACE}+(?=”)", "", text)
    return re.sub(r"(?<=[^\s0-9=(\[{'\"])'(?![\w'\"])|(?<![^\s(\[«“‘])'(?=\w)", "’", text)


def nested(text: str, mark: str) -> str:
    """A text that `curl` has set, as it stands in a quotation that `mark` opens."""
    if mark == "«":
        text = text.replace("“", "‘").replace("”", "’")
        return re.sub(rf"«{_SPACE}*", "“", re.sub(rf"{_SPACE}*»", "”", text))
    return re.sub("“([^“”]*)”", lambda outer: "‘" + _INNER.sub("“\\1”", outer[1]) + "’", text)


def _set(text: str, pairs: list[tuple[int, int]], marks: Sequence[tuple[str, str]]) -> str:
    """`text` with each pair of quotation marks as its depth wants it."""
    signs = list(text)
    for start, end in pairs:
        depth = sum(first < start and end < last for first, last in pairs)
        signs[start], signs[end] = marks[min(depth, len(marks) - 1)]
    return "".join(signs)


def _pairs(text: str, family: str) -> Iterator[tuple[int, int]]:
    """Where each quotation begins and ends; none goes beyond its paragraph."""
    starts: list[int] = []
    for end in (place for place, sign in enumerate(text) if sign in family):
        if starts and "\n\n" in text[starts[-1] : end]:
            starts.clear()
        if starts and _may_end(text, end):
            yield starts.pop(), end
        elif _may_begin(text, end):
            starts.append(end)


def _may_begin(text: str, place: int) -> bool:
    """Whether a quotation mark can be the first of its pair."""
    if text[place] in _LEFT + _RIGHT:
        return text[place] in _LEFT
    before, after = text[:place].rstrip("\"'*_"), text[place + 1 : place + 2]
    is_elided = re.search(rf"{_LETTER}’\Z", before) and after.isalnum()
    is_free = not before or before[-1].isspace() or before[-1] in _BEFORE
    return bool(after and (is_free or is_elided))


def _may_end(text: str, place: int) -> bool:
    """Whether a quotation mark can be the last of its pair."""
    if text[place] in _LEFT + _RIGHT:
        return text[place] in _RIGHT
    before, after = (
        text[:place].rstrip("*_\u00a0\u202f")[-1:],
        text[place + 1 :].lstrip("\"'*_«“‘\u00a0\u202f")[:1],
    )
    is_free = not after or not (after.isalnum() or after in "\ue000\ue001")
    return is_free and before not in _BEFORE and (not before.isspace() or not after or after in " \n.,;:!?)")
