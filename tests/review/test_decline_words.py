"""What the free words of a decline may say, and what not: the examples that the review has learned from."""

import itertools

import pytest

from accord.domain.choices import Language
from accord.review import examples, free_words
from accord.review.examples import Ear, Example
from accord.text.characters import plain

pytestmark = pytest.mark.walk

YEAR = 2026
LANGUAGES: tuple[Language, ...] = ("fr", "en")
PARTS = 4


def codes_of(text: str, language: Language, year: int = YEAR) -> set[str]:
    heard = free_words.found_in(plain(text), language, year, "Novalys")
    return {each.code for each in heard if not each.doubtful}


def of(language: Language) -> list[Example]:
    return [example for example in examples.examples() if example.language == language]


def share(of_them: list[bool]) -> float:
    return sum(of_them) / len(of_them)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", free_words.CODES)
def test_what_examples_say_is_heard_and_what_comes_close_is_not(language: Language, code: str) -> None:
    known = [(example, codes_of(example.text, language)) for example in of(language) if example.code == code]
    assert share([code in heard for example, heard in known if not example.sound]) > 0.97
    assert share([bool(heard) for example, heard in known if example.sound]) < 0.04


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_has_not_met_is_heard_by_what_it_has(language: Language) -> None:
    """Learned from three quarters of the examples, it hears most of the last one, in which half are as close as can be."""
    known = of(language)
    ear = Ear(example for number, example in enumerate(known) if number % PARTS)
    heard: dict[bool, list[bool]] = {True: [], False: []}
    for example in known[::PARTS]:
        text = plain(example.text.replace(examples.HOUSE, examples.SELF[language]))
        heard[example.sound].append(max(ear.evidence(text).values()) > 6)
    assert share(heard[False]) > 0.5
    assert share(heard[True]) < 0.12


@pytest.mark.parametrize(
    ("language", "text", "year", "codes"),
    [
        ("fr", "La version 5 la proposera en 2031.", 2026, {"future-promise"}),
        ("fr", "La version 5 la propose depuis 2031.", 2032, set()),
        ("en", "Watch this space.", 2026, {"future-promise"}),
        ("en", "Thank you for the time that you took to write to us.", 2026, set()),
        ("en", "We agreed with our competitors to leave the north to them.", 2026, {"price-coordination"}),
        ("fr", "Leur logiciel est une usine à gaz, tout le monde le sait.", 2026, {"disparaging"}),
        (
            "fr",
            "Nous vous avons fait perdre trois mois, et nous en sommes désolés.",
            2026,
            {"fault-admitted"},
        ),
        ("fr", "", 2026, set()),
    ],
)
def test_words_are_heard(language: Language, text: str, year: int, codes: set[str]) -> None:
    assert codes_of(text, language, year) == codes


def test_a_word_of_no_example_counts_nothing() -> None:
    assert examples.evidence("xqzt", "en") == pytest.approx(examples.evidence("", "en"))


def test_the_examples_are_many_and_half_of_them_sound() -> None:
    for language, sound in itertools.product(LANGUAGES, (True, False)):
        assert len([each for each in of(language) if each.sound == sound]) >= 800
    assert len({(each.language, each.text) for each in examples.examples()}) == len(examples.examples())
