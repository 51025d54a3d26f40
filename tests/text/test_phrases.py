"""What texts must not say: for each topic, sentences that say it, and honest neighbours that do not."""

from collections.abc import Mapping
from typing import get_args

import pytest

from accord.text import phrases
from accord.text.characters import plain

# topic and language: sentences that say it | sentences that do not
SENTENCES: Mapping[tuple[str, phrases.Language], tuple[str, str]] = {
    ("buys", "fr"): (
        """
        Le Client s’oblige à acquérir la Commande.
        Le Client achètera la Commande.
        Le Client est tenu d’acheter la Commande.
        Le Client doit acheter la Commande.
        Le Client s’engage à passer commande.
        Le Client a l’obligation d’acheter la Commande.
        Le Client s’engage, si la Fonctionnalité est livrée, à acheter la Commande.
        Si la Fonctionnalité est livrée, le Client achètera la Commande.
        Vous vous engagez à acheter la Commande.
        L’achat est ferme et définitif.
        Cette lettre vaut bon de commande.
        Le Client promet d’acheter la Commande.
        Le Client s’engage à l’acheter.
        Sa signature vaut vente ferme.
        Le Client, qui ne connaît pas encore le prix, s’engage à acheter.
        """,
        """
        Le Client ne s’engage pas à acheter.
        Aucune des parties ne s’engage à acheter.
        Si le Client s’engage à acheter, un contrat sera signé.
        Le Client envisage la commande, sans s’y obliger.
        Elle n’oblige ni à acheter ni à livrer : elle prépare une décision.
        Chaque partie s’engage à payer ses propres frais.
        Le Client doit informer le Fournisseur avant de commander ailleurs.
        """,
    ),
    ("buys", "en"): (
        """
        The Client will purchase the Order.
        The Client must buy the Order.
        The Client shall place the Order.
        The Client shall, on delivery, buy the Order.
        The Client is committed to purchasing the Order.
        The Client is obliged to acquire the Order.
        The Client hereby orders the licences.
        The Client agrees that it will buy the Order.
        You shall purchase the Order.
        The Client commits to subscribe to the Order.
        The Client undertakes to buy the Order.
        If the Feature is delivered, the Client shall buy the Order.
        """,
        """
        Neither party undertakes to buy.
        The Client in no way undertakes to buy.
        The Client does not undertake to buy the Order.
        It obliges nobody to buy or to deliver.
        The Client is considering the Order, without being obliged to place it.
        The Client shall tell the Supplier how to buy.
        The Client will discuss the Order.
        Each party agrees to pay its own costs.
        If the Client undertakes to buy, a contract will be signed.
        """,
    ),
    ("delivers", "fr"): (
        """
        Le Fournisseur livrera la Fonctionnalité.
        Nous nous engageons à livrer la Fonctionnalité.
        Le Fournisseur s’engage à développer la Fonctionnalité.
        """,
        """
        Le Fournisseur ne s’engage ni à développer ni à livrer la Fonctionnalité.
        Quand le Fournisseur livrera la Fonctionnalité, le Client décidera.
        """,
    ),
    ("delivers", "en"): (
        """
        The Supplier will deliver the Feature.
        We undertake to deliver the Feature.
        """,
        """
        The Supplier does not undertake to develop or to deliver the Feature.
        When the Supplier will deliver is not agreed.
        """,
    ),
    ("frees", "fr"): (
        """
        Le Client n’est pas tenu d’acheter.
        Le Client reste libre d’acheter ou non.
        Cette lettre n’engage pas les parties.
        Cette lettre n’a pas de valeur contractuelle.
        Le Client peut renoncer à l’achat à tout moment.
        Cette lettre est purement indicative.
        Cette lettre est établie « subject to contract ».
        Le Client peut toutefois se délier de cet achat.
        Le Client peut annuler la Commande à tout moment.
        Elle ne fait naître aucune obligation d’acheter.
        """,
        """
        Si la Condition défaille, le Client n’est pas tenu d’acheter.
        Cet article lie le Client ; il n’oblige personne à contracter.
        Les courriers antérieurs marqués « subject to contract » sont remplacés.
        Le Fournisseur reste libre de lever ou non l’option.
        Le Client peut renoncer à la Condition à tout moment avant la Date limite.
        Le Client ne peut revenir sur cet engagement.
        Le Client ne peut annuler la Commande à tout moment.
        """,
    ),
    ("frees", "en"): (
        """
        The Client may withdraw at any time.
        This letter is not intended to be legally binding.
        The Client remains free to buy or not.
        This letter creates no legal obligations.
        This letter is subject to contract.
        SUBJECT TO CONTRACT.
        The Client may nevertheless walk away from the purchase.
        It ends if the Client loses interest in it.
        """,
        """
        Earlier letters marked “subject to contract” are superseded.
        The Order is a pilot: it obliges nobody to buy anything further.
        If the Condition fails, the Client is not obliged to buy.
        The Client may not withdraw from this undertaking.
        The purchase is subject to a condition precedent.
        """,
    ),
    ("result", "fr"): (
        """
        Le Fournisseur s’engage à livrer la Fonctionnalité au plus tard le 31 mars 2027.
        Le Fournisseur garantit la livraison.
        Le Fournisseur garantit le résultat.
        Il est tenu d’une obligation de résultat.
        """,
        """
        Il ne garantit pas le résultat.
        Il est tenu d’une obligation de moyens, et non de résultat.
        Le Fournisseur déploie des efforts raisonnables pour livrer au plus tard le 31 mars 2027.
        """,
    ),
    ("result", "en"): (
        """
        The Supplier guarantees delivery.
        The Supplier shall deliver the Feature by 31 March 2027.
        """,
        """
        The Supplier shall use reasonable endeavours to deliver the Feature by the Delivery Date.
        It does not guarantee the result.
        """,
    ),
    ("no-result", "fr"): (
        """
        Le Fournisseur n’est pas responsable en cas de retard.
        Il ne garantit pas la livraison.
        """,
        """
        Il n’est pas responsable d’un retard dû à la force majeure.
        Le ticket ne garantit pas l’origine du gibier.
        """,
    ),
    ("no-result", "en"): (
        """
        The Supplier is not liable if delivery is late.
        """,
        """
        The receipt does not guarantee the origin of game.
        The Supplier is not liable for the Client’s delay.
        """,
    ),
    ("opinion", "fr"): (
        """
        La recette intervient à l’entière satisfaction du Client.
        La recette intervient à la satisfaction du Client.
        La Fonctionnalité est livrée à l’agrément du Client.
        L’export répond aux attentes.
        L’écran est satisfaisant.
        """,
        """
        Le questionnaire de satisfaction part le jour même.
        """,
    ),
    ("opinion", "en"): (
        """
        The export works to the Customer’s satisfaction.
        The export is accepted when the Client is satisfied.
        The export meets the Client’s expectations.
        """,
        """
        The customer satisfaction survey is sent within a day.
        """,
    ),
    ("at-will", "fr"): (
        """
        Le Client accepte à sa seule discrétion.
        L’acceptation est laissée à l’appréciation du Client.
        Le Client est seul juge de la recette.
        Le Client peut refuser sans motif.
        La recette est prononcée sous réserve de validation par le Client.
        Le Client accepte à sa convenance.
        """,
        """
        La recette est acquise si les essais passent.
        """,
    ),
    ("at-will", "en"): (
        """
        Acceptance is at the Customer’s discretion.
        The Client accepts in its discretion.
        The Client accepts as it thinks fit.
        The Client may refuse for any reason.
        Acceptance is subject to the Client’s approval.
        The Feature works in the sole opinion of the Client.
        """,
        """
        The reason for any failure is reported.
        If for any reason a test cannot be run, it is run the next day.
        """,
    ),
    ("vague", "fr"): (
        """
        l’export fonctionne bien
        l’export fonctionne correctement
        l’export est conforme
        l’export répond au besoin
        l’écran est stable
        l’écran est clair et lisible
        l’écran est rapide pour les 3 magasins
        l’affichage est fluide
        """,
        """
        le contrôle des fluides frigorigènes s’imprime
        la caisse rapide affiche le total
        l’export est conforme à l’article A47 A-1
        """,
    ),
    ("vague", "en"): (
        """
        the export works correctly
        the export works as expected
        the screen is responsive
        the screen is robust
        the screen is user-friendly
        the export is reasonably fast
        """,
        """
        the fast lane screen shows the total
        each item has a proper barcode
        the screen shows the yields
        """,
    ),
    ("measure", "fr"): ("l’export est rapide : moins de 2 s", "l’écran est rapide pour les 3 magasins"),
    ("measure", "en"): ("the export is fast: within 2 seconds", "the screen is fast in 3 shops"),
    ("future", "fr"): (
        """
        Nous comptons la développer.
        Nous prévoyons cette évolution.
        Nous y travaillons.
        Votre demande est à l’étude.
        Elle sera intégrée au second semestre.
        Cette fonctionnalité verra le jour.
        Nous y viendrons dans un avenir proche.
        Elle figurera dans une prochaine version.
        La version 5 le permettra.
        Revenez vers nous au trimestre prochain.
        Notre offre l’inclura bientôt.
        Nous la développerons.
        """,
        """
        Notre module suit le format prévu par l’article A47 A-1.
        Il affiche les livraisons prévues.
        La date de péremption arrive bientôt.
        Le délai prévu par la loi est respecté.
        Ce n’est en aucun cas une promesse portant sur une version à venir.
        Nous étudierons volontiers avec vous un accord conditionnel.
        Nous serions heureux de vous rencontrer au trimestre prochain.
        Nous ne prévoyons pas de la développer.
        Nous vous les rendrons, ou les détruirons si vous le préférez.
        """,
    ),
    ("future", "en"): (
        """
        We hope to offer it.
        We expect to release it.
        We aim to build it.
        We plan to add it.
        We are working on it.
        It is under development.
        It is in our pipeline.
        It is in the backlog.
        It is on our roadmap.
        It will come in the near future.
        It should be there next quarter.
        We are going to build it.
        Version 5 will support it.
        It comes with our next release.
        It is part of a future version.
        """,
        """
        Our module shows planned and actual deliveries.
        It lists upcoming classes.
        It sends a message shortly before class.
        Nothing in this letter is a promise of any future release.
        It is not on our roadmap.
        Our planner shows the next release of each film.
        Reply as soon as you can.
        We hope to stay in touch.
        Our module shows your sales pipeline.
        """,
    ),
    ("fault", "fr"): (
        """
        Nous vous avions promis cette fonctionnalité.
        Nous aurions dû vous répondre plus tôt.
        Nous avons manqué à notre devoir de conseil.
        Nous reconnaissons notre retard.
        """,
        """
        Nous reconnaissons l’intérêt de votre demande.
        Nous connaissons votre métier.
        """,
    ),
    ("fault", "en"): (
        """
        We should have answered sooner.
        We are in breach of our duty.
        We are liable for the delay.
        We failed to answer.
        We had promised it.
        """,
        """
        We acknowledge receipt of your request.
        Your supplier is liable for its own work.
        """,
    ),
    ("protected", "fr"): (
        """
        Votre état de santé ne le permet pas.
        Votre situation de famille ne le permet pas.
        Votre lieu de résidence nous en empêche.
        Votre race nous en empêche.
        Votre religion nous est étrangère.
        """,
        """
        Votre région nous est étrangère.
        Une religieuse se vend à la pièce.
        Les bornes utilisables par les personnes handicapées existent chez d’autres.
        """,
    ),
    ("protected", "en"): (
        """
        Your marital status is a concern.
        We decline because you are a woman.
        """,
        """
        We do not offer trade union accounting.
        """,
    ),
    ("insult", "fr"): (
        """
        Votre prestataire est incompétent.
        """,
        """
        Il serait malhonnête de vous le promettre.
        """,
    ),
    ("insult", "en"): (
        """
        Their product is rubbish.
        """,
        """
        It would be dishonest to promise it.
        """,
    ),
    ("harsh", "fr"): (
        """
        Leur produit est mauvais.
        """,
        """
        Le suivi des créances douteuses existe.
        Une mauvaise saisie se corrige.
        Il signale la mauvaise fermeture d’une porte.
        """,
    ),
    ("harsh", "en"): (
        """
        Their software is terrible.
        """,
        """
        It sorts scans, even those of poor quality.
        The shop has terrible queues.
        """,
    ),
    ("scornful", "fr"): (
        """
        Leur offre est moins fiable.
        Évitez Compta Plus.
        Évitez leur produit.
        Méfiez-vous de leurs offres.
        Leur offre est dépassée.
        """,
        """
        Il prévient quand le délai est dépassé.
        Évitez la double saisie.
        """,
    ),
    ("scornful", "en"): (
        """
        Their offer is unreliable.
        Avoid Acme.
        Avoid their product.
        Beware of their offers.
        Their offer is outdated.
        Their offer is overpriced.
        They cannot be trusted.
        """,
        """
        It helps you avoid double entry.
        """,
    ),
    ("cartel", "en"): (
        "We could share the customers.",
        "It can share the customers’ list format.",
    ),
    ("unfinished", "fr"): (
        """
        Le prix reste à convenir.
        Durée à définir.
        """,
        "Durée définie. Il reste à en négocier le contrat.",
    ),
    ("enclosed", "fr"): (
        """
        Voir l’annexe 1.
        Le détail figure en annexe.
        Le document ci-joint le décrit.
        """,
        """
        Le bilan comprend l’annexe comptable.
        """,
    ),
    ("enclosed", "en"): (
        """
        See appendix A.
        The enclosed specification applies.
        """,
        """
        Leaflets are enclosed in packs.
        """,
    ),
    ("waiver-by-another", "fr"): (
        """
        Le Fournisseur seul peut y renoncer.
        Chacune des parties peut y renoncer.
        """,
        """
        La Condition est stipulée dans l’intérêt exclusif du Client.
        Le Fournisseur ne peut y renoncer.
        """,
    ),
    ("waiver-by-another", "en"): (
        "The Supplier alone may waive it.",
        "The Client alone may waive it. The Supplier may not waive it.",
    ),
    ("waiver-too-late", "fr"): (
        """
        Le Client y renonce, même après sa défaillance.
        Le Client y renonce avant ou après la Date limite.
        """,
        "Le Client y renonce avant qu’elle soit réalisée ou défaillie. Il ne peut y renoncer après sa défaillance.",
    ),
    ("waiver-too-late", "en"): (
        "The Client may waive it before or after the Long Stop Date.",
        "The Client may waive it before it is fulfilled or has failed.",
    ),
    ("presumed", "fr"): (
        """
        Si le Client ne répond ni ne s’oppose, son silence emporte recette.
        Si le Client ne répond pas, sa réponse est réputée acquise.
        Faute de réponse, la recette est tenue pour acquise.
        Le silence du Client équivaut à une acceptation.
        Le Client ne répond pas et la recette est alors prononcée d’office.
        """,
        """
        Le silence du Client ne vaut pas recette.
        Ni le silence, ni l’usage ne valent acceptation.
        """,
    ),
    ("presumed", "en"): (
        """
        If the Client does not answer, its silence amounts to acceptance.
        If the Client does not answer, the Feature is treated as accepted.
        The Feature is deemed accepted.
        Not having answered, the Client is taken to have accepted.
        """,
        """
        Silence does not amount to acceptance.
        Neither silence nor practice amounts to acceptance.
        """,
    ),
    ("retroactive", "fr"): (
        "La Commande prend effet rétroactivement.",
        "La Commande prend effet ce jour-là, sans rétroactivité ni autre formalité.",
    ),
    ("retroactive", "en"): (
        "The Order takes effect retroactively.",
        "The Order takes effect that day, not retroactively.",
    ),
    ("price-at-will", "fr"): (
        """
        Le Fournisseur se réserve de revoir ce prix à la hausse.
        Le Fournisseur peut librement réviser les redevances.
        """,
        """
        Aucune partie ne peut modifier seule ce prix.
        Le Fournisseur peut suspendre la Commande en cas de retard.
        """,
    ),
    ("price-at-will", "en"): (
        "The Supplier may raise the price before delivery.",
        "Neither party alone may change the price.",
    ),
    ("no-judge", "fr"): (
        """
        Aucun juge ne pourra réduire cette somme.
        Cette somme échappe à toute modération.
        """,
        "Le juge peut la réduire si elle est manifestement excessive.",
    ),
    ("no-judge", "en"): (
        "No court may reduce it.",
        "A court may reduce it.",
    ),
}  # fmt: skip
CASES = [
    (topic, language, says, line.strip())
    for (topic, language), pair in SENTENCES.items()
    for says, lines in zip((True, False), pair, strict=True)
    for line in lines.splitlines()
    if line.strip()
]


@pytest.mark.parametrize(("topic", "language", "says", "text"), CASES)
def test_a_topic_is_found_where_it_is_meant(
    topic: str, language: phrases.Language, text: str, *, says: bool
) -> None:
    assert bool(phrases.find(topic, plain(text), language)) is says


@pytest.mark.parametrize("topic", sorted(phrases._file().keys() - {"lists"}))
def test_each_topic_can_be_looked_for_in_both_languages(topic: str) -> None:
    for language in get_args(phrases.Language):
        assert phrases.find(topic, "", language) is None


def test_the_words_are_quoted_as_they_are_printed() -> None:
    text = "Le prix est ferme.\n\nLe Client\ns'engage, dès ce jour, à acheter la Commande."
    assert phrases.find("buys", text, "fr") == "s’engage, dès ce jour, à acheter"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("M. Durand accepte. Il signe.", 2),
        ("Selon l'art. 12 du contrat, Mme. Roux et M. A. Petit signent.", 1),
        ("Voir art. L. 441-10 et n° 3.", 1),
        ("Un export, p. ex. un fichier, est fait. Il est lu.", 2),
        ("Acme Ltd. shall pay. It shall do so in writing.", 2),
        ("Acme Ltd. The Client is bound.", 2),
        ("As in no. 4 and s. 2 of the Act.", 1),
        ("The answer is no. The Client is bound.", 2),
        ("Mr. Smith of Acme Inc. signs, e.g. by hand.", 1),
        ("Screens, files, etc. are shown. All are read; none is kept.", 3),
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str, count: int) -> None:
    assert len(phrases.sentences(text)) == count
