"""Whether a logo is what it says and asks for nothing from outside.

The typesetting engine refuses to read what a logo refers to, and reports one
that it cannot draw.  What it would do is draw a picture that was cut off as if
it were whole, and draw millions of shapes if a few lines ask for them: such
logos are refused before the engine sees them, as are those that run something.
"""

import base64
import binascii
import io
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import cast
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from accord.errors import Defect
from accord.i18n import _
from accord.intake.shown import MOST_SLENDER, shows_nothing, slender
from accord.text.characters import excerpt

PNG = b"\x89PNG\r\n\x1a\n"
PNG_HEADER = b"\0\0\0\x0dIHDR"
PNG_END = b"\0\0\0\0IEND\xae\x42\x60\x82"
SVG = "http://www.w3.org/2000/svg"
DRAWN_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"pHYs", b"IDAT", b"IEND"}
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
LARGEST_SIDE = 10_000
SMALLEST_SIDE = 2
LARGEST_SHOWN = 400  # pixels are enough to see whether anything shows
DARKEST_GROUND = 245  # of 255 is white to the eye
MOST_PIXELS = 16_000_000
DEEPEST = 64
MOST_DRAWN = 10_000  # the engine takes two seconds for them; logos have some hundreds
MOST_RULES = 2_000  # of style sheets, each of which is compiled
OTHER_KINDS = {
    b"GIF8": "GIF",
    b"\xff\xd8\xff": "JPEG",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"RIFF": "WebP",
    b"%PDF": "PDF",
    b"%!PS": "EPS",
    b"\x1f\x8b": "SVGZ",
    b"\0\0\1\0": "ICO",
}
"""The first bytes of pictures that are no logo."""
MOST_REPEATED = 500  # the engine takes quadratic time over <use>: 0.6 s for 500, 7 s for 2,000

ENCODING = re.compile(
    r"""\ufeff?<\?xml[^>]*?encoding\s*=\s*["'](?!utf-?8["']|(?:us-)?ascii["'])""", re.IGNORECASE
)
# Illustrator and others declare the type and short words for namespaces.  Their
# entities hold no others, which could unfold without end.
DOCUMENT_TYPE = re.compile(
    r"""<!DOCTYPE\s+svg(?:\s+(?:PUBLIC\s+(?:"[^"<>]*"|'[^'<>]*')\s+|SYSTEM\s+)(?:"[^"<>]*"|'[^'<>]*'))?\s*"""
    r"""(?:\[(?:\s*<!ENTITY\s+[\w.:-]+\s+(?:"[^"&%<]{0,100}"|'[^'&%<]{0,100}')\s*>)*\s*\]\s*)?>"""
)
ANY_DOCUMENT_TYPE = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
URL = re.compile(r"url\s*\(\s*['\"]?([^'\")]*)", re.IGNORECASE)
INLINE = re.compile(r"data:(image/png|image/svg\+xml);base64,([A-Za-z0-9+/=]*)")
EMBEDDED_PICTURE = re.compile(r"data:(image/[\w.+-]+)")
EMBEDDED_PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]*)")


def check(content: bytes) -> str:
    """The media type of a logo, "image/png" or "image/svg+xml"; `Defect` says why it is neither."""
    if content.startswith(PNG):
        _check_png(content)
        _check_appearance(content)
        return "image/png"
    for start, kind in OTHER_KINDS.items():
        if content.startswith(start):
            raise Defect(_("is a {kind} file; save the logo as PNG or SVG").format(kind=kind))
    if b"<" not in content[:1024]:
        raise Defect(_("is neither a PNG nor an SVG picture; save the logo as one of the two"))
    _check_svg(content)
    return "image/svg+xml"


def stripped(content: bytes) -> bytes:
    """A sound logo without what it does not show: remarks, file names, the names of programs and people.

    The picture goes out with each letter, in its data too.
    """
    if not content.startswith(PNG):
        return _stripped_svg(content)
    chunks, place = [PNG], len(PNG)
    while place < len(content):
        end = place + 12 + int.from_bytes(content[place : place + 4], "big")
        if content[place + 4 : place + 8] in DRAWN_CHUNKS:
            chunks.append(content[place:end])
        place = end
    return b"".join(chunks)


def inline(address: object) -> tuple[bytes, str]:
    """The bytes and the media type in a `data:` address, as `check` and `stripped` leave them; else `Defect`."""
    match = INLINE.fullmatch(address) if isinstance(address, str) else None
    content = _decoded(match[2]) if match else b""
    media_type = check(content)
    if not match or match[1] != media_type or stripped(content) != content:
        raise Defect(_("is not a logo as Accord writes it; ask the sender for the file again"))
    return content, media_type


def _decoded(base64_text: str) -> bytes:
    """The bytes that a text in base64 holds, none if it is not sound."""
    try:
        return base64.b64decode(base64_text, validate=True)
    except binascii.Error:
        return b""


def _check_png(content: bytes) -> None:
    """A picture from its header to its end, of a size fit for print."""
    if not content.startswith(PNG + PNG_HEADER) or PNG_END not in content:
        raise Defect(_("is a damaged PNG picture; export the logo again"))
    width, height = struct.unpack_from(">II", content, len(PNG + PNG_HEADER))
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE and width * height <= MOST_PIXELS):
        sentence = _(
            "measures {width} x {height} pixels; save it with at most {side} on a side and {pixels} in all"
        )
        raise Defect(sentence.format(width=width, height=height, side=LARGEST_SIDE, pixels=MOST_PIXELS))
    if content[len(PNG + PNG_HEADER) + 8 :].startswith(GREY_OF_16_BITS):
        raise Defect(_("is a PNG picture in grey of 16 bits, which would print wrong; save it with 8 bits"))
    if not _is_whole(content):
        raise Defect(_("is a damaged PNG picture; export the logo again"))


def _check_appearance(content: bytes) -> None:
    """A sound picture that is something to see."""
    width, height = struct.unpack_from(">II", content, len(PNG + PNG_HEADER))
    if max(width, height) > MOST_SLENDER * min(width, height):
        raise slender(width, height)
    if min(width, height) < SMALLEST_SIDE:
        sentence = _(
            "measures {width} x {height} pixels, of which nothing can be seen; export the logo larger"
        )
        raise Defect(sentence.format(width=width, height=height))
    if not _shows(content):
        raise shows_nothing()


def _shows(content: bytes) -> bool:
    """Whether something of a picture is darker than its white ground."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only where there is a picture

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            picture.thumbnail((LARGEST_SHOWN, LARGEST_SHOWN))
            pixels = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError):
        raise Defect(_("is a damaged PNG picture; export the logo again")) from None
    ground = Image.new("RGBA", pixels.size, "white")
    return cast("int", Image.alpha_composite(ground, pixels).convert("L").getextrema()[0]) < DARKEST_GROUND


CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By the colour type of a PNG, the numbers that make one of its pixels."""
GREY_OF_16_BITS = b"\x10\0"
# The passes of an interlaced PNG: first column and row, steps between them (PNG, 8.2).
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def _is_whole(content: bytes) -> bool:
    """Whether every part of a PNG has its checksum, and its rows are all there: others are drawn in black."""
    data, place = zlib.decompressobj(), len(PNG)
    width, height, depth, colour, _compression, _filter, interlaced = struct.unpack_from(
        ">IIBBBBB", content, len(PNG + PNG_HEADER)
    )
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    rows = [(-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in passes]
    bits = depth * CHANNELS.get(colour, 0)
    wanted = sum(count * (1 + -(-across * bits // 8)) for across, count in rows if across > 0 and count > 0)
    found = 0
    while place < len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        kind, body, end = (
            content[place + 4 : place + 8],
            content[place + 8 : place + 8 + length],
            place + 12 + length,
        )
        if content[end - 4 : end] != zlib.crc32(kind + body).to_bytes(4, "big"):
            return False
        if kind == b"IDAT":
            try:
                found += len(data.decompress(body, wanted + 1 - found)) if found <= wanted else 0
            except zlib.error:
                return False
        if kind == b"IEND":
            break
        place = end
    return bool(bits) and found >= wanted


def _check_svg(content: bytes) -> None:
    """A drawing in UTF-8 that stands by itself and ends."""
    text = _text(content)
    if ANY_DOCUMENT_TYPE.search(DOCUMENT_TYPE.sub("", text, count=1)):
        raise Defect(
            _("declares a document type (DOCTYPE); delete that line, or export the logo as plain SVG")
        )
    try:
        drawing = fromstring(text)  # noqa: S314 - it has no entities
    except ParseError as error:
        line, column = error.position
        sentence = _("is not sound XML at line {line}, column {column}; export the logo again as SVG")
        raise Defect(sentence.format(line=line, column=column + 1)) from None
    if drawing.tag != f"{{{SVG}}}svg":
        sentence = _('does not begin as a drawing: its first element must be <svg xmlns="{namespace}">')
        raise Defect(sentence.format(namespace=SVG))
    elements = list(drawing.iter())
    # Of several with one id, the first counts, as in the engine.
    named = {element.get("id", ""): element for element in reversed(elements)}
    if _drawn(drawing, named, [], {}) > MOST_DRAWN:
        raise Defect(_("draws more than {limit} shapes; simplify the drawing").format(limit=MOST_DRAWN))
    if sum(local(element.tag) == "use" for element in elements) > MOST_REPEATED:
        sentence = _("repeats its parts more than {limit} times; simplify the drawing")
        raise Defect(sentence.format(limit=MOST_REPEATED))
    styles = ("".join(element.itertext()) for element in elements if local(element.tag) == "style")
    if sum(style.count("{") for style in styles) > MOST_RULES:
        sentence = _("has more than {limit} rules of style; simplify the drawing")
        raise Defect(sentence.format(limit=MOST_RULES))
    from accord.intake import drawing as shapes  # noqa: PLC0415 - only where there is a drawing

    shapes.check(drawing)


def local(name: str) -> str:
    """A name without its namespace, in small letters."""
    return name.rpartition("}")[2].lower()


def _stripped_svg(content: bytes) -> bytes:
    """The drawing's own elements and attributes, under the usual prefixes.

    Names are written out, for those that ElementTree would choose depend on
    what else has run in the process.
    """
    drawing = fromstring(_text(content))  # noqa: S314 - check() has seen it; the parser drops remarks
    for element in list(drawing.iter()):
        attributes = {_prefixed(name): value for name, value in element.items()}
        element.attrib.clear()
        element.attrib.update({name: value for name, value in attributes.items() if name})
        for child in list(element):
            if not child.tag.startswith(f"{{{SVG}}}") or local(child.tag) in {"metadata", "title", "desc"}:
                element.remove(child)
        element.tag = element.tag.rpartition("}")[2]
    drawing.attrib.update({"xmlns": SVG, "xmlns:xlink": XLINK})
    return cast("bytes", tostring(drawing, "utf-8"))


def _prefixed(name: str) -> str:
    """An attribute's name with its prefix, or "" if it belongs to another vocabulary than SVG."""
    namespace, _brace, local = name.removeprefix("{").rpartition("}")
    return {"": local, SVG: local, XLINK: f"xlink:{local}", XML: f"xml:{local}"}.get(namespace, "")


def _text(content: bytes) -> str:
    """The bytes in UTF-8; those of UTF-16 are not, or hold nulls."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or ENCODING.match(text):
        raise Defect(_("is not written in UTF-8; export the logo again as SVG in UTF-8"))
    return text


def _drawn(
    element: Element, named: Mapping[str, Element], above: list[Element], counts: dict[Element, int]
) -> int:
    """How many elements it takes to draw one: with those in it, and those that it refers to.

    A few lines can draw a billion shapes, or draw themselves.  `above` are the
    elements that draw this one, `counts` what is counted already.
    """
    if element in above:
        raise Defect(_("refers to itself in a circle; simplify the drawing"))
    if len(above) == DEEPEST:
        sentence = _("nests more than {depth} elements in each other; simplify the drawing")
        raise Defect(sentence.format(depth=DEEPEST))
    if element not in counts:
        parts = [*element, *(named[name] for name in _references(element) if name in named)]
        drawn = [(part, _drawn(part, named, [*above, element], counts)) for part in parts]
        # A marker is drawn at each corner of a line.
        corners = 1 + sum(len(element.get(key, "")) for key in ("d", "points"))
        counts[element] = 1 + sum(
            count * (corners if local(part.tag) == "marker" else 1) for part, count in drawn
        )
    return counts[element]


def _references(element: Element) -> Iterator[str]:
    """The ids that an element refers to; `Defect` if it runs something, or refers to anything else.

    A PNG picture may be embedded.
    """
    tag, attributes = local(element.tag), [(local(name), value) for name, value in element.items()]
    if tag == "script" or any(name.startswith("on") for name, _value in attributes):
        raise Defect(_("holds a script; export the logo as plain SVG"))
    targets = URL.findall("".join(element.itertext())) if tag == "style" else []
    for name, value in attributes:
        targets += [value] if name in {"href", "src"} else URL.findall(value)
    for target in filter(None, map(str.strip, targets)):
        if target.startswith("#"):
            yield target[1:]
        elif picture := EMBEDDED_PNG.fullmatch(target):
            _check_png(_decoded("".join(picture[1].split())))
        elif picture := EMBEDDED_PICTURE.match(target):
            sentence = _(
                "embeds a picture of the kind {kind}; embed it as PNG, or save the whole logo as PNG"
            )
            raise Defect(sentence.format(kind=picture[1]))
        else:
            sentence = _(
                "refers to something outside itself ({target}); embed it, or export the logo as plain SVG"
            )
            raise Defect(sentence.format(target=excerpt(" ".join(target.split()))))
