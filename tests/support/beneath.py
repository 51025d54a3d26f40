"""Alterations beneath the page: of what is read aloud, of fields and stamps, of what the file says of itself."""

import random
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from support.tamper import Alteration, any_page, attached, fake_signature


def price(rng: random.Random) -> str:
    return f"The price is {rng.randint(1, 9999)} euro."


# --- What a page draws ---------------------------------------------------------------


def drawn(page: Any) -> list[tuple[list[Any], Any]]:
    return [(list(each.operands), each.operator) for each in pikepdf.parse_content_stream(pikepdf.Page(page))]


def redraw(file: pikepdf.Pdf, page: Any, operators: list[tuple[list[Any], Any]]) -> None:
    page.Contents = Stream(file, pikepdf.unparse_content_stream(operators))


def marks(operators: list[tuple[list[Any], Any]]) -> list[int]:
    """Where marked content begins that the structure tree knows by number."""
    return [
        place
        for place, (operands, operator) in enumerate(operators)
        if str(operator) == "BDC" and "/MCID" in operands[1]
    ]


def read_in_another_order(file: pikepdf.Pdf, rng: random.Random) -> None:
    page = any_page(file, rng)
    operators = drawn(page)
    one, other = rng.sample(marks(operators), 2)
    operators[one], operators[other] = operators[other], operators[one]
    redraw(file, page, operators)


def read_not_at_all(file: pikepdf.Pdf, rng: random.Random) -> None:
    page = any_page(file, rng)
    operators = drawn(page)
    operators[rng.choice(marks(operators))] = ([Name.Artifact], pikepdf.Operator("BMC"))
    redraw(file, page, operators)


def read_as_another_text(file: pikepdf.Pdf, rng: random.Random) -> None:
    page = any_page(file, rng)
    operators = drawn(page)
    place = rng.choice(marks(operators))
    properties = Dictionary({str(key): value for key, value in operators[place][0][1].items()})
    properties[rng.choice(["/Alt", "/E", "/ActualText", "/Lang"])] = String(price(rng))
    operators[place] = ([operators[place][0][0], properties], operators[place][1])
    redraw(file, page, operators)


def mark_by_fractions(file: pikepdf.Pdf, rng: random.Random) -> None:
    """Numbers of marks that are no numbers of marks: 3.0."""
    elements = [
        item
        for item in file.objects
        if isinstance(item, Dictionary)
        and item.get("/Type") == "/StructElem"
        and isinstance(item.get("/K"), Array)
    ]
    marked = [item for item in elements if any(isinstance(kid, int) for kid in item.K)]
    element = rng.choice(marked)
    element.K = Array([Decimal(f"{kid}.0") if isinstance(kid, int) else kid for kid in element.K])


def say_more_than_is_asked(file: pikepdf.Pdf, rng: random.Random) -> None:
    """Twelve numbers for a matrix: most viewers take the last six, MuPDF the first."""
    page = any_page(file, rng)
    operators = drawn(page)
    for place, (operands, operator) in enumerate(operators):
        if str(operator) == "Tm":
            operators[place] = ([1, 0, 0, 1, -rng.randint(1000, 9999), -9999, *operands], operator)
    redraw(file, page, operators)


def draw_from_another_file(file: pikepdf.Pdf, rng: random.Random) -> None:
    any_page(file, rng).Contents["/F"] = String(f"other{rng.randint(1, 999)}.bin")


def inherit_more(file: pikepdf.Pdf, rng: random.Random) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert({rng.randint(1, 999)})"))
    file.Root.Pages["/AA"] = Dictionary(O=script)


# --- Stamps ----------------------------------------------------------------------------


def stamp(
    file: pikepdf.Pdf, rng: random.Random, box: Any = (0, 0, 230, 70), at: int = -1, **more: Any
) -> Any:
    """A field of ours, signed as it seems, with a stamp that paints far and wide."""
    field = file.Root.AcroForm.Fields[at]
    look = Stream(file, b"1 0 0 rg -2000 -2000 %d 4000 re f" % rng.randint(3000, 9000))
    look.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, **more)
    if box:
        look.BBox = Array([*box])
    field.AP, field.V = Dictionary(N=look), fake_signature()
    return field


def stamp_in_its_box(file: pikepdf.Pdf, rng: random.Random, covers: Any = (0, 1, 2, 3)) -> None:
    """A stamp as any signature has one, and what begins as a signature does."""
    stamp(file, rng, at=0).V.ByteRange = Array([*covers])


def stamp_without_a_box(file: pikepdf.Pdf, rng: random.Random) -> None:
    stamp(file, rng, None)


def stamp_in_no_box(file: pikepdf.Pdf, rng: random.Random) -> None:
    stamp(file, rng, rng.choice([(0, 0, 0, 0), (0, 0, 100, 0), (7, 7, 7, 99)]))


def stamp_turned_into_nothing(file: pikepdf.Pdf, rng: random.Random) -> None:
    stamp(file, rng, Matrix=rng.choice([[0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0], [1, 0, 0]]))


def stamp_with_a_layer(file: pikepdf.Pdf, rng: random.Random) -> None:
    stamp(file, rng, OC=file.make_indirect(Dictionary(Type=Name.OCG, Name=String("x"))))


def stamp_with_a_file(file: pikepdf.Pdf, rng: random.Random) -> None:
    embedded = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=Stream(file, b"MZ")))
    stamp(
        file, rng, **{rng.choice(["AF", "PieceInfo", "Ref", "OPI", "Metadata"]): file.make_indirect(embedded)}
    )


def dress_a_field(file: pikepdf.Pdf, rng: random.Random) -> None:
    field = stamp(file, rng)
    field.MK = Dictionary(BG=[1, 0, 0], CA=String(price(rng)), R=90)
    del field["/AP"]


def copy_a_field(file: pikepdf.Pdf, rng: random.Random) -> None:
    """The field that the page shows is signed as it seems, the form's is not: no note tells of it."""
    page = [page.obj for page in file.pages if len(page.obj.get("/Annots", []))][-1]
    empty = dict(file.Root.AcroForm.Fields[0].items())
    before = stamp(file, rng, at=0)
    copy = file.make_indirect(Dictionary(dict(before.items())))
    annotations = [copy if other.objgen == before.objgen else other for other in page.Annots]
    page.Annots = Array(annotations)
    before.AP = empty["/AP"]
    del before["/V"]


def sign_with_nothing(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A stamp on what calls itself a signature, and is none."""
    field = stamp(file, rng)
    field.V = rng.choice([
        Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3], Contents=String("x")),
        Dictionary(Type=Name.Sig, ByteRange=[1, 1, 2, 3], Contents=fake_signature().Contents),
        Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2], Contents=fake_signature().Contents),
        Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, Name.X], Contents=fake_signature().Contents),
        Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3]),
    ])  # fmt: skip
    field.AP.N["/LastModified"] = String(price(rng))


def sign_with_a_load(file: pikepdf.Pdf, rng: random.Random) -> None:
    stamp(file, rng).V["/Load"] = Stream(file, price(rng).encode())


def hang_a_field(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A field of ours below another that does something when a key is pressed."""
    field = file.Root.AcroForm.Fields[0]
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert({rng.randint(1, 999)})"))
    field.Parent = file.make_indirect(Dictionary(T=String("x"), AA=Dictionary(K=script), Kids=[field]))


def unseen(file: pikepdf.Pdf, rng: random.Random, **more: Any) -> Any:
    """An unseen signature, as it seems, in the form and on a page."""
    field = file.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(f"s{rng.randint(1, 999)}"),
            Rect=[0, 0, 0, 0], F=132, V=fake_signature(), **more,
        )
    )  # fmt: skip
    page = any_page(file, rng)
    page["/Annots"] = Array([*page.get("/Annots", []), field])
    file.Root.AcroForm.Fields.append(field)
    return field


def say_beside_a_signature(file: pikepdf.Pdf, rng: random.Random) -> None:
    key = rng.choice(["TU", "Contents"])
    unseen(file, rng, **{key: String(price(rng))})


def dress_an_unseen_signature(file: pikepdf.Pdf, rng: random.Random) -> None:
    unseen(file, rng, MK=Dictionary(CA=String(price(rng)), BG=[1, 1, 1]))


def draw_by_an_unseen_signature(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A box over the letter, hidden as one reader sees the flags or the rectangle, and drawn by another."""
    x, y = rng.randint(60, 300), rng.randint(80, 600)
    look = Stream(file, b"1 1 1 rg 0 0 200 40 re f")
    look.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 40])
    field = unseen(file, rng, AP=Dictionary(N=look))
    height = rng.choice([0, 40])
    flags = [2, 132, 2**32 + 2, 2**31 + 2, -1, 2 - 2**31, Decimal("2.5"), Decimal("3.9"), Decimal("2.0")]
    field.F = rng.choice(flags) if height else 4
    field.Rect = Array([x, y, x + 200, y + height])


def draw_in_a_flag_of_nobody(file: pikepdf.Pdf, rng: random.Random) -> None:
    field = unseen(file, rng)
    field.F = rng.choice([2**32 + 2, -2, Decimal("2.0"), String("2"), Array([2])])
    field.Rect = Array([100, 100, 300, 140])


def sign_more_than_anybody(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A field of ours stamped behind more unseen signatures than are looked at."""
    ours = [*file.Root.AcroForm.Fields]
    stamp_in_its_box(file, rng)
    for _each in range(20):
        unseen(file, rng).T = String(f"s{_each}")
    theirs = [
        field for field in file.Root.AcroForm.Fields if field.objgen not in {each.objgen for each in ours}
    ]
    file.Root.AcroForm.Fields = Array([*theirs, *ours])


def sign_on_a_page_alone(file: pikepdf.Pdf, rng: random.Random) -> None:
    unseen(file, rng)
    del file.Root.AcroForm.Fields[-1]


def sign_in_the_form_alone(file: pikepdf.Pdf, rng: random.Random) -> None:
    field = unseen(file, rng)
    for page in file.pages:
        annotations = [other for other in page.obj.get("/Annots", []) if other.objgen != field.objgen]
        page.obj["/Annots"] = Array(annotations)


# --- What the file says of itself ---------------------------------------------------------


def load_the_store(file: pikepdf.Pdf, rng: random.Random) -> None:
    file.Root.DSS = Dictionary(Other=Stream(file, price(rng).encode()))


def permit(file: pikepdf.Pdf, rng: random.Random) -> None:
    name = rng.choice(["UR3", "DocMDP", "Other"])
    file.Root.Perms = Dictionary({f"/{name}": file.make_indirect(fake_signature())})
    file.Root.Perms[f"/{name}"]["/Reason"] = String(price(rng))


def extend(file: pikepdf.Pdf, rng: random.Random) -> None:
    file.Root.Extensions = rng.choice([
        Dictionary(Other=Stream(file, price(rng).encode())),
        Dictionary(ADBE=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=3, Other=String(price(rng)))),
    ])  # fmt: skip


def add_to_the_trailer(file: pikepdf.Pdf, rng: random.Random) -> None:
    file.trailer["/Other"] = Stream(file, price(rng).encode())


def add_to_the_card(file: pikepdf.Pdf, rng: random.Random) -> None:
    file.docinfo[rng.choice(["/Price", "/Keywords", "/Trapped"])] = String(price(rng))


def date_back(file: pikepdf.Pdf, rng: random.Random) -> None:
    file.docinfo["/CreationDate"] = String(f"D:19{rng.randint(60, 99)}0101000000Z")


def claim_another_maker(file: pikepdf.Pdf, rng: random.Random) -> None:
    file.docinfo["/Creator"] = String(rng.choice(["Word", "Accord", "Accord says: "]) + price(rng))


def describe(file: pikepdf.Pdf, before: str, after: str) -> None:
    stream = file.Root.Metadata
    text = stream.read_bytes().decode()
    assert re.search(before, text)
    stream.write(re.sub(before, after, text, count=1).encode())


def describe_another_maker(file: pikepdf.Pdf, rng: random.Random) -> None:
    description = (
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>'
        f"{price(rng)}</xmp:CreatorTool></rdf:Description></rdf:RDF>"
    )
    describe(file, "</rdf:RDF>", description)


def describe_another_day(file: pikepdf.Pdf, rng: random.Random) -> None:
    describe(file, r"(CreateDate>)\d{4}", rf"\g<1>19{rng.randint(60, 99)}")


def describe_in_another_tongue(file: pikepdf.Pdf, rng: random.Random) -> None:
    """The description in an encoding of its own, with a remark."""
    text = file.Root.Metadata.read_bytes().decode()
    text = re.sub(
        r"<\?xpacket.*?\?>", "", text[text.index("<x:xmpmeta" if "<x:xmpmeta" in text else "<rdf:RDF") :]
    )
    head = f'\ufeff<?xml version="1.0" encoding="UTF-16"?><!-- {price(rng)} -->'
    file.Root.Metadata.write((head + text).encode("utf-16-le"))


def say_more_of_the_data(file: pikepdf.Pdf, rng: random.Random) -> None:
    attached(file)["/Params"] = Dictionary(Size=1, Other=String(price(rng)))


BENEATH: Mapping[str, Alteration] = {
    "read in another order": read_in_another_order,
    "read not at all": read_not_at_all,
    "read as another text": read_as_another_text,
    "marks by fractions": mark_by_fractions,
    "more said than is asked": say_more_than_is_asked,
    "drawn from another file": draw_from_another_file,
    "pages that inherit more": inherit_more,
    "a stamp without a box": stamp_without_a_box,
    "a stamp in no box": stamp_in_no_box,
    "a stamp turned into nothing": stamp_turned_into_nothing,
    "a stamp with a layer": stamp_with_a_layer,
    "a stamp with a file": stamp_with_a_file,
    "a field dressed": dress_a_field,
    "a field copied": copy_a_field,
    "a signature that is none": sign_with_nothing,
    "a signature with a load": sign_with_a_load,
    "a field below another": hang_a_field,
    "words beside a signature": say_beside_a_signature,
    "an unseen signature dressed": dress_an_unseen_signature,
    "more signatures than are looked at": sign_more_than_anybody,
    "a drawing by an unseen signature": draw_by_an_unseen_signature,
    "an unseen signature with flags of nobody": draw_in_a_flag_of_nobody,
    "a signature on a page alone": sign_on_a_page_alone,
    "a signature in the form alone": sign_in_the_form_alone,
    "a load in the store": load_the_store,
    "rights that nobody gave": permit,
    "an extension of nobody": extend,
    "more in the trailer": add_to_the_trailer,
    "more on the card": add_to_the_card,
    "dated back": date_back,
    "another maker": claim_another_maker,
    "another maker described": describe_another_maker,
    "another day described": describe_another_day,
    "described in another tongue": describe_in_another_tongue,
    "more said of the data": say_more_of_the_data,
}
