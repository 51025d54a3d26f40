"""The verdict on a PDF, reached in a process of its own: whoever sends a file may have made it to do harm."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from accord import isolation

Answer = Literal["authentic", "intact", "altered", "foreign"]
LIMITS = isolation.Limits(seconds=60, memory=2 << 30)


@dataclass(frozen=True)
class Wording:
    """Whose words a clause has, where it has not the library's, or the house has approved others.

    "approved" and "own": the house's, approved or not; "superseded": the
    library's, though the house has approved its own; "unknown": nobody's here.
    """

    file: str
    status: Literal["approved", "own", "superseded", "unknown"]


@dataclass(frozen=True)
class Verdict:
    """The answer for one file.

    `wording` is empty where every clause is the library's; `unapproved` counts
    those of them that the house at hand has not approved, None without a house.
    """

    source: str
    answer: Answer
    reference: str = ""
    title: str = ""
    final: bool = False
    differences: tuple[str, ...] = ()
    wording: tuple[Wording, ...] = ()
    unapproved: int | None = None
    notes: tuple[str, ...] = ()


def verdict_on(content: bytes, source: str, house: Path | None, process: isolation.Process) -> Verdict:
    """The verdict on a file, reached in `process`, which may serve other files too.

    `house` is the house file to judge the words by, else the one at hand.
    Raises `AccordError`, as `verify.verify` and `loader.read_house` do; one
    that names the file if it exceeds the limits.
    """
    try:
        data = process.call("accord.verify.verify:answer", content, source, house)
    except isolation.NoAnswer as defect:
        raise defect.about(source) from None
    wording = tuple(Wording(**each) for each in data["wording"])
    lists: dict[str, Any] = {key: tuple(data[key]) for key in ("differences", "notes")}
    return Verdict(**{**data, **lists, "wording": wording})
