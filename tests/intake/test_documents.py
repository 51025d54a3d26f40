"""Annexes and general terms from their files, with every fault at once."""

import os
import unicodedata
from pathlib import Path
from typing import Literal, TypeAlias

import pytest

from accord.errors import FaultyInput
from accord.intake import documents, loader
from support import annexed
from support.inputs import TODAY
from support.samples import HOUSE

Normal: TypeAlias = Literal["NFC", "NFD"]


def annex(file: str, title: str = "Plan") -> str:
    return f'\n[[annex]]\ntitle = "{title}"\nfile = {file!r}\n'


def faults_of(folder: Path, annexes: str) -> list[str]:
    with pytest.raises(FaultyInput) as raised:
        annexed.read(folder, annexed.FRENCH, annexes)
    return [f"{fault.key}: {fault.sentence}" for fault in raised.value.faults]


def test_each_annex_has_its_document(tmp_path: Path) -> None:
    deal, home = annexed.read(tmp_path, annexed.FRENCH)
    assert [each.document.content for each in deal.annex] == [  # type: ignore[union-attr]
        annexed.SPECIFICATION,
        annexed.SHEET,
        annexed.DRAWING,
    ]
    terms = home.house.general_terms_document("fr")
    assert terms
    assert (terms.name, terms.content) == ("cgv.txt", annexed.TERMS)


def test_a_decline_has_none_whatever_its_file_says(tmp_path: Path) -> None:
    deal, _home = annexed.read(tmp_path, "09-fr-refus-hors-marche", annex("no such file"))
    assert deal.kind == "decline"


WRONG = {
    "missing": (annex("none.pdf"), "annex[1].file: the file none.pdf, looked for", "does not exist"),
    "a folder": (annex("specs"), "annex[1].file", "is a folder"),
    "empty": (annex("empty.txt"), "annex[1].file", "is empty"),
    "too large": (annex("large.bin"), "annex[1].file", "larger than 5 MiB"),
    "absolute": (annex("/etc/passwd"), "annex[1].file", "is not a path from the folder"),
    "a name of our own": (annex("accord.json"), "annex[1].file", "keep for a file of their own"),
    "the name of an order": (annex("x/Order-X.xml"), "annex[1].file", "keep for a file of their own"),
    "twice one name": (annex("cgv2.txt") + annex("specs/CGV2.TXT"), "annex[2].file", "has the name of another"),
    "the name of the general terms": (annex("specs/cgv.txt"), "annex[1].file", "has the name of another"),
    "too many": ("".join(annex(f"{n}.txt") for n in range(11)), "annex: has 11 items", "holds 10"),
    "above the folder": (annex("../outside.txt"), "annex[1].file: the file ../outside.txt", "is in another folder; copy it there"),
    "elsewhere by a link": (annex("link.txt"), "annex[1].file: the file link.txt", "is in another folder; copy it there"),
    "no title": ('\n[[annex]]\nfile = "cgv2.txt"\n', "annex[1].title", "is missing"),
    "one table": ('\n[annex]\ntitle = "X"\nfile = "cgv2.txt"\n', "annex", "double brackets: [[annex]]"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_an_annex_is_told_with_its_key(name: str, tmp_path: Path) -> None:
    text, key, sentence = WRONG[name]
    folder = tmp_path / "deals"
    (folder / "specs").mkdir(parents=True)
    (folder / "empty.txt").touch()
    (folder / "large.bin").write_bytes(b"x" * (documents.LARGEST + 1))
    for path in ("cgv2.txt", "specs/CGV2.TXT", "specs/cgv.txt", "../outside.txt"):
        (folder / path).write_text("x", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    told = [fault for fault in faults_of(folder, text) if fault.startswith(key) and sentence in fault]
    assert len(told) == 1


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    text = annex("none.pdf") + annex("nothing.pdf")
    told = faults_of(tmp_path, text.replace("Plan", "Pl\u202ean", 1))
    assert [fault.partition(":")[0] for fault in told] == ["annex[1].title", "annex[1].file", "annex[2].file"]


@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_a_name_with_accents_is_found_however_it_is_typed_and_stored(
    typed: Normal, stored: Normal, tmp_path: Path
) -> None:
    annexed.write(tmp_path, annexed.FRENCH, annex(unicodedata.normalize(typed, "précisions.txt")))
    (tmp_path / unicodedata.normalize(stored, "précisions.txt")).write_text("x", "utf-8")
    (tmp_path / "cgv.txt").rename(tmp_path / unicodedata.normalize(stored, "Conditions générales.txt"))
    house = tmp_path / "accord.toml"
    name = unicodedata.normalize(typed, "Conditions générales.txt")
    house.write_text(house.read_text("utf-8").replace("cgv.txt", name), "utf-8")
    home = loader.read_house(house)
    deal = loader.read_deal(tmp_path / f"{annexed.FRENCH}.toml", home.house, today=TODAY)
    terms = home.house.general_terms_document("fr")
    assert terms
    assert (terms.content, terms.name) == (annexed.TERMS, "Conditions générales.txt")
    assert [each.document.name for each in deal.annex] == ["précisions.txt"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("size", "is_refused"), [(1, False), (2, False), (3, True)])
def test_the_general_terms_count_among_the_documents(size: int, *, is_refused: bool, tmp_path: Path) -> None:
    path = annexed.write(tmp_path, annexed.FRENCH, annex("a") + annex("b"))
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(name.encode() * (4 << 20))
    (tmp_path / "cgv.txt").write_bytes(b"x" * (size << 20))
    house = loader.read_house(tmp_path / "accord.toml").house
    if not is_refused:
        loader.read_deal(path, house, today=TODAY)
        return
    with pytest.raises(FaultyInput, match="are larger than 10 MiB together, general terms included"):
        loader.read_deal(path, house, today=TODAY)


def test_annexes_may_not_be_too_large_together(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode() * (4 << 20))
    assert "are larger than 10 MiB together" in faults_of(tmp_path, annex("a") + annex("b") + annex("c"))[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hold_the_program_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe or a device" in faults_of(tmp_path, annex("pipe"))[0]


def test_a_deal_without_a_folder_has_no_annexes(tmp_path: Path) -> None:
    path = annexed.write(tmp_path, annexed.FRENCH)
    data = loader.read_deal_data(path, "deal")
    with pytest.raises(FaultyInput, match="only a deal file has a folder"):
        loader.deal_from(data, "row 2", HOUSE.house, today=TODAY)


def test_general_terms_that_are_not_there_or_have_no_title_are_told(tmp_path: Path) -> None:
    annexed.write(tmp_path, annexed.FRENCH)
    house = tmp_path / "accord.toml"
    (tmp_path / "cgv.txt").unlink()
    with pytest.raises(FaultyInput, match=r"terms.general_terms_file: the file cgv.txt.* does not exist"):
        loader.read_house(house)
    lines = [line for line in house.read_text("utf-8").splitlines() if not line.startswith("general_terms =")]
    house.write_text("\n".join(lines), "utf-8")
    with pytest.raises(FaultyInput, match=r"needs their title and version too"):
        loader.read_house(house)


def test_more_tests_than_a_letter_holds_belong_into_an_annex() -> None:
    tests = {"name": "x", "acceptance_tests": [f"le bouton {n} répond" for n in range(13)]}
    with pytest.raises(
        FaultyInput, match=r"shorten the list, or write it all in a document .* \[\[annex\]\]"
    ):
        loader.deal_from(
            {"language": "fr", "feature": tests, "prospect": {"name": "x"}}, "deal", HOUSE.house, today=TODAY
        )
