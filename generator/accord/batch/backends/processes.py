"""Many deals to letters: several processes that share one warm start (floor 8).

Each row stands by itself: a wrong one is told and does not stop the others.  A
letter appears under its name whole or not at all, and one that is there
already is not made again, so a batch that was interrupted is simply run again.
"""

import datetime
import gc
import itertools
import json
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path
from typing import IO, Any, Self

from accord import files, i18n
from accord.batch.report import Outcome
from accord.batch.sources import Entry
from accord.domain.deal import Deal, HouseFile
from accord.errors import AccordError, FaultyInput, FolderRefuses, Gaps, LegalHold
from accord.intake import loader
from accord.letter.composer import compose
from accord.letter.letter import Letter
from accord.pdf import engine, typeset
from accord.review import review
from accord.review.findings import Finding

# What a process has set in type stays with it in part: new ones take over after so many rows each.
ROWS_OF_A_PROCESS = 100
WARM_UP = '<html lang="{language}"><head><title>x</title></head><body><p>Anticonstitutionnellement</p></body></html>'


@dataclass(frozen=True)
class Job:
    """What all rows have in common.

    `overrides`, `date` and `today` are as `intake.given_deal` takes them.  With
    `final`, a row whose review finds an error has no letter; with `check`, no
    row has, and it is told which could.
    """

    home: HouseFile
    out: Path
    today: datetime.date
    overrides: Mapping[str, str]
    date: str | None = None
    final: bool = False
    force: bool = False
    check: bool = False


# --- The rows, set aside ------------------------------------------------------------


class Spool:
    """Entries set aside in a file without a name, so that their source is read once and may change meanwhile.

    To be used in a `with` block, at whose end the file is gone.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Read all entries; whatever reading raises, this raises.

        Of two entries with one reference the second has a fault: which of them
        got the file's name would be chance.
        """
        self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - it lives as long
        self._count = 0
        with ExitStack() as unless_all_is_read:
            unless_all_is_read.callback(self._file.close)
            for entry in _told_apart(entries):
                line = json.dumps((entry.row, entry.source, entry.data, entry.faults), default=str)
                self._file.write(f"{line}\n")
                self._count += 1
            unless_all_is_read.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Entry]:
        self._file.seek(0)
        for line in self._file:
            row, source, data, faults = json.loads(line)
            yield Entry(row, source, data, tuple((key, sentence) for key, sentence in faults))


def _told_apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, with a fault for each reference that an earlier one has."""
    rows: dict[str, str] = {}
    for entry in entries:
        reference = entry.data.get("reference")
        first = rows.setdefault(reference, entry.row) if isinstance(reference, str) else entry.row
        if first == entry.row:
            yield entry
        else:
            sentence = _("is that of row {row} too; give each letter its own, or none").format(row=first)
            yield replace(entry, faults=(*entry.faults, ("reference", sentence)))


# --- One row --------------------------------------------------------------------------


def outcome(entry: Entry, job: Job) -> Outcome:
    """What becomes of one entry; nothing that is wrong with it is raised."""
    try:
        letter, found = _reviewed(entry, job)
        if job.final and found.errors:
            return Outcome(entry.row, entry.source, "refused", found.reference, findings=found.findings)
        return _placed(
            Outcome(entry.row, entry.source, "good", found.reference, "", found.findings), letter, job
        )
    except AccordError as error:
        return Outcome(entry.row, entry.source, "refused", findings=_told(error))
    except Exception as error:  # one row must not end the others
        if os.environ.get("ACCORD_DEBUG"):
            raise
        sentence = _("Accord met a fault of its own ({type}) with this row. Please report it.")
        return _failed(entry, sentence.format(type=type(error).__name__))


def _reviewed(entry: Entry, job: Job) -> tuple[Letter, review.Review]:
    deal = _deal(entry, job)
    try:
        letter = compose(deal, job.home, final=job.final, source=entry.source)
    except Gaps:  # the review names each of them
        letter = compose(deal, job.home, source=entry.source)
    return letter, review.review(letter, deal, job.home.house, job.home.path.parent)


def _deal(entry: Entry, job: Job) -> Deal:
    """The deal of an entry; `_Unusable` with all that is wrong, each cell that says nothing clear once."""
    unclear = {key for key, _sentence in entry.faults}
    faults = [(key, sentence) for key, sentence in entry.faults]
    try:
        deal = loader.given_deal(
            entry.data, entry.source, job.home.house, today=job.today, overrides=job.overrides, date=job.date
        )
    except FaultyInput as error:
        faults += [
            (fault.key, fault.sentence) for fault in error.faults if not _stems_from(fault.key, unclear)
        ]
    if faults:
        raise _Unusable(faults)
    return deal


def _stems_from(key: str, unclear: set[str]) -> bool:
    """Whether a fault is that of a cell that was not understood, or of the table that it left empty."""
    return "" in unclear or any(name == key or name.startswith(f"{key}.") for name in unclear)


class _Unusable(AccordError):
    """A row with faults, by key."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__()


def _told(error: AccordError) -> tuple[Finding, ...]:
    """What refused a row, as findings."""
    if isinstance(error, _Unusable):
        return tuple(Finding("input", "error", key, sentence) for key, sentence in error.faults)
    if isinstance(error, LegalHold):
        return review.held(error).findings
    return (Finding("input", "error", "", str(error)),)


def _placed(good: Outcome, letter: Letter, job: Job) -> Outcome:
    """The outcome of a good row once its letter is in the folder, or why it is not."""
    if job.check:
        return good
    path = job.out / f"{letter.file_stem}.pdf"
    try:
        fresh = not typeset.is_made(letter, path) and files.write(
            path, typeset.typeset(letter), force=job.force
        )
    except AccordError as error:
        finding = Finding("output", "error", "", str(error))
        return replace(
            good, verdict="failed", findings=(finding, *good.findings), fatal=isinstance(error, FolderRefuses)
        )
    return replace(good, verdict="written" if fresh else "unchanged", file=str(path))


def _failed(entry: Entry, sentence: str) -> Outcome:
    return Outcome(entry.row, entry.source, "failed", findings=(Finding("program", "error", "", sentence),))


# --- All rows ---------------------------------------------------------------------------


def outcomes(entries: Iterable[Entry], job: Job, processes: int) -> Iterator[Outcome]:
    """What becomes of each entry, in their order; the work is shared by so many processes."""
    if not job.check:
        warm_up()
    remaining = iter(entries)
    while share := list(itertools.islice(remaining, processes * ROWS_OF_A_PROCESS)):
        yield from _of_share(share, job, processes)


def warm_up() -> None:
    """Start the engine, with fonts and hyphenation, for all processes to inherit; `MachineLacks` if it cannot be."""
    engine.load()
    for language in ("fr", "en"):
        typeset.printed(WARM_UP.format(language=language))


def _of_share(entries: list[Entry], job: Job, processes: int) -> Iterator[Outcome]:
    """The outcomes of some entries; if a process dies, those that are left go to new ones.

    The first that is left is then made by a process of its own, so that an
    entry that kills its process is known, and the others are made.
    """
    while entries:
        for made in _by_pool(entries, job, processes):
            yield made
            entries = entries[1:]
        if entries:
            first, *entries = entries
            alone = next(_by_pool([first], job, 1), None)
            yield alone or _failed(
                first, _("The process that made this letter died. Is there enough memory?")
            )


def _by_pool(entries: list[Entry], job: Job, processes: int) -> Iterator[Outcome]:
    """The outcomes of entries, in order, for as long as no process dies."""
    pool = ProcessPoolExecutor(
        min(processes, len(entries)), _context(), initializer=_begin, initargs=(job, i18n.language())
    )
    try:
        for future in [pool.submit(_work, entry) for entry in entries]:
            yield future.result()
    except BrokenExecutor:
        return
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> Any:
    """How to start processes: where the system can, as copies of this one, warm start included."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")


_job: Job


def _begin(job: Job, language: str) -> None:
    """Ready a new process: interrupts are the first one's to answer, and its end ends this one."""
    global _job  # noqa: PLW0603 - one job for the life of the process
    _job = job
    i18n.use(language)
    gc.freeze()  # what came from the first process is not looked through again
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            parent.join()
        os._exit(1)


def _work(entry: Entry) -> Outcome:
    return outcome(entry, _job)


def processes_by_default() -> int:
    """As many processes as this one may use cores."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
