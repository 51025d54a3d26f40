"""What the desk remembers beside the register, in the same database: answers not yet sent as a letter.

Unlike the register, it changes and forgets.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, Text, delete, insert, select, update
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


def _draft(row: Sequence[Any]) -> Draft:
    """The draft of a row of the table."""
    name, owner, answers, changed, revision, reference = row
    return Draft(name, owner, json.loads(answers), changed, revision, reference)
