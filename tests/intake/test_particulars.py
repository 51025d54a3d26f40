"""Countries, people, addresses and registers as people type them."""

import pytest

from accord.errors import AccordError
from accord.intake import particulars
from support.inputs import assert_plain


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("FR", "FR"), ("fr", "FR"), ("France", "FR"), ("UK", "GB"), ("U.K.", "GB"), ("England", "GB"),
        ("Royaume-Uni", "GB"), ("Great Britain", "GB"), ("États-Unis", "US"), ("usa", "US"),
        ("Allemagne", "DE"), ("Deutschland", "DE"), ("Côte d'Ivoire", "CI"), ("Czech Republic", "CZ"),
    ],
)  # fmt: skip
def test_countries_are_read_by_code_and_by_name(typed: str, code: str) -> None:
    assert particulars.country(typed) == code


@pytest.mark.parametrize("typed", ["", "Atlantis", "ZZ", "Fran"])
def test_what_is_no_country_is_refused(typed: str) -> None:
    with pytest.raises(AccordError) as refused:
        particulars.country(typed)
    assert_plain(str(refused.value))


@pytest.mark.parametrize(
    ("typed", "civility"),
    [("Monsieur", "M."), ("m", "M."), ("Madame", "Mme"), ("Miss", "Ms"), ("mr.", "Mr"), ("Maître", "Me")],
)
def test_civilities_are_read_as_people_write_them(typed: str, civility: str) -> None:
    assert particulars.civility(typed) == civility


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Mme Claire Moreau, présidente", ("Mme", "Claire", "Moreau", "présidente")),
        ("yann le goff (gérant associé)", (None, "Yann", "Le Goff", "gérant associé")),
        ("M. Jean Paul DURAND - gérant", ("M.", "Jean Paul", "DURAND", "gérant")),
        ("Ms Ann O'Neil, Director", ("Ms", "Ann", "O'Neil", "Director")),
        ("Anne-Marie Smith", (None, "Anne-Marie", "Smith", None)),
        ("Ms Ann B. Smith", ("Ms", "Ann B.", "Smith", None)),
        ("John F Kennedy", (None, "John F", "Kennedy", None)),
        ("DUPONT Marie", (None, "Marie", "DUPONT", None)),
        ("M. LE GOFF Yann", ("M.", "Yann", "LE GOFF", None)),
        ("JP Martin", (None, "JP", "Martin", None)),
        ("MARIE DUPONT", (None, "MARIE", "DUPONT", None)),
        ("Me Dupont", ("Me", None, "Dupont", None)),
        ("Dupont", (None, None, "Dupont", None)),
    ],
)
def test_a_signatory_is_read_from_one_line(typed: str, read: tuple[str | None, ...]) -> None:
    keys = ("civility", "first_name", "last_name", "title")
    assert particulars.person(typed) == {
        key: value for key, value in zip(keys, read, strict=True) if value is not None
    }


@pytest.mark.parametrize(
    ("typed", "lines", "country"),
    [
        ("14 quai Lamennais, 35000 Rennes", ("14 quai Lamennais", "35000 Rennes"), "FR"),
        ("14, quai Lamennais 35000 rennes", ("14, quai Lamennais", "35000 Rennes"), "FR"),
        ("14 bis, rue X; 35 000 Rennes Cedex 9, France", ("14 bis, rue X", "35000 Rennes Cedex 9"), "FR"),
        ("1 High Street, Leeds LS1 4AP", ("1 High Street", "Leeds LS1 4AP"), "GB"),
        ("1 High Street, Leeds, ls14ap, UK", ("1 High Street", "Leeds LS1 4AP"), "GB"),
        ("Hauptstr. 3, 10115 Berlin, Germany", ("Hauptstr. 3", "10115 Berlin"), "DE"),
        ("Hauptstr. 3, D-10115 Berlin, Allemagne", ("Hauptstr. 3", "D-10115 Berlin"), "DE"),
        ("12 rue X, 75001 Paris (France)", ("12 rue X", "75001 Paris"), "FR"),
        ("12 rue X 75001 PARIS France", ("12 rue X", "75001 PARIS"), "FR"),
        ("Calle Mayor 5, 28013 Madrid - Spain", ("Calle Mayor 5", "28013 Madrid"), "ES"),
        ("1 High Street, London SW1A 1AA UK", ("1 High Street", "London SW1A 1AA"), "GB"),
        ("12 rue X, 97400 Saint-Denis La Réunion", ("12 rue X", "97400 Saint-Denis"), "RE"),
        ("1234 rue Jordan, Montréal", ("1234 rue Jordan", "Montréal"), None),
        ("12 avenue de Suisse", ("12 avenue de Suisse",), None),
        ("97200 Fort de France", ("97200 Fort de France",), "FR"),
        ("x " * 5000, (("x " * 5000).strip(),), None),
        ("Le Bourg", ("Le Bourg",), None),
    ],
)
def test_an_address_on_one_line_has_its_town_on_a_line_of_its_own(
    typed: str, lines: tuple[str, ...], country: str | None
) -> None:
    read = particulars.address(typed)
    assert (read.lines, read.likely) == (lines, country)
    told = {"France", "(France)"} & {*typed.split()} and "Fort" not in typed
    assert read.country == (None if country == "FR" and not told else country)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sas", {"legal_form": "SAS"}),
        ("S.A.R.L.", {"legal_form": "SARL"}),
        ("Ltd", {"legal_form": "Ltd"}),
        ("société coopérative", {"legal_form": "société coopérative"}),
        ("SAS au capital de 50 000 €", {"legal_form": "SAS", "capital": 50000}),
        ("sarl, capital social : 8 000 euros", {"legal_form": "SARL", "capital": 8000}),
    ],
)
def test_a_form_is_read_with_its_capital(typed: str, read: dict[str, object]) -> None:
    assert particulars.form(typed, "fr_FR", "EUR") == read


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Harbour Books Ltd", "Ltd"),
        ("SARL Dupont", "SARL"),
        ("Morel S.A.S.", "SAS"),
        ("SAS", None),
        ("Novalys", None),
    ],
)
def test_a_form_is_found_in_a_name(name: str, form: str | None) -> None:
    assert particulars.form_in(name) == form


@pytest.mark.parametrize(
    ("typed", "country", "read"),
    [
        ("732 829 320 RCS Lyon", "FR", ("732 829 320", "Lyon")),
        ("RCS rennes 732829320", "FR", ("732829320", "Rennes")),
        ("732 829 320 (R.C.S. Paris)", "FR", ("732 829 320", "Paris")),
        ("732 829 320", "FR", ("732 829 320", None)),
        ("1234567", "GB", ("01234567", None)),
        ("1234567", "FR", ("1234567", None)),
        ("SC123456", "GB", ("SC123456", None)),
    ],
)
def test_a_number_is_read_with_its_register(typed: str, country: str, read: tuple[str, str | None]) -> None:
    number, registry = read
    expected = {"registration": number} | ({"registry": registry} if registry else {})
    assert particulars.registration(typed, country) == expected


def test_the_number_of_a_charity_has_lost_no_zero() -> None:
    assert particulars.registration("1164883", "GB", charity=True) == {"registration": "1164883"}


def test_capital_that_varies_says_no_sum() -> None:
    assert particulars.form("SAS à capital variable", "fr_FR", "EUR") == {
        "legal_form": "SAS à capital variable"
    }


def test_a_state_is_no_country() -> None:
    read = particulars.address("1 Peachtree St, Atlanta, Georgia")
    assert (read.lines, read.country) == (("1 Peachtree St", "Atlanta", "Georgia"), None)
