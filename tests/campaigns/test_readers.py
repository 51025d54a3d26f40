"""No file that is called intact is drawn otherwise by any of the readers at hand, whatever its words are spelt like.

ACCORD_SPELLINGS is the number of files spelt at random, 140 unless it says otherwise; they are the same each time.
"""

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from accord.errors import AccordError
from accord.verify import verify
from support import brisk, listed, misread, respelt, tamper
from support.campaign import Tried
from support.letters import pdf
from support.readers import drawn

SPELLINGS = int(os.environ.get("ACCORD_SPELLINGS", "140"))
LETTER = "12-en-decline-market"
SPACES = (b"  ", b"\n", b"\r\n", b"\r", b"\t", b"\n \n", b"\f", b"\0", b"\x0b", b"%\n", b"")


def respelt_number(word: bytes, rng: random.Random) -> bytes:
    return rng.choice(
        (b"+" + word, b"0" + word, b"-" + word, word + b".", word + b"0" * 40, word + b"e0", word)
    )


def respelt_text(word: bytes, rng: random.Random) -> bytes:
    raw = bytes.fromhex(word[1:-1].decode())
    texts = (
        word.upper(), word.replace(b"0", b"0 ", 1), word[:-1] + b"\n>", word[:-2] + b">",
        b"(" + b"".join(b"\\%03o" % byte for byte in raw) + b")",
        b"(" + b"".join(b"\\%o" % byte for byte in raw) + b")",
        b"(" + re.sub(rb"[\\()\r\n]", lambda sign: b"\\" + sign[0], raw) + b")",
    )  # fmt: skip
    return rng.choice(texts)


EDITS: tuple[tuple[bytes, Callable[[bytes, random.Random], bytes]], ...] = (
    (rb"[ \n]", lambda _word, rng: rng.choice(SPACES)),
    (rb"(?<=[ \n])-?\d+(?:\.\d+)?(?=[ \n])", respelt_number),
    (rb"<[0-9a-f]+>", respelt_text),
    (rb"/[A-Za-z]\w+", lambda word, _rng: word[:2] + b"#%02x" % word[2] + word[3:]),
)


def spelt_at_random(content: bytes, rng: random.Random) -> list[bytes]:
    """What a page draws with a few words respelt, perhaps in several streams, perhaps wrapped."""
    for _edit in range(rng.choice((0, 1, 1, 2))):
        pattern, edit = rng.choice(EDITS)
        match = rng.choice(list(re.finditer(pattern, content)))
        content = content[: match.start()] + edit(match[0], rng) + content[match.end() :]
    wraps = rng.choice((0, 0, 0, 1, 2, 9))
    parts = [b"q\n" * wraps + content + b"\nQ" * wraps]
    for _cut in range(rng.choice((0, 0, 1, 2))):
        last = parts.pop()
        place = rng.choice([match.start() + rng.choice((0, 1)) for match in re.finditer(rb"[ \n]", last)])
        place += rng.choice((0, 0, 0, 1))
        parts += [last[:place], last[place:]]
    return parts


@pytest.fixture(autouse=True)
def brisk_verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    brisk.verifying(monkeypatch)


def files() -> dict[str, bytes]:
    """Each way of spelling and packing that we thought of, and many at random, by name."""
    content = pdf(LETTER)
    at_random = {"at random": respelt.spelt(spelt_at_random)}
    return {
        **{kind: tamper.altered(content, kind, 0, respelt.PAGES) for kind in respelt.PAGES},
        **{kind: respelt.misread(content, spell) for kind, spell in respelt.OBJECTS.items()},
        **{kind: misread.misread(content, kind, 0) for kind in misread.MISREAD},
        **{
            kind: listed.made(content, kind, among)
            for among in (listed.OTHERWISE, listed.HONESTLY)
            for kind in among
        },
        **{
            f"at random, {seed}": tamper.altered(content, "at random", seed, at_random)
            for seed in range(SPELLINGS)
        },
    }


def test_no_reader_draws_an_intact_file_otherwise(tmp_path: Path, tried: Tried) -> None:
    altered = files()
    shown = drawn({"": pdf(LETTER), **altered}, tmp_path)
    as_it_is = shown.pop("")
    answers = set()
    for name, content in altered.items():
        try:
            answer = verify.verify(content, "letter.pdf").answer
        except AccordError:
            answer = "refused"
        others = [reader for reader, pictures in shown[name].items() if pictures != as_it_is[reader]]
        tried(
            name.partition(",")[0],
            f"{answer}, drawn otherwise by some" if others else f"{answer}, drawn alike",
        )
        answers.add((answer, bool(others)))
        assert answer in {"altered", "refused"} or not others, (name, others)
    assert answers >= {("intact", False), ("altered", False), ("altered", True)}
