"""A comparison as `accord diff` tells it; it weighs, and is loaded where letters are read."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from accord.clauses.library import Library
from accord.clauses.untitled import untitled
from accord.cli import options
from accord.cli.diff import Answer, Wanted
from accord.cli.terminal import wrapped
from accord.diff import compare, keyfacts, redline
from accord.diff.compare import Change, Edit
from accord.diff.keyfacts import Fact
from accord.diff.report import comparison
from accord.errors import all_of
from accord.files import is_pdf
from accord.i18n import _
from accord.letter.letter import Letter
from accord.services import trust
from accord.services.open_letter import Reading, open_letter
from accord.text.characters import harmless, path_name

FEWEST_ELIDED = 12  # words; fewer are printed rather than an ellipsis
KEPT = 4  # words before and after a change


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


def answer_to(files: Sequence[Path], wanted: Wanted, library: Library | None = None) -> Answer:
    """The comparison of the files; where one is a PDF, to be called in a process of its own.

    `library` spares reading the same clauses again.
    """
    library, pdfs = library or Library(), [*filter(is_pdf, files)]
    *older, new = _letters(files, wanted, library)
    names = (_("standard text") if wanted.standard else files[0].name, files[-1].name)
    old = older[0] if older else compare.standard(new, path_name(files[0]))
    compared = Compared(old, new, names, keyfacts.differing(old, new), compare.changes(old, new))
    doubts = tuple(trust.found(pdfs, None, library)) if pdfs else ()
    return Answer(
        lines=tuple(lines(compared, wanted)),
        report=asdict(comparison((old, new), names, compared.facts, compared.changes)),
        screen=redline.page(old, new, names, doubts).encode() if wanted.on_screen else b"",
        paper=redline.paper(old, new, names, doubts) if wanted.on_paper else b"",
        doubts=doubts,
    )


def _letters(files: Sequence[Path], wanted: Wanted, library: Library) -> list[Letter]:
    """The letters of the files; every file that gives none is told at once."""
    deals = [path for path in files if not is_pdf(path)]

    def letter_of(path: Path) -> Letter:
        # A date is for the deals among them; where there are none, it is refused.
        of_deal = None if deals and path not in deals else wanted.date
        return open_letter(path, Reading(wanted.house, options.today(), {}, of_deal, library)).letter

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


def _wrapped(shown: Wanted, text: str, margin: str = "", marker: str = "") -> list[str]:
    """A text in lines as wide as the terminal; one line where no terminal shows it, or it has colours."""
    margin += f"{marker} " if marker else ""
    return wrapped(text, None if shown.coloured else shown.width, margin, " " * len(margin))
