"""A letter again, from the file that it was made into."""

from typing import Any

from accord import isolation
from accord.clauses.library import Clause, Library, reword
from accord.errors import Defect
from accord.i18n import _
from accord.letter import record
from accord.letter.blocks import to_html
from accord.letter.composer import compose
from accord.letter.letter import Letter

LIMITS = isolation.Limits(seconds=20, memory=1 << 30)
LONGEST_WORDING = 100_000  # characters; the longest letter of ours has a tenth, and takes a second to set


def data_of(content: bytes, source: str) -> dict[str, Any]:
    """The data in the PDF `content`, read in a process of its own; `AccordError` names `source`."""
    try:
        with isolation.Process(LIMITS) as process:
            data: dict[str, Any] = process.call("accord.verify.embedded_data:data_of", content, source)
    except isolation.NoAnswer as defect:
        raise defect.about(source) from None
    return data


def clauses_of(recorded: record.Recorded, source: str, library: Library) -> tuple[Clause, ...]:
    """The clauses that a letter was composed from: ours, and its own wording in their place."""
    deal = recorded.deal
    return reword(library.clauses(deal.language, deal.kind), recorded.wording, source)


def letter_of(recorded: record.Recorded, source: str, library: Library | None = None) -> Letter:
    """The letter that what a PDF records composes, its own wording included.

    `library` spares whoever reads several reading the same clause files again.
    """
    library = library or Library()
    own = sum(len(text["body"]) for text in recorded.wording.values() if text)
    letter = None
    if own <= LONGEST_WORDING:
        letter = compose(
            recorded.deal,
            recorded.house_file,
            final=recorded.final,
            source=source,
            library=library,
            clauses=clauses_of(recorded, source, library),
        )
    if letter is None or length_of(letter) > LONGEST_WORDING:
        raise Defect(_("the clauses in its data are far longer than those of a letter")).about(source)
    return letter


def length_of(letter: Letter) -> int:
    """The characters of a letter's clauses as HTML, values in place."""
    return sum(
        len(to_html(passage.blocks)) for passage in (*letter.opening, *letter.articles, *letter.closing)
    )
