"""The rows of a batch on a cluster: the letters are those of `accord render`, whoever makes them."""

import datetime
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import pytest

from accord.batch import row, sources
from accord.batch.backends import cluster, setting
from accord.batch.backends.cluster import Cluster, OtherWorker, on_this_machine
from accord.batch.backends.processes import Processes
from accord.batch.row import Job
from accord.batch.sources import Entry
from accord.batch.spool import Spool
from accord.clauses.library import TEMPLATES
from accord.errors import AccordError
from accord.intake import loader
from accord.services.announcements import Announcements
from support import annexed
from support.cli import run
from support.inputs import TODAY
from support.paths import SAMPLES
from support.samples import HOUSE

DECLINE = {
    "language": "en",
    "feature": {"name": "Gift cards"},
    "decline": {"reason": "out-of-scope"},
}


def rows(count: int) -> list[Entry]:
    return [
        Entry(f"{number}", f"row {number}", {**DECLINE, "prospect": {"name": f"Company {number}"}})
        for number in range(count)
    ]


def job(out: Path, **how: Any) -> Job:
    return Job(HOUSE, out, TODAY, {}, **how)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.pdf")}


@pytest.fixture(scope="module")
def workers() -> Iterator[str]:
    """The address of a scheduler with two workers, all in this process."""
    with on_this_machine(2, processes=False) as cluster:
        yield cluster.scheduler_address


def test_two_clusters_stand_on_one_machine(workers: str) -> None:
    with on_this_machine(1, processes=False) as another:
        assert another.scheduler_address != workers


def test_the_letters_are_those_of_processes_in_the_same_order(workers: str, tmp_path: Path) -> None:
    entries = [*rows(9), Entry("9", "row 9", {}), Entry("10", "row 10", {}, passed="a total")]
    by_cluster = list(Cluster(workers).outcomes(entries, job(tmp_path / "one")))
    by_processes = list(Processes(1).outcomes(entries, job(tmp_path / "two")))
    verdicts = [(outcome.row, outcome.verdict, outcome.findings) for outcome in by_processes]
    assert [(outcome.row, outcome.verdict, outcome.findings) for outcome in by_cluster] == verdicts
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert len(files(tmp_path / "one")) == 9


def test_a_letter_that_is_there_is_not_made_again(
    workers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {each.verdict for each in Cluster(workers).outcomes(rows(3), job(tmp_path))} == {"written"}
    monkeypatch.setattr("accord.services.output.rendered", lambda _letter: pytest.fail("was made again"))
    assert {each.verdict for each in Cluster(workers).outcomes(rows(3), job(tmp_path))} == {"unchanged"}


def test_the_house_travels_with_its_clauses_approvals_and_annexes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers find nothing of the house's folder, which is gone once its files are packed."""
    folder = tmp_path / "here"
    folder.mkdir()
    deal = annexed.write(folder, annexed.FRENCH)
    own = folder / "templates/fr/agreement"
    own.mkdir(parents=True)
    opening = (TEMPLATES / "fr/agreement/00-opening.conditional.md").read_text("utf-8")
    (own / "00-opening.conditional.md").write_text(opening.replace("Merci de", "Soyez remerciés de"), "utf-8")
    home = loader.read_house(folder / "accord.toml")
    entries = [*sources.read(folder, home.house).entries]
    alone = Job(home, tmp_path / "alone", TODAY, {})
    expected = [row.outcome(entry, alone) for entry in entries]
    luggage = cluster._packed(entries, Job(home, tmp_path / "out", TODAY, {}))
    shutil.move(folder, tmp_path / "elsewhere")
    assert deal.name in {entry.row for entry in entries}
    worker = SimpleNamespace(address="tcp://there:1", local_directory=str(tmp_path / "worker"))
    monkeypatch.setattr(distributed, "get_worker", lambda: worker)
    made = cluster.work(luggage, tuple(entries), setting.versions(), "en")
    assert isinstance(made, list)
    assert [each.outcome.verdict for each in made] == ["good"] * len(entries)
    assert [each.outcome.findings for each in made] == [each.findings for each in expected]
    assert {Path(each.outcome.file).name: each.content for each in made} == files(tmp_path / "alone")


def test_final_letters_are_announced_by_whoever_asks(workers: str, tmp_path: Path) -> None:
    announced = Announcements(tmp_path, "mina", datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC))
    shutil.copy(SAMPLES / "05-en-purchase-england.toml", tmp_path)
    entries = [*sources.read(tmp_path, HOUSE.house).entries]
    (outcome,) = Cluster(workers).outcomes(entries, job(tmp_path, final=True, announcements=announced))
    assert outcome.verdict == "written"
    (kept,) = tmp_path.glob(".accord-issued-*")
    assert outcome.reference in kept.read_text("utf-8")
    announced.discard()


def test_a_worker_that_would_set_other_letters_is_refused_by_name(
    workers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = setting.versions()
    there = {**own, "weasyprint": "71.0", "fonts": "0"}
    asking = threading.get_ident()
    monkeypatch.setattr(setting, "versions", lambda: own if threading.get_ident() == asking else there)
    with pytest.raises(OtherWorker) as refused:
        list(Cluster(workers).outcomes(rows(1), job(tmp_path)))
    assert str(refused.value).startswith("inproc://")
    sentence = f"(fonts 0 ≠ {own['fonts']}, weasyprint 71.0 ≠ {own['weasyprint']})"
    assert str(refused.value).count(sentence) == 2


def test_a_worker_that_joins_later_is_asked_too() -> None:
    answer = cluster.Stranger("tcp://late:1", {**setting.versions(), "pango": "15000"})
    future = SimpleNamespace(result=lambda **_timeout: answer)
    with pytest.raises(OtherWorker, match=r"tcp://late:1.*pango 15000"):
        cluster._result(None, future)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://127.0.0.1:9", "no scheduler with workers answers there"),
        ("nonsense", "no scheduler with workers answers there"),
        ("local:none", "as in local:4"),
        ("local:0", "as in local:4"),
    ],
)
def test_a_cluster_that_is_none_is_refused(
    address: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 1)
    with pytest.raises(AccordError, match=sentence):
        list(Cluster(address).outcomes(rows(1), job(tmp_path)))


def test_the_command_takes_processes_or_a_cluster(workers: str, tmp_path: Path) -> None:
    sheet = tmp_path / "deals.csv"
    sheet.write_text("Language,Prospect,Feature,Decline\nen,Orchard,Gift cards,out-of-scope\n", "utf-8")
    command = (
        "batch",
        sheet,
        "--house",
        SAMPLES / "accord.toml",
        "-o",
        tmp_path / "out",
        "--cluster",
        workers,
    )
    assert run(*command).exit_code == 0
    assert len(files(tmp_path / "out")) == 1
    both = run(*command, "--jobs", "2")
    assert both.exit_code == 2
    assert "exclude each other" in both.stderr


def test_nobody_left_to_work_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def waiting(**_timeout: float) -> None:
        raise TimeoutError

    monkeypatch.setattr(cluster, "SECONDS_WITHOUT_WORKERS", -1)
    with pytest.raises(AccordError, match="the same command makes the rest"):
        cluster._result(SimpleNamespace(nthreads=dict), SimpleNamespace(result=waiting))


def test_rows_are_gone_through_twice(workers: str, tmp_path: Path) -> None:
    with Spool(iter(rows(5))) as spool:
        outcomes = list(Cluster(workers).outcomes(spool, replace(job(tmp_path), check=True)))
    assert [each.row for each in outcomes] == list("01234")
    assert not list(tmp_path.iterdir())


def test_a_fault_in_a_clause_names_its_file_here(tmp_path: Path, workers: str) -> None:
    shutil.copytree(SAMPLES, tmp_path / "here")
    clause = tmp_path / "here/templates/en/decline/90-ours.md"
    clause.parent.mkdir(parents=True)
    clause.write_text("Ours.\n", "utf-8")
    home = loader.read_house(tmp_path / "here/accord.toml")
    (outcome,) = Cluster(workers).outcomes(rows(1), Job(home, tmp_path / "out", TODAY, {}))
    assert outcome.verdict == "refused"
    assert outcome.findings[0].sentence.startswith(f"{clause}: overrides no clause")
