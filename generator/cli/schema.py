"""`accord schema`: what a deal file or a house file may hold, for editors and other programs."""

import json
from gettext import gettext as _
from typing import Literal

import click

from generator.cli import options


@click.command(
    "schema",
    short_help=_("The JSON schema of a deal file or of accord.toml."),
    help=_(
        "Print the JSON schema of a deal file, or of the house file accord.toml. Editors use it to"
        " complete and check what you type; other programs, to write sound files."
    ),
    epilog=options.verbatim(
        _(
            """Examples:
  accord schema                       of a deal file
  accord schema house > house.json    of accord.toml, into a file"""
        )
    ),
)
@click.argument("file", type=click.Choice(("deal", "house")), default="deal")
def command(file: Literal["deal", "house"]) -> None:
    """Print the schema of `file`."""
    from generator import schema

    click.echo(json.dumps(schema.json_schema(file), ensure_ascii=False, indent=2))
