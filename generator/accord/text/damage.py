"""Text that was damaged before it came here: bytes read in another encoding, escapes and tags that programs left, lost characters.

Sound names of any language stay silent: Šafařík, Citroën, Ångström, O’Neil, AT&T.
"""

import binascii
import html
import quopri
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple
from urllib.parse import unquote


class Damage(NamedTuple):
    """A damaged stretch of a text, and what it was, if that can be told; `escaped` if a program wrote it so for others."""

    words: str
    meant: str | None
    escaped: bool = False


# The encodings as which programs of Windows, the Macintosh and MS-DOS read UTF-8.
_MISREAD_AS = ("cp1252", "mac_roman", "cp850", "cp437")
_MISREAD_ELSEWHERE = ("cp1250", "cp1251", "cp1254", "iso8859_2", "iso8859_9")  # in Prague, Sofia, Istanbul
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
    elsewhere = () if run[0].isalpha() and run[0].isupper() else _MISREAD_ELSEWHERE  # "ORĂŞTIE" is sound
    for encoding in (*_MISREAD_AS, *elsewhere):
        try:
            meant = b"".join(_byte(char, encoding) for char in run[0]).decode("utf-8")
        except UnicodeError:
            continue
        before = run.string[: run.start()]
        if _MEANT.fullmatch(meant) and not (_QUOTED.fullmatch(run[0]) and not before[-1:].islower()):
            return meant
    return None


def _byte(char: str, encoding: str) -> bytes:
    """What a program read as a character; where its encoding has none, most take the control character of that number."""
    return bytes([ord(char)]) if "\x80" <= char <= "\x9f" else char.encode(encoding)


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


# --- What programs write for each other --------------------------------------------

_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&(?:amp|nbsp|quot|apos|eacute|egrave|agrave)\b"
)


def _entities(text: str) -> Iterator[Damage]:
    """Characters as HTML and XML write them: "&#39;", "&eacute;", "&amp;", were they written so twice."""
    for match in _ENTITY.finditer(text):
        name = match[0].rpartition("&")[2].split(";")[-2 if match[0].endswith(";") else -1]
        if name[:1] == "#" or f"{name};" in html5:
            meant = f"{match[0].rstrip(';')};"
            while (once := html.unescape(meant)) != meant:
                meant = once
            yield Damage(match[0], meant.replace("\u00a0", " "), escaped=True)


_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|input|label|li|o:p|ol|p|pre|s"
    r"|script|small|span|strong|style|sub|sup|table|tbody|td|th|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def _tags(text: str) -> Iterator[Damage]:
    """Tags of HTML: "<b>Acme</b>"."""
    for match in _TAG.finditer(text):
        yield Damage(
            match[0],
            " " if re.match(r"</?(?:br|p|div|li|t[dr])\b", match[0], re.IGNORECASE) else "",
            escaped=True,
        )


_ESCAPE = re.compile(
    r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\U000[0-9a-fA-F]{5}|<U\+[0-9A-F]{4,6}>|(?<=\w\w)\\'[89a-f][0-9a-f](?=\w)|(?:\\[rnt])+(?![a-z]{1,2}\b)|\\['\"/]|_x[0-9A-Fa-f]{4}_"
)
_PATH = re.compile(r"(?:\b[A-Za-z]:|\\)\\")
_BREAKS = {"\\n": "\n", "\\r": "", "\\t": " "}


def _escapes(text: str) -> Iterator[Damage]:
    r"""Characters as programming languages and Excel's files write them: "\\u00e8", "L\\'Oréal", "_x000D_"."""
    for match in () if _PATH.search(text) else _ESCAPE.finditer(text):
        found = match[0]
        if found[1] in "rnt":
            meant = "".join(_BREAKS[each] for each in re.findall(r"\\[rnt]", found)) or " "
        elif found[1] in "xuU" or len(found) == len("\\'e8"):
            meant = _character(int(found.strip("\\_xuU<+>'"), 16))
        else:
            meant = found[1]
        yield Damage(found, meant, escaped=True)


def _character(number: int) -> str:
    """A character by its number, as somebody would type it: a space for those that control a line."""
    return chr(number) if number >= ord(" ") else " "


_MAILED = re.compile(r"(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F])+)+|(?<=[a-z])=[C-F][0-9A-F](?=[a-z])")
_HEADER = re.compile(r"=\?[\w-]+\?[QB]\?[^?\s]*\?=", re.IGNORECASE)
_OF_ADDRESS = re.compile(
    r"(?:%C3%[89AB][0-9A-F])+|(?<=[a-z])%[C-F][0-9A-F](?=[a-z])|(?<=[^\W\d])%(?:2[0-9A-F]|3[ABDF])(?=[^\W\d])",
    re.IGNORECASE,
)
_UTF7 = re.compile(r"\+[A-Za-z0-9/]{3,}-")


def _of_mail_and_web(text: str) -> Iterator[Damage]:
    """Characters as e-mail and addresses of the Web write them: "=C3=A8", "=?utf-8?Q?…?=", "%20", "+AOk-"."""
    for match in _HEADER.finditer(text):
        try:
            yield Damage(match[0], str(make_header(decode_header(match[0]))), escaped=True)
        except (HeaderParseError, LookupError, UnicodeError, ValueError):
            yield Damage(match[0], None, escaped=True)
    for match in _MAILED.finditer(text):
        word = _word_at(text, match)
        raw = quopri.decodestring(word.encode())
        if (meant := _decoded(raw)) and "=" not in meant:
            yield Damage(word, meant, escaped=True)
    for match in _OF_ADDRESS.finditer(text):
        word = _word_at(text, match)
        if not re.search(r"://|^www\.|\?", word):
            meant = unquote(word)
            yield Damage(word, unquote(word, "cp1252") if "\ufffd" in meant else meant, escaped=True)
    for match in _UTF7.finditer(text):
        try:
            meant = match[0].encode().decode("utf-7")
        except (UnicodeError, binascii.Error):
            continue
        if _MEANT.fullmatch(meant):
            yield Damage(match[0], meant)


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    return ""


_ITEM = r'(?:"(?:[^"\\]|\\.)*"|[^{},"\\]+)'
_LISTED = re.compile(
    rf"\{{{_ITEM}(?:,{_ITEM})+\}}|\{{\"[^\"{{}}]*\"\}}|\[(?:\"[^\"]*\"|'[^']*')(?:, ?(?:\"[^\"]*\"|'[^']*'))*\]"
    r'|\{ ?["\']\w+["\'] ?:.*\}|a:\d+:\{.*\}|[bu](?:"[^"]*"|\'[^\']*\')'
)


def _lists(text: str) -> Iterator[Damage]:
    """A whole text that is a list as databases and programs write them: "{a,b}", '["a"]', "{'name': 'a'}"."""
    if not _LISTED.fullmatch(text):
        return
    items = re.findall(_ITEM, text[1:-1]) if text.startswith("{") else re.findall(r"\"[^\"]*\"|'[^']*'", text)
    is_table = text.startswith("a:") or re.match(r"\{ ?[\"']\w+[\"'] ?:", text)
    yield Damage(text, None if is_table else "; ".join(item.strip("\"'") for item in items), escaped=True)


# Marks of Markdown and its dialects, close to their words, which a letter would print.
_MARKED = re.compile(
    r"(?<![\w*])(?P<star>\*{1,3})(?=[^\s*])[^*\n]*?[^\s*](?P=star)(?![\w*])"
    r"|(?<![\w~])(?P<wave>~~)(?=\S)[^~\n]+?(?<=\S)~~(?!\w)"
    r"|(?<![\w=])==(?=[^\s=])[^=\n]+?(?<=\S)==(?![\w=])"
    r"|(?<![\w_])__(?=[^\s_])[^_\n]+? [^_\n]*?(?<=\S)__(?!\w)"
    r"|!?\[(?P<linked>[^\[\]\n]+)\]\((?:https?:|mailto:|www\.|/|#)[^()\s]*\)"
    r"|\[\[(?P<page>[^\[\]\n]+)\]\]"
    r"|(?:\A|(?<=\n))(?:#{2,6} |[-*] \[[ xX]\] |> (?=[^\W\d]))(?=\S)"
)


def _marks(text: str) -> Iterator[Damage]:
    """Marks of bold or struck-out words, links, tasks: "**Acme**", "~~Acme~~", "[Acme](https://…)"."""
    for match in _MARKED.finditer(text):
        inner = match["linked"] or (match["page"] or "").rpartition("|")[2]
        yield Damage(match[0], inner or match[0].strip("*~=_#>[]xX -"), escaped=True)


# --- Characters that are lost -------------------------------------------------------

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


FORMULA_ERROR = re.compile(
    r"#[¡¿]?(?:[A-ZÀ-Ý]{2,}(?:/?[A-Z0-9])*[!?]|N/[ADV]+|NV|ND|N\.A\.|DIV/0|GETTING_DATA|OBTENTION_DONN[EÉ]ES)(?!\w)"
    r"|(?<!\w)#{4,}(?!\w)|#¡?REF\b|\bErr:[0-9]{3}\b"
)
"""What a formula that fails shows, or a column that is too narrow."""

_SUSPECT = re.compile(r"[^\x00-\x7f]|[&<\\=%+{\[?*~>#]|__|_x|a:\d|\A[bu]['\"]")
MOST_REPAIRS = 50  # of one text


@lru_cache(maxsize=8192)  # letters of a batch say mostly the same
def damage_in(text: str) -> Damage | None:
    """The first damaged stretch of a text; None for a sound text."""
    if not _SUSPECT.search(text):
        return None
    finders = (
        _lists,
        _entities,
        _tags,
        _escapes,
        _marks,
        _of_mail_and_web,
        _misread,
        _lost,
        _other_letters,
        _question_marks,
    )
    return next((found for finder in finders for found in finder(text)), None)


def repaired(text: str) -> str | None:
    """A damaged text as it was meant, however often it was damaged; None if that cannot be told."""
    for _attempt in range(MOST_REPAIRS):
        found = damage_in(text)
        if found is None:
            return " ".join(text.split())
        if found.meant is None:
            return None
        text = text.replace(found.words, found.meant)
    return None
