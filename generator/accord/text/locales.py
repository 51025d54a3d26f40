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


_MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
"""As CLDR has them, which a test holds: what looks for days in a text needs those of both languages, and nothing else of them."""


@cache
def months(locale: str) -> tuple[str, ...]:
    """The names of the twelve months, from January on."""
    if locale in _MONTHS:
        return _MONTHS[locale]
    wide = cldr(locale).months["format"]["wide"]
    return tuple(wide[number] for number in range(1, 13))
