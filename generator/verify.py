"""A letter's file held against the letter that its own data composes (floor 7).

What this proves: that each page shows what the data in the same file says, in
the clauses' words, and nothing else.  What it cannot prove is who made the
file: whoever has the program can make another letter.  For that, there are the
signature, and the sender's own copy.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from html import unescape
from typing import Literal

from generator import approvals, attachment, intake, likeness, pdf, reopen, shown
from generator.clauses import Clause, read_library
from generator.errors import AccordError, FaultyInput, Gaps, LegalHold
from generator.letter import Letter, Passage
from generator.model import HouseFile

Answer = Literal["authentic", "intact", "altered", "foreign"]
MOST_TOLD = 20
MOST_PAGES = 50
LONGEST_QUOTE = 12  # words of a changed passage that are quoted


@dataclass(frozen=True)
class Wording:
    """A clause that is not in the library's words: whose they are."""

    file: str
    status: Literal["approved", "own", "unknown"]


@dataclass(frozen=True)
class Verdict:
    """The answer for one file.  `wording` is empty where every clause is the library's."""

    source: str
    answer: Answer
    reference: str = ""
    title: str = ""
    final: bool = False
    differences: tuple[str, ...] = ()
    wording: tuple[Wording, ...] = ()
    notes: tuple[str, ...] = ()


def verify(content: bytes, source: str, home: HouseFile | None = None) -> Verdict:
    """The verdict on a file; `home` is the house at hand, by whose clauses and approvals to judge the words.

    `AccordError` names a file that cannot be read, or whose data cannot.
    """
    try:
        found = attachment.opened(content)
        data = attachment.data(found)
    except AccordError as error:
        raise AccordError(f"{source}: {error}") from None
    if data is None:
        return Verdict(source, "foreign")
    try:
        recorded = intake.recorded(data, source)
        library = reopen.library_of(recorded, source)
        letter = reopen.letter_of(data, source)
        expected = pdf.typeset(letter)
    except (FaultyInput, Gaps, LegalHold) as error:
        told = _("the data attached is not that of a letter: {fault}").format(
            fault=str(error).partition("\n")[0]
        )
        return Verdict(source, "altered", differences=(told,))
    remarks = [] if expected == content else list(_differences(expected, content, found, letter))
    return Verdict(
        source=source,
        answer="authentic" if expected == content else "altered" if remarks else "intact",
        reference=letter.reference,
        title=letter.title,
        final=letter.final,
        differences=_shortened(remarks),
        wording=tuple(_wording(recorded, library, home)),
        notes=tuple(_notes(letter, recorded, home)),
    )


def _shortened(told: Sequence[str]) -> tuple[str, ...]:
    told = tuple(dict.fromkeys(told))
    if len(told) <= MOST_TOLD:
        return told
    more = len(told) - MOST_TOLD
    return (*told[:MOST_TOLD], ngettext("and {count} more", "and {count} more", more).format(count=more))


# --- What differs, in words -------------------------------------------------------


def _differences(expected: bytes, content: bytes, found: object, letter: Letter) -> Iterator[str]:
    """Each difference in words; none if the file shows what it should, and holds nothing else."""
    ours = attachment.opened(expected)
    paths = list(likeness.differences(ours, found))  # type: ignore[arg-type]
    count, wanted = len(found.pages), len(ours.pages)  # type: ignore[attr-defined]
    if not paths and count == wanted:
        return
    if count > MOST_PAGES:
        yield _("the file has far more pages than the letter: {count}").format(count=count)
        return
    if count == wanted and all(_is_spelling(path) for path in paths) and shown.alike(expected, content):
        return
    here, there = shown.texts(expected), shown.texts(content)
    if here is None or there is None:
        yield _("a viewer cannot open the file")
        return
    yield from _pages(here, there)
    yield from _changed_words(here, there, letter)
    told = {sentence for path in paths if (sentence := _sentence(path, here, there))}
    yield from sorted(told)
    for name, _file in attachment.embedded(found):
        if name != attachment.NAME:
            yield _("a file was added inside: {name}").format(name=name[:60])


def _is_spelling(difference: likeness.Difference) -> bool:
    """Whether two tools may write the same page so; what it shows is then looked at.  Fonts have to be ours."""
    path = difference.path
    return path == "/Contents" or (path.startswith("/Resources") and not path.startswith("/Resources/Font/"))


def _pages(here: Sequence[str], there: Sequence[str]) -> Iterator[str]:
    """Pages that are missing, added, or out of order."""
    ours, theirs = [text.split() for text in here], [text.split() for text in there]
    if len(theirs) != len(ours):
        yield ngettext(
            "the file has {count} page, the letter {wanted}",
            "the file has {count} pages, the letter {wanted}",
            len(theirs),
        ).format(count=len(theirs), wanted=len(ours))
    for number, text in enumerate(ours, 1):
        if text not in theirs and len(theirs) < len(ours):
            yield _("page {number} is missing or was changed").format(number=number)
        elif text in theirs and number <= len(theirs) and theirs[number - 1] != text:
            place = theirs.index(text) + 1
            yield _("page {number} of the letter is page {place} of the file").format(
                number=number, place=place
            )


def _changed_words(here: Sequence[str], there: Sequence[str], letter: Letter) -> Iterator[str]:
    """What reads otherwise, with the article in which it stands."""
    if sorted(text.split() for text in here) == sorted(text.split() for text in there):
        return
    ours, theirs = " ".join(here).split(), " ".join(there).split()
    articles = {article.number: " ".join(_plain(article).split()) for article in letter.articles}
    for tag, start, end, first, last in difflib.SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        where = _where(ours, start, end, articles)
        before, after = _quoted(ours[start:end]), _quoted(theirs[first:last])
        if tag == "delete":
            yield _("{where}: “{before}” was taken out").format(where=where, before=before)
        elif tag == "insert":
            yield _("{where}: “{after}” was added").format(where=where, after=after)
        else:
            yield _("{where}: “{before}” became “{after}”").format(where=where, before=before, after=after)


def _where(words: Sequence[str], start: int, end: int, articles: Mapping[int | None, str]) -> str:
    """The article that has these words between those around them: headings stand in the margin, out of turn."""
    for reach in (3, 2, 1):
        around = " ".join(words[max(0, start - reach) : end + reach])
        for number, text in articles.items():
            if around in text:
                return _("article {number}").format(number=number)
    return _("outside the articles, or on their margin")


def _plain(article: Passage) -> str:
    """What an article says, without its mark-up."""
    return unescape(re.sub(r"<[^>]*>", "", article.html))


def _quoted(words: Sequence[str]) -> str:
    return " ".join(words if len(words) <= LONGEST_QUOTE else [*words[:LONGEST_QUOTE], "…"])


def _sentence(difference: likeness.Difference, here: Sequence[str], there: Sequence[str]) -> str:
    """A difference that words do not show, told by where it lies; "" where the words tell it."""
    page, path = difference.page, difference.path
    if page is None:
        for beginning, sentence in _of_document().items():
            if re.match(beginning, path):
                return sentence
        return _("the file’s structure was changed at {path}").format(path=path[:80])
    same_words = page <= min(len(here), len(there)) and here[page - 1].split() == there[page - 1].split()
    for beginning, sentence in _of_page().items():
        if re.match(beginning, path):
            return sentence.format(page=page)
    if path.startswith("/Contents"):
        return _("page {page}: something was drawn, moved or covered").format(page=page) if same_words else ""
    return _("page {page}: its structure was changed at {path}").format(page=page, path=path[:80])


def _of_document() -> dict[str, str]:
    return {
        "/Info/Title|/Metadata": _("the title or the description of the file was changed"),
        "/Info": _("the title or the description of the file was changed"),
        "/OCProperties": _("layers that can be hidden were added"),
        "/(OpenAction|AA)|/Names/JavaScript": _("the file does something when it is opened"),
        "/AF|/Names": _("the files inside were changed: the data attached is not that of the page"),
        "/AcroForm": _("form fields were added or changed"),
        "/StructTreeRoot": _("what a screen reader says was changed"),
        "/Outlines": _("the bookmarks were changed"),
    }


def _of_page() -> dict[str, str]:
    return {
        "/Annots": _("page {page}: an annotation was added, changed or taken away"),
        "/(MediaBox|CropBox|TrimBox|BleedBox|ArtBox|UserUnit)": _("page {page}: it was cut or resized"),
        "/Rotate": _("page {page}: it was turned"),
        "/AA": _("page {page}: it does something when it is opened"),
        "/Resources/Font": _(
            "page {page}: a font was changed: what is seen may not be what is copied or searched"
        ),
        "/Resources/XObject": _("page {page}: a picture was added or changed"),
        "/Resources": _("page {page}: what it is drawn with was changed"),
    }


# --- Whose words these are --------------------------------------------------------


def _wording(
    recorded: intake.Recorded, library: Sequence[Clause], home: HouseFile | None
) -> Iterator[Wording]:
    """Each clause that is not in the library's words."""
    deal = recorded.deal
    known = approvals.read(home.path.parent) if home else ()
    own = {c.path.name: c for c in read_library(deal.language, deal.kind, home.overrides)} if home else {}
    for clause in library:
        if not clause.overrides:
            continue
        name = clause.path.name
        key = f"{deal.language}/{deal.kind}/{name}"
        if approvals.find(key, clause.title, clause.body, known):
            yield Wording(key, "approved")
        elif name in own and (own[name].title, own[name].body) == (clause.title, clause.body):
            yield Wording(key, "own")
        else:
            yield Wording(key, "unknown")


def _notes(letter: Letter, recorded: intake.Recorded, home: HouseFile | None) -> Iterator[str]:
    """What a reader should know beside the verdict."""
    if not letter.final:
        yield _("a draft, not the letter to sign")
    left_out = sorted(name for name, text in recorded.wording.items() if text is None)
    if left_out:
        yield _("the sender leaves out: {files}").format(files=", ".join(left_out))
    if home is None:
        return
    if recorded.house_file.house.supplier != home.house.supplier.model_copy(
        update=_unprinted(recorded, home)
    ):
        yield _("its particulars of the supplier are not those of {path}").format(path=home.path)


def _unprinted(recorded: intake.Recorded, home: HouseFile) -> dict[str, object]:
    """The supplier's particulars that a letter leaves out, so that they do not count."""
    printed = recorded.house_file.house.supplier
    return {
        name: value
        for name, value in printed
        if value in (None, ()) and getattr(home.house.supplier, name) is not None
    }
