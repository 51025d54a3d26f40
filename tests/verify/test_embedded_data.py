"""PDFs made to do harm, or no letters at all: one sentence, exit code 2, bounded time and memory."""

import contextlib
import io
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from accord.cli import program
from accord.errors import AccordError
from accord.pdf import typeset
from accord.verify import recompose, verify, viewer
from accord.verify.embedded_data import LARGEST_FILE, MOST_UNFOLDED
from support import tamper
from support.paths import SOURCE, TESTS

LETTER = "12-en-decline-market"
MOST_SECONDS = 10.0
MOST_MEMORY = 256 << 20  # bytes; the largest file, unfolded once, and some
MUTATIONS = int(os.environ.get("ACCORD_MUTATIONS", "2000"))
PARTS = 8


def with_data(content: bytes, **more: bytes) -> bytes:
    """The letter with other data, and perhaps other files beside it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(tamper.letter(LETTER))) as file:
        tamper.attached(file).write(content)
        for name, other in more.items():
            file.attachments[name] = pikepdf.AttachedFileSpec(file, other, filename=name)
        file.save(out)
    return out.getvalue()


def data() -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(tamper.letter(LETTER))) as file:
        found: dict[str, Any] = json.loads(tamper.attached(file).read_bytes())
    return found


def named(name: str) -> bytes:
    """The letter's data under another name."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(tamper.letter(LETTER))) as file:
        specification = file.attachments["accord.json"].obj
        specification.F = specification.UF = pikepdf.String(name)
        file.save(out)
    return out.getvalue()


def encrypted(password: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(tamper.letter(LETTER))) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="x", user=password))
    return out.getvalue()


def bomb(layers: int) -> bytes:
    """A letter with a stream that unfolds to ten times what is allowed."""
    packed = zlib.compressobj(9)
    zeros = b"\0" * (1 << 20)
    content = (
        b"".join(packed.compress(zeros) for _mebibyte in range(10 * MOST_UNFOLDED >> 20)) + packed.flush()
    )
    for _layer in range(layers - 1):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * layers
    head = (
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter["
        + filters
        + b"]/Length %d>>stream\n" % len(content)
    )
    return head + content + b"\nendstream endobj\n" + tamper.letter(LETTER)


def second_deal() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(tamper.letter(LETTER))) as file:
        extra = pikepdf.AttachedFileSpec(file, b"{}", filename="accord.json")
        file.Root.AF.append(extra.obj)
        file.save(out)
    return out.getvalue()


def folded(packed: bytes, filters: bytes, keyword: bytes = b"stream\n") -> bytes:
    """A letter after an object whose stream holds `packed`."""
    head = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4" + filters + b"/Length %d>>" % len(packed)
    return head + keyword + packed + b"\nendstream endobj\n" + tamper.letter(LETTER)


def zeros() -> bytes:
    """What unfolds to a little more than is allowed."""
    return zlib.compress(b"\0" * (MOST_UNFOLDED + 1), 9)


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
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(tamper.letter(LETTER))) as file:
        file.Root.Pages.Kids.append(file.Root.Pages)
        file.save(out)
    return out.getvalue()


BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "not a PDF"),
    "not a PDF": (lambda: b"PK\x03\x04" + b"x" * 4000, "not a PDF"),
    "a picture named .pdf": (lambda: b"\x89PNG\r\n\x1a\n", "not a PDF"),
    "truncated": (lambda: tamper.letter(LETTER)[:9000], "damaged"),
    "nothing but a header": (lambda: b"%PDF-1.7\n", "damaged"),
    "encrypted": (lambda: encrypted(""), "encrypted"),
    "locked by a password": (lambda: encrypted("secret"), "password"),
    "huge": (lambda: b"%PDF-1.7\n" + b"\0" * LARGEST_FILE, "16 MiB"),
    "a bomb": (lambda: bomb(1), "far more data"),
    "a bomb in a parcel": (lambda: bomb(2), "far more data"),
    "a bomb in three": (lambda: bomb(3), "far more data"),
    "a bomb behind a space": (lambda: folded(zeros(), b"/Filter/FlateDecode", b"stream \r"), "far more data"),
    "a bomb that is slow to begin": (lambda: folded(slow_to_begin(), b"/Filter/FlateDecode"), "far more data"),
    "a bomb behind much else": (lambda: folded(random_then(zeros()), b"/Filter[/FlateDecode/FlateDecode]"), "far more data"),
    "packing by a short name": (lambda: folded(b"x", b"/Filter/LZW"), "packed"),
    "packing that stands elsewhere": (lambda: folded(b"x", b"/F#69lter 9 0 R"), "packed"),
    "packing in four": (lambda: folded(b"x", b"/Filter[" + b"/FlateDecode" * 4 + b"]"), "packed"),
    "rows without end": (lambda: folded(b"x", b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 999999999>>"), "packed"),
    "rows that stand elsewhere": (lambda: folded(b"x", b"/Filter/FlateDecode/DecodeParms<</Columns 9 0 R>>"), "packed"),
    "a page listed too often": (lambda: many_pages(2000), "damaged"),
    "pages in a circle": (pages_in_a_circle, "damaged"),
    "pages without number": (lambda: many_pages(2_000_000), "damaged"),
    "rare packing": (lambda: b"%PDF-1.7\n<</Filter/LZ#57Decode>>" + tamper.letter(LETTER), "packed"),
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
    "of a later version": (lambda: with_data(json.dumps(data() | {"format": 2}).encode()), "newer version"),
}  # fmt: skip

NOT_TO_BE_READ = {
    "a second deal": (second_deal, "another file"),
    "a path for a name": (
        lambda: with_data(json.dumps(data()).encode(), **{"../../x.toml": b"x"}),
        "another file",
    ),
    "the data under a path": (lambda: named("../../accord.json"), "not a letter of Accord"),
    "a deal of nothing": (lambda: with_data(json.dumps(data() | {"deal": {}}).encode()), "prospect"),
}
"""What extract refuses, and verify calls altered or foreign."""


def measured(folder: Path, *arguments: str | Path) -> tuple[int, str, int]:
    """The exit code, the output, and the most bytes that Python or the viewer it starts has at a time."""
    environment = {
        **os.environ,
        "ACCORD_LANG": "en",
        "PYTHONPATH": os.pathsep.join(map(str, (TESTS, SOURCE))),
    }
    with (folder / "output").open("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=output, stderr=output, cwd=folder, env=environment
        )
        _pid, status, usage = os.wait4(process.pid, 0)  # of the process and of those it waited for
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return process.returncode, output.read(), usage.ru_maxrss << 10


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> int:
    """The bytes that the verdict on an honest letter takes."""
    folder = tmp_path_factory.mktemp("ordinary")
    (folder / "x.pdf").write_bytes(tamper.saved_by_pikepdf(tamper.letter(LETTER), "saved"))
    code, output, most = measured(folder, "-m", "accord", "verify", "x.pdf")
    assert code == 0, output
    return most


def run(folder: Path, command: str, content: bytes) -> Any:
    (folder / "x.pdf").write_bytes(content)
    return CliRunner().invoke(program(), [command, str(folder / "x.pdf")])


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    make, part = BAD[name]
    content = make()
    start = time.perf_counter()
    for command in ("extract", "verify"):
        said = run(tmp_path, command, content)
        assert (said.exit_code, said.stdout) == (2, ""), said.output
        assert said.stderr.count("\n") == 1
        assert said.stderr.startswith(f"{tmp_path / 'x.pdf'}: ")
        assert part in said.stderr
    assert time.perf_counter() - start < 2 * MOST_SECONDS
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


@pytest.mark.parametrize("name", [name for name in BAD if re.search("bomb|huge|without", name)])
def test_what_is_made_to_eat_memory_does_not(tmp_path: Path, name: str, ordinary: int) -> None:
    (tmp_path / "x.pdf").write_bytes(BAD[name][0]())
    code, output, most = measured(tmp_path, "-m", "accord", "verify", "x.pdf")
    assert code == 2, output
    assert most - ordinary < MOST_MEMORY


def test_memory_is_measured_in_a_child_of_the_child_too(tmp_path: Path, ordinary: int) -> None:
    eater = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = b\"1\" * (1 << 29)'], check=True)"
    )
    assert measured(tmp_path, "-c", eater)[2] - ordinary > MOST_MEMORY


@pytest.mark.parametrize("name", NOT_TO_BE_READ)
def test_what_is_not_as_we_made_it_gives_no_deal(tmp_path: Path, name: str) -> None:
    make, part = NOT_TO_BE_READ[name]
    content = make()
    said = run(tmp_path, "extract", content)
    assert (said.exit_code, said.stdout) == (2, "")
    assert part in said.stderr
    assert run(tmp_path, "verify", content).exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


# --- Mutations --------------------------------------------------------------------


def mutated(content: bytes, rng: random.Random) -> bytes:
    """A file with some bytes changed, cut, doubled, moved, or words of its dictionaries exchanged."""
    damaged = bytearray(content)
    for _change in range(rng.choice([1, 1, 2, 5, 40])):
        place, length = rng.randrange(len(damaged)), rng.choice([1, 2, 8, 64, 2000])
        change = rng.randrange(6)
        if change == 0:
            damaged[place : place + 1] = bytes([rng.randrange(256)])
        elif change == 1:
            del damaged[place : place + length]
        elif change == 2:
            damaged[place:place] = damaged[place : place + length]
        elif change == 3:
            damaged = damaged[: max(20, place)]
        elif change == 4:
            damaged[place : place + length] = rng.randbytes(length)
        else:
            words = (
                b"/Kids",
                b"/Parent",
                b"/Count",
                b"/Length",
                b"/Type",
                b"/Names",
                b"/EF",
                b" 0 R",
                b"endobj",
                b"/Filter",
            )
            at = damaged.find(rng.choice(words), place)
            if at >= 0:
                word = rng.choice(words)
                damaged[at : at + len(word)] = word
        if not damaged:
            break
    return bytes(damaged)


def unpacked() -> bytes:
    """The letter with its streams and objects in plain sight, where mutations bite."""
    return tamper.saved_by_pikepdf(tamper.letter(LETTER), "unpacked")


def looks(content: bytes, *, drawn: bool = False) -> list[viewer.Look] | None:
    """The same as `shown.looks`, without a process of its own."""
    with ONE_BY_ONE, contextlib.suppress(pypdfium2.PdfiumError):  # the viewer knows no threads
        return [viewer.Look(*page) for page in viewer.seen(content, drawn=drawn)]
    return None


ONE_BY_ONE = threading.Lock()


def mutate(part: int) -> None:
    """The verdicts on some mutations; each is reached in time, and nothing crashes."""
    done: dict[str, bytes] = {}

    def remembered(letter: Any) -> bytes:
        key = typeset.page(letter) + json.dumps(letter.data, sort_keys=True)
        if key not in done:
            done[key] = real(letter)
        return done[key]

    real = typeset.typeset
    typeset.typeset, viewer.looks = remembered, looks
    rng = random.Random(part)  # noqa: S311 - to be repeated, not to be secret
    sources = (tamper.letter(LETTER), unpacked())
    answers = set()
    for _number in range(MUTATIONS // PARTS):
        content = mutated(rng.choice(sources), rng)
        start = time.perf_counter()
        try:
            answers.add(verify.verify(content, "x.pdf").answer)
            recompose.data_of(content, "x.pdf")
        except AccordError as error:
            assert str(error).startswith("x.pdf: ")  # noqa: PT017 - one of two ways it may end
            answers.add("refused")
        assert time.perf_counter() - start < MOST_SECONDS
    print(*sorted(answers))


@pytest.mark.parametrize("part", range(PARTS))
def test_no_mutation_crashes_hangs_or_eats_memory(tmp_path: Path, part: int, ordinary: int) -> None:
    code, output, most = measured(
        tmp_path, "-c", f"from verify import test_embedded_data; test_embedded_data.mutate({part})"
    )
    assert code == 0, output
    print(part, output)
    assert {"refused", "altered"} <= set(output.split())
    assert most - ordinary < MOST_MEMORY
