"""Asking on a terminal: one question, one answer, checked at once and asked again if need be.

All of it goes to standard error, but for the questions on a terminal: readline
edits lines on standard output alone.  Ctrl-C and Ctrl-D raise `click.Abort`.
"""

import contextlib
import copy
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypeVar

import click

from accord.cli.terminal import tell
from accord.errors import AccordError, Fault, FaultyInput
from accord.i18n import _
from accord.intake import dotted, overrides

Value = TypeVar("Value")
Tree = dict[str, Any]


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def ask(question: str, read: Callable[[str], Value], *, default: str = "") -> Value:
    """Ask until `read` takes the answer; the `AccordError` that it raises says why it does not."""
    _edit_lines()
    while True:
        prompt, err = _with_default(question, default), not sys.stdout.isatty()
        answer = click.prompt(prompt, default=default, show_default=False, prompt_suffix=" ", err=err)
        try:
            return read(answer.strip())
        except FaultyInput as error:
            for fault in error.faults:
                tell(f"→ {fault.sentence}", indent="  ")
        except AccordError as error:
            tell(f"→ {error}", indent="  ")


def _with_default(question: str, default: str) -> str:
    """The question with its default in brackets, before the colon if it ends with one."""
    if not default:
        return question
    text = question.removesuffix(":").rstrip()
    return f"{text} [{default}]{question[len(text) :]}"


def _edit_lines() -> None:
    """Let arrow keys work at the prompts; where there is no readline (Windows), the system sees to it."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: PLC0415 - it may change the terminal, so only where somebody is asked

        readline.set_completer(lambda _text, _state: None)  # file names are no answers


def choose(question: str, choices: Mapping[str, str], take: Callable[[str], None], *, default: str) -> None:
    """Ask for one of the numbered choices; its number or its own word will do."""
    values = list(choices)

    def read(answer: str) -> None:
        if answer.isdecimal() and 1 <= int(answer) <= len(values):
            take(values[int(answer) - 1])
        elif answer in values:
            take(answer)
        else:
            raise AccordError(_("Write a number from 1 to {count}.").format(count=len(values)))

    tell(question)
    for number, explanation in enumerate(choices.values(), start=1):
        tell(f"{number}  {explanation}", indent="     ")
    ask(_("     Number:"), read, default=str(values.index(default) + 1) if default else "")


def agreed(question: str) -> bool:
    """Ask for yes or no, in French or English; Enter is yes."""

    def read(answer: str) -> bool:
        yes = overrides.yes_or_no(answer) if answer else True
        if yes is None:
            raise AccordError(_("Write y for yes or n for no."))
        return yes

    return ask(question, read)


@contextlib.contextmanager
def nothing_written() -> Iterator[None]:
    """Say so when somebody stops at one of the questions within."""
    try:
        yield
    except click.Abort:
        tell("\n" + _("Nothing was written."))
        raise


def whole_number(text: str) -> int:
    """A whole number as people write it: digits, with or without spaces between them."""
    digits = "".join(text.split())
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise AccordError(_("Write a whole number in digits, such as 25."))
    return int(digits)


class Form:
    """Answers under dotted keys, each checked by the rules of the file that they will make.

    `check` takes the table so far and raises `FaultyInput` with all its faults,
    those of the keys that are still missing among them.
    """

    def __init__(self, check: Callable[[Tree], object]) -> None:
        self.table: Tree = {}
        self._check = check
        self._misfits: list[Fault] = []

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> Any:
        """What stands under `key`, or None."""
        return dotted.get(self.table, key)

    def put(self, key: str, value: Any) -> None:
        """Put `value` under `key`, unchecked."""
        dotted.put(self.table, key, value)

    # What stands on the command line: put unchecked, and settled once it is all there.

    def give(self, key: str, text: str, read: Callable[[str], Any]) -> None:
        """Put what `read` makes of a flag's text; if it cannot be read, `settle` says so."""
        try:
            self.put(key, read(text))
        except AccordError as error:
            self._misfits.append(Fault("", key, str(error)))

    def give_settings(self, settings: Mapping[str, str], kind: Literal["deal", "house"]) -> None:
        """Put what `--set` says of the keys of a file; `settle` says what does not fit."""
        self._misfits += overrides.set_keys(self.table, settings, kind)

    def settle(self, needed: Mapping[str, str], flags: Mapping[str, str] | None = None) -> None:
        """Refuse what is wrong with the command line, all at once, before anything is asked.

        `needed` says what each key wants that a letter cannot do without: where
        nobody is there to answer, one that is missing is refused too.  `flags`
        are the names by which the user knows some keys.
        """
        misfits = {fault.key for fault in self._misfits}
        missing = [key for key in needed if key not in self and key not in misfits]
        faults = [Fault("", key, needed[key]) for key in missing if not on_terminal()] + self._misfits
        for fault in self._faults():
            if not any(_touch(fault.key, key) for key in (*missing, *misfits)):
                faults.append(fault)
        if faults:
            flags = flags or {}
            raise FaultyInput(Fault("", flags.get(fault.key, fault.key), fault.sentence) for fault in faults)

    def _faults(self) -> tuple[Fault, ...]:
        try:
            self._check(self.table)
        except FaultyInput as error:
            return error.faults
        return ()

    # What is asked: checked at once.

    def take(self, key: str, value: Any) -> None:
        """Put `value` under `key`; `FaultyInput` if it is unsound there, and nothing changes."""
        before, earlier = copy.deepcopy(self.table), self._faults()
        self.put(key, value)
        if faults := [fault for fault in self._faults() if fault not in earlier]:
            self.table = before
            raise FaultyInput(faults)

    def fill(
        self,
        key: str,
        question: str,
        read: Callable[[str], Any] = str,
        *,
        default: str = "",
        optional: bool = False,
    ) -> None:
        """Ask for `key` unless it is answered already; with `optional`, Enter leaves it out."""

        def take(answer: str) -> None:
            if answer:
                self.take(key, read(answer))
            elif not optional:
                raise AccordError(_("An answer is needed here; Ctrl-C stops, and nothing is written."))

        if key not in self:
            ask(question, take, default=default)

    def choose(self, key: str, question: str, choices: Mapping[str, str], *, default: str = "") -> None:
        """Ask for one of the numbered choices for `key`, unless it is answered already."""
        if key not in self:
            choose(question, choices, lambda word: self.take(key, word), default=default)


def _touch(one: str, other: str) -> bool:
    """Whether two dotted keys are the same, or one is a table that holds the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
