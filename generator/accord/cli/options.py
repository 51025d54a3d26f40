"""Options that several commands share, and what they mean."""

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
from click.shell_completion import CompletionItem

from accord.domain.choices import Language
from accord.errors import Defect
from accord.i18n import _
from accord.text.characters import shown

if TYPE_CHECKING:
    from accord.letter.letter import Letter

FORMATS = ("pdf", "html", "md", "json")


class Formats(click.ParamType[tuple[str, ...]]):
    """One format or several with commas between them, each once."""

    name = "formats"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """What `--help` shows for the value."""
        return "|".join(FORMATS)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The formats that `value` lists."""
        if isinstance(value, tuple):
            return value
        names = [name.strip() for name in str(value).split(",")]
        return tuple(dict.fromkeys(click.Choice(FORMATS).convert(name, param, ctx) for name in names))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete a format like any other choice."""
        return click.Choice(FORMATS).shell_complete(ctx, param, incomplete)


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


def named(path: Path) -> str:
    """A file as errors name it."""
    from accord import files

    return shown(str(path), files.LONGEST_PATH)


def read_letter(path: Path) -> bytes:
    """The content of a PDF file; `FaultyInput` names it."""
    from accord import files
    from accord.verify import embedded_data

    try:
        return files.read(path, embedded_data.LARGEST_FILE)
    except Defect as defect:
        raise defect.about(named(path)) from None


def rendered(letter: "Letter", form: str) -> bytes:
    """The letter as the content of one file: "pdf", "html", "md" or "json"."""
    if form == "json":
        from accord.letter.letter import as_json

        return as_json(letter.data).encode()
    if form == "md":
        from accord.letter import markdown

        return markdown.render(letter).encode()
    from accord.pdf import typeset

    return typeset.typeset(letter) if form == "pdf" else typeset.page(letter).encode()
