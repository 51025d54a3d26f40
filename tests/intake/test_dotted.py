"""Dotted keys: what is put is there, what is flattened can be put again."""

from typing import Any

import pytest

from accord.intake import dotted

TABLE: dict[str, Any] = {"date": "2026-11-23", "prospect": {"name": "Auroch", "contact": {"title": "DAF"}}}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date", "2026-11-23"),
        ("prospect.contact.title", "DAF"),
        ("prospect.contact", {"title": "DAF"}),
        ("prospect.vat", None),
        ("decision.kind", None),
        ("date.year", None),
    ],
)
def test_get(key: str, value: Any) -> None:
    assert dotted.get(TABLE, key) == value


def test_flatten_and_put_are_each_other_s_reverse() -> None:
    flat = dict(dotted.flatten(TABLE))
    assert flat == {"date": "2026-11-23", "prospect.name": "Auroch", "prospect.contact.title": "DAF"}
    again: dict[str, Any] = {}
    for key, value in flat.items():
        dotted.put(again, key, value)
    assert again == TABLE


def test_a_value_where_a_table_belongs_is_kept() -> None:
    data: dict[str, Any] = {"decision": "purchase"}
    dotted.put(data, "decision.kind", "pilot")
    assert data == {"decision": "purchase"}
