"""The checks of what a decline never says, and what no letter says of others.

The phrases stand in `phrases.toml`.  Those that leave no doubt are errors; what
`heard` finds besides, in somebody's own sentences, is a warning, and what it
barely finds a note.
"""

from collections.abc import Iterator, Mapping

from accord.clauses.library import PLACEHOLDER
from accord.i18n import _
from accord.letter.letter import Passage
from accord.review import heard
from accord.review.findings import (
    Case,
    DeclineCase,
    Findings,
    Severity,
    mentions,
    only,
    place_of,
    sentence_of,
    wording_of,
)
from accord.text import phrases
from accord.text.characters import plain

_CERTAIN: Mapping[str, tuple[str, ...]] = {
    "future-promise": ("future",),
    "fault-admitted": ("fault",),
    "protected-characteristic": ("protected",),
    "disparaging": ("insult", "harsh", "scornful"),
    "price-coordination": ("cartel",),
}
"""The topics whose phrases leave no doubt, by what they show."""

_FREE = {
    "decline.own_alternative": "decline.own_alternative",
    "decline.alternative": "decline.alternative",
    "positioning.statement": "positioning.statement",
    "letter.opening_note": "opening_note",
}
"""The placeholders of whole sentences that somebody wrote for a decline, and their keys."""

# --- What somebody wrote -------------------------------------------------------


def _free_texts(case: DeclineCase) -> Mapping[str, str]:
    """What somebody wrote for this letter, as `plain` text, by its key."""
    printed = dict.fromkeys(name for passage in case.passages for name in passage.placeholders)
    return {_FREE[name]: case.expected[name] for name in printed if name in _FREE and case.expected[name]}


@only(DeclineCase)
def free_texts(case: DeclineCase) -> Findings:
    """Nobody vouches for free words but whoever reads them again."""
    if texts := _free_texts(case):
        sentence = _(
            "Words of your own, which a program reads but does not understand."
            " Read them again: they say what exists today, promise nothing and judge nobody."
        )
        yield case.finding("free-words", "note", ", ".join(texts), sentence)


@only(DeclineCase)
def doubtful_words(case: DeclineCase) -> Findings:
    """Free words, and clauses of the house's own, promise nothing, judge nobody and settle nothing with others."""
    texts = dict(_free_texts(case))
    texts |= {place_of(passage): _rewritten(case, passage) for passage in case.passages if passage.overrides}
    name = plain(case.house.supplier.name)
    for where, text in texts.items():
        for each in heard.found_in(text, case.letter.language, case.letter.date.year, name):
            if not any(case.words_on(topic, text) for topic in _CERTAIN[each.code]):
                severity: Severity = "note" if each.doubtful else "warning"
                yield case.finding(each.code, severity, where, _sentence(case, each.code), words=each.words)


def _rewritten(case: DeclineCase, passage: Passage) -> str:
    """The sentences of the house's own clause that the library's does not have."""
    standard = plain(PLACEHOLDER.sub("…", case.letter.standard[passage.file.name].body.replace("**", "")))
    ours = phrases.sentences(standard)
    return "\n\n".join(each for each in phrases.sentences(wording_of(passage)) if each not in ours)


# --- What a decline never says ------------------------------------------------


@only(DeclineCase)
def promise_of_future(case: DeclineCase) -> Findings:
    """A decline promises nothing, not even vaguely."""
    for where, words in _certain(case, "future-promise"):
        yield case.finding("future-promise", "error", where, _sentence(case, "future-promise"), words=words)


@only(DeclineCase)
def fault_admitted(case: DeclineCase) -> Findings:
    """A decline admits no fault."""
    for where, words in _certain(case, "fault-admitted"):
        yield case.finding("fault-admitted", "error", where, words=words)


@only(DeclineCase)
def protected_characteristic(case: DeclineCase) -> Findings:
    """A refusal has nothing to do with who the prospect is."""
    for where, words in _certain(case, "protected-characteristic"):
        yield case.finding("protected-characteristic", "warning", where, words=words)


def _sentence(case: DeclineCase, code: str) -> str:
    """What to say of words: an indicative date has its own key."""
    if code == "future-promise" and case.deal.refusal.reason == "date-not-feasible":
        return _(
            "“{words}” may be read as a promise. Leave it out; an indicative date has"
            " its own key, decline.earliest."
        )
    return sentence_of(code)


def _certain(case: Case, code: str) -> Iterator[tuple[str, str]]:
    """Where a letter says what leaves no doubt: at the key of what somebody wrote, or at a clause."""
    texts = _free_texts(case) if isinstance(case, DeclineCase) else {}
    topics = _CERTAIN[code]
    for where, words in dict(mentions(case, *topics)).items():
        keys = (key for key, text in texts.items() if any(case.words_on(topic, text) for topic in topics))
        yield next(keys, where), words


# --- What no letter says ------------------------------------------------------


def disparaging(case: Case) -> Findings:
    """A letter speaks ill of nobody, competitors included; a client may complain of what it has."""
    for where, words in _certain(case, "disparaging"):
        yield case.finding("disparaging", "error", where, words=words)
    for key in ("need", "description"):
        if request := case.words_on("insult", plain(getattr(case.deal.feature, key) or "")):
            yield case.finding("disparaging", "warning", f"feature.{key}", words=request)


def price_coordination(case: Case) -> Findings:
    """Nobody's prices or markets are agreed on but those of this purchase."""
    for where, words in _certain(case, "price-coordination"):
        yield case.finding("price-coordination", "error", where, words=words)
