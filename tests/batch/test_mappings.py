"""Mapping files: the columns of a house or of its CRM."""

from pathlib import Path

import pytest

from accord.batch import mappings, sources
from accord.batch.columns import Columns
from accord.errors import AccordError, FaultyInput
from support.samples import HOUSE

OURS = """
dates = "month-first"
[columns]
"Kundé" = "prospect.name"
"Notes" = ""
[built]
"prospect.address" = ["{Street}", "{Zip} {Town}"]
[values."decision.kind"]
"Annual plan" = "subscription"
[defaults]
language = "en"
[defaults.decision]
quantity = 25
"""


def written(folder: Path, text: str) -> str:
    path = folder / "ours.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_mapping_file_of_the_house(tmp_path: Path) -> None:
    found = mappings.read(written(tmp_path, OURS))
    assert found.columns == {"kunde": "prospect.name", "notes": ""}
    assert found.parts == {"street", "zip", "town"}
    assert found.values == {"decision.kind": {"annual plan": "subscription"}}
    assert found.defaults == {"language": "en", "decision": {"quantity": 25}}
    assert found.month_first is True
    assert not found.only


WRONG = {
    'columns = "x"': ("columns", "must be a table"),
    '[columns]\nA = "prospect.nam"': ("columns.A", "did you mean prospect.name"),
    "[columns]\nA = 3": ("columns.A", "must be a key"),
    '[built]\n"feature.nam" = "{A}"': ("built.feature.nam", "did you mean feature.name"),
    '[built]\n"feature.name" = 3': ("built.feature.name", "headings in braces"),
    '[values."decision.kin"]\nA = "pilot"': ("values.decision.kin", "did you mean decision.kind"),
    '[defaults]\n"decision.quantity" = "many"': ("defaults.decision.quantity", "not a whole number"),
    '[defaults]\nlang = "fr"': ("defaults.lang", "did you mean"),
    'dates = "backwards"': ("dates", '"day-first", "month-first"'),
    "only = 1": ("only", "true or false"),
    "[column]": ("column", "is unknown"),
    'base = "sugar"': ("base", '"hubspot"'),
    "base = 3": ("base", '"hubspot"'),
    "[currencies]\nA = 3": ("currencies.A", "the heading of the column"),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_fault_names_its_key(text: str, tmp_path: Path) -> None:
    key, part = WRONG[text]
    with pytest.raises(FaultyInput) as caught:
        mappings.read(written(tmp_path, text))
    assert [fault.key for fault in caught.value.faults] == [key]
    assert part in caught.value.faults[0].sentence


def test_a_name_that_is_none_is_told() -> None:
    with pytest.raises(AccordError, match="dynamics, hubspot, monday, odoo, pipedrive, salesforce, zoho"):
        mappings.read("hubspott")
    with pytest.raises(AccordError, match=r"nowhere\.toml: does not exist"):
        mappings.read("nowhere.toml")


# The headings of real exports, as public code that reads them has them.
EXPORTS: list[tuple[str, str, dict[str, str]]] = [
    (
        "hubspot",
        "Record ID,Deal Name,Deal Stage,Close Date,Pipeline,Notes",
        {
            "Associated Company Names (Primary)": "prospect.name",
            "Amount": "decision.total",
            "Currency": "decision.currency",
        },
    ),
    (
        "hubspot",
        "ID de fiche d'informations,Nom de la transaction,Phase de la transaction,Date de fermeture,Notes",
        {"Associated Company (Primary)": "prospect.name", "Montant": "decision.total"},
    ),
    (
        "hubspot",
        "Deal Name,Deal Stage,Notes",
        {
            "Associated Company": "prospect.name",
            "Amount in company currency": "decision.total",
            "Currency in company currency": "decision.currency",
        },
    ),
    (
        "hubspot",
        "Deal Name,Amount in company currency,Currency in company currency,Notes",
        {"Associated Company": "prospect.name", "Amount": "decision.total", "Currency": "decision.currency"},
    ),
    (
        "hubspot",
        "Deal Name,Currency in company currency,Notes",
        {"Associated Company": "prospect.name", "Amount": "decision.total"},
    ),
    (
        "pipedrive",
        "Deal - Title,Deal - Status,Deal - Stage,Notes",
        {
            "Deal - Organization": "prospect.name",
            "Deal - Value": "decision.total",
            "Deal - Currency of Value": "decision.currency",
        },
    ),
    ("pipedrive", "Title,Contact person,Notes", {"Organization": "prospect.name", "Value": "decision.total"}),
    (
        "pipedrive",
        "Affaire - Titre,Affaire - Statut,Affaire - Étape,Affaire - Raison de la perte,Notes",
        {
            "Affaire - Organisation": "prospect.name",
            "Affaire - Valeur": "decision.total",
            "Personne - Intitulé du poste": "prospect.contact.title",
        },
    ),
    (
        "salesforce",
        "Opportunity Name,Stage,Close Date,Notes",
        {
            "Account Name  ↑": "prospect.name",
            "Amount": "decision.total",
            "Amount Currency": "decision.currency",
        },
    ),
    (
        "salesforce",
        "Opportunity Name,Stage,Notes",
        {
            "Account Name: Account Name": "prospect.name",
            "Amount (converted)": "decision.total",
            "Amount (converted) Currency": "decision.currency",
        },
    ),
    (
        "salesforce",
        "Nom de l'opportunité,Étape,Date de clôture,Propriétaire de l'opportunité,Prix total,Notes",
        {
            "Nom du compte": "prospect.name",
            "Nom du produit": "decision.item",
            "Quantité": "decision.quantity",
            "Prix de vente": "decision.unit_price",
            "Pays de facturation": "prospect.country",
        },
    ),
    (
        "odoo",
        "Opportunity,Stage,Salesperson,Expected Closing,Notes",
        {"Customer": "prospect.name", "Expected Revenue": "decision.total", "Country": "prospect.country"},
    ),
    (
        "odoo",
        "Opportunité,Étape,Vendeur,Notes",
        {"Client": "prospect.name", "Revenu espéré": "decision.total", "Pays": "prospect.country"},
    ),
    (
        "odoo",
        "Opportunity,Customer,Notes",
        {"Company Name": "prospect.name"},
    ),
    (
        "dynamics",
        "(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Est. Close Date,Notes",
        {"Potential Customer": "prospect.name", "Est. Revenue": "decision.total"},
    ),
    (
        "dynamics",
        "(Do Not Modify) Opportunity,Rubrique,Date de fermeture estimée,Notes",
        {"Client potentiel": "prospect.name"},
    ),
    (
        "zoho",
        "Record Id,Deal Name,Deal Owner.id,Account Name.id,Closing Date,Stage,Contact Name,Probability (%),Notes",
        {"Account Name": "prospect.name", "Amount": "decision.total", "Currency": "decision.currency"},
    ),
    (
        "zoho",
        "Nom de l’affaire,Date de clôture,Phase,Notes",
        {"Nom du compte": "prospect.name", "Montant": "decision.total"},
    ),
    (
        "monday",
        "Name,Stage,Owner,Contacts,Expected Close Date,Close Probability,Notes",
        {"Accounts": "prospect.name", "Deal Value": "decision.total"},
    ),
    (
        "monday",
        "Nom,Étape,Propriétaire,Date de clôture prévue,Notes",
        {"Comptes": "prospect.name", "Valeur de la transaction": "decision.total"},
    ),
]


@pytest.mark.parametrize(("name", "passed", "read"), EXPORTS)
def test_the_usual_exports_are_understood(name: str, passed: str, read: dict[str, str]) -> None:
    headings = (*read, *passed.split(","))
    columns = Columns.of(headings, mappings.read(name), "")
    assert {headings[column]: key for column, key in columns.keys.items()} == read
    assert columns.ignored == ("Notes",), "internal notes stay out of letters, and are told"


@pytest.mark.parametrize(("name", "passed", "read"), EXPORTS)
def test_an_export_is_known_by_its_headings(name: str, passed: str, read: dict[str, str]) -> None:
    assert mappings.guessed([*read, *passed.split(",")]) in {name, None}


@pytest.mark.parametrize("name", mappings.supplied())
def test_each_program_is_guessed_from_one_export_at_least(name: str) -> None:
    guesses = [
        mappings.guessed([*read, *passed.split(",")]) for each, passed, read in EXPORTS if each == name
    ]
    assert name in guesses


@pytest.mark.parametrize(
    "own", [(), ("Prospect", "Fonctionnalité", "Livraison"), ("Notes", "Client", "Météo")]
)
def test_a_sheet_of_one_s_own_is_taken_for_no_export(own: tuple[str, ...]) -> None:
    assert mappings.guessed(own) is None


def test_a_name_is_known_in_any_case() -> None:
    assert mappings.read("HubSpot") == mappings.read("hubspot")


BASED = """
base = "HubSpot"
dates = "month-first"
[columns]
"Deal name for the client" = "feature.name"
"ASSOCIATED COMPANY" = ""
[values."decision.kind"]
"Forfait" = "purchase"
"""


def test_a_mapping_file_may_add_to_a_supplied_one(tmp_path: Path) -> None:
    mapping = mappings.read(written(tmp_path, BASED))
    names = ("Deal name for the client", "Associated Company", "Company name", "Amount", "Prospect")
    columns = Columns.of(names, mapping, "")
    assert columns.keys == {0: "feature.name", 2: "prospect.name", 3: "decision.total"}
    assert columns.ignored == ("Prospect",), "only is the base's"
    assert mapping.month_first
    assert mapping.values["decision.kind"] == {
        "forfait": "purchase",
        "new subscription": "subscription",
        "nouvel abonnement": "subscription",
    }
    assert mapping.values["decision.total"]["0"] == ""


WRONG_MAP = {
    ("hubspot", "Deal - Title,Deal - Organization,Deal - Value"): (
        "has none of the columns of HubSpot, such as “Associated Company (Primary)”"
        " / “Associated Company Names (Primary)”; choose them when you export."
        " It looks like an export from Pipedrive: --map pipedrive"
    ),
    ("salesforce", "Report: Opportunities,,"): (
        "has none of the columns of Salesforce, such as “Account Name” / “Account Name: Account Name”;"
        " choose them when you export"
    ),
    ("hubspot", "Deal Name,Amount,Notes"): (
        "has no column for the prospect, which HubSpot calls “Associated Company (Primary)”"
        " / “Associated Company Names (Primary)”; add it to the export"
    ),
    (None, "Deal Name,Associated Company,Amount,Deal Stage,Notes,Météo"): (
        "has the columns of an export from HubSpot; read it so: --map hubspot"
    ),
}


@pytest.mark.parametrize("case", WRONG_MAP)
def test_another_map_than_the_file_s_is_told_in_one_sentence(case: tuple[str | None, str]) -> None:
    name, headings = case
    with pytest.raises(FaultyInput) as caught:
        Columns.of(headings.split(","), mappings.read(name) if name else None, "x.csv: row 1")
    assert str(caught.value) == f"x.csv: row 1: {WRONG_MAP[case]}"


def test_columns_of_one_s_own_are_left_aside_when_asked_for() -> None:
    mapping = mappings.ColumnMap().without(["notes "])
    columns = Columns.of(("Prospect", "Notes", "# Météo", "#"), mapping, "")
    assert {key for key in columns.keys.values() if key} == {"prospect.name"}
    with pytest.raises(FaultyInput, match="Météo"):
        Columns.of(("Prospect", "Notes", "Météo"), mapping, "")


def test_of_two_columns_for_a_key_the_one_named_first_counts() -> None:
    columns = Columns.of(("Associated Company", "Associated Company (Primary)"), mappings.read("hubspot"), "")
    assert columns.keys == {1: "prospect.name"}


@pytest.mark.parametrize(
    ("name", "heading", "wanted"),
    [
        ("hubspot", "Deal Name", "“Requested feature” / “Fonctionnalité demandée”"),
        ("hubspot", "Nom de la transaction", "“Requested feature” / “Fonctionnalité demandée”"),
        ("pipedrive", "Affaire - Titre", "“Deal - Requested feature” / “Affaire - Fonctionnalité demandée”"),
        ("salesforce", "Opportunity Name", "“Requested feature” / “Fonctionnalité demandée”"),
        ("odoo", "Opportunity", "“Requested feature” / “Fonctionnalité demandée”"),
        ("dynamics", "Topic", "“Requested feature” / “Fonctionnalité demandée”"),
        ("zoho", "Deal Name", "“Requested feature” / “Fonctionnalité demandée”"),
        ("monday", "Name", "“Requested feature” / “Fonctionnalité demandée”"),
    ],
)
def test_the_name_of_a_deal_in_a_crm_stands_in_no_letter(name: str, heading: str, wanted: str) -> None:
    company = mappings.read(name).written["prospect.name"][0]
    columns = Columns.of((heading, company, "Langue", "Language"), mappings.read(name), "")
    assert "feature.name" not in columns.keys.values()
    assert columns.place("feature.name") == wanted, "what is missing is named as the mapping file heads it"


@pytest.mark.parametrize("name", [None, "zoho"])
def test_an_export_is_known_by_headings_that_stand_lower_too(name: str | None, tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    path.write_text("Sales pipeline,,,\nLeads,,,\nName,Stage,Accounts,Deal Value\nA,New,Acme,12\n", "utf-8")
    with pytest.raises(FaultyInput, match=r"row 3: .*: --map monday$"):
        sources.read(path, HOUSE.house, mappings.read(name) if name else None)


def test_a_currency_that_no_mapping_reads_is_told_and_not_taken_for_the_house_s() -> None:
    headings, mapping = ("Affaire - Organisation", "Affaire - Valeur"), mappings.read("pipedrive")
    with pytest.raises(FaultyInput, match=r"may give the currency of the amounts.*base = “pipedrive”"):
        Columns.of((*headings, "Affaire - Devise"), mapping, "x.csv")
    for others in (("Affaire - Devise", "Devise"), ("Affaire - Pays",), ("Currency exchange",)):
        Columns.of((*headings, *others), mapping, "x.csv")
    Columns.of((headings[0], "Affaire - Devise"), mapping, "x.csv")
