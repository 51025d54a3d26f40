"""The checks of a letter's dates: their order, working days, what clauses say of them (floor 5)."""

import datetime
import re
from collections.abc import Iterator
from functools import cache
from gettext import gettext as _

from generator import figures, places
from generator.findings import Case, Check, Finding, Severity, found_in, place_of, plain, text_of, wording_of
from generator.model import long_stop


def _fixed_days(case: Case) -> dict[str, datetime.date]:
    """The days on which something is due, by the key that says them."""
    deal, days = case.deal, {}
    if case.letter.kind == "agreement" and deal.delivery:
        days["delivery.by"] = deal.delivery.by
        if last := long_stop(deal, case.house):
            days["delivery.long_stop"] = last
    return days


@cache
def _day_off(day: datetime.date, country: str, registry: str, language: str) -> str | None:
    """Why nobody works that day in a country: the feast's name, "" for a weekend, None for a working day."""
    import holidays  # noqa: PLC0415 - slow to load, and a decline needs none

    part = None
    if country == "GB":
        part = {"Scotland": "SCT", "Northern Ireland": "NIR"}.get(registry, "ENG")
    try:
        feasts = holidays.country_holidays(
            country, subdiv=part, years=day.year, language="fr" if language == "fr" else "en_US"
        )
    except NotImplementedError:
        return "" if day.isoweekday() > 5 else None
    return feasts.get(day) or ("" if day.weekday() in feasts.weekend else None)


def not_a_business_day(case: Case) -> Iterator[Finding]:
    """Nothing falls due on a day on which one of the parties is closed."""
    supplier, prospect = case.house.supplier, case.deal.prospect
    homes = {(party.country, party.registry or "") for party in (supplier, prospect) if party.country}
    homes.add(("GB", "England and Wales") if case.letter.law == "EW" else ("FR", ""))
    homes = {(country, registry if country == "GB" else "") for country, registry in homes}
    for key, day in _fixed_days(case).items():
        for country, registry in sorted(homes):
            feast = _day_off(day, country, registry, case.letter.language)
            if feast is None:
                continue
            printed = plain(figures.date(day, case.letter.locale))
            if feast:
                sentence = _(
                    "{day} is a public holiday in {country} ({feast}). Choose a working day."
                ).format(day=printed, country=places.country_name(country, case.letter.locale), feast=feast)
            else:
                sentence = _("{day} falls on a weekend. Choose a working day.").format(day=printed)
            severity: Severity = "warning" if case.binding else "note"
            yield Finding("not-a-business-day", severity, key, sentence, "Code civil, art. 1342")
            break


def dates_out_of_order(case: Case) -> Iterator[Finding]:
    """The letter is signed before delivery, and tested before its last date."""
    days = _fixed_days(case)
    if "delivery.by" not in days:
        return
    # As the letter prints them: the house may have others by now.
    terms = case.house.terms.model_dump() | case.letter.data["house"].get("terms", {})
    by, last = days["delivery.by"], days.get("delivery.long_stop")
    until = case.deal.date + datetime.timedelta(days=terms["validity_days"])
    if until >= by:
        yield Finding(
            "signed-after-delivery",
            "error",
            "terms.validity_days",
            _(
                "The letter may be signed until {until}, but delivery is due on {by}. Shorten the one or move the other."
            ).format(until=_printed(case, until), by=_printed(case, by)),
            "Code civil, art. 1117 et 1304",
        )
    tested = by + datetime.timedelta(days=terms["acceptance_days"])
    if case.binding and last and tested > last:
        yield Finding(
            "too-late-to-test",
            "error",
            "delivery.long_stop",
            _(
                "A delivery on the last day can be tested until {tested}, after the last date for"
                " acceptance, {last}. Move that date."
            ).format(tested=_printed(case, tested), last=_printed(case, last)),
            "Code civil, art. 1304-6",
        )


def _printed(case: Case, day: datetime.date) -> str:
    return plain(figures.date(day, case.letter.locale))


def deadline_missing(case: Case) -> Iterator[Finding]:
    """A condition without its two dates may last for ever."""
    condition = case.article("condition")
    for key, day in _fixed_days(case).items() if condition else ():
        if condition and _printed(case, day) not in text_of(condition):
            yield Finding(
                "deadline-missing",
                "error",
                place_of(condition),
                _("does not say {day}. Write {placeholder} there.").format(
                    day=_printed(case, day), placeholder=f"{{{{ {key} }}}}"
                ),
                "Code civil, art. 1304 ; Cass. 3e civ., 14 sept. 2023",
            )


_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:er|st|nd|rd|th)? (?:{_MONTHS}) \d{{4}}|\b(?:{_MONTHS}) \d{{1,2}}, \d{{4}}", re.IGNORECASE
)
_OF_A_LAW = re.compile(
    r"(?:loi|ordonnance|décret|arrêté|règlement|directive|act|regulations?|version|conditions générales|CGV|general terms)\b.{0,30}$",
    re.IGNORECASE,
)


def date_written_in(case: Case) -> Iterator[Finding]:
    """A date in a clause's own words that is none of the letter's."""
    known = {
        value
        for key, value in case.expected.items()
        if "date" in key or key.startswith(("delivery.", "decision.excl", "decline.e", "terms.valid"))
    }
    known.add(_printed(case, case.deal.date))
    for passage in case.passages:
        wording = wording_of(passage)
        for found in found_in(wording, _DATE):
            if found[0] not in known and not _OF_A_LAW.search(wording[: found.start()]):
                sentence = _("says {date}, which is none of this letter’s dates. Use a placeholder.")
                yield Finding(
                    "date-differs",
                    "error",
                    place_of(passage),
                    sentence.format(date=found[0]),
                    "Code civil, art. 1192",
                )


_NUMERIC = re.compile(r"\b\d{1,2}/\d{1,2}/(?:20)?\d\d\b|\b\d{1,2}[.-]\d{1,2}[.-]20\d\d\b")


def numeric_date(case: Case) -> Iterator[Finding]:
    """03/04/2027 is two days."""
    for passage in case.passages:
        for found in found_in(text_of(passage), _NUMERIC)[:1]:
            sentence = _("{date} can be read as two different days. Write the month in letters.")
            yield Finding(
                "numeric-date",
                "warning",
                place_of(passage),
                sentence.format(date=found[0]),
                "Code civil, art. 1188",
            )


CHECKS: tuple[Check, ...] = (
    not_a_business_day,
    dates_out_of_order,
    deadline_missing,
    date_written_in,
    numeric_date,
)
