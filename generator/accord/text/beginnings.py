"""What words a text that says a phrase must have, by their beginnings: a quick way to pass over those that cannot.

A review listens for a thousand phrases, of which a letter says a few dozen.  To
compile the others takes as long as half of a review.
"""

import re
from functools import lru_cache

LONGEST = 6  # letters of a word's beginning: enough to tell most words apart
_WORDS = re.compile(r"\w+")
_AS_CASES_DO = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})  # which `re.IGNORECASE` takes for these letters
_TOKENS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?::|-i:|<?[=!])|\(\?|[()|]|(?:[?*+]|\{\d*,?\d*\})\??|[^\W\d_]+|.",
    re.DOTALL,
)
_OF_NO_WIDTH, _GROUPS, _NOT_READ = {"(?=", "(?!", "(?<=", "(?<!"}, {"(", "(?:", "(?-i:"}, "(?"
_BETWEEN_WORDS = {" ", "'", "-"}

Beginnings = frozenset[str]
Needs = tuple[Beginnings, ...]
"""Of each, a text has one or more, if it says the phrase."""


@lru_cache(maxsize=8192)
def of_text(text: str) -> Beginnings:
    """The beginnings of its words, in small letters, up to `LONGEST` letters each."""
    words = _WORDS.findall(text.translate(_AS_CASES_DO).lower())
    return frozenset(word[:length] for word in words for length in range(1, LONGEST + 1))


def of_words(words: str) -> Beginnings:
    """By which `of_text` shows that a text may have one of some words, parted by spaces."""
    return frozenset(word[:LONGEST].lower() for word in words.split())


@lru_cache(maxsize=8192)
def of_phrase(phrase: str) -> Needs:
    """What any text has that says a phrase, written as in `phrases.toml` and `filled`: the most telling first.

    None of it where that is not plain to see.
    """
    tokens = [")", *reversed(_TOKENS.findall(phrase))]
    try:
        alternatives, _is_beginning = _alternatives(tokens, is_beginning=True)
    except _NotPlainError:
        return ()
    if len(alternatives) == 1:
        return tuple(sorted(alternatives[0], key=_telling, reverse=True))
    one_of_each = _one_of_each(alternatives)
    return (one_of_each,) if one_of_each else ()


class _NotPlainError(Exception):
    """A phrase that is written in a way that is not read here."""


def _telling(beginnings: Beginnings) -> tuple[int, int]:
    """How well one of these tells texts apart: by the length of the shortest, then by how few they are."""
    return min(map(len, beginnings)), -len(beginnings)


def _one_of_each(alternatives: list[list[Beginnings]]) -> Beginnings | None:
    """What a text has that says one of the alternatives; None where that may be anything."""
    if not all(alternatives):
        return None
    return frozenset().union(*(max(each, key=_telling) for each in alternatives))


def _alternatives(tokens: list[str], *, is_beginning: bool) -> tuple[list[list[Beginnings]], bool]:
    """What each alternative needs up to the next closing bracket, and whether a word begins after that.

    The next token is the last of the list; `is_beginning` says whether a word begins there.
    """
    needs: list[list[Beginnings]] = []
    ends: list[bool] = []
    while True:
        needed, end = _sequence(tokens, is_beginning=is_beginning)
        needs.append(needed)
        ends.append(end)
        if tokens.pop() == ")":
            return needs, all(ends)


def _sequence(tokens: list[str], *, is_beginning: bool) -> tuple[list[Beginnings], bool]:
    """The same of what stands up to the next bar or bracket."""
    needed: list[Beginnings] = []
    while tokens[-1] not in {"|", ")"}:
        token = tokens.pop()
        if token in _OF_NO_WIDTH:
            _alternatives(tokens, is_beginning=False)
        elif token in _GROUPS:
            alternatives, is_end_beginning = _alternatives(tokens, is_beginning=is_beginning)
            if _quantifier(tokens) in {"", "+"}:
                one_of_each = _one_of_each(alternatives)
                needed += [one_of_each] if one_of_each else []
                is_beginning = is_end_beginning
            else:
                is_beginning = is_beginning and is_end_beginning
        elif token.isalpha():
            # A letter before "*" stands there: the word may go on.
            word = token if _quantifier(tokens) in {"", "+", "*"} else token[:-1]
            needed += [frozenset({word[:LONGEST].lower()})] if is_beginning and word else []
            is_beginning = False
        elif token == _NOT_READ:
            raise _NotPlainError
        elif token != "^":  # noqa: S105 - of a phrase
            is_beginning = not _quantifier(tokens) and token in _BETWEEN_WORDS
    return needed, is_beginning


def _quantifier(tokens: list[str]) -> str:
    """The sign that says how often what was taken stands there; empty where there is none."""
    return tokens.pop()[0] if tokens[-1][0] in "?*+{" else ""
