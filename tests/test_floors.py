"""The package is a house of floors: a module may import what stands below it, nothing else.

0  errors, messages: what can go wrong, in which language it is said
   vocabulary: the words that files may hold;  characters, locales, companies, guesses, tables
   phrases: what texts must not say;  authorities: on which each check stands
1  values, typography, places, words: kinds of value; how a text is printed
   fonts, files, logo: what is read and written;  memory: how much a piece of work may take
2  model: the words of the trade;  figures: dates and amounts as printed;  tomlfile: files as data
   machine, quickstart: what the machine lacks; a quicker start of the typesetting engine
   spreadsheet: CSV and XLSX files as rows of cells
3  letter, clauses, people: what is composed, from which texts, for whom;  closed: public holidays
   faults, tomlwriter, schema, typed: what people write, and what is wrong with it
   engine, archive, attachment, shown: how a page becomes a file; the data in a file, and what it shows
   signatures: what a signature adds to a file
4  answers: flags put where a file has values;  particulars: what stands in the blanks of a clause
   record: what of a letter is kept as data;  markdown, pdf: letter -> text, page, file
   approvals: which clause texts the house has approved;  likeness: what two PDFs do not share
   soundness: whether every reader finds the same in a PDF
   findings: what a review says, and of what;  keyfacts: what two letters settle differently
5  intake: files, flags and records -> house and deals;  compose: deal + house + clauses -> letter
   lint: what is wrong with a house's own clauses;  mappings: whose columns a spreadsheet has
   checks, days, sums, tone: what is looked at in a letter
6  reopen: a letter again, from its file;  review, compare: what is found in a letter, or between two
   columns: from a row of cells to the data of a deal;  provenance: whose words and terms a letter has
7  verify: a file held against its source;  sheet, redline: findings and changes on paper
   sources, starter, report: where many deals come from, and what became of them
8  batch: many deals to letters
9  cli: strings in, exit codes out; the one place that knows click

A module starts its docstring with its floor, so that a reader need not look here.
"""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"
FLOORS = {
    module: floor
    for floor, modules in enumerate(
        (
            "errors messages characters phrases authorities locales companies guesses tables vocabulary",
            "values typography places words fonts files logo memory _pango_cdef",
            "model figures tomlfile machine quickstart spreadsheet",
            "letter clauses people closed faults tomlwriter schema typed engine archive attachment shown signatures",
            "answers particulars record markdown pdf approvals likeness soundness findings keyfacts",
            "intake compose lint checks days sums tone mappings",
            "reopen review compare columns provenance",
            "sources report starter verify sheet redline",
            "batch",
            "cli",
        )
    )
    for module in modules.split()
}
TOP = "cli"


def breaches(package: Path) -> Iterator[str]:
    """Every import that climbs or stays level, every module without a floor."""
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package).as_posix()
        module = place.split("/")[0].removesuffix(".py")
        if module in {"__init__", "__main__"}:  # the doors: an empty one, and one into cli
            continue
        if module not in FLOORS:
            yield f"{place}: has no floor; give it one in tests/test_floors.py"
            continue
        for name in imports(path, package):
            root, _, rest = name.partition(".")
            imported = rest.split(".")[0]
            if root == "click" and module != TOP:
                yield f"{place}: imports click; only {TOP} may"
            if root == package.name and imported != module and FLOORS.get(imported, 99) >= FLOORS[module]:
                yield f"{place}: imports {imported or 'the whole package'}, which is not below it"


def imports(path: Path, package: Path) -> Iterator[str]:
    """The full dotted names that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = (package.name, *path.relative_to(package).parts)[: -node.level]
                base = ".".join((*above, base)).rstrip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def test_every_import_goes_down() -> None:
    assert not list(breaches(PACKAGE))


def test_each_module_says_its_floor() -> None:
    for module, floor in FLOORS.items():
        for path in (PACKAGE / f"{module}.py", PACKAGE / module / "__init__.py"):
            if path.exists() and not module.startswith("_"):  # a generated module says nothing
                summary = path.read_text("utf-8").partition("\n")[0]
                assert f"(floor {floor})" in summary, f"{path.name}: {summary}"


def test_the_package_was_read() -> None:
    found = {name for path in PACKAGE.rglob("*.py") for name in imports(path, PACKAGE)}
    assert "generator.errors.MachineLacks" in found
    assert any(name.startswith("click") for name in found)


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("letter.py", "from generator.pdf import typeset"),
        ("fonts.py", "import generator.letter"),
        ("fonts.py", "from generator import letter"),
        ("fonts.py", "from .letter import Letter"),
        ("fonts.py", "from . import letter"),
        ("model.py", "import generator"),
        ("errors.py", "from generator.messages import use"),
        ("errors.py", "def late():\n    from generator.cli.options import house"),
        ("errors.py", "import generator.unheard_of"),
        ("letter.py", "import click"),
        ("letter.py", "from click.testing import CliRunner"),
        ("unheard_of.py", ""),
    ],
)
def test_a_planted_breach_is_seen(tmp_path: Path, module: str, planted: str) -> None:
    package = tmp_path / PACKAGE.name
    package.mkdir()
    if (PACKAGE / module).exists():
        shutil.copy(PACKAGE / module, package)
    with (package / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{planted}\n")
    assert [breach.split(":")[0] for breach in breaches(package)] == [module]
