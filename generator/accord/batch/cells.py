"""What the cells of a spreadsheet hold, whatever kind of file it is."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.errors import Defect
from accord.i18n import _

LONGEST_CELL = 32_767  # characters; what Excel takes
MOST_COLUMNS = 5_000  # HubSpot exports 617 of a deal
LINES_ABOVE = 30  # rows among which the headings stand: below a title, filters, a group


class Formula:
    """A cell whose formula was saved without its result: no value, but no empty cell either."""


Cell = str | int | Decimal | bool | datetime.date | Formula | None


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as a spreadsheet program shows it, its cells from column A on, and whether it is hidden."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


def too_wide(number: int) -> Defect:
    """What is wrong with a row that has a cell beyond the last column that is read."""
    sentence = _("row {row}: has a cell beyond the column {limit}; take out what stands so far to the right")
    return Defect(sentence.format(row=number, limit=MOST_COLUMNS))


PLAIN = {str, int, bool, type(None)}  # kinds of cells that JSON has too


def as_json(cell: Cell) -> Cell | dict[str, str]:
    """A cell in a value that JSON has."""
    if type(cell) in PLAIN:
        return cell
    if isinstance(cell, Formula):
        return {}
    return {"date" if isinstance(cell, datetime.date) else "number": str(cell)}


def from_json(cell: Any) -> Cell:
    """A cell from what `as_json` made of it."""
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    if "date" in cell:
        return datetime.date.fromisoformat(cell["date"])
    return Decimal(cell["number"]) if cell else Formula()
