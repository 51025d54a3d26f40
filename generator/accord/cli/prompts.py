"""Asking on a terminal: one question, one answer, checked at once and asked again if need be.

All of it goes to standard error, but for the questions on a terminal: readline
edits lines on standard output alone.  Ctrl-C and Ctrl-D raise `click.Abort`,
the answer `<` raises `Back`.
"""

import contextlib
import copy
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, TypeVar

import click

from accord.cli.terminal import tell
from accord.errors import AccordError, Fault, FaultyInput
from accord.i18n import _
from accord.intake import dotted, overrides
from accord.intake.answers import Ambiguous
from accord.intake.overrides import Habits

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
    return ask(question, yes, default=_("Y/n"))


def yes(answer: str) -> bool:
    """Whether the answer is yes, which Enter is too."""
    agrees = True if answer in {"", _("Y/n")} else overrides.yes_or_no(answer)
    if agrees is None:
        raise AccordError(_("Write y for yes or n for no."))
    return agrees


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

    def give_settings(
        self,
        settings: Mapping[str, str],
        kind: Literal["deal", "house"],
        habits_of: Callable[[Mapping[str, Any]], Habits] | None = None,
    ) -> None:
        """Put what `--set` says of the keys of a file, read as `habits_of` says; `settle` says what does not fit."""
        self._misfits += overrides.set_keys(self.table, settings, kind, habits_of)

    def settle(
        self,
        needed: Mapping[str, str],
        flags: Mapping[str, str] | None = None,
        contradictions: Iterable[Fault] = (),
    ) -> None:
        """Refuse what is wrong with the command line, all at once, before anything is asked.

        `needed` says what each key wants that a letter cannot do without: where
        nobody is there to answer, one that is missing is refused too.  `flags`
        are the names by which the user knows some keys; `contradictions` are
        those between them.
        """
        self._misfits += contradictions
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

    def take(self, values: Mapping[str, Any], pending: Collection[str] = ()) -> None:
        """Put each value under its key, None to leave the key out.

        `FaultyInput` says what becomes unsound by it, and nothing changes;
        what is still to be asked (`pending`) may be missing.
        """
        before, earlier = copy.deepcopy(self.table), self._faults()
        self.put_all(values)
        faults = [
            fault
            for fault in self._faults()
            if fault not in earlier and not any(_touch(fault.key, key) for key in pending)
        ]
        if faults:
            self.table = before
            raise FaultyInput(faults)

    def put_all(self, values: Mapping[str, Any]) -> None:
        """Put each value under its key, unchecked; None leaves the key out."""
        for key, value in values.items():
            if value is None:
                self.drop(key)
            else:
                self.put(key, value)

    def drop(self, key: str) -> None:
        """Leave `key` out, and the tables that it leaves empty."""
        *tables, last = key.split(".")
        if isinstance(table := dotted.get(self.table, ".".join(tables)) if tables else self.table, dict):
            table.pop(last, None)
            if tables and not table:
                self.drop(".".join(tables))


def _touch(one: str, other: str) -> bool:
    """Whether two dotted keys are the same, or one is a table that holds the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
