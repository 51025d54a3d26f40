"""What a review says, and what its checks look at (floor 4)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from gettext import gettext as _
from typing import Literal

from generator.characters import NARROW, NO_BREAK
from generator.clauses import PLACEHOLDER
from generator.letter import Letter, Passage
from generator.model import Deal, House

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One remark: a stable code, how grave it is, where, what to change, and on which authority."""

    code: str
    severity: Severity
    where: str
    sentence: str
    source: str = ""


@dataclass(frozen=True)
class Case:
    """A letter under review, with the deal and the house that it is judged by.

    `expected` is what the deal makes each placeholder say, as `plain` text.
    """

    letter: Letter
    deal: Deal
    house: House
    expected: Mapping[str, str]

    @property
    def binding(self) -> bool:
        """Whether somebody is obliged to buy."""
        return self.letter.binding in {"promise", "conditional"}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All that is prose, from top to bottom."""
        return (*self.letter.opening, *self.letter.articles, *self.letter.closing)

    def article(self, clause_id: str) -> Passage | None:
        """The article of this id, if the letter has it."""
        return next((passage for passage in self.letter.articles if passage.id == clause_id), None)


Check = Callable[[Case], Iterator[Finding]]


# --- The three ways to read a passage -----------------------------------------

# Most passages of a batch read the same in letter after letter; a check need not
# look twice at the same words.  Enough for the passages of some twenty letters.
MANY = 4096
_ANOTHERS_WORDS = ("feature.", "prospect.", "decision.item")


def text_of(passage: Passage) -> str:
    """All that the passage says."""
    return _read(passage.body, tuple(passage.values.items()))


def wording_of(passage: Passage) -> str:
    """What the clause's author wrote: an ellipsis stands for each value."""
    return _read(passage.body, ())


def own_words(passage: Passage) -> str:
    """What the house says itself: without what the prospect is called and asks for."""
    own = ((key, value) for key, value in passage.values.items() if not key.startswith(_ANOTHERS_WORDS))
    return _read(passage.body, tuple(own))


@lru_cache(maxsize=MANY)
def _read(body: str, values: tuple[tuple[str, str], ...]) -> str:
    known = {key: str(value) for key, value in values}
    return plain(PLACEHOLDER.sub(lambda place: known.get(place[1], "…"), body))


@lru_cache(maxsize=MANY)
def plain(text: str) -> str:
    """A text for matching: plain spaces, straight apostrophes, no bold."""
    for char in (NO_BREAK, NARROW):
        text = text.replace(char, " ")
    return re.sub(r"\*\*?|\\", "", text).replace("’", "'")


@lru_cache(maxsize=MANY)
def found_in(text: str, words: re.Pattern[str]) -> tuple[re.Match[str], ...]:
    """Every place of a text where one of the words stands."""
    return tuple(words.finditer(text))


def place_of(passage: Passage) -> str:
    """Where a reader finds the passage."""
    if passage.number is None:
        return passage.file.name
    return _("article {number}, {title}").format(number=passage.number, title=passage.title)
