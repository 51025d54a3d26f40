"""What follows an agreement: the document that a step in its life calls for, as data.

A document says what the agreement says, and beside it only what this step adds:
its day, the dates that follow from it, and what somebody reports or asks for.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import Field

from accord.domain import choices, fields
from accord.domain.base import StrictModel
from accord.domain.deal import Agreement
from accord.domain.promise import Cause, Happened, Promise, Step, Terms

PaperKind = Literal[
    "delivery-notice",
    "reminder",
    "acceptance-report",
    "acceptance-notice",
    "extension-deed",
    "waiver-deed",
    "lapse-notice",
    "order-form",
    "default-notice",
]
PAPERS: tuple[PaperKind, ...] = get_args(PaperKind)

PAPER_OF: Mapping[Step, PaperKind] = {
    "delivered": "delivery-notice",
    "redelivered": "delivery-notice",
    "reminded": "reminder",
    "accepted": "acceptance-report",
    "refused": "acceptance-report",
    "extended": "extension-deed",
    "waived": "waiver-deed",
    "lapsed": "lapse-notice",
    "ordered": "order-form",
    "defaulted": "default-notice",
}
"""The document of each step that has one of the house; an acceptance that nobody reported has a notice."""

ITEMISED: frozenset[PaperKind] = frozenset({"delivery-notice", "acceptance-report", "default-notice"})
"""The documents that say what the step itself has to say."""

SIGNED: Mapping[PaperKind, tuple[Literal["supplier", "prospect"], ...]] = {
    "acceptance-report": ("supplier", "prospect"),
    "extension-deed": ("supplier", "prospect"),
    "waiver-deed": ("prospect",),
}
"""Who signs a document under words of consent; the others are letters of the supplier."""

Result = Literal["accepted", "refused"]
Ground = Literal["tested", "presumed", "renounced"]
"""Why the purchase goes ahead: the tests passed, the client stayed silent, or it waived the condition."""
Missed = Literal["undelivered", "unaccepted"]
"""What had not happened when an agreement lapsed."""

_Number = Annotated[int, Field(strict=True, ge=1, le=99)]


class Paper(StrictModel):
    """The document of a step; what it does not speak of is None.

    `articles` are the numbers of the agreement's articles by their ids; `items` what the
    step itself has to say: where the feature is found, a failed test, a
    reservation, what is demanded.
    """

    kind: PaperKind
    on: fields.Date
    articles: Mapping[Annotated[str, Field(max_length=60)], _Number] = Field(max_length=99)
    items: tuple[fields.Sentence, ...] = Field(default=(), max_length=12)
    result: Result | None = None
    ground: Ground | None = None
    missed: Missed | None = None
    cause: Cause | None = None
    delivered: fields.Date | None = None
    reminded: fields.Date | None = None
    answer_by: fields.Date | None = None
    remind_by: fields.Date | None = None
    presumed: fields.Date | None = None
    due: fields.Date | None = None
    long_stop: fields.Date | None = None
    former_due: fields.Date | None = None
    former_long_stop: fields.Date | None = None
    fulfilled: fields.Date | None = None
    exercise_by: fields.Date | None = None
    effect: fields.Date | None = None

    @property
    def signed(self) -> tuple[Literal["supplier", "prospect"], ...]:
        """Who signs it, the supplier first."""
        return SIGNED.get(self.kind, ("supplier",))

    @classmethod
    def of(
        cls,
        terms: Terms,
        steps: Sequence[Happened],
        step: Happened,
        articles: Mapping[str, int],
        items: Sequence[str] = (),
    ) -> Self | None:
        """The document of a lawful step after others; None for a step without one of the house."""
        kind = PAPER_OF.get(step.step)
        if kind is None or terms.binding not in {"promise", "conditional"}:
            return None
        if kind == "acceptance-report" and Promise.at(terms, steps, step.on).presumed:
            kind = "acceptance-notice"
        facts = _facts(terms, steps, step, kind)
        said = {name: facts[name] for name in _SAYS[kind]}
        return cls(kind=kind, on=step.on, articles=articles, items=tuple(items), **said)


_SAYS: Mapping[PaperKind, tuple[str, ...]] = {
    "delivery-notice": ("delivered", "answer_by", "remind_by", "long_stop"),
    "reminder": ("delivered", "answer_by", "presumed"),
    "acceptance-report": ("result", "delivered", "long_stop", "exercise_by"),
    "acceptance-notice": ("result", "delivered", "reminded", "fulfilled", "exercise_by"),
    "extension-deed": ("cause", "former_due", "due", "former_long_stop", "long_stop"),
    "waiver-deed": ("due", "exercise_by"),
    "lapse-notice": ("missed", "due", "long_stop"),
    "order-form": ("ground", "fulfilled", "effect", "exercise_by"),
    "default-notice": ("ground", "fulfilled", "effect"),
}
"""What each document speaks of: the page says no more, and so neither does its data."""


def _facts(terms: Terms, steps: Sequence[Happened], step: Happened, kind: PaperKind) -> dict[str, Any]:
    """All that can be said of a step."""
    before = Promise.at(terms, steps, step.on)
    after, settled = before.then(step), _settled(terms, steps, step)
    idle = Promise.at(terms, steps, datetime.date.min)  # before time made it lapse
    deliveries = [each.on for each in (*steps, step) if each.step in {"delivered", "redelivered"}]
    reminders = [each.on for each in steps if each.step == "reminded"]
    orders = [each.on for each in (*steps, step) if each.step == "ordered"]
    option = terms.binding == "promise"
    return {
        "result": step.step,
        "cause": step.cause,
        "missed": "undelivered" if idle.state == "signed" else "unaccepted",
        "ground": "renounced" if settled.state == "waived" else "presumed" if settled.presumed else "tested",
        "delivered": deliveries[-1] if deliveries else None,
        "reminded": reminders[-1] if reminders else None,
        "answer_by": after.answer_by,
        "remind_by": after.remind_by,
        "presumed": after.presumed_on,
        "former_due": before.due,
        "due": after.due,
        "former_long_stop": before.long_stop,
        # What an open period adds to the last date for acceptance is no time to deliver again.
        "long_stop": after.postponed_long_stop if kind == "lapse-notice" else after.long_stop,
        "fulfilled": settled.since,
        "exercise_by": settled.exercise_by,
        # Where there is an option, the order takes effect on the day of its exercise.
        "effect": next(iter(orders), None) if option else settled.since,
    }


def _settled(terms: Terms, steps: Sequence[Happened], step: Happened) -> Promise:
    """The promise when its condition had just been fulfilled or waived; as it stands if it was not."""
    promise = Promise.issued(terms)
    for each in (*steps, step):
        if (now := promise.on(each.on)).state in _SETTLED:
            return now
        promise = now.then(each)
    return promise


_SETTLED = frozenset({"fulfilled", "waived"})


class Sequel(Agreement):
    """An agreement, and the document of a step in its life."""

    kind: ClassVar[choices.Kind] = "after"

    paper: Paper

    @classmethod
    def to(cls, agreement: Agreement, paper: Paper) -> Self:
        """A document of an agreement, which encloses none of its annexes."""
        return cls.model_construct(**dict(agreement) | {"annex": (), "opening_note": None, "paper": paper})
