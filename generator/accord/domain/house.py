"""The company that uses the program: its identity, brand, terms and positioning."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from accord.domain.base import StrictModel, optional
from accord.domain.choices import Binding, Commitment, Law, Titles
from accord.domain.fields import Colour, Days, Name, Note, SingleLine, Statement, Yes
from accord.domain.parties import Supplier
from accord.domain.translated import Translatable
from accord.i18n import N_


class Brand(StrictModel):
    """How the house's letters look."""

    logo: SingleLine | None = optional(N_("SVG or PNG file, relative to accord.toml"))
    logo_alt: SingleLine | None = optional(N_("what the logo says; by default the supplier's name"))
    colour: Colour | None = optional(N_('such as "#1a4d7a"'))


class Terms(StrictModel):
    """What the house usually agrees to.  Days are calendar days."""

    law: Law | None = optional(N_("FR: France; EW: England and Wales"))
    court: SingleLine | None = optional(N_("town of the court, or its whole name"))
    binding: Binding | None = optional(N_("what an agreement usually obliges to; a deal may choose another"))
    vendor_commitment: Commitment = Field(
        default="efforts", description=N_("what the supplier owes: nothing, its best efforts, or the result")
    )
    title: Titles = Field(
        default="usage",
        description=N_(
            "titles as people say them, with what they are in law below, or the plain legal names"
        ),
    )
    acceptance_days: Days = Field(default=15, description=N_("days the client has to test"))
    payment_days: Days = Field(default=30, description=N_("days from the invoice"))
    validity_days: Days = Field(default=30, description=N_("days the prospect has to countersign"))
    confidentiality_years: Annotated[int, Field(strict=True, ge=1, le=20)] = Field(
        default=3, description=N_("years that both sides keep what they learn to themselves")
    )
    general_terms: Translatable | None = optional(N_("title and version of the general terms, if they apply"))
    extension_days: Days | None = optional(N_("optional clause: longest extension of the delivery date"))
    force_majeure_days: Days | None = optional(N_("optional clause: longest delay by force majeure"))
    hardship: Literal["excluded", "accepted"] | None = optional(
        N_("optional clause (French law): is renegotiation under art. 1195 excluded or accepted?")
    )


class Translated(StrictModel):
    """One text in each language of the house's letters."""

    fr: Statement | None = optional(N_("in French"))
    en: Statement | None = optional(N_("in English"))


class Positioning(StrictModel):
    """The strategic choice of market, in the house's own words."""

    statement: Translated = Field(
        default=Translated(), description=N_("why the house keeps to its market, as a whole sentence")
    )


class Greeting(StrictModel):
    """A sentence to begin with, in each language of the house's letters."""

    fr: Note | None = optional(N_("in French"))
    en: Note | None = optional(N_("in English"))


class Letters(StrictModel):
    """How the house's letters speak."""

    opening_note: Greeting = Field(
        default=Greeting(), description=N_("a personal sentence to begin with; a deal may have another")
    )
    closing: Literal["formal", "warm"] = Field(default="formal", description=N_("how letters take leave"))


class ReviewRules(StrictModel):
    """What the house asks of the review of its letters; printed nowhere."""

    clients: tuple[Name, ...] = Field(
        default=(), max_length=1000, description=N_("names that no letter to another company may hold")
    )
    approved_only: Yes = Field(
        default=False, description=N_("every clause of a final letter must be one that the house approved")
    )


@dataclass(frozen=True)
class Logo:
    """The house's logo: its bytes, their media type, and what it says."""

    content: bytes
    media_type: str
    alternative: str


class House(StrictModel):
    """The company that uses the program: `accord.toml`."""

    supplier: Supplier = Field(description=N_("your company as it stands in the register"))
    brand: Brand = Field(default=Brand(), description=N_("how your letters look"))
    terms: Terms = Field(default=Terms(), description=N_("what you usually agree to"))
    positioning: Positioning = Field(default=Positioning(), description=N_("your choice of market"))
    letters: Letters = Field(default=Letters(), description=N_("optional: how your letters speak"))
    review: ReviewRules = Field(
        default=ReviewRules(), description=N_("optional: what the review of your letters asks for")
    )

    def logo(self, content: bytes, media_type: str) -> Logo:
        """A picture as the house's logo, with what the house says of it."""
        return Logo(content, media_type, self.brand.logo_alt or self.supplier.name)


@dataclass(frozen=True)
class HouseFile:
    """A house as read from disk: the model, where it stands, the logo."""

    path: Path
    house: House
    logo: Logo | None = None

    @property
    def overrides(self) -> Path:
        """The folder of the house's own clauses, `templates/` beside its file."""
        return self.path.parent / "templates"
