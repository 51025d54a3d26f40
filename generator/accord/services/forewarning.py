"""What the register has to say before a letter leaves: who asked for the same, what was answered, what is owed."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from accord.domain.deal import Deal, Decline
from accord.domain.house import HouseFile
from accord.domain.legal_forms import without_form
from accord.domain.precedents import Known, Owed, Precedent
from accord.domain.promise import Promise, Terms
from accord.errors import AccordError
from accord.letter.record import derive_reference
from accord.register.entries import History
from accord.text.characters import folded_words
from accord.text.likeness import IndexedRequests, Requests, likeness

_OWING = frozenset({"issued", "signed"})
"""States in which the feature is still to be built."""


About: TypeAlias = Callable[[Collection[str]], Sequence[History]]
"""Gives the letters about features, as they spell them."""


@dataclass(frozen=True)
class Planned:
    """A letter that is about to leave together with others, at its place among them."""

    place: int
    precedent: Precedent
    owed: Owed | None


@dataclass
class Memory:
    """What the register holds on a day, and the letters about to join it.

    `about` gives the letters about some features, `requests` are all that were
    asked for, `owed` what is to be built; `unreachable` says why nobody knows.
    """

    day: datetime.date
    about: About
    requests: Requests = field(default_factory=IndexedRequests)
    owed: Sequence[Owed] = ()
    unreachable: str = ""
    planned: list[Planned] = field(default_factory=list)

    def plan(self, deal: Deal, home: HouseFile, place: int = 0) -> None:
        """Count a letter that leaves together with others."""
        reference = reference_of(deal)
        terms = None if isinstance(deal, Decline) else Terms.of(deal, home.house)
        precedent = Precedent(
            reference=reference,
            prospect=deal.prospect.name,
            feature=deal.feature.name,
            date=deal.date,
            likeness="same",
            is_theirs=False,
            state="issued" if terms else "declined",
            reason=deal.refusal.reason if isinstance(deal, Decline) else None,
            binding=terms.binding if terms else None,
            due=terms.due if terms else None,
        )
        owed = None
        if terms and terms.due:
            owed = Owed(reference, deal.prospect.name, deal.feature.name, terms.due, deal.feature.effort)
        self.planned.append(Planned(place, precedent, owed))
        self.requests.add(deal.feature.name)

    def known(self, prospect: str, feature: str, reference: str = "", *, before: int | None = None) -> Known:
        """What matters to a letter to a prospect about a feature, but for the letter itself, if it has a `reference`.

        Of those that leave together with it, only what stands `before` its place counts.
        """
        joining = [
            each
            for each in self.planned
            if (before is None or each.place < before) and each.precedent.reference != reference
        ]
        left_out = {reference, *(each.precedent.reference for each in joining)}
        owed = [each for each in self.owed if each.reference not in left_out]
        owed += [each.owed for each in joining if each.owed]
        try:
            like = set(self.requests.like(feature)) if feature else set()
            recorded = [
                precedent_of(history, self.day)
                for history in (self.about(like) if like else ())
                if history.entry.reference not in left_out
            ]
        except AccordError as error:
            return Known(self.day, unreachable=str(error))
        precedents = [*recorded, *(each.precedent for each in joining if each.precedent.feature in like)]
        found = tuple(_seen_from(prospect, feature, precedents))
        return Known(self.day, found, tuple(owed), self.unreachable)

    def known_in_turn(self, deal: Deal, home: HouseFile) -> Known:
        """What matters to the letter of a deal, which then counts for those that leave after it."""
        known = self.known_to(deal)
        self.plan(deal, home)
        return known

    def known_to(self, deal: Deal, *, before: int | None = None) -> Known:
        """What matters to the letter of a deal."""
        return self.known(deal.prospect.name, deal.feature.name, reference_of(deal), before=before)


def _seen_from(prospect: str, feature: str, precedents: Iterable[Precedent]) -> Iterator[Precedent]:
    """Those about the same request, the oldest first, with how they differ and whether they went to the same prospect."""
    own = without_form(prospect)
    for each in sorted(precedents, key=lambda precedent: precedent.date):
        if how := likeness(each.feature, feature):
            yield replace(each, likeness=how, is_theirs=without_form(each.prospect) == own)


def precedent_of(history: History, day: datetime.date) -> Precedent:
    """A letter of the register as it stands on a day; nothing is said of what it is like."""
    entry, promise = history.entry, history.promise(day)
    return Precedent(
        reference=entry.reference,
        prospect=entry.prospect,
        feature=entry.feature,
        date=entry.date,
        likeness="same",
        is_theirs=False,
        state=promise.state if promise else "declined",
        reason=entry.reason,
        binding=entry.binding,
        due=promise.due if promise else None,
    )


def owed_of(histories: Iterable[History], day: datetime.date) -> Iterator[Owed]:
    """What is still to be built, of some letters, on a day."""
    for history in histories:
        promise = history.promise(day)
        if promise and _is_owing(promise) and promise.due:
            entry = history.entry
            yield Owed(entry.reference, entry.prospect, entry.feature, promise.due, entry.effort)


def _is_owing(promise: Promise) -> bool:
    return promise.state in _OWING


def nothing_about(_features: Collection[str]) -> Sequence[History]:
    """No letters."""
    return ()


def about_in(by_request: Mapping[str, Sequence[History]], features: Collection[str]) -> Sequence[History]:
    """The letters about features, among letters by what they are about."""
    requests = dict.fromkeys(map(folded_words, features))
    return [history for request in requests for history in by_request.get(request, ())]


def memory_of(histories: Iterable[History], day: datetime.date) -> Memory:
    """What some letters say, all of them at hand."""
    by_request: dict[str, list[History]] = defaultdict(list)
    for history in histories:
        by_request[history.entry.request].append(history)
    everything = [history for some in by_request.values() for history in some]
    requests = IndexedRequests(history.entry.feature for history in everything)
    return Memory(day, partial(about_in, by_request), requests, tuple(owed_of(everything, day)))


def reference_of(deal: Deal) -> str:
    """The reference of a deal's letter."""
    return deal.reference or derive_reference(deal)
