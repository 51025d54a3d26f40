"""Setting pages in type for many tests: each page once in a run."""

import hashlib
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
