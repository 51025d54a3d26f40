"""`accord review`: what a lawyer should know before a letter leaves."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from accord import isolation
from accord.cli import options
from accord.cli.terminal import output_width, tell
from accord.errors import AccordError, Refusals
from accord.files import is_pdf, write
from accord.i18n import _
from accord.services import foreign

LIMITS = isolation.OF_A_LETTER


@dataclass(frozen=True)
class Examined:
    """What is said of one file.

    `lines` are the review for people, `report` that for other programs, the fields of a `ReviewedFile`; `sheet`
    is the one on paper, if it was asked for, `remark` says that the pages of a PDF do not show its data.
    """

    __pydantic_config__ = foreign.AS_BASE64

    lines: Sequence[str]
    report: dict[str, Any]
    is_faulty: bool
    sheet: bytes | None
    remark: str = ""


@options.command(
    "review",
    _(
        "Review the letter of each deal file, or of each PDF that Accord made: what is wrong,"
        " what a lawyer should look at, and on which authority. A letter in a PDF is composed"
        " again from its data; accord verify says whether its pages still match."
    ),
    _("""Examples:
  accord review lefevre.toml                    on the screen
  accord review letter.pdf --pdf review.pdf     on one page, with every clause and why it is in
  accord review deals/*.toml --json             for other programs: accord schema review

Exit codes: 0 no error was found; 1 there is one, or the pages of a PDF do not show its data; 2 a file
cannot be used."""),
)
@click.argument("files", metavar="DEAL|PDF...", nargs=-1, required=True, type=options.PATH)
@options.as_json
@options.file("--pdf", "paper", explanation=_("Write the review sheet of the one letter into this file."))
@options.date
@options.lang
@options.deal_settings
@options.house
@options.force
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    context: click.Context,
    files: tuple[Path, ...],
    paper: Path | None,
    house: Path | None,
    date: str | None,
    lang: str | None,
    settings: tuple[str, ...],
    *,
    as_json: bool,
    force: bool,
) -> None:
    """Print every review; the files that cannot be used come last, and leave no sheet."""
    if paper and len(files) > 1:
        raise click.BadParameter(_("a review sheet is about one letter; name one file."), param_hint="--pdf")
    asked = (house, options.today(), options.overrides_of(settings, lang), date)
    reviews, refusals = _examined_all(files, asked, is_on_paper=bool(paper))
    remarks = [each.remark for each in reviews if each.remark]
    for remark in remarks:
        tell(remark)
    # Written before anything is printed: a sheet that cannot be written is an error of the whole.
    if paper and not refusals:
        write(paper, reviews[0].sheet or b"", force=force)
    if as_json:
        from accord.review.report import ReviewedFile, Reviews  # noqa: PLC0415 - see examined

        options.print_json(Reviews(tuple(ReviewedFile(**each.report) for each in reviews)))
    else:
        click.echo("\n\n".join("\n".join(each.lines) for each in reviews), nl=bool(reviews))
    if paper and not refusals:
        click.echo(paper, err=as_json)
    if refusals:
        raise Refusals(refusals)
    if remarks or any(each.is_faulty for each in reviews):
        context.exit(1)


def _examined_all(
    files: Sequence[Path],
    asked: tuple[Path | None, datetime.date, Mapping[str, str], str | None],
    *,
    is_on_paper: bool,
) -> tuple[list[Examined], list[AccordError]]:
    """What is said of each file, and why the others cannot be used: one bad file keeps no answer on another."""
    reviews: list[Examined] = []
    refusals: list[AccordError] = []
    width = output_width()
    of_deal = None if all(map(is_pdf, files)) else _reader_of_deals(asked, width, is_on_paper=is_on_paper)
    with isolation.Process(LIMITS) as process:
        for file in files:
            try:
                if of_deal is None or is_pdf(file):
                    how = ([file], asked, width, is_on_paper)
                    reviews.append(foreign.ask_plainly(process, Examined, "accord.cli.review:of_pdf", *how))
                else:
                    reviews.append(of_deal(file))
            except AccordError as error:
                refusals.append(error)
    return reviews, refusals


def of_pdf(
    files: Sequence[Path],
    asked: tuple[Path | None, datetime.date, Mapping[str, str], str | None],
    *how: Any,
) -> Examined:
    """What is said of the one PDF, to be called in a process of its own; its page is set in type meanwhile, so as to say whether it shows its data."""
    from accord.clauses.library import Library  # noqa: PLC0415 - only in the process that reads it
    from accord.services import trust  # noqa: PLC0415 - the same

    library = Library()
    trust.expect(files[0], library)
    from accord.cli import examined  # noqa: PLC0415 - weighs, and the page needs none of it
    from accord.services.open_letter import Reading  # noqa: PLC0415 - the same

    return examined.of_pdf(files, Reading(*asked, library), *how)


def _reader_of_deals(
    asked: tuple[Path | None, datetime.date, Mapping[str, str], str | None],
    width: int | None,
    *,
    is_on_paper: bool,
) -> Callable[[Path], Examined]:
    """What says it of deal files, loaded where there are any."""
    from accord.cli import examined  # noqa: PLC0415
    from accord.services.open_letter import Reading  # noqa: PLC0415

    house, today, *_rest = asked
    reading, memory = Reading(*asked), examined.memory_of(house, today)
    return lambda file: examined.of_deal(file, reading, width, memory, on_paper=is_on_paper)
