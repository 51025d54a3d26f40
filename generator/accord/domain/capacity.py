"""What a team can carry: promised work laid over working days, what is due first before the rest.

A team gets so many days of work done in a month, spread evenly over the month's working days in its country.
One thing is done after the other: the earliest due date first, which keeps every date that any order would keep.
"""

import datetime
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from accord.domain.business_days import HOME_OF_LAW, Home, home_of, working_days
from accord.domain.house import House

FARTHEST_YEARS = 10
"""How far a plan looks: no letter promises anything for later."""
_PARTS = math.lcm(*range(1, 32))
"""Of a day of work: so many that each share of a month is a whole number of them."""


@dataclass(frozen=True)
class Work:
    """Something promised: its name, the day when it is due, the days of work that it takes."""

    name: str
    due: datetime.date
    effort: int


@dataclass(frozen=True)
class Placed:
    """Something promised, the days of work that are done before it, and the day by whose end it is done; None beyond the plan."""

    work: Work
    before: int
    done: datetime.date | None

    @property
    def is_late(self) -> bool:
        """Whether it is done after it is due."""
        return self.done is None or self.done > self.work.due

    @property
    def days_late(self) -> int | None:
        """How many days after it is due it is done; None where that is beyond the plan."""
        return None if self.done is None else max(0, (self.done - self.work.due).days)


class Team:
    """What a team gets done by each working day from the day after `today` on."""

    def __init__(self, days_per_month: int, today: datetime.date, home: Home) -> None:
        self.days_per_month = days_per_month
        self.days: list[datetime.date] = []
        self._done: list[int] = []  # parts of a day of work by the end of each
        self._today, self._home, self._year = today, home, today.year

    @classmethod
    def of(cls, house: House, today: datetime.date) -> "Team | None":
        """The team of a house that says what it can carry."""
        if house.capacity.days_per_month is None:
            return None
        home = home_of(house.supplier) or HOME_OF_LAW[house.terms.law or "FR"]
        return cls(house.capacity.days_per_month, today, home)

    def done(self, effort: int) -> datetime.date | None:
        """The day by whose end so many days of work are done; None beyond the plan."""
        while not self._done or self._done[-1] < effort * _PARTS:
            if not self._one_year_more():
                return None
        return self.days[bisect_left(self._done, effort * _PARTS)]

    def months(self, effort: int) -> Iterator[tuple[datetime.date, float]]:
        """The months until so many days of work are done, each by its first day, with the days of work that it has."""
        if not effort:
            return
        last, before = self.done(effort), 0
        for month, days in groupby(
            zip(self.days, self._done, strict=True), lambda pair: pair[0].replace(day=1)
        ):
            if last and month > last:
                return
            *_others, (_day, done) = days
            yield month, (done - before) / _PARTS
            before = done

    def working_day(self, day: datetime.date) -> datetime.date | None:
        """The day itself, or the first later one on which the team works; None beyond the plan."""
        while not self.days or self.days[-1] < day:
            if not self._one_year_more():
                return None
        return self.days[bisect_left(self.days, day)]

    def _one_year_more(self) -> bool:
        if self._year > self._today.year + FARTHEST_YEARS:
            return False
        by_month: dict[int, list[datetime.date]] = {}
        for day in working_days(self._year, self._home):
            by_month.setdefault(day.month, []).append(day)
        for days in by_month.values():
            share = self.days_per_month * _PARTS // len(days)
            for day in days:
                if day > self._today:
                    self.days.append(day)
                    self._done.append((self._done[-1] if self._done else 0) + share)
        self._year += 1
        return True


def plan(works: Iterable[Work], team: Team) -> list[Placed]:
    """Each thing promised and when it is done, what is due first before the rest."""
    return list(_placed(sorted(works, key=_order), team))


def _order(work: Work) -> tuple[datetime.date, str]:
    return work.due, work.name


def _placed(works: Iterable[Work], team: Team) -> Iterator[Placed]:
    before = 0
    for work in works:
        yield Placed(work, before, team.done(before + work.effort))
        before += work.effort


@dataclass(frozen=True)
class Judgement:
    """What one more promise does: when it is done, what else it makes late or later, and the earliest day that fits, if any."""

    placed: Placed
    delayed: tuple[Placed, ...]
    earliest: datetime.date | None

    @property
    def fits(self) -> bool:
        """Whether it is done in time, and makes nothing late, or later."""
        return not self.placed.is_late and not self.delayed


def judge(works: Sequence[Work], more: Work, team: Team) -> Judgement:
    """What one more promise does to those there are; of two that are due on one day it comes after the other."""
    placed = plan(works, team)
    without = {each.work.name: each.done for each in placed}
    before = [each.work for each in placed if each.work.due <= more.due]
    after = [each.work for each in placed if each.work.due > more.due]
    now = list(_placed([*before, more, *after], team))
    delayed = tuple(
        each for each in now[len(before) + 1 :] if each.is_late and each.done != without[each.work.name]
    )
    return Judgement(now[len(before)], delayed, earliest(placed, more.effort, team))


def earliest(placed: Sequence[Placed], effort: int, team: Team) -> datetime.date | None:
    """The earliest working day by which so much more can be promised, and nothing is made late or later; None beyond the plan.

    `placed` is the plan as it stands.  The new promise comes after all that is due by its day, and
    postpones all that is due later by its effort.
    """
    first = _first_that_may_wait(placed, effort, team)
    for place in range(first, len(placed) + 1):
        before = placed[place - 1].before + placed[place - 1].work.effort if place else 0
        done = team.done(before + effort)
        if done is None:
            return None
        day = team.working_day(max(done, placed[place - 1].work.due) if place else done)
        if day and (place == len(placed) or day < placed[place].work.due):
            return day
    return None


def _first_that_may_wait(placed: Sequence[Placed], effort: int, team: Team) -> int:
    """From which place on all are in time, or no later than before, if they wait for so much more."""
    for place in range(len(placed), 0, -1):
        each = placed[place - 1]
        waits = replace(each, done=team.done(each.before + each.work.effort + effort))
        if waits.is_late and waits.done != each.done:
            return place
    return 0


def later(works: Iterable[Work], name: str, days: int) -> list[Work]:
    """The same where one thing takes so many days of work more."""
    return [replace(work, effort=work.effort + days) if work.name == name else work for work in works]
