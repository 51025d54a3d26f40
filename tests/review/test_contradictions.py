"""A house's own sentence that says another length, currency, tax, name, law or day than the letter; and sound neighbours."""

from pathlib import Path

import pytest

from review.test_edited import Edit, codes
from review.test_review import EN, FR, Tables, reviewed

USD: Tables = {"decision": {"currency": "USD"}}
TEST_FR, TEST_EN = "26-acceptance.france", "26-acceptance.england"
PAY_FR, PAY_EN = "34-payment.subscription.france", "34-payment.once.england"
VAT_FR, VAT_EN = "32-price.vat", "32-price.reverse-charge"
SIGN_FR, SIGN_EN = "72-signature.binding.france", "72-signature.binding.england"
ELSE_FR, ELSE_EN = "66-boilerplate.france", "66-boilerplate.england"
SECRET, TERM, EFFECT, PARTIES = (
    "56-confidentiality.binding",
    "30-term.subscription",
    "38-effect.conditional",
    "10-parties",
)

UNSOUND: dict[str, dict[tuple[str, str], str]] = {
    "length-differs": {
        (FR, TEST_FR): "Le Client dispose toutefois de 45 jours pour mener les essais.|La durée de la recette est fixée à dix jours."
        "|Les essais doivent être terminés sous 8 jours.",
        (FR, "24-cooperation.france"): "Les essais se déroulent sur vingt jours ouvrés à compter de la livraison.",
        (EN, TEST_EN): "The Client’s testing window is three weeks.|Testing must be finished within ten days of delivery."
        "|The Client has one month in which to test the Feature.",
        (EN, "64-notices"): "Results of the tests are to be sent within 30 days of delivery.",
        (FR, PAY_FR): "Les factures se règlent à 45 jours.|Le délai de règlement est de 60 jours.|Payable à 45 jours."
        "|L’échéance est à quarante-cinq jours fin de mois.",
        (EN, PAY_EN): "Invoices are to be settled within fourteen days.|Payment terms are net 60 days.|The Client has 60 days to pay.|Invoices must be paid by return, and at the latest in 5 days.",
        (EN, ELSE_EN): "Invoices fall due 45 days after their date.",
        (FR, SIGN_FR): "L’offre tient 90 jours.|La présente offre expire au bout de quinze jours.",
        (EN, SIGN_EN): "The offer stays open for sixty days.|This offer lapses after ten days.|The Client shall sign within two months.",
        (FR, TERM): "Elle court sur vingt-quatre mois.|Sa durée est de trois ans.|Le Client s’abonne pour vingt-quatre mois.|L’abonnement est souscrit pour trois ans.",
        (FR, "28-purchase.conditional"): "La Commande porte sur une durée de 36 mois.",
        (FR, SECRET): "Le secret dure dix ans.|Au bout de six mois, le secret tombe.|L’obligation de secret prend fin au bout d’un an.",
        (EN, SECRET): "Confidentiality ends one year after signature.|The duty of secrecy lasts five years.",
    },
    "currency-differs": {
        (FR, PAY_FR): "Le prix est réglé en dollars américains.|Les factures sont libellées en francs suisses.|Le règlement s’effectue en yens."
        "|Tous les montants s’entendent en USD.|Le Client peut payer en livres sterling au cours du jour.|Le prix se paie en euros ou en dollars.",
        (FR, VAT_FR): "La monnaie de compte et de paiement est la livre sterling.",
        (FR, ELSE_FR): "Toute somme due au titre de cet accord se paie en dollars canadiens.|Le dollar américain est la monnaie du contrat.",
        (EN, PAY_EN): "Payment is made in US dollars.|All sums are payable in euros.|Invoices are issued and settled in USD.|The Client pays in dollars.|Sums owed are converted into dollars on the invoice date.",
        (EN, ELSE_EN): "Amounts in this letter are expressed in Canadian dollars.|The currency of this order is the Swiss franc.",
    },
    "tax-differs": {
        (FR, VAT_FR): "Ces montants s’entendent TVA comprise.|Le prix inclut la TVA.|La TVA est comprise dans ce prix.|Aucune TVA n’est due.|L’opération est exonérée de TVA.",
        (EN, VAT_EN): "The price includes VAT.|All amounts are VAT-inclusive.|VAT at the standard rate is payable on top.",
    },
    "name-differs": {
        (FR, PARTIES): "Le Fournisseur est ici Novalis SARL.|Le Client désigne la société Boulangeries Lefebvre.",
        (EN, PARTIES): "The Client means Harrow & Sons Ltd.|“Supplier” means Novalys Limited.",
        (EN, "64-notices"): "Notices to the Supplier are addressed to Novalis Ltd.|Notices go to Novalys Ltd.",
    },
    "other-law": {
        (FR, ELSE_FR): "Cet accord est soumis au droit belge.|La loi luxembourgeoise s’applique aux cas non prévus.|Les litiges sont jugés à Genève.",
        (EN, ELSE_EN): "This agreement is construed in accordance with the laws of Scotland.|Disputes are heard in Dublin.",
    },
    "delivery-contradicted": {
        (FR, "22-vendor-commitment.efforts.france"): "La livraison est prévue au mois de septembre 2027.",
        (EN, "22-vendor-commitment.firm.england"): "The Feature will be ready in November 2027.",
    },
    "date-of-one": {
        (FR, "20-condition.france"): "Le Fournisseur peut reporter cette date de trois mois.|Une date ultérieure peut être fixée par le Fournisseur.|Cette date est repoussée sur simple avis du Fournisseur."
        "|Il en est de même à la date ultérieure que le Fournisseur fera connaître.",
        (EN, "20-condition.england"): "The Supplier may extend that date by up to three months.|A later date may be set by the Supplier.|That date is postponed on the Supplier’s notice."
        "|The same holds for any later date that the Supplier announces.",
    },
    "backdated": {
        (FR, EFFECT): "La Commande est réputée en vigueur depuis le 1er janvier.|Elle prend effet rétroactivement.|Ses effets remontent à l’ouverture de l’exercice."
        "|Elle prend effet à une date antérieure.|Elle a effet au 1er janvier précédent.",
        (EN, EFFECT): "It takes effect retroactively from 1 January.|The Order has effect from a past date.|It counts from 1 January last."
        "|Its effects go back to the first day of the financial year.|It is backdated to the first of the month.",
    },
}  # fmt: skip
SOUND: dict[tuple[str, str], str] = {
    (FR, TEST_FR): "Le Client prévient le Fournisseur 2 jours avant le début des essais.|Le Client tient les essais en deux séances d’une journée.",
    (EN, TEST_EN): "The tests take two days of work.|The Client has the test file and, for one year, access to the test site.|The Supplier answers questions about the tests within two days.",
    (FR, "24-cooperation.france"): "Un essai qui échoue est refait dans les trois jours de la correction.|Le Client répond aux questions du Fournisseur dans les cinq jours ouvrés.",
    (FR, PAY_FR): "Les factures se règlent par virement, à 30 jours.|Le Client signale une erreur de facture dans les 10 jours de sa réception."
    "|Le règlement se fait en euros et non en dollars.|Aucun paiement en dollars américains n’est accepté.",
    (EN, PAY_EN): "An invoice may be queried within ten days of its receipt.|The Client shall pay within thirty (30) days of the date of the invoice."
    "|Payment is made in pounds sterling.|Payment is made in pounds, never in euros.|Bank charges for a transfer from a dollar account are the Client’s.",
    (FR, SIGN_FR): "L’offre tient trente jours.",
    (EN, SIGN_EN): "The offer stays open for thirty days.",
    (FR, TERM): "Elle court sur douze mois.|Sa durée est d’un an.|Les parties se rencontrent trois mois avant le terme.",
    (FR, SECRET): "La confidentialité dure trois ans après la fin de l’accord.|Les copies sont détruites dans les 30 jours de la fin.",
    (FR, VAT_FR): "Les prix unitaires s’entendent hors taxes.|Les pénalités de retard ne sont pas soumises à la TVA.",
    (EN, VAT_EN): "No UK VAT is charged.|The Client accounts for VAT in its own country.",
    (FR, PARTIES): "Le Client est une SARL lyonnaise.",
    (EN, PARTIES): "The Supplier is French; the Client is English.|The Supplier is VAT registered in France.",
    (EN, "64-notices"): "Notices to the Supplier are addressed to Novalys SAS.",
    (EN, ELSE_EN): "The Supplier is a company incorporated under the laws of France.",
    (FR, "22-vendor-commitment.efforts.france"): "La livraison est prévue au mois de mars 2027.",
    (FR, "20-condition.france"): "Une date plus tardive ne vaut que si le Client l’accepte par écrit.|Le Fournisseur ne peut pas reporter cette date.|Les parties peuvent fixer ensemble une autre date.",
    (EN, "20-condition.england"): "A later date counts only if the Client has agreed to it in writing.|The Supplier may not extend that date.|The Supplier and the Client may agree another date.",
    (FR, "12-nature.conditional.france"): "Les parties n’entendent pas se borner à négocier.",
    (EN, "12-nature.conditional.england"): "Neither party intends to stop at negotiations.|The parties do not merely intend to talk.",
    (FR, EFFECT): "Un bon de commande émis pour les écritures du Client n’y ajoute rien.|Rien n’est dû pour la période antérieure.|Elle ne prend effet que ce jour-là, pour l’avenir.",
    (EN, EFFECT): "If the Client’s accounts team raises a purchase order, that adds nothing to the Order.|Nothing is due for any time before that day.|The first invoice is issued on the first day of the following month.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("sample", "clause", "said", "code"),
    [
        (*place, said, code)
        for code, places in UNSOUND.items()
        for place, sentences in places.items()
        for said in sentences.split("|")
    ],
)
def test_what_a_clause_says_beside_the_letter_is_found(
    sample: str, clause: str, said: str, code: str, tmp_path: Path
) -> None:
    assert code in codes(tmp_path, (sample, {}, clause, "", said))


@pytest.mark.parametrize(
    ("sample", "clause", "said"),
    [(*place, said) for place, sentences in SOUND.items() for said in sentences.split("|")],
)
def test_what_it_says_as_the_letter_does_passes(sample: str, clause: str, said: str, tmp_path: Path) -> None:
    assert codes(tmp_path, (sample, {}, clause, "", said)) == set()


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ((FR, {}, VAT_FR, "hors taxes", "toutes taxes comprises"), "tax-differs"),
        ((FR, {}, TEST_FR, "Le Client a alors {{ terms.acceptance_days }}", "Le Client a alors un mois"), "length-differs"),
        ((FR, {}, PAY_FR, "à {{ terms.payment_days }} de sa date", "à {{ terms.payment_days }} de sa date, ou à 60 jours si elle a dix lignes"), "length-differs"),
        ((FR, {}, "20-condition.france", "que le Client accepte par écrit", "que le Fournisseur notifie"), "date-of-one"),
        ((EN, {}, "20-condition.england", "as the Client agrees in writing", "as the Supplier notifies in writing"), "date-of-one"),
        ((FR, {}, "22-vendor-commitment.efforts.france", ", et signale sans délai tout retard prévisible", ""), "delay-unreported"),
        ((EN, {"vendor_commitment": "efforts"}, "22-vendor-commitment.efforts.england", ", and shall promptly report any delay it foresees", ""), "delay-unreported"),
        ((FR, {}, EFFECT, "prend effet ce jour-là, sans rétroactivité", "produit alors effet comme si elle avait été pure et simple depuis la signature, sans délai"), "backdated"),
        ((EN, {}, EFFECT, "takes effect that day, not retroactively", "then has effect as if it had been unconditional from signature"), "backdated"),
        ((FR, {}, EFFECT, "sans rétroactivité ni autre formalité", "rétroactivement et sans formalité"), "backdated"),
        ((EN, {}, EFFECT, "not retroactively and without", "retroactively and without"), "backdated"),
    ],
)  # fmt: skip
def test_a_few_words_of_ours_that_now_say_otherwise_are_found(edit: Edit, code: str, tmp_path: Path) -> None:
    assert code in codes(tmp_path, edit)


@pytest.mark.parametrize(
    ("sample", "clause", "said"),
    [
        (FR, PAY_FR, "Le prix est réglé en dollars américains."),
        (EN, PAY_EN, "Payment is made in US dollars."),
    ],
)
def test_dollars_are_right_in_a_letter_in_dollars(
    sample: str, clause: str, said: str, tmp_path: Path
) -> None:
    assert "currency-differs" not in codes(tmp_path, (sample, USD, clause, "", said))


def test_a_note_names_no_other_currency(tmp_path: Path) -> None:
    def found(note: str) -> set[str]:
        return {each.where for each in reviewed(tmp_path, FR, {"opening_note": note}).findings if each.code == "currency-differs"}  # fmt: skip

    assert found("Comme convenu, vous réglerez l’abonnement en dollars américains.") == {"opening_note"}
    assert not found("Comme convenu, vous réglerez l’abonnement en euros.")
