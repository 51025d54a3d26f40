"""Every letter is PDF/A-3a and PDF/UA-1 at once, says veraPDF, and a damaged one is not."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf

from accord.pdf import typeset
from support import letters, verapdf


def test_letters_conform(tmp_path: Path) -> None:
    files = {stem: typeset.typeset(letters.sample(stem)) for stem in letters.STEMS}
    files |= {name: typeset.typeset(make()) for name, make in letters.HOSTILE.items()}
    broken = {name: rules for name, rules in verapdf.failures(tmp_path, files).items() if rules}
    assert not broken


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


def test_planted_defects_are_seen(tmp_path: Path) -> None:
    sound = typeset.typeset(letters.sample("01-fr-abonnement"))
    files = {}
    for damage in DEFECTS:
        with pikepdf.open(io.BytesIO(sound)) as file:
            damage(file)
            file.save(target := io.BytesIO())
        files[damage.__name__] = target.getvalue()
    found = verapdf.failures(tmp_path, files)
    assert not {
        damage.__name__: found[damage.__name__]
        for damage, rule in DEFECTS.items()
        if not any(broken.startswith(f"{rule}:") for broken in found[damage.__name__])
    }
