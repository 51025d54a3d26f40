"""Whether a PDF is put together so that every reader finds the same objects in it.

Readers forgive much, each in its own way: where a file says a thing twice, or
refers to what is not there, one shows this and another that.  So the file is
read here a second time, from its first byte to its last, by the letter of
ISO 32000-1, 7.5: nothing stands between its objects, each object is where the
tables say, under one number, and each reference leads to one.

What no reader looks at is let be: the objects that a later save replaced, and
those to which no reference leads.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from accord.verify import streams

MOST_PIECES = 500_000  # texts, remarks, streams; a letter has some thousands
MOST_LISTED = 1_000_000  # objects in all tables together; a letter has 600
DEEPEST_TREE = 50
START_OF_FILE = 1024  # bytes in which readers look for a linearised file's dictionary
FIT_FOR_ZIP = 65_557  # bytes at the end of a file in which unpackers look for an archive's

SPACE = rb"[\0\t\n\f\r ]"
END_OF_WORD = rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])"
START_OF_WORD = rb"(?<![^\0\t\n\f\r ()<>\[\]{}%])"
IGNORED = re.compile(rb"(?:[\0\t\n\f\r ]|%[^\r\n]*+)*+")
HEADER = re.compile(rb"%PDF-(?:1\.[0-7]|2\.0)[\r\n]")
OBJECT = re.compile(rb"([1-9]\d{0,9}) (0|[1-9]\d{0,4}) obj" + END_OF_WORD)
LIKE_AN_OBJECT = re.compile(rb"\d" + SPACE + rb"+\d+" + SPACE + rb"*obj")
TABLE = re.compile(rb"xref[ \t]*(?:\r\n|\r|\n)")
ROWS = re.compile(rb"(\d{1,10}) (\d{1,7})[ \t]*(?:\r\n|\r|\n)")
ROW = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)")
TRAILER = re.compile(SPACE + rb"*trailer" + END_OF_WORD)
END = re.compile(rb"startxref" + SPACE + rb"+(\d{1,10})" + SPACE + rb"+%%EOF(?=[\r\n]|\Z)")
# Mail and disks add line ends and nulls; readers look for the end in the last 1,024 bytes.
LAST_BREAK = re.compile(SPACE + rb"{0,900}\Z")
STOP = re.compile(rb"[(%]|<<|<|" + START_OF_WORD + rb"(?:stream|endobj|startxref)" + END_OF_WORD)
# Numbers, names and texts as we and other honest programs write them: what is spelt otherwise, readers read otherwise.
NUMBER = rb"-?(?:(?:0|[1-9]\d{0,9})(?:\.\d{0,15})?|\.\d{1,15})"
OF_NAMES = rb"""[!"$&'*-.0-;=?-Z\\^-z|~]"""
ESCAPE = rb"#(?:0[1-9A-Fa-f]|1[0-9A-Fa-f]|2[0358Ff9]|3[CcEe]|5[BbDd]|7[BbDdFf]|[89A-Fa-f][0-9A-Fa-f])"
WORD = rb"(?:/(?:" + OF_NAMES + rb"|" + ESCAPE + rb")++|" + NUMBER + rb"|true|false|null|R)" + END_OF_WORD
WORDS = re.compile(rb"(?:[\t\n\r ]++|<<|>>|[\[\]]|" + WORD + rb")*+")
TEXT = re.compile(rb"[()]|[^\\()\r]++|\\(?:[nrtbf()\\]|[0-3][0-7]{2})")
DIGITS = re.compile(rb"<(?:[\t\n\r ]*+[0-9A-Fa-f]){0,}+[\t\n\r ]*+>")
REMARK = re.compile(rb"(?:\A|(?<=\n))%[ -~]*+\n")  # on a line of its own, as qpdf writes them
START_OF_STREAM = re.compile(rb"\r?\n")
END_OF_STREAM = re.compile(rb"(?:\r\n|\r|\n)?endstream" + SPACE + rb"+endobj" + END_OF_WORD)
REFERENCE = re.compile(
    START_OF_WORD + rb"(\d{1,10})" + SPACE + rb"+(\d{1,10})" + SPACE + rb"+R" + END_OF_WORD
)
MARK_OF_REFERENCE = re.compile(START_OF_WORD + rb"R" + END_OF_WORD)
LENGTH = re.compile(rb"/Length" + SPACE + rb"+" + REFERENCE.pattern.removeprefix(START_OF_WORD))

# The numbers and places of objects, and a remark before the first, as qpdf writes it.
HEADS = re.compile(rb"((?:[\t\n\r ]*+(?:0|[1-9]\d{0,9})(?=[\t\n\r ]|\Z))+)[\t\n\r ]*(?:%[ -~]*+\n)?")
OF_HOLDERS = {"/Type", "/N", "/First", "/Extends", "/Length", "/Filter"}
OF_ROWS = {"/Predictor", "/Columns"}
OF_PNG = 10  # and more: the predictors of which each row names its own

ROOT = re.compile(rb"/Root" + SPACE + rb"*(\d{1,10}" + SPACE + rb"+\d{1,5}" + SPACE + rb"+R)")
OF_TRAILERS = {
    "/Size", "/Root", "/Info", "/ID", "/Prev", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms",
}  # fmt: skip

FREE, PLAIN, PACKED = range(3)  # how an object is listed: ISO 32000-1, table 18


@dataclass(frozen=True)
class _Object:
    """An object as it stands in the file.

    `name` is its number and generation, `words` what it says but for its texts
    and remarks, `stream` the keys and the packed content of its stream, `holds`
    the numbers of the objects that are packed in it, `end` is where it ends.
    """

    start: int
    name: tuple[int, int]
    words: bytes
    end: int
    stream: tuple[Any, bytes] | None = None
    holds: tuple[int, ...] | None = None


@dataclass(frozen=True)
class _Entry:
    """Where an object is: at a byte, in its generation; or in another object, at a place among several."""

    kind: int
    where: int
    which: int


NOTHING = _Entry(FREE, 0, 0)


@dataclass(frozen=True)
class _Table:
    """One table of objects: where it begins, what its trailer says, and its entries."""

    start: int
    trailer: Any
    words: bytes
    entries: Mapping[int, _Entry]


@dataclass
class _File:
    """All that a file holds, in its order."""

    objects: dict[int, _Object] = field(default_factory=dict)
    tables: dict[int, _Table] = field(default_factory=dict)
    last_start: int = -1  # what the file's end says: where the newest table is


def is_sound(content: bytes, pdf: pikepdf.Pdf) -> bool:
    """Whether no reader of the file, which was opened as `pdf`, has anything to guess."""
    if not HEADER.match(content) or b"PK\5\6" in content[-FIT_FOR_ZIP:]:
        return False
    try:
        file = _Reading(content, pdf).file()
        _check_tables(file)
        entries = _check_references(file, content)
        _check_finding(file, entries, content)
        _check_order(file, content, pdf)
        _check_pages(pdf)
    except (ValueError, TypeError, LookupError, AttributeError, RuntimeError, pikepdf.PdfError):
        return False
    return not pdf.get_warnings()


def _demand(condition: object) -> None:
    if not condition:
        raise ValueError


# --- Reading from the first byte to the last ----------------------------------------


class _Reading:
    """A place in a file's bytes, and what was counted up to it."""

    def __init__(self, content: bytes, pdf: pikepdf.Pdf) -> None:
        self.content = content
        self.pdf = pdf
        self.place = 0
        self.pieces = 0
        self.listed = 0

    def file(self) -> _File:
        """Every object and table; `ValueError` if anything else stands in the file, or after its end."""
        file = _File()
        while True:
            self.take(IGNORED)
            if head := self.take(OBJECT):
                item = self._object(head)
                file.objects[item.start] = item
                if item.stream and item.stream[0].get("/Type") == "/XRef":
                    file.tables[item.start] = self._packed_table(item, *item.stream)
            elif head := self.take(TABLE):
                file.tables[head.start()] = self._plain_table(head.start())
            elif end := self.take(END):
                file.last_start = int(end[1])
                if LAST_BREAK.match(self.content, self.place):
                    return file
            else:
                raise ValueError

    def take(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """The match of a pattern here, and go on behind it; None if there is none."""
        match = pattern.match(self.content, self.place)
        if match:
            self.place = match.end()
        return match

    def must(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        """The same; `ValueError` if there is none."""
        match = self.take(pattern)
        if match is None:
            raise ValueError
        return match

    def words(self, last: bytes) -> tuple[bytes, bytes]:
        """The bytes up to the keyword that ends them, but for texts and remarks, which may hold anything; that keyword."""
        parts = []
        while True:
            self.pieces += 1
            stop = STOP.search(self.content, self.place)
            if stop is None or self.pieces > MOST_PIECES:
                raise ValueError
            part = self.content[self.place : stop.start()]
            _demand(WORDS.fullmatch(part))
            parts.append(part)
            sign, self.place = stop[0], stop.start()
            if sign == b"%":
                self.must(REMARK)
            elif sign == b"(":
                self._text()
                parts.append(b"()")
            elif sign == b"<":
                _demand(len(re.sub(SPACE, b"", self.must(DIGITS)[0])) % 2 == 0)
                parts.append(b"()")
            else:
                self.place = stop.end()
                if sign != b"<<":
                    _demand(sign == last or (sign == b"stream" and last == b"endobj"))
                    return b"".join(parts), sign
                parts.append(sign)

    def _text(self) -> None:
        """Over a text in parentheses, which may hold others."""
        depth = None
        while depth != 0:
            depth = (depth or 0) + {b"(": 1, b")": -1}.get(self.must(TEXT)[0], 0)

    def _object(self, head: re.Match[bytes]) -> _Object:
        name = (int(head[1]), int(head[2]))
        words, last = self.words(b"endobj")
        _demand_one_value(words)
        stream = self._stream(words) if last == b"stream" else None
        if stream is None or stream[0].get("/Type") != "/ObjStm":
            return _Object(head.start(), name, words, self.place, stream)
        numbers, packed = self._held(*stream)
        return _Object(head.start(), name, words + packed, self.place, stream, numbers)

    def _held(self, keys: Any, packed: bytes) -> tuple[tuple[int, ...], bytes]:
        """The numbers of the objects in a stream, none of them twice, and what they say: ISO 32000-1, 7.5.7."""
        _demand(not set(keys.keys()) - OF_HOLDERS)
        content, first, count = _unpacked(keys, packed), _whole(keys["/First"]), _whole(keys["/N"])
        self._count(count)
        head = HEADS.fullmatch(content[:first])
        heads = list(map(int, head[1].split())) if head else []
        _demand(len(heads) == 2 * count)
        numbers, places = tuple(heads[::2]), heads[1::2]
        _demand(len(places) == len(set(numbers)) == count and places == sorted(set(places)))
        words = []
        for start, end in zip(places, [*places[1:], len(content)], strict=True):
            inner = _Reading(content[first + start : first + end] + b"\nendobj", self.pdf)
            words.append(inner.words(b"endobj")[0])
            _demand_one_value(words[-1])
            _demand(inner.place == len(inner.content))
        return numbers, b"\n".join(words)

    def _stream(self, words: bytes) -> tuple[Any, bytes]:
        """The keys and the content of a stream, which has the length that it says."""
        keys = _parsed(words)
        length = keys.get("/Length")
        if length is None and (elsewhere := LENGTH.search(words)):
            length = self.pdf.get_object((int(elsewhere[1]), int(elsewhere[2])))
        self.must(START_OF_STREAM)
        _demand(isinstance(length, int) and 0 <= length <= len(self.content))
        packed = self.content[self.place : self.place + length]
        self.place += length
        self.must(END_OF_STREAM)
        return keys, packed

    def _plain_table(self, start: int) -> _Table:
        listed = []
        while head := self.take(ROWS):
            first, count = int(head[1]), int(head[2])
            self._count(count)
            for number in range(first, first + count):
                row = self.must(ROW)
                listed.append((number, _Entry(PLAIN if row[3] == b"n" else FREE, int(row[1]), int(row[2]))))
        self.must(TRAILER)
        words, last = self.words(b"startxref")
        self.place -= len(last)
        return _Table(start, _parsed(words), words, _once(listed))

    def _packed_table(self, item: _Object, keys: Any, packed: bytes) -> _Table:
        """The same as a stream: ISO 32000-1, 7.5.8."""
        widths, listed = list(map(_whole, keys["/W"])), []
        ranges = list(map(_whole, keys.get("/Index", [0, keys["/Size"]])))
        rows = _unpacked(keys, packed, sum(widths))
        _demand(len(widths) == 3 and all(0 <= width <= 8 for width in widths) and len(ranges) % 2 == 0)
        place = 0
        for first, count in zip(ranges[::2], ranges[1::2], strict=True):
            self._count(count)
            for number in range(first, first + count):
                values = []
                for width in widths:
                    values.append(int.from_bytes(rows[place : place + width], "big"))
                    place += width
                listed.append((number, _Entry(values[0] if widths[0] else PLAIN, *values[1:])))
        _demand(place == len(rows))
        return _Table(item.start, keys, item.words, _once(listed))

    def _count(self, count: int) -> None:
        self.listed += count
        _demand(count >= 0 and self.listed <= MOST_LISTED)


def _parsed(words: bytes) -> Any:
    """A dictionary without its texts and references."""
    keys = pikepdf.Object.parse(REFERENCE.sub(b"null", words))
    _demand(isinstance(keys, pikepdf.Dictionary))
    return keys


def _demand_one_value(words: bytes) -> None:
    """`ValueError` if an object is several, or a reference to another, which some readers follow."""
    _demand(not REFERENCE.fullmatch(words.strip()))
    pikepdf.Object.parse(REFERENCE.sub(b"null", words))


def _whole(number: Any) -> int:
    """The number; `ValueError` if it is none, or a fraction, such as 1.0, which some readers round."""
    _demand(type(number) is int)
    return int(number)


def _unpacked(keys: Any, packed: bytes, columns: int = 0) -> bytes:
    """The content of a stream, unpacked in a file of its own: the one that is read may have replaced it.

    `columns` is the length of the rows by which it may be predicted.
    """
    with pikepdf.new() as scratch:
        stream = pikepdf.Stream(scratch, packed, keys)
        predicted = streams.prediction(stream)
        _demand(
            not predicted
            or (
                set(predicted) <= OF_ROWS
                and predicted["/Predictor"] >= OF_PNG
                and predicted.get("/Columns", 1) == columns
            )
        )
        content = streams.unpacked(stream, predicted)
    _demand(content is not None)
    return content or b""


def _once(listed: Sequence[tuple[int, _Entry]]) -> Mapping[int, _Entry]:
    """The entries by number, of which none may come twice: the first counts for some, the last for others."""
    entries = dict(listed)
    _demand(len(entries) == len(listed))
    return entries


# --- One object for each number, one for each reference -------------------------------


def _check_tables(file: _File) -> None:
    """Each entry leads to an object of its number, in every table: also in those that a later one replaced."""
    by_number: dict[int, list[_Object]] = {}
    for item in file.objects.values():
        by_number.setdefault(item.name[0], []).append(item)
    for table in file.tables.values():
        # No second table beside it, which half of the readers look at.
        _demand(not set(table.trailer.keys()) - OF_TRAILERS)
        size = _whole(table.trailer["/Size"])
        for number, entry in table.entries.items():
            _demand(0 < number < size or (number == 0 and entry.kind == FREE))
            if entry.kind == PLAIN:
                _demand(file.objects[entry.where].name == (number, entry.which))
            elif entry.kind == PACKED:
                for holder in by_number[entry.where]:
                    _demand(holder.holds is not None and holder.holds[entry.which] == number)
            else:
                _demand(entry.kind == FREE)


def _check_references(file: _File, content: bytes) -> Mapping[int, _Entry]:
    """The entries that count.  Each reference leads to an object: what is nothing to one reader, another finds all the same.

    Some programs leave references to what they took out; a number that nothing in the file bears is nothing to all.
    Each table leads to the one before it, from the last to the first, and to the same root.
    """
    entries: dict[int, _Entry] = {}
    starts: set[int] = set()
    texts: list[bytes] = []
    start: Any = file.last_start
    while start is not None:
        _demand(isinstance(start, int) and start not in starts)
        starts.add(start)
        table = file.tables[start]
        texts.append(table.words)
        entries = {**table.entries, **entries}
        start = table.trailer.get("/Prev")
    _demand(starts == set(file.tables) and len({root for text in texts for root in ROOT.findall(text)}) == 1)
    texts += [
        item.words
        for item in file.objects.values()
        if entries.get(item.name[0]) == _Entry(PLAIN, item.start, item.name[1])
    ]
    names = {
        (number, entry.which if entry.kind == PLAIN else 0) for number, entry in entries.items() if entry.kind
    }
    unknown = set()
    for text in texts:
        references = [(int(number), int(generation)) for number, generation in REFERENCE.findall(text)]
        _demand(len(references) == len(MARK_OF_REFERENCE.findall(text)))
        unknown |= set(references) - names
    _demand(all(_is_of_nothing(number, file, content) for number, _generation in unknown))
    return entries


def _is_of_nothing(number: int, file: _File, content: bytes) -> bool:
    """Whether nothing in the file bears a number: no entry of a table, no object, not even one in a file inside."""
    listed = any(number in table.entries for table in file.tables.values())
    packed = any(number in (item.holds or ()) for item in file.objects.values())
    return not (listed or packed or re.search(rb"(?<!\d)0*%d%b+\d+%b*obj" % (number, SPACE, SPACE), content))


def _check_finding(file: _File, entries: Mapping[int, _Entry], content: bytes) -> None:
    """Who looks for the objects without the tables, as readers do that stumble over these, finds the same.

    The last one of a number is the one that counts, and none stands where there is none, in a text, a remark or a stream.
    """
    listed = {
        entry.where
        for table in file.tables.values()
        for entry in table.entries.values()
        if entry.kind == PLAIN
    }
    last: dict[int, _Entry] = {}
    for item in file.objects.values():
        number, generation = item.name
        _demand(item.start in listed or (item.start in file.tables and not entries.get(number, NOTHING).kind))
        last[number] = _Entry(PLAIN, item.start, generation)
        last |= {held: _Entry(PACKED, number, place) for place, held in enumerate(item.holds or ())}
    _demand(all(last[number] == entry for number, entry in entries.items() if entry.kind))
    like = sum(1 for _match in LIKE_AN_OBJECT.finditer(content))
    inside = [content[item.start : item.end] for item in file.objects.values() if _is_a_file(item)]
    _demand(like - sum(len(LIKE_AN_OBJECT.findall(part)) - 1 for part in inside) == len(file.objects))


def _is_a_file(item: _Object) -> bool:
    """Whether this is a file inside the file, which may hold objects of its own, as a PDF does."""
    return item.stream is not None and item.stream[0].get("/Type") == "/EmbeddedFile"


# --- The order of a linearised file ---------------------------------------------------


def _check_order(file: _File, content: bytes, pdf: pikepdf.Pdf) -> None:
    """What a linearised file says first must be what it says last: ISO 32000-1, annex F.

    Some readers begin at the first table in the file, and find the pages by the
    hints; others begin at its end.  Once something is appended, and the length
    is another, the first part counts for none.
    """
    first, *others = file.objects.values()
    _demand(not any(_linearised(other) for other in others if other.start < START_OF_FILE))
    keys = _linearised(first)
    if not keys or keys.get("/L") != len(content):
        _demand(not pdf.is_linearized)
        return
    places = sorted({*file.objects, *file.tables})
    _demand(file.last_start == places[1] and places[1] in file.tables)
    pages = [page.objgen[0] for page in pdf.pages]
    _demand(keys["/N"] == len(pages) and keys["/O"] == pages[0] and keys.get("/P", 0) == 0)
    hints = _unpacked(*(file.objects[int(keys["/H"][0])].stream or ({}, b"")))
    least, width = int.from_bytes(hints[:4], "big"), int.from_bytes(hints[8:10], "big")
    _demand(width <= 32)
    more = int.from_bytes(hints[36 : 36 + (width * len(pages) + 7) // 8], "big")
    unused = -(width * len(pages)) % 8
    number = 1
    for place, page in enumerate(pages[1:], 1):  # after the first, they are numbered from one on: F.4.1
        _demand(number == page)
        shift = unused + width * (len(pages) - 1 - place)
        number += least + ((more >> shift) & ((1 << width) - 1))


def _linearised(item: _Object) -> Any:
    """The dictionary that says that the file is linearised; None if the object is another."""
    if item.stream is not None or not item.words.lstrip().startswith(b"<<"):
        return None
    keys = _parsed(item.words)
    return keys if "/Linearized" in keys else None


# --- The tree of pages ----------------------------------------------------------------


def _check_pages(pdf: pikepdf.Pdf) -> None:
    """Each branch says how many pages it bears and where it hangs, and says it truly."""
    root = pdf.Root["/Pages"]
    _demand("/Parent" not in root)
    _demand(_count_pages(root, DEEPEST_TREE) == len(pdf.pages))


def _count_pages(node: Any, deepest: int) -> int:
    if node["/Type"] == "/Page":
        _demand("/Kids" not in node)
        return 1
    _demand(node["/Type"] == "/Pages" and deepest > 0)
    count = 0
    for kid in node["/Kids"]:
        _demand(kid.is_indirect and kid["/Parent"].objgen == node.objgen)
        count += _count_pages(kid, deepest - 1)
    _demand(isinstance(node["/Count"], int) and node["/Count"] == count)
    return count
