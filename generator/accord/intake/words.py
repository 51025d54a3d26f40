"""What people call the values that a file has codes for: `words.toml`, currencies, countries.

One vocabulary for the cells of a spreadsheet, the answers at a prompt and the
texts of options: French and English, without regard to case and accents.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import UnknownLocaleError, get_global
from babel.languages import get_official_languages

from accord import i18n, toml_reader
from accord.domain.base import all_keys, choices_at
from accord.domain.deal_file import ROOTS
from accord.domain.suggestions import closest
from accord.text import currencies, places
from accord.text.characters import fold
from accord.text.currencies import Currency
from accord.text.locales import cldr

WORDS = Path(__file__).with_name("words.toml")

# The keys of a house, and those whose words are the same.
_SAME_WORDS = (
    (re.compile(r"^terms\."), ""),
    (re.compile(r"^supplier\.signatory\."), "prospect.contact."),
    (re.compile(r".*\.currency$"), "decision.currency"),
)


def meant(key: str, text: str) -> str | None:
    """The value of `key`, which has a choice of them, that `text` names; None if it names none."""
    if key == "prospect.staff" and (heads := _HEADS.fullmatch(_THOUSANDS.sub("", fold(text)))):
        fewest, most = _range(heads)
        if fewest > most:
            return None
        return "6+" if fewest > MOST_OF_SMALL else "0-5" if most <= MOST_OF_SMALL else None
    if found := _known(key).get(_bare(text)):
        return found
    if key.endswith(".currency"):
        return _currency(text)
    return None


MOST_OF_SMALL = 5  # employees (C. conso., art. L221-3)
_THOUSANDS = re.compile(r"(?<=[0-9])[ ,.](?=[0-9]{3}(?![0-9]))")
# "12", "12 salariés", "11-50 employees", "50+", "< 6": the band that the law knows may hold them all, or not.
_HEADS = re.compile(
    r"\s*(?:(?P<fewer><|moins de|less than|fewer than|under)|(?P<over>>|plus de|more than|over)|(?P<about>~|environ|about|around))?"
    r"\s*(?P<number>[0-9]{1,9})(?:\s*(?:-|\u2013|a|to)\s*(?P<most>[0-9]{1,9}))?(?P<plus>\+)?"
    r"\s*(?:(?:salarie|employe|employee|personne|collaborateur)s?|people|staff|persons)?(?P<more>\s+(?:ou|et|or|and) (?:plus|more))?\s*"
)


def _range(heads: re.Match[str]) -> tuple[int, float]:
    """The fewest and the most people that a number of employees may be."""
    number, open_end = int(heads["number"]), heads["over"] or heads["plus"] or heads["more"]
    if heads["fewer"]:
        return 0, number - 1
    if heads["about"]:
        return number // 2, number * 2
    return number + bool(heads["over"]), math.inf if open_end else int(heads["most"] or number)


def _currency(text: str) -> Currency | None:
    """The one currency that a text means, by its parts too: "US$", "Euro (€)", a code beside its name."""
    parts = [
        part for part in re.split(r"\s*[()]\s*|\s+[-–—]\s+|(?<=[€£])\s*|\s*(?=[€£])", text) if part.strip()
    ]
    found = [*map(currencies.meant_by, [text] if currencies.meant_by(text) else parts)]
    meant = set(found[0]).intersection(*found[1:]) if found and all(found) else set()
    return meant.pop() if len(meant) == 1 and not _OF_MANY_COUNTRIES.fullmatch(fold(text)) else None


_OF_MANY_COUNTRIES = re.compile(r"\s*(?:fr?|francs?|livres?)\.?\s*")


def named(key: str) -> Mapping[str, str]:
    """Each value of a key that has a choice, and the word for it in the language in use."""
    words = _words_of(key)
    return {
        value: words[value][i18n.language()][0] if value in words else value
        for value in _choices(key)
        if value
    }


def country(text: str) -> str | None:
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


def country_close_to(text: str) -> str:
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


# --- Choices ----------------------------------------------------------------------


@cache
def _vocabulary() -> Mapping[str, Any]:
    return toml_reader.read(WORDS, WORDS.name)


@cache
def _all_choices() -> Mapping[str, tuple[str, ...]]:
    return {key: choices_at(info) for root in ROOTS.values() for key, info in all_keys(root)}


def _choices(key: str) -> tuple[str, ...]:
    return _all_choices()[key]


def _words_of(key: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By value and language, the words for the values of a key."""
    for pattern, same in _SAME_WORDS:
        key = pattern.sub(same, key)
    if key == "decision.currency":
        return {
            code: {language: currencies.cell_words(code, language) for language in i18n.LANGUAGES}
            for code in currencies.CODES
        }
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = _vocabulary().get(key, {})
    return words


@cache
def _known(key: str) -> Mapping[str, str]:
    """Each word for a value of a key, bare, and that value."""
    # A company's currency may be any; those of an order have names.
    choices = _choices(key) or (currencies.CODES if key.endswith(".currency") else ())
    known = {_bare(value): value for value in choices if value}
    for value, words in _words_of(key).items():
        if value in choices:
            known |= {_bare(word): value for language in i18n.LANGUAGES for word in words[language]}
    return known


def _bare(text: str) -> str:
    """A word for comparison: no case, no accents, plain apostrophes, single spaces, no full stop."""
    return " ".join(fold(text).replace("’", "'").replace("*", "").split()).strip(" .")


# --- Countries --------------------------------------------------------------------


def _plain(name: str) -> str:
    """A country for comparison: as `_bare`, and whether or not its words are joined by hyphens or an "and"."""
    return " ".join(re.sub(r"\bst\.?(?= )", "saint", re.sub(r"[-‐‑–&]| et | and ", " ", _bare(name))).split())


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
    for code, names in _vocabulary()["countries"].items():
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
