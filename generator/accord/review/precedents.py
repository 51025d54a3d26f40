"""What the register knows of a request, in sentences: who asked for it, what was answered, whether the team can carry it."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from accord import i18n
from accord.domain.capacity import Judgement, Placed, Work
from accord.domain.precedents import Known, Owed, Precedent
from accord.i18n import _, ngettext
from accord.intake import words
from accord.text import formats
from accord.text.characters import plain
from accord.text.likeness import Likeness

MOST_NAMED = 3
"""Letters that a sentence names; it counts the others."""
DAYS_AROUND, CROWD = 3, 2
"""A date is crowded where so many others are due at most so many days before or after it."""

_T = TypeVar("_T")


def listed(things: Sequence[_T], said: Callable[[_T], str]) -> str:
    """The first of some things, and how many more there are."""
    mark = "\u202f; " if i18n.language() == "fr" else "; "
    named = mark.join(said(each) for each in things[:MOST_NAMED])
    more = len(things) - MOST_NAMED
    if more <= 0:
        return named
    return ngettext("{named}, and {count} more", "{named}, and {count} more", more).format(
        named=named, count=more
    )


def day(date: datetime.date) -> str:
    """A day in the language of the interface."""
    return plain(formats.date(date, i18n.locale()))


def who(letter: Precedent | Owed) -> str:
    """The prospect, if it is to be told, and the letter's reference."""
    return f"{letter.prospect} ({letter.reference})" if letter.prospect else letter.reference


def answer(letter: Precedent) -> str:
    """What was answered, and how it stands."""
    if letter.reason:
        reason = words.named("decline.reason")[letter.reason]
        return _("declined on {day} ({reason})").format(day=day(letter.date), reason=reason)
    states = {
        "issued": _("not signed yet"),
        "signed": _("signed"),
        "delivered": _("delivered, being tested"),
        "refused": _("delivered, and refused by the client"),
        "fulfilled": _("accepted by the client"),
        "waived": _("condition waived"),
        "ordered": _("ordered"),
        "lapsed": _("lapsed"),
        "withdrawn": _("withdrawn"),
        "expired": _("expired unsigned"),
    }
    level = words.named("binding")[letter.binding or "conditional"].partition(" (")[0]
    sentence = _("{level} of {day}, {state}")
    if letter.due:
        sentence = _("{level} of {day}, due by {due}, {state}")
    due = day(letter.due) if letter.due else ""
    return sentence.format(level=level, day=day(letter.date), due=due, state=states[letter.state])


def precedent(letter: Precedent) -> str:
    """Who asked, what was answered, and how their words differ from these."""
    said = f"{who(letter)}{_(': ')}{answer(letter)}"
    alike: dict[Likeness, str] = {
        "spelling": _("spelt otherwise"),
        "order": _("in another order"),
        "small-words": _("but for small words and endings"),
        "slip": _("but for one letter"),
    }
    if letter.likeness not in alike:
        return said
    how = alike[letter.likeness]
    name = _("as “{feature}”").format(feature=letter.feature) if letter.feature else ""
    return f"{said}, {', '.join(filter(None, (name, how)))}"


def asked_before(known: Known) -> str:
    """Who else asked for it, the latest first; "" if nobody."""
    if not known.precedents:
        return ""
    count = len(known.precedents)
    sentence = ngettext(
        "{count} letter in the register is about this: {list}.",
        "{count} letters in the register are about this: {list}.",
        count,
    )
    return sentence.format(count=count, list=listed(known.precedents[::-1], precedent))


def works(known: Known) -> list[Work]:
    """What is owed, as far as anybody said how long it takes."""
    return [Work(each.reference, each.due, each.effort) for each in known.owed if each.effort]


def over_capacity(judgement: Judgement, known: Known) -> str:
    """Why a day does not fit, and the earliest that does."""
    placed = judgement.placed
    sentences = []
    if placed.done is None:
        sentences.append(_("With all that is promised, your team would not have it done within ten years."))
    elif placed.is_late:
        sentence = _("With all that is promised, your team would have it done by {done}, not by {due}.")
        sentences.append(sentence.format(done=day(placed.done), due=day(placed.work.due)))
    if judgement.delayed:
        owed = {each.reference: each for each in known.owed}

        def made_late(late: Placed) -> str:
            done = day(late.done) if late.done else _("not within ten years")
            name, due = who(owed[late.work.name]), day(late.work.due)
            return _("{who}, due by {due}, done by {done}").format(who=name, due=due, done=done)

        sentence = _("It would make others late, or later: {list}.")
        sentences.append(sentence.format(list=listed(judgement.delayed, made_late)))
    sentences.append(earliest(judgement))
    return " ".join(sentences)


def earliest(judgement: Judgement) -> str:
    """The earliest day that fits."""
    if judgement.earliest is None:
        return _("No day within ten years fits.")
    return _("The earliest day that fits is {day}.").format(day=day(judgement.earliest))


def without_effort(owed: Sequence[Owed]) -> str:
    """What is promised and left out of the plan, for want of an effort."""
    sentence = ngettext(
        "{count} promise has no effort and is left out of the plan: {list}. Write feature.effort in its"
        " deal, and render its final letter again.",
        "{count} promises have no effort and are left out of the plan: {list}. Write feature.effort in their"
        " deals, and render their final letters again.",
        len(owed),
    )
    return sentence.format(count=len(owed), list=listed(owed, who))


def near(date: datetime.date, owed: Iterable[Owed]) -> list[Owed]:
    """What is due about a day, in the order of dates."""
    found = [each for each in owed if abs((each.due - date).days) <= DAYS_AROUND]
    return sorted(found, key=lambda each: (each.due, each.reference))


def crowded(date: datetime.date, owed: Sequence[Owed]) -> str:
    """What else is due about a day."""
    sentence = _("{count} other promises are due within three days of {day}: {list}.")
    return sentence.format(
        count=len(owed),
        day=day(date),
        list=listed(owed, lambda each: _("{who}, due by {due}").format(who=who(each), due=day(each.due))),
    )
