"""What the tests of printed words share: locales, currencies, no-break spaces made visible."""

import re

from hypothesis import settings

LOCALES = ("fr_FR", "fr_BE", "fr_CH", "fr_CA", "en_GB", "en_IE", "en_US")
CURRENCIES = ("EUR", "GBP", "USD", "CHF", "CAD")
FRENCH = tuple(locale for locale in LOCALES if locale.startswith("fr"))
ENGLISH = tuple(locale for locale in LOCALES if locale.startswith("en"))

STEADY = settings(derandomize=True, deadline=None, max_examples=200)
THOROUGH = settings(STEADY, max_examples=600)


def plain(text: str) -> str:
    """`text` with plain spaces for its no-break ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def one_line(text: str) -> str:
    """`text` with one plain space wherever it has spaces of any kind or breaks its lines."""
    return " ".join(text.split())


def words(text: str) -> str:
    """The letters and signs of `text`, whatever its spaces and its quotes: what typography leaves as it was typed."""
    return re.sub(r"[\s\\'\"’‘“”«».…`´]", "", text).casefold()


def shown(text: str) -> str:
    """`text` with its no-break spaces made visible: ~ is U+00A0, ^ is U+202F."""
    return text.replace("\u00a0", "~").replace("\u202f", "^")


def hidden(text: str) -> str:
    """The reverse of `shown`."""
    return text.replace("~", "\u00a0").replace("^", "\u202f")
