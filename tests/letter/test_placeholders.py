"""What the placeholders print, for what the deal and the house say."""

from decimal import Decimal
from typing import Any

import pytest

from accord.clauses.library import Library
from accord.intake import loader
from accord.letter.decision import vat_of
from accord.letter.kinds import KINDS
from accord.letter.placeholders import Placeholders
from support.inputs import TODAY
from support.printed import plain
from support.situations import HOUSES, agreement


def placeholders(
    language: str = "en", prospect: dict[str, Any] | None = None, **decision: Any
) -> Placeholders:
    data = agreement(language, "FR", "conditional", "efforts", "purchase", rich=True)
    data["prospect"] = {"name": "Boulangeries Lefèvre"} | (prospect or {})
    data["decision"] = data["decision"] | decision
    house = HOUSES["full"].house
    deal = loader.deal_from(data, "deal", house, today=TODAY)
    return KINDS[deal.kind].placeholders(deal, house, Library().labels(deal.language))


def test_vat_is_rounded_half_up_to_the_cent() -> None:
    assert vat_of(Decimal("0.30"), Decimal("5.5")) == Decimal("0.02")
    assert vat_of(Decimal("100.10"), Decimal("14.975")) == Decimal("14.99")
    assert vat_of(Decimal("0.10"), Decimal(5)) == Decimal("0.01")


def test_an_english_need_loses_its_particle() -> None:
    data = agreement("en", "FR", "conditional", "efforts", "purchase", rich=True)
    data["feature"] = data["feature"] | {"need": "To file the accounts."}
    house = HOUSES["full"].house
    deal = loader.deal_from(data, "deal", house, today=TODAY)
    assert (
        KINDS[deal.kind].placeholders(deal, house, Library().labels("en")).texts["feature.need"]
        == "file the accounts"
    )


@pytest.mark.parametrize(
    ("language", "quantity", "item", "printed"),
    [
        ("fr", 25, "abonnements Novalys Compta", "25 abonnements Novalys Compta"),
        ("fr", 1200, "abonnements", "1 200 abonnements"),
        ("en", 6, "Novalys Stock licences", "6 Novalys Stock licences"),
        ("en", 1, "site licence", "1 site licence"),
        ("en", 1, "an eight-week pilot", "an eight-week pilot"),
        ("fr", 1, "une licence de site", "une licence de site"),
        ("fr", 2, "une licence de site", "2 une licence de site"),
        ("en", 25, "25 seats of Novalys", "25 seats of Novalys"),
        ("en", 2, "25-seat packs", "2 25-seat packs"),
        ("fr", None, "abonnements", "……………… (quantité) abonnements"),
        ("fr", 25, None, "25 ……………… (objet de l’achat)"),
    ],
)  # fmt: skip
def test_an_order_is_said_as_people_say_it(
    language: str, quantity: int | None, item: str | None, printed: str
) -> None:
    given = placeholders(language, quantity=quantity, item=item)
    assert plain(given.texts["decision.order"]) == printed
    blanks = [
        key for key in ("decision.quantity", "decision.item") if printed.count("…") and key in given.missing
    ]
    assert list(given.blanks_in("decision.order")) == blanks


@pytest.mark.parametrize(
    ("kind", "quantity", "printed"),
    [
        ("purchase", 3, "3 × €10.00 = €30.00 excluding tax"),
        ("purchase", 1, "€10.00 excluding tax"),
        ("subscription", 3, "3 × €10.00 per month × 12 months = €360.00 excluding tax"),
        ("subscription", 1, "€10.00 per month × 12 months = €120.00 excluding tax"),
    ],
)
def test_a_total_is_worked_out_as_far_as_there_is_something_to_work_out(
    kind: str, quantity: int, printed: str
) -> None:
    periods = {"period": "month", "term": 12} if kind == "subscription" else {}
    given = placeholders(kind=kind, quantity=quantity, **periods)
    assert plain(given.texts["decision.calculation"]) == printed
