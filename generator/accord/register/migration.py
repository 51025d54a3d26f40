"""The tables of a register brought to the version that this program knows."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect, text

from accord.errors import AccordError
from accord.i18n import _

NEWEST = "0001"
SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Make the tables, or bring those of an older version up to date, after a copy of the file is kept.

    `AccordError` for a register that a newer program made.
    """
    version = _version(engine)
    if version == NEWEST:
        return
    if version is not None and version > NEWEST:
        raise AccordError(
            _(
                "The register was made by a newer version of Accord, whose tables this one does not know; update Accord"
            )
        )
    if version is not None:
        _keep_a_copy(engine, version)
    from alembic import command  # noqa: PLC0415 - slow, and needed once in a register's life
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, NEWEST)


def _version(engine: Engine) -> str | None:
    with engine.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _keep_a_copy(engine: Engine, version: str) -> None:
    """Beside a file; a server has backups of its own."""
    if engine.url.get_backend_name() == "sqlite" and engine.url.database:
        with engine.connect() as connection:  # no transaction: SQLite copies itself, whoever writes meanwhile
            driver: Any = connection.connection.dbapi_connection
            driver.execute("VACUUM INTO ?", (f"{engine.url.database}.{version}.bak",))
