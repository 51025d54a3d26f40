"""How the command line prints: lines as wide as the terminal, colours by severity."""

import shutil
import sys
import textwrap

import click

from accord.text.characters import harmless

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
WIDEST = 88  # characters of a line that is easy to read
NARROWEST = 20


def verbatim(text: str) -> str:
    """Paragraphs of help whose lines stay as they are."""
    return "\b\n" + text.replace("\n\n", "\n\n\b\n")


def output_width() -> int | None:
    """How many characters a line of the output may have; None where no terminal shows it."""
    return _width() if sys.stdout.isatty() else None


def table_width() -> int | None:
    """How wide a table may be: all of the terminal; None where none shows it."""
    return max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def _width() -> int:
    return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))


def wrapped(text: str, width: int | None, indent: str = "", hanging: str = "") -> list[str]:
    """`text` in lines of at most `width` characters, all on one line without a width.

    `indent` begins the first line, `hanging` the others.  What has no space,
    such as a path, stays whole.
    """
    if width is None:
        return [indent + text]
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_on_hyphens=False,
        break_long_words=False,
    ) or [indent]


def tell(sentence: str, *, indent: str = "") -> None:
    """Print a sentence to standard error, wrapped to the terminal; further lines are indented a little more."""
    for paragraph in harmless(sentence).split("\n"):
        for line in wrapped(paragraph, _width() - 1, indent, indent + "  "):
            click.echo(line, err=True)
