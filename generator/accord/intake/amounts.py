"""Amounts as people type them: "12 000,50", "£12,000.50", "12 k€", "40 € HT par mois", "40.-"."""

import re
from decimal import Decimal
from typing import NamedTuple

from accord.domain.choices import Period
from accord.errors import AccordError
from accord.i18n import _
from accord.intake.answers import Ambiguous, quoted, refuse_odd_figures
from accord.intake.counts import CHANGES, UNITS, cardinal
from accord.text import currencies
from accord.text.characters import fold
from accord.text.currencies import Currency
from accord.text.locales import is_french


class Price(NamedTuple):
    """The price of one, before tax, and the period that it is for where one is said with it."""

    amount: Decimal
    period: Period | None


def amount(text: str, locale: str, currency: str | None = None) -> Decimal:
    """The amount that `text` names, as people write it; else an `AccordError`.

    A currency sign may stand before or after, but must be `currency`'s when one
    is given.  "HT" and "excl. VAT" say what holds anyway; an amount with VAT in
    it is refused, and so is one per month, which `price` reads.  Figures that
    can be read in two ways ("1,500" in French) are `Ambiguous`; English owns its
    comma, so there it is 1500.
    """
    value, period = price(text, locale, currency)
    if period:
        sentence = _("“{text}” is an amount per period; write the amount alone, such as {example}")
        raise AccordError(sentence.format(text=quoted(text), example=_example(locale)))
    return value


def price(text: str, locale: str, currency: str | None = None) -> Price:
    """The price of one, as `amount` reads it, and the period of "40 €/mois" or "£40 a month"."""
    refuse_odd_figures(text)
    answer = fold(text).replace("’", "'")
    answer = _counted(_squeezed(answer).removesuffix("."))
    if _WITH_TAX.search(answer):
        sentence = _("“{text}” includes VAT; write the amount before tax")
        raise AccordError(sentence.format(text=quoted(text)))
    answer, period = _without_period(_squeezed(_BEFORE_TAX.sub(" ", answer)), text)
    figures, factor = _without_factor(answer, text, locale)
    figures, named = _without_currency(re.sub(_SWISS_DASH, "", figures))
    if currency and named and currency not in named:
        sentence = _("“{text}” is not in {currency}; write the number alone, or change the currency")
        raise AccordError(sentence.format(text=quoted(text), currency=currency))
    plain = _plain(figures, text, locale, factor)
    if plain is None:
        mark = re.sub(r"[0-9][0-9 .,']*", "", figures).strip()
        if mark and not re.fullmatch("[a-z]", mark) and currencies.is_foreign(mark):
            sentence = _("“{text}” is in a currency that no letter can be in; convert it into {currencies}")
            told = ", ".join([currency] if currency else currencies.CODES)
            raise AccordError(sentence.format(text=quoted(text), currencies=told))
        if _IN_WORDS.search(answer):
            raise _not_in_figures(text, locale)
        sentence = _("“{text}” is not an amount; write a number such as {example}")
        raise AccordError(sentence.format(text=quoted(text), example=_example(locale)))
    value = Decimal(plain) * factor
    cents = round(value, 2)  # "0,125 k€" is 125, not 125.000
    return Price(cents if cents == value and len(f"{value:f}".partition(".")[2]) > 2 else value, period)


def _not_in_figures(text: str, locale: str, amount: Decimal | None = None) -> AccordError:
    """That words or letters count for what is not sure; `amount` is what they may well mean."""
    example = f"{amount:,.0f}".replace(",", " " if is_french(locale) else ",") if amount else _example(locale)
    sentence = _("“{text}” is not all in figures; write the whole amount so, such as {example}")
    return AccordError(sentence.format(text=quoted(text), example=example))


def _example(locale: str) -> str:
    return "12 000,50" if is_french(locale) else "12,000.50"


# --- What stands with the figures, without case or accents ------------------------

_TAX = r"(?:tva|vat|tax(?:es?)?)"
_BEFORE_TAX = re.compile(
    rf"\(?(?:(?<![a-z])h\.?t\.?(?:v\.?a\.?)?(?![a-z])|hors[ -]{_TAX}|{_TAX} (?:en sus|excluded|exclusive|non comprise)"
    rf"|\b(?:ex(?:\.|cl(?:\.|uding|usive of)?)?|before|net of|plus) ?{_TAX}\b|\+ ?{_TAX}\b)\)?"
)
_WITH_TAX = re.compile(
    rf"(?<![a-z])t\.?t\.?c(?![a-z])|(?<![a-z])tvac(?![a-z])|toutes taxes comprises"
    rf"|\b{_TAX} (?:incluses?|comprises?|included|inclusive)|\b(?:incl?(?:\.|uding|usive of)?|with|avec) ?(?:la )?{_TAX}\b"
)
_SWISS_DASH = r"(?<=[0-9])[.,][-\u2013\u2014]+"  # "40.-"
_EACH = r"(?:/ ?|(?<![a-z])(?:et |and )?(?:par|per|a|an|each|every|chaque|by the|le|la|the) |(?<![a-z])l')"
_PERIOD = re.compile(
    rf"{_EACH}(?P<unit>[a-z]+)\b(?!'| of\b)|\b(?P<month>mensuel(?:le)?s?|monthly|pcm)\b"
    r"|\b(?P<year>annuel(?:le)?s?|annual(?:ly)?|yearly|p\.?a\b)"
)
_OTHER_PERIODS = re.compile(
    r"(?:heure|hour|h|jours?|day|semaine|week|fortnight|quinzaine|bimestre|trimestre|quarter|semestre|decennie|decade)s?"
)
_EACH_ONE = re.compile(r" (?:piece|each|chacune?|apiece|unite|unit)$")
_CURRENCY_AHEAD = r"(?=[€£$]|eur|usd|gbp|chf|cad)"
_THOUSANDS, _MILLIONS = r"(?:mille|milliers?|thousand|tsd)\b", r"(?:millions?|mio|mln)\b"
_FACTOR = re.compile(
    rf"(?<=[0-9]) ?(?:(?P<thousand>k{_CURRENCY_AHEAD}|k(?![a-z])|{_THOUSANDS})|{_MILLIONS}"
    rf"|m{_CURRENCY_AHEAD}|(?P<letter>mn?)(?![a-z]))\.?"
)
_SPELT = re.compile(rf"(?P<count>[a-z][a-z -]*?)[ -](?P<unit>(?:{_THOUSANDS}|{_MILLIONS}).*)")
_HALVES = {"half", "half a", "a half", "demi", "un demi"}
_IN_WORDS = re.compile(
    rf"(?<!par )(?<!per )(?<!/)(?<!/ )(?<![a-z])(?:[kmt]{_CURRENCY_AHEAD}|(?:[kmt]f?|m[nm]|{_MILLIONS}|{_THOUSANDS}|millions?|mill|thousands?|hundreds?"
    r"|cents?|centaines?|centimes?|pence|grand|milliards?|mrd|mds?|bn|billions?|lakhs?|crores?|(?:un )?demie?|half"
    r"|dozen|douzaines?|dizaines?)(?![a-z]))"
)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _without_period(answer: str, text: str) -> tuple[str, Period | None]:
    """The answer without the period and the unit that the price is for; a period other than a month or a year is refused."""
    period: Period | None = None
    for match in _PERIOD.finditer(answer):
        unit = UNITS.get(match["unit"] or "")
        if _OTHER_PERIODS.fullmatch(match["unit"] or ""):
            sentence = _("“{text}” is per another period; write the price per month or per year")
            raise AccordError(sentence.format(text=quoted(text)))
        if match["unit"] in {*CHANGES, "m"}:
            return answer, None  # "40 € per thousand" is no price of one, and "/m" may be anything
        if match["month"] or unit == "month":
            period = "month"
        elif match["year"] or unit == "year" or match["unit"] == "annum":
            period = "year"
    return _squeezed(_EACH_ONE.sub("", _PERIOD.sub(" ", answer))), period


def _counted(answer: str) -> str:
    """The answer with a number in figures before its thousands or millions: "0.5 million" for "half a million"."""
    match = _SPELT.fullmatch(answer)
    if not match:
        return answer
    number = "0.5" if match["count"] in _HALVES else cardinal(match["count"])
    return f"{number} {match['unit']}" if number else answer


def _without_factor(answer: str, text: str, locale: str) -> tuple[str, int]:
    """The answer without the thousands or millions in which it counts, and how many these are.

    An "m" is a million beside a currency alone, and figures behind a factor may be its decimals or
    not ("12k5", "12 k 500"): `AccordError`.
    """
    match = _FACTOR.search(answer)
    if not match:
        return answer, 1
    head, rest = answer[: match.start()], re.sub(r"^ ?(?:d'|de )", " ", answer[match.end() :])
    if re.search("[0-9]", rest):
        raise _not_in_figures(text, locale)
    mark = re.sub(r"[0-9][0-9 .,']*", "", head + rest).strip()
    if match["letter"] and not (currencies.meant_by(mark) or currencies.is_foreign(mark)):
        plain = re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?", head)
        amount = Decimal(head.replace(",", ".")) * 10**6 if plain and not rest else None
        raise _not_in_figures(text, locale, amount)
    return f"{head}{rest}", 1000 if match["thousand"] else 10**6


def _without_currency(text: str) -> tuple[str, tuple[Currency, ...]]:
    """The figures of `text`, and the currencies that the sign or name before or after them may mean."""
    if match := re.fullmatch(r"([0-9]+) ?([€£$]) ?([0-9]{2})", text):  # "40€50"
        return f"{match[1]}.{match[3]}", currencies.meant_by(match[2])
    match = re.fullmatch(r"([^0-9]*)([0-9].*[0-9]|[0-9])([^0-9]*)", text)
    meant = currencies.meant_by(match[1] + match[3]) if match and not (match[1] and match[3]) else ()
    return (match[2], meant) if match and meant else (text, ())


def _plain(figures: str, text: str, locale: str, factor: int) -> str | None:
    """`figures` with a point for decimals and no grouping, or None if they are no number."""
    if re.fullmatch(r"[0-9]{1,3}([ '])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?", figures):
        return re.sub(r"[ ']", "", figures).replace(",", ".")
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}", figures):
        return figures.replace(",", "")
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}", figures):
        return figures.replace(".", "").replace(",", ".")
    if match := re.fullmatch(r"([1-9][0-9]{0,2})([.,])([0-9]{3})", figures):
        whole, sign, thousands = match.groups()
        if sign == "," and not is_french(locale):
            return f"{whole}{thousands}"
        marks = str.maketrans(",.", " ,") if is_french(locale) else {}
        numbers = [Decimal(f"{whole}{thousands}"), Decimal(f"{whole}.{thousands.removesuffix('0')}")]
        large, small = (f"{number * factor:,}".translate(marks) for number in numbers)
        sentence = _("“{text}” can be read as {one} or as {other}; write one of these instead")
        told = sentence.format(text=quoted(text), one=large, other=small)
        if figures in text:  # the currency, the thousands and the period beside the figures stay
            large, small = (text.replace(figures, f"{number:,}".translate(marks), 1) for number in numbers)
        raise Ambiguous(told, (large, small))
    return figures.replace(",", ".") if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", figures) else None
