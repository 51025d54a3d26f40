"""What `--set` says becomes what the model wants there, or a fault."""

from decimal import Decimal
from typing import Any

import pytest

from accord.errors import FaultyInput
from accord.intake import overrides
from accord.intake.overrides import set_key

SET = [
    # key, text, what it becomes
    ("prospect.contact.last_name", "Dupont", "Dupont"),
    ("decision.quantity", "25", 25),
    ("decision.quantity", "25 postes", 25),
    ("decision.unit_price", "40.00", "40.00"),
    ("delivery.by", "2027-03-31", "2027-03-31"),
    ("decline.candour", "oui", True),
    ("decline.keep_in_touch", "no", False),
    ("decline.candour", "O", True),
    ("decline.keep_in_touch", "n", False),
    ("feature.exclusions", "un; deux|trois", ["un", "deux", "trois"]),
    ("feature.exclusions", "l&#39;un; P&amp;L &eacute;;", ["l&#39;un", "P&amp;L &eacute;"]),
    ("feature.exclusions", '["un; deux", "trois"]', ["un; deux", "trois"]),
    ("feature.exclusions", "[brackets]", ["[brackets]"]),
    ("feature.exclusions", "", []),
    (" language ", "en", "en"),
    ("binding", "accord de principe", "conditional"),
    ("decision.period", "mensuel", "month"),
    ("decision.period", "weekly", "weekly"),  # the model refuses it
    ("prospect.country", "England", "GB"),
    ("prospect.contact.civility", "Monsieur", "M."),
]


@pytest.mark.parametrize(("key", "text", "expected"), SET)
def test_set(key: str, text: str, expected: object) -> None:
    data: dict[str, Any] = {}
    set_key(data, key, text)
    for part in key.strip().split("."):
        data = data[part]
    assert data == expected
    assert type(data) is type(expected)


UNSETTABLE = [
    # key, text, part of the sentence
    ("prospect.nam", "A", "did you mean prospect.name?"),
    ("decison.kind", "none", "did you mean decision.kind?"),
    ("last_name", "A", "did you mean prospect.contact.last_name?"),
    ("deadline", "2027-03-31", "did you mean delivery.by?"),
    ("siren", "732829320", "did you mean prospect.registration?"),
    ("", "A", "accord schema deal"),
    ("zzzzzz", "A", "accord schema deal"),
    ("prospect", "A", "set one of its keys, such as prospect.name"),
    ("decision.quantity", "many", "“many” is not a whole number"),
    ("decision.quantity", "9" * 5000, "is not a whole number"),
    ("annex", "plan.pdf", "write them in the file, each under [[annex]]"),
    ("decline.candour", "perhaps", "is neither yes nor no (perhaps)"),
]


@pytest.mark.parametrize(("key", "text", "sentence"), UNSETTABLE)
def test_what_cannot_be_set(key: str, text: str, sentence: str) -> None:
    data: dict[str, Any] = {}
    with pytest.raises(FaultyInput) as raised:
        set_key(data, key, text)
    assert [fault.source for fault in raised.value.faults] == [""]
    assert sentence in raised.value.faults[0].sentence
    assert data == {}


def test_house_keys_can_be_set_too() -> None:
    data: dict[str, Any] = {}
    set_key(data, "terms.payment_days", "45", "house")
    assert data == {"terms": {"payment_days": 45}}
    with pytest.raises(FaultyInput, match="accord schema house"):
        set_key(data, "qqqqqqq", "1", "house")


def test_a_word_may_stand_where_a_sum_may() -> None:
    habits = overrides.Habits("en_GB", "en_GB")
    for typed, cap in (("total", "total"), ("Total", "total"), ("12,000", "12000")):
        data: dict[str, Any] = {}
        overrides.set_key(data, "terms.liability_cap", typed, "house", habits)
        assert data == {"terms": {"liability_cap": cap}}


@pytest.mark.parametrize(
    ("form", "number"),
    [({"legal_form": "CIO"}, "1164883"), ({"legal_form": "Ltd"}, "01164883"), ({}, "01164883")],
)
def test_the_number_of_a_charity_has_lost_no_zero(form: dict[str, str], number: str) -> None:
    data: dict[str, Any] = {"prospect": {"country": "GB", **form}}
    overrides.set_key(data, "prospect.registration", "1164883")
    assert data["prospect"]["registration"] == number


@pytest.mark.parametrize(
    ("company", "capital"),
    [({"country": "FR"}, "20 000 €"), ({"country": "FR", "currency": "USD"}, "20 000 $"), ({}, "20 000")],
)
def test_a_capital_may_name_its_currency(company: dict[str, str], capital: str) -> None:
    data: dict[str, Any] = {"prospect": dict(company)}
    overrides.set_key(data, "prospect.capital", capital, "deal", overrides.Habits("fr_FR", "fr_FR", "EUR"))
    assert data["prospect"]["capital"] == "20000"


IN_THE_WORLD = """
    PL 20 000 zł | PL PLN 20 000,00 | PL 20 000 zlotys polonais | JP ¥20 000 | JP 20 000 yens | MA 20 000 DH | MA 20 000 dirhams
    | SN 20 000 F CFA | CM 20 000 FCFA | SE 20 000 kr | SE 20 000 couronnes | DK 20.000,00 kr. | CZ 20 000 Kč | HU 20 000 Ft
    | BR R$ 20.000,00 | IN ₹ 20 000 | CN RMB 20 000 | TN 20 000 DT | TN 20 000,000 TND | AU A$20 000 | AU $20 000 | MX $20 000.00
    | NO 20 000 NOK | RO 20 000 lei | AE AED 20 000 | DZ 20 000 DA | CH 20'000.- Fr.
"""


@pytest.mark.parametrize("case", [case.strip() for case in IN_THE_WORLD.split("|")])
def test_a_capital_may_stand_in_the_money_of_any_country(case: str) -> None:
    country, _space, capital = case.partition(" ")
    data: dict[str, Any] = {"prospect": {"country": country}}
    overrides.set_key(data, "prospect.capital", capital, "deal", overrides.Habits("fr_FR", "fr_FR", "EUR"))
    assert Decimal(data["prospect"]["capital"]) == 20_000
    assert "currency" not in data["prospect"]


def test_the_sign_of_a_capital_tells_its_currency_where_nothing_else_does() -> None:
    data: dict[str, Any] = {}
    overrides.set_key(data, "prospect.capital", "20 000 PLN", "deal", overrides.Habits("fr_FR", "fr_FR"))
    assert data == {"prospect": {"currency": "PLN", "capital": "20000"}}


def test_lakhs_are_read() -> None:
    data: dict[str, Any] = {"prospect": {"country": "IN"}}
    overrides.set_key(data, "prospect.capital", "Rs 1,00,00,000", "deal", overrides.Habits("en_GB", "en_GB"))
    assert data["prospect"]["capital"] == "10000000"


@pytest.mark.parametrize(
    ("country", "capital"),
    [("FR", "20 000 $"), ("FR", "20 000 CHF"), ("GB", "€20 000"), ("FR", "20 000 PLN"), ("GB", "SEK 20 000")],
)
def test_a_capital_in_another_currency_than_it_would_be_printed_in_is_refused(
    country: str, capital: str
) -> None:
    data: dict[str, Any] = {"prospect": {"country": country}}
    with pytest.raises(FaultyInput, match=r"is not in (EUR|GBP)"):
        overrides.set_key(
            data, "prospect.capital", capital, "deal", overrides.Habits("fr_FR", "fr_FR", "EUR")
        )


def test_a_term_in_years_is_counted_in_the_period_of_the_price_that_comes_with_it() -> None:
    data: dict[str, Any] = {}
    texts = {"decision.term": "1 an", "decision.unit_price": "40 €/mois"}
    assert not overrides.set_keys(data, texts, habits_of=lambda _: overrides.Habits("fr_FR", "fr_FR", "EUR"))
    assert (data["decision"]["term"], data["decision"]["period"]) == (12, "month")
