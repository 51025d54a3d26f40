"""Texts of the house: one for every letter, or one for each language."""

import tomllib
from typing import Any

import pytest

from accord.domain import json_schema
from accord.domain.house import House
from accord.domain.translated import Texts, in_language, spoken
from accord.errors import Defect, FaultyInput
from accord.intake import loader, toml_writer
from accord.letter import record
from accord.letter.letter import Letter
from accord.letter.markdown import render
from accord.verify import recompose
from support.letters import letter

BOTH = {"fr": "Présidente", "en": "Chair"}


def test_a_text_for_all_and_a_text_for_each() -> None:
    assert in_language("Chair", "fr") == "Chair"
    assert in_language(Texts(**BOTH), "fr") == "Présidente"
    assert in_language(None, "fr") is None
    with pytest.raises(Defect, match='en = "…"'):
        in_language(Texts(fr="Présidente"), "en")


def house(**terms: Any) -> House:
    return loader.house_from({"supplier": {"name": "Novalys"}, "terms": terms}, "accord.toml")


def test_a_house_in_one_language() -> None:
    one = spoken(house(general_terms={"fr": "CGV 4", "en": "General Terms 4"}), "en")
    assert one == house(general_terms="General Terms 4")
    lacking = house(general_terms={"fr": "CGV 4"})
    assert spoken(lacking, "en") == lacking


@pytest.mark.parametrize(
    ("value", "key", "sentence"),
    [
        ({}, "terms.general_terms", "is empty"),
        ({"fr": " "}, "terms.general_terms.fr", "is empty"),
        ({"de": "AGB 4"}, "terms.general_terms.de", "which knows: fr, en"),
        ({"en": 4}, "terms.general_terms.en", "must be text"),
        ({"en": "x" * 121}, "terms.general_terms.en", "121 characters"),
        ({"en": "Terms 日"}, "terms.general_terms.en", "日"),
        ("x" * 121, "terms.general_terms", "121 characters"),
        (["CGV 4"], "terms.general_terms", "must be one text"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_named_with_its_language(value: object, key: str, sentence: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        house(general_terms=value)
    (fault,) = caught.value.faults
    assert fault.key == key
    assert sentence in fault.sentence


def test_the_schema_knows_both_forms() -> None:
    described = json_schema.of_file("house")["$defs"]["Terms"]["properties"]["general_terms"]
    assert [form.get("type") or form["$ref"] for form in described["anyOf"]] == ["string", "#/$defs/Texts"]
    assert described["description"]


def test_a_house_is_written_and_read_again() -> None:
    ours = house(general_terms={"fr": "CGV 4", "en": "General Terms 4"})
    text = toml_writer.toml_of_house(ours.model_dump(exclude_none=True))
    assert 'general_terms = {fr = "CGV 4", en = "General Terms 4"}' in text
    assert loader.house_from(tomllib.loads(text), "") == ours


FRENCH, ENGLISH = "01-fr-abonnement", "05-en-purchase-england"


def of_house(stem: str, **title: str) -> Letter:
    signatory = {"first_name": "Claire", "last_name": "Moreau", "title": title}
    return letter(stem, supplier={"signatory": signatory, "legal_form": {"fr": "SAS", "en": "a French SAS"}})


def test_a_letter_says_the_text_of_its_language_and_no_other() -> None:
    for stem, said, unsaid in ((FRENCH, "Présidente", "Chair"), (ENGLISH, "Chair", "Présidente")):
        ours = of_house(stem, **BOTH)
        assert said in render(ours)
        assert unsaid not in render(ours)
        assert unsaid not in str(ours.data)
        assert ours.data["house"]["supplier"]["signatory"]["title"] == said


def test_a_letter_is_made_again_from_its_own_text() -> None:
    ours = of_house(ENGLISH, **BOTH)
    again = recompose.letter_of(record.recorded(ours.data, "letter.pdf"), "letter.pdf")
    assert render(again) == render(ours)


def test_a_text_that_lacks_the_language_of_the_letter_is_asked_for() -> None:
    of_house(FRENCH, fr="Présidente")
    with pytest.raises(FaultyInput) as caught:
        of_house(ENGLISH, fr="Présidente")
    assert [fault.key for fault in caught.value.faults] == ["supplier.signatory.title"]
    assert 'en = "…"' in str(caught.value)


def test_a_decline_does_not_ask_for_terms_that_it_does_not_print() -> None:
    only_french = {"law": "FR", "binding": "conditional", "general_terms": {"fr": "CGV 4"}}
    assert letter("12-en-decline-market", terms=only_french)
    with pytest.raises(FaultyInput, match="general_terms"):
        letter(ENGLISH, terms=only_french)
