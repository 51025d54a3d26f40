"""The tables of a register brought to the version that this program knows."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from accord.errors import AccordError
from accord.i18n import _
from accord.register.tables import EVENTS, LETTERS

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
        keep_a_copy(engine, version)
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


def make_anew(connection: Connection) -> None:
    """Take the tables of the newest version away with all that they hold, and make them again, in one transaction."""
    for table in (LETTERS.name, EVENTS.name):
        connection.execute(text(f"DROP TABLE {table}"))
        if connection.dialect.name == "postgresql":
            for change in ("update", "delete"):
                connection.execute(text(f"DROP FUNCTION {table}_no_{change}()"))
    connection.execute(text("DROP TABLE alembic_version"))
    _upgrade(connection)


def keep_a_copy(engine: Engine, name: str) -> str:
    """Keep what the tables hold, in a file beside that of the register, or in other tables of the server; what it is called."""
    if engine.url.get_backend_name() == "sqlite":
        path = f"{engine.url.database}.{name}.bak"
        with engine.connect() as connection:  # no transaction: SQLite copies itself, whoever writes meanwhile
            driver: Any = connection.connection.dbapi_connection
            driver.execute("VACUUM INTO ?", (path,))
        return path
    tables = {table: f"{table}_{name.replace('-', '_')}" for table in (EVENTS.name, LETTERS.name)}
    with engine.begin() as connection:
        for table, copy in tables.items():
            connection.execute(text(f"CREATE TABLE {copy} AS TABLE {table}"))
    return ", ".join(tables.values())
