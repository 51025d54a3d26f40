"""Files made to choke the program: each is refused in a sentence or read, soon and in little memory.

Every one goes through the whole command in a process of its own, a copy of one that has loaded the
program; its time and memory are measured: `pytest -v` shows them.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from support import bad_data, bad_pdfs
from support.campaign import Tried
from support.letters import pdf
from support.measured import Accord, Measured, loaded, measured
from support.parcels import unzipped
from support.paths import SAMPLES

MOST_SECONDS = 19  # of processor time, after the start
MOST_MEMORY = 600 << 20  # bytes
TYPES, BOOK, STYLES, TEXTS, SHEET = (
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
)
HEAD = ("language", "prospect.name", "feature.name", "decline.reason")
GOOD = ("en", "Orchard & Vine", "Gift cards", "out-of-scope")
CHUNK = 1 << 16
DONE, REFUSED = "1 row: 1 good", "far more data"
CHECK = ("batch", "--check", "--jobs", "1")


@dataclass(frozen=True)
class Stuffed:
    """A workbook with one good row, and so many times `filler` before a tag of one of its parts."""

    filler: str
    times: int
    part: str = SHEET
    tag: str = "</sheetData>"
    closing: str = ""

    def write(self, path: Path) -> None:
        """Write it in pieces: its maker's memory would count as the program's."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parcel:
            for name, content in workbook().items():
                if name != self.part:
                    parcel.writestr(name, content)
            before, tag, after = workbook().get(self.part, b"").partition(self.tag.encode())
            with parcel.open(self.part, "w") as file:
                file.write(before)
                self._fill(file.write)
                file.write(tag + after)

    def _fill(self, write: Callable[[bytes], object]) -> None:
        for one in filter(None, (self.filler, self.closing)):
            several = max(1, CHUNK // len(one))
            alike = b"" if "#" in one else one.encode() * several
            for start in range(0, self.times, several):
                numbers = range(start + 3, min(self.times, start + several) + 3)
                write(
                    alike[: len(numbers) * len(one)]
                    or "".join(one.replace("#", str(n)) for n in numbers).encode()
                )


def workbook() -> dict[str, bytes]:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (HEAD, GOOD):
        book.active.append(row)
    book.save(content)
    parts = unzipped(content.getvalue())
    parts[TYPES] = parts[TYPES].replace(
        b"</Types>", f'<Override PartName="/{TEXTS}" ContentType="{SHARED_STRINGS}"/></Types>'.encode()
    )
    parts[TEXTS] = f'<sst xmlns="{SHEET_MAIN_NS}"></sst>'.encode()
    return parts


MEBI = " " * 1023 + "\n"
WORKBOOKS = {
    "a zip bomb": (Stuffed(MEBI, 600 << 10, "xl/media/image1.png"), REFUSED),
    "a sheet of blanks": (Stuffed(MEBI, 500 << 10), REFUSED),
    "a text without end": (Stuffed("x" * 1024, 300 << 10, tag="</t>"), "deals.xlsx: "),
    "a million coloured rows": (Stuffed('<row r="#" s="1"><c r="A#" s="1"/></row>', 999_000), "empty rows"),
    "a million rows of nothing": (Stuffed('<row r="#"/>', 999_000), DONE),
    "the last cell of Excel": (Stuffed('<row r="1048576"><c r="XFD1048576"/></row>', 1), DONE),
    "a row beyond the last": (Stuffed('<row r="99999999999"><c><v>1</v></c></row>', 1), "damaged"),
    "a column beyond the last": (Stuffed('<row r="3"><c r="ZZZZZZ3"><v>1</v></c></row>', 1), "damaged"),
    "thirty thousand rows to the last column": (
        Stuffed('<row r="#"><c r="XFD#"><v>1</v></c></row>', 30_000),
        "beyond the column",
    ),
    "a row without end": (Stuffed("<c><v>1</v></c>", 4_000_000, tag="</row>"), REFUSED),
    "a million rows": (Stuffed('<row r="#"><c r="A#"><v>1</v></c></row>', 999_000), "more than 100000 rows"),
    "a hundred thousand formulas": (
        Stuffed(f'<row r="#">{"<c><f>1+1</f></c>" * 100}</row>', 1000),
        "1001 rows: 1 good, 1000 refused",
    ),
    "elements in elements": (Stuffed("<a>", 2_500_000, closing="</a>"), REFUSED),
    "elements in elements of a text": (Stuffed("<a>", 9_000_000, TEXTS, "</sst>", closing="</a>"), REFUSED),
    "elements in elements of a style": (Stuffed("<a>", 1_000_000, STYLES, "</fonts>", closing="</a>"), REFUSED),
    "attributes without end": (Stuffed('<c a="" b="" d="" e="" f="" g=""/>', 2_000_000, tag="</row>"), REFUSED),
    "what no one knows": (Stuffed("<a/>", 12_000_000), REFUSED),
    "three million shared texts": (Stuffed("<si><t>#</t></si>", 3_000_000, TEXTS, "</sst>"), REFUSED),
    "a million styles": (Stuffed("<font/>", 8_000_000, STYLES, "</fonts>"), "far more styles"),
    "as many styles as may be": (Stuffed("<font/>", 140_000, STYLES, "</fonts>"), DONE),
    "a million names": (
        Stuffed(
            '<definedNames><definedName name="n#">A1</definedName></definedNames>', 900_000, BOOK, "<calcPr"
        ),
        REFUSED,
    ),
    "sheets without end": (Stuffed('<sheet name="s#" sheetId="#" r:id="rId1"/>', 100_000, BOOK, "</sheets>"), "deals.xlsx: "),
    "every cell merged": (Stuffed('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', 9000, tag="<pageMargins"), DONE),
}  # fmt: skip


LINE = f"{','.join(HEAD)}\n{','.join(GOOD)}"
TEXT_FILES: dict[str, tuple[str, tuple[tuple[str, int], ...], str]] = {
    "a field of 50 MB": ("csv", ((f'{LINE}\nen,"', 1), ("x", 50 << 20), ('"\n', 1)), "larger than 32 MiB"),
    "a field of 30 MB": ("csv", ((f'{LINE}\nen,"', 1), ("x", 30 << 20), ('"\n', 1)), "row 3"),
    "a million columns": ("csv", (("c,", 1_000_000), ("c\n", 1)), "beyond the column"),
    "a million empty columns": ("csv", ((LINE.replace("\n", "," * 1_000_000 + "\n"), 1),), DONE),
    "nothing but commas": ("csv", ((f"{LINE}\n", 1), (",", 31 << 20)), DONE),
    "nothing but line ends": ("csv", ((f"{LINE}\n", 1), ("\n", 31 << 20)), DONE),
    "a million lines of commas": ("csv", ((f"{LINE}\n", 1), (",,,\n", 1_000_000)), "empty rows"),
    "nothing but quotation marks": ("csv", (('"', 31 << 20),), "row 1"),
    "quotation marks and commas": ("csv", (('a,"', 8 << 20),), "deals.csv: "),
    "a line of 10 MB": ("jsonl", (('{"feature.name": "', 1), ("x", 10 << 20), ('"}', 1)), "line 1"),
    "as many keys as fit": (
        "jsonl",
        (("{", 1), (",".join(f'"k{n}":1' for n in range(60_000)), 1), ("}", 1)),
        "5000 keys",
    ),
    "tables in tables": ("jsonl", (('{"a":', 170_000),), "line 1"),
    "a number of a billion digits": (
        "jsonl",
        (('{"decision.unit_price": 1e999999999}', 1),),
        "1E+999999999",
    ),
    "a number of a million digits": ("jsonl", (('{"decision.quantity": ', 1), ("9", 1_000_000), ("}", 1)), "line 1"),
    "a day of a billion digits": ("jsonl", (('{"delivery.by": 1e999999999}', 1),), "is a number, not a date"),
    "lines without end": ("jsonl", (("\n", 31 << 20),), "nothing to do"),
}  # fmt: skip


@pytest.fixture(scope="module")
def accord() -> Iterator[Accord]:
    with loaded() as run:
        yield run


@pytest.fixture(scope="module")
def accord_of_workbooks() -> Iterator[Accord]:
    with loaded("openpyxl.reader.excel") as run:
        yield run


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_made_to_choke(
    name: str, accord_of_workbooks: Accord, tmp_path: Path, tried: Tried
) -> None:
    stuffed, expected = WORKBOOKS[name]
    stuffed.write(tmp_path / "deals.xlsx")
    assert_bounded(name, accord_of_workbooks(tmp_path, *CHECK, "deals.xlsx"), expected, tried)


@pytest.mark.parametrize("name", TEXT_FILES)
def test_a_text_file_made_to_choke(name: str, accord: Accord, tmp_path: Path, tried: Tried) -> None:
    suffix, parts, expected = TEXT_FILES[name]
    source = tmp_path / f"deals.{suffix}"
    with source.open("wb") as file:
        for text, times in parts:
            several = max(1, CHUNK // len(text))
            for start in range(0, times, several):
                file.write(text.encode() * min(several, times - start))
    assert_bounded(name, accord(tmp_path, *CHECK, source.name), expected, tried)


@pytest.mark.parametrize("name", bad_pdfs.BAD)
def test_a_pdf_made_to_choke(name: str, accord: Accord, tmp_path: Path, tried: Tried) -> None:
    """Each by one command or the other: both open it by the same door, where it is refused."""
    command = ("extract", "verify")[list(bad_pdfs.BAD).index(name) % 2]
    make, expected = bad_pdfs.BAD[name]
    (tmp_path / "x.pdf").write_bytes(make())
    assert_bounded(f"{command}: {name}", accord(tmp_path, command, "x.pdf"), expected, tried)


# Drawings go by one door in turn, the logo of a house or that in the data of a letter, for the same code reads them;
# the dearest go by both, and those that the house's own process would not draw otherwise.
BY_BOTH = {
    *("many paths", "rules on many paths", "turns in turns", "glass on glass"),
    *("a path of many arcs", "numbers larger than all"),
}
BY_HOUSE = [name for place, name in enumerate(bad_data.DRAWINGS) if name in BY_BOTH or place % 2]
BY_LETTER = [name for name in bad_data.DATA if name.removeprefix("a logo of ") not in {*BY_HOUSE} - BY_BOTH]

COMMANDS = ("review x.pdf", "diff good.pdf x.pdf", "extract x.pdf", "verify x.pdf", "diff --standard x.pdf")


@pytest.mark.parametrize("name", BY_LETTER)
def test_a_letter_whose_data_are_made_to_choke(
    name: str, accord: Accord, tmp_path: Path, tried: Tried
) -> None:
    """Each by one command or another, in turn, and review, which looks at most, by half of them."""
    place = list(bad_data.DATA).index(name)
    command = COMMANDS[0] if place % 2 else COMMANDS[place // 2 % len(COMMANDS)]
    (tmp_path / "x.pdf").write_bytes(bad_data.DATA[name]())
    (tmp_path / "good.pdf").write_bytes(pdf(bad_data.LETTER))
    run = accord(tmp_path, *command.split())
    assert_bounded(f"{command.partition(' ')[0]}: {name}", run, "x.pdf", tried)


@pytest.mark.parametrize("name", BY_HOUSE)
def test_a_logo_of_the_house_made_to_choke(name: str, accord: Accord, tmp_path: Path, tried: Tried) -> None:
    """It is read by the process of the command: so its bounds must be enough."""
    for sample in ("accord.toml", "12-en-decline-market.toml"):
        (tmp_path / sample).write_bytes((SAMPLES / sample).read_bytes())
    (tmp_path / "logo.svg").write_bytes(bad_data.svg(bad_data.DRAWINGS[name]))
    command = ("render", "12-en-decline-market.toml", "-o", "x.pdf", "--house", "accord.toml")
    assert_bounded(f"render: {name}", accord(tmp_path, *command), "", tried)


def test_the_memory_of_a_child_s_child_is_measured_too(tmp_path: Path) -> None:
    eater = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = b\"1\" * (1 << 30)'], check=True)"
    )
    assert measured(tmp_path, "-c", eater).memory > MOST_MEMORY


def assert_bounded(name: str, run: Measured, expected: str, tried: Tried) -> None:
    tried(f"{name}: {run.seconds:.1f} s, {run.memory >> 20} MiB", "refused" if run.code else "read")
    assert expected in run.output
    assert "internal error" not in run.output
    assert "Traceback" not in run.output
    assert run.code in {0, 1, 2}
    assert run.seconds < MOST_SECONDS
    assert run.memory < MOST_MEMORY
