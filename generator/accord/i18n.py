"""The language the program speaks to its user in (floor 0).

The interface has its own language, apart from the letter's: `ACCORD_LANG`
decides, then the usual POSIX variables.  Modules mark their sentences with
`from gettext import gettext as _`; this module points that function, and with
it click's own messages, at the program's catalogues.
"""

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

DOMAIN = "accord"
LANGUAGES = ("en", "fr")
CATALOGUES = Path(__file__).parent / "locale"


def detect(environment: Mapping[str, str]) -> str:
    """The interface language that the environment asks for: "fr" or "en"."""
    for name in ("ACCORD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def use(language: str) -> None:
    """Speak `language` ("fr" or "en") from now on, click's own messages included.

    gettext reads the language from the environment at each look-up, so it is
    set there; the sentences in the code are the English catalogue.
    """
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)


def language() -> str:
    """The language in use: "fr" or "en"."""
    return os.environ.get("LANGUAGE", "en")
