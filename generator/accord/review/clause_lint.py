"""What is wrong, or could read better, in a house's own clauses."""

import contextlib
import datetime
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from accord import files
from accord.clauses.library import PLACEHOLDER, TEMPLATES, Clause, Library, read_clause
from accord.domain.choices import Kind, Language
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.domain.printed import Printed
from accord.domain.suggestions import closest
from accord.errors import Defect, Fault, FaultyInput
from accord.i18n import _
from accord.letter.kinds import KINDS
from accord.review.findings import AMOUNT, FEES, FREE_IN, RATHER_KEPT, bare, dates_in, dropped, told, written
from accord.text import phrases
from accord.text.characters import plain

LONGEST_SENTENCE = 40  # words; a reader loses the thread of more
HARDEST = 20.0  # reading ease; below it, texts are for specialists
WORDS_TO_JUDGE = 60  # a shorter text has no measurable level

TOGETHER = frozenset().union(*(case for kind in KINDS.values() for case in kind.cases))
"""The conditions that hang together; all others are free, save that a penalty wants a binding agreement."""


@dataclass(frozen=True)
class Remark:
    """One thing to mend or to ponder."""

    place: str
    """the file, with its line where there is one"""
    severity: Literal["error", "warning", "note"]
    """an error keeps letters from being made with this clause"""
    sentence: str
    """what to mend, in the language of the interface"""


@dataclass(frozen=True)
class Remarks(Printed):
    """What accord clauses check --json prints."""

    remarks: tuple[Remark, ...]
    """file by file"""


def lint(overrides: Path) -> tuple[Remark, ...]:
    """Everything to say about the clauses in a house's `templates/`, file by file."""
    library = Library()
    remarks = list(_out_of_place(overrides))
    for language in get_args(Language):
        for kind in get_args(Kind):
            clauses, faults = _clauses(library, language, kind, overrides)
            remarks += [_as_remark(fault) for fault in faults]
            for clause in clauses:
                if clause.overrides:
                    remarks += _of_clause(clause, clauses, overrides, language)
                    remarks += substance(clause, language, library)
                    remarks += _style(clause, language)
    return tuple(remarks)


def _clauses(
    library: Library, language: Language, kind: Kind, overrides: Path
) -> tuple[Sequence[Clause], Sequence[Fault]]:
    """The library's clauses with all own ones that are sound in their place, and the faults of the others."""
    try:
        return library.clauses(language, kind, overrides), ()
    except FaultyInput as error:
        clauses = {clause.path.name: clause for clause in library.clauses(language, kind)}
        for path in (overrides / language / kind).glob("*.md"):
            with contextlib.suppress(FaultyInput):
                if path.name in clauses:
                    clauses[path.name] = read_clause(path, overrides=True)
        return tuple(clauses.values()), error.faults


def _as_remark(fault: Fault) -> Remark:
    """A fault with its line: that of its key, or of the key that holds it, or else of the head's beginning."""
    sentence = ": ".join(filter(None, [fault.key, fault.sentence]))
    if re.search(r":[0-9]+$", fault.source):
        return Remark(fault.source, "error", sentence)
    return Remark(f"{fault.source}:{_line_of_key(Path(fault.source), fault.key)}", "error", sentence)


def _line_of_key(path: Path, key: str) -> int:
    try:
        lines = files.decode(files.read(path)).splitlines()
    except Defect:
        return 1
    name = re.escape(key.partition(".")[0])
    starts = (n for n, line in enumerate(lines, 1) if key and re.match(rf"\s*{name}\s*=", line))
    return next(starts, 1)


def _out_of_place(overrides: Path) -> Iterator[Remark]:
    """What a reader takes for a clause of the house, but no letter is made of."""
    if not overrides.is_dir():
        if os.path.lexists(overrides):
            yield Remark(
                f"{overrides}", "error", _("is not a folder, so that no clause in it is in a letter")
            )
        return
    if overrides.resolve() == TEMPLATES.resolve():
        return
    read_from = {overrides / language / kind for language in get_args(Language) for kind in get_args(Kind)}
    closed: list[OSError] = []
    for folder, folders, names in os.walk(overrides, onerror=closed.append):
        folders.sort()
        for path in (Path(folder, name) for name in sorted(names)):
            # Pages about the clauses lie beside the folders, as ours do.
            clause = path.suffix.casefold() in {".md", ".markdown", ".txt"} and path.name[0].isdigit()
            if clause and not (path.parent in read_from and path.suffix == ".md"):
                sentence = _("is in no letter; a clause is a file such as {example}")
                yield Remark(f"{path}:1", "error", sentence.format(example=_meant(path, overrides)))
    for error in closed:
        sentence = _("cannot be opened ({reason}), so that no clause in it is in a letter; let it be read")
        yield Remark(f"{error.filename}", "error", sentence.format(reason=error.strerror))


def _meant(path: Path, overrides: Path) -> str:
    """Where a misplaced clause may belong: in the language and the kind of letter that its folders name."""
    folders = [folder.casefold() for folder in path.relative_to(overrides).parent.parts]
    language = next((name for name in get_args(Language) if name in folders), get_args(Language)[0])
    kind = next((name for name in get_args(Kind) if name in folders), get_args(Kind)[0])
    return f"{language}/{kind}/{path.stem}.md"


def _of_clause(
    clause: Clause, library: Sequence[Clause], overrides: Path, language: Language
) -> Iterator[Remark]:
    yield from _placeholders(clause, library)
    yield from _references(clause, library)
    yield from _untitled(clause, library)
    yield from _twins(clause, library)
    yield from _counterpart(clause, overrides, language)


def kind_of(clause: Clause) -> Kind:
    """The kind of letter that a clause stands in."""
    return KINDS[clause.path.parent.name].name


def language_of(clause: Clause) -> Language:
    """The language that a clause file is in, by its folder."""
    return "fr" if clause.path.parent.parent.name == "fr" else "en"


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


def _references(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """References, to and from the clause, to an article that may be out: such a letter cannot be made."""
    for placeholder in clause.placeholders:
        name = placeholder.removeprefix("article.").replace("_", "-")
        known = name != placeholder and any(other.title and other.id == name for other in library)
        if known and _may_lack(clause, name, library):
            yield Remark(
                f"{clause.path}:{clause.line_of(placeholder)}",
                "note",
                _(
                    "{placeholder} refers to an article that some letters with this clause do not have, and those"
                    " letters cannot be made; check the conditions of both"
                ).format(placeholder=placeholder),
            )
    for other in library:
        refers = f"article.{clause.id.replace('-', '_')}" in other.placeholders
        if refers and not other.overrides and _may_lack(other, clause.id, library):
            yield Remark(
                f"{clause.path}:1",
                "note",
                _(
                    "{other} refers to this article, but is also in letters that do not have it, and those letters"
                    " cannot be made; check the conditions of both"
                ).format(other=other.path.name),
            )


def _may_lack(clause: Clause, article: str, library: Sequence[Clause]) -> bool:
    """Whether a letter with the clause can be without an article."""
    wordings = [other.when for other in library if other.title and other.id == article]
    return any(
        met(clause.when, case) and not any(met(when, case) for when in wordings)
        for case in cases(kind_of(clause), clause.when, itertools.chain(*wordings))
    )


def _untitled(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """A clause without a title where the letter has articles before and after it."""
    if clause.title:
        return
    place = library.index(clause)
    articles = [
        [a for a in side if a.title and not exclude_each_other(kind_of(clause), clause.when, a.when)]
        for side in (library[:place], library[place + 1 :])
    ]
    if all(articles):
        yield Remark(f"{clause.path}:1", "error", _("has no title, but stands between articles; give it one"))


@cache
def known_placeholders(kind: Kind) -> frozenset[str]:
    """What the clauses of a kind of letter may use, cross-references apart: the same for every deal."""
    named = {"prospect": {"name": "X"}, "feature": {"name": "Y"}}
    written = {"language": "en", "locale": "en_GB", "date": datetime.date(2000, 1, 1)}
    deal = DealFile.model_validate({**written, **named, **KINDS[kind].smallest}).deal
    house = House.model_validate({"supplier": {"name": "Z"}})
    return frozenset(KINDS[kind].placeholders(deal, house, Library().labels("en")).texts)


def _twins(clause: Clause, library: Sequence[Clause]) -> Iterator[Remark]:
    """Another wording of the same clause that can be in the same letter."""
    for other in library:
        twin = other is not clause and other.id == clause.id
        if twin and not exclude_each_other(kind_of(clause), clause.when, other.when):
            yield Remark(
                f"{clause.path}:1",
                "error",
                _(
                    "can be in the same letter as {other}, another wording of the same clause;"
                    " give the two conditions that exclude each other"
                ).format(other=other.path.name),
            )


def exclude_each_other(kind: Kind, some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two lists of conditions can never hold together in a kind of letter."""
    both = (*some, *others)
    return not any(met(both, case) for case in cases(kind, both))


def met(when: Iterable[str], case: frozenset[str]) -> bool:
    """Whether conditions hold where `case` holds and nothing else."""
    return all((name.removeprefix("not-") in case) != name.startswith("not-") for name in when)


def cases(kind: Kind, when: Sequence[str], names: Iterable[str] = ()) -> Iterator[frozenset[str]]:
    """What can hold at once where `when` may hold, told apart as far as other conditions need it."""
    given = {name for name in when if not name.startswith("not-")} - TOGETHER
    settled = {name.removeprefix("not-") for name in when} | TOGETHER
    free = sorted({name.removeprefix("not-") for name in names} - settled)
    for case in KINDS[kind].cases:
        for chosen in itertools.product((False, True), repeat=len(free)):
            held = case | given | set(itertools.compress(free, chosen))
            if "penalty" not in held or "binding" in held:
                yield held


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
        counterpart = read_clause(twin, overrides=True)
    except FaultyInput:
        return  # told where that language is read
    if sorted(counterpart.when) != sorted(clause.when):
        yield Remark(
            f"{clause.path}:1",
            "warning",
            _("has other conditions than {file}; give both the same").format(
                file=f"{other}/{kind}/{clause.path.name}"
            ),
        )


# --- What it says -----------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """Topics that a kind of letter must not speak of, at the level that is named ("" for all)."""

    code: str
    severity: Literal["error", "warning"]
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
    Rule("disparaging", "error", "agreement", ("scornful", "harsh")),
    Rule("disparaging", "error", "decline", ("scornful", "harsh")),
    Rule("price-coordination", "error", "agreement", ("cartel",)),
)


def substance(clause: Clause, language: Language, library: Library) -> Iterator[Remark]:
    """What no deal is needed to object to: words, values that are gone, values that are written in."""
    levels = levels_of(clause)
    apart = {"vendor-commitment"} if "no-efforts" in clause.when else set()
    rules = [
        rule
        for rule in RULES
        if rule.kind == kind_of(clause)
        and (not rule.only_in or rule.only_in in levels)
        and clause.id not in {*rule.apart_from, *apart}
    ]
    for sentence, line in sentences(clause.body, clause.body_line):
        said = plain(PLACEHOLDER.sub("…", sentence))
        for rule in rules:
            found = next(filter(None, (phrases.said(topic, said, language) for topic in rule.topics)), None)
            if found:
                # Of a clause that is in letters of both levels, it is wrong in some only.
                severity = rule.severity if not rule.only_in or len(levels) == 1 else "warning"
                yield Remark(f"{clause.path}:{line}", severity, told(rule.code).format(words=found))
        for value, example in _written_in(said):
            remark = _("“{value}” stays the same in every letter. Use a placeholder such as {example}.")
            place = f"{clause.path}:{line}"
            yield Remark(place, "warning", remark.format(value=value, example=written(example)))
    (standard,) = (
        other for other in library.clauses(language, kind_of(clause)) if other.path.name == clause.path.name
    )
    for name in dropped(standard.placeholders, clause.placeholders):
        yield Remark(
            f"{clause.path}:{clause.body_line}",
            "warning" if name in RATHER_KEPT or not clause.title else "error",
            told("value-dropped").format(words=written(name)),
        )


def levels_of(clause: Clause) -> set[str]:
    """Whether the letters with a clause bind the client, or not, or some do."""
    return {
        "binding" if "binding" in case else "not-binding"
        for case in cases(kind_of(clause), clause.when)
        if met(clause.when, case)
    }


def _written_in(text: str) -> Iterator[tuple[str, str]]:
    """The dates and amounts in a clause's own words, each with a placeholder; those of a law apart."""
    for day, _before in dates_in(text):
        yield day, "delivery.by"
    for found in AMOUNT.finditer(text):
        if not any(bare(found[0]) in fees for fees in FEES.values()):
            yield found[0], "decision.total"


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
