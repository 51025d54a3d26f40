"""Letters as HTML pages and as PDF files."""

import base64
import datetime
import functools
import hashlib
import importlib.metadata
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from accord.clauses.library import TEMPLATES
from accord.domain.documents import DATA_NAME, ORDER_NAME
from accord.domain.house import Logo
from accord.errors import AccordError
from accord.i18n import _
from accord.letter.blocks import to_html
from accord.letter.kinds import KINDS
from accord.letter.letter import Letter, as_json
from accord.pdf import _drawn, engine, pdfa, press
from accord.text import fonts
from accord.text.characters import NO_BREAK

LETTER = "letter.html"
TRAILER = 2048  # bytes at the end of a file that hold its identifier
IDENTIFIER = re.compile(rb"\(([0-9a-f]{32})\)|<((?:3[0-9]|6[1-6]){32})>")  # as text, or in hexadecimal digits
DARK_BLUE = "#1f3a5f"
FOOT = 20.0  # mm; room for two lines of legal mentions
MENTION_LINE = 3.4  # mm
MENTION_LENGTH = 65  # characters in a line of mentions, rather fewer
WATERMARK = "#efefef"
WATERMARK_WIDTH = 210  # mm along the diagonal
SEMIBOLD = fonts.FACES[-1]
SHORT = 1350  # characters of HTML; a decline of so many fills its one page at a larger size
LONG = 1650  # a decline of so many keeps to its page by narrower gaps;
LONG_DEED = 1300  # what two sign after an agreement, of so many, does so too;
TIGHT = (range(5200, 6100), range(10200, 100_000))  # and an agreement of so many to its two or three
ENOUGH = 5.2  # contrast with white; 4.5 on the watermark, the least for small text (WCAG 2.2, 1.4.3)
_version = functools.cache(importlib.metadata.version)


def typeset(letter: Letter) -> bytes:
    """The letter as PDF/A-3a and PDF/UA-1, its data and its documents attached: the same bytes for the same letter.

    Raises `AccordError` for a character that no font has, or a logo that cannot be set.
    """
    return printed(*_page_of(letter))


def expect(letter: Letter) -> None:
    """Have a letter set in type beforehand, where a copy of this process does that: it will probably be asked for."""
    press.expect(*_page_of(letter))


def _page_of(letter: Letter) -> tuple[Any, ...]:
    """What `printed` makes the PDF of a letter from."""
    html, data = _filled(letter, style=""), as_json(letter.data)
    midnight = datetime.datetime.combine(letter.date, datetime.time(), datetime.UTC)
    description = f"{letter.full_title} – {letter.reference}"
    attachments = [engine.Attachment(DATA_NAME, data.encode(), description, "Source", midnight)]
    attachments += [
        engine.Attachment(each.name, each.content, each.name, each.relationship, midnight)
        for each in letter.documents
        if each.content is not None
    ]
    is_order = ORDER_NAME in {each.name for each in letter.documents}
    finish = pdfa.finish_order if is_order else pdfa.finish
    return html, attachments, finish, (_style(),), _identifier(html, data)


def is_made(letter: Letter, path: Path) -> bool:
    """Whether `path` is the file of this letter, made from the same page and data, signed since or not.

    A file keeps its first identifier for life (ISO 32000-1, 14.4), and ours
    is a digest of what the letter was made of: nothing needs to be set in type.
    """
    return identifier(letter) in identifiers_in(path)


def identifier(letter: Letter) -> str:
    """That of a letter's file: 32 hexadecimal digits."""
    return _identifier(_filled(letter, style=""), as_json(letter.data))


def identifiers_in(path: Path) -> frozenset[str]:
    """The identifiers of a file, as far as letters have such; none of one that cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TRAILER))
            end = file.read(TRAILER)
    except OSError:
        return frozenset()
    spelt = IDENTIFIER.findall(end)
    return frozenset((plain or bytes.fromhex(digits.decode())).decode() for plain, digits in spelt)


def _identifier(html: str, data: str) -> str:
    """A digest of page, style sheet, data and version of the engine, as 32 hexadecimal digits."""
    sources = as_json({"page": html, "style": _style(), "data": data, "engine": _version("weasyprint")})
    return hashlib.sha256(sources.encode()).hexdigest()[:32]


def printed(
    html: str,
    attachments: Sequence[engine.Attachment] = (),
    finish: Callable[[Any, Any], None] = pdfa.finish,
    styles: Sequence[str] = (),
    identifier: str | None = None,
) -> bytes:
    """A page that needs no other file but `styles`, as PDF/A-3a and PDF/UA-1, with `attachments` in it.

    `finish` changes the PDF before it is written; `identifier` is that of the
    file, by default one made from its content.  Raises `AccordError` for a
    character that no font has, or an image that cannot be drawn.
    """
    if missing := fonts.uncovered(html):
        raise AccordError(
            _(
                "No font of the letter has the character {char} (U+{code:04X}); write it in another way."
            ).format(char=missing[0], code=ord(missing[0]))
        )
    return press.render(html, attachments, finish, styles, identifier)


def page(letter: Letter) -> str:
    """The letter as an HTML file that needs no other."""
    return _filled(letter, _style())


def _filled(letter: Letter, style: str) -> str:
    """The page with the style sheet in it; the engine has it apart, so as to read it once for all letters."""
    one_page = not letter.articles or KINDS[letter.kind].one_page
    is_deed = one_page and letter.countersigned  # whose signatures take the room of eight lines
    short = one_page and not is_deed
    passages = letter.opening if short else (*letter.opening, *letter.articles, *letter.closing)
    length = sum(len(to_html(passage.blocks)) for passage in passages)
    is_full = length > (LONG_DEED if is_deed else LONG) if one_page else any(length in each for each in TIGHT)
    html: str = template(LETTER).render(
        letter=letter,
        colour=readable(letter.colour or DARK_BLUE),
        logo=letter.logo and _inline(letter.logo),
        watermark=None if letter.final else watermark(letter.labels["layout"]["draft"]),
        airy=short and length < SHORT,
        full=is_full,
        foot=FOOT + MENTION_LINE * max(0, len(letter.mentions) // MENTION_LENGTH - 2),
        style=style,
    )
    return html


def _style() -> str:
    return (TEMPLATES / "letter.css").read_text("utf-8")


def template(name: str) -> Any:
    """The Jinja template `name` of `templates/`; a variable that is not given is an error."""
    return _environment().get_template(name)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["version"] = _version("accord")
    environment.filters["plain"] = str  # for attributes, where RichText may not bring its mark-up
    environment.filters["prose"] = lambda blocks: last_words_together(to_html(blocks))
    return environment


def last_words_together(html: str) -> Markup:
    """The HTML of a passage, in which no paragraph ends in a short word alone on its line."""
    html = re.sub(r" (?=[^\s<>]{1,6}</p>)", NO_BREAK, html)
    return Markup(html)  # noqa: S704 - blocks.to_html made it, from values that it escaped


def _inline(logo: Logo) -> str:
    return f"data:{logo.media_type};base64,{base64.b64encode(logo.content).decode()}"


@functools.lru_cache(maxsize=8)  # each language has one
def watermark(word: str) -> str:
    """A page-sized image of a word across the page, as an URL.

    As a background it is an artifact, and drawn as a path it is no text, so
    neither a screen reader nor a search stumbles over it; the foot of the page
    says the word for them.
    """
    drawn = _drawn.WORDS.get(word) if _drawn.is_of(SEMIBOLD) else None
    path, width = drawn or fonts.outline(word, SEMIBOLD)
    scale = WATERMARK_WIDTH / width
    image = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297">'
        f'<path fill="{WATERMARK}" transform="rotate(-52 105 148.5) translate({105 - WATERMARK_WIDTH / 2} 160)'
        f' scale({scale:.5f} {-scale:.5f})" d="{path}"/></svg>'
    )
    return f"data:image/svg+xml,{quote(image)}"


def readable(colour: str) -> str:
    """`colour`, darkened in steps until small text in it can be read on the paper."""
    channels = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    while contrast(channels) < ENOUGH:
        channels = [channel * 24 // 25 for channel in channels]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def contrast(channels: list[int]) -> float:
    """Contrast of an sRGB colour (0 to 255 each) with white: 1 to 21, as WCAG defines it."""
    red, green, blue = (
        channel / 255 / 12.92 if channel <= 10 else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
