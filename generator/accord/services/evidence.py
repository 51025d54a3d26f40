"""What a PDF is evidence of in the life of a letter: the letter, the document of a step, or the signatures in it."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from accord import isolation
from accord.domain.promise import SIDES, Side, Terms
from accord.domain.sequel import Paper, Sequel
from accord.errors import Defect
from accord.i18n import _
from accord.letter import record
from accord.register.entries import Entry
from accord.services import foreign
from accord.services.issue import entry_of, path_from
from accord.services.read_pdf import read_pdf
from accord.signing.trust import Trust
from accord.text.characters import path_name
from accord.verify import embedded_data, recompose
from accord.verify.signed import Signed
from accord.verify.verdict import Answer, Verdict


@dataclass(frozen=True)
class Evidence:
    """What a verified PDF says; `path` is its own, from the folder of the register's house.

    `answer` is that of `verify`; for any but an unaltered or repackaged final letter, the rest is empty.  `entry` is
    that of a letter, None in the document of a step, which has a `paper`, and the `terms` of its
    agreement.  `signers` are the signatures that hold, where they were asked for.
    """

    answer: Answer
    path: str
    sha256: str
    final: bool = False
    reference: str = ""
    entry: Entry | None = None
    paper: Paper | None = None
    terms: Terms | None = None
    signers: tuple[Signed, ...] = ()

    @property
    def signed(self) -> tuple[Side, ...]:
        """The sides that have signed it, each in its field."""
        fields = {each.field for each in self.signers}
        return tuple(side for side in SIDES if side in fields)

    @property
    def is_signed(self) -> bool:
        """Whether both sides have signed it."""
        return self.signed == SIDES

    @property
    def signatures(self) -> dict[str, Any]:
        """Who signed, when, and how the certificate of each was trusted, as the register keeps it."""
        return {"signatures": sorted(self.signed), "signers": [_kept(each) for each in self.signers]}

    @property
    def signed_on(self) -> datetime.date | None:
        """The day of the last signature; None where none says it."""
        return max(filter(None, (each.day for each in self.signers)), default=None)

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


def evidence_of(
    path: Path, folder: Path, house: Path | None, process: isolation.Process, trust: Trust | None = None
) -> Evidence:
    """What a PDF is evidence of, once it was verified in `process`; `AccordError` for a file that cannot be read.

    `folder` is that of the register's house, `house` its file; `trust` is whom to trust besides those whom the house
    trusts, None to ask for no signatures.
    """
    return foreign.ask(
        process, Evidence, "accord.services.evidence:evidence_in", [path], folder, house, trust
    )


def entry_of_pdf(path: Path, folder: Path, house: Path | None, process: isolation.Process) -> Entry:
    """The entry of a final letter's PDF; `AccordError` for any other file."""
    evidence, source = evidence_of(path, folder, house, process), path_name(path)
    if evidence.refusal:
        raise evidence.refusal.about(source)
    if evidence.entry is None:
        sentence = _("is a document of a step, which “accord follow” records with the step")
        raise Defect(sentence).about(source)
    return evidence.entry


def evidence_in(
    files: Sequence[Path], folder: Path, house: Path | None, trust: Trust | None = None
) -> Evidence:
    """The same as `evidence_of`; to be called in a process of its own."""
    from accord.verify import verify  # noqa: PLC0415 - only there

    (path,) = files
    source, content = path_name(path), read_pdf(path)
    verdict = TypeAdapter(Verdict).validate_python(verify.answer(content, source, house, trust=trust))
    found = Evidence(
        answer=verdict.answer,
        path=path_from(folder, path),
        sha256=hashlib.sha256(content).hexdigest(),
        final=verdict.final,
    )
    if found.refusal and not (found.answer == "repackaged" and found.final):
        return found
    recorded = record.recorded(embedded_data.data_of(content, source), source)
    signers = tuple(each for each in verdict.signatures if each.is_signature)
    found = replace(found, reference=verdict.reference, signers=signers)
    deal, house_of_it = recorded.deal, recorded.house_file.house
    if isinstance(deal, Sequel):
        return replace(found, paper=deal.paper, terms=Terms.of(deal, house_of_it))
    letter = recompose.letter_of(recorded, source)
    return replace(found, entry=entry_of(letter, deal, house_of_it, content, found.path))


def _kept(signed: Signed) -> dict[str, str]:
    """What the register keeps of a signature."""
    return {
        "field": signed.field,
        "name": signed.signer,
        "certificate": signed.subject,
        "issuer": signed.issuer,
        "time": signed.time,
        "clock": signed.clock,
        "trust": signed.trust,
        "level": signed.level,
    }
