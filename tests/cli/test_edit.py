"""`accord edit`: the questions again, with the answers of a deal file in place."""

import tomllib
from pathlib import Path

import pytest
from click.testing import Result

from support.cli import run
from support.inputs import DEAL, SHORT_HOUSE

pytestmark = pytest.mark.usefixtures("desk")

COMMENTED = f'# before the meeting\ndate = 2026-11-23\n{DEAL}vat_rate = "20"   # to be checked\n'


@pytest.fixture(autouse=True)
def deal(desk: Path) -> Path:
    """A deal file as a person wrote it."""
    path = desk / "deal.toml"
    path.write_text(COMMENTED, "utf-8")
    return path


def edit(*arguments: str, typed: str | None = None) -> Result:
    return run("edit", "deal.toml", *arguments, typed=typed)


@pytest.mark.usefixtures("terminal", "plain_letters")
@pytest.mark.parametrize(
    ("typed", "line", "becomes"),
    [
        ("1\nMorel\n", 'name = "Boulangeries Lefèvre"', 'name = "Morel"'),
        ("4\n30 juin 2027\n", "by = 2027-03-31", "by = 2027-06-30"),
        ("6\n30\n", "quantity = 25", "quantity = 30"),
    ],
)
def test_one_answer_changes_and_all_else_stays(deal: Path, typed: str, line: str, becomes: str) -> None:
    result = edit(typed=f"n\n{typed}\n")
    assert result.exit_code == 0, result.stderr
    text = deal.read_text("utf-8")
    reference = tomllib.loads(text)["reference"]
    assert text.replace(f'reference = "{reference}"\n', "") == COMMENTED.replace(line, becomes)


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_the_letter_goes_beside_its_deal_file_under_one_reference(deal: Path) -> None:
    first = edit(typed="n\n\n").stdout.splitlines()
    second = edit(typed="n\n6\n30\n\n").stdout.splitlines()
    assert first[0] == second[0] == "deal.toml"
    reference = tomllib.loads(deal.read_text("utf-8"))["reference"]
    assert all(Path(letter).name.startswith(reference) for letter in (first[1], second[1]))


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_blanks_are_filled_in_one_after_the_other(deal: Path) -> None:
    result = edit(typed="\nSARL\n12 rue des Halles, 35000 Rennes\n\n\n\n\n\n")
    assert result.exit_code == 0, result.stderr
    prospect = tomllib.loads(deal.read_text("utf-8"))["prospect"]
    assert prospect["legal_form"] == "SARL"
    assert prospect["address"] == ["12 rue des Halles", "35000 Rennes"]
    assert "# to be checked" in deal.read_text("utf-8")


@pytest.mark.usefixtures("terminal")
def test_without_unfinished_answers_there_is_nothing_to_resume(deal: Path) -> None:
    result = edit("--resume", typed="\n")
    assert result.exit_code == 2
    assert "no unfinished answers about deal.toml; begin without --resume" in result.stderr
    assert deal.read_text("utf-8") == COMMENTED


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_nothing_changes_until_it_is_confirmed(deal: Path) -> None:
    result = edit(typed="n\n6\n30\nno\n")
    assert result.exit_code == 1
    assert deal.read_text("utf-8") == COMMENTED
    assert "accord edit deal.toml --resume" in result.stderr.replace("\n  ", " ")
    assert edit("--resume", typed="\n").exit_code == 0
    assert tomllib.loads(deal.read_text("utf-8"))["decision"]["quantity"] == 30
    assert not Path("deal.toml.unfinished").exists()


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_an_answer_that_makes_others_pointless_takes_them_out(deal: Path) -> None:
    result = edit(typed="n\n3\nnon\n\n\n\n")
    assert result.exit_code == 0, result.stderr
    written = tomllib.loads(deal.read_text("utf-8"))
    assert written["decline"] == {"reason": "out-of-scope"}
    assert not written.keys() & {"decision", "delivery"}


@pytest.mark.usefixtures("plain_letters")
def test_without_a_terminal_settings_are_kept_in_the_file(deal: Path) -> None:
    result = edit("--set", "decision.quantity=30")
    assert result.exit_code == 0, result.stderr
    assert "quantity = 30" in deal.read_text("utf-8")
    assert "# to be checked" in deal.read_text("utf-8")


def test_without_a_terminal_there_must_be_settings() -> None:
    result = edit()
    assert result.exit_code == 2
    assert "--set" in result.stderr


@pytest.mark.usefixtures("terminal")
def test_a_faulty_file_is_told_before_anything_is_asked(deal: Path) -> None:
    deal.write_text(COMMENTED.replace("2027-03-31", "2020-03-31"), "utf-8")
    result = edit(typed="never read\n")
    assert result.exit_code == 2
    assert "deal.toml: delivery.by: " in result.stderr
    assert "?" not in result.stderr


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_the_level_of_the_house_is_shown_but_not_written(deal: Path) -> None:
    Path("accord.toml").write_text(SHORT_HOUSE.replace("conditional", "intent"), "utf-8")
    result = edit(typed="n\n\n")
    assert "Intention: nobody is obliged" in result.stderr
    assert "binding" not in deal.read_text("utf-8")


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_answers_kept_from_before_stay_until_they_are_resumed() -> None:
    edit(typed="n\n6\n30\nno\n")
    assert edit("--set", "prospect.legal_form=SARL", typed="n\n\n").exit_code == 0
    assert Path("deal.toml.unfinished").exists()


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_kept_answers_are_overwritten_by_no_others() -> None:
    edit(typed="n\n6\n30\nno\n")
    before = Path("deal.toml.unfinished").read_bytes()
    assert edit(typed="n\n").exit_code == 1  # stopped at once
    edit(typed="n\n6\n31\nno\n")
    assert Path("deal.toml.unfinished").read_bytes() == before
    assert "quantity = 31" in Path("deal.toml-2.unfinished").read_text("utf-8")


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_settings_hold_when_answers_are_resumed(deal: Path) -> None:
    edit(typed="n\n6\n30\nno\n")
    assert edit("--resume", "--set", "decision.quantity=35", typed="\n").exit_code == 0
    assert tomllib.loads(deal.read_text("utf-8"))["decision"]["quantity"] == 35


PARTICULARS = {"vat": "FR83404833048", "email": "a@a.example", "address": ["1 rue A", "35000 Rennes"]}


@pytest.mark.usefixtures("terminal", "plain_letters")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1\nMorel\n", {"name": "Morel", "legal_form": "SARL"}), ("1\nBoulangeries LEFEVRE\n", None)],
    ids=["another prospect", "the same, spelt otherwise"],
)
def test_another_prospect_leaves_the_first_ones_particulars(
    deal: Path, typed: str, kept: dict[str, str] | None
) -> None:
    particulars = 'vat = "FR83404833048"\nemail = "a@a.example"\naddress = ["1 rue A", "35000 Rennes"]\n'
    contact = '[prospect.contact]\nlast_name = "Durand"\n[feature]'
    deal.write_text(COMMENTED.replace("[feature]", particulars + contact), "utf-8")
    Path("morel.toml").write_text('[prospect]\nname = "Morel"\nlegal_form = "SARL"\n', "utf-8")
    result = edit(typed=f"n\n{typed}\n\n\n")
    assert result.exit_code == 0, result.stderr
    prospect = tomllib.loads(deal.read_text("utf-8"))["prospect"]
    prospect = {key: value for key, value in prospect.items() if key not in {"kind", "staff"}}
    first = {"name": "Boulangeries Lefèvre", **PARTICULARS, "contact": {"last_name": "Durand"}}
    assert prospect == (kept or first)


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_price_is_read_as_files_write_it(deal: Path) -> None:
    deal.write_text(COMMENTED.replace('"40.00"', '"1200.5"'), "utf-8")
    assert edit(typed="n\n6\n30\n\n").exit_code == 0


@pytest.mark.usefixtures("terminal")
def test_a_price_in_a_file_that_has_two_readings_is_not_taken_for_either(deal: Path) -> None:
    deal.write_text(COMMENTED.replace('"40.00"', '"12.000"'), "utf-8")
    refused = edit(typed="n\n6\n30\n\n")
    assert refused.exit_code == 2
    assert 'write "12000" or "12.00"' in refused.stderr


@pytest.mark.parametrize("mode", [0o600, 0o644])
@pytest.mark.usefixtures("plain_letters")
def test_a_link_and_the_permissions_stay(deal: Path, mode: int) -> None:
    real = deal.rename(deal.with_name("real.toml"))
    real.chmod(mode)
    deal.symlink_to(real)
    assert edit("--set", "decision.quantity=30").exit_code == 0
    assert deal.is_symlink()
    assert "quantity = 30" in real.read_text("utf-8")
    assert real.stat().st_mode & 0o777 == mode


@pytest.mark.usefixtures("plain_letters")
def test_a_file_that_is_not_to_be_written_stays(deal: Path) -> None:
    deal.chmod(0o444)
    assert edit("--set", "decision.quantity=30").exit_code == 2
    assert deal.read_text("utf-8") == COMMENTED


HOUSE_IN_TWO = (
    '[supplier]\nname = "Novalys"\ncountry = "FR"\nlegal_form = { fr = "SAS", en = "French SAS" }\n'
    '[supplier.signatory]\nlast_name = "Moreau"\ntitle = { fr = "Présidente", en = "President" }\n'
    '[terms]\nlaw = "FR"\nbinding = "conditional"\n'
)
IN_TWO = {"fr": "Présidente", "en": "President"}


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    ("typed", "signatory"),
    [
        ("", {"last_name": "Moreau", "title": IN_TWO}),
        ("Mme Anne Petit, President", {"civility": "Mme", "first_name": "Anne", "last_name": "Petit", "title": IN_TWO}),
        ("Moreau, Director", {"last_name": "Moreau", "title": "Director"}),
    ],
)  # fmt: skip
def test_a_translated_text_stays_unless_it_is_changed(typed: str, signatory: dict[str, object]) -> None:
    Path("accord.toml").write_text(HOUSE_IN_TWO, "utf-8")
    result = run("edit", "accord.toml", typed=f"\n\n4\n{typed}\n\n")
    assert result.exit_code == 0, result.output
    written = tomllib.loads(Path("accord.toml").read_text("utf-8"))["supplier"]
    assert written["signatory"] == signatory
    assert written["legal_form"] == {"fr": "SAS", "en": "French SAS"}
    assert "French SAS" in result.stderr
    assert "{" not in result.stderr
