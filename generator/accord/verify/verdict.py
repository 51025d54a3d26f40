"""The verdict on a PDF, reached in a process of its own: whoever sends a file may have made it to do harm."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from accord import isolation
from accord.domain.printed import Printed
from accord.signing.trust import Trust
from accord.verify.signed import Signed

Answer = Literal["authentic", "intact", "repackaged", "altered", "foreign"]
LIMITS = isolation.OF_A_LETTER


@dataclass(frozen=True)
class WordingStatus:
    """Whose words a clause has, where it has not the library's, or the house has approved others."""

    file: str
    """name of the clause file, such as 32-price.vat.md"""
    status: Literal["approved", "own", "superseded", "unknown"]
    """the house's: approved, or own; superseded: the library's, though the house approved its own; unknown: neither's"""


@dataclass(frozen=True)
class Verdict:
    """The answer for one file."""

    file: str
    """the PDF, as it was named"""
    answer: Answer
    """authentic: the same bytes; intact: the same pages; repackaged: the same pages in a file that lost or gained
    what is listed; altered: what differs is listed; foreign: no letter of Accord"""
    reference: str = ""
    """of the letter; empty where the file holds none"""
    version: str = ""
    """letters that change with the letter's words; empty where it has none"""
    title: str = ""
    """of the letter; empty where the file holds none"""
    final: bool = False
    """whether it is a letter to sign, not a draft"""
    differences: tuple[str, ...] = ()
    """what differs from what its data composes, as sentences in the language of the interface"""
    lost: tuple[str, ...] = ()
    """what a repackaged letter lost, such as its signature fields, as sentences in the language of the interface"""
    added: tuple[str, ...] = ()
    """what was added to a repackaged letter, for which only who signed the file answers: such a file is no clean answer"""
    wording: tuple[WordingStatus, ...] = ()
    """the clauses that do not have the library's words; empty where all have"""
    deviating: int = 0
    """how many of them have words that neither the library nor the house at hand vouches for: such a file is no clean answer"""
    unapproved: int | None = None
    """how many of the library's clauses in it the house at hand has not approved; null without a house"""
    house: str = ""
    """the house file by which its clauses were judged; empty without one"""
    notes: tuple[str, ...] = ()
    """what else to know, as sentences in the language of the interface"""
    signatures: tuple[Signed, ...] = ()
    """who signed it, in the order of its fields"""


@dataclass(frozen=True)
class Verdicts(Printed):
    """What accord verify --json prints."""

    verdicts: tuple[Verdict, ...]
    """one per file that could be read, in the order given"""


def verdict_on(  # noqa: PLR0913 - a file, and what to judge it by
    content: bytes,
    source: str,
    house: Path | None,
    process: isolation.Process,
    path: Path | None = None,
    *,
    trust: Trust | None = None,
) -> Verdict:
    """The verdict on a file, reached in `process`, which may serve other files too.

    `house` is the house file to judge the words by, else the one at hand, unless it lies beside the file at `path`.
    `trust` says whom to trust, besides those whom the house trusts; without it, signatures are not told one by one.
    Raises `AccordError`, as `verify.verify` and `loader.read_house` do; one
    that names the file if it exceeds the limits.
    """
    try:
        fields = process.call("accord.verify.verdict:answer", content, source, house, path, trust)
    except isolation.NoAnswer as defect:
        raise defect.about(source) from None
    return _of_plain(fields)


def answer(
    content: bytes, source: str, house: Path | None, path: Path | None, trust: Trust | None
) -> dict[str, Any]:
    """What `verify.answer` gives, which is loaded while a copy of this process sets the page that it will ask for."""
    from accord.clauses.library import Library  # noqa: PLC0415 - only in the process that verifies
    from accord.verify import recompose  # noqa: PLC0415 - the same

    library = Library()
    recompose.expect(content, source, library)
    from accord.verify import verify  # noqa: PLC0415 - see above

    return verify.answer(content, source, house, path, trust, library)


def _of_plain(fields: dict[str, Any]) -> Verdict:
    """The verdict that `verify.answer` gave, from JSON; without pydantic, which weighs as much as all else that waits for it."""
    rows = {"wording": WordingStatus, "signatures": Signed}
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    plain |= {name: tuple(row(**each) for each in plain[name]) for name, row in rows.items()}
    return Verdict(**plain)
