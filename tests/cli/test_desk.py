"""`accord desk` as a command: its address, its port, its end."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.desk import server
from support.cli import run
from support.inputs import SHORT_HOUSE


@pytest.fixture
def busy() -> Iterator[int]:
    """A port of this machine that somebody has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.usefixtures("desk")
def test_a_port_that_is_taken_is_refused_by_its_number(busy: int) -> None:
    refused = run("desk", "--no-browser", "--port", str(busy))
    assert refused.exit_code == 2
    assert f"Port {busy} cannot be used" in refused.stderr


def test_without_a_port_another_one_is_found(monkeypatch: pytest.MonkeyPatch, busy: int) -> None:
    monkeypatch.setattr(server, "USUAL_PORT", busy)
    with server._bound_here(None) as bound:
        assert bound.getsockname()[1] != busy


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_the_address_answers_until_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "accord.toml").write_text(SHORT_HOUSE, "utf-8")
    command = [sys.executable, "-m", "accord", "desk", "--no-browser"]
    started = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert started.stdout
    address = started.stdout.readline().strip()
    with pytest.raises(urllib.error.HTTPError) as wrong:
        urllib.request.urlopen(address.partition("?")[0])  # noqa: S310 - ours
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(address) as page:
        assert b"Novalys" in page.read()
    started.send_signal(signal.SIGINT)
    _rest, told = started.communicate(timeout=20)
    wrong.value.close()
    assert wrong.value.code == 401
    assert (started.returncode, told) == (0, "The desk is closed.\n")


@pytest.mark.usefixtures("desk")
def test_without_its_libraries_the_command_names_what_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("accord.desk", "uvicorn"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    lacking = run("desk", "--no-browser")
    assert lacking.exit_code == 3
    assert 'pip install "accord[desk]"' in lacking.stderr
    assert 'pip install "accord[desk]"' in run("doctor").stdout


@pytest.mark.usefixtures("desk")
def test_a_team_needs_its_library_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "accord.desk.accounts", raising=False)
    monkeypatch.setitem(sys.modules, "argon2", None)
    lacking = run("desk", "--url", "https://desk.example", "--invite", "Claire")
    assert lacking.exit_code == 3
    assert 'pip install "accord[desk]"' in lacking.stderr
