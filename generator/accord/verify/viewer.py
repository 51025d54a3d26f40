"""What a PDF shows: its words and its pixels, as a viewer has them.

A viewer works through whatever a file tells it to draw, for hours if the file
is made for it.  So it looks at the file in a process of its own, which is
ended when it takes too long or too much.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

SCALE = 150 / 72  # pixels per point: a comma and a full stop differ
LARGEST_SIDE = 3000.0  # points; a page of A4 has 842, and nothing larger is drawn
PATIENCE = 20  # seconds
MOST_MEMORY = 2 << 30  # bytes
CHILD = "import sys; from accord.verify import viewer; viewer.answer(drawn='drawn' in sys.argv)"


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
    # -P: what lies in the current folder, perhaps beside the file, is not to be run.
    command = [sys.executable, "-P", "-c", CHILD, *(["drawn"] if drawn else [])]
    with suppress(subprocess.SubprocessError, ValueError):
        done = subprocess.run(  # noqa: S603 - our own program, told nothing but the file's bytes
            command, input=content, capture_output=True, timeout=PATIENCE, check=True
        )
        return [Look(*page) for page in json.loads(done.stdout)]
    return None


def answer(*, drawn: bool) -> None:
    """In the process of its own: the file comes on standard input, the pages leave on standard output."""
    with suppress(ImportError, ValueError):  # on Linux and macOS alone
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.write(json.dumps(seen(sys.stdin.buffer.read(), drawn=drawn)))


def seen(content: bytes, *, drawn: bool) -> list[tuple[Any, ...]]:
    """The fields of each page's `Look`, in this process; raises whatever the viewer does."""
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
