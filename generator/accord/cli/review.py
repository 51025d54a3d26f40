"""`accord review`: what a lawyer should know before a letter leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from accord import isolation
from accord.cli import options, recorded
from accord.cli.terminal import COLOURS, output_width, tell, wrapped
from accord.errors import AccordError, Refusals
from accord.files import is_pdf, write
from accord.i18n import _
from accord.intake import loader
from accord.review import labels
from accord.review.report import ReviewedFile, Reviews, of_file
from accord.services import foreign, trust
from accord.services.examined import FileReview, review_of
from accord.services.open_letter import Reading, deal_and_house
from accord.text.characters import harmless, path_name

if TYPE_CHECKING:
    from accord.services.forewarning import Memory

LIMITS = isolation.OF_A_LETTER


@dataclass(frozen=True)
class Examined:
    """What is said of one file.

    `lines` are the review for people, `sheet` the one on paper, if it was asked
    for, `remark` says that the pages of a PDF do not show its data.
    """

    __pydantic_config__ = foreign.AS_BASE64

    lines: tuple[str, ...]
    report: ReviewedFile
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
    reading = Reading(house, options.today(), options.overrides_of(settings, lang), date)
    reviews, refusals = _examined_all(files, reading, is_on_paper=bool(paper))
    remarks = [each.remark for each in reviews if each.remark]
    for remark in remarks:
        tell(remark)
    # Written before anything is printed: a sheet that cannot be written is an error of the whole.
    if paper and not refusals:
        write(paper, reviews[0].sheet or b"", force=force)
    if as_json:
        options.print_json(Reviews(tuple(each.report for each in reviews)))
    else:
        click.echo("\n\n".join("\n".join(each.lines) for each in reviews), nl=bool(reviews))
    if paper and not refusals:
        click.echo(paper, err=as_json)
    if refusals:
        raise Refusals(refusals)
    if remarks or any(finding.severity == "error" for each in reviews for finding in each.report.findings):
        context.exit(1)


def _examined_all(
    files: Sequence[Path], reading: Reading, *, is_on_paper: bool
) -> tuple[list[Examined], list[AccordError]]:
    """What is said of each file, and why the others cannot be used: one bad file keeps no answer on another."""
    reviews: list[Examined] = []
    refusals: list[AccordError] = []
    memory = _memory(reading) if not all(map(is_pdf, files)) else None
    with isolation.Process(LIMITS) as process, isolation.Process(LIMITS) as verifier:
        for file in files:
            how = ([file], reading, output_width(), is_on_paper)
            try:
                if is_pdf(file):
                    doubts = trust.remarks(verifier, [file], reading.house)
                    known = next(doubts, "") if is_on_paper else ""  # for it stands on the sheet
                    answer = foreign.ask(process, Examined, "accord.cli.review:examined", *how, known)
                    remark = known or next(doubts, "")
                    reviews.append(
                        replace(answer, remark=remark, report=replace(answer.report, doubt=remark))
                    )
                else:
                    reviews.append(examined(*how, memory=memory))
            except AccordError as error:
                refusals.append(error)
    return reviews, refusals


def _memory(reading: Reading) -> "Memory | None":
    """What the register knows, if there is one, and a house that has it."""
    home = loader.house_at_hand(reading.house)
    return recorded.memory(home, reading.today) if home else None


def examined(  # noqa: PLR0913, PLR0917 - what is looked at, and how it is told
    files: Sequence[Path],
    reading: Reading,
    width: int | None,
    on_paper: bool,  # noqa: FBT001 - sent to another process
    doubt: str = "",
    memory: "Memory | None" = None,
) -> Examined:
    """What is said of the one file; of a PDF, to be called in a process of its own, which asks no register.

    `doubt` says on the sheet that the pages of the PDF do not show its data.  On paper no other client
    is named: counsel outside may read it.
    """
    (file,) = files
    reviewed = review_of(file, reading, memory)
    nameless = review_of(file, reading, memory, named=False) if on_paper and memory else reviewed
    return Examined(
        lines=tuple(lines(reviewed, width)),
        report=of_file(path_name(file), reviewed.review),
        sheet=_sheet(nameless, reading, doubt) if on_paper else None,
    )


def _sheet(reviewed: FileReview, reading: Reading, doubt: str) -> bytes:
    from accord.review import sheet  # noqa: PLC0415 - only for paper, whose engine weighs

    if reviewed.opened:
        return sheet.sheet(
            reviewed.review, reviewed.opened.deal, reviewed.opened.house, reviewed.opened.letter, doubt
        )
    return sheet.sheet(reviewed.review, *deal_and_house(reviewed.file, reading), doubt=doubt)


def lines(reviewed: FileReview, width: int | None) -> Iterator[str]:
    """A review for people: what it is about, the findings from the gravest down, the count."""

    def paragraph(text: str, margin: str, **style: bool) -> Iterator[str]:
        return (click.style(line, **style) for line in wrapped(harmless(text), width, margin, margin))

    yield from paragraph(_heading(reviewed), "", bold=True)
    headings = {"error": _("Errors"), "warning": _("Warnings"), "note": _("Notes")}
    for severity, heading in headings.items():
        findings = [finding for finding in reviewed.review.findings if finding.severity == severity]
        if findings:
            yield ""
            yield click.style(heading, fg=COLOURS[severity], bold=True)
        for finding in findings:
            place = f"{finding.where} [{finding.code}]" if finding.where else f"[{finding.code}]"
            yield from paragraph(place, "  ", bold=True)
            yield from wrapped(harmless(finding.sentence), width, "    ", "    ")
            for difference in labels.differences(finding):
                yield from wrapped(harmless(difference), width, "      ", "        ")
            if finding.source:
                yield from paragraph(finding.source, "    ", dim=True)
    yield ""
    worst = reviewed.review.findings[0].severity if reviewed.review.findings else ""
    yield click.style(f"{labels.verdict(reviewed.review)}.", fg=COLOURS.get(worst, "green"), bold=True)


def _heading(reviewed: FileReview) -> str:
    """The file; then the title, the reference, the version and the prospect, once there is a letter."""
    file = path_name(reviewed.file)
    if reviewed.opened is None:
        return file
    reviewed_version = reviewed.review.version
    version = _("version {version}").format(version=reviewed_version) if reviewed_version else ""
    parts = (
        reviewed.review.title,
        reviewed.review.reference,
        version,
        reviewed.opened.deal.prospect.name,
    )
    return _("{file}: {what}").format(file=file, what=", ".join(filter(None, parts)))
