"""Where the user of the command line stands."""

import shutil
from pathlib import Path

import pytest

from accord.cli import prompts
from accord.services import output
from support.inputs import SHORT_HOUSE
from support.paths import SAMPLES


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the user in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def desk(here: Path) -> Path:
    """A folder with a small house, and the user in it."""
    (here / "accord.toml").write_text(SHORT_HOUSE, "utf-8")
    return here


@pytest.fixture
def sample_desk(here: Path) -> Path:
    """A folder with the house of the samples, and the user in it."""
    for name in ("accord.toml", "logo.svg"):
        shutil.copy(SAMPLES / name, here)
    return here


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user is at a terminal; what is typed comes from the test."""
    monkeypatch.setattr(prompts, "on_terminal", lambda: True)


@pytest.fixture
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters that are not set in type, for speed; the whole way is walked elsewhere."""
    monkeypatch.setattr(
        output, "rendered", lambda letter, form="pdf": f"{letter.reference} as {form}".encode()
    )
