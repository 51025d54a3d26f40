"""What people type is set like what we wrote, wherever it prints."""

import copy
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from accord.domain.house import HouseFile
from accord.intake import loader
from accord.letter import markdown
from accord.letter.letter import Letter
from accord.pdf import typeset
from support.inputs import TODAY
from support.paths import SAMPLES
from support.printed import plain
from support.samples import HOUSE, compose

TYPED = 'l\'or  "pur" du 1er choix'
FEATURE = {
    "need": "vendre",
    "description": "le tri",
    "acceptance_tests": ["il trie"],
    "exclusions": ["la paie"],
}
ALTERNATIVES = {"own_alternative": "Un autre.", "alternative": "Un tiers."}
SET = {"name", "title", "legal_form", "last_name", "first_name", "address", "general_terms", "need", "description",
       "acceptance_tests", "exclusions", "item", "alternative", "own_alternative", "statement", "opening_note"}  # fmt: skip
"""The keys of what is prose or a name; the others are identifiers and choices, and stay as they are typed."""


def typed(value: Any, key: str = "") -> Any:
    """The same data with something more typed in every text."""
    if isinstance(value, dict):
        inner = {"fr": key, "en": key}  # one text per language
        return {name: typed(part, inner.get(name, name)) for name, part in value.items()}
    if isinstance(value, list):
        return [typed(part, key) for part in value]
    return f"{TYPED} {value}" if key in SET and isinstance(value, str) else value


def letters() -> Iterator[Letter]:
    house = tomllib.loads((SAMPLES / "accord.toml").read_text("utf-8"))
    house["positioning"] = {"statement": {"fr": "Nous vendons.", "en": "We sell."}}
    home = loader.house_from(typed(house), "")
    for path in sorted(SAMPLES.glob("[01]*.toml")):
        deal = tomllib.loads(path.read_text("utf-8"))
        deal["feature"] = {**FEATURE, **deal["feature"]}
        deal["opening_note"] = "Bravo."
        if "decline" in deal:
            deal["decline"] = {**ALTERNATIVES, **deal["decline"]}
        yield compose(
            loader.deal_from(typed(copy.deepcopy(deal)), "", home, today=TODAY), HouseFile(HOUSE.path, home)
        )


@pytest.mark.parametrize("letter", [*letters()], ids=lambda letter: letter.reference[:2] + letter.language)
def test_every_text_is_curled_single_spaced_and_raised(letter: Letter) -> None:
    text = markdown.render(letter)
    assert text.count("l’or") > 8
    assert not re.search(r"'|\"|(?<=\S)[ \u00a0]{2,}(?=\S)", text), text
    assert ("«\u00a0pur\u00a0»" in text) == (letter.language == "fr")
    html = typeset.page(letter).partition("<body")[2]
    if letter.language == "fr":
        assert "1er" not in re.sub(r'"[^"]*"', "", html)
        assert html.count("1<sup>er</sup>") > 8
    assert "l'or" in letter.data["deal"]["prospect"]["name"]


@pytest.mark.parametrize(
    ("language", "name", "subject"),
    [
        ("fr", "Import d'OFX & « rapprochement »", "« Import d’OFX & “rapprochement” »"),
        ("fr", '"Export" FEC', "« “Export” FEC »"),
        ("en", "“Smart” reports", "“‘Smart’ reports”"),
        ("en", '"Allergen" labels', "“‘Allergen’ labels”"),
        ("en", "Labels", "“Labels”"),
    ],
)
def test_a_quotation_in_a_quoted_name_has_the_inner_marks(language: str, name: str, subject: str) -> None:
    deal = {
        "language": language,
        "prospect": {"name": "X"},
        "feature": {"name": name},
        "decline": {"reason": "no-commitment"},
    }
    letter = compose(loader.deal_from(deal, "", HOUSE.house, today=TODAY), HOUSE)
    assert subject in plain(letter.subject)
    assert plain(markdown.render(letter)).count(subject) >= 2
