"""Whether the PDF of a letter shows what its own data composes.

A verdict proves that each page shows what the data in the same file says, in
the clauses' words, and nothing else.  It cannot prove who made the file:
whoever has the program can make another letter.  For that, there are the
signature, and the sender's own copy.
"""

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from accord.clauses.library import Library
from accord.domain.documents import DATA_NAME
from accord.domain.house import HouseFile
from accord.errors import AccordError, Defect, FaultyInput, MachineLacks
from accord.i18n import _, ngettext
from accord.intake import loader
from accord.letter import record
from accord.letter.blocks import paragraphs
from accord.letter.letter import Letter
from accord.pdf import typeset
from accord.signing.trust import Trust
from accord.text import characters
from accord.verify import (
    embedded_data,
    object_diff,
    provenance,
    recompose,
    repackaged,
    signature_fields,
    signatures,
    signers,
    structure,
    viewer,
)
from accord.verify.repackaged import Repackaging
from accord.verify.signatures import Signature
from accord.verify.verdict import Answer, Verdict

MOST_DIFFERENCES = 20
MOST_PAGES = 50
MOST_WORDS = 3  # times those of the letter; more are not compared one by one
LONGEST_QUOTE = 12  # words of a changed passage that are quoted
MOST_QUOTED = 200  # characters of them
FIRST_WORDS = 3  # of an article, by which it is found on the page
OF_PAGES = re.compile(r"/(?:Annots|Contents|Resources(?!/(?:Font|Properties)))")
OF_FILES = re.compile(r"/(?:AcroForm|StructTreeRoot|Info|Metadata|Names/Dests)\b")
LONGEST_PATH = 80  # characters of the path to an object of the file


def answer(  # noqa: PLR0913, PLR0917 - a file, and what to judge it by
    content: bytes,
    source: str,
    house: Path | None,
    path: Path | None = None,
    trust: Trust | None = None,
    library: Library | None = None,
) -> dict[str, Any]:
    """The fields of the `Verdict` as JSON, for a process of its own.

    `house` is the house file if one is named, `path` that of the PDF: a house file that is only found vouches
    for nothing where whoever sent the PDF may have laid it.  `trust` is whom to trust besides those whom the house
    trusts; without it, signatures are not told one by one.  `library` is that of `verify`.
    """
    embedded_data.bound_reader()
    home, doubt = _house(house, path)
    verdict = verify(content, source, home, library)
    if trust:
        verdict = signers.told(verdict, content, home, trust)
    return asdict(replace(verdict, notes=(*verdict.notes, doubt)) if doubt else verdict)


def _house(named: Path | None, path: Path | None) -> tuple[HouseFile | None, str]:
    """The house to judge by, or a sentence on why the one that was found is not."""
    try:
        home = loader.house_at_hand(named)
    except FaultyInput as error:  # in whose folder the letters stand, is chance
        if named is not None:
            raise
        sentence = _("the house file found cannot be used, so that no clause is traced to a house: {fault}")
        return None, sentence.format(fault=error.faults[0])
    doubt = provenance.doubt(home.path, path) if home and named is None else ""
    return (None, doubt) if doubt else (home, "")


def verify(
    content: bytes, source: str, home: HouseFile | None = None, library: Library | None = None
) -> Verdict:
    """The verdict on the PDF `content`, reached in this process.

    `source` is its name, `home` the house at hand, by whose clauses and
    approvals to judge the words; `library` spares whoever verifies several
    files reading the same clause files again.  Raises `AccordError` for a file
    that cannot be read, or whose data cannot, `MachineLacks` if the viewer
    cannot show the letter as it should be.
    """
    library = library or Library()
    try:
        pdf = embedded_data.open_pdf(content)
        data = embedded_data.letter_data(pdf)
    except embedded_data.StrangePacking as defect:
        if embedded_data.may_be_ours(content):
            raise defect.about(source) from None
        return Verdict(source, "foreign")
    except Defect as defect:
        raise defect.about(source) from None
    if data is None and _claims_to_be_ours(pdf):
        return Verdict(source, "altered", differences=(_("it is a letter of Accord without its data"),))
    if data is None:
        return Verdict(source, "foreign")
    try:
        recorded = record.recorded(data, source)
    except FaultyInput as error:
        return _no_letter(source, error)
    try:
        letter = recompose.letter_with_documents(recorded, source, library, pdf)
        expected = typeset.typeset(letter)
    except MachineLacks:
        raise
    except AccordError as error:
        return _no_letter(source, error)
    try:
        found = tuple(signatures.read(content, pdf))
        differences, repackaging = _judged(expected, content, pdf, found, letter)
    except MachineLacks as error:
        raise MachineLacks(f"{source}: {error}") from None
    clauses = recompose.clauses_of(recorded, source, library)
    wording, unapproved = provenance.clause_statuses(letter, recorded, clauses, home, library)
    deviating = provenance.deviating(wording, home)
    return Verdict(
        file=source,
        answer=_answer(differences, repackaging, is_authentic=expected == content),
        reference=letter.reference,
        version=letter.version,
        title=letter.title,
        final=letter.final,
        differences=differences,
        lost=tuple(_lost(repackaging)) if repackaging else (),
        added=tuple(_added(repackaging)) if repackaging else (),
        wording=wording,
        deviating=deviating,
        unapproved=unapproved,
        house=str(home.path) if home else "",
        notes=(
            *provenance.notes(letter, recorded, home),
            *(
                ()
                if expected == content
                else _program(expected, pdf, is_rewritten=bool(differences or repackaging))
            ),
            *_signatures(found, is_altered=bool(differences)),
        ),
    )


def _judged(
    expected: bytes, content: bytes, pdf: Any, found: Sequence[Signature], letter: Letter
) -> tuple[tuple[str, ...], Repackaging | None]:
    """What differs, each a clause of a sentence; how the letter was repackaged, where nothing else differs."""
    wrong = (*_wrong_documents(letter), *_wrong_signatures(pdf))
    differences = wrong if expected == content else _differences(expected, content, pdf, letter, wrong)
    repackaging = _repackaging(expected, content, found) if differences and not wrong else None
    if differences and not repackaging:
        return differences, None
    otherwise = tuple(_signed_otherwise(expected, content, found, letter, repackaging))
    return otherwise, None if otherwise else repackaging


def _answer(differences: Sequence[str], repackaging: Repackaging | None, *, is_authentic: bool) -> Answer:
    if differences:
        return "altered"
    if repackaging:
        return "repackaged"
    return "authentic" if is_authentic else "intact"


def is_as_made(content: bytes, source: str) -> bool:
    """Whether a PDF is byte for byte the letter that its own data compose: nobody has touched it since."""
    try:
        return typeset.typeset(recompose.letter_in(content, source, Library())) == content
    except (AccordError, Defect):
        return False


def _claims_to_be_ours(pdf: Any) -> bool:
    """Whether a PDF without data says that Accord made it, and has the subject that letters have, unlike review sheets."""
    try:
        if object_diff.OUR_NAME.fullmatch(str(pdf.docinfo.get("/Creator"))) and "/Subject" in pdf.docinfo:
            return True
        metadata = bytes(pdf.Root["/Metadata"].read_bytes())
    except Exception:  # noqa: BLE001 - as in _object_differences: what cannot be read claims nothing
        return False
    return bool(re.search(rb"CreatorTool\W+Accord [0-9]", metadata)) and b"dc:description" in metadata


def _no_letter(source: str, error: AccordError) -> Verdict:
    """The verdict on data from which no letter can be composed: we did not write it so."""
    fault = next((fault.within(source) for fault in error.faults), str(error).partition("\n")[0])
    difference = _("the data attached is not that of a letter: {fault}").format(fault=fault)
    return Verdict(source, "altered", differences=(difference,))


# --- What a service repackaged --------------------------------------------------------


def _repackaging(expected: bytes, content: bytes, found: Sequence[Signature]) -> Repackaging | None:
    """How the letter was repackaged, its pages being what they should be; None if it was altered.

    What was added is somebody's word, as a stamp is: it stands under a signature that holds, of the file as it is.
    """
    if any(each.fault for each in found):
        return None
    repackaging = repackaged.of(expected, content)
    if repackaging is None:
        return None
    if repackaging.has_additions and not _is_sealed(content, found):
        return None
    boxes = _stamps(embedded_data.open_pdf(expected)) if repackaging.drawn else ((),)
    here, there = _rendered(expected, content, boxes)
    return repackaging if there and _look_alike(here, there, exactly=not repackaging.drawn) else None


def _is_sealed(content: bytes, found: Sequence[Signature]) -> bool:
    """Whether somebody signed what was added, and nothing was added after anybody signed; a mere time stamp is nobody's word."""
    ends = {each.end for each in found} - {len(content)}
    return any(not each.is_time_stamp for each in found) and all(
        repackaged.is_but_signed(content[:end], content) for end in ends
    )


def _lost(repackaging: Repackaging) -> Iterator[str]:
    """What the letter had and the file has not."""
    if repackaging.fields:
        yield _("its signature fields: {names}").format(names=_listed(repackaging.fields))
    if "/StructTreeRoot" in repackaging.keys:
        yield _("its tags, by which screen readers read it: it is neither PDF/A-3a nor PDF/UA-1 any more")
    elif repackaging.tags:
        yield _("the tags of these fields for screen readers, and with them PDF/UA-1")
    others = {
        "/Outlines": _("the bookmarks"),
        "/Metadata": _(
            "the description of the file (XMP), without which it is neither PDF/A-3a nor PDF/UA-1"
        ),
        "/ViewerPreferences": _("how a viewer opens it"),
    }
    yield from (sentence for key, sentence in others.items() if key in repackaging.keys)


def _added(repackaging: Repackaging) -> Iterator[str]:
    """What stands in the file, under its signature, of which the letter says nothing."""
    if repackaging.pages:
        yield ngettext(
            "{count} page behind those of the letter: read it, for only who signed the file answers for it",
            "{count} pages behind those of the letter: read them, for only who signed the file answers for them",
            repackaging.pages,
        ).format(count=repackaging.pages)
    if repackaging.drawn:
        yield _("something drawn in the signature fields, which is no signature in itself: {names}").format(
            names=_listed(repackaging.drawn)
        )


# --- What differs, in words -------------------------------------------------------


def _wrong_documents(letter: Letter) -> Iterator[str]:
    """The documents that are not in the file, or not those whose SHA-256 the letter prints."""
    for document in letter.documents:
        name = characters.excerpt(document.name)
        if document.content is None:
            yield _("the document {name} is missing from the file").format(name=name)
        elif hashlib.sha256(document.content).hexdigest() != document.sha256:
            yield _("the document {name} is not the one whose SHA-256 the letter states").format(name=name)


def _wrong_signatures(pdf: Any) -> Iterator[str]:
    """That the file has more signatures than are looked at, or one of them twice."""
    places = [tuple(field["/V"]["/ByteRange"]) for field in signature_fields.signed(pdf)]
    if len(places) > signature_fields.MOST_SIGNATURES:
        yield _("it has more signatures than any letter")
    elif len(places) > len(set(places)):
        yield _("two of its fields have one and the same signature")


def _differences(
    expected: bytes, content: bytes, pdf: Any, letter: Letter, wrong: Sequence[str]
) -> tuple[str, ...]:
    """What differs, each a clause of a sentence; empty if the file shows what it should, and holds nothing else.

    `wrong` is what is wrong with its documents, which `expected` holds as they are, and with its signatures.
    """
    sentences = tuple(dict.fromkeys((*wrong, *_all_differences(expected, content, pdf, letter))))
    more = len(sentences) - MOST_DIFFERENCES
    if more <= 0:
        return sentences
    rest = ngettext("and {count} more", "and {count} more", more).format(count=more)
    return (*sentences[:MOST_DIFFERENCES], rest)


def _signed_otherwise(
    expected: bytes,
    content: bytes,
    found: Sequence[Signature],
    letter: Letter,
    repackaging: Repackaging | None,
) -> Iterator[str]:
    """What was signed and is not the letter; stamps of signatures that do not hold.

    What came after a signature is the letter, or else the whole would differ; so must be what was there when it was made.
    """
    for each in found:
        name = characters.excerpt(each.field)
        if each.fault and each.is_stamped:
            sentence = _("the field {name} is stamped, but its signature does not hold: {fault}")
            yield sentence.format(name=name, fault=each.fault)
    for end in sorted({each.end for each in found if not each.fault} - {len(content)}):
        revision = content[:end]
        names = [each.field for each in found if each.end == end]
        try:
            then = embedded_data.open_pdf(revision)
            is_as_now = repackaging is not None and repackaged.is_but_signed(revision, content)
            differences = () if is_as_now else _differences(expected, revision, then, letter, ())
            changed = object_diff.changed_fields(then, embedded_data.open_pdf(content), names)
        except Defect as defect:
            differences, changed = (str(defect),), ()
        if differences and revision != expected:
            sentence = _("what was signed in the field {name} is not this letter: {difference}")
            yield sentence.format(name=_listed(names), difference=differences[0])
        elif changed:
            sentence = _("the field {name} was changed after it was signed")
            yield sentence.format(name=_listed(changed))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(characters.excerpt, names))


def _all_differences(expected: bytes, content: bytes, pdf: Any, letter: Letter) -> list[str]:
    ours = embedded_data.open_pdf(expected)
    objects = _object_differences(ours, pdf)
    if len(pdf.pages) > MOST_PAGES:
        return [_page_count(len(pdf.pages), len(ours.pages))]
    # Readers must agree: qpdf, which compared the files, and the viewers.
    sound = structure.is_sound(content, pdf)
    alike = sound and not objects and len(pdf.pages) == len(ours.pages)
    here, there = _rendered(expected, content, _stamps(ours) if alike else None)
    if alike and here == there:
        return []
    sentences = (
        [] if sound else [_("the file is damaged, or put together so that viewers may show it differently")]
    )
    if there is None:
        sentences.append(_("a viewer cannot show the file"))
    else:
        pages, others = [page.words for page in here], [page.words for page in there]
        if (
            sound
            and _may_be_flattened(objects)
            and _has_all_words(here, there)
            and _look_alike(*_rendered(expected, content, _stamps(ours)))
        ):
            sentences.append(_made_anew(len(others) - len(pages)))
        # Pages that follow the letter's are told as such.
        read = others[: len(pages)] if _has_all_words(here, there) else others
        told = _garbled(pages, read) or list(_word_differences(pages, read, letter))
        sentences += [*_page_differences(pages, others), *told]
    sentences += sorted({_object_sentence(difference, here, there) for difference in objects} - {""})
    sentences += _file_differences(ours, pdf)
    return sentences or [_("it does not show what its data composes")]


def _file_differences(ours: Any, theirs: Any) -> Iterator[str]:
    """The files inside that are others, missing or added, by name."""
    here, there = ({name for name, _file in embedded_data.embedded_files(pdf)} for pdf in (ours, theirs))
    names = sorted(here | there)
    one, other = (embedded_data.documents_in(pdf, names) for pdf in (ours, theirs))
    for name in names:
        shown = characters.excerpt(name)
        if name not in here:
            yield _("a file was added inside: {name}").format(name=shown)
        elif name not in there:
            yield _("a file inside is missing: {name}").format(name=shown)
        elif one.get(name) != other.get(name) and name != DATA_NAME:
            yield _("a file inside is another one: {name}").format(name=shown)
        elif one.get(name) != other.get(name):
            yield _("the data inside is not written as Accord writes what it says")


def _may_be_flattened(objects: Sequence[object_diff.Difference]) -> bool:
    """Whether nothing differs but what signing services change: fields, what pages are drawn with, how they are tagged."""
    return all((OF_PAGES if each.page else OF_FILES).match(each.path) for each in objects)


def _has_all_words(here: Sequence[viewer.RenderedPage], there: Sequence[viewer.RenderedPage]) -> bool:
    return len(there) >= len(here) and not any(
        Counter(ours.words) - Counter(theirs.words) for ours, theirs in zip(here, there, strict=False)
    )


def _look_alike(
    here: Sequence[viewer.RenderedPage], there: Sequence[viewer.RenderedPage] | None, *, exactly: bool = False
) -> bool:
    """Whether each page of the letter looks in the viewers here as it should, but for stamps; `exactly`, with its words alone."""
    if not there or not _has_all_words(here, there):
        return False
    if exactly and any(ours.words != theirs.words for ours, theirs in zip(here, there, strict=False)):
        return False
    return viewer.look_alike(here, there)


def _made_anew(added: int) -> str:
    """That somebody put the file together anew, as signing services do, of which falsifiers are not told apart."""
    if added:
        return ngettext(
            "its pages look as they should in the viewers of this machine, but another program made the file anew and"
            " added {count} page, as signing services do: read that, and compare the file with the copy you sent",
            "its pages look as they should in the viewers of this machine, but another program made the file anew and"
            " added {count} pages, as signing services do: read these, and compare the file with the copy you sent",
            added,
        ).format(count=added)
    return _(
        "its pages look as they should in the viewers of this machine, but another program made the file anew, as"
        " signing services do: compare it with the copy you sent"
    )


def _object_differences(ours: Any, theirs: Any) -> list[object_diff.Difference]:
    """Where the files differ; a file that makes no sense differs as a whole."""
    try:
        return list(object_diff.differences(ours, theirs))
    except Exception:  # noqa: BLE001 - qpdf and Python name a dozen errors for objects that make no sense
        return [object_diff.Difference(None, "/")]


def _stamps(ours: Any) -> viewer.Stamps:
    """Where the signature fields of each page are."""
    return tuple(tuple(boxes.values()) for boxes in repackaged.fields_by_page(ours))


def _rendered(
    expected: bytes, content: bytes, stamps: viewer.Stamps | None
) -> tuple[list[viewer.RenderedPage], list[viewer.RenderedPage] | None]:
    """The pages of both files, with their drawings if `stamps` is given; None for a file that no viewer can show."""
    here, there = viewer.render((expected, content), stamps=stamps)
    if here is None:
        raise MachineLacks(
            _(
                "the viewer on this machine cannot show even the letter as it should be, so that no file can be"
                " held against it; try again, and ask “accord doctor” what is missing"
            )
        )
    return here, there


def _page_count(count: int, wanted: int) -> str:
    return ngettext(
        "the file has {count} page, the letter {wanted}",
        "the file has {count} pages, the letter {wanted}",
        count,
    ).format(count=count, wanted=wanted)


def _page_differences(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> Iterator[str]:
    """Pages that are missing, added, or out of order, told by their words."""
    if len(theirs) != len(ours):
        yield _page_count(len(theirs), len(ours))
    for number, text in enumerate(ours, 1):
        if text not in theirs and len(theirs) < len(ours):
            yield _("page {number} is missing or was changed").format(number=number)
        elif text in theirs and number <= len(theirs) and theirs[number - 1] != text:
            place = theirs.index(text) + 1
            yield _("page {number} of the letter is page {place} of the file").format(
                number=number, place=place
            )


def _word_differences(
    ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]], letter: Letter
) -> Iterator[str]:
    """Words that were taken out, added or replaced, with the article in which they stand."""
    if sorted(map(list, ours)) == sorted(map(list, theirs)):
        return
    before, after = ([word for page in pages for word in page] for pages in (ours, theirs))
    if len(after) > MOST_WORDS * len(before):
        yield _("the file has {count} words, the letter {wanted}").format(
            count=len(after), wanted=len(before)
        )
        return
    sentences = {
        "delete": _("{where}: “{before}” was taken out"),
        "insert": _("{where}: “{after}” was added"),
        "replace": _("{where}: “{before}” became “{after}”"),
    }
    places = _places(ours, letter)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            where = next(places[place] for place in range(start, -1, -1) if place in places)
            quotes = {"before": _quoted(before[start:end]), "after": _quoted(after[first:last])}
            yield sentences[tag].format(where=where, **quotes)


def _garbled(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> list[str]:
    """That some letters of the same words are others, if nothing else differs: who prints a file anew often leaves them so."""
    letters = set("".join(word for page in ours for word in page))
    pairs = []
    for one, other in zip(ours, theirs, strict=False):
        for mine, yours in zip(one, other, strict=False):
            if mine == yours:
                continue
            runs = re.split("[^" + re.escape("".join(letters)) + "]+", yours)
            if len(runs) < 2 or not re.fullmatch(".{1,4}".join(map(re.escape, runs)), mine):
                return []
            pairs.append((mine, yours))
    if not pairs or list(map(len, ours)) != list(map(len, theirs)):
        return []
    sentence = ngettext(
        "{count} word is garbled, as printing a file anew does it, so that it cannot be copied or searched: “{before}”"
        " became “{after}”",
        "{count} words are garbled, as printing a file anew does it, so that they cannot be copied or searched:"
        " “{before}” became “{after}”",
        len(pairs),
    )
    before, after = map(characters.excerpt, pairs[0])
    return [sentence.format(count=len(pairs), before=before, after=after)]


def _places(pages: Sequence[Sequence[str]], letter: Letter) -> dict[int, str]:
    """By the index of its first word: each article, and on each page the margins and the text that goes on there."""
    articles = {0: _("above the articles"), **dict(_beginnings([w for page in pages for w in page], letter))}
    places = dict(articles)
    head, foot = (
        text.split() for text in (f"· {letter.running_title} · {letter.reference}", letter.mentions)
    )
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
    """The index of the last place at which a part stands among words."""
    places = range(len(words) - len(part), -1, -1) if part else ()
    return next((place for place in places if words[place : place + len(part)] == part), None)


def _beginnings(words: Sequence[str], letter: Letter) -> Iterator[tuple[int, str]]:
    """The index of the first word of each article's text among those of the pages, whose headings stand elsewhere."""
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


def _object_sentence(
    difference: object_diff.Difference,
    here: Sequence[viewer.RenderedPage],
    there: Sequence[viewer.RenderedPage] | None,
) -> str:
    """A difference in objects, told by where it lies; "" where other words on its page tell it already."""
    page, path = difference.page, difference.path
    if page and there and path.startswith(("/Contents", "/Resources/Font")):
        words = {tuple(each.words) for pages in (here, there) for each in pages[page - 1 : page]}
        if len(words) > 1:
            return ""  # other words are drawn otherwise, and by a font with other letters
    for beginning, sentence in (_of_page() if page else _of_document()).items():
        if re.match(beginning, path):
            return sentence.format(page=page)
    path = characters.excerpt(path, LONGEST_PATH)
    if page is None:
        return _("the file’s structure was changed at {path}").format(path=path)
    return _("page {page}: its structure was changed at {path}").format(page=page, path=path)


def _of_document() -> dict[str, str]:
    return {
        "/Info|/Metadata": _("the title or the description of the file was changed"),
        "/OCProperties": _("layers that can be hidden were added"),
        "/(OpenAction|AA)|/Names/JavaScript": _("the file does something when it is opened"),
        r"/(AF|Names/EmbeddedFiles)\b": _(
            "the files attached to it were changed, or are listed or described otherwise"
        ),
        "/Names": _("the places to which its links lead were changed"),
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


# --- Notes on the file ---------------------------------------------------------------


def _program(expected: bytes, pdf: Any, *, is_rewritten: bool) -> Iterator[str]:
    """Which program wrote an altered or repackaged file last, as printing and signing services do; and that another version of ours made it.

    That may word or draw the same data otherwise.
    """
    again = embedded_data.open_pdf(expected)
    ours, theirs = (str(file.docinfo.get("/Producer", "")) for file in (again, pdf))
    if is_rewritten and theirs not in {ours, ""}:
        yield _("the file says that {program} wrote it last").format(program=characters.excerpt(theirs))
    ours, theirs = (str(file.docinfo.get("/Creator", "")) for file in (again, pdf))
    if ours != theirs and theirs.startswith("Accord "):
        yield _(
            "the file says that {theirs} made it, and this is {ours}: to be sure, verify it with that version"
        ).format(theirs=characters.excerpt(theirs), ours=ours)


def _signatures(signatures: Sequence[Signature], *, is_altered: bool) -> Iterator[str]:
    """How many signatures hold, and which of those without a stamp do not; whose they are, `signers` tells.

    A time stamp proves that the letter was there, and is nobody's signature.
    """
    for each in signatures:
        if each.fault and not each.is_stamped:
            sentence = _("the signature in the field {name} does not hold: {fault}")
            yield sentence.format(name=characters.excerpt(each.field), fault=each.fault)
    holding = [] if is_altered else [each for each in signatures if not each.fault]
    count = sum(not each.is_time_stamp for each in holding)
    if count < len(holding):
        yield _("it bears a time stamp of this letter, which is no signature")
    if count:
        yield ngettext(
            "it is signed, and the signature is of this letter",
            "it has {count} signatures, which are of this letter",
            count,
        ).format(count=count)
