"""Letters that were signed in earnest, and whose signatures somebody then used for something else.

Each is a save after the signature, as pyHanko writes one, or digits exchanged in the signature's own place.
"""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from support import tamper

Bytes = Callable[[bytes], bytes]
Save = Callable[[IncrementalPdfFileWriter], None]


def name(text: str) -> Any:
    return generic.NameObject(text)


def text(words: str) -> Any:
    return generic.TextStringObject(words)


def saved(change: Save, *fields: str) -> Bytes:
    """The letter signed in the fields, and changed afterwards."""

    def make(content: bytes) -> bytes:
        writer, out = (
            IncrementalPdfFileWriter(io.BytesIO(tamper.signed(content, *(fields or ("supplier",))))),
            io.BytesIO(),
        )
        change(writer)
        writer.write(out)
        return out.getvalue()

    return make


def field(writer: IncrementalPdfFileWriter, which: str) -> Any:
    (found,) = (
        each.get_object()
        for each in writer.root["/AcroForm"]["/Fields"]
        if each.get_object().get("/T") == which
    )
    writer.update_container(found)
    return found


def stamp(writer: IncrementalPdfFileWriter, drawing: bytes = b"0 0 1 rg 0 0 90 20 re f") -> Any:
    keys = {
        name("/Type"): name("/XObject"), name("/Subtype"): name("/Form"),
        name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 90, 20))),
    }  # fmt: skip
    look = writer.add_object(generic.StreamObject(keys, stream_data=drawing))
    return generic.DictionaryObject({name("/N"): look})


def sign_twice_by_one(writer: IncrementalPdfFileWriter) -> None:
    """The prospect's field has the supplier's signature too."""
    field(writer, "prospect")[name("/V")] = field(writer, "supplier").raw_get("/V")


def sign_twice_by_a_copy(writer: IncrementalPdfFileWriter) -> None:
    copy = generic.DictionaryObject(field(writer, "supplier")["/V"])
    field(writer, "prospect")[name("/V")] = writer.add_object(copy)


def sign_for_the_other(writer: IncrementalPdfFileWriter) -> None:
    """The supplier's signature moves into the prospect's field, under a stamp of the prospect's."""
    ours, theirs = field(writer, "supplier"), field(writer, "prospect")
    theirs[name("/V")], theirs[name("/AP")] = ours.raw_get("/V"), stamp(writer)
    del ours["/V"]


def exchange_names(writer: IncrementalPdfFileWriter) -> None:
    one, other = field(writer, "supplier"), field(writer, "prospect")
    one[name("/T")], other[name("/T")] = text("prospect"), text("supplier")


def stamp_anew(writer: IncrementalPdfFileWriter) -> None:
    field(writer, "supplier")[name("/AP")] = stamp(writer)


def stamp_the_other(writer: IncrementalPdfFileWriter) -> None:
    """A stamp in the field that nobody signed."""
    field(writer, "prospect")[name("/AP")] = stamp(writer)


def draw_the_stamp_anew(writer: IncrementalPdfFileWriter) -> None:
    """The same stamp, whose drawing is another."""
    ours = field(writer, "supplier")
    ours[name("/AP")] = generic.DictionaryObject({name("/N"): stamp(writer).raw_get("/N")})


def say_of(key: str, value: Any) -> Save:
    """The same signature, of which its own dictionary says something else."""

    def save(writer: IncrementalPdfFileWriter) -> None:
        ours = field(writer, "supplier")
        told = generic.DictionaryObject(ours["/V"])
        told[name(key)] = value
        ours[name("/V")] = writer.add_object(told)

    return save


def of_the_field(key: str, value: Any) -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        field(writer, "supplier")[name(key)] = value

    return save


def cover(*numbers: int) -> Save:
    return say_of("/ByteRange", generic.ArrayObject(map(generic.NumberObject, numbers)))


def hole(change: Callable[[bytes], bytes]) -> Bytes:
    """The letter signed, and the digits of the signature exchanged for as many others, or as many as one likes."""

    def make(content: bytes) -> bytes:
        signed = tamper.signed(content, "supplier")
        match = re.search(rb"/Contents ?<(3[0-9a-fA-F]{2000,}?)>", signed)
        assert match
        return signed[: match.start(1)] + change(match[1]) + signed[match.end(1) :]

    return make


def ranges(change: Callable[[list[int]], list[int]]) -> Bytes:
    """The letter signed, and the range of bytes that the signature says it is of exchanged."""

    def make(content: bytes) -> bytes:
        signed = tamper.signed(content, "supplier")
        match = re.search(rb"/ByteRange \[([\d ]+)\]( *)", signed)
        assert match
        told = b"/ByteRange [%b]" % b" ".join(
            b"%d" % number for number in change(list(map(int, match[1].split())))
        )
        return signed[: match.start()] + told.ljust(len(match[0])) + signed[match.end() :]

    return make


def ends_later(content: bytes) -> bytes:
    """What the signature covers ends before the file does, which is saved once more with a page turned."""
    return tamper.appended(tamper.signed(content, "supplier"), 2)


def of_another_letter(content: bytes) -> bytes:
    """The signature of one file in the place of another's."""
    mine = tamper.signed(content, "supplier")
    theirs = tamper.signed(tamper.saved_by_pikepdf(content, "saved"), "supplier")
    pattern = rb"/Contents ?<(3[0-9a-fA-F]{2000,}?)>"
    one, other = re.search(pattern, mine), re.search(pattern, theirs)
    assert one
    assert other
    return mine[: one.start(1)] + other[1] + mine[one.end(1) :]


def certified_and_filled(content: bytes) -> bytes:
    """Certified by its sender; then somebody changes what may be done, and stamps."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(tamper.certified(content))), io.BytesIO()
    ours = field(writer, "supplier")
    told = generic.DictionaryObject(ours["/V"])
    told[name("/Reason")] = text("x")
    ours[name("/V")] = writer.add_object(told)
    writer.root[name("/Perms")] = generic.DictionaryObject({name("/DocMDP"): ours.raw_get("/V")})
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def certified_otherwise(content: bytes) -> bytes:
    """Certified by its sender; then somebody has it that the certificate permits nothing, or anything."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(tamper.certified(content))), io.BytesIO()
    ours = field(writer, "supplier")
    told = generic.DictionaryObject(ours["/V"])
    transform = generic.DictionaryObject(told["/Reference"][0].get_object())
    transform[name("/TransformParams")] = generic.DictionaryObject(
        {name("/P"): generic.NumberObject(3), name("/V"): name("/1.2")}
    )
    told[name("/Reference")] = generic.ArrayObject([transform])
    ours[name("/V")] = writer.add_object(told)
    writer.root[name("/Perms")] = generic.DictionaryObject({name("/DocMDP"): ours.raw_get("/V")})
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def add_to_the_store(what: dict[str, Any]) -> Save:
    def save(writer: IncrementalPdfFileWriter) -> None:
        writer.root[name("/DSS")] = generic.DictionaryObject(
            {name(key): value for key, value in what.items()}
        )
        writer.update_root()

    return save


def put_right(kind: str) -> Bytes:
    return lambda content: tamper.put_right(content, kind)


RESIGNED: Mapping[str, Bytes] = {
    "one signature in two fields": saved(sign_twice_by_one),
    "one signature in two fields, copied": saved(sign_twice_by_a_copy),
    "a signature in the other's field": saved(sign_for_the_other),
    "two fields that exchange their names": saved(exchange_names),
    "two signatures that exchange their fields": saved(exchange_names, "supplier", "prospect"),
    "a stamp exchanged": saved(stamp_anew),
    "the first of two stamps exchanged": saved(stamp_anew, "supplier", "prospect"),
    "a stamp in the other's field": saved(stamp_the_other),
    "a stamp drawn anew": saved(draw_the_stamp_anew),
    **{f"another {key[1:]} of a signature": saved(say_of(key, value)) for key, value in {
        "/Name": text("Claire Moreau"), "/Reason": text("12 euro"), "/Location": text("Lyon"), "/M": text("D:20200101000000Z"),
        "/ContactInfo": text("x"), "/SubFilter": name("/adbe.x509.rsa_sha1"),
        "/Prop_Build": generic.DictionaryObject({name("/App"): text("x")}), "/R": generic.NumberObject(7),
        "/Contents": generic.ByteStringObject(b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"),
    }.items()},
    "another lock": saved(of_the_field("/Lock", generic.DictionaryObject({name("/Fields"): text("12 euro")}))),
    "another day of the field": saved(of_the_field("/M", text("12 euro"))),
    "a wide gap": saved(cover(0, 100, 9000, 100)),
    "parts that overlap": saved(cover(0, 9000, 100, 9000)),
    "a part beyond the end": saved(cover(0, 100, 200, 10**9)),
    "no gap": saved(cover(0, 100, 100, 100)),
    "a gap of one byte more": ranges(lambda numbers: [numbers[0], numbers[1], numbers[2] + 1, numbers[3] - 1]),
    "a gap of one byte less": ranges(lambda numbers: [numbers[0], numbers[1] + 1, *numbers[2:]]),
    "a last byte left out": ranges(lambda numbers: [*numbers[:3], numbers[3] - 1]),
    "a first part of nothing": ranges(lambda numbers: [0, 0, *numbers[2:]]),
    "a last part of nothing": ranges(lambda numbers: [*numbers[:3], 0]),
    "another signature's digits": hole(lambda digits: digits[:400] + digits[404:] + b"0000"),
    "other digits behind the signature": hole(lambda digits: digits[:-8] + b"deadbeef"),
    "no digits": hole(lambda digits: b"0" * len(digits)),
    "digits in the middle of nothing": hole(lambda digits: b"00" + digits[:-2]),
    "a signature of another file": of_another_letter,
    "a page turned afterwards": ends_later,
    "a certificate told otherwise": certified_and_filled,
    "a certificate that permits more": certified_otherwise,
    "a store of words": saved(add_to_the_store({"/Certs": generic.ArrayObject([text("12 euro")])})),
    "a store of checks of nothing": saved(add_to_the_store({"/VRI": generic.DictionaryObject({name("/X"): text("12 euro")})})),
    **{f"put right after {kind}": put_right(kind) for kind in ("text under a white box", "the data edited", "text added", "two glyphs change places")},
}  # fmt: skip
"""By name, what makes the file of a letter."""
