"""Our clauses with a few words changed: what that takes away is found, and the same in other words passes."""

import datetime
from pathlib import Path

import pytest

from accord.clauses.library import TEMPLATES
from review.test_review import EN, FR, Tables, reviewed

PILOT_FR, PILOT_EN, INTENT_EN = "03-fr-pilote-promesse", "07-en-pilot-england", "06-en-intent-england"
UNTIL: Tables = {"decision": {"exclusivity_until": datetime.date(2027, 3, 31)}}
PENALTY: Tables = {"decision": {"penalty": "2000.00"}}
EFFORTS: Tables = {"vendor_commitment": "efforts"}
_HOUSES_OWN = {"core-unapproved", "own-wording"}


Edit = tuple[str, Tables, str, str, str]
"""A sample, what its deal has besides, the clause, the words of ours, and the words in their place (after all, without any of ours)."""


def codes(folder: Path, edit: Edit) -> set[str]:
    """What the review says of an edit, above a note."""
    sample, deal, file, ours, own = edit
    place = f"{sample[3:5]}/agreement/{file}.md"
    body = (TEMPLATES / place).read_text("utf-8").rpartition("+++\n")[2].strip()
    assert ours in body
    text = body.replace(ours, own) if ours else f"{body} {own}"
    before, after = (
        {finding.code for finding in reviewed(folder, sample, deal, {}, *own_text).findings if finding.severity != "note"}
        for own_text in ((), ((place, text),))
    )  # fmt: skip
    return after - before - _HOUSES_OWN


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ((FR, {}, "36-beneficiary-waiver.conditional", "l’intérêt exclusif du Client", "l’intérêt commun des parties"), "by-another"),
        ((FR, {}, "36-beneficiary-waiver.conditional", "intérêt exclusif du Client", "intérêt exclusif du Fournisseur"), "waiver-by-another"),
        ((FR, {}, "36-beneficiary-waiver.conditional", ", par écrit, avant", " par tout moyen, avant"), "without-form"),
        ((EN, {}, "36-beneficiary-waiver.conditional.firm", "sole benefit of the Client", "benefit of both parties"), "by-another"),
        ((EN, {}, "36-beneficiary-waiver.conditional.firm", "before it is fulfilled or has failed", "even after it has failed"), "too-late"),
        ((FR, {}, "26-acceptance.france", ", sauf preuve qu’un essai échouait", ""), "presumption"),
        ((FR, PENALTY, "48-penalty.france", " et que le juge peut réviser si elle est manifestement excessive ou dérisoire", " et que nul juge ne peut réviser"), "not-reducible"),
        ((FR, {}, "38-effect.conditional", "un bon de commande du Client ne ferait que l’exécuter", "le Client la confirme alors par un bon de commande, sans lequel elle n’est pas due"), "order-needed"),
        ((EN, {}, "38-effect.conditional", "a purchase order of the Client would only implement it", "it becomes binding when the Client issues a purchase order"), "order-needed"),
        ((FR, {}, "40-lapse.efforts.france", "chaque partie peut s’en prévaloir, sauf celle dont le manquement en est la cause", "lui seul peut s’en prévaloir"), "by-one"),
        ((EN, {}, "28-purchase.conditional", "the Client shall buy from the Supplier, and the Supplier shall supply,", "it is expected that the Client will buy from the Supplier"), "undertaking-unsaid"),
        ((PILOT_FR, {}, "12-nature.promise.france", "promet irrévocablement", "promet, jusqu’à révocation,"), "irrevocable-dropped"),
        ((PILOT_FR, {}, "28-purchase.promise", " dans les 15 jours de son ouverture", ""), "option-end-unsaid"),
        ((PILOT_EN, {}, "28-purchase.promise", " within 15 days of its opening", ""), "option-end-unsaid"),
        ((PILOT_EN, {}, "28-purchase.promise", "irrevocably promises", "promises"), "irrevocable-dropped"),
        ((INTENT_EN, {}, "12-nature.intent.england", ", and no conduct, not even performance of what it describes, takes the place of a signed contract", ""), "conduct-dropped"),
        ((FR, {}, "34-payment.subscription.france", "10 points", "1 point"), "rate-too-low"),
        ((FR, {}, "34-payment.subscription.france", "", "Le Client ne paie qu’une fois payé par ses propres clients."), "at-will"),
        ((EN, {}, "34-payment.once.england", "interest and compensation at the rates set under the Late Payment of Commercial Debts (Interest) Act 1998", "interest at 0.1% a year"), "no-remedy"),
        ((EN, {}, "66-boilerplate.england", "Neither party has relied on a statement that is not in them; liability", "Liability"), "reliance-dropped"),
        ((FR, {}, "66-boilerplate.france", "aucune condition d’achat du Client ne s’applique, même portée sur un bon de commande", "les conditions d’achat du Client s’appliquent"), "their-terms"),
        ((EN, {}, "66-boilerplate.england", "no purchase terms of the Client apply, even if a purchase order refers to them", "the Client’s purchase terms apply"), "their-terms"),
        ((FR, {}, "30-term.subscription", "", "Elle porte sur 30 abonnements."), "quantity-differs"),
        ((FR, {}, "34-payment.subscription.france", "", "L’échéance mensuelle est de 1 100 €."), "amount-differs"),
        ((EN, {}, "32-price.reverse-charge", "", "The Order covers 8 licences."), "quantity-differs"),
        ((EN, {}, "20-condition.england", "not the formation of this agreement", "and the formation of this agreement"), "formation"),
        ((EN, {}, "34-payment.once.england", "", "The Client settles invoices once it has been put in funds by its parent."), "at-will"),
        ((EN, {}, "22-vendor-commitment.firm.england", "the Client is entitled to damages for breach", "the Client has no claim"), "rights-waived"),
        ((FR, {}, "30-term.subscription", "", "Elle est portée à 24 mois si le Client ne dit rien."), "renewed"),
        ((FR, {}, "22-vendor-commitment.efforts.france", "est tenu d’une obligation de moyens : il apporte", "tâchera d’apporter"), "softened"),
    ],
)  # fmt: skip
def test_what_a_few_words_take_away_is_found(edit: Edit, code: str, tmp_path: Path) -> None:
    assert code in codes(tmp_path, edit)


@pytest.mark.parametrize(
    "edit",
    [
        (FR, {}, "38-effect.conditional", "un bon de commande du Client ne ferait que l’exécuter", "un bon de commande n’est pas nécessaire"),
        (EN, {}, "38-effect.conditional", "a purchase order of the Client would only implement it", "if the Client sends a purchase order, that is for its records only"),
        (FR, {}, "40-lapse.efforts.france", "chaque partie peut s’en prévaloir, sauf celle dont le manquement en est la cause", "la caducité peut être invoquée par l’une comme par l’autre, hormis la partie fautive"),
        (EN, EFFORTS, "40-lapse.efforts.england", "this agreement lapses automatically", "this agreement comes to an end of itself"),
        (PILOT_FR, {}, "28-purchase.promise", "dans les 15 jours de son ouverture", "au plus tard quinze jours après son ouverture"),
        (PILOT_EN, {}, "28-purchase.promise", "within 15 days of its opening", "no later than fifteen days after its opening"),
        (PILOT_EN, {}, "28-purchase.promise", "irrevocably promises to buy", "unconditionally promises, without power to withdraw, to buy"),
        (INTENT_EN, {}, "12-nature.intent.england", "no conduct, not even performance of what it describes, takes the place of a signed contract", "nothing that a party does, such as starting work, replaces a signed contract"),
        (FR, {}, "34-payment.subscription.france", "majoré de 10 points de pourcentage", "plus dix points"),
        (FR, {}, "34-payment.subscription.france", "", "Le Client paie sans attendre d’être payé par ses propres clients."),
        (EN, {}, "34-payment.once.england", "interest and compensation at the rates set under", "statutory interest and compensation under"),
        (EN, {}, "66-boilerplate.england", "no purchase terms of the Client apply, even if a purchase order refers to them", "the Client’s purchase terms never apply"),
        (FR, {}, "30-term.subscription", "", "Elle porte sur 25 abonnements."),
        (EN, {}, "32-price.reverse-charge", "", "The Order covers six licences."),
        (EN, {}, "22-vendor-commitment.firm.england", "the Client is entitled to damages for breach", "the Supplier pays damages for the breach"),
        (FR, {}, "30-term.subscription", "", "Rien ne la prolonge."),
        (EN, {}, "20-condition.england", "not the formation of this agreement", "and does not affect its formation"),
        (EN, {}, "34-payment.once.england", "", "The Client settles invoices by bank transfer."),
        (FR, {}, "34-payment.subscription.france", "", "L’échéance mensuelle est de 1 000 € hors taxes."),
        (FR, UNTIL, "54-exclusivity.binding", "un équivalent de la Fonctionnalité", "une fonctionnalité équivalente"),
    ],
)  # fmt: skip
def test_the_same_in_other_words_passes(edit: Edit, tmp_path: Path) -> None:
    assert codes(tmp_path, edit) == set()
