"""What is asked for, by feature: by whom, what it is worth, and what was answered."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.domain.choices import Currency
from accord.domain.legal_forms import without_form
from accord.register.entries import Entry, History
from accord.text.likeness import IndexedRequests

MANY = 3
"""So many who ask for what is said to be off the market make it worth another look."""


@dataclass(frozen=True)
class Demand:
    """One feature, however it is spelt: the letters about it, the oldest first."""

    letters: tuple[Entry, ...]

    @property
    def feature(self) -> str:
        """As it was called last."""
        return self.letters[-1].feature

    @property
    def prospects(self) -> tuple[str, ...]:
        """Who asked, each once, as they were called last."""
        return tuple({without_form(letter.prospect): letter.prospect for letter in self.letters}.values())

    @property
    def promised(self) -> dict[Currency, Decimal]:
        """What those would buy who have an agreement, before tax, by currency."""
        return _worth(letter for letter in self._last_answers if letter.reason is None)

    @property
    def declined(self) -> dict[Currency, Decimal]:
        """What those would have bought who were told no, as far as their deals said it, before tax, by currency."""
        return _worth(letter for letter in self._last_answers if letter.reason)

    @property
    def _last_answers(self) -> Iterable[Entry]:
        """The last letter to each prospect: who was refused first, and then promised, is promised it."""
        return {without_form(letter.prospect): letter for letter in self.letters}.values()

    @property
    def reasons(self) -> Counter[str]:
        """How often each reason was given for a no."""
        return Counter(letter.reason for letter in self.letters if letter.reason)

    @property
    def last(self) -> datetime.date:
        """When it was asked for last."""
        return max(letter.date for letter in self.letters)

    @property
    def look_again(self) -> bool:
        """Whether many ask for what the house says is off its market, and has promised nobody since."""
        off = [place for place, letter in enumerate(self.letters) if letter.reason == "out-of-scope"]
        return (
            bool(off) and len(self.prospects) >= MANY and all(each.reason for each in self.letters[off[-1] :])
        )


def _worth(letters: Iterable[Entry]) -> dict[Currency, Decimal]:
    totals: dict[Currency, Decimal] = defaultdict(Decimal)
    for letter in letters:
        if letter.value is not None and letter.currency:
            totals[letter.currency] += letter.value
    return dict(totals)


def demand(histories: Iterable[History]) -> list[Demand]:
    """The features that letters are about, what is asked for most first."""
    letters = [history.entry for history in histories]
    head_of = _heads(Counter(letter.feature for letter in letters))
    groups: dict[str, list[Entry]] = defaultdict(list)
    for letter in sorted(letters, key=lambda each: each.date):
        groups[head_of[letter.feature]].append(letter)
    found = map(Demand, map(tuple, groups.values()))
    return sorted(found, key=lambda each: (-len(each.prospects), each.feature))


def _heads(times: Mapping[str, int]) -> dict[str, str]:
    """For each feature the one that is like it and named most, or itself."""
    heads, head_of = IndexedRequests(), dict[str, str]()
    for feature in sorted(times, key=lambda name: (-times[name], name)):
        head = next(iter(heads.like(feature)), None)
        if head is None:
            heads.add(feature)
        head_of[feature] = head or feature
    return head_of
