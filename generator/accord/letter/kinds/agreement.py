"""The agreement: what both sides sign, at one of four levels."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from itertools import chain, product
from typing import Any, ClassVar

from accord.clauses.conditions import holds
from accord.clauses.labels import Labels
from accord.domain.choices import Binding, Commitment, DecisionKind, Kind, Law
from accord.domain.deal import Agreement
from accord.domain.documents import Document, name_of_file
from accord.domain.house import House, Terms
from accord.letter.annexes import put_annexes
from accord.letter.decision import put_decision
from accord.letter.kinds.base import LetterKind, printed_party
from accord.letter.letter import Term
from accord.letter.placeholders import Placeholders
from accord.text import formats, markup, places, typography

_LAWS = ("french-law", "english-law")
_LEVELS: tuple[tuple[str, ...], ...] = (
    *product(("intent",), ("no-efforts",), _LAWS),
    ("negotiate", "no-efforts", "french-law"),  # English law knows no agreement to negotiate
    *product(("promise",), ("binding",), ("no-efforts", "efforts"), _LAWS),
    *product(("conditional",), ("binding",), ("efforts", "firm"), _LAWS),
)
_DECISIONS = (("subscription",), ("purchase", "one-off"), ("pilot", "one-off"))
_HARDSHIPS = ((), ("hardship-excluded",), ("hardship-accepted",))

UNPRINTED: Mapping[Law, frozenset[str]] = {"FR": frozenset(), "EW": frozenset({"court", "hardship"})}
"""What letters under a law do not say."""


class AgreementKind(LetterKind[Agreement]):
    """What both sides sign before the feature is built."""

    name: ClassVar[Kind] = "agreement"
    prefix = "AP"
    signatories = ("supplier", "prospect")
    held_for = frozenset({"consumer", "public"})
    one_page = False
    cases = tuple(frozenset(chain(*case)) for case in product(_LEVELS, _DECISIONS, _HARDSHIPS))
    smallest: ClassVar[Mapping[str, Any]] = {
        "law": "FR",
        "binding": "conditional",
        "vendor_commitment": "efforts",
        "delivery": {"by": datetime.date(2000, 1, 2)},
        "decision": {"kind": "subscription"},
    }

    def put(self, placeholders: Placeholders, deal: Agreement, house: House) -> None:
        """Put what is to be delivered by when, on which terms, and what is decided."""
        if deal.delivery is None:
            placeholders.put("delivery.by", None)
            placeholders.put("delivery.long_stop", None)
            placeholders.missing["delivery.long_stop"] = "delivery.by"  # from which it follows
        else:
            placeholders.put_date("delivery.by", deal.delivery.by)
            placeholders.put_date("delivery.long_stop", deal.long_stop(house))
        placeholders.put_date("negotiation.until", deal.negotiation_until(house))
        placeholders.put_date("terms.validity_until", deal.valid_until(house))
        _put_terms(placeholders, deal, house.terms)
        put_decision(placeholders, deal.decision)
        put_annexes(placeholders, deal, house)

    def title(self, deal: Agreement, house: House) -> str:
        """A title for each level and law; a conditional agreement under English law is called by what is decided."""
        return title_of(deal.binding, deal.law, deal.decision.kind, house.terms)

    def effect(self, deal: Agreement) -> tuple[Law, Binding | None, Commitment | None]:
        """What its level says."""
        return deal.law, deal.binding, deal.commitment

    def consent(self, deal: Agreement, role: str, labels: Labels) -> str:
        """The mention of its level and law; the supplier's is another where it does not buy."""
        mentions, name = labels["consent"], f"{deal.binding}-{deal.law}"
        own = f"{name}-{role}"
        return mentions[own if own in mentions else name]

    def heading(self, deal: Agreement, labels: Labels) -> str:
        """A heading for each level."""
        return labels["key_terms"][f"heading-{deal.binding}"]

    def key_terms(self, deal: Agreement, placeholders: Placeholders) -> tuple[Term, ...]:
        """The four answers and the level, at a glance; where nobody is bound, in words that say so."""
        texts, labels = placeholders.texts, placeholders.labels["key_terms"]

        def label(key: str) -> str:
            unbound = f"{key}-open"
            return labels[unbound if unbound in labels and not deal.binds else key]

        rows = {
            "prospect": (texts["prospect.name"],),
            "feature": (texts["feature.name"],),
            "delivery": tuple(markup.fill(label(key), texts) for key in ("delivery_by", "long_stop")),
            "decision": (texts["decision.order"], texts["decision.calculation"]),
            "level": (typography.prose(placeholders.labels["level"][deal.binding], deal.locale),),
        }
        return tuple(Term(name, label(name), lines) for name, lines in rows.items())

    def documents(self, deal: Agreement, house: House, placeholders: Placeholders) -> tuple[Document, ...]:
        """The annexes, then the general terms if they are in a file."""
        general_terms = house.general_terms_document(deal.language)
        return (*(annex.document for annex in deal.annex), *([general_terms] if general_terms else []))

    def enclosures(self, placeholders: Placeholders) -> tuple[str, ...]:
        """The annexes and the general terms that it refers to."""
        general_terms = placeholders.texts["terms.general_terms"]
        return (*placeholders.texts["annex.titles"].items, *([general_terms] if general_terms else []))

    def printed_deal(self, deal: Agreement, house: House) -> dict[str, Any]:
        """It says all of its deal, but for what its level or its law leaves aside."""
        unprinted = UNPRINTED[deal.law] | (set() if deal.binds else {"vendor_commitment"})
        unprinted |= set() if holds("merchants", deal, house) else {"court"}
        data = deal.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude=set(unprinted))
        data["prospect"] = printed_party(data["prospect"])
        data["feature"].pop("effort", None)  # nobody else's business
        if deal.delivery is not None:
            data["delivery"]["long_stop"] = f"{deal.long_stop(house)}"
        for annex in data.get("annex", ()):
            annex["file"] = name_of_file(annex["file"])  # its folder is nobody's business
        if deal.binding == "negotiate":
            data["negotiation"] = {"until": f"{deal.negotiation_until(house)}"}
        capped_by_a_sum = deal.binds and isinstance(house.terms.liability_cap, Decimal)
        if not data["decision"].keys() & {"unit_price", "total", "penalty"} and not capped_by_a_sum:
            data["decision"].pop("currency", None)
        if not holds("vat-rate", deal, house):
            data["decision"].pop("vat_rate", None)
        return data

    def printed_house(self, deal: Agreement, house: House) -> dict[str, Any]:
        """It says the terms of its level and law; the deal carries the others."""
        keys = {"validity_days", "confidentiality_years", "general_terms", "general_terms_file"}
        if deal.binds:
            keys |= {"acceptance_days", "payment_days", "extension_days", "force_majeure_days", "hardship"}
            keys |= {"liability_cap"}
        if house.terms.title == "strict" and deal.binding != "intent":  # whose title is always the plain one
            keys |= {"title"}
        keys -= UNPRINTED[deal.law]
        terms = house.terms.model_dump(mode="json", exclude_none=True, include=keys)
        if isinstance(path := terms.get("general_terms_file"), str):
            terms["general_terms_file"] = name_of_file(path)
        return {"terms": terms}


def title_of(level: Binding, law: Law, decision: DecisionKind, terms: Terms) -> str:
    """The name of the title of an agreement of this level, as the labels have it."""
    name = f"{level}-{law}"
    if terms.title == "strict":
        return f"{name}-strict"
    return f"{name}-{decision}" if name == "conditional-EW" else name


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
    _put_cap(placeholders, deal, terms)
    general_terms = placeholders.in_language("terms.general_terms", terms.general_terms)
    placeholders.put("terms.general_terms", general_terms or "")
    placeholders.put("terms.court", places.court(deal.court, deal.language) if deal.court else None)
    if deal.court is None and deal.law != terms.law:
        placeholders.missing["terms.court"] = "court"  # the house's court is for the house's law


def _put_cap(placeholders: Placeholders, deal: Agreement, terms: Terms) -> None:
    """Put the sum that caps liability; nothing where none does."""
    cap, currency = terms.liability_cap, deal.decision.currency
    if not isinstance(cap, Decimal):
        placeholders.put("terms.liability_cap", "")
    else:
        text = formats.amount(cap, currency, deal.locale) if currency else None
        placeholders.put("terms.liability_cap", text, "decision.currency")
