"""Answers to questions, and the questions as data: what the conversation on a terminal and the form of the desk share.

A question is data: what it is called, its words, how its answer is read, when
it is asked.  An answer is values by dotted keys of the file in the making, None
for a key to leave out; it may say more than was asked.
"""

import copy
import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from accord import i18n
from accord.errors import AccordError, Fault, FaultyInput
from accord.i18n import _
from accord.intake import dotted, overrides
from accord.intake.overrides import Habits
from accord.text import formats
from accord.text.characters import NARROW, NO_BREAK, fold

Tree = dict[str, Any]
Values = Mapping[str, Any]

SHORTEST_BEGINNING = 3  # characters by which an offer may be picked out


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
        *,
        asking: bool,
    ) -> None:
        """Refuse what is wrong with the command line, all at once, before anything is asked.

        `needed` says what each key wants that a letter cannot do without: where
        nobody is there to be asked (`asking`), one that is missing is refused too.  `flags`
        are the names by which the user knows some keys; `contradictions` are
        those between them.
        """
        self._misfits += contradictions
        misfits = {fault.key for fault in self._misfits}
        missing = [key for key in needed if key not in self and key not in misfits]
        faults = [Fault("", key, needed[key]) for key in missing if not asking] + self._misfits
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


@dataclass
class Answers:
    """What is answered so far.

    `passed` are the names of the questions that were left blank, `filling` says
    whether what is blank is asked for (None: not said yet).
    """

    form: Form
    passed: set[str] = field(default_factory=set)
    filling: bool | None = None


A = TypeVar("A", bound=Answers)


@dataclass(frozen=True)
class Question(Generic[A]):
    """One question.

    `name` is its own, `label` what the summary calls it; `keys` are those that
    it answers; `shown` is the answer as one would type it; `suggested` is the
    usual one, `proposed` one that nobody takes unasked; `heed` is what to know
    before one answers; `offers` may be
    chosen by number or beginning; without an answer to a `needed` one there is
    no file.  A question without a `row` is part of another's in the summary; one
    that only fills a `blank` is asked where the letter wants it.  Once there is
    nothing to ask, its `tables` go as well.
    """

    name: str
    label: str
    keys: tuple[str, ...]
    words: Callable[[A], str]
    read: Callable[[A, str], Values]
    applies: Callable[[A], bool] = lambda _answers: True
    answered: Callable[[A], bool] | None = None
    shown: Callable[[A], str] | None = None
    suggested: Callable[[A], str] = lambda _answers: ""
    proposed: Callable[[A], str] = lambda _answers: ""
    heed: Callable[[A], str] = lambda _answers: ""
    choices: Callable[[A], Mapping[str, str]] | None = None
    offers: Callable[[A], Sequence[str]] = lambda _answers: ()
    needed: bool = False
    row: bool = True
    blank: bool = False
    tables: tuple[str, ...] = ()

    def is_answered(self, answers: A) -> bool:
        """Whether there is an answer."""
        if self.answered:
            return self.answered(answers)
        return any(key in answers.form for key in self.keys)

    def answer(self, answers: A) -> str:
        """The answer as one would type it; "" if there is none."""
        if not self.is_answered(answers):
            return ""
        return self.shown(answers) if self.shown else typed(answers.form.get(self.keys[0]))


def typed(value: Any) -> str:
    """A value as somebody would type it."""
    if isinstance(value, datetime.date):
        return plain_spaces(formats.date(value, i18n.locale()))
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return one_text(value)


def one_text(value: Any) -> str:
    """A value as one text: of one per language, that in the language of the interface if there is one."""
    if isinstance(value, Mapping):
        value = value.get(i18n.language()) or next(filter(None, value.values()), None)
    return "" if value is None else str(value)


def unless_shown(answers: Answers, values: Values) -> Values:
    """The values but for texts that were repeated as they were shown, which stay in each language."""
    return {
        key: value
        for key, value in values.items()
        if not (isinstance(now := answers.form.get(key), Mapping) and value == one_text(now))
    }


def plain_spaces(text: str) -> str:
    """A text as a keyboard gives it, without the no-break spaces of print."""
    return str(text).replace(NO_BREAK, " ").replace(NARROW, " ")


def picked(text: str, offers: Sequence[str]) -> int | None:
    """The place of the offer that a number or the beginning of its name picks out; None if none or several."""
    if text.isdecimal():
        return int(text) - 1 if 1 <= int(text) <= len(offers) else None
    names, beginning = [fold(offer) for offer in offers], fold(text)
    if beginning in names:
        return names.index(beginning)
    begun = [place for place, name in enumerate(names) if name.startswith(beginning)]
    return begun[0] if len(begun) == 1 and len(beginning) >= SHORTEST_BEGINNING else None


def agrees(answer: str) -> bool:
    """Whether the answer is yes, which Enter is too."""
    said = True if answer in {"", _("Y/n")} else overrides.yes_or_no(answer)
    if said is None:
        raise AccordError(_("Write y for yes or n for no."))
    return said
