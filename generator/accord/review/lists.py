"""The lists of `lists.toml`, by which the checks of a deal's values go."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def lists() -> Mapping[str, Any]:
    """The tables of the file."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
