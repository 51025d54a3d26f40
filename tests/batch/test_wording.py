"""What is wrong with a row, in the words of its sheet: whoever fills it in has never seen a deal file."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest

from accord import i18n
from accord.batch import sources
from accord.batch.row import Job, outcome
from accord.batch.wording import in_sheet
from accord.domain.json_schema import of_file
from accord.errors import Fault
from support.samples import HOUSE

TODAY = datetime.date(2026, 11, 25)

AGREEMENT = {
    "Langue": "fr",
    "Prospect": "Lefèvre",
    "Fonctionnalité": "Export FEC",
    "Livraison": "31/03/2027",
    "Décision": "abonnement",
    "Quantité": "25",
    "Prix": "40,00",
    "Période": "mois",
    "Durée": "12",
}
DECLINE = {"Langue": "fr", "Prospect": "Lefèvre", "Fonctionnalité": "Export FEC", "Motif": "hors marché"}

# Cells that change a row, and what is said of it in French and in English.
TOLD: list[tuple[dict[str, str], str, str]] = [
    (
        {"Prospect": ""},
        "colonne B, « Prospect » : est vide ; remplissez-la",
        "column B, “Prospect”: is empty; fill it in",
    ),
    (
        {"Fonctionnalité": ""},
        "colonne C, « Fonctionnalité » : est vide ; remplissez-la",
        "column C, “Fonctionnalité”: is empty; fill it in",
    ),
    (
        {"Décision": ""},
        "colonne E, « Décision » : est vide ; écrivez l’un de ces mots : abonnement, achat, pilote payant, aucune décision",
        "column E, “Décision”: is empty; write one of these: subscription, purchase, paid trial, no decision",
    ),
    (
        {"Décision": "Oui"},
        "colonne E, « Décision » : « Oui » n’est pas connu ; écrivez l’un de ces mots : abonnement, achat, pilote payant, aucune décision",
        "column E, “Décision”: “Oui” is not known; write one of these: subscription, purchase, paid trial, no decision",
    ),
    (
        {"Civilité": "Mx"},
        "colonne J, « Civilité » : « Mx » n’est pas connu ; écrivez l’un de ces mots : M., Mme, Mr, Mrs, Ms, Dr, Me",
        "column J, “Civilité”: “Mx” is not known; write one of these: M., Mme, Mr, Mrs, Ms, Dr, Me",
    ),
    (
        {"Quantité": "25,5"},
        "colonne F, « Quantité » : « 25,5 » n’est pas un nombre entier ; écrivez-le en chiffres, comme 25",
        "column F, “Quantité”: “25,5” is not a whole number; write digits alone, such as 25",
    ),
    (
        {"Quantité": "99999999"},
        "colonne F, « Quantité » : doit valoir au plus 10 000 000",
        "column F, “Quantité”: must be at most 10,000,000",
    ),
    (
        {"Prix": "gratuit"},
        "colonne G, « Prix » : « gratuit » n’est pas un montant ; écrivez un nombre comme 12 000,50",
        "column G, “Prix”: “gratuit” is not an amount; write a number such as 12 000,50",
    ),
    (
        {"TVA": "vingt"},
        "colonne J, « TVA » : n’est pas un taux en pour cent ; écrivez un nombre de 0 à 100, avec trois décimales au plus, comme 20 ou 5,5",
        "column J, “TVA”: is not a rate in per cent; write a number from 0 to 100 with at most three decimals, such as 20 or 5.5",
    ),
    (
        {"Livraison": "31/02/2027"},
        "colonne D, « Livraison » : « 31/02/2027 » n’existe pas dans le calendrier ; écrivez une date comme 31/03/2027, 31 mars 2027 ou 2027-03-31",
        "column D, “Livraison”: “31/02/2027” is not a day of the calendar; write one such as 31/03/2027, 31 March 2027 or 2027-03-31",
    ),
    (
        {"Décision": "achat", "Durée": ""},
        "colonne H, « Période » : ne vaut que pour un abonnement ; laissez la cellule vide, ou écrivez « abonnement » sous « Décision »",
        "column H, “Période”: is for subscriptions only; leave it out, or write “subscription” under “Décision”",
    ),
    (
        {"Durée du pilote": "8 semaines"},
        "colonne J, « Durée du pilote » : ne vaut que pour un pilote ; indiquez plutôt la période et le nombre de périodes",
        "column J, “Durée du pilote”: is for pilots only; write a period and a term instead",
    ),
    (
        {"Engagement du fournisseur": "rien"},
        "colonne J, « Engagement du fournisseur » : « rien » laisse un contrat bilatéral à la seule volonté du fournisseur ; choisissez « moyens » ou « résultat », ou écrivez « promesse d’achat (le client seul est tenu) » sous « Niveau d’engagement »",
        "column J, “Engagement du fournisseur”: “nothing” leaves a bilateral contract to the supplier's will alone; choose “reasonable endeavours” or “result”, or write “promise to buy (only the client is bound)” under “Level of commitment”",
    ),
    (
        {"Négociation jusqu’au": "01/02/2027"},
        "colonne J, « Négociation jusqu’au » : ne va qu’avec « accord de négociation (tenus de négocier seulement) » sous « Niveau d’engagement » ; laissez la cellule vide",
        "column J, “Négociation jusqu’au”: is for “agreement to negotiate (a duty to negotiate only)” under “Level of commitment” only; leave it out",
    ),
    (
        {"Droit": "anglais", "Engagement": "accord de négociation"},
        "colonne K, « Engagement » : un accord de négocier n’a pas de force obligatoire en droit d’Angleterre et du pays de Galles ; écrivez « lettre d’intention (personne n’est tenu) » sous « Engagement » et, pour une exclusivité, « Exclusivité jusqu’au »",
        "column K, “Engagement”: an agreement to negotiate cannot be enforced under the law of England and Wales; write “letter of intent (nobody is bound)” under “Engagement” and, for a lock-out, “Exclusive until”",
    ),
    (
        {"Description": "x" * 1600},
        "colonne J, « Description » : compte 1600 caractères, mais sa place en contient 1500 ; abrégez",
        "column J, “Description”: has 1600 characters, but its place holds 1500; shorten it",
    ),
]  # fmt: skip
TOLD_OF_DECLINES: list[tuple[dict[str, str], str, str]] = [
    (
        {"Date au plus tôt": "01/09/2027"},
        "colonne E, « Date au plus tôt » : ne va qu’avec « date intenable » sous « Motif » ; laissez la cellule vide",
        "column E, “Date au plus tôt”: goes with “date not feasible” under “Motif” only; leave it out",
    ),
    (
        {"Recommandation rémunérée": "oui"},
        "colonne E, « Recommandation rémunérée » : demande une autre solution ; écrivez-en une, ou laissez la cellule vide",
        "column E, “Recommandation rémunérée”: needs an alternative; write one, or leave the cell empty",
    ),
    (
        {"Notre autre solution": "a" * 150, "Autre solution": "b" * 150},
        "colonne F, « Autre solution » : et « Notre autre solution » comptent 300 caractères, et une page en contient 200 ; abrégez",
        "column F, “Autre solution”: and “Notre autre solution” have 300 characters, and one page takes 200; shorten them",
    ),
]
CASES = [(AGREEMENT, *case) for case in TOLD] + [(DECLINE, *case) for case in TOLD_OF_DECLINES]


def told(row: dict[str, str], folder: Path) -> list[str]:
    """What is wrong with a row, as the screen says it after the number of the row."""
    path = folder / "deals.csv"
    path.write_text(";".join(row) + "\n" + ";".join(f'"{cell}"' for cell in row.values()) + "\n", "utf-8")
    source = sources.read(path, HOUSE.house, today=TODAY)
    (entry,) = source.entries
    found = outcome(entry, Job(HOUSE, folder, TODAY, {}, check=True))
    assert found.verdict == "refused"
    return [
        str(Fault("", source.place(each.where), source.worded(each.where, each.sentence)))
        for each in found.findings
    ]


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("case", CASES, ids=[" ".join(case[1]) for case in CASES])
def test_a_row_is_told_in_the_words_of_its_sheet(case: Any, language: str, tmp_path: Path) -> None:
    row, cells, french, english = case
    i18n.use(language)
    assert (french if language == "fr" else english) in [*map(plain, told({**row, **cells}, tmp_path))]


BESIDE = {
    ("prospect.name", 'Write kind = "consumer".'): "Write “private person” under “prospect.kind”.",
    ("decision.period", 'write kind = "subscription"'): "write “subscription” under “decision.kind”",
    ("decline.earliest", 'goes with reason = "date-not-feasible" only'): (
        "goes with “date not feasible” under “decline.reason” only"
    ),
    ("binding", 'write binding = "intent"'): "write “letter of intent (nobody is bound)” under “binding”",
    ("vendor_commitment", "is “firm”, but"): "is “result”, but",
    ("prospect.email", "a@decision.kind is no address"): "a@decision.kind is no address",
    ("decision.kind", "--set decision.kind=pilot changes it"): "--set decision.kind=pilot changes it",
}


@pytest.mark.parametrize(("key", "sentence"), BESIDE)
def test_a_bare_name_is_that_beside_the_key_in_question(key: str, sentence: str) -> None:
    assert in_sheet(str, key, sentence) == BESIDE[key, sentence]


def test_no_word_of_a_deal_file_is_left() -> None:
    """Every sentence that quotes a key or a value of a deal file, put into a sheet's words."""
    names = "|".join(of_file("deal")["properties"])
    for language in ("fr", "en"):
        i18n.use(language)
        for key, sentence in (
            ("binding", 'write binding = "intent" and decision.exclusivity_until'),
            ("decision.period", 'write kind = "subscription", such as "40.00" on 2027-03-31'),
            ("vendor_commitment", 'choose "efforts" or "firm"'),
        ):
            said = in_sheet(lambda key: key.upper(), key, sentence)
            assert not re.search(
                rf'"|\b(?:{names})\.|= |2027-03|efforts\b', said.replace("reasonable", "")
            ), said


def test_an_object_of_json_keeps_its_quotation_marks() -> None:
    sentence = 'write each deal on a line of its own, such as {"language": "fr", …}, not "x"'
    assert in_sheet(str, "", sentence).endswith('such as {"language": "fr", …}, not “x”')


def test_numbers_to_write_stand_without_marks_in_the_manner_of_the_language() -> None:
    sentence = 'write a number, such as "20" or "5.5"'
    assert in_sheet(str, "decision.vat_rate", sentence) == "write a number, such as 20 or 5.5"
    with i18n.speaking("fr"):
        assert in_sheet(str, "decision.vat_rate", sentence) == "write a number, such as 20 or 5,5"
