"""Letters and events; nothing in them is changed or removed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = ("events", "letters")
SENTENCE = "rows of the register are never changed or removed"


def upgrade() -> None:
    """Make both tables, and the triggers that keep their rows as they are."""
    op.create_table(
        "events",
        sa.Column("sequence", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_events"),
        sa.UniqueConstraint("previous", name="uq_events_previous"),
        sa.UniqueConstraint("digest", name="uq_events_digest"),
    )
    op.create_index("ix_events_reference", "events", ["reference"])
    op.create_table(
        "letters",
        sa.Column("sequence", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("version", sa.String(4), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("law", sa.String(2)),
        sa.Column("binding", sa.String(16)),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("prospect", sa.Text, nullable=False),
        sa.Column("feature", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("value", sa.String(20)),
        sa.Column("currency", sa.String(3)),
        sa.Column("reason", sa.String(24)),
        sa.Column("effort", sa.Integer),
        sa.Column("signable_until", sa.Date),
        sa.Column("negotiable_until", sa.Date),
        sa.Column("due", sa.Date),
        sa.Column("long_stop", sa.Date),
        sa.Column("acceptance_days", sa.Integer),
        sa.Column("extension_days", sa.Integer),
        sa.Column("force_majeure_days", sa.Integer),
        sa.Column("articles", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_letters"),
        sa.ForeignKeyConstraint(["sequence"], ["events.sequence"], name="fk_letters_sequence"),
    )
    op.create_index("ix_letters_reference", "letters", ["reference"])
    op.create_index("ix_letters_request", "letters", ["request"])
    for table in TABLES:
        for change in ("UPDATE", "DELETE"):
            _forbid(change, table)


def _forbid(change: str, table: str) -> None:
    name = f"{table}_no_{change.lower()}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
