"""The data inside a letter's PDF, read back with suspicion (floor 3).

Whoever sends a PDF may have made it to do harm: what it unfolds to is bounded
before it unfolds, and nothing in it is run, followed or written anywhere.
"""

import json
import zlib
from gettext import gettext as _
from io import BytesIO
from typing import Any

from generator.errors import AccordError

NAME = "accord.json"
LARGEST_FILE = (
    16 << 20
)  # bytes of a PDF; a letter has a tenth of a megabyte, signatures and stamps a few more
LARGEST_DATA = 4 << 20  # bytes of data; the logo is most of it, and has at most one megabyte
DEEPEST = 16  # levels of the data; a letter has five


def opened(content: bytes) -> Any:
    """The PDF as `pikepdf.Pdf`; `AccordError`, a predicate, if it cannot be read."""
    import pikepdf  # noqa: PLC0415 - only where a PDF is read

    if b"%PDF-" not in content[:1024]:
        raise AccordError(_("is not a PDF; name the file of a letter"))
    try:
        pdf = pikepdf.open(BytesIO(content))
    except pikepdf.PasswordError:
        raise AccordError(_("is locked by a password; ask its sender for the file without one")) from None
    except pikepdf.PdfError:
        raise AccordError(_("is damaged and cannot be read; ask its sender for the file again")) from None
    if pdf.is_encrypted:
        raise AccordError(_("is encrypted, which no letter of Accord is; ask its sender for the file again"))
    return pdf


def embedded(pdf: Any) -> dict[str, list[Any]]:
    """The files inside a PDF by name; of each name, all the streams."""
    found: dict[str, list[Any]] = {}
    for name, specification in pdf.attachments.items():
        found.setdefault(name, []).append(specification.obj)
    return found


def data(pdf: Any) -> dict[str, Any] | None:
    """The data of the letter, or None if the PDF is no letter of Accord; `AccordError` if it is unusable."""
    files = embedded(pdf)
    if NAME not in files:
        return None
    return parsed(unfolded(files[NAME][0].EF.F))


def unfolded(stream: Any) -> bytes:
    """A stream's content, at most as much as a letter's data may have."""
    content = bytes(stream.read_raw_bytes())
    if stream.get("/Filter") is not None:
        inflate = zlib.decompressobj()
        content = inflate.decompress(content, LARGEST_DATA + 1)
    if len(content) > LARGEST_DATA:
        raise AccordError(_("holds far more data than a letter has; ask its sender for the file again"))
    return content


def parsed(content: bytes) -> dict[str, Any]:
    """The data as a JSON object."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise AccordError(_("holds data that is not as Accord writes it; ask its sender for the file again"))
    return found
