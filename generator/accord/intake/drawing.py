"""What of an SVG drawing the typesetting engine would draw wrong, or never end to draw.

It passes over what it does not know: a filter, a colour in a notation of its
own, a font that is not there.  Such drawings are refused, with what to do.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from accord.errors import Defect
from accord.i18n import _
from accord.text import fonts
from accord.text.characters import excerpt

MOST_NUMBERS = 20_000  # of one run of coordinates, over which the engine takes quadratic time
MOST_LETTERS = 2_000
SHAPES_OF_PATHS = {"path": "d", "polyline": "points", "polygon": "points"}
PAINTS = {"fill", "stroke", "stop-color", "color"}
# Values that ask for nothing, of properties that the engine does not know.
UNKNOWN_PROPERTIES = {
    "filter": {"none"},
    "backdrop-filter": {"none"},
    "mix-blend-mode": {"normal"},
    "paint-order": {"normal", "fill", "fill stroke", "fill stroke markers"},
    "vector-effect": {"none"},
    "mask": {"none"},  # which it draws on single shapes alone, and only by some units
}
# Those of words, which converted texts still have, to no effect.
UNKNOWN_OF_WORDS = {
    "text-decoration": {"none"},
    "text-decoration-line": {"none"},
    "text-transform": {"none"},
    "writing-mode": {"lr", "lr-tb", "horizontal-tb"},
    "font-variant": {"normal"},
    "font-style": {"normal"},  # no face is slanted
}
NO_HOLES = {"", "nonzero", "inherit", "initial", "unset"}  # of clip-rule
LENGTHS = {
    *("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height"),
    *("stroke-width", "stroke-dasharray", "stroke-dashoffset", "font-size", "offset"),
}
UNKNOWN_ELEMENTS = {
    "foreignobject",
    "animate",
    "animatetransform",
    "animatemotion",
    "set",
    "font",
    "cursor",
    "view",
    "flowroot",
}

_SVG = "{http://www.w3.org/2000/svg}"

Declarations = list[tuple[str, str]]


def check(drawing: Element) -> None:
    """Raise `Defect` for the first thing in a drawing that would not be drawn as it is meant."""
    elements = [element for element in drawing.iter() if element.tag.startswith(_SVG)]
    letters = sum(map(_check_text, elements))
    if letters > MOST_LETTERS:
        sentence = _("holds more than {limit} letters; convert its texts to outlines (paths)")
        raise Defect(sentence.format(limit=MOST_LETTERS))
    clipping = _clipping(drawing)
    for element in elements:
        _check_element(element)
        if local(element.tag) == "style":
            for declarations in _rules("".join(element.itertext())):
                _check_declarations(declarations, sets_words=letters > 0, clips=bool(clipping))
        _check_declarations(declared(element), sets_words=letters > 0, clips=element in clipping)


def local(name: str) -> str:
    """A name without its namespace, in small letters."""
    return name.rpartition("}")[2].lower()


def _not_drawn(what: str) -> Defect:
    sentence = _(
        "uses {what}, which would not print as drawn; flatten the drawing, or export the logo as PNG"
    )
    return Defect(sentence.format(what=excerpt(what)))


# --- Elements and what they declare -------------------------------------------------


def declared(element: Element) -> Declarations:
    """What an element says of itself, by its attributes and then by its own style."""
    attributes = [(name.lower(), value) for name, value in element.items() if name != "style"]
    return attributes + _declarations(element.get("style", ""))


def _declarations(css: object) -> Declarations:
    import tinycss2  # noqa: PLC0415 - only where there is a drawing

    return [
        (each.lower_name, tinycss2.serialize(each.value).strip())
        for each in tinycss2.parse_blocks_contents(css)
        if each.type == "declaration"
    ]


def _rules(sheet: str) -> Iterator[Declarations]:
    """What each rule of a style sheet declares."""
    import tinycss2  # noqa: PLC0415 - only where there is a drawing

    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword not in {"charset", "namespace"}:
            raise _not_drawn(f"@{rule.at_keyword}")
        if rule.type == "qualified-rule":
            yield _declarations(rule.content)


def _check_element(element: Element) -> None:
    tag = local(element.tag)
    # What another program alone reads, as Illustrator's own copy of the drawing.
    if tag in UNKNOWN_ELEMENTS and not (tag == "foreignobject" and "requiredExtensions" in element.attrib):
        raise _not_drawn(f"<{element.tag.rpartition('}')[2]}>")
    if tag == "clippath" and any(local(part.tag) == "text" for part in element.iter()):
        raise _not_drawn("<clipPath><text>")
    if tag == "switch" and sum(local(child.tag) != "foreignobject" for child in element) > 1:
        raise _not_drawn("<switch>")
    if tag in SHAPES_OF_PATHS and (data := element.get(SHAPES_OF_PATHS[tag])):
        list(segments(data if tag == "path" else f"M{data}"))


def _clipping(drawing: Element) -> set[Element]:
    """The elements whose `clip-rule` tells what is clipped: clips, their parts, what those use and what they inherit from."""
    parents = {child: parent for parent in drawing.iter() for child in parent}
    by_id = {element.get("id"): element for element in drawing.iter()}
    parts, above = set[Element](), set[Element]()
    for clip in (element for element in parents if local(element.tag) == "clippath" and element not in parts):
        uses = [part for part in clip.iter() if local(part.tag) == "use"]
        links = (value.strip()[1:] for use in uses for name, value in use.items() if local(name) == "href")
        used = [by_id[link] for link in dict.fromkeys(links) if link in by_id]
        for whole in (clip, *(each for each in used if each not in parts)):
            parts.update(whole.iter())
        outer = parents.get(clip)
        while outer is not None and outer not in above:
            above.add(outer)
            outer = parents.get(outer)
    return parts | above


def _check_declarations(declarations: Declarations, *, sets_words: bool, clips: bool) -> None:
    """Raise `Defect` for what the engine does not know; a hole told by crossings, where something `clips`."""
    unknown = UNKNOWN_PROPERTIES | (UNKNOWN_OF_WORDS if sets_words else {})
    for name, value in declarations:
        plain = " ".join(value.lower().split())
        if plain not in unknown.get(name, {plain}) and plain != "inherit":
            raise _not_drawn(name)
        if name in LENGTHS and not _LENGTH.fullmatch(plain):
            raise _not_drawn(f"{name}: {plain}")
        if name == "stroke" and plain.startswith("url("):
            raise Defect(
                _(
                    "draws a line in a gradient or a pattern, which would print as a hairline; turn the stroke into an outline"
                )
            )
        if name == "clip-path" and not re.fullmatch(r"none|inherit|url\(.*\)", plain):
            raise _not_drawn(f"clip-path: {plain}")
        if clips and name == "clip-rule" and plain not in NO_HOLES:
            raise _not_drawn(f"clip-rule: {plain}")
        if name in PAINTS and not _is_paint(plain):
            sentence = _("has a colour that would not print ({text}); write one such as #1a4d7a")
            raise Defect(sentence.format(text=excerpt(value)))
        if sets_words and name in {"font", "font-family"}:
            _check_font(name, value)


_LENGTH = re.compile(
    r"(?:[ ,]*+[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:e[+-]?[0-9]++)?(?:px|pt|pc|mm|cm|in|em|ex|rem|q|%)?(?![\w%.]))*[ ,]*|none|auto|inherit"
)


def _is_paint(value: str) -> bool:
    """Whether the engine knows a colour, or a reference to a gradient with or without one."""
    from tinycss2.color5 import parse_color  # noqa: PLC0415 - only where there is a drawing

    rest = re.sub(r"^url\([^)]*\) *", "", value)
    if rest in {"", "none", "inherit", "currentcolor", "context-fill", "context-stroke"}:
        return True
    is_plain = re.match(r"#|rgba?\(|hsla?\(|[a-z]+$", rest)
    return bool(is_plain) and parse_color(rest) is not None


# --- Words ---------------------------------------------------------------------------

_OUR_FONTS = {face.family.lower() for face in fonts.FACES} | {"serif", "sans-serif", "inherit"}


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
    if local(element.tag) not in {"text", "tspan", "textpath"}:
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
            if not letter or letter in "zZ" or len(numbers) > MOST_NUMBERS:
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
    return letter, numbers


def _no_path(data: str, place: int) -> Defect:
    sentence = _("holds a path that cannot be drawn (“{text}”); export the logo again as plain SVG")
    return Defect(sentence.format(text=excerpt(data[max(0, place - 20) : place + 10].strip())))
