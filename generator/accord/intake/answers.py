"""What the readers of typed answers have in common: how they refuse."""

from collections.abc import Sequence

from accord.errors import AccordError
from accord.text.characters import excerpt

LONGEST_QUOTE = 40  # characters of an answer that a refusal repeats


class Ambiguous(AccordError):
    """An answer that can be read in several ways; `readings` are texts for each, any of which is read in one way."""

    def __init__(self, sentence: str, readings: Sequence[str]) -> None:
        super().__init__(sentence)
        self.readings = tuple(readings)


def quoted(text: str) -> str:
    """An answer as a refusal repeats it: short and on one line."""
    return excerpt(text.strip(), LONGEST_QUOTE)
