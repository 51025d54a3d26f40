"""Who may sit at a team's desk: people, their invitations and passwords, their sessions, and what was done about them.

Of a secret only the digest is kept: a password's by Argon2 (RFC 9106), a link's
and a session's by SHA-256, for these are long and random.
"""

import datetime
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import Lock, Semaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from accord.desk.desk import RANKS, Person, Role
from accord.desk.store import CALENDARS, METADATA, digest_of
from accord.domain.fields import Name
from accord.errors import AccordError
from accord.i18n import _, ngettext
from accord.register.register import told
from accord.text.characters import excerpt

PEOPLE = Table(
    "desk_people",
    METADATA,
    Column("key", String(400), primary_key=True),  # the name without regard to case and spaces
    Column("name", Text, nullable=False),  # the actor of what they record
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),  # Argon2's own notation, or "" before there is one
    Column("active", Boolean, nullable=False),
)
INVITATIONS = Table(
    "desk_invitations",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("key", String(400), nullable=False, index=True),
    Column("expires", String(32), nullable=False),  # ISO 8601, UTC, as all times here
)
SESSIONS = Table(
    "desk_sessions",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("key", String(400), nullable=False, index=True),
    Column("started", String(32), nullable=False),
    Column("seen", String(32), nullable=False),
)
ATTEMPTS = Table(
    "desk_attempts",
    METADATA,
    Column("subject", String(500), primary_key=True),  # an account or an address
    Column("failures", Integer, nullable=False),
    Column("last", String(32), nullable=False),
)
JOURNAL = Table(
    "desk_journal",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("time", String(32), nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", String(32), nullable=False),
    Column("subject", Text, nullable=False),
)

IDLE = datetime.timedelta(hours=2)
"""A session ends when nothing was asked for this long,"""
LONGEST = datetime.timedelta(hours=12)
"""and after this, whatever was asked."""
SEEN_EVERY = datetime.timedelta(minutes=1)
INVITED_FOR = datetime.timedelta(days=3)
FREE_ATTEMPTS = {"account": 5, "address": 20}
"""How often one may be wrong before each further attempt has to wait, twice as long each time;"""
LONGEST_WAIT = datetime.timedelta(minutes=15)
FORGOTTEN_AFTER = datetime.timedelta(hours=1)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200  # characters (NIST SP 800-63B-4, 3.1.1: length, no composition)
AT_ONCE = 2  # passwords hashed at the same time, 64 MiB each
EVENTS_SHOWN = 100


@dataclass(frozen=True)
class Account:
    """One of the people of a desk."""

    key: str
    name: str
    role: Role
    password: str
    active: bool

    @property
    def person(self) -> Person:
        """Who they are to the pages."""
        return Person(self.name, self.role)


@dataclass(frozen=True)
class Act:
    """What somebody did about the desk itself: its act, and whom or what it was about."""

    time: datetime.datetime
    actor: str
    act: str
    subject: str


class TooOften(AccordError):
    """A password was tried too often; `seconds` from now it may be tried again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        sentence = ngettext(
            "That was wrong too often; try again in {count} second.",
            "That was wrong too often; try again in {count} seconds.",
            seconds,
        )
        super().__init__(sentence.format(count=seconds))


def key_of(name: str) -> str:
    """A name without regard to case, spaces and the way it is encoded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("\0", "").split())


class Accounts:
    """The people of one desk; `now` is the clock."""

    def __init__(self, engine: Engine, now: Callable[[], datetime.datetime]) -> None:
        is_server = engine.url.get_backend_name() != "sqlite"
        # Two requests of one session note at once when it was seen: either may win.
        self._engine = engine.execution_options(isolation_level="READ COMMITTED") if is_server else engine
        self._now = now
        with told(engine.url):
            METADATA.create_all(engine)
        self._hasher, self._hashing, self._counting = PasswordHasher(), Semaphore(AT_ONCE), Lock()

    # --- People -------------------------------------------------------------------

    def people(self) -> list[Account]:
        """Everybody, by name."""
        return [_account(row) for row in self._rows(select(PEOPLE).order_by(PEOPLE.c.key))]

    def account(self, name: str) -> Account | None:
        """Who has a name, or None."""
        rows = self._rows(select(PEOPLE).where(PEOPLE.c.key == key_of(name)))
        return _account(rows[0]) if rows else None

    def known(self, name: str) -> Account:
        """Who has a name; `AccordError` if nobody has."""
        account = self.account(name)
        if account is None:
            raise AccordError(_("Nobody here is called {name}.").format(name=excerpt(name)))
        return account

    def invite(self, name: str, role: Role, actor: str) -> str:
        """Take somebody in who has no account yet; what their link has to carry."""
        try:
            name = TypeAdapter[str](Name).validate_python(name)
        except ValidationError as error:
            raise AccordError(
                _("The name {fault}").format(fault=error.errors()[0]["ctx"]["sentence"])
                if error.errors()[0]["type"] == "fault"
                else _("The name is too long.")
            ) from None
        row = {"key": key_of(name), "name": name, "role": role, "password": "", "active": True}
        try:
            with self._writing(actor, "invited", name) as connection:
                connection.execute(insert(PEOPLE).values(**row))
        except IntegrityError:
            sentence = _(
                "There is somebody called {name} already; give them a new link, or write another name."
            )
            raise AccordError(sentence.format(name=excerpt(name))) from None
        return self.link(name, actor)

    def link(self, name: str, actor: str) -> str:
        """What a new link for somebody has to carry, by which they choose a password; earlier links are void."""
        account, token = self.known(name), secrets.token_urlsafe(24)
        expires = _iso(self._now() + INVITED_FOR)
        with self._writing(actor, "linked", account.name) as connection:
            connection.execute(delete(INVITATIONS).where(INVITATIONS.c.key == account.key))
            values = {"digest": digest_of(token), "key": account.key, "expires": expires}
            connection.execute(insert(INVITATIONS).values(**values))
        return token

    def set_role(self, name: str, role: Role, actor: str) -> None:
        """Give somebody another role; `AccordError` for that of the last administrator."""
        with self._writing(actor, f"made {role}", self.known(name).name) as connection:
            connection.execute(update(PEOPLE).where(PEOPLE.c.key == key_of(name)).values(role=role))
            self._refuse_without_administrator(connection)

    def set_active(self, name: str, actor: str, *, active: bool) -> None:
        """Let somebody in again, or no longer: then their sessions, their link and their calendar end with it."""
        account, act = self.known(name), "let in" if active else "shut out"
        with self._writing(actor, act, account.name) as connection:
            connection.execute(update(PEOPLE).where(PEOPLE.c.key == account.key).values(active=active))
            self._refuse_without_administrator(connection)
            if not active:
                for table in (SESSIONS, INVITATIONS):
                    connection.execute(delete(table).where(table.c.key == account.key))
                connection.execute(delete(CALENDARS).where(CALENDARS.c.owner == account.name))

    @staticmethod
    def _refuse_without_administrator(connection: Connection) -> None:
        left = select(PEOPLE.c.key).where(PEOPLE.c.role == "admin", PEOPLE.c.active)
        if connection.execute(left).first() is None:
            raise AccordError(_("The desk would have no administrator left; make somebody else one first."))

    # --- Coming in ----------------------------------------------------------------

    def invited(self, token: str) -> Account | None:
        """Whom a link is for; None if it was used, has expired or never was."""
        row = self._rows(
            select(PEOPLE)
            .join(INVITATIONS, INVITATIONS.c.key == PEOPLE.c.key)
            .where(INVITATIONS.c.digest == digest_of(token), INVITATIONS.c.expires > _iso(self._now()))
        )
        return _account(row[0]) if row and row[0].active else None

    def accept(self, token: str, password: str, again: str) -> str:
        """Choose a password by a link, which is used up by that; a session.  `AccordError` says why not."""
        account = self.invited(token)
        if account is None:
            raise AccordError(
                _("This link has been used or has expired; ask an administrator for a new one.")
            )
        stored = self._hashed(account, password, again)
        with self._writing(account.name, "password", account.name) as connection:
            used = connection.execute(delete(INVITATIONS).where(INVITATIONS.c.digest == digest_of(token)))
            if not used.rowcount:
                raise AccordError(
                    _("This link has been used or has expired; ask an administrator for a new one.")
                )
            self._set_password(connection, account, stored)
            return self._session(connection, account)

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """A session for a name and its password, from an address; None if they are not right.

        Raises `TooOften`, before anything is compared.  Nobody learns whether the
        name or the password was wrong, nor by how long it took.
        """
        subjects = {"account": key_of(name)[:400], "address": address[:400]}
        self._count(subjects)
        account = self.account(name)
        is_right = self._matches(account.password if account else "", password)
        if account is None or not is_right or not account.active:
            return None
        with self._writing(account.name, "signed in", account.name) as connection:
            self._forget_attempts(connection, subjects)
            self._forget_what_expired(connection)
            if self._hasher.check_needs_rehash(account.password):
                hashed = self._hash(password)
                connection.execute(update(PEOPLE).where(PEOPLE.c.key == account.key).values(password=hashed))
            return self._session(connection, account)

    def change_password(self, name: str, current: str, password: str, again: str, address: str) -> str:
        """Another password for somebody who says the current one; all their sessions end, the one given is new."""
        account = self.known(name)
        subjects = {"account": account.key, "address": address[:400]}
        self._count(subjects)
        if not self._matches(account.password, current):
            raise AccordError(_("That is not your current password."))
        stored = self._hashed(account, password, again)
        with self._writing(account.name, "password", account.name) as connection:
            self._forget_attempts(connection, subjects)
            self._set_password(connection, account, stored)
            return self._session(connection, account)

    def person_of(self, session: str) -> Person | None:
        """Whose session that is, unless it has ended; it counts as seen now."""
        if not session:
            return None
        now, digest = self._now(), digest_of(session)
        rows = self._rows(
            select(PEOPLE.c.name, PEOPLE.c.role, SESSIONS.c.seen)
            .join(SESSIONS, SESSIONS.c.key == PEOPLE.c.key)
            .where(
                SESSIONS.c.digest == digest,
                SESSIONS.c.started > _iso(now - LONGEST),
                SESSIONS.c.seen > _iso(now - IDLE),
                PEOPLE.c.active,
            )
        )
        if not rows:
            return None
        if rows[0].seen < _iso(now - SEEN_EVERY):
            with told(self._engine.url), self._engine.begin() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.digest == digest).values(seen=_iso(now)))
        return Person(rows[0].name, rows[0].role)

    def named(self, name: str) -> Person | None:
        """Who has a name that a proxy vouches for, if they are let in."""
        account = self.account(name) if name else None
        return account.person if account and account.active else None

    def sign_out(self, session: str) -> None:
        """End one session."""
        with told(self._engine.url), self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.digest == digest_of(session)))

    def sign_out_everywhere(self, name: str) -> None:
        """End all sessions of somebody."""
        with self._writing(name, "signed out", name) as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.key == key_of(name)))

    def _session(self, connection: Connection, account: Account) -> str:
        session, now = secrets.token_urlsafe(32), _iso(self._now())
        values = {"digest": digest_of(session), "key": account.key, "started": now, "seen": now}
        connection.execute(insert(SESSIONS).values(**values))
        return session

    def _forget_what_expired(self, connection: Connection) -> None:
        now = self._now()
        connection.execute(delete(SESSIONS).where(SESSIONS.c.started < _iso(now - LONGEST)))
        connection.execute(delete(INVITATIONS).where(INVITATIONS.c.expires < _iso(now)))
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.last < _iso(now - FORGOTTEN_AFTER)))

    # --- Passwords ----------------------------------------------------------------

    @cached_property
    def _of_nobody(self) -> str:
        """What is compared where there is no password, so that it takes as long."""
        return self._hash(secrets.token_hex())

    def _hash(self, password: str) -> str:
        with self._hashing:
            return self._hasher.hash(_normal(password))

    def _matches(self, stored: str, password: str) -> bool:
        of_nobody = self._of_nobody
        try:
            with self._hashing:
                is_right = self._hasher.verify(stored or of_nobody, _normal(password)[: LONGEST_PASSWORD + 1])
        except (Argon2Error, InvalidHashError):
            return False
        return is_right and bool(stored)

    def _hashed(self, account: Account, password: str, again: str) -> str:
        """A password that is chosen, hashed; `AccordError` if it will not do."""
        if password != again:
            raise AccordError(_("The two passwords differ; type the same one twice."))
        if not SHORTEST_PASSWORD <= len(_normal(password)) <= LONGEST_PASSWORD:
            sentence = _("A password has {shortest} to {longest} characters; a few words make a good one.")
            raise AccordError(sentence.format(shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD))
        if key_of(account.name) in key_of(password) or len(set(password)) < SHORTEST_PASSWORD // 2:
            raise AccordError(
                _("That password is too easy to guess: it is your name, or a few characters again and again.")
            )
        return self._hash(password)

    @staticmethod
    def _set_password(connection: Connection, account: Account, stored: str) -> None:
        """Keep a hashed password, and end what sessions there were."""
        connection.execute(update(PEOPLE).where(PEOPLE.c.key == account.key).values(password=stored))
        connection.execute(delete(SESSIONS).where(SESSIONS.c.key == account.key))

    # --- Attempts -----------------------------------------------------------------

    def _count(self, subjects: Mapping[str, str]) -> None:
        """Count an attempt as a failure until it is known to be none; `TooOften` if it has to wait."""
        now = self._now()
        with self._counting, told(self._engine.url), self._engine.begin() as connection:
            rows = {kind: _attempts(connection, f"{kind} {name}", now) for kind, name in subjects.items()}
            wait = max(_wait(kind, *row, now) for kind, row in rows.items())
            if wait > datetime.timedelta():
                raise TooOften(int(wait.total_seconds()) + 1)
            for kind, (failures, _last) in rows.items():
                subject = f"{kind} {subjects[kind]}"
                connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.subject == subject))
                values = {"subject": subject, "failures": failures + 1, "last": _iso(now)}
                connection.execute(insert(ATTEMPTS).values(**values))

    @staticmethod
    def _forget_attempts(connection: Connection, subjects: Mapping[str, str]) -> None:
        """An attempt was none: forget those at the account, and that one of the address."""
        account, address = (f"{kind} {subjects[kind]}" for kind in ("account", "address"))
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.subject == account))
        fewer = {"failures": ATTEMPTS.c.failures - 1}
        connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.subject == address).values(fewer))

    # --- What was done ------------------------------------------------------------

    def note(self, actor: str, act: str, subject: str) -> None:
        """Note what somebody did about the desk itself."""
        with self._writing(actor, act, subject):
            pass

    def acts(self) -> list[Act]:
        """What was done last, the last first."""
        last = select(JOURNAL).order_by(JOURNAL.c.sequence.desc()).limit(EVENTS_SHOWN)
        return [
            Act(datetime.datetime.fromisoformat(row.time), row.actor, row.act, row.subject)
            for row in self._rows(last)
        ]

    # --- The database -------------------------------------------------------------

    def _rows(self, query: Any) -> list[Any]:
        with told(self._engine.url), self._engine.connect() as connection:
            return list(connection.execution_options(reads=True).execute(query))

    @contextmanager
    def _writing(self, actor: str, act: str, subject: str) -> Iterator[Connection]:
        """A transaction that stands in the journal with what it does."""
        with told(self._engine.url), self._engine.begin() as connection:
            values = {"time": _iso(self._now()), "actor": actor, "act": act, "subject": subject}
            connection.execute(insert(JOURNAL).values(**values))
            yield connection


def _account(row: Any) -> Account:
    return Account(row.key, row.name, row.role if row.role in RANKS else "sales", row.password, row.active)


def _attempts(connection: Connection, subject: str, now: datetime.datetime) -> tuple[int, str]:
    """How often a subject was wrong of late, and when last."""
    query = select(ATTEMPTS.c.failures, ATTEMPTS.c.last).where(ATTEMPTS.c.subject == subject)
    row = connection.execute(query).first()
    return (row.failures, row.last) if row and row.last > _iso(now - FORGOTTEN_AFTER) else (0, "")


def _wait(kind: str, failures: int, last: str, now: datetime.datetime) -> datetime.timedelta:
    """How long one more attempt has to wait."""
    over = failures - FREE_ATTEMPTS[kind]
    if over < 0:
        return datetime.timedelta()
    seconds = (
        min(2 ** (over + 1), int(LONGEST_WAIT.total_seconds())) if over < 20 else LONGEST_WAIT.total_seconds()
    )
    return datetime.datetime.fromisoformat(last) + datetime.timedelta(seconds=seconds) - now


def _normal(password: str) -> str:
    """A password however the keyboard encodes its letters (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def _iso(time: datetime.datetime) -> str:
    return time.astimezone(datetime.UTC).isoformat(timespec="seconds")
