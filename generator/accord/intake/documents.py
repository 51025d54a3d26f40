"""The documents that go with letters, read from their files with every fault at once."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from accord import files
from accord.domain import fields
from accord.domain.documents import Document, Documents, is_path, name_of_file
from accord.errors import Defect, Fault
from accord.i18n import _
from accord.text.characters import excerpt

LARGEST = 5 << 20  # bytes of one document; letters travel by e-mail
LARGEST_TOGETHER = 10 << 20


def beside(file: Path) -> Documents:
    """Finds documents by their paths from the folder of a deal file or of the house file, in it and below.

    Whoever receives such a file sends no other of his own files with the letter.
    """

    def read(path: str) -> Document:
        try:
            content = _not_empty(files.read(_within(file.parent, path.strip()), LARGEST))
        except Defect as defect:
            sentence = _("the file {name}, looked for from the folder of this file, {fault}")
            raise Defect(sentence.format(name=excerpt(path), fault=defect)) from None
        return Document(name_of_file(path), hashlib.sha256(content).hexdigest(), content)

    return read


def _within(folder: Path, path: str) -> Path:
    """The file at a path from `folder`, in whichever form of Unicode it is stored; `Defect` if it is elsewhere."""
    try:
        found = spelt(folder, path)
        is_within = found.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # who reads it says why
        return folder / path
    if not is_within:
        raise Defect(_("is in another folder; copy it there, and write its name"))
    return found


def spelt(folder: Path, path: str) -> Path:
    """The file at a path from `folder`, in whichever form of Unicode it is stored."""
    spellings = (path, *(unicodedata.normalize(form, path) for form in ("NFC", "NFD")))
    return next((folder / each for each in spellings if (folder / each).exists()), folder / path)


def _not_empty(content: bytes) -> bytes:
    if not content:
        raise Defect(_("is empty; check that it is the right one"))
    return content


def of_annexes(
    rows: object, documents: Documents, others: Collection[Document], source: str
) -> tuple[list[Document], list[Fault]]:
    """The documents of a deal's annexes as far as they are there, and the fault of each that is not.

    `rows` are the tables as the file has them, some perhaps faulty: what the
    model refuses is left to it.  `others` are those of the house, one of which goes with the letter.
    """
    found: list[Document] = []
    faults: list[Fault] = []
    names = {other.name.casefold() for other in others}
    for number, path in _paths(rows):
        key = f"annex[{number}].file"
        try:
            document = documents(path)
        except Defect as defect:
            faults.append(Fault(source, key, str(defect)))
            continue
        if document.name.casefold() in names:
            sentence = _(
                "has the name of another document that goes with the letter; rename one of the files"
            )
            faults.append(Fault(source, key, sentence))
        names.add(document.name.casefold())
        found.append(document)
    if found and _size(found) + max((_size([other]) for other in others), default=0) > LARGEST_TOGETHER:
        sentence = _(
            "are larger than {limit} MiB together, general terms included; send some of them apart, or shrink them"
        )
        faults.append(Fault(source, "annex", sentence.format(limit=LARGEST_TOGETHER >> 20)))
    return found, faults


def _size(found: Collection[Document]) -> int:
    """The size of documents together, in bytes."""
    return sum(len(document.content or b"") for document in found)


def _paths(rows: object) -> Iterator[tuple[int, str]]:
    """The number and the path of each annex whose path the model takes."""
    for number, row in enumerate(rows if isinstance(rows, list | tuple) else (), 1):
        path: Any = row.get("file") if isinstance(row, Mapping) else getattr(row, "file", None)
        if is_path(path):
            yield number, path


def of_house(path: object, documents: Documents, source: str) -> tuple[dict[str, Document], list[Fault]]:
    """The general terms by their path, or by that for each language, and what is wrong with them."""
    found: dict[str, Document] = {}
    faults: list[Fault] = []
    paths = path.values() if isinstance(path, Mapping) else (path,)
    for each in paths:
        if is_path(each):
            try:
                found[fields.one_line(each)] = documents(each)
            except Defect as defect:
                faults.append(Fault(source, "terms.general_terms_file", str(defect)))
    return found, faults
