"""The key facts in which two letters differ: parties, dates, sums, terms.

They are taken from the letters' data, which is in no language: so a French
letter and an English one can be compared.  They are printed in the language of
the interface, which also decides how dates and sums look.
"""

import datetime
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord import i18n
from accord.domain.deal import last_day_to_sign
from accord.domain.fields import length
from accord.i18n import _
from accord.intake import dotted
from accord.letter.letter import Letter
from accord.text import currencies, formats, places, typography
from accord.text.currencies import Currency

Data = Mapping[str, Any]
Printer = Callable[[Any, Data], str]


@dataclass(frozen=True)
class Fact:
    """One particular in which two letters differ."""

    key: str
    """its key in the deal or the house"""
    name: str
    """what it is called, in the language of the interface"""
    old: Any
    """as the old letter's data has it; null where it has none"""
    new: Any
    """as the new letter's data has it; null where it has none"""
    before: str
    """the old value as people read it"""
    after: str
    """the new value as people read it"""
    worded: bool
    """whether the two are words of two languages, which may mean the same"""
    told: str
    """the difference as a sentence in the language of the interface"""


def differing(old: Letter, new: Letter) -> tuple[Fact, ...]:
    """The facts in which two letters differ, the weightiest first.

    Of letters in one language, their longer texts are left out: these are
    compared word by word.
    """
    bilingual = old.language != new.language
    before, after = _facts_of(old), _facts_of(new)
    facts = (
        _fact(spec, before, after, bilingual=bilingual) for spec in _specs() if bilingual or not spec.long
    )
    # What a reader sees counts: 40 a month is not 40 a year.
    return tuple(fact for fact in facts if fact.before != fact.after)


def _fact(spec: "_Spec", before: Data, after: Data, *, bilingual: bool) -> Fact:
    old, new = before.get(spec.key), after.get(spec.key)
    # That one letter is silent is a difference in any language; of a list, the number of items tells it.
    silent = (old is None or new is None) and spec.printed is not _list
    old_print = "" if old is None else spec.printed(old, before)
    new_print = "" if new is None else spec.printed(new, after)
    if old is None:
        sentence = _("{fact}: nothing in the old letter, {new} in the new one.")
    elif new is None:
        sentence = _("{fact}: {old} in the old letter, nothing in the new one.")
    else:
        sentence = _("{fact}: {old} in the old letter, {new} in the new one.")
    on_a_line = {"old": old_print.replace("\n", " "), "new": new_print.replace("\n", " ")}
    return Fact(
        key=spec.key,
        name=spec.name,
        old=old,
        new=new,
        before=old_print,
        after=new_print,
        worded=bilingual and spec.words and not silent,
        told=sentence.format(fact=spec.name, **on_a_line),
    )


# --- The facts of one letter ------------------------------------------------------


def _facts_of(letter: Letter) -> dict[str, Any]:
    """The letter's data by dotted key, and what its page derives from them."""
    house = letter.data["house"]
    tables = {name: house.get(name, {}) for name in ("supplier", "terms", "positioning")}
    facts = dict(dotted.flatten({**letter.data["deal"], **tables}))
    facts |= {
        "law": letter.law,
        "binding": letter.binding,
        "vendor_commitment": letter.commitment,
        "decision.total": _total(facts),
        "supplier.person": _person(facts, "supplier.signatory"),
        "prospect.person": _person(facts, "prospect.contact"),
    }
    if "terms.validity_days" in facts and letter.law:
        until = last_day_to_sign(letter.date, facts["terms.validity_days"], letter.law)
        facts["terms.validity_until"] = until.isoformat()
    if letter.binding:  # an agreement says how many there are, were it none
        for texts in ("feature.acceptance_tests", "feature.exclusions"):
            facts[f"{texts}.count"] = len(facts.get(texts, ()))
    facts["positioning.statement"] = facts.get(f"positioning.statement.{letter.language}")
    return facts


def _total(facts: Data) -> str | None:
    """The total as the letter says it, or as it follows from the rest."""
    if total := facts.get("decision.total"):
        return str(total)
    factors = [facts.get("decision.quantity"), facts.get("decision.unit_price")]
    if facts.get("decision.kind") == "subscription":
        factors.append(facts.get("decision.term"))
    if None in factors:
        return None
    return f"{math.prod(Decimal(str(factor)) for factor in factors):.2f}"


def _person(facts: Data, place: str) -> str | None:
    names = (facts.get(f"{place}.{part}") for part in ("first_name", "last_name"))
    return " ".join(filter(None, names)) or None


# --- How facts are named and printed ------------------------------------------------


@dataclass(frozen=True)
class _Spec:
    """How one fact is found, named and printed.

    `words`: it is in a letter's own words; `long`: it is a text and no name.
    """

    key: str
    name: str
    printed: Printer
    words: bool = False
    long: bool = False


def _specs() -> Sequence[_Spec]:
    """All facts in the order in which a lawyer asks for them."""
    return (
        _Spec("binding", _("Binding effect"), _choice),
        _Spec("vendor_commitment", _("Supplier’s commitment"), _choice),
        _Spec("decline.reason", _("Reason of the refusal"), _choice),
        _Spec("prospect.name", _("Prospect"), _text),
        _Spec("feature.name", _("Feature"), _text, words=True),
        _Spec("delivery.by", _("Delivery date"), _day),
        _Spec("delivery.long_stop", _("Last date for acceptance"), _day),
        _Spec("decline.earliest", _("Earliest date"), _day),
        _Spec("decision.kind", _("Decision"), _choice),
        _Spec("decision.item", _("Item"), _text, words=True),
        _Spec("decision.quantity", _("Quantity"), _number),
        _Spec("decision.unit_price", _("Unit price"), _price),
        _Spec("decision.term", _("Term"), _term),
        _Spec("decision.duration", _("Length of the pilot"), _length),
        _Spec("decision.total", _("Total before tax"), _money),
        _Spec("decision.vat_rate", _("VAT rate"), _rate),
        _Spec("decision.penalty", _("Penalty"), _money),
        _Spec("decision.exclusivity_until", _("Exclusivity until"), _day),
        _Spec("negotiation.until", _("Negotiation until"), _day),
        _Spec("law", _("Governing law"), _choice),
        _Spec("court", _("Court"), _text),
        _Spec("date", _("Date of the letter"), _day),
        _Spec("terms.validity_until", _("Open for signature until"), _day),
        _Spec("terms.acceptance_days", _("Time to test"), _duration("day")),
        _Spec("terms.payment_days", _("Time to pay"), _duration("day")),
        _Spec("terms.confidentiality_years", _("Confidentiality"), _duration("year")),
        _Spec("terms.extension_days", _("Longest extension"), _duration("day")),
        _Spec("terms.force_majeure_days", _("Longest delay by force majeure"), _duration("day")),
        _Spec("terms.liability_cap", _("Cap on liability"), _cap),
        _Spec("terms.hardship", _("Hardship (art. 1195)"), _choice),
        _Spec("terms.general_terms", _("General terms"), _text, words=True),
        _Spec("feature.acceptance_tests.count", _("Number of acceptance tests"), _number),
        _Spec("feature.exclusions.count", _("Number of exclusions"), _number),
        *_party_specs("supplier", "supplier.signatory", _("Supplier, {particular}")),
        *_party_specs("prospect", "prospect.contact", _("Prospect, {particular}")),
        _Spec("feature.need", _("Need"), _text, words=True, long=True),
        _Spec("feature.description", _("Description of the feature"), _text, words=True, long=True),
        _Spec("feature.acceptance_tests", _("Acceptance tests"), _list, words=True, long=True),
        _Spec("feature.exclusions", _("Exclusions"), _list, words=True, long=True),
        _Spec("opening_note", _("Personal sentence"), _text, words=True, long=True),
        _Spec("decline.own_alternative", _("Alternative of the house"), _text, words=True, long=True),
        _Spec("decline.alternative", _("Alternative"), _text, words=True, long=True),
        _Spec("positioning.statement", _("Positioning"), _text, words=True, long=True),
    )


def _party_specs(role: str, person: str, name: str) -> Iterator[_Spec]:
    """What identifies a party; that the prospect is another company, its name says."""
    if role == "supplier":
        yield _Spec("supplier.name", _("Supplier"), _text)
    for key, particular, printed, words in (
        (f"{role}.legal_form", _("legal form"), _text, True),
        (f"{role}.capital", _("share capital"), _capital(role), False),
        (f"{role}.registration", _("registered number"), _text, False),
        (f"{role}.registry", _("register"), _text, False),
        (f"{role}.vat", _("VAT number"), _text, False),
        (f"{role}.address", _("address"), _address, False),
        (f"{role}.country", _("country"), _country, False),
        (f"{role}.email", _("e-mail address"), _text, False),
        (f"{role}.person", _("signatory"), _text, False),
        (f"{person}.title", _("signatory’s office"), _text, True),
    ):
        yield _Spec(key, name.format(particular=particular), printed, words=words)


def _address(lines: Any, facts: Data) -> str:
    return ", ".join(_text(line, facts) for line in lines)


def _text(value: Any, _facts: Data) -> str:
    """What somebody typed, set as a letter would, in the same way for both letters."""
    return typography.name(" ".join(f"{value}".split()), i18n.locale())


def _list(items: Any, facts: Data) -> str:
    return "\n".join(f"– {_text(item, facts)}" for item in items)


def _number(value: Any, _facts: Data) -> str:
    return formats.number(value, i18n.locale())


def _day(value: Any, _facts: Data) -> str:
    return formats.date(datetime.date.fromisoformat(value), i18n.locale())


def _duration(unit: str) -> Printer:
    return lambda value, _facts: formats.duration(value, unit, i18n.locale())


def _length(value: Any, _facts: Data) -> str:
    return formats.duration(*length(value), i18n.locale())


def _cap(value: Any, facts: Data) -> str:
    return _("total of the order") if value == "total" else _money(value, facts)


def _rate(value: Any, _facts: Data) -> str:
    return formats.percent(Decimal(value), i18n.locale())


def _money(value: Any, facts: Data) -> str:
    return _amount(value, facts.get("decision.currency"))


def _amount(value: Any, currency: Currency | None) -> str:
    """An amount, without a sign where the letter has a blank for its currency."""
    if currency is None:
        return str(value)
    return formats.amount(Decimal(value), currency, i18n.locale())


def _price(value: Any, facts: Data) -> str:
    period = facts.get("decision.period")
    price = _money(value, facts)
    return f"{price} {formats.per(period, i18n.locale())}" if period else price


def _term(value: Any, facts: Data) -> str:
    period = facts.get("decision.period")
    return formats.duration(value, period, i18n.locale()) if period else _number(value, facts)


def _capital(role: str) -> Printer:
    def printed(value: Any, facts: Data) -> str:
        currency = facts.get(f"{role}.currency") or currencies.of_country(facts.get(f"{role}.country"))
        return formats.capital(Decimal(str(value)), currency, i18n.locale()) if currency else str(value)

    return printed


def _country(value: Any, _facts: Data) -> str:
    return places.country_name(value, i18n.locale())


def _choice(value: Any, _facts: Data) -> str:
    """A value of a closed choice, each of which belongs to one choice only, in words."""
    return {
        "intent": _("statement of intent"),
        "negotiate": _("agreement to negotiate"),
        "promise": _("promise to buy"),
        "conditional": _("conditional purchase"),
        "none": _("no commitment to deliver"),
        "efforts": _("reasonable endeavours"),
        "firm": _("firm commitment to deliver"),
        "out-of-scope": _("outside the chosen market"),
        "no-commitment": _("no decision to buy"),
        "date-not-feasible": _("date not feasible"),
        "subscription": _("subscription"),
        "purchase": _("outright purchase"),
        "pilot": _("pilot"),
        "FR": _("French law"),
        "EW": _("the law of England and Wales"),
        "excluded": _("hardship excluded"),
        "accepted": _("hardship accepted"),
    }[value]
