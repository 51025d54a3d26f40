"""The words that stand for values in the usage and help of commands, in the language in use."""

import re

import click

from accord.i18n import _


def translate(command: click.Command) -> click.Command:
    """The command, and its subcommands, with these words translated; it is given back."""
    words = _words()
    command.options_metavar = _("[OPTIONS]")
    for param in command.params:
        is_listed = isinstance(param.type, click.Choice) and not param.metavar
        if not is_listed and not getattr(param, "is_flag", False) and not getattr(param, "count", False):
            metavar = param.metavar or _of_type(param)
            param.metavar = re.sub(r"[A-Z]+(?:=[A-Z]+)?", lambda word: words.get(word[0], word[0]), metavar)
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
        for inner in command.commands.values():
            translate(inner)
    return command


def _of_type(param: click.Parameter) -> str:
    """The word for a value whose option names none."""
    if isinstance(param.type, click.types.IntParamType):
        return "NUMBER"
    return "PATH" if isinstance(param.type, click.Path) else "TEXT"


def _words() -> dict[str, str]:
    return {
        "ADDRESS": _("ADDRESS"),
        "AMOUNT": _("AMOUNT"),
        "CLAUSE": _("CLAUSE"),
        "DATE": _("DATE"),
        "DAYS": _("DAYS"),
        "DEAL": _("DEAL"),
        "FILE": _("FILE"),
        "FOLDER": _("FOLDER"),
        "KEY=VALUE": _("KEY=VALUE"),
        "LETTER": _("LETTER"),
        "NAME": _("NAME"),
        "NEW": _("NEW"),
        "NUMBER": _("NUMBER"),
        "OLD": _("OLD"),
        "PATH": _("PATH"),
        "PDF": _("PDF"),
        "REFERENCE": _("REFERENCE"),
        "REFERENCE=DAYS": _("REFERENCE=DAYS"),
        "SOURCE": _("SOURCE"),
        "STEP": _("STEP"),
        "TEXT": _("TEXT"),
        "URL": _("URL"),
    }
