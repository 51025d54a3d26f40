"""What two letters settle, held against each other: parties, dates, sums, terms.

A letter's own data says what its page says, in no language: so a French letter
and an English one can be compared.  What is told is told in the interface's
language, as its printers set dates and sums.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord import i18n
from accord.i18n import _
from accord.intake import dotted
from accord.letter.letter import Letter
from accord.text import currencies, formats, places
from accord.text.currencies import Currency

Data = Mapping[str, Any]
Printer = Callable[[Any, Data], str]


@dataclass(frozen=True)
class Fact:
    """One particular, and what each of two letters says of it.

    `old` and `new` are as the letters' data has them, None where one does not
    say it; `before` and `after` say them to a reader.  `worded` tells that they
    are words of two languages, which may mean the same.
    """

    key: str
    name: str
    old: Any
    new: Any
    before: str
    after: str
    worded: bool

    @property
    def told(self) -> str:
        """The difference as a sentence."""
        if self.old is None:
            said = _("{fact}: nothing in the old letter, {new} in the new one.")
        elif self.new is None:
            said = _("{fact}: {old} in the old letter, nothing in the new one.")
        else:
            said = _("{fact}: {old} in the old letter, {new} in the new one.")
        before, after = (" ".join(text.split("\n")) for text in (self.before, self.after))
        return said.format(fact=self.name, old=before, new=after)


def differing(old: Letter, new: Letter) -> tuple[Fact, ...]:
    """The facts in which two letters differ, the weightiest first.

    Of letters in one language, their longer texts are left out: these are
    compared word by word.
    """
    bilingual = old.language != new.language
    ours, theirs = _settled(old), _settled(new)
    facts = (_fact(row, ours, theirs, bilingual=bilingual) for row in _rows() if bilingual or not row.long)
    # What a reader sees counts: 40 a month is not 40 a year.
    return tuple(fact for fact in facts if fact.before != fact.after)


def _fact(row: "_Row", ours: Data, theirs: Data, *, bilingual: bool) -> Fact:
    old, new = ours.get(row.key), theirs.get(row.key)
    # That one letter is silent is a difference in any language; of a list, the number of items tells it.
    silent = (old is None or new is None) and row.printed is not _list
    return Fact(
        key=row.key,
        name=row.name,
        old=old,
        new=new,
        before="" if old is None else row.printed(old, ours),
        after="" if new is None else row.printed(new, theirs),
        worded=bilingual and row.words and not silent,
    )


# --- What a letter settles --------------------------------------------------------


def _settled(letter: Letter) -> dict[str, Any]:
    """What the letter's data says, by dotted key, and what its page makes of it."""
    house = letter.data["house"]
    found = dict(dotted.flatten({**letter.data["deal"], "supplier": house["supplier"]}))
    found |= dotted.flatten({"terms": house.get("terms", {}), "positioning": house.get("positioning", {})})
    found |= {
        "law": letter.law,
        "binding": letter.binding,
        "vendor_commitment": letter.commitment,
        "decision.total": _total(found),
        "supplier.person": _person(found, "supplier.signatory"),
        "prospect.person": _person(found, "prospect.contact"),
    }
    if "terms.validity_days" in found:
        days = datetime.timedelta(days=found["terms.validity_days"])
        found["terms.validity_until"] = (letter.date + days).isoformat()
    if letter.binding:  # an agreement says how many there are, were it none
        for texts in ("feature.acceptance_tests", "feature.exclusions"):
            found[f"{texts}.count"] = len(found.get(texts, ()))
    found["positioning.statement"] = found.get(f"positioning.statement.{letter.language}")
    return found


def _total(found: Data) -> str | None:
    """The total as the letter says it, or as it follows from the rest."""
    if stated := found.get("decision.total"):
        return str(stated)
    factors = [found.get("decision.quantity"), found.get("decision.unit_price")]
    if found.get("decision.kind") == "subscription":
        factors.append(found.get("decision.term"))
    if None in factors:
        return None
    total = Decimal(1)
    for factor in factors:
        total *= Decimal(str(factor))
    return f"{total:.2f}"


def _person(found: Data, place: str) -> str | None:
    names = (found.get(f"{place}.{part}") for part in ("first_name", "last_name"))
    return " ".join(filter(None, names)) or None


# --- How it is told -----------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """One fact: its key, its name, how it is printed.

    `words`: it is in a letter's own words; `long`: it is a text and no name.
    """

    key: str
    name: str
    printed: Printer
    words: bool = False
    long: bool = False


def _rows() -> Sequence[_Row]:
    """All facts in the order in which a lawyer asks for them."""
    return (
        _Row("binding", _("Binding effect"), _level),
        _Row("vendor_commitment", _("Supplier’s commitment"), _commitment),
        _Row("decline.reason", _("Reason of the refusal"), _reason),
        _Row("prospect.name", _("Prospect"), _text),
        _Row("feature.name", _("Feature"), _text, words=True),
        _Row("delivery.by", _("Delivery date"), _day),
        _Row("delivery.long_stop", _("Last date for acceptance"), _day),
        _Row("decline.earliest", _("Earliest date"), _day),
        _Row("decision.kind", _("Decision"), _decision),
        _Row("decision.item", _("Item"), _text, words=True),
        _Row("decision.quantity", _("Quantity"), _number),
        _Row("decision.unit_price", _("Unit price"), _price),
        _Row("decision.term", _("Term"), _term),
        _Row("decision.total", _("Total before tax"), _money),
        _Row("decision.vat_rate", _("VAT rate"), _rate),
        _Row("decision.penalty", _("Penalty"), _money),
        _Row("decision.exclusivity_until", _("Exclusivity until"), _day),
        _Row("law", _("Governing law"), _law),
        _Row("court", _("Court"), _text),
        _Row("date", _("Date of the letter"), _day),
        _Row("terms.validity_until", _("Open for signature until"), _day),
        _Row("terms.acceptance_days", _("Time to test"), _days),
        _Row("terms.payment_days", _("Time to pay"), _days),
        _Row("terms.confidentiality_years", _("Confidentiality"), _years),
        _Row("terms.extension_days", _("Longest extension"), _days),
        _Row("terms.force_majeure_days", _("Longest delay by force majeure"), _days),
        _Row("terms.hardship", _("Hardship (art. 1195)"), _hardship),
        _Row("terms.general_terms", _("General terms"), _text, words=True),
        _Row("feature.acceptance_tests.count", _("Number of acceptance tests"), _number),
        _Row("feature.exclusions.count", _("Number of exclusions"), _number),
        *_party_rows("supplier", "supplier.signatory", _("Supplier, {particular}")),
        *_party_rows("prospect", "prospect.contact", _("Prospect, {particular}")),
        _Row("feature.need", _("Need"), _text, words=True, long=True),
        _Row("feature.description", _("Description of the feature"), _text, words=True, long=True),
        _Row("feature.acceptance_tests", _("Acceptance tests"), _list, words=True, long=True),
        _Row("feature.exclusions", _("Exclusions"), _list, words=True, long=True),
        _Row("decline.alternative", _("Alternative"), _text, words=True, long=True),
        _Row("positioning.statement", _("Positioning"), _text, words=True, long=True),
    )


def _party_rows(role: str, person: str, name: str) -> Iterator[_Row]:
    """What identifies a party; that the prospect is another company, its name says."""
    if role == "supplier":
        yield _Row("supplier.name", _("Supplier"), _text)
    for key, particular, printed, words in (
        (f"{role}.legal_form", _("legal form"), _text, True),
        (f"{role}.capital", _("share capital"), _capital(role), False),
        (f"{role}.registration", _("registered number"), _text, False),
        (f"{role}.registry", _("register"), _text, False),
        (f"{role}.vat", _("VAT number"), _text, False),
        (f"{role}.address", _("address"), _line, False),
        (f"{role}.country", _("country"), _country, False),
        (f"{role}.email", _("e-mail address"), _text, False),
        (f"{role}.person", _("signatory"), _text, False),
        (f"{person}.title", _("signatory’s office"), _text, True),
    ):
        yield _Row(key, name.format(particular=particular), printed, words=words)


def _text(value: Any, _found: Data) -> str:
    return " ".join(str(value).split())


def _line(lines: Any, _found: Data) -> str:
    return ", ".join(lines)


def _list(items: Any, _found: Data) -> str:
    return "\n".join(f"– {item}" for item in items)


def _number(value: Any, _found: Data) -> str:
    return formats.number(value, i18n.locale())


def _day(value: Any, _found: Data) -> str:
    return formats.date(datetime.date.fromisoformat(value), i18n.locale())


def _days(value: Any, _found: Data) -> str:
    return formats.duration(value, "day", i18n.locale())


def _years(value: Any, _found: Data) -> str:
    return formats.duration(value, "year", i18n.locale())


def _rate(value: Any, _found: Data) -> str:
    return formats.percent(Decimal(value), i18n.locale())


def _money(value: Any, found: Data) -> str:
    return _amount(value, found.get("decision.currency"))


def _amount(value: Any, currency: Currency | None) -> str:
    """An amount, without a sign where the letter has a blank for its currency."""
    if currency is None:
        return str(value)
    return formats.amount(Decimal(value), currency, i18n.locale())


def _price(value: Any, found: Data) -> str:
    period = found.get("decision.period")
    price = _money(value, found)
    return f"{price} {formats.per(period, i18n.locale())}" if period else price


def _term(value: Any, found: Data) -> str:
    period = found.get("decision.period")
    return formats.duration(value, period, i18n.locale()) if period else _number(value, found)


def _capital(role: str) -> Printer:
    def printed(value: Any, found: Data) -> str:
        usual = currencies.of_country(found.get(f"{role}.country"))
        return _amount(value, found.get(f"{role}.currency") or usual)

    return printed


def _country(value: Any, _found: Data) -> str:
    return places.country_name(value, i18n.locale())


def _level(value: Any, _found: Data) -> str:
    return {
        "intent": _("statement of intent"),
        "negotiate": _("agreement to negotiate"),
        "promise": _("promise to buy"),
        "conditional": _("conditional purchase"),
    }[value]


def _commitment(value: Any, _found: Data) -> str:
    return {
        "none": _("no commitment to deliver"),
        "efforts": _("best efforts"),
        "firm": _("firm commitment to deliver"),
    }[value]


def _reason(value: Any, _found: Data) -> str:
    return {
        "out-of-scope": _("outside the chosen market"),
        "no-commitment": _("no decision to buy"),
        "date-not-feasible": _("date not feasible"),
    }[value]


def _decision(value: Any, _found: Data) -> str:
    return {
        "subscription": _("subscription"),
        "purchase": _("outright purchase"),
        "pilot": _("pilot"),
    }[value]


def _law(value: Any, _found: Data) -> str:
    return {"FR": _("French law"), "EW": _("the law of England and Wales")}[value]


def _hardship(value: Any, _found: Data) -> str:
    return {"excluded": _("hardship excluded"), "accepted": _("hardship accepted")}[value]
