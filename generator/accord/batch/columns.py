"""From a row of cells to the data of a deal, as a deal file would have it.

Headings and words are understood in French and English, or as a mapping file
says; dates and amounts as people write them.  What cannot be understood is a
fault that names the column.
"""

import datetime
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, get_origin

from pydantic.fields import FieldInfo

from accord import i18n, toml_reader
from accord.batch.cells import Formula
from accord.batch.mappings import PART, ColumnMap, heading
from accord.domain.base import all_keys, choices_at, plain_type, rows_at, table_at
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.domain.suggestions import closest
from accord.errors import AccordError, Defect, Fault, FaultyInput
from accord.i18n import _
from accord.intake import dotted, loader, overrides, words
from accord.text.characters import excerpt, in_quotes, quoted

HEADINGS = Path(__file__).with_name("headings.toml")
NEEDED = ("language", "prospect.name", "feature.name")
NEEDED_TO_AGREE = ("delivery.by", "decision.kind")
MOST_DIGITS = 40
MOST_HEADINGS = 2  # that a message proposes
ERROR_VALUE = re.compile(r"#[A-ZÀ-Ý/0!?]+[!?A]|Err:[0-9]+")  # what a formula that fails shows


@functools.cache
def keys() -> Mapping[str, FieldInfo]:
    """Every key of a deal that a cell can hold."""
    return {key: info for key, info in all_keys(DealFile) if not (table_at(info) or rows_at(info))}


@functools.cache
def headings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """How people head the column of each key, in each language: `headings.toml`."""
    named: Mapping[str, Mapping[str, Sequence[str]]] = toml_reader.read(HEADINGS, HEADINGS.name)["headings"]
    return named


def heading_of(key: str) -> str:
    """How a column is headed in the language in use."""
    return headings()[key][i18n.language()][0]


@functools.cache
def _known_headings() -> Mapping[str, str]:
    """Each heading, dotted keys included, and its key."""
    known = {heading(key): key for key in keys()}
    for key, names in headings().items():
        known |= {heading(name): key for language in i18n.LANGUAGES for name in names[language]}
    return known


def headings_known(mapping: ColumnMap | None) -> frozenset[str]:
    """The headings that say something of a deal, as `heading` spells them."""
    mapping = mapping or ColumnMap()
    own = {*mapping.columns, *mapping.parts}
    return frozenset(own if mapping.only else own | _known_headings().keys())


# --- Which column says what -------------------------------------------------------


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet: which key each gives, and how its cells are to be read.

    `keys` leads from a column to the key that it gives, `parts` from a heading
    to a column that others are built of; `ignored` are the headings that say
    nothing of a deal.  `lettered` is false of what has names alone, as JSON.
    """

    mapping: ColumnMap
    headings: tuple[str, ...]
    keys: Mapping[int, str]
    parts: Mapping[str, int]
    ignored: tuple[str, ...]
    lettered: bool = True
    decimal_comma: bool = False

    @classmethod
    def of(
        cls,
        headings: Sequence[Any],
        mapping: ColumnMap | None,
        source: str,
        *,
        lettered: bool = True,
        decimal_comma: bool = False,
    ) -> "Columns":
        """The columns under `headings`; `FaultyInput`, naming `source`, with every fault.

        Unless the mapping file says otherwise each heading has to be known: a
        column that is passed over by mistake is a letter without what it says.
        """
        mapping = mapping or ColumnMap()
        texts = tuple("" if cell is None else str(cell) for cell in headings)
        names = {column: heading(text) for column, text in enumerate(texts) if heading(text)}
        key_of = {column: _key_of(name, mapping) for column, name in names.items()}
        unknown = [
            column for column, key in key_of.items() if key is None and names[column] not in mapping.parts
        ]
        columns = cls(
            mapping=mapping,
            headings=texts,
            keys=_chosen({column: key for column, key in key_of.items() if key}, names, mapping),
            parts={name: column for column, name in names.items() if name in mapping.parts},
            ignored=tuple(excerpt(texts[column]) for column in unknown),
            lettered=lettered,
            decimal_comma=decimal_comma,
        )
        if faults := [Fault(source, key, sentence) for key, sentence in columns._faults()]:
            raise FaultyInput(faults)
        return columns

    def _faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the headings."""
        seen: set[str] = set()
        for column, key in self.keys.items():
            if key in seen and not _is_list(key):
                sentence = _("is a second column for “{heading}”; take one of the two out")
                yield self._name(column), sentence.format(heading=heading_of(key))
            seen.add(key)
        if not self.mapping.only:  # the exports of a CRM have columns as they come
            for text in self.ignored:
                column = next(column for column, each in enumerate(self.headings) if excerpt(each) == text)
                yield self._name(column), _unknown(text)
            for part in sorted(self.mapping.parts - self.parts.keys()):
                sentence = _("has no column “{heading}”, of which the mapping file makes another")
                yield "", sentence.format(heading=excerpt(part))
        if not self.keys and not self.mapping.built and not self.ignored:
            sentence = _(
                "has no heading; begin from the sheet that “accord batch --template deals.xlsx” writes"
            )
            yield "", sentence

    def place(self, key: str) -> str:
        """The column that gives a key, as an error names it; if none does, how it would be headed."""
        item_of = key.partition("[")[0]
        found = next((self._name(column) for column, name in self.keys.items() if name == item_of), None)
        if found or not self.lettered or item_of not in headings():
            return found or key
        wanted = self.mapping.written.get(item_of, ())[:MOST_HEADINGS] if self.mapping.only else ()
        return " / ".join(map(in_quotes, wanted or [heading_of(item_of)]))

    def _name(self, column: int) -> str:
        text = excerpt(self.headings[column])
        if not self.lettered:
            return quoted([text])
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - slow, and for messages alone

        return _("column {letters}, “{heading}”").format(letters=get_column_letter(column + 1), heading=text)

    def language(self, known: "Known") -> str:
        """The language of letters whose language no column gives, that of the interface; "" where one does."""
        stated = "language" in {*self.keys.values(), *self.mapping.defaults, *known.common}
        return "" if stated or not self.lettered else i18n.language()

    # --- A row ----------------------------------------------------------------------

    def record(self, cells: Sequence[Any], known: "Known") -> tuple[dict[str, Any], list[Fault]]:
        """The data of the deal in a row's `cells`, and a fault, naming its key, for each that says nothing clear."""
        data: dict[str, Any] = {}
        faults: list[Fault] = []
        if language := self.language(known):
            data["language"] = language
        for column, key in sorted(self.keys.items(), key=lambda each: overrides.turn(each[1])):
            cell = cells[column] if column < len(cells) else None
            if cell is None or (isinstance(cell, str) and cell in loader.STILL_TO_WRITE):
                continue
            try:
                self._put(data, key, self._meant(key, cell), self._habits(data, known))
            except AccordError as error:
                sentences = [fault.sentence for fault in error.faults] or [str(error)]
                faults += [Fault("", key, sentence) for sentence in sentences]
        for key, texts in self.mapping.built.items():
            lines = [self._filled(text, cells) for text in texts]
            if any(lines) and dotted.get(data, key) is None:
                dotted.put(data, key, [line for line in lines if line] if _is_list(key) else " ".join(lines))
        for key, value in dotted.flatten(self.mapping.defaults):
            if dotted.get(data, key) is None:
                dotted.put(data, key, value)
        return data, faults

    def missing(self, data: Mapping[str, Any], known: "Known") -> Iterator[Fault]:
        """What the data of a row lacks without which there is no letter, told as somebody who fills a sheet in."""
        given = (data, known.common)
        declined = any(
            dotted.get(table, "decline.reason") or dotted.get(table, "decision.kind") == "none"
            for table in given
        )
        for key in NEEDED if declined else NEEDED + NEEDED_TO_AGREE:
            if all(dotted.get(table, key) is None for table in given):
                choices = ", ".join(words.named(key).values()) if choices_at(keys()[key]) else ""
                sentence = _("is missing; fill in this column")
                if key not in self.keys.values():
                    sentence = _("is missing; add a column of this name")
                elif choices:
                    sentence = _("is missing; write one of these: {words}")
                yield Fault("", key, sentence.format(words=choices))

    def _meant(self, key: str, cell: Any) -> Any:
        """What a cell says by the mapping file; `Defect` if it holds a formula alone, or an error."""
        if isinstance(cell, Formula):
            raise Defect(
                _("holds a formula without its result; open the file in a spreadsheet program and save it")
            )
        if isinstance(cell, str) and ERROR_VALUE.fullmatch(cell):
            raise Defect(_("holds the error {name}; mend its formula").format(name=excerpt(cell)))
        return self.mapping.values.get(key, {}).get(heading(f"{cell}"), cell)

    def _put(self, data: dict[str, Any], key: str, cell: Any, habits: overrides.Habits) -> None:
        """Put what a cell says under its key; several columns of a list are its items."""
        earlier = dotted.get(data, key)
        _put_value(data, key, cell, habits)
        if isinstance(earlier, list):
            dotted.put(data, key, [*earlier, *dotted.get(data, key)])

    def _filled(self, text: str, cells: Sequence[Any]) -> str:
        """A text with the cells of a row in place of their headings."""

        def cell(part: re.Match[str]) -> str:
            column = self.parts.get(heading(part[1]), len(cells))
            value = cells[column] if column < len(cells) else None
            return "" if value is None or isinstance(value, Formula) else f"{value}"

        return re.sub(r"\s+", " ", PART.sub(cell, text)).strip(" ,;-")

    def _habits(self, data: Mapping[str, Any], known: "Known") -> overrides.Habits:
        """How to read the next cell, as far as the command line, the row and the mapping file have said so."""
        tables = (self.mapping.defaults, data, known.common)
        so_far = {key: value for table in tables for key, value in table.items()}
        so_far["decision"] = {
            key: value for table in tables for key, value in table.get("decision", {}).items()
        }
        habits = loader.habits_of(so_far, known.house, known.today)
        return replace(
            habits,
            dates={None: habits.dates, True: "en_US", False: "en_GB"}[self.mapping.month_first],
            amounts="fr_FR" if self.decimal_comma else habits.amounts,
        )


@dataclass(frozen=True)
class Known:
    """What is known before a row is read: the house, today, and what the command line says of all rows."""

    house: House
    today: datetime.date | None = None
    common: Mapping[str, Any] = field(default_factory=dict)


def _key_of(name: str, mapping: ColumnMap) -> str | None:
    """The key that a heading gives: "" to pass its column over, None if it is not known."""
    if name in mapping.columns:
        return mapping.columns[name]
    key = _known_headings().get(name)
    return key if key in {None, name} or not mapping.only else None


def _chosen(key_of: Mapping[int, str], names: Mapping[int, str], mapping: ColumnMap) -> Mapping[int, str]:
    """Which columns count: where a mapping file tells all that do, of two for a key the one it names first."""
    if not mapping.only:
        return key_of
    order = [*mapping.columns]
    ranked = sorted(key_of, key=lambda column: order.index(names[column]) if names[column] in order else -1)
    first = {key_of[column]: column for column in reversed(ranked)}
    return {column: key for column, key in key_of.items() if _is_list(key) or first[key] == column}


def _unknown(text: str) -> str:
    close = closest(heading(text), _known_headings(), 0.75)
    if close:
        name = heading_of(_known_headings()[close[0]])
        return _("is not a column of a deal; did you mean “{heading}”?").format(heading=name)
    return _(
        "is not a column of a deal; take it out, or say in a mapping file (--map) what it"
        " holds. “accord batch --template deals.xlsx” writes a sheet with the columns there"
        " are"
    )


# --- What a cell says -------------------------------------------------------------


def _put_value(data: dict[str, Any], key: str, cell: Any, habits: overrides.Habits) -> None:
    """Put what a cell says under a key, in the form in which a deal file would have it."""
    info = keys()[key]
    text = _digits(cell) if isinstance(cell, Decimal) else f"{cell}"
    if isinstance(cell, list):
        dotted.put(data, key, cell)
    elif choices_at(info):
        dotted.put(data, key, _choice(key, text))
    elif plain_type(info) is datetime.date and not isinstance(cell, str):
        dotted.put(data, key, _day(cell, text))
    elif plain_type(info) is Decimal and not isinstance(cell, str):
        dotted.put(data, key, text)
    else:
        text = text.replace("\n", ";") if _is_list(key) else text
        overrides.set_key(data, key, text, habits=habits)


def _choice(key: str, text: str) -> str:
    """The value that a word names; `Defect` with the words that the column knows."""
    value = words.meant(key, text)
    if value is None:
        known = ", ".join(words.named(key).values())
        sentence = _("“{text}” is not known; write one of these: {words}")
        raise Defect(sentence.format(text=excerpt(text), words=known))
    return value


def _digits(number: Decimal) -> str:
    """A number as people write it, unless that takes a page: 1e999999999 has a billion digits."""
    return f"{number.normalize():f}" if abs(number.adjusted()) < MOST_DIGITS else f"{number}"


def _day(cell: Any, text: str) -> str:
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    sentence = _("is a number, not a date ({text}); give the column the format of a date")
    raise Defect(sentence.format(text=excerpt(text)))


def _is_list(key: str) -> bool:
    return get_origin(plain_type(keys()[key])) is tuple
