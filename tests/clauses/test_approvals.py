"""Who approved which clause text: the record, and the commands that read and write it."""

import json
import os
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from accord.clauses import approvals
from accord.cli import program
from support.paths import SAMPLES

PRICE = "en/agreement/32-price.vat.md"
OWN = (
    '+++\ntitle = "Price"\nwhen = ["binding", "vat-rate"]\n+++\nThe price is {{ decision.total }},'
    " {{ decision.unit_price }} each, with VAT at {{ decision.vat_rate }}.\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("accord.toml", "logo.svg"):
        shutil.copy(SAMPLES / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def clauses(*arguments: str) -> Result:
    return CliRunner().invoke(program(), ["clauses", *arguments])


def listed(file: str = PRICE) -> dict[str, Any]:
    rows = json.loads(clauses("list", "--json").stdout)["clauses"]
    (row,) = (row for row in rows if row["file"] == file)
    return dict(row)


def write_own(home: Path, text: str = OWN) -> None:
    path = home / "templates" / PRICE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_an_approval_lasts_until_the_text_or_its_conditions_change(home: Path) -> None:
    write_own(home)
    assert (listed()["own"], listed()["approved"], listed()["changed"]) == (True, None, False)
    done = clauses("approve", PRICE, "--by", "A. Roy", "--date", "2026-11-24")
    assert (done.exit_code, done.stdout) == (0, f"{PRICE}\n")
    assert listed()["approved"] == {"by": "A. Roy", "on": "2026-11-24"}
    write_own(home, OWN.replace("\n", "\r\n"))
    assert listed()["approved"], "line ends are no words"
    for change in (("is {{", "was {{"), ("Price", "Prices"), (', "vat-rate"', "")):
        write_own(home, OWN.replace(*change))
        assert (listed()["approved"], listed()["changed"]) == (None, True), change
    write_own(home)
    assert listed()["approved"], "the approved text is back"


def test_the_record_only_grows_and_keeps_remarks(home: Path) -> None:
    clauses("approve", "payment", "--lang", "fr", "--by", "A. Roy")
    record = home / approvals.FILE
    record.write_text("# Ours.\n" + record.read_text("utf-8") + "# The end.\n", "utf-8")
    before = record.read_text("utf-8")
    clauses("approve", "payment", "price", "--by", "B. Lee", "--date", "2026-12-01")
    assert record.read_text("utf-8").startswith(before)
    entries = tomllib.loads(record.read_text("utf-8"))["approved"]
    assert [entry["by"] for entry in entries] == ["A. Roy"] * 4 + ["B. Lee"] * 16
    assert len({(entry["file"], entry["digest"]) for entry in entries}) == 20
    text = record.read_text("utf-8")
    assert clauses("approve", "price", "--by", "C").stdout == ""
    assert record.read_text("utf-8") == text


def test_a_record_written_as_a_list_is_added_to_as_one(home: Path) -> None:
    record = home / approvals.FILE
    for before in ("approved = []\n", "approved = [ # ours\n]\n"):
        record.write_text(before, "utf-8")
        assert clauses("approve", PRICE, "--by", 'A. "Roy"').exit_code == 0
        assert [approval.by for approval in approvals.read(home)] == ['A. "Roy"']
        assert listed()["approved"]
    assert "# ours" in record.read_text("utf-8")


def test_a_record_that_is_a_link_stays_one(home: Path) -> None:
    (home / "shared").mkdir()
    (home / approvals.FILE).symlink_to("shared/ours.toml")
    (home / "shared" / "ours.toml").write_text("# Ours.\n", "utf-8")
    assert clauses("approve", PRICE, "--by", "A. Roy").exit_code == 0
    assert (home / approvals.FILE).is_symlink()
    assert PRICE in (home / "shared" / "ours.toml").read_text("utf-8")


def test_all_approves_every_text_of_both_languages(home: Path) -> None:
    assert (
        len(clauses("approve", "--all", "--by", "A. Roy").stdout.splitlines())
        == len(approvals.read(home))
        > 150
    )
    assert "not approved" not in clauses().stdout


BROKEN = {
    "no TOML": ("approved = [", "line 1"),
    "a key too many": ('[[approved]]\nfile="a"\ndigest="b"\nby="c"\non=2026-01-01\nsum=3\n', "sum"),
    "no name": ('[[approved]]\nfile="a"\ndigest="b"\non=2026-01-01\n', "by"),
    "not in UTF-8": ("# Approuvées en 2026 par Zoé\n", "not in UTF-8"),
    "no day": ('[[approved]]\nfile="a"\ndigest="b"\nby="c"\non="soon"\n', "on"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_named_and_left_alone(home: Path, name: str) -> None:
    text, part = BROKEN[name]
    (home / approvals.FILE).write_bytes(text.encode("latin-1"))
    for arguments in (["list"], ["approve", "price", "--by", "A"]):
        result = clauses(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert approvals.FILE in result.stderr
        assert part in result.stderr
    assert (home / approvals.FILE).read_bytes() == text.encode("latin-1")


ELSEWHERE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "is a folder"),
    "a link to nothing": (lambda path: path.symlink_to("gone.toml"), "does not exist"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "is a link that leads back to itself"),
    "a pipe": (os.mkfifo, "is a pipe"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_record_that_is_no_file_is_named(home: Path, name: str) -> None:
    make, part = ELSEWHERE[name]
    make(home / approvals.FILE)
    for arguments in (["list"], ["approve", "price", "--by", "A"]):
        result = clauses(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{approvals.FILE}: {part}" in result.stderr


REFUSED = {
    "nothing named": (["approve", "--by", "A"], "--all"),
    "named and all": (["approve", "price", "--all", "--by", "A"], "--all"),
    "nobody": (["approve", "price"], "--by"),
    "a blank name": (["approve", "price", "--by", " "], "--by"),
    "a slip": (["approve", "prize", "--by", "A"], "did you mean price?"),
    "two slips": (["show", "prize", "paymnet"], "did you mean payment?"),
    "no such day": (["approve", "price", "--by", "A", "--date", "31/02/2026"], "31/02/2026"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_to_write(home: Path, name: str) -> None:
    arguments, part = REFUSED[name]
    result = clauses(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert part in result.stderr
    assert not (home / approvals.FILE).exists()


def test_without_a_house_the_library_can_be_read_but_not_approved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert clauses().exit_code == 0
    assert "Price" in clauses("show", "32-price.vat", "--lang", "en").stdout
    for arguments in (["approve", "price", "--by", "A"], ["check"], ["list", "--house", "nowhere.toml"]):
        assert clauses(*arguments).exit_code == 2


def test_what_the_check_objects_to_is_said_before_a_text_is_approved(home: Path) -> None:
    write_own(home, OWN.replace("each", "each, if the Client is satisfied"))
    result = clauses("approve", PRICE, "--by", "A. Roy", "--date", "2026-11-23")
    assert (result.exit_code, result.stdout) == (0, f"{PRICE}\n")
    assert "32-price.vat.md:5: error: “if the Client is satisfied”" in result.stderr
    sound = clauses("approve", "10-parties", "--by", "A. Roy")
    assert "error" not in sound.stderr


def test_show_gives_the_text_as_it_is_written(home: Path) -> None:
    write_own(home)
    printed = clauses("show", PRICE).stdout
    assert "your own text, not approved" in printed
    assert "In if: binding, vat-rate" in printed
    assert printed.endswith("\nPrice\n" + OWN.rpartition("+++\n")[2])


def test_check_ends_with_one_where_there_is_an_error(home: Path) -> None:
    assert (clauses("check").exit_code, clauses("check").stdout[:7]) == (0, "No rema")
    write_own(home)
    warned = clauses("check")
    assert warned.exit_code == 0
    assert "32-price.vat.md:1: warning:" in warned.stdout
    write_own(home, OWN.replace("total", "totl"))
    wrong = clauses("check")
    assert wrong.exit_code == 1
    assert (
        "32-price.vat.md:5: error: decision.totl is not a placeholder; did you mean decision.total?"
        in wrong.stdout
    )
    assert {remark["severity"] for remark in json.loads(clauses("check", "--json").stdout)["remarks"]} == {
        "error",
        "warning",
    }


@pytest.mark.parametrize("by", ["A. \u202eRoy", "A.\tRoy", "x" * 121, "A.\nRoy"])
def test_a_name_that_could_not_be_read_again_is_not_written(home: Path, by: str) -> None:
    result = clauses("approve", "price", "--by", by)
    assert result.exit_code == 2
    assert "--by" in result.stderr
    assert not (home / approvals.FILE).exists()


def test_without_a_subcommand_the_list_has_its_options(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_own(home)
    monkeypatch.chdir("/")
    assert "your own text" not in clauses().stdout
    assert "your own text" in clauses("--house", str(home / "accord.toml")).stdout
    monkeypatch.setenv("ACCORD_HOUSE", str(home / "accord.toml"))
    assert "your own text" in clauses().stdout
    files = {row["file"] for row in json.loads(clauses("--json", "--lang", "en").stdout)["clauses"]}
    assert PRICE in files
    assert all(file.startswith("en/") for file in files)
    result = clauses("--lang", "en", "show", "price")
    assert result.exit_code == 2
    assert "Write --lang after show." in result.stderr
    assert clauses("show", "price", "--lang", "en").exit_code == 0
