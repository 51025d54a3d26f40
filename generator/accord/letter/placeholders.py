"""What the placeholders of a letter stand for: a deal and a house, in words.

Each is a localised text under the name that clauses give it (`delivery.by`).  One that the deal or the house lacks is a ruled blank, and
knows the key of the file that would fill it.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from accord.clauses.labels import Labels
from accord.domain.choices import Language, Locale
from accord.domain.deal import Feature
from accord.domain.parties import Contact
from accord.domain.translated import Texts, in_language
from accord.errors import Defect
from accord.letter import salutation
from accord.text import formats, markup, sentences, typography
from accord.text.locales import is_french
from accord.text.markup import RichText


@dataclass
class Placeholders:
    """The texts by placeholder, and for each blank the key that is missing.

    `parts` names the placeholders that a phrase is made of.  `faults` says, by key, which texts lack the letter's language and which documents were not found.
    """

    locale: Locale
    labels: Labels
    texts: dict[str, RichText] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The language of the letter."""
        return "fr" if is_french(self.locale) else "en"

    def put(self, placeholder: str, text: str | None, key: str = "") -> None:
        """Say what a placeholder prints; None prints a blank that wants `key`."""
        if text is None:
            self.missing[placeholder] = key or placeholder
            text = markup.blank(self.labels["hint"][key or placeholder])
        self.texts[placeholder] = text if isinstance(text, RichText) else self.value(text)

    def put_phrase(self, placeholder: str, template: str, *parts: str) -> None:
        """Say a phrase made of other placeholders, some of which may be blanks: `template` has them in {braces}."""
        self.texts[placeholder] = markup.fill(template, self.texts)
        self.parts[placeholder] = parts

    def blanks_in(self, placeholder: str) -> Iterator[str]:
        """The keys whose blanks a placeholder prints."""
        if placeholder in self.missing:
            yield self.missing[placeholder]
        for part in self.parts.get(placeholder, ()):
            yield from self.blanks_in(part)

    def put_date(self, placeholder: str, day: datetime.date | None) -> None:
        """Say the day that a placeholder prints; None prints nothing."""
        self.put(placeholder, formats.date(day, self.locale) if day else "")

    def in_language(self, key: str, text: str | Texts | None) -> str | None:
        """What the house's text under `key` says in the letter's language; a fault if it does not."""
        try:
            return in_language(text, self.language)
        except Defect as defect:
            self.faults[key] = str(defect)
            return None

    def value(self, text: str) -> RichText:
        """What somebody typed, as printers set it."""
        return self._raised(typography.value(text, self.locale))

    def name(self, text: str) -> RichText:
        """The name of a person, a company or a feature, as printers set it."""
        return self._raised(typography.name(text, self.locale))

    def address(self, lines: Sequence[str]) -> RichText:
        """An address on one line, in which neither a house leaves its street nor a town its postcode."""
        return markup.join(", ", [self._raised(typography.address(line, self.locale)) for line in lines])

    def _raised(self, text: str) -> RichText:
        return markup.raised(text) if is_french(self.locale) else RichText(text)

    def label(self, section: str, key: str, **texts: str) -> RichText:
        """A label with its `{braces}` filled, mark-up kept."""
        return markup.fill(self.labels[section][key], texts)


def put_greetings(placeholders: Placeholders, person: Contact) -> None:
    """Put how the letter addresses a person, and how it takes leave."""
    placeholders.put("letter.vocative", salutation.vocative(person, placeholders.locale))
    placeholders.put("letter.valediction", salutation.valediction(person, placeholders.locale))


def put_feature(placeholders: Placeholders, feature: Feature, language: Language) -> None:
    """Put what the prospect asks for."""
    put, labels = placeholders.put, placeholders.labels["identity"]
    put("feature.name", placeholders.name(feature.name) if feature.name else None)
    put("feature.need", _need(feature.need or "", language))
    put("feature.description", feature.description and sentences.small(feature.description, language))
    tests = [*map(placeholders.value, sentences.series(feature.acceptance_tests, language))]
    put("feature.acceptance_tests", markup.listing(tests) if tests else None)
    exclusions = [sentences.unended(sentences.small(item, language)) for item in feature.exclusions]
    set_exclusions = [*map(placeholders.value, exclusions or [labels["none"]])]
    put("feature.exclusions", markup.join(labels["separator"], set_exclusions))


def _need(text: str, language: Language) -> str:
    """A need as it follows "souhaite" or "wishes to": an infinitive that begins small and does not end the sentence."""
    particle = {"fr": r"(?:pour|de) (?=\w+(?:er|ir|re)\b)|d['’](?=\w+(?:er|ir|re)\b)", "en": r"to "}[language]
    bare = re.sub(rf"\A(?:{particle})", "", text, flags=re.IGNORECASE)
    return sentences.small(sentences.unended(bare.rstrip(" ?!")), language, verb=True)
