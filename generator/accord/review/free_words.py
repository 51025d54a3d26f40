"""What somebody's own sentences say that a decline had better not: promises, comparisons, faults, groups, cartels.

A small grammar over the phrases of `phrases.toml`.  What is promised is looked for
clause by clause, so that a courtesy in one does not excuse the promise in the
next; the rest sentence by sentence.  It reads words; it understands nothing.
"""

import re
from collections.abc import Iterator, Sequence

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
    "en": r"[,:()–—]\s*|(?<!hope)(?<!wish)\s(?=(?:and|but|because|so that|when|once|where|which|who|that|while|until|as soon as|since we|though)\b)",
}
_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]?\d)")


def found_in(text: str, language: Language, year: int) -> Iterator[tuple[str, str]]:
    """What a `plain` text of this year says that it should not: the code and the words, each code once."""
    found: dict[str, str] = {}
    for sentence in phrases.sentences(text):
        for code, words in _found(sentence, language, year):
            found.setdefault(code, words)
    yield from found.items()


def _found(sentence: str, language: Language, year: int) -> Iterator[tuple[str, str]]:
    def on(*topics: str) -> str | None:
        return next(filter(None, (phrases.find(topic, sentence, language) for topic in topics)), None)

    readings: Sequence[tuple[str, str | None]] = (
        ("future-promise", _promise(sentence, language, year)),
        ("disparaging", on("comparison", "judgement")),
        ("fault-admitted", on("confession")),
        ("protected-characteristic", on("group") if on("refusing") and not on("welcoming") else None),
        ("price-coordination", on("coordination") or (on("agreeing") if on("peers") else None)),
    )
    yield from ((code, words) for code, words in readings if words)


def _promise(sentence: str, language: Language, year: int) -> str | None:
    """The words of a sentence that promise something."""
    for topic in ("hint", "makers"):
        if words := phrases.find(topic, sentence, language):
            return words
    parts = filter(str.strip, re.split(_BETWEEN_CLAUSES[language], sentence))
    return next(filter(None, (_promised(part.strip(), language, year) for part in parts)), None)


def _promised(clause: str, language: Language, year: int) -> str | None:
    def on(topic: str) -> str | None:
        return phrases.find(topic, clause, language)

    if on("courtesy"):
        return None
    time = on("later") or _coming_year(clause, year)
    if time and not (on("already") or on("denial")):
        return time
    return None if on("serves") else on("promise")


def _coming_year(clause: str, year: int) -> str | None:
    """The first year in a clause that is after this one."""
    return next((match[0] for match in _YEAR.finditer(clause) if int(match[0]) > year), None)
