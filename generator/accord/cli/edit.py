"""`accord edit`: the questions again, with the answers of a deal file in place."""

from pathlib import Path
from typing import Any

import click

from accord.cli import house_interview, options, prompts, unfinished
from accord.cli.deal_interview import converse, no_answers
from accord.cli.outcome import write_letter
from accord.domain.deal_file import DealFile
from accord.domain.house import HouseFile
from accord.errors import AccordError
from accord.i18n import _
from accord.intake import at_hand, dotted, loader, toml_editor
from accord.intake import documents as document_files
from accord.services.keep_reference import keep_reference
from accord.services.make_letter import make_letter
from accord.services.questions import DealAnswers, deal_questions
from accord.text.characters import path_name


@options.command(
    "edit",
    _(
        "Show the answers in a deal file, change any of them, and fill in what is blank; then write the"
        " file and its letter. What else stands in the file, comments included, stays as it is. Your"
        " company’s file, accord.toml, can be edited in the same way."
    ),
    _("""Examples:
  accord edit output/AP-20261123-6BXOR-lefevre.toml
  accord edit deal.toml --set decision.quantity=30
  accord edit accord.toml"""),
)
@click.argument("path", metavar="DEAL", type=options.PATH)
@options.deal_settings
@click.option(
    "-o", "--out", type=options.PATH, help=_("Folder for the letter; by default that of the deal file.")
)
@unfinished.resume
@options.final
@options.house
@options.force
def command(  # noqa: PLR0913 - one argument per option
    path: Path,
    settings: tuple[str, ...],
    out: Path | None,
    house: Path | None,
    *,
    resume: bool,
    final: bool,
    force: bool,
) -> None:
    """Read the file, ask, replace it once that is confirmed, make its letter."""
    source = path_name(path)
    data = loader.read_deal_data(path, source)
    keys = options.keys_of(settings)
    if "supplier" in data:
        house_interview.edit(path, data, keys, resume=resume)
        return
    if not keys and not prompts.on_terminal():
        raise AccordError(_("There is no terminal to ask at: give the changes as --set KEY=VALUE."))
    home = loader.open_house(house)
    answers = _answers(path, data, home)
    before = dict(dotted.flatten(answers.form.table))
    resumed = unfinished.newest_beside(path) if resume else None
    if resumed:
        unfinished.take_up(answers, resumed)
    answers.form.give_settings(keys, "deal", lambda table: loader.habits_of(table, home.house, answers.today))
    answers.form.settle({}, asking=prompts.on_terminal())
    opening = _("The answers in {path}.").format(path=source)
    again = unfinished.command_line("edit", path, "--resume")
    with unfinished.kept(answers, lambda: resumed or unfinished.path_beside(path), again):
        final = converse(answers, opening, final=final, confirmed=not prompts.on_terminal())
        deal = answers.file(source).deal
        draft = make_letter(deal, home, final=False, source=source, library=answers.library)
        toml_editor.change_file(path, DealFile, before, dict(dotted.flatten(answers.form.table)))
    keep_reference(path, deal, draft.reference)
    if resumed:
        resumed.unlink(missing_ok=True)
    click.echo(path)
    deal = deal.model_copy(update={"reference": draft.reference})
    known = answers.known_to(deal) if final else None
    folder = out or path.parent
    write_letter(deal, home, path, folder, final=final, force=force, known=known, library=answers.library)


def _answers(path: Path, data: dict[str, Any], home: HouseFile) -> DealAnswers:
    """The answers in a deal file; what was left blank there is asked where the letter wants it."""
    answers = no_answers(home, options.today(), at_hand.prospects(path.parent), document_files.beside(path))
    answers.form.table = data
    answers.file(path_name(path))  # all its faults, before anything is asked
    for key, usual in (("law", home.house.terms.law), ("binding", home.house.terms.binding)):
        if key not in answers.form and usual is not None:
            answers.form.put(key, usual)
    answers.passed = {
        each.name
        for each in deal_questions()
        if each.applies(answers) and not each.needed and not each.is_answered(answers)
    }
    return answers
