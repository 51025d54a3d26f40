"""What people call countries: in French and English, as CLDR and `countries.toml` have it, and as they call themselves."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel.core import UnknownLocaleError, get_global
from babel.languages import get_official_languages

from accord import i18n, toml_reader
from accord.domain.suggestions import closest
from accord.text import places
from accord.text.characters import bare
from accord.text.locales import cldr

NAMES = Path(__file__).with_name("countries.toml")


def code_of(text: str) -> str | None:
    """The ISO 3166 code of a country by its name, its own name for itself, or a code; None if it has none.

    "France", "UK", "England", "FRA", "fr" and "Deutschland" are such names; "FR - France",
    "Belgique/België" and "United Kingdom (UK)" are two of one country.
    """
    if code := _country_of(text):
        return code
    parts = [
        part for part in re.split(r"\s*[/()]\s*|\s+[-–—]\s+|\s*,\s*(?=the |republic)", text) if part.strip()
    ]
    codes = {_country_of(part) for part in parts} if len(parts) > 1 else {None}
    return codes.pop() if len(codes) == 1 else None


LONGEST_CODE = 3


def close_to(text: str) -> str:
    """The name of the country, in the language in use, of which a text is a slip; "" if none is near."""
    close = closest(_plain(text), [name for name in _countries() if len(name) > LONGEST_CODE], 0.8)
    return str(cldr(i18n.language()).territories[_countries()[close[0]]]) if close else ""


def _country_of(text: str) -> str | None:
    name = re.sub(r"^(the|la|le|les|l'|l) ?(?=\w{3})", "", _plain(text))
    return next(
        (
            names[key]
            for key in (_plain(text), name)
            for names in (_countries(), _own_names())
            if key in names
        ),
        None,
    )


def _plain(name: str) -> str:
    """A country for comparison: as `bare`, and whether or not its words are joined by hyphens or an "and"."""
    return " ".join(re.sub(r"\bst\.?(?= )", "saint", re.sub(r"[-‐‑–&]| et | and ", " ", bare(name))).split())


@cache
def _countries() -> Mapping[str, str]:
    """The code of each country by its French and English names, and by its codes of two and three letters."""
    known = {
        _plain(name): code
        for language in i18n.LANGUAGES
        for code, name in cldr(language).territories.items()
        if code in places.countries()
    }
    # "FRA" of "FR"; "DOM" and "COM" are overseas France as well.
    for alias, codes in get_global("territory_aliases").items():
        if re.fullmatch("(?!DOM|COM)[A-Z]{3}", alias) and len(codes) == 1 and codes[0] in places.countries():
            known[_plain(alias)] = codes[0]
    known |= {_plain(code): code for code in places.countries()}
    for code, names in toml_reader.read(NAMES, NAMES.name)["countries"].items():
        known |= {_plain(name): code for name in names}
    return known


@cache
def _own_names() -> Mapping[str, str]:
    """The code of each country by what it calls itself: "Deutschland", "Suisse", "Schweiz"."""
    return {_plain(name): code for code in places.countries() for name in _names_at_home(code)}


def _names_at_home(code: str) -> Iterator[str]:
    for language in get_official_languages(code):
        try:
            yield cldr(language).territories[code]
        except (KeyError, ValueError, UnknownLocaleError):  # a language of which CLDR says little
            continue
