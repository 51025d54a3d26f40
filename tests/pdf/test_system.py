"""What a machine lacks is said in plain words, with the command for that machine."""

import ctypes
import ctypes.util
import os
import platform
import runpy
import sys
from pathlib import Path

import pytest

from accord.pdf import system
from accord.text.fonts import Face
from support.paths import SOURCE
from support.processes import python

SYSTEMS = [
    ("linux", {"ID": "debian"}, "debian"),
    ("linux", {"ID": "ubuntu", "ID_LIKE": "debian"}, "debian"),
    ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
    ("linux", {"ID": "fedora"}, "fedora"),
    ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
    ("linux", {"ID": "arch"}, "other"),
    ("darwin", None, "macos"),
    ("win32", None, "windows"),
    ("linux", None, "other"),
]


@pytest.fixture
def without_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where no shared library can be loaded."""

    def refuse(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _stem: None)


def pretend(monkeypatch: pytest.MonkeyPatch, kernel: str, release: dict[str, str] | None) -> None:
    def read() -> dict[str, str]:
        if release is None:
            raise FileNotFoundError
        return release

    monkeypatch.setattr(sys, "platform", kernel)
    monkeypatch.setattr(platform, "freedesktop_os_release", read)


def test_this_machine_lacks_nothing() -> None:
    assert system.lacks() == ()


@pytest.mark.parametrize(("kernel", "release", "expected"), SYSTEMS)
def test_the_system_is_recognised(
    monkeypatch: pytest.MonkeyPatch, kernel: str, release: dict[str, str] | None, expected: str
) -> None:
    pretend(monkeypatch, kernel, release)
    assert system.system() == expected


@pytest.mark.usefixtures("without_libraries")
@pytest.mark.parametrize(
    ("kernel", "release", "pango", "subset"),
    [
        (
            "linux",
            {"ID": "debian"},
            "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            "sudo apt-get install libharfbuzz-subset0",
        ),
        ("linux", {"ID": "fedora"}, "sudo dnf install pango", "sudo dnf install harfbuzz"),
        ("darwin", None, "brew install pango", "brew install harfbuzz"),
        ("win32", None, system.MSYS2, system.MSYS2),
        (
            "linux",
            {"ID": "arch"},
            "Install Pango 1.44 or later and HarfBuzz with your system's package manager.",
            "Install Pango 1.44 or later and HarfBuzz with your system's package manager.",
        ),
    ],
)
def test_each_system_has_its_command(
    monkeypatch: pytest.MonkeyPatch, kernel: str, release: dict[str, str] | None, pango: str, subset: str
) -> None:
    pretend(monkeypatch, kernel, release)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert [lack.command for lack in system.missing_libraries()] == [pango, subset]


@pytest.mark.usefixtures("without_libraries")
def test_the_sentence_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "linux", {"ID": "debian"})
    pango, subset = system.missing_libraries()
    assert pango.sentence == (
        "Pango, the library that lays out text, is missing or incomplete"
        " (GObject, Pango, PangoFT2, HarfBuzz, Fontconfig)."
    )
    assert subset.sentence == "HarfBuzz Subset, the library that keeps fonts small inside a PDF, is missing."


@pytest.mark.usefixtures("without_libraries")
def test_the_administrator_needs_no_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "linux", {"ID": "debian"})
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert not any(lack.command.startswith("sudo") for lack in system.missing_libraries())


@pytest.mark.usefixtures("without_libraries")
def test_a_library_under_another_name_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda stem: f"elsewhere/{stem}")
    loaded: list[str] = []

    def load(name: str) -> None:
        if not name.startswith("elsewhere/"):
            raise OSError(name)
        loaded.append(name)

    monkeypatch.setattr(ctypes, "CDLL", load)
    assert system.missing_libraries() == ()
    assert "elsewhere/pango-1.0" in loaded
    assert "elsewhere/harfbuzz-subset" in loaded


def test_windows_searches_the_folder_of_msys2(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, "win32", None)
    searched: list[str] = []
    monkeypatch.setattr(system, "MSYS2_LIBRARIES", str(tmp_path))
    monkeypatch.setattr(os, "add_dll_directory", searched.append, raising=False)
    system.missing_libraries()
    assert searched == [str(tmp_path)]


@pytest.mark.parametrize("package", ["font_source_serif_pro", "font_that_nobody_made"])
def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setattr(system, "FACES", (Face("Serif", 400, package, "Nowhere.otf"),))
    (lack,) = system.lacks()
    assert lack.sentence == "The fonts of the letters are missing (Nowhere.otf)."
    assert lack.command.endswith(f"pip install --force-reinstall {package.replace('_', '-')}")


@pytest.mark.usefixtures("without_libraries")
def test_run_by_itself_it_lists_the_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(system.__file__, run_name="__main__")
    assert "HarfBuzz Subset" in capsys.readouterr().out


def test_the_module_runs_before_anything_is_installed(tmp_path: Path) -> None:
    """With no site-packages, and Pango hidden behind a file that is no library."""
    (tmp_path / "libpango-1.0.so.0").touch()
    result = python("-S", "-m", "accord.pdf.system", cwd=SOURCE, LD_LIBRARY_PATH=str(tmp_path), PYTHONPATH="")
    assert result.returncode == 0
    assert result.stdout.startswith("Pango, the library that lays out text, is missing")
    assert result.stderr == ""
