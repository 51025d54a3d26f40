"""Verifying many files fast: each letter is composed and set in type once, and all work is done in this process."""

import functools
from typing import Any

import pytest

from accord import isolation
from accord.clauses.library import Library
from accord.letter import record
from accord.letter.letter import Letter, as_json
from accord.pdf import typeset
from accord.verify import recompose, verify, viewer
from support.in_process import InProcess
from support.samples import LIBRARY

TYPESET, LETTER_OF = typeset.typeset, recompose.letter_of
RENDERED, DRAWN = viewer.render_here, viewer.pictures_by_poppler
PDFS: dict[str, bytes] = {}
LETTERS: dict[str, Letter] = {}


def verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `verify` use the functions below, for the length of a test."""
    monkeypatch.setattr(isolation, "Process", InProcess)
    monkeypatch.setattr(typeset, "typeset", typeset_once)
    looking(monkeypatch)
    monkeypatch.setattr(recompose, "letter_of", composed_once)
    monkeypatch.setattr(verify, "Library", lambda: LIBRARY)


def looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each file be looked at once, for the length of a test."""
    monkeypatch.setattr(viewer, "render_here", lambda *file: iter(rendered(*file)))
    monkeypatch.setattr(viewer, "pictures_by_poppler", lambda *file: iter(drawn(*file)))


@functools.lru_cache(maxsize=40)
def rendered(content: bytes, stamps: viewer.Stamps | None) -> list[tuple[Any, ...]]:
    """What `viewer.render_here` yields."""
    return [*RENDERED(content, stamps)]


@functools.lru_cache(maxsize=40)
def drawn(content: bytes, stamps: viewer.Stamps) -> list[str]:
    """What `viewer.pictures_by_poppler` yields."""
    return [*DRAWN(content, stamps)]


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
