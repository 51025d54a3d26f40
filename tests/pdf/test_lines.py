"""Lines are as full as they can be, and no word is divided."""

import datetime
import itertools
from typing import Any

import pytest

from accord.pdf import engine, typeset
from support import letters, walk
from support.lines import broken

pytestmark = pytest.mark.walk

EARLY = 30.0
"""Points.  The last short words of a paragraph stay together, so that a line may want one of them."""


def test_no_line_of_a_letter_is_broken_early() -> None:
    """One in twenty of the walk; `campaigns/test_lines.py` walks it all."""
    measured = 0
    for letter in itertools.islice(walk.letters(datetime.date(2027, 5, 28)), 0, None, 20):
        lines = broken(letter, typeset.typeset(letter))
        assert not [line for line in lines if line.left_over > EARLY], letter.title
        measured += len(lines)
    assert measured > 500


@pytest.mark.parametrize("name", [name for name in letters.HOSTILE if "logo" not in name])
def test_nor_is_one_of_what_people_may_write(name: str) -> None:
    letter = letters.HOSTILE[name]()
    assert not [line for line in broken(letter, typeset.typeset(letter)) if line.left_over > EARLY]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_mark_up_does_not_change_where_a_line_ends(space: str) -> None:
    """WeasyPrint alone would end it after the first word of a run whose last space does not fit."""
    text = (
        f"et ce que nous avons prévu (le «{space}<i>Client</i>{space}») de notre part{space}<i>ensuite</i>."
    )
    for width in range(60, 420, 7):
        assert lines(text, width) == lines(text.replace("<i>", "").replace("</i>", ""), width), width


def lines(text: str, width: int) -> list[str]:
    """The lines of a paragraph of a width in CSS pixels."""
    html = f'<html lang="fr"><title>t</title><style>i {{ font-style: normal }}</style><body><p style="width: {width}px">{text}</p>'
    configuration, faces = engine._faces()
    page = engine.load().HTML(string=html).render(font_config=configuration, stylesheets=[faces]).pages[0]
    return [content(box).strip() for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]


def content(box: Any) -> str:
    return getattr(box, "text", None) or "".join(map(content, getattr(box, "children", ())))


def test_no_word_is_divided() -> None:
    for sheet in ("letter.css", "sheet.css", "redline.css"):
        assert "hyphens" not in (typeset.TEMPLATES / sheet).read_text("utf-8")
