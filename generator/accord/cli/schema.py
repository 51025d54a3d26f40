"""`accord schema`: what files may hold and what a review says, for editors and other programs."""

import json
from typing import Literal

import click

from accord.cli import options
from accord.i18n import _


@click.command(
    "schema",
    short_help=_("The JSON schema of a deal file, of accord.toml or of a review."),
    help=_(
        "Print the JSON schema of a deal file, or of the house file accord.toml. Editors use it to"
        " complete and check what you type; other programs, to write sound files. The schema of a review"
        " describes what accord review --json prints."
    ),
    epilog=options.verbatim(
        _(
            """Examples:
  accord schema                       of a deal file
  accord schema house > house.json    of accord.toml, into a file
  accord schema review                of what accord review --json prints"""
        )
    ),
)
@click.argument("file", type=click.Choice(("deal", "house", "review")), default="deal")
def command(file: Literal["deal", "house", "review"]) -> None:
    """Print the schema of `file`."""
    from accord.domain import json_schema

    described = json_schema.review_schema() if file == "review" else json_schema.json_schema(file)
    click.echo(json.dumps(described, ensure_ascii=False, indent=2))
