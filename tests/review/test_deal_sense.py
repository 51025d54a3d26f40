"""The deal's own sense: each check set off by its family, and kept quiet by sound neighbours."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest

from accord.domain.deal import Agreement
from accord.intake import loader
from accord.review.findings import AgreementCase
from accord.review.rules.amounts import _SPELT, _days_to_pay, item_priced
from accord.text import phrases
from accord.text.characters import plain
from review.test_review import EN, FORUM, FR, INTENT, PAYMENT, TERM, Tables, merged, reviewed
from support.deal_texts import SOUND, UNSOUND
from support.inputs import TODAY
from support.letters import sample
from support.paths import SAMPLES
from support.samples import HOUSE

TOPICS = {
    "open-scope": ("open-scope",),
    "spec-elsewhere": ("spec-elsewhere", "spec-ours", "spec-said"),
    "real-data": ("real-data",),
}


def codes(
    folder: Path, sample: str, deal: Tables, house: Tables | None = None, *overrides: Any, notes: bool = True
) -> dict[str, str]:
    """What the review of a sample finds with other values: the key or the place of each code."""
    findings = reviewed(folder, sample, deal, house, *overrides).findings
    return {f.code: f.where for f in findings if notes or f.severity != "note"}


def agreement(name: str, deal: Tables) -> AgreementCase:
    """What one check is given: a sample with other values, and the letter as it is without them."""
    data = merged(tomllib.loads((SAMPLES / f"{name}.toml").read_text("utf-8")), deal)
    changed = loader.deal_from(data, "deal", HOUSE.house, today=TODAY)
    assert isinstance(changed, Agreement)
    return AgreementCase(sample(name), changed, HOUSE.house, {})


# --- What is left open, or elsewhere ------------------------------------------


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [(code, language, text) for (code, language), texts in UNSOUND.items() for text in texts],
)
def test_a_request_that_is_not_whole_is_noticed(code: str, language: phrases.Language, text: str) -> None:
    assert any(phrases.find(topic, plain(text), language) for topic in TOPICS[code])


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in SOUND.items() for text in texts]
)
def test_a_request_that_is_whole_is_not(language: phrases.Language, text: str) -> None:
    topics = [topic for some in TOPICS.values() for topic in some]
    assert [words for topic in topics if (words := phrases.find(topic, plain(text), language))] == []


@pytest.mark.parametrize(
    ("key", "deal", "code"),
    [
        ("feature.name", {"feature": {"name": "Export FEC, etc."}}, "open-scope"),
        ("feature.description", {"feature": {"description": "les ventes, les stocks…"}}, "open-scope"),
        ("feature.description", {"feature": {"description": "un export comme convenu"}}, "spec-elsewhere"),
        ("decision.item", {"decision": {"item": "abonnements selon notre devis"}}, "spec-elsewhere"),
        (
            "feature.acceptance_tests[2]",
            {"feature": {"acceptance_tests": ["l’export passe", "les vrais bulletins de paie passent"]}},
            "real-data",
        ),
    ],
)
def test_the_key_is_named(key: str, deal: Tables, code: str, tmp_path: Path) -> None:
    assert codes(tmp_path, FR, deal, notes=False)[code] == key


# --- What is bought --------------------------------------------------------------

PRICED = (
    "25 users at £40 a month|forfait 12 000 €|licences annuelles à 40 euros|abonnements Novalys Compta à quarante euros|lot de 25 licences Compta"
    "|six licences of Novalys Stock|Novalys Stock licences at £2,000 each|20 licences|vingt licences|abonnement à 40 € HT|forfait 12k€|licences at forty pounds"
    "|licences (25)|licences x25|25 x licences|25x licences|une vingtaine de postes|a dozen seats|licences pour 25 utilisateurs|subscription for 25 users"
    "|licences at 40 per month|licences à 40 par mois|licences en euros|licences priced in USD|licences (EUR)|licences à 40 HT|forfait de 12 000|licences 40/mois"
    "|abonnements à 480 euros l’an|deux caisses|tablettes, 12 unités|plusieurs licences|a hundred tokens|licences at 40 each|licences à 40 pièce|10 000 tokens"
    "|licences, quantité : 25|qty 6 licences|licences à 2 000 CHF|licences at GBP 40|trois postes de caisse|twenty-five users|abonnement pour dix postes|25 Users|licences au prix de 40 euros|licences (40 € HT/mois)|pack 25 postes|licences Compta, au nombre de 25|licence unique à 12 000|licences à 40 eur|forfait annuel : 4 800"
    "|licences Compta, 25 pcs|licences Compta ($)|licences à quarante livres|thirty Stock licences|annual fee: 4,800|up to ten Novalys Stock licences|half a dozen licences|subscriptions at CHF 40 per seat"
    "|a twelve-user bundle of Stock|ten-seat pack|abonnements pour l’ensemble des 12 magasins|licences for all the 12 shops|abonnements au tarif révisable chaque janvier|abonnements, premier mois offert"
)
NOT_PRICED = (
    "Pack 365|Windows 11|niveau 3|Suite 2000|licences of Office 365|abonnements Compta 365|licences Euro-Compta|Stock 2000 licences|Pound-for-Pound licences"
    "|3D printers|4G routers|A4 printers|24/7 support|MP3 players|licences Windows 11|licences niveau 3|module Euro|Dollar Universe licences|licences SAP S/4"
    "|licences version 2|pilotes, un par magasin|pilots, one per shop|CAD workstations|palettes EUR|Cent pour cent bio packs|Deux Rives abonnements|two-factor tokens"
    "|one-off licences|licences Compta v2|packs de 100 signatures|Seven Peaks licences|365 Business licences|Office 2021 licences|7-Zip licences|Livre de recettes"
    "|Caisse 2 licences|abonnements Formule 1|licences Galaxy S24|terminaux P400|RTX 4090 cards|licences Pro 2|Ten Bells licences|Six Nations licences|Stock 12.000 licences|licences à quatre mains|licences Trois-Mâts|abonnements 100 % bio|tablettes 10 pouces|badges de 1 Go|Phase 2 licences|abonnements au module Remises|licences du logiciel Promotion|subscriptions to the app Rebates|multi-user Stock licences"
)


@pytest.mark.parametrize("item", PRICED.split("|"))
def test_a_price_or_a_number_of_what_is_bought_has_a_key_of_its_own(item: str, tmp_path: Path) -> None:
    assert codes(tmp_path, FR, {"decision": {"item": item}})["item-priced"] == "decision.item"


@pytest.mark.parametrize("item", NOT_PRICED.split("|"))
@pytest.mark.parametrize("quantity", [3, 11, 360, 2000])
def test_a_number_that_belongs_to_a_name_is_none(item: str, quantity: int) -> None:
    decision = {"item": item, "quantity": quantity, "total": None}
    assert not [*item_priced(agreement(FR, {"decision": decision}))]


def test_one_that_does_not_is_found_without_the_rest_of_the_review() -> None:
    (finding,) = item_priced(agreement(FR, {"decision": {"item": "25 licences"}}))
    assert finding.where == "decision.item"


def test_the_quantity_is_not_said_twice(tmp_path: Path) -> None:
    assert "item-priced" in codes(tmp_path, EN, {"decision": {"item": "6 Novalys Stock licences"}})
    assert "item-priced" in codes(tmp_path, EN, {"decision": {"item": "7 Novalys Stock licences"}})
    assert "item-priced" not in codes(tmp_path, EN, {"decision": {"item": "365 Business licences"}})


BRITISH: Tables = {"supplier": {"country": "GB", "registration": "07123456", "registry": None, "vat": None}}
SWISS: Tables = {"supplier": {"country": "CH", "registration": None, "registry": None, "vat": None}}
RATES: list[tuple[str, Tables, str]] = [
    ("0.2", {}, "error"),
    ("0.055", {}, "error"),
    ("0.1", {}, "error"),
    ("0.021", {}, "error"),
    ("19.6", {}, "warning"),
    ("7", {}, "warning"),
    ("12", {}, "warning"),
    ("17.5", BRITISH, "warning"),
    ("7.7", SWISS, "warning"),
    ("20", {}, ""),
    ("10", {}, ""),
    ("5.5", {}, ""),
    ("2.1", {}, ""),
    ("8.5", {}, ""),
    ("0.9", {}, ""),
    ("0", {}, ""),
    ("5", BRITISH, ""),
    ("8.1", SWISS, ""),
]


@pytest.mark.parametrize(("rate", "house", "severity"), RATES)
def test_a_rate_of_vat_is_one_of_the_suppliers_country(
    rate: str, house: Tables, severity: str, tmp_path: Path
) -> None:
    deal = {"decision": {"vat_rate": rate}}
    found = [f.severity for f in reviewed(tmp_path, FR, deal, house).findings if f.code == "vat-unknown"]
    assert found == ([severity] if severity else [])


def test_the_rate_that_was_meant_is_said(tmp_path: Path) -> None:
    findings = reviewed(tmp_path, FR, {"decision": {"vat_rate": "0.055"}}).findings
    (finding,) = (f for f in findings if f.code == "vat-unknown")
    assert (finding.where, "5.5" in finding.sentence) == ("decision.vat_rate", True)


# --- Who the client is --------------------------------------------------------------


def named(name: str, form: str | None = None) -> Tables:
    particulars = dict.fromkeys(("registration", "registry", "capital", "vat"))
    return {"prospect": {"name": name, "legal_form": form, **particulars}}


def also(name: str) -> Tables:
    """The name alone: the form stays that of a company."""
    return {"prospect": {"name": name}}


CLIENTS: dict[str, list[Tables]] = {
    "public-body": [
        *map(
            named,
            ["Mairie de Vannes", "Ville de Lyon", "Communauté de communes du Pays d’Auge", "SIVOM du Val", "CHU de Nantes", "Hôpital public de Vannes", "Lycée Balzac", "Université de Rennes", "Préfecture du Rhône", "Ministère de la Culture", "Kent County Council", "Leeds Teaching Hospitals NHS Trust", "London Borough of Camden", "University of Leeds", "Department for Education", "HMRC", "HM Revenue and Customs", "Lorient Agglomération", "Métropole de Lyon", "Région Bretagne", "Leeds City Council", "Royal Borough of Greenwich", "Hospices civils de Lyon", "Conseil départemental du Rhône", "France Travail", "Manchester University", "Essex Police", "Collège Jules-Ferry", "Centre hospitalier de Dax"],
        ),
        *map(
            also,
            ["Commune de Villeurbanne", "Mairie de Vannes", "Ville de Lyon", "CHU de Nantes", "Mairie d’Annecy", "EHPAD public Les Tilleuls", "Agence régionale de santé", "NHS Lothian", "University College London", "Transport for London", "Université de Rennes", "Kent County Council", "Département du Rhône", "Lycée professionnel Hélène-Boucher", "Ministère de la Culture", "Métropole de Lyon", "Syndicat intercommunal des eaux du Rhône", "Department for Transport", "St Mary’s Primary School", "Cambridgeshire Police and Crime Commissioner", "École primaire de Vannes", "Saffron Walden Town Council"],
        ),
    ],
    "consumer": [
        *map(named, ["M. et Mme Dupont", "Jean Dupont", "Mme Claire Martin", "Mr and Mrs Smith", "Emily Jones", "Famille Lefort", "Jean-Pierre Martin", "Mary Ann Evans"]),
        *(named("Dupont", form) for form in ["particulier", "personne physique", "private individual", "consumer", "consommateur", "a natural person"]),
        also("M. et Mme Dupont"),
        also("Mr and Mrs Smith"),
    ],
    "association": [
        *map(
            named,
            ["Association sportive de Vannes", "Comité des fêtes de Plouay", "Club de rugby de Lorient", "Fédération française de judo", "Syndicat des copropriétaires", "Les Amis du Musée", "Harrow Rugby Club", "Friends of the Library", "Amicale laïque", "Tennis Club de Lyon", "St Mary’s Parish", "Club nautique de Royan"],
        ),
        named("La Clé des champs", "association loi 1901"),
        named("Harrow Players", "unincorporated association"),
        also("Association sportive de Vannes"),
    ],
    "small-professional": [
        *(named("Plomberie Martin", form) for form in ["micro-entreprise", "EI", "auto-entrepreneur", "entrepreneur individuel"]),
        *map(named, ["Martin EI", "EI Plomberie Durand", "Paul Martin auto-entrepreneur", "Studio Zoé (micro-entreprise)"]),
    ],
}  # fmt: skip
BUSINESSES = [
    *map(
        named,
        ["Boulangerie de la Mairie SARL", "Université Café SAS", "Council Tax Software Ltd", "Café de l’Université", "Ville-en-Bois SAS", "Régionale de pain", "Council Tavern Ltd", "Club Med SAS", "Le Club des Saveurs SARL", "Cycles Morel", "Martin Frères", "Pierre & Fils", "Dupont Conseil", "Comptoir des Vins", "Syndicat Café SARL", "University Press Ltd", "Hôtel de Ville Café SARL", "La Commune Libre SARL", "Emily’s Bakery Ltd", "Paul Boulangerie", "Charlotte Fleurs", "Jean Dupont SAS", "Department Store Ltd", "Police Auto SAS", "Primeurs d’Armor", "Harrow & Sedge", "Mr Bricolage SA", "Madame Figaro SAS", "Monsieur Cuisine SARL", "Les Amis du Pain SARL", "Thistle & Crumb LLP", "Council & Sons"],
    ),
    *map(
        also,
        ["Garage de la Mairie", "Le Club des Saveurs", "Lycée Café", "Cycles Morel", "Jean Dupont", "Hôtel de Ville", "La Préfecture Café", "Boulangerie du Lycée", "Université du Pain", "Ville Neuve", "Hôpital des poupées", "Académie de danse Morel", "Le Ministère du Vin", "Fédération Gourmande", "M. Propre Services", "Madame Pain", "Ministry of Cake", "Department of Coffee", "University of Bread", "NHS Butchers", "Mrs Crumb’s Kitchen", "Le Syndicat, restaurant", "École de boulangerie Lefèvre", "Health Board Snacks", "Région Pain", "Département Vins", "Société de l’Hôpital", "Café du Commissariat", "Club 58", "Paul Martin"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "deal"), [(code, deal) for code, deals in CLIENTS.items() for deal in deals], ids=str
)
def test_a_client_that_is_no_company_is_noticed(code: str, deal: Tables, tmp_path: Path) -> None:
    assert codes(tmp_path, FR, deal)[code].startswith("prospect.")


@pytest.mark.parametrize("deal", BUSINESSES, ids=str)
def test_a_company_called_after_something_else_is_a_company(deal: Tables, tmp_path: Path) -> None:
    assert not codes(tmp_path, FR, deal, notes=False).keys() & CLIENTS.keys()


# --- How long, on which terms -----------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "years", "severity"),
    [("06-en-intent-england", 1, ""), ("06-en-intent-england", 3, ""), (FR, 1, ""), (FR, 3, "")],
)
def test_secrets_are_kept_as_long_as_a_short_subscription(
    sample: str, years: int, severity: str, tmp_path: Path
) -> None:
    house = {"terms": {"confidentiality_years": years}}
    found = [f.severity for f in reviewed(tmp_path, sample, {}, house).findings if f.code == "secrets-short"]
    assert found == ([severity] if severity else [])


@pytest.mark.parametrize(("sample", "severity"), [("06-en-intent-england", "warning"), (FR, "note")])
def test_secrets_outlast_a_long_subscription(sample: str, severity: str, tmp_path: Path) -> None:
    deal = {"decision": {"term": 48, "total": None}}
    findings = [f for f in reviewed(tmp_path, sample, deal).findings if f.code == "secrets-short"]
    assert [(f.severity, f.where) for f in findings] == [(severity, "terms.confidentiality_years")]


def test_a_subscription_has_general_terms(tmp_path: Path) -> None:
    house = {"terms": {"general_terms": None}}
    assert codes(tmp_path, FR, {}, house, notes=False)["terms-missing"] == "terms.general_terms"
    assert "terms-missing" not in codes(tmp_path, EN, {}, house)  # a purchase
    assert "terms-missing" not in codes(tmp_path, FR, {})


def test_a_pilot_without_an_end_is_an_error(tmp_path: Path) -> None:
    deal = {"decision": {"duration": None}}
    found = reviewed(tmp_path, "03-fr-pilote-promesse", deal).errors
    assert ("blank", "decision.duration") in [(f.code, f.where) for f in found]


# --- Days on which nobody works -----------------------------------------------------------

LYON: Tables = {"prospect": {"address": ["1 rue A", "69002 Lyon"]}}
BRITAIN: Tables = {"country": "GB", "registration": None, "registry": None, "capital": None}


def day_of(**values: Any) -> Tables:
    return {"delivery": {"long_stop": datetime.date(2028, 9, 29), **values}}


@pytest.mark.parametrize(
    ("sample", "deal", "key"),
    [
        # England has a substitute for Boxing Day 2026, France has none.
        (FR, {"date": datetime.date(2026, 11, 28), "delivery": {"long_stop": datetime.date(2027, 6, 1)}, "prospect": {**BRITAIN, "address": ["1 High St", "Leeds LS1 1AA"]}}, "terms.validity_days"),
        (FR, {"date": datetime.date(2026, 11, 28)}, ""),
        (FR, day_of(by=datetime.date(2027, 12, 20)) | {"prospect": {"address": ["1 rue A", "97400 Saint-Denis"]}}, "delivery.by"),
        (FR, day_of(by=datetime.date(2027, 12, 20)), ""),
        (FR, day_of(by=datetime.date(2027, 11, 30)) | {"prospect": {**BRITAIN, "address": ["1 Princes St", "Edinburgh EH2 2EQ"]}}, "delivery.by"),
        (FR, day_of(by=datetime.date(2027, 11, 30)) | {"prospect": {**BRITAIN, "address": ["1 High St", "Leeds LS1 1AA"]}}, ""),
        (FR, day_of(by=datetime.date(2027, 7, 12)) | {"prospect": {**BRITAIN, "address": ["1 Main St", "Belfast BT1 5GS"]}}, "delivery.by"),
        (INTENT, {"negotiation": {"until": datetime.date(2027, 1, 1)}}, "negotiation.until"),
        ("03-fr-pilote-promesse", {"delivery": {"long_stop": datetime.date(2027, 4, 29)}}, ""),
        ("03-fr-pilote-promesse", {"delivery": {"long_stop": datetime.date(2027, 4, 30)}}, "delivery.long_stop"),
    ],
)  # fmt: skip
def test_nothing_ends_on_a_holiday_of_either_place(
    sample: str, deal: Tables, key: str, tmp_path: Path
) -> None:
    findings = [f.where for f in reviewed(tmp_path, sample, deal).findings if f.code == "not-a-business-day"]
    assert findings == ([key] if key else [])


# --- Days to pay, courts --------------------------------------------------------------------

COURTS: list[tuple[str, bool]] = [
    ("Droit français ; {{ terms.court }}. Les tribunaux de Bruxelles sont seuls compétents.", True),
    ("Droit français ; tribunal de commerce de Paris.", True),
    ("Droit français ; {{ terms.court }}, ou la cour d’appel de Grenoble.", True),
    ("Droit français ; juridictions du Luxembourg.", True),
    ("Droit français ; les tribunaux suisses sont compétents.", True),
    ("Droit français ; les juridictions belges tranchent.", True),
    ("Droit français ; {{ terms.court }}, ou tribunal de première instance de Genève.", True),
    ("Droit français ; {{ terms.court }}.", False),
    ("Droit français ; tribunal des activités économiques de Lyon.", False),
    ("Droit français ; tribunaux français.", False),
    ("Droit français ; {{ terms.court }}, ou le tribunal du domicile du Client.", False),
    ("Droit français ; {{ terms.court }}, ou la juridiction qui lui aura succédé.", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "differs"), COURTS)
def test_one_court_alone_is_named(text: str, differs: bool, tmp_path: Path) -> None:  # noqa: FBT001 - of a table
    assert ("court-differs" in codes(tmp_path, FR, {}, None, (FORUM, text))) == differs


ENGLISH_COURTS: list[tuple[str, bool]] = [
    ("English law; the courts of Scotland have jurisdiction.", True),
    ("English law; the courts of England and Wales, or the Irish courts.", True),
    ("English law; the courts of New York have exclusive jurisdiction.", True),
    ("English law; the courts of England and Wales have exclusive jurisdiction.", False),
    ("English law; the English courts have exclusive jurisdiction.", False),
    ("English law; the High Court in London has jurisdiction.", False),
]


@pytest.mark.parametrize(("text", "differs"), ENGLISH_COURTS)
def test_one_court_alone_is_named_in_english(text: str, differs: bool, tmp_path: Path) -> None:  # noqa: FBT001
    forum = "en/agreement/68-law-forum.england.md"
    assert ("court-differs" in codes(tmp_path, EN, {}, None, (forum, text))) == differs


# --- False alarms of old, and their siblings --------------------------------------------------

DATED_ELSEWHERE = [
    "à l’exclusion de la Convention de Vienne du 11 avril 1980",
    "règlement (UE) n° 910/2014 du 23 juillet 2014",
    "ordonnance n° 2016-131 du 10 février 2016",
    "Convention de Lugano du 30 octobre 2007",
    "arrêt de la Cour de cassation du 27 octobre 2016",
    "délibération de la CNIL du 17 septembre 2020",
    "norme du 3 mars 2020",
    "Traité de Rome du 25 mars 1957",
]


@pytest.mark.parametrize("text", DATED_ELSEWHERE)
def test_the_date_of_a_law_is_none_of_the_letter(text: str, tmp_path: Path) -> None:
    own = f"Dure {{{{ decision.duration }}}} ; {text}."
    assert "date-differs" not in codes(tmp_path, FR, {}, None, (TERM, own))


ANNEXES: list[tuple[str, str, bool]] = [
    (FR, "un export décrit dans l’annexe 1", True),
    (FR, "les fonctions de l’annexe B", True),
    (FR, "voir annexe", True),
    (FR, "un export conforme à l’annexe 3 de l’arrêté du 29 juillet 2013", False),
    (FR, "le tableau de l’annexe A de la norme NF EN 16931", False),
    (FR, "l’annexe 2033-A de la liasse fiscale", False),
    (FR, "l’annexe I de la directive 2006/112/CE", False),
    (FR, "les annexes du bilan", False),
    (EN, "as set out in Annex 1", True),
    (EN, "see Schedule 2", True),
    (EN, "the functions of the technical annex", True),
    (EN, "Schedule 3 to the Food Safety Act 1990 is followed", False),
    (EN, "the layout of Appendix A of BS EN 16931", False),
    (EN, "a report under Annex II of Regulation (EU) No 1169/2011", False),
]


@pytest.mark.parametrize(("sample", "text", "missing"), ANNEXES)
def test_an_annex_of_a_law_is_none_of_the_letter(
    sample: str,
    text: str,
    missing: bool,  # noqa: FBT001 - of a table
    tmp_path: Path,
) -> None:
    assert ("annex-missing" in codes(tmp_path, sample, {"feature": {"description": text}})) == missing


LONG, SHORT = (
    [
        "Payable à 30 jours de la facture, ou à 90 jours.",
        "Payable à 30 jours fin de mois, ou à 60 jours fin de mois au choix du Client.",
        "Facture payable à 30 jours, 90 jours pour la première.",
        "La facture se règle à 30 jours, et la dernière dans les quatre mois.",
        "Payable sous 3 mois.",
        "Payable à 12 semaines.",
        "Payable dans les 30 jours, voire 75 jours si le Client le demande.",
        "Payable à soixante-cinq jours de la facture.",
        "Payable à soixante et onze jours de la facture.",
        "Payable dans les quatre-vingt-dix (90) jours.",
        "Payable dans les 90 (quatre-vingt-dix) jours.",
        "Payable entre trente et nonante jours.",
        "Payable à cinquante jours fin de mois.",
        "Payable à deux cent dix jours.",
        "Payable sous douze semaines.",
        "Payable à neuf mois.",
    ],
    [
        "Payable à 30 jours. Contestation dans les 90 jours.",
        "Payable à 30 jours, toute contestation étant faite dans les 90 jours.",
        "Payable à 30 jours, avec 90 jours pour contester.",
        "Payable d’avance pour 12 mois.",
        "Payable à 45 jours fin de mois.",
        "Payable à 60 jours de la facture.",
        "Payable à soixante jours de la facture.",
        "Payable dans les quarante-cinq (45) jours, fin de mois.",
        "L’abonnement de douze mois est payable à trente jours.",
        "Payable à 30 jours ; l’abonnement dure 12 mois.",
    ],
)


@pytest.mark.parametrize(
    ("text", "late"), [*((text, True) for text in LONG), *((text, False) for text in SHORT)]
)
def test_of_several_periods_the_longest_counts(text: str, late: bool, tmp_path: Path) -> None:  # noqa: FBT001
    own = f"{text} Pénalités au taux de la BCE et indemnité de 40 €."
    assert ("payment-too-late" in codes(tmp_path, FR, {}, None, (PAYMENT, own))) == late


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("sixty-five days", 65),
        ("seventy five (75) days", 75),
        ("a hundred and one days", 101),
        ("twenty-one clear days", 21),
        ("two months", 60),
        ("four months", 120),
        ("half a year", 180),
    ],
)
def test_a_period_is_read_in_english_words(words: str, days: int) -> None:
    assert _days_to_pay(f"The invoice is paid within {words}.") == days


@pytest.mark.parametrize(
    ("deal", "key"),
    [
        (
            {"prospect": {"legal_form": "sole trader", "registration": None, "registry": None}},
            "prospect.legal_form",
        ),
        ({"prospect": {"legal_form": None, "name": "Eleanor Sedge trading as Sedge Meats"}}, "prospect.name"),
        ({"prospect": {"legal_form": "a private limited company"}}, ""),
        ({"prospect": {"name": "Sedge Ltd trading as Sole Trader Shoes"}}, ""),
    ],
    ids=str,
)
def test_somebody_in_business_alone_is_told_under_english_law(deal: Tables, key: str, tmp_path: Path) -> None:
    assert codes(tmp_path, EN, deal, notes=False).get("sole-trader", "") == key


def test_a_paper_of_ours_is_noticed_beside_a_law(tmp_path: Path) -> None:
    text = "l’export FEC, selon notre devis, au format de l’article A47 A-1 du Livre des procédures fiscales."
    deal = {"feature": {"description": text}}
    assert codes(tmp_path, FR, deal, notes=False)["spec-elsewhere"] == "feature.description"


def test_an_amount_behind_many_words_is_found() -> None:
    assert _SPELT.search(f"{'cent ' * 2000}deux mille euros")


# --- What contradicts itself ------------------------------------------------------------


CONTRADICTED: list[tuple[str, str, Tables, Tables]] = [
    (
        "form-contradicted",
        "prospect.legal_form",
        {"legal_form": "a limited liability partnership"},
        {"legal_form": "a private limited company"},
    ),
    ("form-contradicted", "prospect.legal_form", {"legal_form": "GmbH"}, {"legal_form": "Ltd"}),
    (
        "form-contradicted",
        "prospect.legal_form",
        {"legal_form": "SARL"},
        {"legal_form": "a company limited by guarantee"},
    ),
    (
        "no-value",
        "prospect.name",
        {"name": "Harrow & Sedge Butchers Ltd, to be chased"},
        {"name": "The Chased Hare Ltd"},
    ),
    (
        "register-contradicted",
        "prospect.registration",
        {"registration": "SC482913"},
        {"registration": "07123457"},
    ),
    (
        "register-contradicted",
        "prospect.registration",
        {"registration": "NI482913"},
        {"registration": "SC482913", "registry": "Scotland"},
    ),
    (
        "signatory-gone",
        "prospect.contact.title",
        {"contact": {"title": "Managing Director (left in August)"}},
        {"contact": {"title": "Managing Director"}},
    ),
]


@pytest.mark.parametrize(("code", "key", "faulty", "sound"), CONTRADICTED)
def test_what_a_client_is_said_to_be_agrees(
    code: str, key: str, faulty: Tables, sound: Tables, tmp_path: Path
) -> None:
    assert codes(tmp_path / "faulty", EN, {"prospect": faulty}, notes=False)[code] == key
    assert code not in codes(tmp_path / "sound", EN, {"prospect": sound})


IN_THE_FEATURE: list[tuple[str, str, Tables, Tables]] = [
    (
        "feature-excluded",
        "feature.exclusions[1]",
        {"exclusions": ["the carcass balance report itself"]},
        {"exclusions": ["poultry and game"]},
    ),
    (
        "feature-excluded",
        "feature.exclusions[2]",
        {"exclusions": ["poultry", "figures by week"]},
        {"exclusions": ["poultry", "figures by day"]},
    ),
    (
        "test-too-late",
        "feature.acceptance_tests[1]",
        {"acceptance_tests": ["the report runs throughout the whole of 2028 with 0 stoppages"]},
        {"acceptance_tests": ["the report shows the 3 sales of 2028 of the test file"]},
    ),
    (
        "test-twice",
        "feature.acceptance_tests[2]",
        {"acceptance_tests": ["the log says 0 refused"] * 2},
        {"acceptance_tests": ["the log says 0 refused", "the log says 2 read"]},
    ),
]


@pytest.mark.parametrize(("code", "key", "faulty", "sound"), IN_THE_FEATURE)
def test_a_feature_agrees_with_its_tests_and_exclusions(
    code: str, key: str, faulty: Tables, sound: Tables, tmp_path: Path
) -> None:
    assert codes(tmp_path / "faulty", EN, {"feature": faulty}, notes=False)[code] == key
    assert code not in codes(tmp_path / "sound", EN, {"feature": sound})


@pytest.mark.parametrize(
    "item",
    [
        "licences, less 15 % for prompt payment",
        "licences (20 % off)",
        "licences, first month free",
        "licences avec remise",
        "abonnements (2 mois offerts)",
        "licences for 24 months",
        "licences, ten per cent off the first year",
        "licences at a third off",
        "abonnements sur 36 mois",
    ],
)
def test_a_discount_or_a_length_is_no_part_of_what_is_bought(item: str, tmp_path: Path) -> None:
    assert "item-priced" in codes(tmp_path, FR, {"decision": {"item": item}})


@pytest.mark.parametrize(
    ("sample", "currency", "is_odd"),
    [(EN, "USD", True), (EN, "CHF", True), (EN, "GBP", False), (EN, "EUR", False), (FR, "USD", True)],
)
def test_a_currency_of_neither_party_is_noticed(
    sample: str, currency: str, *, is_odd: bool, tmp_path: Path
) -> None:
    assert ("foreign-currency" in codes(tmp_path, sample, {"decision": {"currency": currency}})) == is_odd


def test_dollars_are_usual_where_a_currency_is_rare(tmp_path: Path) -> None:
    abroad: Tables = {"country": "AE", "registration": None, "registry": None}
    deal: Tables = {"decision": {"currency": "USD"}, "prospect": abroad}
    assert "foreign-currency" not in codes(tmp_path, EN, deal)


def test_numbers_that_nobody_means_are_noticed(tmp_path: Path) -> None:
    assert "no-time-to-test" in codes(tmp_path / "a", EN, {}, {"terms": {"acceptance_days": 1}})
    assert "no-time-to-test" not in codes(tmp_path / "b", EN, {}, {"terms": {"acceptance_days": 7}})
    assert "term-endless" in codes(tmp_path / "d", FR, {"decision": {"term": 240, "total": None}})


# --- What stands in the wrong place, or cannot be ------------------------------------------

AMISS: list[tuple[str, str, Tables, Tables]] = [
    (
        "needed-too-early",
        "feature.need",
        {"feature": {"need": "être prêt pour Pâques 2027"}},
        {"feature": {"need": "être prêt pour Pâques 2028"}},
    ),
    (
        "delivery-contradicted",
        "opening_note",
        {"opening_note": "Vous aurez l’export dès la fin février 2027."},
        {"opening_note": "Vous aurez notre réponse sur le reste dès la fin février 2027."},
    ),
    (
        "delivery-contradicted",
        "opening_note",
        {"opening_note": "Vous disposerez du fichier avant la mi-janvier 2027."},
        {"opening_note": "Vous disposerez du fichier en mars 2027."},
    ),
    (
        "terms-in-request",
        "feature.description",
        {"feature": {"description": "la production du FEC. Le prix est réglé en dollars américains."}},
        {"feature": {"description": "un écran qui montre les factures payées en dollars américains."}},
    ),
    (
        "delivery-contradicted",
        "feature.description",
        {"feature": {"description": "l’export FEC, livré fin février 2027."}},
        {"feature": {"description": "l’export FEC, livré fin mars 2027."}},
    ),
    (
        "needed-too-early",
        "feature.need",
        {"feature": {"need": "être prêt pour Noël"}},
        {"feature": {"need": "être prêt pour Noël 2027"}},
    ),
    (
        "exclusivity-over",
        "decision.exclusivity_until",
        {"decision": {"exclusivity_until": datetime.date(2026, 12, 23)}},
        {"decision": {"exclusivity_until": datetime.date(2027, 1, 29)}},
    ),
    (
        "period-differs",
        "decision.item",
        {"decision": {"item": "abonnements annuels"}},
        {"decision": {"item": "abonnements mensuels"}},
    ),
    (
        "price-unlikely",
        "decision.unit_price",
        {"decision": {"unit_price": "99999.99", "total": None}},
        {"decision": {"unit_price": "999.99", "total": None}},
    ),
    (
        "price-unlikely",
        "decision.unit_price",
        {"decision": {"unit_price": "0.01", "total": None}},
        {"decision": {"unit_price": "0.04", "total": None}},
    ),
    (
        "capital-too-small",
        "prospect.capital",
        {"prospect": {"legal_form": "SA", "capital": "36999.99"}},
        {"prospect": {"legal_form": "SA", "capital": "37000"}},
    ),
    (
        "office-unusual",
        "prospect.legal_form",
        {"prospect": {"legal_form": "SAS"}},
        {"prospect": {"legal_form": "SARL"}},
    ),
    (
        "form-unknown",
        "prospect.legal_form",
        {"prospect": {"legal_form": "PME"}},
        {"prospect": {"legal_form": "SNC"}},
    ),
    (
        "party-unable",
        "prospect.name",
        {"prospect": {"name": "Pains Lefèvre, en cours de constitution"}},
        {"prospect": {"name": "En Formation Continue"}},
    ),
    (
        "sides-mixed",
        "prospect.email",
        {"prospect": {"email": "ventes@novalys.example"}},
        {"prospect": {"email": "ventes@lefevre.example"}},
    ),
    (
        "sides-mixed",
        "prospect.contact.last_name",
        {"prospect": {"contact": {"first_name": "Claire", "last_name": "Moreau"}}},
        {"prospect": {"contact": {"first_name": "Clara", "last_name": "Moreau"}}},
    ),
    (
        "address-incomplete",
        "prospect.address",
        {"prospect": {"address": ["12 rue des Remparts d’Ainay", "Lyon"]}},
        {"prospect": {"address": ["12 rue des Remparts d’Ainay", "F-69002 Lyon"]}},
    ),
    (
        "feature-unnamed",
        "feature.name",
        {"feature": {"name": "Ticket n° 4512"}},
        {"feature": {"name": "Lecture EAN-13"}},
    ),
    (
        "terms-in-request",
        "feature.description",
        {"feature": {"description": "l’export FEC, moyennant 4 000 € HT."}},
        {"feature": {"description": "l’export FEC des factures de plus de 4 000 € HT."}},
    ),
    (
        "terms-in-request",
        "decision.item",
        {"decision": {"item": "droits d’usage cessibles de Novalys Compta"}},
        {"decision": {"item": "droits d’usage de Novalys Compta"}},
    ),
    (
        "terms-in-request",
        "decision.item",
        {"decision": {"item": "licences transférables de Stock"}},
        {"decision": {"item": "licences du module Transferts"}},
    ),
    (
        "terms-in-request",
        "decision.item",
        {"decision": {"item": "licence exclusive de Stock, avec le code source"}},
        {"decision": {"item": "licences du catalogue Vins Exclusifs"}},
    ),
    (
        "terms-in-request",
        "feature.description",
        {"feature": {"description": "l’export FEC ; le Client pourra le revendre à ses filiales."}},
        {"feature": {"description": "l’export FEC des articles que le commerçant pourra revendre."}},
    ),
    (
        "spec-elsewhere",
        "feature.description",
        {"feature": {"description": "un écran qui suit le cahier des charges du client."}},
        {"feature": {"description": "la liste des cahiers des charges du fournisseur, triée par date."}},
    ),
    (
        "no-value",
        "feature.name",
        {"feature": {"name": "Cliquez ou appuyez ici pour entrer du texte."}},
        {"feature": {"name": "Cliquez-retiré"}},
    ),
    (
        "public-body",
        "prospect.name",
        {"prospect": {"name": "Grand Port maritime du Havre"}},
        {"prospect": {"name": "Port Marine Yachting"}},
    ),
    (
        "feature-excluded",
        "feature.acceptance_tests[1]",
        {"feature": {"exclusions": ["les balances Ariva"], "acceptance_tests": ["sur 9 balances Ariva, le poids est lu"]}},
        {"feature": {"exclusions": ["les balances Ariva"], "acceptance_tests": ["sur 9 balances Boreal, le poids est lu"]}},
    ),
    (
        "terms-in-request",
        "feature.description",
        {"feature": {"description": "l’export FEC ; Novalys s’interdit de le proposer ailleurs."}},
        {"feature": {"description": "l’export FEC, avec le solde de caisse et le prix moyen."}},
    ),
    (
        "person-unclear",
        "feature.need",
        {"feature": {"need": "tenir les comptes de nos magasins"}},
        {"feature": {"need": "mettre le mot « nos » sur les étiquettes avant le rendez-vous"}},
    ),
    (
        "other-language",
        "feature.description",
        {"feature": {"description": "an export of the entries in one click."}},
        {"feature": {"description": "l’export « the end » des écritures."}},
    ),
    (
        "long-stop-remote",
        "delivery.long_stop",
        {"delivery": {"long_stop": datetime.date(2029, 5, 31)}},
        {"delivery": {"long_stop": datetime.date(2028, 3, 31)}},
    ),
    (
        "address-incomplete",
        "prospect.address",
        {"prospect": {"address": ["69002 Lyon"]}},
        {"prospect": {"address": ["Le Bourg", "69440 Mornant"]}},
    ),
    (
        "form-unknown",
        "prospect.legal_form",
        {"prospect": {"legal_form": "SARL au capital de 50 000 €"}},
        {"prospect": {"legal_form": "SARL à capital variable"}},
    ),
    (
        "no-value",
        "prospect.contact.last_name",
        {"prospect": {"contact": {"last_name": "Le boss"}}},
        {"prospect": {"contact": {"last_name": "Lechef"}}},
    ),
    (
        "several-names",
        "prospect.contact.last_name",
        {"prospect": {"contact": {"last_name": "Lefèvre ou Martin"}}},
        {"prospect": {"contact": {"last_name": "Ortega y Gasset"}}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "key", "amiss", "sound"), AMISS)
def test_what_is_amiss_is_noticed_by_its_key_and_its_neighbour_is_not(
    code: str, key: str, amiss: Tables, sound: Tables, tmp_path: Path
) -> None:
    assert codes(tmp_path, FR, amiss)[code] == key
    assert code not in codes(tmp_path, FR, sound)
