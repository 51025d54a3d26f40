"""`accord diff`: what changed from one letter to another."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from accord import isolation
from accord.clauses.untitled import untitled
from accord.cli import options
from accord.cli.terminal import output_width, tell, wrapped
from accord.diff import compare, keyfacts, redline
from accord.diff.compare import Change, Edit
from accord.diff.keyfacts import Fact
from accord.diff.report import comparison
from accord.errors import all_of
from accord.files import is_pdf, write_all
from accord.i18n import _
from accord.letter.letter import Letter
from accord.services import foreign, trust
from accord.services.open_letter import Reading, open_letter
from accord.text.characters import harmless, path_name

LIMITS = isolation.OF_A_LETTER
FEWEST_ELIDED = 12  # words; fewer are printed rather than an ellipsis
KEPT = 4  # words before and after a change


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

    `lines` are for people, `screen` and `paper` the whole letter with its changes marked, where they were asked for.
    """

    __pydantic_config__ = foreign.AS_BASE64

    lines: tuple[str, ...]
    report: dict[str, Any]
    screen: bytes
    paper: bytes


@dataclass(frozen=True)
class Compared:
    """Two letters, their names, and what differs."""

    old: Letter
    new: Letter
    names: tuple[str, str]
    facts: Sequence[Fact]
    changes: Sequence[Change]

    @property
    def bilingual(self) -> bool:
        """Whether they are in two languages."""
        return self.old.language != self.new.language


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
        with isolation.Process(LIMITS) as process, isolation.Process(LIMITS) as verifier:
            doubts = trust.remarks(verifier, files)
            known = tuple(doubts) if screen or paper else ()  # for they stand on the page
            answer = foreign.ask(process, Answer, "accord.cli.diff:answer_to", files, wanted, known)
            remarks = [*known, *doubts]
    else:
        answer, remarks = answer_to(files, wanted), []
    for remark in remarks:
        tell(remark)
    outputs = [(path, content) for path, content in ((screen, answer.screen), (paper, answer.paper)) if path]
    write_all(outputs, force=force)
    if as_json:
        options.print_json({**answer.report, "doubts": remarks})
    elif not outputs:
        click.echo("\n".join(answer.lines))
    for path, _content in outputs:
        click.echo(path, err=as_json)
    if remarks:
        context.exit(1)


def answer_to(files: Sequence[Path], wanted: Wanted, doubts: Sequence[str] = ()) -> Answer:
    """The comparison of the files; where one is a PDF, to be called in a process of its own.

    `doubts` say on the page that the pages of a PDF do not show its data.
    """
    *older, new = _letters(files, wanted.house, wanted.date)
    names = (_("standard text") if wanted.standard else files[0].name, files[-1].name)
    old = older[0] if older else compare.standard(new, path_name(files[0]))
    compared = Compared(old, new, names, keyfacts.differing(old, new), compare.changes(old, new))
    return Answer(
        lines=tuple(lines(compared, wanted)),
        report=asdict(comparison((old, new), names, compared.facts, compared.changes)),
        screen=redline.page(old, new, names, doubts).encode() if wanted.on_screen else b"",
        paper=redline.paper(old, new, names, doubts) if wanted.on_paper else b"",
    )


def _letters(files: Sequence[Path], house: Path | None, date: str | None) -> list[Letter]:
    """The letters of the files; every file that gives none is told at once."""
    deals = [path for path in files if not is_pdf(path)]

    def letter_of(path: Path) -> Letter:
        # A date is for the deals among them; where there are none, it is refused.
        of_deal = None if deals and path not in deals else date
        return open_letter(path, Reading(house, options.today(), {}, of_deal)).letter

    return all_of(letter_of, files)


def lines(compared: Compared, shown: Wanted) -> Iterator[str]:
    """The comparison for people: which letters, what facts differ, what changed in each part, the count."""
    for mark, name, letter in zip("-+", compared.names, (compared.old, compared.new), strict=True):
        yield click.style(harmless(f"{mark} {name}: {redline.facts(letter)}"), bold=True)
    if compared.bilingual:
        yield from _wrapped(shown, redline.words()["side_by_side"])
    yield from _facts(compared, shown)
    for change in compared.changes:
        if compared.bilingual:
            yield from _side_by_side(change, shown)
        elif change.kind != "same" or change.moved:  # another number alone goes into the list of numbers
            yield from _title(_heading(change))
            yield from _text(change, shown)
    renumbered = [f"{change.old} → {change.new}" for change in compared.changes if change.renumbered]
    if renumbered:
        yield ""
        yield from _wrapped(shown, _("Renumbered: {moves}").format(moves=", ".join(renumbered)))
    yield from _title(redline.count(compared.changes, compared.facts, bilingual=compared.bilingual))


def _facts(compared: Compared, shown: Wanted) -> Iterator[str]:
    """The facts that differ, each on its line; last those that only a reader can compare."""
    worded = [fact for fact in compared.facts if fact.worded]
    facts = [fact for fact in compared.facts if not fact.worded]
    if facts:
        yield from _title(redline.words()["facts"])
    for fact in facts:
        yield from _wrapped(shown, _one_line(fact.told if compared.bilingual else _arrow(fact)), "  ")
    if worded:
        yield from _title(redline.words()["own_words"])
    for fact in worded:
        yield f"  {fact.name}"
        for mark, text in (("-", fact.before), ("+", fact.after)):
            for line in text.split("\n"):
                yield from _wrapped(shown, _one_line(line.removeprefix("– ") or "–"), "  ", mark)


def _arrow(fact: Fact) -> str:
    """A difference in as few words as there are."""
    return _("{fact}: {old} → {new}").format(fact=fact.name, old=fact.before or "–", new=fact.after or "–")


def _one_line(text: str) -> str:
    return harmless(text.replace("\n", " "))


def _title(text: str) -> tuple[str, str]:
    return "", click.style(harmless(text), bold=True)


def _heading(change: Change) -> str:
    """A part as a reader finds it, and what became of it."""
    removed = change.kind == "removed"
    title = "".join(edit.text for edit in change.title if edit.kind != "deleted" or removed)
    number = change.new if change.new is not None else change.old
    heading = title or untitled().get(change.id, change.id)
    if number is not None:
        heading = f"{number}. {heading}"
    fate = redline.fate(change)
    return f"{heading} [{fate}]" if fate else heading


def _side_by_side(change: Change, shown: Wanted) -> Iterator[str]:
    """A part of letters in two languages, if there is something to tell: what each letter has."""
    pair = redline.pair(change)
    if not pair.remark:
        return
    yield from _title(_heading(change))
    for mark, side in (("-", pair.old), ("+", pair.new)):
        for line in side.lines if side else ():
            yield from _wrapped(shown, _one_line(line), "  ", mark)


def _text(change: Change, shown: Wanted) -> Iterator[str]:
    if any(edit.kind != "same" for edit in change.title) and change.kind == "changed":
        yield from _wrapped(shown, _marked(change.title, shown), "  ")
    for paragraph in change.paragraphs:
        if paragraph.changed:
            yield from _wrapped(shown, _marked(paragraph.edits, shown), "  ", paragraph.marker)


def _marked(edits: Sequence[Edit], shown: Wanted) -> str:
    """A text with what is deleted and inserted marked, and what is the same cut short."""
    runs = []
    for place, edit in enumerate(edits):
        text = _one_line(edit.text)
        if edit.kind == "same":
            runs.append(_shortened(text, first=place == 0, last=place == len(edits) - 1))
        elif edit.kind == "inserted":
            runs.append(_styled(shown, f"{{+{text}+}}", fg="green", underline=True))
        else:
            runs.append(_styled(shown, f"[-{text}-]", fg="red", strikethrough=True))
    return "".join(runs)


def _styled(shown: Wanted, text: str, **style: Any) -> str:
    return click.style(text, **style) if shown.coloured else text


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """A long text without its middle, or without what no change stands beside."""
    words = text.split(" ")
    if len(words) < FEWEST_ELIDED:
        return text
    before = [] if first else words[: KEPT + 1]
    after = [] if last else words[-KEPT - 1 :]
    return " ".join([*before, "…", *after])


def _coloured() -> bool:
    """Whether the terminal shows colours and lines; the brackets say the same without them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _wrapped(shown: Wanted, text: str, margin: str = "", marker: str = "") -> list[str]:
    """A text in lines as wide as the terminal; one line where no terminal shows it, or it has colours."""
    margin += f"{marker} " if marker else ""
    return wrapped(text, None if shown.coloured else shown.width, margin, " " * len(margin))
