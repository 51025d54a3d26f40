"""What somebody's own sentences say that a decline had better not: promises, comparisons, faults, groups, cartels.

A small grammar over the phrases of `phrases.toml`.  What is promised is looked for
clause by clause, so that a courtesy in one does not excuse the promise in the
next; the rest sentence by sentence, and by what whole fields of words say together,
over the whole text.  It reads words; it understands nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from accord.review import subjects
from accord.text import phrases
from accord.text.phrases import Language

CODES = (
    "future-promise",
    "disparaging",
    "fault-admitted",
    "protected-characteristic",
    "price-coordination",
)
"""What can be found, as findings call it."""

_BETWEEN_CLAUSES = {
    "fr": r"[,:()–—]\s*|(?<!espérons)(?<!souhaitons)\s(?=(?:et|mais|car|or|donc|puis|quand|lorsqu|dès que|aussitôt que|où|qui|que|dont|tandis|alors que"
    r"|puisqu|parce|pour que|afin)\b)",
    "en": r"[,:()–—]\s*|(?<!hope)(?<!wish)\s(?=(?:and|but|because|so that|when|once|where|which|who|that|while|as soon as|since we|though)\b)",
}
_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]?\d)")


_SELF = {"fr": "nous", "en": "we"}


def found_in(text: str, language: Language, year: int, own: str = "") -> Iterator[tuple[str, str]]:
    """What a `plain` text of this year says that it should not: the code and the words, each code once.

    `own` is the name of the house, which speaks of itself where others would say "we".
    """
    name = re.compile(rf"(?<!\w){re.escape(own)}(?!\w)") if own else None
    ours = name.sub(_SELF[language], text) if name else text
    found: dict[str, str] = {}
    others_known = True
    for sentence in phrases.sentences(ours):
        for code, words in _found(sentence, language, year, others_known=others_known):
            found.setdefault(code, words)
        others_known = bool(phrases.find("others", sentence, language))
    for reading in _OF_WHOLE_TEXTS:
        if shown := reading.words_in(ours, language):
            found.setdefault(reading.code, shown)
    for code, words in found.items():
        is_said = words.replace("’", "'") in text
        yield code, words if is_said else re.sub(rf"\b{_SELF[language]}\b", own, words, count=1)


@dataclass(frozen=True)
class _Reading:
    """What a sentence shows that speaks of each of some topics, and of none that excuses it."""

    code: str
    topics: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def words_in(self, sentence: str, language: Language) -> str | None:
        """The words of the first topic, if the sentence shows it."""

        def on(topic: str) -> str | None:
            return phrases.find(topic, sentence, language)

        words = on(self.topics[0])
        shown = words and all(map(on, self.topics[1:])) and not any(map(on, self.unless))
        return words if shown else None


_READINGS = (
    _Reading("disparaging", ("comparison",)),
    _Reading("disparaging", ("superior",)),
    _Reading("disparaging", ("judgement",), ("quoted",)),
    _Reading("disparaging", ("wanting", "others"), ("quoted", "humble")),
    _Reading("disparaging", ("rivals",), ("plain-use", "quoted", "humble", "fair-words")),
    _Reading("disparaging", ("slur",)),
    _Reading("disparaging", ("self-praise",)),
    _Reading("disparaging", ("scorn", "anyone-else"), ("quoted", "fair-words")),
    _Reading(
        "disparaging", ("named",), ("harmless-of-others", "plain-use", "fair-words", "quoted", "humble")
    ),
    _Reading(
        "disparaging", ("named",), ("harmless-of-others", "plain-use", "fair-words", "quoted", "humble")
    ),
    _Reading(
        "disparaging", ("named",), ("harmless-of-others", "plain-use", "fair-words", "quoted", "humble")
    ),
    _Reading(
        "disparaging", ("named",), ("harmless-of-others", "plain-use", "fair-words", "quoted", "humble")
    ),
    _Reading(
        "disparaging", ("named",), ("harmless-of-others", "plain-use", "fair-words", "quoted", "humble")
    ),
    _Reading("fault-admitted", ("owning-up",), ("of-the-answer", "late-reply")),
    _Reading("fault-admitted", ("shortcoming", "of-us"), ("quoted", "of-the-answer", "late-reply")),
    _Reading("fault-admitted", ("confession",), ("hypothesis", "late-reply")),
    _Reading("fault-admitted", ("given-word",)),
    _Reading("fault-admitted", ("failing", "ourselves"), ("hypothesis", "quoted", "late-reply")),
    _Reading("protected-characteristic", ("group", "refusing"), ("welcoming",)),
    _Reading("protected-characteristic", ("persons", "clientele"), ("welcoming",)),
    _Reading("price-coordination", ("coordination",), ("freely",)),
    _Reading("price-coordination", ("collusion",), ("freely",)),
    _Reading("price-coordination", ("agreeing", "peers"), ("freely",)),
    _Reading("price-coordination", ("trade-matters", "peers"), ("freely",)),
    _Reading("price-coordination", ("pact", "trade-matters", "others"), ("freely",)),
    _Reading("price-coordination", ("pledge", "others")),
    _Reading("price-coordination", ("pledge", "peers")),
)


# Of a whole text: who somebody is may stand in one sentence, and that we turn him away in the next.
_OF_WHOLE_TEXTS = (
    _Reading("protected-characteristic", ("no-such-people",), ("of-the-trade",)),
    _Reading("protected-characteristic", ("trait",), ("of-the-trade", "welcoming")),
    _Reading("price-coordination", ("concerted",), ("of-ones-own",)),
    _Reading("price-coordination", ("hand-in-hand", "stakes", "rival-sellers"), ("of-ones-own", "freely")),
    _Reading(
        "price-coordination", ("in-common", "we-too", "stakes", "rival-sellers"), ("of-ones-own", "freely")
    ),
    _Reading("price-coordination", ("dealers", "dealers-price", "dealers-bound"), ("of-ones-own", "freely")),
)


def _found(sentence: str, language: Language, year: int, *, others_known: bool) -> Iterator[tuple[str, str]]:
    if words := _promise(sentence, language, year):
        yield "future-promise", words
    abstains = phrases.find("abstaining", sentence, language)
    for reading in _READINGS:
        if (
            words := None
            if abstains and reading.code == "disparaging"
            else reading.words_in(sentence, language)
        ):
            yield reading.code, words
    if words := None if abstains else subjects.judged(sentence, language, others_known=others_known):
        yield "disparaging", words
    if words := subjects.confessed(sentence, language):
        yield "fault-admitted", words


def _promise(sentence: str, language: Language, year: int) -> str | None:
    """The words of a sentence that promise something."""
    if phrases.find("no-promise", sentence, language):
        return None
    for topics in (("hint",), ("omen",), ("foretaste",), ("makers",), ("so-far", "denial")):
        if words := _Reading("future-promise", topics).words_in(sentence, language):
            return words
    parts = filter(str.strip, re.split(_BETWEEN_CLAUSES[language], sentence))
    return next(filter(None, (_promised(part.strip(), language, year) for part in parts)), None)


def _promised(clause: str, language: Language, year: int) -> str | None:
    def on(topic: str) -> str | None:
        return phrases.find(topic, clause, language)

    if on("courtesy"):
        return None
    if not on("denial"):
        time = on("later") or (None if on("already") else on("when") or _coming_year(clause, year))
        if time:
            return time
    return None if on("serves") else on("promise")


def _coming_year(clause: str, year: int) -> str | None:
    """The first year in a clause that is after this one."""
    return next((match[0] for match in _YEAR.finditer(clause) if int(match[0]) > year), None)
