"""When a company is closed: the holidays of where it sits."""

import datetime
from typing import Any

import pytest

from accord import i18n
from accord.domain import business_days
from accord.domain.parties import Party

FRANCE, ENGLAND = business_days.HOME_OF_LAW["FR"], business_days.HOME_OF_LAW["EW"]
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
    "Scotland by postcode": (party("GB", "1 Princes Street", "Edinburgh EH2 2EQ"), "GB", "SCT"),
    "Glasgow": (party("GB", "Glasgow G1 1XQ", registration="01234567"), "GB", "SCT"),
    "Galashiels": (party("GB", "Galashiels TD1 1AA"), "GB", "SCT"),
    "Berwick": (party("GB", "Berwick-upon-Tweed TD15 1AA"), "GB", "ENG"),
    "Guildford": (party("GB", "Guildford GU1 1AA"), "GB", "ENG"),
    "Belfast": (party("GB", "Belfast BT1 5GS"), "GB", "NIR"),
    "La Réunion": (party("FR", "97400 Saint-Denis"), "FR", "RE"),
    "La Réunion by its code": (party("RE", "1 rue A"), "FR", "RE"),
    "Guadeloupe": (party("FR", "97110 Pointe-à-Pitre"), "FR", "GP"),
    "Saint-Martin": (party("FR", "97150 Marigot"), "FR", "MF"),
    "Nouvelle-Calédonie": (party("FR", "98800 Nouméa"), "FR", "NC"),
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
    assert business_days.home_of(company) == (country, part)
    assert business_days.day_off(datetime.date(2028, 12, 25), business_days.Home(country, part), "en")


def test_a_company_of_no_known_country_has_no_home() -> None:
    assert business_days.home_of(Party.model_validate({"name": "X"})) is None


@pytest.mark.parametrize(
    ("home", "day", "feast"),
    [
        (FRANCE, BOXING_DAY, None),
        (business_days.Home("FR", "6AE"), BOXING_DAY, "Saint Stephen's Day"),
        (ENGLAND, BOXING_DAY, "Boxing Day"),
        (business_days.Home("GB", "SCT"), datetime.date(2027, 11, 30), "Saint Andrew's Day"),
        (ENGLAND, datetime.date(2027, 11, 30), None),
        (business_days.Home("FR", "RE"), datetime.date(2027, 12, 20), "Abolition of Slavery"),
        (FRANCE, datetime.date(2027, 12, 20), None),
        (business_days.Home("FR", "MQ"), datetime.date(2028, 5, 22), "Abolition of Slavery"),
        (business_days.Home("GB", "NIR"), datetime.date(2027, 7, 12), "Battle of the Boyne"),
        (ENGLAND, datetime.date(2027, 7, 12), None),
        (business_days.Home("CA", "QC"), datetime.date(2027, 6, 24), "Saint John the Baptist Day"),
        (business_days.Home("CA", "ON"), datetime.date(2027, 6, 24), None),
        (business_days.Home("CH", "GE"), datetime.date(2026, 12, 31), "Restoration Day"),
        (business_days.Home("CH", "ZH"), datetime.date(2026, 12, 31), None),
        (FRANCE, datetime.date(2027, 3, 28), ""),
        (business_days.Home("AQ"), datetime.date(2027, 3, 28), ""),  # a country whose holidays nobody lists
    ],
)
def test_a_day_off_has_the_name_of_its_feast(
    home: business_days.Home, day: datetime.date, feast: str | None
) -> None:
    assert business_days.day_off(day, home, "en") == feast


@pytest.mark.parametrize(
    ("home", "english", "french"),
    [
        (ENGLAND, "England and Wales", "Angleterre et pays de Galles"),
        (business_days.Home("GB", "SCT"), "Scotland", "Écosse"),
        (business_days.Home("US"), "the United States", "États-Unis"),
        (business_days.Home("NL"), "the Netherlands", "Pays-Bas"),
        (FRANCE, "France", "France"),
    ],
)
def test_a_home_has_a_name(home: business_days.Home, english: str, french: str) -> None:
    for language, name in (("en", english), ("fr", french)):
        i18n.use(language)
        assert business_days.name_of(home) == name
