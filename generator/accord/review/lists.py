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
