"""The composed letter: all that is on the page, and nothing else.

`compose` makes it, `review` reads it, `pdf` sets it.  Texts are `str`; those
that need mark-up (a ruled blank, a superscript) are `markup.RichText`, and what a
clause says is in `blocks`.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.clauses.labels import Labels
from accord.clauses.library import Clause
from accord.domain.choices import Binding, Commitment, Kind, Language, Law, Locale
from accord.domain.documents import Document
from accord.domain.house import Logo
from accord.letter.blocks import Blocks
from accord.text.markup import RichText


@dataclass(frozen=True)
class Passage:
    """A clause as it prints: an article, or prose without number or title.

    `placeholders` names those of the clause; `sources` are the clause's, by law.
    """

    id: str
    number: int | None
    title: str
    blocks: Blocks
    placeholders: tuple[str, ...]
    sources: Mapping[Law, tuple[str, ...]]
    file: Path
    overrides: bool


@dataclass(frozen=True)
class Choice:
    """Why a clause file is in or out: each of its conditions and whether it holds."""

    file: str
    included: bool
    conditions: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Term:
    """One row of the key-terms table.  `name` is that of its label, the same in every language."""

    name: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Signatory:
    """One signature block.  `field` names the PDF's signature field."""

    field: str
    heading: str
    party: str
    name: str
    title: str
    consent: str

    @property
    def by(self) -> str:
        """Who signs for the party; "" for a person who trades under his own name."""
        return "" if self.party == self.name else self.name


@dataclass(frozen=True)
class Letter:
    """A letter as a reader sees it, from letterhead to signature.

    `reference` is that of its deal, `version` a code that changes with its words
    ("" in a letter made before there were any).
    `documents` stand in the same PDF.
    `labels` are the fixed words of its language; `standard` is the library's own
    text of each clause file, as it stood when the letter was composed; `texts` are
    what each placeholder of its clauses prints; `data` is what is attached to the PDF; `subtitle` is what the title is in law, or "";
    `heading` stands above the key terms; `gaps` names the keys that print as blanks.
    """

    kind: Kind
    language: Language
    locale: Locale
    law: Law | None
    binding: Binding | None
    commitment: Commitment | None
    final: bool
    date: datetime.date
    reference: str
    version: str
    file_stem: str
    title: str
    subtitle: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    place_and_date: str
    subject: str
    salutation: str
    opening: tuple[Passage, ...]
    heading: str
    key_terms: tuple[Term, ...]
    articles: tuple[Passage, ...]
    closing: tuple[Passage, ...]
    enclosures: tuple[str, ...]
    signatories: tuple[Signatory, ...]
    mentions: str
    colour: str
    logo: Logo | None
    documents: tuple[Document, ...]
    labels: Labels
    standard: Mapping[str, Clause]
    choices: tuple[Choice, ...]
    gaps: tuple[str, ...]
    texts: Mapping[str, RichText]
    data: Mapping[str, Any]

    @property
    def full_title(self) -> str:
        """The title and, after a comma, what it is in law."""
        return ", ".join(filter(None, (self.title, self.subtitle)))

    @property
    def running_title(self) -> str:
        """The same without the authority in brackets, for the head of each page."""
        return ", ".join(filter(None, (self.title, self.subtitle.partition(" (")[0])))

    @property
    def countersigned(self) -> bool:
        """Whether the prospect signs it too."""
        return len(self.signatories) > 1


def as_json(data: Mapping[str, Any]) -> str:
    """The one spelling of a letter's data as JSON: sorted keys, one line break at the end."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
