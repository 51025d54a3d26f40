"""Strict models of what a file may hold: closed, frozen, checked on construction.

A model lists its `checks`, plain functions that look at several keys at once;
they run even when other keys are faulty, so that a reader of the error sees
everything there is to mend.
"""

from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic._internal._model_construction import ModelMetaclass  # it publishes no other name of it
from pydantic.fields import FieldInfo
from pydantic_core import InitErrorDetails, PydanticCustomError

Violation: TypeAlias = tuple[str, str]
"""What a check objects to: a dotted key of its table, and a sentence that says what to write instead."""


def invalid(sentence: str) -> PydanticCustomError:
    """The error to raise for a value of a model; `sentence` says what to write instead."""
    return PydanticCustomError("fault", "{sentence}", {"sentence": sentence})


def optional(description: str) -> Any:
    """A key that may be left out, and is None then."""
    return Field(default=None, description=description)


class _Absent:
    """What a class does not have, though its metaclass does."""

    def __get__(self, *_: object) -> Any:
        raise AttributeError


class _Table(ModelMetaclass):
    """The class of tables: `register`, by which abstract classes adopt others, is a key like any other."""

    register = _Absent()


class StrictModel(BaseModel, metaclass=_Table):
    """A table of a file, in which an unknown key is a fault, with the checks that need several keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    checks: ClassVar[tuple[Callable[[Any], Iterator[Violation]], ...]] = ()

    @classmethod
    def settled(cls, data: Any) -> Any:
        """`data` with each value under the key to which it belongs; a table whose keys people mix up says how."""
        return data

    @classmethod
    def sound_part(cls, data: object) -> Self:
        """What of `data` is sound, as an unchecked table with None for the rest."""
        values: dict[str, Any] = {}
        for name, info in cls.model_fields.items():
            value = data.get(name) if isinstance(data, dict) else None
            values[name] = None if info.is_required() else info.get_default()
            if value is not None:
                try:
                    values[name] = cls._adapter(name).validate_python(value)
                except ValidationError:
                    inner = table_at(info)
                    values[name] = inner.sound_part(value) if inner else None
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
        data = cls.settled(data)
        try:
            table = handler(data)
        except ValidationError as error:
            errors = [_as_raised(details) for details in error.errors(include_url=False)]
            table = cls.sound_part(data)
        faulty = {details["loc"] for details in errors}
        for key, sentence in (violation for check in cls.checks for violation in check(table)):
            path: tuple[str | int, ...] = tuple(key.split("."))
            if not any(path[:length] in faulty for length in range(1, len(path) + 1)):
                errors.append({"type": invalid(sentence), "loc": path, "input": None})
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return table


def _as_raised(details: Any) -> InitErrorDetails:
    """One error of pydantic's list in the form in which it can be raised again."""
    context = details.get("ctx", {})
    error_type = invalid(context["sentence"]) if details["type"] == "fault" else details["type"]
    return {"type": error_type, "loc": details["loc"], "input": details["input"], "ctx": context}


@cache
def plain_type(info: FieldInfo) -> Any:
    """The type of a key, without `Annotated` and `| None`."""
    kind = info.annotation
    while get_origin(kind) in {Annotated, Union, UnionType}:
        kind = next(arg for arg in get_args(kind) if arg is not NoneType)
    return kind


def table_within(info: FieldInfo) -> type[StrictModel] | None:
    """The table that a key holds, or may hold instead of a plain value or in a list."""
    kinds: list[Any] = [info.annotation]
    while kinds:
        kind = kinds.pop()
        if get_origin(kind) in {Annotated, Union, UnionType, tuple}:
            kinds += get_args(kind)
        elif isinstance(kind, type) and issubclass(kind, StrictModel):
            return kind
    return None


def table_at(info: FieldInfo) -> type[StrictModel] | None:
    """The table that a key holds, if it holds one."""
    kind = plain_type(info)
    return kind if isinstance(kind, type) and issubclass(kind, StrictModel) else None


def rows_at(info: FieldInfo) -> type[StrictModel] | None:
    """The table that a key holds any number of times, each under a heading of its own: `[[annex]]`."""
    kind = plain_type(info)
    row = get_args(kind)[0] if get_origin(kind) is tuple else None
    return row if isinstance(row, type) and issubclass(row, StrictModel) else None


@cache
def choices_at(info: FieldInfo) -> tuple[str, ...]:
    """The values that a key may have, or each in its list, if they are listed."""
    kind = plain_type(info)
    if get_origin(kind) is tuple:
        kind = get_args(kind)[0]
    return get_args(kind) if get_origin(kind) is Literal else ()


@cache
def words_at(info: FieldInfo) -> tuple[str, ...]:
    """The words that a key may have instead of a value of its type: "total" where a sum may stand."""
    kinds: list[Any] = [info.annotation]
    words: tuple[str, ...] = ()
    while kinds:
        kind = kinds.pop()
        if get_origin(kind) is Annotated:
            kinds.append(get_args(kind)[0])
        elif get_origin(kind) in {Union, UnionType}:
            kinds += get_args(kind)
        elif get_origin(kind) is Literal:
            words += tuple(word for word in get_args(kind) if isinstance(word, str))
    return words


def all_keys(root: type[StrictModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key of a file, dotted, tables before what they hold."""
    for name, info in root.model_fields.items():
        yield f"{prefix}{name}", info
        if inner := table_at(info):
            yield from all_keys(inner, f"{prefix}{name}.")
