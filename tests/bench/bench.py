"""What letters cost, beside the least that could be done and beside other programs: `make bench`.

One table from one run.  What is compared is run in turn, round by round, so
that whatever else the machine does weighs on both alike; a first round only
warms the caches.  Figures are medians, and ratios those of the single rounds.
`make bench-peers` installs the other programs and then measures.

ACCORD_BENCH_LETTERS makes the largest batch another size than 5,000, and the
small one, the register, the tasks of a cluster and the letters of a round no
larger than that allows; 0 leaves the batches out.  ACCORD_BENCH_ROUNDS makes fewer rounds than eleven, to
see that all of it still runs: of 1, nothing is run before it to warm the caches.
ACCORD_BENCH_ONLY names the parts to measure, such as "warm batches".
"""

import compileall
import csv
import datetime
import gc
import importlib.metadata
import importlib.util
import json
import os
import platform
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import distributed
import peers
import pexpect

from accord import cli, files
from accord.batch.backends.cluster import ROWS_OF_A_TASK, on_this_machine
from accord.clauses.library import Library
from accord.intake import dotted, loader
from accord.letter import composer, letter
from accord.pdf import engine, typeset
from accord.register.entries import Row as Row_
from accord.register.entries import as_data
from accord.register.register import Register
from accord.review import review
from accord.text import fonts
from support.paths import PACKAGE, SAMPLES
from support.registered import ENTRY

ROUNDS = int(os.environ.get("ACCORD_BENCH_ROUNDS", "11"))
SLOW_ROUNDS = min(3, ROUNDS)  # of what takes many seconds
WARMING = min(1, ROUNDS - 1)  # rounds that do not count
MANY = int(os.environ.get("ACCORD_BENCH_LETTERS", "5000"))
FEW = min(200, MANY)
LETTERS_OF_A_ROUND = min(6, MANY or 6)
ONLY = os.environ.get("ACCORD_BENCH_ONLY", "").split()
ON_RECORD = min(10_000, 10 * MANY)
TASKS_AT_ONCE, LETTER_BYTES = 24, 45_000
TASKS = min(100, MANY) * TASKS_AT_ONCE
AGREEMENT, DECLINE = SAMPLES / "01-fr-abonnement.toml", SAMPLES / "12-en-decline-market.toml"
HOUSE = SAMPLES / "accord.toml"
DAY = datetime.date(2026, 11, 23)
ACCORD = (sys.executable, "-m", "accord")
RENDER = (*ACCORD, "render", AGREEMENT, "--house", HOUSE, "--date", f"{DAY}", "--force", "--out")
BARE_RENDER = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
# As the machine has it: the engine, once loaded here, hides the machine's fonts from what this starts.
ENVIRONMENT = {**os.environ, "ACCORD_LANG": "en"}
ONE, TWO = ("--jobs", "1"), ("--jobs", "2")
PACKAGES = ("accord", "weasyprint", "pydyf", "click", "pydantic")

Command = Sequence[str | Path]
Rounds = list[tuple[float, float]]


@dataclass(frozen=True)
class Row:
    """A line of the table; `target` is what the ratio should be at most, or, with a ≥, at least."""

    title: str
    own: str
    other: str
    ratio: str = ""
    target: str = ""

    def __str__(self) -> str:
        return f"| {self.title} | {self.own} | {self.other} | {self.ratio} | {self.target} |"


def main() -> None:
    """Print the table, line by line, with what it was measured on."""
    # As pip compiles what it installs, and no one a checkout, where Python is told to write no compiled files.
    compileall.compile_dir(PACKAGE, quiet=1)
    print("| what | accord | beside it | ratio | target |")
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for measure in (cold, warm, batches, cluster, light, interview, legal_desk, register, others):
            for row in measure(folder) if not ONLY or measure.__name__ in ONLY else ():
                print(row, flush=True)
    print(f"\n{' '.join(measured_on())}")


def measured_on() -> Iterator[str]:
    """The machine and the versions."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    yield f"Medians of {ROUNDS} rounds ({SLOW_ROUNDS} of batches and of LibreOffice)."
    yield f"Python {platform.python_version()}, {versions};"
    yield f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}."


# --- Measuring ----------------------------------------------------------------


def seconds(command: Command) -> float:
    """How long a whole process takes, start and exit included."""
    start = time.perf_counter()
    run(command)
    return time.perf_counter() - start


def run(command: Command) -> None:
    """Run a command to its end, which must be good."""
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)


def race(ours: Callable[[], float], theirs: Callable[[], float], rounds: int = ROUNDS) -> Rounds:
    """The seconds of both, round by round."""
    return [(ours(), theirs()) for _round in range(WARMING + rounds)][WARMING:]


def race_of(ours: Command, theirs: Command, rounds: int = ROUNDS) -> Rounds:
    """The seconds of two commands, round by round."""
    return race(lambda: seconds(ours), lambda: seconds(theirs), rounds)


def in_milliseconds(title: str, rounds: Rounds, target: str = "") -> Row:
    """A line of medians, and of the median of the ratios of each round."""
    own, other = (f"{statistics.median(column) * 1000:.0f} ms" for column in zip(*rounds, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in rounds)
    return Row(title, own, other, f"{ratio:.2f}", target)


# --- A letter by itself ---------------------------------------------------------


def cold(folder: Path) -> Iterator[Row]:
    """The whole command, against a script of one line."""
    page = folder / "letter.html"
    run((*RENDER, page, "--format", "html"))
    bare = (sys.executable, "-c", BARE_RENDER, page, folder / "bare.pdf")
    rounds = race_of((*RENDER, folder / "letter.pdf"), bare)
    yield in_milliseconds(
        "cold `render` of an agreement / a bare WeasyPrint script on its HTML,"
        " which writes a plain PDF: no PDF/A, no tags, no attachment",
        rounds,
        "0.90",
    )


def interview(folder: Path) -> Iterator[Row]:
    """What somebody waits at a terminal who gave the last answer to `new`, having read the summary."""
    deal = dotted.flatten(tomllib.loads(AGREEMENT.read_text("utf-8")))
    texts = {key: "; ".join(map(str, value)) if isinstance(value, list) else value for key, value in deal}
    settings = [part for key, text in texts.items() for part in ("--set", f"{key}={text}")]
    command = [*ACCORD, "new", *settings, "--house", HOUSE, "--date", f"{DAY}", "--out"]
    waited = [until_written([*command, folder / f"new-{number}"]) for number in range(ROUNDS)]
    title = "`new`, from the last answer to its PDF (an agreement, its summary read for two seconds)"
    yield Row(title, f"{statistics.median(waited) * 1000:.0f} ms", "", "", "300 ms")


def until_written(command: Command) -> float:
    """Seconds from the last answer to the name of the letter."""
    words = [str(word) for word in command]
    terminal = pexpect.spawn(words[0], words[1:], env={**ENVIRONMENT, "TERM": "dumb"}, encoding="utf-8")
    terminal.delaybeforesend = None
    terminal.expect_exact("Number [1]:")  # a business with six employees or more
    terminal.sendline()
    terminal.expect_exact("later.")
    time.sleep(2)
    terminal.sendline()
    terminal.expect_exact("[Y/n]")  # final
    start = time.perf_counter()
    terminal.sendline()
    terminal.expect_exact(".pdf")
    waited = time.perf_counter() - start
    terminal.expect(pexpect.EOF)
    return waited


def light(_folder: Path) -> Iterator[Row]:
    """What answers at once."""
    installed = Path(sys.executable).with_name("accord")
    rounds = race_of((installed, "--help"), (sys.executable, "-c", "import click"))
    yield in_milliseconds("`--help` / an interpreter that imports click", rounds, "1.40")


def legal_desk(folder: Path) -> Iterator[Row]:
    """Reading a letter, against making it: a PDF has its page set to be believed, a deal file needs none."""
    made, saved, other = (folder / name for name in ("letter.pdf", "saved.pdf", "other.pdf"))
    deal, changed = folder / "deal.toml", folder / "changed.toml"
    run((*RENDER, made))
    run((*RENDER, other, "--set", "feature.name=Export comptable"))
    run(("qpdf", "--linearize", made, saved))
    deal.write_text(AGREEMENT.read_text("utf-8"), "utf-8")
    changed.write_text(AGREEMENT.read_text("utf-8").replace("Export FEC", "Export comptable"), "utf-8")
    for title, arguments, target in (
        ("`review` of a deal file", ("review", deal), "0.45"),
        ("`review` of a PDF", ("review", made), "0.45"),
        ("`diff` of two deal files", ("diff", deal, changed), "0.45"),
        ("`diff` of two PDFs", ("diff", made, other), "0.45"),
        ("`verify` of an authentic letter", ("verify", made), "0.90"),
        ("`verify` of a letter saved again by another program", ("verify", saved), "0.90"),
    ):
        command = (*ACCORD, *arguments, "--house", HOUSE)
        rounds = race(lambda command=command: answered_in(command), lambda: seconds((*RENDER, made)))  # type: ignore[misc]
        yield in_milliseconds(f"{title} / a cold `render`", rounds, target)


def answered_in(command: Command) -> float:
    """How long a command takes whose answer may be no."""
    start = time.perf_counter()
    if subprocess.run(command, check=False, capture_output=True, env=ENVIRONMENT).returncode > 1:
        run(command)
    return time.perf_counter() - start


# --- A letter among many ----------------------------------------------------------


def warm(folder: Path) -> Iterator[Row]:
    """A letter in a process that has made others, against WeasyPrint's one call in another that has."""
    for title, deal, target in (
        ("an agreement (3 pages)", AGREEMENT, "0.70"),
        ("a decline (1 page)", DECLINE, "0.65"),
    ):
        line = Line(deal, folder / "warm")
        with bare_process() as bare:
            rounds = race(line.letters, partial(line.bare_pages, bare), min(7, ROUNDS))
        yield in_milliseconds(
            f"{title}, warm: read, composed, reviewed, set, written / `HTML(string=…).write_pdf()`"
            " of its HTML, same fonts, PDF/A-3a, PDF/UA-1 and attachment",
            rounds,
            target,
        )


@contextmanager
def bare_process() -> Iterator[subprocess.Popen[str]]:
    """A process that sets pages by WeasyPrint's own call, with no fonts but those that the pages name."""
    bare = Path(__file__).with_name("bare.py")
    with subprocess.Popen(
        (sys.executable, bare),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**ENVIRONMENT, "FONTCONFIG_FILE": str(engine.FONTCONFIG)},
        text=True,
    ) as process:
        yield process
        process.communicate()


class Line:
    """A production line of letters like that of one deal, each to another prospect."""

    def __init__(self, deal: Path, out: Path) -> None:
        self.home, self.library = loader.read_house(HOUSE), Library()
        self.deal, self.out, self.made = deal.read_text("utf-8"), out, 0

    def letters(self) -> float:
        """Seconds for one of some letters, as a batch makes them."""
        with collected_after(cli.OBJECTS_BETWEEN_COLLECTIONS):
            start = time.perf_counter()
            for _letter in range(LETTERS_OF_A_ROUND):
                self.letter()
            return (time.perf_counter() - start) / LETTERS_OF_A_ROUND

    def letter(self) -> letter.Letter:
        """One letter, from the words of its deal to its file."""
        self.made += 1
        data = tomllib.loads(self.deal)
        data["prospect"]["name"] = f"Client {self.made}"
        deal = loader.deal_from(data, "", self.home.house, today=DAY)
        composed = composer.compose(deal, self.home, library=self.library)
        review.review(composed, deal, self.home.house, HOUSE.parent, library=self.library)
        files.write(self.out / f"{composed.file_stem}.pdf", typeset.typeset(composed), force=False)
        return composed

    def bare_pages(self, bare: subprocess.Popen[str]) -> float:
        """Seconds for one of as many pages, as a script sets them that has all of their HTML."""
        pages = [self.page_and_attachment() for _page in range(LETTERS_OF_A_ROUND)]
        assert bare.stdin
        assert bare.stdout
        print(json.dumps(pages), file=bare.stdin, flush=True)
        return float(bare.stdout.readline())

    def page_and_attachment(self) -> tuple[str, str, str, str]:
        """The HTML of a letter, its fonts named in its own style sheet, and the file to attach."""
        composed = self.letter()
        page = typeset.page(composed).replace("<style>", f"<style>{FACES}", 1)
        return page, letter.as_json(composed.data), "accord.json", f"{DAY}"


PYTHONS_OWN = gc.get_threshold()[0]
FACES = "".join(
    f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url("{face.path.as_uri()}") }}'
    for face in fonts.FACES
)


@contextmanager
def collected_after(objects: int) -> Iterator[None]:
    """Look for garbage after so many new objects meanwhile; what was there before is taken away first."""
    gc.collect()
    gc.set_threshold(objects)
    try:
        yield
    finally:
        gc.set_threshold(PYTHONS_OWN)


# --- A batch ------------------------------------------------------------------------


def batches(folder: Path) -> Iterator[Row]:
    """Letters a second, and what memory the whole takes."""
    if not MANY:
        return
    if subprocess.run(
        (*ACCORD, "batch", "--help"), check=False, capture_output=True, env=ENVIRONMENT
    ).returncode:
        yield Row("batches", "no `accord batch` here", "")
        return
    few, many = (spreadsheet(folder / f"{count}.csv", count) for count in (FEW, MANY))
    runs = [(batch(few, *ONE), batch(few, *TWO)) for _round in range(SLOW_ROUNDS)]
    one, two = (
        statistics.median(FEW / taken for taken, _peak in column) for column in zip(*runs, strict=True)
    )
    ratio = statistics.median(alone / shared for (alone, _), (shared, _) in runs)
    yield Row(
        f"letters a second, {FEW} declines, with 2 processes / with 1",
        f"{two:.1f}",
        f"{one:.1f}",
        f"{ratio:.2f}",
        "≥ 1.80",
    )
    with tempfile.TemporaryDirectory(dir=folder) as out:
        taken, peak = batch(many, *TWO, out=Path(out))
        again, _peak = batch(many, *TWO, out=Path(out))
    small = statistics.median(run_peak for _alone, (_taken, run_peak) in runs)
    yield Row(
        f"memory at its peak, all processes, {MANY:,} letters / {FEW}",
        f"{peak / 1e6:.0f} MB",
        f"{small / 1e6:.0f} MB",
        f"{peak / small:.2f}",
        "1.10",
    )
    yield Row(
        f"time of a letter among {MANY:,} / among {FEW}, 2 processes",
        f"{taken / MANY * 1000:.0f} ms",
        f"{1000 / two:.0f} ms",
        f"{taken / MANY * two:.2f}",
    )
    yield Row(
        f"`batch` over {MANY:,} letters that are there / making them",
        f"{again:.1f} s",
        f"{taken:.1f} s",
        f"{again / taken:.2f}",
        "0.10",
    )
    yield from rows_of_a_long_source(folder, few)


def rows_of_a_long_source(folder: Path, few: Path) -> Iterator[Row]:
    """What a row costs where there are very many: looked at, all of them, and made, the first few."""
    middle, long = (spreadsheet(folder / f"{count}.csv", count) for count in (2 * MANY, 20 * MANY))
    start = checked(spreadsheet(folder / "1.csv", 1))[0]
    looked_at = {source: checked(source) for source in (middle, long)}
    own, other = (
        (work - start) / int(source.stem) * 1000 for source, (work, _peak) in reversed(looked_at.items())
    )
    title = f"rows of a spreadsheet, `--check`, 2 processes: {20 * MANY:,} / {2 * MANY:,}"
    yield Row(
        f"processor time of a row, without the start; {title}",
        f"{own:.1f} ms",
        f"{other:.1f} ms",
        f"{own / other:.2f}",
        "1.10",
    )
    own, other = (peak / 1e6 for _work, peak in reversed(looked_at.values()))
    yield Row(
        f"memory at its peak; {title}", f"{own:.0f} MB", f"{other:.0f} MB", f"{own / other:.2f}", "1.10"
    )
    yield in_milliseconds(
        f"a letter among the first {FEW} of {20 * MANY:,} / of {FEW}, once the first are there",
        race(lambda: first_letters(long), lambda: first_letters(few), SLOW_ROUNDS),
        "1.10",
    )


def checked(source: Path) -> tuple[float, float]:
    """How long the processor works on a look at each row, and the most memory in bytes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with started(source, *TWO, "--check", out=source.parent / "none") as process:
        peak = peak_memory_of(process)
    assert process.returncode == 0, f"exit code {process.returncode}"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def first_letters(source: Path) -> float:
    """Seconds for one letter of the first few of a source, which is then left alone."""
    with (
        tempfile.TemporaryDirectory(dir=source.parent) as out,
        started(source, *TWO, out=Path(out), stdout=subprocess.PIPE) as process,
    ):
        assert process.stdout
        times = [time.perf_counter() for _number, _line in zip(range(FEW), process.stdout, strict=False)]
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert len(times) == FEW, f"{len(times)} letters of {FEW}"
    return (times[-1] - times[FEW // 10]) / (FEW - 1 - FEW // 10)


def cluster(folder: Path) -> Iterator[Row]:
    """Two workers of a cluster that runs already beside two processes, and what its scheduler bears."""
    if not MANY:
        return
    source = spreadsheet(folder / f"{FEW}.csv", FEW)
    with on_this_machine(2) as running:
        there = ("--cluster", running.scheduler_address)
        batch(source, *there)  # its workers begin
        runs = [(batch(source, *there)[0], batch(source, *TWO)[0]) for _round in range(SLOW_ROUNDS)]
        passed = tasks_a_second(running)
    workers, processes = (
        statistics.median(FEW / taken for taken in column) for column in zip(*runs, strict=True)
    )
    yield Row(
        f"letters a second, {FEW} declines, two workers of a cluster / two processes",
        f"{workers:.1f}",
        f"{processes:.1f}",
        f"{statistics.median(two / own for own, two in runs):.2f}",
        "≥ 0.85",
    )
    yield Row(
        f"tasks a second through one scheduler, each of {ROWS_OF_A_TASK} rows there and as many letters back",
        f"{passed:.0f}",
        "",
    )


def tasks_a_second(running: distributed.LocalCluster) -> float:
    """How many tasks one scheduler and one client bear, as large as those of a batch; their letters are not made."""
    rows, letters = [os.urandom(1000)] * ROWS_OF_A_TASK, [LETTER_BYTES] * ROWS_OF_A_TASK
    with distributed.Client(running) as client:
        start = time.perf_counter()
        for _round in range(TASKS // TASKS_AT_ONCE):
            tasks = [client.submit(no_letters, letters, rows, pure=False) for _task in range(TASKS_AT_ONCE)]
            for task in tasks:
                task.result()
        return TASKS / (time.perf_counter() - start)


def no_letters(sizes: Sequence[int], _rows: Sequence[bytes]) -> list[bytes]:
    """As many bytes as letters have."""
    return [bytes(size) for size in sizes]


def spreadsheet(path: Path, rows: int) -> Path:
    """A CSV file of short declines."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("language", "prospect.name", "feature.name", "decline.reason"))
        table.writerows(
            ("en" if number % 2 else "fr", f"Client {number}", f"Export {number % 7}", "out-of-scope")
            for number in range(rows)
        )
    return path


def batch(source: Path, *shared_by: str, out: Path | None = None) -> tuple[float, float]:
    """How long a batch takes, and the most memory in bytes that its processes held together."""
    with tempfile.TemporaryDirectory(dir=source.parent) as fresh:
        out = out or Path(fresh)
        start = time.perf_counter()
        with started(source, *shared_by, out=out) as process:
            peak = peak_memory_of(process)
        taken = time.perf_counter() - start
        made = len(list(out.glob("*.pdf")))
        assert process.returncode == 0, f"exit code {process.returncode}"
        assert made == int(source.stem), f"{made} letters of {source.stem}"
    return taken, peak


def started(
    source: Path, *options: str, out: Path, stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """A batch that has begun."""
    return subprocess.Popen(
        (*ACCORD, "batch", source, "--house", HOUSE, "-o", out, *options, "--date", f"{DAY}"),
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        start_new_session=True,
    )


def peak_memory_of(process: subprocess.Popen[bytes]) -> float:
    """The most memory that a process and its children held at once, watched until it ends."""
    peak, ended = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        pause = 0.2  # seconds: a few rows are soon looked at
        while not ended.wait(pause):
            peak = max(peak, sum(map(memory_of, session(process.pid))))
            pause = min(1.0, 2 * pause)  # more often, and looking takes from the batch what is measured

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    ended.set()
    watcher.join()
    return float(peak)


def session(leader: int) -> Iterator[int]:
    """The processes that a process started, itself included (Linux)."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(state[3]) == leader:
            yield int(folder.name)


def memory_of(process: int) -> int:
    """Its share of memory in bytes: what several processes share is counted once in all."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in rollup.splitlines() if line.startswith("Pss:"))


# --- The register ---------------------------------------------------------------------


def register(folder: Path) -> Iterator[Row]:
    """Processor time over a register of many letters, beside one of a single letter: what start-up does not explain."""
    many, one = (filled(folder / f"register-{count}.db", count) for count in (ON_RECORD, 1))
    for words in ("list", "due --within 14"):
        command = (*ACCORD, "register", *words.split(), "--house", HOUSE, "--register")
        rounds = race(lambda: work((*command, many)), lambda: work((*command, one)))  # noqa: B023 - run at once
        own, other = (statistics.median(column) * 1000 for column in zip(*rounds, strict=True))
        title = f"`register {words}`, processor time, {ON_RECORD:,} letters / 1 letter (at most 500 ms more)"
        yield Row(title, f"{own:.0f} ms", f"{other:.0f} ms", f"+{own - other:.0f} ms", "+500 ms")


def work(command: Command) -> float:
    """How long the processor works on a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answered_in(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def filled(path: Path, count: int) -> Path:
    """A register of so many letters, a third of them declines, a third signed."""
    rows: list[Row_] = []
    steps: list[Row_] = []
    for number in range(count):
        shift = datetime.timedelta(days=number % 300 - 100)
        entry = replace(
            ENTRY,
            reference=f"ACC-20261113-{number:05}",
            prospect=f"Client {number}",
            date=ENTRY.date + shift,
            signable_until=ENTRY.signable_until and ENTRY.signable_until + shift,
            due=ENTRY.due and ENTRY.due + shift,
            long_stop=ENTRY.long_stop and ENTRY.long_stop + shift,
            articles={f"article-{each}": each for each in range(1, 27)},
        )
        if number % 3 == 1:
            entry = replace(entry, kind="decline", law=None, binding=None, value=None, currency=None)
        if number % 3 == 2:
            steps.append(Row_(entry.reference, "signed", {"on": entry.date.isoformat()}))
        rows.append(Row_(entry.reference, "issued", as_data(entry)))
    book = Register.open(f"sqlite:///{path}")
    book.replace([*rows, *steps], actor="bench", time=datetime.datetime.now(datetime.UTC), force=False)
    book.close()
    return path


# --- Other programs -------------------------------------------------------------------


def others(folder: Path) -> Iterator[Row]:
    """The same agreement by programs that are installed."""
    yield from beside_typst(folder)
    page = folder / "letter.html"
    for name, conformance, commands, rounds in (
        ("Chromium, headless", "tags, no PDF/A", peers.chromium(page, folder / "chromium.pdf"), ROUNDS),
        ("LibreOffice, headless", "no tags, no PDF/A", peers.libreoffice(page, folder), SLOW_ROUNDS),
    ):
        if commands is None:
            yield Row(f"cold `render` / {name}", "", "not installed")
            continue
        title = f"cold `render` / {name}, same HTML ({conformance})"
        yield in_milliseconds(title, race_of((*RENDER, folder / "letter.pdf"), commands, rounds))


def beside_typst(folder: Path) -> Iterator[Row]:
    """The letter built anew in another language, cold and warm."""
    if importlib.util.find_spec("typst") is None:
        yield Row("cold `render` / Typst", "", "not installed")
        return
    line = Line(AGREEMENT, folder / "typst")
    source = peers.typst_source(line.letter(), folder)
    command = (sys.executable, peers.__file__, source, source.with_suffix(".pdf"))
    yield in_milliseconds(
        "cold `render` / Typst from Python, the letter built anew (PDF/A-3a, PDF/UA-1, attachment; no signature fields)",
        race_of((*RENDER, folder / "letter.pdf"), command),
    )

    yield in_milliseconds(
        "an agreement, warm / Typst, warm",
        race(line.letters, lambda: warm_typst(line, folder), SLOW_ROUNDS),
    )


def warm_typst(line: Line, folder: Path) -> float:
    """Seconds for one of some letters; each was made by us first, and that does not count."""
    composed = [line.letter() for _letter in range(LETTERS_OF_A_ROUND)]
    sources = [peers.typst_source(one, folder, one.file_stem) for one in composed]
    start = time.perf_counter()
    for source in sources:
        peers.typeset(source, source.with_suffix(".pdf"))
    return (time.perf_counter() - start) / LETTERS_OF_A_ROUND


if __name__ == "__main__":
    main()
