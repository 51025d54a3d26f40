"""What to call clauses that print without a title."""

from collections.abc import Mapping

from accord.i18n import _


def untitled() -> Mapping[str, str]:
    """What to call the clauses that print without a title, by id."""
    return {
        "opening": _("opening"),
        "closing": _("closing"),
        "thanks": _("thanks"),
        "note": _("a personal sentence"),
        "decision": _("the decision"),
        "reason": _("the reason"),
        "candour": _("a candid word"),
        "own-alternative": _("an alternative of ours"),
        "alternative": _("an alternative"),
        "confidential-return": _("documents and secrecy"),
        "no-obligation": _("no obligation"),
        "keep-in-touch": _("keeping in touch"),
        "delivery": _("delivery"),
        "access": _("access to the feature"),
        "tests": _("agreed tests"),
        "answer": _("period to test"),
        "silence": _("silence"),
        "reminder": _("reminder"),
        "reminder-effect": _("effect of the reminder"),
        "reminder-answer": _("invitation to reply"),
        "report": _("opening of the report"),
        "presumed": _("opening of the notice of presumed acceptance"),
        "presumed-effect": _("effect of the presumed acceptance"),
        "presumed-consequence": _("what follows from the presumed acceptance"),
        "presumed-answer": _("invitation to reply"),
        "extension": _("opening of the extension"),
        "waiver-opening": _("opening of the waiver"),
        "failure": _("what was missed"),
        "lapse": _("lapse"),
        "return": _("what is returned and survives"),
        "anew": _("a new agreement"),
        "settled": _("fulfilment or waiver"),
        "order": _("effect of the order"),
        "default": _("what is owed"),
        "demand": _("demand"),
        "remedies": _("remedies"),
        "amicable": _("amicable solution"),
    }
