"""A logo is drawn on every letter: it may hold a picture and nothing else."""

import base64
import re
import struct
import zlib
from contextlib import nullcontext, suppress
from itertools import pairwise
from xml.etree.ElementTree import register_namespace
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import AccordError
from accord.intake import logo
from support.png import chunk, fading, png


def svg(inside: str = "", attributes: str = "") -> bytes:
    return f'<svg xmlns="{logo.SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" {attributes}><path d="M0 0h9v9z"/>{inside}</svg>'.encode()


def framed(attributes: str, inside: str = '<path d="M0 0h9v9z"/>') -> bytes:
    return f'<svg xmlns="{logo.SVG}" {attributes}>{inside}</svg>'.encode()


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
    "words and no words": svg("<title>Novalys</title><text font-family='sans-serif' fill=''>N</text>"),
    "Illustrator's document type": b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
    b' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n' + svg(),
    "Illustrator's entities": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd" [\n\t<!ENTITY ns_ai "http://ns.adobe.com/AI/">\n]>'
    + svg(
        '<switch><foreignObject requiredExtensions="&ns_ai;" width="1" height="1"/><g><path d="M0,0h9"/></g></switch>'
    ),
    "a document type alone": b"<!DOCTYPE svg>" + svg(),
    "compact paths": svg(
        '<path d="M1.5.5-2-2a1 1 0 011 1.5zm1e1,0 2 2M3,3 4,4l1,1S5 5 6 6t1 1Q1 1 2 2T3 3H.5V-.5C1 1 2 2 3 3c1 1 2 2 3 3"/>'
    ),
    "corners": svg('<polygon points="0,0 5,5 5,0"/><polyline points=" 0 0,5 5 "/><path d=""/>'),
    "colours": svg(
        '<g color="#abc" fill="currentColor"><rect fill="rgb(1,2,3)" stroke="hsl(120 50% 50%)"/><rect fill="none"/>'
        '<linearGradient id="g"/><rect fill="url(#g) #fff"/><rect fill="RebeccaPurple"/><rect fill="#11223344"/><rect style="fill:inherit; stroke : red"/></g>'
    ),
    "our own fonts": svg(
        "<text font-family=\"'Source Sans Pro', Arial\">Élan ™</text><text style='font-family:sans-serif'>N</text>"
    ),
    "a filter that nothing uses": svg(
        '<defs><filter id="f"><feBlend/></filter></defs><rect style="filter:none;mix-blend-mode:normal"/>'
    ),
    "outlines that were words": svg(
        "<g aria-label='N' style=\"font-family:'Open Sans';font-style:italic;-inkscape-font-specification:'Open Sans'\"><path d='M0 0h9v9z'/></g>"
    ),
    "a program's own elements": svg(
        '<p:set xmlns:p="http://editor.example/" p:filter="x" fill="none of these"/>'
    ),
    "a hole outside a clip": svg(
        '<path clip-rule="evenodd" fill-rule="evenodd" d="M0 0h9v9z"/><clipPath id="c"><rect/></clipPath>'
    ),
    "a clip said to have none": svg(
        '<g clip-rule="NonZero"><clipPath id="c"><rect clip-rule=" "/></clipPath></g>'
    ),
    "lengths": svg(
        '<rect x="1e-3" y="-.5" width="50%" height="2.5cm"/><text font-family="sans-serif" x="0,1 2" dy="1em">ab</text><path stroke-dasharray="1, 2 3px" d=""/>'
    ),
    "the length of a path without dashes": svg('<path stroke="red" pathLength="10" d="M0 9L4 0L9 9"/>'),
    "a mask that nothing uses": svg('<mask id="m"><rect/></mask><rect mask="none" style="mask:none"/>'),
    "png of grey": png(3, 3, colour=0, pixels=(b"\0" + bytes(3)) * 3),
    "png of grey and transparency in 16 bits": png(
        3, 3, depth=16, colour=4, pixels=(b"\0" + b"\0\0\xff\xff" * 3) * 3
    ),
    "gradients": svg(
        '<linearGradient id="a"><stop/><stop offset="1" stop-color="red"/></linearGradient><radialGradient id="b" xlink:href="#a"'
        ' gradientTransform="rotate(30) scale(.5 1)"/><path fill="url(#b) none" d="M0 0h9v9z"/><path style="fill:url(&quot;#a&quot;)" d="M1 1h2"/>'
    ),
    "transforms": svg(
        '<g transform="translate(1 2)rotate(30, 4 4) scale(.5)" style="transform-origin:2px 3px"><path transform="matrix(1 0 0 1-2 3)" d="M0 0h9"/></g>'
    ),
    "a clip": svg('<clipPath id="c"><circle r="4"/></clipPath><g clip-path="url(#c)"><path d="M0 0h9"/></g>'),
    "a symbol": svg(
        '<symbol id="s" viewBox="0 0 9 9"><path d="M0 0h9"/></symbol><use href="#s" width="9" height="9"/>'
    ),
    "selectors": svg(
        "<style>g > path:not(.b), #i, path:nth-child(2) { fill: #123 }</style><path id='i' d='M0 0h9'/>"
    ),
    "what draws nothing": svg(
        '<g style="cursor:pointer;enable-background:new 0 0 9 9;-inkscape-stroke:none;--brand:#123;transition:all 1s"/>',
        'x="0px" y="0px"',
    ),
    "white on a ground": svg('<path fill="#fff" d="M1 1h2"/>'),
    "see-through": svg('<g opacity="50%"><path d="M0 0h9v9z"/></g><path fill-opacity=".5" d="M0 0h9v9z"/>'),
    "an editor's own notes": svg(attributes='xmlns:i="http://editor.example/" i:file="C:\\logo.png"'),
}


@pytest.mark.parametrize("case", SOUND)
def test_a_picture_is_taken(case: str) -> None:
    expected = "image/png" if case.startswith("png") else "image/svg+xml"
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
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(2000), "is a JPEG file; save the logo as PNG or SVG"),
    "compressed svg": (b"\x1f\x8b" + bytes(2000), "is a SVGZ file"),
    "web page": (b"<html><body/></html>", "does not begin as a drawing"),
    "svg without its namespace": (b"<svg/>", "does not begin as a drawing"),
    "broken xml": (svg("<g>"), "not sound XML at line 1"),
    "utf-16": (svg().decode().encode("utf-16"), "not written in UTF-8"),
    "utf-16 without its mark": (svg().decode().encode("utf-16-le"), "not written in UTF-8"),
    "another encoding": (b'<?xml version="1.0" encoding="utf-7"?>' + svg(), "not written in UTF-8"),
    "gif with a bracket": (b"GIF89a" + bytes(9) + b"<", "is a GIF file"),
    "jpeg with XMP": (b"\xff\xd8\xff\xe1<x:xmpmeta", "is a JPEG file"),
    "document type of a web page": (b"<!DOCTYPE html>" + svg(), "document type"),
    "document type with an element": (b"<!DOCTYPE svg [<!ELEMENT a ANY>]>" + svg(), "document type"),
    "two document types": (b"<!DOCTYPE svg><!DOCTYPE svg>" + svg(), "document type"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + svg("&b;"), "document type"),
    "external entity": (b'<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"), "document type"),
    "script": (svg("<script>alert(1)</script>"), "holds a script"),
    "script of html": (svg('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>'), "holds a script"),
    "handler": (svg(attributes='onload="alert(1)"'), "holds a script"),
    "image from the net": (svg('<image href="http://x.example/a.png"/>'), "outside itself (http://x.example/a.png)"),
    "image from the disk": (svg('<image xlink:href="../secret.png"/>'), "outside itself"),
    "image of another kind": (svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), "of the kind image/svg+xml"),
    "damaged embedded image": (svg('<image href="data:image/png;base64,AAAA"/>'), "damaged PNG"),
    "undecodable embedded image": (svg('<image href="data:image/png;base64,A"/>'), "damaged PNG"),
    "embedded jpeg": (svg('<image href="data:image/jpeg;base64,/9j/4AAQ"/>'), "embeds a picture of the kind image/jpeg"),
    "link": (svg('<a href="https://x.example/"/>'), "outside itself"),
    "fill from the net": (svg('<rect fill="url(https://x.example/#a)"/>'), "outside itself"),
    "spaced url": (svg('<rect style="fill:URL(  &quot;file:///a&quot; )"/>'), "outside itself"),
    "drawing itself": (svg('<g id="a"><use href="#a"/></g>'), "in a circle"),
    "drawing itself in turns": (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "in a circle"),
    "long chain": (svg(CHAIN), "nests more than"),
    "doubling thirty times": (doubling(30), "draws more than 10000 shapes"),
    "many parts, each used once": (
        svg("".join(f'<g id="p{n}"/><use href="#p{n}"/>' for n in range(501))),
        "repeats its parts more than 500 times",
    ),
    "many of one name, used often": (svg('<g id="a"/>' * 20_000 + '<use href="#a"/>' * 30_000), "draws more than"),
    "many rules of style": (svg(f"<style>{'a{fill:red}' * 1500}</style><style>{'b{}' * 501}</style>"), "more than 2000 rules of style"),
    "deep nesting": (svg("<g>" * 5000 + "</g>" * 5000), "nests more than"),
    "cut png": (png()[:-6], "damaged PNG"),
    "png without end": (png()[:-12], "damaged PNG"),
    "png without header": (logo.PNG + chunk(b"IDAT", bytes(13)) + chunk(b"IEND", b""), "damaged PNG"),
    "nothing but a signature": (logo.PNG, "damaged PNG"),
    "png of no size": (png(0, 2), "measures 0 x 2 pixels"),
    "png of absurd size": (png(2_000_000_000, 1, pixels=b""), "measures 2000000000 x 1"),
    "png of too many pixels": (png(5000, 5000, pixels=b""), "measures 5000 x 5000"),
    "png of grey in 16 bits": (png(3, 3, depth=16, colour=0, pixels=(b"\0" + bytes(6)) * 3), "in grey of 16 bits"),
    "png of half its rows": (png(4, 4, pixels=(b"\0" + bytes(16)) * 2), "damaged PNG"),
    "png of no pixels": (png(pixels=b""), "damaged PNG"),
    "png of garbage": (png()[:33] + chunk(b"IDAT", b"garbage") + chunk(b"IEND", b""), "damaged PNG"),
    "png with a wrong checksum": (png().replace(b"IDAT", b"IDAT", 1)[:-14] + b"\0\0" + png()[-12:], "damaged PNG"),
    "path that goes on after its end": (svg('<path d="M1 1Z 5 5"/>'), "a path that cannot be drawn (“M1 1Z 5 5”)"),
    "path that begins with its end": (svg('<path d="z 5"/>'), "a path that cannot be drawn"),
    "path of half a point": (svg('<path d="M0 0L5"/>'), "a path that cannot be drawn"),
    "path with another letter": (svg('<path d="M0 0K5 5"/>'), "a path that cannot be drawn"),
    "path of a line alone": (svg('<path d="L5 5"/>'), "a path that cannot be drawn"),
    "path of words": (svg('<path d="M0 0 none"/>'), "a path that cannot be drawn"),
    "arc with a flag of 2": (svg('<path d="M0 0A1 1 0 2 0 5 5"/>'), "a path that cannot be drawn"),
    "corners that are not pairs": (svg('<polygon points="0 0 5"/>'), "a path that cannot be drawn"),
    "long run of numbers": (svg(f'<path d="M0 0{" 1 1" * 30_000}"/>'), "a path that cannot be drawn"),
    "glyphs of no font": (svg("<text>中文</text>"), "no font of the letter has “中”, “文”; convert its texts"),
    "glyphs of no font after a part": (svg("<text>a<tspan>b</tspan>🍕</text>"), "“🍕”"),
    "font that is not there": (svg('<text font-family="Montserrat, sans-serif">A</text>'), "sets words in “Montserrat”"),
    "font in a style": (svg("<g style=\"font-family:'Open Sans'\"><text>A</text></g>"), "sets words in “Open Sans”"),
    "font in a style sheet": (svg("<style>.a{font:bold 12px/1.2 'Open Sans',serif}</style><text>N</text>"), "“Open Sans”"),
    "font of its own": (svg("<style>@font-face{font-family:X}</style>"), "uses @font-face"),
    "print style": (svg("<style>@media print{.a{fill:red}}</style>"), "uses @media"),
    "many letters": (svg(f"<text>{'a' * 2001}</text>"), "holds more than 2000 letters"),
    "filter": (svg('<filter id="f"/><rect filter="url(#f)"/>'), "uses filter, which would not print as drawn"),
    "filter in a style sheet": (svg("<style>.a{filter:blur(2px)}</style>"), "uses filter"),
    "blending": (svg('<rect style="mix-blend-mode:multiply"/>'), "uses mix-blend-mode"),
    "clip of its own shape": (svg('<rect style="clip-path:circle(4px)"/>'), "uses clip-path: circle(4px)"),
    "web page inside": (svg("<foreignObject><p>N</p></foreignObject>"), "uses <foreignObject>"),
    "movement": (svg("<rect><animate attributeName='x' to='9'/></rect>"), "uses <animate>"),
    "languages": (svg("<switch><g systemLanguage='fr'/><g/></switch>"), "uses <switch>"),
    "colour by a variable": (svg('<rect fill="var(--x,#00f)"/>'), "a colour that would not print (var(--x,#00f))"),
    "colour of a printer": (svg('<rect fill="#CD853F icc-color(a, 1)"/>'), "a colour that would not print"),
    "colour in a style": (svg('<rect style="stroke:color-mix(in srgb, red, blue)"/>'), "a colour that would not print"),
    "colour in a style sheet": (svg("<style>.a{fill:device-cmyk(0 1 1 0)}</style>"), "a colour that would not print"),
    "colour of no name": (svg('<linearGradient><stop stop-color="novalys-blue"/></linearGradient>'), "a colour that would not print"),
    "line in a gradient": (svg('<line x1="1" x2="8" y1="4" y2="4" stroke="url(#g)"/>'), "which would print as a hairline"),
    "ring in a gradient": (svg('<circle r="4" fill="none" stroke="url(#g) red"/>'), "which would print as a hairline"),
    "group in a gradient": (svg('<g stroke="url(#g)"><path d="M4 1l7 7"/></g>'), "as a hairline"),
    "class in a gradient": (svg("<style>.a{stroke:url(#g)}</style><path class='a' d='M1 4H8'/>"), "as a hairline"),
    "mask": (svg('<mask id="m"><rect/></mask><g mask="url(#m)"><rect/></g>'), "uses mask, which would not print"),
    "clip with a hole": (svg('<clipPath id="c"><path clip-rule="evenodd" d="M0 0h9v9z"/></clipPath>'), "uses clip-rule: evenodd"),
    "clip with a hole by its style": (svg('<clipPath id="c"><g style="clip-rule:evenodd"/></clipPath>'), "uses clip-rule: evenodd"),
    "clip with a hole in capitals": (svg('<clipPath id="c"><g style="clip-rule:EVENODD"/></clipPath>'), "uses clip-rule: evenodd"),
    "clip with a hole behind a blank": (svg('<clipPath id="c"><path clip-rule=" evenodd" d="M0 0h9v9z"/></clipPath>'), "uses clip-rule: evenodd"),
    "clip with a hole by a style sheet": (svg('<style>.a{Clip-Rule:EvenOdd !important}</style><clipPath id="c"><path class="a" d="M0 0h9v9z"/></clipPath>'), "uses clip-rule: evenodd"),
    "clip with a hole of its group": (svg('<g clip-rule="evenodd"><defs><clipPath id="c"><path d="M0 0h9v9z"/></clipPath></defs></g>'), "uses clip-rule: evenodd"),
    "clip with a hole of what it uses": (svg('<path id="p" clip-rule="evenodd" d="M0 0h9v9z"/><clipPath id="c"><use href="#p"/></clipPath>'), "uses clip-rule: evenodd"),
    "clip by words": (svg('<clipPath id="c"><text>N</text></clipPath>'), "uses <clipPath><text>"),
    "reckoned length": (svg('<rect width="calc(2px + 3px)" height="1"/>'), "uses width: calc(2px + 3px)"),
    "length of a window": (svg('<rect style="width:50vw"/>'), "uses width: 50vw"),
    "endless length": (svg(f'<rect width="{"1" * 900_000}x"/>'), "uses width: 1111"),
    "length by a variable": (svg('<circle r="var(--r)"/>'), "uses r: var(--r)"),
    "words set in by another program": (svg("<flowRoot>N</flowRoot>"), "uses <flowRoot>"),
    "slanted words": (svg('<text font-family="sans-serif" font-style="italic">N</text>'), "uses font-style"),
    "underlined words": (svg('<text style="text-decoration:underline">N</text>'), "uses text-decoration"),
    "marker at each of many corners": (
        svg(f'<marker id="m">{"<rect/>" * 900}</marker><path marker-mid="url(#m)" d="M0 0{" 1 1" * 200}"/>'),
        "draws more than 10000 shapes",
    ),
    "path of a style": (svg("<path style=\"d:path('M0 0h9')\"/>"), "uses d, which would not print as drawn"),
    "path of a style sheet": (svg('<style>path{d:path("M0 0h9")}</style><path/>'), "uses d, which"),
    "paint that is not there": (svg('<path fill="url(#nope)" d="M0 0h9"/>'), "refers to #nope, which is not in it"),
    "paint that is not there, in a style sheet": (svg("<style>path{fill:url(#nope)}</style>"), "refers to #nope"),
    "paint that is none": (svg('<clipPath id="c"/><path fill="url(#c)" d="M0 0h9"/>'), "uses fill + <clipPath>"),
    "paint in blanks": (svg('<linearGradient id="g"/><path fill="url( #g )" d="M0 0h9"/>'), "uses fill: url( #g )"),
    "clip that is not there": (svg('<g clip-path="url(#nope)"/>'), "refers to #nope"),
    "use of nothing": (svg('<use href="#nope"/>'), "refers to #nope"),
    "use of a gradient": (svg('<linearGradient id="g"/><use href="#g"/>'), "uses <use> + <linearGradient>"),
    "use of two": (svg('<g id="a"/><g id="b"/><use href="#a" xlink:href="#b"/>'), "uses <use>"),
    "use cut by a clip": (svg('<g id="a"/><clipPath id="c"/><use href="#a" clip-path="url(#c)"/>'), "uses <use> + clip-path"),
    "symbol without its size": (svg('<symbol id="s" viewBox="0 0 9 9"/><use href="#s"/>'), "uses <use> + <symbol>"),
    "pattern": (svg('<pattern id="p" width="1" height="1"/><path fill="url(#p)" d="M0 0h9"/>'), "uses fill + <pattern>"),
    "marker": (svg('<marker id="m"/><path marker-end="url(#m)" d="M0 0h9"/>'), "uses marker-end"),
    "marker by a style sheet": (svg('<marker id="m"/><style>path{marker:url(#m)}</style>'), "uses marker,"),
    "words along a path": (svg('<path id="p" d="M0 0h9"/><text font-family="serif"><textPath href="#p">N</textPath></text>'), "uses <textPath>"),
    "words of elsewhere": (svg('<text font-family="sans-serif"><tref href="#p"/></text>'), "uses <tref>"),
    "words in no font": (svg("<text>N</text>"), "in no font that it names"),
    "words in serif": (svg('<text font-family="serif">N</text>'), "sets words in “serif”"),
    "words in thin letters": (svg('<text font-family="sans-serif" font-weight="200">N</text>'), "uses font-weight"),
    "words on another line": (svg('<text font-family="sans-serif" dominant-baseline="middle">N</text>'), "uses dominant-baseline"),
    "words in a shorthand": (svg("<text style=\"font:bold 9px 'Source Sans Pro'\">N</text>"), "uses font,"),
    "turn about its middle": (svg('<path style="transform-box:fill-box;transform:rotate(9deg)" d="M0 0h9"/>'), "uses transform-box"),
    "turn about the middle": (svg('<path transform-origin="center" transform="rotate(9)" d="M0 0h9"/>'), "uses transform-origin: center"),
    "move by a share": (svg('<path style="transform:translate(50%,0)" d="M0 0h9"/>'), "uses transform: translate(50%,0)"),
    "unknown turn": (svg('<path transform="wobble(3)" d="M0 0h9"/>'), "uses transform: wobble(3)"),
    "turn by a word": (svg('<path transform="rotate(a)" d="M0 0h9"/>'), "uses transform: rotate(a)"),
    "turn by a property": (svg('<path style="rotate:30deg" d="M0 0h9"/>'), "uses rotate,"),
    "clip of a group": (svg('<clipPath id="c"><g><path d="M0 0h9"/></g></clipPath>'), "uses <clipPath>"),
    "clip of two": (svg('<clipPath id="c"><path d="M0 0h9"/><path d="M0 0h9"/></clipPath>'), "uses <clipPath>"),
    "clip in shares": (svg('<clipPath id="c" clipPathUnits="objectBoundingBox"/>'), "uses clipPathUnits"),
    "unknown selector": (svg("<style>.a:::b{fill:red}.c{fill:blue}</style>"), "uses .a:::b"),
    "rule in a rule": (svg("<style>.a{fill:red;&amp;.b{fill:blue}}</style>"), "uses &.b{fill:blue}"),
    "style for a screen": (svg('<style media="screen">.a{fill:red}</style>'), "uses media=screen"),
    "import": (svg("<style>@import 'a.css';</style>"), "uses @import"),
    "variable colour of its time": (svg('<g color="red"><g fill="currentColor"><path color="blue" d="M0 0h9"/></g></g>'), "print (currentColor)"),
    "small currentcolor": (svg('<path fill="currentcolor" d="M0 0h9"/>'), "would not print (currentcolor)"),
    "colour in oklch": (svg('<path fill="oklch(60% .2 30)" d="M0 0h9"/>'), "would not print (oklch(60% .2 30))"),
    "capital none": (svg('<path fill="NONE" d="M0 0h9"/>'), "would not print (NONE)"),
    "unset colour": (svg('<path style="fill:unset" d="M0 0h9"/>'), "would not print (unset)"),
    "hidden in capitals": (svg('<path style="display:NONE" d="M0 0h9"/>'), "uses display: none"),
    "collapsed": (svg('<path visibility="collapse" d="M0 0h9"/>'), "uses visibility"),
    "opacity by a word": (svg('<path opacity="half" d="M0 0h9"/>'), "uses opacity: half"),
    "corners seen through": (svg('<g opacity=".5" stroke="red"><path d="M0 9L4 0 8 9"/></g>'), "uses opacity + stroke"),
    "line seen through": (svg('<path stroke="red" stroke-opacity=".5" d="M0 9L4 0 8 9"/>'), "uses stroke-opacity + fill"),
    "used line seen through": (svg('<g id="a"><path d="M0 9L4 0"/></g><use href="#a" stroke="red" stroke-opacity=".5"/>'), "uses stroke-opacity + fill"),
    "used corners seen through": (svg('<path id="a" d="M0 9L4 0 8 9"/><g opacity=".5"><use href="#a" stroke="red"/></g>'), "uses opacity + stroke"),
    "dashes by the length of the path": (
        svg('<g stroke-dasharray="5 2"><path stroke="red" pathLength="10" d="M0 9L4 0"/></g>'),
        "uses pathLength",
    ),
    "lines first": (svg('<path stroke="red" paint-order="stroke" d="M0 9L4 0 8 9"/>'), "uses paint-order"),
    "line of less than nothing": (svg('<path stroke="red" stroke-width="-1" d="M0 0h9"/>'), "uses stroke-width: -1"),
    "negative circle": (svg('<circle r="-4"/>'), "uses r: -4"),
    "ellipse of one radius": (svg('<ellipse rx="4"/>'), "uses <ellipse>"),
    "capital unit": (svg('<rect width="5PX" height="5"/>'), "uses width: 5PX"),
    "root em": (svg('<rect width="5rem" height="5"/>'), "uses width: 5rem"),
    "arc without radius": (svg('<path d="M0 0A0 5 0 0 1 9 9"/>'), "a path that cannot be drawn"),
    "gradient of no length": (svg('<linearGradient x1="1" x2="1"/>'), "uses <linearGradient>"),
    "picture of nothing": (svg('<image width="5" height="5"/>'), "uses <image>"),
    "inner drawing without size": (svg('<svg viewBox="0 0 9 9"/>'), "uses <svg>"),
    "shape in a shape": (svg('<rect><path d="M0 0h9"/></rect>'), "uses <rect><path>"),
    "element in capitals": (svg('<RECT width="5"/>'), "uses <RECT>"),
    "mesh": (svg("<meshgradient/>"), "uses <meshgradient>"),
    "for some readers": (svg('<path systemLanguage="fr" d="M0 0h9"/>'), "uses systemLanguage"),
    "coloured ground": (svg(attributes='style="background:#123"'), "uses background"),
    "border": (svg(attributes='style="border:1px solid red"'), "uses border"),
    "drawing elsewhere": (svg(attributes='x="9"'), "uses x: 9"),
    "odd proportions": (svg(attributes='preserveAspectRatio="defer xMidYMid"'), "uses preserveAspectRatio"),
    "no size": (framed(""), "does not say how large it is"),
    "frame of three": (framed('viewBox="0 0 9"'), "uses viewBox: 0 0 9"),
    "frame of nothing": (framed('viewBox="0 0 0 9"'), "uses viewBox: 0 0 0 9"),
    "frame in units": (framed('viewBox="0 0 9px 9px"'), "uses viewBox: 0 0 9px 9px"),
    "drawing as a line": (framed('viewBox="0 0 1 5000"'), "measures 1 x 5000, which would print as a thin line"),
    "drawing of nothing": (framed('viewBox="0 0 9 9"', ""), "shows nothing on white paper"),
    "white drawing": (framed('viewBox="0 0 9 9" fill="#fff"'), "shows nothing on white paper"),
    "white by a style sheet": (framed('viewBox="0 0 9 9"', "<style>path{fill:white}</style><path d='M0 0h9'/>"), "shows nothing"),
    "drawing seen through": (framed('viewBox="0 0 9 9" opacity="0"'), "shows nothing on white paper"),
    "drawing without paint": (framed('viewBox="0 0 9 9" fill="none"'), "shows nothing on white paper"),
    "drawing never used": (framed('viewBox="0 0 9 9"', "<defs><path d='M0 0h9'/></defs>"), "shows nothing on white paper"),
    "png of one pixel": (png(1, 1), "measures 1 x 1 pixels, of which nothing can be seen"),
    "png of a line": (png(2, 5000), "measures 2 x 5000, which would print as a thin line"),
    "png all white": (png(4, 4, colour=0, pixels=(b"\0" + b"\xff" * 4) * 4), "shows nothing on white paper"),
    "png all clear": (png(4, 4, colour=6, pixels=(b"\0" + bytes(16)) * 4), "shows nothing on white paper"),
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


@pytest.mark.parametrize(("rows", "is_whole"), [(15, True), (14, False)])
def test_an_interlaced_picture_has_the_rows_of_its_passes(rows: int, is_whole: bool) -> None:  # noqa: FBT001
    """Three by three pixels in grey: passes of 1, 1, 2 × 1, 1 × 2 and 3 × 1 pixels, each row with its filter."""
    start = logo.PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 3, 8, 0, 0, 0, 1))
    picture = start + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b"")
    with nullcontext() if is_whole else pytest.raises(AccordError, match="damaged PNG"):
        logo.check(picture)


NAMES = st.sampled_from(
    [
        "fill",
        "stroke",
        "d",
        "style",
        "font-family",
        "font",
        "filter",
        "mask",
        "width",
        "x",
        "points",
        "clip-path",
    ]
)
VALUES = st.text("MZLHVCAQTS0123456789.,-+eE ()url#;:{}'\"/*!@%x", max_size=40)
TAGS = st.sampled_from(
    ["path", "text", "tspan", "rect", "g", "style", "switch", "clipPath", "polygon", "use"]
)


@given(TAGS, st.dictionaries(NAMES, VALUES, max_size=3), VALUES)
def test_any_drawing_is_taken_or_refused(tag: str, attributes: dict[str, str], words: str) -> None:
    said = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    with suppress(AccordError):
        picture = svg(f"<{tag} {said}>{escape(words)}</{tag}>")
        assert logo.check(picture) == logo.check(logo.stripped(picture)) == "image/svg+xml"
