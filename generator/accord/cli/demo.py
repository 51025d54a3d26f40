"""`accord demo`: the built-in sample deals as letters."""

from pathlib import Path

import click

from accord.cli import options
from accord.i18n import _

SAMPLES = Path(__file__).parents[1] / "samples"
HOUSE = "accord.toml"


@click.command(
    "demo",
    short_help=_("Sample letters, to see what comes out."),
    help=_(
        "Make sample letters from a sample company and its deals: agreements of each kind and polite nos,"
        " in French and English."
    ),
    epilog=options.verbatim(
        _(
            """Examples:
  accord demo                 the letters, in output/
  accord demo --sources       also the files they are made of, to change and render
  accord demo -o samples      elsewhere"""
        )
    ),
)
@options.out(_("Folder for the letters; it is made if need be."))
@click.option(
    "--sources", is_flag=True, help=_("Also write the sample deals and their accord.toml to the folder.")
)
@options.force
def command(out: Path, *, sources: bool, force: bool) -> None:
    """Make each sample: final where it has no blanks, a draft otherwise."""
    from accord import files
    from accord.clauses.library import Library
    from accord.intake import loader
    from accord.letter import composer

    home, library = loader.read_house(SAMPLES / HOUSE), Library()
    if sources:
        for path in sorted(path for path in SAMPLES.iterdir() if path.is_file()):
            files.write(out / path.name, path.read_bytes(), force=force)
            click.echo(out / path.name)
    for path in deals():
        deal = loader.read_deal(path, home.house, today=options.today())
        letter = composer.compose(deal, home, source=path.name, library=library)
        if not letter.gaps:
            letter = composer.compose(deal, home, final=True, source=path.name, library=library)
        target = out / f"{letter.file_stem}.pdf"
        files.write(target, options.rendered(letter, "pdf"), force=force)
        click.echo(target)


def deals() -> tuple[Path, ...]:
    """The sample deals, in the order of their names."""
    return tuple(path for path in sorted(SAMPLES.glob("*.toml")) if path.name != HOUSE)
