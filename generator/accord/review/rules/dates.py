"""The checks of a letter's dates: their order, working days, what clauses say of them."""

import datetime
import re
from collections.abc import Iterator

from accord import i18n
from accord.i18n import _
from accord.review import business_days
from accord.review.findings import (
    AgreementCase,
    Case,
    Check,
    Finding,
    Severity,
    agreements_only,
    dates_in,
    found_in,
    place_of,
    text_of,
    wording_of,
)
from accord.text import formats
from accord.text.characters import plain


def _fixed_days(case: AgreementCase) -> dict[str, datetime.date]:
    """The days on which something is due, by the key that says them."""
    return {"delivery.by": case.deal.delivery.by, "delivery.long_stop": case.deal.long_stop(case.house)}


@agreements_only
def not_a_business_day(case: AgreementCase) -> Iterator[Finding]:
    """Nothing falls due on a day on which one of the parties is closed."""
    homes = {business_days.home_of(party) for party in (case.house.supplier, case.deal.prospect)}
    homes.add(business_days.HOME_OF_LAW[case.deal.law])
    days = _fixed_days(case)
    if case.deal.decision.exclusivity_until:
        days["decision.exclusivity_until"] = case.deal.decision.exclusivity_until
    for key, day in days.items():
        for home in sorted(filter(None, homes)):
            feast = business_days.day_off(day, home, i18n.language())
            if feast is None:
                continue
            sentence = _("{day} falls on a weekend. Choose a working day.")
            if feast:
                sentence = _("{day} is a public holiday in {country} ({feast}). Choose a working day.")
            severity: Severity = "warning" if case.binding and key != "decision.exclusivity_until" else "note"
            yield case.finding(
                "not-a-business-day",
                severity,
                key,
                sentence.format(day=_printed(case, day), country=business_days.name_of(home), feast=feast),
            )
            break


@agreements_only
def dates_out_of_order(case: AgreementCase) -> Iterator[Finding]:
    """The letter is signed before delivery, and tested before its last date."""
    terms, by, last = case.house.terms, case.deal.delivery.by, case.deal.long_stop(case.house)
    until = case.deal.date + datetime.timedelta(days=terms.validity_days)
    if until >= by:
        yield case.finding(
            "signed-after-delivery",
            "error",
            "terms.validity_days",
            _(
                "The letter may be signed until {until}, but delivery is due on {by}. Shorten the one or move the other."
            ).format(until=_printed(case, until), by=_printed(case, by)),
        )
    tested = by + datetime.timedelta(days=terms.acceptance_days)
    if case.binding and tested > last:
        yield case.finding(
            "too-late-to-test",
            "error",
            "delivery.long_stop",
            _(
                "A delivery on the last day can be tested until {tested}, after the last date for"
                " acceptance, {last}. Move that date."
            ).format(tested=_printed(case, tested), last=_printed(case, last)),
        )


@agreements_only
def already_past(case: AgreementCase) -> Iterator[Finding]:
    """A letter that is yet to be sent can still be signed, and the feature still be delivered in time."""
    if case.today is None:
        return
    until = case.deal.date + datetime.timedelta(days=case.house.terms.validity_days)
    for key, day in (("delivery.by", case.deal.delivery.by), ("terms.validity_days", until)):
        if day < case.today:
            sentence = _("{day} has passed. Date the letter anew, or move that day.")
            yield case.finding("already-past", "warning", key, sentence.format(day=_printed(case, day)))


def _printed(case: Case, day: datetime.date) -> str:
    return plain(formats.date(day, case.letter.locale))


@agreements_only
def deadline_missing(case: AgreementCase) -> Iterator[Finding]:
    """A condition without its two dates may last for ever."""
    condition = case.article("condition")
    if not condition:
        return
    for key, day in _fixed_days(case).items():
        if _printed(case, day) not in text_of(condition):
            yield case.finding(
                "deadline-missing",
                "error",
                place_of(condition),
                _("does not say {day}. Write {placeholder} there.").format(
                    day=_printed(case, day), placeholder=f"{{{{ {key} }}}}"
                ),
            )


_OF_A_DOCUMENT = re.compile(
    r"\b(?:politique|contrat|accord|avenant|lettre|courrier|courriel|devis|proposition|offre|commande|charte|certificat"
    r"|policy|contract|agreement|amendment|letter|e-mail|quote|quotation|proposal|offer|order|charter|certificate)\b.{0,30}$",
    re.IGNORECASE,
)


_DATES = ("delivery.by", "delivery.long_stop", "decision.exclusivity_until", "terms.validity_until")


def date_written_in(case: Case) -> Iterator[Finding]:
    """A date in a clause's own words that is none of the letter's."""
    known = {
        value
        for key, value in case.expected.items()
        if "date" in key or key.startswith(("delivery.", "decision.excl", "decline.e", "terms.valid"))
    }
    known.add(_printed(case, case.deal.date))
    for passage in case.passages:
        for day, before in dates_in(wording_of(passage)):
            if day not in known:
                yield case.finding(
                    "date-differs",
                    # Another document may well have a date of its own.
                    "warning" if _OF_A_DOCUMENT.search(before) else "error",
                    place_of(passage),
                    _(
                        "gives {date}, which matches no date in this letter. Use the placeholder {placeholder}."
                    ).format(date=day, placeholder=case.placeholder_for(passage, _DATES)),
                )


_NUMERIC = re.compile(r"\b\d{1,2}/\d{1,2}/(?:20)?\d\d\b|\b\d{1,2}[.-]\d{1,2}[.-]20\d\d\b")


def numeric_date(case: Case) -> Iterator[Finding]:
    """03/04/2027 is two days."""
    for passage in case.passages:
        for found in found_in(text_of(passage), _NUMERIC)[:1]:
            sentence = _("{date} can be read as two different days. Write the month in letters.")
            yield case.finding(
                "numeric-date",
                "warning",
                place_of(passage),
                sentence.format(date=found[0]),
            )


CHECKS: tuple[Check, ...] = (
    not_a_business_day,
    dates_out_of_order,
    already_past,
    deadline_missing,
    date_written_in,
    numeric_date,
)
