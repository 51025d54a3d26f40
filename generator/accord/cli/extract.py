"""`accord extract`: the deal back out of a letter's PDF."""

from pathlib import Path

import click

from accord import files
from accord.cli import options
from accord.cli.terminal import tell
from accord.i18n import _
from accord.intake import toml_writer
from accord.letter import record
from accord.services import open_letter, trust
from accord.services.letter_documents import letter_documents
from accord.text.characters import path_name


@options.command(
    "extract",
    _(
        "Print the deal that a letter was made from, as a deal file. Rendered again with the same"
        " company's file and the same annexes beside it, it gives the same letter, byte for byte."
    ),
    _("""Examples:
  accord extract letter.pdf                 the deal, on the screen
  accord extract letter.pdf -o deal.toml    the deal, into a file
  accord extract letter.pdf --annexes .     the annexes and general terms too, into this folder"""),
)
@click.argument("letter", metavar="PDF", type=options.PATH)
@click.option("-o", "--out", type=options.PATH, help=_("File for the deal, such as deal.toml."))
@click.option(
    "--annexes",
    metavar="FOLDER",
    type=options.PATH,
    help=_("Folder for the documents in the letter's file: annexes, general terms."),
)
@options.force
def command(letter: Path, out: Path | None, annexes: Path | None, *, force: bool) -> None:
    """Read the data, check it, print it as TOML; the documents get the names that they have in the letter."""
    data = open_letter.data_in(letter)
    recorded = record.recorded(data, path_name(letter))
    text = toml_writer.toml_of_deal(data["deal"])
    for remark in trust.remarks([letter]):
        tell(remark)
    if recorded.version:
        sentence = _("This is the deal of version {version} of {reference}.")
        tell(sentence.format(version=recorded.version, reference=recorded.deal.reference))
    if recorded.final:
        tell(_("This was a final letter: to make it again, add --final to accord render."))
    documents = letter_documents(letter, recorded) if annexes else ()
    outputs = [(annexes / each.name, each.content or b"") for each in documents] if annexes else []
    if out:
        outputs.insert(0, (out, text.encode()))
    files.write_all(outputs, force=force)
    if out is None:
        click.echo(text, nl=False)
    for path, _content in outputs:
        click.echo(path, err=out is None)
