"""The schema describes what the files may hold."""

import json
from typing import Any

import pytest

from accord.domain import json_schema
from accord.domain.base import Table
from accord.domain.deal_file import DealFile
from accord.domain.house import House


@pytest.mark.parametrize(("kind", "root"), [("deal", DealFile), ("house", House)])
def test_the_schema_describes_the_file(kind: Any, root: type[Table]) -> None:
    described = json_schema.json_schema(kind)
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
    assert json_schema.json_schema("deal")["required"] == ["language", "prospect", "feature"]
    assert json_schema.json_schema("house")["required"] == ["supplier"]
    assert json_schema.json_schema("deal")["properties"]["law"]["enum"] == ["FR", "EW"]


def test_the_schema_of_a_review_describes_every_key() -> None:
    described = json_schema.review_schema()
    assert described["$schema"] == json_schema.json_schema("deal")["$schema"]
    assert json.loads(json.dumps(described)) == described
    tables = [described]
    for table in tables:
        assert table["additionalProperties"] is False
        assert table["required"] == list(table["properties"])
        for name, key in table["properties"].items():
            assert key.get("description"), name
            tables += [key["items"]] if "properties" in key.get("items", {}) else []
    assert len(tables) == 5
