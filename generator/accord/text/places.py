"""Towns, the courts that sit in them, and countries."""

import re
from collections.abc import Sequence
from functools import cache

from accord.text.characters import fold
from accord.text.locales import cldr

# Beginnings of names, without case or accents, before which French drops the "e" of "de".
# "y" is a vowel before a consonant (d’Yvetot), a consonant before a vowel (de Yaoundé).
# Towns in h, by the usage of their own town halls and courts; before any other h
# ("de Honfleur", "de Hambourg") the "e" stays, which is also the safe choice.
_ELIDING = re.compile(
    r"[aeiou]|y(?![aeiou])|halluin|haubourdin|hautmont|hazebrouck|helsinki|hendaye|henin|hennebont|herblay"
    r"|hericourt|hermanville|herouville|hirson|hiroshima|hossegor|hyeres"
)


def of_town(town: str) -> str:
    """The complement of a town: "de Lyon", "d’Évry", "du Mans", "de La Rochelle"."""
    if town.startswith("Le "):
        return f"du {town[3:]}"
    if town.startswith("Les "):
        return f"des {town[4:]}"
    eliding = _ELIDING.match(fold(town).replace("œ", "oe").replace("æ", "ae"))
    return f"d’{town}" if eliding else f"de {town}"


# Commercial courts renamed "tribunal des activités économiques" from 1 January
# 2025 to 31 December 2028: loi n° 2023-1059, art. 26; arrêté of 5 July 2024.
_ECONOMIC_COURTS = re.compile(
    "auxerre|avignon|le havre|le mans|limoges|lyon|marseille|nancy|nanterre|paris|saint-brieuc|versailles"
)
# Alsace and Moselle have no commercial court (C. com., art. L731-2): a chamber
# of the judicial court sits in its place.
_JUDICIAL_COURTS = re.compile("colmar|metz|mulhouse|sarreguemines|saverne|strasbourg|thionville")


def has_french_court(town: str) -> bool:
    """Whether a commercial court of one of the names that differ sits in a town."""
    seat = fold(town)
    return bool(_ECONOMIC_COURTS.fullmatch(seat) or _JUDICIAL_COURTS.fullmatch(seat))


_COURT_WORDS = re.compile(
    r"\b(tribuna(l|ux)|cour|chambres?|courts?|jurisdictions?|juridictions?|arbitra\w*)\b(?!-)", re.IGNORECASE
)


def court(name: str, language: str) -> str:
    """The whole name, without English article, of the court that `name` stands for.

    A bare town is taken for the seat of a French commercial court; anything
    that already names a court is left as it is.
    """
    if _COURT_WORDS.search(name):
        return re.sub(r"\A[Tt]he ", "", name) if language == "en" else name
    seat, french = fold(name), language == "fr"
    if _JUDICIAL_COURTS.fullmatch(seat):
        if french:
            return f"tribunal judiciaire {of_town(name)} (chambre commerciale)"
        return f"Judicial Court of {name} (tribunal judiciaire, chambre commerciale)"
    kind = (
        "tribunal des activités économiques" if _ECONOMIC_COURTS.fullmatch(seat) else "tribunal de commerce"
    )
    return f"{kind} {of_town(name)}" if french else f"Commercial Court of {name} ({kind})"


OF_VAT_TERRITORY = {"MC": "FR", "IM": "GB"}
"""Where the VAT of another country applies: Monaco and the Isle of Man (directive 2006/112/CE, art. 7)."""
REVERSE_CHARGE = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
"""The countries in which a business accounts for VAT on what it buys from abroad.

The European Union (directive 2006/112/CE, art. 196), the United Kingdom (VATA 1994, s. 8),
Switzerland and Liechtenstein (LTVA, art. 45), Norway and Iceland.
"""


# What CLDR names besides the countries of ISO 3166: unions, islands that belong to one, test codes.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


@cache
def countries() -> frozenset[str]:
    """The codes of the countries of ISO 3166, and XK, by which Kosovo goes."""
    return frozenset(filter(re.compile("[A-Z]{2}").fullmatch, cldr("en").territories)) - _NO_COUNTRIES


def country_name(code: str, locale: str) -> str:
    """The country's name in the letter's language, from its ISO 3166 code."""
    territory: str = cldr(locale).territories[code]
    return territory


_BRITISH_POSTCODE = r"(?P<code>[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})"
_POSTCODES = {
    "GB": rf"(?P<town>[^0-9,]*?)(?:,? +)?{_BRITISH_POSTCODE}",
    "IE": r"(?P<town>[^0-9,]*?)(?: [0-9]{1,2}W?)?(?:,? +)?(?P<code>[A-Z][0-9][0-9W] ?[A-Z0-9]{4})",
    "US": r"(?P<town>[^0-9,]+), [A-Z]{2},? (?P<code>[0-9]{5}(?:-[0-9]{4})?)",
    "CA": r"(?P<town>[^0-9,(]+?),? (?:\(\w[^)]*\)|[A-Z]{2}),? (?P<code>[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])",
    "NL": r"(?P<code>(?:NL-)?[0-9]{4} ?[A-Z]{2}) +(?P<town>[^0-9]+)",
}
_CONTINENTAL = (
    r"(?P<code>(?:[A-Z]{1,2}-)?[0-9]{4,5}) +(?P<town>[^0-9]+?)"
    r"(?: +(?:CEDEX|Cedex|cedex)(?: +[0-9]{1,2})?| +[0-9]{1,2}(?:er|e)?(?: arrondissement)?)?"
)


def town_of(address: Sequence[str], country: str | None) -> str | None:
    """The town that an address ends with, or None if it cannot be told.

    Postal habits of the country: code then town on the continent, town then
    code in the islands and America.  A line for the country is passed over.
    """
    found = _postcode_line(address, country)
    return _town(found[1]["town"] or found[2]) if found else None


def postal_parts(address: Sequence[str], country: str | None) -> tuple[tuple[str, ...], str, str]:
    """The lines of an address before its town, its postcode and its town; the lines alone where these cannot be told."""
    lines = tuple(" ".join(line.split()) for line in address)
    found = _postcode_line(address, country)
    town = _town(found[1]["town"] or found[2]) if found else None
    if found is None or not town:
        return lines, "", ""
    place, match, _above = found
    return lines[: place if match["town"] else place - 1], match["code"], town


def _postcode_line(address: Sequence[str], country: str | None) -> tuple[int, re.Match[str], str] | None:
    """The last line of an address that has a postcode: its place, what matches, and the line above it."""
    forms = [_POSTCODES.get(country, _CONTINENTAL)] if country else [_CONTINENTAL, _POSTCODES["GB"]]
    lines = [" ".join(line.split()) for line in address]
    for place in reversed(range(len(lines))):
        for form in forms:
            if match := re.fullmatch(form, lines[place]):
                return place, match, lines[place - 1] if place else ""
    return None


_SMALL_WORDS = re.compile("en|sur|sous|de|du|des|la|le|les|lès|lez|et|l|d|à|aux")  # within a name


def _town(text: str) -> str | None:
    """A town as one writes it in a sentence; None for what is not one."""
    if not text or re.search(r"[0-9,]", text):
        return None
    if not text.isupper():
        return text
    parts = re.split(r"([ -]|['’])", text.lower())
    return "".join(
        part if i and _SMALL_WORDS.fullmatch(part) else part.capitalize() for i, part in enumerate(parts)
    )
