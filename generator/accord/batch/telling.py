"""What is said of a batch, the same wherever it is read: how its source was understood, its faults, how it ended."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from accord.batch.columns import choice, heading_of, is_choice
from accord.batch.report import RowVerdict
from accord.batch.sources import Source
from accord.domain.house import House
from accord.errors import Defect, Fault, FaultyInput
from accord.i18n import _, ngettext
from accord.intake import words
from accord.intake.loader import habits_of
from accord.intake.overrides import set_keys
from accord.review.findings import Finding
from accord.text.characters import in_quotes

MOST_COLUMNS = 12  # that a sentence names


def common(
    overrides: Mapping[str, str], date: str | None, house: House, today: datetime.date
) -> Mapping[str, Any]:
    """What is said of all deals at once, as a deal file would have it; `FaultyInput` says once what is wrong."""
    common: dict[str, Any] = {}
    texts = overrides if date is None else {**overrides, "date": date}
    faults = set_keys(common, texts, habits_of=lambda so_far: habits_of(so_far, house, today))
    for key in filter(is_choice, texts):  # which the model would tell in every row
        try:
            choice(key, texts[key])
        except Defect as defect:
            faults.append(Fault("", key, str(defect)))
    if faults:
        raise FaultyInput(faults)
    return common


def how_read(deals: Source, *, final: bool) -> Iterator[str]:
    """Which columns count for nothing, which language was taken where no column gives it, and what is blank; a sentence each."""
    if deals.language:
        sentence = _(
            "No column gives the language of the letters: they are in {language} (--lang changes it)."
        )
        yield sentence.format(language=words.named("language")[deals.language])
    if deals.blank and not final:
        sentence = ngettext(
            "No column gives {headings}: it is blank in the drafts.",
            "No column gives {headings}: they are blank in the drafts.",
            len(deals.blank),
        )
        yield sentence.format(headings=", ".join(in_quotes(heading_of(key)) for key in deals.blank))
    if deals.ignored:
        sentence = _("Columns that the mapping file ignores: {headings}")
        yield sentence.format(headings=_some(deals.ignored, MOST_COLUMNS))


def _some(names: Sequence[str], most: int) -> str:
    """The first of some names, and how many others there are."""
    shown = ", ".join(names[:most])
    return (
        shown
        if len(names) <= most
        else _("{names} and {count} more").format(names=shown, count=len(names) - most)
    )


def worded(finding: Finding, deals: Source) -> Finding:
    """A finding with the name of its column and in the words of the source."""
    key = finding.where.partition("[")[0]
    where, sentence = _placed(finding.where, deals.place), deals.worded(key, finding.sentence)
    return replace(finding, where=where, sentence=sentence)


def _placed(where: str, place: Callable[[str], str]) -> str:
    """One key or several, each as the source calls it."""
    return ", ".join(map(place, where.split(", ")))


def summary(count: int, counts: Mapping[RowVerdict, int]) -> str:
    """How many rows, and what became of them."""
    phrases: Mapping[RowVerdict, str] = {
        "written": ngettext("{count} written", "{count} written", counts["written"]),
        "unchanged": ngettext("{count} there already", "{count} there already", counts["unchanged"]),
        "good": ngettext("{count} good", "{count} good", counts["good"]),
        "refused": ngettext("{count} refused", "{count} refused", counts["refused"]),
        "failed": ngettext("{count} failed", "{count} failed", counts["failed"]),
        "passed": ngettext("{count} passed over", "{count} passed over", counts["passed"]),
    }
    listed = ", ".join(
        phrase.format(count=counts[verdict]) for verdict, phrase in phrases.items() if counts[verdict]
    )
    return ngettext("{count} row: {listed}.", "{count} rows: {listed}.", count).format(
        count=count, listed=listed or _("nothing to do")
    )
