"""Workbooks: which sheet is read, what its cells show, what is hidden or merged, and what is no such workbook."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart

from accord.batch import spreadsheet
from accord.batch.cells import MOST_COLUMNS, Formula
from accord.batch.mappings import heading
from accord.batch.spreadsheet import Sheet
from accord.errors import Defect
from support.parcels import unzipped, zipped

KNOWN = frozenset(map(heading, ("Langue", "Prospect", "Fonctionnalité", "Motif du refus")))
HEADINGS = ("Langue", "Prospect", "Fonctionnalité")
DEAL = ("fr", "Lefèvre", "Export FEC")


def book(**sheets: list[tuple[Any, ...]]) -> Any:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: Any) -> bytes:
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def read(made: Any, name: str | None = None) -> Sheet:
    return spreadsheet.parse(made if isinstance(made, bytes) else saved(made), name, KNOWN)


DEALS = [HEADINGS, DEAL]
LISTS = [("abonnement",), ("achat",), ("pilote",)]
CHOSEN: dict[str, tuple[dict[str, list[tuple[Any, ...]]], set[str], str, tuple[str, ...]]] = {
    "one": ({"Affaires": DEALS}, set(), "Affaires", ()),
    "after an empty one": ({"Feuil1": [], "Affaires": DEALS}, set(), "Affaires", ()),
    "after a hidden one": ({"Listes": LISTS, "Affaires": DEALS}, {"Listes"}, "Affaires", ()),
    "after a summary": (
        {"Résumé": [("Feuille", "Lignes"), ("Affaires", 2)], "Affaires": DEALS},
        set(),
        "Affaires",
        ("Résumé",),
    ),
    "of two with deals": ({"Mai": DEALS, "Juin": DEALS}, set(), "Mai", ("Juin",)),
    "hidden deals beside others": ({"Mai": DEALS, "Juin": DEALS}, {"Juin"}, "Mai", ("Juin",)),
    "headings below a title": (
        {"Notes": [("a", "b"), ("c", "d")], "Affaires": [("Affaires",), (), *DEALS]},
        set(),
        "Affaires",
        ("Notes",),
    ),
    "without known headings, one with rows": (
        {"Titre": [("Bonjour",)], "Données": [("x", "y"), (1, 2)]},
        set(),
        "Données",
        ("Titre",),
    ),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_the_sheet_that_has_the_deals(name: str) -> None:
    sheets, hidden, chosen, others = CHOSEN[name]
    made = book(**sheets)
    for title in hidden:
        made[title].sheet_state = "hidden"
    made.active = made.sheetnames.index(next(title for title in sheets if title not in hidden))
    found = read(made)
    assert (found.name, found.others) == (chosen, others)
    assert len(list(found.rows)) == len([row for row in sheets[chosen] if row])


def test_a_sheet_that_is_named_is_read_though_it_is_hidden() -> None:
    made = book(Mai=DEALS, Juin=DEALS)
    made["Juin"].sheet_state = "hidden"
    assert (read(made, "Juin").name, read(made, "Juin").others) == ("Juin", ())


def test_what_is_hidden_and_merged() -> None:
    made = book(Mai=[HEADINGS, DEAL, DEAL, DEAL, DEAL])
    sheet = made["Mai"]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A2:A4")
    files = unzipped(saved(made))
    part = "xl/worksheets/sheet1.xml"
    files[part] = files[part].replace(b'<row r="4"', b'<row r="4" ht="0" customHeight="1"')
    found = read(zipped(files))
    assert [(row.number, row.hidden) for row in found.rows] == [
        (1, False),
        (2, False),
        (3, True),
        (4, True),
        (5, False),
    ]
    assert found.layout.merged == [(2, 4, 1, 1)]
    assert found.layout.hidden == [2]


def test_cells_as_they_are_shown() -> None:
    cells: list[tuple[Any, str]] = [
        (40.5, "[$$-409]#,##0.00"),
        (1000, "00000"),
        (0.2, "0%"),
        (46112, "[$-40C]d mmmm yyyy;@"),
        (46112.5, "m/d/yy h:mm"),
        (25.0, "0.00"),
        (True, "General"),
        (46112, "mmm-yy"),
        (40.5, '0.00" kr"'),
        ("=1/0", "General"),
        (None, "0.00"),
        ("  Lefèvre ", "@"),
    ]
    made = book(Mai=[tuple(value for value, _format in cells)])
    for column, (_value, code) in enumerate(cells, 1):
        made["Mai"].cell(1, column).number_format = code
    (row,) = read(made).rows
    day = datetime.date(2026, 3, 31)
    assert row.cells[:9] == ("USD 40.5", "01000", "20 %", day, day, 25, True, "2026-03", "40.5 kr")
    assert isinstance(row.cells[9], Formula)
    assert row.cells[10:] == (None, "Lefèvre")


def charts() -> bytes:
    made = book(Mai=DEALS)
    made.create_chartsheet("Graphique").add_chart(BarChart())
    files = unzipped(saved(made))
    files["xl/workbook.xml"] = files["xl/workbook.xml"].replace(
        b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="Mai" sheetId="1" state="visible" r:id="rId1"/>',
        b"",
    )
    return zipped(files)


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    files = unzipped(saved(book(Mai=DEALS)))
    files[part] = files[part].replace(old, new)
    return zipped(files)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "strict": (
        lambda: replaced(
            "xl/workbook.xml",
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        "Strict Open XML",
    ),
    "an archive of nothing": (lambda: b"PK\5\6" + b"\0" * 18, "empty archive"),
    "OpenDocument": (
        lambda: zipped(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
        ),
        "OpenDocument",
    ),
    "Numbers": (lambda: zipped({"Index/Document.iwa": b"x"}), "Numbers"),
    "binary": (lambda: zipped({"xl/workbook.bin": b"x"}), "binary"),
    "styles without end": (
        lambda: zipped(unzipped(saved(book(Mai=DEALS))) | {"xl/styles.xml": b" " * ((8 << 20) + 1)}),
        "copy its rows into a new workbook",
    ),
    "charts alone": (charts, "only charts"),
    "rows out of order": (
        lambda: replaced("xl/worksheets/sheet1.xml", b'<row r="2">', b'<row r="1">'),
        "damaged",
    ),
    "too far to the right": (
        lambda: saved(book(Mai=[(*[None] * MOST_COLUMNS, "x")])),
        f"row 1: has a cell beyond the column {MOST_COLUMNS}",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_what_to_do(name: str) -> None:
    make, told = REFUSED[name]
    with pytest.raises(Defect, match=told):
        list(read(make()).rows)


def test_a_workbook_with_as_many_columns_as_a_crm_exports() -> None:
    made = book(Mai=[[f"Column {n}" for n in range(617)], [*[None] * 616, "last"]])
    *_headings, row = read(made).rows
    assert row.cells[-1] == "last"
