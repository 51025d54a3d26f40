"""What the register says before a letter leaves, as people meet it: `review`, `render`, `new`, `edit`, `batch`, `register capacity`."""

import datetime
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pytest

from accord.cli import prompts
from accord.cli.schema import schema
from accord.register.entries import Entry
from accord.register.register import Register
from accord.text.characters import folded_words
from support.cli import run
from support.inputs import changed
from support.paths import SAMPLES
from support.pdfs import text_of
from support.printed import one_line
from support.registered import ENTRY

DEAL = "01-fr-abonnement.toml"
CAPACITY = "\n[capacity]\ndays_per_month = 20\n"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house that says what it can carry, with a deal, in whose folder people stand."""
    (tmp_path / "accord.toml").write_text((SAMPLES / "accord.toml").read_text("utf-8") + CAPACITY, "utf-8")
    for name in ("logo.svg", DEAL, "09-fr-refus-hors-marche.toml"):
        shutil.copy(SAMPLES / name, tmp_path)
    deal = (tmp_path / DEAL).read_text("utf-8")
    (tmp_path / DEAL).write_text(deal.replace("[feature]\n", "[feature]\neffort = 10\n"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("accord.cli.options.today", lambda: datetime.date(2026, 11, 29))
    return tmp_path


@contextmanager
def register(folder: Path) -> Iterator[Register]:
    opened = Register.open(f"sqlite:///{folder}/register.db")
    yield opened
    opened.close()


def promised(folder: Path, *features: str, effort: int | None = 50, due: str = "2027-03-31") -> None:
    with register(folder) as opened:
        for number, feature in enumerate(features):
            entry: Entry = Entry(
                **{
                    **vars(ENTRY),
                    "reference": f"AP-{number}",
                    "prospect": f"Cycles {number}",
                    "feature": feature,
                    "request": folded_words(feature),
                    "effort": effort,
                    "due": datetime.date.fromisoformat(due),
                }
            )
            now = datetime.datetime(2026, 11, 13, tzinfo=datetime.UTC)
            opened.issue(entry, actor="claire", time=now)


def found(*arguments: str) -> dict[str, str]:
    printed = json.loads(run("review", DEAL, "--json", *arguments).stdout)
    jsonschema.validate(printed, schema("review"))
    return {each["code"]: each["sentence"] for each in printed["reviews"][0]["findings"]}


def test_without_a_register_and_a_capacity_nothing_is_said(house: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", house)
    assert not found().keys() & {"asked-before", "over-capacity", "effort-missing"}
    assert not (house / "register.db").exists()


def test_a_capacity_alone_is_enough_to_say_that_it_does_not_fit(house: Path) -> None:
    assert "over-capacity" in found("--set", "feature.effort=200")
    assert not (house / "register.db").exists()


def test_a_review_names_others_on_the_screen_and_not_on_paper(house: Path) -> None:
    promised(house, "FEC, export", "Exports FEC")
    assert "Cycles 1 (AP-1)" in found()["asked-before"]
    assert run("review", DEAL, "--pdf", "sheet.pdf").exit_code == 0
    sheet = text_of(Path("sheet.pdf").read_bytes())
    assert "AP-1" in sheet
    assert "Cycles" not in sheet


def test_a_letter_says_nothing_of_others_and_of_its_effort(house: Path) -> None:
    promised(house, "Exports FEC")
    rendered = run("render", DEAL, "--final", "--format", "pdf,json,html,md,eml")
    assert rendered.exit_code == 0, rendered.output
    for path in map(Path, rendered.stdout.split()):
        content = path.read_bytes()
        assert b"Cycles" not in content
        assert b'"effort"' not in content
    (pdf,) = (path for path in map(Path, rendered.stdout.split()) if path.suffix == ".pdf")
    extracted = run("extract", pdf)
    assert "effort =" not in extracted.stdout
    assert "Cycles" not in text_of(pdf.read_bytes())
    with register(house) as opened:
        assert [each.entry.effort for each in opened.histories()] == [50, 10]


def test_letters_rendered_together_count_one_after_the_other(house: Path) -> None:
    deal = Path(DEAL).read_text("utf-8")
    for name in "abc":
        Path(f"{name}.toml").write_text(changed(deal, ("name =", f'name = "Cycles {name}"')), "utf-8")
    (house / "accord.toml").write_text(
        (house / "accord.toml").read_text("utf-8") + '\n[review]\nrefuse = ["crowded-date"]\n', "utf-8"
    )
    refused = run("render", "a.toml", "b.toml", "c.toml", "--final")
    assert refused.exit_code == 1
    assert "c.toml" in refused.stderr
    assert "b.toml" not in refused.stderr
    assert run("render", "a.toml", "b.toml", "c.toml").exit_code == 0


@pytest.mark.parametrize(("refuse", "code"), [("", 0), ('refuse = ["register-unreachable"]', 1)])
def test_a_register_that_cannot_be_reached_refuses_only_where_the_house_says_so(
    refuse: str, code: int, house: Path
) -> None:
    (house / "register.db").write_bytes(b"this is no database" * 100)
    with (house / "accord.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[review]\n{refuse}\n")
    assert "register-unreachable" in found()
    rendered = run("render", DEAL, "--final")
    assert rendered.exit_code == code, rendered.output


def test_a_misspelt_code_is_told_with_those_there_are(house: Path) -> None:
    with (house / "accord.toml").open("a", encoding="utf-8") as file:
        file.write('\n[review]\nrefuse = ["over_capacity"]\n')
    refused = run("review", DEAL)
    assert refused.exit_code == 2
    assert 'did you mean "over-capacity"' in refused.stderr


def test_a_batch_asks_once_and_holds_its_rows_against_each_other(house: Path) -> None:
    promised(house, "Exports FEC")
    rows = [
        f'{{"language": "fr", "prospect": {{"name": "Halles {n}"}}, "feature": {{"name": "Export FEC", "effort": 30}},'
        ' "delivery": {"by": "2027-03-31"}, "decision": {"kind": "pilot"}}'
        for n in range(3)
    ]
    Path("deals.jsonl").write_text("\n".join(rows), "utf-8")
    run("batch", "deals.jsonl", "--check", "--report", "report", "--jobs", "1")
    report = json.loads(Path("report.json").read_text("utf-8"))["report"]
    said = [{f["code"]: f["sentence"] for f in row["findings"]} for row in report]
    assert ["over-capacity" in each for each in said] == [False, True, True]
    assert ["crowded-date" in each for each in said] == [False, True, True]
    assert "Halles 1" in said[2]["asked-before"]
    assert "Halles 2" not in said[1]["asked-before"]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "on_terminal", lambda: True)


def answered(day: str) -> str:
    """What is told to somebody who answers the question about the day so."""
    typed = f"Harbour Books Ltd\n\nExport FEC\nyes\n30\n{day}\n3\n1 trial at 900\n8 weeks\n\nno\n\n"
    told = run("new", "--lang", "en", typed=typed)
    assert told.exit_code == 0, told.output
    return one_line(told.output.replace("!", ""))


@pytest.mark.usefixtures("terminal")
def test_new_says_who_asked_and_proposes_the_first_day_that_fits(house: Path) -> None:
    promised(house, "FEC exports", due="2027-02-26")
    text = answered("")
    assert "Cycles 0 (AP-0): agreement in principle" in text
    assert "the earliest day that fits is 30 March 2027" in text
    assert "[30 March 2027]" in text
    (deal,) = Path("output").glob("*.toml")
    assert "2027-03-30" in deal.read_text("utf-8")
    assert "effort = 30" in deal.read_text("utf-8")


@pytest.mark.usefixtures("terminal")
def test_a_day_that_does_not_fit_is_told_at_once_and_may_stay(house: Path) -> None:
    promised(house, "Caisse", due="2027-02-26")
    text = answered("2027-03-01")
    assert "not by 1 March 2027. The earliest day that fits is 30 March 2027." in text
    (deal,) = Path("output").glob("*.toml")
    assert "2027-03-01" in deal.read_text("utf-8")


@pytest.mark.usefixtures("terminal")
def test_where_no_day_is_near_enough_the_first_possible_one_is_proposed(house: Path) -> None:
    promised(house, "Caisse", due="2027-02-26")
    run(
        "new",
        "--lang",
        "en",
        typed="Harbour Books Ltd\n\nExport FEC\nyes\n30\nno\n\n\n\n\n",
    )
    (deal,) = Path("output").glob("*.toml")
    assert "earliest = 2027-03-30" in deal.read_text("utf-8")


def test_the_plan_tells_who_is_served_when_and_what_slips(house: Path) -> None:
    assert run("register", "capacity").exit_code == 0
    promised(house, "Export FEC", "Caisse")
    assert run("register", "capacity").exit_code == 1  # a hundred days until the end of March are too many
    planned = json.loads(run("register", "capacity", "--json", "--late", "AP-0=5").stdout)
    jsonschema.validate(planned, schema("register-capacity"))
    assert planned["late"] == {"AP-0": 5}
    assert [(each["reference"], each["effort"]) for each in planned["promises"]] == [
        ("AP-0", 55),
        ("AP-1", 50),
    ]
    assert all(each["slips"] > 0 for each in planned["promises"])
    assert sum(each["taken"] for each in planned["months"]) == pytest.approx(105)
    assert [each["month"] for each in planned["months"] if each["due"]] == ["2027-03"]
    shown = run("register", "capacity", "--late", "AP-0=5").stdout
    assert "March 2027: 20 of 20 days of work" in shown
    assert "days later than planned" in shown


def test_what_has_no_effort_is_left_out_and_named(house: Path) -> None:
    promised(house, "Export FEC", effort=None)
    shown = run("register", "capacity")
    assert shown.exit_code == 0
    assert "AP-0: Cycles 0, Export FEC, due by 31\N{NO-BREAK SPACE}March 2027" in shown.stdout
    refused = run("register", "capacity", "--late", "AP-0=5")
    assert refused.exit_code == 2
    assert "AP-0: is not in the plan" in refused.stderr


@pytest.mark.parametrize("late", ["AP-0", "AP-0=", "=5", "AP-0=soon", "AP-0=0"])
def test_a_delay_is_a_reference_and_a_number(late: str) -> None:
    assert run("register", "capacity", "--late", late).exit_code == 2


def test_a_house_that_says_nothing_of_its_team_is_told_how(house: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", house)
    refused = run("register", "capacity")
    assert refused.exit_code == 2
    assert "days_per_month = 20 under [capacity]" in refused.stderr
