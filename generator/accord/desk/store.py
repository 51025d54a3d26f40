"""What the desk remembers beside the register, in the same database: answers not yet sent as a letter.

Unlike the register, it changes and forgets.
"""

import datetime
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from accord.errors import AccordError
from accord.i18n import _
from accord.register.register import engine_of, told

VERSION = 1
"""of the tables"""
METADATA = MetaData()
SETTINGS = Table("desk_settings", METADATA, Column("version", Integer, primary_key=True))
DRAFTS = Table(
    "desk_drafts",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("owner", Text, nullable=False, index=True),
    Column("answers", Text, nullable=False),  # JSON: what was typed, by the key of the deal file
    Column("changed", String(32), nullable=False),  # ISO 8601, UTC
    Column("revision", Integer, nullable=False),
    Column("reference", Text, nullable=False),  # of the final letter that was made of it, or ""
)
CALENDARS = Table(
    "desk_calendars",
    METADATA,
    Column("owner", String(255), primary_key=True),
    Column("token", String(64), nullable=False, index=True),  # its SHA-256, in hexadecimal
    Column("language", String(2), nullable=False),
    Column("made", String(32), nullable=False),  # ISO 8601, UTC
)


@dataclass(frozen=True)
class Feed:
    """The calendar that a person reads elsewhere: whose it is, in which language, since when (ISO 8601, UTC)."""

    owner: str
    language: str
    made: str


@dataclass(frozen=True)
class Draft:
    """The answers of a letter in the making; `revision` counts how often they were kept."""

    name: str
    owner: str
    answers: Mapping[str, str]
    changed: str
    revision: int = 0
    reference: str = ""


class Store:
    """The tables of the desk."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, address: str) -> Self:
        """The tables in the database at an address, made where they are not; `AccordError` for those of a newer program."""
        engine = engine_of(address)
        if (
            engine.dialect.name == "postgresql"
        ):  # whoever has waited for another writer sees what that one wrote
            engine = engine.execution_options(isolation_level="READ COMMITTED")
        with told(engine.url):
            METADATA.create_all(engine)
            with engine.begin() as connection:
                version = connection.execute(select(SETTINGS.c.version)).scalar()
                if version is None:
                    connection.execute(insert(SETTINGS).values(version=VERSION))
        if version is not None and version > VERSION:
            engine.dispose()
            raise AccordError(
                _("The desk’s tables were made by a newer version of Accord; update this program.")
            )
        return cls(engine)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    # --- Drafts -------------------------------------------------------------------

    def draft(self, name: str) -> Draft | None:
        """The draft of a name, or None."""
        with told(self.engine.url), self.engine.connect() as connection:
            row = connection.execute(select(DRAFTS).where(DRAFTS.c.name == name)).first()
        return _draft(row) if row else None

    def drafts(self, owner: str) -> list[Draft]:
        """The drafts of a person that are no letter yet, the one changed last first."""
        mine = select(DRAFTS).where(DRAFTS.c.owner == owner, DRAFTS.c.reference == "")
        with told(self.engine.url), self.engine.connect() as connection:
            return [_draft(row) for row in connection.execute(mine.order_by(DRAFTS.c.changed.desc()))]

    def keep(self, draft: Draft, now: datetime.datetime) -> Draft | None:
        """Keep a draft's answers and its reference; as it stands then, None if it was changed meanwhile."""
        values = {
            "owner": draft.owner,
            "answers": json.dumps(dict(draft.answers), ensure_ascii=False),
            "changed": now.astimezone(datetime.UTC).isoformat(timespec="seconds"),
            "revision": draft.revision + 1,
            "reference": draft.reference,
        }
        same = (DRAFTS.c.name == draft.name) & (DRAFTS.c.revision == draft.revision)
        with told(self.engine.url), suppress(IntegrityError), self.engine.begin() as connection:
            if not draft.revision:
                connection.execute(insert(DRAFTS).values(name=draft.name, **values))
            elif not connection.execute(update(DRAFTS).where(same).values(**values)).rowcount:
                return None
            return _draft((draft.name, *values.values()))
        return None

    def drop(self, name: str) -> None:
        """Forget a draft."""
        with told(self.engine.url), self.engine.begin() as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.name == name))

    # --- Calendars ----------------------------------------------------------------

    def make_feed(self, owner: str, language: str, now: datetime.datetime) -> str:
        """A token for a person's calendar, which is kept as a digest alone; the one before it is worth nothing then."""
        token = secrets.token_urlsafe(32)
        made = now.astimezone(datetime.UTC).isoformat(timespec="seconds")
        values = {"owner": owner, "token": digest_of(token), "language": language, "made": made}
        with told(self.engine.url), self.engine.begin() as connection:
            connection.execute(delete(CALENDARS).where(CALENDARS.c.owner == owner))
            connection.execute(insert(CALENDARS).values(**values))
        return token

    def feed(self, owner: str) -> Feed | None:
        """The calendar of a person, if they have one."""
        return self._feed(CALENDARS.c.owner == owner)

    def feed_of(self, token: str) -> Feed | None:
        """The calendar that a token opens, if it opens one."""
        return self._feed(CALENDARS.c.token == digest_of(token))

    def revoke_feed(self, owner: str) -> None:
        """Make the token of a person's calendar worth nothing."""
        with told(self.engine.url), self.engine.begin() as connection:
            connection.execute(delete(CALENDARS).where(CALENDARS.c.owner == owner))

    def _feed(self, which: ColumnElement[bool]) -> Feed | None:
        columns = select(CALENDARS.c.owner, CALENDARS.c.language, CALENDARS.c.made)
        with told(self.engine.url), self.engine.connect() as connection:
            row = connection.execute(columns.where(which)).first()
        return Feed(*row) if row else None


def digest_of(secret: str) -> str:
    """What is kept of a secret: it cannot be had back from it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _draft(row: Sequence[Any]) -> Draft:
    """The draft of a row of the table."""
    name, owner, answers, changed, revision, reference = row
    return Draft(name, owner, json.loads(answers), changed, revision, reference)
