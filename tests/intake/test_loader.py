"""A house and its deals are found, read and completed; flags go before files."""

import datetime
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from accord.domain.deal import Agreement, Decline
from accord.domain.house import House
from accord.errors import AccordError, FaultyInput
from accord.intake import loader, logo
from accord.intake.overrides import set_keys
from support import inputs
from support.inputs import DEAL, HOUSE, TODAY, assert_faults, changed, faults_of
from support.processes import python

# --- A sound deal -------------------------------------------------------------


def test_a_deal_is_completed_from_the_house(tmp_path: Path, house: House) -> None:
    path = tmp_path / "deal.toml"
    path.write_text(DEAL)
    deal = loader.read_deal(path, house, today=TODAY)
    assert isinstance(deal, Agreement)
    assert (deal.date, deal.law, deal.court, deal.binding, deal.vendor_commitment, deal.locale) == (
        TODAY, "FR", "Lyon", "conditional", "efforts", "fr_FR",
    )  # fmt: skip
    assert deal.decision.currency == "EUR"


def test_what_a_deal_says_itself_stays() -> None:
    house = inputs.house()
    own = {
        "law": "EW",
        "date": datetime.date(2026, 1, 1),
        "binding": "intent",
        "vendor_commitment": "none",
        "locale": "fr_CH",
    }
    deal = loader.deal_from(
        tomllib.loads(changed(DEAL, ("kind", 'kind = "subscription"\ncurrency = "CHF"'))) | own,
        "",
        house,
        today=TODAY,
    )
    assert isinstance(deal, Agreement)
    assert {key: getattr(deal, key) for key in own} == own
    assert deal.decision.currency == "CHF"
    assert deal.court is None, "a court of Lyon is not the one for the law of England"


def test_the_data_given_is_not_changed(house: House) -> None:
    data = tomllib.loads(DEAL)
    loader.deal_from(data, "", house, today=TODAY)
    assert data == tomllib.loads(DEAL)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_windows_files_are_welcome(mark: str, tmp_path: Path, house: House) -> None:
    path = tmp_path / "deal.toml"
    path.write_bytes((mark + DEAL.replace("\n", "\r\n")).encode())
    assert faults_of(path, house) == []


# --- Finding the house --------------------------------------------------------


def test_the_house_is_found_here_or_above(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "accord.toml").write_text(HOUSE)
    assert loader.find_house(below, None) == tmp_path / "accord.toml"
    (below / "accord.toml").write_text(HOUSE)
    assert loader.find_house(below, None) == below / "accord.toml"
    assert loader.find_house(below, Path("other.toml")) == Path("other.toml")


def test_without_a_house_the_way_to_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(AccordError, match=r"accord init.*accord demo"):
        loader.find_house(tmp_path, None)


# --- The logo -----------------------------------------------------------------


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" /></svg>'

LOGOS = {
    "sound": ("logo.svg", SVG, ""),
    "with an unprintable name": ("標誌.svg", SVG, ""),
    "missing": ("logo.svg", None, "the file logo.svg, looked for beside the house file, does not exist"),
    "folder": (".", None, "is a folder"),
    "not a picture": ("logo.svg", "hello", "the file logo.svg is neither a PNG nor an SVG"),
    "loading from the net": (
        "logo.svg",
        SVG.replace(" />", ' style="fill:url(http://x.example)"/>'),
        "outside itself",
    ),
    "hidden characters": ("lo\\u202ego.svg", None, "RIGHT-TO-LEFT OVERRIDE"),
    "no file name": ("a\\u0000b", None, "does not show on paper"),
}


@pytest.mark.parametrize("case", LOGOS)
def test_logos(case: str, tmp_path: Path) -> None:
    name, content, sentence = LOGOS[case]
    if content is not None:
        (tmp_path / name).write_text(content)
    path = tmp_path / "accord.toml"
    path.write_text(f'{HOUSE}[brand]\nlogo = "{name}"')
    assert_faults(faults_of(path), {"brand.logo": sentence} if sentence else {})
    if not sentence:
        picture = loader.read_house(path).logo
        assert picture is not None
        assert (picture.content, picture.media_type) == (logo.stripped(SVG.encode()), "image/svg+xml")


def test_a_logo_is_looked_at_whatever_else_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "accord.toml"
    path.write_text('[brand]\nlogo = "logo.svg"')
    assert_faults(faults_of(path), {"supplier": "is missing", "brand.logo": "does not exist"})


# --- Answers and flags --------------------------------------------------------


def test_a_house_from_answers_has_the_same_faults() -> None:
    with pytest.raises(FaultyInput, match="supplier: is missing"):
        loader.house_from({}, "")
    assert loader.house_from(tomllib.loads(HOUSE), "").supplier.name == "Novalys"


def test_flags_go_before_the_file(tmp_path: Path, house: House) -> None:
    path = tmp_path / "deal.toml"
    path.write_text(
        changed(DEAL, ("language", 'language = "fr"\nlocale = "fr_CH"'), ("quantity", 'quantity = "x"'))
    )
    flags = {"language": "en", "date": "2026-12-01", "decision.quantity": "30"}
    deal = loader.read_deal(path, house, today=TODAY, overrides=flags)
    assert isinstance(deal, Agreement)
    assert (deal.language, deal.locale, deal.date) == ("en", "en_GB", datetime.date(2026, 12, 1))
    assert deal.decision.quantity == 30


def test_faults_of_flags_name_no_file(tmp_path: Path, house: House) -> None:
    path = tmp_path / "deal.toml"
    path.write_text(changed(DEAL, ("by", "by = 2020-01-01"), ("quantity", "quantity = 0")))
    flags = {
        "prospect.name": " ",
        "decision.quantity": "many",
        "feature.exclusions": "a;中",
        "prospekt.name": "A",
    }
    found = faults_of(path, house, overrides=flags)
    assert [(fault.source == str(path), fault.key) for fault in found] == [
        (False, "prospect.name"),
        (False, "feature.exclusions[2]"),
        (True, "delivery.by"),
        (False, "decision.quantity"),
        (False, "prospekt.name"),
    ]


def test_a_faulty_flag_alone_is_a_fault(tmp_path: Path, house: House) -> None:
    path = tmp_path / "deal.toml"
    path.write_text(DEAL)
    assert_faults(faults_of(path, house, overrides={"zzzzzz": "A"}), {"zzzzzz": "accord schema deal"})


def test_a_flag_below_a_value_leaves_the_fault_to_the_file(tmp_path: Path, house: House) -> None:
    path = tmp_path / "deal.toml"
    path.write_text(changed(DEAL, ("name", 'name = "A"\ncontact = "Paul"')))
    found = faults_of(path, house, overrides={"prospect.contact.title": "Gérant"})
    assert_faults(found, {"prospect.contact": "must be a table"})


def test_bytes_that_are_no_characters_in_a_flag(tmp_path: Path, house: House) -> None:
    path = tmp_path / "deal.toml"
    path.write_text(DEAL)
    found = faults_of(
        path, house, overrides={"prospect.name": "A\udce9", "prospect.vat": "\udce9", "delivery.by": "\udce9"}
    )
    assert [fault.key for fault in found] == ["prospect.name", "prospect.vat", "delivery.by"]
    for fault in found:
        assert fault.sentence.encode()


# --- Real files of the system -------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    """In a process of its own, so that a hang would show as a failure."""
    os.mkfifo(tmp_path / "accord.toml")
    program = (
        "import sys; from pathlib import Path; from accord.intake import loader\n"
        "loader.read_house(loader.find_house(Path(sys.argv[1]), None))"
    )
    done = python("-c", program, tmp_path)
    assert "accord.toml: is a pipe or a device; name an ordinary file" in done.stderr


def test_an_ellipsis_stands_for_what_is_still_to_write(house: House, tmp_path: Path) -> None:
    """The file of the manual can be copied and filled in bit by bit."""
    path = tmp_path / "deal.toml"
    path.write_text(DEAL + '\n[decline]\nreason = "out-of-scope"\nalternative = "…"\n')
    deal = loader.read_deal(path, house, today=TODAY)
    assert isinstance(deal, Decline)
    assert deal.refusal.alternative is None
    path.write_text(
        DEAL.replace('name = "Export FEC"', 'name = "Export FEC"\nacceptance_tests = ["…", "..."]', 1)
    )
    assert loader.read_deal(path, house, today=TODAY).feature.acceptance_tests == ()


def test_settings_of_a_house_are_read_as_people_write_them() -> None:
    data: dict[str, Any] = {}
    texts = {
        "supplier.capital": "50 000 €",
        "supplier.country": "France",
        "terms.acceptance_days": "2 semaines",
    }
    assert set_keys(data, texts, "house", loader.house_habits_of) == []
    assert data == {
        "supplier": {"country": "FR", "capital": "50000"},
        "terms": {"acceptance_days": 14},
    }
