"""`accord render`: deal files in, letters out."""

from pathlib import Path

import click

from accord import files
from accord.clauses.library import Library
from accord.cli import options, outcome, recorded
from accord.cli.formats import Formats
from accord.cli.terminal import tell
from accord.domain.deal import Deal
from accord.errors import all_of
from accord.i18n import _
from accord.intake import loader
from accord.letter.letter import Letter
from accord.services import output
from accord.services.keep_reference import keep_reference, makes_another
from accord.services.make_letter import final_letter, make_letter


@options.command(
    "render",
    _(
        "Make the letter of each deal file. All files are read and checked first; if one has a fault,"
        " all faults are listed and nothing is written. The paths of the letters are printed."
    ),
    _("""Examples:
  accord render lefevre.toml                    a draft, in output/
  accord render lefevre.toml --final            the letter to sign
  accord render lefevre.toml -o letter.pdf      under this name
  accord render lefevre.toml --format md        its text alone
  accord render lefevre.toml --format eml       an e-mail to send it with
  accord render lefevre.toml --set decision.quantity=30
  accord render deals/*.toml -o letters         many letters, in letters/"""),
)
@click.argument("deals", metavar="DEAL...", nargs=-1, required=True, type=options.PATH)
@options.out(
    _(
        "Folder for the letters; created if needed. For a single letter it may also be the"
        " file's name: letter.pdf."
    )
)
@click.option(
    "--format",
    "listed",
    type=Formats(),
    metavar="|".join(output.FORMATS),
    multiple=True,
    default=("pdf",),
    help=_("Formats to write for each deal, separated by commas; by default pdf."),
)
@options.final
@options.date
@options.lang
@options.deal_settings
@options.house
@options.force
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    deals: tuple[Path, ...],
    out: Path,
    listed: tuple[tuple[str, ...], ...],
    house: Path | None,
    date: str | None,
    lang: str | None,
    settings: tuple[str, ...],
    *,
    final: bool,
    force: bool,
) -> None:
    """Read all, compose all, make all; then write all, or none."""

    def read_deal(path: Path) -> tuple[Path, Deal]:
        return path, loader.read_deal(path, home.house, today=today, overrides=overrides, date=date)

    def letter_of(read: tuple[Path, Deal]) -> Letter:
        path, deal = read
        if not final:
            return make_letter(deal, home, final=False, source=str(path), library=library)
        known = memory.known_in_turn(deal, home) if memory else None
        letter, warnings[path] = final_letter(deal, home, str(path), library, known)
        return letter

    formats = tuple(dict.fromkeys(form for forms in listed for form in forms))
    file = _one_file(out, len(deals) * len(formats), formats[0])
    today, overrides = options.today(), options.overrides_of(settings, lang)
    home, library = loader.open_house(house), Library()
    memory = recorded.memory(home, today) if final else None
    warnings: dict[Path, int] = {}
    read = all_of(read_deal, deals)
    letters = all_of(letter_of, read)
    made = [
        (letter, deal, file or output.path_of(letter, out, form), content)
        for (_path, deal), letter in zip(read, letters, strict=True)
        for form, content in output.contents(letter, formats, deal, home, library).items()
    ]
    drafts = [
        path
        for letter, _deal, path, content in made
        if not force and output.is_own_draft(path, output.Identity.of(letter), content)
    ]
    with recorded.letters(home, final=final) as announce:
        for letter, deal, path, content in made:
            announce(letter, deal, content, path)
        files.write_all(
            [(path, content) for _letter, _deal, path, content in made], force=force, replaced=drafts
        )
    for _letter, _deal, path, _content in made:
        click.echo(path)
    outcome.say_warnings(warnings)
    if len(letters) == 1:
        ((path, deal),) = read
        outcome.say_what_it_is(letters[0], deal, home, path)
    if not any(map(makes_another, overrides)):
        for (path, deal), letter in zip(read, letters, strict=True):
            if keep_reference(path, deal, letter.reference):
                sentence = _("{path}: its reference, {reference}, now stands in it, for all its versions.")
                tell(sentence.format(path=path, reference=letter.reference))


def _one_file(out: Path, count: int, form: str) -> Path | None:
    """`out` if it names the one file to write; None if it names a folder."""
    if out.suffix.lower().removeprefix(".") not in output.FORMATS or out.is_dir():
        return None
    if count > 1:
        sentence = _("{out} is the name of one file, but there are {count} to write; name a folder.")
        raise click.BadParameter(sentence.format(out=out, count=count), param_hint="--out")
    if out.suffix.lower() != f".{form}":
        sentence = _("{out} does not end in .{form}; rename it, or choose another --format.")
        raise click.BadParameter(sentence.format(out=out, form=form), param_hint="--out")
    return out
