"""The data inside a letter's PDF, read back with suspicion.

Whoever sends a PDF may have made it to do harm: what it unfolds to is measured
before anything is unfolded, and nothing in it is run, followed or written.
"""

import json
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NoReturn

from accord.errors import Defect
from accord.i18n import _
from accord.text.characters import excerpt

NAME = "accord.json"
LARGEST_FILE = (
    16 << 20
)  # bytes of a PDF; a letter has a tenth of a megabyte, signatures and stamps a few more
MOST_UNFOLDED = 64 << 20  # bytes of all streams of a PDF together, once unfolded
MOST_STREAMS = 20_000
MOST_LAYERS = 3  # of compression, one in the other
LARGEST_DATA = 4 << 20  # bytes of data; the logo is most of it, and has at most one megabyte
MOST_FILES = 100
MOST_PAGES = 1000
MOST_WARNINGS = 1000  # of the reader, such as about a page that is listed twice, which it copies
LONGEST_LIST = 100_000  # items of one array or dictionary
CHUNK = 1 << 16  # bytes unfolded at a time
STREAM = re.compile(rb"(?<!end)stream[\0\t\n\f\r ]*")  # readers forgive what stands before the line break
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
FILTER = rb"/(?:FlateDecode|DCTDecode|Adobe\.PPKLite|Standard)(?![A-Za-z0-9])"
# What is packed must say so where it stands, and in a way that can be measured:
# neither by reference, nor by a filter other than these, nor in rows of any width.
STRANGE_PACKING = re.compile(
    rb"/Filter(?!\s*(?:%b|\[\s*(?:%b\s*){0,3}\]))" % (FILTER, FILTER)
    + rb"|/DecodeParms(?!\s*(?:<<|null|\[))"
    + rb"|/(?:Columns|Colors|BitsPerComponent|Predictor)(?!\s*\d{1,5}(?!\d|\s+\d+\s+R))"
    + rb"|/(?:LZW|RunLength|ASCII85|ASCIIHex)Decode"
)


def data_of(content: bytes, source: str) -> dict[str, Any]:
    """What a process of its own answers: the data of the letter in the PDF `content`; `AccordError` names `source`."""
    bound_reader()
    try:
        found = only_data(opened(content))
    except Defect as defect:
        raise defect.about(source) from None
    if found is None:
        raise Defect(_("is a PDF, but not a letter of Accord: it holds no data of one")).about(source)
    return found


def bound_reader() -> None:
    """Bound what reading a PDF takes, in the whole of this process."""
    import pikepdf  # noqa: PLC0415 - only where a PDF is read

    pikepdf.settings.set_qpdf_limits(
        parser_max_container_size=LONGEST_LIST,
        max_stream_filters=MOST_LAYERS,
        doc_max_warnings=MOST_WARNINGS,
        flate_max_memory=MOST_UNFOLDED,
        png_max_memory=MOST_UNFOLDED,
        tiff_max_memory=MOST_UNFOLDED,
        run_length_max_memory=MOST_UNFOLDED,
    )


def opened(content: bytes) -> Any:
    """The PDF as `pikepdf.Pdf`; `Defect` if it cannot be read."""
    if b"%PDF-" not in content[:1024]:
        raise Defect(_("is not a PDF; name the file of a letter"))
    _measure(content)
    import pikepdf  # noqa: PLC0415 - only where a PDF is read

    try:
        pdf = pikepdf.open(BytesIO(content), suppress_warnings=True)
        pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise Defect(_("is locked by a password; ask its sender for the file without one")) from None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError, MemoryError):
        pages = 0
    if pages > MOST_PAGES:
        raise Defect(_("has far more pages than a letter; name the file of a letter"))
    if not pages:
        raise Defect(_("is damaged and cannot be read; ask its sender for the file again"))
    if pdf.is_encrypted:
        raise Defect(_("is encrypted, which no letter of Accord is; ask its sender for the file again"))
    return pdf


def data(pdf: Any) -> dict[str, Any] | None:
    """The data of the letter, or None if the PDF is no letter of Accord; `Defect` if it is unusable."""
    found = [file for name, file in embedded(pdf) if name == NAME]
    return _parsed(_unfolded(found[0])) if found else None


def only_data(pdf: Any) -> dict[str, Any] | None:
    """The same; `Defect` if the PDF carries any other file, which could be a second deal."""
    others = [name for name, _file in embedded(pdf)]
    if NAME in others:
        others.remove(NAME)
        if others:
            raise Defect(
                _(
                    "carries another file beside the data of the letter ({name}), as no letter of Accord does;"
                    " ask its sender for the file again"
                ).format(name=excerpt(others[0]))
            )
    return data(pdf)


def embedded(pdf: Any) -> Iterator[tuple[str, Any]]:
    """The files inside a PDF, each with its name, wherever the document lists them."""
    known: set[tuple[int, int]] = set()
    for number, specification in enumerate(_specifications(pdf)):
        if number == MOST_FILES:
            raise Defect(_("carries a hundred files or more; ask its sender for the file again"))
        try:
            file = specification.EF.get("/F") or specification.EF.get("/UF")
            name = str(specification.get("/UF") or specification.get("/F") or "")
            place = file.objgen
        except (AttributeError, TypeError, ValueError, KeyError, NotImplementedError):
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
    """Refuse what would unfold to more than a letter ever does; `Defect`."""
    if STRANGE_PACKING.search(ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), content)):
        raise Defect(_("is packed in a way that no letter is; ask its sender for the file again"))
    left = MOST_UNFOLDED
    for number, stream in enumerate(STREAM.finditer(content)):
        for spent in _unfolding(content, stream.end()):
            left -= spent
            if left < 0:
                break
        if left < 0 or number == MOST_STREAMS:
            raise Defect(_("holds far more data than a letter has; ask its sender for the file again"))


def _unfolding(content: bytes, start: int) -> Iterator[int]:
    """The bytes that a stream at `start` takes and gives, step by step, layer in layer.

    What it takes counts too: a stream may be long and give nothing.
    """
    layers = [zlib.decompressobj()]
    for place in range(start, len(content), CHUNK):
        yield from _through(layers, 0, content[place : place + CHUNK])
        if not layers or layers[0].eof:
            return


def _through(layers: list[Any], depth: int, chunk: bytes) -> Iterator[int]:
    """A chunk through the layers from `depth` on; a layer that is none is given up."""
    if depth == len(layers) < MOST_LAYERS and chunk[:1] and chunk[0] & 15 == 8:  # RFC 1950, 2.2
        layers.append(zlib.decompressobj())
    while chunk and depth < len(layers) and not layers[depth].eof:
        try:
            out = layers[depth].decompress(chunk, CHUNK)
        except zlib.error:
            del layers[depth:]
            return
        rest = layers[depth].unconsumed_tail
        yield len(chunk) - len(rest) + len(out)
        chunk = rest
        yield from _through(layers, depth + 1, out)


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
        raise Defect(_("holds far more data than a letter has; ask its sender for the file again"))
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
        # No key of a letter has a fraction for a value: prices are texts.
        found = json.loads(content, object_pairs_hook=table, parse_constant=constant, parse_float=constant)
        json.dumps(found, ensure_ascii=False).encode()  # half a character is none
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else _refuse_data()


def _refuse_data() -> NoReturn:
    raise Defect(_("holds data that is not as Accord writes it; ask its sender for the file again"))
