"""What two PDFs of one letter do not share (floor 4).

Everything that is reachable from the document is compared, and every
difference counts but those listed here: what tools write anew when they save a
file (numbering, compression, dates, their names), and what a signature adds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

MOST_STEPS = 400_000  # objects compared; a letter has some 20,000
DEEPEST = 200
PACKING = {"/Length", "/Filter", "/DecodeParms", "/DL"}
OF_SIGNATURES = {"/DSS", "/Perms", "/Extensions", "/Version"}  # ISO 32000-2, 12.8.4.3; 12.8.6; 7.12
PAGE_LINKS = {"/Parent", "/Type", "/Contents", "/Annots"}
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
READ_METADATA = ("/Title", "/Author", "/Subject", "/Keywords")
HIDDEN = 1 << 1 | 1 << 5  # flags of an annotation that is hidden, or not viewed: ISO 32000-1, 12.5.3


@dataclass(frozen=True)
class Difference:
    """One place in which a PDF is not what it should be.

    `page` counts from one, None for the document as a whole; `path` is the
    way there, such as "/Resources/Font/F0".
    """

    page: int | None
    path: str


@dataclass
class _Walk:
    """The pairs of objects that were compared already, and the steps taken."""

    seen: set[tuple[Any, Any]] = field(default_factory=set)
    steps: int = 0


def differences(expected: pikepdf.Pdf, found: pikepdf.Pdf) -> Iterator[Difference]:
    """Where `found` is not `expected`; the order of pages is the caller's to judge."""
    walk = _Walk()
    for number, (ours, theirs) in enumerate(zip(expected.pages, found.pages, strict=False), 1):
        for path in _page(ours.obj, theirs.obj, walk):
            yield Difference(number, path)
    for path in _document(expected, found, walk):
        yield Difference(None, path)


def _document(expected: pikepdf.Pdf, found: pikepdf.Pdf, walk: _Walk) -> Iterator[str]:
    ours, theirs = expected.Root, found.Root
    ignored = OF_SIGNATURES | {"/Pages", "/Metadata", "/AcroForm"}
    yield from _dictionary(ours, theirs, "", walk, ignored)
    yield from _form(ours.get("/AcroForm"), theirs.get("/AcroForm"), walk)
    for key in READ_METADATA:
        if _text(expected.docinfo.get(key)) != _text(found.docinfo.get(key)):
            yield f"/Info{key}"
    if _described(expected) != _described(found):
        yield "/Metadata"


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _described(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    """What the XMP metadata says of title, authors, subject and conformance, whoever wrote it last."""
    wanted = ("dc:title", "dc:creator", "dc:description", "pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            return [(name, str(metadata.get(name, ""))) for name in wanted]
    except Exception:  # noqa: BLE001 - hostile XML may fail in any way; it then says nothing
        return []


# --- Pages ------------------------------------------------------------------------


def _page(ours: Any, theirs: Any, walk: _Walk) -> Iterator[str]:
    for key in INHERITED:
        yield from _object(_inherited(ours, key), _inherited(theirs, key), key, walk)
    yield from _dictionary(ours, theirs, "", walk, PAGE_LINKS | set(INHERITED))
    if _operators(ours) != _operators(theirs):
        yield "/Contents"
    yield from _annotations(ours, theirs, walk)


def _inherited(page: Any, key: str) -> Any:
    for _level in range(DEEPEST):
        if key in page or "/Parent" not in page:
            break
        page = page["/Parent"]
    value = page.get(key)
    return None if key == "/Rotate" and value == 0 else value


def _operators(page: Any) -> list[tuple[Any, ...]] | None:
    """What a page draws, however its numbers and spaces are written; None if it cannot be read."""
    try:
        return [
            (str(each.operator), *(_operand(operand) for operand in each.operands))
            for each in pikepdf.parse_content_stream(pikepdf.Page(page))
        ]
    except Exception:  # noqa: BLE001 - qpdf and Python name a dozen errors for streams that make no sense
        return None


def _operand(operand: Any) -> Any:
    if isinstance(operand, pikepdf.Array | list):
        return tuple(map(_operand, operand))
    if isinstance(operand, pikepdf.Dictionary):
        return tuple((key, _operand(value)) for key, value in sorted(operand.items()))
    if isinstance(operand, pikepdf.String):
        return bytes(operand)
    if _is_number(operand):
        return round(float(operand), 4)
    return str(operand) if isinstance(operand, pikepdf.Object) else repr(operand)


def _annotations(ours: Any, theirs: Any, walk: _Walk) -> Iterator[str]:
    """The same ones in the same order, but for the unseen fields of signatures."""
    expected, found = list(ours.get("/Annots", [])), list(theirs.get("/Annots", []))
    found = [annotation for annotation in found if not _is_unseen_signature(annotation)]
    if len(expected) != len(found):
        yield "/Annots"
        return
    for one, other in zip(expected, found, strict=True):
        yield from _field(one, other, "/Annots", walk)


def _is_unseen_signature(annotation: Any) -> bool:
    """The widget of a signature that draws nothing: no area, or a flag that hides it."""
    if not isinstance(annotation, pikepdf.Dictionary) or annotation.get("/Subtype") != pikepdf.Name.Widget:
        return False
    if annotation.get("/FT") != pikepdf.Name.Sig or "/A" in annotation or "/AA" in annotation:
        return False
    left, bottom, right, top = (float(side) for side in annotation.get("/Rect", [0, 0, 1, 1]))
    return "/V" in annotation and (
        (right - left) * (top - bottom) == 0 or bool(int(annotation.get("/F", 0)) & HIDDEN)
    )


# --- Signature fields -------------------------------------------------------------


def _form(ours: Any, theirs: Any, walk: _Walk) -> Iterator[str]:
    if not isinstance(ours, pikepdf.Dictionary) or not isinstance(theirs, pikepdf.Dictionary):
        if ours is not theirs:
            yield "/AcroForm"
        return
    yield from _dictionary(ours, theirs, "/AcroForm", walk, {"/Fields", "/SigFlags", "/DA"})
    names = {str(each.get("/T")): each for each in theirs.get("/Fields", [])}
    for each in ours.get("/Fields", []):
        other = names.pop(str(each.get("/T")), None)
        if other is None:
            yield "/AcroForm/Fields"
        else:
            yield from _field(each, other, "/AcroForm/Fields", walk)
    if not all(_is_unseen_signature(each) for each in names.values()):
        yield "/AcroForm/Fields"


def _field(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    """A field of ours: a signature may fill it and draw its stamp inside its rectangle."""
    if not isinstance(ours, pikepdf.Dictionary) or not isinstance(theirs, pikepdf.Dictionary):
        yield from _object(ours, theirs, path, walk)
        return
    signed = isinstance(theirs.get("/V"), pikepdf.Dictionary) and "/ByteRange" in theirs["/V"]
    tolerated = {"/V", "/AP", "/Lock", "/M", "/MK"} if signed else set()
    for key in tolerated & {"/AP"}:
        if _acts(theirs.get(key)):
            yield f"{path}{key}"
    yield from _dictionary(ours, theirs, path, walk, {"/P", "/Parent", *tolerated})


def _acts(appearance: Any) -> bool:
    """Whether an appearance is anything but a drawing."""
    return not isinstance(appearance, pikepdf.Dictionary) or appearance.keys() - {"/N"} != set()


# --- Anything else ----------------------------------------------------------------


def _object(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    """The paths at which two objects differ; each pair is looked at once."""
    walk.steps += 1
    if path.count("/") > DEEPEST or walk.steps > MOST_STEPS:
        yield path
        return
    if (
        isinstance(ours, pikepdf.Object)
        and isinstance(theirs, pikepdf.Object)
        and ours.is_indirect
        and theirs.is_indirect
    ):
        pair = (ours.objgen, theirs.objgen)
        if pair in walk.seen:
            return
        walk.seen.add(pair)
    yield from _by_kind(ours, theirs, path, walk)


def _by_kind(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    if _is_page(ours) and _is_page(theirs):
        return  # compared by themselves
    if isinstance(ours, pikepdf.Stream) and isinstance(theirs, pikepdf.Stream):
        yield from _stream(ours, theirs, path, walk)
    elif isinstance(ours, pikepdf.Dictionary) and isinstance(theirs, pikepdf.Dictionary):
        if ours.get("/FT") == pikepdf.Name.Sig:
            yield from _field(ours, theirs, path, walk)
        else:
            yield from _dictionary(ours, theirs, path, walk, set())
    elif isinstance(ours, pikepdf.Array) and isinstance(theirs, pikepdf.Array):
        for one, other in zip(ours, theirs, strict=False):
            yield from _object(one, other, path, walk)
        if len(ours) != len(theirs):
            yield path
    elif not _same(ours, theirs):
        yield path


def _is_page(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") in {
        pikepdf.Name.Page,
        pikepdf.Name.Pages,
    }


def _dictionary(ours: Any, theirs: Any, path: str, walk: _Walk, ignored: set[str]) -> Iterator[str]:
    for key in sorted((set(ours.keys()) | set(theirs.keys())) - ignored):
        if key not in ours or key not in theirs:
            yield f"{path}{key}"
        else:
            yield from _object(ours[key], theirs[key], f"{path}{key}", walk)


def _stream(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    yield from _dictionary(ours, theirs, path, walk, PACKING | {"/Params"})
    try:
        same = ours.read_bytes() == theirs.read_bytes()
    except Exception:  # noqa: BLE001 - what cannot be unpacked is not what it should be
        same = False
    if not same:
        yield path


def _same(ours: Any, theirs: Any) -> bool:
    if _is_number(ours) and _is_number(theirs):
        return abs(float(ours) - float(theirs)) < 1e-4
    if isinstance(ours, pikepdf.String) and isinstance(theirs, pikepdf.String):
        return bytes(ours) == bytes(theirs) or str(ours) == str(theirs)
    return type(ours) is type(theirs) and bool(ours == theirs)


def _is_number(item: Any) -> bool:
    return not isinstance(item, bool) and bool(re.search("int|Decimal|float", type(item).__name__))
