"""A deal: one prospect's request, and the agreement or the decline that answers it.

Dates are calendar dates, amounts are `Decimal` before tax in the major unit of
their currency, rates are percentages.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, TypeAlias

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


class Refusal(Table):
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


# --- The two answers ----------------------------------------------------------


class Request(Table):
    """What an agreement and a decline have in common: a letter about a feature that a prospect asks for."""

    kind: ClassVar[Kind]

    language: Language
    locale: Locale
    date: Date
    reference: Reference | None = None
    prospect: Prospect
    feature: Feature


class Agreement(Request):
    """A yes on condition: the supplier may deliver by a day, and the prospect then decides as stated."""

    kind = "agreement"

    law: Law
    binding: Binding
    vendor_commitment: Commitment
    court: Line | None = None
    delivery: Delivery
    decision: Decision

    @property
    def binds(self) -> bool:
        """Whether somebody is obliged to buy."""
        return self.binding in {"promise", "conditional"}

    @property
    def commitment(self) -> Commitment:
        """What the supplier owes: nothing as long as nobody is obliged to buy."""
        return self.vendor_commitment if self.binds else "none"

    def long_stop(self, house: House) -> datetime.date:
        """The last date for acceptance: the deal's, or time to test, to mend and to test again."""
        return self.delivery.long_stop or self.delivery.by + datetime.timedelta(
            days=3 * house.terms.acceptance_days
        )


class Decline(Request):
    """A polite no.  `law` governs nothing: it is that of the authorities which a review cites."""

    kind = "decline"

    law: Law | None = None
    delivery: Delivery | None = None
    refusal: Refusal


Deal: TypeAlias = Agreement | Decline
"""A request and the answer to it."""
