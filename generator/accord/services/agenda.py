"""What comes next in the life of each letter: what, who, by when, and the command that records it."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from accord import i18n
from accord.domain.choices import Currency
from accord.domain.promise import Promise, State, Step
from accord.i18n import _, ngettext
from accord.register.entries import Entry, History
from accord.text import formats
from accord.text.characters import folded_words

Party = Literal["supplier", "client", "both"]


@dataclass(frozen=True)
class Next:
    """What is to happen, as a sentence without a full stop; who has to act, by when, and the step that follows.

    `by` is None where no day is set, `step` where nothing is left to do.  What nobody may put off
    is to be done on the day on which it became possible, and late after it.
    """

    what: str
    who: Party = "supplier"
    by: datetime.date | None = None
    step: Step | None = None


@dataclass(frozen=True)
class Item:
    """A letter on a day, and what comes next; `promise` is None for a decline."""

    history: History
    promise: Promise | None
    next: Next

    def days_left(self, day: datetime.date) -> int | None:
        """How many days are left, negative once it is late; None where no day is set."""
        return (self.next.by - day).days if self.next.by else None

    def lawful_on(self, day: datetime.date) -> tuple[Step, ...]:
        """The steps that may follow on a day, which is at the earliest that of the last one; none after a decline."""
        return self.promise.lawful_on(max(day, self.promise.since)) if self.promise else ()

    @property
    def command(self) -> str:
        """The command that records the next step; "" without one."""
        return command_of(self.history.entry.reference, self.next.step) if self.next.step else ""


def command_of(reference: str, step: Step) -> str:
    """The command that records a step in the life of a letter."""
    if step == "signed":
        return f"accord follow signed {reference} --file SIGNED.pdf"
    return f"accord follow {step} {reference}{' --to DATE' if step == 'extended' else ''}"


def agenda(histories: Iterable[History], day: datetime.date) -> Iterator[Item]:
    """Each letter on a day."""
    for history in histories:
        promise = history.promise(day)
        yield Item(history, promise, next_of(promise, day) if promise else Next(_("declined")))


def is_open(item: Item) -> bool:
    """Whether somebody still has something to do."""
    return item.next.step is not None


@dataclass(frozen=True)
class Filter:
    """Which letters to show: `states` and `last` leave none out where they are empty.

    `prospect` and `feature` are parts of names, however they are spelt, `text` is part of either or
    of the reference; `last` is the latest day by which something has to be due.
    """

    only_open: bool = False
    states: frozenset[str] = frozenset()
    prospect: str = ""
    feature: str = ""
    last: datetime.date | None = None
    text: str = ""

    def takes(self, item: Item) -> bool:
        """Whether a letter is one of them."""
        entry = item.history.entry
        return (
            (is_open(item) or not (self.only_open or self.last))
            and (not self.states or (item.promise.shown_state if item.promise else "declined") in self.states)
            and (not self.prospect or folded_words(self.prospect) in folded_words(entry.prospect))
            and (not self.feature or folded_words(self.feature) in entry.request)
            and (self.last is None or (item.next.by is not None and item.next.by <= self.last))
            and (not self.text or self._names(entry))
        )

    def _names(self, entry: Entry) -> bool:
        text = folded_words(self.text)
        return any(text in folded_words(each) for each in (entry.prospect, entry.feature, entry.reference))


def last_day(
    day: datetime.date, before: datetime.date | None, within: int | None, *, overdue: bool
) -> datetime.date | None:
    """The latest day by which something has to be due, of those asked for; None if it does not matter."""
    lasts = [day + datetime.timedelta(days=within)] if within is not None else []
    lasts += [each - datetime.timedelta(days=1) for each in (before, day if overdue else None) if each]
    return min(lasts, default=None)


def urgency(item: Item) -> tuple[bool, datetime.date, int]:
    """What to order letters by: what is due first before the rest, what needs nothing last and the newest of it first."""
    by = item.next.by if is_open(item) else None
    return not is_open(item), by or datetime.date.max, -item.history.entry.date.toordinal()


def worth(items: Iterable[Item]) -> dict[Currency, Decimal]:
    """What letters are worth, before tax, by currency."""
    sums: dict[Currency, Decimal] = {}
    for item in items:
        entry = item.history.entry
        if entry.value is not None and entry.currency:
            sums[entry.currency] = sums.get(entry.currency, Decimal()) + entry.value
    return dict(sorted(sums.items()))


def next_of(promise: Promise, day: datetime.date) -> Next:
    """What comes next in the life of an agreement."""
    following = _FOLLOWING.get(promise.state)
    return following(promise, day) if following else Next(_ended(promise.state))


def _of_issued(promise: Promise, _day: datetime.date) -> Next:
    if promise.signed_by == ("supplier",):
        what = _("half signed: ask the client for their signature")
        return Next(what, "client", promise.terms.signable_until, "signed")
    if promise.signed_by:
        what = _("half signed: the client has signed; sign it too")
        return Next(what, "supplier", promise.terms.signable_until, "signed")
    return Next(_("to be signed"), "both", promise.terms.signable_until, "signed")


def _of_signed(promise: Promise, day: datetime.date) -> Next:
    if not promise.is_binding:
        return Next(_("contract to be concluded"), "both", promise.terms.negotiable_until, "ordered")
    if promise.due and day > promise.due:
        last = formats.date(promise.last_day or day, i18n.locale())
        what = _("late: the client may accept a later date until {day}").format(day=last)
        return Next(what, "client", promise.due, "extended")
    return Next(_("to be delivered"), "supplier", promise.due, "delivered")


def _of_tested(promise: Promise, day: datetime.date) -> Next:
    if promise.presumed_on:
        return Next(
            _("accepted unless the client reports a failed test"), "client", promise.presumed_on, "accepted"
        )
    if promise.answer_by and day <= promise.answer_by:
        return Next(_("being tested by the client"), "client", promise.answer_by, "accepted")
    if promise.remind_by and day <= promise.remind_by:
        return Next(_("silent client to be reminded"), "supplier", promise.remind_by, "reminded")
    return Next(_("result of the tests awaited"), "client", promise.last_day, "accepted")


def _of_refused(promise: Promise, _day: datetime.date) -> Next:
    return Next(_("to be corrected and delivered again"), "supplier", promise.long_stop, "redelivered")


def _of_fulfilled(promise: Promise, _day: datetime.date) -> Next:
    what = _("option to be exercised") if promise.exercise_by else _("order to be placed")
    return Next(what, "supplier", promise.exercise_by or promise.since, "ordered")


def _of_lapsed(promise: Promise, _day: datetime.date) -> Next:
    if promise.on_record:
        return Next(_ended("lapsed"))
    return Next(_("lapsed: to be stated in writing"), "supplier", promise.since, "lapsed")


_FOLLOWING: Mapping[State, Callable[[Promise, datetime.date], Next]] = {
    "issued": _of_issued,
    "signed": _of_signed,
    "delivered": _of_tested,
    "refused": _of_refused,
    "fulfilled": _of_fulfilled,
    "waived": _of_fulfilled,
    "lapsed": _of_lapsed,
}


def _ended(state: State) -> str:
    sentences = {
        "ordered": _("ordered"),
        "lapsed": _("lapsed"),
        "withdrawn": _("withdrawn"),
        "expired": _("expired"),
    }
    return sentences[state]


# --- In words ---------------------------------------------------------------------


def next_in_words(item: Item, day: datetime.date) -> str:
    """What comes next, and by when."""
    by = item.next.by
    if by is None:
        return item.next.what
    return _("{what}, by {day} ({left})").format(
        what=item.next.what, day=formats.date(by, i18n.locale()), left=in_days((by - day).days)
    )


def in_days(days: int) -> str:
    """How many days are left, or how late it is."""
    if days < 0:
        return ngettext("{days} day late", "{days} days late", -days).format(days=-days)
    if not days:
        return _("today")
    return ngettext("in {days} day", "in {days} days", days).format(days=days)


def value_of(item: Item) -> str:
    """What a letter is worth, before tax, as the interface writes it; "" where nobody knows."""
    entry = item.history.entry
    if entry.value is None or entry.currency is None:
        return ""
    return str(formats.amount(entry.value, entry.currency, i18n.locale()))
