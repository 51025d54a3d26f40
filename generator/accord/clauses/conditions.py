"""The conditions under which a clause is in a letter: the closed vocabulary of `when`."""

from collections.abc import Callable, Mapping

from accord.domain.deal import Deal
from accord.domain.house import House


def _has_statement(deal: Deal, house: House) -> bool:
    return getattr(house.positioning.statement, deal.language) is not None


def _foreign(deal: Deal) -> bool:
    return (deal.language, deal.law) in {("en", "FR"), ("fr", "EW")}


CONDITIONS: Mapping[str, Callable[[Deal, House], bool]] = {
    # the level of the agreement
    "intent": lambda deal, _house: deal.binding == "intent",
    "negotiate": lambda deal, _house: deal.binding == "negotiate",
    "promise": lambda deal, _house: deal.binding == "promise",
    "conditional": lambda deal, _house: deal.binding == "conditional",
    "binding": lambda deal, _house: deal.binding in {"promise", "conditional"},
    # what the supplier owes
    "efforts": lambda deal, _house: deal.commitment == "efforts",
    "firm": lambda deal, _house: deal.commitment == "firm",
    "no-efforts": lambda deal, _house: deal.commitment == "none",
    # the law, and whether it speaks another language than the letter
    "french-law": lambda deal, _house: deal.law == "FR",
    "english-law": lambda deal, _house: deal.law == "EW",
    "foreign-language": lambda deal, _house: _foreign(deal),
    # the decision
    "subscription": lambda deal, _house: deal.decision is not None and deal.decision.kind == "subscription",
    "purchase": lambda deal, _house: deal.decision is not None and deal.decision.kind == "purchase",
    "pilot": lambda deal, _house: deal.decision is not None and deal.decision.kind == "pilot",
    "one-off": lambda deal, _house: deal.decision is not None and deal.decision.kind in {"purchase", "pilot"},
    "vat-rate": lambda deal, _house: deal.decision is not None and deal.decision.vat_rate is not None,
    "penalty": lambda deal, _house: deal.decision is not None and deal.decision.penalty is not None,
    "exclusivity": lambda deal, _house: (
        deal.decision is not None and deal.decision.exclusivity_until is not None
    ),
    # the house's optional clauses
    "general-terms": lambda _deal, house: house.terms.general_terms is not None,
    "extension": lambda _deal, house: house.terms.extension_days is not None,
    "force-majeure": lambda _deal, house: house.terms.force_majeure_days is not None,
    "hardship-excluded": lambda _deal, house: house.terms.hardship == "excluded",
    "hardship-accepted": lambda _deal, house: house.terms.hardship == "accepted",
    # the request
    "need": lambda deal, _house: deal.feature.need is not None,
    "delivery-date": lambda deal, _house: deal.delivery is not None,
    # the decline
    "out-of-scope": lambda deal, _house: deal.reason == "out-of-scope",
    "no-commitment": lambda deal, _house: deal.reason == "no-commitment",
    "date-not-feasible": lambda deal, _house: deal.reason == "date-not-feasible",
    "positioning": _has_statement,
    "earliest": lambda deal, _house: deal.decline is not None and deal.decline.earliest is not None,
    "alternative": lambda deal, _house: deal.decline is not None and deal.decline.alternative is not None,
    "paid-referral": lambda deal, _house: deal.decline is not None and deal.decline.paid_referral,
    "candour": lambda deal, _house: deal.decline is not None and deal.decline.candour,
    "return-documents": lambda deal, _house: deal.decline is not None and deal.decline.return_documents,
    "keep-in-touch": lambda deal, _house: deal.decline is None or deal.decline.keep_in_touch,
}
"""Every condition by its name in `when`; a name with "not-" before it negates it."""


def holds(condition: str, deal: Deal, house: House) -> bool:
    """Whether a condition of `when` holds for a deal of a house."""
    if condition.startswith("not-"):
        return not CONDITIONS[condition.removeprefix("not-")](deal, house)
    return CONDITIONS[condition](deal, house)
