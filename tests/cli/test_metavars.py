"""Help in French: each word that stands for a value is French, and none stays English by oversight."""

import re

import click
import pytest

from accord import cli, i18n
from accord.cli import metavars

# The same in both languages, or the name of a format.
SAME = {"CLAUSE", "DATE", "PDF", "SOURCE", "OPTIONS"}


@pytest.mark.parametrize("listed", list(cli.program().commands.values()), ids=lambda listed: listed.name)
def test_every_word_for_a_value_is_one_that_is_translated(listed: click.Command) -> None:
    command = cli.load(listed)
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    for each in (command, *inner):
        shown = [param.metavar or "" for param in each.params]
        for word in re.findall(r"[A-Z]+(?:=[A-Z]+)?", " ".join(shown)):
            assert word in metavars._words(), f"{each.name}: {word}"


def test_the_words_are_french_in_french() -> None:
    english = metavars._words()
    i18n.use("fr")
    assert {word for word, french in metavars._words().items() if french == english[word]} <= SAME
