"""The choices of a letter in plain words: what each of them commits to."""

from collections.abc import Mapping

from accord.domain.choices import VOID_LEVELS, Binding, Law
from accord.i18n import _


def decisions() -> Mapping[str, str]:
    """What the prospect decides if the feature is delivered."""
    return {
        "subscription": _("a subscription: a price per month or year, for a set term"),
        "purchase": _("a purchase: a price paid once"),
        "pilot": _("a paid trial, on a small scale"),
        "none": _("nothing yet: the letter is then a polite no"),
    }


def bindings(law: Law) -> Mapping[Binding, str]:
    """What the agreement obliges to, at the levels that the law enforces."""
    levels: Mapping[Binding, str] = {
        "intent": _("nobody is obliged to buy or to sell; only confidentiality and costs are settled"),
        "negotiate": _("both must negotiate in good faith; nobody is obliged to buy or to sell"),
        "promise": _("they must buy if you deliver in time; you stay free not to sell"),
        "conditional": _("both are bound now; they must buy if you deliver in time"),
    }
    return {level: words for level, words in levels.items() if level not in VOID_LEVELS[law]}


def levels(law: Law, titles: Mapping[Binding, str]) -> Mapping[str, str]:
    """The same levels, each by its name, its consequence and the title of its letter; `titles` are by level."""
    names: Mapping[Binding, str] = {
        "intent": _("Intention"),
        "negotiate": _("Negotiation"),
        "promise": _("Promise to buy"),
        "conditional": _("Agreement in principle"),
    }
    return {
        level: _("{name}: {consequence}\n   “{title}”").format(
            name=names[level], consequence=consequence, title=titles[level]
        )
        for level, consequence in bindings(law).items()
    }


def clients(*, in_france: bool) -> Mapping[str, str]:
    """Who asks, as far as the law makes a difference: in France, small businesses may withdraw (C. conso., L221-3)."""
    businesses = {
        "6+": _("a business with six employees or more"),
        "0-5": _("a business with five employees or fewer (it may have a right to withdraw)"),
    }
    return {
        **(businesses if in_france else {"business": _("a company, an association, somebody in business")}),
        "consumer": _("a private person (consumer law applies: ask legal first)"),
        "public": _("a public body: town hall, hospital, ministry (procurement law applies)"),
    }


def commitments(binding: str) -> Mapping[str, str]:
    """What the supplier owes, as far as the level allows (see `deal_file.check_agreement`)."""
    owed = {
        "none": _("nothing: you stay free not to build it"),
        "efforts": _(
            "reasonable endeavours: if you are late despite them, you lose the deal and nothing more"
        ),
        "firm": _("the result: if you are late, you may owe damages"),
    }
    excluded = {"promise": "firm", "conditional": "none"}.get(binding)
    return {level: words for level, words in owed.items() if level != excluded}


def reasons() -> Mapping[str, str]:
    """Why the answer is no."""
    return {
        "out-of-scope": _("the request is off the market you chose"),
        "no-commitment": _("they commit to nothing yet, so you promise nothing"),
        "date-not-feasible": _("the date they need cannot be met"),
    }


def laws() -> Mapping[str, str]:
    """The laws that an agreement can be written under."""
    return {"FR": _("French law"), "EW": _("the law of England and Wales")}
