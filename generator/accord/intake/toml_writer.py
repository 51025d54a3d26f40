"""Houses and deals as files in TOML, written as a person would write them."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic.fields import FieldInfo

from accord.domain.base import StrictModel, choices_at, plain_type, rows_at, table_at
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.i18n import _
from accord.text.characters import quoted


def toml_of_deal(deal_data: Mapping[str, Any]) -> str:
    """A deal as the text of a deal file; keys in the model's order, None left out.

    `deal_data` is what `DealFile` takes or what its `model_dump` gives; dates may
    be ISO texts.
    """
    return str(_toml(DealFile, deal_data, comments=False).as_string())


def toml_of_house(house_data: Mapping[str, Any]) -> str:
    """A house as the text of `accord.toml`, each key with what it means.

    The explanations are in the interface's language; optional keys without a
    value stand there as comments.
    """
    return str(_toml(House, house_data, comments=True).as_string())


def _toml(table: type[StrictModel], data: Mapping[str, Any], into: Any = None, *, comments: bool) -> Any:
    """The keys of `table` as tomlkit's document, or added to its table `into`: values first, then tables."""
    import tomlkit  # noqa: PLC0415 - only where a file is written

    into = tomlkit.document() if into is None else into
    for name, info in sorted(
        table.model_fields.items(), key=lambda field: bool(table_at(field[1]) or rows_at(field[1]))
    ):
        inner, value = table_at(info), data.get(name)
        if inner:
            item = (
                _toml(inner, value or {}, tomlkit.table(), comments=comments) if value or comments else None
            )
        elif row := rows_at(info):
            item = _rows(row, value) if value else None
        else:
            item = _item(info, value) if value is not None else None
        if item is not None:
            into.add(name, item.comment(_explained(info)) if comments and not rows_at(info) else item)
        elif comments:
            into.add(tomlkit.comment(f"{name} =   # {_explained(info)}"))
    return into


def _rows(row: type[StrictModel], values: Sequence[Mapping[str, Any]]) -> Any:
    """Tables of one kind, each under its heading in double brackets."""
    import tomlkit  # noqa: PLC0415 - only where a file is written

    rows = tomlkit.aot()
    for value in values:
        rows.append(_toml(row, value, tomlkit.table(), comments=False))
    return rows


def _item(info: FieldInfo, value: Any) -> Any:
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
