"""`accord new`: four answers in, a deal file and its letter out."""

import contextlib
import shlex
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar, get_args

import click

from accord import files, i18n
from accord.cli import interview, options, prompts
from accord.cli.prompts import Form
from accord.cli.terminal import tell
from accord.domain.choices import Binding, Currency, DecisionKind, Period, Reason
from accord.domain.house import HouseFile
from accord.i18n import _
from accord.intake import loader, toml_writer
from accord.letter.letter import Letter
from accord.pdf import engine
from accord.services import output
from accord.services.make_letter import make_letter

Result = TypeVar("Result")

# Each flag and the key of the deal file that it gives.  The language comes before the
# dates and amounts that are read by its rules, the currency before the price that is in it.
KEYS: Mapping[str, str] = {
    "lang": "language",
    "prospect": "prospect.name",
    "feature": "feature.name",
    "decline": "decline.reason",
    "delivery_date": "delivery.by",
    "decision": "decision.kind",
    "item": "decision.item",
    "quantity": "decision.quantity",
    "currency": "decision.currency",
    "unit_price": "decision.unit_price",
    "period": "decision.period",
    "term": "decision.term",
    "binding": "binding",
    "date": "date",
}


@options.command(
    "new",
    _(
        "Ask who wants which feature, by when you can deliver it, and what they decide if you do; then"
        " write the deal file and its letter. Any answer can be given as an option; what is left is"
        " asked. Without a terminal nothing is asked, and what is missing is listed."
    ),
    _("""Examples:
  accord new
  accord new --lang en --prospect "Harbour Books Ltd"
  accord new --prospect "Boulangeries Lefèvre" --feature "Export FEC" \\
      --delivery-date 2027-03-31 --decision subscription \\
      --item "abonnements" --quantity 25 --unit-price 40 --period month --term 12
  accord new --prospect "Cycles Morel" --feature "Caisse" --decline out-of-scope"""),
)
@click.option("--prospect", help=_("Who asks: the company's name."))
@click.option("--feature", help=_("The feature that they ask for, in a few words."))
@click.option("--delivery-date", metavar="DATE", help=_("The day by which you can deliver it."))
@click.option(
    "--decision",
    type=click.Choice(get_args(DecisionKind)),
    help=_("What they decide if it is delivered; “none” makes the letter a polite no."),
)
@click.option("--item", help=_("What they buy, in the plural, such as “licences”."))
@click.option("--quantity", metavar="NUMBER", help=_("How many they buy."))
@click.option("--unit-price", metavar="AMOUNT", help=_("The price of one, before tax (per period)."))
@click.option("--currency", type=click.Choice(get_args(Currency)), help=_("By default your company's."))
@click.option("--period", type=click.Choice(get_args(Period)), help=_("What a subscription is paid by."))
@click.option("--term", metavar="NUMBER", help=_("How many periods a subscription lasts."))
@click.option(
    "--binding",
    type=click.Choice(get_args(Binding)),
    help=_("What the agreement obliges to; by default your company's usual level."),
)
@click.option("--decline", type=click.Choice(get_args(Reason)), help=_("Say no, for this reason."))
@options.lang
@options.date
@options.deal_settings
@options.out(_("Folder for the deal file and the letter; it is made if need be."))
@options.final
@options.house
@options.force
@click.option("--yes", is_flag=True, help=_("Write without asking for confirmation."))
def command(  # noqa: PLR0913 - one argument per option
    out: Path,
    house: Path | None,
    settings: tuple[str, ...],
    *,
    final: bool,
    force: bool,
    yes: bool,
    **answers: str | None,
) -> None:
    """Take the flags, ask for the rest, show what comes out, write it.

    The deal file is written first, so that no answer is lost whatever becomes
    of the letter.  What takes time runs while somebody reads or types.
    """
    home = loader.open_house(house)
    form = _form(home, answers, options.keys_of(settings))
    form.settle(_needed(form, home), {key: "--" + flag.replace("_", "-") for flag, key in KEYS.items()})
    if prompts.on_terminal():
        _meanwhile(engine.load)  # if it cannot be, the letter will say so
        with prompts.nothing_written():
            interview.ask_all(form, home)
    file = loader.deal_file_from(form.table, "", home.house, today=options.today())
    deal = file.deal
    draft = make_letter(deal, home, final=False)
    path = output.deal_path_of(draft, out)

    def letter_and_pdf() -> tuple[Letter, bytes]:
        letter = make_letter(deal, home, final=final, source=str(path))
        return letter, output.rendered(letter)

    finish = _meanwhile(letter_and_pdf)
    interview.say_why_not(file)
    interview.summarise(deal, draft)
    if prompts.on_terminal() and not yes:
        with prompts.nothing_written():
            if not prompts.agreed(_("Write it? [Y/n]")):
                raise click.Abort
    # What the house gave is in it too, so that it renders alike for ever.
    kept = file.model_dump(exclude_unset=True, exclude_none=True) | {"reference": draft.reference}
    text = toml_writer.toml_of_deal(kept)
    files.write(path, text.encode(), force=force)
    click.echo(path)
    with _answers_kept_in(path):
        letter, pdf = finish()
        target = output.path_of(letter, out)
        files.write(target, pdf, force=force)
    click.echo(target)
    if letter.gaps:
        tell(_("To sign it, fill in the deal file, then:"))
        click.echo(f"  accord render {shlex.quote(str(path))} --final", err=True)


def _form(home: HouseFile, answers: Mapping[str, str | None], settings: Mapping[str, str]) -> Form:
    """The form with the answers that were given as flags, not settled yet."""
    form = Form(lambda table: loader.deal_from(table, "", home.house, today=options.today()))
    form.put("language", i18n.language())
    form.give_settings(settings, "deal")
    for flag, key in KEYS.items():
        if (answer := answers[flag]) is not None:
            form.give(key, answer, interview.reader(key, form, home))
    return form


def _needed(form: Form, home: HouseFile) -> dict[str, str]:
    """The keys without which there is no letter, and what each wants."""
    terms = home.house.terms
    needed = {
        "prospect.name": _("is missing; write the name of the company that asks"),
        "feature.name": _("is missing; write the feature that it asks for"),
    }
    if "decline" not in form and form.get("decision.kind") != "none":
        needed |= {
            "delivery.by": _("is missing; write the day by which you can deliver, such as 2027-03-31"),
            "decision.kind": _("is missing; write one of {choices}").format(
                choices=", ".join(get_args(DecisionKind))
            ),
        }
        if terms.law is None:
            needed["law"] = _("is missing; write --set law=FR or --set law=EW")
        if terms.binding is None:
            needed["binding"] = _("is missing; write one of {choices}").format(
                choices=", ".join(get_args(Binding))
            )
    return needed


def _meanwhile(work: Callable[[], Result]) -> Callable[[], Result]:
    """Start `work` in the background; the function returned waits for what it gives or raises."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is wanted
            future.set_exception(error)

    # A new thread would speak English: it takes over the language of this one.
    threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()
    return future.result


@contextlib.contextmanager
def _answers_kept_in(path: Path) -> Iterator[None]:
    """If there can be no letter, say where the answers are."""
    try:
        yield
    except BaseException:
        tell(_("There is no letter yet; your answers are kept in {path}.").format(path=path))
        raise
