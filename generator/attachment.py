"""The data inside a letter's PDF, read back with suspicion (floor 3).

Whoever sends a PDF may have made it to do harm: what it unfolds to is measured
before anything is unfolded, and nothing in it is run, followed or written.
"""

import json
import re
import zlib
from collections.abc import Iterator
from gettext import gettext as _
from io import BytesIO
from typing import Any, NoReturn

from generator.characters import shown
from generator.errors import AccordError

NAME = "accord.json"
LARGEST_FILE = (
    16 << 20
)  # bytes of a PDF; a letter has a tenth of a megabyte, signatures and stamps a few more
MOST_UNFOLDED = 64 << 20  # bytes of all streams of a PDF together, once unfolded
MOST_STREAMS = 20_000
MOST_LAYERS = 3  # of compression, one in the other
LARGEST_DATA = 4 << 20  # bytes of data; the logo is most of it, and has at most one megabyte
MOST_FILES = 100
STREAM = re.compile(rb"(?<!end)stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
RARE_COMPRESSION = re.compile(rb"/(LZW|RunLength)Decode")


def opened(content: bytes) -> Any:
    """The PDF as `pikepdf.Pdf`; `AccordError`, a predicate, if it cannot be read."""
    if b"%PDF-" not in content[:1024]:
        raise AccordError(_("is not a PDF; name the file of a letter"))
    _measure(content)
    import pikepdf  # noqa: PLC0415 - only where a PDF is read

    try:
        pdf = pikepdf.open(BytesIO(content), suppress_warnings=True)
        pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise AccordError(_("is locked by a password; ask its sender for the file without one")) from None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        pages = 0
    if not pages:
        raise AccordError(_("is damaged and cannot be read; ask its sender for the file again"))
    if pdf.is_encrypted:
        raise AccordError(_("is encrypted, which no letter of Accord is; ask its sender for the file again"))
    return pdf


def data(pdf: Any) -> dict[str, Any] | None:
    """The data of the letter, or None if the PDF is no letter of Accord; `AccordError` if it is unusable."""
    found = [file for name, file in embedded(pdf) if name == NAME]
    return _parsed(_unfolded(found[0])) if found else None


def only_data(pdf: Any) -> dict[str, Any] | None:
    """The same; `AccordError` if the PDF carries any other file, which could be a second deal."""
    others = [name for name, _file in embedded(pdf)]
    if NAME in others:
        others.remove(NAME)
        if others:
            raise AccordError(
                _(
                    "carries another file beside the data of the letter ({name}), as no letter of Accord does;"
                    " ask its sender for the file again"
                ).format(name=shown(others[0]))
            )
    return data(pdf)


def embedded(pdf: Any) -> Iterator[tuple[str, Any]]:
    """The files inside a PDF, each with its name, wherever the document lists them."""
    known: set[tuple[int, int]] = set()
    for number, specification in enumerate(_specifications(pdf)):
        if number == MOST_FILES:
            raise AccordError(_("carries a hundred files or more; ask its sender for the file again"))
        try:
            file = specification.EF.get("/F") or specification.EF.get("/UF")
            name = str(specification.get("/UF") or specification.get("/F") or "")
            place = file.objgen
        except (AttributeError, TypeError, ValueError, KeyError):
            continue
        if place not in known:
            known.add(place)
            yield name, file


def _specifications(pdf: Any) -> Iterator[Any]:
    """What the name tree and the associated files list; a tree that bites its tail ends."""
    import pikepdf  # noqa: PLC0415 - only where a PDF is read

    root = pdf.Root
    seen: set[tuple[int, int]] = set()
    names = root.get("/Names")
    branches = [names.get("/EmbeddedFiles")] if isinstance(names, pikepdf.Dictionary) else []
    while branches and len(seen) < MOST_STREAMS:
        branch = branches.pop(0)
        if not isinstance(branch, pikepdf.Dictionary) or (branch.is_indirect and branch.objgen in seen):
            continue
        seen.add(branch.objgen if branch.is_indirect else (-len(seen), 0))
        branches += (
            [*branch.get("/Kids", [])][:MOST_FILES] if isinstance(branch.get("/Kids"), pikepdf.Array) else []
        )
        if isinstance(branch.get("/Names"), pikepdf.Array):
            yield from [*branch["/Names"]][1::2]
    if isinstance(root.get("/AF"), pikepdf.Array):
        yield from root["/AF"]


# --- Measures against bombs -------------------------------------------------------


def _measure(content: bytes) -> None:
    """Refuse what would unfold to more than a letter ever does; `AccordError`, a predicate."""
    if RARE_COMPRESSION.search(ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), content)):
        raise AccordError(_("is packed in a way that no letter is; ask its sender for the file again"))
    left = MOST_UNFOLDED
    for number, stream in enumerate(STREAM.finditer(content)):
        left -= _unfolds_to(content, stream.end(), left)
        if left < 0 or number == MOST_STREAMS:
            raise AccordError(_("holds far more data than a letter has; ask its sender for the file again"))


def _unfolds_to(content: bytes, start: int, enough: int) -> int:
    """The bytes that a stream at `start` unfolds to, layer in layer; counting stops beyond `enough`."""
    layers = [zlib.decompressobj()]
    total = 0
    for place in range(start, len(content), 1 << 16):
        pieces = [content[place : place + (1 << 16)]]
        for depth in range(MOST_LAYERS):
            if depth == len(layers):
                layers.append(zlib.decompressobj())
            unfolded: list[bytes] = []
            for piece in pieces:
                rest = piece
                while rest and total <= enough and not layers[depth].eof:
                    try:
                        out = layers[depth].decompress(rest, 1 << 16)
                    except zlib.error:
                        rest = b""
                        continue
                    unfolded.append(out)
                    total += len(out)
                    rest = layers[depth].unconsumed_tail
            pieces = unfolded
            if not pieces or pieces[0][:1] not in {b"\x78", b""}:
                break
        if total > enough or layers[0].eof or not total:
            break
    return total


def _unfolded(stream: Any) -> bytes:
    """A stream's content, at most as much as a letter's data may have."""
    try:
        packed, content = bytes(stream.read_raw_bytes()), b""
        if stream.get("/Filter") is None:
            content = packed
        else:
            content = zlib.decompressobj().decompress(packed, LARGEST_DATA + 1)
    except (zlib.error, AttributeError, TypeError, ValueError, RuntimeError):
        _refuse_data()
    if len(content) > LARGEST_DATA:
        raise AccordError(_("holds far more data than a letter has; ask its sender for the file again"))
    return content


def _parsed(content: bytes) -> dict[str, Any]:
    """The data as a JSON object in which each key stands once."""

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError
        return dict(pairs)

    def constant(_name: str) -> NoReturn:
        raise ValueError

    try:
        found = json.loads(content, object_pairs_hook=table, parse_constant=constant)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else _refuse_data()


def _refuse_data() -> NoReturn:
    raise AccordError(_("holds data that is not as Accord writes it; ask its sender for the file again"))
