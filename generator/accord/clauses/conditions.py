"""The conditions under which a clause is in a letter: the closed vocabulary of `when`."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from accord.domain import legal_forms
from accord.domain.choices import LANGUAGE_OF_LAW
from accord.domain.deal import Agreement, Deal, Decline
from accord.domain.house import House, Terms
from accord.domain.parties import are_abroad, are_taxed_abroad
from accord.domain.sequel import PAPERS, Paper, PaperKind, Sequel
from accord.text import places

Condition: TypeAlias = Callable[[Deal, House], bool]


def _any(test: Callable[[Deal], bool]) -> Condition:
    return lambda deal, _house: test(deal)


def _agreement(test: Callable[[Agreement], bool]) -> Condition:
    """A condition that holds for agreements only."""
    return lambda deal, _house: isinstance(deal, Agreement) and test(deal)


def _decline(test: Callable[[Decline], bool]) -> Condition:
    """A condition that holds for declines only."""
    return lambda deal, _house: isinstance(deal, Decline) and test(deal)


def _paper(test: Callable[[Paper], bool]) -> Condition:
    """A condition that holds for the documents that follow an agreement only."""
    return lambda deal, _house: isinstance(deal, Sequel) and test(deal.paper)


def _is_paper(kind: PaperKind) -> Condition:
    return _paper(lambda paper: paper.kind == kind)


def _terms(test: Callable[[Terms], bool]) -> Condition:
    return lambda _deal, house: test(house.terms)


def _has_vat(deal: Agreement, house: House) -> bool:
    """Whether the price says a rate of VAT; abroad, a rate of nought is the lack of one."""
    rate = deal.decision.vat_rate
    return rate is not None and (rate > 0 or not are_taxed_abroad(deal.prospect, house.supplier))


CONDITIONS: Mapping[str, Condition] = {
    # the level of the agreement
    "intent": _agreement(lambda deal: deal.binding == "intent"),
    "negotiate": _agreement(lambda deal: deal.binding == "negotiate"),
    "promise": _agreement(lambda deal: deal.binding == "promise"),
    "conditional": _agreement(lambda deal: deal.binding == "conditional"),
    "binding": _agreement(lambda deal: deal.binds),
    # what the supplier owes
    "efforts": _agreement(lambda deal: deal.commitment == "efforts"),
    "firm": _agreement(lambda deal: deal.commitment == "firm"),
    "no-efforts": _agreement(lambda deal: deal.commitment == "none"),
    # the law, and whether it speaks another language than the letter
    "french-law": _any(lambda deal: deal.law == "FR"),
    "english-law": _any(lambda deal: deal.law == "EW"),
    "foreign-language": _any(
        lambda deal: deal.law is not None and LANGUAGE_OF_LAW[deal.law] != deal.language
    ),
    # where the parties are at home, and what they are
    "abroad": lambda deal, house: are_abroad(deal.prospect, house.supplier),
    "taxed-abroad": lambda deal, house: are_taxed_abroad(deal.prospect, house.supplier),
    "reverse-charge": lambda deal, house: (
        are_taxed_abroad(deal.prospect, house.supplier) and deal.prospect.home in places.REVERSE_CHARGE
    ),
    "merchants": lambda deal, house: all(
        legal_forms.is_merchant(party.form) for party in (deal.prospect, house.supplier)
    ),
    # the decision
    "subscription": _agreement(lambda deal: deal.decision.kind == "subscription"),
    "purchase": _agreement(lambda deal: deal.decision.kind == "purchase"),
    "pilot": _agreement(lambda deal: deal.decision.kind == "pilot"),
    "one-off": _agreement(lambda deal: deal.decision.kind in {"purchase", "pilot"}),
    "vat-rate": lambda deal, house: isinstance(deal, Agreement) and _has_vat(deal, house),
    "penalty": _agreement(lambda deal: deal.decision.penalty is not None),
    "exclusivity": _agreement(lambda deal: deal.decision.exclusivity_until is not None),
    # the documents in the same file
    "annexes": lambda deal, house: (
        isinstance(deal, Agreement) and bool(deal.annex or house.terms.general_terms_file)
    ),
    # the house's optional clauses
    "general-terms": _terms(lambda terms: terms.general_terms is not None),
    "extension": _terms(lambda terms: terms.extension_days is not None),
    "force-majeure": _terms(lambda terms: terms.force_majeure_days is not None),
    "liability-cap": _terms(lambda terms: terms.liability_cap is not None),
    "liability-total": _terms(lambda terms: terms.liability_cap == "total"),
    "hardship-excluded": _terms(lambda terms: terms.hardship == "excluded"),
    "hardship-accepted": _terms(lambda terms: terms.hardship == "accepted"),
    # the request
    "need": _any(lambda deal: deal.feature.need is not None),
    "delivery-date": _any(lambda deal: deal.delivery is not None),
    "public-body": _any(lambda deal: deal.prospect.kind == "public"),
    # how the letter speaks
    "opening-note": _any(lambda deal: deal.opening_note is not None),
    "warm": lambda _deal, house: house.letters.closing == "warm",
    # the decline
    "out-of-scope": _decline(lambda deal: deal.refusal.reason == "out-of-scope"),
    "no-commitment": _decline(lambda deal: deal.refusal.reason == "no-commitment"),
    "date-not-feasible": _decline(lambda deal: deal.refusal.reason == "date-not-feasible"),
    "positioning": lambda deal, house: getattr(house.positioning.statement, deal.language) is not None,
    "earliest": _decline(lambda deal: deal.refusal.earliest is not None),
    "own-alternative": _decline(lambda deal: deal.refusal.own_alternative is not None),
    "alternative": _decline(lambda deal: deal.refusal.alternative is not None),
    "paid-referral": _decline(lambda deal: deal.refusal.paid_referral),
    "candour": _decline(lambda deal: deal.refusal.candid),
    "return-documents": _decline(lambda deal: deal.refusal.return_documents),
    "keep-in-touch": _decline(lambda deal: deal.refusal.keep_in_touch),
    # what follows an agreement: which document, and what it has to say
    **{kind: _is_paper(kind) for kind in PAPERS},
    "accepted": _paper(lambda paper: paper.result == "accepted"),
    "refused": _paper(lambda paper: paper.result == "refused"),
    "tested": _paper(lambda paper: paper.ground == "tested"),
    "presumed": _paper(lambda paper: paper.ground == "presumed"),
    "renounced": _paper(lambda paper: paper.ground == "renounced"),
    "undelivered": _paper(lambda paper: paper.missed == "undelivered"),
    "unaccepted": _paper(lambda paper: paper.missed == "unaccepted"),
    "postponed-by-agreement": _paper(lambda paper: paper.cause == "agreed"),
    "postponed-by-force-majeure": _paper(lambda paper: paper.cause == "force-majeure"),
    "postponed-by-client": _paper(lambda paper: paper.cause == "client-delay"),
    "redeliverable": _paper(lambda paper: paper.long_stop is not None and paper.on <= paper.long_stop),
    "itemised": _paper(lambda paper: bool(paper.items)),
}
"""Every condition by its name in `when`; a name with "not-" before it negates it."""


FINAL = "final"
"""The condition of e-mails alone: that the letter is the one to sign, no draft."""


def holds(condition: str, deal: Deal, house: House) -> bool:
    """Whether a condition of `when` holds for a deal of a house."""
    negated = condition.startswith("not-")
    return CONDITIONS[condition.removeprefix("not-")](deal, house) != negated
