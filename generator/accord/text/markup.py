"""Texts with mark-up: superscripts, ruled blanks, lists; and texts escaped for Markdown.

Most texts are `str`; those that need mark-up on the page are `RichText`.  A value
is data: nothing here reads it as HTML, Markdown or Jinja.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from string import Formatter
from typing import Literal, Self

from markupsafe import Markup, escape

from accord.text import quotes
from accord.text.characters import NO_BREAK

Mark = Literal["", "superscript", "blank"]
Part = tuple[Mark, str]

_TAGS: Mapping[Mark, tuple[str, str]] = {
    "": ("", ""),
    "superscript": ("<sup>", "</sup>"),
    "blank": ('<span class="blank"><span class="hint">', "</span></span>"),
}


class RichText(str):
    """A text whose `parts` carry mark-up for the page; a line break in it stays one.

    The `str` is the plain text; `items` are those of a list, which is set as a block of its own.
    """

    __slots__ = ("items", "parts")
    parts: tuple[Part, ...]
    items: "tuple[RichText, ...]"

    def __new__(cls, text: str, parts: Sequence[Part] = (), items: "Sequence[RichText]" = ()) -> Self:
        """`text` in `parts`, each with its mark; without them, nothing in it is marked."""
        rich = super().__new__(cls, text)
        rich.parts = tuple(parts) or (("", text),)
        rich.items = tuple(items)
        return rich

    def __html__(self) -> str:
        html = "".join([f"{_TAGS[mark][0]}{escape(text)}{_TAGS[mark][1]}" for mark, text in self.parts])
        return Markup(html.replace("\n", "<br>"))  # noqa: S704 - escaped in the line above


# French ordinals, in figures and in Roman ones: 1er, 2e, 3es, XXe.
_ORDINAL = re.compile(
    r"(?<![\w.,-])(?:1(ers?|res?)|[0-9]+(n?des?|i?[eè]mes?|es?)|I(er|re)|[IVX]+(es?))(?![\w+-])"
)


def raised(text: str) -> RichText:
    """A French text in which the endings of ordinals are superscripts: the "er" of "1er"."""
    parts: list[Part] = []
    end = 0
    for ordinal in _ORDINAL.finditer(text):
        ending = ordinal.lastindex or 0
        parts += ("", text[end : ordinal.start(ending)]), ("superscript", ordinal[ending])
        end = ordinal.end()
    return RichText(text, [*parts, ("", text[end:])] if parts else ())


def after(before: str, text: RichText) -> RichText:
    """A text as it stands after another: after an opening quotation mark, its own marks are those of an inner one."""
    opening = before.rstrip()[-1:]
    if opening not in {"«", "“"} or not re.search("[«“‘]", text):
        return text
    parts = [(mark, quotes.nested(part, opening)) for mark, part in text.parts]
    return RichText("".join(part for _mark, part in parts), parts, text.items)


def recast(text: RichText, words: str) -> RichText:
    """`words` with the mark-up of `text`, of which they differ in single letters and at the end."""
    parts, place = [], 0
    for mark, part in text.parts:
        parts.append((mark, words[place : place + len(part)]))
        place += len(part)
    return RichText(words, [*parts, ("", words[place:])], text.items)


BLANK = "………………"


def blank(hint: str) -> RichText:
    """A ruled blank for a missing particular; `hint` says what goes there."""
    return RichText(f"{BLANK} ({hint})", [("blank", hint)])


def listing(items: Sequence[str]) -> RichText:
    """A bullet list; a line break inside an item stays one."""
    text = "\n".join("- " + item.replace("\n", "\n  ") for item in items)
    return RichText(text, items=[item if isinstance(item, RichText) else RichText(item) for item in items])


def fill(template: str, texts: Mapping[str, str]) -> RichText:
    """A label with its `{braces}` filled by texts, each with its own mark-up."""
    return _chain(
        text
        for literal, key, _format, _conversion in Formatter().parse(template)
        for text in (literal, after(literal, rich(texts[key])) if key else "")
    )


def join(separator: str, texts: Sequence[str]) -> RichText:
    """Texts one after another, each with its own mark-up."""
    return _chain([part for text in texts for part in (separator, text)][1:])


def _chain(texts: Iterable[str]) -> RichText:
    """Texts as one."""
    chain = [rich(text) for text in texts if text]
    return RichText("".join(chain), [part for text in chain for part in text.parts])


def rich(text: str) -> RichText:
    """A text with its mark-up; one that is no `RichText` has no lines of its own, so a line break in it is a space."""
    return text if isinstance(text, RichText) else RichText(text.replace("\n", " "))


def unbreakable(text: str) -> RichText:
    """A text that stays on one line."""
    parts = [(mark, part.replace(" ", NO_BREAK)) for mark, part in rich(text).parts]
    return RichText("".join(part for _mark, part in parts), parts)


def markdown(text: str) -> str:
    r"""A text in Markdown that prints it literally, each line break a hard one.

    >>> print(markdown("1. *not* a list"))
    1\. \*not\* a list
    """
    return escape_markers(escape_signs(text))


def escape_signs(text: str) -> str:
    """A text without a sign that CommonMark or GFM would read as mark-up inside a line."""
    text = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text)
    return re.sub(r"&(?=[#\w])", r"\\&", text)


def escape_markers(text: str) -> str:
    """Lines of which none begins a heading, a list or a rule, each line break a hard one."""
    lines = [line.strip(" \t") for line in text.strip(" \t\n").split("\n")]
    return "\\\n".join(re.sub(r"^([-+=#])|^([0-9]+)(?=[.)](?:\s|$))", _escape_marker, line) for line in lines)


def _escape_marker(marker: re.Match[str]) -> str:
    sign, digits = marker.groups()
    # A digit cannot be escaped: it is the mark after the number that makes a list.
    return f"\\{sign}" if sign else f"{digits}\\"
