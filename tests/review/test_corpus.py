"""The legal review measured by a corpus of texts, half of which is only ever measured."""

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from support import corpus
from support.corpus import HALVES, TITLES

pytestmark = pytest.mark.walk

ALL = tuple(chain.from_iterable(map(corpus.texts, HALVES)))


def test_there_are_enough_texts() -> None:
    assert len(ALL) >= 400


@pytest.mark.parametrize("half", HALVES)
def test_languages_and_sorts_are_level(half: str) -> None:
    for topic in TITLES:
        sorts = Counter((text.language, text.sound) for text in corpus.texts(half) if text.topic == topic)
        assert set(sorts) == {("fr", True), ("fr", False), ("en", True), ("en", False)}, topic
        for sound in (True, False):
            assert abs(sorts["fr", sound] - sorts["en", sound]) <= 2, topic
        # Of sound texts there may be more: it is them that a rule alarms on without having been tried on.
        assert sorts["fr", False] <= sorts["fr", True] + 2, topic


def test_every_text_has_a_topic_and_its_reason() -> None:
    assert {text.topic for text in ALL} == set(TITLES)
    assert not [text.identity for text in ALL if not re.fullmatch(r".{6,}\.", text.why)]


def test_no_text_is_there_twice() -> None:
    known = Counter((text.place, text.letter, bare(text.text)) for text in ALL)
    assert [key for key, times in known.items() if times > 1] == []


def bare(text: str) -> str:
    """The words of a text, without what typographers add."""
    return " ".join(re.findall(r"[\w.]+", text.casefold()))


FOUND_AT_LEAST, ALARMED_AT_MOST = 0.70, 0.07
"""Just short of what the measured half reached; both may only improve.  The aim is 0.85 and 0.03."""


def test_the_measured_half_is_found_as_far_as_it_was() -> None:
    figures = corpus.score(corpus.outcomes("measured"))
    assert figures.recall >= FOUND_AT_LEAST
    assert figures.false_alarms <= ALARMED_AT_MOST


@pytest.mark.parametrize("page", corpus.PAGES, ids=lambda page: page.name)
def test_the_pages_show_the_table(page: Path) -> None:
    assert corpus.shown(page) == corpus.table("measured"), (
        "PYTHONPATH=tests .venv/bin/python -m support.corpus write"
    )
