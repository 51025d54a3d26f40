"""Many deals to letters: what becomes of each row, and of all of them whatever happens to the processes."""

import datetime
import gc
import os
import signal
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from accord.batch import row, sources
from accord.batch.backends import processes
from accord.batch.backends.processes import Processes
from accord.batch.report import Outcome
from accord.batch.row import Job
from accord.batch.sources import Entry
from accord.batch.spool import Spool
from accord.errors import AccordError, Fault
from accord.intake import loader
from accord.intake.loader import read_deal
from accord.pdf import engine, typeset
from support import annexed
from support.inputs import TODAY
from support.paths import SAMPLES
from support.samples import HOUSE, compose

DECLINE = {
    "language": "en",
    "prospect": {"name": "Orchard & Vine"},
    "feature": {"name": "Gift cards"},
    "decline": {"reason": "out-of-scope"},
}


def job(out: Path, **how: Any) -> Job:
    return Job(HOUSE, out, TODAY, {}, **how)


def entry(row: int, data: dict[str, Any] | None = None, *faults: Fault) -> Entry:
    deal = {**DECLINE, "prospect": {"name": f"Company {row}"}} if data is None else data
    return Entry(f"{row}", f"deals.csv: row {row}", deal, faults)


def one(data: dict[str, Any] | None, out: Path, *faults: Fault, **how: Any) -> Outcome:
    return row.outcome(entry(2, data, *faults), job(out, **how))


def sample(stem: str) -> dict[str, Any]:
    from accord.intake.loader import read_deal_data

    return read_deal_data(SAMPLES / f"{stem}.toml", "")


def test_a_deal_file_of_a_folder_has_its_annexes_beside_it_and_a_row_has_none(tmp_path: Path) -> None:
    deal = annexed.write(tmp_path, annexed.FRENCH)
    home = loader.read_house(tmp_path / "accord.toml")
    (source,) = sources.read(tmp_path, home.house).entries
    made = row.outcome(source, replace(job(tmp_path / "out"), home=home))
    assert made.verdict == "written", made
    letter = compose(*annexed.read(tmp_path, annexed.FRENCH))
    assert Path(made.file).read_bytes() == typeset.typeset(letter)
    alone = replace(source, file="")
    refused = row.outcome(alone, replace(job(tmp_path / "out"), home=home))
    assert refused.verdict == "refused"
    assert "only a deal file has a folder" in refused.findings[0].sentence
    assert deal.is_file()


def test_a_row_gives_the_letter_that_render_gives(tmp_path: Path) -> None:
    made = one(sample("01-fr-abonnement"), tmp_path, final=True)
    deal = read_deal(SAMPLES / "01-fr-abonnement.toml", HOUSE.house, today=TODAY)
    letter = compose(deal, HOUSE, final=True)
    assert (made.verdict, made.reference) == ("written", letter.reference)
    assert Path(made.file).read_bytes() == typeset.typeset(letter)
    assert [finding.code for finding in made.findings] == ["small-professional", "future-feature"]


def test_a_letter_that_is_there_is_not_set_in_type_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one(None, tmp_path).verdict == "written"
    monkeypatch.setattr(engine, "render", None)
    assert one(None, tmp_path).verdict == "unchanged"


def test_another_file_of_that_name_is_kept_unless_forced(tmp_path: Path) -> None:
    path = Path(one(None, tmp_path).file)
    path.write_bytes(path.read_bytes()[:5000])
    made = one(None, tmp_path)
    assert (made.verdict, made.fatal, path.stat().st_size) == ("failed", False, 5000)
    assert "exists with other content" in made.findings[0].sentence
    assert one(None, tmp_path, force=True).verdict == "written"


def test_a_draft_is_not_the_final_letter(tmp_path: Path) -> None:
    path = Path(one(None, tmp_path, final=True).file)
    final = path.read_bytes()
    assert one(None, tmp_path).verdict == "failed"
    assert path.read_bytes() == final


def test_all_that_is_wrong_with_a_row_is_told_once(tmp_path: Path) -> None:
    data = {**DECLINE, "language": "de", "decline": {"reason": "out-of-scope", "earliest": "2027-01-01"}}
    made = one(
        data,
        tmp_path,
        Fault("", "delivery.by", "is not a date"),
        Fault("", "feature.need", "holds a formula"),
    )
    assert (made.verdict, list(tmp_path.iterdir())) == ("refused", [])
    assert [finding.where for finding in made.findings] == [
        "delivery.by", "feature.need", "language", "decline.earliest",
    ]  # fmt: skip


def test_a_cell_that_was_not_understood_is_not_missing_as_well(tmp_path: Path) -> None:
    data = {key: value for key, value in DECLINE.items() if key != "language"}
    made = one(data, tmp_path, Fault("", "language", "is not known"))
    assert [(finding.where, finding.sentence) for finding in made.findings] == [("language", "is not known")]


@pytest.mark.parametrize("kind", ["consumer", "public"])
def test_legal_has_to_decide_first(kind: str, tmp_path: Path) -> None:
    data = sample("01-fr-abonnement")
    data["prospect"]["kind"] = kind
    made = one(data, tmp_path)
    assert (made.verdict, [finding.code for finding in made.findings]) == ("refused", ["legal-hold"])


def test_final_refuses_what_the_review_calls_an_error(tmp_path: Path) -> None:
    data = {**sample("04-fr-intention-projet")}
    draft, final = one(data, tmp_path), one(data, tmp_path, final=True)
    assert (draft.verdict, final.verdict) == ("written", "refused")
    assert {finding.code for finding in final.findings if finding.severity == "error"} == {"blank"}
    assert one(data, tmp_path, check=True).verdict == "good"


def test_a_fault_of_the_program_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row, "compose", None)
    made = one(None, tmp_path)
    assert made.verdict == "failed"
    assert "TypeError" in made.findings[0].sentence


def test_a_folder_that_takes_no_file_is_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert one(None, tmp_path / "file" / "out").fatal


# --- All rows ---------------------------------------------------------------------


def test_rows_are_set_aside_as_they_are() -> None:
    rows = [
        entry(1),
        Entry("a.toml", "b", {"date": datetime.date(2027, 1, 1), "x": "\ud800"}, (Fault("", "k", "s"),)),
    ]
    with Spool(iter(rows)) as spool:
        assert len(spool) == 2
        for _again in range(2):
            first, second = spool
            assert first == rows[0]
            assert second.data == {"date": "2027-01-01", "x": "\ud800"}
            assert second.faults == (Fault("", "k", "s"),)


def test_a_source_that_breaks_off_leaves_nothing_open() -> None:
    def entries() -> Iterable[Entry]:
        yield entry(1)
        raise AccordError("breaks off")

    with pytest.raises(AccordError):
        Spool(entries())
    gc.collect()  # a file left open would be told of here


def test_two_letters_have_two_references(tmp_path: Path) -> None:
    rows = [
        entry(number, {**DECLINE, "reference": text}) for number, text in enumerate(("A-1", "A-2", "A-1"))
    ]
    with Spool(iter(rows)) as spool:
        made = [row.outcome(one, job(tmp_path)) for one in spool]
    assert [outcome.verdict for outcome in made] == ["written", "written", "refused"]
    assert "that of row 0 too" in made[2].findings[0].sentence


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_order_and_the_bytes_do_not_depend_on_the_processes(jobs: int, tmp_path: Path) -> None:
    rows = [entry(row) for row in range(12)] + [entry(12, {})]
    made = list(Processes(jobs).outcomes(rows, job(tmp_path)))
    assert [outcome.row for outcome in made] == [f"{row}" for row in range(13)]
    assert [outcome.verdict for outcome in made] == ["written"] * 12 + ["refused"]
    for one, outcome in zip(rows[:2], made, strict=False):
        again = row.outcome(one, job(tmp_path / "again"))
        assert Path(again.file).read_bytes() == Path(outcome.file).read_bytes()
    assert len(list(tmp_path.glob("*.pdf"))) == 12


def killed(name: str) -> Any:
    """`batch.outcome`, but for one row whose process is killed, once or each time."""
    real = row.outcome

    def outcome(row: Entry, job: Job) -> Outcome:
        mark = job.out / "killed"
        if row.data["prospect"]["name"] == name and (name == "each time" or not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return real(row, job)

    return outcome


@pytest.mark.parametrize("name", ["each time", "once"])
def test_a_process_that_dies_loses_no_row(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row, "outcome", killed(name))
    rows = [entry(row) for row in range(9)]
    rows[4] = entry(4, {**DECLINE, "prospect": {"name": name}})
    made = list(Processes(2).outcomes(rows, job(tmp_path)))
    assert [outcome.row for outcome in made] == [f"{row}" for row in range(9)]
    dead = [outcome for outcome in made if outcome.verdict == "failed"]
    assert [outcome.row for outcome in dead] == (["4"] if name == "each time" else [])
    assert len(list(tmp_path.glob("*.pdf"))) == 9 - len(dead)


def test_new_processes_take_over_and_no_row_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "ROWS_OF_A_PROCESS", 2)
    made = list(Processes(2).outcomes((entry(row) for row in range(9)), job(tmp_path)))
    assert [outcome.row for outcome in made] == [f"{row}" for row in range(9)]


@pytest.mark.parametrize(
    ("rows", "starts"),
    [
        pytest.param(range(4), 0, id="all there"),
        pytest.param(range(6), 1, id="the last missing"),
        pytest.param(range(5), 1, id="one more"),
        pytest.param(range(40, 43), 1, id="none there"),
    ],
)
def test_the_engine_starts_for_letters_that_are_not_there(
    rows: range, starts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        row.outcome(entry(number), job(tmp_path))
    started: list[bool] = []
    monkeypatch.setattr(processes, "warm_up", lambda: started.append(True))
    made = [*Processes(1).outcomes(map(entry, rows), job(tmp_path))]
    assert len(started) == starts
    assert [one.verdict for one in made] == [
        "unchanged" if number in range(4) else "written" for number in rows
    ]


def test_a_letter_of_the_middle_that_is_missing_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [*Processes(1).outcomes(map(entry, range(3)), job(tmp_path))]
    Path(first[1].file).unlink()
    monkeypatch.setattr(processes, "warm_up", None)
    again = [*Processes(1).outcomes(map(entry, range(3)), job(tmp_path))]
    assert [one.verdict for one in again] == ["unchanged", "written", "unchanged"]


def test_what_is_not_asked_for_is_not_made(tmp_path: Path) -> None:
    rows: Iterable[Entry] = [entry(row) for row in range(3)]
    assert {outcome.verdict for outcome in Processes(2).outcomes(rows, job(tmp_path, check=True))} == {"good"}
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(
    not hasattr(signal, "pthread_kill"), reason="no interrupt reaches a thread of its own here"
)
def test_an_interrupt_waits_until_the_processes_have_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else Python takes the thread that ends them for ended, and all wait for ever."""
    ended = []

    class Interrupted(processes.ProcessPoolExecutor):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            super().shutdown(wait, cancel_futures=cancel_futures)
            ended.append(True)

    monkeypatch.setattr(processes, "ProcessPoolExecutor", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(Processes(2).outcomes([entry(2), entry(3)], job(tmp_path)))
    assert ended == [True]


def test_what_all_letters_need_is_read_once_for_all_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed: list[tuple[int, str]] = []
    real = row.compose

    def compose(deal: Any, *how: Any, **options: Any) -> Any:
        composed.append((os.getpid(), deal.language))
        return real(deal, *how, **options)

    monkeypatch.setattr(row, "compose", compose)
    monkeypatch.setattr(processes, "ROWS_OF_A_PROCESS", 3)
    languages = ["en", "en", "fr", "en", "fr", "fr", "en", "fr"]
    rows = [entry(number, {**DECLINE, "language": each}) for number, each in enumerate(languages)]
    made = list(Processes(1).outcomes(rows, job(tmp_path, check=True)))
    assert [outcome.verdict for outcome in made] == ["good"] * len(rows)
    assert composed == [(os.getpid(), "en"), (os.getpid(), "fr")]
