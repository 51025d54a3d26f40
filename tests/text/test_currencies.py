"""The one table of currencies: whole, and the only one."""

import re
from typing import get_args

import pytest
from babel.core import get_global

from accord.domain.choices import Locale
from accord.review.findings import AMOUNT
from accord.text import currencies
from support.paths import PACKAGE
from support.processes import printed_by


def test_every_code_has_an_entry_with_a_sign_and_names_for_each_locale() -> None:
    assert tuple(currencies.CURRENCIES) == currencies.CODES
    for money in currencies.CURRENCIES.values():
        assert money.names.keys() == set(currencies.LANGUAGES)
        assert set(currencies.LANGUAGES) <= money.signs.keys() <= {*currencies.LANGUAGES, *get_args(Locale)}


def test_every_currency_has_hundredths_and_is_in_use() -> None:
    fractions = get_global("currency_fractions")
    for code in currencies.CODES:
        assert fractions.get(code, fractions["DEFAULT"])[0] == 2
        assert code in currencies.in_use()


EXAMPLES = {
    # Where a currency is an example in a sentence, or the rule of one law or country.
    "domain/fields.py": {"EUR"},
    "batch/cell_formats.py": {"USD", "CAD"},  # whose dollars are told by their country
    "text/currencies.py": {"EUR", "GBP", "USD", "CHF", "CAD"},
    "domain/deal.py": {"EUR"},
    "review/rules/amounts.py": {"EUR"},
    "letter/decision.py": {"EUR"},
}


def test_no_other_module_spells_a_code() -> None:
    spelt = {
        path.relative_to(PACKAGE).as_posix(): set(re.findall(rf"\b(?:{currencies.CODE})\b", text))
        for path in PACKAGE.rglob("*.py")
        if re.search(rf"\b(?:{currencies.CODE})\b", text := path.read_text("utf-8"))
    }
    assert spelt == EXAMPLES


WITH_KRONER = """
import sys, types
from decimal import Decimal
from pathlib import Path
import accord.text

path = Path(accord.text.__file__).with_name("currencies.py")
source = path.read_text("utf-8").replace('"CAD"]', '"CAD", "NOK"]').replace("\\n}\\n\\n\\n_NEWLY", '''
    "NOK": Money(
        signs={"fr": "NOK", "en": "NOK "},
        names={
            "fr": Names(Noun("couronne norvégienne", "couronnes norvégiennes", feminine=True), *[Noun("øre", "øre")] * 2),
            "en": Names(Noun("Norwegian krone", "Norwegian kroner"), *[Noun("øre", "øre")] * 2),
        },
        typed=("kr",),
    ),
}


_NEWLY''')
module = sys.modules["accord.text.currencies"] = accord.text.currencies = types.ModuleType("accord.text.currencies")
exec(compile(source, path, "exec"), vars(module))

from accord.diff.compare import words
from accord.domain import json_schema
from accord.domain.suggestions import MEANT_VALUES
from accord.intake import parsing
from accord.intake.words import named
from accord.review.findings import AMOUNT
from accord.review.rules.amounts import _SPELT
from accord.text import formats, typography

assert formats.amount(Decimal(40), "NOK", "en_GB") == "NOK 40.00"
assert formats.amount_in_words(Decimal(21), "NOK", "fr_FR") == "vingt et une couronnes norvégiennes"
assert parsing.amount("40,50 kr", "fr_FR", "NOK") == parsing.amount("40,50 couronnes", "fr_FR", "NOK")
assert AMOUNT.search("12 000 NOK") and _SPELT.search("(forty Norwegian kroner)")
assert words("NOK 40.00")[0] == "NOK 40.00"
assert typography.prose("40 couronnes et 40 NOK", "fr_FR") == "40\\u00a0couronnes et 40\\u00a0NOK"
assert named("decision.currency")["NOK"] == "Norwegian krone"
assert "NOK" in str(json_schema.of_file("deal")) and MEANT_VALUES["kroner"] == "NOK"
assert module.order_currency(module.of_country("NO")) == "NOK"
"""


def test_a_currency_is_added_by_its_code_and_its_entry_alone() -> None:
    printed_by(WITH_KRONER)


@pytest.mark.parametrize(
    ("mark", "meant"),
    [
        ("€", ("EUR",)),
        ("euros", ("EUR",)),
        ("Livres sterling", ("GBP",)),
        ("pound", ("GBP",)),
        ("$", ("USD", "CAD")),
        ("dollars", ("USD", "CAD")),
        ("$ US", ("USD",)),
        ("US\u00a0$", ("USD",)),
        ("C$", ("CAD",)),
        ("fr.", ("CHF",)),
        ("CHF", ("CHF",)),
        ("¥", ()),
        ("", ()),
    ],
)
def test_what_people_write_for_a_currency(mark: str, meant: tuple[str, ...]) -> None:
    assert currencies.meant_by(mark) == meant


@pytest.mark.parametrize(
    ("country", "code"),
    [("GB", "GBP"), ("US", "USD"), ("FR", "EUR"), ("NO", "NOK"), ("BG", "EUR"), ("MQ", "EUR"), (None, None)],
)
def test_the_currency_of_a_country(country: str | None, code: str) -> None:
    assert currencies.of_country(country) == code


@pytest.mark.parametrize("text", ["12 000 $ US", "US$12,000.00", "$US 5", "5 CHF", "£5", "12 000,00 €"])
def test_an_amount_is_found_with_the_whole_of_its_sign(text: str) -> None:
    match = AMOUNT.search(f"Prix : {text}.")
    assert match
    assert match[0] == text
