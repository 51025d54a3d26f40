"""What the program takes from inside WeasyPrint, and so from one version of it.

Its public interface gives neither the structure tree of a PDF before it is
written, nor the text that an element of it holds.  Besides what stands here,
`engine` answers for its fetcher and compresses its streams, `pdfa` changes what
it writes for a check box and `_quickstart` shortens its start.  Before another
version is let in, read these again, run `python -m accord.pdf._quickstart`, and
change the version here and in pyproject.toml.
"""

from collections.abc import Iterator
from typing import Any

VERSION = "70.0"


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
