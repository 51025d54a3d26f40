"""What is wrong, or could read better, in a house's own clauses (floor 5)."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any, Literal, get_args

from generator.clauses import PLACEHOLDER, Clause, read_library
from generator.errors import FaultyInput
from generator.guesses import closest
from generator.model import Deal, House
from generator.particulars import particulars
from generator.vocabulary import Kind, Language

LONGEST_SENTENCE = 40  # words; a reader loses the thread of more
HARDEST = 20.0  # reading ease; below it, texts are for specialists
WORDS_TO_JUDGE = 60  # a shorter text has no measurable level

EXCLUSIVE = (
    {"intent", "negotiate", "promise", "conditional"},
    {"efforts", "firm", "no-efforts"},
    {"french-law", "english-law"},
    {"subscription", "purchase", "pilot"},
    {"out-of-scope", "no-commitment", "date-not-feasible"},
    {"hardship-excluded", "hardship-accepted"},
)
"""Conditions of which at most one holds."""

IMPLIED: Mapping[str, set[str]] = {
    "intent": {"not-binding", "no-efforts"},
    "negotiate": {"not-binding", "no-efforts"},
    "promise": {"binding"},
    "conditional": {"binding"},
    "efforts": {"binding"},
    "firm": {"binding"},
    "subscription": {"not-one-off"},
    "purchase": {"one-off"},
    "pilot": {"one-off"},
}
"""What holds wherever a condition holds."""


@dataclass(frozen=True)
class Remark:
    """One thing to mend or to ponder.  `place` is the file, with its line where there is one."""

    place: str
    severity: Literal["error", "warning", "note"]
    sentence: str


def lint(overrides: Path) -> tuple[Remark, ...]:
    """Everything to say about the clauses in a house's `templates/`, file by file."""
    remarks: list[Remark] = []
    for language in get_args(Language):
        for kind in get_args(Kind):
            try:
                library = read_library(language, kind, overrides)
            except FaultyInput as error:
                remarks += [
                    Remark(fault.source, "error", ": ".join(filter(None, [fault.key, fault.sentence])))
                    for fault in error.faults
                ]
                continue
            for clause in library:
                if clause.overrides:
                    remarks += _of_clause(clause, library, overrides, language)
    return tuple(remarks)


def _of_clause(
    clause: Clause, library: Sequence[Clause], overrides: Path, language: Language
) -> Iterator[Remark]:
    yield from _placeholders(clause, library)
    yield from _twins(clause, library)
    yield from _counterpart(clause, overrides, language)
    yield from _style(clause, language)


def kind_of(clause: Clause) -> Kind:
    """The kind of letter that a clause stands in."""
    return "agreement" if clause.path.parent.name == "agreement" else "decline"


def _placeholders(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """Placeholders and cross-references that stand for nothing."""
    ids = {other.id for other in library if other.title}
    known = known_placeholders(kind_of(clause)) | {f"article.{name.replace('-', '_')}" for name in ids}
    for placeholder in clause.placeholders:
        if placeholder in known:
            continue
        close = closest(placeholder, known, 0)[0]
        sentence = _("{placeholder} is no placeholder; did you mean {close}?")
        if placeholder.startswith("article."):
            sentence = _("{placeholder} refers to an article that no letter has; did you mean {close}?")
        yield Remark(
            f"{clause.path}:{clause.line_of(placeholder)}",
            "error",
            sentence.format(placeholder=placeholder, close=close),
        )


ANSWERS: Mapping[Kind, Mapping[str, Any]] = {
    "agreement": {
        "law": "FR",
        "binding": "conditional",
        "vendor_commitment": "efforts",
        "delivery": {"by": datetime.date(2000, 1, 2)},
        "decision": {"kind": "subscription"},
    },
    "decline": {"decline": {"reason": "out-of-scope"}},
}


@cache
def known_placeholders(kind: Kind) -> frozenset[str]:
    """What the clauses of a kind of letter may use, cross-references apart: the same for every deal."""
    named = {"prospect": {"name": "X"}, "feature": {"name": "Y"}}
    written = {"language": "en", "locale": "en_GB", "date": datetime.date(2000, 1, 1)}
    deal = Deal.model_validate({**written, **named, **ANSWERS[kind]})
    return frozenset(particulars(deal, House.model_validate({"supplier": {"name": "Z"}})).texts)


def _twins(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """Another wording of the same clause that can be in the same letter."""
    for other in library:
        if other is not clause and other.id == clause.id and not exclude_each_other(clause.when, other.when):
            yield Remark(
                f"{clause.path}:1",
                "error",
                _(
                    "can be in the same letter as {other}, another wording of the same clause;"
                    " give the two conditions that exclude each other"
                ).format(other=other.path.name),
            )


def exclude_each_other(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two lists of conditions can never hold together."""
    both = {*some, *others}
    both |= {implied for name in both for implied in IMPLIED.get(name, ())}
    if any(f"not-{name}" in both for name in both):
        return True
    return any(len(both & group) > 1 for group in EXCLUSIVE)


def _counterpart(clause: Clause, overrides: Path, language: Language) -> Iterator[Remark]:
    """The same clause in the other language, under the same conditions."""
    (other,) = (name for name in get_args(Language) if name != language)
    kind = kind_of(clause)
    twin = overrides / other / kind / clause.path.name
    if not twin.exists():
        yield Remark(
            f"{clause.path}:1",
            "warning",
            _(
                "is yours in this language only; write {file} too, or letters in the two languages will differ"
            ).format(file=f"{other}/{kind}/{clause.path.name}"),
        )
        return
    try:
        library = read_library(other, kind, overrides)
    except FaultyInput:
        return  # told where that language is read
    (counterpart,) = (each for each in library if each.path.name == clause.path.name)
    if sorted(counterpart.when) != sorted(clause.when):
        yield Remark(
            f"{clause.path}:1",
            "warning",
            _("has other conditions than {file}; give both the same").format(
                file=f"{other}/{kind}/{clause.path.name}"
            ),
        )


# --- How it reads -----------------------------------------------------------------


def _style(clause: Clause, language: Language) -> Iterator[Remark]:
    for sentence, line in sentences(clause.body, clause.body_line):
        count = len(words_of(sentence))
        if count > LONGEST_SENTENCE:
            yield Remark(
                f"{clause.path}:{line}",
                "note",
                _("a sentence of {count} words is hard to follow; cut it in two").format(count=count),
            )
    ease = reading_ease(clause.body, language)
    if ease is not None and ease < HARDEST:
        yield Remark(
            f"{clause.path}:{clause.body_line}",
            "note",
            _(
                "reads with difficulty (reading ease {ease}, of 100); prefer short sentences and common words"
            ).format(ease=round(ease)),
        )


def sentences(body: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Each sentence of a clause, with the line on which it begins."""
    for match in re.finditer(r"[^\s.!?;][^.!?;]*(?:[.!?;](?!\s|$)[^.!?;]*)*[.!?;]?", body):
        yield match[0], first_line + body[: match.start()].count("\n")


def words_of(text: str) -> list[str]:
    """The words of a text; a placeholder counts as one."""
    return re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", PLACEHOLDER.sub("X", text))


def reading_ease(text: str, language: Language) -> float | None:
    """Reading ease from about 0, hard, to 100, easy; None for a text too short to tell.

    English: R. Flesch, “A new readability yardstick”, 1948.  French: the
    coefficients of L. Kandel and A. Moles, 1958.  A group of vowels counts as
    a syllable, which is near enough for a note.
    """
    words = words_of(text)
    if len(words) < WORDS_TO_JUDGE:
        return None
    syllables = sum(max(1, len(re.findall(r"[aeiouyàâäéèêëîïôöùûüœæ]+", word.lower()))) for word in words)
    length = len(words) / max(1, sum(1 for _sentence in sentences(text, 1)))
    if language == "fr":
        return 207 - 1.015 * length - 73.6 * syllables / len(words)
    return 206.835 - 1.015 * length - 84.6 * syllables / len(words)
