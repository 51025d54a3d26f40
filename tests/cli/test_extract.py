"""A deal goes into a letter and comes back: rendered again, it gives the same bytes."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from support import annexed, letters, tamper
from support.cli import run
from support.paths import SAMPLES
from support.samples import STEMS

BLANKS = "04-fr-intention-projet"


@pytest.mark.parametrize("stem", [STEMS[0], BLANKS, STEMS[-1]])
def test_a_sample_goes_round(stem: str, tmp_path: Path) -> None:
    letter, deal, again = (tmp_path / name for name in ("letter.pdf", "deal.toml", "again.pdf"))
    at_home = ("--house", SAMPLES / "accord.toml")
    source = Path(shutil.copy(SAMPLES / f"{stem}.toml", tmp_path))
    final = () if stem == BLANKS else ("--final",)
    made = run("render", source, *at_home, *final, "--date", "2026-11-23", "-o", letter)
    assert made.exit_code == 0, made.stderr
    back = run("extract", letter, "-o", deal)
    assert (back.exit_code, back.stdout) == (0, f"{deal}\n")
    assert ("--final" in back.stderr) is bool(final)
    assert run("render", deal, *at_home, *final, "-o", again).exit_code == 0
    assert again.read_bytes() == letter.read_bytes()
    assert run("extract", again).stdout == deal.read_text("utf-8")


def test_a_letter_gives_back_its_reference_and_tells_its_version(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", tmp_path)
    shutil.copy(SAMPLES / "logo.svg", tmp_path)
    for own, settings_ in ((None, ()), ("2026/118", ("--set", "reference=2026/118"))):
        letter = tmp_path / f"{bool(own)}.pdf"
        run(
            "render",
            shutil.copy(SAMPLES / f"{STEMS[0]}.toml", tmp_path),
            "--house",
            tmp_path / "accord.toml",
            *settings_,
            "-o",
            letter,
        )
        back = run("extract", letter)
        reference = tomllib.loads(back.stdout)["reference"]
        assert own in {None, reference}
        assert re.search(rf"version [A-Z]{{4}} of {re.escape(reference)}", back.stderr)


def test_a_letter_gives_its_annexes_back(tmp_path: Path) -> None:
    source, back = tmp_path / "source", tmp_path / "back"
    source.mkdir()
    deal = annexed.write(source, annexed.FRENCH)
    letter = tmp_path / "letter.pdf"
    assert run("render", deal, "--house", source / "accord.toml", "-o", letter).exit_code == 0
    given = run("extract", letter, "--annexes", back, "-o", back / "deal.toml")
    assert given.exit_code == 0, given.stderr
    assert [Path(line).name for line in given.stdout.splitlines()] == [
        "deal.toml",
        "specification.txt",
        "plan d’essais.xlsx",
        "drawing.pdf",
        "cgv.txt",
    ]
    assert (back / "drawing.pdf").read_bytes() == annexed.DRAWING
    again = tmp_path / "again.pdf"
    made = run("render", back / "deal.toml", "--house", source / "accord.toml", "-o", again)
    assert made.exit_code == 0, made.stderr
    assert again.read_bytes() == letter.read_bytes()
    (back / "drawing.pdf").write_text("mine", "utf-8")
    refused = run("extract", letter, "--annexes", back)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "drawing.pdf" in refused.stderr
    assert (back / "drawing.pdf").read_text("utf-8") == "mine"


def test_that_there_are_no_annexes_is_said(tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(letters.pdf(STEMS[-1]))
    given = run("extract", letter, "--annexes", tmp_path / "back", "-o", tmp_path / "deal.toml")
    assert given.exit_code == 0
    assert "holds no other document" in given.stderr
    assert not (tmp_path / "back").exists()


def test_annexes_that_were_changed_are_not_given_back(tmp_path: Path) -> None:
    deal = annexed.write(tmp_path, annexed.FRENCH)
    letter = tmp_path / "letter.pdf"
    run("render", deal, "--house", tmp_path / "accord.toml", "-o", letter)
    with tamper.editing(letter.read_bytes()) as (file, out):
        file.attachments["drawing.pdf"].obj.EF.F.write(b"another drawing")
    letter.write_bytes(out.getvalue())
    refused = run("extract", letter, "--annexes", tmp_path / "back")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "drawing.pdf" in refused.stderr
    assert not (tmp_path / "back").exists()
