"""The named situations, and deals made to order, that several tests compose."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accord.domain.house import HouseFile
from accord.intake import loader
from accord.letter.letter import Letter
from support.inputs import TODAY
from support.samples import HOUSE, compose


def compose_file(path: Path, **options: Any) -> Letter:
    deal = loader.read_deal(path, HOUSE.house, today=TODAY)
    return compose(deal, HOUSE, source=path.name, **options)


def house_with(**terms: Any) -> HouseFile:
    """The sample house with other terms, which nobody checks."""
    changed = HOUSE.house.terms.model_copy(update=terms)
    return HouseFile(HOUSE.path, HOUSE.house.model_copy(update={"terms": changed}))


def full_house(*, hardship: str) -> HouseFile:
    """The sample house with every optional clause."""
    terms = HOUSE.house.terms.model_copy(update={"hardship": hardship})
    return HouseFile(HOUSE.path, HOUSE.house.model_copy(update={"terms": terms}))


def bare_house() -> HouseFile:
    """A house with no optional clause, no statement and no brand."""
    data = {"supplier": {"name": "Novalys"}, "terms": {"law": "FR", "binding": "conditional"}}
    return HouseFile(HOUSE.path, type(HOUSE.house).model_validate(data))


HOUSES = {
    "full": full_house(hardship="excluded"),
    "other": full_house(hardship="accepted"),
    "bare": bare_house(),
}


def agreement(*combination: str, rich: bool) -> dict[str, Any]:
    """A deal with every option that its level allows, or with none."""
    language, law, level, commitment, decision = combination
    bought: dict[str, Any] = {"kind": decision}
    feature: dict[str, Any] = {"name": "Export FEC"}
    if rich:
        bought |= {
            "item": "abonnements",
            "quantity": 2,
            "unit_price": "10.00",
            "currency": "EUR",
            "vat_rate": "20",
        }
        bought |= {"exclusivity_until": "2027-01-31"}
        bought |= {"period": "month", "term": 12} if decision == "subscription" else {}
        bought |= {"penalty": "10.00"} if level in {"promise", "conditional"} else {}
        feature |= {
            "need": "exporter",
            "description": "un export",
            "acceptance_tests": ["il compte 12 lignes"],
        }
    return {
        "language": language,
        "law": law,
        "binding": level,
        "vendor_commitment": commitment,
        "prospect": {"name": "Boulangeries Lefèvre"},
        "feature": feature,
        "delivery": {"by": "2027-03-31"},
        "decision": bought,
    }


def composed(data: Mapping[str, Any], house: HouseFile) -> Letter:
    deal = loader.deal_from(dict(data), "deal", house.house, today=TODAY)
    return compose(deal, house)
