"""`accord init`: a house file that can be used at once."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from accord.intake import loader
from support.cli import run
from support.printed import one_line

pytestmark = pytest.mark.usefixtures("here")

NEEDED = {"supplier.name": "Novalys", "terms.law": "FR", "terms.binding": "conditional"}


def init(*arguments: str, typed: str | None = None, **settings: str) -> Result:
    flags = [f"--set={key}={value}" for key, value in settings.items()]
    return run("init", *arguments, *flags, typed=typed)


def house(path: str = "accord.toml") -> dict[str, Any]:
    loader.read_house(Path(path))
    return tomllib.loads(Path(path).read_text("utf-8"))


# --- Settings alone, as programs call it ----------------------------------------------


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_folder_is_not_the_file_and_is_told_so(force: tuple[str, ...]) -> None:
    Path("house").mkdir()
    refused = init("--out", "house", *force, **NEEDED)
    assert refused.exit_code == 2
    assert "--out house/accord.toml" in refused.stderr
    assert not [*Path("house").iterdir()]


def test_settings_give_a_house_without_a_word() -> None:
    result = init(**NEEDED, **{"supplier.address": "3 quai Perrache;69002 Lyon", "terms.payment_days": "45"})
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "accord.toml\n"
    assert house()["supplier"]["address"] == ["3 quai Perrache", "69002 Lyon"]
    assert house()["terms"]["payment_days"] == 45
    assert "accord new" in result.stderr


def test_the_keys_are_explained_in_the_file() -> None:
    init(**NEEDED)
    assert "# days the client has to test" in Path("accord.toml").read_text("utf-8")


def test_what_is_missing_is_listed_at_once() -> None:
    result = init()
    assert result.exit_code == 2
    keys = [line.partition(":")[0] for line in result.stderr.splitlines()]
    assert keys == ["supplier.name", "terms.law", "terms.binding"]
    assert not Path("accord.toml").exists()


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("supplier.registration", "732 829 321", "is not a SIREN"),
        ("supplier.vat", "FR00732829320", "is not a VAT number"),
        ("supplier.capital", "50 or so", "is not an amount"),
        ("supplier.email", "contact", "is not an e-mail address"),
        ("supplier.nam", "X", "did you mean supplier.name"),
        ("terms.law", "US", "is not known"),
        ("terms.payment_days", "soon", "is not a number of days"),
        ("decision.kind", "none", "is not a key of that file"),
    ],
)
def test_a_wrong_setting_is_told_with_what_is_missing(key: str, value: str, told: str) -> None:
    result = init(**{key: value})
    assert result.exit_code == 2
    assert f"{key}: " in result.stderr
    assert told in result.stderr
    assert "terms.binding: is missing" in result.stderr
    assert not Path("accord.toml").exists()


def test_another_file_is_replaced_only_by_force() -> None:
    Path("accord.toml").write_text("# mine")
    result = init(**NEEDED)
    assert result.exit_code == 2
    assert "accord.toml exists; write --force" in result.stderr
    assert Path("accord.toml").read_text() == "# mine"
    assert init("-o", "other.toml", **NEEDED).stdout == "other.toml\n"
    assert init("--force", **NEEDED).exit_code == 0
    assert house()["supplier"]["name"] == "Novalys"


# --- Asked -----------------------------------------------------------------------------

FRENCH = """Novalys
14 quai Lamennais, 35000 Rennes, France
sas au capital de 50 000 €
732 829 320 rcs rennes
Mme Claire Moreau, présidente
4
"""
ENGLISH = """Harrow Ltd
1 High Street, Leeds LS1 4AP, UK

1234567
ann smith, Director
1
"""
ELSEWHERE = """Novalys
Hauptstr. 3; 10115 Berlin
Allemagne
GmbH
HRB 1234
Anna Schmidt
2
1
"""


@pytest.mark.usefixtures("terminal")
def test_a_french_house() -> None:
    result = init(typed=FRENCH)
    assert result.exit_code == 0, result.stderr
    supplier, terms = house()["supplier"], house()["terms"]
    assert (supplier["registration"], supplier["registry"]) == ("732 829 320", "Rennes")
    assert (supplier["country"], supplier["currency"]) == ("FR", "EUR")
    assert (supplier["legal_form"], supplier["capital"]) == ("SAS", "50000.00")
    assert supplier["address"] == ["14 quai Lamennais", "35000 Rennes"]
    assert supplier["signatory"] == {
        "civility": "Mme", "first_name": "Claire", "last_name": "Moreau", "title": "présidente",
    }  # fmt: skip
    assert (terms["law"], terms["court"], terms["binding"]) == ("FR", "Rennes", "conditional")
    assert terms["vendor_commitment"] == "efforts"
    assert (terms["acceptance_days"], terms["payment_days"], terms["validity_days"]) == (15, 30, 30)


@pytest.mark.usefixtures("terminal")
def test_an_english_house() -> None:
    result = init(typed=ENGLISH)
    assert result.exit_code == 0, result.stderr
    supplier = house()["supplier"]
    assert (supplier["country"], supplier["currency"], supplier["legal_form"]) == ("GB", "GBP", "Ltd")
    assert (supplier["registration"], supplier["registry"]) == ("01234567", "England and Wales")
    assert supplier["address"] == ["1 High Street", "Leeds LS1 4AP"]
    assert "capital" not in supplier
    assert (house()["terms"]["law"], house()["terms"]["binding"]) == ("EW", "intent")
    assert "both must negotiate" not in result.stderr


@pytest.mark.usefixtures("terminal")
def test_a_house_elsewhere_is_asked_for_its_country_and_law() -> None:
    result = init(typed=ELSEWHERE)
    assert result.exit_code == 0, result.stderr
    assert (house()["supplier"]["country"], house()["terms"]["law"]) == ("DE", "EW")


@pytest.mark.parametrize(
    ("before", "wrong", "told"),
    [
        ("", "", "An answer is needed here"),
        ("Novalys\nLe Bourg\n", "Atlantis", "“Atlantis” is not a country"),
        (
            "Novalys\n3 quai Perrache, 69002 Lyon\nFrance\n",
            "SAS au capital de lots",
            "“lots” is not an amount",
        ),
        ("Novalys\n3 quai Perrache, 69002 Lyon\nFrance\n\n", "732 829 321", "is not a SIREN"),
        ("Novalys\n3 quai Perrache, 69002 Lyon\nFrance\n\n\n", "Mme", "Write the name, then the title"),
    ],
)
@pytest.mark.usefixtures("terminal")
def test_a_wrong_answer_is_explained_at_once_and_asked_again(before: str, wrong: str, told: str) -> None:
    result = init(typed=f"{before}{wrong}\n")
    assert result.exit_code == 1
    assert told in one_line(result.stderr)
    assert not Path("accord.toml").exists()


@pytest.mark.parametrize("answers", range(1, 6))
@pytest.mark.usefixtures("terminal")
def test_answers_are_never_lost(answers: int) -> None:
    lines = FRENCH.splitlines(keepends=True)
    stopped = init(typed="".join(lines[:answers]))
    assert stopped.exit_code == 1
    assert "kept in accord.toml.unfinished. To resume: accord init --resume" in one_line(stopped.stderr)
    assert init("--resume", typed="".join(lines[answers:])).exit_code == 0
    assert house()["supplier"]["registration"] == "732 829 320"
    assert not Path("accord.toml.unfinished").exists()


@pytest.mark.usefixtures("terminal")
def test_what_settings_answer_is_not_asked() -> None:
    typed = "".join(FRENCH.splitlines(keepends=True)[1:])
    result = init(typed=typed, **{"supplier.name": "Novalys"})
    assert result.exit_code == 0, result.stderr
    assert "Name of your company" not in result.stderr


@pytest.mark.usefixtures("terminal")
def test_a_file_that_is_there_is_told_before_anything_is_asked() -> None:
    Path("accord.toml").touch()
    assert "?" not in init(typed="never read").stderr


@pytest.mark.usefixtures("terminal")
def test_the_file_is_edited_as_it_was_asked_for() -> None:
    init(typed=FRENCH)
    Path("accord.toml").write_text(f"# ours\n{Path('accord.toml').read_text('utf-8')}", "utf-8")
    result = run("edit", "accord.toml", typed="2\n3 quai Perrache, 69002 Lyon\n\n")
    assert result.exit_code == 0, result.stderr
    assert house()["supplier"]["address"] == ["3 quai Perrache", "69002 Lyon"]
    assert Path("accord.toml").read_text("utf-8").startswith("# ours\n")


@pytest.mark.usefixtures("terminal")
def test_an_edited_house_keeps_its_answers_too() -> None:
    init(typed=FRENCH)
    before = Path("accord.toml").read_bytes()
    stopped = run("edit", "accord.toml", typed="2\n3 quai Perrache, 69002 Lyon\nno\n")
    assert stopped.exit_code == 1
    assert Path("accord.toml").read_bytes() == before
    assert run("edit", "accord.toml", "--resume", typed="\n").exit_code == 0
    assert house()["supplier"]["address"] == ["3 quai Perrache", "69002 Lyon"]
    assert not Path("accord.toml.unfinished").exists()
