"""What clauses must say: the data, our own clauses, and texts that say it or do not, in many words."""

import gc
import re
import tomllib
import weakref
from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from accord import files
from accord.clauses.library import TEMPLATES, Clause, Library
from accord.domain.choices import Kind, Language
from accord.errors import FaultyInput
from accord.letter import blocks
from accord.letter.kinds import KINDS
from accord.review import must_say
from accord.review.clause_lint import cases, hold_in
from accord.text import phrases
from support.paths import TESTS
from support.processes import python

LANGUAGES: tuple[Language, ...] = ("fr", "en")
LEVEL = (
    *("severity", "when", "eased", "even_denied", "certain", "bold"),
    *("never", "kept", "added", "also_in", "instead_of"),
)
"""What the files of the two languages have in common."""


@cache
def library(language: Language, kind: Kind) -> tuple[Clause, ...]:
    return Library().clauses(language, kind)


def faults(  # noqa: PLR0913 - the text and where it stands; what else is looked at
    language: Language, file: str, body: str, *, alone: bool = False, changed: bool = False, asked: str = ""
) -> set[str]:
    """The codes of what a text in the place of a clause file does not say, in any case that the file is for.

    `alone`: no other clause may say it instead; `changed`: what it changes in ours is looked at too;
    `asked`: the one code that is asked for.
    """
    kind = next(kind for kind in KINDS if any(clause.path.name == file for clause in library(language, kind)))
    (clause,) = (clause for clause in library(language, kind) if clause.path.name == file)
    own = blocks.parse(body)
    changes = must_say.changes_of(blocks.parse(clause.body), own) if changed else None
    found = set()
    for code, requirement in must_say.read(language).of(clause.id, is_article=bool(clause.title)).items():
        if asked not in {"", code}:
            continue
        held = [
            case for case in cases(kind, clause.when, requirement.when) if hold_in(case, requirement.when)
        ]
        others = [
            blocks.parse(other.body)
            for other in library(language, kind)
            if not alone
            and other.id in requirement.also_in
            and any(hold_in(case, other.when) for case in held)
        ]
        if held and requirement.fault_in(own, others, language, changes) is not None:
            found.add(code)
    return found


# --- The data ---------------------------------------------------------------------


def test_the_two_languages_ask_for_the_same() -> None:
    fr, en = map(must_say.read, LANGUAGES)
    assert fr.core == en.core
    assert list(fr.clauses) == list(en.clauses)
    for clause, requirements in fr.clauses.items():
        assert list(requirements) == list(en.clauses[clause])
        for code, requirement in requirements.items():
            other = en.clauses[clause][code]
            for key in LEVEL:
                assert getattr(requirement, key) == getattr(other, key), (clause, code, key)
            assert requirement.law.keys() == other.law.keys(), (clause, code)
            assert bool(requirement.once) == bool(other.once), (clause, code)
            assert bool(requirement.restates) == bool(other.restates), (clause, code)
            assert requirement.never or requirement.kept or requirement.example, (clause, code)


def test_each_code_is_of_one_family() -> None:
    asked = must_say.read("fr")
    codes = [code for requirements in asked.clauses.values() for code in requirements]
    assert all(re.fullmatch("[a-z-]+", code) for code in codes)
    ids = {clause.id for kind in KINDS for clause in library("fr", kind)}
    assert asked.clauses.keys() | asked.core <= ids | {must_say.EVERY_ARTICLE}


@pytest.mark.walk
@pytest.mark.parametrize(("language", "kind"), [*product(LANGUAGES, KINDS)])
def test_our_clauses_say_all_that_they_must(language: Language, kind: Kind) -> None:
    unsaid = {
        (clause.path.name, code)
        for clause in library(language, kind)
        for code in faults(language, clause.path.name, clause.body)
    }
    assert not unsaid


@pytest.mark.walk
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clause_without_the_sentences_that_say_it_is_found(language: Language) -> None:
    """Each requirement is one that some clause of ours meets, and by some of its sentences alone."""
    for clause_id, requirements in must_say.read(language).clauses.items():
        for code, requirement in requirements.items():
            if requirement.never:
                continue
            clauses = [
                each
                for kind in KINDS
                for each in library(language, kind)
                if each.id == clause_id or (clause_id == must_say.EVERY_ARTICLE and each.title)
            ]
            assert any(
                code
                in faults(
                    language,
                    clause.path.name,
                    without(clause, requirement, language),
                    alone=True,
                    changed=True,
                    asked=code,
                )
                for clause in clauses
            ), (clause_id, code)


def without(clause: Clause, requirement: must_say.Requirement, language: Language) -> str:
    """The text of a clause without the sentences that meet a requirement; other words stand for none."""
    if requirement.kept:
        gone = requirement.topic("once", language)
        parts = phrases.sentences(must_say.words_of(blocks.parse(clause.body)))
        return "\n\n".join(["xxx", *(part for part in parts if not gone.search(part))])
    said = phrases.topic(requirement.phrases, (), language, even_denied=True)
    kept = [
        part
        for part in phrases.sentences(must_say.words_of(blocks.parse(clause.body)))
        if not said.search(part)
    ]
    if requirement.bold:
        return clause.body.replace("**", "")
    if requirement.once:
        return {
            "fr": "Cette lettre remplace tout ce qui précède.",
            "en": "This letter is the entire agreement.",
        }[language]
    return " ".join(kept) or "……"


# --- Texts -------------------------------------------------------------------------

ORDER = "{{ decision.order }}"

WEAK: Mapping[Language, tuple[tuple[str, str, str], ...]] = {
    "fr": (
        (
            "20-condition.france.md",
            "vague-date",
            "L’achat dépend de la livraison de la Fonctionnalité, si possible vers le {{ delivery.by }}.",
        ),
        (
            "68-law-forum.england.md",
            "court-unsaid",
            "Droit anglais. Tout litige donne d’abord lieu à une médiation.",
        ),
        (
            "34-payment.once.england.md",
            "no-interest",
            "Facture payable à {{ terms.payment_days }}, sans intérêts de retard.",
        ),
        (
            "60-terms.binding.md",
            "accepted-unsaid",
            "Les conditions générales s’appliquent, que le Client peut consulter en ligne.",
        ),
        (
            "24-cooperation.france.md",
            "postponement-unsaid",
            "Le Client s’efforce de ne pas être en retard. Les dates sont reportées en cas de force majeure.",
        ),
        (
            "28-purchase.conditional.md",
            "taken-back",
            f"Le Client s’engage à acheter au Fournisseur {ORDER}. Il peut changer d’avis.",
        ),
        (
            "12-nature.conditional.france.md",
            "taken-back",
            "Cette lettre lie les parties. Le Client reste libre de renoncer à l’achat.",
        ),
        (
            "38-effect.conditional.md",
            "taken-back",
            "La Commande prend effet ce jour-là. Le Client peut se rétracter sans motif.",
        ),
        (
            "28-purchase.promise.md",
            "taken-back",
            f"Le Client promet d’acheter {ORDER} si l’option est levée ; il peut révoquer sa promesse.",
        ),
        (
            "28-purchase.indicative.purchase.md",
            "bound-to-buy",
            f"Le Client envisage {ORDER}. Il passera commande dès la livraison.",
        ),
        (
            "50-negotiation.md",
            "bound-to-buy",
            "Les parties négocient de bonne foi jusqu’au {{ negotiation.until }} ; à la fin, le Client achète les licences.",
        ),
        (
            "12-nature.negotiate.md",
            "bound-to-buy",
            "Cette lettre n’oblige pas à acheter. Sa signature vaut vente.",
        ),
        (
            "38-effect.conditional.md",
            "retroactive",
            "La Commande prend effet ce jour-là, et les redevances courent depuis la signature.",
        ),
        (
            "40-lapse.efforts.france.md",
            "waiver-too-late",
            "L’accord est caduc de plein droit, chaque partie pouvant s’en prévaloir. Même une fois caduc, le Client peut renoncer à la Condition.",
        ),
        (
            "22-vendor-commitment.efforts.france.md",
            "result-beside-efforts",
            "Le Fournisseur y met toute sa diligence. Il répond de tout retard, même sans faute.",
        ),
        (
            "22-vendor-commitment.none.md",
            "duty-beside-freedom",
            "Le Fournisseur n’est pas tenu de développer. Il livre la Fonctionnalité à la Date de livraison.",
        ),
        (
            "22-vendor-commitment.not-binding.md",
            "duty-beside-none",
            "Le Fournisseur ne s’engage pas. Il s’oblige à tenir la date du {{ delivery.by }}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"Si la Condition se réalise, le Client pourra acquérir, s’il le désire, {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"Le Client s’engage à acheter, s’il le souhaite, {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"Le Client envisage d’acheter {ORDER}, et le Fournisseur de le lui fournir.",
        ),
        ("28-purchase.conditional.md", "undertaking-unsaid", f"Le Client ne s’engage pas à acheter {ORDER}."),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"Le Client étudiera avec bienveillance l’offre suivante : {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"Une commande de {ORDER} pourra être passée par le Client.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"L’objet de l’accord est le suivant : {ORDER}.",
        ),
        ("28-purchase.conditional.md", "supply-unsaid", f"Le Client s’engage à acheter {ORDER}."),
        (
            "28-purchase.promise.md",
            "promise-to-buy-unsaid",
            f"Le Client pourrait acheter {ORDER}. Le Fournisseur lève l’option sous 15 jours.",
        ),
        ("28-purchase.promise.md", "option-unsaid", f"Le Client promet irrévocablement d’acheter {ORDER}."),
        ("28-purchase.indicative.purchase.md", "not-bound-unsaid", f"La commande est la suivante : {ORDER}."),
        (
            "36-beneficiary-waiver.conditional.md",
            "waiver-unclear",
            "Il peut être renoncé à la Condition par écrit avant sa défaillance.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "deadline-unsaid",
            "La Condition est dans l’intérêt exclusif du Client, qui peut y renoncer par écrit.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "form-unsaid",
            "Le Client seul peut y renoncer avant qu’elle défaille.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "waiver-unsaid",
            "La Condition est stipulée dans l’intérêt exclusif du Client.",
        ),
        ("40-lapse.efforts.france.md", "lapse-unsaid", "À défaut de livraison, les parties se concertent."),
        (
            "40-lapse.efforts.france.md",
            "lapse-unsaid",
            "Si la Condition n’est pas réalisée, le Fournisseur en informe le Client.",
        ),
        (
            "40-lapse.efforts.france.md",
            "who-unsaid",
            "À défaut de livraison, l’accord est caduc de plein droit, sans indemnité.",
        ),
        (
            "12-nature.intent.france.md",
            "no-obligation-unsaid",
            "Cette lettre exprime les souhaits des parties.",
        ),
        ("12-nature.intent.england.md", "no-obligation-unsaid", "Les parties entendent conclure un contrat."),
        ("12-nature.conditional.france.md", "level-unsaid", "Cette lettre exprime les souhaits des parties."),
        ("12-nature.conditional.france.md", "level-unsaid", "Les parties se retrouveront pour en parler."),
        (
            "12-nature.promise.england.md",
            "consideration-unsaid",
            "Le Client promet irrévocablement l’achat décrit ci-dessous.",
        ),
        ("12-nature.negotiate.md", "only-to-negotiate-unsaid", "Les parties négocient de bonne foi."),
        (
            "20-condition.england.md",
            "performance-unsaid",
            "L’achat est soumis à la condition que la Fonctionnalité soit livrée.",
        ),
        ("20-condition.france.md", "formation", "L’accord n’est conclu que si la Fonctionnalité est livrée."),
        ("20-condition.france.md", "event-unsaid", "L’achat est soumis à une condition suspensive."),
        ("20-condition.france.md", "suspension-unsaid", "La Fonctionnalité sera livrée en mars."),
        (
            "22-vendor-commitment.efforts.france.md",
            "efforts-unsaid",
            "Le Fournisseur développe la Fonctionnalité.",
        ),
        (
            "22-vendor-commitment.firm.france.md",
            "result-unsaid",
            "Le Fournisseur s’efforce de livrer la Fonctionnalité.",
        ),
        ("22-vendor-commitment.none.md", "freedom-unsaid", "Le Fournisseur développe la Fonctionnalité."),
        (
            "22-vendor-commitment.efforts.france.md",
            "other-date",
            "Le Fournisseur met tous les moyens en œuvre pour livrer d’ici la fin de l’année.",
        ),
        (
            "22-vendor-commitment.efforts.france.md",
            "other-date",
            "Avec diligence, il livre au premier trimestre.",
        ),
        (
            "24-cooperation.france.md",
            "postponement-unsaid",
            "Le Client donne les accès nécessaires dans les 5 jours.",
        ),
        ("24-cooperation.england.md", "prevention-unsaid", "Le retard du Client reporte d’autant les dates."),
        ("26-acceptance.france.md", "tests-unsaid", "La recette a lieu dans les 15 jours de la livraison."),
        ("32-price.vat.md", "tax-unstated", "Le prix est de {{ decision.total }}."),
        (
            "32-price.vat.md",
            "revisable",
            "Le prix est de {{ decision.total }} hors taxes. Le Fournisseur peut augmenter le prix à tout moment.",
        ),
        (
            "34-payment.once.france.md",
            "late-payment-unstated",
            "Facture payable à {{ terms.payment_days }}, indemnité de 40 € en sus.",
        ),
        (
            "34-payment.once.france.md",
            "recovery-fee-unstated",
            "Tout retard entraîne des pénalités au taux de la BCE majoré de 10 points.",
        ),
        (
            "34-payment.once.france.md",
            "rate-too-low",
            "Tout retard porte intérêt au taux légal, et une indemnité de 40 €.",
        ),
        ("38-effect.conditional.md", "start-unsaid", "La Condition est réalisée le jour de la recette."),
        ("48-penalty.france.md", "nature-unsaid", "La partie qui refuse doit {{ decision.penalty }}."),
        (
            "48-penalty.france.md",
            "not-reducible",
            "Elle doit une pénalité forfaitaire, que le juge ne peut réduire : la somme ne peut être réduite.",
        ),
        ("48-penalty.england.md", "interest-unsaid", "La partie qui refuse doit {{ decision.penalty }}."),
        (
            "54-exclusivity.binding.md",
            "end-unsaid",
            "En contrepartie, le Client ne commande pas chez un tiers.",
        ),
        (
            "56-confidentiality.binding.md",
            "end-unsaid",
            "Chaque partie garde confidentielles les informations de l’autre.",
        ),
        (
            "66-boilerplate.england.md",
            "fraud-carve-out-unsaid",
            "Cette lettre dit tout l’accord. Aucun tiers ne peut s’en prévaloir. Elle se modifie par avenant.",
        ),
        (
            "66-boilerplate.england.md",
            "third-parties-unsaid",
            "Cette lettre dit tout l’accord, sauf fraude. Elle se modifie par avenant.",
        ),
        (
            "68-law-forum.france.md",
            "venue-not-bold",
            "Droit français ; le tribunal suivant est seul compétent : {{ terms.court }}.",
        ),
        ("72-signature.binding.france.md", "offer-unsaid", "Cette lettre se signe par voie électronique."),
        (
            "50-negotiation.md",
            "good-faith-unsaid",
            "Les parties poursuivent les négociations jusqu’au {{ negotiation.until }}.",
        ),
        (
            "45-liability.sum.england.md",
            "fraud-carve-out-unsaid",
            "La responsabilité est limitée à {{ terms.liability_cap }}.",
        ),
        (
            "45-liability.sum.france.md",
            "gross-fault-unsaid",
            "La responsabilité est limitée à {{ terms.liability_cap }}.",
        ),
        ("14-decision.out-of-scope.md", "no-unsaid", "Nous avons étudié votre demande avec attention."),
        (
            "14-decision.out-of-scope.md",
            "no-unsaid",
            "Votre demande nous intéresse beaucoup : nous vous en remercions.",
        ),
        ("14-decision.no-commitment.md", "no-unsaid", "Nous n’avons pas encore décidé."),
        ("14-decision.no-commitment.md", "no-unsaid", "N’hésitez pas à nous écrire."),
        (
            "21-alternative.paid.md",
            "payment-unsaid",
            "{{ decline.alternative }} Nous ne pouvons pas nous en porter garants.",
        ),
        ("26-keep-in-touch.md", "objection-unsaid", "Nous serions heureux de rester en contact."),
    ),
    "en": (
        (
            "20-condition.france.md",
            "vague-date",
            "The purchase depends on delivery of the Feature, ideally around {{ delivery.by }}.",
        ),
        ("68-law-forum.england.md", "court-unsaid", "English law. A dispute goes to mediation first."),
        (
            "34-payment.once.england.md",
            "no-interest",
            "Payable within {{ terms.payment_days }}. The parties do not charge each other interest.",
        ),
        (
            "60-terms.binding.md",
            "accepted-unsaid",
            "The general terms apply, which the Client may consult online.",
        ),
        (
            "24-cooperation.france.md",
            "postponement-unsaid",
            "The Client will try to be prompt. Force majeure postpones the dates.",
        ),
        (
            "28-purchase.conditional.md",
            "taken-back",
            f"The Client shall buy {ORDER} from the Supplier. It may change its mind.",
        ),
        (
            "12-nature.conditional.england.md",
            "taken-back",
            "This letter binds the parties. The Client is free to walk away.",
        ),
        (
            "38-effect.conditional.md",
            "taken-back",
            "The Order takes effect that day. The Client may cancel the Order without giving a reason.",
        ),
        (
            "28-purchase.promise.md",
            "taken-back",
            f"The Client promises to buy {ORDER} if the option is exercised; it may revoke its promise.",
        ),
        (
            "28-purchase.indicative.purchase.md",
            "bound-to-buy",
            f"The Client is considering {ORDER}. It will place that order on delivery.",
        ),
        (
            "50-negotiation.md",
            "bound-to-buy",
            "The parties negotiate in good faith until {{ negotiation.until }}; then the Client buys the licences.",
        ),
        (
            "12-nature.negotiate.md",
            "bound-to-buy",
            "This letter does not oblige to buy. Its signature amounts to a firm sale.",
        ),
        (
            "38-effect.conditional.md",
            "retroactive",
            "The Order takes effect that day, and charges run from signature.",
        ),
        (
            "40-lapse.efforts.france.md",
            "waiver-too-late",
            "This agreement lapses automatically; either party may rely on it. Even once it has lapsed, the Client may waive the Condition.",
        ),
        (
            "22-vendor-commitment.efforts.france.md",
            "result-beside-efforts",
            "The Supplier shall use its best efforts. It is liable for any delay, even without fault.",
        ),
        (
            "22-vendor-commitment.none.md",
            "duty-beside-freedom",
            "The Supplier is not obliged to develop. It shall deliver the Feature by the Delivery Date.",
        ),
        (
            "22-vendor-commitment.not-binding.md",
            "duty-beside-none",
            "The Supplier does not undertake anything. It is bound to meet {{ delivery.by }}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"If the Condition is fulfilled, the Client may buy, if it wishes, {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"The Client shall buy the following if it so wishes: {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"The Client is considering buying {ORDER} from the Supplier.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"The Client does not undertake to buy {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"The Client will consider the following offer: {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"An order for {ORDER} may be placed by the Client.",
        ),
        (
            "28-purchase.conditional.md",
            "undertaking-unsaid",
            f"The subject of this agreement is as follows: {ORDER}.",
        ),
        ("28-purchase.conditional.md", "supply-unsaid", f"The Client shall buy {ORDER}."),
        (
            "28-purchase.promise.md",
            "promise-to-buy-unsaid",
            f"The Client could buy {ORDER}. The Supplier exercises the option within 15 days.",
        ),
        ("28-purchase.promise.md", "option-unsaid", f"The Client irrevocably promises to buy {ORDER}."),
        ("28-purchase.indicative.purchase.md", "not-bound-unsaid", f"The order is as follows: {ORDER}."),
        (
            "36-beneficiary-waiver.conditional.md",
            "waiver-unclear",
            "The Condition may be waived in writing before it has failed.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "deadline-unsaid",
            "The Client alone may waive the Condition in writing.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "form-unsaid",
            "The Client alone may waive it before it has failed.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "waiver-unsaid",
            "The Condition is for the sole benefit of the Client.",
        ),
        ("40-lapse.efforts.england.md", "lapse-unsaid", "If delivery is not made, the parties shall meet."),
        (
            "40-lapse.efforts.france.md",
            "who-unsaid",
            "If delivery is not made, this agreement lapses automatically, without compensation.",
        ),
        (
            "12-nature.intent.england.md",
            "no-obligation-unsaid",
            "This letter states what the parties hope for.",
        ),
        ("12-nature.conditional.england.md", "level-unsaid", "This letter states what the parties hope for."),
        (
            "12-nature.promise.england.md",
            "consideration-unsaid",
            "The Client irrevocably promises to make the purchase described below.",
        ),
        ("12-nature.negotiate.md", "only-to-negotiate-unsaid", "The parties negotiate in good faith."),
        (
            "20-condition.england.md",
            "performance-unsaid",
            "The purchase is subject to the Feature being delivered.",
        ),
        ("20-condition.england.md", "formation", "No contract is formed until the Feature is delivered."),
        ("20-condition.france.md", "event-unsaid", "The purchase is subject to a condition precedent."),
        ("20-condition.france.md", "suspension-unsaid", "The Feature will be delivered in March."),
        ("22-vendor-commitment.efforts.england.md", "efforts-unsaid", "The Supplier develops the Feature."),
        (
            "22-vendor-commitment.firm.england.md",
            "result-unsaid",
            "The Supplier shall endeavour to deliver the Feature.",
        ),
        ("22-vendor-commitment.none.md", "freedom-unsaid", "The Supplier develops the Feature."),
        (
            "22-vendor-commitment.efforts.england.md",
            "other-date",
            "The Supplier shall use reasonable endeavours to deliver by the end of the year.",
        ),
        (
            "22-vendor-commitment.efforts.england.md",
            "other-date",
            "With due diligence, it delivers in the first quarter.",
        ),
        ("24-cooperation.england.md", "postponement-unsaid", "The Client shall give access to its systems."),
        (
            "24-cooperation.england.md",
            "prevention-unsaid",
            "A delay by the Client postpones the dates by the same period.",
        ),
        ("26-acceptance.england.md", "tests-unsaid", "Acceptance takes place within 15 days of delivery."),
        ("32-price.vat.md", "tax-unstated", "The price is {{ decision.total }}."),
        (
            "32-price.vat.md",
            "revisable",
            "The price is {{ decision.total }} excluding tax. The Supplier may increase the price from time to time.",
        ),
        (
            "34-payment.once.france.md",
            "late-payment-unstated",
            "Payable within {{ terms.payment_days }}, with a fee of €40 if late.",
        ),
        (
            "34-payment.once.france.md",
            "recovery-fee-unstated",
            "Late payment carries interest at the ECB rate plus 10 percentage points.",
        ),
        (
            "34-payment.once.france.md",
            "rate-too-low",
            "Late payment carries interest at the legal rate, and a fee of €40.",
        ),
        ("38-effect.conditional.md", "start-unsaid", "The Condition is fulfilled on acceptance."),
        ("48-penalty.france.md", "nature-unsaid", "A party that refuses owes {{ decision.penalty }}."),
        ("48-penalty.france.md", "not-reducible", "It owes a lump sum that cannot be reduced by the court."),
        ("48-penalty.england.md", "interest-unsaid", "A party that refuses owes {{ decision.penalty }}."),
        (
            "54-exclusivity.binding.md",
            "end-unsaid",
            "In return, the Client shall not order from a third party.",
        ),
        (
            "56-confidentiality.binding.md",
            "end-unsaid",
            "Each party shall keep the other’s information confidential.",
        ),
        (
            "66-boilerplate.england.md",
            "fraud-carve-out-unsaid",
            "This letter is the entire agreement. No third party may enforce it. It may be varied in writing.",
        ),
        (
            "66-boilerplate.england.md",
            "third-parties-unsaid",
            "This letter is the entire agreement, save for fraud. It may be varied in writing.",
        ),
        (
            "68-law-forum.france.md",
            "venue-not-bold",
            "French law; exclusive jurisdiction of the {{ terms.court }}.",
        ),
        ("72-signature.binding.england.md", "offer-unsaid", "This letter is signed electronically."),
        (
            "50-negotiation.md",
            "good-faith-unsaid",
            "The parties pursue negotiations until {{ negotiation.until }}.",
        ),
        (
            "45-liability.sum.england.md",
            "fraud-carve-out-unsaid",
            "Liability is limited to {{ terms.liability_cap }}.",
        ),
        (
            "45-liability.sum.france.md",
            "gross-fault-unsaid",
            "Liability is limited to {{ terms.liability_cap }}.",
        ),
        ("14-decision.out-of-scope.md", "no-unsaid", "We have read your request with care."),
        ("14-decision.no-commitment.md", "no-unsaid", "Please do not hesitate to write to us."),
        ("14-decision.no-commitment.md", "no-unsaid", "We have not yet decided."),
        (
            "21-alternative.paid.md",
            "payment-unsaid",
            "{{ decline.alternative }} We cannot vouch for it ourselves.",
        ),
        ("26-keep-in-touch.md", "objection-unsaid", "We would be glad to stay in touch."),
    ),
}
"""A clause file, a text in its place that does not say something, and the code of what is missing."""

SOUND: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "fr": (
        (
            "30-term.pilot.md",
            "Le pilote dure {{ decision.duration }}. Chaque partie peut résilier le contrat avec un préavis de 30 jours.",
        ),
        (
            "30-term.subscription.md",
            "L’abonnement court pour {{ decision.duration }} dès sa prise d’effet, puis se renouvelle par périodes d’un an sauf préavis de trois mois.",
        ),
        (
            "28-purchase.conditional.md",
            "Le Client, si et seulement si la Condition se réalise, acquiert auprès du Fournisseur, qui les fournit : {{ decision.order }}.",
        ),
        (
            "28-purchase.conditional.md",
            "À la réalisation de la Condition, la vente des éléments suivants par le Fournisseur au Client est parfaite : {{ decision.order }}.",
        ),
        (
            "28-purchase.conditional.md",
            "Par la présente, le Client commande ferme au Fournisseur, sous la seule réserve de la Condition : {{ decision.order }}.",
        ),
        (
            "28-purchase.conditional.md",
            "Le Client accepte irrévocablement de prendre livraison et de payer le prix de {{ decision.order }}, que le Fournisseur accepte de livrer.",
        ),
        (
            "34-payment.subscription.france.md",
            "Les factures sont réglées à {{ terms.payment_days }}. Tout retard donne lieu à un intérêt égal à trois fois le taux d’intérêt légal, outre 40 € de frais de recouvrement.",
        ),
        (
            "34-payment.once.france.md",
            "Règlement à {{ terms.payment_days }} par virement. Pénalités de retard : taux de la BCE + 10 points. Indemnité forfaitaire : 40 €.",
        ),
        (
            "34-payment.once.england.md",
            "La facture se paie à {{ terms.payment_days }}. Les sommes en retard portent intérêt à 8 % au-dessus du taux de base.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "Le Client a seul qualité pour renoncer à la Condition. Il le fait par lettre recommandée ou courriel, tant que la Condition est pendante.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "La Condition profite au seul Client ; sa renonciation, écrite, doit parvenir au Fournisseur avant la Date limite.",
        ),
        (
            "40-lapse.efforts.france.md",
            "Si, à la Date limite, la Condition n’est pas réalisée, les parties sont libérées de plein droit ; l’une comme l’autre peut invoquer cette caducité.",
        ),
        (
            "40-lapse.efforts.france.md",
            "Le présent accord s’éteint automatiquement à la Date limite si la Condition n’est pas réalisée, à la demande du Client ou du Fournisseur.",
        ),
        (
            "40-lapse.efforts.england.md",
            "Passé la Date limite, cet accord prend fin sans formalité et les avances sont remboursées.",
        ),
        ("38-effect.conditional.md", "Dès la recette, la Commande entre en vigueur sans autre formalité."),
        (
            "38-effect.conditional.md",
            "L’abonnement démarre le lendemain de la recette et produit ses effets pour l’avenir.",
        ),
        (
            "12-nature.conditional.france.md",
            "Ce document a force obligatoire entre les parties dès sa signature, sous la condition de l’article {{ article.condition }}.",
        ),
        (
            "12-nature.conditional.france.md",
            "Dès sa signature, cette lettre oblige le Client à acheter et le Fournisseur à fournir, sous la Condition ; ni l’un ni l’autre ne peut s’en délier seul.",
        ),
        (
            "12-nature.intent.france.md",
            "Les parties se réservent de conclure ou non un contrat ; cette lettre n’en est pas un et n’engage ni l’une ni l’autre, sauf ce qui touche à la confidentialité.",
        ),
        (
            "12-nature.intent.england.md",
            "Cette lettre est « subject to contract ». Seules lient les parties les clauses de confidentialité, de frais, de loi et de tiers.",
        ),
        (
            "12-nature.negotiate.md",
            "Les parties s’obligent seulement à négocier loyalement ; aucune n’est tenue de conclure.",
        ),
        (
            "12-nature.promise.france.md",
            "Le Client s’engage seul : sa promesse unilatérale d’achat ne peut être révoquée pendant la durée de l’option.",
        ),
        (
            "20-condition.france.md",
            "L’obligation d’acheter ne naît que si la Fonctionnalité est livrée au plus tard le {{ delivery.by }} et recettée au plus tard le {{ delivery.long_stop }}.",
        ),
        (
            "20-condition.england.md",
            "Les obligations des parties au titre de la Commande sont subordonnées à la livraison de la Fonctionnalité le {{ delivery.by }} au plus tard.",
        ),
        (
            "22-vendor-commitment.efforts.france.md",
            "Le Fournisseur mobilise les moyens nécessaires et informe le Client chaque mois de l’avancement. Il n’est pas garant de la date.",
        ),
        (
            "22-vendor-commitment.firm.france.md",
            "Le Fournisseur est débiteur d’une obligation de résultat : la Fonctionnalité doit être livrée à la Date de livraison.",
        ),
        (
            "22-vendor-commitment.none.md",
            "Le Client reconnaît que le Fournisseur n’assume aucune obligation de développement et qu’il en reste seul juge.",
        ),
        (
            "22-vendor-commitment.not-binding.md",
            "Le Fournisseur espère livrer le {{ delivery.by }} ; il ne prend aucun engagement à ce sujet. Essais : {{ feature.acceptance_tests }}",
        ),
        (
            "24-cooperation.france.md",
            "Le Client fournit sous 5 jours les accès demandés. Les jours de retard du Client s’ajoutent aux délais du Fournisseur.",
        ),
        (
            "24-cooperation.france.md",
            "Si le Client tarde à donner les accès, la Date de livraison et la Date limite sont prolongées de la durée de ce retard.",
        ),
        (
            "48-penalty.france.md",
            "La partie défaillante paie {{ decision.penalty }} à titre de clause pénale, sous réserve du pouvoir du juge de la réduire ou de l’augmenter.",
        ),
        (
            "66-boilerplate.england.md",
            "L’accord forme un tout et prévaut sur les échanges antérieurs, sans préjudice de la fraude. Toute modification est écrite. Nul tiers n’a le droit de s’en prévaloir.",
        ),
        (
            "72-signature.binding.france.md",
            "L’offre du Fournisseur tient jusqu’au {{ terms.validity_until }}. La lettre se signe électroniquement.",
        ),
        (
            "60-terms.binding.md",
            "Le document joint « {{ terms.general_terms }} », dont le Client a pris connaissance, complète cet accord.",
        ),
        (
            "14-decision.out-of-scope.md",
            "Nous avons pris le temps d’y réfléchir : nous préférons ne pas nous lancer dans ce domaine.",
        ),
        (
            "14-decision.out-of-scope.md",
            "Après examen, nous avons décidé de rester concentrés sur notre métier et de laisser ce besoin à d’autres.",
        ),
        (
            "14-decision.out-of-scope.md",
            "Malheureusement, ce n’est pas un développement que nous pouvons entreprendre.",
        ),
        (
            "14-decision.no-commitment.md",
            "En l’absence de décision d’achat, nous préférons en rester là pour cette demande.",
        ),
        (
            "14-decision.date-not-feasible.date.md",
            "Le {{ delivery.by }} est trop proche pour que nous puissions nous y engager.",
        ),
        (
            "14-decision.date-not-feasible.date.md",
            "Nous regrettons de ne pouvoir tenir la date du {{ delivery.by }}.",
        ),
        (
            "26-keep-in-touch.md",
            "Restons en contact ; il vous suffit de nous répondre « stop » pour ne plus rien recevoir.",
        ),
        ("24-no-obligation.md", "Vous restez bien entendu libres, et nous aussi."),
        (
            "21-alternative.md",
            "{{ decline.alternative }} À vous de juger si cette piste vous convient, car nous ne l’avons pas essayée.",
        ),
        (
            "28-purchase.conditional.md",
            f"Le Client s’engage à acheter au Fournisseur {ORDER}. Si le Fournisseur manque à ses obligations, il peut résilier le contrat.",
        ),
        (
            "12-nature.conditional.france.md",
            "Cette lettre lie les parties. Si la Condition défaille, chaque partie est libérée. Les articles prévalent sur le titre.",
        ),
        (
            "38-effect.conditional.md",
            "La Commande prend effet le jour de la recette, et non au jour de la signature.",
        ),
        (
            "40-lapse.efforts.france.md",
            "L’accord est caduc de plein droit, ce que chaque partie peut invoquer. Une fois la Condition défaillie, le Client ne peut plus y renoncer.",
        ),
        (
            "22-vendor-commitment.efforts.france.md",
            "Le Fournisseur apporte toute la diligence voulue ; il ne garantit pas la date et ne répond que de sa faute.",
        ),
        (
            "22-vendor-commitment.none.md",
            "Le Fournisseur n’est pas tenu de développer la Fonctionnalité. S’il la développe, il la livre selon l’article {{ article.acceptance }}.",
        ),
        (
            "32-price.vat.md",
            "Le prix est de {{ decision.total }} hors taxes. Il est révisé chaque année selon l’indice Syntec.",
        ),
        (
            "28-purchase.indicative.purchase.md",
            f"Le Client envisage de commander {ORDER}, ce à quoi il ne s’oblige pas.",
        ),
        (
            "28-purchase.conditional.md",
            f"Dès que la Condition est réalisée, le Client achète au Fournisseur, qui les lui vend, {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"Le Client s’oblige, sous la Condition, à acquérir {ORDER} ; le Fournisseur s’oblige à les livrer.",
        ),
        (
            "28-purchase.conditional.md",
            f"Si la Condition se réalise, le Client devra passer commande de {ORDER}, que le Fournisseur devra honorer.",
        ),
        (
            "28-purchase.conditional.md",
            f"Le Client passera la commande suivante au Fournisseur, qui l’exécutera : {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"Le Fournisseur vend et le Client achète, sous la Condition, {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"Les parties s’engagent, le Fournisseur à vendre et le Client à acheter, {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"Le Client prend l’engagement ferme et définitif de souscrire auprès du Fournisseur {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"Une fois la Condition réalisée, le Client est tenu d’acheter, et le Fournisseur de fournir, {ORDER}.",
        ),
        (
            "28-purchase.promise.md",
            f"Le Client consent au Fournisseur une option irrévocable sur l’achat de {ORDER}. Cette option se lève par écrit sous 15 jours.",
        ),
        (
            "28-purchase.promise.md",
            f"Le Client s’engage irrévocablement à acheter {ORDER} si le Fournisseur exerce l’option dans les 15 jours.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "La Condition ne protège que le Client. Il peut y renoncer par écrit tant qu’elle n’a pas défailli ; l’achat est alors ferme.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "Seul le Client peut renoncer à la Condition, par lettre ou courriel, avant la Date limite.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "Stipulée au seul profit du Client, la Condition peut être levée par lui par simple courriel, jusqu’à sa défaillance. Il renonce alors à la Fonctionnalité.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "Le Client, que la Condition a pour seul but de protéger, y renonce par un écrit reçu avant qu’elle ne défaille.",
        ),
        (
            "40-lapse.efforts.france.md",
            "Passé cette date, l’accord prend fin de plein droit ; l’une ou l’autre des parties peut le constater.",
        ),
        (
            "40-lapse.efforts.france.md",
            "Si la Condition défaille, chaque partie est déliée de ses engagements sans formalité et peut le faire valoir.",
        ),
        (
            "40-lapse.efforts.france.md",
            "À défaut, le Client comme le Fournisseur peuvent mettre fin à l’accord par simple courriel.",
        ),
        (
            "40-lapse.efforts.france.md",
            "Faute de recette à la Date limite, l’accord est réputé n’avoir jamais existé, ce dont chacun peut se prévaloir sans mise en demeure.",
        ),
        ("12-nature.intent.france.md", "Aucune des parties n’est tenue d’acheter ni de livrer."),
        (
            "12-nature.intent.france.md",
            "La présente n’a pas de valeur contractuelle, hormis la confidentialité.",
        ),
        (
            "12-nature.intent.england.md",
            "Rien dans cette lettre ne lie les parties, hormis la confidentialité : elle ne vaut pas contrat.",
        ),
        (
            "12-nature.conditional.france.md",
            "Les parties sont engagées dès leur signature. Les articles l’emportent sur le titre.",
        ),
        (
            "12-nature.conditional.france.md",
            "Cette lettre vaut contrat ferme entre les parties dès sa signature ; le titre n’en change pas le sens.",
        ),
        (
            "12-nature.promise.england.md",
            "Moyennant une livre, le Client consent une option au Fournisseur. Les articles prévalent sur le titre.",
        ),
        (
            "20-condition.france.md",
            "Le Client n’achète que si la Fonctionnalité est livrée au plus tard le {{ delivery.by }} et recettée le {{ delivery.long_stop }}.",
        ),
        (
            "20-condition.france.md",
            "L’achat dépend de la livraison de la Fonctionnalité le {{ delivery.by }} et de sa recette le {{ delivery.long_stop }}.",
        ),
        (
            "20-condition.england.md",
            "L’accord lie dès sa signature, mais l’exécution de l’achat est subordonnée à la livraison de la Fonctionnalité.",
        ),
        (
            "22-vendor-commitment.efforts.france.md",
            "Le Fournisseur met en œuvre tous les moyens raisonnables pour livrer à temps ; il n’est pas tenu du résultat.",
        ),
        (
            "22-vendor-commitment.firm.france.md",
            "Le Fournisseur garantit la livraison à la Date de livraison, et répare tout retard.",
        ),
        (
            "22-vendor-commitment.firm.france.md",
            "Le Fournisseur s’engage à livrer la Fonctionnalité à la Date de livraison.",
        ),
        (
            "22-vendor-commitment.none.md",
            "Le Fournisseur reste libre de développer ou non la Fonctionnalité.",
        ),
        ("24-cooperation.france.md", "Tout retard du Client décale d’autant les échéances du Fournisseur."),
        (
            "32-price.vat.md",
            "Le prix s’élève à {{ decision.total }} HT, TVA en sus au taux de {{ decision.vat_rate }}.",
        ),
        (
            "34-payment.once.france.md",
            "Payable à {{ terms.payment_days }}. En cas de retard : intérêts à trois fois le taux d’intérêt légal et indemnité de quarante euros.",
        ),
        (
            "34-payment.once.france.md",
            "Payable à {{ terms.payment_days }}. Les pénalités prévues à l’article L. 441-10 du Code de commerce, au taux BCE majoré de dix points, et 40 euros de frais de recouvrement sont dus de plein droit.",
        ),
        (
            "38-effect.conditional.md",
            "L’abonnement commence le jour où la recette est acquise, et pas avant.",
        ),
        ("38-effect.conditional.md", "La Commande devient ferme et exigible au jour de la recette."),
        (
            "48-penalty.france.md",
            "Celui qui refuse verse, à titre de clause pénale, {{ decision.penalty }}, que le juge peut modérer.",
        ),
        (
            "54-exclusivity.binding.md",
            "En contrepartie, le Client ne traite avec aucun tiers avant le {{ decision.exclusivity_until }}.",
        ),
        (
            "56-confidentiality.binding.md",
            "Les parties tiennent secrètes les informations reçues, pendant toute la Commande et trois ans après.",
        ),
        (
            "66-boilerplate.england.md",
            "Cette lettre remplace tout échange antérieur, sans exclure la responsabilité pour fraude. Les tiers n’en tirent aucun droit. Elle se modifie par avenant.",
        ),
        (
            "68-law-forum.france.md",
            "Le droit français s’applique. **Seul le {{ terms.court }} peut connaître des litiges : ce tribunal est compétent.**",
        ),
        (
            "68-law-forum.england.md",
            "Droit anglais. **Les tribunaux de l’Angleterre et du pays de Galles ont compétence exclusive.**",
        ),
        (
            "72-signature.binding.france.md",
            "Le Client peut signer cette lettre avant le {{ terms.validity_until }}.",
        ),
        (
            "14-decision.out-of-scope.md",
            "Après réflexion, nous avons choisi de ne pas nous engager sur ce terrain.",
        ),
        ("14-decision.out-of-scope.md", "Nous ne donnerons pas suite à votre demande."),
        ("14-decision.out-of-scope.md", "C’est à regret que nous déclinons votre demande."),
        ("14-decision.out-of-scope.md", "Cette fonctionnalité est hors de notre champ."),
        ("14-decision.no-commitment.md", "Notre réponse est négative."),
        ("14-decision.no-commitment.md", "Nous ne sommes pas en mesure de la développer."),
        ("26-keep-in-touch.md", "Nous vous écrirons de temps en temps, sauf si vous vous y opposez."),
    ),
    "en": (
        (
            "30-term.pilot.md",
            "The pilot lasts {{ decision.duration }}. Either party may terminate this agreement on 30 days’ notice.",
        ),
        (
            "28-purchase.conditional.md",
            "If and only if the Condition is fulfilled, the Client purchases from the Supplier {{ decision.order }}.",
        ),
        (
            "28-purchase.conditional.md",
            "The Client hereby places with the Supplier a firm order, subject only to the Condition, for {{ decision.order }}.",
        ),
        (
            "28-purchase.conditional.md",
            "Upon fulfilment of the Condition there shall be a sale by the Supplier to the Client of {{ decision.order }}, and the Client shall pay the price.",
        ),
        (
            "28-purchase.conditional.md",
            "The Client has committed to buying, and the Supplier to supplying, {{ decision.order }}.",
        ),
        (
            "34-payment.once.france.md",
            "Invoices are settled within {{ terms.payment_days }}. Late sums bear interest at three times the French legal interest rate; a €40 recovery fee is due.",
        ),
        (
            "34-payment.once.england.md",
            "Payable within {{ terms.payment_days }}; overdue sums carry interest at 8% above base rate.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "The Client, and nobody else, may waive the Condition by letter or e-mail received before the Long Stop Date.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "Because the Condition exists for the Client’s benefit alone, the Client may by notice dispense with it while it is outstanding.",
        ),
        (
            "40-lapse.efforts.england.md",
            "If the Condition is not fulfilled by the Long Stop Date, this agreement comes to an end and sums paid are refunded.",
        ),
        (
            "40-lapse.efforts.france.md",
            "After the Long Stop Date this agreement is void and either party may say so.",
        ),
        (
            "40-lapse.firm.england.md",
            "If the Condition fails, neither party is any longer bound to buy or sell, but the Client may claim damages.",
        ),
        ("38-effect.conditional.md", "The Order comes into force the day after acceptance."),
        (
            "38-effect.conditional.md",
            "From the day of acceptance the Order binds both parties without further formality and its term begins.",
        ),
        (
            "12-nature.conditional.england.md",
            "This letter has legal force between the parties as soon as both have signed.",
        ),
        (
            "12-nature.conditional.england.md",
            "Both parties are committed by this letter once signed; only performance of the Order waits for the Condition.",
        ),
        (
            "12-nature.intent.england.md",
            "This letter is for discussion only. No contract exists until a formal agreement is signed.",
        ),
        (
            "12-nature.intent.england.md",
            "Save for confidentiality, neither of us is committed by this letter.",
        ),
        (
            "12-nature.promise.england.md",
            "For £1 (receipt acknowledged) the Client grants the Supplier an option to sell it the Order.",
        ),
        (
            "20-condition.england.md",
            "Neither party is obliged to perform the Order unless the Feature is delivered by {{ delivery.by }} and accepted by {{ delivery.long_stop }}; this agreement itself binds at once.",
        ),
        (
            "20-condition.france.md",
            "The duty to buy arises only once the Feature has been delivered, on or before {{ delivery.by }}, and accepted, on or before {{ delivery.long_stop }}.",
        ),
        (
            "22-vendor-commitment.efforts.england.md",
            "The Supplier will try its best to deliver on time and will report progress monthly.",
        ),
        (
            "22-vendor-commitment.efforts.england.md",
            "The Supplier shall act with reasonable skill and care to deliver by the Delivery Date, but gives no promise of success.",
        ),
        (
            "22-vendor-commitment.firm.england.md",
            "Delivery by the Delivery Date is a firm obligation of the Supplier, which it shall meet.",
        ),
        ("22-vendor-commitment.none.md", "Whether to build the Feature is for the Supplier to decide."),
        (
            "22-vendor-commitment.none.md",
            "Nothing in this letter requires the Supplier to develop the Feature.",
        ),
        (
            "22-vendor-commitment.not-binding.md",
            "The Supplier hopes to deliver by {{ delivery.by }} but makes no commitment. Tests: {{ feature.acceptance_tests }}",
        ),
        (
            "24-cooperation.france.md",
            "The Client shall grant access within 5 days; any delay on its part extends the Delivery Date and the Long Stop Date accordingly.",
        ),
        (
            "24-cooperation.england.md",
            "If the Client is late, the dates are extended by as many days. If the Client prevents fulfilment, the Condition counts as fulfilled and it must pay.",
        ),
        (
            "48-penalty.england.md",
            "The defaulting party pays {{ decision.penalty }} as liquidated damages, which protects a legitimate commercial interest.",
        ),
        (
            "66-boilerplate.england.md",
            "This is the whole agreement between us. Nothing excludes liability for fraud. It can only be changed in writing. The Contracts (Rights of Third Parties) Act 1999 does not apply.",
        ),
        (
            "68-law-forum.england.md",
            "This letter is subject to English law and **the exclusive jurisdiction of the English courts**.",
        ),
        (
            "72-signature.binding.england.md",
            "The Supplier’s offer stays open until {{ terms.validity_until }}.",
        ),
        (
            "60-terms.binding.md",
            "The enclosed “{{ terms.general_terms }}”, of which the Client has acknowledged receipt, form part of this agreement.",
        ),
        (
            "14-decision.out-of-scope.md",
            "After careful consideration, this is one that we will leave to others.",
        ),
        ("14-decision.out-of-scope.md", "Unfortunately it is not a development we can undertake."),
        ("14-decision.out-of-scope.md", "We have decided to stay focused on our core market."),
        ("14-decision.no-commitment.md", "Without a decision to buy we would rather leave it there for now."),
        ("14-decision.date-not-feasible.date.md", "{{ delivery.by }} is too soon for us to commit to it."),
        ("26-keep-in-touch.md", "Let us stay in touch; simply reply “stop” and we will not write again."),
        ("24-no-obligation.md", "You remain entirely free, and so do we."),
        (
            "21-alternative.md",
            "{{ decline.alternative }} We have not tried it, so please judge for yourselves.",
        ),
        (
            "28-purchase.conditional.md",
            f"The Client shall buy {ORDER} from the Supplier. It may terminate the agreement if the Supplier is in material breach.",
        ),
        (
            "12-nature.conditional.england.md",
            "This letter binds the parties. If the Condition fails, each is released. The clauses prevail over the title.",
        ),
        ("38-effect.conditional.md", "The Order takes effect on acceptance, not from signature."),
        (
            "40-lapse.efforts.france.md",
            "This agreement lapses automatically, on which either party may rely. Once it has lapsed, the Client can no longer waive the Condition.",
        ),
        (
            "22-vendor-commitment.efforts.england.md",
            "The Supplier shall use reasonable endeavours; it does not guarantee the date.",
        ),
        (
            "22-vendor-commitment.none.md",
            "The Supplier is not obliged to develop the Feature. If it does, it shall deliver it under clause {{ article.acceptance }}.",
        ),
        (
            "32-price.vat.md",
            "The price is {{ decision.total }} excluding tax. It is adjusted each year by the CPI index.",
        ),
        (
            "28-purchase.indicative.purchase.md",
            f"The Client has in mind an order of {ORDER}, which it is not bound to place.",
        ),
        (
            "28-purchase.conditional.md",
            f"Once the Condition is fulfilled, the Supplier sells and the Client buys {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"Subject to the Condition, the Client agrees to purchase, and the Supplier agrees to sell, {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"The Client will place the following order with the Supplier: {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"The Client is obliged to take, and the Supplier to provide, {ORDER}.",
        ),
        (
            "28-purchase.conditional.md",
            f"The Client commits to subscribing to {ORDER}, which the Supplier will deliver.",
        ),
        (
            "28-purchase.conditional.md",
            f"On fulfilment, the Client must proceed with the purchase of {ORDER} from the Supplier.",
        ),
        (
            "28-purchase.promise.md",
            f"The Client grants the Supplier an irrevocable option over the purchase of {ORDER}, exercisable in writing within 15 days.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "Only the Client may waive the Condition, by e-mail or letter, and no later than the Long Stop Date.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "The Condition protects the Client. It may waive it by written notice at any time before it fails.",
        ),
        (
            "36-beneficiary-waiver.conditional.md",
            "As the Condition is solely for its benefit, the Client can give it up in writing while it is pending.",
        ),
        (
            "40-lapse.efforts.england.md",
            "If the Condition fails, this agreement ends automatically and neither party owes the other anything further.",
        ),
        ("40-lapse.efforts.france.md", "If it fails, either party may terminate this agreement by notice."),
        (
            "40-lapse.efforts.france.md",
            "Should the Condition fail, both parties are released at once, and each may rely on it.",
        ),
        (
            "12-nature.intent.england.md",
            "Nothing in this letter is intended to be legally binding, save confidentiality.",
        ),
        (
            "12-nature.intent.england.md",
            "Neither party is bound to buy or to deliver until a contract is signed.",
        ),
        (
            "12-nature.conditional.england.md",
            "The parties intend to be legally bound by this letter from signature. Headings do not affect its meaning.",
        ),
        (
            "12-nature.conditional.england.md",
            "On signature this letter becomes a binding contract, whatever its title.",
        ),
        (
            "12-nature.promise.england.md",
            "In return for £1, receipt of which is acknowledged, the Client grants the Supplier an option. The clauses override the title.",
        ),
        (
            "12-nature.promise.england.md",
            "This letter is executed as a deed and grants the Supplier an option; the clauses prevail over the title.",
        ),
        (
            "20-condition.england.md",
            "This agreement binds from signature, but neither party need perform the purchase until the Feature is delivered by {{ delivery.by }}.",
        ),
        (
            "20-condition.england.md",
            "The obligations under the Order are conditional on delivery of the Feature by {{ delivery.by }}.",
        ),
        (
            "20-condition.france.md",
            "The Client buys only if the Feature is delivered by {{ delivery.by }} and accepted by {{ delivery.long_stop }}.",
        ),
        (
            "22-vendor-commitment.efforts.england.md",
            "The Supplier shall use all commercially reasonable efforts to deliver on time.",
        ),
        ("22-vendor-commitment.firm.england.md", "The Supplier guarantees delivery by the Delivery Date."),
        (
            "22-vendor-commitment.firm.england.md",
            "The Supplier must deliver the Feature by the Delivery Date.",
        ),
        ("22-vendor-commitment.none.md", "The Supplier is free to develop the Feature or not."),
        (
            "24-cooperation.france.md",
            "The dates move back by one day for each day of delay on the Client’s side; they are extended accordingly.",
        ),
        (
            "32-price.vat.md",
            "The price is {{ decision.total }}, exclusive of VAT at {{ decision.vat_rate }}.",
        ),
        (
            "34-payment.once.france.md",
            "Payable within {{ terms.payment_days }}. Overdue sums bear interest at three times the French legal rate, and a recovery fee of 40 euros is due.",
        ),
        ("38-effect.conditional.md", "The subscription starts on the day of acceptance."),
        ("38-effect.conditional.md", "The Order becomes unconditional on acceptance."),
        (
            "48-penalty.england.md",
            "It shall pay {{ decision.penalty }} as agreed damages, a genuine pre-estimate of the other’s loss.",
        ),
        (
            "54-exclusivity.binding.md",
            "In consideration of that work, the Client shall deal with nobody else before {{ decision.exclusivity_until }}.",
        ),
        (
            "56-confidentiality.binding.md",
            "The parties keep what they learn secret during the Order and for three years after it ends.",
        ),
        (
            "66-boilerplate.england.md",
            "This letter supersedes all earlier statements, fraudulent ones excepted. Nobody but the parties may enforce it. Amendments are in writing.",
        ),
        ("68-law-forum.france.md", "French law applies. **The {{ terms.court }} alone has jurisdiction.**"),
        (
            "68-law-forum.england.md",
            "English law applies, and **the courts of England and Wales have exclusive jurisdiction**.",
        ),
        (
            "72-signature.binding.england.md",
            "The Client may sign this letter until {{ terms.validity_until }}.",
        ),
        ("14-decision.out-of-scope.md", "After careful thought we have decided against building it."),
        ("14-decision.out-of-scope.md", "This is not something that we will take on."),
        ("14-decision.out-of-scope.md", "Regretfully, we must decline."),
        ("14-decision.out-of-scope.md", "It falls outside our scope."),
        ("14-decision.no-commitment.md", "Our answer is no."),
        ("14-decision.no-commitment.md", "We are not in a position to develop it."),
        ("26-keep-in-touch.md", "We will write now and then, unless you object."),
    ),
}
"""A clause file, and a text in its place that says all that it must, in words that are not ours."""


@pytest.mark.parametrize(
    ("language", "file", "code", "text"),
    [(language, *case) for language in LANGUAGES for case in WEAK[language]],
)
def test_what_a_text_does_not_say_is_found(language: Language, file: str, code: str, text: str) -> None:
    assert code in faults(language, file, text)


NOTES = {
    code
    for requirements in must_say.read("fr").clauses.values()
    for code, each in requirements.items()
    if each.severity == "note"
}


@pytest.mark.parametrize(
    ("language", "file", "text"), [(language, *case) for language in LANGUAGES for case in SOUND[language]]
)
def test_another_wording_that_says_it_passes(language: Language, file: str, text: str) -> None:
    assert not faults(language, file, text) - NOTES


# --- What must not be said ------------------------------------------------------------

BY_CLAUSE = tomllib.loads(
    (TESTS / "corpus" / "development" / "by-clause" / "must-not-say.toml").read_text("utf-8")
)


@pytest.mark.parametrize(
    ("language", "kind", "case"),
    [
        pytest.param(language, kind, case, id=f"{language}-{case['addition'][:60]}")
        for language, kinds in BY_CLAUSE.items()
        for kind, cases in kinds.items()
        for case in cases
    ],
)
def test_one_more_sentence_is_found_or_passes(language: Language, kind: str, case: Mapping[str, str]) -> None:
    """Sentences of others, put at the end of our own clause; the corpus reviews them in whole letters."""
    file = f"{case['clause']}.md"
    (clause,) = (each for each in library(language, "agreement") if each.path.name == file)
    found = faults(language, file, f"{clause.body}\n\n{case['addition']}") - NOTES
    assert bool(found) == (kind == "unsound"), (case["why"], found)


FRAUD: dict[bool, dict[Language, tuple[str, ...]]] = {
    True: {
        "fr": (
            "Chaque partie renonce à toute action, même fondée sur le dol.",
            "Le Fournisseur ne répond pas du dol de ses commerciaux.",
            "Aucune action pour dol ne pourra être engagée.",
            "Les parties écartent le devoir d'information de l'article 1112-1.",
            "Le Client n'aura aucun recours, y compris en cas de mensonge du Fournisseur.",
            "Toute responsabilité est exclue, fût-ce en cas de fraude.",
            "Les parties se dispensent de toute bonne foi.",
        ),
        "en": (
            "Neither party shall be liable for any statement made before signature, even if fraudulent.",
            "The Client waives any claim for misrepresentation, including fraudulent misrepresentation.",
            "All liability for fraud is excluded.",
            "The Supplier is not liable for deceit or dishonesty.",
            "No claim for fraud may be brought.",
            "The parties exclude the duty to inform each other.",
            "The Client does not rely on any statement and excludes any claim in fraud.",
        ),
    },
    False: {
        "fr": (
            "Rien dans cette lettre n'exclut la responsabilité en cas de dol.",
            "Aucune clause ne limite la responsabilité d'une partie en cas de fraude ou de dol.",
            "Cet article ne limite pas la responsabilité en cas de dol.",
            "La responsabilité pour dol n'est ni exclue ni limitée.",
            "Les parties conviennent de l'intégralité de l'accord, sans que cela exclue la responsabilité en cas de dol.",
            "Nul ne peut s'exonérer des suites de son dol, et cet article n'y change rien.",
            "Le dol et la faute lourde restent sanctionnés.",
            "Cette clause n'affecte pas le devoir d'information de l'article 1112-1.",
            "Aucune stipulation n'écarte le devoir de bonne foi.",
            "Sauf dol, aucune déclaration antérieure ne lie les parties.",
        ),
        "en": (
            "Nothing in this letter excludes or limits liability for fraud.",
            "No liability for fraud or fraudulent misrepresentation is limited by this clause.",
            "This clause does not exclude any liability for fraud.",
            "The entire agreement clause shall not restrict a claim for fraudulent misrepresentation.",
            "Liability for deceit cannot be excluded, and is not.",
            "Neither party's liability for fraud is excluded or capped.",
            "Neither this clause nor any other limits liability for dishonesty.",
            "A party's liability for fraud remains unlimited.",
            "The parties have not relied on any statement outside this letter, except one made fraudulently.",
            "No part of this letter takes away a remedy for fraud.",
            "This does not take away any remedy for fraud.",
        ),
    },
}
"""Sentences that exclude fraud or the duty to inform, and others that say it is not excluded."""


@pytest.mark.parametrize(
    ("excluded", "language", "text"),
    [
        (excluded, language, text)
        for excluded, texts in FRAUD.items()
        for language in LANGUAGES
        for text in texts[language]
    ],
)
def test_fraud_is_excluded_or_said_not_to_be(excluded: bool, language: Language, text: str) -> None:  # noqa: FBT001
    file = {"fr": "66-boilerplate.france.md", "en": "66-boilerplate.england.md"}[language]
    (clause,) = (each for each in library(language, "agreement") if each.path.name == file)
    assert ("fraud-excluded" in faults(language, file, f"{clause.body} {text}")) is excluded


# --- A house's own -------------------------------------------------------------------


def own(tmp_path: Path, text: str) -> must_say.MustSay:
    path = tmp_path / "fr" / must_say.FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return must_say.read("fr", tmp_path)


def test_a_house_adds_words_and_takes_out_what_it_does_without(tmp_path: Path) -> None:
    asked = own(
        tmp_path,
        'core = ["term"]\n[lists]\nthing = ["chose", "objet"]\n'
        '[price.discount]\nseverity = "warning"\nsays = "la remise"\nphrases = ["remise sur {thing}s?"]\n'
        '[lapse.who-unsaid]\nseverity = "off"\nsays = "qui"\nphrases = ["qui"]\n',
    )
    assert asked.core == must_say.read("fr").core | {"term"}
    assert asked.of("price").keys() == must_say.read("fr").of("price").keys() | {"discount"}
    assert asked.of("price")["discount"].fault_in(blocks.parse("Une remise sur objet."), (), "fr") is None
    assert asked.of("price")["discount"].fault_in(blocks.parse("Aucun rabais."), (), "fr") == ""
    assert not asked.of("lapse")["who-unsaid"].holds_in(lambda _name: True)


X = '[price.x]\nseverity = "error"\nsays = "a"\n'
A = 'phrases = ["a"]\n'


def phrase(text: str) -> str:
    return listed("phrases", text)


def listed(name: str, text: str) -> str:
    return f'{name} = ["{text}"]\n'


UNWRITTEN = "is not written as phrases are"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[prise.x]\nseverity = "error"\nsays = "a"\nphrases = ["a"]', "did you mean [price.…]?"),
        ('[price.x]\nseverity = "fatal"\nsays = "a"\nphrases = ["a"]', "price.x.severity: "),
        (X + "phrases = []", "price.x.phrases: "),
        ("[price]\nx = 1", "price.x: must be a table"),
        # Names
        ('core = ["natur"]', "core: “natur” is not the id of a clause; did you mean “nature”?"),
        ('core = ["any"]', "core: “any” is not the id of a clause"),
        ('core = ["price", "28-purchase.conditional.md"]', "did you mean “purchase”?"),
        (X + A + 'also_in = ["nosuch"]', "price.x.also_in: “nosuch” is not the id of a clause"),
        (X + A + 'also_in = ["payment", "laps"]', "price.x.also_in: “laps” is not"),
        (X + A + 'when = ["bindin"]', "price.x.when: “bindin” is not a condition; did you mean “binding”?"),
        (X + A + 'eased = ["not-promis"]', "price.x.eased: “promis” is not a condition; did you mean “promise”?"),
        # Phrases
        (X + 'phrases = ["(a"]', f"price.x.phrases: “(a” {UNWRITTEN}"),
        (X + A + 'unless = ["b", "c)"]', f"price.x.unless: “c)” {UNWRITTEN}"),
        (X + A + 'once = ["[d"]', f"price.x.once: “[d” {UNWRITTEN}"),
        (X + 'phrases = ["(?P<n>a)", "(?P<n>b)"]', f"price.x.phrases: “(?P<n>a)” {UNWRITTEN}"),
        (X + 'phrases = ["a{99999999999}"]', f"price.x.phrases: “a{{99999999999}}” {UNWRITTEN}"),
        (X + phrase("(" * 9000 + ")" * 9000), "price.x.phrases: "),
        (X + 'phrases = ["b", "(a)?"]', f"price.x.phrases: “(a)?” {UNWRITTEN}"),
        # Lists
        ("core = 1", "core: is not a list of texts"),
        ("core = [1]", "core: is not a list of texts"),
        ("lists = 1", "lists: is not a list of texts"),
        ("[lists]\na = 1", "lists.a: is not a list of texts"),
        ("[lists]\na = []", "lists.a: is not a list of texts"),
        ('[lists]\na = ["b", ""]', "lists.a: is not a list of texts"),
        (X + 'phrases = ["{clien}"]', "price.x.phrases: names the list “clien”, which there is not; did you mean “client”?"),
        (X + A + 'unless = ["{my-list}"]', "price.x.unless: names the list “my-list”"),
        (X + 'phrases = ["{a}"]\n[lists]\na = ["{b}"]\nb = ["{a}"]', "price.x.phrases: reaches the list “a” through two others"),
        (X + 'phrases = ["{a}"]\n[lists]\na = ["{a}"]', "price.x.phrases: reaches the list “a”"),
        (X + A + 'once = ["{a}"]\n[lists]\na = ["{b}"]\nb = ["{c}"]\nc = ["d"]', "price.x.once: reaches the list “c”"),
        (
            X + phrase("{l0}") + "[lists]\n" + "".join(listed(f"l{n}", f"{{l{n + 1}}}" * 4) for n in range(9)) + listed("l9", "x"),
            "price.x.phrases: reaches the list “l2”",
        ),
        (
            X + phrase("{a}" * 90) + "[lists]\n" + listed("a", "{b}" * 90) + listed("b", "b" * 90),
            "price.x.phrases: has more than 20000 characters once its lists are filled in",
        ),
        (X + phrase("b" * 20_001), "price.x.phrases: has more than 20000 characters"),
    ],
)  # fmt: skip
def test_a_faulty_list_is_refused_by_its_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FaultyInput) as refusal:
        own(tmp_path, text)
    assert said in str(refusal.value)
    assert f"fr/{must_say.FILE}" in str(refusal.value)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput) as refusal:
        own(
            tmp_path,
            listed("core", "natur")
            + X
            + phrase("(a")
            + listed("when", "x")
            + X.replace("price.x", "lapse.y")
            + phrase("{none}")
            + listed("once", "b)"),
        )
    assert [fault.key for fault in refusal.value.faults] == [
        "core",
        "price.x.when",
        "price.x.phrases",
        "lapse.y.phrases",
        "lapse.y.once",
    ]


def test_a_list_may_name_a_list_and_a_house_s_own_comes_before_ours(tmp_path: Path) -> None:
    asked = own(
        tmp_path,
        f'{X}phrases = ["{{whole}} {{client}} x{{2}}"]\n[lists]\nwhole = ["la {{part}}", "tout"]\npart = ["roue", "vis"]\nclient = ["bleue"]',
    )
    topic = asked.of("price")["x"].topic("phrases", "fr")
    assert [
        each
        for each in ("la vis bleue xx", "tout bleue xx", "la vis client xx", "la roue bleue x")
        if topic.search(each)
    ] == ["la vis bleue xx", "tout bleue xx"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_files_are_sound_as_a_house_s_must_be(tmp_path: Path, language: Language) -> None:
    """They are not tried each time they are read."""
    path = tmp_path / language / must_say.FILE
    path.parent.mkdir()
    path.write_text((TEMPLATES / language / must_say.FILE).read_text("utf-8"), "utf-8")
    asked = must_say.read(language, tmp_path)
    assert asked.core == must_say.read(language).core
    for clause, requirements in must_say.read(language).clauses.items():
        theirs = asked.clauses[clause]
        assert {code: each.model_dump() for code, each in requirements.items()} == {
            code: each.model_dump() for code, each in theirs.items()
        }


def test_ours_are_read_without_a_phrase_being_compiled() -> None:
    program = (
        "from accord.review import must_say; from accord.text import phrases\n"
        "phrases.topic = None\n"
        "print(len(must_say.read('fr').clauses) > 9)"
    )
    assert python("-c", program).stdout.strip() == "True"


def test_a_library_remembers_a_house_s_file_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path, X + A)
    reads: list[Path] = []
    monkeypatch.setattr(files, "read", lambda path, real=files.read: reads.append(path) or real(path))
    known = Library()
    first = must_say.read("fr", tmp_path, known)
    assert must_say.read("fr", tmp_path, known) is first
    assert reads == [tmp_path / "fr" / must_say.FILE]
    (tmp_path / "fr" / must_say.FILE).write_text(X + 'phrases = ["another"]', "utf-8")
    assert must_say.read("fr", tmp_path, known).of("price")["x"].phrases == ("another",)
    (tmp_path / "fr" / must_say.FILE).unlink()
    assert must_say.read("fr", tmp_path, known) is must_say.read("fr")


@pytest.mark.parametrize(
    ("ours", "is_new"), [("The Client shall make good the loss.", False), ("The Client shall reply.", True)]
)
def test_words_in_the_place_of_ours_that_spoke_of_the_same_are_no_addition(ours: str, is_new: bool) -> None:  # noqa: FBT001
    asked = must_say.Requirement(
        severity="warning", says="x", phrases=("pays",), restates=("make good",), never=True, added=True
    )
    standard, own = blocks.parse(f"{ours} It is late."), blocks.parse("The Client pays. It is late.")
    found = asked.fault_in(own, (), "en", must_say.changes_of(standard, own))
    assert (found is not None) is is_new


def test_the_process_does_not_keep_what_a_house_s_phrases_were_made_into(tmp_path: Path) -> None:
    requirement = own(tmp_path, X + A).of("price")["x"]
    topic = weakref.ref(requirement.topic("phrases", "fr"))
    assert topic() is requirement.topic("phrases", "fr")
    del requirement
    gc.collect()
    assert topic() is None
