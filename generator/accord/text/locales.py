"""What a locale says of itself: its language, and its entry in CLDR."""

from functools import cache

from babel.core import Locale as Cldr


def is_french(locale: str) -> bool:
    """Whether texts of the locale follow French usage."""
    return locale.startswith("fr")


@cache
def cldr(locale: str) -> Cldr:
    """The names of months, territories and the like, from the Unicode Common Locale Data Repository."""
    return Cldr.parse(locale)
