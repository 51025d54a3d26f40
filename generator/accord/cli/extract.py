"""`accord extract`: the deal back out of a letter's PDF."""

from pathlib import Path

import click

from accord import files
from accord.cli import options
from accord.cli.terminal import tell
from accord.i18n import _
from accord.intake import toml_writer
from accord.letter import record
from accord.services import open_letter
from accord.text.characters import path_name


@options.command(
    "extract",
    _(
        "Print the deal that a letter was made from, as a deal file. Rendered again with the same"
        " company's file, it gives the same letter, byte for byte."
    ),
    _("""Examples:
  accord extract letter.pdf                 the deal, on the screen
  accord extract letter.pdf -o deal.toml    the deal, into a file"""),
)
@click.argument("letter", metavar="PDF", type=options.PATH)
@click.option("-o", "--out", type=options.PATH, help=_("File for the deal, such as deal.toml."))
@options.force
def command(letter: Path, out: Path | None, *, force: bool) -> None:
    """Read the data, check it, print it as TOML."""
    data = open_letter.data_in(letter)
    recorded = record.recorded(data, path_name(letter))
    text = toml_writer.toml_of_deal(data["deal"])
    if recorded.version:
        sentence = _("This is the deal of version {version} of {reference}.")
        tell(sentence.format(version=recorded.version, reference=recorded.deal.reference))
    if recorded.final:
        tell(_("This was a final letter: to make it again, add --final to accord render."))
    if out is None:
        click.echo(text, nl=False)
    else:
        files.write(out, text.encode(), force=force)
        click.echo(out)
