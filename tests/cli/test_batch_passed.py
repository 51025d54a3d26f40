"""Rows that are none of a deal: counted on the screen, named in the report, and no fault."""

import json
from pathlib import Path

import openpyxl
import pytest

from support.cli import run


@pytest.fixture
def deals(sample_desk: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (
        ("Affaires de mai",),
        ("Langue", "Prospect", "Fonctionnalité", "Motif du refus"),
        ("fr", "Lefèvre", "Export FEC", "hors marché"),
        ("fr", "Morel", "Export FEC", "hors marché"),
    ):
        book.active.append(row)
    book.active.row_dimensions[4].hidden = True
    book.save(sample_desk / "deals.xlsx")
    return sample_desk / "deals.xlsx"


def test_rows_that_are_passed_over_are_counted_and_reported(deals: Path) -> None:
    said = run("batch", deals.name, "--strict", "--date", "2026-11-23", "--report", "said")
    assert said.exit_code == 0, said.stderr
    assert "3 rows: 1 written, 2 passed over." in said.stderr
    report = json.loads(Path("said.json").read_text("utf-8"))["report"]
    assert [
        (row["row"], row["verdict"], [each["sentence"] for each in row["findings"]][:1]) for row in report
    ] == [
        ("1", "passed", ["stands above the headings, and is passed over"]),
        ("3", "written", [each["sentence"] for each in report[1]["findings"]][:1]),
        (
            "4",
            "passed",
            ["is hidden, by a filter or by hand, and is passed over (--hidden includes such rows)"],
        ),
    ]


def test_hidden_rows_have_letters_where_they_are_asked_for(deals: Path) -> None:
    said = run("batch", deals.name, "--hidden", "--date", "2026-11-23")
    assert said.exit_code == 0, said.stderr
    assert "3 rows: 2 written, 1 passed over." in said.stderr
