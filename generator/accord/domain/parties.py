"""People and companies: who signs, who asks."""

import unicodedata
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from accord.domain import identifiers, legal_forms
from accord.domain.base import StrictModel, Violation, optional
from accord.domain.choices import Civility, Currency, ProspectKind, Staff
from accord.domain.fields import Amount, AnyCurrency, Country, Email, Name, SingleLine, Word, Yes
from accord.domain.translated import Texts, Translatable
from accord.i18n import N_, _
from accord.text import currencies, places


class Person(StrictModel):
    """Somebody who signs."""

    civility: Civility = Field(default="", description=N_("form of address"))
    first_name: Word | None = optional(N_("first name"))
    last_name: Word | None = optional(N_("last name"))
    title: Translatable | None = optional(N_("office held in the company"))


class Contact(Person):
    """To whom a letter goes: its words are in that letter's language."""

    title: SingleLine | None = optional(N_("office held in the company"))


def check_registration(party: "Party") -> Iterator[Violation]:
    """The number in the register is one of the company's country."""
    if party.registration is None:
        return
    if sentence := wrong_number(party):
        yield "registration", sentence
    if party.unregistered:
        yield "unregistered", _("contradicts the registration; leave one of the two out")


def check_vat(party: "Party") -> Iterator[Violation]:
    """The VAT number is one, and is this company's."""
    if sentence := wrong_vat(party):
        yield "vat", sentence


OVERSEAS = frozenset({"BL", "GF", "GP", "MF", "MQ", "RE", "YT"})
"""The parts of France that have its law and its registers, and country codes of their own."""


_ALL_BRITISH = frozenset({"", "companies house", "united kingdom", "uk", "great britain"})
"""What people write for a British register that does not say which it is."""


class Party(StrictModel):
    """A company: its name and, where known, what identifies it."""

    checks = (check_registration, check_vat)

    name: Name = Field(description=N_("registered name"))
    legal_form: Translatable | None = optional(N_("such as SAS, SARL or Ltd"))
    capital: Amount | None = optional(N_("share capital"))
    currency: AnyCurrency | None = optional(N_("currency of the share capital"))
    registration: Word | None = optional(
        N_("SIREN in France (RNA for some associations), company or charity number in the UK")
    )
    registry: Word | None = optional(
        N_('town of the register (RCS), "RNE", "England and Wales", a State such as "Delaware"')
    )
    unregistered: Yes = Field(
        default=False, description=N_("no register lists it: a sole trader in England, a partnership")
    )
    vat: Word | None = optional(N_("VAT number"))
    address: tuple[Word, ...] = Field(
        default=(), max_length=6, description=N_("registered office, one line of the address after the other")
    )
    country: Country | None = optional(N_('two capital letters, such as "FR" or "GB"'))
    email: Email | None = optional(N_("e-mail address for notices"))

    @classmethod
    def settled(cls, data: Any) -> Any:
        """The number in a French register alone, and its town apart, where they stand together as on a Kbis."""
        if not isinstance(data, dict) or not isinstance(data.get("registration"), str):
            return data
        country = data.get("country")
        plain = identifiers.unlabelled(data["registration"], country if isinstance(country, str) else None)
        number, town = identifiers.number_and_town(plain)
        if town and data.get("registry") not in {None, town}:
            return data
        return data | {"registration": number} | ({"registry": town} if town else {})

    @property
    def home(self) -> str | None:
        """Its country, whose law and registers it has: the one given, or that which its number tells."""
        if self.country or not self.registration:
            return "FR" if self.country in OVERSEAS else self.country
        return identifiers.home_of(self.registration)

    @property
    def capital_currency(self) -> str | None:
        """The currency of its share capital: the one given, or its country's; None if neither is known."""
        return self.currency or currencies.of_country(self.home)

    @property
    def register(self) -> str | None:
        """The register that lists it: the one given, or that which its number or its country tells; a State in the United States."""
        if self.home == "US":
            return None if legal_forms.is_person(self.form) else self.registry
        if self.registration is None or self.home == "IE" or identifiers.is_rna(self.registration):
            return None
        if self.home == "GB" and not legal_forms.is_charity(self.form):
            given = self.registry if (self.registry or "").casefold() not in _ALL_BRITISH else None
            return given or identifiers.part_of_britain(self.registration)
        return self.registry

    @property
    def needs_no_number(self) -> bool:
        """Whether its form and country tell that it need have no number: an English sole trader, an American company."""
        return self.home == "US" or (self.home != "FR" and legal_forms.has_no_register(self.form))

    @property
    def form(self) -> str | None:
        """Its legal form, in whichever language it is given, or as its name says it."""
        form = self.legal_form
        if form is None and self.name:
            said = legal_forms.in_name(self.name, self.home)
            return said.short if said else None
        return form.fr or form.en if isinstance(form, Texts) else form


class Supplier(Party):
    """The house as a party to the letter."""

    signatory: Person = Field(default=Person(), description=N_("who signs for the company"))

    @property
    def order_currency(self) -> Currency | None:
        """The currency of its prices, where a deal says no other one: that of its capital, if letters can be in it."""
        return currencies.order_currency(self.currency)


class Prospect(Party):
    """The other party."""

    legal_form: SingleLine | None = optional(N_("such as SAS, SARL or Ltd"))
    kind: ProspectKind = Field(default="business", description=N_("what sort of client"))
    staff: Staff | None = optional(
        N_("how many it employs: a French client of at most five has a consumer's rights; never printed")
    )
    contact: Contact = Field(default=Contact(), description=N_("to whom the letter is addressed"))


def wrong_number(party: Party) -> str | None:
    """What is wrong with a party's number in its register, or None."""
    is_charity = legal_forms.is_charity(party.form)
    return party.registration and identifiers.wrong_registration(
        party.registration, party.home, charity=is_charity
    )


def wrong_vat(party: Party) -> str | None:
    """What is wrong with a party's VAT number, or None."""
    return party.vat and identifiers.wrong_vat(party.vat, party.registration, party.home)


def are_taxed_abroad(one: Party, other: Party) -> bool:
    """Whether two parties are known to be in different territories of VAT."""
    homes = {places.OF_VAT_TERRITORY.get(str(party.home), party.home) for party in (one, other)}
    return None not in homes and len(homes) > 1


def are_abroad(one: Party, other: Party) -> bool:
    """Whether two parties are known to be at home in different countries."""
    return None not in {one.home, other.home} and one.home != other.home


def shown_same_by(one: Party, other: Party) -> Literal["registration", "name"] | None:
    """The key that shows two companies to be one, or None.

    Sister companies may share a name; their numbers tell them apart.
    """
    if one.registration and other.registration:
        numbers = [identifiers.of_company(number) for number in (one.registration, other.registration)]
        return "registration" if numbers[0] == numbers[1] else None
    same_name = one.name and other.name and _folded(one.name) == _folded(other.name)
    return "name" if same_name else None


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
