"""The table of deals in a sheet."""

from collections.abc import Collection, Sequence
from typing import Any

from accord.batch.mappings import heading


def known_in(cells: Sequence[Any], known: Collection[str]) -> int:
    """How many of a row's cells are known headings, each counted once."""
    return len({heading(cell) for cell in cells if isinstance(cell, str)} & {*known})
