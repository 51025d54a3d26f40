"""A sound house and a sound deal as files, and what makes them faulty."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

from accord.domain.house import House
from accord.errors import Fault, FaultyInput
from accord.intake import loader
from accord.text.characters import is_hidden

TODAY = datetime.date(2026, 11, 23)

HOUSE = """
[supplier]
name = "Novalys"
capital = "50000"
currency = "EUR"
registration = "732 829 320"
vat = "FR44732829320"
address = ["3 quai Perrache", "69002 Lyon"]
country = "FR"
[terms]
law = "FR"
court = "Lyon"
binding = "conditional"
"""

SHORT_HOUSE = """
[supplier]
name = "Novalys"
currency = "EUR"
country = "FR"
[terms]
law = "FR"
binding = "conditional"
"""

DEAL = """
language = "fr"
[prospect]
name = "Boulangeries Lefèvre"
[feature]
name = "Export FEC"
[delivery]
by = 2027-03-31
[decision]
kind = "subscription"
item = "abonnements"
quantity = 25
unit_price = "40.00"
period = "month"
term = 12
"""


def house() -> House:
    """The house of the file above."""
    return House.model_validate(tomllib.loads(HOUSE))


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A file with lines replaced: each change names the line that begins so, and what stands there instead."""
    for beginning, replacement in changes:
        text, count = re.subn(
            rf"^{re.escape(beginning)}.*$", lambda _m, r=replacement: r, text, count=1, flags=re.MULTILINE
        )
        assert count, beginning
    return text


def faults_of(path: Path, house: House | None = None, **options: Any) -> list[Fault]:
    """What is wrong with a house file, or with a deal file of `house`."""
    try:
        if house is None:
            loader.read_house(path)
        else:
            loader.read_deal(path, house, today=TODAY, **options)
    except FaultyInput as error:
        return list(error.faults)
    return []


def assert_faults(found: list[Fault], expected: dict[str, str]) -> None:
    """The faults are these and no others: each key, with a part of its sentence."""
    assert [fault.key for fault in found] == list(expected)
    for fault in found:
        assert expected[fault.key] in fault.sentence
        assert_plain(fault.sentence)


PYDANTIC_WORDS = re.compile(
    r"input should|valid (string|integer|dictionary|tuple)|field required|permitted|pydantic", re.IGNORECASE
)


def assert_plain(sentence: str) -> None:
    """The sentence is ours, and nothing in it is hidden."""
    assert sentence.strip()
    assert not any(map(is_hidden, sentence))
    assert not PYDANTIC_WORDS.search(sentence)
