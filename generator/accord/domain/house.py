"""The company that uses the program: its identity, brand, terms and positioning."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr

from accord.domain.base import StrictModel, Violation, optional
from accord.domain.choices import Binding, Commitment, Language, Law, Period, Titles, Warned
from accord.domain.documents import Document, TranslatablePath, nowhere
from accord.domain.fields import Amount, Cap, Colour, Days, Effort, Name, Note, SingleLine, Statement, Yes
from accord.domain.parties import Supplier
from accord.domain.translated import Translatable, in_language
from accord.i18n import N_, _


class Brand(StrictModel):
    """How the house's letters look."""

    logo: SingleLine | None = optional(N_("SVG or PNG file, relative to accord.toml"))
    logo_alt: SingleLine | None = optional(N_("what the logo says; by default the supplier's name"))
    colour: Colour | None = optional(N_('such as "#1a4d7a"'))


def check_general_terms(terms: "Terms") -> Iterator[Violation]:
    """The file of the general terms has a title by which letters refer to it."""
    if terms.general_terms_file is not None and terms.general_terms is None:
        yield "general_terms_file", _("needs their title and version too; write general_terms")


class Terms(StrictModel):
    """What the house usually agrees to.  Days are calendar days."""

    checks = (check_general_terms,)

    law: Law | None = optional(N_("FR: France; EW: England and Wales"))
    court: SingleLine | None = optional(N_("town of the court, or its whole name"))
    binding: Binding | None = optional(N_("what an agreement usually obliges to; a deal may choose another"))
    vendor_commitment: Commitment = Field(
        default="efforts",
        description=N_("what the supplier owes: nothing, reasonable endeavours, or the result"),
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
        default=3, description=N_("how long both sides keep what they learn confidential, in years")
    )
    general_terms: Translatable | None = optional(N_("title and version of the general terms, if they apply"))
    general_terms_file: TranslatablePath | None = optional(
        N_("their file, relative to accord.toml: it goes into each agreement’s PDF")
    )
    extension_days: Days | None = optional(N_("optional clause: longest extension of the delivery date"))
    force_majeure_days: Days | None = optional(N_("optional clause: longest delay by force majeure"))
    liability_cap: Cap | None = optional(
        N_(
            'optional clause: the most that a party owes for damage, "total" for the total of the order, or a sum'
        )
    )
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
    closing: Literal["formal", "warm"] = Field(default="formal", description=N_("how letters close"))


class CatalogueItem(StrictModel):
    """One thing that the house sells, so that nobody types it twice; it is printed once a deal says it."""

    item: Translatable = Field(description=N_("what is bought, as a plural noun"))
    unit_price: Amount | None = optional(N_("before tax; per period for a subscription"))
    period: Period | None = optional(N_("subscriptions only"))


class ReviewRules(StrictModel):
    """What the house asks of the review of its letters; printed nowhere."""

    clients: tuple[Name, ...] = Field(
        default=(),
        max_length=1000,
        description=N_("names of clients that no letter to another company may contain"),
    )
    approved_only: Yes = Field(
        default=False, description=N_("every clause of a final letter must be one that the house approved")
    )
    core_approved: Yes = Field(
        default=True,
        description=N_(
            "a final letter has the standard text of the clauses that carry it, or an own text that the house approved"
        ),
    )
    refuse: tuple[Warned, ...] = Field(
        default=(),
        max_length=20,
        description=N_(
            'what the register may warn of and no final letter may leave with, such as "over-capacity"'
        ),
    )


class Capacity(StrictModel):
    """What the team can carry; printed nowhere."""

    days_per_month: Effort | None = optional(
        N_("working days a month that all promised features together may take, such as 20 for one person")
    )


class RegisterPlace(StrictModel):
    """Where the register of the house's letters is; printed nowhere."""

    url: SingleLine | None = optional(
        N_(
            "address of the database, such as postgresql+psycopg://accord@db.example/accord; by default register.db beside this file"
        )
    )


class Signatures(StrictModel):
    """Whom the house trusts to say who signed a letter; printed nowhere."""

    trust: SingleLine | None = optional(
        N_(
            "folder or file of the authorities that you trust, relative to accord.toml: certificates (PEM or DER),"
            " revocation lists (.crl), trusted lists (.xml)"
        )
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
    catalogue: tuple[CatalogueItem, ...] = Field(
        default=(), max_length=200, description=N_("what you sell: “accord new” offers it")
    )
    review: ReviewRules = Field(
        default=ReviewRules(), description=N_("optional: what the review of your letters asks for")
    )
    capacity: Capacity = Field(
        default=Capacity(), description=N_("optional: what your team can carry; letters are held against it")
    )
    register: RegisterPlace = Field(
        default=RegisterPlace(), description=N_("optional: where what you have promised is kept")
    )
    signatures: Signatures = Field(
        default=Signatures(), description=N_("optional: whom you trust to say who signed")
    )

    _documents: Mapping[str, Document] = PrivateAttr(default_factory=dict)

    def with_documents(self, documents: Mapping[str, Document]) -> Self:
        """The same house with its documents by their paths."""
        house = self.model_copy()
        house._documents = documents  # noqa: SLF001 - of the same class
        return house

    def general_terms_document(self, language: Language) -> Document | None:
        """The general terms in a language, if they are in a file; `Defect` if it was not found."""
        path = in_language(self.terms.general_terms_file, language)
        return (self._documents.get(path) or nowhere(path)) if path else None

    def documents(self) -> tuple[Document, ...]:
        """Its documents, in whichever language."""
        return tuple(self._documents.values())

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
