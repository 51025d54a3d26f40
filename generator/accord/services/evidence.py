"""What a PDF is evidence of in the life of a letter: the letter, the document of a step, or the signatures in it."""

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from accord import isolation
from accord.domain.promise import Terms
from accord.domain.sequel import Paper, Sequel
from accord.errors import Defect
from accord.i18n import _
from accord.letter import record
from accord.register.entries import Entry
from accord.services import foreign
from accord.services.issue import entry_of, path_from
from accord.services.read_pdf import read_pdf
from accord.text.characters import path_name
from accord.verify import embedded_data, recompose, signature_fields, signatures
from accord.verify.verdict import Answer

SIGNATORIES = ("supplier", "prospect")
"""The fields in which the two sides sign."""


@dataclass(frozen=True)
class Evidence:
    """What a verified PDF says; `path` is its own, from the folder of the register's house.

    `answer` is that of `verify`; for any but an unaltered final letter, the rest is empty.  `entry` is
    that of a letter, None in the document of a step, which has a `paper`, and the `terms` of its
    agreement.  `signed` has the day of each signature that holds by its field, None where it says none.
    """

    answer: Answer
    path: str
    sha256: str
    final: bool = False
    reference: str = ""
    entry: Entry | None = None
    paper: Paper | None = None
    terms: Terms | None = None
    signed: Mapping[str, datetime.date | None] = field(default_factory=dict)

    @property
    def is_signed(self) -> bool:
        """Whether both sides have signed it."""
        return self.signed.keys() >= {*SIGNATORIES}

    @property
    def signed_on(self) -> datetime.date | None:
        """The day of the last signature; None where none says it."""
        return max(filter(None, self.signed.values()), default=None)

    @property
    def refusal(self) -> Defect | None:
        """Why it is no evidence of any letter; None if it is."""
        if self.answer not in {"authentic", "intact"}:
            return Defect(
                _("is not as Accord made it, and is not recorded; “accord verify” says what differs")
            )
        if not self.final:
            return Defect(_("is a draft; only final letters are recorded (accord render --final)"))
        return None


def evidence_of(path: Path, folder: Path, house: Path | None, process: isolation.Process) -> Evidence:
    """What a PDF is evidence of, once it was verified in `process`; `AccordError` for a file that cannot be read.

    `folder` is that of the register's house, `house` its file.
    """
    return foreign.ask(process, Evidence, "accord.services.evidence:evidence_in", [path], folder, house)


def entry_of_pdf(path: Path, folder: Path, house: Path | None, process: isolation.Process) -> Entry:
    """The entry of a final letter's PDF; `AccordError` for any other file."""
    evidence, source = evidence_of(path, folder, house, process), path_name(path)
    if evidence.refusal:
        raise evidence.refusal.about(source)
    if evidence.entry is None:
        sentence = _("is a document of a step, which “accord follow” records with the step")
        raise Defect(sentence).about(source)
    return evidence.entry


def evidence_in(files: Sequence[Path], folder: Path, house: Path | None) -> Evidence:
    """The same as `evidence_of`; to be called in a process of its own."""
    from accord.verify import verify  # noqa: PLC0415 - only there

    (path,) = files
    source, content = path_name(path), read_pdf(path)
    verdict = verify.answer(content, source, house)
    found = Evidence(
        answer=verdict["answer"],
        path=path_from(folder, path),
        sha256=hashlib.sha256(content).hexdigest(),
        final=verdict["final"],
    )
    if found.refusal:
        return found
    recorded = record.recorded(embedded_data.data_of(content, source), source)
    found = replace(found, reference=verdict["reference"], signed=dict(_signed(content)))
    deal, house_of_it = recorded.deal, recorded.house_file.house
    if isinstance(deal, Sequel):
        return replace(found, paper=deal.paper, terms=Terms.of(deal, house_of_it))
    letter = recompose.letter_of(recorded, source)
    return replace(found, entry=entry_of(letter, deal, house_of_it, content, found.path))


def _signed(content: bytes) -> Iterator[tuple[str, datetime.date | None]]:
    """The fields whose signatures hold, and the day that each says it was made."""
    pdf = embedded_data.open_pdf(content)
    days = {str(each.get("/T", "")): _day_of(each["/V"].get("/M")) for each in signature_fields.signed(pdf)}
    for signature in signatures.read(content, pdf):
        if not (signature.fault or signature.is_time_stamp):
            yield signature.field, days.get(signature.field)


def _day_of(time: object) -> datetime.date | None:
    """The day of a time such as D:20261201093000+01'00', where it was: ISO 32000-1, 7.9.4."""
    with suppress(ValueError):
        return datetime.datetime.strptime(f"{time}"[:10], "D:%Y%m%d").date()  # noqa: DTZ007 - a day
    return None
