"""Whether PDFs that are read by their data still show it: what a page was made to say, the data does not tell."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from accord.errors import AccordError
from accord.files import is_pdf
from accord.i18n import _
from accord.services.read_pdf import read_pdf
from accord.text.characters import path_name


def remarks(files: Iterable[Path], house: Path | None = None) -> Iterator[str]:
    """A sentence for each PDF among the files whose pages do not show what its data says; in a process of its own."""
    for file in filter(is_pdf, files):
        if said := remark(file, house):
            yield said


def remark(file: Path, house: Path | None = None) -> str:
    """The sentence for one PDF; empty if its pages show what its data says."""
    from accord.verify import verify  # noqa: PLC0415 - only where there is a PDF

    source = path_name(file)
    try:
        answer = verify.answer(read_pdf(file), source, house, file)["answer"]
    except AccordError as error:
        return str(error)
    if answer in {"authentic", "intact"}:
        return ""
    return _(
        "{file}: was altered since Accord made it. Its data was read, not its pages:"
        " “accord verify” says what differs."
    ).format(file=source)
