"""Changing some keys of a TOML file, with all else in it as it was: comments, order, other keys."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from accord import files
from accord.domain.base import StrictModel, all_keys, rows_at, table_within
from accord.errors import Defect
from accord.intake import toml_writer
from accord.text.characters import path_name


def changed(root: type[StrictModel], text: str, changes: Mapping[str, Any]) -> str:
    """The text of a file with each dotted key set to its value, or taken out where that is None.

    A commented slot (`# address = …`) gives its place to the key.
    """
    import tomlkit  # noqa: PLC0415 - only where a file is changed

    infos = dict(all_keys(root))
    slots = {key for key, value in changes.items() if value is not None}
    document = tomlkit.parse(_uncommented(text, slots))
    for key, value in changes.items():
        *tables, last = key.split(".")
        target: Any = document
        for name in tables:
            if value is None and name not in target:
                break
            target = target.setdefault(name, tomlkit.table())
        else:
            if value is None:
                target.pop(last, None)
                _drop_empty(document, tables)
            elif row := rows_at(infos[key]):
                _set_rows(target, last, row, value)
            elif isinstance(value, Mapping) and isinstance(target.get(last), dict):
                _set_keys(target[last], table_within(infos[key]) or root, value)
            else:
                _set(target, last, toml_writer.item(infos[key], value))
    return tomlkit.dumps(document)


def _set(table: Any, key: str, value: Any) -> None:
    """Give a table a value; a new key stands before a comment that is set off from the keys: it is of what follows."""
    body = table.value.body if hasattr(table, "display_name") and key not in table else []
    beginning = max(
        (place for place, (name, _item) in enumerate(body, 1) if name is not None), default=len(body)
    )
    blanks = (place for place in range(beginning, len(body)) if not body[place][1].as_string().strip())
    tail = slice(next(blanks, len(body)), len(body))
    following = body[tail]
    del body[tail]
    table[key] = value
    body.extend(following)


def _set_keys(table: Any, model: type[StrictModel], values: Mapping[str, Any]) -> None:
    """Give a table these values and no others, where it stands."""
    for key in [key for key in table if key not in values]:
        del table[key]
    for key, value in values.items():
        if key not in table or table[key] != value:
            table[key] = toml_writer.item(model.model_fields[key], value)


def _set_rows(target: Any, name: str, model: type[StrictModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Give a list of tables these rows; those that were there and those that are changed stay where they stand."""
    import tomlkit  # noqa: PLC0415 - only where a file is changed

    there = target.get(name)
    if there is None:
        there = tomlkit.aot()
        target[name] = there
    inline = not isinstance(there, tomlkit.items.AoT)
    before, after = ([repr(_plain(row)) for row in some] for some in (there, rows))
    for change, start, end, first, last in reversed(SequenceMatcher(None, before, after).get_opcodes()):
        if change == "equal":
            continue
        changed = min(end - start, last - first)
        for place in range(changed):
            _set_keys(there[start + place], model, rows[first + place])
        for place in reversed(range(start + changed, end)):
            del there[place]
        for place in reversed(range(first + changed, last)):
            row = tomlkit.inline_table() if inline else tomlkit.table()
            _set_keys(row, model, rows[place])
            there.insert(start + changed, row)


def _plain(value: Any) -> Any:
    """A value without its order and its mark-up."""
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value)}
    return str(value)


def _drop_empty(document: Any, tables: list[str]) -> None:
    """Take a table out from which the last key is gone, and those around it."""
    for depth in range(len(tables), 0, -1):
        *around, name = tables[:depth]
        outer = document
        for each in around:
            outer = outer[each]
        if outer[name]:
            return
        del outer[name]


def change_file(
    path: Path, root: type[StrictModel], before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Replace a TOML file by one with the dotted keys that differ from those `before`; all else stays."""
    changes = {key: after.get(key) for key in {**before, **after} if before.get(key) != after.get(key)}
    if changes:
        try:
            text = files.decode(files.read(path))
        except Defect as defect:
            raise defect.about(path_name(path)) from None
        files.change(path, changed(root, text, changes).encode())


def _uncommented(text: str, keys: set[str]) -> str:
    """The text with the commented slots of `keys` as keys, without a value yet."""
    table, lines = "", []
    for line in text.splitlines(keepends=True):
        if heading := re.match(r"\s*\[([\w.]+)\]", line):
            table = f"{heading[1]}."
        slot = re.match(r"\s*#\s*(\w+)\s*=\s*(?:\"\")?\s*(#.*)?$", line.rstrip("\r\n"))
        if slot and f"{table}{slot[1]}" in keys:
            lines.append(f'{slot[1]} = ""{"  " + slot[2] if slot[2] else ""}\n')
        else:
            lines.append(line)
    return "".join(lines)
