"""What is asked for, by feature, however people spell it."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from accord.register.entries import Entry, History
from accord.services.demand import Demand, are_alike, demand, words
from accord.text.characters import folded_words
from support.registered import ENTRY


def letter(feature: str, prospect: str, reason: str | None = None, value: int | None = None) -> History:
    entry = replace(
        ENTRY,
        feature=feature,
        request=folded_words(feature),
        prospect=prospect,
        value=Decimal(value) if value else None,
        reason=reason,
    )
    return History(entry)


ALIKE = {
    "accents and capitals": ("Export comptable FEC", "export comptâble fec", True),
    "the order of words": ("Export FEC comptable", "Comptable : export FEC", True),
    "a slip": ("Export comptabel FEC", "Export comptable FEC", True),
    "signs": ("Export (FEC)", "Export FEC", True),
    "the other direction": ("Import FEC", "Export FEC", False),
    "another object": ("Export FEC", "Export TVA", False),
    "a longer request": (
        "Caisse hors connexion",
        "Caisse hors connexion avec fidélité et bons d’achat",
        False,
    ),
}


@pytest.mark.parametrize("name", ALIKE)
def test_requests_that_are_alike(name: str) -> None:
    one, other, expected = ALIKE[name]
    assert are_alike(words(folded_words(one)), words(folded_words(other))) is expected


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


@pytest.mark.parametrize(("count", "expected"), [(2, False), (3, True)])
def test_many_who_ask_for_what_is_off_the_market_are_worth_a_look(count: int, expected: bool) -> None:  # noqa: FBT001
    letters: tuple[Entry, ...] = tuple(letter("X", f"client {n}", "out-of-scope").entry for n in range(count))
    assert Demand(letters).look_again is expected
    assert not Demand(letters[:1] * 5).look_again


def test_the_latest_name_is_given() -> None:
    old = replace(ENTRY, feature="Export FEC (v1)", date=datetime.date(2026, 1, 1))
    assert Demand((old, ENTRY)).feature == ENTRY.feature
