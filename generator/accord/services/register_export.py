"""The whole register in a form of its own: one line per event, whole and readable, for people and other programs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from accord.domain.printed import Printed
from accord.register.entries import Event


@dataclass(frozen=True)
class ExportedEvent(Printed):
    """One line of accord register export: an event, the oldest first."""

    sequence: int
    """its place in the register, from 1"""
    time: str
    """when it was recorded, in UTC"""
    actor: str
    """who recorded it"""
    reference: str
    """of the letter"""
    event: str
    """issued, or the step: signed, delivered, reminded, accepted, refused, redelivered, extended, waived, lapsed, ordered, defaulted, withdrawn, expired"""
    data: dict[str, Any]
    """of a letter that was issued: what it promises, in the keys of accord register list and more; of a step: on, the day it was taken, to and cause of an extension, document and document_sha256 of what was written, file and sha256 of what came back, with its signatures (which sides), its signers (who, by which certificate, when, by whose clock, how trusted, at which level), or scan"""
    previous: str
    """the digest of the event before it; 64 noughts for the first"""
    digest: str
    """the SHA-256 of all this but itself: of the JSON array of sequence, time, actor, reference, event, data and previous, keys sorted, without spaces, in UTF-8"""


def exported(events: Iterable[Event]) -> Iterator[ExportedEvent]:
    """The events as they are printed."""
    for each in events:
        yield ExportedEvent(
            each.sequence,
            each.time,
            each.actor,
            each.reference,
            each.kind,
            dict(each.data),
            each.previous,
            each.digest,
        )


def as_lines(events: Iterable[ExportedEvent]) -> Iterator[str]:
    """Each event as JSON on a line of its own."""
    for each in events:
        yield json.dumps(asdict(each), ensure_ascii=False)


def as_row(event: ExportedEvent) -> dict[str, str]:
    """Each event as the cells of a table by their column: what an event's data hold, beside what all have."""
    columns = asdict(event)
    data, _format = columns.pop("data"), columns.pop("format")
    chain = {key: columns.pop(key) for key in ("previous", "digest")}
    told = {key: value for key, value in data.items() if key not in {"reference", "articles"}}
    return {key: _cell(value) for key, value in (columns | told | chain).items()}


def _cell(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        keys = ("field", "name", "certificate", "time", "clock", "trust", "level")
        return "; ".join(", ".join(each[key] for key in keys if each.get(key)) for each in value)
    return " ".join(map(str, value)) if isinstance(value, list) else f"{value}"
