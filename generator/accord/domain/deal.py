"""A deal: one prospect's request, and the agreement or the decline that answers it.

Dates are calendar dates, amounts are `Decimal` before tax in the major unit of
their currency, rates are percentages.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, TypeAlias

from pydantic import Field

from accord import i18n
from accord.domain import choices, fields
from accord.domain.base import StrictModel, Violation, optional
from accord.domain.business_days import homes_of, next_working_day
from accord.domain.documents import Annex
from accord.domain.house import House
from accord.domain.parties import Prospect
from accord.i18n import N_, _
from accord.text import formats

LONGEST_YEARS = 20
NEGOTIATION_DAYS = 60


class Feature(StrictModel):
    """What the prospect asks for."""

    name: fields.Name = Field(description=N_("what the prospect asks for, in a few words"))
    need: fields.Sentence | None = optional(N_("what the prospect wants to do with it, as an infinitive"))
    description: fields.Prose | None = optional(N_("what is to be delivered"))
    acceptance_tests: tuple[fields.Sentence, ...] = Field(
        default=(), max_length=12, description=N_("what shows that the feature works, one test each")
    )
    exclusions: tuple[fields.Sentence, ...] = Field(
        default=(), max_length=12, description=N_("what the feature does not include")
    )
    effort: fields.Effort | None = optional(
        N_("working days that you think it takes; for the register alone, printed nowhere")
    )


class UnnamedFeature(Feature):
    """What the prospect asks for, in a draft that need not say it yet: its name is "" then."""

    name: fields.Name = Field(default="", description=N_("what the prospect asks for, in a few words"))


class Negotiation(StrictModel):
    """How long the parties negotiate, where that is what they agree."""

    until: fields.Date | None = optional(N_("last day; by default 60 days after the last day to sign"))


class Delivery(StrictModel):
    """When the feature is due."""

    by: fields.Date = Field(description=N_("day the feature is due"))
    long_stop: fields.Date | None = optional(N_("last date for acceptance"))


def check_subscription_keys(decision: "Decision") -> Iterator[Violation]:
    """A period and a term belong to a subscription."""
    if decision.kind in {"purchase", "pilot"}:
        for key in ("period", "term"):
            if getattr(decision, key) is not None:
                yield key, _('is for subscriptions only; leave it out, or write kind = "subscription"')


def check_duration(decision: "Decision") -> Iterator[Violation]:
    """A pilot has a length of its own; a subscription has a term."""
    if decision.duration is not None and decision.kind in {"subscription", "purchase"}:
        sentence = _("is for pilots only; leave it out")
        if decision.kind == "subscription":
            sentence = _("is for pilots only; write a period and a term instead")
        yield "duration", sentence


def check_term(decision: "Decision") -> Iterator[Violation]:
    """A subscription of more than twenty years is a slip: months written as years."""
    if decision.period == "year" and decision.term is not None and decision.term > LONGEST_YEARS:
        sentence = _('{term} years is absurdly long; correct it, or write period = "month"')
        yield "term", sentence.format(term=decision.term)


def check_total(decision: "Decision") -> Iterator[Violation]:
    """A stated total equals quantity x unit price (x term for a subscription)."""
    computed = decision.computed_total if decision.kind else None
    if computed is None:
        return
    if computed >= fields.LARGEST_AMOUNT:
        yield "quantity", _("makes the total absurdly large; check the quantity, the unit price and the term")
    elif decision.total not in {None, computed}:
        sentence = _(
            "{stated} contradicts the quantity, the unit price and the term, which make {computed}; correct one of them"
        )
        stated, made = (_in_figures(value, decision) for value in (decision.total, computed))
        yield "total", sentence.format(stated=stated, computed=made)


def _in_figures(value: Decimal | None, decision: "Decision") -> str:
    """An amount as the language of the interface prints it, in its currency if that is known."""
    if value is None or decision.currency is None:
        return f"{value}"
    return str(formats.amount(value, decision.currency, i18n.locale()))


def check_currency(decision: "Decision") -> Iterator[Violation]:
    """An amount is an amount of some currency."""
    amounts = (decision.unit_price, decision.total, decision.penalty)
    if decision.kind != "none" and decision.currency is None and any(amounts):
        sentence = _(
            'is missing here and under supplier of the house; write the currency of the amounts, such as "EUR"'
        )
        yield "currency", sentence


class Decision(StrictModel):
    """What the prospect decides if the feature is delivered."""

    checks = (check_subscription_keys, check_duration, check_term, check_total, check_currency)

    kind: choices.DecisionKind = Field(description=N_("what the prospect decides to do"))
    item: fields.SingleLine | None = optional(N_("what is bought: what one says after the quantity"))
    quantity: Annotated[int, Field(strict=True, ge=1, le=10_000_000)] | None = optional(N_("how many"))
    unit_price: fields.Amount | None = optional(N_("before tax; per period for a subscription"))
    currency: choices.Currency | None = optional(N_("optional: the house's"))
    period: choices.Period | None = optional(N_("subscriptions only"))
    term: Annotated[int, Field(strict=True, ge=1, le=240)] | None = optional(
        N_("subscriptions only: number of periods")
    )
    duration: fields.Length | None = optional(N_('pilots only: how long it lasts, such as "8 weeks"'))
    total: fields.Amount | None = optional(N_("before tax; optional: checked against the rest"))
    vat_rate: fields.Rate | None = optional(N_("per cent"))
    penalty: fields.Amount | None = optional(
        N_("optional clause: lump sum owed by a party that refuses to perform")
    )
    exclusivity_until: fields.Date | None = optional(N_("optional clause: last day of a lock-out"))

    @property
    def computed_total(self) -> Decimal | None:
        """Quantity x unit price (x term for a subscription), or None with a gap."""
        periods = self.term if self.kind == "subscription" else 1
        if self.quantity is None or self.unit_price is None or periods is None:
            return None
        return self.quantity * self.unit_price * periods


class Refusal(StrictModel):
    """Why the answer is no.  Its presence makes the letter a decline."""

    reason: choices.Reason = Field(description=N_("why the answer is no"))
    own_alternative: fields.Statement | None = optional(
        N_("what the house itself offers that could serve instead, as a whole sentence")
    )
    alternative: fields.Statement | None = optional(
        N_("what somebody else offers that could serve instead, as a whole sentence")
    )
    paid_referral: fields.Yes = Field(
        default=False, description=N_("the house is paid for naming the alternative: the letter says so")
    )
    earliest: fields.Date | None = optional(N_("only where the date is the reason: an indicative date"))
    candour: fields.Yes | None = optional(
        N_("say that the house may not be the best fit; by default, out of scope only")
    )
    return_documents: fields.Yes = Field(
        default=False, description=N_("say that the prospect's documents are returned or destroyed")
    )
    keep_in_touch: fields.Yes = Field(default=True, description=N_("offer to stay in touch"))

    @property
    def candid(self) -> bool:
        """Whether the letter says that the house may not be the best fit."""
        return self.reason == "out-of-scope" if self.candour is None else self.candour


class Request(StrictModel):
    """What an agreement and a decline have in common: a letter about a feature that a prospect asks for."""

    kind: ClassVar[choices.Kind]

    language: choices.Language
    locale: choices.Locale
    date: fields.Date
    reference: fields.Reference | None = None
    prospect: Prospect
    feature: Feature
    opening_note: fields.Note | None = None


def last_day_to_sign(letter: datetime.date, validity_days: int, law: choices.Law) -> datetime.date:
    """The day until which a letter of a date may be signed.

    Where its parties are at home does not count: the data of a letter does not always say it.
    """
    return next_working_day(letter + datetime.timedelta(days=validity_days), homes_of(law))


class Agreement(Request):
    """A yes on condition: the supplier may deliver by a day, and the prospect then decides as stated.

    The day is not known yet in some drafts: there is no `delivery` then.
    """

    kind: ClassVar[choices.Kind] = "agreement"

    law: choices.Law
    binding: choices.Binding
    vendor_commitment: choices.Commitment
    court: fields.SingleLine | None = None
    delivery: Delivery | None
    negotiation: Negotiation | None = None
    decision: Decision
    annex: tuple[Annex, ...] = ()

    @property
    def binds(self) -> bool:
        """Whether somebody is obliged to buy."""
        return self.binding in {"promise", "conditional"}

    @property
    def commitment(self) -> choices.Commitment:
        """What the supplier owes: nothing as long as nobody is obliged to buy."""
        return self.vendor_commitment if self.binds else "none"

    def long_stop(self, house: House) -> datetime.date | None:
        """The last date for acceptance: the deal's, or time to test, to mend and to test again, on a working day; None without a day of delivery."""
        if self.delivery is None:
            return None
        if self.delivery.long_stop:
            return self.delivery.long_stop
        day = self.delivery.by + datetime.timedelta(days=3 * house.terms.acceptance_days)
        return next_working_day(day, homes_of(self.law, house.supplier, self.prospect))

    def valid_until(self, house: House) -> datetime.date:
        """The last day to sign, a working day under the law of the letter."""
        return last_day_to_sign(self.date, house.terms.validity_days, self.law)

    def negotiation_until(self, house: House) -> datetime.date:
        """The last day of a negotiation: the deal's, or long enough after the last day to sign, and before delivery."""
        if self.negotiation and self.negotiation.until:
            return self.negotiation.until
        usual = self.valid_until(house) + datetime.timedelta(days=NEGOTIATION_DAYS)
        last = next_working_day(usual, homes_of(self.law))
        return min(last, self.delivery.by - datetime.timedelta(days=1)) if self.delivery else last


class Decline(Request):
    """A polite no.

    `law` governs nothing: it is that of the authorities which a review cites.  `decision` is what the
    prospect would have bought, where the file says it: the register adds up what was declined.
    """

    kind = "decline"

    law: choices.Law | None = None
    delivery: Delivery | None = None
    refusal: Refusal
    decision: Decision | None = None


Deal: TypeAlias = Agreement | Decline
"""A request and the answer to it."""
