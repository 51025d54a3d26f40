"""Every letter, redline and review sheet is PDF/A-3a and PDF/UA-1 at once, says veraPDF, and a damaged one is not."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from accord import i18n
from accord.diff import redline
from accord.domain.choices import Language
from accord.pdf import typeset
from support import annexed, papers, sheets, signings, verapdf
from support.authority import serving
from support.campaign import Tried
from support.letters import HOSTILE, letter, pdf, sample
from support.pdfs import pages
from support.samples import SITUATIONS, STEMS, compose


def test_letters_conform(tmp_path: Path, tried: Tried) -> None:
    files = {stem: typeset.typeset(sample(stem)) for stem in STEMS}
    files |= {name: typeset.typeset(make()) for name, make in HOSTILE.items()}
    assert_conform(files, tmp_path, tried)


def test_letters_with_annexes_conform(tmp_path: Path, tried: Tried) -> None:
    stems = (annexed.FRENCH, annexed.ENGLISH, annexed.INTENT)
    files = {stem: typeset.typeset(compose(*annexed.read(tmp_path, stem))) for stem in stems}
    assert_conform(files, tmp_path, tried)


def test_documents_after_a_signature_conform(tmp_path: Path, tried: Tried) -> None:
    files = {name: typeset.typeset(papers.document(name)[0]) for name in papers.SITUATIONS}
    assert_conform(files, tmp_path, tried)


def test_signed_letters_conform(tmp_path: Path, tried: Tried) -> None:
    """With what `accord sign` draws and keeps: by one party, by both, with a time stamp and proofs."""
    with serving() as authority:
        assert_conform(signings.variants(authority, pdf("01-fr-abonnement")), tmp_path, tried)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_redlines_conform(language: Language, tmp_path: Path, tried: Tried) -> None:
    i18n.use(language)
    one, decline, new = (letter(stem) for stem in (STEMS[0], STEMS[-1], "05-en-purchase-england"))
    pairs = {
        "changed": (letter("07-en-pilot-england"), new),
        "two languages": (one, new),
        "decline": (decline, letter(STEMS[-2])),
        "declines in two languages": (decline, letter("09-fr-refus-hors-marche")),
        "agreement and decline": (one, decline),
        "hostile": (HOSTILE["twelve long tests"](), new),
        **({name: (one, make()) for name, make in HOSTILE.items()} if language == "en" else {}),
    }
    names = ("sent.pdf", "lefevre.toml")
    assert_conform({name: redline.paper(*pair, names) for name, pair in pairs.items()}, tmp_path, tried)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_review_sheets_conform_and_have_one_page(language: Language, tmp_path: Path, tried: Tried) -> None:
    i18n.use(language)
    spoken = [path for path in SITUATIONS if language in path.stem.split("-")[:2]]
    files = {path.stem: sheets.of_file(path) for path in spoken}
    law = {"fr": "FR", "en": "EW"}[language]
    files |= {f"fullest, {level}, {law}": sheets.fullest(language, law, level) for level in sheets.LEVELS}
    assert {name: pages(content) for name, content in files.items()} == dict.fromkeys(files, 1)
    assert_conform(files, tmp_path, tried)


def assert_conform(files: Mapping[str, bytes], folder: Path, tried: Tried) -> None:
    broken = verapdf.failures(folder, files)
    for name, rules in broken.items():
        tried(name, "broken" if rules else "conforming")
    assert not {name: rules for name, rules in broken.items() if rules}


# --- Planted defects ----------------------------------------------------------------


def without_declaration(file: pikepdf.Pdf) -> None:
    metadata = file.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def without_alternative(file: pikepdf.Pdf) -> None:
    del element(file, "/Figure").Alt


def without_font(file: pikepdf.Pdf) -> None:
    for item in file.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item:
            del item.FontFile3


def with_a_level_skipped(file: pikepdf.Pdf) -> None:
    element(file, "/H2").S = pikepdf.Name.H3


def with_an_unmarked_footer(file: pikepdf.Pdf) -> None:
    contents = file.pages[0].Contents
    marked = contents.read_bytes()
    assert b"/Artifact\n<</Type /Pagination>>\nBDC" in marked
    contents.write(marked.replace(b"/Artifact\n<</Type /Pagination>>\nBDC", b"/Span\n<<>>\nBDC"))


def with_a_nameless_field(file: pikepdf.Pdf) -> None:
    field = file.Root.AcroForm.Fields[0]
    del field.TU, field.Contents


def with_a_loose_attachment(file: pikepdf.Pdf) -> None:
    del file.Root.AF[0].AFRelationship


def without_language(file: pikepdf.Pdf) -> None:
    del file.Root.Lang


DEFECTS: dict[Callable[[pikepdf.Pdf], None], str] = {
    without_declaration: "ua1 5-1",
    without_alternative: "ua1 7.3-1",
    without_font: "3a 6.2.11.4.1-1",
    with_a_level_skipped: "ua1 7.4.2-1",
    with_an_unmarked_footer: "ua1 7.1-3",
    with_a_nameless_field: "ua1 7.18.1-3",
    with_a_loose_attachment: "3a 6.8-3",
    without_language: "ua1 7.2-34",
}


def element(file: pikepdf.Pdf, tag: str) -> pikepdf.Object:
    """The first structure element of that kind."""
    return next(
        item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == tag
    )


def test_planted_defects_are_seen(tmp_path: Path, tried: Tried) -> None:
    sound = typeset.typeset(sample("01-fr-abonnement"))
    files = {}
    for damage in DEFECTS:
        with pikepdf.open(io.BytesIO(sound)) as file:
            damage(file)
            file.save(target := io.BytesIO())
        files[damage.__name__] = target.getvalue()
    found = verapdf.failures(tmp_path, files)
    for damage, rule in DEFECTS.items():
        tried(f"planted {damage.__name__}: {rule}", "found broken")
    assert not {
        damage.__name__: found[damage.__name__]
        for damage, rule in DEFECTS.items()
        if not any(broken.startswith(f"{rule}:") for broken in found[damage.__name__])
    }
