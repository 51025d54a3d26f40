"""One order of day and month for a column: shown by its cells, by the file, by the letter, or asked for."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from accord.batch import sources
from accord.batch.mappings import ColumnMap
from accord.errors import FaultyInput
from support.inputs import TODAY
from support.samples import HOUSE


def days(  # noqa: PLR0913 - what a date is read by
    folder: Path,
    language: str,
    *cells: Any,
    delimiter: str = ",",
    month_first: bool | None = None,
    common: dict[str, Any] | None = None,
    today: datetime.date | None = None,
) -> list[str | None]:
    """The days of delivery in a CSV file with such cells, or in a workbook if one of them is a date."""
    rows = [("Language", "Prospect", "Feature", "Delivery date", "Decision")]
    rows += [(language, f"Client {n}", "Export", cell, "purchase") for n, cell in enumerate(cells)]
    path = folder / "deals.csv"
    if any(isinstance(cell, datetime.date) for cell in cells):
        book, content = openpyxl.Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(content)
        path = folder / "deals.xlsx"
        path.write_bytes(content.getvalue())
    else:
        path.write_text("\n".join(delimiter.join(map(str, row)) for row in rows), "utf-8")
    mapping = ColumnMap(month_first=month_first)
    found = sources.read(path, HOUSE.house, mapping, common=common or {}, today=today).entries
    return [entry.data.get("delivery", {}).get("by") for entry in found]


MARCH, APRIL, MAY = "2027-03-31", "2027-04-05", "2027-05-04"
READ: dict[str, tuple[tuple[Any, ...], dict[str, Any], list[str]]] = {
    "shown by a day beyond the twelfth": (("en", "3/31/2027", "4/5/2027"), {}, [MARCH, APRIL]),
    "shown by a later row": (("en", "4/5/2027", "3/31/2027"), {}, [APRIL, MARCH]),
    "shown, though the letter is French": (("fr", "3/31/2027", "4/5/2027"), {}, [MARCH, APRIL]),
    "shown to be day first": (("en", "31/3/2027", "4/5/2027"), {}, [MARCH, MAY]),
    "years in two digits": (("en", "3/31/27", "4/5/27"), {}, [MARCH, APRIL]),
    "years in two digits, near and last": (
        ("fr", "28/03/27", "31/03/28"),
        {"today": TODAY},
        ["2027-03-28", "2028-03-31"],
    ),
    "with dashes and dots": (
        ("en", "03-31-2027", "04-05-2027", "03.31.2027", "04.05.2027"),
        {},
        [MARCH, APRIL] * 2,
    ),
    "with a time": (("en", "3/31/2027 00:00", "4/5/2027 00:00"), {}, [MARCH, APRIL]),
    "a French letter": (("fr", "4/5/2027", "5/5/2027"), {}, [MAY, "2027-05-05"]),
    "a file of semicolons": (("en", "4/5/2027"), {"delimiter": ";"}, [MAY]),
    "the mapping file says it": (("en", "4/5/2027"), {"month_first": True}, [APRIL]),
    "the mapping file says the other": (("en", "4/5/2027"), {"month_first": False}, [MAY]),
    "the letter's own locale": (("en", "4/5/2027"), {"common": {"locale": "en_US"}}, [APRIL]),
    "ISO": (("en", "2027-04-05", "2027-03-31"), {}, [APRIL, MARCH]),
    "in words": (("en", "5 April 2027", "March 31 2027"), {}, [APRIL, MARCH]),
    "hours to twelve, the order shown": (("fr", "31/3/2027 2:30 PM", "4/5/2027 2:30 PM"), {}, [MARCH, MAY]),
    "hours to twelve, the order told": (("fr", "4/5/2027 2:30 PM"), {"month_first": True}, [APRIL]),
    "hours to twelve in an American letter": (
        ("en", "4/5/2027 2:30 PM"),
        {"common": {"locale": "en_US"}},
        [APRIL],
    ),
    "without a year": (("fr", "3/31", "4/5"), {"today": TODAY}, [MARCH, APRIL]),
    "the same day and month": (("en", "5/5/2027"), {}, ["2027-05-05"]),
    "dates of a workbook": (
        ("en", datetime.date(2027, 4, 5), datetime.date(2027, 3, 31)),
        {},
        [APRIL, MARCH],
    ),
    "dates and texts in words": (("en", datetime.date(2027, 4, 5), "31 March 2027"), {}, [APRIL, MARCH]),
    "dates beside a text in the order of the letter": (
        ("fr", datetime.date(2027, 4, 5), "31/03/2027"),
        {},
        [APRIL, MARCH],
    ),
    "dates that are certain beside a text": (
        ("en", datetime.date(2027, 3, 31), datetime.date(2027, 4, 5), "4/30/2027"),
        {},
        [MARCH, APRIL, "2027-04-30"],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_column_is_read_in_one_order(name: str, tmp_path: Path) -> None:
    cells, options, expected = READ[name]
    assert days(tmp_path, *cells, **options) == expected


ELSEWHERE = {
    "shown by a column that counts for nothing": ("3/31/2026", "2027-04-05"),
    "with a time": ("3/31/2026 4:15 PM", "2027-04-05"),
    "the other order": ("31/3/2026", "2027-05-04"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_other_columns_show_how_a_file_writes_its_dates(name: str, tmp_path: Path) -> None:
    created, expected = ELSEWHERE[name]
    path = tmp_path / "deals.csv"
    path.write_text(
        "Language,Prospect,Feature,Delivery date,Decision,#Created\n"
        f"fr,Lefèvre,Export,4/5/2027,purchase,{created}\n",
        "utf-8",
    )
    (entry,) = sources.read(path, HOUSE.house).entries
    assert entry.data["delivery"] == {"by": expected}


REFUSED: dict[str, tuple[tuple[Any, ...], dict[str, Any], str]] = {
    "both orders": (
        ("fr", "31/3/2027", "3/31/2027"),
        {},
        (
            "has the day first in row 2 (“31/3/2027”), but the month first in row 3 (“3/31/2027”); write all of them in"
            " one order, or as 2027-03-31"
        ),
    ),
    "shown by dates of another form": (
        ("fr", "3/31/2027", "4.5.2027"),
        {},
        (
            "can be read in two ways: “4.5.2027” (row 3) as 2027-05-04 or 2027-04-05; write the dates so, or add"
            " --dates day-first or --dates month-first"
        ),
    ),
    "without a year": (
        ("en", "4/5"),
        {"today": TODAY},
        (
            "can be read in two ways: “4/5” (row 2) as 05-04 or 04-05; write the dates so, or add --dates day-first or"
            " --dates month-first"
        ),
    ),
    "neither shown nor settled": (
        ("en", "4/5/2027", "5/5/2027"),
        {},
        (
            "can be read in two ways: “4/5/2027” (row 2) as 2027-05-04 or 2027-04-05; write the dates so, or add"
            " --dates day-first or --dates month-first"
        ),
    ),
    "hours to twelve, though the letter is French": (
        ("fr", "12/05/2027 2:30 PM"),
        {"delimiter": ";"},
        (
            "can be read in two ways: “12/05/2027 2:30 PM” (row 2) as 2027-05-12 or 2027-12-05; write the dates so, or add"
            " --dates day-first or --dates month-first"
        ),
    ),
    "years in two figures that may stand first": (
        ("fr", "27/03/28", "27/03/31"),
        {"today": TODAY, "delimiter": ";"},
        "can be read in two ways: “27/03/31” (row 3) as 2031-03-27 or 2027-03-31; write years of four figures",
    ),
    "otherwise than the mapping file says": (
        ("en", "31/3/2027"),
        {"month_first": True},
        "says otherwise in row 2 (“31/3/2027”) than --dates or the mapping file: month-first",
    ),
    "dates that a program made of the other order, in French": (
        ("fr", datetime.date(2027, 5, 4), "3/31/2027"),
        {},
        (
            "holds the text “3/31/2027” (row 3) beside dates such as 2027-05-04 (row 2): the program that opened the file"
            " took day for month in them; import it again with this column as text"
        ),
    ),
    "dates that a program made of the other order": (
        ("en", datetime.date(2027, 5, 4), "3/31/2027"),
        {},
        (
            "holds the text “3/31/2027” (row 3) beside dates such as 2027-05-04 (row 2): the program that opened the file"
            " took day for month in them; import it again with this column as text"
        ),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_column_without_one_order_is_refused_once(name: str, tmp_path: Path) -> None:
    cells, options, told = REFUSED[name]
    with pytest.raises(FaultyInput) as refused:
        days(tmp_path, *cells, **options)
    assert [(fault.key, fault.sentence) for fault in refused.value.faults] == [
        ("column D, “Delivery date”", told)
    ]
