"""The table of deals in a sheet: where its headings stand, and which rows of it are none of a deal.

Reports begin with a title and end with totals and a copyright; people hide rows
by a filter.  Such rows are passed over, each with the reason; a row that says
more or less than its headings is refused, for a delimiter that is missing or
too many gives each cell the meaning of another.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice, pairwise
from typing import Any

from accord.batch import mappings
from accord.batch.cells import LINES_ABOVE, MOST_COLUMNS, Cell, Formula, SheetRow, as_json
from accord.batch.csv_files import DELIMITERS
from accord.batch.mappings import heading
from accord.batch.spreadsheet import Sheet
from accord.errors import Defect, Fault
from accord.i18n import _, ngettext
from accord.review.lists import is_prose, speaks_of_signs
from accord.text.characters import excerpt, fold, in_quotes
from accord.text.damage import damage_in, repaired

FOOTER = re.compile(
    r"copyright (?:\(c\)|©|[0-9]{4})|\(c\) (?:19|20)|© ?[0-9]|all rights reserved|tous droits reserves|confidential information|informations? confidentielle"
    r"|(?:report )?generated (?:by|on|at)|exported (?:by|on|from)|(?:genere|exporte|extrait|edite|imprime) (?:par|le)"
    r"|^\W*[0-9][0-9 .,]* (?:lignes?|enregistrements?|resultats?|fiches?|affaires?|opportunites?|transactions?|rows?|records?|results?|deals?|opportunities)"
    r"(?: (?:exporte|trouve|affiche|selectionne)e?s?| au total| (?:exported|found|returned|selected|affected|in total))?\W*$"
    r"|^\W*page [0-9]+(?: ?(?:/|sur|of) ?[0-9]+)?\W*$|^\W*(?:fin|end) (?:du |de l'|de la |of (?:the )?)(?:fichier|rapport|export|extraction|liste|file|report|list)\W*$"
    r"|^(?:source|filtres? appliques?|applied filters?|date d'export|date d'extraction|export date|printed on) ?:"
)
TOTAL_ANYWHERE = re.compile(r"(?:grand[ -]?totals?|sub-?totals?|sous-tota(?:l|ux)|total general|totaux)\b.*")
TOTAL = re.compile(r"(?:totals?|sum|count|average|somme|nombre|moyenne)(?: ?\(.*\)| ?:)?")
_NUMBERED = r"(?:[0-9][0-9 .,]*|[0-9][0-9 .,]* ?(?:lignes?|enregistrements?|elements?|fiches?|affaires?|opportunites?|rows?|records?|items?|deals?|opportunities))"
GROUP = re.compile(rf"[^:=]{{1,60}} ?[:=] ?\S.*|.*\S ?[(\[] ?{_NUMBERED} ?[)\]]")
"""The heading of a group of rows: "Secteur : Nord", "North (3 deals)"."""
COUNTED = re.compile(rf".[:=–—-].*[(\[] ?{_NUMBERED} ?[)\]]$")
GROUP_TOTAL = re.compile(
    rf"(?:sub-?|grand |sous-)?tota(?:ls?|ux)(?: ?[-–—:(].*| (?:h\.?t|t\.?t\.?c|net|brut|gross|(?:ex|in)cl.*)\.?| (?:for|of|pour|de|du|des|d'|par|by) ?\S.*)"
    rf"|(?:sub-?|grand |sous-)tota(?:ls?|ux) .*|.*\S (?:sub-?|sous-)?totals?(?: ?[:=(].*)?|(?:total|sous-total|subtotal) ?{_NUMBERED}"
    r"|.*\S (?:ergebnis|gesamtergebnis)|gesamtergebnis|(?:zwischen|gesamt)summe\b.*|summe(?: ?[:=(].*)?"
)
"""The total of a group: "Total – North", "Sous-total Nord", "North Total", as Excel writes it."""
TALLY = re.compile(rf"(?:{TOTAL.pattern})|{_NUMBERED}")
NAMES = {"prospect.name", "feature.name"}
FEWEST_OF_DEAL = 3  # columns of a table in which a row with one cell, or one beside figures, is no deal
FIGURES = re.compile(r"[^\w]*(?:[a-z]{3} ?)?[0-9][0-9\s.,'’]*[^\w]*(?:[a-z]{3})?", re.IGNORECASE)
PARTED = re.compile(r"[0-9][0-9 ]*,[0-9]{1,3}")
IN_SINGLE_QUOTES = re.compile(r"['`]([^'`\s](?:[^'`\n]*[^'`\s])?)['`]")  # as databases write texts
SIGNS = re.compile(r" {2,}| [-–—] |[;,\t|]|\|\||[^\w\s\"'’.()-]|[\x00-\x08\x0e-\x1f]|_")
"""What may part columns though it does not here: one sign, or several spaces."""
IS_TOTAL = ""  # stands for the text of a total
MOST_MERGED = 2_000  # ranges of cells
LONGEST_FIGURE = 40  # characters
LONGEST_FOOTER = 200  # characters of a line that are looked at


def known_in(cells: Sequence[Any], known: Collection[str]) -> int:
    """How many of a row's cells are known headings, each counted once."""
    return len({heading(cell) for cell in cells if isinstance(cell, str)} & {*known})


@dataclass(frozen=True)
class Table:
    """The rows of a sheet: those above the headings, the headings, and those below."""

    above: tuple[SheetRow, ...]
    headings: SheetRow
    below: Iterator[SheetRow]
    sheet: Sheet


def found(sheet: Sheet, known: Collection[str]) -> Table:
    """The table in a sheet: its headings are the first row with the most `known` ones, or those of a CRM; `Defect` if it is empty."""
    beginning = list(islice(sheet.rows, LINES_ABOVE))
    if not beginning:
        raise Defect(_("is empty; begin from the sheet that “accord batch --template deals.xlsx” writes"))
    counts = [known_in(row.cells, known) for row in beginning]
    if max(counts) <= 1:
        _check_sign(beginning, sheet.delimiter or "\t", known)
    at = counts.index(max(counts)) if any(counts) else _of_a_crm(beginning)
    if any(isinstance(cell, Formula) for cell in beginning[at].cells):
        sentence = _("row {row}: a heading is a formula without its result; write the heading out")
        raise Defect(sentence.format(row=beginning[at].number))
    below = chain(beginning[at + 1 :], sheet.rows)
    return Table(tuple(beginning[:at]), beginning[at], below, sheet)


def _check_sign(rows: Sequence[SheetRow], delimiter: str, known: Collection[str]) -> None:
    """Refuse a text if another sign makes several known headings of a row, or those of a CRM, or if they stand in one column."""
    for row in rows:
        line = delimiter.join("" if cell is None else str(cell) for cell in row.cells)
        for sign in dict.fromkeys(SIGNS.findall(line)):
            parts = line.split(sign)
            if sign != delimiter and (known_in(parts, known) > 1 or mappings.guessed(parts)):
                raise Defect(_parted_otherwise(sign, delimiter).format(row=row.number))
    firsts = [str(row.cells[0] or "").partition(":")[0] for row in rows]
    if known_in(firsts, known) >= FEWEST_OF_DEAL:
        raise Defect(
            _(
                "has its headings one below the other; put them side by side in the first row, and each deal in a row"
            )
        )


def _parted_otherwise(sign: str, delimiter: str) -> str:
    """That a `{row}` is parted by another sign than the file."""
    if sign in DELIMITERS:
        sentence = _("row {row}: is parted by {sign}, but other rows by {other}; part all rows by one sign")
        return sentence.replace("{sign}", _named(sign)).replace("{other}", _named(delimiter))
    sentence = _(
        "row {row}: its columns are parted by {sign}; a semicolon, a comma, a tab or a vertical bar parts"
        " columns: write one of these instead, or name the sign in a line of its own at the top: {declared}"
    )
    if len(sign) > 1 or not sign.isprintable():
        sentence = _(
            "row {row}: its columns are parted by {sign}; a semicolon, a comma, a tab or a vertical bar parts"
            " columns: write one of these instead, or save the table as .xlsx"
        )
    told = in_quotes(excerpt(sign)) if sign.strip(" ") else _("spaces")
    return sentence.replace("{sign}", told).replace("{declared}", f"sep={sign}")


def _of_a_crm(rows: Sequence[SheetRow]) -> int:
    """The place of the row that has the headings of some program's export, which a sentence then names; else the first."""
    texts = ([cell for cell in row.cells if isinstance(cell, str)] for row in rows)
    return next((place for place, cells in enumerate(texts) if mappings.guessed(cells)), 0)


@dataclass
class Survey:
    """What the rows below the headings are, once all have been seen.

    `mapped` are the columns that say something of a deal, with their keys.
    `passed` says of rows that are passed over why; `refused` what is wrong with
    the shape of others; both by their numbers.
    """

    table: Table
    mapped: Mapping[int, str]
    hidden: bool = False
    """whether hidden rows count"""
    passed: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """ranges of cells of deals that are merged, as `Layout` has them"""
    _seen: dict[bytes, int] = field(default_factory=dict)
    _damage: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    _strays: dict[int, SheetRow] = field(default_factory=dict)
    _end: list[tuple[int, bool, str]] = field(default_factory=list)
    _last: int = 0
    _lone: int = 0
    _length: tuple[int, int] = (0, 0)
    _short: dict[int, int] = field(default_factory=dict)
    _long: dict[int, int] = field(default_factory=dict)
    _lengths: Counter[int] = field(default_factory=Counter)
    _pairs_of_figures: bool = False
    _broken: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    _full: bool = False
    _group: str = ""  # the name of the last group
    _before: tuple[Cell, ...] = ()  # the last row that may be a deal

    def __post_init__(self) -> None:
        self._titles = [bool(str(cell or "").strip()) for cell in self.table.headings.cells]
        self._width = len(self._titles) - self._titles[::-1].index(True) if any(self._titles) else 0
        self._folded = _as_headings(self.table.headings.cells)
        self._last = self.table.headings.number
        for row in self.table.above:
            self.passed[row.number] = _("stands above the headings, and is passed over")

    def see(self, row: SheetRow) -> None:
        """Look at the next row."""
        filled = [column for column, cell in enumerate(row.cells) if cell is not None]
        gap, self._last = row.number > self._last + 1, row.number
        text = fold(str(row.cells[filled[0]])[:LONGEST_FOOTER])
        lone = filled == [0]
        if reason := self._reason(row, filled, text):
            self.passed[row.number] = reason
            return
        total = TOTAL.fullmatch(text) and all(_is_tally(row.cells[column]) for column in filled[1:])
        if lone or total:
            self._end.append((row.number, gap, IS_TOTAL if total else text))
        else:
            self._end.clear()
        self._lone = row.number if lone else 0
        self._group = text if lone else self._group
        self._before = row.cells
        if sentence := self._too_wide(row, filled):
            self.refused[row.number] = sentence
        elif self.table.sheet.delimiter:
            if sign := _sign_of_row(row.cells, self._width):
                told = _parted_otherwise(sign, self.table.sheet.delimiter)
                self.refused[row.number] = told.partition(": ")[2]
                return
            self._measure(row)

    def _measure(self, row: SheetRow) -> None:
        """Note how many cells a row of a CSV file has, the empty ones at its end included."""
        length, (before, other) = len(row.cells), self._length
        self._length = (row.number, length)
        self._lengths[length] += 1
        if length > len(self._titles):
            self._long[row.number] = length
            self._pairs_of_figures |= _has_pair_of_figures(row.cells)
        self._full |= length == self._width
        if length < self._width:
            self._short[row.number] = length
        short = min(length, other) < self._width
        if short and before == row.number - 1 and length + other == self._width + 1:
            self._broken.append(((before, other), (row.number, length)))

    def _reason(self, row: SheetRow, filled: list[int], text: str) -> str:
        """Why a row is passed over at once; "" if it is not."""
        if row.hidden and not self.hidden:
            return _("is hidden, by a filter or by hand, and is passed over (--hidden includes such rows)")
        if self._repeats_headings(row, filled):
            if self._lone:
                self.passed[self._lone] = _("is the name of a group, and is passed over")
                self._end.clear()
            return _("repeats the headings, and is passed over")
        if self.mapped and not any(column in self.mapped for column in filled):
            return _("has nothing in the columns of a deal, and is passed over")
        if reason := self._of_group(row, filled, text):
            return reason
        if any(isinstance(cell, Formula) for cell in row.cells):
            return ""  # formulas that have no results may say different things
        first = self._seen.setdefault(_digest(row.cells), row.number)
        return (
            ""
            if first == row.number
            else _("says the same as row {row}, and is passed over").format(row=first)
        )

    def _repeats_headings(self, row: SheetRow, filled: list[int]) -> bool:
        """Whether a row has the headings again: first its first cell, for few rows have more in common."""
        first = filled[0] if filled else 0
        one = self._folded[first] if first < len(self._folded) else ""
        same = bool(one) and heading(str(row.cells[first])) == one
        return same and _as_headings(row.cells) == self._folded

    def _is_total(self, row: SheetRow, filled: list[int], texts: list[int], text: str) -> bool:
        """Whether a row, whose one text at most is given, has a total, wherever it stands: it says so, or has figures alone."""
        if TOTAL_ANYWHERE.fullmatch(text) and texts in ([], filled[:1]):
            return True
        if any(isinstance(cell, Formula) for cell in row.cells):
            return False  # its result may be a text
        words = [column for column in filled if not _is_figure(row.cells[column])]  # "Count", "Sum"
        if not words:
            return len(filled) < len(self.mapped) and self._lacks_names(filled)
        said = not texts and len(filled) > 1
        return said and (len(words) > 1 or self._lacks_names(filled))

    def _of_group(self, row: SheetRow, filled: list[int], text: str) -> str:
        """Why a row is the heading or a total of a group: one text at most, alone or beside figures; "" if that is not sure."""
        texts = [*islice((column for column in filled if not _is_tally(row.cells[column])), 2)]
        if len(texts) > 1:
            return ""
        if self._is_total(row, filled, texts, text):
            return _("is a total, and is passed over")
        text = fold(str(row.cells[(texts or filled)[0]])[:LONGEST_FOOTER])
        names = {column for column, key in self.mapped.items() if key in NAMES}
        is_name = not names - {*filled} and not COUNTED.search(text)  # the one that is asked for
        if not texts or is_name or sum(self._titles) < FEWEST_OF_DEAL:
            return ""
        if TOTAL_ANYWHERE.fullmatch(text) or GROUP_TOTAL.fullmatch(text) or text in self._totals():
            return _("is a total, and is passed over")
        if filled == texts and GROUP.fullmatch(text) and not FOOTER.search(text):
            self._group = text
            return _("is the name of a group, and is passed over")
        return ""

    def _totals(self) -> set[str]:
        """How reports call the total of the group that was named last, or of the rows above."""
        named = re.sub(r"^[^:=]* ?[:=] ?| ?[(\[][^()\[\]]*[)\]]$", "", self._group)
        before = (fold(cell[:LONGEST_FOOTER]) for cell in self._before if isinstance(cell, str))
        return {f"total {name}" for name in (named, self._group, *before) if name}

    def _lacks_names(self, filled: list[int]) -> bool:
        """Whether a row says neither who nor what, where there are columns for it."""
        names = {column for column, key in self.mapped.items() if key in NAMES}
        return bool(names) and not names & {*filled}

    def _too_wide(self, row: SheetRow, filled: list[int]) -> str:
        """What is wrong with cells that stand under no heading; "" if there are none."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - slow, and for messages alone

        stray = [column for column in filled if column >= len(self._titles) or not self._titles[column]]
        if not stray:
            return ""
        example = self._strays.setdefault(stray[0], row)  # so that all rows of a column have one sentence
        if self.table.sheet.delimiter and stray[-1] >= self._width:
            return self._too_many(stray[-1] + 1)
        sentence = _(
            "column {letters} has no heading, but holds {text} (row {row}); give it a heading, or empty its cells"
        )
        cell = example.cells[stray[0]]
        text = in_quotes(excerpt("=" if isinstance(cell, Formula) else str(cell)))
        return sentence.format(letters=get_column_letter(stray[0] + 1), text=text, row=example.number)

    def _too_many(self, cells: int) -> str:
        sentence = _(
            "has {cells} cells, but there are {headings} headings; put quotation marks around a text or number that"
            " holds {delimiter}"
        )
        return sentence.format(
            cells=cells, headings=self._width, delimiter=_named(self.table.sheet.delimiter)
        )

    def finish(self) -> None:
        """Judge what only the end of the sheet shows: its footer, totals, and rows that are too short."""
        start = next((place for place, (_n, _gap, text) in enumerate(self._end) if FOOTER.search(text)), None)
        if start is not None:
            back = start
            while back > 0 and not self._end[back][1]:
                back -= 1
            start = back if self._end[back][1] or len(self.mapped) > 1 else start
        start = len(self._end) if start is None else start
        for number, _gap, _text in self._end[start:]:
            self.passed[number] = _("stands below the table, as reports end, and is passed over")
        for number, _gap, text in reversed(self._end[:start]):
            if text != IS_TOTAL:
                break
            self.passed[number] = _("is a total, and is passed over")
        self._judge_lengths()
        self.merges = self._merges()
        for number in self.passed:
            self.refused.pop(number, None)

    def _judge_lengths(self) -> None:
        """Refuse short rows where another program than one that leaves out empty ends made the file, and long ones.

        An empty cell too many at the end of a row shows that a delimiter in it has shifted the others, unless
        a program ends every row with one: it does so in several, and never parts a number.
        """
        self._lengths.subtract(self._short[number] for number in self.passed.keys() & self._short.keys())
        self._lengths = +self._lengths
        doubtful = self._pairs_of_figures and self.table.sheet.delimiter == ","
        if len(self._lengths) > 1 or self._lengths.total() == 1 or doubtful:
            for number, length in self._long.items():
                self.refused[number] = self._too_many(length)
        alone = [number for number in self._short if not {number - 1, number + 1} & self._short.keys()]
        for number in alone if self._full else ():
            self._refuse_short(number, self._short[number])
        for pair in self._broken:
            if not {number for number, _length in pair} & self.passed.keys():
                for number, length in pair:
                    self._refuse_short(number, length)

    def _refuse_short(self, number: int, cells: int) -> None:
        sentence = ngettext(
            "has one cell, but there are {headings} headings; put quotation marks around a text of"
            " several lines, and {delimiter} after each cell",
            "has {cells} cells, but there are {headings} headings; put quotation marks around a text of"
            " several lines, and {delimiter} after each cell",
            cells,
        )
        if cells == self._width:
            sentence = _(
                "may be one row with that of one cell beside it; put quotation marks around a text of several lines"
            )
        self.refused[number] = sentence.format(
            cells=cells, headings=self._width, delimiter=_named(self.table.sheet.delimiter)
        )

    def _merges(self) -> list[tuple[int, int, int, int]]:
        """The merged ranges that reach cells of deals; `Defect` if there are too many to look through."""
        ranges = [
            each
            for each in self.table.sheet.layout.merged
            if each[0] > self.table.headings.number
            and any(column - 1 in self.mapped for column in range(each[2], min(each[3], MOST_COLUMNS) + 1))
        ]
        if len(ranges) > MOST_MERGED:
            sentence = _("merges more than {limit} groups of cells; undo the merges, and fill in each cell")
            raise Defect(sentence.format(limit=MOST_MERGED))
        return ranges

    def merged(self, row: SheetRow) -> Iterator[Fault]:
        """A fault for each empty cell of a deal that is merged with another."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - slow, and for messages alone

        for top, bottom, left, right in self.merges:
            for column in range(left, right + 1) if top <= row.number <= bottom else ():
                key = self.mapped.get(column - 1)
                if key and (row.number, column) != (top, left):
                    sentence = _("is merged with {cell}; undo the merge, and fill in each cell")
                    yield Fault("", key, sentence.format(cell=f"{get_column_letter(left)}{top}"))

    def damaged(self, row: SheetRow) -> Iterator[Fault]:
        """A fault for each cell of a deal that a wrong encoding or a program's own signs have damaged on its way here."""
        for column, key in self.mapped.items():
            cell = row.cells[column] if column < len(row.cells) else None
            damage = damage_meant(key, cell) if isinstance(cell, str) else None
            if damage is None:
                continue
            _text, whole, escaped = damage
            first, text, meant = self._damage.setdefault(key, (row.number, str(cell), whole))
            sentence = _(
                "was read in a wrong encoding before it was saved, as “{text}” for “{meant}” in row {row}; export"
                " the file again, as “CSV UTF-8”"
            )
            if escaped:
                sentence = _(
                    "holds signs that programs write for each other, such as “{text}” for “{meant}” in row {row}; export the"
                    " file again as plain text, or type such texts again"
                )
            yield Fault("", key, sentence.format(text=excerpt(text), meant=excerpt(meant), row=first))


def damage_meant(key: str, text: str) -> tuple[str, str, bool] | None:
    """A damaged text of a key, what it was and whether a program escaped it; None if it is sound or not to be mended."""
    if not is_prose(key) and (inside := IN_SINGLE_QUOTES.fullmatch(text)):
        return text, inside[1], True
    found = damage_in(text)
    whole = repaired(text) if found else None
    if found is None or whole is None or (is_prose(key) and speaks_of_signs(text)):
        return None
    return text, whole, found.escaped


def _sign_of_row(cells: Sequence[Cell], width: int) -> str:
    """The other sign that parts a row of one cell into as many as there are headings, three at least; "" for none."""
    text = str(cells[0]) if len(cells) == 1 and width >= FEWEST_OF_DEAL else ""
    return next(
        (sign for sign in DELIMITERS if text and text.count(sign) == width - 1 and f"{sign} " not in text), ""
    )


def _as_headings(cells: Sequence[Cell]) -> list[str]:
    texts = [heading(str(cell)) if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell) <= LONGEST_FIGURE and FIGURES.fullmatch(cell) is not None
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)


def _is_tally(cell: Cell) -> bool:
    """Whether a cell counts or adds up: a figure, "3 deals", "Sum"."""
    if isinstance(cell, Formula) or _is_figure(cell):
        return True
    return (
        isinstance(cell, str)
        and len(cell) <= LONGEST_FIGURE
        and TALLY.fullmatch(fold(cell).strip()) is not None
    )


def _has_pair_of_figures(cells: Sequence[Cell]) -> bool:
    """Whether two cells beside each other may be a number that was parted at its decimals: 40 and 50."""
    texts = [cell if isinstance(cell, str) else "" for cell in cells]
    return any(PARTED.fullmatch(f"{one},{other}") for one, other in pairwise(texts))


def _digest(cells: Sequence[Cell]) -> bytes:
    """What tells a row from others in little memory."""
    return hashlib.blake2b(json.dumps([*map(as_json, cells)]).encode(), digest_size=16).digest()


def _named(delimiter: str) -> str:
    """What ends the fields of a CSV file, in words."""
    names = {",": _("a comma"), ";": _("a semicolon"), "\t": _("a tab"), "|": _("a vertical bar")}
    return names.get(delimiter, in_quotes(delimiter))
