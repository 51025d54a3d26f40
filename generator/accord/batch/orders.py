"""The order of day and month in a column of dates: one for all of it, shown by the column or asked for.

Read one by one, 3/31/2027 and 4/5/2027 would be dates of two orders in one
file.  A day beyond the twelfth shows the order of its column.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, get_args

from accord.batch.columns import Columns, Known, is_date
from accord.batch.mappings import ORDERS, ColumnMap
from accord.domain.choices import Locale
from accord.domain.deal_file import locale_of
from accord.errors import Fault
from accord.i18n import _
from accord.text.characters import excerpt

FIGURES = re.compile(r"(?<![0-9])([0-9]{1,2})( ?[-/.] ?| )([0-9]{1,2})\2([0-9]{4}|'?[0-9]{2})(?![0-9])")
SHORT = re.compile(r"\s*([0-9]{1,2})([-/.])([0-9]{1,2})()\s*")  # the year left out
WHOLE = re.compile(rf"{FIGURES.pattern}(?:[ ,T]+[0-9:.]+(?: ?[ap]m)?)?", re.IGNORECASE)
TWELVE_HOURS = re.compile(r"[0-9] ?[ap]\.?m\b", re.IGNORECASE)
ELSEWHERE = ""  # stands for columns that say nothing of a deal's dates; they show how the file writes its own
MONTHS = 12
YEARS_AHEAD = 3  # within which most promises are


class Shown(NamedTuple):
    """A cell, and where it stands, as a sentence names it: "row 3"."""

    row: str
    text: str


@dataclass
class Evidence:
    """What the cells of a column show: the first with the day before the month, after it, or either."""

    day_first: Shown | None = None
    month_first: Shown | None = None
    unclear: Shown | None = None
    early: Shown | None = None  # a real date of the first twelve days of a month
    late: bool = False  # there are others
    year_first: Shown | None = (
        None  # a year in two figures that is far off where it stands last, and near where it stands first
    )
    proved: set[str] = field(default_factory=set)  # the signs between the figures of cells that show an order
    strange: dict[str, Shown] = field(default_factory=dict)  # the first unclear cell by its sign
    usual: bool | None = (
        None  # whether the letter of the first cell that shows the order reads the month first
    )
    readings: set[bool | None] = field(
        default_factory=set
    )  # of the unclear cells: month first, by their letters


@dataclass
class Orders:
    """The orders of the columns of dates, once all rows have been seen."""

    mapping: ColumnMap
    known: Known
    source: str
    place: Callable[[str], str] = str
    _evidence: dict[str, Evidence] = field(default_factory=dict)

    def see(self, row: str, cells: Sequence[Any], columns: Columns) -> None:
        """Look at the dates of the next `row`, which sentences name so, and whose cells stand under `columns`."""
        for column, cell in enumerate(cells):
            key = columns.keys.get(column, ELSEWHERE)
            key = key if is_date(key) else ELSEWHERE
            if cell is None or (key == ELSEWHERE and not (isinstance(cell, str) and WHOLE.fullmatch(cell))):
                continue
            evidence = self._evidence.setdefault(key, Evidence())
            if isinstance(cell, datetime.date):
                evidence.late |= cell.day > MONTHS
                evidence.early = evidence.early or Shown(row, cell.isoformat())
            elif isinstance(cell, str) and (match := _figures(cell)):
                one, other = int(match[1]), int(match[3])
                shown = Shown(row, excerpt(cell))
                sign = match[2].strip()
                if key != ELSEWHERE and self._may_begin_with_year(match):
                    evidence.year_first = evidence.year_first or shown
                if max(one, other) > MONTHS and key != ELSEWHERE and not evidence.proved:
                    evidence.usual = self._reading(cells, columns)
                evidence.proved |= {sign} if max(one, other) > MONTHS else set()
                if one > MONTHS >= other:
                    evidence.day_first = evidence.day_first or shown
                elif other > MONTHS >= one:
                    evidence.month_first = evidence.month_first or shown
                elif one != other and one <= MONTHS and key != ELSEWHERE:
                    evidence.unclear = evidence.unclear or shown
                    evidence.strange.setdefault(sign, shown)
                    reading = self._reading(cells, columns)
                    # Few who write the day first count the hours to twelve.
                    evidence.readings.add(reading if reading or not TWELVE_HOURS.search(cell) else None)

    def _reading(self, cells: Sequence[Any], columns: Columns) -> bool | None:
        """Whether the letter of a row reads the month first; None if neither it nor the file settles that."""
        data, _faults = columns.record(cells, self.known)
        told = {**self.mapping.defaults, **data, **self.known.common}
        language, country = told.get("language"), self.known.house.supplier.country
        settled = "locale" in told or language == "fr" or f"{language}_{country}" in get_args(Locale)
        if not settled and not columns.decimal_comma:
            return None
        return locale_of(told, self.known.house) == "en_US"

    def _may_begin_with_year(self, match: re.Match[str]) -> bool:
        """Whether "27/03/31" is rather a day of 2027 than of 2031."""
        figures = match[1], match[3], match[4]
        if self.known.today is None or not all(len(figure) == len("27") for figure in figures):
            return False
        year, month, day = map(int, figures)
        today = self.known.today.year % 100
        return 0 <= year - today <= YEARS_AHEAD < day - today and month <= MONTHS

    def decided(self) -> dict[str, bool]:
        """For each key whose column shows it, whether the month stands first."""
        return {
            key: evidence.month_first is not None
            for key, evidence in self._evidence.items()
            if key != ELSEWHERE and (evidence.day_first or evidence.month_first)
        } | self._of_others()

    def _of_others(self) -> dict[str, bool]:
        """The order of columns that do not show it, where all that do agree."""
        shown = {
            first
            for each in self._evidence.values()
            for first, proof in ((False, each.day_first), (True, each.month_first))
            if proof
        }
        if len(shown) != 1 or self.mapping.month_first is not None:
            return {}
        return {
            key: next(iter(shown))
            for key, each in self._evidence.items()
            if each.unclear and not (each.day_first or each.month_first)
        }

    def faults(self) -> Iterator[Fault]:
        """What is wrong with a column as a whole."""
        decided = self.decided()
        for key, each in self._evidence.items():
            if each.year_first:
                yield Fault(self.source, self.place(key), _year_unsettled(each.year_first))
            elif key != ELSEWHERE and (sentence := self._fault(each, shown=key in decided)):
                yield Fault(self.source, self.place(key), sentence)

    def _fault(self, each: Evidence, *, shown: bool) -> str:
        told = self.mapping.month_first
        day, month = each.day_first, each.month_first
        if day and month:
            sentence = _(
                "has the day first in {row} (“{text}”), but the month first in {other} (“{another}”); write all"
                " of them in one order, or as 2027-03-31"
            )
            return sentence.format(row=day.row, text=day.text, other=month.row, another=month.text)
        if told is not None and (wrong := day if told else month):
            sentence = _("says otherwise in {row} (“{text}”) than --dates or the mapping file: {order}")
            order = ORDERS[1] if told else ORDERS[0]
            return sentence.format(row=wrong.row, text=wrong.text, order=order)
        others = [shown for sign, shown in each.strange.items() if sign not in each.proved]
        if (day or month) and told is None and others:
            return _unsettled(others[0])
        text = day or month
        if text and each.early and not each.late and each.usual is not bool(month):
            sentence = _(
                "holds the text “{text}” ({row}) beside dates such as {date} ({other}): the program that opened"
                " the file took day for month in them; import it again with this column as text"
            )
            return sentence.format(text=text.text, row=text.row, date=each.early.text, other=each.early.row)
        if each.unclear and not shown and told is None and (None in each.readings or len(each.readings) > 1):
            return _unsettled(each.unclear)
        return ""


def _figures(text: str) -> re.Match[str] | None:
    return FIGURES.search(text) or SHORT.fullmatch(text)


def _year_unsettled(unclear: Shown) -> str:
    match = _figures(unclear.text)
    first, month, last = (match[1], match[3], match[4]) if match else ("27", "03", "31")
    sentence = _(
        "can be read in two ways: “{text}” ({row}) as {one} or {another}; write years of four figures"
    )
    return sentence.format(
        text=unclear.text,
        row=unclear.row,
        one=f"20{last}-{month}-{first}",
        another=f"20{first}-{month}-{last}",
    )


def _unsettled(unclear: Shown) -> str:
    match = _figures(unclear.text)
    one, other, year = (int(match[1]), int(match[3]), match[4].lstrip("'")) if match else (1, 2, "2027")
    year = f"{year if len(year) > 2 else f'20{year}'}-" if year else ""
    sentence = _(
        "can be read in two ways: “{text}” ({row}) as {one} or {another}; write the dates so, or add"
        " --dates day-first or --dates month-first"
    )
    return sentence.format(
        text=unclear.text,
        row=unclear.row,
        one=f"{year}{other:02}-{one:02}",
        another=f"{year}{one:02}-{other:02}",
    )
