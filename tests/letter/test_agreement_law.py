"""What agreements say in law: each situation beside a neighbour that says otherwise."""

import datetime
import itertools
from decimal import Decimal
from typing import Any

import pytest

from accord.domain.business_days import HOME_OF_LAW, day_off, homes_of
from accord.domain.deal import Agreement
from accord.errors import FaultyInput
from accord.intake import loader
from accord.letter.blocks import to_markdown
from accord.letter.letter import Letter
from accord.text.characters import plain
from support.inputs import TODAY
from support.samples import HOUSE
from support.situations import HOUSES, agreement, composed, house_with

LANGUAGES, LAWS = ("fr", "en"), ("FR", "EW")
BOTH = list(itertools.product(LANGUAGES, LAWS))


def letter(
    language: str, law: str, level: str = "conditional", decision: str = "purchase", **terms: Any
) -> Letter:
    commitment = "efforts" if level in {"promise", "conditional"} else "none"
    deal = agreement(language, law, level, commitment, decision, rich=True)
    if decision == "pilot":
        deal["decision"]["duration"] = "8 weeks"
    return composed(deal, house_with(**terms) if terms else HOUSES["full"])


def said(letter: Letter, clause_id: str) -> str:
    """What an article says, on one line and plainly spelt; "" where there is none."""
    texts = [to_markdown(article.blocks) for article in letter.articles if article.id == clause_id]
    return " ".join(plain(" ".join(texts)).replace("\\", "").split())


# --- The condition ----------------------------------------------------------------


@pytest.mark.parametrize(("language", "law"), BOTH)
@pytest.mark.parametrize("level", ["conditional", "promise"])
def test_a_late_delivery_that_the_client_accepts_in_writing_is_in_time(
    language: str, law: str, level: str
) -> None:
    condition = said(letter(language, law, level), "condition")
    accepted = {
        "fr": "à la date plus tardive que le Client accepte par écrit dans les 10 jours",
        "en": "by such later date as the Client agrees in writing within 10 days",
    }
    assert accepted[language] in condition
    within = {"fr": "dans les délais de l'article", "en": "within the time allowed by clause"}
    assert within[language] in said(letter(language, law, level), "lapse")


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_france_the_supplier_may_rely_on_the_lapse_and_in_england_not_who_caused_it(language: str) -> None:
    either = {"fr": "chaque partie peut s'en prévaloir", "en": "either party may rely on this"}
    cause = {"fr": "caducité que son manquement a causée", "en": "lapse that its own breach has caused"}
    french, english = (said(letter(language, law), "lapse") for law in LAWS)
    assert (either[language] in french, either[language] in english) == (True, False)
    assert (cause[language] in french, cause[language] in english) == (False, True)


@pytest.mark.parametrize(("language", "law"), BOTH)
def test_a_condition_that_the_client_prevents_has_a_day(language: str, law: str) -> None:
    subject = letter(language, law)
    assert "10 " in said(subject, "cooperation")
    number = next(article.number for article in subject.articles if article.id == "cooperation")
    fixed = {"fr": f"que fixe l'article {number}", "en": f"set by clause {number}"}
    assert fixed[language] in said(subject, "effect")


# --- Terms that a house may have -----------------------------------------------------

CAPS = {
    "fr": ("au total hors taxes de l'article", "à 50 000,00 €"),
    "en": ("to the total before tax in clause", "to €50,000.00"),
}


@pytest.mark.parametrize(("language", "law"), BOTH)
def test_liability_is_capped_at_the_total_at_a_sum_or_not_at_all(language: str, law: str) -> None:
    at_total, at_sum = CAPS[language]
    assert at_total in said(letter(language, law, liability_cap="total"), "liability")
    assert at_sum in said(letter(language, law, liability_cap=Decimal("50000.00")), "liability")
    assert said(letter(language, law), "liability") == ""
    assert said(letter(language, law, "intent", liability_cap="total"), "liability") == ""


# --- Levels that bind nobody to buy ---------------------------------------------------


@pytest.mark.parametrize(("language", "law"), BOTH)
def test_a_letter_of_intent_says_nowhere_that_somebody_has_decided(language: str, law: str) -> None:
    decided = {"fr": "décidés à acheter", "en": "decided to buy"}
    assert decided[language] in said(letter(language, law), "recitals")
    assert decided[language] not in said(letter(language, law, "intent"), "recitals")
    given = {"fr": "donnerait au Client", "en": "would give the Client"}
    assert given[language] in said(letter(language, law, "intent"), "ip")
    assert given[language] not in said(letter(language, law), "ip")


@pytest.mark.parametrize("language", LANGUAGES)
def test_costs_of_talks_broken_off_wrongfully_are_owed_despite_the_clause_on_costs(language: str) -> None:
    subject = {"fr": "Sous réserve de l'article", "en": "Subject to clause"}
    assert said(letter(language, "FR", "negotiate"), "costs").startswith(subject[language])
    assert not said(letter(language, "FR", "intent"), "costs").startswith(subject[language])


# --- Days -------------------------------------------------------------------------------


def deal_of(**changes: Any) -> Agreement:
    level = changes.pop("level", "conditional")
    data = agreement(
        "fr",
        changes.pop("law", "FR"),
        level,
        "efforts" if level == "conditional" else "none",
        "purchase",
        rich=True,
    )
    deal = loader.deal_from({**data, **changes}, "deal", HOUSE.house, today=TODAY)
    assert isinstance(deal, Agreement)
    return deal


def test_days_that_the_program_chooses_are_working_days() -> None:
    start = datetime.date(2026, 11, 23)
    for offset in range(0, 366, 3):
        day = start + datetime.timedelta(days=offset)
        for law in LAWS:
            deal = deal_of(
                law=law,
                date=day,
                delivery={"by": day + datetime.timedelta(days=90)},
                decision={"kind": "purchase"},
            )
            homes = homes_of(deal.law, HOUSE.house.supplier, deal.prospect)
            assert all(day_off(deal.long_stop(HOUSE.house), home, "en") is None for home in homes)
            assert day_off(deal.valid_until(HOUSE.house), HOME_OF_LAW[deal.law], "en") is None


def test_a_day_that_the_deal_chooses_stays_as_it_is() -> None:
    sunday = datetime.date(2027, 5, 30)
    assert deal_of(delivery={"by": "2027-03-31", "long_stop": sunday}).long_stop(HOUSE.house) == sunday


def test_a_negotiation_ends_before_delivery() -> None:
    usual = deal_of(level="negotiate")
    assert usual.valid_until(HOUSE.house) == datetime.date(2026, 12, 23)
    assert usual.negotiation_until(HOUSE.house) == datetime.date(
        2027, 2, 22
    )  # 60 days later, a Sunday, and a day
    short = deal_of(level="negotiate", delivery={"by": "2027-02-15"})
    assert short.negotiation_until(HOUSE.house) == datetime.date(2027, 2, 14)
    own = deal_of(level="negotiate", negotiation={"until": "2027-01-15"})
    assert own.negotiation_until(HOUSE.house) == datetime.date(2027, 1, 15)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"level": "negotiate", "negotiation": {"until": "2027-03-31"}}, "negotiation.until: 31 March 2027 does not come before the delivery date"),
        ({"level": "negotiate", "negotiation": {"until": "2026-11-23"}}, "negotiation.until: 23 November 2026 is not after the letter"),
        ({"level": "intent", "negotiation": {"until": "2027-01-31"}}, 'negotiation: is for binding = "negotiate" only'),
        ({"decision": {"kind": "purchase", "duration": "8 weeks"}}, "decision.duration: is for pilots only"),
        ({"decision": {"kind": "pilot", "duration": "some weeks"}}, "decision.duration: is not a length of time (some weeks)"),
        ({"decision": {"kind": "pilot", "duration": "0 weeks"}}, "decision.duration: is not a length of time"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_with_its_key(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FaultyInput) as refusal:
        deal_of(**changes)
    assert sentence in plain(str(refusal.value)).replace("“", '"').replace("”", '"')


# --- A pilot's length -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("8 weeks", "8 semaines", "8 weeks"),
        ("1 mois", "1 mois", "1 month"),
        ("90jours", "90 jours", "90 days"),
    ],
)
def test_a_pilot_lasts_as_long_as_the_deal_says_in_either_language(
    written: str, french: str, english: str
) -> None:
    for language, expected in (("fr", french), ("en", english)):
        data = agreement(language, "FR", "conditional", "efforts", "pilot", rich=True)
        data["decision"]["duration"] = written
        assert f" {expected} " in said(composed(data, HOUSES["full"]), "term")


def test_a_pilot_without_a_length_has_a_blank() -> None:
    gaps = composed(agreement("fr", "FR", "conditional", "efforts", "pilot", rich=True), HOUSES["full"]).gaps
    assert "decision.duration" in gaps
    assert "decision.duration" not in letter("fr", "FR", decision="pilot").gaps


# --- The offer ---------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "law"), BOTH)
def test_a_letter_is_an_offer_only_once_the_supplier_has_signed_it(language: str, law: str) -> None:
    signed = {
        "fr": "Une fois signée par le Fournisseur, cette lettre ",
        "en": "Once the Supplier has signed it, this letter is",
    }
    assert said(letter(language, law), "signature").startswith(signed[language])
    assert not said(letter(language, law, "intent"), "signature").startswith(signed[language])
