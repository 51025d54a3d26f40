"""`accord doctor`: what this machine lacks, and what mends it."""

import importlib.util
import os
import textwrap
from collections.abc import Iterator
from contextlib import suppress

import click

from accord.cli import options
from accord.errors import AccordError
from accord.i18n import _
from accord.pdf import system

OF_THE_DESK = ("argon2", "starlette", "uvicorn", "python_multipart")


@options.command(
    "doctor",
    _("Say in plain words what this machine lacks to make letters, with the command that fixes it."),
    _("""Example:
  accord doctor    exit code 0: nothing is missing; 3: something is"""),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Print each lack with its remedy."""
    lacks = [*system.lacks(), *_of_the_register()]
    for lack in lacks:
        click.echo(lack.sentence)
        click.echo(textwrap.indent(lack.command, "  "))
    if lacks:
        context.exit(3)
    click.echo(_("Nothing is missing: this machine can make letters."))
    if any(importlib.util.find_spec(name) is None for name in OF_THE_DESK):
        click.echo(_("For “accord desk”, which letters do not need, a few libraries are missing:"))
        click.echo('  pip install "accord[desk]"')


def _of_the_register() -> Iterator[system.Lack]:
    """What a register on a server needs, where the house at hand, or the environment, has one."""
    if importlib.util.find_spec("psycopg") is None and _address().startswith("postgresql"):
        sentence = _(
            "The register is on a PostgreSQL server, and the library that speaks to it is missing. Install it:"
        )
        yield system.Lack(sentence, 'pip install "accord[postgres]"')


def _address() -> str:
    """Where the register is; "" where no house says, or its file cannot be read, which other commands tell."""
    from accord.intake import loader  # noqa: PLC0415 - pydantic may be what is missing

    with suppress(AccordError):
        home = loader.house_at_hand(None)
        return os.environ.get(options.REGISTER) or (home.house.register.url if home else None) or ""
    return os.environ.get(options.REGISTER, "")
