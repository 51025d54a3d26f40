"""`accord render`: deal files in, letters out."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from accord.cli import options
from accord.errors import AccordError, Refusals
from accord.i18n import _

if TYPE_CHECKING:
    from accord.domain.deal import Deal
    from accord.letter.letter import Letter

Item = TypeVar("Item")
Result = TypeVar("Result")


@click.command(
    "render",
    short_help=_("Deal files to letters."),
    help=_(
        "Make the letter of each deal file. All files are read and checked first; if one has a fault,"
        " all faults are listed and nothing is written. The paths of the letters are printed."
    ),
    epilog=options.verbatim(
        _(
            """Examples:
  accord render lefevre.toml                    a draft, in output/
  accord render lefevre.toml --final            the letter to sign
  accord render lefevre.toml -o letter.pdf      under this name
  accord render lefevre.toml --format md        its text alone
  accord render lefevre.toml --set decision.quantity=30
  accord render deals/*.toml -o letters         many letters, in letters/"""
        )
    ),
)
@click.argument("deals", metavar="DEAL...", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.out(
    _("Folder for the letters; it is made if need be. For one letter, also the name of the file: letter.pdf.")
)
@click.option(
    "--format",
    "listed",
    type=options.Formats(),
    multiple=True,
    default=("pdf",),
    help=_("What to make of each deal, by default a PDF; several: pdf,html."),
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
    """Read all, compose all, make all; then write."""
    from accord import files
    from accord.clauses.library import Library
    from accord.intake import loader
    from accord.letter import composer

    def letter_of(pair: "tuple[Path, Deal]") -> "Letter":
        path, deal = pair
        if final:
            from accord.review import review

            return review.release(deal, home, str(path), library)
        return composer.compose(deal, home, source=str(path), library=library)

    formats = tuple(dict.fromkeys(form for forms in listed for form in forms))
    file = _one_file(out, len(deals) * len(formats), formats[0])
    home, library = loader.read_house(loader.find_house(Path.cwd(), house)), Library()
    overrides = options.keys_of(settings) | ({"language": lang} if lang else {})
    read_deal = partial(
        loader.read_deal, house=home.house, today=options.today(), overrides=overrides, date=date
    )
    read = all_of(lambda path: (path, read_deal(path)), deals)
    letters = all_of(letter_of, read)
    made = [
        (file or out / f"{letter.file_stem}.{form}", options.rendered(letter, form))
        for letter in letters
        for form in formats
    ]
    for path, content in made:
        files.write(path, content, force=force)
        click.echo(path)


def _one_file(out: Path, count: int, form: str) -> Path | None:
    """`out` if it names the one file to write; None if it names a folder."""
    if out.suffix.removeprefix(".") not in options.FORMATS or out.is_dir():
        return None
    if count > 1:
        raise click.BadParameter(
            _("{out} is the name of one file, but there are {count} to write; name a folder.").format(
                out=out, count=count
            ),
            param_hint="--out",
        )
    if out.suffix != f".{form}":
        raise click.BadParameter(
            _("{out} does not end in .{form}; rename it, or choose another --format.").format(
                out=out, form=form
            ),
            param_hint="--out",
        )
    return out


def all_of(make: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """`make` of each item; if some are refused, one error that tells of them all."""
    results, refusals = [], []
    for item in items:
        try:
            results.append(make(item))
        except AccordError as error:
            refusals.append(error)
    if refusals:
        raise Refusals(refusals)
    return results
