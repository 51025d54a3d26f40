"""What would hold if a feature were delivered on some day: article by article, with the dates, in the letter's language.

Every date and every yes or no is that of `domain.promise`: the steps that are
supposed are taken there, and what follows is told.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from accord import i18n
from accord.domain.printed import Printed
from accord.domain.promise import DAYS_OF_SILENCE, Cause, Happened, Promise, Step
from accord.errors import in_a_line
from accord.i18n import _, ngettext
from accord.register.entries import Entry, History
from accord.register.register import NotLawful
from accord.services.follow import promise_of, sentence_of
from accord.text import formats

Outcome = Literal["accepted", "silent", "refused"]
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Holding:
    """What one article of the letter then means."""

    article: str
    """which one: condition, acceptance, effect, purchase, lapse and so on"""
    number: int | None
    """its number in the letter; null where the letter lacks it"""
    day: datetime.date | None
    """the day that counts; null where none does"""
    sentence: str
    """what holds, in the language of the letter"""


@dataclass(frozen=True)
class WhatIf(Printed):
    """What accord what-if --json prints."""

    reference: str
    """of the letter"""
    version: str
    """of the letter"""
    language: str
    """of the letter and of the sentences"""
    law: str
    """of the letter: FR, or EW for England and Wales"""
    binding: str
    """what the letter obliges to: conditional, promise, negotiate or intent"""
    supposed: str
    """what is supposed, as a sentence"""
    holdings: tuple[Holding, ...]
    """what then holds, in the order of the events"""
    state: str
    """how the letter would stand in the end"""
    since: datetime.date
    """from which day on"""


@dataclass
class _Story:
    """What has been supposed so far, and what was told of it."""

    entry: Entry
    promise: Promise
    interface: str
    """the language of refusals"""
    holdings: list[Holding] = field(default_factory=list)

    def take(self, step: Step, on: datetime.date, to: datetime.date | None = None) -> None:
        """Suppose a step; `NotLawful` names the article that refuses it."""
        happened = Happened(step, on, to)
        with i18n.speaking(self.interface):
            if refusal := self.promise.refusal(happened):
                raise NotLawful(in_a_line(self.entry.reference, sentence_of(refusal, self.entry)))
        self.promise = self.promise.then(happened)

    def allows(
        self, step: Step, on: datetime.date, to: datetime.date | None = None, cause: Cause = "agreed"
    ) -> bool:
        return self.promise.refusal(Happened(step, on, to, cause)) is None

    def after(self, step: Step, on: datetime.date) -> Promise:
        """The promise after a lawful step that is not supposed."""
        return self.promise.then(Happened(step, on))

    def tell(
        self, article: str, day: datetime.date | None, sentence: str, **days: datetime.date | None
    ) -> None:
        """What an article means; the days stand in the sentence as the letter's language writes them."""
        told = sentence.format(**{name: _day(each) for name, each in days.items()}, day=_day(day))
        self.holdings.append(Holding(article, self.entry.articles.get(article), day, told))

    def last_day(self) -> datetime.date:
        """The day at whose end it changes of itself."""
        return self.promise.last_day or self.promise.since


def what_if(
    history: History, today: datetime.date, delivered: datetime.date | None, outcome: Outcome, late: int = 0
) -> WhatIf:
    """What would hold; `delivered` is None for the date of delivery, or for what is delivered already.

    `late` days are added to it.  `NotLawful` for what the letter, or its life so far, does not allow.
    """
    entry = history.entry
    promise = promise_of(history)
    story = _Story(entry, promise.on(max(today, promise.since)), i18n.language())
    with i18n.speaking(entry.language):
        if story.promise.is_binding:
            supposed = _delivered(story, today, delivered, late)
            _OUTCOMES[outcome](story)
            supposed = in_a_line(_("Supposed"), f"{supposed}, {_called(outcome)}")
        else:
            supposed = in_a_line(_("Supposed"), _on(delivered, story.promise.since))
            _not_binding(story)
        return WhatIf(
            reference=entry.reference,
            version=entry.version,
            language=entry.language,
            law=entry.law or "",
            binding=entry.binding or "",
            supposed=supposed,
            holdings=tuple(story.holdings),
            state=story.promise.state,
            since=story.promise.since,
        )


def _day(day: datetime.date | None) -> str:
    return str(formats.date(day, i18n.locale())) if day else ""


def _on(day: datetime.date | None, otherwise: datetime.date) -> str:
    return _("delivery on {day}").format(day=_day(day or otherwise))


def _called(outcome: Outcome) -> str:
    names = {
        "accepted": _("the tests pass"),
        "silent": _("the client says nothing"),
        "refused": _("a test fails"),
    }
    return names[outcome]


# --- The delivery -------------------------------------------------------------------


def _delivered(story: _Story, today: datetime.date, delivered: datetime.date | None, late: int) -> str:
    """Suppose the signature, if it is missing, and the delivery; what is supposed of it."""
    if story.promise.state == "issued":
        _signed(story, today)
    promise = story.promise
    if promise.state == "delivered" and delivered is None and not late:
        return _on(None, promise.since)
    day = (delivered or promise.due or promise.since) + late * DAY
    if promise.state == "refused":
        story.take("redelivered", day)
        story.tell(
            "acceptance",
            day,
            _("Delivered again on {day}, by {last}, the Feature is in time."),
            last=promise.long_stop,
        )
    elif promise.state == "signed" and promise.due and day > promise.due:
        _late(story, day, promise.due)
    else:
        story.take("delivered", day)
        story.tell(
            "condition", day, _("Delivered on {day}, by {due}, the Feature is in time."), due=promise.due
        )
    return _on(day, day)


def _signed(story: _Story, today: datetime.date) -> None:
    day = max(today, story.promise.since)
    last = story.promise.last_day
    story.take("signed", day)
    story.tell(
        "signature",
        last,
        _("The letter is not signed yet: signed by both sides by {day} at the latest, it binds."),
    )


def _late(story: _Story, day: datetime.date, due: datetime.date) -> None:
    """After its date, a delivery counts only if the client has accepted a later one."""
    last, days = story.last_day(), (day - due).days
    late = ngettext(
        "Due by {{day}}, the Feature is delivered on {{delivered}}, {count} day late.",
        "Due by {{day}}, the Feature is delivered on {{delivered}}, {count} days late.",
        days,
    ).format(count=days)
    story.tell("condition", due, late, delivered=day)
    if story.allows("waived", last):
        story.tell("beneficiary-waiver", last, _("Until {day} the Client alone may waive the Condition."))
    story.tell(
        "lapse",
        last + DAY,
        _(
            "Unless the Client has accepted a later date in writing by {last}, the Condition fails and the agreement lapses on {day}."
        ),
        last=last,
    )
    if story.allows("extended", min(day, last), day, "client-delay"):
        story.tell(
            "cooperation",
            None,
            _("A delay of the Client’s own postpones both dates by as long, without its consent."),
        )
    if story.allows("extended", min(day, last), day, "force-majeure"):
        story.tell(
            "force-majeure",
            None,
            _("So does force majeure that was notified without delay and lasted as long."),
        )
    story.take("extended", min(day, last), day)
    story.tell(
        "condition",
        day,
        _(
            "What follows supposes that the Client has accepted {day} as the Delivery Date; the Long Stop Date is then {stop}."
        ),
        stop=story.promise.long_stop,
    )
    story.take("delivered", day)


# --- What the client does ---------------------------------------------------------------


def _accepted(story: _Story) -> None:
    last = story.promise.answer_by
    if last is None or not story.allows("accepted", last):
        last = story.last_day()
    story.tell(
        "acceptance",
        last,
        _(
            "The Client may run its tests until {day} and then reports the result in writing; here, on that last day."
        ),
    )
    story.take("accepted", last)
    _fulfilled(story)


def _silent(story: _Story) -> None:
    promise = story.promise
    if promise.presumed_on is None and promise.answer_by and promise.remind_by:
        first, last = promise.answer_by + DAY, promise.remind_by
        story.tell(
            "acceptance",
            promise.answer_by,
            _("The Client may run its tests and report until {day}; here it does not."),
        )
        story.tell(
            "acceptance",
            last,
            _("From {first} to {day} the Supplier may send a written reminder that cites this clause."),
            first=first,
        )
        story.tell(
            "lapse",
            story.last_day() + DAY,
            _(
                "Without a reminder, silence is no acceptance: the Condition fails and the agreement lapses on {day}."
            ),
        )
        sooner = story.after("reminded", first).presumed_on
        story.take("reminded", last)
        story.tell(
            "acceptance",
            sooner,
            _(
                "A reminder sent on {first} and left without a report for {count} days makes acceptance presumed on {day}."
            ).replace("{count}", f"{DAYS_OF_SILENCE}"),
            first=first,
        )
    presumed = {
        "FR": _(
            "At the latest, with a reminder on the last day, acceptance is presumed on {day}, unless it is shown that a test was failing."
        ),
        "EW": _(
            "At the latest, with a reminder on the last day, acceptance is presumed on {day}, unless the Client shows, within"
            " the next 30 days, that a test was failing."
        ),
    }
    last_day = story.last_day()
    story.tell("acceptance", last_day, presumed[story.promise.terms.law])
    story.promise = story.promise.on(last_day + DAY)
    _fulfilled(story)


def _refused(story: _Story) -> None:
    promise = story.promise
    day = promise.answer_by or promise.since
    story.tell(
        "acceptance",
        day,
        _(
            "The Client may report until {day} that a test failed, with what shows it; here, on that last day."
        ),
    )
    story.take("refused", day)
    stop = story.promise.long_stop
    if stop and stop >= day and story.allows("redelivered", stop):
        again = story.after("redelivered", stop)
        story.tell(
            "acceptance", stop, _("The Supplier may correct the Feature and deliver it again until {day}.")
        )
        story.tell(
            "acceptance",
            again.answer_by,
            _(
                "Delivered again on that last day, it may be tested until {day}; the periods then run on, reminder included, until {end}."
            ),
            end=again.postponed_long_stop,
        )
    else:
        story.tell(
            "acceptance", stop, _("The Long Stop Date was {day}: the Feature cannot be delivered again.")
        )
    last = story.last_day()
    if story.allows("waived", last):
        story.tell("beneficiary-waiver", last, _("Until {day} the Client alone may waive the Condition."))
    story.tell(
        "lapse",
        last + DAY,
        _(
            "Without acceptance or a new delivery by {last}, the Condition fails and the agreement lapses on {day}."
        ),
        last=last,
    )
    story.promise = story.promise.on(last + DAY)


_OUTCOMES: Mapping[Outcome, Callable[[_Story], None]] = {
    "accepted": _accepted,
    "silent": _silent,
    "refused": _refused,
}


def _fulfilled(story: _Story) -> None:
    promise, entry = story.promise, story.entry
    if promise.exercise_by is None:
        story.tell(
            "effect", promise.since, _("The Condition is fulfilled, and the Order takes effect, on {day}.")
        )
    else:
        story.tell(
            "effect", promise.since, _("The Condition is fulfilled on {day}: the Supplier’s option is open.")
        )
        story.tell(
            "purchase",
            promise.exercise_by,
            _(
                "The Supplier may exercise it in writing until {day}; the Order takes effect on that day, and without it the promise ends on {end}."
            ),
            end=promise.exercise_by + DAY,
        )
    if entry.value is not None and entry.currency:
        amount = formats.amount(entry.value, entry.currency, i18n.locale())
        order = _("The Order is worth {amount} before tax.").format(amount=amount)
        story.tell("price", None, order)


# --- A letter that obliges nobody to buy ---------------------------------------------------


def _not_binding(story: _Story) -> None:
    story.tell(
        "nature", None, _("Nobody is obliged to deliver or to buy: a delivery changes nothing by itself.")
    )
    until = story.promise.terms.negotiable_until
    if until:
        story.tell(
            "negotiation",
            until,
            _(
                "The parties negotiate in good faith until {day}; after that the letter has no further effect."
            ),
        )
    story.tell(
        "purchase", None, _("Only a contract that both sides conclude obliges them to buy and to supply.")
    )
