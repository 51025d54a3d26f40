"""Final letters into the register, as whoever issues them has it written."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

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

Announce = Callable[[Letter, Deal, bytes, Path], None]


def unrecorded(_letter: Letter, _deal: Deal, _content: bytes, _path: Path) -> None:
    """A letter that no register has to know of."""


@dataclass(frozen=True)
class Records:
    """The register of a house as one person uses it.

    `address` is where it is, if the house does not say; `tell` takes each
    sentence that somebody should read, though nothing stops for it; `held` gives
    the register of whoever keeps it open.
    """

    home: HouseFile
    address: str | None
    actor: str
    time: datetime.datetime
    tell: Callable[[str], object]
    held: Callable[[], Register] | None = None

    @contextmanager
    def opened(self) -> Iterator[Register]:
        """The register, once what was announced and written is recorded in it."""
        with nullcontext(self.held()) if self.held else registers.opened(self.home, self.address) as register:
            for sentence in settle(register, self._folder):
                self.tell(sentence)
            yield register

    @property
    def _folder(self) -> Path:
        return self.home.path.parent.absolute()

    def memory(self, day: datetime.date, *, whole: bool = False) -> Memory:
        """What the register holds on a day: what every letter is held against, or the `whole` of it.

        One that cannot be used says why.
        """
        try:
            with self.opened() as register:
                if whole:
                    return memory_of(register.histories(), day)
                owed = tuple(owed_of(register.owed_on(day), day))
                about = partial(registers.about, self.home, self.address)
                return Memory(day, about, Requests(register.requests()), owed)
        except AccordError as error:
            return Memory(day, nothing_about, unreachable=str(error))

    def announcements(self) -> Announcements:
        """Where what is about to be written is announced."""
        return Announcements(self._folder, self.actor, self.time)

    @contextmanager
    def recording(self) -> Iterator[Announce]:
        """What announces final letters in the block, which writes them; they are recorded at its end."""
        with self.announced() as announcements, ExitStack() as stack:
            yield Recorder(self, announcements, stack).announce if announcements else unrecorded

    @contextmanager
    def announced(self) -> Iterator[Announcements | None]:
        """Where the block announces the letters it writes, which are recorded at its end.

        None for the samples, and where no file can be kept, which is told.
        """
        announcements = self.announcements()
        try:
            if not is_of_samples(self.home):
                announcements.open()
        except OSError as error:
            sentence = _(
                "{folder}: cannot be written ({reason}), so that no letter is recorded; “accord register add --register”"
                " records them elsewhere"
            )
            self.tell(sentence.format(folder=announcements.folder, reason=error.strerror))
        if not announcements.is_open:
            yield None
            return
        try:
            yield announcements
        finally:
            announcements.close()
            self._record()

    def _record(self) -> None:
        """Record what was announced and written; where the register cannot be used, say so: whoever opens it next will."""
        try:
            with self.opened():
                pass
        except AccordError as error:
            self.tell(str(error))
            self.tell(_("What you have issued is recorded as soon as the register can be used."))


@dataclass
class Recorder:
    """Announces the letters that somebody is about to write; `stack` closes the register that it asks."""

    records: Records
    announcements: Announcements
    stack: ExitStack
    register: Register | None = None

    def announce(self, letter: Letter, deal: Deal, pdf: bytes, path: Path) -> None:
        """Announce a letter if `path` is that of a PDF; `NotLawful` if an earlier version of it has a life by now."""
        if path.suffix.lower() != ".pdf":
            return
        home = self.records.home
        entry = entry_of(letter, deal, home.house, pdf, path_from(home.path.parent, path))
        try:
            if self.register is None:
                self.register = self.stack.enter_context(self.records.opened())
            self.register.refuse_followed(entry)
        except NotLawful:
            raise
        except AccordError:  # told once the letter is there
            pass
        self.announcements.announce(entry)
