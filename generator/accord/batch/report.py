"""What became of each row of a batch, and the report of it as CSV and JSON."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Literal

from accord import files, i18n
from accord.batch.spreadsheet import CSV_MARK
from accord.domain.printed import Printed
from accord.errors import OutputError
from accord.i18n import _
from accord.review.findings import Finding
from accord.text.characters import harmless

RowVerdict = Literal["written", "unchanged", "good", "refused", "failed"]
JSON_HEAD = '{"format": 1, "report": [\n'
RUNS_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where a program splits the file by another delimiter than ours, a cell begins within a text.
BEGINS_ELSEWHERE = re.compile(r'(?<=[;,|\n])(?="*[=+\-@＝＋－＠])')


@dataclass(frozen=True)
class Outcome:
    """One row: its letter written, there already, or good to be written; or why there is none.

    `row` is its number or the name of its file, `source` how errors name it;
    `file` is the path of the letter, if there is one.  With `fatal`, no other
    row would fare better.
    """

    row: str
    source: str
    verdict: RowVerdict
    reference: str = ""
    file: str = ""
    findings: tuple[Finding, ...] = ()
    fatal: bool = False

    @property
    def has_letter(self) -> bool:
        """Whether the row's letter is there, or could be."""
        return self.verdict in {"written", "unchanged", "good"}


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
    """written; unchanged: there already; good: could be written; refused; or failed"""
    findings: tuple[Finding, ...]
    """what keeps it from having a letter, or what the review found in it"""


@dataclass(frozen=True)
class BatchReport(Printed):
    """What accord batch writes into its report in JSON."""

    report: tuple[ReportedRow, ...]
    """one per row, as they were made"""
    counts: dict[RowVerdict, int]
    """how many rows have each verdict; those that no row has are left out"""


COLUMNS = tuple(field.name for field in fields(ReportedRow))


@dataclass
class Report:
    """The two files of a report while they are written, and the count of each verdict."""

    table: IO[bytes]
    tree: IO[bytes]
    delimiter: str
    counts: Counter[RowVerdict]

    def add(self, outcome: Outcome) -> None:
        """Write what became of one row."""
        told = " | ".join(": ".join(filter(None, (each.where, each.sentence))) for each in outcome.findings)
        cells = (outcome.row, outcome.reference, outcome.file, outcome.verdict, told)
        self.table.write(self._line(map(inert, cells)))
        row = ReportedRow(outcome.row, outcome.reference, outcome.file, outcome.verdict, outcome.findings)
        comma = ",\n" if self.counts.total() else ""
        self.tree.write(f"{comma}{json.dumps(asdict(row), ensure_ascii=False)}".encode())
        self.counts[outcome.verdict] += 1

    def _line(self, cells: Iterator[str]) -> bytes:
        line = io.StringIO()
        csv.writer(line, delimiter=self.delimiter, quoting=csv.QUOTE_ALL).writerow(cells)
        return line.getvalue().encode()


def inert(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula: an apostrophe or a space makes it a text."""
    text = BEGINS_ELSEWHERE.sub(" ", harmless(text))
    return f"'{text}" if text.lstrip(" ").startswith(RUNS_FORMULAS) else text


def paths(base: Path) -> tuple[Path, Path]:
    """The files of a report: `base` with the endings .csv and .json."""
    return base.with_name(f"{base.name}.csv"), base.with_name(f"{base.name}.json")


@contextmanager
def writing(base: Path, *, force: bool = False) -> Iterator[Report]:
    """A report that gets the names of `paths(base)` once the block ends well.

    An earlier report is replaced, any other file only with `force`; raises
    `OutputError` before anything is written.
    """
    headings = csv_head()
    for path, head in zip(paths(base), (headings, JSON_HEAD.encode()), strict=True):
        if not force and not _is_free(path, head):
            raise OutputError(
                _("{path} exists and is not an earlier report; choose another name with --report.").format(
                    path=path
                )
            )
    try:
        base.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            table, tree = (stack.enter_context(files.growing(path, force=True)) for path in paths(base))
            table.write(headings)
            tree.write(JSON_HEAD.encode())
            report = Report(table, tree, _delimiter(), Counter())
            yield report
            summary = json.dumps(dict(report.counts))
            tree.write(f'\n], "counts": {summary}}}\n'.encode())
    except BrokenPipeError:  # of the output, which nobody reads any more
        raise
    except OSError as error:
        raise files.refusal_of(base, error) from None


def csv_head() -> bytes:
    """The first line of the CSV report."""
    quoted = _delimiter().join(f'"{name}"' for name in COLUMNS)
    return f"{CSV_MARK}{quoted}\r\n".encode()


def _delimiter() -> str:
    """What ends a field where French or English spreadsheet programs open the file by a double click."""
    return ";" if i18n.language() == "fr" else ","


def _is_free(path: Path, head: bytes) -> bool:
    """Whether nothing stands there, or an earlier report, in whichever language."""
    try:
        with path.open("rb") as file:
            start = file.read(len(head))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return start.replace(b";", b",") == head.replace(b";", b",")
