"""The errors that the program raises on purpose, each one sentence with a remedy.

All descend from `AccordError` and have an exit code: 1, the answer is no; 2, the
input cannot be used; 3, the machine lacks something; 70, the program itself is
at fault.  The command line prints the sentence and exits; elsewhere an error is
caught only to report it with others or to name the file, key or question.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from accord.i18n import _, ngettext

FAULT_OF_THE_PROGRAM = 70  # EX_SOFTWARE of sysexits.h

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_a_line(*parts: str) -> str:
    """Where a fault is and what it is, each after a colon as the language in use sets it."""
    return _(": ").join(filter(None, parts))


class AccordError(Exception):
    """The root of every error raised on purpose; its text is a whole sentence.

    `faults` are those of an input, where it has some.
    """

    exit_code = 2
    faults: tuple["Fault", ...] = ()


class Defect(AccordError):
    """A defect of one file or value, as a predicate: "does not exist; check the name".

    It is raised where only the content is known; the caller adds the name by `about`.
    """

    def about(self, source: str, key: str = "") -> "FaultyInput":
        """The whole sentence, about the dotted `key` of the file `source`, with the same exit code."""
        error = FaultyInput([Fault(source, key, str(self))])
        error.exit_code = self.exit_code
        return error


@dataclass(frozen=True)
class Fault:
    """One fault of an input.

    `source` is the file as the user named it ("" for answers and flags), `key` the dotted
    key ("" for the file as a whole), `sentence` the fault and its remedy.
    """

    source: str
    key: str
    sentence: str

    def __str__(self) -> str:
        return in_a_line(self.source, self.key, self.sentence)

    def within(self, source: str) -> str:
        """The same, where `source` is named already."""
        return str(replace(self, source="") if self.source == source else self)


class FaultyInput(AccordError):
    """An input with faults, all of them reported together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(map(str, self.faults)))


class Refusals(AccordError):
    """Several errors reported together, each once; the exit code is the highest of theirs."""

    def __init__(self, errors: Iterable[AccordError]) -> None:
        errors = tuple(errors)
        self.exit_code = max(error.exit_code for error in errors)
        super().__init__("\n".join(dict.fromkeys(map(str, errors))))


def all_of(make: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """`make` of each item; if some are refused, raises the `Refusals` of them all."""
    results, refusals = [], []
    for item in items:
        try:
            results.append(make(item))
        except AccordError as error:
            refusals.append(error)
    if refusals:
        raise Refusals(refusals)
    return results


class Gaps(AccordError):
    """A final letter was asked for, but particulars are missing."""

    exit_code = 1

    def __init__(self, blanks: Iterable[tuple[str, str]], words: Mapping[str, str] | None = None) -> None:
        """`blanks` are pairs of a file and the key that is missing in it, `words` what the keys mean."""
        self.blanks, words = tuple(blanks), words or {}
        heading = ngettext(
            "A final letter cannot have blanks; one particular is missing:",
            "A final letter cannot have blanks; {count} particulars are missing:",
            len(self.blanks),
        ).format(count=len(self.blanks))
        remedy = _(
            "Fill them in (“accord edit” asks for each), or leave out --final to get a draft with blanks to complete."
        )
        lines = (
            f"  {in_a_line(*blank)}{f' ({words[blank[1]]})' if blank[1] in words else ''}"
            for blank in self.blanks
        )
        super().__init__("\n".join([heading, *lines, remedy]))


class LegalHold(AccordError):
    """Legal must decide something before this letter can be written."""

    exit_code = 1

    def __init__(self, fault: Fault, because: str, law: str | None = None) -> None:
        """`because` is the kind of prospect that legal must decide about, `law` the deal's."""
        self.faults, self.because, self.law = (fault,), because, law
        super().__init__(str(fault))


class OutputError(AccordError):
    """A file could not be written, or would have replaced another one."""


class FolderRefuses(OutputError):
    """A folder takes no file: any other file would fare the same."""


class MachineLacks(AccordError):
    """A library or font this program needs is not on this machine."""

    exit_code = 3
