"""Batches on a cluster whose workers and scheduler come and go: no row lost, none doubled, and how to go on said."""

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cloudpickle
import dask
import distributed
import pytest

from accord.batch import row
from accord.batch.backends.cluster import Cluster, on_this_machine
from accord.batch.report import Outcome
from accord.batch.row import Job
from accord.batch.sources import Entry
from accord.errors import AccordError
from support.inputs import TODAY
from support.samples import HOUSE

COUNT = 60
SECONDS_STILL = 8  # longer than a look at a task takes
cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers know no tests


@pytest.fixture(autouse=True)
def workers_soon() -> Iterator[None]:
    """Workers are copies of a process that has loaded what they work with: that takes longer than all their letters."""
    with dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"}):
        context = distributed.utils.get_mp_context()
        context.set_forkserver_preload(["distributed", "accord.batch.backends.cluster", "accord.pdf.engine"])
        yield


def rows() -> list[Entry]:
    return [
        Entry(
            f"{number}",
            f"row {number}",
            {
                "language": "en",
                "prospect": {"name": f"Company {number}"},
                "feature": {"name": "Gift cards"},
                "decline": {"reason": "out-of-scope"},
            },
        )
        for number in range(COUNT)
    ]


def pids(cluster: distributed.LocalCluster) -> list[int]:
    with distributed.Client(cluster) as client:
        return list(client.run(os.getpid).values())


def are_whole(made: list[Outcome], out: Path) -> None:
    """Each row has one outcome, in order, and each letter is a whole PDF."""
    assert [outcome.row for outcome in made] == [f"{number}" for number in range(COUNT)]
    letters = [path.read_bytes() for path in out.iterdir()]
    assert all(letter.startswith(b"%PDF-") and letter.rstrip().endswith(b"%%EOF") for letter in letters)
    assert len(letters) == sum(outcome.verdict == "written" for outcome in made)


def test_workers_that_are_killed_added_and_removed_lose_no_row(tmp_path: Path) -> None:
    made = []
    with on_this_machine(2) as cluster:
        for outcome in Cluster(cluster.scheduler_address).outcomes(rows(), Job(HOUSE, tmp_path, TODAY, {})):
            made.append(outcome)
            if len(made) in {5, 20}:
                os.kill(pids(cluster)[0], signal.SIGKILL)
            if len(made) == 30:
                cluster.scale(3)
            if len(made) == 45:
                cluster.scale(1)
    assert {outcome.verdict for outcome in made} == {"written"}
    are_whole(made, tmp_path)
    print(f"cluster: {COUNT} rows, 2 workers killed, 1 added, 2 removed")


@dataclass
class Deadly(distributed.WorkerPlugin):
    """Has each worker die of some rows, as if its memory had run out."""

    rows: list[str]

    def setup(self, worker: Any) -> None:  # noqa: ARG002 - as Dask calls it
        """Change what it makes rows by."""
        real = row.made

        def made(entry: Entry, job: Job) -> row.Made:
            if entry.row in self.rows:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(entry, job)

        row.made = made


@pytest.mark.parametrize(
    ("workers", "deadly"),
    [
        pytest.param(1, ["37"], id="others of its task lie on the worker that dies"),
        pytest.param(2, ["37", "42"], id="two in tasks beside each other"),
    ],
)
def test_a_row_that_kills_its_worker_is_known_and_the_others_are_made(
    workers: int, deadly: list[str], tmp_path: Path
) -> None:
    with on_this_machine(workers) as cluster:
        with distributed.Client(cluster) as client:
            client.register_plugin(Deadly(deadly))
        address = cluster.scheduler_address
        made = list(Cluster(address).outcomes(rows(), Job(HOUSE, tmp_path, TODAY, {})))
    assert [outcome.row for outcome in made if outcome.verdict == "failed"] == deadly
    are_whole(made, tmp_path)


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask's own command, ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_scheduler_that_goes_away_leaves_whole_letters_and_the_same_command_makes_the_rest(
    tmp_path: Path, free_port: int
) -> None:
    address, job = f"tcp://127.0.0.1:{free_port}", Job(HOUSE, tmp_path, TODAY, {})
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", str(free_port), "--no-dashboard")
    worker = ("worker", address, "--nthreads", "1", "--no-dashboard")
    with started(*scheduler) as first, started(*worker):
        outcomes = Cluster(address).outcomes(rows(), job)
        made = list(itertools.islice(outcomes, 20))
        first.kill()
        with pytest.raises(AccordError, match="the same command makes the rest"):
            made.extend(outcomes)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert 20 <= len(made) == len(before) < COUNT
    with started(*scheduler), started(*worker):
        again = list(Cluster(address).outcomes(rows(), job))
    assert [outcome.verdict for outcome in again[: len(made)]] == ["unchanged"] * len(made)
    assert {path.stat().st_mtime_ns for path in before} == set(before.values())
    assert len(list(tmp_path.iterdir())) == COUNT


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


def test_a_worker_that_stands_still_for_a_while_loses_no_row(tmp_path: Path) -> None:
    made = []
    with on_this_machine(2) as cluster:
        slow = pids(cluster)[0]
        for outcome in Cluster(cluster.scheduler_address).outcomes(rows(), Job(HOUSE, tmp_path, TODAY, {})):
            made.append(outcome)
            if len(made) == 10:
                os.kill(slow, signal.SIGSTOP)
                threading.Timer(SECONDS_STILL, os.kill, (slow, signal.SIGCONT)).start()
    are_whole(made, tmp_path)
