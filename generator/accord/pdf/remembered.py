"""Lines that were set in type before: where WeasyPrint breaks them, and how it draws them.

The letters of a batch have most of their lines in common, and to shape them takes a third of a letter's time.
What is kept are pure functions of short texts and of the properties of their styles, bounded in number, beside
the fonts that they are set in.  Whatever is out of the common is left to WeasyPrint each time.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

MOST = 2048  # lines of each sort; an agreement has 330
_of_text = itemgetter(
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)
"""All that `weasyprint.text.line_break` and `draw_first_line` ask of a style."""


def remembering_breaks(split: Callable[..., Any]) -> Callable[..., Any]:
    """`split_first_line`, or what stands for it, with an answer that it gave before where it was asked the same."""

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *spacing: Any, **options: Any
    ) -> Any:
        try:
            key = text, max_width, spacing, *options.items(), _of_text(style)
            known = _kept(style, split).get(key)
        except TypeError:  # a list, as drawings have for a family of fonts
            return split(text, style, context, max_width, *spacing, **options)
        if known is None:
            layout, *measures = split(text, style, context, max_width, *spacing, **options)
            keep(_kept(style, split), key, (type(layout), vars(layout).copy(), measures))
            return layout, *measures
        kind, state, measures = known
        layout = object.__new__(kind)  # one of its own, for its line may be stretched
        vars(layout).update(state)
        return layout, *measures

    return split_first_line


def remembering_drawings(draw: Callable[..., None]) -> Callable[..., None]:
    """WeasyPrint's `draw_text`, which repeats what it drew before of the same line."""
    from weasyprint.matrix import Matrix  # noqa: PLC0415 - loaded by the engine

    def draw_text(
        stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: str
    ) -> None:
        style, layout = textbox.style, textbox.pango_layout
        how = text_overflow, block_ellipsis, style["visibility"], style["text_decoration_line"]
        if how != ("clip", "none", "visible", "none") or not textbox.text.strip():
            draw(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        kept, key = _kept(style, draw), (layout.text, layout.justification_spacing, _of_text(style))
        known: _Drawing | None = kept.get(key)
        if known and known.fits(stream):
            stream.set_color(style["color"])
            stream.begin_text()
            stream.set_text_matrix(
                *Matrix(d=-1, e=textbox.position_x, f=textbox.position_y + textbox.baseline).values
            )
            known.draw(stream)
            stream.end_text()
            return
        recorder = _Recorder(stream)
        draw(recorder, textbox, offset_x, text_overflow, block_ellipsis)
        if drawing := recorder.drawing():
            keep(kept, key, drawing)

    return draw_text


def _kept(style: Any, function: Callable[..., Any]) -> dict[Any, Any]:
    """What is known of a function with the fonts of a style."""
    known: dict[Any, dict[Any, Any]] = vars(style.font_config).setdefault("remembered", {})
    return known.setdefault(function, {})


def keep(kept: dict[Any, Any], key: Any, value: Any) -> None:
    """Add to what is kept, of which the oldest goes if it is more than `MOST`."""
    while len(kept) >= MOST:
        del kept[next(iter(kept))]
    kept[key] = value


@dataclass(frozen=True)
class _Drawing:
    """How a line is drawn: the calls of a stream, and the glyphs of each font, by its key in the document.

    Of a glyph, its text and its width, which WeasyPrint takes from the first size that it meets it in; the
    last says whether that was the size of this line.
    """

    calls: tuple[tuple[str, tuple[Any, ...]], ...]
    glyphs: tuple[tuple[Any, tuple[tuple[int, str, float, bool], ...]], ...]

    def fits(self, stream: Any) -> bool:
        """Whether WeasyPrint would draw the same in the document of a stream, whose fonts it has met."""
        for key, glyphs in self.glyphs:
            font = stream._fonts.get(key)  # noqa: SLF001 - see internals
            if font is None:
                return False
            for glyph, _text, width, is_own in glyphs:
                if font.widths.get(glyph, width if is_own else None) != width:
                    return False
        return True

    def draw(self, stream: Any) -> None:
        """Draw the line, and note its glyphs with their fonts."""
        for key, glyphs in self.glyphs:
            font = stream._fonts[key]  # noqa: SLF001 - see internals
            for glyph, text, width, _is_own in glyphs:
                font.widths.setdefault(glyph, width)
                font.to_unicode.setdefault(glyph, text)
        for name, arguments in self.calls:
            getattr(stream, name)(*arguments)


class _Recorder:
    """A stream that notes how a line is drawn on it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._calls: list[tuple[str, tuple[Any, ...]]] = []
        self._met: list[tuple[Any, Any, int]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _noted(self, name: str, *arguments: Any) -> None:
        self._calls.append((name, arguments))
        getattr(self._stream, name)(*arguments)

    def show_text(self, text: str) -> None:
        self._noted("show_text", text)

    def set_font_size(self, font: str, size: float) -> None:
        self._noted("set_font_size", font, size)

    def set_text_rise(self, rise: float) -> None:
        self._noted("set_text_rise", rise)

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """The font, as one that has met no glyph yet, so that it meets all those of the line."""
        font, size = self._stream.add_font(pango_font)
        fresh = object.__new__(type(font))
        vars(fresh).update(vars(font), to_unicode={})
        self._met.append((font, fresh, len(font.widths)))
        return fresh, size

    def drawing(self) -> _Drawing | None:
        """What was drawn; None if it is out of the common: glyphs that are pictures, or missing."""
        glyphs = tuple(self._glyphs())
        fonts = [font for font, _fresh, _known in self._met]
        if any(font.svg or font.png or font.colr or font.missing for font in fonts):
            return None
        return _Drawing(tuple(self._calls), glyphs)

    def _glyphs(self) -> Iterator[tuple[Any, tuple[tuple[int, str, float, bool], ...]]]:
        for font, fresh, known in self._met:
            own = set(itertools.islice(font.widths, known, None))
            for glyph, text in fresh.to_unicode.items():
                font.to_unicode.setdefault(glyph, text)
            (key,) = (key for key, each in self._stream._fonts.items() if each is font)  # noqa: SLF001
            yield (
                key,
                tuple(
                    (glyph, text, font.widths[glyph], glyph in own)
                    for glyph, text in fresh.to_unicode.items()
                ),
            )
