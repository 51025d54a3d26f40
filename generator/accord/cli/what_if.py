"""`accord what-if`: what would hold if a feature were delivered on some day; nothing is written."""

from pathlib import Path

import click

from accord import i18n
from accord.cli import options
from accord.cli.recorder import opened
from accord.cli.register import place
from accord.cli.terminal import output_width, wrapped
from accord.i18n import _
from accord.intake import days
from accord.intake.loader import open_house
from accord.services import registers
from accord.services.what_if import Holding, Outcome, WhatIf, what_if
from accord.text import formats
from accord.text.characters import harmless


@options.command(
    "what-if",
    _(
        "Say what would hold if the feature were delivered on some day: article by article, with the dates, in the"
        " letter's language. Nothing is written. What has happened so far counts; a letter that is not signed yet is"
        " supposed to be."
    ),
    _("""Examples:
  accord what-if ACC-20261113-ABCDE --delivered 2027-03-24
  accord what-if ACC-20261113-ABCDE --delivered 2027-03-24 --silent
  accord what-if ACC-20261113-ABCDE --delivered 2027-03-24 --refused
  accord what-if ACC-20261113-ABCDE --late 8           after the date of delivery"""),
)
@click.argument("reference", metavar="REFERENCE")
@click.option(
    "--delivered", metavar="DATE", help=_("The day of the delivery; by default the date of delivery.")
)
@click.option("--silent", is_flag=True, help=_("The client reports nothing."))
@click.option("--refused", is_flag=True, help=_("The client reports a failed test."))
@click.option(
    "--late", metavar="DAYS", type=options.whole(0, 3660), default=0, help=_("So many days later than that.")
)
@options.as_json
@options.house
@place
def command(  # noqa: PLR0913 - one argument per option
    reference: str,
    delivered: str | None,
    late: int,
    house: Path | None,
    address: str | None,
    *,
    silent: bool,
    refused: bool,
    as_json: bool,
) -> None:
    """Print what is supposed, then a paragraph per article."""
    options.refuse_both(silent=silent, refused=refused)
    outcome: Outcome = "silent" if silent else "refused" if refused else "accepted"
    today = options.today()
    day = days.day(delivered, i18n.locale(), today) if delivered else None
    with opened(open_house(house), address) as register:
        history = registers.find(register, reference)
    found = what_if(history, today, day, outcome, late)
    if as_json:
        options.print_json(found)
        return
    with i18n.speaking(found.language):
        _print(found)


def _print(found: WhatIf) -> None:
    width = output_width()
    for line in wrapped(harmless(f"{found.reference} {found.version}. {found.supposed}."), width):
        click.echo(click.style(line, bold=True))
    for holding in found.holdings:
        click.echo(click.style(_heading(holding), bold=True))
        for line in wrapped(harmless(holding.sentence), width, "  ", "  "):
            click.echo(line)


def _heading(holding: Holding) -> str:
    """The article, and the day that counts in it."""
    day = str(formats.date(holding.day, i18n.locale())) if holding.day else ""
    article = _("Clause {number}").format(number=holding.number) if holding.number else _("The letter")
    return ", ".join(filter(None, (article, day)))
