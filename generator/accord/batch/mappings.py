"""Mapping files: the columns of a spreadsheet in the words of the house or of its CRM.

`crm/hubspot.toml` shows most of it: `[columns]`, which heading gives which key;
`[currencies]`, which column says the currency of another; `[built]`, keys put
together from several columns; `[values."key"]`, what the words in the cells mean;
`[defaults]`, for rows that leave a key out; `only`, that no other column counts;
`dates`, the order of day and month; `base`, the supplied file that it adds to.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
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
TABLES = ("columns", "currencies", "built", "values", "defaults")
ORDERS = ("day-first", "month-first")


@dataclass(frozen=True)
class ColumnMap:
    """What a mapping file says, `name` being what it is asked for by.

    `columns` leads from a heading, as `heading` spells it, to a key, "" for a
    column to pass over; `currencies` from the heading of an amount to that of
    the column with its currency, which counts for no other; `built` from a key to texts with headings in braces,
    several for a list; `values` from a key and what a cell says to a
    value, "" for nothing; `defaults` holds keys as a deal does.  With `only`, a column that is not
    named counts for nothing, whatever its heading; `written` has the headings
    for each key as the file writes them.
    """

    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    built: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    month_first: bool | None = None
    only: bool = False
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: tuple[str, ...] = ()
    """the headings of columns that the command line leaves aside"""

    @cached_property
    def parts(self) -> frozenset[str]:
        """The headings of the columns that others are built of."""
        return frozenset(
            heading(name) for texts in self.built.values() for text in texts for name in PART.findall(text)
        )

    def without(self, names: Iterable[str]) -> "ColumnMap":
        """The same, with columns of these headings passed over."""
        names = tuple(names)
        columns = {**self.columns, **{heading(name): "" for name in names}}
        return replace(self, columns=columns, aside=names)

    def not_aside(self, headings: Iterable[str]) -> Iterator[Fault]:
        """A fault for each column to leave aside that is none of these `headings`."""
        written = {heading(text): text for text in headings}
        for name in self.aside:
            if heading(name) not in written:
                sentence = _("is the name of no column or key here")
                if close := closest(heading(name), written, 0.75):
                    sentence = _("is the name of no column or key here; did you mean “{heading}”?")
                told = sentence.format(heading=excerpt(written[close[0]]) if close else "")
                yield Fault("", f'--ignore "{excerpt(name)}"', told)


SORTED = str.maketrans("", "", "*↑↓▲▼△▽")
"""What reports put beside the headings by which they are sorted, and forms beside what must be filled in."""


def heading(text: str) -> str:
    """A heading for comparison: no case, no accents, plain apostrophes, single spaces, no arrow of a sorted report."""
    return " ".join(fold(text).replace("’", "'").translate(SORTED).replace(" :", ":").split())


def supplied() -> tuple[str, ...]:
    """The names of the mapping files that come with the program."""
    return tuple(sorted(path.stem for path in SUPPLIED.glob("*.toml")))


def title_of(name: str) -> str:
    """What people call the program whose exports a supplied file reads; of another file, its name."""
    return {"hubspot": "HubSpot", "monday": "monday.com"}.get(
        name, name.title() if name in supplied() else name
    )


def guessed(headings: Iterable[str]) -> str | None:
    """Whose export has these headings: the name of the supplied file that knows the most of them; None if none stands out.

    It knows the company's column, and two others at least.
    """
    given = {heading(text) for text in headings}
    known = {name: _known_of(name, given) for name in supplied()}
    best, *others = sorted(known.values(), reverse=True)
    names = [name for name, count in known.items() if count == best]
    return names[0] if len(names) == 1 and best > 2 and best > max(others, default=0) else None


def _known_of(name: str, given: Collection[str]) -> int:
    """How many of the headings `given` are those of a supplied file; 0 without the company's own."""
    columns, _parts = _headings_of(name)
    known = [text for text in given if text in columns]
    return len(known) if "prospect.name" in {columns[text] for text in known} else 0


@cache
def _headings_of(name: str) -> tuple[Mapping[str, str], frozenset[str]]:
    mapping = read(name)
    return mapping.columns, mapping.parts


def read(name: str) -> ColumnMap:
    """The mapping file `name`: one of those `supplied`, in any case, or a path; `FaultyInput` with every fault."""
    is_supplied = name.casefold() in supplied() and not Path(name).is_file()
    path = SUPPLIED / f"{name.casefold()}.toml" if is_supplied else Path(name)
    source = path_name(name)
    if not path.exists() and "." not in path.name:
        sentence = _("{name}: is neither a file nor one of {supplied}")
        raise AccordError(sentence.format(name=source, supplied=", ".join(supplied())))
    data = toml_reader.read(path, source)
    if not [*_faults(data)] and (base := data.pop("base", None)):
        data = _added(data, toml_reader.read(SUPPLIED / f"{base.casefold()}.toml", base))
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
        name=path.stem if is_supplied else source,
        currencies={heading(n): heading(of) for n, of in data.get("currencies", {}).items()},
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


def _added(data: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping file together with the one that it adds to: what it says itself comes first, and counts.

    A heading that it gives another key is written as it writes it.
    """
    both = {**base, **{name: value for name, value in data.items() if name not in TABLES}}
    for table in TABLES:
        own, others = data.get(table, {}), base.get(table, {})
        if table == "columns":
            named = {heading(name) for name in own}
            others = {name: key for name, key in others.items() if heading(name) not in named}
        if table == "values":
            own = {key: {**dict(_worded(others)).get(key, {}), **words} for key, words in _worded(own)}
            others = dict(_worded(others))
        both[table] = {**own, **{name: value for name, value in others.items() if name not in own}}
    return both


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
    keys = (*TABLES, "dates", "only", "base")
    for name in data.keys() - {*keys}:
        yield (
            excerpt(name),
            _("is unknown in a mapping file, which knows: {keys}").format(keys=", ".join(keys)),
        )
    if data.get("dates", ORDERS[0]) not in ORDERS:
        yield "dates", _("must be one of {choices}").format(choices=quoted(ORDERS))
    if not isinstance(data.get("only", False), bool):
        yield "only", _("must be true or false, without quotation marks")
    base = data.get("base", supplied()[0])
    if not isinstance(base, str) or base.casefold() not in supplied():
        yield "base", _("must be one of {choices}").format(choices=quoted(supplied()))
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
    for name, of in data.get("currencies", {}).items():
        if not isinstance(of, str):
            yield f"currencies.{excerpt(name)}", _("must be the heading of the column with its currency")
    for key, form in dotted.flatten(data.get("built", {})):
        yield from _unless_key(key, f"built.{excerpt(key)}")
        if not isinstance(form, str) and not (
            isinstance(form, list) and all(isinstance(t, str) for t in form)
        ):
            yield f"built.{excerpt(key)}", _("must be a text with headings in braces, or a list of them")
    for table in ("values", "defaults"):
        for key, _value in (_worded if table == "values" else dotted.flatten)(data.get(table, {})):
            yield from _unless_key(key, f"{table}.{excerpt(key)}")


@cache
def _keys() -> tuple[str, ...]:
    return tuple(name for name, info in all_keys(DealFile) if not (table_at(info) or rows_at(info)))


def _unless_key(key: str, where: str) -> Iterator[tuple[str, str]]:
    """A fault at `where` if `key` is no key of a deal."""
    keys = _keys()
    if key not in keys:
        close = closest(key, keys, 0.4)
        sentence = _("{key} is not a key of a deal; did you mean {close}?")
        yield where, sentence.format(key=quoted([excerpt(key)]), close=close[0] if close else keys[0])
