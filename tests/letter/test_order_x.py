"""The order as software reads it: valid by the standard's schema and rules, and the same as on the page."""

import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from accord.domain.deal import Agreement
from accord.domain.documents import ORDER_NAME
from accord.intake import loader
from accord.letter import record
from accord.letter.letter import Letter
from accord.letter.order_x import _last_day
from accord.pdf import typeset
from accord.text.currencies import CODES
from accord.verify import recompose
from accord.verify.verify import verify
from support import orders, papers, tamper
from support.inputs import TODAY
from support.samples import HOUSE, compose
from support.situations import agreement

ORDERED = "signed 8, delivered @-40, accepted @-30, ordered @-29"
WAIVED = "signed 8, waived @-30, ordered @-29"
FRENCH = {
    "name": "Boulangeries Lefèvre & Fils",
    "legal_form": "SARL",
    "registration": "552 100 554",
    "registry": "Lyon",
    "vat": "FR96552100554",
    "address": ["Bâtiment B", "Zone des Forges", "12 rue des Remparts d’Ainay", "69002 Lyon"],
    "contact": {"civility": "M.", "first_name": "Paul", "last_name": "Lefèvre", "title": "Gérant"},
}
ENGLISH = {
    "name": "Harrow & Sedge Ltd",
    "registration": "07123456",
    "registry": "England and Wales",
    "address": ["14 Market Row", "Saffron Walden CB10 1HB"],
    "country": "GB",
}
AMERICAN = {
    "name": "Sedge Inc.",
    "registry": "Delaware",
    "address": ["1 Main Street", "Albany, NY 12207"],
    "country": "US",
}
BELGIAN = {
    "name": "Boucherie Dumont",
    "legal_form": "SRL",
    "registration": "0403.170.701",
    "address": ["Rue Haute 3", "1000 Bruxelles"],
    "country": "BE",
}
SUBSCRIPTION = {"quantity": 25, "unit_price": "40.00", "period": "month", "term": 12, "vat_rate": "20"}
PILOT = {"quantity": 3, "unit_price": "1800.00", "duration": "8 weeks", "vat_rate": "5.5"}


def order(
    bought: dict[str, Any],
    prospect: dict[str, Any],
    life: str = ORDERED,
    *level: str,
) -> Letter:
    """The order form of a deal: French law, conditional, reasonable endeavours, unless `level` says otherwise."""
    language, law, binding, commitment = level or ("fr", "FR", "conditional", "efforts")
    kind = "subscription" if "period" in bought else "pilot" if "duration" in bought else "purchase"
    data = agreement(language, law, binding, commitment, kind, rich=True)
    data |= {"decision": {"kind": kind, "item": "abonnements Novalys", "currency": "EUR", **bought}}
    data |= {"prospect": prospect}
    deal = loader.deal_from(data, "deal", HOUSE.house, today=TODAY)
    assert isinstance(deal, Agreement)
    return papers.made(deal, HOUSE, life)[0]


def content(letter: Letter) -> bytes:
    (document,) = letter.documents
    assert document.name == ORDER_NAME
    return document.content or b""


def said(letter: Letter, *path: str) -> list[str]:
    """What an order says under each element of a path."""
    root = ElementTree.fromstring(content(letter))  # noqa: S314 - ours
    texts = [each.text or "" for each in root.iterfind(".//" + "/".join(f"{{*}}{name}" for name in path))]
    return [text.replace("\u202f", " ").replace("\u00a0", " ") for text in texts]


CASES: dict[str, tuple[Callable[[], Letter], str, list[str], list[str]]] = {
    name: (make, quantity, sums.split(), tax.split())
    for name, (make, quantity, sums, tax) in {
        "a subscription by month": (
            partial(order, SUBSCRIPTION, FRENCH), "300", "12000.00 0.00 0.00 12000.00 2400.00 14400.00", "VAT S 20",
        ),
        "a subscription by year": (
            partial(order, {"quantity": 2, "unit_price": "99.90", "period": "year", "term": 3}, FRENCH), "6",
            "599.40 0.00 0.00 599.40", "",
        ),
        "a purchase under English law, tax due by the client": (
            partial(order, {"quantity": 6, "unit_price": "2000.00", "currency": "GBP"}, ENGLISH, ORDERED, "en", "EW", "conditional", "firm"),
            "6", "12000.00 0.00 0.00 12000.00 0.00 12000.00", "VAT AE 0",
        ),
        "a purchase from Belgium, tax due by the client": (
            partial(order, {"quantity": 1, "unit_price": "0.07"}, BELGIAN), "1", "0.07 0.00 0.00 0.07 0.00 0.07", "VAT AE 0",
        ),
        "a purchase from out of the scope of the tax": (
            partial(order, {"quantity": 1, "unit_price": "9999999.99", "currency": "USD"}, AMERICAN), "1",
            "9999999.99 0.00 0.00 9999999.99 0.00 9999999.99", "VAT O",
        ),
        "a purchase at a rate of nought": (
            partial(order, {"quantity": 2, "unit_price": "10.00", "vat_rate": "0"}, FRENCH), "2",
            "20.00 0.00 0.00 20.00 0.00 20.00", "VAT Z 0",
        ),
        "tax charged abroad": (
            partial(order, {"quantity": 2, "unit_price": "10.01", "vat_rate": "20"}, ENGLISH), "2",
            "20.02 0.00 0.00 20.02 4.00 24.02", "VAT S 20",
        ),
        "a pilot, an option": (
            partial(order, PILOT, FRENCH, ORDERED, "fr", "FR", "promise", "none"), "3",
            "5400.00 0.00 0.00 5400.00 297.00 5697.00", "VAT S 5.5",
        ),
        "an option in England": (
            partial(order, PILOT, ENGLISH, ORDERED, "en", "EW", "promise", "none"), "3",
            "5400.00 0.00 0.00 5400.00 297.00 5697.00", "VAT S 5.5",
        ),
        **{
            f"a waiver, in {currency}": (
                partial(order, {**SUBSCRIPTION, "currency": currency}, FRENCH, WAIVED), "300",
                "12000.00 0.00 0.00 12000.00 2400.00 14400.00", "VAT S 20",
            )
            for currency in CODES
        },
    }.items()
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_an_order_is_valid_and_adds_up(name: str) -> None:
    make, quantity, sums, tax = CASES[name]
    letter = make()
    orders.check_schema(content(letter))
    assert orders.broken_rules(content(letter)) == []
    settlement = ("SpecifiedTradeSettlementHeaderMonetarySummation", "*")
    root = ElementTree.fromstring(content(letter))  # noqa: S314 - ours
    assert [each.text for each in root.iterfind(".//{*}" + "/".join(settlement))] == sums
    assert [each.text for each in root.iterfind(".//{*}ApplicableTradeTax/*")] == tax
    assert said(letter, "RequestedQuantity") == [quantity]
    (price,), (line,) = (
        said(letter, "ChargeAmount"),
        said(letter, "SpecifiedLineTradeSettlement", "*", "LineTotalAmount"),
    )
    assert Decimal(price) * int(quantity) == Decimal(line) == Decimal(sums[0])
    assert said(letter, "OrderCurrencyCode") == [letter.data["deal"]["decision"]["currency"]]


def test_an_order_says_who_what_when_and_under_which_agreement() -> None:
    letter = order(SUBSCRIPTION, FRENCH)
    found = {
        path: said(letter, *path.split())
        for path in (
            *("ExchangedDocument ID", "ExchangedDocument TypeCode", "ContractReferencedDocument IssuerAssignedID"),
            *("SellerTradeParty Name", "SellerTradeParty SpecifiedLegalOrganization ID", "SellerTradeParty SpecifiedTaxRegistration ID"),
            *("BuyerTradeParty Name", "BuyerTradeParty SpecifiedLegalOrganization ID", "BuyerTradeParty SpecifiedTaxRegistration ID"),
            *("BuyerTradeParty PostalTradeAddress LineOne", "BuyerTradeParty PostalTradeAddress LineThree"),
            *("BuyerTradeParty PostalTradeAddress PostcodeCode", "BuyerTradeParty PostalTradeAddress CityName"),
            *("BuyerTradeParty DefinedTradeContact PersonName", "SpecifiedTradeProduct Name", "SpecifiedTradeProduct Description"),
            *("StartDateTime DateTimeString", "EndDateTime DateTimeString", "IncludedSupplyChainTradeLineItem AssociatedDocumentLineDocument IncludedNote Content"),
        )
    }  # fmt: skip
    assert [*found.values()] == [
        *([letter.reference], ["220"], [letter.reference]),
        *(["Novalys"], ["732829320"], ["FR44732829320"]),
        *(["Boulangeries Lefèvre & Fils"], ["552100554"], ["FR96552100554"]),
        *(["Bâtiment B"], ["12 rue des Remparts d’Ainay"]),
        *(["69002"], ["Lyon"]),
        *(["Paul Lefèvre"], ["abonnements Novalys"], ["Fonctionnalité « Export FEC » comprise"]),
        *(["20270301"], ["20280229"], ["25 × 40,00 € par mois × 12 mois = 12 000,00 € hors taxes"]),
    ]


@pytest.mark.parametrize(
    ("level", "included"),
    [
        (("fr", "FR", "conditional", "efforts"), False),
        (("fr", "FR", "conditional", "firm"), True),
        (("fr", "FR", "promise", "efforts"), False),
    ],
)
def test_a_feature_that_the_client_went_without_is_ordered_only_where_it_is_still_owed(
    level: tuple[str, ...],
    included: bool,  # noqa: FBT001 - a case
) -> None:
    letter = order(SUBSCRIPTION, FRENCH, WAIVED, *level)
    assert bool(said(letter, "SpecifiedTradeProduct", "Description")) is included
    assert ("n’est pas due" in "\n".join(str(each.blocks) for each in letter.articles)) is not included


@pytest.mark.parametrize(
    ("first", "count", "unit", "last"),
    [
        ("2027-03-01", 12, "month", "2028-02-29"),
        ("2027-02-21", 8, "week", "2027-04-17"),
        ("2027-12-31", 10, "day", "2028-01-09"),
        ("2027-01-31", 1, "month", "2027-02-28"),
        ("2028-02-29", 1, "year", "2029-02-28"),
        ("2027-12-15", 1, "month", "2028-01-14"),
    ],
)
def test_what_lasts_ends_on_the_eve_of_the_day_on_which_it_began(
    first: str, count: int, unit: str, last: str
) -> None:
    day = datetime.date.fromisoformat
    assert _last_day(day(first), count, unit) == day(last)


def test_only_an_order_carries_an_order() -> None:
    made = {name: papers.document(name)[0] for name in papers.SITUATIONS}
    carry = {name for name, letter in made.items() if letter.documents}
    assert carry == {name for name, letter in made.items() if letter.data["paper"]["kind"] == "order-form"}
    assert compose(papers.sample(papers.FRENCH), HOUSE).documents == ()


@pytest.mark.parametrize("missing", ["quantity", "unit_price", "term"])
def test_a_draft_with_a_blank_carries_none(missing: str) -> None:
    assert order({**SUBSCRIPTION, missing: None}, FRENCH).documents == ()


def test_the_standard_knows_no_kosovo() -> None:
    assert order(SUBSCRIPTION, {**AMERICAN, "country": "XK", "registry": None}).documents == ()


def test_the_rules_find_a_planted_fault() -> None:
    sound = content(order(SUBSCRIPTION, FRENCH))
    assert orders.broken_rules(sound.replace(b' unitCode="MON"', b""))
    with pytest.raises(Exception, match="220X"):
        orders.check_schema(sound.replace(b">220<", b">220X<"))


# --- In the file --------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> bytes:
    return typeset.typeset(papers.document("fr-ordered")[0])


def test_the_reader_of_the_standard_finds_the_order(made: bytes) -> None:
    letter = papers.document("fr-ordered")[0]
    assert orders.read(made) == content(letter)
    assert typeset.typeset(letter) == made
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = {str(each.UF): (str(each.AFRelationship), str(each.EF.F.Subtype)) for each in pdf.Root.AF}
        metadata = pdf.open_metadata()
        fx = "{urn:factur-x:pdfa:CrossIndustryDocument:1p0#}"
        described = [
            metadata[f"{fx}{key}"]
            for key in ("DocumentType", "DocumentFileName", "Version", "ConformanceLevel")
        ]
    assert found == {
        "accord.json": ("/Source", "/application/json"),
        ORDER_NAME: ("/Alternative", "/text/xml"),
    }
    assert described == ["ORDER", ORDER_NAME, "1.0", "COMFORT"]


def test_other_letters_declare_no_order() -> None:
    letter = typeset.typeset(papers.document("fr-reminder")[0])
    assert b"CrossIndustryDocument" not in letter
    assert orders.read(letter) == b""


def test_an_order_is_composed_again_from_its_data(made: bytes) -> None:
    letter = papers.document("fr-ordered")[0]
    again = recompose.letter_of(record.recorded(letter.data, "x.pdf"), "x.pdf")
    assert content(again) == content(letter)
    assert verify(made, "order.pdf").answer == "authentic"


def change(file: pikepdf.Pdf) -> None:
    stream = file.attachments[ORDER_NAME].obj.EF.F
    stream.write(stream.read_bytes().replace(b">40.00<", b">41.00<"))


def swap(file: pikepdf.Pdf) -> None:
    file.attachments[ORDER_NAME].obj.EF.F.write(content(papers.document("en-ordered")[0]))


def remove(file: pikepdf.Pdf) -> None:
    del file.attachments[ORDER_NAME]


def rename(file: pikepdf.Pdf) -> None:
    file.attachments[ORDER_NAME].obj.UF = pikepdf.String("factur-x.xml")


def declare_otherwise(file: pikepdf.Pdf) -> None:
    stream = file.Root.Metadata
    stream.write(stream.read_bytes().replace(b">COMFORT<", b">EXTENDED<"))


@pytest.mark.parametrize("alter", [change, swap, remove, rename, declare_otherwise])
def test_an_order_that_was_tampered_with_is_altered(
    made: bytes, alter: Callable[[pikepdf.Pdf], None]
) -> None:
    with tamper.editing(made) as (file, out):
        alter(file)
    assert verify(out.getvalue(), "order.pdf").answer == "altered"
