"""CSV files: what ends their fields, and strict rules for their quotation marks.

A mark that is missing swallows the rows after it, or shifts what follows, so
whatever two programs would read in two ways is refused by its row.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from accord.batch import encodings
from accord.batch.cells import LONGEST_CELL, MOST_COLUMNS, SheetRow, too_wide
from accord.errors import Defect
from accord.i18n import _
from accord.text.characters import excerpt, in_quotes

DELIMITERS = ";,\t|"
LONGEST_BEGINNING = 1 << 16  # characters in which a CSV file shows what ends its fields
LINES_THAT_SHOW = 30
FEWEST_SWALLOWED = 4  # delimiters in a line of a text, as many as between the headings: a row
FEWEST_OF_ROW = 3  # cells of a row: a text of lines may have a delimiter in each by chance
OTHER_MARKS = (("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("'", "'"), ("”", "”"))
OPENING = frozenset(start for start, _end in OTHER_MARKS)
NO_TEXT = "\ufeff\x1a"  # marks of the order of bytes, where files were joined; what ends a file of MS-DOS
LINE_ENDS = frozenset(("\n", "\r\n", "\r"))
LONGEST_SHOWN = 40  # characters of a text in a message
AS_TEXT = re.compile(r'\A="([^"]*)"\Z')  # what keeps a spreadsheet program from reading a text as a number
JSON = re.compile(r'\s*(?:\[\s*)?\{\s*"')
WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|head|meta|table|\?xml)\b", re.IGNORECASE)


def parse(content: bytes) -> tuple[Iterator[SheetRow], str]:
    """The rows of a CSV file, empty ones too, and what ends its fields; it and the rows raise `Defect`."""
    text = encodings.decoded(content).strip(NO_TEXT)
    if "\0" in text:
        raise Defect(_("holds NUL characters, as a damaged file does; export it again"))
    if WEB_PAGE.match(text):
        raise Defect(
            _(
                "is a web page or XML, not a spreadsheet; open it in a spreadsheet program, and save it as .xlsx"
            )
        )
    if JSON.match(text):
        raise Defect(
            _("is JSON, not a table; give the file the ending .jsonl, each deal on a line of its own")
        )
    delimiter, text = _delimited(text)
    return _rows(text, delimiter), delimiter


def _delimited(text: str) -> tuple[str, str]:
    """What ends the fields of a CSV text, and the text without the line by which Excel says so."""
    if declaration := re.match(r'"?sep=(.)"?(?:\r\n|\r|\n)', text, re.IGNORECASE):
        return declaration[1], text[declaration.end() :]
    beginning = re.sub(r'"[^"]*"', "", text[:LONGEST_BEGINNING])
    lines = [line for line in re.split(r"[\r\n]+", beginning) if line.strip(" ")][:LINES_THAT_SHOW]
    first = next((line for line in lines if any(each in line for each in DELIMITERS)), "")
    delimiter = max(DELIMITERS, key=first.count)
    columns = first.count(delimiter)
    if sum(line.count(delimiter) == columns for line in lines) == 1:  # the line may be a title
        for other in DELIMITERS:
            for count, repeated in Counter(line.count(other) for line in lines if other in line).most_common(
                1
            ):
                if repeated > 1 and count >= columns:
                    return other, text
    return delimiter, text


def _rows(text: str, delimiter: str) -> Iterator[SheetRow]:
    # An io.StringIO would have four bytes for each character.
    lines = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="")
    del text
    record: list[str] = []  # the lines of the row that is being read
    number, width = 1, 0

    def recorded() -> Iterator[str]:
        nonlocal number
        for line in lines:
            if line in LINE_ENDS and not record:
                number += 1  # a row without fields: a file may have millions
            else:
                record.append(line)
                yield line

    reader = csv.reader(recorded(), delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        record.clear()
        try:
            fields = next(reader, None)
        except csv.Error:
            raise _misquoted(number, "".join(record), delimiter) from None
        if fields is None:
            return
        width = width or len(fields)
        if any(islice(fields, MOST_COLUMNS, None)):
            raise too_wide(number)
        fields = fields[:MOST_COLUMNS]
        _check(number, fields, record, delimiter, width)
        yield SheetRow(
            number,
            tuple(AS_TEXT.sub(r"\1", field.strip().strip(NO_TEXT).strip()) or None for field in fields),
        )
        number += 1


def _check(number: int, fields: list[str], record: list[str], delimiter: str, width: int) -> None:
    """Refuse a row that was read, but whose quotation marks say that something else was meant."""
    if len(record) > 1:
        _check_swallowed(number, fields, record, delimiter, width)
        for field in fields:
            lines = re.split(r"[\r\n]+", field)
            most = max(line.count(delimiter) for line in lines)
            if len(lines) > 1 and most >= max(FEWEST_SWALLOWED, width - 1):
                raise _never_closed(number, field)
    if any('"' in field for field in fields):
        loose = [
            each
            for each in _parts("".join(record), delimiter)[0]
            if '"' in each and each[:1] != '"' and not AS_TEXT.match(each)
        ]
        if len(loose) > 1:
            raise _loose(number, loose[0])
    if any(field.lstrip()[:1] in OPENING for field in fields):
        _check_other_marks(number, fields)


def _check_swallowed(number: int, fields: list[str], record: list[str], delimiter: str, width: int) -> None:
    """Refuse a text of several lines if each of them would be a whole row: a mark closed by that of another row."""
    lines = [line for line in record if line.strip()]
    if width >= FEWEST_OF_ROW and all(line.count(delimiter) == width - 1 for line in lines):
        swallowing = next(field for field in fields if re.search(r"[\r\n]", field))
        if re.search(rf"{re.escape(delimiter)}(?! )", swallowing):  # a sentence has a space there
            raise _never_closed(number, swallowing)


def _check_other_marks(number: int, fields: list[str]) -> None:
    """Refuse marks that hold no text together, « a ; b » or 'a ; b', where somebody took them for such as do."""
    texts = [field.strip() for field in fields if field.strip()]
    for start, end in OTHER_MARKS:
        opened = [place for place, text in enumerate(texts) if text.startswith(start) and end not in text[1:]]
        parted = any(
            text.endswith(end) and start not in text[:-1]
            for place in opened[:1]
            for text in texts[place + 1 :]
        )
        wrapped = [text for text in texts if len(text) > 1 and text.startswith(start) and text.endswith(end)]
        if parted or (len(wrapped) > 1 and len(wrapped) == len(texts)):
            text = texts[opened[0]] if parted else wrapped[0]
            sentence = _(
                "row {row}: {text} stands between marks that do not hold a field together; write straight quotation"
                ' marks (") instead'
            )
            raise Defect(sentence.format(row=number, text=excerpt(text, LONGEST_SHOWN)))


def _parts(record: str, delimiter: str) -> tuple[list[str], str]:
    """The fields of a record as they are written, and what stands from the first on that is no field."""
    ends = re.escape(delimiter)
    form = re.compile(rf'[ ]*("(?:[^"]|"")*+"(?={ends}|\s*\Z)|(?!")[^{ends}]*)(?:{ends}|\s*\Z)')
    fields, at = [], 0
    while at < len(record) and (match := form.match(record, at)):
        fields.append(match[1])
        at = match.end()
    return fields, record[at:]


def _misquoted(number: int, record: str, delimiter: str) -> Defect:
    """Why the record cannot be parted into fields."""
    _fields, rest = _parts(record, delimiter)
    rest = rest.lstrip(" ")
    closed = re.match(r'"(?:[^"]|"")*+"', rest)
    if closed and "\n" not in closed[0] and "\r" not in closed[0]:
        return _loose(number, rest)
    if not rest:
        sentence = _("row {row}: has a field of more than {limit} characters; shorten it")
        return Defect(sentence.format(row=number, limit=LONGEST_CELL))
    return _never_closed(number, rest[1:])


def _never_closed(number: int, text: str) -> Defect:
    sentence = _(
        "row {row}: the quotation mark that opens before {text} is not closed where this text ends;"
        " close it, or take it away"
    )
    return Defect(sentence.format(row=number, text=_shown(text)))


def _loose(number: int, text: str) -> Defect:
    sentence = _(
        "row {row}: a quotation mark stands inside a text, at {text}; put the whole text between quotation marks"
        " and write each one in it twice"
    )
    return Defect(sentence.format(row=number, text=_shown(text)))


def _shown(text: str) -> str:
    line = re.split(r"[\r\n]", text.strip())[0]
    return in_quotes(excerpt(line, LONGEST_SHOWN))
