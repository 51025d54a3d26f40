"""`accord init`: the house's particulars, asked once and written to `accord.toml`."""

from pathlib import Path
from typing import get_args

import click

from accord import files
from accord.cli import house_interview, options, prompts, unfinished
from accord.cli.house_interview import HouseAnswers
from accord.cli.terminal import tell
from accord.domain.choices import Binding
from accord.errors import OutputError
from accord.i18n import _
from accord.intake import loader, toml_writer


@options.command(
    "init",
    _(
        "Ask for what every letter says of your company, and for your usual terms; then write"
        " accord.toml, with a word on each key. Any answer can be given with --set; what is left is"
        " asked. Without a terminal nothing is asked, and what is missing is listed."
    ),
    _("""Examples:
  accord init
  accord init --set supplier.name=Novalys --set terms.law=FR \\
      --set terms.binding=conditional"""),
)
@options.out(_("The file to write."), default="accord.toml")
@options.settings(_("Any key of the file, such as supplier.name=Novalys; may be repeated."))
@unfinished.resume
@options.force
def command(out: Path, settings: tuple[str, ...], *, resume: bool, force: bool) -> None:
    """Take the settings, ask for the rest, write the file."""
    if out.is_dir():
        raise OutputError(
            _("{path} is a folder; name the file in it: --out {file}.").format(
                path=out, file=out / "accord.toml"
            )
        )
    if out.exists() and not force:
        sentence = _("{path} exists; write --force to replace it, or another name with --out.")
        raise OutputError(sentence.format(path=out))
    answers = HouseAnswers(house_interview.house_form())
    resumed = unfinished.newest_beside(out) if resume else None
    form = answers.form
    if resumed:
        unfinished.take_up(answers, resumed)
    form.give_settings(options.keys_of(settings), "house", loader.house_habits_of)
    form.settle(_needed(), asking=prompts.on_terminal())
    again = unfinished.command_line(
        "init", "--resume", *(["-o", str(out)] if out != Path("accord.toml") else [])
    )
    with unfinished.kept(answers, lambda: resumed or unfinished.path_beside(out), again):
        if prompts.on_terminal():
            house_interview.ask(answers, confirmed=True)
        house = loader.house_from(form.table, "")
        files.write(out, toml_writer.toml_of_house(house.model_dump(exclude_none=True)).encode(), force=force)
    if resumed:
        resumed.unlink(missing_ok=True)
    click.echo(out)
    tell(
        _(
            "What else your letters can say (VAT number, logo, colour, your reason for saying no)"
            " is there as comments. Next: accord new"
        )
    )


def _needed() -> dict[str, str]:
    """The keys without which no letter can be written, and what each wants."""
    return {
        "supplier.name": _("is missing; write --set supplier.name=… with your company's name"),
        "terms.law": _("is missing; write --set terms.law=FR or --set terms.law=EW"),
        "terms.binding": _("is missing; write --set terms.binding=… with one of {choices}").format(
            choices=", ".join(get_args(Binding))
        ),
    }
