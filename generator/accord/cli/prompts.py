"""Asking on a terminal: one question, one answer, checked at once and asked again if need be.

All of it goes to standard error, but for the questions on a terminal: readline
edits lines on standard output alone.  Ctrl-C and Ctrl-D raise `click.Abort`,
the answer `<` raises `Back`.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import click

from accord.cli.terminal import tell
from accord.errors import AccordError, FaultyInput
from accord.i18n import _
from accord.intake.answers import Ambiguous
from accord.services.answers import agrees

Value = TypeVar("Value")
Tree = dict[str, Any]


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


BACK = "<"
LONGEST_DEFAULT = 72  # characters of an answer that is shown in brackets; a longer one is put into the line
LONGEST_QUESTION = 50  # characters that leave room for an answer on the same line
LONGEST_REPEATED = 72  # characters from which a refused answer is offered again for editing


class Back(Exception):
    """Somebody wants to go back to the question before."""


def ask(question: str, read: Callable[[str], Value], *, default: str = "") -> Value:
    """Ask until `read` takes the answer; the `AccordError` that it raises says why it does not.

    Enter takes the default.  A long one stands in the line, to be edited, and
    so does a long answer that was refused.  Of the readings of an ambiguous one,
    a number picks one.
    """
    _edit_lines()
    readings: tuple[str, ...] = ()
    brief, text = (default, "") if len(default) <= LONGEST_DEFAULT else ("", default)
    if len(question) + len(brief) > LONGEST_QUESTION:
        tell(question)
        question = ">"
    while True:
        with _in_the_line(text) as shown:
            prompt, err = _with_default(question, brief), not sys.stdout.isatty()
            answer = click.prompt(
                prompt,
                default=brief or ("" if shown else text),
                show_default=False,
                prompt_suffix=" ",
                err=err,
            ).strip()
        if answer == BACK:
            raise Back
        answer = {str(number): reading for number, reading in enumerate(readings, start=1)}.get(
            answer, answer
        )
        readings = ()
        try:
            return read(answer)
        except Ambiguous as error:
            readings = error.readings
            tell(f"→ {error}", indent="  ")
            tell(
                "   ".join(f"{number} {reading}" for number, reading in enumerate(readings, start=1)),
                indent="    ",
            )
        except FaultyInput as error:
            for fault in error.faults:
                tell(f"→ {fault.sentence}", indent="  ")
        except AccordError as error:
            tell(f"→ {error}", indent="  ")
        text = answer if len(answer) > LONGEST_REPEATED else text


@contextlib.contextmanager
def _in_the_line(text: str) -> Iterator[bool]:
    """Let the next line begin with `text`; whether it does: on a terminal with readline."""
    if not text or not (sys.stdin.isatty() and sys.stdout.isatty()) or "readline" not in sys.modules:
        yield False
        return
    readline = sys.modules["readline"]
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        yield True
    finally:
        readline.set_startup_hook(None)


def _with_default(question: str, default: str) -> str:
    """The question with its default in brackets, before the colon if it ends with one."""
    if question == ">":
        return f"  [{default}] >" if default else "  >"
    text = question.removesuffix(":").rstrip()
    return f"{text} [{default}]{question[len(text) :]}" if default else question


def _edit_lines() -> None:
    """Let arrow keys work at the prompts; where there is no readline (Windows), the system sees to it."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: PLC0415 - it may change the terminal, so only where somebody is asked

        readline.set_completer(lambda _text, _state: None)  # file names are no answers


def choose(
    question: str,
    choices: Mapping[str, str],
    take: Callable[[str], None],
    *,
    default: str = "",
    meant: Callable[[str], str | None] = str,
) -> None:
    """Ask for one of the numbered choices; its number, its own word or what `meant` knows will do."""
    values = list(choices)

    def read(answer: str) -> None:
        if answer.isdecimal() and 1 <= int(answer) <= len(values):
            return take(values[int(answer) - 1])
        value = answer if answer in values else meant(answer)
        if value not in values:
            raise AccordError(_("Write a number from 1 to {count}.").format(count=len(values)))
        return take(value)

    tell(question)
    for number, explanation in enumerate(choices.values(), start=1):
        tell(f"{number}  {explanation}", indent="  ")
    ask(_("  Number:"), read, default=str(values.index(default) + 1) if default in values else "")


def agreed(question: str) -> bool:
    """Ask for yes or no, in French or English; Enter is yes."""
    return ask(question, agrees, default=_("Y/n"))
