"""Spreadsheets as people have them, CSV or XLSX, as rows of cells.

A file may have been made to do harm, or by a program that writes a million
empty rows: what it unfolds to, how many rows and how wide they are is bounded.
Formulas are never run; the result that was saved with a formula counts.
"""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord import i18n, isolation
from accord.batch import csv_files
from accord.batch.cells import LONGEST_CELL, MOST_COLUMNS, Cell, Formula, SheetRow
from accord.errors import Defect
from accord.i18n import _
from accord.text.characters import excerpt, quoted

LARGEST = 32 << 20  # bytes of a spreadsheet; ten thousand rows have about five
MOST_UNFOLDED = 512 << 20  # bytes of what an XLSX file unfolds to
MOST_SHARED = 64 << 20  # bytes of its shared texts, which are kept in memory
MOST_OF_A_PART = 1 << 20  # bytes of its list of sheets, of its styles
WHOLE_PARTS = ("workbook.xml", "styles.xml", "[Content_Types].xml", ".rels")
MOST_ROWS = 100_000  # that hold something
MOST_EMPTY_ROWS = 100_000  # that are merely coloured, as programs save them
LAST_ROW = 1_048_576  # of Excel and LibreOffice
LIMITS = isolation.Limits(seconds=300, memory=512 << 20)
CSV_MARK = "\ufeff"  # without it, Excel takes UTF-8 for something else
XLSX = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


PLAIN = {str, int, bool, type(None)}  # kinds of cells that JSON has too


@dataclass(frozen=True)
class Sheet:
    """The rows that hold something, headings first, and how the numbers among them are written.

    `decimal_comma` is true of a CSV file whose fields end with semicolons, as
    spreadsheet programs write it where the comma marks decimals.
    """

    rows: Iterator[SheetRow]
    decimal_comma: bool = False


def csv_line(cells: Iterable[str], *, quote: bool = False) -> str:
    """A line of a CSV file, its fields parted as French or English programs, by the language in use, expect it.

    With `quote`, every field has quotation marks; else those that need them.
    """
    line = io.StringIO()
    delimiter = ";" if i18n.language() == "fr" else ","
    writer = csv.writer(line, delimiter=delimiter, quoting=csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL)
    writer.writerow(cells)
    return line.getvalue()


def read(content: bytes, sheet: str | None = None) -> Sheet:
    """The sheet in a file's `content`: of an XLSX file the first one, or the one named `sheet`.

    It is read in a process of its own, as its rows are asked for.  Raises
    `Defect` if the file cannot be read; so may the rows.
    """
    answers = _answers(content, sheet)
    decimal_comma = next(answers)
    rows = (SheetRow(number, tuple(map(_from_json, cells))) for number, cells in answers)
    return Sheet(rows, decimal_comma=decimal_comma)


def _answers(content: bytes, sheet: str | None) -> Iterator[Any]:
    with isolation.Process(LIMITS) as process:
        yield from process.stream("accord.batch.spreadsheet:answer", content, sheet)


def answer(content: bytes, sheet: str | None) -> Iterator[Any]:
    """A sheet in values that JSON has: whether it has decimal commas, then each row's number and cells."""
    csv.field_size_limit(LONGEST_CELL)
    parsed = parse(content, sheet)
    yield parsed.decimal_comma
    for row in parsed.rows:
        yield row.number, [cell if type(cell) in PLAIN else _as_json(cell) for cell in row.cells]


def _as_json(cell: Cell) -> Cell | dict[str, str]:
    """A cell of a kind that JSON has not, as an object."""
    if isinstance(cell, Formula):
        return {}
    return {"date" if isinstance(cell, datetime.date) else "number": str(cell)}


def _from_json(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    if "date" in cell:
        return datetime.date.fromisoformat(cell["date"])
    return Decimal(cell["number"]) if cell else Formula()


def parse(content: bytes, sheet: str | None = None) -> Sheet:
    """The same as `read`, in this process and without its limits."""
    if content.startswith(XLSX):
        return Sheet(_filled(_xlsx(content, sheet)))
    if content.startswith(OLD_EXCEL):
        raise Defect(
            _("is of an old kind of Excel, or locked by a password; save it as .xlsx without one, or as CSV")
        )
    if sheet is not None:
        raise Defect(_("is a CSV file, which has one sheet; leave out --sheet"))
    rows, delimiter = csv_files.parse(content)
    return Sheet(_filled(rows), decimal_comma=delimiter == ";")


def _filled(rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    """The rows that hold something; `Defect` if there are too many."""
    count = empty = 0
    for row in rows:
        if any(cell is not None for cell in row.cells):
            count += 1
            if count > MOST_ROWS:
                sentence = _("has more than {limit} rows; split it into several files")
                raise Defect(sentence.format(limit=MOST_ROWS))
            yield row
        else:
            empty += 1
            if empty > MOST_EMPTY_ROWS:
                sentence = _(
                    "has more than {limit} empty rows, coloured perhaps; delete them, or copy the others to a new sheet"
                )
                raise Defect(sentence.format(limit=MOST_EMPTY_ROWS))


# --- XLSX -------------------------------------------------------------------------


def _xlsx(content: bytes, name: str | None) -> Iterator[SheetRow]:
    """The rows of a workbook: each cell's value, or the lack of one where a formula has no result."""
    _measure(content)
    try:
        yield from _cells(content, name)
    except Defect:
        raise
    except MemoryError:
        too_large = True  # said below: there is memory for it only once what was read is given up
    except Exception:  # noqa: BLE001 - openpyxl, zipfile and expat name dozens of errors
        raise Defect(_("is damaged and cannot be read; open it and save it again")) from None
    else:
        too_large = False
    if too_large:
        raise Defect(_("unfolds to far more data than a spreadsheet of deals has; check the file"))


def _cells(content: bytes, name: str | None) -> Iterator[SheetRow]:
    """The rows; the results of formulas, which take a second reading, only where there are formulas."""
    results = enumerate(_worksheet(content, name, values=True))
    for place, written in enumerate(_worksheet(content, name, values=False)):
        if place >= LAST_ROW:
            raise ValueError
        if not written:
            continue
        formulas = [cell.data_type == "f" for cell in written[:MOST_COLUMNS]]
        row = next(row for at, row in results if at == place) if any(formulas) else written
        yield SheetRow(place + 1, tuple(map(_cell, row, formulas)))


def _worksheet(content: bytes, name: str | None, *, values: bool) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet; with `values`, the results of its formulas."""
    import openpyxl  # noqa: PLC0415 - slow, and for XLSX alone

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=values)
    names = [sheet.title for sheet in book.worksheets]
    if not names or (name is not None and name not in names):
        raise Defect(
            _("has no sheet {name}; its sheets are {names}").format(
                name=quoted([excerpt(name or "")]), names=quoted(map(excerpt, names))
            )
        )
    sheet = book[name] if name is not None else book.worksheets[0]
    sheet.reset_dimensions()  # a file may claim any
    return sheet.iter_rows()  # type: ignore[no-any-return]


def _cell(cell: Any, formula: bool) -> Any:  # noqa: FBT001 - what stands beside the cell
    """A value of our own kinds; a rate in per cent as people see it."""
    value = cell.value
    if value is None:
        return Formula() if formula else None
    if isinstance(value, str):
        return value.strip()[: LONGEST_CELL + 1] or None
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime.datetime):
        value = value.date()
    return value if isinstance(value, bool | datetime.date) else str(value)


def _number(value: float, shown_as: str) -> Cell:
    number = Decimal(f"{value:.15g}")  # as many digits as Excel computes with
    if "%" in shown_as:
        return f"{(number * 100).normalize():f} %"
    return int(number) if number == number.to_integral_value() else number


def _measure(content: bytes) -> None:
    """Refuse what would unfold to more than a spreadsheet of deals ever does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            files = parcel.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Defect(_("is damaged and cannot be read; open it and save it again")) from None
    # zipfile unfolds no more of a file than the size that the parcel states for it.
    kept = sum(file.file_size for file in files if "worksheets/" not in file.filename)
    whole = max((file.file_size for file in files if file.filename.endswith(WHOLE_PARTS)), default=0)
    if sum(file.file_size for file in files) > MOST_UNFOLDED or kept > MOST_SHARED or whole > MOST_OF_A_PART:
        raise Defect(_("unfolds to far more data than a spreadsheet of deals has; check the file"))
