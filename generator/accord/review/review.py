"""The legal review: what is wrong with a letter, and whose text each clause is.

The checks are small functions, all those of `rules`; each looks at the letter
as it was composed, for that is what people sign.
"""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from inspect import isfunction
from pathlib import Path
from typing import cast, get_args

from accord.clauses import approvals, labels
from accord.clauses.approvals import Approval, Status
from accord.clauses.library import Library
from accord.domain.choices import Law
from accord.domain.deal import Deal
from accord.domain.house import House
from accord.domain.precedents import Known
from accord.domain.translated import spoken
from accord.errors import AccordError, LegalHold, in_a_line
from accord.i18n import _
from accord.letter.letter import Choice, Letter
from accord.review import heard, must_say
from accord.review.authorities import source_of
from accord.review.differences import differences
from accord.review.findings import CASES, CORE_UNAPPROVED, Case, Check, Finding, Severity, place_of
from accord.review.rules import (
    amounts,
    contradictions,
    dates,
    deal,
    decline,
    remembered,
    structure,
    values,
    wording,
)
from accord.text.characters import plain

RULES = (structure, values, deal, dates, amounts, contradictions, wording, decline, remembered)
CHECKS: tuple[Check, ...] = tuple(
    check
    for module in RULES
    for name, check in vars(module).items()
    if isfunction(check) and check.__module__ == module.__name__ and not name.startswith("_")
)
"""The public functions of the rules, in the order of the files."""
_SEVERITIES: Sequence[Severity] = get_args(Severity)


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
    """of the deal; empty where legal must decide before there is a letter"""
    version: str
    """letters that change with the letter's words; empty where there is no letter"""
    title: str
    """of the letter; empty where legal must decide before there is one"""
    findings: tuple[Finding, ...]
    """what the review found, the gravest first"""
    clauses: tuple[ClauseState, ...]
    """every clause of the library for this kind of letter, in print order"""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors among the findings."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that somebody should weigh before the letter leaves."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """The findings that keep a letter from being final: errors, and core clauses that want approval."""
        return tuple(finding for finding in self.findings if finding.refuses)


class ReviewErrors(AccordError):
    """A final letter was asked for, but the review holds it back."""

    exit_code = 1

    def __init__(self, source: str, findings: Sequence[Finding]) -> None:
        """`source` names the deal; `findings` are those that hold it back."""
        self.findings = tuple(findings)
        heading = _("The review holds this letter back; mend it, or leave out --final to get a draft:")
        lines = [in_a_line(finding.where, finding.sentence) for finding in findings]
        super().__init__("\n  ".join([in_a_line(source, heading), *lines]))


def review(  # noqa: PLR0913, PLR0917 - what there is to judge, what to judge it by
    letter: Letter,
    deal: Deal,
    house: House,
    folder: Path | None,
    today: datetime.date | None = None,
    library: Library | None = None,
    known: Known | None = None,
) -> Review:
    """The review of the letter that was composed from `deal`.

    `house` is the house to judge by, `folder` the one with its approvals and its
    `templates/<language>/must-say.toml` (None: it has neither), `today` the day on which a letter
    is about to leave; `library` spares reading the same files for several letters; `known` is what the
    register has to say of it.
    Raises `FaultyInput` for a faulty file of approvals, and for a faulty `must-say.toml`
    in the letter's language or in the interface's.
    """
    house = house_as_printed(letter, house)
    expected = {key: plain(text) for key, text in letter.texts.items()}
    case = CASES[letter.kind](letter, deal, house, expected, today, known)
    clauses = _clauses(case, approvals.read(folder) if folder else ())
    findings = [finding for check in CHECKS for finding in check(case)]
    overrides = folder / "templates" if folder else None
    core: Collection[str] = ()
    of_words: Collection[str] = ()
    if not must_say.asks_nothing(case, overrides):
        library = library or Library()
        must, words = (
            must_say.read(language, overrides, library) for language in (letter.language, must_say.spoken())
        )
        findings = must_say.told_once(case, must, findings, tuple(must_say.unsaid(case, must, words)))
        core, of_words = must.core if folder else (), must.words
    findings = heard.weighed(case, findings, of_words)
    findings += _approval_findings(case, clauses, core)
    findings = [_as_the_house_weighs(finding, house) for finding in findings]
    findings.sort(key=lambda finding: _SEVERITIES.index(finding.severity))
    return Review(letter.reference, letter.version, letter.title, tuple(dict.fromkeys(findings)), clauses)


def _as_the_house_weighs(finding: Finding, house: House) -> Finding:
    """A finding, which is an error where the house wants no final letter with it."""
    return replace(finding, severity="error") if finding.code in house.review.refuse else finding


def house_as_printed(letter: Letter, house: House) -> House:
    """The house as the letter prints it: it may have another name or other terms by now."""
    printed = letter.data["house"]
    own = {"supplier": spoken(house.supplier, letter.language), "terms": spoken(house.terms, letter.language)}
    at_hand = {name: table.model_dump(mode="json", exclude_none=True) for name, table in own.items()}
    if all(printed.get(name, {}).items() <= at_hand[name].items() for name in at_hand):
        return house.model_copy(update=own)
    data = house.model_dump(exclude_none=True)
    country = {"country": house.supplier.country} if house.supplier.country else {}
    others = {"supplier": country | printed["supplier"], "terms": data["terms"] | printed.get("terms", {})}
    return House.model_validate(data | others)


def without_house(review: Review, doubt: str = "") -> Review:
    """The same review, with a note that other clients' names and approvals were not checked.

    `doubt` says why the house that was found does not count, if one was.
    """
    sentence = _("There is no accord.toml here: neither other clients’ names nor approvals were checked.")
    if doubt:
        sentence = _("Neither other clients’ names nor approvals were checked: {doubt}.").format(doubt=doubt)
    return replace(review, findings=(*review.findings, Finding("no-house", "note", "", sentence)))


def review_on_hold(error: LegalHold) -> Review:
    """The review of a letter that legal must decide on before there is one."""
    (fault,) = error.faults
    source = source_of(f"legal-hold.{error.because}", cast("Law", error.law or "FR"))
    return Review("", "", "", (Finding("legal-hold", "error", fault.key, fault.sentence, source),), ())


def _clauses(case: Case, approved: Sequence[Approval]) -> tuple[ClauseState, ...]:
    """Every clause of the library, in print order, those that the house left out included."""
    letter = case.letter
    choices = {choice.file: choice for choice in letter.choices}
    left_out = letter.data.get("clauses", {}).keys() - choices.keys()
    choices |= {name: Choice(name, included=False, conditions=()) for name in left_out}
    return tuple(_state(case, choices[name], approved) for name in sorted(choices))


def _state(case: Case, choice: Choice, approved: Sequence[Approval]) -> ClauseState:
    letter, name = case.letter, choice.file
    standard, passage = letter.standard[name], case.passages_by_file.get(name)
    wording = letter.data.get("clauses", {})
    # The raw text, as approvals know it: a passage has the spaces and quotes of its locale.
    text = wording.get(name) or {"title": standard.title, "body": standard.body}
    # A letter that brings its own wording says that a clause is in, not why.
    unknown_rule = passage is not None and passage.overrides and not choice.conditions
    when = None if unknown_rule else [condition for condition, _holds in choice.conditions]
    key = f"{letter.language}/{letter.kind}/{name}"
    is_approved = approvals.find(key, text["title"], text["body"], approved, when)
    return ClauseState(
        file=name,
        title=passage.title if passage else standard.title,
        number=passage.number if passage else None,
        included=choice.included,
        conditions=tuple(Condition(name, holds) for name, holds in choice.conditions),
        sources=(passage.sources if passage else standard.law).get(case.law, ()),
        status="approved" if is_approved else "override" if name in wording else "standard",
        own=name in wording,
    )


def _approval_findings(
    case: Case, clauses: Sequence[ClauseState], core: Collection[str]
) -> Iterator[Finding]:
    """What the house did with the library's clauses, and what it has yet to approve; `core` are the ids of those that carry the letter."""
    if "labels" in case.letter.data:
        file = f"{case.letter.language}/{labels.FILE}"
        sentence = _("{file} has the house’s own words for labels of this letter. Read them in the letter.")
        yield Finding("own-wording", "note", file, sentence.format(file=file))
    for clause in clauses:
        if not clause.included:
            continue
        where = place_of(case.passages_by_file[clause.file])
        if case.house.review.approved_only and clause.status != "approved":
            sentence = _(
                "{file} is not approved, and the house sends approved clauses only."
                " Have it approved with “accord clauses approve”."
            )
            yield Finding("unapproved", "error", where, sentence.format(file=clause.file))
        elif clause.status == "override":
            yield _own_wording(case, clause, case.passages_by_file[clause.file].id in core)


def _own_wording(case: Case, clause: ClauseState, is_core: bool) -> Finding:  # noqa: FBT001 - of one clause
    """That a clause is the house's own text, not approved, and what it changes."""
    ours, own = case.letter.standard[clause.file], case.letter.data["clauses"][clause.file]
    changed = differences(f"{ours.title}.\n\n{ours.body}", f"{own['title']}.\n\n{own['body']}")
    code, severity, sentence = (
        "own-wording",
        "warning" if is_core else "note",
        _("{file} is the house’s own text, not approved. Compare it with the standard text."),
    )
    if is_core and case.house.review.core_approved:
        code, sentence = (
            CORE_UNAPPROVED,
            _(
                "{file} carries the letter, and is the house’s own text, not approved: no final letter leaves with it."
                " Have it approved with “accord clauses approve”, or take the standard text."
            ),
        )
    place = place_of(case.passages_by_file[clause.file])
    return Finding(
        code, cast("Severity", severity), place, sentence.format(file=clause.file), differences=changed
    )
