"""Texts that know their mark-up, in HTML and in Markdown.

Most texts are `str`; those that need mark-up on the page (a superscript, a
ruled blank, a list) are `Words`.  A value is data: nothing here reads it as
HTML, Markdown or Jinja.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Self

from markupsafe import Markup, escape

from accord.text.characters import NO_BREAK


class Words(str):
    """A text that knows how it is written in HTML and in Markdown.

    Left out, these are the text itself with every special character escaped.
    Jinja's autoescape calls `__html__`; `markdown` is for its `finalize`.
    """

    __slots__ = ("_html", "_markdown")
    _html: str | None
    _markdown: str | None

    def __new__(cls, text: str, html: str | None = None, markdown: str | None = None) -> Self:
        """`text` as it reads aloud, with its HTML and Markdown where these say more."""
        words = super().__new__(cls, text)
        words._html = html
        words._markdown = markdown
        return words

    def __html__(self) -> str:
        # Markup, or str.format inside another Markup would escape it once more.
        return escape(str(self)) if self._html is None else Markup(self._html)  # noqa: S704 - ours, escaped where made

    def as_markdown(self) -> str:
        """The text in Markdown, where it prints literally."""
        return _escape_markdown(self) if self._markdown is None else self._markdown


def name(text: str) -> Words:
    """A name, marked so that it is never hyphenated."""
    return Words(text, Markup('<span class="name">{}</span>').format(text))


def blank(hint: str) -> Words:
    """A ruled blank for a missing particular; `hint` says what goes there."""
    return Words(
        f"……………… ({hint})", Markup('<span class="blank"><span class="hint">{}</span></span>').format(hint)
    )


def listing(items: Sequence[str]) -> Words:
    """A bullet list; a line break inside an item stays one."""
    return Words(
        "\n".join("- " + item.replace("\n", "\n  ") for item in items),
        Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(lines(i)) for i in items)),
        "\n".join("- " + markdown(item).replace("\n", "\n  ") for item in items),
    )


def lines(text: str) -> Words:
    """A text of one or several lines, which stay as they are."""
    return Words(text, escape(text).replace("\n", Markup("<br>")))


def fill(template: str, texts: Mapping[str, str]) -> Words:
    """A label with its `{braces}` filled by texts, each with its own mark-up."""
    literal = {key: markdown(text) for key, text in texts.items()}
    return Words(template.format(**texts), escape(template).format(**texts), template.format(**literal))


def join(separator: str, parts: Sequence[str]) -> Words:
    """Texts one after another, each with its own mark-up."""
    names = [f"part{position}" for position in range(len(parts))]
    return fill(separator.join(f"{{{name}}}" for name in names), dict(zip(names, parts, strict=True)))


def unbreakable(text: str) -> str:
    """A number whose groups stay on one line."""
    return text.replace(" ", NO_BREAK)


def markdown(value: object) -> str:
    """`value` in Markdown that prints it literally (a list stays a list)."""
    return value.as_markdown() if isinstance(value, Words) else _escape_markdown(str(value))


def _escape_markdown(text: str) -> str:
    r"""CommonMark and GFM specials escaped, each line break a hard one.

    >>> print(_escape_markdown("1. *not* a list"))
    1\. \*not\* a list
    """
    text = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text)
    text = re.sub(r"&(?=[#\w])", r"\\&", text)
    lines = [line.strip(" \t") for line in text.strip(" \t\n").split("\n")]
    return "\\\n".join(re.sub(r"^([-+=#])|^([0-9]+)(?=[.)](?:\s|$))", _escape_marker, line) for line in lines)


def _escape_marker(marker: re.Match[str]) -> str:
    sign, digits = marker.groups()
    # A digit cannot be escaped: it is the mark after the number that makes a list.
    return f"\\{sign}" if sign else f"{digits}\\"
