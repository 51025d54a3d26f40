"""Our clauses, read once for many tests: each command reads them anew, which takes half of its time."""

from collections.abc import Callable
from pathlib import Path

from accord.clauses.library import TEMPLATES, Clause

Read = Callable[..., Clause]


def kept(read: Read) -> Read:
    """The same as `library.read_clause`, which reads a file of ours again only once it has changed."""
    clauses: dict[tuple[Path, int, int], Clause] = {}

    def read_or_kept(path: Path, *, overrides: bool = False) -> Clause:
        if overrides or not path.is_relative_to(TEMPLATES):
            return read(path, overrides=overrides)
        state = path.stat()
        key = path, state.st_mtime_ns, state.st_size
        if key not in clauses:
            clauses[key] = read(path)
        return clauses[key]

    return read_or_kept
