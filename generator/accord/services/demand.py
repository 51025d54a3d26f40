"""What is asked for, by feature: by whom, what it is worth, and what was answered."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from accord.domain.choices import Currency
from accord.register.entries import Entry, History

ALIKE = 0.86  # of 1: "export comptabel fec" and "export comptable fec", not "export fec" and "import fec"
MANY = 3
"""So many who were told that a feature is off the market make it worth another look."""


def words(request: str) -> str:
    """A request as it is compared with others: its words, in whatever order."""
    return " ".join(sorted(request.split()))


def are_alike(one: str, other: str) -> bool:
    """Whether two requests, as `words` gives them, ask for the same, but for a slip."""
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


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
        """Who asked, each once."""
        return tuple(dict.fromkeys(letter.prospect for letter in self.letters))

    @property
    def promised(self) -> dict[Currency, Decimal]:
        """What those would buy who have an agreement, before tax, by currency."""
        totals: dict[Currency, Decimal] = defaultdict(Decimal)
        for letter in self.letters:
            if letter.value is not None and letter.currency:
                totals[letter.currency] += letter.value
        return dict(totals)

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
        """Whether many ask for what is said to be off the market."""
        off = {letter.prospect for letter in self.letters if letter.reason == "out-of-scope"}
        return len(off) >= MANY


def demand(histories: Iterable[History]) -> list[Demand]:
    """The features that letters are about, what is asked for most first."""
    by_words: dict[str, list[Entry]] = defaultdict(list)
    for history in histories:
        by_words[words(history.entry.request)].append(history.entry)
    groups = _grouped(sorted(by_words, key=lambda key: (-len(by_words[key]), key)))
    found = [
        Demand(tuple(sorted((entry for key in keys for entry in by_words[key]), key=lambda each: each.date)))
        for keys in groups
    ]
    return sorted(found, key=lambda each: (-len(each.prospects), each.feature))


def _grouped(requests: Sequence[str]) -> list[list[str]]:
    """Requests that are alike, together; only those that have a word in common, or begin alike, are compared."""
    groups: list[list[str]] = []
    by_word: dict[str, set[int]] = defaultdict(set)
    for request in requests:
        marks = {*request.split(), request[:3]}
        near = sorted({number for mark in marks for number in by_word[mark]})
        group = next((number for number in near if are_alike(groups[number][0], request)), None)
        if group is None:
            group = len(groups)
            groups.append([])
        groups[group].append(request)
        for mark in marks:
            by_word[mark].add(group)
    return groups
