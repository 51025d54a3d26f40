"""What a signature may add to a PDF: its field, its stamp, and entries of the catalogue.

Whether a signature holds is for `signatures` to say.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import starmap
from typing import Any

import pikepdf

from accord.verify.streams import PACKING, unpacked

MOST_SIGNATURES = 20  # of one letter
HIDDEN = 1 << 1  # flag of an annotation neither seen nor printed: ISO 32000-1, 12.5.3
BLANK = re.compile(rb"\s*(?:% DSBlank\s*)?")
ALL_FLAGS = (1 << 10) - 1
OF_WIDGETS = {
    "/Type", "/Subtype", "/FT", "/T", "/TU", "/V", "/Rect", "/F", "/P", "/AP", "/Lock", "/SV", "/Ff", "/M",
}  # fmt: skip
OF_VALUES = {
    "/Type", "/Filter", "/SubFilter", "/Contents", "/Cert", "/ByteRange", "/Reference", "/Changes", "/Name",
    "/M", "/Location", "/Reason", "/ContactInfo", "/R", "/V", "/Prop_Build", "/Prop_AuthTime", "/Prop_AuthType",
}  # fmt: skip  # ISO 32000-1, table 252
OF_STAMPS = {
    "/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/Name", "/LastModified",
    "/Length", "/Filter", "/DecodeParms",
}  # fmt: skip  # ISO 32000-1, table 95: neither layers nor files nor references
OF_LOCKS = {"/Type", "/Action", "/Fields", "/P"}  # ISO 32000-1, table 233
OF_SEEDS = {
    "/Type", "/Ff", "/Filter", "/SubFilter", "/DigestMethod", "/V", "/Cert", "/Reasons", "/MDP", "/TimeStamp", "/LegalAttestation",
    "/AddRevInfo", "/LockDocument", "/AppearanceFilter",
}  # fmt: skip  # ISO 32000-2, table 237
OF_STORES = {"/Certs", "/OCSPs", "/CRLs"}  # ISO 32000-2, 12.8.4.3
DIGEST = re.compile(r"/[0-9A-Fa-f]{40}")
OF_DEVELOPERS = {"/Type", "/BaseVersion", "/ExtensionLevel", "/ExtensionRevision", "/URL"}
DEVELOPERS = {"/Type", "/ADBE", "/ISO_", "/ESIC"}  # Adobe, ISO, ETSI
VERSION = re.compile(r"/(1\.[4-7]|2\.0)")
LEAST_SIDE = 0.01  # of a stamp's own box, in its own units: less cannot be scaled to a field
# A sequence that begins with the name of signed data: RFC 5652, 3 and 5.1.
SIGNED_DATA = re.compile(
    rb"\x30(?:[\x00-\x80]|\x81.|\x82..|\x83...|\x84....)\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
    re.DOTALL,
)


def fields(pdf: pikepdf.Pdf) -> list[Any]:
    """The fields of the PDF's form as dictionaries; whatever else the form lists is left out."""
    form = pdf.Root.get("/AcroForm")
    entries = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if not isinstance(entries, pikepdf.Array):
        return []
    return [field for field in list(entries) if isinstance(field, pikepdf.Dictionary)]


def signed(pdf: pikepdf.Pdf) -> list[Any]:
    """The fields whose value is a signature over parts of the file, whether or not it holds."""
    return [field for field in fields(pdf) if is_signature(field.get("/V"))]


def is_signature(value: Any) -> bool:
    """Whether the value of a field is a signature over parts of the file: ISO 32000-1, 12.8.1."""
    if not isinstance(value, pikepdf.Dictionary) or set(value.keys()) - OF_VALUES:
        return False
    ranges, contents = value.get("/ByteRange"), value.get("/Contents")
    return (
        isinstance(ranges, pikepdf.Array)
        and len(ranges) == 4
        and all(map(_is_whole, list(ranges)))
        and ranges[0] == 0
        and isinstance(contents, pikepdf.String)
        and bool(SIGNED_DATA.match(bytes(contents)))
    )


def is_unseen(annotation: Any) -> bool:
    """Whether this is the widget of a signature that no reader draws: hidden or without area, and without a drawing.

    A flag or a rectangle that one reader takes for that, another takes for something else; nothing is all that
    each of them draws of an appearance without operators.
    """
    if not isinstance(annotation, pikepdf.Dictionary) or set(annotation.keys()) - OF_WIDGETS:
        return False
    box = _numbers(annotation.get("/Rect"), 4)
    flags: Any = annotation.get("/F", 0)
    return (
        annotation.get("/Type", pikepdf.Name.Annot) == pikepdf.Name.Annot
        and annotation.get("/Subtype") == pikepdf.Name.Widget
        and annotation.get("/FT") == pikepdf.Name.Sig
        and str(annotation.get("/TU", "Timestamp")) == "Timestamp"  # to be read aloud, as pyHanko gives one
        and isinstance(annotation.get("/M", pikepdf.String("")), pikepdf.String)
        and set(annotation.get("/Lock", {}).keys()) <= OF_LOCKS
        and set(annotation.get("/SV", {}).keys()) <= OF_SEEDS
        and bool(box)
        and is_flags(flags)
        and (_area(box) == 0 or bool(flags & HIDDEN))
        and is_signature(annotation.get("/V"))
        and is_blank(annotation.get("/AP"))
    )


def is_flags(value: Any) -> bool:
    """Whether this is flags as each reader reads them: a whole number, of the bits that have a meaning."""
    return _is_whole(value) and 0 <= value <= ALL_FLAGS


def _is_whole(value: Any) -> bool:
    return type(value) is int  # and no truth, which Python takes for one


def is_blank(appearance: Any) -> bool:
    """Whether an appearance is absent, or a form without operators, in which Acrobat leaves a remark."""
    return appearance is None or (is_stamp(appearance) and _draws_nothing(appearance["/N"]))


def is_stamp(appearance: Any) -> bool:
    """Whether an appearance is absent, or a drawing that always looks the same and stays in its field."""
    if appearance is None:
        return True
    if not isinstance(appearance, pikepdf.Dictionary) or set(appearance.keys()) != {"/N"}:
        return False
    form = appearance["/N"]
    if not isinstance(form, pikepdf.Stream) or set(form.keys()) - OF_STAMPS:
        return False
    box, matrix = _numbers(form.get("/BBox"), 4), _numbers(form.get("/Matrix", [1, 0, 0, 1, 0, 0]), 6)
    if form.get("/Subtype") != pikepdf.Name.Form or not box or not matrix:
        return False
    if _area(box) == 0:
        return _draws_nothing(form)  # as an empty field of ours has it
    turned = matrix[0] * matrix[3] - matrix[1] * matrix[2]
    return min(_sides(box)) >= LEAST_SIDE and abs(turned) >= LEAST_SIDE**2


def _draws_nothing(form: Any) -> bool:
    content = unpacked(form)
    return content is not None and bool(BLANK.fullmatch(content))


def unexpected_keys(root: Any, form: Sequence[Any]) -> Iterator[str]:
    """The keys that signatures add to the catalogue `root`, where they hold what no signature adds.

    `form` is the fields of the form.  Source: ISO 32000-1, 12.8.4 and 7.12; ISO 32000-2, 12.8.4.3.
    """
    values = [field["/V"] for field in form if is_signature(field.get("/V"))]
    signed = [value.objgen for value in values if value.is_indirect]
    allowed: dict[str, Callable[[str, Any], bool]] = {
        "/DSS": _is_of_store,
        "/Perms": lambda key, value: key == "/DocMDP" and value.objgen in signed,
        "/Extensions": lambda key, value: key in DEVELOPERS and _is_of_developer(value),
    }
    for name, is_allowed in allowed.items():
        entries = root.get(name, pikepdf.Dictionary())
        if not isinstance(entries, pikepdf.Dictionary) or not all(starmap(is_allowed, entries.items())):
            yield name
    version = root.get("/Version", pikepdf.Name("/1.7"))
    if not (isinstance(version, pikepdf.Name) and VERSION.fullmatch(str(version))):
        yield "/Version"


def _is_of_store(key: str, value: Any) -> bool:
    """Whether an entry of the store holds proofs, and checks of signatures by their digest, alone."""
    if key == "/VRI":
        checks: Any = value.items() if isinstance(value, pikepdf.Dictionary) else [("", None)]
        return all(
            DIGEST.fullmatch(name)
            and isinstance(check, pikepdf.Dictionary)
            and all(starmap(_is_of_check, check.items()))
            for name, check in checks
        )
    return (key == "/Type" and value == pikepdf.Name.DSS) or (key in OF_STORES and _are_proofs(value))


def _is_of_check(key: str, value: Any) -> bool:
    if key in {"/Cert", "/OCSP", "/CRL"}:
        return _are_proofs(value)
    return (
        (key == "/Type" and value == pikepdf.Name.VRI)
        or (key == "/TU" and isinstance(value, pikepdf.String))
        or (key == "/TS" and _are_proofs([value]))
    )


def _are_proofs(values: Any) -> bool:
    """Whether these are certificates or answers of those who vouch for them: ASN.1, each in a stream of its own."""
    return isinstance(values, pikepdf.Array | list) and all(
        isinstance(value, pikepdf.Stream)
        and not set(value.keys()) - PACKING
        and (unpacked(value) or b"").startswith(b"\x30")
        for value in values
    )


def _is_of_developer(value: Any) -> bool:
    if isinstance(value, pikepdf.Array):
        return all(map(_is_of_developer, value))
    if isinstance(value, pikepdf.Dictionary):
        parts = [part for part in value.values() if isinstance(part, pikepdf.Object)]
        return not set(value.keys()) - OF_DEVELOPERS and not any(part.is_indirect for part in parts)
    return bool(value == pikepdf.Name.Extensions)


def _numbers(values: Any, count: int) -> list[float]:
    """The values as `count` numbers; empty if they are more, fewer, or no numbers."""
    if not isinstance(values, pikepdf.Array | list) or len(values) != count:
        return []
    try:
        return [float(value) for value in values]
    except (TypeError, ValueError):
        return []


def _sides(box: Sequence[float]) -> tuple[float, float]:
    return abs(box[2] - box[0]), abs(box[3] - box[1])


def _area(box: Sequence[float]) -> float:
    return math.prod(_sides(box))
