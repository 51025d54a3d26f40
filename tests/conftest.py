"""What every test starts from: the program speaking English, no house of the reader's own."""

import os
import signal
from collections.abc import Generator, Iterator

import pytest

from accord import i18n
from accord.domain.house import House
from support import inputs


def pytest_configure() -> None:
    """Have interrupts answered: a shell's background jobs ignore them, and so would all that tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


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
