"""A letter signed in the field of a party: only one to sign, that nobody has touched, by that party."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from accord import i18n, isolation
from accord.clauses.library import Library
from accord.domain.choices import Language, Locale
from accord.domain.printed import Printed
from accord.errors import AccordError, Defect
from accord.i18n import _
from accord.letter import record
from accord.letter.letter import Letter
from accord.services import foreign
from accord.services.read_pdf import read_pdf
from accord.signing import pades, reading
from accord.signing.holders import is_of, name_in
from accord.signing.keys import Key
from accord.text import fonts, formats
from accord.text.characters import excerpt, path_name
from accord.verify import embedded_data, recompose, signature_fields
from accord.verify.verdict import Answer

PartyName = Literal["supplier", "prospect"]
FACE = fonts.FACES[0]


class Refused(AccordError):
    """A letter that is not to be signed so."""

    exit_code = 1


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, from its top left corner."""

    left: float
    """from the left edge of the page"""
    top: float
    """from the upper edge of the page"""
    width: float
    """of the rectangle"""
    height: float
    """of the rectangle"""


@dataclass(frozen=True)
class SignatureField:
    """Where a party signs, and who."""

    name: str
    """of the field in the PDF: supplier or prospect"""
    order: int
    """1 for the party that signs first"""
    party: str
    """the company's name"""
    signer: str
    """who signs for it; empty if the letter names nobody"""
    title: str
    """of the signer; empty if the letter states none"""
    page: int
    """from 1"""
    points: Box
    """the field on its page, in points of 1/72 inch"""
    percent: Box
    """the same, in hundredths of the page's width and height"""
    signed: bool
    """whether a signature stands in it"""
    identifiers: tuple[str, ...] = ()
    """register and VAT numbers of the company, as a certificate may state them"""


@dataclass(frozen=True)
class LetterToSign:
    """A letter's signature fields, and what it is."""

    file: str
    """the PDF, as it was named"""
    reference: str
    """of the letter"""
    version: str
    """letters that change with the letter's words; empty where it has none"""
    sha256: str
    """of the file, in hexadecimal"""
    final: bool
    """whether it is a letter to sign, not a draft"""
    answer: Answer
    """as of accord verify"""
    language: Language
    """of the letter"""
    locale: Locale
    """how the letter writes dates"""
    fields: tuple[SignatureField, ...]
    """in the order of signing; a decline has none"""


@dataclass(frozen=True)
class Fields(Printed):
    """What accord sign --fields prints."""

    letter: LetterToSign
    """the letter and its signature fields"""


def read_letter(path: Path, process: isolation.Process) -> tuple[bytes, LetterToSign]:
    """The content of a PDF and what it is as a letter to sign; `AccordError` for a file that is none."""
    letter = foreign.ask(process, LetterToSign, "accord.services.sign:letter_in", [path])
    content = read_pdf(path)
    if hashlib.sha256(content).hexdigest() != letter.sha256:
        raise Defect(_("was changed while it was read; try again")).about(path_name(path))
    return content, letter


def letter_in(files: Sequence[Path]) -> LetterToSign:
    """What the one file is as a letter to sign; to be called in a process of its own."""
    from accord.verify import verify  # noqa: PLC0415 - the engine is needed in that process only

    (path,) = files
    content, source = read_pdf(path), path_name(path)
    data = embedded_data.data_of(content, source)
    letter = recompose.letter_of(record.recorded(data, source), source)
    pdf = embedded_data.open_pdf(content)
    return LetterToSign(
        file=source,
        reference=letter.reference,
        version=letter.version,
        sha256=hashlib.sha256(content).hexdigest(),
        final=letter.final,
        answer=verify.verify(content, source).answer,
        language=letter.language,
        locale=letter.locale,
        fields=tuple(
            _field(pdf, letter, data, order)
            for order in range(1, len(letter.signatories) + 1)
            if letter.countersigned
        ),
    )


def _field(pdf: Any, letter: Letter, data: Mapping[str, Any], order: int) -> SignatureField:
    """The field of the party that signs as the one of this place, from 1."""
    signatory = letter.signatories[order - 1]
    party = data["house"]["supplier"] if signatory.field == "supplier" else data["deal"]["prospect"]
    field = next(each for each in signature_fields.fields(pdf) if each.get("/T") == signatory.field)
    number, page = next(
        (number, page)
        for number, page in enumerate(pdf.pages, 1)
        if field.objgen in [each.objgen for each in page.obj.get("/Annots", [])]
    )
    left, bottom, right, top = map(float, field["/Rect"])
    _x, _y, width, height = map(float, page.mediabox)
    points = Box(left, height - top, right - left, top - bottom)
    percent = [points.left / width, points.top / height, points.width / width, points.height / height]
    return SignatureField(
        name=signatory.field,
        order=order,
        party=str(signatory.party),
        signer=str(signatory.name),
        title=str(signatory.title),
        page=number,
        points=Box(*(round(each, 2) for each in (points.left, points.top, points.width, points.height))),
        percent=Box(*(round(100 * each, 3) for each in percent)),
        signed="/V" in field,
        identifiers=tuple(party[key] for key in ("registration", "vat") if party.get(key)),
    )


@dataclass(frozen=True)
class Signing:
    """Who signs which field of a letter; `now` is the current time, with its zone."""

    letter: LetterToSign
    field: SignatureField
    now: datetime.datetime

    def sign(self, content: bytes, key: Key, evidence: pades.Evidence) -> tuple[bytes, str]:
        """The PDF `content` of the letter, signed, and by whom, as a sentence.

        Raises `Refused` for another's certificate, and what `pades.sign` does.
        """
        stamp = pades.Stamp(self._lines, FACE.path)
        signed, certificate = pades.sign(content, key, self.field.name, stamp, evidence)
        if _is_of(certificate, self.field):
            sentence = _("Signed by {name} for {party}.")
        else:
            sentence = _(
                "Signed by {name} for {party}. The certificate names neither this company nor who signs for it in the"
                " letter: see to it that this person may."
            )
        name, party = excerpt(name_in(certificate)), excerpt(self.field.party)
        return signed, sentence.format(name=name, party=party)

    def _lines(self, certificate: Any) -> Sequence[str]:
        """What the field shows, in the letter's language: who signs, when, and what."""
        self._refuse(certificate)
        words = Library().labels(self.letter.language)["stamp"]
        name = name_in(certificate)
        is_printable = name and not fonts.uncovered(name)
        moment = words["moment"].format(
            date=formats.date(self.now.date(), self.letter.locale),
            hours=self.now.strftime("%H"),
            minutes=self.now.strftime("%M"),
            zone=self.now.strftime("UTC%z") if self.now.utcoffset() else "UTC",
        )
        return (
            words["signed_by"].format(name=name) if is_printable else words["signed"],
            moment,
            f"{self.letter.reference} {self.letter.version}".strip(),
        )

    def _refuse(self, certificate: Any) -> None:
        """`Refused` for a certificate that is not valid now, is not for signing, or is the other party's."""
        name = excerpt(name_in(certificate))
        if not certificate.not_valid_before <= self.now <= certificate.not_valid_after:
            sentence = _(
                "The certificate of {name} is valid from {first} to {last} only; sign with one that is valid now."
            )
            first, last = (
                formats.date(moment.date(), i18n.locale())
                for moment in (certificate.not_valid_before, certificate.not_valid_after)
            )
            raise Refused(sentence.format(name=name, first=first, last=last))
        if not reading.is_meant(certificate, is_stamp=False):
            sentence = _(
                "The certificate of {name} was issued for something else than signing; sign with one that is for signing."
            )
            raise Refused(sentence.format(name=name))
        others = [each for each in self.letter.fields if each.name != self.field.name]
        if not _is_of(certificate, self.field) and any(_is_of(certificate, other) for other in others):
            sentence = _(
                "The certificate is that of {name}, of the other party; in this field signs {party}. For the field"
                " of that certificate: --as {other}."
            )
            party = excerpt(self.field.party)
            raise Refused(sentence.format(name=name, party=party, other=others[0].name))


def field_to_sign(letter: LetterToSign, party: PartyName) -> SignatureField:
    """The empty field of the party; `Refused` for a letter that it cannot sign."""
    field = {each.name: each for each in letter.fields}.get(party)
    if letter.answer not in {"authentic", "intact"}:
        fault = _(
            "was altered, or put together anew; “accord verify” says what differs: ask for the letter as it was sent"
        )
    elif not letter.final:
        fault = _("is a draft; sign the final letter (accord render --final)")
    elif not letter.fields:
        fault = _("has no field for a signature, since not both parties sign it")
    elif field is None:
        fault = _("has no field {field}; the other party signs it alone").format(field=party)
    elif field.signed:
        fault = _("is signed in the field {field} already").format(field=party)
    else:
        return field
    raise Refused(str(Defect(fault).about(letter.file)))


def _is_of(certificate: Any, field: SignatureField) -> bool:
    return is_of(certificate, field.party, field.signer, field.identifiers)
