"""What commands print as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal


@dataclass(frozen=True)
class Printed:
    """What a command prints as JSON.  The docstrings of the keys go into the schema."""

    # As `pydantic.with_config` puts it, without importing pydantic only to print.
    __pydantic_config__: ClassVar[Mapping[str, Any]] = {
        "extra": "forbid",
        "use_attribute_docstrings": True,
        "json_schema_serialization_defaults_required": True,
    }

    format: Literal[1] = field(
        default=1,
        init=False,
        metadata={"description": "goes up if a key changes its meaning or goes away"},
    )
