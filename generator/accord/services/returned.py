"""The letter that came back signed: by one side or both, in its own fields, or on paper, of which the file is a scan."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord import isolation
from accord.domain.promise import SIDES, Side
from accord.errors import Defect
from accord.i18n import _
from accord.register.entries import Entry
from accord.services.evidence import Evidence, evidence_of
from accord.signing.trust import Trust
from accord.text.characters import path_name
from accord.verify.signed import Signed


@dataclass(frozen=True)
class Returned:
    """A file that shows the signatures: of which letter (None for a scan), on which day if it says one, and what to record of it.

    `signed` says which sides have signed it, `signers` who they are, as far as a file can tell.
    """

    letter: Entry | None
    day: datetime.date | None
    details: Mapping[str, Any]
    signed: tuple[Side, ...] = SIDES
    signers: tuple[Signed, ...] = ()

    def of(self, entry: Entry, source: str) -> Mapping[str, Any]:
        """What to record of it in the life of this letter; `FaultyInput` if it is another one."""
        if self.letter and (self.letter.reference, self.letter.version) != (entry.reference, entry.version):
            sentence = _(
                "is {other}, version {version}, and not {reference}, version {issued}, which is on record; name the file"
                " that was signed"
            )
            raise Defect(
                sentence.format(
                    other=self.letter.reference,
                    version=self.letter.version,
                    reference=entry.reference,
                    issued=entry.version,
                )
            ).about(source)
        return self.details


def returned(  # noqa: PLR0913 - a file, and what to judge it by
    path: Path, folder: Path, house: Path | None, process: isolation.Process, trust: Trust, *, scan: bool
) -> Returned:
    """What a file that came back shows, once it was verified in `process`; `FaultyInput` for one that shows no signature.

    `scan` is what its user says it is.  `folder` is that of the register's house, `house` its file; `trust` is whom to
    trust besides those whom the house trusts.
    """
    evidence = evidence_of(path, folder, house, process, trust)
    if defect := _why_not_a_scan(evidence) if scan else _why_not_signed(evidence):
        raise defect.about(path_name(path))
    details = {"file": evidence.path, "sha256": evidence.sha256}
    if scan:
        return Returned(evidence.entry, None, {**details, "scan": True})
    return Returned(
        evidence.entry,
        evidence.signed_on,
        {**details, **evidence.signatures},
        evidence.signed,
        evidence.signers,
    )


def _why_not_a_scan(evidence: Evidence) -> Defect | None:
    if evidence.answer == "foreign" or (evidence.answer == "repackaged" and evidence.entry):
        return None  # of a letter that a service repackaged, its reader says who signed it, as of a scan
    return Defect(_("is a file that Accord made, and no scan of one; record it as what it is"))


def _why_not_signed(evidence: Evidence) -> Defect | None:
    """Why a file does not show that a side has signed; None if it does."""
    if evidence.answer == "foreign":
        return Defect(
            _(
                "is no letter of Accord; if it is a scan of the letter signed on paper, say so: accord follow signed"
                " REFERENCE --file FILE --scan"
            )
        )
    if evidence.answer == "repackaged":
        return Defect(
            _(
                "is the letter as a signing service wrote it anew, so that neither side’s signature is in its field; read"
                " what was added (accord verify) and, if both have signed, say so: accord follow signed REFERENCE --file"
                " FILE --scan"
            )
        )
    if evidence.refusal:
        return evidence.refusal
    if evidence.entry is None:
        return Defect(_("is the document of a step; name the letter that was signed"))
    if evidence.signed:
        return None
    return Defect(
        _(
            "bears no signature of either side; have both sides sign it, or, if they signed on paper, record the scan"
            " (accord follow signed REFERENCE --file FILE --scan)"
        )
    )
