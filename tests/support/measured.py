"""A program's processor time and memory, its children's included."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from support.paths import SAMPLES, SOURCE, TESTS

# A process counts as its own what the one that started it had in memory: this one has little.
SCRIPT = """
import json, os, sys
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[2:]], os.environ)
_pid, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss << 10], file)
"""

LOADED = """
import gc, importlib, json, os, sys
from pathlib import Path
from accord import cli, i18n
from accord.intake import loader
i18n.use("en")
for name in ("cli.batch", "cli.diff", "cli.extract", "cli.render", "cli.review", "cli.verify", "verify.verify"):
    importlib.import_module(f"accord.{name}")
house, *modules = sys.argv[1:]
for name in modules:
    importlib.import_module(name)
loader.read_house(Path(house))
gc.freeze()
requests = os.fdopen(os.dup(0))
for line in requests:
    folder, printed, *arguments = json.loads(line)
    child = os.fork()
    if not child:
        os.close(requests.fileno())
        os.chdir(folder)
        output = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream, file in enumerate((os.open(os.devnull, os.O_RDONLY), output, output)):
            os.dup2(file, stream)
        sys.argv = ["accord", *arguments]
        cli.main()
    _pid, status, used = os.wait4(child, 0)
    answer = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss << 10
    print(json.dumps(answer), flush=True)
"""


@dataclass(frozen=True)
class Measured:
    """How a process ended, all that it printed, its seconds of processor time, and the most bytes it had at a time.

    The time is the sum of the process and of those it waited for; the memory is that of the largest of them.
    """

    code: int
    output: str
    seconds: float
    memory: int


class Accord(Protocol):
    """Runs `accord` with these arguments in a folder, with the house of the samples."""

    def __call__(self, folder: Path, *arguments: str) -> Measured:  # noqa: D102 - the class says it
        ...


@contextmanager
def loaded(*modules: str) -> Iterator[Accord]:
    """`accord` in copies of one process that has loaded the commands, a house and these modules, and not the engine.

    Each copy goes through the whole command. That it need not load what all of them do, nor look through that for
    garbage at its end, saves more than half a second, which its seconds lack.
    """
    command = [sys.executable, "-c", LOADED, SAMPLES / "accord.toml", *modules]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=_environment()
    ) as process:

        def accord(folder: Path, *arguments: str) -> Measured:
            printed = folder / "printed.txt"
            print(json.dumps([f"{folder}", f"{printed}", *arguments]), file=process.stdin, flush=True)
            assert process.stdout
            code, seconds, memory = json.loads(process.stdout.readline())
            return Measured(code, printed.read_text("utf-8"), seconds, memory)

        yield accord


def measured(folder: Path, *arguments: str | Path) -> Measured:
    """Run Python with these arguments in a folder, with the house of the samples."""
    used = folder / "used.json"
    output = subprocess.run(
        [sys.executable, "-S", "-c", SCRIPT, used, *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
    ).stdout
    code, seconds, memory = json.loads(used.read_text("utf-8"))
    return Measured(code, output, seconds, memory)


def _environment() -> dict[str, str]:
    # Whoever counts the lines that are run takes as much time again: the program's own is measured.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return environment | {
        "ACCORD_LANG": "en",
        "ACCORD_HOUSE": str(SAMPLES / "accord.toml"),
        "PYTHONPATH": os.pathsep.join(map(str, (TESTS, SOURCE))),
    }
