"""An empty spreadsheet of deals to start from: its columns explained, its choices to pick."""

import datetime
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, get_origin

from accord.batch.columns import NEEDED, NEEDED_TO_AGREE, heading_of, headings, keys
from accord.batch.spreadsheet import CSV_MARK, csv_line
from accord.domain.base import plain_type
from accord.errors import AccordError
from accord.i18n import _
from accord.intake import words
from accord.text.characters import in_quotes

ROWS = 2000  # that are ready to be filled in
WIDTHS = {"address": 34, "description": 44, "need": 44, "acceptance_tests": 44, "alternative": 44}
SHORT_DATE = "mm-dd-yy"  # format 14 of Excel: the short date of whichever country it is opened in


def sheet(path: Path) -> bytes:
    """The content of an empty spreadsheet for `path`, whose ending says of which kind; `AccordError` names another."""
    if path.suffix.lower() == ".csv":
        return f"{CSV_MARK}{csv_line(map(heading_of, headings()))}".encode()
    if path.suffix.lower() == ".xlsx":
        return _xlsx()
    raise AccordError(
        _("{path}: is neither .xlsx nor .csv; give the spreadsheet one of these endings").format(path=path)
    )


def _xlsx() -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - slow, and for XLSX alone

    book = Workbook()
    page = book.active
    page.title = _("Deals")
    page.freeze_panes = "B2"
    page.sheet_view.zoomScale = 110
    for column, key in enumerate(headings(), 1):
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
    if choices := _choices(key):
        pick = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        pick.error = _("Choose one of these: {choices}").format(choices=", ".join(choices))
        pick.add(f"{name}2:{name}{ROWS + 1}")
        page.add_data_validation(pick)


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
    text = re.sub(
        r'"([^"]+)"', lambda word: in_quotes(word[1]), _(info.description) if info.description else ""
    )
    if key == "prospect.country":
        text = _("its name, or two capital letters")
    sentences = [text[:1].upper() + text[1:] + "."]
    if key in NEEDED:
        sentences.append(_("Required."))
    if key in NEEDED_TO_AGREE:
        sentences.append(_("Required, unless there is a reason to decline."))
    if get_origin(plain_type(info)) is tuple:
        sentences.append(_("Separate several by semicolons or line breaks."))
    return f"{' '.join(sentences)}\n({key})"
