"""`accord desk`: the same program in the browser."""

import datetime
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from accord.cli import options
from accord.cli.recorder import actor
from accord.cli.terminal import tell
from accord.errors import AccordError, MachineLacks
from accord.i18n import _
from accord.intake import loader

if TYPE_CHECKING:
    from accord.desk.desk import Desk, Role
    from accord.desk.place import Place


@options.command(
    "desk",
    _(
        "Open the desk in the browser: letters, the register, the legal review, on this machine alone. Ctrl-C ends it."
        " With --url it is a team’s: people with accounts reach it through a proxy that speaks TLS."
    ),
    _("""Examples:
  accord desk
  accord desk --no-browser --port 8000
  accord desk --url https://desk.example --invite "Claire Moreau"
  accord desk --url https://desk.example --listen 10.0.0.4:8710 --proxy 10.0.0.5"""),
)
@options.out(_("Folder for the letters; it is created if needed."))
@click.option(
    "--port",
    metavar="NUMBER",
    type=options.whole(1, 65535),
    help=_("Port of this machine; by default 8710, or a free one."),
)
@click.option("--no-browser", is_flag=True, help=_("Only print the address."))
@click.option("--url", metavar="URL", help=_("For a team: what browsers open, such as https://desk.example."))
@click.option(
    "--listen",
    metavar="ADDRESS",
    help=_("For a team: address and port of this machine; by default 127.0.0.1:8710."),
)
@click.option(
    "--proxy",
    "proxies",
    metavar="ADDRESS",
    multiple=True,
    help=_("For a team: who alone may speak to the desk; by default this machine. May be repeated."),
)
@click.option(
    "--proxy-header",
    metavar="NAME",
    help=_("For a team: header by which the proxy says who asks, instead of passwords."),
)
@click.option(
    "--invite",
    metavar="NAME",
    help=_("For a team: take somebody in, print the link by which they choose a password, and end."),
)
@click.option(
    "--role",
    type=click.Choice(["sales", "legal", "admin"]),
    help=_("Role of whom is invited; by default admin."),
)
@options.house
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    out: Path,
    house: Path | None,
    port: int | None,
    url: str | None,
    listen: str | None,
    proxies: tuple[str, ...],
    proxy_header: str | None,
    invite: str | None,
    role: "Role | None",
    *,
    no_browser: bool,
) -> None:
    """Serve until Ctrl-C, or take somebody in."""
    is_for_team = any((url, listen, proxies, proxy_header, invite, role))
    try:
        from accord.desk import server  # noqa: PLC0415 - an extra
        from accord.desk.desk import Desk, Person  # noqa: PLC0415 - the same
        from accord.desk.place import place_of  # noqa: PLC0415 - the same

        if is_for_team:  # whose passwords need a library of their own
            import accord.desk.accounts  # noqa: F401, PLC0415
    except ModuleNotFoundError:
        sentence = _("The desk needs a few libraries more; install them: pip install {extra}")
        raise MachineLacks(sentence.format(extra='"accord[desk]"')) from None
    place = place_of(url, listen, proxies, proxy_header) if is_for_team else None
    if place and port:
        raise AccordError(_("For a team, write the port with the address: --listen 127.0.0.1:8710"))
    home = loader.open_house(house)
    desk = Desk(
        home.path.absolute(),
        out.absolute(),
        os.environ.get(options.REGISTER),
        lambda: datetime.datetime.now(datetime.UTC),
        None if place else Person(actor()),
    )

    def opened(address: str) -> None:
        if no_browser or not server.open_browser(address):
            click.echo(address)
        else:
            tell(_("The desk is open in your browser. Ctrl-C ends it."))

    with closing(desk):
        if place and (invite or role):
            _invite(desk, place, invite, role or "admin")
            return
        if place:
            server.serve_team(desk, place, lambda address: tell(_at_work(desk, address)))
        else:
            server.serve(desk, port, opened)
    tell(_("The desk is closed."))


def _invite(desk: "Desk", place: "Place", name: str | None, role: "Role") -> None:
    """Print a link for somebody; a new one for somebody who is there already."""
    if not name:
        raise AccordError(_("--role is that of whom you invite: write --invite NAME too"))
    accounts = desk.accounts
    if accounts.account(name):
        accounts.set_role(name, role, actor())
        accounts.set_active(name, actor(), active=True)
        token = accounts.link(name, actor())
    else:
        token = accounts.invite(name, role, actor())
    if place.proxy and place.proxy.header:
        tell(_("{name} is let in by the proxy’s word.").format(name=name))
        return
    click.echo(f"{place.origin}/invitation/{token}")
    tell(_("Give this link to {name} alone: it works once, for three days.").format(name=name))


def _at_work(desk: "Desk", address: str) -> str:
    """What to say of a desk that answers."""
    if not desk.accounts.people():
        sentence = _(
            "The desk answers at {address}, but nobody has an account: run “accord desk --url {address} --invite NAME”."
        )
        return sentence.format(address=address)
    return _("The desk answers at {address}. Ctrl-C ends it.").format(address=address)
