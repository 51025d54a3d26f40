"""Many deals to letters on the workers of a Dask cluster, which share no disk with whoever asks.

Rows travel there and letters back; the house, with its logo, clauses, approvals and
annexes, travels once to each worker.  Whoever asks writes each letter, whole or not
at all, and announces it to the register, as with processes of one machine: a batch
that was interrupted is simply run again.
"""

import contextlib
import functools
import gc
import hashlib
import itertools
import logging
import pickle
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import distributed
from distributed.comm.core import CommClosedError

from accord import files, i18n
from accord.batch import row
from accord.batch.backends import setting
from accord.batch.report import Outcome
from accord.batch.row import Job, Made
from accord.batch.sources import Entry
from accord.clauses import approvals
from accord.clauses.library import Library
from accord.errors import AccordError, in_a_line
from accord.i18n import _
from accord.intake.documents import spelt
from accord.pdf import typeset

LOCAL = "local:"
ROWS_OF_A_TASK = 4
"""A letter takes tenths of a second, a task a millisecond of the scheduler."""
TASKS_AHEAD = 6
"""of each worker, so that none waits while the one that asks writes"""
SECONDS_TO_CONNECT = 20
SECONDS_WITHOUT_WORKERS = 60
SECONDS_BETWEEN_LOOKS = 5

_GONE = (distributed.CancelledError, CommClosedError, OSError)

Part: TypeAlias = tuple[Entry, ...]


class OtherWorker(AccordError):
    """A worker that would set other letters than this machine."""


@dataclass(frozen=True)
class Cluster:
    """The workers of the scheduler at an address such as "tcp://scheduler:8786"; "local:4" starts four here."""

    address: str

    def outcomes(self, entries: Iterable[Entry], job: Job) -> Iterator[Outcome]:
        """What becomes of each entry, in their order.

        `AccordError` where the scheduler cannot be reached or goes away, where no worker is left, and for
        a worker that has another version of what sets letters.
        """
        with _client(self.address) as client:
            _refuse_others(client)
            luggage = _packed(entries, job)
            # A task, not scattered data: whichever workers come and go, it can be had again.
            there = client.submit(bytes, luggage, key=f"accord-{hashlib.sha256(luggage).hexdigest()}")
            try:
                for made in _in_order(client, there, _parts(entries)):
                    yield row.placed(made, job)
            except _GONE:
                sentence = _(
                    "The scheduler {address} is gone. The letters made so far are complete; once it is back, the same"
                    " command makes the rest."
                )
                raise AccordError(sentence.format(address=self.address)) from None


@contextlib.contextmanager
def _client(address: str) -> Iterator[distributed.Client]:
    """A client of the cluster; `AccordError` if there is none at the address, or one without workers."""
    for name in ("distributed", "asyncio"):  # what goes wrong is told in our own words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        try:
            if address.startswith(LOCAL):
                address = stack.enter_context(_here(address)).scheduler_address
            client = stack.enter_context(distributed.Client(address, timeout=SECONDS_TO_CONNECT))
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            sentence = _(
                "{address}: no scheduler with workers answers there; start them (dask scheduler, dask worker),"
                " or correct --cluster"
            )
            raise AccordError(sentence.format(address=address)) from error
        yield client


def _here(address: str) -> distributed.LocalCluster:
    """A cluster of this machine, with as many workers as the address says."""
    count = address.removeprefix(LOCAL)
    if not count.isdecimal() or not int(count):
        raise AccordError(
            _("--cluster {address}: write the number of workers, as in local:4").format(address=address)
        )
    return on_this_machine(int(count))


def on_this_machine(workers: int, *, processes: bool = True) -> distributed.LocalCluster:
    """A scheduler with so many workers on this machine, each in a process of its own or all in this one."""
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=processes,
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # else two on one machine ask for one port
        silence_logs=logging.CRITICAL,
    )


def _refuse_others(client: distributed.Client) -> None:
    """Raise `OtherWorker` for workers that would set other letters, all together."""
    own = setting.versions()
    others = [
        _differing(address, own, theirs)
        for address, theirs in client.run(setting.versions, on_error="return").items()
        if theirs != own
    ]
    if others:
        raise OtherWorker("\n".join(others))


def _differing(address: str, own: Mapping[str, str], theirs: Any) -> str:
    """What a worker has otherwise; all of it where it cannot say."""
    if not isinstance(theirs, Mapping):
        sentence = _(
            "has no Accord that answers ({reason}); install this version there, or remove the worker"
        )
        return in_a_line(address, sentence.format(reason=type(theirs).__name__))
    differing = ", ".join(
        f"{name} {theirs.get(name, '–')} ≠ {own.get(name, '–')}"
        for name in sorted({*own, *theirs})
        if own.get(name) != theirs.get(name)
    )
    sentence = _(
        "would set other letters than this machine ({differing}); install the same there, or remove it"
    )
    return in_a_line(address, sentence.format(differing=differing))


# --- Tasks ------------------------------------------------------------------------


def _parts(entries: Iterable[Entry]) -> Iterator[Part]:
    remaining = iter(entries)
    while part := tuple(itertools.islice(remaining, ROWS_OF_A_TASK)):
        yield part


def _in_order(client: distributed.Client, luggage: Any, parts: Iterator[Part]) -> Iterator[Made]:
    """What is made of all parts, in their order; a bounded number of them are under way at once."""
    own, language = setting.versions(), i18n.language()

    def begun(part: Part) -> distributed.Future:
        return client.submit(work, luggage, part, own, language, pure=False)

    under_way = deque[tuple[Part, distributed.Future]]()
    while True:
        room = max(1, len(client.nthreads())) * TASKS_AHEAD - len(under_way)
        under_way.extend((part, begun(part)) for part in itertools.islice(parts, max(room, 0)))
        if not under_way:
            return
        part, future = under_way.popleft()
        try:
            yield from _result(client, future)
        except distributed.KilledWorker:
            # All that lay on a worker is blamed for its death: only a row that had it alone is known to be the cause.
            for _other, its_future in under_way:
                with contextlib.suppress(distributed.KilledWorker):
                    _result(client, its_future)
            for entry in part:
                yield from _alone(client, entry, begun((entry,)))


def _alone(client: distributed.Client, entry: Entry, future: distributed.Future) -> Sequence[Made]:
    """What is made of a row while no other is under way, so that it is to blame if its worker dies."""
    try:
        return _result(client, future)
    except distributed.KilledWorker:
        sentence = _("The worker that made this letter died, again and again. Is there enough memory?")
        return [Made(row.failed(entry, sentence))]


def _result(client: distributed.Client, future: distributed.Future) -> Sequence[Made]:
    """What is made of a part; `AccordError` where nobody is left to make it."""
    last = time.monotonic()
    while True:
        try:
            answer: list[Made] | Stranger = future.result(timeout=SECONDS_BETWEEN_LOOKS)
        except TimeoutError:
            if client.nthreads():
                last = time.monotonic()
            elif time.monotonic() - last > SECONDS_WITHOUT_WORKERS:
                sentence = _(
                    "No worker is left. The letters made so far are complete; with new workers, the same command makes"
                    " the rest."
                )
                raise AccordError(sentence) from None
        else:
            if isinstance(answer, Stranger):
                raise OtherWorker(_differing(answer.address, setting.versions(), answer.versions))
            return answer


# --- On the worker ----------------------------------------------------------------


@dataclass(frozen=True)
class Stranger:
    """The answer of a worker that would set other letters."""

    address: str
    versions: Mapping[str, str]


def work(luggage: bytes, part: Part, versions: Mapping[str, str], language: str) -> list[Made] | Stranger:
    """What a worker makes of some rows, if it has the same `versions` as the one that asks."""
    own, worker = setting.versions(), distributed.get_worker()
    if own != versions:
        return Stranger(worker.address, own)
    root, job = _unpacked(luggage, worker.local_directory)
    with i18n.speaking(language), _uncollected():
        return [_at_home(row.made(_moved(entry, root), job), root) for entry in part]


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage while letters are made, as with processes; the worker does so afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@functools.lru_cache(maxsize=1)
def _unpacked(luggage: bytes, folder: str) -> tuple[Path, Job]:
    """The job, with its files in a folder of the worker, which ends with it; the root of their paths there."""
    job, contents = pickle.loads(luggage)  # noqa: S301 - from a client of the cluster, whose code Dask runs anyway
    root = Path(folder, hashlib.sha256(luggage).hexdigest())
    for path, content in contents.items():
        place = _under(root, Path(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return root, replace(job, home=replace(job.home, path=_under(root, job.home.path)), library=Library())


def _under(root: Path, path: Path) -> Path:
    return root / path.relative_to(path.anchor)


def _moved(entry: Entry, root: Path) -> Entry:
    return replace(entry, file=str(_under(root, Path(entry.file)))) if entry.file else entry


def _at_home(made: Made, root: Path) -> Made:
    """The same, its files called by their names on the machine that asks."""
    findings = tuple(
        replace(each, sentence=each.sentence.replace(str(root), "")) for each in made.outcome.findings
    )
    return replace(made, outcome=replace(made.outcome, findings=findings))


# --- What travels -----------------------------------------------------------------


def _packed(entries: Iterable[Entry], job: Job) -> bytes:
    """The job and all files that its letters are made from, by their absolute paths."""
    home = replace(job.home, path=job.home.path.absolute())
    paths = [home.path.parent / approvals.FILE, *home.overrides.rglob("*"), *_annexes(entries)]
    contents = {str(path): files.read(path) for path in dict.fromkeys(paths) if path.is_file()}
    there = {path.name: typeset.identifiers_in(path) for path in job.out.glob("*.pdf")}
    plain = replace(job, home=home, announcements=None, library=Library(), there=there)
    return pickle.dumps((plain, contents))


def _annexes(entries: Iterable[Entry]) -> Iterator[Path]:
    for entry in entries:
        annexes = entry.data.get("annex") if entry.file else None
        for annex in annexes if isinstance(annexes, list) else ():
            if isinstance(annex, dict) and isinstance(name := annex.get("file"), str):
                yield spelt(Path(entry.file).absolute().parent, name.strip())
