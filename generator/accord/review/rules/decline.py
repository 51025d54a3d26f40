"""The checks of what a decline never says, and what no letter says of others.

The phrases stand in `phrases.toml`.
"""

from accord.i18n import _
from accord.review.findings import (
    Case,
    DeclineCase,
    Findings,
    mentions,
    only,
    sentence_of,
)
from accord.text.characters import plain

# --- What a decline never says ------------------------------------------------


@only(DeclineCase)
def promise_of_future(case: DeclineCase) -> Findings:
    """A decline promises nothing, not even vaguely."""
    sentence = sentence_of("future-promise")
    if case.deal.refusal.reason == "date-not-feasible":
        sentence = _(
            "“{words}” may be read as a promise for the future. Leave it out; an indicative date has"
            " its own key, decline.earliest."
        )
    for where, words in mentions(case, "future"):
        yield case.finding("future-promise", "error", where, sentence, words=words)


@only(DeclineCase)
def fault_admitted(case: DeclineCase) -> Findings:
    """A decline admits no fault."""
    for where, words in mentions(case, "fault"):
        yield case.finding("fault-admitted", "error", where, words=words)


@only(DeclineCase)
def protected_characteristic(case: DeclineCase) -> Findings:
    """A refusal has nothing to do with who the prospect is."""
    for where, words in mentions(case, "protected"):
        yield case.finding("protected-characteristic", "warning", where, words=words)


# --- What no letter says ------------------------------------------------------


def disparaging(case: Case) -> Findings:
    """A letter speaks ill of nobody, competitors included."""
    for where, words in dict(mentions(case, "scornful", "harsh")).items():
        yield case.finding("disparaging", "error", where, words=words)
    for key in ("need", "description"):
        if request := case.words_on("harsh", plain(getattr(case.deal.feature, key) or "")):
            yield case.finding("disparaging", "warning", f"feature.{key}", words=request)


def price_coordination(case: Case) -> Findings:
    """Nobody's prices or markets are agreed on but those of this purchase."""
    for where, words in mentions(case, "cartel"):
        yield case.finding("price-coordination", "error", where, words=words)
