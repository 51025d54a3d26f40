"""A batch in a process of its own, for a door that answers others meanwhile; what becomes of each row is written down as it comes."""

import copy
import datetime
import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from accord import files
from accord.batch import mappings, report, row, sources, telling
from accord.batch.backends.processes import Processes, processes_by_default
from accord.batch.columns import keys
from accord.batch.report import Outcome
from accord.batch.row import Job
from accord.batch.sources import Entry, Source
from accord.batch.spool import Spool
from accord.domain.house import HouseFile
from accord.errors import AccordError
from accord.intake import dotted, loader
from accord.intake.overrides import set_keys
from accord.services import place
from accord.services.announcements import is_of_samples
from accord.services.forewarning import Memory, nothing_about
from accord.services.recorder import Records

FEW = 8  # rows for which more processes would cost more than they save


@dataclass(frozen=True)
class Order:
    """What to make of a spreadsheet.

    `source` is its file, which people know as `named`; `folder` takes what is written down: the rows and
    the report; `out` takes the letters.  `corrections` are texts by key, by row.  The rest is as `accord batch` takes it.
    """

    source: Path
    named: str
    house: Path
    folder: Path
    out: Path
    address: str | None
    actor: str
    time: datetime.datetime
    today: datetime.date
    overrides: Mapping[str, str] = field(default_factory=dict)
    mapping: str = ""
    dates: str = ""
    sheet: str = ""
    hidden: bool = False
    final: bool = False
    check: bool = True
    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def rows(self) -> Path:
        """Where the rows are written down, a line each after the line of what is to be said of them all."""
        return self.folder / ("check.jsonl" if self.check else "made.jsonl")

    @property
    def report(self) -> Path:
        """The name of the report, without its endings."""
        return self.folder / "report"


def run(order: Order) -> dict[str, Any]:
    """Look at each row, and make its letter unless the order is to `check`; what is to be told in the end.

    To be called in a process of its own.  Raises what reading the source raises.
    """
    home = loader.read_house(order.house)
    told: list[str] = []
    records = Records(home, order.address, order.actor, order.time, told.append)
    deals = _deals(order, home)
    entries = (_corrected(entry, order, home) for entry in deals.entries)
    with Spool(entries) as rows:
        remarks = [*telling.how_read(deals, final=order.final), *deals.remarks]
        job = Job(home, order.out, order.today, order.overrides, final=order.final, check=order.check)
        job = row.together(rows, replace(job, memory=_memory(home, records, order)))
        recording = records.announced() if order.final and not order.check else nullcontext()
        with recording as announcements:
            counts = _written(rows, replace(job, announcements=announcements), deals, order, remarks)
    return {"summary": telling.summary(len(rows), counts), "told": told, "counts": dict(counts)}


def _deals(order: Order, home: HouseFile) -> Source:
    columns = mappings.read(order.mapping) if order.mapping else mappings.ColumnMap()
    if order.dates:
        columns = replace(columns, month_first=order.dates == "month-first")
    common = telling.common(order.overrides, None, home.house, order.today)
    return sources.read(
        order.source,
        home.house,
        columns,
        order.sheet or None,
        today=order.today,
        common=common,
        hidden=order.hidden,
        named=order.named,
    )


def _memory(home: HouseFile, records: Records, order: Order) -> Memory | None:
    """What the register knows, to hold the rows against; None where there is nothing to ask."""
    is_there = place.is_there(home, order.address)
    if is_of_samples(home) or (not is_there and home.house.capacity.days_per_month is None):
        return None
    return records.memory(order.today, whole=True) if is_there else Memory(order.today, nothing_about)


def _corrected(entry: Entry, order: Order, home: HouseFile) -> Entry:
    """An entry with what somebody typed in the place of its cells, and without the faults of these."""
    texts = order.corrections.get(entry.row)
    if not texts:
        return entry
    data = copy.deepcopy(entry.data)
    faults = set_keys(data, texts, habits_of=lambda so_far: loader.habits_of(so_far, home.house, order.today))
    left = [fault for fault in entry.faults if fault.key not in texts]
    gaps = tuple(fault for fault in entry.gaps if fault.key not in texts)
    return replace(entry, data=data, faults=(*left, *faults), gaps=gaps)


def _written(
    rows: Spool, job: Job, deals: Source, order: Order, remarks: list[str]
) -> Mapping[report.RowVerdict, int]:
    """Write down what becomes of each row, as it comes, and the report; the count of each verdict."""
    order.out.mkdir(parents=True, exist_ok=True)
    files.sweep(order.out)
    whole = report.unwritten() if order.check else report.writing(order.report, force=True)
    with whole as writer, order.rows.open("w", encoding="utf-8") as down:
        _write_line(down, {"count": len(rows), "remarks": remarks})
        entries, again = itertools.tee(rows)  # the file of the spool is read once
        for entry, outcome in zip(entries, _outcomes(again, len(rows), job), strict=True):
            _write_line(down, _line(entry, outcome, deals))
            if outcome.fatal:
                raise AccordError(outcome.findings[0].sentence)
            worded = tuple(telling.worded(finding, deals) for finding in outcome.findings)
            file = Path(outcome.file).name if outcome.file else ""
            writer.add(replace(outcome, findings=worded, file=file))
    return writer.counts


def _outcomes(entries: Iterator[Entry], count: int, job: Job) -> Iterator[Outcome]:
    if count <= FEW:
        return (row.outcome(entry, job) for entry in entries)
    return Processes(processes_by_default()).outcomes(entries, job)


def _write_line(down: Any, line: Mapping[str, Any]) -> None:
    down.write(f"{json.dumps(line, ensure_ascii=False)}\n")
    down.flush()


def _line(entry: Entry, outcome: Outcome, deals: Source) -> dict[str, Any]:
    """What is told of one row: whose it is, what it makes, and what is wrong, with the key to correct it by."""
    findings = []
    for finding in outcome.findings:
        worded = telling.worded(finding, deals)
        key = finding.where if finding.where in keys() else ""
        value = dotted.get(entry.data, key) if key else None
        findings.append(
            {
                "key": key,
                "where": worded.where,
                "sentence": worded.sentence,
                "severity": finding.severity,
                "refuses": finding.refuses,
                "value": "" if value is None else str(value),
            }
        )
    return {
        "row": outcome.row,
        "verdict": outcome.verdict,
        "reference": outcome.reference,
        "title": outcome.title,
        "file": outcome.file,
        "prospect": str(dotted.get(entry.data, "prospect.name") or ""),
        "feature": str(dotted.get(entry.data, "feature.name") or ""),
        "findings": findings,
    }
