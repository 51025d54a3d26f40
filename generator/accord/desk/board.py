"""The board: what has been promised, what is due, what it is worth, what the team can carry."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accord import i18n
from accord.desk.held import Standing, state_of
from accord.desk.pages import desk_of, page, person_of
from accord.domain.choices import Currency
from accord.errors import AccordError
from accord.intake import days
from accord.services.agenda import Filter, Item, is_open, last_day, next_in_words, value_of
from accord.services.names import states
from accord.services.register_report import RegisterCapacity
from accord.text import formats, locales

LETTERS_OF_A_PAGE = 25
LATE_SHOWN = 5
MONTHS_SHOWN = 24
TYPED = ("text", "state", "prospect", "feature", "before", "open", "overdue")
"""The filters, as the address has them."""


def routes() -> list[Route]:
    """The pages of the board."""
    return [
        Route("/", board),
        Route("/calendar", lambda _request: RedirectResponse("/#calendar", 303), methods=["GET"]),
        Route("/calendar", make_calendar, methods=["POST"]),
        Route("/calendar/revoked", revoke_calendar, methods=["POST"]),
        Route("/calendar/{token}.ics", calendar),
    ]


# --- The letters ------------------------------------------------------------------


def board(request: Request, made: str = "") -> Response:
    """The letters that the address asks for, those on which something is due or late first."""
    desk, told, person = desk_of(request), list[str](), person_of(request)
    with desk.records(person, told.append).opened() as register:
        standing = desk.standing(register)
    asked, fault = _asked(request.query_params, desk.today)
    items = [item for item in standing.items if asked.takes(item)]
    shown = _Shown.of(items, request.query_params)
    return page(
        request,
        "board.html",
        rows=[_row(item, desk.today) for item in shown.items],
        shown=shown,
        count=len(items),
        total=len(standing.items),
        states=states(),
        typed={name: request.query_params.get(name, "") for name in TYPED},
        fault=fault,
        standings=_standings(standing),
        currencies=standing.currencies,
        load=_picture(standing.load) if standing.load else None,
        feed=desk.store.feed(person.name),
        made=made,
        told=told,
    )


def _asked(typed: QueryParams, today: datetime.date) -> tuple[Filter, str]:
    """Which letters an address asks for, and what is wrong with its day."""
    text, before, fault = typed.get("before", "").strip(), None, ""
    try:
        before = days.day(text, i18n.locale(), today) if text else None
    except AccordError as error:
        fault = str(error)
    asked = Filter(
        only_open=bool(typed.get("open")),
        states=frozenset(filter(None, typed.getlist("state"))),
        prospect=typed.get("prospect", ""),
        feature=typed.get("feature", ""),
        last=last_day(today, before, None, overdue=bool(typed.get("overdue"))),
        text=typed.get("text", ""),
    )
    return asked, fault


@dataclass(frozen=True)
class _Shown:
    """One page of what was found: its letters, its number from 1 on, and the addresses of those beside it."""

    items: Sequence[Item]
    number: int
    count: int
    before: str
    after: str

    @classmethod
    def of(cls, items: Sequence[Item], typed: QueryParams) -> "_Shown":
        count = max(1, -(-len(items) // LETTERS_OF_A_PAGE))
        asked = typed.get("page", "1")
        number = min(count, max(1, int(asked))) if asked.isascii() and asked.isdecimal() else 1
        first = (number - 1) * LETTERS_OF_A_PAGE
        rest = [(name, value) for name, value in typed.multi_items() if name != "page" and value]

        def address(other: int) -> str:
            return "/?" + urlencode([*rest, ("page", other)]) if 0 < other <= count else ""

        some = items[first : first + LETTERS_OF_A_PAGE]
        return cls(some, number, count, address(number - 1), address(number + 1))


def _row(item: Item, day: datetime.date) -> Mapping[str, Any]:
    left = item.days_left(day) if is_open(item) else None
    return {
        "entry": item.history.entry,
        "state": states()[state_of(item)],
        "next": next_in_words(item, day),
        "value": value_of(item),
        "late": left is not None and left < 0,
    }


def _standings(standing: Standing) -> list[tuple[str, str, int, Mapping[Currency, str]]]:
    """For each state that letters are in: its name, how many, and what they are worth by currency."""
    return [
        (state, name, count, {each: _amount(total, each) for each, total in values.items()})
        for state, name in states().items()
        for count, values in [standing.by_state.get(state, (0, {}))]
        if count
    ]


def _amount(total: Any, currency: Currency) -> str:
    return str(formats.amount(total, currency, i18n.locale()))


# --- The team's load ----------------------------------------------------------------

HEIGHT, WIDTH, GAP, ROOM_BELOW = 120, 44, 12, 22  # of the picture's bars, in its own units


def _picture(load: RegisterCapacity) -> Mapping[str, Any]:
    """The months of a plan as bars: what the team can give in each, and how much of that is taken."""
    months = load.months[:MONTHS_SHOWN]
    most = max((month.days for month in months), default=1) or 1
    names = locales.months(i18n.language())
    late = [each for each in load.promises if each.days_late != 0]
    bars = [
        {
            "name": f"{names[int(month.month[5:]) - 1]} {month.month[:4]}",
            "short": f"{month.month[5:]}/{month.month[2:4]}",
            "x": GAP + place * (WIDTH + GAP),
            "whole": round(HEIGHT * month.days / most, 1),
            "part": round(HEIGHT * month.taken / most, 1),
            "days": round(month.days),
            "taken": round(month.taken),
            "done": len(month.done),
            "due": len(month.due),
        }
        for place, month in enumerate(months)
    ]
    return {
        "bars": bars,
        "width": GAP + len(bars) * (WIDTH + GAP),
        "height": HEIGHT + ROOM_BELOW,
        "foot": HEIGHT,
        "bar": WIDTH,
        "late": late[:LATE_SHOWN],
        "more_late": len(late[LATE_SHOWN:]),
        "unplanned": len(load.unplanned),
    }


# --- The calendar -------------------------------------------------------------------


def make_calendar(request: Request) -> Response:
    """The board with the address of one's calendar, shown this once; the one before it opens nothing any more."""
    desk = desk_of(request)
    token = desk.store.make_feed(person_of(request).name, i18n.language(), desk.now())
    return board(request, f"{request.base_url}calendar/{token}.ics")


def revoke_calendar(request: Request) -> Response:
    """Make the address of one's calendar open nothing."""
    desk_of(request).store.revoke_feed(person_of(request).name)
    return RedirectResponse("/#calendar", 303)


def calendar(request: Request) -> Response:
    """The calendar that a token opens, for whoever has it."""
    from accord.services.calendar import calendar as calendar_of  # noqa: PLC0415 - for this alone

    desk = desk_of(request)
    feed = desk.store.feed_of(request.path_params["token"])
    person = (desk.alone or desk.accounts.named(feed.owner)) if feed else None
    if feed is None or person is None:
        raise HTTPException(404)
    with i18n.speaking(feed.language), desk.records(person, _unheard).opened() as register:
        content = calendar_of(desk.standing(register).items)
    return Response(content, media_type="text/calendar; charset=utf-8")


def _unheard(_sentence: str) -> None:
    """No person reads what a calendar's program is told."""
