"""The differences between the objects of two PDFs of one letter.

Everything reachable from the document is compared, and every difference counts
but what tools write anew when they save a file (numbering, compression, dates,
their names), and what a signature adds.
"""

import datetime
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise, starmap
from typing import Any

import pikepdf

from accord.verify import signature_fields
from accord.verify.streams import PACKING, prediction, unpacked
from accord.verify.structure import OF_TRAILERS

MOST_STEPS = 400_000  # objects compared; a letter has some 20,000
DEEPEST = 200
OF_SIGNATURES = {"/DSS", "/Perms", "/Extensions", "/Version"}  # ISO 32000-2, 12.8.4.3; 12.8.6; 7.12
PAGE_LINKS = {"/Parent", "/Type", "/Contents", "/Annots"}
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
OF_BRANCHES = {"/Type", "/Count", "/Kids", "/Parent", *INHERITED}  # of the tree of pages
OF_FORMS = {"/SigFlags", "/DA", "/DR", "/NeedAppearances"}  # which hold for all fields
OF_WHOLE_FILE = ("/P/", "/V/Reference/Data")  # what a field of it refers to
BOXES = re.compile(r"(?:Box|/Rect|/WhitePoint)$")
PLACES = re.compile(r"/Names/Dests/|/Dest$")  # to which a viewer scrolls
MEDIA_TYPE = re.compile(r"/EF/F/Subtype$")
ESCAPED = re.compile(r"#([0-9A-Fa-f]{2})")
PANELS = {"/UseNone", "/UseOutlines", "/UseThumbs", "/UseAttachments"}  # beside the page, when it is opened
DATE = re.compile(r"D:(\d{14})(?:Z|([+-])(\d\d)'?(\d\d)'?)?")  # ISO 32000-1, 7.9.4
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
MOST_WRAPS = 4  # tools that drew on a page, one after the other
SIGNATURE, OF_PAGES, NONE = pikepdf.Name.Sig, (pikepdf.Name.Page, pikepdf.Name.Pages), frozenset[str]()
SPACES = re.compile(rb"[ \t\r\n]+")


@dataclass(frozen=True)
class Difference:
    """A place at which two PDFs differ.

    `page` counts from one, None for the document as a whole; `path` leads from
    there to the object, such as "/Resources/Font/F0".
    """

    page: int | None
    path: str


@dataclass
class _Walk:
    """What one comparison keeps: the numbers of the pages of both files, the pairs compared, the objects counted."""

    page_numbers: dict[tuple[str, Any], int] = field(default_factory=dict)
    compared: set[tuple[Any, Any]] = field(default_factory=set)
    steps: int = 0


def differences(expected: pikepdf.Pdf, actual: pikepdf.Pdf) -> Iterator[Difference]:
    """Where `actual` is not `expected`; the order of pages is the caller's to judge."""
    walk = _Walk()
    for side, pdf in (("ours", expected), ("theirs", actual)):
        walk.page_numbers |= {(side, page.objgen): number for number, page in enumerate(pdf.pages)}
    for number, (ours, theirs) in enumerate(zip(expected.pages, actual.pages, strict=False), 1):
        for path in _page(ours.obj, theirs.obj, walk):
            yield Difference(number, path)
    for path in _document(expected, actual, walk):
        yield Difference(None, path)


def _document(expected: pikepdf.Pdf, actual: pikepdf.Pdf, walk: _Walk) -> Iterator[str]:
    ours, theirs = expected.Root, actual.Root
    yield from _dictionary(
        ours, theirs, "", walk, OF_SIGNATURES | {"/Pages", "/Metadata", "/AcroForm", "/PageMode"}
    )
    if not _is_name_among(theirs.get("/PageMode", pikepdf.Name.UseNone), PANELS):
        yield "/PageMode"
    yield from _form(expected, actual, walk)
    yield from signature_fields.unexpected_keys(theirs, signature_fields.fields(actual))
    yield from _branches(theirs["/Pages"], DEEPEST)
    yield from sorted(set(actual.trailer.keys()) - OF_TRAILERS)
    if not all(map(_is_short, actual.trailer.get("/ID", []))):
        yield "/ID"
    for key in sorted({*expected.docinfo.keys(), *actual.docinfo.keys()}):
        if not _is_same_information(expected.docinfo.get(key, ""), actual.docinfo.get(key, ""), key):
            yield f"/Info{key}"
    if _properties(expected) != _properties(actual):
        yield "/Metadata"


def _branches(node: Any, deepest: int) -> Iterator[str]:
    """The keys of the tree of pages that neither say where the pages are nor what they inherit."""
    if "/Kids" in node and deepest:
        yield from (f"/Pages{key}" for key in sorted(set(node.keys()) - OF_BRANCHES))
        for kid in node["/Kids"]:
            yield from _branches(kid, deepest - 1)


def _is_same_information(ours: Any, theirs: Any, key: str) -> bool:
    """Whether an entry of the information dictionary is the same; any version of the program may be its creator."""
    if key in {"/Producer", "/ModDate"}:
        return _is_short(theirs)
    if not isinstance(theirs, pikepdf.String | str):
        return False
    if key == "/CreationDate" and (instant := _instant(str(ours))):
        return instant == _instant(str(theirs))
    return str(ours) == str(theirs) or bool(key == "/Creator" and OUR_NAME.fullmatch(str(theirs)))


def _is_short(value: Any) -> bool:
    """Whether this may be a date, a name or a number that a tool writes, and holds nothing else."""
    return (
        isinstance(value, pikepdf.String | str)
        and len(bytes(value) if isinstance(value, pikepdf.String) else value) <= LONGEST_OF_SAVING
    )


def _is_name_among(value: Any, names: Collection[str]) -> bool:
    return isinstance(value, pikepdf.Name) and str(value) in names


def _instant(text: str) -> datetime.datetime | None:
    """The instant that a date of a PDF names, in whichever way it is written; None if it is none."""
    match = DATE.fullmatch(text)
    if match is None:
        return None
    try:
        away = datetime.timedelta(hours=int(match[3] or 0), minutes=int(match[4] or 0))
        local = datetime.datetime.strptime(f"{match[1]}+0000", "%Y%m%d%H%M%S%z")
        return local - (-away if match[2] == "-" else away)
    except (ValueError, OverflowError):
        return None


def _properties(pdf: pikepdf.Pdf) -> list[tuple[str, str]] | None:
    """The properties in the XMP metadata, but for what each tool that saves a file writes anew; None if unreadable."""
    try:
        stream = pdf.Root["/Metadata"]
        xml = unpacked(stream) or b""
        # Neither entities nor remarks, in no other encoding than ours, nor anything beside.
        if len(xml) > LARGEST_METADATA or b"<!" in xml or b"\0" in xml:
            return None
        if set(stream.keys()) - PACKING != {"/Type", "/Subtype"} or stream["/Subtype"] != "/XML":
            return None
        return sorted(_values(ET.fromstring(xml), ""))  # noqa: S314 - no document type, so no entities
    except (KeyError, AttributeError, ValueError, RuntimeError, pikepdf.PdfError, ET.ParseError):
        return None


def _values(element: ET.Element, path: str) -> Iterator[tuple[str, str]]:
    """Each property and its value, in whichever of the ways of RDF it is written."""
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
        if len(child) or child.attrib or not _is_of_saving(child.tag, child.text or ""):
            yield from _values(child, path)
        if child.tail and child.tail.strip():
            yield path, child.tail.strip()


def _is_of_saving(name: str, value: str) -> bool:
    return name in OF_SAVING and len(value) <= LONGEST_OF_SAVING


def _of_any_version(name: str, value: str) -> str:
    return "Accord" if name == CREATOR and OUR_NAME.fullmatch(value) else value


# --- Pages ------------------------------------------------------------------------


def _page(ours: Any, theirs: Any, walk: _Walk) -> Iterator[str]:
    for key in INHERITED:
        yield from _object(inherited(ours, key), inherited(theirs, key), key, walk)
    yield from _dictionary(ours, theirs, "", walk, PAGE_LINKS | set(INHERITED))
    if _words(ours) != _words(theirs):
        yield "/Contents"
    if not is_drawn_plainly(theirs):
        yield "/Contents/…"
    yield from _annotations(ours, theirs, walk)


def inherited(page: Any, key: str) -> Any:
    """The value of a key that a page has, or that the tree of pages hands down to it."""
    for _level in range(DEEPEST):
        if key in page or "/Parent" not in page:
            break
        page = page["/Parent"]
    value = page.get(key)
    return None if key == "/Rotate" and type(value) is int and value == 0 else value


def is_drawn_plainly(page: Any) -> bool:
    """Whether what a page draws says nothing but how it is packed."""
    return not any(set(stream.keys()) - PACKING for stream in _streams(page))


def _streams(page: Any) -> list[Any]:
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [stream for stream in streams if stream is not None]


def _words(page: Any) -> list[bytes] | None:
    """The words of what a page draws, without pairs around the whole of them.

    Whoever draws on a page saves its state first and restores it afterwards: that does not count.
    """
    words = words_drawn(page)
    if words is None:
        return None
    wraps = itertools.takewhile(lambda pair: pair == (b"q", b"Q"), zip(words, reversed(words), strict=True))
    wrapped = sum(1 for _pair in itertools.islice(wraps, MOST_WRAPS))
    return words[wrapped : len(words) - wrapped]


def words_drawn(page: Any) -> list[bytes] | None:
    """The words of what a page draws, in the spelling in which they stand; None if readers may part them otherwise."""
    parts = parts_drawn(page)
    if parts is None or not all(starmap(are_parted, pairwise(filter(None, parts)))):
        return None
    return [word for part in parts for word in words_of(part)]


def parts_drawn(page: Any) -> list[bytes] | None:
    """The streams of what a page draws; None if readers may unpack one of them otherwise."""
    parts = [None if "/DecodeParms" in stream else unpacked(stream) for stream in _streams(page)]
    return None if None in parts else [part or b"" for part in parts]


def words_of(part: bytes) -> list[bytes]:
    """The words of a stream.

    We write no text in parentheses, so that spaces do nothing but part words; qpdf writes an empty one so.
    """
    return [word for word in SPACES.split(part.replace(b"()", b"<>")) if word]


def are_parted(one: bytes, other: bytes) -> bool:
    """Whether a space stands between the two, as it must: some readers make "10" of "1" and "0"."""
    return bool(SPACES.match(one[-1:]) or SPACES.match(other))


def _annotations(ours: Any, theirs: Any, walk: _Walk) -> Iterator[str]:
    """The same ones in the same order, but for invisible signatures."""
    expected, actual = list(ours.get("/Annots", [])), list(theirs.get("/Annots", []))
    actual = [annotation for annotation in actual if not _is_unseen_on(theirs, annotation)]
    if len(expected) != len(actual):
        yield "/Annots"
        return
    for one, other in zip(expected, actual, strict=True):
        yield from _field(one, other, "/Annots", walk)


def _is_unseen_on(page: Any, annotation: Any) -> bool:
    return signature_fields.is_unseen(annotation) and annotation.get("/P", page).objgen == page.objgen


# --- Signature fields -------------------------------------------------------------


def changed_fields(before: pikepdf.Pdf, after: pikepdf.Pdf, names: Collection[str]) -> tuple[str, ...]:
    """The fields, of those signed before and those of these names, whose value or stamp is now another."""
    then, now = (
        {str(field.get("/T", "")): field for field in signature_fields.signed(pdf)} for pdf in (before, after)
    )
    return tuple(
        name
        for name in dict.fromkeys((*then, *names))
        if name not in then or name not in now or not _is_same_field(then[name], now[name])
    )


def _is_same_field(ours: Any, theirs: Any) -> bool:
    paths = _dictionary(ours, theirs, "", _Walk(), set())
    return all(path.startswith(OF_WHOLE_FILE) for path in paths)


def _form(expected: pikepdf.Pdf, actual: pikepdf.Pdf, walk: _Walk) -> Iterator[str]:
    """The same fields, but for those of invisible signatures; each of them is on a page, as the same object."""
    ours: Any = expected.Root.get("/AcroForm")
    theirs: Any = actual.Root.get("/AcroForm")
    if not _are(pikepdf.Dictionary, ours, theirs):
        if ours is not theirs:
            yield "/AcroForm"
        return
    yield from _dictionary(ours, theirs, "/AcroForm", walk, {"/Fields", *OF_FORMS})
    if not _is_plain_form(theirs):
        yield "/AcroForm"
    by_name = {str(each.get("/T")): each for each in signature_fields.fields(actual)}
    places = sorted(each.objgen for each in signature_fields.fields(actual))
    if len(by_name) != len(theirs["/Fields"]) or (0, 0) in places or places != sorted(widgets(actual)):
        yield "/AcroForm/Fields"
    for each in signature_fields.fields(expected):
        other = by_name.pop(str(each.get("/T")), None)
        if other is None:
            yield "/AcroForm/Fields"
        else:
            yield from _field(each, other, "/AcroForm/Fields", walk)
    if not all(map(signature_fields.is_unseen, by_name.values())):
        yield "/AcroForm/Fields"


def _is_plain_form(form: Any) -> bool:
    """Whether what a form says of all its fields, of which those of signatures heed nothing, is what tools write by default."""
    fonts = form.get("/DR", {}).get("/Font", {})
    return (
        signature_fields.is_flags(form.get("/SigFlags", 0))
        and _is_short(form.get("/DA", ""))
        and form.get("/NeedAppearances", False) is False
        and set(form.get("/DR", {}).keys()) <= {"/Font"}
        and all(isinstance(value, pikepdf.Name) for font in fonts.values() for value in font.values())
    )


def widgets(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    """The object numbers and generations of the fields on the pages."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") == pikepdf.Name.Widget:
                yield annotation.objgen


def _field(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    """A field of ours: a signature may fill it and draw its stamp inside its rectangle."""
    if not _are(pikepdf.Dictionary, ours, theirs):
        yield from _object(ours, theirs, path, walk)
        return
    signed = signature_fields.is_signature(theirs.get("/V"))
    if signed and not signature_fields.is_stamp(theirs.get("/AP")):
        yield f"{path}/AP"
    yield from _dictionary(ours, theirs, path, walk, {"/V", "/AP", "/Lock", "/M"} if signed else set())


# --- Anything else ----------------------------------------------------------------


def _are(kind: type, ours: Any, theirs: Any) -> bool:
    return isinstance(ours, kind) and isinstance(theirs, kind)


def _object(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    """The paths at which two objects differ; each pair is compared once."""
    walk.steps += 1
    if path.count("/") > DEEPEST or walk.steps > MOST_STEPS:
        yield path
        return
    if _are(pikepdf.Object, ours, theirs) and ours.is_indirect and theirs.is_indirect:
        pair = (ours.objgen, theirs.objgen)
        if pair in walk.compared:
            return
        walk.compared.add(pair)
    yield from _by_kind(ours, theirs, path, walk)


def _by_kind(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    if _are(pikepdf.Dictionary, ours, theirs):
        if _is_page(ours) and _is_page(theirs):
            # Their content is compared page by page; here it counts which page is meant.
            numbers = walk.page_numbers
            if numbers.get(("ours", ours.objgen), -1) != numbers.get(("theirs", theirs.objgen), -1):
                yield path
        elif ours.get("/FT") == SIGNATURE:
            yield from _field(ours, theirs, path, walk)
        else:
            yield from _dictionary(ours, theirs, path, walk, NONE)
    elif _are(pikepdf.Stream, ours, theirs):
        yield from _stream(ours, theirs, path, walk)
    elif _are(pikepdf.Array, ours, theirs):
        for one, other in zip(ours, theirs, strict=False):
            yield from _object(one, other, path, walk)
        if len(ours) != len(theirs):
            yield path
    elif not _is_same(ours, theirs, path):
        yield path


def _is_page(item: Any) -> bool:
    return item.get("/Type") in OF_PAGES


def _dictionary(ours: Any, theirs: Any, path: str, walk: _Walk, ignored: Collection[str]) -> Iterator[str]:
    mine, yours = dict(ours.items()), dict(theirs.items())
    for key in sorted({*mine, *yours}.difference(ignored)):
        if key in mine and key in yours:
            yield from _object(mine[key], yours[key], f"{path}{key}", walk)
        else:
            yield f"{path}{key}"


def _stream(ours: Any, theirs: Any, path: str, walk: _Walk) -> Iterator[str]:
    yield from _dictionary(ours, theirs, path, walk, PACKING)
    predicted = prediction(ours)
    content = unpacked(theirs, predicted)
    if content is None or content != unpacked(ours, predicted):
        yield path


def _is_same(ours: Any, theirs: Any, path: str) -> bool:
    if _is_number(ours) and _is_number(theirs):
        distance = abs(float(ours) - float(theirs))
        if BOXES.search(path):  # some tools round them
            return distance <= max(1e-4, 1e-6 * abs(float(ours)))
        if PLACES.search(path):
            return distance <= 1e-2
        # 3 may be the number of a mark, and 3.0 is none.
        return distance < 1e-6 and (isinstance(theirs, int) or not isinstance(ours, int))
    if _are(pikepdf.String, ours, theirs):
        return bytes(ours) == bytes(theirs) or str(ours) == str(theirs)
    if MEDIA_TYPE.search(path) and _are(pikepdf.Name, ours, theirs):
        return str(ours) == ESCAPED.sub(
            lambda code: chr(int(code[1], 16)), str(theirs)
        )  # pdf-lib escapes it twice
    return type(ours) is type(theirs) and bool(ours == theirs)


def _is_number(item: Any) -> bool:
    return isinstance(item, int | float | Decimal) and not isinstance(item, bool)
