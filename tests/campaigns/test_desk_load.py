"""The desk under load: twenty people at once on loopback, thousands of requests, and a server that is killed."""

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import pytest

from accord.register.entries import Row, as_data
from accord.register.register import Register
from support import desks, letters
from support.cli import run
from support.registered import ENTRY

PEOPLE = 20
REQUESTS, ROUNDS = 5000, 5
WARM_UP, ALONE = 500, 200
LETTERS = 300
STEM = "01-fr-abonnement"
MOST_SECONDS_OF_A_PAGE, MOST_SECONDS_OF_A_PREVIEW = 1.0, 2.0
"""Medians, on any machine, twenty at once; what a quiet one takes is printed."""
PAUSE = 0.1  # seconds in which a person reads an answer: few
MOST_GROWTH = 12 << 20  # bytes, from the middle to the end


@dataclass
class Server:
    """A desk that answers in a process of its own, and the cookie of whoever was let in."""

    process: subprocess.Popen[str]
    host: str
    cookie: str

    @property
    def memory(self) -> int:
        """What it holds in memory, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) << 10


@dataclass
class Visitor:
    """One person's browser: a connection that is kept, the answers in seconds by kind."""

    server: Server
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(self.server.host, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.connection.close()

    def ask(self, kind: str, path: str, body: str | None = None) -> int:
        """The status of an answer, which is read to its end."""
        headers = {"Cookie": self.server.cookie, "Accept-Language": "fr"}
        if body is not None:
            headers |= {"Origin": f"http://{self.server.host}", "Sec-Fetch-Site": "same-origin"}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        self.connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        self.seconds.setdefault(kind, []).append(time.monotonic() - began)
        return answer.status


@contextmanager
def serving(house: Path) -> Iterator[Server]:
    """Start `accord desk` on a free port and let one in."""
    command = [sys.executable, "-m", "accord", "desk", "--no-browser", "--out", "letters"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=house.parent, env={**os.environ, "ACCORD_LANG": "en"}
    ) as process:
        try:
            assert process.stdout
            host, token = re.findall(r"http://([^/]+)/\?token=(\S+)", process.stdout.readline())[0]
            connection = http.client.HTTPConnection(host, timeout=60)
            connection.request("GET", f"/?token={token}")
            cookie = connection.getresponse().headers["set-cookie"].partition(";")[0]
            connection.close()
            yield Server(process, host, cookie)
        finally:
            process.kill()


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The sample house with one letter of its own, and hundreds that only the register knows."""
    house = desks.house(tmp_path, (STEM,))
    house.write_text(house.read_text("utf-8") + "\n[capacity]\ndays_per_month = 20\n", "utf-8")
    register = Register.open(f"sqlite:///{tmp_path / 'register.db'}")
    register.replace(
        (
            Row(
                name,
                "issued",
                as_data(replace(ENTRY, reference=name, prospect=f"Atelier {number}", effort=3)),
            )
            for number, name in enumerate(map(reference, range(LETTERS)))
        ),
        actor="mina",
        time=desks.NOW,
        force=False,
    )
    register.close()
    assert run("register", "add", tmp_path / f"letters/{STEM}.pdf", "--house", house).exit_code == 0
    mine = letters.sample(STEM).reference
    assert run("follow", "signed", mine, "--on", "2026-12-01", "--house", house).exit_code == 0
    return house


def reference(number: int) -> str:
    return f"AP-20261113-{number:05d}"


def all_at_once(server: Server, requests: int, one: Callable[[Visitor, int], int]) -> list[Visitor]:
    """So many requests of twenty people at once; every answer is as it should be."""
    visitors, wrong = [Visitor(server) for _person in range(PEOPLE)], list[object]()

    def visit(place: int) -> None:
        try:
            with visitors[place] as visitor:
                for number in range(place, requests, PEOPLE):
                    status = one(visitor, number)
                    time.sleep(PAUSE)
                    if status != http.client.OK:
                        wrong.append((number, status))
        except OSError as error:
            wrong.append(error)

    threads = [threading.Thread(target=visit, args=(place,)) for place in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    return visitors


def a_page(visitor: Visitor, number: int) -> int:
    """One of the pages that people look at, and now and then a document before it is issued."""
    mine = letters.sample(STEM).reference
    paths = (
        ("page", "/"),
        ("page", f"/?text=atelier+{number % 90}"),
        ("page", f"/letters/{reference(number % LETTERS)}"),
        ("page", f"/letters/{mine}/steps/signed"),
        ("page", f"/letters/{mine}?outcome=silent"),
        ("page", "/static/desk.css"),
        ("page", "/?page=3&state=issued"),
        ("page", "/house"),
    )
    turn = number + number // PEOPLE  # so that each person sees each page
    if turn % 10 == 0:
        return visitor.ask("preview", f"/letters/{mine}/steps/delivered/document.html?on=2026-12-02")
    return visitor.ask(*paths[turn % len(paths)])


def test_twenty_people_are_served_without_an_error_and_memory_is_steady(
    house: Path, record_property: Callable[[str, object], None]
) -> None:
    with serving(house) as server:
        all_at_once(server, WARM_UP, a_page)
        memory, visitors = [server.memory], list[Visitor]()
        for _round in range(ROUNDS):
            visitors += all_at_once(server, REQUESTS // ROUNDS, a_page)
            memory.append(server.memory)
        with Visitor(server) as alone:
            for number in range(ALONE):
                a_page(alone, number)
    for kind, most in (("page", MOST_SECONDS_OF_A_PAGE), ("preview", MOST_SECONDS_OF_A_PREVIEW)):
        together = statistics.median(each for visitor in visitors for each in visitor.seconds.get(kind, ()))
        one = statistics.median(alone.seconds[kind])
        record_property(kind, together)
        print(f"{kind}: {1000 * together:.0f} ms, twenty at once; {1000 * one:.0f} ms, alone")
        assert together < most
    print("memory, MiB:", *(each >> 20 for each in memory))
    assert (
        memory[-1] - memory[ROUNDS // 2] < MOST_GROWTH
    )  # the first thousands fill caches and the arenas of threads


def test_a_killed_server_loses_nothing_that_it_has_answered(house: Path) -> None:
    recorded: list[str] = []

    def sign(place: int) -> None:
        with Visitor(server) as visitor, suppress(OSError, http.client.HTTPException):
            for number in range(place, LETTERS, PEOPLE):
                step = f"/letters/{reference(number)}/steps/signed"
                if visitor.ask("step", step, "seen=0&on=2026-12-01") == http.client.SEE_OTHER:
                    recorded.append(reference(number))

    with serving(house) as server:
        threads = [threading.Thread(target=sign, args=(place,)) for place in range(PEOPLE)]
        for thread in threads:
            thread.start()
        while len(recorded) < LETTERS // 4 and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
        server.process.send_signal(signal.SIGKILL)
        for thread in threads:
            thread.join()
    assert LETTERS // 4 <= len(recorded) < LETTERS
    with serving(house) as server, Visitor(server) as visitor:
        assert visitor.ask("page", "/") == http.client.OK
    register = Register.open(f"sqlite:///{house.parent / 'register.db'}")
    signed = {each.entry.reference for each in register.histories() if each.steps}
    faults = register.faults()
    register.close()
    assert {*recorded} <= signed
    assert faults == []
