"""`accord schema`: what files may hold and what commands print, for editors and other programs."""

import json
import pkgutil
from collections.abc import Mapping
from typing import Any

import click

from accord.cli import options
from accord.domain import json_schema
from accord.domain.deal_file import ROOTS
from accord.i18n import _

# Imported by name: the schema of a file needs none of them.
PRINTED: Mapping[str, str] = {
    "review": "accord.review.report:Reviews",
    "verify": "accord.verify.verdict:Verdicts",
    "diff": "accord.diff.report:Comparison",
    "clauses": "accord.clauses.report:Clauses",
    "clauses-check": "accord.review.clause_lint:Remarks",
    "register": "accord.services.register_report:RegisterList",
    "register-show": "accord.services.register_report:RegisterLife",
    "register-export": "accord.services.register_export:ExportedEvent",
    "what-if": "accord.services.what_if:WhatIf",
    "register-demand": "accord.services.register_report:RegisterDemand",
    "sign-fields": "accord.services.sign:Fields",
    "register-capacity": "accord.services.register_report:RegisterCapacity",
    "batch": "accord.batch.report:BatchReport",
}


def schema(name: str) -> dict[str, Any]:
    """The JSON schema of this name."""
    if name in PRINTED:
        return json_schema.of_printed(pkgutil.resolve_name(PRINTED[name]))
    return json_schema.of_file(name)


@options.command(
    "schema",
    _(
        "Print the JSON schema of a deal file, or of the house file accord.toml. Editors use"
        " it to complete and check what you type; other programs, to write valid files. The"
        " other schemas describe what the commands of that name print with --json, and the"
        " JSON report of accord batch."
    )
    + "\n\n"
    + _("The names: {names}.").format(names=", ".join((*ROOTS, *PRINTED))),
    _("""Examples:
  accord schema                       of a deal file
  accord schema house > house.json    of accord.toml, into a file
  accord schema review                of what accord review --json prints
  accord schema clauses-check         of what accord clauses check --json prints"""),
)
@click.argument("name", metavar="[NAME]", type=click.Choice((*ROOTS, *PRINTED)), default="deal")
def command(name: str) -> None:
    """Print the schema of this name."""
    click.echo(json.dumps(schema(name), ensure_ascii=False, indent=2))
