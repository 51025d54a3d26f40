"""Final letters on their way into the register; a database weighs, and drafts need none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.letter.letter import Letter

if TYPE_CHECKING:
    from accord.services.announcements import Announcements

Announce = Callable[[Letter, Deal, bytes, Path], None]


def unrecorded(_letter: Letter, _deal: Deal, _content: bytes, _path: Path) -> None:
    """A letter that no register has to know of."""


@contextmanager
def letters(home: HouseFile, *, final: bool) -> Iterator[Announce]:
    """What announces the letters that the block then writes; final ones are recorded at its end."""
    if not final:
        yield unrecorded
        return
    from accord.cli.recorder import recording  # noqa: PLC0415 - see above

    with recording(home) as announce:
        yield announce


@contextmanager
def batch(home: HouseFile, *, final: bool) -> "Iterator[Announcements | None]":
    """Where a batch announces its final letters, which are recorded at the end of the block; None for drafts."""
    if not final:
        yield None
        return
    from accord.cli import recorder  # noqa: PLC0415 - see above

    with recorder.announced(home) as announcements:
        yield announcements
