"""A deal goes into a letter and comes back: rendered again, it gives the same bytes."""

import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.cli import program
from accord.domain.house import HouseFile
from accord.intake import loader, toml_writer
from accord.letter.composer import compose
from accord.pdf import typeset
from accord.verify import recompose
from support.letters import SAMPLES, STEMS, TODAY, house
from support.printed import STEADY
from support.situations import HOUSES, agreement


def accord(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program(), [str(argument) for argument in arguments])


@pytest.mark.parametrize("stem", STEMS)
def test_a_sample_goes_round(stem: str, tmp_path: Path) -> None:
    letter, deal, again = (tmp_path / name for name in ("letter.pdf", "deal.toml", "again.pdf"))
    at_home = ("--house", SAMPLES / "accord.toml")
    final = () if stem == "04-fr-intention-projet" else ("--final",)
    made = accord("render", SAMPLES / f"{stem}.toml", *at_home, *final, "--date", "2026-11-23", "-o", letter)
    assert made.exit_code == 0, made.stderr
    back = accord("extract", letter, "-o", deal)
    assert (back.exit_code, back.stdout) == (0, f"{deal}\n")
    assert ("--final" in back.stderr) is bool(final)
    assert accord("render", deal, *at_home, *final, "-o", again).exit_code == 0
    assert again.read_bytes() == letter.read_bytes()
    assert accord("extract", again).stdout == deal.read_text("utf-8")


def test_a_derived_reference_follows_the_terms_and_one_s_own_stays(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", tmp_path)
    shutil.copy(SAMPLES / "logo.svg", tmp_path)
    for own, settings_ in ((None, ()), ("2026/118", ("--set", "reference=2026/118"))):
        letter = tmp_path / f"{bool(own)}.pdf"
        accord(
            "render",
            SAMPLES / f"{STEMS[0]}.toml",
            "--house",
            tmp_path / "accord.toml",
            *settings_,
            "-o",
            letter,
        )
        assert tomllib.loads(accord("extract", letter).stdout).get("reference") == own


TEXTS = st.text(
    st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd"), max_codepoint=0xFF), min_size=1, max_size=30
)


@settings(STEADY, max_examples=15)
@given(
    combination=st.sampled_from(
        [
            (language, law, level, owed, decision)
            for language in ("fr", "en")
            for law in ("FR", "EW")
            for level, owed in (("intent", "none"), ("promise", "efforts"), ("conditional", "firm"))
            for decision in ("purchase", "pilot", "subscription")
        ]
    ),
    home=st.sampled_from(sorted(HOUSES)),
    name=TEXTS.map(lambda text: f"A{text}"),
    test=TEXTS.map(lambda text: f"a {text}"),
    quantity=st.integers(1, 10**6),
    rich=st.booleans(),
)
def test_any_deal_goes_round(  # noqa: PLR0913 - one argument per choice
    combination: tuple[str, ...], home: str, name: str, test: str, quantity: int, *, rich: bool
) -> None:
    at_home = HouseFile(house().path, HOUSES[home].house, house().logo)
    data = agreement(*combination, rich=rich)
    data["prospect"] = {"name": name}
    data["feature"] = data["feature"] | {"acceptance_tests": [test]}
    data["decision"] = data["decision"] | {"quantity": quantity}
    letter = typeset.typeset(compose(loader.deal_from(data, "deal", at_home.house, today=TODAY), at_home))
    back = tomllib.loads(toml_writer.toml_of_deal(recompose.data_of(letter, "letter.pdf")["deal"]))
    again = compose(loader.deal_from(back, "again", at_home.house, today=TODAY.replace(year=2031)), at_home)
    assert typeset.typeset(again) == letter
