"""Letters that `accord sign` signed, attacked in the ways that the literature on signed PDFs knows, and their honest neighbours.

Incremental saving, universal signature forgery and signature wrapping: Mladenov and others, "1 Trillion Dollar Refund"
(CCS 2019).  Shadow attacks: Mainka, Mladenov, Rohlmann, "Shadow Attacks" (NDSS 2021).  Evil annotations and sneaky
signatures: Rohlmann and others, "Breaking the Specification: PDF Certification" (S&P 2021).
"""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import TextStampStyle

from support import resigned, services, tamper


@dataclass(frozen=True)
class Letters:
    """What an attacker has: a letter as it was sent, signed by one and by both, and another one that both signed.

    `sign` is how one of the parties signs, without looking, what the attacker has prepared.
    """

    plain: bytes
    one: bytes
    both: bytes
    other: bytes
    sign: Callable[[bytes], bytes]


Attack = Callable[[Letters], bytes]
Save = Callable[[IncrementalPdfFileWriter], None]
name, text = resigned.name, resigned.text
number, array = generic.NumberObject, generic.ArrayObject


# --- A further save --------------------------------------------------------------------


def saved(content: bytes, *changes: Save) -> bytes:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    for change in changes:
        change(writer)
    writer.write(out)
    return out.getvalue()


def later(*changes: Save) -> Attack:
    """Saved once more after both have signed."""
    return lambda letters: saved(letters.both, *changes)


def after_one(*changes: Save) -> Attack:
    """The same after one has signed, and before the other does, who then signs."""
    return lambda letters: saved(letters.one, *changes)


def page(writer: IncrementalPdfFileWriter, place: int = 0) -> Any:
    target = writer.find_page_for_modification(place)[0].get_object()
    writer.update_container(target)
    return target


def drawn(operators: bytes) -> Save:
    """More is drawn on the first page."""

    def save(writer: IncrementalPdfFileWriter) -> None:
        target = page(writer)
        target[name("/Contents")] = array(
            [target.raw_get("/Contents"), writer.add_object(generic.StreamObject(stream_data=operators))]
        )

    return save


def on_page(key: str, value: Any) -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        page(writer)[name(key)] = value

    return save


def in_root(key: str, value: Callable[[IncrementalPdfFileWriter], Any]) -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        writer.root[name(key)] = value(writer)
        writer.update_root()

    return save


def without_page(writer: IncrementalPdfFileWriter) -> None:
    tree = writer.root["/Pages"]
    del tree["/Kids"][1]
    tree[name("/Count")] = number(tree["/Count"] - 1)
    writer.update_container(tree)


def exchange_pages(writer: IncrementalPdfFileWriter) -> None:
    tree = writer.root["/Pages"]
    kids = tree["/Kids"]
    kids[0], kids[1] = kids.raw_get(1), kids.raw_get(0)
    writer.update_container(tree)


def exchange_fonts(writer: IncrementalPdfFileWriter) -> None:
    """The page is set in other letters: two fonts change places."""
    fonts = page(writer)["/Resources"]["/Font"]
    one, other, *_others = fonts.keys()
    first, second = fonts.raw_get(one), fonts.raw_get(other)
    fonts[one], fonts[other] = second, first
    writer.update_container(fonts)


def another_data(writer: IncrementalPdfFileWriter) -> None:
    file = writer.root["/AF"][0]["/EF"]["/F"]
    file._data = re.sub(rb'(?<="quantity": )\d+', b"99", file.data)
    file._encoded_data = None
    writer.update_container(file)


def another_title(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(writer.add_object(generic.DictionaryObject({name("/Title"): text("Bon de commande")})))


def forget(key: str) -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        del writer.root[key]
        writer.update_root()

    return save


def action(words: str = "app.alert(1)") -> Any:
    return generic.DictionaryObject({name("/S"): name("/JavaScript"), name("/JS"): text(words)})


def note(subtype: str, **entries: Any) -> Save:
    """Something lies on a clause."""

    def save(writer: IncrementalPdfFileWriter) -> None:
        each = generic.DictionaryObject({
            name("/Type"): name("/Annot"), name("/Subtype"): name("/" + subtype), name("/F"): number(4),
            name("/Rect"): array(map(number, (60, 400, 300, 440))), name("/Contents"): text("12 euros"),
            name("/AP"): resigned.stamp(writer), **{name("/" + key): value for key, value in entries.items()},
        })  # fmt: skip
        target = page(writer)
        target[name("/Annots")] = array([*target.get("/Annots", []), writer.add_object(each)])

    return save


def of_field(key: str, value: Any, which: str = "supplier") -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        resigned.field(writer, which)[name(key)] = value

    return save


def without(key: str, which: str = "supplier") -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        del resigned.field(writer, which)[key]

    return save


# --- Saves by hand, as no program writes them --------------------------------------------


def parts(content: bytes) -> tuple[int, bytes, int, bytes]:
    """The number of the first page's content, the root's, the size, and where the last table is."""
    with pikepdf.open(io.BytesIO(content)) as file:
        found = file.pages[0].obj.Contents.objgen[0]
        size = int(file.trailer.Size)
        root = b"%d 0 R" % file.Root.objgen[0]
    return found, root, size, content[content.rindex(b"startxref") :].split()[1]


def by_hand(*, table: bool = True, trailer: bool = True, end: bytes | None = None) -> Attack:
    """A white page in the place of the first, with or without what tells readers of it."""

    def attack(letters: Letters) -> bytes:
        which, root, size, before = parts(letters.both)
        start = len(letters.both) + 1
        more = (
            b"\n%d 0 obj\n<< /Length 30 >>\nstream\n1 1 1 rg 0 0 595 842 re f     \nendstream\nendobj\n"
            % which
        )
        place = start + len(more) - 1
        if table:
            more += b"xref\n%d 1\n%010d 00000 n \n" % (which, start)
        if trailer:
            more += b"trailer\n<< /Size %d /Root %b /Prev %b >>\n" % (size, root, before)
        return letters.both + more + (end or b"startxref\n%d\n%%%%EOF\n" % (place if table else int(before)))

    return attack


def retouched(what: Callable[[Any], Any], data: bytes) -> Save:
    """Another content of a stream that the catalogue leads to."""

    def save(writer: IncrementalPdfFileWriter) -> None:
        stream = what(writer)
        stream._data, stream._encoded_data = data, None
        writer.update_container(stream)

    return save


def in_form(key: str, value: Any) -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[name(key)] = value
        writer.update_container(form)

    return save


def in_tags(key: str, value: Any) -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        tags = writer.root["/StructTreeRoot"]
        tags[name(key)] = value
        writer.update_container(tags)

    return save


def in_tree(key: str, value: Any) -> Save:
    """For all pages at once, by what they inherit."""

    def save(writer: IncrementalPdfFileWriter) -> None:
        tree = writer.root["/Pages"]
        tree[name(key)] = value
        writer.update_container(tree)

    return save


def first_font(writer: IncrementalPdfFileWriter) -> Any:
    fonts = page(writer)["/Resources"]["/Font"]
    return fonts[next(iter(fonts))]


def said_aloud(words: str) -> Save:
    """A tag under the root is read to the blind in other words."""

    def save(writer: IncrementalPdfFileWriter) -> None:
        element = writer.root["/StructTreeRoot"]["/K"]
        while isinstance(element, list):
            element = element[0].get_object()
        element[name("/ActualText")] = text(words)
        writer.update_container(element)

    return save


def freed(letters: Letters) -> bytes:
    """The content of the first page is told to be free."""
    which, root, size, before = parts(letters.both)
    start = len(letters.both)
    table = b"\nxref\n%d 1\n0000000000 00001 f \ntrailer\n<< /Size %d /Root %b /Prev %b >>\nstartxref\n%d\n%%%%EOF\n"
    return letters.both + table % (which, size, root, before, start + 1)


def two_tables(letters: Letters) -> bytes:
    """A table for old readers, and another one for new ones (ISO 32000-1, 7.5.8.4)."""
    which, root, size, before = parts(letters.both)
    start = len(letters.both) + 1
    drawing = b"%d 0 obj\n<< /Length 26 >>\nstream\n1 1 1 rg 0 0 595 842 re f \nendstream\nendobj\n" % which
    row = b"\x01" + start.to_bytes(4, "big") + b"\x00"
    stream = start + len(drawing)
    entries = b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 1] /Index [%d 1] /Root %b /Length 6 >>\nstream\n%b\nendstream\nendobj\n"
    more = b"\n" + drawing + entries % (size, size + 1, which, root, row)
    table = b"xref\n0 0\ntrailer\n<< /Size %d /Root %b /Prev %b /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n"
    return letters.both + more + table % (size + 1, root, before, stream, len(letters.both) + len(more))


def in_front(junk: bytes) -> Attack:
    """Something stands before the file, which moves all that follows."""
    return lambda letters: junk + letters.both


# --- The signature itself ----------------------------------------------------------------


def told(change: Callable[[Any], None], which: str = "supplier") -> Save:
    """The signature's dictionary written anew, in the same place of the form."""

    def save(writer: IncrementalPdfFileWriter) -> None:
        ours = resigned.field(writer, which)
        copy = generic.DictionaryObject({key: ours["/V"].raw_get(key) for key in ours["/V"]})
        change(copy)
        ours[name("/V")] = writer.add_object(copy)

    return save


def says(key: str, value: Any) -> Save:
    def change(copy: Any) -> None:
        copy[name(key)] = value

    return told(change)


def lacks(*keys: str) -> Save:
    def change(copy: Any) -> None:
        for key in keys:
            del copy[key]

    return told(change)


def numbers(*values: int) -> Any:
    return array(map(number, values))


def in_place(pattern: bytes, change: Callable[[re.Match[bytes]], bytes]) -> Attack:
    """What the signed file says in a place, exchanged for something of the same length."""

    def attack(letters: Letters) -> bytes:
        match = re.search(pattern, letters.both)
        assert match
        new = change(match)
        assert len(new) == len(match[0])
        return letters.both[: match.start()] + new + letters.both[match.end() :]

    return attack


CONTENTS, RANGE = rb"/Contents ?<(3[0-9a-fA-F]{2000,}?)>", rb"/ByteRange ?\[([\d ]+)\] *"


def wrapped(between: bytes, *, told_again: bool) -> Attack:
    """The second part of what was signed stands later in the file, and something else where it was."""

    def attack(letters: Letters) -> bytes:
        content = letters.one
        start, first, second, length = map(int, re.findall(RANGE, content)[-1].split())
        tail = content[second : second + length]
        which, *_others = parts(content)
        drawing = (
            b"%d 0 obj\n<< /Length 28 >>\nstream\n1 1 1 rg 0 0 595 842 re f   \nendstream\nendobj\n" % which
        )
        if not told_again:
            moved = content[:second] + between + drawing + tail
            new = b"/ByteRange [%d %d %d %d]" % (start, first, len(moved) - length, length)
            old = list(re.finditer(RANGE, moved))[-1]
            return moved[: old.start()] + new.ljust(len(old[0])) + moved[old.end() :]
        place = len(content) + len(between) + len(drawing)
        shifted = saved(content, says("/ByteRange", numbers(start, first, place, length)))
        return content + between + drawing + tail + shifted[len(content) :]

    return attack


# --- Prepared before it was signed ---------------------------------------------------------


def prepared(change: services.Change, *changes: Save) -> Attack:
    """The attacker changes the letter, a party signs it without looking, and the attacker puts it right."""
    return lambda letters: saved(letters.sign(services.changed(change)(letters.plain)), *changes)


def hide(file: pikepdf.Pdf) -> None:
    """A picture over the clauses, which a later save takes away."""
    target = file.pages[0]
    target.obj.Resources.XObject = Dictionary(target.obj.Resources.get("/XObject", Dictionary()))
    target.obj.Resources.XObject["/Cover"] = services.form(
        file, b"1 1 1 rg 0 0 595 700 re f", BBox=Array([0, 0, 595, 842])
    )
    target.contents_add(Stream(file, b"q\n"), prepend=True)
    target.contents_add(Stream(file, b"\nQ\nq /Cover Do Q\n"))


def uncover(writer: IncrementalPdfFileWriter) -> None:
    cover = page(writer)["/Resources"]["/XObject"]["/Cover"]
    cover._data, cover._encoded_data = b"", None
    writer.update_container(cover)


def uncover_by_resources(writer: IncrementalPdfFileWriter) -> None:
    pictures = page(writer)["/Resources"]["/XObject"]
    pictures[name("/Cover")] = generic.NullObject()
    writer.update_container(pictures)


def draw_no_cover(writer: IncrementalPdfFileWriter) -> None:
    target = page(writer)
    target[name("/Contents")] = target["/Contents"].raw_get(1)


def overlay_field(file: pikepdf.Pdf) -> None:
    """A field of a form whose look and whose value differ."""
    field = file.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("price"), V=String("12"), F=4,
            Rect=Array([60, 400, 300, 440]), AP=Dictionary(N=services.form(file)), P=file.pages[0].obj,
        )
    )  # fmt: skip
    file.Root.AcroForm.Fields.append(field)
    file.pages[0].obj["/Annots"] = Array([*file.pages[0].obj.get("/Annots", []), field])


def second_tree(file: pikepdf.Pdf) -> None:
    """Other pages, to which nothing leads yet but a name that no viewer knows."""
    cover = Stream(file, b"1 0 0 rg 0 0 595 842 re f")
    leaf = file.make_indirect(
        Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 595, 842]), Contents=cover, Resources=Dictionary())
    )
    tree = file.make_indirect(Dictionary(Type=Name.Pages, Count=1, Kids=Array([leaf])))
    leaf["/Parent"] = tree
    file.Root["/PieceInfo"] = Dictionary(X=Dictionary(LastModified=String("D:20260101"), Private=tree))


def show_the_second(writer: IncrementalPdfFileWriter) -> None:
    writer.root[name("/Pages")] = writer.root["/PieceInfo"]["/X"].raw_get("/Private")
    writer.update_root()


def hide_the_second(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/PieceInfo"]
    writer.update_root()


def layered(file: pikepdf.Pdf) -> None:
    group = file.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    file.Root["/OCProperties"] = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    hide(file)
    file.pages[0].obj.Resources.XObject["/Cover"]["/OC"] = group


def switch_layers(writer: IncrementalPdfFileWriter) -> None:
    properties = writer.root["/OCProperties"]
    properties[name("/D")] = generic.DictionaryObject({name("/ON"): properties["/OCGs"]})
    writer.update_container(properties)


def hidden_note(file: pikepdf.Pdf) -> None:
    services.note("Square", F=2, page=0)(file)


def show_the_note(writer: IncrementalPdfFileWriter) -> None:
    found = page(writer)["/Annots"][-1]
    found[name("/F")] = number(4)
    writer.update_container(found)


def drop_the_note(writer: IncrementalPdfFileWriter) -> None:
    target = page(writer)
    target[name("/Annots")] = array(list(target["/Annots"])[:-1])


def empty_part(file: pikepdf.Pdf) -> None:
    file.pages[0].contents_add(Stream(file, b"q\n"), prepend=True)
    file.pages[0].contents_add(Stream(file, b"\nQ\n"))
    file.pages[0].contents_add(Stream(file, b" "))


def fill_the_part(writer: IncrementalPdfFileWriter) -> None:
    part = page(writer)["/Contents"][-1]
    part._data, part._encoded_data = b"1 1 1 rg 60 400 300 40 re f", None
    writer.update_container(part)


# --- Fields and stamps -----------------------------------------------------------------


def sneaky(box: tuple[int, int, int, int] | None, *, sign: bool = True, certified: bool = False) -> Attack:
    """Another signature whose stamp lies on a clause."""

    def attack(letters: Letters) -> bytes:
        content = tamper.certified(letters.plain) if certified else letters.both
        writer, out = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
        fields.append_signature_field(writer, fields.SigFieldSpec("Signature1", on_page=0, box=box))
        if not sign:
            resigned.field(writer, "Signature1")[name("/AP")] = resigned.stamp(writer)
            writer.write(out)
            return out.getvalue()
        signers.PdfSigner(
            signers.PdfSignatureMetadata(field_name="Signature1"), tamper.signer(),
            stamp_style=TextStampStyle(stamp_text="12 euros"),
        ).sign_pdf(writer, output=out)  # fmt: skip
        return out.getvalue()

    return attack


def second_widget(writer: IncrementalPdfFileWriter) -> None:
    """The signature's stamp in a second place."""
    ours = resigned.field(writer, "supplier")
    copy = generic.DictionaryObject(
        {key: ours.raw_get(key) for key in ours if key not in {"/StructParent", "/P"}}
    )
    copy[name("/Rect")] = array(map(number, (60, 400, 300, 440)))
    target = page(writer)
    target[name("/Annots")] = array([*target.get("/Annots", []), writer.add_object(copy)])


def from_the_other(*keys: str, which: str = "supplier") -> Attack:
    """What another letter's field has, in this one's."""

    def attack(letters: Letters) -> bytes:
        theirs = resigned.field(IncrementalPdfFileWriter(io.BytesIO(letters.other)), which)

        def save(writer: IncrementalPdfFileWriter) -> None:
            for key in keys:
                resigned.field(writer, which)[name(key)] = writer.import_object(theirs[key])

        return saved(letters.plain, save)

    return attack


def rebuilt(*changes: services.Change) -> Attack:
    """Put together anew with all that was signed."""
    return lambda letters: services.changed(*changes)(letters.both)


def unsign(file: pikepdf.Pdf) -> None:
    for _page, field in services.widgets(file):
        del field["/V"]


def sealed_anew(*changes: services.Change) -> Attack:
    """The signatures made part of the page, and the whole signed by somebody as a service."""
    return lambda letters: tamper.signed(
        services.changed(*changes, services.take_form_out)(letters.both), services.SERVICE
    )


def pretend(letters: Letters) -> bytes:
    """A letter without its form, with an unseen signature that has the name of a party."""
    return tamper.signed(services.changed(services.take_form_out)(letters.plain), "supplier")


WHITE = b"q 1 1 1 rg 60 400 400 40 re f Q"
ATTACKS: Mapping[str, Attack] = {
    # Incremental saving
    "a box drawn later": later(drawn(WHITE)),
    "a box drawn between the signatures": after_one(drawn(WHITE)),
    "unseen words later": later(drawn(b"BT 3 Tr 60 400 Td (12) Tj ET")),
    "all drawn in white": later(drawn(b"1 g")),
    "a page turned": later(on_page("/Rotate", number(180))),
    "a page cropped": later(on_page("/CropBox", numbers(0, 400, 595, 842))),
    "a page enlarged": later(on_page("/UserUnit", number(2))),
    "a page that acts": later(on_page("/AA", generic.DictionaryObject({name("/O"): action()}))),
    "a page's words gone": later(on_page("/Contents", array())),
    "a page added": later(services.append_page),
    "a page added between the signatures": after_one(services.append_page),
    "a page less": later(without_page),
    "pages exchanged": later(exchange_pages),
    "fonts exchanged": later(exchange_fonts),
    "other data": later(another_data),
    "other data between the signatures": after_one(another_data),
    "another title": later(another_title),
    "bookmarks less": later(forget("/Outlines")),
    "tags less": later(forget("/StructTreeRoot")),
    "the form less": later(forget("/AcroForm")),
    "the data less": later(forget("/AF"), forget("/Names")),
    "a script": later(in_root("/OpenAction", lambda _writer: action())),
    "a layer": later(in_root("/OCProperties", lambda _writer: generic.DictionaryObject({name("/OCGs"): array()}))),
    "another language": later(in_root("/Lang", lambda _writer: text("de"))),
    "a version that is none": later(in_root("/Version", lambda _writer: name("/9.9"))),
    "by hand": by_hand(),
    "by hand, without a table": by_hand(table=False),
    "by hand, without a trailer": by_hand(trailer=False),
    "by hand, objects alone": by_hand(table=False, trailer=False),
    "by hand, without an end": by_hand(table=False, trailer=False, end=b" "),
    "by hand, with another end": by_hand(table=False, trailer=False, end=b"startxref\n0\n%%EOF\n"),
    # What readers show besides the page, and what they copy, print and say of it
    "other words to copy": later(retouched(lambda writer: first_font(writer)["/ToUnicode"], b"/CIDInit /ProcSet findresource begin")),
    "other words to read aloud": later(said_aloud("12 euros")),
    "tags of other meaning": later(in_tags("/RoleMap", generic.DictionaryObject({name("/P"): name("/Artifact")}))),
    "other particulars": later(retouched(lambda writer: writer.root["/Metadata"], b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>")),
    "other colours": later(retouched(lambda writer: writer.root["/OutputIntents"][0]["/DestOutputProfile"], b"none")),
    "a portfolio": later(in_root("/Collection", lambda _writer: generic.DictionaryObject({name("/View"): name("/T")}))),
    "a page shown first": later(in_root("/OpenAction", lambda writer: array([writer.root["/Pages"]["/Kids"].raw_get(1), name("/Fit")]))),
    "pages of other numbers": later(in_root("/PageLabels", lambda _writer: generic.DictionaryObject({name("/Nums"): array()}))),
    "pages that a program makes": later(in_root("/NeedsRendering", lambda _writer: generic.BooleanObject(value=True))),
    "a word of law": later(in_root("/Legal", lambda _writer: generic.DictionaryObject({name("/Attestation"): text("x")}))),
    "a file of a page": later(on_page("/AF", array())),
    "a small picture of a page": later(on_page("/Thumb", number(1))),
    "a page that goes by itself": later(on_page("/Dur", number(1))),
    "all pages turned": later(in_tree("/Rotate", number(90))),
    "all pages cropped": later(in_tree("/CropBox", numbers(0, 400, 595, 842))),
    "a form that readers draw": later(in_form("/NeedAppearances", generic.BooleanObject(value=True))),
    "a form of another kind": later(in_form("/XFA", text("<xdp/>"))),
    "a form that calculates": later(in_form("/CO", array())),
    "a stamp under the mouse": later(lambda writer: resigned.field(writer, "supplier")["/AP"].__setitem__(name("/R"), resigned.stamp(writer).raw_get("/N"))),
    "a field with a frame": later(of_field("/MK", generic.DictionaryObject({name("/CA"): text("12 euros")}))),
    "a field of a layer": later(of_field("/OC", generic.DictionaryObject({name("/Type"): name("/OCG"), name("/Name"): text("x")}))),
    "a content told to be free": freed,
    "two tables": two_tables,
    "another file in front": in_front(b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n"),
    "a page in front": in_front(b"<html><body>12 euros</body></html>\n"),
    # Universal signature forgery
    **{f"forged: {told_as}": later(change) for told_as, change in {
        "no range": lacks("/ByteRange"), "a range of nothing": says("/ByteRange", generic.NullObject()),
        "an empty range": says("/ByteRange", array()), "half a range": says("/ByteRange", numbers(0, 100)),
        "a range below zero": says("/ByteRange", numbers(0, 100, -100, 100)),
        "a range beyond the end": says("/ByteRange", numbers(0, 10**9, 10**9 + 1, 10**9)),
        "a range of zeros": says("/ByteRange", numbers(0, 0, 0, 0)),
        "a range that begins later": says("/ByteRange", numbers(9, 100, 200, 100)),
        "a range in words": says("/ByteRange", array(map(text, ("0", "100", "200", "100")))),
        "a longer range": says("/ByteRange", numbers(0, 100, 200, 100, 300, 10)),
        "no digits": lacks("/Contents"), "digits of nothing": says("/Contents", generic.NullObject()),
        "empty digits": says("/Contents", generic.ByteStringObject(b"")),
        "one zero": says("/Contents", generic.ByteStringObject(b"\0")),
        "a number for digits": says("/Contents", number(0)),
        "neither range nor digits": lacks("/ByteRange", "/Contents"),
        "no way of reading": lacks("/Filter", "/SubFilter"),
        "another way of reading": says("/SubFilter", name("/adbe.pkcs7.sha1")),
        "another time": says("/M", text("D:20200101000000Z")),
        "another name": says("/Name", text("Paul Lefèvre")),
        "another reason": says("/Reason", text("12 euros")),
    }.items()},
    "forged: nothing for a signature": later(of_field("/V", generic.NullObject())),
    "forged: words for a signature": later(of_field("/V", text("Claire Moreau"))),
    "forged: an empty signature": later(of_field("/V", generic.DictionaryObject({name("/Type"): name("/Sig")}))),
    "forged: digits of zeros in place": in_place(CONTENTS, lambda match: match[0].replace(match[1], b"0" * len(match[1]))),
    "forged: a digit in place": in_place(CONTENTS, lambda match: match[0][:900] + (b"0" if match[0][900:901] != b"0" else b"1") + match[0][901:]),
    "forged: a range in place": in_place(RANGE, lambda match: match[0].replace(b"[0 ", b"[1 ")),
    "forged: a way of reading in place": in_place(rb"/ETSI.CAdES.detached", lambda _match: b"/adbe.pkcs7.detached"),
    # Signature wrapping
    "wrapped": wrapped(b"\n", told_again=False),
    "wrapped, told again": wrapped(b"\n", told_again=True),
    "wrapped behind zeros": wrapped(b"0" * 64 + b">\n", told_again=False),
    "wrapped in a text": wrapped(b"\n(", told_again=False),
    "wrapped in a stream": wrapped(b"\n9999 0 obj\n<< /Length 99999 >>\nstream\n", told_again=True),
    # Shadow
    "shadow: uncovered": prepared(hide, uncover),
    "shadow: uncovered by the resources": prepared(hide, uncover_by_resources),
    "shadow: no longer drawn": prepared(hide, draw_no_cover),
    "shadow: covered": prepared(hide),
    "shadow: a field's other value": prepared(overlay_field, of_field("/V", text("99"), "price")),
    "shadow: a field's other look": prepared(overlay_field, lambda writer: of_field("/AP", resigned.stamp(writer), "price")(writer)),
    "shadow: other pages in wait": prepared(second_tree),
    "shadow: other pages shown": prepared(second_tree, show_the_second),
    "shadow: other pages taken out": prepared(second_tree, hide_the_second),
    "shadow: a layer in wait": prepared(layered),
    "shadow: a layer switched": prepared(layered, switch_layers),
    "shadow: a note in wait": prepared(hidden_note),
    "shadow: a note shown": prepared(hidden_note, show_the_note),
    "shadow: a note dropped": prepared(hidden_note, drop_the_note),
    "shadow: an empty part filled": prepared(empty_part, fill_the_part),
    "shadow: another font in wait": prepared(services.another_font),
    "shadow: other data, put right": prepared(services.another_data, another_data),
    # Evil annotations
    **{f"evil: {subtype}": later(note(subtype)) for subtype in (
        "FreeText", "Stamp", "Redact", "Ink", "Square", "Highlight", "StrikeOut", "Line", "Caret", "Popup", "Text",
        "FileAttachment", "Watermark", "Screen", "RichMedia",
    )},
    "evil: a link that runs": later(note("Link", A=action())),
    "evil: a field of text": later(note("Widget", FT=name("/Tx"), T=text("x"), V=text("12 euros"))),
    "evil: a button": later(note("Widget", FT=name("/Btn"), T=text("x"), A=action())),
    "evil: unseen": later(note("Square", F=number(2))),
    "evil: on paper alone": later(note("Square", F=number(4 | 32))),
    "evil: on a certified letter": lambda letters: saved(tamper.certified(letters.plain), note("FreeText")),
    "evil: a stamp on a certified letter": lambda letters: saved(tamper.certified(letters.plain), note("Stamp")),
    # Sneaky signatures
    "sneaky: signed": sneaky((60, 400, 300, 440)),
    "sneaky: not signed": sneaky((60, 400, 300, 440), sign=False),
    "sneaky: not signed, without an area": sneaky((0, 0, 0, 0), sign=False),
    "sneaky: on a certified letter": sneaky((60, 400, 300, 440), certified=True),
    # Stamps and fields
    "a stamp exchanged": later(resigned.stamp_anew),
    "a stamp drawn anew": later(resigned.draw_the_stamp_anew),
    "a stamp in the other's field": after_one(resigned.stamp_the_other),
    "a stamp in a second place": later(second_widget),
    "a field moved": later(of_field("/Rect", numbers(60, 400, 300, 440))),
    "a field hidden": later(of_field("/F", number(2))),
    "a field read aloud otherwise": later(of_field("/TU", text("12 euros"))),
    "a field that acts": later(of_field("/A", action())),
    "a field that acts when seen": later(of_field("/AA", generic.DictionaryObject({name("/PO"): action()}))),
    "fields that exchange their names": later(resigned.exchange_names),
    "a signature in the other's field": after_one(resigned.sign_for_the_other),
    "one signature in both fields": after_one(resigned.sign_twice_by_one),
    "one signature in both fields, copied": after_one(resigned.sign_twice_by_a_copy),
    "a signature without its stamp's": later(without("/V")),
    "another letter's signature": from_the_other("/V", "/AP"),
    "another letter's stamp": from_the_other("/AP"),
    # Proofs
    "a store of words": later(resigned.add_to_the_store({"/Certs": array([text("12 euros")])})),
    "a store that acts": later(resigned.add_to_the_store({"/X": action()})),
    "permissions of nothing": later(in_root("/Perms", lambda _writer: generic.DictionaryObject({name("/DocMDP"): text("x")}))),
    "an extension of words": later(in_root("/Extensions", lambda _writer: generic.DictionaryObject({name("/X"): text("12 euros")}))),
    # Put together anew
    "saved anew": rebuilt(),
    "saved anew without the signatures": rebuilt(unsign),
    "stamps made part of the page": lambda letters: tamper.flattened(letters.both),
    "the form taken out": rebuilt(services.take_form_out, services.take_tags_out, services.raw(WHITE)),
    "sealed anew with a box": sealed_anew(services.raw(WHITE)),
    "sealed anew with other data": sealed_anew(services.another_data),
    "sealed anew with a note": sealed_anew(services.note("FreeText")),
    "sealed anew with another font": sealed_anew(services.another_font),
    "an unseen signature by a party's name": pretend,
    "two files in one": lambda letters: letters.other + letters.both,
    "two files in one, the other behind": lambda letters: letters.both + letters.other,
    "another letter in front": lambda letters: letters.other[: letters.other.rindex(b"startxref")] + letters.both,
}  # fmt: skip
"""By name, what makes of signed letters one that must not pass."""


def in_another_version(content: bytes) -> bytes:
    """Saved anew before anybody signs."""
    return tamper.saved_by_pikepdf(content, "linearised")


HONEST: Mapping[str, Callable[[Letters], bytes]] = {
    "signed by one": lambda letters: letters.one,
    "signed by both": lambda letters: letters.both,
    "the other letter": lambda letters: letters.other,
    "saved anew, then signed": lambda letters: letters.sign(in_another_version(letters.plain)),
    "signed, then stamped with the time": lambda letters: tamper.stamped(letters.both),
    "signed, then signed by somebody unseen": lambda letters: tamper.signed(letters.both, "notary"),
    "time stamped, then signed": lambda letters: letters.sign(tamper.stamped(letters.plain)),
    "signed, then proofs added": lambda letters: saved(letters.both, resigned.add_to_the_store({})),
    "nothing added": lambda letters: saved(letters.both),
}
"""By name, what parties and services do to a signed letter that stays what it was."""
