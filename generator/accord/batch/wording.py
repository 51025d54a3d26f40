"""What is wrong with a deal, in the words of a spreadsheet: headings for keys, words for values.

The sentences of the domain speak of deal files.  Whoever fills in a spreadsheet
has never seen one: he knows the headings of the columns, the words of their
lists, and numbers and days as his own language writes them.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

from accord import i18n
from accord.batch.columns import keys
from accord.domain.base import choices_at
from accord.i18n import _
from accord.intake import words
from accord.text.characters import in_quotes

SETTING = re.compile(r'(?<![\w.])([a-z_]+(?:\.[a-z_]+)*) = "([^"\n]*)"')
KEY = re.compile(r"(?<![\w.@/“«\u00a0-])[a-z]+(?:\.[a-z_]+)+(?![\w@/.=-])")
NUMBER = re.compile(r'"([0-9]+(?:\.[0-9]+)?)"')
DAY = re.compile(r"(?<![\w-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![\w-])")
AS_PEOPLE_WRITE = re.compile(r"\b[0-9]{2}/[0-9]{2}/[0-9]{4}\b")
LEFT_OUT = {
    "en": re.compile(r"leave (?:the|this) key out|leave this out"),
    "fr": re.compile(r"(?:omettez|retirez) (?:la|cette) clé|ne l’indiquez pas"),
}
QUOTED = re.compile(r'\{[^{}\n]*\}|(?<!--ignore )"([^"\n]*)"')  # an object of JSON stays as it is written


def in_sheet(title: Callable[[str], str], key: str, sentence: str) -> str:
    """A sentence about the dotted `key` of a deal, for a spreadsheet that heads each key by its `title`."""
    sentence = sentence.replace(
        _(", or write it all in a document and name that under [[annex]], as title and file"), ""
    )
    sentence = SETTING.sub(lambda found: _setting(found, key, title), sentence)
    sentence = KEY.sub(lambda found: in_quotes(title(found[0])) if found[0] in keys() else found[0], sentence)
    point = "," if i18n.language() == "fr" else "."
    sentence = NUMBER.sub(lambda found: found[1].replace(".", point), sentence)
    if not AS_PEOPLE_WRITE.search(sentence):
        sentence = DAY.sub(r"\3/\2/\1", sentence)
    sentence = LEFT_OUT[i18n.language()].sub(_("leave the cell empty"), sentence)
    choices = words.named(key) if key in keys() and choices_at(keys()[key]) else {}
    for value, word in choices.items():
        sentence = sentence.replace(in_quotes(value), in_quotes(word))
    return QUOTED.sub(
        lambda found: found[0] if found[1] is None else in_quotes(choices.get(found[1], found[1])), sentence
    )


def _setting(found: re.Match[str], about: str, title: Callable[[str], str]) -> str:
    """A key and the value to write, as the word for it and its column; a bare name is one beside the key it is about."""
    beside = f"{about.rpartition('.')[0]}.{found[1]}".removeprefix(".")
    key = beside if beside in keys() else _ends().get(found[1], found[1])
    if key not in keys():
        return found[0]
    value = words.named(key).get(found[2], found[2]) if choices_at(keys()[key]) else found[2]
    return _("{word} under {heading}").format(word=in_quotes(value), heading=in_quotes(title(key)))


@cache
def _ends() -> Mapping[str, str]:
    """The key for each name that ends one, that of the answer before that of the prospect."""
    ends = {
        key.rpartition(".")[2]: key
        for key in reversed([*keys()])
        if key.startswith(("decision.", "decline."))
    }
    return {
        **{key.rpartition(".")[2]: key for key in reversed([*keys()])},
        **ends,
        **{key: key for key in keys()},
    }
