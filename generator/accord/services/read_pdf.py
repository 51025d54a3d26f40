"""The content of a PDF file that a letter may be in, whoever sent it."""

from pathlib import Path

from accord import files
from accord.errors import Defect
from accord.text.characters import path_name
from accord.verify.embedded_data import LARGEST_FILE


def read_pdf(path: Path) -> bytes:
    """The content of a PDF file; `FaultyInput` names it."""
    try:
        return files.read(path, LARGEST_FILE)
    except Defect as defect:
        raise defect.about(path_name(path)) from None
