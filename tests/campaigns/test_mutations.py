"""Letters damaged at random are refused or called altered: nothing crashes, hangs or eats memory.

ACCORD_MUTATIONS is their number, 1,000 unless it says otherwise; they are the
same each time.  For speed each letter is set in type once, and the viewer works
in the process that verifies: in one of its own it says the same, as
`verify/test_verify` shows, and whether that one is bounded `verify/test_embedded_data`.
"""

import collections
import json
import os
import random
import time
from pathlib import Path

import pytest

from accord.errors import AccordError
from accord.verify import embedded_data, verify
from support import brisk, tamper
from support.campaign import Tried
from support.letters import pdf
from support.measured import measured
from support.samples import LIBRARY

LETTER = "12-en-decline-market"
MUTATIONS = int(os.environ.get("ACCORD_MUTATIONS", "1000"))
PARTS, PROCESSES = 8, 2
MOST_SECONDS = 10.0  # of processor time, for one file
MOST_MEMORY = 600 << 20  # bytes


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
    return tamper.saved_by_pikepdf(pdf(LETTER), "unpacked")


def mutate(share: int) -> None:
    """Print what became of some mutations, as a table of answers and counts."""
    embedded_data.bound_reader()
    brisk.verifying(pytest.MonkeyPatch())
    sources = (pdf(LETTER), unpacked())
    answers: collections.Counter[str] = collections.Counter()
    parts = [random.Random(part) for part in range(share, PARTS, PROCESSES)]  # noqa: S311 - to be repeated, not to be secret
    for rng in parts * (MUTATIONS // PARTS):
        content = mutated(rng.choice(sources), rng)
        start = time.process_time()
        answers[verdict_on(content)] += 1
        assert time.process_time() - start < MOST_SECONDS
    print(json.dumps(answers))


def verdict_on(content: bytes) -> str:
    try:
        answer = verify.verify(content, "x.pdf", library=LIBRARY).answer
        embedded_data.data_of(content, "x.pdf")
    except AccordError as error:
        assert str(error).startswith("x.pdf: ")  # noqa: PT017 - one of two ways it may end
        return "refused"
    return answer


@pytest.mark.parametrize("share", range(PROCESSES))
def test_no_mutation_crashes_hangs_or_eats_memory(tmp_path: Path, share: int, tried: Tried) -> None:
    script = f"from campaigns import test_mutations; test_mutations.mutate({share})"
    run = measured(tmp_path, "-c", script)
    assert run.code == 0, run.output
    answers = json.loads(run.output)
    for answer, count in answers.items():
        for _file in range(count):
            tried("a mutation", answer)
    assert {"refused", "altered"} <= set(answers)
    assert run.memory < MOST_MEMORY
