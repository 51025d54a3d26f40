"""What one desk serves: a house, its folder of letters, its register, and who sits at it."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, get_args

from accord.clauses.library import Library
from accord.desk.held import Held, Standing
from accord.desk.jobs import Jobs
from accord.desk.store import Store
from accord.domain.house import HouseFile
from accord.domain.precedents import Known
from accord.intake import at_hand, loader
from accord.register.register import Register
from accord.services.place import address_of
from accord.services.recorder import Records

if TYPE_CHECKING:
    from accord.desk.accounts import Accounts

MOST_OFFERED = 200  # names while somebody types

Role = Literal["sales", "legal", "admin"]
"""Sales draft and issue; legal also approve, review, verify and release; admin also keep the house and its people."""
RANKS = {role: rank for rank, role in enumerate(get_args(Role))}


@dataclass(frozen=True)
class Person:
    """Who asks for a page; `name` is the actor of what they record."""

    name: str
    role: Role = "admin"

    def may(self, role: Role) -> bool:
        """Whether they may do what takes a role."""
        return RANKS[self.role] >= RANKS[role]


@dataclass
class Desk:
    """One desk.

    `house` is the house's file, `folder` where letters go, `address` the register
    where the house does not say; `now` is the clock.  `alone` is the one who sits
    at it on their own machine, None where people have accounts.
    """

    house: Path
    folder: Path
    address: str | None
    now: Callable[[], datetime.datetime]
    alone: Person | None
    library: Library = field(default_factory=Library)
    changing: Lock = field(default_factory=Lock)  # held while the house's file is changed
    jobs: Jobs = field(init=False)
    releasing: Lock = field(default_factory=Lock)
    """held while a final letter is made: a draft becomes one letter, whoever asks how often"""
    _prospects: tuple[int, Sequence[Mapping[str, Any]]] = (0, ())
    _home: tuple[int, HouseFile] | None = None
    _store: Store | None = None
    _held: Held = field(default_factory=Held)
    _opening: Lock = field(default_factory=Lock)  # held while a database is opened, which makes its tables
    _accounts: "Accounts | None" = None

    def __post_init__(self) -> None:
        """Have a place for long work."""
        self.jobs = Jobs(self)

    @property
    def home(self) -> HouseFile:
        """The house as its file says now; `FaultyInput` with every fault of it."""
        changed = self.house.stat().st_mtime_ns
        if self._home is None or self._home[0] != changed:
            self._home = changed, loader.read_house(self.house)
        return self._home[1]

    @property
    def prospects(self) -> Sequence[Mapping[str, Any]]:
        """The particulars of those that letters of the folder went to, the last one first."""
        changed = self.folder.stat().st_mtime_ns if self.folder.is_dir() else 0
        if self._prospects[0] != changed:
            self._prospects = changed, at_hand.prospects(self.folder, MOST_OFFERED)
        return self._prospects[1]

    def features(self, person: Person) -> list[str]:
        """What was asked for before, in the words of those who asked."""
        with self.records(person, lambda _sentence: None).opened() as register:
            return sorted(register.requests()[:MOST_OFFERED])

    @property
    def today(self) -> datetime.date:
        """The current date where the desk stands."""
        return self.now().astimezone().date()

    @property
    def store(self) -> Store:
        """What the desk itself remembers, in the database of the register."""
        with self._opening:
            if self._store is None:
                self._store = Store.open(address_of(self.home, self.address))
            return self._store

    @property
    def accounts(self) -> "Accounts":
        """The people of a team."""
        from accord.desk.accounts import Accounts  # noqa: PLC0415 - one's own machine does without passwords

        with self.changing:
            if self._accounts is None:
                self._accounts = Accounts(self.store.engine, self.now)
        return self._accounts

    def records(self, person: Person, tell: Callable[[str], object]) -> Records:
        """The register in the name of a person; `tell` takes what they should read."""
        now = self.now().astimezone(datetime.UTC)
        return Records(self.home, self.address, person.name, now, tell, self._register)

    def _register(self) -> Register:
        with self._opening:
            return self._held.register(address_of(self.home, self.address))

    def close(self) -> None:
        """Let go of the database, and leave what is under way; whoever asks again opens it again."""
        self.jobs.close()
        if self._store is not None:
            self._store.close()
        self._held.close()

    def standing(self, register: Register) -> Standing:
        """How all letters stand today."""
        return self._held.standing(register, self.home.house, self.today)

    def known(self, person: Person, names: Sequence[str]) -> Known:
        """What the register has to say of a prospect, a feature and a reference."""
        return self.records(person, lambda _sentence: None).memory(self.today).known(*names)
