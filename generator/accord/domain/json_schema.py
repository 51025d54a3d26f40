"""What files may hold and what a review says, for editors and other programs."""

from typing import Any, Literal

from accord.domain.deal_file import ROOTS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FILLED_IN = frozenset({"locale", "date"})


def json_schema(kind: Literal["deal", "house"]) -> dict[str, Any]:
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
    return {**alternatives[0], **kept} if alternatives else kept


# --- What `accord review --json` prints -----------------------------------------


def review_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of what `accord review --json` prints."""
    return {
        "$schema": DRAFT,
        "title": "Reviews",
        **_table(
            "What accord review --json prints.",
            format={"const": 1, "description": "goes up if a key changes its meaning or goes away"},
            reviews=_list("one per file that could be used, in the order given", _REVIEW),
        ),
    }


def _table(description: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


def _text(description: str, *words: str) -> dict[str, Any]:
    return {"type": "string", "description": description, **({"enum": list(words)} if words else {})}


_FINDING = _table(
    "One remark, the gravest first.",
    code=_text("what was found; does not change from one version to the next, nor with the language"),
    severity=_text("an error keeps a letter from being final", "error", "warning", "note"),
    where=_text("an article, a clause file or a key of the deal; may be empty"),
    sentence=_text("what to change, in the language of the interface"),
    source=_text("the legal source; may be empty"),
)
_CONDITION = _table(
    "One condition of a clause.",
    name=_text("its name in the head of the clause file"),
    holds={"type": "boolean", "description": "whether it holds for this deal"},
)
_CLAUSE = _table(
    "One clause file of the library, in print order.",
    file=_text("its name, such as 32-price.vat.md"),
    title=_text("its title; empty for prose"),
    number={"type": ["integer", "null"], "description": "of its article, if it is one of the letter"},
    included={"type": "boolean", "description": "whether it is in the letter"},
    conditions=_list("why it is in or out: all must hold", _CONDITION),
    sources=_list("its legal sources", _text("a legal source")),
    status=_text(
        "approved by the house, or the library's own text, or the house's", "approved", "standard", "override"
    ),
    own={"type": "boolean", "description": "whether it is the house's own text, approved or not"},
)
_REVIEW = _table(
    "The review of one letter.",
    file=_text("the deal file or PDF, as it was named"),
    reference=_text("of the letter; empty where legal must decide before there is one"),
    title=_text("of the letter; empty where legal must decide before there is one"),
    findings=_list("what the review found, the gravest first", _FINDING),
    clauses=_list("every clause of the library for this kind of letter", _CLAUSE),
)
