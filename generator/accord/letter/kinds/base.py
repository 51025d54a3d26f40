"""What there is to know of a kind of letter: a few facts, and how it is filled and recorded."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Literal, TypeVar

from accord.clauses.labels import Labels
from accord.domain import identifiers
from accord.domain.choices import Binding, Commitment, Kind, Law, ProspectKind
from accord.domain.deal import Deal
from accord.domain.documents import Document
from accord.domain.house import House
from accord.domain.parties import Party
from accord.domain.translated import Texts
from accord.letter.identity import put_parties
from accord.letter.letter import Term
from accord.letter.placeholders import Placeholders, put_feature, put_greetings
from accord.text.currencies import order_currency

DealT = TypeVar("DealT", bound=Deal)


class LetterKind(ABC, Generic[DealT]):
    """A kind of letter, made from one type of deal.

    `name` is also that of its folder of clauses, `prefix` opens its derived
    references.  `signatories` sign it, the supplier first; `held_for` are the
    prospects to whom only legal may write it.  `cases` lists which conditions
    of its clauses hold at once, in every case that a deal can be, as far as
    they hang together; `smallest` is what a deal file needs to make one.
    """

    name: ClassVar[Kind]
    prefix: ClassVar[str]
    signatories: ClassVar[tuple[Literal["supplier", "prospect"], ...]]
    held_for: ClassVar[frozenset[ProspectKind]]
    one_page: ClassVar[bool]
    cases: ClassVar[tuple[frozenset[str], ...]]
    smallest: ClassVar[Mapping[str, Any]]

    def placeholders(self, deal: DealT, house: House, labels: Labels) -> Placeholders:
        """All placeholders that its clauses may use, for one deal of one house; `labels` are in its language."""
        placeholders = Placeholders(deal.locale, labels)
        put_parties(placeholders, deal.prospect, house.supplier)
        put_greetings(placeholders, deal.prospect.contact)
        put_feature(placeholders, deal.feature, deal.language)
        placeholders.put("letter.opening_note", deal.opening_note or "")
        self.put(placeholders, deal, house)
        return placeholders

    def example(self, deal: DealT) -> DealT:
        """What a letter of this kind is made from, given the deal of its `smallest` file."""
        return deal

    @abstractmethod
    def put(self, placeholders: Placeholders, deal: DealT, house: House) -> None:
        """Put the placeholders of this kind alone."""

    @abstractmethod
    def printed_deal(self, deal: DealT, house: House) -> dict[str, Any]:
        """What the page says of the deal, as a deal file has it."""

    @abstractmethod
    def printed_house(self, deal: DealT, house: House) -> dict[str, Any]:
        """What the page says of the house's terms and positioning, by table."""

    def printed_more(self, deal: DealT) -> dict[str, Any]:
        """What the page says beside its deal and its house, by table."""
        return {}

    def day(self, deal: DealT) -> datetime.date:
        """The day of the letter."""
        return deal.date

    def signs(self, deal: DealT) -> tuple[Literal["supplier", "prospect"], ...]:
        """Who signs this one, the supplier first."""
        return self.signatories

    def subject(self, deal: DealT) -> str:
        """The key of its subject among the labels."""
        return "request"

    def called(self, deal: DealT, placeholders: Placeholders) -> str:
        """What its file is called by, after its reference: whom it is for."""
        return deal.prospect.name

    def title(self, deal: DealT, house: House) -> str:
        """The key of its title, and of the line below it, among the labels: one for all, unless it depends on the deal."""
        return self.name

    def effect(self, deal: DealT) -> tuple[Law | None, Binding | None, Commitment | None]:
        """The law that governs it, what it obliges to, and what the supplier owes; None for none."""
        return None, None, None

    def consent(self, deal: DealT, role: str, labels: Labels) -> str:
        """The words that a signatory signs under; "" if only the sender signs."""
        return ""

    def heading(self, deal: DealT, labels: Labels) -> str:
        """What stands above its key terms."""
        return ""

    def key_terms(self, deal: DealT, placeholders: Placeholders) -> tuple[Term, ...]:
        """The rows of the table of key terms."""
        return ()

    def documents(self, deal: DealT, house: House, placeholders: Placeholders) -> tuple[Document, ...]:
        """The documents in the same PDF; `Defect` for one that was not found."""
        return ()

    def enclosures(self, placeholders: Placeholders) -> tuple[str, ...]:
        """What goes into the envelope with it."""
        return ()


# Particulars of a company that print only beside one of others.
_PRINTED_WITH = {
    "capital": {"legal_form"},
    "currency": {"capital"},
    "country": {"legal_form", "address", "capital", "registration"},
}


def printed_party(party: Mapping[str, Any]) -> dict[str, Any]:
    """A company, without what prints only together with something that is missing."""
    printed = {key: value for key, value in party.items() if key != "staff"}
    form = party.get("legal_form")
    whole = Party.model_construct(
        **{**party, "legal_form": Texts.model_validate(form) if isinstance(form, Mapping) else form}
    )
    said = printed.keys() | ({"legal_form"} if whole.form else set())
    for key, others in _PRINTED_WITH.items():
        if not said & others:
            printed.pop(key, None)
            said -= {key}
    if whole.registration:
        printed["registration"] = identifiers.grouped(whole.registration, whole.home)
    if whole.capital and order_currency(whole.capital_currency) is None:
        printed["currency"] = (
            whole.capital_currency
        )  # by which the page stays the same when a country changes its own
    if "capital" in (whole.form or ""):
        printed["capital"] = printed["currency"] = None
    printed["registry"] = whole.register
    printed["unregistered"] = (whole.unregistered and not whole.needs_no_number) or None
    return {key: value for key, value in printed.items() if value is not None}
