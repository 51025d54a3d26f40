"""The words of the trade, typed: a house and a deal.

Dates are calendar dates, amounts are `Decimal` before tax in the major unit of
their currency, rates are percentages.
"""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, get_args

from pydantic import Field

from accord.domain.base import Complaint, Table
from accord.domain.choices import (
    Binding,
    Commitment,
    Currency,
    DecisionKind,
    Kind,
    Language,
    Law,
    Locale,
    Period,
    Reason,
)
from accord.domain.fields import (
    LARGEST_AMOUNT,
    AcceptanceTest,
    Amount,
    Date,
    Line,
    Name,
    Paragraph,
    Prose,
    Rate,
    Reference,
    Sentence,
    Yes,
)
from accord.domain.house import House
from accord.domain.parties import Prospect
from accord.i18n import N_, _

FARTHEST_YEARS = 10
LONGEST_YEARS = 20


class Feature(Table):
    """What the prospect asks for."""

    name: Name = Field(description=N_("what the prospect asks for, in a few words"))
    need: Sentence | None = Field(
        default=None, description=N_("what the prospect wants to do with it, as an infinitive")
    )
    description: Prose | None = Field(default=None, description=N_("what is to be delivered"))
    acceptance_tests: Annotated[tuple[AcceptanceTest, ...], Field(max_length=12)] = Field(
        default=(), description=N_("what shows that the feature works, one test each")
    )
    exclusions: Annotated[tuple[Sentence, ...], Field(max_length=12)] = Field(
        default=(), description=N_("what the feature does not include")
    )


class Delivery(Table):
    """When the feature is due."""

    by: Date = Field(description=N_("day the feature is due"))
    long_stop: Date | None = Field(default=None, description=N_("last date for acceptance"))


def check_subscription_keys(decision: "Decision") -> Iterator[Complaint]:
    """A period and a term belong to a subscription."""
    if decision.kind in {"purchase", "pilot"}:
        for key in ("period", "term"):
            if getattr(decision, key) is not None:
                yield Complaint(
                    key, _('is for subscriptions only; leave it out, or write kind = "subscription"')
                )


def check_term(decision: "Decision") -> Iterator[Complaint]:
    """A subscription of more than twenty years is a slip: months written as years."""
    if decision.period == "year" and decision.term is not None and decision.term > LONGEST_YEARS:
        yield Complaint(
            "term",
            _('{term} years is absurdly long; correct it, or write period = "month"').format(
                term=decision.term
            ),
        )


def check_total(decision: "Decision") -> Iterator[Complaint]:
    """A stated total equals quantity x unit price (x term for a subscription)."""
    computed = decision.computed_total if decision.kind else None
    if computed is not None and computed >= LARGEST_AMOUNT:
        yield Complaint(
            "quantity", _("makes the total absurdly large; check the quantity, the unit price and the term")
        )
    elif decision.total is not None and computed is not None and decision.total != computed:
        yield Complaint(
            "total",
            _(
                "{stated} contradicts the quantity, the unit price and the term, which make {computed}; correct one of them"
            ).format(stated=decision.total, computed=computed),
        )


def check_currency(decision: "Decision") -> Iterator[Complaint]:
    """An amount is an amount of some currency."""
    amounts = (decision.unit_price, decision.total, decision.penalty)
    if decision.kind != "none" and decision.currency is None and any(amounts):
        yield Complaint(
            "currency",
            _(
                'is missing here and under supplier of the house; write the currency of the amounts, such as "EUR"'
            ),
        )


class Decision(Table):
    """What the prospect decides if the feature is delivered."""

    checks = (check_subscription_keys, check_term, check_total, check_currency)

    kind: DecisionKind = Field(description=N_("what the prospect decides to do"))
    item: Line | None = Field(default=None, description=N_("what is bought, as a plural noun"))
    quantity: Annotated[int, Field(strict=True, ge=1, le=10_000_000)] | None = Field(
        default=None, description=N_("how many")
    )
    unit_price: Amount | None = Field(
        default=None, description=N_("before tax; per period for a subscription")
    )
    currency: Currency | None = Field(default=None, description=N_("optional: the house's"))
    period: Period | None = Field(default=None, description=N_("subscriptions only"))
    term: Annotated[int, Field(strict=True, ge=1, le=240)] | None = Field(
        default=None, description=N_("subscriptions only: number of periods")
    )
    total: Amount | None = Field(
        default=None, description=N_("before tax; optional: checked against the rest")
    )
    vat_rate: Rate | None = Field(default=None, description=N_("per cent"))
    penalty: Amount | None = Field(
        default=None, description=N_("optional clause: lump sum owed by a party that refuses to perform")
    )
    exclusivity_until: Date | None = Field(
        default=None, description=N_("optional clause: last day of a lock-out")
    )

    @property
    def computed_total(self) -> Decimal | None:
        """Quantity x unit price (x term for a subscription), or None with a gap."""
        periods = self.term if self.kind == "subscription" else 1
        if self.quantity is None or self.unit_price is None or periods is None:
            return None
        return self.quantity * self.unit_price * periods


class Decline(Table):
    """Why the answer is no.  Its presence makes the letter a decline."""

    reason: Reason = Field(description=N_("why the answer is no"))
    alternative: Paragraph | None = Field(
        default=None, description=N_("what could serve the prospect instead, as a whole sentence")
    )
    paid_referral: Yes = Field(
        default=False, description=N_("the house is paid for naming the alternative: the letter says so")
    )
    earliest: Date | None = Field(default=None, description=N_("date-not-feasible only: an indicative date"))
    candour: Yes = Field(default=False, description=N_("say that the house may not be the best fit"))
    return_documents: Yes = Field(
        default=False, description=N_("say that the prospect's documents are returned or destroyed")
    )
    keep_in_touch: Yes = Field(default=True, description=N_("offer to stay in touch"))


def check_dates(deal: "Deal") -> Iterator[Complaint]:
    """Letter < delivery <= long stop, none of them absurdly far; art. 1304, Code civil."""
    if deal.kind == "decline":
        earliest = deal.decline.earliest if deal.decline else None
        if earliest and deal.date and earliest <= deal.date:
            yield Complaint("decline.earliest", _after_letter(earliest, deal.date))
        return
    by = deal.delivery.by if deal.delivery else None
    long_stop = deal.delivery.long_stop if deal.delivery else None
    until = deal.decision.exclusivity_until if deal.decision else None
    for key, day in (
        ("delivery.by", by),
        ("delivery.long_stop", long_stop),
        ("decision.exclusivity_until", until),
    ):
        if not day or not deal.date:
            continue
        if day <= deal.date:
            yield Complaint(key, _after_letter(day, deal.date))
        elif day.year > deal.date.year + FARTHEST_YEARS:
            yield Complaint(
                key, _("{day} is more than ten years after the letter; check the year").format(day=day)
            )
    if by and long_stop and long_stop < by:
        yield Complaint(
            "delivery.long_stop",
            _("{long_stop} comes before the delivery date, {by}; write a later day, or leave it out").format(
                long_stop=long_stop, by=by
            ),
        )


def _after_letter(day: datetime.date, letter: datetime.date) -> str:
    return _("{day} is not after the letter's own date, {letter}; write a later day").format(
        day=day, letter=letter
    )


def check_locale(deal: "Deal") -> Iterator[Complaint]:
    """The formatting locale is one of the letter's language."""
    if deal.locale and deal.language and not deal.locale.startswith(deal.language):
        yield Complaint(
            "locale",
            _('"{locale}" is not a locale of the language "{language}"; change one of the two').format(
                locale=deal.locale, language=deal.language
            ),
        )


def check_whole(deal: "Deal") -> Iterator[Complaint]:
    """An agreement has a delivery date, a law and a level; any letter says which it is."""
    if deal.kind == "decline":
        return
    if deal.decision is None:
        yield Complaint("decision", _("is missing; write the table [decision], or [decline] for a polite no"))
    if deal.delivery is None:
        yield Complaint("delivery.by", _("is missing; write the day the feature is due, such as 2027-03-31"))
    if deal.law is None:
        yield Complaint("law", _('is missing here and under terms of the house; write "FR" or "EW"'))
    if deal.binding is None:
        yield Complaint(
            "binding",
            _(
                "is missing here and under terms of the house; choose what the agreement obliges to:"
                ' "intent", "negotiate", "promise" or "conditional"'
            ),
        )


def check_decline(deal: "Deal") -> Iterator[Complaint]:
    """An earliest date belongs to the one reason that speaks of dates."""
    decline = deal.decline
    if decline and decline.earliest and decline.reason and decline.reason != "date-not-feasible":
        yield Complaint("decline.earliest", _('goes with reason = "date-not-feasible" only; leave it out'))
    if decline and decline.paid_referral and decline.alternative is None:
        yield Complaint("decline.paid_referral", _("needs an alternative; write one, or leave this key out"))


def check_level(deal: "Deal") -> Iterator[Complaint]:
    """The pairs of level, law and supplier's commitment that would not hold in court.

    An agreement to negotiate is void in England (Walford v Miles).  A debt that
    hangs on the debtor's will alone is void in France (C. civ., art. 1304-2),
    so a bilateral contract needs a supplier that owes something; a promise of
    the client alone (art. 1124) needs a supplier that stays free.
    """
    if deal.kind == "decline":
        return
    if deal.law == "EW" and deal.binding == "negotiate":
        yield Complaint(
            "binding",
            _(
                "an agreement to negotiate cannot be enforced under the law of England and Wales;"
                ' write binding = "intent" and, for a lock-out, decision.exclusivity_until'
            ),
        )
    if deal.binding == "conditional" and deal.vendor_commitment == "none":
        yield Complaint(
            "vendor_commitment",
            _(
                '"none" leaves a bilateral contract to the supplier\'s will alone;'
                ' choose "efforts" or "firm", or write binding = "promise"'
            ),
        )
    if deal.binding == "promise" and deal.vendor_commitment == "firm":
        yield Complaint(
            "vendor_commitment",
            _(
                'a promise binds the client alone and cannot hold the supplier to a "firm" result;'
                ' choose "efforts" or "none", or write binding = "conditional"'
            ),
        )
    if deal.decision and deal.decision.penalty and deal.binding in {"intent", "negotiate"}:
        yield Complaint(
            "decision.penalty",
            _(
                'a letter that does not oblige to buy cannot carry a penalty; leave it out, or write binding = "conditional"'
            ),
        )


class Deal(Table):
    """One prospect's request and the answer to it: a deal file.

    What a file leaves to the house (law, locale, level, commitment, court,
    currency) and the date are filled in by `intake` before validation, so that
    a deal stands by itself: its date and locale are always known.
    """

    checks = (check_whole, check_dates, check_locale, check_decline, check_level)

    language: Language = Field(description=N_("language of the letter"))
    law: Law | None = Field(default=None, description=N_("optional: the house's"))
    locale: Locale = Field(description=N_("optional: from the language and the house's country"))
    date: Date = Field(description=N_("optional: today"))
    binding: Binding | None = Field(default=None, description=N_("optional: the house's"))
    vendor_commitment: Commitment | None = Field(default=None, description=N_("optional: the house's"))
    court: Line | None = Field(default=None, description=N_("optional: the house's"))
    reference: Reference | None = Field(
        default=None, description=N_("optional: derived from the letter's data")
    )
    prospect: Prospect = Field(description=N_("who asks"))
    feature: Feature = Field(description=N_("what is asked for"))
    delivery: Delivery | None = Field(default=None, description=N_("when it is due"))
    decision: Decision | None = Field(default=None, description=N_("what is decided if it is delivered"))
    decline: Decline | None = Field(default=None, description=N_("a polite no, whatever the decision"))

    @property
    def kind(self) -> Kind:
        """A [decline] table, or a decision of kind "none", gives a decline."""
        undecided = self.decision is not None and self.decision.kind == "none"
        return "decline" if self.decline is not None or undecided else "agreement"

    @property
    def reason(self) -> Reason | None:
        """Why a decline declines; a decision of "none" is the lack of a commitment."""
        if self.kind == "agreement":
            return None
        return self.decline.reason if self.decline else "no-commitment"

    @property
    def commitment(self) -> Commitment | None:
        """What the supplier owes in an agreement: nothing as long as nobody is obliged to buy."""
        if self.kind == "decline":
            return None
        return self.vendor_commitment if self.binding in {"promise", "conditional"} else "none"


def long_stop(deal: Deal, house: House) -> datetime.date | None:
    """The last date for acceptance: the deal's, or time to test, to mend and to test again."""
    if deal.delivery is None:
        return None
    return deal.delivery.long_stop or deal.delivery.by + datetime.timedelta(
        days=3 * house.terms.acceptance_days
    )


def locale_of(data: Mapping[str, Any], house: House) -> str:
    """The formatting locale of a deal in the making: its own, else the usual one."""
    own = data.get("locale")
    if isinstance(own, str) and own in get_args(Locale):
        return own
    return usual_locale(data.get("language"), house.supplier.country)


def usual_locale(language: object, country: str | None) -> str:
    """The formatting locale of a letter: the house's country if its printers use the language.

    A language that is no language gets one too: the fault is the language's alone.
    """
    # Only a text is written out: Python refuses to for a number of thousands of digits.
    local = f"{language}_{country}" if isinstance(language, str) else ""
    if local in get_args(Locale):
        return local
    return "fr_FR" if language == "fr" else "en_GB"


ROOTS: Mapping[str, type[Table]] = {"deal": Deal, "house": House}
"""What each kind of file holds."""
