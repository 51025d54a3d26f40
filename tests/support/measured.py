"""A program's processor time and memory, its children's included."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support.paths import SAMPLES, SOURCE, TESTS

# A process counts as its own what the one that started it had in memory: this one has little.
SCRIPT = """
import json, os, sys
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[2:]], os.environ)
_pid, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss << 10], file)
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


def measured(folder: Path, *arguments: str | Path) -> Measured:
    """Run Python with these arguments in a folder, with the house of the samples."""
    # Whoever counts the lines that are run takes as much time again: the program's own is measured.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment |= {
        "ACCORD_LANG": "en",
        "ACCORD_HOUSE": str(SAMPLES / "accord.toml"),
        "PYTHONPATH": os.pathsep.join(map(str, (TESTS, SOURCE))),
    }
    used = folder / "used.json"
    output = subprocess.run(
        [sys.executable, "-S", "-c", SCRIPT, used, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
    ).stdout
    code, seconds, memory = json.loads(used.read_text("utf-8"))
    return Measured(code, output, seconds, memory)
