"""`accord extract`: the deal back out of a letter's PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from accord import files, isolation
from accord.cli import options
from accord.cli.terminal import tell
from accord.domain.sequel import Sequel
from accord.i18n import _
from accord.intake import toml_writer
from accord.letter import record
from accord.services import foreign, open_letter, trust
from accord.services.letter_documents import letter_documents
from accord.text.characters import path_name
from accord.verify.verdict import LIMITS


@dataclass(frozen=True)
class Extracted:
    """What a letter gives back: its deal as TOML, and the documents in it, if they were asked for.

    `follows` says that it is a document of a step, made from the deal of an agreement.
    """

    __pydantic_config__ = foreign.AS_BASE64

    deal: str
    reference: str
    version: str
    final: bool
    follows: bool
    documents: tuple[tuple[str, bytes], ...]


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
@click.pass_context
def command(
    context: click.Context, letter: Path, out: Path | None, annexes: Path | None, *, force: bool
) -> None:
    """Read the data, check it, print it as TOML; the documents get the names that they have in the letter."""
    with isolation.Process(LIMITS) as process, isolation.Process(LIMITS) as verifier:
        remarks = trust.remarks(verifier, [letter])
        back = foreign.ask(process, Extracted, "accord.cli.extract:extracted", [letter], bool(annexes))
        remark = next(remarks, "")
    if remark:
        tell(remark)
    if back.follows:
        sentence = _("This is the deal of agreement {reference}, which the document follows.")
        tell(sentence.format(reference=back.reference))
    elif back.version:
        sentence = _("This is the deal of version {version} of {reference}.")
        tell(sentence.format(version=back.version, reference=back.reference))
    if back.final and not back.follows:
        tell(_("This was a final letter: to make it again, add --final to accord render."))
    if annexes and not back.documents:
        tell(_("The letter’s file holds no other document: nothing is written for --annexes."))
    outputs = [(annexes / name, content) for name, content in back.documents] if annexes else []
    if out:
        outputs.insert(0, (out, back.deal.encode()))
    files.write_all(outputs, force=force)
    if out is None:
        click.echo(back.deal, nl=False)
    for path, _content in outputs:
        click.echo(path, err=out is None)
    if remark:
        context.exit(1)


def extracted(letters: Sequence[Path], with_documents: bool) -> Extracted:  # noqa: FBT001
    """What the one letter gives back; to be called in a process of its own."""
    (letter,) = letters
    data = open_letter.data_in(letter)
    recorded = record.recorded(data, path_name(letter))
    documents = letter_documents(letter, recorded) if with_documents else ()
    return Extracted(
        deal=toml_writer.toml_of_deal(data["deal"]),
        reference=recorded.deal.reference or "",
        version=recorded.version or "",
        final=recorded.final,
        follows=isinstance(recorded.deal, Sequel),
        documents=tuple((each.name, each.content or b"") for each in documents),
    )
