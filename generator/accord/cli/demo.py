"""`accord demo`: the built-in sample deals as letters."""

from pathlib import Path

import click

from accord import files
from accord.clauses.library import Library
from accord.cli import options
from accord.i18n import _
from accord.intake import loader
from accord.services import output
from accord.services.make_letter import as_final_as_can_be

SAMPLES = Path(__file__).parents[1] / "samples"
HOUSE = "accord.toml"


@options.command(
    "demo",
    _(
        "Make sample letters from a sample company and its deals: agreements of each kind and"
        " polite declines, in French and English."
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
    """Make each sample: final where it has no blanks, a draft otherwise."""
    home, library = loader.open_house(SAMPLES / HOUSE), Library()
    if sources:
        for path in sorted(path for path in SAMPLES.iterdir() if path.is_file()):
            files.write(out / path.name, path.read_bytes(), force=force)
            click.echo(out / path.name)
    for path in deals():
        deal = loader.read_deal(path, home.house, today=options.today())
        letter, _gaps = as_final_as_can_be(deal, home, path.name, library)
        target = output.path_of(letter, out)
        files.write(target, output.rendered(letter), force=force)
        click.echo(target)


def deals() -> tuple[Path, ...]:
    """The sample deals, in the order of their names."""
    return tuple(path for path in sorted(SAMPLES.glob("*.toml")) if path.name != HOUSE)
