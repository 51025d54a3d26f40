"""Each campaign counts what it tried and what came of it; the counts stand at the end of the run.

`make campaign` shows the totals, `pytest -v tests/campaigns` every kind.
"""

import collections
from collections.abc import Iterator

import pytest

from support.campaign import Tried

COUNTS: dict[str, collections.Counter[tuple[str, str]]] = collections.defaultdict(collections.Counter)

LONGEST = (
    "for_everyone",
    "desk_load",
    "readers",
    "register_faults",
    "cluster",
    "threads",
    "conformance",
    "lines",
    "mutations",
    "hardness",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process waits for another's last minute."""
    places = {f"test_{name}": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))


@pytest.fixture(autouse=True)
def as_in_the_program(afresh: None, isolated: None) -> None:
    """Letters are set in type again and again, and foreign files are read in processes of their own."""


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Iterator[Tried]:
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    yield lambda kind, outcome: counts.update([(kind, outcome)])
    # Properties travel with the report from the process of the test to the one that prints.
    request.node.user_properties.append(("tried", [(*case, count) for case, count in counts.items()]))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "teardown":
        campaign = report.location[0].rpartition("test_")[2].removesuffix(".py")
        for name, cases in report.user_properties:
            if name == "tried":
                for kind, outcome, count in cases:
                    COUNTS[campaign][kind, outcome] += count


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if COUNTS:
        terminalreporter.section("what was tried")
    for campaign, counts in sorted(COUNTS.items()):
        totals: collections.Counter[str] = collections.Counter()
        for (_kind, outcome), count in counts.items():
            totals[outcome] += count
        told = ", ".join(f"{count} {outcome}" for outcome, count in totals.most_common())
        terminalreporter.write_line(f"{campaign}: {counts.total()} cases: {told}")
        if terminalreporter.verbosity > 0:
            for (kind, outcome), count in sorted(counts.items()):
                terminalreporter.write_line(f"  {count:6} {kind}: {outcome}")
