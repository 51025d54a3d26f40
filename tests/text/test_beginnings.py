"""What a text must have to say a phrase is known before the phrase is compiled, and never asks for too much."""

import itertools
import re

import pytest

from accord.text import beginnings, phrases
from accord.text.characters import plain
from support.paths import TESTS

NEEDS: dict[str, list[set[str]]] = {
    "force majeure": [{"majeur"}, {"force"}],
    "le droit": [{"droit"}, {"le"}],
    "deliver*": [{"delive"}],
    "tests?": [{"test"}],
    "as?": [{"a"}],
    "a?": [],
    "(very )?good": [{"good"}],
    "(very)?good": [],
    "(very )+good": [{"very"}, {"good"}],
    "(we|the supplier) ~ deliver": [{"delive"}, {"suppli", "we"}],
    "(we|.*) ~ deliver": [{"delive"}],
    "the supplier|we": [{"suppli", "we"}],
    "(re|dé)livrer": [{"re", "dé"}],
    "[Rr]elivrer un": [{"un"}],
    "(?<!not )(?!always)agree(s|d)?": [{"agree"}],
    "(?-i:[A-Z]+) SARL": [{"sarl"}],
    "avant qu'(il|elle)": [{"avant"}, {"qu"}, {"elle", "il"}],
    "e-?mail": [{"e"}],
    "\\w+ment contraire": [{"contra"}],
    "40 ?euros": [],
    "(?i:odd)": [],
}


@pytest.mark.parametrize("phrase", NEEDS)
def test_what_a_phrase_needs(phrase: str) -> None:
    assert [set(each) for each in beginnings.of_phrase(phrase)] == NEEDS[phrase]


SAID = [
    ("force majeure", "En cas de FORCE MAJEURE, rien."),
    ("ſilence", "Silence vaut accord."),
    ("silence", "ſilence vaut accord."),
    ("il est", "İl est dit."),
    ("l'été ~ dernier", "l'été si chaud dernier"),
]


@pytest.mark.parametrize(("phrase", "text"), SAID)
def test_a_text_has_what_a_phrase_needs_in_any_case(phrase: str, text: str) -> None:
    assert phrases.any_of((phrase,)).search(text)
    assert not any(map(beginnings.of_text(text).isdisjoint, beginnings.of_phrase(phrase.replace("ſ", "s"))))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_letters_say_what_they_would_say_if_every_phrase_was_looked_for(language: phrases.Language) -> None:
    files = sorted((TESTS / "golden").glob("*.md"))[::4]
    texts = [plain(part) for file in files for part in file.read_text("utf-8").split("\n\n")[::3]]
    sentences = sorted({*itertools.chain(*map(phrases.sentences, texts))})[::2]
    assert len(sentences) > 50
    found = 0
    for name in [*phrases._file()][1:]:
        if language not in phrases._file()[name]:
            continue
        sought = phrases._topic(name, language).phrases
        for sentence in sentences:
            expected = [*map(re.Match.span, phrases.any_of(sought).finditer(sentence))]
            assert [*map(re.Match.span, phrases._matches(sought, sentence))] == expected
            found += bool(expected)
    assert found > 10
