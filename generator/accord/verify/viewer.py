"""The pages of a PDF as viewers render them, in a process of its own: a file made for it could take hours.

PDFium is always there; where poppler's `pdftoppm` is on the machine, it looks too.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
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

    @property
    def pictures(self) -> Sequence[str]:
        """The digests of its pixels."""
        return [part for part in self.drawing if isinstance(part, str)]


def look_alike(ours: Sequence[RenderedPage], theirs: Sequence[RenderedPage]) -> bool:
    """Whether the pixels are the same, page by page, as far as both have pages."""
    return all(one.pictures == other.pictures for one, other in zip(ours, theirs, strict=False))


def render(contents: Sequence[bytes], *, stamps: Stamps | None = None) -> list[list[RenderedPage] | None]:
    """The pages of each PDF, one beside the other, with their drawings if `stamps` is given.

    None for one that a viewer cannot open, or not within `LIMITS`.  Poppler, the slower, is asked only
    where PDFium draws all of them alike.
    """
    with ExitStack() as stack:
        processes = [stack.enter_context(isolation.Process(LIMITS)) for _content in contents]
        answers = _answers(processes, "render_here", contents, stamps)
        pages = [answer and [RenderedPage(*page) for page in answer] for answer in answers]
        if stamps is None or not all(each and pages[0] and look_alike(pages[0], each) for each in pages):
            return pages
        pictures = _answers(processes, "pictures_by_poppler", contents, stamps)
        return [*map(_with_pictures, pages, pictures)]


def _answers(
    processes: Sequence[isolation.Process], function: str, contents: Sequence[bytes], stamps: Stamps | None
) -> list[list[Any] | None]:
    """All that a function here yields for each PDF in its process, all at work at once; None if one cannot."""
    streams = [
        _stream(process, f"{__name__}:{function}", content, stamps)
        for process, content in zip(processes, contents, strict=True)
    ]
    return [*map(_all_of, streams)]


def _stream(process: isolation.Process, *request: Any) -> Iterator[Any] | None:
    try:
        return process.stream(*request)
    except AccordError:
        return None


def _all_of(stream: Iterator[Any] | None) -> list[Any] | None:
    with suppress(AccordError):
        return None if stream is None else [*stream]
    return None


def _with_pictures(
    pages: Sequence[RenderedPage] | None, pictures: Sequence[str] | None
) -> list[RenderedPage] | None:
    if pages is None or pictures is None:
        return None
    return [
        replace(page, drawing=[*page.drawing, *pictures[place : place + 1]])
        for place, page in enumerate(pages)
    ]


def render_here(content: bytes, stamps: Stamps | None) -> Iterator[tuple[Any, ...]]:
    """The fields of each `RenderedPage` as PDFium has them, in this process; raises whatever that raises."""
    import pypdfium2  # noqa: PLC0415 - only where a PDF is rendered

    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    for place, page in enumerate(document):
        drawing = [] if stamps is None else _drawing(page, _at(stamps, place))
        yield list(page.get_size()), _words(page), drawing


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
    return hashlib.sha256(bitmap.buffer).hexdigest()


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
