"""A letter to sign passes the review; a draft need not."""

from pathlib import Path
from typing import Any

import pytest

from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.errors import Gaps, Refusals
from accord.intake import loader
from accord.review.review import ReviewErrors
from accord.services.make_letter import as_final_as_can_be, make_letter
from support.inputs import TODAY
from support.paths import SAMPLES
from support.samples import HOUSE

WHOLE, BLANKS = "01-fr-abonnement", "04-fr-intention-projet"


def deal(sample: str) -> Deal:
    return loader.read_deal(SAMPLES / f"{sample}.toml", HOUSE.house, today=TODAY)


def house_with(table: str, **values: Any) -> HouseFile:
    """The sample house with other values in one of its tables."""
    data = HOUSE.house.model_dump(exclude_none=True)
    data[table] = data.get(table, {}) | values
    return HouseFile(Path("accord.toml"), loader.house_from(data, "house"))


def test_a_whole_and_sound_deal_makes_a_final_letter() -> None:
    letter = make_letter(deal(WHOLE), HOUSE, final=True)
    assert letter.final
    assert as_final_as_can_be(deal(WHOLE), HOUSE, "") == (letter, None)


def test_a_deal_with_blanks_makes_a_draft() -> None:
    draft = make_letter(deal(BLANKS), HOUSE, final=False)
    assert draft.gaps
    letter, gaps = as_final_as_can_be(deal(BLANKS), HOUSE, "")
    assert letter == draft
    assert isinstance(gaps, Gaps)
    with pytest.raises(Gaps):
        make_letter(deal(BLANKS), HOUSE, final=True)


def test_an_error_of_the_review_keeps_a_letter_from_being_final() -> None:
    late = house_with("terms", payment_days=90)
    assert make_letter(deal(WHOLE), late, final=False)
    with pytest.raises(ReviewErrors, match=r"deal\.toml: .*\n.*90") as raised:
        make_letter(deal(WHOLE), late, final=True, source="deal.toml")
    assert raised.value.exit_code == 1


def test_blanks_and_errors_are_reported_together() -> None:
    own_text = house_with("review", approved_only=True)
    with pytest.raises(Refusals, match="blanks") as both:
        make_letter(deal(BLANKS), own_text, final=True)
    assert both.value.exit_code == 1
    assert "not approved" in str(both.value)
