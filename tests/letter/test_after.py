"""The documents that follow an agreement: read word by word, under each law and level, and composed again from their data."""

import datetime
import itertools
import os

import pytest

from accord.domain.deal import Agreement
from accord.domain.sequel import PAPERS
from accord.errors import FaultyInput
from accord.intake import loader
from accord.letter import markdown, record
from accord.pdf import typeset
from accord.review.review import review
from accord.verify import recompose
from support.inputs import TODAY
from support.papers import FRENCH, SITUATIONS, document, made, sample
from support.paths import TESTS
from support.pdfs import pages
from support.samples import HOUSE
from support.situations import HOUSES, agreement


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_document_reads_as_its_golden_text(name: str) -> None:
    """`ACCORD_GOLDEN=write` rewrites the texts; a lawyer reads the difference."""
    letter, sequel = document(name)
    golden = TESTS / "golden" / f"after-{name}.md"
    if os.environ.get("ACCORD_GOLDEN") == "write":
        golden.write_text(markdown.render(letter), "utf-8")
    assert markdown.render(letter) == golden.read_text("utf-8")
    found = [each for each in review(letter, sequel, HOUSE.house, None).findings if each.severity != "note"]
    assert found == []
    again = recompose.letter_of(record.recorded(letter.data, "x.pdf"), "x.pdf")
    assert markdown.render(again) == markdown.render(letter)
    assert again.data == letter.data


@pytest.mark.parametrize("name", ["fr-reserved", "fr-refused", "en-extended"])
def test_what_both_sign_has_one_page(name: str) -> None:
    stem, life, *items = SITUATIONS[name]
    letter, _sequel = made(sample(stem), HOUSE, life, *items, *(items and ["un second point"]))
    assert pages(typeset.typeset(letter)) == 1


LIVES = (
    *("delivered @-9", "delivered @-9, reminded @8", "delivered @-9, accepted @-5", "delivered @-9, refused @-5"),
    *("extended @-9 5", "extended @-9 5 force-majeure", "extended @-9 5 client-delay", "waived @-9"),
    "delivered @-9, reminded @8, accepted @20",
    *("lapsed @90", "delivered @-9, refused @2, lapsed @90"),
    *("delivered @-9, accepted @-5, ordered @-4", "delivered @-9, reminded @8, ordered @15", "waived @-9, ordered @-4"),
    *("delivered @-9, accepted @-5, ordered @-4, defaulted @9", "waived @-9, ordered @-4, defaulted @9"),
)  # fmt: skip
LEVELS = (("promise", "none"), ("promise", "efforts"), ("conditional", "efforts"), ("conditional", "firm"))


@pytest.mark.parametrize("level", LEVELS, ids="-".join)
@pytest.mark.parametrize("law", ["FR", "EW"])
def test_each_document_can_be_made_at_each_level(law: str, level: tuple[str, str]) -> None:
    languages = itertools.cycle(["fr", "en"])
    decisions = itertools.cycle(["subscription", "purchase", "pilot"])
    kinds = set()
    for life, language, decision in zip(LIVES, languages, decisions, strict=False):
        data = agreement(language, law, *level, decision, rich=True)
        deal = loader.deal_from(data, "deal", HOUSES["full"].house, today=TODAY)
        assert isinstance(deal, Agreement)
        letter, sequel = made(deal, HOUSES["full"], f"signed 8, {life}", "ce point")
        kinds.add(sequel.paper.kind)
        assert letter.countersigned == (sequel.paper.kind in {"acceptance-report", "extension-deed"})
        assert letter.date == sequel.paper.on
    assert kinds == set(PAPERS)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"on": "2027-02-30"}, "paper.on"),
        ({"kind": "letter"}, "paper.kind"),
        ({"articles": {"condition": "6"}}, "paper.articles"),
        ({"more": "x"}, "paper.more"),
    ],
)
def test_a_faulty_record_of_a_step_is_told(change: dict[str, object], key: str) -> None:
    letter, _sequel = made(sample(FRENCH), HOUSE, "signed 8, delivered @-40")
    data = {**letter.data, "paper": letter.data["paper"] | change}
    with pytest.raises(FaultyInput) as refused:
        record.recorded(data, "x.pdf")
    assert [fault.key for fault in refused.value.faults if fault.key.startswith(key)]


def test_a_document_says_the_days_that_the_articles_give() -> None:
    _letter, sequel = made(sample(FRENCH), HOUSE, "signed 8, delivered @-40, reminded @-22")
    paper = sequel.paper
    assert (paper.delivered, paper.answer_by, paper.presumed) == (
        datetime.date.fromisoformat("2027-02-19"),
        datetime.date.fromisoformat("2027-03-08"),
        datetime.date.fromisoformat("2027-03-15"),
    )
