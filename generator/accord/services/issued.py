"""What goes with a letter of the register, made again from its own file: the e-mail to send it with, its deal."""

from pathlib import Path

from accord.clauses.library import Library
from accord.domain.house import HouseFile
from accord.intake import toml_writer
from accord.letter import record
from accord.register.entries import History
from accord.services.message import message
from accord.services.registers import recorded_content
from accord.text.characters import path_name
from accord.verify import embedded_data, recompose


def email_of(history: History, home: HouseFile, library: Library) -> bytes:
    """The draft e-mail of a letter, with the letter as it was recorded; `AccordError` for any other file."""
    path, content = _file_of(history, home)
    recorded = record.recorded(embedded_data.data_of(content, path_name(path)), path_name(path))
    letter = recompose.letter_of(recorded, path_name(path), library)
    return message(letter, content, path.name, recorded.deal, recorded.house_file, library)


def deal_of(history: History, home: HouseFile) -> bytes:
    """The deal file of a letter, as it was recorded; `AccordError` for any other file."""
    path, content = _file_of(history, home)
    return toml_writer.toml_of_deal(embedded_data.data_of(content, path_name(path))["deal"]).encode()


def _file_of(history: History, home: HouseFile) -> tuple[Path, bytes]:
    """The path and the content of a letter's PDF."""
    path = home.path.parent / history.entry.path
    return path, recorded_content(path, history.entry.sha256)
