"""The register in its database: opened, read, added to, checked."""

import datetime
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    and_,
    create_engine,
    func,
    insert,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.event import listen
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from accord import files
from accord.errors import AccordError, MachineLacks
from accord.i18n import _
from accord.register.entries import BEGINNING, Entry, Event, Happening, History, Row, as_data, entry_of, spelt
from accord.register.migration import keep_a_copy, make_anew, migrate
from accord.register.tables import EVENTS, LETTERS
from accord.text.characters import excerpt, folded_words

ATTEMPTS = 50
"""How often a writer tries again where another one was faster."""
SECONDS_TO_WAIT = 30
DAYS_IN_WHICH_ONE_LAPSES = 60
"""Longer than a signed agreement outlives its date of delivery; the exact day is its own."""
_AFTER_DELIVERY = ("delivered", "waived", "ordered", "lapsed", "withdrawn", "expired")


class NotLawful(AccordError):
    """A step that the letter, or what has happened to it, does not allow."""

    exit_code = 1


def not_listed(reference: str) -> AccordError:
    """The error for a reference that no letter has."""
    sentence = _("The register has no letter {reference}; “accord register list” shows those it has.")
    return AccordError(sentence.format(reference=excerpt(reference)))


class Register:
    """A house's register.

    Nothing is locked while anybody types: a row is written in one short
    transaction, after what it rests on was read in the same one.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, address: str) -> Self:
        """The register at an address such as "sqlite:///register.db", made or migrated where needed.

        `AccordError` says why it cannot be used.
        """
        engine = engine_of(address)
        try:
            with told(engine.url):
                migrate(engine)
        except AccordError:
            engine.dispose()
            raise
        return cls(engine)

    @property
    def name(self) -> str:
        """Its file, or its address without the password."""
        return _name(self._engine.url)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """All rows of one moment, while others write."""
        with told(self._engine.url), self._engine.connect() as connection:
            yield connection.execution_options(reads=True)

    # --- Reading ------------------------------------------------------------------

    def histories(self) -> list[History]:
        """All letters with their events, by the order in which they were issued."""
        with self._reading() as connection:
            return _histories(connection)

    def history(self, reference: str) -> History | None:
        """The letter of a reference with its events; None if there is none."""
        with self._reading() as connection:
            return next(iter(_histories(connection, [reference])), None)

    def head(self) -> str:
        """The digest of the last event: another one wherever something was added."""
        with self._reading() as connection:
            return _head(connection)

    def events(self) -> list[Event]:
        """All rows, oldest first."""
        with self._reading() as connection:
            return [_event(row) for row in connection.execute(select(EVENTS).order_by(EVENTS.c.sequence))]

    # --- What a new letter is held against ----------------------------------------

    def requests(self) -> list[str]:
        """What was ever asked for, each spelling once."""
        with self._reading() as connection:
            return list(connection.scalars(select(LETTERS.c.feature).distinct()))

    def about(self, features: Collection[str]) -> list[History]:
        """The letters about features, as they spell them, by the order in which they were issued."""
        spelt_so = LETTERS.c.request.in_({folded_words(feature) for feature in features})
        with self._reading() as connection:
            return _histories(connection, select(LETTERS.c.reference).where(spelt_so))

    def owed_on(self, day: datetime.date) -> list[History]:
        """The agreements under which a feature may still be owed on a day, and some that have just come to nothing."""
        happened = select(EVENTS.c.reference).where(EVENTS.c.reference == LETTERS.c.reference)
        signed = happened.where(EVENTS.c.kind == "signed").exists()
        extended = happened.where(EVENTS.c.kind == "extended").exists()
        done = happened.where(EVENTS.c.kind.in_(_AFTER_DELIVERY)).exists()
        recently = day - datetime.timedelta(days=DAYS_IN_WHICH_ONE_LAPSES)
        pending = or_(LETTERS.c.signable_until >= day, and_(signed, or_(LETTERS.c.due >= recently, extended)))
        owing = select(LETTERS.c.reference).where(LETTERS.c.due.is_not(None), pending, not_(done))
        with self._reading() as connection:
            return _histories(connection, owing)

    # --- Adding -------------------------------------------------------------------

    def add(
        self,
        reference: str,
        kind: Happening,
        data_after: Callable[[History | None], Mapping[str, Any]],
        *,
        actor: str,
        time: datetime.datetime,
    ) -> Event:
        """Add an event to a letter's life; `data_after` gives its data after what is there, or raises.

        It may be called several times: another writer can be faster.
        """
        for _attempt in range(ATTEMPTS):
            with told(self._engine.url):
                try:
                    with self._engine.begin() as connection:
                        return _append(connection, reference, kind, data_after, actor, time)
                except IntegrityError:
                    continue
        raise AccordError(
            _("The register is too busy: somebody else was faster {count} times; try again.").format(
                count=ATTEMPTS
            )
        )

    def issue(self, entry: Entry, *, actor: str, time: datetime.datetime) -> bool:
        """Add a final letter; whether it was not there already.

        `NotLawful` if an earlier version of it has a life by now.
        """

        def data_after(history: History | None) -> Mapping[str, Any]:
            if history and history.entry.sha256 == entry.sha256:
                if entry.effort in {None, history.entry.effort}:
                    raise _AlreadyThere
                return as_data(replace(history.entry, effort=entry.effort))  # thought over since
            _refuse_followed(history, entry)
            return as_data(entry)

        try:
            self.add(entry.reference, "issued", data_after, actor=actor, time=time)
        except _AlreadyThere:
            return False
        return True

    def refuse_followed(self, entry: Entry) -> None:
        """Raise `NotLawful` where the letter could not be issued: an earlier version of it has a life by now."""
        _refuse_followed(self.history(entry.reference), entry)

    # --- Making anew ------------------------------------------------------------------

    def replace(self, rows: Iterable[Row], *, actor: str, time: datetime.datetime, force: bool) -> str:
        """Begin again with these rows, all or none of them; the name of the copy that was kept, "" where nothing was.

        `AccordError` for a register that holds something, without `force`.
        """
        if not force:
            self.refuse_filled()
        name, before = f"{time.astimezone(datetime.UTC):%Y%m%d-%H%M%S}", self.events()
        with told(self._engine.url):
            kept = keep_a_copy(self._engine, name) if before else ""
            with self._engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"LOCK TABLE {EVENTS.name}"))
                if _head(connection) != (before[-1].digest if before else BEGINNING):
                    raise AccordError(_("Somebody has added to the register meanwhile; try again."))
                make_anew(connection)
                last = None
                for row in rows:
                    last = _write(connection, last, row, actor, time)
        return kept

    def refuse_filled(self) -> None:
        """Raise `AccordError` where the register holds something."""
        if self.events():
            sentence = _(
                "{register} is not empty; write --force to replace it (a copy is kept), or --register for another one"
            )
            raise AccordError(sentence.format(register=self.name))

    # --- Checking -----------------------------------------------------------------

    def faults(self) -> list[str]:
        """What is wrong with the rows: one sentence for each that was changed, removed or slipped in."""
        with self._reading() as connection:
            rows = [_event(row) for row in connection.execute(select(EVENTS).order_by(EVENTS.c.sequence))]
            letters = {row.sequence: row for row in connection.execute(select(LETTERS))}
        return [*_faults_of_chain(rows), *_faults_of_letters(rows, letters)]


class _AlreadyThere(Exception):
    pass


def _refuse_followed(history: History | None, entry: Entry) -> None:
    if history and history.entry.sha256 != entry.sha256 and history.steps:
        sentence = _(
            "{reference} has been followed since it was issued; give the new letter a reference of its own"
        )
        raise NotLawful(sentence.format(reference=entry.reference))


def _head(connection: Connection) -> str:
    """The digest of the last event."""
    last = select(EVENTS.c.digest).order_by(EVENTS.c.sequence.desc()).limit(1)
    return connection.execute(last).scalar() or BEGINNING


def _append(  # noqa: PLR0913, PLR0917 - the columns of a row
    connection: Connection,
    reference: str,
    kind: Happening,
    data_after: Callable[[History | None], Mapping[str, Any]],
    actor: str,
    time: datetime.datetime,
) -> Event:
    last = connection.execute(select(EVENTS).order_by(EVENTS.c.sequence.desc()).limit(1)).first()
    data = data_after(next(iter(_histories(connection, [reference])), None))
    return _write(connection, last, Row(reference, kind, data), actor, time)


def _write(connection: Connection, last: Any, row: Row, actor: str, time: datetime.datetime) -> Event:
    """Add a row to the chain after `last`, an event, its row, or None at the beginning."""
    happened = Event(
        sequence=last.sequence + 1 if last else 1,
        time=time.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        actor=actor,
        reference=row.reference,
        kind=row.kind,
        data=row.data,
        previous=last.digest if last else BEGINNING,
    )
    happened = replace(happened, digest=happened.computed_digest)
    connection.execute(insert(EVENTS).values(**asdict(happened) | {"data": spelt(row.data)}))
    if row.kind == "issued":
        connection.execute(insert(LETTERS).values(sequence=happened.sequence, **_row(entry_of(row.data))))
    return happened


def _row(entry: Entry) -> dict[str, Any]:
    value = None if entry.value is None else str(entry.value)
    return asdict(entry) | {"value": value, "articles": spelt(entry.articles)}


def _event(row: Any) -> Event:
    try:
        data = json.loads(row.data)
    except ValueError:
        data = {}
    return Event(row.sequence, row.time, row.actor, row.reference, row.kind, data, row.previous, row.digest)


_NAMES = [each.name for each in fields(Entry)]
_COLUMNS = [LETTERS.c[name] for name in _NAMES]
_VALUE, _ARTICLES = map(_NAMES.index, ("value", "articles"))


def _histories(
    connection: Connection, references: Collection[str] | Select[tuple[str]] | None = None
) -> list[History]:
    """The letters as issued last, each with the events since; of all references, or of some."""
    newest = select(func.max(LETTERS.c.sequence)).group_by(LETTERS.c.reference)
    events = select(EVENTS).where(EVENTS.c.kind != "issued").order_by(EVENTS.c.sequence)
    if references is not None:
        newest = newest.where(LETTERS.c.reference.in_(references))
        events = events.where(EVENTS.c.reference.in_(references))
    letters = select(*_COLUMNS).where(LETTERS.c.sequence.in_(newest)).order_by(LETTERS.c.sequence)
    by_reference: dict[str, list[Event]] = {}
    for row in connection.execute(events).all():
        by_reference.setdefault(row.reference, []).append(_event(row))
    return [
        History(entry, tuple(by_reference.get(entry.reference, ())))
        for entry in map(_entry, connection.execute(letters).all())
    ]


def _entry(row: Sequence[Any]) -> Entry:
    """The letter of a row of `_COLUMNS`."""
    values = [*row]
    if values[_VALUE] is not None:
        values[_VALUE] = Decimal(values[_VALUE])
    values[_ARTICLES] = _articles(values[_ARTICLES])
    return Entry(*values)


@lru_cache(maxsize=256)  # most letters of a house have the same articles
def _articles(text: str) -> Mapping[str, int]:
    articles: Mapping[str, int] = json.loads(text)
    return articles


# --- The database -----------------------------------------------------------------


_SNAPSHOTS = {"postgresql": {"isolation_level": "REPEATABLE READ"}}
"""What makes a transaction see the rows of one moment, where it does not anyway."""


def engine_of(address: str) -> Engine:
    """The database at an address; `AccordError` if it is none that can be used."""
    try:
        url = make_url(address)
        engine = create_engine(url, pool_pre_ping=True, **_SNAPSHOTS.get(url.get_backend_name(), {}))
    except (ArgumentError, NoSuchModuleError):
        sentence = _(
            "The register’s address {address} is none; write for example sqlite:///register.db, or"
            " postgresql+psycopg://accord@db.example/accord"
        )
        raise AccordError(sentence.format(address=excerpt(address))) from None
    except ModuleNotFoundError:
        sentence = _("A register on PostgreSQL needs a library more; install it: pip install {extra}")
        raise MachineLacks(sentence.format(extra='"accord[postgres]"')) from None
    if url.get_backend_name() == "sqlite":
        _refuse_a_share(url)
        listen(engine, "connect", _sqlite_begins_itself)
        listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_begins_itself(connection: Any, _record: Any) -> None:
    """Python's module begins transactions when it likes; this one begins them where they begin."""
    connection.isolation_level = None
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {SECONDS_TO_WAIT}000",
    ):
        connection.execute(f"PRAGMA {setting}")


def _sqlite_begin(connection: Connection) -> None:
    """Writers wait here: one that waited later, once it has read, would be refused at once."""
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _refuse_a_share(url: URL) -> None:
    """A network share has no locks that SQLite could rely on."""
    if url.database and files.is_on_a_share(Path(url.database).absolute().parent):
        sentence = _(
            "{path}: is on a network share, where a register can be damaged; keep it on this machine"
            " (ACCORD_REGISTER, or url under [register]), or on a PostgreSQL server"
        )
        raise AccordError(sentence.format(path=url.database))


@contextmanager
def told(url: URL) -> Iterator[None]:
    """A sentence for whatever the database says."""
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).partition("\n")[0]
        sentence = _("{register}: the register cannot be used ({reason}); check its address and its server")
        raise AccordError(sentence.format(register=_name(url), reason=excerpt(cause))) from None


def _name(url: URL) -> str:
    """What to call a register: its file, or its address without the password."""
    return (url.database or "") if url.get_backend_name() == "sqlite" else url.render_as_string()


# --- Faults -----------------------------------------------------------------------


def _faults_of_chain(rows: Sequence[Event]) -> Iterator[str]:
    """A row that was changed has another digest; around one that was removed or slipped in, the chain breaks."""
    expected, previous = 1, BEGINNING
    for row in rows:
        if row.sequence != expected:
            yield _("rows {first} to {last} are missing").format(first=expected, last=row.sequence - 1)
        elif row.previous != previous:
            yield _("row {number} does not follow the one before it").format(number=row.sequence)
        if row.computed_digest != row.digest:
            yield _("row {number} was changed ({reference}, {kind})").format(
                number=row.sequence, reference=excerpt(row.reference), kind=excerpt(row.kind)
            )
        expected, previous = row.sequence + 1, row.digest


def _faults_of_letters(rows: Sequence[Event], letters: Mapping[int, Any]) -> Iterator[str]:
    """Each letter is in the list as its event says."""
    issued = {row.sequence: row for row in rows if row.kind == "issued"}
    for number in sorted(issued.keys() | letters.keys()):
        try:
            same = {"sequence": number, **_row(entry_of(issued[number].data))} == dict(
                letters[number]._mapping  # noqa: SLF001 - its public name
            )
        except (KeyError, ValueError):
            same = False
        if not same:
            reference = issued[number].reference if number in issued else letters[number].reference
            yield _("{reference} is not listed as row {number} says").format(
                reference=excerpt(reference), number=number
            )
