"""Numbers of things, of days and of periods, as people type them: "25 postes", "12 mois", "un an"."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from accord.domain.choices import Period
from accord.errors import AccordError
from accord.i18n import _
from accord.intake.answers import Ambiguous, quoted, refuse_odd_figures
from accord.text import formats
from accord.text.characters import fold
from accord.text.locales import is_french

MOST_SPELT = 1000  # the highest number that is read in words
MOST_WORDS = 7  # of such a number: "neuf cent quatre vingt dix sept" and an "et"
MONTHS_OF_A_YEAR = 12


class Term(NamedTuple):
    """How long something lasts: a number of periods, which are None where only the number is said."""

    number: int
    period: Period | None


UNITS: Mapping[str, str] = {
    **dict.fromkeys(("jour", "jours", "j", "day", "days"), "day"),
    **dict.fromkeys(("semaine", "semaines", "sem", "week", "weeks", "wk", "wks"), "week"),
    **dict.fromkeys(("mois", "month", "months", "mo", "mos"), "month"),
    **dict.fromkeys(("an", "ans", "annee", "annees", "year", "years", "yr", "yrs"), "year"),
}
"""Units of time as people write them, without case or accents."""

# What stands after a number and changes it, measures with it, or leaves it open: "25 dozen", "25 kg", "25 or so".
CHANGES = {
    *("k", "mille", "millier", "milliers", "million", "millions", "thousand", "thousands", "hundred"),
    *("cent", "cents", "centaine", "centaines", "dizaine", "dizaines", "dozen", "dozens", "douzaine"),
    *("douzaines", "environ", "about", "minimum", "maximum", "min", "max", "ou", "or", "plus", "moins", "more"),
    *("less", "fewer", "a", "to", "et", "and", "demi", "demie", "half", "virgule", "point", "comma", "paire", "paires", "pair", "pairs"),
    *("lot", "lots", "pack", "packs", "par", "per", "pour", "for", "of", "de", "x"),
    *("euro", "euros", "dollar", "dollars", "livres", "francs", "eur", "usd", "gbp", "chf", "cad", "sek", "nok", "dkk", "pln", "czk"),
    *("kr", "zl", "kc", "ft", "lei", "ht", "ttc", "tva", "vat", "m", "md", "mds", "mio", "mrd", "bn"),
    *("few", "several", "many", "couple", "score", "scores", "quelques", "plusieurs"),
    *("g", "kg", "kilo", "kilos", "t", "tonne", "tonnes", "lb", "lbs", "oz", "mm", "cm", "km", "ha", "l", "cl", "ml", "hl", "litre", "litres"),
    *("metre", "metres", "meter", "meters", "kilometre", "kilometres", "miles", "gramme", "grammes", "gram", "grams", "degres", "degrees"),
    *("o", "ko", "mo", "go", "to", "b", "kb", "mb", "gb", "tb", "octets", "bytes", "w", "kw", "kwh", "mwh", "pct", "pourcent", "percent"),
    *("h", "hr", "hrs", "s", "sec", "mn", "minute", "minutes", "seconde", "secondes", "second", "seconds", "jh", "jr"),
    *(f"{tens}aine{s}" for tens in ("huit", "quinz", "vingt", "trent", "quarant", "cinquant", "soixant") for s in ("", "s")),
}  # fmt: skip


def count(text: str, locale: str) -> int:
    """The whole number of things that `text` names: "25", "1 250", "25 postes", "25.00", "douze"; `AccordError`.

    "1.000" is a thousand to some and one to others: `Ambiguous`.  English owns its
    comma, so there "1,000" is a thousand.
    """
    number, rest = _split(_grouped(text, locale))
    words = re.findall(r"[a-z]+", rest)
    if (
        number is None
        or not re.fullmatch(r"[a-z' -]*", rest)
        or CHANGES & {*words}
        or (words and _spelt().get(words[0], 1) != 1)  # "mille deux cents" is no thousand
        or UNITS.keys() & {*words}
    ):
        sentence = _("“{text}” is not a whole number; write digits alone, such as {example}")
        grouped = re.fullmatch(r"\s*([1-9][0-9]{0,2})[.,]([0-9]{3})\s*", text)
        example = "".join(grouped.groups()) if grouped else "25"
        raise AccordError(sentence.format(text=quoted(text), example=example))
    return number


def _grouped(text: str, locale: str) -> str:
    """The text, its number without marks of thousands."""
    both = re.match(
        r"\s*([1-9][0-9]{0,2}(?:(?:,[0-9]{3})+(?=\.)|(?:\.[0-9]{3})+(?=,)))[.,]0{1,2}(?![0-9.,'])", text
    )
    if both:  # of "1,250.00" and "1.250,00" there is one reading
        return f"{re.sub('[.,]', '', both[1])}{text[both.end() :]}"
    match = re.match(r"\s*([1-9][0-9]{0,2})([.,])([0-9]{3}(?:\2[0-9]{3})*)(?![0-9.,])(.*)", text, re.DOTALL)
    if not match:
        return text
    first, mark, groups, rest = match.groups()
    if len(groups) == 3 and (mark == "." or is_french(locale)):
        if groups != "000":  # as likely a fraction
            return text
        one, thousand = first, f"{first}000"
        sentence = _("“{text}” can be read as {one} or as {other}; write one of these instead")
        raise Ambiguous(sentence.format(text=quoted(text), one=one, other=thousand), (one, thousand))
    return f"{first}{re.sub('[.,]', '', groups)}{rest}"


def days(text: str) -> int:
    """The days that `text` names: "15", "15 jours", "2 weeks"; `AccordError`."""
    number, unit = _span(text)
    if number is None or unit not in {None, "day", "week"}:
        sentence = _("“{text}” is not a number of days; write one such as 15")
        raise AccordError(sentence.format(text=quoted(text)))
    return number * (7 if unit == "week" else 1)


def term(text: str, period: Period | None) -> Term:
    """The periods that `text` names, in `period` if one is given: "12", "12 mois", "1 an" (of months: 12).

    `AccordError` if it names none, or no whole number of that period.
    """
    number, unit = _span(text)
    if number is None or unit not in {None, "month", "year"}:
        sentence = _("“{text}” is not a number of periods; write one such as 12, “12 months” or “1 year”")
        raise AccordError(sentence.format(text=quoted(text)))
    if unit is None or period in {None, unit}:
        return Term(number, period or ("month" if unit == "month" else "year" if unit == "year" else None))
    if period == "month":
        return Term(number * MONTHS_OF_A_YEAR, "month")
    if number % MONTHS_OF_A_YEAR:
        sentence = _(
            "“{text}” is not a whole number of years, but the price is per year; change one of the two"
        )
        raise AccordError(sentence.format(text=quoted(text)))
    return Term(number // MONTHS_OF_A_YEAR, "year")


def cardinal(word: str) -> int | None:
    """A whole number in digits, or a small one in French or English words; None if it is neither."""
    if re.fullmatch(r"[0-9]{1,18}", word):
        return int(word)
    return _spelt().get(_bare(word)) if word and not word[0].isdigit() else None


def _bare(words: str) -> str:
    """A number in words as all write it: no hyphen, no "and", no plural, "one hundred" for "a hundred"."""
    plain = re.sub(r"[ -]+(?:(?:and|et)[ -]+)?", " ", fold(words))
    return re.sub(r"^a (?=hundred|thousand)", "one ", re.sub(r"\b(vingt|cent)s\b", r"\1", plain))


@cache
def _spelt() -> Mapping[str, int]:
    numbers = {
        _bare(formats.cardinal(number, language)): number
        for number in range(1, MOST_SPELT + 1)
        for language in ("fr", "fr_BE", "fr_CH", "en")
    }
    return numbers | {"une": 1, "a": 1, "an": 1}


def _span(text: str) -> tuple[int | None, str | None]:
    """A number, and the unit of time that follows it, if nothing else does."""
    number, rest = _split(text)
    if rest and rest.strip(". ") not in UNITS:
        return None, None
    return number, UNITS.get(rest.strip(". "))


def _split(text: str) -> tuple[int | None, str]:
    """The number with which `text` begins, None without one, and what follows it, folded."""
    refuse_odd_figures(text)
    folded = " ".join(fold(text).replace("’", "'").split()).rstrip(" .")
    if match := re.match(r"([0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]+)(?:[.,]0{1,2})?(?![0-9.,'])", folded):
        return cardinal(re.sub(r"[ ']", "", match[1])), folded[match.end() :].strip()
    words = folded.split(" ")
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        if (number := cardinal(" ".join(words[:length]))) is not None:
            return number, " ".join(words[length:])
    return None, folded
