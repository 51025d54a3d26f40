"""A PostgreSQL server of one's own, for as long as the tests run: the machine's programs, a folder, a socket in it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = (
    *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
    Path("/usr/bin"),
    Path("/usr/local/bin"),
)


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None if they are not on this machine."""
    return next(
        (place for place in PLACES if (place / "initdb").exists() and (place / "pg_ctl").exists()), None
    )


@contextmanager
def server() -> Iterator[str]:
    """Start one; the address of its first database without the name at the end.

    It listens on no port, and does not wait for the disk: what it holds is thrown away.
    """
    place = programs()
    assert place is not None, "PostgreSQL is not installed: apt-get install postgresql"
    folder = Path(tempfile.mkdtemp(prefix="accord-pg-"))
    data = folder / "data"
    as_owner = _owner(folder)

    def run(program: str, *arguments: str) -> None:
        command = [*as_owner, str(place / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    try:
        run("initdb", "--auth=trust", "--username=accord", "--no-sync", "--encoding=UTF8", "--locale=C")
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "-w", "-o", settings, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql+psycopg://accord@/{{database}}?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> list[str]:
    """How to run its programs: they refuse to be root's."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
