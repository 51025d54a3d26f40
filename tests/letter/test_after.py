"""The documents that follow an agreement: read word by word, under each law and level, and composed again from their data."""

import datetime
import itertools
import os

import pytest

from accord.domain.deal import Agreement
from accord.domain.house import HouseFile
from accord.domain.promise import CAUSES, Happened, Terms
from accord.domain.sequel import PAPERS, Paper, Sequel
from accord.errors import FaultyInput
from accord.intake import loader
from accord.letter import markdown, record
from accord.letter.letter import Letter
from accord.review.review import review
from accord.verify import recompose
from support.inputs import TODAY
from support.paths import SAMPLES, TESTS
from support.samples import HOUSE, compose
from support.situations import HOUSES, agreement

FRENCH, PROMISE, ENGLISH = "01-fr-abonnement", "03-fr-pilote-promesse", "05-en-purchase-england"
DAY = datetime.date.fromisoformat


def steps(text: str, deal: Agreement) -> list[Happened]:
    """Steps such as "signed, delivered +3": days after the letter or, with "@", after the date of delivery."""
    assert deal.delivery
    taken = []
    for each in text.split(", "):
        name, day, *more = each.split()
        start = deal.delivery.by if day[0] == "@" else deal.date
        to = deal.delivery.by + datetime.timedelta(days=int(more[0])) if more else None
        on = start + datetime.timedelta(days=int(day.lstrip("@")))
        taken.append(Happened(name, on, to, more[1] if more[1:] else CAUSES[0]))  # type: ignore[arg-type]
    return taken


def document(deal: Agreement, house: HouseFile, text: str, *items: str) -> tuple[Letter, Sequel]:
    """The document of the last of some steps."""
    letter = compose(deal, house)
    deal = deal.model_copy(update={"reference": letter.reference})
    articles = {each.id: each.number for each in letter.articles if each.number}
    *before, last = steps(text, deal)
    paper = Paper.of(Terms.of(deal, house.house), before, last, articles, items)
    assert paper
    sequel = Sequel.to(deal, paper)
    return compose(sequel, house), sequel


def sample(stem: str) -> Agreement:
    deal = loader.read_deal(SAMPLES / f"{stem}.toml", HOUSE.house, today=TODAY)
    assert isinstance(deal, Agreement)
    return deal


SITUATIONS = {
    "fr-delivery": (FRENCH, "signed 8, delivered @-40", "à l’adresse https://essai.novalys.example"),
    "fr-reminder": (FRENCH, "signed 8, delivered @-40, reminded @-22"),
    "fr-accepted": (FRENCH, "signed 8, delivered @-40, accepted @-30"),
    "fr-reserved": (FRENCH, "signed 8, delivered @-40, accepted @-30", "le bouton est mal aligné"),
    "fr-refused": (FRENCH, "signed 8, delivered @-40, refused @-30", "le total diffère de deux centimes"),
    "fr-extended": (FRENCH, "signed 8, extended @-30 15"),
    "fr-waived": (FRENCH, "signed 8, waived @-30"),
    "fr-lapsed": (FRENCH, "signed 8, lapsed @30"),
    "fr-ordered": (FRENCH, "signed 8, delivered @-40, accepted @-30, ordered @-29"),
    "fr-ordered-presumed": (FRENCH, "signed 8, delivered @-40, reminded @-22, ordered @0"),
    "fr-defaulted": (
        FRENCH,
        "signed 8, delivered @-40, accepted @-30, ordered @-29, defaulted @30",
        "payer la facture F-2027-014 du 2 mars 2027, de 1 000,00 € hors taxes",
    ),
    "fr-option": (PROMISE, "signed 8, delivered @-20, accepted @-10, ordered @-5"),
    "en-delivery": (ENGLISH, "signed 8, delivered @-40", "at https://trial.novalys.example"),
    "en-reminder": (ENGLISH, "signed 8, delivered @-40, reminded @-18"),
    "en-accepted": (ENGLISH, "signed 8, delivered @-40, accepted @-30"),
    "en-refused": (ENGLISH, "signed 8, delivered @-40, refused @-30", "The total differs by two pence"),
    "en-extended": (ENGLISH, "signed 8, extended @-30 15 client-delay"),
    "en-waived": (ENGLISH, "signed 8, waived @-30"),
    "en-lapsed": (ENGLISH, "signed 8, delivered @-5, refused @-1, lapsed @120"),
    "en-ordered": (ENGLISH, "signed 8, delivered @-40, accepted @-30, ordered @-29"),
    "en-defaulted": (
        ENGLISH,
        "signed 8, delivered @-40, accepted @-30, ordered @-29, defaulted @30",
        "pay invoice F-2027-014 of 2 March 2027",
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_document_reads_as_its_golden_text(name: str) -> None:
    """`ACCORD_GOLDEN=write` rewrites the texts; a lawyer reads the difference."""
    stem, text, *items = SITUATIONS[name]
    letter, sequel = document(sample(stem), HOUSE, text, *items)
    golden = TESTS / "golden" / f"after-{name}.md"
    if os.environ.get("ACCORD_GOLDEN") == "write":
        golden.write_text(markdown.render(letter), "utf-8")
    assert markdown.render(letter) == golden.read_text("utf-8")
    found = [each for each in review(letter, sequel, HOUSE.house, None).findings if each.severity != "note"]
    assert found == []
    again = recompose.letter_of(record.recorded(letter.data, "x.pdf"), "x.pdf")
    assert markdown.render(again) == markdown.render(letter)
    assert again.data == letter.data


LIVES = (
    *("delivered @-9", "delivered @-9, reminded @8", "delivered @-9, accepted @-5", "delivered @-9, refused @-5"),
    *("extended @-9 5", "extended @-9 5 force-majeure", "extended @-9 5 client-delay", "waived @-9"),
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
        letter, sequel = document(deal, HOUSES["full"], f"signed 8, {life}", "ce point")
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
    letter, _sequel = document(sample(FRENCH), HOUSE, "signed 8, delivered @-40")
    data = {**letter.data, "paper": letter.data["paper"] | change}
    with pytest.raises(FaultyInput) as refused:
        record.recorded(data, "x.pdf")
    assert [fault.key for fault in refused.value.faults if fault.key.startswith(key)]


def test_a_document_says_the_days_that_the_articles_give() -> None:
    _letter, sequel = document(sample(FRENCH), HOUSE, "signed 8, delivered @-40, reminded @-22")
    paper = sequel.paper
    assert (paper.delivered, paper.answer_by, paper.presumed) == (
        DAY("2027-02-19"),
        DAY("2027-03-08"),
        DAY("2027-03-15"),
    )
