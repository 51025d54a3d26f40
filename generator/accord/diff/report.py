"""What `accord diff --json` prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from accord.diff.compare import Change, Edit, Paragraph
from accord.diff.keyfacts import Fact
from accord.domain.printed import Printed
from accord.letter.letter import Letter


@dataclass(frozen=True)
class ComparedLetter:
    """One of the two letters."""

    name: str
    """the name of its file"""
    reference: str
    """of its deal"""
    version: str
    """letters that change with its words; empty in a letter made before there were any"""
    """of the letter"""
    title: str
    """of the letter"""
    date: str
    """of the letter, such as 2026-11-23"""
    language: str
    """fr or en"""
    final: bool
    """whether it is a letter to sign, not a draft"""


@dataclass(frozen=True)
class Numbers:
    """The article numbers of one part in the two letters."""

    old: int | None
    """in the old letter; null for a part without a number"""
    new: int | None
    """in the new letter; null for a part without a number"""


@dataclass(frozen=True)
class OwnWording:
    """In which of the letters the words of a part are not the library's."""

    old: bool
    """in the old letter"""
    new: bool
    """in the new letter"""


@dataclass(frozen=True)
class ChangedPart:
    """One part of the letters, an article for example, that differs."""

    id: str
    """its name in the clause library, or letter.… for a part that is no clause"""
    kind: Literal["same", "added", "removed", "changed", "translated"]
    """of its words alone: the same part may have moved; whether a translated one means the same, a reader can say"""
    moved: bool
    """whether it stands elsewhere among the other parts"""
    number: Numbers
    """of its article"""
    title: tuple[Edit, ...]
    """its title, as runs of words"""
    paragraphs: tuple[Paragraph, ...]
    """its text from top to bottom"""
    own_wording: OwnWording
    """whose words it has"""


@dataclass(frozen=True)
class Comparison(Printed):
    """What accord diff --json prints."""

    old: ComparedLetter
    """the letter named first, or the standard text"""
    new: ComparedLetter
    """the letter named last"""
    same: bool
    """whether nothing differs"""
    facts: tuple[Fact, ...]
    """the particulars that differ, the weightiest first"""
    changes: tuple[ChangedPart, ...]
    """the parts that differ, from top to bottom"""
    doubts: tuple[str, ...] = ()
    """that the pages of a PDF do not show its data, which alone was compared, as sentences; empty if they do"""


def comparison(
    letters: tuple[Letter, Letter],
    names: tuple[str, str],
    facts: Sequence[Fact],
    changes: Sequence[Change],
) -> Comparison:
    """The differences of two letters, named by `names`, as `accord diff --json` prints them."""
    old, new = (
        ComparedLetter(
            name,
            letter.reference,
            letter.version,
            str(letter.title),
            letter.date.isoformat(),
            letter.language,
            letter.final,
        )
        for letter, name in zip(letters, names, strict=True)
    )
    return Comparison(
        old,
        new,
        same=not changes and not facts,
        facts=tuple(facts),
        changes=tuple(
            ChangedPart(
                change.id,
                change.kind,
                change.moved,
                Numbers(change.old, change.new),
                change.title,
                change.paragraphs,
                OwnWording(*change.own),
            )
            for change in changes
        ),
    )
