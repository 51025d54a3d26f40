"""What people call the values that a file has codes for: `words.toml` and currencies.

One vocabulary for the cells of a spreadsheet, the answers at a prompt and the
texts of options: French and English, without regard to case and accents.
"""

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from accord import i18n, toml_reader
from accord.domain.base import all_keys, choices_at
from accord.domain.deal_file import ROOTS
from accord.text import currencies
from accord.text.characters import bare, fold
from accord.text.currencies import Currency

WORDS = Path(__file__).with_name("words.toml")

# The keys of a house, and those whose words are the same.
_SAME_WORDS = (
    (re.compile(r"^terms\."), ""),
    (re.compile(r"^supplier\.signatory\."), "prospect.contact."),
    (re.compile(r".*\.currency$"), "decision.currency"),
)


def meant(key: str, text: str) -> str | None:
    """The value of `key`, which has a choice of them, that `text` names; None if it names none."""
    if key == "prospect.staff" and (heads := _HEADS.fullmatch(_THOUSANDS.sub("", fold(text)))):
        fewest, most = _range(heads)
        if fewest > most:
            return None
        return "6+" if fewest > MOST_OF_SMALL else "0-5" if most <= MOST_OF_SMALL else None
    if found := _known(key).get(bare(text)):
        return found
    if key.endswith(".currency"):
        return _currency(text)
    return None


MOST_OF_SMALL = 5  # employees (C. conso., art. L221-3)
_THOUSANDS = re.compile(r"(?<=[0-9])[ ,.](?=[0-9]{3}(?![0-9]))")
# "12", "12 salariés", "11-50 employees", "50+", "< 6": the band that the law knows may hold them all, or not.
_HEADS = re.compile(
    r"\s*(?:(?P<fewer><|moins de|less than|fewer than|under)|(?P<over>>|plus de|more than|over)|(?P<about>~|environ|about|around))?"
    r"\s*(?P<number>[0-9]{1,9})(?:\s*(?:-|\u2013|a|to)\s*(?P<most>[0-9]{1,9}))?(?P<plus>\+)?"
    r"\s*(?:(?:salarie|employe|employee|personne|collaborateur)s?|people|staff|persons)?(?P<more>\s+(?:ou|et|or|and) (?:plus|more))?\s*"
)


def _range(heads: re.Match[str]) -> tuple[int, float]:
    """The fewest and the most people that a number of employees may be."""
    number, open_end = int(heads["number"]), heads["over"] or heads["plus"] or heads["more"]
    if heads["fewer"]:
        return 0, number - 1
    if heads["about"]:
        return number // 2, number * 2
    return number + bool(heads["over"]), math.inf if open_end else int(heads["most"] or number)


def _currency(text: str) -> Currency | None:
    """The one currency that a text means, by its parts too: "US$", "Euro (€)", a code beside its name."""
    parts = [
        part
        for part in re.split(r"\s*[()]\s*|\s+[-–—]\s+|(?<=[€£])\s*|\s*(?=[€£])|(?<=^\$)\s+|\s+(?=\$$)", text)
        if part.strip()
    ]
    found = [*map(currencies.meant_by, [text] if currencies.meant_by(text) else parts)]
    meant = set(found[0]).intersection(*found[1:]) if found and all(found) else set()
    return meant.pop() if len(meant) == 1 and not _OF_MANY_COUNTRIES.fullmatch(fold(text)) else None


_OF_MANY_COUNTRIES = re.compile(r"\s*(?:fr?|francs?|livres?)\.?\s*")


def named(key: str) -> Mapping[str, str]:
    """Each value of a key that has a choice, and the word for it in the language in use."""
    words = _words_of(key)
    return {
        value: words[value][i18n.language()][0] if value in words else value
        for value in _choices(key)
        if value
    }


# --- Choices ----------------------------------------------------------------------


@cache
def _vocabulary() -> Mapping[str, Any]:
    return toml_reader.read(WORDS, WORDS.name)


@cache
def _all_choices() -> Mapping[str, tuple[str, ...]]:
    return {key: choices_at(info) for root in ROOTS.values() for key, info in all_keys(root)}


def _choices(key: str) -> tuple[str, ...]:
    return _all_choices()[key]


def _words_of(key: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By value and language, the words for the values of a key."""
    for pattern, same in _SAME_WORDS:
        key = pattern.sub(same, key)
    if key == "decision.currency":
        return {
            code: {language: currencies.cell_words(code, language) for language in i18n.LANGUAGES}
            for code in currencies.CODES
        }
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = _vocabulary().get(key, {})
    return words


@cache
def _known(key: str) -> Mapping[str, str]:
    """Each word for a value of a key, bare, and that value."""
    # A company's currency may be any; those of an order have names.
    choices = _choices(key) or (currencies.CODES if key.endswith(".currency") else ())
    known = {bare(value): value for value in choices if value}
    for value, words in _words_of(key).items():
        if value in choices:
            known |= {bare(word): value for language in i18n.LANGUAGES for word in words[language]}
    return known
