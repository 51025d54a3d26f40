"""`accord new`: a few answers in, a deal file and its letter out."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import click

from accord import files, i18n
from accord.cli import options, prompts, unfinished
from accord.cli.deal_interview import converse, no_answers
from accord.cli.outcome import write_letter
from accord.domain.choices import Binding, Currency, DecisionKind, Period, Reason
from accord.domain.house import HouseFile
from accord.errors import Fault, OutputError
from accord.i18n import _
from accord.intake import at_hand, loader, toml_writer
from accord.services import output
from accord.services.answers import Form
from accord.services.make_letter import make_letter
from accord.services.questions import DealAnswers, reader

# Each flag and the key of the deal file that it gives.  The language comes before the
# dates and amounts that are read by its rules, the currency before the price that is in it.
KEYS: Mapping[str, str] = {
    "lang": "language",
    "prospect": "prospect.name",
    "feature": "feature.name",
    "effort": "feature.effort",
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
OF_AN_AGREEMENT = ("item", "quantity", "currency", "unit_price", "period", "term", "binding")


@options.command(
    "new",
    _(
        "Ask who wants which feature, whether it is near your core, by when you can deliver it, and what"
        " they decide if you do; then write the deal file and its letter. Any answer can be given as an"
        " option; what is left is asked, and can be changed before anything is written. Without a"
        " terminal nothing is asked, and what is missing is listed."
    ),
    _("""Examples:
  accord new
  accord new --resume
  accord new --lang en --prospect "Harbour Books Ltd"
  accord new --prospect "Boulangeries Lefèvre" --feature "Export FEC" \\
      --delivery-date 2027-03-31 --decision subscription \\
      --item "abonnements" --quantity 25 --unit-price 40 --period month --term 12
  accord new --prospect "Cycles Morel" --feature "Caisse" --decline out-of-scope"""),
)
@click.option("--prospect", help=_("Who asks: the company's name."))
@click.option("--feature", help=_("The feature that they ask for, in a few words."))
@click.option(
    "--effort",
    metavar="DAYS",
    help=_("How many working days it takes, for your plan alone; the letter does not say it."),
)
@click.option("--delivery-date", metavar="DATE", help=_("The day by which you can deliver it."))
@click.option(
    "--decision",
    type=options.Choice("decision.kind", get_args(DecisionKind)),
    help=_("What they decide if it is delivered; “none” makes the letter a polite no."),
)
@click.option("--item", help=_("What they buy, as it reads after the number, such as “licences”."))
@click.option("--quantity", metavar="NUMBER", help=_("How many they buy."))
@click.option("--unit-price", metavar="AMOUNT", help=_("The price of one, before tax (per period)."))
@click.option(
    "--currency",
    type=options.Choice("decision.currency", get_args(Currency)),
    help=_("By default your company's."),
)
@click.option(
    "--period",
    type=options.Choice("decision.period", get_args(Period)),
    help=_("What a subscription is paid by."),
)
@click.option("--term", metavar="NUMBER", help=_("How many periods a subscription lasts."))
@click.option(
    "--binding",
    type=options.Choice("binding", get_args(Binding)),
    help=_("How binding the agreement is; by default your company's usual level."),
)
@click.option(
    "--decline", type=options.Choice("decline.reason", get_args(Reason)), help=_("Say no, for this reason.")
)
@options.lang
@options.date
@options.deal_settings
@options.out(_("Folder for the deal file and the letter; it is created if needed."))
@unfinished.resume
@options.final
@options.house
@options.force
@click.option("--yes", is_flag=True, help=_("Write without showing the summary."))
def command(  # noqa: PLR0913 - one argument per option
    out: Path,
    house: Path | None,
    settings: tuple[str, ...],
    *,
    resume: bool,
    final: bool,
    force: bool,
    yes: bool,
    **flags: str | None,
) -> None:
    """Take the flags, ask for the rest, show what comes out, write it."""
    home = loader.open_house(house)
    prospects = at_hand.prospects(out) if prompts.on_terminal() else ()
    answers = no_answers(home, options.today(), prospects)
    resumed = unfinished.newest(out) if resume else None
    if resumed:
        unfinished.take_up(answers, resumed)
    _take_flags(answers, flags, options.keys_of(settings))
    with _kept(answers, out, resumed):
        final = converse(answers, _("A few questions, then the letter."), final=final, confirmed=yes)
        file = answers.file()
        draft = make_letter(file.deal, home, final=False, library=answers.library)
        file = file.model_copy(update={"reference": draft.reference})
        path = output.deal_path_of(draft, out)
        # What the house gave is in it too, so that it renders alike for ever.
        data = file.model_dump(exclude_unset=True, exclude_none=True)
        _write_deal(path, toml_writer.toml_of_deal(data, draft.gaps), force=force)
    if resumed:
        resumed.unlink(missing_ok=True)
    click.echo(path)
    known = answers.known_to(file.deal) if final else None
    write_letter(file.deal, home, path, out, final=final, force=force, known=known, library=answers.library)


def _write_deal(path: Path, text: str, *, force: bool) -> None:
    """Write the deal file; where the same request has one already, say how to go on."""
    try:
        files.write(path, text.encode(), force=force)
    except OutputError:
        if not path.is_file():
            raise
        sentence = _(
            "{path} exists with other content: the same prospect asks for the same feature in it. Change that"
            " deal by “accord edit {path}”, give this one its own reference by --set reference=…, or write"
            " --force to replace it."
        )
        raise OutputError(sentence.format(path=path)) from None


def _take_flags(answers: DealAnswers, flags: Mapping[str, str | None], settings: Mapping[str, str]) -> None:
    """Put what was given as flags among the answers; what is wrong with them is told at once."""
    form = answers.form
    if "language" not in form:
        form.put("language", i18n.language())
    form.give_settings(
        settings, "deal", lambda table: loader.habits_of(table, answers.home.house, answers.today)
    )
    for flag, key in KEYS.items():
        # An order beside a refusal is told as a contradiction alone, not as an order that lacks the rest.
        if (text := flags[flag]) is not None and not (flags["decline"] and flag in OF_AN_AGREEMENT):
            form.give(key, text, reader(key, answers))
    names = {key: "--" + flag.replace("_", "-") for flag, key in KEYS.items()}
    form.settle(_needed(form, answers.home), names, _contradictions(flags), asking=prompts.on_terminal())


@contextlib.contextmanager
def _kept(answers: DealAnswers, out: Path, resumed: Path | None) -> Iterator[None]:
    """Keep the answers if somebody stops within; a file of its own is named by the prospect, who is asked first."""
    with unfinished.kept(
        answers,
        lambda: resumed or unfinished.path_for(str(answers.form.get("prospect.name") or ""), out),
        unfinished.command_line("new", "--resume", *(["-o", str(out)] if out != Path("output") else [])),
    ):
        yield


def _contradictions(flags: Mapping[str, str | None]) -> Iterator[Fault]:
    """Flags that cannot both be meant: those of an agreement beside a refusal."""
    refused = "decline" if flags["decline"] else "decision" if flags["decision"] == "none" else ""
    if not refused:
        return
    for flag in OF_AN_AGREEMENT:
        if flags[flag] is not None:
            sentence = _(
                "is for an agreement, but --{refused} {value} makes the letter a no; leave one of them out"
            )
            yield Fault("", KEYS[flag], sentence.format(refused=refused, value=flags[refused]))
    if flags["decline"] and flags["decision"] not in {None, "none"}:
        sentence = _("contradicts --decline {reason}, which makes the letter a no; leave one of them out")
        yield Fault("", "decision.kind", sentence.format(reason=flags["decline"]))
    if flags["decline"] == "out-of-scope" and flags["delivery_date"] is not None:
        sentence = _("has no place in a letter that refuses what is off your market; leave it out")
        yield Fault("", "delivery.by", sentence)


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
