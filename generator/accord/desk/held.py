"""The register that a desk keeps open, and what was made of it last: thousands of letters are not read for every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from accord import i18n
from accord.domain.capacity import Team
from accord.domain.choices import Currency
from accord.domain.house import House
from accord.register.register import Register
from accord.services.agenda import Item, agenda, urgency, worth
from accord.services.forewarning import owed_of
from accord.services.register_report import RegisterCapacity, register_capacity


@dataclass(frozen=True)
class Standing:
    """How all letters stand on a day, the most urgent first; `load` is the team's, None where the house does not say what it can carry."""

    items: Sequence[Item]
    load: RegisterCapacity | None

    @cached_property
    def by_state(self) -> Mapping[str, tuple[int, Mapping[Currency, Decimal]]]:
        """How many letters are in each state, and what they are worth by currency."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(state_of(item), []).append(item)
        return {state: (len(some), worth(some)) for state, some in found.items()}

    @property
    def currencies(self) -> list[Currency]:
        """In which letters are worth anything."""
        return sorted({currency for _count, values in self.by_state.values() for currency in values})


@dataclass
class Held:
    """One register, kept open; what is remembered of it is forgotten once anything is added to it."""

    _open: tuple[object, Register] | None = None
    _standings: dict[tuple[object, ...], Standing] = field(default_factory=dict)

    def register(self, address: str) -> Register:
        """The register at an address, opened again where its file has been replaced."""
        place = address, _file_of(address)
        if self._open is None or self._open[0] != place:
            register = Register.open(address)
            self._open = (address, _file_of(address)), register
        return self._open[1]

    def close(self) -> None:
        """Let go of the register."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def standing(self, register: Register, house: House, day: date) -> Standing:
        """How all letters of the register stand on a day, in the language of the interface."""
        team = house.capacity.days_per_month
        key = register.name, register.head(), house.supplier, team, day, i18n.language()
        if (known := self._standings.get(key)) is None:
            histories = register.histories()
            carried = Team.of(house, day)
            load = register_capacity([*owed_of(histories, day)], carried, day, {}) if carried else None
            known = Standing(sorted(agenda(histories, day), key=urgency), load)
            others = {each: old for each, old in self._standings.items() if each[:-1] == key[:-1]}
            self._standings = {**others, key: known}
        return known


def state_of(item: Item) -> str:
    """How a letter stands, as the register lists it."""
    return item.promise.shown_state if item.promise else "declined"


def _file_of(address: str) -> tuple[int, int] | None:
    """Which file an address leads to; None for none, or for a server."""
    path = Path(address.partition(":///")[2].partition("?")[0]) if address.startswith("sqlite") else None
    if path is None or not path.is_file():
        return None
    found = path.stat()
    return found.st_dev, found.st_ino
