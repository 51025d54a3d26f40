"""What is taken from inside WeasyPrint is taken from the version that it was read in."""

import importlib.metadata
import tomllib

from accord.pdf import internals
from support.paths import ROOT


def test_the_engine_is_of_the_one_version_whose_inside_was_read() -> None:
    """Where this fails, read the head of `internals` before its version is changed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"weasyprint=={internals.VERSION}" in project["dependencies"]
    assert importlib.metadata.version("weasyprint") == internals.VERSION
