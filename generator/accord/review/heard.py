"""What texts sound like, beyond the phrases that are known: what the review has learned from judged examples.

Each sentence is held against the examples (`text.ear`).  What sounds much like those that
had better not be said is a warning; and a phrase that stands in a sentence which sounds
like the sound ones is a note only, for most of these phrases are innocent in some
sentences.  It counts words; it understands nothing.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from accord.i18n import N_, _
from accord.review import must_say
from accord.review.findings import AgreementCase, Case, Finding, place_of
from accord.text import ear, phrases
from accord.text.characters import excerpt, plain
from accord.text.ear import SELF, Subject
from accord.text.phrases import Language

CODES: Mapping[str, str] = {
    "p": "future-promise",
    "c": "disparaging",
    "f": "fault-admitted",
    "g": "protected-characteristic",
    "k": "price-coordination",
}
"""What can be found in the free words of a decline, as findings call it."""


class _Limits(NamedTuple):
    """The evidence that makes a warning, and that below which a phrase is innocent.

    By cross-validation, each writer's sentences heard by what the others taught: a warning comes for six to eight in a hundred
    of the sound sentences, though most of these are as close as can be; of tests, for one in three hundred.
    """

    certainly: float
    soundly: float = -7.0


_LIMITS: Mapping[Subject, _Limits] = {
    "declines": _Limits(5.5),
    "tests": _Limits(-2.0, -10.0),
    "clauses": _Limits(9.5),
    "intents": _Limits(9.5),
}
_PERHAPS = 3.0
"""The evidence that makes a note, in a decline: it comes for one in ten of such sound sentences."""


class Heard(NamedTuple):
    """What a text seems to say."""

    code: str
    words: str
    """the sentence, or its beginning, as a letter prints it"""
    doubtful: bool
    """whether the sentence sounds like it, but not much"""


def found_in(text: str, language: Language, year: int, own: str = "") -> Iterator[Heard]:
    """What the free words of a decline, `plain` and of this year, seem to say that they should not, each code once.

    `own` is the name of the house, which speaks of itself where others would say "we".
    """
    name = re.compile(rf"(?<!\w){re.escape(own)}(?!\w)") if own else None
    parts = [(part, name.sub(SELF[language], part) if name else part) for part in phrases.sentences(text)]
    certainly = _LIMITS["declines"].certainly
    heard: dict[str, tuple[float, str]] = {}
    for part, ours in parts:
        kind, weight = _likeliest("declines", ear.dated(ours, year), language)
        heard[CODES[kind]] = max(heard.get(CODES[kind], (_PERHAPS, "")), (weight, part))
    for code in CODES.values():
        weight, words = heard.get(code, (_PERHAPS, ""))
        if weight > _PERHAPS:
            yield Heard(code, _quoted(words), weight <= certainly)


def _likeliest(subject: Subject, text: str, language: Language) -> tuple[str, float]:
    """The kind that a text sounds most like, and how much."""
    evidence = ear.evidence(subject, text, language)
    return max(evidence.items(), key=lambda each: each[1])


def _quoted(words: str) -> str:
    return excerpt(words).replace("'", "’")


# --- Agreements ------------------------------------------------------------------

_OF_TESTS = {"discretion", "vague-test"}
"""Findings on a test that its words alone decide."""
_OF_WORDS = {
    "discretion", "level-denied", "level-exceeded", "commitment-contradicted", "vague-test", "price-at-will",
    "penalty-excessive", "waiver-by-another", "waiver-too-late", "retroactive", "presumption",
}  # fmt: skip
"""Findings on a clause that its words alone decide, beside those of `must-say.toml`."""

_SENTENCES: Mapping[str, str] = {
    "j": N_(
        "“{words}” sounds as if somebody’s opinion decided. Write what is done and the result that anyone"
        " can observe: a number, a file, a total."
    ),
    "v": N_(
        "“{words}” sounds like what nobody can measure. Write a number, a file or an event that decides."
    ),
    "d": N_("“{words}” sounds as if one party’s will decided. Say which event decides, or what both may do."),
    "c": N_(
        "“{words}” sounds like a change after signature, or an effect for the past. Say what is agreed today,"
        " and that both sign what changes it."
    ),
    "l": N_(
        "“{words}” sounds like a liability, a right or a remedy taken away, or a sanction too heavy."
        " Keep what the law does not let anyone give up."
    ),
    "i": N_(
        "“{words}” sounds like a commitment, but this letter obliges nobody. Say what is envisaged,"
        " or choose a binding level."
    ),
    "b": N_(
        "“{words}” sounds as if it took back what this letter commits to. Leave it out, or choose another level."
    ),
    "a": N_(
        "“{words}” sounds as if something else than its tests decided on acceptance. Let the tests decide."
    ),
    "o": N_(
        "“{words}” sounds as if it bound others, led to another court or other terms, or had no end."
        " Keep to these parties, this court and this order."
    ),
}
_CODE_OF_TESTS: Mapping[str, str] = {"j": "discretion", "v": "vague-test"}


class _Said(NamedTuple):
    """A text of an agreement that is listened to: where it stands, and as what it is heard."""

    subject: Subject
    where: str
    text: str
    edits: bool = False
    """whether it is a sentence of ours with a few other words, which the rest of it would drown"""

    def is_sound(self, language: Language) -> bool:
        return _likeliest(self.subject, self.text, language)[1] < _LIMITS[self.subject].soundly


def weighed(case: Case, findings: Sequence[Finding], of_words: Collection[str]) -> list[Finding]:
    """The findings on an agreement: a note where a sentence sounds innocent, and one more where it does not.

    The house's own sentences of clauses are listened to, and the tests; `of_words` are the codes of `must-say.toml`
    that look for words which must not be there.
    """
    if not isinstance(case, AgreementCase):
        return list(findings)
    language = case.letter.language
    texts = [*_tests(case), *_own_sentences(case)]
    sound = [said for said in texts if said.is_sound(language)]
    weighed_ = [_eased(finding, sound, of_words) for finding in findings]
    grave = [finding for finding in weighed_ if finding.severity != "note"]
    known = {(finding.where, said.text) for said in texts for finding in grave if _is_about(finding, said)}
    return weighed_ + [
        finding for said in texts if (said.where, said.text) not in known for finding in _heard(case, said)
    ]


def _tests(case: AgreementCase) -> Iterator[_Said]:
    for number, test in enumerate(case.deal.feature.acceptance_tests, 1):
        yield _Said("tests", f"feature.acceptance_tests[{number}]", plain(test))


def _own_sentences(case: AgreementCase) -> Iterator[_Said]:
    """The sentences of the house's own clauses that ours do not have."""
    subject: Subject = "clauses" if case.is_binding else "intents"
    for passage in case.passages:
        if changes := must_say.changes_in(case, passage):
            ours = [sentence.split() for sentence in phrases.sentences(changes.ours)]
            for sentence in phrases.sentences(changes.added):
                edits = any(_is_edited(words, sentence.split()) for words in ours)
                yield _Said(subject, place_of(passage), sentence, edits)


_MOSTLY = 0.6
"""The part of the words of two sentences that are the same where one is the other, edited."""


def _is_edited(ours: Sequence[str], own: Sequence[str]) -> bool:
    return SequenceMatcher(None, ours, own, autojunk=False).ratio() > _MOSTLY


def _eased(finding: Finding, sound: Sequence[_Said], of_words: Collection[str]) -> Finding:
    """A finding, which is a note where a sound text is all that it is about."""
    codes = _OF_TESTS if finding.where.startswith("feature.") else {*_OF_WORDS, *of_words}
    # A vague word is one too many, which the rest of a sentence of ours makes good; any other finding is of what was edited.
    telling = [said for said in sound if not said.edits or finding.code == "vague-test"]
    if finding.code in codes and any(_is_about(finding, said) for said in telling):
        return replace(finding, severity="note")
    return finding


def _is_about(finding: Finding, said: _Said) -> bool:
    """Whether a finding is about a text: a test, or the sentence of a clause that it quotes."""
    return finding.where == said.where and (said.subject == "tests" or finding.quotes(said.text))


def _heard(case: AgreementCase, said: _Said) -> Iterator[Finding]:
    if remark := remark_on(said.subject, said.text, case.letter.language):
        yield case.finding(remark.code, "warning", said.where, remark.sentence, words=remark.words)


class Remark(NamedTuple):
    """What to say of a text that sounds like one that had better not be said."""

    code: str
    sentence: str
    """in the language of the interface, with `{words}`"""
    words: str


def remark_on(subject: Subject, text: str, language: Language) -> Remark | None:
    """What to say of a `plain` test, or sentence of a clause; None if it does not sound like it."""
    kind, weight = _likeliest(subject, text, language)
    if weight <= _LIMITS[subject].certainly:
        return None
    return Remark(_CODE_OF_TESTS.get(kind, "doubtful-wording"), _(_SENTENCES[kind]), _quoted(text))
