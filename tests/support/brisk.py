"""Verifying many files fast: each letter is set in type once, and all work is done in this process."""

import contextlib
import functools
import threading

import pypdfium2
import pytest

from accord import isolation
from accord.letter.letter import Letter, as_json
from accord.pdf import typeset
from accord.verify import viewer
from support.in_process import InProcess

TYPESET, RENDER = typeset.typeset, viewer.render
ONE_BY_ONE = threading.Lock()
PDFS: dict[str, bytes] = {}


def verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `verify` use the functions below, for the length of a test."""
    monkeypatch.setattr(isolation, "Process", InProcess)
    monkeypatch.setattr(typeset, "typeset", typeset_once)
    monkeypatch.setattr(viewer, "render", render)


def typeset_once(letter: Letter) -> bytes:
    """The same as `typeset.typeset`: the same data always gives the same bytes (see pdf/test_typeset)."""
    key = as_json(letter.data)
    if key not in PDFS:
        PDFS[key] = TYPESET(letter)
    return PDFS[key]


@functools.lru_cache(maxsize=40)
def render(content: bytes, *, stamps: viewer.Stamps | None = None) -> list[viewer.RenderedPage] | None:
    """The same as `viewer.render`, without a process of its own."""
    with ONE_BY_ONE, contextlib.suppress(pypdfium2.PdfiumError):  # the viewer knows no threads
        return [viewer.RenderedPage(*page) for page in viewer.render_here(content, stamps=stamps)]
    return None
