"""Final letters on their way into the register; a database weighs, and drafts need none."""

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from accord.cli.options import REGISTER
from accord.domain.house import HouseFile
from accord.services import place

if TYPE_CHECKING:
    from accord.services.announcements import Announcements
    from accord.services.forewarning import Memory
    from accord.services.recorder import Announce


@contextmanager
def letters(home: HouseFile, *, final: bool) -> "Iterator[Announce]":
    """What announces the letters that the block then writes; final ones are recorded at its end."""
    if not final:
        yield lambda *_of_a_draft: None
        return
    from accord.cli.recorder import records  # noqa: PLC0415 - see above

    with records(home).recording() as announce:
        yield announce


@contextmanager
def batch(home: HouseFile, *, final: bool) -> "Iterator[Announcements | None]":
    """Where a batch announces its final letters, which are recorded at the end of the block; None for drafts."""
    if not final:
        yield None
        return
    from accord.cli.recorder import records  # noqa: PLC0415 - see above

    with records(home).announced() as announcements:
        yield announcements


def memory(home: HouseFile, day: datetime.date, *, whole: bool = False) -> "Memory | None":
    """What the register knows on a day, to hold letters against; the `whole` of it at once for many letters.

    None where there is nothing to ask: no register, and no capacity that a first promise could exceed.
    """
    is_there = place.is_there(home, os.environ.get(REGISTER))
    if not is_there and home.house.capacity.days_per_month is None:
        return None
    from accord.services.announcements import is_of_samples  # noqa: PLC0415 - see above
    from accord.services.forewarning import Memory, nothing_about  # noqa: PLC0415 - the same

    if is_of_samples(home):
        return None
    if not is_there:
        return Memory(day, nothing_about)
    from accord.cli.recorder import records  # noqa: PLC0415 - the same

    return records(home).memory(day, whole=whole)
