"""Options that several commands share, and what they mean."""

import datetime
from collections.abc import Callable, Iterable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import messages
from generator.errors import AccordError, Fault, FaultyInput

if TYPE_CHECKING:
    from generator.letter import Letter
    from generator.model import House

FORMATS = ("pdf", "html", "md", "json")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def verbatim(text: str) -> str:
    """Paragraphs of help whose lines stay as they are."""
    return "\b\n" + text.replace("\n\n", "\n\n\b\n")


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
    help=_("Date of the letter, such as 2026-11-23; by default the deal's, else today."),
)

lang = click.option(
    "--lang",
    type=click.Choice(messages.LANGUAGES),
    help=_("Language of the letter."),
)

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


def today() -> datetime.date:
    """The day it is here; only the command line asks."""
    return datetime.datetime.now().astimezone().date()


def locale(language: str | None, house: "House") -> str:
    """The locale in which dates and amounts are typed: the letter's, by default the interface's."""
    from generator import intake

    return intake.usual_locale(language or messages.language(), house.supplier.country)


def day(text: str, language: str | None, house: "House") -> str:
    """The day that `--date` names, as people write it in the letter's language, in the form of files."""
    from generator import typed

    try:
        return typed.day(text, locale(language, house)).isoformat()
    except AccordError as error:
        raise FaultyInput([Fault("", "--date", str(error))]) from None


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


def rendered(letter: "Letter", form: str) -> bytes:
    """The letter as the content of one file: "pdf", "html", "md" or "json"."""
    if form == "json":
        from generator.letter import as_json

        return as_json(letter.data).encode()
    if form == "md":
        from generator import compose

        return compose.markdown(letter).encode()
    from generator import pdf

    return pdf.typeset(letter) if form == "pdf" else pdf.page(letter).encode()
