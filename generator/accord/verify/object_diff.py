"""What two PDFs of one letter do not share.

Everything that is reachable from the document is compared, and every
difference counts but those listed here: what tools write anew when they save a
file (numbering, compression, dates, their names), and what a signature adds.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from accord.verify import signature_fields

MOST_STEPS = 400_000  # objects compared; a letter has some 20,000
DEEPEST = 200
PACKING = {"/Length", "/Filter", "/DecodeParms", "/DL"}
OF_SIGNATURES = {"/DSS", "/Perms", "/Extensions", "/Version"}  # ISO 32000-2, 12.8.4.3; 12.8.6; 7.12
PAGE_LINKS = {"/Parent", "/Type", "/Contents", "/Annots"}
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
OF_BRANCHES = {"/Type", "/Count", "/Kids", "/Parent", *INHERITED}  # of the tree of pages
OF_TRAILERS = {
    *(
        "/Size",
        "/Root",
        "/Info",
        "/ID",
        "/Prev",
        "/Type",
        "/W",
        "/Index",
        "/Length",
        "/Filter",
        "/DecodeParms",
    )
}
BOXES = re.compile(r"(?:Box|/Rect)$")
OUR_NAME = re.compile(r"Accord [0-9][0-9A-Za-z.+-]{0,30}")
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
FRAME = (RDF, "{adobe:ns:meta/}")  # what holds the properties of XMP, and says nothing itself
OF_SAVING = {
    *("{http://ns.adobe.com/xap/1.0/}" + name for name in ("ModifyDate", "MetadataDate")),
    *("{http://ns.adobe.com/xap/1.0/mm/}" + name for name in ("DocumentID", "InstanceID", "VersionID")),
    "{http://ns.adobe.com/pdf/1.3/}Producer",
}  # fmt: skip
CREATOR = "{http://ns.adobe.com/xap/1.0/}CreatorTool"
LONGEST_OF_SAVING = 200  # characters of a date, a name or a number that a tool writes
LARGEST_METADATA = 100_000  # bytes; a letter has 3,000
MUCH_MORE = 4  # times the operators' bytes of our page; more is not read


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
    """The pairs of objects that were compared already, the steps taken, and the places of the pages."""

    places: dict[tuple[str, Any], int] = field(default_factory=dict)
    seen: set[tuple[Any, Any]] = field(default_factory=set)
    steps: int = 0


def differences(expected: pikepdf.Pdf, found: pikepdf.Pdf) -> Iterator[Difference]:
    """Where `found` is not `expected`; the order of pages is the caller's to judge."""
    walk = _Walk()
    for side, pdf in (("ours", expected), ("theirs", found)):
        walk.places |= {(side, page.objgen): number for number, page in enumerate(pdf.pages)}
    for number, (ours, theirs) in enumerate(zip(expected.pages, found.pages, strict=False), 1):
        for path in _page(ours.obj, theirs.obj, walk):
            yield Difference(number, path)
    for path in _document(expected, found, walk):
        yield Difference(None, path)


def _document(expected: pikepdf.Pdf, found: pikepdf.Pdf, walk: _Walk) -> Iterator[str]:
    ours, theirs = expected.Root, found.Root
    ignored = OF_SIGNATURES | {"/Pages", "/Metadata", "/AcroForm"}
    yield from _dictionary(ours, theirs, "", walk, ignored)
    yield from _form(expected, found, walk)
    yield from signature_fields.strange(theirs, signature_fields.fields(found))
    yield from _branches(theirs["/Pages"], DEEPEST)
    yield from sorted(set(found.trailer.keys()) - OF_TRAILERS)
    for key in sorted({*expected.docinfo.keys(), *found.docinfo.keys()} - {"/Producer", "/ModDate"}):
        if not _is_told(expected.docinfo.get(key), found.docinfo.get(key), key):
            yield f"/Info{key}"
    if _described(expected) != _described(found):
        yield "/Metadata"


def _branches(node: Any, deepest: int) -> Iterator[str]:
    """What the tree of pages says beside where the pages are, and what they inherit."""
    if "/Kids" in node and deepest:
        yield from (f"/Pages{key}" for key in sorted(set(node.keys()) - OF_BRANCHES))
        for kid in node["/Kids"]:
            yield from _branches(kid, deepest - 1)


def _is_told(ours: Any, theirs: Any, key: str) -> bool:
    """Whether the file's own card says the same; another version of the program may have written it."""
    if not isinstance(theirs, pikepdf.String | None):
        return False
    if key == "/Creator" and OUR_NAME.fullmatch(str(theirs)):
        return True
    return _text(ours) == _text(theirs)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _described(pdf: pikepdf.Pdf) -> list[tuple[str, str]] | None:
    """All that the XMP metadata says, but for what each tool that saves a file writes anew; None if unreadable."""
    try:
        stream = pdf.Root["/Metadata"]
        xml = bytes(stream.read_bytes())
        # Neither entities nor remarks, in no other encoding than ours, nor anything beside.
        if len(xml) > LARGEST_METADATA or b"<!" in xml or b"\0" in xml:
            return None
        if set(stream.keys()) - PACKING != {"/Type", "/Subtype"} or stream["/Subtype"] != "/XML":
            return None
        return sorted(_said(ET.fromstring(xml), ""))  # noqa: S314 - no document type, so no entities
    except (KeyError, AttributeError, ValueError, RuntimeError, pikepdf.PdfError, ET.ParseError):
        return None


def _said(element: ET.Element, path: str) -> Iterator[tuple[str, str]]:
    """Each property and its value, whichever way of RDF to write it a tool prefers."""
    if not element.tag.startswith(FRAME):
        path = f"{path}/{element.tag}"
    for key, value in element.attrib.items():
        if key == f"{RDF}resource":
            yield path, value
        elif not key.startswith(FRAME) and not _is_of_saving(key, value):
            yield f"{path}/{key}", _of_any_version(key, value)
    if element.text and element.text.strip():
        yield path, _of_any_version(element.tag, element.text.strip())
    for child in element:
        if len(child) or not _is_of_saving(child.tag, child.text or ""):
            yield from _said(child, path)
        if child.tail and child.tail.strip():
            yield path, child.tail.strip()


def _is_of_saving(name: str, value: str) -> bool:
    return name in OF_SAVING and len(value) <= LONGEST_OF_SAVING


def _of_any_version(name: str, value: str) -> str:
    return "Accord" if name == CREATOR and OUR_NAME.fullmatch(value) else value


# --- Pages ------------------------------------------------------------------------


def _page(ours: Any, theirs: Any, walk: _Walk) -> Iterator[str]:
    for key in INHERITED:
        yield from _object(_inherited(ours, key), _inherited(theirs, key), key, walk)
    yield from _dictionary(ours, theirs, "", walk, PAGE_LINKS | set(INHERITED))
    written, found = _unpacked(ours), _unpacked(theirs)
    if found is None or written is None or len(found) > MUCH_MORE * (len(written) + 1000):
        yield "/Contents/…"
    elif written != found and _operators(ours) != _operators(theirs):
        yield "/Contents"
    if any(set(part.keys()) - PACKING for part in _parts(theirs)):
        yield "/Contents/…"
    yield from _annotations(ours, theirs, walk)


def _inherited(page: Any, key: str) -> Any:
    for _level in range(DEEPEST):
        if key in page or "/Parent" not in page:
            break
        page = page["/Parent"]
    value = page.get(key)
    return None if key == "/Rotate" and value == 0 else value


def drawn_as(expected: pikepdf.Pdf, found: pikepdf.Pdf) -> bool:
    """Whether the pages are drawn alike, but for states of drawing that are kept and restored in pairs."""
    pages = zip(expected.pages, found.pages, strict=True)
    return all(_without_states(ours.obj) == _without_states(theirs.obj) is not None for ours, theirs in pages)


def _without_states(page: Any) -> list[tuple[Any, ...]] | None:
    """What a page draws but for `q` and `Q`; None where these are no pairs, or stand inside a text."""
    kept, depth, in_text = [], 0, False
    for drawn in _operators(page) or [("Q",)]:
        depth += {"q": 1, "Q": -1}.get(drawn[0], 0)
        in_text = drawn[0] == "BT" or (in_text and drawn[0] != "ET")
        if depth < 0 or (in_text and drawn[0] in {"q", "Q"}):
            return None
        if drawn[0] not in {"q", "Q"}:
            kept.append(drawn)
    return None if depth else kept


def _parts(page: Any) -> list[Any]:
    """The streams that draw a page."""
    contents = page.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [part for part in parts if part is not None]


def _unpacked(page: Any) -> bytes | None:
    """The operators of a page as they are written; None if they cannot be unpacked."""
    try:
        return b"\n".join(part.read_bytes() for part in _parts(page))
    except Exception:  # noqa: BLE001 - see below
        return None


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
    if isinstance(operand, pikepdf.Dictionary):  # where 3 is the number of a mark, and 3.0 is none
        return tuple((key, type(value).__name__, _operand(value)) for key, value in sorted(operand.items()))
    if isinstance(operand, pikepdf.String):
        return bytes(operand)
    if _is_number(operand):
        return round(float(operand), 6)
    return str(operand) if isinstance(operand, pikepdf.Object) else repr(operand)


def _annotations(ours: Any, theirs: Any, walk: _Walk) -> Iterator[str]:
    """The same ones in the same order, but for the unseen fields of signatures."""
    expected, found = list(ours.get("/Annots", [])), list(theirs.get("/Annots", []))
    found = [annotation for annotation in found if not signature_fields.is_unseen(annotation)]
    if len(expected) != len(found):
        yield "/Annots"
        return
    for one, other in zip(expected, found, strict=True):
        yield from _field(one, other, "/Annots", walk)


# --- Signature fields -------------------------------------------------------------


def _form(expected: pikepdf.Pdf, found: pikepdf.Pdf, walk: _Walk) -> Iterator[str]:
    """The same fields, but for those of unseen signatures; each of them is on a page, as the same object."""
    ours, theirs = expected.Root.get("/AcroForm"), found.Root.get("/AcroForm")
    if not isinstance(ours, pikepdf.Dictionary) or not isinstance(theirs, pikepdf.Dictionary):
        if ours is not theirs:
            yield "/AcroForm"
        return
    yield from _dictionary(ours, theirs, "/AcroForm", walk, {"/Fields", "/SigFlags", "/DA"})
    fields = signature_fields.fields(found)
    names = {str(each.get("/T")): each for each in fields}
    places = [each.objgen for each in fields]
    if len(names) != len(theirs["/Fields"]) or (0, 0) in places or sorted(places) != sorted(_widgets(found)):
        yield "/AcroForm/Fields"
    for each in signature_fields.fields(expected):
        other = names.pop(str(each.get("/T")), None)
        if other is None:
            yield "/AcroForm/Fields"
        else:
            yield from _field(each, other, "/AcroForm/Fields", walk)
    if not all(map(signature_fields.is_unseen, names.values())):
        yield "/AcroForm/Fields"


def _widgets(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    """Where the fields are that are seen on the pages."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") == pikepdf.Name.Widget:
                yield annotation.objgen


def _field(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    """A field of ours: a signature may fill it and draw its stamp inside its rectangle."""
    if not isinstance(ours, pikepdf.Dictionary) or not isinstance(theirs, pikepdf.Dictionary):
        yield from _object(ours, theirs, path, walk)
        return
    signed = signature_fields.is_signature(theirs.get("/V"))
    if signed and not signature_fields.is_stamp(theirs.get("/AP")):
        yield f"{path}/AP"
    yield from _dictionary(ours, theirs, path, walk, {"/V", "/AP", "/Lock", "/M"} if signed else set())


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
        # Their content is compared page by page; here it counts which page is meant.
        if walk.places.get(("ours", ours.objgen), -1) != walk.places.get(("theirs", theirs.objgen), -1):
            yield path
        return
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
    elif not _same(ours, theirs, path):
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
    yield from _dictionary(ours, theirs, path, walk, PACKING)
    try:
        same = ours.read_bytes() == theirs.read_bytes()
    except Exception:  # noqa: BLE001 - what cannot be unpacked is not what it should be
        same = False
    if not same:
        yield path


def _same(ours: Any, theirs: Any, path: str) -> bool:
    if _is_number(ours) and _is_number(theirs):
        if BOXES.search(path):  # some tools round them
            return abs(float(ours) - float(theirs)) <= max(1e-4, 1e-6 * abs(float(ours)))
        whole = isinstance(theirs, int) or not isinstance(
            ours, int
        )  # 3 may be a mark's number, and 3.0 is none
        return whole and abs(float(ours) - float(theirs)) < 1e-6
    if isinstance(ours, pikepdf.String) and isinstance(theirs, pikepdf.String):
        return bytes(ours) == bytes(theirs) or str(ours) == str(theirs)
    return type(ours) is type(theirs) and bool(ours == theirs)


def _is_number(item: Any) -> bool:
    return not isinstance(item, bool) and bool(re.search("int|Decimal|float", type(item).__name__))
