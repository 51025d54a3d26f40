"""Who the parties are, as letters in both languages say it."""

from typing import Any

import pytest

from accord.clauses.library import Library
from accord.intake import loader
from accord.letter import record
from accord.letter.kinds import KINDS
from accord.letter.markdown import render
from accord.letter.placeholders import Placeholders
from accord.review import review
from accord.verify import recompose
from support.inputs import TODAY
from support.printed import plain
from support.samples import HOUSE, compose
from support.situations import HOUSES, agreement


def placeholders(
    language: str, prospect: dict[str, Any], supplier: dict[str, Any] | None = None
) -> Placeholders:
    data = agreement(language, "FR", "conditional", "efforts", "purchase", rich=True)
    data["prospect"] = {"name": "Lefèvre"} | prospect
    house = HOUSES["full"].house
    if supplier:
        own = {"supplier": {"name": "Novalys"} | supplier, "terms": {"law": "FR", "binding": "conditional"}}
        house = loader.house_from(own, "")
    deal = loader.deal_from(data, "deal", house, today=TODAY)
    return KINDS[deal.kind].placeholders(deal, house, Library().labels(deal.language))


def said(placeholder: str, language: str, **prospect: Any) -> str:
    return plain(placeholders(language, prospect).texts[placeholder])


@pytest.mark.parametrize(
    ("language", "prospect", "printed"),
    [
        ("fr", {"legal_form": "SAS", "country": "FR"}, "SAS"),
        ("en", {"legal_form": "SAS", "country": "FR"}, "a French société par actions simplifiée (SAS)"),
        ("en", {"legal_form": "S.A.S.", "country": "FR"}, "a French société par actions simplifiée (SAS)"),
        ("en", {"legal_form": "SAS", "country": "BE"}, "SAS"),  # which is none of Belgium’s
        ("fr", {"legal_form": "SRL", "country": "BE"}, "société à responsabilité limitée de droit belge"),
        ("en", {"legal_form": "SRL", "country": "BE"}, "a Belgian société à responsabilité limitée (SRL)"),
        ("en", {"legal_form": "GmbH", "country": "DE"}, "a German Gesellschaft mit beschränkter Haftung (GmbH)"),
        ("en", {"name": "Northgate Ltd", "legal_form": "Ltd", "country": "GB"}, "a private limited company"),
        ("en", {"name": "Northgate", "legal_form": "Limited", "country": "GB"}, "a private limited company (Ltd)"),
        ("en", {"name": "Northgate Ltd", "legal_form": "a private limited company", "country": "GB"}, "a private limited company"),
        ("fr", {"name": "Northgate Ltd", "legal_form": "Ltd", "country": "GB"}, "private limited company de droit britannique"),
        ("en", {"name": "Northgate Ltd", "country": "GB"}, "a private limited company"),
        ("fr", {"name": "Dupont SARL", "country": "FR"}, "société à responsabilité limitée"),
        ("fr", {"name": "SARL Dupont", "legal_form": "SARL", "capital": "20000", "country": "FR"}, "société à responsabilité limitée au capital de 20 000 €"),
        ("fr", {"name": "Paul Lefèvre (EI)"}, "entrepreneur individuel"),
        ("en", {"name": "Acme, Inc.", "country": "US", "registry": "Delaware"}, "a corporation formed under the laws of Delaware"),
        ("fr", {"name": "Sas de nuit", "country": "FR"}, "……………… (forme du Client)"),
        ("fr", {"name": "Casa", "country": "FR"}, "……………… (forme du Client)"),
        ("en", {"name": "Cork Ltd", "legal_form": "Ltd", "country": "IE"}, "an Irish private company limited by shares"),
        ("fr", {"name": "Dupont SARL", "legal_form": "SARL", "country": "FR"}, "société à responsabilité limitée"),
        ("fr", {"legal_form": "SARL au capital de 20 000 €", "capital": "20000", "country": "FR"}, "SARL au capital de 20 000 €"),
        ("fr", {"legal_form": "SARL", "capital": "20000", "country": "FR"}, "SARL au capital de 20 000 €"),
        ("en", {"legal_form": "SAS", "capital": "50000", "country": "FR"}, "a French société par actions simplifiée (SAS) with a share capital of €50,000"),
        ("en", {"name": "A Ltd", "legal_form": "Ltd", "capital": "1200.50", "country": "GB"}, "a private limited company with a share capital of £1,200.50"),
        ("fr", {"legal_form": "Sàrl", "capital": "20000.05", "country": "CH"}, "société à responsabilité limitée de droit suisse au capital de 20 000,05 CHF"),
        ("en", {"name": "Acme Inc.", "legal_form": "Inc.", "country": "US", "registry": "Delaware"}, "a corporation formed under the laws of Delaware"),
        ("en", {"name": "Acme", "legal_form": "LLC", "country": "US", "registry": "State of New York"}, "a limited liability company (LLC) formed under the laws of New York"),
        ("en", {"name": "Acme", "legal_form": "a Delaware corporation", "country": "US", "registry": "Delaware"}, "a Delaware corporation"),
        ("en", {"name": "Acme", "legal_form": "a Delaware corporation", "country": "US"}, "a Delaware corporation"),
        ("en", {"name": "Ann Lee", "legal_form": "sole proprietorship", "country": "US", "registry": "New York"}, "a sole proprietorship"),
        ("fr", {"name": "Acme Inc.", "legal_form": "Inc", "country": "US", "registry": "Delaware"}, "corporation de droit américain (Delaware)"),
        ("en", {"name": "Acme", "legal_form": "corporation", "country": "US"}, "a corporation (Inc.) formed under the laws of ……………… (town or State of the register)"),
        ("en", {"legal_form": "association loi 1901", "country": "FR"}, "a French non-profit body (association loi 1901)"),
        ("fr", {"legal_form": "a sole trader", "country": "GB"}, "entrepreneur individuel (sole trader)"),
        ("fr", {"legal_form": "registered charity", "country": "GB"}, "organisme caritatif (registered charity)"),
        ("fr", {"legal_form": "artisan", "country": "FR"}, "artisan"),
        ("fr", {"legal_form": "ASBL de fait", "country": "BE"}, "ASBL de fait"),
        ("en", {"legal_form": "artisan", "country": "FR"}, "a French sole trader (artisan)"),
        ("en", {"legal_form": "sole trader", "country": "GB"}, "a sole trader"),
        ("en", {"legal_form": "unincorporated association", "country": "GB"}, "an unincorporated association"),
        ("en", {"legal_form": "a company limited by guarantee", "country": "GB"}, "a company limited by guarantee"),
        ("en", {"legal_form": "SAFER", "country": "FR"}, "SAFER"),
        ("fr", {"legal_form": "association régie par la loi du 1er juillet 1901", "country": "FR"}, "association régie par la loi du 1er juillet 1901"),
    ],
)  # fmt: skip
def test_a_form_is_said_in_the_language_of_the_letter(
    language: str, prospect: dict[str, Any], printed: str
) -> None:
    assert said("prospect.form", language, **prospect) == printed


@pytest.mark.parametrize(
    ("language", "prospect", "printed", "missing"),
    [
        ("fr", {}, "……………… (n° d’immatriculation)", ["prospect.registration"]),
        ("fr", {"registration": "552 100 554", "country": "FR", "registry": "Lyon"}, "552 100 554 RCS Lyon", []),
        ("fr", {"registration": "552100554", "registry": "Lyon"}, "552 100 554 RCS Lyon", []),
        ("fr", {"registration": "552.100.554", "country": "FR", "registry": "RCS de Lyon"}, "552 100 554 RCS Lyon", []),
        ("fr", {"registration": "55210055400013", "country": "FR"}, "SIREN 552 100 554", []),
        ("fr", {"registration": "552100554", "country": "FR"}, "SIREN 552 100 554", []),
        ("fr", {"registration": "552100554", "country": "FR", "registry": "RNE"}, "SIREN 552 100 554 (RNE)", []),
        ("fr", {"registration": "552100554", "legal_form": "association", "registry": "Lyon"}, "SIREN 552 100 554 (Lyon)", []),
        ("fr", {"registration": "w691234567", "legal_form": "association"}, "RNA W691234567", []),
        ("fr", {"registration": "W691234567", "country": "FR"}, "RNA W691234567", []),
        ("en", {"registration": "552100554", "country": "FR", "registry": "Lyon"}, "registered number 552 100 554 (RCS Lyon)", []),
        ("en", {"registration": "W691234567"}, "registered number W691234567 (RNA, the French register of associations)", []),
        ("en", {"registration": "07123456", "country": "GB"}, "registered in England and Wales under company number 07123456", []),
        ("en", {"registration": "sc 123456", "country": "GB"}, "registered in Scotland under company number SC123456", []),
        ("fr", {"registration": "NI123456", "country": "GB"}, "numéro de société NI123456 (Irlande du Nord)", []),
        ("en", {"registration": "07123456", "country": "GB", "registry": "Companies House"}, "registered in England and Wales under company number 07123456", []),
        ("fr", {"registration": "552100554", "registry": "RNE (registre national)"}, "SIREN 552 100 554 (RNE (registre national))", []),
        ("fr", {"registration": "552100554", "registry": "greffe de Rennes"}, "552 100 554 RCS Rennes", []),
        ("en", {"registration": "OC301234", "country": "GB"}, "registered in England and Wales under number OC301234", []),
        ("en", {"registration": "SO301234", "country": "GB"}, "registered in Scotland under number SO301234", []),
        ("en", {"registration": "1187654", "country": "GB", "legal_form": "a charitable trust"}, "registered charity number 1187654", []),
        ("en", {"registration": "SC045123", "country": "GB", "legal_form": "SCIO", "registry": "OSCR"}, "registered charity number SC045123 (OSCR)", []),
        ("en", {"country": "GB", "legal_form": "sole trader"}, "", []),
        ("en", {"country": "GB", "unregistered": True}, "", []),
        ("en", {"country": "GB", "legal_form": "Ltd"}, "……………… (registered number)", ["prospect.registration"]),
        ("en", {"country": "US", "registry": "Delaware"}, "", []),
        ("en", {"country": "US", "registry": "Delaware", "registration": "5512345"}, "file number 5512345", []),
        ("en", {"registration": "481516", "country": "IE"}, "registered in Ireland under number 481516", []),
        ("en", {"registration": "481516", "country": "IE", "registry": "Ireland"}, "registered in Ireland under number 481516", []),
        ("fr", {"registration": "0403019261", "country": "BE", "registry": "Bruxelles"}, "numéro d’entreprise 0403.019.261, RPM Bruxelles", []),
        ("fr", {"registration": "CHE100155212", "country": "CH", "registry": "Vaud"}, "IDE CHE-100.155.212, registre du commerce : Vaud", []),
        ("fr", {"registration": "552 100 554 R.C.S. Lyon", "country": "FR"}, "552 100 554 RCS Lyon", []),
        ("fr", {"registration": "552100554", "country": "RE", "registry": "Saint-Denis"}, "552 100 554 RCS Saint-Denis", []),
        ("fr", {"registration": "552100554", "country": "GP", "registry": "Pointe-à-Pitre"}, "552 100 554 RCS Pointe-à-Pitre", []),
        ("en", {"registration": "R0000521", "country": "GB"}, "registered in Northern Ireland under company number R0000521", []),
        ("en", {"registration": "SP2345RS", "country": "GB"}, "registered in Scotland under company number SP2345RS", []),
        ("fr", {"registration": "988077917", "country": "NO"}, "n° d’organisation norvégien 988 077 917", []),
        ("en", {"registration": "988077917", "country": "NO", "registry": "Foretaksregisteret"}, "Norwegian organisation number 988 077 917 (Foretaksregisteret)", []),
        ("en", {"registration": "13585628", "country": "DK"}, "CVR number 13585628", []),
        ("fr", {"registration": "0000123456", "country": "PL"}, "KRS 0000123456", []),
        ("fr", {"registration": "KRS 0000123456", "country": "PL"}, "KRS 0000123456", []),
        ("fr", {"registration": "RCS Luxembourg B123456", "country": "LU"}, "RCS Luxembourg B123456", []),
        ("en", {"registration": "B123456", "country": "LU"}, "RCS Luxembourg B123456", []),
        ("fr", {"registration": "CHE100155212"}, "IDE CHE-100.155.212", []),  # the number tells the country
        # Whose number it is, nobody knows: a final letter asks.
        ("fr", {"registration": "5520135"}, "immatriculation 5520135 (……………… (pays du Client))", ["prospect.country"]),
        ("en", {"registration": "07123456"}, "registered number 07123456 (……………… (Client’s country))", ["prospect.country"]),
        ("en", {"registration": "HRB 12345", "country": "DE", "registry": "Amtsgericht München"}, "registered number HRB 12345 (Amtsgericht München)", []),
    ],
)  # fmt: skip
def test_a_party_is_identified_as_its_country_does(
    language: str, prospect: dict[str, Any], printed: str, missing: list[str]
) -> None:
    """C. com., art. R123-237; SI 2015/17, reg. 24 and 25."""
    result = placeholders(language, prospect)
    assert plain(result.texts["prospect.registered"]) == printed
    assert list(result.blanks_in("prospect.registered")) == missing


@pytest.mark.parametrize(
    ("supplier", "printed"),
    [
        (
            {"legal_form": "SAS", "registration": "732829320"},
            "732 829 320 RCS ……………… (ville ou État du registre)",
        ),
        ({"legal_form": "association", "registration": "732829320"}, "SIREN 732 829 320"),
        ({"legal_form": "EI", "registration": "732829320"}, "SIREN 732 829 320"),
    ],
)
def test_a_company_says_the_town_of_its_register_on_its_own_letters(
    supplier: dict[str, Any], printed: str
) -> None:
    assert plain(placeholders("fr", {}, supplier).texts["supplier.registered"]) == printed


PAUL = {"civility": "M.", "first_name": "Paul", "last_name": "Lefèvre", "title": "Gérant"}


@pytest.mark.parametrize(
    ("language", "prospect", "printed"),
    [
        ("fr", {"legal_form": "SARL", "contact": PAUL}, "agissant par Monsieur Paul Lefèvre, gérant"),
        ("fr", {"legal_form": "SARL d’artisans", "contact": PAUL}, "agissant par Monsieur Paul Lefèvre, gérant"),
        ("en", {"legal_form": "SARL", "contact": PAUL}, "acting by Mr Paul Lefèvre, Gérant"),
        ("fr", {"name": "Paul Lefèvre", "legal_form": "entrepreneur individuel (EI)", "contact": PAUL}, "agissant en son nom"),
        ("fr", {"name": "Au bon pain", "legal_form": "artisan, EI", "contact": PAUL}, "nom commercial de Paul Lefèvre, qui agit en son nom"),
        ("en", {"name": "Paul Lefèvre", "legal_form": "sole trader", "contact": PAUL}, "acting in their own name"),
        ("fr", {"legal_form": "association", "contact": PAUL | {"title": "Président du Bureau"}}, "agissant par Monsieur Paul Lefèvre, président du Bureau"),
        ("fr", {"legal_form": "SAS", "contact": PAUL | {"title": "Directeur Général"}}, "agissant par Monsieur Paul Lefèvre, directeur général"),
        ("fr", {"legal_form": "SAS", "contact": PAUL | {"title": "PDG"}}, "agissant par Monsieur Paul Lefèvre, PDG"),
        ("fr", {"legal_form": "SAS", "contact": PAUL | {"title": "Présidente de Lefèvre Holding"}}, "agissant par Monsieur Paul Lefèvre, présidente de Lefèvre Holding"),
        ("fr", {"legal_form": "SAS"}, "agissant par ……………… (signataire du Client), ……………… (qualité)"),
    ],
)  # fmt: skip
def test_a_company_acts_by_somebody_and_a_person_by_himself(
    language: str, prospect: dict[str, Any], printed: str
) -> None:
    assert said("prospect.capacity", language, **prospect) == printed


def test_who_acts_in_his_own_name_needs_no_office_to_sign() -> None:
    nameless = {key: value for key, value in PAUL.items() if key != "title"}
    for form, missing in (("EI", []), ("SARL", ["prospect.contact.title"])):
        result = placeholders("fr", {"legal_form": form, "contact": nameless})
        assert list(result.blanks_in("prospect.title")) == missing


def test_nobody_gives_himself_a_civility_where_he_signs() -> None:
    result = placeholders("fr", {"contact": PAUL})
    assert result.texts["prospect.signatory"] == "Paul Lefèvre"
    assert result.texts["prospect.person"] == "Monsieur Paul Lefèvre"


@pytest.mark.parametrize(
    ("language", "prospect", "printed"),
    [
        ("fr", {"address": ["1 rue A", "69002 Lyon"], "country": "FR"}, "dont le siège est situé 1 rue A, 69002 Lyon"),
        ("fr", {"address": ["1 rue A", "1000 Bruxelles"], "country": "BE"}, "dont le siège est situé 1 rue A, 1000 Bruxelles, Belgique"),
        ("fr", {"address": ["1 rue A", "Belgique"], "country": "BE"}, "dont le siège est situé 1 rue A, Belgique"),
        ("fr", {"address": ["1 rue A"], "legal_form": "EI"}, "dont l’adresse professionnelle est 1 rue A"),
        ("en", {"address": ["1 High St"], "country": "GB"}, "whose registered office is at 1 High St, United Kingdom"),
        ("en", {"address": ["1 Main St"], "country": "US"}, "whose principal office is at 1 Main St, United States"),
        ("en", {"address": ["1 High St"], "legal_form": "sole trader"}, "whose place of business is at 1 High St"),
    ],
)  # fmt: skip
def test_a_seat_is_said_with_its_country_where_the_parties_have_two(
    language: str, prospect: dict[str, Any], printed: str
) -> None:
    house = {"country": "FR"}
    assert plain(placeholders(language, prospect, house).texts["prospect.seat"]) == printed


SIGNED = {"civility": "Mme", "first_name": "Anne", "last_name": "Roy", "title": "Présidente"}
WHOLE = {"name": "Anne Roy", "address": ["1 rue A", "69002 Lyon"], "contact": SIGNED}
PARTIES: dict[str, dict[str, Any]] = {
    "SAS by its SIREN alone": {"legal_form": "SAS", "registration": "552100554"},
    "association by its RNA number": {"legal_form": "association loi 1901", "registration": "W691234567"},
    "association by its SIREN": {"legal_form": "association", "registration": "552 100 554", "country": "FR"},
    "entrepreneur individuel": {"legal_form": "EI", "registration": "552100554", "registry": "RNE", "contact": SIGNED | {"title": None}},
    "profession libérale": {"legal_form": "profession libérale", "registration": "552100554"},
    "SELARL": {"legal_form": "SELARL", "registration": "552100554", "registry": "Lyon"},
    "British company": {"legal_form": "Ltd", "registration": "07123456", "country": "GB"},
    "LLP": {"legal_form": "LLP", "registration": "OC301234", "country": "GB"},
    "charity": {"legal_form": "charitable trust", "registration": "1187654", "country": "GB"},
    "CIO": {"legal_form": "CIO", "registration": "CE001234", "country": "GB"},
    "sole trader": {"legal_form": "sole trader", "country": "GB"},
    "partnership": {"legal_form": "partnership", "country": "GB", "unregistered": True},
    "Delaware corporation": {"legal_form": "Inc.", "registry": "Delaware", "country": "US"},
    "American sole proprietor": {"legal_form": "sole proprietorship", "registry": "New York", "country": "US"},
    "Irish company": {"legal_form": "Ltd", "registration": "481516", "country": "IE"},
    "Belgian company": {"address": ["1 rue de la Loi", "1000 Bruxelles"], "legal_form": "SRL", "registration": "0403.019.261", "country": "BE"},
    "Swiss company": {"address": ["Rue du Lac 1", "1201 Genève"], "legal_form": "SA", "registration": "CHE-100.155.212", "registry": "Vaud", "country": "CH"},
    "Polish company": {"legal_form": "sp. z o.o.", "capital": "5000", "registration": "0000123456", "country": "PL"},
    "Norwegian company": {"address": ["Storgata 1", "0155 Oslo"], "legal_form": "AS", "capital": "30000", "registration": "988077917", "country": "NO", "vat": "NO 988 077 917 MVA"},
    "company of Réunion": {"legal_form": "SARL", "capital": "5000", "registration": "552100554", "registry": "Saint-Denis", "country": "RE"},
    "German company": {"legal_form": "GmbH", "registration": "HRB 12345", "registry": "Amtsgericht Köln", "country": "DE"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("law", ["FR", "EW"])
@pytest.mark.parametrize("name", PARTIES)
def test_a_final_letter_to_each_kind_of_party_is_made_and_made_again(
    name: str, law: str, language: str
) -> None:
    data = agreement(language, law, "conditional", "efforts", "purchase", rich=True)
    data["prospect"] = {key: value for key, value in (WHOLE | PARTIES[name]).items() if value is not None}
    data["prospect"]["contact"] = {key: value for key, value in data["prospect"]["contact"].items() if value}
    data["court"] = "Lyon"
    del data["decision"]["vat_rate"]
    deal = loader.deal_from(data, "deal", HOUSE.house, today=TODAY)
    letter = compose(deal, HOUSE, final=True)
    assert not review.review(letter, deal, HOUSE.house, None).errors
    assert ", ," not in render(letter)
    again = recompose.letter_of(record.recorded(letter.data, "letter.pdf"), "letter.pdf")
    assert (render(again), again.data) == (render(letter), letter.data)


@pytest.mark.parametrize(
    ("language", "prospect", "printed"),
    [
        ("fr", {"vat": "FR44732829320"}, "TVA FR44732829320"),
        ("fr", {"vat": "CHE-107.787.577 TVA", "country": "CH"}, "CHE-107.787.577 TVA"),
        ("fr", {"vat": "CHE-107.787.577", "country": "CH"}, "TVA CHE-107.787.577"),
        ("en", {"vat": "NO 995 525 828 MVA", "country": "NO"}, "NO 995 525 828 MVA"),
        ("en", {"vat": "123026635 RT0001", "country": "CA"}, "GST/HST 123026635 RT0001"),
        ("en", {"vat": "51 824 753 556", "country": "AU"}, "ABN 51 824 753 556"),
        ("en", {}, ""),
    ],
)
def test_the_number_for_taxes(language: str, prospect: dict[str, Any], printed: str) -> None:
    assert said("prospect.tax", language, **prospect) == printed


@pytest.mark.parametrize(
    ("language", "prospect", "printed"),
    [
        ("fr", {"country": "FR", "capital": "5000"}, "5 000 €"),
        ("fr", {"country": "PL", "capital": "5000"}, "5 000 PLN"),
        ("en", {"country": "PL", "capital": "5000"}, "PLN 5,000"),
        ("en", {"country": "SE", "capital": "25000.50"}, "SEK 25,000.50"),
        ("en", {"country": "JP", "capital": "10000000"}, "JPY 10,000,000"),
        ("en", {"country": "GB", "capital": "100"}, "£100"),
        ("fr", {"country": "CH", "capital": "20000"}, "20 000 CHF"),
        ("fr", {"country": "LI", "capital": "20000"}, "20 000 CHF"),
        ("fr", {"country": "RE", "capital": "5000"}, "5 000 €"),
        ("fr", {"country": "BG", "capital": "5000"}, "5 000 €"),
        ("en", {"country": "AU", "capital": "100"}, "AUD 100"),
        ("en", {"country": "DK", "capital": "400000", "currency": "EUR"}, "€400,000"),
        ("fr", {"capital": "5000", "currency": "czk"}, "5 000 CZK"),
        ("fr", {"registration": "552100554", "capital": "5000"}, "5 000 €"),
        ("fr", {"capital": "5000"}, "5 000 ……………… (monnaie du capital)"),
    ],
)
def test_a_capital_is_in_the_currency_of_the_company(
    language: str, prospect: dict[str, Any], printed: str
) -> None:
    found = placeholders(language, {"legal_form": "Company"} | prospect)
    lead = {"fr": "Company au capital de ", "en": "Company with a share capital of "}[language]
    assert plain(found.texts["prospect.form"]) == f"{lead}{printed}"
    blank = ["prospect.country"] if "…" in printed else []
    assert [*found.blanks_in("prospect.form")] == blank


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"registration": "552100554"}, {"registration": "552 100 554"}),
        ({"legal_form": "SARL au capital de 20 000 €", "capital": "30000"}, {"capital": None}),
        ({"legal_form": "SARL", "capital": "30000"}, {"capital": "30000.00"}),
        ({"unregistered": True}, {"unregistered": True}),
        ({"unregistered": True, "legal_form": "sole trader", "country": "GB"}, {"unregistered": None}),
        ({"registry": "Delaware", "country": "US", "legal_form": "Inc."}, {"registry": "Delaware"}),
        ({"registry": "Lyon"}, {"registry": None}),
        ({"registration": "SC123456", "country": "GB"}, {"registry": "Scotland"}),
        ({"country": "RE", "registration": "552100554"}, {"country": "RE"}),
        ({"staff": "0-5"}, {"staff": None}),
    ],
)
def test_the_data_holds_of_a_party_what_the_page_says(changes: dict[str, Any], kept: dict[str, Any]) -> None:
    data = agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)
    data["prospect"] = {"name": "Lefèvre"} | changes
    letter = compose(loader.deal_from(data, "deal", HOUSE.house, today=TODAY), HOUSE)
    printed = letter.data["deal"]["prospect"]
    assert {key: printed.get(key) for key in kept} == kept


def test_who_trades_under_his_own_name_is_named_once_where_he_signs() -> None:
    for name, times in (("Paul Lefèvre", 1), ("Au bon pain", 0)):
        data = agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)
        data["prospect"] = {"name": name, "legal_form": "EI", "contact": PAUL}
        letter = compose(loader.deal_from(data, "deal", HOUSE.house, today=TODAY), HOUSE)
        assert letter.addressee[:2] == (
            ("Monsieur Paul Lefèvre", "Gérant") if times else ("Au bon pain", "Monsieur Paul Lefèvre")
        )
        assert bool(letter.signatories[1].by) is not bool(times)
