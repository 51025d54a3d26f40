"""What `accord register` prints as JSON."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from accord.domain.capacity import Placed, Team, Work, later, plan
from accord.domain.precedents import Owed
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
    """how it stands that day: issued, half-signed (by one side alone), signed, delivered, refused, fulfilled, waived, ordered, lapsed, withdrawn, expired, or declined"""
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
        state=promise.shown_state if promise else "declined",
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


@dataclass(frozen=True)
class TakenStep:
    """One thing that happened to a letter."""

    event: str
    """the step, as accord follow calls it"""
    on: datetime.date
    """the day of it"""
    actor: str
    """who recorded it"""
    data: dict[str, Any]
    """what was kept beside it, as accord register export prints it"""


@dataclass(frozen=True)
class RegisterLife(Printed):
    """What accord register show --json prints."""

    day: datetime.date
    """the day for which it is said"""
    letter: ListedLetter
    """the letter, and what comes next"""
    path: str
    """where its PDF was written"""
    sha256: str
    """of that PDF"""
    events: tuple[TakenStep, ...]
    """what has happened since it was issued, the oldest first"""
    steps: tuple[str, ...]
    """the steps that may follow"""


def register_life(item: Item, day: datetime.date) -> RegisterLife:
    """The life of a letter, as it is printed."""
    entry, events = item.history.entry, item.history.events
    taken = tuple(
        TakenStep(event.kind, step.on, event.actor, dict(event.data))
        for event in events
        if (step := event.step)
    )
    return RegisterLife(day, listed(item, day), entry.path, entry.sha256, taken, item.lawful_on(day))


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
    declined_value: dict[str, str]
    """what those would have bought who were told no, as far as their deals said it, before tax, by currency"""
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
                declined_value={currency: f"{total:.2f}" for currency, total in each.declined.items()},
                declined=dict(each.reasons),
                last=each.last,
                look_again=each.look_again,
            )
            for each in found
        )
    )


@dataclass(frozen=True)
class PlannedPromise:
    """One promise in the plan."""

    reference: str
    """of its letter"""
    prospect: str
    """the company it was made to"""
    feature: str
    """what is to be built"""
    effort: int
    """how many working days it takes"""
    due: datetime.date
    """when it is to be delivered, as it stands"""
    done: datetime.date | None
    """when the plan has it done; null beyond ten years"""
    days_late: int | None
    """how many days after it is due that is; null beyond ten years"""
    slips: int | None
    """how many days later it is done than without the delay of --late; null beyond ten years"""


@dataclass(frozen=True)
class PlannedMonth:
    """One month of the plan."""

    month: str
    """year and month"""
    days: float
    """working days that the team can give to promised features, in what is left of the month"""
    taken: float
    """how many of them the plan takes"""
    done: tuple[str, ...]
    """references of what is done in it, in order"""
    due: tuple[str, ...]
    """references of what is due in it, in order"""


@dataclass(frozen=True)
class UnplannedPromise:
    """One promise that the plan leaves out: nobody said how long it takes."""

    reference: str
    """of its letter"""
    prospect: str
    """the company it was made to"""
    feature: str
    """what is to be built"""
    due: datetime.date
    """when it is to be delivered, as it stands"""


@dataclass(frozen=True)
class RegisterCapacity(Printed):
    """What accord register capacity --json prints."""

    day: datetime.date
    """the day for which it is said; work begins on the next working day"""
    days_per_month: int
    """what the team can give to promised features"""
    late: dict[str, int]
    """by how many working days each of some promises is supposed to take longer"""
    promises: tuple[PlannedPromise, ...]
    """what is still to be built, in the order in which it is done"""
    months: tuple[PlannedMonth, ...]
    """the months until all is done"""
    unplanned: tuple[UnplannedPromise, ...]
    """promises without an effort, by their dates"""


def register_capacity(
    owed: Sequence[Owed], team: Team, day: datetime.date, late: Mapping[str, int]
) -> RegisterCapacity:
    """The plan for what is owed, where some of it takes longer than was thought."""
    by_reference = {each.reference: each for each in owed}
    works = [Work(each.reference, each.due, each.effort) for each in owed if each.effort]
    as_thought = {each.work.name: each.done for each in plan(works, team)}
    for reference, days in late.items():
        works = later(works, reference, days)
    placed = plan(works, team)
    unplanned = sorted((each for each in owed if not each.effort), key=lambda each: each.due)
    return RegisterCapacity(
        day,
        team.days_per_month,
        dict(late),
        tuple(_planned(each, by_reference[each.work.name], as_thought[each.work.name]) for each in placed),
        tuple(_months(placed, team)),
        tuple(UnplannedPromise(each.reference, each.prospect, each.feature, each.due) for each in unplanned),
    )


def _planned(placed: Placed, owed: Owed, as_thought: datetime.date | None) -> PlannedPromise:
    slips = (placed.done - as_thought).days if placed.done and as_thought else None
    return PlannedPromise(
        owed.reference,
        owed.prospect,
        owed.feature,
        placed.work.effort,
        owed.due,
        placed.done,
        placed.days_late,
        slips,
    )


def _months(placed: Sequence[Placed], team: Team) -> Iterator[PlannedMonth]:
    """Each month until the last promise is done, or the plan ends."""
    total = sum(each.work.effort for each in placed)
    taken = 0.0
    for month, days in team.months(total):
        name = f"{month:%Y-%m}"
        yield PlannedMonth(
            name,
            round(days, 1),
            round(min(days, total - taken), 1),
            tuple(each.work.name for each in placed if each.done and f"{each.done:%Y-%m}" == name),
            tuple(each.work.name for each in placed if f"{each.work.due:%Y-%m}" == name),
        )
        taken += days
