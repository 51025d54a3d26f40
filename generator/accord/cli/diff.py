"""`accord diff`: what changed from one letter to another."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from accord import isolation
from accord.cli import options
from accord.cli.terminal import output_width, tell
from accord.files import is_pdf, write_all
from accord.i18n import _
from accord.services import foreign

LIMITS = isolation.OF_A_LETTER


@dataclass(frozen=True)
class Wanted:
    """What is compared and how it is shown: a terminal of that width, or none, in colours or without them."""

    house: Path | None
    date: str | None
    standard: bool
    on_screen: bool
    on_paper: bool
    width: int | None
    coloured: bool


@dataclass(frozen=True)
class Answer:
    """A comparison as it is told.

    `lines` are for people, `screen` and `paper` the whole letter with its changes marked, where they were asked
    for; `doubts` say that the pages of a PDF do not show its data.
    """

    __pydantic_config__ = foreign.AS_BASE64

    lines: Sequence[str]
    report: dict[str, Any]
    screen: bytes
    paper: bytes
    doubts: Sequence[str]


@options.command(
    "diff",
    _(
        "Compare two letters, each a deal file or a PDF that Accord made: the key facts that"
        " differ, clauses added, removed or moved, and the words that changed within a clause;"
        " for letters in two languages, the facts and the clauses only. A letter in a PDF is"
        " composed again from its data; accord verify says whether its pages still match."
    ),
    _("""Examples:
  accord diff sent.pdf lefevre.toml                      on the screen
  accord diff old.pdf new.pdf --pdf redline.pdf          the whole letter, its changes marked
  accord diff old.pdf new.pdf --html redline.html        the same for a browser
  accord diff lefevre.toml --standard                    what your own wording changes

Exit codes: 0 compared, whether they differ or not; 1 compared, but the pages of a PDF do not show its data;
2 a file cannot be used."""),
)
@click.argument("files", metavar="OLD NEW", nargs=-1, required=True, type=options.PATH)
@click.option(
    "--standard",
    is_flag=True,
    help=_("Compare one letter with itself in the library's standard text: what its own wording changes."),
)
@options.file(
    "--html", "screen", explanation=_("Write the whole letter with its changes marked into this HTML file.")
)
@options.file(
    "--pdf", "paper", explanation=_("Write the whole letter with its changes marked into this PDF file.")
)
@options.as_json
@options.date_of(
    _(
        "For deal files: date of the letter, such as 2026-11-23; by default the deal's, else today."
        " A letter in a PDF has its own."
    )
)
@options.house_file(
    _(
        "For deal files: your company's file; by default accord.toml here or in a parent folder."
        " A letter in a PDF brings its own."
    )
)
@options.force
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    context: click.Context,
    files: tuple[Path, ...],
    screen: Path | None,
    paper: Path | None,
    house: Path | None,
    date: str | None,
    *,
    standard: bool,
    as_json: bool,
    force: bool,
) -> None:
    """Compare, then write, then print."""
    if len(files) != (1 if standard else 2):
        raise click.UsageError(
            _("--standard compares one letter with the standard text; name one file.")
            if standard
            else _("name the two letters to compare: first the old one, then the new one.")
        )
    if screen and paper and os.path.realpath(screen) == os.path.realpath(paper):
        raise click.UsageError(_("--html and --pdf name the same file; give each its own."))
    wanted = Wanted(house, date, standard, bool(screen), bool(paper), output_width(), _coloured())
    if any(map(is_pdf, files)):
        with isolation.Process(LIMITS) as process:
            answer = foreign.ask_plainly(process, Answer, "accord.cli.diff:answer_to_pdfs", files, wanted)
    else:
        from accord.cli.compared import answer_to  # noqa: PLC0415 - for deal files alone

        answer = answer_to(files, wanted)
    for remark in answer.doubts:
        tell(remark)
    outputs = [(path, content) for path, content in ((screen, answer.screen), (paper, answer.paper)) if path]
    write_all(outputs, force=force)
    if as_json:
        options.print_json({**answer.report, "doubts": answer.doubts})
    elif not outputs:
        click.echo("\n".join(answer.lines))
    for path, _content in outputs:
        click.echo(path, err=as_json)
    if answer.doubts:
        context.exit(1)


def answer_to_pdfs(files: Sequence[Path], wanted: Wanted) -> Answer:
    """The comparison of files of which one or more are PDFs, to be called in a process of its own.

    The page of the first is set in type meanwhile: so as to say whether they show their data, on the page too.
    """
    from accord.clauses.library import Library  # noqa: PLC0415 - only in the process that reads them
    from accord.services import trust  # noqa: PLC0415 - the same

    library = Library()
    trust.expect(next(filter(is_pdf, files)), library)
    from accord.cli.compared import answer_to  # noqa: PLC0415 - weighs, and the page needs none of it

    return answer_to(files, wanted, library)


def _coloured() -> bool:
    """Whether the terminal shows colours and lines; the brackets say the same without them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
