"""`accord schema` describes what each command really prints, and finds fault with anything else."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from accord.batch.report import RowVerdict
from accord.cli.schema import PRINTED, schema
from accord.domain.deal_file import ROOTS
from support.cli import run
from support.letters import pdf, sample
from support.paths import SAMPLES
from support.schemas import faults

AGREEMENT, FRENCH, DECLINE = "05-en-purchase-england", "02-fr-achat-negociation", "12-en-decline-market"
PRICE = "templates/en/agreement/32-price.vat.md"
LONG = "The client pays " + "and pays " * 30 + "in time."
DEALS = """language,prospect.name,feature.name,decline.reason
en,Orchard & Vine,Gift cards,out-of-scope
en,Orchard & Vine,Gift cards,because
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a house that has a clause of its own, too long, an approval, letters and other files."""
    monkeypatch.chdir(tmp_path)
    for name in ("accord.toml", "logo.svg", f"{FRENCH}.toml", f"{DECLINE}.toml"):
        shutil.copy(SAMPLES / name, tmp_path)
    Path("deals.csv").write_text(DEALS, "utf-8")
    for stem in (AGREEMENT, FRENCH, DECLINE):
        Path(f"{stem}.pdf").write_bytes(pdf(stem))
    Path("altered.pdf").write_bytes(Path(f"{DECLINE}.pdf").read_bytes() + b"% and more")
    Path(PRICE).parent.mkdir(parents=True)
    Path(PRICE).write_text(f'+++\ntitle = "Price"\nwhen = ["vat-rate"]\n+++\n{LONG}\n', "utf-8")
    run("clauses", "approve", "payment", "--by", "A. Roy")
    return tmp_path


def printed(*arguments: str) -> Callable[[], Any]:
    return lambda: json.loads(run(*arguments).stdout)


def reported() -> Any:
    run("batch", "deals.csv", "--jobs", "1", "--date", "2026-11-23", "--report", "report")
    return json.loads(Path("report.json").read_text("utf-8"))


def recorded(command: str) -> Callable[[], Any]:
    def printed() -> Any:
        run("register", "add", f"{DECLINE}.pdf")
        return json.loads(run("register", command, "--json").stdout)

    return printed


def shown() -> Any:
    run("register", "add", f"{AGREEMENT}.pdf")
    reference = sample(AGREEMENT).reference
    run("follow", "signed", reference)
    return json.loads(run("register", "show", reference, "--json").stdout)


def exported() -> Any:
    run("register", "add", f"{DECLINE}.pdf")
    return json.loads(run("register", "export").stdout)


def planned() -> Any:
    with Path("accord.toml").open("a", encoding="utf-8") as file:
        file.write("\n[capacity]\ndays_per_month = 20\n")
    given = ("--date", "2026-11-23", "--set", "feature.effort=10", "--final", "--force")
    shutil.copy(SAMPLES / "01-fr-abonnement.toml", Path("deal.toml"))
    run("render", "deal.toml", *given)
    return json.loads(run("register", "capacity", "--json").stdout)


def supposed() -> Any:
    run("register", "add", f"{AGREEMENT}.pdf")
    reference = sample(AGREEMENT).reference
    return json.loads(run("what-if", reference, "--delivered", "2027-03-01", "--json").stdout)


CASES: list[tuple[str, Callable[[], Any]]] = [
    ("review", printed("review", "--json", "--date", "2026-11-23", f"{FRENCH}.toml", f"{DECLINE}.toml")),
    ("verify", printed("verify", "--json", f"{DECLINE}.pdf", "altered.pdf")),
    ("diff", printed("diff", "--json", f"{AGREEMENT}.pdf", f"{FRENCH}.pdf")),
    ("diff", printed("diff", "--json", "--date", "2026-12-01", f"{FRENCH}.pdf", f"{FRENCH}.toml")),
    ("clauses", printed("clauses", "list", "--json")),
    ("clauses-check", printed("clauses", "check", "--json")),
    ("batch", reported),
    ("register", recorded("list")),
    ("register-show", shown),
    ("register-demand", recorded("demand")),
    ("register-capacity", planned),
    ("register-export", exported),
    ("what-if", supposed),
    ("sign-fields", printed("sign", f"{AGREEMENT}.pdf", "--fields")),
]


def test_each_schema_is_sound_and_every_key_has_a_description() -> None:
    assert {name for name, _result in CASES} == set(PRINTED)
    for name in (*ROOTS, *PRINTED):
        described = schema(name)
        Draft202012Validator.check_schema(described)
        for table in (described, *described.get("$defs", {}).values()):
            assert table["additionalProperties"] is False or table["additionalProperties"]["type"]
            for key, value in table["properties"].items():
                assert value.get("description"), f"{name}: {table['title']}.{key}"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("name", "result"), CASES, ids=[name for name, _result in CASES])
def test_what_a_command_prints_is_what_its_schema_describes(name: str, result: Callable[[], Any]) -> None:
    data = result()
    assert faults(name, data) == []
    for violation in violations(data):
        assert faults(name, violation), violation


def violations(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The same with a mistake in each: another format, and a key more, less or of another type in the first row."""
    rows = [
        key
        for key in (
            "reviews",
            "verdicts",
            "changes",
            "clauses",
            "remarks",
            "report",
            "letters",
            "features",
            "holdings",
        )
        if key in data
    ]
    data = {**data, **{key: data[key][:1] for key in rows}}
    made = [{**data, "format": 2}, {**data, "more": 1}]

    def first(data: dict[str, Any]) -> dict[str, Any]:
        return data[rows[0]][0] if rows else data  # type: ignore[no-any-return]

    for key in first(data):
        less, other, more = (copy.deepcopy(data) for _each in range(3))
        del first(less)[key]
        first(other)[key] = 0.5
        first(more)["more"] = 1
        made += [less, other, more]
    return made


@pytest.mark.usefixtures("desk")
def test_a_word_that_the_schema_does_not_list_is_found() -> None:
    data = reported()
    assert set(data["counts"]) <= set(get_args(RowVerdict))
    data["report"][0]["verdict"] = "lost"
    assert faults("batch", data) == [
        "'lost' is not one of ['written', 'unchanged', 'good', 'refused', 'failed', 'passed']"
    ]
