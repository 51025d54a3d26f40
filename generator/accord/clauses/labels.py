"""The fixed words of the page: ours, and a house's own in their place.

Ours stand in `templates/<language>/labels.toml`.  A house puts those that it
words otherwise, section by section and key by key, into a file of that name in
its own `templates/<language>/`.
"""

from collections.abc import Callable, Iterator, Mapping
from string import Formatter
from typing import Any

from accord.domain.suggestions import closest
from accord.errors import Fault, FaultyInput
from accord.i18n import _
from accord.text.characters import excerpt

FILE = "labels.toml"

Labels = Mapping[str, Mapping[str, str]]
"""The fixed words of a language, by section and key."""

ALWAYS_PRINTED = "layout"
"""The section whose words the page asks for by itself, once the letter is composed."""


def with_own(
    ours: Labels, own: Mapping[str, Any], source: str, unprintable: Callable[[str], str | None]
) -> Labels:
    """Our labels with a house's own in their place; `FaultyInput`, naming `source`, with all that is wrong with these.

    `unprintable` says why a text cannot be printed, or None.
    """
    faults = [*_faults(ours, own, source, unprintable)]
    if faults:
        raise FaultyInput(faults)
    return {section: {**words, **own.get(section, {})} for section, words in ours.items()}


def _faults(
    ours: Labels, own: Mapping[str, Any], source: str, unprintable: Callable[[str], str | None]
) -> Iterator[Fault]:
    for section, words in own.items():
        name = excerpt(section)
        if section not in ours:
            close = (closest(section, ours, 0.3) or ["title"])[0]
            sentence = _("is not a section of labels; did you mean [{close}]?")
            yield Fault(source, name, sentence.format(close=close))
        elif not isinstance(words, dict):
            yield Fault(
                source,
                name,
                _("must be a table; write the heading [{name}] and its keys below").format(name=name),
            )
        else:
            for key, text in words.items():
                if refusal := _refusal(ours[section], key, text, unprintable):
                    yield Fault(source, f"{name}.{excerpt(key)}", refusal)


def _refusal(
    ours: Mapping[str, str], key: str, text: object, unprintable: Callable[[str], str | None]
) -> str | None:
    """Why a house cannot have this label, or None."""
    if key not in ours:
        close = (closest(key, ours, 0.3) or [*ours])[0]
        return _("is not a label of this section; did you mean {close}?").format(close=close)
    if not isinstance(text, str):
        return _("is not a text; write it between quotes")
    if not text.strip():
        return _("is empty; write the words, or take the key out to keep ours")
    return unprintable(text) or _wrong_values(ours[key], text)


def _wrong_values(ours: str, text: str) -> str | None:
    """Why a text has not the values in braces that our label has, or None."""
    wanted = _fields(ours)
    if _fields(text) == wanted:
        return None
    if not wanted:
        return _("holds a brace; write words alone, for this label has no value in it")
    values = ", ".join(f"{{{field}}}" for field in sorted(wanted))
    return _("must hold these values and no other: {values}").format(values=values)


def _fields(text: str) -> set[str]:
    """The values in braces of a label; one that no label has where a brace stands for itself or for nothing.

    Doubled braces would be read a second time where a label is part of another.
    """
    try:
        parts = [*Formatter().parse(text)]
    except ValueError:
        return {"{"}
    alone = {"{" for words, *_value in parts if "{" in words or "}" in words}
    return alone | {
        f"{field}{spec}{conversion or ''}" for _words, field, spec, conversion in parts if field is not None
    }


class Section(dict[str, str]):
    """The labels of a section, which remembers those that a letter asks for."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The label, which counts as asked for, or the default."""
        try:
            return self[key]
        except KeyError:
            return default


def watched(labels: Labels) -> dict[str, Section]:
    """The same labels, for one letter."""
    return {section: Section(words) for section, words in labels.items()}


def printed(labels: Mapping[str, Section], ours: Labels) -> dict[str, dict[str, str]]:
    """The labels that a letter asked for and that are not ours, by section: what it has to bring to be composed again."""
    own = {
        section: {
            key: words[key]
            for key in sorted(words.asked & words.keys() if section != ALWAYS_PRINTED else words)
            if words[key] != ours[section].get(key)
        }
        for section, words in labels.items()
    }
    return {section: words for section, words in own.items() if words}
