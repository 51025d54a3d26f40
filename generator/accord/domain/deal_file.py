"""What a deal file may hold: one table, checked as a whole, for an agreement and for a decline.

All faults are reported together, whichever of the two the file makes.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self, get_args

from pydantic import ConfigDict, Field

from accord import i18n
from accord.domain.base import StrictModel, Violation, optional
from accord.domain.choices import VOID_LEVELS, Binding, Commitment, Language, Law, Locale
from accord.domain.deal import (
    Agreement,
    Deal,
    Decision,
    Decline,
    Delivery,
    Feature,
    Negotiation,
    Refusal,
    UnnamedFeature,
)
from accord.domain.documents import Annex, Document
from accord.domain.fields import Date, Note, Reference, SingleLine
from accord.domain.house import House
from accord.domain.parties import Prospect
from accord.i18n import N_, _
from accord.text import formats

FARTHEST_YEARS = 10


def check_agreement(file: "DealFile") -> Iterator[Violation]:
    """An agreement is whole, its dates are in order, and its level would hold in court."""
    if file.refusal is None:
        yield from _check_whole(file)
        yield from _check_dates(file)
        yield from _check_level(file)


def check_agreement_in_part(file: "DealFile") -> Iterator[Violation]:
    """The same of an agreement that need not say yet when the feature is due."""
    return (fault for fault in check_agreement(file) if file.delivery or fault[0] != "delivery.by")


def _check_whole(file: "DealFile") -> Iterator[Violation]:
    """An agreement has a decision, a delivery date, a law and a level."""
    sentences = {
        "decision": _("is missing; write the table [decision], or [decline] for a polite no"),
        "delivery": _("is missing; write the day the feature is due, such as 2027-03-31"),
        "law": _('is missing here and under terms of the house; write "FR" or "EW"'),
        "binding": _(
            "is missing here and under terms of the house; choose what the agreement obliges to:"
            ' "intent", "negotiate", "promise" or "conditional"'
        ),
    }
    for key, sentence in sentences.items():
        if getattr(file, key) is None:
            yield "delivery.by" if key == "delivery" else key, sentence


def _check_dates(file: "DealFile") -> Iterator[Violation]:
    """Letter < delivery <= long stop, none of them absurdly far; art. 1304, Code civil."""
    by = file.delivery.by if file.delivery else None
    long_stop = file.delivery.long_stop if file.delivery else None
    until = file.decision.exclusivity_until if file.decision else None
    talks = file.negotiation.until if file.negotiation else None
    days = {
        "delivery.by": by,
        "delivery.long_stop": long_stop,
        "decision.exclusivity_until": until,
        "negotiation.until": talks,
    }
    for key, day in days.items():
        if not day or not file.date:
            continue
        if day <= file.date:
            yield key, _not_after_letter(day, file.date)
        elif day.year > file.date.year + FARTHEST_YEARS:
            sentence = _("{day} is more than ten years after the letter; check the year")
            yield key, sentence.format(day=_said(day))
    if by and long_stop and long_stop < by:
        sentence = _("{long_stop} comes before the delivery date, {by}; write a later day, or leave it out")
        yield "delivery.long_stop", sentence.format(long_stop=_said(long_stop), by=_said(by))

    if by and talks and talks >= by:
        sentence = _("{until} does not come before the delivery date, {by}; write an earlier day")
        yield "negotiation.until", sentence.format(until=_said(talks), by=_said(by))


def _not_after_letter(day: datetime.date, letter: datetime.date) -> str:
    sentence = _("{day} is not after the letter's own date, {letter}; write a later day")
    return sentence.format(day=_said(day), letter=_said(letter))


def _said(day: datetime.date) -> str:
    """A day in words, in the language of the interface."""
    return str(formats.date(day, i18n.locale()))


def _check_level(file: "DealFile") -> Iterator[Violation]:
    """The pairs of level, law and supplier's commitment that would not hold in court.

    An agreement to negotiate is void in England (Walford v Miles).  A debt that
    hangs on the debtor's will alone is void in France (C. civ., art. 1304-2),
    so a bilateral contract needs a supplier that owes something; a promise of
    the client alone (art. 1124) needs a supplier that stays free.
    """
    if file.law and file.binding in VOID_LEVELS[file.law]:
        sentence = _(
            "an agreement to negotiate cannot be enforced under the law of England and Wales;"
            ' write binding = "intent" and, for a lock-out, decision.exclusivity_until'
        )
        yield "binding", sentence
    if file.binding == "conditional" and file.vendor_commitment == "none":
        sentence = _(
            '"none" leaves a bilateral contract to the supplier\'s will alone;'
            ' choose "efforts" or "firm", or write binding = "promise"'
        )
        yield "vendor_commitment", sentence
    if file.binding == "promise" and file.vendor_commitment == "firm":
        sentence = _(
            'a promise binds the client alone and cannot hold the supplier to "firm";'
            ' choose "efforts" or "none", or write binding = "conditional"'
        )
        yield "vendor_commitment", sentence
    if file.negotiation and file.binding and file.binding != "negotiate":
        sentence = _('is for binding = "negotiate" only; leave it out')
        yield "negotiation", sentence
    if file.decision and file.decision.penalty and file.binding in {"intent", "negotiate"}:
        sentence = _(
            'a letter that does not oblige to buy cannot carry a penalty; leave it out, or write binding = "conditional"'
        )
        yield "decision.penalty", sentence


BOTH_ALTERNATIVES = 200
"""Characters that the house's alternative and somebody else's have together at most, so that a decline is one page."""


def check_decline(file: "DealFile") -> Iterator[Violation]:
    """An earliest date lies ahead, and belongs to the one reason that speaks of dates; a referral needs an alternative."""
    decline = file.decline
    if decline is None:
        return
    if decline.earliest and file.date and decline.earliest <= file.date:
        yield "decline.earliest", _not_after_letter(decline.earliest, file.date)
    if decline.earliest and decline.reason and decline.reason != "date-not-feasible":
        yield "decline.earliest", _('goes with reason = "date-not-feasible" only; leave it out')
    alternatives = [text for text in (decline.own_alternative, decline.alternative) if text]
    length = sum(map(len, alternatives))
    if len(alternatives) == 2 and length > BOTH_ALTERNATIVES:
        sentence = _(
            "and decline.own_alternative have {length} characters, and one page takes {most}; shorten them"
        )
        yield "decline.alternative", sentence.format(length=length, most=BOTH_ALTERNATIVES)
    if decline.paid_referral and decline.alternative is None:
        yield "decline.paid_referral", _("needs an alternative; write one, or leave this out")


def check_locale(file: "DealFile") -> Iterator[Violation]:
    """The formatting locale is one of the letter's language."""
    if file.locale and file.language and not file.locale.startswith(file.language):
        sentence = _("“{locale}” is not a locale of the language “{language}”; change one of the two")
        yield "locale", sentence.format(locale=file.locale, language=file.language)


class DealFile(StrictModel):
    """One prospect's request and the answer to it: a deal file.

    What a file leaves to the house (law, locale, level, commitment, court,
    currency) and the date are filled in by `intake` before validation, so that
    a deal stands by itself: its date and locale are always known.
    """

    model_config = ConfigDict(title="Deal")

    checks = (check_agreement, check_locale, check_decline)

    language: Language = Field(description=N_("language of the letter"))
    law: Law | None = optional(N_("optional: the house's"))
    locale: Locale = Field(description=N_("optional: from the language and the house's country"))
    date: Date = Field(description=N_("optional: today"))
    binding: Binding | None = optional(N_("optional: the house's"))
    vendor_commitment: Commitment | None = optional(N_("optional: the house's"))
    court: SingleLine | None = optional(N_("optional: the house's"))
    reference: Reference | None = optional(N_("optional: derived from the letter's data"))
    opening_note: Note | None = optional(N_("a personal sentence to begin with; optional: the house's"))
    prospect: Prospect = Field(description=N_("who asks"))
    feature: Feature = Field(description=N_("what is asked for"))
    delivery: Delivery | None = optional(N_("when it is due"))
    negotiation: Negotiation | None = optional(N_('binding = "negotiate" only: for how long'))
    decision: Decision | None = optional(N_("what is decided if it is delivered"))
    decline: Refusal | None = optional(N_("a polite no, whatever the decision"))
    annex: tuple[Annex, ...] = Field(
        default=(),
        max_length=10,
        description=N_("optional: a document that is part of the agreement, such as a specification"),
    )

    def with_annexes(self, documents: Sequence[Document]) -> Self:
        """The same with the documents of its annexes, in their order; as it is without any."""
        if not documents:
            return self
        annexes = (annex.with_document(each) for annex, each in zip(self.annex, documents, strict=True))
        return self.model_copy(update={"annex": tuple(annexes)})

    @property
    def refusal(self) -> Refusal | None:
        """Why the answer is no, if it is: a decision of kind "none" is the lack of a commitment."""
        if self.decline is None and self.decision is not None and self.decision.kind == "none":
            return Refusal(reason="no-commitment")
        return self.decline

    @property
    def deal(self) -> Deal:
        """The agreement or the decline that the file makes."""
        answer: type[Agreement | Decline] = Agreement if self.refusal is None else Decline
        return answer.model_validate(self, from_attributes=True)


class PartialDealFile(DealFile):
    """A deal file of a draft, in which the feature asked for and the day when it is due may be blank."""

    checks = (check_agreement_in_part, check_locale, check_decline)

    feature: UnnamedFeature = Field(default=UnnamedFeature(), description=N_("what is asked for"))


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


ROOTS: Mapping[str, type[StrictModel]] = {"deal": DealFile, "house": House}
"""What each kind of file holds."""
