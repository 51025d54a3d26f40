"""What the register knows that matters to one letter before it leaves: what was answered, and what is owed."""

import datetime
from dataclasses import dataclass, replace
from typing import Literal

from accord.domain.choices import Binding, Reason
from accord.domain.promise import State
from accord.text.likeness import Likeness

ENDED_UNMET = frozenset({"lapsed", "withdrawn", "expired"})
"""States in which a promise has come to nothing."""


@dataclass(frozen=True)
class Precedent:
    """An earlier letter about the same request, or a like one.

    `prospect` is "" where its name is not to be told; `is_theirs` says that it went to the same prospect.
    A decline has a reason, an agreement a level, and a state on the day.
    """

    reference: str
    prospect: str
    feature: str
    date: datetime.date
    likeness: Likeness
    is_theirs: bool
    state: State | Literal["declined"]
    reason: Reason | None = None
    binding: Binding | None = None
    due: datetime.date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is an agreement under which something may still be owed."""
        return self.state not in {*ENDED_UNMET, "ordered", "declined"}


@dataclass(frozen=True)
class Owed:
    """A feature that is owed, or possibly owed, by a day; the days of work that it takes, if anybody said it."""

    reference: str
    prospect: str
    feature: str
    due: datetime.date
    effort: int | None


@dataclass(frozen=True)
class Known:
    """What the register knows on a day; `unreachable` says why it cannot be asked, "" if it could."""

    day: datetime.date
    precedents: tuple[Precedent, ...] = ()
    owed: tuple[Owed, ...] = ()
    unreachable: str = ""

    def without_names(self) -> "Known":
        """The same with the references of letters alone: for whoever must not know the other clients."""
        return replace(
            self,
            precedents=tuple(replace(each, prospect="", feature="") for each in self.precedents),
            owed=tuple(replace(each, prospect="", feature="") for each in self.owed),
        )
