"""The empty spreadsheet: its columns are understood, its choices are picked, and filled in it makes deals."""

import io
from pathlib import Path

import openpyxl
import pytest

from accord import i18n
from accord.batch import sources, spreadsheet, template
from accord.batch.columns import Columns, headings, keys
from accord.domain.base import choices_at, plain_type
from accord.errors import AccordError
from support.samples import HOUSE


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


@pytest.mark.parametrize("name", ["deals.csv", "deals.xlsx"])
def test_every_column_is_understood(name: str, language: str) -> None:
    sheet = spreadsheet.read(template.sheet(Path(name)))
    (row,) = list(sheet.rows)
    assert list(Columns.of(row.cells, None, "").keys.values()) == list(headings()), language


def test_columns_explain_themselves_and_offer_their_choices(language: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(template.sheet(Path("x.xlsx")))).active
    columns = list(headings())
    for column, key in enumerate(columns, 1):
        assert key in page.cell(1, column).comment.text
    picked = {str(each.sqref).split("2:")[0]: each.formula1 for each in page.data_validations.dataValidation}
    chosen = [key for key in columns if choices_at(keys()[key]) or plain_type(keys()[key]) is bool]
    assert len(picked) == len(chosen), "the choices of the model, and the keys that are yes or no"
    assert all(len(formula) <= 257 for formula in picked.values()), "Excel takes 255 characters"
    place = openpyxl.utils.get_column_letter(columns.index("decision.kind") + 1)
    assert ("abonnement" if language == "fr" else "subscription") in picked[place]
    assert page.freeze_panes == "B2"


def test_a_sheet_that_was_filled_in_by_its_choices_gives_deals(tmp_path: Path, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.sheet(Path("x.xlsx"))))
    page = book.active
    offered = {str(each.sqref).split("2:")[0]: each.formula1 for each in page.data_validations.dataValidation}
    for place, formula in offered.items():
        for row, choice in enumerate(formula.strip('"').split(","), 2):
            page[f"{place}{row}"] = choice
    book.save(tmp_path / "deals.xlsx")
    found = list(sources.read(tmp_path / "deals.xlsx", HOUSE.house).entries)
    assert not [
        fault
        for entry in found
        for fault in entry.faults
        if not fault.sentence.startswith(("is empty", "is missing", "est vide", "manque"))
    ]
    reasons = [entry.data.get("decline", {}).get("reason") for entry in found]
    assert reasons[:3] == ["out-of-scope", "no-commitment", "date-not-feasible"], language


def test_another_ending_is_refused() -> None:
    with pytest.raises(AccordError, match=r"deals\.ods: is neither"):
        template.sheet(Path("deals.ods"))
