"""Whether PDFs that are read by their data still show it: what a page was made to say, the data does not tell."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from accord import isolation
from accord.errors import AccordError
from accord.files import is_pdf
from accord.i18n import _
from accord.services.read_pdf import read_pdf
from accord.text.characters import path_name
from accord.verify.verdict import LIMITS, verdict_on


def remarks(files: Iterable[Path], house: Path | None = None) -> Iterator[str]:
    """A sentence for each PDF among the files whose pages do not show what its data says."""
    letters = [file for file in files if is_pdf(file)]
    if not letters:
        return
    with isolation.Process(LIMITS) as process:
        for letter in letters:
            source = path_name(letter)
            try:
                answer = verdict_on(read_pdf(letter), source, house, process).answer
            except AccordError as error:
                yield str(error)
                continue
            if answer not in {"authentic", "intact"}:
                yield _(
                    "{file}: was altered since Accord made it. Its data was read, not its pages:"
                    " “accord verify” says what differs."
                ).format(file=source)
