"""What is a row of the table of deals, what is passed over and said, and what has the wrong shape."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from accord.batch import mappings, sources
from accord.batch.sources import Entry
from accord.errors import AccordError
from support.bounded import bounded
from support.samples import HOUSE


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "deals.csv"
    path.write_bytes(text.encode())
    return path


def workbook(
    folder: Path, *rows: tuple[Any, ...], hidden: tuple[int, ...] = (), merged: tuple[str, ...] = ()
) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for number in hidden:
        book.active.row_dimensions[number].hidden = True
    for cells in merged:
        book.active.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    path = folder / "deals.xlsx"
    path.write_bytes(content.getvalue())
    return path


def read(path: Path, name: str = "", **options: Any) -> dict[str, Entry]:
    mapping = mappings.read(name) if name else None
    return {entry.row: entry for entry in sources.read(path, HOUSE.house, mapping, **options).entries}


def told(entries: dict[str, Entry]) -> dict[str, str]:
    """Of each row why it is passed over, or what is wrong with its shape."""
    return {
        row: entry.passed or " ".join(fault.sentence for fault in entry.faults if not fault.key)
        for row, entry in entries.items()
    }


HEAD = "Langue;Prospect;Fonctionnalité;Motif du refus\n"
GOOD = "fr;Lefèvre;Export FEC;hors marché\n"
OTHER = "fr;Morel;Export FEC;hors marché\n"
LATER = "Prospect;Langue;Motif du refus;Fonctionnalité;Pays;Devise\n"
SEVEN = "has 7 cells, but there are 6 headings; put quotation marks around a text or number that holds a semicolon"
SALES = '"Account Name","Language","Requested Feature","Reason to Decline"\n"Lefèvre","fr","Export FEC","hors marché"\n'

WIDE = "Prospect;Langue;Fonctionnalité;Motif du refus;Quantité\n"
ROW, NORD, TOTAL = "{};fr;Export FEC;hors marché;2\n", "{};;;;\n", "{};;;;12\n"

SHAPES: dict[str, tuple[str, str, dict[str, str]]] = {
    # name: the text, the mapping, and of each row what is told
    "a good row": (HEAD + GOOD, "", {"2": ""}),
    "empty cells at the end of each row": (
        HEAD + GOOD.strip() + ";;;\n" + OTHER.strip() + ";;;\n",
        "",
        {"2": "", "3": ""},
    ),
    "a last text that goes on in the row below": (
        HEAD + "fr;Lefèvre;Export FEC;hors\nmarché\n" + OTHER,
        "",
        {
            "2": "may be one row with that of one cell beside it; put quotation marks around a text of several lines",
            "3": "has one cell, but there are 4 headings; put quotation marks around a text of several lines, and a semicolon after each cell",
            "4": "may be one row with that of one cell beside it; put quotation marks around a text of several lines",
        },
    ),
    "marks where files were joined, and the end of a file of MS-DOS": (
        "\ufeff\ufeff" + HEAD + GOOD + "\ufeff" + OTHER + "\x1a",
        "",
        {"2": "", "3": ""},
    ),
    "the same, and a total": (
        HEAD + GOOD.strip() + ";\n" + OTHER.strip() + ";\nTotal;\n",
        "",
        {"2": "", "3": "", "4": "is a total, and is passed over"},
    ),
    "headings that end so as well": (
        HEAD.strip() + ";\n" + GOOD.strip() + ";\n" + OTHER,
        "",
        {"2": "", "3": ""},
    ),
    "a delimiter too many before an empty cell": (
        LATER + "Lefèvre;fr;hors marché;Export; comptable;;\nMorel;fr;hors marché;Export;;\n",
        "",
        {"2": SEVEN, "3": ""},
    ),
    "the same in the only row": (LATER + "Lefèvre;fr;hors marché;Export; comptable;;\n", "", {"2": SEVEN}),
    "the same in all rows but one": (
        LATER + "A;fr;hors marché;Export; x;;\nB;fr;hors marché;Import; x;;\nC;fr;hors marché;Import;;\n",
        "",
        {"2": SEVEN, "3": SEVEN, "4": ""},
    ),
    "decimals in every row of a file of commas": (
        "Prospect,Langue,Objet,Prix unitaire,Quantité,Pays\nA,fr,x,40,50,25,\nB,fr,x,20,50,25,\n",
        "",
        dict.fromkeys(
            ("2", "3"),
            "has 7 cells, but there are 6 headings; put quotation marks around a text or number that holds a comma",
        ),
    ),
    "a comma that parts a name": (
        "Langue,Motif du refus,Prospect,Fonctionnalité\nfr,hors marché,Dupont, Père et Fils,Export FEC\n",
        "",
        {
            "2": "has 5 cells, but there are 4 headings; put quotation marks around a text or number that holds a comma"
        },
    ),
    "decimals in a file of commas": (
        "Prospect,Langue,Fonctionnalité,Quantité,Prix unitaire\nAcme,fr,Export,25,40,50\nBeta,fr,Export,25,40\n",
        "",
        {
            "2": "has 6 cells, but there are 5 headings; put quotation marks around a text or number that holds a comma",
            "3": "",
        },
    ),
    "a semicolon in an address": (
        HEAD + GOOD.strip() + ";12 rue X;69002 Lyon\n",
        "",
        {
            "2": "has 6 cells, but there are 4 headings; put quotation marks around a text or number that holds a semicolon"
        },
    ),
    "a cell under an empty heading": (
        "Langue;Prospect;;Fonctionnalité\nfr;Lefèvre;remise 20 %;Export\nfr;Morel;;Export\n",
        "",
        {
            "2": "column C has no heading, but holds “remise 20 %” (row 2); give it a heading, or empty its cells",
            "3": "",
        },
    ),
    "a line break without marks": (
        HEAD + "fr;Lefèvre;Export\nFEC;hors marché\n" + GOOD,
        "",
        {
            "2": "has 3 cells, but there are 4 headings; put quotation marks around a text of several lines, and a"
            " semicolon after each cell",
            "3": "has 2 cells, but there are 4 headings; put quotation marks around a text of several lines, and a"
            " semicolon after each cell",
            "4": "",
        },
    ),
    "a line break without marks in the last column": (
        "Langue;Motif du refus;Prospect;Fonctionnalité\nfr;hors marché;Lefèvre;Export\nFEC\n",
        "",
        {
            "2": "may be one row with that of one cell beside it; put quotation marks around a text of several lines",
            "3": "has one cell, but there are 4 headings; put quotation marks around a text of several lines, and a"
            " semicolon after each cell",
        },
    ),
    "a line break without marks in the first column": (
        "Prospect;Langue;Fonctionnalité;Motif du refus\nAcme\nLtd;fr;Export;hors marché\n",
        "",
        {
            "2": "has one cell, but there are 4 headings; put quotation marks around a text of several lines, and a"
            " semicolon after each cell",
            "3": "may be one row with that of one cell beside it; put quotation marks around a text of several lines",
        },
    ),
    "a delimiter that is missing": (
        HEAD + "fr;Lefèvre;Export FEC;\nfr;Morel Export FEC;hors marché\nfr;Roy;Export FEC;\n",
        "",
        {
            "2": "",
            "3": "has 3 cells, but there are 4 headings; put quotation marks around a text of several lines, and a"
            " semicolon after each cell",
            "4": "",
        },
    ),
    "a delimiter that is missing where no cell is empty": (
        "Prospect;Langue;Prix unitaire;Quantité\nLefèvre;fr;40,50;25\nMorel;fr;12,5030\n",
        "",
        {
            "2": "",
            "3": "has 3 cells, but there are 4 headings; put quotation marks around a text of several lines, and a"
            " semicolon after each cell",
        },
    ),
    "empty ends left out by the program": (
        HEAD + "fr;Lefèvre;Export FEC\nfr;Morel;Export FEC\n",
        "",
        {"2": "", "3": ""},
    ),
    "a title above": (
        "Affaires du mois\n\n" + HEAD + GOOD,
        "",
        {"1": "stands above the headings, and is passed over", "4": ""},
    ),
    "headings repeated by groups": (
        "Mai\n" + HEAD + GOOD + "\nJuin\n" + HEAD + OTHER,
        "",
        {
            "1": "stands above the headings, and is passed over",
            "3": "",
            "5": "is the name of a group, and is passed over",
            "6": "repeats the headings, and is passed over",
            "7": "",
        },
    ),
    "a total": (
        "Prospect;Fonctionnalité;Quantité\nLefèvre;Export;2\nTotal;;2\n",
        "",
        {"2": "", "3": "is a total, and is passed over"},
    ),
    "a total without its word": (
        "Prospect;Fonctionnalité;Quantité\nLefèvre;Export;2\n;;2\n",
        "",
        {"2": "", "3": "is a total, and is passed over"},
    ),
    "a subtotal in the middle": (
        "Prospect;Fonctionnalité;Quantité\nLefèvre;Export;2\nSous-total;;2\nMorel;Export;3\nTotal général (2 lignes);;5\n",
        "",
        {"2": "", "3": "is a total, and is passed over", "4": "", "5": "is a total, and is passed over"},
    ),
    "a company named Total in the last row": (
        HEAD.replace("Langue;Prospect", "Prospect;Langue")
        + "Morel;fr;x;hors marché\nTotal;fr;Export FEC;hors marché\n",
        "",
        {"2": "", "3": ""},
    ),
    "a company named Total": (
        HEAD.replace("Langue;Prospect", "Prospect;Langue")
        + "Total;fr;Export FEC;hors marché\nMorel;fr;x;hors marché\n",
        "",
        {"2": "", "3": ""},
    ),
    "the same twice": (
        HEAD + GOOD + OTHER + GOOD,
        "",
        {"2": "", "3": "", "4": "says the same as row 2, and is passed over"},
    ),
    "groups with their names and totals": (
        WIDE
        + NORD.format("Secteur : Nord (2)")
        + ROW.format("A")
        + ROW.format("B")
        + TOTAL.format("Total – Region North (3 deals)")
        + NORD.format("Sud")
        + ROW.format("C")
        + TOTAL.format("Total Sud")
        + ROW.format("D")
        + TOTAL.format("Sous-total Est")
        + NORD.format("Stage: Closed Won")
        + ROW.format("E")
        + TOTAL.format("North Total")
        + ROW.format("Total"),
        "",
        {
            "2": "is the name of a group, and is passed over",
            "3": "",
            "4": "",
            "5": "is a total, and is passed over",
            "6": "",
            "7": "",
            "8": "is a total, and is passed over",
            "9": "",
            "10": "is a total, and is passed over",
            "11": "is the name of a group, and is passed over",
            "12": "",
            "13": "is a total, and is passed over",
            "14": "",
        },
    ),
    "a total of the group that was named, and one of the column": (
        WIDE
        + NORD.format("Région : Sud")
        + ROW.format("C")
        + TOTAL.format("Total Sud")
        + ROW.format("Lyon")
        + TOTAL.format("Total Lyon"),
        "",
        {
            "2": "is the name of a group, and is passed over",
            "3": "",
            "4": "is a total, and is passed over",
            "5": "",
            "6": "is a total, and is passed over",
        },
    ),
    "totals before and with tax": (
        WIDE
        + ROW.format("C")
        + TOTAL.format("Total HT")
        + TOTAL.format("Total TTC")
        + TOTAL.format("Total excl. VAT"),
        "",
        {"2": ""} | dict.fromkeys("345", "is a total, and is passed over"),
    ),
    "a total beside a count": (
        WIDE + ROW.format("C") + "Sous-total;3 affaires;;Somme;\nNombre;3;;;\n",
        "",
        {"2": "", "3": "is a total, and is passed over", "4": "is a total, and is passed over"},
    ),
    "the tallies of Salesforce": (
        (
            '"Account Name","Opportunity Name","Amount"\n"Lefèvre","Export","12000"\n"Subtotal","","$12,000.00"\n'
            '"","Count","1"\n"Grand Total (3)","Sum","$22,250.00"\n"Total","Sum",""\n"Sum","Morel",""\n'
        ),
        "salesforce",
        {"2": "", "7": ""} | dict.fromkeys("3456", "is a total, and is passed over"),
    ),
    "companies that look like groups": (
        WIDE + ROW.format("Studio 54 (2)") + ROW.format("Total: Énergie") + ROW.format("Conseil Total"),
        "",
        {"2": "", "3": "", "4": ""},
    ),
    "companies that look like groups, alone": (
        (
            '"Account Name","Amount","Billing Street"\n"Studio 54 (2)","",""\n"Morel: Conseil","",""\n"Conseil Total","",""\n'
            '"Secteur : Nord (2)","",""\n'
        ),
        "salesforce",
        {"2": "", "3": "", "4": "", "5": "is the name of a group, and is passed over"},
    ),
    "a footer of Salesforce": (
        SALES
        + '\n\n"Opportunities"\n"Copyright (c) 2000-2027 salesforce.com, inc. All rights reserved."\n'
        + '"Confidential Information - Do Not Distribute"\n"Generated By:  Jeanne Roy  27/11/2026"\n',
        "salesforce",
        {"2": ""} | dict.fromkeys("5678", "stands below the table, as reports end, and is passed over"),
    ),
    "a footer of Salesforce below names alone": (
        (
            '"Account Name"\n"Lefèvre"\n"Morel"\n\n\n"Opportunities"\n"Copyright (c) 2000-2027 salesforce.com, inc."\n'
            '"Confidential Information - Do Not Distribute"\n'
        ),
        "salesforce",
        {"2": "", "3": ""}
        | dict.fromkeys("678", "stands below the table, as reports end, and is passed over"),
    ),
    "a footer that counts the rows": (
        HEAD + GOOD + OTHER + "\n2 lignes exportées\n",
        "",
        {"2": "", "3": "", "5": "stands below the table, as reports end, and is passed over"},
    ),
    "a footer with the page, close below": (
        HEAD + GOOD + OTHER + "Page 1 / 1\n",
        "",
        {"2": "", "3": "", "4": "stands below the table, as reports end, and is passed over"},
    ),
    "a footer that names source and filters": (
        HEAD + GOOD + "\nApplied filters:;;;\nSource : CRM, 30/11/2026;;;\n*** Fin du fichier ***;;;\n",
        "",
        {"2": ""} | dict.fromkeys("456", "stands below the table, as reports end, and is passed over"),
    ),
    "companies with the words of the last line of a file": (
        '"Account Name"\n"Lefèvre"\n"7 Records Ltd"\n"Source Conseil"\n"Page One"\n',
        "salesforce",
        dict.fromkeys("2345", ""),
    ),
    "companies with the words of a footer": (
        '"Account Name"\n"Lefèvre"\n"Copyright Agency Ltd"\n"Total"\n"Morel"\n',
        "salesforce",
        dict.fromkeys("2345", ""),
    ),
    "totals and a footer": (
        SALES + '"Grand Totals (5700 records)"\n\n"Confidential Information - Do Not Distribute"\n',
        "salesforce",
        {
            "2": "",
            "3": "is a total, and is passed over",
            "5": "stands below the table, as reports end, and is passed over",
        },
    ),
    "names after an empty line": (
        "Prospect;Fonctionnalité\nLefèvre;Export\n\nMorel;\n",
        "",
        {"2": "", "4": ""},
    ),
    "a row of columns that say nothing": (
        SALES.replace('"Reason to Decline"', '"Reason to Decline","Stage"').replace(
            'marché"', 'marché","Lost"'
        )
        + ',,,,"Lost"\n',
        "salesforce",
        {"2": "", "3": "has nothing in the columns of a deal, and is passed over"},
    ),
}


@pytest.mark.parametrize("cell", ["Sud", "à rappeler lundi", "Morel"])
def test_a_row_of_one_cell_that_is_no_group_for_sure_is_told_in_one_sentence(
    cell: str, tmp_path: Path
) -> None:
    entries = read(csv_file(tmp_path, WIDE + ROW.format("A") + NORD.format(cell)))
    assert told(entries)["3"] == (
        f"has one cell alone, “{cell}”; take the row out if it names a group or is a note, or fill in the others"
    )


SIGNS = {
    ":": "“:”; a semicolon, a comma, a tab or a vertical bar parts columns: write one of these instead, or name the sign in a line of its own at the top: sep=:",
    "^": "“^”; a semicolon, a comma, a tab or a vertical bar parts columns: write one of these instead, or name the sign in a line of its own at the top: sep=^",
    "§": "“§”; a semicolon, a comma, a tab or a vertical bar parts columns: write one of these instead, or name the sign in a line of its own at the top: sep=§",
    "   ": "spaces; a semicolon, a comma, a tab or a vertical bar parts columns: write one of these instead, or save the table as .xlsx",
    "::": "“:”; a semicolon, a comma, a tab or a vertical bar parts columns: write one of these instead, or name the sign in a line of its own at the top: sep=:",
    "\x1f": "“<U+001F>”; a semicolon, a comma, a tab or a vertical bar parts columns: write one of these instead, or save the table as .xlsx",
}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_that_parts_no_columns_is_named(sign: str, tmp_path: Path) -> None:
    path = csv_file(tmp_path, ("Titre\n" + HEAD + GOOD).replace(";", sign))
    with pytest.raises(AccordError) as raised:
        read(path)
    assert str(raised.value) == f"{path}: row 2: its columns are parted by {SIGNS[sign]}"


ODD_TABLES = {
    # what the file holds: its text, and what is told
    "rows of another sign": (
        HEAD + GOOD.replace(";", ",") + OTHER.replace(";", ","),
        "row 1: is parted by a semicolon, but other rows by a comma; part all rows by one sign",
    ),
    "a form": (
        "Langue : fr\nProspect : Lefèvre\nFonctionnalité : Export\n",
        "has its headings one below the other; put them side by side in the first row, and each deal in a row",
    ),
    "headings in the first column": (
        "Langue;fr;fr\nProspect;Lefèvre;Morel\nFonctionnalité;Export;Paie\n",
        "has its headings one below the other; put them side by side in the first row, and each deal in a row",
    ),
    "lines of JSON": (
        '{"language":"fr","prospect.name":"A"}\n{"language":"fr","prospect.name":"B"}\n',
        "is JSON, not a table; give the file the ending .jsonl, each deal on a line of its own",
    ),
    "dashes": (
        (HEAD + GOOD).replace(";", " - "),
        (
            "row 1: its columns are parted by “ - ”; a semicolon, a comma, a tab or a vertical bar parts columns: write"
            " one of these instead, or save the table as .xlsx"
        ),
    ),
}


@pytest.mark.parametrize("name", ODD_TABLES)
def test_a_table_of_another_form_is_told_in_one_sentence(name: str, tmp_path: Path) -> None:
    text, expected = ODD_TABLES[name]
    path = csv_file(tmp_path, text)
    with pytest.raises(AccordError) as raised:
        read(path)
    assert str(raised.value) == f"{path}: {expected}"


@pytest.mark.parametrize("sign", [",", "\t"])
def test_a_row_that_another_sign_parts(sign: str, tmp_path: Path) -> None:
    entries = read(csv_file(tmp_path, HEAD + GOOD + OTHER.replace(";", sign)))
    name = {",": "a comma", "\t": "a tab"}[sign]
    assert told(entries) == {
        "2": "",
        "3": f"is parted by {name}, but other rows by a semicolon; part all rows by one sign",
    }


@pytest.mark.parametrize("sign", [":", "^", "§"])
def test_a_sign_that_is_declared_parts_columns(sign: str, tmp_path: Path) -> None:
    entries = read(csv_file(tmp_path, f"sep={sign}\n" + (HEAD + GOOD).replace(";", sign)))
    assert [entry.data["prospect"]["name"] for entry in entries.values()] == ["Lefèvre"]


@pytest.mark.parametrize("name", SHAPES)
def test_each_row_is_what_it_was_meant_to_be(name: str, tmp_path: Path) -> None:
    text, mapping, expected = SHAPES[name]
    common = {"language": "fr", "feature": {"name": "Paie"}, "decline": {"reason": "out-of-scope"}}
    assert told(read(csv_file(tmp_path, text), mapping, common=common)) == expected


HEADINGS = ("Langue", "Prospect", "Fonctionnalité", "Motif du refus")
LEFEVRE = ("fr", "Lefèvre", "Export FEC", "hors marché")
MOREL = ("fr", "Morel", "Export FEC", "hors marché")
HIDDEN = "is hidden, by a filter or by hand, and is passed over (--hidden includes such rows)"


def test_hidden_rows_are_passed_over_unless_they_are_asked_for(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADINGS, LEFEVRE, MOREL, hidden=(3,))
    assert told(read(path)) == {"2": "", "3": HIDDEN}
    assert told(read(path, hidden=True)) == {"2": "", "3": ""}


def test_a_note_beside_the_table(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADINGS, (*LEFEVRE, None, "remise 20 % !"), MOREL)
    sentence = (
        "column F has no heading, but holds “remise 20 % !” (row 2); give it a heading, or empty its cells"
    )
    assert told(read(path)) == {"2": sentence, "3": ""}


def test_cells_that_are_merged(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEADINGS, LEFEVRE, MOREL, LEFEVRE, merged=("B2:B3",))
    entries = read(path)
    faults = [fault for fault in entries["3"].faults if fault.key == "prospect.name"]
    assert [fault.sentence for fault in faults] == [
        "is merged with B2; undo the merge, and fill in each cell"
    ]
    assert not entries["4"].faults


def test_a_heading_that_is_a_formula_without_a_result(tmp_path: Path) -> None:
    with pytest.raises(AccordError, match="row 1: a heading is a formula without its result"):
        read(workbook(tmp_path, ("Langue", '="Prospect"'), ("fr", "Lefèvre")))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (True, "holds TRUE or FALSE; write in words what is meant"),
        (
            datetime.date(2027, 5, 3),
            "holds a date (2027-05-03), where none belongs; format the cell as text, and write what is meant",
        ),
    ],
)
def test_a_cell_of_a_kind_that_its_column_has_not(cell: Any, told: str, tmp_path: Path) -> None:
    (entry,) = read(workbook(tmp_path, HEADINGS, ("fr", cell, "Export", "hors marché"))).values()
    assert [(fault.key, fault.sentence) for fault in entry.faults][:1] == [("prospect.name", told)]


def test_formulas_without_results_are_not_the_same(tmp_path: Path) -> None:
    row = ("fr", "=A1", "Export", "hors marché")
    entries = read(workbook(tmp_path, HEADINGS, row, row))
    assert [entry.passed for entry in entries.values()] == ["", ""]


def test_a_row_of_formulas_without_results_is_no_total(tmp_path: Path) -> None:
    row = ("=A1", "=B1", "=C1", "=D1", "=E1")
    entries = read(
        workbook(tmp_path, (*HEADINGS, "Quantité"), row, ("Total", None, None, None, "=SUM(E2:E2)"))
    )
    assert [bool(entry.passed) for entry in entries.values()] == [False, True]


def test_texts_that_came_damaged_are_told_in_one_sentence(tmp_path: Path) -> None:
    text = HEAD + "fr;LefÃ¨vre;Export FEC;hors marchÃ©\nfr;SociÃ©tÃ©;Export FEC;autre\n"
    entries = read(csv_file(tmp_path, text)).values()
    sentence = (
        "was read in a wrong encoding before it was saved, as “LefÃ¨vre” for “Lefèvre” in row 2; export the file"
        " again, as “CSV UTF-8”"
    )
    for entry in entries:
        assert sentence in [fault.sentence for fault in entry.faults if fault.key == "prospect.name"]


def test_hidden_columns_are_read_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADINGS, LEFEVRE):
        book.active.append(row)
    book.active.column_dimensions["C"].hidden = True
    path = tmp_path / "deals.xlsx"
    book.save(path)
    source = sources.read(path, HOUSE.house)
    assert [entry.data["feature"]["name"] for entry in source.entries] == ["Export FEC"]
    assert source.remarks == ["Hidden columns are read too: “Fonctionnalité”"]


def test_the_sheets_that_are_not_read_are_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Mai"
    book.create_sheet("Juin")
    for title in ("Mai", "Juin"):
        for row in (HEADINGS, LEFEVRE):
            book[title].append(row)
    path = tmp_path / "deals.xlsx"
    book.save(path)
    assert sources.read(path, HOUSE.house).remarks == [
        "Only the sheet “Mai” is read, not “Juin” (--sheet chooses another)."
    ]
    assert sources.read(path, HOUSE.house, sheet="Juin").remarks == []


def test_a_long_cell_of_figures_is_looked_at_in_no_time(tmp_path: Path) -> None:
    text = "Prospect;Langue;Fonctionnalité;Motif du refus\n" + f"Total;{'1 ,' * 10_000}x;;\n" * 20
    with bounded():
        read(csv_file(tmp_path, text))
