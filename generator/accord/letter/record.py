"""What of a letter is kept as data, and what it is called by.

The record goes into the PDF: what the page says, and nothing else.
"""

import base64
import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.domain.deal import Deal
from accord.domain.house import HouseFile, Logo
from accord.errors import AccordError, Defect
from accord.i18n import _
from accord.intake import logo
from accord.intake.loader import deal_from, house_from
from accord.letter import printed
from accord.letter.kinds import KINDS
from accord.letter.letter import as_json

DATA_FORMAT = 1
"""Version of the record; a reader refuses one it does not know."""

Wording = Mapping[str, Mapping[str, str] | None]
"""A house's own text of a clause by the name of its file: title and body, or None if it leaves the clause out."""


def printed_data(
    deal: Deal, house_file: HouseFile, wording: Wording | None = None, *, final: bool
) -> dict[str, Any]:
    """What the page says, as data: nothing else leaves the company with the file.

    `wording` holds the clauses that are not the library's.  With them and the
    logo, the data alone is enough to compose the letter again.
    """
    kind, house = KINDS[deal.kind], house_file.house
    deal_data = deal.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    house_data = {
        "supplier": printed.party(house.supplier.model_dump(mode="json", exclude_none=True)),
        "brand": _printed_brand(house_file),
        **kind.printed_house(deal, house),
    }
    data = {
        "format": DATA_FORMAT,
        "final": final,
        "deal": kind.printed_deal(deal, house, deal_data),
        "house": printed.without_empty(house_data),
    }
    if house_file.logo:
        picture = base64.b64encode(house_file.logo.content).decode()
        data["logo"] = f"data:{house_file.logo.media_type};base64,{picture}"
    if wording:
        data["clauses"] = wording
    return data


def _printed_brand(house_file: HouseFile) -> dict[str, Any]:
    """The colour and what the logo says; the picture stands beside the house."""
    brand = house_file.house.brand
    return {"colour": brand.colour, "logo_alt": brand.logo_alt if house_file.logo else None}


DERIVED = re.compile(rf"(?:{'|'.join(kind.prefix for kind in KINDS.values())})-[0-9]{{8}}-[A-Z2-7]{{5}}")
"""What a derived reference looks like."""


def derive_reference(deal: Deal, data: Mapping[str, Any]) -> str:
    """A prefix per kind, the date, and five base32 characters of the data's SHA-256.

    Nothing is counted or locked, so two people never collide, and changed terms
    show as a changed reference.  What the letter looks like does not count, nor
    whether it is a draft; a reference already in the data does not either.
    """
    terms = {name: data[name] for name in ("deal", "house", "clauses") if name in data}
    terms["deal"] = {key: value for key, value in data["deal"].items() if key != "reference"}
    digest = hashlib.sha256(as_json(terms).encode()).digest()
    return f"{KINDS[deal.kind].prefix}-{deal.date:%Y%m%d}-{base64.b32encode(digest).decode()[:5]}"


@dataclass(frozen=True)
class Recorded:
    """What the data in a letter says: enough to compose it again."""

    deal: Deal
    house_file: HouseFile
    wording: Wording
    final: bool


def recorded(data: Mapping[str, Any], source: str) -> Recorded:
    """The deal, the house and the own wording in a letter's data; `FaultyInput` with every fault.

    `source` is the name of the letter's file.
    """
    version, final, wording = data.get("format"), data.get("final"), data.get("clauses", {})
    if isinstance(version, int) and version > DATA_FORMAT:
        raise AccordError(
            _(
                "{source}: was made by a newer version of Accord, whose data this one cannot read; update Accord"
            ).format(source=source)
        )
    if (
        version != DATA_FORMAT
        or not isinstance(final, bool)
        or not all(isinstance(data.get(name), dict) for name in ("deal", "house"))
        or not _is_wording(wording)
    ):
        raise AccordError(
            _(
                "{source}: the data in this letter is not as Accord writes it; ask its sender for the file again"
            ).format(source=source)
        )
    house = house_from(data["house"], source)
    deal = deal_from(data["deal"], source, house, today=datetime.date.min)
    if "logo" not in data:
        return Recorded(deal, HouseFile(Path(source), house), wording, final)
    try:
        picture = logo.inline(data["logo"])
    except Defect as defect:
        raise defect.about(source, "logo") from None
    alternative = house.brand.logo_alt or house.supplier.name
    return Recorded(deal, HouseFile(Path(source), house, Logo(*picture, alternative)), wording, final)


def _is_wording(value: object) -> bool:
    return isinstance(value, dict) and all(
        text is None
        or (
            isinstance(text, dict)
            and text.keys() == {"title", "body"}
            and all(isinstance(part, str) for part in text.values())
        )
        for text in value.values()
    )
