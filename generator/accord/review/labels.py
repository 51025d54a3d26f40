"""The words for what a review holds: severities, conditions, clauses without a title."""

from collections import Counter
from collections.abc import Iterator, Mapping

from accord import i18n
from accord.i18n import N_, _, ngettext
from accord.review.findings import Finding, Severity
from accord.review.review import Review

IN_WORDS: Mapping[str, str] = {
    "intent": N_("statement of intent"),
    "negotiate": N_("agreement to negotiate"),
    "promise": N_("promise to buy"),
    "conditional": N_("conditional purchase"),
    "binding": N_("purchase binding"),
    "not-binding": N_("purchase not binding"),
    "efforts": N_("reasonable endeavours"),
    "firm": N_("firm commitment to deliver"),
    "not-firm": N_("no firm commitment"),
    "no-efforts": N_("no commitment to deliver"),
    "french-law": N_("under French law"),
    "english-law": N_("under English law"),
    "foreign-language": N_("law of another language"),
    "subscription": N_("subscription"),
    "purchase": N_("outright purchase"),
    "not-purchase": N_("no outright purchase"),
    "pilot": N_("pilot"),
    "one-off": N_("paid once"),
    "vat-rate": N_("VAT rate given"),
    "not-vat-rate": N_("no VAT rate given"),
    "abroad": N_("parties in two countries"),
    "not-abroad": N_("parties in one country"),
    "taxed-abroad": N_("client taxed in another country"),
    "not-taxed-abroad": N_("one country’s VAT"),
    "reverse-charge": N_("client accounts for VAT"),
    "not-reverse-charge": N_("no VAT in the client’s country"),
    "merchants": N_("both parties merchants"),
    "not-merchants": N_("a party that is no merchant"),
    "penalty": N_("penalty agreed"),
    "exclusivity": N_("exclusivity agreed"),
    "annexes": N_("a document is attached"),
    "general-terms": N_("general terms exist"),
    "extension": N_("extension allowed"),
    "force-majeure": N_("force majeure clause wanted"),
    "liability-cap": N_("liability capped"),
    "liability-total": N_("cap at the total of the order"),
    "not-liability-total": N_("cap at a sum"),
    "hardship-excluded": N_("hardship excluded"),
    "hardship-accepted": N_("hardship accepted"),
    "need": N_("need stated"),
    "not-need": N_("no need stated"),
    "delivery-date": N_("delivery date given"),
    "not-delivery-date": N_("no delivery date"),
    "out-of-scope": N_("outside the chosen market"),
    "no-commitment": N_("no decision to buy"),
    "date-not-feasible": N_("date not feasible"),
    "positioning": N_("positioning stated"),
    "not-positioning": N_("no positioning stated"),
    "earliest": N_("earliest date given"),
    "not-earliest": N_("no earliest date"),
    "own-alternative": N_("alternative of the house’s own"),
    "alternative": N_("alternative named"),
    "paid-referral": N_("referral paid"),
    "public-body": N_("public body"),
    "not-public-body": N_("no public body"),
    "opening-note": N_("personal sentence written"),
    "warm": N_("warm closing wanted"),
    "not-warm": N_("formal closing wanted"),
    "not-candour": N_("no candour wanted"),
    "not-out-of-scope": N_("within the chosen market"),
    "not-paid-referral": N_("referral not paid"),
    "candour": N_("candour wanted"),
    "return-documents": N_("documents to return"),
    "keep-in-touch": N_("keeping in touch"),
    "delivery-notice": N_("delivery notice"),
    "reminder": N_("reminder"),
    "acceptance-report": N_("acceptance report"),
    "acceptance-notice": N_("notice of presumed acceptance"),
    "extension-deed": N_("extension of time"),
    "waiver-deed": N_("waiver of the condition"),
    "lapse-notice": N_("notice of lapse"),
    "order-form": N_("order form"),
    "default-notice": N_("formal notice to perform"),
    "accepted": N_("feature accepted"),
    "refused": N_("feature refused"),
    "tested": N_("tests passed"),
    "presumed": N_("acceptance presumed"),
    "renounced": N_("condition waived"),
    "undelivered": N_("never delivered"),
    "unaccepted": N_("delivered, never accepted"),
    "postponed-by-agreement": N_("postponed by agreement"),
    "postponed-by-force-majeure": N_("postponed by force majeure"),
    "postponed-by-client": N_("postponed by a delay of the client’s"),
    "redeliverable": N_("time left to deliver again"),
    "itemised": N_("points of its own"),
}
"""Every condition of a clause in a few plain words, and the negations that say more than "not"."""

# What to say of a letter in which a condition does not hold, where "not" would say too little.
_NEGATIONS: Mapping[str, str] = {
    "binding": IN_WORDS["not-binding"],
    "not-binding": IN_WORDS["binding"],
    "french-law": IN_WORDS["english-law"],
    "english-law": IN_WORDS["french-law"],
    "foreign-language": N_("law of the letter’s own language"),
    "penalty": N_("no penalty agreed"),
    "exclusivity": N_("no exclusivity agreed"),
    "annexes": N_("no document is attached"),
    "general-terms": N_("no general terms"),
    "extension": N_("no extension allowed"),
    "force-majeure": N_("no force majeure clause wanted"),
    "liability-cap": N_("liability not capped"),
    "liability-total": IN_WORDS["not-liability-total"],
    "not-liability-total": IN_WORDS["liability-total"],
    "hardship-excluded": N_("no hardship clause wanted"),
    "hardship-accepted": N_("no hardship clause wanted"),
    "negotiate": N_("no agreement to negotiate"),
    "promise": N_("no promise to buy"),
    "conditional": N_("no conditional purchase"),
    "subscription": N_("no subscription"),
    "purchase": N_("no outright purchase"),
    "not-purchase": IN_WORDS["purchase"],
    "pilot": N_("no pilot"),
    "alternative": N_("no alternative named"),
    "candour": IN_WORDS["not-candour"],
    "own-alternative": N_("no alternative of the house’s own"),
    "opening-note": N_("no personal sentence written"),
    "return-documents": N_("no documents to return"),
    "keep-in-touch": N_("no contact wanted"),
    "need": IN_WORDS["not-need"],
    "vat-rate": IN_WORDS["not-vat-rate"],
    "abroad": IN_WORDS["not-abroad"],
    "taxed-abroad": IN_WORDS["not-taxed-abroad"],
    "reverse-charge": IN_WORDS["not-reverse-charge"],
    "merchants": IN_WORDS["not-merchants"],
}


def separator() -> str:
    """The mark between the items of a list within a line, in the language of the interface."""
    return "\u202f; " if i18n.language() == "fr" else "; "


def verdict(review: Review) -> str:
    """How many errors, warnings and notes there are; or that there is nothing to object."""
    count = Counter(finding.severity for finding in review.findings)
    sentences: Mapping[Severity, str] = {
        "error": ngettext("{count} error", "{count} errors", count["error"]),
        "warning": ngettext("{count} warning", "{count} warnings", count["warning"]),
        "note": ngettext("{count} note", "{count} notes", count["note"]),
    }
    counts = [text.format(count=count[severity]) for severity, text in sentences.items() if count[severity]]
    return ", ".join(counts) or _("No findings")


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


def in_words(condition: str) -> str:
    """A condition of a clause in plain words."""
    if condition in IN_WORDS:
        return _(IN_WORDS[condition])
    return _("not: {condition}").format(condition=_(IN_WORDS[condition.removeprefix("not-")]))


def not_in_words(condition: str) -> str:
    """That a condition does not hold, in plain words."""
    if condition in _NEGATIONS:
        return _(_NEGATIONS[condition])
    return in_words(condition.removeprefix("not-") if condition.startswith("not-") else f"not-{condition}")


def differences(finding: Finding) -> Iterator[str]:
    """What the house's own text of a clause drops from the standard one and adds to it, a sentence each."""
    words = {"dropped": _("dropped: “{sentence}”"), "added": _("added: “{sentence}”")}
    for difference in finding.differences:
        yield words[difference.change].format(sentence=difference.sentence)
