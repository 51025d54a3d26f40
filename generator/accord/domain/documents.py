"""Documents that go with a letter, in the same PDF: annexes of a deal, general terms of the house."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, Literal, Self, TypeAlias, TypeGuard

from pydantic import AfterValidator, Field, PrivateAttr, TypeAdapter, ValidationError

from accord.domain import fields
from accord.domain.base import StrictModel, invalid, optional
from accord.domain.translated import Texts, Translatable
from accord.errors import Defect
from accord.i18n import N_, _
from accord.text.characters import excerpt, is_hidden
from accord.text.slug import DEVICES

DATA_NAME = "accord.json"
"""The file in each letter that holds its data; no other file may have its name."""
ORDER_NAME = "order-x.xml"
"""The file in each order form for the client's purchasing software, which finds it by this name."""
OWN_NAMES = frozenset({DATA_NAME, ORDER_NAME})
LONGEST_NAME = 80  # characters of the name of an embedded file
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]|^[ .~-]|[ .]$')


@dataclass(frozen=True)
class Document:
    """A file that goes with a letter: its name, the SHA-256 of its content in hexadecimal digits, the content.

    The content is None where only the letter's data is known.  `relationship` is
    that to the page (ISO 19005-3, 6.8): what comes with it, or another form of it.
    """

    name: str
    sha256: str
    content: bytes | None = None
    relationship: Literal["Supplement", "Alternative"] = "Supplement"


Documents: TypeAlias = Callable[[str], Document]
"""Finds the document at a path that a file names; raises `Defect` if it is not there."""


def nowhere(_path: str) -> Document:
    """No document is found for what stands in no folder."""
    raise Defect(_("cannot be looked for, since only a deal file has a folder; write the deal into a file"))


def name_of_file(path: str) -> str:
    """The last part of a path, written with slashes of either kind, in NFC."""
    return unicodedata.normalize("NFC", _SEPARATORS.split(path.strip())[-1])


def is_safe_name(name: str) -> bool:
    """Whether a file may be called so on any system, wherever it is written, and is not taken for our own."""
    return (
        0 < len(name) <= LONGEST_NAME
        and not _FORBIDDEN.search(name)
        and not DEVICES.match(name)
        and not any(map(is_hidden, name))
        and name.casefold() not in OWN_NAMES
    )


def _path(text: str) -> str:
    if PurePath(text).is_absolute() or re.match(r"[A-Za-z]:|~", text):
        raise invalid(
            _("is not a path from the folder of this file; move the document there, and write its name")
        )
    name = name_of_file(text)
    if name.casefold() in OWN_NAMES:
        sentence = _("has a name that letters keep for a file of their own ({name}); rename the document")
        raise invalid(sentence.format(name=name))
    if not is_safe_name(name):
        sentence = _(
            "names a file that some systems could not store ({name}); give it a shorter name of letters, digits,"
            ' "-", "_" and one ending, such as specification.pdf'
        )
        raise invalid(sentence.format(name=excerpt(name)))
    return text


FilePath = Annotated[
    str, Field(strict=True, max_length=400), AfterValidator(fields.one_line), AfterValidator(_path)
]
"""The path of a document, from the folder of the file that names it."""


_ADAPTER = TypeAdapter[str](FilePath)


def is_path(value: object) -> TypeGuard[str]:
    """Whether `value` may be the path of a document."""
    try:
        _ADAPTER.validate_python(value)
    except ValidationError:
        return False
    return True


def _paths(value: str | Texts) -> str | Texts:
    for path in (value,) if isinstance(value, str) else (value.fr, value.en):
        if path:
            _path(path)
    return value


TranslatablePath = Annotated[Translatable, AfterValidator(_paths)]
"""The same for a document of the house: one for the letters of every language, or one for each."""


class Annex(StrictModel):
    """A document that is part of an agreement: a specification, a test plan."""

    title: fields.Name = Field(description=N_("what the document is called in the letter"))
    file: FilePath = Field(
        description=N_("its file, by the path from this file’s folder: PDF, DOCX, XLSX, TXT…")
    )
    date: fields.Date | None = optional(N_("optional: date of the document"))

    _document: Document | None = PrivateAttr(default=None)

    @property
    def document(self) -> Document:
        """The document, once it was found; `Defect` before."""
        return self._document or nowhere(self.file)

    def with_document(self, document: Document) -> Self:
        """The same annex with its document."""
        annex = self.model_copy()
        annex._document = document  # noqa: SLF001 - of the same class
        return annex
