"""The documents that a letter's PDF carries, given back."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from accord.domain.documents import Document
from accord.errors import Fault, FaultyInput
from accord.i18n import _
from accord.letter.record import Recorded
from accord.services.read_pdf import read_pdf
from accord.text.characters import excerpt, path_name
from accord.verify import embedded_data, recompose


def letter_documents(path: Path, recorded: Recorded) -> tuple[Document, ...]:
    """The documents in a letter's PDF, each the one whose SHA-256 the letter states; in a process of its own.

    `FaultyInput` for one that is missing or another.  Their names are safe on
    any system: the data was refused otherwise.
    """
    source = path_name(path)
    stated = recompose.letter_of(recorded, source).documents
    if not stated:
        return ()
    found = embedded_data.documents_of(read_pdf(path), source)
    if faults := list(_faults(stated, found, source)):
        raise FaultyInput(faults)
    return tuple(Document(each.name, each.sha256, found[each.name]) for each in stated)


def _faults(stated: tuple[Document, ...], found: dict[str, bytes], source: str) -> Iterator[Fault]:
    for document in stated:
        content = found.get(document.name)
        if content is None or hashlib.sha256(content).hexdigest() != document.sha256:
            sentence = _("is not in the file as the letter states it; ask its sender for the file again")
            yield Fault(source, excerpt(document.name), sentence)
