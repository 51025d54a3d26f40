"""What texts sound like: the free words of a decline, acceptance tests, and sentences of a house's own clauses."""

import pytest

from accord.domain.choices import Language
from accord.review import heard
from accord.text.characters import plain
from support import corpus

# --- Free words of a decline -----------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "year", "codes"),
    [
        ("fr", "Ce sera pour 2031.", 2026, {"future-promise"}),
        ("fr", "C’est le cas depuis 2031.", 2032, set()),
        ("en", "Watch this space.", 2026, {"future-promise"}),
        ("en", "Thank you for the time that you took to write to us.", 2026, set()),
        ("en", "We agreed with our competitors to leave the north to them.", 2026, {"price-coordination"}),
        ("fr", "Leur logiciel est une usine à gaz, tout le monde le sait.", 2026, {"disparaging"}),
        ("fr", "Nous vous avons fait perdre trois mois, nous en sommes désolés.", 2026, {"fault-admitted"}),
        (
            "en",
            "We would rather not take on firms run by people of your faith.",
            2026,
            {"protected-characteristic"},
        ),
        ("fr", "", 2026, set()),
    ],
)
def test_free_words_are_heard(language: Language, text: str, year: int, codes: set[str]) -> None:
    found = heard.found_in(plain(text), language, year, "Novalys")
    assert {each.code for each in found if not each.doubtful} == codes


# --- Agreements --------------------------------------------------------------------

BINDING, INTENT = (
    ("01-fr-abonnement", "05-en-purchase-england"),
    ("04-fr-intention-projet", "06-en-intent-england"),
)


def codes(language: Language, place: str, said: str, letters: tuple[str, str] = BINDING) -> list[str]:
    """The codes of the errors and warnings that a sentence brings, as a test or added to a clause."""
    letter = letters[language == "en"]
    if place == "test":
        values, replaced = {"feature.acceptance_tests": [said]}, None
    else:
        values, replaced, place = {}, "", f"{language}/agreement/{place}.md"
    text = corpus.Text(
        "",
        language,
        sound=True,
        why="",
        letter=letter,
        place=place,
        text=said,
        replaces=replaced,
        values=values,
    )
    outcome = corpus.outcome(text)
    assert not outcome.refusal
    return [finding.code for finding in outcome.found]


@pytest.mark.parametrize(
    ("language", "place", "said", "code"),
    [
        ("fr", "test", "la patronne lève le pouce après trois jours d’essai", "discretion"),
        ("en", "test", "the foreman gives it the nod after a week on the line", "discretion"),
        ("fr", "test", "l’affichage reste confortable même en fin de mois", "vague-test"),
        ("en", "test", "the screen copes nicely with a busy Saturday", "vague-test"),
        ("fr", "66-boilerplate.france", "Tout litige ira devant le juge que le Fournisseur aura choisi.", "doubtful-wording"),
        ("fr", "32-price.vat", "Les mois écoulés avant la livraison sont facturés avec le premier.", "doubtful-wording"),
    ],
)  # fmt: skip
def test_what_no_phrase_knows_is_heard(language: Language, place: str, said: str, code: str) -> None:
    assert code in codes(language, place, said)


@pytest.mark.parametrize(
    ("language", "place", "said"),
    [
        ("fr", "test", "un clic sur « J’approuve » envoie la fiche au chef d’atelier en moins de 2 secondes"),
        ("en", "test", "a click on “Looks good” moves the order to the status Approved"),
        ("fr", "12-nature.conditional.france", "L’abattoir ne peut décider autrement une fois la lettre signée."),
        ("fr", "26-acceptance.france", "Une anomalie mineure, qui ne fait échouer aucun essai, n’empêche pas la recette."),
        ("en", "12-nature.conditional.england", "The Client remains at liberty to place its other business, beyond the Order, wherever it likes."),
        ("en", "32-price.reverse-charge", "Contract stops after three school years. To carry on, sign again."),
        ("en", "20-condition.england", "The Condition has nothing to do with how anyone feels about the roadmap."),
    ],
)  # fmt: skip
def test_a_phrase_is_innocent_in_a_sentence_that_sounds_so(language: Language, place: str, said: str) -> None:
    assert codes(language, place, said) == []


def test_a_letter_of_intent_is_held_to_what_it_may_say() -> None:
    place = "28-purchase.indicative.subscription"
    said = "The Supplier can start hiring on the strength of it."
    assert codes("en", place, said, INTENT) == ["doubtful-wording"]
    assert codes("fr", place, "Dix licences sont d’ores et déjà retenues pour lui.", INTENT) == [
        "doubtful-wording"
    ]
    assert codes("fr", place, "Le Client garde la liberté de ne rien commander.", INTENT) == []
