"""Counting branches where it brings something: to count them takes a test as long again as to run.

The figure of `make test` is a lower bound.  The thousandth row of a table hardly takes a branch that the first rows
did not: once `IN_VAIN` cases of a test in a row have taken none that is new to this process, the test's others are
run without counting, and so are the examples of a property.  What runs in processes that tests start is not counted
at all, nor is a test that bears the mark `walk`: it goes a long way through what others measure.
"""

import collections
import functools
import importlib
import os
import pkgutil
from collections.abc import Callable
from typing import Any

import coverage
import pytest

import accord

IN_VAIN = (
    60  # with 12, of tables sorted by what they try too much is missed: 89 % of branches were counted, not 96
)


class Counted:
    """What counts in this process, and for which tests it is worth its time."""

    def __init__(self, recorder: coverage.Coverage) -> None:
        self._recorder = recorder
        self._counting = True  # coverage began with the process
        self._in_vain: collections.Counter[str] = collections.Counter()

    def only_in_tests(self, *, runs_tests: bool) -> None:
        """Count nothing more until a test begins; in a process that runs tests, what runs as our modules are imported."""
        if runs_tests:
            os.environ.pop(
                "COVERAGE_PROCESS_CONFIG", None
            )  # by which coverage would count in what tests start
            for module in pkgutil.walk_packages(accord.__path__, "accord."):
                if "__main__" not in module.name and ".migrations." not in module.name:
                    importlib.import_module(module.name)
        self._count(wanted=False)

    def begin(self, item: pytest.Item) -> int:
        """Count in a test unless that was in vain; what was counted so far."""
        name = item.nodeid.partition("[")[0]
        self._count(wanted=item.get_closest_marker("walk") is None and self._in_vain[name] < IN_VAIN)
        if self._counting and (examples := getattr(getattr(item, "obj", None), "hypothesis", None)):
            examples.inner_test = self._of_examples(examples.inner_test)
        return self._taken()

    def end(self, item: pytest.Item, before: int) -> None:
        """Note whether it brought something, and count nothing until the next test."""
        name = item.nodeid.partition("[")[0]
        self._in_vain[name] = 0 if self._taken() > before else self._in_vain[name] + 1
        self._count(wanted=False)

    def _of_examples(self, test: Callable[..., None]) -> Callable[..., None]:
        in_vain = 0

        @functools.wraps(test)
        def example(*arguments: Any, **values: Any) -> None:
            nonlocal in_vain
            before = self._taken()
            try:
                test(*arguments, **values)
            finally:
                in_vain = 0 if self._taken() > before else in_vain + 1
                if in_vain == IN_VAIN:
                    self._count(wanted=False)

        return example

    def _taken(self) -> int:
        """How many branches were taken in this process."""
        return sum(map(len, self._recorder._collector.data.values())) if self._counting else 0

    def _count(self, *, wanted: bool) -> None:
        if wanted != self._counting:
            self._counting = wanted
            (self._recorder.start if wanted else self._recorder.stop)()
