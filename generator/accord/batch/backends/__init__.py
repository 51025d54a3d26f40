"""What makes the letters of a batch: the processes of this machine, or a cluster.

Neither the register nor the review nor the report knows which.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from accord.batch.report import Outcome
from accord.batch.row import Job
from accord.batch.sources import Entry


class Backend(Protocol):
    """Shares the rows of a batch among workers."""

    def outcomes(self, entries: Iterable[Entry], job: Job) -> Iterator[Outcome]:
        """What becomes of each entry, in their order."""
