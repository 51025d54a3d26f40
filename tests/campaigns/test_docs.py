"""The pages for readers are true: their links lead somewhere, and the commands they show run."""

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import trusted_list
from support.authority import PASSPHRASE, Authority
from support.cli import run
from support.paths import ROOT, SAMPLES

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals on Windows", allow_module_level=True)

from support.terminal import Terminal

PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "templates" / "en" / "README.md",
    ROOT / "templates" / "fr" / "LISEZMOI.md",
)
WITH_COMMANDS = (
    "README.md",
    "docs/sales.md",
    "docs/legal.md",
    "docs/batch.md",
    "docs/register.md",
    "docs/signing.md",
)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")
A_DEAL = re.compile(r"^```toml\n(language = .*?)^```$", re.DOTALL | re.MULTILINE)

ANSWERS = {
    "accord init": (
        ("Name of your company?", "Novalys"),
        ("Its registered office?", "3 quai Perrache, 69002 Lyon, France"),
        ("Its legal form", "SAS au capital de 50 000 €"),
        ("Its SIREN", "732 829 320 RCS Lyon"),
        ("Who signs", "Claire Moreau, Présidente"),
        ("Number:", "4"),
    ),
    "accord new": (
        ("Which company is asking?", "Boulangeries Lefèvre"),
        ("Number [1]:", ""),
        ("Which feature", "Export FEC"),
        ("[yes] >", ""),
        ("By when", "31/03/2027"),
        ("Number:", "1"),
        ("What do they buy", "25 licences at €40 per month for 12 months"),
        ("Number [4]:", ""),
        ("Fill them in now?", "n"),
        ("Enter: write it", ""),
    ),
}
"""What somebody types who is asked, question by question."""

ROWS = (
    "langue;client;fonctionnalité;date de livraison;décision;objet;quantité;prix unitaire;période;durée\n"
    "fr;Boulangeries Lefèvre;Export FEC;31/03/2027;abonnement;abonnements;25;40,00;mois;12\n"
)
EXPORT = (
    "Associated Company,Requested feature,Language,Delivery date,Decision,Item,Quantity,Unit price,Period,Number of periods\n"
    "Harbour Books Ltd,Offline stocktaking,English,2027-06-30,subscription,subscriptions,12,35,month,12\n"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_the_commands_of_a_page_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their order, in a folder with the files that the pages speak of."""
    monkeypatch.chdir(tmp_path)
    furnish(tmp_path)
    if name == "README.md":  # its reader has no house yet
        (tmp_path / "accord.toml").unlink()
    commands = list(commands_of(ROOT / name))
    assert commands
    for command in commands:
        assert exit_code(command, tmp_path) == 0, command


def commands_of(page: Path) -> Iterator[str]:
    """Each line of the blocks that show a console."""
    for block in CONSOLE.findall(page.read_text("utf-8")):
        yield from block.splitlines()


def exit_code(command: str, folder: Path) -> int:
    """How `command` ends; where it asks, it is answered on a terminal."""
    if command in ANSWERS:
        terminal = Terminal("en", *shlex.split(command)[1:])
        for question, answer in ANSWERS[command]:
            terminal.answer(question, answer)
        return terminal.leave()
    program, *arguments = shlex.split(command)
    assert program == "accord"
    paths = ([*map(str, folder.glob(each))] if "*" in each else [each] for each in arguments)
    result = run(*(each for listed in paths for each in listed))
    print(result.output)
    return result.exit_code


def furnish(folder: Path) -> None:
    """A house, a deal as the README has it and a complete one, a letter sent and returned, two tables."""
    for name in ("accord.toml", "logo.svg"):
        shutil.copy(SAMPLES / name, folder)
    (deal,) = A_DEAL.findall((ROOT / "README.md").read_text("utf-8"))
    (folder / "deal.toml").write_text(deal, "utf-8")
    shutil.copy(SAMPLES / "01-fr-abonnement.toml", folder / "complete.toml")
    (folder / "deals").mkdir()
    shutil.copy(SAMPLES / "05-en-purchase-england.toml", folder / "deals")
    (folder / "rows.csv").write_text(ROWS, "utf-8")
    (folder / "export.csv").write_text(EXPORT, "utf-8")
    assert run("render", "complete.toml", "--final", "-o", "letter.pdf").exit_code == 0
    authority = Authority("http://authority.example")
    for person, name in {"moreau": "Claire Moreau", "lefevre": "Paul Lefèvre"}.items():
        (folder / f"{person}.p12").write_bytes(authority.archive(authority.holder(name)))
    (folder / "passphrase").write_text(PASSPHRASE, "utf-8")
    operator = authority.alone("Organe de contrôle")
    (folder / "authorities").mkdir()
    for name, content in {
        "authorities/root.pem": authority.root.pem,
        "authorities/root.crl": authority.revocations(authority.root),
        "authorities/notaires.crl": authority.revocations(authority.intermediate),
        "authorities/operator.pem": operator.pem,
        "fr.xml": trusted_list.made(operator, [trusted_list.Service(authority.intermediate)]),
    }.items():
        (folder / name).write_bytes(content)
    (folder / "returned").mkdir()
    for name in ("sent.pdf", "returned.pdf", "returned/letter.pdf"):
        shutil.copy(folder / "letter.pdf", folder / name)
