"""The language in which the program speaks to its user.

The interface has its own language, apart from the letter's: `ACCORD_LANG`
decides, then the usual POSIX variables.  Modules mark their sentences with
`from accord.i18n import _`; the language they come out in is a context
variable, so that two threads or tasks may speak two languages at once.  A new
thread starts in English unless it runs in a copy of the context that made it.
"""

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

DOMAIN = "accord"
LANGUAGES = ("en", "fr")
LOCALES: Mapping[str, str] = {"en": "en_GB", "fr": "fr_FR"}
"""How each language of the interface prints dates and sums."""
CATALOGUES = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - pathlib would be a tenth of `--help`


_language: ContextVar[str] = ContextVar("language", default="en")


def detect(environment: Mapping[str, str]) -> str:
    """The interface language that the environment asks for: "fr" or "en"."""
    for name in ("ACCORD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def use(language: str) -> None:
    """Speak `language` ("fr" or "en") in the current context from now on."""
    _language.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` ("fr" or "en") within a `with` block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    # A catalogue is part of the installed program and never changes while it runs; English has none.
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)


def language() -> str:
    """The language in use: "fr" or "en"."""
    return _language.get()


def locale() -> str:
    """The locale by whose habits the interface prints dates and sums: "fr_FR" or "en_GB"."""
    return LOCALES[language()]


def _(sentence: str) -> str:
    """`sentence`, which the code has in English, in the language in use."""
    return _catalogue(_language.get()).gettext(sentence)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form that `count` things take, in the language in use."""
    return _catalogue(_language.get()).ngettext(singular, plural, count)


def N_(text: str) -> str:  # noqa: N802 - the name by which Babel finds texts that are translated later
    """Mark a description for the catalogues; whoever shows it translates it."""
    return text
