"""The choices of a letter in plain words: what each of them commits to."""

from collections.abc import Mapping

from accord.domain.choices import VOID_LEVELS, Law
from accord.i18n import _


def decisions() -> Mapping[str, str]:
    """What the prospect decides if the feature is delivered."""
    return {
        "subscription": _("to subscribe: a price per month or year, for a set term"),
        "purchase": _("to buy: a price paid once"),
        "pilot": _("to a paid trial, on a small scale"),
        "none": _("to nothing yet: the letter is then a polite no"),
    }


def bindings(law: Law) -> Mapping[str, str]:
    """What the agreement obliges to, at the levels that the law enforces."""
    levels = {
        "intent": _("nobody has to sign in the end; only secrecy and costs are settled"),
        "negotiate": _("both must negotiate in good faith; nobody has to sign in the end"),
        "promise": _("they must buy if you deliver in time; you stay free not to sell"),
        "conditional": _("both are bound now; they must buy if you deliver in time"),
    }
    return {level: words for level, words in levels.items() if level not in VOID_LEVELS[law]}


def commitments(binding: str) -> Mapping[str, str]:
    """What the supplier owes, as far as the level allows (see `deal_file.check_agreement`)."""
    owed = {
        "none": _("nothing: you stay free not to build it"),
        "efforts": _("your reasonable endeavours: too late in spite of them, you lose the deal and no more"),
        "firm": _("the result: too late, you may owe damages"),
    }
    excluded = {"promise": "firm", "conditional": "none"}.get(binding)
    return {level: words for level, words in owed.items() if level != excluded}


def reasons() -> Mapping[str, str]:
    """Why the answer is no."""
    return {
        "out-of-scope": _("the request is off the market you chose"),
        "no-commitment": _("they commit to nothing yet, so you promise nothing"),
        "date-not-feasible": _("the date they need cannot be held"),
    }


def laws() -> Mapping[str, str]:
    """The laws that an agreement can be written under."""
    return {"FR": _("French law"), "EW": _("the law of England and Wales")}
