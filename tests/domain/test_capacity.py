"""What a team can carry: the plan against one laid day by day, and what one more promise may and may not do."""

import datetime
import functools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.business_days import Home, day_off
from accord.domain.capacity import Team, Work, judge, later, plan
from support.printed import STEADY

FRIDAY = datetime.date(2026, 12, 18)
FRANCE = Home("FR")


@functools.cache
def team(days_per_month: int = 20, today: datetime.date = FRIDAY) -> Team:
    return Team(days_per_month, today, FRANCE)


def day_by_day(effort: int, days_per_month: int, today: datetime.date) -> datetime.date:
    """The same by counting: each working day of a month has its share."""
    done, day = Fraction(0), today
    while done < effort:
        day += datetime.timedelta(days=1)
        first = day.replace(day=1)
        days = [first + datetime.timedelta(days=n) for n in range(31)]
        working = [each for each in days if each.month == day.month and day_off(each, FRANCE, "en") is None]
        done += Fraction(days_per_month, len(working)) if day in working else 0
    return day


@pytest.mark.parametrize(
    ("effort", "days_per_month", "expected"),
    [
        (1, 22, "2026-12-21"),  # the Monday after
        (8, 22, "2026-12-31"),  # 22 working days, Christmas left out: one a day
        (9, 22, "2027-01-04"),  # not on New Year's Day
        (1, 1, "2027-01-20"),  # eight twenty-seconds in December, the rest in January
        (40, 200, "2026-12-28"),  # ten people
    ],
)
def test_work_is_spread_over_the_working_days_of_a_month(
    effort: int, days_per_month: int, expected: str
) -> None:
    done = team(days_per_month).done(effort)
    assert str(done) == expected
    assert done == day_by_day(effort, days_per_month, FRIDAY)


def test_a_plan_begins_where_a_year_has_no_days_left_and_ends_after_ten() -> None:
    assert team(today=datetime.date(2026, 12, 31)).done(1) == datetime.date(2027, 1, 4)
    assert team(1).done(1000) is None
    (placed,) = plan([Work("x", FRIDAY, 1000)], team(1))
    assert placed.is_late
    assert placed.days_late is None
    assert judge([], Work("", FRIDAY, 1000), team(1)).earliest is None


def test_months_add_up_to_the_work() -> None:
    months = list(team().months(30))
    assert [f"{month:%Y-%m}" for month, _days in months] == ["2026-12", "2027-01", "2027-02"]
    assert [round(days, 2) for _month, days in months] == [7.27, 20, 20]
    assert list(team().months(0)) == []


EFFORTS = st.integers(1, 60)
DUE = st.integers(-10, 300).map(lambda days: FRIDAY + datetime.timedelta(days=days))
WORKS = st.lists(st.tuples(DUE, EFFORTS), max_size=7).map(
    lambda pairs: [Work(f"w{n}", due, effort) for n, (due, effort) in enumerate(pairs)]
)


@STEADY
@given(WORKS, DUE, EFFORTS)
def test_one_more_promise_makes_none_earlier(works: list[Work], due: datetime.date, effort: int) -> None:
    before = {each.work.name: each.done for each in plan(works, team())}
    after = {each.work.name: each.done for each in plan([*works, Work("new", due, effort)], team())}
    for name, done in before.items():
        now = after[name]
        assert done is None or now is None or now >= done


@settings(STEADY, max_examples=60)
@given(WORKS, DUE, EFFORTS)
def test_the_earliest_day_fits_and_no_earlier_one_does(
    works: list[Work], due: datetime.date, effort: int
) -> None:
    judgement = judge(works, Work("new", due, effort), team())
    earliest = judgement.earliest
    assert earliest is not None
    assert judge(works, Work("new", earliest, effort), team()).fits
    day = FRIDAY
    while (day := day + datetime.timedelta(days=1)) < earliest:
        assert (
            day_off(day, FRANCE, "en") is not None or not judge(works, Work("new", day, effort), team()).fits
        )
    assert judgement.fits is judge(works, Work("new", due, effort), team()).fits


@STEADY
@given(WORKS, st.integers(2, 5))
def test_twice_the_team_does_twice_the_work_by_the_same_days(works: list[Work], times: int) -> None:
    more = [Work(each.name, each.due, each.effort * times) for each in works]
    assert [each.done for each in plan(works, team())] == [each.done for each in plan(more, team(20 * times))]


@STEADY
@given(WORKS, st.integers(0, 6), st.integers(1, 40))
def test_what_takes_longer_delays_itself_and_what_comes_after(
    works: list[Work], which: int, days: int
) -> None:
    before = plan(works, team())
    after = plan(later(works, f"w{which}", days), team())
    assert [each.work.name for each in after] == [each.work.name for each in before]
    for old, new in zip(before, after, strict=True):
        assert old.done
        assert new.done
        assert new.done >= old.done
        if new.before == old.before and new.work.name != f"w{which}":
            assert new.done == old.done
