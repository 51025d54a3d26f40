"""What is proposed for a misspelt key or value exists, and means what was written."""

import tomllib

import pytest

from accord.domain import suggestions
from accord.domain.base import all_keys, choices_at
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.errors import FaultyInput
from accord.intake import loader
from support.inputs import DEAL, TODAY, changed, house

KEYS = [(key, info) for root in (DealFile, House) for key, info in all_keys(root)]


def test_every_key_proposed_is_one() -> None:
    known = {key for key, _info in KEYS} | {key.rpartition(".")[2] for key, _info in KEYS}
    assert set(suggestions.MEANT_KEYS.values()) <= known
    assert not suggestions.MEANT_KEYS.keys() & {key for key, _info in KEYS}


def test_every_value_proposed_is_one() -> None:
    assert set(suggestions.MEANT_VALUES.values()) <= {
        choice for _key, info in KEYS for choice in choices_at(info)
    }


@pytest.mark.parametrize("language", ["deutsch", "Deutsch", "español", "italiano", "nl"])
def test_no_language_is_taken_for_another(language: str) -> None:
    data = tomllib.loads(changed(DEAL, ("language", f'language = "{language}"')))
    with pytest.raises(FaultyInput) as refusal:
        loader.deal_from(data, "", house(), today=TODAY)
    assert str(refusal.value) == f'language: “{language}” is not known; write one of "fr", "en"'


@pytest.mark.parametrize(
    ("text", "choices", "cutoff", "expected"),
    [
        ("longstop", ["by", "long_stop"], 0.6, ["long_stop"]),
        ("LONGSTOP", ["by", "long_stop"], 0.6, ["long_stop"]),
        ("zzz", ["by", "long_stop"], 0.6, []),
        ("zzz", ["by", "long_stop"], 0, ["long_stop"]),
        ("by" * 500_000, ["by"], 0.9, []),
    ],
)
def test_the_closest_choice_is_found(
    text: str, choices: list[str], cutoff: float, expected: list[str]
) -> None:
    assert suggestions.closest(text, choices, cutoff) == expected
