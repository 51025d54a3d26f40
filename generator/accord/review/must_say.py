"""What clauses must say: the substance without which they do not do their work.

`templates/<language>/must-say.toml` lists it beside the clauses, and says how it is
written; a house adds to it, or words it otherwise, in a file of that name in its own
`templates/<language>/`.  Words are looked for, in whole sentences: nothing here
understands a text.
"""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, PrivateAttr

from accord import i18n, toml_reader
from accord.clauses.conditions import CONDITIONS, holds
from accord.clauses.library import TEMPLATES, Library, folder_of, id_of
from accord.domain.base import StrictModel, Violation
from accord.domain.choices import Kind, Language, Law
from accord.domain.suggestions import closest
from accord.domain.validation import validate
from accord.errors import Defect, Fault, FaultyInput
from accord.i18n import _
from accord.letter.blocks import Blocks, Run, paragraphs, parse
from accord.letter.letter import Passage
from accord.review.differences import spelt
from accord.review.findings import Case, Finding, Findings, Severity, place_of, text_of
from accord.text import phrases
from accord.text.characters import excerpt, path_name, plain
from accord.text.phrases import Topic

FILE = "must-say.toml"

EVERY_ARTICLE = "any"
"""The table of what holds for every article."""

_OF_PHRASES = "phrases", "unless", "once", "restates"
"""The keys of a requirement that hold phrases."""

Text = Annotated[str, Field(min_length=1)]
_Sought = Literal["phrases", "once", "restates"]
Degree = Literal["error", "warning", "note", "off"]
_LESS: Mapping[str, Severity] = {"error": "warning", "warning": "note", "note": "note"}


@dataclass(frozen=True)
class Changes:
    """The sentences of our text of a clause that a house's own has not, and those that it has instead or besides."""

    dropped: str
    added: str
    ours: str
    """all of ours"""


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
    certain: bool = Field(
        default=False, description="with `never`: its words decide, however the sentence around them sounds"
    )
    kept: bool = Field(
        default=False,
        description="it is asked of a house's own text: where that drops a sentence of ours that says one of `once`, a sentence that it adds says it",
    )
    added: bool = Field(
        default=False,
        description="with `never`: only the sentences that a house's own text adds are looked at",
    )
    restates: tuple[Text, ...] = Field(
        default=(),
        description="with `added`: where a sentence of ours that is gone says one of these, the new ones say the same otherwise",
    )
    also_in: tuple[str, ...] = Field(default=(), description="other clauses that may say it instead")
    instead_of: tuple[str, ...] = Field(
        default=(), description="codes of findings on the same sentence that this one makes needless"
    )
    example: str = Field(default="", description="what to write, for instance")
    law: Mapping[Law, str] = Field(default={}, description="its source under each law")

    # Of the requirement, not of the process: a house's phrases go when its file has changed.
    _topics: dict[tuple[str, Language], Topic] = PrivateAttr(default_factory=dict)

    def holds_in(self, conditions: Callable[[str], bool]) -> bool:
        """Whether it applies where `conditions` says which hold."""
        return self.severity != "off" and all(map(conditions, self.when))

    def weight(self, *, less: bool) -> Severity:
        """How grave a fault is, or how grave by a degree `less`."""
        return _LESS[self.severity] if less or self.severity == "off" else self.severity

    def fault_in(
        self, blocks: Blocks, others: Iterable[Blocks], language: Language, changes: Changes | None = None
    ) -> str | None:
        """None if the clause is as it must be; or else the words that must not be there, "" where some are missing.

        `others` are the clauses that may say it instead; `changes` are those of a house's own text.
        """
        if self.kept or self.added:
            return self._fault_in_changes(changes, language) if changes else None
        own = words_of(blocks)
        if self.once and not self._find("once", own, language):
            return None
        if self.never:
            return self._find("phrases", own, language)
        texts = (words_of(blocks, bold=True) if self.bold else own, *map(words_of, others))
        said = any(self._find("phrases", text, language) for text in texts)
        return None if said else ""

    def _fault_in_changes(self, changes: Changes, language: Language) -> str | None:
        if self.once and not self._find("once", changes.dropped if self.kept else changes.added, language):
            return None
        found = self._find("phrases", changes.added, language)
        if self.kept:
            return None if found else ""
        # What ours says in the same words, or said in the same way where it stood, is no addition.
        is_ours = found and (
            found.replace("’", "'") in changes.ours
            or self._find("phrases", changes.dropped, language)
            or (self.restates and self._find("restates", changes.dropped, language))
        )
        return None if is_ours else found

    def dropped(self, changes: Changes, language: Language) -> str:
        """The sentence of ours that said it; "" if none did."""
        said = (part for part in phrases.sentences(changes.dropped) if self._find("once", part, language))
        return next(said, "")

    def topic(self, key: _Sought, language: Language) -> Topic:
        """What the phrases of `key` are searched for by; made when it is first asked for."""
        if (key, language) not in self._topics:
            self._topics[key, language] = (
                phrases.topic(self.phrases, self.unless, language, even_denied=self.even_denied)
                if key == "phrases"
                else phrases.topic(getattr(self, key), (), language, even_denied=True)
            )
        return self._topics[key, language]

    def _find(self, key: _Sought, text: str, language: Language) -> str | None:
        return next(filter(None, map(self.topic(key, language).search, phrases.sentences(text))), None)


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

    @cached_property
    def words(self) -> frozenset[str]:
        """The codes of what must not be said, unless the sentence around it sounds innocent."""
        tables = self.clauses.values()
        return frozenset(
            code for table in tables for code, each in table.items() if each.never and not each.certain
        )


def words_of(blocks: Blocks, *, bold: bool = False) -> str:
    """A clause's own words as `plain` text, an ellipsis for each value; with `bold`, those that stand in bold."""

    def read(run: Run) -> str:
        if bold and "strong" not in run.emphasis:
            return "\n\n"
        return "…" if run.placeholder else run.text

    return plain("\n\n".join(text for _marker, text in paragraphs(blocks, read)))


@lru_cache(maxsize=phrases.MANY)
def changes_of(standard: Blocks, own: Blocks) -> Changes:
    """What a house's own text changes in ours."""
    before, after = (
        {spelt(part): part for part in phrases.sentences(words_of(text))} for text in (standard, own)
    )
    dropped, added = (
        "\n\n".join(part for key, part in these.items() if key not in those)
        for these, those in ((before, after), (after, before))
    )
    # A clause written anew has no sentence in the place of each of ours: it is asked for its substance alone.
    is_anew = not before.keys() & after.keys() and len(before) > _COMPARED_WHOLE
    return Changes("" if is_anew else dropped, added, "\n\n".join(before.values()))


def changes_in(case: Case, passage: Passage) -> Changes | None:
    """What a passage changes in ours; None where it is ours."""
    if not passage.overrides:
        return None
    return changes_of(parse(case.letter.standard[passage.file.name].body), passage.blocks)


def own_sentences(case: Case) -> Iterator[tuple[Passage, str]]:
    """The sentences of the house's own clauses that ours do not have, an ellipsis for each value."""
    for passage in case.passages:
        changes = changes_in(case, passage)
        for sentence in phrases.sentences(changes.added) if changes else ():
            yield passage, sentence


_COMPARED_WHOLE = 2
"""Sentences: a clause of ours that has no more is compared even if nothing of it is left."""


# --- The files -------------------------------------------------------------------


def read(language: Language, overrides: Path | None = None, library: Library | None = None) -> MustSay:
    """The requirements of a language, the house's own in place of ours and beside them.

    `overrides` is the house's `templates/` folder; `library` remembers its file until
    that changes.  `FaultyInput` with every fault of the file.
    """
    ours = _ours(language)
    own = _own_file(language, overrides)
    return (library or Library()).content(own, lambda: _with_own(ours, own, language)) if own else ours


def _own_file(language: Language, overrides: Path | None) -> Path | None:
    """The file of a house's own requirements, if it has one."""
    own = overrides / language / FILE if overrides else None
    if own is None or not os.path.lexists(own) or own.resolve() == (TEMPLATES / language / FILE).resolve():
        return None
    return own


def asks_nothing(case: Case, overrides: Path | None) -> bool:
    """Whether nothing needs to be asked of a letter: all its texts are ours, and so is what is asked of them.

    Our own texts are as our own file asks, which a test holds; to read that takes a tenth of a review.
    """
    return not (
        case.letter.data.get("clauses")
        or any(passage.overrides for passage in case.passages)
        or any(_own_file(language, overrides) for language in (case.letter.language, spoken()))
    )


def spoken() -> Language:
    """The language of the interface, in which findings say what is missing."""
    return "fr" if i18n.language() == "fr" else "en"


@cache
def _ours(language: Language) -> MustSay:
    path = TEMPLATES / language / FILE
    return _parsed(toml_reader.read(path, FILE), FILE, language, None)


def _with_own(ours: MustSay, own: Path, language: Language) -> MustSay:
    source = path_name(own)
    theirs = _parsed(toml_reader.read(own, source), source, language, ours)
    clauses = {
        name: {**ours.clauses.get(name, {}), **theirs.clauses.get(name, {})}
        for name in {**ours.clauses, **theirs.clauses}
    }
    return MustSay(ours.core | theirs.core, clauses)


@cache
def _ids(language: Language) -> frozenset[str]:
    """The ids of the clauses that letters are made of."""
    folders = (TEMPLATES / folder_of(language, kind) for kind in get_args(Kind))
    return frozenset(id_of(path) for folder in folders for path in folder.glob("*.md"))


def _parsed(data: Mapping[str, Any], source: str, language: Language, ours: MustSay | None) -> MustSay:
    """The requirements in a file; `FaultyInput`, naming `source`, with all that is wrong with them.

    `ours` are those that a house's file adds to.  Our own file is sound, which a test
    holds: its phrases are not tried here one by one, which would take half a second.
    """
    lists, core = data.get("lists", {}), data.get("core", [])
    faults = [
        Fault(source, key, _('is not a list of texts; write it as ["…", "…"]'))
        for key in _no_texts(lists, core)
    ]
    if faults:
        raise FaultyInput(faults)
    if ours:
        unknown = _unknown(core, _ids(language), "purchase", _no_clause)
        faults += [Fault(source, "core", sentence) for sentence in unknown]
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
            requirement, wrong = _requirement(table, lists, language, strict=ours is not None)
            faults += [Fault(source, f"{key}.{name}", sentence) for name, sentence in wrong]
            if requirement is not None:
                clauses.setdefault(clause, {})[code] = requirement
    if faults:
        raise FaultyInput(faults)
    return MustSay(frozenset(core), clauses)


def _no_texts(lists: object, core: object) -> Iterator[str]:
    """The keys of what should be a list of texts and is none."""
    if not isinstance(lists, dict):
        yield "lists"
    else:
        # Without a word, a list would make a phrase that any text says.
        yield from (
            f"lists.{excerpt(name)}" for name, words in lists.items() if not words or not _are_texts(words)
        )
    if not _are_texts(core):
        yield "core"


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def _requirement(
    table: dict[str, Any], lists: Mapping[str, Sequence[str]], language: Language, *, strict: bool
) -> tuple[Requirement | None, list[Violation]]:
    """A requirement with the words of lists in its phrases, and what is wrong with it; with `strict`, in its names and phrases too."""
    requirement, faults = validate(Requirement, table, "")
    if requirement is None:
        return None, [(fault.key, fault.sentence) for fault in faults]
    filled: dict[str, tuple[str, ...]] = {}
    wrong: list[Violation] = []
    for key in _OF_PHRASES:
        try:
            filled[key] = phrases.filled(getattr(requirement, key), language, lists)
        except Defect as defect:
            wrong.append((key, str(defect)))
    requirement = requirement.model_copy(update=filled)
    if strict:
        wrong += _wrong_names(requirement, language)
        wrong += [each for key in filled for each in _wrong_phrases(key, filled[key])]
    return requirement, wrong


def _wrong_names(requirement: Requirement, language: Language) -> Iterator[Violation]:
    for key in ("when", "eased"):
        conditions = [each.removeprefix("not-") for each in getattr(requirement, key)]
        for sentence in _unknown(conditions, CONDITIONS, "binding", _no_condition):
            yield key, sentence
    for sentence in _unknown(requirement.also_in, _ids(language), "purchase", _no_clause):
        yield "also_in", sentence


def _wrong_phrases(key: str, sought: Sequence[str]) -> Iterator[Violation]:
    if not sought or _is_sound(sought):
        return
    # Phrases that are sound alone may still not stand together: "(?P<a>…)" twice.
    for phrase in [each for each in sought if not _is_sound([each])] or sought[:1]:
        sentence = _("“{phrase}” is not written as phrases are; look at those of the library’s file")
        yield key, sentence.format(phrase=excerpt(phrase))


def _is_sound(sought: Sequence[str]) -> bool:
    """Whether phrases are written as phrases are, and ask for some word."""
    try:
        return not phrases.any_of(tuple(sought)).search("")
    except (re.error, OverflowError, RecursionError):
        return False


def _unknown(
    names: Iterable[str], known: Collection[str], usual: str, sentence: Callable[[str, str], str]
) -> Iterator[str]:
    """What to say of each name that is not known, with the known one that is closest, or else the `usual` one."""
    for name in names:
        if name not in known:
            bare = re.sub(r"^\d+-|\..*", "", name)  # of a clause's file: its id
            yield sentence(excerpt(name), (closest(bare, known, 0.3) or [usual])[0])


def _no_condition(name: str, close: str) -> str:
    return _("“{name}” is not a condition; did you mean “{close}”?").format(name=name, close=close)


def _no_clause(name: str, close: str) -> str:
    return _("“{name}” is not the id of a clause; did you mean “{close}”?").format(name=name, close=close)


# --- What is found ----------------------------------------------------------------


def unsaid(case: Case, must: MustSay, words: MustSay) -> Findings:
    """What the clauses of a letter do not say that they must, or say that they must not.

    `must` are the requirements in the letter's language, `words` those in the interface's.
    """
    language = case.letter.language
    ours = _ours(language)
    for passage in case.passages:
        is_article = passage.number is not None
        changes = changes_in(case, passage)
        known = ours.of(passage.id, is_article=is_article)
        for code, requirement in must.of(passage.id, is_article=is_article).items():
            if not passage.overrides and requirement is known.get(code):
                continue  # our own texts are as our own file asks, which a test holds
            if not requirement.holds_in(lambda name: holds(name, case.deal, case.house)):
                continue
            others = [other.blocks for other in case.passages if other.id in requirement.also_in]
            found = requirement.fault_in(passage.blocks, others, language, changes)
            if found is None:
                continue
            is_eased = any(holds(name, case.deal, case.house) for name in requirement.eased)
            severity = requirement.weight(less=is_eased)
            example = requirement.dropped(changes, language) if requirement.kept and changes else ""
            sentence = sentence_of(passage.id, code, requirement, words, found, example)
            yield Finding(code, severity, place_of(passage), sentence, requirement.law.get(case.law, ""))


def told_once(
    case: Case, must: MustSay, findings: Sequence[Finding], unsaid: Sequence[Finding]
) -> list[Finding]:
    """All findings without those that one of the `unsaid`, on the same sentence, makes needless."""
    told = [*findings, *unsaid]
    passages = {place_of(passage): passage for passage in case.passages}
    for finding in unsaid:
        passage = passages.get(finding.where)
        requirement = must.of(passage.id).get(finding.code) if passage else None
        if passage is None or requirement is None or not requirement.instead_of:
            continue
        said = phrases.sentences(text_of(passage))
        told = [
            other
            for other in told
            if other is finding
            or other.where != finding.where
            or other.code not in requirement.instead_of
            or not any(finding.quotes(sentence) and other.quotes(sentence) for sentence in said)
        ]
    return told


def sentence_of(  # noqa: PLR0913, PLR0917 - what is asked, where it is said, what was found
    clause_id: str, code: str, requirement: Requirement, words: MustSay, found: str, example: str = ""
) -> str:
    """What to say of a fault that `fault_in` found.

    `words` are the requirements in the interface's language; `example` is the sentence of ours
    that a house's own text drops.
    """
    says = words.of(clause_id).get(code, requirement).says
    if found:
        return _("“{words}” {wrong}").format(words=found, wrong=says)
    if example:
        sentence = _("no longer says {what}. The standard text does: “{example}”")
        return sentence.format(what=says, example=example.replace("'", "’"))
    if not requirement.example:
        return _("does not say {what}.").format(what=says)
    return _("does not say {what}. Write, for instance: “{example}”").format(
        what=says, example=requirement.example
    )
