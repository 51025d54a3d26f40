"""The changes between two letters on paper and on the screen.

What is inserted is underlined and what is deleted is struck, with a bar beside
each paragraph that changed: it reads without colour.  Colour does not speak,
and neither does a line, so the PDF names each insertion and each deletion in
its structure (ISO 32000-1, 14.9.3, alternate descriptions).  The facts that
changed stand first.  Of letters in two languages the facts are all that can be
compared; their clauses stand in two columns, told where one has no counterpart.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pydyf

from accord import i18n
from accord.clauses.library import TEMPLATES
from accord.diff import keyfacts
from accord.diff.compare import LOGO, Change, Edit, redline
from accord.diff.keyfacts import Fact
from accord.i18n import _, ngettext
from accord.letter.letter import Letter
from accord.pdf import internals, pdfa, typeset
from accord.text import formats

FIRST_WORDS = 8
LINES = {"ins": "/Underline", "del": "/LineThrough"}


def paper(old: Letter, new: Letter, names: tuple[str, str]) -> bytes:
    """The redline as PDF/A-3a and PDF/UA-1, the same bytes each time; `names` are those of the letters."""
    return typeset.printed(page(old, new, names), finish=_finish)


def page(old: Letter, new: Letter, names: tuple[str, str]) -> str:
    """The redline as one HTML file that needs no other, its own words in the interface's language."""
    parts, differing = redline(old, new), keyfacts.differing(old, new)
    bilingual = old.language != new.language
    html: str = typeset.template("redline.html").render(
        words=words(),
        language=i18n.language(),
        old=old,
        new=new,
        author=new.data["house"]["supplier"]["name"],
        letters=((_("Old"), names[0], facts(old)), (_("New"), names[1], facts(new))),
        parts=parts,
        differing=[fact for fact in differing if not fact.worded],
        own_words=[fact for fact in differing if fact.worded],
        pairs=pairs(parts) if bilingual else (),
        count=count(parts, differing, bilingual=bilingual),
        fate=fate,
        numbered=numbered,
        bilingual=bilingual,
        runs=_runs,
        style=(TEMPLATES / "redline.css").read_text("utf-8"),
    )
    return html


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
        "side_by_side": side_by_side(),
        "old": _("Old"),
        "new": _("New"),
        "facts": _("Key facts that differ"),
        "own_words": _("Particulars in words, to be compared by a reader"),
        "clauses": _("Clauses"),
        "remark": _("Remark"),
        "legend": _("Legend"),
        "adds": _("what the new letter adds"),
        "leaves_out": _("what it leaves out"),
        "inserted": _("inserted"),
        "deleted": _("deleted"),
        "page": _("page"),
    }


def facts(letter: Letter) -> str:
    """Which letter it is: its title, its reference, its date and its state."""
    day = formats.date(letter.date, i18n.locale())
    state = _("final") if letter.final else _("draft")
    return " · ".join((str(letter.title), letter.reference, str(day), state))


def side_by_side() -> str:
    """What becomes of letters in two languages."""
    return _(
        "The two letters are in two languages: their facts and their clauses are compared, not their words."
    )


def fate(change: Change) -> str:
    """What became of a part besides its words; "" if nothing did."""
    told = remarks(change)
    if change.renumbered:
        told.append(_("was number {number}").format(number=change.old))
    return ", ".join(told)


def remarks(change: Change) -> list[str]:
    """What is to be told of a part besides its words and its number."""
    told = []
    if change.kind == "added":
        told.append(_("added"))
    if change.kind == "removed":
        told.append(_("removed"))
    if change.moved:
        told.append(_("moved"))
    if change.kind == "translated" and any(change.own):
        told.append(
            _("own wording in both letters")
            if all(change.own)
            else _("own wording in the old letter")
            if change.own[0]
            else _("own wording in the new letter")
        )
    return told


def count(parts: Sequence[Change], differing: Sequence[Fact], *, bilingual: bool) -> str:
    """How much changed, in one line; of letters in two languages, whose words all differ, not the words."""
    facts = sum(not fact.worded for fact in differing)
    changed, added, removed = (
        sum(part.kind == kind for part in parts) for kind in ("changed", "added", "removed")
    )
    moved, renumbered = sum(part.moved for part in parts), sum(part.renumbered for part in parts)
    found = (
        (ngettext("{count} key fact differs", "{count} key facts differ", facts), facts),
        (ngettext("{count} passage changed", "{count} passages changed", changed), changed),
        (ngettext("{count} passage added", "{count} passages added", added), added),
        (ngettext("{count} passage removed", "{count} passages removed", removed), removed),
        (ngettext("{count} passage moved", "{count} passages moved", moved), moved),
        (ngettext("{count} article renumbered", "{count} articles renumbered", renumbered), renumbered),
    )
    told = [line.format(count=number) for line, number in found if number]
    if bilingual and not facts:
        told.insert(0, _("no key fact differs"))
    return " · ".join(told) or _("The two letters say the same.")


# --- Side by side -----------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """A part as one of two letters has it; `lines` are its words where they matter."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """A part of two letters in two languages: what to tell of it, and both its sides."""

    remark: str
    surrounding: bool
    old: Side | None
    new: Side | None


def pairs(parts: Sequence[Change]) -> tuple[Pair, ...]:
    """The clauses of both letters, and what around them only one letter has."""
    return tuple(
        pair(part)
        for part in parts
        if not part.id.startswith("letter.") or part.kind in {"added", "removed"} or part.id == LOGO
    )


def pair(part: Change) -> Pair:
    """A part in two columns; it is quoted where it has no counterpart, or a wording of its own."""
    told = remarks(part)
    if part.kind == "changed":
        told.append(_("changed"))
    whole = bool(told) and told != [_("moved")]
    return Pair(
        remark=", ".join(told),
        surrounding=part.id.startswith("letter."),
        old=None if part.kind == "added" else _side(part, part.old, "inserted", whole=whole),
        new=None if part.kind == "removed" else _side(part, part.new, "deleted", whole=whole),
    )


def _side(part: Change, number: int | None, without: str, *, whole: bool) -> Side:
    def said(edits: Sequence[Edit]) -> str:
        return "".join(edit.text for edit in edits if edit.kind != without)

    lines = [f"{each.marker} {said(each.edits)}".strip() for each in part.paragraphs if said(each.edits)]
    title = said(part.title) or ("" if whole or not lines else _beginning(lines[0]))
    return Side(f"{number}. {title}" if number is not None else title, tuple(lines) if whole else ())


def _beginning(text: str) -> str:
    """The first words of a text, by which a clause without title is known."""
    words = text.split(" ")
    return text if len(words) <= FIRST_WORDS else f"{' '.join(words[:FIRST_WORDS]).rstrip('.,;:')}…"


# --- For everyone's ears ----------------------------------------------------------


def _finish(document: Any, file: Any) -> None:
    """Name every insertion and deletion in the structure tree, then finish as for a letter."""
    for element, tag, text in internals.texts(document, file):
        if tag in LINES:
            said = _("inserted: {text}") if tag == "ins" else _("deleted: {text}")
            element["Alt"] = pydyf.String(said.format(text=text.strip()))
            element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": LINES[tag]})
    pdfa.finish(document, file)
