"""The data attached to a letter's PDF.

Whoever sends a PDF may have made it to do harm: what it unpacks to is measured
before anything is unpacked, and nothing in it is run, followed or written.
"""

import contextlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any, NoReturn

from accord.domain.documents import DATA_NAME
from accord.errors import Defect
from accord.i18n import _
from accord.intake.documents import LARGEST
from accord.text.characters import excerpt

MOST_UNPACKED = 64 << 20  # bytes of all streams of a PDF together
MOST_STREAMS = 20_000
MOST_LAYERS = 3  # of compression, one in the other
LARGEST_DATA = 4 << 20  # bytes of data; the logo is most of it, and has at most one megabyte
MOST_FILES = 100
MOST_PAGES = 1000
MOST_WARNINGS = 1000  # of the reader, such as about a page that is listed twice, which it copies
LONGEST_LIST = 100_000  # items of one array or dictionary
CHUNK = 1 << 16  # bytes unpacked at a time
STREAM = re.compile(rb"(?<!end)stream[\0\t\n\f\r ]*")  # readers forgive what stands before the line break
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
FILTER = rb"/(?:FlateDecode|DCTDecode|Adobe\.PPKLite|Standard)(?![A-Za-z0-9])"
# A stream must name its filters where it stands, and such that can be measured:
# not by reference, none but these, and no rows of any width.
STRANGE_PACKING = re.compile(
    rb"/Filter(?!\s*(?:%b|\[\s*(?:%b\s*){0,3}\]))" % (FILTER, FILTER)
    + rb"|/DecodeParms(?!\s*(?:<<|null|\[))"
    + rb"|/(?:Columns|Colors|BitsPerComponent|Predictor)(?!\s*\d{1,5}(?!\d|\s+\d+\s+R))"
    + rb"|/(?:LZW|RunLength|ASCII85|ASCIIHex)Decode"
)


class StrangePacking(Defect):
    """What refuses a PDF whose streams are packed as no letter's are, and cannot be measured."""


def may_be_ours(content: bytes) -> bool:
    """Whether a PDF may hold a letter, by its bytes: it names its data, or hides what it names."""
    return DATA_NAME.encode() in content or b"/ObjStm" in content


def data_of(content: bytes, source: str) -> dict[str, Any]:
    """The data of the letter in the PDF `content`; to be called in a process of its own.

    Raises `AccordError`, which names `source`, for a PDF that cannot be read or is no letter, and for one
    that carries another file, which could be a second deal.
    """
    bound_reader()
    try:
        return _only_data(open_pdf(content))
    except Defect as defect:
        raise defect.about(source) from None


def _only_data(pdf: Any) -> dict[str, Any]:
    data = letter_data(pdf)
    if data is None:
        raise Defect(_("is a PDF, but not a letter of Accord: it holds no data of one"))
    if others := Counter(name for name, _file in embedded_files(pdf)) - Counter([DATA_NAME, *named_in(data)]):
        raise Defect(
            _(
                "carries another file beside those of the letter ({name}), as no letter of Accord does;"
                " ask its sender for the file again"
            ).format(name=excerpt(min(others)))
        )
    return data


def named_in(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the documents that a letter's data names."""
    names = data.get("files")
    return tuple(names) if isinstance(names, dict) else ()


def documents_of(content: bytes, source: str) -> dict[str, bytes]:
    """The documents in the PDF `content` by name; to be called in a process of its own, like `data_of`."""
    bound_reader()
    try:
        pdf = open_pdf(content)
        return documents_in(pdf, named_in(_only_data(pdf)))
    except Defect as defect:
        raise defect.about(source) from None


def documents_in(pdf: Any, names: Collection[str]) -> dict[str, bytes]:
    """The content of each embedded file of these names that is there and can be read."""
    contents: dict[str, bytes] = {}
    for name, file in embedded_files(pdf):
        if name in names and name not in contents:
            with contextlib.suppress(zlib.error, AttributeError, TypeError, ValueError, RuntimeError, Defect):
                contents[name] = _unpacked(file, LARGEST)
    return contents


def bound_reader() -> None:
    """Bound the memory and the time that pikepdf may take, in the whole of this process."""
    import pikepdf  # noqa: PLC0415 - only where a PDF is read

    pikepdf.settings.set_qpdf_limits(
        parser_max_container_size=LONGEST_LIST,
        max_stream_filters=MOST_LAYERS,
        doc_max_warnings=MOST_WARNINGS,
        flate_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
    )


def open_pdf(content: bytes) -> Any:
    """The PDF as `pikepdf.Pdf`; `Defect` if it cannot be read, or would unpack to far more than a letter."""
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
    if pdf.is_encrypted and any(name == DATA_NAME for name, _file in embedded_files(pdf)):
        raise Defect(_("is encrypted, which no letter of Accord is; ask its sender for the file again"))
    return pdf


def letter_data(pdf: Any) -> dict[str, Any] | None:
    """The data of the letter, or None if the PDF has none; `Defect` if it is not as Accord writes it."""
    files = [file for name, file in embedded_files(pdf) if name == DATA_NAME]
    if not files:
        return None
    try:
        data = _parsed(_unpacked(files[0]))
    except (zlib.error, AttributeError, TypeError, ValueError, RuntimeError):
        data = None
    if not isinstance(data, dict):
        raise Defect(_("holds data that is not as Accord writes it; ask its sender for the file again"))
    return data


def embedded_files(pdf: Any) -> Iterator[tuple[str, Any]]:
    """The name and the stream of each file inside a PDF, wherever the document lists it; `Defect` for too many."""
    places: set[tuple[int, int]] = set()
    for number, specification in enumerate(_specifications(pdf)):
        if number == MOST_FILES:
            raise Defect(_("carries a hundred files or more; ask its sender for the file again"))
        try:
            file = specification.EF.get("/F") or specification.EF.get("/UF")
            name = str(specification.get("/UF") or specification.get("/F") or "")
            place = file.objgen
        except (AttributeError, TypeError, ValueError, KeyError, NotImplementedError):
            continue
        if place not in places:
            places.add(place)
            yield name, file


def _specifications(pdf: Any) -> Iterator[Any]:
    """The entries of the name tree, which may run in circles, and the associated files."""
    import pikepdf  # noqa: PLC0415 - only where a PDF is read

    root = pdf.Root
    visited: set[tuple[int, int]] = set()
    tree = root.get("/Names")
    branches = [tree.get("/EmbeddedFiles")] if isinstance(tree, pikepdf.Dictionary) else []
    while branches and len(visited) < MOST_STREAMS:
        branch = branches.pop(0)
        if not isinstance(branch, pikepdf.Dictionary) or (branch.is_indirect and branch.objgen in visited):
            continue
        visited.add(branch.objgen if branch.is_indirect else (-len(visited), 0))
        kids, names = branch.get("/Kids"), branch.get("/Names")
        if isinstance(kids, pikepdf.Array):
            branches += [*kids][:MOST_FILES]
        if isinstance(names, pikepdf.Array):
            yield from [*names][1::2]
    if isinstance(root.get("/AF"), pikepdf.Array):
        yield from root["/AF"]


def _measure(content: bytes) -> None:
    """Raise `Defect` for what would unpack to more than a letter ever does."""
    if STRANGE_PACKING.search(ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), content)):
        raise StrangePacking(_("is packed in a way that no letter is; ask its sender for the file again"))
    left = MOST_UNPACKED
    for number, stream in enumerate(STREAM.finditer(content)):
        for spent in _unpacking(content, stream.end()):
            left -= spent
            if left < 0:
                break
        if left < 0 or number == MOST_STREAMS:
            raise Defect(_("holds far more data than a letter has; ask its sender for the file again"))


def _unpacking(content: bytes, start: int) -> Iterator[int]:
    """The bytes that the stream at `start` takes and gives, step by step, layer in layer.

    Those that it takes count too: a stream may be long and give nothing.
    """
    layers = [zlib.decompressobj()]
    for place in range(start, len(content), CHUNK):
        yield from _through(layers, 0, content[place : place + CHUNK])
        if not layers or layers[0].eof:
            return


def _through(layers: list[Any], depth: int, chunk: bytes) -> Iterator[int]:
    """The same for a chunk that passes the layers from `depth` on; what is not packed is no layer."""
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


def _unpacked(stream: Any, largest: int = LARGEST_DATA) -> bytes:
    """The content of a stream; `Defect` if it is larger than it may be, by default than a letter's data."""
    content = bytes(stream.read_raw_bytes())
    if stream.get("/Filter") is not None:
        content = zlib.decompressobj().decompress(content, largest + 1)
    if len(content) > largest:
        raise Defect(_("holds far more data than a letter has; ask its sender for the file again"))
    return content


def _parsed(content: bytes) -> Any:
    """The JSON of a letter, in which each key stands once; `ValueError` if it is anything else."""

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError
        return dict(pairs)

    def refuse(_number: str) -> NoReturn:
        raise ValueError

    # No key of a letter has a fraction for a value: prices are texts.
    data = json.loads(content, object_pairs_hook=table, parse_constant=refuse, parse_float=refuse)
    json.dumps(data, ensure_ascii=False).encode()  # half a character is none
    return data
