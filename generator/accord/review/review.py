"""The legal review: what is wrong with a letter, and whose text each clause is.

The checks are small functions, all of them in `CHECKS`; each looks at the
letter as it was composed, for that is what people sign.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from accord.clauses import approvals
from accord.clauses.approvals import Approval, Status
from accord.clauses.library import Clause
from accord.domain.choices import Law
from accord.domain.deal import Deal
from accord.domain.house import House
from accord.errors import LegalHold
from accord.i18n import _
from accord.letter.kinds import KINDS
from accord.letter.letter import Choice, Letter, Passage
from accord.review.authorities import source_of
from accord.review.findings import CASES, Finding, Severity, place_of
from accord.review.rules import amounts, dates, structure, wording
from accord.text.characters import plain

__all__ = [
    "CHECKS",
    "ClauseState",
    "Condition",
    "Finding",
    "Review",
    "Severity",
    "as_printed",
    "held",
    "review",
    "without_house",
]

CHECKS = (*structure.CHECKS, *dates.CHECKS, *amounts.CHECKS, *wording.CHECKS)
_SEVERITIES: Sequence[Severity] = ("error", "warning", "note")


@dataclass(frozen=True)
class Condition:
    """One condition of a clause."""

    name: str
    """its name in the head of the clause file"""
    holds: bool
    """whether it holds for this deal"""


@dataclass(frozen=True)
class ClauseState:
    """A clause file of the library: in or out and why, and whose text it is."""

    file: str
    """its name, such as 32-price.vat.md"""
    title: str
    """its title; empty for prose"""
    number: int | None
    """of its article; null for prose and for a clause that is left out"""
    included: bool
    """whether it is in the letter"""
    conditions: tuple[Condition, ...]
    """why it is in or out: all must hold"""
    sources: tuple[str, ...]
    """its legal sources under the letter's law"""
    status: Status
    """approved by the house, or else the library's own text (standard) or the house's (override)"""
    own: bool = False
    """whether it is the house's own text, approved or not"""


@dataclass(frozen=True)
class Review:
    """The review of one letter."""

    reference: str
    """of the letter; empty where legal must decide before there is one"""
    title: str
    """of the letter; empty where legal must decide before there is one"""
    findings: tuple[Finding, ...]
    """what the review found, the gravest first"""
    clauses: tuple[ClauseState, ...]
    """every clause of the library for this kind of letter, in print order"""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep a letter from being final."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def review(
    letter: Letter, deal: Deal, house: House, folder: Path | None, today: datetime.date | None = None
) -> Review:
    """The review of the letter that was composed from `deal`.

    `house` is the house to judge by, `folder` the one with its approvals (None:
    it approved nothing), `today` the day on which a letter is about to leave.
    Raises `FaultyInput` for a faulty file of approvals.
    """
    house = as_printed(letter, house)
    placeholders = KINDS[deal.kind].placeholders(deal, house, letter.labels)
    expected = {key: plain(text) for key, text in placeholders.texts.items()}
    case = CASES[letter.kind](letter, deal, house, expected, today)
    clauses = _clauses(letter, case.law, approvals.read(folder) if folder else ())
    findings = [finding for check in CHECKS for finding in check(case)]
    findings += _wordings(letter, clauses, approved_only=house.review.approved_only)
    findings.sort(key=lambda finding: _SEVERITIES.index(finding.severity))
    return Review(letter.reference, letter.title, tuple(dict.fromkeys(findings)), clauses)


def as_printed(letter: Letter, house: House) -> House:
    """The house to judge by, as the letter prints it: it may have another name or other terms by now."""
    printed = letter.data["house"]
    at_hand = house.model_dump(mode="json", exclude_none=True)
    if all(printed.get(table, {}).items() <= at_hand[table].items() for table in ("supplier", "terms")):
        return house
    country = {"country": house.supplier.country} if house.supplier.country else {}
    return House.model_validate(
        {
            **house.model_dump(exclude_none=True),
            "supplier": country | printed["supplier"],
            "terms": house.terms.model_dump(exclude_none=True) | printed.get("terms", {}),
        }
    )


def without_house(found: Review) -> Review:
    """The same, with a note that no house told its other clients and its approvals."""
    note = Finding(
        "no-house",
        "note",
        "",
        _("There is no accord.toml here: neither other clients’ names nor approvals were checked."),
    )
    return replace(found, findings=(*found.findings, note))


def held(error: LegalHold) -> Review:
    """The review of a letter that legal must decide on before there is one."""
    (fault,) = error.faults
    source = source_of(f"legal-hold.{error.because}", cast("Law", error.law or "FR"))
    return Review("", "", (Finding("legal-hold", "error", fault.key, fault.sentence, source),), ())


# --- Whose text each clause is ------------------------------------------------


def _clauses(letter: Letter, law: Law, approved: Sequence[Approval]) -> tuple[ClauseState, ...]:
    """Every clause of the library, in print order, those that the house left out included."""
    own = letter.data.get("clauses", {})
    choices = {choice.file: choice for choice in letter.choices}
    choices |= {name: Choice(name, included=False, conditions=()) for name in own.keys() - choices.keys()}
    passages = _passages(letter)
    return tuple(
        _state(letter, law, choices[name], letter.standard[name], passages.get(name), approved)
        for name in sorted(choices)
    )


def _passages(letter: Letter) -> dict[str, Passage]:
    """The passages of a letter by the name of their clause file."""
    return {passage.file.name: passage for passage in (*letter.opening, *letter.articles, *letter.closing)}


def _state(  # noqa: PLR0913, PLR0917 - a clause, and what it is held against
    letter: Letter,
    law: Law,
    choice: Choice,
    standard: Clause,
    passage: Passage | None,
    approved: Sequence[Approval],
) -> ClauseState:
    own = letter.data.get("clauses", {})
    # The raw text, as approvals know it: a passage has the spaces and quotes of its locale.
    text = own.get(choice.file) or {"title": standard.title, "body": standard.body}
    # A letter that brings its own wording says that a clause is in, not why.
    unknown_rule = passage is not None and passage.overrides and not choice.conditions
    return ClauseState(
        file=choice.file,
        title=passage.title if passage else standard.title,
        number=passage.number if passage else None,
        included=choice.included,
        conditions=tuple(Condition(name, holds) for name, holds in choice.conditions),
        sources=(passage.sources if passage else standard.law).get(law, ()),
        status=approvals.status(
            text["title"],
            text["body"],
            overrides=choice.file in own,
            key=f"{letter.language}/{letter.kind}/{choice.file}",
            approvals=approved,
            when=None if unknown_rule else tuple(name for name, _holds in choice.conditions),
        ),
        own=choice.file in own,
    )


def _wordings(letter: Letter, clauses: Sequence[ClauseState], *, approved_only: bool) -> list[Finding]:
    """What the house did with the library's clauses, and what it has yet to approve."""
    passages = _passages(letter)
    found: list[Finding] = []
    for clause in clauses:
        if not clause.included:
            continue
        if approved_only and clause.status != "approved":
            sentence = _(
                "{file} is not approved, and the house sends approved clauses only."
                " Have it approved with “accord clauses approve”."
            )
            where = place_of(passages[clause.file])
            found.append(Finding("unapproved", "error", where, sentence.format(file=clause.file)))
        elif clause.status == "override":
            sentence = _("{file} is the house’s own text, not approved. Compare it with the standard text.")
            where = place_of(passages[clause.file])
            found.append(Finding("own-wording", "note", where, sentence.format(file=clause.file)))
    return found
