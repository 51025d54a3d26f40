"""The option `--format`: what a letter is written as."""

from typing import Any

import click
from click.shell_completion import CompletionItem

from accord.services import output


class Formats(click.ParamType[tuple[str, ...]]):
    """One format or several with commas between them, each once."""

    name = "formats"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The formats that `value` lists."""
        if isinstance(value, tuple):
            return value
        names = [name.strip() for name in str(value).split(",")]
        return tuple(dict.fromkeys(click.Choice(output.FORMATS).convert(name, param, ctx) for name in names))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete a format like any other choice."""
        return click.Choice(output.FORMATS).shell_complete(ctx, param, incomplete)
