"""Parts of libraries are what the whole library has, and leave it as it is."""

from pathlib import Path

import pytest

from support.processes import python

HOLIDAYS = """
import datetime, sys
from accord.imports import part
{before}
assert part("holidays.countries.france").France.__name__ == "France"
import holidays
countries = [name for name in sys.modules if name.startswith("holidays.countries.")]
print(len(countries) < 20, holidays.country_holidays("FR", years=2027)[datetime.date(2027, 5, 1)])
from holidays.countries import Belgium
print(Belgium.__name__, Belgium(years=2027)[datetime.date(2027, 7, 21)], sys.modules["holidays.countries"].France.__name__)
"""


@pytest.mark.parametrize(
    ("before", "few"),
    [("", "True"), ("import holidays", "True"), ("import holidays.countries", "False")],
)
def test_one_country_is_loaded_by_itself_and_the_others_when_they_are_asked_for(
    before: str, few: str
) -> None:
    done = python("-c", HOLIDAYS.format(before=before))
    assert done.stdout.splitlines() == [f"{few} Labor Day", "Belgium National Day France"]


NEEDS_ITS_PACKAGE = """
import sys
sys.path.insert(0, "{folder}")
from accord.imports import part
print(part("whole.needing").name, sys.modules["whole"].name, part("whole.alone").name)
try:
    part("whole.missing")
except ModuleNotFoundError as error:
    print(error)
"""


def test_a_module_that_needs_its_package_gets_it(tmp_path: Path) -> None:
    folder = tmp_path / "whole"
    folder.mkdir()
    (folder / "__init__.py").write_text("name = 'all of it'\n", "utf-8")
    (folder / "needing.py").write_text("from whole import name\n", "utf-8")
    (folder / "alone.py").write_text("name = 'a part'\n", "utf-8")
    done = python("-c", NEEDS_ITS_PACKAGE.format(folder=tmp_path))
    assert done.stdout.splitlines() == ["all of it all of it a part", "No module named 'whole.missing'"]


POSTPONED = """
import sys
from accord.imports import postponed
sys.path.insert(0, "{folder}")
with postponed("heavy.part"):
    from heavy import user
    from heavy.part import answer as asked_for_by_name
    print(asked_for_by_name, user.part.__name__)
with postponed("heavy.other") as other:
    other.given = 1
    from heavy.other import given
    print(given, sys.modules["heavy.other"] is other)
print("heavy.part" in sys.modules, user.answer(), "heavy.part" in sys.modules)
with postponed("heavy.part"):
    import heavy.part
    print(heavy.part.answer)
"""


def test_a_module_is_imported_once_something_in_it_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "heavy"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "part.py").write_text("answer = 42\n", "utf-8")
    (folder / "user.py").write_text(
        "from heavy import part\n\ndef answer():\n    return part.answer\n", "utf-8"
    )
    done = python("-c", POSTPONED.format(folder=tmp_path))
    assert done.stdout.splitlines() == ["42 heavy.part", "1 True", "True 42 True", "42"]
