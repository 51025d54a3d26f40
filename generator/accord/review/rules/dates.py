"""The checks of a letter's dates: their order, working days, what clauses say of them."""

import datetime
import re

from accord import i18n
from accord.domain import business_days
from accord.i18n import _
from accord.letter.letter import Passage
from accord.review import must_say
from accord.review.findings import (
    DATE,
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
from accord.text import days
from accord.text.characters import plain


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


@only(AgreementCase)
def exclusivity_over(case: AgreementCase) -> Findings:
    """A lock-out that ends before the letter is signed binds nobody."""
    until, signed = case.deal.decision.exclusivity_until, case.deal.valid_until(case.house)
    if until and until <= signed:
        sentence = _(
            "{until} comes before the end of the days in which the letter may be signed, {signed}. Choose a later day."
        )
        yield case.finding(
            "exclusivity-over",
            "warning",
            "decision.exclusivity_until",
            sentence,
            until=until,
            signed=signed,
        )


_DELIVERED = (
    r"(?:livre(?:r|e?s?)|livrables?|livraison|mise? en (?:service|ligne|production|place|route)|mises en (?:service|production)|disponibles?|operationnel(?:le)?s?"
    r"|attendue?s?|expected|promised|anticipated|en ligne|en route|activee?s?|utilisables?|fonctionnel(?:le)?s?|installee?s?|finie?s?|terminee?s?|mise? a disposition|switched on|turned on|usable|working|in use|installed|finished|completed|prete?s?|deploye\w*|deploiement|demarrage|lancement|ouverture|date limite|echeance|go[- ]?live|(?:goes|going|go|be|is) live|live|deliver(?:ed|y|able)|available|ready|rolled out|rollout"
    r"|deployed|in production|operational|up and running|shipped|released|launch(?:ed)?|deadline|due)"
)
_BY = (
    r"(?:au plus tard|avant|d'ici|pour|des|a partir|a compter|le|en|courant|prevue?s?|fixee?s?|promise?s?|sous|by|before|no later than|not later than|on|in|at|from|for|during|around|some time in|sometime in|set|planned|:|,)"
    r"(?: (?:le|la|au|du|de|en|pour|fin|avant|the|by|on|in|for|debut|plus|tard|latest|mois|month|cours|courant))*[ -]?(?:d')?"
)
_PROMISED = re.compile(
    rf"\b{_DELIVERED}\b(?: (?!et\b|and\b)[\w'’-]+){{0,3}}? ?(?:{_BY}) ?\Z|\b(?:{_DELIVERED}|sort(?:ie|ira)?) \Z"
)
# In a note: "you will have the report by the end of January"; no answer, invoice or meeting.
_WILL_HAVE = re.compile(
    r"\b(?:you(?: will|'ll| shall) (?:have|get|be able to use|be using)|vous (?:aurez|disposerez|pourrez (?:utiliser|employer)|serez equipee?s?))\b"
    r"(?!.*\b(?:reponse|lettre|courrier|devis|offre|factures?|rendez-vous|nouvelles|retour|contrat|delai|temps|jours|semaines|mois|answer|reply|letter|quote|offer|invoices?|news|meeting|call|draft|contract|time|days|weeks|months)\b)"
    r".*\b(?:by|before|in|from|at|on|d'ici|des|avant|en|pour|a|le)(?: (?:la|le|the|mois|de))* ?(?:[dl]')?\Z"
)
# What the feature is about, and others deliver.
_GOODS = re.compile(
    r"\b(?:commandes?|produits?|marchandises?|colis|stocks?|articles?|pieces|lots?|palettes?|factures?|clients? livre\w*|orders?|goods|parcels?|items?|pallets?|invoices?"
    r"|ventes?|sales|soldes?|dates? de|jours? de|delays?|delais?|delivery (?:note|slot|date|day)s?|bons? de|ecritures|donnees|data|records?|entries)\b(?!.*\bfeature\b)"
)


@only(AgreementCase)
def delivery_contradicted(case: AgreementCase) -> Findings:
    """The feature is due on one day, which the letter says; no other one is said beside it."""
    deal = case.deal
    if deal.delivery is None:
        return
    texts: list[tuple[Passage | str, str | None]] = [
        ("feature.name", deal.feature.name),
        ("feature.description", deal.feature.description),
        ("decision.item", deal.decision.item),
        ("opening_note", deal.opening_note),
    ]
    # What a clause gives as a whole date, `date_written_in` finds.
    texts += [(passage, DATE.sub("…", sentence)) for passage, sentence in must_say.own_sentences(case)]
    for key, text in texts:
        for day in days.named_in(plain(text or ""), deal.date):
            clause = day.before.rpartition(",")[2] if not day.before.endswith(", ") else day.before
            is_said = _PROMISED.search(day.before) and not _GOODS.search(clause)
            is_promised = is_said or (key == "opening_note" and _WILL_HAVE.search(day.before))
            if is_promised and not day.first <= deal.delivery.by <= day.last:
                sentence = _(
                    "speaks of “{words}”, but the feature is due on {by}. Leave the date to delivery.by."
                )
                yield case.finding(
                    "delivery-contradicted", "warning", key, sentence, words=day.words, by=deal.delivery.by
                )
                break


# Days of what is over, of the data, or of a law: one may well need the feature after them.
_NOT_FOR_THEN = re.compile(
    r"\b(?:clos\w*|cloture le|arrete\w*|depuis|a compter|a partir|en vigueur|applicable|applicabl\w+|ventes?|donnees|ecritures|factures?|historique|exercice|loi|decret|arrete|reglement"
    r"|obligation|obligatoire|ne plus|jamais|apres|suite a|ended?|ending|since|from|as of|effective|in force|sales|data|invoices|records|entries|year|act|regulations?|law|directive|rules?|mandatory"
    r"|never|again|after|following|forget|oublier)\b"
)
_READY = re.compile(
    r"\b(?:prete?s?|operationnel(?:le)?s?|en ligne|operational|equipee?s?|ouvrir|demarrer|basculer|migrer|disposer|en place|lancer|ready|live|open|start|switch|migrate|launch|up and running|in place|go over)\b.*\b(?:avant|d'ici|pour|des|a temps pour|by|before|in time for|for|ahead of|in|en)(?: (?:la|le|les|fin|the|end of))*(?: d'| de)? ?\Z"
)


@only(AgreementCase)
def needed_too_early(case: AgreementCase) -> Findings:
    """What the client needs before the feature is due, it does not get."""
    deal = case.deal
    if deal.delivery is None:
        return
    by = deal.delivery.by
    for day in days.named_in(plain(deal.feature.need or ""), deal.date):
        is_meant = not _NOT_FOR_THEN.search(day.before) if day.has_year else _READY.search(day.before)
        if is_meant and deal.date < day.last < by:
            sentence = _(
                "speaks of “{words}”, but the feature is due on {by} only. Bring the delivery forward, or change the need."
            )
            yield case.finding(
                "needed-too-early", "warning", "feature.need", sentence, words=day.words, by=by
            )
            break


_LONGEST_WAIT = 366
"""Days from the delivery to the last date for acceptance, which is to end what nobody waits for any more."""


@only(AgreementCase)
def long_stop_remote(case: AgreementCase) -> Findings:
    """A client that may have to buy years after the feature was due is bound without an end."""
    due = _due_days(case)
    if due and (due["delivery.long_stop"] - due["delivery.by"]).days > _LONGEST_WAIT:
        sentence = _("{last} comes more than a year after the feature is due, {by}. Choose an earlier day.")
        by, last = due["delivery.by"], due["delivery.long_stop"]
        yield case.finding("long-stop-remote", "warning", "delivery.long_stop", sentence, by=by, last=last)


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
