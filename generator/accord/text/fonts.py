"""The faces that letters are set in, and which characters they can show.

The faces come from packages, never from the machine, so that a letter looks
the same everywhere.  Finding them imports nothing: the packages themselves
list every file they hold when they are imported.
"""

import functools
import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.errors import MachineLacks
from accord.i18n import _
from accord.imports import postponed
from accord.text.characters import MOST_NAMED, name_of


@dataclass(frozen=True)
class Face:
    """One font file: the family and weight that the style sheet knows it by."""

    family: str
    weight: int
    package: str
    file: str

    @property
    def path(self) -> Path:
        """Where the file stands; `MachineLacks` if its package is not installed."""
        spec = importlib.util.find_spec(self.package)
        path = Path(spec.origin or "").parent / "files" / self.file if spec else Path(self.file)
        if not path.is_file():
            raise MachineLacks(
                _(
                    "The font file {file} is missing; reinstall Accord, or run “accord doctor” to see what else is."
                ).format(file=self.file)
            )
        return path


FACES = (
    Face("Source Serif Pro", 400, "font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    Face("Source Serif Pro", 600, "font_source_serif_pro", "SourceSerifPro-Semibold.otf"),
    Face("Source Sans Pro", 400, "font_source_sans_pro", "SourceSansPro-Regular.otf"),
    Face("Source Sans Pro", 600, "font_source_sans_pro", "SourceSansPro-Semibold.otf"),
)

# Set although no face has them all: the engine makes the narrow no-break space
# of a space, and the no-break hyphen of a hyphen.
SYNTHESISED = frozenset("\u202f\u2011")

# Letters of western and central Europe, their punctuation, the currencies: all
# in every face (a test compares with the font files).  Most letters hold
# nothing else, and need not wait for the font files to be read.
COMMON = re.compile(
    r"[\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u012b\u0134-\u0149\u014c-\u0165\u0168-\u017e\u0218-\u021b"
    r"\u1e80-\u1e85\u1e9e\u2011-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033"
    r"\u2039\u203a\u20ac\u2116\u2122\u2212\u2260\u2264\u2265]*"
)


def uncovered(text: str) -> list[str]:
    """The characters of `text` that some face cannot show, each once, in order.

    Line breaks are not characters here: the page breaks its own lines.
    """
    if COMMON.fullmatch(text):
        return []
    return [char for char in dict.fromkeys(text) if char != "\n" and char not in covered()]


def refusal(chars: Sequence[str]) -> str:
    """What to say of characters that no face can show."""
    return _("no font of the letter has {names}; write the text with other characters").format(
        names=", ".join(f"“{char}” {name_of(char)}" for char in chars[:MOST_NAMED])
    )


@functools.cache
def covered() -> frozenset[str]:
    """The characters that every face shows, read from the font files."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow, and rarely needed

    cmaps = []
    for face in FACES:
        with TTFont(face.path, lazy=True) as font:
            cmaps.append(frozenset(map(chr, font.getBestCmap())))
    return frozenset.intersection(*cmaps) | SYNTHESISED


def outline(word: str, face: Face) -> tuple[str, int]:
    """A word drawn as a path (SVG, in font units, y upwards), and its width."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - for drafts only
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    # The tables of variable fonts, which no letter needs, take half of the time.
    with TTFont(face.path, lazy=True) as font, postponed("fontTools.ttLib.tables.otTables"):
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        pen, width = SVGPathPen(glyphs), 0
        for char in word:
            glyph = glyphs[names[ord(char)]]
            glyph.draw(TransformPen(pen, (1, 0, 0, 1, width, 0)))
            width += glyph.width
    return pen.getCommands(), width
