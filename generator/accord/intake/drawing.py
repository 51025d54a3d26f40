"""What of an SVG drawing the typesetting engine would draw wrong, or never end to draw.

It passes over what it does not know: a filter, a colour in a notation of its
own, a font that is not there.  Such drawings are refused, with what to do.
"""

import re
from collections.abc import Iterator, Mapping
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
}

Declarations = list[tuple[str, str]]


def check(drawing: Element) -> None:
    """Raise `Defect` for the first thing in a drawing that would not be drawn as it is meant."""
    sheets = ["".join(element.itertext()) for element in drawing.iter() if local(element.tag) == "style"]
    by_class: dict[str, str] = {}
    for sheet in sheets:
        for classes, declarations in _rules(sheet):
            _check_declarations(declarations)
            by_class |= dict.fromkeys(classes, dict(declarations).get("stroke", ""))
    letters = 0
    for element in drawing.iter():
        _check_element(element)
        _check_declarations(declared(element))
        letters += _check_text(element)
    if letters > MOST_LETTERS:
        raise Defect(
            _("holds more than {limit} letters; convert its texts to outlines (paths)").format(
                limit=MOST_LETTERS
            )
        )
    _check_strokes(drawing, "", by_class)


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
    attributes = [(local(name), value) for name, value in element.items() if local(name) != "style"]
    return attributes + _declarations(element.get("style", ""))


def _declarations(css: object) -> Declarations:
    import tinycss2  # noqa: PLC0415 - only where there is a drawing

    return [
        (each.lower_name, tinycss2.serialize(each.value).strip())
        for each in tinycss2.parse_blocks_contents(css)
        if each.type == "declaration"
    ]


def _rules(sheet: str) -> Iterator[tuple[list[str], Declarations]]:
    """The rules of a style sheet: the classes that each is for, and what it declares."""
    import tinycss2  # noqa: PLC0415 - only where there is a drawing

    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword not in {"charset", "namespace"}:
            raise _not_drawn(f"@{rule.at_keyword}")
        if rule.type == "qualified-rule":
            classes = re.findall(r"\.([\w-]+)", tinycss2.serialize(rule.prelude))
            yield classes, _declarations(rule.content)


def _check_element(element: Element) -> None:
    tag = local(element.tag)
    # What another program alone reads, as Illustrator's own copy of the drawing.
    if tag in UNKNOWN_ELEMENTS and not (tag == "foreignobject" and "requiredExtensions" in element.attrib):
        raise _not_drawn(f"<{element.tag.rpartition('}')[2]}>")
    if tag == "switch" and sum(local(child.tag) != "foreignobject" for child in element) > 1:
        raise _not_drawn("<switch>")
    if tag in SHAPES_OF_PATHS and (data := element.get(SHAPES_OF_PATHS[tag])):
        list(segments(data if tag == "path" else f"M{data}"))


def _check_declarations(declarations: Declarations) -> None:
    for name, value in declarations:
        plain = " ".join(value.lower().split())
        if plain not in UNKNOWN_PROPERTIES.get(name, {plain}):
            raise _not_drawn(name)
        if name == "clip-path" and not re.fullmatch(r"none|inherit|url\(.*\)", plain):
            raise _not_drawn(f"clip-path: {plain}")
        if name in PAINTS and not _is_paint(plain):
            sentence = _("has a colour that would not print ({text}); write one such as #1a4d7a")
            raise Defect(sentence.format(text=excerpt(value)))
        if name in {"font", "font-family"}:
            _check_font(name, value)


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


def _check_strokes(element: Element, inherited: str, by_class: Mapping[str, str]) -> None:
    """Refuse a level or an upright line in a gradient, which has no box to reckon the gradient by."""
    own = dict(declared(element))
    of_classes = [by_class[name] for name in own.get("class", "").split() if by_class.get(name)]
    stroke = next(iter([*of_classes, *filter(None, [own.get("stroke")])]), inherited)
    if stroke.lower().startswith("url(") and _is_straight(element):
        raise Defect(
            _(
                "draws a straight line in a gradient, which would print as a hairline; turn the stroke into an outline"
            )
        )
    for child in element:
        _check_strokes(child, stroke, by_class)


def _is_straight(element: Element) -> bool:
    """Whether a shape is one level or upright line."""
    tag = local(element.tag)
    if tag == "line":
        return any(element.get(f"{axis}1", "0") == element.get(f"{axis}2", "0") for axis in "xy")
    data = element.get(SHAPES_OF_PATHS.get(tag, ""), "")
    points = [*_points(data if tag == "path" else f"M{data}")] if data else []
    return len(points) > 1 and any(len({point[axis] for point in points}) == 1 for axis in (0, 1))


def _points(data: str) -> Iterator[tuple[float, float]]:
    """The corners of a path; those of a curve are as good as two that lie in no line."""
    x = y = 0.0
    for letter, numbers in segments(data):
        kind, is_relative = letter.upper(), letter.islower()
        if kind not in "MLHVZ":
            yield from ((x, y), (x + 1, y + 1))
            continue
        for at in range(0, len(numbers), _TAKES[kind] or 1):
            start = (x, y) if is_relative else (0.0, 0.0)
            if kind in "ML":
                x, y = start[0] + numbers[at], start[1] + numbers[at + 1]
            elif kind == "H":
                x = start[0] + numbers[at]
            else:
                y = start[1] + numbers[at]
            yield x, y
