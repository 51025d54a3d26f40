"""Final letters into the register, as commands write them."""

import datetime
import getpass
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from accord.cli.options import REGISTER
from accord.cli.recorded import Announce, unrecorded
from accord.cli.terminal import tell
from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.errors import AccordError
from accord.i18n import _
from accord.letter.letter import Letter
from accord.register.register import NotLawful, Register
from accord.services import registers
from accord.services.announcements import Announcements, is_of_samples
from accord.services.forewarning import Memory, memory_of, nothing_about, owed_of
from accord.services.issue import entry_of, path_from
from accord.services.registers import settle
from accord.text.likeness import Requests


def actor() -> str:
    """Who uses the program, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def now() -> datetime.datetime:
    """The current time; only the command line asks for it."""
    return datetime.datetime.now(datetime.UTC)


@contextmanager
def opened(home: HouseFile, address: str | None) -> Iterator[Register]:
    """The register, once what was announced and written is recorded in it."""
    with registers.opened(home, address) as register:
        for sentence in settle(register, home.path.parent.absolute()):
            tell(sentence)
        yield register


def memory(home: HouseFile, day: datetime.date, *, whole: bool) -> Memory:
    """What the register holds on a day, all of it or what every letter is held against; one that cannot be used says why."""
    address = os.environ.get(REGISTER)
    try:
        with opened(home, address) as register:
            if whole:
                return memory_of(register.histories(), day)
            owed = tuple(owed_of(register.owed_on(day), day))
            return Memory(day, partial(registers.about, home, address), Requests(register.requests()), owed)
    except AccordError as error:
        return Memory(day, nothing_about, unreachable=str(error))


@dataclass
class Recorder:
    """Announces the letters that a command is about to write; `stack` closes the register that it asks."""

    home: HouseFile
    announcements: Announcements
    stack: ExitStack
    register: Register | None = None

    def announce(self, letter: Letter, deal: Deal, pdf: bytes, path: Path) -> None:
        """Announce a letter if `path` is that of a PDF; `NotLawful` if an earlier version of it has a life by now."""
        if path.suffix.lower() != ".pdf":
            return
        entry = entry_of(letter, deal, self.home.house, pdf, path_from(self.home.path.parent, path))
        try:
            if self.register is None:
                self.register = self.stack.enter_context(opened(self.home, os.environ.get(REGISTER)))
            self.register.refuse_followed(entry)
        except NotLawful:
            raise
        except AccordError:  # told once the letter is there
            pass
        self.announcements.announce(entry)


@contextmanager
def recording(home: HouseFile) -> Iterator[Announce]:
    """What announces final letters in the block, which writes them; they are recorded at its end."""
    with announced(home) as announcements, ExitStack() as stack:
        yield Recorder(home, announcements, stack).announce if announcements else unrecorded


@contextmanager
def announced(home: HouseFile) -> Iterator[Announcements | None]:
    """Where the block announces the letters it writes, which are recorded at its end.

    None for the samples, and where no file can be kept, which is told.
    """
    announcements = Announcements(home.path.parent.absolute(), actor(), now())
    try:
        if not is_of_samples(home):
            announcements.open()
    except OSError as error:
        sentence = _(
            "{folder}: cannot be written ({reason}), so that no letter is recorded; “accord register add --register”"
            " records them elsewhere"
        )
        tell(sentence.format(folder=announcements.folder, reason=error.strerror))
    if not announcements.is_open:
        yield None
        return
    try:
        yield announcements
    finally:
        announcements.close()
        _record(home)


def _record(home: HouseFile) -> None:
    """Record what was announced and written; where the register cannot be used, say so: the next command will."""
    try:
        with opened(home, os.environ.get(REGISTER)):
            pass
    except AccordError as error:
        tell(str(error))
        tell(_("What you have issued is recorded as soon as the register can be used."))
