"""The spaces, quotes and apostrophes of a text as printers set them.

French follows the *Lexique des règles typographiques en usage à l'Imprimerie
nationale* (fr_FR, fr_BE), the *Guide du typographe* (fr_CH) and the *Banque de
dépannage linguistique* of the OQLF (fr_CA).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from accord.text import quotes
from accord.text.characters import NARROW, NO_BREAK
from accord.text.currencies import CODE, NOUNS, SYMBOLS, any_of
from accord.text.locales import is_french, months


@dataclass(frozen=True)
class _French:
    """A country's spaces: before ";!?", before ":", inside « », between thousands."""

    high: str
    colon: str
    quote: str
    group: str


_FRENCH = {
    "fr_FR": _French(NARROW, NO_BREAK, NO_BREAK, NARROW),
    "fr_BE": _French(NARROW, NO_BREAK, NO_BREAK, NARROW),
    "fr_CH": _French(NARROW, NARROW, NARROW, NARROW),
    "fr_CA": _French("", NO_BREAK, NO_BREAK, NO_BREAK),
}

# While rules run, one private-use character stands for each part they must not
# see into: a placeholder (which reads like a number or a name), another opaque
# part, or the marker that begins a Markdown line.
_VALUE, _OPAQUE, _MARKER = "\ue000", "\ue001", "\ue002"
_PROTECTED = re.compile(
    r"""
    (?P<value> \{\{.*?\}\} )
  | (?P<marker> ^(?:[ \t]*(?:[-*+>]|[0-9]{1,9}[.)]|\#{1,6})[ \t]+)+ )
  | ^[ ]*\|?[ ]*:?-{2,}[-|: ]*$                              # the rule under a table's head
  | `[^`\n]+`
  | </?[A-Za-z][^<>\n]*>
  | (?:https?://|www\.)[^\s<>«»“”"{}]*[^\s<>«»“”"{}.,;:!?)\]’'*_]
  | [^\s<>(«“"'’*{}]+@[^\s<>{}]+\.[a-z]{2,}
  | \]\([^)\n]*\)
  | !(?=\[)
  | &\#?\w+;
  | \\[!-/:-@\[-`|-~]
  | [\ue000-\ue002]
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

# In what people type, braces are no placeholders, and code may stand without marks.
_PROTECTED_IN_VALUES = re.compile(
    rf"""[\w.+'’-]+@[\w.-]+\.[a-z]{{2,}} | \{{[^{{}}\n]*\}} | \w[(\[](?P<in>["'])[^\n]*?(?P=in)[)\]] | =[ ]?(?P<is>["'])[^"'\n]*(?P=is)
  | {_PROTECTED.pattern.replace("(?P<value>", "(?:")}""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

_PROTECTED_IN_NAMES = re.compile(
    rf"{_PROTECTED_IN_VALUES.pattern} | (?<=\w)[;:!?%]+", _PROTECTED_IN_VALUES.flags
)

_SPACE = "[ \u00a0\u202f]"
_REFERENCES = (
    r"[Aa]rticles?|[Aa]rt\.|[Cc]lauses?|[Ss]ections?|[Aa]nnexes?|[Aa]nnex|[Ss]chedules?|[Pp]ages?|p\.|§§?"
)
_UNITS = rf"(?:[kKM]|Md)?[{SYMBOLS}]|{CODE}|h|min|km|kg|[KMGT][Bo]"
_GLUE = {
    "fr": (
        rf"(?<!\w)(?:{_REFERENCES}|[Nn]os?°|[Nn]°s?|[Aa]linéas?)GAP(?=[0-9VALUE])",
        r"(?<!\w)(?:MM?\.|Mmes?|Mr|Me|Dr|Pr)GAP(?=[A-ZÀ-ÞŒVALUE])",
        (
            rf"[0-9VALUE](?:er)?GAP(?=(?:{_UNITS}|jours?|semaines?|mois|ans?|années?|heures?|minutes?"
            rf"|{any_of(NOUNS['fr'])}|pour cent|{any_of(months('fr'))})(?!\w))"
        ),
        rf"(?<!\w)(?:{CODE})GAP(?=[0-9VALUE])",
        r"[0-9]GAPhGAP(?=[0-9]{2}(?!\w))",
    ),
    "en": (
        rf"(?<!\w)(?:{_REFERENCES}|[Nn]os?\.)GAP(?=[0-9VALUE])",
        r"(?<!\w)(?:Mr|Mrs|Ms|Dr|Prof)\.?GAP(?=[A-ZÀ-ÞŒVALUE])",
        (
            rf"[0-9VALUE]GAP(?=(?:{_UNITS}|(?:business |working )?days?|weeks?|months?|years?|hours?"
            rf"|minutes?|[ap]\.?m\.?|{any_of(NOUNS['en'])}|per ?cent|{any_of(months('en'))})(?!\w))"
        ),
        rf"(?<!\w)(?:{CODE})GAP(?=[0-9VALUE])",
    ),
}
_GROUPS = r"(?<![0-9.,])[0-9]{1,3}(?:GAP[0-9]{3})+(?![0-9])"
_COUNTED = (
    r"(?<=[0-9])(?<!(?<![0-9])[0-9]{4})GAP(?=[^\W\d_]{4})",  # "100 000 écritures"; a number like 2027 is a year
    r"(?<![0-9])\+?[0-9]{1,3}(?:GAP[0-9]{1,2}){4,}(?![0-9])",  # a telephone number
)


@cache
def _compiled(pattern: str, gap: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("GAP", gap).replace("VALUE", _VALUE))


@lru_cache(maxsize=1024)  # the clauses are few, and in every letter of a batch
def prose(text: str, locale: str) -> str:
    """A clause's Markdown, written with plain spaces and quotes, as printers set it.

    Quotes and apostrophes curl; spaces before and inside punctuation follow the
    locale; numbers stay with their unit, "article" with its number, "Mme" with
    the name.  Placeholders, links, code and Markdown's own signs stay as they
    are.  Doing it twice changes nothing.
    """
    # A wrapped line is a space to Markdown, so a no-break space may take its place.
    return _set(text, locale, _PROTECTED, rf"(?:{_SPACE}*\n *|{_SPACE}+)")


@lru_cache(maxsize=1024)
def value(text: str, locale: str) -> str:
    """What somebody typed, as printers set it: the words stay, quotes, apostrophes and spaces become ours.

    Addresses of the web, e-mail and code stay as they are, and so does an
    inch; a number stays with what it counts.  Doing it twice changes nothing.
    """
    return _set(_single_spaced(text), locale, _PROTECTED_IN_VALUES, f"{_SPACE}+", _COUNTED)


@lru_cache(maxsize=1024)
def name(text: str, locale: str) -> str:
    """A name somebody typed: as `value`, but for a sign that ends a word of it, as in "Yahoo!"."""
    return _set(_single_spaced(text), locale, _PROTECTED_IN_NAMES, f"{_SPACE}+", _COUNTED)


@lru_cache(maxsize=1024)
def address(line: str, locale: str) -> str:
    """A line of a postal address, as `name`, in which a number stays with what it numbers, and a postcode whole."""
    line = name(line, locale)
    for pattern in (
        r"(?<!\w)[0-9]+(?: ?(?:bis|ter|quater|[A-Da-d]))?(?:[-/][0-9]+)?,? +(?=\w)",  # 8 bis, rue; 69002 Lyon
        r"(?<!\w)(?:BP|CS|TSA|PO Box|Apt|Flat|Floor|Room|Suite|Unit|No\.?|n°) +(?=\w*[0-9])",
        r"(?<!\w)[A-Z]{1,2}[0-9][0-9A-Z]? +(?=[0-9][A-Z]{2}(?!\w))",  # CB10 1AX
    ):
        line = re.sub(pattern, lambda gap: gap[0].replace(" ", NO_BREAK), line)
    return line


def _single_spaced(text: str) -> str:
    return re.sub(rf"(?<=\S){_SPACE}{{2,}}(?=\S)", " ", text)


def _set(text: str, locale: str, protected: re.Pattern[str], gap: str, glue: Sequence[str] = ()) -> str:
    """`text` as printers set it, but for the parts that are `protected`.

    `gap` is a pattern of the space between two words; `glue` has more patterns,
    besides those of the language, in which GAP is not to be broken at.
    """
    parts: list[str] = []

    def protect(part: re.Match[str]) -> str:
        parts.append(part[0])
        return {"value": _VALUE, "marker": _MARKER}.get(part.lastgroup or "", _OPAQUE)

    text = protected.sub(protect, text)
    text = re.sub(r"(?<!\.)\.\.\.(?!\.)", "…", text)
    text = quotes.curl(text, locale[:2])
    text = _punctuate_french(text, _FRENCH[locale]) if is_french(locale) else _punctuate_english(text)
    text = _glue(text, locale, gap, glue)
    rest = iter(parts)
    return re.sub(f"[{_VALUE}{_OPAQUE}{_MARKER}]", lambda _part: next(rest), text)


def _glue(text: str, locale: str, gap: str, patterns: Sequence[str]) -> str:
    """The no-break spaces that do not depend on punctuation, one for each `gap`."""
    group = _FRENCH[locale].group if is_french(locale) else NO_BREAK
    glue = (*_GLUE[locale[:2]], *patterns)
    for pattern, space in ((_GROUPS, group), *((each, NO_BREAK) for each in glue)):
        text = _compiled(pattern, gap).sub(
            lambda match, space=space: re.sub(gap, space, match[0]),  # type: ignore[misc]
            text,
        )
    return text


def _punctuate_french(text: str, spaces: _French) -> str:
    """The spaces around French punctuation; missing ones are put in."""
    word = rf"(?<=[\w)\]»”’%{SYMBOLS}…{_VALUE}{_OPAQUE}])"
    closing = r"(?:[\s)\]»”’*_.,…]|$)"
    for pattern, space in (
        (rf"(?<=[^\s(\[«“‘!?;:]){_SPACE}+(?=[;!?])|{word}(?=[;!?]+{closing})", spaces.high),
        (rf"(?<=[^\s(\[«“‘:]){_SPACE}+(?=:)|{word}(?=:{closing})", spaces.colon),
        (rf"(?<=«){_SPACE}*(?=\S)", spaces.quote),
        (rf"(?<=[^\s«]){_SPACE}*(?=»)", spaces.quote),
        (rf"(?<=[0-9{_VALUE}]){_SPACE}*(?=%)", NO_BREAK),
        (rf"{word}{_SPACE}+(?=[,.](?:\s|$))", ""),
    ):
        text = re.sub(pattern, space, text, flags=re.MULTILINE)
    return text


def _punctuate_english(text: str) -> str:
    """English has no space before punctuation or the per-cent sign."""
    word = rf"(?<=[\w)\]”’%{SYMBOLS}…*{_VALUE}{_OPAQUE}])"
    text = re.sub(rf"{word}{_SPACE}+(?=[,.;:!?]+(?:[\s)\]”’*_]|$))", "", text, flags=re.MULTILINE)
    return re.sub(rf"(?<=[0-9{_VALUE}]){_SPACE}+(?=%)", "", text)
