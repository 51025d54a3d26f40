"""Options that several commands share, and what they mean."""

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import click

from accord.domain.choices import Language
from accord.i18n import _

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def out(explanation: str) -> Decorator:
    """Where the files go."""
    return click.option(
        "-o",
        "--out",
        type=click.Path(path_type=Path),
        default="output",
        show_default=True,
        help=explanation,
    )


house = click.option(
    "--house",
    type=click.Path(path_type=Path),
    envvar="ACCORD_HOUSE",
    help=_("Your company's file; by default accord.toml here or in a parent folder."),
)

final = click.option(
    "--final",
    is_flag=True,
    help=_("The letter to sign: without the mark of a draft, refused while anything is blank."),
)

date = click.option(
    "--date",
    metavar="DATE",
    help=_(
        "Date of the letter, such as 2026-11-23; by default the deal's, else today. 03/04/2027 is"
        " 3 April, but 4 March in a letter whose locale is en_US."
    ),
)

lang = click.option(
    "--lang",
    type=click.Choice(get_args(Language)),
    help=_("Language of the letter."),
)

as_json = click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))

force = click.option(
    "--force",
    is_flag=True,
    help=_("Replace files that hold something else."),
)


def settings(explanation: str) -> Decorator:
    """Any key of the file that the command reads or writes."""
    return click.option("--set", "settings", metavar="KEY=VALUE", multiple=True, help=explanation)


deal_settings = settings(
    _("Any key of the deal, such as prospect.contact.last_name=Martin; may be repeated.")
)


def print_json(printed: Any) -> None:
    """Print what `--json` asks for: a dataclass, as its schema describes it."""
    click.echo(json.dumps(asdict(printed), ensure_ascii=False, indent=1))


def today() -> datetime.date:
    """The day it is here; only the command line asks."""
    return datetime.datetime.now().astimezone().date()


def overrides_of(settings: Iterable[str], lang: str | None) -> dict[str, str]:
    """What `--set` and `--lang` say of a deal's keys."""
    return keys_of(settings) | ({"language": lang} if lang else {})


def keys_of(settings: Iterable[str]) -> dict[str, str]:
    """`--set KEY=VALUE` options as a mapping; the last one wins."""
    keys = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not key.strip() or not equals:
            raise click.BadParameter(
                _(
                    '"{setting}" is not KEY=VALUE; write, for example, prospect.contact.last_name=Martin'
                ).format(setting=setting),
                param_hint="--set",
            )
        keys[key.strip()] = value
    return keys
