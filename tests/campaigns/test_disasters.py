"""Batches that are killed, starved, robbed of their folder: no letter is broken, no row is lost, a rerun completes.

ACCORD_KILLS is the number of kills, 10 unless it says otherwise.  Half of them
come at a moment of the run that their number decides, half once so many letters
are made as it says: those find letters being made, however fast the machine.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support import cli
from support.campaign import Tried
from support.paths import SAMPLES
from support.processes import PATIENCE

ROWS = 12
KILLS = int(os.environ.get("ACCORD_KILLS", "10"))
HEAD = "language,prospect.name,feature.name,decline.reason\n"
SOURCE = HEAD + "".join(f"en,Company {n} Ltd,Gift cards,out-of-scope\n" for n in range(ROWS))
Batch = subprocess.Popen[str]


@dataclass(frozen=True)
class Desk:
    """A folder with a house and a spreadsheet, and what an undisturbed run writes."""

    folder: Path
    out: Path
    letters: dict[str, bytes]
    seconds: float

    def start(self, **how: Any) -> Batch:
        """Run the batch in processes of a group of their own."""
        return cli.start(*self._command(jobs=2), cwd=self.folder, **how)

    def _command(self, jobs: int) -> tuple[str | Path, ...]:
        return "batch", "deals.csv", "--jobs", f"{jobs}", "--date", "2026-11-23", "-o", self.out

    def whole(self) -> list[str]:
        """The letters that are there, each byte for byte as it should be."""
        found = sorted(self.out.glob("*.pdf"))
        for path in found:
            assert path.read_bytes() == self.letters[path.name], path.name
        return [path.name for path in found]

    def completes(self) -> None:
        """Running it again makes what is missing, and nothing else, and leaves what an undisturbed run leaves.

        It runs in this process, which has loaded the program.
        """
        there = {name: (self.out / name).stat().st_mtime_ns for name in self.whole()}
        with chdir(self.folder):
            again = cli.run(*self._command(jobs=1))
        assert again.exit_code == 0, again.output
        assert sorted(self.whole()) == sorted(self.letters)
        assert {name: (self.out / name).stat().st_mtime_ns for name in there} == there
        rows = json.loads((self.out / "deals.csv.report.json").read_text("utf-8"))["report"]
        assert [row["row"] for row in rows] == [f"{n}" for n in range(2, ROWS + 2)], "no row is lost"
        assert [row["verdict"] for row in rows].count("unchanged") == len(there)
        assert {path.suffix for path in self.out.iterdir()} == {".pdf", ".csv", ".json"}, (
            "nothing half-written"
        )


def read(run: Batch, letters: int) -> None:
    """Wait until so many letters are made: each is printed then."""
    assert run.stdout is not None
    for _letter in range(letters):
        assert run.stdout.readline()


def prepared(folder: Path) -> None:
    for name in ("accord.toml", "logo.svg"):
        shutil.copy(SAMPLES / name, folder)
    (folder / "deals.csv").write_text(SOURCE, "utf-8")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    folder = tmp_path_factory.mktemp("undisturbed")
    prepared(folder)
    desk = Desk(folder, folder / "out", {}, 0)
    began = time.perf_counter()
    run = desk.start()
    _out, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, said
    letters = {path.name: path.read_bytes() for path in desk.out.glob("*.pdf")}
    assert len(letters) == ROWS
    return letters, time.perf_counter() - began


@pytest.fixture
def desk(tmp_path: Path, undisturbed: tuple[dict[str, bytes], float]) -> Desk:
    prepared(tmp_path)
    return Desk(tmp_path, tmp_path / "out", *undisturbed)


# --- Kills ------------------------------------------------------------------------


def _group(run: Batch) -> None:
    os.killpg(run.pid, signal.SIGKILL)


def _first_process(run: Batch) -> None:
    run.kill()


def _one_worker(run: Batch) -> None:
    child, *_others = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("ascii").split()
    os.kill(int(child), signal.SIGKILL)


def _politely(run: Batch) -> None:
    run.terminate()


def _by_hand(run: Batch) -> None:
    os.killpg(run.pid, signal.SIGINT)


BLOWS: dict[str, Callable[[Batch], None]] = {
    "kill -9 of all processes": _group,
    "kill -9 of the first process": _first_process,
    "kill -9 of a worker": _one_worker,
    "kill": _politely,
    "Ctrl-C": _by_hand,
}


def assert_whole(blow: str, desk: Desk, tried: Tried) -> int:
    """Whole letters alone are left, and a rerun makes the others; how many are left."""
    made = len(desk.whole())
    if blow == "kill -9 of a worker":
        assert made == ROWS, "the others make its rows"
    tried(blow, "none made yet" if not made else "some made" if made < ROWS else "all made")
    desk.completes()
    return made


@pytest.mark.parametrize("number", range(KILLS // 2 // len(BLOWS)))
@pytest.mark.parametrize("blow", BLOWS)
def test_a_kill_at_any_moment_breaks_nothing(blow: str, number: int, desk: Desk, tried: Tried) -> None:
    moment = random.Random(f"{blow} {number}").uniform(0.3, 1) * desk.seconds  # noqa: S311 - to be repeated
    run = desk.start()
    time.sleep(moment)
    with suppress(OSError, ValueError):  # there may be no worker yet, or nothing any more
        BLOWS[blow](run)
    run.communicate(timeout=PATIENCE)
    assert_whole(blow, desk, tried)


@pytest.mark.parametrize("number", range(KILLS // 2 // len(BLOWS)))
@pytest.mark.parametrize("blow", BLOWS)
def test_a_kill_while_letters_are_made_breaks_nothing(
    blow: str, number: int, desk: Desk, tried: Tried
) -> None:
    made_before = 1 + number % (ROWS // 2)
    run = desk.start()
    read(run, made_before)
    BLOWS[blow](run)
    run.communicate(timeout=PATIENCE)
    made = assert_whole(blow, desk, tried)
    assert made_before <= made
    if blow != "kill -9 of a worker":
        assert made < ROWS, "the kill came in time"


# --- Folders and disks ------------------------------------------------------------


@pytest.fixture
def small_disk(desk: Desk) -> Iterator[tuple[str, ...]]:
    """A disk that holds a few letters: one of its own where that may be made; else no file may be large."""
    desk.out.mkdir()
    command = ("mount", "-t", "tmpfs", "-o", "size=200k", "none", str(desk.out))
    if subprocess.run(command, capture_output=True, check=False).returncode:
        yield ()
        return
    yield ("mounted",)
    subprocess.run(("umount", "--lazy", str(desk.out)), check=True)


def _files_of_16_kib() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (16 << 10, 16 << 10))


def test_a_full_disk(desk: Desk, small_disk: tuple[str, ...], tried: Tried) -> None:
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
    tried("a full disk", "complete after a rerun")
    desk.completes()


def test_files_that_may_not_be_large(desk: Desk, tried: Tried) -> None:
    run = desk.start(preexec_fn=_files_of_16_kib)
    _out, said = run.communicate(timeout=PATIENCE)
    assert (run.returncode, desk.whole()) == (2, [])
    assert "cannot be written" in said
    tried("a limit on the size of files", "complete after a rerun")
    desk.completes()


def test_a_folder_to_read_only(desk: Desk, tried: Tried) -> None:
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
    tried("a folder to read only", "complete after a rerun")
    desk.completes()


def test_a_folder_that_vanishes(desk: Desk, tried: Tried) -> None:
    run = desk.start()
    read(run, 1)
    for _time in range(3):
        shutil.rmtree(desk.out, ignore_errors=True)
        time.sleep(0.05)
    run.communicate(timeout=PATIENCE)
    assert len(desk.whole()) < ROWS
    tried("a folder that vanishes", "complete after a rerun")
    desk.completes()


@pytest.mark.parametrize("change", ["other rows", "gone", "torn"])
def test_a_spreadsheet_that_changes_meanwhile(change: str, desk: Desk, tried: Tried) -> None:
    run = desk.start()
    read(run, 1)
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
    tried("a spreadsheet that changes meanwhile", "complete")


def test_two_batches_into_one_folder(desk: Desk, tried: Tried) -> None:
    runs = [desk.start(), desk.start()]
    for run in runs:
        _out, said = run.communicate(timeout=PATIENCE)
        assert run.returncode == 0, said
    assert len(desk.whole()) == ROWS
    tried("two batches at once", "complete")
    desk.completes()


def test_nobody_reads_the_output(desk: Desk, tried: Tried) -> None:
    run = desk.start()
    read(run, 1)
    assert run.stdout is not None
    run.stdout.close()
    run.stdout = None
    _out, said = run.communicate(timeout=PATIENCE)
    assert (run.returncode, said) == (1, ""), "nobody is told of a folder"
    desk.whole()
    tried("nobody reads the output", "complete after a rerun")
    desk.completes()
