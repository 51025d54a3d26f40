"""A deal file keeps the reference of its first letter; nothing else in it changes."""

import os
import tomllib
from pathlib import Path

import pytest

from accord.errors import Defect
from accord.services.keep_reference import with_reference
from support.cli import run
from support.paths import SAMPLES

DEAL = SAMPLES / "01-fr-abonnement.toml"
AT_HOME = ("--house", SAMPLES / "accord.toml")
KEPT = 'reference = "R-1"'

PLACES = {
    "below the last key": ('language = "fr"\n\n[prospect]\n', f'language = "fr"\n{KEPT}\n\n[prospect]\n'),
    "above a comment on the table": ("a = 1\n# who\n[b]\n", f"a = 1\n{KEPT}\n# who\n[b]\n"),
    "first, where there are but tables": ("[b]\nc = 1\n", f"{KEPT}\n[b]\nc = 1\n"),
    "a last line without an end": ("b.c = 1", f"b.c = 1\n{KEPT}\n"),
    "lines that end as on Windows": ("a = 1\r\n[b]\r\n", f"a = 1\r\n{KEPT}\r\n[b]\r\n"),
    "a byte order mark": ("\ufeffa = 1\n", f"\ufeffa = 1\n{KEPT}\n"),
    "what looks like a table in a text": ('a = """\n[b]\n"""\n', f'{KEPT}\na = """\n[b]\n"""\n'),
    "a list on several lines": ("a = [\n  1,\n  2\n]\n[b]\n", f"a = [\n  1,\n  2\n]\n{KEPT}\n[b]\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_the_reference_stands_with_the_keys(name: str) -> None:
    before, after = PLACES[name]
    assert with_reference(before.encode(), "R-1").decode() == after


def test_a_file_that_has_one_is_refused() -> None:
    with pytest.raises(Defect):
        with_reference(b'reference = "R-2"\n', "R-1")


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    """A deal file written by hand, with a comment."""
    path = tmp_path / "lefevre.toml"
    path.write_text("# our first\n" + DEAL.read_text("utf-8"), "utf-8")
    path.chmod(0o640)
    return path


def test_render_keeps_the_reference_once(deal: Path, tmp_path: Path) -> None:
    before = deal.read_text("utf-8")
    first = run("render", deal, *AT_HOME, "--date", "2026-11-23", "-o", tmp_path)
    reference = tomllib.loads(deal.read_text("utf-8"))["reference"]
    assert reference in first.stderr
    assert deal.read_text("utf-8").replace(f'reference = "{reference}"\n', "") == before
    assert deal.stat().st_mode & 0o777 == 0o640
    completed = ("--set", "feature.need=tout exporter", "--date", "2026-12-01")
    second = run("render", deal, *AT_HOME, *completed, "-o", tmp_path)
    assert reference not in second.stderr
    names = [Path(line).name for line in (first.stdout + second.stdout).splitlines()]
    assert len(set(names)) == 2
    assert all(name.startswith(reference) for name in names)


LEFT_ALONE = {
    "another prospect": ("--set", "prospect.name=Morel"),
    "a reference of its own": ("--set", "reference=R-1"),
    "a decline in its place": ("--set", "decline.reason=out-of-scope"),
    "another sort of decision": ("--set", "decision.kind=subscription"),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_a_file_that_serves_for_another_deal_is_left_alone(name: str, deal: Path, tmp_path: Path) -> None:
    before = deal.read_bytes()
    made = run("render", deal, *AT_HOME, *LEFT_ALONE[name], "-o", tmp_path)
    assert (made.exit_code, deal.read_bytes()) == (0, before)
    assert "its reference" not in made.stderr


def test_a_file_that_may_not_be_written_is_left_alone(deal: Path, tmp_path: Path) -> None:
    deal.chmod(0o440)
    before = deal.read_bytes()
    made = run("render", deal, *AT_HOME, "-o", tmp_path)
    assert (made.exit_code, deal.read_bytes()) == (0, before)
    assert "its reference" not in made.stderr


def test_a_sample_of_the_program_is_left_alone(tmp_path: Path) -> None:
    made = run("render", DEAL, *AT_HOME, "-o", tmp_path)
    assert made.exit_code == 0
    assert "its reference" not in made.stderr
    assert "reference" not in tomllib.loads(DEAL.read_text("utf-8"))


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_stays_a_link(deal: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(deal)
    run("render", link, *AT_HOME, "-o", tmp_path)
    assert link.is_symlink()
    assert "reference" in tomllib.loads(deal.read_text("utf-8"))
