"""Answers and flags: texts put where a file would have values."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_origin

from pydantic.fields import FieldInfo

from accord import toml_reader
from accord.domain import countries, identifiers, legal_forms
from accord.domain.base import all_keys, choices_at, plain_type, rows_at, table_at, words_at
from accord.domain.deal_file import ROOTS
from accord.domain.suggestions import MEANT_KEYS, closest
from accord.errors import AccordError, Defect, Fault, FaultyInput
from accord.i18n import _
from accord.intake import dotted, parsing, words
from accord.text import currencies
from accord.text.characters import excerpt, fold


@dataclass(frozen=True)
class Habits:
    """How the texts of a deal are written: by which locales, in which currency, and from which day they count."""

    dates: str
    amounts: str
    currency: str | None = None
    today: datetime.date | None = None


def set_key(
    data: dict[str, Any],
    key: str,
    text: str,
    kind: Literal["deal", "house"] = "deal",
    habits: Habits | None = None,
) -> None:
    """Set the dotted `key` of `data`, a deal or a house, to what `text` says, as `--set` does.

    The text becomes what the model wants there: a whole number, true or false,
    a list (items parted by ";" or "|", or as TOML writes lists), the value that
    a word means ("abonnement", "France"); with `habits`, also a date or an
    amount as people write them, else as a file has them.  A price or a term
    that says its period ("40 €/mois", "12 mois") sets that too.
    Raises `FaultyInput`, which names no file, if there is no such key or the
    text does not fit.
    """
    name = key.strip()
    info = _keys_of(kind).get(name)
    if info is None:
        raise FaultyInput([Fault("", excerpt(name), _no_such_key(name, kind))])
    try:
        dotted.put(data, name, _converted(data, name, info, text, habits))
    except AccordError as error:
        raise Defect(str(error)).about("", name) from None


@cache
def _keys_of(kind: Literal["deal", "house"]) -> Mapping[str, FieldInfo]:
    return dict(all_keys(ROOTS[kind]))


def set_keys(
    data: dict[str, Any],
    texts: Mapping[str, str],
    kind: Literal["deal", "house"] = "deal",
    habits_of: Callable[[Mapping[str, Any]], Habits] | None = None,
) -> list[Fault]:
    """Set each key as `set_key` does, as far as it can be; returns the faults of the others.

    `habits_of` gives the habits that follow from the data so far.
    """
    faults: list[Fault] = []
    for key in sorted(texts, key=turn):
        try:
            set_key(data, key, texts[key], kind, habits_of(data) if habits_of else None)
        except FaultyInput as error:
            faults += error.faults
    return faults


def turn(key: str) -> int:
    """When a key is read: after those that say how it is written."""
    key = key.strip()
    if key in {"language", "locale"}:
        return 0
    if key == "decision.term":  # counted in the period that the price may say
        return 3
    return 1 if key == "date" or key.endswith((".country", ".currency", ".period")) else 2


def _no_such_key(name: str, kind: Literal["deal", "house"]) -> str:
    keys = [key for key, info in all_keys(ROOTS[kind]) if not (table_at(info) or rows_at(info))]
    ending = f".{name.rpartition('.')[2]}"
    meant = MEANT_KEYS.get(ending[1:].lower(), "")
    close = (
        [key for key in keys if meant and (key == meant or key.endswith(f".{meant}"))]
        or closest(name, keys, cutoff=0.8)
        or [key for key in keys if key.endswith(ending)]
        or closest(name, keys)
    )
    if close:
        return _("is not a key of that file; did you mean {keys}?").format(keys=", ".join(close[:3]))
    return _("is not a key of that file; “accord schema {kind}” lists them all").format(kind=kind)


def _converted(data: dict[str, Any], name: str, info: FieldInfo, text: str, habits: Habits | None) -> Any:
    """The text as the type that the model wants; `AccordError` if it cannot be."""
    if inner := table_at(info):
        example = f"{name}.{next(iter(inner.model_fields))}"
        raise Defect(_("is a whole table; set one of its keys, such as {key}").format(key=example))
    if rows_at(info):
        raise Defect(
            _("is a list of tables; write them in the file, each under [[{name}]]").format(name=name)
        )
    kind = plain_type(info)
    if choices_at(info):
        return words.meant(name, text) or text
    if (word := fold(text).strip()) in words_at(info):  # "total", where a sum may stand
        return word
    if kind in {int, bool}:
        return _number(data, name, text, habits) if kind is int else _answer(text)
    if kind in {Decimal, datetime.date}:
        return _measured(data, name, kind, text, habits) if habits else text
    return _items(text) if get_origin(kind) is tuple else _text(data, name, text)


def _text(data: dict[str, Any], name: str, text: str) -> str:
    """A text; of a country its code, of a British company number all its digits."""
    if name.endswith(".country"):
        return _country(text)
    if name.endswith(".currency"):
        return words.meant(name, text) or text
    if name.endswith(".registration"):
        party = name.removesuffix("registration")
        form, named = (dotted.get(data, f"{party}{key}") for key in ("legal_form", "name"))
        charity = legal_forms.is_charity(_form(form, named))
        return identifiers.whole(text, dotted.get(data, f"{party}country"), charity=charity)
    return text


def _form(form: Any, name: Any) -> str | None:
    """A British party's legal form, as it is given or as its name says it."""
    if isinstance(form, dict):  # one text per language
        form = form.get("en") or form.get("fr")
    if form is None and isinstance(name, str) and (said := legal_forms.in_name(name, "GB")):
        return said.short
    return form if isinstance(form, str) else None


def _country(text: str) -> str:
    code = countries.code_of(text)
    if code is None:
        sentence = _("“{text}” is not a country; write its name, or its two letters, such as FR")
        if close := countries.close_to(text):
            sentence = _("“{text}” is not a country; did you mean “{country}”?")
        raise Defect(sentence.format(text=excerpt(text), country=close))
    return code


def _number(data: dict[str, Any], name: str, text: str, habits: Habits | None) -> int:
    """A whole number of things, of days, of years or of the periods of a subscription."""
    if name == "decision.term":
        number, period = parsing.term(text, dotted.get(data, "decision.period"))
        _set_period(data, period, text)
        return number
    if name.endswith("_days"):
        return parsing.days(text)
    if name.endswith("_years"):
        return parsing.term(text, "year").number
    return parsing.count(text, habits.amounts if habits else "")


def _measured(data: dict[str, Any], name: str, kind: Any, text: str, habits: Habits) -> str:
    """A date, a rate or an amount, as a file has it."""
    if name.endswith("_rate"):
        return _OF_TAX.sub("", text.strip()).removesuffix("%").strip().replace(",", ".")
    if name == "decision.unit_price":
        price, period = parsing.price(text, habits.amounts, habits.currency)
        _set_period(data, period, text)
        return f"{price:f}"
    if kind is datetime.date:
        # "31 March" is no hint at the year of a letter that may be an old one.
        return parsing.day(text, habits.dates, None if name == "date" else habits.today).isoformat()
    currency = habits.currency
    if not name.startswith("decision."):
        text, currency = _of_capital(data, name, text)
    return f"{parsing.amount(text, habits.amounts, currency):f}"


_BY_LAKHS = {"BDT", "INR", "LKR", "NPR", "PKR"}
_LAKHS = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")  # 1,00,000


def _of_capital(data: dict[str, Any], name: str, text: str) -> tuple[str, str | None]:
    """The text of a capital, without the sign of its currency where that may be any of the world, and that currency.

    The sign tells it where neither the currency nor the country is said; `Defect` if it is of another.
    """
    currency = _currency_of_capital(data, name)
    figures, sign = currencies.beside_figures(text)
    named = {code for code in (sign.upper(),) if code in currencies.in_use()} or {*currencies.meant_by(sign)}
    if currency is None and len(named) == 1:
        (currency,) = named
        dotted.put(data, f"{name.rpartition('.')[0]}.currency", currency)
    if currency in _BY_LAKHS and _LAKHS.fullmatch(figures):
        figures = text = figures.replace(",", "")
    if currency and sign in currencies.signs_of(currency):
        return figures, currency
    if currency and named and currency not in named:
        sentence = _("“{text}” is not in {currency}; write the number alone, or change the currency")
        raise Defect(sentence.format(text=excerpt(text), currency=currency))
    return text, currency


_OF_TAX = re.compile(r"^(?:TVA|VAT)\s*:?\s*(?=[0-9])|(?<=[0-9%])\s*(?:de )?(?:TVA|VAT)$", re.IGNORECASE)
"""The name of the tax beside its rate: "TVA 20 %", "20% VAT"."""


def _currency_of_capital(data: dict[str, Any], name: str) -> str | None:
    """The currency that a company's capital is printed in: the one stated, or its country's; None if neither is known."""
    party = name.rpartition(".")[0]
    stated, country = (dotted.get(data, f"{party}.{key}") for key in ("currency", "country"))
    return (
        stated
        if isinstance(stated, str)
        else currencies.of_country(country if isinstance(country, str) else None)
    )


def _set_period(data: dict[str, Any], period: str | None, text: str) -> None:
    """Note the period that a price or a term says; `Defect` if another one is stated."""
    stated = dotted.get(data, "decision.period")
    if period and stated not in {None, period}:
        names = words.named("decision.period")
        sentence = _("“{text}” is per {period}, but the period is the {other}; correct one of the two")
        raise Defect(
            sentence.format(text=excerpt(text), period=names[period], other=names.get(stated, stated))
        )
    if period:
        dotted.put(data, "decision.period", period)


def _answer(text: str) -> bool:
    answer = yes_or_no(text)
    if answer is None:
        sentence = _("is neither yes nor no ({text}); write yes or no")
        raise Defect(sentence.format(text=excerpt(text)))
    return answer


YES = {"true", "yes", "y", "vrai", "oui", "o", "1"}
NO = {"false", "no", "n", "faux", "non", "0"}


def yes_or_no(text: str) -> bool | None:
    """What `text` answers, in French or English; None if neither."""
    word = text.strip().casefold()
    return word in YES if word in YES | NO else None


ITEM = re.compile(r"(?:&#?\w{1,10};|[^;|])+")  # the semicolon of "&amp;" parts nothing


def _items(text: str) -> list[Any]:
    """A list from TOML's own notation, or from parts between ";" or "|"."""
    if text.strip().startswith("["):
        try:
            value = toml_reader.parse(f"list = {text}")["list"]
        except (Defect, KeyError):
            value = None
        if isinstance(value, list):
            return value
    return [part.strip() for part in ITEM.findall(text) if part.strip()]
