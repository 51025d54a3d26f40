"""Files that somebody drops on a page: bounded in number and size, and named by us."""

import re
from dataclasses import dataclass
from functools import partial

import anyio.from_thread
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from accord.errors import AccordError
from accord.i18n import _, ngettext
from accord.text.characters import excerpt

LONGEST_NAME = 80
MOST_FIELDS = 100
MOST_PARTS = 1000


@dataclass(frozen=True)
class Upload:
    """A file: `name` is what its sender calls it, for the eyes alone; no path is ever made of it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """What a form sent: its fields and its files."""

    fields: FormData
    files: tuple[Upload, ...]

    def text(self, name: str) -> str:
        """The text of a field, "" where it was not sent."""
        value = self.fields.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """The texts of a field that may stand several times."""
        return [value for value in self.fields.getlist(name) if isinstance(value, str)]


def received(
    request: Request, most: int = 0, largest: int = 0, *, least: int = 1, most_fields: int = MOST_FIELDS
) -> Form:
    """What a form sent, with at most so many files of at most so many bytes each; `AccordError` for more, or none readable.

    To be called where the answer is made, in a thread of its own.
    """
    return anyio.from_thread.run(partial(_received, request, most, largest, min(least, most), most_fields))


async def _received(request: Request, most: int, largest: int, least: int, most_fields: int) -> Form:
    try:
        sent = await request.form(max_files=MOST_PARTS, max_fields=most_fields)
    except HTTPException:
        raise AccordError(_("What was sent cannot be read; send the form again.")) from None
    try:
        uploads = [each for each in sent.getlist("files") if isinstance(each, UploadFile) and each.filename]
        if len(uploads) > most:
            sentence = ngettext(
                "Drop at most {count} file at once.", "Drop at most {count} files at once.", most
            )
            raise AccordError(sentence.format(count=most))
        if len(uploads) < least:
            raise AccordError(_("Choose at least one file."))
        if too_large := [each for each in uploads if (each.size or 0) > largest]:
            sentence = _("{file}: is larger than {limit} MB; check that it is the right one")
            names = (shown(each.filename) for each in too_large)
            raise AccordError("\n".join(sentence.format(file=name, limit=largest >> 20) for name in names))
        files = tuple([Upload(shown(each.filename), await each.read()) for each in uploads])
        fields = FormData([pair for pair in sent.multi_items() if isinstance(pair[1], str)])
        return Form(fields, files)
    finally:
        await sent.close()


def shown(name: str | None) -> str:
    """The name of a file as messages have it, without the folders that some browsers send."""
    return excerpt(re.split(r"[/\\]", name or "")[-1], LONGEST_NAME)
