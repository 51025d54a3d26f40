"""The corpus of texts that the legal review is measured by: reading it, reviewing it, its table.

`tests/corpus/development` is for whoever works on the review; `once-measured` and
`once-measured-too` in it are texts that were measured before, and have been read since; `by-strangers`, texts of people
who had not read the rules, measured once and then learned from; `by-strangers-since`, texts of a lawyer who had not either, the same; `by-strangers-too`,
particulars that one author typed as they are typed, lot by lot, before reading the rules they were tried on; `in-many-voices`, texts that one
author wrote in several manners before reading the rules, and worked with since.  `tests/corpus/measured` was
written by people who had not read the rules and is only ever measured: no rule is made or
changed for a text of it.  A text of it that has been read to improve the review moves to
the development half.  A file holds the texts of one topic, each with what a lawyer makes
of it (`sound` or `unsound`), why, and the place it is put in:

    test, note, positioning, alternative, own_alternative    a sentence of the deal's or the house's
    clause, with text (all of it, or instead of `replaces`) or addition (one more sentence)
    values                                                   particulars of the deal, by dotted key

`letter` names the sample that it is put into, `with` what that letter has besides.
A text is found, or alarmed, when its letter is refused or has an error or a
warning that the same letter has not without it; notes do not count.  The
house has approved its own clauses, so that only what they say is looked at.
"""

import copy
import datetime
import functools
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from accord.clauses import approvals
from accord.clauses.library import TEMPLATES, read_clause
from accord.domain.choices import Language
from accord.domain.house import HouseFile
from accord.errors import AccordError
from accord.intake import loader
from accord.review import review
from accord.review.findings import Finding
from support.inputs import TODAY
from support.paths import ROOT, SAMPLES, TESTS
from support.samples import compose

CORPUS = TESTS / "corpus"
HALVES = ("development", "measured")
AGREEMENT: Mapping[str, str] = {"fr": "01-fr-abonnement", "en": "05-en-purchase-england"}
DECLINE: Mapping[str, str] = {"fr": "09-fr-refus-hors-marche", "en": "12-en-decline-market"}
OF_DECLINES = {"note", "positioning", "alternative", "own_alternative"}
OF_HOUSES = ("terms", "positioning", "supplier", "review")
ELLIPSIS = " … "

TESTS_AND_CLAUSES = {"who-judges", "vague-tests", "must-say", "must-not-say"}
TOPICS_OF: Mapping[str, set[str]] = {
    "future-promise": {"decline-promises"},
    "disparaging": {"decline-comparison"},
    "fault-admitted": {"decline-fault"},
    "protected-characteristic": {"decline-groups"},
    "price-coordination": {"decline-prices"},
    "discretion": TESTS_AND_CLAUSES,
    "vague-test": TESTS_AND_CLAUSES,
}
"""Codes that say what they are about: one of another topic is found by luck."""

Tables = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """One text of the corpus: what it is, where it stands, and what a lawyer makes of it."""

    topic: str
    language: str
    sound: bool
    why: str
    letter: str
    place: str
    text: str
    """as it stands in the file; the values, for values"""
    replaces: str | None = None
    """of a clause: what it stands instead of; empty for an addition, None for the whole clause"""
    values: Mapping[str, Any] = field(default_factory=dict)
    """what the letter has with the text, by dotted key"""
    besides: Mapping[str, Any] = field(default_factory=dict)
    """what the letter has with or without it; None takes a particular away"""

    @property
    def identity(self) -> str:
        """What a test calls it."""
        return f"{self.topic}/{self.language}/{'sound' if self.sound else 'unsound'}: {self.text[:60]}"


@dataclass(frozen=True)
class Outcome:
    """What the review made of a text: the codes of what is new, whether it was refused."""

    text: Text
    found: tuple[Finding, ...] = ()
    refusal: str = ""

    @property
    def noticed(self) -> bool:
        """Whether the review said anything that somebody has to act upon."""
        return bool(self.found or self.refusal)

    @property
    def rightly(self) -> bool:
        """Whether anything of it is about the text's own topic, as far as codes tell."""
        topics = [TOPICS_OF.get(finding.code, {self.text.topic}) for finding in self.found]
        return bool(self.refusal) or any(self.text.topic in known for known in topics)


def texts(half: str) -> tuple[Text, ...]:
    """All texts of one half, by topic."""
    return tuple(
        _text(path.stem, language, kind == "sound", case)
        for path in sorted((CORPUS / half).rglob("*.toml"))
        for language, kinds in tomllib.loads(path.read_text("utf-8")).items()
        for kind, cases in kinds.items()
        for case in cases
    )


def _text(topic: str, language: str, sound: bool, case: Tables) -> Text:  # noqa: FBT001 - as the file has it
    case = dict(case)
    why, besides = case.pop("why"), case.pop("with", {})
    (place,) = case.keys() - {"letter", "text", "replaces", "addition"}
    letter = case.pop("letter", (DECLINE if place in OF_DECLINES else AGREEMENT)[language])
    said, values, replaces = case.pop(place), {}, None
    match place:
        case "values":
            values, said = said, ", ".join(f"{key} = {value}" for key, value in said.items())
        case "clause":
            place = f"{language}/agreement/{said}.md"
            replaces = "" if "addition" in case else case.pop("replaces", None)
            said = case.pop("addition", None) or case.pop("text")
        case "test":
            values = {"feature.acceptance_tests": [said]}
        case "positioning":
            values = {f"positioning.statement.{language}": said}
        case "note":
            values = {"opening_note": said}
        case "alternative" | "own_alternative":
            values = {f"decline.{place}": said}
            besides = {"decline.alternative": None, "decline.own_alternative": None} | besides
    if case or language not in get_args(Language):
        raise ValueError(f"{topic}: {said}: unknown {list(case)}")
    return Text(topic, language, sound, why, letter, place, said, replaces, values, besides)


@functools.cache
def outcomes(half: str) -> tuple[Outcome, ...]:
    """What the review makes of every text of one half."""
    return tuple(outcome(text) for text in texts(half))


def outcome(text: Text) -> Outcome:
    """What the review makes of one text, beside the same letter without it."""
    usual = _usual(text.letter, tuple(text.besides.items()))
    try:
        found = _weighty(_reviewed(text.letter, {**text.besides, **text.values}, text))
    except AccordError as refused:
        return Outcome(text, refusal=f"{type(refused).__name__}: {refused}")
    return Outcome(text, tuple(finding for finding in found if not usual[finding]))


def _weighty(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity != "note"]


@functools.cache
def _usual(letter: str, besides: tuple[tuple[str, Any], ...]) -> Counter[Finding]:
    """What is said of a letter without the text; once for all texts that are put into it."""
    return Counter(_weighty(_reviewed(letter, dict(besides))))


def _reviewed(name: str, values: Tables, text: Text | None = None) -> tuple[Finding, ...]:
    """The findings on a letter with some values and, in one of its clauses, a text."""
    deal = _set(_tables(name), {key: value for key, value in values.items() if not _is_of_house(key)})
    home = _set(_tables("accord"), {key: value for key, value in values.items() if _is_of_house(key)})
    clause = text if text and text.place.endswith(".md") else None
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if clause:
            _override(folder, clause)
        house = HouseFile(folder / "accord.toml", loader.house_from(home, "house"))
        parsed = loader.deal_from(deal, "deal", house.house, today=TODAY)
        letter = compose(parsed, house)
        if clause:
            (choice,) = (choice for choice in letter.choices if choice.file == Path(clause.place).name)
            if not choice.included:
                raise ValueError(f"{clause.identity}: {clause.place} is not in the letter {name}")
        return review.review(letter, parsed, house.house, folder).findings


def _override(folder: Path, text: Text) -> None:
    """The house's own version of a clause, approved."""
    head, fence, body = (TEMPLATES / text.place).read_text("utf-8").rpartition("+++\n")
    match text.replaces:
        case None:
            body = text.text
        case "":
            body = body.rstrip()
            body += ("\n\n" if body.endswith("}}") else " ") + text.text  # a list stands alone
        case fragment:
            start, _gap, end = fragment.partition(ELLIPSIS)
            first = body.index(start)
            last = body.index(end, first) + len(end) if end else first + len(start)
            body = body[:first] + text.text + body[last:]
    target = folder / "templates" / text.place
    target.parent.mkdir(parents=True)
    target.write_text(f"{head}{fence}{body}\n", "utf-8")
    approvals.approve(folder, [read_clause(target, overrides=True)], "corpus", datetime.date(2026, 1, 1))


def _tables(letter: str) -> Tables:
    """A sample, or one of the deals of the tests, to change."""
    folder = SAMPLES if (SAMPLES / f"{letter}.toml").exists() else TESTS / "deals"
    return copy.deepcopy(_parsed(folder / f"{letter}.toml"))


@functools.cache
def _parsed(path: Path) -> Tables:
    return tomllib.loads(path.read_text("utf-8"))


def _is_of_house(key: str) -> bool:
    return key.startswith(OF_HOUSES)


def _set(tables: Tables, values: Mapping[str, Any]) -> Tables:
    for dotted, value in values.items():
        *path, key = dotted.split(".")
        table = tables
        for step in path:
            table = table.setdefault(step, {})
        table[key] = value
        if value is None:
            del table[key]
    return tables


@dataclass(frozen=True)
class Score:
    """How the review did on some texts."""

    unsound: int
    found: int
    rightly: int
    sound: int
    alarmed: int

    @property
    def recall(self) -> float:
        """The part of the unsound texts that was found."""
        return self.found / self.unsound

    @property
    def false_alarms(self) -> float:
        """The part of the sound texts that was alarmed at."""
        return self.alarmed / self.sound


def score(of: Iterable[Outcome]) -> Score:
    """The figures of some outcomes."""
    seen = tuple(of)
    sound = [outcome for outcome in seen if outcome.text.sound]
    unsound = [outcome for outcome in seen if not outcome.text.sound]
    return Score(
        unsound=len(unsound),
        found=sum(outcome.noticed for outcome in unsound),
        rightly=sum(outcome.rightly for outcome in unsound),
        sound=len(sound),
        alarmed=sum(outcome.noticed for outcome in sound),
    )


TITLES = {
    "must-say": "What a clause must say",
    "must-not-say": "What a clause must not say",
    "who-judges": "Tests: who judges",
    "vague-tests": "Tests that cannot be measured",
    "decline-promises": "Declines: promises",
    "decline-comparison": "Declines: comparison with others",
    "decline-fault": "Declines: fault admitted",
    "decline-groups": "Declines: groups refused",
    "decline-prices": "Declines: prices and markets agreed",
    "deal-sense": "The deal's own sense",
}
"""The topics, in the order of the table."""
LANGUAGES = {"fr": "*in French*", "en": "*in English*"}


def table(half: str) -> str:
    """The table of one half, in Markdown: by topic and by language, what was found and alarmed at."""
    return "\n".join(_rows(outcomes(half)))


def _rows(of: tuple[Outcome, ...]) -> Iterator[str]:
    yield "| topic | unsound texts found | of these, by a remark on that topic | sound texts alarmed at |"
    yield "|---|---|---|---|"
    for topic, title in TITLES.items():
        yield _row(title, score(outcome for outcome in of if outcome.text.topic == topic))
    for language, title in LANGUAGES.items():
        yield _row(title, score(outcome for outcome in of if outcome.text.language == language))
    yield _row("**all**", score(of))


def _row(title: str, figures: Score) -> str:
    found = f"{figures.found} of {figures.unsound} ({figures.recall:.0%})"
    alarmed = f"{figures.alarmed} of {figures.sound} ({figures.false_alarms:.0%})"
    return f"| {title} | {found} | {figures.rightly} | {alarmed} |"


PAGES = (ROOT / "README.md", ROOT / "docs" / "legal.md")
_TABLE = re.compile(r"^\| topic \| unsound .*?^\| \*\*all\*\* [^\n]*", re.DOTALL | re.MULTILINE)


def shown(page: Path) -> str:
    """The table that a page for readers shows."""
    found = _TABLE.search(page.read_text("utf-8"))
    return found[0] if found else ""


def main(*options: str) -> None:
    """Print the table of each half; with `wrong`, what the review got wrong in the development half.

    With `write`, put the measured half's table into the pages that show it.
    """
    for half in HALVES:
        print(f"{half.capitalize()} half\n\n{table(half)}\n")
    if "write" in options:
        for page in PAGES:
            page.write_text(_TABLE.sub(table("measured"), page.read_text("utf-8")), "utf-8")
    if "wrong" in options:
        for seen in outcomes(HALVES[0]):
            if seen.noticed == seen.text.sound:
                said = seen.refusal or "; ".join(f"{found.code}: {found.sentence}" for found in seen.found)
                print(f"{seen.text.identity}\n    {said or 'not found'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
