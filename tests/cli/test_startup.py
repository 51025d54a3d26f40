"""Help comes at once, and comes even where letters cannot be made."""

import re
from pathlib import Path

import pytest

from accord.cli import program
from support.paths import SAMPLES
from support.processes import Process, python

HEAVY = {"weasyprint", "pydantic", "pikepdf", "babel", "jinja2"}
COMMANDS = tuple(program().commands)
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
def test_help_imports_no_command_and_nothing_heavy(language: str, usage: str) -> None:
    result = watched("--help", ACCORD_LANG=language)
    imported = set(result.stderr.splitlines())
    assert result.returncode == 0
    assert usage in result.stdout
    assert "click" in imported
    assert not HEAVY & imported
    assert not {f"accord.cli.{name}" for name in COMMANDS} & imported


def test_help_lists_every_command_in_the_language_of_the_interface() -> None:
    english, french = (watched("--help", ACCORD_LANG=language).stdout for language in ("en", "fr"))
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\w", english, re.MULTILINE), name
        assert re.search(rf"^  {name} +\w", french, re.MULTILINE), name
    assert "Letters from deal files." in english
    assert "Letters from deal files." not in french


@pytest.mark.parametrize(
    "command",
    [("schema",), ("clauses", "list"), ("extract", "--help"), ("render", "--help"), ("init", "--help")],
)
def test_what_makes_no_letter_does_not_load_the_typesetting_engine(command: tuple[str, ...]) -> None:
    result = watched(*command)
    assert result.returncode == 0
    assert "pydantic" in result.stderr.splitlines()
    assert "weasyprint" not in result.stderr.splitlines()


def test_a_command_that_sets_pages_without_a_copy_is_seen_to_load_it(tmp_path: Path) -> None:
    deal, house = str(SAMPLES / "12-en-decline-market.toml"), str(SAMPLES / "accord.toml")
    result = watched("review", deal, "--house", house, "--pdf", str(tmp_path / "review.pdf"))
    assert "weasyprint" in result.stderr.splitlines()


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
