"""The facts of two letters held against each other, whatever their languages."""

import dataclasses
import tomllib
from typing import Any

import pytest

from accord import i18n
from accord.diff import keyfacts
from accord.domain.house import House
from accord.intake import loader
from accord.intake.overrides import set_key
from accord.letter.letter import Letter
from support.inputs import TODAY
from support.letters import letter, sample
from support.paths import SAMPLES
from support.printed import plain
from support.samples import HOUSE, STEMS, compose


def deal(stem: str = STEMS[0], **settings: str) -> Letter:
    """A sample with other values at some keys, whose dots are two underscores here."""
    data = tomllib.loads((SAMPLES / f"{stem}.toml").read_text("utf-8"))
    for key, text in settings.items():
        set_key(data, key.replace("__", "."), text)
    return compose(loader.deal_from(data, "", HOUSE.house, today=TODAY), HOUSE)


def of_house(**terms: Any) -> Letter:
    """The first sample of a house with other terms."""
    data = HOUSE.house.model_dump(exclude_none=True)
    changed = House(**{**data, "terms": {**data["terms"], **terms}})
    home = dataclasses.replace(HOUSE, house=changed)
    return compose(loader.read_deal(SAMPLES / f"{STEMS[0]}.toml", changed, today=TODAY), home)


def in_print(old: Letter, new: Letter, *, worded: bool = False) -> dict[str, tuple[str, str]]:
    """The differing facts by key, as a reader sees them."""
    return {
        fact.key: (plain(fact.before), plain(fact.after))
        for fact in keyfacts.differing(old, new)
        if fact.worded is worded
    }


CHANGED: dict[str, tuple[dict[str, str], dict[str, tuple[str, str]]]] = {
    "nothing": ({}, {}),
    "the quantity": (
        {"decision__quantity": "30", "decision__total": "14400"},
        {"decision.quantity": ("25", "30"), "decision.total": ("€12,000.00", "€14,400.00")},
    ),
    "the price": (
        {"decision__unit_price": "42.50", "decision__total": "12750"},
        {
            "decision.unit_price": ("€40.00 per month", "€42.50 per month"),
            "decision.total": ("€12,000.00", "€12,750.00"),
        },
    ),
    "the period alone": (
        {"decision__period": "year"},
        {
            "decision.unit_price": ("€40.00 per month", "€40.00 per year"),
            "decision.term": ("12 months", "12 years"),
        },
    ),
    "the currency alone": (
        {"decision__currency": "GBP"},
        {
            "decision.unit_price": ("€40.00 per month", "£40.00 per month"),
            "decision.total": ("€12,000.00", "£12,000.00"),
        },
    ),
    "the rate of VAT": ({"decision__vat_rate": "5.5"}, {"decision.vat_rate": ("20%", "5.5%")}),
    "the delivery": ({"delivery__by": "2027-04-30"}, {"delivery.by": ("31 March 2027", "30 April 2027")}),
    "the long stop": (
        {"delivery__long_stop": "2027-06-30"},
        {"delivery.long_stop": ("31 May 2027", "30 June 2027")},
    ),
    "the commitment": (
        {"vendor_commitment": "firm"},
        {"vendor_commitment": ("reasonable endeavours", "firm commitment to deliver")},
    ),
    "the level": (
        {"binding": "promise", "vendor_commitment": "none"},
        {
            "binding": ("conditional purchase", "promise to buy"),
            "vendor_commitment": ("reasonable endeavours", "no commitment to deliver"),
        },
    ),
    "the law, and with it the court": (
        {"law": "EW"},
        {
            "law": ("French law", "the law of England and Wales"),
            "court": ("Lyon", ""),
        },
    ),
    "the court": ({"court": "Paris"}, {"court": ("Lyon", "Paris")}),
    "a penalty": ({"decision__penalty": "2500"}, {"decision.penalty": ("", "€2,500.00")}),
    "the date, and with it the last day to sign": (
        {"date": "2026-11-24"},
        {
            "date": ("23 November 2026", "24 November 2026"),
            "terms.validity_until": ("23 December 2026", "24 December 2026"),
        },
    ),
    "an acceptance test less": (
        {"feature__acceptance_tests": "a ; b"},
        {"feature.acceptance_tests.count": ("3", "2")},
    ),
    "the prospect": (
        {"prospect__name": "Maison Lune", "prospect__address": "1 place Carnot ; 69002 Lyon"},
        {
            "prospect.name": ("Boulangeries Lefèvre", "Maison Lune"),
            "prospect.address": ("12 rue des Remparts d’Ainay, 69002 Lyon", "1 place Carnot, 69002 Lyon"),
        },
    ),
    "who signs": (
        {"prospect__contact__first_name": "Anne"},
        {"prospect.person": ("Paul Lefèvre", "Anne Lefèvre")},
    ),
    "the share capital": (
        {"prospect__capital": "30000"},
        {"prospect.capital": ("€20,000", "€30,000")},
    ),
}


@pytest.mark.parametrize("case", CHANGED)
def test_in_one_language(case: str) -> None:
    settings, expected = CHANGED[case]
    assert in_print(deal(), deal(**settings)) == expected


@pytest.mark.parametrize("case", CHANGED)
def test_in_two_languages(case: str) -> None:
    """The same sentences, whether the new letter is in the old one's language or not."""
    settings, expected = CHANGED[case]
    assert in_print(deal(), deal(**settings, language="en")) == expected
    other = {key: (after, before) for key, (before, after) in expected.items()}
    assert in_print(deal(**settings, language="en"), deal()) == other


TERMS: dict[str, tuple[dict[str, Any], tuple[str, str, str]]] = {
    "acceptance": ({"acceptance_days": 20}, ("Time to test", "15 days", "20 days")),
    "payment": ({"payment_days": 45}, ("Time to pay", "30 days", "45 days")),
    "validity": (
        {"validity_days": 31},
        ("Open for signature until", "23 December 2026", "24 December 2026"),
    ),
    "confidentiality": ({"confidentiality_years": 1}, ("Confidentiality", "3 years", "1 year")),
    "no extension": ({"extension_days": None}, ("Longest extension", "30 days", "")),
    "hardship": ({"hardship": "accepted"}, ("Hardship (art. 1195)", "", "hardship accepted")),
    "general terms": (
        {"general_terms": "CGV version 5"},
        ("General terms", "CGV version 4 du 1er septembre 2026", "CGV version 5"),
    ),
}


@pytest.mark.parametrize("case", TERMS)
def test_the_terms_of_the_house(case: str) -> None:
    terms, expected = TERMS[case]
    (fact,) = keyfacts.differing(deal(), of_house(**terms))
    assert (fact.name, plain(fact.before), plain(fact.after)) == expected


def test_what_a_letter_does_not_print_is_no_fact() -> None:
    """A statement of intent has no days to pay, whatever its house usually agrees to."""
    facts = in_print(deal(), deal(binding="intent"))
    assert facts["terms.payment_days"] == ("30 days", "")
    assert facts["vendor_commitment"] == ("reasonable endeavours", "no commitment to deliver")


def test_words_of_two_languages_stand_apart() -> None:
    old, new = sample(STEMS[0]), sample("08-en-subscription-france")
    facts = in_print(old, new, worded=True)
    assert facts["feature.name"] == ("Export FEC", "Two-country VAT return")
    assert facts["decision.item"] == ("abonnements Novalys Compta", "Novalys Compta subscriptions")
    assert facts["feature.acceptance_tests"][1].splitlines()[1].startswith("– a sale booked")
    assert not facts.keys() & in_print(old, new).keys()
    assert in_print(old, new)["decision.quantity"] == ("25", "8")
    # In one language they are compared word by word, but for the names.
    renamed = in_print(deal(), deal(feature__name="Export", feature__description="un autre"))
    assert renamed == {"feature.name": ("Export FEC", "Export")}
    in_english = in_print(deal(), deal(language="en"), worded=True)
    assert in_english.keys() == {"terms.general_terms", "supplier.signatory.title"}


@pytest.mark.parametrize("old", STEMS)
def test_a_letter_agrees_with_itself(old: str) -> None:
    assert keyfacts.differing(sample(old), sample(old)) == ()


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_any_two_letters_can_be_compared(stem: str, language: str) -> None:
    i18n.use(language)
    for other in STEMS:
        for fact in keyfacts.differing(sample(stem), sample(other)):
            assert fact.name
            assert fact.told.startswith(fact.name)


def test_a_refusal_has_its_reason() -> None:
    facts = in_print(sample("11-en-decline-date"), sample("12-en-decline-market"))
    assert facts["decline.reason"] == ("date not feasible", "outside the chosen market")


SENTENCES = {
    "en": (
        "Quantity: 25 in the old letter, 30 in the new one.",
        "Penalty: nothing in the old letter, €2,500.00 in the new one.",
        "Penalty: €2,500.00 in the old letter, nothing in the new one.",
    ),
    "fr": (
        "Quantité : 25 dans l’ancienne lettre, 30 dans la nouvelle.",
        "Pénalité : rien dans l’ancienne lettre, 2 500,00 € dans la nouvelle.",
        "Pénalité : 2 500,00 € dans l’ancienne lettre, rien dans la nouvelle.",
    ),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_difference_is_a_sentence(language: str) -> None:
    i18n.use(language)
    old, new = deal(), deal(decision__quantity="30", decision__total="14400", decision__penalty="2500")
    sentences = {fact.key: plain(fact.told) for fact in keyfacts.differing(old, new)}
    again = {fact.key: plain(fact.told) for fact in keyfacts.differing(new, old)}
    assert (
        sentences["decision.quantity"],
        sentences["decision.penalty"],
        again["decision.penalty"],
    ) == SENTENCES[language]


def test_a_draft_with_blanks_says_nothing_there() -> None:
    facts = in_print(letter(), letter(decision={"quantity": None, "total": None}))
    assert facts == {"decision.quantity": ("25", ""), "decision.total": ("€12,000.00", "")}


def test_terms_of_a_level_or_a_decision_are_facts() -> None:
    pilot = in_print(deal(STEMS[2]), deal(STEMS[2], decision__duration="3 mois"))
    assert pilot == {"decision.duration": ("8 weeks", "3 months")}
    talks = in_print(deal(STEMS[1]), deal(STEMS[1], negotiation__until="2027-01-29"))
    assert talks == {"negotiation.until": ("22 February 2027", "29 January 2027")}
    assert in_print(of_house(), of_house(liability_cap="total")) == {
        "terms.liability_cap": ("", "total of the order")
    }
    assert in_print(of_house(liability_cap="total"), of_house(liability_cap="5000")) == {
        "terms.liability_cap": ("total of the order", "€5,000.00")
    }


def test_the_last_day_to_sign_is_the_one_of_the_letter() -> None:
    # 32 days after 23 November is Christmas Day, a Friday.
    facts = in_print(of_house(), of_house(validity_days=32))
    assert facts == {"terms.validity_until": ("23 December 2026", "28 December 2026")}
