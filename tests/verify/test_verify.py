"""An alteration is seen, an innocent change is not taken for one, and the sentences say what differs.

The viewer works in this process: see conftest.py.  campaigns/test_tampering
alters many letters in many ways: of the longest tables, only some stand here.
"""

import io
import json
import operator
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from accord import isolation
from accord.errors import AccordError
from accord.letter.letter import as_json
from accord.verify import object_diff, verify, viewer
from accord.verify.verdict import Verdict
from support import (
    attacked,
    beneath,
    listed,
    misread,
    overlaid,
    resigned,
    respelt,
    services,
    signings,
    tamper,
)
from support.authority import serving
from support.in_process import PROCESS
from support.letters import pdf

AGREEMENT, DECLINE = "01-fr-abonnement", "12-en-decline-market"
ALTERATIONS = {**tamper.ALTERATIONS, **beneath.BENEATH, **respelt.PAGES}
OVERLAID, OTHERWISE, HONESTLY, RESIGNED, REPACKAGED, WITH_ADDITIONS, FEIGNED, ATTACKS, HONEST = (
    list(table)[::step]
    for table, step in (
        (overlaid.OVERLAID, 20), (listed.OTHERWISE, 8), (listed.HONESTLY, 5), (resigned.RESIGNED, 8),
        (services.REPACKAGED, 5), (services.WITH_ADDITIONS, 3), (services.FEIGNED, 12),
        (attacked.ATTACKS, 14), (attacked.HONEST, 4),
    )
)  # fmt: skip


def verified(content: bytes) -> Verdict:
    return verify.verify(content, "letter.pdf")


# --- Letters that were altered ------------------------------------------------------


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_an_alteration_is_seen_and_told(kind: str) -> None:
    verdict = verified(tamper.altered(pdf(DECLINE), kind, 0, ALTERATIONS))
    assert verdict.answer == "altered"
    assert verdict.differences


@pytest.mark.parametrize("kind", OVERLAID)
def test_what_lies_on_a_letter_or_hides_in_it_is_seen_and_told(kind: str) -> None:
    verdict = verified(tamper.altered(pdf(AGREEMENT), kind, 0, overlaid.OVERLAID))
    assert verdict.answer == "altered"
    assert verdict.differences


def answer(content: bytes) -> str:
    try:
        return verified(content).answer
    except AccordError:
        return "refused"


@pytest.mark.parametrize("kind", OTHERWISE)
def test_objects_that_readers_may_find_otherwise_are_damage(kind: str) -> None:
    assert answer(listed.made(pdf(DECLINE), kind, listed.OTHERWISE)) in {"altered", "refused"}


@pytest.mark.parametrize("kind", HONESTLY)
def test_objects_that_all_readers_find_alike_are_none(kind: str) -> None:
    assert answer(listed.made(pdf(DECLINE), kind, listed.HONESTLY)) == "intact"


@pytest.mark.parametrize("kind", RESIGNED)
def test_a_signature_used_for_something_else_is_seen(kind: str) -> None:
    verdict = verified(resigned.RESIGNED[kind](pdf(AGREEMENT)))
    assert verdict.answer == "altered"
    assert verdict.differences


@pytest.mark.parametrize("kind", misread.MISREAD)
def test_what_readers_may_read_otherwise_is_altered(kind: str) -> None:
    verdict = verified(misread.misread(pdf(DECLINE), kind, 0))
    assert verdict.answer == "altered"
    assert any("viewers may show it differently" in difference for difference in verdict.differences)


@pytest.mark.parametrize("kind", respelt.OBJECTS)
def test_a_dictionary_spelt_otherwise_is_damage(kind: str) -> None:
    differences = verified(respelt.misread(pdf(DECLINE), respelt.OBJECTS[kind])).differences
    assert any("viewers may show it differently" in difference for difference in differences)


def test_what_is_spelt_as_we_spell_it_is_neither() -> None:
    same = {"same": respelt.spelt(lambda content, _rng: [content]), "repacked": respelt.packed(zlib.compress)}
    for kind in same:
        assert verified(tamper.altered(pdf(DECLINE), kind, 0, same)).answer == "intact", kind
    differences = verified(respelt.misread(pdf(DECLINE), bytes)).differences
    assert not any("viewers may show it differently" in difference for difference in differences)


def test_what_is_appended_after_a_signature_is_seen() -> None:
    signed = tamper.signed(pdf(DECLINE), "supplier")
    for seed in range(2):
        assert verified(tamper.appended(signed, seed)).answer == "altered"


# --- Letters saved anew or signed ---------------------------------------------------


def test_a_letter_is_authentic_and_saved_anew_intact(tmp_path: Path) -> None:
    content = pdf(DECLINE)
    assert verified(content).answer == "authentic"
    for kind, saved in tamper.saved_anew(content, tmp_path):
        verdict = verified(saved)
        assert (verdict.answer, verdict.differences) == ("intact", ()), kind


SIGNED = {
    "in its field": ("supplier",),
    "in both fields": ("supplier", "prospect"),
    "invisibly": ("Signature1",),
    "in a field and invisibly": ("supplier", "Signature1"),
}


@pytest.mark.parametrize(
    ("how", "stem"), [*((how, AGREEMENT) for how in SIGNED), ("in both fields", "08-en-subscription-france")]
)
def test_a_signed_letter_is_intact(how: str, stem: str) -> None:
    verdict = verified(tamper.signed(pdf(stem), *SIGNED[how]))
    assert (verdict.answer, verdict.differences) == ("intact", ())


def test_a_signature_by_an_authority_whose_certificate_was_renewed_is_intact() -> None:
    verdict = verified(tamper.signed(pdf(AGREEMENT), "supplier", authority="renewed"))
    assert (verdict.answer, verdict.differences) == ("intact", ())


def test_a_signature_with_the_time_is_intact() -> None:
    signed = tamper.signed(pdf(AGREEMENT), "supplier", timestamped=True)
    assert verified(signed).answer == "intact"


SIGNED_BADLY: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "saved anew": (
        lambda content: tamper.saved_by_pikepdf(tamper.signed(content, "supplier"), "saved"),
        "it is not of this file, which was changed or saved anew after it was signed",
    ),
    "another value": (
        lambda content: tamper.with_another_value(tamper.signed(content, "supplier")),
        "it does not verify with its own certificate",
    ),
    "an issuer who did not issue": (
        lambda content: tamper.signed(content, "supplier", authority="impostor"),
        "its certificate was not issued by the one that it names as its issuer",
    ),
    "no certificate": (
        lambda content: tamper.altered(content, "a stamp", 0, {"a stamp": beneath.stamp_in_its_box}),
        "what stands there is no signature, or has no certificate",
    ),
    "nothing covered": (
        lambda content: tamper.altered(
            content, "a stamp", 0, {"a stamp": partial(beneath.stamp_in_its_box, covers=[0, 0, 0, 0])}
        ),
        "it does not cover the file that it stands in",
    ),
}


@pytest.mark.parametrize("kind", SIGNED_BADLY)
def test_a_stamp_without_a_signature_that_holds_is_altered(kind: str) -> None:
    sign_badly, fault = SIGNED_BADLY[kind]
    verdict = verified(sign_badly(pdf(AGREEMENT)))
    assert verdict.differences == (
        f"the field supplier is stamped, but its signature does not hold: {fault}",
    )
    assert not any("signed" in note for note in verdict.notes)


def test_a_signature_without_a_stamp_that_does_not_hold_is_told() -> None:
    signed = tamper.signed(pdf(AGREEMENT), "supplier", "Signature1")
    assert not any("does not hold" in note for note in verified(signed).notes)
    again = verified(tamper.saved_by_pikepdf(tamper.signed(pdf(AGREEMENT), "Signature1"), "saved"))
    assert again.answer == "intact"
    (note,) = again.notes
    assert note.startswith("the signature in the field Signature1 does not hold: it is not of this file")


@pytest.mark.parametrize("what", ["the words", "the data"])
def test_what_was_signed_must_be_what_is_shown(what: str) -> None:
    """A letter is signed with words covered or other data in it, and put right afterwards."""
    kind = {"the words": "text under a white box", "the data": "the data edited"}[what]
    verdict = verified(tamper.put_right(pdf(AGREEMENT), kind))
    assert verdict.answer == "altered"
    assert verdict.differences[0].startswith("what was signed in the field supplier is not this letter: ")
    assert not any("signed" in note for note in verdict.notes)


def test_what_stands_before_the_file_and_an_end_that_leads_nowhere_are_damage() -> None:
    content = pdf(AGREEMENT)
    at = content.rindex(b"startxref")
    for damaged in (b"GIF89a\n" + content, content[:at] + b"startxref\n7\n%%EOF\n"):
        verdict = verified(damaged)
        assert verdict.answer == "altered"
        assert any("damaged" in difference for difference in verdict.differences)


def test_what_the_viewer_sees_counts_beside_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf(DECLINE)
    saved = tamper.saved_by_pikepdf(content, "saved")

    def one_word(*words: str) -> Callable[..., list[list[viewer.RenderedPage] | None]]:
        pages = [[viewer.RenderedPage((1, 1), [word], [])] if word else None for word in words]
        return lambda files, **_how: [pages[file != content] for file in files]

    monkeypatch.setattr(viewer, "render", one_word("ours", "theirs"))
    assert verified(saved).answer == "altered"
    monkeypatch.setattr(viewer, "render", one_word("ours", ""))
    assert verified(saved).differences == ("a viewer cannot show the file",)


def test_what_each_viewer_draws_beside_the_stamps_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the comparison of objects lets through: here it is told to see nothing."""
    monkeypatch.setattr(object_diff, "differences", lambda *_files: [])
    signed = tamper.signed(pdf(AGREEMENT), "supplier")
    assert verified(signed).answer == "intact"
    covered = tamper.altered(signed, "an annotation", 1)
    assert verified(covered).answer == "altered"
    stamps = verify._stamps(pikepdf.open(io.BytesIO(signed)))
    before, after = (
        [page.pictures for page in viewer.render((each,), stamps=stamps)[0] or []]
        for each in (signed, covered)
    )
    changed = [all(map(operator.ne, *pair)) for pair in zip(before, after, strict=True)]
    assert len(before[0]) == 2  # PDFium's and poppler's
    assert changed.count(True) == 1


def test_the_viewer_works_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf(DECLINE)
    whole, torn = (content, content), (content, content[:3000])
    here = viewer.render(whole, stamps=())
    monkeypatch.setattr(isolation, "Process", PROCESS)
    assert viewer.render(whole, stamps=()) == here
    assert [pages and len(pages) for pages in viewer.render(torn)] == [1, None]
    monkeypatch.setattr(viewer, "LIMITS", replace(viewer.LIMITS, seconds=0.001))
    assert viewer.render(whole) == [None, None]


def test_the_viewer_in_its_own_process_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "Process", PROCESS)
    content = pdf(DECLINE)
    assert verified(tamper.saved_by_pikepdf(content, "linearised")).answer == "intact"
    for kind in ("two glyphs change places", "text under a white box"):
        assert verified(tamper.altered(content, kind, 1)).answer == "altered"


def test_boxes_that_a_tool_rounds_and_another_version_s_name_are_innocent() -> None:
    """As MuPDF saves them, and as another version of the program writes them."""
    with tamper.editing(pdf(AGREEMENT)) as (file, out):
        for page in file.pages:
            page.obj.MediaBox = pikepdf.Array([round(float(side), 4) for side in page.obj.MediaBox])
        for field in file.Root.AcroForm.Fields:
            field.Rect = pikepdf.Array([round(float(side), 4) for side in field.Rect])
        tamper.attached(file)["/Subtype"] = pikepdf.Name("/application#2fjson")  # as pdf-lib spells it
        file.docinfo["/Creator"] = pikepdf.String("Accord 0.0.9")
        stream = file.Root.Metadata
        stream.write(re.sub(rb"Accord [0-9.]+", b"Accord 0.0.9", stream.read_bytes()))
    verdict = verified(out.getvalue())
    assert (verdict.answer, verdict.differences) == ("intact", ())
    assert any("Accord 0.0.9 made it" in note for note in verdict.notes)


def test_a_certified_letter_and_one_with_a_store_are_intact() -> None:
    content = pdf(AGREEMENT)
    for kind, signed, notes in (
        ("certified", tamper.certified(content), ["it has 2 signatures, which are of this letter"]),
        (
            "with a store",
            tamper.stored(content),
            ["it bears a time stamp of this letter, which", "it is signed, and"],
        ),
        ("with a time alone", tamper.stamped(content), ["it bears a time stamp of this letter, which"]),
    ):
        verdict = verified(signed)
        assert (verdict.answer, verdict.differences) == ("intact", ()), kind
        assert [note.startswith(told) for note, told in zip(verdict.notes, notes, strict=True)] == [
            True
        ] * len(notes)


@pytest.mark.parametrize("kind", REPACKAGED)
def test_a_letter_that_a_service_repackaged_is_told_with_what_was_lost(kind: str) -> None:
    verdict = verified(services.REPACKAGED[kind](pdf(AGREEMENT)))
    assert (verdict.answer, verdict.differences, verdict.added) == ("repackaged", (), ())
    assert "its signature fields: supplier, prospect" in verdict.lost or "tags" in verdict.lost[0]


@pytest.mark.parametrize("kind", WITH_ADDITIONS)
def test_what_a_service_added_and_signed_is_told(kind: str) -> None:
    verdict = verified(services.WITH_ADDITIONS[kind](pdf(AGREEMENT)))
    assert (verdict.answer, verdict.differences) == ("repackaged", ())
    assert verdict.added


@pytest.mark.parametrize("kind", FEIGNED)
def test_what_only_passes_for_a_service_s_is_altered(kind: str) -> None:
    verdict = verified(services.FEIGNED[kind](pdf(AGREEMENT)))
    assert verdict.answer == "altered"
    assert verdict.differences


@pytest.fixture(scope="module")
def letters() -> Iterator[attacked.Letters]:
    with serving() as authority:
        yield signings.to_attack(authority, pdf(AGREEMENT), pdf("02-fr-achat-negociation"))


@pytest.mark.parametrize("kind", ATTACKS)
def test_an_attack_on_a_signed_letter_is_seen(kind: str, letters: attacked.Letters) -> None:
    verdict = verified(attacked.ATTACKS[kind](letters))
    assert verdict.answer == "altered"
    assert verdict.differences


@pytest.mark.parametrize("kind", HONEST)
def test_what_is_honestly_done_to_a_signed_letter_is_no_attack(kind: str, letters: attacked.Letters) -> None:
    verdict = verified(attacked.HONEST[kind](letters))
    assert (verdict.answer, verdict.differences) == ("intact", ())


FLATTENED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "with a page behind": (
        partial(tamper.flattened, added=1),
        "added 1 page, as signing services do: read that",
    ),
    "with pages behind": (
        partial(tamper.flattened, added=2),
        "added 2 pages, as signing services do: read these",
    ),
}
NOT_FLATTENED: dict[str, Callable[[bytes], bytes]] = {
    "covered too": lambda content: tamper.altered(
        tamper.flattened(content), "a white box", 1, {"a white box": tamper.cover}
    ),
    "with a script": lambda content: tamper.altered(
        tamper.flattened(content), "a script", 1, {"a script": tamper.add_script}
    ),
    "a page less": lambda content: tamper.altered(
        tamper.flattened(content), "a page less", 1, {"a page less": tamper.remove_page}
    ),
    "another font": lambda content: tamper.altered(
        tamper.flattened(content), "a font", 1, {"a font": tamper.alter_font}
    ),
}


@pytest.mark.parametrize("kind", FLATTENED)
def test_pages_behind_a_letter_that_nobody_signed_are_told_as_such(kind: str) -> None:
    flatten, told = FLATTENED[kind]
    verdict = verified(flatten(pdf(AGREEMENT)))
    assert verdict.answer == "altered", "a falsifier could do the same"
    assert verdict.differences[0].startswith(
        "its pages look as they should in the viewers of this machine, but another"
    )
    assert told in verdict.differences[0]


@pytest.mark.parametrize("kind", NOT_FLATTENED)
def test_what_else_was_altered_is_not_told_as_a_signing_service_s(kind: str) -> None:
    verdict = verified(NOT_FLATTENED[kind](pdf(AGREEMENT)))
    assert (verdict.answer, any("signing services" in each for each in verdict.differences)) == (
        "altered",
        False,
    )


def test_a_page_whose_state_is_saved_and_restored_is_intact() -> None:
    """As those leave it that are about to draw on it, and then do not."""
    with tamper.editing(pdf(AGREEMENT)) as (file, out):
        for page in file.pages:
            page.contents_add(pikepdf.Stream(file, b"q\n"), prepend=True)
            page.contents_add(pikepdf.Stream(file, b"\nQ"), prepend=False)
    assert verified(out.getvalue()).answer == "intact"


def test_the_difference_is_told_in_words() -> None:
    content = pdf(AGREEMENT)
    with tamper.editing(content) as (file, out):
        changed = as_json(json.loads(tamper.attached(file).read_bytes())).replace(
            '"quantity": 25', '"quantity": 52'
        )
        changed = changed.replace('"payment_days": 30', '"payment_days": 45')
        changed = changed.replace('   "total": "12000.00",\n', "")
        tamper.attached(file).write(changed.encode())
    differences = verified(out.getvalue()).differences
    assert "article 10: “52” became “25”" in differences
    assert "article 13: “45” became “30”" in differences


def test_what_stands_in_a_margin_is_told_as_such() -> None:
    content = pdf(AGREEMENT)
    with tamper.editing(content) as (file, out):
        changed = tamper.attached(file).read_bytes().replace(b"69002 Lyon", b"69003 Lyon", 1)
        changed = changed.replace(b"FR44732829320", b"FR83404833048").replace(b"732 829 320", b"404 833 048")
        tamper.attached(file).write(changed)
    differences = verified(out.getvalue()).differences
    for page in (1, 2, 3):
        assert any(line.startswith(f"foot of page {page}: ") for line in differences), differences
    with tamper.editing(content) as (file, out):
        changed = tamper.attached(file).read_bytes()
        tamper.attached(file).write(re.sub(b"AP-20261123-.{5}", b"AP-20261123-XXXXX", changed))
    differences = verified(out.getvalue()).differences
    assert any(line.startswith("head of page 2: ") for line in differences), differences
    assert not any(line.startswith("article") for line in differences), differences


def test_letters_that_printing_anew_garbles_are_told_in_one_sentence() -> None:
    """As Ghostscript 10.00 leaves ligatures."""
    ours = [["Le", "fichier", "final", "25"]]
    (told,) = verify._garbled(ours, [["Le", "昀椀chier", "昀椀nal", "25"]])
    assert told.startswith("2 words are garbled, ")
    assert "“fichier” became “昀椀chier”" in told
    for others in (
        ["Le", "fichier", "final", "52"],
        ["Le", "昀椀chier", "final", "52"],
        ["Le", "昀", "final", "25"],
        ["Le", "昀椀chier", "final"],
        ["Le", "fichier", "final", "25"],
    ):
        assert verify._garbled(ours, [others]) == []


def test_each_file_inside_is_told_by_its_name() -> None:
    with tamper.editing(pdf(AGREEMENT)) as (file, out):
        file.attachments["order-x.xml"] = b"<order/>"
    added = verified(out.getvalue()).differences
    assert "a file was added inside: order-x.xml" in added
    assert not any("data" in each for each in added)
    with tamper.editing(pdf(AGREEMENT)) as (file, out):
        tamper.attached(file).write(tamper.attached(file).read_bytes() + b"\n")
    assert (
        "the data inside is not written as Accord writes what it says" in verified(out.getvalue()).differences
    )


BROKEN_FORMS: dict[str, Any] = {
    "a list": pikepdf.Array([1]),
    "a number": 5,
    "fields by name": pikepdf.Dictionary(Fields=pikepdf.Dictionary(A=1)),
    "a number of fields": pikepdf.Dictionary(Fields=5),
    "a name for fields": pikepdf.Dictionary(Fields=pikepdf.Name.X),
    "numbers for fields": pikepdf.Dictionary(Fields=[1, pikepdf.Name.X, None, pikepdf.String("x"), [[1]]]),
    "a number for a value": pikepdf.Dictionary(Fields=[pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=5, T=[1])]),
}


@pytest.mark.filterwarnings("ignore:This document has")
@pytest.mark.parametrize("name", BROKEN_FORMS)
def test_a_form_that_makes_no_sense_is_altered(name: str) -> None:
    with tamper.editing(pdf(DECLINE), static_id=True) as (file, out):
        file.Root.AcroForm = BROKEN_FORMS[name]
    assert verified(out.getvalue()).answer == "altered"
