"""Rows of cells as the data of deals: headings and words in two languages, dates and amounts as written."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accord import i18n
from accord.batch import mappings
from accord.batch.cells import Formula
from accord.batch.columns import Columns, Known, _known_headings, heading_of, headings, keys
from accord.batch.mappings import ColumnMap, heading
from accord.errors import FaultyInput
from support.samples import HOUSE

KNOWN = Known(HOUSE.house, datetime.date(2026, 11, 25))


def record(
    row: dict[str, Any], mapping: ColumnMap | None = None, **how: Any
) -> tuple[dict[str, Any], list[str]]:
    data, faults = Columns.of(tuple(row), mapping, "", **how).record(tuple(row.values()), KNOWN)
    return data, [f"{fault.key}: {fault.sentence}" for fault in faults]


def value(key: str, cell: Any, language: str = "fr", **how: Any) -> Any:
    data, faults = record({"language": language, key: cell}, **how)
    if faults:
        return faults
    for part in key.split("."):
        data = data[part]
    return data


FRENCH = {
    "Langue": "français", "Prospect": "Boulangeries Lefèvre", "Fonctionnalité": "Export FEC",
    "Date de livraison": "31/03/2027", "Décision": "Abonnement", "Objet": "abonnements",
    "Quantité": "1 250", "Prix unitaire": "1 040,50 €", "Période": "mois", "Nombre de périodes": "12",
    "Pays": "France", "Adresse": "12 rue des Remparts; 69002 Lyon",
}  # fmt: skip
ENGLISH = {
    "language": "fr", "prospect.name": "Boulangeries Lefèvre", "FEATURE": "Export FEC",
    "Delivery date": datetime.date(2027, 3, 31), "Buying decision": "to subscribe", "Item": "abonnements",
    "Quantity": 1250, "unit  price": Decimal("1040.5"), "Billing period": "monthly", "Term": "12",
    "Country": "FR", "Address": "12 rue des Remparts\n69002 Lyon",
}  # fmt: skip
MEANT = {
    "language": "fr",
    "prospect": {
        "name": "Boulangeries Lefèvre",
        "country": "FR",
        "address": ["12 rue des Remparts", "69002 Lyon"],
    },
    "feature": {"name": "Export FEC"},
    "delivery": {"by": "2027-03-31"},
    "decision": {
        "kind": "subscription",
        "item": "abonnements",
        "quantity": 1250,
        "period": "month",
        "term": 12,
    },
}


@pytest.mark.parametrize("row", [FRENCH, ENGLISH], ids=["French", "English"])
def test_a_row_in_either_language(row: dict[str, Any]) -> None:
    data, faults = record(row)
    price = data["decision"].pop("unit_price")
    assert (data, faults) == (MEANT, [])
    assert Decimal(price) == Decimal("1040.5")


CELLS = [
    ("delivery.by", "2027-03-31 00:00", "2027-03-31"),
    ("delivery.by", "2027-03-31T10:00:00Z", "2027-03-31"),
    ("delivery.by", "1er mars 2027", "2027-03-01"),
    ("decision.vat_rate", "20 %", "20"),
    ("decision.vat_rate", "5,5", "5.5"),
    ("decision.vat_rate", "20 % TVA", "20"),
    ("decision.vat_rate", "TVA : 5,5 %", "5.5"),
    ("delivery.by", 20270331, "2027-03-31"),
    ("delivery.by", "20270331", "2027-03-31"),
    ("decision.quantity", 25, 25),
    ("decline.keep_in_touch", "non", False),
    ("decline.keep_in_touch", "VRAI", True),
    ("decline.keep_in_touch", True, True),
    ("prospect.registration", 732829320, "732829320"),
    ("prospect.capital", "20 000 €", "20000"),
    ("prospect.country", "Royaume-Uni", "GB"),
    ("prospect.contact.civility", "madame", "Mme"),
    ("decline.reason", "hors marché", "out-of-scope"),
    ("binding", "Accord de principe", "conditional"),
    ("binding", "accord de négociation", "negotiate"),
    ("feature.acceptance_tests", ["a", "b"], ["a", "b"]),
    ("feature.name", "=HYPERLINK(1)", "=HYPERLINK(1)"),
]


@pytest.mark.parametrize(("key", "cell", "meant"), CELLS, ids=[f"{key} {cell}" for key, cell, _ in CELLS])
def test_a_cell_as_people_write_it(key: str, cell: Any, meant: Any) -> None:
    assert value(key, cell) == meant


@pytest.mark.parametrize(
    ("cells", "decision"),
    [
        ({"Prix": "40 €/mois", "Durée": "12"}, {"unit_price": "40", "period": "month", "term": 12}),
        ({"Prix": "40 €/mois", "Durée": "1 an"}, {"unit_price": "40", "period": "month", "term": 12}),
        ({"Prix": "480 € HT par an", "Durée": "2 ans"}, {"unit_price": "480", "period": "year", "term": 2}),
        ({"Durée": "12 mois", "Prix": "40"}, {"unit_price": "40", "period": "month", "term": 12}),
        ({"Prix": "40 €/mois", "Période": "mensuel"}, {"unit_price": "40", "period": "month"}),
    ],
)
def test_a_price_or_a_term_may_say_the_period(cells: dict[str, str], decision: dict[str, Any]) -> None:
    data, faults = record({"Langue": "fr", **cells})
    assert (data["decision"], faults) == (decision, [])


def test_two_periods_contradict_each_other() -> None:
    _data, faults = record({"Langue": "fr", "Prix": "40 €/mois", "Période": "an"})
    assert faults == [
        "decision.unit_price: “40 €/mois” is per month, but the period is the year; correct one of the two"
    ]


def test_days_count_from_the_date_of_the_letter_else_from_today() -> None:
    row = {"Langue": "fr", "Date de livraison": "dans 6 semaines"}
    assert record(row)[0]["delivery"]["by"] == "2027-01-06"
    assert record({**row, "Date de la lettre": "01/12/2026"})[0]["delivery"]["by"] == "2027-01-12"


@pytest.mark.parametrize(
    ("row", "country"),
    [
        ({"SIREN": "552100554"}, None),  # which tells its country itself
        ({"SIREN": "5520135"}, "FR"),
        ({"SIRET": "HRB 1234"}, "FR"),
        ({"Siren": "HRB 1234", "Pays": "Allemagne"}, "DE"),
        ({"SIREN": "CHE-100.155.212"}, None),
        ({"Immatriculation": "5520135"}, None),
        ({"Company number": "01234567"}, None),
    ],
)
def test_a_number_headed_siren_is_a_french_one_unless_something_says_otherwise(
    row: dict[str, str], country: str | None
) -> None:
    data, _faults = record({"Langue": "fr", "Prospect": "Alpha"} | row)
    assert data["prospect"].get("country") == country


def test_a_british_company_number_gets_back_its_nought() -> None:
    row = {"Langue": "fr", "SIREN": "1234567", "Pays": "Royaume-Uni"}
    assert record(row)[0]["prospect"] == {"registration": "01234567", "country": "GB"}
    assert record({**row, "Pays": "France"})[0]["prospect"]["registration"] == "1234567"


UNCLEAR = [
    ("delivery.by", "31/02/2027", "not a day of the calendar"),
    ("delivery.by", "mars 2027", "can be read as 1er mars 2027 or as 31 mars 2027"),
    ("delivery.by", 46477, "is a number, not a date"),
    ("delivery.by", 31032027, "is a number, not a date"),
    ("delivery.by", "46477", "is a number, not a date"),
    ("delivery.by", "46477.5", "is a number, not a date"),
    ("decision.unit_price", "1,500", "two ways|can be read"),
    ("decision.unit_price", "40 £", "not in EUR"),
    ("decision.unit_price", "free", "is not an amount"),
    ("decision.kind", "oui", "write one of these: subscription, purchase, paid trial, no decision"),
    ("decision.quantity", "25,5", "whole number"),
    ("decision.quantity", Decimal("25.5"), "whole number"),
    ("decision.quantity", Decimal("1e999999999"), "“1E+999999999” is not a whole number"),
    ("decline.keep_in_touch", "maybe", "neither yes nor no"),
    ("feature.name", "#REF!", "the error #REF!"),
    ("feature.name", "#N/A", "the error #N/A"),
    ("feature.name", "#NV", "the error #NV"),
    ("feature.name", "#¡REF!", "the error #¡REF!"),
    ("feature.name", "########", "the error ########"),
    ("feature.name", "#GETTING_DATA", "the error #GETTING_DATA"),
    ("feature.name", "#NOM?", "the error #NOM"),
    ("feature.name", Formula(), "formula without its result"),
]


@pytest.mark.parametrize(
    ("key", "cell", "part"), UNCLEAR, ids=[f"{key}: {part}" for key, _cell, part in UNCLEAR]
)
def test_a_cell_that_says_nothing_clear_is_a_fault(key: str, cell: Any, part: str) -> None:
    (fault,) = value(key, cell)
    assert fault.startswith(f"{key}: ")
    assert any(each in fault for each in part.split("|")), fault


def test_a_file_with_decimal_commas_is_read_so_whatever_the_letter_s_language() -> None:
    assert value("decision.unit_price", "40,50", "en", decimal_comma=True) == "40.50"
    assert value("decision.unit_price", "1,500", "en") == "1500"
    assert "can be read" in value("decision.unit_price", "1,500", "en", decimal_comma=True)[0]


@pytest.mark.parametrize(
    ("dates", "locale", "meant"),
    [
        (None, "en_GB", "2027-04-03"),
        (None, "en_US", "2027-03-04"),
        (True, "en_GB", "2027-03-04"),
        (False, "en_US", "2027-04-03"),
    ],
)
def test_the_order_of_day_and_month(*, dates: bool | None, locale: str, meant: str) -> None:
    row = {"language": "en", "locale": locale, "delivery.by": "03/04/2027"}
    assert record(row, ColumnMap(month_first=dates))[0]["delivery"]["by"] == meant


def test_a_currency_column_stands_before_the_prices_it_is_of() -> None:
    data, faults = record({"language": "en", "Unit price": "£40", "Currency": "GBP"})
    assert (data["decision"], faults) == ({"currency": "GBP", "unit_price": "40"}, [])


def test_a_mapping_builds_keys_means_words_and_fills_in(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(
        '[columns]\nKunde = "prospect.name"\nNotes = ""\n[built]\n"prospect.address" = ["{Street}", "{Zip} {Town}"]\n'
        '[values."decision.kind"]\nPlan = "subscription"\n[defaults]\nlanguage = "fr"\n"decision.quantity" = 3\n',
        "utf-8",
    )
    mapping = mappings.read(str(tmp_path / "ours.toml"))
    row = {
        "Kunde": "X",
        "Notes": "secret",
        "Street": "1 rue A",
        "Zip": 69002,
        "Town": "Lyon",
        "Decision": "plan",
    }
    assert record(row, mapping)[0] == {
        "prospect": {"name": "X", "address": ["1 rue A", "69002 Lyon"]},
        "decision": {"kind": "subscription", "quantity": 3},
        "language": "fr",
    }
    assert record({**row, "Quantity": 7, "Language": "en"}, mapping)[0]["decision"]["quantity"] == 7


HEADINGS = {
    (
        "Prospect",
        "Prix untaire",
    ): "column B, “Prix untaire”: is not a column of a deal; did you mean “Prix unitaire”?",
    (
        "Prospect",
        "Température",
    ): "column B, “Température”: is not a column of a deal; begin its heading with #",
    ("Prospect", "Météo", "Lune"): "column B, “Météo”, column C, “Lune”: are not columns of a deal",
    ("Prospect", "Société"): "column B, “Société”: is a second column for “Prospect”",
    ("", None): "has no heading",
}


@pytest.mark.parametrize("headings", HEADINGS)
def test_a_heading_that_will_not_do_is_named(headings: tuple[Any, ...]) -> None:
    with pytest.raises(FaultyInput) as caught:
        Columns.of(headings, None, "x.csv")
    assert HEADINGS[headings] in str(caught.value)


def test_columns_have_the_names_of_spreadsheet_programs() -> None:
    headings = ["Language", *[None] * 25, "Feature"]
    assert Columns.of(headings, None, "").place("language").startswith("column A, ")
    assert Columns.of(headings, None, "").place("feature.name").startswith("column AA, ")


def test_faults_are_placed_by_their_column() -> None:
    columns = Columns.of(("Langue", "Tests de recette"), None, "")
    assert columns.place("feature.acceptance_tests[2]") == "column B, “Tests de recette”"
    assert columns.place("delivery.by") == "“Delivery date”", "no column gives it"


# --- headings.toml ----------------------------------------------------------------


def test_every_key_has_headings_in_both_languages_and_no_heading_two_keys() -> None:
    assert set(headings()) == set(keys())
    for key, named in headings().items():
        assert named["en"]
        assert named["fr"]
        for language in ("en", "fr"):
            for name in named[language]:
                assert _known_headings()[heading(name)] == key, name


def test_the_headings_of_the_template_are_those_of_the_language_in_use() -> None:
    assert heading_of("delivery.by") == "Delivery date"
    i18n.use("fr")
    assert heading_of("delivery.by") == "Date de livraison"


@pytest.mark.parametrize("number", [123456789012345678, Decimal(1234567890123456)])
def test_a_number_whose_last_figures_a_spreadsheet_lost_is_no_text(number: Any) -> None:
    (fault,) = value("prospect.registration", number)
    assert "is a number of more than 15 figures" in fault
    assert value("prospect.registration", "123456789012345678") == "123456789012345678"
    assert value("prospect.registration", 123456789012345) == "123456789012345"
