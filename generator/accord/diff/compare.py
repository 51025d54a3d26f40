"""What changed from one letter to another: clause by clause, then word by word.

What is compared is the text on the page: neither the width of spaces nor the
mark of a draft counts.  Figures with their units, amounts, dates, references
and blanks are one word each: "31 mars 2027" becomes "30 avril 2027" as a whole.
"""

import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from accord.i18n import _
from accord.letter import record
from accord.letter.blocks import paragraphs
from accord.letter.composer import compose
from accord.letter.letter import Letter, Passage
from accord.text.currencies import NOUNS, SIGN, any_of
from accord.text.locales import months

Item = TypeVar("Item")

LOGO = "letter.logo"  # a picture has no words; it is a part where it changed
SAME_SENTENCE = 0.5  # of the words of two sentences, for one to be the other, reworded
SAME_PARAGRAPH = 0.3
EQUAL = 2.0  # more than any two can be alike: only what is the same is a pair
# Comparing takes as many steps as one text has words times the other, or more: beyond
# these numbers, which no honest letter comes near, it is less thorough, not slow.
MOST_STEPS = 60_000
MOST_LIKENESSES = 1_000
FEW = 3  # changed words; beside more, one word that stayed is passed over


@dataclass(frozen=True)
class Edit:
    """A run of words that stands in both letters, or in the old or the new one only."""

    kind: Literal["same", "deleted", "inserted"]
    """in both letters, in the old one only, in the new one only"""
    text: str
    """its words, with the spaces between them"""


Edits = tuple[Edit, ...]
Texts = Sequence[tuple[str, ...]]
"""Texts in words."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or the item of a list."""

    marker: str
    """what stands before the item of a list; else empty"""
    edits: Edits
    """its text, as runs of words"""

    @property
    def changed(self) -> bool:
        """Whether a word of it is not the same in both letters."""
        return any(edit.kind != "same" for edit in self.edits)


@dataclass(frozen=True)
class Change:
    """One part of the letters, an article for example, and what became of it.

    `old` and `new` are its numbers, None for a part without; `kind` is about its
    words alone: a part that is "same" may have moved or been renumbered, and
    whether a "translated" one means the same, only a reader can say.  `own`:
    whether the old and the new letter word it themselves, not the library.
    """

    id: str
    kind: Literal["same", "added", "removed", "changed", "translated"]
    moved: bool
    old: int | None
    new: int | None
    title: Edits
    paragraphs: tuple[Paragraph, ...]
    own: tuple[bool, bool] = (False, False)

    @property
    def renumbered(self) -> bool:
        """Whether it has a number in both letters, and not the same one."""
        return self.old is not None and self.new is not None and self.old != self.new

    @property
    def differs(self) -> bool:
        """Whether its words, its place or its number differ."""
        worded = self.kind in {"added", "removed", "changed"} or (self.kind == "translated" and any(self.own))
        return worded or self.moved or self.renumbered


def changes(old: Letter, new: Letter) -> tuple[Change, ...]:
    """The parts in which two letters differ, from top to bottom."""
    return tuple(change for change in redline(old, new) if change.differs)


def redline(old: Letter, new: Letter) -> tuple[Change, ...]:
    """Every part of the new letter from top to bottom, and those that it lost where they stood.

    The parts of letters in two languages are not compared word by word: unless
    its words are the same, a part that both have is "translated".
    """
    before, after = ({part.id: part for part in _parts(letter)} for letter in (old, new))
    moved = _moved(list(before), list(after))
    monolingual = old.language == new.language
    parts = (
        _change(before.get(name), after.get(name), moved=name in moved, monolingual=monolingual)
        for name in _merged(list(before), list(after))
    )
    return tuple(change for change in parts if change.id != LOGO or change.differs)


def standard(letter: Letter, source: str) -> Letter:
    """The same letter in the library's standard text, without the wording of the house or of the letter."""
    recorded = record.recorded(letter.data, source)
    clauses = tuple(letter.standard.values())
    plain = compose(
        recorded.deal, recorded.house_file, source=source, clauses=clauses, versioned=recorded.versioned
    )
    # As final as the letter, even with a blank that the letter's own words do without.
    return replace(plain, final=letter.final, data={**plain.data, "final": letter.final})


# --- The parts of a letter ------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A part of one letter; each paragraph is a marker and a text."""

    id: str
    number: int | None
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    own: bool = False


def _parts(letter: Letter) -> list[_Part]:
    """All parts of a letter in the order of the page; ids of clauses have no full stop."""
    terms = [f"{term.label} – {' · '.join(map(str, term.lines))}" for term in letter.key_terms]
    signatures = [
        _lines(
            f"letter.signature.{each.field}",
            _("Signature, {party}").format(
                party=_("supplier") if each.field == "supplier" else _("prospect")
            ),
            [each.heading, each.party, each.by, each.title, each.consent],
        )
        for each in letter.signatories
    ]
    parts = [
        _lines("letter.sender", _("Sender"), letter.sender),
        _lines(LOGO, _("Logo"), [_logo(letter)]),
        _lines("letter.addressee", _("Addressee"), letter.addressee),
        _lines("letter.reference", _("Reference"), [letter.reference]),
        _lines("letter.date", _("Place and date"), [letter.place_and_date]),
        _lines("letter.title", _("Title"), [letter.title, letter.subtitle]),
        _lines("letter.subject", _("Subject"), [letter.subject]),
        _lines("letter.salutation", _("Salutation"), [letter.salutation]),
        *(_clause(passage, letter) for passage in letter.opening),
        _lines("letter.key-terms", _("Key terms"), terms),
        *(_clause(passage, letter) for passage in (*letter.articles, *letter.closing)),
        _lines("letter.enclosures", _("Enclosures"), letter.enclosures),
        *signatures,
        _lines("letter.mentions", _("Company particulars"), [letter.mentions]),
    ]
    return [part for part in parts if part.paragraphs or part.number is not None]


def _lines(name: str, title: str, lines: Sequence[str]) -> _Part:
    return _Part(name, None, title, tuple(("", str(line)) for line in lines if line))


def _logo(letter: Letter) -> str:
    """A picture in words: its alternative text, and a few digits that change with the picture."""
    if letter.logo is None:
        return ""
    return f"{letter.logo.alternative} ({hashlib.sha256(letter.logo.content).hexdigest()[:8]})"


def _clause(passage: Passage, letter: Letter) -> _Part:
    own = passage.file.name in letter.data.get("clauses", {})
    return _Part(passage.id, passage.number, passage.title, tuple(paragraphs(passage.blocks)), own)


# --- Which parts moved ----------------------------------------------------------


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest parts that must change place to make one order of the other."""
    places = {name: place for place, name in enumerate(old)}
    common = [name for name in new if name in places]
    stay = _longest_rise([places[name] for name in common])
    return {name for name in common if places[name] not in stay}


def _longest_rise(places: Sequence[int]) -> tuple[int, ...]:
    """A longest increasing subsequence; of several, the one that ends lowest."""

    def longest(rises: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
        return max(rises, key=lambda rise: (len(rise), -rise[-1]), default=())

    rises: list[tuple[int, ...]] = []  # the longest that ends at each place
    for place in places:
        rises.append((*longest(rise for rise in rises if rise[-1] < place), place))
    return longest(rises)


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new order, with each part that is gone after the one that it followed."""
    merged = list(new)
    place = 0
    for name in old:
        if name in new:
            place = merged.index(name) + 1
        else:
            merged.insert(place, name)
            place += 1
    return merged


# --- What became of a part ------------------------------------------------------


def _change(old: _Part | None, new: _Part | None, *, moved: bool, monolingual: bool) -> Change:
    if old is None:
        assert new is not None  # noqa: S101 - a name comes from one of the letters
        title, paragraphs = _whole(new, "inserted")
        return Change(new.id, "added", moved, None, new.number, title, paragraphs, own=(False, new.own))
    if new is None:
        title, paragraphs = _whole(old, "deleted")
        return Change(old.id, "removed", moved, old.number, None, title, paragraphs, own=(old.own, False))
    monolingual = monolingual or new.id == LOGO  # a picture is in no language
    alike = monolingual or _keys(old.title) == _keys(new.title)
    title = edited(old.title, new.title) if alike else _replaced(old.title, new.title)
    paragraphs = tuple(_paragraphs(old.paragraphs, new.paragraphs, SAME_PARAGRAPH if monolingual else EQUAL))
    same = all(edit.kind == "same" for edit in title) and not any(each.changed for each in paragraphs)
    kind: Literal["same", "changed", "translated"] = (
        "same" if same else "changed" if monolingual else "translated"
    )
    return Change(new.id, kind, moved, old.number, new.number, title, paragraphs, own=(old.own, new.own))


def _whole(part: _Part, kind: Literal["inserted", "deleted"]) -> tuple[Edits, tuple[Paragraph, ...]]:
    """The title and the paragraphs of a part that only one of the letters has."""
    paragraphs = tuple(Paragraph(marker, _run(kind, text)) for marker, text in part.paragraphs)
    return _run(kind, part.title), paragraphs


def _paragraphs(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], least: float
) -> Iterator[Paragraph]:
    """The paragraphs of both; an item of which only the marker changed counts as the same."""
    for before, after in aligned(old, new, lambda pair: _keys(pair[1]), least):
        if after is None:
            assert before is not None  # noqa: S101 - one of a pair is there
            yield Paragraph(before[0], _run("deleted", before[1]))
        elif before is None:
            yield Paragraph(after[0], _run("inserted", after[1]))
        else:
            yield Paragraph(after[0], edited(before[1], after[1]))


def aligned(
    old: Sequence[Item], new: Sequence[Item], keys: Callable[[Item], tuple[str, ...]], least: float
) -> Iterator[tuple[Item | None, Item | None]]:
    """Pairs of what is the same or alike in two sequences, in order; None beside what has no counterpart.

    `keys` gives the words of an item; two are alike if `least` of their words are the same.
    """
    pairs = _pairs([keys(item) for item in old], [keys(item) for item in new], least)
    i = j = 0
    for a, b in (*pairs, (len(old), len(new))):
        yield from ((item, None) for item in old[i:a])
        yield from ((None, item) for item in new[j:b])
        yield from zip(old[a : a + 1], new[b : b + 1], strict=True)
        i, j = a + 1, b + 1


def _pairs(old: Texts, new: Texts, least: float) -> Iterator[tuple[int, int]]:
    """The places, in order, of what is the same or alike in two sequences of texts."""
    if old != new and len(old) * len(new) > MOST_STEPS:
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from ((i1 + a, j1 + b) for a, b in _likeliest(old[i1:i2], new[j1:j2], least))


def _likeliest(old: Texts, new: Texts, least: float) -> tuple[tuple[int, int], ...]:
    """The pairs, in order and without crossing, that are most alike in sum."""
    if len(old) * len(new) > MOST_LIKENESSES:
        return ()
    # How alike the best pairs are of the old texts so far and the first of the new ones, by how many of these.
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())] * (len(new) + 1)
    for i, before in enumerate(old):
        above, best = best, best[:1]
        for j, after in enumerate(new):
            alike = _likeness(before, after, least)
            total, pairs = above[j]
            paired = [(total + alike, (*pairs, (i, j)))] if alike >= least else []
            best.append(max([above[j + 1], best[j], *paired], key=lambda each: each[0]))
    return best[-1][1]


def _likeness(one: tuple[str, ...], other: tuple[str, ...], least: float) -> float:
    """How many of the words of two texts are the same, from 0 to 1; 0 where it is surely under `least`."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio() if len(one) * len(other) <= MOST_STEPS else matcher.quick_ratio()


# --- Words ----------------------------------------------------------------------

_MONTH = rf"(?:{any_of((*months('fr'), *months('en')))})"
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f’']\d{3})+(?!\d)|\d+(?:,\d{3})*)(?:[.,]\d+)?"
_MONEY = rf"(?:{SIGN})"
_CURRENCY = rf"\b(?:{any_of(NOUNS['fr'] | NOUNS['en'])})\b"
_UNIT = (
    r"(?:%|jours?|mois|semaines?|années?|ans?|heures?|minutes?|h|days?|months?|weeks?|years?|hours?|minutes?)"
)
TOKEN = re.compile(
    rf"""
    (?: …+\s\([^()]*\)                                  # a blank and what goes there
      | (?<=\() [^()\d]+ {_CURRENCY} [^()\d]* (?=\))    # (twelve thousand pounds)
      | (?<!\w) \d{{1,2}}(?:er)?\s{_MONTH}\s\d{{4}}       # 31 mars 2027
      | \b {_MONTH}\s\d{{1,2}},\s\d{{4}}                # March 31, 2027
      | (?<!\w) \d{{4}}-\d\d-\d\d (?!\w)
      | (?<!\w) {_MONEY}\s?{_NUMBER} (?!\w)             # £12,000.00
      | (?<!\w) {_NUMBER}\s?{_MONEY} (?!\w)             # 12 000,00 €
      | (?<!\w) {_NUMBER}\s?{_UNIT} (?!\w)
      | \w+(?:[-\u2011@./]\w+)+                         # a reference, a compound, an address
      | (?<!\w) {_NUMBER} (?!\w)
      | \w+[’']?                                        # the article in "l’accord" is a word of its own
      | [^\w\s]
    )
    \s*
    """,
    re.VERBOSE,
)
_SENTENCE = re.compile(r"(?<=[.!?;:»”])\s+(?=[A-ZÀ-ÖØ-Þ«“])")


def words(text: str) -> list[str]:
    """A text in words, each with the space that follows it."""
    return TOKEN.findall(text)


def _keys(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: a space is a space, whatever its width."""
    return tuple(" ".join(word.split()) for word in words(text))


def _run(kind: Literal["same", "deleted", "inserted"], text: str) -> Edits:
    return (Edit(kind, text),) if text else ()


def _replaced(old: str, new: str) -> Edits:
    return _run("deleted", old) + _run("inserted", new)


def edited(old: str, new: str) -> Edits:
    """What became of a text: sentence by sentence, and word by word where a sentence was reworded."""
    if _keys(old) == _keys(new):
        return _run("same", new)
    edits: list[Edit] = []
    for before, after in aligned(_sentences(old), _sentences(new), _keys, SAME_SENTENCE):
        if before and after:
            edits += _reworded(before, after)
            continue
        apart = "" if not edits or edits[-1].text[-1:].isspace() else " "
        edits += _replaced(f"{apart}{before}" if before else "", after or "")
    return tuple(_joined(edits))


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each with the space that follows it."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    return [text[start:end] for start, end in itertools.pairwise((0, *ends, len(text))) if text[start:end]]


def _reworded(old: str, new: str) -> Iterator[Edit]:
    """The words of two sentences; the space after a word that both have is that of the new one."""
    before, after = words(old), words(new)
    if len(before) * len(after) > MOST_STEPS:
        yield from _replaced(old, new)
        return
    previous = ""
    for tag, i1, i2, j1, j2 in _readable(_keys(old), _keys(new)):
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            yield Edit("same", come)
            previous = come
            continue
        if gone and previous and not previous[-1].isspace() and i1 and before[i1 - 1][-1].isspace():
            gone = f" {gone}"
        yield from _replaced(gone, come)
        previous = come


def _readable(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Opcodes of `difflib`, in which a few same words amid many changed ones are replaced with them."""
    codes: list[tuple[str, int, int, int, int]] = list(
        SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    )
    place = 1
    while place < len(codes) - 1:
        before, middle, after = codes[place - 1 : place + 2]
        if middle[0] == "equal" and _hinders_reading(*map(_size, (before, middle, after))):
            codes[place - 1 : place + 2] = [("replace", before[1], after[2], before[3], after[4])]
            place = max(1, place - 2)
        else:
            place += 1
    return codes


def _hinders_reading(before: int, same: int, after: int) -> bool:
    """Whether so few same words between so many changed ones are better left out."""
    return same < min(before, after) or (same == 1 and before + after > FEW)


def _size(code: tuple[str, int, int, int, int]) -> int:
    """How many words an edit takes out or puts in."""
    return max(code[2] - code[1], code[4] - code[3])


def _joined(edits: Sequence[Edit]) -> Iterator[Edit]:
    """The edits with what is deleted, or inserted, at one place in one run, and no space that both share."""
    for same, group in itertools.groupby(edits, lambda edit: edit.kind == "same"):
        texts = {"same": "", "deleted": "", "inserted": ""}
        for edit in group:
            texts[edit.kind] += edit.text
        gone, come = texts["deleted"], texts["inserted"]
        shared = not same and gone.rstrip() != gone and come.rstrip() != come
        yield from _replaced(gone.rstrip(), come.rstrip()) if shared else _replaced(gone, come)
        yield from _run("same", come[len(come.rstrip()) :] if shared else texts["same"])
