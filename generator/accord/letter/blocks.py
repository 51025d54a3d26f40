"""The blocks of a clause: paragraphs and lists, made of runs of text.

A clause's Markdown is read into blocks once, a letter's values are put in, and
what is printed, compared or reviewed is written from these blocks.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import escape

from accord.clauses.library import PLACEHOLDER
from accord.letter import joints
from accord.text import markup
from accord.text.markup import RichText

# Without HTML, links, images and escapes, Markdown and page say the same.
_MARKUP = MarkdownIt("zero").enable(["emphasis", "list"])
_IN_HTML = {"strong": ("<strong>", "</strong>"), "em": ("<em>", "</em>")}
_IN_MARKDOWN = {"strong": ("**", "**"), "em": ("*", "*")}


class Run(NamedTuple):
    """Text that is set alike.

    `placeholder` is the one whose value it is, "" for the clause's own words;
    `emphasis` names what it stands in, "strong" or "em", the outer one first.
    """

    text: str
    placeholder: str = ""
    emphasis: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """A paragraph; one that is `tight` is bare text, as in a list without empty lines."""

    runs: tuple[Run, ...]
    tight: bool = False


class List(NamedTuple):
    """A list of items, each made of blocks; `start` is the number of the first, None for bullets."""

    items: "tuple[Blocks, ...]"
    start: int | None = None
    tight: bool = False

    def marked(self, bullet: str) -> "Iterator[tuple[str, Blocks]]":
        """Each item after its marker: `bullet`, or its number."""
        for number, item in enumerate(self.items, self.start or 0):
            yield bullet if self.start is None else f"{number}.", item


Blocks = tuple[Paragraph | List, ...]


@lru_cache(maxsize=1024)  # the clauses are few, and in every letter of a batch
def parse(body: str) -> Blocks:
    """The blocks of a clause's Markdown, in which a run stands for each placeholder."""
    return tuple(map(_block, SyntaxTreeNode(_MARKUP.parse(body)).children))


def _block(node: SyntaxTreeNode) -> Paragraph | List:
    if node.type == "paragraph":
        return Paragraph(tuple(_runs(node.children[0].children)), tight=node.hidden)
    items = tuple(tuple(map(_block, item.children)) for item in node.children)
    return List(items, None if node.type == "bullet_list" else int(node.attrs.get("start", 1)))


def _runs(nodes: Iterable[SyntaxTreeNode], emphasis: tuple[str, ...] = ()) -> Iterator[Run]:
    for node in nodes:
        if node.children:
            yield from _runs(node.children, (*emphasis, node.type))
            continue
        text = re.sub(r" *\n *", " ", node.content)  # the line breaks of the file are not those of the page
        for position, part in enumerate(PLACEHOLDER.split(text)):
            if part:
                yield Run("", part, emphasis) if position % 2 else Run(part, "", emphasis)


def fill(blocks: Blocks, texts: Mapping[str, str]) -> Iterator[Paragraph | List]:
    """The blocks with the text of each placeholder; a listing becomes a list, also amid a paragraph."""
    for block in blocks:
        if isinstance(block, List):
            yield block._replace(items=tuple(tuple(fill(item, texts)) for item in block.items))
            continue
        filled = _fitted([*_filled(block.runs, texts)])
        for values, runs in groupby(filled, lambda run: getattr(run.text, "items", ())):
            if values:
                listing = next(runs)
                items = (Paragraph((listing._replace(text=value),), tight=True) for value in values)
                yield List(tuple((item,) for item in items), tight=True)
            else:
                yield Paragraph(tuple(runs), block.tight)


def _filled(runs: Iterable[Run], texts: Mapping[str, str]) -> Iterator[Run]:
    """The runs with the text of each placeholder; an empty one does not leave the spaces on both its sides."""
    before = ""
    for run in runs:
        text = markup.rich(texts[run.placeholder]) if run.placeholder else run.text
        if not run.placeholder and before.endswith(" "):
            text = text.removeprefix(" ")
        yield run._replace(text=text)
        before = text or before


def _fitted(runs: Sequence[Run]) -> list[Run]:
    """The runs of a paragraph, each placeholder's text fitted to what stands around it."""
    fitted = list(runs)
    before, after = "", "".join(run.text for run in runs)
    for place, run in enumerate(fitted):
        after = after[len(runs[place].text) :]
        if isinstance(run.text, RichText):
            text = joints.fitted(run.placeholder, run.text, before, after)
            fitted[place] = run._replace(text=text)
            if after.startswith(".") and joints.has_stopped(run.placeholder, text):
                fitted[place + 1] = fitted[place + 1]._replace(text=fitted[place + 1].text[1:])
        before += fitted[place].text
    return fitted


def to_html(blocks: Blocks) -> str:
    """The blocks in HTML, each on a line of its own but those that are tight."""
    return "\n".join(map(_html, blocks)) + ("" if not blocks or blocks[-1].tight else "\n")


def _html(block: Paragraph | List) -> str:
    if isinstance(block, Paragraph):
        text = _text(block.runs, escape, _IN_HTML)
        return text if block.tight else f"<p>{text}</p>"
    tag, gap = "ul" if block.start is None else "ol", "" if block.tight else "\n"
    start = "" if block.start in {None, 1} else f' start="{block.start}"'
    items = (f"<li>{'' if not item or item[0].tight else gap}{to_html(item)}</li>" for item in block.items)
    return f"<{tag}{start}>{gap}{gap.join(items)}{gap}</{tag}>"


def to_markdown(blocks: Blocks) -> str:
    """The blocks in Markdown, in which every text prints literally."""
    return "\n\n".join(map(_markdown, blocks))


def _markdown(block: Paragraph | List) -> str:
    if isinstance(block, Paragraph):
        return markup.escape_markers(_text(block.runs, markup.escape_signs, _IN_MARKDOWN))
    return "\n".join(
        f"{marker} {to_markdown(item)}".replace("\n", "\n" + " " * len(f"{marker} "))
        for marker, item in block.marked("-")
    )


def _text(
    runs: Iterable[Run], write: Callable[[str], str], tags: Mapping[str, tuple[str, str]], depth: int = 0
) -> str:
    """Runs one after another; those that stand together in an emphasis have one pair of tags."""
    parts: list[str] = []
    for emphasis, group in groupby(runs, lambda run: run.emphasis[depth : depth + 1]):
        if emphasis:
            before, after = tags[emphasis[0]]
            parts += before, _text(group, write, tags, depth + 1), after
        else:
            parts += [write(run.text) for run in group]
    return "".join(parts)


def paragraphs(
    blocks: Blocks, read: Callable[[Run], str] = lambda run: run.text
) -> Iterator[tuple[str, str]]:
    """Each paragraph's marker, "" but for the first of an item, and its text; `read` gives the text of a run."""
    for block in blocks:
        if isinstance(block, List):
            for marker, item in block.marked("–"):
                for place, (inner, text) in enumerate(paragraphs(item, read)):
                    yield inner or (marker if place == 0 else ""), text
        elif text := "".join(map(read, block.runs)).strip():
            yield "", text
