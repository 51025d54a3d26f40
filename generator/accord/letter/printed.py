"""What of a table prints, and so is kept as data with a letter."""

from collections.abc import Mapping
from typing import Any

PRINTED_WITH: Mapping[str, set[str]] = {
    "capital": {"legal_form"},
    "currency": {"capital"},
    "registry": {"registration"},
    "country": {"address", "capital", "registration"},
}
"""Particulars of a company that print only beside one of others."""


def party(table: Mapping[str, Any]) -> dict[str, Any]:
    """A company, without what prints only together with something that is missing."""
    kept = dict(table)
    for key, others in PRINTED_WITH.items():
        if not kept.keys() & others:
            kept.pop(key, None)
    return kept


def only(table: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """The values of these keys, where the table has them."""
    return {key: table[key] for key in keys if key in table}


def without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what is empty in it, at any depth."""
    pruned = {key: without_empty(value) if isinstance(value, dict) else value for key, value in table.items()}
    return {key: value for key, value in pruned.items() if value not in ({}, [], "", None)}
