"""What is due as a calendar (iCalendar, RFC 5545), which Outlook, Google and Apple open."""

import datetime
from collections.abc import Iterable, Iterator

from icalendar import Alarm, Calendar, Event

from accord.i18n import _
from accord.services.agenda import Item

PRODUCT = "-//Accord//register//EN"
BEFORE = datetime.timedelta(days=-7)


def calendar(items: Iterable[Item]) -> bytes:
    """The days on which something is due, each for the whole day.

    The same register gives the same bytes.  An entry keeps its UID, made of
    the letter's reference and of what is due, when its day moves.
    """
    book = Calendar()
    for name, value in (("PRODID", PRODUCT), ("VERSION", "2.0"), ("METHOD", "PUBLISH")):
        book.add(name, value)
    for item in items:
        for name, day, what in _days(item):
            book.add_component(_entry(item, name, day, what))
    return bytes(book.to_ical())


def _days(item: Item) -> Iterator[tuple[str, datetime.date, str]]:
    """What is due next, and the last date for acceptance while it is still to come."""
    late = item.promise and item.next.step == "extended"
    by = item.promise.last_day if item.promise and late else item.next.by
    if by and item.next.step:
        yield item.next.step, by, item.next.what
    last = item.promise.long_stop if item.promise else None
    if item.promise and last and last != by and item.promise.state in {"signed", "delivered"}:
        yield "long-stop", last, _("last date for acceptance")


def _entry(item: Item, name: str, day: datetime.date, what: str) -> Event:
    letter, events = item.history.entry, item.history.events
    entry = Event()
    entry.add("UID", f"{letter.reference}-{name}@accord.invalid")
    written = events[-1].time if events else f"{letter.date.isoformat()}T00:00:00+00:00"
    entry.add("DTSTAMP", datetime.datetime.fromisoformat(written))
    entry.add("SEQUENCE", len(events))
    entry.add("SUMMARY", f"{letter.prospect}{_(': ')}{letter.feature}, {what}")
    entry.add("DESCRIPTION", "\n".join(filter(None, (letter.reference, item.command))))
    entry.add("DTSTART", day)
    entry.add("DTEND", day + datetime.timedelta(days=1))
    entry.add("CLASS", "PRIVATE")
    entry.add("TRANSP", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", what)
    alarm.add("TRIGGER", BEFORE)
    entry.add_component(alarm)
    return entry
