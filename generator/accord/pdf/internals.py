"""What the program takes from inside WeasyPrint, and so from one version of it.

Its public interface gives neither the structure tree of a PDF before it is
written, nor the text that an element of it holds, nor lines that are full up to
every run of text, nor gradients that every viewer draws.  Besides what stands here,
`engine` answers for its fetcher and writes its streams, `pdfa` changes what
it writes for a check box, `_quickstart` shortens its start, `quicker` its way of styles and lines (`remembered`).  Before another
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


CELL = 100  # the longer side of the tile that a gradient is drawn in


def tile_gradients() -> None:
    """Let WeasyPrint draw the gradients of a drawing so that every viewer shows them.

    It fills a shape with a tile as large as the shape, in the gradient's own
    measure: often 1 by 1, of which poppler (Evince, Okular) draws nothing; and
    where the gradient is turned, only a part of the shape.  Here the tile is as
    large as the shape in the drawing's measure, and the gradient is turned in it.

    Once for a process, before anything is rendered.
    """
    from weasyprint import svg as package  # noqa: PLC0415 - loaded by the engine

    draw: Callable[..., Any] = package.draw_gradient

    def draw_gradient(svg: Any, node: Any, *how: Any, stroke: bool) -> Any:
        font_size = how[1]
        stream, box = svg.stream, svg.calculate_bounding_box(node, font_size, stroke)
        if package.is_valid_bounding_box(box) and box[2] and box[3]:
            svg.stream = _Tiled(stream, box)
        try:
            return draw(svg, node, *how, stroke=stroke)
        finally:
            svg.stream = stream

    package.draw_gradient = draw_gradient


class _Tiled:
    """The stream of a page, of which a pattern is a tile around `box`, in the measure of the drawing."""

    def __init__(self, stream: Any, box: tuple[float, float, float, float]) -> None:
        x, y, width, height = box
        # A little more than the shape, so that its edges are in the tile.
        self._box = x - width / 50, y - height / 50, width * 1.04, height * 1.04
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def add_pattern(self, *arguments: Any) -> Any:
        """A tile; what is drawn in its group is in the measure that the last of `arguments` gives."""
        matrix, ctm = arguments[-1], self._stream.ctm
        scale = CELL / max(self._box[2:])
        x, y, width, height = (scale * each for each in self._box)
        smaller = type(ctm)(a=1 / scale, d=1 / scale)
        pattern = self._stream.add_pattern(x, y, width, height, width, height, smaller @ ctm)
        add_group: Callable[..., Any] = pattern.add_group
        inner = matrix @ ctm.invert @ smaller.invert

        def group_in_measure(*_box: float) -> Any:
            group = add_group(x, y, width, height)
            group.transform(*inner.values)
            set_alpha_state: Callable[..., Any] = group.set_alpha_state
            corners = [
                inner.invert.transform_point(*corner)
                for corner in ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
            ]
            across, down = zip(*corners, strict=True)
            group.set_alpha_state = lambda *_box: set_alpha_state(
                min(across), min(down), max(across) - min(across), max(down) - min(down)
            )
            return group

        pattern.add_group = group_in_measure
        return pattern


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
