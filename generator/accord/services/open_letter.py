"""A letter and its deal, from a deal file or from the PDF of a letter.

Whoever sends a PDF may have made it to do harm: all that is done with what it
holds is done in a process of its own, which `services.foreign` starts.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accord.clauses.library import Library
from accord.domain.deal import Deal
from accord.domain.house import House
from accord.errors import AccordError
from accord.files import is_pdf
from accord.i18n import _
from accord.intake import loader
from accord.letter import composer, record
from accord.letter.letter import Letter
from accord.text.characters import path_name


@dataclass(frozen=True)
class Opened:
    """A letter and what it was made from.

    `house` is the one to judge by: that of the accord.toml at hand, else the
    one recorded in the PDF; `folder` is the folder of that accord.toml, None
    without one; `doubt` says why the one that was found vouches for nothing.
    """

    letter: Letter
    deal: Deal
    house: House
    folder: Path | None
    doubt: str = ""


@dataclass(frozen=True)
class Reading:
    """How files are read: with which house file, at which current date.

    `overrides` are values by dotted key, as text, and `date` that of the letter:
    they replace a deal file's own.  `library` spares reading clause files again.
    """

    house: Path | None
    today: datetime.date
    overrides: Mapping[str, str]
    date: str | None = None
    library: Library = field(default_factory=Library)


def open_letter(path: Path, reading: Reading) -> Opened:
    """The letter of a deal file, as a draft, or the one in a PDF, composed again from its data: in a process of its own.

    Raises `AccordError` for a file that gives no letter, and for overrides of a
    letter already made.
    """
    return _from_pdf(path, reading) if is_pdf(path) else _from_deal(path, reading)


def deal_and_house(path: Path, reading: Reading) -> tuple[Deal, House]:
    """The deal of a deal file and its house, or those recorded in a PDF, whether or not they make a letter."""
    if is_pdf(path):
        recorded = record.recorded(data_in(path), path_name(path))
        return recorded.deal, recorded.house_file.house
    house = loader.open_house(reading.house).house
    return _read_deal(path, house, reading), house


def data_in(path: Path) -> dict[str, Any]:
    """The data embedded in the PDF of a letter; `AccordError` for any other file."""
    from accord.services.read_pdf import read_pdf  # noqa: PLC0415 - for PDFs alone
    from accord.verify import embedded_data  # noqa: PLC0415 - the same

    return embedded_data.data_of(read_pdf(path), path_name(path))


def _from_pdf(path: Path, reading: Reading) -> Opened:
    from accord.verify import provenance, recompose  # noqa: PLC0415 - for PDFs alone

    source = path_name(path)
    if reading.overrides or reading.date:
        raise AccordError(
            _(
                "{source}: is a letter already made; --date, --lang and --set are for deal files,"
                " and accord extract gives you its deal"
            ).format(source=source)
        )
    recorded = record.recorded(data_in(path), source)
    letter = recompose.letter_of(recorded, source, reading.library)
    home = loader.house_at_hand(reading.house)
    doubt = provenance.doubt(home.path, path) if home and reading.house is None else ""
    if home is None or doubt:
        return Opened(letter, recorded.deal, recorded.house_file.house, None, doubt)
    return Opened(letter, recorded.deal, home.house, home.path.parent)


def _from_deal(path: Path, reading: Reading) -> Opened:
    home = loader.open_house(reading.house)
    deal = _read_deal(path, home.house, reading)
    letter = composer.compose(deal, home, source=path_name(path), library=reading.library)
    return Opened(letter, deal, home.house, home.path.parent)


def _read_deal(path: Path, house: House, reading: Reading) -> Deal:
    return loader.read_deal(path, house, today=reading.today, overrides=reading.overrides, date=reading.date)
