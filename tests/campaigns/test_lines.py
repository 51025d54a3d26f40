"""No line of any letter is broken early, whatever its dates and names are.

A paragraph that another letter has, word by word, ends its lines where it does there: only letters with
a new one are set in type.  ACCORD_DAYS is the number of delivery days that the letters are walked through with, 1 unless it says otherwise.
"""

import datetime
import itertools
import os
from collections.abc import Iterable, Iterator

import pytest

from accord.letter.letter import Letter
from accord.pdf import typeset
from support import walk
from support.campaign import Tried
from support.lines import broken, prose

SHARES = 2  # that several processes may work at
EARLY = 30.0  # points, as in pdf/test_lines.py
DAYS = [
    datetime.date(2027 + month // 12, month % 12 + 1, 1 + 7 * month % 27)
    for month in range(5, 5 + 5 * int(os.environ.get("ACCORD_DAYS", "1")), 5)
]
NAMES = (
    "Lu",
    "Hôtel du Lac",
    "Boulangeries Lefèvre",
    "Compagnie générale des Établissements Vandenbroucke & Fils",
)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_line_of_any_letter_is_broken_early(
    day: datetime.date, share: int, tried: Tried, capsys: pytest.CaptureFixture[str]
) -> None:
    early, letters, lines = [], 0, 0
    telling = with_something_new(walk.letters(day, NAMES[day.month % len(NAMES)]))
    for letter in itertools.islice(telling, share, None, SHARES):
        measured = broken(letter, typeset.typeset(letter))
        early += [(letter.title, letter.language, line) for line in measured if line.left_over > EARLY]
        tried(f"{letter.kind} in {letter.language}", "filled" if not early else "broken early")
        letters, lines = letters + 1, lines + len(measured)
    with capsys.disabled():
        print(f"\n{letters} letters measured, {lines} lines, delivery by {day}")
    assert not early
    assert letters > 30


def with_something_new(letters: Iterable[Letter]) -> Iterator[Letter]:
    """Those with a paragraph that none before has."""
    known: set[tuple[str, str]] = set()
    for letter in letters:
        paragraphs = set(prose(letter))
        if paragraphs - known:
            yield letter
        known |= paragraphs
