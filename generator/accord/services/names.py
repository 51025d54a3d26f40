"""What the states and the steps in the life of a letter are called, on the desk and in the terminal."""

import datetime
from collections.abc import Mapping

from accord import i18n
from accord.domain.promise import HALF_SIGNED, Cause, Side, Step
from accord.i18n import _
from accord.register.entries import Event
from accord.services.agenda import Party
from accord.text import formats


def states() -> Mapping[str, str]:
    """How a letter stands, in the order of its life."""
    return {
        "issued": _("To be signed"),
        HALF_SIGNED: _("Half signed"),
        "signed": _("Signed"),
        "delivered": _("Feature delivered"),
        "refused": _("Tests failed"),
        "fulfilled": _("Condition fulfilled"),
        "waived": _("Condition waived"),
        "ordered": _("Ordered"),
        "lapsed": _("Lapsed"),
        "withdrawn": _("Withdrawn"),
        "expired": _("Expired"),
        "declined": _("Declined"),
    }


def acts() -> Mapping[Step, str]:
    """What somebody does who takes a step, as a button says it."""
    return {
        "signed": _("Record the signatures"),
        "delivered": _("Notify the delivery"),
        "reminded": _("Remind the client"),
        "accepted": _("Record the acceptance"),
        "refused": _("Record failed tests"),
        "redelivered": _("Notify the new delivery"),
        "extended": _("Postpone the delivery"),
        "waived": _("Record the client’s waiver"),
        "lapsed": _("State the lapse"),
        "ordered": _("Record the order"),
        "defaulted": _("Give notice of default"),
        "withdrawn": _("Withdraw the letter"),
        "expired": _("Record that it has expired"),
    }


def happenings() -> Mapping[str, str]:
    """What has happened in a letter's life."""
    return {
        "issued": _("Letter issued"),
        "signed": _("Signed"),
        "delivered": _("Feature delivered"),
        "reminded": _("Client reminded"),
        "accepted": _("Feature accepted"),
        "refused": _("Tests failed"),
        "redelivered": _("Feature delivered again"),
        "extended": _("Delivery postponed"),
        "waived": _("Condition waived"),
        "lapsed": _("Lapse stated"),
        "ordered": _("Ordered"),
        "defaulted": _("Notice of default given"),
        "withdrawn": _("Withdrawn"),
        "expired": _("Expired"),
    }


def parties() -> Mapping[Party, str]:
    """Who has to act, as a sentence."""
    return {
        "supplier": _("It is for you to act."),
        "client": _("It is for the client to act."),
        "both": _("It is for both sides to act."),
    }


def sides() -> Mapping[Side, str]:
    """Who has signed."""
    return {"supplier": _("by you"), "prospect": _("by the client")}


def causes() -> Mapping[Cause, str]:
    """Why a date is postponed."""
    return {
        "agreed": _("the client has accepted a later date"),
        "force-majeure": _("force majeure"),
        "client-delay": _("a delay of the client’s own"),
    }


def details(event: Event) -> str:
    """What an event of a letter's life says besides what happened and when: who signed, or the later date and why; else ""."""
    happened = event.step
    if happened and happened.step == "signed":
        if event.data.get("scan"):
            return _("on paper; the file is a scan")
        return ", ".join(sides()[side] for side in happened.by)
    if happened and happened.to:
        return _("to {day}: {cause}").format(day=day(happened.to), cause=causes()[happened.cause])
    return ""


def day(on: datetime.date) -> str:
    """A day as the interface writes it."""
    return str(formats.date(on, i18n.locale()))
