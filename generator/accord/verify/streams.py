"""What the streams of a PDF unpack to, where every reader unpacks the same: ISO 32000-1, 7.3.8 and 7.4.

Readers forgive a wrong check sum, something behind the end or parameters that
make no sense, each in its own way; here such a stream unpacks to nothing.
"""

import zlib
from collections.abc import Mapping
from typing import Any

import pikepdf

PACKING = {"/Length", "/Filter", "/DecodeParms"}
LARGEST = 32 << 20  # bytes unpacked; a logo has at most some two million
PLAIN = {"/Predictor": 1, "/Colors": 1, "/BitsPerComponent": 8, "/Columns": 1}  # ISO 32000-1, table 8


def unpacked(stream: Any, predicted: Mapping[str, int] | None = None) -> bytes | None:
    """The content of a stream; None if readers may unpack different things.

    It is packed once by Flate, or not at all; by the prediction `predicted`, or by none.
    """
    filters, parameters = _entries(stream.get("/Filter")), prediction(stream)
    packed = bytes(stream.read_raw_bytes())
    if parameters is None or (parameters and parameters != predicted):
        return None
    if not packed or (not filters and not parameters):
        return packed
    if filters != [pikepdf.Name.FlateDecode]:
        return None
    content = _inflated(packed)
    return bytes(stream.read_bytes()) if parameters and content is not None else content


def prediction(stream: Any) -> dict[str, int] | None:
    """The parameters of prediction that a stream has, but for those that say nothing; None for any others."""
    entries = _entries(stream.get("/DecodeParms"))
    if not entries:
        return {}
    if len(entries) > 1 or not isinstance(entries[0], pikepdf.Dictionary):
        return None
    values: dict[str, Any] = dict(entries[0].items())
    if any(key not in PLAIN or type(value) is not int for key, value in values.items()):
        return None
    return {key: value for key, value in values.items() if value != PLAIN[key]}


def _entries(value: Any) -> list[Any]:
    """The filters of a stream, or their parameters, as a list."""
    if isinstance(value, pikepdf.Array):
        return [each for each in list(value) if each is not None]
    return [] if value is None else [value]


def _inflated(packed: bytes) -> bytes | None:
    """The content of a whole stream of Flate, with its check sum and nothing behind it; None if it is none."""
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(packed, LARGEST)
    except zlib.error:
        return None
    return None if not reader.eof or reader.unused_data.strip(b"\r\n") else content
