"""Final letters, and documents of steps, about to be written: announced in a file of their own.

Whoever is stopped between announcing and recording leaves the file behind, and
the next one who opens the register settles it: no letter and no document without
its event, and no event without them.
"""

import datetime
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from accord import files
from accord.domain.house import HouseFile
from accord.register.entries import Entry, Row, as_data

NAME = ".accord-issued-{random}.jsonl"
PROGRAM = Path(__file__).parents[1]
"""Where the samples stand too, whose letters are nobody's promises."""


@dataclass
class Announcements:
    """What is about to be written, in a hidden file beside accord.toml: one of each process.

    The file is locked for as long as its process lives.
    """

    folder: Path
    actor: str
    time: datetime.datetime
    are_left: bool = field(default=False, init=False)
    """whether some were left to whoever settles them"""
    _files: dict[int, IO[bytes]] = field(default_factory=dict, repr=False)

    def open(self) -> IO[bytes]:
        """The file of this process; `OSError` if the folder takes none."""
        file = self._files.get(os.getpid())
        if file is None:
            file = (self.folder / NAME.format(random=secrets.token_hex(8))).open("xb")
            files.lock(file)
            self._files[os.getpid()] = file
        return file

    def announce(self, entry: Entry) -> None:
        """Say that a letter is about to be written."""
        self._write({"entry": as_data(entry)})

    def announce_step(self, register: str, row: Row) -> None:
        """Say that the document of a step is about to be written, which goes into the register of this name."""
        self._write({"register": register, **row._asdict()})

    def _write(self, announced: Mapping[str, Any]) -> None:
        file = self.open()
        line = {"actor": self.actor, "time": self.time.isoformat(), **announced}
        file.write(json.dumps(line).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())

    @property
    def is_open(self) -> bool:
        """Whether this process has a file for them."""
        return os.getpid() in self._files

    def discard(self) -> None:
        """Take the file away: what it announced is settled."""
        if file := self._files.pop(os.getpid(), None):
            Path(file.name).unlink(missing_ok=True)
            file.close()

    def close(self) -> None:
        """Leave the file to whoever settles it."""
        if file := self._files.pop(os.getpid(), None):
            self.are_left = True
            file.close()


def is_of_samples(home: HouseFile) -> bool:
    """Whether a house is that of the samples, which promises nobody anything."""
    return home.path.resolve().is_relative_to(PROGRAM)
