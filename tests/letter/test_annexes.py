"""A letter names its documents, each by the fingerprint of its content; its data holds no folder."""

import hashlib
import json
from pathlib import Path

import pytest

from accord.errors import AccordError
from accord.letter import markdown, record
from accord.letter.letter import Letter, as_json
from accord.verify import recompose
from support import annexed
from support.samples import compose

SITUATIONS = (annexed.FRENCH, annexed.ENGLISH, annexed.INTENT)
NAMES = ("specification.txt", "plan d’essais.xlsx", "drawing.pdf", "cgv.txt")
CONTENTS = (annexed.SPECIFICATION, annexed.SHEET, annexed.DRAWING, annexed.TERMS)


def letter_in(folder: Path, stem: str, annexes: str = annexed.ANNEXES) -> Letter:
    deal, home = annexed.read(folder, stem, annexes)
    return compose(deal, home)


@pytest.mark.parametrize("stem", SITUATIONS)
def test_each_document_is_named_dated_and_identified(stem: str, tmp_path: Path) -> None:
    letter = letter_in(tmp_path, stem)
    (article,) = (article for article in letter.articles if article.id == "annexes")
    text = markdown.render(letter)
    for name, content in zip(NAMES, CONTENTS, strict=True):
        assert name in text
        assert hashlib.sha256(content).hexdigest() in text
    assert ("12\u00a0novembre 2026" if letter.language == "fr" else "12\u00a0November 2026") in text
    titles = [*letter.enclosures]
    assert titles[:3] == ["Specification", "Test plan", "Drawing"]
    assert len(titles) == 4
    assert article.number == next(each.number for each in letter.articles if each.id == "terms") + 1  # type: ignore[operator]


@pytest.mark.parametrize("stem", SITUATIONS)
def test_the_data_tells_no_folder_and_composes_the_letter_again(stem: str, tmp_path: Path) -> None:
    letter = letter_in(tmp_path, stem)
    assert "specs/" not in as_json(letter.data)
    assert letter.data["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in zip(NAMES, CONTENTS, strict=True)
    }
    again = recompose.letter_of(record.recorded(letter.data, "letter.pdf"), "letter.pdf")
    assert markdown.render(again) == markdown.render(letter)
    assert again.data == letter.data


def test_another_content_is_another_version_of_the_same_deal(tmp_path: Path) -> None:
    first = letter_in(tmp_path, annexed.FRENCH)
    (tmp_path / "drawing.pdf").write_bytes(b"another")
    home = annexed.loader.read_house(tmp_path / "accord.toml")
    deal = annexed.loader.read_deal(tmp_path / f"{annexed.FRENCH}.toml", home.house, today=annexed.TODAY)
    second = compose(deal, home)
    assert first.reference == second.reference
    assert first.version != second.version


def test_general_terms_alone_are_a_document_too(tmp_path: Path) -> None:
    letter = letter_in(tmp_path, annexed.FRENCH, "")
    assert [document.name for document in letter.documents] == ["cgv.txt"]
    assert "annexes" in {article.id for article in letter.articles}


HOSTILE = ("../../evil.txt", "/etc/evil", "..\\evil.txt", "specs/evil.txt", "con.txt", "accord.json", ".profile", "a\u202eb.txt")  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_document_is_called_by_a_name_that_leads_elsewhere(name: str, tmp_path: Path) -> None:
    data = json.loads(as_json(letter_in(tmp_path, annexed.FRENCH).data))
    for changed in ("annex", "terms"):
        hostile = json.loads(as_json(data)) | {"files": data["files"] | {name: "0" * 64}}
        if changed == "annex":
            hostile["deal"]["annex"][0]["file"] = name
        else:
            hostile["house"]["terms"]["general_terms_file"] = name
        with pytest.raises(AccordError, match=r"^letter\.pdf: "):
            record.recorded(hostile, "letter.pdf")


WRONG_DATA = {
    "a file without its digest": {"files": {}},
    "a digest that is none": {"files": {"cgv.txt": "abc"}},
    "a list": {"files": []},
}


@pytest.mark.parametrize("name", WRONG_DATA)
def test_data_that_does_not_hold_together_is_refused(name: str, tmp_path: Path) -> None:
    data = {**letter_in(tmp_path, annexed.FRENCH).data, **WRONG_DATA[name]}
    with pytest.raises(AccordError, match=r"^letter\.pdf: "):
        record.recorded(data, "letter.pdf")
