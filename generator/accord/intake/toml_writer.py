"""Houses and deals as files in TOML, written as a person would write them."""

import datetime
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from pydantic.fields import FieldInfo

from accord.domain.base import StrictModel, choices_at, plain_type, rows_at, table_at
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.i18n import _
from accord.text.characters import quoted


def toml_of_deal(deal_data: Mapping[str, Any], slots: Collection[str] = ()) -> str:
    """A deal as the text of a deal file; keys in the model's order, None left out.

    `deal_data` is what `DealFile` takes or what its `model_dump` gives; dates may
    be ISO texts.  Each of the dotted keys `slots` that has no value stands there
    as a comment that says what it means, ready to be filled in.
    """
    return str(_toml(DealFile, deal_data, lambda key: key in slots, keys_explained=False).as_string())


def toml_of_house(house_data: Mapping[str, Any]) -> str:
    """A house as the text of `accord.toml`, each key with what it means.

    The explanations are in the interface's language; optional keys without a
    value stand there as comments.
    """
    return str(_toml(House, house_data, lambda _key: True, keys_explained=True).as_string())


def toml_of_table(data: Mapping[str, Any], heading: str) -> str:
    """Any table of texts, numbers, dates, lists and tables, below a comment."""
    import tomlkit  # noqa: PLC0415 - only where a file is written

    document = tomlkit.document()
    document.add(tomlkit.comment(heading))
    document.update(_plain(data))
    return tomlkit.dumps(document)


def _plain(value: Any) -> Any:
    """A value without the types that TOML does not know."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value


def _toml(
    model: type[StrictModel],
    data: Mapping[str, Any],
    is_slot: Callable[[str], bool],
    prefix: str = "",
    *,
    keys_explained: bool,
) -> Any:
    """The keys of a model as tomlkit's document, or one of its tables: values first, then tables, then lists of tables."""
    import tomlkit  # noqa: PLC0415 - only where a file is written

    into = tomlkit.table() if prefix else tomlkit.document()
    for name, info in sorted(model.model_fields.items(), key=lambda field: _place(field[1])):
        inner, value, key = table_at(info), data.get(name), f"{prefix}{name}"
        if inner:
            table = _toml(inner, value or {}, is_slot, f"{key}.", keys_explained=keys_explained)
            value, written = (value or table.value.body) or None, table
        elif row := rows_at(info):
            written = tomlkit.aot()
            for each in value or ():
                written.append(_toml(row, each, lambda _key: False, f"{key}.", keys_explained=False))
            value = value or None
        else:
            written = item(info, value) if value is not None else None
        if value is not None and written is not None:
            into.add(
                name, written.comment(_explained(info)) if keys_explained and not rows_at(info) else written
            )
        elif is_slot(key) and not inner:
            slots = {f"[[{name}]]": info} if rows_at(info) else {f"{name} =": info}
            if row := rows_at(info):
                into.add(tomlkit.nl())
                slots |= {f"{column} =": column_info for column, column_info in row.model_fields.items()}
            for slot, slot_info in slots.items():
                into.add(tomlkit.comment(f"{slot}   # {_explained(slot_info)}"))
    return into


def _place(info: FieldInfo) -> int:
    return 2 if rows_at(info) else 1 if table_at(info) else 0


def item(info: FieldInfo, value: Any) -> Any:
    """A value as TOML writes it: amounts as texts, dates as dates, long texts and lists on several lines."""
    import tomlkit  # noqa: PLC0415 - only where a file is written

    if isinstance(value, list | tuple):
        return tomlkit.item(list(value)).multiline(len(value) > 1)
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    if isinstance(value, Decimal):
        return tomlkit.item(str(value))
    if isinstance(value, str) and plain_type(info) is datetime.date:
        return tomlkit.item(datetime.date.fromisoformat(value))
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    return tomlkit.item(value)


def _explained(info: FieldInfo) -> str:
    """A key's meaning, and the values it may have if they are listed."""
    meaning, choices = _(str(info.description)), choices_at(info)
    return f"{meaning} ({quoted(choices)})" if choices else meaning
