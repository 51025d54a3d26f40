"""What a text may say, by topic: the phrases of `phrases.toml`, found in whole sentences.

The file says how phrases are written.  Texts come with straight apostrophes and
plain spaces (`characters.plain`).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

Tongue = Literal["fr", "en"]

_UP_TO_THREE, _UP_TO_EIGHT = (rf",? (?:[^\s.;:!?]+ ){{0,{most}}}?" for most in (3, 8))

_DENIALS = {
    "fr": r"\b(?:ne|ni|aucune?|jamais|rien|personne)\b|\bn'\w|\b(?:sans|non)(?: [\w']+){0,2} ?$",
    "en": r"\b(?:not|neither|nor|nobody|never|nothing|cannot|none|no(?! (?:later|more|less|sooner)\b))\b|\w+n't\b"
    r"|\bwithout(?: [\w']+){0,2} ?$",
}
# "If …, the client buys": what follows the comma stands by itself, unlike the words before.
_NEW_CLAUSE = {
    "fr": r",? (?:mais|toutefois)\b|, (?=(?:le|la|les|l'|il|elle|ils|elles|vous|nous|chaque)\b)",
    "en": r",? (?:but|however)\b|, (?=(?:the|it|they|you|we|each|either)\b)",
}
_ASIDE = {"fr": r", (?:qui|que|dont)\b[^,]*,", "en": r", (?:who|which|that)\b[^,]*,"}
_HYPOTHESIS = {
    "fr": r"\W*(?:si|s'il|s'ils|quand|lorsque?|dès que|jusqu'à ce que|tant que)\b",
    "en": r"\W*(?:if|when|where|once|until|unless|whether)\b",
}


@dataclass(frozen=True)
class Topic:
    """One topic in one language, ready to be looked for."""

    phrases: re.Pattern[str]
    excuses: re.Pattern[str] | None
    tongue: Tongue
    even_denied: bool
    not_if: bool

    def found_in(self, sentence: str) -> str | None:
        """The words that say it, if the sentence means them."""
        if self.excuses and self.excuses.search(sentence):
            return None
        return next(
            (
                found[0].strip().replace("'", "’")
                for found in self.phrases.finditer(sentence)
                if self._is_meant(sentence, found)
            ),
            None,
        )

    def _is_meant(self, sentence: str, found: re.Match[str]) -> bool:
        if self.even_denied:
            return True
        before = re.sub(_ASIDE[self.tongue], "", sentence[: found.start()], flags=re.IGNORECASE)
        clause = re.split(_NEW_CLAUSE[self.tongue], before, flags=re.IGNORECASE)[-1]
        if self.not_if and re.match(_HYPOTHESIS[self.tongue], clause, re.IGNORECASE):
            return False
        return not any(re.search(_DENIALS[self.tongue], part, re.IGNORECASE) for part in (clause, found[0]))


MANY = 8192
"""Texts that are remembered: letter after letter of a batch says mostly the same.

Whatever the whole process remembers is a function of its arguments alone, of
which there are few or at most so many, or a file of the program's own code.
What people edit is remembered by a `Library`, which notices that it has changed.
"""


@lru_cache(maxsize=MANY)
def said(topic: str, text: str, tongue: Tongue) -> str | None:
    """The first words of a text that say what a topic is about, as a letter prints them, or None."""
    sought = _topic(topic, tongue)
    return next(filter(None, map(sought.found_in, sentences(text))), None)


@lru_cache(maxsize=MANY)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, the items of its lists and what stands between semicolons, each on one line."""
    parts = re.split(r"(?<=[.;:!?])\s+|\n\s*\n|\n\s*- |\A- ", text)
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def topics() -> Sequence[str]:
    """The name of every topic."""
    return [name for name in _file() if name != "lists"]


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _topic(name: str, tongue: Tongue) -> Topic:
    written = _file()[name]
    excuses = written.get("unless", {}).get(tongue)
    return Topic(
        _any_of(written[tongue], tongue),
        _any_of(excuses, tongue) if excuses else None,
        tongue,
        written.get("even_denied", False),
        written.get("not_if", False),
    )


def _any_of(phrases: Sequence[str], tongue: Tongue) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either(phrases, tongue)})(?!\w)", re.IGNORECASE)


def _either(phrases: Sequence[str], tongue: Tongue) -> str:
    return "|".join(_pattern(phrase, tongue) for phrase in phrases)


def _pattern(phrase: str, tongue: Tongue) -> str:
    """A phrase as a regular expression."""
    lists = _file()["lists"][tongue]
    filled = re.sub(r"\{([a-z_]+)\}", lambda name: f"(?:{_either(lists[name[1]], tongue)})", phrase)
    filled = re.sub(r"(?<=\w)\*", r"[\\w-]*", filled)
    return filled.replace(" ~ ", _UP_TO_THREE).replace(" … ", _UP_TO_EIGHT).removesuffix(" …")
