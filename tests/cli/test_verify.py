"""`accord verify`: a verdict on each file, whose words it has, and the exit code of the worst."""

import io
import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import Result

from accord import isolation
from accord.errors import AccordError
from accord.verify import verdict, verify, viewer
from support import services, tamper
from support.cli import run
from support.in_process import PROCESS
from support.letters import pdf
from support.paths import SAMPLES, SOURCE
from support.processes import python
from support.samples import HOUSE


@pytest.fixture
def desk(here: Path) -> Path:
    """A folder with a letter as it was made and one that was altered, and the user in it."""
    (here / "good.pdf").write_bytes(pdf("01-fr-abonnement"))
    (here / "bad.pdf").write_bytes(tamper.altered(pdf("01-fr-abonnement"), "a page turned", 1))
    shutil.copy(SAMPLES / "logo.svg", here)
    return here


def verified(*arguments: str | Path) -> Result:
    """`accord verify`, with the house that lies in the folder of the letters, if one does: it must be named."""
    house = ("--house", "accord.toml") if Path("accord.toml").exists() and "--house" not in arguments else ()
    return run("verify", *arguments, *house)


@pytest.mark.usefixtures("desk")
def test_a_fault_over_one_file_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_expected: bytes, _found: object, **_how: bool) -> Iterator[str]:
        raise ZeroDivisionError

    monkeypatch.setattr(verify, "_program", faulty)
    said = verified("bad.pdf", "good.pdf", "nowhere.pdf")
    assert said.exit_code == 70
    assert "good.pdf: authentic" in said.stdout
    assert [line.split(":")[0] for line in said.stderr.splitlines()] == ["bad.pdf", "nowhere.pdf"]
    assert "ZeroDivisionError" in said.stderr


@pytest.mark.usefixtures("desk")
def test_a_file_over_which_the_process_dies_or_tarries_is_named_and_the_next_one_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(isolation, "Process", PROCESS)
    content = pdf("12-en-decline-market")
    with isolation.Process(verdict.LIMITS) as process:
        os.kill(process.call("os:getpid"), signal.SIGKILL)
        with pytest.raises(AccordError, match=r"^x\.pdf: crashes the process that reads it"):
            verdict.verdict_on(content, "x.pdf", None, process)
        assert verdict.verdict_on(content, "x.pdf", None, process) == verify.verify(content, "x.pdf")
    monkeypatch.setattr("accord.cli.signers.LIMITS", replace(verdict.LIMITS, seconds=0.01))
    said = verified("good.pdf", "nowhere.pdf")
    assert said.exit_code == 2
    first, second = said.stderr.splitlines()
    assert first.startswith("good.pdf: takes more than 0.01 seconds to read")
    assert second.startswith("nowhere.pdf: ")


def test_one_verdict_a_file_and_the_exit_code_of_the_worst(desk: Path) -> None:
    other = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(other)
    (desk / "other.pdf").write_bytes(other.getvalue())
    (desk / "broken.pdf").write_bytes(pdf("01-fr-abonnement")[:5000])
    assert verified("good.pdf").exit_code == 0
    said = verified("bad.pdf", "good.pdf", "other.pdf")
    assert said.exit_code == 1
    assert "bad.pdf: altered" in said.stdout
    assert "it was turned" in said.stdout
    assert "good.pdf: authentic" in said.stdout
    assert "other.pdf: foreign" in said.stdout
    worst = verified("broken.pdf", "bad.pdf", "nowhere.pdf")
    assert worst.exit_code == 2
    assert "bad.pdf: altered" in worst.stdout
    assert [line.split(":")[0] for line in worst.stderr.splitlines()] == ["broken.pdf", "nowhere.pdf"]


@pytest.mark.usefixtures("desk")
def test_quiet_is_one_line_a_file() -> None:
    said = verified("-q", "bad.pdf", "good.pdf")
    assert [line.split()[:2] for line in said.stdout.splitlines()] == [
        ["bad.pdf:", "altered:"],
        ["good.pdf:", "authentic:"],
    ]


@pytest.mark.usefixtures("desk")
def test_the_verdicts_as_json() -> None:
    said = verified("bad.pdf", "good.pdf", "--json")
    assert said.exit_code == 1
    verdicts = json.loads(said.stdout)["verdicts"]
    assert [(v["file"], v["answer"], v["reference"]) for v in verdicts] == [
        ("bad.pdf", "altered", verdicts[1]["reference"]),
        ("good.pdf", "authentic", verdicts[0]["reference"]),
    ]


OWN = '+++\ntitle = "Prix"\nwhen = ["binding", "vat-rate"]\n+++\nLe prix est de {{ decision.total }}.\n'


def test_whose_words_a_letter_has(desk: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", desk)
    own = desk / "templates" / "fr" / "agreement" / "32-price.vat.md"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, "utf-8")
    deal = shutil.copy(SAMPLES / "01-fr-abonnement.toml", desk)
    assert run("render", deal, "-o", "own.pdf").exit_code == 0
    key = "fr/agreement/32-price.vat.md"

    def words(code: int = 0) -> str:
        said = verified("own.pdf")
        assert said.exit_code == code
        assert "authentic" in said.stdout
        quiet = verified("own.pdf", "-q")
        counted = (
            "byte for byte what its data composes; 1 clause in words that nobody here vouches for"
            in quiet.stdout
        )
        assert (quiet.exit_code, counted, "judged by" in quiet.stdout) == (code, bool(code), True)
        return "".join(line for line in said.stdout.splitlines() if "text:" in line).strip()

    assert words() == f"text: {key} is the house's own, not approved"
    run("clauses", "approve", key, "--by", "A. Roy")
    assert words() == f"text: {key} is the house's own, approved"
    own.write_text(OWN.replace("est de", "sera de"), "utf-8")
    assert words() == f"text: {key} is the house's own, approved", "that text was approved"
    (desk / "approvals.toml").unlink()
    assert words(1) == f"text: {key} is neither the library's nor that of a company whose file is here"
    (desk / "own.pdf").rename(desk / "templates.pdf")
    assert verified("good.pdf").stdout.count("every clause is the library's") == 1


def test_deviating_words_count_where_the_house_approves_texts_and_where_it_is_asked(desk: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", desk)
    own = desk / "templates" / "fr" / "agreement" / "32-price.vat.md"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, "utf-8")
    assert run("render", shutil.copy(SAMPLES / "01-fr-abonnement.toml", desk), "-o", "own.pdf").exit_code == 0
    assert [verified(*which).exit_code for which in (["own.pdf"], ["own.pdf", "--strict"])] == [0, 1]
    run("clauses", "approve", "fr/agreement/00-note.md", "--by", "A. Roy")
    (verdict,) = json.loads(verified("own.pdf", "--json").stdout)["verdicts"]
    assert (verdict["deviating"], verified("own.pdf", "-q").exit_code) == (1, 1)
    run("clauses", "approve", "--all", "--by", "A. Roy")
    assert [verified(*which).exit_code for which in (["own.pdf"], ["own.pdf", "--strict"])] == [0, 0]
    assert verified("good.pdf").exit_code == 1, "the house has approved a text of its own"


@pytest.mark.usefixtures("desk")
def test_strictly_the_one_line_says_how_many_clauses_are_not_approved(desk: Path) -> None:
    said = run("verify", "good.pdf", "-q", "--strict")
    assert (said.exit_code, "no company’s file at hand says which clauses" in said.stdout) == (1, True)
    shutil.copy(SAMPLES / "accord.toml", desk)
    said = verified("good.pdf", "-q", "--strict")
    count = json.loads(verified("good.pdf", "--json").stdout)["verdicts"][0]["unapproved"]
    assert (said.exit_code, f"; {count} clauses not approved" in said.stdout) == (1, True)
    run("clauses", "approve", "--all", "--by", "A. Roy")
    said = verified("good.pdf", "-q", "--strict")
    assert (said.exit_code, "not approved" in said.stdout) == (0, False)


@pytest.mark.parametrize("where", ["here", "above"])
def test_a_house_that_lies_beside_the_file_vouches_for_nothing_unless_it_is_named(
    desk: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it comes in one parcel with the file, with approvals of what the sender likes."""
    shutil.copy(SAMPLES / "accord.toml", desk)
    own = desk / "templates" / "fr" / "agreement" / "32-price.vat.md"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, "utf-8")
    assert run("render", shutil.copy(SAMPLES / "01-fr-abonnement.toml", desk), "-o", "own.pdf").exit_code == 0
    run("clauses", "approve", "--all", "--by", "Mallory")
    (desk / "sub").mkdir()
    (desk / "sub" / "link.pdf").symlink_to(desk / "own.pdf")
    if where == "above":
        monkeypatch.chdir(desk / "sub")
    for file in (desk / "own.pdf", os.path.relpath(desk / "own.pdf"), desk / "sub" / "link.pdf"):
        said = run("verify", file)
        assert (said.exit_code, "judged by" in said.stdout, "vouches for no clause" in said.stdout) == (
            1,
            False,
            True,
        )
        named = run("verify", file, "--house", desk / "accord.toml")
        assert (named.exit_code, f"judged by {desk / 'accord.toml'}" in named.stdout) == (0, True)
    shutil.copy(desk / "own.pdf", desk / "sub" / "returned.pdf")
    assert run("verify", desk / "sub" / "returned.pdf").exit_code == 0


def test_the_house_of_another_user_vouches_for_nothing(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(SAMPLES / "accord.toml", desk)
    (desk / "returned").mkdir()
    shutil.copy("good.pdf", "returned")
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    os.chown("accord.toml", *(([54321, 54321]) if os.geteuid() == 0 else (-1, -1)))
    said = run("verify", "returned/good.pdf")
    assert (said.exit_code, "belongs to another user" in said.stdout, "judged by" in said.stdout) == (
        0,
        True,
        False,
    )


def test_the_library_s_words_are_held_against_the_approvals_too(desk: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", desk)
    said = verified("good.pdf")
    assert re.search(r"\d+ clauses of the library's in it are not approved by the house", said.stdout)
    run("clauses", "approve", "--all", "--by", "A. Roy")
    said = verified("good.pdf")
    assert "every clause of the library's in it is approved by the house" in said.stdout
    (desk / "approvals.toml").unlink()
    own = desk / "templates" / "fr" / "agreement" / "32-price.vat.md"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, "utf-8")
    assert "text of its own" not in verified("good.pdf").stdout, "nobody approved it"
    run("clauses", "approve", "fr/agreement/32-price.vat.md", "--by", "A. Roy")
    assert "the house has approved a text of its own" in verified("good.pdf").stdout
    (verdict,) = json.loads(verified("good.pdf", "--json").stdout)["verdicts"]
    assert verdict["wording"] == [{"file": "fr/agreement/32-price.vat.md", "status": "superseded"}]
    assert verdict["unapproved"] > 10


def test_terms_that_are_not_the_house_s_are_noted(desk: Path) -> None:
    text = (SAMPLES / "accord.toml").read_text("utf-8")
    (desk / "accord.toml").write_text(text, "utf-8")
    plain = verified("good.pdf").stdout
    assert "here, and" not in plain
    assert "logo" not in plain
    for before, after in {
        "payment_days = 30": "payment_days = 45",
        "acceptance_days = 15": "acceptance_days = 20",
        "confidentiality_years = 3": "confidentiality_years = 5",
        'court = "Lyon"': 'court = "Paris"',
    }.items():
        assert before in text
        text = text.replace(before, after)
    (desk / "accord.toml").write_text(text, "utf-8")
    logo = desk / "logo.svg"
    logo.write_text(re.sub(r"#[0-9a-f]{6}", "#123456", logo.read_text("utf-8")), "utf-8")
    said = verified("good.pdf").stdout
    for part in (
        "terms.payment_days is 30 here, and 45 in",
        "terms.acceptance_days is 15 here, and 20 in",
        "terms.confidentiality_years is 3 here, and 5 in",
        "terms.court is Lyon here, and Paris in",
        "its logo is not that of",
    ):
        assert part in said, part


def test_particulars_that_are_not_the_house_s_are_noted(desk: Path) -> None:
    assert "particulars" not in verified("good.pdf", "--house", HOUSE.path).stdout
    text = (SAMPLES / "accord.toml").read_text("utf-8").replace("3 quai Perrache", "4 quai Perrache")
    (desk / "accord.toml").write_text(text, "utf-8")
    assert "not those of" in verified("good.pdf").stdout


def test_a_viewer_that_cannot_show_our_own_letter_gives_no_verdict(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "saved.pdf").write_bytes(tamper.saved_by_pikepdf(pdf("12-en-decline-market"), "saved"))
    monkeypatch.setattr(viewer, "render", lambda files, **_how: [None for _file in files])
    said = verified("saved.pdf", "good.pdf")
    assert (said.exit_code, said.stderr.count("\n")) == (3, 1)
    assert said.stderr.startswith("saved.pdf: the viewer on this machine")
    assert "good.pdf: authentic" in said.stdout


def test_a_letter_without_its_data_is_altered_and_a_sheet_foreign(desk: Path) -> None:
    with pikepdf.open(desk / "good.pdf") as file:
        del file.Root.AF, file.Root.Names
        file.save(desk / "bare.pdf")
        del file.docinfo
        file.save(desk / "card.pdf")
    for name in ("bare.pdf", "card.pdf"):
        said = verified(name)
        assert said.exit_code == 1
        assert "it is a letter of Accord without its data" in said.stdout
    assert run("review", "good.pdf", "--pdf", "sheet.pdf").exit_code in {0, 1}
    assert "sheet.pdf: foreign" in verified("sheet.pdf").stdout


def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "accord" / "verify").mkdir(parents=True)
    for name in ("pypdfium2.py", "json.py", "accord/__init__.py", "accord/verify/viewer.py"):
        (tmp_path / name).write_text(f"import os\nopen({str(tmp_path / 'run')!r}, 'w').close()\n", "utf-8")
    (tmp_path / "saved.pdf").write_bytes(tamper.saved_by_pikepdf(pdf("12-en-decline-market"), "saved"))
    program = "from accord.cli import main; import sys; sys.argv = ['accord', 'verify', 'saved.pdf']; main()"
    done = python("-P", "-c", program, cwd=tmp_path, ACCORD_LANG="en", PYTHONPATH=str(SOURCE))
    assert "saved.pdf: intact" in done.stdout
    assert not (tmp_path / "run").exists()


def test_a_repackaged_letter_is_a_clean_answer_unless_something_was_added(here: Path) -> None:
    content = pdf("01-fr-abonnement")
    (here / "sent.pdf").write_bytes(services.REPACKAGED["form taken out with its tags"](content))
    (here / "signed.pdf").write_bytes(services.WITH_ADDITIONS["a picture and a page"](content))
    sent, signed = run("verify", "sent.pdf"), run("verify", "signed.pdf")
    assert (sent.exit_code, signed.exit_code) == (0, 1)
    assert sent.stdout.startswith("sent.pdf: intact, repackaged: ")
    assert "  lost: its signature fields: supplier, prospect\n" in sent.stdout
    assert "  added: 1 page behind those of the letter: read it, " in signed.stdout
    assert "which is no signature in itself: supplier\n" in signed.stdout
    assert run("verify", "signed.pdf", "-q").stdout.endswith("; with additions to read\n")
    (told,) = json.loads(run("verify", "signed.pdf", "--json").stdout)["verdicts"]
    assert (told["answer"], len(told["lost"]), len(told["added"])) == ("repackaged", 1, 2)
