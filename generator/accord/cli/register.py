"""`accord register`: what has been promised to whom by when, and what is due."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import click

from accord import files, i18n, isolation
from accord.cli import board, options
from accord.cli.recorder import actor, opened
from accord.cli.terminal import table_width, tell, verbatim, wrapped
from accord.domain.capacity import Team
from accord.domain.house import HouseFile
from accord.domain.precedents import Owed
from accord.domain.promise import HALF_SIGNED, State
from accord.errors import AccordError, Defect, Refusals
from accord.i18n import _, ngettext
from accord.intake import days, words
from accord.intake.loader import open_house
from accord.services import registers
from accord.services.agenda import Filter, Item, agenda, in_days, is_open, last_day, next_in_words
from accord.services.demand import Demand
from accord.services.demand import demand as demand_of
from accord.services.evidence import Evidence, entry_of_pdf, evidence_of
from accord.services.forewarning import owed_of
from accord.services.rebuild import rebuilt
from accord.services.register_export import as_lines, as_row, exported
from accord.services.register_report import (
    PlannedPromise,
    RegisterCapacity,
    register_capacity,
    register_demand,
    register_life,
    register_list,
)
from accord.signing.trust import Trust
from accord.text import formats, locales
from accord.text.characters import harmless, path_name
from accord.verify.verdict import LIMITS

place = click.option(
    "--register",
    "address",
    metavar="FILE",
    envvar=options.REGISTER,
    help=_("The register: a file, or the address of a database; by default register.db beside accord.toml."),
)
SOON = 14  # days


@click.group(
    "register",
    help=_("The register of your final letters: what has been promised to whom, by when, and what is due."),
    epilog=verbatim(
        _("""Examples:
  accord register add letters/*.pdf        record final letters, once they are verified
  accord register list                     every letter, how it stands, what comes next
  accord register due --within 14          what is due within two weeks, and who has to act
  accord register show ACC-20261113-ABCDE  the whole life of a letter
  accord register calendar -o promises.ics the same days, for a calendar
  accord register demand                   what is asked for most, and what was answered
  accord register rebuild letters          the same register again, from the PDFs alone
  accord register capacity                 who is served when, and what would be late
  accord register check                    has anybody changed or removed anything?""")
    ),
)
def command() -> None:
    """Nothing of its own."""


@command.command(
    "add",
    help=_(
        "Record final letters from their PDFs. Each is verified first; drafts and altered files are refused."
    ),
)
@click.argument("letters", metavar="PDF...", nargs=-1, required=True, type=options.PATH)
@options.house
@place
def add(letters: tuple[Path, ...], house: Path | None, address: str | None) -> None:
    """Print the reference of each letter that was not there yet."""
    home = open_house(house)
    refusals: list[AccordError] = []
    with opened(home, address) as register, isolation.Process(LIMITS) as process:
        for letter in letters:
            try:
                entry = entry_of_pdf(letter, home.path.parent, home.path, process)
                is_new = register.issue(entry, actor=actor(), time=options.now())
            except AccordError as error:  # one bad file must not keep the others out
                refusals.append(error)
                continue
            click.echo(entry.reference)
            if not is_new:
                tell(_("{file} is on record already.").format(file=letter))
    if refusals:
        raise Refusals(refusals)


@command.command(
    "list",
    help=_("Every letter: how it stands, what comes next, what it is worth. Options narrow it down."),
)
@click.option("--open", "only_open", is_flag=True, help=_("Only letters on which something is left to do."))
@click.option(
    "--state",
    "states",
    type=click.Choice((*get_args(State), HALF_SIGNED, "declined")),
    multiple=True,
    help=_("Only letters that stand so; may be repeated."),
)
@click.option("--prospect", metavar="TEXT", help=_("Only letters to companies with this in their name."))
@click.option("--feature", metavar="TEXT", help=_("Only letters about features with this in their name."))
@click.option("--due-before", metavar="DATE", help=_("Only what is due before this day."))
@click.option(
    "--within",
    metavar="DAYS",
    type=options.whole(0, 3660),
    help=_("Only what is due within so many days, or late."),
)
@click.option("--overdue", is_flag=True, help=_("Only what is late."))
@click.option("--csv", "as_csv", is_flag=True, help=_("Print CSV, for a spreadsheet."))
@options.as_json
@options.house
@place
def list_all(  # noqa: PLR0913, PLR0917 - one argument per option
    states: tuple[str, ...],
    prospect: str | None,
    feature: str | None,
    due_before: str | None,
    within: int | None,
    house: Path | None,
    address: str | None,
    *,
    only_open: bool,
    overdue: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Print a table, CSV or JSON."""
    options.refuse_both(csv=as_csv, json=as_json)
    day = options.today()
    before = days.day(due_before, i18n.locale(), day) if due_before else None
    last = last_day(day, before, within, overdue=overdue)
    chosen = Filter(only_open, frozenset(states), prospect or "", feature or "", last)
    every = _items(open_house(house), address, day)
    items = [item for item in every if chosen.takes(item)]
    if as_json:
        options.print_json(register_list(items, day))
    elif as_csv:
        click.echo(_csv([asdict(letter) for letter in register_list(items, day).letters]), nl=False)
    elif items:
        lines = [*board.table(items, day, table_width())]
        in_blocks = lines[1].startswith(" ")
        bold = [not (number and (not in_blocks or line.startswith(" "))) for number, line in enumerate(lines)]
        click.echo(
            "\n".join(
                click.style(line, bold=True) if strong else line
                for line, strong in zip(lines, bold, strict=True)
            )
        )
        for line in board.totals(items):
            click.echo(line)
    elif every:
        tell(_("No letter of the register is like that."))
    else:
        tell(_("The register is empty; “accord register add” records final letters."))


@command.command(
    "due",
    help=_(
        "What is due: what, who has to act, by when, and the command that records it. Exit code 1 if something is late."
    ),
)
@click.option(
    "--within",
    metavar="DAYS",
    type=options.whole(0, 3660),
    default=SOON,
    show_default=True,
    help=_("How many days ahead to look."),
)
@options.as_json
@options.house
@place
@click.pass_context
def due(
    context: click.Context, within: int, house: Path | None, address: str | None, *, as_json: bool
) -> None:
    """Print what is due, the most urgent first."""
    day = options.today()
    found = [
        (left, item)
        for item in _items(open_house(house), address, day)
        if is_open(item) and (left := item.days_left(day)) is not None and left <= within
    ]
    found.sort(key=lambda pair: pair[0])
    items = [item for _left, item in found]
    if as_json:
        options.print_json(register_list(items, day))
    for item in () if as_json else items:
        _print_due(item, day)
    if not items:
        tell(
            ngettext(
                "Nothing is due within {days} day.", "Nothing is due within {days} days.", within
            ).format(days=within)
        )
    if any(left < 0 for left, _item in found):
        context.exit(1)


@command.command(
    "demand",
    help=_(
        "What is asked for, feature by feature: by whom, what has been promised, what was declined and why."
    ),
)
@options.as_json
@options.house
@place
def demand(house: Path | None, address: str | None, *, as_json: bool) -> None:
    """Print a paragraph per feature, what is asked for most first."""
    with opened(open_house(house), address) as register:
        found = demand_of(register.histories())
    if as_json:
        options.print_json(register_demand(found))
        return
    for each in found:
        _print_demand(each)
    if not found:
        tell(_("The register is empty; “accord register add” records final letters."))


def _print_demand(found: Demand) -> None:
    count = len(found.prospects)
    asked = ngettext("asked for by {count} company", "asked for by {count} companies", count).format(
        count=count
    )
    click.echo(click.style(harmless(f"{found.feature}{_(': ')}{asked}"), bold=True))
    click.echo(harmless("  " + ", ".join(found.prospects)))
    for currency, total in sorted(found.promised.items()):
        amount = formats.amount(total, currency, i18n.locale())
        click.echo("  " + _("agreements, before tax: {amount}").format(amount=amount))
    for currency, total in sorted(found.declined.items()):
        amount = formats.amount(total, currency, i18n.locale())
        click.echo("  " + _("declined, before tax: {amount}").format(amount=amount))
    reasons = words.named("decline.reason")
    for reason, times in found.reasons.items():
        click.echo("  " + _("declined, {reason}: {times}").format(reason=reasons[reason], times=times))
    if found.look_again:
        click.echo("  " + _("Many ask for what you say is off your market: look again."))


def _late(_context: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    """Each reference and its days; a mistake is told like that of any option."""
    late: dict[str, int] = {}
    for value in values:
        reference, _equals, days = value.rpartition("=")
        if not reference or not days.isdecimal() or not 0 < int(days) <= 1000:
            sentence = _("“{value}” is not REFERENCE=DAYS, such as AP-20261113-ABCDE=10.")
            raise click.BadParameter(sentence.format(value=value))
        late[reference] = int(days)
    return late


@command.command(
    "capacity",
    help=_(
        "The plan of your team: who is served when, month by month, what is due first before the rest; and what"
        " slips if something takes longer. It needs days_per_month under [capacity] in accord.toml, and the"
        " effort of each feature. Exit code 1 if something would be late."
    ),
)
@click.option(
    "--late",
    metavar="REFERENCE=DAYS",
    multiple=True,
    callback=_late,
    help=_("Suppose that this one takes so many working days longer; may be repeated."),
)
@options.as_json
@options.house
@place
@click.pass_context
def capacity(
    context: click.Context, late: dict[str, int], house: Path | None, address: str | None, *, as_json: bool
) -> None:
    """Print a paragraph per month."""
    day, home = options.today(), open_house(house)
    team = Team.of(home.house, day)
    if team is None:
        sentence = _(
            "{file}: does not say what your team can carry; write days_per_month = 20 under [capacity]"
        )
        raise AccordError(sentence.format(file=path_name(home.path)))
    with opened(home, address) as register:
        supposed = {registers.find(register, name).entry.reference: days for name, days in late.items()}
        owed = tuple(owed_of(register.owed_on(day), day))
    _refuse_unplanned(supposed, owed)
    found = register_capacity(owed, team, day, supposed)
    if as_json:
        options.print_json(found)
    else:
        _print_plan(found)
    if any(each.days_late != 0 for each in found.promises):
        context.exit(1)


def _refuse_unplanned(late: Iterable[str], owed: Iterable[Owed]) -> None:
    """A delay of what is not in the plan would say nothing."""
    planned = {each.reference for each in owed if each.effort}
    if missing := [reference for reference in late if reference not in planned]:
        sentence = _("{reference}: is not in the plan: nothing is to be built for it, or it has no effort")
        raise Refusals([AccordError(sentence.format(reference=reference)) for reference in missing])


def _print_plan(found: RegisterCapacity) -> None:
    """Month by month, then what the plan leaves out."""
    promises = {each.reference: each for each in found.promises}
    for each in found.months:
        month = _("{month}: {taken} of {days} days of work").format(
            month=f"{locales.months(i18n.language())[int(each.month[5:]) - 1]} {each.month[:4]}",
            taken=_figure(each.taken),
            days=_figure(each.days),
        )
        click.echo(click.style(month, bold=True))
        for reference in each.done:
            _print_planned(promises[reference])
    for promise in found.promises:
        if promise.done is None:
            _print_planned(promise)
    if not found.promises:
        tell(_("Nothing that is promised is left to build, as far as its effort is known."))
    if found.unplanned:
        click.echo(click.style(_("Left out of the plan, for want of an effort:"), bold=True))
    for left in found.unplanned:
        sentence = _("{reference}: {prospect}, {feature}, due by {due}")
        due = formats.date(left.due, i18n.locale())
        line = sentence.format(
            reference=left.reference, prospect=left.prospect, feature=left.feature, due=due
        )
        click.echo(harmless(f"  {line}"))
    if found.unplanned:
        tell(_("Write feature.effort in their deals, and render their final letters again."))


def _print_planned(promise: PlannedPromise) -> None:
    sentence = _("{reference}: {prospect}, {feature}: done by {done}, due by {due}")
    done = formats.date(promise.done, i18n.locale()) if promise.done else _("never within ten years")
    line = sentence.format(
        reference=promise.reference,
        prospect=promise.prospect,
        feature=promise.feature,
        done=done,
        due=formats.date(promise.due, i18n.locale()),
    )
    remarks = []
    if promise.slips:
        remarks.append(
            ngettext("{days} day later than planned", "{days} days later than planned", promise.slips).format(
                days=promise.slips
            )
        )
    if promise.days_late:
        remarks.append(in_days(-promise.days_late))
    text = harmless(f"  {line}{''.join(f', {remark}' for remark in remarks)}")
    click.echo(click.style(text, fg="red" if promise.days_late != 0 else None))


def _figure(days: float) -> str:
    return str(formats.number(round(days), i18n.locale()))


@command.command(
    "calendar",
    help=_("What is due, as a calendar that Outlook, Google and Apple open. Entries move with their dates."),
)
@options.file(
    "-o", "--out", explanation=_("The file to write, such as promises.ics; by default it is printed.")
)
@options.house
@place
@options.force
def calendar(out: Path | None, house: Path | None, address: str | None, *, force: bool) -> None:
    """Write the calendar, or print it."""
    from accord.services.calendar import calendar as calendar_of  # noqa: PLC0415 - for this alone

    content = calendar_of(_items(open_house(house), address, options.today()))
    if out is None:
        click.echo(content, nl=False)
        return
    files.write(out, content, force=force)
    click.echo(out)


@command.command(
    "show", help=_("The life of a letter: what it promises, what has happened, what may come next.")
)
@click.argument("reference", metavar="REFERENCE")
@options.as_json
@options.house
@place
def show(reference: str, house: Path | None, address: str | None, *, as_json: bool) -> None:
    """Print the letter, its events and its lawful steps."""
    day = options.today()
    with opened(open_house(house), address) as register:
        history = registers.find(register, reference)
    if as_json:
        (item,) = agenda([history], day)
        options.print_json(register_life(item, day))
        return
    for number, line in enumerate(board.life(history, day)):
        click.echo(click.style(line, bold=not number))


@command.command(
    "check",
    help=_(
        "Whether rows of the register were changed, removed or slipped in, and whether each letter on disk is still the one that was recorded. Exit code 1 if not."
    ),
)
@options.house
@place
@click.pass_context
def check(context: click.Context, house: Path | None, address: str | None) -> None:
    """Print a line for each fault."""
    home = open_house(house)
    with opened(home, address) as register:
        faults = [*register.faults(), *registers.faults_on_disk(register, home.path.parent)]
    for fault in faults:
        click.echo(harmless(fault))
    if faults:
        context.exit(1)
    tell(_("The register is whole, and each letter is where and as it was recorded."))


@command.command(
    "export",
    help=_(
        "The whole register, event by event: JSON, one event a line (accord schema register-export), or CSV for a"
        " spreadsheet."
    ),
)
@click.option("--csv", "as_csv", is_flag=True, help=_("Print CSV, for a spreadsheet."))
@options.file("-o", "--out", explanation=_("The file to write; by default it is printed."))
@options.house
@place
@options.force
def export(out: Path | None, house: Path | None, address: str | None, *, as_csv: bool, force: bool) -> None:
    """Write the events, or print them."""
    with opened(open_house(house), address) as register:
        events = [*exported(register.events())]
    text = _csv([*map(as_row, events)]) if as_csv else "".join(f"{line}\n" for line in as_lines(events))
    if out is None:
        click.echo(text, nl=False)
        return
    files.write(out, text.encode(), force=force)
    click.echo(out)


@command.command(
    "rebuild",
    help=_(
        "Make the register again from PDFs alone: letters, the documents of their steps, and what came back signed, in"
        " any order, each verified. What no PDF holds is told: who recorded a step and when, a signature on paper, a"
        " withdrawal, steps without a document."
    ),
)
@click.argument("folder", metavar="FOLDER", type=options.PATH)
@click.option("--force", is_flag=True, help=_("Replace a register that is not empty; a copy of it is kept."))
@options.house
@place
def rebuild(folder: Path, house: Path | None, address: str | None, *, force: bool) -> None:
    """Print how many letters and steps are on record; what is not is told on standard error."""
    home = open_house(house)
    refusals: list[str] = []
    with registers.opened(home, address) as register:
        if not force:
            register.refuse_filled()
        found = rebuilt(_evidence_in(folder, home, refusals))
        kept = register.replace(found.rows, actor=actor(), time=options.now(), force=force)
    if kept:
        tell(_("What was there is kept as {name}.").format(name=kept))
    for sentence in (*refusals, *found.remarks):
        tell(sentence)
    letters = sum(row.kind == "issued" for row in found.rows)
    steps = len(found.rows) - letters
    click.echo(_("Letters: {letters}. Steps: {steps}.").format(letters=letters, steps=steps))


def _is_hidden(folder: Path) -> bool:
    return folder.name.startswith(".")


def _evidence_in(folder: Path, home: HouseFile, refusals: list[str]) -> Iterator[Evidence]:
    """What each PDF in a folder and in those below it says; why one says nothing goes to `refusals`."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() == ".pdf")
    # Programs keep what is theirs in hidden folders: the desk, what was dropped there and drafts.
    paths = sorted(path for path in found if not any(map(_is_hidden, path.relative_to(folder).parents)))
    if not paths:
        raise Defect(_("has no PDF in it; name the folder of your letters")).about(path_name(folder))
    with isolation.Process(LIMITS) as process:
        for path in paths:
            try:
                evidence = evidence_of(path, home.path.parent, home.path, process, Trust(options.now()))
                if refusal := evidence.refusal:
                    raise refusal.about(path_name(path))
            except AccordError as error:
                refusals.append(str(error))
                continue
            yield evidence


def _items(home: HouseFile, address: str | None, day: datetime.date) -> list[Item]:
    with opened(home, address) as register:
        return list(agenda(register.histories(), day))


# --- How it is printed ----------------------------------------------------------------


def _print_due(item: Item, day: datetime.date) -> None:
    entry = item.history.entry
    who = {"supplier": _("you"), "client": _("the client"), "both": _("both sides")}[item.next.who]
    late = (item.days_left(day) or 0) < 0
    click.echo(click.style(harmless(next_in_words(item, day)), fg="red" if late else None, bold=True))
    about = f"{entry.reference}{_(': ')}{entry.prospect}, {entry.feature}"
    for sentence in (about, _("To act: {who}. To record it:").format(who=who)):
        for line in wrapped(harmless(sentence), table_width(), "  ", "    "):
            click.echo(line)
    click.echo(f"  {item.command}")


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """A table with a column for each key that any row has; a spreadsheet runs no cell as a formula."""
    from accord.batch.report import inert  # noqa: PLC0415 - for this alone

    text = io.StringIO()
    if columns := dict.fromkeys(key for row in rows for key in row):
        writer = csv.DictWriter(text, [*columns])
        writer.writeheader()
        writer.writerows(
            {key: inert(f"{value}") for key, value in row.items() if value is not None} for row in rows
        )
    return text.getvalue()
