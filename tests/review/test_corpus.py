"""The legal review measured by a corpus of texts, half of which is only ever measured."""

import re
from collections import Counter
from itertools import chain

import pytest

from support import corpus
from support.corpus import HALVES, TITLES

ALL = tuple(chain.from_iterable(map(corpus.texts, HALVES)))


def test_there_are_enough_texts() -> None:
    assert len(ALL) >= 400


@pytest.mark.parametrize("half", HALVES)
def test_languages_and_sorts_are_level(half: str) -> None:
    for topic in TITLES:
        sorts = Counter((text.language, text.sound) for text in corpus.texts(half) if text.topic == topic)
        assert set(sorts) == {("fr", True), ("fr", False), ("en", True), ("en", False)}, topic
        assert max(sorts.values()) - min(sorts.values()) <= 2, topic


def test_every_text_has_a_topic_and_its_reason() -> None:
    assert {text.topic for text in ALL} == set(TITLES)
    assert not [text.identity for text in ALL if not re.fullmatch(r".{6,}\.", text.why)]


def test_no_text_is_there_twice() -> None:
    known = Counter((text.place, text.letter, bare(text.text)) for text in ALL)
    assert [key for key, times in known.items() if times > 1] == []


def bare(text: str) -> str:
    """The words of a text, without what typographers add."""
    return " ".join(re.findall(r"[\w.]+", text.casefold()))
