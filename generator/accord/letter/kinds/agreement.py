"""The agreement: what both sides sign, at one of four levels."""

import datetime
import itertools
from collections.abc import Mapping
from typing import Any, ClassVar

from accord.domain.choices import Law
from accord.domain.deal import Agreement
from accord.domain.house import House, Terms
from accord.letter import printed
from accord.letter.decision import put_decision
from accord.letter.kinds.base import Data, Effect, LetterKind
from accord.letter.letter import Term
from accord.letter.placeholders import Placeholders
from accord.text import formats, places, typography

_LEVELS = (
    ("intent", "no-efforts", "french-law"),
    ("intent", "no-efforts", "english-law"),
    ("negotiate", "no-efforts", "french-law"),  # English law knows no agreement to negotiate
    *(
        (level, "binding", commitment, law)
        for level, commitments in {
            "promise": ("no-efforts", "efforts"),
            "conditional": ("efforts", "firm"),
        }.items()
        for commitment in commitments
        for law in ("french-law", "english-law")
    ),
)
_DECISIONS = (("subscription",), ("purchase", "one-off"), ("pilot", "one-off"))
_HARDSHIPS = ((), ("hardship-excluded",), ("hardship-accepted",))

_PRINTED_TERMS = ("validity_days", "confidentiality_years", "general_terms")
_PRINTED_TERMS_IF_BINDING = (
    *_PRINTED_TERMS,
    *("acceptance_days", "payment_days", "extension_days", "force_majeure_days", "hardship"),
)
UNPRINTED: Mapping[Law, frozenset[str]] = {"FR": frozenset(), "EW": frozenset({"court", "hardship"})}
"""What letters under a law do not say."""


class AgreementKind(LetterKind[Agreement]):
    """What both sides sign before the feature is built."""

    name = "agreement"
    prefix = "AP"
    signatories = ("supplier", "prospect")
    held_for = frozenset({"consumer", "public"})
    one_page = False
    cases = tuple(
        frozenset((*level, *decision, *hardship))
        for level, decision, hardship in itertools.product(_LEVELS, _DECISIONS, _HARDSHIPS)
    )
    smallest: ClassVar[Data] = {
        "law": "FR",
        "binding": "conditional",
        "vendor_commitment": "efforts",
        "delivery": {"by": datetime.date(2000, 1, 2)},
        "decision": {"kind": "subscription"},
    }

    def put(self, placeholders: Placeholders, deal: Agreement, house: House) -> None:
        """Put what is to be delivered by when, on which terms, and what is decided."""
        placeholders.put_date("delivery.by", deal.delivery.by)
        placeholders.put_date("delivery.long_stop", deal.long_stop(house))
        _put_terms(placeholders, deal, house.terms)
        put_decision(placeholders, deal.decision)

    def title(self, deal: Agreement) -> str:
        """A title for each level and law."""
        return f"{deal.binding}-{deal.law}"

    def effect(self, deal: Agreement) -> Effect:
        """What its level says."""
        return Effect(deal.law, deal.binding, deal.commitment)

    def consent(self, deal: Agreement) -> str:
        """The mention of its level."""
        return f"consent_{deal.binding}"

    def key_terms(self, deal: Agreement, placeholders: Placeholders) -> tuple[Term, ...]:
        """The four answers and the level, at a glance."""
        texts = placeholders.texts
        total = "sum_subscription" if deal.decision.kind == "subscription" else "sum_once"

        def line(key: str, **names: str) -> str:
            return placeholders.label("key_terms", key, **{name: texts[of] for name, of in names.items()})

        rows = {
            "prospect": (texts["prospect.name"],),
            "feature": (texts["feature.name"],),
            "delivery": (
                line("delivery_by", by="delivery.by"),
                line("long_stop", long_stop="delivery.long_stop"),
            ),
            "decision": (
                line("order", item="decision.item", quantity="decision.quantity"),
                line(
                    total,
                    quantity="decision.quantity",
                    unit_price="decision.unit_price",
                    term="decision.duration",
                    total="decision.total",
                ),
            ),
            "level": (typography.prose(placeholders.labels["level"][deal.binding], deal.locale),),
        }
        labels = placeholders.labels["key_terms"]
        return tuple(Term(name, labels[name], lines) for name, lines in rows.items())

    def enclosures(self, placeholders: Placeholders, house: House) -> tuple[str, ...]:
        """The general terms that it refers to."""
        return (placeholders.texts["terms.general_terms"],) if house.terms.general_terms else ()

    def printed_deal(self, deal: Agreement, house: House, data: Data) -> dict[str, Any]:
        """It says all of its deal, but for what its level or its law leaves aside."""
        kept = {
            **data,
            "prospect": printed.party(data["prospect"]),
            "delivery": {**data["delivery"], "long_stop": f"{deal.long_stop(house)}"},
        }
        if not data["decision"].keys() & {"unit_price", "total", "penalty"}:
            kept["decision"] = {key: value for key, value in data["decision"].items() if key != "currency"}
        unprinted = UNPRINTED[deal.law] | (set() if deal.binds else {"vendor_commitment"})
        return {key: value for key, value in kept.items() if key not in unprinted}

    def printed_house(self, deal: Agreement, house: House) -> dict[str, Any]:
        """It says the terms of its level and law; the deal carries the others."""
        keys = _PRINTED_TERMS_IF_BINDING if deal.binds else _PRINTED_TERMS
        terms = house.terms.model_dump(
            mode="json", exclude_none=True, include=set(keys) - UNPRINTED[deal.law]
        )
        return {"terms": terms}


def _put_terms(placeholders: Placeholders, deal: Agreement, terms: Terms) -> None:
    """Put the periods, the general terms and the court."""
    for placeholder, count, unit in (
        ("terms.acceptance_days", terms.acceptance_days, "day"),
        ("terms.payment_days", terms.payment_days, "day"),
        ("terms.confidentiality", terms.confidentiality_years, "year"),
        ("terms.extension", terms.extension_days, "day"),
        ("terms.force_majeure", terms.force_majeure_days, "day"),
    ):
        placeholders.put(placeholder, formats.duration(count or 0, unit, deal.locale))
    placeholders.put_date("terms.validity_until", deal.date + datetime.timedelta(days=terms.validity_days))
    placeholders.put("terms.general_terms", terms.general_terms or "")
    placeholders.put("terms.court", places.court(deal.court, deal.language) if deal.court else None)
    if deal.court is None and deal.law != terms.law:
        placeholders.missing["terms.court"] = "court"  # the house's court is for the house's law
