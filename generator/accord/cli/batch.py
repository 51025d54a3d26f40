"""`accord batch`: a spreadsheet or a folder of deals in, letters and a report out."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from accord import files
from accord.batch import mappings, report, row, sources, telling
from accord.batch import template as blank
from accord.batch.backends import Backend
from accord.batch.backends.processes import Processes, processes_by_default
from accord.batch.report import Outcome, RowVerdict
from accord.batch.spool import Spool
from accord.cli import options, recorded
from accord.cli.terminal import tell
from accord.errors import AccordError, MachineLacks, in_a_line
from accord.i18n import _, ngettext
from accord.intake.loader import open_house
from accord.text.characters import harmless

MOST_PRINTED = 20  # faults that are printed, each once for all rows that have it; the report has them all
MOST_ROWS = 5  # that the line of a fault names
SECONDS_BETWEEN_LINES = 20
WIDEST_BAR, NARROWEST_BAR = 36, 6  # characters


@options.command(
    "batch",
    _(
        "Make the letters of many deals: the rows of a CSV or XLSX file, the lines of a JSONL"
        " file, or the deal files in a folder. A faulty row is reported with its column and"
        " what to write instead, and does not hold up the others. A letter that already exists"
        " is not made again: after an interruption, give the same command once more. The paths"
        " of the letters are printed; a report in CSV and JSON says what became of each row."
    ),
    _("""Examples:
  accord batch --template deals.xlsx            a spreadsheet to fill in
  accord batch deals.xlsx --check               what is wrong, without a letter
  accord batch deals.xlsx                       drafts, in output/
  accord batch deals.xlsx --final --strict      the letters to sign, all of them or none
  accord batch export.csv --map hubspot         the columns of a CRM
  accord batch export.csv --map ours.toml       your own columns

Exit codes: 0 each row has its letter; 1 some have none; 2 the source cannot be used."""),
)
@click.argument("source", metavar="SOURCE", required=False, type=options.PATH)
@options.out(_("Folder for the letters; created if needed."))
@options.final
@click.option("--check", is_flag=True, help=_("Make no letters; say what is wrong."))
@click.option("--strict", is_flag=True, help=_("Make no letters at all unless every row is sound."))
@click.option(
    "--map",
    "mapping",
    metavar="NAME|FILE",
    help=_("Where the columns come from: {names}, or a mapping file of your own.").format(
        names=", ".join(mappings.supplied())
    ),
)
@click.option(
    "--ignore",
    metavar="NAME",
    multiple=True,
    help=_(
        "A column of your own, by its heading, to leave aside; may be repeated. So is one that begins with #."
    ),
)
@click.option(
    "--sheet", metavar="NAME", help=_("The sheet of a workbook; by default the first that has deals.")
)
@click.option(
    "--dates",
    type=click.Choice(mappings.ORDERS),
    help=_("The order of day and month in dates in figures, where the sheet does not show it."),
)
@click.option("--hidden", is_flag=True, help=_("Include rows that are hidden or filtered out."))
@click.option(
    "--jobs",
    type=options.whole(1, 64),
    help=_("Number of processes that share the work; by default one per core."),
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help=_(
        "Share the work among the machines of a Dask cluster: the address of its scheduler, such as"
        " tcp://scheduler:8786, or local:4 for four workers here."
    ),
)
@click.option(
    "--report",
    "report_base",
    metavar="NAME",
    type=options.PATH,
    help=_(
        "Name of the report, without .csv or .json; by default the source's name, in the folder of letters,"
        " and none with --check."
    ),
)
@options.file(
    "--template",
    explanation=_("Write a spreadsheet to start from, .xlsx or .csv, and do nothing else."),
)
@options.date
@options.lang
@options.settings(
    _("Any key of the deal, for all rows, such as law=EW; may be repeated. It overrides what a row says.")
)
@options.house
@options.force
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    source: Path | None,
    out: Path,
    mapping: str | None,
    ignore: tuple[str, ...],
    dates: str | None,
    sheet: str | None,
    jobs: int | None,
    cluster: str | None,
    report_base: Path | None,
    template: Path | None,
    date: str | None,
    lang: str | None,
    settings: tuple[str, ...],
    house: Path | None,
    *,
    final: bool,
    check: bool,
    strict: bool,
    hidden: bool,
    force: bool,
) -> None:
    """Set all rows aside, then make each its letter; with `--strict`, look at all of them first."""
    if template is not None:
        files.write(template, blank.sheet(template), force=force)
        click.echo(template)
        return
    if source is None:
        raise click.UsageError(_("Give a source: a CSV, XLSX or JSONL file, or a folder of deal files."))
    overrides = options.overrides_of(settings, lang)
    home, today = open_house(house), options.today()
    common = telling.common(overrides, date, home.house, today)
    columns = mappings.read(mapping) if mapping else mappings.ColumnMap()
    columns = columns.without(ignore)
    if dates:
        columns = replace(columns, month_first=dates == "month-first")
    deals = sources.read(source, home.house, columns, sheet, today=today, common=common, hidden=hidden)
    job = row.Job(home, out, today, overrides, date, final=final, force=force, check=check)
    base = report_base or (None if check else out / f"{source.absolute().name}.report")
    backend = _backend(cluster, jobs)
    with Spool(deals.entries) as rows:
        for remark in (*telling.how_read(deals, final=final), *deals.remarks):
            tell(remark)
        job = row.together(rows, replace(job, memory=recorded.memory(home, today, whole=True)))
        if strict and not check:
            trial = replace(job, check=True)
            if not all(row.has_letter for row in backend.outcomes(rows, trial)):
                tell(_("Not every row is sound, so no letters were made."))
                job = trial
        for folder in {out, (base or out).parent}:
            files.sweep(folder)
        try:
            with recorded.batch(home, final=final and not job.check) as announcements:
                job = replace(job, announcements=announcements)
                counts = _run(backend.outcomes(rows, job), len(rows), deals, base, force=force)
        except KeyboardInterrupt:
            tell(_("Stopped. The letters made so far are complete; the same command makes the rest."))
            raise click.exceptions.Exit(1) from None
    if counts["refused"] + counts["failed"]:
        raise click.exceptions.Exit(1)


def _backend(cluster: str | None, jobs: int | None) -> Backend:
    """What shares the work: the workers of a cluster if one is named, else processes."""
    if cluster is None:
        return Processes(jobs or processes_by_default())
    if jobs is not None:
        raise click.UsageError(_("--jobs and --cluster exclude each other; leave one of them out."))
    try:
        from accord.batch.backends.cluster import Cluster  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        sentence = _("A cluster needs a library more; install it: pip install {extra}")
        raise MachineLacks(sentence.format(extra='"accord[cluster]"')) from None
    return Cluster(cluster)


def _run(
    outcomes: Iterator[Outcome], count: int, deals: sources.Source, base: Path | None, *, force: bool
) -> Mapping[RowVerdict, int]:
    """Print the letters as they come, write the report if it has a name; then print what is wrong, and the count of each verdict."""
    faults = _Faults()
    whole = report.writing(base, force=force) if base else report.unwritten()
    with whole as writer, _progress(count) as step:
        for row in outcomes:
            findings = tuple(telling.worded(finding, deals) for finding in row.findings)
            outcome = replace(row, findings=findings)
            if outcome.fatal:
                raise AccordError(_cut_short(outcome, writer.counts))
            writer.add(outcome)
            faults.add(outcome)
            step(outcome.file)
    for line in faults.lines():
        click.echo(harmless(line), err=True)
    tell(telling.summary(count, writer.counts))
    if faults.untold:
        tell(_untold(faults.untold, base))
    for sentence in _to_read(writer, base):
        tell(sentence)
    if base:
        tell(_("Report: {paths}").format(paths=", ".join(map(str, report.paths(base)))))
    return writer.counts


@dataclass
class _Told:
    """The first row that has a fault, the numbers of the next few, and how many others have it."""

    source: str
    others: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, row: str) -> None:
        """Another row has it too."""
        self.count += 1
        if len(self.others) < MOST_ROWS:
            self.others.append(row)


@dataclass
class _Faults:
    """Why rows have no letter and what was supposed of others, each once for all rows, and how much there was no room for."""

    told: dict[tuple[str, str], _Told] = field(default_factory=dict)
    untold: int = 0

    def add(self, outcome: Outcome) -> None:
        """Note what refuses a row without a letter, and notes on how it was read: of the first row its name, of others the number."""
        for each in outcome.findings:
            key = (each.where, each.sentence)
            if outcome.has_letter and each.code != "input":
                continue
            if not each.refuses and each.code != "input":
                continue
            if key in self.told:
                self.told[key].add(outcome.row)
            elif len(self.told) < MOST_PRINTED:
                self.told[key] = _Told(outcome.source)
            else:
                self.untold += 1

    def lines(self) -> Iterator[str]:
        """A line for each fault that is told."""
        for (where, sentence), of in self.told.items():
            line = in_a_line(of.source, where, sentence)
            if of.count:
                form = ngettext(
                    "{line} (and row {rows})", "{line} (and {count} other rows: {rows})", of.count
                )
                rows = ", ".join(of.others) + ("…" if of.count > MOST_ROWS else "")
                line = form.format(line=line, count=of.count, rows=rows)
            yield line


def _untold(count: int, base: Path | None) -> str:
    """That there are faults which the screen does not show."""
    if base:
        return ngettext(
            "{count} other fault is in the report.", "{count} other faults are in the report.", count
        ).format(count=count)
    return ngettext(
        "{count} other fault is not shown; --report NAME writes them all.",
        "{count} other faults are not shown; --report NAME writes them all.",
        count,
    ).format(count=count)


def _to_read(writer: report.ReportWriter, base: Path | None) -> Iterator[str]:
    """What somebody should read before the letters leave, and where."""
    where = _("the report has them") if base else _("--report NAME writes them all")
    if writer.held:
        sentence = ngettext(
            "{count} letter has faults that keep it from being final: {where}.",
            "{count} letters have faults that keep them from being final: {where}.",
            writer.held,
        )
        yield sentence.format(count=writer.held, where=where)
    if writer.warned:
        sentence = ngettext(
            "{count} letter has warnings: {where}.", "{count} letters have warnings: {where}.", writer.warned
        )
        yield sentence.format(count=writer.warned, where=where)
    if writer.free:
        sentence = ngettext(
            "{count} letter has sentences of your own: read it again.",
            "{count} letters have sentences of your own: read them again.",
            writer.free,
        )
        yield sentence.format(count=writer.free)


def _cut_short(outcome: Outcome, counts: Mapping[RowVerdict, int]) -> str:
    letters = counts["written"] + counts["unchanged"]
    so_far = ngettext(
        "{count} letter is there; the same command makes the others.",
        "{count} letters are there; the same command makes the others.",
        letters,
    ).format(count=letters)
    return f"{outcome.findings[0].sentence} {so_far}"


@contextmanager
def _progress(count: int) -> Iterator[Callable[[str], None]]:
    """Show how far it is: by a bar on a terminal, else by a line now and then.

    What it gives is called for each row, with the path of its letter, which it
    prints; where the bar stands on the same terminal, it takes their place.
    """
    width = _width_of_bar(count)
    if not sys.stderr.isatty() or width < NARROWEST_BAR:
        yield _progress_by_lines(count)
        return
    start, done = time.monotonic(), 0

    def rate(_row: object) -> str:
        return _("{rate:.1f} a second").format(rate=done / max(time.monotonic() - start, 0.001))

    with click.progressbar(
        length=count, file=sys.stderr, show_pos=True, show_eta=True, item_show_func=rate, width=width
    ) as bar:

        def step(path: str) -> None:
            nonlocal done
            done += 1
            bar.update(1, path)
            if path and not sys.stdout.isatty():
                click.echo(path)

        yield step


def _width_of_bar(count: int) -> int:
    """How wide a bar may be, so that its line, with the numbers beside it, fits into the terminal."""
    numbers = len(f"  [] {count}/{count}  99d 23:59:59  " + _("{rate:.1f} a second").format(rate=999))
    return min(WIDEST_BAR, shutil.get_terminal_size().columns - numbers)


def _progress_by_lines(count: int) -> Callable[[str], None]:
    start = last = time.monotonic()
    done = 0

    def step(path: str) -> None:
        nonlocal last, done
        done += 1
        if path:
            click.echo(path)
        now = time.monotonic()
        if now - last >= SECONDS_BETWEEN_LINES:
            last, rate = now, done / (now - start)
            minutes = round((count - done) / rate / 60)
            sentence = _("{done} of {count} rows, {rate:.1f} a second, less than a minute left")
            if minutes:
                sentence = ngettext(
                    "{done} of {count} rows, {rate:.1f} a second, {minutes} minute left",
                    "{done} of {count} rows, {rate:.1f} a second, {minutes} minutes left",
                    minutes,
                )
            tell(sentence.format(done=done, count=count, rate=rate, minutes=minutes))

    return step
