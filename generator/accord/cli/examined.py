"""The review of one file as `accord review` tells it; it weighs, and is loaded where a letter is read."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from accord.cli import recorded
from accord.cli.review import Examined
from accord.cli.terminal import COLOURS, wrapped
from accord.i18n import _
from accord.intake import loader
from accord.review import labels
from accord.review.report import of_file
from accord.services import trust
from accord.services.examined import FileReview, review_of
from accord.services.open_letter import Reading, deal_and_house
from accord.text.characters import harmless, path_name

if TYPE_CHECKING:
    from accord.services.forewarning import Memory


def memory_of(house: Path | None, today: datetime.date) -> "Memory | None":
    """What the register knows, if there is one, and a house that has it."""
    home = loader.house_at_hand(house)
    return recorded.memory(home, today) if home else None


def of_deal(
    file: Path, reading: Reading, width: int | None, memory: "Memory | None", *, on_paper: bool
) -> Examined:
    """What is said of a deal file.  On paper no other client is named: counsel outside may read it."""
    reviewed = review_of(file, reading, memory)
    nameless = review_of(file, reading, memory, named=False) if on_paper and memory else reviewed
    return _told(reviewed, width, _sheet(nameless, reading) if on_paper else None)


def of_pdf(
    files: Sequence[Path],
    reading: Reading,
    width: int | None,
    on_paper: bool,  # noqa: FBT001 - sent to another process
) -> Examined:
    """What is said of the one PDF, to be called in a process of its own, which asks no register; on the sheet too, whether it shows its data."""
    (file,) = files
    reviewed = review_of(file, reading)
    doubt = next(trust.found(files, reading.house, reading.library), "")
    return replace(
        _told(reviewed, width, _sheet(reviewed, reading, doubt) if on_paper else None, doubt), remark=doubt
    )


def _told(reviewed: FileReview, width: int | None, sheet: bytes | None, doubt: str = "") -> Examined:
    report = replace(of_file(path_name(reviewed.file), reviewed.review), doubt=doubt)
    is_faulty = bool(reviewed.review.errors)
    return Examined(tuple(lines(reviewed, width)), asdict(report), is_faulty, sheet)


def _sheet(reviewed: FileReview, reading: Reading, doubt: str = "") -> bytes:
    from accord.review import sheet  # noqa: PLC0415 - only for paper, whose engine weighs

    if reviewed.opened:
        return sheet.sheet(
            reviewed.review, reviewed.opened.deal, reviewed.opened.house, reviewed.opened.letter, doubt
        )
    return sheet.sheet(reviewed.review, *deal_and_house(reviewed.file, reading), doubt=doubt)


def lines(reviewed: FileReview, width: int | None) -> Iterator[str]:
    """A review for people: what it is about, the findings from the gravest down, the count."""

    def paragraph(text: str, margin: str, **style: bool) -> Iterator[str]:
        return (click.style(line, **style) for line in wrapped(harmless(text), width, margin, margin))

    yield from paragraph(_heading(reviewed), "", bold=True)
    headings = {"error": _("Errors"), "warning": _("Warnings"), "note": _("Notes")}
    for severity, heading in headings.items():
        findings = [finding for finding in reviewed.review.findings if finding.severity == severity]
        if findings:
            yield ""
            yield click.style(heading, fg=COLOURS[severity], bold=True)
        for finding in findings:
            place = f"{finding.where} [{finding.code}]" if finding.where else f"[{finding.code}]"
            yield from paragraph(place, "  ", bold=True)
            yield from wrapped(harmless(finding.sentence), width, "    ", "    ")
            for difference in labels.differences(finding):
                yield from wrapped(harmless(difference), width, "      ", "        ")
            if finding.source:
                yield from paragraph(finding.source, "    ", dim=True)
    yield ""
    worst = reviewed.review.findings[0].severity if reviewed.review.findings else ""
    yield click.style(f"{labels.verdict(reviewed.review)}.", fg=COLOURS.get(worst, "green"), bold=True)


def _heading(reviewed: FileReview) -> str:
    """The file; then the title, the reference, the version and the prospect, once there is a letter."""
    file = path_name(reviewed.file)
    if reviewed.opened is None:
        return file
    reviewed_version = reviewed.review.version
    version = _("version {version}").format(version=reviewed_version) if reviewed_version else ""
    parts = (
        reviewed.review.title,
        reviewed.review.reference,
        version,
        reviewed.opened.deal.prospect.name,
    )
    return _("{file}: {what}").format(file=file, what=", ".join(filter(None, parts)))
