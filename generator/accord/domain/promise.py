"""The life of an agreement after it was issued: its state on a day, and which steps are lawful then.

The state is a pure function of the letter's own terms, of what happened, and of
a day.  Periods are counted as the article on definitions says: in calendar days,
and to the next working day where the last one is none.  A day lasts until 23:59
at the supplier's, so what a deadline ends has ended on the day after it.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from accord import i18n
from accord.domain.business_days import HOME_OF_LAW, next_working_day
from accord.domain.choices import Binding, Law
from accord.domain.deal import Agreement
from accord.domain.house import House
from accord.errors import in_a_line
from accord.i18n import N_, _, ngettext
from accord.text import formats

Step = Literal[
    "signed",
    "delivered",
    "reminded",
    "accepted",
    "refused",
    "redelivered",
    "extended",
    "waived",
    "lapsed",
    "ordered",
    "defaulted",
    "withdrawn",
    "expired",
]
STEPS: tuple[Step, ...] = get_args(Step)

State = Literal[
    "issued",
    "signed",
    "delivered",
    "refused",
    "fulfilled",
    "waived",
    "ordered",
    "lapsed",
    "withdrawn",
    "expired",
]
ENDED = frozenset({"lapsed", "withdrawn", "expired"})
"""The states that nothing follows."""

HALF_SIGNED = "half-signed"
"""How a letter is called that is issued, and signed by one side alone: it binds nobody yet."""

Side = Literal["supplier", "prospect"]
SIDES: tuple[Side, ...] = get_args(Side)
"""Who signs, by the names of their fields."""

Cause = Literal["agreed", "force-majeure", "client-delay"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""Why a date is postponed: the client agrees, force majeure, or a delay of the client's own."""

DAYS_TO_AGREE = 10
"""In which the client may accept a later delivery: the article on the condition."""
DAYS_TO_REMIND = DAYS_OF_SILENCE = 5
"""To remind a silent client, and of silence after that: the article on acceptance."""
DAYS_OF_OPTION = 15
"""In which the supplier exercises an option that is open: the article on the purchase."""


@dataclass(frozen=True)
class Terms:
    """What the articles of an agreement say of days.

    `due` is the date of delivery, `long_stop` the last one for acceptance; both
    are None only where nobody has to buy.  Counts are in days, None where the
    letter lacks the clause.
    """

    law: Law
    binding: Binding
    date: datetime.date
    signable_until: datetime.date
    negotiable_until: datetime.date | None
    due: datetime.date | None
    long_stop: datetime.date | None
    acceptance_days: int
    extension_days: int | None
    force_majeure_days: int | None

    @classmethod
    def of(cls, deal: Agreement, house: House) -> "Terms":
        """The terms of an agreement of a house."""
        return cls(
            law=deal.law,
            binding=deal.binding,
            date=deal.date,
            signable_until=deal.valid_until(house),
            negotiable_until=deal.negotiation_until(house) if deal.binding == "negotiate" else None,
            due=deal.delivery.by if deal.delivery else None,
            long_stop=deal.long_stop(house),
            acceptance_days=house.terms.acceptance_days,
            extension_days=house.terms.extension_days,
            force_majeure_days=house.terms.force_majeure_days,
        )

    def after(self, day: datetime.date, days: int) -> datetime.date:
        """The last day of a period of so many days that begins on the day after `day`."""
        return next_working_day(day + datetime.timedelta(days=days), {HOME_OF_LAW[self.law]})


@dataclass(frozen=True)
class Happened:
    """A step that was taken on a day.

    An extension has the new date of delivery and its cause; `by` says who has signed, where not both have.
    """

    step: Step
    on: datetime.date
    to: datetime.date | None = None
    cause: Cause = "agreed"
    by: tuple[Side, ...] = SIDES


@dataclass(frozen=True)
class Refused:
    """Why a step is not lawful: the id of the article that says so ("" for none), and a sentence."""

    article: str
    sentence: str


@dataclass(frozen=True)
class Promise:
    """An agreement on a day.

    `since` is the day its state began, `due` and `long_stop` are the dates as
    they stand now.  While a delivery is tested, `answer_by` is the last day to
    report, `remind_by` the last one to remind a client who does not, and
    `presumed_on` the day on which it is presumed accepted if he stays silent.
    `exercise_by` is the last day of an option that is open.  `presumed` says that
    nobody reported the acceptance, `stated` that the client was told so, `on_record`
    that the end was recorded too.  `signed_by` has who has signed a letter that is issued still.
    """

    terms: Terms
    state: State
    since: datetime.date
    due: datetime.date | None
    long_stop: datetime.date | None
    extended: Mapping[Cause, int]
    answer_by: datetime.date | None = None
    remind_by: datetime.date | None = None
    presumed_on: datetime.date | None = None
    exercise_by: datetime.date | None = None
    presumed: bool = False
    stated: bool = False
    on_record: bool = False
    signed_by: tuple[Side, ...] = ()

    @property
    def shown_state(self) -> str:
        """The state as the register lists it: a letter that one side has signed is called so."""
        return HALF_SIGNED if self.state == "issued" and self.signed_by else self.state

    @property
    def ended(self) -> bool:
        """Whether nothing can follow."""
        return self.state in ENDED

    @property
    def last_day(self) -> datetime.date | None:
        """The day at whose end the state changes of itself; None if it does not."""
        if self.state == "issued":
            return self.terms.signable_until
        if self.state == "signed":
            return self._last_day_to_deliver or self.terms.negotiable_until
        if self.state == "delivered":
            return self.presumed_on or self.postponed_long_stop
        if self.state == "refused":
            return self.postponed_long_stop
        return self.exercise_by if self.state in {"fulfilled", "waived"} else None

    @property
    def _last_day_to_deliver(self) -> datetime.date | None:
        """With the days in which the client may still accept a later delivery."""
        if not self.is_binding or self.due is None:
            return None
        return self.terms.after(self.due, DAYS_TO_AGREE)

    @property
    def is_binding(self) -> bool:
        """Whether somebody has to buy once the condition is fulfilled."""
        return self.terms.binding in {"promise", "conditional"}

    @property
    def postponed_long_stop(self) -> datetime.date | None:
        """The last date for acceptance, no earlier than the end of the periods that a delivery has opened."""
        opened = [self.long_stop, self.answer_by, self.remind_by, self.presumed_on]
        return max((day for day in opened if day is not None), default=None)

    def on(self, day: datetime.date) -> "Promise":
        """The same on a later day, if nothing happens meanwhile."""
        last = self.last_day
        if last is None or day <= last:
            return self
        return self._as_time_passes(last).on(day)

    def _as_time_passes(self, last: datetime.date) -> "Promise":
        if self.state == "delivered" and self.presumed_on:
            return replace(self._fulfilled(last), presumed=True)
        ended: State = (
            "lapsed" if self.is_binding and self.state in {"signed", "delivered", "refused"} else "expired"
        )
        return replace(self, state=ended, since=last + datetime.timedelta(days=1))

    def refusal(self, step: Happened) -> Refused | None:
        """Why a step is not lawful now; None if it is."""
        if step.on < self.since:
            sentence = _("{day} is before {last}, the day of the step before; correct the day")
            return Refused("", sentence.format(day=_day(step.on), last=_day(self.since)))
        now = self.on(step.on)
        rule = _RULES[step.step]
        if now.state not in rule.states or self.terms.binding not in rule.levels:
            return Refused(rule.article, in_a_line(_standing(now), _(rule.sentence)))
        return next((no for check in rule.checks if (no := check(now, step))), None)

    def lawful_on(self, day: datetime.date) -> tuple[Step, ...]:
        """The steps that may be taken on a day, an extension by a day."""
        to = self.due + datetime.timedelta(days=1) if self.due else None
        return tuple(step for step in STEPS if self.refusal(Happened(step, day, to)) is None)

    def then(self, step: Happened) -> "Promise":
        """The same after a lawful step."""
        return _RULES[step.step].effect(self.on(step.on), step)

    @classmethod
    def issued(cls, terms: Terms) -> "Promise":
        """An agreement on the day of its letter."""
        return cls(terms, "issued", terms.date, terms.due, terms.long_stop, {})

    @classmethod
    def at(cls, terms: Terms, steps: Iterable[Happened], day: datetime.date) -> "Promise":
        """The agreement on a day, after lawful steps in their order."""
        promise = cls.issued(terms)
        for step in steps:
            promise = promise.then(step)
        return promise.on(max(day, promise.since))

    def _fulfilled(self, day: datetime.date) -> "Promise":
        return replace(self._settled("fulfilled", day), exercise_by=self._end_of_option(day))

    def _waived(self, day: datetime.date) -> "Promise":
        return replace(self._settled("waived", day), exercise_by=self._end_of_option(day))

    def _end_of_option(self, day: datetime.date) -> datetime.date | None:
        return self.terms.after(day, DAYS_OF_OPTION) if self.terms.binding == "promise" else None

    def _settled(self, state: State, day: datetime.date) -> "Promise":
        return replace(
            self, state=state, since=day, answer_by=None, remind_by=None, presumed_on=None, exercise_by=None
        )


# --- Which steps are lawful --------------------------------------------------------

_Check = Callable[[Promise, Happened], Refused | None]


def _day(day: datetime.date | None) -> str:
    return str(formats.date(day, i18n.locale())) if day else ""


def _in_time(now: Promise, step: Happened) -> Refused | None:
    """A delivery comes by the date of delivery."""
    if now.due is None or step.on <= now.due:
        return None
    sentence = _(
        "the feature was due on {due}; if the Client has accepted a later date in writing, by {last} at"
        " the latest, record that first (extended --to)"
    )
    return Refused("condition", sentence.format(due=_day(now.due), last=_day(now._last_day_to_deliver)))  # noqa: SLF001


def _by_the_long_stop(now: Promise, step: Happened) -> Refused | None:
    """What was refused is delivered again until the last date for acceptance as it was fixed."""
    if now.long_stop is None or step.on <= now.long_stop:
        return None
    sentence = _("the last date for acceptance was {day}: after it the feature cannot be delivered again")
    return Refused("acceptance", sentence.format(day=_day(now.long_stop)))


def _silent_long_enough(now: Promise, step: Happened) -> Refused | None:
    """A reminder follows the end of the period to test, by a few days."""
    if now.presumed_on:
        sentence = _("the Client was reminded already; without an answer the feature is accepted on {day}")
        return Refused("acceptance", sentence.format(day=_day(now.presumed_on)))
    if now.answer_by and step.on <= now.answer_by:
        sentence = _("the Client may test until {day}; remind it after that")
        return Refused("acceptance", sentence.format(day=_day(now.answer_by)))
    if now.remind_by and step.on > now.remind_by:
        sentence = _("the reminder was due by {day}; silence no longer counts as acceptance")
        return Refused("acceptance", sentence.format(day=_day(now.remind_by)))
    return None


def _to_a_later_date(now: Promise, step: Happened) -> Refused | None:
    """An extension postpones, and no longer than its clause allows."""
    if now.due is None:
        return Refused("", _("the letter has no date of delivery that could be postponed"))
    if step.to is None or step.to <= now.due:
        sentence = _("the new date has to be after {due}, the date of delivery as it stands")
        return Refused("condition", sentence.format(due=_day(now.due)))
    days = now.extended.get(step.cause, 0) + (step.to - now.due).days
    most = now.terms.force_majeure_days if step.cause == "force-majeure" else None
    if step.cause == "force-majeure" and most is None:
        return Refused("", _("the letter has no clause on force majeure"))
    if most is not None and days > most:
        sentence = ngettext(
            "force majeure postpones the date by {most} day at most in all",
            "force majeure postpones the date by {most} days at most in all",
            most,
        )
        return Refused("force-majeure", sentence.format(most=most))
    return None


def _tested_or_presumed(now: Promise, _step: Happened) -> Refused | None:
    """What was accepted by silence may still be stated, once; what was accepted in words may not."""
    if now.state != "fulfilled" or (now.presumed and not now.stated):
        return None
    rule = _RULES["accepted"]
    return Refused(rule.article, in_a_line(_standing(now), _(rule.sentence)))


def _once_fulfilled(now: Promise, _step: Happened) -> Refused | None:
    """A letter that binds nobody leads to a contract as soon as both sides conclude one."""
    if not now.is_binding or now.state != "signed":
        return None
    return Refused("effect", in_a_line(_standing(now), _(_RULES["ordered"].sentence)))


def _owed(now: Promise, _step: Happened) -> Refused | None:
    """Under an option nothing is owed before the supplier has exercised it."""
    if now.terms.binding != "promise" or now.state == "ordered":
        return None
    return Refused("purchase", _("nothing is owed before the option is exercised (ordered)"))


def _by_the_other(now: Promise, step: Happened) -> Refused | None:
    """Who has signed does not do so again; what is missing is the other side's signature."""
    if not step.by or {*step.by} - {*now.signed_by}:
        return None
    return Refused(
        "signature",
        _("this side has signed already, on {day}; record the letter once the other has too").format(
            day=_day(now.since)
        ),
    )


def _once(now: Promise, _step: Happened) -> Refused | None:
    return Refused("", _("it is on record already")) if now.on_record else None


# --- What steps do ------------------------------------------------------------------


def _signed(now: Promise, step: Happened) -> Promise:
    """A letter binds once both sides have signed it, each on whatever copy of it."""
    signed_by = tuple(side for side in SIDES if side in {*now.signed_by, *step.by})
    if signed_by == SIDES:
        return replace(now._settled("signed", step.on), signed_by=signed_by)  # noqa: SLF001 - of the same module
    return replace(now, since=step.on, signed_by=signed_by)


def _tested(now: Promise, step: Happened) -> Promise:
    """A delivery opens the period to test."""
    last = now.terms.after(step.on, now.terms.acceptance_days)
    tested = now._settled("delivered", step.on)  # noqa: SLF001 - of the same module
    return replace(tested, answer_by=last, remind_by=now.terms.after(last, DAYS_TO_REMIND))


def _reminded(now: Promise, step: Happened) -> Promise:
    return replace(now, since=step.on, presumed_on=now.terms.after(step.on, DAYS_OF_SILENCE))


def _accepted(now: Promise, step: Happened) -> Promise:
    """What was accepted by silence has been so since its day, whenever that is stated."""
    return replace(now, stated=True) if now.presumed else now._fulfilled(step.on)  # noqa: SLF001


def _refused(now: Promise, step: Happened) -> Promise:
    """The periods that the delivery opened still hold its last date."""
    return replace(now, state="refused", since=step.on, remind_by=None, presumed_on=None)


def _extended(now: Promise, step: Happened) -> Promise:
    """The last date for acceptance moves by the same period."""
    if step.to is None or now.due is None:
        raise ValueError(step)  # no lawful step
    by = step.to - now.due
    days = {**now.extended, step.cause: now.extended.get(step.cause, 0) + by.days}
    return replace(
        now, since=step.on, due=step.to, long_stop=now.long_stop and now.long_stop + by, extended=days
    )


def _into(state: State) -> Callable[[Promise, Happened], Promise]:
    return lambda now, step: now._settled(state, step.on)  # noqa: SLF001 - of the same module


def _recorded(now: Promise, step: Happened) -> Promise:
    return replace(now, since=max(now.since, step.on), on_record=True)


def _defaulted(now: Promise, step: Happened) -> Promise:
    return replace(now, since=step.on)


@dataclass(frozen=True)
class _Rule:
    """When a step may be taken, and what it does.

    `article` is the id of the clause that says so, `sentence` what it says.
    """

    states: frozenset[State]
    article: str
    sentence: str
    effect: Callable[[Promise, Happened], Promise]
    checks: tuple[_Check, ...] = ()
    levels: frozenset[Binding] = frozenset(get_args(Binding))


_OF_A_CONDITION: frozenset[Binding] = frozenset({"promise", "conditional"})
_PENDING: frozenset[State] = frozenset({"signed", "delivered", "refused"})

_RULES: Mapping[Step, _Rule] = {
    "signed": _Rule(
        frozenset({"issued"}),
        "signature",
        N_("a letter is signed once, by its last day"),
        _signed,
        (_by_the_other,),
    ),
    "delivered": _Rule(
        frozenset({"signed"}),
        "condition",
        N_(
            "the feature is delivered once the letter is signed, and again (redelivered) only after a refusal"
        ),
        _tested,
        (_in_time,),
        _OF_A_CONDITION,
    ),
    "reminded": _Rule(
        frozenset({"delivered"}),
        "acceptance",
        N_("a reminder follows a delivery on which the Client has said nothing"),
        _reminded,
        (_silent_long_enough,),
        _OF_A_CONDITION,
    ),
    "accepted": _Rule(
        frozenset({"delivered", "fulfilled"}),
        "acceptance",
        N_("only what has been delivered, and is being tested, can be accepted"),
        _accepted,
        (_tested_or_presumed,),
        _OF_A_CONDITION,
    ),
    "refused": _Rule(
        frozenset({"delivered"}),
        "acceptance",
        N_("only what has been delivered, and is being tested, can be refused"),
        _refused,
        levels=_OF_A_CONDITION,
    ),
    "redelivered": _Rule(
        frozenset({"refused"}),
        "acceptance",
        N_("the feature is delivered again only after a refusal"),
        _tested,
        (_by_the_long_stop,),
        _OF_A_CONDITION,
    ),
    "extended": _Rule(
        _PENDING,
        "condition",
        N_("the date of delivery can be postponed only while the condition is pending"),
        _extended,
        (_to_a_later_date,),
        _OF_A_CONDITION,
    ),
    "waived": _Rule(
        _PENDING,
        "beneficiary-waiver",
        N_("the condition can be waived only before it is fulfilled or has failed"),
        lambda now, step: now._waived(step.on),  # noqa: SLF001 - of the same module
        levels=_OF_A_CONDITION,
    ),
    "lapsed": _Rule(
        frozenset({"lapsed"}),
        "lapse",
        N_("an agreement lapses only when its dates have passed"),
        _recorded,
        (_once,),
        _OF_A_CONDITION,
    ),
    "ordered": _Rule(
        frozenset({"signed", "fulfilled", "waived"}),
        "effect",
        N_("the order takes effect only once the condition is fulfilled or waived"),
        _into("ordered"),
        (_once_fulfilled,),
    ),
    "defaulted": _Rule(
        frozenset({"fulfilled", "waived", "ordered"}),
        "payment",
        N_("only what is owed can be demanded: once the condition is fulfilled or waived"),
        _defaulted,
        (_owed,),
        levels=_OF_A_CONDITION,
    ),
    "withdrawn": _Rule(
        frozenset({"issued"}),
        "signature",
        N_("a letter is withdrawn only before it is signed"),
        _into("withdrawn"),
    ),
    "expired": _Rule(
        frozenset({"expired"}),
        "signature",
        N_("a letter expires only when its last day has passed"),
        _recorded,
        (_once,),
    ),
}
"""The lawful steps.  An order under a letter that binds nobody is the contract that was then concluded."""


def _standing(now: Promise) -> str:
    """How a promise stands, as the beginning of a refusal."""
    sentences: Mapping[State, str] = {
        "issued": _("is signed by one side alone (on {day})") if now.signed_by else _("is not signed yet"),
        "signed": _("is signed (on {day}), and the feature is not delivered"),
        "delivered": _("is being tested (delivered on {day})"),
        "refused": _("was refused on {day}"),
        "fulfilled": _("was accepted on {day}"),
        "waived": _("has a condition waived on {day}"),
        "ordered": _("was ordered on {day}"),
        "lapsed": _("lapsed on {day}"),
        "withdrawn": _("was withdrawn on {day}"),
        "expired": _("expired on {day}"),
    }
    return sentences[now.state].format(day=_day(now.since))
