"""What `accord register` prints as JSON."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from accord.domain.printed import Printed
from accord.services.agenda import Item, Party
from accord.services.demand import Demand


@dataclass(frozen=True)
class ListedLetter:
    """One letter of the register, on a day."""

    reference: str
    """of the letter"""
    version: str
    """letters that change with the letter's words"""
    kind: Literal["agreement", "decline"]
    """an agreement, or a decline"""
    binding: str | None
    """what the agreement obliges to; null for a decline"""
    prospect: str
    """the name of the company it went to"""
    feature: str
    """what was asked for"""
    date: datetime.date
    """of the letter"""
    state: str
    """how it stands that day: issued, signed, delivered, refused, fulfilled, waived, ordered, lapsed, withdrawn, expired, or declined"""
    since: datetime.date
    """when that began"""
    due: datetime.date | None
    """when the feature is to be delivered, as it stands; null where the letter says no day"""
    long_stop: datetime.date | None
    """the last date for acceptance, as it stands; null where there is none"""
    value: str | None
    """what the client would buy, before tax, in figures with two decimals; null where it is not said"""
    currency: str | None
    """of that value"""
    reason: str | None
    """why the answer was no; null for an agreement"""
    next: str
    """what comes next, in the language of the interface"""
    who: Party
    """who has to act"""
    by: datetime.date | None
    """by when; null where no day is set"""
    days_left: int | None
    """how many days are left, negative once it is late"""
    command: str
    """the command that records the next step; empty where nothing is left to do"""


@dataclass(frozen=True)
class RegisterList(Printed):
    """What accord register list --json and accord register due --json print."""

    day: datetime.date
    """the day for which it is said"""
    letters: tuple[ListedLetter, ...]
    """one per letter"""


def listed(item: Item, day: datetime.date) -> ListedLetter:
    """A letter as it is printed."""
    entry, promise = item.history.entry, item.promise
    return ListedLetter(
        reference=entry.reference,
        version=entry.version,
        kind=entry.kind,
        binding=entry.binding,
        prospect=entry.prospect,
        feature=entry.feature,
        date=entry.date,
        state=promise.state if promise else "declined",
        since=promise.since if promise else entry.date,
        due=promise.due if promise else None,
        long_stop=promise.long_stop if promise else None,
        value=None if entry.value is None else f"{entry.value:.2f}",
        currency=entry.currency,
        reason=entry.reason,
        next=item.next.what,
        who=item.next.who,
        by=item.next.by,
        days_left=item.days_left(day),
        command=item.command,
    )


def register_list(items: Iterable[Item], day: datetime.date) -> RegisterList:
    """Letters on a day, as they are printed."""
    return RegisterList(day, tuple(listed(item, day) for item in items))


@dataclass(frozen=True)
class Demanded:
    """One feature, however it is spelt."""

    feature: str
    """as it was called last"""
    prospects: tuple[str, ...]
    """the companies that asked for it"""
    references: tuple[str, ...]
    """of the letters about it"""
    promised: dict[str, str]
    """what those would buy who have an agreement, before tax, by currency"""
    declined: dict[str, int]
    """how often each reason was given for a no"""
    last: datetime.date
    """when it was asked for last"""
    look_again: bool
    """whether many ask for what is said to be off the market"""


@dataclass(frozen=True)
class RegisterDemand(Printed):
    """What accord register demand --json prints."""

    features: tuple[Demanded, ...]
    """what is asked for most first"""


def register_demand(found: Iterable[Demand]) -> RegisterDemand:
    """What is asked for, as it is printed."""
    return RegisterDemand(
        tuple(
            Demanded(
                feature=each.feature,
                prospects=each.prospects,
                references=tuple(letter.reference for letter in each.letters),
                promised={currency: f"{total:.2f}" for currency, total in each.promised.items()},
                declined=dict(each.reasons),
                last=each.last,
                look_again=each.look_again,
            )
            for each in found
        )
    )
