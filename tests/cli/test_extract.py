"""A deal goes into a letter and comes back: rendered again, it gives the same bytes."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

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
