"""The schema describes what the files may hold."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from accord.domain import json_schema
from accord.domain.base import StrictModel
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.domain.printed import Printed


@pytest.mark.parametrize(("kind", "root"), [("deal", DealFile), ("house", House)])
def test_the_schema_describes_the_file(kind: Any, root: type[StrictModel]) -> None:
    described = json_schema.of_file(kind)
    assert json.loads(json.dumps(described)) == described
    assert described["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in described
    assert '"null"' not in json.dumps(described)
    tables = [described, *described["$defs"].values()]
    for table in tables:
        assert table["additionalProperties"] is False
        assert table["description"]
        for name, key in table["properties"].items():
            assert key.get("description"), name
    asked = [name for name, info in root.model_fields.items() if info.is_required()]
    assert described["required"] == [name for name in asked if name not in json_schema.FILLED_IN]


def test_the_schema_asks_for_what_no_house_can_fill() -> None:
    assert json_schema.of_file("deal")["required"] == ["language", "prospect", "feature"]
    assert json_schema.of_file("house")["required"] == ["supplier"]
    assert json_schema.of_file("deal")["properties"]["law"]["enum"] == ["FR", "EW"]


@dataclass(frozen=True)
class Item:
    """One item."""

    name: str
    """its name"""
    number: int = 0
    """its number"""


@dataclass(frozen=True)
class Items(Printed):
    """Some items."""

    items: tuple[Item, ...]
    """in order"""


def test_what_is_printed_is_described_by_its_docstrings_and_closed() -> None:
    described = json_schema.of_printed(Items)
    assert described["$schema"] == json_schema.of_file("deal")["$schema"]
    item = described["$defs"]["Item"]
    assert (described["required"], item["required"]) == (["format", "items"], ["name", "number"])
    assert (described["description"], item["description"]) == ("Some items.", "One item.")
    assert item["properties"]["number"]["description"] == "its number"
    assert described["additionalProperties"] is item["additionalProperties"] is False
