"""What is asked for, by feature, however people spell it."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from accord.domain.choices import Reason
from accord.register.entries import History
from accord.services.demand import Demand, demand
from accord.text.characters import folded_words
from support.registered import ENTRY


def letter(feature: str, prospect: str, reason: Reason | None = None, value: int | None = None) -> History:
    entry = replace(
        ENTRY,
        feature=feature,
        request=folded_words(feature),
        prospect=prospect,
        value=Decimal(value) if value else None,
        reason=reason,
    )
    return History(entry)


def test_a_feature_is_told_once_with_all_who_ask() -> None:
    (most, other) = demand(
        [
            letter("Export FEC", "Lefèvre", value=12000),
            letter("export  fec", "Armor", "no-commitment"),
            letter("Export FEC.", "Vercors", value=8000),
            letter("Planning des chambres", "Lac Bleu", "out-of-scope"),
        ]
    )
    assert most.prospects == ("Lefèvre", "Armor", "Vercors")
    assert most.promised == {"EUR": Decimal(20000)}
    assert most.reasons == {"no-commitment": 1}
    assert other.prospects == ("Lac Bleu",)


def test_what_was_declined_is_worth_something_too() -> None:
    (found,) = demand(
        [
            letter("Export FEC", "Lefèvre", "no-commitment", 12000),
            letter("Exports FEC", "SAS Lefèvre", value=15000),
            letter("Export FEC", "Armor", "out-of-scope", 3000),
            letter("Export FEC", "Vercors", "out-of-scope"),
        ]
    )
    assert found.prospects == ("SAS Lefèvre", "Armor", "Vercors")
    assert found.promised == {"EUR": Decimal(15000)}  # the last answer to each counts
    assert found.declined == {"EUR": Decimal(3000)}


OFF: Reason = "out-of-scope"
LOOK_AGAIN: dict[str, tuple[list[tuple[str, Reason | None]], bool]] = {
    "three who were told": ([("A", OFF), ("B", OFF), ("C", OFF)], True),
    "three who asked, one of whom was told": (
        [("A", "no-commitment"), ("B", OFF), ("C", "no-commitment")],
        True,
    ),
    "two": ([("A", OFF), ("B", OFF)], False),
    "one, again and again": ([("A", OFF), ("A", OFF), ("SARL A", OFF)], False),
    "three who were told something else": ([("A", "no-commitment")] * 3, False),
    "promised since": ([("A", OFF), ("B", OFF), ("C", OFF), ("D", None)], False),
}


@pytest.mark.parametrize("name", LOOK_AGAIN)
def test_many_who_ask_for_what_is_off_the_market_are_worth_a_look(name: str) -> None:
    answers, expected = LOOK_AGAIN[name]
    assert Demand(tuple(letter("X", who, reason).entry for who, reason in answers)).look_again is expected


def test_the_latest_name_is_given() -> None:
    old = replace(ENTRY, feature="Export FEC (v1)", date=datetime.date(2026, 1, 1))
    assert Demand((old, ENTRY)).feature == ENTRY.feature
