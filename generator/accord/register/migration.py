"""The tables of a register brought to the version that this program knows."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from accord.errors import AccordError
from accord.i18n import _

NEWEST = "0001"
LOCK = 0x4143434F5244  # of whoever makes the tables; "ACCORD"
SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Make the tables, or bring those of an older version up to date, after a copy of the file is kept.

    `AccordError` for a register that a newer program made.
    """
    with engine.begin() as connection:
        version = _version(connection)
    if version is not None and version > NEWEST:
        sentence = _(
            "The register was made by a newer version of Accord, whose tables this one does not know; update Accord"
        )
        raise AccordError(sentence)
    if version == NEWEST:
        return
    if version is not None:
        _keep_a_copy(engine, version)
    if engine.dialect.name == "postgresql":  # after it has waited, it sees what others have made
        engine = engine.execution_options(isolation_level="READ COMMITTED")
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        if _version(connection) != NEWEST:  # nobody was faster
            _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow, and needed once in a register's life
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, NEWEST)


def _version(connection: Connection) -> str | None:
    """The version of the tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _keep_a_copy(engine: Engine, version: str) -> None:
    """Beside a file; a server has backups of its own."""
    if engine.url.get_backend_name() == "sqlite" and engine.url.database:
        with engine.connect() as connection:  # no transaction: SQLite copies itself, whoever writes meanwhile
            driver: Any = connection.connection.dbapi_connection
            driver.execute("VACUUM INTO ?", (f"{engine.url.database}.{version}.bak",))
