"""The faces of letters are located without importing anything; their characters are those of the font files."""

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from markupsafe import Markup

from accord.errors import MachineLacks
from accord.text import fonts
from accord.text.characters import is_hidden
from support import letters
from support.processes import printed_by


def common() -> list[str]:
    return [char for char in map(chr, range(0x3000)) if fonts.COMMON.fullmatch(char) and char != "\n"]


def test_common_characters_are_in_every_face() -> None:
    assert len(common()) > 300
    assert set(common()) <= fonts.covered()


def test_covered_means_by_every_face() -> None:
    cmaps = [set(TTFont(face.path).getBestCmap()) for face in fonts.FACES]
    assert set(map(ord, fonts.covered() - fonts.SYNTHESISED)) == set.intersection(*cmaps)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", []),
        ("Novalys, l’été à 12\u202f000,00\u00a0€\u202f; va\u2011et\u2011vient\n« fin »", []),
        ("Αρτοποιία, Экспорт, Łódź, Žižkov, ☑", []),
        ("字 and 漢, 字 again", ["字", "漢"]),
        ("😀", ["😀"]),
        ("م", ["م"]),
        ("∮ or \u2063", ["∮", "\u2063"]),
    ],
)
def test_uncovered_characters_are_named_once_in_order(text: str, missing: list[str]) -> None:
    assert fonts.uncovered(text) == missing


def test_common_text_needs_no_font_file() -> None:
    script = "import sys; from accord.text import fonts; fonts.uncovered('l’été à 12 €'); print(*sys.modules)"
    modules = printed_by(script)
    assert "accord.text.fonts" in modules
    assert "fontTools" not in modules
    assert "font_source_serif_pro" not in modules


def test_a_missing_font_is_named() -> None:
    with pytest.raises(MachineLacks, match=r"Nothing-Regular\.otf"):
        _ = fonts.Face("Nothing", 400, "no_such_package", "Nothing-Regular.otf").path
    with pytest.raises(MachineLacks, match=r"Nothing-Regular\.otf"):
        _ = fonts.Face("Nothing", 400, "font_source_serif_pro", "Nothing-Regular.otf").path


def test_no_common_character_but_the_line_break_is_hidden() -> None:
    """By which clauses are passed whole that have no other."""
    common = [char for char in map(chr, range(0x3000)) if fonts.COMMON.fullmatch(char)]
    assert [char for char in common if is_hidden(char)] == ["\n"]


def set_in_every_face(text: str) -> None:
    page = Markup(
        "<html lang=en><title>t</title><style>body {{ font-family: Source Serif Pro }} p {{ font-weight: 600 }}"
        " div {{ font-family: Source Sans Pro }} @page {{ size: A1 }}</style>"
        "<body>{0}<p>{0}</p><div>{0}<p>{0}</p></div>"
    ).format(text)
    with pikepdf.open(letters.typeset_page(page)) as file:
        names = {
            str(item.BaseFont)
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    assert len(names) == len(fonts.FACES)


def test_every_covered_character_shows() -> None:
    set_in_every_face(" ".join(sorted(fonts.covered())))


def test_an_uncovered_character_would_not_show(caplog: pytest.LogCaptureFixture) -> None:
    set_in_every_face("漢")
    assert [record.message.split(" glyph")[0] for record in caplog.records] == [".notdef"] * len(fonts.FACES)
    caplog.clear()
