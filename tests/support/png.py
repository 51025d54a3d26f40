"""PNG files, sound or not."""

import struct
import zlib

from accord.intake import logo


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int, *, depth: int = 8, colour: int = 6) -> bytes:
    """The first chunk: colour 2 is RGB, 6 RGB with transparency."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def png(
    width: int = 2, height: int = 2, *, pixels: bytes | None = None, depth: int = 8, colour: int = 6
) -> bytes:
    """A picture of `pixels`, or one that is blue all over."""
    rows = (
        b"".join(b"\0" + b"\x1e\x5a\xa0\xff" * width for _row in range(height)) if pixels is None else pixels
    )
    start = logo.PNG + header(width, height, depth=depth, colour=colour)
    return start + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def fading(*, alpha: bool) -> bytes:
    """A blue picture of 60 by 30 pixels, transparent at the left if `alpha`."""
    row = b"\0" + b"".join(bytes((30, 90, 160, 4 * x) if alpha else (30, 90, 160)) for x in range(60))
    return png(60, 30, pixels=row * 30, colour=6 if alpha else 2)
