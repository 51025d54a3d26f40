"""People and companies: who signs, who asks."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from accord.domain import identifiers
from accord.domain.base import Complaint, Table
from accord.domain.choices import (
    Civility,
    Currency,
    ProspectKind,
)
from accord.domain.fields import (
    Amount,
    Country,
    Email,
    Line,
    Name,
    Word,
)
from accord.i18n import N_


class Person(Table):
    """A signatory or a contact."""

    civility: Civility = Field(default="", description=N_("form of address"))
    first_name: Word | None = Field(default=None, description=N_("first name"))
    last_name: Word | None = Field(default=None, description=N_("last name"))
    title: Line | None = Field(default=None, description=N_("office held in the company"))


def check_registration(party: "Party") -> Iterator[Complaint]:
    """The number in the register is one of the company's country."""
    wrong = party.registration and identifiers.wrong_registration(party.registration, party.country)
    if wrong:
        yield Complaint("registration", wrong)


def check_vat(party: "Party") -> Iterator[Complaint]:
    """The VAT number is one, and is this company's."""
    wrong = party.vat and identifiers.wrong_vat(party.vat, party.registration)
    if wrong:
        yield Complaint("vat", wrong)


class Party(Table):
    """A company: its name and, where known, what identifies it."""

    checks = (check_registration, check_vat)

    name: Name = Field(description=N_("registered name"))
    legal_form: Word | None = Field(default=None, description=N_("such as SAS, SARL or Ltd"))
    capital: Amount | None = Field(default=None, description=N_("share capital"))
    currency: Currency | None = Field(default=None, description=N_("currency of the share capital"))
    registration: Word | None = Field(
        default=None, description=N_("SIREN in France, company number in the UK")
    )
    registry: Word | None = Field(
        default=None, description=N_('town of the register, or "England and Wales"')
    )
    vat: Word | None = Field(default=None, description=N_("VAT number"))
    address: Annotated[tuple[Word, ...], Field(max_length=6)] = Field(
        default=(), description=N_("registered office, one line of the address after the other")
    )
    country: Country | None = Field(default=None, description=N_('two capital letters, such as "FR" or "GB"'))
    email: Email | None = Field(default=None, description=N_("e-mail address for notices"))


class Supplier(Party):
    """The house as a party to the letter."""

    signatory: Person = Field(default=Person(), description=N_("who signs for the company"))


class Prospect(Party):
    """The other party."""

    kind: ProspectKind = Field(default="business", description=N_("what sort of client"))
    contact: Person = Field(default=Person(), description=N_("to whom the letter is addressed"))
