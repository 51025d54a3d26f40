"""A letter from what the command line names: a deal file, or the PDF of a letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from accord.cli import options
from accord.errors import AccordError
from accord.i18n import _

if TYPE_CHECKING:
    from accord.domain.deal import Deal
    from accord.domain.house import House
    from accord.letter.letter import Letter

MAGIC = b"%PDF-"
WHERE_MAGIC_STANDS = 1024  # bytes; readers of PDF look no further


@dataclass(frozen=True)
class Opened:
    """A letter and what it was made from.

    `house` is the one to judge by: that of the accord.toml at hand, else the
    one recorded in the PDF; `folder` is the folder of that accord.toml, if
    there is one.  `source` is how messages name the file.
    """

    letter: "Letter"
    deal: "Deal"
    house: "House"
    folder: Path | None
    source: str


def read(
    path: Path,
    house: Path | None,
    *,
    date: str | None = None,
    lang: str | None = None,
    settings: Iterable[str] = (),
) -> Opened:
    """The letter of a deal file, as a draft, or the one in a PDF, composed again from its data.

    `house`, `date`, `lang` and `settings` are what the options of that name
    give.  Raises `AccordError` for a file that gives no letter, and for options
    that would change a letter already made.
    """
    overrides = options.keys_of(settings) | ({"language": lang} if lang else {})
    if is_pdf(path):
        if overrides or date:
            raise AccordError(
                _(
                    "{source}: is a letter already made; --date, --lang and --set are for deal files,"
                    " and accord extract gives you its deal"
                ).format(source=options.named(path))
            )
        return _from_pdf(path, house)
    return _from_deal(path, house, overrides, date)


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF, or means to be one by its name.

    One that cannot be read is none: whoever reads it next says why.
    """
    if path.suffix.lower() == ".pdf":
        return True
    try:
        if not path.is_file():  # a pipe would give its content once only
            return False
        with path.open("rb") as file:
            return MAGIC in file.read(WHERE_MAGIC_STANDS)
    except OSError:
        return False


def _from_pdf(path: Path, house: Path | None) -> Opened:
    from accord.intake import loader
    from accord.letter import record
    from accord.verify import recompose

    source = options.named(path)
    recorded = record.recorded(recompose.data_of(options.read_letter(path), source), source)
    letter = recompose.letter_of(recorded, source)
    try:
        at_hand = loader.find_house(Path.cwd(), house)
    except AccordError:  # a letter brings its own
        return Opened(letter, recorded.deal, recorded.house_file.house, None, source)
    home = loader.read_house(at_hand)
    return Opened(letter, recorded.deal, home.house, at_hand.parent, source)


def _from_deal(path: Path, house: Path | None, overrides: dict[str, str], date: str | None) -> Opened:
    from accord.intake import loader
    from accord.letter import composer

    source = options.named(path)
    home = loader.read_house(loader.find_house(Path.cwd(), house))
    deal = loader.read_deal(path, home.house, today=options.today(), overrides=overrides, date=date)
    letter = composer.compose(deal, home, source=source)
    return Opened(letter, deal, home.house, home.path.parent, source)
