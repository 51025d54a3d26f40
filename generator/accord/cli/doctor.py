"""`accord doctor`: what this machine lacks, and what mends it."""

import textwrap

import click

from accord.cli import options
from accord.i18n import _
from accord.pdf import system


@options.command(
    "doctor",
    _("Say in plain words what this machine lacks to make letters, with the command that fixes it."),
    _("""Example:
  accord doctor    exit code 0: nothing is missing; 3: something is"""),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Print each lack with its remedy."""
    lacks = system.lacks()
    for lack in lacks:
        click.echo(lack.sentence)
        click.echo(textwrap.indent(lack.command, "  "))
    if lacks:
        context.exit(3)
    click.echo(_("Nothing is missing: this machine can make letters."))
