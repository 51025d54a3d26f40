"""What has been learned from judged examples, and how well it hears those that it has not met."""

import itertools
from typing import get_args

import pytest

from accord.text import ear
from accord.text.characters import plain
from accord.text.ear import KINDS, SELF, Ear, Example, Subject
from accord.text.phrases import Language

pytestmark = pytest.mark.walk

SUBJECTS: tuple[Subject, ...] = get_args(Subject)
LANGUAGES: tuple[Language, ...] = get_args(Language)
SAMPLE = 2500
"""About so many examples of a subject teach here."""
PARTS = 4
"""One in so many of these is not learned from."""


def strongest(heard: Ear, example: Example, language: Language) -> float:
    text = ear.dated(plain(example.text.replace(ear.HOUSE, SELF[language])), ear.YEAR)
    return max(heard.evidence(text).values())


def share(of_them: list[bool]) -> float:
    return sum(of_them) / len(of_them)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("subject", "limit", "found", "alarmed"),
    [
        ("declines", 5, 0.4, 0.12),
        ("tests", 0, 0.45, 0.05),
        ("clauses", 7, 0.35, 0.12),
        ("intents", 9, 0.4, 0.15),
    ],
)
def test_it_hears_what_it_has_not_met_by_what_it_has(
    subject: Subject, limit: float, found: float, alarmed: float, language: Language
) -> None:
    """Though it has but a few of the examples, and half of those that it meets are as close as can be."""
    known = list(ear.examples(subject, language))
    known = known[:: len(known) // SAMPLE | 1]  # an odd step: sound ones and others take turns
    taught = (example for number, example in enumerate(known) if number % PARTS)
    heard = Ear(subject, ear.learn(subject, language, taught))
    verdicts = [(example.sound, strongest(heard, example, language) > limit) for example in known[::PARTS]]
    assert share([verdict for sound, verdict in verdicts if not sound]) > found
    assert share([verdict for sound, verdict in verdicts if sound]) < alarmed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_many_half_of_them_sound_and_none_stands_twice(language: Language) -> None:
    for subject in SUBJECTS:
        known = list(ear.examples(subject, language))
        for kind, sound in itertools.product(KINDS[subject], (True, False)):
            assert len([each for each in known if (each.kind, each.sound) == (kind, sound)]) >= 200
        assert len({example.text for example in known}) == len(known)


def test_what_is_installed_was_learned_from_the_examples_that_are_there() -> None:
    assert ear.outdated() == [], "the examples have changed: run make .venv/ready"


def test_a_word_of_no_example_counts_nothing() -> None:
    assert ear.evidence("declines", "xqzt", "en") == ear.evidence("declines", "zzyq", "en")


def test_other_examples_teach_something_else() -> None:
    known = [
        Example("j", sound=False, text="the boss likes it"),
        Example("v", sound=True, text="ten rows are sent"),
    ]
    heard = Ear("tests", ear.learn("tests", "en", known))
    assert heard.evidence("the boss likes it")["j"] > 0 > heard.evidence("ten rows are sent")["j"]


@pytest.mark.parametrize(
    ("year", "there", "here"),
    [(2026, "in 2027", "in 2027"), (2031, "in 2040", "in 2027"), (2031, "in 2030", "in 2025")],
)
def test_years_are_those_to_come_and_those_that_are_past(year: int, there: str, here: str) -> None:
    assert ear.dated(there, year) == here
