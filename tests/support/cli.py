"""Running `accord`: in this process, or in one of its own as people do."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from accord.cli import program
from support.processes import Process, python

COMMAND = (sys.executable, "-m", "accord")


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    """Run `accord` in this process; `typed` is what its user types."""
    return CliRunner().invoke(program(), list(map(str, arguments)), input=typed, prog_name="accord")


def run_process(*arguments: str | bytes | Path, cwd: Path | None = None, **environment: str) -> Process:
    """Run `accord` in a process of its own, away from any terminal."""
    return python(*COMMAND[1:], *arguments, cwd=cwd, **environment)


def start(*arguments: str | Path, **how: Any) -> subprocess.Popen[str]:
    """Start `accord` in a group of processes of its own, so that all of them can be stopped."""
    return subprocess.Popen(
        (*COMMAND, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        **how,
    )
