"""The checks of a letter's dates: their order, working days, what clauses say of them."""

import datetime
import re

from accord import i18n
from accord.domain import business_days
from accord.i18n import _
from accord.letter.letter import Passage
from accord.review.findings import (
    AgreementCase,
    Case,
    Findings,
    Severity,
    dates_in,
    in_braces,
    matches_in,
    on_article,
    only,
    text_of,
    wording_of,
)


def _due_days(case: AgreementCase) -> dict[str, datetime.date]:
    """The days on which something is due, by the key that says them."""
    last = case.deal.long_stop(case.house)
    if case.deal.delivery is None or last is None:
        return {}
    return {"delivery.by": case.deal.delivery.by, "delivery.long_stop": last}


OPTION_DAYS = 15
"""Days in which the supplier takes up its option: the clause on the purchase says them."""
_ENDS_OF_ITSELF = {"decision.exclusivity_until", "negotiation.until", "delivery.long_stop + option"}


def _last_days(case: AgreementCase) -> dict[str, datetime.date]:
    """The last days of what ends: to sign, to negotiate, of a lock-out, and of an option that opens at the latest."""
    deal = case.deal
    days = {"terms.validity_days": deal.valid_until(case.house)}
    if deal.decision.exclusivity_until:
        days["decision.exclusivity_until"] = deal.decision.exclusivity_until
    if deal.binding == "negotiate":
        days["negotiation.until"] = deal.negotiation_until(case.house)
    last = deal.long_stop(case.house)
    if deal.binding == "promise" and last:
        days["delivery.long_stop + option"] = last + datetime.timedelta(days=OPTION_DAYS)
    return days


@only(AgreementCase)
def not_a_business_day(case: AgreementCase) -> Findings:
    """Nothing falls due on a day on which one of the parties is closed."""
    homes = business_days.homes_of(case.deal.law, case.house.supplier, case.deal.prospect)
    for key, day in (*_due_days(case).items(), *_last_days(case).items()):
        for home in sorted(homes):
            feast = business_days.day_off(day, home, i18n.language())
            if feast is None:
                continue
            sentence = _("{day} falls on a weekend. Choose a working day.")
            if feast:
                sentence = _("{day} is a public holiday in {country} ({feast}). Choose a working day.")
            if key == "delivery.long_stop + option":
                sentence = _(
                    "An option that opens on the last date for acceptance ends on {day}, when nobody works."
                    " Move that date by a few days."
                )
            severity: Severity = "warning" if case.is_binding and key not in _ENDS_OF_ITSELF else "note"
            yield case.finding(
                "not-a-business-day",
                severity,
                key.removesuffix(" + option"),
                sentence,
                day=day,
                country=business_days.name_of(home),
                feast=feast,
            )
            break


@only(AgreementCase)
def dates_out_of_order(case: AgreementCase) -> Findings:
    """The letter is signed before delivery, and tested before its last date."""
    days, until = _due_days(case), case.deal.valid_until(case.house)
    if not days:
        return
    by, last = days["delivery.by"], days["delivery.long_stop"]
    if until >= by:
        sentence = _(
            "The letter may be signed until {until}, but delivery is due on {by}. Shorten the one or move the other."
        )
        yield case.finding(
            "signed-after-delivery", "error", "terms.validity_days", sentence, until=until, by=by
        )
    tested = by + datetime.timedelta(days=case.house.terms.acceptance_days)
    if case.is_binding and tested > last:
        sentence = _(
            "A delivery on the last day can be tested until {tested}, after the last date for"
            " acceptance, {last}. Move that date."
        )
        yield case.finding(
            "too-late-to-test", "error", "delivery.long_stop", sentence, tested=tested, last=last
        )


@only(AgreementCase)
def already_past(case: AgreementCase) -> Findings:
    """A letter that is yet to be sent can still be signed, and the feature still be delivered in time."""
    if case.today is None:
        return
    days = _due_days(case)
    days.pop("delivery.long_stop", None)
    days["terms.validity_days"] = case.deal.valid_until(case.house)
    for key, day in days.items():
        if day < case.today:
            sentence = _("{day} has passed. Redate the letter, or move that day.")
            yield case.finding("already-past", "warning", key, sentence, day=day)


@only(AgreementCase)
@on_article("condition")
def deadline_missing(case: AgreementCase, condition: Passage) -> Findings:
    """A condition without its two dates may last for ever."""
    for key, day in _due_days(case).items():
        if case.printed(day) not in text_of(condition):
            sentence = _("does not say {day}. Write {placeholder} there.")
            yield case.finding(
                "deadline-missing", "error", condition, sentence, day=day, placeholder=in_braces(key)
            )


_OF_A_DOCUMENT = re.compile(
    r"\b(?:politique|contrat|accord|avenant|lettre|courrier|courriel|devis|proposition|offre|commande|charte|certificat"
    r"|policy|contract|agreement|amendment|letter|e-mail|quote|quotation|proposal|offer|order|charter|certificate)\b.{0,30}$",
    re.IGNORECASE,
)


_DATES = ("delivery.by", "delivery.long_stop", "decision.exclusivity_until", "terms.validity_until")


@only(AgreementCase)
def exclusivity_outlasts(case: AgreementCase) -> Findings:
    """A lock-out that goes on after the last date for acceptance binds the client for nothing."""
    until, last = case.deal.decision.exclusivity_until, case.deal.long_stop(case.house)
    if until and last and until > last:
        sentence = _("{until} comes after the last date for acceptance, {last}. Choose an earlier day.")
        yield case.finding(
            "exclusivity-too-long",
            "warning",
            "decision.exclusivity_until",
            sentence,
            until=until,
            last=last,
        )


def date_written_in(case: Case) -> Findings:
    """A date in a clause's own words that is none of the letter's."""
    dates = {
        value
        for key, value in case.expected.items()
        if "date" in key or key.startswith(("delivery.", "decision.excl", "decline.e", "terms.valid"))
    }
    dates.add(case.printed(case.deal.date))
    for passage in case.passages:
        for date, before in dates_in(wording_of(passage)):
            if date not in dates:
                # Another document may well have a date of its own.
                severity: Severity = "warning" if _OF_A_DOCUMENT.search(before) else "error"
                sentence = _(
                    "gives {date}, which matches no date in this letter. Use the placeholder {placeholder}."
                )
                placeholder = case.placeholder_for(passage, _DATES)
                yield case.finding(
                    "date-differs", severity, passage, sentence, date=date, placeholder=placeholder
                )


_NUMERIC = re.compile(r"\b\d{1,2}/\d{1,2}/(?:20)?\d\d\b|\b\d{1,2}[.-]\d{1,2}[.-]20\d\d\b")


def numeric_date(case: Case) -> Findings:
    """03/04/2027 is two days."""
    for passage in case.passages:
        for match in matches_in(text_of(passage), _NUMERIC)[:1]:
            sentence = _("{date} can be read as two different days. Write the month in letters.")
            yield case.finding("numeric-date", "warning", passage, sentence, date=match[0])
