"""How much a sentence sounds like those that somebody has judged: the examples of `examples/`.

Each word, its beginning, and each pair of neighbours, counts for "had better not be said"
as often as it stands in examples that say it, and against it as often as in all others
(naive Bayes), and as much again as it sets the two apart once all others have counted
(logistic regression).  So no one word decides, and a sentence that nobody thought of is
weighed by what it shares with many.  It counts words; it understands nothing.

An example is a line such as "+p We are working on it.": "+" had better not be said, "-" is
sound, close as it may come; the letter is the kind of `KINDS`.  What is learned from them is
written beside them when the program is installed (`hatch_build.py`), for to count them
all takes some twenty seconds.
"""

import math
import random
import re
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise, product
from pathlib import Path
from typing import Literal

from accord.text.characters import plain
from accord.text.phrases import MANY, Language

Subject = Literal["declines", "tests", "clauses", "intents"]
"""What is listened to: free words of a decline, acceptance tests, clauses that bind, and clauses of a letter that does not."""

KINDS: Mapping[Subject, str] = {"declines": "pcfgk", "tests": "jv", "clauses": "dclbao", "intents": "ilo"}
"""The letters of what may be heard.

Declines: a promise, a comparison, a fault, a group of people, a cartel.  Tests: somebody judges, nobody can
measure.  Clauses: one will decides, a change afterwards, liability and rights, an intent that binds, a bond
taken back, acceptance by something else than tests, and others, elsewhere or without end.
"""
EXAMPLES = Path(__file__).with_name("examples")
"""The folder of the examples, `<subject>.<language>.txt`, and of what has been learned from them, `.ear`."""
_FILES: Mapping[Subject, str] = {"intents": "clauses"}
"""The examples of other subjects, of which some kinds are learned."""

SELF: Mapping[Language, str] = {"fr": "nous", "en": "we"}
"""What stands for the name of the house, in examples and in what is held against them."""
HOUSE = "Novalys"
"""The house of the examples."""
YEAR = 2026
"""The year in which they were written."""

_OF_ANY = 2
"""How much "had better not be said", of whatever kind, weighs beside the evidence of one kind; by cross-validation, as what follows."""
_OF_REGRESSION = 2
"""How much the logistic regression weighs beside the counts."""
_ROUNDS, _RATE = 3, 0.1
"""How often the regression goes through all examples, and how far each moves the weights of its features."""
_CERTAIN = 30.0
"""Evidence beyond which a regression has nothing to learn."""
_UNSEEN = 1
"""What a word counts that stands on one side alone: the less, the more one such word decides."""
_BEGINNING = 5
"""Letters of a word that count by themselves: "livrerons" and "livrera" are of one family."""
_LONGER = 4
"""Letters of a word that counts together with others that do not stand next to it."""
_STEP = 16
"""Steps of a weight between two whole numbers, so that it fits into a byte."""

_A_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]?\d)")
_A_NUMBER = re.compile(r"\d+(?:[ .,]\d+)*|…")
_WORDS = re.compile(r"\w+'?|[,:?]")
_HEAD, _DIGEST = struct.Struct("<II"), struct.Struct("<I")


@dataclass(frozen=True)
class Example:
    """A sentence, what it shows, and whether it does so or only comes close."""

    kind: str
    sound: bool
    text: str


def examples(subject: Subject, language: Language) -> Iterator[Example]:
    """All examples of a subject."""
    for line in _source(subject, language).read_text("utf-8").splitlines():
        if line[:1] in {"+", "-"} and line[1] in KINDS[subject]:
            yield Example(line[1], line[0] == "-", line[3:])


def _source(subject: Subject, language: Language) -> Path:
    return EXAMPLES / f"{_FILES.get(subject, subject)}.{language}.txt"


def _learned(subject: Subject, language: Language) -> Path:
    return EXAMPLES / f"{subject}.{language}.ear"


def dated(text: str, year: int) -> str:
    """A text of this year as the examples have it: all years to come are one, and all that are past."""

    def moved(match: re.Match[str]) -> str:
        return str(YEAR + min(max(int(match[0]) - year, -1), 1))

    return _A_YEAR.sub(moved, text)


def features(subject: Subject, text: str) -> set[str]:
    """What of a `plain` text counts: words, their beginnings, pairs of neighbours, pairs of longer words close by.

    A number is as good as another, but for the years of a decline.
    """
    words = _WORDS.findall((text if subject == "declines" else _A_NUMBER.sub("0", text)).lower())
    begun = ["^", *(word[:_BEGINNING] for word in words), "$"]
    longer = [word[:_BEGINNING] for word in words if len(word) >= _LONGER]
    near = (sorted(pair) for gap in (1, 2, 3) for pair in zip(longer, longer[gap:], strict=False))
    return {
        *(f"{word}_" for word in words if len(word) > _BEGINNING),
        *begun,
        *map(" ".join, pairwise(begun)),
        *map("&".join, near),
    }


# --- Learning ------------------------------------------------------------------


def learn(subject: Subject, language: Language, known: Iterable[Example]) -> bytes:
    """What examples teach: the weight of each feature for each kind, as `Ear` reads it."""
    judged = [*known]
    texts = [dated(plain(example.text.replace(HOUSE, SELF[language])), YEAR) for example in judged]
    hashed = [{zlib.crc32(each.encode()) for each in features(subject, text)} for text in texts]
    index = array("I", sorted(set().union(*hashed)))
    row_of = {hash_: row for row, hash_ in enumerate(index)}
    rows = [sorted(map(row_of.__getitem__, each)) for each in hashed]
    weights = _weights(subject, judged, rows, len(index))
    count = len(index)
    if sys.byteorder == "big":
        index.byteswap()
    return b"".join([_HEAD.pack(0, count), index.tobytes(), *(each.tobytes() for each in weights)])


def _weights(
    subject: Subject, judged: Sequence[Example], rows: Sequence[Sequence[int]], count: int
) -> Iterator["array[int]"]:
    """The weights of all features, kind by kind, in steps."""
    seen = Counter(chain.from_iterable(rows))
    regression = _regression([not example.sound for example in judged], rows, count)

    def bayes(kinds: str) -> list[float]:
        saying = [
            of
            for example, of in zip(judged, rows, strict=True)
            if example.kind in kinds and not example.sound
        ]
        counts, part = Counter(chain.from_iterable(saying)), len(saying) / max(len(judged), 1)
        return [_weight(counts[row], seen[row], part) for row in range(count)]

    of_any = bayes(KINDS[subject])
    for kind in KINDS[subject]:
        mixed = (
            (of_kind + _OF_ANY * general) / (1 + _OF_ANY) + _OF_REGRESSION * each
            for of_kind, general, each in zip(bayes(kind), of_any, regression, strict=True)
        )
        yield array("b", (max(-127, min(127, round(weight * _STEP))) for weight in mixed))


@cache
def _weight(saying: int, seen: int, part: float) -> float:
    """How much a feature speaks for what `part` of the examples say: `saying` of those that have it."""
    if not 0 < part < 1:
        return 0.0
    odds = (saying + _UNSEEN * part) / (seen - saying + _UNSEEN * (1 - part))
    return math.log(odds * (1 - part) / part)


def _regression(unsound: Sequence[bool], rows: Sequence[Sequence[int]], count: int) -> list[float]:
    """The weights of a logistic regression of what had better not be said, by stochastic gradient descent."""
    weights = [0.0] * count
    order = [*range(len(rows))]
    for _round in range(_ROUNDS):
        random.Random(_round).shuffle(order)  # noqa: S311 - the same each time
        for number in order:
            evidence = max(-_CERTAIN, min(_CERTAIN, sum(map(weights.__getitem__, rows[number]))))
            step = _RATE * (unsound[number] - 1 / (1 + math.exp(-evidence)))
            for row in rows[number]:
                weights[row] += step
    return weights


def compile_all() -> None:
    """Write what has been learned from each file of examples beside it, unless that is there; two or more at once, for each takes seconds."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - weighs, and who listens does not need it

    if anew := outdated():
        with ProcessPoolExecutor() as processes:
            [*processes.map(_compile, *zip(*anew, strict=True))]


def outdated() -> list[tuple[Subject, Language]]:
    """The subjects and languages of which what was learned is not there, or was learned from other examples or in another way."""
    return [each for each in product(KINDS, SELF) if not _is_learned(*each)]


def _is_learned(subject: Subject, language: Language) -> bool:
    target = _learned(subject, language)
    return target.exists() and target.read_bytes()[: _DIGEST.size] == _digest(subject, language)


def _digest(subject: Subject, language: Language) -> bytes:
    """Of the examples and of this module: another way of learning teaches something else, too."""
    source = _source(subject, language).read_bytes()
    return _DIGEST.pack(zlib.crc32(source, zlib.crc32(Path(__file__).read_bytes())))


def _compile(subject: Subject, language: Language) -> None:
    learned = learn(subject, language, examples(subject, language))
    _learned(subject, language).write_bytes(_digest(subject, language) + learned[_DIGEST.size :])


# --- Listening -----------------------------------------------------------------


class Ear:
    """What has been learned from the examples of one subject in one language."""

    def __init__(self, subject: Subject, learned: bytes) -> None:
        """Take what `learn` made."""
        self.subject = subject
        _digest, count = _HEAD.unpack(learned[: _HEAD.size])
        view, start = memoryview(learned), _HEAD.size + 4 * count
        self._index = array("I", learned[_HEAD.size : start])
        if sys.byteorder == "big":
            self._index.byteswap()
        self._weights = {
            kind: view[start + number * count : start + (number + 1) * count].cast("b")
            for number, kind in enumerate(KINDS[subject])
        }

    def evidence(self, text: str) -> dict[str, float]:
        """How much a `plain` text sounds like the examples of each kind: below 0 if rather not."""
        hashes = (zlib.crc32(each.encode()) for each in features(self.subject, text))
        rows = [row for each in hashes if (row := self._row(each)) is not None]
        return {kind: sum(map(weights.__getitem__, rows)) / _STEP for kind, weights in self._weights.items()}

    def _row(self, hash_: int) -> int | None:
        row = bisect_left(self._index, hash_)
        return row if row < len(self._index) and self._index[row] == hash_ else None


@cache
def _ear(subject: Subject, language: Language) -> Ear:
    return Ear(subject, _learned(subject, language).read_bytes())


@lru_cache(maxsize=MANY)
def evidence(subject: Subject, text: str, language: Language) -> Mapping[str, float]:
    """How much a `plain` text sounds like the examples of each kind: below 0 if rather not."""
    return _ear(subject, language).evidence(text)
