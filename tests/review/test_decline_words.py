"""What the free words of a decline may say, and what not: sentences as people write them, half of them sound.

Data are in `test_decline_words.txt`: `+p` promises, `+c` compares or judges, `+f` admits a fault, `+g` refuses a
group of people, `+k` settles prices or markets with others; a `-` is sound, close as it may come.
"""

import itertools
from pathlib import Path

import pytest

from accord.domain.choices import Language
from accord.review import free_words
from accord.text.characters import plain

CODES = dict(zip("pcfgk", free_words.CODES, strict=True))
YEAR = 2026


def sentences(sign: str) -> list[tuple[Language, str, str]]:
    """The sentences of a sign: language, code and text."""
    lines = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()
    languages: dict[str, Language] = {"# French": "fr", "# English": "en"}
    language: Language = "fr"
    found = []
    for line in lines:
        language = languages.get(line, language)
        if line.startswith(sign):
            found.append((language, CODES[line[1]], line[3:]))
    return found


def codes_of(text: str, language: Language) -> set[str]:
    return {code for code, _words in free_words.found_in(plain(text), language, YEAR, "Novalys")}


# A sentence is no test of its own: three thousand of them cost more than what they ask.
GROUPS = [
    pytest.param(language, code, id=f"{language}-{code}")
    for language in ("fr", "en")
    for code in free_words.CODES
]


@pytest.mark.parametrize(("language", "code"), GROUPS)
def test_what_a_decline_had_better_not_say_is_found(language: Language, code: str) -> None:
    texts = [text for spoken, about, text in sentences("+") if (spoken, about) == (language, code)]
    assert texts
    assert [text for text in texts if code not in codes_of(text, language)] == []


@pytest.mark.parametrize(("language", "code"), GROUPS)
def test_a_sound_sentence_gives_no_alarm(language: Language, code: str) -> None:
    texts = [text for spoken, about, text in sentences("-") if (spoken, about) == (language, code)]
    assert texts
    assert [(text, found) for text in texts if (found := codes_of(text, language))] == []


def test_the_sentences_are_many_and_half_of_them_sound() -> None:
    signs = {sign: len(sentences(sign)) for sign in "+-"}
    assert min(signs.values()) >= 150
    assert len(set(itertools.chain(*map(sentences, "+-")))) == sum(signs.values())


@pytest.mark.parametrize(("words", "year", "promised"), [("en 2027", 2026, True), ("en 2027", 2027, False)])
def test_a_year_is_one_to_come_by_the_date_of_the_letter(words: str, year: int, *, promised: bool) -> None:
    assert bool([*free_words.found_in(f"Une étape {words}.", "fr", year)]) == promised
