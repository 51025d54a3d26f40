"""What the placeholders of a letter stand for: a deal and a house, in words.

Each particular is a localised text under the name that clauses give it
(`delivery.by`).  One that the deal or the house lacks is a ruled blank, and
knows the key of the file that would fill it.
"""

import datetime
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from accord.clauses.library import read_labels
from accord.domain.choices import Locale
from accord.domain.deal import Deal, long_stop
from accord.domain.house import House
from accord.domain.parties import Party, Person, Supplier
from accord.letter import salutation
from accord.letter.letter import Labels
from accord.text import currencies, formats, markup, places, typography
from accord.text.markup import Words


@dataclass
class Particulars:
    """The texts by placeholder, and for each blank the key that is missing."""

    locale: Locale
    labels: Labels
    texts: dict[str, Words] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def put(self, placeholder: str, text: str | None, key: str = "") -> None:
        """Say what a placeholder prints; None prints a blank that wants `key`."""
        if text is None:
            self.missing[placeholder] = key or placeholder
            text = markup.blank(self.labels["hint"][key or placeholder])
        self.texts[placeholder] = text if isinstance(text, Words) else self.value(text)

    def value(self, text: str) -> Words:
        """A user's text with the no-break spaces of the locale."""
        return markup.lines(typography.value(text, self.locale))

    def label(self, section: str, key: str, **texts: str) -> Words:
        """A label with its `{braces}` filled, mark-up kept."""
        return markup.fill(self.labels[section][key], texts)


def particulars(deal: Deal, house: House) -> Particulars:
    """All placeholders that clauses may use, for one deal of one house."""
    found = Particulars(deal.locale, read_labels(deal.language))
    _put_party(found, "supplier", house.supplier, house.supplier.signatory, "supplier.signatory")
    _put_party(found, "prospect", deal.prospect, deal.prospect.contact, "prospect.contact")
    _put_letter(found, deal)
    _put_feature(found, deal)
    _put_terms(found, deal, house)
    _put_decision(found, deal)
    return found


def _put_party(found: Particulars, role: str, party: Party, person: Person, person_key: str) -> None:
    found.put(f"{role}.name", named(found, party.name))
    found.put(f"{role}.form", form(found, party), f"{role}.legal_form")
    found.put(f"{role}.registered", registered(found, role, party), f"{role}.registration")
    found.put(f"{role}.address", address(party) or None)
    if role == "prospect":
        _add_what_the_letterhead_says_of_the_supplier(found, party)
    name = salutation.full_name(person, found.locale) if person.last_name else None
    found.put(f"{role}.person", markup.name(name) if name else None, f"{person_key}.last_name")
    found.put(f"{role}.title", person.title, f"{person_key}.title")
    representative = [found.texts[f"{role}.person"], found.texts[f"{role}.title"]]
    found.put(
        f"{role}.representative",
        found.label("identity", "representative", name=representative[0], title=representative[1]),
    )
    for part in ("person", "title"):
        if f"{role}.{part}" in found.missing:
            found.missing.setdefault(f"{role}.representative", found.missing[f"{role}.{part}"])


def named(found: Particulars, name: str) -> Words:
    """A company's or a feature's name: never hyphenated, spaces as the locale sets them."""
    return markup.name(typography.value(name, found.locale))


def _add_what_the_letterhead_says_of_the_supplier(found: Particulars, party: Party) -> None:
    """A prospect's VAT number and e-mail address stand in the article on the parties."""
    if party.vat:
        vat = found.label("identity", "vat", vat=markup.unbreakable(party.vat))
        found.texts["prospect.registered"] = markup.join(", ", (found.texts["prospect.registered"], vat))
    if party.email:
        found.texts["prospect.address"] = markup.join(", ", (found.texts["prospect.address"], party.email))


def form(found: Particulars, party: Party) -> Words | None:
    """Legal form and, where it is known, the share capital (C. com., art. R123-238)."""
    if party.legal_form is None or party.capital is None:
        return found.value(party.legal_form) if party.legal_form else None
    currency = party.currency or currencies.of_country(party.country)
    capital = re.sub(r"[.,]00(?![0-9])", "", formats.amount(party.capital, currency, found.locale))
    return found.label("identity", "with_capital", form=party.legal_form, capital=capital)


def address(party: Party) -> str:
    """The address on one line, a postcode and its town inseparable."""
    return re.sub(r"\b([0-9]{4,5}) (?=\w)", "\\1\u00a0", ", ".join(party.address))


def registered(found: Particulars, role: str, party: Party) -> Words | None:
    """The registration as the company's country writes it (C. com., art. R123-237)."""
    if party.registration is None:
        return None
    own = f"registered-{party.country}"
    if own not in found.labels["identity"]:
        own = "registered_in" if party.registry else "registered"
    elif party.registry is None:
        found.missing[f"{role}.registered"] = f"{role}.registry"
    registry = party.registry or markup.blank(found.labels["hint"][f"{role}.registry"])
    return found.label(
        "identity", own, registration=markup.unbreakable(party.registration), registry=registry
    )


MENTIONED = ("supplier.name", "supplier.form", "supplier.registered", "supplier.address")
"""The particulars of a company that its business letters must say."""


def mentions(found: Particulars, supplier: Supplier) -> Words:
    """What a business letter must say of its sender, in its footer.

    C. com., art. R123-237 and R123-238; UK SI 2015/17, reg. 24 and 25.
    """
    name, form, number, seat = (found.texts[placeholder] for placeholder in MENTIONED)
    vat = [found.label("identity", "vat", vat=markup.unbreakable(supplier.vat))] if supplier.vat else []
    if supplier.address:
        seat = Words(markup.unbreakable(seat))
    label = markup.unbreakable(found.labels["identity"]["seat"])
    return markup.join(" – ", [name, form, number, *vat, markup.fill(label, {"address": seat})])


def _put_letter(found: Particulars, deal: Deal) -> None:
    found.put("letter.vocative", salutation.vocative(deal.prospect.contact, found.locale))
    found.put("letter.valediction", salutation.valediction(deal.prospect.contact, found.locale))


def _put_feature(found: Particulars, deal: Deal) -> None:
    feature = deal.feature
    found.put("feature.name", named(found, feature.name))
    found.put("feature.need", embedded(feature.need or "", deal.language))
    found.put("feature.description", feature.description)
    tests = markup.listing(feature.acceptance_tests) if feature.acceptance_tests else None
    found.put("feature.acceptance_tests", tests)
    exclusions = [item.rstrip(" .") for item in feature.exclusions] or [found.labels["identity"]["none"]]
    found.put("feature.exclusions", markup.join(found.labels["identity"]["separator"], exclusions))


def embedded(need: str, language: str) -> str:
    """A need as it stands inside a sentence: no full stop, no English "to"."""
    need = need.rstrip(" .")
    return re.sub(r"\A[Tt]o ", "", need) if language == "en" else need


def _put_terms(found: Particulars, deal: Deal, house: House) -> None:
    terms = house.terms
    for placeholder, count, unit in (
        ("terms.acceptance_days", terms.acceptance_days, "day"),
        ("terms.payment_days", terms.payment_days, "day"),
        ("terms.confidentiality", terms.confidentiality_years, "year"),
        ("terms.extension", terms.extension_days, "day"),
        ("terms.force_majeure", terms.force_majeure_days, "day"),
    ):
        found.put(placeholder, formats.duration(count or 0, unit, found.locale))
    validity = deal.date + datetime.timedelta(days=terms.validity_days)
    found.put("terms.validity_until", formats.date(validity, found.locale))
    found.put("terms.general_terms", terms.general_terms or "")
    found.put("terms.court", places.court(deal.court, deal.language) if deal.court else None)
    if deal.court is None and deal.law != terms.law:
        found.missing["terms.court"] = "court"  # the house's court is for the house's law
    found.put("positioning.statement", getattr(house.positioning.statement, deal.language) or "")
    _put_date(found, "delivery.by", deal.delivery.by if deal.delivery else None)
    _put_date(found, "delivery.long_stop", long_stop(deal, house))
    _put_date(found, "decline.earliest", deal.decline.earliest if deal.decline else None)
    found.put("decline.alternative", (deal.decline and deal.decline.alternative) or "")


def _put_date(found: Particulars, placeholder: str, day: datetime.date | None) -> None:
    found.put(placeholder, formats.date(day, found.locale) if day else "")


def _put_decision(found: Particulars, deal: Deal) -> None:
    decision, locale = deal.decision, found.locale
    if decision is None:
        return
    found.put("decision.item", decision.item)
    found.put("decision.quantity", formats.number(decision.quantity, locale) if decision.quantity else None)
    total = decision.total or decision.computed_total
    currency = decision.currency
    known = currency is not None and total is not None
    net, vat = total or Decimal(0), vat_of(total or Decimal(0), decision.vat_rate or Decimal(0))

    def money(value: Decimal) -> Words | None:
        return formats.amount(value, currency, locale) if currency and known else None

    found.put("decision.unit_price", unit_price(found, deal))
    found.put("decision.duration", duration(found, deal), "decision.term")
    if decision.kind == "subscription" and decision.period is None:
        for placeholder in ("decision.unit_price", "decision.duration"):
            found.missing.setdefault(placeholder, "decision.period")
    found.put("decision.total", money(net))
    found.put(
        "decision.total_words", formats.amount_in_words(net, currency, locale) if currency and known else None
    )
    found.put("decision.vat_rate", formats.percent(decision.vat_rate or Decimal(0), locale))
    found.put("decision.vat", money(vat))
    found.put("decision.total_with_vat", money(net + vat))
    for placeholder in ("decision.total", "decision.total_words", "decision.vat", "decision.total_with_vat"):
        if placeholder in found.missing:
            found.missing[placeholder] = _what_the_total_lacks(deal)
    penalty = decision.penalty or Decimal(0)
    found.put("decision.penalty", formats.amount(penalty, currency or "EUR", locale))
    found.put("decision.penalty_words", formats.amount_in_words(penalty, currency or "EUR", locale))
    _put_date(found, "decision.exclusivity_until", decision.exclusivity_until)


def _what_the_total_lacks(deal: Deal) -> str:
    """The first key without which there is no total."""
    decision = deal.decision
    for key in ("quantity", "unit_price", "currency", "term"):
        if getattr(decision, key) is None:
            return f"decision.{key}"
    return "decision.total"


def vat_of(net: Decimal, rate: Decimal) -> Decimal:
    """VAT on a net amount, rounded half up to the cent (BOI-TVA-DECLA-30-20-20-20)."""
    return (net * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def unit_price(found: Particulars, deal: Deal) -> Words | None:
    """The price of one unit, by period for a subscription."""
    decision = deal.decision
    if decision is None or decision.unit_price is None or decision.currency is None:
        return None
    price = formats.amount(decision.unit_price, decision.currency, found.locale)
    if decision.kind != "subscription":
        return price
    period = formats.per(decision.period, found.locale) if decision.period else _blank_period(found)
    return markup.fill("{price} {period}", {"price": price, "period": period})


def duration(found: Particulars, deal: Deal) -> Words | None:
    """How long a subscription lasts."""
    decision = deal.decision
    if decision is None or decision.term is None:
        return None
    if decision.period is None:
        return markup.fill("{term} {period}", {"term": f"{decision.term}", "period": _blank_period(found)})
    return formats.duration(decision.term, decision.period, found.locale)


def _blank_period(found: Particulars) -> Words:
    return markup.blank(found.labels["hint"]["decision.period"])
