"""Who does what in a clause of somebody's own words, read the other way round: what is harmless is listed.

Nobody can list all that may be said against others, or all that one may have
done wrong.  What a decline soundly says of them is little: that others offer,
specialise, read a format; that we considered, decided, received.  So a clause
whose subject is somebody else, or ourselves in the past, is doubtful unless its
verb is one of these.  The words stand in `phrases.toml`.
"""

import re
from functools import cache

from accord.text import phrases
from accord.text.phrases import Language

_CLAUSES = {
    "fr": r"[,:()–—]\s*|\s(?=(?:et|mais|car|or|donc|puis|tandis que|alors que|puisqu\w*|parce que|quand|lorsqu\w*) )",
    "en": r"[,:()–—]\s*|\s(?=(?:and|but|because|whereas|while|so|when|though) )",
}
# "A tool that we do not make": what we do with it says nothing of others.
_OF_OURS = {
    "fr": re.compile(r"\b(?:(?:que|qu'|dont) (?:nous|notre|nos)|n'\w+ pas (?:\w+ ){0,2}(?:notre|nos))\b.*"),
    "en": re.compile(r"\b(?:(?:that|which) (?:we|our)|(?:is|are|was|do|does) not (?:\w+ ){0,3}our)\b.*"),
}
_FIRST_WORDS = re.compile(r"(?:\S+\s*){1,7}")
_SAID = re.compile(r"(?:\S+\s*){1,8}")


def judged(sentence: str, language: Language, *, others_known: bool) -> str | None:
    """The words of a clause that says of somebody else what is not plainly harmless; None if there is none.

    `others_known`: whether a "they" may stand for somebody else that the text has named.
    """
    if phrases.find("quoted", sentence, language):
        return None
    for clause in _clauses(sentence, language):
        match = _subject("somebody-else", language).match(clause)
        if not match and others_known:
            match = _subject("they", language).match(clause)
        if match and not _is_neutral(clause[match.end() :], language):
            return _excerpt(clause)
        others_known = others_known or bool(match)
    return None


def confessed(sentence: str, language: Language) -> str | None:
    """The words of a clause in which we did what is not plainly harmless; None if there is none."""
    if phrases.find("hypothesis", sentence, language):
        return None
    for clause in _clauses(sentence, language):
        match = _subject("we-did", language).match(clause)
        is_harmless = match and phrases.pattern("harmless-deed", language).match(clause, match.end())
        if match and not is_harmless and phrases.find("denial-or-reader", clause, language):
            return _excerpt(clause)
    return None


def _clauses(sentence: str, language: Language) -> list[str]:
    return [part.strip() for part in re.split(_CLAUSES[language], sentence) if part.strip()]


def _excerpt(clause: str) -> str:
    said = _SAID.match(clause)
    return (said[0] if said else clause).strip(" ,;:.").replace("'", "’")


def _is_neutral(predicate: str, language: Language) -> bool:
    """Whether what is said of somebody is plainly harmless, or nothing is."""
    first = _FIRST_WORDS.match(predicate := _OF_OURS[language].sub("", predicate).strip(" .;!?"))
    if not first:
        return True
    if phrases.pattern("wanting", language).search(predicate) or phrases.find("against", predicate, language):
        return False
    return bool(phrases.pattern("neutral", language).search(first[0]))


@cache
def _subject(topic: str, language: Language) -> re.Pattern[str]:
    """A clause that opens with a subject of a topic, after words that open a clause."""
    return re.compile(
        rf"(?:(?:{phrases.pattern('opening', language).pattern})\s*)*{phrases.pattern(topic, language).pattern}",
        re.IGNORECASE,
    )
