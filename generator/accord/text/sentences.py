"""Where what somebody typed begins and ends in our sentences: its first letter and its last stop."""

import re
from collections.abc import Callable, Sequence

_ABBREVIATED = re.compile(
    r"(?:(?<!\w)(?:etc|[Ii]nc|[Ll]td|[Cc]o|[Cc]orp|Cie|Ets|Bros|St|env|max|min|cf|ex|no|vs|approx|incl|excl)"
    r"|(?<!\w)(?:\w\.-?)+\w|(?<!\w)[A-Z])\.\Z"
)
_FINISHED = re.compile(r"[.!?…][\s»”’\")\]]*\Z")
_FIRST_WORD = re.compile(r"\A([«“‘(\[\s]*)([^\W\d_]+)(?![\w.@:/])")
_OPENERS = {
    "fr": [
        "à",
        "après",
        "au",
        "aucun",
        "aucune",
        "aux",
        "avant",
        "avec",
        "ce",
        "cet",
        "cette",
        "ces",
        "chaque",
        "chez",
        "d",
        "dans",
        "de",
        "depuis",
        "des",
        "dès",
        "du",
        "elle",
        "en",
        "entre",
        "il",
        "l",
        "la",
        "le",
        "les",
        "lors",
        "lorsque",
        "ne",
        "on",
        "par",
        "pendant",
        "pour",
        "quand",
        "s",
        "sans",
        "se",
        "si",
        "sous",
        "sur",
        "tous",
        "tout",
        "toute",
        "toutes",
        "un",
        "une",
        "abonnement",
        "abonnements",
        "licence",
        "licences",
        "module",
        "modules",
        "pilote",
        "pilotes",
        "poste",
        "postes",
        "utilisateur",
        "utilisateurs",
    ],
    "en": [
        "a",
        "after",
        "all",
        "an",
        "any",
        "as",
        "at",
        "before",
        "by",
        "during",
        "each",
        "every",
        "for",
        "from",
        "if",
        "in",
        "it",
        "no",
        "on",
        "once",
        "one",
        "our",
        "that",
        "the",
        "these",
        "this",
        "those",
        "to",
        "when",
        "where",
        "while",
        "with",
        "within",
        "without",
        "licence",
        "licences",
        "license",
        "licenses",
        "module",
        "modules",
        "pilot",
        "pilots",
        "seat",
        "seats",
        "subscription",
        "subscriptions",
        "user",
        "users",
    ],
}
"""Words that no name begins with in the middle of a sentence, and what people sell by the piece."""


def ended(text: str) -> str:
    """A text with the stop that ends a sentence, unless it has one, also before its last quotation mark or bracket."""
    return text if _FINISHED.search(text) else text.rstrip(" ;,:") + "."


def unended(text: str) -> str:
    """A text without the sign that closes it; an abbreviation keeps its point, and a question its mark."""
    text = text.rstrip(" \u00a0\u202f;,:")
    return text if _ABBREVIATED.search(text) else re.sub(r"(?<!\.)\.\Z", "", text)


def capital(text: str) -> str:
    """A text that begins with a capital, unless its first word is written as no ordinary one is ("eBay")."""
    first = _FIRST_WORD.match(text)
    return _with_first(text, first, str.upper) if first and first[2].islower() else text


def small(text: str, language: str, *, verb: bool = False) -> str:
    """A text that begins small, as in the middle of a sentence, unless its first word may be a name or an acronym.

    `verb` says that it ought to begin with an infinitive.
    """
    first = _FIRST_WORD.match(text)
    if first is None or not (first[2].istitle() or len(first[2]) == 1):
        return text
    word = first[2].lower()
    is_verb = verb and (language == "en" or word.endswith(("er", "ir", "re")))
    return _with_first(text, first, str.lower) if is_verb or word in _OPENERS[language] else text


def _with_first(text: str, first: re.Match[str], change: Callable[[str], str]) -> str:
    place = first.start(2)
    return text[:place] + change(text[place]) + text[place + 1 :]


def series(items: Sequence[str], language: str) -> list[str]:
    """The items of a list after a colon, which end in semicolons and a stop; or sentences, if one of them is several."""
    if not items:
        return []
    if any(re.search(r"[.!?…]\s+[A-ZÀ-Þ]", item) for item in items):
        return [ended(capital(item)) for item in items]
    separator = " ;" if language == "fr" else ";"
    plain = [unended(small(item, language)) for item in items]
    *others, last = plain
    return [*(item if re.search("[?!…]\\Z", item) else item + separator for item in others), ended(last)]
