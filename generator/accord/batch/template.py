"""A spreadsheet of deals to start from: its columns explained, its choices to pick, one example."""

import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any, get_origin

from accord.batch.columns import NEEDED, NEEDED_TO_AGREE, heading_of, headings, keys
from accord.batch.example import EXAMPLE_DAY, example
from accord.batch.spreadsheet import CSV_MARK, csv_line
from accord.batch.wording import in_sheet
from accord.domain.base import plain_type
from accord.errors import AccordError
from accord.i18n import _
from accord.intake import words

ROWS = 2000  # that are ready to be filled in
MOST_OF_ERROR, MOST_OF_TITLE = 255, 32  # characters of what Excel says about a cell that it refuses
WIDTHS = {"address": 34, "description": 44, "need": 44, "acceptance_tests": 44, "alternative": 44}
USUAL = (
    *("language", "prospect.name", "feature.name", "delivery.by", "decision.kind", "decision.item"),
    *("decision.quantity", "decision.unit_price", "decision.currency", "decision.period", "decision.term"),
    *("decline.reason", "prospect.contact.civility", "prospect.contact.first_name"),
    *("prospect.contact.last_name", "prospect.contact.title", "prospect.email", "prospect.legal_form"),
    *("prospect.registration", "prospect.registry", "prospect.address", "prospect.country"),
)
"""The columns that most people fill in; the others stand behind them, folded away."""
SHORT_DATE = "mm-dd-yy"  # format 14 of Excel: the short date of whichever country it is opened in


def columns() -> tuple[str, ...]:
    """The keys in the order of their columns: those that most people fill in first."""
    return (*USUAL, *(key for key in headings() if key not in USUAL))


def sheet(path: Path) -> bytes:
    """The content of a spreadsheet for `path`, whose ending says of which kind; `AccordError` names another."""
    if path.suffix.lower() == ".csv":
        cells = {**example(), "delivery.by": f"{EXAMPLE_DAY:%d/%m/%Y}"}
        lines = (map(heading_of, columns()), (cells.get(key, "") for key in columns()))
        return f"{CSV_MARK}{''.join(map(csv_line, lines))}".encode()
    if path.suffix.lower() == ".xlsx":
        return _xlsx()
    raise AccordError(
        _("{path}: is neither .xlsx nor .csv; give the file one of these endings").format(path=path)
    )


def _xlsx() -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - slow, and for XLSX alone

    book = Workbook()
    page = book.active
    page.title = _("Deals")
    page.freeze_panes = "B2"
    page.sheet_view.zoomScale = 110
    page.sheet_properties.outlinePr.summaryRight = False
    for column, key in enumerate(columns(), 1):
        _fill_column(page, column, key)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill_column(page: Any, column: int, key: str) -> None:
    """Head a column, explain it, give its cells their format and their choices."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - for XLSX alone
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    name = get_column_letter(column)
    cell = page.cell(1, column, heading_of(key))
    needed = key in NEEDED + NEEDED_TO_AGREE
    cell.font = Font(bold=needed, color="FFFFFF" if needed else "1F3A5F")
    cell.fill = PatternFill("solid", fgColor="1F3A5F" if needed else "E4EAF1")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.comment = Comment(_explanation(key), "Accord", height=120, width=280)
    dimensions = page.column_dimensions[name]
    dimensions.width = WIDTHS.get(key.rpartition(".")[2], max(14, len(heading_of(key)) + 2))
    dimensions.number_format = _format(key)
    dimensions.outlineLevel = int(key not in USUAL)
    dimensions.hidden = key not in USUAL
    if (value := _example_value(key)) is not None:
        example_cell = page.cell(2, column, value)
        example_cell.number_format = _format(key)
        example_cell.font = Font(italic=True, color="7F8C9B")
    if choices := _choices(key):
        pick = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        pick.error = _("Choose one of these: {choices}").format(choices=", ".join(choices))[:MOST_OF_ERROR]
        pick.errorTitle, pick.showErrorMessage = heading_of(key)[:MOST_OF_TITLE], True
        pick.add(f"{name}2:{name}{ROWS + 1}")
        page.add_data_validation(pick)


def _example_value(key: str) -> Any:
    """What the example says in a column, as a cell of its kind; None for nothing."""
    value = example().get(key)
    if key == "delivery.by":
        return EXAMPLE_DAY
    return Decimal(value) if value and plain_type(keys()[key]) in {int, Decimal} else value


def _choices(key: str) -> tuple[str, ...]:
    """What the cells of a column may say, if that is listed."""
    if plain_type(keys()[key]) is bool:
        return (_("yes"), _("no"))
    return tuple(words.named(key).values())


def _format(key: str) -> str:
    """How spreadsheet programs show the cells of a column: what looks like a number need not be one."""
    kind = plain_type(keys()[key])
    if kind is datetime.date:
        return SHORT_DATE
    if key == "decision.vat_rate":
        return "General"
    return {Decimal: "#,##0.00", int: "0"}.get(kind, "@")


def _explanation(key: str) -> str:
    """What a column is for, and what its cells may say."""
    info = keys()[key]
    text = in_sheet(heading_of, key, _(info.description) if info.description else "")
    if key == "prospect.country":
        text = _("its name, or two capital letters")
    sentences = [text[:1].upper() + text[1:] + "."]
    if key in NEEDED:
        sentences.append(_("Required."))
    if key in NEEDED_TO_AGREE:
        sentences.append(_("Required, unless there is a reason to decline."))
    if get_origin(plain_type(info)) is tuple:
        sentences.append(_("Separate several by semicolons or line breaks."))
    return " ".join(sentences)
