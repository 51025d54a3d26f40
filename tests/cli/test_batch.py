"""`accord batch` as people type it: what is printed, what is written, which exit code."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pexpect
import pytest
from click.testing import Result

from accord.batch import template
from accord.cli import batch as cli_batch
from support.cli import COMMAND, run, start
from support.paths import SAMPLES
from support.pdfs import text_of
from support.printed import one_line
from support.processes import PATIENCE

HEAD = "Langue;Prospect;Fonctionnalité;Date de livraison;Décision;Objet;Quantité;Prix unitaire;Période;Nombre de périodes;Motif"
GOOD = "fr;Lefèvre;Export FEC;31/03/2027;abonnement;abonnements;25;40,00;mois;12;"
DECLINE = "en;Orchard & Vine;Gift cards;;;;;;;;out-of-scope"
WRONG = "fr;Morel;Caisse;31/02/2027;achat;licences;10;12 €;;;"


def sheet(*rows: str, name: str = "deals.csv", head: str = HEAD) -> str:
    Path(name).write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return name


def batch(*arguments: str) -> Result:
    """Its letters made by this process, unless asked otherwise."""
    return run("batch", "--jobs", "1", *arguments, "--date", "2026-11-23")


def letters(folder: str = "output") -> list[str]:
    return sorted(path.name for path in Path(folder).glob("*.pdf"))


def report(name: str = "output/deals.csv.report.json") -> list[dict[str, Any]]:
    return list(json.loads(Path(name).read_text("utf-8"))["report"])


def test_a_wrong_row_is_told_and_does_not_stop_the_others(sample_desk: Path) -> None:
    said = batch(sheet(GOOD, WRONG, "", DECLINE))
    assert said.exit_code == 1
    assert said.stdout.splitlines() == [row["file"] for row in report() if row["file"]]
    assert all((sample_desk / line).exists() for line in said.stdout.splitlines())
    wrong, *rest = said.stderr.splitlines()
    assert wrong.startswith("deals.csv: row 3: column D, “Date de livraison”: “31/02/2027” is not a day")
    assert rest[0] == "3 rows: 2 written, 1 refused."
    assert [(row["row"], row["verdict"]) for row in report()] == [
        ("2", "written"),
        ("3", "refused"),
        ("5", "written"),
    ]


def test_the_bytes_are_those_of_render(sample_desk: Path) -> None:
    (sample_desk / "deals").mkdir()
    for stem in ("01-fr-abonnement", "06-en-intent-england", "12-en-decline-market"):
        shutil.copy(SAMPLES / f"{stem}.toml", sample_desk / "deals")
    assert batch("deals", "--jobs", "2").exit_code == 0
    rendered = run("render", *Path("deals").glob("*.toml"), "--date", "2026-11-23", "-o", "one")
    assert len(rendered.stdout.splitlines()) == len(letters()) == 3
    for path in map(Path, rendered.stdout.splitlines()):
        assert path.read_bytes() == Path("output", path.name).read_bytes()


def test_running_it_again_makes_only_what_is_missing(sample_desk: Path) -> None:
    source = sheet(GOOD, DECLINE)
    batch(source)
    first, second = (sample_desk / "output" / name for name in letters())
    kept, gone = first.stat(), second.read_bytes()
    second.unlink()
    said = batch(source)
    assert (said.exit_code, said.stderr.splitlines()[0]) == (0, "2 rows: 1 written, 1 there already.")
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == (kept.st_mtime_ns, kept.st_ino)
    assert second.read_bytes() == gone


@pytest.mark.usefixtures("sample_desk")
def test_what_killed_programs_left_is_swept_away_beside_letters_and_report() -> None:
    Path("output").mkdir()
    left = [Path("output/.accord-0123456789abcdef.tmp"), Path(".accord-0123456789abcdef.tmp")]
    for path in left:
        path.touch()
    batch(sheet(DECLINE), "--check", "--report", "told")
    assert not [path for path in left if path.exists()]


@pytest.mark.usefixtures("sample_desk")
def test_strict_makes_all_letters_or_none() -> None:
    said = batch(sheet(GOOD, WRONG), "--strict")
    assert (said.exit_code, said.stdout, letters()) == (1, "", [])
    assert "Not every row is sound" in said.stderr
    assert [row["verdict"] for row in report()] == ["good", "refused"]
    assert batch(sheet(GOOD, DECLINE), "--strict").exit_code == 0
    assert len(letters()) == 2


@pytest.mark.usefixtures("sample_desk")
def test_check_makes_no_letter() -> None:
    said = batch(sheet(GOOD, DECLINE), "--check")
    assert (said.exit_code, said.stdout, letters()) == (0, "", [])
    assert said.stderr.startswith("2 rows: 2 good.")


@pytest.mark.usefixtures("sample_desk")
def test_final_applies_to_each_row() -> None:
    said = batch(sheet(GOOD, DECLINE), "--final")
    assert said.exit_code == 1
    assert [row["verdict"] for row in report()] == ["refused", "written"]
    assert "deals.csv: row 2: “Address”: " in said.stderr


@pytest.mark.usefixtures("sample_desk")
def test_a_final_letter_replaces_its_own_draft_and_no_draft_a_final_one() -> None:
    rows = sheet(DECLINE)
    assert batch(rows).exit_code == 0
    final = batch(rows, "--final")
    assert final.exit_code == 0, final.stderr
    again = batch(rows)
    assert again.exit_code != 0
    assert "exists" in again.stdout + again.stderr


@pytest.mark.usefixtures("sample_desk")
def test_options_for_all_rows() -> None:
    said = batch(
        sheet(GOOD), "--lang", "en", "--set", "binding=intent", "--set", "law=EW", "--report", "told"
    )
    assert said.exit_code == 0, said.stderr
    assert report("told.json")[0]["verdict"] == "written"
    wrong = batch("deals.csv", "--set", "binding=firm", "--set", "decision.quantity=x")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (2, 2), wrong.stderr
    assert "decision.quantity: " in wrong.stderr
    assert "binding: “firm” is not known" in wrong.stderr


UNUSABLE = {
    ("nowhere.csv",): "nowhere.csv: does not exist",
    ("accord.toml",): "is not a source of deals",
    ("empty.csv",): "empty.csv: is empty",
    ("strange.csv",): "strange.csv: row 1: column A, “Météo”",
    ("deals.csv", "--map", "sugar"): "hubspot, monday, odoo, pipedrive, salesforce",
    ("deals.csv", "--sheet", "x"): "leave out --sheet",
    ("deals.csv", "--date", "soon"): "date: “soon” is not a date",
    ("deals.csv", "-o", "accord.toml/x"): "is not a folder",
    ("deals.csv", "--report", "accord"): "is not an earlier report",
    (): "Give a source",
}


@pytest.mark.usefixtures("sample_desk")
@pytest.mark.parametrize("arguments", UNUSABLE)
def test_what_cannot_be_used_is_refused_in_a_sentence(arguments: tuple[str, ...]) -> None:
    sheet(GOOD)
    Path("empty.csv").touch()
    Path("accord.csv").write_text("mine", "utf-8")
    sheet("x", name="strange.csv", head="Météo")
    said = run("batch", *arguments)
    assert said.exit_code in {1, 2}
    assert UNUSABLE[arguments] in said.stderr
    assert "Traceback" not in said.stderr
    assert letters() == []
    assert Path("accord.csv").read_text("utf-8") == "mine"


@pytest.mark.usefixtures("sample_desk")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_template_filled_in_gives_letters(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_LANG", language)
    assert run("batch", "--template", "deals.xlsx").stdout == "deals.xlsx\n"
    book = openpyxl.load_workbook("deals.xlsx")
    page = book.active
    page.delete_rows(2)
    columns = {key: number for number, key in enumerate(template.columns(), 1)}
    for key, text in {
        "language": language,
        "prospect.name": "X",
        "feature.name": "Y",
        "decline.reason": "no-commitment",
    }.items():
        page.cell(2, columns[key], text)
    book.save("deals.xlsx")
    assert batch("deals.xlsx").exit_code == 0
    assert len(letters()) == 1
    assert run("batch", "--template", "deals.xlsx").exit_code == 2, "what was filled in is kept"


@pytest.mark.usefixtures("sample_desk")
def test_a_folder_of_a_crm_s_columns() -> None:
    head = "Record ID,Requested feature,Associated Company,Deal Description,Language,Reason to decline"
    said = batch(
        sheet("1,Gift cards,Orchard & Vine,they are annoying,French,no-commitment", head=head),
        "--map",
        "hubspot",
    )
    assert said.exit_code == 0, said.stderr
    assert "ignores: Deal Description" in one_line(said.stderr)
    assert "annoying" not in text_of(Path("output", letters()[0]).read_bytes())


FORMULAS = ("=cmd|' -c calc'!A1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", 'x;"=1"', "x\n=1", "x,+1")


def test_the_report_of_hostile_names_and_cells_runs_nothing(sample_desk: Path) -> None:
    """Names of files, of prospects and of folders, headings, references: what a report may quote."""
    (sample_desk / "deals").mkdir()
    for number, text in enumerate(FORMULAS):
        deal = (
            f"language = {text!r}"
            if number % 2
            else Path(SAMPLES, "12-en-decline-market.toml").read_text("utf-8")
        )
        (sample_desk / "deals" / f"{text}.toml").write_text(deal, "utf-8")
    named = [
        {"=1;=1": text, "reference": text, "prospect.name": text, "feature.name": "x"} for text in FORMULAS
    ]
    (sample_desk / "=1,+1.jsonl").write_text("\n".join(map(json.dumps, named)), "utf-8")
    (sample_desk / "map.toml").write_text('[columns]\n"=1;=1" = "language"\n', "utf-8")
    for source, *more in (("deals",), ("=1,+1.jsonl", "--map", "map.toml")):
        batch(source, "--out", "=1;+1", *more)
        content = (sample_desk / "=1;+1" / f"{source}.report.csv").read_text("utf-8-sig")
        assert content.count("refused") >= 4
        for delimiter in ",;|\t":
            cells = [cell for row in csv.reader(io.StringIO(content), delimiter=delimiter) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_an_interrupt_stops_at_once_and_leaves_whole_letters(sample_desk: Path) -> None:
    rows = [DECLINE.replace("Orchard", f"Orchard {n}") for n in range(200)]
    running = start("batch", sheet(*rows), "--date", "2026-11-23", "--jobs", "2")
    assert running.stdout is not None
    running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    _out, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert "the same command makes the rest" in one_line(err)
    made = letters()
    assert 0 < len(made) < 200
    assert all((sample_desk / "output" / name).read_bytes().rstrip().endswith(b"%%EOF") for name in made)
    assert [path.name for path in (sample_desk / "output").iterdir() if path.suffix != ".pdf"] == []


LATE = """
import multiprocessing, sys, time
from accord import cli
from accord.batch.backends import processes
begin = processes._begin
def late(*arguments):
    if multiprocessing.current_process().name.endswith("2"):
        time.sleep(1)
    begin(*arguments)
processes._begin = late
cli.main()
"""


@pytest.mark.usefixtures("sample_desk")
def test_an_interrupt_finds_no_process_that_is_not_ready_yet() -> None:
    rows = [DECLINE.replace("Orchard", f"Orchard {n}") for n in range(200)]
    running = subprocess.Popen(
        (sys.executable, "-c", LATE, "batch", sheet(*rows), "--date", "2026-11-23", "--jobs", "2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert running.stdout is not None
    running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    _out, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert "Traceback" not in err


@pytest.mark.usefixtures("sample_desk")
def test_a_killed_batch_leaves_no_process_behind() -> None:
    rows = [DECLINE.replace("Orchard", f"Orchard {n}") for n in range(200)]
    running = start("batch", sheet(*rows), "--jobs", "2")
    assert running.stdout is not None
    running.stdout.readline()
    running.kill()
    running.communicate(timeout=PATIENCE)  # the output ends once every process that holds it has ended
    assert len(letters()) < 200


@pytest.mark.usefixtures("sample_desk")
def test_on_a_terminal_a_bar_shows_how_far_it_is() -> None:
    source = sheet(*(DECLINE.replace("Orchard", f"Orchard {n}") for n in range(8)))
    terminal = pexpect.spawn(
        COMMAND[0],
        [*COMMAND[1:], "batch", source],
        encoding="utf-8",
        dimensions=(24, 100),
        timeout=PATIENCE,
    )
    terminal.expect(pexpect.EOF)
    screen = re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "", terminal.before or "")
    assert re.search(r"[1-8]/8", screen)
    assert "a second" in screen
    assert "8 rows: 8 written." in screen
    assert "output/DC" not in screen, "the bar stands in the place of the list"


PLAIN_EXPORTS = {
    "hubspot": ("Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company (Primary)", "{n},Lefèvre - Export FEC,Won,2027-03-31,{amount},Lefèvre {n}"),
    "pipedrive": ("Affaire - Titre,Affaire - Valeur,Affaire - Organisation", "Lefèvre - Export FEC,{amount},Lefèvre {n}"),
    "salesforce": ("Opportunity Name,Account Name: Account Name,Amount", "Lefèvre - Export FEC,Lefèvre {n},{amount}"),
    "odoo": ("Opportunité,Client,Revenu espéré", "Lefèvre - Export FEC,Lefèvre {n},{amount}"),
    "dynamics": ("(Do Not Modify) Opportunity,Topic,Potential Customer,Est. Revenue", "0,Lefèvre - Export FEC,Lefèvre {n},{amount}"),
    "zoho": ("Record Id,Deal Name,Account Name,Amount", "z,Lefèvre - Export FEC,Lefèvre {n},{amount}"),
    "monday": ("Name,Accounts,Deal Value", "Lefèvre - Export FEC,Lefèvre {n},{amount}"),
}  # fmt: skip


@pytest.mark.usefixtures("sample_desk")
@pytest.mark.parametrize("name", PLAIN_EXPORTS)
def test_a_plain_export_makes_drafts_with_blanks(name: str) -> None:
    head, row = PLAIN_EXPORTS[name]
    rows = [row.format(n=n, amount=amount) for n, amount in enumerate(("12100.50", "0", ""))]
    said = batch(sheet(*rows, head=head), "--map", name)
    told = one_line(said.stderr)
    assert said.exit_code == 0, told
    assert "No column gives “Feature”, “Delivery date”: they are blank in the drafts." in told
    assert "no column says it: the draft is of “purchase”" in told
    assert "(and 2 other rows: 3, 4)" in told
    assert "3 rows: 3 written." in told
    texts = [text_of(Path(line).read_bytes()) for line in said.stdout.splitlines()]
    assert all("Export FEC" not in text and "fonctionnalité demandée" in text for text in texts)
    assert [bool(re.search(r"12\s?100,50", text)) for text in texts].count(True) == 1
    blanks = {finding["where"] for finding in report()[0]["findings"] if finding["code"] == "blank"}
    assert any("Requested feature" in where for where in blanks)


@pytest.mark.usefixtures("sample_desk")
def test_the_drafts_of_a_plain_export_are_authentic() -> None:
    head, row = PLAIN_EXPORTS["hubspot"]
    said = batch(sheet(*(row.format(n=n, amount=n or "") for n in range(2)), head=head), "--map", "hubspot")
    assert len(said.stdout.splitlines()) == 2
    assert run("verify", *said.stdout.splitlines()).exit_code == 0


@pytest.mark.usefixtures("sample_desk")
def test_a_final_letter_of_a_plain_export_is_refused_once_for_all_rows() -> None:
    head, row = PLAIN_EXPORTS["hubspot"]
    said = batch(
        sheet(*(row.format(n=n, amount=9) for n in range(20)), head=head), "--map", "hubspot", "--final"
    )
    assert said.exit_code == 1
    lacks = [line for line in said.stderr.splitlines() if line.startswith("deals.csv")]
    assert len(lacks) == 3, lacks
    assert all("(and 19 other rows: 3, 4, 5, 6, 7…)" in line for line in lacks)


@pytest.mark.usefixtures("sample_desk")
def test_the_screen_shows_each_fault_once_and_so_many_at_most() -> None:
    rows = [GOOD.replace("31/03/2027", f"3{n % 9}/15/2027").replace("Lefèvre", f"L {n}") for n in range(200)]
    rows += [GOOD.replace("40,00", f"{n} £") for n in range(100)]
    said = batch(sheet(*rows), "--check")
    assert said.exit_code == 1
    assert len(said.stderr) < 5_000
    assert "89 other faults are not shown; --report NAME writes them all." in one_line(said.stderr)
    batch("deals.csv", "--check", "--report", "told")
    assert len(report("told.json")) == 300


@pytest.mark.usefixtures("sample_desk")
def test_check_writes_nothing_unless_a_report_is_asked_for() -> None:
    source = sheet(GOOD)
    before = {*Path.cwd().iterdir()}
    said = batch(source, "--check")
    assert (said.exit_code, {*Path.cwd().iterdir()}) == (0, before)
    assert "Report" not in said.stderr
    batch(source, "--check", "--report", "told")
    assert {path.name for path in {*Path.cwd().iterdir()} - before} == {"told.csv", "told.json"}


@pytest.mark.usefixtures("sample_desk")
@pytest.mark.parametrize("arguments", [("--ignore", "Météo", "--ignore", "NOTES"), ()])
def test_columns_of_one_s_own_are_left_aside(arguments: tuple[str, ...]) -> None:
    own = ("Notes", "Météo") if arguments else ("# Notes", "#Météo")
    said = batch(sheet(f"{GOOD};chaud;beau", head=f"{HEAD};{own[0]};{own[1]}"), *arguments)
    assert said.exit_code == 0, said.stderr
    assert "chaud" not in text_of(Path("output", letters()[0]).read_bytes())


@pytest.mark.usefixtures("sample_desk")
@pytest.mark.parametrize(
    ("source", "name", "told"),
    [
        ("deals.csv", "Nope", 'deals.csv: row 1: --ignore "Nope": is the name of no column or key here\n'),
        (
            "deals.csv",
            "Notse",
            'row 1: --ignore "Notse": is the name of no column or key here; did you mean “Notes”?',
        ),
        (
            "deals.jsonl",
            "notse",
            '--ignore "notse": is the name of no column or key here; did you mean “notes”?',
        ),
        (
            ".",
            "Notes",
            "is a folder of deal files, which have neither sheets nor columns; leave out --map, --ignore,",
        ),
    ],
)
def test_a_column_to_leave_aside_that_is_not_there_is_told(source: str, name: str, told: str) -> None:
    sheet(f"{GOOD};chaud", head=f"{HEAD};Notes")
    Path("deals.jsonl").write_text('{"prospect.name": "A"}\n{"prospect.name": "B", "notes": "x"}', "utf-8")
    said = batch(source, "--check", "--ignore", "notes", "--ignore", name)
    assert said.exit_code == 2
    assert told in said.stderr


@pytest.mark.usefixtures("sample_desk")
@pytest.mark.parametrize("cell", ["", ";;;;;;mois;", ";;;;;12,50;;12"])
def test_a_decline_with_part_of_an_order_is_a_decline(cell: str) -> None:
    row = f"fr;Lefèvre;Export FEC{cell or ';;;;;;;'};hors marché"
    said = batch(sheet(row))
    assert said.exit_code == 0, said.stderr
    assert letters()[0].startswith("DC")


@pytest.mark.usefixtures("sample_desk")
@pytest.mark.parametrize("name", ["Acme SAS;Beta SARL", "Acme SAS; Beta SARL", "Acme SAS ;Beta SARL;Gamma"])
def test_two_companies_in_a_cell_are_no_addressee(name: str) -> None:
    said = batch(sheet(GOOD.replace("Lefèvre", f'"{name}"')))
    assert said.exit_code == 1
    assert f"column B, “Prospect”: names several companies (“{name}”)" in said.stderr


@pytest.mark.usefixtures("sample_desk")
@pytest.mark.parametrize("columns", [20, 74, 80])
def test_progress_takes_one_line_however_narrow_the_terminal(columns: int) -> None:
    source = sheet(*(DECLINE.replace("Orchard", f"Orchard {n}") for n in range(30)))
    terminal = pexpect.spawn(
        COMMAND[0],
        [*COMMAND[1:], "batch", source, "--check", "--jobs", "1"],
        encoding="utf-8",
        dimensions=(24, columns),
        timeout=PATIENCE,
        env={name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}},
    )
    terminal.expect(pexpect.EOF)
    shown = re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "", terminal.before or "")
    bars = [part for line in shown.split("\n") for part in line.split("\r") if re.search(r"\d+/30", part)]
    assert not [bar for bar in bars if len(bar) > columns]
    assert len([line for line in shown.split("\n") if "/30" in line]) <= 1


@pytest.mark.usefixtures("sample_desk")
def test_an_interrupt_is_told_once() -> None:
    rows = [DECLINE.replace("Orchard", f"Orchard {n}") for n in range(200)]
    running = start("batch", sheet(*rows), "--date", "2026-11-23", "--jobs", "2")
    assert running.stdout is not None
    running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    _out, err = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert "Aborted" not in err
    assert err.count("Stopped.") == 1


@pytest.mark.parametrize(
    ("rows", "seconds", "told"),
    [
        (2, 20, "1 of 2 rows, 0.1 a second, less than a minute left"),
        (4, 20, "1 of 4 rows, 0.1 a second, 1 minute left"),
        (31, 20, "1 of 31 rows, 0.1 a second, 10 minutes left"),
    ],
)
def test_the_time_that_is_left_is_told_in_minutes(
    rows: int, seconds: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter((0.0, float(seconds)))
    monkeypatch.setattr(cli_batch.time, "monotonic", lambda: next(clock))
    cli_batch._progress_by_lines(rows)("")
    assert one_line(capsys.readouterr().err).strip() == told
