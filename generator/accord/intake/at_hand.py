"""What the deal files at hand say already: the prospects that were written to before."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from accord import toml_reader
from accord.domain.parties import Prospect
from accord.errors import AccordError
from accord.text.characters import fold

MOST_FILES = 200  # the newest ones
MOST_PROSPECTS = 9


def prospects(folder: Path, most: int = MOST_PROSPECTS) -> tuple[dict[str, Any], ...]:
    """The particulars of the prospects in a folder's deal files, the last one written to first, each once, `most` at most.

    Files that hold no deal are passed over: they are somebody else's.
    """
    found: dict[str, dict[str, Any]] = {}
    for prospect in _prospects(folder):
        found.setdefault(fold(prospect["name"]), prospect)
    return tuple(found.values())[:most]


def _prospects(folder: Path) -> Iterator[dict[str, Any]]:
    for path in _newest_first(folder)[:MOST_FILES]:
        with suppress(AccordError, ValidationError):
            data = toml_reader.read(path, str(path)).get("prospect")
            yield Prospect.model_validate(data).model_dump(mode="json", exclude_unset=True, exclude_none=True)


def _newest_first(folder: Path) -> list[Path]:
    files: list[tuple[float, Path]] = []
    for path in folder.glob("*.toml"):
        with suppress(OSError):  # gone meanwhile
            files.append((path.stat().st_mtime, path))
    return [path for _time, path in sorted(files, reverse=True)]
