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
from typing import Any, cast, get_origin

from babel.languages import get_official_languages
from pydantic.fields import FieldInfo

from accord import i18n, toml_reader
from accord.batch import mappings
from accord.batch.cells import Formula
from accord.batch.mappings import PART, ColumnMap, heading
from accord.batch.marks import has_groups, ungrouped
from accord.domain.base import all_keys, choices_at, plain_type, rows_at, table_at
from accord.domain.choices import Language
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.domain.identifiers import home_of
from accord.domain.parties import OVERSEAS
from accord.domain.suggestions import closest
from accord.errors import AccordError, Defect, Fault, FaultyInput
from accord.i18n import _, ngettext
from accord.intake import dotted, loader, overrides, words
from accord.intake.particulars import country_at_end, country_named
from accord.text.characters import excerpt, in_quotes, quoted
from accord.text.damage import FORMULA_ERROR, damage_in
from accord.text.locales import cldr

HEADINGS = Path(__file__).with_name("headings.toml")
NEEDED = ("language", "prospect.name", "feature.name")
NEEDED_TO_AGREE = ("delivery.by", "decision.kind")
BLANK_IN_DRAFTS = ("feature.name", *NEEDED_TO_AGREE)
MOST_DIGITS = 40
LOSSY = 10**15  # from which on spreadsheets and JavaScript keep no number whole
MOST_HEADINGS = 2  # that a message proposes
TWELVE_HOURS = re.compile(r",? (0?[1-9]|1[0-2])(:[0-5][0-9]){0,2} ?[ap]\.?m\.?$", re.IGNORECASE)
"""A time after a date, its hours counted to twelve."""
MOST_NAMED = 8  # columns that a message names
EIGHT_FIGURES = re.compile("20[0-9]{6}")  # a day as other programs write it: 20270331
SERIAL = re.compile(r"[1-9][0-9]{4}(?:[.,][0-9]+)?")  # a day as a spreadsheet counts it


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
    nothing of a deal.  `lettered` is false of what has names alone, as JSON;
    `orders` says by key whether its dates have the month first, where that is known, `groups` which mark
    parts the thousands of its numbers: "" where none does for sure.
    """

    mapping: ColumnMap
    headings: tuple[str, ...]
    keys: Mapping[int, str]
    parts: Mapping[str, int]
    ignored: tuple[str, ...]
    lettered: bool = True
    decimal_comma: bool = False
    orders: Mapping[str, bool] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

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
            column
            for column, key in key_of.items()
            if key is None and names[column] not in mapping.parts and not _is_own(names[column])
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
        faults = [Fault(source, key, sentence) for key, sentence in columns._faults()]
        if lettered:  # a line of JSON has those of its keys that say something
            faults += (replace(fault, source=source) for fault in mapping.not_aside(texts))
        if faults:
            raise FaultyInput(faults)
        return columns

    def _faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the headings."""
        seen: set[str] = set()
        for column, key in self.keys.items():
            if key in seen and not _is_list(key):
                sentence = _("is a second column for “{heading}”; take one of the two out")
                if not self.lettered:
                    sentence = _("says “{heading}” a second time; take one of the two out")
                yield self._name(column), sentence.format(heading=self._called(key))
            seen.add(key)
        if not self.mapping.only:  # the exports of a CRM have columns as they come
            yield from self._unknown()
            for part in sorted(self.mapping.parts - self.parts.keys()):
                sentence = _("has no column “{heading}”, of which the mapping file makes another")
                if not self.lettered:
                    sentence = _("has no key “{heading}”, of which the mapping file makes another")
                yield "", sentence.format(heading=excerpt(part))
        elif self.ignored and "prospect.name" not in self.keys.values():
            yield "", self._another_crm()
        elif currency := self._unread_currency():
            sentence = _(
                "may give the currency of the amounts, which the mapping does not read; say so in a mapping file of"
                " your own, under base = “{name}”, or rename the column “{heading}”"
            )
            told = sentence.format(name=self.mapping.name, heading=heading_of("decision.currency"))
            yield quoted([currency]), told
        if not self.keys and not self.mapping.built and not self.ignored:
            sentence = _(
                "has no heading; begin from the sheet that “accord batch --template deals.xlsx” writes"
            )
            yield "", sentence

    def _unknown(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the columns that are not known: one fault for all but those that look like a slip."""
        if self.ignored and (crm := mappings.guessed(self.headings)):
            sentence = _("has the columns of an export from {crm}; read it so: --map {name}")
            yield "", sentence.format(crm=mappings.title_of(crm), name=crm)
            return
        ignored = frozenset(self.ignored)
        columns = [column for column, text in enumerate(self.headings) if excerpt(text) in ignored]
        slips = {column: slip for column in columns if (slip := _close(self.headings[column]))}
        for column, (key, close) in slips.items():
            sentence = _("is not a column of a deal; did you mean “{heading}”?")
            if not self.lettered:
                sentence = _("is not a key of a deal; did you mean “{heading}”?")
            yield self._name(column), sentence.format(heading=close if self.lettered else key)
        if strangers := [column for column in columns if column not in slips]:
            sentence = ngettext(
                "is not a column of a deal; begin its heading with # or add {option} to leave it aside, or"
                " say in a mapping file (--map) what it holds. “accord batch --template deals.xlsx” writes"
                " a sheet with the columns there are",
                "are not columns of a deal; begin their headings with # or add {option} to leave them aside,"
                " or say in a mapping file (--map) what they hold. “accord batch --template deals.xlsx”"
                " writes a sheet with the columns there are",
                len(strangers),
            )
            if not self.lettered:
                sentence = ngettext(
                    "is not a key of a deal; begin its name with # or add {option} to leave it aside, or say in a"
                    " mapping file (--map) what it holds. “accord schema deal” lists the keys there are",
                    "are not keys of a deal; begin their names with # or add {option} to leave them aside, or say in"
                    " a mapping file (--map) what they hold. “accord schema deal” lists the keys there are",
                    len(strangers),
                )
            names = [self._name(column) for column in strangers[:MOST_NAMED]]
            names += ["…"] if len(strangers) > MOST_NAMED else []
            option = f'--ignore "{excerpt(self.headings[strangers[0]])}"'
            yield ", ".join(names), sentence.format(option=option)

    def _unread_currency(self) -> str:
        """A column that the mapping ignores though amounts may be in the currency that it says; "" if there is none."""
        given = {*self.keys.values()}
        if (
            not self.mapping.name
            or "decision.currency" in given
            or not given & {"decision.total", "decision.unit_price"}
        ):
            return ""
        return next((text for text in self.ignored if _ENDS_WITH_CURRENCY.search(heading(text))), "")

    def _called(self, key: str) -> str:
        """What whoever wrote the source calls a key."""
        return heading_of(key) if self.lettered else key

    def _another_crm(self) -> str:
        """That the export is none of the mapping file's, and whose it looks like."""
        wanted = " / ".join(map(in_quotes, self.mapping.written.get("prospect.name", ())[:MOST_HEADINGS]))
        found = [key for key in self.keys.values() if key]
        if found:
            sentence = _(
                "has no column for the prospect, which {name} calls {headings}; add it to the export"
            )
        else:
            sentence = _("has none of the columns of {name}, such as {headings}; choose them when you export")
        told = sentence.format(
            name=mappings.title_of(self.mapping.name),
            headings=wanted or in_quotes(heading_of("prospect.name")),
        )
        crm = mappings.guessed(self.headings)
        if crm in {None, self.mapping.name}:
            return told
        return _("{fault} It looks like an export from {crm}: --map {name}").format(
            fault=f"{told}.", crm=mappings.title_of(str(crm)), name=crm
        )

    @property
    def mapped(self) -> Mapping[int, str]:
        """The columns that say something of a deal: their key, or "" for what others are built of."""
        return {column: key for column, key in self.keys.items() if key} | dict.fromkeys(
            self.parts.values(), ""
        )

    @functools.cached_property
    def counted(self) -> Mapping[int, str]:
        """The columns of amounts and numbers, with their keys."""
        kinds = {column: plain_type(keys()[key]) for column, key in self.keys.items()}
        return {
            column: key
            for column, key in self.keys.items()
            if kinds[column] in {int, Decimal} and not key.endswith("_rate")
        }

    def place(self, key: str) -> str:
        """The column that gives a key, as an error names it; if none does, how it would be headed."""
        item_of = key.partition("[")[0]
        names = sorted(self.keys.items(), key=lambda each: each[1] != item_of)
        found = next(
            (
                self._name(column)
                for column, name in names
                if name == item_of or name.startswith(f"{item_of}.")
            ),
            None,
        )
        if found or not self.lettered or item_of not in headings():
            return found or key
        wanted = self.mapping.written.get(item_of, ())[:MOST_HEADINGS] if self.mapping.only else ()
        return " / ".join(map(in_quotes, wanted or [heading_of(item_of)]))

    def title(self, key: str) -> str:
        """What the sheet calls a key: the heading of its column; without one, how it would be headed."""
        column = next((column for column, name in self.keys.items() if name == key), None)
        return heading_of(key) if column is None else excerpt(self.headings[column])

    def _name(self, column: int) -> str:
        text = excerpt(self.headings[column])
        if not self.lettered:
            return quoted([text])
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - slow, and for messages alone

        return _("column {letters}, “{heading}”").format(letters=get_column_letter(column + 1), heading=text)

    def language(self, known: "Known") -> str:
        """The language of letters whose language no column gives, the house's own; "" where one does."""
        stated = "language" in {*self.keys.values(), *self.mapping.defaults, *known.common}
        return "" if stated else language_of(known.house) or i18n.language()

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
                meant = self._meant(key, cell)
                if meant is not None and meant != "":
                    self._put(data, key, meant, self._habits(data, known, key, meant))
            except AccordError as error:
                sentences = [fault.sentence for fault in error.faults] or [str(error)]
                faults += [Fault("", key, sentence) for sentence in sentences]
        self._complete(data, cells)
        faults += _settled_country(data, known)
        if known.says(data, "decline.reason") and not known.says(data, "decision.kind"):
            data.pop("decision", None)  # what a decline is not about
        return data, faults

    def _complete(self, data: dict[str, Any], cells: Sequence[Any]) -> None:
        """Put what the mapping file builds of several cells, then what it says of rows that leave a key out."""
        for key, texts in self.mapping.built.items():
            lines = [line for text in texts for line in self._filled(text, cells)]
            lines = lines if _is_list(key) else [" ".join(lines)]
            if any(lines) and dotted.get(data, key) is None:
                dotted.put(data, key, lines if _is_list(key) else lines[0])
        for key, value in dotted.flatten(self.mapping.defaults):
            if dotted.get(data, key) is None:
                dotted.put(data, key, value)
        self._tell_french(data)

    def _tell_french(self, data: dict[str, Any]) -> None:
        """A number under “SIREN” or “SIRET” is a French company's, where nothing says another country."""
        column = next((column for column, key in self.keys.items() if key == "prospect.registration"), None)
        number = dotted.get(data, "prospect.registration")
        if column is None or number is None or dotted.get(data, "prospect.country") is not None:
            return
        if re.search(r"\bsire[nt]\b", heading(self.headings[column])) and home_of(f"{number}") is None:
            dotted.put(data, "prospect.country", "FR")

    def by_key(self, cells: Sequence[Any]) -> Mapping[str, Any]:
        """What the cells of a row say, as they stand there, by their keys."""
        return {
            key: cells[column]
            for column, key in self.keys.items()
            if column < len(cells) and cells[column] is not None
        }

    def missing(self, data: Mapping[str, Any], known: "Known") -> tuple[list[Fault], list[Fault]]:
        """What the data of a row lacks, told as to somebody who fills a sheet in: without which there is no letter, and no final one.

        The export of a CRM knows nothing of what is promised: that is blank in its drafts.
        """
        declined = known.says(data, "decline.reason") or known.says(data, "decision.kind") == "none"
        needed = NEEDED if declined else NEEDED + NEEDED_TO_AGREE
        lacking = [key for key in needed if known.says(data, key) is None]
        missing: list[Fault] = []
        gaps: list[Fault] = []
        for key in lacking:
            (gaps if self.may_be_blank(key) else missing).append(Fault("", key, self._lack(key)))
        return missing, gaps

    def may_be_blank(self, key: str) -> bool:
        """Whether a draft may leave out a key that is needed: in the export of a CRM, but for a decision that its column leaves open."""
        column = key in self.keys.values()
        return self.mapping.only and key in BLANK_IN_DRAFTS and not (column and choices_at(keys()[key]))

    def _lack(self, key: str) -> str:
        if key not in self.keys.values():
            return (
                _("is missing; add a column of this name") if self.lettered else _("is missing; add this key")
            )
        if choices_at(keys()[key]):
            return _("is empty; write one of these: {words}").format(
                words=", ".join(words.named(key).values())
            )
        return _("is empty; fill it in")

    def lacking(self, known: "Known") -> Iterator[Fault]:
        """What every row lacks, because no column gives it: told once, of the headings."""
        given = {*self.keys.values(), *self.mapping.built}

        def is_known(key: str) -> bool:
            return key in given or known.says(self.mapping.defaults, key) is not None

        answered = any(map(is_known, ("decline.reason", "decision.kind")))
        needed = [*NEEDED[1:], *(() if answered else ("decision.kind",))]
        for key in needed:
            if not is_known(key) and not self.may_be_blank(key):
                sentence = _("no column gives it; add a column of this name")
                if key == "decision.kind":
                    other = in_quotes(heading_of("decline.reason"))
                    sentence = _("no column gives it; add a column of this name, or one named {other}")
                    sentence = sentence.format(other=other)
                yield Fault("", self.place(key), sentence)

    def blank(self, known: "Known") -> tuple[str, ...]:
        """What no column gives and drafts leave blank; of a sheet that may decline, the feature alone."""
        given = {*self.keys.values(), *self.mapping.built}
        declines = (
            "decline.reason" in given or known.says(self.mapping.defaults, "decline.reason") is not None
        )
        return tuple(
            key
            for key in (("feature.name",) if declines else ("feature.name", "delivery.by"))
            if key not in given and self.may_be_blank(key) and known.says(self.mapping.defaults, key) is None
        )

    def _meant(self, key: str, cell: Any) -> Any:
        """What a cell says by the mapping file; `Defect` if it holds a formula alone, or an error."""
        if isinstance(cell, Formula):
            raise Defect(
                _("holds a formula without its result; open the file in a spreadsheet program and save it")
            )
        if isinstance(cell, str) and (FORMULA_ERROR.fullmatch(cell) or {*cell} == {"#"}):
            raise Defect(_("holds the error {name}; mend its formula").format(name=excerpt(cell)))
        if isinstance(cell, str) and is_date(key) and self._order_of(key) is not None:
            cell = TWELVE_HOURS.sub("", cell)  # alone it would cast doubt on the order that is settled
        if isinstance(cell, str) and (mark := self.groups.get(key)):
            cell = ungrouped(cell, mark)
        return self.mapping.values.get(key, {}).get(heading(f"{cell}"), cell)

    def _order_of(self, key: str) -> bool | None:
        """Whether the dates of a key have the month first; None where nothing has said so."""
        return self.orders.get(key, self.mapping.month_first)

    def _is_doubtful(self, key: str, cell: Any) -> bool:
        """Whether the comma of "1,250" may not part thousands, as in English it does: others of the column have it before decimals."""
        return self.groups.get(key) in {".", ""} and isinstance(cell, str) and has_groups(cell)

    def _put(self, data: dict[str, Any], key: str, cell: Any, habits: overrides.Habits) -> None:
        """Put what a cell says under its key; several columns of a list are its items."""
        earlier = dotted.get(data, key)
        _put_value(data, key, cell, habits)
        if isinstance(earlier, list):
            dotted.put(data, key, [*earlier, *dotted.get(data, key)])

    def _filled(self, text: str, cells: Sequence[Any]) -> list[str]:
        """A text with the cells of a row in place of their headings, by the lines that hold something."""

        def cell(part: re.Match[str]) -> str:
            column = self.parts.get(heading(part[1]), len(cells))
            value = cells[column] if column < len(cells) else None
            return "" if value is None or isinstance(value, Formula) else f"{value}"

        lines = (" ".join(line.split()).strip(" ,;-") for line in PART.sub(cell, text).splitlines())
        return [line for line in lines if line]

    def _habits(self, data: Mapping[str, Any], known: "Known", key: str, cell: Any) -> overrides.Habits:
        """How to read the next `cell`, as far as the command line, the row and the mapping file have said so."""
        tables = (self.mapping.defaults, data, known.common)
        so_far = {key: value for table in tables for key, value in table.items()}
        so_far["decision"] = {
            key: value for table in tables for key, value in table.get("decision", {}).items()
        }
        habits = loader.habits_of(so_far, known.house, known.today)
        return replace(
            habits,
            dates=_order(habits.dates, self._order_of(key)),
            amounts="fr_FR" if self.decimal_comma or self._is_doubtful(key, cell) else habits.amounts,
        )


@dataclass(frozen=True)
class Known:
    """What is known before a row is read: the house, today, and what the command line says of all rows."""

    house: House
    today: datetime.date | None = None
    common: Mapping[str, Any] = field(default_factory=dict)

    def says(self, data: Mapping[str, Any], key: str) -> Any:
        """What a row's `data`, or else the command line, says of a key; None if neither does."""
        value = dotted.get(data, key)
        return dotted.get(self.common, key) if value is None else value


def language_of(house: House) -> Language | None:
    """The language of a house's letters: the one in which it has written its own texts, else that of its country; None if it may be either."""
    texts = (house.positioning.statement, house.letters.opening_note)
    written = {language for text in texts for language in i18n.LANGUAGES if getattr(text, language)}
    official = get_official_languages(house.supplier.country or "")
    spoken = written if len(written) == 1 else set(official) & set(i18n.LANGUAGES)
    return cast("Language", spoken.pop()) if len(spoken) == 1 else None


_ENDS_WITH_CURRENCY = re.compile(r"\b(?:currency|devise|monnaie)(?: (?:code|iso))?$")


def _is_own(name: str) -> bool:
    """Whether a heading says that its column is the user's own: it begins with #."""
    return name.startswith("#")


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
    total = next(
        (
            name
            for name in mapping.columns
            if mapping.columns[name] == "decision.total" and name in names.values()
        ),
        "",
    )
    of_others = {*mapping.currencies.values()} - {mapping.currencies.get(total)}
    key_of = {column: key for column, key in key_of.items() if names[column] not in of_others}
    order = [*dict.fromkeys((*filter(None, [mapping.currencies.get(total)]), *mapping.columns))]
    ranked = sorted(key_of, key=lambda column: order.index(names[column]) if names[column] in order else -1)
    first = {key_of[column]: column for column in reversed(ranked)}
    return {column: key for column, key in key_of.items() if _is_list(key) or first[key] == column}


def _close(text: str) -> tuple[str, str] | None:
    """The key of the heading that an unknown one is a slip of, and that heading; "" if none is near."""
    close = closest(heading(text), _known_headings(), 0.75)
    if not close:
        return None
    key = _known_headings()[close[0]]
    own = [name for names in headings()[key].values() for name in names if heading(name) == close[0]]
    return key, next(iter(own), heading_of(key))


def _settled_country(data: dict[str, Any], known: "Known") -> Iterator[Fault]:
    """Take the country that the prospect's address ends with out of it, as letters add it where it is needed.

    It is the prospect's where nothing else says one; a fault if another is said.
    """
    address = dotted.get(data, "prospect.address")
    if not isinstance(address, list) or not address or not isinstance(address[-1], str):
        return
    *lines, last = address
    head, code = country_at_end(last)
    if lines and (whole := country_named(last)):
        head, code = "", whole
    stated = known.says(data, "prospect.country")
    if code is None or not isinstance(stated, str | None):  # the model tells what is no text
        return
    if stated is not None and _at_home(stated) != _at_home(code):
        sentence = _("ends with {country}, but the country is {other}; correct one of the two")
        names = cldr(i18n.language()).territories
        told = sentence.format(country=names.get(code, code), other=names.get(stated, stated))
        yield Fault("", "prospect.address", told)
        return
    if stated is None:
        dotted.put(data, "prospect.country", code)
    left = [*lines, *([head] if head else [])]
    if re.search("[0-9]{4}|,", ",".join(left)):  # "1 Raffles Place, Singapore" would lose its town
        dotted.put(data, "prospect.address", left)


def _at_home(country: str) -> str:
    return "FR" if country in OVERSEAS else country


# --- What a cell says -------------------------------------------------------------


def _put_value(data: dict[str, Any], key: str, cell: Any, habits: overrides.Habits) -> None:
    """Put what a cell says under a key, in the form in which a deal file would have it."""
    info = keys()[key]
    text = _digits(cell) if isinstance(cell, Decimal) else f"{cell}"
    if key == "prospect.name" and ";" in text.strip("; ") and not damage_in(text):
        sentence = _("names several companies (“{text}”), and a letter goes to one; leave the one")
        raise Defect(sentence.format(text=excerpt(text)))
    if isinstance(cell, list):
        dotted.put(data, key, cell)
    elif choices_at(info):
        dotted.put(data, key, choice(key, text))
    elif isinstance(cell, bool) and plain_type(info) is not bool:
        raise Defect(_("holds TRUE or FALSE; write in words what is meant"))
    elif isinstance(cell, datetime.date) and plain_type(info) is not datetime.date:
        sentence = _(
            "holds a date ({date}), where none belongs; format the cell as text, and write what is meant"
        )
        raise Defect(sentence.format(date=text))
    elif plain_type(info) is str and isinstance(cell, int | Decimal) and not -LOSSY < cell < LOSSY:
        sentence = _(
            "is a number of more than 15 figures ({text}), of which spreadsheets lose the last; format the"
            " cell as text, and type it again"
        )
        raise Defect(sentence.format(text=excerpt(text)))
    elif plain_type(info) is datetime.date and (
        SERIAL.fullmatch(cell) if isinstance(cell, str) else not EIGHT_FIGURES.fullmatch(text)
    ):
        dotted.put(data, key, _day(cell, text))
    elif plain_type(info) is Decimal and not isinstance(cell, str):
        dotted.put(data, key, text)
    else:
        text = text.replace("\n", ";") if _is_list(key) else text
        overrides.set_key(data, key, text, habits=habits)


def choice(key: str, text: str) -> str:
    """The value that a word names; `Defect` with the words that the column knows."""
    value = words.meant(key, text)
    if value is None:
        known = ", ".join(words.named(key).values())
        sentence = _("“{text}” is not known; write one of these: {words}")
        raise Defect(sentence.format(text=excerpt(text), words=known))
    return value


def is_choice(key: str) -> bool:
    """Whether a key of a deal has a choice of values."""
    return bool(key in keys() and choices_at(keys()[key]))


def _digits(number: Decimal) -> str:
    """A number as people write it, unless that takes a page: 1e999999999 has a billion digits."""
    return f"{number.normalize():f}" if abs(number.adjusted()) < MOST_DIGITS else f"{number}"


def _day(cell: Any, text: str) -> str:
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    sentence = _("is a number, not a date ({text}); give the column the format of a date")
    if not SERIAL.fullmatch(text):
        sentence = _("is a number, not a date ({text}); write a day, such as 2027-03-31")
    raise Defect(sentence.format(text=excerpt(text)))


def is_date(key: str) -> bool:
    """Whether cells of a key are dates."""
    return plain_type(keys()[key]) is datetime.date if key else False


def _order(locale: str, month_first: bool | None) -> str:  # noqa: FBT001 - of the locale
    """The locale, or one that writes dates in another order if that is said."""
    if month_first is None or month_first == (locale == "en_US"):
        return locale
    return "en_US" if month_first else "en_GB"


def _is_list(key: str) -> bool:
    return get_origin(plain_type(keys()[key])) is tuple
