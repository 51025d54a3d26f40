"""The engine reads fonts and what the page carries, nothing else, and sets the same bytes anywhere."""

import base64
import contextlib
import dataclasses
import logging
import re
import threading
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from accord.domain.house import Logo
from accord.errors import AccordError, MachineLacks
from accord.intake import logo
from accord.pdf import _quickstart, engine, system, typeset
from accord.text import fonts
from support import letters
from support.bounded import bounded
from support.paths import TESTS
from support.png import chunk, fading, header
from support.processes import printed_by, python

DIGEST = """
import hashlib, sys
sys.path.insert(0, {tests!r})
from support import letters
from accord.pdf import typeset
print(hashlib.sha256(typeset.typeset(letters.letter("04-fr-intention-projet"))).hexdigest())
"""


# --- What it reads ------------------------------------------------------------


def with_logo(content: bytes, media_type: str = "image/svg+xml") -> bytes:
    letter = letters.sample("12-en-decline-market")
    return typeset.typeset(dataclasses.replace(letter, logo=Logo(content, media_type, "Novalys")))


def svg(inside: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        f"{inside}</svg>"
    ).encode()


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "secret.svg"
    path.write_bytes(svg("<circle id='c' r='4'/>"))
    return path.as_uri()


@pytest.mark.parametrize(
    "inside",
    [
        "<image href='{secret}' width='9' height='9'/>",
        "<image xlink:href='{secret}' width='9' height='9'/>",
        "<style>@font-face {{ font-family: x; src: url('{secret}') }}</style><text>x</text>",
        "<image href='https://novalys.example/logo.png' width='9' height='9'/>",
        "<style>@font-face {{ font-family: x; src: url(data:font/otf;base64,AAAA) }}</style><text>x</text>",
    ],
)
def test_a_logo_can_make_it_read_nothing(inside: str, secret: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(AccordError, match=r"^The logo refers to (file:|https:|data:font)"):
        with_logo(svg(inside.format(secret=secret)))
    caplog.clear()


def test_a_style_sheet_in_a_logo_is_not_read(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(AccordError, match=r"^The logo cannot be drawn"):
        with_logo(svg(f"<style>@import url({secret});</style><circle r='4'/>"))
    caplog.clear()


def test_a_drawing_used_by_a_logo_is_not_read(secret: str) -> None:
    assert len(with_logo(svg(f"<use href='{secret}#c'/>"))) < len(
        with_logo(svg("<circle id='c' r='4'/><use href='#c'/>"))
    )


@pytest.mark.parametrize(
    "reference", ["{secret}", "secret.svg", "http://novalys.example/x.png", "ftp://novalys.example/x"]
)
def test_a_page_can_make_it_read_nothing(
    reference: str, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = f"<html lang=en><title>t</title><body><img alt=x src='{reference.format(secret=secret)}'>"
    with pytest.raises(AccordError, match=r"^The logo"):
        letters.typeset_page(page)
    caplog.clear()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"<svg", "image/svg+xml"), (b"\x89PNG\r\n\x1a\n", "image/png")],
)
def test_a_damaged_logo_is_an_error(
    content: bytes, media_type: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(AccordError, match=r"^The logo cannot be drawn"):
        with_logo(content, media_type)
    caplog.clear()


LEFT_TO_THE_ENGINE = {
    "import": svg("<style>@import 'a.css';</style>"),
    "image set": svg("<style>rect { fill: image-set('a.png' 1x) }</style><rect width='9' height='9'/>"),
    "escaped url": svg(r"<rect style='fill:u\72l(http://novalys.example)' width='9' height='9'/>"),
    "base": svg("<g xml:base='http://novalys.example/'><use href='#a'/></g>"),
    "style sheet instruction": b"<?xml-stylesheet href='a.css'?>" + svg(""),
    "foreign object": svg("<foreignObject width='9' height='9'><iframe src='#a'/></foreignObject>"),
    "animation": svg("<use href='#a'><set attributeName='href' to='http://novalys.example/'/></use>"),
    "pixels that are none": logo.PNG + header(9, 9) + chunk(b"IDAT", b"no zlib") + logo.PNG_END,
    "no pixels": logo.PNG + header(9, 9) + logo.PNG_END,
    "fewer pixels than it says": logo.PNG + header(9, 9) + chunk(b"IDAT", zlib.compress(b"\0")) + logo.PNG_END,
    "more pixels than it says": logo.PNG
    + header(1, 1)
    + chunk(b"IDAT", zlib.compress(bytes(50_000_000)))
    + logo.PNG_END,
    "another header below": logo.PNG + header(9, 9) + header(1_000_000, 1_000_000) + logo.PNG_END,
    "unknown colours": logo.PNG + header(9, 9, colour=5) + chunk(b"IDAT", zlib.compress(b"")) + logo.PNG_END,
    "wrong checksum": fading(alpha=True).replace(b"IDAT", b"IDAT\0", 1),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_TO_THE_ENGINE)
def test_what_is_left_to_the_engine_ends_in_a_letter_or_a_sentence(
    case: str, caplog: pytest.LogCaptureFixture
) -> None:
    """And nothing from outside, even of what is refused before it comes to the engine."""
    content = LEFT_TO_THE_ENGINE[case]
    media_type = "image/png" if content.startswith(logo.PNG) else "image/svg+xml"
    with bounded(), contextlib.suppress(AccordError):
        assert with_logo(content, media_type).startswith(b"%PDF")
    caplog.clear()


def test_a_logo_may_hold_its_own_pictures() -> None:
    picture = base64.b64encode(fading(alpha=False)).decode()
    assert with_logo(svg(f"<image href='data:image/png;base64,{picture}' width='9' height='9'/>"))


def test_fonts_are_served_and_their_neighbours_are_not() -> None:
    fetcher = engine.Fetcher()
    path = fonts.FACES[0].path
    assert fetcher(path.as_uri()).read() == path.read_bytes()
    for neighbour in (
        path.with_name("LICENSE.txt").as_uri(),
        path.as_uri() + "?x",
        str(path),
        "",
        "data:text/css,x",
    ):
        with pytest.raises(ValueError, match=f"^{re.escape(neighbour)}$"):
            fetcher(neighbour)
    assert len(fetcher.refused) == 5


# --- Starting -----------------------------------------------------------------


THREADS = """
import threading, time
from accord.pdf import _quickstart, engine
import_weasyprint, starts, found = _quickstart.import_weasyprint, [], []
def slow():
    starts.append(threading.current_thread())
    time.sleep(0.2)
    return import_weasyprint()
_quickstart.import_weasyprint = slow
threads = [threading.Thread(target=lambda: found.append(engine.load())) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(starts), [module.__name__ for module in found])
"""


def test_it_starts_once_in_whichever_thread_asks_first() -> None:
    """In a process of its own, where no other test has started it."""
    assert printed_by(THREADS).strip() == "1 ['weasyprint', 'weasyprint', 'weasyprint']"


def test_it_draws_for_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pango's fonts, shared by two threads, corrupt the memory: seldom at once, and never where a test looks."""
    under_way: list[str] = []
    met: list[list[str]] = []
    html = engine.load().HTML
    write_pdf = html.write_pdf

    def watched(*arguments: Any, **options: Any) -> bytes:
        under_way.append(threading.current_thread().name)
        time.sleep(0.05)  # long enough for the others to come in
        met.append(list(under_way))
        try:
            return write_pdf(*arguments, **options)
        finally:
            under_way.pop()

    monkeypatch.setattr(html, "write_pdf", watched)
    threads = [
        threading.Thread(target=letters.typeset_page, args=("<html lang=en><title>t</title><body><p>x",))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(names) for names in met] == [1, 1, 1, 1]


def test_what_the_machine_lacks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    lack = system.Lack("Pango is missing.", "apt-get install pango")
    monkeypatch.setattr(system, "missing_libraries", lambda: (lack,))
    engine._start.cache_clear()
    with pytest.raises(MachineLacks, match=r"Pango is missing\. “accord doctor”"):
        engine.load()


def test_same_letter_same_bytes_anywhere(tmp_path: Path) -> None:
    """Across hash seeds, time zones, languages, folders, the machine's fonts, a quick start or none."""
    tempting = tmp_path / "fonts.conf"
    folders = "".join(
        f"<dir>{folder}</dir>"
        for folder in {face.path.parent for face in fonts.FACES} | {Path("/usr/share/fonts")}
    )
    tempting.write_text(f"<fontconfig>{folders}<cachedir>{tmp_path}</cachedir></fontconfig>")
    script = DIGEST.format(tests=str(TESTS))
    slow = "from accord.pdf import _quickstart; _quickstart.VERSION = '0'\n"
    runs = [
        python("-c", script, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LANG="C", LC_ALL="C"),
        python("-c", script, PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="ja_JP.UTF-8", cwd=tmp_path),
        python(
            "-c",
            script,
            FONTCONFIG_FILE=str(tempting),
            FONTCONFIG_PATH=str(tmp_path),
            FONTCONFIG_SYSROOT="/nowhere",
        ),
        python("-c", slow + script, HOME="/nonexistent", XDG_CACHE_HOME="/nonexistent"),
    ]
    assert [run.stderr for run in runs] == [""] * 4
    (digest,) = {run.stdout for run in runs}
    assert len(digest) == 65


def test_it_sees_none_of_the_machines_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine.load()
    from weasyprint.text.ffi import ffi, fontconfig

    def seen() -> int:
        configuration = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
        return int(fontconfig.FcConfigGetFonts(configuration, fontconfig.FcSetSystem).nfont)

    assert seen() == 0
    tempting = tmp_path / "fonts.conf"
    folder = fonts.FACES[0].path.parent
    tempting.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tempting))
    assert seen() > 0


# --- The quick start ----------------------------------------------------------


def test_the_parsed_declarations_are_those_of_the_installed_engine(tmp_path: Path) -> None:
    target = tmp_path / "parsed.py"
    printed_by(
        f"from accord.pdf import _quickstart; from pathlib import Path; _quickstart.write_parsed_declarations(Path({str(target)!r}))"
    )
    assert target.read_text() == _quickstart.PARSED.read_text(), "run: python -m accord.pdf._quickstart"


QUICK = """
import sys
from accord.pdf import _quickstart, engine
{before}
engine.load()
from weasyprint.text.ffi import ffi, pango
print(type(ffi).__name__, "pycparser" in sys.modules, "fontTools.subset" in sys.modules, pango.pango_units_from_double(2))
"""


@pytest.mark.parametrize(
    ("before", "outcome"),
    [
        ("", "Declarations False False 2048"),
        ("_quickstart.VERSION = '69.0'", "FFI True True 2048"),
        ("import accord.pdf._pango_cdef as parsed; parsed.SOURCE = 'other'", "Declarations True False 2048"),
        ("sys.modules['accord.pdf._pango_cdef'] = None", "Declarations True False 2048"),
        ("sys.platform = 'freebsd14'", "Declarations True False 2048"),
        ("import weasyprint", "FFI True True 2048"),
    ],
)
def test_it_starts_quickly_or_as_usual(before: str, outcome: str) -> None:
    assert printed_by(QUICK.format(before=before)).strip() == outcome


def test_what_was_postponed_is_there_when_used() -> None:
    script = (
        "from accord.pdf import engine; engine.load(); from weasyprint.pdf import fonts;"
        " import fontTools.subset, fontTools.varLib.instancer as real;"
        "assert fonts.subset.Options is fontTools.subset.Options;"
        "assert fonts.instantiateVariableFont is not real.instantiateVariableFont;"
        "real.instantiateVariableFont = lambda *given, **named: (given, named);"
        "print(fonts.instantiateVariableFont(1, static=True))"
    )
    assert printed_by(script).strip() == "((1,), {'static': True})"


AT_ONCE = """
import sys
from accord.pdf import _quickstart
with _quickstart._postponed():
    subset, instancer = sys.modules["fontTools.subset"], sys.modules["fontTools.varLib.instancer"]
    print(subset.Options.__module__)
    try:
        instancer.instantiateVariableFont("no font", {})
    except ValueError as error:
        print(error)
import fontTools.subset, fontTools.varLib.instancer
print(subset is fontTools.subset, instancer is fontTools.varLib.instancer)
"""


def test_what_was_postponed_is_there_when_used_at_once() -> None:
    """While the engine is still starting, the real modules take the place of those that stand in."""
    assert printed_by(AT_ONCE).splitlines() == [
        "fontTools.subset",
        "Missing required table fvar",
        "False False",
    ]


def test_warnings_of_the_engine_would_fail_a_test(caplog: pytest.LogCaptureFixture) -> None:
    """The fixture in conftest.py sees what this logs."""
    letters.typeset_page("<html lang=en><title>t</title><style>p { colour: red }</style><body><p>x")
    assert [record.levelno for record in caplog.records if record.name == "weasyprint"] == [logging.WARNING]
    caplog.clear()
