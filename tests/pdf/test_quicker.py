"""What is done in less time comes out the same."""

import json
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256

import pytest

from accord.pdf import quicker, remembered, typeset

STYLE = """
body { direction: rtl; width: 60%; min-height: 2cm } p { margin-inline-start: 2em; padding-block-end: 5% }
div { width: calc(50% - 1cm); max-width: 30em; border-inline-end: 2px solid } b { font-size: 120%; font-weight: 600 }
i { color: initial; float: left; text-decoration: underline } u { margin-left: inherit; height: auto }
"""
BOXES = (
    f"<html lang='fr'><head><title>x</title><style>{STYLE}</style></head><body><p>Un <b>deux</b> <i>trois</i></p>"
    "<div dir='ltr'>Quatre <u style='display: inline-block'>cinq</u></div><p style='margin: 1% auto'>Six</p></body></html>"
)
TEXT = "Difficile\u00a0: l’offre \u00ab\u00a0Office\u00a0\u00bb fut affichée efficacement, et le flot des fiches, anticonstitutionnellement, fini. "
LINES = (
    "",
    "font-size: 7pt",
    "text-align: justify; width: 7cm",
    "letter-spacing: 2px; word-spacing: 3px; width: 8cm",
    "hyphens: auto; width: 4cm",
    "text-decoration: underline; width: 9cm",
    "white-space: pre; text-indent: 1em",
    "overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 3cm",
    "font-weight: 600; font-variant-numeric: oldstyle-nums; color: red",
    "font-family: 'Source Sans Pro'; display: inline-block; text-indent: 2em; width: 6cm",
    "display: table; border-collapse: collapse; padding: 1% 2%; border: 1px solid",
    "direction: rtl; width: 50%; overflow-wrap: anywhere; visibility: hidden",
)
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 20'><text x='2' y='12' font-family='serif'>Office 1</text></svg>"


def page(*styles: str) -> str:
    """The same words in each of some styles, and in a drawing."""
    lines = "".join(f'<p style="{style}">{TEXT} {number} {TEXT}</p>' for number, style in enumerate(styles))
    return f"<html lang='fr'><head><title>x</title></head><body>{lines}{DRAWING}</body></html>"


PAGES = (BOXES, page(*LINES), page(*LINES[::-1]), page(*LINES[1::2]), page(*LINES[::2]))
AT_LENGTH = """
import hashlib, json, sys
from accord.pdf import quicker, typeset
quicker.hasten = lambda: None
print(json.dumps([hashlib.sha256(typeset.printed(page)).hexdigest() for page in json.load(sys.stdin)]))
"""


@pytest.fixture(scope="module")
def at_length() -> list[str]:
    """Digests of the pages as WeasyPrint sets them by itself."""
    command = (sys.executable, "-c", AT_LENGTH)
    done = subprocess.run(command, input=json.dumps(PAGES), check=True, capture_output=True, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def digests(pages: tuple[str, ...]) -> Iterator[str]:
    """Of each page, as it is set here."""
    return (sha256(typeset.printed(each)).hexdigest() for each in pages)


def test_the_short_way_leads_to_the_same_bytes_whatever_was_set_before(at_length: list[str]) -> None:
    assert [*digests(PAGES)] == at_length
    assert [*digests(PAGES[::-1])] == at_length[::-1]


def test_so_it_does_where_little_is_remembered(at_length: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 3)
    assert [*digests(PAGES)] == at_length


def test_what_is_kept_is_bounded_and_the_oldest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 3)
    kept: dict[int, int] = {}
    for number in range(5):
        remembered.keep(kept, number, number)
    assert [*kept] == [2, 3, 4]


def test_the_short_way_is_taken() -> None:
    typeset.printed(BOXES)
    import pydyf
    from weasyprint import css, draw
    from weasyprint.layout import block, inline, percent, preferred
    from weasyprint.text import line_break

    ours = quicker.__name__
    assert css.ComputedStyle.__missing__.__module__ == ours
    assert percent.resolve_percentages.__module__ == block.resolve_percentages.__module__ == ours
    assert line_break.strut.__module__ == inline.strut.__module__ == ours
    assert pydyf._to_bytes.__module__ == ours
    assert draw.draw_text.__module__ == preferred.split_first_line.__module__ == remembered.__name__


def test_a_line_that_was_set_before_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    typeset.printed(PAGES[0])
    from weasyprint.text import line_break

    texts: list[str] = []
    set_text = line_break.Layout.set_text

    def noting(layout: line_break.Layout, text: str, **how: bool) -> None:
        texts.append(text)
        set_text(layout, text, **how)

    monkeypatch.setattr(line_break.Layout, "set_text", noting)
    letter = page("width: 9cm").replace("Office", "Bureau")
    typeset.printed(letter)
    first, texts[:] = [*texts], []
    typeset.printed(letter)
    typeset.printed(letter)
    # Each time anew: the words of the drawing, and the first line, by which the document meets its font.
    assert sum(len(text) > 30 for text in first) > 10
    assert sum(len(text) > 30 for text in texts) == 2
