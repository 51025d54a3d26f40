"""What somebody's own sentences say that a decline had better not: promises, comparisons, faults, groups, cartels.

Each sentence is held against `examples` that a reader has judged.  It counts words; it
understands nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from accord.review import examples
from accord.review.examples import SELF
from accord.text import phrases
from accord.text.characters import excerpt
from accord.text.phrases import Language

CODES = tuple(examples.SIGNS.values())
"""What can be found, as findings call it."""

_CERTAINLY, _PERHAPS = 6.0, 2.0
"""The evidence that makes a warning, and a note to look again: a sentence like no example has none, 0."""


class Heard(NamedTuple):
    """What a text seems to say."""

    code: str
    words: str
    """the sentence, or its beginning, as a letter prints it"""
    doubtful: bool
    """whether the sentence sounds like it, but not much"""


def found_in(text: str, language: Language, year: int, own: str = "") -> Iterator[Heard]:
    """What a `plain` text of this year seems to say that it should not, each code once.

    `own` is the name of the house, which speaks of itself where others would say "we".
    """
    name = re.compile(rf"(?<!\w){re.escape(own)}(?!\w)") if own else None
    parts = [(part, name.sub(SELF[language], part) if name else part) for part in phrases.sentences(text)]
    heard: dict[str, tuple[float, str]] = {}
    for part, ours in parts:
        evidence = examples.evidence(examples.dated(ours, year), language)
        likeliest = max(evidence, key=lambda code: evidence[code])
        heard[likeliest] = max(heard.get(likeliest, (0.0, "")), (evidence[likeliest], part))
    for code in CODES:
        weight, words = heard.get(code, (0.0, ""))
        if weight > _PERHAPS:
            yield Heard(code, excerpt(words).replace("'", "’"), weight <= _CERTAINLY)
