"""The system libraries and fonts that this machine lacks, with the command that installs them.

The libraries are loaded under the names that WeasyPrint tries, without
importing WeasyPrint, which cannot be imported where one is missing.  Nothing
here needs an installed package: `python3 -m accord.pdf.system` lists the
missing libraries on a machine where Accord is yet to be installed.
"""

import ctypes
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from accord.errors import MachineLacks
from accord.i18n import _
from accord.text.fonts import FACES, Face

System = Literal["debian", "fedora", "macos", "windows", "other"]


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: a whole sentence, and the command that installs it."""

    sentence: str
    command: str


@dataclass(frozen=True)
class Library:
    """A shared library: its name to people, and its files on Linux, macOS and Windows."""

    name: str
    files: tuple[str, ...]

    def loads(self) -> bool:
        """Whether this machine can load it, if need be under the name that the system's own search gives it."""
        if any(map(_loads, self.files)):
            return True
        from ctypes.util import find_library  # noqa: PLC0415 - slow, and rarely needed

        file = find_library(self.files[0].removeprefix("lib").partition(".so")[0])
        return file is not None and _loads(file)


def _loads(file: str) -> bool:
    with suppress(OSError):
        ctypes.CDLL(file)
        return True
    return False


PANGO = (
    Library("GObject", ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll")),
    Library("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")),
    Library("PangoFT2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")),
    Library("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")),
    Library("Fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")),
)
SUBSET = Library(
    "HarfBuzz Subset", ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
)

# On Windows the libraries come with MSYS2; WeasyPrint searches this folder by itself.
MSYS2_LIBRARIES = r"C:\msys64\ucrt64\bin"
MSYS2 = (
    "winget install --exact --id MSYS2.MSYS2\n"
    r"C:\msys64\usr\bin\bash -lc 'pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango'"
)
PANGO_COMMANDS: Mapping[System, str] = {
    "debian": "apt-get install libpango-1.0-0 libpangoft2-1.0-0",
    "fedora": "dnf install pango",
    "macos": "brew install pango",
    "windows": MSYS2,
}
SUBSET_COMMANDS: Mapping[System, str] = {
    "debian": "apt-get install libharfbuzz-subset0",
    "fedora": "dnf install harfbuzz",
    "macos": "brew install harfbuzz",
    "windows": MSYS2,
}


def lacks() -> tuple[Lack, ...]:
    """All that is missing for setting a letter; empty on a machine that is ready."""
    return (*missing_libraries(), *_missing_fonts())


def missing_libraries() -> tuple[Lack, ...]:
    """The system libraries that are missing, in at most two sentences."""
    if sys.platform == "win32" and Path(MSYS2_LIBRARIES).is_dir():
        os.add_dll_directory(MSYS2_LIBRARIES)
    pango = _("Pango, the library that lays out text, is missing or incomplete ({libraries}).")
    subset = _("{libraries}, the library that keeps fonts small inside a PDF, is missing.")
    return (*_unless_loaded(PANGO, pango, PANGO_COMMANDS), *_unless_loaded([SUBSET], subset, SUBSET_COMMANDS))


def _unless_loaded(
    libraries: Sequence[Library], sentence: str, commands: Mapping[System, str]
) -> Iterator[Lack]:
    missing = [library.name for library in libraries if not library.loads()]
    if missing:
        yield Lack(sentence.format(libraries=", ".join(missing)), _command(commands))


def _command(commands: Mapping[System, str]) -> str:
    """The command for this system, as the administrator where it takes one."""
    command = commands.get(system())
    if command is None:
        return _("Install Pango 1.44 or later and HarfBuzz with your system's package manager.")
    takes_root = command.startswith(("apt-get", "dnf")) and os.geteuid() != 0
    return f"sudo {command}" if takes_root else command


def _missing_fonts() -> Iterator[Lack]:
    missing = [face for face in FACES if not _is_there(face)]
    if missing:
        files = ", ".join(face.file for face in missing)
        packages = " ".join(sorted({face.package.replace("_", "-") for face in missing}))
        yield Lack(
            _("The fonts of the letters are missing ({files}).").format(files=files),
            f"{sys.executable} -m pip install --force-reinstall {packages}",
        )


def _is_there(face: Face) -> bool:
    with suppress(MachineLacks):
        return face.path.is_file()
    return False


def system() -> System:
    """The kind of system this is, as far as installing libraries goes."""
    if sys.platform in {"darwin", "win32"}:
        return "macos" if sys.platform == "darwin" else "windows"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return "other"
    for name in (release["ID"], *release.get("ID_LIKE", "").split()):
        if name in {"debian", "ubuntu"}:
            return "debian"
        if name in {"fedora", "rhel", "centos"}:
            return "fedora"
    return "other"


if __name__ == "__main__":
    for lack in missing_libraries():
        print(lack.sentence, lack.command, sep="\n    ")  # noqa: T201 - there is no command line yet
