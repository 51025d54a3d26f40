"""What clauses must say: the substance without which they do not do their work.

`templates/<language>/must-say.toml` lists it beside the clauses, and says how it is
written; a house adds to it, or words it otherwise, in a file of that name in its own
`templates/<language>/`.  Words are looked for, in whole sentences: nothing here
understands a text.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from accord import i18n, toml_reader
from accord.clauses.conditions import CONDITIONS, holds
from accord.clauses.library import TEMPLATES
from accord.domain.base import StrictModel
from accord.domain.choices import Language, Law
from accord.domain.suggestions import closest
from accord.domain.validation import validate
from accord.errors import Fault, FaultyInput
from accord.i18n import _
from accord.letter.blocks import Blocks, Run, paragraphs
from accord.review.findings import Case, Finding, Findings, Severity, place_of
from accord.text import phrases
from accord.text.characters import excerpt, path_name, plain

FILE = "must-say.toml"

EVERY_ARTICLE = "any"
"""The table of what holds for every article."""

Text = Annotated[str, Field(min_length=1)]
Degree = Literal["error", "warning", "note", "off"]
_LESS: Mapping[str, Severity] = {"error": "warning", "warning": "note", "note": "note"}


class Requirement(StrictModel):
    """One thing that a clause must say, or with `never` must not."""

    severity: Degree = Field(description="off: nobody asks for it")
    when: tuple[str, ...] = Field(
        default=(), description="the conditions under which it applies, as in clauses"
    )
    eased: tuple[str, ...] = Field(
        default=(), description="the conditions under which its lack is less grave by a degree"
    )
    once: tuple[Text, ...] = Field(
        default=(), description="it applies only to a clause that says one of these"
    )
    says: Text = Field(description="what is missing, or wrong, in plain words")
    phrases: tuple[Text, ...] = Field(min_length=1, description="words that say it")
    unless: tuple[Text, ...] = Field(default=(), description="a sentence with one of these does not say it")
    even_denied: bool = Field(default=False, description="whether a denial says it too")
    bold: bool = Field(default=False, description="whether it must stand in bold")
    never: bool = Field(default=False, description="whether it must not be said")
    also_in: tuple[str, ...] = Field(default=(), description="other clauses that may say it instead")
    example: str = Field(default="", description="what to write, for instance")
    law: Mapping[Law, str] = Field(default={}, description="its source under each law")

    def holds_in(self, conditions: Callable[[str], bool]) -> bool:
        """Whether it applies where `conditions` says which hold."""
        return self.severity != "off" and all(map(conditions, self.when))

    def weight(self, *, less: bool) -> Severity:
        """How grave a fault is, or how grave by a degree `less`."""
        return _LESS[self.severity] if less or self.severity == "off" else self.severity

    def fault_in(self, blocks: Blocks, others: Iterable[Blocks], language: Language) -> str | None:
        """None if the clause is as it must be; or else the words that must not be there, "" where some are missing.

        `others` are the clauses that may say it instead.
        """
        own = words_of(blocks)
        if self.once and not self._find(self.once, (), own, language):
            return None
        if self.never:
            return self._find(self.phrases, self.unless, own, language)
        texts = (words_of(blocks, bold=True) if self.bold else own, *map(words_of, others))
        said = any(self._find(self.phrases, self.unless, text, language) for text in texts)
        return None if said else ""

    def _find(
        self, sought: tuple[str, ...], unless: tuple[str, ...], text: str, language: Language
    ) -> str | None:
        topic = phrases.topic(sought, unless, language, even_denied=self.even_denied or sought is self.once)
        return next(filter(None, map(topic.search, phrases.sentences(text))), None)


@dataclass(frozen=True)
class MustSay:
    """The requirements of a language: by the id of the clause, then by the code of their finding.

    `core` are the clauses that carry the letter: a house's own text of one wants approval.
    """

    core: frozenset[str] = frozenset()
    clauses: Mapping[str, Mapping[str, Requirement]] = field(default_factory=dict)

    def of(self, clause_id: str, *, is_article: bool = True) -> Mapping[str, Requirement]:
        """What a clause must say by itself, and what every article must."""
        every = self.clauses.get(EVERY_ARTICLE, {}) if is_article else {}
        return {**every, **self.clauses.get(clause_id, {})}


def words_of(blocks: Blocks, *, bold: bool = False) -> str:
    """A clause's own words as `plain` text, an ellipsis for each value; with `bold`, those that stand in bold."""

    def read(run: Run) -> str:
        if bold and "strong" not in run.emphasis:
            return "\n\n"
        return "…" if run.placeholder else run.text

    return plain("\n\n".join(text for _marker, text in paragraphs(blocks, read)))


# --- The files -------------------------------------------------------------------


def read(language: Language, overrides: Path | None = None) -> MustSay:
    """The requirements of a language, the house's own in place of ours and beside them.

    `overrides` is the house's `templates/` folder.  `FaultyInput` with every fault of its file.
    """
    ours = _ours(language)
    own = overrides / language / FILE if overrides else None
    if own is None or not os.path.lexists(own) or own.resolve() == (TEMPLATES / language / FILE).resolve():
        return ours
    source = path_name(own)
    theirs = _parsed(toml_reader.read(own, source), source, language, ours)
    clauses = {
        name: {**ours.clauses.get(name, {}), **theirs.clauses.get(name, {})}
        for name in {**ours.clauses, **theirs.clauses}
    }
    return MustSay(theirs.core or ours.core, clauses)


def spoken() -> Language:
    """The language of the interface, in which findings say what is missing."""
    return "fr" if i18n.language() == "fr" else "en"


@cache
def _ours(language: Language) -> MustSay:
    path = TEMPLATES / language / FILE
    return _parsed(toml_reader.read(path, FILE), FILE, language, None)


def _parsed(data: Mapping[str, Any], source: str, language: Language, ours: MustSay | None) -> MustSay:
    """The requirements in a file; `FaultyInput`, naming `source`, with all that is wrong with them."""
    faults: list[Fault] = []
    own_lists, core = data.get("lists", {}), data.get("core", [])
    if not isinstance(own_lists, dict) or not all(map(_are_texts, own_lists.values())):
        raise FaultyInput([Fault(source, "lists", _('is not a list of texts; write it as ["…", "…"]'))])
    if not _are_texts(core):
        raise FaultyInput([Fault(source, "core", _('is not a list of texts; write it as ["…", "…"]'))])
    clauses: dict[str, dict[str, Requirement]] = {}
    for clause, tables in data.items():
        if clause in {"lists", "core"}:
            continue
        if ours and clause not in ours.clauses:
            close = (closest(clause, ours.clauses, 0.3) or ["purchase"])[0]
            sentence = _("is no clause of which anything is asked; did you mean [{close}.…]?")
            faults.append(Fault(source, excerpt(clause), sentence.format(close=close)))
            continue
        for code, table in tables.items() if isinstance(tables, dict) else [("", tables)]:
            key = f"{excerpt(clause)}.{excerpt(code)}" if code else excerpt(clause)
            if not isinstance(table, dict):
                sentence = _("must be a table; write the heading [{name}] and its keys below")
                faults.append(Fault(source, key, sentence.format(name=f"{excerpt(clause)}.…")))
                continue
            requirement, wrong = validate(Requirement, _expanded(table, own_lists), source)
            faults += [Fault(source, f"{key}.{fault.key}", fault.sentence) for fault in wrong]
            if requirement is not None:
                faults += _faults_of(requirement, source, key, language)
                clauses.setdefault(clause, {})[code] = requirement
    if faults:
        raise FaultyInput(faults)
    return MustSay(frozenset(core), clauses)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _expanded(table: Mapping[str, Any], lists: Mapping[str, Any]) -> dict[str, Any]:
    """A requirement with the file's own lists in its phrases."""

    def expand(phrase: Any) -> Any:
        if not isinstance(phrase, str):
            return phrase
        return re.sub(
            r"\{([a-z_]+)\}",
            lambda name: f"({'|'.join(map(expand, lists[name[1]]))})" if name[1] in lists else name[0],
            phrase,
        )

    return {
        key: [*map(expand, value)]
        if key in {"phrases", "unless", "once"} and isinstance(value, list)
        else value
        for key, value in table.items()
    }


def _faults_of(requirement: Requirement, source: str, key: str, language: Language) -> Iterator[Fault]:
    for name in (*requirement.when, *requirement.eased):
        if name.removeprefix("not-") not in CONDITIONS:
            close = (closest(name.removeprefix("not-"), CONDITIONS, 0.3) or ["binding"])[0]
            sentence = _("“{name}” is not a condition; did you mean “{close}”?")
            yield Fault(source, f"{key}.when", sentence.format(name=excerpt(name), close=close))
    for phrase in (*requirement.phrases, *requirement.unless, *requirement.once):
        try:
            phrases.topic((phrase,), (), language, even_denied=True)
        except (re.error, KeyError):
            sentence = _("“{phrase}” is not written as phrases are; look at those of the library’s file")
            yield Fault(source, f"{key}.phrases", sentence.format(phrase=excerpt(phrase)))


# --- What is found ----------------------------------------------------------------


def unsaid(case: Case, overrides: Path | None) -> Findings:
    """What the clauses of a letter do not say that they must, or say that they must not."""
    language = case.letter.language
    must, words = read(language, overrides), read(spoken(), overrides)
    for passage in case.passages:
        for code, requirement in must.of(passage.id, is_article=passage.number is not None).items():
            if not requirement.holds_in(lambda name: holds(name, case.deal, case.house)):
                continue
            others = [other.blocks for other in case.passages if other.id in requirement.also_in]
            found = requirement.fault_in(passage.blocks, others, language)
            if found is None:
                continue
            is_eased = any(holds(name, case.deal, case.house) for name in requirement.eased)
            severity = requirement.weight(less=is_eased)
            sentence = sentence_of(passage.id, code, requirement, words, found)
            yield Finding(code, severity, place_of(passage), sentence, requirement.law.get(case.law, ""))


def sentence_of(clause_id: str, code: str, requirement: Requirement, words: MustSay, found: str) -> str:
    """What to say of a fault that `fault_in` found; `words` are the requirements in the interface's language."""
    says = words.of(clause_id).get(code, requirement).says
    if found:
        return _("“{words}” {wrong}").format(words=found, wrong=says)
    if not requirement.example:
        return _("does not say {what}.").format(what=says)
    return _("does not say {what}. Write, for instance: “{example}”").format(
        what=says, example=requirement.example
    )
