"""What the finished file has that WeasyPrint's own does not."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from support import letters

SIGNED = "01-fr-abonnement"


@pytest.fixture(scope="module")
def file() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(letters.pdf(SIGNED))) as opened:
        yield opened


def elements(root: Any) -> Iterator[Any]:
    """The structure elements below a node, in reading order."""
    kids = root.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_both_standards_are_declared(file: pikepdf.Pdf) -> None:
    with file.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")


def test_each_signatory_has_an_empty_signature_field(file: pikepdf.Pdf) -> None:
    signatories = letters.sample(SIGNED).signatories
    fields = list(file.Root.AcroForm.Fields)
    assert [str(field.T) for field in fields] == [signatory.field for signatory in signatories]
    for field, signatory in zip(fields, signatories, strict=True):
        assert (field.FT, field.Subtype) == ("/Sig", "/Widget")
        assert str(field.TU) == str(field.Contents)
        assert str(signatory.name) in str(field.TU)
        assert str(signatory.party) in str(field.TU)
        assert not {"/V", "/AS", "/MK", "/Border"} & set(field.keys())
        left, bottom, right, top = map(float, field.Rect)
        assert right - left > 70 / 25.4 * 72
        assert top - bottom > 15 / 25.4 * 72
    assert not {"/NeedAppearances", "/DR", "/SigFlags"} & set(file.Root.AcroForm.keys())


def test_each_field_is_tagged_and_read_in_place(file: pikepdf.Pdf) -> None:
    forms = [element for element in elements(file.Root.StructTreeRoot) if element.S == "/Form"]
    assert [str(form.K.Obj.T) for form in forms] == ["supplier", "prospect"]
    assert all(form.K.Type == "/OBJR" for form in forms)


def test_head_and_foot_are_artifacts(file: pikepdf.Pdf) -> None:
    """Each page's mentions are painted as pagination, and no element owns them."""
    owners = parents(file)
    linked = {element.objgen for element in elements(file.Root.StructTreeRoot)}
    for page in file.pages:
        marks, paginated = set(), 0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and operands[0] == "/Artifact":
                paginated += operands[1].get("/Type") == "/Pagination"
            elif str(operator) == "BDC":
                marks.add(int(operands[1].MCID))
        assert paginated >= 3, "the mentions, the reference and the page number at least"
        owned = {mark for mark, owner in enumerate(owners[page.StructParents]) if owner is not None}
        assert marks == owned
        assert {owners[page.StructParents][mark].objgen for mark in owned} <= linked


def parents(file: pikepdf.Pdf) -> dict[int, Any]:
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}


def test_what_is_linked_to_nothing_is_gone(file: pikepdf.Pdf) -> None:
    linked = {element.objgen for element in elements(file.Root.StructTreeRoot)}
    present = {
        item.objgen
        for item in file.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
    }
    assert present == linked


def test_the_attachment_is_associated_once(file: pikepdf.Pdf) -> None:
    assert len(file.Root.AF) == 1
    assert file.Root.AF[0].AFRelationship == "/Source"


def test_headings_come_in_order(file: pikepdf.Pdf) -> None:
    tags = [str(element.S) for element in elements(file.Root.StructTreeRoot)]
    headings = [tag for tag in tags if tag in {"/H1", "/H2", "/H3"}]
    assert headings == ["/H1"] + ["/H2"] * len(letters.sample(SIGNED).articles)
    assert tags.index("/Table") < tags.index("/H2")
    assert tags.count("/TH") == len(letters.sample(SIGNED).key_terms)
