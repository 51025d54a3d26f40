"""The legal review: every check set off once, and kept quiet by a close neighbour."""

import contextlib
import copy
import dataclasses
import datetime
import shutil
import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner

from accord.clauses import approvals
from accord.clauses.library import TEMPLATES, Library
from accord.cli import program
from accord.domain.choices import Binding, Commitment, Language, Law
from accord.domain.house import House, HouseFile
from accord.errors import FaultyInput, LegalHold
from accord.intake import loader
from accord.letter import record
from accord.review import authorities, must_say, review
from accord.verify import recompose
from support.inputs import TODAY, assert_plain
from support.paths import PACKAGE, SAMPLES
from support.samples import HOUSE, SITUATIONS, compose
from support.situations import agreement

Tables = Mapping[str, Any]
Override = tuple[str, str]

FR, EN, INTENT, DECLINE, EN_DECLINE = (
    "01-fr-abonnement",
    "05-en-purchase-england",
    "02-fr-achat-negociation",
    "09-fr-refus-hors-marche",
    "12-en-decline-market",
)


def reviewed(
    folder: Path, sample: str, deal: Tables | None = None, house: Tables | None = None, *overrides: Override
) -> review.Review:
    """The review of a sample with other values in some tables, and clauses of the house's own."""
    home = house_in(folder, house or {}, overrides)
    data = merged(tomllib.loads((SAMPLES / f"{sample}.toml").read_text("utf-8")), deal or {})
    parsed = loader.deal_from(data, "deal", home.house, today=TODAY)
    return review.review(compose(parsed, home), parsed, home.house, folder)


def house_in(folder: Path, changes: Tables, overrides: tuple[Override, ...] = ()) -> HouseFile:
    """The sample house, changed, with clauses of its own; an override keeps the head of ours."""
    for name, body in overrides:
        ours = next(path for path in TEMPLATES.glob(name))
        target = folder / "templates" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(ours.read_text("utf-8").rpartition("+++\n")[0] + f"+++\n{body}\n", "utf-8")
    data = merged(tomllib.loads((SAMPLES / "accord.toml").read_text("utf-8")), changes)
    return HouseFile(folder / "accord.toml", loader.house_from(data, "house"))


def merged(table: dict[str, Any], changes: Tables) -> dict[str, Any]:
    result = copy.deepcopy(table)
    for key, value in changes.items():
        result[key] = merged(result.get(key, {}), value) if isinstance(value, dict) else value
    return {key: value for key, value in result.items() if value is not None}


def feature(**values: Any) -> Tables:
    return {"feature": values}


PRICE = "fr/agreement/32-price.vat.md"
PAYMENT = "fr/agreement/34-payment.subscription.france.md"
WAIVER = "fr/agreement/36-beneficiary-waiver.conditional.md"
CONDITION = "fr/agreement/20-condition.france.md"
TERM = "fr/agreement/30-term.subscription.md"
FEATURE = "fr/agreement/18-feature.md"
SIGNATURE = "fr/agreement/72-signature.binding.france.md"
FORUM = "fr/agreement/68-law-forum.france.md"
CIVIL_FORUM = "fr/agreement/68-law-forum.civil.france.md"
CHOSEN = "Droit français ; compétence exclusive du tribunal de commerce de Lyon."
BELGIAN: Tables = {"country": "BE", "registration": None, "registry": None}
PARTIES = "fr/agreement/10-parties.md"
EN_ACCEPTANCE = "en/agreement/26-acceptance.england.md"
PURCHASE = "fr/agreement/28-purchase.conditional.md"
ACCEPTANCE = "fr/agreement/26-acceptance.france.md"
NOT_BINDING = "fr/agreement/28-purchase.indicative.purchase.md"
LAPSE = "fr/agreement/40-lapse.efforts.france.md"
EFFECT = "fr/agreement/38-effect.conditional.md"
COMMITMENT = "fr/agreement/22-vendor-commitment.efforts.france.md"
COOPERATION = "fr/agreement/24-cooperation.france.md"
MAJEURE = "fr/agreement/44-force-majeure.france.md"

ALL_OF_PRICE = "{{ decision.unit_price }}, soit {{ decision.total }} hors taxes, TVA {{ decision.vat_rate }}"
TOTAL = "{{ decision.unit_price }}, soit {{ decision.total }} hors taxes"
DATES = "livrée le {{ delivery.by }}, recette le {{ delivery.long_stop }}"
PAID = "payable à {days}, pénalités au taux de la BCE et indemnité de 40 €."


def own(sample: str, file: str, body: str) -> tuple[Any, ...]:
    return (sample, {}, {}, (file, body))


def declined(alternative: str, sample: str = DECLINE) -> tuple[Any, ...]:
    return (sample, {"decline": {"alternative": alternative}}, {})


OF_FR = "{}-{}-64VSG"  # the reference that the sample FR derives

# code and case: what sets it off, a close neighbour that does not
CASES: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "blank": ((FR, {"decision": {"item": None}}, {}), (FR, {}, {})),
    "unfinished": (own(FR, TERM, "Dure [N] mois."), own(FR, TERM, "Dure douze mois.")),
    "unfinished (words)": (own(FR, TERM, "Durée à définir."), own(FR, TERM, "Durée définie.")),
    "party-missing": (
        own(FR, PARTIES, "Le Fournisseur et {{ prospect.name }}."),
        own(FR, PARTIES, "{{ supplier.name }} et {{ prospect.name }}."),
    ),
    "item-priced": (
        (FR, {"decision": {"item": "abonnements à 40 € par mois"}}, {}),
        (FR, {"decision": {"item": "abonnements Compta 365"}}, {}),
    ),
    "item-priced (a number)": (
        (EN, {"decision": {"item": "25 users"}}, {}),
        (EN, {"decision": {"item": "licences of Office 365"}}, {}),
    ),
    "commitment-unsaid": (
        (INTENT, {"vendor_commitment": "firm"}, {}),
        (
            INTENT,
            {"vendor_commitment": "firm"},
            {"terms": {"vendor_commitment": "firm"}},
        ),  # the house's usual
    ),
    "address-block": (
        (
            FR,
            {
                "prospect": {
                    "address": [
                        "Service des achats",
                        "Bâtiment C",
                        "Escalier 4",
                        "Zone industrielle",
                        "12 rue X et une suite qui n’en finit pas de dire où l’on est",
                        "69002 Lyon",
                    ]
                }
            },
            {},
        ),
        (
            FR,
            {
                "prospect": {
                    "address": ["Service des achats", "Bâtiment C", "Escalier 4", "12 rue X", "69002 Lyon"]
                }
            },
            {},
        ),
    ),
    "reference-stale": ((FR, {"reference": "AP-20261123-AAAAA"}, {}), (FR, {"reference": "LEF-1"}, {})),
    "reference-stale (of a decline)": (
        (FR, {"reference": OF_FR.format("DC", "20261123")}, {}),
        (FR, {"reference": OF_FR.format("AP", "20261101")}, {}),
    ),
    "not-a-business-day (Sunday)": (
        (FR, {"delivery": {"by": datetime.date(2027, 3, 28)}}, {}),
        (FR, {"delivery": {"by": datetime.date(2027, 3, 26)}}, {}),  # Good Friday: a feast in England alone
    ),
    "not-a-business-day (Good Friday)": (
        (EN, {"delivery": {"by": datetime.date(2027, 3, 26)}}, {}),
        (EN, {"delivery": {"by": datetime.date(2027, 3, 25)}}, {}),
    ),
    "not-a-business-day (Ascension)": (
        (FR, {"delivery": {"by": datetime.date(2027, 5, 6), "long_stop": datetime.date(2027, 6, 30)}}, {}),
        (FR, {"delivery": {"by": datetime.date(2027, 5, 7), "long_stop": datetime.date(2027, 6, 30)}}, {}),
    ),
    "signed-after-delivery": (
        (FR, {"delivery": {"by": datetime.date(2026, 12, 23)}}, {}),
        (FR, {"delivery": {"by": datetime.date(2026, 12, 24)}}, {}),
    ),
    "too-late-to-test": (
        (FR, {"delivery": {"long_stop": datetime.date(2027, 4, 14)}}, {}),
        (FR, {"delivery": {"long_stop": datetime.date(2027, 4, 15)}}, {}),
    ),
    "deadline-missing": (own(FR, CONDITION, "Une livraison un jour."), own(FR, CONDITION, DATES)),
    "date-differs": (
        own(FR, TERM, "Dès le 1er avril 2027."),
        own(FR, TERM, "Dès le 31 mars 2027, loi n° 78-17 du 6 janvier 1978."),
    ),
    "date-differs (of this very agreement)": (
        own(FR, TERM, "La présente convention prend effet à compter du 1er avril 2027."),
        own(FR, TERM, "À l’exclusion de la Convention de Vienne du 11 avril 1980."),
    ),
    "date-differs (of a treaty)": (
        own(FR, TERM, "Signé selon le code. L’entrée en vigueur est du 1er avril 2027."),
        own(
            FR,
            TERM,
            "Convention des Nations unies sur les contrats de vente, faite à Vienne le 11 avril 1980.",
        ),
    ),
    "date-differs (an agreement of a place)": (
        own(FR, TERM, "L’accord entre en vigueur à compter du 1er avril 2027."),
        own(FR, TERM, "L’accord de Paris du 12 décembre 2015 et le traité sur l’Union du 7 février 1992."),
    ),
    "date-differs (of a document)": (
        own(FR, TERM, "La politique de confidentialité du 3 mai 2025 s’applique."),
        own(FR, TERM, "Les conditions générales du 3 mai 2025 s’appliquent."),
    ),
    "numeric-date": (own(FR, TERM, "Dès le 31/03/2027."), own(FR, TERM, "Dès le 31 mars 2027.")),
    "total-differs": (own(FR, PRICE, "Prix : le tarif hors taxes."), own(FR, PRICE, f"Prix : {TOTAL}.")),
    "amount-differs": (
        own(FR, PRICE, f"Prix : {TOTAL}, ou 11 000 € au comptant."),
        own(FR, PRICE, f"Prix : {TOTAL}, soit 12 000 €."),
    ),
    "currency-differs": (
        own(FR, PRICE, f"Prix : {TOTAL}, soit 12 000 CHF."),
        own(FR, PRICE, f"Prix : {TOTAL}, soit 12 000 EUR."),
    ),
    "currency-differs (another dollar)": (
        (FR, {"decision": {"currency": "USD"}}, {}, (PRICE, f"Prix : {TOTAL}, soit 12 000 $ CA.")),
        (FR, {"decision": {"currency": "USD"}}, {}, (PRICE, f"Prix : {TOTAL}, soit 12 000 $.")),
    ),
    "words-differ": (
        own(FR, PRICE, f"Prix : {TOTAL} (onze mille euros)."),
        own(FR, PRICE, f"Prix : {TOTAL} (douze mille euros)."),
    ),
    "foreign-currency": (
        (FR, {"decision": {"currency": "USD"}}, {}),
        (FR, {"decision": {"currency": "EUR"}}, {}),
    ),
    "tax-unstated": (
        own(FR, PRICE, "Prix : {{ decision.total }}."),
        own(FR, PRICE, "Prix : {{ decision.total }} HT."),
    ),
    "vat-abroad": (
        (EN, {"decision": {"vat_rate": "20"}}, {}),
        (EN, {"decision": {"vat_rate": "0"}}, {}),
    ),
    "vat-abroad (Monaco has the VAT of France)": (
        (FR, {"prospect": {"country": "LU", "registration": None}}, {}),
        (FR, {"prospect": {"country": "MC", "registration": None}}, {}),
    ),
    "vat-abroad (a French number tells the country)": (
        (FR, {}, {"supplier": {"country": "BE", "registration": None, "vat": None}}),
        (FR, {"prospect": {"country": None}}, {}),
    ),
    "small-professional": (
        (FR, {"prospect": {"staff": "0-5"}}, {}),
        (FR, {"prospect": {"staff": "6+"}}, {}),
    ),
    "small-professional (not known)": ((FR, {}, {}), (FR, {"prospect": {"staff": "6+"}}, {})),
    "small-professional (of a law)": (
        (FR, {"prospect": {"staff": "0-5"}}, {}),
        (FR, {"law": "EW", "prospect": {"staff": "0-5"}}, {}),
    ),
    "tax-differs": (own(FR, PRICE, f"{TOTAL}, TVA 10 %."), own(FR, PRICE, f"{TOTAL}, TVA 20 %.")),
    "payment-too-late": (
        (FR, {}, {"terms": {"payment_days": 61}}),
        (FR, {}, {"terms": {"payment_days": 60}}),
    ),
    "payment-too-late (written in)": (
        own(FR, PAYMENT, PAID.format(days="quatre-vingt-dix jours")),
        own(FR, PAYMENT, PAID.format(days="soixante jours")),
    ),
    "payment-too-late (end of month)": (
        own(FR, PAYMENT, PAID.format(days="60 jours fin de mois")),
        own(FR, PAYMENT, PAID.format(days="45 jours fin de mois")),
    ),
    "late-payment-unstated": (
        own(FR, PAYMENT, "Payable à 30 jours."),
        own(FR, PAYMENT, PAID.format(days="30 jours")),
    ),
    "payment-too-late (other days)": (
        own(FR, PAYMENT, "La facture se règle dans un délai de 90 jours."),
        own(
            FR,
            PAYMENT,
            "Facture payable à 30 jours. Contestation dans les 90 jours de la facture. Pénalités calculées sur 365 jours.",
        ),
    ),
    "payment-too-late (England)": (
        ("05-en-purchase-england", {}, {"terms": {"payment_days": 61}}),
        ("05-en-purchase-england", {}, {"terms": {"payment_days": 60}}),
    ),
    "waiver-unclear": (
        own(FR, WAIVER, "Les parties peuvent renoncer à la Condition."),
        own(FR, WAIVER, "Le Client seul peut renoncer à la Condition."),
    ),
    "hard-reference": (
        own(FR, TERM, "Selon l’article 5."),
        own(FR, TERM, "Selon l’article 15 du Code civil."),
    ),
    "broken-reference": (
        own(FR, TERM, "Selon l’article 55."),
        own(FR, TERM, "Selon l’article {{ article.price }}."),
    ),
    "broken-reference (of another text)": (
        own(FR, TERM, "Selon l’article 55 de cette lettre."),
        own(
            FR,
            TERM,
            "Selon les articles 13 et 54 du règlement, l’article 44 des conditions générales (RGPD, article 88).",
        ),
    ),
    "annex-missing (the client’s own words)": (
        (FR, feature(description="un export décrit dans l’annexe 1"), {}),
        (FR, feature(description="un export de l’annexe comptable"), {}),
    ),
    "unfinished (the client’s own words)": (
        (FR, feature(description="un export vers [date]"), {}),
        (FR, feature(description="un écran [scan, fax, photo]"), {}),
    ),
    "unfinished (a line to fill in)": (
        own(FR, TERM, "Dure ________ mois."),
        own(FR, TERM, "Dure {{ decision.duration }}."),
    ),
    "value-dropped": (
        own(FR, PAYMENT, PAID.format(days="30 jours")),
        own(FR, PAYMENT, PAID.format(days="{{ terms.payment_days }}")),
    ),
    "value-dropped (another word for it)": (
        own(FR, PRICE, "{{ decision.unit_price }} ; {{ decision.vat_rate }}"),
        own(FR, PRICE, "{{ decision.unit_price }} HT, soit {{ decision.total_with_vat }} TTC."),
    ),
    "value-dropped (the rate)": (own(FR, PRICE, f"{TOTAL}."), own(FR, PRICE, f"{ALL_OF_PRICE}.")),
    "value-dropped (said elsewhere)": (
        own(FR, CONDITION, "Livrée le {{ delivery.by }}."),
        own(FR, "fr/agreement/00-opening.conditional.md", "Voici l’accord que nous vous proposons."),
    ),
    "waiver-by-another": (
        own(FR, WAIVER, "Le Fournisseur seul peut y renoncer."),
        own(FR, WAIVER, "Le Client seul peut y renoncer."),
    ),
    "waiver-too-late": (
        own(FR, WAIVER, "Le Client seul peut y renoncer, même après sa défaillance."),
        own(FR, WAIVER, "Le Client seul peut y renoncer avant sa défaillance."),
    ),
    "lapse-unsaid": (
        own(FR, LAPSE, "À défaut de livraison, les parties se concertent."),
        own(FR, LAPSE, "À défaut de livraison, l’accord est caduc."),
    ),
    "retroactive": (
        own(FR, EFFECT, "La Commande prend effet rétroactivement."),
        own(FR, EFFECT, "La Commande prend effet ce jour-là, sans rétroactivité."),
    ),
    "presumption": (
        own(FR, ACCEPTANCE, "Sans réponse, la recette est réputée acquise."),
        own(FR, ACCEPTANCE, "Sans réponse, la recette est présumée, sauf preuve contraire."),
    ),
    "presumption (whose silence)": (
        own(FR, ACCEPTANCE, "Si le Client ne répond ni ne s’oppose, son silence emporte recette définitive."),
        own(
            FR,
            ACCEPTANCE,
            "La recette est alors présumée ; le Client peut encore prouver qu’un essai échouait.",
        ),
    ),
    "presumption (beyond proof)": (
        own(
            FR,
            ACCEPTANCE,
            "Faute de réponse, la recette est présumée acquise ; le Client ne peut plus prouver d’échec.",
        ),
        own(FR, ACCEPTANCE, "Le silence du Client ne vaut pas recette."),
    ),
    "presumption (English)": (
        own(EN, EN_ACCEPTANCE, "If the Client does not answer, its silence is treated as acceptance."),
        own(
            EN,
            ACCEPTANCE,
            "If the Client does not answer, the Feature is deemed accepted; it may still prove that a test failed.",
        ),
    ),
    "law-contradicted": (
        own(FR, FORUM, "Droit français ; compétence des tribunaux de Londres ({{ terms.court }})."),
        own(FR, FORUM, "Droit français ; compétence exclusive : {{ terms.court }}."),
    ),
    "law-unstated": (
        own(FR, FORUM, "Compétence exclusive : {{ terms.court }}."),
        own(FR, FORUM, "La lettre est régie par le droit français. {{ terms.court }}"),
    ),
    "public-body": (
        (FR, {"prospect": {"legal_form": "Collectivité territoriale"}}, {}),
        (FR, {"prospect": {"legal_form": "SARL"}}, {}),
    ),
    "public-body (by its name)": (
        (FR, {"prospect": {"name": "Mairie de Vannes", "legal_form": None}}, {}),
        (FR, {"prospect": {"name": "Boulangerie de la Mairie", "legal_form": None}}, {}),
    ),
    "public-body (a company called after one)": (
        (FR, {"prospect": {"name": "Lycée Balzac", "legal_form": "EPLE"}}, {}),
        (FR, {"prospect": {"name": "Lycée Café", "legal_form": "SARL"}}, {}),
    ),
    "annex-missing": (own(FR, FEATURE, "Voir l’annexe 1."), own(FR, FEATURE, "{{ feature.description }}")),
    "originals": (own(FR, SIGNATURE, "En trois originaux."), own(FR, SIGNATURE, "En deux originaux.")),
    "court-of-non-merchant": (
        (FR, {"prospect": {"legal_form": "Association loi 1901"}}, {}, (CIVIL_FORUM, CHOSEN)),
        (FR, {"prospect": {"legal_form": "SARL"}}, {}, (FORUM, CHOSEN)),
    ),
    "court-of-non-merchant (no court chosen)": (
        (FR, {"prospect": {"legal_form": "SELARL"}}, {}, (CIVIL_FORUM, CHOSEN)),
        (FR, {"prospect": {"legal_form": "SELARL"}}, {}),
    ),
    "court-abroad": ((FR, {"court": "London"}, {}), (FR, {"court": "Grenoble"}, {})),
    "court-abroad (the client's town)": (
        ("08-en-subscription-france", {"court": "Cork"}, {}),
        ("08-en-subscription-france", {"court": "Paris"}, {}),
    ),
    "court-abroad (a foreign company in a French town)": (
        (
            "08-en-subscription-france",
            {"court": "Namur", "prospect": BELGIAN | {"address": ["1 rue A", "5000 Namur"]}},
            {},
        ),
        (
            "08-en-subscription-france",
            {"court": "Lyon", "prospect": BELGIAN | {"address": ["1 rue A", "6900 Lyon"]}},
            {},
        ),
    ),
    "court-renamed": (
        (FR, {"court": "tribunal de commerce de Paris"}, {}),
        (FR, {"court": "tribunal de commerce de Grenoble"}, {}),
    ),
    "language": ((EN, {"prospect": {"country": "FR", "registration": None}}, {}), (EN, {}, {})),
    "future-feature": ((FR, {}, {}), (INTENT, {}, {})),
    "uncapped": ((EN, {}, {}), (EN, {}, {"terms": {"liability_cap": "total"}})),
    "penalty-excessive": (
        (FR, {"decision": {"penalty": "12000.01"}}, {}),
        (FR, {"decision": {"penalty": "12000.00"}}, {}),
    ),
    "exclusivity-too-long": (
        (FR, {"decision": {"exclusivity_until": "2027-06-01"}}, {}),
        (FR, {"decision": {"exclusivity_until": "2027-05-31"}}, {}),
    ),
    "uncapped (efforts)": ((FR, {"vendor_commitment": "firm"}, {}), (FR, {}, {})),
    "indicative-date": (("11-en-decline-date", {}, {}), (EN_DECLINE, {}, {})),
    "level-exceeded": (
        own(INTENT, NOT_BINDING, "Le Client s’engage à acheter {{ decision.item }}."),
        own(INTENT, NOT_BINDING, "Le Client ne s’engage pas à acheter {{ decision.item }}."),
    ),
    "level-exceeded (English)": (
        own(
            "06-en-intent-england",
            "en/agreement/54-exclusivity.not-binding.md",
            "The Client undertakes to buy the Order.",
        ),
        own(
            "06-en-intent-england",
            "en/agreement/54-exclusivity.not-binding.md",
            "The Client does not undertake to buy the Order.",
        ),
    ),
    "level-exceeded (the client’s own words)": (
        (INTENT, {"decision": {"item": "licences que le Client s’engage à acheter"}}, {}),
        (
            INTENT,
            feature(description="un écran par lequel le client du magasin s’engage à commander"),
            {},
        ),
    ),
    "level-denied": (
        own(FR, TERM, "Cette lettre est purement indicative."),
        own(FR, TERM, "Cette durée est ferme."),
    ),
    "commitment-contradicted (a date)": (
        own(FR, COMMITMENT, "Le Fournisseur s’engage à livrer au plus tard à la Date de livraison."),
        own(FR, COMMITMENT, "Le Fournisseur est tenu d’une obligation de moyens."),
    ),
    "commitment-contradicted (firm)": (
        (FR, {"vendor_commitment": "firm"}, {}, (TERM, "Le Fournisseur n’est pas responsable d’un retard.")),
        (FR, {"vendor_commitment": "firm"}, {}, (MAJEURE, "Le Fournisseur fait des efforts raisonnables.")),
    ),
    "commitment-contradicted (the client’s own words)": (
        (FR, {"vendor_commitment": "firm"}, {}, (TERM, "Tenu d’une obligation de moyens.")),
        (
            FR,
            {
                "vendor_commitment": "firm",
                "feature": {"description": "un ticket qui ne garantit pas le résultat"},
            },
            {},
        ),
    ),
    "commitment-contradicted": (
        own(FR, TERM, "Le Fournisseur garantit le résultat."),
        own(FR, TERM, "Le Fournisseur ne garantit pas le résultat."),
    ),
    "discretion": (
        own(FR, ACCEPTANCE, "À la satisfaction du Client : {{ feature.acceptance_tests }}"),
        own(FR, ACCEPTANCE, "Selon ces essais : {{ feature.acceptance_tests }}"),
    ),
    "discretion (whose)": (
        own(FR, ACCEPTANCE, "Le Client, seul juge, décide. {{ feature.acceptance_tests }}"),
        own(FR, COOPERATION, "Chaque partie choisit son personnel à sa seule discrétion."),
    ),
    "discretion (the client’s own words)": (
        own(FR, TERM, "Dure tant que le Client est satisfait."),
        (
            FR,
            feature(
                description="le gérant choisit à sa convenance le texte du ticket",
                acceptance_tests=["le gérant choisit à sa convenance un texte, qui s’imprime"],
            ),
            {},
        ),
    ),
    "discretion (a test that somebody likes)": (
        (FR, feature(acceptance_tests=["le tableau de bord plaît au gérant"]), {}),
        (FR, feature(acceptance_tests=["le gérant valide la commande, qui passe à l’état « validée »"]), {}),
    ),
    "discretion (a test at will)": (
        (FR, feature(acceptance_tests=["le Client peut refuser sans motif"]), {}),
        (
            FR,
            feature(
                acceptance_tests=[
                    "le client peut refuser une commande sans motif, et la commande passe alors à l’état « refusée »",
                    "le commentaire laissé à l’appréciation de l’inspecteur est conservé dans l’historique",
                ]
            ),
            {},
        ),
    ),
    "discretion (English)": (
        (EN, feature(acceptance_tests=["the layout is signed off by the head of marketing"]), {}),
        (
            EN,
            feature(
                acceptance_tests=["the supervisor signs off the job on the tablet, and the invoice is sent"]
            ),
            {},
        ),
    ),
    "discretion (the purchase)": (
        own(FR, EFFECT, "La Commande prend effet une fois le module approuvé par la direction du Client."),
        own(FR, EFFECT, "La Commande prend effet à la date que le Client accepte par écrit."),
    ),
    "level-denied (cancelling)": (
        own(
            FR,
            PURCHASE,
            "Le Client s’engage à acheter {{ decision.order }}. Le Client peut annuler la Commande à tout moment.",
        ),
        own(
            FR,
            PURCHASE,
            "Le Client s’engage à acheter {{ decision.order }}. Le Client ne peut annuler la Commande à tout moment.",
        ),
    ),
    "vague-test": (
        (FR, feature(acceptance_tests=["l’export est rapide"]), {}),
        (FR, feature(acceptance_tests=["l’export est rapide : moins de 2 s"]), {}),
    ),
    "vague-test (a number of something else)": (
        (FR, feature(acceptance_tests=["l’export est rapide pour les 3 magasins"]), {}),
        (FR, feature(acceptance_tests=["le relevé des fluides frigorigènes s’imprime"]), {}),
    ),
    "vague-test (the name of a function)": (
        (FR, feature(acceptance_tests=["la recherche est rapide"]), {}),
        (FR, feature(acceptance_tests=["la recherche rapide retrouve les dix tickets du jeu d’essai"]), {}),
    ),
    "vague-test (English)": (
        (EN, feature(acceptance_tests=["the screen is user-friendly"]), {}),
        (EN, feature(acceptance_tests=["the screen shows the yields"]), {}),
    ),
    "future-promise": (
        declined("Notre offre l’inclura bientôt."),
        declined("Notre interface publique y répond."),
    ),
    "disparaging (another, in French)": (
        declined("À la différence de Caissor, nos outils fonctionnent."),
        declined("Contrairement à ce que vous pensiez, la demande est claire."),
    ),
    "disparaging (a person)": (
        declined("Mr Grant was rude on the phone.", EN_DECLINE),
        declined("Mr Grant was kind on the phone.", EN_DECLINE),
    ),
    "disparaging (a person, in French)": (
        declined("Votre acheteuse s’est montrée désagréable."),
        declined("La demande de votre acheteuse est claire."),
    ),
    "future-promise (somebody will see)": (
        declined("Je vais voir avec l’équipe si l’on peut l’ajouter pour vous."),
        declined("Nous avons vu avec vous ce qui manque."),
    ),
    "future-promise (a season)": (
        declined("La caisse Novalys accueillera votre format dès le printemps prochain."),
        declined("Le salon de la caisse se tiendra à Lyon en septembre."),
    ),
    "future-promise (a season, English)": (
        declined("The till will read these files by the spring.", EN_DECLINE),
        declined("The fair of the software will be held in the spring.", EN_DECLINE),
    ),
    "future-promise (English)": (
        declined("It is on our roadmap.", EN_DECLINE),
        declined("Reply as soon as you can.", EN_DECLINE),
    ),
    "fault-admitted": (
        declined("Nous reconnaissons notre retard."),
        declined("Nous connaissons votre métier."),
    ),
    "protected-characteristic": (
        declined("Votre religion nous est étrangère."),
        declined("Votre région nous est étrangère."),
    ),
    "disparaging": (
        declined("Votre prestataire est incompétent."),
        declined("Votre prestataire est compétent."),
    ),
    "disparaging (English)": (
        declined("Their product is rubbish.", EN_DECLINE),
        declined("Their product is sound.", EN_DECLINE),
    ),
    "disparaging (the request)": (
        (FR, feature(need="remplacer un logiciel médiocre"), {}),
        (FR, feature(need="remplacer un logiciel de 2009"), {}),
    ),
    "amount-differs (elsewhere)": (
        own(FR, TERM, "Un déplacement coûte 250 €."),
        own(FR, TERM, "Un retard coûte 40 €."),
    ),
    "price-coordination": (declined("Alignons : aligner nos prix."), declined("Nos prix sont publics.")),
    "other-client": (
        (
            FR,
            feature(description="le même export que Cycles Morel."),
            {"review": {"clients": ["Cycles MOREL"]}},
        ),
        (
            FR,
            feature(description="le même export."),
            {"review": {"clients": ["Cycles Morel", "Boulangeries Lefèvre"]}},
        ),
    ),
    "other-client (written otherwise)": (
        (
            FR,
            feature(description="le même export que Dupont & Fils."),
            {"review": {"clients": ["SARL Dupont et Fils", "Orange"]}},
        ),
        (FR, feature(description="un voyant passe à l’orange."), {"review": {"clients": ["Orange"]}}),
    ),
    "other-client (one word)": (
        (FR, feature(description="comme chez Orange."), {"review": {"clients": ["Orange SA"]}}),
        (FR, feature(description="l’orange et le citron."), {"review": {"clients": ["Orange SA"]}}),
    ),
    "not-a-business-day (Alsace)": (
        (
            FR,
            {
                "prospect": {"address": ["1 rue X", "67000 Strasbourg"]},
                "delivery": {"by": datetime.date(2028, 12, 26), "long_stop": datetime.date(2029, 3, 1)},
            },
            {},
        ),
        (
            FR,
            {
                "prospect": {"address": ["1 rue X", "69001 Lyon"]},
                "delivery": {"by": datetime.date(2028, 12, 26), "long_stop": datetime.date(2029, 3, 1)},
            },
            {},
        ),
    ),
    "mixed-alphabets": ((FR, feature(name="Export FЕC"), {}), (FR, feature(name="Экспорт 5 kΩ"), {})),
    "own-wording": (own(FR, TERM, "Un an."), (FR, {}, {})),
    "unapproved": (
        (FR, {}, {"review": {"approved_only": True}}),
        (FR, {}, {"review": {"approved_only": False}}),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_check_is_set_off_and_a_close_neighbour_is_not(name: str, tmp_path: Path) -> None:
    code = name.split(" (", maxsplit=1)[0]
    codes = {code} | {
        instead
        for requirements in must_say.read("fr").clauses.values()
        for instead, requirement in requirements.items()
        if code in requirement.instead_of
    }
    faulty, sound = CASES[name]
    findings = [f for f in reviewed(tmp_path / "faulty", *faulty).findings if f.code in codes]
    assert findings, name
    for finding in findings:
        assert_plain(finding.sentence)
        assert finding.source or code in {"own-wording", "unapproved", "commitment-unsaid", "item-priced"}
    assert not codes & {f.code for f in reviewed(tmp_path / "sound", *sound).findings}


MEANT = {
    "05-en-purchase-england": {"uncapped"},  # a result promised without a cap on liability
    "fr-conditionnel-angleterre": {"uncapped"},
    "04-fr-intention-projet": {"blank"},
    "fr-artisan-ei": {"small-professional"},  # in business in his own name
    "fr-ch-chf": {"not-a-business-day"},  # 1 May 2027: a Saturday
}


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_the_samples_give_no_false_alarm(path: Path) -> None:
    deal = loader.read_deal(path, HOUSE.house, today=TODAY)
    letter = compose(deal, HOUSE)
    findings = review.review(letter, deal, HOUSE.house, HOUSE.path.parent).findings
    assert {f.code for f in findings if f.severity != "note"} == MEANT.get(path.stem, set()), findings


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("law", get_args(Law))
def test_no_combination_of_our_clauses_is_an_error(language: str, law: str) -> None:
    count = 0
    for level, commitment, decision in product(
        get_args(Binding), get_args(Commitment), ("subscription", "purchase", "pilot")
    ):
        with contextlib.suppress(FaultyInput):  # the pairs that no court would uphold
            data = agreement(language, law, level, commitment, decision, rich=True)
            deal = loader.deal_from(data, "deal", HOUSE.house, today=TODAY)
            letter = compose(deal, HOUSE)
            findings = review.review(letter, deal, HOUSE.house, None).findings
            graver = {f.code for f in findings if f.severity != "note"}
            assert graver <= {
                "blank",
                "not-a-business-day",
                *(("uncapped",) if commitment == "firm" else ()),
            }, findings
            count += 1
    assert count >= 20


def test_a_letter_read_back_from_its_data_is_reviewed_alike() -> None:
    for path in SITUATIONS:
        deal = loader.read_deal(path, HOUSE.house, today=TODAY)
        letter = compose(deal, HOUSE)
        again = recompose.letter_of(record.recorded(letter.data, "letter.pdf"), "letter.pdf")
        recorded = record.recorded(letter.data, "letter.pdf")
        assert (
            review.review(again, recorded.deal, recorded.house_file.house, None).findings
            == review.review(letter, deal, HOUSE.house, None).findings
        )


REPRESENTATIVES = (
    "Cogérant|PDG|P.-D.G.|Dirigeant|Sole trader|Liquidateur|Entrepreneur individuel|Director and shareholder"
    "|Directrice générale|Présidente|Gérant|Managing Director|Director|Chief Executive|Partner|Owner"
    "|Gérant de la SARL|Présidente de Lefèvre Holding, elle-même présidente|Administratrice déléguée"
    "|Présidente (SAS)|Joint Managing Director|Owner-Director|Group Chief Executive|Director (UK & Ireland)|Gérante de droit|Gérante de la SARL Lefèvre|Président de la SAS Lefèvre Holding|Gérant du GAEC|Président de l’association|Cheffe d’entreprise"
    "|Chair|Chair of Trustees"
    "|Président-directeur général|Président du conseil d’administration|Associé gérant|Company Secretary"
)
OTHERS = (
    "Responsable des achats|Sales Director|Product owner|Administrateur systèmes|Chief Operating Officer"
    "|Assistant de direction du Président|Member of the purchasing team|Vice-président Ventes|Shareholder|Présidente du conseil de surveillance|Directeur des achats|Boulanger|Directrice générale adjointe|Directeur Zone NA"
)


@pytest.mark.parametrize("title", [*REPRESENTATIVES.split("|"), *OTHERS.split("|")])
def test_who_is_no_legal_representative_shows_a_power_to_sign(title: str, tmp_path: Path) -> None:
    result = reviewed(tmp_path, FR, {"prospect": {"contact": {"title": title}}})
    codes = {f.code for f in result.findings if f.where == "prospect.contact.title"}
    assert codes == ({"delegation"} if title in OTHERS.split("|") else set())


@pytest.mark.parametrize(
    ("prospect", "title", "alarm"),
    [
        ({"legal_form": "artisan, entrepreneur individuel (EI)"}, "Boulanger", False),
        ({"legal_form": "SARL"}, "Boulanger", True),
        ({"legal_form": "Inc.", "country": "US", "registration": None, "registry": "Delaware"}, "Chief Operating Officer", False),
        ({"legal_form": "Inc.", "country": "US", "registration": None, "registry": "Delaware"}, "Vice President", False),
        ({"legal_form": "Inc.", "country": "US", "registration": None, "registry": "Delaware"}, "Buyer", True),
        ({"legal_form": "SARL"}, "Chief Operating Officer", True),
    ],
)  # fmt: skip
def test_who_needs_no_power_to_sign(prospect: Tables, title: str, tmp_path: Path, *, alarm: bool) -> None:
    result = reviewed(tmp_path, FR, {"prospect": prospect | {"contact": {"title": title}}})
    codes = {f.code for f in result.findings if f.where == "prospect.contact.title"}
    assert codes == ({"delegation"} if alarm else set())


PUBLIC = (
    "Mairie de Vannes|Commune de Vannes|Ville de Lyon|Lycée Balzac|CHU de Nantes|Université de Rennes|CCAS de Lorient|SDIS du Morbihan"
    "|GIP Cyber|CCI de Lyon|Chambre de commerce et d’industrie de Lyon|Office public de l’habitat du Rhône|Conseil départemental du Rhône"
    "|Kent County Council|Leeds Teaching Hospitals NHS Trust|University of Leeds|Ministry of Justice"
)
NOT_PUBLIC = "Boulangerie de la Mairie|Café de l’Université|Le Lycée Bar & Co SAS de quartier|Council & Sons|Ville-en-Bois SAS|Régionale de pain"


@pytest.mark.parametrize("name", [*PUBLIC.split("|"), *NOT_PUBLIC.split("|")])
def test_a_public_body_is_known_by_its_name(name: str, tmp_path: Path) -> None:
    result = reviewed(tmp_path, FR, {"prospect": {"name": name, "legal_form": None}})
    found = any(finding.code == "public-body" for finding in result.findings)
    assert found == (name in PUBLIC.split("|"))


@pytest.mark.parametrize("sample", ["05-en-purchase-england", "07-en-pilot-england", "fr-droit-anglais"])
def test_no_letter_of_english_law_cites_a_french_code(sample: str) -> None:
    assert not [
        code
        for code in authorities.SOURCES
        if isinstance(authorities.SOURCES[code], dict) and "Code" in authorities.source_of(code, "EW")
    ]
    deal = loader.read_deal(
        next(path for path in SITUATIONS if path.stem == sample), HOUSE.house, today=TODAY
    )
    letter = dataclasses.replace(compose(deal, HOUSE), gaps=("x",))
    findings = review.review(letter, deal, HOUSE.house, None).findings
    assert findings
    assert not [f for f in findings if "Code civil" in f.source]


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_each_clause_cites_the_law_of_the_letter_alone(path: Path) -> None:
    """A decline, which no law is chosen for, cites that of its house."""
    deal = loader.read_deal(path, HOUSE.house, today=TODAY)
    letter = compose(deal, HOUSE)
    library = {c.path.name: c for c in Library().clauses(letter.language, letter.kind)}
    for clause in review.review(letter, deal, HOUSE.house, None).clauses:
        assert clause.sources == library[clause.file].law.get(letter.law or "FR", ()), clause.file


def test_a_source_by_law_names_every_law() -> None:
    assert set(authorities.ByLaw.__annotations__) == set(get_args(Law))
    by_law = [source for source in authorities.SOURCES.values() if isinstance(source, dict)]
    assert by_law
    assert all(source.keys() == set(get_args(Law)) for source in by_law)


def test_every_source_is_that_of_a_check() -> None:
    source = "".join(
        path.read_text("utf-8")
        for path in (PACKAGE / "review").rglob("*.py")
        if path.name != "authorities.py"
    )
    unknown = {
        code
        for code in authorities.SOURCES
        if f'"{code}"' not in source and not code.startswith("legal-hold.")
    }
    assert not unknown


def test_a_letter_of_a_house_that_has_another_name_by_now_is_judged_as_it_was(tmp_path: Path) -> None:
    letter = compose(deal_of(FR), HOUSE)
    renamed = house_in(tmp_path, {"supplier": {"name": "Novalys Europe"}, "terms": {"payment_days": 90}})
    result = review.review(letter, deal_of(FR), renamed.house, tmp_path)
    assert not result.errors, result.errors


def test_a_letter_about_to_leave_can_still_be_signed() -> None:
    letter = compose(deal_of(FR), HOUSE)

    def past(day: datetime.date) -> list[str]:
        findings = review.review(letter, deal_of(FR), HOUSE.house, None, day).findings
        return [f.where for f in findings if f.code == "already-past"]

    assert past(TODAY) == []
    assert past(datetime.date(2026, 12, 24)) == ["terms.validity_days"]
    assert past(datetime.date(2027, 4, 1)) == ["delivery.by", "terms.validity_days"]


@pytest.mark.parametrize("reason", ["out-of-scope", "date-not-feasible"])
def test_the_key_of_an_indicative_date_is_named_where_there_is_one(reason: str, tmp_path: Path) -> None:
    answer = {"reason": reason, "alternative": "Nous y travaillons."}
    (finding,) = (
        f for f in reviewed(tmp_path, DECLINE, {"decline": answer}).findings if f.code == "future-promise"
    )
    assert ("decline.earliest" in finding.sentence) == (reason == "date-not-feasible")


# --- Approval, holds ----------------------------------------------------------


def test_an_approved_clause_is_approved_until_its_text_changes(tmp_path: Path) -> None:
    rules = {"review": {"approved_only": True}}
    library = Library().clauses("fr", "agreement")
    for folder in ("before", "after"):
        (tmp_path / folder).mkdir()
        approvals.approve(tmp_path / folder, library, "Me Arcy", TODAY)
    assert not reviewed(tmp_path / "before", FR, {}, rules).errors
    changed = reviewed(tmp_path / "after", FR, {}, rules, (TERM, "Dure {{ decision.duration }}."))
    assert [(f.code, f.severity) for f in changed.errors] == [("unapproved", "error")]
    assert {c.status for c in changed.clauses if c.file != "30-term.subscription.md"} == {"approved"}


def test_every_clause_of_the_library_says_why_it_is_in_or_out(tmp_path: Path) -> None:
    states = {state.file: state for state in reviewed(tmp_path, FR, {}, {}, (TERM, "Un an.")).clauses}
    assert states.keys() == {clause.path.name for clause in Library().clauses("fr", "agreement")}
    term, pilot = states["30-term.subscription.md"], states["30-term.pilot.md"]
    assert (term.included, term.status) == (True, "override")
    assert (pilot.included, pilot.number, pilot.status) == (False, None, "standard")
    assert {each.name: each.holds for each in pilot.conditions} == {"binding": True, "pilot": False}


def test_a_missing_clause_is_an_error(tmp_path: Path) -> None:
    home = house_in(tmp_path, {}, ((WAIVER, "Le Client seul renonce."),))
    file = tmp_path / "templates" / WAIVER
    file.write_text(file.read_text("utf-8").replace('"conditional"', '"not-conditional"'), "utf-8")
    deal = loader.read_deal(SAMPLES / f"{FR}.toml", home.house, today=TODAY)
    # Only a letter that does not refer to the clause composes without it.
    result = review.review(compose(deal, home), deal, home.house, None)
    assert [f.code for f in result.errors] == ["clause-missing"]


def test_a_letter_whose_frame_was_lost_is_an_error() -> None:
    letter = compose(deal_of(FR), HOUSE)
    for lost in (
        dataclasses.replace(letter, reference="AP-20261123-AAAAA"),
        dataclasses.replace(
            letter, labels={**letter.labels, "layout": {**letter.labels["layout"], "page": ""}}
        ),
    ):
        result = review.review(lost, deal_of(FR), HOUSE.house, None)
        assert "frame-missing" in {f.code for f in result.errors}


def test_a_number_that_no_file_could_hold_is_an_error_in_a_letter() -> None:
    deal = deal_of(FR)
    prospect = deal.prospect.model_copy(update={"registration": "552 100 555"})
    result = review.review(
        compose(deal, HOUSE), deal.model_copy(update={"prospect": prospect}), HOUSE.house, None
    )
    assert "prospect.registration" in {f.where for f in result.errors if f.code == "wrong-number"}


@pytest.mark.parametrize("kind", ["consumer", "public"])
def test_what_legal_must_decide_first_is_the_one_finding(kind: str, tmp_path: Path) -> None:
    with pytest.raises(LegalHold) as raised:
        reviewed(tmp_path, FR, {"prospect": {"kind": kind}})
    (finding,) = review.review_on_hold(raised.value).errors
    assert (finding.code, finding.where) == ("legal-hold", "prospect.kind")
    assert finding.sentence.startswith("the prospect is a")


@cache
def deal_of(sample: str) -> Any:
    return loader.read_deal(SAMPLES / f"{sample}.toml", HOUSE.house, today=TODAY)


@pytest.mark.parametrize(("days", "code", "written"), [(90, 1, 0), (30, 0, 1)])
def test_a_final_letter_with_an_error_is_not_written(
    days: int, code: int, written: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = (SAMPLES / "accord.toml").read_text("utf-8")
    changed = house.replace("payment_days = 30", f"payment_days = {days}")
    (tmp_path / "accord.toml").write_text(changed, "utf-8")
    shutil.copy(SAMPLES / "logo.svg", tmp_path)
    shutil.copy(SAMPLES / f"{FR}.toml", tmp_path)  # render keeps the reference in it
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(program(), ["render", f"{FR}.toml", "--final", "--format", "md"])
    assert result.exit_code == code, result.output
    assert len(list(tmp_path.rglob("*.md"))) == written
    assert bool(result.stdout) == bool(written)
    assert ("90" in result.stderr) == (code == 1)


def test_the_names_of_other_clients_never_leave_with_a_letter(tmp_path: Path) -> None:
    home = house_in(tmp_path, {"review": {"clients": ["Cycles Morel"], "approved_only": True}})
    data = compose(deal_of(FR), home).data
    assert "review" not in data["house"]
    assert data == compose(deal_of(FR), house_in(tmp_path, {})).data


def test_of_a_clause_of_the_house_only_new_sentences_are_weighed(tmp_path: Path) -> None:
    name = "fr/decline/16-reason.no-commitment.md"
    standard = (TEMPLATES / name).read_text("utf-8").rpartition("+++\n")[2].strip()

    def promises(folder: str, body: str) -> list[str]:
        found = reviewed(tmp_path / folder, "10-fr-refus-sans-decision", {}, {}, (name, body)).findings
        return [finding.code for finding in found if finding.severity == "warning"]

    assert promises("same", f"{standard} Nous vous saluons.") == []
    assert promises("more", f"{standard} Nos développeurs y pensent déjà.") == ["future-promise"]


def test_free_words_have_one_note_that_names_them(tmp_path: Path) -> None:
    answer = {"decline": {"alternative": "Mews propose cela."}, "opening_note": "Ce fut un plaisir."}
    notes = [f for f in reviewed(tmp_path, DECLINE, answer).findings if f.code == "free-words"]
    assert [(note.severity, sorted(note.where.split(", "))) for note in notes] == [
        ("note", ["decline.alternative", "decline.own_alternative", "opening_note", "positioning.statement"])
    ]
    assert not any(f.code == "free-words" for f in reviewed(tmp_path / "none", FR).findings)


@pytest.mark.parametrize("name", ["Nova", "Nova Deux"])
@pytest.mark.parametrize(
    ("sample", "form", "terms"), [(FR, "association", "nos conditions"), (EN, "a society", "our terms")]
)
def test_the_house_is_read_as_its_letter_prints_it(sample: str, form: str, terms: str, name: str) -> None:
    """In the letter's language, whether or not the house has another name by now."""
    data = HOUSE.house.model_dump(exclude_none=True)
    data["supplier"] |= {"name": "Nova", "legal_form": {"fr": "association", "en": "a society"}}
    data["terms"] |= {"general_terms": {"fr": "nos conditions", "en": "our terms"}}
    then = House.model_validate(data)
    now = then.model_copy(update={"supplier": then.supplier.model_copy(update={"name": name})})
    deal = loader.read_deal(SAMPLES / f"{sample}.toml", then, today=TODAY)
    printed = review.house_as_printed(compose(deal, dataclasses.replace(HOUSE, house=then)), now)
    assert printed.supplier.name == "Nova"
    assert (printed.supplier.legal_form, printed.terms.general_terms) == (form, terms)
    assert (printed.supplier.country, printed.brand) == (then.supplier.country, then.brand)
