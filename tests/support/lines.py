"""The lines of a letter as a viewer finds them in its PDF, and how much earlier than need be each was broken."""

import ctypes
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from accord.letter.blocks import Run, paragraphs
from accord.letter.letter import Letter

RIGHT = 194 / 25.4 * 72
"""Where the text column ends, in points."""
BLANK = "\u2003"
SPACE = 2.4  # points between two words, or rather less
APART = {
    10.0,
    10.7,
    11.3,
    11.7,
}  # sizes in CSS pixels of what is no prose: head, foot, hints, letterhead, headings


class Char(NamedTuple):
    """A character with its place, in points; lines are told apart by `line`."""

    text: str
    left: float
    right: float
    line: int


class Broken(NamedTuple):
    """A line with the word that begins the next, and the points that would be left had it stood here too."""

    line: str
    next_word: str
    left_over: float


def broken(letter: Letter, content: bytes) -> list[Broken]:
    """Each line of the letter's prose that ends before its paragraph does; `content` is its PDF."""
    chars = list(_chars(content))
    text = "".join(char.text for char in chars)
    found, place = [], 0
    for _marker, paragraph in prose(letter):
        for part in paragraph.split("\n"):
            start = text.find(_solid(part), place)
            assert start >= 0, f"not on the page: {part}"
            place = start + len(_solid(part))
            found += _ends(chars[start:place], part)
    return found


def prose(letter: Letter) -> Iterator[tuple[str, str]]:
    """Each paragraph, after what stands before it in a list."""
    for passage in (*letter.opening, *letter.articles, *letter.closing):
        yield from paragraphs(passage.blocks, _printed)


def _ends(chars: list[Char], paragraph: str) -> Iterator[Broken]:
    """The lines of one paragraph but its last; a line that ends or goes on with a blank alone is passed over."""
    words = re.split(r"[ \u200b]|(?<=\w-)", paragraph)
    left = min((char.left for char in chars), default=0)
    line, place = "", 0
    for word, following in itertools.pairwise(words):
        place += len(_solid(word))
        line = f"{line} {word}".strip()
        after = chars[place : place + len(_solid(following))]
        if not place or not after or chars[place - 1].line == after[0].line:
            continue
        if not word.endswith(BLANK) and after[0].line == after[-1].line:
            room = RIGHT - chars[place - 1].right - SPACE
            yield Broken(line, following, room - (after[-1].right - left))
        line = ""


def _printed(run: Run) -> str:
    """The text of a run, in which a sign stands for each blank."""
    parts = getattr(run.text, "parts", (("", run.text),))
    return "".join(BLANK if mark == "blank" else text for mark, text in parts)


def _solid(text: str) -> str:
    """A text without what takes no ink."""
    return re.sub(r"[\s•–\u200b\u2060\u00ad]", "", text).replace("\u2011", "-")


def _chars(content: bytes) -> Iterator[Char]:
    """What is set at the size of prose, character by character, without spaces."""
    line, before = 0, 0.0
    for page in pypdfium2.PdfDocument(content):
        textpage, x, y = page.get_textpage(), ctypes.c_double(), ctypes.c_double()
        for index in range(textpage.count_chars()):
            text = chr(pdfium.FPDFText_GetUnicode(textpage, index)).replace("\x02", "-")  # it ended a line
            if not _solid(text) or pdfium.FPDFText_IsGenerated(textpage, index):
                continue
            if round(pdfium.FPDFText_GetFontSize(textpage, index), 1) in APART:
                continue
            pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(textpage, index, box := pdfium.FS_RECTF())
            if abs(y.value - before) > 5:
                line, before = line + 1, y.value
            yield Char(text, box.left, box.right, line)
