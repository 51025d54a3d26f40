"""What anyone can observe in an acceptance test: a number, a label, something done and what follows.

A test without any of these proves nothing, whatever its words are.  The words stand
in `observation.toml`; a verb or a state that is missing there makes a sound test look
vague, so add it.  Texts come with straight apostrophes (`characters.plain`).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from accord.text import judgement, phrases
from accord.text.phrases import Language


@lru_cache(maxsize=phrases.MANY)
def is_possible(text: str, language: Language) -> bool:
    """Whether a test names anything that can be counted, seen or compared."""
    return any(_shows(sentence, language) for sentence in phrases.sentences(text))


def _shows(sentence: str, language: Language) -> bool:
    words = judgement.read(sentence, language)
    if any(word.text[0].isdigit() or word.text == "…" for word in words):
        return True
    if judgement.has_effect(sentence, language) or _so(language).search(sentence):
        return True
    does = _does(language)
    return any(does.fullmatch(word.text) and not _is_noun(words, k) for k, word in enumerate(words))


def _is_noun(words: list[judgement.Word], k: int) -> bool:
    """Whether a word that may be a verb is a noun here: "the export", "l'affichage"."""
    before = words[k - 1].tags if k else frozenset({"the"})
    is_determined = bool(before & {"the", "any", "of", "good"}) and "clitic" not in before
    return is_determined or (k == 0 and bool(words[k].tags & judgement.NAMED))


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _does(language: Language) -> re.Pattern[str]:
    return re.compile(_any_of(_file()[language]["does"]), re.IGNORECASE)


@cache
def _so(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_any_of(_file()[language]['so'])})(?![\w-])", re.IGNORECASE)


def _any_of(entries: Iterable[str]) -> str:
    return "|".join(re.sub(r"(?<=[\w])\*$", r"[\\w']*", entry) for entry in entries)
