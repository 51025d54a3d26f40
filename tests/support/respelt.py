"""Letters whose words are all there, spelt or packed in a way that some readers part or read otherwise.

`CONTENTS` spells what a page draws in another way, `PAGES` packs it otherwise too,
`OBJECTS` spells the page's own dictionary.
"""

import random
import re
import zlib
from collections.abc import Callable, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from support.misread import Letter
from support.tamper import Alteration, any_page

Respelling = Callable[[bytes, random.Random], list[bytes]]
Words = Callable[[bytes, random.Random], bytes]


def somewhere(pattern: bytes, respelt: Words) -> Respelling:
    """What a page draws, one match of a pattern respelt."""

    def respell(content: bytes, rng: random.Random) -> list[bytes]:
        match = rng.choice(list(re.finditer(pattern, content)))
        return [content[: match.start()] + respelt(match[0], rng) + content[match.end() :]]

    return respell


def between(inserted: bytes) -> Respelling:
    """What a page draws, with something more between two of its lines."""
    return somewhere(rb"\n(?=1 0 0 -1)", lambda _word, _rng: inserted)


def parted(pattern: bytes) -> Respelling:
    """What a page draws in two streams, the second of which begins with a match of the pattern."""

    def respell(content: bytes, rng: random.Random) -> list[bytes]:
        place = rng.choice(list(re.finditer(pattern, content))).start()
        return [content[:place], content[place:]]

    return respell


def in_octal(word: bytes, _rng: random.Random) -> bytes:
    return (
        b"("
        + b"".join(b"\\%o" % (byte + 256 * (place == 0)) for place, byte in enumerate(hexed(word)))
        + b")"
    )


def in_parentheses(word: bytes, _rng: random.Random) -> bytes:
    return b"(" + b"".join(b"\\%03o" % byte for byte in hexed(word)) + b")"


def hexed(word: bytes) -> bytes:
    return bytes.fromhex(word[1:-1].decode())


TEXT, NUMBER = rb"<(?:[0-9a-f]{4})+>", rb"(?<=[ \n])[1-9]\d*(?:\.\d+)?(?= )"
CONTENTS: Mapping[str, Respelling] = {
    "a number split over two streams": parted(rb"(?<=\d)\d+ \d+\.\d+ Tm"),
    "an operator split over two streams": parted(rb"(?<=T)m\n"),
    "octal digits above 377": somewhere(TEXT, in_octal),
    "octal digits for hexadecimal ones": somewhere(TEXT, in_parentheses),
    "a vertical tab in a text": somewhere(TEXT, lambda word, _rng: word[:-1] + b"\x0b>"),
    "a zero byte in a text": somewhere(TEXT, lambda word, _rng: word[:3] + b"\0" + word[3:]),
    "a digit too few": somewhere(rb"<(?:[0-9a-f]{4})*[0-9a-f]{3}0>", lambda word, _rng: word[:-2] + b">"),
    "other letters for digits": somewhere(TEXT, lambda word, _rng: word[:-1] + b"g>"),
    "a line broken inside a text": somewhere(TEXT, lambda word, _rng: b"(" + hexed(word)[:1] + b"\\\n)"),
    "three hundred zeros": somewhere(rb"\d+\.\d+(?= )", lambda word, _rng: word + b"0" * 300),
    "zeros in front": somewhere(NUMBER, lambda word, _rng: b"0" * 20 + word),
    "a plus sign": somewhere(NUMBER, lambda word, _rng: b"+" + word),
    "two signs": somewhere(NUMBER, lambda word, _rng: b"--" + word),
    "a sign behind": somewhere(NUMBER, lambda word, _rng: word + b"-"),
    "an exponent": somewhere(NUMBER, lambda word, _rng: word + b"e0"),
    "a number in another base": somewhere(NUMBER, lambda word, _rng: b"10#" + word),
    "a name spelt by its numbers": somewhere(rb"/Span", lambda _word, _rng: b"/Sp#61n"),
    "a vertical tab between words": somewhere(rb" (?=Tm)", lambda _word, _rng: b"\x0b"),
    "a form feed between words": somewhere(rb" (?=Tm)", lambda _word, _rng: b"\f"),
    "a zero byte between words": somewhere(rb" (?=Tm)", lambda _word, _rng: b"\0"),
    "a mark of nothing": between(b"\n/P <</MCID 9>> BDC EMC\n"),
    "a remark": between(b"\n% 1 0 0 1 0 0 cm\r\n"),
    "operands without an operator": between(b"\n17 4\n"),
    "an operator of nobody": between(b"\nBX xyz EX\n"),
    "a picture in the line": between(b"\nBI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI\n"),
    "a state saved in the middle": between(b"\nq Q\n"),
    "five thousand states": lambda content, _rng: [b"q\n" * 5000 + content + b"\nQ" * 5000],
}


def spelt(respell: Respelling) -> Alteration:
    """A page that draws what it drew, respelt."""

    def alter(file: pikepdf.Pdf, rng: random.Random) -> None:
        page = any_page(file, rng)
        parts = [Stream(file, part) for part in respell(page.Contents.read_bytes(), rng)]
        page.Contents = Array(map(file.make_indirect, parts)) if len(parts) > 1 else parts[0]

    return alter


def packed(pack: Callable[[bytes], bytes], **keys: object) -> Alteration:
    """A page whose content is packed otherwise."""

    def alter(file: pikepdf.Pdf, rng: random.Random) -> None:
        page = any_page(file, rng)
        content = page.Contents.read_bytes()
        page.Contents.write(pack(content), **{"filter": Name.FlateDecode, **keys})

    return alter


def without_check_sum(content: bytes) -> bytes:
    return zlib.compress(content)[:-4] + b"\0\0\0\0"


PAGES: Mapping[str, Alteration] = {
    **{kind: spelt(respell) for kind, respell in CONTENTS.items()},
    "packed with a wrong check sum": packed(without_check_sum),
    "packed with something behind": packed(lambda content: zlib.compress(content) + b"q 1 1 1 rg"),
    "packed and cut off": packed(lambda content: zlib.compress(content)[:-2]),
    "packed twice": packed(
        lambda content: zlib.compress(zlib.compress(content)),
        filter=Array([Name.FlateDecode, Name.FlateDecode]),
    ),
    "packed with a prediction": packed(zlib.compress, decode_parms=Dictionary(Predictor=1, Colors=17)),
}


def misread(content: bytes, respelt: Callable[[bytes], bytes]) -> bytes:
    """A letter whose first page's dictionary is appended once more, respelt."""
    letter = Letter(content)
    body = respelt(letter.page_with(b"/UserUnit 1 /PieceInfo << /N (7) >>"))
    return letter.ended(letter.table([(letter.page, letter.add(letter.page, body))]))


OBJECTS: Mapping[str, Callable[[bytes], bytes]] = {
    "a sign before a number of the page": lambda body: body.replace(b"/UserUnit 1", b"/UserUnit +1"),
    "zeros before a number of the page": lambda body: body.replace(b"/UserUnit 1", b"/UserUnit 0001"),
    "zeros behind a number of the page": lambda body: body.replace(
        b"/UserUnit 1", b"/UserUnit 1." + b"0" * 300
    ),
    "a key of the page spelt by its numbers": lambda body: body.replace(b"/UserUnit", b"/User#55nit"),
    "a remark inside the page": lambda body: body.replace(b"/UserUnit", b"% x\r/UserUnit"),
    "a zero byte inside the page": lambda body: body.replace(b" /UserUnit", b"\0/UserUnit"),
    "octal digits above 377 in the page": lambda body: body.replace(b"/N (", b"/N (\\501"),
    "a line broken inside a text of the page": lambda body: body.replace(b"/N (", b"/N (\\\n"),
    "a digit too few in the page": lambda body: re.sub(rb"/N \(\d+\)", b"/N <616>", body),
}
