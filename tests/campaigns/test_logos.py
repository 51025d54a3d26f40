"""What is taken of a drawing prints as another engine (resvg) draws it, in two viewers.

Drawings are put together at random of sound parts and of such as the typesetting
engine draws otherwise; those that are taken are compared.  ACCORD_LOGOS is
how many are put together, 150 unless it says otherwise.
"""

import base64
import io
import os
import random
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import resvg_py
from PIL import Image, ImageChops, ImageFilter

from accord.errors import AccordError
from accord.intake import logo
from accord.pdf import engine
from accord.text import fonts
from support.campaign import Tried

SHAPES = (
    '<rect x="10" y="20" width="60" height="40" {}/>',
    '<rect width="50%" height="30" rx="9" {}/>',
    '<circle cx="50" cy="50" r="35" {}/>',
    '<ellipse cx="50" cy="40" rx="40" ry="20" {}/>',
    '<path d="M10 50c10-40 30-40 40 0s30 40 40 0t-10 30z" {}/>',
    '<path d="M10 10H90V90H10ZM30 30H70V70H30Z" {}/>',
    '<path d="M20 50A40 15 30 1 1 80 50Z" {}/>',
    '<polygon points="10,90 50,10 90,90" {}/>',
    '<polyline points="10 80,50 20 90-5" {}/>',
    '<line x1="10" y1="10" x2="90" y2="80" {}/>',
    '<use href="#part" x="20" y="10" {}/>',
    '<use href="#symbol" x="10" y="10" width="50" height="50" {}/>',
    '<use href="#symbol" {}/>',
    '<svg x="20" y="10" width="50" height="50" viewBox="0 0 100 100" {}><circle cx="50" cy="50" r="60"/></svg>',
    '<g {}><rect width="50" height="50"/><path d="M30 30H90V60Z"/></g>',
    '<g {}><g transform="translate(10 20)"><circle cx="30" cy="30" r="25"/></g></g>',
)
SAID = (
    'fill="#1a4d7a"', 'fill="url(#linear)"', 'fill="url(#turned)"', 'fill="url(#radial)"', 'fill="url(#moved)"', 'fill="url(#faded)"',
    'fill="url(#pattern)"', 'fill="url(#nothing)"', 'fill="rgb(200,30,30)"', 'fill="hsl(10,80%,50%)"', 'fill="currentColor"', 'fill="inherit"',
    'fill="none" stroke="#1a4d7a" stroke-width="8"', 'stroke="#e07a1f" stroke-width="6"', 'stroke="url(#linear)" stroke-width="9"',
    'stroke="#e00" stroke-width="9" stroke-opacity=".4"', 'fill-opacity=".4"',
    'opacity=".5"', 'opacity="50%" stroke="#e00" stroke-width="12"', 'fill-rule="evenodd"', 'style="fill:#e00;fill-rule:EVENODD"',
    'transform="rotate(20 50 50)"', 'transform="translate(20,10) scale(.5 .8)"', 'transform="matrix(1 .3 -.3 1 20 0)"', 'transform="skewX(20)"',
    'style="transform-box:fill-box;transform:rotate(20deg)"', 'transform="rotate(20)" transform-origin="50 50"', 'transform-origin="center"',
    'clip-path="url(#round)"', 'clip-path="url(#two)"', 'clip-path="url(#share)"', 'clip-path="url(#grouped)"', 'clip-path="url(#nothing)"',
    'mask="url(#mask)"', 'filter="url(#filter)"', 'marker-end="url(#marker)"', 'class="named"', 'class="hidden"', 'display="none"',
    'visibility="hidden"', 'style="d:path(\'M0 0h50v50z\')"', 'style="mix-blend-mode:multiply"', 'paint-order="stroke" stroke="#e00" stroke-width="9"',
    'vector-effect="non-scaling-stroke" stroke="#e00"', 'stroke-linejoin="round" stroke="#e00" stroke-width="9"', 'stroke="#123" stroke-width="10%"',
)  # fmt: skip
STOPS = '<stop stop-color="#1a4d7a"/><stop offset="1" stop-color="#e07a1f"/>'
STYLE = "<style>.named{fill:#0a7} .hidden{display:none}</style>"
DEFS = {
    "linear": f'<linearGradient id="linear">{STOPS}</linearGradient>',
    "turned": f'<linearGradient id="turned" gradientTransform="rotate(30)">{STOPS}</linearGradient>',
    "moved": f'<linearGradient id="moved" gradientUnits="userSpaceOnUse" x1="10" x2="90" gradientTransform="rotate(60 50 50)">{STOPS}</linearGradient>',
    "radial": f'<radialGradient id="radial" cx=".4">{STOPS}</radialGradient>',
    "faded": '<linearGradient id="faded" x2="0" y2="1"><stop stop-color="#1a4d7a"/><stop offset="1" stop-color="#1a4d7a" stop-opacity="0"/></linearGradient>',
    "pattern": '<pattern id="pattern" width=".2" height=".2"><circle r="5"/></pattern>',
    "round": '<clipPath id="round"><circle cx="50" cy="50" r="30"/></clipPath>',
    "share": '<clipPath id="share" clipPathUnits="objectBoundingBox"><rect width=".5" height="1"/></clipPath>',
    "two": '<clipPath id="two"><path d="M10 10H60V60H10Z"/><path d="M30 30V80H80V30Z"/></clipPath>',
    "grouped": '<clipPath id="grouped"><g><rect width="50" height="50"/></g></clipPath>',
    "mask": '<mask id="mask"><rect width="50" height="50" fill="#fff"/></mask>',
    "filter": '<filter id="filter"><feOffset dx="20"/></filter>',
    "marker": '<marker id="marker" markerWidth="10" markerHeight="10"><circle r="5"/></marker>',
    "part": '<rect id="part" width="40" height="30"/>',
    "symbol": '<symbol id="symbol" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol>',
}
FACES = [str(face.path) for face in fonts.FACES]
SCALE = 4  # pixels to a point
MOST_APART = 100  # of 255, what edges may differ by
MOST_PIXELS = 100


def drawing(source: random.Random) -> bytes:
    """Two or three shapes, each with a few things said of it."""
    parts = []
    for _each in range(source.choice((2, 3))):
        said = {text.split("=", 1)[0]: text for text in source.sample(SAID, source.choice((1, 1, 2)))}
        names = [name for text in said.values() for name in ("fill", "stroke", "style") if f"{name}=" in text]
        if len(names) == len(set(names)):
            parts.append(source.choice(SHAPES).format(" ".join(said.values())))
    shapes = "".join(parts)
    defs = "".join(text for name, text in DEFS.items() if f"#{name}" in shapes)
    return f'<svg xmlns="{logo.SVG}" viewBox="0 0 100 100" color="#a07">{STYLE}<defs>{defs}</defs>{shapes}</svg>'.encode()


def printed(content: bytes) -> bytes:
    """The PDF of a page with the drawing alone."""
    weasyprint = engine.load()
    configuration, faces = engine._faces()
    picture = base64.b64encode(logo.stripped(content)).decode()
    page = f'<style>@page{{size:50pt;margin:0}}body{{margin:0}}img{{display:block;width:50pt}}</style><img alt="x" src="data:image/svg+xml;base64,{picture}">'
    pdf: bytes = weasyprint.HTML(string=page, url_fetcher=engine.Fetcher()).write_pdf(
        font_config=configuration, stylesheets=[faces]
    )
    return pdf


def viewed(pdf: bytes, folder: Path) -> dict[str, Image.Image]:
    """The page as each viewer at hand shows it."""
    views = {"PDFium": pypdfium2.PdfDocument(pdf)[0].render(scale=SCALE).to_pil()}
    if viewer := shutil.which("pdftoppm"):
        (folder / "page.pdf").write_bytes(pdf)
        arguments = ["-r", str(72 * SCALE), "-png", "-singlefile", "page.pdf", "page"]
        subprocess.run([viewer, *arguments], cwd=folder, check=True, timeout=60)
        with Image.open(folder / "page.png") as view:
            views["poppler"] = view.convert("RGB")
    return views


def apart(one: Image.Image, other: Image.Image) -> int:
    """In how many pixels two pictures differ, but for the edges."""
    smooth = [picture.convert("RGB").filter(ImageFilter.BoxBlur(3)) for picture in (one, other)]
    bands = ImageChops.difference(*smooth).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(most.histogram()[MOST_APART:])


@pytest.mark.parametrize("seed", range(10))
def test_a_drawing_that_is_taken_prints_as_drawn(seed: int, tmp_path: Path, tried: Tried) -> None:
    source = random.Random(seed)  # noqa: S311 - no secret
    for _each in range(int(os.environ.get("ACCORD_LOGOS", "150")) // 10):
        content = drawing(source)
        try:
            logo.check(content)
        except AccordError:
            tried("a drawing", "refused")
            continue
        expected = resvg_py.svg_to_bytes(
            svg_string=content.decode(),
            width=50 * SCALE,
            background="#ffffff",
            font_files=FACES,
            skip_system_fonts=True,
        )
        reference = Image.open(io.BytesIO(bytes(expected)))
        for viewer, view in viewed(printed(content), tmp_path).items():
            assert apart(reference, view) <= MOST_PIXELS, (viewer, content.decode())
        tried("a drawing", "printed as drawn")
