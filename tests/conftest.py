"""What every test starts from: the program speaking English, no house of the reader's own."""

import collections
import os
import signal
from collections.abc import Generator, Iterator

import coverage
import pytest

from accord import i18n
from accord.domain.house import House
from support import inputs


def pytest_configure() -> None:
    """Have interrupts answered: a shell's background jobs ignore them, and so would all that tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


MEASURED = 100  # cases of each test in which branches count
PROGRAMS = "COVERAGE_PROCESS_CONFIG"  # by which coverage counts in what tests start, too
RECORDER, CONFIG = coverage.Coverage.current(), os.environ.get(PROGRAMS)
WALKS = {"test_docs", "test_startup"}  # through programs whose parts other tests measure
CASES: collections.Counter[str] = collections.Counter()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Count branches in the first cases of each test alone: the figure of `make test` is a lower bound.

    To count takes as long as to test, and the thousandth row of a table hardly takes a branch that the
    first rows did not.
    """
    function = item.nodeid.partition("[")[0]
    CASES[function] += 1
    measured = CASES[function] <= MEASURED and item.path.stem not in WALKS
    if RECORDER is None or CONFIG is None or measured == (PROGRAMS in os.environ):
        return
    if measured:
        os.environ[PROGRAMS] = CONFIG
        RECORDER.start()
    else:
        del os.environ[PROGRAMS]
        RECORDER.stop()


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
