"""Whether a logo is what it says and asks for nothing from outside (floor 1).

A logo is the one file of the house that the typesetting engine opens, and it is
drawn on every letter: a picture that loads another file, runs a script or
unfolds into millions of shapes is refused before the engine sees it.
"""

import base64
import binascii
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from gettext import gettext as _
from xml.parsers import expat

from generator.errors import AccordError

PNG = b"\x89PNG\r\n\x1a\n"
SVG = "http://www.w3.org/2000/svg"
LARGEST_SIDE = 10_000
MOST_PIXELS = 16_000_000
DEEPEST = 64
MOST_DRAWN = 10_000

# Elements that run, move, play or embed; SVG and HTML names alike.
REFUSED = frozenset(
    [
        "script",
        "foreignobject",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "handler",
        "listener",
        "link",
        "animate",
        "animatecolor",
        "animatemotion",
        "animatetransform",
        "set",
        "discard",
    ]
)
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # values per pixel by PNG colour type


class UnusableLogo(AccordError):
    """A logo that cannot be printed safely; its text says why and what to do."""


def check(content: bytes) -> str:
    """The media type of a logo, "image/png" or "image/svg+xml"; `UnusableLogo` otherwise."""
    if content.startswith(PNG):
        _check_png(content)
        return "image/png"
    if b"<" not in content[:1024]:
        raise UnusableLogo(_("is neither a PNG nor an SVG picture; save the logo as one of the two"))
    _Drawing().read(content)
    return "image/svg+xml"


# --- PNG ----------------------------------------------------------------------


def _check_png(content: bytes) -> None:
    """Sound chunks from IHDR to IEND, a size fit for print, as many pixels as announced."""
    chunks = list(_chunks(content)) if content.startswith(PNG) else []
    kinds = [kind for kind, _data in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds or len(chunks[0][1]) != 13:
        raise _damaged_png()
    width, height, depth, colour = struct.unpack(">IIBB", chunks[0][1][:10])
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE and width * height <= MOST_PIXELS):
        raise UnusableLogo(
            _(
                "measures {width} x {height} pixels; save it with at most {side} on a side and {pixels} in all"
            ).format(width=width, height=height, side=LARGEST_SIDE, pixels=MOST_PIXELS)
        )
    if colour not in SAMPLES or depth not in {1, 2, 4, 8, 16}:
        raise _damaged_png()
    row = (width * SAMPLES[colour] * depth + 7) // 8
    # Each row has a filter byte; an interlaced picture has at most twice the rows and some.
    _check_pixels(b"".join(data for kind, data in chunks if kind == b"IDAT"), row * height, height)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    while place < len(content):
        if len(content) < place + 12:
            raise _damaged_png()
        (length,) = struct.unpack_from(">I", content, place)
        body = content[place + 4 : place + 8 + length]
        checksum = content[place + 8 + length : place + 12 + length]
        if len(checksum) != 4 or struct.unpack(">I", checksum)[0] != zlib.crc32(body):
            raise _damaged_png()
        yield body[:4], body[4:]
        place += 12 + length
        if body[:4] == b"IEND":
            return


def _check_pixels(packed: bytes, least: int, height: int) -> None:
    """Unpack piece by piece, never the whole of a picture that lies about its size."""
    most = least + 4 * height + LARGEST_SIDE
    stream = zlib.decompressobj()
    total = 0
    try:
        while packed and not stream.eof:
            total += len(stream.decompress(packed, 1 << 20))
            packed = stream.unconsumed_tail
            if total > most:
                raise _damaged_png()
    except zlib.error:
        raise _damaged_png() from None
    if not stream.eof or total < least:
        raise _damaged_png()


def _damaged_png() -> UnusableLogo:
    return UnusableLogo(_("is a damaged PNG picture; export the logo again"))


# --- SVG ----------------------------------------------------------------------


class _Drawing:
    """One reading of an SVG file, element by element, refusing what may not be there."""

    def __init__(self) -> None:
        self.path: list[str] = []  # the elements that are open
        self.ids: list[str | None] = []  # and their ids
        self.style: list[str] = []
        self.uses: dict[str | None, Counter[str]] = {None: Counter()}

    def read(self, content: bytes) -> None:
        """`UnusableLogo` unless the bytes are a drawing that stands by itself."""
        if not _is_utf8(content):
            raise _other_encoding()
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self.declare
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        parser.ProcessingInstructionHandler = self.refuse_instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(content, True)  # noqa: FBT003 - expat takes no keywords
        except expat.ExpatError as error:
            raise UnusableLogo(
                _("is not sound XML at line {line}, column {column}; export the logo again as SVG").format(
                    line=error.lineno, column=error.offset + 1
                )
            ) from None
        self.count_shapes()

    def declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            raise _other_encoding()

    def refuse_doctype(self, *_details: object) -> None:
        raise UnusableLogo(
            _("declares a document type (DOCTYPE); delete that line, or export the logo as plain SVG")
        )

    def refuse_instruction(self, target: str, _data: str) -> None:
        raise UnusableLogo(
            _("holds a processing instruction ({target}); export the logo as plain SVG").format(target=target)
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _blank, name = tag.rpartition(" ")
        if not self.path and (space, name) != (SVG, "svg"):
            raise UnusableLogo(
                _('does not begin as a drawing: its first element must be <svg xmlns="{namespace}">').format(
                    namespace=SVG
                )
            )
        if name.lower() in REFUSED:
            raise UnusableLogo(
                _("holds <{name}>, which has no place on paper; export the logo as plain SVG").format(
                    name=name
                )
            )
        if len(self.path) >= DEEPEST:
            raise UnusableLogo(
                _("nests more than {depth} elements in each other; simplify the drawing").format(
                    depth=DEEPEST
                )
            )
        self.path.append(name)
        self.ids.append(attributes.get("id"))
        for attribute, value in attributes.items():
            self.check_attribute(attribute, value)

    def check_attribute(self, attribute: str, value: str) -> None:
        space, _blank, name = attribute.lower().rpartition(" ")
        if name.startswith("on") or name == "base":
            raise UnusableLogo(
                _(
                    'holds the attribute "{name}", which runs or loads something; export it as plain SVG'
                ).format(name=name)
            )
        if name in {"href", "src"}:
            self.check_reference(value)
        elif not space:
            self.check_css(value)

    def end(self, _tag: str) -> None:
        if self.path.pop() == "style":
            self.check_css("".join(self.style))
            self.style.clear()
        self.ids.pop()

    def text(self, text: str) -> None:
        if "style" in self.path:
            self.style.append(text)

    def check_css(self, css: str) -> None:
        """Style sheets and properties may name fragments of the drawing only, in plain letters."""
        if re.search(r"\\|@import|@font-face|(image-set|image|src|element)\s*\(", css, flags=re.IGNORECASE):
            raise _outside(css)
        for target in re.findall(r"url\s*\(\s*['\"]?([^'\")]*)", css, flags=re.IGNORECASE):
            self.check_reference(target)

    def check_reference(self, target: str) -> None:
        target = target.strip()
        if target.startswith("#"):
            for owner in {None, *self.ids}:
                self.uses.setdefault(owner, Counter())[target[1:]] += 1
        elif match := re.fullmatch(r"data:image/png;base64,([A-Za-z0-9+/=\s]*)", target):
            try:
                _check_png(base64.b64decode("".join(match[1].split()), validate=True))
            except binascii.Error:
                raise _damaged_png() from None
        elif target:
            raise _outside(target)

    def count_shapes(self) -> None:
        """Follow the references: a few lines can draw a billion shapes, or draw themselves."""
        drawn: dict[str | None, int] = {}
        above: set[str | None] = set()

        def count(owner: str | None) -> int:
            if owner in above or len(above) > DEEPEST:
                raise UnusableLogo(_("refers to itself in a circle, or nearly; simplify the drawing"))
            if owner not in drawn:
                above.add(owner)
                drawn[owner] = 1 + sum(
                    times * count(target) for target, times in self.uses.get(owner, Counter()).items()
                )
                above.discard(owner)
            return drawn[owner]

        if count(None) > MOST_DRAWN:
            raise UnusableLogo(
                _("repeats its parts more than {limit} times; simplify the drawing").format(limit=MOST_DRAWN)
            )


def _outside(target: str) -> UnusableLogo:
    return UnusableLogo(
        _("refers to something outside itself ({target}); embed it, or export the logo as plain SVG").format(
            target=" ".join(target.split())[:60]
        )
    )


def _is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8; those of UTF-16 are not, or hold nulls."""
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


def _other_encoding() -> UnusableLogo:
    return UnusableLogo(_("is not written in UTF-8; export the logo again as SVG in UTF-8"))
