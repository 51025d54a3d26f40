"""JSON schemas of what files may hold and of what commands print, for editors and other programs."""

from typing import Any

from pydantic import TypeAdapter

from accord.domain.deal_file import ROOTS
from accord.domain.printed import Printed

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FILLED_IN = frozenset({"locale", "date"})


def of_file(kind: str) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a deal file or of the house file.

    It describes the file: what the house fills in is not required, and there
    is no null, which TOML does not know.
    """
    described: dict[str, Any] = _without_null(ROOTS[kind].model_json_schema())
    described["required"] = [key for key in described["required"] if key not in FILLED_IN]
    return {"$schema": DRAFT, **described}


def _without_null(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _without_null(value) for key, value in node.items() if (key, value) != ("default", None)}
    alternatives = [choice for choice in kept.pop("anyOf", ()) if choice != {"type": "null"}]
    if len(alternatives) > 1:
        return {"anyOf": alternatives, **kept}
    return {**alternatives[0], **kept} if alternatives else kept


def of_printed(printed: type[Printed]) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of what a command prints."""
    return {"$schema": DRAFT, **TypeAdapter(printed).json_schema(mode="serialization")}
