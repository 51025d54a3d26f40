"""How the objects of a letter are packed, listed and written: otherwise than readers agree on, and honestly.

Each is a letter with a save appended, after which the first page is what it was, as qpdf reads it.  `OTHERWISE`
is what readers may unpack, find or part otherwise, `HONESTLY` its neighbours, which honest programs write.
"""

import functools
import io
import random
import re
import struct
import zlib
from collections.abc import Callable, Mapping

import pikepdf

from support.misread import Letter

Bytes = Callable[[bytes, random.Random], bytes]
Change = Callable[[bytes], bytes]
Hide = Callable[[Letter, random.Random], None]
SCRIPT = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"


def same(content: bytes) -> bytes:
    return content


def with_more(body: bytes, more: bytes) -> bytes:
    return body.rstrip().removesuffix(b">>") + b" " + more + b" >>"


def turned(body: bytes) -> bytes:
    return with_more(body, b"/Rotate 180")


# --- Objects that no table lists ------------------------------------------------------


def hide_an_object(letter: Letter, _rng: random.Random) -> None:
    letter.add(letter.page, turned(letter.page_body))


def hide_in_a_stream(letter: Letter, rng: random.Random) -> None:
    inner = b"%d\n%d 0 obj\n%b\nendobj\n" % (rng.randint(1, 99), letter.page, turned(letter.page_body))
    body = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(inner), inner)
    letter.content = bytearray(
        letter.ended(letter.table([(letter.free + 3, letter.add(letter.free + 3, body))]))
    )
    letter.previous = int(re.findall(rb"startxref\s+(\d+)", letter.content)[-1])


def hide_in_a_text(letter: Letter, rng: random.Random) -> None:
    body = b"(%d\n%d 0 obj\n<< /Type /Page /Rotate 180 >>\nendobj\n)" % (rng.randint(1, 99), letter.page)
    letter.content = bytearray(
        letter.ended(letter.table([(letter.free + 3, letter.add(letter.free + 3, body))]))
    )
    letter.previous = int(re.findall(rb"startxref\s+(\d+)", letter.content)[-1])


def hide_in_a_remark(letter: Letter, rng: random.Random) -> None:
    letter.content += b"%% %d %d 0 obj << /Type /Page /Rotate 180 >> endobj\n" % (
        rng.randint(1, 99),
        letter.page,
    )


def hidden(content: bytes, rng: random.Random, hide: Hide) -> bytes:
    """A page that only those find who search for objects, as readers do that stumble over the tables."""
    letter = Letter(content)
    page = letter.add(letter.page, letter.page_body)
    hide(letter, rng)
    return letter.ended(letter.table([(letter.page, page)]))


def shifted(content: bytes, rng: random.Random) -> bytes:
    """The same, and a table that begins at one with a free entry: pdf.js takes it to begin at nought, and searches."""
    letter = Letter(content)
    where = {
        int(each[1]): each.start() for each in re.finditer(rb"^(\d+) 0 obj", letter.content, re.MULTILINE)
    }
    root = letter.add(letter.free, letter.root)
    letter.trailer = re.sub(rb"/Root 1 0", b"/Root %d 0" % letter.free, letter.trailer)
    hide_an_object(letter, rng)
    start = len(letter.content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in (where[2], where[3]))
    letter.content += b"xref\n1 3\n0000000000 65535 f \n%b%d 1\n%010d 00000 n \n" % (rows, letter.free, root)
    letter.content += b"trailer\n<< %b /Prev %d >>\n" % (letter.trailer, letter.previous)
    return letter.ended(start)


def list_nought(content: bytes, _rng: random.Random) -> bytes:
    """An object of the number nought, which is always free."""
    letter = Letter(content)
    nought = letter.add(0, turned(letter.page_body))
    return letter.ended(letter.table([(0, nought), (letter.page, letter.add(letter.page, letter.page_body))]))


# --- Packed objects -------------------------------------------------------------------


def packed(
    content: bytes, _rng: random.Random, head: bytes = b"%d 0 ", keys: bytes = b"/N 1 /First %d", body: Change = same,
    pack: Change | None = None,
) -> bytes:  # fmt: skip
    """The page in a stream of objects."""
    letter = Letter(content)
    head = head % letter.page
    unpacked = head + body(letter.page_body)
    holder, stream = letter.free + 3, pack(unpacked) if pack else unpacked
    keys = keys % len(head) + (b" /Filter /FlateDecode" if pack else b"")
    place = letter.add(
        holder,
        b"<< /Type /ObjStm %b /Length %d >>\nstream\n%b\nendstream" % (keys, len(stream), stream),
    )
    return letter.ended(letter.packed_table([(holder, 1, place, 0), (letter.page, 2, holder, 0)]))


# --- Tables ---------------------------------------------------------------------------


def listed(  # noqa: PLR0913, PLR0917 - the ways in which it may be listed
    content: bytes, _rng: random.Random, kind: str = "BIH", widths: bytes = b"[1 4 2]", index: bytes = b"[%d 1 %d 1]",
    more: bytes = b"", pack: Change | None = None, previous: bytes = b"%d", trailer: Change = same, shift: int = 0,
) -> bytes:  # fmt: skip
    """The page listed in a table that is a stream, which lists itself."""
    letter = Letter(content)
    page, start = letter.add(letter.page, letter.page_body), len(letter.content)
    first = (1,) if len(kind) == 3 else ()
    rows = b"".join(struct.pack(f">{kind}", *first, place + shift, 0) for place in (page, start))
    rows, more = (pack(rows), more + b" /Filter /FlateDecode") if pack else (rows, more)
    head = b"<< /Type /XRef %b /Prev %b /W %b /Index %b /Length %d %b >>" % (
        trailer(letter.trailer), previous % letter.previous, widths, index % (letter.page, letter.free + 9), len(rows), more,
    )  # fmt: skip
    letter.add(letter.free + 9, b"%b\nstream\n%b\nendstream" % (head, rows))
    return letter.ended(start)


def tabled(
    content: bytes, _rng: random.Random, previous: bytes = b"%d", trailer: Change = same, header: Change = same,
) -> bytes:  # fmt: skip
    """The page listed in a table of lines."""
    letter = Letter(content)
    page, start = letter.add(letter.page, letter.page_body), len(letter.content)
    letter.content += b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< %b /Prev %b >>\n" % (
        letter.page, page, trailer(letter.trailer), previous % letter.previous,
    )  # fmt: skip
    return header(letter.ended(start))


def tabled_twice(content: bytes, _rng: random.Random, earlier: Change = same, root: bytes = b"") -> bytes:
    """Two saves, of which the first says something that the second does not."""
    letter = Letter(content)
    trailer, entries = letter.trailer, {letter.page: letter.add(letter.page, letter.page_body)}
    if root:
        entries[letter.free] = letter.add(letter.free, with_more(letter.root, root))
        letter.trailer = re.sub(rb"/Root \d+", b"/Root %d" % letter.free, trailer)
    letter.trailer = earlier(letter.trailer)
    letter.previous = letter.table([*entries.items()])
    letter.content, letter.trailer = bytearray(letter.ended(letter.previous)), trailer
    return letter.ended(letter.table([(letter.page, letter.add(letter.page, letter.page_body))]))


def tabled_beside(content: bytes, rng: random.Random) -> bytes:
    """A table to which no other leads."""
    letter = Letter(content)
    page = letter.add(letter.page, letter.page_body)
    hide_an_object(letter, rng)
    letter.table([(letter.page, letter.content.rindex(b"%d 0 obj" % letter.page))])
    return letter.ended(letter.table([(letter.page, page)]))


def tabled_in_a_circle(content: bytes, _rng: random.Random) -> bytes:
    letter = Letter(content)
    page = letter.add(letter.page, letter.page_body)
    letter.previous = len(letter.content)
    return letter.ended(letter.table([(letter.page, page)]))


# --- One object as it is written ------------------------------------------------------


def written(
    content: bytes,
    _rng: random.Random,
    change: Change = same,
    head: bytes = b"%d 0 obj\n",
    tail: bytes = b"\nendobj\n",
) -> bytes:
    """The page's dictionary."""
    letter = Letter(content)
    start = len(letter.content)
    letter.content += head % letter.page + change(letter.page_body) + tail
    return letter.ended(letter.table([(letter.page, start)]))


def streamed(  # noqa: PLR0913, PLR0917 - the ways in which it may be written
    content: bytes, _rng: random.Random, keys: bytes = b"/Length %d", more: int = 0, begin: bytes = b"\nstream\n",
    end: bytes = b"\nendstream", pack: Change = same,
) -> bytes:  # fmt: skip
    """What the page draws."""
    letter = Letter(content)
    with pikepdf.open(io.BytesIO(bytes(letter.content))) as file:
        stream = file.pages[0].obj.Contents
        number, drawing = stream.objgen[0], pack(stream.read_bytes())
    body = b"<< %b >>%b%b%b" % (keys % (len(drawing) + more), begin, drawing, end)
    return letter.ended(letter.table([(number, letter.add(number, body))]))


def predicted(rows: bytes, width: int = 7) -> bytes:
    """Rows of a table as PNG predicts them, each from the one above."""
    parts = [rows[place : place + width] for place in range(0, len(rows), width)]
    above = [bytes(width), *parts]
    return zlib.compress(
        b"".join(
            b"\2" + bytes((one - other) % 256 for one, other in zip(part, before, strict=True))
            for part, before in zip(parts, above, strict=False)
        )
    )


def without_check_sum(content: bytes) -> bytes:
    return zlib.compress(content)[:-4] + b"abcd"


def with_something_behind(content: bytes) -> bytes:
    return zlib.compress(content) + b"xyz"


def more_of(text: bytes) -> Change:
    return lambda body: with_more(body, text)


PAGE_FIRST = b"<< /Rotate 180 "
HIDDEN: Mapping[str, Hide] = {
    "by no table": hide_an_object, "in a stream": hide_in_a_stream, "in a text": hide_in_a_text, "in a remark": hide_in_a_remark,
}  # fmt: skip
PACKED: Mapping[str, Mapping[str, object]] = {
    "a head with a low line": {"head": b"%d 0_0 "},
    "a head with a sign": {"head": b"+%d 0 "},
    "a head with noughts": {"head": b"000%d 000 "},
    "a head with a vertical tab": {"head": b"%d\x0b0 "},
    "a head with more numbers": {"head": b"%d 0 77 900 "},
    "a head with a fraction": {"head": b"%d 0.0 "},
    "a head with a remark inside": {"head": b"%d %% x\n0 "},
    "a fraction of objects": {"keys": b"/N 1.5 /First %d"},
    "a number with a point": {"keys": b"/N 1. /First %d"},
    "a place with a fraction": {"keys": b"/N 1 /First %d.0"},
    "a filter under another name": {"keys": b"/N 1 /First %d /F /Fl"},
    "parameters under another name": {"keys": b"/N 1 /First %d /DP << /Predictor 12 >>"},
    "a key of nobody": {"keys": b"/N 1 /First %d /X 1"},
    "a wrong check sum": {"pack": without_check_sum},
    "something behind": {"pack": with_something_behind},
    "parameters of nothing": {"pack": zlib.compress, "keys": b"/N 1 /First %d /DecodeParms << /Predictor 1 /Colors 17 >>"},
    "two objects for one": {"body": lambda body: body + b" << /Rotate 180 >>"},
    "a number behind the object": {"body": lambda body: body + b" 17 (x)"},
    "a word behind the object": {"body": lambda body: body + b" endobj"},
    "a key twice": {"body": lambda body: PAGE_FIRST + body.lstrip().removeprefix(b"<<").rstrip().removesuffix(b">>") + b" /Rotate 0 >>"},
}  # fmt: skip
LISTED: Mapping[str, Mapping[str, object]] = {
    "widths with fractions": {"widths": b"[1.5 4.5 2.5]"},
    "four widths": {"widths": b"[1 4 2 0]"},
    "places beyond all": {"kind": "BQH", "widths": b"[1 8 2]", "shift": 2**32},
    "numbers with fractions": {"index": b"[%d.0 1.9 %d 1]"},
    "numbers below nought": {"index": b"[%d 1 %d 1 -5 0]"},
    "an odd number of numbers": {"index": b"[%d 1 %d 1 5]"},
    "numbers of nothing": {"index": b"[%d 1 %d 1 null 0]"},
    "a filter under another name": {"more": b"/F /Fl"},
    "a key of nobody": {"more": b"/X (12 euro)"},
    "a lock": {"more": b"/Encrypt << /Filter /Standard >>"},
    "a wrong check sum": {"pack": without_check_sum},
    "something behind": {"pack": with_something_behind},
    "a prediction by colours": {"pack": predicted, "more": b"/DecodeParms << /Predictor 15 /Columns 1 /Colors 7 >>"},
    "a prediction with more": {"pack": predicted, "more": b"/DecodeParms << /Predictor 12 /Columns 7 /EarlyChange 0 >>"},
    "columns without a prediction": {"pack": zlib.compress, "more": b"/DecodeParms << /Predictor 1 /Columns 7 >>"},
    "a fraction of a table before": {"previous": b"%d.0"},
    "a reference to the table before": {"previous": b"3 0 R %% %d\n"},
    "a fraction of a size": {"trailer": lambda text: re.sub(rb"/Size (\d+)", rb"/Size \1.5", text)},
    "a size too small": {"trailer": lambda text: re.sub(rb"/Size (\d+)", rb"/Size 5", text)},
    "two sizes": {"trailer": lambda text: b"/Size 9 " + text},
    "widths twice": {"more": b"/W [1 4 2]"},
}  # fmt: skip
TABLED: Mapping[str, Mapping[str, object]] = {
    "a fraction of a table before": {"previous": b"%d.0"},
    "a text for the table before": {"previous": b"(%d)"},
    "two tables before": {"previous": b"0 /Prev %d"},
    "two roots": {"trailer": lambda text: b"/Root 3 0 R " + text},
    "a load for a number": {"trailer": lambda text: re.sub(rb"/ID \[.*?\]", b"/ID [<< /X (12 euro) >> (b)]", text, flags=re.DOTALL)},
    "a number without end": {"trailer": lambda text: re.sub(rb"/ID \[.*?\]", b"/ID [(%b) (b)]" % (b"x" * 500), text, flags=re.DOTALL)},
    "a head of its own": {"header": lambda whole: re.sub(rb"\A%PDF-1\.\d\n", b"%PDF-1.7x\n", whole)},
    "a head of another kind": {"header": lambda whole: re.sub(rb"\A%PDF-1\.\d\n", b"%PDF-9.9\n", whole)},
}  # fmt: skip
TWICE: Mapping[str, Mapping[str, object]] = {
    "an older lock": {"earlier": lambda text: text + b" /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -1 >>"},
    "an older root": {"root": SCRIPT},
    "an older key of nobody": {"earlier": lambda text: text + b" /X (12 euro)"},
}  # fmt: skip
WRITTEN: Mapping[str, Mapping[str, object]] = {
    "two dictionaries": {"change": lambda body: body + b" << /Rotate 180 >>"},
    "a key twice": {"change": lambda body: PAGE_FIRST + body.lstrip().removeprefix(b"<<").rstrip().removesuffix(b">>") + b" /Rotate 0 >>"},
    "the same key twice": {"change": more_of(b"/Type /Page")},
    "a key without a value": {"change": more_of(b"/Rotate")},
    "a number for a key": {"change": more_of(b"17 /Rotate 0")},
    "a list that does not end": {"change": more_of(b"/PieceInfo [")},
    "turned by a truth": {"change": more_of(b"/Rotate false")},
    "turned by a fraction of nothing": {"change": more_of(b"/Rotate 0.0000000001")},
    "a page as large as numbers overflow": {"change": lambda body: re.sub(rb"841\.88976\d*", b"4294968137.889764", body)},
    "a page from corner to corner": {"change": lambda body: re.sub(rb"\[ ?0 0 (\S+) (\S+) ?\]", rb"[\1 \2 0 0]", body)},
    "noughts before its number": {"head": b"000%d 00 obj\n"},
    "nulls between its numbers": {"head": b"%d\x000\x0cobj\n"},
    "its numbers on lines": {"head": b"%d\n0\nobj\n"},
    "no end": {"tail": b"\n"},
    "two ends": {"tail": b"\nendobj\nendobj\n"},
}  # fmt: skip
STREAMED: Mapping[str, Mapping[str, object]] = {
    "two lengths": {"keys": b"/Length 5 /Length %d"},
    "a length with a fraction": {"keys": b"/Length %d.0"},
    "a length too short": {"more": -1},
    "two filters": {"pack": zlib.compress, "keys": b"/Filter /Fl /Filter /FlateDecode /Length %d"},
    "a filter of nothing": {"pack": zlib.compress, "keys": b"/Filter [null /FlateDecode] /Length %d"},
    "a beginning without a line": {"begin": b"\nstream\r"},
    "a beginning with a space": {"begin": b"\nstream \n"},
    "an end after spaces": {"end": b"   \nendstream"},
    "an end after nulls": {"end": b"\0\0endstream"},
}  # fmt: skip

OTHERWISE: Mapping[str, Bytes] = {
    **{f"a page hidden {where}": functools.partial(hidden, hide=hide) for where, hide in HIDDEN.items()},
    "a page for those who search": shifted,
    "an object of the number nought": list_nought,
    "a table to which no other leads": tabled_beside,
    "a table before itself": tabled_in_a_circle,
    **{
        f"{where}, {name}": functools.partial(make, **how)
        for where, make, table in (
            ("packed", packed, PACKED), ("listed", listed, LISTED), ("a table", tabled, TABLED), ("two tables", tabled_twice, TWICE),
            ("an object", written, WRITTEN), ("a stream", streamed, STREAMED),
        )
        for name, how in table.items()  # type: ignore[attr-defined]
    },
}  # fmt: skip
HONESTLY: Mapping[str, Bytes] = {
    "packed": packed,
    "packed and deflated": functools.partial(packed, pack=zlib.compress),
    "packed with a remark, as qpdf does": functools.partial(packed, head=b"%d 0\n%%%% object 2, index 0\n"),
    "packed in a chain": functools.partial(packed, keys=b"/N 1 /First %d /Extends 3 0 R"),
    "listed": listed,
    "listed and deflated": functools.partial(listed, pack=zlib.compress),
    "listed and predicted": functools.partial(listed, pack=predicted, more=b"/DecodeParms << /Predictor 12 /Columns 7 >>"),
    "listed without kinds": functools.partial(listed, kind="IH", widths=b"[0 4 2]"),
    "listed in eight bytes": functools.partial(listed, kind="BQH", widths=b"[1 8 2]"),
    "tabled": tabled,
    "tabled twice": tabled_twice,
    "its words without spaces": functools.partial(written, change=lambda body: re.sub(rb" (?=/)", b"", body)),
    "its words after its number": functools.partial(written, head=b"%d 0 obj"),
    "turned by nothing": functools.partial(written, change=more_of(b"/Rotate 0")),
    "a stream": streamed,
    "a stream with a line end": functools.partial(streamed, begin=b"\nstream\r\n"),
    "a stream whose line end counts": functools.partial(streamed, more=1),
    "a stream by no filter": functools.partial(streamed, keys=b"/Filter [] /Length %d"),
    "a stream that ends at once": functools.partial(streamed, end=b"endstream"),
}  # fmt: skip


def made(content: bytes, kind: str, among: Mapping[str, Bytes]) -> bytes:
    """The letter so listed; the same bytes each time."""
    return among[kind](content, random.Random(kind))  # noqa: S311 - to be repeated
