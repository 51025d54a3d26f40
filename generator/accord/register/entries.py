"""What the register holds: letters as they were issued, and events, each with the digest of the one before."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter

from accord.domain.choices import Answer, Binding, Currency, Language, Law, Reason
from accord.domain.promise import CAUSES, SIDES, STEPS, Happened, Promise, Step, Terms

Happening = Literal["issued"] | Step
BEGINNING = "0" * 64
"""What stands for the digest before the first event."""


@dataclass(frozen=True)
class Entry:
    """A final letter as the register lists it.

    `request` is the feature as it is compared with others, `effort` the working
    days that the house thinks it takes, `path` where the PDF was written (from the
    folder of accord.toml), `sha256` its digest, `articles` the number of each article by its id.  What a decline or a letter that
    binds nobody lacks is None.
    """

    reference: str
    version: str
    kind: Answer
    language: Language
    date: datetime.date
    prospect: str
    feature: str
    request: str
    path: str
    sha256: str
    law: Law | None = None
    binding: Binding | None = None
    value: Decimal | None = None
    currency: Currency | None = None
    reason: Reason | None = None
    effort: int | None = None
    signable_until: datetime.date | None = None
    negotiable_until: datetime.date | None = None
    due: datetime.date | None = None
    long_stop: datetime.date | None = None
    acceptance_days: int | None = None
    extension_days: int | None = None
    force_majeure_days: int | None = None
    articles: Mapping[str, int] = field(default_factory=dict)

    @property
    def terms(self) -> Terms | None:
        """What the letter says of days; None for a decline."""
        if self.law is None or self.binding is None or self.signable_until is None:
            return None
        return Terms(
            law=self.law,
            binding=self.binding,
            date=self.date,
            signable_until=self.signable_until,
            negotiable_until=self.negotiable_until,
            due=self.due,
            long_stop=self.long_stop,
            acceptance_days=self.acceptance_days or 0,
            extension_days=self.extension_days,
            force_majeure_days=self.force_majeure_days,
        )


_ENTRY = TypeAdapter(Entry)


def as_data(entry: Entry) -> dict[str, Any]:
    """A letter as the data of its event."""
    data: dict[str, Any] = _ENTRY.dump_python(entry, mode="json", exclude_none=True)
    return data


def entry_of(data: Mapping[str, Any]) -> Entry:
    """The letter of an event's data; `ValueError` for anything else."""
    return _ENTRY.validate_python(data)


@dataclass(frozen=True)
class Event:
    """One row of the register: when it was written and by whom, the letter, what happened, the chain.

    `time` is in ISO 8601, UTC; `data` is that of the kind: a letter's entry, or the day
    of a step, and the digests of its documents.
    """

    sequence: int
    time: str
    actor: str
    reference: str
    kind: Happening
    data: Mapping[str, Any]
    previous: str
    digest: str = ""

    @property
    def computed_digest(self) -> str:
        """The SHA-256 of all else in it, in hexadecimal."""
        values = [self.sequence, self.time, self.actor, self.reference, self.kind, self.data, self.previous]
        return hashlib.sha256(spelt(values).encode()).hexdigest()

    @property
    def step(self) -> Happened | None:
        """The step in the letter's life, None where it was issued."""
        if self.kind == "issued":
            return None
        to = self.data.get("to")
        return Happened(
            self.kind,
            datetime.date.fromisoformat(self.data["on"]),
            datetime.date.fromisoformat(to) if to else None,
            self.data.get("cause", CAUSES[0]),
            tuple(side for side in SIDES if side in self.data.get("signatures", SIDES)),
        )


def data_of_step(step: Happened, details: Mapping[str, Any]) -> dict[str, Any]:
    """A step as the data of its event, with what is kept beside it."""
    data: dict[str, Any] = {"on": step.on.isoformat(), **details}
    return data | {"to": step.to.isoformat(), "cause": step.cause} if step.to else data


class Row(NamedTuple):
    """What an event says, before it has its place in the chain."""

    reference: str
    kind: Happening
    data: Mapping[str, Any]


def spelt(value: Any) -> str:
    """The one spelling of data as JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class History:
    """One letter, as it was issued last, and what has happened since."""

    entry: Entry
    events: Sequence[Event] = field(default=())

    @property
    def steps(self) -> tuple[Happened, ...]:
        """The steps taken, the oldest first."""
        return tuple(step for event in self.events if (step := event.step))

    def promise(self, day: datetime.date) -> Promise | None:
        """The agreement on a day; None for a decline, which has no life of its own."""
        terms = self.entry.terms
        return Promise.at(terms, self.steps, day) if terms else None


KINDS: tuple[Happening, ...] = ("issued", *STEPS)
