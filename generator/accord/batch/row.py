"""One row of a batch: its letter, or what is wrong with it."""

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from accord import files
from accord.batch.report import Outcome
from accord.batch.sources import Entry
from accord.clauses.library import Library
from accord.domain.choices import DecisionKind
from accord.domain.deal import Deal
from accord.domain.deal_file import DealFile, PartialDealFile
from accord.domain.documents import nowhere
from accord.domain.house import House, HouseFile
from accord.errors import AccordError, FaultyInput, FolderRefuses, LegalHold
from accord.i18n import _
from accord.intake import documents, dotted, loader, words
from accord.letter.composer import compose
from accord.letter.letter import Letter
from accord.pdf import typeset
from accord.register.entries import Entry as Listed
from accord.review import review
from accord.review.findings import Finding
from accord.services import output
from accord.services.announcements import Announcements
from accord.services.forewarning import Memory
from accord.services.issue import entry_of, path_from
from accord.services.make_letter import as_final_as_can_be


@dataclass(frozen=True)
class Job:
    """What all rows have in common.

    `overrides`, `date` and `today` are as `intake.given_deal` takes them.  With
    `final`, a row whose review finds an error has no letter; with `check`, no
    row has, and it is told which could.  `announcements` take what is written
    for the register; `memory` is what it knows, the rows at their `places` in
    the source included.
    """

    home: HouseFile
    out: Path
    today: datetime.date
    overrides: Mapping[str, str]
    date: str | None = None
    final: bool = False
    force: bool = False
    check: bool = False
    announcements: Announcements | None = None
    memory: Memory | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    there: Mapping[str, frozenset[str]] | None = None
    library: Library = field(default_factory=Library)


@dataclass(frozen=True)
class Made:
    """What was made of a row: its outcome so far and, where a letter is to be written, the letter.

    `content` is that of its PDF, `identity` says which letter it is, `entry` is its
    line of the register if it is to be signed.
    """

    outcome: Outcome
    content: bytes = b""
    identity: output.Identity | None = None
    entry: Listed | None = None


def outcome(entry: Entry, job: Job) -> Outcome:
    """What becomes of one entry; nothing that is wrong with it is raised."""
    return placed(made(entry, job), job)


def made(entry: Entry, job: Job) -> Made:
    """What is made of one entry, not written yet; nothing that is wrong with it is raised."""
    if entry.passed:
        note = Finding("input", "note", "", entry.passed)
        return Made(Outcome(entry.row, entry.source, "passed", findings=(note,)))
    try:
        deal = _deal(entry, job)
        letter, reviewed = _reviewed(entry, deal, job)
        findings = (*_supposed(entry, job), *reviewed.findings)
        good = Outcome(
            entry.row, entry.source, "good", reviewed.reference, findings=findings, title=reviewed.title
        )
        if job.final and reviewed.refusals:
            return Made(replace(good, verdict="refused"))
        return _letter(good, letter, deal, job)
    except AccordError as error:
        return Made(Outcome(entry.row, entry.source, "refused", findings=_findings(error)))
    except Exception as error:  # one row must not end the others
        if os.environ.get("ACCORD_DEBUG"):
            raise
        sentence = _("Accord hit an internal error ({type}) on this row. Please report it.")
        return Made(failed(entry, sentence.format(type=type(error).__name__)))


def is_there(entry: Entry, job: Job) -> bool:
    """Whether the letter of an entry is in its folder already, so that none has to be set in type."""
    with suppress(AccordError):  # told when it is its turn
        return not entry.passed and _is_there(_composed(entry, _deal(entry, job), job), job)
    return False


def _is_there(letter: Letter, job: Job) -> bool:
    path = output.path_of(letter, job.out)
    there = typeset.identifiers_in(path) if job.there is None else job.there.get(path.name, frozenset())
    return bool(there) and typeset.identifier(letter) in there


def _composed(entry: Entry, deal: Deal, job: Job) -> Letter:
    if job.final:  # the review names each gap
        return as_final_as_can_be(deal, job.home, entry.source, job.library)[0]
    return compose(deal, job.home, source=entry.source, library=job.library)


def _reviewed(entry: Entry, deal: Deal, job: Job) -> tuple[Letter, review.Review]:
    letter = _composed(entry, deal, job)
    known = job.memory.known_to(deal, before=job.places.get(entry.row)) if job.memory else None
    house, folder = job.home.house, job.home.path.parent
    return letter, review.review(letter, deal, house, folder, library=job.library, known=known)


def together(entries: Iterable[Entry], job: Job) -> Job:
    """The same job, in which each row is held against those above it too."""
    if job.memory is None:
        return job
    places: dict[str, int] = {}
    for place, entry in enumerate(entries):
        places[entry.row] = place
        with suppress(AccordError):  # told when it is its turn
            if not entry.passed:
                job.memory.plan(_deal(entry, job), job.home, place)
    return replace(job, places=places)


def _deal(entry: Entry, job: Job) -> Deal:
    """The deal of an entry; `_Unusable` with all that is wrong, each cell that says nothing clear once."""
    if entry.faults and not entry.data:  # nothing of it could be read
        raise _Unusable(entry.faults)
    faults = [*entry.faults, *(entry.gaps if job.final else ())]
    unclear = {fault.key for fault in faults}
    gaps = {fault.key for fault in entry.gaps}
    if "decision.kind" in gaps and not job.final:
        dotted.put(entry.data, "decision.kind", usual_decision(job.home.house))
    try:
        deal = loader.given_deal(
            entry.data,
            entry.source,
            job.home.house,
            today=job.today,
            overrides=_of_its_kind(job.overrides, entry.data),
            date=job.date,
            documents=documents.beside(Path(entry.file)) if entry.file else nowhere,
            root=PartialDealFile if gaps else DealFile,
        )
    except FaultyInput as error:
        faults += [fault for fault in error.faults if not _stems_from(fault.key, unclear)]
    if faults:
        raise _Unusable(faults)
    return deal


def _of_its_kind(overrides: Mapping[str, str], data: Mapping[str, Any]) -> Mapping[str, str]:
    """What is said of all rows, without what a decline is not about: the decision, where its row takes none."""
    said = "decision.kind" in overrides or dotted.get(data, "decision") is not None
    if said or not ("decline.reason" in overrides or dotted.get(data, "decline.reason") is not None):
        return overrides
    return {key: text for key, text in overrides.items() if not key.startswith("decision.")}


def usual_decision(house: House) -> DecisionKind:
    """What the house's clients usually decide, of which a draft is where nothing says it: by its catalogue, else a purchase."""
    catalogue = house.catalogue
    return "subscription" if catalogue and all(item.period for item in catalogue) else "purchase"


def _supposed(entry: Entry, job: Job) -> Iterator[Finding]:
    """What a draft says that its row does not."""
    if any(fault.key == "decision.kind" for fault in entry.gaps):
        kind = usual_decision(job.home.house)
        other = "purchase" if kind == "subscription" else "subscription"
        sentence = _(
            "no column says it: the draft is of “{decision}”; --set decision.kind={other} changes it"
        )
        decision = words.named("decision.kind")[kind]
        yield Finding("input", "note", "decision.kind", sentence.format(decision=decision, other=other))


def _stems_from(key: str, unclear: set[str]) -> bool:
    """Whether a fault is that of a cell that was not understood, or of the table that it left empty."""
    return "" in unclear or any(name == key or name.startswith(f"{key}.") for name in unclear)


class _Unusable(FaultyInput):
    """A row with faults, by key."""


def _findings(error: AccordError) -> tuple[Finding, ...]:
    """What refused a row, as findings."""
    if isinstance(error, _Unusable):
        return tuple(Finding("input", "error", fault.key, fault.sentence) for fault in error.faults)
    if isinstance(error, LegalHold):
        return review.review_on_hold(error).findings
    return (Finding("input", "error", "", str(error)),)


def _letter(good: Outcome, letter: Letter, deal: Deal, job: Job) -> Made:
    """The letter of a good row, unless its file is there already, or none is wanted."""
    if job.check:
        return Made(good)
    path = output.path_of(letter, job.out)
    if _is_there(letter, job):
        return Made(replace(good, verdict="unchanged", file=str(path)))
    try:
        content = output.rendered(letter)
    except AccordError as error:
        return Made(_unplaced(good, error))
    entry = entry_of(letter, deal, job.home.house, content, path.name) if job.final else None
    return Made(replace(good, file=str(path)), content, output.Identity.of(letter), entry)


def placed(made: Made, job: Job) -> Outcome:
    """The outcome of a row once its letter is in the folder, or why it is not.

    A letter to be signed is announced to the register first.
    """
    good = made.outcome
    if made.identity is None:
        return good
    path = job.out / Path(good.file).name
    try:
        if job.announcements and made.entry:
            place = path_from(job.home.path.parent, path)
            job.announcements.announce(replace(made.entry, path=place))
        force = job.force or output.is_own_draft(path, made.identity, made.content)
        fresh = files.write(path, made.content, force=force)
    except AccordError as error:
        return _unplaced(good, error)
    return replace(good, verdict="written" if fresh else "unchanged", file=str(path))


def _unplaced(good: Outcome, error: AccordError) -> Outcome:
    """The outcome of a good row whose letter cannot be made or written."""
    findings = (Finding("output", "error", "", str(error)), *good.findings)
    fatal = isinstance(error, FolderRefuses)
    return replace(good, verdict="failed", file="", findings=findings, fatal=fatal)


def failed(entry: Entry, sentence: str) -> Outcome:
    """The outcome of a row that could not be looked at, with the sentence that says why."""
    return Outcome(entry.row, entry.source, "failed", findings=(Finding("program", "error", "", sentence),))
