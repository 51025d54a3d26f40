"""The kinds of letter, each in a module of its own."""

from collections.abc import Mapping
from typing import Any

from accord.letter.kinds.after import AfterKind
from accord.letter.kinds.agreement import AgreementKind
from accord.letter.kinds.base import LetterKind
from accord.letter.kinds.decline import DeclineKind

KINDS: Mapping[str, LetterKind[Any]] = {
    kind.name: kind for kind in (AgreementKind(), DeclineKind(), AfterKind())
}
"""Every kind of letter by its name, which is also the `kind` of its deals."""
