"""PDFs made to do harm, and others that are no letters."""

import functools
import io
import json
import random
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf

from accord.services.read_pdf import LARGEST_FILE
from accord.verify.embedded_data import MOST_UNPACKED
from support import tamper
from support.letters import pdf

LETTER = "12-en-decline-market"


def with_data(content: bytes, **more: bytes) -> bytes:
    """The letter with other data, and perhaps other files beside it."""
    with tamper.editing(pdf(LETTER)) as (file, out):
        tamper.attached(file).write(content)
        for name, other in more.items():
            file.attachments[name] = pikepdf.AttachedFileSpec(file, other, filename=name)
    return out.getvalue()


def data() -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf(LETTER))) as file:
        content: dict[str, Any] = json.loads(tamper.attached(file).read_bytes())
    return content


def named(name: str) -> bytes:
    """The letter's data under another name."""
    with tamper.editing(pdf(LETTER)) as (file, out):
        specification = file.attachments["accord.json"].obj
        specification.F = specification.UF = pikepdf.String(name)
    return out.getvalue()


def encrypted(password: str) -> bytes:
    with tamper.editing(pdf(LETTER), encryption=pikepdf.Encryption(owner="x", user=password)) as (_file, out):
        pass
    return out.getvalue()


def bomb(layers: int) -> bytes:
    """A letter with a stream that unpacks to ten times what is allowed."""
    content = zeros(10 * MOST_UNPACKED)
    for _layer in range(layers - 1):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * layers
    head = (
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter["
        + filters
        + b"]/Length %d>>stream\n" % len(content)
    )
    return head + content + b"\nendstream endobj\n" + pdf(LETTER)


def second_deal() -> bytes:
    with tamper.editing(pdf(LETTER)) as (file, out):
        extra = pikepdf.AttachedFileSpec(file, b"{}", filename="accord.json")
        file.Root.AF.append(extra.obj)
    return out.getvalue()


def with_stream(packed: bytes, filters: bytes, keyword: bytes = b"stream\n") -> bytes:
    """A letter after an object whose stream holds `packed`."""
    head = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4" + filters + b"/Length %d>>" % len(packed)
    return head + keyword + packed + b"\nendstream endobj\n" + pdf(LETTER)


@functools.cache
def zeros(size: int = MOST_UNPACKED + 1) -> bytes:
    """What unpacks to so many bytes, by default to a little more than is allowed."""
    packed, mebibyte = zlib.compressobj(9, wbits=-zlib.MAX_WBITS), bytes(1 << 20)
    piece = packed.compress(mebibyte) + packed.flush(zlib.Z_FULL_FLUSH)
    rest = packed.compress(bytes(size % (1 << 20))) + packed.flush()
    checksum = (size % 65521) << 16 | 1  # Adler-32 of zeros: RFC 1950, 8.2
    return b"\x78\xda" + piece * (size >> 20) + rest + checksum.to_bytes(4, "big")


def slow_to_begin() -> bytes:
    """A bomb after a mebibyte of blocks that hold nothing: RFC 1951, 3.2.4."""
    nothing = b"\0\0\0\xff\xff" * ((1 << 20) // 5)
    return b"\x78\xda" + nothing + zeros()[2:]


def random_then(bomb: bytes) -> bytes:
    """A bomb in a parcel that has much else before: the inner one begins in the first piece, and goes off later."""
    rng = random.Random(1)  # noqa: S311 - to be repeated, not to be secret
    stored = zlib.compressobj(0)
    inner = stored.compress(rng.randbytes(1 << 20)) + stored.flush(zlib.Z_FULL_FLUSH) + bomb[2:]
    return zlib.compress(inner, 1)


def many_pages(count: int) -> bytes:
    """One page, listed many times."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(
        (
            b"/Type/Catalog/Pages 2 0 R",
            b"/Type/Pages/Count %d/Kids[%b]" % (count, b"3 0 R " * count),
            b"/Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]",
        ),
        1,
    ):
        places.append(len(content))
        content += b"%d 0 obj<<%b>>endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 4\n0000000000 65535 f \n%btrailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return content + end % (table, len(content))


def pages_in_a_circle() -> bytes:
    with tamper.editing(pdf(LETTER)) as (file, out):
        file.Root.Pages.Kids.append(file.Root.Pages)
    return out.getvalue()


Bad = Mapping[str, tuple[Callable[[], bytes], str]]
"""By name: what makes the file, and a part of the sentence that refuses it."""

BAD: Bad = {
    "empty": (lambda: b"", "not a PDF"),
    "not a PDF": (lambda: b"PK\x03\x04" + b"x" * 4000, "not a PDF"),
    "a picture named .pdf": (lambda: b"\x89PNG\r\n\x1a\n", "not a PDF"),
    "truncated": (lambda: pdf(LETTER)[:9000], "damaged"),
    "nothing but a header": (lambda: b"%PDF-1.7\n", "damaged"),
    "encrypted": (lambda: encrypted(""), "encrypted"),
    "locked by a password": (lambda: encrypted("secret"), "password"),
    "huge": (lambda: b"%PDF-1.7\n" + b"\0" * LARGEST_FILE, "16 MiB"),
    "a bomb": (lambda: bomb(1), "far more data"),
    "a bomb in a parcel": (lambda: bomb(2), "far more data"),
    "a bomb in three": (lambda: bomb(3), "far more data"),
    "a bomb behind a space": (lambda: with_stream(zeros(), b"/Filter/FlateDecode", b"stream \r"), "far more data"),
    "a bomb that is slow to begin": (lambda: with_stream(slow_to_begin(), b"/Filter/FlateDecode"), "far more data"),
    "a bomb behind much else": (lambda: with_stream(random_then(zeros()), b"/Filter[/FlateDecode/FlateDecode]"), "far more data"),
    "packing by a short name": (lambda: with_stream(b"x", b"/Filter/LZW"), "packed"),
    "packing that stands elsewhere": (lambda: with_stream(b"x", b"/F#69lter 9 0 R"), "packed"),
    "packing in four": (lambda: with_stream(b"x", b"/Filter[" + b"/FlateDecode" * 4 + b"]"), "packed"),
    "rows without end": (lambda: with_stream(b"x", b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 999999999>>"), "packed"),
    "rows that stand elsewhere": (lambda: with_stream(b"x", b"/Filter/FlateDecode/DecodeParms<</Columns 9 0 R>>"), "packed"),
    "a page listed too often": (lambda: many_pages(2000), "damaged"),
    "pages in a circle": (pages_in_a_circle, "damaged"),
    "pages without number": (lambda: many_pages(2_000_000), "damaged"),
    "rare packing": (lambda: b"%PDF-1.7\n<</Filter/LZ#57Decode>>" + pdf(LETTER), "packed"),
    "a bomb for data": (lambda: with_data(b"[" + b" " * (5 << 20) + b"]"), "far more data"),
    "nested data": (lambda: with_data(b'{"format":' + b"[" * 1000 + b"]" * 1000 + b"}"), "not as Accord writes it"),
    "data nested without end": (lambda: with_data(b"[" * 100_000), "not as Accord writes it"),
    "a number without end": (lambda: with_data(b'{"format": ' + b"9" * 10_000 + b"}"), "not as Accord writes it"),
    "not a number": (lambda: with_data(b'{"format": NaN}'), "not as Accord writes it"),
    "a key said twice": (lambda: with_data(b'{"format": 1, "format": 1}'), "not as Accord writes it"),
    "a list for data": (lambda: with_data(b"[]"), "not as Accord writes it"),
    "a number larger than all": (lambda: with_data(b'{"format": 1e999}'), "not as Accord writes it"),
    "half a character": (lambda: with_data(b'{"format": "\\ud800"}'), "not as Accord writes it"),
    "no text for data": (lambda: with_data(b"\xff\xfe\x00"), "not as Accord writes it"),
    "of a later version": (lambda: with_data(json.dumps(data() | {"format": 3}).encode()), "newer version"),
}  # fmt: skip

NOT_TO_BE_READ: Bad = {
    "a second deal": (second_deal, "another file"),
    "a path for a name": (
        lambda: with_data(json.dumps(data()).encode(), **{"../../x.toml": b"x"}),
        "another file",
    ),
    "the data under a path": (lambda: named("../../accord.json"), "not a letter of Accord"),
    "a deal of nothing": (lambda: with_data(json.dumps(data() | {"deal": {}}).encode()), "prospect"),
}
"""What extract refuses, and verify calls altered or foreign."""
