"""How much a sentence sounds like those that somebody has judged: the examples of `examples.txt`.

Each word, and each pair of neighbours, counts for "a decline had better not say it" as
often as it stands in examples that say it, and against it as often as in all others
(naive Bayes).  So no one word decides, and a sentence that nobody thought of is weighed
by what it shares with many.  Whoever adds an example changes what is heard; nothing else
needs to be done.  It counts words; it understands nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from accord.text import phrases
from accord.text.characters import plain
from accord.text.phrases import Language

SIGNS = {
    "p": "future-promise",
    "c": "disparaging",
    "f": "fault-admitted",
    "g": "protected-characteristic",
    "k": "price-coordination",
}
"""The letters by which the file says what an example shows, and the codes of findings."""
_ANY = ""
""" "A decline had better not say it", whichever of these it is: often plain where the kind is not."""
_OF_ANY = 2
"""How much that weighs beside the evidence of one kind; both and the limits of `free_words` by cross-validation."""

SELF: Mapping[Language, str] = {"fr": "nous", "en": "we"}
"""What stands for the name of the house, in examples and in what is held against them."""
HOUSE = "Novalys"
"""The house of the examples."""
YEAR = 2026
"""The year in which they were written."""

_A_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]?\d)")
_LANGUAGES: Mapping[str, Language] = {"# French": "fr", "# English": "en"}
_WORDS = re.compile(r"\w+'?|[,:?]")
_BEGINNING = 5
"""Letters of a word that count by themselves: "livrerons" and "livrera" are of one family."""
_LONGER = 4
"""Letters of a word that counts together with others that do not stand next to it."""
_UNSEEN = 0.2
"""What a word counts that stands on one side alone, in examples: the less, the more one such word decides."""


@dataclass(frozen=True)
class Example:
    """A sentence, what it shows, and whether it does so or only comes close."""

    language: Language
    code: str
    sound: bool
    text: str


@cache
def examples() -> tuple[Example, ...]:
    """All examples of the file."""
    return tuple(_read(Path(__file__).with_suffix(".txt").read_text("utf-8")))


def _read(text: str) -> Iterator[Example]:
    language: Language = "fr"
    for line in text.splitlines():
        language = _LANGUAGES.get(line, language)
        if line[:1] in {"+", "-"}:
            yield Example(language, SIGNS[line[1]], line[0] == "-", line[3:])


def dated(text: str, year: int) -> str:
    """A text of this year as the examples have it: all years to come are one, and all that are past."""

    def moved(match: re.Match[str]) -> str:
        return str(YEAR + min(max(int(match[0]) - year, -1), 1))

    return _A_YEAR.sub(moved, text)


class Ear:
    """What has been learned from some examples of one language."""

    def __init__(self, known: Iterable[Example]) -> None:
        """Count the words of the examples."""
        self._all: Counter[str] = Counter()
        self._saying: dict[str, Counter[str]] = {code: Counter() for code in (_ANY, *SIGNS.values())}
        self._number: Counter[str] = Counter()
        self._examples = 0
        for example in known:
            text = plain(example.text.replace(HOUSE, SELF[example.language]))
            features = _features(dated(text, YEAR))
            self._all.update(features)
            self._examples += 1
            for code in () if example.sound else (_ANY, example.code):
                self._saying[code].update(features)
                self._number[code] += 1

    def evidence(self, sentence: str) -> dict[str, float]:
        """How much a `plain` sentence sounds like what gives each finding, by its code: below 0 if rather not."""
        known = [each for each in _features(sentence) if each in self._all]
        of_any = _OF_ANY * self._weight(known, _ANY)
        return {code: (self._weight(known, code) + of_any) / (1 + _OF_ANY) for code in SIGNS.values()}

    def _weight(self, features: Iterable[str], code: str) -> float:
        saying, all_ = self._saying[code], self._all
        if not (number := self._number[code]):
            return 0.0
        part = number / self._examples
        usual = math.log(part / (1 - part))
        return sum(
            math.log((saying[each] + _UNSEEN * part) / (all_[each] - saying[each] + _UNSEEN * (1 - part)))
            - usual
            for each in features
        )


def _features(text: str) -> set[str]:
    """What of a text counts: its words and their beginnings, two and three neighbours, two longer words close by."""
    words = _WORDS.findall(text.lower())
    begun = ["^", *(word[:_BEGINNING] for word in words), "$"]
    longer = [word[:_BEGINNING] for word in words if len(word) >= _LONGER]
    runs = (zip(*(begun[skipped:] for skipped in range(length)), strict=False) for length in (1, 2, 3))
    near = (sorted(pair) for gap in (1, 2, 3) for pair in zip(longer, longer[gap:], strict=False))
    return {
        *(f"{word}_" for word in words if len(word) > _BEGINNING),
        *map(" ".join, chain(*runs)),
        *map("&".join, near),
    }


@cache
def _ear(language: Language) -> Ear:
    return Ear(example for example in examples() if example.language == language)


@lru_cache(maxsize=phrases.MANY)
def evidence(sentence: str, language: Language) -> Mapping[str, float]:
    """How much a `plain` sentence sounds like the examples of each finding: below 0 if rather not."""
    return _ear(language).evidence(sentence)
