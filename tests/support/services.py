"""Letters as signing services leave them, and what somebody could make of one so that it passes for such.

A service writes the letter anew, draws into the fields of the parties, adds pages of its own, and signs the whole.
campaigns/test_services runs the open libraries of such services themselves; here it is done by the same steps.
"""

import io
import random
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from support import tamper

Bytes = Callable[[bytes], bytes]
Change = Callable[[pikepdf.Pdf], None]
SERVICE = "service"  # the field, on no paper, in which a service signs


def changed(*changes: Change) -> Bytes:
    """The letter with these changes, saved anew."""

    def make(content: bytes) -> bytes:
        with tamper.editing(content, deterministic_id=True) as (file, out):
            for change in changes:
                change(file)
        return out.getvalue()

    return make


def sealed(*changes: Change) -> Bytes:
    """The letter with its form made part of the page and these changes, signed by the service."""
    make = changed(take_form_out, *changes)
    return lambda content: tamper.signed(make(content), SERVICE)


# --- What services take out ------------------------------------------------------------


def widgets(file: pikepdf.Pdf) -> list[tuple[Any, Any]]:
    """Each field of the form, with its page."""
    return [
        (page.obj, each)
        for page in file.pages
        for each in page.obj.get("/Annots", [])
        if each.get("/FT") == Name.Sig
    ]


def take_form_out(file: pikepdf.Pdf) -> None:
    """The form is gone; the tags of its fields lead to what is on no page."""
    for page, field in widgets(file):
        page["/Annots"] = Array([each for each in page["/Annots"] if each.objgen != field.objgen])
    del file.Root["/AcroForm"]


def tags_of_fields(file: pikepdf.Pdf) -> list[Any]:
    left, found = [file.Root.StructTreeRoot], []
    while left:
        node = left.pop()
        if node.get("/S") == Name.Form:
            found.append(node)
        kids = node.get("/K")
        kids = list(kids) if isinstance(kids, Array) else [kids]
        left += [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]
    return found


def take_tags_out(file: pikepdf.Pdf) -> None:
    """The fields are gone from the tags too."""
    for tag in tags_of_fields(file):
        del tag["/K"]
    tree = file.Root.StructTreeRoot.ParentTree
    pairs = list(tree.Nums)
    tree.Nums = Array([each for place, each in enumerate(pairs) if isinstance(pairs[place | 1], Array)])


def take_all_tags_out(file: pikepdf.Pdf) -> None:
    del file.Root["/StructTreeRoot"]
    del file.Root["/MarkInfo"]
    for page in file.pages:
        del page.obj["/StructParents"]


def take_out(*keys: str) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        for key in keys:
            del file.Root[key]

    return change


def empty_the_form(file: pikepdf.Pdf) -> None:
    """A form without fields, as pdf-lib leaves it."""
    file.Root["/AcroForm"] = Dictionary(Fields=Array())


# --- What services add -----------------------------------------------------------------


def form(file: pikepdf.Pdf, drawing: bytes = b"0 0 1 rg 0 0 90 20 re f", **more: Any) -> Any:
    look = Stream(file, drawing)
    look.stream_dict = Dictionary(
        **{"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 90, 20]), **more}
    )
    return file.make_indirect(look)


def picture(file: pikepdf.Pdf, **more: Any) -> Any:
    look = Stream(file, b"\x20")
    look.stream_dict = Dictionary(
        **{
            "Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray, **more,
        }
    )  # fmt: skip
    return file.make_indirect(look)


Look = Callable[[pikepdf.Pdf], Any]


def draw(
    look: Look = form, at: bytes = b"1 0 0 1 60 190 cm", *, before: bytes = b"q\n", after: bytes = b"\nQ\n"
) -> Change:
    """Something drawn on the page of signatures after what is there."""

    def change(file: pikepdf.Pdf) -> None:
        page = file.pages[-1] if len(file.pages) < 4 else file.pages[2]
        page.obj.Resources = file.make_indirect(Dictionary(page.obj.Resources))
        page.obj.Resources.XObject = Dictionary(page.obj.Resources.get("/XObject", Dictionary()))
        page.obj.Resources.XObject["/Drawn"] = look(file)
        page.contents_add(Stream(file, before), prepend=True)
        page.contents_add(Stream(file, after + b"q\n" + at + b"\n/Drawn Do\nQ\n"))

    return change


def raw(operators: bytes, *, prepend: bool = False, wrapped: bool = True) -> Change:
    """Any operators on the page of signatures."""

    def change(file: pikepdf.Pdf) -> None:
        page = file.pages[-1]
        if wrapped:
            page.contents_add(Stream(file, b"q\n"), prepend=True)
            page.contents_add(Stream(file, b"\nQ\n"))
        page.contents_add(Stream(file, operators + b"\n"), prepend=prepend)

    return change


def add_page(file: pikepdf.Pdf) -> None:
    """What became of the file, hour by hour."""
    file.add_blank_page(page_size=(595, 842))
    file.pages[-1].contents_add(Stream(file, b"0.9 g 40 40 500 700 re f"))


REPACKAGED: Mapping[str, Bytes] = {
    "flattened by qpdf": tamper.flattened,
    "form taken out": changed(take_form_out),
    "form taken out with its tags": changed(take_form_out, take_tags_out),
    "form emptied": changed(take_form_out, empty_the_form),
    "form emptied, tags too": changed(take_form_out, empty_the_form, take_tags_out),
    "all tags taken out": changed(take_form_out, take_all_tags_out),
    "tags taken out, form left": changed(take_all_tags_out),
    "bookmarks taken out": changed(take_form_out, take_out("/Outlines")),
    "description taken out": changed(take_form_out, take_out("/Metadata", "/ViewerPreferences")),
    "empty forms drawn": changed(take_form_out, draw(lambda file: form(file, b""))),
    "empty forms drawn anywhere": changed(take_form_out, draw(lambda file: form(file, b""), b"9 0 0 9 0 0 cm")),
    "states saved": changed(take_form_out, raw(b"q Q q q Q Q")),
    "signed by the service": sealed(),
    "signed by the service, tags out": sealed(take_tags_out),
    "signed by the service, time stamped": lambda content: tamper.stamped(sealed()(content)),
    "signed by two services": lambda content: tamper.signed(sealed()(content), "another"),
}  # fmt: skip
"""By name, what makes a letter as a service that adds nothing leaves it."""


WITH_ADDITIONS: Mapping[str, Bytes] = {
    "a page": sealed(add_page),
    "two pages": sealed(add_page, add_page),
    "a page of the letter again": sealed(lambda file: file.pages.append(file.pages[0])),
    "a form in a field": sealed(draw()),
    "a picture in a field": sealed(draw(picture, b"90 0 0 30 60 185 cm")),
    "a turned picture in a field": sealed(draw(picture, b"0 30 -90 0 160 185 cm")),
    "a picture in the other's field": sealed(draw(picture, b"90 0 0 30 320 185 cm")),
    "a picture and a page": sealed(draw(picture, b"90 0 0 30 60 185 cm"), add_page),
    "a page, time stamped": lambda content: tamper.stamped(sealed(add_page)(content)),
    "a page, signed twice": lambda content: tamper.signed(sealed(add_page)(content), "another"),
}
"""The same for a service that adds something, and signs it."""


# --- What is not a service's -----------------------------------------------------------


def later(change: Callable[[IncrementalPdfFileWriter], None], first: Bytes) -> Bytes:
    """What a service left, and somebody saved once more afterwards."""

    def make(content: bytes) -> bytes:
        writer, out = IncrementalPdfFileWriter(io.BytesIO(first(content))), io.BytesIO()
        change(writer)
        writer.write(out)
        return out.getvalue()

    return make


def append_page(writer: IncrementalPdfFileWriter) -> None:
    tree = writer.root["/Pages"]
    page = generic.DictionaryObject({
        generic.NameObject("/Type"): generic.NameObject("/Page"), generic.NameObject("/Parent"): writer.root.raw_get("/Pages"),
        generic.NameObject("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
    })  # fmt: skip
    tree["/Kids"].append(writer.add_object(page))
    tree[generic.NameObject("/Count")] = generic.NumberObject(tree["/Count"] + 1)
    writer.update_container(tree)


def draw_on_the_last(writer: IncrementalPdfFileWriter) -> None:
    """What the page added says is exchanged."""
    page = writer.find_page_for_modification(-1)[0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"1 0 0 rg 40 40 500 700 re f"))
    writer.update_container(page)


def draw_the_picture_anew(writer: IncrementalPdfFileWriter) -> None:
    drawn = writer.find_page_for_modification(2)[0].get_object()["/Resources"]["/XObject"]["/Drawn"]
    drawn._data, drawn._encoded_data = b"1 0 0 rg 0 0 90 20 re f", None
    writer.update_container(drawn)


def turn_page(writer: IncrementalPdfFileWriter) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)


def on_page(number: int, **entries: Any) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            file.pages[number].obj[f"/{key}"] = value

    return change


def in_root(**entries: Any) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            file.Root[f"/{key}"] = value

    return change


def note(
    subtype: str, rectangle: tuple[int, ...] = (60, 300, 300, 340), page: int = -1, **entries: Any
) -> Change:
    """Something that lies on a page, with a look of its own."""

    def change(file: pikepdf.Pdf) -> None:
        each = Dictionary(
            **{
                "Type": Name.Annot, "Subtype": Name("/" + subtype), "Rect": Array(rectangle), "F": 4,
                "AP": Dictionary(N=form(file)), **entries,
            }
        )  # fmt: skip
        target = file.pages[page].obj
        target["/Annots"] = Array([*target.get("/Annots", []), file.make_indirect(each)])

    return change


def insert_page(place: int) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        add_page(file)
        file.pages.insert(place, file.pages[-1])
        del file.pages[-1]

    return change


def read_otherwise(file: pikepdf.Pdf) -> None:
    """What a screen reader says where the signature was."""
    tags_of_fields(file)[0]["/ActualText"] = String("12 euros")


def read_in_another_order(file: pikepdf.Pdf) -> None:
    kids = file.Root.StructTreeRoot.K
    node = kids if isinstance(kids, Dictionary) else kids[0]
    while not (isinstance(node.get("/K"), Array) and len(node.K) > 1):
        node = node.K[0] if isinstance(node.K, Array) else node.K
    node.K = Array([*reversed(list(node.K))])


def exchange_tags(file: pikepdf.Pdf) -> None:
    """The tags of two pages change places."""
    tree = file.Root.StructTreeRoot.ParentTree
    pairs = list(tree.Nums)
    pairs[1], pairs[3] = pairs[3], pairs[1]
    tree.Nums = Array(pairs)


def keep_a_field(name: str, kind: str = "/Tx", **entries: Any) -> Change:
    """A field of another kind in the place of one of ours."""

    def change(file: pikepdf.Pdf) -> None:
        field = file.make_indirect(
            Dictionary(
                **{
                    "Type": Name.Annot, "Subtype": Name.Widget, "FT": Name(kind), "T": String(name), "F": 4,
                    "Rect": Array([60, 185, 280, 220]), "P": file.pages[2].obj, **entries,
                }
            )
        )  # fmt: skip
        file.pages[2].obj["/Annots"] = Array([field])
        file.Root["/AcroForm"] = Dictionary(Fields=Array([field]))

    return change


def split(file: pikepdf.Pdf) -> None:
    """A page's content parted within, where some readers join it."""
    page = file.pages[2].obj
    whole = page.Contents.read_bytes()
    place = whole.index(b"\nQ\nQ\n") + 2
    page.Contents = Array([Stream(file, whole[:place]), Stream(file, whole[place + 1 :])])


def joined(look: Look, at: bytes) -> Change:
    """Something drawn where some readers take the state before for another's."""
    return draw(look, at, after=b"Q\n")


def another_font(file: pikepdf.Pdf) -> None:
    tamper.alter_font(file, random.Random(1))  # noqa: S311


def another_data(file: pikepdf.Pdf) -> None:
    tamper.edit_data(file, random.Random(1))  # noqa: S311


def by_random(alteration: tamper.Alteration) -> Change:
    return lambda file: alteration(file, random.Random(1))  # noqa: S311 - to be repeated


def text(words: str) -> Change:
    return raw(b"q BT /F1 11 Tf 60 200 Td (%b) Tj ET Q" % words.encode())


WHITE = b"1 1 1 rg 0 0 90 20 re f"
FEIGNED: Mapping[str, Bytes] = {
    # drawn elsewhere than in a field
    "a form beside the fields": sealed(draw(at=b"1 0 0 1 60 400 cm")),
    "a form that begins in a field": sealed(draw(at=b"1 0 0 1 240 190 cm")),
    "a form that ends in a field": sealed(draw(at=b"1 0 0 1 20 190 cm")),
    "a form made large": sealed(draw(at=b"5 0 0 5 60 190 cm")),
    "a form made large in two steps": sealed(draw(at=b"5 0 0 1 0 0 cm 1 0 0 1 12 190 cm")),
    "a form turned out of its field": sealed(draw(at=b"0 1 -1 0 100 190 cm")),
    "a form with a large box": sealed(draw(lambda file: form(file, WHITE, BBox=Array([0, 0, 400, 400])))),
    "a form whose own matrix is large": sealed(draw(lambda file: form(file, WHITE, Matrix=Array([9, 0, 0, 9, 0, 0])))),
    "a form without a box": sealed(draw(lambda file: form(file, WHITE, BBox=Array([])))),
    "a form on the first page": sealed(
        draw(), lambda file: file.pages[0].obj.__setitem__("/Contents", file.pages[2].obj.Contents)
    ),
    "a picture over a clause": sealed(draw(picture, b"400 0 0 40 60 500 cm")),
    "a picture over two fields": sealed(draw(picture, b"480 0 0 30 60 185 cm")),
    "a picture upside down beside its field": sealed(draw(picture, b"90 0 0 -30 60 185 cm")),
    "a picture that is another for print": sealed(
        draw(lambda file: picture(file, Alternates=Array([Dictionary(Image=picture(file), DefaultForPrinting=True)])), b"90 0 0 30 60 185 cm")
    ),
    "a picture in a layer": sealed(
        draw(lambda file: picture(file, OC=Dictionary(Type=Name.OCG, Name=String("x"))), b"90 0 0 30 60 185 cm")
    ),
    "a form in a layer": sealed(draw(lambda file: form(file, WHITE, OC=Dictionary(Type=Name.OCG, Name=String("x"))))),
    "a form that is another file's page": sealed(draw(lambda file: form(file, WHITE, Ref=Dictionary(F=String("x.pdf"), Page=0)))),
    "an empty form in a layer": changed(
        take_form_out, draw(lambda file: form(file, b"", OC=Dictionary(Type=Name.OCG, Name=String("x"))))
    ),
    "a script of PostScript": sealed(draw(lambda file: form(file, b"showpage", Subtype2=Name.PS))),
    "a form that nobody signed": changed(take_form_out, draw()),
    "a picture that nobody signed": changed(take_form_out, draw(picture, b"90 0 0 30 60 185 cm")),
    # drawn by the page itself
    "a white box": sealed(raw(b"q 1 1 1 rg 60 400 400 40 re f Q")),
    "a white box that nobody signed": changed(take_form_out, raw(b"q 1 1 1 rg 60 400 400 40 re f Q")),
    "a line struck through": sealed(raw(b"q 60 410 m 300 410 l S Q")),
    "words": sealed(text("12 euros")),
    "unseen words": sealed(raw(b"q BT 3 Tr /F1 11 Tf 60 400 Td (12 euros) Tj ET Q")),
    "marked content": sealed(raw(b"/Span << /ActualText (12 euros) >> BDC EMC")),
    "a layer around nothing": changed(take_form_out, raw(b"/OC /L BDC EMC")),
    "a picture within the operators": sealed(raw(b"q 90 0 0 30 60 400 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q")),
    "a shade": sealed(raw(b"/S1 sh")),
    "a clip before": changed(take_form_out, raw(b"0 0 595 300 re W n", prepend=True)),
    "all moved": changed(take_form_out, raw(b"1 0 0 1 0 40 cm", prepend=True)),
    "all turned upside down": changed(take_form_out, raw(b"-1 0 0 -1 595 842 cm", prepend=True)),
    "all drawn faintly": changed(take_form_out, raw(b"/a1 gs", prepend=True)),
    "all drawn in white": changed(take_form_out, raw(b"1 g", prepend=True)),
    "a state too many restored": changed(take_form_out, raw(b"Q Q Q")),
    "a state left open": changed(take_form_out, raw(b"q q q")),
    "a box before the words": sealed(raw(b"q 1 1 0 rg 0 0 595 842 re f Q", prepend=True)),
    "content parted within": changed(take_form_out, split),
    "a form where readers lose the state": sealed(joined(form, b"1 0 0 1 60 190 cm")),
    "the content twice": changed(
        take_form_out, lambda file: file.pages[2].obj.__setitem__("/Contents", Array([file.pages[2].obj.Contents] * 2))
    ),
    "the content of another page": changed(
        take_form_out, lambda file: file.pages[2].obj.__setitem__("/Contents", file.pages[1].obj.Contents)
    ),
    "a content in a file of its own": changed(
        take_form_out, draw(lambda file: form(file, b"")), lambda file: file.pages[2].obj.Contents[0].__setitem__("/F", String("x"))
    ),
    # on the pages
    "a comment": changed(take_form_out, note("Text", Contents=String("12 euros"))),
    "a stamp on a clause": sealed(note("Stamp")),
    "words on a clause": sealed(note("FreeText", Contents=String("12 euros"))),
    "a clause struck out": sealed(note("StrikeOut", QuadPoints=Array([60, 340, 300, 340, 60, 300, 300, 300]))),
    "a hidden comment": sealed(note("Square", F=2)),
    "a link": sealed(note("Link", A=Dictionary(S=Name.URI, URI=String("https://example.org")))),
    "a file pinned to a page": sealed(note("FileAttachment")),
    "a field of text in the place of ours": sealed(keep_a_field("supplier", V=String("12 euros"))),
    "a field of text by another name": sealed(keep_a_field("note", V=String("12 euros"))),
    "a button in the place of ours": sealed(keep_a_field("supplier", "/Btn", A=Dictionary(S=Name.URI, URI=String("x")))),
    "a field for another's signature": changed(take_form_out, keep_a_field("notary", "/Sig")),
    "a field of ours that draws": changed(
        lambda file: widgets(file)[0][1].__setitem__("/AP", Dictionary(N=form(file))), take_all_tags_out
    ),
    "a page cropped": changed(take_form_out, on_page(0, CropBox=Array([0, 300, 595, 842]))),
    "a page turned": changed(take_form_out, on_page(1, Rotate=90)),
    "a page enlarged": changed(take_form_out, on_page(1, UserUnit=2)),
    "a page that acts": sealed(on_page(0, AA=Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("1"))))),
    "a page shown as a slide": changed(take_form_out, on_page(0, Dur=1, Trans=Dictionary(S=Name.Wipe))),
    # pages
    "a page that nobody signed": changed(take_form_out, add_page),
    "a page under a time stamp alone": lambda content: tamper.stamped(changed(take_form_out, add_page)(content)),
    "a page under a signature that does not hold": lambda content: tamper.with_another_value(sealed(add_page)(content)),
    "a page in front": sealed(insert_page(0)),
    "a page between": sealed(insert_page(1)),
    "a page less": sealed(lambda file: file.pages.__delitem__(1)),
    "two pages that change places": sealed(lambda file: file.pages.reverse()),
    "a page that acts behind": sealed(add_page, on_page(3, AA=Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("1"))))),
    "a page with a comment behind": sealed(add_page, note("Text", page=3)),
    "a page added after the signature": later(append_page, sealed()),
    "a second page added after the signature": later(append_page, sealed(add_page)),
    "a page added, and signed anew": lambda content: tamper.signed(later(append_page, sealed())(content), "another"),
    "a page added, exchanged after the signature": later(draw_on_the_last, sealed(add_page)),
    "a page added, exchanged and signed anew": lambda content: tamper.signed(
        later(draw_on_the_last, sealed(add_page))(content), "another"
    ),
    "a picture exchanged after the signature": later(draw_the_picture_anew, sealed(draw())),
    "a picture drawn after the signature": lambda content: tamper.signed(
        changed(draw())(sealed()(content)), "another"
    ),
    "a page turned after the signature": later(turn_page, sealed()),
    # tags, files, the document
    "other words for a screen reader": sealed(take_tags_out, read_otherwise),
    "other words for a screen reader, form left": sealed(read_otherwise),
    "another order for a screen reader": sealed(read_in_another_order),
    "the tags of two pages exchanged": sealed(exchange_tags),
    "tags out, but pages that refer to them": sealed(take_out("/StructTreeRoot"), in_root(MarkInfo=Dictionary(Suspects=True))),
    "other bookmarks": sealed(lambda file: file.Root.Outlines.First.__setitem__("/Title", String("12 euros"))),
    "another description": sealed(lambda file: file.Root.Metadata.write(file.Root.Metadata.read_bytes().replace(b"Accord de principe", b"Bon de commande"))),
    "another title": sealed(lambda file: file.docinfo.__setitem__("/Title", String("Bon de commande"))),
    "another font": sealed(another_font),
    "other words to copy": sealed(by_random(tamper.change_what_is_copied)),
    "other data": sealed(another_data),
    "another file inside": sealed(by_random(tamper.embed_file)),
    "a script": sealed(by_random(tamper.add_script)),
    "a layer": sealed(by_random(tamper.add_layer)),
    "something done when it is opened": sealed(in_root(OpenAction=Dictionary(S=Name.URI, URI=String("x")))),
    "a collection": sealed(in_root(Collection=Dictionary(View=Name.H))),
    "another language": sealed(in_root(Lang=String("de"))),
    "a colour profile less": sealed(take_out("/OutputIntents")),
    "a form by XFA": changed(take_form_out, in_root(AcroForm=Dictionary(Fields=Array(), XFA=String("<x/>")))),
    "a form drawn anew by viewers": changed(take_form_out, in_root(AcroForm=Dictionary(Fields=Array(), NeedAppearances=True))),
    "a drawing that no page shows": changed(
        take_form_out, lambda file: file.pages[2].obj.Resources.__setitem__("/XObject", Dictionary(Later=form(file)))
    ),
    "a drawing under two names": sealed(
        draw(), lambda file: file.pages[2].obj.Resources.XObject.__setitem__("/Later", form(file, WHITE))
    ),
}  # fmt: skip
"""By name, what makes a file that passes for a service's, and shows or could show something else."""
