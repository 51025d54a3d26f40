"""`accord follow`: one step in the life of a signed letter."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from accord import i18n, isolation
from accord.cli import options, prompts, recorder, signers
from accord.cli.formats import Formats
from accord.cli.register import place
from accord.cli.terminal import tell
from accord.domain.house import HouseFile
from accord.domain.promise import CAUSES, SIDES, STEPS, Happened
from accord.errors import Defect
from accord.i18n import _
from accord.intake import days
from accord.intake.loader import open_house
from accord.services import output, registers, step_document
from accord.services.agenda import agenda, next_in_words
from accord.services.follow import day_to_come
from accord.services.returned import Returned, returned


@options.command(
    "follow",
    _(
        "Record a step in the life of a letter: it was signed, the feature was delivered, accepted, refused, and so"
        " on. A step that the letter or the law does not allow is refused, with the article that says so. The document"
        " that a step calls for (delivery notice, reminder, acceptance report, extension, waiver, order, notice of lapse"
        " or of default) is written beside the letter."
    )
    + "\n\n"
    + _("The steps: {steps}.").format(steps=", ".join(STEPS)),
    _("""Examples:
  accord follow signed returned.pdf
  accord follow signed ACC-20261113-ABCDE --on 2026-12-01 --file scanned.pdf --scan
  accord follow delivered ACC-20261113-ABCDE
  accord follow extended ACC-20261113-ABCDE --to 2027-04-30
  accord follow refused ACC-20261113-ABCDE --item 2 --item "the total differs by two cents"
  accord follow accepted ACC-20261113-ABCDE --item 'a button is out of line'"""),
)
@click.argument("step", metavar="STEP", type=click.Choice(STEPS))
@click.argument("reference", metavar="REFERENCE|FILE")
@options.file(
    "--file",
    explanation=_(
        "signed: the PDF that came back, which is verified: it bears the signatures of both sides, or of one."
    ),
)
@click.option("--scan", is_flag=True, help=_("The PDF is a scan of the letter signed on paper."))
@click.option("--on", metavar="DATE", help=_("The day of the step; by default today."))
@click.option("--to", metavar="DATE", help=_("extended: the new date of delivery."))
@click.option("--cause", type=click.Choice(CAUSES), default=CAUSES[0], help=_("extended: why."))
@click.option(
    "--item",
    "items",
    metavar="TEXT",
    multiple=True,
    help=_(
        "For the document, any number of times; delivered: how the feature is reached; refused: a failed test, or its"
        " number; accepted: a reservation; defaulted: what is demanded."
    ),
)
@click.option(
    "--out",
    metavar="FOLDER",
    type=options.PATH,
    help=_("Folder for the document; by default that of the letter."),
)
@click.option(
    "--format",
    "listed",
    type=Formats(),
    metavar="|".join(output.FORMATS),
    multiple=True,
    help=_(
        "Formats to write the document in beside its PDF, which is recorded: eml is an e-mail to send it with."
    ),
)
@click.option("--no-document", is_flag=True, help=_("Record the step alone."))
@signers.trusting
@options.house
@place
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    context: click.Context,
    step: str,
    reference: str,
    file: Path | None,
    on: str | None,
    to: str | None,
    cause: str,
    items: tuple[str, ...],
    listed: tuple[tuple[str, ...], ...],
    out: Path | None,
    house: Path | None,
    address: str | None,
    trust: tuple[Path, ...],
    trust_list: tuple[Path, ...],
    *,
    scan: bool,
    no_document: bool,
    online: bool,
) -> None:
    """Write the document, record the step; say what comes next."""
    _refuse_unused(context, step)
    today, home = options.today(), open_house(house)
    if step == "signed" and file is None and reference.lower().endswith(".pdf"):
        file, reference = Path(reference), ""
    back = _returned(file, home, trust, trust_list, online=online, scan=scan) if file else None
    day = _day(on, today) if on or not (back and back.day) else back.day
    _warn_of_a_day_to_come(day, today)
    by = back.signed if back else SIDES
    happened = Happened(step, day, _day(to, today) if to else None, cause, by)  # type: ignore[arg-type]  # click saw to it
    records = recorder.records(home, address)
    with records.opened() as register:
        history = registers.find(register, reference or _reference(file, back))
        reference = history.entry.reference
        details = dict(back.of(history.entry, str(file))) if back else {}
        made = None if no_document else step_document.document_of(history, happened, home, items)
        formats = [form for forms in listed for form in forms]
        details = step_document.recorded(
            records, register, history, happened, made, details, folder=out, formats=formats
        )
        (item,) = agenda([registers.find(register, reference)], today)
    if made:
        for form in dict.fromkeys(("pdf", *formats)):
            tell(_("Written: {path}").format(path=Path(details["document"]).with_suffix(f".{form}")))
    elif not no_document:
        tell(step_document.why_none(happened.step, items))
    for line in signers.all_in_words(back.signers if back else ()):
        tell(click.unstyle(line))
    click.echo(reference)
    tell(next_in_words(item, today))
    if item.command:
        click.echo(f"  {item.command}", err=True)


OF_ONE_STEP = {
    **dict.fromkeys(("file", "scan", "trust", "trust_list", "online"), "signed"),
    **dict.fromkeys(("to", "cause"), "extended"),
}
"""Options that but one step has a use for."""

OF_DOCUMENTS = ("items", "listed", "out")


def _refuse_unused(context: click.Context, step: str) -> None:
    """`click.UsageError` for options of which this step makes nothing, and for an extension without its date."""
    given = {
        param.name: param.opts[0]
        for param in context.command.params
        if context.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
    }
    sentence = _("{option} goes with “{step}” alone; leave it out.")
    faults = [
        sentence.format(option=given[name], step=only)
        for name, only in OF_ONE_STEP.items()
        if name in given and step != only
    ]
    if "no_document" in given:
        sentence = _("{option} is for the document, and --no-document writes none; leave one of them out.")
        faults += [sentence.format(option=given[name]) for name in OF_DOCUMENTS if name in given]
    if step == "extended" and "to" not in given:
        faults.append(_("Add the new date of delivery: --to DATE."))
    if faults:
        raise click.UsageError(" ".join(faults))


def _returned(  # noqa: PLR0913 - a file, and what to judge it by
    file: Path,
    home: HouseFile,
    trust: Sequence[Path],
    trust_list: Sequence[Path],
    *,
    online: bool,
    scan: bool,
) -> Returned:
    with isolation.Process(signers.limits(online=online)) as process:
        whom = signers.trust_of(trust, trust_list, process, online=online)
        return returned(file, home.path.parent, home.path, process, whom, scan=scan)


def _warn_of_a_day_to_come(day: datetime.date, today: datetime.date) -> None:
    """Say what recording it means, and ask whoever is there to answer."""
    if not (warning := day_to_come(day, today)):
        return
    tell(warning)
    if prompts.on_terminal() and not prompts.agreed(_("Record it all the same?")):
        raise click.Abort


def _reference(file: Path | None, back: Returned | None) -> str:
    """That of the letter in a file."""
    if back is None or back.letter is None:
        raise Defect(_("does not say which letter it is; write its reference before --file")).about(str(file))
    return back.letter.reference


def _day(text: str | None, today: datetime.date) -> datetime.date:
    return today if text is None else days.day(text, i18n.locale(), today)
