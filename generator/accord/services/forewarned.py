"""What the register and the plan have to say while somebody answers; "" where they have nothing to say."""

import datetime

from accord.domain import capacity
from accord.domain.capacity import Team, Work
from accord.domain.house import House
from accord.domain.precedents import Known
from accord.i18n import _
from accord.review import precedents


def of_request(known: Known | None) -> str:
    """Who asked for the same, or that nobody can say."""
    if known is None:
        return ""
    if known.unreachable:
        return _("The register could not be asked. {reason}").format(reason=known.unreachable)
    return precedents.asked_before(known)


def earliest(known: Known | None, house: House, effort: int | None) -> datetime.date | None:
    """The earliest day by which the team can do it with all that is promised."""
    team = Team.of(house, known.day) if known and not known.unreachable else None
    if known is None or team is None or effort is None:
        return None
    return capacity.earliest(capacity.plan(precedents.works(known), team), effort, team)


def of_plan(known: Known | None, house: House, effort: int | None) -> str:
    """The earliest day that fits, and what the plan leaves out."""
    if known is None or effort is None or house.capacity.days_per_month is None or known.unreachable:
        return ""
    day = earliest(known, house, effort)
    sentence = _("No day within ten years fits.")
    if day:
        sentence = _("With all that is promised, the earliest day that fits is {day}.")
        sentence = sentence.format(day=precedents.day(day))
    unknown = [each for each in known.owed if each.effort is None]
    return " ".join([sentence, *([precedents.without_effort(unknown)] if unknown else [])])


def of_date(known: Known | None, house: House, effort: int | None, date: datetime.date | None) -> str:
    """Why a day does not fit, and what else is due about it."""
    if known is None or date is None or known.unreachable:
        return ""
    sentences = []
    team = Team.of(house, known.day)
    if team and effort is not None:
        judgement = capacity.judge(precedents.works(known), Work("", date, effort), team)
        sentences += [precedents.over_capacity(judgement, known)] if not judgement.fits else []
    near = precedents.near(date, known.owed)
    sentences += [precedents.crowded(date, near)] if len(near) >= precedents.CROWD else []
    return " ".join(sentences)
