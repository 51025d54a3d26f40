"""The empty spreadsheet: its columns are understood, its choices are picked, and filled in it makes deals."""

import io
import re
from pathlib import Path

import openpyxl
import pytest

from accord import i18n
from accord.batch import sources, spreadsheet, template
from accord.batch.columns import NEEDED, NEEDED_TO_AGREE, Columns, headings, keys
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
    row, example = list(sheet.rows)
    assert list(Columns.of(row.cells, None, "").keys.values()) == list(template.columns()), language
    assert {*template.columns()} == {*headings()}
    assert len(example.cells) >= 11


def test_columns_explain_themselves_and_offer_their_choices(language: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(template.sheet(Path("x.xlsx")))).active
    columns = list(template.columns())
    for column, key in enumerate(columns, 1):
        assert len(page.cell(1, column).comment.text) > 3, key
    picked = {str(each.sqref).split("2:")[0]: each.formula1 for each in page.data_validations.dataValidation}
    chosen = [key for key in columns if choices_at(keys()[key]) or plain_type(keys()[key]) is bool]
    assert len(picked) == len(chosen), "the choices of the model, and the keys that are yes or no"
    assert all(len(formula) <= 257 for formula in picked.values()), "Excel takes 255 characters"
    place = openpyxl.utils.get_column_letter(columns.index("decision.kind") + 1)
    assert ("abonnement" if language == "fr" else "subscription") in picked[place]
    assert page.freeze_panes == "B2"
    for each in page.data_validations.dataValidation:
        assert each.showErrorMessage, "Excel lets in what is not in the list"
        assert each.errorStyle in {None, "stop"}
        assert len(each.error) <= 255, "what Excel shows"
        assert len(each.errorTitle) <= 32, "what Excel shows"


def test_the_columns_that_most_people_need_stand_first_and_the_others_are_folded_away(language: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(template.sheet(Path("x.xlsx")))).active
    first = list(template.columns())[: len(template.USUAL)]
    assert {*NEEDED, *NEEDED_TO_AGREE} <= {*first}, language
    for column, key in enumerate(template.columns(), 1):
        dimensions = page.column_dimensions[openpyxl.utils.get_column_letter(column)]
        folded = key not in template.USUAL
        assert (dimensions.outlineLevel, dimensions.hidden) == (int(folded), folded), key


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
@pytest.mark.parametrize("interface", ["fr", "en"])
def test_the_example_is_a_sound_deal_and_is_passed_over_while_nobody_writes_over_it(
    name: str, interface: str, tmp_path: Path, language: str
) -> None:
    path = tmp_path / name
    path.write_bytes(template.sheet(path))
    i18n.use(interface)
    source = sources.read(path, HOUSE.house)
    assert [bool(entry.passed) for entry in source.entries] == [True], language
    assert source.remarks == [], "the columns that are folded away are empty"
    content = path.read_bytes()
    if name == "x.csv":
        path.write_bytes(content.replace(b"25", b"26"))
    else:
        book = openpyxl.load_workbook(path)
        book.active.cell(2, template.columns().index("decision.quantity") + 1, 26)
        book.save(path)
    (entry,) = sources.read(path, HOUSE.house).entries
    assert (entry.faults, entry.data["decision"]["quantity"]) == ((), 26)


OF_A_DEAL_FILE = re.compile(
    r'"|= |\[\[|\b(?:decision|prospect|binding|decline)\.\w|capitales|out-of-scope|date-not-feasible',
    re.IGNORECASE,
)


def test_the_explanations_speak_of_the_sheet_and_not_of_a_deal_file(language: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(template.sheet(Path("x.xlsx")))).active
    for cell in page[1]:
        assert not OF_A_DEAL_FILE.search(cell.comment.text), (language, cell.comment.text)


def test_a_sheet_that_was_filled_in_by_its_choices_gives_deals(tmp_path: Path, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.sheet(Path("x.xlsx"))))
    page = book.active
    offered = {str(each.sqref).split("2:")[0]: each.formula1 for each in page.data_validations.dataValidation}
    page.delete_rows(2)
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
