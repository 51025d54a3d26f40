"""Mapping files: the columns of a spreadsheet in the words of the house or of its CRM.

`mappings/hubspot.toml` shows all of it: `dates`, the order of day and month;
`[columns]`, which heading gives which key; `[built]`, keys put together from
several columns; `[values."key"]`, what the words in the cells mean;
`[defaults]`, for rows that leave a key out; `only`, that no other column counts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accord import toml_reader
from accord.domain.base import all_keys, rows_at, table_at
from accord.domain.deal_file import DealFile
from accord.domain.suggestions import closest
from accord.errors import AccordError, Fault, FaultyInput
from accord.i18n import _
from accord.intake import dotted, overrides
from accord.text.characters import excerpt, fold, path_name, quoted

SUPPLIED = Path(__file__).parent / "crm"
PART = re.compile(r"\{([^{}]+)\}")
TABLES = ("columns", "built", "values", "defaults")
ORDERS = ("day-first", "month-first")


@dataclass(frozen=True)
class ColumnMap:
    """What a mapping file says.

    `columns` leads from a heading, as `heading` spells it, to a key, "" for a
    column to pass over; `built` from a key to texts with headings in braces,
    several for a list; `values` from a key and what a cell says to a
    value; `defaults` holds keys as a deal does.  With `only`, a column that is not
    named counts for nothing, whatever its heading; `written` has the headings
    for each key as the file writes them.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    built: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    month_first: bool | None = None
    only: bool = False
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def parts(self) -> frozenset[str]:
        """The headings of the columns that others are built of."""
        return frozenset(
            heading(name) for texts in self.built.values() for text in texts for name in PART.findall(text)
        )


def heading(text: str) -> str:
    """A heading for comparison: no case, no accents, plain apostrophes, single spaces."""
    return " ".join(fold(text).replace("’", "'").replace("*", "").split())


def supplied() -> tuple[str, ...]:
    """The names of the mapping files that come with the program."""
    return tuple(sorted(path.stem for path in SUPPLIED.glob("*.toml")))


def read(name: str) -> ColumnMap:
    """The mapping file `name`: one of those `supplied`, or a path; `FaultyInput` with every fault."""
    path = SUPPLIED / f"{name}.toml" if name in supplied() else Path(name)
    source = path_name(name)
    if not path.exists() and "." not in path.name:
        sentence = _("{name}: is neither a file nor one of {supplied}")
        raise AccordError(sentence.format(name=source, supplied=", ".join(supplied())))
    data = toml_reader.read(path, source)
    faults = [Fault(source, key, sentence) for key, sentence in _faults(data)]
    defaults: dict[str, Any] = {}
    if not faults:
        for key, value in dotted.flatten(data.get("defaults", {})):
            if not isinstance(value, str):  # numbers, dates and lists may stand as TOML has them
                dotted.put(defaults, key, value)
                continue
            try:
                overrides.set_key(defaults, key, value)
            except FaultyInput as error:
                faults += (Fault(source, f"defaults.{key}", fault.sentence) for fault in error.faults)
    if faults:
        raise FaultyInput(faults)
    return ColumnMap(
        columns={heading(name): key for name, key in data.get("columns", {}).items()},
        built={
            key: (text,) if isinstance(text, str) else tuple(text)
            for key, text in dotted.flatten(data.get("built", {}))
        },
        values={
            key: {heading(text): value for text, value in words.items()}
            for key, words in _worded(data.get("values", {}))
        },
        defaults=defaults,
        month_first={"month-first": True, "day-first": False}.get(data.get("dates", "")),
        only=data.get("only", False),
        written=_by_key(data.get("columns", {})),
    )


def _by_key(columns: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The headings for each key, in the order of the file."""
    return {key: tuple(name for name in columns if columns[name] == key) for key in columns.values()}


def _worded(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """The tables of words by dotted keys; a table of texts alone is one."""
    for name, inner in table.items():
        if isinstance(inner, dict) and all(isinstance(value, str) for value in inner.values()):
            yield f"{prefix}{name}", inner
        elif isinstance(inner, dict):
            yield from _worded(inner, f"{prefix}{name}.")


def _faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each key of a mapping file that will not do, and why."""
    keys = (*TABLES, "dates", "only")
    for name in data.keys() - {*keys}:
        yield (
            excerpt(name),
            _("is unknown in a mapping file, which knows: {keys}").format(keys=", ".join(keys)),
        )
    if data.get("dates", ORDERS[0]) not in ORDERS:
        yield "dates", _("must be one of {choices}").format(choices=quoted(ORDERS))
    if not isinstance(data.get("only", False), bool):
        yield "only", _("must be true or false, without quotation marks")
    misfits = [name for name in TABLES if not isinstance(data.get(name, {}), dict)]
    for name in misfits:
        yield name, _("must be a table; write the heading [{name}] and its keys below").format(name=name)
    if not misfits:
        yield from _misfits(data)


def _misfits(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong inside the tables."""
    for name, key in data.get("columns", {}).items():
        if not isinstance(key, str):
            yield f"columns.{excerpt(name)}", _('must be a key of a deal, such as "prospect.name"')
        elif key:
            yield from _unless_key(key, f"columns.{excerpt(name)}")
    for key, form in dotted.flatten(data.get("built", {})):
        yield from _unless_key(key, f"built.{excerpt(key)}")
        if not isinstance(form, str) and not (
            isinstance(form, list) and all(isinstance(t, str) for t in form)
        ):
            yield f"built.{excerpt(key)}", _("must be a text with headings in braces, or a list of them")
    for table in ("values", "defaults"):
        for key, _value in (_worded if table == "values" else dotted.flatten)(data.get(table, {})):
            yield from _unless_key(key, f"{table}.{excerpt(key)}")


def _unless_key(key: str, where: str) -> Iterator[tuple[str, str]]:
    """A fault at `where` if `key` is no key of a deal."""
    keys = [name for name, info in all_keys(DealFile) if not (table_at(info) or rows_at(info))]
    if key not in keys:
        close = closest(key, keys, 0.4)
        sentence = _("{key} is not a key of a deal; did you mean {close}?")
        yield where, sentence.format(key=quoted([excerpt(key)]), close=close[0] if close else keys[0])
