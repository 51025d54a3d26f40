"""An order in one breath."""

from decimal import Decimal
from typing import Any

import pytest

from accord.errors import AccordError
from accord.intake import order


def said(**values: Any) -> dict[str, Any]:
    return {**values, **({"unit_price": Decimal(values["unit_price"])} if "unit_price" in values else {})}


@pytest.mark.parametrize(
    ("text", "locale", "currency", "read"),
    [
        ("25 users at £40 a month", "en_GB", "GBP", said(item="users", quantity=25, unit_price=40, period="month")),
        (
            "25 licences at €40.00 per month for 12 months", "fr_FR", "EUR",
            said(item="licences", quantity=25, unit_price=40, period="month", term=12),
        ),
        (
            "25 abonnements Novalys Compta, 40 € HT/mois, 1 an", "fr_FR", "EUR",
            said(item="abonnements Novalys Compta", quantity=25, unit_price=40, period="month", term=12),
        ),
        ("12 lots @ £35/month over 2 years", "en_GB", "GBP", said(item="lots", quantity=12, unit_price=35, period="month", term=24)),
        ("25 abonnements : 480 €/an pour 3 ans", "fr_FR", "EUR", said(item="abonnements", quantity=25, unit_price=480, period="year", term=3)),
        ("480 € par an pendant 24 mois", "fr_FR", "EUR", said(unit_price=480, period="year", term=2)),
        ("une licence à 4 500,50 € HT", "fr_FR", "EUR", said(item="licence", quantity=1, unit_price="4500.50")),
        ("1 200 licences à 12,50", "fr_FR", "EUR", said(item="licences", quantity=1200, unit_price="12.50")),
        ("3 licences Windows 11 à 1 500 €", "fr_FR", "EUR", said(item="licences Windows 11", quantity=3, unit_price=1500)),
        ("25 licences for £40 each", "en_GB", "GBP", said(item="licences", quantity=25, unit_price=40)),
        ("25 licences at £40", "en_GB", "EUR", said(item="licences", quantity=25, unit_price=40, currency="GBP")),
        ("licences Office 365", "en_GB", "GBP", said(item="licences Office 365")),
        # A sign, a tax or a multiplication is no part of a name.
        ("25 licences AutoCAD 2027", "fr_FR", "EUR", said(item="licences AutoCAD 2027", quantity=25)),
        ("25 licences at CAD 2027", "en_GB", "GBP", said(item="licences", quantity=25, unit_price=2027, currency="CAD")),
        ("serveurs Linux 40", "fr_FR", "EUR", said(item="serveurs Linux 40")),
        ("serveurs Windows x64", "fr_FR", "EUR", said(item="serveurs Windows x64")),
        ("12 lots x40 €", "fr_FR", "EUR", said(item="lots", quantity=12, unit_price=40)),
        ("une licence à 40 €", "fr_FR", "EUR", said(item="licence", quantity=1, unit_price=40)),
        ("une centaine de licences à 40 €", "fr_FR", "EUR", said(item="une centaine de licences", unit_price=40)),
        ("a few licences at £40", "en_GB", "GBP", said(item="a few licences", unit_price=40)),
        ("12 serveurs x 40", "fr_FR", "EUR", said(item="serveurs", quantity=12, unit_price=40)),
        ("10 licences ASP.NET à 40 €", "fr_FR", "EUR", said(item="licences ASP.NET", quantity=10, unit_price=40)),
        ("25 Net Compta", "fr_FR", "EUR", said(item="Net Compta", quantity=25)),
        ("Compta HT", "fr_FR", "EUR", said(item="Compta HT")),
        ("10 licences à 40 € net", "fr_FR", "EUR", said(item="licences", quantity=10, unit_price=40)),
        ("10 licences, 40 €/mois HT", "fr_FR", "EUR", said(item="licences", quantity=10, unit_price=40, period="month")),
        ("25 licences at £40 per month for a year", "en_GB", "GBP", said(item="licences", quantity=25, unit_price=40, period="month", term=12)),
        ("25 licences at £40 a year", "en_GB", "GBP", said(item="licences", quantity=25, unit_price=40, period="year")),
        ("licences", "en_GB", "GBP", said(item="licences")),
        ("30", "en_GB", "GBP", said(quantity=30)),
        ("£45", "en_GB", "GBP", said(unit_price=45)),
        ("at 45", "en_GB", "GBP", said(unit_price=45)),
        ("for 24 months", "en_GB", "GBP", said(term=24, period="month")),
        ("abonnements de 12 mois", "fr_FR", "EUR", said(item="abonnements", term=12, period="month")),
    ],
)  # fmt: skip
def test_an_order_is_read_as_far_as_it_goes(
    text: str, locale: str, currency: Any, read: dict[str, Any]
) -> None:
    assert order.read(text, locale, currency) == read


def test_a_price_that_can_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(AccordError, match="can be read as"):
        order.read("25 licences à 1,500 €", "fr_FR", "EUR")


@pytest.mark.parametrize(
    ("item", "more"),
    [
        ("25 users at £40 a month", True), ("25 postes", True), ("licences à 40 €", True),
        ("licences", False), ("licences Office 365", False), ("3D models", False), ("abonnements Zone 51", False),
        ("V5 Europe", False), ("V5 EUR", True),
    ],
)  # fmt: skip
def test_the_name_of_an_item_that_says_more_is_noticed(item: str, *, more: bool) -> None:
    assert order.says_more(item) is more


@pytest.mark.parametrize(
    "text",
    [
        "²5 licences à 40 €",
        "２５ licences à 40 €",
        "25 licences à 4²5 €",
        "25 licences à 40 € pour ²4 mois",
        "2⁵ postes",
    ],
)
def test_a_number_with_a_figure_of_another_kind_is_not_read_without_it(text: str) -> None:
    with pytest.raises(AccordError, match="no ordinary figure"):
        order.read(text, "fr_FR", "EUR")


def test_a_raised_figure_of_a_unit_is_none_of_a_number() -> None:
    assert order.read("25 m² de stockage à 40 €", "fr_FR", "EUR") == {
        "quantity": 25,
        "item": "m² de stockage",
        "unit_price": 40,
    }
