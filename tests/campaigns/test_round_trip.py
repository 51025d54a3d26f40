"""Any deal goes into a letter and comes back: rendered again, it gives the same bytes.

ACCORD_DEALS is their number, 20 unless it says otherwise; they are the same each time.
"""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.domain.deal import Deal
from accord.domain.documents import Documents, nowhere
from accord.domain.house import HouseFile
from accord.intake import documents, loader, toml_writer
from accord.pdf import typeset
from accord.verify import embedded_data
from support.campaign import Tried
from support.inputs import TODAY
from support.samples import HOUSE, SITUATIONS, compose
from support.situations import HOUSES, agreement

DEALS = int(os.environ.get("ACCORD_DEALS", "20"))
ANNEXES = documents.beside(Path(__file__).parents[1] / "deals" / "annexes" / "extracted.toml")
"""The samples' annexes, where `accord extract` would write them: beside the deal."""
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd"), max_codepoint=0xFF), min_size=1, max_size=30
)


@pytest.fixture(autouse=True)
def as_in_the_program() -> None:
    """A page that is the same is set in type once: `tests/pdf` shows that it would give the same bytes again."""


@settings(
    max_examples=DEALS,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
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
    combination: tuple[str, ...], home: str, name: str, test: str, quantity: int, *, rich: bool, tried: Tried
) -> None:
    at_home = HouseFile(HOUSE.path, HOUSES[home].house, HOUSE.logo)
    data = agreement(*combination, rich=rich)
    data["prospect"] = {"name": name}
    data["feature"] = data["feature"] | {"acceptance_tests": [test]}
    data["decision"] = data["decision"] | {"quantity": quantity}
    assert_goes_round(loader.deal_from(data, "deal", at_home.house, today=TODAY), at_home)
    tried("an invented deal", "same bytes")


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_each_sample_goes_round(path: Path, tried: Tried) -> None:
    assert_goes_round(loader.read_deal(path, HOUSE.house, today=TODAY), HOUSE, ANNEXES)
    tried(path.stem, "same bytes")


def assert_goes_round(deal: Deal, home: HouseFile, annexes: Documents = nowhere) -> None:
    """The letter's own data, as a deal file beside its annexes, gives the letter again, on any day."""
    letter = typeset.typeset(compose(deal, home))
    back = tomllib.loads(toml_writer.toml_of_deal(embedded_data.data_of(letter, "letter.pdf")["deal"]))
    again = loader.deal_from(back, "again", home.house, today=TODAY.replace(year=2031), documents=annexes)
    assert typeset.typeset(compose(again, home)) == letter
