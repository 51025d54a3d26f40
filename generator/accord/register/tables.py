"""The tables of the register.  Rows are added, never changed or removed: triggers see to it."""

from sqlalchemy import Column, Date, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

EVENTS = Table(
    "events",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("time", String(32), nullable=False),  # ISO 8601, UTC
    Column("actor", Text, nullable=False),
    Column("reference", Text, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("data", Text, nullable=False),  # JSON, in its one spelling
    Column("previous", String(64), nullable=False, unique=True),  # of two writers at once one succeeds
    Column("digest", String(64), nullable=False, unique=True),
)

LETTERS = Table(
    "letters",
    METADATA,
    Column("sequence", Integer, ForeignKey("events.sequence"), primary_key=True, autoincrement=False),
    Column("reference", Text, nullable=False, index=True),
    Column("version", String(4), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(2), nullable=False),
    Column("law", String(2)),
    Column("binding", String(16)),
    Column("date", Date, nullable=False),
    Column("prospect", Text, nullable=False),
    Column("feature", Text, nullable=False),
    Column("request", Text, nullable=False, index=True),  # the feature as it is compared
    Column("value", String(20)),
    Column("currency", String(3)),
    Column("reason", String(24)),
    Column("effort", Integer),  # days of work
    Column("signable_until", Date),
    Column("negotiable_until", Date),
    Column("due", Date),
    Column("long_stop", Date),
    Column("acceptance_days", Integer),
    Column("extension_days", Integer),
    Column("force_majeure_days", Integer),
    Column("articles", Text, nullable=False),  # their numbers by their ids, JSON
    Column("path", Text, nullable=False),  # from the folder of accord.toml
    Column("sha256", String(64), nullable=False),
)
"""What lists need of each letter; every row can be made again from its event."""
