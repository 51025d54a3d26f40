"""What would hold, as a lawyer reads it; the dates are those of the letter's articles."""

import datetime
import os
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.deal import Agreement
from accord.domain.promise import Happened, Promise, Terms
from accord.errors import AccordError
from accord.intake import loader
from accord.register.entries import Entry, Event, History
from accord.services.what_if import Outcome, WhatIf, what_if
from support.inputs import TODAY
from support.paths import SAMPLES
from support.registered import ENTRY
from support.samples import HOUSE, compose

D = datetime.date
GOLDEN = Path(__file__).parents[1] / "golden"
DEALS = Path(__file__).parents[1] / "deals"
FRENCH, PROMISE, ENGLISH = "01-fr-abonnement", "03-fr-pilote-promesse", "05-en-purchase-england"


def entry(path: Path) -> Entry:
    """A sample as the register has it."""
    deal = loader.read_deal(path, HOUSE.house, today=TODAY)
    assert isinstance(deal, Agreement)
    letter = compose(deal, HOUSE)
    terms = Terms.of(deal, HOUSE.house)
    return replace(
        ENTRY,
        reference=letter.reference,
        version=letter.version,
        language=letter.language,
        value=deal.decision.total or deal.decision.computed_total,
        articles={passage.id: passage.number for passage in letter.articles if passage.number},
        **{each.name: getattr(terms, each.name) for each in fields(terms)},
    )


def life(letter: Entry, *steps: str) -> History:
    events = []
    for number, words in enumerate(map(str.split, steps)):
        data = {"on": words[1], **({"to": words[2]} if words[2:] else {})}
        events.append(Event(number, "", "", letter.reference, words[0], data, ""))  # type: ignore[arg-type]
    return History(letter, tuple(events))


def as_text(found: WhatIf) -> str:
    lines = [f"**{found.supposed}**", ""]
    for each in found.holdings:
        lines += [f"- {each.number or '–'} ({each.article}), {each.day or '–'}: {each.sentence}"]
    return "\n".join([*lines, "", f"= {found.state}, {found.since}", ""])


SIGNED = "signed 2026-12-01"
SITUATIONS: dict[str, tuple[Path, list[str], str, Outcome, int]] = {
    "fr-silent": (SAMPLES / f"{FRENCH}.toml", [SIGNED], "2027-03-10", "silent", 0),
    "fr-late": (SAMPLES / f"{FRENCH}.toml", [SIGNED], "", "accepted", 8),
    "fr-refused": (SAMPLES / f"{FRENCH}.toml", [], "2027-03-10", "refused", 0),
    "fr-option": (SAMPLES / f"{PROMISE}.toml", [SIGNED], "2027-01-11", "accepted", 0),
    "en-silent": (SAMPLES / f"{ENGLISH}.toml", [SIGNED], "2027-03-10", "silent", 0),
    "en-late": (SAMPLES / f"{ENGLISH}.toml", [SIGNED], "2027-04-06", "accepted", 0),
    "en-refused-again": (
        SAMPLES / f"{ENGLISH}.toml",
        [SIGNED, "delivered 2027-03-01", "refused 2027-03-08"],
        "2027-05-28",
        "refused",
        0,
    ),
    "en-negotiate": (DEALS / "en-negotiate-france.toml", [SIGNED], "2027-03-10", "accepted", 0),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_would_hold_reads_as_it_should(name: str) -> None:
    path, steps, day, outcome, late = SITUATIONS[name]
    delivered = D.fromisoformat(day) if day else None
    text = as_text(what_if(life(entry(path), *steps), TODAY, delivered, outcome, late))
    golden = GOLDEN / f"what-if-{name}.md"
    if os.environ.get("ACCORD_GOLDEN") == "write":
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


LETTER = replace(
    ENTRY, extension_days=30, force_majeure_days=60, value=Decimal(1), articles={"lapse": 16, "effect": 15}
)
REFUSED = {
    "delivered already": ([SIGNED, "delivered 2027-03-01"], D(2027, 3, 2), "is being tested"),
    "lapsed": ([SIGNED], D(2028, 1, 1), "lapsed on"),
    "before it was signed": ([SIGNED], D(2026, 11, 20), "is before"),
    "ordered": ([SIGNED, "waived 2027-03-01", "ordered 2027-03-02"], D(2027, 3, 3), "was ordered"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_supposed_is_refused(name: str) -> None:
    steps, day, words = REFUSED[name]
    today = day if name == "lapsed" else D(2026, 12, 2)
    with pytest.raises(AccordError, match=words):
        what_if(life(replace(LETTER, language="en"), *steps), today, day, "accepted")


def test_a_decline_has_no_such_life() -> None:
    declined = replace(ENTRY, language="en", kind="decline", law=None, binding=None, signable_until=None)
    with pytest.raises(AccordError, match="decline"):
        what_if(History(declined), TODAY, None, "accepted")


@given(
    st.sampled_from(["conditional", "promise"]),
    st.integers(0, 200),
    st.sampled_from(["accepted", "silent", "refused"]),
)
def test_the_end_is_that_which_the_same_steps_would_have(binding: str, after: int, outcome: Outcome) -> None:
    letter = replace(LETTER, binding=binding, language="en")  # type: ignore[arg-type]
    assert letter.terms
    day = D(2026, 12, 2) + datetime.timedelta(days=after)
    found = what_if(life(letter, SIGNED), D(2026, 12, 2), day, outcome)
    signed = Promise.at(letter.terms, [Happened("signed", D(2026, 12, 1))], D(2026, 12, 1))
    late = signed.refusal(Happened("delivered", day))
    assert bool(late) == any(each.sentence.startswith("Due by") for each in found.holdings)
    assert found.state == ("lapsed" if outcome == "refused" else "fulfilled")
    if not late:
        delivered = signed.then(Happened("delivered", day))
        assert delivered.answer_by
        if outcome == "accepted":
            assert found.since == delivered.answer_by
        if outcome == "silent":
            assert delivered.remind_by
            reminded = delivered.then(Happened("reminded", delivered.remind_by))
            assert found.since == reminded.presumed_on
