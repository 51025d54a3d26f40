"""Spreadsheets as people have them, CSV or XLSX, as rows of cells.

A file may have been made to do harm, or by a program that writes a million
empty rows: what it unfolds to, how many rows and how wide they are is bounded.
Formulas are never run; the result that was saved with a formula counts.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from accord import i18n, isolation
from accord.batch import csv_files, xlsx
from accord.batch.cells import LONGEST_CELL, SheetRow, as_json, from_json
from accord.batch.xlsx import Layout
from accord.errors import Defect
from accord.i18n import _

LARGEST = 32 << 20  # bytes of a spreadsheet; ten thousand rows have about five
MOST_ROWS = 100_000  # that hold a deal
ROWS_ABOVE = 100  # that may hold headings and what stands above them
MOST_EMPTY_ROWS = 100_000  # that are merely coloured, as programs save them
LIMITS = isolation.Limits(seconds=300, memory=512 << 20)
CSV_MARK = "\ufeff"  # without it, Excel takes UTF-8 for something else
XLSX = (b"PK\3\4", b"PK\5\6")  # the second, an archive without files
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet that hold something, and how it is written.

    `delimiter` is what ends the fields of a CSV file, "" in a workbook, whose
    sheet has a `name` beside `others` that hold something too; `layout` is known
    once the rows have been read.
    """

    rows: Iterator[SheetRow]
    delimiter: str = ""
    name: str = ""
    others: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)

    @property
    def decimal_comma(self) -> bool:
        """Whether fields end with semicolons, as spreadsheet programs write them where the comma marks decimals."""
        return self.delimiter == ";"


def csv_line(cells: Iterable[str], *, quote: bool = False) -> str:
    """A line of a CSV file, its fields parted as French or English programs, by the language in use, expect it.

    With `quote`, every field has quotation marks; else those that need them.
    """
    line = io.StringIO()
    delimiter = ";" if i18n.language() == "fr" else ","
    writer = csv.writer(line, delimiter=delimiter, quoting=csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL)
    writer.writerow(cells)
    return line.getvalue()


def read(content: bytes, sheet: str | None = None, known: Collection[str] = ()) -> Sheet:
    """The sheet in a file's `content`: of a workbook the one named `sheet`, else the first whose headings are `known`.

    It is read in a process of its own, as its rows are asked for.  Raises
    `Defect` if the file cannot be read; so may the rows.
    """
    answers = _answers(content, sheet, known)
    head, layout = next(answers), Layout()

    def rows() -> Iterator[SheetRow]:
        for answer in answers:
            if isinstance(answer, dict):
                layout.merged += map(tuple, answer["merged"])
                layout.hidden += answer["hidden"]
            else:
                number, cells, hidden = answer
                yield SheetRow(number, tuple(map(from_json, cells)), hidden=hidden)

    return Sheet(rows(), head["delimiter"], head["name"], tuple(head["others"]), layout)


def _answers(content: bytes, sheet: str | None, known: Collection[str]) -> Iterator[Any]:
    with isolation.Process(LIMITS) as process:
        yield from process.stream("accord.batch.spreadsheet:answer", content, sheet, known)


def answer(content: bytes, sheet: str | None, known: Collection[str]) -> Iterator[Any]:
    """A sheet in values that JSON has: how it is written, each row, and its layout."""
    csv.field_size_limit(LONGEST_CELL)
    parsed = parse(content, sheet, known)
    yield {"delimiter": parsed.delimiter, "name": parsed.name, "others": parsed.others}
    for row in parsed.rows:
        yield row.number, [as_json(cell) for cell in row.cells], row.hidden
    yield {"merged": parsed.layout.merged, "hidden": parsed.layout.hidden}


def parse(content: bytes, sheet: str | None = None, known: Collection[str] = ()) -> Sheet:
    """The same as `read`, in this process and without its limits."""
    if content.startswith(XLSX):
        book = xlsx.parse(content, sheet, known)
        return Sheet(_filled(book.rows), name=book.name, others=book.others, layout=book.layout)
    if content.startswith(OLD_EXCEL):
        raise Defect(
            _("is of an old kind of Excel, or locked by a password; save it as .xlsx without one, or as CSV")
        )
    if sheet is not None:
        raise Defect(_("is a CSV file, which has one sheet; leave out --sheet"))
    rows, delimiter = csv_files.parse(content)
    return Sheet(_filled(rows), delimiter)


def _filled(rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    """The rows that hold something; `Defect` if there are too many."""
    count = empty = 0
    for row in rows:
        if any(cell is not None for cell in row.cells):
            count += 1
            if count > MOST_ROWS + ROWS_ABOVE:
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
