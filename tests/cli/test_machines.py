"""Odd machines, folders and files: a sentence each, never a traceback or a wrong reading."""

import errno
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pikepdf
import pytest

from accord import files, i18n, isolation
from accord.batch.backends import processes
from accord.clauses import approvals
from accord.clauses.library import Library
from accord.diff import compare
from accord.errors import OutputError
from accord.intake import loader
from accord.letter import record
from accord.pdf import typeset
from accord.verify import embedded_data, recompose, verify
from accord.verify.verdict import LIMITS
from support import tamper
from support.cli import COMMAND, run, run_process
from support.letters import pdf
from support.paths import SAMPLES
from support.pdfs import text_of
from support.printed import one_line
from support.schemas import faults

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux")
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["render", "--help"], ["schema", "deal"]])
def test_an_output_without_room_is_told(arguments: list[str]) -> None:
    with FULL.open("w") as full:
        result = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False,
            env={**os.environ, "ACCORD_LANG": "en"},
        )  # fmt: skip
    assert (result.returncode, "Traceback" in result.stderr) == (2, False)
    assert result.stderr.startswith("the output: the system refused (No space left on device)")


@pytest.mark.parametrize(
    "zone", ["UTC+24", "XYZ99:99", "AAA-100", "/etc/passwd", ":/etc/passwd", "/nowhere", "/"]
)
def test_a_time_zone_that_is_none_is_told(zone: str) -> None:
    result = run_process("demo", "-o", "x", TZ=zone, ACCORD_LANG="en")
    assert (result.returncode, result.stderr.strip()) == (
        2, f"The time zone of this machine, TZ={zone}, is none; set TZ to one such as Europe/Paris.",
    )  # fmt: skip


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    result = subprocess.run(
        ["sh", "-c", 'cd "$1" && rmdir "$1" && shift && exec "$@"', "sh", gone, *COMMAND, "render", tmp_path / "x.toml"],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, "ACCORD_LANG": "en"},
    )  # fmt: skip
    assert result.returncode == 2
    assert "The current folder is not there any more; change to another one." in result.stderr


def test_many_faults_of_one_file_are_counted(desk: Path) -> None:
    (desk / "many.toml").write_text("".join(f"k{n} = 1\n" for n in range(5000)), "utf-8")
    lines = run("render", "many.toml").stderr.splitlines()
    assert lines[0] == "many.toml: has 5005 faults, of which the first 50 are told; is this the right file?"
    assert len(lines) == 51


def test_eight_who_approve_at_once_lose_nothing(desk: Path) -> None:
    clauses = Library().clauses("fr", "agreement")
    together = Barrier(8)

    def approve(writer: int) -> None:
        together.wait()
        for clause in clauses[writer : writer + 16 : 8]:  # each two of its own
            approvals.approve(desk, [clause, clauses[16]], f"P{writer}", date(2026, 11, 23))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(approve, range(8)))
    entries = approvals.read(desk)
    assert sorted(entry.file for entry in entries) == sorted(map(approvals.key_of, clauses[:17])), "each once"
    assert {entry.by for entry in entries if entry.file != approvals.key_of(clauses[16])} == {
        f"P{n}" for n in range(8)
    }


def test_a_logo_is_found_however_its_name_is_spelt_and_beside_what_a_link_leads_to(desk: Path) -> None:
    home = desk / "home"
    home.mkdir()
    shutil.copy(SAMPLES / "logo.svg", home / "e\u0301toile.svg")
    text = (desk / "accord.toml").read_text("utf-8")
    (home / "accord.toml").write_text(f'{text}\n[brand]\nlogo = "\u00e9toile.svg"\n', "utf-8")
    (desk / "accord.toml").unlink()
    (desk / "accord.toml").symlink_to(home / "accord.toml")
    assert loader.read_house(desk / "accord.toml").logo
    assert loader.read_house(home / "accord.toml").logo


def test_a_machine_without_shared_memory_makes_one_letter_after_another(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_how: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(processes, "ProcessPoolExecutor", refused)
    rows = "fr,Alpha,Export,31/03/2027,achat\nfr,Beta,Export,31/03/2027,achat\n"
    (desk / "x.csv").write_text(f"Langue,Prospect,Fonctionnalité,Date de livraison,Décision\n{rows}", "utf-8")
    result = run("batch", "x.csv", "--check", "-o", "out", "--jobs", "2")
    assert (result.exit_code, "2 rows: 2 good" in result.stderr) == (0, True), result.stderr


def test_a_folder_made_for_nothing_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "there").mkdir()
    monkeypatch.setattr(os, "fsync", refused)
    for path in (tmp_path / "a" / "b" / "x.pdf", tmp_path / "there" / "x.pdf"):
        with pytest.raises(OutputError, match="the disk is full"):
            files.write(path, b"x", force=False)
        with pytest.raises(OutputError, match="the disk is full"):
            files.write_all([(path, b"x")], force=False)
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


# --- Letters of others ----------------------------------------------------------------


READ_BY_THEIR_DATA = (
    "diff bad.pdf good.pdf",
    "diff good.pdf bad.pdf --json",
    "diff --standard bad.pdf",
    "diff bad.pdf bad.pdf --html out.html --pdf out.pdf --force",
    "review bad.pdf",
    "review good.pdf bad.pdf --json",
    "review bad.pdf --pdf sheet.pdf --force",
    "extract bad.pdf",
    "extract bad.pdf -o deal.toml --annexes here --force",
)
ALTERED = {
    "en": "bad.pdf: was altered since Accord made it. Its data was read, not its pages",
    "fr": "bad.pdf\u00a0: modifié depuis qu’Accord l’a produit. Ce sont ses données qui ont été lues",
}


@pytest.mark.parametrize("line", READ_BY_THEIR_DATA)
def test_whoever_reads_the_data_of_an_altered_letter_is_told(desk: Path, line: str) -> None:
    content = pdf("12-en-decline-market")
    (desk / "good.pdf").write_bytes(content)
    (desk / "bad.pdf").write_bytes(tamper.altered(content, "a page turned", 1))
    language = i18n.LANGUAGES[READ_BY_THEIR_DATA.index(line) % 2]
    with i18n.speaking(language):
        said = run(*line.split())
    assert (said.exit_code, said.stderr.replace("\n  ", " ").startswith(ALTERED[language])) == (1, True)
    (desk / "bad.pdf").write_bytes(content)
    said = run(*line.split())
    assert (said.exit_code, "altered" in said.stderr) == (0, False)


def test_what_is_written_of_an_altered_letter_says_so_too(desk: Path) -> None:
    """For who was not there when it was written: on paper, on the screen, for programs."""
    content, told = pdf("12-en-decline-market"), "bad.pdf: was altered since Accord made it."
    for altered in (True, False):
        (desk / "bad.pdf").write_bytes(tamper.altered(content, "a page turned", 1) if altered else content)
        run("diff", "bad.pdf", "bad.pdf", "--html", "out.html", "--pdf", "out.pdf", "--force")
        run("review", "bad.pdf", "--pdf", "sheet.pdf", "--force")
        reports = [
            json.loads(run(command, "bad.pdf", *more, "--json").stdout)
            for command, *more in (["review"], ["diff", "--standard"])
        ]
        assert [faults(kind, report) for kind, report in zip(("review", "diff"), reports, strict=True)] == [
            [],
            [],
        ]
        written = (
            *(text_of((desk / name).read_bytes()) for name in ("out.pdf", "sheet.pdf")),
            (desk / "out.html").read_text("utf-8"),
            reports[0]["reviews"][0]["doubt"],
            " ".join(reports[1]["doubts"]),
        )
        assert [told in one_line(text) for text in written] == [altered] * 5


@pytest.mark.parametrize("line", READ_BY_THEIR_DATA)
def test_what_came_in_a_file_is_read_in_a_process_of_its_own(
    desk: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is composed, set in type, verified, reviewed or compared of it."""
    for name in ("good.pdf", "bad.pdf"):
        (desk / name).write_bytes(pdf("01-fr-abonnement"))
    inside: list[str] = []
    answers = isolation.answers

    def counted(function: str, *rest: Any) -> Iterator[dict[str, Any]]:
        inside.append(function)
        yield from answers(function, *rest)
        inside.pop()

    def only_inside(module: Any, name: str) -> None:
        original = getattr(module, name)

        def guarded(*given: Any, **named: Any) -> Any:
            assert inside, f"{module.__name__}.{name} runs in the process of the command"
            return original(*given, **named)

        monkeypatch.setattr(module, name, guarded)

    monkeypatch.setattr(isolation, "answers", counted)
    for module, name in (
        (embedded_data, "open_pdf"),
        (record, "recorded"),
        (recompose, "letter_of"),
        (typeset, "typeset"),
        (verify, "verify"),
        (compare, "changes"),
    ):
        only_inside(module, name)
    assert run(*line.split()).exit_code == 0


@pytest.mark.usefixtures("isolated")
def test_one_bad_file_keeps_no_answer_on_the_others(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here each takes too long."""
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (desk / name).write_bytes(pdf("12-en-decline-market"))
    monkeypatch.setattr("accord.cli.review.LIMITS", replace(LIMITS, seconds=0.01))
    (desk / "deal.toml").write_bytes((SAMPLES / "12-en-decline-market.toml").read_bytes())
    said = run("review", "a.pdf", "deal.toml", "b.pdf", "c.pdf")
    assert (said.exit_code, "deal.toml: " in said.stdout) == (2, True)
    told = said.stderr.splitlines()
    assert [line.partition(":")[0] for line in told] == ["a.pdf", "b.pdf", "c.pdf"]
    assert all("takes more than 0.01 seconds to read" in line for line in told)


def test_the_house_that_judged_is_named_and_a_broken_one_stops_nothing(desk: Path) -> None:
    (desk / "returned").mkdir()
    good = desk / "returned" / "good.pdf"
    good.write_bytes(pdf("01-fr-abonnement"))
    assert f"judged by {desk / 'accord.toml'}" in run("verify", good).stdout
    (desk / "accord.toml").write_text("x = [", "utf-8")
    found = run("verify", good)
    assert (found.exit_code, "the house file found cannot be used" in found.stdout) == (0, True)
    assert "judged by" not in found.stdout
    assert run("verify", "--house", "accord.toml", good).exit_code == 2
    (desk / "accord.toml").unlink()
    os.mkfifo(desk / "accord.toml")
    assert run("verify", good).exit_code == 0


ENDS = {"a line end of mail": b"\r\n", "several": b"\n\n\r\n", "nulls of a disk": bytes(512)}


@pytest.mark.parametrize("case", ENDS)
def test_what_a_transport_adds_at_the_end_is_innocent(desk: Path, case: str) -> None:
    (desk / "a.pdf").write_bytes(pdf("01-fr-abonnement") + ENDS[case])
    assert "a.pdf: intact" in run("verify", "a.pdf", "-q").stdout
    (desk / "b.pdf").write_bytes(pdf("01-fr-abonnement") + ENDS[case] + b"x")
    assert "b.pdf: altered" in run("verify", "b.pdf", "-q").stdout


@pytest.mark.parametrize(
    ("key", "value", "answer"),
    [
        ("/CreationDate", "D:20261123000000+00'00'", "intact"),
        ("/CreationDate", "D:20261123010000+01'00", "intact"),
        ("/CreationDate", "D:20261123000000+01'00", "altered"),
        ("/CreationDate", "D:20261199000000Z", "altered"),
        ("/PageMode", "/UseAttachments", "intact"),  # as MuPDF writes it
        ("/PageMode", "/FullScreen", "altered"),
        ("/Dests", 0.001, "intact"),
        ("/Dests", 1, "altered"),
    ],
)
def test_what_programs_write_anew_when_they_save_is_innocent(
    desk: Path, key: str, value: str | float, answer: str
) -> None:
    (desk / "a.pdf").write_bytes(pdf("01-fr-abonnement"))
    with pikepdf.open("a.pdf") as file:
        if key == "/CreationDate":
            assert str(file.docinfo[key]) == "D:20261123000000Z"
            file.docinfo[key] = pikepdf.String(str(value))
        elif key == "/PageMode":
            file.Root[key] = pikepdf.Name(str(value))
        else:
            place = file.Root.Names.Dests.Names[1]
            place[2] = float(place[2]) + float(value)
        file.save("b.pdf")
    assert f"b.pdf: {answer}" in run("verify", "b.pdf", "-q").stdout


def test_a_file_of_others_is_foreign_however_it_is_packed(desk: Path) -> None:
    page = pikepdf.new()
    page.add_blank_page()
    page.save("locked.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    (desk / "packed.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Filter/LZWDecode/Length 0>>stream\nendstream endobj\n"
    )
    for name in ("locked.pdf", "packed.pdf"):
        result = run("verify", name, "-q")
        assert (result.exit_code, result.stdout) == (1, f"{name}: foreign: not a letter of Accord\n"), name
    with pikepdf.open(desk / "locked.pdf") as file:
        file.attachments["accord.json"] = b"{}"
        file.save("ours.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    assert run("verify", "ours.pdf").exit_code == 2


def test_a_file_added_and_data_exchanged_are_told_apart(desk: Path) -> None:
    (desk / "a.pdf").write_bytes(pdf("01-fr-abonnement"))
    with pikepdf.open("a.pdf") as file:
        file.attachments["order-x.xml"] = b"<order/>"
        file.docinfo["/Producer"] = "GPL Ghostscript 10"
        file.save("b.pdf")
    told = run("verify", "b.pdf").stdout
    assert "the files attached to it were changed" in told
    assert "the data attached is not that of the page" not in told
    assert "the file says that GPL Ghostscript 10 wrote it last" in told


@pytest.mark.parametrize(
    ("arguments", "closed"),
    [
        (("--help",), ">&-"),
        (("schema", "deal"), ">&-"),
        (("schema", "deal"), ">&- 2>&-"),
        (("clauses", "list"), "<&- >&- 2>&-"),
    ],
)
def test_what_was_closed_before_the_start_is_not_missed(arguments: tuple[str, ...], closed: str) -> None:
    result = subprocess.run(
        ["bash", "-c", f'"$@" {closed}', "bash", *COMMAND, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize("closed", [">&- 2>&-", "<&- >&- 2>&-"])
def test_a_spreadsheet_is_read_although_the_output_was_closed_before_the_start(
    closed: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "deals.csv"
    sheet.write_text("Langue;Prospect;Fonctionnalité;Motif\nfr;Lefèvre;Export FEC;hors marché\n", "utf-8")
    house, report = f"{SAMPLES / 'accord.toml'}", f"{tmp_path / 'report'}"
    command = [*COMMAND, "batch", f"{sheet}", "--check", "--house", house, "--report", report]
    result = subprocess.run(["bash", "-c", f'"$@" {closed}', "bash", *command], check=False)
    assert (result.returncode, (tmp_path / "report.json").exists()) == (0, True)


def test_a_reader_that_leaves_is_no_answer() -> None:
    command = '"$@" | true; exit ${PIPESTATUS[0]}'
    for arguments in (["--help"], ["clauses", "list"]):
        result = subprocess.run(
            ["bash", "-c", command, "bash", *COMMAND, *arguments],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (result.returncode in {0, 1}, result.stderr) == (True, "")


def test_a_sentence_without_room_leaves_with_its_code() -> None:
    with FULL.open("w") as full:
        assert (
            subprocess.run(
                [*COMMAND, "render", "nope.toml"], stdout=full, stderr=full, check=False
            ).returncode
            == 2
        )


def test_an_empty_path_is_refused() -> None:
    result = run_process("render", "x.toml", "--out", "", ACCORD_LANG="en")
    assert result.returncode == 2
    assert "is empty; write one, or leave the option out" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["render", "x.toml", "--out", "-"], ["batch", "x.csv", "-o", "-"], ["init", "-o", "-"]]
)
def test_a_dash_is_no_folder_of_that_name(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert (result.exit_code, [*tmp_path.iterdir()]) == (2, [])
    assert "“-” names no file" in result.stderr
