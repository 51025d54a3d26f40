"""A letter reviewed from its file, a deal or a PDF, as whoever asks wants to be told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import LegalHold
from accord.files import is_pdf
from accord.review.report import ReviewedFile, of_file
from accord.review.review import Review, review, review_on_hold, without_house
from accord.services.open_letter import Opened, Reading, open_letter
from accord.text.characters import path_name

if TYPE_CHECKING:
    from accord.services.forewarning import Memory


@dataclass(frozen=True)
class FileReview:
    """One file and its review; `opened` is None where legal must decide before there is a letter."""

    file: Path
    review: Review
    opened: Opened | None


def review_of(
    file: Path, reading: Reading, memory: "Memory | None" = None, *, named: bool = True
) -> FileReview:
    """The review of the letter of a file; of a PDF, to be called in a process of its own, which asks no register.

    `memory` is what the register knows, in which no other client is `named` where counsel outside may read it.
    """
    try:
        opened = open_letter(file, reading)
    except LegalHold as hold:
        return FileReview(file, review_on_hold(hold), None)
    today = None if is_pdf(file) else reading.today
    known = memory.known_to(opened.deal) if memory else None
    if known and not named:
        known = known.without_names()
    full = review(opened.letter, opened.deal, opened.house, opened.folder, today, known=known)
    return FileReview(file, full if opened.folder else without_house(full, opened.doubt), opened)


def reported(files: Sequence[Path], reading: Reading) -> ReviewedFile:
    """The review of the one file as it is printed; to be called in a process of its own."""
    (file,) = files
    return of_file(path_name(file), review_of(file, reading).review)
