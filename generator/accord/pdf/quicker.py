"""What WeasyPrint does for each box and each property of a letter, in less time and with the same result.

Its own ways stay for all that is out of the common: each function here takes the short way where it
leads to the same value, and asks WeasyPrint else.  Meant for one version of it; with any other, nothing
is replaced.
"""

import functools
import importlib.metadata
import sys
from collections.abc import Callable
from typing import Any

from accord.pdf.internals import VERSION
from accord.pdf.remembered import remembering_breaks, remembering_drawings

# Properties whose value depends on more than the style itself and its parent.
_OF_THEIR_OWN = frozenset({"page", "position", "float", "display", "direction"})


@functools.cache
def hasten() -> None:
    """Once for a process, however often it is called, before anything is rendered, and after WeasyPrint is loaded."""
    if importlib.metadata.version("weasyprint") == VERSION:
        _hasten_styles()
        _hasten_percentages()
        _hasten_heights()
        _hasten_lines()
        _hasten_writing()


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
    """Take the lengths of a box from its style as they were found there before, where none is a share of anything."""
    from weasyprint.layout import percent  # noqa: PLC0415 - loaded by the engine

    at_length: Callable[[Any, Any], None] = percent.resolve_percentages

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        known = vars(box.style)  # styles are whole once there are boxes: WeasyPrint changes copies of them
        if "lengths" not in known:
            known["lengths"] = _lengths(box.style)
        if lengths := known["lengths"]:
            vars(box).update(lengths)
        else:
            at_length(box, containing_block)

    _replace(at_length, resolve_percentages)


_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in _SIDES),
    *(f"{limit}{side}" for limit in ("", "min_", "max_") for side in ("width", "height")),
)


def _lengths(style: Any) -> dict[str, Any]:
    """The lengths of any box of this style; none if they depend on what is around it."""
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return {}
    lengths = {f"border_{side}_width": style[f"border_{side}_width"] for side in _SIDES}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            lengths[name] = 0 if name.startswith("min_") else value
        elif getattr(value, "unit", None) == "px":
            lengths[name] = value.value
        else:
            return {}
    return lengths


def _hasten_heights() -> None:
    """Measure the height of a line without text once for a style."""
    from weasyprint.text import line_break  # noqa: PLC0415 - loaded by the engine

    at_length: Callable[[Any], Any] = line_break.strut

    def strut(style: Any) -> Any:
        known = vars(style)
        if "strut" not in known:
            known["strut"] = at_length(style)
        return known["strut"]

    _replace(at_length, strut)


def _hasten_lines() -> None:
    """Break and draw lines as they were broken and drawn before."""
    from weasyprint.draw import text  # noqa: PLC0415 - loaded by the engine
    from weasyprint.layout import inline, preferred  # noqa: PLC0415

    for module in (inline, preferred):
        module.split_first_line = remembering_breaks(module.split_first_line)
    _replace(text.draw_text, remembering_drawings(text.draw_text))


def _hasten_writing() -> None:
    """Write what is most often in a PDF without looking first for what is rare."""
    import pydyf  # noqa: PLC0415 - loaded by the engine

    at_length: Callable[[Any], bytes] = pydyf._to_bytes  # noqa: SLF001 - see internals

    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item  # type: ignore[no-any-return]
        if kind is str:
            return item.encode("ascii")  # type: ignore[no-any-return]
        if kind is int:
            return b"%d" % item
        return at_length(item)

    pydyf._to_bytes = to_bytes  # noqa: SLF001
    data_at_length: Callable[[Any], bytes] = pydyf.Stream.data.fget

    def data(stream: Any) -> bytes:
        if stream.extra.get("Type") != "/ObjStm":  # the one that is made when all are as they are to be
            return data_at_length(stream)
        known = vars(stream)
        if "spelt" not in known:
            known["spelt"] = data_at_length(stream)
        return known["spelt"]  # type: ignore[no-any-return]

    pydyf.Stream.data = property(data)


def _replace(function: Any, ours: Any) -> None:
    """Put `ours` in the place of a function of WeasyPrint, in each of its modules that has it."""
    called = function.__name__
    for name, module in [*sys.modules.items()]:
        if name.startswith("weasyprint.") and vars(module).get(called) is function:
            setattr(module, called, ours)
