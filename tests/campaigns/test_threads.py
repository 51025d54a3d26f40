"""Many people in one process: none sees anything of what another does meanwhile."""

import dataclasses
import hashlib
import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from accord import i18n
from accord.clauses.library import TEMPLATES, Library
from accord.domain.house import HouseFile, Logo
from accord.errors import AccordError
from accord.intake import loader
from accord.letter.composer import compose
from accord.pdf import typeset
from accord.review.review import review
from accord.services.make_letter import make_letter
from support.campaign import Tried
from support.inputs import TODAY
from support.paths import SAMPLES, TESTS
from support.processes import python
from support.samples import STEMS

THREADS = 8
CHANGED = (
    "fr/agreement/64-notices.md",
    "en/agreement/64-notices.md",
    "fr/decline/30-closing.formal.md",
    "en/decline/30-closing.formal.md",
)
OWN = "{{ supplier.name }} a choisi ces mots."
FAULTY = "{{ feature.nom }} is kept."
UNDRAWABLE = Logo(b"<svg", "image/svg+xml", "Fournil")

HOUSES = ("sample", "other", "undrawable", "faulty")
DECLINES = [stem for stem in STEMS if "refus" in stem or "decline" in stem]


@dataclasses.dataclass(frozen=True)
class Request:
    """What somebody asks of the program, in a language of the interface: a letter, or else its review."""

    language: str
    house: str
    deal: str
    letter: bool


REVIEWS = list(itertools.starmap(Request, itertools.product(i18n.LANGUAGES, HOUSES, STEMS, [False])))
LETTERS = [
    Request(language, house, stem, letter=True)
    for language in i18n.LANGUAGES
    for house in HOUSES
    for stem in (*DECLINES, STEMS[0])
]


@pytest.fixture
def houses(tmp_path: Path) -> dict[str, HouseFile]:
    """The sample house; one of another name with clauses of its own; the two with a fault each."""
    sample = loader.read_house(SAMPLES / "accord.toml")
    return {
        "sample": sample,
        "other": other_house(tmp_path / "other", OWN),
        "undrawable": dataclasses.replace(sample, logo=UNDRAWABLE),
        "faulty": other_house(tmp_path / "faulty", FAULTY),
    }


def other_house(folder: Path, body: str) -> HouseFile:
    for name in CHANGED:
        target = folder / "templates" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        head = (TEMPLATES / name).read_text("utf-8").rpartition("+++\n")[0]
        target.write_text(f"{head}+++\n{body}\n", "utf-8")
    written = (SAMPLES / "accord.toml").read_text("utf-8")
    path = folder / "accord.toml"
    path.write_text(written.replace("Novalys", "Fournil").replace("#1a4d7a", "#7a1a4d"), "utf-8")
    (folder / "logo.svg").write_bytes((SAMPLES / "logo.svg").read_bytes())
    return loader.read_house(path)


def answer(request: Request, houses: dict[str, HouseFile], library: Library) -> str:
    """All that the program gives back: the letter's bytes, what the review finds, or what is wrong."""
    home = houses[request.house]
    with i18n.speaking(request.language):
        try:
            deal = loader.read_deal(SAMPLES / f"{request.deal}.toml", home.house, today=TODAY)
            if request.letter:
                return hashlib.sha256(
                    typeset.typeset(make_letter(deal, home, final=True, source=request.deal, library=library))
                ).hexdigest()
            letter = compose(deal, home, source=request.deal, library=library)
            return f"{review(letter, deal, home.house, home.path.parent)}"
        except AccordError as error:
            return f"{error}"


def test_two_hundred_requests_in_eight_threads_are_answered_as_each_is_alone(
    houses: dict[str, HouseFile],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tried: Tried,
) -> None:
    alone = {request: answer(request, houses, Library()) for request in (*REVIEWS, *LETTERS)}
    chance, library = random.Random(9), Library()  # noqa: S311 - an order, no secret
    requests = [*REVIEWS, *chance.choices(LETTERS, k=200 - len(REVIEWS))]
    chance.shuffle(requests)
    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(lambda request: answer(request, houses, library), requests))
    for request in requests:
        tried("a letter" if request.letter else "a review", "answered")
    caplog.clear()  # the engine has words for the logos that it cannot draw
    mistaken = {
        request: given for request, given in zip(requests, answers, strict=True) if given != alone[request]
    }
    assert not mistaken
    assert capfd.readouterr().err == ""  # where GLib says that its memory is corrupt


BATCH = """
import sys, threading
from pathlib import Path
from click.testing import CliRunner
sys.path.insert(0, sys.argv[1])
from accord.cli import program
from accord.pdf import typeset
from support import letters
from support.paths import SAMPLES
letter, done = letters.sample("12-en-decline-market"), threading.Event()
def render():
    while not done.is_set(): typeset.typeset(letter)
thread = threading.Thread(target=render)
thread.start()
options = "--house", str(SAMPLES / "accord.toml"), "--out", sys.argv[2], "--jobs", "2"
made = CliRunner().invoke(program(), ["batch", str(SAMPLES), *options])
done.set()
thread.join()
print(made.exit_code, len(list(Path(sys.argv[2]).glob("*.pdf"))))
"""


def test_a_batch_may_start_while_another_thread_makes_a_letter(tmp_path: Path) -> None:
    """Its processes are copies of this one, engine included, and none waits for a thread that it does not have."""
    done = python("-c", BATCH, TESTS, tmp_path)
    assert done.stdout.split() == ["0", f"{len(STEMS)}"], done.stderr
