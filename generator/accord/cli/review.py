"""`accord review`: what a lawyer should know before a letter leaves."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from accord.cli import options
from accord.errors import AccordError, LegalHold, Refusals
from accord.i18n import _

if TYPE_CHECKING:
    from accord.cli.source import Opened
    from accord.review.review import Review

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
WIDEST = 88  # characters of a line that is easy to read


@dataclass(frozen=True)
class Reviewed:
    """One file and its review; `opened` is None where legal must decide before there is a letter."""

    file: Path
    review: "Review"
    opened: "Opened | None"


@click.command(
    "review",
    short_help=_("The legal review of a deal or a letter."),
    help=_(
        "Review the letter of each deal file, or of each PDF that Accord made: what is wrong, what a lawyer"
        " should look at, and on which authority. A letter in a PDF is composed again from its data;"
        " whether its pages still say the same, accord verify tells."
    ),
    epilog=options.verbatim(
        _(
            """Examples:
  accord review lefevre.toml                    on the screen
  accord review letter.pdf --pdf review.pdf     on one page, with every clause and why it is in
  accord review deals/*.toml --json             for other programs: accord schema review

Exit codes: 0 no error was found; 1 there is one; 2 a file cannot be used."""
        )
    ),
)
@click.argument("files", metavar="DEAL-or-PDF...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@click.option(
    "--pdf",
    "paper",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("Write the review sheet of the one letter into this file."),
)
@options.date
@options.lang
@options.deal_settings
@options.house
@options.force
@click.pass_context
def command(
    context: click.Context,
    /,
    files: tuple[Path, ...],
    paper: Path | None,
    *,
    as_json: bool,
    force: bool,
    **reading: Any,
) -> None:
    """Print every review; the files that cannot be used come last, and leave no sheet."""
    if paper and len(files) > 1:
        raise click.BadParameter(_("a review sheet is about one letter; name one file."), param_hint="--pdf")
    reviewed: list[Reviewed] = []
    refusals: list[AccordError] = []
    for file in files:
        try:
            reviewed.append(_reviewed(file, reading))
        except AccordError as error:
            refusals.append(error)
    # Made before anything is printed: a sheet that cannot be written is an error of the whole.
    if paper and not refusals:
        _write_sheet(reviewed[0], reading, paper, force=force)
    if as_json:
        click.echo(json.dumps(report(reviewed), ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join("\n".join(lines(one, _width())) for one in reviewed), nl=bool(reviewed))
    if paper and not refusals:
        click.echo(paper, err=as_json)
    if refusals:
        raise Refusals(refusals)
    if any(one.review.errors for one in reviewed):
        context.exit(1)


# --- Reading --------------------------------------------------------------------


def _reviewed(file: Path, reading: Mapping[str, Any]) -> Reviewed:
    from accord.cli import source
    from accord.review import review

    try:
        opened = source.read(file, **reading)
    except LegalHold as hold:
        return Reviewed(file, review.held(hold), None)
    today = None if source.is_pdf(file) else options.today()
    found = review.review(opened.letter, opened.deal, opened.house, opened.folder, today)
    return Reviewed(file, found if opened.folder else review.without_house(found), opened)


def _write_sheet(one: Reviewed, reading: Mapping[str, Any], paper: Path, *, force: bool) -> None:
    from accord import files
    from accord.review import sheet

    if one.opened:
        content = sheet.sheet(one.review, one.opened.deal, one.opened.house, one.opened.letter)
    else:
        content = sheet.sheet(one.review, *_deal_on_hold(one.file, **reading))
    files.write(paper, content, force=force)


def _deal_on_hold(
    file: Path, house: Path | None, date: str | None, lang: str | None, settings: tuple[str, ...]
) -> Any:
    """The deal and the house of a file that makes no letter yet."""
    from accord.cli import source
    from accord.intake import loader
    from accord.letter import record
    from accord.verify import recompose

    if source.is_pdf(file):
        name = options.named(file)
        recorded = record.recorded(recompose.data_of(options.read_letter(file), name), name)
        return recorded.deal, recorded.house_file.house
    home = loader.read_house(loader.find_house(Path.cwd(), house)).house
    overrides = options.keys_of(settings) | ({"language": lang} if lang else {})
    return loader.read_deal(file, home, today=options.today(), overrides=overrides, date=date), home


# --- Telling --------------------------------------------------------------------


def report(reviewed: list[Reviewed]) -> dict[str, Any]:
    """The reviews as data: what `accord schema review` describes."""
    return {
        "format": 1,
        "reviews": [{"file": options.named(one.file), **_data(one.review)} for one in reviewed],
    }


def _data(review: "Review") -> dict[str, Any]:
    data = asdict(review)
    for clause in data["clauses"]:
        clause["conditions"] = [{"name": name, "holds": holds} for name, holds in clause["conditions"]]
    return data


def _width() -> int | None:
    """How wide lines may be; None where no terminal shows them."""
    if not sys.stdout.isatty():
        return None
    return min(shutil.get_terminal_size().columns, WIDEST)


def lines(one: Reviewed, width: int | None) -> Iterator[str]:
    """A review for people: what it is about, the findings from the gravest down, the count."""
    from accord.review import labels
    from accord.text.characters import harmless

    def told(text: str, indent: int) -> list[str]:
        text = harmless(text)
        if width is None:
            return [" " * indent + text]
        margin = " " * indent
        return textwrap.wrap(
            text, max(width, 20), initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False
        )

    yield from (click.style(line, bold=True) for line in told(_heading(one), 0))
    headings = {"error": _("Errors"), "warning": _("Warnings"), "note": _("Notes")}
    for severity, heading in headings.items():
        findings = [finding for finding in one.review.findings if finding.severity == severity]
        if findings:
            yield ""
            yield click.style(heading, fg=COLOURS[severity], bold=True)
        for finding in findings:
            place = f"{finding.where} [{finding.code}]" if finding.where else f"[{finding.code}]"
            yield from (click.style(line, bold=True) for line in told(place, 2))
            yield from told(finding.sentence, 4)
            yield from (click.style(line, dim=True) for line in told(finding.source, 4) if finding.source)
    yield ""
    worst = one.review.findings[0].severity if one.review.findings else ""
    yield click.style(f"{labels.verdict(one.review)}.", fg=COLOURS.get(worst, "green"), bold=True)


def _heading(one: Reviewed) -> str:
    """The file; then the title, the reference and the prospect, once there is a letter."""
    file = options.named(one.file)
    if one.opened is None:
        return file
    return _("{file}: {title}, {reference}, {prospect}").format(
        file=file,
        title=one.review.title,
        reference=one.review.reference,
        prospect=one.opened.deal.prospect.name,
    )
