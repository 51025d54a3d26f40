"""The model takes what is sound, refuses the rest, and says what to write instead."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from accord.domain.base import StrictModel, table_at
from accord.domain.deal import Agreement, Decline
from accord.domain.deal_file import DealFile, usual_locale
from accord.domain.house import House
from accord.domain.parties import Party

LETTER = datetime.date(2026, 11, 23)
AGREEMENT: dict[str, Any] = {
    "language": "fr",
    "law": "FR",
    "locale": "fr_FR",
    "date": LETTER,
    "binding": "conditional",
    "vendor_commitment": "efforts",
    "prospect": {"name": "Boulangeries Lefèvre"},
    "feature": {"name": "Export FEC"},
    "delivery": {"by": datetime.date(2027, 3, 31)},
    "decision": {
        "kind": "subscription",
        "quantity": 25,
        "unit_price": "40.00",
        "currency": "EUR",
        "period": "month",
        "term": 12,
    },
}


def changed(**changes: Any) -> dict[str, Any]:
    """The agreement with other values; `delivery__by` stands for delivery.by, None takes a key out."""
    data = {key: dict(value) if isinstance(value, dict) else value for key, value in AGREEMENT.items()}
    for path, value in changes.items():
        *tables, last = path.split("__")
        target = data
        for table in tables:
            target = target.setdefault(table, {})
        if value is None:
            del target[last]
        else:
            target[last] = value
    return data


def complaints(data: object, table: type[StrictModel] = DealFile) -> list[tuple[str, str]]:
    """Each fault as key and text; none for sound data."""
    try:
        table.model_validate(data)
    except ValidationError as error:
        return [(".".join(map(str, e["loc"])), e["msg"]) for e in error.errors()]
    return []


def test_a_sound_agreement_is_taken_as_it_is() -> None:
    deal = DealFile.model_validate(AGREEMENT).deal
    assert isinstance(deal, Agreement)
    assert deal.decision.computed_total == Decimal(12000)


def test_the_same_data_comes_back_from_a_dump() -> None:
    file = DealFile.model_validate(AGREEMENT)
    assert DealFile.model_validate(file.model_dump()) == file
    assert DealFile.model_validate(file.model_dump(mode="json")) == file


# --- Companies ----------------------------------------------------------------

PARTIES = [
    # particulars, the faulty key or None
    ({"country": "FR", "registration": "732 829 320"}, None),
    ({"country": "FR", "registration": "732 829 321"}, "registration"),
    ({"country": "FR", "registration": "73282932"}, "registration"),
    ({"country": "FR", "registration": "732 829 320 00074"}, None),
    ({"country": "FR", "registration": "732 829 320 00075"}, "registration"),
    # La Poste's places of business: Luhn, or a digit sum divisible by five.
    ({"country": "FR", "registration": "356 000 000 49837"}, None),
    ({"country": "FR", "registration": "356 000 000 49838"}, "registration"),
    ({"country": "FR", "registration": "RCS Lyon 732 829 320"}, None),
    ({"country": "FR", "registration": "732 829 320 R.C.S. Lyon"}, None),  # as on a Kbis
    ({"country": "FR", "registration": "732 829 321 R.C.S. Lyon"}, "registration"),
    ({"country": "FR", "registration": "732 829 320 R.C.S. Lyon", "registry": "Paris"}, "registration"),
    ({"country": "RE", "registration": "552 100 555"}, "registration"),
    ({"country": "FR", "registration": "W751234567"}, None),
    ({"registration": "732 829 321"}, "registration"),
    ({"registration": "HRB 12345"}, None),
    ({"country": "GB", "registration": "01234567"}, None),
    ({"country": "GB", "registration": "sc123456"}, None),
    ({"country": "GB", "registration": "IP12345R"}, None),
    ({"country": "GB", "registration": "R0000521"}, None),
    ({"country": "GB", "registration": "SP2345RS"}, None),
    ({"country": "GB", "registration": "IP000CUS"}, None),
    ({"country": "GB", "registration": "SL01234A"}, None),
    ({"country": "GB", "registration": "ZZ123456"}, "registration"),
    ({"country": "GB", "registration": "1234567"}, "registration"),
    ({"country": "BE", "registration": "0403.019.261"}, None),
    ({"country": "BE", "registration": "0403.019.262"}, "registration"),
    ({"country": "CH", "registration": "CHE-100.155.212"}, None),
    ({"country": "CH", "registration": "CHE-100.155.213"}, "registration"),
    # Other registers whose numbers have check digits.
    ({"country": "NO", "registration": "988 077 917"}, None),
    ({"country": "NO", "registration": "988 077 918"}, "registration"),
    ({"country": "SE", "registration": "556012-5790"}, None),
    ({"country": "DK", "registration": "13585629"}, "registration"),
    ({"country": "FI", "registration": "2077474-0"}, None),
    ({"country": "AT", "registration": "FN 122119m"}, None),
    ({"country": "AT", "registration": "ZVR 123456789"}, None),
    ({"country": "JP", "registration": "7000012050002"}, None),
    ({"country": "JP", "registration": "0000 12 050002"}, None),
    ({"country": "JP", "registration": "7000012050003"}, "registration"),
    ({"country": "NL", "registration": "12345678"}, None),
    ({"country": "PL", "registration": "KRS 0000123456"}, None),
    ({"country": "LU", "registration": "B 123456"}, None),
    ({"country": "AU", "registration": "004 085 616"}, None),
    ({"country": "AU", "registration": "51 824 753 556"}, None),
    # What a spreadsheet left of a number is none, whatever the country.
    *(
        ({"registration": damaged} | country, "registration")
        for damaged in ("7,3283E+08", "7.32829E+13", "'552100554", "n/a", "#REF!", "0", "=A2", "inconnu")
        for country in ({}, {"country": "FR"}, {"country": "DE"})
    ),
    # A Monegasque company has no SIREN; its VAT number begins with FR all the same.
    ({"country": "MC", "registration": "56 S 00341", "vat": "FR 53 0000 04605"}, None),
    ({"vat": "FR44732829320"}, None),
    ({"vat": "FR45732829320"}, "vat"),
    ({"vat": "44732829320"}, "vat"),
    ({"vat": "GB 980 7806 84"}, None),
    ({"vat": "GB 980 7806 85"}, "vat"),
    ({"vat": "BE 0403.019.261"}, None),
    ({"vat": "CHE-100.155.212 TVA"}, None),
    ({"vat": "DE136695976"}, None),
    ({"vat": "US123456789"}, "vat"),
    ({"vat": "EL 094259216"}, None),
    ({"vat": "NO 995 525 828 MVA"}, None),
    ({"vat": "NO 995 525 829 MVA"}, "vat"),
    ({"vat": "995 525 828 MVA", "country": "NO"}, None),
    ({"vat": "MC 53 0000 04605"}, None),
    ({"vat": "LI 50119"}, None),
    ({"vat": "LI 5011"}, "vat"),
    ({"vat": "CHE-107.787.577"}, None),
    ({"vat": "CHE-107.787.577 MWST"}, None),
    ({"vat": "CHE-107.787.578 MWST"}, "vat"),
    ({"vat": "123026635 RT0001", "country": "CA"}, None),
    ({"vat": "123026636 RT0001", "country": "CA"}, "vat"),
    ({"vat": "51 824 753 556", "country": "AU"}, None),
    ({"vat": "T7000012050002", "country": "JP"}, None),
    ({"vat": "11.222.333/0001-81", "country": "BR"}, None),
    ({"vat": "ATU 1358 5627"}, None),
    ({"vat": "NL 4495445B01"}, None),
    ({"vat": "ES B-58378431"}, None),
    ({"vat": "XI 110305878"}, None),
    ({"vat": "4123456789", "country": "ZA"}, None),  # a country whose numbers nobody here knows
    ({"vat": "4.2E+10", "country": "ZA"}, "vat"),
    ({"vat": "n/a", "country": "ZA"}, "vat"),
    # A currency of the capital that some country uses.
    ({"currency": "PLN"}, None),
    ({"currency": "FRF"}, "currency"),
    ({"currency": "zloty"}, "currency"),
    # Sound both, but of two companies.
    ({"registration": "552 100 554", "vat": "FR44732829320"}, "vat"),
    ({"email": "contact@novalys.example"}, None),
    ({"email": "contact at novalys"}, "email"),
    ({"email": "claire.moreau@mail.novalys.example"}, None),
    ({"email": "contact@novalys.example."}, "email"),
    ({"email": "contact@novalys..example"}, "email"),
    ({"email": "contact.@novalys.example"}, "email"),
    ({"email": ".contact@novalys.example"}, "email"),
    ({"email": "claire..moreau@novalys.example"}, "email"),
]


@pytest.mark.parametrize(("particulars", "faulty"), PARTIES)
def test_numbers_of_companies_are_checked(particulars: dict[str, str], faulty: str | None) -> None:
    found = complaints({"name": "Novalys", **particulars}, Party)
    assert [key for key, _sentence in found] == ([faulty] if faulty else [])


# --- Several keys at once -----------------------------------------------------

AT_ODDS = [
    ({"decision__currency": None}, "decision.currency", "write the currency of the amounts"),
    # changes to the sound agreement, the faulty key, part of the sentence
    ({"delivery": None}, "delivery.by", "is missing"),
    ({"decision": None}, "decision", "is missing"),
    ({"law": None}, "law", "missing here and under terms"),
    ({"binding": None}, "binding", "missing here and under terms"),
    ({"delivery__by": LETTER}, "delivery.by", "not after the letter's own date"),
    ({"delivery__by": "2026-11-22"}, "delivery.by", "not after the letter's own date"),
    ({"delivery__by": "2037-01-01"}, "delivery.by", "more than ten years"),
    ({"delivery__long_stop": "2027-03-30"}, "delivery.long_stop", "before the delivery date"),
    ({"decision__exclusivity_until": "2026-11-01"}, "decision.exclusivity_until", "not after"),
    ({"locale": "en_GB"}, "locale", "not a locale of the language"),
    ({"law": "EW", "binding": "negotiate"}, "binding", 'write binding = "intent"'),
    ({"vendor_commitment": "none"}, "vendor_commitment", '"efforts" or "firm"'),
    ({"binding": "promise", "vendor_commitment": "firm"}, "vendor_commitment", '"efforts" or "none"'),
    ({"binding": "intent", "decision__penalty": "100"}, "decision.penalty", "cannot carry a penalty"),
    ({"decision__total": "12000.01"}, "decision.total", "which make €12,000.00"),
    ({"decision__quantity": 10_000_000, "decision__unit_price": "99999999"}, "decision.quantity", "total absurdly large"),
    ({"decision__period": "year", "decision__term": 24}, "decision.term", 'write period = "month"'),
    ({"decision__kind": "pilot", "decision__period": None}, "decision.term", "subscriptions only"),
    ({"decision__kind": "purchase", "decision__term": None}, "decision.period", "subscriptions only"),
    ({"decline": {"reason": "out-of-scope", "earliest": "2027-09-30"}}, "decline.earliest", "date-not-feasible"),
    ({"decline": {"reason": "date-not-feasible", "earliest": "2026-11-23"}}, "decline.earliest", "not after"),
    ({"decline": {"reason": "out-of-scope", "paid_referral": True}}, "decline.paid_referral", "needs an alternative"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "key", "sentence"), AT_ODDS)
def test_keys_at_odds(changes: dict[str, Any], key: str, sentence: str) -> None:
    found = complaints(changed(**changes))
    assert [where for where, _sentence in found] == [key]
    assert sentence in found[0][1]


def test_a_stated_total_that_agrees_is_welcome() -> None:
    assert complaints(changed(decision__total="12000.00")) == []


def test_a_faulty_key_is_not_called_missing_as_well() -> None:
    found = complaints(changed(law="XX", binding=3, delivery={"by": "tomorrow"}))
    assert [key for key, _sentence in found] == ["law", "binding", "delivery.by"]


def test_checks_run_beside_other_faults() -> None:
    found = complaints(
        changed(
            feature__name=" ", decision__total="1", prospect__vat="FR00", delivery__long_stop="2027-01-01"
        )
    )
    assert sorted(key for key, _sentence in found) == [
        "decision.total", "delivery.long_stop", "feature.name", "prospect.vat",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "decline", "reason"),
    [
        ("purchase", None, None),
        ("none", None, "no-commitment"),
        ("none", {"reason": "out-of-scope"}, "out-of-scope"),
        ("purchase", {"reason": "out-of-scope"}, "out-of-scope"),
        (None, {"reason": "no-commitment"}, "no-commitment"),
    ],
)
def test_which_letter(decision: str | None, decline: dict[str, str] | None, reason: str | None) -> None:
    """A [decline] table, or a decision of kind "none", makes a decline, which always has a reason."""
    data = changed(decision={"kind": decision} if decision else None, decline=decline or {})
    if not decline:
        del data["decline"]
    deal = DealFile.model_validate(data).deal
    assert (deal.refusal.reason if isinstance(deal, Decline) else None) == reason


def test_a_decline_needs_neither_delivery_nor_law() -> None:
    data = {key: AGREEMENT[key] for key in ("language", "locale", "date", "prospect", "feature")}
    assert complaints(data | {"decline": {"reason": "out-of-scope"}}) == []


def test_a_house_needs_no_more_than_its_name() -> None:
    assert House.model_validate({"supplier": {"name": "Novalys"}}).terms.vendor_commitment == "efforts"


@pytest.mark.parametrize("root", [DealFile, House])
def test_every_key_says_what_it_is(root: type[StrictModel]) -> None:
    tables, seen = [root], set()
    while tables:
        table = tables.pop()
        seen.add(table)
        for name, info in table.model_fields.items():
            assert info.description, f"{table.__name__}.{name} has no description"
            tables += [t for t in (table_at(info),) if t and t not in seen]
    assert len(seen) > 4


@pytest.mark.parametrize(
    ("language", "country", "locale"),
    [
        ("fr", "FR", "fr_FR"), ("fr", "BE", "fr_BE"), ("fr", "CH", "fr_CH"), ("fr", "CA", "fr_CA"),
        ("fr", "GB", "fr_FR"), ("fr", None, "fr_FR"), ("fr", "MC", "fr_FR"),
        ("en", "GB", "en_GB"), ("en", "IE", "en_IE"), ("en", "US", "en_US"),
        ("en", "FR", "en_GB"), ("en", None, "en_GB"), ("en", "CA", "en_GB"),
        ("de", "FR", "en_GB"), (["fr"], "FR", "en_GB"), (None, "FR", "en_GB"),
    ],
)  # fmt: skip
def test_the_locale_follows_language_and_country(language: object, country: str | None, locale: str) -> None:
    assert usual_locale(language, country) == locale
