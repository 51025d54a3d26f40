"""Special characters: invisible ones, no-break spaces, and how a message quotes them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from os import PathLike

from accord.i18n import _

NO_BREAK = "\u00a0"
NARROW = "\u202f"  # narrow no-break space: the French "espace fine insécable"
MOST_NAMED = 8  # characters that one message lists
LONGEST_PATH = 4096  # characters of a path in a message


def is_hidden(char: str) -> bool:
    """Whether a character prints nothing, or changes how its neighbours read.

    Control, format (bidirectional overrides, zero-width characters), private,
    surrogate and unassigned code points, line and paragraph separators, and
    the blank fillers that Unicode files among the letters.
    """
    return (
        unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
        or char in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )


def name_of(char: str) -> str:
    """The code point of a character and its Unicode name, such as "U+0009 (tab)"."""
    control_names = {"\t": _("tab"), "\n": _("line break")}
    name = control_names.get(char) or unicodedata.name(char, "")
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"


def excerpt(text: str, longest: int = 60) -> str:
    """`text` as an error message may quote it: short, on one line, nothing hidden."""
    return _visible(text if len(text) <= longest else text[: longest - 1] + "…")


def path_name(path: PathLike[str] | str) -> str:
    """A file as messages name it."""
    return excerpt(str(path), LONGEST_PATH)


def harmless(message: str) -> str:
    """`message` as a terminal may print it: nothing hidden but the breaks between its lines."""
    return "\n".join(map(_visible, message.split("\n")))


_UNUSUAL = re.compile("[^ -~\u00a0-\u00ac\u00ae-\u024f\u2013\u2014\u2018-\u201d\u2026\u202f\u20ac]")
"""What no text of French or English has; only a text with such characters is looked through one by one."""


def _visible(text: str) -> str:
    if not _UNUSUAL.search(text):
        return text
    return "".join(f"<U+{ord(char):04X}>" if is_hidden(char) else char for char in text)


def in_quotes(text: str) -> str:
    """A text between the quotation marks of the language in use: “text”, « text »."""
    return _("“{text}”").format(text=text)


def quoted(choices: Iterable[str]) -> str:
    """Values as a message lists them, each between quotation marks as a file wants them."""
    return ", ".join(f'"{choice}"' for choice in choices)


_PLAIN = str.maketrans({NO_BREAK: " ", NARROW: " ", "’": "'", "*": "", "\\": ""})


@lru_cache(maxsize=8192)  # letters of a batch say mostly the same
def plain(text: str) -> str:
    """A text for matching: plain spaces, straight apostrophes, no asterisks or backslashes of Markdown."""
    return text.translate(_PLAIN)


def folded_words(text: str) -> str:
    """The words of `text` without case, accents or signs, one space between them, for comparison."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def fold(text: str) -> str:
    """`text` without case or accents, for comparison."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def bare(text: str) -> str:
    """A word for comparison: no case, no accents, plain apostrophes, single spaces, no full stop."""
    return " ".join(fold(text).replace("’", "'").replace("*", "").split()).strip(" .")
