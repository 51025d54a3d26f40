"""A letter's file held against the letter that its own data composes.

What this proves: that each page shows what the data in the same file says, in
the clauses' words, and nothing else.  What it cannot prove is who made the
file: whoever has the program can make another letter.  For that, there are the
signature, and the sender's own copy.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from accord.clauses.library import Library
from accord.domain.house import HouseFile
from accord.errors import AccordError, Defect, FaultyInput, MachineLacks
from accord.i18n import _, ngettext
from accord.intake import loader
from accord.letter import record
from accord.letter.blocks import paragraphs
from accord.letter.letter import Letter
from accord.pdf import typeset
from accord.text import characters
from accord.verify import (
    embedded_data,
    object_diff,
    provenance,
    recompose,
    signature_fields,
    structure,
    viewer,
)
from accord.verify.verdict import Verdict

MOST_TOLD = 20
MOST_PAGES = 50
MOST_WORDS = 3  # times those of the letter; more are not compared one by one
LONGEST_QUOTE = 12  # words of a changed passage that are quoted
MOST_QUOTED = 200  # characters of them
FIRST_WORDS = 3  # of an article, by which it is found on the page
LONGEST_WAY = 80  # characters of the way to a part of the file


def answer(content: bytes, source: str, house: Path | None) -> dict[str, Any]:
    """What a process of its own says of a file: `Verdict` as JSON; `house` is the house file if one is named."""
    embedded_data.bound_reader()
    return asdict(verify(content, source, loader.house_at_hand(house)))


def verify(
    content: bytes, source: str, home: HouseFile | None = None, library: Library | None = None
) -> Verdict:
    """The verdict on a file, reached in this process.

    `home` is the house at hand, by whose clauses and approvals to
    judge the words; `library` spares whoever verifies several reading the same clause files again.
    `AccordError` names a file that cannot be read, or whose data cannot;
    `MachineLacks` if the viewer cannot show the letter as it should be.
    """
    library = library or Library()
    try:
        found = embedded_data.opened(content)
        data = embedded_data.data(found)
    except Defect as defect:
        raise defect.about(source) from None
    if data is None and _claims_to_be_ours(found):
        return Verdict(source, "altered", differences=(_("it is a letter of Accord without its data"),))
    if data is None:
        return Verdict(source, "foreign")
    try:
        recorded = record.recorded(data, source)
    except FaultyInput as error:
        return _no_letter(source, error)
    try:
        letter = recompose.letter_of(recorded, source, library)
        expected = typeset.typeset(letter)
    except MachineLacks:
        raise
    except AccordError as error:
        return _no_letter(source, error)
    authentic = expected == content
    try:
        remarks = () if authentic else _shortened(list(_differences(expected, content, found, letter)))
    except MachineLacks as error:
        raise MachineLacks(f"{source}: {error}") from None
    clauses = recompose.clauses_of(recorded, source, library)
    words = provenance.words_of(letter, recorded, clauses, home, library)
    return Verdict(
        file=source,
        answer="authentic" if authentic else "altered" if remarks else "intact",
        reference=letter.reference,
        title=letter.title,
        final=letter.final,
        differences=remarks,
        wording=words.wording,
        unapproved=words.unapproved,
        notes=(
            *provenance.notes(letter, recorded, home),
            *(() if authentic else _version(expected, found)),
            *_signatures(content, found),
        ),
    )


def _no_letter(source: str, error: AccordError) -> Verdict:
    """The verdict on data from which no letter can be composed: we did not write it so."""
    fault = next((fault.within(source) for fault in error.faults), str(error).partition("\n")[0])
    told = _("the data attached is not that of a letter: {fault}").format(fault=fault)
    return Verdict(source, "altered", differences=(told,))


def _shortened(told: Sequence[str]) -> tuple[str, ...]:
    told = tuple(dict.fromkeys(told))
    if len(told) <= MOST_TOLD:
        return told
    more = len(told) - MOST_TOLD
    return (*told[:MOST_TOLD], ngettext("and {count} more", "and {count} more", more).format(count=more))


# --- What differs, in words -------------------------------------------------------


def _differences(expected: bytes, content: bytes, found: Any, letter: Letter) -> Iterator[str]:
    """Each difference in words; none if the file shows what it should, and holds nothing else."""
    ours = embedded_data.opened(expected)
    paths = _paths(ours, found)
    count, wanted = len(found.pages), len(ours.pages)
    if count > MOST_PAGES:
        yield _count(count, wanted)
        return
    # Two readers must agree: qpdf, which compared the files, and the viewer.
    sound = structure.is_sound(content, found)
    spelled = count == wanted and all(path.path == "/Contents" for path in paths)
    drawn = sound and spelled and (not paths or object_diff.drawn_as(ours, found))
    with ThreadPoolExecutor() as pool:
        here, there = pool.map(lambda file: viewer.looks(file, drawn=drawn), (expected, content))
    if here is None:
        raise MachineLacks(
            _(
                "the viewer on this machine cannot show even the letter as it should be, so that no file can be"
                " held against it; try again, and ask “accord doctor” what is missing"
            )
        )
    if drawn and here == there:
        return
    if not sound:
        yield _("the file is damaged, or put together so that viewers may show it differently")
    told = sorted({_sentence(path, here, there) for path in paths} - {""})
    if there is None:
        told = [_("a viewer cannot show the file"), *told]
    else:
        words, others = [look.words for look in here], [look.words for look in there]
        told = [*_pages(words, others), *_changed_words(words, others, letter), *told]
    told += [
        _("a file was added inside: {name}").format(name=characters.excerpt(name))
        for name, _file in embedded_data.embedded(found)
        if name != embedded_data.NAME
    ]
    if sound and not told:
        told = [_("it does not show what its data composes")]
    yield from told


def _claims_to_be_ours(found: Any) -> bool:
    """Whether a file without data says that Accord made it, and has the subject that letters have, and sheets have not."""
    try:
        card = found.docinfo
        if object_diff.OUR_NAME.fullmatch(str(card.get("/Creator"))) and "/Subject" in card:
            return True
        said = bytes(found.Root["/Metadata"].read_bytes())
    except Exception:  # noqa: BLE001 - as in likeness: who says nothing that can be read claims nothing
        return False
    return bool(re.search(rb"CreatorTool\W+Accord [0-9]", said)) and b"dc:description" in said


def _paths(ours: Any, found: Any) -> list[object_diff.Difference]:
    """Where the files differ; a file that makes no sense differs as a whole."""
    try:
        return list(object_diff.differences(ours, found))
    except Exception:  # noqa: BLE001 - qpdf and Python name a dozen errors for objects that make no sense
        return [object_diff.Difference(None, "/")]


def _count(count: int, wanted: int) -> str:
    return ngettext(
        "the file has {count} page, the letter {wanted}",
        "the file has {count} pages, the letter {wanted}",
        count,
    ).format(count=count, wanted=wanted)


def _pages(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> Iterator[str]:
    """Pages that are missing, added, or out of order."""
    if len(theirs) != len(ours):
        yield _count(len(theirs), len(ours))
    for number, text in enumerate(ours, 1):
        if text not in theirs and len(theirs) < len(ours):
            yield _("page {number} is missing or was changed").format(number=number)
        elif text in theirs and number <= len(theirs) and theirs[number - 1] != text:
            place = theirs.index(text) + 1
            yield _("page {number} of the letter is page {place} of the file").format(
                number=number, place=place
            )


def _changed_words(
    here: Sequence[Sequence[str]], there: Sequence[Sequence[str]], letter: Letter
) -> Iterator[str]:
    """What reads otherwise, with the article in which it stands."""
    if sorted(map(list, here)) == sorted(map(list, there)):
        return
    ours, theirs = [word for page in here for word in page], [word for page in there for word in page]
    if len(theirs) > MOST_WORDS * len(ours):
        yield _("the file has {count} words, the letter {wanted}").format(count=len(theirs), wanted=len(ours))
        return
    places = _places(here, letter)
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        where = next(places[place] for place in range(start, -1, -1) if place in places)
        before, after = _quoted(ours[start:end]), _quoted(theirs[first:last])
        if tag == "delete":
            yield _("{where}: “{before}” was taken out").format(where=where, before=before)
        elif tag == "insert":
            yield _("{where}: “{after}” was added").format(where=where, after=after)
        else:
            yield _("{where}: “{before}” became “{after}”").format(where=where, before=before, after=after)


def _places(pages: Sequence[Sequence[str]], letter: Letter) -> dict[int, str]:
    """What begins where among the words of all pages: an article, or the margin of a page, and then its text again."""
    articles = {0: _("above the articles"), **dict(_beginnings([w for page in pages for w in page], letter))}
    places = dict(articles)
    head, foot = (text.split() for text in (f"· {letter.title} · {letter.reference}", letter.mentions))
    start = 0
    for number, page in enumerate(pages, 1):
        places.setdefault(start, articles[max(place for place in articles if place <= start)])
        place = _last(page, foot)
        if place is not None:
            places[start + place] = _("foot of page {page}").format(page=number)
            if page[place - len(head) : place] == head:
                before = start + place - len(head) - len(letter.sender[0].split())
                places[before] = _("head of page {page}").format(page=number)
        start += len(page)
    return places


def _last(words: Sequence[str], part: Sequence[str]) -> int | None:
    """The last place at which a part stands among words."""
    places = range(len(words) - len(part), -1, -1) if part else ()
    return next((place for place in places if words[place : place + len(part)] == part), None)


def _beginnings(words: Sequence[str], letter: Letter) -> Iterator[tuple[int, str]]:
    """Where the text of each article begins among the words of the pages.

    A page has its headings in another place than before their articles.
    """
    start = 0
    for article in letter.articles:
        first = " ".join(text for _marker, text in paragraphs(article.blocks)).split()[:FIRST_WORDS]
        for place in range(start, len(words) - len(first)):
            if words[place : place + len(first)] == first:
                yield place, _("article {number}").format(number=article.number)
                start = place + 1
                break


def _quoted(words: Sequence[str]) -> str:
    quoted = " ".join(words if len(words) <= LONGEST_QUOTE else [*words[:LONGEST_QUOTE], "…"])
    return characters.excerpt(quoted, MOST_QUOTED)


def _sentence(
    difference: object_diff.Difference,
    here: Sequence[viewer.Look] | None,
    there: Sequence[viewer.Look] | None,
) -> str:
    """A difference that words do not show, told by where it lies; "" where the words tell it."""
    page, path = difference.page, difference.path
    way = characters.excerpt(path, LONGEST_WAY)
    if page and here and there and path.startswith(("/Contents", "/Resources/Font")):
        pages = (here[page - 1 : page], there[page - 1 : page])
        if len({tuple(look.words) for looks in pages for look in looks}) > 1:
            return ""  # other words are drawn otherwise, and by a font with other letters
    for beginning, sentence in (_of_page() if page else _of_document()).items():
        if re.match(beginning, path):
            return sentence.format(page=page)
    if page is None:
        return _("the file’s structure was changed at {path}").format(path=way)
    return _("page {page}: its structure was changed at {path}").format(page=page, path=way)


def _of_document() -> dict[str, str]:
    return {
        "/Info|/Metadata": _("the title or the description of the file was changed"),
        "/OCProperties": _("layers that can be hidden were added"),
        "/(OpenAction|AA)|/Names/JavaScript": _("the file does something when it is opened"),
        "/AF|/Names": _("the files inside were changed: the data attached is not that of the page"),
        "/AcroForm": _("form fields were added or changed"),
        "/StructTreeRoot": _("what a screen reader says was changed"),
        "/Outlines": _("the bookmarks were changed"),
    }


def _of_page() -> dict[str, str]:
    return {
        "/Contents": _("page {page}: something was drawn, moved or covered"),
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


# --- What else to know of the file ---------------------------------------------------


def _version(expected: bytes, found: Any) -> Iterator[str]:
    """Another version of the program may word or draw the same data otherwise."""
    again = embedded_data.opened(expected)
    ours, theirs = (str(file.docinfo.get("/Creator", "")) for file in (again, found))
    if ours != theirs and theirs.startswith("Accord "):
        yield _(
            "the file says that {theirs} made it, and this is {ours}: to be sure, verify it with that version"
        ).format(theirs=characters.excerpt(theirs), ours=ours)


def _signatures(content: bytes, found: Any) -> Iterator[str]:
    """What the signatures are of.  Whether they are valid, and whose, is not for us to say."""
    fields = signature_fields.fields(found)[: signature_fields.MOST]
    signed = [field for field in fields if signature_fields.is_signature(field.get("/V"))]
    for field in signed:
        name = characters.excerpt(str(field.get("/T", "")))
        if not signature_fields.fits(field["/V"], content):
            yield _(
                "the signature in the field {name} is not of this file as it is:"
                " it was changed or saved anew after it was signed"
            ).format(name=name)
    if signed:
        yield ngettext(
            "it is signed; whose signature it is and whether it is valid, a program for signatures says",
            "it has {count} signatures; whose they are and whether they are valid, a program for signatures says",
            len(signed),
        ).format(count=len(signed))
