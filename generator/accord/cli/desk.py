"""`accord desk`: the same program in the browser."""

import datetime
import os
from pathlib import Path

import click

from accord.cli import options
from accord.cli.recorder import actor
from accord.cli.terminal import tell
from accord.errors import MachineLacks
from accord.i18n import _
from accord.intake import loader


@options.command(
    "desk",
    _(
        "Open the desk in the browser: letters, the register, the legal review, on this machine alone. Ctrl-C ends it."
    ),
    _("""Examples:
  accord desk
  accord desk --no-browser --port 8000"""),
)
@options.out(_("Folder for the letters; it is created if needed."))
@click.option(
    "--port",
    metavar="NUMBER",
    type=click.IntRange(1, 65535),
    help=_("Port of this machine; by default 8710, or a free one."),
)
@click.option("--no-browser", is_flag=True, help=_("Only print the address."))
@options.house
def command(out: Path, house: Path | None, port: int | None, *, no_browser: bool) -> None:
    """Serve until Ctrl-C."""
    try:
        from accord.desk import server  # noqa: PLC0415 - an extra
        from accord.desk.desk import Desk, Person  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        sentence = _("The desk needs a few libraries more; install them: pip install {extra}")
        raise MachineLacks(sentence.format(extra='"accord[desk]"')) from None
    home = loader.open_house(house)
    desk = Desk(
        home.path.absolute(),
        out.absolute(),
        os.environ.get(options.REGISTER),
        lambda: datetime.datetime.now(datetime.UTC),
        Person(actor()),
    )

    def opened(address: str) -> None:
        if no_browser or not server.open_browser(address):
            click.echo(address)
        else:
            tell(_("The desk is open in your browser. Ctrl-C ends it."))

    server.serve(desk, port, opened)
    tell(_("The desk is closed."))
