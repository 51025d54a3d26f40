"""Conformance of a PDF to PDF/A-3a and PDF/UA-1 at once.

WeasyPrint writes PDF/A-3a or PDF/UA-1, not both, and neither signature fields
nor artifacts.  `finish` changes the file before it is written:

- PDF/UA-1, and Order-X where a letter has it, are declared beside PDF/A-3a (ISO 19005-3, 6.6.2.3: with their schemas);
- check boxes named for it become empty signature fields (ISO 32000-1, 12.7.4.5);
- what repeats on each page becomes an artifact (ISO 14289-1, 7.8), so that a
  screen reader does not read the footer in the middle of a sentence.
"""

from collections.abc import Mapping
from typing import Any

import pydyf

from accord.domain.documents import ORDER_NAME
from accord.pdf.internals import descendants, object_of, retag

UA, FX = b"http://www.aiim.org/pdfua/ns/id/", b"urn:factur-x:pdfa:CrossIndustryDocument:1p0#"
PDFUA = (
    b'<rdf:Description xmlns:pdfuaid="%b" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>\n'
    % UA
)
ORDER_X = (
    b'<rdf:Description xmlns:fx="%b" rdf:about=""><fx:DocumentType>ORDER</fx:DocumentType>'
    b"<fx:DocumentFileName>%b</fx:DocumentFileName><fx:Version>1.0</fx:Version>"
    b"<fx:ConformanceLevel>COMFORT</fx:ConformanceLevel></rdf:Description>\n"
) % (FX, ORDER_NAME.encode())
# What PDF/A asks of a file that uses other metadata than its own: their schemas.
SCHEMAS = (
    b'<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    b"<pdfaExtension:schemas><rdf:Bag>%b</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"
)


def _schema(
    name: bytes, uri: bytes, prefix: bytes, properties: Mapping[bytes, tuple[bytes, bytes, bytes]]
) -> bytes:
    """The schema of metadata: the type, the category and the description of each property."""
    listed = (
        b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>%b</pdfaProperty:name>'
        b"<pdfaProperty:valueType>%b</pdfaProperty:valueType><pdfaProperty:category>%b</pdfaProperty:category>"
        b"<pdfaProperty:description>%b</pdfaProperty:description></rdf:li>" % (key, *facts)
        for key, facts in properties.items()
    )
    return (
        b'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>%b</pdfaSchema:schema>'
        b"<pdfaSchema:namespaceURI>%b</pdfaSchema:namespaceURI><pdfaSchema:prefix>%b</pdfaSchema:prefix>"
        b"<pdfaSchema:property><rdf:Seq>%b</rdf:Seq></pdfaSchema:property></rdf:li>"
    ) % (name, uri, prefix, b"".join(listed))


UA_SCHEMA = _schema(
    b"PDF/UA identification schema",
    UA,
    b"pdfuaid",
    {b"part": (b"Integer", b"internal", b"Part of ISO 14289 that the file conforms to")},
)
FX_SCHEMA = _schema(
    b"Factur-X PDFA Extension Schema",
    FX,
    b"fx",
    {
        b"DocumentFileName": (b"Text", b"external", b"The name of the embedded XML document"),
        b"DocumentType": (b"Text", b"external", b"The type of the hybrid document in capital letters"),
        b"Version": (b"Text", b"external", b"The version of the standard of the embedded XML document"),
        b"ConformanceLevel": (b"Text", b"external", b"The profile of the embedded XML document"),
    },
)


def finish(_document: Any, pdf: Any) -> None:
    """Change `pdf`, WeasyPrint's own PDF/A-3a, in place before it is written."""
    _finish(pdf, PDFUA + SCHEMAS % UA_SCHEMA)


def finish_order(_document: Any, pdf: Any) -> None:
    """The same for a file that carries an Order-X order, by which software finds it (Order-X 1.0, 6)."""
    _finish(pdf, PDFUA + ORDER_X + SCHEMAS % (UA_SCHEMA + FX_SCHEMA))


def _finish(pdf: Any, metadata: bytes) -> None:
    _describe(pdf, metadata)
    if "AcroForm" in pdf.catalog:
        _make_signature_fields(pdf)
    _make_artifacts(pdf)
    if "AF" in pdf.catalog:  # where WeasyPrint mentions each file twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _describe(pdf: Any, more: bytes) -> None:
    """Add to the XMP metadata."""
    metadata = object_of(pdf, pdf.catalog["Metadata"])
    (xmp,) = metadata.stream
    metadata.stream = [xmp.replace(b"</rdf:RDF>", more + b"</rdf:RDF>")]


def _make_signature_fields(pdf: Any) -> None:
    """Turn each check box into an empty signature field of the same name and place.

    The form element holds its widget directly, not in a list: pyHanko takes
    the list for a suspicious change once a second signature is added.
    """
    form = pdf.catalog["AcroForm"]
    del form["NeedAppearances"], form["DR"]
    for reference in form["Fields"]:
        widget = object_of(pdf, reference)
        for key in ("V", "AS", "MK", "Border"):
            del widget[key]
        left, top, right, bottom = widget["Rect"]
        empty_form = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, 0, 0])}
        appearance = pydyf.Stream(extra=empty_form)
        pdf.add_object(appearance)
        widget["FT"] = "/Sig"
        widget["Contents"] = widget["TU"]
        widget["AP"] = pydyf.Dictionary({"N": appearance.reference})
        widget["Rect"] = pydyf.Array([left, bottom, right, top])
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/Form":
            (element["K"],) = element["K"]


def _make_artifacts(pdf: Any) -> None:
    """Mark as artifacts what WeasyPrint tags outside the structure tree: head and foot of the pages."""
    root = object_of(pdf, pdf.catalog["StructTreeRoot"])
    linked = set(descendants(pdf, root))
    numbers = object_of(pdf, root["ParentTree"])["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for reference in pdf.page_references:
        page = object_of(pdf, reference)
        owners = parents[page["StructParents"]]
        marks = {mark for mark, owner in enumerate(owners) if owner not in linked}
        owners[:] = ["null" if mark in marks else owner for mark, owner in enumerate(owners)]
        pagination = pydyf.Dictionary({"Type": "/Pagination"})
        retag(object_of(pdf, page["Contents"]).stream, marks, "/Artifact", pagination)
    for item in pdf.objects:
        is_element = isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
        if is_element and item.reference not in linked:
            item.clear()
