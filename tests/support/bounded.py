"""A bound on processor time that any machine keeps, and that what grows without end does not."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

MOST_SECONDS = 20.0  # what is bounded by it takes less than one


@contextmanager
def bounded() -> Iterator[None]:
    """What runs inside takes little processor time."""
    start = time.process_time()
    yield
    assert time.process_time() - start < MOST_SECONDS
