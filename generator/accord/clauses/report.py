"""What `accord clauses list --json` prints."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.clauses import approvals
from accord.clauses.approvals import Approval
from accord.clauses.library import Clause
from accord.domain.choices import Law
from accord.domain.printed import Printed


@dataclass(frozen=True)
class Approved:
    """Who approved a text, and when."""

    by: str
    """who"""
    on: str
    """the day, such as 2026-11-23"""


@dataclass(frozen=True)
class ListedClause:
    """One clause file: its text, and whether the house has approved it."""

    file: str
    """language, kind of letter and name, such as fr/agreement/32-price.vat.md"""
    title: str
    """its title; empty for prose"""
    when: tuple[str, ...]
    """the conditions under which it is in a letter: all must hold"""
    law: dict[Law, tuple[str, ...]]
    """its legal sources, by the law of the letter"""
    own: bool
    """whether it is the house's own text, not the library's"""
    digest: str
    """SHA-256 of title and body"""
    approved: Approved | None
    """the approval of the text as it stands; null without one"""
    changed: bool
    """whether another text of this file was approved before"""


@dataclass(frozen=True)
class Clauses(Printed):
    """What accord clauses list --json prints."""

    clauses: tuple[ListedClause, ...]
    """every clause file, French first, in print order"""


def listed(clause: Clause, approved: Sequence[Approval]) -> ListedClause:
    """A clause as it is listed, judged by the approvals of a house."""
    key = approvals.key_of(clause)
    approval = approvals.find(key, clause.title, clause.body, approved, clause.when)
    return ListedClause(
        file=key,
        title=clause.title,
        when=tuple(clause.when),
        law={law: tuple(sources) for law, sources in clause.law.items()},
        own=clause.overrides,
        digest=approvals.digest(clause.title, clause.body),
        approved=Approved(approval.by, f"{approval.on}") if approval else None,
        changed=approval is None and any(other.file == key for other in approved),
    )
