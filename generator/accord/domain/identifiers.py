"""Numbers of companies: register and VAT.

Checksums are python-stdnum's, loaded only where there is a number.
"""

import re

from accord.i18n import _


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


def is_rna(registration: str) -> bool:
    """Whether a number is one of the French register of associations: W and nine digits (arrêté du 14 octobre 2009)."""
    return bool(re.fullmatch(r"W[0-9]{9}", compact(registration)))


def is_siren(registration: str) -> bool:
    """Whether a number is a SIREN or a SIRET."""
    from stdnum.fr import siren, siret  # noqa: PLC0415 - only where there is a number

    number = compact(registration)
    return bool((siret if len(number) == 14 else siren).is_valid(number))


def grouped(registration: str, country: str | None) -> str:
    """A company's number as its country writes it, however it was typed: "552 100 554", "0403.170.701"."""
    number = compact(registration)
    if country == "FR" and re.fullmatch(r"[0-9]{9}|[0-9]{14}", number):
        return " ".join(filter(None, (number[:3], number[3:6], number[6:9], number[9:])))
    if country == "BE" and (digits := re.fullmatch(r"(?:BE)?([0-9]{4})([0-9]{3})([0-9]{3})", number)):
        return ".".join(digits.groups())
    if country == "CH" and (digits := re.fullmatch(r"CHE([0-9]{3})([0-9]{3})([0-9]{3})", number)):
        return f"CHE-{'.'.join(digits.groups())}"
    return number if country == "GB" or is_rna(number) else registration


_PARTS_OF_BRITAIN = {
    **dict.fromkeys(("SC", "SO", "SL"), "Scotland"),
    **dict.fromkeys(("NI", "NC", "NL", "R0"), "Northern Ireland"),
}


def part_of_britain(registration: str) -> str:
    """The part of the United Kingdom in which a company is registered, as its number tells."""
    return _PARTS_OF_BRITAIN.get(compact(registration)[:2], "England and Wales")


def wrong_registration(registration: str, country: str | None, *, charity: bool = False) -> str | None:
    """What is wrong with a company's number in the register, or None.

    SIREN or SIRET, RNA of associations, Belgian enterprise number, Swiss UID, UK
    company number; the last has no checksum (two letters and six digits, or
    eight digits), nor has that of a charity (up to seven digits).  A
    French-looking number is checked as such when no country is given.
    """
    from stdnum.be import vat as be  # noqa: PLC0415 - only where there is a number
    from stdnum.ch import uid as ch  # noqa: PLC0415

    number = compact(registration)
    country = country or ("FR" if re.fullmatch(r"[0-9]{9}|[0-9]{14}", number) else None)
    if country == "FR" and not (is_siren(number) or is_rna(number)):
        return _(
            "{number} is not a SIREN or SIRET, nor the RNA number of an association (W and nine digits):"
            " its length or its check digit is wrong; copy it from the Kbis"
        ).format(number=registration)
    if charity and re.fullmatch(r"[0-9]{1,7}|NIC?[0-9]{6}", number):
        return None
    if country == "GB" and not re.fullmatch(r"[0-9]{8}|[A-Z]{2}[0-9]{5}[0-9A-Z]", number):
        return _(
            "{number} is not a UK company number; write eight digits, or two letters and six digits, such as 01234567"
        ).format(number=registration)
    if (country == "BE" and not be.is_valid(number)) or (country == "CH" and not ch.is_valid(number)):
        return _("{number} is not a company number of that country: its check digit is wrong").format(
            number=registration
        )
    return None


def wrong_vat(vat: str, registration: str | None) -> str | None:
    """What is wrong with a VAT number of the EU, the United Kingdom or Switzerland, or None.

    A French one ends with the company's SIREN: CGI, ann. II, art. 242 nonies A.
    """
    from stdnum.ch import vat as ch  # noqa: PLC0415 - only where there is a number
    from stdnum.eu import vat as eu  # noqa: PLC0415
    from stdnum.fr import siren  # noqa: PLC0415
    from stdnum.gb import vat as gb  # noqa: PLC0415

    number = compact(vat)
    country = gb if number.startswith("GB") else ch if number.startswith("CHE") else eu
    if not (country.is_valid(number) and number[:2].isalpha()):
        return _(
            "{number} is not a VAT number: its prefix, length or check digits are wrong; copy it from an invoice"
        ).format(number=vat)
    registered = of_company(registration or "")
    if number.startswith("FR") and siren.is_valid(registered) and not number.endswith(registered):
        return _(
            "{number} does not belong to the company registered as {registration}; correct one of the two"
        ).format(number=vat, registration=registration)
    return None
