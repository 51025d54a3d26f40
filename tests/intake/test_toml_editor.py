"""Keys of a file changed, all else as it was."""

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.intake.toml_editor import change_file, changed

DEAL = """# for the meeting
language = "fr"   # theirs

[prospect]
name = "Lefèvre"
# address =   # registered office
# crm = 12 must stay

[feature]   # what
name = "Export FEC"

[x-ours]
note = "kept"
"""


def test_a_value_changes_and_all_else_stays() -> None:
    text = changed(DealFile, DEAL, {"prospect.name": "Morel"})
    assert text == DEAL.replace("Lefèvre", "Morel")


def test_a_slot_gives_its_place_to_the_key() -> None:
    text = changed(DealFile, DEAL, {"prospect.address": ["1 rue X"]})
    assert text == DEAL.replace("# address =   #", 'address = ["1 rue X"]  #')


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [
        ("reference", "AP-1", "AP-1"),
        ("date", datetime.date(2027, 1, 2), datetime.date(2027, 1, 2)),
        ("delivery.by", datetime.date(2027, 1, 2), datetime.date(2027, 1, 2)),
        ("decision.unit_price", Decimal("40.00"), "40.00"),
        ("decision.quantity", 25, 25),
        ("prospect.contact.last_name", "Durand", "Durand"),
        ("feature.acceptance_tests", ["a", "b"], ["a", "b"]),
    ],
)
def test_a_new_key_comes_into_its_table(key: str, value: Any, written: Any) -> None:
    text = changed(DealFile, DEAL, {key: value})
    found: Any = tomllib.loads(text)
    for part in key.split("."):
        found = found[part]
    assert found == written
    assert set(DEAL.splitlines()) <= set(text.splitlines())


def test_a_key_is_taken_out() -> None:
    deal = f'{DEAL}[decision]\nkind = "none"\n'
    text = changed(DealFile, deal, {"language": None, "decision.kind": None, "decline.reason": None})
    assert text == DEAL.replace('language = "fr"   # theirs\n', "")


def test_a_file_without_changes_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "accord.toml"
    path.write_bytes(b'\xef\xbb\xbf[supplier]\r\nname = "A"\r\n')
    change_file(path, House, {"supplier.name": "A"}, {"supplier.name": "A"})
    assert path.read_bytes() == b'\xef\xbb\xbf[supplier]\r\nname = "A"\r\n'
