"""What tests cost in processor seconds, their children's included: PYTHONPATH=tests .venv/bin/pytest -n auto -p support.costs."""

import collections
import os
from collections.abc import Generator

import pytest

COSTS: dict[str, float] = collections.defaultdict(float)
BEGAN = pytest.StashKey[float]()


def spent() -> float:
    """The processor seconds of this process, and of its children that have ended."""
    return sum(os.times()[:4])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    """Note what was spent before the test."""
    item.stash[BEGAN] = spent()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Send what the test took with its last report, to the process that prints."""
    report = yield
    if report.when == "teardown":
        report.user_properties.append(("cost", spent() - item.stash[BEGAN]))
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add it to its folder and to its file."""
    for name, value in report.user_properties:
        if name == "cost" and isinstance(value, float):
            file = report.nodeid.partition("::")[0]
            COSTS[file] += value
            COSTS[file.rpartition("/")[0] or "."] += value
            COSTS["all"] += value


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print folders and files, the dearest first."""
    terminalreporter.section("processor seconds")
    for name, seconds in sorted(COSTS.items(), key=lambda cost: -cost[1])[:60]:
        terminalreporter.write_line(f"{seconds:8.1f} {name}")
