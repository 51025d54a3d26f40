"""Help in French: each word that stands for a value is French, and none stays English by oversight."""

import re

import click
import pytest

from accord import cli, i18n
from accord.cli import metavars

# The same in both languages, or the name of a format.
SAME = {"CLAUSE", "DATE", "PDF", "SOURCE", "OPTIONS", "URL"}


@pytest.mark.parametrize("listed", list(cli.program().commands.values()), ids=lambda listed: listed.name)
def test_every_word_for_a_value_is_one_that_is_translated(listed: click.Command) -> None:
    command = cli.load(listed)
    # A command speaks the language in which it was loaded, perhaps by another test.
    known = {word for pair in _both_languages() for word in pair}
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    for each in (command, *inner):
        shown = [param.metavar or "" for param in each.params]
        for word in re.findall(r"[A-ZÀ-Ý]{2,}(?:=[A-ZÀ-Ý]+)?", " ".join(shown)):
            assert word in known, f"{each.name}: {word}"


def test_the_words_are_french_in_french() -> None:
    assert {word for word, french in _both_languages() if french == word} <= SAME


def _both_languages() -> list[tuple[str, str]]:
    with i18n.speaking("fr"):
        return list(metavars._words().items())
