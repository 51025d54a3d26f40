"""Letters that went through the open libraries of signing services, as they are on npm, and through other programs."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from accord.verify import verify
from support import brisk, tamper
from support.authority import PASSPHRASE, Authority
from support.campaign import Tried
from support.letters import pdf
from support.paths import ROOT
from support.png import fading

MODULES = ROOT / ".cache/services"  # what `make services` fetched
NODE = ROOT / ".venv/bin/node"
SCRIPT = Path(__file__).parent.parent / "support/services.mjs"
LETTERS = ("01-fr-abonnement", "05-en-purchase-england")
FIELDS, TAGS = (
    "its signature fields: supplier, prospect",
    "the tags of these fields for screen readers, and with them PDF/UA-1",
)

# What is asked of which library; the verdict, and what was lost and added as it is told.
ASKED: Mapping[str, tuple[dict[str, Any], str, tuple[str, ...], tuple[str, ...]]] = {
    "Documenso, sent": ({"by": "libpdf"}, "repackaged", (FIELDS, TAGS), ()),
    "Documenso, signed": ({"by": "libpdf", "key": True}, "repackaged", (FIELDS, TAGS), ()),
    "Documenso, with a picture and a page": (
        {"by": "libpdf", "key": True, "image": True, "page": True}, "repackaged", (FIELDS, TAGS),
        ("1 page behind", "something drawn in the signature fields"),
    ),
    "a page that nobody signed": ({"by": "libpdf", "page": True}, "altered", (), ()),
    "a picture that nobody signed": ({"by": "libpdf", "image": True}, "altered", (), ()),
    "pdf-lib, flattened": ({"by": "pdflib"}, "repackaged", (FIELDS, TAGS), ()),
    "pdf-lib, with a page": ({"by": "pdflib", "page": True}, "altered", (), ()),
}  # fmt: skip


@pytest.fixture(autouse=True)
def brisk_verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    brisk.verifying(monkeypatch)


def asked(how: Mapping[str, Any], content: bytes, folder: Path) -> dict[str, Any]:
    """The same, with the files that it names."""
    source = folder / "letter.pdf"
    source.write_bytes(content)
    asked: dict[str, Any] = {**how, "source": str(source), "target": str(folder / "made.pdf")}
    if "image" in how:
        (folder / "drawn.png").write_bytes(fading(alpha=True))
        with pikepdf.open(source) as file:
            number, field = next(
                (place, each)
                for place, page in enumerate(file.pages, 1)
                for each in page.obj.get("/Annots", [])
                if each.get("/T") == "supplier"
            )
            left, bottom = (float(side) + 4 for side in list(field.Rect)[:2])
        asked["image"] = {"path": str(folder / "drawn.png"), "page": number, "left": left, "bottom": bottom}
    if "key" in how:
        authority = Authority("http://127.0.0.1:9")
        (folder / "key.p12").write_bytes(authority.archive(authority.holder("Documenso")))
        asked |= {"key": str(folder / "key.p12"), "passphrase": PASSPHRASE}
    return asked


@pytest.mark.skipif(not MODULES.exists(), reason="npm did not give the libraries: make services")
@pytest.mark.parametrize("stem", LETTERS)
@pytest.mark.parametrize("kind", ASKED)
def test_what_the_library_of_a_service_makes_of_a_letter_is_told(
    kind: str, stem: str, tmp_path: Path, tried: Tried
) -> None:
    how, answer, lost, added = ASKED[kind]
    asking = asked(how, pdf(stem), tmp_path)
    subprocess.run([NODE, SCRIPT, MODULES], input=json.dumps(asking), text=True, check=True)
    verdict = verify.verify(Path(asking["target"]).read_bytes(), "letter.pdf")
    tried(kind, verdict.answer)
    assert (verdict.answer, verdict.lost) == (answer, lost)
    assert [each.startswith(start) for each, start in zip(verdict.added, added, strict=True)] == [True] * len(
        added
    )
    assert bool(verdict.differences) == (answer == "altered")


@pytest.mark.parametrize(
    "options", [("--flatten-annotations=all",), ("--flatten-annotations=screen", "--linearize")]
)
def test_qpdf_flattens_a_letter_and_is_told(options: tuple[str, ...], tmp_path: Path, tried: Tried) -> None:
    verdict = verify.verify(tamper.saved_by_qpdf(pdf(LETTERS[0]), options, tmp_path), "letter.pdf")
    tried(" ".join(options), verdict.answer)
    assert (verdict.answer, verdict.lost, verdict.added) == ("repackaged", (FIELDS,), ())


def test_what_is_printed_anew_is_not_taken_for_the_letter(tmp_path: Path, tried: Tried) -> None:
    """Its data is gone with all that a page does not show."""
    source, target = tmp_path / "letter.pdf", tmp_path / "printed.pdf"
    source.write_bytes(pdf(LETTERS[0]))
    subprocess.run(["pdftocairo", "-pdf", source, target], check=True)
    verdict = verify.verify(target.read_bytes(), "letter.pdf")
    tried("pdftocairo", verdict.answer)
    assert verdict.answer == "foreign"
