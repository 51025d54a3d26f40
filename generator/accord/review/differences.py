"""What a house's own text of a clause changes in the standard one, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from accord.text.characters import plain


@dataclass(frozen=True)
class Difference:
    """One sentence that the house's own text drops from the standard one, or adds to it."""

    change: Literal["dropped", "added"]
    """what the house's text does with it"""
    sentence: str
    """the sentence as the clause file has it, placeholders included"""


def differences(standard: str, own: str) -> tuple[Difference, ...]:
    """What differs, in the order of the text; nothing where only spaces, quotation marks or bold type do."""
    ours, theirs = [*_sentences(standard)], [*_sentences(own)]
    matcher = SequenceMatcher(None, [*map(spelt, ours)], [*map(spelt, theirs)], autojunk=False)
    return tuple(
        difference
        for _tag, start, end, own_start, own_end in matcher.get_opcodes()
        if _tag != "equal"
        for difference in (
            *(Difference("dropped", sentence) for sentence in ours[start:end]),
            *(Difference("added", sentence) for sentence in theirs[own_start:own_end]),
        )
    )


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a clause's Markdown, and the items of its lists, each on one line."""
    for part in re.split(r"(?<=[.!?])[*_]*\s+|\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", text):
        if sentence := " ".join(part.replace("**", "").split()):
            yield sentence


def spelt(sentence: str) -> str:
    """A sentence as two texts are compared: spaces and quotation marks do not count."""
    return " ".join(re.sub('[“”«»"]', ' " ', plain(sentence)).split())
