"""Mark-up that a clause cannot carry: Markdown beyond emphasis and lists, HTML, entities.

The page would print its signs: a sentence struck out for approval would be in
the contract, between tildes.  Also texts so long that no letter holds them.
"""

import html
import re
from collections.abc import Callable, Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from accord.errors import Fault
from accord.i18n import _
from accord.text.characters import excerpt

LONGEST_TITLE = 200
LONGEST_BODY = 20_000
LONGEST_WORD = 200
SHOWN = {
    "paragraph",
    "list_item",
    "bullet_list",
    "ordered_list",
    "em",
    "strong",
    "inline",
    "text",
    "softbreak",
    "hardbreak",
}

# What the parser does not tell, or tells no more.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SIGNS: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
    (re.compile(r"\[\^[^\]\s]+\]"), lambda: _("a footnote")),
    (re.compile(r"\A *\[[^\]]+\]: *\S"), lambda: _("a link")),
    # The parser takes no address that a browser had better not follow.
    (re.compile(r"!\[[^\]]*\]\("), lambda: _("an image")),
    (re.compile(r"\[[^\]]+\]\((?=[^)\s]*[/.#:])"), lambda: _("a link")),
    (re.compile(r"`"), lambda: _("code (`)")),
    (re.compile(r"~~"), lambda: _("struck-out words (~~)")),
    (re.compile(r"\\(?:[!-/:-@\[-`{-~]|\Z)"), lambda: _("a backslash")),
)


def faults(source: str, body: str, first_line: int) -> Iterator[Fault]:
    """What a clause cannot carry, each fault with the line of its file."""
    if too_long := over_length(body, LONGEST_BODY):
        yield Fault(f"{source}:{first_line}", "", too_long)
        return
    told: dict[int, str] = {}
    for number, line in enumerate(body.split("\n")):
        if what := next((name() for sign, name in _SIGNS if sign.search(line)), None) or _entity(line):
            told[number] = what
    for number, what in _parsed(body):
        told.setdefault(number, what)
    sentence = _(
        "holds {what}, which a clause cannot carry: its signs would print;"
        " write words, **bold**, *italics* and lists alone"
    )
    for number, what in sorted(told.items()):
        yield Fault(f"{source}:{first_line + number}", "", sentence.format(what=what))


def in_title(title: str) -> str | None:
    """Why a title cannot be printed as it is written, or None; it carries no mark-up at all."""
    return over_length(title, LONGEST_TITLE) or in_label(title)


def in_label(title: str) -> str | None:
    """Why a fixed text cannot be printed as it is written, or None."""
    is_marked = re.search(r"\*\*|__|`|~~|\A#+ |<[a-zA-Z/!]", title) or _entity(title)
    return _("holds mark-up, which would print as signs; write words alone") if is_marked else None


def over_length(text: str, limit: int) -> str | None:
    """Why a text is longer than a letter bears, or None: a word without end takes minutes to set."""
    if len(text) > limit:
        return _("has {count} characters, but its place holds {limit}; shorten it").format(
            count=len(text), limit=limit
        )
    if word := re.search(rf"\S{{{LONGEST_WORD + 1}}}", text):
        sentence = _("holds a word of more than {limit} letters ({word}); part it")
        return sentence.format(limit=LONGEST_WORD, word=excerpt(word[0][:20]))
    return None


def _entity(line: str) -> str | None:
    known = any(html.unescape(match[0]) != match[0] for match in _ENTITY.finditer(line))
    return _("an HTML entity") if known else None


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _parsed(body: str) -> Iterator[tuple[int, str]]:
    """The lines, from 0, on which mark-up stands that a page does not show."""
    for token in _reader().parse(body):
        line = token.map[0] if token.map else 0
        if what := _name(token):
            yield line, what
        for child in token.children or ():
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
            elif what := _name(child):
                yield line, what
            elif child.type == "text" and "**" in child.content:
                yield line, _("a bold passage that does not end (**)")


def _name(token: Token) -> str | None:
    """What a piece of mark-up is called, None for what a page shows."""
    kind = re.sub(r"_(open|close)\Z", "", token.type)
    if kind in SHOWN or token.type.endswith("_close"):
        return None
    if kind == "link" and not re.search("[/.#:]", str(token.attrs.get("href", ""))):
        return None  # "[client](s)"
    names = {
        "heading": _("a heading"),
        "table": _("a table"),
        "hr": _("a rule (---)"),
        "blockquote": _("a quotation (>)"),
        "image": _("an image"),
        "link": _("a link"),
        "s": _("struck-out words (~~)"),
        "html_block": _("HTML"),
        "html_inline": _("HTML"),
        "code_block": _("text set in by four spaces"),
    }
    if kind in {"thead", "tbody", "tr", "th", "td"}:
        return None
    return names.get(kind, _("code (`)"))
