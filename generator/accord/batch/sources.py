"""Where many deals come from: a spreadsheet, lines of JSON, a folder of deal files."""

import datetime
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

from accord import files
from accord.batch import spreadsheet
from accord.batch import table as tables
from accord.batch.cells import MOST_COLUMNS, SheetRow, as_json, from_json
from accord.batch.columns import Columns, Known, headings_known
from accord.batch.example import is_example
from accord.batch.mappings import ColumnMap
from accord.batch.marks import Marks
from accord.batch.orders import Orders
from accord.batch.table import Survey, damage_meant
from accord.batch.wording import in_sheet
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.errors import AccordError, Defect, Fault, FaultyInput
from accord.i18n import _
from accord.intake import dotted, loader
from accord.text.characters import excerpt, in_quotes, path_name

SHEETS = (
    ".csv",
    ".tsv",
    ".txt",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".xlsb",
    ".ods",
    ".numbers",
    ".htm",
    ".html",
)  # told by their content
LINES = (".jsonl", ".ndjson")
LONGEST_LINE = 1 << 20  # characters of one deal in JSON


@dataclass(frozen=True)
class Entry:
    """One deal as its source has it, not checked yet.

    `row` is its number, or the name of its file; `source` is how errors name
    it; `faults` are those of cells that say nothing clear, by key, `gaps` those
    of what a draft may leave blank; `file` is the path of a deal file, beside
    which its annexes are found; `passed` says why a row that is none of a deal is
    passed over.
    """

    row: str
    source: str
    data: dict[str, Any]
    faults: tuple[Fault, ...] = ()
    file: str = ""
    gaps: tuple[Fault, ...] = ()
    passed: str = ""


def _as_it_is(_key: str, sentence: str) -> str:
    return sentence


@dataclass(frozen=True)
class Source:
    """The entries of a source, to be read once; `place` names what in the source gives a key of the deal.

    `worded` puts a sentence about a key into the words of the source.

    `ignored` are the columns that a mapping file leaves aside, `blank` the keys that
    no column gives and drafts leave blank; `language` is the letters' where no
    column gives it, "" where one does; `remarks` say how the source was read, all
    of them once its entries have been.
    """

    entries: Iterator[Entry]
    place: Callable[[str], str] = str
    worded: Callable[[str, str], str] = _as_it_is
    ignored: tuple[str, ...] = ()
    language: str = ""
    blank: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)


def read(  # noqa: PLR0913 - what a row is read by
    path: Path,
    house: House,
    mapping: ColumnMap | None = None,
    sheet: str | None = None,
    *,
    today: datetime.date | None = None,
    common: Mapping[str, Any] | None = None,
    hidden: bool = False,
    named: str = "",
) -> Source:
    """The deals in the file or folder `path`, which errors call as it is `named`.

    `common` is what the command line says of all of them, by which their dates
    and amounts are read too; "in 6 weeks" counts from the letter's date, else
    from `today`.  Rows that are hidden are passed over unless `hidden` asks for them.

    Raises `AccordError` if it is no source of deals, and so may its entries
    where it cannot be read on; a deal that is wrong by itself is an entry with
    faults.
    """
    source, known = named or path_name(path), Known(house, today, common or {})
    if path.is_dir():
        if (mapping or ColumnMap()) != ColumnMap() or sheet:
            sentence = _(
                "{source}: is a folder of deal files, which have neither sheets nor columns; leave out --map, --ignore,"
                " --dates and --sheet"
            )
            raise AccordError(sentence.format(source=source))
        return Source(_of_folder(path))
    suffix = path.suffix.lower()
    if suffix not in (*SHEETS, *LINES):
        sentence = _(
            "{source}: is not a source of deals; give a CSV, XLSX or JSONL file, or a folder of deal files"
        )
        raise AccordError(sentence.format(source=source))
    if suffix in LINES and sheet:
        sentence = _("{source}: is a file of JSON, which has no sheets; leave out --sheet")
        raise AccordError(sentence.format(source=source))
    try:
        content = files.read(path, spreadsheet.LARGEST)
        if suffix in LINES:
            lines = _of_lines(files.decode(content), source, mapping, known)
            return Source(lines, worded=partial(in_sheet, str))
        return _of_sheet(content, source, mapping, known, sheet, hidden=hidden)
    except Defect as defect:
        raise defect.about(source) from None


# --- Spreadsheets -----------------------------------------------------------------


def _of_sheet(  # noqa: PLR0913 - what a row is read by
    content: bytes,
    source: str,
    mapping: ColumnMap | None,
    known: Known,
    name: str | None,
    *,
    hidden: bool,
) -> Source:
    sheet = spreadsheet.read(content, name, headings_known(mapping))
    table = tables.found(sheet, headings_known(mapping))
    where = _("{source}: row {row}").format(source=source, row=table.headings.number)
    columns = Columns.of(table.headings.cells, mapping, where, decimal_comma=sheet.decimal_comma)
    if faults := [replace(fault, source=where) for fault in columns.lacking(known)]:
        raise FaultyInput(faults)
    remarks: list[str] = []
    if sheet.others:
        sentence = _("Only the sheet “{name}” is read, not {others} (--sheet chooses another).")
        others = ", ".join(map(in_quotes, sheet.others))
        remarks.append(sentence.format(name=excerpt(sheet.name), others=others))
    survey = tables.Survey(table, columns.mapped, hidden)
    entries = _of_rows(survey, columns, source, known, remarks)
    return Source(
        entries,
        columns.place,
        partial(in_sheet, columns.title),
        columns.ignored,
        columns.language(known),
        columns.blank(known),
        remarks=remarks,
    )


def _of_rows(
    survey: Survey, columns: Columns, source: str, known: Known, remarks: list[str]
) -> Iterator[Entry]:
    """The rows, read twice: what some are shows only when all have been seen."""
    filled: set[int] = set()
    orders, marks = Orders(columns.mapping, known, source, columns.place), Marks()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as aside:
        try:
            for row in survey.table.below:
                survey.see(row)
                filled |= {column for column, cell in enumerate(row.cells) if cell is not None}
                if row.number not in survey.passed:
                    orders.see(_("row {row}").format(row=row.number), row.cells, columns)
                    marks.see(row.cells, columns.counted)
                aside.write(f"{json.dumps([row.number, [*map(as_json, row.cells)]])}\n")
            survey.finish()
        except Defect as defect:
            raise defect.about(source) from None
        if faults := [*orders.faults()]:
            raise FaultyInput(faults)
        columns = replace(columns, orders=orders.decided(), groups=marks.decided())
        if unseen := [
            columns.headings[each - 1]
            for each in survey.table.sheet.layout.hidden
            if each - 1 in columns.mapped and each - 1 in filled
        ]:
            sentence = _("Hidden columns are read too: {headings}")
            remarks.append(sentence.format(headings=", ".join(in_quotes(excerpt(text)) for text in unseen)))
        aside.seek(0)
        above = (json.dumps([row.number, []]) for row in survey.table.above)
        for line in chain(above, aside):
            number, cells = json.loads(line)
            yield _of_row(SheetRow(number, tuple(map(from_json, cells))), survey, columns, source, known)


def _of_row(row: SheetRow, survey: Survey, columns: Columns, source: str, known: Known) -> Entry:
    where = _("{source}: row {row}").format(source=source, row=row.number)
    if reason := survey.passed.get(row.number):
        return Entry(f"{row.number}", where, {}, passed=reason)
    if is_example(columns.by_key(row.cells)):
        return Entry(
            f"{row.number}", where, {}, passed=_("is the example of the template, and is passed over")
        )
    if sentence := survey.refused.get(row.number):
        return Entry(f"{row.number}", where, {}, (Fault("", "", sentence),))
    data, faults = columns.record(row.cells, known)
    damaged = [*survey.damaged(row)]
    faults = [fault for fault in faults if fault.key not in {each.key for each in damaged}]
    faults += [*survey.merged(row), *damaged]
    faults, gaps = _with_what_lacks(data, faults, columns, known)
    texts = [cell for cell in row.cells if cell is not None]
    if len(texts) == 1 and len(faults) > 1:
        sentence = _(
            "has one cell alone, {text}; take the row out if it names a group or is a note, or fill in the others"
        )
        faults = [Fault("", "", sentence.format(text=in_quotes(excerpt(f"{texts[0]}"))))]
    return Entry(f"{row.number}", where, data, tuple(faults), gaps=tuple(gaps))


def _with_what_lacks(
    data: Mapping[str, Any], faults: list[Fault], columns: Columns, known: Known
) -> tuple[list[Fault], list[Fault]]:
    """The faults of a row with those of what it lacks, and what a draft may leave blank; each cell is told of once."""
    unclear = {fault.key for fault in faults}
    missing, gaps = columns.missing(data, known)
    told = [fault for fault in missing if fault.key not in unclear]
    return [*faults, *told], [fault for fault in gaps if fault.key not in unclear]


# --- Lines of JSON ----------------------------------------------------------------


def _of_lines(text: str, source: str, mapping: ColumnMap | None, known: Known) -> Iterator[Entry]:
    @lru_cache(maxsize=64)  # most lines have the same keys
    def columns(names: tuple[str, ...]) -> Columns:
        return Columns.of(names, mapping, "", lettered=False)

    if _is_one_piece(text):
        sentence = _("is one piece of JSON; write each deal on a line of its own, such as {example}")
        raise Defect(sentence.format(example='{"language": "fr", …}')).about(source)
    decided, groups = _habits_of_lines(text, Orders(mapping or ColumnMap(), known, source), columns)
    told: dict[tuple[Fault, ...], int] = {}
    for number, line in _lines(text):
        where = _("{source}: line {line}").format(source=source, line=number)
        try:
            cells = _cells(line)
            found = replace(columns(tuple(cells)), orders=decided, groups=groups)
            data, faults = found.record(tuple(cells.values()), known)
            damaged = [*_damaged(found, cells)]
            faults = [fault for fault in faults if fault.key not in {each.key for each in damaged}] + damaged
            faults, gaps = _with_what_lacks(data, faults, found, known)
        except FaultyInput as error:
            data, faults, gaps = {}, [*error.faults], []
            if (first := told.setdefault(error.faults, number)) != number:
                faults = [Fault("", "", _("has the same keys at fault as line {line}").format(line=first))]
        except Defect as defect:
            data, faults, gaps = {}, [Fault("", "", str(defect))], []
        yield Entry(f"{number}", where, data, tuple(faults), gaps=tuple(gaps))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers: without a list of all, which may be millions."""
    number, place = 1, 0
    for match in re.finditer(r"\S[^\n]*", text):
        number += text.count("\n", place, match.start())
        yield number, text[text.rfind("\n", place, match.start()) + 1 or place : match.end()]
        place = match.end()


def _damaged(columns: Columns, cells: Mapping[str, Any]) -> Iterator[Fault]:
    """A fault for each value of a line that a wrong encoding or a program's own signs have damaged on its way here."""
    for column, value in enumerate(cells.values()):
        key = columns.keys.get(column)
        found = next(filter(None, (damage_meant(key, text) for text in _texts(value))), None) if key else None
        if not key or not found:
            continue
        text, meant, escaped = found
        sentence = _(
            "was read in a wrong encoding before it was saved, as “{text}” for “{meant}”; export the file again, in UTF-8"
        )
        if escaped:
            sentence = _(
                "holds signs that programs write for each other, such as “{text}” for “{meant}”; export the file again as"
                " plain text, or type such texts again"
            )
        yield Fault("", key, sentence.format(text=excerpt(text), meant=excerpt(meant)))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value of JSON, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _habits_of_lines(
    text: str, orders: Orders, columns: Callable[[tuple[str, ...]], Columns]
) -> tuple[Mapping[str, bool], Mapping[str, str]]:
    """The order of day and month in the dates of all lines, and which mark parts thousands; `FaultyInput` if they have several orders."""
    marks = Marks()
    names: dict[str, None] = {}
    for number, line in _lines(text):
        with suppress(AccordError):
            if cells := _cells(line):
                names |= dict.fromkeys(cells)
                orders.see(_("line {line}").format(line=number), [*cells.values()], columns(tuple(cells)))
                marks.see([*cells.values()], columns(tuple(cells)).counted)
    aside = [replace(fault, source=orders.source) for fault in orders.mapping.not_aside(names)]
    if faults := [*aside, *orders.faults()]:
        raise FaultyInput(faults)
    return orders.decided(), marks.decided()


def _is_one_piece(text: str) -> bool:
    """Whether JSON stands not in lines, but as a list or an object over several of them."""
    first = next((line for _number, line in _lines(text)), "")
    try:
        value = json.loads(first)
        if isinstance(value, dict):
            return any(_is_rows(key, each) for key, each in value.items())
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        with suppress(ValueError, RecursionError):
            return isinstance(json.loads(text), dict | list)
    return False


def _is_rows(key: str, value: Any) -> bool:
    """Whether a value holds deals, as {"results": [{…}, …]} does."""
    return (
        key not in DealFile.model_fields
        and isinstance(value, list)
        and any(isinstance(each, dict) for each in value)
    )


def _cells(line: str) -> dict[str, Any]:
    """The values on a line by their dotted keys; `Defect`."""
    pairs = [*dotted.flatten(_object(line))]
    cells = dict(pairs)
    if len(cells) < len(pairs):  # nested and dotted
        raise Defect(_("says a key twice; keep one of the two"))
    if len(cells) > MOST_COLUMNS:
        sentence = _("has more than {limit} keys; check that it is a deal")
        raise Defect(sentence.format(limit=MOST_COLUMNS))
    return cells


def _object(line: str) -> dict[str, Any]:
    """The JSON object on a line, each key said once; `Defect`."""

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise Defect(_("says a key twice; keep one of the two"))
        return dict(pairs)

    def constant(_name: str) -> NoReturn:
        raise ValueError

    try:
        value = json.loads(
            line[: LONGEST_LINE + 1], object_pairs_hook=table, parse_float=Decimal, parse_constant=constant
        )
    except (ValueError, RecursionError, ArithmeticError):
        value = None
    if not isinstance(value, dict):
        sentence = _("is not an object in JSON; write each deal on a line of its own, such as {example}")
        raise Defect(sentence.format(example='{"language": "fr", …}'))
    return value


# --- Folders ----------------------------------------------------------------------


def _of_folder(folder: Path) -> Iterator[Entry]:
    """The deal files of a folder, in the order of their names."""
    paths = sorted(path for path in folder.glob("*.toml") if path.name != loader.HOUSE_FILE)
    if not paths:
        sentence = _("{folder}: holds no deal file; their names end in .toml")
        raise AccordError(sentence.format(folder=path_name(folder)))
    for path in paths:
        source = path_name(path)
        try:
            yield Entry(path.name, source, loader.read_deal_data(path, source), file=str(path))
        except FaultyInput as error:
            yield Entry(path.name, source, {}, error.faults)
