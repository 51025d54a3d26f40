"""`accord review`: what it prints, for people and for programs, and how it ends."""

import datetime
import errno
import json
import os
import shutil
from pathlib import Path
from typing import Any

import click
import pikepdf
import pytest
from click.testing import Result

from accord.clauses import approvals
from accord.clauses.library import Library
from accord.cli import examined
from accord.review.findings import Finding
from accord.review.review import Review
from accord.services.examined import FileReview
from support.cli import run
from support.letters import pdf, sample
from support.paths import SAMPLES
from support.schemas import faults

SOUND, BLANKS = "02-fr-achat-negociation", "04-fr-intention-projet"
HOUSE = SAMPLES / "accord.toml"


def reviewed(*arguments: str | Path, house: Path = HOUSE, dated: bool = True) -> Result:
    date = ("--date", "2026-11-23") if dated else ()
    return run("review", *arguments, "--house", house, *date)


def deal(stem: str) -> Path:
    return SAMPLES / f"{stem}.toml"


@pytest.fixture
def on_hold(tmp_path: Path) -> Path:
    path = tmp_path / "hold.toml"
    text = deal(SOUND).read_text("utf-8")
    assert "[prospect]\n" in text
    path.write_text(text.replace("[prospect]\n", '[prospect]\nkind = "consumer"\n'), "utf-8")
    return path


# --- For people -----------------------------------------------------------------


def test_a_sound_letter_has_nothing_to_object() -> None:
    result = reviewed(deal(SOUND))
    letter = sample(SOUND)
    heading, _, verdict = result.stdout.splitlines()
    assert heading.startswith(
        f"{deal(SOUND)}: {letter.title}, {letter.reference}, version {letter.version}, "
    )
    assert verdict == "No findings."
    assert (result.exit_code, result.stderr) == (0, "")


def test_an_error_ends_with_one_and_findings_stand_by_severity() -> None:
    result = reviewed(deal(BLANKS), "--set", "delivery.by=2027-05-01")
    lines = result.stdout.splitlines()
    assert lines.index("Errors") < lines.index("Notes")
    place = lines.index("  prospect.legal_form [blank]")
    assert lines[place + 1 : place + 3] == [
        "    is left blank in the letter. Fill it in.",
        "    Code civil, art. 1128 et 1163",
    ]
    assert lines[-1] == "8 errors, 1 note."
    assert result.exit_code == 1


@pytest.mark.parametrize("name", ["Harbour Books", "Harbour Books Ltd", "Lefèvre SARL"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_own_blanks_are_no_words_of_the_client(tmp_path: Path, name: str, language: str) -> None:
    """The legal form is read from the name, and leaves a blank beside it."""
    file = tmp_path / "deal.toml"
    file.write_text(
        f'language = "{language}"\n[prospect]\nname = "{name}"\n[feature]\nname = "Stock"\n'
        '[delivery]\nby = 2027-03-31\n[decision]\nkind = "purchase"\n',
        "utf-8",
    )
    told = reviewed(file).stdout
    assert "[blank]" in told
    assert "[unfinished]" not in told


def test_a_pdf_is_reviewed_like_its_deal(tmp_path: Path) -> None:
    letter = sample(SOUND)
    (tmp_path / "letter.pdf").write_bytes(pdf(SOUND))
    result = reviewed(tmp_path / "letter.pdf", dated=False)
    assert f"{letter.title}, {letter.reference}" in result.stdout
    assert result.stdout.endswith("No findings.\n")
    assert result.exit_code == 0


def test_outside_any_house_a_review_says_what_it_could_not_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.pdf").write_bytes(pdf(SOUND))
    monkeypatch.chdir(tmp_path)
    result = run("review", "letter.pdf")
    assert "[no-house]" in result.stdout
    assert result.stdout.endswith("1 note.\n")
    assert result.exit_code == 0


def test_a_letter_that_has_waited_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.cli.options.today", lambda: datetime.date(2027, 4, 1))
    assert "[already-past]" in reviewed(deal(SOUND)).stdout
    (tmp_path / "letter.pdf").write_bytes(pdf(SOUND))
    assert "[already-past]" not in reviewed(tmp_path / "letter.pdf", dated=False).stdout


def test_lines_are_as_wide_as_the_terminal_and_whole_in_a_pipe() -> None:
    finding = Finding("long", "warning", "article 4, Price", "one two three four " * 20, "a source")
    one = FileReview(Path("x.toml"), Review("", "", "", (finding,), ()), None)
    assert max(map(len, map(click.unstyle, examined.lines(one, 40)))) <= 40
    assert "    " + finding.sentence in map(click.unstyle, examined.lines(one, None))


def test_a_pipe_gets_no_colours() -> None:
    assert "\x1b" not in reviewed(deal(BLANKS)).stdout


def test_options_change_the_deal() -> None:
    result = reviewed(deal(SOUND), "--set", "prospect.name=Maison Lune", "--lang", "en")
    assert "Maison Lune" in result.stdout


# --- For programs ---------------------------------------------------------------


@pytest.mark.parametrize("stems", [(SOUND,), (SOUND, BLANKS), ("12-en-decline-market",)])
def test_json_is_what_the_schema_describes(stems: tuple[str, ...]) -> None:
    result = reviewed(*map(deal, stems), "--json")
    data = json.loads(result.stdout)
    assert faults("review", data) == []
    assert [one["file"] for one in data["reviews"]] == [str(deal(stem)) for stem in stems]
    assert {one["reference"][:3] for one in data["reviews"]} <= {"AP-", "DC-"}
    assert all(
        clause["conditions"] or clause["included"] for one in data["reviews"] for clause in one["clauses"]
    )
    assert result.exit_code == (1 if BLANKS in stems else 0)


# --- On paper -------------------------------------------------------------------


def test_the_sheet_is_written_and_never_over_another_file(on_hold: Path, tmp_path: Path) -> None:
    paper = tmp_path / "review.pdf"
    result = reviewed(on_hold, "--pdf", paper)
    assert result.stdout.endswith(f"{paper}\n")
    assert result.exit_code == 1  # the review has errors, and is written all the same
    with pikepdf.open(paper) as file:
        assert len(file.pages) == 1
    paper.write_bytes(b"another")
    refused = reviewed(on_hold, "--pdf", paper)
    assert (refused.exit_code, refused.stdout, paper.read_bytes()) == (2, "", b"another")
    assert reviewed(on_hold, "--pdf", paper, "--force").exit_code == 1
    assert paper.read_bytes() != b"another"


def test_with_json_the_path_of_the_sheet_is_no_result(tmp_path: Path) -> None:
    result = reviewed(deal(SOUND), "--json", "--pdf", tmp_path / "review.pdf")
    assert json.loads(result.stdout)["format"] == 1
    assert result.stderr == f"{tmp_path / 'review.pdf'}\n"


def test_one_sheet_is_about_one_letter(tmp_path: Path) -> None:
    result = reviewed(deal(SOUND), deal(BLANKS), "--pdf", tmp_path / "review.pdf")
    assert result.exit_code == 2
    assert "one letter" in result.stderr
    assert not list(tmp_path.iterdir())


# --- Where there is no letter ---------------------------------------------------


def test_legal_decides_first(on_hold: Path, tmp_path: Path) -> None:
    result = reviewed(on_hold, "--pdf", tmp_path / "review.pdf")
    assert "prospect.kind [legal-hold]" in result.stdout
    assert result.exit_code == 1
    assert (tmp_path / "review.pdf").read_bytes().startswith(b"%PDF-")
    data = json.loads(reviewed(on_hold, "--json").stdout)
    assert faults("review", data) == []
    assert [finding["code"] for finding in data["reviews"][0]["findings"]] == ["legal-hold"]


def test_all_that_cannot_be_used_is_told_after_what_can(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("language = 'de'\n", "utf-8")
    result = reviewed(broken, deal(SOUND), tmp_path / "absent.toml", "--json")
    assert [one["file"] for one in json.loads(result.stdout)["reviews"]] == [str(deal(SOUND))]
    assert "broken.toml: language" in result.stderr
    assert "absent.toml" in result.stderr
    assert result.exit_code == 2


@pytest.mark.parametrize("name", ["x" * 300, "locked"], ids=["too long a name", "not to be read"])
def test_a_file_that_cannot_be_opened_does_not_take_the_others_with_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, flagged = Path.open, os.open

    def refuse(path: Any, *arguments: Any, **more: Any) -> Any:
        if Path(path).name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied")
        return (flagged if arguments and isinstance(arguments[0], int) else opened)(path, *arguments, **more)

    (tmp_path / "locked").touch()
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "open", refuse)
    result = reviewed(tmp_path / name, deal(SOUND), "--json")
    assert [one["file"] for one in json.loads(result.stdout)["reviews"]] == [str(deal(SOUND))]
    (line,) = result.stderr.splitlines()
    assert f"{name}: " in line
    assert ("is not readable by you" if name == "locked" else "has too long a name") in line
    assert result.exit_code == 2


def test_a_sheet_of_an_unusable_file_is_not_written(tmp_path: Path) -> None:
    result = reviewed(tmp_path / "absent.toml", "--pdf", tmp_path / "review.pdf")
    assert (result.exit_code, result.stdout) == (2, "")
    assert not list(tmp_path.iterdir())


# --- Whose text -----------------------------------------------------------------


def test_a_house_that_came_with_the_letter_is_none_to_judge_it_by(here: Path) -> None:
    """As in verify: whoever sends a letter may send a house beside it, with approvals of what he likes."""
    (here / "x.pdf").write_bytes(pdf("12-en-decline-market"))
    for name in ("accord.toml", "logo.svg"):
        shutil.copy(SAMPLES / name, here)
    said = run("review", "x.pdf").stdout
    assert "[no-house]" in said
    assert "lies beside the file and may have come with it" in " ".join(said.split())
    assert "[no-house]" not in run("review", "x.pdf", "--house", "accord.toml").stdout


def test_approvals_beside_the_house_count(tmp_path: Path) -> None:
    (tmp_path / "accord.toml").write_bytes(HOUSE.read_bytes())
    (tmp_path / "logo.svg").write_bytes((SAMPLES / "logo.svg").read_bytes())
    clause = next(clause for clause in Library().clauses("fr", "agreement") if clause.id == "parties")
    approvals.approve(tmp_path, [clause], "A. Roy", sample(SOUND).date)
    data = json.loads(reviewed(deal(SOUND), "--json", house=tmp_path / "accord.toml").stdout)
    approved = [c["file"] for c in data["reviews"][0]["clauses"] if c["status"] == "approved"]
    assert approved == ["10-parties.md"]
