"""What WeasyPrint does for each box and each property of a letter, in less time and with the same result.

Its own ways stay for all that is out of the common: each function here takes the short way where it
leads to the same value, and asks WeasyPrint else.  Meant for one version of it; with any other, nothing
is replaced.
"""

import importlib.metadata
import sys
from collections.abc import Callable
from typing import Any

from accord.pdf.internals import VERSION

# Properties whose value depends on more than the style itself and its parent.
_OF_THEIR_OWN = frozenset({"page", "position", "float", "display", "direction"})


def hasten() -> None:
    """Once for a process, before anything is rendered, and after WeasyPrint is loaded."""
    if importlib.metadata.version("weasyprint") == VERSION:
        _hasten_styles()
        _hasten_percentages()
        _hasten_fonts()


def _hasten_styles() -> None:
    """Take a property that no rule sets straight from the parent or from the initial values."""
    from weasyprint import css  # noqa: PLC0415 - loaded by the engine

    at_length: Callable[[Any, str], Any] = css.ComputedStyle.__missing__
    names = {
        name
        for name in css.INITIAL_VALUES
        if name not in _OF_THEIR_OWN and not name.startswith("text_decoration_")
    }
    inherited = names & {*css.INHERITED}
    initial = {name: css.INITIAL_VALUES[name] for name in names - inherited - {*css.INITIAL_NOT_COMPUTED}}
    logical = {
        name: (of(block="ttb", inline="ltr"), of(block="ttb", inline="rtl"))
        for name, of in css.PHYSICAL_FUNCTIONS.items()
    }

    def missing(style: Any, name: str) -> Any:
        cascaded, parent = style.cascaded, style.parent_style
        if name in cascaded or parent is None:
            return at_length(style, name)
        if name in logical:
            one, other = logical[name]
            if one in cascaded or other in cascaded:
                return at_length(style, name)
        if name in inherited:
            value = style[name] = parent[name]
        elif name in initial:
            value = style[name] = initial[name]
        else:
            return at_length(style, name)
        return value

    css.ComputedStyle.__missing__ = missing


def _hasten_percentages() -> None:
    """Take lengths over as they are where none of a box is a share of anything."""
    from weasyprint.layout import percent  # noqa: PLC0415 - loaded by the engine

    at_length: Callable[[Any, str, Any], None] = percent.resolve_one_percentage

    def resolve_one_percentage(box: Any, name: str, whole: Any) -> None:
        value = box.style[name]
        if value == "auto":
            setattr(box, name, 0 if name in {"min_width", "min_height"} else value)
        elif getattr(value, "unit", None) == "px":
            setattr(box, name, value.value)
        else:
            at_length(box, name, whole)

    _replace(percent.resolve_one_percentage, resolve_one_percentage)


def _hasten_fonts() -> None:
    """Describe the font of a style to Pango once, not for each line; it copies what it is given."""
    from weasyprint.text import fonts  # noqa: PLC0415 - loaded by the engine

    at_length: Callable[[Any], Any] = fonts.get_font_description
    parts = [f"font_{part}" for part in ("family", "style", "stretch", "weight", "size", "variant_caps")]

    def get_font_description(style: Any) -> Any:
        font = [style[part] for part in (*parts, "font_variation_settings")]
        known, description = getattr(style, "_described", (None, None))
        if known != font:
            description = at_length(style)
            style._described = font, description  # noqa: SLF001 - lives as long as the style
        return description

    _replace(fonts.get_font_description, get_font_description)


def _replace(function: Any, ours: Any) -> None:
    """Put `ours` in the place of a function of WeasyPrint, in each of its modules that has it."""
    called = function.__name__
    for name, module in [*sys.modules.items()]:
        if name.startswith("weasyprint.") and vars(module).get(called) is function:
            setattr(module, called, ours)
