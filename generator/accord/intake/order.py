"""What is bought, in one breath: "25 licences at €40 per month for 12 months"."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TypedDict

from accord.domain.choices import Period
from accord.intake import parsing
from accord.intake.answers import refuse_odd_figures
from accord.text import currencies
from accord.text.characters import fold
from accord.text.currencies import SIGN, Currency


class Order(TypedDict, total=False):
    """What an answer says of an order, by the keys of a decision."""

    item: str
    quantity: int
    unit_price: Decimal
    currency: Currency
    period: Period
    term: int
    length: str


_PERIODS: Mapping[str, Period] = {
    **dict.fromkeys(("mois", "month", "months", "mo", "mth"), "month"),
    **dict.fromkeys(("an", "ans", "annee", "annees", "year", "years", "yr", "yrs"), "year"),
}
_SIGN = rf"(?<![^\W\d_])(?:{SIGN})(?![^\W\d_])"  # no part of a word: neither AutoCAD nor Europe
_UNIT = r"(?P<unit>mois|months?|mo|mth|ans?|ann[ée]es?|years?|yrs?)\b\.?"
_LENGTH = _UNIT.replace("mois|", "mois|semaines?|weeks?|jours?|days?|")
_TERM = re.compile(
    rf",?\s*(?P<lead>\bfor|\bover|\bpendant|\bpour|\bsur|\bde|\bof|[x×])?\s*\b(?P<count>[0-9]{{1,3}}|an?|one|une?)\s*[- ]?{_LENGTH}\s*\Z",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf",?\s*(?:/|\b(?:per|an?|each|every|par|le|la|chaque|l['’])\s*){_UNIT}\s*\Z", re.IGNORECASE
)
_TAX = re.compile(
    rf"(?P<amount>(?:[0-9]|{_SIGN})(?:\s*(?:/|\b(?:per|an?|each|every|par|le|la|chaque)\s)\s*\w+)?)"
    r"\s*(?:\b(?:h\.?t\.?|hors taxes?|before tax|ex(?:cl)?(?:uding|\.)? (?:vat|tax)|net)|\+ ?vat)(?!\w)"
    r"(?=\s*(?:[,;/x×]|\Z|l['’]|(?:per|par|an?|each|apiece|every|le|la|chaque|chacune?s?|pi[èe]ce|unitaire|for|over|pour|pendant|sur)\b))",
    re.IGNORECASE,
)
_EACH = re.compile(
    r",?\s*\b(?:each|apiece|l['’]unit[ée]|pi[èe]ce|chacune?s?|unitaire|per unit)\s*\Z", re.IGNORECASE
)
_FIGURES = r"[0-9](?:[0-9  ’'.,]*[0-9])?"
_PRICE = re.compile(
    rf"[,:]?\s*(?P<before>\b(?:at|for|de|pour)\s|[@×]\s?|(?<![^\W\d_])(?:à\s?|x\s)|\A)\s*"
    rf"(?P<price>{_SIGN}\s?{_FIGURES}|{_FIGURES}\s?{_SIGN}|{_FIGURES})\s*\Z",
    re.IGNORECASE,
)
_BARE_PRICE = re.compile(
    rf"[,:]?\s*(?:(?<!\w)x)?(?P<price>{_SIGN}\s?{_FIGURES}|{_FIGURES}\s?{_SIGN})\s*\Z", re.IGNORECASE
)
_QUANTITY = re.compile(
    r"\A(?P<count>[1-9][0-9]{0,2}(?:[  ’'.,][0-9]{3})+|[1-9][0-9]*|(?:an?|one|une?)\b(?!\s+(?:few|couple|dozen|score|hundred|thousand|cent|mille|paire?|[a-zé]+aine)\b))(?:\s*[x×*])?(?:\s+|\Z)",
    re.IGNORECASE,
)
_MONTHS = 12
# A raised or foreign figure in a number, which would be read without it; not that of "m²".
_ODD_NUMBER = re.compile(r"[0-9][²³¹⁰-⁹₀-₉]|[²³¹⁰-⁹₀-₉][0-9]|\A[^\x00-\x7f]")
_LOOKS_PRICED = re.compile(rf"\A[0-9]+ \D|[0-9]\s?{_SIGN}|{_SIGN}\s?[0-9]", re.IGNORECASE)


def read(text: str, locale: str, currency: Currency | None) -> Order:
    """What `text` says of an order; the rest of it is the item.

    Raises what `parsing.amount` does for a price that cannot be read; the readings are of the whole text.  A term in years of a price by the month is counted in
    months; a number of weeks or days is a `length`, as it was written.
    """
    words, order = " ".join(text.split()), Order()
    for number in filter(_ODD_NUMBER.search, words.split(" ")):
        refuse_odd_figures(number)
    term = None
    if (match := _TERM.search(words)) and (match["lead"] or not _RATE.search(words)):
        count, unit = int(match["count"]) if match["count"].isdecimal() else 1, fold(match["unit"]).strip(".")
        term, words = (count, _PERIODS[unit]) if unit in _PERIODS else None, words[: match.start()]
        if term is None:
            order["length"] = f"{count} {match['unit']}"
    words = _TAX.sub(r"\g<amount>", words)
    if match := _RATE.search(words):
        order["period"], words = _PERIODS[fold(match["unit"]).strip(".")], words[: match.start()]
    words = _EACH.sub("", _TAX.sub(r"\g<amount>", words))
    if (match := _PRICE.search(words) if not _QUANTITY.fullmatch(words) else None) or (
        match := _BARE_PRICE.search(words)
    ):
        try:
            order.update(_price(match["price"], locale, currency))
        except parsing.Ambiguous as error:
            before, after = " ".join(text.split()).rsplit(match["price"], 1)
            raise parsing.Ambiguous(
                str(error), tuple(f"{before}{reading}{after}" for reading in error.readings)
            ) from None
        words = words[: match.start()]
    if match := _QUANTITY.match(words):
        order["quantity"], words = int(re.sub(r"\D", "", match["count"]) or 1), words[match.end() :]
    if item := words.strip(" ,;:"):
        order["item"] = item
    if term:
        order["term"], order["period"] = _in_periods(*term, order.get("period"))
    return order


def _price(text: str, locale: str, currency: Currency | None) -> Order:
    """A price; one whose sign names another currency is in that."""
    named = currencies.meant_by(re.sub(r"[0-9\s'’.,]", "", text.casefold()))
    if len(named) == 1 and currency not in named:
        return Order(unit_price=parsing.amount(text, locale, named[0]), currency=named[0])
    return Order(unit_price=parsing.amount(text, locale, currency))


def _in_periods(count: int, unit: Period, period: Period | None) -> tuple[int, Period]:
    """A term by the period of its price, where it is a whole number of those."""
    if unit == "year" and period != "year":
        return (count * _MONTHS, "month") if period else (count, "year")
    if unit == "month" and period == "year" and count % _MONTHS == 0:
        return count // _MONTHS, "year"
    return count, unit


def says_more(item: str) -> bool:
    """Whether the name of what is bought seems to say how many or for how much."""
    return bool(_LOOKS_PRICED.search(item))
