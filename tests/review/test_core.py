"""A house's own text of a clause that carries the letter: shown beside the standard one, and not sent unapproved."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from accord import files, i18n
from accord.clauses import approvals
from accord.clauses.library import TEMPLATES, read_clause
from accord.domain.house import HouseFile
from accord.errors import FaultyInput
from accord.intake import loader
from accord.review import must_say, review, sheet
from accord.review.differences import Difference, differences
from accord.review.findings import Finding
from accord.review.review import ReviewErrors
from accord.services.make_letter import make_letter
from support.cli import run
from support.inputs import TODAY
from support.paths import SAMPLES
from support.pdfs import pages
from support.samples import HOUSE, compose

SAMPLE, PURCHASE, TERM = "01-fr-abonnement", "28-purchase.conditional.md", "30-term.subscription.md"
WEAK = "Sous réserve de la Condition, le Client s’engage à acheter, et le Fournisseur à fournir (la « Commande ») : {{ decision.order }}. Le Client en règle le prix."


def overridden(folder: Path, name: str, body: str) -> Path:
    """The clause file of a house's own, with our head."""
    ours = TEMPLATES / "fr" / "agreement" / name
    target = folder / "templates" / "fr" / "agreement" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(ours.read_text("utf-8").rpartition("+++\n")[0] + f"+++\n{body}\n", "utf-8")
    return target


def home(folder: Path, **rules: Any) -> HouseFile:
    data = HOUSE.house.model_dump(exclude_none=True)
    return HouseFile(folder / "accord.toml", loader.house_from(data | {"review": rules}, "house"))


def findings(folder: Path, **rules: Any) -> tuple[Finding, ...]:
    house = home(folder, **rules)
    deal = loader.read_deal(SAMPLES / f"{SAMPLE}.toml", house.house, today=TODAY)
    return review.review(compose(deal, house), deal, house.house, folder).findings


def of_own_text(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in found if each.code in {"own-wording", "core-unapproved"}]


def test_the_difference_is_shown_sentence_by_sentence(tmp_path: Path) -> None:
    ours = read_clause(TEMPLATES / "fr" / "agreement" / PURCHASE).body
    overridden(tmp_path, PURCHASE, ours + " Le Client peut changer d’avis.")
    (finding,) = (each for each in findings(tmp_path) if each.code == "core-unapproved")
    assert finding.severity == "warning"
    assert PURCHASE in finding.sentence
    assert finding.differences == (Difference("added", "Le Client peut changer d’avis."),)


def test_spaces_quotes_and_bold_are_no_difference() -> None:
    assert not differences("A “**b**” c. D’e f.", 'A "b"  c.\nD\'e f.')
    assert differences("One. Two. Three.", "One. Deux. Three.") == (
        Difference("dropped", "Two."),
        Difference("added", "Deux."),
    )
    assert differences("One.\n\n- a\n- b", "One.\n\n- a") == (Difference("dropped", "- b"),)


@pytest.mark.parametrize("clause_id", sorted(must_say.read("fr").core - {"penalty"}))
def test_each_core_clause_wants_approval(tmp_path: Path, clause_id: str) -> None:
    house = home(tmp_path)
    deal = loader.read_deal(SAMPLES / f"{SAMPLE}.toml", house.house, today=TODAY)
    (passage,) = (each for each in compose(deal, house).articles if each.id == clause_id)
    ours = read_clause(passage.file).body
    file = overridden(tmp_path, passage.file.name, ours + "\n\nAinsi fait.")
    assert ("core-unapproved", "warning") in of_own_text(findings(tmp_path))
    approvals.approve(tmp_path, [read_clause(file, overrides=True)], "A. Roy", TODAY)
    assert of_own_text(findings(tmp_path)) == []


def test_another_clause_is_but_noted_and_a_house_may_do_without(tmp_path: Path) -> None:
    overridden(tmp_path, TERM, "La Commande dure {{ decision.duration }}.")
    assert of_own_text(findings(tmp_path)) == [("own-wording", "note")]
    overridden(tmp_path, PURCHASE, WEAK)
    assert ("core-unapproved", "warning") in of_own_text(findings(tmp_path))
    assert ("own-wording", "warning") in of_own_text(findings(tmp_path, core_approved=False))


def test_a_house_says_which_clauses_are_core(tmp_path: Path) -> None:
    overridden(tmp_path, TERM, "La Commande dure {{ decision.duration }}.")
    (tmp_path / "templates" / "fr" / must_say.FILE).write_text('core = ["term"]\n', "utf-8")
    assert of_own_text(findings(tmp_path)) == [("core-unapproved", "warning")]
    overridden(tmp_path, PURCHASE, WEAK)  # ours still are
    assert of_own_text(findings(tmp_path)) == [("core-unapproved", "warning")] * 2


def test_a_misspelt_core_clause_switches_nothing_off(tmp_path: Path) -> None:
    file = tmp_path / "templates" / "fr" / must_say.FILE
    file.parent.mkdir(parents=True)
    file.write_text('core = ["natur"]\n', "utf-8")
    with pytest.raises(FaultyInput, match="core: “natur” is not the id of a clause; did you mean “nature”"):
        findings(tmp_path)


def test_a_review_reads_a_house_s_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "templates" / "fr" / must_say.FILE
    file.parent.mkdir(parents=True)
    file.write_text('core = ["term"]\n', "utf-8")
    reads: list[Path] = []
    monkeypatch.setattr(files, "read", lambda path, real=files.read: reads.append(path) or real(path))
    with i18n.speaking("fr"):
        findings(tmp_path)
    assert reads.count(file) == 1


def test_no_final_letter_leaves_with_it(tmp_path: Path) -> None:
    file = overridden(tmp_path, PURCHASE, WEAK)
    deal = loader.read_deal(SAMPLES / f"{SAMPLE}.toml", HOUSE.house, today=TODAY)
    assert make_letter(deal, home(tmp_path), final=False)
    with pytest.raises(ReviewErrors, match=PURCHASE):
        make_letter(deal, home(tmp_path), final=True)
    assert make_letter(deal, home(tmp_path, core_approved=False), final=True).final
    approvals.approve(tmp_path, [read_clause(file, overrides=True)], "A. Roy", TODAY)
    assert make_letter(deal, home(tmp_path), final=True).final


@pytest.mark.parametrize("command", ["render", "batch"])
def test_the_command_line_refuses_it_too(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    deal, source = f"deals/{SAMPLE}.toml", "deals" if command == "batch" else f"deals/{SAMPLE}.toml"
    Path("deals").mkdir()
    for name in ("accord.toml", "logo.svg"):
        shutil.copy(SAMPLES / name, tmp_path)
    shutil.copy(SAMPLES / f"{SAMPLE}.toml", "deals")
    overridden(tmp_path, PURCHASE, WEAK)
    refused = run(command, source, "--final")
    assert refused.exit_code == 1
    assert PURCHASE in refused.stderr + refused.stdout
    assert not [*Path("output").rglob("*.pdf")]
    shown = run("review", deal)
    assert shown.exit_code == 0
    assert "added: “" in shown.stdout
    assert "dropped: “" in shown.stdout
    (reviewed,) = json.loads(run("review", deal, "--json").stdout)["reviews"]
    (finding,) = (each for each in reviewed["findings"] if each["code"] == "core-unapproved")
    assert {each["change"] for each in finding["differences"]} == {"added", "dropped"}
    assert run("clauses", "approve", "purchase", "--by", "A. Roy").exit_code == 0
    assert run(command, source, "--final").exit_code == 0


def test_the_sheet_has_the_difference_on_its_one_page(tmp_path: Path) -> None:
    for clause_id in must_say.read("fr").core:
        for path in (TEMPLATES / "fr" / "agreement").glob(f"*-{clause_id}.*md"):
            overridden(tmp_path, path.name, read_clause(path).body + "\n\n" + "Une phrase de plus. " * 8)
    house = home(tmp_path)
    deal = loader.read_deal(SAMPLES / f"{SAMPLE}.toml", house.house, today=TODAY)
    letter = compose(deal, house)
    content = sheet.sheet(review.review(letter, deal, house.house, tmp_path), deal, house.house, letter)
    assert pages(content) == 1
