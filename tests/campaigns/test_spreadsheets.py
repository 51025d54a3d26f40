"""A spreadsheet is read as it was meant, or refused: files as programs write them, and as accidents leave them.

Each case has deals, a program that writes them (delimiters, quotation marks,
encodings, orders of dates, formats of cells, titles, totals, footers, hidden
rows), and perhaps one accident.  What was read is held against what was meant.
ACCORD_CASES is the number of files, 1,000 unless it says otherwise.
"""

import csv
import datetime
import html
import io
import os
import quopri
import random
import re
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from accord import isolation
from accord.batch import sources
from accord.batch.sources import Entry
from accord.domain.deal import Agreement
from accord.errors import AccordError
from accord.intake import loader
from accord.pdf import typeset
from accord.text import formats
from support.campaign import Tried
from support.in_process import InProcess
from support.inputs import TODAY
from support.printed import words
from support.samples import HOUSE, compose

CASES = int(os.environ.get("ACCORD_CASES", "1000"))
SHARES = 4  # that several processes may work at
COMPOSED = 10  # every so many files has one of its letters composed
HEADINGS = {
    "language": ("Langue", "Language"),
    "prospect.name": ("Prospect", "Client"),
    "feature.name": ("Fonctionnalité", "Feature"),
    "delivery.by": ("Date de livraison", "Delivery date"),
    "decision.kind": ("Décision", "Decision"),
    "decision.item": ("Objet", "Item"),
    "decision.quantity": ("Quantité", "Quantity"),
    "decision.unit_price": ("Prix unitaire", "Unit price"),
}
NAMES = (
    "Boulangeries Lefèvre", "Société Générale d’Équipement", "L’Oréal", "Müller & Söhne", "Hôtel du Lac", "Peña y Muñoz",
    "Dupont, Père et Fils", "Martin & associés", "Le Petit Café", 'Le "Petit" Café', "Acme Ltd", "Cœur d’Île", "Total",
    "3M France", "Orchard & Vine Ltd", "Ça va", "A | B",
)  # fmt: skip
FEATURES = (
    "Export FEC",
    "Import SEPA",
    "Caisse, et tickets",
    "Gift cards",
    "Relances à échéance",
    "Paie; congés",
)
ITEMS = ("licences", "licences, support", "postes", "abonnés")


@dataclass(frozen=True)
class Meant:
    """A deal as somebody had it in mind."""

    language: str
    name: str
    feature: str
    day: datetime.date
    item: str
    quantity: int
    price: Decimal

    def data(self) -> dict[str, Any]:
        """What a row says that says it."""
        return {
            "language": self.language,
            "prospect": {"name": self.name},
            "feature": {"name": self.feature},
            "delivery": {"by": self.day.isoformat()},
            "decision": {
                "kind": "purchase",
                "item": self.item,
                "quantity": self.quantity,
                "unit_price": self.price,
            },
        }


@dataclass
class Written:
    """A file: which deal stands in which of its rows, and what may come of it.

    `passed` are rows with deals that are passed over; with `may_refuse`, the file
    may be refused as a whole, or rows of it; with `astray`, rows have other
    numbers than was meant.
    """

    name: str
    content: bytes
    rows: dict[int, Meant]
    passed: set[int] = field(default_factory=set)
    may_refuse: str = ""
    astray: bool = False


def deals(chance: random.Random) -> list[Meant]:
    made: dict[tuple[str, str], Meant] = {}
    for _ in range(chance.randint(1, 5)):
        day = datetime.date(2027, 1, 1) + datetime.timedelta(chance.randrange(700))
        meant = Meant(
            chance.choice(("fr", "fr", "en")),
            chance.choice(NAMES),
            chance.choice(FEATURES),
            day,
            chance.choice(ITEMS),
            chance.randint(1, 900),
            Decimal(chance.randrange(100, 2_000_000)) / 100,
        )
        made[meant.name, meant.feature] = meant
    return [*made.values()]


# --- Files of CSV -----------------------------------------------------------------

ORDERS: dict[str, str] = {
    "ISO": "%Y-%m-%d",
    "day first": "%d/%m/%Y",
    "month first": "%m/%d/%Y",
    "dots": "%d.%m.%Y",
    "two digits": "%d/%m/%y",
}
OTHER_DAY = datetime.date(2027, 3, 31)  # of accidents with dates
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "cp1252", "cp1252", "utf-16", "utf-16-le", "cp850", "mac_roman")
GUESSED = ("cp850", "mac_roman")  # which may be refused where their letters settle nothing


def cells(meant: Meant, order: str, comma: bool) -> dict[str, str]:  # noqa: FBT001 - of the decimals
    price = f"{meant.price:.2f}"
    return {
        "language": {"fr": "français", "en": "English"}[meant.language],
        "prospect.name": meant.name,
        "feature.name": meant.feature,
        "delivery.by": meant.day.strftime(ORDERS[order]),
        "decision.kind": "achat" if meant.language == "fr" else "purchase",
        "decision.item": meant.item,
        "decision.quantity": f"{meant.quantity}",
        "decision.unit_price": price.replace(".", ",") if comma else price,
    }


def settled(meant: list[Meant], order: str, delimiter: str) -> bool:
    """Whether a column of dates shows its order, or the letters and the file settle it as it is."""
    if order == "ISO" or any(each.day.day > 12 for each in meant):
        return True
    if order == "month first":
        return all(each.day.day == each.day.month for each in meant)
    return delimiter == ";" or all(each.language == "fr" or each.day.day == each.day.month for each in meant)


def _table(
    chance: random.Random, meant: list[Meant], keys: list[str], order: str, delimiter: str
) -> tuple[list[list[str]], dict[int, Meant]]:
    """The rows of a file, perhaps with a title, empty lines, a total and a footer; and in which each deal stands."""
    tongue = chance.randrange(2)
    lines: list[list[str]] = []
    if chance.random() < 0.2:
        lines += [["Affaires du mois"], []]
    lines.append([HEADINGS[key][tongue] for key in keys])
    rows: dict[int, Meant] = {}
    for each in meant:
        told = cells(each, order, comma=delimiter != ",")
        lines += [[]] if chance.random() < 0.1 else []
        lines.append([told[key] for key in keys])
        rows[len(lines)] = each
    width = len(keys)
    if chance.random() < 0.15:
        total = [""] * width
        total[keys.index("decision.quantity")] = f"{sum(each.quantity for each in meant)}"
        total[0] = total[0] or "Total"
        lines.append(total)
    if chance.random() < 0.15:
        lines += [
            [],
            ["Opportunities"],
            ["Copyright (c) 2000-2027 salesforce.com, inc. All rights reserved."],
        ]
    return lines, rows


def as_csv(chance: random.Random, accident: str) -> Written:
    meant = deals(chance)
    delimiter = chance.choice(";;,,\t|")
    order = chance.choice([*ORDERS])
    encoding = chance.choice(ENCODINGS)
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    end = chance.choice(("\r\n", "\r\n", "\n", "\r"))
    keys = chance.sample([*HEADINGS], len(HEADINGS))
    if order == "month first" and not settled(meant, order, delimiter):
        order = "ISO"
    may_refuse = "" if settled(meant, order, delimiter) else "order of dates"
    lines, rows = _table(chance, meant, keys, order, delimiter)
    texts = [_line(cell_row, delimiter, quoting) for cell_row in lines]
    astray = False
    at = chance.choice([*rows])
    if accident == "other order" and all(each.day.day <= 12 for line, each in rows.items() if line != at):
        accident = ""  # nothing would show that it is one
    if accident:
        row = [*lines[at - 1]]
        changed, astray = ACCIDENTS[accident](chance, row, keys, delimiter, order)
        texts[at - 1] = changed if changed is not None else texts[at - 1]
        may_refuse = may_refuse or accident
        if accident == "other order":
            rows[at] = replace(rows[at], day=OTHER_DAY)
    text = end.join(texts) + end
    if accident == "mojibake":
        text, encoding = text.encode().decode("cp1252", errors="ignore"), "utf-8"
    content = text.encode(encoding, errors="ignore")
    if content.decode(encoding) != text:  # MS-DOS has no curly apostrophe: another spelling was meant
        content, encoding = text.encode("utf-8"), "utf-8"
    may_refuse = may_refuse or ("encoding" if encoding in GUESSED else "")
    return Written("deals.csv", content, rows, may_refuse=may_refuse, astray=astray)


def _line(row: list[str], delimiter: str, quoting: Any) -> str:
    if not row:
        return ""
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, quoting=quoting, lineterminator="").writerow(row)
    return line.getvalue()


Change = tuple[str | None, bool]
"""The line that stands there after an accident, and whether it moves other rows."""


def bare_delimiter(
    _chance: random.Random, row: list[str], keys: list[str], delimiter: str, _order: str
) -> Change:
    row[keys.index("prospect.name")] = f"Dupont{delimiter} Père et Fils"
    return delimiter.join(row).replace('"', ""), False


def bare_decimals(
    _chance: random.Random, row: list[str], keys: list[str], delimiter: str, _order: str
) -> Change:
    row[keys.index("decision.unit_price")] = f"12{delimiter}500.00"
    return delimiter.join(row).replace('"', ""), False


def never_closed(
    chance: random.Random, row: list[str], _keys: list[str], delimiter: str, _order: str
) -> Change:
    at = chance.randrange(len(row))
    row = [each.replace('"', "") for each in row]
    row[at] = f'"{row[at]}'
    return delimiter.join(row), True


def loose_marks(
    _chance: random.Random, row: list[str], keys: list[str], delimiter: str, _order: str
) -> Change:
    row = [each.replace('"', "") for each in row]
    row[keys.index("feature.name")] = f'un "export{delimiter} complet" du FEC'
    return delimiter.join(row), False


def marks_not_doubled(
    _chance: random.Random, row: list[str], keys: list[str], delimiter: str, _order: str
) -> Change:
    row = [f'"{each.replace(chr(34), "")}"' for each in row]
    row[keys.index("prospect.name")] = f'"Le "Petit{delimiter}" Café"'
    return delimiter.join(row), False


def lost_delimiter(
    chance: random.Random, row: list[str], _keys: list[str], delimiter: str, _order: str
) -> Change:
    row = [each.replace('"', "").replace(delimiter, " ") for each in row]
    at = chance.randrange(len(row) - 1)
    return delimiter.join([*row[:at], row[at] + row[at + 1], *row[at + 2 :]]), False


def broken_line(
    _chance: random.Random, row: list[str], keys: list[str], delimiter: str, _order: str
) -> Change:
    row = [each.replace('"', "").replace(delimiter, " ") for each in row]
    row[keys.index("feature.name")] = "Export\nFEC"
    return delimiter.join(row), True


def other_order(
    _chance: random.Random, row: list[str], keys: list[str], delimiter: str, order: str
) -> Change:
    row[keys.index("delivery.by")] = "31/03/2027" if order == "month first" else "03/31/2027"
    return _line(row, delimiter, csv.QUOTE_MINIMAL), False


def escapes(chance: random.Random, row: list[str], keys: list[str], delimiter: str, _order: str) -> Change:
    name = row[keys.index("prospect.name")]
    ways: tuple[Callable[[str], str], ...] = (
        lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace").decode(),
        lambda text: text.encode("ascii", "backslashreplace").decode(),
        lambda text: quopri.encodestring(text.encode(), quotetabs=False).decode(),
        lambda text: f"<b>{text}</b>",
        lambda text: f"{text}\\r\\nLyon",
        lambda text: urllib.parse.quote(text, safe=" '\"|,’"),
    )
    row[keys.index("prospect.name")] = chance.choice(ways)(name)
    return _line(row, delimiter, csv.QUOTE_MINIMAL), False


def guillemets(
    _chance: random.Random, row: list[str], keys: list[str], delimiter: str, _order: str
) -> Change:
    row = [each.replace('"', "").replace(delimiter, " ") for each in row]
    row[keys.index("prospect.name")] = f"« Dupont {delimiter} Père »"
    return delimiter.join(row), False


def raised_figure(
    _chance: random.Random, row: list[str], keys: list[str], delimiter: str, _order: str
) -> Change:
    row[keys.index("decision.quantity")] = "²5"
    return _line(row, delimiter, csv.QUOTE_MINIMAL), False


def mojibake(
    _chance: random.Random, _row: list[str], _keys: list[str], _delimiter: str, _order: str
) -> Change:
    return None, False


ACCIDENTS: dict[str, Callable[[random.Random, list[str], list[str], str, str], Change]] = {
    "bare delimiter": bare_delimiter,
    "bare decimals": bare_decimals,
    "never closed": never_closed,
    "loose marks": loose_marks,
    "marks not doubled": marks_not_doubled,
    "lost delimiter": lost_delimiter,
    "broken line": broken_line,
    "other order": other_order,
    "mojibake": mojibake,
    "escapes": escapes,
    "guillemets": guillemets,
    "raised figure": raised_figure,
}


# --- Workbooks --------------------------------------------------------------------

EUROS = ("General", "0.00", "#,##0.00", '#,##0.00\\ "€"', "#,##0.00\\ [$€-40C]", "[$€-2]\\ #,##0.00")
OTHERS = ("[$$-409]#,##0.00", '"£"#,##0.00', "[$£-809]#,##0.00", "#,##0.00\\ [$CHF]")
WORDS = (
    '0.00" kr"',
    '0.00" TTC"',
    "#,##0,",
    '0.0,,"M"',
    '0.00" par jour"',
    '0.00" dollars"',
    '0.00"‰"',
)
DAYS = ("yyyy-mm-dd", "dd/mm/yyyy", "mm-dd-yy", "[$-40C]d mmmm yyyy", "m/d/yy h:mm")
MISHAPS = ("other currency", "words beside", "note beside", "merged", "text in the other order", "formula")


def as_xlsx(chance: random.Random, accident: str) -> Written:
    meant = deals(chance)
    book = openpyxl.Workbook()
    sheet = book.active
    if chance.random() < 0.3:
        sheet.title = "Résumé"
        sheet.append(["Feuille", "Lignes"])
        sheet.append(["Affaires", len(meant)])
        sheet = book.create_sheet("Affaires")
    keys = chance.sample([*HEADINGS], len(HEADINGS))
    tongue, above = chance.randrange(2), chance.choice((0, 0, 0, 2, 8))
    for _ in range(above):
        sheet.append(["Opportunités"])
    sheet.append([HEADINGS[key][tongue] for key in keys])
    money, days = chance.choice(EUROS), chance.choice(DAYS)
    rows: dict[int, Meant] = {}
    passed: set[int] = set()
    for each in meant:
        told: dict[str, Any] = cells(each, "ISO", comma=False)
        told |= {
            "delivery.by": each.day,
            "decision.quantity": each.quantity,
            "decision.unit_price": float(each.price),
        }
        sheet.append([told[key] for key in keys])
        at = sheet.max_row
        sheet.cell(at, keys.index("decision.unit_price") + 1).number_format = money
        sheet.cell(at, keys.index("delivery.by") + 1).number_format = days
        rows[at] = each
        if chance.random() < 0.15:
            sheet.row_dimensions[at].hidden = True
            passed.add(at)
    if chance.random() < 0.2:
        total = [None] * len(keys)
        total[keys.index("decision.quantity")] = sum(each.quantity for each in meant)  # type: ignore[call-overload]
        sheet.append(total)
    if accident:
        at = chance.choice([*rows])
        mishap(sheet, accident, at, keys)
        if accident == "text in the other order":
            rows[at] = replace(rows[at], day=OTHER_DAY)
    content = io.BytesIO()
    book.save(content)
    return Written("deals.xlsx", content.getvalue(), rows, passed, accident)


def mishap(sheet: Any, accident: str, at: int, keys: list[str]) -> None:
    price = sheet.cell(at, keys.index("decision.unit_price") + 1)
    if accident == "other currency":
        price.number_format = OTHERS[at % len(OTHERS)]
    elif accident == "words beside":
        price.number_format = WORDS[at % len(WORDS)]
    elif accident == "note beside":
        sheet.cell(at, len(keys) + 2).value = "remise 20 % !"
    elif accident == "merged":
        name = keys.index("prospect.name") + 1
        sheet.merge_cells(start_row=at, end_row=at + 1, start_column=name, end_column=name)
    elif accident == "formula":
        price.value = "=40*2"
    else:
        sheet.cell(at, keys.index("delivery.by") + 1).value = "03/31/2027"


# --- What came of them ------------------------------------------------------------


def read(written: Written, folder: Path) -> list[Entry] | str:
    """The entries of a file, or why it was refused."""
    path = folder / written.name
    path.write_bytes(written.content)
    try:
        return [*sources.read(path, HOUSE.house).entries]
    except AccordError as error:
        return str(error)


def outcome(written: Written, folder: Path, *, composed: bool) -> str:
    """What came of a file, seen to be what may: nothing wrong, nothing lost."""
    entries = read(written, folder)
    if isinstance(entries, str):
        assert written.may_refuse, f"a sound file was refused: {entries}"
        assert str(folder) in entries
        return "refused"
    sound = [entry for entry in entries if not entry.faults and not entry.passed]
    wrong = [entry for entry in entries if entry.faults]
    for entry in sound:
        number = int(entry.row)
        meant = [*written.rows.values()] if written.astray else [written.rows[number]]
        said = {**entry.data, "decision": {**entry.data["decision"]}}
        said["decision"]["unit_price"] = Decimal(said["decision"]["unit_price"])
        assert said in [each.data() for each in meant], "a row says something else than was meant"
    assert not wrong or written.may_refuse, [entry.faults for entry in wrong]
    if not written.astray:
        told = {int(entry.row): entry for entry in entries}
        for number in written.rows:
            assert number in told, "a row was lost"
            assert bool(told[number].passed) <= (number in written.passed), told[number].passed
        extra = [entry for number, entry in told.items() if number not in written.rows]
        assert all(entry.passed or entry.faults for entry in extra)
    else:
        assert len(sound) < len(written.rows), "a row with an accident was taken for sound"
    if composed and sound and not written.astray:
        _see_printed(sound[0], written.rows[int(sound[0].row)])
    return "rows refused" if wrong else "read as it was meant"


def _see_printed(entry: Entry, meant: Meant) -> None:
    """Hold the letter of a row against what was meant."""
    deal = loader.given_deal(entry.data, "", HOUSE.house, today=TODAY)
    assert isinstance(deal, Agreement)
    printed = words(re.sub("<[^>]*>", "", typeset.page(compose(deal, HOUSE))))
    wanted = (meant.name, meant.feature, formats.date(meant.day, deal.locale), f"{meant.quantity}")
    for each in wanted:
        escaped = f"{each}".replace("&", "&amp;").replace('"', "&#34;")
        assert words(escaped) in printed or words(f"{each}") in printed, each


def kinds() -> Iterator[tuple[str, Callable[[random.Random, str], Written], str]]:
    """What files are of; half of them without an accident."""
    for accident in ACCIDENTS:
        yield "CSV", as_csv, accident
        yield "CSV", as_csv, ""
    for accident in MISHAPS:
        yield "XLSX", as_xlsx, accident
        yield "XLSX", as_xlsx, ""


@pytest.mark.parametrize("share", range(SHARES))
def test_a_spreadsheet_is_read_as_it_was_meant_or_refused(
    share: int, tmp_path: Path, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "Process", InProcess)
    every = [*kinds()]
    for number in range(share, CASES, SHARES):
        program, make, accident = every[number % len(every)]
        written = make(random.Random(number), accident)  # noqa: S311 - it is to be the same each time
        try:
            came = outcome(written, tmp_path, composed=number % COMPOSED == 0)
        except Exception as error:
            error.add_note(
                f"file {number}: {program}, {accident or 'no accident'}\n{written.content[:2000]!r}"
            )
            raise
        tried(f"{program}, {accident or 'no accident'}", came)
