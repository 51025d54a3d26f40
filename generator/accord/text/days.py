"""The days that people name in a sentence: "le 15 février 2027", "end of January", "avant Noël 2026"."""

import calendar
import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from accord.imports import part
from accord.text.characters import fold
from accord.text.locales import months


class Named(NamedTuple):
    """A day, or the days of a month, a quarter or a year, as a sentence names them."""

    words: str
    before: str
    """what its sentence says before it, folded"""
    first: datetime.date
    last: datetime.date
    has_year: bool
    """whether its year is said; without it the next one is meant"""


_FEASTS = {
    "noel": (12, 25), "christmas": (12, 25), "nouvel an": (1, 1), "new year": (1, 1),
    "saint-valentin": (2, 14), "valentine's day": (2, 14), "chandeleur": (2, 2), "epiphanie": (1, 6),
    "fetes de fin d'annee": (12, 24), "festive season": (12, 24), "fin d'annee": (12, 31), "year[- ]end": (12, 31), "end of (?:the )?year": (12, 31),
}  # fmt: skip
_EASTER = "paques|easter"
_PARTS = {"": (1, 31), "fin": (20, 31), "end": (20, 31), "late": (20, 31), "debut": (1, 10), "early": (1, 10), "beginning": (1, 10), "start": (1, 10), "mi": (10, 20), "mid": (10, 20), "middle": (10, 20)}  # fmt: skip


_MONTHS = 12  # of a year
_YEARS = ("year", "y", "yearq", "yearf", "yeare", "yearb")
"""The groups that may hold the year."""


@cache
def _month_names() -> dict[str, int]:
    return {fold(name): number for tongue in ("fr", "en") for number, name in enumerate(months(tongue), 1)}


@cache
def _named() -> re.Pattern[str]:
    month = "|".join(_month_names())
    year = r"(?:,? (?:de |of )?(?P<{}>20\d\d)\b)?"
    return re.compile(
        rf"\b(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?:of )?(?P<month>{month})\b{year.format('year')}"
        r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>20\d\d)\b"
        r"|(?:(?P<quarter>[1-4])(?:er|e|eme|st|nd|rd|th) (?:trimestre|quarter)|[qt](?P<q>[1-4])) (?:de |of )?(?P<yearq>20\d\d)\b"
        rf"|(?P<feast>{'|'.join([*_FEASTS, _EASTER])})\b{year.format('yearf')}"
        r"|(?P<yearend>fin|(?:the )?end of) (?P<yeare>20\d\d)\b"
        rf"|(?:(?P<part>{'|'.join(filter(None, _PARTS))})(?:[ -](?:du mois )?(?:de |d'|of )?))?(?P<bare>{month})\b(?: (?P<dayafter>\d{{1,2}})(?:st|nd|rd|th)?\b)?{year.format('yearb')})"
    )


# "may" and "mars" are other words as well: without a year, a month stands behind one of these.
_OF_A_MONTH = re.compile(
    r"(?:\b(?:in|by|before|until|from|of|for|en|avant|pour|des|courant|en|ici|de|le|end of)|d')[ -]?\Z"
)


def named_in(text: str, after: datetime.date) -> Iterator[Named]:
    """Every day that a text names, in order; one without a year is the next after `after`."""
    for said in re.split(r"[.;!?](?= |\Z)", text.replace("’", "'")):
        sentence = fold(said)
        for match in _named().finditer(sentence):
            before = sentence[: match.start()]
            found = match.groupdict()
            if found["bare"] and not (
                found["yearb"] or found["part"] or found["dayafter"] or _OF_A_MONTH.search(before)
            ):
                continue
            span = _span(found, after)
            if span:
                words = said[match.start() : match.end()] if len(said) == len(sentence) else match[0]
                yield Named(words, before, *span, has_year=any(found[name] for name in _YEARS))


def _span(found: dict[str, str | None], after: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of what was found; None for a day that no month has."""
    year = next((int(said) for name in _YEARS if (said := found[name])), None)
    if year and (quarter := found["quarter"] or found["q"]):
        last = int(quarter) * 3
        return datetime.date(year, last - 2, 1), _day(year, last, 31)
    if year and found["yearend"]:
        return datetime.date(year, 12, 1), datetime.date(year, 12, 31)
    if re.fullmatch(_EASTER, str(found["feast"])):
        easter = _easter(year or after.year)
        return (easter, easter) if year or easter > after else (_easter(after.year + 1),) * 2
    if found["feast"]:
        month, start = next(day for name, day in _FEASTS.items() if re.fullmatch(name, str(found["feast"])))
    else:
        month = int(found["m"] or 0) or _month_names()[str(found["month"] or found["bare"])]
        start = int(found["day"] or found["d"] or found["dayafter"] or 0)
    first, last = (start, start) if start else _PARTS[found["part"] or ""]
    for each in (year,) if year else (after.year, after.year + 1):
        if month > _MONTHS or start > calendar.monthrange(each, month)[1]:
            return None
        if year or _day(each, month, last) > after:
            return _day(each, month, first), _day(each, month, last)
    return None


def _easter(year: int) -> datetime.date:
    """Easter Sunday: the day before a holiday of France."""
    feasts = part("holidays.countries.france").France(years=year, language="fr")
    monday: datetime.date = next(day for day, name in feasts.items() if name == "Lundi de Pâques")
    return monday - datetime.timedelta(days=1)


def _day(year: int, month: int, day: int) -> datetime.date:
    """A day of a month, or its last one where it has fewer."""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))
