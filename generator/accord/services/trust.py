"""Whether PDFs that are read by their data still show it: what a page was made to say, the data does not tell."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from accord import isolation
from accord.errors import AccordError
from accord.files import is_pdf
from accord.i18n import _
from accord.pdf import press
from accord.text.characters import path_name

if TYPE_CHECKING:
    from accord.clauses.library import Library


def remarks(process: isolation.Process, files: Sequence[Path], house: Path | None = None) -> Iterator[str]:
    """A sentence for each PDF among the files whose pages do not show what its data says.

    `process` looks for them while the caller reads the same files.  Raises `isolation.NoAnswer`, which names
    the files, if they exceed its limits.
    """
    pdfs = [*filter(is_pdf, files)]
    said = process.stream("accord.services.trust:found", pdfs, house) if pdfs else iter(())
    return _about(pdfs, said)


def _about(pdfs: Sequence[Path], said: Iterator[str]) -> Iterator[str]:
    try:
        yield from said
    except isolation.NoAnswer as defect:
        raise defect.about(", ".join(map(path_name, pdfs))) from None


def expect(file: Path, library: "Library") -> None:
    """Have the page of a PDF set in type by a copy of this process, while this one reads the file: `found` will ask for it.

    To be called, as `found`, in a process of its own; `library` spares both reading the same clauses again.
    """
    press.stand_by()
    from accord.services.read_pdf import read_pdf  # noqa: PLC0415 - only in the process that verifies
    from accord.verify import recompose  # noqa: PLC0415 - the same

    with suppress(AccordError):  # `found` says what is wrong
        recompose.expect(read_pdf(file), path_name(file), library)


def found(pdfs: Sequence[Path], house: Path | None, library: "Library | None" = None) -> Iterator[str]:
    """The sentences of `remarks`, each once; to be called in a process of its own."""
    press.stand_by()
    yield from dict.fromkeys(filter(None, (_remark(pdf, house, library) for pdf in pdfs)))


def _remark(file: Path, house: Path | None, library: "Library | None") -> str:
    """The sentence for one PDF; empty if its pages show what its data says."""
    from accord.services.read_pdf import read_pdf  # noqa: PLC0415 - only in the process that verifies
    from accord.verify import verify  # noqa: PLC0415 - the same

    source = path_name(file)
    try:
        answer = verify.answer(read_pdf(file), source, house, file, library=library)["answer"]
    except AccordError as error:
        return str(error)
    if answer in {"authentic", "intact"}:
        return ""
    return altered(source)


def altered(source: str) -> str:
    """That the pages of a file do not show what its data says, which alone is read."""
    return _(
        "{file}: was altered since Accord made it. Its data was read, not its pages:"
        " “accord verify” says what differs."
    ).format(file=source)
