"""The documents that go with letters, read from their files with every fault at once."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from accord import files
from accord.domain.documents import Document, Documents, is_path, name_of_file
from accord.errors import Defect, Fault
from accord.i18n import _
from accord.text.characters import excerpt

LARGEST = 5 << 20  # bytes of one document; letters travel by e-mail
LARGEST_TOGETHER = 10 << 20


def beside(file: Path) -> Documents:
    """Finds documents by their paths from the folder of a deal file or of the house file."""

    def read(path: str) -> Document:
        try:
            content = _not_empty(files.read(file.parent / path.strip(), LARGEST))
        except Defect as defect:
            sentence = _("the file {name}, looked for from the folder of this file, {fault}")
            raise Defect(sentence.format(name=excerpt(path), fault=defect)) from None
        return Document(name_of_file(path), hashlib.sha256(content).hexdigest(), content)

    return read


def _not_empty(content: bytes) -> bytes:
    if not content:
        raise Defect(_("is empty; check that it is the right one"))
    return content


def of_annexes(
    rows: object, documents: Documents, taken: Collection[str], source: str
) -> tuple[list[Document], list[Fault]]:
    """The documents of a deal's annexes as far as they are there, and the fault of each that is not.

    `rows` are the tables as the file has them, some perhaps faulty: what the
    model refuses is left to it.  `taken` are the names of other documents.
    """
    found: list[Document] = []
    faults: list[Fault] = []
    names = {name.casefold() for name in taken}
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
    if sum(len(document.content or b"") for document in found) > LARGEST_TOGETHER:
        sentence = _("are larger than {limit} MiB together; send some of them apart, or shrink them")
        faults.append(Fault(source, "annex", sentence.format(limit=LARGEST_TOGETHER >> 20)))
    return found, faults


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
                found[each.strip()] = documents(each)
            except Defect as defect:
                faults.append(Fault(source, "terms.general_terms_file", str(defect)))
    return found, faults
