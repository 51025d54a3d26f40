"""The pages of a PDF as a viewer renders them, in a process of its own: a file made for it could take hours."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accord import isolation
from accord.errors import AccordError

SCALE = 150 / 72  # pixels per point: a comma and a full stop differ
LARGEST_SIDE = 3000.0  # points; a page of A4 has 842, and nothing larger is drawn
LIMITS = isolation.Limits(seconds=20, memory=2 << 30)


@dataclass(frozen=True)
class RenderedPage:
    """One page as a viewer renders it: its size in points, its words, and its drawing.

    `drawing` is empty unless it was asked for: the kind and bounds of each
    object (also white on white, or under another one), and the digest of the
    pixels.  Annotations are left out: a signature may draw its stamp.
    """

    size: Sequence[float]
    words: Sequence[str]
    drawing: Sequence[Any]


def render(content: bytes, *, drawing: bool = False) -> list[RenderedPage] | None:
    """Each page of a PDF; None if the viewer cannot open it, or not within `LIMITS`."""
    try:
        with isolation.Process(LIMITS) as process:
            pages = process.call("accord.verify.viewer:render_here", content, drawing=drawing)
    except AccordError:
        return None
    return [RenderedPage(*page) for page in pages]


def render_here(content: bytes, *, drawing: bool) -> list[tuple[Any, ...]]:
    """The fields of each `RenderedPage`, in this process; raises whatever the viewer raises."""
    import pypdfium2  # noqa: PLC0415 - only where a PDF is rendered

    return [
        (list(page.get_size()), _words(page), _drawing(page) if drawing else [])
        for page in pypdfium2.PdfDocument(content)
    ]


def _words(page: Any) -> list[str]:
    text: str = page.get_textpage().get_text_bounded()
    return text.encode("utf-8", "replace").decode().split()


def _drawing(page: Any) -> list[Any]:
    if max(page.get_size()) > LARGEST_SIDE:
        return [page.get_size()]
    bitmap = page.render(scale=SCALE, draw_annots=False, may_draw_forms=False)
    objects = [[item.type, *map(round, item.get_bounds())] for item in page.get_objects(max_depth=1)]
    return [*objects, hashlib.sha256(bytes(bitmap.buffer)).hexdigest()]
