"""What every test starts from: the program speaking English, no house of the reader's own."""

import functools
import gc
import os
import signal
from collections.abc import Generator, Iterator

import hypothesis
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from accord import i18n, isolation
from accord.clauses import library
from accord.cli import OBJECTS_BETWEEN_COLLECTIONS
from accord.domain.house import House
from accord.pdf import engine
from accord.verify import viewer
from support import brisk, inputs, press, shelf
from support.in_process import PROCESS, InProcess


def pytest_configure() -> None:
    """Ready a process of the tests."""
    # A shell's background jobs ignore interrupts, and so would all that tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)  # as the program does
    hypothesis.settings.register_profile("untimed", deadline=None)  # machines have more to do than tests
    hypothesis.settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Have no search for garbage look through thousands of tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def press_for_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Set each page in type once for all the processes of a run.

    `afresh` undoes it, where the setting itself is tried. Our clauses are read once, too, and keys,
    which OpenSSL checks each time for as long as it takes to make a letter.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    engine.render = press.Press(shared / "letters")
    library.read_clause = shelf.kept(library.read_clause)
    for module, load in ((serialization, "load_der_private_key"), (pkcs12, "load_key_and_certificates")):
        setattr(module, load, functools.cache(getattr(module, load)))


@pytest.fixture
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page is set in type again, as in the program."""
    monkeypatch.setattr(engine, "render", press.RENDER)


@pytest.fixture(autouse=True)
def all_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read foreign files in the test's own process; `isolated` undoes it, where the isolation itself is tried."""
    monkeypatch.setattr(isolation, "Process", InProcess)
    brisk.looking(monkeypatch)


@pytest.fixture
def isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Foreign files are read in processes of their own, as in the program."""
    monkeypatch.setattr(isolation, "Process", PROCESS)
    monkeypatch.setattr(viewer, "render_here", brisk.RENDERED)
    monkeypatch.setattr(viewer, "pictures_by_poppler", brisk.DRAWN)


@pytest.fixture(autouse=True)
def neutral_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    i18n.use("en")
    for name in ("ACCORD_LANG", "ACCORD_HOUSE", "ACCORD_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def quiet_engine(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A letter for which the typesetting engine has a word of warning is a defect."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    assert not [
        record.getMessage()
        for record in records
        if record.name.startswith("weasyprint") and record.levelno > 20
    ]


@pytest.fixture
def house() -> House:
    """A sound house, that of `inputs.HOUSE`."""
    return inputs.house()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI nothing may be skipped for want of a tool: there, a skipped test has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report
