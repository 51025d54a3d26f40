"""A letter as the content of a file."""

from pathlib import Path

from accord.letter import markdown
from accord.letter.letter import Letter, as_json
from accord.pdf import typeset

FORMATS = ("pdf", "html", "md", "json")


def path_of(letter: Letter, folder: Path, form: str = "pdf") -> Path:
    """The path of a letter's file in a folder, with `form` as its ending; each version has its own."""
    return folder / f"{letter.file_stem}.{form}"


def deal_path_of(letter: Letter, folder: Path) -> Path:
    """The path of the deal file that a letter is made from: one for all its versions."""
    return folder / f"{letter.file_stem.removesuffix(f'-{letter.version}')}.toml"


def rendered(letter: Letter, form: str = "pdf") -> bytes:
    """The content of the file of a letter in one of `FORMATS`.

    Raises `AccordError` for what cannot be typeset, `MachineLacks` where the libraries for a PDF are missing.
    """
    match form:
        case "pdf":
            return typeset.typeset(letter)
        case "html":
            return typeset.page(letter).encode()
        case "md":
            return markdown.render(letter).encode()
        case _:
            return as_json(letter.data).encode()
