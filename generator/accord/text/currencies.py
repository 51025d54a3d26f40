"""The currencies that a letter can be in: their codes, signs and names.

To add a currency, add its ISO 4217 code to `Currency` and its entry to
`CURRENCIES`; all that prints, reads or recognises amounts goes by these.
Every amount has two decimals.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, get_args

from babel.core import Locale, UnknownLocaleError, get_global
from babel.languages import get_official_languages
from babel.numbers import get_currency_name, get_territory_currencies

from accord.text.characters import NO_BREAK

Currency = Literal["EUR", "GBP", "USD", "CHF", "CAD"]
CODES: tuple[Currency, ...] = get_args(Currency)
LANGUAGES = ("fr", "en")


class Noun(NamedTuple):
    """A noun in the singular and in the plural; `feminine` in French."""

    singular: str
    plural: str
    feminine: bool = False


class Names(NamedTuple):
    """The unit of a currency, its hundredth, and its hundredth without a unit before it."""

    unit: Noun
    cent: Noun
    lone_cent: Noun


@dataclass(frozen=True)
class Money:
    """One currency.

    `signs` are as they are printed, by language, or by locale where it has its
    own; `names` are by language; `typed` are other signs that people write.
    """

    signs: Mapping[str, str]
    names: Mapping[str, Names]
    typed: tuple[str, ...] = ()


_PENNY, _CENT, _CENTIME = Noun("penny", "pence"), Noun("cent", "cents"), Noun("centime", "centimes")

# A dollar names its country unless it is the reader's own.
CURRENCIES: Mapping[Currency, Money] = {
    "EUR": Money(
        signs={"fr": "€", "en": "€"},
        names={
            "fr": Names(Noun("euro", "euros"), _CENTIME, Noun("centime d’euro", "centimes d’euro")),
            "en": Names(Noun("euro", "euros"), _CENT, Noun("euro cent", "euro cents")),
        },
    ),
    "GBP": Money(
        signs={"fr": "£", "en": "£"},
        names={
            "fr": Names(Noun("livre sterling", "livres sterling", feminine=True), _PENNY, _PENNY),
            "en": Names(Noun("pound", "pounds"), _PENNY, _PENNY),
        },
        typed=("pound sterling", "pounds sterling", "sterling"),
    ),
    "USD": Money(
        signs={"fr": "$US", "fr_CA": f"${NO_BREAK}US", "en": "US$", "en_US": "$"},
        names={
            "fr": Names(
                Noun("dollar américain", "dollars américains"),
                _CENT,
                Noun("cent américain", "cents américains"),
            ),
            "en": Names(Noun("US dollar", "US dollars"), _CENT, Noun("US cent", "US cents")),
        },
    ),
    "CHF": Money(
        signs={"fr": "CHF", "en": f"CHF{NO_BREAK}"},
        names={
            "fr": Names(
                Noun("franc suisse", "francs suisses"), _CENTIME, Noun("centime suisse", "centimes suisses")
            ),
            "en": Names(
                Noun("Swiss franc", "Swiss francs"), _CENTIME, Noun("Swiss centime", "Swiss centimes")
            ),
        },
        typed=("fr", "fr."),
    ),
    "CAD": Money(
        signs={"fr": "$CA", "fr_CA": "$", "en": "CA$"},
        names={
            "fr": Names(
                Noun("dollar canadien", "dollars canadiens"), _CENT, Noun("cent canadien", "cents canadiens")
            ),
            "en": Names(
                Noun("Canadian dollar", "Canadian dollars"), _CENT, Noun("Canadian cent", "Canadian cents")
            ),
        },
        typed=("C$", "$C"),
    ),
}


_NEWLY = {"BG": "EUR"}  # from 1 January 2026 (Council Regulation (EU) 2025/1409); CLDR 47 is older


@cache
def of_country(country: str | None) -> str | None:
    """The ISO 4217 code of the currency of a country, by its ISO 3166 code; None for no country."""
    tender = get_territory_currencies(country) if country else []
    return _NEWLY.get(country or "") or next(iter(tender), None)


@cache
def in_use() -> frozenset[str]:
    """The ISO 4217 codes of the currencies that some country uses today."""
    return frozenset(
        code for country in get_global("territory_currencies") for code in get_territory_currencies(country)
    )


def order_currency(code: str | None) -> Currency | None:
    """A currency, if it is one in which a letter can state prices."""
    return next((currency for currency in CODES if currency == code), None)


def sign(currency: Currency, locale: str) -> str:
    """The sign of a currency in a locale, with the space that parts it from figures: "$US", "CHF "."""
    signs = CURRENCIES[currency].signs
    return signs.get(locale) or signs[locale[:2]]


def any_of(texts: Iterable[str]) -> str:
    """A regular expression for any of `texts`, the longest first; it may stand in a verbose one."""
    return "|".join(map(re.escape, sorted(texts, key=lambda text: (-len(text), text))))


def _nouns(noun: Noun, language: str) -> set[str]:
    """The nouns alone, singular and plural: "dollar" of "dollar américain" and of "US dollar"."""
    return {name.split()[0 if language == "fr" else -1] for name in (noun.singular, noun.plural)}


def names_of(currency: Currency, language: str) -> set[str]:
    """What the unit is called, singular and plural, in full and by the noun alone."""
    unit = CURRENCIES[currency].names[language].unit
    return {unit.singular, unit.plural, *_nouns(unit, language)}


NAMES = frozenset(name for code in CODES for language in LANGUAGES for name in names_of(code, language))
"""What people call the units, in any language: "US dollars", "dollars"."""

NOUNS: Mapping[str, frozenset[str]] = {
    language: frozenset(
        noun
        for money in CURRENCIES.values()
        for name in (money.names[language].unit, money.names[language].cent)
        for noun in _nouns(name, language)
    )
    for language in LANGUAGES
}
"""By language, the nouns of units and hundredths: "livres", "pence"."""

_SIGNS = {sign.strip(NO_BREAK) for money in CURRENCIES.values() for sign in money.signs.values()}
SYMBOLS = "".join(sorted(sign for sign in _SIGNS if len(sign) == 1))
"""The signs of one character, together: "$£€"."""
CODE = any_of(CODES)
"""A regular expression for any code."""
_LOOSE = {r"\s?".join(map(re.escape, re.findall(r"\w+|[^\w\s]", sign))) for sign in _SIGNS}  # "$US", "$ US"
SIGN = "|".join(sorted({*_LOOSE, *CODES}, key=lambda sign: (-len(sign), sign)))
"""A regular expression for any code or sign."""


def _key(mark: str) -> str:
    return "".join(mark.casefold().split())


def _marks(currency: Currency) -> Iterator[str]:
    """All that people write beside the figures of a currency."""
    yield from (currency, *CURRENCIES[currency].signs.values(), *CURRENCIES[currency].typed)
    for language in LANGUAGES:
        yield from names_of(currency, language)


MEANT: Mapping[str, tuple[Currency, ...]] = {
    mark: tuple(code for code in CODES if mark in set(map(_key, _marks(code))))
    for mark in sorted({_key(mark) for code in CODES for mark in _marks(code)})
}
"""The currencies that a sign, code or name may mean, without case or spaces: "$" is of two."""


def meant_by(mark: str) -> tuple[Currency, ...]:
    """The currencies that a sign, code or name may mean; none if it is not one."""
    return MEANT.get(_key(mark), ())


_ABBREVIATED = {  # as people write what CLDR does not
    "AED": ("dh", "dhs"),
    "ARS": ("$",),
    "AUD": ("a$",),
    "CLP": ("$",),
    "CNY": ("rmb", "¥"),
    "COP": ("$",),
    "CZK": ("kc",),
    "ILS": ("nis",),
    "INR": ("rs",),
    "JPY": ("¥",),
    "MAD": ("dh", "dhs"),
    "MXN": ("mx$", "$"),
    "NZD": ("nz$",),
    "PLN": ("zl",),
    "RON": ("lei",),
    "SGD": ("s$",),
    "TRY": ("tl",),
    "XAF": ("f cfa", "cfa"),
    "XOF": ("fcfa", "cfa"),
}


@cache
def signs_of(code: str) -> frozenset[str]:
    """What stands beside an amount of any currency, by its ISO 4217 code: the code, its signs and names here and at home."""
    marks = {code, *_ABBREVIATED.get(code, ())}
    for country in get_global("territory_currencies"):
        if of_country(country) == code:
            tongues = {*LANGUAGES, *get_official_languages(country)}
            marks |= {_symbol(code, locale) for each in tongues for locale in (each, f"{each}_{country}")}
    for count in (1, 2):
        french, english = (get_currency_name(code, count, locale=each) for each in LANGUAGES)
        marks |= {french, english, french.partition(" ")[0], english.rpartition(" ")[2]}
    return frozenset(_key(mark).strip(".") for mark in marks if mark)


def _symbol(code: str, locale: str) -> str:
    try:
        return str(Locale.parse(locale).currency_symbols.get(code, ""))
    except (ValueError, UnknownLocaleError):  # a language of which CLDR says little
        return ""


def is_foreign(mark: str) -> bool:
    """Whether a code, sign or name is that of a currency in which no letter can state prices: "yuan", "MAD"."""
    return not meant_by(mark) and any(_key(mark).strip(".") in signs_of(code) for code in in_use() - {*CODES})


def beside_figures(text: str) -> tuple[str, str]:
    """The figures of an amount, and the sign, code or name before or behind them: "" if none or both do."""
    match = re.fullmatch(r"\s*([^0-9]*)([0-9](?:.*[0-9])?)([^0-9]*)", text, re.DOTALL)
    if not match or (match[1].strip() and match[3].strip()):
        return text, ""
    return match[2], _key(f"{match[1]}{match[3]}").strip(".-")


def cell_words(currency: Currency, language: str) -> tuple[str, ...]:
    """What a spreadsheet calls a currency: its sign if no other one has it, and its names."""
    symbol, unit = sign(currency, language), CURRENCIES[currency].names[language].unit
    return (*([symbol] if symbol in SYMBOLS else []), unit.singular, unit.plural)
