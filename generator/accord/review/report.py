"""What `accord review --json` prints."""

from dataclasses import dataclass

from accord.domain.printed import Printed
from accord.review.findings import Finding
from accord.review.review import ClauseState, Review


@dataclass(frozen=True)
class ReviewedFile:
    """The review of the letter of one file."""

    file: str
    """the deal file or PDF, as it was named"""
    reference: str
    """of the deal; empty where legal must decide before there is a letter"""
    version: str
    """letters that change with the letter's words; empty where there is no letter"""
    title: str
    """of the letter; empty where legal must decide before there is one"""
    findings: tuple[Finding, ...]
    """what the review found, the gravest first"""
    clauses: tuple[ClauseState, ...]
    """every clause of the library for this kind of letter, in print order"""
    doubt: str = ""
    """that the pages of the PDF do not show its data, which alone was reviewed, as a sentence; empty if they do"""


@dataclass(frozen=True)
class Reviews(Printed):
    """What accord review --json prints."""

    reviews: tuple[ReviewedFile, ...]
    """one per file that could be used, in the order given"""


def of_file(file: str, review: Review) -> ReviewedFile:
    """The review of one file as it is printed."""
    return ReviewedFile(file, review.reference, review.version, review.title, review.findings, review.clauses)
