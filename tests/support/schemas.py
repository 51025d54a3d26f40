"""What commands print, held against the schemas that `accord schema` publishes."""

import functools
from typing import Any

from jsonschema import Draft202012Validator

from accord.cli.schema import schema


def faults(name: str, data: Any) -> list[str]:
    """What the schema of this name does not allow in `data`."""
    return [error.message for error in _validator(name).iter_errors(data)]


@functools.cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))
