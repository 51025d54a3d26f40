"""A letter as the content of a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from accord import files, isolation
from accord.clauses.library import Library
from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.errors import AccordError, Defect
from accord.letter import markdown
from accord.letter.letter import Letter, as_json
from accord.pdf import typeset
from accord.text.characters import path_name
from accord.verify.verdict import LIMITS

LARGEST_MESSAGE = 32 << 20  # bytes; a message carries its letter in base64
HEAD_OF_MESSAGE = 4096  # bytes that hold its subject and its identifier
FORMATS = ("pdf", "html", "md", "json", "eml")


def path_of(letter: Letter, folder: Path, form: str = "pdf") -> Path:
    """The path of a letter's file in a folder, with `form` as its ending; each version has its own."""
    return folder / f"{letter.file_stem}.{form}"


def deal_path_of(letter: Letter, folder: Path) -> Path:
    """The path of the deal file that a letter is made from: one for all its versions."""
    return folder / f"{letter.file_stem.removesuffix(f'-{letter.version}')}.toml"


def contents(
    letter: Letter, formats: Sequence[str], deal: Deal, house_file: HouseFile, library: Library
) -> dict[str, bytes]:
    """The content of each file of a letter, by its format; an e-mail carries the PDF.

    Raises what `rendered` does, and `FaultyInput` for what makes no message.
    """
    made = {form: rendered(letter, form) for form in formats if form != "eml"}
    if "eml" in formats:
        from accord.services.message import message  # noqa: PLC0415 - for e-mails alone

        pdf, name = made.get("pdf") or rendered(letter), path_of(letter, Path()).name
        made["eml"] = message(letter, pdf, name, deal, house_file, library)
    return {form: made[form] for form in formats}


@dataclass(frozen=True)
class Identity:
    """Which letter a file is to hold."""

    reference: str
    version: str
    prospect: str
    file_stem: str
    final: bool

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """That of a letter."""
        prospect = letter.data["deal"]["prospect"]["name"]
        return cls(letter.reference, letter.version, prospect, letter.file_stem, letter.final)


def is_own_draft(path: Path, letter: Identity, content: bytes) -> bool:
    """Whether the file at `path` is a draft of the same letter by its own data: one that this letter replaces.

    `content` is what is to be written: where it stands already, nothing is replaced.
    A final letter, a letter of another reference and any other file are none,
    nor is a letter or a message that somebody changed; to a draft, neither is
    a draft of another version.
    """
    if path.suffix == ".eml":
        return _is_own_message(path, letter)
    if path.suffix != ".pdf" or not path.is_file() or files.holds(path, content):
        return False
    try:
        with isolation.Process(LIMITS) as process:
            found = process.call("accord.services.output:draft_in", path, letter.reference)
    except AccordError:
        return False
    is_newer = letter.final or found.get("version") == letter.version
    return bool(is_newer and found.get("prospect") == letter.prospect)


def draft_in(path: Path, reference: str) -> dict[str, Any]:
    """The prospect and the version of the draft of this reference in a PDF; empty if it is none, or was changed.

    To be called in a process of its own: whoever put the file there may have made it to do harm.
    """
    from accord.services.open_letter import data_in  # noqa: PLC0415 - only where a file is in the way
    from accord.services.read_pdf import read_pdf  # noqa: PLC0415
    from accord.verify.verify import is_as_made  # noqa: PLC0415

    data = data_in(path)
    deal = data.get("deal", {})
    is_draft = deal.get("reference") == reference and data.get("final") is False
    if not (is_draft and is_as_made(read_pdf(path), path_name(path))):
        return {}
    return {"prospect": deal.get("prospect", {}).get("name"), "version": data.get("version")}


def _is_own_message(path: Path, letter: Identity) -> bool:
    """Whether a file is the message of a letter's draft, as it was made."""
    from accord.services.message import is_unchanged  # noqa: PLC0415 - for e-mails alone

    try:
        content = files.read(path, LARGEST_MESSAGE)
    except Defect:
        return False
    return f"<{letter.file_stem}.draft@".encode() in content[:HEAD_OF_MESSAGE] and is_unchanged(content)


def rendered(letter: Letter, form: str = "pdf") -> bytes:
    """The content of the file of a letter in one of `FORMATS`, but for an e-mail.

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
