"""The words of the e-mail that a letter goes with: chosen and filled like clauses, in the letter's language."""

from dataclasses import dataclass, replace

from accord.clauses.conditions import FINAL, holds
from accord.clauses.library import EMAIL, Clause, Library
from accord.domain.deal import Deal
from accord.domain.house import House, HouseFile
from accord.letter import salutation
from accord.letter.blocks import paragraphs
from accord.letter.composer import passage_of
from accord.letter.kinds import KINDS
from accord.letter.letter import Letter
from accord.text import typography
from accord.text.characters import NARROW, NO_BREAK
from accord.text.markup import RichText

OF_EMAILS = frozenset({"letter.title", "letter.reference", "letter.version"})
"""The placeholders of e-mails beside those of their kind of letter."""
SUBJECT = "subject"
"""The clause that is the subject of the message."""


@dataclass(frozen=True)
class Message:
    """The subject of an e-mail, and the paragraphs of its text."""

    subject: str
    paragraphs: tuple[str, ...]


def message_of(letter: Letter, deal: Deal, house_file: HouseFile, library: Library) -> Message:
    """What to write with a letter; `FaultyInput` for a faulty text of the house."""
    house = house_file.house
    placeholders = KINDS[deal.kind].placeholders(deal, house, letter.labels)
    own = {
        "letter.title": letter.title,
        "letter.reference": letter.reference,
        "letter.version": letter.version,
    }
    placeholders = replace(
        placeholders, texts={**placeholders.texts, **{key: RichText(text) for key, text in own.items()}}
    )
    clauses = library.clauses(deal.language, deal.kind, house_file.overrides, EMAIL)
    chosen = [passage_of(each, {}, placeholders) for each in clauses if _holds(each, letter, deal, house)]
    texts = {passage.id: [_line(*each) for each in paragraphs(passage.blocks)] for passage in chosen}
    subject = " ".join(texts.pop(SUBJECT, [letter.title]))
    written = (paragraph for passage in texts.values() for paragraph in passage)
    return Message(subject, (letter.salutation, *written, _signature(letter, house)))


def _holds(clause: Clause, letter: Letter, deal: Deal, house: House) -> bool:
    """Whether a clause is in the message: all its conditions hold, that of the letter's state included."""
    return all(
        letter.final != name.startswith("not-")
        if name.removeprefix("not-") == FINAL
        else holds(name, deal, house)
        for name in clause.when
    )


def _line(marker: str, text: str) -> str:
    text = text.replace(NARROW, NO_BREAK)  # which the fonts of few mail programs have
    return f"{marker} {text}" if marker else text


def _signature(letter: Letter, house: House) -> str:
    """Who writes, on lines of their own; nobody gives himself a civility."""
    signatory = letter.signatories[0]
    name = typography.name(salutation.plain_name(house.supplier.signatory), letter.locale)
    lines = (name, signatory.title, letter.sender[0])
    known = house.supplier.signatory.title is not None
    return "\n".join(line for line in (lines if known else (lines[0], lines[2])) if line)
