"""What people type where it meets our words: one stop, the right first letter, inner quotation marks."""

import re

from accord.text import markup, sentences
from accord.text.markup import RichText

PROSE = frozenset(
    {
        "decline.alternative",
        "decline.own_alternative",
        "feature.description",
        "feature.exclusions",
        "feature.need",
        "letter.opening_note",
        "positioning.statement",
    }
)
"""The placeholders of sentences, or of parts of them, that people type."""

_STOPS = frozenset(".!?…")
_SENTENCE_GOES_ON = re.compile(r"\s*(?:[.,;:!?)»”’–—-]|[^\W\d_]|[0-9])")


def fitted(placeholder: str, text: RichText, before: str, after: str) -> RichText:
    """The text of a placeholder as it stands between `before` and `after` in a paragraph."""
    text = markup.after(before, text)
    if placeholder not in PROSE or not text or any(mark == "blank" for mark, _part in text.parts):
        return text
    words = sentences.capital(text) if _sentence_begins(before) else f"{text}"
    going_on = _SENTENCE_GOES_ON.match(after)
    goes_on = going_on is not None and not going_on[0][-1].isupper()
    return markup.recast(text, sentences.unended(words) if goes_on else sentences.ended(words))


def _sentence_begins(before: str) -> bool:
    """Whether a sentence begins after a text: there is none, or it ends with a stop, closing marks or not."""
    end = before.rstrip()
    return not end or end.rstrip("»”’)")[-1:] in _STOPS


def has_stopped(placeholder: str, text: str) -> bool:
    """Whether a text needs no stop of ours after it."""
    return text.endswith((".", "?", "!", "…") if placeholder in PROSE else ".")
