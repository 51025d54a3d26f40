"""Conformance of a PDF to PDF/A-3a and PDF/UA-1 at once.

WeasyPrint writes PDF/A-3a or PDF/UA-1, not both, and neither signature fields
nor artifacts.  `finish` changes the file before it is written:

- PDF/UA-1 is declared beside PDF/A-3a (ISO 19005-3, 6.6.2.3: with its schema);
- check boxes named for it become empty signature fields (ISO 32000-1, 12.7.4.5);
- what repeats on each page becomes an artifact (ISO 14289-1, 7.8), so that a
  screen reader does not read the footer in the middle of a sentence.
"""

from typing import Any

import pydyf

from accord.pdf.internals import descendants, object_of, retag

PDFUA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def finish(_document: Any, pdf: Any) -> None:
    """Change `pdf`, WeasyPrint's own PDF/A-3a, in place before it is written."""
    _declare_accessible(pdf)
    if "AcroForm" in pdf.catalog:
        _make_signature_fields(pdf)
    _make_artifacts(pdf)
    if "AF" in pdf.catalog:  # where WeasyPrint mentions each file twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _declare_accessible(pdf: Any) -> None:
    """Say in the XMP metadata that the file is PDF/UA-1 as well."""
    metadata = object_of(pdf, pdf.catalog["Metadata"])
    (xmp,) = metadata.stream
    metadata.stream = [xmp.replace(b"</rdf:RDF>", PDFUA + b"</rdf:RDF>")]


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
