"""What of a letter is kept as data, and what it is called by.

The record goes into the PDF: what the page says, and nothing else.
"""

import base64
import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.clauses.conditions import holds
from accord.domain.deal import Deal, long_stop
from accord.domain.house import House, HouseFile, Logo
from accord.errors import AccordError, Fault, FaultyInput
from accord.i18n import _
from accord.intake import logo
from accord.intake.loader import deal_from, house_from
from accord.letter.letter import as_json

DATA_FORMAT = 1
"""Version of the record; a reader refuses one it does not know."""

PRINTED_WITH: Mapping[str, set[str]] = {
    "capital": {"legal_form"},
    "currency": {"capital"},
    "registry": {"registration"},
    "country": {"address", "capital", "registration"},
}
"""Particulars of a company that print only beside one of others."""


Wording = Mapping[str, Mapping[str, str] | None]
"""A house's own text of a clause by the name of its file: title and body, or None if it leaves the clause out."""


def printed_data(
    deal: Deal, house_file: HouseFile, wording: Wording | None = None, *, final: bool
) -> dict[str, Any]:
    """What the page says, as data: nothing else leaves the company with the file.

    `wording` holds the clauses that are not the library's.  With them and the
    logo, the data alone is enough to compose the letter again.
    """
    deal_data = deal.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    house_data = house_file.house.model_dump(
        mode="json", exclude_none=True, exclude={"positioning", "review", "terms"}
    )
    if deal.kind == "agreement":
        deal_data = _printed_agreement(deal, house_file.house, deal_data)
        house_data["terms"] = _printed_terms(deal, house_file.house)
    else:
        deal_data = _printed_decline(deal, deal_data)
        statement = getattr(house_file.house.positioning.statement, deal.language)
        if statement and deal.reason == "out-of-scope":
            house_data["positioning"] = {"statement": {deal.language: statement}}
    house_data["supplier"] = _printed_party(house_data["supplier"])
    house_data["brand"] = _printed_brand(house_file)
    data = {"format": DATA_FORMAT, "final": final, "deal": deal_data, "house": _without_empty(house_data)}
    if house_file.logo:
        picture = base64.b64encode(house_file.logo.content).decode()
        data["logo"] = f"data:{house_file.logo.media_type};base64,{picture}"
    if wording:
        data["clauses"] = wording
    return data


def _printed_agreement(deal: Deal, house: House, data: Mapping[str, Any]) -> dict[str, Any]:
    """An agreement says all of its deal, but for what its level or its law leaves aside."""
    kept = {
        **data,
        "prospect": _printed_party(data["prospect"]),
        "delivery": {**data["delivery"], "long_stop": f"{long_stop(deal, house)}"},
    }
    if not holds("binding", deal, house):
        kept.pop("vendor_commitment", None)
    if deal.law == "EW":
        kept.pop("court", None)
    if not data["decision"].keys() & {"unit_price", "total", "penalty"}:
        kept["decision"] = {key: value for key, value in data["decision"].items() if key != "currency"}
    return kept


def _printed_terms(deal: Deal, house: House) -> dict[str, Any]:
    """The house's terms that this level of agreement prints; the deal carries the others."""
    terms = house.terms.model_dump(mode="json", exclude_none=True)
    printed = ["validity_days", "confidentiality_years", "general_terms"]
    if holds("binding", deal, house):
        printed += ["acceptance_days", "payment_days", "extension_days", "force_majeure_days"]
        printed += ["hardship"] if deal.law == "FR" else []
    return {key: value for key, value in terms.items() if key in printed}


def _printed_decline(deal: Deal, data: Mapping[str, Any]) -> dict[str, Any]:
    """A decline says whom it answers, what was asked and why not; no terms."""
    kept = _only(data, "language", "locale", "date", "reference")
    if deal.reason == "date-not-feasible" and deal.delivery:
        kept["delivery"] = {"by": data["delivery"]["by"]}
    return {
        **kept,
        "prospect": _only(data["prospect"], "name", "address", "country", "contact"),
        "feature": _only(data["feature"], "name", "need"),
        "decline": {**data.get("decline", {}), "reason": deal.reason},
    }


def _printed_party(party: Mapping[str, Any]) -> dict[str, Any]:
    """A company, without what prints only together with something that is missing."""
    kept = dict(party)
    for key, others in PRINTED_WITH.items():
        if not kept.keys() & others:
            kept.pop(key, None)
    return kept


def _printed_brand(house_file: HouseFile) -> dict[str, Any]:
    """The colour and what the logo says; the picture stands beside the house."""
    brand = house_file.house.brand
    return {"colour": brand.colour, "logo_alt": brand.logo_alt if house_file.logo else None}


def _only(table: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: table[key] for key in keys if key in table}


def _without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    pruned = {
        key: _without_empty(value) if isinstance(value, dict) else value for key, value in table.items()
    }
    return {key: value for key, value in pruned.items() if value not in ({}, [], "", None)}


def derive_reference(deal: Deal, data: Mapping[str, Any]) -> str:
    """A prefix per kind, the date, and five base32 characters of the data's SHA-256.

    Nothing is counted or locked, so two people never collide, and changed terms
    show as a changed reference.  What the letter looks like does not count, nor
    whether it is a draft; a reference already in the data does not either.
    """
    terms = {name: data[name] for name in ("deal", "house", "clauses") if name in data}
    terms["deal"] = {key: value for key, value in data["deal"].items() if key != "reference"}
    digest = hashlib.sha256(as_json(terms).encode()).digest()
    prefix = "AP" if deal.kind == "agreement" else "DC"
    return f"{prefix}-{deal.date:%Y%m%d}-{base64.b32encode(digest).decode()[:5]}"


@dataclass(frozen=True)
class Recorded:
    """What the data in a letter says: enough to compose it again."""

    deal: Deal
    house_file: HouseFile
    wording: Wording
    final: bool


def recorded(data: Mapping[str, Any], source: str) -> Recorded:
    """The deal, the house and the own wording in a letter's data; `FaultyInput` with every fault.

    `source` is the name of the letter's file.
    """
    version, final, wording = data.get("format"), data.get("final"), data.get("clauses", {})
    if isinstance(version, int) and version > DATA_FORMAT:
        raise AccordError(
            _(
                "{source}: was made by a newer version of Accord, whose data this one cannot read; update Accord"
            ).format(source=source)
        )
    if (
        version != DATA_FORMAT
        or not isinstance(final, bool)
        or not all(isinstance(data.get(name), dict) for name in ("deal", "house"))
        or not _is_wording(wording)
    ):
        raise AccordError(
            _(
                "{source}: the data in this letter is not as Accord writes it; ask its sender for the file again"
            ).format(source=source)
        )
    house = house_from(data["house"], source)
    deal = deal_from(data["deal"], source, house, today=datetime.date.min)
    if "logo" not in data:
        return Recorded(deal, HouseFile(Path(source), house), wording, final)
    try:
        picture = logo.inline(data["logo"])
    except AccordError as error:
        raise FaultyInput([Fault(source, "logo", str(error))]) from None
    alternative = house.brand.logo_alt or house.supplier.name
    return Recorded(deal, HouseFile(Path(source), house, Logo(*picture, alternative)), wording, final)


def _is_wording(value: object) -> bool:
    return isinstance(value, dict) and all(
        text is None
        or (
            isinstance(text, dict)
            and text.keys() == {"title", "body"}
            and all(isinstance(part, str) for part in text.values())
        )
        for text in value.values()
    )
