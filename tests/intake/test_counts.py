"""Numbers of things, days and periods as people type them."""

import pytest

from accord.errors import AccordError
from accord.intake.amounts import amount
from accord.intake.answers import Ambiguous
from accord.intake.counts import count, days, term
from accord.intake.days import day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25", 25),
        ("25 postes", 25),
        ("25 users", 25),
        ("25 e-mails", 25),
        ("25 heures d'assistance", 25),
        ("25 caisses", 25),
        ("25 pcs", 25),
        ("25 lic.", 25),
        ("25.", 25),
        ("25.00", 25),
        ("25,0", 25),
        ("1 250", 1250),
        ("1\u202f250 licences", 1250),
        ("1'250", 1250),
        ("1,250,000", 1250000),
        ("1,250.00", 1250),
        ("25.000,00", 25000),
        ("1.250.000,0 licences", 1250000),
        ("douze", 12),
        ("vingt-cinq postes", 25),
        ("Twenty-five seats", 25),
        ("une licence", 1),
        ("cent cinquante postes", 150),
        ("one hundred twenty", 120),
        ("a hundred and twenty seats", 120),
        ("quatre vingt dix neuf postes", 99),
        ("quatre-vingts postes", 80),
        ("septante-cinq postes", 75),
        ("vingt et un postes", 21),
        ("deux cents postes", 200),
        ("mille postes", 1000),
        ("0", 0),  # the model refuses it
    ],
)
def test_a_number_of_things(text: str, number: int) -> None:
    assert count(text, "fr_FR") == number


NO_NUMBERS = """
    25.5 | 25,5 | -5 | 25 douzaines | 25 à 30 | 25-30 | 25 or so | environ 25 | 25k | 25 mois | 12 50 | 25 packs of 10
    | 1,250 | 999999999999999999999 | vingt-cinq virgule cinq | 25 euros | 25 kr | 25 HT | 25 M
    | mille deux cents postes | two thousand | une vingtaine | une cinquantaine de postes | a few | a few seats | several
    | a couple | trois cent mille | 25 kg | 25 Go | 25 GB | 25 h | 25 l | 25 km | 25 tonnes | 25 litres | 25 kWh | 25 minutes | 25 Mo de stockage
    | 1,250.5 | 25.000,50 | 1.25,00 | 01.250,00 | 1,250.00.00 | 25 pourcent | 25 t | deux tonnes |
"""


@pytest.mark.parametrize("text", [text.strip() for text in NO_NUMBERS.split("|")])
def test_no_number_is_guessed(text: str) -> None:
    with pytest.raises(AccordError, match="is not a whole number"):
        count(text, "fr_FR")


@pytest.mark.parametrize("text", ["1,250", "1.250"])
def test_a_number_that_may_have_thousands_is_shown_without_them(text: str) -> None:
    with pytest.raises(AccordError, match="digits alone, such as 1250"):
        count(text, "fr_FR")


@pytest.mark.parametrize("text", ["²5", "2⁵", "٢٥", "２５", "1½", "Ⅻ", "⑤"])
def test_figures_that_are_none_of_ours_are_refused_by_every_reader(text: str) -> None:
    """Without its accents and its raised figures "²5" would be 25."""
    for read in (
        lambda: count(text, "fr_FR"),
        lambda: days(text),
        lambda: term(f"{text} mois", "month"),
        lambda: amount(f"{text} €", "en_GB", "EUR"),
        lambda: day(f"{text}/3/2027", "fr_FR"),
    ):
        with pytest.raises(AccordError, match="no ordinary figure"):
            read()


def test_a_lone_mark_before_three_noughts_follows_the_locale_or_nothing() -> None:
    assert count("1,000", "en_GB") == 1000
    for text, locale in (("1,000", "fr_FR"), ("1.000", "fr_FR"), ("1.000 users", "en_GB")):
        with pytest.raises(Ambiguous, match="can be read as 1 or as 1000"):
            count(text, locale)


@pytest.mark.parametrize(
    ("text", "period", "meant"),
    [
        ("12", None, (12, None)),
        ("12", "month", (12, "month")),
        ("12 mois", None, (12, "month")),
        ("12 months", "month", (12, "month")),
        ("un mois", None, (1, "month")),
        ("1 an", None, (1, "year")),
        ("1 an", "month", (12, "month")),
        ("two years", "month", (24, "month")),
        ("12 mois", "year", (1, "year")),
        ("24 months", "year", (2, "year")),
    ],
)
def test_a_number_of_periods(text: str, period: str | None, meant: tuple[int, str | None]) -> None:
    assert term(text, period) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "period", "complaint"),
    [
        ("18 mois", "year", "is not a whole number of years, but the price is per year"),
        ("15 jours", None, "is not a number of periods"),
        ("1,5 an", None, "is not a number of periods"),
        ("12 mois renouvelables", None, "is not a number of periods"),
        ("", None, "is not a number of periods"),
    ],
)
def test_no_term_is_guessed(text: str, period: str | None, complaint: str) -> None:
    with pytest.raises(AccordError, match=complaint):
        term(text, period)  # type: ignore[arg-type]


def test_a_number_of_days() -> None:
    assert [days(text) for text in ("15", "15 jours", "15 days", "quinze jours", "2 semaines")] == [
        15,
        15,
        15,
        15,
        14,
    ]
    for text in ("1 mois", "15 jours ouvrés", "bientôt"):
        with pytest.raises(AccordError, match="is not a number of days"):
            days(text)
