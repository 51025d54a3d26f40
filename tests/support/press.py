"""Setting pages in type for many tests: each page once in a run, and without branches counted in the engine."""

import hashlib
import os
import sys
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from accord import i18n
from accord.pdf import engine

RENDER = engine.render


class Press:
    """Stands for `engine.render`: what was set before comes from `folder`, which all processes of a run share.

    The same page and files always give the same bytes: tests/pdf sets each anew and shows it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def __call__(
        self,
        html: str,
        attachments: Sequence[engine.Attachment],
        finish: Callable[[Any, Any], None],
        styles: Sequence[str] = (),
        identifier: str | None = None,
    ) -> bytes:
        """The same as `engine.render`."""
        engine.load()  # which a test may have fail
        finisher = f"{finish.__module__}.{finish.__qualname__} in {i18n.language()}"
        all_of_it = repr((html, attachments, finisher, styles, identifier)).encode()
        made = self._folder / hashlib.sha256(all_of_it).hexdigest()
        if not made.exists():
            unfinished = made.with_suffix(f".{uuid.uuid4().hex}")
            unfinished.write_bytes(RENDER(html, attachments, finish, styles, identifier))
            unfinished.replace(made)
        return made.read_bytes()


def uncounted(write_pdf: Callable[..., bytes]) -> Callable[..., bytes]:
    """WeasyPrint's `write_pdf`, not watched by what counts branches, but for our own `finisher`.

    The engine is another's, and being watched takes it as long again as to work.
    """

    def written(*arguments: Any, finisher: Callable[..., None] | None = None, **options: Any) -> bytes:
        counting = sys.gettrace()

        def finished(*parts: Any) -> None:
            if finisher:
                sys.settrace(counting)
                try:
                    finisher(*parts)
                finally:
                    sys.settrace(None)

        sys.settrace(None)
        try:
            return write_pdf(*arguments, finisher=finished, **options)
        finally:
            sys.settrace(counting)

    return written


def count_in_this_process_alone() -> None:
    """Have the copies of this process, whose counts would be lost, count nothing."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: sys.settrace(None))
