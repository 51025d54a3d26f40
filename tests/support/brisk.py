"""Verifying many files fast: each letter is composed and set in type once, and all work is done in this process."""

import contextlib
import functools
import threading

import pypdfium2
import pytest

from accord import isolation
from accord.clauses.library import Library
from accord.letter import record
from accord.letter.letter import Letter, as_json
from accord.pdf import typeset
from accord.verify import recompose, verify, viewer
from support.in_process import InProcess
from support.samples import LIBRARY

TYPESET, RENDER, LETTER_OF = typeset.typeset, viewer.render, recompose.letter_of
ONE_BY_ONE = threading.Lock()
PDFS: dict[str, bytes] = {}
LETTERS: dict[str, Letter] = {}


def verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `verify` use the functions below, for the length of a test."""
    monkeypatch.setattr(isolation, "Process", InProcess)
    monkeypatch.setattr(typeset, "typeset", typeset_once)
    monkeypatch.setattr(viewer, "render", render)
    monkeypatch.setattr(recompose, "letter_of", composed_once)
    monkeypatch.setattr(verify, "Library", lambda: LIBRARY)


def typeset_once(letter: Letter) -> bytes:
    """The same as `typeset.typeset`: the same data always gives the same bytes (see pdf/test_typeset)."""
    key = as_json(letter.data)
    if key not in PDFS:
        PDFS[key] = TYPESET(letter)
    return PDFS[key]


def composed_once(recorded: record.Recorded, source: str, library: Library = LIBRARY) -> Letter:
    """The same as `recompose.letter_of`, whose errors alone name the source."""
    key = repr(recorded)
    if key not in LETTERS:
        LETTERS[key] = LETTER_OF(recorded, source, library)
    return LETTERS[key]


@functools.lru_cache(maxsize=40)
def render(content: bytes, *, stamps: viewer.Stamps | None = None) -> list[viewer.RenderedPage] | None:
    """The same as `viewer.render`, without a process of its own."""
    with ONE_BY_ONE, contextlib.suppress(pypdfium2.PdfiumError):  # the viewer knows no threads
        return [viewer.RenderedPage(*page) for page in viewer.render_here(content, stamps=stamps)]
    return None
