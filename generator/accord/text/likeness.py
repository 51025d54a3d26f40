"""Whether two short texts ask for the same: however they are spelt, in whatever order, but for small words and a slip."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from accord.text.characters import fold, folded_words

Likeness = Literal["same", "spelling", "order", "small-words", "slip"]
"""How two texts differ: not at all; in capitals, accents, signs and spaces; in the order of their words; in small words
and endings; by a letter in one word."""

# "Without", "from" and "to" stay: a request with one of them is another request.
_SMALL = frozenset(
    {
        "an",
        "and",
        "at",
        "au",
        "aux",
        "avec",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "et",
        "for",
        "in",
        "la",
        "le",
        "les",
        "of",
        "on",
        "par",
        "pour",
        "sur",
        "the",
        "un",
        "une",
        "with",
    }
)
_ELIDED = re.compile(r"\b(?:[dls]|qu)['’]|['’]s\b|\ba(?= )")
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b)")  # "F.E.C."
SHORTEST_SLIP = 5  # letters of a word in which one may be wrong; a shorter one would be another word
_ENDINGS = (
    (re.compile(r"eaux$"), "eau"),
    (re.compile(r"(?<=[a-z]{2})aux$"), "al"),
    (re.compile(r"(?<=[eo]u)x$"), ""),
)
_LAST = re.compile(r"(?<=[a-z]{3})(?:y|ies?|e*s?)$")


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """A word without the endings of number and gender: "entries" and "entry", "réseaux" and "réseau"."""
    for ending, instead in _ENDINGS:
        word, count = ending.subn(instead, word)
        if count:
            return word
    return _LAST.sub("", word) or word


@lru_cache(maxsize=4096)
def key(text: str) -> tuple[str, ...]:
    """What counts in a text, in one order."""
    words = folded_words(_ELIDED.sub(" ", _DOTTED.sub(r"\1", text).casefold())).split()
    return tuple(sorted({_stem(word) for word in words if word not in _SMALL} or set(words)))


def likeness(one: str, other: str) -> Likeness | None:
    """How two texts that ask for the same differ; None if they do not ask for the same."""
    if one.casefold().split() == other.casefold().split():
        return "same"
    first, second = folded_words(one), folded_words(other)
    if first.replace(" ", "") == second.replace(" ", ""):
        return "spelling"
    mine, others = key(one), key(other)
    if mine == others:
        return "order" if sorted(first.split()) == sorted(second.split()) else "small-words"
    gone, come = [word for word in mine if word not in others], [word for word in others if word not in mine]
    return "slip" if len(gone) == len(come) == 1 and _is_slip(gone[0], come[0]) else None


def _is_slip(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two have changed places; not the first, and no figure."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_SLIP or short[0] != long[0] or any(map(str.isdigit, one + other)):
        return False
    start = next(
        (n for n, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    mine, others = short[start:], long[start:]
    if len(short) < len(long):
        return mine == others[1:]
    return mine[1:] == others[1:] or (mine[1::-1] == others[:2] and mine[2:] == others[2:])


class Requests:
    """Requests among which those like another one are found: looked at one by one, which is cheap for a few questions."""

    def __init__(self, requests: Iterable[str] = ()) -> None:
        texts = tuple(requests)
        # All at once: ten thousand calls would take as long as reading them from the register.
        letters = _NO_LETTERS.sub("", fold("\0".join(texts))).split("\0")
        self._joined = dict(zip(texts, letters, strict=False))

    def add(self, request: str) -> None:
        """Take one more."""
        self._joined[request] = _joined(request)

    def like(self, request: str) -> tuple[str, ...]:
        """Those that ask for the same."""
        joined = _joined(request)
        # All words but one are the same, as far as their beginnings; a single word has its first letter.
        beginnings = [word[:3] for word in key(request)]
        least = max(1, len(beginnings) - 1)
        return tuple(
            text
            for text, letters in self._joined.items()
            if (
                letters == joined
                or sum(beginning in letters for beginning in beginnings) >= least
                or (len(beginnings) == 1 and letters[:1] == joined[:1])
            )
            and likeness(text, request)
        )


class IndexedRequests(Requests):
    """The same, among which they are found without looking at each: for many questions."""

    def __init__(self, requests: Iterable[str] = ()) -> None:
        self._spelt: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._but_for_one: dict[tuple[str, ...], list[str]] = defaultdict(list)
        super().__init__()
        for request in requests:
            self.add(request)

    def add(self, request: str) -> None:
        """Take one more."""
        if request in self._joined:
            return
        super().add(request)
        words = key(request)
        self._spelt[self._joined[request]].append(request)
        self._alike[words].append(request)
        for place, word in enumerate(words):
            if len(word) >= SHORTEST_SLIP - 1:
                self._but_for_one[words[:place] + words[place + 1 :]].append(request)

    def like(self, request: str) -> tuple[str, ...]:
        """Those that ask for the same."""
        words = key(request)
        found = [*self._spelt.get(_joined(request), ()), *self._alike.get(words, ())]
        for place in range(len(words)):
            near = self._but_for_one.get(words[:place] + words[place + 1 :], ())
            found += [each for each in near if likeness(each, request)]
        return tuple(dict.fromkeys(found))


_NO_LETTERS = re.compile(r"[^\w\0]+|_+")


def _joined(request: str) -> str:
    return folded_words(request).replace(" ", "")
