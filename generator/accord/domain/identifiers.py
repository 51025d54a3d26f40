"""Numbers of companies: register and VAT.

Checksums are python-stdnum's, whose modules are loaded only where there is a number.
"""

import importlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from accord.i18n import _
from accord.imports import postponed
from accord.text import places
from accord.text.characters import excerpt


def compact(number: str) -> str:
    """A number without the spaces, dots and hyphens that help to read it, in capitals."""
    return re.sub(r"[\s.\u2010\u2011-]", "", number).upper()


def whole(number: str, country: str | None, *, charity: bool = False) -> str:
    """A British company number with the noughts that a spreadsheet or its reader dropped: 01234567 of "1234567".

    A charity's has up to seven digits of its own.
    """
    is_short = country == "GB" and not charity and re.fullmatch(r"\s*[0-9]{5,7}\s*", number)
    return number.strip().zfill(8) if is_short else number


def of_company(registration: str) -> str:
    """A company's number: of a SIRET, the SIREN without the place of business."""
    number = compact(registration)
    return number[:9] if re.fullmatch(r"[0-9]{14}", number) else number


_KINDS = (  # what people write before a number in a register: the kind of number, or its register
    r"(?:num[ée]ro|number|num|no|nr|n[°º]|company|co|reg(?:istration|istered|istry)?|crn|cro|rna|cvr|i[čc]o?|abn|acn|arbn|uen|org(?:nr|anisationsnummer)?|"
    r"cnpj|nipc|nif|y-tunnus|bce|kbo|rpm|rpr|uid|ide|idi|fn|zvr)"
)


def unlabelled(number: str, country: str | None) -> str:
    """A company's number without the name of its kind before it, where the number alone is one of its country: of "CVR 13585628".

    Of a Norwegian one, the tax behind it is left out as well: "995 525 828 MVA".
    """
    text = re.sub(r"\s*MVA\s*$", "", number, flags=re.IGNORECASE) if country == "NO" else number
    bare = re.sub(rf"^\s*(?:{_KINDS}[\s.:-]+)+", "", text, flags=re.IGNORECASE).strip()
    if bare == number or not _is_registered(bare, country) or _is_registered(number, country):
        return number
    return bare


def _is_registered(number: str, country: str | None) -> bool:
    """Whether a number is one that the register of a country is known to give."""
    if country == "GB":
        return _BRITISH.fullmatch(compact(number)) is not None
    if country == "FR":
        return is_rna(number)
    return any(module.is_valid(number) for module in _modules(_REGISTERS.get(country or "", ())))


def is_rna(registration: str) -> bool:
    """Whether a number is one of the French register of associations: W and nine digits (arrêté du 14 octobre 2009)."""
    return bool(re.fullmatch(r"W[0-9]{9}", compact(registration)))


def is_siren(registration: str) -> bool:
    """Whether a number is a SIREN or a SIRET."""
    number = compact(registration)
    return bool(_module("fr.siret" if len(number) == 14 else "fr.siren").is_valid(number))


_REGISTERS: Mapping[str, tuple[str, ...]] = {
    "AT": ("at.businessid",),
    "AU": ("au.acn", "au.abn"),
    "BE": ("be.vat",),
    "BR": ("br.cnpj",),
    "CH": ("ch.uid",),
    "CN": ("cn.uscc",),
    "CZ": ("cz.dic",),
    "DK": ("dk.cvr",),
    "EE": ("ee.registrikood",),
    "FI": ("fi.ytunnus",),
    "IL": ("il.hp",),
    "IS": ("is_.kennitala",),
    "JP": ("jp.cn",),
    "NO": ("no.orgnr",),
    "PT": ("pt.nif",),
    "SE": ("se.orgnr",),
    "SG": ("sg.uen",),
    "TW": ("tw.ubn",),
}
"""python-stdnum's modules for the numbers by which the register of a country knows its companies.

Countries whose registers have other numbers than those (HRB in Germany, KvK in
the Netherlands, KRS in Poland) are not here: what their companies write is taken.
"""


_OTHER_NUMBERS = {"AT": r"ZVR(?:ZAHL)?:?[0-9]{9,10}", "JP": r"[0-9]{12}"}
"""Numbers without check digits of the same registers, or of those beside them: Austrian associations, Japanese courts."""


@cache
def _module(name: str) -> Any:
    """One of python-stdnum's, without what it imports for questions to services of the web, which nobody asks."""
    with postponed("ssl"), postponed("pydoc"):
        return importlib.import_module(f"stdnum.{name}")


def _modules(names: Iterable[str]) -> list[Any]:
    return [_module(name) for name in names]


def grouped(registration: str, country: str | None) -> str:
    """A company's number as its country writes it, however it was typed: "552 100 554", "0403.170.701"; of a SIRET the SIREN."""
    number = compact(registration)
    if country == "FR" and re.fullmatch(r"[0-9]{9}|[0-9]{14}", number):
        return " ".join((number[:3], number[3:6], number[6:9]))  # a SIRET is that of a place of business
    if country == "BE" and (digits := re.fullmatch(r"(?:BE)?([0-9]{4})([0-9]{3})([0-9]{3})", number)):
        return ".".join(digits.groups())
    if country == "GB" or is_rna(number):
        return number
    for module in _modules(_REGISTERS.get(country or "", ())):
        if hasattr(module, "format") and module.is_valid(registration):
            return str(module.format(registration))
    return registration


# Companies House, "Company number prefixes".
_BRITISH = re.compile(
    r"(?:[0-9]{2}|AC|CE|CS|FC|FE|GE|GN|GS|IC|LP|NC|NF|NI|NL|NO|NP|NR|NV|NZ|OC|OE|PC|R0|RC|SA|SC|SE|SF|SG|SI|SL|SO|SR|SZ|ZC)"
    r"[0-9]{6}|(?:IP|SP|RS|NP|NO)[0-9]{3}[0-9A-Z]{3}|(?:IP|SP|RS|SL)[0-9]{5}[0-9A-Z]"
)
_PARTS_OF_BRITAIN = {
    **dict.fromkeys(("SC", "SO", "SL", "SP"), "Scotland"),
    **dict.fromkeys(("NI", "NC", "NL", "NO", "NP", "R0"), "Northern Ireland"),
}


def part_of_britain(registration: str) -> str:
    """The part of the United Kingdom in which a company is registered, as its number tells."""
    return _PARTS_OF_BRITAIN.get(compact(registration)[:2], "England and Wales")


def home_of(registration: str) -> str | None:
    """The country whose register a number cannot but be of, or None: a SIREN, an RNA or a Swiss UID tells it."""
    if is_rna(registration) or is_siren(registration):
        return "FR"
    return "CH" if re.fullmatch(r"CHE[0-9]{9}", compact(registration)) else None


_RCS = r"(?:RCS|R\.\s?C\.\s?S\.?)"
_NUMBER_AND_TOWN = (
    re.compile(
        rf"(?P<number>[0-9][\d .]*)[, ]*\(?{_RCS}[ :]*(?:de |d['’])?(?P<town>[^\d)]+?)(?: [A-D])?\)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_RCS}[ :]*(?:de |d['’])?(?P<town>[^\d]+?)(?: [A-D])?[ ,:]*(?:n° ?)?(?P<number>\d[\d .]*)",
        re.IGNORECASE,
    ),
)

_LABELLED = re.compile(  # "SIREN : 552 100 554", "N° 552100554", "552,100,554"
    r"(?:(?:num[ée]ro|n[°º]|n[o.](?![a-z])|siren|siret|rcs|r\.c\.s\.|fr)[ :.]*)*(?P<number>[0-9][0-9 .,'’_/-]*)",
    re.IGNORECASE,
)


def number_and_town(registration: str) -> tuple[str, str]:
    """The number of a French company, and the town of its register where it stands with it.

    Such as "732 829 320 R.C.S. Lyon" on a Kbis, or "RCS Lyon 732 829 320"; of "N° 552100554", the number alone.
    """
    text = " ".join(registration.split())
    for form in _NUMBER_AND_TOWN:
        match = form.fullmatch(text)
        if match and re.fullmatch(
            r"[0-9]{9}|[0-9]{14}", compact(match["number"])
        ):  # Luxembourg has an RCS too
            return match["number"].strip(" ."), match["town"].strip(" ,.")
    labelled = _LABELLED.fullmatch(text)
    digits = re.sub(r"[^0-9]", "", labelled["number"]) if labelled else ""
    if digits not in {"", compact(text)} and len(digits) in {9, 14} and is_siren(digits):
        return digits, ""
    return registration, ""


# 7.3E+08, the apostrophe that keeps a cell a text, #REF!, no digit at all.
_DAMAGED = re.compile(r"\s*(?:['’#=].*|[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+|[^0-9]*|[0.,]+)\s*", re.IGNORECASE)


def wrong_registration(registration: str, country: str | None, *, charity: bool = False) -> str | None:
    """What is wrong with a company's number in the register, or None.

    The numbers of registers that python-stdnum knows, and those of UK companies;
    the last have no checksum, nor has that of a charity (up to seven digits).  A
    French-looking number is checked as such when no country is given.
    """
    number = compact(registration)
    country = country or ("FR" if re.fullmatch(r"[0-9]{9}|[0-9]{14}", number) else None)
    if _DAMAGED.fullmatch(registration):
        return _(
            "{number} is no company number: a spreadsheet has damaged it, or it is a word for none;"
            " copy the whole number, or leave it out"
        ).format(number=excerpt(registration))
    if country == "FR" and not (is_siren(number) or is_rna(number)):
        return _(
            "{number} is not a SIREN or SIRET, nor the RNA number of an association (W and nine digits):"
            " its length or its check digit is wrong; copy it from the Kbis"
        ).format(number=registration)
    if charity and re.fullmatch(r"[0-9]{1,7}|NIC?[0-9]{6}", number):
        return None
    if country == "GB" and not _BRITISH.fullmatch(number):
        return _(
            "{number} is not a UK company number; write eight digits, or two letters and six digits, such as 01234567"
        ).format(number=registration)
    modules = _modules(_REGISTERS.get(country or "", ()))
    is_other = re.fullmatch(_OTHER_NUMBERS.get(country or "", ""), number)
    if modules and not is_other and not any(module.is_valid(registration.strip()) for module in modules):
        return _(
            "{number} is not a company number of that country: its length or its check digit is wrong"
        ).format(number=registration)
    return None


# --- Numbers for taxes on sales -----------------------------------------------------

_NAMES_ITS_TAX = re.compile(r"(?:MVA|TVA|MWST|IVA|TPS|GST)\Z")


def names_its_tax(vat: str) -> bool:
    """Whether a number ends with the name of the tax itself: "CHE-107.787.577 TVA", "NO 995 525 828 MVA"."""
    return bool(_NAMES_ITS_TAX.search(compact(vat)))


def _is_vat(number: str, country: str | None) -> bool:
    """Whether a number is one of VAT, or of a tax like it, of the country in its prefix or of the party's."""
    # "TVA FR…": the letters of the tax are no country's, though Tuvalu begins with them.
    if not re.fullmatch(r"(?!TVA|VAT|IVA|MWST|UST)(?=(?:.*[0-9]){4})[A-Z0-9/&+*]{5,20}", number):
        return False
    for prefix, modules in _VAT_BY_PREFIX.items():
        if number.startswith(prefix):
            bare = number.removeprefix(prefix) if prefix in {"NO", "MC"} else number
            bare = bare.removesuffix("MVA") if prefix == "NO" else bare
            return any(module.is_valid(bare) for module in _modules(modules))
    if number.startswith("LI"):
        return re.fullmatch(r"LI[0-9]{5}", number) is not None
    is_european = number[:2].isalpha() and _modules(["eu.vat"])[0].is_valid(number)
    return is_european or _is_of_country(number, number[:2]) or _is_of_country(number, country)


_VAT_BY_PREFIX = {  # Liechtenstein's companies have Swiss numbers as well
    "CHE": ["ch.vat", "ch.uid"],
    "GB": ["gb.vat"],
    "XI": ["gb.vat"],
    "NO": ["no.orgnr"],
    "MC": ["mc.tva"],
}
_UNION = re.compile(
    "AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI"
)
"""Where a number begins with the letters of its country."""


def home_of_vat(vat: str) -> str | None:
    """The country in whose territory of VAT a number is registered, as the letters before it tell; None if they do not."""
    number = compact(vat)
    letters = "CH" if number.startswith("CHE") else number[:2]
    if not (_UNION.fullmatch(letters) or letters == "CH"):
        return None
    return {"EL": "GR", "XI": "GB"}.get(letters, letters)


def _is_of_country(number: str, country: str | None) -> bool:
    """Whether a number, with or without the country's letters, is one of a country outside the European Union."""
    if country not in places.countries() or _UNION.fullmatch(country) or country == "US":
        return False
    if country == "CA" and re.fullmatch(r"(?:CA)?(?:[0-9]{10}TQ[0-9]{4})", number):
        return True  # Québec's own
    module = _module("util").get_cc_module(country, "vat")
    bare = number.removeprefix(country)
    if country == "JP":  # as invoices have it, with a T
        bare = bare.removeprefix("T")
    if module is None:
        return True
    return bool(module.is_valid(number) or module.is_valid(bare))


def wrong_vat(vat: str, registration: str | None, country: str | None = None) -> str | None:
    """What is wrong with a VAT number, or a number for a tax like it of the party's `country`, or None.

    A French one ends with the company's SIREN: CGI, ann. II, art. 242 nonies A.
    """
    number = compact(vat)
    if _DAMAGED.fullmatch(vat) or not _is_vat(number, country):
        return _(
            "{number} is not a VAT number: its prefix, length or check digits are wrong; copy it from an invoice"
        ).format(number=vat)
    registered = of_company(registration or "")
    if number.startswith("FR") and is_siren(registered) and not number.endswith(registered):
        return _(
            "{number} does not belong to the company registered as {registration}; correct one of the two"
        ).format(number=vat, registration=registration)
    return None
