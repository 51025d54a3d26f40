"""The order as a file for the client's purchasing software: Order-X 1.0, profile comfort.

Order-X (FNFE-MPE and FeRD, 2020) is the message SCRDM Cross Industry Order of
UN/CEFACT (D20B) inside a PDF/A-3.  It says what the page says, with codes in
the place of words; the tests hold it against the standard's schema and rules,
which do not add up the sums: ours are computed.
"""

import calendar
import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, indent, tostring  # it only writes here

from accord.clauses.conditions import holds
from accord.domain import identifiers
from accord.domain.business_days import HOME_OF_LAW
from accord.domain.choices import Period
from accord.domain.deal import Decision
from accord.domain.documents import ORDER_NAME, Document
from accord.domain.fields import length
from accord.domain.house import House
from accord.domain.parties import Party, Person
from accord.domain.sequel import Sequel
from accord.letter import salutation
from accord.letter.decision import vat_of
from accord.letter.placeholders import Placeholders
from accord.text import markup, places

PROFILE = "urn:order-x.eu:1p0:comfort"
_DATA = "urn:un:unece:uncefact:data:standard"
_NAMESPACES = {
    "xmlns:rsm": "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100",
    "xmlns:qdt": f"{_DATA}:QualifiedDataType:128",
    "xmlns:ram": f"{_DATA}:ReusableAggregateBusinessInformationEntity:128",
    "xmlns:udt": f"{_DATA}:UnqualifiedDataType:128",
}

ORDER, ORIGINAL = "220", "9"  # UNTDID 1001 and 1225
ONE = "C62"  # UN/ECE Recommendation 20, as what follows
UNITS: Mapping[Period, str] = {"month": "MON", "year": "ANN"}
REGISTERS = {"FR": "0002", "SE": "0007", "NL": "0106", "CH": "0183", "NO": "0192", "BE": "0208"}
"""What ISO 6523 calls the registers of companies, where letters print their numbers."""
KOSOVO = "XK"
"""A code that ISO 3166 leaves to its users, and the standard does not know: such an order has no file."""


def order_x(deal: Sequel, house: House, placeholders: Placeholders) -> Document | None:
    """The file that goes with an order form, the same bytes for the same order; None for one with a blank in it."""
    if None in _needed(deal) or KOSOVO in {deal.prospect.home, house.supplier.home}:
        return None
    root = _node(
        "rsm:SCRDMCCBDACIOMessageStructure",
        _node(
            "rsm:ExchangedDocumentContext", _node("GuidelineSpecifiedDocumentContextParameter", _id(PROFILE))
        ),
        _document(deal, placeholders),
        _transaction(deal, house, placeholders),
        **_NAMESPACES,
    )
    indent(root, " ")
    content: bytes = tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    return Document(ORDER_NAME, hashlib.sha256(content).hexdigest(), content, "Alternative")


def _needed(deal: Sequel) -> Iterator[object]:
    """What an order says; None for what is blank."""
    decision = deal.decision
    yield from (decision.total or decision.computed_total, decision.quantity, decision.unit_price)
    yield from (decision.currency, deal.paper.effect)
    if decision.kind == "subscription":
        yield from (decision.period, decision.term)


def _node(name: str, *inside: str | Element | None, **attributes: str) -> Element:
    """An element, of the namespace `ram` unless its name says another; None inside it is nothing."""
    element = Element(name if ":" in name else f"ram:{name}", attributes)
    for each in inside:
        if isinstance(each, Element):
            element.append(each)
        elif each is not None:
            element.text = each
    return element


def _id(text: str, **attributes: str) -> Element:
    return _node("ID", text, **attributes)


def _document(deal: Sequel, placeholders: Placeholders) -> Element:
    """What the file is, and what it is not: a second contract beside the one it carries out."""
    return _node(
        "rsm:ExchangedDocument",
        _id(deal.reference or ""),
        _node("Name", placeholders.labels["title"]["order-form"]),
        _node("TypeCode", ORDER),
        _node("IssueDateTime", _day(deal.paper.on)),
        _node("PurposeCode", ORIGINAL),
        _node("IncludedNote", _node("Content", _said(f"note-{deal.binding}", placeholders))),
    )


def _said(label: str, placeholders: Placeholders) -> str:
    return markup.fill(placeholders.labels["order"][label], placeholders.texts)


def _transaction(deal: Sequel, house: House, placeholders: Placeholders) -> Element:
    terms = _said("payment-each" if deal.decision.period else "payment-once", placeholders)
    supplier, prospect = house.supplier, deal.prospect
    return _node(
        "rsm:SupplyChainTradeTransaction",
        _line(deal, house, placeholders),
        _node(
            "ApplicableHeaderTradeAgreement",
            _node("SellerTradeParty", *_party(supplier, supplier.signatory, deal, placeholders)),
            _node("BuyerTradeParty", *_party(prospect, prospect.contact, deal, placeholders)),
            _node("ContractReferencedDocument", _node("IssuerAssignedID", deal.reference or "")),
        ),
        _node("ApplicableHeaderTradeDelivery", _node("RequestedDeliverySupplyChainEvent", _delivery(deal))),
        _node(
            "ApplicableHeaderTradeSettlement",
            _node("OrderCurrencyCode", f"{deal.decision.currency}"),
            _node("SpecifiedTradePaymentTerms", _node("Description", terms)),
            _node("SpecifiedTradeSettlementHeaderMonetarySummation", *_sums(deal, house)),
        ),
    )


# --- What is ordered ----------------------------------------------------------------


def _line(deal: Sequel, house: House, placeholders: Placeholders) -> Element:
    """The one line of an order.

    A subscription is so many months, or years, at the price of one: what each
    invoice bills can be held against it.
    """
    decision, texts = deal.decision, placeholders.texts
    unit = UNITS[decision.period] if decision.period else ONE
    quantity = (decision.quantity or 0) * (decision.term or 1)
    feature = _node("Description", _said("feature", placeholders)) if _is_owed(deal) else None
    price = (
        _node("ChargeAmount", _amount(decision.unit_price)),
        _node("BasisQuantity", "1", unitCode=unit),
    )
    return _node(
        "IncludedSupplyChainTradeLineItem",
        _node(
            "AssociatedDocumentLineDocument",
            _node("LineID", "1"),
            _node("IncludedNote", _node("Content", texts["decision.calculation"])),
        ),
        _node("SpecifiedTradeProduct", _node("Name", texts["decision.item"]), feature),
        _node("SpecifiedLineTradeAgreement", _node("NetPriceProductTradePrice", *price)),
        _node("SpecifiedLineTradeDelivery", _node("RequestedQuantity", f"{quantity}", unitCode=unit)),
        _node(
            "SpecifiedLineTradeSettlement",
            _tax(deal, house),
            _node(
                "SpecifiedTradeSettlementLineMonetarySummation",
                _node("LineTotalAmount", _amount(_total(decision))),
            ),
        ),
    )


def _is_owed(deal: Sequel) -> bool:
    """Whether the feature is part of the order: always, but where the client went without it and the supplier may too."""
    return deal.paper.ground != "renounced" or (deal.binding == "conditional" and deal.commitment == "firm")


def _tax(deal: Sequel, house: House) -> Element | None:
    """The tax; None where the letter leaves it open."""
    category, rate = _taxed(deal, house)
    if not category:
        return None
    percent = None if rate is None else _node("RateApplicablePercent", f"{rate.normalize():f}")
    return _node("ApplicableTradeTax", _node("TypeCode", "VAT"), _node("CategoryCode", category), percent)


def _taxed(deal: Sequel, house: House) -> tuple[str, Decimal | None]:
    """The category of UNTDID 5305 and the rate, as the article on the price has them.

    Standard or zero rate, reverse charge, outside the scope of the tax; "" where that is left open.
    """
    rate = deal.decision.vat_rate or Decimal(0)
    if holds("vat-rate", deal, house):
        return ("S" if rate else "Z"), rate
    if holds("reverse-charge", deal, house):
        return "AE", Decimal(0)
    return ("O" if holds("taxed-abroad", deal, house) else ""), None


def _total(decision: Decision) -> Decimal:
    return decision.total or decision.computed_total or Decimal(0)


def _sums(deal: Sequel, house: House) -> Iterator[Element]:
    """The totals before and with tax; where the letter leaves the tax open, those before it."""
    total, (category, rate) = _total(deal.decision), _taxed(deal, house)
    tax, nothing = vat_of(total, rate or Decimal(0)), _amount(Decimal(0))
    yield _node("LineTotalAmount", _amount(total))
    yield _node("ChargeTotalAmount", nothing)
    yield _node("AllowanceTotalAmount", nothing)
    yield _node("TaxBasisTotalAmount", _amount(total))
    if category:
        yield _node("TaxTotalAmount", _amount(tax), currencyID=f"{deal.decision.currency}")
        yield _node("GrandTotalAmount", _amount(total + tax))


def _amount(amount: Decimal | None) -> str:
    return f"{amount or Decimal(0):.2f}"


# --- When ---------------------------------------------------------------------------


def _day(day: datetime.date) -> Element:
    return _node("udt:DateTimeString", f"{day:%Y%m%d}", format="102")


def _delivery(deal: Sequel) -> Element:
    """The day the order takes effect; what lasts has a last day as well."""
    decision, first = deal.decision, deal.paper.effect or deal.paper.on
    if decision.duration:
        last = _last_day(first, *length(decision.duration))
    elif decision.term and decision.period:
        last = _last_day(first, decision.term, decision.period)
    else:
        return _node("OccurrenceDateTime", _day(first))
    return _node(
        "OccurrenceSpecifiedPeriod",
        _node("StartDateTime", _day(first)),
        _node("EndDateTime", _day(last)),
    )


def _last_day(first: datetime.date, count: int, unit: str) -> datetime.date:
    """The last day of so many days, weeks, months or years that begin with `first`."""
    if unit in {"day", "week"}:
        return first + datetime.timedelta(days=count * (7 if unit == "week" else 1) - 1)
    months = first.year * 12 + first.month - 1 + count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    days = calendar.monthrange(year, month)[1]
    if first.day > days:  # a month without that day ends the time with its own end
        return datetime.date(year, month, days)
    return datetime.date(year, month, first.day) - datetime.timedelta(days=1)


# --- Between whom -------------------------------------------------------------------


def _party(party: Party, person: Person, deal: Sequel, placeholders: Placeholders) -> Iterator[Element]:
    """A party as the letter names it: its number, who speaks for it, its seat and its VAT number."""
    yield _node("Name", party.name)
    if party.registration:
        yield _node("SpecifiedLegalOrganization", _number(party.registration, party.home))
    name = salutation.plain_name(person)
    contact = (
        _node("PersonName", placeholders.name(name)) if name else None,
        _node("EmailURIUniversalCommunication", _node("URIID", party.email)) if party.email else None,
    )
    if any(each is not None for each in contact):
        yield _node("DefinedTradeContact", *contact)
    country = party.country or party.home or HOME_OF_LAW[deal.law].country
    yield _node("PostalTradeAddress", *_address(party.address, country))
    if party.vat:
        number = identifiers.compact(party.vat)
        # Out of Europe it is the number of another tax.
        yield _node("SpecifiedTaxRegistration", _id(number, schemeID="VA" if number[:2].isalpha() else "FC"))


def _number(registration: str, country: str | None) -> Element:
    """A company's number, and what ISO 6523 calls its register where that is known."""
    number = identifiers.compact(identifiers.grouped(registration, country))
    if country in REGISTERS and not identifiers.is_rna(number):
        return _id(number, schemeID=REGISTERS[country])
    return _id(number)


def _address(lines: Sequence[str], country: str) -> Iterator[Element]:
    """The lines of an address; the postcode and the town apart, where they can be told."""
    street, postcode, town = places.postal_parts(lines, country)
    if postcode:
        yield _node("PostcodeCode", postcode)
    shown = (*street[:2], ", ".join(street[2:])) if street[2:] else street
    for name, line in zip(("LineOne", "LineTwo", "LineThree"), shown, strict=False):
        yield _node(name, line)
    if town:
        yield _node("CityName", town)
    yield _node("CountryID", country)
