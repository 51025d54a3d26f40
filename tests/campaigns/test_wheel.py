"""The wheel holds the package and nothing else: installed elsewhere, it makes the sample letters in an empty folder."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from support.paths import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout with the build tools of the test environment."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def accord(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`accord` in an environment of its own, which borrows the dependencies of this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    pip("--python", str(python), "install", "--no-deps", str(wheel))
    site = home / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return home / "bin" / "accord"


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True)


def run(program: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ACCORD_LANG": "fr"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [program, *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def test_what_ships(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    _name, version, *_tags = wheel.name.split("-")
    assert {name.split("/")[0] for name in names} == {"accord", f"accord-{version}.dist-info"}
    for needed in (
        "accord/py.typed",
        "accord/pdf/fonts.conf",
        "accord/locale/fr/LC_MESSAGES/accord.mo",
        "accord/templates/letter.html",
        "accord/templates/letter.css",
        "accord/templates/fr/labels.toml",
        "accord/templates/en/labels.toml",
    ):
        assert needed in names
    clauses = {name.removeprefix("accord/templates/") for name in names if name.endswith(".md")}
    assert clauses >= {
        path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.md")
    }
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "/tests/" in name or "/test_" in name or name.endswith(".pyc")]


def test_tools_are_nothing_that_users_install(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata, _, _ = archive.read(name).decode().partition("\n\n")  # then comes the README
    assert "Requires-Dist: weasyprint==70.0" in metadata
    extras = [line for line in metadata.splitlines() if line.startswith("Provides-Extra")]
    assert extras == [
        "Provides-Extra: cluster",
        "Provides-Extra: desk",
        "Provides-Extra: postgres",
        "Provides-Extra: sign",
    ]
    assert "pytest" not in metadata


def test_help_in_an_empty_folder(accord: Path, tmp_path: Path) -> None:
    assert "Utilisation\u00a0: accord" in run(accord, "--help", folder=tmp_path).stdout


def test_the_demonstration_in_an_empty_folder(accord: Path, tmp_path: Path) -> None:
    printed = run(accord, "demo", folder=tmp_path).stdout.splitlines()
    letters = sorted((tmp_path / "output").glob("*.pdf"))
    assert len(letters) >= 8
    assert sorted(Path(line).name for line in printed) == sorted(
        path.name for path in (tmp_path / "output").iterdir()
    )
    assert all(letter.read_bytes().startswith(b"%PDF-") for letter in letters)


@pytest.mark.parametrize("name", ["accord", "generator", "templates", "click"])
def test_a_folder_at_hand_shadows_nothing(name: str, accord: Path, tmp_path: Path) -> None:
    """Nor does a file of that name: whatever lies where `accord` is typed is data."""
    (tmp_path / name).mkdir()
    for shadow in (tmp_path / name / "__init__.py", tmp_path / f"{name}.py"):
        shadow.write_text("raise SystemExit('shadowed')", "utf-8")
    assert run(accord, "schema", folder=tmp_path).stdout.startswith("{")


def test_the_checkout_is_not_what_ran(accord: Path, tmp_path: Path) -> None:
    python = accord.with_name("python")
    where = run(python, "-c", "import accord; print(accord.__file__)", folder=tmp_path).stdout
    assert Path(where.strip()).is_relative_to(accord.parent.parent)
