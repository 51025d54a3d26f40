"""Text that was damaged before it came here: bytes read in another encoding, entities, lost characters.

Sound names of any language stay silent: Šafařík, Citroën, Ångström, O’Neil, AT&T.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple


class Damage(NamedTuple):
    """A damaged stretch of a text, and what it was, if that can be told."""

    words: str
    meant: str | None


# The encodings as which programs of Windows, the Macintosh and MS-DOS read UTF-8.
_MISREAD_AS = ("cp1252", "mac_roman", "cp850", "cp437")
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")
# Letters of Western and Central Europe, the signs of print and of currencies: nothing else was meant.
_MEANT = re.compile("[\u00a0-\u017f\u0192\u02c6\u02dc\u2010-\u203a\u202f\u20ac\u2122]+")
# A capital before a closing quotation mark, as in « CAFÉ », is sound.
_QUOTED = re.compile(r"[ÄÅÂÃÀÉÈÊÓÔÖÜ][»’”›]")


def _misread(text: str) -> Iterator[Damage]:
    """UTF-8 that was read as another encoding: "LefÃ¨vre", "L√©vy", "â€™"."""
    for run in _FOREIGN.finditer(text):
        if _meant_by(run):
            word = _word_at(text, run)
            yield Damage(word, _repaired(word))


def _meant_by(run: re.Match[str]) -> str | None:
    """What a run of characters was, if it was misread."""
    for encoding in _MISREAD_AS:
        try:
            meant = run[0].encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        before = run.string[: run.start()]
        if _MEANT.fullmatch(meant) and not (_QUOTED.fullmatch(run[0]) and not before[-1:].islower()):
            return meant
    return None


def _repaired(word: str) -> str | None:
    """A word without its misread runs, were it misread several times over; None if other damage stays."""
    better = _FOREIGN.sub(lambda run: _meant_by(run) or run[0], word)
    if better != word:
        return _repaired(better)
    return None if damage_in(better) else better


# What é, è, ê, à, ç … of MS-DOS and the Macintosh look like as Windows reads them, and those of Windows as the
# others do.  A capital with an accent may begin a word within a name (BioÉnergie), but hardly one of these.
_WINDOWS_READS = {
    "‚": "é", "Š": "è", "ˆ": "ê", "‡": "ç", "“": "ô", "‹": "ï", "Œ": "î", "ƒ": "â", "‰": "ë", "„": "ä", "”": "ö",
    "Ž": "é", "™": "ô", "Ÿ": "ü", "›": "ø", "˜": "ò",
}  # fmt: skip
_OTHERS_READ = "ÈËÍÁÙÚÞÛÕ"
_ODD = "".join(_WINDOWS_READS) + _OTHERS_READ + "¤¶¯§¬®©├┬╔│±÷√∂∑"
_SMALL = "a-zà-öø-ÿœ"
_INSIDE = re.compile(rf"(?<=[{_SMALL}])[{_ODD}]+(?=[{_SMALL}])")
# A letter at the end of a word: Soci‚t‚.  The other signs may well stand after one.
_AT_END = re.compile(rf"(?<=[{_SMALL}])[‚ˆƒŠŽ](?![\w,])|(?<!\w)[‚ˆ](?=[{_SMALL}]{{2}})(?!.*[‘’])")
_AFTER_CAPITAL = re.compile(rf"(?<=\b[A-Z])[‚™“‡‰ƒ„‹]+(?=[{_SMALL}])|(?<!\w)Ã (?=\w)")


def _other_letters(text: str) -> Iterator[Damage]:
    """Single letters that another encoding made of accented ones: "LefŠvre", "Fran‡ais"."""
    for pattern in (_INSIDE, _AT_END, _AFTER_CAPITAL):
        for match in pattern.finditer(text):
            yield Damage(_word_at(text, match), None)


_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&(?:amp|nbsp|quot|apos|eacute|egrave|agrave)\b"
)


def _entities(text: str) -> Iterator[Damage]:
    """Characters as HTML and XML write them: "&#39;", "&eacute;", "&amp;"."""
    for match in _ENTITY.finditer(text):
        if match[0][1] == "#" or f"{match[0][1:].rstrip(';')};" in html5:
            yield Damage(match[0], html.unescape(f"{match[0].rstrip(';')};"))


_REPLACED = re.compile(r"\ufffd+")


def _lost(text: str) -> Iterator[Damage]:
    """Characters that a program replaced because it could not read them."""
    for match in _REPLACED.finditer(text):
        yield Damage(_word_at(text, match), None)


_QUESTION = re.compile(
    rf"(?<=[{_SMALL}])\?(?=[{_SMALL}])|(?<!\S)\?(?=[{_SMALL}]{{3}})|(?<=\b[LDld])\?(?=[A-ZÀ-Ý])"
)


def _question_marks(text: str) -> Iterator[Damage]:
    """A question mark in the place of a letter: "Lef?vre"; not in an address of the Web."""
    for match in _QUESTION.finditer(text):
        word = _word_at(text, match)
        if not re.search(r"[/=.]", word):
            yield Damage(word, None)


def _word_at(text: str, match: re.Match[str]) -> str:
    """The word in which a damaged stretch stands."""
    start = text.rfind(" ", 0, match.start()) + 1
    end = text.find(" ", match.end())
    return text[start : end if end >= 0 else len(text)]


@lru_cache(maxsize=8192)  # letters of a batch say mostly the same
def damage_in(text: str) -> Damage | None:
    """The first damaged stretch of a text; None for a sound text."""
    finders = (_entities, _misread, _lost, _other_letters, _question_marks)
    return next((found for finder in finders for found in finder(text)), None)
