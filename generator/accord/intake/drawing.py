"""What of an SVG drawing the typesetting engine would draw wrong, or never end to draw.

It passes over what it does not know: a filter, a colour in a notation of its
own, a font that is not there.  So a drawing may hold what it is known to draw
as browsers do, and nothing else; the campaign `test_logos` holds its pictures,
in two viewers, against another engine's.  What is refused is told with what to do.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from accord.errors import Defect
from accord.i18n import _
from accord.intake.cascade import Cascade, Declarations, UnknownRule
from accord.intake.shown import (
    ALPHA,
    LINK,
    MOST_SLENDER,
    NUMBER,
    URL,
    link_of,
    opacity,
    shows,
    shows_nothing,
    slender,
    tag_of,
)
from accord.text import fonts
from accord.text.characters import excerpt

MOSTNUMBERS = 20_000  # of one run of coordinates, over which the engine takes quadratic time
MOST_LETTERS = 2_000
SHAPES_OF_PATHS = {"path": "d", "polyline": "points", "polygon": "points"}
PAINTS = {"fill", "stroke", "stop-color", "color"}
GRADIENTS = {"linearGradient", "radialGradient"}
PARTS = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
WORDS = {"text", "tspan"}
HOLDERS = {"svg", "g", "a", "defs", "symbol", "switch", "clipPath"}
NOTES = {"title", "desc", "metadata", "style", "script"}
# What nothing may refer to, and so is not drawn, whatever is in it.
UNUSED = {"filter", "mask", "pattern", "marker"}
ELEMENTS = {*HOLDERS, *PARTS, *WORDS, *GRADIENTS, *NOTES, *UNUSED, "use", "image", "stop"}
# By the property that refers to it, what may be referred to.
REFERRED = {"fill": GRADIENTS, "stroke": GRADIENTS, "clip-path": {"clipPath"}}

# The values that the engine draws, of properties whose other values it does not.
KNOWN_VALUES: Mapping[str, set[str]] = {
    "filter": {"none"},
    "backdrop-filter": {"none"},
    "mix-blend-mode": {"normal"},
    "paint-order": {"normal", "fill", "fill stroke", "fill stroke markers"},
    "vector-effect": {"none"},
    "mask": {"none"},  # which it draws on single shapes alone, and only by some units
    "mask-image": {"none"},
    "clip": {"auto"},
    "marker": {"none"},  # which it draws on other shapes, and at other angles
    "marker-start": {"none"},
    "marker-mid": {"none"},
    "marker-end": {"none"},
    "transform-box": {"view-box"},
    "color-interpolation": {"srgb", "auto"},
    "background": {"none", "transparent"},
    "background-color": {"none", "transparent"},
    "visibility": {"visible", "hidden"},
    "fill-rule": {"nonzero", "evenodd"},
    "stroke-linecap": {"butt", "round", "square"},
    "stroke-linejoin": {"miter", "round", "bevel"},
}
# Of those of words, which converted texts still have, to no effect.
KNOWN_OF_WORDS: Mapping[str, set[str]] = {
    "text-decoration": {"none"},
    "text-decoration-line": {"none"},
    "text-transform": {"none"},
    "writing-mode": {"lr", "lr-tb", "horizontal-tb"},
    "direction": {"ltr"},
    "font-variant": {"normal"},
    "font-variant-caps": {"normal"},
    "font-feature-settings": {"normal"},
    "font-stretch": {"normal"},
    "font-style": {"normal"},  # no face is slanted
    "font-weight": {"normal", "400", "600", "bold", "700"},
    "dominant-baseline": {"auto", "alphabetic"},
    "alignment-baseline": {"auto", "baseline", "alphabetic"},
    "baseline-shift": {"baseline", "0"},
    "word-spacing": {"normal", "0", "0px"},
}
NO_HOLES = {"", "nonzero", "inherit", "initial", "unset"}  # of clip-rule
LENGTHS = {
    *("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height"),
    *("stroke-width", "stroke-dasharray", "stroke-dashoffset", "font-size", "offset"),
}
NEVER_BELOW_ZERO = {"r", "rx", "ry", "width", "height", "stroke-width"}
ALPHAS = {"opacity", "fill-opacity", "stroke-opacity", "stop-opacity"}
GEOMETRY = {"x", "y", "cx", "cy", "r", "rx", "ry", "width", "height"}
# What a style may say: what the engine draws, and what draws nothing.
STYLED = {
    *(*KNOWN_VALUES, *KNOWN_OF_WORDS, *PAINTS, *ALPHAS, *GEOMETRY),
    *("stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "display", "overflow"),
    *("clip-path", "clip-rule", "transform", "transform-origin", "font", "font-family", "font-size"),
    *("letter-spacing", "text-anchor", "image-rendering", "isolation", "enable-background", "cursor"),
    *("pointer-events", "shape-rendering", "color-rendering", "text-rendering", "will-change", "line-height"),
    *("color-interpolation-filters", "flood-color", "flood-opacity", "lighting-color", "solid-color"),
    *("solid-opacity", "text-align", "text-indent", "white-space", "shape-padding", "shape-margin"),
    *("inline-size", "unicode-bidi", "font-kerning", "font-variant-ligatures", "font-variant-position"),
    *("font-variant-numeric", "font-variant-alternates", "font-variant-east-asian", "font-size-adjust"),
    *("font-variation-settings", "font-synthesis", "font-optical-sizing", "text-orientation", "user-select"),
    *("text-decoration-style", "text-decoration-color", "text-overflow", "block-progression", "layout-flow"),
    *("glyph-orientation-vertical", "glyph-orientation-horizontal", "kerning", "color-profile", "speak"),
    *("transition", "fill-color", "stroke-color", "margin", "padding", "z-index", "shape-inside"),
}

ById = Mapping[str | None, Element]
_SVG = "{http://www.w3.org/2000/svg}"


def check(drawing: Element) -> None:
    """Raise `Defect` for the first thing in a drawing that would not be drawn as it is meant."""
    elements = list(_read(drawing))
    letters = sum(map(_check_text, elements))
    if letters > MOST_LETTERS:
        sentence = _("holds more than {limit} letters; convert its texts to outlines (paths)")
        raise Defect(sentence.format(limit=MOST_LETTERS))
    try:
        cascade = Cascade(drawing)
    except UnknownRule as rule:
        raise _not_drawn(str(rule)) from None
    by_id = {element.get("id"): element for element in reversed(list(drawing.iter()))}
    clipping = _clipping(drawing)
    for css in cascade.css:
        _check_style(css, sets_words=letters > 0)
        _check_declarations(css, sets_words=letters > 0, clips=bool(clipping))
        _check_references(css, by_id)
    for element in elements:
        _check_element(element, cascade, by_id)
        attributes = [(name.lower(), value) for name, value in element.items() if name != "style"]
        _check_declarations(attributes, sets_words=letters > 0, clips=element in clipping)
        _check_references(attributes, by_id)
    _check_size(drawing)
    _check_colours(elements, cascade)
    if not shows(drawing, cascade, by_id):
        raise shows_nothing()


def _read(element: Element) -> Iterator[Element]:
    """The elements of the drawing that the engine reads; not those of other vocabularies and of notes."""
    if not element.tag.startswith(_SVG) or tag_of(element) in {"metadata", "title", "desc"}:
        return
    yield element
    if tag_of(element) not in UNUSED and not _is_of_others(element):
        for child in element:
            yield from _read(child)


def _is_of_others(element: Element) -> bool:
    """Whether another program alone reads it, as Illustrator's own copy of the drawing."""
    return tag_of(element) == "foreignObject" and "requiredExtensions" in element.attrib


def _not_drawn(what: str) -> Defect:
    sentence = _(
        "uses {what}, which would not print as drawn; flatten the drawing, or export the logo as PNG"
    )
    return Defect(sentence.format(what=excerpt(what)))


# --- Elements -------------------------------------------------------------------------


def _check_element(element: Element, cascade: Cascade, by_id: ById) -> None:
    if _is_of_others(element):
        return
    tag = tag_of(element)
    _check_place(element, cascade.parents.get(element))
    if tag == "switch" and sum(not _is_of_others(child) for child in element) > 1:
        raise _not_drawn("<switch>")
    if tag == "clipPath":
        _check_clip(element)
    if tag in {"svg", "symbol"}:
        _check_frame(element, is_inner=element in cascade.parents)
    if tag == "use":
        _check_use(element, cascade.own(element), by_id)
    if tag == "text" and not cascade.value(element, "font-family", ""):
        raise Defect(_("sets words in no font that it names; convert its texts to outlines (paths)"))
    if "pathLength" in element.attrib and cascade.value(element, "stroke-dasharray", "none") != "none":
        raise _not_drawn("pathLength")
    _check_shape(element, cascade.own(element))
    _check_opacity(element, cascade)


def _check_place(element: Element, parent: Element | None) -> None:
    """An element that the engine knows, where it draws it as browsers do."""
    tag, holder = tag_of(element), tag_of(parent) if parent is not None else "g"
    if tag not in ELEMENTS:
        raise _not_drawn(f"<{tag}>")
    for condition in ("systemLanguage", "requiredExtensions"):
        if condition in element.attrib:
            raise _not_drawn("<switch>" if tag == "switch" else condition)
    holders = {"stop": GRADIENTS, "tspan": {*WORDS, "a"}}.get(tag, HOLDERS)
    if tag not in NOTES and holder not in holders:
        raise _not_drawn(f"<{holder}><{tag}>")


def _check_shape(element: Element, own: Mapping[str, str]) -> None:
    """A shape, a gradient or a picture with what it needs."""
    tag = tag_of(element)
    if tag == "image" and not (
        link_of(element) and all(not re.fullmatch(r"[0.]+[a-z%]*", own.get(side, "")) for side in SIDES)
    ):
        raise _not_drawn("<image>")
    if tag == "ellipse" and not {"rx", "ry"} <= own.keys():
        raise _not_drawn("<ellipse>")
    if tag in SHAPES_OF_PATHS and (data := element.get(SHAPES_OF_PATHS[tag])):
        list(segments(data if tag == "path" else f"M{data}"))
    x1, x2, y1, y2 = (own.get(*end) for end in (("x1", "0"), ("x2", "100%"), ("y1", "0"), ("y2", "0")))
    if tag in GRADIENTS and (re.fullmatch("0+", own.get("r", "")) or (x1 == x2 and y1 == y2)):
        raise _not_drawn(f"<{tag}>")  # of no length


SIDES = ("width", "height")


def _check_clip(clip: Element) -> None:
    """A clip of one shape: of several, the engine moves all by the first and cuts holes where two overlap."""
    if any(tag_of(part) in {*WORDS, "textPath"} for part in clip.iter()):
        raise _not_drawn("<clipPath><text>")
    parts = [part for part in clip if tag_of(part) not in NOTES]
    if len(parts) > 1 or any(tag_of(part) not in {*PARTS, "use"} for part in parts):
        raise _not_drawn("<clipPath>")
    if clip.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse":
        raise _not_drawn("clipPathUnits")


_FRAME = re.compile(
    rf"\s*{NUMBER}(?:\s*,\s*|\s+){NUMBER}(?:(?:\s*,\s*|\s+)\+?(?=[0-9.])(?![0.]+(?:[\s,]|$)){NUMBER}){{2}}\s*"
)
_RATIO = re.compile(r"\s*(?:none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max))(?:\s+(?:meet|slice))?\s*")


def _check_frame(element: Element, *, is_inner: bool) -> None:
    frame = element.get("viewBox", "").strip()
    if frame and not _FRAME.fullmatch(frame):
        raise _not_drawn(f"viewBox: {frame}")
    if not _RATIO.fullmatch(element.get("preserveAspectRatio", "none")):
        raise _not_drawn(f"preserveAspectRatio: {element.get('preserveAspectRatio')}")
    if tag_of(element) == "symbol":
        if {"width", "height", "refX", "refY", "x", "y"} & element.attrib.keys():
            raise _not_drawn("<symbol>")
    elif is_inner and frame and not {"width", "height"} <= element.attrib.keys():
        raise _not_drawn("<svg>")


def _check_use(element: Element, own: Mapping[str, str], by_id: ById) -> None:
    links = {element.get("href", ""), element.get(LINK, "")} - {""}
    target = by_id.get(next(iter(links), "")[1:])
    if len(links) > 1:
        raise _not_drawn("<use>")
    if target is None:
        raise _not_there(next(iter(links), "#"))
    kind = tag_of(target)
    is_framed = kind == "symbol" and "viewBox" in target.attrib
    is_drawn = kind in {*PARTS, "text", "g", "a", "symbol", "use", "image", "switch"}
    if not is_drawn or "clip-path" in own or (is_framed and not {"width", "height"} <= own.keys()):
        raise _not_drawn(f"<use> + <{kind}>" if not is_drawn or is_framed else "<use> + clip-path")


def _check_opacity(element: Element, cascade: Cascade) -> None:
    """What is seen through is cut to its outline without the corners of its lines, and mixes line and ground."""
    uses = [part for part in element.iter() if tag_of(part) == "use"]
    targets: list[tuple[Element, tuple[Element, ...]]] = [
        (part, (use,)) for use in uses for part in cascade.by_id.get(link_of(use), use).iter()
    ]

    def has(part: Element, name: str, *users: Element) -> bool:
        return cascade.value(part, name, "black" if name == "fill" else "none", *users).lower() not in {
            "none",
            "transparent",
        }

    if opacity(cascade.own(element).get("opacity", "1")) < 1:
        pointed = any(
            has(part, "stroke") and cascade.value(part, "stroke-linejoin", "miter") == "miter"
            for part in element.iter()
            if tag_of(part) in SHAPES_OF_PATHS
        )
        if pointed or any(has(part, "stroke", *users) for part, users in targets):
            raise _not_drawn("opacity + stroke")
    if tag_of(element) not in {*PARTS, "use"}:
        return
    if any(
        tag_of(part) in PARTS - {"line"}
        and has(part, "stroke", *users)
        and has(part, "fill", *users)
        and opacity(cascade.value(part, "stroke-opacity", "1", *users)) < 1
        for part, users in targets or [(element, ())]
    ):
        raise _not_drawn("stroke-opacity + fill")


def _check_size(drawing: Element) -> None:
    """A drawing says how large it is, and is no line: it would print as one."""
    frame = [float(number) for number in re.findall(NUMBER, drawing.get("viewBox", ""))]
    sides = [drawing.get(side, "") for side in SIDES]
    if not frame and not all(
        re.fullmatch(r"\s*\+?[0-9.]*[1-9][0-9.]*(?:e[0-9]+)?\s*(?:px|pt|pc|mm|cm|in)?\s*", side)
        for side in sides
    ):
        raise Defect(
            _('does not say how large it is; give its <svg> a viewBox, such as viewBox="0 0 300 100"')
        )
    for side in ("x", "y"):
        if not re.fullmatch(r"[+-]?0*\.?0*[a-z%]*", drawing.get(side, "").strip()):
            raise _not_drawn(f"{side}: {drawing.get(side)}")
    if frame and max(frame[2:]) > MOST_SLENDER * min(frame[2:]):
        raise slender(*frame[2:])


# --- What they declare ----------------------------------------------------------------


def _clipping(drawing: Element) -> set[Element]:
    """The elements whose `clip-rule` tells what is clipped: clips, their parts, what those use and what they inherit from."""
    parents = {child: parent for parent in drawing.iter() for child in parent}
    by_id = {element.get("id"): element for element in drawing.iter()}
    parts, above = set[Element](), set[Element]()
    for clip in (element for element in parents if tag_of(element) == "clipPath" and element not in parts):
        uses = [part for part in clip.iter() if tag_of(part) == "use"]
        links = map(link_of, uses)
        used = [by_id[link] for link in dict.fromkeys(links) if link in by_id]
        for whole in (clip, *(each for each in used if each not in parts)):
            parts.update(whole.iter())
        outer = parents.get(clip)
        while outer is not None and outer not in above:
            above.add(outer)
            outer = parents.get(outer)
    return parts | above


def _not_there(link: str) -> Defect:
    sentence = _("refers to {name}, which is not in it; export the logo again as plain SVG")
    return Defect(sentence.format(name=excerpt(link)))


def _check_references(declarations: Declarations, by_id: ById) -> None:
    """Each reference is to something that is there, and is what it should be."""
    for name, value in declarations:
        if name in REFERRED and "url" in value.lower():
            match = URL.fullmatch(value.strip())
            if not match:
                raise _not_drawn(f"{name}: {value}")
            link = match["link"]
            if link not in by_id:
                raise _not_there(f"#{link}")
            if tag_of(by_id[link]) not in REFERRED[name]:
                raise _not_drawn(f"{name} + <{tag_of(by_id[link])}>")


def _check_style(declarations: Declarations, *, sets_words: bool) -> None:
    """Raise `Defect` for what a style says beyond what is drawn, or says to no effect."""
    for name, value in declarations:
        bare = re.sub(r"^-(?:webkit|moz|ms|o)-", "", name)
        is_own = name.startswith("-") and not {bare, bare.removesuffix("-image")} & {
            "mask",
            "filter",
            "clip-path",
        }
        if not is_own and bare not in STYLED and not bare.startswith(("animation", "transition-")):
            raise _not_drawn(name)
        if bare != name and not is_own and value.lower() != "none":
            raise _not_drawn(name)
        if sets_words and name == "font":
            _check_font(name, value)
            raise _not_drawn("font")
        if name in STYLED - {"clip-rule"} and value.lower() in {"initial", "unset", "revert", "revert-layer"}:
            if name in PAINTS:
                raise _no_colour(value)
            raise _not_drawn(f"{name}: {value}")


def _no_colour(text: str) -> Defect:
    sentence = _("has a colour that would not print ({text}); write one such as #1a4d7a")
    return Defect(sentence.format(text=excerpt(text)))


def _check_declarations(declarations: Declarations, *, sets_words: bool, clips: bool) -> None:
    """Raise `Defect` for what the engine does not know; a hole told by crossings, where something `clips`."""
    known = {**KNOWN_VALUES, **(KNOWN_OF_WORDS if sets_words else {})}
    for name, value in declarations:
        plain = " ".join(value.lower().split())
        if plain not in known.get(name, {plain}) and plain != "inherit":
            raise _not_drawn(name)
        if name in PAINTS:
            _check_paint(name, value.strip())
        if name in LENGTHS:
            _check_length(name, " ".join(value.split()))
        pattern = _PATTERNS.get("transform" if name.endswith("transform") else name)
        is_odd = pattern and not pattern.fullmatch(plain)
        is_hole = clips and name == "clip-rule" and plain not in NO_HOLES
        if is_odd or is_hole or (name in _OF_KEYWORDS and plain != value):
            raise _not_drawn(f"{name}: {plain}")
        if sets_words and name in {"font", "font-family"}:
            _check_font(name, value)


# Whose words the engine reads as they are written, in small letters and without blanks.
_OF_KEYWORDS = {
    "display",
    "visibility",
    "fill-rule",
    "stroke-linecap",
    "stroke-linejoin",
    "overflow",
    "text-anchor",
}
_PAINT_WORDS = {word.lower(): word for word in ("none", "inherit", "currentColor")}
_LENGTH = re.compile(
    r"(?:[ ,]*+[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?(?:px|pt|pc|mm|cm|in|em|%)?(?![\w%.]))*[ ,]*|inherit"
)
_ANGLE = rf"{NUMBER}(?:deg|rad|grad|turn)?"
_PLACE = rf"{NUMBER}(?:px)?"
_COMMA = r"(?: ?, ?| |(?=[+-]))"
_FUNCTIONS = "|".join(
    (
        rf"matrix ?\( ?{NUMBER}(?:{_COMMA}{NUMBER}){{5}} ?\)",
        rf"translate ?\( ?{_PLACE}(?:{_COMMA}{_PLACE})? ?\)",
        rf"translate[xy] ?\( ?{_PLACE} ?\)",
        rf"scale ?\( ?{NUMBER}(?:{_COMMA}{NUMBER})? ?\)",
        rf"rotate ?\( ?{_ANGLE}(?:{_COMMA}{NUMBER}{_COMMA}{NUMBER})? ?\)",
        rf"skew[xy] ?\( ?{_ANGLE} ?\)",
    )
)
_TRANSFORM = re.compile(rf"none|inherit|(?:(?:{_FUNCTIONS})[ ,]*)*")


_PATTERNS = {
    **dict.fromkeys(ALPHAS, ALPHA),
    "transform": _TRANSFORM,
    "transform-origin": re.compile(rf"{NUMBER}(?:px)?,? {NUMBER}(?:px)?"),
    "clip-path": re.compile(r"none|inherit|url\(.*\)"),
}


def _check_paint(name: str, value: str) -> None:
    plain = " ".join(value.lower().split())
    if name == "stroke" and plain.startswith("url("):
        raise Defect(
            _(
                "draws a line in a gradient or a pattern, which would print as a hairline; turn the stroke into an outline"
            )
        )
    if not _is_paint(plain) or value != _PAINT_WORDS.get(plain, value):
        raise _no_colour(value)


def _check_length(name: str, value: str) -> None:
    is_negative = name in NEVER_BELOW_ZERO and value.startswith("-")
    is_none = name == "stroke-dasharray" and value == "none"
    if not is_none and (is_negative or not _LENGTH.fullmatch(value)):
        raise _not_drawn(f"{name}: {value}")


def _is_paint(value: str) -> bool:
    """Whether the engine knows a colour, or a reference to a gradient with or without one."""
    from tinycss2.color5 import parse_color  # noqa: PLC0415 - only where there is a drawing

    rest = re.sub(r"^url\([^)]*\) *", "", value)
    if rest in {"", "none", "inherit", "currentcolor"}:
        return True
    is_plain = re.match(r"#|rgba?\(|hsla?\(|[a-z]+$", rest)
    return bool(is_plain) and parse_color(rest) is not None


def _check_colours(elements: list[Element], cascade: Cascade) -> None:
    """The engine gives `currentColor` to the parts of a group as the group has it, and knows no colour by itself."""
    colours, paints = set[str](), set[str]()
    for element in elements:
        own = cascade.own(element)
        colours.update({own["color"].lower()} if own.get("color", "inherit") != "inherit" else set())
        paints.update(own[name] for name in PAINTS - {"color"} if name in own)
    if "currentcolor" in colours or (len(colours) > 1 and "currentColor" in paints):
        raise _no_colour("currentColor")


# --- Words ---------------------------------------------------------------------------

_OUR_FONTS = {face.family.lower() for face in fonts.FACES} | {"sans-serif", "inherit"}


def _check_font(name: str, value: str) -> None:
    """Refuse a font that letters do not have, where it is the first choice."""
    first = value[:200].split(",", maxsplit=1)[0].strip()
    family = (
        first.strip("'\"")
        if name == "font-family"
        else re.sub(r"^.*?[\d.]+(?:px|pt|em|rem|%)(?:/\S+)? +", "", first)
    )
    if family.strip("'\" ").lower() not in _OUR_FONTS:
        sentence = _(
            "sets words in “{font}”, a font that letters do not have; convert its texts to outlines (paths)"
        )
        raise Defect(sentence.format(font=excerpt(family.strip("'\" "))))


def _check_text(element: Element) -> int:
    """How many letters an element sets; `Defect` for one that no font has."""
    if tag_of(element) not in WORDS:
        return 0
    text = " ".join(f"{element.text or ''} {' '.join(child.tail or '' for child in element)}".split())
    if chars := fonts.uncovered(text):
        told = _("no font of the letter has {names}; convert its texts to outlines (paths)")
        raise Defect(told.format(names=", ".join(f"“{char}”" for char in chars[:5])))
    return len(text)


# --- Paths ---------------------------------------------------------------------------

_TOKEN = re.compile(
    r"[ \t\r\n]*(?:,[ \t\r\n]*)?(?:(?P<letter>[A-Za-z])|(?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?))"
)
_FLAG = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*([01])")
_TAKES = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
_FLAGS = {3, 4}  # of the seven numbers of an arc, written as single digits


def segments(data: str) -> Iterator[tuple[str, list[float]]]:
    """The commands of a path with their numbers, as SVG has them (SVG 2, 9.3.9); `Defect` if it is none.

    The engine never ends over a number after the end of a path.
    """
    place, length = 0, len(data.rstrip())
    letter, numbers = "", list[float]()
    while place < length:
        is_flag = letter.upper() == "A" and len(numbers) % 7 in _FLAGS
        match = (_FLAG if is_flag else _TOKEN).match(data, place)
        if match is None:
            raise _no_path(data, place)
        place = match.end()
        if is_flag or match["number"]:
            numbers.append(float(match[1] if is_flag else match["number"]))
            if not letter or letter in "zZ" or len(numbers) > MOSTNUMBERS:
                raise _no_path(data, place)
            continue
        if letter:
            yield _segment(letter, numbers, data, place)
        elif match["letter"] not in "mM":
            raise _no_path(data, place)
        letter, numbers = match["letter"], []
        if letter.upper() not in _TAKES:
            raise _no_path(data, place)
    if letter:
        yield _segment(letter, numbers, data, place)


def _segment(letter: str, numbers: list[float], data: str, place: int) -> tuple[str, list[float]]:
    takes = _TAKES[letter.upper()]
    if (takes == 0) != (not numbers) or (takes and len(numbers) % takes):
        raise _no_path(data, place)
    if takes == _TAKES["A"] and any(radius <= 0 for at in (0, 1) for radius in numbers[at::takes]):
        raise _no_path(data, place)  # an arc without radius is a line, which the engine does not draw
    return letter, numbers


def _no_path(data: str, place: int) -> Defect:
    sentence = _("holds a path that cannot be drawn (“{text}”); export the logo again as plain SVG")
    return Defect(sentence.format(text=excerpt(data[max(0, place - 20) : place + 10].strip())))
