"""Help comes at once, and comes even where letters cannot be made."""

from pathlib import Path

import pytest

from support.processes import Process, python

HEAVY = {"weasyprint", "pydantic", "pikepdf"}
RUN = """
import sys
from accord.cli import main
sys.argv = ["accord", *sys.argv[1:]]
try:
    main()
finally:
    print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""


def watched(*arguments: str, **environment: str) -> Process:
    """Run `accord`; the modules it imported are listed on standard error."""
    return python("-c", RUN, *arguments, **environment)


@pytest.fixture
def no_pango(tmp_path: Path) -> dict[str, str]:
    """An environment where Pango cannot be loaded: a file that is no library stands before it."""
    (tmp_path / "libpango-1.0.so.0").touch()
    return {"LD_LIBRARY_PATH": str(tmp_path)}


@pytest.mark.parametrize(
    ("language", "usage"), [("en", "Usage: accord"), ("fr", "Utilisation\u00a0: accord")]
)
@pytest.mark.parametrize("command", [(), ("new",), ("render",)])
def test_help_imports_nothing_heavy(language: str, usage: str, command: tuple[str, ...]) -> None:
    result = watched(*command, "--help", ACCORD_LANG=language)
    assert result.returncode == 0
    assert usage in result.stdout
    assert "click" in result.stderr.splitlines()
    assert not HEAVY & set(result.stderr.splitlines())


def test_a_command_that_needs_the_model_is_seen_to_import_it() -> None:
    assert "pydantic" in watched("schema").stderr.splitlines()


@pytest.mark.parametrize(
    ("language", "usage"), [("en", "Usage: accord"), ("fr", "Utilisation\u00a0: accord")]
)
def test_help_comes_without_pango(no_pango: dict[str, str], language: str, usage: str) -> None:
    result = watched("--help", ACCORD_LANG=language, **no_pango)
    assert result.returncode == 0
    assert usage in result.stdout


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Pango, the library that"), ("fr", "Pango, la bibliothèque qui")]
)
def test_the_doctor_finds_that_pango_is_missing(
    no_pango: dict[str, str], language: str, sentence: str
) -> None:
    result = watched("doctor", ACCORD_LANG=language, **no_pango)
    assert result.returncode == 3
    assert sentence in result.stdout


def test_a_letter_without_pango_ends_in_one_sentence(no_pango: dict[str, str], tmp_path: Path) -> None:
    result = watched("demo", "--out", str(tmp_path), ACCORD_LANG="en", **no_pango)
    assert result.returncode == 3
    assert result.stdout == ""
    assert "accord doctor" in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.glob("*.pdf"))
