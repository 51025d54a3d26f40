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


def pytest_configure(config: pytest.Config) -> None:
    """Have interrupts answered: a shell's background jobs ignore them, and so would all that tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):  # it is measured; what it starts is not (see below)
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


MEASURED = 3  # cases of each test
CASES: collections.Counter[str] = collections.Counter()
IS_MEASURED = [True]  # as coverage starts


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Count branches in the first cases of each test alone, and in no other process: a lower bound.

    To count takes as long as to test, and the thousandth row of a table hardly takes a branch that the
    first rows did not.
    """
    function = item.nodeid.partition("[")[0]
    CASES[function] += 1
    recorder, measured = coverage.Coverage.current(), CASES[function] <= MEASURED
    if recorder and measured != IS_MEASURED[0]:
        IS_MEASURED[0] = measured
        (recorder.start if measured else recorder.stop)()


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
