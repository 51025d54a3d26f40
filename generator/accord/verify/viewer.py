"""The pages of a PDF as viewers render them, in a process of its own: a file made for it could take hours.

PDFium is always there; where poppler's `pdftoppm` is on the machine, it looks too.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accord import isolation
from accord.errors import AccordError

SCALE = 150 / 72  # pixels per point: a comma and a full stop differ
LARGEST_SIDE = 3000.0  # points; a page of A4 has 842, and nothing larger is drawn
LIMITS = isolation.Limits(seconds=45, memory=768 << 20, work=4)
OF_POPPLER = 100 / 72  # pixels per point: what another reader reads otherwise is larger than a comma
WHITE = 255
GREY_MAP = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of a page."""
Stamps = tuple[tuple[Box, ...], ...]
"""The boxes of each page's signature fields, where a signature may draw what it likes."""


@dataclass(frozen=True)
class RenderedPage:
    """One page as viewers render it: its size in points, its words, and its drawing.

    `drawing` is empty unless it was asked for: the kind and bounds of each
    object (also white on white, or under another one), and the digests of the
    pixels in each viewer, annotations and fields included but for the stamps.
    """

    size: Sequence[float]
    words: Sequence[str]
    drawing: Sequence[Any]


def render(content: bytes, *, stamps: Stamps | None = None) -> list[RenderedPage] | None:
    """Each page of a PDF, with its drawing if `stamps` is given; None if no viewer can open it, or not within `LIMITS`."""
    try:
        with isolation.Process(LIMITS) as process:
            pages = process.call("accord.verify.viewer:render_here", content, stamps=stamps)
    except AccordError:
        return None
    return [RenderedPage(*page) for page in pages]


def render_here(content: bytes, *, stamps: Stamps | None) -> list[tuple[Any, ...]]:
    """The fields of each `RenderedPage`, in this process; raises whatever the viewer raises."""
    import pypdfium2  # noqa: PLC0415 - only where a PDF is rendered

    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    if stamps is None:
        return [(list(page.get_size()), _words(page), []) for page in document]
    others = list(pictures_by_poppler(content, stamps))
    return [
        (
            list(page.get_size()),
            _words(page),
            [*_drawing(page, _at(stamps, place)), *others[place : place + 1]],
        )
        for place, page in enumerate(document)
    ]


def _at(stamps: Stamps, place: int) -> Sequence[Box]:
    return stamps[place] if place < len(stamps) else ()


def _words(page: Any) -> list[str]:
    text: str = page.get_textpage().get_text_bounded()
    return text.encode("utf-8", "replace").decode().split()


def _drawing(page: Any, stamps: Sequence[Box]) -> list[Any]:
    if max(page.get_size()) > LARGEST_SIDE:
        return [page.get_size()]
    objects = [[item.type, *map(round, item.get_bounds())] for item in page.get_objects(max_depth=1)]
    return [*objects, picture(page, stamps)]


def picture(page: Any, stamps: Sequence[Box]) -> str:
    """The digest of a page's picture as PDFium draws it, annotations and fields included but for the stamps."""
    bitmap = page.render(scale=SCALE, draw_annots=True, may_draw_forms=True)
    for box in stamps:
        left, top, width, height = _in_pixels(box, SCALE, bitmap.height)
        bitmap.fill_rect((WHITE, WHITE, WHITE, WHITE), left, top, width, height)
    return hashlib.sha256(bytes(bitmap.buffer)).hexdigest()


def _in_pixels(box: Box, scale: float, height: int) -> tuple[int, int, int, int]:
    """Left, top, width and height in pixels of a picture of that height, with a rim for what is drawn half in a pixel."""
    left, bottom, right, top = (side * scale for side in box)
    x, y = int(left) - 1, int(height - top) - 1
    return x, y, int(right) + 2 - x, int(height - bottom) + 2 - y


def pictures_by_poppler(content: bytes, stamps: Stamps) -> Iterator[str]:
    """The digest of each page's picture as poppler draws it; none where poppler is not, or cannot."""
    program = shutil.which("pdftoppm")
    if program is None:
        return
    command = [program, "-gray", "-r", str(round(OF_POPPLER * 72)), "-"]
    try:
        # Its time is that of the process that asks.
        drawn = subprocess.run(command, input=content, capture_output=True, check=False).stdout  # noqa: S603
    except OSError:
        return
    place = start = 0
    while head := GREY_MAP.match(drawn, start):
        width, height = int(head[1]), int(head[2])
        pixels = bytearray(drawn[head.end() : head.end() + width * height])
        for box in _at(stamps, place):
            left, top, wide, high = _in_pixels(box, OF_POPPLER, height)
            left, right = max(left, 0), min(left + wide, width)
            for row in range(max(top, 0), min(top + high, height)):
                pixels[row * width + left : row * width + right] = bytes([WHITE]) * (right - left)
        yield hashlib.sha256(pixels).hexdigest()
        place, start = place + 1, head.end() + width * height
