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

from support.letters import SAMPLES

HEAD = "Langue;Prospect;Fonctionnalité;Date de livraison;Décision;Objet;Quantité;Prix unitaire;Période;Nombre de périodes;Motif"
GOOD = "fr;Lefèvre;Export FEC;31/03/2027;abonnement;abonnements;25;40,00;mois;12;"
DECLINE = "en;Orchard & Vine;Gift cards;;;;;;;;out-of-scope"
WRONG = "fr;Morel;Caisse;31/02/2027;achat;licences;10;12 €;;;"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACCORD_LANG", "en")
    for name in ("accord.toml", "logo.svg"):
        shutil.copy(SAMPLES / name, tmp_path)
    return tmp_path


def sheet(*rows: str, name: str = "deals.csv", head: str = HEAD) -> str:
    Path(name).write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return name


def accord(*arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "accord", "batch", *arguments, "--date", "2026-11-23")
    return subprocess.run(command, capture_output=True, text=True, check=False, **how)


def letters(folder: str = "output") -> list[str]:
    return sorted(path.name for path in Path(folder).glob("*.pdf"))


def report(name: str = "output/deals.csv.report.json") -> list[dict[str, Any]]:
    return list(json.loads(Path(name).read_text("utf-8"))["report"])


def test_a_wrong_row_is_told_and_does_not_stop_the_others(desk: Path) -> None:
    said = accord(sheet(GOOD, WRONG, "", DECLINE))
    assert said.returncode == 1
    assert said.stdout.splitlines() == [row["file"] for row in report() if row["file"]]
    assert all((desk / line).exists() for line in said.stdout.splitlines())
    wrong, *rest = said.stderr.splitlines()
    assert wrong.startswith('deals.csv: row 3: column D, "Date de livraison": "31/02/2027" is not a day')
    assert rest[0] == "3 rows: 2 written, 1 refused."
    assert [(row["row"], row["verdict"]) for row in report()] == [
        ("2", "written"),
        ("3", "refused"),
        ("5", "written"),
    ]


def test_the_bytes_are_those_of_render(desk: Path) -> None:
    shutil.copytree(SAMPLES, desk / "deals")
    assert accord("deals", "--jobs", "2").returncode == 0
    render = (
        sys.executable,
        "-m",
        "accord",
        "render",
        "deals/01-fr-abonnement.toml",
        "--date",
        "2026-11-23",
    )
    path = subprocess.run((*render, "-o", "one"), capture_output=True, text=True, check=True).stdout.strip()
    assert (desk / path).read_bytes() == (desk / "output" / Path(path).name).read_bytes()
    assert len(letters()) == 12


def test_running_it_again_makes_only_what_is_missing(desk: Path) -> None:
    source = sheet(GOOD, DECLINE)
    accord(source)
    first, second = (desk / "output" / name for name in letters())
    kept, gone = first.stat(), second.read_bytes()
    second.unlink()
    said = accord(source)
    assert (said.returncode, said.stderr.splitlines()[0]) == (0, "2 rows: 1 written, 1 there already.")
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == (kept.st_mtime_ns, kept.st_ino)
    assert second.read_bytes() == gone


@pytest.mark.usefixtures("desk")
def test_what_killed_programs_left_is_swept_away_beside_letters_and_report() -> None:
    Path("output").mkdir()
    left = [Path("output/.accord-0123456789abcdef.tmp"), Path(".accord-0123456789abcdef.tmp")]
    for path in left:
        path.touch()
    accord(sheet(DECLINE), "--check", "--report", "told")
    assert not [path for path in left if path.exists()]


@pytest.mark.usefixtures("desk")
def test_strict_makes_all_letters_or_none() -> None:
    said = accord(sheet(GOOD, WRONG), "--strict")
    assert (said.returncode, said.stdout, letters()) == (1, "", [])
    assert "Not every row is good" in said.stderr
    assert [row["verdict"] for row in report()] == ["good", "refused"]
    assert accord(sheet(GOOD, DECLINE), "--strict").returncode == 0
    assert len(letters()) == 2


@pytest.mark.usefixtures("desk")
def test_check_makes_no_letter() -> None:
    said = accord(sheet(GOOD, DECLINE), "--check")
    assert (said.returncode, said.stdout, letters()) == (0, "", [])
    assert said.stderr.startswith("2 rows: 2 good.")


@pytest.mark.usefixtures("desk")
def test_final_applies_to_each_row() -> None:
    said = accord(sheet(GOOD, DECLINE), "--final")
    assert said.returncode == 1
    assert [row["verdict"] for row in report()] == ["refused", "written"]
    assert "deals.csv: row 2: prospect.address: " in said.stderr


@pytest.mark.usefixtures("desk")
def test_options_for_all_rows() -> None:
    said = accord(
        sheet(GOOD), "--lang", "en", "--set", "binding=intent", "--set", "law=EW", "--report", "told"
    )
    assert said.returncode == 0, said.stderr
    assert report("told.json")[0]["verdict"] == "written"
    wrong = accord("deals.csv", "--set", "binding=firm", "--set", "decision.quantity=x")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1), wrong.stderr
    assert "decision.quantity" in wrong.stderr


UNUSABLE = {
    ("nowhere.csv",): "nowhere.csv: does not exist",
    ("accord.toml",): "is no source of deals",
    ("empty.csv",): "empty.csv: is empty",
    ("strange.csv",): 'strange.csv: row 1: column A, "Météo"',
    ("deals.csv", "--map", "sugar"): "hubspot, pipedrive, salesforce",
    ("deals.csv", "--sheet", "x"): "leave out --sheet",
    ("deals.csv", "--date", "soon"): "deals.csv: row 2",
    ("deals.csv", "-o", "accord.toml/x"): "is not a folder",
    ("deals.csv", "--report", "accord"): "",
    (): "Name a source",
}


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("arguments", UNUSABLE)
def test_what_cannot_be_used_is_refused_in_a_sentence(arguments: tuple[str, ...]) -> None:
    sheet(GOOD)
    Path("empty.csv").touch()
    Path("accord.csv").write_text("mine", "utf-8")
    sheet("x", name="strange.csv", head="Météo")
    said = subprocess.run(
        (sys.executable, "-m", "accord", "batch", *arguments), capture_output=True, text=True, check=False
    )
    assert said.returncode in {1, 2}
    assert UNUSABLE[arguments] in said.stderr
    assert "Traceback" not in said.stderr
    assert letters() == []
    assert Path("accord.csv").read_text("utf-8") == "mine"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_template_filled_in_gives_letters(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_LANG", language)
    command = (sys.executable, "-m", "accord", "batch", "--template", "deals.xlsx")
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "deals.xlsx\n"
    book = openpyxl.load_workbook("deals.xlsx")
    page = book.active
    columns = {cell.comment.text.rpartition("(")[2].rstrip(")"): cell.column for cell in page[1]}
    for key, text in {
        "language": language,
        "prospect.name": "X",
        "feature.name": "Y",
        "decline.reason": "no-commitment",
    }.items():
        page.cell(2, columns[key], text)
    book.save("deals.xlsx")
    assert accord("deals.xlsx").returncode == 0
    assert len(letters()) == 1
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2, (
        "what was filled in is kept"
    )


@pytest.mark.usefixtures("desk")
def test_a_folder_of_a_crm_s_columns() -> None:
    head = "Record ID,Deal Name,Associated Company,Deal Description,Language,Reason to decline"
    said = accord(
        sheet("1,Gift cards,Orchard & Vine,they are annoying,French,no-commitment", head=head),
        "--map",
        "hubspot",
    )
    assert said.returncode == 0, said.stderr
    assert "leaves aside: Record ID, Deal Description" in " ".join(said.stderr.split())
    text = subprocess.run(
        ("pdftotext", Path("output", letters()[0]), "-"), capture_output=True, text=True, check=True
    ).stdout
    assert "annoying" not in text


FORMULAS = ("=cmd|' -c calc'!A1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", 'x;"=1"', "x\n=1", "x,+1")


def test_the_report_of_hostile_names_and_cells_runs_nothing(desk: Path) -> None:
    """Names of files, of prospects and of folders, headings, references: what a report may quote."""
    (desk / "deals").mkdir()
    for number, text in enumerate(FORMULAS):
        deal = (
            f"language = {text!r}"
            if number % 2
            else Path(SAMPLES, "12-en-decline-market.toml").read_text("utf-8")
        )
        (desk / "deals" / f"{text}.toml").write_text(deal, "utf-8")
    named = [
        {"=1;=1": text, "reference": text, "prospect.name": text, "feature.name": "x"} for text in FORMULAS
    ]
    (desk / "=1,+1.jsonl").write_text("\n".join(map(json.dumps, named)), "utf-8")
    (desk / "map.toml").write_text('[columns]\n"=1;=1" = "language"\n', "utf-8")
    for source, *more in (("deals",), ("=1,+1.jsonl", "--map", "map.toml")):
        accord(source, "--out", "=1;+1", *more)
        content = (desk / "=1;+1" / f"{source}.report.csv").read_text("utf-8-sig")
        assert content.count("refused") >= 4
        for delimiter in ",;|\t":
            cells = [cell for row in csv.reader(io.StringIO(content), delimiter=delimiter) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_an_interrupt_stops_at_once_and_leaves_whole_letters(desk: Path) -> None:
    rows = [DECLINE.replace("Orchard", f"Orchard {n}") for n in range(200)]
    command = (
        sys.executable,
        "-m",
        "accord",
        "batch",
        sheet(*rows),
        "--date",
        "2026-11-23",
        "--jobs",
        "2",
    )
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert running.stdout is not None
    running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    _out, err = running.communicate(timeout=30)
    assert running.returncode == 1
    assert "the same command makes the others" in " ".join(err.split())
    made = letters()
    assert 0 < len(made) < 200
    assert all((desk / "output" / name).read_bytes().rstrip().endswith(b"%%EOF") for name in made)
    assert [path.name for path in (desk / "output").iterdir() if path.suffix != ".pdf"] == []


@pytest.mark.usefixtures("desk")
def test_a_killed_batch_leaves_no_process_behind() -> None:
    rows = [DECLINE.replace("Orchard", f"Orchard {n}") for n in range(200)]
    command = (sys.executable, "-m", "accord", "batch", sheet(*rows), "--jobs", "2")
    running = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert running.stdout is not None
    running.stdout.readline()
    running.kill()
    running.communicate(timeout=10)  # the output ends once every process that holds it has ended
    assert len(letters()) < 200


@pytest.mark.usefixtures("desk")
def test_on_a_terminal_a_bar_shows_how_far_it_is() -> None:
    source = sheet(*(DECLINE.replace("Orchard", f"Orchard {n}") for n in range(8)))
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "accord", "batch", source],
        encoding="utf-8",
        dimensions=(24, 100),
        timeout=60,
    )
    terminal.expect(pexpect.EOF)
    screen = re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "", terminal.before or "")
    assert re.search(r"[1-8]/8", screen)
    assert "a second" in screen
    assert "8 rows: 8 written." in screen
    assert "output/DC" not in screen, "the bar stands in the place of the list"
