"""`accord demo`: the built-in sample deals as letters, and what becomes of some of them."""

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from accord import files, i18n
from accord.clauses.library import Library
from accord.cli import board, options
from accord.domain.deal import Agreement, Deal
from accord.domain.house import HouseFile
from accord.domain.promise import Happened
from accord.domain.sequel import Paper, Sequel
from accord.i18n import _
from accord.intake import loader
from accord.letter.composer import compose
from accord.letter.letter import Letter
from accord.register.entries import BEGINNING, Event, History, data_of_step
from accord.services import output
from accord.services.agenda import agenda
from accord.services.issue import entry_of
from accord.services.make_letter import as_final_as_can_be
from accord.text import formats

SAMPLES = Path(__file__).parents[1] / "samples"
HOUSE = "accord.toml"

LIVES: Mapping[str, tuple[str, ...]] = {
    "01-fr-abonnement": (
        "signed 2026-12-01",
        "delivered 2027-02-15",
        "reminded 2027-03-04",
        "accepted 2027-03-08",
        "ordered 2027-03-09",
    ),
    "02-fr-achat-negociation": ("signed 2026-12-04",),
    "03-fr-pilote-promesse": ("signed 2026-12-03", "delivered 2027-02-24"),
    "05-en-purchase-england": (
        "signed 2026-12-02",
        "delivered 2027-02-16",
        "reminded 2027-03-05",
        "accepted 2027-03-09",
        "ordered 2027-03-10",
    ),
    "07-en-pilot-england": ("signed 2026-12-08", "extended 2027-02-22 2027-03-26"),
    "08-en-subscription-france": ("signed 2026-12-10",),
}
"""What becomes of sample agreements: each step, its day, and the new date of an extension."""
WHOLE: Mapping[str, str] = {"fr": "01-fr-abonnement", "en": "05-en-purchase-england"}
"""The agreement whose whole life is shown in each language, documents included."""
BOARDS: Mapping[str, str] = {"fr": "registre.md", "en": "register.md"}
TODAY = datetime.date(2027, 3, 15)
"""The day on which the register is shown."""


@options.command(
    "demo",
    _(
        "Make sample letters from a sample company and its deals: agreements of each kind and"
        " polite declines, in French and English. Of two agreements, the documents of their whole life"
        " follow (delivery, reminder, acceptance, order with its Order-X file), and the register that lists them all."
    ),
    _("""Examples:
  accord demo                 the letters, in output/
  accord demo --sources       also the files they are made of, to change and render
  accord demo -o samples      elsewhere"""),
)
@options.out(_("Folder for the letters; created if needed."))
@click.option(
    "--sources", is_flag=True, help=_("Also write the sample deals and their accord.toml to the folder.")
)
@options.force
def command(out: Path, *, sources: bool, force: bool) -> None:
    """Make each sample: final where it has no blanks, a draft otherwise; then what follows, and the register."""
    home = loader.open_house(SAMPLES / HOUSE)
    if sources:
        for path in sorted(path for path in SAMPLES.iterdir() if path.is_file()):
            files.write(out / path.name, path.read_bytes(), force=force)
            click.echo(out / path.name)
    for name, content in _made(home, Library()):
        files.write(out / name, content, force=force)
        click.echo(out / name)


def deals() -> tuple[Path, ...]:
    """The sample deals, in the order of their names."""
    return tuple(path for path in sorted(SAMPLES.glob("*.toml")) if path.name != HOUSE)


def _made(home: HouseFile, library: Library) -> Iterator[tuple[str, bytes]]:
    """The files of the samples by name: the letters, each with what follows it; the register in both languages."""
    histories: dict[str, History] = {}
    for path in deals():
        deal = loader.read_deal(path, home.house, today=options.today())
        letter, gaps = as_final_as_can_be(deal, home, path.name, library)
        name, content = output.path_of(letter, Path()).name, output.rendered(letter)
        yield name, content
        if gaps:  # no draft is on record
            continue
        history = History(entry_of(letter, deal, home.house, content, name))
        deal = deal.model_copy(update={"reference": letter.reference})
        for step in map(_step, LIVES.get(path.stem, ())):
            document = _document(history, step, deal, home, library) if path.stem in WHOLE.values() else None
            details = {}
            if document:
                name, content = output.path_of(document, Path()).name, output.rendered(document)
                details = {"document": name, "document_sha256": hashlib.sha256(content).hexdigest()}
                yield name, content
            history = _after(history, step, details)
        histories[path.stem] = history
    for language, name in BOARDS.items():
        with i18n.speaking(language):
            text = "\n".join(_board([*histories.values()], histories[WHOLE[language]]))
        yield name, f"{text}\n".encode()


def _step(text: str) -> Happened:
    step, *days = text.split()
    on, *to = map(datetime.date.fromisoformat, days)
    return Happened(step, on, *to)  # type: ignore[arg-type]  # a test tries each


def _document(
    history: History, step: Happened, deal: Deal, home: HouseFile, library: Library
) -> Letter | None:
    """The document of a step, None for one without."""
    entry = history.entry
    if entry.terms is None or not isinstance(deal, Agreement):
        return None
    paper = Paper.of(entry.terms, history.steps, step, entry.articles)
    return compose(Sequel.to(deal, paper), home, final=True, library=library) if paper else None


def _after(history: History, step: Happened, details: Mapping[str, str]) -> History:
    """The same with one step more, recorded on its day."""
    number, time = len(history.events) + 1, f"{step.on}T12:00:00+00:00"
    event = Event(
        number, time, "", history.entry.reference, step.step, data_of_step(step, details), BEGINNING
    )
    return replace(history, events=(*history.events, event))


def _board(histories: Sequence[History], whole: History) -> Iterator[str]:
    """What `accord register list` and `show` print on the day, as Markdown."""
    items = [*agenda(histories, TODAY)]
    yield "# " + _("The register on {day}").format(day=formats.date(TODAY, i18n.locale()))
    yield from ("", "```", "$ accord register list")
    yield from (*board.table(items, TODAY, None), *board.totals(items))
    yield from ("```", "", "```", f"$ accord register show {whole.entry.reference}")
    yield from (*board.life(whole, TODAY), "```")
