"""What the screen says of letters that have warnings, or sentences to read again."""

import datetime
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from support.cli import run
from support.paths import SAMPLES
from support.printed import one_line

PROMISE = "Nos développeurs y travailleront cet hiver."
SOUND = "Notre interface publique échange ces ventes depuis 2021."


@pytest.fixture
def declines(sample_desk: Path) -> tuple[Path, Path]:
    """Two declines: one with a promise among its own words, one without words of its own."""
    paths = (sample_desk / "one.toml", sample_desk / "two.toml")
    for path, sample in zip(paths, ("09-fr-refus-hors-marche", "10-fr-refus-sans-decision"), strict=True):
        shutil.copy(SAMPLES / f"{sample}.toml", path)
    say(paths[0], PROMISE)
    return paths


def say(path: Path, alternative: str) -> None:
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("own_alternative")]
    path.write_text("\n".join([*kept, f'alternative = "{alternative}"', ""]), "utf-8")


def final(*paths: Path) -> Result:
    return run("render", *(path.name for path in paths), "--final", "-o", "letters", "--force")


def test_a_final_letter_says_how_many_warnings_it_has(declines: tuple[Path, Path]) -> None:
    one, two = declines
    assert (
        "The review has a warning about it. To read it before you sign: accord review one.toml"
        in one_line(final(one).stderr)
    )
    assert "warning" not in final(two).stderr
    say(one, SOUND)
    assert "warning" not in final(one).stderr


def test_of_several_letters_those_with_warnings_are_counted(declines: tuple[Path, Path]) -> None:
    told = one_line(final(*declines).stderr)
    assert "1 of 2 letters has warnings. To read them before you sign: accord review one.toml" in told


@pytest.mark.parametrize(("options", "where"), [((), "the report has them"), (("--check",), "--report NAME")])
@pytest.mark.usefixtures("declines")
def test_a_batch_counts_letters_with_warnings_and_with_own_words(
    sample_desk: Path, options: tuple[str, ...], where: str
) -> None:
    (sample_desk / "deals").mkdir()
    for name in ("one.toml", "two.toml"):
        shutil.move(name, "deals")
    told = one_line(run("batch", "deals", *options).stderr)
    assert f"1 letter has warnings: {where}" in told
    assert "1 letter has sentences of your own: read it again." in told


def test_a_report_names_free_words_by_their_columns(sample_desk: Path) -> None:
    head = "Langue;Prospect;Fonctionnalité;Motif;Alternative"
    (sample_desk / "deals.csv").write_text(f"{head}\nfr;Morel;Caisse;date-not-feasible;{SOUND}\n", "utf-8")
    run("batch", "deals.csv", "--report", "told")
    assert "column E, “Alternative”: Words of your own" in (sample_desk / "told.csv").read_text("utf-8")


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_batch_counts_drafts_with_what_no_final_letter_may_have(
    sample_desk: Path, options: tuple[str, ...]
) -> None:
    soon = datetime.date.today() + datetime.timedelta(90)  # noqa: DTZ011 - as the command has it
    rows = (f"en;{name};Vouchers;purchase;{soon}" for name in ("N/A", "Morel"))
    lines = ("Language;Prospect;Feature;Decision;Delivery date", *rows, "")
    (sample_desk / "deals.csv").write_text("\n".join(lines), "utf-8")
    result = run("batch", "deals.csv", "--report", "told", *options)
    assert result.exit_code == 0
    assert '"code": "blank"' in (sample_desk / "told.json").read_text("utf-8")
    assert "1 letter has faults that keep it from being final: the report has them" in one_line(result.stderr)
