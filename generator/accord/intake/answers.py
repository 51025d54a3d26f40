"""What the readers of typed answers have in common: how they refuse."""

import unicodedata
from collections.abc import Sequence

from accord.errors import AccordError
from accord.i18n import _
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


def refuse_odd_figures(text: str) -> None:
    """Refuse figures other than 0 to 9: without its raised 2, "²5" is another number; `AccordError`."""
    odd = next(
        (char for char in text if unicodedata.category(char) in {"Nd", "No", "Nl"} and not char.isascii()), ""
    )
    if odd:
        sentence = _(
            "“{text}” has the character {char}, which is no ordinary figure; write it with the figures 0 to 9"
        )
        raise AccordError(sentence.format(text=quoted(text), char=odd))
