"""Many deals to letters: several processes that share one warm start.

Each row stands by itself: a wrong one is reported and does not stop the others.  A
letter appears under its name whole or not at all, and one that is there
already is not made again, so a batch that was interrupted is simply run again.
"""

import gc
import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace

from accord import i18n
from accord.batch import row
from accord.batch.report import Outcome
from accord.batch.row import Job
from accord.batch.sources import Entry
from accord.i18n import _
from accord.pdf import engine, typeset

# What a process has set in type stays with it in part: new ones take over after so many rows each.
ROWS_OF_A_PROCESS = 100
WARM_UP = '<html lang="{language}"><head><title>x</title></head><body><p>Anticonstitutionnellement</p></body></html>'


@dataclass(frozen=True)
class Processes:
    """So many processes of this machine."""

    count: int

    def outcomes(self, entries: Iterable[Entry], job: Job) -> Iterator[Outcome]:
        """What becomes of each entry, in their order."""
        remaining = iter(entries)
        known: set[object] = set()
        is_warm = job.check
        while share := list(itertools.islice(remaining, self.count * ROWS_OF_A_PROCESS)):
            # Letters are made in order: where that of the last row is there, so are the others, or nearly all.
            if not is_warm and not row.is_there(share[-1], job):
                warm_up()
                is_warm = True
            if len(share) > self.count:
                rehearse(share, job, known)
            yield from _of_share(share, job, self.count)


def warm_up() -> None:
    """Start the engine, with its fonts, for all processes to inherit; `MachineLacks` if it cannot be."""
    engine.load()
    for language in ("fr", "en"):
        typeset.printed(WARM_UP.format(language=language))


def rehearse(entries: Iterable[Entry], job: Job, known: set[object]) -> None:
    """Compose and review the first letter of each language and kind, for all processes to inherit what that reads.

    The clauses, the phrases of the review, and modules: what each new process would read again for its
    hundred rows takes as long as half of them.  What comes of it is not used; `known` is what needs no more.
    """
    rehearsal = replace(job, check=True, memory=None)
    for entry in entries:
        sort = f"{entry.data.get('language')}", "decline" in entry.data, bool(entry.faults)
        if sort not in known:
            known.add(sort)
            row.outcome(entry, rehearsal)


def _of_share(entries: list[Entry], job: Job, processes: int) -> Iterator[Outcome]:
    """The outcomes of some entries; if a process dies, those that are left go to new ones.

    The first that is left is then made by a process of its own, so that an
    entry that kills its process is known, and the others are made.
    """
    while entries:
        for outcome in _by_pool(entries, job, processes):
            yield outcome
            entries = entries[1:]
        if entries:
            first, *entries = entries
            alone = next(_by_pool([first], job, 1), None)
            yield alone or row.failed(
                first, _("The process that made this letter died. Is there enough memory?")
            )


def _by_pool(entries: list[Entry], job: Job, processes: int) -> Iterator[Outcome]:
    """The outcomes of entries, in order, for as long as no process dies."""
    # Where the system can, processes start as copies of this one, warm start included.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    try:
        pool = ProcessPoolExecutor(
            min(processes, len(entries)),
            multiprocessing.get_context(method),
            initializer=_begin,
            initargs=(job, i18n.language()),
        )
    except OSError:  # the system has no room for what processes share: /dev/shm cannot be written
        for entry in entries:
            yield row.outcome(entry, job)
        return
    try:
        with _interrupts_wait():
            futures = [pool.submit(_work, entry) for entry in entries]
        for future in futures:
            yield future.result()
    except BrokenExecutor:
        return
    finally:
        with _interrupts_wait():
            pool.shutdown(cancel_futures=True)


_job: ContextVar[Job] = ContextVar("job")
"""What a process makes letters of; it stays there, with the clauses that it has read, from row to row."""


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Hold interrupts back while processes start or end, which they would leave half done.

    One that met a process before `_begin` would end it with a traceback, or with a lock in its hands; one
    that met the waiting for their end would have Python take a thread for ended that has yet to end them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(job: Job, language: str) -> None:
    """Ready a new process: interrupts are the first one's to answer, and its end ends this one."""
    _job.set(job)
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
    return row.outcome(entry, _job.get())


def processes_by_default() -> int:
    """As many processes as this one may use cores."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
