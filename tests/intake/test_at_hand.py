"""The prospects that the deal files at hand tell of."""

import os
from pathlib import Path

from accord.intake import at_hand


def write(path: Path, text: str, age: int) -> None:
    path.write_text(text, "utf-8")
    os.utime(path, (1_000_000 - age, 1_000_000 - age))


def test_the_last_one_written_to_comes_first_and_each_once(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", '[prospect]\nname = "Morel"\nlegal_form = "SARL"\n', age=1)
    write(
        tmp_path / "b.toml", '[prospect]\nname = "Lefèvre"\n[prospect.contact]\nlast_name = "Durand"\n', age=2
    )
    write(tmp_path / "c.toml", '[prospect]\nname = "MOREL"\n', age=3)
    assert at_hand.prospects(tmp_path) == (
        {"name": "Morel", "legal_form": "SARL"},
        {"name": "Lefèvre", "contact": {"last_name": "Durand"}},
    )


def test_what_is_no_deal_file_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", "no TOML at all", age=1)
    write(tmp_path / "b.toml", '[supplier]\nname = "Novalys"\n', age=2)
    write(tmp_path / "c.toml", '[prospect]\nname = "Morel"\nregistration = "1"\ncountry = "FR"\n', age=3)
    (tmp_path / "d.toml").mkdir()
    (tmp_path / "e.toml").symlink_to(tmp_path / "gone")
    assert at_hand.prospects(tmp_path) == ()
    assert at_hand.prospects(tmp_path / "nowhere") == ()
