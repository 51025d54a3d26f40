"""What of a letter is kept as data, and what it is called by.

The record goes into the PDF: what the page says, and nothing else.
"""

import base64
import datetime
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accord.clauses.labels import Labels
from accord.domain.deal import Agreement, Deal
from accord.domain.deal_file import DealFile, PartialDealFile
from accord.domain.documents import Document, name_of_file
from accord.domain.house import HouseFile
from accord.domain.parties import are_abroad
from accord.domain.sequel import Paper, Sequel
from accord.domain.translated import spoken
from accord.domain.validation import validate
from accord.errors import AccordError, Defect, Fault, FaultyInput
from accord.i18n import _
from accord.intake import logo
from accord.intake.loader import deal_from, house_from
from accord.letter.kinds import KINDS
from accord.letter.kinds.base import printed_party
from accord.text.characters import folded_words

DATA_FORMAT = 2
"""Version of the record; a reader refuses one it does not know.

Format 1 knew no version of the letter: such a letter is composed again without one.
"""

ClauseTexts = Mapping[str, Mapping[str, str] | None]
"""A house's own clauses by the names of their files: title and body, or None for one it leaves out."""


def printed_data(
    deal: Deal,
    house_file: HouseFile,
    clauses: ClauseTexts | None = None,
    documents: Sequence[Document] = (),
    *,
    final: bool,
) -> dict[str, Any]:
    """What the page says, as data: nothing else leaves the company with the file.

    `clauses` are those that are not the library's, `documents` those in the same
    file.  With the clauses and the logo, the data alone is enough to compose
    the letter again.
    """
    kind, picture = KINDS[deal.kind], house_file.logo
    house = spoken(house_file.house, deal.language)
    house_data = {
        "supplier": printed_party(house.supplier.model_dump(mode="json", exclude_none=True)),
        "brand": {"colour": house.brand.colour, "logo_alt": house.brand.logo_alt if picture else None},
        "letters": house.letters.model_dump(include={"closing"}, exclude_defaults=True),
        **kind.printed_house(deal, house),
    }
    deal_data = kind.printed_deal(deal, house)
    if not deal.feature.name:
        del deal_data["feature"]["name"]
    if len(kind.signatories) > 1 and are_abroad(deal.prospect, house.supplier):
        # Its clauses on tax and courts say that the parties have two countries.
        for party, table in (
            (house.supplier, house_data["supplier"]),
            (deal.prospect, deal_data["prospect"]),
        ):
            table["country"] = party.home
    data = {
        "format": DATA_FORMAT,
        "final": final,
        "deal": deal_data,
        "house": _without_empty(house_data),
        **kind.printed_more(deal),
    }
    if documents:
        data["files"] = {document.name: document.sha256 for document in documents}
    if picture:
        data["logo"] = f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode()}"
    if clauses:
        data["clauses"] = clauses
    return data


def _without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what is empty in it, at any depth."""
    pruned = {
        key: _without_empty(value) if isinstance(value, dict) else value for key, value in table.items()
    }
    return {key: value for key, value in pruned.items() if value not in ({}, [], "", None)}


DERIVED = re.compile(
    rf"(?P<kind>{'|'.join(kind.prefix for kind in KINDS.values())})-[0-9]{{8}}-(?P<request>[A-Z2-7]{{5}})"
)
"""What a derived reference looks like."""


def derive_reference(deal: Deal) -> str:
    """A prefix per kind, the date, and five base32 characters of the SHA-256 of who asks for what.

    That is what stays while a deal is filled in.  Nothing is counted or locked,
    so two people never collide; capitals, accents and signs do not count, for
    they are corrected later.  The deal file keeps the reference from then on.
    """
    request = "\n".join(map(folded_words, (deal.prospect.name, deal.feature.name)))
    digest = hashlib.sha256(request.encode()).digest()
    return f"{KINDS[deal.kind].prefix}-{deal.date:%Y%m%d}-{base64.b32encode(digest).decode()[:5]}"


VERSION_LETTERS = "BCDFGHKLMPRSTWXZ"
"""No vowel, so that no word comes out; none that is taken for another when it is spelt in French or English."""


def version_of(words: str) -> str:
    """Four letters that stand for what a letter says: other words, other letters (of 65,536)."""
    digest = hashlib.sha256(words.encode()).digest()[:2]
    return "".join(VERSION_LETTERS[half] for byte in digest for half in (byte >> 4, byte & 15))


@dataclass(frozen=True)
class Recorded:
    """What the data in a letter says: enough to compose it again.

    `version` is the code it carries; None in the first format of the data, which had none.
    """

    deal: Deal
    house_file: HouseFile
    wording: ClauseTexts
    labels: Labels
    final: bool
    version: str | None = None

    @property
    def versioned(self) -> bool:
        """Whether the letter carries the code of its version."""
        return self.version is not None


class _ClauseText(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    title: str
    body: str


class _Data(BaseModel):
    model_config = ConfigDict(strict=True)

    format: Literal[1, 2]
    final: bool
    deal: dict[str, Any]
    house: dict[str, Any]
    version: str = ""
    files: dict[str, Annotated[str, Field(pattern="^[0-9a-f]{64}$")]] = {}
    clauses: dict[str, _ClauseText | None] = {}
    labels: dict[str, dict[str, str]] = {}
    paper: dict[str, Any] | None = None


def recorded(data: Mapping[str, Any], source: str) -> Recorded:
    """The deal, the house and the own clauses in a letter's data; `FaultyInput` with every fault.

    `source` is the name of the letter's file.
    """
    version = data.get("format")
    if isinstance(version, int) and version > DATA_FORMAT:
        sentence = _(
            "{source}: was made by a newer version of Accord, whose data this one cannot read; update Accord"
        )
        raise AccordError(sentence.format(source=source))
    try:
        record = _Data.model_validate(data)
    except ValidationError:
        sentence = _(
            "{source}: the data in this letter is not as Accord writes it; ask its sender for the file again"
        )
        raise AccordError(sentence.format(source=source)) from None

    def document(name: str) -> Document:
        if name not in record.files or name != name_of_file(name):  # a folder in it leads elsewhere
            raise Defect(_("is not in the data of the letter; ask its sender for the file again"))
        return Document(name, record.files[name])

    house = house_from(data["house"], source, document)
    root = DealFile if record.final else PartialDealFile
    deal = deal_from(data["deal"], source, house, today=datetime.date.min, documents=document, root=root)
    if record.paper is not None:
        deal = _with_paper(deal, record.paper, source)
    try:
        picture = house.logo(*logo.inline(data["logo"])) if "logo" in data else None
    except Defect as defect:
        raise defect.about(source, "logo") from None
    return Recorded(
        deal,
        HouseFile(Path(source), house, picture),
        data.get("clauses", {}),
        record.labels,
        record.final,
        record.version if record.format > 1 else None,
    )


def _with_paper(deal: Deal, table: dict[str, Any], source: str) -> Deal:
    """The document of an agreement that a table describes; `FaultyInput` for a faulty table, or without an agreement."""
    paper, faults = validate(Paper, table, source)
    if paper is None or faults:
        raise FaultyInput(replace(fault, key=f"paper.{fault.key}") for fault in faults)
    if not isinstance(deal, Agreement):
        sentence = _("only an agreement has documents that follow it; ask the sender for the file again")
        raise FaultyInput([Fault(source, "paper", sentence)])
    return Sequel.to(deal, paper)
