"""The register: what is added stays, in its order, and what was meddled with is found."""

import datetime
import multiprocessing
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, column, create_engine, select, table, text

from accord.errors import AccordError
from accord.register import migration
from accord.register.entries import Entry, Row, as_data
from accord.register.register import NotLawful, Register
from accord.register.tables import METADATA
from accord.text.characters import folded_words
from support import postgres
from support.registered import ENTRY

NOON = datetime.datetime(2026, 11, 13, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/register.db"
        return
    template = request.getfixturevalue("server")
    name = f"r{uuid.uuid4().hex}"
    engine = create_engine(template.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    yield template.format(database=name)


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    opened = Register.open(address)
    yield opened
    opened.close()


def issue(register: Register, entry: Entry = ENTRY) -> bool:
    return register.issue(entry, actor="claire", time=NOON)


def sign(register: Register, reference: str = ENTRY.reference) -> None:
    register.add(reference, "signed", lambda _history: {"on": "2026-12-01"}, actor="claire", time=NOON)


def test_a_letter_comes_back_as_it_went_in(register: Register) -> None:
    assert issue(register)
    assert not issue(register)
    sign(register)
    (history,) = register.histories()
    assert history.entry == ENTRY
    promise = history.promise(datetime.date(2026, 12, 2))
    assert promise is not None
    assert promise.state == "signed"
    assert register.faults() == []


def test_a_letter_that_has_a_life_is_not_replaced(register: Register) -> None:
    issue(register)
    assert issue(register, replace(ENTRY, version="GHKL", sha256="1" * 64))
    assert [history.entry.version for history in register.histories()] == ["GHKL"]
    sign(register)
    with pytest.raises(NotLawful):
        issue(register, replace(ENTRY, version="MPRS", sha256="2" * 64))


MEDDLING = {
    "a figure changed": ("UPDATE letters SET value = '1.00'", "is not listed as row 1 says"),
    "an event changed": (
        'UPDATE events SET data = \'{"on":"2026-12-02"}\' WHERE sequence = 2',
        "row 2 was changed",
    ),
    "an event removed": ("DELETE FROM events WHERE sequence = 2", "rows 2 to 2 are missing"),
    "a letter removed": ("DELETE FROM letters WHERE sequence = 3", "is not listed as row 3 says"),
    "an event slipped in": (
        "INSERT INTO events SELECT 4, time, actor, reference, 'waived', data, 'x', 'y' FROM events WHERE sequence = 2",
        "row 4 was changed",
    ),
}


def drop_triggers(connection: Connection) -> None:
    """What stands in the way of whoever meddles; the owner of a database can."""
    if connection.dialect.name == "postgresql":
        for table in ("events", "letters"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        return
    triggers = (
        connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    )
    for trigger in triggers:
        connection.execute(text(f"DROP TRIGGER {trigger}"))


@pytest.mark.parametrize("name", MEDDLING)
def test_what_was_meddled_with_is_found(name: str, register: Register, address: str) -> None:
    issue(register)
    sign(register)
    issue(register, replace(ENTRY, reference="ACC-20261113-FGHIJ"))
    statement, fault = MEDDLING[name]
    engine = create_engine(address)
    with engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(text(statement))
    engine.dispose()
    assert any(fault in sentence for sentence in register.faults())


@pytest.mark.parametrize("statement", ["UPDATE events SET actor = 'x'", "DELETE FROM letters"])
def test_the_database_itself_keeps_rows_as_they_are(statement: str, register: Register, address: str) -> None:
    issue(register)
    engine = create_engine(address)
    with pytest.raises(Exception, match="never changed"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


ROWS = (
    Row(ENTRY.reference, "issued", as_data(ENTRY)),
    Row(ENTRY.reference, "signed", {"on": "2026-12-01"}),
)


def test_a_register_is_made_anew_once_a_copy_is_kept(register: Register, address: str) -> None:
    other = replace(ENTRY, reference="ACC-20261113-FGHIJ")
    issue(register, other)
    with pytest.raises(AccordError, match="--force"):
        register.replace(ROWS, actor="claire", time=NOON, force=False)
    kept = register.replace(ROWS, actor="claire", time=NOON, force=True)
    assert [len(history.events) for history in register.histories()] == [1]
    assert register.faults() == []
    where, name = (f"sqlite:///{kept}", "letters") if "sqlite" in address else (address, kept.split(", ")[1])
    for place, statement, found in (
        (where, select(column("reference")).select_from(table(name)), [other.reference]),
        (address, text("SELECT reference FROM letters"), [ENTRY.reference]),
    ):
        engine = create_engine(place)
        with engine.connect() as connection:
            assert connection.execute(statement).scalars().all() == found
        engine.dispose()
    engine = create_engine(address)
    with pytest.raises(Exception, match="never changed"), engine.begin() as connection:
        connection.execute(text("DELETE FROM letters"))
    engine.dispose()


def test_a_register_that_cannot_be_made_anew_stays_as_it_was(register: Register) -> None:
    issue(register)
    broken = (*ROWS, Row("ACC-20261113-FGHIJ", "issued", {"reference": "ACC-20261113-FGHIJ"}))
    with pytest.raises(ValueError, match="validation error"):
        register.replace(broken, actor="claire", time=NOON, force=True)
    assert [history.steps for history in register.histories()] == [()]


def test_what_a_new_letter_is_held_against(register: Register) -> None:
    day = datetime.date(2026, 12, 15)  # the letters could be signed until the 14th
    for number, feature in enumerate(("Export FEC", "export FEC", "Caisse", "Stocks")):
        request = folded_words(feature)
        issue(register, replace(ENTRY, reference=f"AP-{number}", feature=feature, request=request))
    issue(register, replace(ENTRY, reference="AP-4", feature="Paie", request="paie", signable_until=day))
    for reference in ("AP-0", "AP-2"):
        sign(register, reference)
    register.add("AP-2", "delivered", lambda _history: {"on": "2026-12-02"}, actor="claire", time=NOON)
    assert sorted(register.requests()) == ["Caisse", "Export FEC", "Paie", "Stocks", "export FEC"]
    about = register.about(["EXPORT fec", "Paie"])
    assert [(each.entry.reference, len(each.steps)) for each in about] == [
        ("AP-0", 1),
        ("AP-1", 0),
        ("AP-4", 0),
    ]
    assert [each.entry.reference for each in register.owed_on(day)] == ["AP-0", "AP-4"]
    assert register.about([]) == []


def test_an_effort_that_is_thought_over_is_recorded(register: Register) -> None:
    issue(register)
    sign(register)
    assert issue(register, replace(ENTRY, effort=15, path="elsewhere.pdf"))
    assert not issue(register)  # a PDF does not say it
    (history,) = register.histories()
    assert (history.entry.effort, history.entry.path, len(history.steps)) == (15, ENTRY.path, 1)
    assert register.faults() == []


def write_many(address: str, number: int) -> None:
    register = Register.open(address)
    for count in range(20):
        issue(register, replace(ENTRY, reference=f"ACC-20261113-{number}{count:02}"))
    register.close()


def test_several_writers_lose_nothing(address: str) -> None:
    writers = [multiprocessing.Process(target=write_many, args=(address, number)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    register = Register.open(address)
    assert len(register.histories()) == 80
    assert register.faults() == []
    register.close()


@pytest.mark.usefixtures("register")
def test_the_migrations_make_the_tables_that_the_program_knows(address: str) -> None:
    engine = create_engine(address)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


LATER = """revision = "0002"
down_revision = "0001"


def upgrade():
    from alembic import op
    import sqlalchemy as sa

    op.add_column("letters", sa.Column("later", sa.Text))
"""


def test_an_older_register_is_brought_up_to_date_once_a_copy_is_kept(
    register: Register, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the next version of the tables will do it: by a migration that stands beside the first."""
    issue(register)
    scripts = tmp_path / "migrations"
    shutil.copytree(migration.SCRIPTS, scripts)
    (scripts / "versions/0002_later.py").write_text(LATER, "utf-8")
    monkeypatch.setattr(migration, "SCRIPTS", scripts)
    monkeypatch.setattr(migration, "NEWEST", "0002")
    newer = Register.open(address)
    assert [history.entry for history in newer.histories()] == [ENTRY]
    assert newer.faults() == []
    newer.close()
    copy, name = (f"{address}.0001.bak", "letters") if "sqlite" in address else (address, "letters_0001")
    for place, where, later in ((address, "letters", True), (copy, name, False)):
        engine = create_engine(place)
        with engine.connect() as connection:
            row = connection.execute(text(f"SELECT * FROM {where}")).mappings().one()  # noqa: S608 - ours
        engine.dispose()
        assert (row["reference"], "later" in row) == (ENTRY.reference, later)


@pytest.mark.usefixtures("register")
def test_a_newer_register_is_refused(address: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(AccordError, match="newer version of Accord"):
        Register.open(address)


UNUSABLE = (
    "nonsense",
    "oracle://x",
    "sqlite:////nowhere/at/all/register.db",
    "postgresql+psycopg://x@/x?host=/nowhere",
)


@pytest.mark.parametrize("place", UNUSABLE)
def test_an_address_that_cannot_be_used(place: str) -> None:
    with pytest.raises(AccordError):
        Register.open(place)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "ext4"])
def test_a_file_on_a_network_share_is_refused_with_the_remedy(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/a {tmp_path}/share {kind} rw 0 0\n", "utf-8")
    monkeypatch.setattr("accord.files.MOUNTS", mounts)
    Register.open(f"sqlite:///{tmp_path}/register.db").close()
    place = f"sqlite:///{tmp_path}/share/register.db"
    if kind == "ext4":
        Register.open(place).close()
        return
    with pytest.raises(AccordError, match=r"network share.*PostgreSQL"):
        Register.open(place)
    assert not (tmp_path / "share/register.db").exists()
