"""The changes between two letters on paper and on the screen (floor 7).

What is inserted is underlined and what is deleted is struck, with a bar beside
each paragraph that changed: it reads without colour.  Colour does not speak,
and neither does a line, so the PDF names each insertion and each deletion in
its structure (ISO 32000-1, 14.9.3, alternate descriptions).
"""

import functools
import importlib.metadata
import itertools
from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from typing import Any, Literal

import pydyf
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import archive, figures, messages, pdf
from generator.clauses import TEMPLATES
from generator.compare import Change, Edit, redline
from generator.letter import Letter

LOCALES = {"en": "en_GB", "fr": "fr_FR"}
LINES = {"ins": "/Underline", "del": "/LineThrough"}


def paper(old: Letter, new: Letter, names: tuple[str, str]) -> bytes:
    """The redline as PDF/A-3a and PDF/UA-1, the same bytes each time; `names` are those of the letters."""
    return pdf.printed(page(old, new, names), finish=_finish)


def page(old: Letter, new: Letter, names: tuple[str, str]) -> str:
    """The redline as one HTML file that needs no other, its own words in the interface's language."""
    parts = redline(old, new)
    bilingual = old.language != new.language
    html: str = _template().render(
        words=words(),
        language=messages.language(),
        old=old,
        new=new,
        author=new.data["house"]["supplier"]["name"],
        letters=((_("Old"), names[0], facts(old)), (_("New"), names[1], facts(new))),
        parts=parts,
        count=count(parts, bilingual=bilingual),
        fate=fate,
        numbered=numbered,
        bilingual=bilingual,
        runs=_runs,
        version=importlib.metadata.version("accord"),
        style=(TEMPLATES / "redline.css").read_text("utf-8"),
    )
    return html


@functools.cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("redline.html")


def _runs(change: Change) -> list[tuple[bool, list[Any]]]:
    """The paragraphs of a part, and between them its lists: whether it is one, and its items."""
    return [
        (listed, list(group))
        for listed, group in itertools.groupby(change.paragraphs, lambda each: bool(each.marker))
    ]


def numbered(change: Change) -> Sequence[Edit]:
    """The number before a title, inserted or deleted with it."""
    number = change.new or change.old
    kinds: dict[str, Literal["inserted", "deleted"]] = {"added": "inserted", "removed": "deleted"}
    return (Edit(kinds.get(change.kind, "same"), f"{number}. "),) if number else ()


# --- In words -------------------------------------------------------------------


def words() -> Mapping[str, str]:
    """The fixed words of the page."""
    return {
        "heading": _("Comparison of two letters"),
        "changes": _("Changes"),
        "languages": _("Languages"),
        "side_by_side": _(
            "The two letters are in two languages: their clauses are held side by side, not compared word by word."
        ),
        "legend": _("Legend"),
        "adds": _("what the new letter adds"),
        "leaves_out": _("what it leaves out"),
        "inserted": _("inserted"),
        "deleted": _("deleted"),
        "page": _("page"),
    }


def facts(letter: Letter) -> str:
    """Which letter it is: its title, its reference, its date and its state."""
    day = figures.date(letter.date, LOCALES[messages.language()])
    state = _("final") if letter.final else _("draft")
    return " · ".join((str(letter.title), letter.reference, str(day), state))


def fate(change: Change) -> str:
    """What became of a part besides its words; "" if nothing did."""
    told = []
    if change.kind == "added":
        told.append(_("added"))
    if change.kind == "removed":
        told.append(_("removed"))
    if change.moved:
        told.append(_("moved"))
    if change.renumbered:
        told.append(_("was number {number}").format(number=change.old))
    return ", ".join(told)


def count(parts: Sequence[Change], *, bilingual: bool) -> str:
    """How much changed, in one line; of letters in two languages, whose words all differ, not the words."""
    found = (
        (_("changed: {count}"), sum(part.kind == "changed" and not bilingual for part in parts)),
        (_("added: {count}"), sum(part.kind == "added" for part in parts)),
        (_("removed: {count}"), sum(part.kind == "removed" for part in parts)),
        (_("moved: {count}"), sum(part.moved for part in parts)),
        (_("renumbered: {count}"), sum(part.renumbered for part in parts)),
    )
    told = [line.format(count=number) for line, number in found if number]
    same = _("The two letters have the same clauses.") if bilingual else _("The two letters say the same.")
    return " · ".join(told) or same


# --- For everyone's ears ----------------------------------------------------------


def _finish(document: Any, file: Any) -> None:
    """Name every insertion and deletion in the structure tree, then finish as for a letter."""
    texts = [box for each in document.pages for box in _texts(each._page_box)]  # noqa: SLF001 - there is no other way
    for element, box in zip(_spoken(file), texts, strict=True):
        if box.element_tag in LINES:
            said = _("inserted: {text}") if box.element_tag == "ins" else _("deleted: {text}")
            element["Alt"] = pydyf.String(said.format(text=box.text.strip()))
            element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": LINES[box.element_tag]})
    archive.finish(document, file)


def _texts(box: Any) -> Iterator[Any]:
    """The runs of text on a page, in the order of the structure tree; head and foot are not in it."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - loaded by the engine

    if isinstance(box, boxes.MarginBox):
        return
    if isinstance(box, boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _spoken(file: Any) -> Iterator[Any]:
    """The elements of the structure tree that hold text, in the order in which it is read."""
    (root,) = (item for item in file.objects if isinstance(item, dict) and item.get("S") == "/Document")
    yield from _leaves(file, root)


def _leaves(file: Any, element: Any) -> Iterator[Any]:
    for kid in element["K"]:
        if isinstance(kid, bytes):
            yield from _leaves(file, file.objects[int(kid.split()[0])])
        else:
            yield element
