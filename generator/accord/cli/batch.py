"""`accord batch`: a spreadsheet or a folder of deals in, letters and a report out."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from accord import files
from accord.batch import mappings, report, sources
from accord.batch import template as blank
from accord.batch.backends import processes
from accord.batch.report import Outcome, Verdict
from accord.batch.row import Job
from accord.batch.spool import Spool
from accord.cli import options
from accord.cli.terminal import tell, verbatim
from accord.errors import AccordError, Fault, FaultyInput
from accord.i18n import _, ngettext
from accord.intake.loader import open_house
from accord.intake.overrides import set_key
from accord.text.characters import harmless

MOST_TOLD = 50  # rows whose faults are printed; the report has them all
SECONDS_BETWEEN_LINES = 20


@click.command(
    "batch",
    help=_(
        "Make the letters of many deals: the rows of a CSV or XLSX file, the lines of a JSONL file, or the"
        " deal files of a folder. A row that is wrong is told, with its column and what to write instead,"
        " and does not stop the others. A letter that is there already is not made again: after an"
        " interruption, give the same command once more. The paths of the letters are printed; a report in"
        " CSV and JSON says what became of each row."
    ),
    epilog=verbatim(
        _(
            """Examples:
  accord batch --template deals.xlsx            an empty spreadsheet to fill in
  accord batch deals.xlsx --check               what is wrong, without a letter
  accord batch deals.xlsx                       drafts, in output/
  accord batch deals.xlsx --final --strict      the letters to sign, all of them or none
  accord batch export.csv --map hubspot         the columns of a CRM: hubspot, pipedrive, salesforce
  accord batch export.csv --map ours.toml       your own columns

Exit codes: 0 each row has its letter; 1 some have none; 2 the source cannot be used."""
        )
    ),
)
@click.argument("source", metavar="SOURCE", required=False, type=click.Path(path_type=Path))
@options.out(_("Folder for the letters; it is made if need be."))
@options.final
@click.option("--check", is_flag=True, help=_("Make no letter; say what is wrong."))
@click.option("--strict", is_flag=True, help=_("Make no letter unless every row is good."))
@click.option(
    "--map",
    "mapping",
    metavar="NAME|FILE",
    help=_("Whose columns they are: hubspot, pipedrive, salesforce, or a mapping file of your own."),
)
@click.option("--sheet", metavar="NAME", help=_("The sheet of an XLSX file; by default the first."))
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help=_("How many processes share the work; by default one for each core."),
)
@click.option(
    "--report",
    "report_base",
    metavar="NAME",
    type=click.Path(path_type=Path),
    help=_("Name of the report, without .csv and .json; by default that of the source, in the folder."),
)
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("Write an empty spreadsheet to start from, .xlsx or .csv, and do nothing else."),
)
@options.date
@options.lang
@options.settings(
    _("Any key of the deal, for all rows, such as law=EW; may be repeated. It comes before what a row says.")
)
@options.house
@options.force
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    source: Path | None,
    out: Path,
    mapping: str | None,
    sheet: str | None,
    jobs: int | None,
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
    force: bool,
) -> None:
    """Set all rows aside, then make each its letter; with `--strict`, look at all of them first."""
    if template is not None:
        _write_template(template, force=force)
        return
    if source is None:
        raise click.UsageError(_("Name a source: a file in CSV, XLSX or JSONL, or a folder of deal files."))
    overrides = _sound(options.overrides_of(settings, lang))
    home = open_house(house)
    deals = sources.read(source, home.house, mappings.read(mapping) if mapping else None, sheet)
    _tell_ignored(deals.ignored)
    job = Job(home, out, options.today(), overrides, date, final=final, force=force, check=check)
    base = report_base or out / f"{source.absolute().name}.report"
    count = jobs or processes.processes_by_default()
    with Spool(deals.entries) as rows:
        if strict and not check and not _all_good(rows, job, count):
            tell(_("Not every row is good, so no letter is made."))
            job = replace(job, check=True)
        for folder in {out, base.parent}:
            files.sweep(folder)
        try:
            counts = _run(processes.outcomes(rows, job, count), len(rows), deals.place, base, force=force)
        except KeyboardInterrupt:
            tell(_("Stopped. The letters made so far are whole; the same command makes the others."))
            raise
    if counts["refused"] + counts["failed"]:
        raise click.exceptions.Exit(1)


def _sound(overrides: dict[str, str]) -> dict[str, str]:
    """Options that give keys, if each can be read; else `FaultyInput`, once and not for each row."""
    faults: list[Fault] = []
    for key, text in overrides.items():
        try:
            set_key({}, key, text)
        except FaultyInput as error:
            faults += error.faults
    if faults:
        raise FaultyInput(faults)
    return overrides


def _write_template(path: Path, *, force: bool) -> None:
    files.write(path, blank.sheet(path), force=force)
    click.echo(path)


def _all_good(rows: Spool, job: Job, count: int) -> bool:
    return all(made.has_letter for made in processes.outcomes(rows, replace(job, check=True), count))


# --- While it runs ----------------------------------------------------------------


def _run(
    made: Iterator[Outcome], count: int, place: Callable[[str], str], base: Path, *, force: bool
) -> Mapping[Verdict, int]:
    """Print the letters as they come, write the report; then tell what is wrong, and how many of which there are."""
    told: list[str] = []
    with report.writing(base, force=force) as written, _progress(count) as step:
        for row in made:
            outcome = replace(
                row, findings=tuple(replace(each, where=place(each.where)) for each in row.findings)
            )
            if outcome.fatal:
                raise AccordError(_cut_short(outcome, written.counts))
            written.add(outcome)
            if not outcome.has_letter and len(told) < MOST_TOLD:
                told.append(_reasons(outcome))
            step(outcome.file)
        counts = written.counts
    for reasons in told:
        click.echo(harmless(reasons), err=True)
    tell(_summary(count, counts, len(told)))
    tell(_("Report: {paths}").format(paths=", ".join(map(str, report.paths(base)))))
    return counts


def _reasons(outcome: Outcome) -> str:
    """Why a row has no letter: its errors, one a line."""
    errors = [finding for finding in outcome.findings if finding.severity == "error"]
    return "\n".join(": ".join(filter(None, (outcome.source, each.where, each.sentence))) for each in errors)


def _cut_short(outcome: Outcome, counts: Mapping[Verdict, int]) -> str:
    made = counts["written"] + counts["unchanged"]
    so_far = ngettext(
        "{count} letter is there; the same command makes the others.",
        "{count} letters are there; the same command makes the others.",
        made,
    ).format(count=made)
    return f"{outcome.findings[0].sentence} {so_far}"


def _summary(count: int, counts: Mapping[Verdict, int], told: int) -> str:
    """How many rows, and what became of them."""
    words = (
        ngettext("{count} written", "{count} written", counts["written"]),
        ngettext("{count} there already", "{count} there already", counts["unchanged"]),
        ngettext("{count} good", "{count} good", counts["good"]),
        ngettext("{count} refused", "{count} refused", counts["refused"]),
        ngettext("{count} failed", "{count} failed", counts["failed"]),
    )
    verdicts: Sequence[Verdict] = ("written", "unchanged", "good", "refused", "failed")
    listed = ", ".join(
        sentence.format(count=counts[verdict])
        for verdict, sentence in zip(verdicts, words, strict=True)
        if counts[verdict]
    )
    rows = ngettext("{count} row: {listed}.", "{count} rows: {listed}.", count).format(
        count=count, listed=listed or _("nothing to do")
    )
    if counts["refused"] + counts["failed"] > told:
        rows += " " + _("Those above are the first {told}; the report has them all.").format(told=told)
    return rows


@contextmanager
def _progress(count: int) -> Iterator[Callable[[str], None]]:
    """Tell how far it is: by a bar on a terminal, else by a line now and then.

    What it gives is called for each row, with the path of its letter, which it
    prints; where the bar stands on the same terminal, it takes their place.
    """
    if not sys.stderr.isatty():
        yield _Lines(count).step
        return
    start, done = time.monotonic(), 0

    def rate(_row: object) -> str:
        return _("{rate:.1f} a second").format(rate=done / max(time.monotonic() - start, 0.001))

    with click.progressbar(
        length=count, file=sys.stderr, show_pos=True, show_eta=True, item_show_func=rate
    ) as bar:

        def step(path: str) -> None:
            nonlocal done
            done += 1
            bar.update(1, path)
            if path and not sys.stdout.isatty():
                click.echo(path)

        yield step


class _Lines:
    """Progress without a terminal."""

    def __init__(self, count: int) -> None:
        self.count, self.done = count, 0
        self.start = self.last = time.monotonic()

    def step(self, path: str) -> None:
        """Count a row; print its letter, and now and then how far it is."""
        self.done += 1
        if path:
            click.echo(path)
        now = time.monotonic()
        if now - self.last >= SECONDS_BETWEEN_LINES:
            self.last, rate = now, self.done / (now - self.start)
            sentence = _("{done} of {count} rows, {rate:.1f} a second, {minutes:.0f} minutes left")
            tell(
                sentence.format(
                    done=self.done, count=self.count, rate=rate, minutes=(self.count - self.done) / rate / 60
                )
            )


def _tell_ignored(headings: Sequence[str]) -> None:
    if headings:
        tell(_("Columns that the mapping file leaves aside: {headings}").format(headings=", ".join(headings)))
