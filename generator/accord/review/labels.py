"""What the review is called in words: severities, conditions, clauses without a title."""

from collections.abc import Mapping

from accord import i18n
from accord.i18n import _, ngettext
from accord.review.review import Review, Severity


def separator() -> str:
    """What stands between the items of a list within a line."""
    return "\u202f; " if i18n.language() == "fr" else "; "


def verdict(review: Review) -> str:
    """How many errors, warnings and notes there are; or that there is nothing to object."""
    found = [finding.severity for finding in review.findings]
    counts = (
        ngettext("{count} error", "{count} errors", found.count("error")).format(count=found.count("error")),
        ngettext("{count} warning", "{count} warnings", found.count("warning")).format(
            count=found.count("warning")
        ),
        ngettext("{count} note", "{count} notes", found.count("note")).format(count=found.count("note")),
    )
    told = [count for count, severity in zip(counts, severities(), strict=True) if severity in found]
    return ", ".join(told) if told else _("No findings")


def severities() -> Mapping[Severity, str]:
    """What each severity is called before a finding, the gravest first."""
    return {"error": _("Error"), "warning": _("Warning"), "note": _("Note")}


def statuses() -> Mapping[tuple[bool, bool], str]:
    """Whose text a clause is, and whether it is approved: by (own, approved)."""
    return {
        (True, True): _("own text, approved"),
        (True, False): _("own text, not approved"),
        (False, True): _("standard text, approved"),
        (False, False): _("standard text, not approved"),
    }


def conditions() -> Mapping[str, str]:
    """Every condition of a clause in a few plain words, and the negations that say more than "not"."""
    return {
        "intent": _("statement of intent"),
        "negotiate": _("agreement to negotiate"),
        "promise": _("promise to buy"),
        "conditional": _("conditional purchase"),
        "binding": _("purchase binding"),
        "not-binding": _("purchase not binding"),
        "efforts": _("best efforts"),
        "firm": _("firm commitment to deliver"),
        "not-firm": _("no firm commitment"),
        "no-efforts": _("no commitment to deliver"),
        "french-law": _("under French law"),
        "english-law": _("under English law"),
        "foreign-language": _("law of another language"),
        "subscription": _("subscription"),
        "purchase": _("outright purchase"),
        "pilot": _("pilot"),
        "one-off": _("paid once"),
        "vat-rate": _("VAT rate given"),
        "not-vat-rate": _("no VAT rate given"),
        "penalty": _("penalty agreed"),
        "exclusivity": _("exclusivity agreed"),
        "general-terms": _("general terms exist"),
        "extension": _("extension allowed"),
        "force-majeure": _("force majeure clause wanted"),
        "hardship-excluded": _("hardship excluded"),
        "hardship-accepted": _("hardship accepted"),
        "need": _("need stated"),
        "not-need": _("no need stated"),
        "delivery-date": _("delivery date given"),
        "not-delivery-date": _("no delivery date"),
        "out-of-scope": _("outside the chosen market"),
        "no-commitment": _("no decision to buy"),
        "date-not-feasible": _("date not feasible"),
        "positioning": _("positioning stated"),
        "not-positioning": _("no positioning stated"),
        "earliest": _("earliest date given"),
        "not-earliest": _("no earliest date"),
        "alternative": _("alternative named"),
        "paid-referral": _("referral paid"),
        "not-paid-referral": _("referral not paid"),
        "candour": _("candour wanted"),
        "return-documents": _("documents to return"),
        "keep-in-touch": _("keeping in touch"),
    }


def untitled() -> Mapping[str, str]:
    """What to call the clauses that print without a title, by id."""
    return {
        "opening": _("opening"),
        "closing": _("closing"),
        "thanks": _("thanks"),
        "restate-need": _("the need"),
        "decision": _("the decision"),
        "reason": _("the reason"),
        "candour": _("a candid word"),
        "alternative": _("an alternative"),
        "confidential-return": _("documents and secrecy"),
        "no-obligation": _("no obligation"),
        "keep-in-touch": _("keeping in touch"),
    }


def failing() -> Mapping[str, str]:
    """What to say of a letter in which a condition does not hold, where "not" would say too little."""
    said = conditions()
    return {
        "binding": said["not-binding"],
        "not-binding": said["binding"],
        "french-law": said["english-law"],
        "english-law": said["french-law"],
        "foreign-language": _("law of the letter’s own language"),
        "penalty": _("no penalty agreed"),
        "exclusivity": _("no exclusivity agreed"),
        "general-terms": _("no general terms"),
        "extension": _("no extension allowed"),
        "force-majeure": _("no force majeure clause wanted"),
        "hardship-excluded": _("no hardship clause wanted"),
        "hardship-accepted": _("no hardship clause wanted"),
        "negotiate": _("no agreement to negotiate"),
        "promise": _("no promise to buy"),
        "conditional": _("no conditional purchase"),
        "subscription": _("no subscription"),
        "pilot": _("no pilot"),
        "alternative": _("no alternative named"),
        "candour": _("no candour wanted"),
        "return-documents": _("no documents to return"),
        "keep-in-touch": _("no contact wanted"),
        "need": said["not-need"],
        "vat-rate": said["not-vat-rate"],
    }


def in_words(condition: str) -> str:
    """A condition of a clause in plain words."""
    said = conditions()
    if condition in said:
        return said[condition]
    return _("not: {condition}").format(condition=said[condition.removeprefix("not-")])


def not_in_words(condition: str) -> str:
    """That a condition does not hold, in plain words."""
    opposite = condition.removeprefix("not-") if condition.startswith("not-") else f"not-{condition}"
    return failing().get(condition) or in_words(opposite)
