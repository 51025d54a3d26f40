"""A bound on the memory that one piece of work takes, where the system can see to it: Linux."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
TAKEN = Path("/proc/self/statm")


def within(size: int, items: Iterator[Item]) -> Iterator[Item]:
    """The same items; making them raises `MemoryError` where it would take more than `size` bytes.

    The bound holds while an item is made, not while it is used.
    """
    bound = _taken() + size
    while True:
        with _bounded(bound):
            made = list(islice(items, 1))
        if not made:
            return
        yield from made


def _taken() -> int:
    """The bytes of memory that the program has now, those that lie idle included."""
    if sys.platform != "linux":
        return 0
    import resource  # noqa: PLC0415 - not on Windows

    return int(TAKEN.read_text("ascii").split()[0]) * resource.getpagesize()


@contextmanager
def _bounded(size: int) -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY:
        size = min(size, soft)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
