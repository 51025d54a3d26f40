"""Running Python in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

PATIENCE = 180  # seconds for what takes a few: on a busy machine too, only what hangs takes longer

Process = subprocess.CompletedProcess[str]


def python(*arguments: str | bytes | Path, cwd: Path | None = None, **environment: str) -> Process:
    """Run Python away from any terminal, and wait for its end."""
    return subprocess.run(
        (sys.executable, *arguments),
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def printed_by(script: str, *, cwd: Path | None = None, **environment: str) -> str:
    """What a script prints."""
    done = python("-c", script, cwd=cwd, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout
