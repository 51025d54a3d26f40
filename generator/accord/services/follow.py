"""A step in the life of a letter: judged by what the letter says, then recorded."""

import datetime
from collections.abc import Mapping
from typing import Any

from accord import i18n
from accord.domain.promise import Happened, Promise, Refused
from accord.errors import in_a_line
from accord.i18n import _
from accord.register.entries import Entry, Event, History, data_of_step
from accord.register.register import NotLawful, Register, not_listed
from accord.text import formats


class Overtaken(NotLawful):
    """A step of somebody who has not seen the one before it."""


def follow(  # noqa: PLR0913 - a step, and who records it when
    register: Register,
    reference: str,
    step: Happened,
    *,
    actor: str,
    time: datetime.datetime,
    details: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> Event:
    """Record a step; `NotLawful` names the article that refuses it.

    `details` are kept beside it, such as the digest of a file that came back; `seen` is how many
    events of the letter whoever takes the step has seen, and `Overtaken` is raised if there are more.
    """

    def data_after(history: History | None) -> Mapping[str, Any]:
        if history is None:
            raise not_listed(reference)
        if seen is not None and seen != len(history.events):
            sentence = _("{reference}: a step has been recorded meanwhile; look at the letter again")
            raise Overtaken(sentence.format(reference=reference))
        refuse_unlawful(history, step)
        return data_of_step(step, details or {})

    return register.add(reference, step.step, data_after, actor=actor, time=time)


def day_to_come(day: datetime.date, today: datetime.date) -> str:
    """What recording a day means that has not come yet; "" for any other."""
    if day <= today:
        return ""
    sentence = _(
        "{day} has not come yet. A step that is recorded stays, and none of an earlier day can follow it."
    )
    return sentence.format(day=formats.date(day, i18n.locale()))


def refuse_unlawful(history: History, step: Happened) -> None:
    """`NotLawful` for a step that cannot follow what has happened, with the article that says so."""
    if refusal := promise_of(history).refusal(step):
        raise NotLawful(in_a_line(history.entry.reference, sentence_of(refusal, history.entry)))


def promise_of(history: History) -> Promise:
    """The agreement after its last step; `NotLawful` for a decline, which has no life of its own."""
    terms = history.entry.terms
    if terms is None:
        sentence = _("{reference}: is a decline; nothing follows it")
        raise NotLawful(sentence.format(reference=history.entry.reference))
    return Promise.at(terms, history.steps, datetime.date.min)


def sentence_of(refusal: Refused, entry: Entry) -> str:
    """Why a step is refused, with the number of the article that says so."""
    number = entry.articles.get(refusal.article) if refusal.article else None
    if number is None:
        return refusal.sentence
    return _("{sentence} (article {number})").format(sentence=refusal.sentence, number=number)
