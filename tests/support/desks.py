"""The desk on the sample house: spoken to within the process, or served to a real browser."""

import datetime
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from accord.desk.app import application
from accord.desk.desk import Desk, Person, Role
from accord.desk.guard import Keys, Proxy
from accord.desk.server import config_of
from support import letters
from support.paths import SAMPLES

NOW = datetime.datetime(2026, 11, 29, 9, 0, tzinfo=datetime.UTC)
ORIGIN = "http://127.0.0.1:8710"


def house(folder: Path, stems: tuple[str, ...] = ()) -> Path:
    """A folder with the sample house and some of its final letters, which are not recorded yet; its accord.toml."""
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    (folder / "letters").mkdir(exist_ok=True)
    for stem in stems:
        (folder / "letters" / f"{stem}.pdf").write_bytes(letters.pdf(stem))
    return folder / "accord.toml"


def desk_of(house: Path, address: str | None = None, person: Person | None = None) -> Desk:
    """A desk for a house, on a fixed day, for one person."""
    return Desk(house, house.parent / "letters", address, lambda: NOW, person or Person("mina"))


def client(desk: Desk, language: str = "en") -> TestClient:
    """A browser without scripts, let in, whose requests come from pages of the desk."""
    keys = Keys()
    browser = TestClient(
        application(desk, [ORIGIN], keys),
        base_url=ORIGIN,
        headers={"accept-language": language, "origin": ORIGIN, "sec-fetch-site": "same-origin"},
    )
    assert browser.get(f"/?token={keys.token}", follow_redirects=False).status_code == 303
    return browser


def stranger(desk: Desk) -> TestClient:
    """A browser that nobody let in."""
    return TestClient(application(desk, [ORIGIN], Keys()), base_url=ORIGIN, headers={"origin": ORIGIN})


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """Serve a desk on loopback; the address that lets one in."""
    keys = Keys()
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        origin = f"http://127.0.0.1:{bound.getsockname()[1]}"
        server = uvicorn.Server(config_of(application(desk, [origin], keys)))
        thread = threading.Thread(target=lambda: server.run(sockets=[bound]), daemon=True)
        thread.start()
        try:
            yield f"{origin}/?token={keys.token}"
        finally:
            server.should_exit = True
            thread.join()


PASSWORD = "three words or more"  # noqa: S105 - of nobody


def team(house: Path, address: str | None = None, /, **roles: Role) -> Desk:
    """A desk of people with accounts, whose passwords are hashed fast, by their names and roles."""
    desk = Desk(house, house.parent / "letters", address, lambda: NOW, None)
    desk.accounts._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    for name, role in roles.items():
        desk.accounts.accept(desk.accounts.invite(name, role, "somebody"), PASSWORD, PASSWORD)
    return desk


def visitor(desk: Desk, origin: str = ORIGIN, proxy: Proxy | None = None, **options: Any) -> TestClient:
    """A browser without scripts that nobody has signed in with."""
    return TestClient(
        application(desk, [origin], proxy=proxy),
        base_url=origin,
        headers={"accept-language": "en", "origin": origin, "sec-fetch-site": "same-origin"},
        **options,
    )


def member(desk: Desk, name: str) -> TestClient:
    """The browser of one of a team."""
    browser = visitor(desk)
    sent = {"name": name, "password": PASSWORD}
    assert browser.post("/sign-in", data=sent, follow_redirects=False).status_code == 303
    return browser
