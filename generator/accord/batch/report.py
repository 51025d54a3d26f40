"""What became of each row of a batch, and the report of it as CSV and JSON."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Literal

from accord import files, i18n
from accord.batch.spreadsheet import CSV_MARK, csv_line
from accord.domain.printed import Printed
from accord.errors import OutputError, in_a_line
from accord.i18n import _
from accord.review.findings import Finding
from accord.text.characters import harmless

RowVerdict = Literal["written", "unchanged", "good", "refused", "failed", "passed"]
JSON_HEAD = '{"format": 1, "report": [\n'
RUNS_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where a program splits the file by another delimiter than ours, a cell begins within a text.
BEGINS_ELSEWHERE = re.compile(r'(?<=[;,|\n])(?="*[=+\-@＝＋－＠])')


@dataclass(frozen=True)
class Outcome:
    """One row: its letter written, there already, or good to be written; or why there is none, or none was due.

    `row` is its number or the name of its file, `source` how errors name it;
    `file` is the path of the letter, if there is one, `title` what it is called.  With `fatal`, no other
    row would fare better.
    """

    row: str
    source: str
    verdict: RowVerdict
    reference: str = ""
    file: str = ""
    findings: tuple[Finding, ...] = ()
    fatal: bool = False
    title: str = ""

    @property
    def has_letter(self) -> bool:
        """Whether the row's letter is there, could be, or is none that anybody meant."""
        return self.verdict in {"written", "unchanged", "good", "passed"}


@dataclass(frozen=True)
class ReportedRow:
    """One row of the source."""

    row: str
    """its number, or the name of its file"""
    reference: str
    """of its letter; empty without one"""
    file: str
    """path of its letter; empty without one"""
    verdict: RowVerdict
    """written; unchanged: there already; good: could be written; refused; failed; or passed: no row of a deal"""
    findings: tuple[Finding, ...]
    """what keeps it from having a letter, or what the review found in it"""


@dataclass(frozen=True)
class BatchReport(Printed):
    """What accord batch writes into its report in JSON."""

    report: tuple[ReportedRow, ...]
    """one per row, as they were made"""
    counts: dict[RowVerdict, int]
    """how many rows have each verdict; those that no row has are left out"""


def told(verdict: RowVerdict) -> str:
    """A verdict as the table has it, in the language in use."""
    return {
        "written": _("written"),
        "unchanged": _("unchanged"),
        "good": _("good"),
        "refused": _("refused"),
        "failed": _("failed"),
        "passed": _("passed over"),
    }[verdict]


@dataclass
class ReportWriter:
    """The two files of a report while they are written, and the count of each verdict."""

    table: IO[bytes]
    tree: IO[bytes]
    counts: Counter[RowVerdict] = field(default_factory=Counter)
    held: int = 0
    """the letters with faults that keep them from being final, other than blanks, which drafts are for"""
    warned: int = 0
    """the letters that have warnings"""
    free: int = 0
    """the letters with somebody's own words, to be read again"""

    def add(self, outcome: Outcome) -> None:
        """Write what became of one row."""
        remarks = (in_a_line(finding.where, finding.sentence) for finding in outcome.findings)
        cells = (outcome.row, outcome.reference, outcome.file, told(outcome.verdict), " | ".join(remarks))
        self.table.write(csv_line(map(inert, cells), quote=True).encode())
        row = ReportedRow(outcome.row, outcome.reference, outcome.file, outcome.verdict, outcome.findings)
        comma = ",\n" if self.counts.total() else ""
        self.tree.write(f"{comma}{json.dumps(asdict(row), ensure_ascii=False)}".encode())
        self.counts[outcome.verdict] += 1
        if outcome.has_letter:
            self.held += any(finding.refuses and finding.code != "blank" for finding in outcome.findings)
            self.warned += any(finding.severity == "warning" for finding in outcome.findings)
            self.free += any(finding.code == "free-words" for finding in outcome.findings)


def inert(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula: an apostrophe or a space makes it a text."""
    text = BEGINS_ELSEWHERE.sub(" ", harmless(text))
    return f"'{text}" if text.lstrip(" ").startswith(RUNS_FORMULAS) else text


def paths(base: Path) -> tuple[Path, Path]:
    """The files of a report: `base` with the endings .csv and .json."""
    return base.with_name(f"{base.name}.csv"), base.with_name(f"{base.name}.json")


@contextmanager
def writing(base: Path, *, force: bool = False) -> Iterator[ReportWriter]:
    """A report that gets the names of `paths(base)` once the block ends well.

    An earlier report is replaced, any other file only with `force`; raises
    `OutputError` before anything is written.
    """
    heads = ([*map(csv_head, i18n.LANGUAGES)], [JSON_HEAD.encode()])
    for path, known in zip(paths(base), heads, strict=True):
        if not force and not _is_free(path, known):
            raise OutputError(
                _("{path} exists and is not an earlier report; choose another name with --report.").format(
                    path=path
                )
            )
    try:
        base.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            table, tree = (stack.enter_context(files.growing(path, force=True)) for path in paths(base))
            table.write(csv_head(i18n.language()))
            tree.write(JSON_HEAD.encode())
            writer = ReportWriter(table, tree)
            yield writer
            summary = json.dumps(writer.counts)
            tree.write(f'\n], "counts": {summary}}}\n'.encode())
    except BrokenPipeError:  # of the output, which nobody reads any more
        raise
    except OSError as error:
        raise files.refusal_of(base, error) from None


@contextmanager
def unwritten() -> Iterator[ReportWriter]:
    """A report that is only counted."""
    with Path(os.devnull).open("wb") as nowhere:
        yield ReportWriter(nowhere, nowhere)


def csv_head(language: str) -> bytes:
    """The first line of the CSV report in a language of the interface."""
    with i18n.speaking(language):
        columns = (_("row"), _("reference"), _("file"), _("verdict"), _("findings"))
        return f"{CSV_MARK}{csv_line(columns, quote=True)}".encode()


def _is_free(path: Path, heads: Sequence[bytes]) -> bool:
    """Whether nothing stands there, or an earlier report, which begins with one of `heads`."""
    try:
        with path.open("rb") as file:
            start = file.read(max(map(len, heads)))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    start = start.replace(b";", b",")
    return any(start.startswith(head.replace(b";", b",")) for head in heads)
