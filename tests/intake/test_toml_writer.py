"""A house or a deal that is written reads back as it was, and reads as a person would write it."""

import datetime
import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.base import all_keys
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.intake import toml_writer
from support.inputs import HOUSE, TODAY


def test_annexes_stand_under_headings_of_their_own() -> None:
    annexes = [{"title": "A", "file": "a.pdf", "date": "2026-11-12"}, {"title": "B", "file": "b.pdf"}]
    text = toml_writer.toml_of_deal({"language": "fr", "annex": annexes})
    assert text.count("[[annex]]") == 2
    read = tomllib.loads(text)["annex"]
    assert read == [{**annexes[0], "date": datetime.date(2026, 11, 12)}, annexes[1]]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_deal_file_reads_back_as_it_was(data: st.DataObject) -> None:
    printable = st.text(alphabet="aé 1\n\"'\\#=[]{}.", max_size=40)
    texts = printable.map(lambda text: f"A{text}Z")
    prose, line = texts, texts.map(lambda text: text.replace("\n", " "))
    language = data.draw(st.sampled_from(["fr", "en"]))
    deal = {
        "language": language,
        "date": TODAY,
        "locale": {"fr": "fr_CH", "en": "en_IE"}[language],
        "law": "FR",
        "binding": "conditional",
        "reference": "AP 12/3",
        "prospect": {
            "name": data.draw(line),
            "contact": {"last_name": data.draw(line)},
            "address": (data.draw(line), "B"),
        },
        "feature": {
            "name": data.draw(line),
            "description": data.draw(prose),
            "exclusions": (data.draw(prose),),
        },
        "delivery": {"by": datetime.date(2027, 3, 31)},
        "decision": {
            "kind": "purchase",
            "quantity": 3,
            "unit_price": "40.00",
            "currency": "EUR",
            "vat_rate": "5.5",
        },
        "decline": {"reason": "out-of-scope", "candour": True},
    }
    sound = DealFile.model_validate(deal)
    for dump in (
        sound.model_dump(),
        sound.model_dump(mode="json"),
        sound.model_dump(exclude_none=True, exclude_unset=True),
    ):
        assert DealFile.model_validate(tomllib.loads(toml_writer.toml_of_deal(dump))) == sound


def test_a_deal_file_is_written_as_a_person_would() -> None:
    data = {
        "decision": {"unit_price": "40.00", "quantity": 2, "kind": "purchase"},
        "feature": {"description": "One.\nTwo.", "name": "Export", "acceptance_tests": ["It runs.", "It ends."], "exclusions": ["None."]},
        "prospect": {"contact": {"title": "Gérant"}, "name": "Lefèvre", "vat": None},
        "delivery": {"by": "2027-03-31"},
        "language": "fr",
    }  # fmt: skip
    assert toml_writer.toml_of_deal(data) == (
        'language = "fr"\n\n'
        '[prospect]\nname = "Lefèvre"\n\n[prospect.contact]\ntitle = "Gérant"\n\n'
        '[feature]\nname = "Export"\ndescription = """One.\nTwo."""\n'
        'acceptance_tests = [\n    "It runs.",\n    "It ends.",\n]\nexclusions = ["None."]\n\n'
        "[delivery]\nby = 2027-03-31\n\n"
        '[decision]\nkind = "purchase"\nquantity = 2\nunit_price = "40.00"\n'
    )


@pytest.mark.parametrize(
    "text",
    [HOUSE, '[supplier]\nname = "A"', HOUSE + '[positioning.statement]\nfr = """Deux\nlignes "#" \\\\ ici."""\n[brand]\ncolour = "#000000"'],
)  # fmt: skip
def test_a_house_file_reads_back_and_explains_each_key(text: str) -> None:
    house = House.model_validate(tomllib.loads(text))
    written = toml_writer.toml_of_house(house.model_dump())
    assert House.model_validate(tomllib.loads(written)) == house
    for dotted, info in all_keys(House):
        name = dotted.rpartition(".")[2]
        assert dotted == "positioning" or re.search(rf"^(# )?(\[+[a-z.]*)?{name}\b", written, re.MULTILINE), (
            dotted
        )
        assert dotted == "positioning" or str(info.description) in written


def test_a_house_file_explains_in_the_language_of_the_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml_writer, "_", lambda text: f"<{text}>")
    assert "# <share capital>" in toml_writer.toml_of_house({"supplier": {"name": "A"}})
