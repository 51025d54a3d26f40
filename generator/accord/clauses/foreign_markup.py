"""Mark-up that a clause cannot carry: Markdown beyond emphasis and lists, HTML, entities.

The page would print its signs: a sentence struck out for approval would be in
the contract, between tildes.  Also texts so long that no letter holds them.
"""

import html
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import zip_longest

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
# On a line without a path of Windows, such as C:\\novalys or \\\\server\\notes.
_ESCAPED = re.compile(
    r"\A(?!.*(?:[A-Za-z]:|\\)\\).*?(?<=[\w.,;:!?%€)»” ])\\(?:[nrt]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})"
)
_SIGNS: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
    (re.compile(r"\[\^[^\]\s]+\]"), lambda: _("a footnote")),
    (re.compile(r"\A *\[[^\]]+\]: *\S"), lambda: _("a link")),
    # The parser takes no address that a browser had better not follow.
    (re.compile(r"!\[[^\]]*\]\("), lambda: _("an image")),
    (re.compile(r"\[[^\]]+\]\((?=[^)\s]*[/.#:])"), lambda: _("a link")),
    (re.compile(r"`"), lambda: _("code (`)")),
    (re.compile(r"~~"), lambda: _("struck-out words (~~)")),
    # What other dialects of Markdown have.  The sign stands close to its words: "5 ^ 2" and "~20 %" are sound.
    (
        re.compile(r"~(?=\S)[^~]*?(?<=[\w.,;:!?)»”%€])~(?!~)"),
        lambda: _("a subscript or struck-out words (~)"),
    ),
    (re.compile(r"\^(?=\S)[^^\s]+\^"), lambda: _("a superscript (^)")),
    (re.compile(r"\^\["), lambda: _("a footnote")),
    (re.compile(r"==(?=[^\s=])[^=]+(?<=\S)=="), lambda: _("marked words (==)")),
    (re.compile(r"(?<!\w)\+\+(?=[^\s+])[^+]+(?<=\S)\+\+(?!\w)"), lambda: _("underlined words (++)")),
    (re.compile(r"\[\[[^\]]|\]\["), lambda: _("a link")),
    (re.compile(r"(?:[-*+]|\d+[.)])\s+\[[ xX]?\]"), lambda: _("a task ([ ])")),
    (re.compile(r"(?<!\w)/\*|\*/(?!\w)|\A\s*//"), lambda: _("a remark (/*)")),
    (re.compile(r"\A {0,3}:\s|(?<=\s)::(?=\s)"), lambda: _("a definition (:)")),
    (re.compile(r"\A:::"), lambda: _("a box (:::)")),
    (re.compile(r"\A\s*\|.*\|\s*\Z"), lambda: _("a table")),
    (re.compile(r"\A\s*(?:##+[^\s#]|#(?=[A-ZÀ-Ý][a-zà-ÿ]))"), lambda: _("a heading")),
    (re.compile(r"(?<![\w$])\$(?=[^\s\d$])[^$]*(?<=\S)\$(?!\d)"), lambda: _("a formula ($)")),
    (re.compile(r"(?<![\w%])%[A-Za-z_]+%(?![\w%])"), lambda: _("a field to fill in")),
    (
        re.compile(
            r"\[(?:à |a )?(?:compléter|completer|préciser|insérer|tbd|tbc|todo|xxx?|to be \w+|insert|fill in)\b[^\]]*\]|\b(?:TODO|FIXME|TBD)\b",
            re.IGNORECASE,
        ),
        lambda: _("a field to fill in"),
    ),
    (re.compile(r"\A(?:<{7}|>{7})"), lambda: _("two versions of a passage (<<<)")),
    (
        re.compile(r"\A\s*(?:[•◦▪‣∙]\s|[-*+]\u00a0)"),
        lambda: _("a bullet typed as a sign (write “- ” instead)"),
    ),
    (
        re.compile(r"(?<=\w)\*[^*\s]+\*(?=\w)"),
        lambda: _("stars within a word or a sum (write × for a product)"),
    ),
    (_ESCAPED, lambda: _("an escape of programs (such as \\u00e9)")),
    # but for a share of Windows, such as \\server\notes
    (re.compile(r"\\(?!(?<=(?<!\w)\\)\\\w)(?:[!-/:-@\[-`{-~]|\Z)"), lambda: _("a backslash")),
)

# Most lines and bodies have nothing of the kind, so that none of those above is looked for.
_MAY_BE_A_SIGN = re.compile(r"[]\[`~^=+*/|#$%<>\\&•◦▪‣∙]|::|\A\s*[:-]|(?:TODO|FIXME|TBD)", re.IGNORECASE)
_MAY_BE_MARKUP = re.compile(r"[]\[`~*|<>\\&]|^(?!$|[^\W\d_]|[«“(]|\{\{)", re.MULTILINE)


def faults(source: str, body: str, first_line: int) -> Iterator[Fault]:
    """What a clause cannot carry, each fault with the line of its file."""
    if too_long := over_length(body, LONGEST_BODY):
        yield Fault(f"{source}:{first_line}", "", too_long)
        return
    told: dict[int, str] = {}
    lines = body.split("\n")
    for number, line in enumerate(lines):
        if what := _signs(line) or _dashes(lines[number : number + 2]):
            told[number] = what
    for number, what in _parsed(body) if _MAY_BE_MARKUP.search(body) else ():
        told.setdefault(number, what)
    sentence = _(
        "holds {what}, which a clause cannot carry: its signs would print;"
        " write words, **bold**, *italics* and lists alone"
    )
    for number, what in sorted(told.items()):
        yield Fault(f"{source}:{first_line + number}", "", sentence.format(what=what))


def _signs(line: str) -> str | None:
    if not _MAY_BE_A_SIGN.search(line):
        return None
    return next((name() for sign, name in _SIGNS if sign.search(line)), None) or _entity(line)


def _dashes(lines: list[str]) -> str | None:
    """A list typed with dashes, which the page would run together; a dash that begins one line may be a sentence's."""
    is_list = len(lines) > 1 and all(re.match(r"\s*[–—·]\s", line) for line in lines)
    return _("a bullet typed as a sign (write “- ” instead)") if is_list else None


def in_title(title: str) -> str | None:
    """Why a title cannot be printed as it is written, or None; it carries no mark-up at all."""
    return over_length(title, LONGEST_TITLE) or in_label(title)


def in_label(title: str) -> str | None:
    """Why a fixed text cannot be printed as it is written, or None."""
    is_marked = re.search(
        r"\*\*|__|\A#+ |<[a-zA-Z/!]|(?<!\w)[*_](?=\S)[^*_]+(?<=\S)[*_](?!\w)", title
    ) or _signs(title)
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


_LONE_STAR = re.compile(r"(?<![\w*)»”.])\*(?=\w)")
DEEPEST_LIST = 3


def _parsed(body: str) -> Iterator[tuple[int, str]]:
    """The lines, from 0, on which mark-up stands that a page does not show."""
    for token in _reader().parse(body):
        line = token.map[0] if token.map else 0
        if what := _name(token):
            yield line, what
        elif token.type.endswith("list_open") and token.level >= 2 * DEEPEST_LIST:
            yield line, _("a list in a list in a list in a list")
        children = token.children or []
        for child, following in zip_longest(children, children[1:]):
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
            elif what := _name(child):
                yield line, what
            elif child.type == "text" and "**" in child.content:
                yield line, _("a bold passage that does not end (**)")
            elif child.type == "text" and (
                _LONE_STAR.search(child.content)
                or (child.content.endswith("*") and following and following.type.endswith("_open"))
            ):
                yield line, _("an italic passage that does not end (*)")


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
