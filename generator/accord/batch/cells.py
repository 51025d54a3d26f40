"""What the cells of a spreadsheet hold, whatever kind of file it is."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

LONGEST_CELL = 32_767  # characters; what Excel takes
MOST_COLUMNS = 5_000  # HubSpot exports 617 of a deal


class Formula:
    """A cell whose formula was saved without its result: no value, but no empty cell either."""


Cell = str | int | Decimal | bool | datetime.date | Formula | None


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as a spreadsheet program shows it, its cells from column A on, and whether it is hidden."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False
