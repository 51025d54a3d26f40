"""What commands print, held against the schemas that `accord schema` publishes."""

from typing import Any

from jsonschema import Draft202012Validator

from accord.cli.schema import schema


def faults(name: str, data: Any) -> list[str]:
    """What the schema of this name does not allow in `data`."""
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(data)]
