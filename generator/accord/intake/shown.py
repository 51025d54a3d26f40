"""Whether a logo shows anything on white paper: a drawing by the paint of its shapes, any picture by its size."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from accord.errors import Defect
from accord.i18n import _

if TYPE_CHECKING:
    from accord.intake.cascade import Cascade

LINK = "{http://www.w3.org/1999/xlink}href"
MOST_SLENDER = 40  # 45 mm by 1.1 mm
FAINTEST = 0.04  # of black, on white
MOST_USES = 8  # of a <use> in a <use>
HOLDERS = {"svg", "g", "a", "switch"}
DRAWN = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "image"}
NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
ALPHA = re.compile(rf"{NUMBER} ?%?|inherit")
URL = re.compile(r"""url\((?P<quote>["']?)#(?P<link>[^\s"'()]+)(?P=quote)\) *(?P<rest>.*)""")


def tag_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def link_of(element: Element) -> str:
    """The id of the element that another one refers to, "" without a reference."""
    return (element.get("href") or element.get(LINK) or "")[1:]


def shows_nothing() -> Defect:
    """The refusal of a logo in white, or of none."""
    return Defect(
        _("shows nothing on white paper; use the version of the logo that is made for a white ground")
    )


def slender(width: float, height: float) -> Defect:
    """The refusal of a picture that would print as a line."""
    sentence = _("measures {width:g} x {height:g}, which would print as a thin line; crop or redraw the logo")
    return Defect(sentence.format(width=width, height=height))


def shows(element: Element, cascade: "Cascade", by_id: Mapping[str | None, Element], *users: Element) -> bool:
    """Whether something of an element shows on white, by the paint of its shapes."""
    tag, value = tag_of(element), cascade.own(element)
    if value.get("display") == "none" or not opacity(value.get("opacity", "1")):
        return False
    if tag == "use" and len(users) < MOST_USES:
        target = by_id[link_of(element)]
        return shows(target, cascade, by_id, *users, element)
    if tag in HOLDERS or (tag == "symbol" and users):
        return any(shows(child, cascade, by_id, *users) for child in element)
    if tag not in DRAWN or cascade.value(element, "visibility", "visible") == "hidden":
        return False
    return (
        tag == "image"
        or any(
            _shows_paint(cascade.value(element, name, default, *users), alpha, element, cascade, by_id)
            for name, default in (("fill", "black"), ("stroke", "none"))
            if (alpha := opacity(cascade.value(element, f"{name}-opacity", "1")))
        )
        or any(shows(child, cascade, by_id) for child in element if tag in {"text", "tspan"})
    )


def opacity(alpha: str) -> float:
    """An opacity as a number from 0 to 1."""
    if not ALPHA.fullmatch(alpha) or alpha == "inherit":
        return 1
    return min(1, max(0, float(alpha.rstrip("% ")) / (100 if alpha.endswith("%") else 1)))


def _shows_paint(
    paint: str, alpha: float, element: Element, cascade: "Cascade", by_id: Mapping[str | None, Element]
) -> bool:
    from tinycss2.color5 import parse_color  # noqa: PLC0415 - only where there is a drawing

    if match := URL.fullmatch(paint):
        gradient = by_id[match["link"]]
        seen = set[Element]()
        while gradient not in seen and not len(gradient):
            seen.add(gradient)
            gradient = by_id.get(link_of(gradient), gradient)
        return any(
            _shows_paint(
                cascade.value(stop, "stop-color", "black"),
                alpha * opacity(cascade.value(stop, "stop-opacity", "1")),
                stop,
                cascade,
                by_id,
            )
            for stop in gradient
            if tag_of(stop) == "stop"
        )
    if paint == "currentColor":
        paint = cascade.value(element, "color", "black")
    colour = None if paint.lower() == "none" else parse_color(paint)
    if colour is None or isinstance(colour, str):
        return False
    red, green, blue, own_alpha = colour.to("srgb")
    return bool((1 - min(red, green, blue)) * own_alpha * alpha > FAINTEST)
