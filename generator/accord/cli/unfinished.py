"""The answers of a conversation that was stopped: kept in a file beside the deals, to go on with."""

import contextlib
import copy
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from accord import files, toml_reader
from accord.cli.interview import Later
from accord.cli.terminal import tell
from accord.errors import AccordError, LegalHold, OutputError
from accord.i18n import _
from accord.intake import toml_writer
from accord.services.answers import Answers
from accord.text.characters import path_name
from accord.text.slug import slug

SUFFIX = ".unfinished"
PASSED, FILLING = "left_blank", "fill_in"

resume = click.option("--resume", is_flag=True, help=_("Resume an unfinished session."))


@contextlib.contextmanager
def kept(answers: Answers, place: Callable[[], Path], command: str) -> Iterator[None]:
    """Keep the answers if somebody stops within, by Ctrl-C, by Ctrl-D, or for later, or if the file cannot be written.

    `place` names their file, a new one or that which was resumed; `command` goes on with them.
    """
    before = copy.deepcopy(answers.form.table)
    try:
        yield
    except (click.Abort, Later, LegalHold, OutputError) as stopped:
        path = place()
        if answers.form.table == before and not path.exists():
            if not isinstance(stopped, OutputError):
                tell("\n" + _("Nothing was written."))
        else:
            filling = {} if answers.filling is None else {FILLING: answers.filling}
            data = {PASSED: sorted(answers.passed)} | filling | answers.form.table
            heading = _("Answers from an unfinished session. To resume: {command}").format(command=command)
            files.write(path, toml_writer.toml_of_table(data, heading).encode(), force=True)
            sentence = _("Nothing else was written; your answers are kept in {path}. To resume: {command}")
            tell("\n" + sentence.format(path=path, command=command))
        if isinstance(stopped, LegalHold | OutputError):
            raise
        raise click.Abort from None


def path_for(prospect: str, folder: Path) -> Path:
    """A new file for the answers about a prospect."""
    return _new(folder, slug(prospect) or "letter")


def path_beside(path: Path) -> Path:
    """A new file for the answers about what is in a file, or will be."""
    return _new(path.parent, path.name)


def _new(folder: Path, stem: str) -> Path:
    """A name that no answers have yet: those kept before are not overwritten."""
    names = (folder / f"{stem}{number}{SUFFIX}" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next((name for name in names if not name.exists()), folder / f"{stem}{SUFFIX}")


def newest(folder: Path) -> Path:
    """The file with the answers for a new letter that were kept last; `AccordError` if none."""
    # Those about a file that is edited have its whole name, ending and all.
    found = [path for path in folder.glob(f"*{SUFFIX}") if "." not in path.stem]
    if not found:
        sentence = _("{folder} holds no unfinished answers; “accord new” begins a letter.")
        raise AccordError(sentence.format(folder=folder))
    return max(found, key=lambda path: path.stat().st_mtime)


def newest_beside(path: Path) -> Path:
    """The file with the answers about what is in a file that were kept last; `AccordError` if none."""
    numbered = re.compile(rf"{re.escape(path.name)}(?:-\d+)?{re.escape(SUFFIX)}")
    found = [each for each in path.parent.glob(f"*{SUFFIX}") if numbered.fullmatch(each.name)]
    if not found:
        sentence = _("There are no unfinished answers about {path}; begin without --resume.")
        raise AccordError(sentence.format(path=path))
    return max(found, key=lambda each: each.stat().st_mtime)


def take_up(answers: Answers, path: Path) -> None:
    """Put the answers in a file among those given; `AccordError` if it cannot be read."""
    data = toml_reader.read(path, path_name(path))
    passed, filling = data.pop(PASSED, []), data.pop(FILLING, None)
    answers.filling = filling if isinstance(filling, bool) else None
    answers.passed = set(map(str, passed)) if isinstance(passed, list) else set()
    answers.form.table = data


def command_line(*arguments: str | Path) -> str:
    """A command as one types it."""
    return shlex.join(["accord", *map(str, arguments)])
