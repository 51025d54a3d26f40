"""Verifying many files soon: each letter is set in type once, and all work is done in this process."""

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

TYPESET, LOOKS = typeset.typeset, viewer.looks
ONE_BY_ONE = threading.Lock()
SET: dict[str, bytes] = {}


def verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, verify with what is below."""
    monkeypatch.setattr(isolation, "Process", InProcess)
    monkeypatch.setattr(typeset, "typeset", typeset_once)
    monkeypatch.setattr(viewer, "looks", looks)


def typeset_once(letter: Letter) -> bytes:
    """The same as `typeset.typeset`: the same data always gives the same bytes (see pdf/test_typeset)."""
    key = as_json(letter.data)
    if key not in SET:
        SET[key] = TYPESET(letter)
    return SET[key]


@functools.lru_cache(maxsize=40)
def looks(content: bytes, *, drawn: bool = False) -> list[viewer.Look] | None:
    """The same as `viewer.looks`, without a process of its own."""
    with ONE_BY_ONE, contextlib.suppress(pypdfium2.PdfiumError):  # the viewer knows no threads
        return [viewer.Look(*page) for page in viewer.seen(content, drawn=drawn)]
    return None
