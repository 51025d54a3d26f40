"""The register again, from the PDFs alone: letters, the documents of their steps, and what came back signed.

A document tells its own step, and the days of some before it.  The history that
comes out is held against each document: the one that it calls for must be that one.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from accord.domain.promise import CAUSES, Happened, Promise, Step, Terms
from accord.domain.sequel import PAPER_OF, Paper
from accord.errors import in_a_line
from accord.i18n import _, ngettext
from accord.register.entries import Entry, Row, as_data, data_of_step
from accord.services.evidence import Evidence

MOST_NAMED = 10
MOST_IN_A_DAY = 6  # steps whose order within a day is tried out


@dataclass(frozen=True)
class Rebuilt:
    """The rows of a register, and what its reader has to know of them, as sentences."""

    rows: tuple[Row, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Clue:
    """A step that a file tells of, and what its event keeps; `is_own` of one whose document the file is."""

    step: Happened
    file: Evidence
    is_own: bool = True

    @property
    def details(self) -> dict[str, Any]:
        if not self.is_own:
            return {"inferred_from": self.file.path}
        if self.file.paper is None:
            return {
                "file": self.file.path,
                "sha256": self.file.sha256,
                **self.file.signatures,
            }
        return {"document": self.file.path, "document_sha256": self.file.sha256}


def rebuilt(files: Iterable[Evidence]) -> Rebuilt:
    """The register that final PDFs tell of, in whatever order they come."""
    by_reference: dict[str, list[Evidence]] = defaultdict(list)
    for file in sorted(files, key=lambda each: (each.answer != "authentic", bool(each.signed), each.path)):
        by_reference[file.reference].append(file)
    letters: list[tuple[datetime.date, list[Row]]] = []
    steps: list[Row] = []
    remarks: list[str] = []
    unsigned: list[str] = []
    for reference, of_it in sorted(by_reference.items()):
        versions = _versions(of_it)
        if versions:
            letters.append(
                (versions[-1].date, [Row(reference, "issued", as_data(each)) for each in versions])
            )
        taken, sentences = _life(versions[-1] if versions else None, len(versions), of_it)
        steps += [Row(reference, each.step.step, data_of_step(each.step, each.details)) for each in taken]
        remarks += [in_a_line(reference, sentence) for sentence in sentences]
        if versions and versions[-1].terms and not taken:
            unsigned.append(reference)
    letters.sort(key=lambda pair: pair[0])
    issued = chain.from_iterable(rows for _day, rows in letters)
    return Rebuilt(
        (*issued, *sorted(steps, key=lambda row: row.data["on"])), (*remarks, *_not_signed(unsigned))
    )


def _not_signed(references: Sequence[str]) -> Iterator[str]:
    if references:
        names = ", ".join(references[:MOST_NAMED]) + "…" * (len(references) > MOST_NAMED)
        yield ngettext(
            "No file here shows that {count} agreement was signed ({list}); if it was, record it: accord follow"
            " signed",
            "No file here shows that {count} agreements were signed ({list}); record those that were: accord follow"
            " signed",
            len(references),
        ).format(count=len(references), list=names)


def _versions(files: Sequence[Evidence]) -> list[Entry]:
    """The letters of one reference, the one that counts last: that which documents follow, or else the newest."""
    papers = [(file.terms, dict(file.paper.articles)) for file in files if file.paper]
    by_version = {file.entry.version: file.entry for file in reversed(files) if file.entry}
    return sorted(
        by_version.values(),
        key=lambda each: ((each.terms, dict(each.articles)) in papers, each.date, each.version),
    )


def _life(entry: Entry | None, versions: int, files: Sequence[Evidence]) -> tuple[list[_Clue], list[str]]:
    """The steps that the files of a letter tell of, and what has to be said of them."""
    papers = [file for file in files if file.paper]
    if entry is None:
        sentence = _("{file} follows an agreement that is not here, and is not recorded")
        return [], [sentence.format(file=file.path) for file in papers]
    remarks = []
    if versions > 1:
        sentence = _("{count} versions are here; {version} is taken for the one that counts")
        remarks.append(sentence.format(count=versions, version=entry.version))
    if entry.terms is None:
        return [], remarks
    clues = sorted(_clues(entry, files), key=lambda each: each.step.on)
    taken = _in_order(Promise.issued(entry.terms), clues)
    files_taken = {each.file.path for each in taken}
    sentence = _("{file} does not follow from the other files, and is not recorded")
    remarks += [sentence.format(file=file.path) for file in _once(papers) if file.path not in files_taken]
    return taken, [*remarks, *_doubts(entry, entry.terms, taken)]


def _once(papers: Iterable[Evidence]) -> list[Evidence]:
    """Each document once, whatever came back signed: the first copy."""
    found: list[Evidence] = []
    for file in papers:
        if all(file.paper != each.paper for each in found):
            found.append(file)
    return found


def _clues(entry: Entry, files: Sequence[Evidence]) -> list[_Clue]:
    """All steps that files tell of, each once; a signature without a day that can be true on the latest possible."""
    of_it = [file for file in files if file.entry and file.entry.version == entry.version]
    signed = next((file for file in of_it if file.is_signed), None)
    papers = _once(file for file in files if file.paper)
    own = [_Clue(_own(file.paper), file) for file in papers if file.paper]
    known = {(each.step.step, each.step.on) for each in own}
    told = [
        _Clue(step, file, is_own=False)
        for file in papers
        if file.paper
        for step in _told(file.paper)
        if (step.step, step.on) not in known
    ]
    implied = list({(each.step.step, each.step.on): each for each in reversed(told)}.values())
    first = min((each.step.on for each in (*own, *implied)), default=None)
    latest = min(filter(None, (first, entry.signable_until)), default=entry.date)
    if signed:
        return [_Clue(Happened("signed", _within(signed, entry, latest)), signed), *own, *implied]
    if papers:
        return [_Clue(Happened("signed", latest), papers[0], is_own=False), *own, *implied]
    by_one = {file.signed: file for file in reversed(of_it) if file.signed}
    return [
        _Clue(Happened("signed", _within(file, entry, latest), by=side), file)
        for side, file in by_one.items()
    ]


def _within(signed: Evidence, entry: Entry, latest: datetime.date) -> datetime.date:
    """The day of a signature, if it can be true, else the latest possible."""
    said = signed.signed_on
    return said if said and entry.date <= said <= latest else latest


_STEP_OF: Mapping[str, Step] = {paper: step for step, paper in PAPER_OF.items() if step != "redelivered"}
"""The step of each document; which of two deliveries it is, the history says."""


def _own(paper: Paper) -> Happened:
    """The step that a document is about."""
    step: Step = paper.result or _STEP_OF[paper.kind]
    return Happened(step, paper.on, paper.due if step == "extended" else None, paper.cause or CAUSES[0])


def _told(paper: Paper) -> Iterator[Happened]:
    """The steps before it of which a document gives the day."""
    if paper.delivered and paper.kind != "delivery-notice":
        yield Happened("delivered", paper.delivered)
    if paper.reminded:
        yield Happened("reminded", paper.reminded)
    if paper.fulfilled and paper.ground in {"tested", "renounced"}:
        yield Happened("accepted" if paper.ground == "tested" else "waived", paper.fulfilled)
    if paper.kind == "default-notice" and paper.effect and paper.effect != paper.fulfilled:
        yield Happened("ordered", paper.effect)


def _in_order(promise: Promise, clues: Sequence[_Clue]) -> list[_Clue]:
    """The longest life that the clues, by their days, can make; those of one day in whatever order is lawful."""
    if not clues:
        return []
    of_the_day = [each for each in clues if each.step.on == clues[0].step.on]
    best: list[_Clue] = []
    for clue in of_the_day[:MOST_IN_A_DAY]:
        step = _as_it_was(promise, clue.step)
        if promise.refusal(step) is None:
            left = [each for each in clues if each is not clue]
            life = [replace(clue, step=step), *_in_order(promise.then(step), left)]
            if len(life) == len(clues):
                return life
            best = max(best, life, key=len)
    return best or _in_order(promise, clues[1:])


def _as_it_was(promise: Promise, step: Happened) -> Happened:
    """A delivery after a refusal is one again."""
    again = step.step == "delivered" and promise.on(step.on).state == "refused"
    return replace(step, step="redelivered") if again else step


def _doubts(entry: Entry, terms: Terms, taken: Sequence[_Clue]) -> Iterator[str]:
    """Where the history that came out calls for other documents than those that are there."""
    steps = [each.step for each in taken]
    for number, clue in enumerate(taken):
        paper = clue.file.paper
        if not clue.is_own:
            sentence = _("“{step}” on {day} is known from {file} alone")
            yield sentence.format(step=clue.step.step, day=clue.step.on.isoformat(), file=clue.file.path)
        elif paper and paper != Paper.of(terms, steps[:number], clue.step, entry.articles, paper.items):
            sentence = _("{file} gives other dates than the steps before it; one of them is not here")
            yield sentence.format(file=clue.file.path)
