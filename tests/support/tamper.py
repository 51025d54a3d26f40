"""Letters as people send them back: altered in many ways, or saved and signed in honesty."""

import datetime
import functools
import io
import random
import re
import subprocess
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf

from accord.letter.letter import as_json
from support.letters import sample
from support.samples import STEMS

Alteration = Callable[[pikepdf.Pdf, random.Random], None]


@contextmanager
def editing(content: bytes, **how: Any) -> Iterator[tuple[pikepdf.Pdf, io.BytesIO]]:
    """The letter as a file to be changed, and where it is saved, as `how` says, at the end of the block."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as file:
        yield file, out
        file.save(out, **how)


# --- Alterations ------------------------------------------------------------------


def any_page(file: pikepdf.Pdf, rng: random.Random) -> Any:
    return rng.choice(list(file.pages)).obj


def strings(page: Any) -> tuple[list[Any], list[tuple[int, int, bytes]]]:
    """What a page draws, and where among it the texts of two glyphs or more are: operator, part, glyphs."""
    drawn = [
        (list(each.operands), each.operator) for each in pikepdf.parse_content_stream(pikepdf.Page(page))
    ]
    places = []
    for place, (operands, operator) in enumerate(drawn):
        if str(operator) == "TJ":
            parts = enumerate(operands[0])
            places += [(place, at, bytes(part)) for at, part in parts if isinstance(part, pikepdf.String)]
    return drawn, [place for place in places if len(place[2]) >= 4]


def draw(file: pikepdf.Pdf, page: Any, operators: bytes) -> None:
    pikepdf.Page(page).contents_add(pikepdf.Stream(file, operators), prepend=False)


def change_text(file: pikepdf.Pdf, rng: random.Random) -> None:
    """Two neighbouring glyphs change places: 25 becomes 52."""
    page = any_page(file, rng)
    drawn, places = strings(page)
    swaps = [
        (place, at, glyphs, byte)
        for place, at, glyphs in places
        for byte in range(0, len(glyphs) - 2, 2)
        if glyphs[byte : byte + 2] != glyphs[byte + 2 : byte + 4]
    ]
    place, at, glyphs, byte = rng.choice(swaps)
    swapped = glyphs[:byte] + glyphs[byte + 2 : byte + 4] + glyphs[byte : byte + 2] + glyphs[byte + 4 :]
    parts = list(drawn[place][0][0])
    parts[at] = pikepdf.String(swapped)
    drawn[place] = ([pikepdf.Array(parts)], drawn[place][1])
    page["/Contents"] = pikepdf.Stream(file, pikepdf.unparse_content_stream(drawn))


def take_text_out(file: pikepdf.Pdf, rng: random.Random) -> None:
    page = any_page(file, rng)
    drawn, places = strings(page)
    del drawn[rng.choice(places)[0]]
    page["/Contents"] = pikepdf.Stream(file, pikepdf.unparse_content_stream(drawn))


def add_text(file: pikepdf.Pdf, rng: random.Random) -> None:
    page = any_page(file, rng)
    font = rng.choice(sorted(page["/Resources"]["/Font"].keys()))
    _drawn, places = strings(page)
    glyphs = rng.choice(places)[2].hex()
    draw(
        file,
        page,
        f"q BT {font} 9 Tf 1 0 0 1 {rng.randint(60, 400)} {rng.randint(60, 700)} Tm <{glyphs}> Tj ET Q".encode(),
    )


def add_unseen_text(file: pikepdf.Pdf, rng: random.Random) -> None:
    page = any_page(file, rng)
    font = rng.choice(sorted(page["/Resources"]["/Font"].keys()))
    glyphs = rng.choice(strings(page)[1])[2].hex()
    draw(
        file, page, f"q BT 3 Tr {font} 9 Tf 1 0 0 1 90 {rng.randint(60, 700)} Tm <{glyphs}> Tj ET Q".encode()
    )


def cover(file: pikepdf.Pdf, rng: random.Random) -> None:
    draw(
        file,
        any_page(file, rng),
        f"q 1 1 1 rg {rng.randint(60, 300)} {rng.randint(80, 600)} 120 14 re f Q".encode(),
    )


def cover_by_picture(file: pikepdf.Pdf, rng: random.Random) -> None:
    page = any_page(file, rng)
    picture = pikepdf.Stream(file, b"\xff" * 3)
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
    )  # fmt: skip
    pikepdf.Page(page).add_resource(picture, pikepdf.Name.XObject, pikepdf.Name("/Im9"))
    draw(file, page, f"q 120 0 0 14 {rng.randint(60, 300)} {rng.randint(80, 600)} cm /Im9 Do Q".encode())


def add_annotation(file: pikepdf.Pdf, rng: random.Random, **more: Any) -> None:
    page = any_page(file, rng)
    x, y = rng.randint(60, 300), rng.randint(80, 600)
    look = pikepdf.Stream(file, b"1 1 1 rg 0 0 120 14 re f")
    look.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 120, 14]
    )
    annotation = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=rng.choice([pikepdf.Name.Square, pikepdf.Name.FreeText, pikepdf.Name.Stamp]),
        Rect=[x, y, x + 120, y + 14], F=4, AP=pikepdf.Dictionary(N=look), **more,
    )  # fmt: skip
    page["/Annots"] = pikepdf.Array([*page.get("/Annots", []), file.make_indirect(annotation)])


def add_link_that_launches(file: pikepdf.Pdf, rng: random.Random) -> None:
    add_annotation(file, rng, A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe")))


def remove_page(file: pikepdf.Pdf, rng: random.Random) -> None:
    if len(file.pages) == 1:
        file.add_blank_page()
    del file.pages[rng.randrange(len(file.pages) - 1)]


def add_page(file: pikepdf.Pdf, rng: random.Random) -> None:
    if rng.random() < 0.5:
        file.add_blank_page()
    else:
        file.pages.append(file.pages[rng.randrange(len(file.pages))])


def reorder_pages(file: pikepdf.Pdf, rng: random.Random) -> None:
    if len(file.pages) == 1:
        file.add_blank_page()
    first = rng.randrange(len(file.pages) - 1)
    file.pages[first], file.pages[first + 1] = file.pages[first + 1], file.pages[first]


def crop(file: pikepdf.Pdf, rng: random.Random) -> None:
    box = rng.choice(["/CropBox", "/MediaBox"])
    any_page(file, rng)[box] = pikepdf.Array([0, rng.randint(20, 300), 595, 842])


def turn(file: pikepdf.Pdf, rng: random.Random) -> None:
    any_page(file, rng)["/Rotate"] = rng.choice([90, 180, 270])


def attached(file: pikepdf.Pdf) -> Any:
    return file.attachments["accord.json"].obj.EF.F


def swap_data(file: pikepdf.Pdf, rng: random.Random) -> None:
    """The data of another letter."""
    mine = attached(file).read_bytes()
    others = [as_json(sample(stem).data).encode() for stem in STEMS]
    attached(file).write(rng.choice([other for other in others if other != mine]))


def edit_data(file: pikepdf.Pdf, rng: random.Random) -> None:
    text = attached(file).read_bytes().decode()
    edits = [
        edit for edit in (
            ('"quantity": 25', '"quantity": 52'), ('"final": true', '"final": false'), ("2026-11-23", "2026-11-24"),
            ('"name": "', '"name": "X'), ('"last_name": "', '"last_name": "De '), ("#1a4d7a", "#7a1a4d"), ('"format": 1', '"format": 0'),
        ) if edit[0] in text
    ]  # fmt: skip
    before, after = rng.choice(edits)
    if before == '"format": 1':  # unreadable rather than altered: see the bad input
        before, after = "2026-11-23", "2026-11-25"
    attached(file).write(text.replace(before, after).encode())


def retitle(file: pikepdf.Pdf, rng: random.Random) -> None:
    file.docinfo[rng.choice(["/Title", "/Author", "/Subject"])] = pikepdf.String(
        f"Avenant {rng.randint(1, 99)}"
    )


def retitle_metadata(file: pikepdf.Pdf, rng: random.Random) -> None:
    stream = file.Root.Metadata
    text = stream.read_bytes()
    title = str(file.docinfo["/Title"]).encode()
    assert title in text
    stream.write(text.replace(title, title[:-5] + b"%05d" % rng.randint(0, 99999)))


def add_layer(file: pikepdf.Pdf, rng: random.Random) -> None:
    group = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("x")))
    file.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group]))
    page = any_page(file, rng)
    page["/Resources"]["/Properties"] = pikepdf.Dictionary(MC0=group)
    draw(file, page, b"/OC /MC0 BDC 0 0 100 100 re f EMC")


def add_script(file: pikepdf.Pdf, rng: random.Random) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    place = rng.randrange(3)
    if place == 0:
        file.Root.OpenAction = script
    elif place == 1:
        file.Root.Names["/JavaScript"] = pikepdf.Dictionary(Names=[pikepdf.String("a"), script])
    else:
        any_page(file, rng)["/AA"] = pikepdf.Dictionary(O=script)


def embed_file(file: pikepdf.Pdf, rng: random.Random) -> None:
    name = rng.choice(["notes.txt", "../../etc/passwd", "deal.json", "accord.json "])
    file.attachments[name] = pikepdf.AttachedFileSpec(file, b"hello", filename=name)


def alter_font(file: pikepdf.Pdf, rng: random.Random) -> None:
    """Two glyphs of a font exchange their shapes: the page shows what its text does not say."""
    from fontTools.ttLib import TTFont

    page = any_page(file, rng)
    fonts = page["/Resources"]["/Font"]
    descriptor = fonts[rng.choice(sorted(fonts.keys()))].DescendantFonts[0].FontDescriptor
    key = next(key for key in ("/FontFile2", "/FontFile3") if key in descriptor)
    font = TTFont(io.BytesIO(descriptor[key].read_bytes()))
    if "glyf" in font:
        shapes = font["glyf"].glyphs
        drawn = [name for name in font.getGlyphOrder() if len(shapes[name].compile(font["glyf"])) > 12]
        one, other = rng.sample(drawn, 2)
        shapes[one], shapes[other] = shapes[other], shapes[one]
    else:
        shapes = font["CFF "].cff.topDictIndex[0].CharStrings
        one, other = rng.sample([name for name in font.getGlyphOrder()[1:] if name in shapes], 2)
        first, second = shapes[one], shapes[other]
        for shape in (first, second):
            shape.decompile()
        first.program, second.program = second.program, first.program
    out = io.BytesIO()
    font.save(out)
    descriptor[key].write(out.getvalue())


def change_what_is_copied(file: pikepdf.Pdf, rng: random.Random) -> None:
    fonts = any_page(file, rng)["/Resources"]["/Font"]
    font = fonts[rng.choice(sorted(fonts.keys()))]
    text = font.ToUnicode.read_bytes()
    place = rng.choice(
        [at for at in range(len(text)) if text[at : at + 1] == b"<" and text[at + 5 : at + 6] == b">"]
    )
    font.ToUnicode.write(text[: place + 1] + b"00%02x" % rng.randint(0x30, 0x39) + text[place + 5 :])


def change_what_is_read_aloud(file: pikepdf.Pdf, rng: random.Random) -> None:
    elements = [
        item
        for item in file.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
    ]
    rng.choice(elements)[rng.choice(["/ActualText", "/Alt", "/E"])] = pikepdf.String("12 euros")


def add_field(file: pikepdf.Pdf, rng: random.Random) -> None:
    widget = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=rng.choice([pikepdf.Name.Tx, pikepdf.Name.Sig]),
        T=pikepdf.String("x"), Rect=[100, 100, 200, 120],
    )  # fmt: skip
    field = file.make_indirect(widget)
    page = any_page(file, rng)
    page["/Annots"] = pikepdf.Array([*page.get("/Annots", []), field])
    file.Root.AcroForm.Fields.append(field)


def add_field_seen_on_paper(file: pikepdf.Pdf, rng: random.Random) -> None:
    """What looks like an unseen signature, but is printed: 32 is NoView, 4 is Print."""
    look = pikepdf.Stream(file, b"1 1 1 rg 0 0 120 14 re f")
    look.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 120, 14]
    )
    x, y = rng.randint(60, 300), rng.randint(80, 600)
    widget = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T=pikepdf.String("x"),
        Rect=[x, y, x + 120, y + 14], F=36, AP=pikepdf.Dictionary(N=look), V=fake_signature(),
    )  # fmt: skip
    field = file.make_indirect(widget)
    page = any_page(file, rng)
    page["/Annots"] = pikepdf.Array([*page.get("/Annots", []), field])
    file.Root.AcroForm.Fields.append(field)


def fake_signature() -> pikepdf.Dictionary:
    """What begins as a signature does, and is of nothing."""
    contents = pikepdf.String(b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")
    return pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=contents)


def stretch_a_stamp(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A field of ours, signed as it seems, whose stamp covers what stands above it."""
    field = file.Root.AcroForm.Fields[0]
    look = pikepdf.Stream(file, b"1 1 1 rg 0 0 9 9 re f")
    look.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
    )
    left, bottom, right, top = field.Rect
    field.Rect = pikepdf.Array([left, bottom, right, top + rng.randint(20, 400)])
    field.AP = pikepdf.Dictionary(N=look)
    field.V = fake_signature()


def arm_a_field(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A field of ours, signed as it seems, that does something when it is clicked."""
    field = file.Root.AcroForm.Fields[0]
    field.V = fake_signature()
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"https://example.com/{rng.random()}"))
    field[rng.choice(["/A", "/AA"])] = action


def say_it_twice(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A second title beside the first."""
    stream = file.Root.Metadata
    title = (
        '<rdf:Description rdf:about=""><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Avenant'
        f" {rng.randint(1, 99)}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>"
    )
    stream.write(stream.read_bytes().replace(b"</rdf:RDF>", title.encode()))


def put_something_in_front(file: pikepdf.Pdf, rng: random.Random) -> None:
    """A picture that only some viewers choose, such as those that print."""
    names = [name for page in file.pages for name in page.obj["/Resources"].get("/XObject", {})]
    page = any_page(file, rng)
    pictures = page["/Resources"].get("/XObject", {})
    if names and len(pictures):
        pictures[rng.choice(sorted(pictures.keys()))]["/OC"] = pikepdf.Dictionary(Type=pikepdf.Name.OCG)
    else:
        page["/Resources"]["/ExtGState"] = pikepdf.Dictionary(X=pikepdf.Dictionary(TR=pikepdf.Name.Identity))


ALTERATIONS: Mapping[str, Alteration] = {
    "two glyphs change places": change_text,
    "text taken out": take_text_out,
    "text added": add_text,
    "unseen text added": add_unseen_text,
    "text under a white box": cover,
    "text under a picture": cover_by_picture,
    "an annotation": add_annotation,
    "a link that launches": add_link_that_launches,
    "a page removed": remove_page,
    "a page added": add_page,
    "pages reordered": reorder_pages,
    "a page cropped": crop,
    "a page turned": turn,
    "the data of another letter": swap_data,
    "the data edited": edit_data,
    "another title, author or subject": retitle,
    "another reference in the metadata": retitle_metadata,
    "a hidden layer": add_layer,
    "a script": add_script,
    "a file embedded": embed_file,
    "glyphs drawn as others": alter_font,
    "digits copied as others": change_what_is_copied,
    "other words read aloud": change_what_is_read_aloud,
    "a field added": add_field,
    "a signature seen on paper alone": add_field_seen_on_paper,
    "a stamp larger than its field": stretch_a_stamp,
    "a signed field that acts": arm_a_field,
    "a second title": say_it_twice,
    "another picture for print": put_something_in_front,
}


AS_PACKED: Mapping[str, Any] = {
    "stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False, "static_id": True,
}  # fmt: skip


def altered(content: bytes, kind: str, seed: int, among: Mapping[str, Alteration] = ALTERATIONS) -> bytes:
    """A letter with one alteration, saved anew, its streams as they were packed: the same bytes each time."""
    rng = random.Random(f"{kind} {seed}")  # noqa: S311 - to be repeated, not to be secret
    with warnings.catch_warnings(), editing(content, **AS_PACKED) as (file, out):
        warnings.simplefilter("ignore")
        among[kind](file, rng)
    return out.getvalue()


# --- Innocent changes -------------------------------------------------------------

QPDF = (
    ("--linearize",), ("--object-streams=generate",), ("--object-streams=disable",), ("--qdf",),
    ("--compress-streams=n",), ("--normalize-content=y",), ("--coalesce-contents",),
    ("--recompress-flate", "--compression-level=9"),
)  # fmt: skip
PIKEPDF: Mapping[str, Mapping[str, Any]] = {
    "saved": {},
    "linearised": {"linearize": True},
    "object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "unpacked": {"stream_decode_level": pikepdf.StreamDecodeLevel.all, "compress_streams": False},
    "normalised": {"normalize_content": True},
}


def saved_by_qpdf(content: bytes, options: tuple[str, ...], folder: Path) -> bytes:
    before, after = folder / "before.pdf", folder / "after.pdf"
    before.write_bytes(content)
    subprocess.run(["qpdf", *options, before, after], check=True, capture_output=True)
    return after.read_bytes()


def saved_by_pikepdf(content: bytes, name: str) -> bytes:
    with editing(content, **PIKEPDF[name]) as (_file, out):
        pass
    return out.getvalue()


def saved_anew(content: bytes, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The letter as each tool saves it, and what the tool was asked to do."""
    for options in QPDF:
        yield f"qpdf {' '.join(options)}", saved_by_qpdf(content, options, folder)
    for name in PIKEPDF:
        yield f"pikepdf, {name}", saved_by_pikepdf(content, name)


@functools.cache
def keys() -> tuple[Any, Any, Any]:
    """One for whoever signs and two for authorities: making one takes a quarter of a second."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    one, old, new = (rsa.generate_private_key(65537, 2048) for _each in range(3))
    return one, old, new


@functools.cache
def signer(authority: str = "") -> Any:
    """A signer with a certificate of its own making, or of an authority.

    "renewed": two certificates bear its name; "impostor": it did not issue the one that names it.
    """
    from cryptography.hazmat.primitives import serialization
    from pyhanko.sign import signers

    key, old, new = keys()
    name = "Notaires de Lyon"
    by = {"": key, "renewed": new, "impostor": key}[authority]
    others = {"": (), "renewed": (new, old), "impostor": (old,)}[authority]
    store = serialization.pkcs12.serialize_key_and_certificates(
        b"x",
        key,
        certificate("Paul Lefèvre", name if authority else "Paul Lefèvre", key, by),
        [certificate(name, name, other, other) for other in others] or None,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner.load_pkcs12_data(store, other_certs=[])


def certificate(subject: str, issuer: str, key: Any, by: Any) -> Any:
    """A certificate of the subject's `key`, which names the issuer and is signed `by` some key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    names = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in (subject, issuer))
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    of, from_ = names
    return (
        x509.CertificateBuilder().subject_name(of).issuer_name(from_).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(day).not_valid_after(day + datetime.timedelta(days=3650))
        .add_extension(x509.KeyUsage(True, True, *[False] * 7), critical=True)  # noqa: FBT003
        .sign(by, hashes.SHA256())
    )  # fmt: skip


def stamper() -> Any:
    """A time stamping service of its own making."""
    from pyhanko.sign.timestamps import DummyTimeStamper

    return DummyTimeStamper(tsa_cert=signer().signing_cert, tsa_key=signer().signing_key)


@functools.cache
def signed(content: bytes, *fields: str, timestamped: bool = False, authority: str = "") -> bytes:
    """The letter with a PAdES signature in each of the fields; one that it lacks is invisible."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    for field in fields:
        out = io.BytesIO()
        metadata = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
        signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(content)),
            metadata,
            signer=signer(authority),
            timestamper=stamper() if timestamped else None,
            output=out,
        )
        content = out.getvalue()
    return content


def certified(content: bytes) -> bytes:
    """The letter certified by its sender: whoever countersigns may do that and nothing else."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    out = io.BytesIO()
    metadata = signers.PdfSignatureMetadata(
        field_name="supplier",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), metadata, signer=signer(), output=out)
    return signed(out.getvalue(), "prospect")


def stored(content: bytes) -> bytes:
    """The letter signed, with what proves the signature in years to come: ISO 32000-2, 12.8.4.3."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    out = io.BytesIO(signed(content, "supplier"))
    DocumentSecurityStore.add_dss(out, b"x" * 40, certs=[signer().signing_cert], ocsps=[], crls=[])
    return stamped(out.getvalue())


def stamped(content: bytes) -> bytes:
    """The letter with a time stamp of the whole, which nobody signed: ISO 32000-2, 12.8.5."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    signers.PdfTimeStamper(stamper()).timestamp_pdf(writer, "sha256", None, output=out)
    return out.getvalue()


def put_right(content: bytes, kind: str) -> bytes:
    """A letter altered, signed so, and put right afterwards: pages and data are again those of the letter."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    with pikepdf.open(io.BytesIO(content)) as file:
        drawn = [page.obj.Contents.read_bytes() for page in file.pages]
        data = attached(file).read_bytes()
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(altered(content, kind, 1), "supplier")))
    for number, operators in enumerate(drawn):
        page = writer.find_page_for_modification(number)[0].get_object()
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=operators))
        writer.update_container(page)
    file_in_it = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]["/F"]
    file_in_it._data = data
    file_in_it._encoded_data = None
    writer.update_container(file_in_it)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_another_value(content: bytes) -> bytes:
    """A signed letter in whose signature a byte of the last figure, which the key made, is another."""
    signature = re.search(rb"/Contents ?<(3[0-9a-fA-F]{2000,}?)(?:00)*>", content)
    assert signature
    at = signature.end(1) - 20
    return content[:at] + (b"1" if content[at : at + 1] != b"1" else b"2") + content[at + 1 :]


def appended(content: bytes, seed: int) -> bytes:
    """An incremental update after what is there: a box drawn on a page, or a page turned."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    rng = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    box = f"q 1 1 1 rg {rng.randint(60, 300)} {rng.randint(80, 600)} 120 14 re f Q".encode()
    target = writer.find_page_for_modification(0)[0].get_object()
    if seed % 2:
        stream = writer.add_object(generic.StreamObject(stream_data=box))
        old = target.raw_get("/Contents")
        parts = list(target["/Contents"]) if isinstance(target["/Contents"], generic.ArrayObject) else [old]
        target["/Contents"] = generic.ArrayObject([*parts, stream])
    else:
        target["/Rotate"] = generic.NumberObject(180)
    writer.update_container(target)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flattened(content: bytes, added: int = 0, **how: Any) -> bytes:
    """As signing services leave a letter: its fields part of the pages, and perhaps pages of their own behind."""
    with editing(content, **how) as (file, out):
        file.generate_appearance_streams()
        file.flatten_annotations("all")
        for _page in range(added):
            file.add_blank_page()
    return out.getvalue()
