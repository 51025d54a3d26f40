"""What a PDF shows: its words and its pixels, as a viewer has them.

A viewer works through whatever a file tells it to draw, for hours if the file
is made for it.  So it looks at the file in a process of its own.
"""

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
class Look:
    """One page as a viewer has it: its size in points, its words, and its drawing.

    `drawing` is empty unless it was asked for: what is drawn where (also white
    on white, or under another thing), and the digest of the pixels.
    Annotations are not in it: a signature may draw its stamp.
    """

    size: Sequence[float]
    words: Sequence[str]
    drawing: Sequence[Any]


def looks(content: bytes, *, drawn: bool = False) -> list[Look] | None:
    """Each page of a PDF; None if a viewer cannot open it, or not within bounds."""
    try:
        with isolation.Process(LIMITS) as process:
            return [Look(*page) for page in process.call("accord.verify.viewer:seen", content, drawn=drawn)]
    except AccordError:
        return None


def seen(content: bytes, *, drawn: bool) -> list[tuple[Any, ...]]:
    """The fields of each page's `Look`, as JSON, in this process; raises whatever the viewer does."""
    import pypdfium2  # noqa: PLC0415 - only where a PDF is looked at

    return [
        (list(page.get_size()), _words(page), _drawing(page) if drawn else [])
        for page in pypdfium2.PdfDocument(content)
    ]


def _words(page: Any) -> list[str]:
    text: str = page.get_textpage().get_text_bounded()
    return text.encode("utf-8", "replace").decode().split()


def _drawing(page: Any) -> list[Any]:
    if max(page.get_size()) > LARGEST_SIDE:
        return [page.get_size()]
    bitmap = page.render(scale=SCALE, draw_annots=False, may_draw_forms=False)
    things = [[item.type, *map(round, item.get_bounds())] for item in page.get_objects(max_depth=1)]
    return [*things, hashlib.sha256(bytes(bitmap.buffer)).hexdigest()]
