"""Whatever is typed, a letter comes out that says it, or a clear refusal: properties of the whole command line.

ACCORD_CASES is the number of cases, 400 unless it says otherwise: 5,000 before
a release.  They are the same each time.  What a case is made of begins with
something sound, for nonsense alone would never get past the first look.
"""

import csv
import datetime
import io
import json
import os
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import tomlkit
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord import isolation
from accord.batch import mappings, row
from accord.batch.backends import processes
from accord.batch.columns import headings, keys
from accord.batch.report import Outcome
from accord.batch.row import Job
from accord.batch.sources import Entry
from accord.domain.deal import Agreement
from accord.intake import loader
from accord.pdf import typeset
from accord.text import formats
from support import cli
from support.campaign import Tried
from support.in_process import InProcess
from support.inputs import DEAL
from support.parcels import unzipped, zipped
from support.paths import SAMPLES, SHEETS
from support.samples import HOUSE, STEMS, compose

CASES = int(os.environ.get("ACCORD_CASES", "400"))
PATIENCE = datetime.timedelta(seconds=20)
EXIT_CODES = {0: "done", 1: "the answer is no", 2: "refused", 3: "the machine lacks something"}


def cases(share: float) -> Any:
    """So much of all cases, the same each time."""
    return settings(
        max_examples=max(1, int(CASES * share)),
        derandomize=True,
        database=None,
        deadline=PATIENCE,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches work in this process: thousands of them need not start others each time."""

    def in_turn(entries: Iterable[Entry], job: Job, _processes: int) -> Iterator[Outcome]:
        return (row.outcome(entry, job) for entry in entries)

    monkeypatch.setattr(processes, "_by_pool", in_turn)
    monkeypatch.setattr(isolation, "Process", InProcess)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hardness")


Accord = Callable[..., Result]


@pytest.fixture
def accord(desk: Path, tried: Tried, request: pytest.FixtureRequest) -> Accord:
    """Runs a command, and sees that its answer is one of those that people can work with."""

    def run(*arguments: str | Path) -> Result:
        said = cli.run(*arguments, "--house", SAMPLES / "accord.toml")
        tried(request.function.__name__, EXIT_CODES.get(said.exit_code, f"exit code {said.exit_code}"))
        assert said.exit_code in EXIT_CODES, said.output
        assert said.exception is None or isinstance(said.exception, SystemExit)
        assert "Traceback" not in said.output
        assert said.exit_code == 0 or said.output.strip(), "a refusal says why"
        assert not [path.name for path in desk.rglob(".accord-*")], "nothing half-written"
        return said

    return run


# --- What people write ------------------------------------------------------------

ODD_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(
        [
            "", " ", "…", "{{ 7*7 }}", "{% raw %}", "<script>alert(1)</script>", "**x** _y_ `z`", "=1+1", "-- ; DROP",
            "\u202eabc", "a\u0000b", "\ud7ff", "é" * 200, "x" * 5000, "\n\n", "a\tb", "🦊", "漢字", "𝔘", "ﬁ", "e\u0301",
            "31/02/2027", "0", "-1", "1e9", "NaN", "∞", "12 000,00", "1.234.567", "2027-13-45", "true", "null", "M.",
        ]
    ),
)  # fmt: skip
ODD_VALUES = st.one_of(
    ODD_TEXTS,
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.lists(ODD_TEXTS, max_size=15),
    st.dictionaries(st.sampled_from(["name", "by", "kind", "x", "é"]), ODD_TEXTS, max_size=3),
)
KEYS = st.one_of(st.sampled_from([*keys(), "prospect", "decision", "decline", "delivery"]), ODD_TEXTS)
SOUND = [
    tomllib.loads(DEAL),
    *(tomllib.loads((SAMPLES / f"{stem}.toml").read_text("utf-8")) for stem in STEMS),
]


@st.composite
def deals(draw: st.DrawFn) -> dict[str, Any]:
    """A sound deal in which a few keys were changed, added or taken out."""
    deal: dict[str, Any] = json.loads(json.dumps(draw(st.sampled_from(SOUND)), default=str))
    for key in draw(st.lists(KEYS, max_size=3)):
        *tables, last = key.split(".")
        table: Any = deal
        for name in tables:
            table = table.setdefault(name, {}) if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            continue
        if draw(st.booleans()):
            table[last] = draw(ODD_VALUES)
        else:
            table.pop(last, None)
    return deal


@st.composite
def damaged(draw: st.DrawFn, sound: st.SearchStrategy[bytes]) -> bytes:
    """Bytes of which a few were changed, cut out or doubled."""
    content = bytearray(draw(sound))
    for _change in range(draw(st.integers(0, 3))):
        place, length = draw(st.integers(0, max(0, len(content) - 1))), draw(st.sampled_from([1, 2, 10, 200]))
        kind = draw(st.integers(0, 3))
        if kind == 0:
            content[place : place + length] = draw(st.binary(max_size=length))
        elif kind == 1:
            del content[place : place + length]
        elif kind == 2:
            content[place:place] = content[place : place + length]
        else:
            del content[place:]
    return bytes(content)


def toml(deal: dict[str, Any]) -> bytes:
    return tomlkit.dumps(deal).encode()


# --- Deal files and flags ---------------------------------------------------------


@cases(0.35)
@given(deal=deals(), final=st.booleans())
def test_any_deal_is_a_letter_that_says_it_or_is_refused(
    deal: dict[str, Any], desk: Path, accord: Accord, *, final: bool
) -> None:
    path = desk / "deal.toml"
    path.write_bytes(toml(deal))
    said = accord(
        "render",
        str(path),
        "--format",
        "md",
        "-o",
        str(desk / "deal.md"),
        "--force",
        *["--final"] * final,
    )
    if said.exit_code == 0:
        text = letters_of((desk / "deal.md").read_text("utf-8").replace("\\", ""))
        for name in (deal["prospect"]["name"], deal["feature"]["name"]):
            assert letters_of(name) in text


@cases(0.1)
@given(content=st.one_of(st.binary(max_size=300), damaged(st.sampled_from([toml(deal) for deal in SOUND]))))
def test_any_bytes_are_a_deal_file_or_refused(content: bytes, desk: Path, accord: Accord) -> None:
    (desk / "bytes.toml").write_bytes(content)
    accord("render", str(desk / "bytes.toml"), "--format", "json", "-o", str(desk / "x.json"), "--force")
    accord("review", str(desk / "bytes.toml"))


FLAGS = st.one_of(
    st.tuples(st.just("--set"), st.builds("{}={}".format, KEYS, ODD_TEXTS)),
    st.tuples(
        st.just("--date"),
        st.one_of(ODD_TEXTS, st.sampled_from(["2026-11-23", "1er mars 2027", "03/04/2027"])),
    ),
    st.tuples(st.just("--lang"), st.sampled_from(["fr", "en", "de"])),
    st.tuples(st.just("--final")),
    st.tuples(st.just("--format"), st.sampled_from(["md", "json", "html", "md,json", "docx", ""])),
)


@cases(0.15)
@given(stem=st.sampled_from(STEMS), flags=st.lists(FLAGS, max_size=4))
def test_any_flag_is_taken_or_refused(
    stem: str, flags: list[tuple[str, ...]], desk: Path, accord: Accord
) -> None:
    chosen = [part for flag in flags for part in flag]
    accord(
        "render",
        str(SAMPLES / f"{stem}.toml"),
        "--format",
        "md",
        "-o",
        str(desk / "out"),
        "--force",
        *chosen,
    )


ANSWERS = st.dictionaries(
    st.sampled_from(
        ["--prospect", "--feature", "--delivery-date", "--item", "--quantity", "--unit-price", "--term"]
    ),
    st.one_of(ODD_TEXTS, st.sampled_from(["Lefèvre", "31/03/2027", "25", "40,00 €"])),
)
CHOICES = st.dictionaries(
    st.sampled_from(["--decision", "--currency", "--period", "--binding", "--decline", "--lang"]),
    st.sampled_from(["subscription", "none", "EUR", "month", "conditional", "out-of-scope", "fr", "x"]),
)


@cases(0.05)
@given(answers=ANSWERS, choices=CHOICES)
def test_any_answer_is_taken_or_refused(
    answers: dict[str, str], choices: dict[str, str], desk: Path, accord: Accord
) -> None:
    """Without a terminal nothing is asked; what cannot be drawn is a fault before any PDF is made."""
    chosen = [part for flag in (answers | choices).items() for part in flag]
    accord("new", "-o", str(desk / "new"), "--force", *chosen)


# --- Spreadsheets -----------------------------------------------------------------

HEADINGS = st.one_of(
    st.sampled_from([name for named in headings().values() for name in (*named["en"], *named["fr"])]),
    st.sampled_from([*keys()]),
    ODD_TEXTS,
)
PLAIN_CELLS = st.sampled_from(
    [
        "fr", "en", "Lefèvre", "Export FEC", "31/03/2027", "2027-03-31", "abonnement", "pilot", "25", "1 250", "40,00 €",
        "£40", "mois", "12", "20 %", "hors marché", "oui", "EUR", "France", "12 rue X; 69002 Lyon", "intent", "",
    ]
)  # fmt: skip
CELLS = st.one_of(PLAIN_CELLS, PLAIN_CELLS, ODD_TEXTS)
NEEDED = ("language", "prospect.name", "feature.name")


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Headings, those that are needed mostly among them, and rows of cells."""
    headings = [
        *(NEEDED if draw(st.integers(0, 9)) else ()),
        *draw(st.lists(HEADINGS, max_size=8, unique=True)),
    ]
    rows = draw(st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings) + 1), max_size=5))
    for cells in rows:
        cells[: len(NEEDED)] = [draw(st.sampled_from(["fr", "en"])), "Lefèvre", draw(CELLS)][: len(cells)]
    return [headings, *rows]


@st.composite
def csv_files(draw: st.DrawFn) -> bytes:
    text = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(text, delimiter=draw(st.sampled_from(";,\t|")), quoting=quoting, escapechar="\\")
    writer.writerows(draw(tables()))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "latin-1"]))
    return text.getvalue().encode(encoding, "replace")


@st.composite
def xlsx_files(draw: st.DrawFn) -> bytes:
    """A workbook that LibreOffice saved, one of its parts damaged."""
    parts = unzipped((SHEETS / "libreoffice.xlsx").read_bytes())
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = draw(damaged(st.just(parts[name])))
    return zipped(parts)


JSON_LINES = st.lists(deals(), max_size=4).map(
    lambda found: "\n".join(json.dumps(deal, default=str) for deal in found).encode()
)
SHEET_FILES = st.one_of(
    st.tuples(st.just("csv"), st.one_of(csv_files(), damaged(csv_files()), st.binary(max_size=200))),
    st.tuples(st.just("xlsx"), st.one_of(xlsx_files(), damaged(xlsx_files()))),
    st.tuples(st.just("jsonl"), damaged(JSON_LINES)),
)
BATCH_FLAGS = st.lists(
    st.sampled_from(
        [
            *[("--final",), ("--strict",), ("--lang", "fr"), ("--set", "law=EW"), ("--ignore", "Client")],
            *[("--map", name) for name in mappings.supplied()],
        ]
    ),
    max_size=2,
    unique=True,
)


@cases(0.32)
@given(sheet=SHEET_FILES, flags=BATCH_FLAGS)
def test_any_spreadsheet_is_read_or_refused(
    sheet: tuple[str, bytes], flags: list[tuple[str, ...]], desk: Path, accord: Accord
) -> None:
    path = desk / f"deals.{sheet[0]}"
    path.write_bytes(sheet[1])
    chosen = [part for flag in flags for part in flag]
    told = str(desk / "told")
    said = accord("batch", str(path), "--check", "--jobs", "1", "--report", told, "--force", *chosen)
    if said.exit_code in {0, 1}:
        report = json.loads(Path(f"{told}.json").read_text("utf-8"))
        assert {row["verdict"] for row in report["report"]} <= {"good", "refused", "passed"}, (
            "no fault of the program's own"
        )
        assert said.exit_code == any(row["verdict"] == "refused" for row in report["report"])


# --- What the page says -----------------------------------------------------------


def letters_of(text: str) -> str:
    """A text without its spaces and hyphens, which lines and pages break at."""
    # U+0002 is what pdfium has for the hyphen at the end of a line.
    return re.sub(r"[\s\x02\u00ad\u2060\u200b\u2010\u2011-]", "", unicodedata.normalize("NFKC", text))


def printed(content: bytes) -> str:
    return letters_of(
        "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    )


NAMES = st.text("abcdefghijklmnopqrstuvwxyzéèàçœÉÀŁšñαβγдеж’&0123456789", min_size=2, max_size=14)
SENTENCES = st.lists(NAMES, min_size=2, max_size=12).map(" ".join)


@st.composite
def speaking_deals(draw: st.DrawFn) -> dict[str, Any]:
    """A sound deal, each of whose words can be told from all others."""
    sort = draw(st.sampled_from(["subscription", "purchase", "pilot", "decline"]))
    deal: dict[str, Any] = {
        "language": draw(st.sampled_from(["fr", "en"])),
        "date": "2026-11-23",
        "prospect": {
            "name": draw(SENTENCES)[:60].strip(),
            "address": draw(st.lists(NAMES, max_size=4)),
            "contact": {
                "civility": "Mme",
                "first_name": draw(NAMES),
                "last_name": draw(NAMES),
                "title": draw(NAMES),
            },
        },
        "feature": {"name": draw(SENTENCES)[:60].strip(), "need": draw(SENTENCES)},
    }
    if sort == "decline":
        return deal | {"decline": {"reason": "out-of-scope", "alternative": draw(SENTENCES)}}
    deal["feature"] |= {
        "description": draw(SENTENCES),
        "acceptance_tests": draw(st.lists(SENTENCES, min_size=1, max_size=4)),
        "exclusions": draw(st.lists(SENTENCES, max_size=2)),
    }
    deal["delivery"] = {"by": f"{draw(st.dates(datetime.date(2027, 1, 1), datetime.date(2029, 1, 1)))}"}
    deal["decision"] = {
        "kind": sort,
        "item": draw(NAMES),
        "quantity": draw(st.integers(1, 9999)),
        "unit_price": f"{draw(st.decimals(1, 9999, places=2))}",
        "currency": draw(st.sampled_from(["EUR", "GBP", "USD", "CHF", "CAD"])),
        **(
            {"period": draw(st.sampled_from(["month", "year"])), "term": draw(st.integers(1, 20))}
            if sort == "subscription"
            else {}
        ),
    }
    return deal


def texts(data: Any) -> Iterator[str]:
    """Every text of a deal that is words, not a choice from a list."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from texts(value)
        elif isinstance(value, list):
            yield from value
        elif key in {
            "name",
            "first_name",
            "last_name",
            "title",
            "need",
            "description",
            "item",
            "alternative",
        }:
            yield value


@cases(0.03)
@given(data=speaking_deals())
def test_every_word_of_the_deal_is_on_the_page(data: dict[str, Any], tried: Tried) -> None:
    deal = loader.deal_from(json.loads(json.dumps(data)), "", HOUSE.house, today=datetime.date(2026, 11, 23))
    letter = compose(deal, HOUSE)
    page = printed(typeset.typeset(letter))
    tried("every word of the deal is on the page", "read")
    missing = [
        word
        for text in texts(data)
        for word in text.split()
        if letters_of(word).casefold() not in page.casefold()
    ]
    assert not missing
    if isinstance(deal, Agreement):
        assert deal.decision.unit_price
        assert deal.decision.computed_total
        assert deal.decision.currency
        for said in (
            formats.date(deal.delivery.by, letter.locale),
            formats.amount(deal.decision.unit_price, deal.decision.currency, letter.locale),
            formats.amount(deal.decision.computed_total, deal.decision.currency, letter.locale),
        ):
            assert letters_of(re.sub("<[^>]*>", "", str(said))) in page


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_letter_says_what_another_row_does(jobs: str, tmp_path: Path) -> None:
    """Whatever processes remember from one letter to the next."""
    marks = [f"Qz{number}w" for number in range(100, 130)]
    head = "language,prospect.name,feature.name,delivery.by,decision.kind,decision.item,decision.quantity,decision.unit_price"
    rows = [
        f"en,{mark} Ltd,{mark} feature,2027-03-31,purchase,{mark} items,{n + 7},{n + 40}.25"
        for n, mark in enumerate(marks)
    ]
    (tmp_path / "d.csv").write_text("\n".join((head, *rows)), "utf-8")
    done = cli.run_process("batch", "d.csv", "--jobs", jobs, "--house", SAMPLES / "accord.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = sorted((tmp_path / "output").glob("*.pdf"))
    assert len(found) == len(marks)
    for path in found:
        said = printed(path.read_bytes())
        (own,) = {mark for mark in marks if mark.casefold() in path.name}
        assert {mark for mark in marks if mark in said} == {own}
