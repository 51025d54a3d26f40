"""Killed at any moment, without room on the disk, two at once: no event lost or doubled, no document without its event.

The program runs in forks of this process.  In each, the calls of functions are counted from the moment
on at which something is announced or recorded, and at a seeded one of them the process kills itself.
"""

import contextlib
import datetime
import functools
import json
import os
import random
import resource
import shutil
import signal
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from accord.pdf import typeset
from accord.register.register import Register
from accord.services import step_document
from accord.services.announcements import Announcements
from support import letters, postgres
from support.campaign import Tried
from support.cli import run
from support.paths import SAMPLES

CONDITIONAL, DECLINE = "01-fr-abonnement", "09-fr-refus-hors-marche"
REFERENCE = letters.sample(CONDITIONAL).reference
KILLS = {"sqlite": 25, "postgresql": 9}  # of each command: a hundred in all, one in each part of its run
COMMANDS: dict[str, tuple[str, ...]] = {
    "a step with its document": ("follow", "delivered", REFERENCE, "--on", "2027-02-15"),
    "a step alone": ("follow", "withdrawn", REFERENCE, "--on", "2026-11-30"),
    "a letter": ("render", f"{DECLINE}.toml", "--final"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same letter is composed and set in type once: that it may be killed there too shows nothing more."""
    monkeypatch.setattr("accord.cli.options.today", lambda: datetime.date(2026, 11, 29))
    make, setting = step_document.final_letter, typeset.typeset
    made: dict[str, Any] = {}
    monkeypatch.setattr(
        step_document,
        "final_letter",
        lambda *given, **named: made.get("step") or made.setdefault("step", make(*given, **named)),
    )
    monkeypatch.setattr(
        typeset,
        "typeset",
        lambda letter: made.get(letter.file_stem) or made.setdefault(letter.file_stem, setting(letter)),
    )


@dataclass
class Desk:
    """A house's folder with a letter on record, and how to have it again as it was."""

    folder: Path
    renew: Callable[[], None]

    def forked(self, command: tuple[str, ...], prepare: Callable[[], object] = lambda: None) -> int:
        """Start a command in a fork; the number of its process."""
        child = os.fork()
        if child == 0:
            try:
                prepare()
                code = run(*command).exit_code
            finally:
                with contextlib.suppress(BaseException):
                    sys.setprofile(None)
                os._exit(code)
        return child

    def ended(self, child: int) -> int:
        """How a process ended: its exit code, or minus the signal."""
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def events(self) -> list[dict[str, Any]]:
        """What is on record after the next command; that all is whole."""
        exported = run("register", "export")
        assert exported.exit_code == 0, exported.output
        checked = run("register", "check")
        assert checked.exit_code == 0, checked.output
        assert not list(self.folder.glob(".accord-issued-*"))
        events = [json.loads(line) for line in exported.stdout.splitlines()]
        on_record = [event["data"]["document"] for event in events if "document" in event["data"]]
        on_record += [event["data"]["path"] for event in events if event["event"] == "issued"]
        on_disk = [path.name for path in self.folder.glob("**/*-????.pdf")]
        assert sorted(Path(path).name for path in on_record) == sorted(on_disk)
        return events


@pytest.fixture(params=KILLS)
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """On SQLite, and on a server of one's own."""
    template, folder = tmp_path / "template", tmp_path / "house"
    template.mkdir()
    for name in ("accord.toml", "logo.svg", f"{DECLINE}.toml"):
        shutil.copy(SAMPLES / name, template)
    (template / f"{letters.sample(CONDITIONAL).file_stem}.pdf").write_bytes(letters.pdf(CONDITIONAL))
    names = {kind: f"k{uuid.uuid4().hex}" for kind in ("template", "copy")}

    def renew() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)
        os.chdir(folder)
        if request.param == "postgresql":
            execute(f"DROP DATABASE IF EXISTS {names['copy']} WITH (FORCE)")
            execute(f"CREATE DATABASE {names['copy']} TEMPLATE {names['template']}")

    def execute(statement: str) -> None:
        engine = create_engine(place.format(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    monkeypatch.chdir(template)
    if request.param == "postgresql":
        place = request.getfixturevalue("server")
        execute(f"CREATE DATABASE {names['template']}")
        monkeypatch.setenv("ACCORD_REGISTER", place.format(database=names["template"]))
    added = run("register", "add", *template.glob("*.pdf"))
    assert added.exit_code == 0, added.output
    if request.param == "postgresql":
        monkeypatch.setenv("ACCORD_REGISTER", place.format(database=names["copy"]))
    return Desk(folder, renew)


# --- Killed ---------------------------------------------------------------------------


def kill_at(number: int, watched: Callable[[int], None] = lambda _count: None) -> None:
    """Kill this process at a call of a function, counted from the first that announces or records something."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}
        if counted == number:
            os.kill(os.getpid(), signal.SIGKILL)
        watched(counted)

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def counted_from_here(*given: Any, **named: Any) -> Any:
            sys.setprofile(count)
            return function(*given, **named)

        return counted_from_here

    for owner, name in ((Announcements, "_write"), (Register, "add")):
        setattr(owner, name, counting(getattr(owner, name)))


def calls_of(desk: Desk, command: tuple[str, ...]) -> int:
    """How many calls there are until its end."""
    desk.renew()
    read, write = os.pipe()
    last = 0

    def watched(count: int) -> None:
        nonlocal last
        last = count

    def run_and_tell() -> None:
        kill_at(-1, watched)
        run(*command)
        sys.setprofile(None)
        os.write(write, f"{last}".encode())
        os._exit(0)

    desk.ended(desk.forked((), run_and_tell))
    return int(os.read(read, 20))


def prepared(command: tuple[str, ...]) -> None:
    """What has to be on record before it."""
    if command[1] == "delivered":
        assert run("follow", "signed", REFERENCE, "--on", "2026-11-30").exit_code == 0


def test_killed_at_any_moment(desk: Desk, tried: Tried, request: pytest.FixtureRequest) -> None:
    """Half of the time, whoever makes good is killed too."""
    database = request.node.callspec.params["desk"]
    for kind, command in COMMANDS.items():
        desk.renew()
        prepared(command)
        run(*command)  # once here, so that the forks find what is slow to make
        expected = len(desk.events())
        renew = desk.renew
        desk.renew = lambda renew=renew, command=command: (renew(), prepared(command))  # type: ignore[misc,assignment]
        calls = calls_of(desk, command)
        for seed in range(KILLS[database]):
            chosen = random.Random(f"{kind} {seed}")  # noqa: S311 - to be the same again
            desk.renew()
            moment = 1 + int(calls * (seed + chosen.random()) / KILLS[database])
            ended = desk.ended(desk.forked(command, functools.partial(kill_at, moment)))
            if seed % 2:
                again = functools.partial(kill_at, chosen.randint(1, calls // 2))
                desk.ended(desk.forked(("register", "list", "--json"), again))
            found = len(desk.events())
            assert found in {expected - 1, expected}
            repeated = run(*command)
            assert repeated.exit_code in ({0, 1} if found == expected else {0})
            assert len(desk.events()) == expected
            outcome = "whole, its event made good or kept" if found == expected else "whole, nothing was done"
            tried(f"{database}, {kind}, {'killed' if ended < 0 else 'ended before'}", outcome)
        desk.renew = renew


# --- Without room; two at once -----------------------------------------------------------


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_without_room_on_the_disk(desk: Desk, tried: Tried) -> None:
    """No file may grow beyond a size: the announcement, the document or the register finds no room."""
    command = COMMANDS["a step with its document"]
    for seed in range(16):
        desk.renew()
        prepared(command)
        most = random.Random(seed).choice((0, 100, 4 << 10, 20 << 10, 64 << 10, 256 << 10, 1 << 20))  # noqa: S311
        ended = desk.ended(
            desk.forked(command, lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))  # type: ignore[misc]
        )
        found = desk.events()
        tried(f"room for {most >> 10} KiB", f"whole, exit code {ended}, {len(found)} events")
        assert ended in {0, 2}
        run(*command)
        assert [event["event"] for event in desk.events()] == ["issued", "signed", "delivered"]


def test_two_people_follow_one_letter_at_once(desk: Desk, tried: Tried) -> None:
    command = COMMANDS["a step with its document"]
    for _seed in range(8):
        desk.renew()
        prepared(command)
        children = [desk.forked(command) for _person in range(2)]
        ended = sorted(map(desk.ended, children))
        assert ended == [0, 1]
        assert [event["event"] for event in desk.events()] == ["issued", "signed", "delivered"]
        tried("two at once", "one recorded, one refused")
