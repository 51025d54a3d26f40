"""Nested tables by dotted keys: `decision.unit_price` is `unit_price` in the table `decision`."""

from collections.abc import Iterator, Mapping
from typing import Any


def get(data: Any, key: str) -> Any:
    """The value under a dotted key of a table; None if there is none."""
    for part in key.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def put(data: dict[str, Any], key: str, value: Any) -> None:
    """Put a value under a dotted key of a table, which gets the inner tables that it lacks.

    A value that stands where an inner table belongs is kept: the model reports it.
    """
    *tables, last = key.split(".")
    target: Any = data
    for part in tables:
        target = target.setdefault(part, {})
        if not isinstance(target, dict):
            return
    target[last] = value


def flatten(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a table that is not itself a table, with its dotted key."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
