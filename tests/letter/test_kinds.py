"""Every kind of letter is whole: clauses, labels, references of its own."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from accord.clauses.library import TEMPLATES, Library
from accord.domain import business_days, choices
from accord.domain.choices import Kind, Language, Law
from accord.letter.kinds import KINDS
from accord.letter.kinds import agreement as agreements
from accord.letter.kinds.base import printed_party
from accord.review import findings
from accord.review.rules import amounts, structure
from accord.text.characters import plain
from support.situations import HOUSES, agreement, composed, house_with

LANGUAGES = get_args(Language)


def test_each_name_has_its_kind() -> None:
    assert tuple(KINDS) == get_args(Kind)
    # What follows an agreement has the agreement's reference.
    named = [kind for kind in KINDS.values() if kind.name != "after"]
    assert len({kind.prefix for kind in named}) == len(named)
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


TITLES = {
    # language, law, level, decision: the title as people say it, what it is in law, the plain legal name
    ("fr", "FR", "conditional", "subscription"): (
        "Accord de principe sous réserve expresse de livraison",
        "valant contrat d’achat sous condition suspensive (Code civil, art. 1304 et suivants)",
        "Contrat d’achat sous condition suspensive",
    ),
    ("fr", "FR", "promise", "purchase"): (
        "Accord de principe sous réserve expresse de livraison",
        "valant promesse unilatérale d’achat (Code civil, art. 1124)",
        "Promesse unilatérale d’achat sous condition suspensive",
    ),
    ("fr", "FR", "negotiate", "purchase"): (
        "Accord de négociation",
        "sans engagement d’acheter ni de livrer",
        "Accord de négociation sans engagement d’achat",
    ),
    ("fr", "FR", "intent", "purchase"): ("Lettre d’intention", "", "Lettre d’intention"),
    ("en", "FR", "conditional", "purchase"): (
        "Agreement in principle, expressly subject to delivery",
        "in law a purchase contract under a condition precedent (Code civil, art. 1304 ff.)",
        "Purchase contract subject to a condition precedent",
    ),
    # In England an agreement in principle binds nobody: the title says what is agreed.
    ("en", "EW", "conditional", "subscription"): (
        "Subscription agreement, conditional on delivery",
        "",
        "Purchase agreement subject to a condition precedent",
    ),
    ("en", "EW", "conditional", "pilot"): (
        "Pilot agreement, conditional on delivery",
        "",
        "Purchase agreement subject to a condition precedent",
    ),
    ("fr", "EW", "conditional", "purchase"): (
        "Contrat d’achat sous condition de livraison",
        "",
        "Contrat d’achat sous condition suspensive",
    ),
    ("en", "EW", "promise", "purchase"): (
        "Conditional option agreement",
        "",
        "Option agreement subject to a condition precedent",
    ),
    ("en", "EW", "intent", "purchase"): (
        "Letter of intent (subject to contract)",
        "",
        "Letter of intent (subject to contract)",
    ),
}


@pytest.mark.parametrize("situation", TITLES, ids=" ".join)
def test_a_letter_bears_the_title_of_its_level_and_law(situation: tuple[str, str, str, str]) -> None:
    language, law, level, decision = situation
    commitment = "efforts" if level in {"promise", "conditional"} else "none"
    deal = agreement(language, law, level, commitment, decision, rich=True)
    usual, in_law, strict = TITLES[situation]
    letter = composed(deal, HOUSES["full"])
    assert (plain(letter.title), plain(letter.subtitle)) == (plain(usual), plain(in_law))
    letter = composed(deal, house_with(title="strict"))
    assert (plain(letter.title), letter.subtitle) == (plain(strict), "")


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


@pytest.mark.parametrize("form", ["Ltd", {"en": "Ltd"}, {"fr": "Ltd", "en": "Ltd"}])
def test_a_party_is_printed_whichever_way_its_form_is_written(form: object) -> None:
    party = {"name": "Harbour", "legal_form": form, "country": "GB", "registration": "01234567"}
    printed = printed_party(party)
    assert printed["legal_form"] == form
    assert printed["registry"] == "England and Wales"
