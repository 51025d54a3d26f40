"""Tables of a file: closed, frozen, checked on construction.

A table is a pydantic model in which an unknown key is a fault.  It lists its
`checks`, plain functions that look at several keys at once; they run even when
other keys are faulty, so that a reader of the error sees everything there is to
mend.
"""

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import InitErrorDetails, PydanticCustomError


def fault(sentence: str) -> PydanticCustomError:
    """A fault to raise inside a model; pydantic carries its sentence to the reader."""
    return PydanticCustomError("fault", "{sentence}", {"sentence": sentence})


class Table(BaseModel):
    """A closed, frozen table of a file, with the checks that need several keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    checks: ClassVar[tuple[Callable[[Any], Iterator["Complaint"]], ...]] = ()

    @classmethod
    def sound_part(cls, data: object) -> Self:
        """What of `data` is sound, as an unchecked table with None for the rest."""
        values: dict[str, Any] = {}
        for name, info in cls.model_fields.items():
            given = data.get(name) if isinstance(data, dict) else None
            values[name] = info.get_default() if not info.is_required() else None
            if given is None:
                continue
            try:
                values[name] = cls._adapter(name).validate_python(given)
            except ValidationError:
                table = table_at(info)
                values[name] = table.sound_part(given) if table else None
        return cls.model_construct(**values)

    @classmethod
    @cache
    def _adapter(cls, name: str) -> TypeAdapter[Any]:
        info = cls.model_fields[name]
        return TypeAdapter(Annotated[info.annotation, info])  # type: ignore[arg-type]

    @model_validator(mode="wrap")
    @classmethod
    def _report_everything(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Run the checks whether or not a key is faulty, and report all at once."""
        errors: list[InitErrorDetails] = []
        try:
            table = handler(data)
        except ValidationError as error:
            errors = [_as_raised(details) for details in error.errors(include_url=False)]
            table = cls.sound_part(data)
        faulty = {details["loc"] for details in errors}
        for check in cls.checks:
            for complaint in check(table):
                path: tuple[str | int, ...] = tuple(complaint.key.split("."))
                if not any(path[:length] in faulty for length in range(1, len(path) + 1)):
                    errors.append({"type": fault(complaint.sentence), "loc": path, "input": None})
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return table


@dataclass(frozen=True)
class Complaint:
    """What a check has to say of one key of its table."""

    key: str
    sentence: str


def _as_raised(details: Any) -> InitErrorDetails:
    """One error of pydantic's list in the form in which it can be raised again."""
    kind: Any = details["type"]
    if kind == "fault":
        kind = fault(details["ctx"]["sentence"])
    raised: InitErrorDetails = {"type": kind, "loc": details["loc"], "input": details["input"]}
    if "ctx" in details:
        raised["ctx"] = details["ctx"]
    return raised


# --- What a table wants at a key ----------------------------------------------


def bare(annotation: Any) -> Any:
    """The type behind `Annotated` and `| None`."""
    while True:
        inner = [arg for arg in get_args(annotation) if arg is not type(None)]
        if get_origin(annotation) is Annotated or (
            len(inner) == 1 and get_origin(annotation) in {Union, types.UnionType}
        ):
            annotation = inner[0]
        else:
            return annotation


def table_at(info: FieldInfo) -> type[Table] | None:
    """The table that a key holds, if it holds one."""
    kind = bare(info.annotation)
    return kind if isinstance(kind, type) and issubclass(kind, Table) else None


def choices_at(info: FieldInfo) -> tuple[str, ...]:
    """The values that a key may have, if they are listed."""
    kind = bare(info.annotation)
    return get_args(kind) if get_origin(kind) is Literal else ()


def all_keys(root: type[Table], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key of a file, dotted, tables before what they hold."""
    for name, info in root.model_fields.items():
        yield f"{prefix}{name}", info
        if inner := table_at(info):
            yield from all_keys(inner, f"{prefix}{name}.")
