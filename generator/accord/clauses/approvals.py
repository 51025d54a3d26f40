"""Which clause texts the house has approved.

The record is `approvals.toml` beside the house's file: a list that only grows,
each entry with the clause file, the digest of its text, the conditions under
which it is in, who approved it and when.  A text that changes has another
digest, and is unapproved until someone approves it again.
"""

import datetime
import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from accord import files, toml_reader
from accord.clauses.library import Clause
from accord.domain.base import StrictModel
from accord.domain.fields import Date, SingleLine
from accord.domain.validation import validate
from accord.errors import Defect, Fault, FaultyInput
from accord.text.characters import path_name

FILE = "approvals.toml"
HEADING = "# Who approved which clause text.  “accord clauses approve” adds to it; keep what is here."

Status = Literal["approved", "standard", "override"]
"""Approved by the house; or else the library's own text, or the house's own."""


class Approval(StrictModel):
    """One text of one clause file, approved."""

    file: SingleLine = Field(description="such as fr/agreement/32-price.vat.md")
    digest: SingleLine = Field(description="of title and body")
    when: tuple[SingleLine, ...] = Field(default=(), description="the conditions of the clause")
    by: SingleLine = Field(description="who approved it")
    on: Date = Field(description="the day of the approval")


class _Record(StrictModel):
    approved: tuple[Approval, ...] = ()


def digest(title: str, body: str) -> str:
    """The SHA-256 of a clause's text, however its lines end."""
    text = f"{title.strip()}\n\n{body.strip()}".replace("\r\n", "\n")
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def key_of(clause: Clause) -> str:
    """A clause file as the record names it: language, kind of letter, name."""
    return "/".join(clause.path.parts[-3:])


def read(folder: Path) -> tuple[Approval, ...]:
    """The approvals beside a house's file, oldest first; `FaultyInput` with every fault."""
    return _text_and_approvals(folder / FILE)[1]


def _text_and_approvals(path: Path) -> tuple[str, tuple[Approval, ...]]:
    """The text of a record and its approvals; none if there is no file."""
    if not os.path.lexists(path):
        return "", ()
    source = path_name(path)
    try:
        text = files.decode(files.read(path))
    except Defect as defect:
        raise defect.about(source) from None
    return text, _parsed(text, source)


def _parsed(text: str, source: str) -> tuple[Approval, ...]:
    try:
        data = toml_reader.parse(text)
    except Defect as defect:
        raise defect.about(source) from None
    record, faults = validate(_Record, data, source)
    if record is None or faults:
        raise FaultyInput(faults)
    return record.approved


def faults_of(by: str) -> list[Fault]:
    """What is wrong with the name of somebody who approves."""
    entry = {"file": "x", "digest": "x", "by": by, "on": datetime.date(2000, 1, 1)}
    return validate(Approval, entry, "")[1]


def find(
    key: str, title: str, body: str, approvals: Iterable[Approval], when: Sequence[str] | None = None
) -> Approval | None:
    """The approval of a text under its file's key, the earliest; with `when`, under the same conditions."""
    wanted = (key, digest(title, body))
    for approval in approvals:
        same_conditions = when is None or tuple(when) == approval.when
        if same_conditions and (approval.file, approval.digest) == wanted:
            return approval
    return None


def approve(folder: Path, clauses: Iterable[Clause], by: str, on: datetime.date) -> tuple[Clause, ...]:
    """Add the clauses to the record of a house's folder; returns those that were not approved already.

    The file is read once, last of all, and replaced as a whole: what somebody
    else approved meanwhile stays, and so do remarks.
    """
    with files.alone(folder):  # two at once would each write their own list
        return _approve(folder / FILE, clauses, by, on)


def _approve(path: Path, clauses: Iterable[Clause], by: str, on: datetime.date) -> tuple[Clause, ...]:
    import tomlkit  # noqa: PLC0415 - only where a file is written
    from tomlkit.items import AoT  # noqa: PLC0415

    text, approved = _text_and_approvals(path)
    record: Any = tomlkit.parse(text or f"{HEADING}\n\n")
    entries = record.setdefault("approved", tomlkit.aot())
    fresh = tuple(
        clause
        for clause in dict.fromkeys(clauses)
        if not find(key_of(clause), clause.title, clause.body, approved, clause.when)
    )
    for clause in fresh:
        entry = tomlkit.table() if isinstance(entries, AoT) else tomlkit.inline_table()
        entry.update(file=key_of(clause), digest=digest(clause.title, clause.body))
        entry.update(when=list(clause.when), by=by, on=on)
        entries.append(entry)
    if fresh:
        text = tomlkit.dumps(record)
        _parsed(text, path_name(path))  # what could not be read again is not written
        files.write(path.resolve(), text.encode(), force=True)
    return fresh
