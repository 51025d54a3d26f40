"""Workbooks of Excel: which sheet has the deals, its rows as they are shown, and what is hidden or merged in it."""

import datetime
import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accord import isolation
from accord.batch import cell_formats
from accord.batch.cells import LINES_ABOVE, LONGEST_CELL, MOST_COLUMNS, Cell, Formula, SheetRow, too_wide
from accord.errors import Defect
from accord.i18n import _
from accord.text.characters import excerpt, quoted

MOST_UNFOLDED = 512 << 20  # bytes of what an XLSX file unfolds to
MOST_SHARED = 64 << 20  # bytes of its shared texts, which are kept in memory
MOST_OF_A_PART = 1 << 20  # bytes of its list of sheets
MOST_OF_STYLES = 8 << 20  # bytes; years of copying leave thousands
MOST_TAGS = 500_000  # in a part that is read as a whole
WHOLE_PARTS = ("workbook.xml", "[Content_Types].xml", ".rels")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel and LibreOffice
MOST_MERGED = 100_000  # ranges of cells
STRICT = b"http://purl.oclc.org/ooxml/"
FEWEST_HEADINGS = 2  # that are known, in a sheet of deals


class Parcel(zipfile.ZipFile):
    """The parts of a workbook, read as far as there is memory for what they unfold to.

    It is asked before each piece.  Once there is none left at all, Python 3.11
    to 3.14 may turn in circles where an exception leaves a `with` block (it
    needs an `int` for that), and the process hangs until its time is over.
    """

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The whole of a part; `Defect` if it has more tags than anyone's."""
        content = super().read(name, pwd)
        if content.count(b"<") > MOST_TAGS:
            raise _too_large()
        return content

    def open(self, *arguments: Any, **named: Any) -> Any:
        """A part, to be read piece by piece; `Defect` of a piece for which there is too little memory."""
        part = super().open(*arguments, **named)
        whole = part.read

        def read(size: int = -1) -> bytes:
            if isolation.memory_is_short():
                raise _too_large()
            return whole(size)

        part.read = read  # type: ignore[method-assign]
        return part


def _too_large() -> Defect:
    return Defect(_("unfolds to far more data than a spreadsheet of deals has; check the file"))


@dataclass
class Layout:
    """What is known of a sheet once its rows have been read.

    `merged` are ranges of cells that show one value: first and last row, first
    and last column, from 1 on; `hidden` are columns that nobody sees.
    """

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Opened:
    """A sheet: its name, those of the others that hold something, and its rows; `layout` is filled in at their end."""

    name: str
    others: tuple[str, ...]
    rows: Iterator[SheetRow]
    layout: Layout


def parse(content: bytes, name: str | None, known: Collection[str]) -> Opened:
    """The sheet `name` of a workbook; without it the first visible one whose headings are `known`.

    If there is none such, it is the first visible one that has rows.  Raises
    `Defect`, and so may its rows.
    """
    _measure(content)
    layout = Layout()
    stream = _safely(_stream(content, name, known, layout))
    title, others = next(stream)
    return Opened(title, others, stream, layout)


def _safely(stream: Iterator[Any]) -> Iterator[Any]:
    """The same, with a sentence for whatever the libraries raise."""
    try:
        yield from stream
    except Defect:
        raise
    except MemoryError:
        too_large = True  # said below: there is memory for it only once what was read is given up
    except Exception:  # noqa: BLE001 - openpyxl, zipfile and expat name dozens of errors
        raise Defect(_("is damaged and cannot be read; open it and save it again")) from None
    else:
        too_large = False
    if too_large:
        raise _too_large()


def _stream(content: bytes, name: str | None, known: Collection[str], layout: Layout) -> Iterator[Any]:
    """The names of the sheet and of the others, then the rows."""
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - slow, and for XLSX alone

    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True)
    reader.archive = Parcel(io.BytesIO(content))
    reader.read()
    book = reader.wb
    sheets = book.worksheets
    sheet, others = _chosen(sheets, name, known)
    yield sheet.title, others
    yield from _rows(sheet, layout)


def _chosen(sheets: list[Any], name: str | None, known: Collection[str]) -> tuple[Any, tuple[str, ...]]:
    """The sheet to read, and the names of the others that may have been meant."""
    if not sheets:
        raise Defect(_("has no sheet of cells, only charts perhaps; give the workbook that has the deals"))
    if name is not None and (found := next((each for each in sheets if each.title == name), None)):
        return found, ()
    if name is not None:
        names = quoted(excerpt(each.title) for each in sheets)
        sentence = _("has no sheet {name}; its sheets are {names}")
        raise Defect(sentence.format(name=quoted([excerpt(name)]), names=names))
    if len(sheets) == 1:
        return sheets[0], ()
    from accord.batch.table import known_in  # noqa: PLC0415 - slow, and for several sheets alone

    beginnings = {each.title: _beginning(each) for each in sheets}
    rank = {
        title: (
            min(max((known_in(row.cells, known) for row in rows), default=0), FEWEST_HEADINGS),
            len(rows) > 1,
        )
        for title, rows in beginnings.items()
    }
    visible = [each for each in sheets if each.sheet_state == "visible"] or sheets
    chosen = max(visible, key=lambda each: (rank[each.title], bool(beginnings[each.title])))
    others = tuple(
        excerpt(each.title)
        for each in sheets
        if each is not chosen
        and (beginnings[each.title] if each in visible else rank[each.title][0] == FEWEST_HEADINGS)
    )
    return chosen, others


def _beginning(sheet: Any) -> list[SheetRow]:
    """The first rows of a sheet that hold something, among which its headings stand."""
    rows: list[SheetRow] = []
    for row in _rows(sheet, Layout()):
        rows += [row] if any(cell is not None for cell in row.cells) else []
        if len(rows) == LINES_ABOVE:
            break
    return rows


def _rows(sheet: Any, layout: Layout) -> Iterator[SheetRow]:
    """The rows that a sheet's file has, hidden ones and empty ones too."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE  # noqa: PLC0415 - slow
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser  # noqa: PLC0415 - the same

    class Parser(WorkSheetParser):  # type: ignore[misc]  # it has no types
        def parse_cell(self, element: Any) -> Any:
            cell = super().parse_cell(element)
            if cell["value"] is None and element.find(FORMULA_TAG) is not None:
                cell["value"] = Formula()
            return cell

    book = sheet.parent

    def format_of(style: int) -> str:
        number = book._cell_styles[style].numFmtId  # noqa: SLF001 - what a cell that is read only asks too
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(number, "General"))
        return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])  # noqa: SLF001 - the same

    with sheet._get_source() as source:  # noqa: SLF001 - its rows alone would not say which are hidden
        parser = Parser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        last = 0
        for number, cells in parser.parse():
            if not last < number <= LAST_ROW:
                raise ValueError
            last = number
            dimensions = parser.row_dimensions.pop(str(number), {})
            if cells:
                found = {cell["column"]: _cell(cell, format_of) for cell in cells}
                yield SheetRow(number, _in_order(found, number), hidden=_is_hidden(dimensions))
    layout.hidden += [
        column
        for span in parser.column_dimensions.values()
        if _is_hidden(span)
        for column in range(int(span["min"]), min(int(span["max"]), MOST_COLUMNS) + 1)
    ]
    merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
    if len(merged) > MOST_MERGED:
        sentence = _("merges more than {limit} groups of cells; undo the merges, and fill in each cell")
        raise Defect(sentence.format(limit=MOST_MERGED))
    layout.merged += [(each.min_row, each.max_row, each.min_col, each.max_col) for each in merged]


def _is_hidden(dimensions: Any) -> bool:
    return dimensions.get("hidden") in {"1", "true"} or dimensions.get("ht") in {"0", "0.0"}


def _in_order(found: dict[int, Cell], number: int) -> tuple[Cell, ...]:
    """The cells of a row from column A on."""
    width = max((column for column, cell in found.items() if cell is not None), default=1)
    if width > LAST_COLUMN:
        raise ValueError
    if width > MOST_COLUMNS:
        raise too_wide(number)
    return tuple(found.get(column) for column in range(1, width + 1))


def _cell(cell: dict[str, Any], format_of: Any) -> Cell:
    """A value of our own kinds, as people see it."""
    value = cell["value"]
    if value is None or isinstance(value, bool | Formula):
        return value
    if isinstance(value, str):
        return value.strip()[: LONGEST_CELL + 1] or None
    if isinstance(value, float | int):
        number = cell_formats.shown(Decimal(f"{value:.15g}"), format_of(cell["style_id"]))
        whole = isinstance(number, Decimal) and number == number.to_integral_value()
        return int(number) if whole else number
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value if cell_formats.shows_day(format_of(cell["style_id"])) else f"{value:%Y-%m}"
    return str(value)


def _measure(content: bytes) -> None:
    """Refuse what is no workbook of this kind, or would unfold to more than a spreadsheet of deals ever does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            files = parcel.infolist()
            other = _other_kind(parcel)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Defect(_("is damaged and cannot be read; open it and save it again")) from None
    if other:
        raise Defect(other)
    # zipfile unfolds no more of a file than the size that the parcel states for it.
    kept = sum(file.file_size for file in files if "worksheets/" not in file.filename)
    whole = max((file.file_size for file in files if file.filename.endswith(WHOLE_PARTS)), default=0)
    styles = max((file.file_size for file in files if file.filename.endswith("styles.xml")), default=0)
    if styles > MOST_OF_STYLES:
        raise Defect(_("has far more styles than a spreadsheet of deals; copy its rows into a new workbook"))
    if sum(file.file_size for file in files) > MOST_UNFOLDED or kept > MOST_SHARED or whole > MOST_OF_A_PART:
        raise _too_large()


def _other_kind(parcel: zipfile.ZipFile) -> str:
    """Why a parcel is no workbook that can be read; "" if it looks like one."""
    names = parcel.namelist()
    if not names:
        return _("is an empty archive, not a workbook; export it again")
    if "mimetype" in names or any(name.endswith(".iwa") for name in names) or "xl/workbook.bin" in names:
        return _("is a spreadsheet of another kind (OpenDocument, Numbers or binary); save it as .xlsx")
    if "xl/workbook.xml" in names and parcel.getinfo("xl/workbook.xml").file_size <= MOST_OF_A_PART:
        with parcel.open("xl/workbook.xml") as file:
            if STRICT in file.read(MOST_OF_A_PART):
                return _(
                    "is a workbook of the kind “Strict Open XML”; save it as an ordinary workbook, .xlsx"
                )
    return ""
