"""The marks in the figures of a column: whether its comma, or its point, stands before decimals or parts thousands.

Read alone, "1.250" may be a thousand or one.  Where the other cells of its
column show by their form which of the two marks stands before decimals, as
"1.250,00" and "12,50" do, and none shows the other, the mark that is left
parts thousands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NUMBER = re.compile(r"(?<![0-9.,])[0-9](?:[0-9.,'’\s\u00a0\u202f]*[0-9])?(?![0-9])")
IN_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}")
BOTH = re.compile(r"[0-9]+(?:(?P<mark>[.,])[0-9]{3})+(?!(?P=mark))[.,][0-9]+")
DECIMALS = re.compile(
    r"[0-9]+(?P<mark>[.,])(?:[0-9]{1,2}|[0-9]{4,})|(?:0[0-9]*|[0-9]{4,})(?P<long>[.,])[0-9]{3}"
)
GROUPS = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})+")
OTHER = {".": ",", ",": "."}
FEWEST = 2  # cells that show their mark, unless one has both marks


def mark_of_decimals(number: str) -> str:
    """The mark before decimals that the form of a number shows; "" if it shows none."""
    plain = re.sub(r"['’\s\u00a0\u202f]", "", number)
    if match := BOTH.fullmatch(plain) or GROUPS.fullmatch(plain):
        return OTHER[match["mark"]]
    match = DECIMALS.fullmatch(plain)
    return (match["mark"] or match["long"]) if match else ""


@dataclass
class Marks:
    """What the columns of amounts and numbers show, once all rows have been seen."""

    _shown: dict[str, dict[str, int]] = field(default_factory=dict)

    def see(self, cells: Sequence[Any], columns: Mapping[int, str]) -> None:
        """Look at the next row; the keys of its `columns` of figures are given."""
        for column, key in columns.items():
            cell = cells[column] if column < len(cells) else None
            if isinstance(cell, str):
                for mark, weight in _marks(cell):
                    shown = self._shown.setdefault(key, {})
                    shown[mark] = shown.get(mark, 0) + weight

    def decided(self) -> Mapping[str, str]:
        """By key the mark that parts thousands in its column; "" where its cells show both uses."""
        return {
            key: OTHER[next(iter(shown))] if len(shown) == 1 else ""
            for key, shown in self._shown.items()
            if len(shown) > 1 or sum(shown.values()) >= FEWEST
        }


def _marks(cell: str) -> Iterator[tuple[str, int]]:
    """The mark before decimals that each number of a cell shows, and for how many it counts."""
    for number in NUMBER.findall(cell):
        if mark := mark_of_decimals(number):
            yield mark, FEWEST if "." in number and "," in number else 1


def has_groups(text: str) -> bool:
    """Whether a number of a text can be read in two ways, such as "1.250"."""
    return any(IN_GROUPS.fullmatch(number) for number in NUMBER.findall(text))


def ungrouped(text: str, mark: str) -> str:
    """A text without the mark in a number such as "1.250", in which it parts thousands."""

    def plain(found: re.Match[str]) -> str:
        match = IN_GROUPS.fullmatch(found[0])
        return found[0].replace(mark, "") if match and match["mark"] == mark else found[0]

    return NUMBER.sub(plain, text)
