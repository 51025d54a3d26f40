"""Changing some keys of a TOML file, with all else in it as it was: comments, order, other keys."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accord import files
from accord.domain.base import StrictModel, all_keys
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
            else:
                target[last] = toml_writer.item(infos[key], value)
    return tomlkit.dumps(document)


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
