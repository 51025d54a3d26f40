"""Letters composed again from the data in their PDFs."""

from contextlib import suppress
from dataclasses import replace

import pikepdf

from accord.clauses.library import Clause, Library, relabel, reword
from accord.errors import AccordError, Defect
from accord.i18n import _
from accord.letter import record
from accord.letter.blocks import to_html
from accord.letter.composer import compose
from accord.letter.letter import Letter
from accord.pdf import press, typeset
from accord.verify import embedded_data

MOST_BLOCKS = 1000  # paragraphs and items of lists; our longest letter has a tenth
LONGEST_WORDING = 100_000  # characters of HTML; our longest letter has a tenth, and takes a second to set


def clauses_of(recorded: record.Recorded, source: str, library: Library) -> tuple[Clause, ...]:
    """The clauses that a letter was composed from: the library's, and its own wording in their place."""
    deal = recorded.deal
    return reword(library.clauses(deal.language, deal.kind), recorded.wording, source)


def letter_of(recorded: record.Recorded, source: str, library: Library | None = None) -> Letter:
    """The letter composed from what the PDF `source` records, its own wording included.

    `library` spares whoever reads several PDFs reading the same clause files
    again.  Raises `AccordError`, which names `source`, for clauses that make no letter.
    """
    library = library or Library()
    too_long = Defect(_("the clauses in its data are far longer than those of a letter")).about(source)
    labels = [text for words in recorded.labels.values() for text in words.values()]
    bodies = [text["body"] for text in recorded.wording.values() if text]
    if sum(map(len, (*labels, *bodies))) > LONGEST_WORDING:
        raise too_long
    letter = compose(
        recorded.deal,
        recorded.house_file,
        final=recorded.final,
        source=source,
        library=library,
        clauses=clauses_of(recorded, source, library),
        labels=relabel(library.labels(recorded.deal.language), recorded.labels, source),
        versioned=recorded.versioned,
    )
    passages = (*letter.opening, *letter.articles, *letter.closing)
    pieces = [to_html(passage.blocks) for passage in passages]
    if sum(map(len, pieces)) > LONGEST_WORDING or sum(map(_blocks, pieces)) > MOST_BLOCKS:
        raise too_long
    return letter


def letter_with_documents(
    recorded: record.Recorded, source: str, library: Library | None, pdf: pikepdf.Pdf
) -> Letter:
    """The letter of `letter_of`, with its documents as the file holds them."""
    letter = letter_of(recorded, source, library)
    contents = embedded_data.documents_in(pdf, [document.name for document in letter.documents])
    found = (replace(document, content=contents.get(document.name)) for document in letter.documents)
    return replace(letter, documents=tuple(found))


def letter_in(content: bytes, source: str, library: Library) -> Letter:
    """The letter that the data in a PDF compose, with the documents in it; raises `AccordError`."""
    recorded = record.recorded(embedded_data.data_of(content, source), source)
    return letter_with_documents(recorded, source, library, embedded_data.open_pdf(content))


def expect(content: bytes, source: str, library: Library) -> None:
    """Have the page of the letter in a PDF set beforehand, which `verify` will ask for, where a copy of this process does that."""
    if press.is_ahead() and embedded_data.may_be_ours(content):
        with suppress(AccordError, Defect):  # `verify` says what is wrong
            typeset.expect(letter_in(content, source, library))


def _blocks(html: str) -> int:
    return sum(map(html.count, ("<p", "<li", "<ul", "<ol", "<br")))
