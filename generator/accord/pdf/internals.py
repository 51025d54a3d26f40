"""What the program takes from inside WeasyPrint, and so from one version of it.

Its public interface gives neither the structure tree of a PDF before it is
written, nor the text that an element of it holds, nor lines that are full up to
every run of text.  Besides what stands here,
`engine` answers for its fetcher and compresses its streams, `pdfa` changes what
it writes for a check box and `_quickstart` shortens its start.  Before another
version is let in, read these again, run `python -m accord.pdf._quickstart`, and
change the version here and in pyproject.toml.
"""

from collections.abc import Callable, Iterator
from typing import Any

from accord.text.characters import NARROW, NO_BREAK

VERSION = "70.0"


WORD_JOINER = "\u2060"


def fill_lines() -> None:
    """Let WeasyPrint fill the lines that it would break after the first word of a run of text.

    It does so (`split_first_line`, step 3) where a run, such as what stands
    before bold words, ends in a space and only this space is too much for the
    line: Pango lets it hang over the edge, WeasyPrint measures it and takes the
    run for a single word that does not fit.  A space may hang; a no-break space
    may not, so the run is broken earlier, at its last opportunity.

    Once for a process, before anything is rendered.
    """
    from weasyprint.layout import inline  # noqa: PLC0415 - loaded by the engine

    split: Callable[..., Any] = inline.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *spacing: Any, **options: Any
    ) -> Any:
        def line_of(text: str, width: float | None = max_width) -> Any:
            return split(text, style, context, width, *spacing, **options)

        def is_whole(line: Any) -> bool:
            return line[2] is None  # there is no place to resume at

        line, bare = line_of(text), text.rstrip(" ")
        if is_whole(line) or not text.endswith((" ", NO_BREAK, NARROW)):
            return line
        if bare != text:
            return line_of(text, None) if bare and is_whole(line_of(bare)) else line
        # Before a word joiner, which takes no room, a no-break space is not the end of the text.
        earlier = line_of(text + WORD_JOINER)
        return line if is_whole(earlier) else earlier

    inline.split_first_line = split_first_line


def object_of(pdf: Any, reference: bytes) -> Any:
    """The object that a reference such as b"12 0 R" stands for: its number is its place."""
    return pdf.objects[int(reference.split()[0])]


def descendants(pdf: Any, element: Any) -> Iterator[bytes]:
    """The references of all that stands below an element of the structure tree, in reading order."""
    kids = element.get("K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, bytes):
            yield kid
            yield from descendants(pdf, object_of(pdf, kid))


def retag(content: list[Any], marks: set[int], tag: str, properties: Any) -> None:
    """Give marked content of a page another tag, which stands before its properties, and others of these."""
    for place, item in enumerate(content):
        if isinstance(item, dict) and item.get("MCID") in marks:
            content[place - 1 : place + 1] = [tag, properties]


def texts(document: Any, pdf: Any) -> Iterator[tuple[Any, str, str]]:
    """Each element of the structure tree that holds text, the HTML tag of that text, and the text itself.

    WeasyPrint makes one such element of each run of text, page by page; the
    head and foot of a page are not in the tree.
    """
    (root,) = (item for item in pdf.objects if isinstance(item, dict) and item.get("S") == "/Document")
    boxes = (box for page in document.pages for box in _text_boxes(page._page_box))  # noqa: SLF001 - see above
    for element, box in zip(_leaves(pdf, root), boxes, strict=True):
        yield element, box.element_tag, box.text


def _text_boxes(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - loaded by the engine

    if isinstance(box, boxes.MarginBox):
        return
    if isinstance(box, boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _text_boxes(child)


def _leaves(pdf: Any, element: Any) -> Iterator[Any]:
    for kid in element["K"]:
        if isinstance(kid, bytes):
            yield from _leaves(pdf, object_of(pdf, kid))
        else:
            yield element
