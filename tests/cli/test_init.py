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
        ("supplier.capital", "50k", "is not an amount"),
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
FR
SAS

50 000
732 829 320
Lyon
FR44732829320
3 quai Perrache; 69002 Lyon
contact@novalys.example
Mme
Claire
Moreau
Présidente

Lyon
4


45

"""
ENGLISH = """Harrow Ltd
gb
Ltd


01234567
England and Wales



Ms
Ann
Smith
Director


1





"""


@pytest.mark.usefixtures("terminal")
def test_a_french_house() -> None:
    result = init(typed=FRENCH)
    assert result.exit_code == 0, result.stderr
    supplier, terms = house()["supplier"], house()["terms"]
    assert supplier["registration"] == "732 829 320"
    assert (supplier["country"], supplier["currency"], supplier["capital"]) == ("FR", "EUR", "50000.00")
    assert supplier["address"] == ["3 quai Perrache", "69002 Lyon"]
    assert supplier["signatory"]["title"] == "Présidente"
    assert (terms["law"], terms["court"], terms["binding"]) == ("FR", "Lyon", "conditional")
    assert terms["vendor_commitment"] == "efforts"
    assert (terms["acceptance_days"], terms["payment_days"], terms["validity_days"]) == (15, 45, 30)
    assert "nothing: you stay free" not in result.stderr


@pytest.mark.usefixtures("terminal")
def test_an_english_house() -> None:
    result = init(typed=ENGLISH)
    assert result.exit_code == 0, result.stderr
    assert house()["supplier"]["currency"] == "GBP"
    assert "capital" not in house()["supplier"]
    assert (house()["terms"]["law"], house()["terms"]["binding"]) == ("EW", "intent")
    assert "both must negotiate" not in result.stderr


@pytest.mark.parametrize(
    ("before", "wrong", "told"),
    [
        ("", "", "An answer is needed here"),
        ("Novalys\n", "France", "is not an ISO country code"),
        ("Novalys\n", "UK", 'write "GB" for the United Kingdom'),
        ("Novalys\nFR\nSAS\n", "francs", "“FRANCS” is not known"),
        ("Novalys\nFR\nSAS\n\n", "lots", "“lots” is not an amount"),
        ("Novalys\nFR\nSAS\n\n\n", "732 829 321", "is not a SIREN"),
        ("Novalys\nFR\nSAS\n\n\n732829320\n\n", "FR83404833048", "does not belong to the company"),
    ],
)
@pytest.mark.usefixtures("terminal")
def test_a_wrong_answer_is_explained_at_once_and_asked_again(before: str, wrong: str, told: str) -> None:
    result = init(typed=f"{before}{wrong}\n")
    assert result.exit_code == 1
    assert told in one_line(result.stderr)
    assert "Nothing was written." in result.stderr
    assert not Path("accord.toml").exists()


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
