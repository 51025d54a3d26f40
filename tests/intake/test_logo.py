"""A logo is drawn on every letter: it may hold a picture and nothing else."""

import base64
import re
from contextlib import suppress
from itertools import pairwise
from xml.etree.ElementTree import register_namespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import AccordError
from accord.intake import logo
from support.png import chunk, fading, png


def svg(inside: str = "", attributes: str = "") -> bytes:
    return f'<svg xmlns="{logo.SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" {attributes}>{inside}</svg>'.encode()


def inline(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


SOUND = {
    "png": png(),
    "svg": svg('<path d="M0 0h9v9z" fill="#1a4d7a"/>'),
    "svg with prolog, mark and comment": b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?><!-- logo -->'
    + svg(),
    "gradient of its own": svg(
        '<linearGradient id="g"><stop offset="0"/></linearGradient><rect fill="url(#g)" width="9" height="9"/>'
    ),
    "parts used again": svg('<g id="a"><path d="M0 0h1"/></g><use href="#a"/><use xlink:href="#a"/>'),
    "embedded png": svg(f'<image href="{inline(png())}" width="9" height="9"/>'),
    "style sheet": svg("<style>.a { fill: red; clip-path: url('#c') }</style><clipPath id='c'/>"),
    "words and no words": svg("<title>Novalys</title><text fill=''>N</text><use href=''/>"),
    "an editor's own notes": svg(attributes='xmlns:i="http://editor.example/" i:file="C:\\logo.png"'),
}


@pytest.mark.parametrize("case", SOUND)
def test_a_picture_is_taken(case: str) -> None:
    expected = "image/png" if case == "png" else "image/svg+xml"
    assert logo.check(SOUND[case]) == expected


def doubling(levels: int) -> bytes:
    """Each group draws the next twice: 2 ** levels shapes in a few lines."""
    groups = (f'<g id="g{n}"><use href="#g{n + 1}"/><use href="#g{n + 1}"/></g>' for n in range(levels))
    return svg(f'{"".join(groups)}<g id="g{levels}"/>')


CHAIN = "".join(f'<g id="{a}"><use href="#{b}"/></g>' for a, b in pairwise(map("c{}".format, range(9_000))))

REFUSED = {
    # picture: part of the sentence
    "text": (b"logo", "neither a PNG nor an SVG"),
    "nothing": (b"", "neither a PNG nor an SVG"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(2000), "neither a PNG nor an SVG"),
    "compressed svg": (b"\x1f\x8b" + bytes(2000), "neither a PNG nor an SVG"),
    "web page": (b"<html><body/></html>", "does not begin as a drawing"),
    "svg without its namespace": (b"<svg/>", "does not begin as a drawing"),
    "broken xml": (svg("<g>"), "not sound XML at line 1"),
    "utf-16": (svg().decode().encode("utf-16"), "not written in UTF-8"),
    "utf-16 without its mark": (svg().decode().encode("utf-16-le"), "not written in UTF-8"),
    "another encoding": (b'<?xml version="1.0" encoding="utf-7"?>' + svg(), "not written in UTF-8"),
    "document type": (b"<!DOCTYPE svg>" + svg(), "document type"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + svg("&b;"), "document type"),
    "external entity": (b'<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"), "document type"),
    "script": (svg("<script>alert(1)</script>"), "holds a script"),
    "script of html": (svg('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>'), "holds a script"),
    "handler": (svg(attributes='onload="alert(1)"'), "holds a script"),
    "image from the net": (svg('<image href="http://x.example/a.png"/>'), "outside itself (http://x.example/a.png)"),
    "image from the disk": (svg('<image xlink:href="../secret.png"/>'), "outside itself"),
    "image of another kind": (svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "outside itself"),
    "damaged embedded image": (svg('<image href="data:image/png;base64,AAAA"/>'), "damaged PNG"),
    "undecodable embedded image": (svg('<image href="data:image/png;base64,A"/>'), "damaged PNG"),
    "link": (svg('<a href="https://x.example/"/>'), "outside itself"),
    "fill from the net": (svg('<rect fill="url(https://x.example/#a)"/>'), "outside itself"),
    "spaced url": (svg('<rect style="fill:URL(  &quot;file:///a&quot; )"/>'), "outside itself"),
    "drawing itself": (svg('<g id="a"><use href="#a"/></g>'), "in a circle"),
    "drawing itself in turns": (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "in a circle"),
    "long chain": (svg(CHAIN), "nests more than"),
    "doubling thirty times": (doubling(30), "draws more than 50000 shapes"),
    "many parts, each used once": (
        svg("".join(f'<g id="p{n}"/><use href="#p{n}"/>' for n in range(501))),
        "repeats its parts more than 500 times",
    ),
    "many of one name, used often": (svg('<g id="a"/>' * 20_000 + '<use href="#a"/>' * 30_000), "draws more than"),
    "deep nesting": (svg("<g>" * 5000 + "</g>" * 5000), "nests more than"),
    "cut png": (png()[:-6], "damaged PNG"),
    "png without end": (png()[:-12], "damaged PNG"),
    "png without header": (logo.PNG + chunk(b"IDAT", bytes(13)) + chunk(b"IEND", b""), "damaged PNG"),
    "nothing but a signature": (logo.PNG, "damaged PNG"),
    "png of no size": (png(0, 2), "measures 0 x 2 pixels"),
    "png of absurd size": (png(2_000_000_000, 1, pixels=b""), "measures 2000000000 x 1"),
    "png of too many pixels": (png(5000, 5000, pixels=b""), "measures 5000 x 5000"),
    "embedded png of absurd size": (svg(f'<image href="{inline(png(1, 20_000, pixels=b""))}"/>'), "measures 1 x 20000"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_picture_is_refused(case: str) -> None:
    content, sentence = REFUSED[case]
    with pytest.raises(AccordError, match=re.escape(sentence)):
        logo.check(content)


@given(st.integers(1, len(png()) - 1))
def test_a_png_cut_off_anywhere_is_refused(length: int) -> None:
    with pytest.raises(AccordError):
        logo.check(png()[:length])


@given(st.binary(max_size=200), st.sampled_from([b"", b"<", logo.PNG, b"<svg "]))
def test_any_bytes_are_taken_or_refused(content: bytes, start: bytes) -> None:
    with suppress(AccordError):
        assert logo.check(start + content) in {"image/png", "image/svg+xml"}


def test_a_logo_goes_out_without_what_it_does_not_show() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:pen="urn:pen"'
        b' pen:export="C:/Users/anna/secret.svg" viewBox="0 0 9 9"><!-- draft of Anna --><title>v3</title>'
        b"<metadata>Anna</metadata><pen:view zoom='3'/><rect id=\"r\" width='4' height='4'/><use xlink:href='#r'/></svg>"
    )
    bare = logo.stripped(drawing)
    for hidden in (b"anna", b"Anna", b"v3", b"pen", b"zoom"):
        assert hidden not in bare
    for drawn in (b"viewBox", b"<rect", b'xlink:href="#r"'):
        assert drawn in bare
    register_namespace("", "urn:whatever-else-ran-in-this-process")
    assert logo.stripped(bare) == logo.stripped(drawing) == bare
    assert logo.check(bare) == "image/svg+xml"


def test_a_picture_goes_out_without_remarks() -> None:
    picture = fading(alpha=True)
    place = picture.index(b"IDAT") - 4
    assert logo.stripped(picture[:place] + chunk(b"tEXt", b"by Anna") + picture[place:]) == picture
