"""What is issued is recorded, whatever happens between the letter and its event."""

import json
import shutil
from pathlib import Path

import pytest

from accord.errors import OutputError
from accord.register.register import Register
from support.cli import run
from support.paths import SAMPLES

DECLINE = "09-fr-refus-hors-marche"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house's folder with a deal, in which people stand."""
    for name in ("accord.toml", "logo.svg", f"{DECLINE}.toml"):
        shutil.copy(SAMPLES / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def listed() -> list[str]:
    return [letter["reference"] for letter in json.loads(run("register", "list", "--json").stdout)["letters"]]


def announced(house: Path) -> list[Path]:
    return list(house.glob(".accord-issued-*"))


def test_a_draft_is_not_recorded(house: Path) -> None:
    assert run("render", f"{DECLINE}.toml").exit_code == 0
    assert not (house / "register.db").exists()


def test_a_final_letter_is_recorded_once(house: Path) -> None:
    for _each in range(2):
        assert run("render", f"{DECLINE}.toml", "--final").exit_code == 0
    assert len(listed()) == 1
    assert not announced(house)
    assert run("register", "check").exit_code == 0


def test_a_batch_of_final_letters_is_recorded(house: Path) -> None:
    (house / "deals").mkdir()
    shutil.copy(f"{DECLINE}.toml", house / "deals")
    assert run("batch", "deals", "--final", "--jobs", "1").exit_code == 0
    assert len(listed()) == 1
    assert not announced(house)


def test_a_letter_that_was_not_written_is_not_recorded(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_files: object, **_options: object) -> None:
        raise OutputError("no room")

    with monkeypatch.context() as patch:
        patch.setattr("accord.files.write_all", refuse)
        assert run("render", f"{DECLINE}.toml", "--final").exit_code == 2
    assert listed() == []
    assert not announced(house)


def test_who_is_stopped_before_the_event_is_recorded_by_the_next_command(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("accord.services.recorder.Records._record", lambda _records: None)
        assert run("render", f"{DECLINE}.toml", "--final").exit_code == 0
    assert announced(house)
    assert len(listed()) == 1
    assert not announced(house)


def test_a_register_that_cannot_be_used_keeps_no_letter_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_REGISTER", "sqlite:////nowhere/at/all/register.db")
    rendered = run("render", f"{DECLINE}.toml", "--final")
    assert rendered.exit_code == 0
    assert "recorded as soon as" in rendered.stderr
    monkeypatch.delenv("ACCORD_REGISTER")
    assert len(listed()) == 1


def test_many_letters_ask_one_open_register(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    really = Register.open
    monkeypatch.setattr(Register, "open", lambda address: (opened.append(address), really(address))[1])
    shutil.copy(SAMPLES / "12-en-decline-market.toml", house)
    assert run("render", f"{DECLINE}.toml", "12-en-decline-market.toml", "--final").exit_code == 0
    assert len(opened) == 2  # to ask before, and to record after
    assert len(listed()) == 2


@pytest.mark.parametrize(
    ("url", "code"), [("postgresql+psycopg://accord@db/accord", 3), ("sqlite:///a.db", 0)]
)
def test_the_doctor_names_what_a_register_on_a_server_needs(
    url: str, code: int, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (house / "accord.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[register]\nurl = "{url}"\n')
    monkeypatch.setattr("accord.pdf.system.lacks", list)
    assert run("doctor").exit_code == 0
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    told = run("doctor")
    assert told.exit_code == code
    assert ('pip install "accord[postgres]"' in told.stdout) == bool(code)
