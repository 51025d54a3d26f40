"""The changes between two letters on paper and on the screen.

Insertions are underlined and deletions struck through, with a bar beside each
paragraph that changed, so that colour is not needed.  For screen readers, the
PDF names each insertion and deletion in its structure (ISO 32000-1, 14.9.3,
alternate descriptions).  The facts that changed stand first.  Of letters in two
languages only the facts are compared; their clauses stand in two columns.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from accord import i18n
from accord.clauses.library import TEMPLATES
from accord.diff import keyfacts
from accord.diff.compare import LOGO, Change, Edit, redline
from accord.diff.keyfacts import Fact
from accord.i18n import _, ngettext
from accord.letter.letter import Letter
from accord.text import formats

LINES = {"ins": "/Underline", "del": "/LineThrough"}


def paper(old: Letter, new: Letter, names: tuple[str, str], doubts: Sequence[str] = ()) -> bytes:
    """The redline as PDF/A-3a and PDF/UA-1, the same bytes each time.

    `names` are those of the letters, `doubts` say that the pages of a PDF do not show what was compared.
    """
    from accord.pdf import typeset  # noqa: PLC0415 - the engine weighs, and a screen needs none of it

    return typeset.printed(page(old, new, names, doubts), finish=_finish)


def page(old: Letter, new: Letter, names: tuple[str, str], doubts: Sequence[str] = ()) -> str:
    """The redline as one self-contained HTML file, labelled in the language of the interface."""
    from accord.pdf import typeset  # noqa: PLC0415 - see paper

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
        doubts=doubts,
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
    """The paragraphs of a part in runs: whether a run is a list, and its paragraphs or items."""
    return [
        (listed, list(group))
        for listed, group in itertools.groupby(change.paragraphs, lambda each: bool(each.marker))
    ]


def numbered(change: Change) -> Sequence[Edit]:
    """The number before a title, inserted or deleted with the part."""
    kinds: dict[str, Literal["inserted", "deleted"]] = {"added": "inserted", "removed": "deleted"}
    number = change.new or change.old
    return (Edit(kinds.get(change.kind, "same"), f"{number}. "),) if number else ()


# --- In words -------------------------------------------------------------------


def words() -> Mapping[str, str]:
    """The fixed words of the page."""
    return {
        "heading": _("Comparison of two letters"),
        "changes": _("Changes"),
        "languages": _("Languages"),
        "side_by_side": _(
            "The two letters are in two languages: their facts and their clauses are compared, not their words."
        ),
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
    """Which letter it is: its title, its reference, its version, its date and its state."""
    day = formats.date(letter.date, i18n.locale())
    state = _("final") if letter.final else _("draft")
    version = _("version {version}").format(version=letter.version) if letter.version else ""
    return " · ".join(filter(None, (str(letter.title), letter.reference, version, str(day), state)))


def fate(change: Change) -> str:
    """What became of a part besides its words: "moved, was number 3"; "" if nothing did."""
    number = [_("was number {number}").format(number=change.old)] if change.renumbered else []
    return ", ".join([*remarks(change), *number])


def remarks(change: Change) -> list[str]:
    """What became of a part besides its words and its number, and who worded a translated one."""
    own = {
        (True, True): _("own wording in both letters"),
        (True, False): _("own wording in the old letter"),
        (False, True): _("own wording in the new letter"),
    }
    remarks = [
        {"added": _("added"), "removed": _("removed"), "translated": own.get(change.own)}.get(change.kind),
        _("moved") if change.moved else None,
    ]
    return [remark for remark in remarks if remark]


def count(parts: Sequence[Change], differing: Sequence[Fact], *, bilingual: bool) -> str:
    """How much changed, in one line; of letters in two languages, whose words all differ, not the words."""
    facts = sum(not fact.worded for fact in differing)
    changed, added, removed = (
        sum(part.kind == kind for part in parts) for kind in ("changed", "added", "removed")
    )
    moved, renumbered = sum(part.moved for part in parts), sum(part.renumbered for part in parts)
    counts = (
        (ngettext("{count} key fact differs", "{count} key facts differ", facts), facts),
        (ngettext("{count} passage changed", "{count} passages changed", changed), changed),
        (ngettext("{count} passage added", "{count} passages added", added), added),
        (ngettext("{count} passage removed", "{count} passages removed", removed), removed),
        (ngettext("{count} passage moved", "{count} passages moved", moved), moved),
        (ngettext("{count} article renumbered", "{count} articles renumbered", renumbered), renumbered),
    )
    lines = [line.format(count=number) for line, number in counts if number]
    if bilingual and not facts:
        lines.insert(0, _("no key fact differs"))
    return " · ".join(lines) or _("The two letters say the same.")


# --- Side by side -----------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """A part as one of two letters has it; `lines` are its words where they matter."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """A part of two letters in two languages: what became of it, and both its sides."""

    remark: str
    surrounding: bool
    old: Side | None
    new: Side | None


def pairs(parts: Sequence[Change]) -> tuple[Pair, ...]:
    """The clauses of both letters, and the parts around them that only one letter has."""
    return tuple(
        pair(part)
        for part in parts
        if not part.id.startswith("letter.") or part.kind in {"added", "removed"} or part.id == LOGO
    )


def pair(part: Change) -> Pair:
    """A part in two columns, in full where it has no counterpart or a wording of its own."""
    marks = remarks(part) + ([_("changed")] if part.kind == "changed" else [])
    whole = bool(marks) and marks != [_("moved")]
    return Pair(
        remark=", ".join(marks),
        surrounding=part.id.startswith("letter."),
        old=None if part.kind == "added" else _side(part, part.old, "inserted", whole=whole),
        new=None if part.kind == "removed" else _side(part, part.new, "deleted", whole=whole),
    )


def _side(part: Change, number: int | None, without: str, *, whole: bool) -> Side:
    def text(edits: Sequence[Edit]) -> str:
        return "".join(edit.text for edit in edits if edit.kind != without)

    lines = [f"{each.marker} {text(each.edits)}".strip() for each in part.paragraphs if text(each.edits)]
    title = text(part.title) or ("" if whole or not lines else _beginning(lines[0]))
    return Side(f"{number}. {title}" if number is not None else title, tuple(lines) if whole else ())


def _beginning(text: str) -> str:
    """The first words of a text, by which a clause without title is known."""
    words = text.split(" ")
    return text if len(words) <= 8 else f"{' '.join(words[:8]).rstrip('.,;:')}…"


# --- For screen readers -----------------------------------------------------------


def _finish(document: Any, file: Any) -> None:
    """Name every insertion and deletion in the structure tree, then finish as for a letter."""
    import pydyf  # noqa: PLC0415 - see paper

    from accord.pdf import internals, pdfa  # noqa: PLC0415 - the same

    for element, tag, text in internals.texts(document, file):
        if tag in LINES:
            description = _("inserted: {text}") if tag == "ins" else _("deleted: {text}")
            element["Alt"] = pydyf.String(description.format(text=text.strip()))
            element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": LINES[tag]})
    pdfa.finish(document, file)
