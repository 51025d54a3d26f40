"""What a PDF shows: its words and its pixels, as a viewer has them (floor 3)."""

from collections.abc import Sequence
from typing import Any

SCALE = 150 / 72  # pixels per point: a comma and a full stop differ
LARGEST_SIDE = 3000.0  # points; a page of A4 has 842, and nothing larger is rendered


def texts(content: bytes) -> list[str] | None:
    """The text of each page; None if a viewer cannot open the file."""
    pdf = _opened(content)
    if pdf is None:
        return None
    return [page.get_textpage().get_text_range() for page in pdf]


def alike(one: bytes, other: bytes) -> bool:
    """Whether every page of two PDFs shows the same, pixel for pixel, and reads the same."""
    ours, theirs = _opened(one), _opened(other)
    if ours is None or theirs is None or len(ours) != len(theirs):
        return False
    return all(_same_page(mine, yours) for mine, yours in zip(ours, theirs, strict=True))


def _same_page(one: Any, other: Any) -> bool:
    if one.get_size() != other.get_size() or max(one.get_size()) > LARGEST_SIDE:
        return False
    return (
        _words(one) == _words(other) and _objects(one) == _objects(other) and _pixels(one) == _pixels(other)
    )


def _objects(page: Any) -> list[tuple[int, ...]]:
    """Each thing drawn, with its bounds in points: also what is drawn white on white, or under another."""
    return [(item.type, *map(round, item.get_bounds())) for item in page.get_objects()]


def _pixels(page: Any) -> bytes:
    bitmap = page.render(scale=SCALE)
    return bytes(bitmap.buffer)


def _words(page: Any) -> Sequence[str]:
    text: str = page.get_textpage().get_text_range()
    return text.split()


def _opened(content: bytes) -> Any:
    import pypdfium2  # noqa: PLC0415 - only where a PDF is looked at

    try:
        pdf = pypdfium2.PdfDocument(content)
        pdf.init_forms()
    except pypdfium2.PdfiumError:
        return None
    return pdf
