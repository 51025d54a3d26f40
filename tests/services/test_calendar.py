"""The calendar of what is due, read back by the library that programs use."""

import datetime

from icalendar import Calendar

from accord.domain.promise import Happened
from accord.register.entries import Event, History
from accord.services.agenda import agenda
from accord.services.calendar import calendar
from support.registered import ENTRY

DAY = datetime.date(2026, 12, 2)


def history(*taken: Happened) -> History:
    events = tuple(
        Event(
            sequence=number,
            time="2026-12-01T09:00:00+00:00",
            actor="claire",
            reference=ENTRY.reference,
            kind=step.step,
            data={"on": step.on.isoformat(), "to": step.to and step.to.isoformat(), "cause": step.cause},
            previous="",
        )
        for number, step in enumerate(taken, 1)
    )
    return History(ENTRY, events)


SIGNED = Happened("signed", datetime.date(2026, 12, 1))
EXTENDED = Happened("extended", datetime.date(2026, 12, 2), datetime.date(2027, 4, 30))


def entries(*taken: Happened) -> dict[str, tuple[datetime.date, int]]:
    book = Calendar.from_ical(calendar(agenda([history(*taken)], DAY)))
    return {str(event["UID"]): (event["DTSTART"].dt, event["SEQUENCE"]) for event in book.walk("VEVENT")}


def test_entries_move_with_their_dates_and_keep_their_names() -> None:
    name, last = f"{ENTRY.reference}-delivered@accord.invalid", f"{ENTRY.reference}-long-stop@accord.invalid"
    assert entries(SIGNED) == {name: (datetime.date(2027, 3, 31), 1), last: (datetime.date(2027, 5, 17), 1)}
    assert entries(SIGNED, EXTENDED) == {
        name: (datetime.date(2027, 4, 30), 2),
        last: (datetime.date(2027, 6, 16), 2),
    }


def test_the_same_register_gives_the_same_bytes() -> None:
    first, again = (calendar(agenda([history(SIGNED)], DAY)) for _each in range(2))
    assert first == again
    assert b"CLASS:PRIVATE" in first
    assert first.endswith(b"END:VCALENDAR\r\n")


def test_a_life_that_has_ended_has_no_entries() -> None:
    assert entries(Happened("withdrawn", datetime.date(2026, 12, 1))) == {}
