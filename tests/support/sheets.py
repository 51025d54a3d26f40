"""Review sheets of letters, with more findings than the review has."""

from dataclasses import replace
from pathlib import Path

from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.intake import loader
from accord.review import sheet
from accord.review.findings import Finding
from accord.review.review import review
from support.inputs import TODAY
from support.samples import HOUSE, SITUATIONS, compose
from support.situations import HOUSES, agreement

LEVELS = ("intent", "promise", "conditional")


def of_deal(deal: Deal, home: HouseFile, *more: Finding) -> bytes:
    letter = compose(deal, home)
    result = review(letter, deal, home.house, None)
    result = replace(result, findings=(*more, *result.findings))
    return sheet.sheet(result, deal, home.house, letter)


def of_file(path: Path, *more: Finding) -> bytes:
    return of_deal(loader.read_deal(path, HOUSE.house, today=TODAY), HOUSE, *more)


def of_sample(stem: str, *more: Finding) -> bytes:
    return of_file(next(path for path in SITUATIONS if path.stem == stem), *more)


def fullest(language: str, law: str, level: str) -> bytes:
    """The sheet of a deal with every option and every clause, and of thirty findings more."""
    commitment = "efforts" if level == "conditional" else "none"
    data = agreement(language, law, level, commitment, "subscription", rich=True)
    home = HOUSES["full"]
    deal = loader.deal_from(data, "deal", home.house, today=TODAY)
    return of_deal(deal, home, *map(remark, range(30)))


def remark(number: int) -> Finding:
    return Finding(
        "invented",
        "error",
        f"article {number}",
        f"Sentence {number} of usual length says what to change. " * 3,
    )
