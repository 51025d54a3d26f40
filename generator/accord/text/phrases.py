"""The phrases of `phrases.toml`, by topic, searched for in whole sentences.

That file says how phrases are written.  Texts come with straight apostrophes and
plain spaces (`characters.plain`).
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from accord.errors import Defect
from accord.i18n import _
from accord.text import beginnings
from accord.text.characters import excerpt

Language = Literal["fr", "en"]

# Words between two of a phrase, the last perhaps elided: "à … arbitrage" is "à l'arbitrage" too.
_UP_TO_THREE, _UP_TO_EIGHT = (rf"(?:[^\s.;:!?]+ ){{0,{most}}}?(?:(?:[cdjlmnst]|qu)')?" for most in (3, 8))

_DENIALS = {
    "fr": r"\b(?:ne|ni|aucune?|jamais|rien|personne)\b|\bn'(?=\w|$)|\b(?:sans|non)(?: [\w']+){0,2} ?$",
    "en": r"\b(?:not|neither|nor|nobody|never|nothing|cannot|none|no(?! (?:later|more|less|sooner)\b))\b|\w+n't\b"
    r"|\bwithout(?: [\w']+){0,2} ?$",
}
# What opens a noun phrase or is a pronoun: after a comma, the subject of a clause of its own.
_SUBJECT = {
    "fr": r"(?:[lcj]'|(?:l[ea]s?|une?|d[eu]s?|mon|ma|mes|son|sa|ses|notre|nos|votre|vos|leurs?|ce|cet|cette|ces|ceci|cela|ça"
    r"|celui-ci|celle-ci|ceux-ci|celles-ci|celui|celle|ceux|ils?|elles?|on|je|nous|vous|chaque|chacune?|tout|toute|tous|toutes"
    r"|plusieurs|certaine?s?|quelques|quiconque|aucune?|nul|nulle|personne|rien)\b)",
    "en": r"(?:the|an?|its|their|his|her|our|your|my|this|that|these|those|such|it|they|he|she|you|we|i|each|either|every|any"
    r"|all|both|some|no|none|nobody|neither|nothing|everything|everyone|anyone|silence|failure)",
}
# "If …, the client buys": what follows the comma stands by itself, unlike the words before.
_NEW_CLAUSE = {
    "fr": rf",? (?:mais|toutefois|cependant|en revanche)\b|, (?={_SUBJECT['fr']})",
    "en": rf",? (?:but|however)\b|, (?={_SUBJECT['en']}\b)",
}
# "He does not answer and his silence …" denies the first alone.
_AND = {
    "fr": rf"|,? (?:et|donc|alors|puis|auquel cas|car) (?={_SUBJECT['fr']})",
    "en": rf"|,? (?:and|so|then|in which case|for) (?={_SUBJECT['en']}\b)",
}
_ASIDE = {"fr": r", (?:qui|que|dont)\b[^,]*,", "en": r", (?:who|which|that)\b[^,]*,"}
_HYPOTHESIS = {
    "fr": r"\W*(?:si|s'il|s'ils|quand|lorsque?|dès que|jusqu'à ce que|tant que)\b",
    "en": r"\W*(?:if|when|where|once|until|unless|whether)\b",
}


@dataclass(frozen=True)
class Topic:
    """One topic in one language: its phrases, and the sentences that they do not count in.

    With `even_denied` they count in a denial too; with `not_if` not after "if".
    """

    phrases: tuple[str, ...]
    excuses: tuple[str, ...]
    language: Language
    even_denied: bool
    not_if: bool

    def search(self, sentence: str) -> str | None:
        """The first phrase of the topic that the sentence means, not denies; None if there is none."""
        for match in _matches(self.phrases, sentence):
            if next(_matches(self.excuses, sentence), None):
                return None
            if self._is_meant(sentence, match):
                return match[0].strip().replace("'", "’")
        return None

    def _is_meant(self, sentence: str, match: re.Match[str]) -> bool:
        if self.even_denied:
            return True
        before = re.sub(_ASIDE[self.language], "", sentence[: match.start()], flags=re.IGNORECASE)
        clause = re.split(_NEW_CLAUSE[self.language], before, flags=re.IGNORECASE)[-1]
        if self.not_if and re.match(_HYPOTHESIS[self.language], clause, re.IGNORECASE):
            return False
        clause = re.split(_NEW_CLAUSE[self.language] + _AND[self.language], before, flags=re.IGNORECASE)[-1]
        return not any(re.search(_DENIALS[self.language], part, re.IGNORECASE) for part in (clause, match[0]))


MANY = 8192
"""Texts that are remembered: letter after letter of a batch says mostly the same.

Whatever the whole process remembers is a function of its arguments alone, of
which there are few or at most so many, or a file of the program's own code.
What people edit is remembered by a `Library`, which notices that it has changed.
"""

LONGEST = 20_000
"""Characters that the phrases of a topic have at most once their lists are filled in; the longest of ours have half as many."""

# Braces that hold no number, which would say how often something is repeated.
_LIST = re.compile(r"\{([^\d,{}][^{}]*)\}")


@lru_cache(maxsize=MANY)
def find(topic: str, text: str, language: Language) -> str | None:
    """The first phrase of a topic in a text, as a letter prints it; None if there is none."""
    return next(filter(None, map(_topic(topic, language).search, sentences(text))), None)


def _matches(phrases: tuple[str, ...], sentence: str) -> Iterator[re.Match[str]]:
    """Where a sentence says one of the phrases: what `any_of(phrases).finditer` finds, of which most is never compiled."""
    there, needed = beginnings.of_text(sentence), _needed(phrases)
    if needed is not None and needed.isdisjoint(there):
        return
    patterns = [
        any_of((phrase,))
        for phrase in phrases
        if not any(map(there.isdisjoint, beginnings.of_phrase(phrase)))
    ]
    end = 0
    while found := [match for pattern in patterns if (match := pattern.search(sentence, end))]:
        first = min(found, key=re.Match.start)
        yield first
        end = max(first.end(), first.start() + 1)


@lru_cache(maxsize=MANY)
def _needed(phrases: tuple[str, ...]) -> beginnings.Beginnings | None:
    """What a sentence has that says one of the phrases; None where that may be anything."""
    needs = [beginnings.of_phrase(phrase) for phrase in phrases]
    return frozenset().union(*(each[0] for each in needs)) if all(needs) else None


def pattern(topic: str, language: Language) -> re.Pattern[str]:
    """The phrases of a topic, for whoever looks where they stand rather than whether they are meant."""
    return any_of(_topic(topic, language).phrases)


@cache
def list_of(name: str, language: Language) -> re.Pattern[str]:
    """The words of a list of `phrases.toml`, for whoever looks where they stand."""
    return any_of(filled([f"{{{name}}}"], language))


_SENTENCE = re.compile(r"(?<=[.;:!?])\s+|\n\s*\n|\n\s*- |\A- ")
# After these a point ends no sentence: titles and initials, and before a number or a small letter all others.
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:(?:MM?|Mmes?|Mr|Mrs|Ms|Mx|Dr|Pr|Me|St|[A-Z]|ex|e\.g|i\.e|c\.-à-d)\.(?= \w)"
    r"|p\.(?= ex\.)"
    r"|(?:arts?|al|nos?|n°|pp?|ss?|cl|paras?|chap|sect|vol|env|approx)\.(?= [\dLRD])"
    r"|(?:Ltd|Inc|Co|Corp|Cie|Ets|Bros|plc|etc|min|max|incl|excl|vs)\.(?= [a-zà-ÿ\d(]))"
)


@lru_cache(maxsize=MANY)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, the items of its lists and what stands between semicolons, each on one line."""
    joined = _ABBREVIATED.sub(lambda short: f"{short[0]}\0", text)
    parts = (part.replace("\0", "") for part in _SENTENCE.split(joined))
    return tuple(" ".join(part.split()) for part in parts if part.strip())


_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|‘[^’]*’|(?<!\w)'[^']{1,40}'(?!\w)")


def without_quotations(text: str) -> str:
    """A text of the same length without what it quotes: a label of the screen, a name."""
    return _QUOTED.sub(lambda quoted: "…".ljust(len(quoted[0])), text)


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _topic(name: str, language: Language) -> Topic:
    entry = _file()[name]
    excuses = entry.get("unless", {}).get(language)
    return Topic(
        filled(entry[language], language),
        filled(excuses, language) if excuses else (),
        language,
        entry.get("even_denied", False),
        entry.get("not_if", False),
    )


def filled(
    phrases: Sequence[str], language: Language, own: Mapping[str, Sequence[str]] | None = None
) -> tuple[str, ...]:
    """Phrases with the words of lists in the place of their names: lists of `own`, or else of `phrases.toml`.

    A list may name lists, and those no others.  `Defect` for a name that is none, for
    lists within lists within lists, and for more than `LONGEST` characters.
    """
    lists: Mapping[str, Sequence[str]] = {**_file()["lists"][language], **(own or {})}
    room = LONGEST

    def fill(text: str, depth: int) -> str:
        nonlocal room
        parts = _LIST.split(text)
        for place, part in enumerate(parts):
            if place % 2 == 0:
                room -= len(part)
                if room < 0:
                    raise Defect(_too_long())
            elif part not in lists:
                raise Defect(_no_such_list(part, lists))
            elif depth > 1:
                raise Defect(_too_deep(part))
            else:
                parts[place] = f"(?:{'|'.join(fill(word, depth + 1) for word in lists[part])})"
        return "".join(parts).removesuffix(" …")

    return tuple(fill(phrase, 0) for phrase in phrases)


def _too_long() -> str:
    sentence = _(
        "has more than {most} characters once its lists are filled in; name fewer lists, or shorter ones"
    )
    return sentence.format(most=LONGEST)


def _too_deep(name: str) -> str:
    sentence = _(
        "reaches the list “{name}” through two others; a list may name lists, and those no others: write out the words"
    )
    return sentence.format(name=excerpt(name))


def _no_such_list(name: str, lists: Iterable[str]) -> str:
    close = next(iter(difflib.get_close_matches(name[:60], list(lists), 1, 0.3)), "client")
    sentence = _("names the list “{name}”, which there is not; did you mean “{close}”?")
    return sentence.format(name=excerpt(name), close=close)


def topic(phrases: Sequence[str], unless: Sequence[str], language: Language, *, even_denied: bool) -> Topic:
    """A topic of another file, of phrases that are `filled`."""
    return Topic(tuple(phrases), tuple(unless), language, even_denied, not_if=False)


@lru_cache(maxsize=MANY)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of some phrases that are `filled`; `re.error` if they are not written as phrases are."""
    # A phrase that ends in an apostrophe or a space is followed by any word: "avant qu'".
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, phrases))})(?:(?<=[' ])|(?!\w))", re.IGNORECASE)


def _pattern(phrase: str) -> str:
    """A phrase as a regular expression."""
    phrase = re.sub(r"(?<=\w)(?<!\\w)\*", r"[\\w-]*", phrase)
    for sign, words in (("~", _UP_TO_THREE), ("…", _UP_TO_EIGHT)):
        phrase = phrase.replace(f" ?{sign} ", f",?(?: |(?<=')){words}").replace(f" {sign} ", f",? {words}")
    return phrase
