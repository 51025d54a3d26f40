"""The documents inside a letter's file: there, unchanged, and no other."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from accord.pdf import typeset
from accord.verify.embedded_data import documents_in, open_pdf
from accord.verify.verify import verify
from support import annexed, tamper
from support.samples import compose


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A letter with three annexes and the general terms."""
    return typeset.typeset(compose(*annexed.read(tmp_path_factory.mktemp("deal"), annexed.FRENCH)))


def test_the_same_documents_give_the_same_bytes_in_any_folder(made: bytes, tmp_path: Path) -> None:
    assert typeset.typeset(compose(*annexed.read(tmp_path, annexed.FRENCH))) == made


def test_a_letter_with_documents_is_authentic(made: bytes) -> None:
    assert verify(made, "letter.pdf").answer == "authentic"
    assert documents_in(open_pdf(made), ["plan d’essais.xlsx"]) == {"plan d’essais.xlsx": annexed.SHEET}


def test_they_are_associated_files_with_their_type(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = {str(each.UF): (str(each.AFRelationship), str(each.EF.F.Subtype)) for each in pdf.Root.AF}
    assert found == {
        "accord.json": ("/Source", "/application/json"),
        "cgv.txt": ("/Supplement", "/text/plain"),
        "drawing.pdf": ("/Supplement", "/application/pdf"),
        "plan d’essais.xlsx": (
            "/Supplement",
            "/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        "specification.txt": ("/Supplement", "/text/plain"),
    }


def test_a_letter_that_was_saved_again_is_intact(made: bytes) -> None:
    with tamper.editing(made) as (_file, out):
        pass
    assert verify(out.getvalue(), "letter.pdf").answer == "intact"


def change(file: pikepdf.Pdf) -> None:
    file.attachments["drawing.pdf"].obj.EF.F.write(b"another drawing")


def swap(file: pikepdf.Pdf) -> None:
    one, other = (file.attachments[name].obj.EF for name in ("drawing.pdf", "cgv.txt"))
    one.F, other.F = other.F, one.F


def take_out(file: pikepdf.Pdf) -> None:
    del file.attachments["cgv.txt"]
    file.Root.AF = pikepdf.Array([each for each in file.Root.AF if each.UF != "cgv.txt"])


def add(file: pikepdf.Pdf) -> None:
    file.attachments["extra.txt"] = pikepdf.AttachedFileSpec(file, b"more", filename="extra.txt")


def add_a_second(file: pikepdf.Pdf) -> None:
    extra = pikepdf.AttachedFileSpec(file, b"another", filename="cgv.txt")
    file.Root.AF.append(extra.obj)


ALTERATIONS: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "changed": (change, "the document drawing.pdf is not the one whose SHA-256"),
    "exchanged": (swap, "the document cgv.txt is not the one whose SHA-256"),
    "taken out": (take_out, "the document cgv.txt is missing"),
    "added": (add, "a file was added inside: extra.txt"),
    "doubled": (add_a_second, "the files attached to it were changed"),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_a_document_that_was_changed_is_told(name: str, made: bytes) -> None:
    alter, sentence = ALTERATIONS[name]
    with tamper.editing(made) as (file, out):
        alter(file)
    verdict = verify(out.getvalue(), "letter.pdf")
    assert verdict.answer == "altered"
    assert any(sentence in difference for difference in verdict.differences), verdict.differences


def test_other_general_terms_than_the_house_s_are_noted(made: bytes, tmp_path: Path) -> None:
    _deal, home = annexed.read(tmp_path, annexed.FRENCH)
    assert not any("general terms" in note for note in verify(made, "letter.pdf", home).notes)
    (tmp_path / "cgv.txt").write_text("others", "utf-8")
    changed = annexed.loader.read_house(tmp_path / "accord.toml")
    assert any("its general terms, cgv.txt" in note for note in verify(made, "letter.pdf", changed).notes)
