"""The content of a PDF file that a letter may be in, whoever sent it."""

from pathlib import Path

from accord import files
from accord.errors import Defect
from accord.text.characters import path_name

LARGEST_FILE = 16 << 20  # bytes of a PDF; the documents and the logo that go with a letter are most of it


def read_pdf(path: Path) -> bytes:
    """The content of a PDF file; `FaultyInput` names it."""
    try:
        return files.read(path, LARGEST_FILE)
    except Defect as defect:
        raise defect.about(path_name(path)) from None
