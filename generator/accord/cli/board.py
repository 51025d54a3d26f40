"""The register in lines of text: every letter with what comes next, what is open, the life of one letter."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from accord import i18n
from accord.cli.terminal import wrapped
from accord.i18n import _
from accord.register.entries import Event, History
from accord.services import names
from accord.services.agenda import Item, agenda, command_of, is_open, next_in_words, value_of, worth
from accord.text import formats
from accord.text.characters import harmless


def table(items: Sequence[Item], day: datetime.date, room: int | None) -> Iterator[str]:
    """A line of headings, then one per letter, in at most `room` characters; where that is too few, a few lines per letter."""
    rows = [
        (
            item.history.entry.reference,
            item.history.entry.prospect,
            item.history.entry.feature,
            next_in_words(item, day),
            value_of(item),
        )
        for item in items
    ]
    headings = (_("Reference"), _("Prospect"), _("Feature"), _("What comes next"), _("Value"))
    columns = [*zip(headings, *rows, strict=True)]
    widths = [max(map(len, column)) for column in columns]
    if room is not None:
        for column in (2, 1):  # the names give way first
            excess = sum(widths) + 2 * (len(widths) - 1) - room
            widths[column] = max(min(widths[column], 12), widths[column] - max(0, excess))
        if sum(widths) + 2 * (len(widths) - 1) > room:
            for row in rows:
                yield from _block(row, room)
            return
    for row in (headings, *rows):
        cells = [_cut(text, width).ljust(width) for text, width in zip(row, widths, strict=True)]
        yield harmless("  ".join(cells).rstrip())


def _block(row: Sequence[str], room: int) -> Iterator[str]:
    """A letter on a narrow terminal."""
    reference, prospect, feature, what, value = row
    yield harmless(f"{reference}{value.rjust(room - len(reference))}".rstrip())
    yield f"  {_cut(harmless(prospect + _(': ') + feature), room - 2)}"
    yield from wrapped(harmless(what), room, "  ", "  ")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def totals(items: Iterable[Item]) -> Iterator[str]:
    """What is promised and open, currency by currency."""
    for currency, total in worth(filter(is_open, items)).items():
        amount = formats.amount(total, currency, i18n.locale())
        yield _("Open, before tax: {amount}").format(amount=amount)


def life(history: History, day: datetime.date) -> Iterator[str]:
    """A letter: what it promises, what has happened, what comes next, and what may."""
    (item,) = agenda([history], day)
    entry = history.entry
    yield f"{entry.reference} {entry.version}"
    yield harmless(f"{entry.prospect}{_(': ')}{entry.feature}")
    yield harmless(entry.path)
    yield f"  sha256:{entry.sha256}"
    if value := value_of(item):
        yield _("Worth, before tax: {amount}").format(amount=value)
    yield f"  {entry.date}  {names.happenings()['issued']}"
    for event in history.events:
        yield from (harmless(f"  {line}") for line in _in_lines(event))
    yield next_in_words(item, day)
    if steps := item.lawful_on(day):
        yield _("May follow: {steps}").format(steps=", ".join(steps))
        yield from (f"  {command_of(entry.reference, step)}" for step in steps)


def _in_lines(event: Event) -> Iterator[str]:
    """A step, what was written or came back with it, and the digest of that."""
    data, details = event.data, names.details(event)
    what = names.happenings()[event.kind] + (f" ({details})" if details else "")
    yield f"{data.get('on', event.time[:10])}  {what}  {event.actor}".rstrip()
    for each in data.get("signers", ()):
        yield f"  {_signer(each)}"
    for file, digest in (("document", "document_sha256"), ("file", "sha256")):
        if file in data:
            yield f"  {data[file]}"
            yield f"    sha256:{data.get(digest, '')}"


def _signer(kept: Mapping[str, str]) -> str:
    """Who signed, in a line: the name, when by whose clock, how the certificate was trusted."""
    clock = {"signer": _("own clock"), "authority": _("time stamp"), "none": ""}[kept["clock"]]
    trust = ", ".join(filter(None, (kept["trust"], kept["level"])))
    when = " ".join(filter(None, (kept["time"][:16].replace("T", " "), f"({clock})" if clock else "")))
    return f"{kept['field']}: {kept['name']} ({kept['certificate']}), {when}: {trust}"
