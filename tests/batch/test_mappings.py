"""Mapping files: the columns of a house or of its CRM."""

from pathlib import Path

import pytest

from accord.batch import mappings
from accord.batch.columns import Columns
from accord.errors import AccordError, FaultyInput

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
}


@pytest.mark.parametrize("text", WRONG)
def test_a_fault_names_its_key(text: str, tmp_path: Path) -> None:
    key, part = WRONG[text]
    with pytest.raises(FaultyInput) as caught:
        mappings.read(written(tmp_path, text))
    assert [fault.key for fault in caught.value.faults] == [key]
    assert part in caught.value.faults[0].sentence


def test_a_name_that_is_none_is_told() -> None:
    with pytest.raises(AccordError, match="hubspot, pipedrive, salesforce"):
        mappings.read("hubspott")
    with pytest.raises(AccordError, match=r"nowhere\.toml: does not exist"):
        mappings.read("nowhere.toml")


EXPORTS = {
    "hubspot": ("Deal Name", "Associated Company", "Amount", "Currency", "Close Date", "Deal Description"),
    "pipedrive": (
        "Deal - Title",
        "Deal - Organization",
        "Deal - Value",
        "Deal - Currency of Value",
        "Deal - Status",
    ),
    "salesforce": (
        "Opportunity Name",
        "Account Name",
        "Amount",
        "Amount Currency",
        "Close Date",
        "Description",
    ),
}
NATIVE = {"prospect.name", "decision.total", "decision.currency"}


@pytest.mark.parametrize("name", mappings.supplied())
def test_the_usual_exports_are_understood(name: str) -> None:
    columns = Columns.of(EXPORTS[name], mappings.read(name), "")
    assert set(columns.keys.values()) == NATIVE
    assert columns.ignored, "internal notes stay out of letters"


def test_of_two_columns_for_a_key_the_one_named_first_counts() -> None:
    columns = Columns.of(("Associated Company", "Associated Company (Primary)"), mappings.read("hubspot"), "")
    assert columns.keys == {1: "prospect.name"}


@pytest.mark.parametrize(
    ("name", "heading", "wanted"),
    [
        ("hubspot", "Deal Name", "“Requested feature” / “Fonctionnalité demandée”"),
        ("hubspot", "Nom de la transaction", "“Requested feature” / “Fonctionnalité demandée”"),
        ("pipedrive", "Affaire - Titre", "“Deal - Requested feature” / “Affaire - Fonctionnalité demandée”"),
        ("salesforce", "Opportunity Name", "“Requested Feature” / “Requested_Feature__c”"),
    ],
)
def test_the_name_of_a_deal_in_a_crm_stands_in_no_letter(name: str, heading: str, wanted: str) -> None:
    columns = Columns.of((heading, "Langue", "Language"), mappings.read(name), "")
    assert "feature.name" not in columns.keys.values()
    assert columns.place("feature.name") == wanted, "what is missing is named as the mapping file heads it"
