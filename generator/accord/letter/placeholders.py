"""What the placeholders of a letter stand for: a deal and a house, in words.

Each particular is a localised text under the name that clauses give it
(`delivery.by`).  One that the deal or the house lacks is a ruled blank, and
knows the key of the file that would fill it.
"""

import datetime
import re
from dataclasses import dataclass, field

from accord.domain.choices import Language, Locale
from accord.domain.deal import Feature
from accord.domain.parties import Party, Person, Prospect, Supplier
from accord.letter import salutation
from accord.letter.letter import Labels
from accord.text import currencies, formats, markup, typography
from accord.text.markup import RichText


@dataclass
class Placeholders:
    """The texts by placeholder, and for each blank the key that is missing."""

    locale: Locale
    labels: Labels
    texts: dict[str, RichText] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def put(self, placeholder: str, text: str | None, key: str = "") -> None:
        """Say what a placeholder prints; None prints a blank that wants `key`."""
        if text is None:
            self.missing[placeholder] = key or placeholder
            text = markup.blank(self.labels["hint"][key or placeholder])
        self.texts[placeholder] = text if isinstance(text, RichText) else self.value(text)

    def put_date(self, placeholder: str, day: datetime.date | None) -> None:
        """Say the day that a placeholder prints; None prints nothing."""
        self.put(placeholder, formats.date(day, self.locale) if day else "")

    def value(self, text: str) -> RichText:
        """A user's text with the no-break spaces of the locale."""
        return RichText(typography.value(text, self.locale))

    def label(self, section: str, key: str, **texts: str) -> RichText:
        """A label with its `{braces}` filled, mark-up kept."""
        return markup.fill(self.labels[section][key], texts)


def put_parties(placeholders: Placeholders, prospect: Prospect, supplier: Supplier) -> None:
    """Put who the two parties are and who signs for them."""
    _put_party(placeholders, "supplier", supplier, supplier.signatory, "supplier.signatory")
    _put_party(placeholders, "prospect", prospect, prospect.contact, "prospect.contact")


def _put_party(placeholders: Placeholders, role: str, party: Party, person: Person, person_key: str) -> None:
    placeholders.put(f"{role}.name", named(placeholders, party.name))
    placeholders.put(f"{role}.form", form(placeholders, party), f"{role}.legal_form")
    placeholders.put(f"{role}.registered", registered(placeholders, role, party), f"{role}.registration")
    placeholders.put(f"{role}.address", address(party) or None)
    if role == "prospect":
        _add_what_the_letterhead_says_of_the_supplier(placeholders, party)
    name = salutation.full_name(person, placeholders.locale) if person.last_name else None
    placeholders.put(f"{role}.person", markup.name(name) if name else None, f"{person_key}.last_name")
    placeholders.put(f"{role}.title", person.title, f"{person_key}.title")
    representative = [placeholders.texts[f"{role}.person"], placeholders.texts[f"{role}.title"]]
    placeholders.put(
        f"{role}.representative",
        placeholders.label("identity", "representative", name=representative[0], title=representative[1]),
    )
    for part in ("person", "title"):
        if f"{role}.{part}" in placeholders.missing:
            placeholders.missing.setdefault(f"{role}.representative", placeholders.missing[f"{role}.{part}"])


def named(placeholders: Placeholders, name: str) -> RichText:
    """A company's or a feature's name: never hyphenated, spaces as the locale sets them."""
    return markup.name(typography.value(name, placeholders.locale))


def _add_what_the_letterhead_says_of_the_supplier(placeholders: Placeholders, party: Party) -> None:
    """A prospect's VAT number and e-mail address stand in the article on the parties."""
    if party.vat:
        vat = placeholders.label("identity", "vat", vat=markup.unbreakable(party.vat))
        placeholders.texts["prospect.registered"] = markup.join(
            ", ", (placeholders.texts["prospect.registered"], vat)
        )
    if party.email:
        placeholders.texts["prospect.address"] = markup.join(
            ", ", (placeholders.texts["prospect.address"], party.email)
        )


def form(placeholders: Placeholders, party: Party) -> RichText | None:
    """Legal form and, where it is known, the share capital (C. com., art. R123-238)."""
    if party.legal_form is None or party.capital is None:
        return placeholders.value(party.legal_form) if party.legal_form else None
    currency = party.currency or currencies.of_country(party.country)
    capital = re.sub(r"[.,]00(?![0-9])", "", formats.amount(party.capital, currency, placeholders.locale))
    return placeholders.label("identity", "with_capital", form=party.legal_form, capital=capital)


def address(party: Party) -> str:
    """The address on one line, a postcode and its town inseparable."""
    return re.sub(r"\b([0-9]{4,5}) (?=\w)", "\\1\u00a0", ", ".join(party.address))


def registered(placeholders: Placeholders, role: str, party: Party) -> RichText | None:
    """The registration as the company's country writes it (C. com., art. R123-237)."""
    if party.registration is None:
        return None
    own = f"registered-{party.country}"
    if own not in placeholders.labels["identity"]:
        own = "registered_in" if party.registry else "registered"
    elif party.registry is None:
        placeholders.missing[f"{role}.registered"] = f"{role}.registry"
    registry = party.registry or markup.blank(placeholders.labels["hint"][f"{role}.registry"])
    return placeholders.label(
        "identity", own, registration=markup.unbreakable(party.registration), registry=registry
    )


MENTIONED = ("supplier.name", "supplier.form", "supplier.registered", "supplier.address")
"""The particulars of a company that its business letters must say."""


def mentions(placeholders: Placeholders, supplier: Supplier) -> RichText:
    """What a business letter must say of its sender, in its footer.

    C. com., art. R123-237 and R123-238; UK SI 2015/17, reg. 24 and 25.
    """
    name, form, number, seat = (placeholders.texts[placeholder] for placeholder in MENTIONED)
    vat = (
        [placeholders.label("identity", "vat", vat=markup.unbreakable(supplier.vat))] if supplier.vat else []
    )
    if supplier.address:
        seat = RichText(markup.unbreakable(seat))
    label = markup.unbreakable(placeholders.labels["identity"]["seat"])
    return markup.join(" – ", [name, form, number, *vat, markup.fill(label, {"address": seat})])


def put_greetings(placeholders: Placeholders, prospect: Prospect) -> None:
    """Put how the letter addresses the prospect's contact, and how it takes leave."""
    placeholders.put("letter.vocative", salutation.vocative(prospect.contact, placeholders.locale))
    placeholders.put("letter.valediction", salutation.valediction(prospect.contact, placeholders.locale))


def put_feature(placeholders: Placeholders, feature: Feature, language: Language) -> None:
    """Put what the prospect asks for."""
    placeholders.put("feature.name", named(placeholders, feature.name))
    placeholders.put("feature.need", embedded(feature.need or "", language))
    placeholders.put("feature.description", feature.description)
    tests = markup.listing(feature.acceptance_tests) if feature.acceptance_tests else None
    placeholders.put("feature.acceptance_tests", tests)
    exclusions = [item.rstrip(" .") for item in feature.exclusions] or [
        placeholders.labels["identity"]["none"]
    ]
    placeholders.put(
        "feature.exclusions", markup.join(placeholders.labels["identity"]["separator"], exclusions)
    )


def embedded(need: str, language: str) -> str:
    """A need as it stands inside a sentence: no full stop, no English "to"."""
    need = need.rstrip(" .")
    return re.sub(r"\A[Tt]o ", "", need) if language == "en" else need
