"""The documents in the same file as a letter, as its text names them: title, date, file and fingerprint."""

from accord.domain.deal import Agreement
from accord.domain.documents import Document
from accord.domain.house import House
from accord.errors import Defect
from accord.letter.placeholders import Placeholders
from accord.text import formats, markup, typography
from accord.text.markup import RichText


def put_annexes(placeholders: Placeholders, deal: Agreement, house: House) -> None:
    """Put the annexes by their titles, and the list that identifies each document, the general terms last."""
    items: list[RichText] = []
    for number, annex in enumerate(deal.annex, 1):
        try:
            date = formats.date(annex.date, deal.locale) if annex.date else ""
            items.append(_item(placeholders, annex.title, annex.document, date))
        except Defect as defect:
            placeholders.faults[f"annex[{number}].file"] = str(defect)
    try:
        if terms := house.general_terms_document(deal.language):
            items.append(_item(placeholders, placeholders.texts["terms.general_terms"], terms))
    except Defect as defect:
        placeholders.faults["terms.general_terms_file"] = str(defect)
    placeholders.texts["annex.titles"] = markup.listing(
        [placeholders.value(each.title) for each in deal.annex]
    )
    placeholders.texts["annex.list"] = markup.listing(_series(items, placeholders))


def _series(items: list[RichText], placeholders: Placeholders) -> list[RichText]:
    """The items of a list after a colon, which end in semicolons and a stop."""
    separator = typography.prose(f"){placeholders.labels['identity']['separator']}", placeholders.locale)[
        1:
    ].rstrip()
    return [markup.join("", (item, separator if item is not items[-1] else ".")) for item in items]


def _item(placeholders: Placeholders, title: str, document: Document, date: str = "") -> RichText:
    """One document: whoever holds the file can compute its SHA-256 and see that it is the one meant."""
    return placeholders.label(
        "annex",
        "dated" if date else "undated",
        title=placeholders.name(title),
        date=date,
        file=document.name,
        sha256=document.sha256,
    )
