"""A final letter, as the register lists it."""

import hashlib
from dataclasses import fields, replace
from pathlib import Path

from accord.domain.deal import Deal, Decline
from accord.domain.house import House
from accord.domain.promise import Terms
from accord.letter.letter import Letter
from accord.register.entries import Entry
from accord.text.characters import folded_words


def entry_of(letter: Letter, deal: Deal, house: House, pdf: bytes, path: str) -> Entry:
    """The entry of a letter whose file `pdf` stands at `path`, from the folder of the register's house."""
    entry = Entry(
        reference=letter.reference,
        version=letter.version,
        kind="decline" if isinstance(deal, Decline) else "agreement",
        language=letter.language,
        date=letter.date,
        prospect=deal.prospect.name,
        feature=deal.feature.name,
        request=folded_words(deal.feature.name),
        path=path,
        sha256=hashlib.sha256(pdf).hexdigest(),
        effort=deal.feature.effort,
        articles={passage.id: passage.number for passage in letter.articles if passage.number},
    )
    if (bought := deal.decision) is not None:
        value = bought.total or (bought.computed_total if bought.kind != "none" else None)
        entry = replace(entry, value=value, currency=bought.currency if value else None)
    if isinstance(deal, Decline):
        return replace(entry, reason=deal.refusal.reason)
    terms = Terms.of(deal, house)
    return replace(
        entry,
        **{each.name: getattr(terms, each.name) for each in fields(terms) if each.name != "date"},
    )


def path_from(folder: Path, path: Path) -> str:
    """A path from a folder on, if it is in it; else the whole."""
    path = path.resolve()
    try:
        return path.relative_to(folder.resolve()).as_posix()
    except ValueError:
        return str(path)
