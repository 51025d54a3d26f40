"""What the placeholders of a letter stand for: a deal and a house, in words.

Each is a localised text under the name that clauses give it (`delivery.by`).  One that the deal or the house lacks is a ruled blank, and
knows the key of the file that would fill it.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from accord.domain.choices import Language, Locale
from accord.domain.deal import Feature
from accord.domain.parties import Contact, Party, Person, Prospect, Supplier
from accord.domain.translated import Texts, in_language
from accord.errors import Defect
from accord.letter import salutation
from accord.letter.letter import Labels
from accord.text import currencies, formats, markup, typography
from accord.text.locales import is_french
from accord.text.markup import RichText


@dataclass
class Placeholders:
    """The texts by placeholder, and for each blank the key that is missing.

    `parts` names the placeholders that a phrase is made of.  `faults` says of the house's texts, by key, which lack the letter's language.
    """

    locale: Locale
    labels: Labels
    texts: dict[str, RichText] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The language of the letter."""
        return "fr" if is_french(self.locale) else "en"

    def put(self, placeholder: str, text: str | None, key: str = "") -> None:
        """Say what a placeholder prints; None prints a blank that wants `key`."""
        if text is None:
            self.missing[placeholder] = key or placeholder
            text = markup.blank(self.labels["hint"][key or placeholder])
        self.texts[placeholder] = text if isinstance(text, RichText) else self.value(text)

    def put_phrase(self, placeholder: str, template: str, *parts: str) -> None:
        """Say a phrase made of other placeholders, some of which may be blanks: `template` has them in {braces}."""
        self.texts[placeholder] = markup.fill(template, self.texts)
        self.parts[placeholder] = parts

    def blanks_in(self, placeholder: str) -> Iterator[str]:
        """The keys whose blanks a placeholder prints."""
        if placeholder in self.missing:
            yield self.missing[placeholder]
        for part in self.parts.get(placeholder, ()):
            yield from self.blanks_in(part)

    def put_date(self, placeholder: str, day: datetime.date | None) -> None:
        """Say the day that a placeholder prints; None prints nothing."""
        self.put(placeholder, formats.date(day, self.locale) if day else "")

    def in_language(self, key: str, text: str | Texts | None) -> str | None:
        """What the house's text under `key` says in the letter's language; a fault if it does not."""
        try:
            return in_language(text, self.language)
        except Defect as defect:
            self.faults[key] = str(defect)
            return None

    def value(self, text: str) -> RichText:
        """A user's text with the no-break spaces of the locale."""
        return RichText(typography.value(text, self.locale))

    def label(self, section: str, key: str, **texts: str) -> RichText:
        """A label with its `{braces}` filled, mark-up kept."""
        return markup.fill(self.labels[section][key], texts)

    def name(self, text: str) -> RichText:
        """A company's or a feature's name: never hyphenated, spaces as the locale sets them."""
        return markup.name(typography.value(text, self.locale))


def put_parties(placeholders: Placeholders, prospect: Prospect, supplier: Supplier) -> None:
    """Put who the two parties are and who signs for them."""
    _put_party(placeholders, "supplier", supplier, supplier.signatory, "supplier.signatory")
    _put_party(placeholders, "prospect", prospect, prospect.contact, "prospect.contact")
    # The letterhead says these of the supplier; the prospect's stand in the article on the parties.
    texts, email = placeholders.texts, [prospect.email] if prospect.email else []
    for key, particulars in (("registered", _vat(placeholders, prospect)), ("address", email)):
        texts[f"prospect.{key}"] = markup.join(", ", (texts[f"prospect.{key}"], *particulars))


def _put_party(placeholders: Placeholders, role: str, party: Party, person: Person, person_key: str) -> None:
    put, missing = placeholders.put, placeholders.missing
    put(f"{role}.name", placeholders.name(party.name))
    put(f"{role}.form", _form(placeholders, role, party), f"{role}.legal_form")
    put(f"{role}.registered", _registered(placeholders, role, party), f"{role}.registration")
    # A postcode and its town are inseparable.
    address = re.sub(r"\b([0-9]{4,5}) (?=\w)", "\\1\u00a0", ", ".join(party.address))
    put(f"{role}.address", address or None)
    name = salutation.full_name(person, placeholders.locale) if person.last_name else None
    put(f"{role}.person", markup.name(name) if name else None, f"{person_key}.last_name")
    put(f"{role}.title", placeholders.in_language(f"{person_key}.title", person.title), f"{person_key}.title")
    name, title = (placeholders.texts[f"{role}.{part}"] for part in ("person", "title"))
    put(f"{role}.representative", placeholders.label("identity", "representative", name=name, title=title))
    for part in ("person", "title"):
        if f"{role}.{part}" in missing:
            missing.setdefault(f"{role}.representative", missing[f"{role}.{part}"])


def _vat(placeholders: Placeholders, party: Party) -> list[RichText]:
    """The VAT number, if it is known."""
    number = markup.unbreakable(party.vat or "")
    return [placeholders.label("identity", "vat", vat=number)] if number else []


def _form(placeholders: Placeholders, role: str, party: Party) -> RichText | None:
    """Legal form and, where it is known, the share capital (C. com., art. R123-238)."""
    form = placeholders.in_language(f"{role}.legal_form", party.legal_form)
    if form is None or party.capital is None:
        return placeholders.value(form) if form else None
    currency = party.currency or currencies.of_country(party.country)
    capital = re.sub(r"[.,]00(?![0-9])", "", formats.amount(party.capital, currency, placeholders.locale))
    return placeholders.label("identity", "with_capital", form=form, capital=capital)


def _registered(placeholders: Placeholders, role: str, party: Party) -> RichText | None:
    """The registration as the company's country writes it (C. com., art. R123-237)."""
    if party.registration is None:
        return None
    label = f"registered-{party.country}"
    if label not in placeholders.labels["identity"]:
        label = "registered_in" if party.registry else "registered"
    elif party.registry is None:
        placeholders.missing[f"{role}.registered"] = f"{role}.registry"
    registry = party.registry or markup.blank(placeholders.labels["hint"][f"{role}.registry"])
    number = markup.unbreakable(party.registration)
    return placeholders.label("identity", label, registration=number, registry=registry)


MENTIONED = ("supplier.name", "supplier.form", "supplier.registered", "supplier.address")
"""The particulars of a company that its business letters must say."""


def mentions(placeholders: Placeholders, supplier: Supplier) -> RichText:
    """What a business letter must say of its sender, in its footer.

    C. com., art. R123-237 and R123-238; UK SI 2015/17, reg. 24 and 25.
    """
    name, form, number, seat = (placeholders.texts[placeholder] for placeholder in MENTIONED)
    if supplier.address:
        seat = RichText(markup.unbreakable(seat))
    seat = markup.fill(markup.unbreakable(placeholders.labels["identity"]["seat"]), {"address": seat})
    return markup.join(" – ", [name, form, number, *_vat(placeholders, supplier), seat])


def put_greetings(placeholders: Placeholders, person: Contact) -> None:
    """Put how the letter addresses a person, and how it takes leave."""
    placeholders.put("letter.vocative", salutation.vocative(person, placeholders.locale))
    placeholders.put("letter.valediction", salutation.valediction(person, placeholders.locale))


def put_feature(placeholders: Placeholders, feature: Feature, language: Language) -> None:
    """Put what the prospect asks for."""
    put, labels = placeholders.put, placeholders.labels["identity"]
    put("feature.name", placeholders.name(feature.name))
    need = (feature.need or "").rstrip(" .")
    put("feature.need", re.sub(r"\A[Tt]o ", "", need) if language == "en" else need)
    put("feature.description", feature.description)
    tests = feature.acceptance_tests
    put("feature.acceptance_tests", markup.listing(tests) if tests else None)
    exclusions = [item.rstrip(" .") for item in feature.exclusions] or [labels["none"]]
    put("feature.exclusions", markup.join(labels["separator"], exclusions))
