"""The lists of `lists.toml`, by which the checks of a deal's values go."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from accord.text.characters import fold


@cache
def lists() -> Mapping[str, Any]:
    """The tables of the file."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def of_a_trade(name: str) -> bool:
    """Whether a name has a word for a trade or for goods in it: that of a shop called after a public place."""
    return bool(_trades().intersection(re.findall(r"[a-z-]+", fold(name))))


@cache
def _trades() -> frozenset[str]:
    return frozenset(lists()["people"]["trades"])


PROSE = (
    "feature.need",
    "feature.description",
    "feature.acceptance_tests",
    "feature.exclusions",
    "opening_note",
    "decline.",
    "positioning.",
    "letters.",
)
"""Keys of whole sentences, which may well speak of such values."""


def is_prose(key: str) -> bool:
    """Whether a key of a deal or a house has whole sentences."""
    return key.startswith(PROSE)


@cache
def _spoken_of() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lists()['fields']['spoken_of']})\b", re.IGNORECASE)


def speaks_of_signs(text: str) -> bool:
    """Whether a sentence speaks of tags, fields or characters, and may well name some."""
    return bool(_spoken_of().search(text))
