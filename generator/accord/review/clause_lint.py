"""What is wrong, or could read better, in a house's own clauses."""

import contextlib
import datetime
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import get_args

from accord import files
from accord.clauses import labels
from accord.clauses.library import (
    EMAIL,
    LETTER,
    PLACEHOLDER,
    TEMPLATES,
    Clause,
    Library,
    Part,
    folder_of,
    read_clause,
)
from accord.domain.choices import Kind, Language
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.domain.printed import Printed
from accord.domain.suggestions import closest
from accord.errors import Defect, Fault, FaultyInput, in_a_line
from accord.i18n import _
from accord.letter import blocks
from accord.letter.email import OF_EMAILS
from accord.letter.kinds import KINDS
from accord.review import heard, must_say
from accord.review.findings import (
    AMOUNT,
    FEES,
    FREE_IN,
    OPTIONAL_FACTS,
    Severity,
    dates_in,
    digits_of,
    in_braces,
    missing_facts,
    sentence_of,
)
from accord.review.rules import contradictions
from accord.text import judgement, phrases
from accord.text.characters import plain
from accord.text.ear import Subject

LONGEST_SENTENCE = 40  # words; a reader loses the thread of more
HARDEST = 20.0  # reading ease; below it, texts are for specialists
LAST_YEAR = 2099  # a clause is of no year, so that no year is one to come
WORDS_TO_JUDGE = 60  # a shorter text has no measurable level

LINKED = frozenset().union(*(case for kind in KINDS.values() for case in kind.cases))
"""The conditions that depend on each other; the others are free, but that a penalty needs a binding agreement."""


@dataclass(frozen=True)
class Remark:
    """One thing to mend or to ponder."""

    place: str
    """the file, with its line where there is one"""
    severity: Severity
    """an error keeps letters from being made with this clause"""
    sentence: str
    """what to mend, in the language of the interface"""


@dataclass(frozen=True)
class Remarks(Printed):
    """What accord clauses check --json prints."""

    remarks: tuple[Remark, ...]
    """file by file"""


def lint(overrides: Path) -> tuple[Remark, ...]:
    """All remarks on the clauses in `overrides`, a house's `templates/` folder, file by file."""
    library = Library()
    remarks = list(_misplaced(overrides))
    for language in get_args(Language):
        remarks += _labels(library, language, overrides)
        remarks += _requirements(library, language, overrides)
    for language, kind, part in product(get_args(Language), get_args(Kind), get_args(Part)):
        clauses, faults = _clauses(library, language, kind, part, overrides)
        remarks += map(_as_remark, faults)
        for clause in clauses:
            if clause.overrides:
                remarks += _placeholders(clause, clauses)
                remarks += _references(clause, clauses)
                remarks += _untitled(clause, clauses)
                remarks += _twins(clause, clauses)
                remarks += _counterpart(clause, overrides)
                remarks += substance(clause, library)
                remarks += _style(clause)
    return tuple(remarks)


def _labels(library: Library, language: Language, overrides: Path) -> Iterator[Remark]:
    """What is wrong with the house's own labels in a language."""
    try:
        library.labels(language, overrides)
    except FaultyInput as error:
        yield from map(_as_remark, error.faults)


def _requirements(library: Library, language: Language, overrides: Path) -> Iterator[Remark]:
    """What is wrong with the house's own list of what clauses must say."""
    try:
        must_say.read(language, overrides, library)
    except FaultyInput as error:
        yield from map(_as_remark, error.faults)


def _remark(clause: Clause, line: int, severity: Severity, sentence: str, **values: object) -> Remark:
    return Remark(f"{clause.path}:{line}", severity, sentence.format(**values))


def _clauses(
    library: Library, language: Language, kind: Kind, part: Part, overrides: Path
) -> tuple[Sequence[Clause], Sequence[Fault]]:
    """The library's clauses, with the sound ones of the house in their place, and the faults of the others."""
    try:
        return library.clauses(language, kind, overrides, part), ()
    except FaultyInput as error:
        clauses = {clause.path.name: clause for clause in library.clauses(language, kind, part=part)}
        for path in (overrides / folder_of(language, kind, part)).glob("*.md"):
            with contextlib.suppress(FaultyInput):
                if path.name in clauses:
                    clauses[path.name] = read_clause(path, overrides=True)
        return tuple(clauses.values()), error.faults


def _as_remark(fault: Fault) -> Remark:
    """A fault with its line: that of its key, or of the key that holds it, or else of the head's beginning."""
    has_line = re.search(r":[0-9]+$", fault.source)
    place = fault.source if has_line else f"{fault.source}:{_line_of_key(Path(fault.source), fault.key)}"
    return Remark(place, "error", in_a_line(fault.key, fault.sentence))


def _line_of_key(path: Path, key: str) -> int:
    """The line of a file's first key of this name, or else of the table or list that holds it; 1 if there is none."""
    table, _dot, name = key.partition(".")
    with contextlib.suppress(Defect):
        lines = files.decode(files.read(path)).splitlines()
        for part in filter(None, (name, table)):
            start = re.compile(rf'\s*\[?"?{re.escape(part)}"?\]?\s*(?:=|$)')
            for number, line in enumerate(lines, 1):
                if start.match(line):
                    return number
    return 1


def _misplaced(overrides: Path) -> Iterator[Remark]:
    """What a reader takes for a clause of the house, but no letter is made of."""
    if not overrides.is_dir():
        if os.path.lexists(overrides):
            sentence = _("is not a folder, so that no clause in it is in a letter")
            yield Remark(str(overrides), "error", sentence)
        return
    if overrides.resolve() == TEMPLATES.resolve():
        return
    label_folders = {overrides / language for language in get_args(Language)}
    clause_folders = {
        overrides / folder_of(language, kind, part)
        for language, kind, part in product(get_args(Language), get_args(Kind), get_args(Part))
    }
    errors: list[OSError] = []
    for folder, folders, names in os.walk(overrides, onerror=errors.append):
        folders.sort()
        for path in (Path(folder, name) for name in sorted(names)):
            # Pages about the clauses lie beside the folders, as ours do.
            is_clause = path.suffix.casefold() in {".md", ".markdown", ".txt"} and path.name[0].isdigit()
            if path.name == labels.FILE and path.parent not in label_folders:
                sentence = _("is in no letter; labels stand in a file such as {example}")
                yield Remark(f"{path}:1", "error", sentence.format(example=f"fr/{labels.FILE}"))
            if is_clause and not (path.parent in clause_folders and path.suffix == ".md"):
                sentence = _("is in no letter; a clause is a file such as {example}")
                example = _likely_place(path.relative_to(overrides))
                yield Remark(f"{path}:1", "error", sentence.format(example=example))
    for error in errors:
        sentence = _("cannot be opened ({reason}), so that no clause in it is in a letter; let it be read")
        yield Remark(str(error.filename), "error", sentence.format(reason=error.strerror))


def _likely_place(path: Path) -> str:
    """Where a misplaced clause may belong: in the language and the kind of letter that its folders name."""
    folders = [folder.casefold() for folder in path.parent.parts]
    language, kind = (
        next((name for name in names if name in folders), names[0])
        for names in (get_args(Language), get_args(Kind))
    )
    part = EMAIL if EMAIL in folders else LETTER
    return (folder_of(language, kind, part) / f"{path.stem}.md").as_posix()


def kind_of(clause: Clause) -> Kind:
    """The kind of letter that a clause stands in."""
    return KINDS[clause.path.parent.name].name


def language_of(clause: Clause) -> Language:
    """The language of a clause file, by its folder."""
    folder = clause.path.parent.parent
    return "fr" if (folder.parent if clause.part == EMAIL else folder).name == "fr" else "en"


def _placeholders(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """Placeholders and cross-references that stand for nothing."""
    articles = {f"article.{other.id.replace('-', '_')}" for other in library if other.title}
    choices = known_placeholders(kind_of(clause)) | (OF_EMAILS if clause.part == EMAIL else articles)
    for placeholder in clause.placeholders:
        if placeholder in choices:
            continue
        sentence = _("{placeholder} is not a placeholder; did you mean {close}?")
        if placeholder.startswith("article."):
            sentence = _("{placeholder} refers to an article that no letter has; did you mean {close}?")
        close = closest(placeholder, choices, 0)[0]
        line = clause.line_of(placeholder)
        yield _remark(clause, line, "error", sentence, placeholder=placeholder, close=close)


def _references(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """References, to and from the clause, to an article that may be out: such a letter cannot be made."""
    articles = {f"article.{other.id.replace('-', '_')}": other.id for other in library if other.title}
    for placeholder in clause.placeholders:
        if placeholder in articles and _may_lack(clause, articles[placeholder], library):
            sentence = _(
                "{placeholder} refers to an article that some letters with this clause do not have, and those"
                " letters cannot be made; check the conditions of both"
            )
            line = clause.line_of(placeholder)
            yield _remark(clause, line, "note", sentence, placeholder=placeholder)
    for other in library:
        refers = f"article.{clause.id.replace('-', '_')}" in other.placeholders
        if refers and not other.overrides and _may_lack(other, clause.id, library):
            sentence = _(
                "{other} refers to this article, but is also in letters that do not have it, and those letters"
                " cannot be made; check the conditions of both"
            )
            yield _remark(clause, 1, "note", sentence, other=other.path.name)


def _may_lack(clause: Clause, article: str, library: Sequence[Clause]) -> bool:
    """Whether a letter with the clause can be without an article."""
    variants = [other.when for other in library if other.title and other.id == article]
    return any(
        not any(hold_in(case, when) for when in variants)
        for case in cases(kind_of(clause), clause.when, itertools.chain(*variants))
    )


def _untitled(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """A clause without a title where the letter has articles before and after it."""
    place = library.index(clause)
    has_articles = (
        any(a.title and not exclude_each_other(kind_of(clause), clause.when, a.when) for a in side)
        for side in (library[:place], library[place + 1 :])
    )
    if not clause.title and all(has_articles):
        yield _remark(clause, 1, "error", _("has no title, but stands between articles; give it one"))


@cache
def known_placeholders(kind: Kind) -> frozenset[str]:
    """The placeholders for the clauses of a kind of letter, cross-references apart: the same for every deal."""
    head = {"language": "en", "locale": "en_GB", "date": datetime.date(2000, 1, 1)}
    names = {"prospect": {"name": "X"}, "feature": {"name": "Y"}}
    deal = DealFile.model_validate({**head, **names, **KINDS[kind].smallest}).deal
    house = House.model_validate({"supplier": {"name": "Z"}})
    deal = KINDS[kind].example(deal)
    return frozenset(KINDS[kind].placeholders(deal, house, Library().labels("en")).texts)


def _twins(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """Another wording of the same clause that can be in the same letter."""
    for other in library:
        is_variant = other is not clause and other.id == clause.id
        if is_variant and not exclude_each_other(kind_of(clause), clause.when, other.when):
            sentence = _(
                "can be in the same letter as {other}, another wording of the same clause;"
                " give the two conditions that exclude each other"
            )
            yield _remark(clause, 1, "error", sentence, other=other.path.name)


def exclude_each_other(kind: Kind, some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two lists of conditions can never hold together in a kind of letter."""
    return not cases(kind, (*some, *others))


def hold_in(case: frozenset[str], when: Iterable[str]) -> bool:
    """Whether conditions hold where those of `case` do and no other."""
    return all((name.removeprefix("not-") in case) != name.startswith("not-") for name in when)


def cases(kind: Kind, when: Iterable[str], names: Iterable[str] = ()) -> Sequence[frozenset[str]]:
    """The sets of conditions that can hold together where `when` holds, one for each answer to `names`."""
    return _cases(kind, frozenset(when), frozenset(name.removeprefix("not-") for name in names))


@lru_cache(maxsize=1000)  # a library asks it of the same conditions many times
def _cases(kind: Kind, when: frozenset[str], names: frozenset[str]) -> Sequence[frozenset[str]]:
    required = {name for name in when if not name.startswith("not-")} - LINKED
    free = sorted(names - {name.removeprefix("not-") for name in when} - LINKED)
    answers = itertools.product((False, True), repeat=len(free))
    chosen = [required.union(itertools.compress(free, answer)) for answer in answers]
    together = (case | others for case, others in product(KINDS[kind].cases, chosen))
    return tuple(
        case for case in together if hold_in(case, when) and ("penalty" not in case or "binding" in case)
    )


def _counterpart(clause: Clause, overrides: Path) -> Iterator[Remark]:
    """The same clause in the other language, under the same conditions."""
    other: Language = "en" if language_of(clause) == "fr" else "fr"
    file = (folder_of(other, kind_of(clause), clause.part) / clause.path.name).as_posix()
    if not (overrides / file).exists():
        sentence = _(
            "is yours in this language only; write {file} too, or letters in the two languages will differ"
        )
        yield _remark(clause, 1, "warning", sentence, file=file)
        return
    try:
        counterpart = read_clause(overrides / file, overrides=True)
    except FaultyInput:
        return  # whose faults are reported with that language
    if sorted(counterpart.when) != sorted(clause.when):
        sentence = _("has other conditions than {file}; give both the same")
        yield _remark(clause, 1, "warning", sentence, file=file)


# --- What it says -----------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """Topics that a kind of letter must not speak of, at the level that is named ("" for all)."""

    code: str
    severity: Severity
    kind: Kind
    topics: tuple[str, ...]
    only_in: str = ""
    apart_from: tuple[str, ...] = ()


RULES = (
    Rule("level-exceeded", "error", "agreement", ("buys", "delivers"), only_in="not-binding"),
    Rule("level-denied", "error", "agreement", ("frees",), only_in="binding"),
    Rule("discretion", "error", "agreement", ("wish", "at-will", "opinion"), apart_from=FREE_IN),
    Rule("retroactive", "warning", "agreement", ("retroactive",), only_in="binding"),
    Rule("unfinished", "error", "agreement", ("unfinished",)),
    Rule("unfinished", "error", "decline", ("unfinished",)),
    Rule("future-promise", "error", "decline", ("future",)),
    Rule("fault-admitted", "error", "decline", ("fault",)),
    Rule("protected-characteristic", "warning", "decline", ("protected",)),
    Rule("disparaging", "error", "agreement", ("scornful", "harsh", "insult")),
    Rule("disparaging", "error", "decline", ("scornful", "harsh", "insult")),
    Rule("price-coordination", "error", "agreement", ("cartel",)),
)


def substance(clause: Clause, library: Library) -> Iterator[Remark]:
    """What is wrong with a clause for any deal: words, values that are gone, values that are written in."""
    ours = library.clauses(language_of(clause), kind_of(clause), part=clause.part)
    (standard,) = (other for other in ours if other.path.name == clause.path.name)
    known = {text for text, _line in _plain_sentences(standard)}
    for text, line in _plain_sentences(clause):
        certain = dict(_certain(clause, text, line))
        yield from certain.values()
        if kind_of(clause) == "decline" and text not in known:
            for code, words, doubtful in heard.found_in(text, language_of(clause), LAST_YEAR):
                if code not in certain and not doubtful:
                    yield _remark(clause, line, "warning", sentence_of(code), words=words)
        elif clause.part == LETTER and text not in known and not certain and (remark := _doubt(clause, text)):
            yield _remark(clause, line, "warning", remark.sentence, words=remark.words)
        if kind_of(clause) == "agreement" and text not in known:
            yield from _beside(clause, text, line)
        for value, example in _written_in(text):
            advice = _("“{value}” stays the same in every letter. Use a placeholder such as {example}.")
            yield _remark(clause, line, "warning", advice, value=value, example=in_braces(example))
    if clause.part == LETTER:
        yield from _unsaid(clause, library)
    for name in missing_facts(standard.placeholders, clause.placeholders):
        severity: Severity = "warning" if name in OPTIONAL_FACTS or not clause.title else "error"
        yield _remark(clause, clause.body_line, severity, sentence_of("value-dropped"), words=in_braces(name))


def _certain(clause: Clause, text: str, line: int) -> Iterator[tuple[str, Remark]]:
    """What a sentence says that no letter of the clause's kind and level may, by code."""
    language, levels = language_of(clause), levels_of(clause)
    free = {"vendor-commitment"} if "no-efforts" in clause.when else set()
    for rule in RULES:
        is_elsewhere = rule.only_in and rule.only_in not in levels
        if rule.kind != kind_of(clause) or is_elsewhere or clause.id in {*rule.apart_from, *free}:
            continue
        words = next(filter(None, (phrases.find(topic, text, language) for topic in rule.topics)), None)
        if not words and rule.code == "discretion":
            words = judgement.find(text, language, in_a_clause=True)
        if words:
            # Of a clause that is in letters of both levels, it is wrong in some only.
            severity = rule.severity if not rule.only_in or len(levels) == 1 else "warning"
            yield rule.code, _remark(clause, line, severity, sentence_of(rule.code), words=words)


_SUBJECTS: Mapping[str, Subject] = {"binding": "clauses", "not-binding": "intents"}


def _doubt(clause: Clause, text: str) -> heard.Remark | None:
    """What a sentence of an agreement sounds like, at each level that the clause is in letters of."""
    remarks = [heard.remark_on(_SUBJECTS[level], text, language_of(clause)) for level in levels_of(clause)]
    return remarks[0] if all(remarks) else None


def _plain_sentences(clause: Clause) -> Iterator[tuple[str, int]]:
    """Each sentence of a clause as `plain` text, an ellipsis for each value, and its line."""
    for sentence, line in sentences(clause.body, clause.body_line):
        yield plain(PLACEHOLDER.sub("…", sentence)), line


def _unsaid(clause: Clause, library: Library) -> Iterator[Remark]:
    """What a clause does not say that it must; in some of its letters only, that is less grave."""
    language, kind, overrides = language_of(clause), kind_of(clause), clause.path.parents[2]
    must, words = (_known_requirements(library, each, overrides) for each in (language, must_say.spoken()))
    own_blocks = blocks.parse(clause.body)
    standard = next(
        (each for each in library.clauses(language, kind) if each.path.name == clause.path.name), None
    )
    changes = must_say.changes_of(blocks.parse(standard.body), own_blocks) if standard else None
    for code, requirement in must.of(clause.id, is_article=bool(clause.title)).items():
        held = [hold_in(case, requirement.when) for case in cases(kind, clause.when, requirement.when)]
        if requirement.severity == "off" or requirement.kept or not any(held):
            continue  # what a text drops from ours, the review tells with the sentence that went
        own = _clauses(library, language, kind, LETTER, overrides)[0] if requirement.also_in else ()
        others = [blocks.parse(other.body) for other in own if other.id in requirement.also_in]
        found = requirement.fault_in(own_blocks, others, language, changes)
        if found is not None:
            severity = requirement.weight(less=not all(held) or bool(requirement.eased))
            sentence = must_say.sentence_of(clause.id, code, requirement, words, found)
            yield Remark(f"{clause.path}:{clause.body_line}", severity, sentence)


def _known_requirements(library: Library, language: Language, overrides: Path) -> must_say.MustSay:
    """The house's requirements; ours, if there is a fault in them, which is told apart."""
    try:
        return must_say.read(language, overrides, library)
    except FaultyInput:
        return must_say.read(language)


def levels_of(clause: Clause) -> set[str]:
    """Whether the letters with a clause bind the client: "binding", "not-binding" or both."""
    return {"binding" if "binding" in case else "not-binding" for case in cases(kind_of(clause), clause.when)}


def _beside(clause: Clause, text: str, line: int) -> Iterator[Remark]:
    """What a sentence of the house's own settles that a letter has another place for: lengths of time, tax."""
    language = language_of(clause)
    for topic, (placeholder, _of_a_letter) in contradictions.LENGTHS.items():
        if words := phrases.find(topic, text, language):
            advice = _("“{value}” stays the same in every letter. Use a placeholder such as {example}.")
            yield _remark(clause, line, "note", advice, value=words, example=in_braces(placeholder))
    if words := phrases.find("tax-included", text, language):
        yield _remark(clause, line, "warning", _(contradictions.WITHOUT_TAX), words=words)


def _written_in(text: str) -> Iterator[tuple[str, str]]:
    """The dates and amounts in a clause's own words, each with a placeholder; those of a law apart."""
    for day, _before in dates_in(text):
        yield day, "delivery.by"
    for match in AMOUNT.finditer(text):
        if not any(digits_of(match[0]) in fees for fees in FEES.values()):
            yield match[0], "decision.total"


# --- How it reads -----------------------------------------------------------------


def _style(clause: Clause) -> Iterator[Remark]:
    for sentence, line in sentences(clause.body, clause.body_line):
        count = len(words_of(sentence))
        if count > LONGEST_SENTENCE:
            advice = _("a sentence of {count} words is hard to follow; cut it in two")
            yield _remark(clause, line, "note", advice, count=count)
    ease = reading_ease(clause.body, language_of(clause))
    if ease is not None and ease < HARDEST:
        advice = _(
            "reads with difficulty (reading ease {ease}, of 100); prefer short sentences and common words"
        )
        yield _remark(clause, clause.body_line, "note", advice, ease=round(ease))


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
    length = len(words) / max(1, len(list(sentences(text, 1))))
    constant, per_syllable = (207, 73.6) if language == "fr" else (206.835, 84.6)
    return constant - 1.015 * length - per_syllable * syllables / len(words)
