"""Two letters in PDFs held against each other, as a page for a browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.diff import compare, keyfacts, redline
from accord.errors import all_of
from accord.services import foreign
from accord.services.open_letter import Reading, open_letter


@dataclass(frozen=True)
class Redline:
    """The whole new letter with its changes marked, as HTML, and how much changed, in one line.

    `page` is empty where the two are letters of different kinds, which nobody compares.
    """

    __pydantic_config__ = foreign.AS_BASE64

    page: bytes
    count: str


def redlined(
    files: Sequence[Path], reading: Reading, names: tuple[str, str], doubts: Sequence[str] = ()
) -> Redline:
    """The changes from the old file to the new one; to be called in a process of its own.

    `names` are what the letters are called, `doubts` say that the pages of a PDF do not show its data.
    """
    old, new = all_of(lambda path: open_letter(path, reading).letter, files)
    if old.kind != new.kind:
        return Redline(b"", "")
    count = redline.count(
        compare.changes(old, new), keyfacts.differing(old, new), bilingual=old.language != new.language
    )
    return Redline(redline.page(old, new, names, doubts).encode(), count)
