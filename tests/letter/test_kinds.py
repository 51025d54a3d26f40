"""Every kind of letter is whole: clauses, labels, references of its own."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from accord.clauses.library import TEMPLATES, Library
from accord.domain import choices
from accord.domain.choices import Kind, Language, Law
from accord.letter.kinds import KINDS
from accord.letter.kinds import agreement as agreements
from accord.review import business_days, findings
from accord.review.rules import amounts, structure
from support.situations import HOUSES, agreement, composed

LANGUAGES = get_args(Language)


def test_each_name_has_its_kind() -> None:
    assert tuple(KINDS) == get_args(Kind)
    assert len({kind.prefix for kind in KINDS.values()}) == len(KINDS)
    assert findings.CASES.keys() == KINDS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_clauses_in_each_language(kind: str, language: str) -> None:
    assert list((TEMPLATES / language / kind).glob("*.md"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_key_terms_have_the_same_names_in_each_language(language: Language) -> None:
    letter = composed(
        agreement(language, "FR", "conditional", "efforts", "purchase", rich=False), HOUSES["full"]
    )
    assert [term.name for term in letter.key_terms] == [
        "prospect",
        "feature",
        "delivery",
        "decision",
        "level",
    ]
    labels = Library().labels(language)["key_terms"]
    assert all(term.label == labels[term.name] for term in letter.key_terms)


@pytest.mark.parametrize(
    "by_law",
    [
        choices.LANGUAGE_OF_LAW,
        choices.VOID_LEVELS,
        agreements.UNPRINTED,
        business_days.HOME_OF_LAW,
        findings.FEES,
        structure.NAME_OF_LAW,
        amounts.LONGEST_DAYS_TO_END_OF_MONTH,
        amounts.TOO_LATE_TO_PAY,
    ],
)
def test_what_depends_on_the_law_is_known_for_each(by_law: Mapping[Law, Any]) -> None:
    assert set(by_law) == set(get_args(Law))
