"""PDFs of letters in which some readers find other objects than others do.

The last save is the letter as it was, as qpdf reads it; what is altered is
where pdf.js, MuPDF, poppler, PDFium or an unpacker may look instead.
"""

import functools
import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pikepdf

Bytes = Callable[[bytes, random.Random], bytes]


class Letter:
    """A letter with all its objects in plain sight, and what is appended to it."""

    def __init__(self, content: bytes) -> None:
        self.content = bytearray(plain(content))
        self.previous = int(re.findall(rb"startxref\s+(\d+)", self.content)[-1])
        with pikepdf.open(io.BytesIO(bytes(self.content))) as file:
            self.free = int(file.trailer.Size)
            self.page = file.pages[0].obj.objgen[0]
            self.page_body = file.pages[0].obj.unparse(resolved=True)
            self.tree = file.Root.Pages.objgen[0]
            self.pages = {page.objgen[0]: page.obj.unparse(resolved=True) for page in file.pages}
            self.root = file.Root.unparse(resolved=True)
            self.trailer = b"/Size %d /Root %d 0 R /Info %d 0 R /ID [%b%b]" % (
                self.free + 10, file.Root.objgen[0], file.trailer.Info.objgen[0],
                file.trailer.ID[0].unparse(), file.trailer.ID[1].unparse(),
            )  # fmt: skip
        # The last number in use, so that no reader misses objects up to the size.
        self.content = bytearray(self.ended(self.table([(self.free + 9, self.add(self.free + 9, b"null"))])))
        self.previous = int(re.findall(rb"startxref\s+(\d+)", self.content)[-1])

    def page_with(self, more: bytes) -> bytes:
        """The first page with another key."""
        return self.page_body.rstrip().removesuffix(b">>") + b" " + more + b" >>"

    def add(self, number: int, body: bytes, generation: int = 0) -> int:
        """Append an object; where it begins."""
        start = len(self.content)
        self.content += b"%d %d obj\n%b\nendobj\n" % (number, generation, body)
        return start

    def add_note(self, rng: random.Random) -> dict[int, int]:
        """A note that says another price, as objects `free + 1` and `free + 2`."""
        x, y = rng.randint(60, 300), rng.randint(80, 600)
        look = b"1 1 1 rg 0 0 120 14 re f"
        return {
            self.free + 1: self.add(
                self.free + 1,
                b"<< /Type /Annot /Subtype /FreeText /Rect [%d %d %d %d] /F 4 /DA (/Helv 9 Tf 0 g)"
                b" /Contents (1 EUR) /AP << /N %d 0 R >> >>" % (x, y, x + 120, y + 14, self.free + 2),
            ),
            self.free + 2: self.add(
                self.free + 2,
                b"<< /Type /XObject /Subtype /Form /BBox [0 0 120 14] /Length %d >>\nstream\n%b\nendstream"
                % (len(look), look),
            ),
        }

    def versions(self, rng: random.Random) -> tuple[dict[int, int], int, int]:
        """Where the note, the page as it was and the page with the note are."""
        note = self.add_note(rng)
        noted = self.page_with(b"/Annots [%d 0 R]" % (self.free + 1))
        return note, self.add(self.page, self.page_body), self.add(self.page, noted)

    def table(self, entries: Sequence[tuple[int, int | None]], more: bytes = b"") -> int:
        """Append a table; where it begins."""
        start = len(self.content)
        self.content += b"xref\n"
        for number, place in entries:
            row = b"0000000000 65535 f" if place is None else b"%010d 00000 n" % place
            self.content += b"%d 1\n%b \n" % (number, row)
        self.content += b"trailer\n<< %b /Prev %d %b >>\n" % (self.trailer, self.previous, more)
        return start

    def packed_table(self, entries: Sequence[tuple[int, int, int, int]]) -> int:
        """The same as a stream, which lists itself; each entry is its number, its kind, and two figures."""
        start = len(self.content)
        entries = [*entries, (self.free + 9, 1, start, 0)]
        rows = b"".join(struct.pack(">BIH", *figures) for _number, *figures in entries)
        index = b" ".join(b"%d 1" % number for number, *_figures in entries)
        head = b"<< /Type /XRef %b /Prev %d /W [1 4 2] /Index [%b] /Length %d >>" % (
            self.trailer, self.previous, index, len(rows),
        )  # fmt: skip
        self.add(self.free + 9, b"%b\nstream\n%b\nendstream" % (head, rows))
        return start

    def ended(self, start: int) -> bytes:
        """The whole file, whose newest table begins at `start`."""
        return bytes(self.content) + b"startxref\n%d\n%%%%EOF\n" % start


@functools.cache
def plain(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as file:
        file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    return out.getvalue()


# --- Said twice -------------------------------------------------------------------


def list_twice(content: bytes, rng: random.Random) -> bytes:
    letter = Letter(content)
    note, clean, noted = letter.versions(rng)
    return letter.ended(letter.table([*note.items(), (letter.page, clean), (letter.page, noted)]))


def list_twice_packed(content: bytes, rng: random.Random) -> bytes:
    letter = Letter(content)
    note, clean, noted = letter.versions(rng)
    entries = [*note.items(), (letter.page, clean), (letter.page, noted)]
    return letter.ended(letter.packed_table([(number, 1, place, 0) for number, place in entries]))


def two_tables(content: bytes, rng: random.Random) -> bytes:
    """A hybrid file: the table says one thing, the stream beside it another."""
    letter = Letter(content)
    note, clean, noted = letter.versions(rng)
    entries = [*note.items(), (letter.page, noted)]
    other = letter.packed_table([(number, 1, place, 0) for number, place in entries])
    return letter.ended(letter.table([(letter.page, clean)], b"/XRefStm %d" % other))


def pack_two(content: bytes, rng: random.Random, *, of_one_number: bool) -> bytes:
    """A stream of objects that holds the page twice, first with a note, under its own number or another.

    The table names the page by either place where the number is the same, by the other's place where it is not.
    """
    letter = Letter(content)
    note = letter.add_note(rng)
    noted = letter.page_with(b"/Annots [%d 0 R]" % (letter.free + 1))
    first = letter.page if of_one_number else letter.free + 4
    head = b"%d 0 %d %d " % (first, letter.page, len(noted) + 1)
    body = head + noted + b" " + letter.page_body
    holder = letter.free + 3
    place = letter.add(
        holder,
        b"<< /Type /ObjStm /N 2 /First %d /Length %d >>\nstream\n%b\nendstream"
        % (len(head), len(body), body),
    )
    entries = [(number, 1, where, 0) for number, where in {**note, holder: place}.items()]
    named = rng.randrange(2) if of_one_number else 0
    return letter.ended(letter.packed_table([*entries, (letter.page, 2, holder, named)]))


# --- References to nothing ----------------------------------------------------------


def refer(content: bytes, rng: random.Random, how: bytes = b"%d 1 R") -> bytes:
    """By a generation that there is not: nothing to qpdf, the object to others."""
    letter = Letter(content)
    note = letter.add_note(rng)
    target = letter.add(letter.free, b"[%d 0 R]" % (letter.free + 1))
    page = letter.add(letter.page, letter.page_with(b"/Annots " + how % letter.free))
    return letter.ended(letter.table([*note.items(), (letter.free, target), (letter.page, page)]))


def refer_from_the_root(content: bytes, rng: random.Random) -> bytes:
    letter = Letter(content)
    script = letter.add(letter.free, b"<< /S /JavaScript /JS (app.alert(%d)) >>" % rng.randrange(999))
    root = letter.root.rstrip().removesuffix(b">>") + b"/OpenAction %d %d R >>" % (
        letter.free, rng.randint(1, 9),
    )  # fmt: skip
    number = int(re.search(rb"/Root (\d+)", letter.trailer)[1])  # type: ignore[index]
    return letter.ended(letter.table([(letter.free, script), (number, letter.add(number, root))]))


def refer_to_what_was_freed(content: bytes, rng: random.Random) -> bytes:
    letter = Letter(content)
    note = letter.add_note(rng)
    letter.add(letter.free, b"[%d 0 R]" % (letter.free + 1))
    page = letter.add(letter.page, letter.page_with(b"/Annots %d 0 R" % letter.free))
    return letter.ended(letter.table([*note.items(), (letter.free, None), (letter.page, page)]))


def refer_to_what_is_not_listed(content: bytes, rng: random.Random) -> bytes:
    letter = Letter(content)
    note = letter.add_note(rng)
    letter.add(letter.free + 50, b"[%d 0 R]" % (letter.free + 1))
    page = letter.add(letter.page, letter.page_with(b"/Annots %d 0 R" % (letter.free + 50)))
    return letter.ended(letter.table([*note.items(), (letter.page, page)]))


def refer_to_an_unknown_kind(content: bytes, rng: random.Random) -> bytes:
    letter = Letter(content)
    note = letter.add_note(rng)
    target = letter.add(letter.free, b"[%d 0 R]" % (letter.free + 1))
    note[letter.page] = letter.add(letter.page, letter.page_with(b"/Annots %d 0 R" % letter.free))
    entries = [(number, 1, place, 0) for number, place in note.items()]
    return letter.ended(letter.packed_table([*entries, (letter.free, rng.randint(3, 255), target, 0)]))


def refer_out_of_a_picture(content: bytes, rng: random.Random) -> bytes:
    """The same reference to nothing, in an object that stands inside another's content."""
    letter = Letter(content)
    note = letter.add_note(rng)
    note[letter.free] = letter.add(letter.free, b"[%d 0 R]" % (letter.free + 1))
    page = b"%d 0 obj\n%b\nendobj" % (letter.page, letter.page_with(b"/Annots %d 1 R" % letter.free))
    start = letter.add(letter.free + 3, b"<< /Length %d >>\nstream\n%b\nendstream" % (len(page), page))
    note |= {letter.free + 3: start, letter.page: letter.content.index(page, start)}
    return letter.ended(letter.table([*note.items()]))


# --- The tree of pages ----------------------------------------------------------------


def hang_elsewhere(content: bytes, rng: random.Random) -> bytes:
    """A branch that crops its page, which says that it hangs on another."""
    letter = Letter(content)
    branch = letter.add(
        letter.free,
        b"<< /Type /Pages /Parent %d 0 R /Count 1 /Kids [%d 0 R] /CropBox [0 %d 595 842] >>"
        % (letter.tree, letter.page, rng.randint(20, 600)),
    )
    kids = [letter.free, *[*letter.pages][1:]]
    tree = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    return letter.ended(letter.table([(letter.free, branch), (letter.tree, letter.add(letter.tree, tree))]))


def count_otherwise(content: bytes, rng: random.Random) -> bytes:
    """A branch that says how many pages it bears, and bears others."""
    letter = Letter(content)
    kids = b" ".join(b"%d 0 R" % kid for kid in letter.pages)
    count = len(letter.pages)
    tree = b"<< /Type /Pages /Count %d /Kids [%d 0 R] >>" % (count, letter.free)
    branch = b"<< /Type /Pages /Parent %d 0 R /Count %d /Kids [%b] >>" % (
        letter.tree, count + rng.randint(1, 60), kids,
    )  # fmt: skip
    entries = {letter.tree: letter.add(letter.tree, tree), letter.free: letter.add(letter.free, branch)}
    for number, page in letter.pages.items():
        moved = re.sub(rb"/Parent \d+ 0 R", b"/Parent %d 0 R" % letter.free, page)
        entries[number] = letter.add(number, moved)
    return letter.ended(letter.table([*entries.items()]))


# --- What some read first ---------------------------------------------------------------


def linearised(file: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    file.save(out, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True, **how)
    return out.getvalue()


def begin_with_another_page(content: bytes, rng: random.Random) -> bytes:
    """A linearised letter with a box on its page, the page restored at its end, the length made to fit."""
    with pikepdf.open(io.BytesIO(content)) as file:
        drawing = file.pages[0].obj.Contents.read_bytes()
        box = b"\nq 1 1 1 rg %d %d 120 14 re f Q" % (rng.randint(60, 300), rng.randint(80, 600))
        file.pages[0].obj.Contents = pikepdf.Stream(file, drawing + box)
        boxed = linearised(file)
    letter = Letter.__new__(Letter)
    letter.content = bytearray(boxed)
    letter.previous = int(re.findall(rb"startxref\s+(\d+)", boxed)[-1])
    with pikepdf.open(io.BytesIO(boxed)) as file:
        number = file.pages[0].obj.Contents.objgen[0]
        letter.trailer = b"/Size %d /Root %d 0 R /Info %d 0 R /ID [%b%b]" % (
            int(file.trailer.Size), file.Root.objgen[0], file.trailer.Info.objgen[0],
            file.trailer.ID[0].unparse(), file.trailer.ID[1].unparse(),
        )  # fmt: skip
    place = letter.add(number, b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawing), drawing))
    whole = letter.ended(letter.table([(number, place)]))
    length = re.search(rb"/L (\d+) ", whole)
    assert length
    return whole[: length.start()] + b"/L %d " % len(whole) + whole[length.end() :]


def name_another_page_first(content: bytes, rng: random.Random) -> bytes:
    """A linearised letter that says of a page outside its tree that it is the first."""
    with pikepdf.open(io.BytesIO(content)) as file:
        page = file.pages[0].obj
        other = file.make_indirect(
            pikepdf.Dictionary({key: value for key, value in page.items() if key != "/Contents"})
        )
        other.Contents = pikepdf.Stream(file, b"1 0 0 rg %d 100 400 400 re f" % rng.randint(1, 99))
        file.Root.Kept = other
        whole = linearised(file)
    with pikepdf.open(io.BytesIO(whole)) as file:
        number = file.Root.Kept.objgen[0]
    whole = whole.replace(
        b"/Kept %d 0 R" % number, b"%%%b\n" % (b" " * (len(b"/Kept  0 R") + len(b"%d" % number) - 2))
    )
    first = re.search(rb"/O (\d+) (.*?>>)( *)", whole)
    assert first
    entries = b"/O %d %b" % (number, first[2])
    return whole[: first.start()] + entries.ljust(len(first[0])) + whole[first.end() :]


def hint_at_another_page(content: bytes, rng: random.Random) -> bytes:
    """A linearised letter whose hints lead from the first page on to others than its tree does."""
    with pikepdf.open(io.BytesIO(content)) as file:
        while len(file.pages) < 3:
            file.pages.append(file.pages[0])
        whole = linearised(file, compress_streams=False, recompress_flate=False)
    place = re.search(rb"/H \[ (\d+) (\d+) \]", whole)
    assert place
    start = whole.index(b"stream\n", int(place[1])) + len(b"stream\n")
    least = int.from_bytes(whole[start : start + 4], "big") + rng.randint(1, 5)
    return whole[:start] + least.to_bytes(4, "big") + whole[start + 4 :]


# --- Before, after and beside -----------------------------------------------------------


def append_a_page_of_another_kind(content: bytes, rng: random.Random) -> bytes:
    return content + b"\n<html><body>The price is %d euro.</body></html>" % rng.randint(1, 999)


def append_an_object(content: bytes, rng: random.Random) -> bytes:
    letter = Letter(content)
    note, clean, _noted = letter.versions(rng)
    whole = letter.ended(letter.table([*note.items(), (letter.page, clean)]))
    letter.content = bytearray(whole)
    letter.add(letter.page, letter.page_with(b"/Annots [%d 0 R]" % (letter.free + 1)))
    return bytes(letter.content)


def append_an_archive(content: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo("contract.txt"), f"The price is {rng.randint(1, 999)} euro.")
    if rng.random() < 0.5:
        return out.getvalue()
    return out.getvalue() + re.findall(rb"startxref\s+\d+\s+%%EOF", content)[-1]


MISREAD: Mapping[str, Bytes] = {
    "an object listed twice": list_twice,
    "an object listed twice, packed": list_twice_packed,
    "two tables": two_tables,
    "two objects of one number": functools.partial(pack_two, of_one_number=True),
    "an object by another's place": functools.partial(pack_two, of_one_number=False),
    "another generation": refer,
    "a generation beyond all": functools.partial(refer, how=b"%d 65536 R"),
    "a reference with a sign": functools.partial(refer, how=b"+%d 0 R"),
    "a script of another generation": refer_from_the_root,
    "a reference to what was freed": refer_to_what_was_freed,
    "a reference to what is not listed": refer_to_what_is_not_listed,
    "a reference to an unknown kind": refer_to_an_unknown_kind,
    "an object inside another": refer_out_of_a_picture,
    "a page that hangs elsewhere": hang_elsewhere,
    "pages counted otherwise": count_otherwise,
    "another page to begin with": begin_with_another_page,
    "another page named first": name_another_page_first,
    "hints at another page": hint_at_another_page,
    "a page of another kind appended": append_a_page_of_another_kind,
    "an object appended": append_an_object,
    "an archive appended": append_an_archive,
}


def misread(content: bytes, kind: str, seed: int) -> bytes:
    """A letter in which some readers find another thing."""
    return MISREAD[kind](content, random.Random(f"{kind} {seed}"))  # noqa: S311 - to be repeated
