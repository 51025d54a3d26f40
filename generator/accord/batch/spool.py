"""The rows of a batch in a temporary file."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import IO, Self

from accord.batch.sources import Entry
from accord.errors import Fault
from accord.i18n import _


class Spool:
    """Entries set aside in a file without a name, so that their source is read once and may change meanwhile.

    To be used in a `with` block, at whose end the file is gone.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Read all entries; whatever reading raises, this raises.

        Of two entries with one reference the second has a fault: which of them
        got the file's name would be chance.
        """
        self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - it lives as long
        self._count = 0
        with ExitStack() as unless_all_is_read:
            unless_all_is_read.callback(self._file.close)
            for entry in _with_duplicates_marked(entries):
                self._file.write(f"{json.dumps(asdict(entry), default=str)}\n")
                self._count += 1
            unless_all_is_read.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Entry]:
        self._file.seek(0)
        for line in self._file:
            entry = json.loads(line)
            faults = {name: tuple(Fault(**fault) for fault in entry[name]) for name in ("faults", "gaps")}
            yield Entry(**{**entry, **faults})


def _with_duplicates_marked(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, with a fault for each reference that an earlier one has."""
    rows: dict[str, str] = {}
    for entry in entries:
        reference = entry.data.get("reference")
        first = rows.setdefault(reference, entry.row) if isinstance(reference, str) else entry.row
        if first == entry.row:
            yield entry
        else:
            sentence = _("is that of row {row} too; give each letter its own, or none").format(row=first)
            yield replace(entry, faults=(*entry.faults, Fault("", "reference", sentence)))
