"""When a company is closed: the holidays of where it sits."""

import datetime
from typing import Any

import pytest

from generator import closed, messages
from generator.model import Party

BOXING_DAY = datetime.date(2028, 12, 26)  # a Tuesday


def party(country: str, *address: str, **values: Any) -> Party:
    return Party.model_validate({"name": "X", "country": country, "address": address, **values})


HOMES = {
    "Lyon": (party("FR", "69001 Lyon"), "FR", ""),
    "Metz": (party("FR", "57000 Metz"), "FR", "57"),
    "Strasbourg": (party("FR", "67000 Strasbourg"), "FR", "6AE"),
    "Mulhouse": (party("FR", "68100 Mulhouse"), "FR", "6AE"),
    "London": (party("GB", "London EC1A 1BB", registration="01234567"), "GB", "ENG"),
    "Scotland by number": (party("GB", registration="SC123456"), "GB", "SCT"),
    "Scotland by register": (party("GB", registry="Scotland"), "GB", "SCT"),
    "Northern Ireland": (party("GB", registration="NI123456"), "GB", "NIR"),
    "Québec": (party("CA", "Montréal (QC) H2X 1Y4"), "CA", "QC"),
    "Ontario": (party("CA", "Toronto ON M5V 2T6"), "CA", "ON"),
    "Canada": (party("CA", "Toronto"), "CA", ""),
    "Genève by register": (party("CH", registry="Genève"), "CH", "GE"),
    "Zurich by town": (party("CH", "8001 Zürich"), "CH", "ZH"),
    "Switzerland": (party("CH", "1000 Nulle Part"), "CH", ""),
    "Belgium": (party("BE", "1000 Bruxelles"), "BE", ""),
}


@pytest.mark.parametrize("name", HOMES)
def test_a_home_is_told_from_number_register_or_postcode(name: str) -> None:
    company, country, part = HOMES[name]
    assert closed.home_of(company) == (country, part)
    assert closed.day_off(datetime.date(2028, 12, 25), closed.Home(country, part), "en")


def test_a_company_of_no_known_country_has_no_home() -> None:
    assert closed.home_of(Party.model_validate({"name": "X"})) is None


@pytest.mark.parametrize(
    ("home", "day", "feast"),
    [
        (closed.FRANCE, BOXING_DAY, None),
        (closed.Home("FR", "6AE"), BOXING_DAY, "Saint Stephen's Day"),
        (closed.ENGLAND, BOXING_DAY, "Boxing Day"),
        (closed.Home("GB", "SCT"), datetime.date(2027, 11, 30), "Saint Andrew's Day"),
        (closed.ENGLAND, datetime.date(2027, 11, 30), None),
        (closed.Home("CA", "QC"), datetime.date(2027, 6, 24), "Saint John the Baptist Day"),
        (closed.Home("CA", "ON"), datetime.date(2027, 6, 24), None),
        (closed.Home("CH", "GE"), datetime.date(2026, 12, 31), "Restoration Day"),
        (closed.Home("CH", "ZH"), datetime.date(2026, 12, 31), None),
        (closed.FRANCE, datetime.date(2027, 3, 28), ""),
        (closed.Home("AQ"), datetime.date(2027, 3, 28), ""),  # a country whose holidays nobody lists
    ],
)
def test_a_day_off_has_the_name_of_its_feast(
    home: closed.Home, day: datetime.date, feast: str | None
) -> None:
    assert closed.day_off(day, home, "en") == feast


@pytest.mark.parametrize(
    ("home", "english", "french"),
    [
        (closed.ENGLAND, "England and Wales", "Angleterre et pays de Galles"),
        (closed.Home("GB", "SCT"), "Scotland", "Écosse"),
        (closed.Home("US"), "the United States", "États-Unis"),
        (closed.Home("NL"), "the Netherlands", "Pays-Bas"),
        (closed.FRANCE, "France", "France"),
    ],
)
def test_a_home_has_a_name(home: closed.Home, english: str, french: str) -> None:
    for language, name in (("en", english), ("fr", french)):
        messages.use(language)
        assert closed.name_of(home) == name
