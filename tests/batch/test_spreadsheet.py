"""Spreadsheets as people have them: encodings, delimiters, typed cells, empty ends, and bombs."""

import csv
import datetime
import io
import mmap
import resource
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from accord import isolation
from accord.batch import spreadsheet
from accord.batch.cells import Formula
from accord.batch.spreadsheet import read
from accord.batch.xlsx import MOST_SHARED
from accord.errors import AccordError
from support.bounded import bounded
from support.in_process import PROCESS
from support.parcels import unzipped, zipped

DAY = datetime.date(2027, 3, 31)


def xlsx(*rows: tuple[Any, ...], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cells(content: bytes, name: str | None = None) -> list[tuple[int, tuple[Any, ...]]]:
    return [(row.number, row.cells) for row in read(content, name).rows]


CSV = {
    "French Excel": ("Prospect;Prix\r\nLefèvre;40,50\r\n".encode("cp1252"), True),
    "French, UTF-8 with its mark": ("Prospect;Prix\r\nLefèvre;40,50\r\n".encode("utf-8-sig"), True),
    "Unicode text of Excel": ("Prospect\tPrix\r\nLefèvre\t40,50\r\n".encode("utf-16"), False),
    "said in a first line": ("sep=|\r\nProspect|Prix\r\nLefèvre|40,50\r\n".encode(), False),
    "a delimiter inside quotes": ('"Prospect";Prix\nLefèvre;"40,50"\n'.encode(), True),
    "empty lines around": ("\n\n;;\nProspect;Prix\n;\nLefèvre;40,50\n;;;\n\n".encode(), True),
}


@pytest.mark.parametrize("name", CSV)
def test_csv_as_programs_write_it(name: str) -> None:
    content, comma = CSV[name]
    sheet = read(content)
    assert [tuple(filter(None, row.cells)) for row in sheet.rows] == [
        ("Prospect", "Prix"),
        ("Lefèvre", "40,50"),
    ]
    assert sheet.decimal_comma == comma


def test_rows_are_numbered_as_a_spreadsheet_program_does() -> None:
    assert cells(b'a,b\n"two\nlines",x\n\ny,z\n') == [
        (1, ("a", "b")),
        (2, ("two\nlines", "x")),
        (4, ("y", "z")),
    ]


def test_a_quotation_mark_that_is_never_closed() -> None:
    with pytest.raises(AccordError, match="row 3"):
        cells(b'a,b\n1,2\n"' + b"x" * 40_000)


def test_typed_cells_keep_their_kind() -> None:
    book = openpyxl.Workbook()
    book.active.append([DAY, 25, 39.99, 0.1 + 0.2, True, "x ", None, 732829320, 0.2])
    book.active["I1"].number_format = "0%"
    assert cells(saved(book)) == [
        (1, (DAY, 25, Decimal("39.99"), Decimal("0.3"), True, "x", None, 732829320, "20 %"))
    ]


def test_a_formula_counts_by_its_saved_result_and_is_never_run() -> None:
    content = xlsx(("a",), ("=1+1",))
    assert isinstance(cells(content)[1][1][0], Formula)
    files = unzipped(content)
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = (
        files[sheet]
        .replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
        .replace(b"<f>1+1</f><v/>", b"<f>1+1</f><v>2</v>")
    )
    assert cells(zipped(files))[1][1] == (2,)


def test_the_sheet_that_is_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.create_sheet("Affaires").append(["b"])
    assert cells(saved(book), "Affaires") == [(1, ("b",))]
    with pytest.raises(AccordError, match='no sheet "Deals"; its sheets are "Notes", "Affaires"'):
        cells(saved(book), "Deals")
    with pytest.raises(AccordError, match="leave out --sheet"):
        read(b"a,b", "Deals")


def bomb() -> bytes:
    return zipped({"xl/sharedStrings.xml": b"\0" * (MOST_SHARED + 1)})


def entities() -> bytes:
    """Each entity is ten of the one before."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    files = unzipped(xlsx(("a",)))
    files["xl/workbook.xml"] = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><x>&a11;</x>'.encode()
    return zipped(files)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (bomb, "far more data"),
    "a bomb of entities": (entities, "damaged"),
    "cut short": (lambda: xlsx(("a", "b"))[:2000], "damaged"),
    "no workbook": (lambda: zipped({"x": b"y"}), "damaged"),
    "no XML": (lambda: zipped(unzipped(xlsx(("a",))) | {"xl/worksheets/sheet1.xml": b"<a"}), "damaged"),
    "old Excel, or locked": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old kind of Excel"),
    "no encoding": (lambda: b"a\x81b\n\xff\x8d\x90", "encoding"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_in_no_time(name: str) -> None:
    make, part = BAD[name]
    content = make()
    with bounded(), pytest.raises(AccordError, match=part):
        cells(content)


def test_many_empty_rows_are_no_rows() -> None:
    files = unzipped(xlsx(("a",), ("x",)))
    sheet = "xl/worksheets/sheet1.xml"
    empty = "".join(f'<row r="{n}"/>' for n in range(3, 50_000)).encode()
    files[sheet] = files[sheet].replace(b"</sheetData>", empty + b"</sheetData>")
    assert cells(zipped(files)) == [(1, ("a",)), (2, ("x",))]


def test_what_stands_after_many_empty_rows_is_not_lost() -> None:
    files = unzipped(xlsx(("a",)))
    sheet = "xl/worksheets/sheet1.xml"
    last = b'<row r="1048576"><c r="A1048576"><v>7</v></c></row></sheetData>'
    files[sheet] = files[sheet].replace(b"</sheetData>", last)
    assert cells(zipped(files)) == [(1, ("a",)), (1_048_576, (7,))]
    assert cells(b"a\n" + b"\n" * 20_000 + b"x\n") == [(1, ("a",)), (20_002, ("x",))]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    monkeypatch.setattr(spreadsheet, "ROWS_ABOVE", 1)
    monkeypatch.setattr(spreadsheet, "MOST_EMPTY_ROWS", 3)
    assert len(cells(b"a\nb\n;\n;\n;\nc\n")) == 3
    with pytest.raises(AccordError, match="more than 3 empty rows"):
        cells(b"a\n;\n;\n;\n;\n")
    with pytest.raises(AccordError, match="more than 2 rows"):
        cells(b"a\nb\nc\nd\n")


# --- In a process of its own ----------------------------------------------------------


def state() -> tuple[object, ...]:
    """What reading a spreadsheet would change in the whole process, if it were done there."""
    return csv.field_size_limit(), tuple(warnings.filters), resource.getrlimit(resource.RLIMIT_AS)


def test_nothing_else_feels_the_limits_under_which_a_spreadsheet_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another thread takes more memory meanwhile than the reading may."""
    monkeypatch.setattr(isolation, "Process", PROCESS)
    content = xlsx(*[("a", 25, Decimal("39.99"), DAY, True, None, "=1+1")] * 3000)
    before = state()
    seen: set[tuple[object, ...]] = set()
    rows = read(content).rows
    assert next(rows).number == 1
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(list, rows)
        while not reading.done():
            mmap.mmap(-1, 2 * spreadsheet.LIMITS.memory).close()
            seen.add(state())
    assert seen == {before}
    *values, formula = reading.result()[-1].cells
    assert values == ["a", 25, Decimal("39.99"), DAY, True, None]
    assert isinstance(formula, Formula)


def test_a_spreadsheet_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "Process", PROCESS)
    files = unzipped(xlsx(("a",)))
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = files[sheet].replace(b"</row>", b"<c><v>1</v></c>" * 2_000_000 + b"</row>")
    with pytest.raises(AccordError, match="far more data"):
        cells(zipped(files))


def test_a_spreadsheet_may_be_left_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "Process", PROCESS)
    rows = read(b"a,b\n" * 10_000).rows
    assert next(rows).cells == ("a", "b")
    rows.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(rows) == []
