"""Batches that are killed, starved, robbed of their folder: no letter is broken, no row is lost, a rerun completes.

`pytest -s tests/test_disasters.py` shows what was tried and what came of it.
ACCORD_KILLS is the number of kills, 20 unless it says otherwise; each is at a
moment that its number decides.
"""

import collections
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support.letters import SAMPLES

ROWS = 24
KILLS = int(os.environ.get("ACCORD_KILLS", "20"))
HEAD = "language,prospect.name,feature.name,decline.reason\n"
SOURCE = HEAD + "".join(f"en,Company {n} Ltd,Gift cards,out-of-scope\n" for n in range(ROWS))
PATIENCE = 60  # seconds; an undisturbed run takes a few
TALLY: collections.Counter[tuple[str, str]] = collections.Counter()


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    yield
    print()
    for (disaster, result), count in sorted(TALLY.items()):
        print(f"| {disaster} | {result} | {count} |")


@dataclass(frozen=True)
class Desk:
    """A folder with a house and a spreadsheet, and what an undisturbed run writes."""

    folder: Path
    out: Path
    letters: dict[str, bytes]
    seconds: float

    def start(self, **how: Any) -> subprocess.Popen[str]:
        """Run the batch in processes of a group of their own."""
        command = (
            sys.executable,
            "-m",
            "generator",
            "batch",
            "deals.csv",
            "--jobs",
            "2",
            "--date",
            "2026-11-23",
        )
        return subprocess.Popen(
            (*command, "-o", str(self.out)),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **how,
        )

    def whole(self) -> list[str]:
        """The letters that are there, each byte for byte as it should be."""
        found = sorted(self.out.glob("*.pdf"))
        for path in found:
            assert path.read_bytes() == self.letters[path.name], path.name
        return [path.name for path in found]

    def completes(self) -> None:
        """Running it again makes what is missing, and nothing else, and leaves what an undisturbed run leaves."""
        there = {name: (self.out / name).stat().st_mtime_ns for name in self.whole()}
        again = self.start()
        _out, said = again.communicate(timeout=PATIENCE)
        assert again.returncode == 0, said
        assert sorted(self.whole()) == sorted(self.letters)
        assert {name: (self.out / name).stat().st_mtime_ns for name in there} == there
        rows = json.loads((self.out / "deals.csv.report.json").read_text("utf-8"))["report"]
        assert [row["row"] for row in rows] == [f"{n}" for n in range(2, ROWS + 2)], "no row is lost"
        assert [row["verdict"] for row in rows].count("unchanged") == len(there)
        assert {path.suffix for path in self.out.iterdir()} == {".pdf", ".csv", ".json"}, (
            "nothing half-written"
        )


def prepared(folder: Path) -> None:
    for name in ("accord.toml", "logo.svg"):
        shutil.copy(SAMPLES / name, folder)
    (folder / "deals.csv").write_text(SOURCE, "utf-8")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    folder = tmp_path_factory.mktemp("undisturbed")
    prepared(folder)
    desk = Desk(folder, folder / "out", {}, 0)
    start = time.perf_counter()
    run = desk.start()
    _out, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, said
    letters = {path.name: path.read_bytes() for path in desk.out.glob("*.pdf")}
    assert len(letters) == ROWS
    return letters, time.perf_counter() - start


@pytest.fixture
def desk(tmp_path: Path, undisturbed: tuple[dict[str, bytes], float]) -> Desk:
    prepared(tmp_path)
    return Desk(tmp_path, tmp_path / "out", *undisturbed)


# --- Kills ------------------------------------------------------------------------


def _group(run: subprocess.Popen[str]) -> None:
    os.killpg(run.pid, signal.SIGKILL)


def _first_process(run: subprocess.Popen[str]) -> None:
    os.kill(run.pid, signal.SIGKILL)


def _one_worker(run: subprocess.Popen[str]) -> None:
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("ascii").split()
    for child in children[:1]:
        os.kill(int(child), signal.SIGKILL)


def _politely(run: subprocess.Popen[str]) -> None:
    os.kill(run.pid, signal.SIGTERM)


def _by_hand(run: subprocess.Popen[str]) -> None:
    os.killpg(run.pid, signal.SIGINT)


BLOWS: dict[str, Callable[[subprocess.Popen[str]], None]] = {
    "kill -9 of all processes": _group,
    "kill -9 of the first process": _first_process,
    "kill -9 of a worker": _one_worker,
    "kill": _politely,
    "Ctrl-C": _by_hand,
}


@pytest.mark.parametrize("blow", BLOWS)
def test_a_kill_at_any_moment_breaks_nothing(blow: str, desk: Desk) -> None:
    hits = 0
    for number in range(KILLS // len(BLOWS)):
        shutil.rmtree(desk.out, ignore_errors=True)
        moment = random.Random(f"{blow} {number}").uniform(0.3, 1) * desk.seconds  # noqa: S311 - to be repeated
        run = desk.start()
        time.sleep(moment)
        with suppress(ProcessLookupError, FileNotFoundError):
            BLOWS[blow](run)
        run.communicate(timeout=PATIENCE)
        made = len(desk.whole())
        hits += 0 < made < ROWS
        if blow == "kill -9 of a worker":
            assert made == ROWS, "the others make its rows"
        TALLY[blow, "none made yet" if not made else "some made" if made < ROWS else "all made"] += 1
        desk.completes()
    TALLY[blow, "whole letters alone, and all of them after a rerun"] += KILLS // len(BLOWS)
    assert hits or KILLS < 50 or blow == "kill -9 of a worker", "no kill came while letters were being made"


# --- Folders and disks ------------------------------------------------------------


@pytest.fixture
def small_disk(desk: Desk) -> Iterator[tuple[str, ...]]:
    """A disk that holds a few letters: one of its own where that may be made; else no file may be large."""
    desk.out.mkdir()
    command = ("mount", "-t", "tmpfs", "-o", "size=300k", "none", str(desk.out))
    if subprocess.run(command, capture_output=True, check=False).returncode:
        yield ()
        return
    yield ("mounted",)
    subprocess.run(("umount", "--lazy", str(desk.out)), check=True)


def _files_of_16_kib() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (16 << 10, 16 << 10))


def test_a_full_disk(desk: Desk, small_disk: tuple[str, ...]) -> None:
    run = desk.start(preexec_fn=None if small_disk else _files_of_16_kib)
    _out, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 2
    assert "deals.csv" not in said, "that is no fault of the rows"
    assert said.count("\n") < 5
    made = desk.whole()
    assert len(made) < ROWS
    assert not list(desk.out.glob(".accord-*"))
    if small_disk:
        assert made
        assert "the disk is full" in said
        subprocess.run(("mount", "-o", "remount,size=10m", str(desk.out)), check=True)
    TALLY["a full disk", "one sentence; complete once there is room"] += 1
    desk.completes()


def test_files_that_may_not_be_large(desk: Desk) -> None:
    run = desk.start(preexec_fn=_files_of_16_kib)
    _out, said = run.communicate(timeout=PATIENCE)
    assert (run.returncode, desk.whole()) == (2, [])
    assert "cannot be written" in said
    TALLY["a limit on the size of files", "one sentence; complete without it"] += 1
    desk.completes()


def test_a_folder_to_read_only(desk: Desk) -> None:
    desk.out.mkdir()
    mounted = not subprocess.run(
        ("mount", "-t", "tmpfs", "-o", "ro", "none", str(desk.out)), capture_output=True, check=False
    ).returncode
    if not mounted:
        desk.out.chmod(0o555)
    try:
        run = desk.start()
        _out, said = run.communicate(timeout=PATIENCE)
        assert run.returncode == 2
        assert "read-only" in said or "may not write" in said
    finally:
        if mounted:
            subprocess.run(("umount", "--lazy", str(desk.out)), check=True)
        else:
            desk.out.chmod(0o755)
    TALLY["a folder to read only", "one sentence; complete once it may be written"] += 1
    desk.completes()


def test_a_folder_that_vanishes(desk: Desk) -> None:
    run = desk.start()
    assert run.stdout is not None
    run.stdout.readline()
    for _time in range(3):
        shutil.rmtree(desk.out, ignore_errors=True)
        time.sleep(0.05)
    run.communicate(timeout=PATIENCE)
    assert len(desk.whole()) < ROWS
    TALLY["a folder that vanishes", "whole letters alone; complete after a rerun"] += 1
    desk.completes()


@pytest.mark.parametrize("change", ["other rows", "gone", "torn"])
def test_a_spreadsheet_that_changes_meanwhile(change: str, desk: Desk) -> None:
    run = desk.start()
    assert run.stdout is not None
    run.stdout.readline()
    source = desk.folder / "deals.csv"
    if change == "gone":
        source.unlink()
    else:
        source.write_text(
            SOURCE.replace("Gift", "Other") if change == "other rows" else SOURCE[:200], "utf-8"
        )
    _out, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, said
    assert len(desk.whole()) == ROWS
    TALLY["a spreadsheet that changes meanwhile", "the letters of the rows as they were"] += 1


def test_two_batches_into_one_folder(desk: Desk) -> None:
    runs = [desk.start(), desk.start()]
    for run in runs:
        _out, said = run.communicate(timeout=PATIENCE)
        assert run.returncode == 0, said
    assert len(desk.whole()) == ROWS
    TALLY["two batches at once", "all letters, both reports whole"] += 1
    desk.completes()


def test_nobody_reads_the_output(desk: Desk) -> None:
    run = desk.start()
    assert run.stdout is not None
    run.stdout.readline()
    run.stdout.close()
    run.stdout = None
    _out, said = run.communicate(timeout=PATIENCE)
    assert (run.returncode, said) == (1, ""), "nobody is told of a folder"
    desk.whole()
    TALLY["nobody reads the output", "complete after a rerun"] += 1
    desk.completes()
