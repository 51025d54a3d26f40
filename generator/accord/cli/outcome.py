"""From answers to a letter: the writing, and what is told of it in the end."""

import contextlib
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import click

from accord import files, i18n
from accord.clauses.library import Library
from accord.cli import recorded
from accord.cli.terminal import tell
from accord.domain.choices import Language
from accord.domain.deal import Deal, Decline
from accord.domain.house import HouseFile
from accord.domain.precedents import Known
from accord.i18n import _, ngettext
from accord.letter.letter import Letter
from accord.services import output
from accord.services.make_letter import final_letter, make_letter
from accord.text import formats

HOUSE_TABLES = ("supplier.", "terms.")


def write_letter(  # noqa: PLR0913 - what a letter is made of, and where it goes
    deal: Deal,
    home: HouseFile,
    path: Path,
    folder: Path,
    *,
    final: bool,
    force: bool,
    known: Known | None = None,
    library: Library | None = None,
) -> None:
    """Write the letter of the deal in the file `path` into a folder; say what it is and what to do next.

    `known` is what the register has to say of a final one; `library` spares reading the clauses again.
    """
    with _answers_kept_in(path):
        warnings: dict[Path, int] = {}
        if final:
            letter, warnings[path] = final_letter(deal, home, str(path), library, known)
        else:
            letter = make_letter(deal, home, final=False, source=str(path), library=library)
        target = output.path_of(letter, folder)
        content = output.rendered(letter)
        with recorded.letters(home, final=final) as announce:
            announce(letter, deal, content, target)
            replaces = output.is_own_draft(target, output.Identity.of(letter), content)
            files.write(target, content, force=force or replaces)
    click.echo(target)
    say_warnings(warnings)
    say_what_it_is(letter, deal, home, path)


@contextlib.contextmanager
def _answers_kept_in(path: Path) -> Iterator[None]:
    """If there can be no letter, say where the answers are."""
    try:
        yield
    except BaseException:
        tell(_("There is no letter yet; your answers are kept in {path}.").format(path=path))
        raise


def say_warnings(warnings: Mapping[Path, int]) -> None:
    """Say which final letters have warnings; `warnings` has their number by the deal file of each letter."""
    warned = [path for path, count in warnings.items() if count]
    if not warned:
        return
    if len(warnings) == 1:
        count = warnings[warned[0]]
        sentence = ngettext(
            "The review has a warning about it. To read it before you sign:",
            "The review has {count} warnings about it. To read them before you sign:",
            count,
        ).format(count=count)
    else:
        sentence = ngettext(
            "{count} of {total} letters has warnings. To read them before you sign:",
            "{count} of {total} letters have warnings. To read them before you sign:",
            len(warned),
        ).format(count=len(warned), total=len(warnings))
    tell(sentence)
    click.echo(f"  accord review {shlex.join(map(str, warned))}", err=True)


def say_what_it_is(letter: Letter, deal: Deal, home: HouseFile, deal_path: Path) -> None:
    """Say whether the letter is a draft or the one to send, and what its sender does now."""
    if letter.final:
        tell(_("This is the letter to send. {next}").format(next=_next_step(letter, deal, home)))
        return
    path, mark = shlex.quote(str(deal_path)), letter.labels["layout"]["draft"]
    own = [key for key in letter.gaps if key.startswith(HOUSE_TABLES)]
    blank = len(letter.gaps) - len(own)
    if blank:
        sentence = ngettext(
            "This is a draft, marked {mark}: {count} particular is blank. To fill it in:",
            "This is a draft, marked {mark}: {count} particulars are blank. To fill them in:",
            blank,
        )
        tell(sentence.format(mark=mark, count=blank))
        click.echo(f"  accord edit {path}", err=True)
    elif not own:
        tell(_("This is a draft, marked {mark}. For the letter to send:").format(mark=mark))
        click.echo(f"  accord render {path} --final", err=True)
    if own:
        sentence = ngettext(
            "Your own company’s file leaves {count} particular blank ({list}). To fill it in:",
            "Your own company’s file leaves {count} particulars blank ({list}). To fill them in:",
            len(own),
        )
        tell(sentence.format(count=len(own), list=_in_words(own)))
        click.echo(f"  accord edit {shlex.quote(_short(home.path))}", err=True)


def _short(path: Path) -> str:
    """A path as one would type it from the current folder."""
    with contextlib.suppress(ValueError):
        return str(path.relative_to(Path.cwd()))
    return str(path)


def _in_words(keys: Iterable[str]) -> str:
    """What each key of the house is, in the language of the interface."""
    hints = Library().labels(cast("Language", i18n.language()))["hint"]
    return ", ".join(hints.get(key, key) for key in keys)


def _next_step(letter: Letter, deal: Deal, home: HouseFile) -> str:
    if isinstance(deal, Decline) or not letter.countersigned:
        return _("Sign it, and send it.")
    day = deal.valid_until(home.house)
    sentence = _(
        "Have both sides sign it by {day}; “accord verify” then says whether the copy that"
        " comes back is unchanged."
    )
    return sentence.format(day=formats.date(day, i18n.locale()))
