"""The spaces, quotes and apostrophes of a text as printers set them.

French follows the *Lexique des règles typographiques en usage à l'Imprimerie
nationale* (fr_FR, fr_BE), the *Guide du typographe* (fr_CH) and the *Banque de
dépannage linguistique* of the OQLF (fr_CA).
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

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

_SPACE = "[ \u00a0\u202f]"
_REFERENCES = (
    r"[Aa]rticles?|[Aa]rt\.|[Cc]lauses?|[Ss]ections?|[Aa]nnexes?|[Aa]nnex|[Ss]chedules?|[Pp]ages?|p\.|§§?"
)
_UNITS = rf"[{SYMBOLS}]|{CODE}|h|min|km|kg|[KMGT][Bo]"
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
    parts = []

    def protect(part: re.Match[str]) -> str:
        parts.append(part[0])
        return {"value": _VALUE, "marker": _MARKER}.get(part.lastgroup or "", _OPAQUE)

    text = _PROTECTED.sub(protect, text)
    text = _curl(text, french=is_french(locale))
    text = _punctuate_french(text, _FRENCH[locale]) if is_french(locale) else _punctuate_english(text)
    # A wrapped line is a space to Markdown, so a no-break space may take its place.
    text = _glue(text, locale, gap := rf"(?:{_SPACE}*\n *|{_SPACE}+)", gap)
    rest = iter(parts)
    return re.sub(f"[{_VALUE}{_OPAQUE}{_MARKER}]", lambda _part: next(rest), text)


def value(text: str, locale: str) -> str:
    """A user's text with some of its plain spaces made no-break, and no other change."""
    if is_french(locale):
        french = _FRENCH[locale]
        for pattern, space in (
            (r"(?<=\S) +(?=[;!?])", french.high or NO_BREAK),
            (r"(?<=\S) +(?=:)", french.colon),
            (r"(?<=«) +(?=\S)|(?<=\S) +(?=»)", french.quote),
            (r"(?<=[0-9]) +(?=%)", NO_BREAK),
        ):
            text = re.sub(pattern, lambda gap, space=space: space * len(gap[0]), text)  # type: ignore[misc]
    return _glue(text, locale, " +", " ")


def _glue(text: str, locale: str, gap: str, space_in_gap: str) -> str:
    """The no-break spaces that do not depend on punctuation, one for each `space_in_gap`; both are patterns."""
    group = _FRENCH[locale].group if is_french(locale) else NO_BREAK
    for pattern, space in ((_GROUPS, group), *((glue, NO_BREAK) for glue in _GLUE[locale[:2]])):
        text = _compiled(pattern, gap).sub(
            lambda match, space=space: re.sub(space_in_gap, space, match[0]),  # type: ignore[misc]
            text,
        )
    return text


def _curl(text: str, *, french: bool) -> str:
    """Straight quotes and dots to curly quotes, guillemets and the ellipsis."""
    text = re.sub(r"(?<!\.)\.\.\.(?!\.)", "…", text)
    opening = rf"(?:(?<=[\s(\[«“‘—–{_MARKER}])|(?<=^)|(?<=[*_])(?=.[\w{_VALUE}]))"
    left, right = ("«", "»") if french else ("“", "”")
    text = re.sub(rf'{opening}"(?=\S)', left, text, flags=re.MULTILINE).replace('"', right)
    if not french:
        text = re.sub(rf"{opening}'(?=\S)", "‘", text, flags=re.MULTILINE)
    return text.replace("'", "’")


def _punctuate_french(text: str, spaces: _French) -> str:
    """The spaces around French punctuation; missing ones are put in."""
    word = rf"(?<=[\w)\]»”’%{SYMBOLS}…{_VALUE}{_OPAQUE}])"
    closing = r"(?:[\s)\]»”’*_.,…]|$)"
    for pattern, space in (
        (rf"{word}{_SPACE}+(?=[,.](?:\s|$))", ""),
        (rf"(?<=[^\s(\[«“‘!?;:]){_SPACE}+(?=[;!?])|{word}(?=[;!?]+{closing})", spaces.high),
        (rf"(?<=[^\s(\[«“‘:]){_SPACE}+(?=:)|{word}(?=:{closing})", spaces.colon),
        (rf"(?<=«){_SPACE}*(?=\S)", spaces.quote),
        (rf"(?<=[^\s«]){_SPACE}*(?=»)", spaces.quote),
        (rf"(?<=[0-9{_VALUE}]){_SPACE}*(?=%)", NO_BREAK),
    ):
        text = re.sub(pattern, space, text, flags=re.MULTILINE)
    return text


def _punctuate_english(text: str) -> str:
    """English has no space before punctuation or the per-cent sign."""
    word = rf"(?<=[\w)\]”’%{SYMBOLS}…*{_VALUE}{_OPAQUE}])"
    text = re.sub(rf"{word}{_SPACE}+(?=[,.;:!?]+(?:[\s)\]”’*_]|$))", "", text, flags=re.MULTILINE)
    return re.sub(rf"(?<=[0-9{_VALUE}]){_SPACE}+(?=%)", "", text)
