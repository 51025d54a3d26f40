"""Days as people type them: read, or refused with what to write; never another day."""

import contextlib
import datetime

import pytest
from babel.dates import format_date, format_skeleton
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import AccordError
from accord.intake.answers import Ambiguous
from accord.intake.days import day
from accord.text import formats
from support.printed import LOCALES, STEADY

TODAY = datetime.date(2026, 11, 25)  # a Wednesday

WHATEVER_THE_LOCALE = {
    "2027-03-31": (
        "2027-03-31", "20270331", "2027 03 31", "2027/3/31", "2027-03-31T10:00:00Z", "2027-03-31T23:59:59Z", "2027-03-31T00:00:00.000Z", "2027-03-31T22:30:00Z", "2027-03-31 00:00", "31/03/2027 00:00:00",
        "31 mars 2027", "31 Mars 2027", "31 mars 2027.", "le 31 mars 2027", "31 march 2027", "31st of March, 2027",
        "31-Mar-2027", "31-mars-27", "31 mars 27", "31 mars '27", "March 31, 2027", "mar. 31 2027", "  31  mars  2027 ",
        "31\u00a0mars 2027", "31\u201103\u20112027",
        # In words.
        "trente et un mars deux mille vingt-sept", "le trente-et-un mars 2027", "the thirty-first of March 2027",
        "March thirty-first, 2027", "thirty-first March two thousand and twenty-seven", "Wednesday, March the thirty first, twenty twenty-seven",
        "mercredi trente et un mars 2027", "avant le trente et un mars", "March thirty-one",
        # No month is the 31st: the only reading left.
        "31/03/2027", "31.03.2027", "31-3-2027", "31 03 2027", "03/31/2027",  "03/31/27",
        # With its weekday.
        "mercredi 31 mars 2027", "mer. 31 mars 2027", "Wednesday, March 31, 2027", "Wed 31 Mar 2027", "mer. 31/03/2027",
        # A limit is its day.
        "avant le 31 mars 2027", "d’ici le 31 mars 2027", "d'ici au 31 mars 2027", "au plus tard le 31 mars 2027",
        "by 31 March 2027", "before March 31, 2027", "no later than 31 March 2027", "31 mars 2027 au plus tard",
        # Without a year: the next one.
        "31 mars", "March 31", "31 mars prochain", "31/3", "3/31", "mercredi 31 mars", "31 mars de l’année prochaine",
        # The last day.
        "fin mars", "fin mars 2027", "fin du mois de mars 2027", "d’ici fin mars", "d'ici à la fin mars", "avant fin mars",
        "end of March", "end March 2027", "by the end of March 2027", "last day of March 2027", "fin T1 2027", "fin T1",
        "end of Q1 2027", "fin du premier trimestre 2027", "end of the first quarter of 2027",
    ),
    "2027-04-15": ("mi-avril 2027", "mi-avril", "mid-April", "mid April 2027", "d’ici mi-avril"),
    "2027-01-06": ("dans 6 semaines", "in 6 weeks", "in six weeks", "sous 6 semaines", "d’ici 6 semaines", "within 6 weeks"),
    "2027-02-25": ("dans 3 mois", "in 3 months", "dans trois mois", "3 months from today"),
    "2027-11-25": ("dans un an", "in 1 year", "in a year"),
    "2026-11-25": ("aujourd’hui", "today"),
    "2026-11-26": ("demain", "tomorrow", "dans un jour"),
    "2026-11-27": ("vendredi", "this Friday", "après-demain"),
    "2026-12-02": ("mercredi", "Wednesday"),  # today is one
    "2026-11-30": ("fin du mois", "end of the month", "month-end"),
    "2026-12-31": ("fin du mois prochain", "EOY", "EOY 2026", "by EOQ", "end of next month", "fin 2026", "fin d’année", "year-end", "end of the quarter"),
    "2027-12-31": ("fin de l’année prochaine", "end of 2027"),
    "2027-06-30": ("fin du premier semestre 2027", "end of the first half of 2027", "fin juin", "30/06"),
    "2028-02-29": ("29 février", "29 February", "29/2"),
    "2027-11-25 ": ("25 novembre", "25/11"),  # not today, the next
    "2027-04-02": ("vendredi 2 avril 2027", "Friday the 2nd of April 2027", "vendredi le 2 avril"),
    "2027-04-01": ("1er avril", "premier avril 2027", "1st of April"),
}  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("meant", "text"), [(iso, text) for iso, forms in WHATEVER_THE_LOCALE.items() for text in forms]
)
def test_one_day_written_in_many_ways(meant: str, text: str, locale: str) -> None:
    assert day(text, locale, TODAY) == datetime.date.fromisoformat(meant.strip())


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("04/03/2027", "fr_FR", "2027-03-04"),
        ("04/03/2027", "fr_CA", "2027-03-04"),
        ("04/03/2027", "en_GB", "2027-03-04"),
        ("04/03/2027", "en_US", "2027-04-03"),
        ("04/03/27", "fr_FR", "2027-03-04"),
        ("04/03/27", "en_US", "2027-04-03"),
        ("04/03", "en_GB", "2027-03-04"),
        ("04/03", "en_US", "2027-04-03"),
        ("31/03/27", "fr_BE", "2027-03-31"),
        ("1 FEVRIER 2027", "fr_FR", "2027-02-01"),
        ("2 févr. 2027", "en_GB", "2027-02-02"),
        ("15 AOÛT 2027", "fr_FR", "2027-08-15"),
        ("15 août 2027", "en_US", "2027-08-15"),
        ("3 juil. 2027", "fr_FR", "2027-07-03"),
        ("3 juin 2027", "fr_FR", "2027-06-03"),
        ("3 Sept 2027", "en_GB", "2027-09-03"),
        ("3 déc. 2027", "fr_FR", "2027-12-03"),
        ("May 2nd, 2027", "en_US", "2027-05-02"),
        ("Sun, May 9", "en_US", "2027-05-09"),
        ("29 février 2028", "fr_FR", "2028-02-29"),
        ("March 27", "en_GB", "2027-03-27"),
        ("March 27", "fr_FR", "2027-03-27"),
        ("in 3 months", "en_GB", "2027-02-28"),  # from 30 November: February has no 30th
    ],
)
def test_dates_by_locale(text: str, locale: str, expected: str) -> None:
    assert day(text, locale, datetime.date(2026, 11, 30)) == datetime.date.fromisoformat(expected)


OF_TWO_READINGS = [
    ("mars 2027", "fr_FR", "1er mars 2027", "31 mars 2027"),
    ("avril", "fr_FR", "1er avril 2027", "30 avril 2027"),
    ("by March 2027", "en_GB", "1 March 2027", "31 March 2027"),
    ("03/2027", "fr_FR", "1er mars 2027", "31 mars 2027"),
    ("T1 2027", "fr_FR", "1er janvier 2027", "31 mars 2027"),
    ("Q1 2027", "en_US", "January 1, 2027", "March 31, 2027"),
    ("premier trimestre 2027", "fr_FR", "1er janvier 2027", "31 mars 2027"),
    ("2027", "fr_FR", "1er janvier 2027", "31 décembre 2027"),
    ("le mois prochain", "fr_FR", "1er décembre 2026", "31 décembre 2026"),
    ("next Friday", "en_GB", "27 November 2026", "4 December 2026"),
    ("vendredi prochain", "fr_FR", "27 novembre 2026", "4 décembre 2026"),
    ("mars 27", "fr_FR", "27 mars 2027", "31 mars 2027"),
    ("Mar-27", "en_GB", "27 March 2027", "31 March 2027"),
    ("31/03/27", "fr_CA", "31 mars 2027", "27 mars 2031"),
    ("04-03", "fr_CA", "4 mars 2027", "3 avril 2027"),
    ("jeudi 31 mars 2027", "fr_FR", "31 mars 2027", "1er avril 2027"),
    ("Friday 31 March 2027", "en_GB", "31 March 2027", "2 April 2027"),
    ("semaine 12", "fr_FR", "22 mars 2027", "26 mars 2027"),
    ("S12", "fr_FR", "22 mars 2027", "26 mars 2027"),
    ("week 12 2028", "en_GB", "20 March 2028", "24 March 2028"),
]


@pytest.mark.parametrize(
    ("text", "locale", "one", "other"), OF_TWO_READINGS, ids=[each[0] for each in OF_TWO_READINGS]
)
def test_what_may_be_two_days_is_refused_with_both(text: str, locale: str, one: str, other: str) -> None:
    with pytest.raises(Ambiguous) as refusal:
        day(text, locale, TODAY)
    assert refusal.value.readings == (one, other)
    assert one in str(refusal.value)
    assert other in str(refusal.value)
    assert day(one, locale, TODAY) != day(other, locale, TODAY), "each can be typed, and is read in one way"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("30 février 2027", "not a day of the calendar"),
        ("30 février", "not a day of the calendar"),
        ("31/13/2027", "not a day of the calendar"),
        ("2027-31-03", "not a day of the calendar"),
        ("29/02/2027", "not a day of the calendar"),
        ("dans 99999999 jours", "not a day of the calendar"),
        ("29/02/9999", "not a day of the calendar"),
        ("semaine prochaine", "names a week"),
        ("semaine du 22 mars", "names a week"),
        ("week 60", "names a week"),
        ("3 jui 2027", "not a date"),
        ("3 ma 2027", "not a date"),
        ("3 brumaire 2027", "not a date"),
        ("début avril", "not a date"),
        ("vers le 31 mars 2027", "not a date"),
        ("après le 31 mars 2027", "not a date"),
        ("6 semaines", "not a date"),
        ("in 10 working days", "not a date"),
        ("dans un mois et demi", "not a date"),
        ("31", "not a date"),
        ("", "not a date"),
        ("31/03-2027", "not a date"),
        ("31032027", "not a date"),
        ("trente-deux mars 2027", "not a date"),
        ("trente et un février 2027", "not a day of the calendar"),
        ("cent trente et un mars 2027", "not a date"),
        ("trente et un mars deux mille", "not a date"),
        ("20271331", "not a day of the calendar"),
        ("eo", "not a date"),
    ],
)
def test_no_date_is_guessed(text: str, complaint: str) -> None:
    with pytest.raises(AccordError, match=complaint) as refusal:
        day(text, "fr_FR", TODAY)
    assert "31/03/2027, 31 March 2027 or 2027-03-31" in str(refusal.value), "in the language of the sentence"
    with pytest.raises(AccordError, match="March 31, 2027"):
        day(text, "en_US", TODAY)


@pytest.mark.parametrize("text", ["lundi 31/12/9999", "dimanche 01/01/0001"])
def test_a_wrong_weekday_is_refused_at_the_ends_of_the_calendar(text: str) -> None:
    with pytest.raises(Ambiguous, match="that day is a"):
        day(text, "fr_FR", TODAY)


@pytest.mark.parametrize("text", ["demain", "in 6 weeks", "dans 3 mois", "in a year"])
def test_what_lies_beyond_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(AccordError, match="not a day of the calendar"):
        day(text, "fr_FR", datetime.date.max)


@pytest.mark.parametrize(
    "text", ["31 mars", "31/3", "demain", "dans 6 semaines", "fin mars", "vendredi", "mars"]
)
def test_what_counts_from_today_is_refused_where_today_is_not_known(text: str) -> None:
    with pytest.raises(AccordError, match="is not a whole date"):
        day(text, "fr_FR")


FORMS = ("yMd", "yMMMd", "yMMMMd", "yMMMEd", "yMMMMEEEEd", "MMMd", "MMMMEd", "Md")


@STEADY
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(LOCALES))
def test_a_date_reads_back_however_it_is_printed(each: datetime.date, locale: str) -> None:
    assert day(formats.date(each, locale), locale) == each
    assert day(each.isoformat(), locale) == each
    assert day(each.strftime("%m/%d/%Y" if locale == "en_US" else "%d.%m.%Y"), locale) == each
    printed = [format_date(each, form, locale=locale) for form in ("short", "medium", "long", "full")]
    printed += [format_skeleton(form, each, locale=locale) for form in FORMS]
    for text in printed:
        assert _written(each, locale) in readings(text, locale, each - datetime.timedelta(1)), text


def readings(text: str, locale: str, today: datetime.date) -> tuple[str, ...]:
    """How an answer may be read; in two ways, "03-02" and "27-03-02" in fr_CA."""
    try:
        return (_written(day(text, locale, today), locale),)
    except Ambiguous as refusal:
        assert locale == "fr_CA"
        return refusal.readings


def _written(each: datetime.date, locale: str) -> str:
    return str(formats.date(each, locale)).replace("\u00a0", " ")


@STEADY
@given(st.text(), st.sampled_from(LOCALES))
def test_whatever_is_typed_is_read_or_refused(text: str, locale: str) -> None:
    with contextlib.suppress(AccordError):
        day(text, locale, TODAY)


WORDS = """
    le fin mi mid end of de du d' l' next prochain mars March avril mois month Q1 T4 trimestre 2027 27 31 1er 3 dans in
    6 semaines weeks S12 vendredi Friday the by avant year année / - . , premier last jour prochaine an this
"""
PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=7)


@STEADY
@given(PIECES, st.sampled_from(["", " "]), st.sampled_from(LOCALES))
def test_whatever_is_made_of_such_words_is_a_day_near_by_or_refused(
    words: list[str], glue: str, locale: str
) -> None:
    with contextlib.suppress(AccordError):
        assert TODAY.year <= day(glue.join(words), locale, TODAY).year < 2100


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12/05/2027 2:30 PM", None),
        ("12/25/2027 2:30 p.m.", "2027-12-25"),
        ("12 May 2027 2:30 pm", "2027-05-12"),
        ("5/12/2027 14:30", "2027-12-05"),
    ],
)
def test_an_american_time_beside_figures_leaves_their_order_open(text: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(Ambiguous):
            day(text, "en_GB")
    else:
        assert str(day(text, "en_GB")) == meant
    assert str(day("12/05/2027 2:30 PM", "en_US")) == "2027-12-05"


@pytest.mark.parametrize("time", ["24:00", "25:99", "12:60", "9:5", "12:00:61"])
def test_a_time_that_no_clock_shows_is_not_passed_over(time: str) -> None:
    with pytest.raises(AccordError):
        day(f"2027-05-12 {time}", "fr_FR")


@pytest.mark.parametrize(
    "text", ["2027-03-31T22:00:00Z", "2027-03-31T22:00:00.000+0000", "2027-03-31 23:00 UTC"]
)
def test_midnight_in_europe_as_programs_write_it_may_be_the_next_day(text: str) -> None:
    with pytest.raises(Ambiguous) as raised:
        day(text, "fr_FR")
    assert [*raised.value.readings] == ["31 mars 2027", "1er avril 2027"]
