"""The particulars of companies and people as people type them.

Pure functions: a text in, what a file holds out.  What cannot be read is an
`AccordError` that says what to write instead.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, cast

from accord.domain import countries, identifiers
from accord.domain.choices import Civility
from accord.errors import AccordError
from accord.i18n import _
from accord.intake import parsing, words
from accord.text.characters import excerpt, fold
from accord.text.currencies import Currency

# --- Countries ----------------------------------------------------------------


def country(text: str) -> str:
    """The ISO 3166 code of a country: "FR", "fr", "France", "UK", "England", "Allemagne"."""
    code = countries.code_of(text)
    if code is None:
        sentence = _(
            "“{text}” is not a country that Accord knows; write its name, or its code such as FR or GB"
        )
        raise AccordError(sentence.format(text=excerpt(text)))
    return code


# --- People -------------------------------------------------------------------


def civility(text: str) -> Civility:
    """The form of address: "Monsieur", "M", "mme", "Miss", "Maître"."""
    meant = words.meant("supplier.signatory.civility", text)
    if meant is None:
        sentence = _("“{text}” is not a form of address; write Mme, M., Ms, Mrs, Mr, Dr or Me")
        raise AccordError(sentence.format(text=excerpt(text)))
    return cast("Civility", meant)


def person(text: str) -> dict[str, str]:
    """Who signs: "Mme Claire Moreau, présidente" by the keys of a person, those that it says.

    The title stands after a comma, a dash or in brackets.  A last name in
    capitals tells itself; else it is all after the first word.
    """
    name, title = _name_and_title(" ".join(text.split()))
    names = name.split()
    found: dict[str, str] = {}
    if names and words.meant("supplier.signatory.civility", names[0]):
        found["civility"] = civility(names.pop(0))
    if not names:
        raise AccordError(_("Write the name, then the title: Claire Moreau, Director."))
    first, last = _first_and_last(_capitalised(" ".join(names)).split())
    if first:
        found["first_name"] = " ".join(first)
    found["last_name"] = " ".join(last)
    return found | ({"title": title} if title else {})


def _first_and_last(names: list[str]) -> tuple[list[str], list[str]]:
    """First and last names: "Jean Paul DURAND", "DURAND Jean Paul", "Ann B. Smith"."""
    in_capitals = [
        bool(re.fullmatch(r"[^\W\d_]{2,}|.*[^\W\d_]{2}.*", name)) and name.isupper() for name in names
    ]
    leading = next((n for n, capitals in enumerate(in_capitals) if not capitals), 0)
    if any(len(name) > 2 for name in names[:leading]):  # two letters may be initials: "JP Martin"
        return names[leading:], names[:leading]
    initials = next((n for n, name in enumerate(names) if n and not re.fullmatch(r"\w\.?", name)), 1)
    last = next((n for n, capitals in enumerate(in_capitals) if n and capitals), initials)
    return (names[:last], names[last:]) if names[1:] else ([], names)


def _name_and_title(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.+?)(?:\s*,\s*|\s+[–—-]\s+|\s*\()(.+?)\)?", text)
    return (match[1], match[2]) if match else (text, "")


def _capitalised(text: str) -> str:
    """A name, with capitals where it was typed without any: "yann le goff" is Yann Le Goff."""
    if not text.islower():
        return text
    return re.sub(r"(?<![^\W_])\w", lambda letter: letter[0].upper(), text)


# --- Addresses ----------------------------------------------------------------


class Address(NamedTuple):
    """The lines of an address, the country that it tells, and the one that its postcode makes likely."""

    lines: tuple[str, ...]
    country: str | None = None
    likely: str | None = None


_UK_POSTCODE = r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}"
_FRENCH_TOWN = r"(?<![\w-])(?:F-)?(?P<code>[0-9]{2} ?[0-9]{3}) +(?P<town>[^\d,;]+?(?: cedex(?: \d+)?)?)"


def address(text: str) -> Address:
    """An address on one line or several: "14 quai Lamennais, 35000 Rennes".

    Lines end at a semicolon, a line break or a comma, but not after a house
    number ("14, quai Lamennais"); a postcode and its town have a line of their own.
    A country at the end is told apart: the letter adds it where it is needed.
    """
    numbered = re.sub(r"((?:^|[;,\n])\s*\d+(?: ?(?:bis|ter|quater|[A-Za-z]))?)\s*,", r"\1\0", text)
    parts = (" ".join(part.replace("\0", ", ").split()) for part in re.split(r"[;,\n]", numbered))
    lines = [part for part in parts if part]
    named = country_named(lines[-1]) if len(lines) > 1 else None
    if named:
        lines = lines[:-1]
    elif lines:
        lines[-1], named = country_at_end(lines[-1])
    if not lines:
        return Address((), named, named)
    *before, last = lines
    if match := re.fullmatch(rf"(?P<street>.*?),? *\b{_FRENCH_TOWN}", last, re.IGNORECASE):
        town = _capitalised(match["town"])
        # Five digits are a postcode in France, but in Germany, Italy and Spain as well.
        lines = [*before, match["street"], f"{match['code'].replace(' ', '')} {town}"]
        return Address(tuple(filter(None, lines)), named, named or "FR")
    if match := re.fullmatch(rf"(?P<town>.*?),? *\b(?P<code>{_UK_POSTCODE})", last):
        town = match["town"] or (before.pop() if before else "")
        code = re.sub(r" ?(...)$", r" \1", match["code"].upper())
        return Address((*before, f"{_capitalised(town)} {code}".strip()), named or "GB", named or "GB")
    return Address(tuple(lines), named, named)


LONGEST_LINE = 300  # characters of an address that are looked through
_STREETS = r"rue|avenue|ave|av|road|rd|street|st|way|drive|place|boulevard|bd|blvd|lane|square|chemin|route|quai|allee|allée"
_ENDS_WITH_TOWN = re.compile(
    rf"(?:.*\b{_UK_POSTCODE}|.*\b[0-9]{{4,5}}(?:-[0-9]{{3,4}})?(?: (?!(?:{_STREETS})\b)[^\W\d][^\s\d]*)+)"
    r"(?<! de)(?<! du)(?<! la)(?<! le)(?<! les)(?<! en)(?<! of)(?<! di)(?<! del)",
    re.IGNORECASE,
)


def country_at_end(line: str) -> tuple[str, str | None]:
    """A line of an address without the country that it ends with, and that country; None if it names none.

    Behind a comma, a dash or in brackets; or behind a town with its postcode: of
    "75001 Paris France", but not of "97200 Fort de France" or "12 rue de Suisse".
    """
    if len(line) > LONGEST_LINE:
        return line, None
    for match in re.finditer(r"(?P<mark>\s*,\s*|\s+[-–—]\s+|\s+\()|\s+", line):
        head, name = line[: match.start()], line[match.end() :].strip(" ).")
        if (match["mark"] or _ENDS_WITH_TOWN.fullmatch(head)) and (code := country_named(name)):
            return head, code
    return line, None


def country_named(line: str) -> str | None:
    """The country that a line of an address is, by its name: a code alone may be part of a postcode."""
    try:
        code = country(line) if len(line) > 2 or line.upper() == "UK" else None
    except AccordError:
        return None
    return None if fold(line) == "georgia" else code  # as likely the State: "Atlanta, Georgia"


# --- Companies ----------------------------------------------------------------

_FORMS = (
    "SA", "SAS", "SASU", "SARL", "EURL", "SNC", "SCI", "SCOP", "SELARL", "SCP", "GIE", "EI",
    "Ltd", "Limited", "PLC", "LLP", "LLC", "Inc.", "CIC", "GmbH", "AG", "UG", "BV", "NV", "SRL", "SpA",
)  # fmt: skip
_FORM_BY_WORD: Mapping[str, str] = {fold(form).strip("."): form for form in _FORMS}


def form_in(name: str) -> str | None:
    """The legal form that a company's name ends or begins with: "Harbour Books Ltd" is an Ltd."""
    parts = [fold(word).strip(".,()") for word in name.split()]
    for word in (parts[-1], parts[0]) if len(parts) > 1 else ():
        if word.replace(".", "") in _FORM_BY_WORD:
            return _FORM_BY_WORD[word.replace(".", "")]
    return None


def form(text: str, locale: str, currency: Currency | None) -> dict[str, str | Decimal]:
    """The legal form and, where it is said, the share capital: "SAS au capital de 50 000 €"."""
    parts = " ".join(text.split())
    split = re.fullmatch(
        r"(.*?(?: à capital variable)?),?(?: au| with an?)?(?: share)? capital (?:social )?(?:de |of |: ?)?(.*)",
        parts,
        re.IGNORECASE,
    )
    says_sum = split is not None and not split[2].startswith("variable")
    name = split[1] if split and says_sum else parts
    found: dict[str, str | Decimal] = {"legal_form": _FORM_BY_WORD.get(fold(name).replace(".", ""), name)}
    if split and says_sum:
        found["capital"] = parsing.amount(split[2], locale, currency)
    return found


def registration(text: str, country: str | None, *, charity: bool = False) -> dict[str, str]:
    """A number in a register and, where it is said, whose: "732 829 320 RCS Lyon", "1234567".

    A British company's number of seven digits has lost its leading zero to a spreadsheet;
    a charity's has not.
    """
    parts = " ".join(text.split())
    number, town = identifiers.number_and_town(parts)
    if country == "GB" and re.fullmatch(r"[0-9]{5,7}", identifiers.compact(number)):
        number = identifiers.whole(identifiers.compact(number), country, charity=charity)
    return {"registration": number} | ({"registry": _capitalised(town)} if town else {})
