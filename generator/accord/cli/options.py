"""Options that several commands share, and what they mean."""

import datetime
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import click

from accord.cli.terminal import verbatim
from accord.domain.choices import Language
from accord.errors import AccordError
from accord.i18n import _
from accord.text.characters import excerpt


class _Path(click.Path):
    """A path, which is never empty: an unset variable of a script would mean the default or the current folder.

    Nor is it "-", by which other programs mean what they read or print.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail(
                _("The name of the file or folder is empty; write one, or leave the option out."), param, ctx
            )
        if value == "-":
            self.fail(
                _("“-” names no file: nothing is read or written there; name one (./- for one called so)."),
                param,
                ctx,
            )
        return super().convert(value, param, ctx)


PATH = _Path(path_type=Path)


class _Whole(click.IntRange):
    """A whole number between two, told in words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            sentence = _("“{value}” is not one of the numbers {range}; write one of them, in figures.")
            self.fail(sentence.format(value=excerpt(f"{value}"), range=self._describe_range()), param, ctx)

    def _describe_range(self) -> str:
        return _("from {least} to {most}").format(least=self.min, most=self.max)


def whole(least: int, most: int) -> click.IntRange:
    """The type of an option whose value is a whole number from `least` to `most`."""
    return _Whole(least, most)


def refuse_both(**given: object) -> None:
    """`click.UsageError` where two of the named options are given, of which a command can follow but one."""
    names = [f"--{name.replace('_', '-')}" for name, value in given.items() if value]
    if len(names) > 1:
        raise click.UsageError(
            _("{first} and {second} contradict each other; leave one out.").format(
                first=names[0], second=names[1]
            )
        )


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def command(name: str, description: str, examples: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function the command `name`; in its help the lines of `examples` stay as they are."""
    return click.command(name, help=description, epilog=verbatim(examples))


def out(explanation: str, default: str = "output") -> Decorator:
    """Where the files go."""
    return click.option("-o", "--out", type=PATH, default=default, show_default=True, help=explanation)


def file(*names: str, explanation: str) -> Decorator:
    """A file to write."""
    return click.option(*names, metavar="FILE", type=PATH, help=explanation)


def house_file(explanation: str) -> Decorator:
    """The house's file, where it is not the nearest accord.toml."""
    return click.option("--house", type=PATH, envvar="ACCORD_HOUSE", help=explanation)


REGISTER = "ACCORD_REGISTER"
"""The environment's word on where the register is."""

house = house_file(_("Your company's file; by default accord.toml here or in a parent folder."))

final = click.option(
    "--final",
    is_flag=True,
    help=_("The letter to sign: no draft watermark; refused while anything is blank."),
)


def date_of(explanation: str) -> Decorator:
    """A day, as people write it."""
    return click.option("--date", metavar="DATE", help=explanation)


date = date_of(
    _(
        "Date of the letter, such as 2026-11-23; by default the deal's, else today. 03/04/2027 is"
        " 3 April, but 4 March in a letter whose locale is en_US."
    )
)


class Choice(click.Choice[str]):
    """One of the values of a key, or what people call it: `--decision achat`, `--lang français`."""

    def __init__(self, key: str, choices: Iterable[str]) -> None:
        super().__init__(tuple(choices))
        self.key = key

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value that the text names."""
        from accord.intake import words  # noqa: PLC0415 - pydantic weighs, and help needs none of it

        return super().convert(words.meant(self.key, value) or value, param, ctx)


lang = click.option("--lang", type=Choice("language", get_args(Language)), help=_("Language of the letter."))

as_json = click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))

force = click.option("--force", is_flag=True, help=_("Replace existing files that differ."))


def settings(explanation: str) -> Decorator:
    """Any key of the file that the command reads or writes."""
    return click.option("--set", "settings", metavar="KEY=VALUE", multiple=True, help=explanation)


deal_settings = settings(
    _("Any key of the deal, such as prospect.contact.last_name=Martin; may be repeated.")
)


def print_json(report: Any) -> None:
    """Print a dataclass, or one as a dictionary, as JSON."""
    click.echo(json.dumps(report, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: Any) -> Any:
    """What JSON has for a day, and for a dataclass."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return {each.name: getattr(value, each.name) for each in fields(value)}


def check_time_zone(zone: str) -> None:
    """Raise `AccordError` for a TZ that names a file which describes no time zone; Python's readers stumble over it."""
    path = Path(zone.removeprefix(":"))
    if path.is_absolute():
        try:
            with path.open("rb") as file:
                is_zone = file.read(4) == b"TZif"
        except OSError:
            is_zone = False
        if not is_zone:
            raise AccordError(_no_time_zone(zone))


def _no_time_zone(zone: str) -> str:
    sentence = _("The time zone of this machine, TZ={zone}, is none; set TZ to one such as Europe/Paris.")
    return sentence.format(zone=excerpt(zone))


def today() -> datetime.date:
    """The current date, local time; only the command line asks for it."""
    try:
        return datetime.datetime.now().astimezone().date()
    except (ValueError, OverflowError):
        raise AccordError(_no_time_zone(os.environ.get("TZ", ""))) from None


def now() -> datetime.datetime:
    """The current time; only the command line asks for it."""
    return datetime.datetime.now(datetime.UTC)


def overrides_of(settings: Iterable[str], lang: str | None) -> dict[str, str]:
    """What `--set` and `--lang` say of a deal's keys."""
    return keys_of(settings) | ({"language": lang} if lang else {})


def keys_of(settings: Iterable[str]) -> dict[str, str]:
    """`--set KEY=VALUE` options as a mapping; the last one wins."""
    keys = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not key.strip() or not equals:
            sentence = _(
                "“{setting}” is not KEY=VALUE; write, for example, prospect.contact.last_name=Martin"
            )
            raise click.BadParameter(sentence.format(setting=setting), param_hint="--set")
        keys[key.strip()] = value
    return keys
