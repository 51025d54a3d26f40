"""On which days a company is closed: the public holidays of its country, or of the part it sits in."""

import datetime
import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from accord import i18n
from accord.domain.choices import Law
from accord.domain.identifiers import compact
from accord.domain.parties import Party
from accord.i18n import _
from accord.imports import part
from accord.text import places
from accord.text.characters import fold

# Where the first letters of a postcode or of a register tell the part of the country.
_PROVINCES = {
    "A": "NL", "B": "NS", "C": "PE", "E": "NB", "G": "QC", "H": "QC", "J": "QC",
    "K": "ON", "L": "ON", "M": "ON", "N": "ON", "P": "ON", "R": "MB", "S": "SK", "T": "AB", "V": "BC", "Y": "YT",
}  # fmt: skip
_CANTONS = {
    "geneve": "GE", "geneva": "GE", "genf": "GE", "lausanne": "VD", "vaud": "VD", "montreux": "VD", "nyon": "VD",
    "sion": "VS", "valais": "VS", "fribourg": "FR", "neuchatel": "NE", "delemont": "JU", "jura": "JU",
    "berne": "BE", "bern": "BE", "bienne": "BE", "bale": "BS", "basel": "BS", "zurich": "ZH", "winterthur": "ZH",
    "lucerne": "LU", "luzern": "LU", "zoug": "ZG", "zug": "ZG", "saint-gall": "SG", "st. gallen": "SG",
    "lugano": "TI", "bellinzona": "TI", "tessin": "TI", "ticino": "TI", "aarau": "AG", "coire": "GR", "chur": "GR",
}  # fmt: skip
_MOSELLE, _ALSACE = "57", "6AE"
# Overseas, by the first figures of the postcode, or by a country code of its own.
_OVERSEAS = {
    "97133": "BL", "97150": "MF", "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT", "986": "WF", "987": "PF", "988": "NC",
    "57": _MOSELLE, "67": _ALSACE, "68": _ALSACE,
}  # fmt: skip
# Areas of Scotland; TD is on both sides of the border, and only these of its districts are north of it.
_SCOTTISH = re.compile(
    r"\b(?:(?:AB|DD|DG|EH|FK|G|HS|IV|KA|KW|KY|ML|PA|PH|ZE)[0-9]{1,2}[A-Z]?|TD(?:[1-8]|1[0-4])) [0-9][A-Z]{2}\b"
)
_NORTHERN_IRISH = re.compile(r"\bBT[0-9]{1,2} [0-9][A-Z]{2}\b")
_BRITISH = {"SC": "SCT", "SO": "SCT", "SL": "SCT", "NI": "NIR", "NC": "NIR", "R0": "NIR"}


class Home(NamedTuple):
    """A country, and the part of it whose holidays count ("" for those that all parts have)."""

    country: str
    part: str = ""


HOME_OF_LAW: Mapping[Law, Home] = {"FR": Home("FR"), "EW": Home("GB", "ENG")}
"""Whose holidays count under a law."""


def home_of(party: Party) -> Home | None:
    """Where a company is at home, from its country, its register and the postcode of its seat."""
    if party.home is None:
        return None
    part_of = {"GB": _british, "CA": _province, "CH": _canton, "FR": _part_of_france}.get(party.home)
    return Home(party.home, part_of(party) if part_of else "")


def _british(party: Party) -> str:
    """Scotland and Northern Ireland by the postcode of the seat, the company's number, or the register."""
    by_register = {"scotland": "SCT", "ecosse": "SCT", "northern ireland": "NIR", "irlande du nord": "NIR"}
    address = " ".join(party.address).upper()
    by_postcode = "SCT" if _SCOTTISH.search(address) else "NIR" if _NORTHERN_IRISH.search(address) else ""
    prefix = compact(party.registration or "")[:2]
    return by_postcode or _BRITISH.get(prefix) or by_register.get(fold(party.registry or ""), "ENG")


def _province(party: Party) -> str:
    code = re.search(r"\b([A-Z])[0-9][A-Z] ?[0-9][A-Z][0-9]\b", " ".join(party.address).upper())
    return _PROVINCES.get(code[1], "") if code else ""


def _canton(party: Party) -> str:
    town = places.town_of(party.address, party.country) or ""
    return _CANTONS.get(fold(party.registry or "")) or _CANTONS.get(fold(town), "")


def _part_of_france(party: Party) -> str:
    """Alsace, Moselle and the parts overseas, each with holidays of its own."""
    if party.country in _OVERSEAS.values():
        return str(party.country)
    codes = re.findall(r"\b[0-9]{5}\b", " ".join(party.address))
    return next((part for code in codes for start, part in _OVERSEAS.items() if code.startswith(start)), "")


def homes_of(law: Law, *parties: Party) -> frozenset[Home]:
    """All places whose holidays count for a letter: those of the parties, and that of its law."""
    return frozenset(filter(None, (HOME_OF_LAW[law], *map(home_of, parties))))


def next_working_day(day: datetime.date, homes: Collection[Home]) -> datetime.date:
    """The day itself if people work in all these places, or else the first later one on which they do."""
    while any(day_off(day, home, "en") is not None for home in homes):
        day += datetime.timedelta(days=1)
    return day


@lru_cache(maxsize=1024)  # letters of a batch name mostly the same days
def day_off(day: datetime.date, home: Home, language: str) -> str | None:
    """Why nobody works there that day: the feast's name, "" for a weekend, None for a working day."""
    import holidays  # noqa: PLC0415 - slow to load, and a decline needs none

    _load(home.country)
    tongue = "fr" if language == "fr" else "en_US"
    try:
        feasts = holidays.country_holidays(
            home.country, subdiv=home.part or None, years=day.year, language=tongue
        )
    except NotImplementedError:
        return "" if day.isoweekday() > 5 else None
    return feasts.get(day) or ("" if day.weekday() in feasts.weekend else None)


def _load(country: str) -> None:
    """Load the holidays of a country before the library does, which would load those of two hundred."""
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - see day_off

    for module, (_class, *codes) in COUNTRIES.items():
        if country in codes:
            part(f"holidays.countries.{module}")


@lru_cache(maxsize=256)
def working_days(year: int, home: Home) -> tuple[datetime.date, ...]:
    """The days of a year on which people work there."""
    import holidays  # noqa: PLC0415 - see day_off

    _load(home.country)
    feasts: Collection[datetime.date]
    try:
        feasts = holidays.country_holidays(home.country, subdiv=home.part or None, years=year)
        weekend: Collection[int] = feasts.weekend
    except NotImplementedError:
        feasts, weekend = (), (5, 6)
    first = datetime.date(year, 1, 1)
    days = (first + datetime.timedelta(days=n) for n in range(366))
    return tuple(
        day for day in days if day.year == year and day.weekday() not in weekend and day not in feasts
    )


def name_of(home: Home) -> str:
    """What to call a home in the language of the interface, as it stands after "in"."""
    british = {"ENG": _("England and Wales"), "SCT": _("Scotland"), "NIR": _("Northern Ireland")}
    if home.country == "GB":
        return british[home.part]
    locale = i18n.locale()
    is_overseas = home.country == "FR" and home.part in places.countries()
    name = places.country_name(home.part if is_overseas else home.country, locale)
    with_article = i18n.language() == "en" and re.search(r"\b(States|Kingdom|Islands|Emirates)\b", name)
    return f"the {name}" if with_article or name == "Netherlands" else name
