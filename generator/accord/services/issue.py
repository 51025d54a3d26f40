"""A final letter, as the register lists it."""

import hashlib
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from accord import isolation
from accord.domain.deal import Deal, Decline
from accord.domain.house import House
from accord.domain.promise import Terms
from accord.domain.sequel import Sequel
from accord.errors import Defect
from accord.i18n import _
from accord.letter import record
from accord.letter.letter import Letter
from accord.register.entries import Entry
from accord.services import foreign
from accord.services.read_pdf import read_pdf
from accord.text.characters import folded_words, path_name
from accord.verify import embedded_data, recompose


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
        articles={passage.id: passage.number for passage in letter.articles if passage.number},
    )
    if isinstance(deal, Decline):
        return replace(entry, reason=deal.refusal.reason)
    terms = Terms.of(deal, house)
    return replace(
        entry,
        value=deal.decision.total or deal.decision.computed_total,
        currency=deal.decision.currency,
        **{each.name: getattr(terms, each.name) for each in fields(terms) if each.name != "date"},
    )


def entry_of_pdf(path: Path, folder: Path, house: Path | None, process: isolation.Process) -> Entry:
    """The entry of a final letter's PDF, once it was verified in `process`; `AccordError` for any other file.

    `folder` is that of the register's house, `house` its file.
    """
    return foreign.ask(process, Entry, "accord.services.issue:entry_in", [path], folder, house)


def entry_in(letters: Sequence[Path], folder: Path, house: Path | None) -> Entry:
    """The same; to be called in a process of its own."""
    from accord.verify import verify  # noqa: PLC0415 - only there

    (path,) = letters
    source = path_name(path)
    content = read_pdf(path)
    verdict = verify.answer(content, source, house)
    if verdict["answer"] not in {"authentic", "intact"}:
        sentence = _("is not as Accord made it, and is not recorded; “accord verify” says what differs")
        raise Defect(sentence).about(source)
    if not verdict["final"]:
        raise Defect(_("is a draft; only final letters are recorded (accord render --final)")).about(source)
    recorded = record.recorded(embedded_data.data_of(content, source), source)
    if isinstance(recorded.deal, Sequel):
        sentence = _("is a document of a step, which “accord follow” records with the step")
        raise Defect(sentence).about(source)
    letter = recompose.letter_of(recorded, source)
    return entry_of(letter, recorded.deal, recorded.house_file.house, content, path_from(folder, path))


def path_from(folder: Path, path: Path) -> str:
    """A path from a folder on, if it is in it; else the whole."""
    path = path.resolve()
    try:
        return path.relative_to(folder.resolve()).as_posix()
    except ValueError:
        return str(path)
