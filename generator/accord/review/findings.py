"""What a review says, and what its checks look at."""

import datetime
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import Literal, TypeVar

from accord import i18n
from accord.domain.choices import LAW_OF_COUNTRY, Kind, Law
from accord.domain.deal import Agreement, Deal, Decline
from accord.domain.house import House
from accord.domain.precedents import Known
from accord.i18n import N_, _
from accord.letter.blocks import Blocks, Run, paragraphs
from accord.letter.letter import Letter, Passage, Term
from accord.review.authorities import source_of
from accord.review.differences import Difference
from accord.text import formats, phrases
from accord.text.characters import plain
from accord.text.currencies import SIGN, any_of
from accord.text.locales import months
from accord.text.markup import BLANK

Severity = Literal["error", "warning", "note"]
Findings = Iterator["Finding"]

CORE_UNAPPROVED = "core-unapproved"
"""The code of a warning that refuses a final letter: an own text of a core clause, which the house has not approved."""

_QUOTED = re.compile(r"[“«]\W?(.+?)\W?[”»]")


@dataclass(frozen=True)
class Finding:
    """One remark of a review."""

    code: str
    """what was found; does not change from one version to the next, nor with the language"""
    severity: Severity
    """an error keeps a letter from being final"""
    where: str
    """an article, a clause file or a key of the deal; may be empty"""
    sentence: str
    """what to change, in the language of the interface"""
    source: str = ""
    """the legal source; may be empty"""
    differences: tuple[Difference, ...] = ()
    """of a core clause that the house words otherwise: what its text drops and adds, sentence by sentence"""

    @property
    def refuses(self) -> bool:
        """Whether it keeps a letter from being final."""
        return self.severity == "error" or self.code == CORE_UNAPPROVED

    def quotes(self, sentence: str) -> bool:
        """Whether it quotes words of a `plain` sentence."""
        quoted = _QUOTED.search(self.sentence)
        return quoted is not None and plain(quoted[1]) in sentence


@dataclass(frozen=True)
class Case:
    """A letter under review, with the deal and the house that it is judged by.

    `expected` is the text of each placeholder for this deal, as `plain` text;
    `today` is the day on which a letter is about to leave, None for other letters; `known` is what the
    register knows, None where it was not asked.
    """

    letter: Letter
    deal: Deal
    house: House
    expected: Mapping[str, str]
    today: datetime.date | None = None
    known: Known | None = None

    @property
    def is_binding(self) -> bool:
        """Whether somebody is obliged to buy."""
        return self.letter.binding in {"promise", "conditional"}

    @property
    def law(self) -> Law:
        """The law that governs the letter; that of the house for a decline."""
        at_home = LAW_OF_COUNTRY.get(self.house.supplier.country or "", "FR")
        return self.letter.law or self.deal.law or self.house.terms.law or at_home

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All prose of the letter, from top to bottom."""
        return (*self.letter.opening, *self.letter.articles, *self.letter.closing)

    def article(self, clause_id: str) -> Passage | None:
        """The article of this id, if the letter has it."""
        return next((article for article in self.letter.articles if article.id == clause_id), None)

    @cached_property
    def passages_by_file(self) -> Mapping[str, Passage]:
        """The passages by the name of their clause file."""
        return {passage.file.name: passage for passage in self.passages}

    def key_term(self, name: str) -> Term | None:
        """The row of the key terms of this name, if the letter has it."""
        return next((term for term in self.letter.key_terms if term.name == name), None)

    def placeholder_for(self, passage: Passage, candidates: Sequence[str]) -> str:
        """The placeholder to write instead of a value: a candidate that the standard text has and this one lacks."""
        standard = self.letter.standard[passage.file.name].placeholders
        names = [name for name in candidates if name in standard] or candidates
        return in_braces(next((name for name in names if name not in passage.placeholders), names[0]))

    def words_on(self, topic: str, text: str) -> str | None:
        """The words of a text that speak of a topic, in the letter's language."""
        return phrases.find(topic, text, self.letter.language)

    def printed(self, day: datetime.date) -> str:
        """A day as the letter prints it, as `plain` text."""
        return plain(formats.date(day, self.letter.locale))

    def _said(self, day: datetime.date) -> str:
        """A day for a remark: as the letter prints it, if it is in the language of the interface."""
        same = self.letter.locale.startswith(i18n.language())
        return plain(formats.date(day, self.letter.locale if same else i18n.locale()))

    def finding(
        self,
        code: str,
        severity: Severity,
        where: Passage | str,
        sentence: str = "",
        *,
        source: str = "",
        **values: object,
    ) -> Finding:
        """A finding at a passage or a key, with the authority of its code, or of `source` in the sources.

        Its sentence, by default that of `sentence_of`, is filled with `values`: days as the language of
        the interface writes them.
        """
        sentence = sentence or sentence_of(code)
        texts = {
            key: self._said(value) if isinstance(value, datetime.date) else value
            for key, value in values.items()
        }
        return Finding(
            code,
            severity,
            where if isinstance(where, str) else place_of(where),
            sentence.format(**texts) if texts else sentence,
            source_of(source or code, self.law),
        )


@dataclass(frozen=True)
class AgreementCase(Case):
    """An agreement under review."""

    deal: Agreement


@dataclass(frozen=True)
class DeclineCase(Case):
    """A decline under review."""

    deal: Decline


CASES: Mapping[Kind, type[Case]] = {"agreement": AgreementCase, "decline": DeclineCase, "after": Case}


def in_braces(placeholder: str) -> str:
    """A placeholder as clauses write it: "{{ deal.date }}"."""
    return f"{{{{ {placeholder} }}}}"


Check = Callable[[Case], Findings]
_CaseT = TypeVar("_CaseT", bound=Case)


def only(kind: type[_CaseT], law: Law | None = None) -> Callable[[Callable[[_CaseT], Findings]], Check]:
    """A check of one kind of case, under one law or any: it finds nothing in other letters."""

    def decorate(check: Callable[[_CaseT], Findings]) -> Check:
        @wraps(check)
        def selective(case: Case) -> Findings:
            return check(case) if isinstance(case, kind) and law in {None, case.letter.law} else iter(())

        return selective

    return decorate


def on_article(
    clause_id: str,
) -> Callable[[Callable[[_CaseT, Passage], Findings]], Callable[[_CaseT], Findings]]:
    """A check of the article of this id: it finds nothing in letters that lack it."""

    def decorate(check: Callable[[_CaseT, Passage], Findings]) -> Callable[[_CaseT], Findings]:
        @wraps(check)
        def selective(case: _CaseT) -> Findings:
            article = case.article(clause_id)
            return check(case, article) if article else iter(())

        return selective

    return decorate


# --- The text of a passage, as `plain` text ----------------------------------


_BY_PROSPECT = ("feature.", "prospect.", "decision.item", "decision.order")


def text_of(passage: Passage) -> str:
    """All that the passage says."""
    return _read(passage.blocks)


def wording_of(passage: Passage) -> str:
    """The clause's own words: an ellipsis stands for each value."""
    return _read(passage.blocks, ("",))


def own_words(passage: Passage) -> str:
    """The house's words: an ellipsis stands for what the prospect is called and asks for."""
    return _read(passage.blocks, _BY_PROSPECT)


def request_in(passage: Passage) -> str:
    """The prospect's words: what it is called and asks for, as the passage quotes it; blanks apart."""

    def read(run: Run) -> str:
        # A value may hold a blank beside what is known: "a private limited company, ……………… (registered number)".
        words = run.text.replace(BLANK, "") if run.placeholder.startswith(_BY_PROSPECT) else ""
        return f"{words}\n\n" if words and not run.text.startswith(BLANK) else ""

    return _text(passage.blocks, read)


@lru_cache(maxsize=phrases.MANY)
def _read(blocks: Blocks, hidden: tuple[str, ...] = ()) -> str:
    """A passage, an ellipsis for each value whose placeholder begins with one of `hidden`."""

    def read(run: Run) -> str:
        is_value = run.placeholder and run.text and run.placeholder.startswith(hidden)
        return "…" if is_value else run.text

    return _text(blocks, read)


def _text(blocks: Blocks, read: Callable[[Run], str]) -> str:
    return plain("\n\n".join(text for _marker, text in paragraphs(blocks, read)))


@lru_cache(maxsize=phrases.MANY)
def matches_in(text: str, pattern: re.Pattern[str]) -> tuple[re.Match[str], ...]:
    """All matches of a pattern in a text."""
    return tuple(pattern.finditer(text))


def place_of(passage: Passage) -> str:
    """Where a reader finds the passage: its article, or its clause file."""
    if passage.number is None:
        return passage.file.name
    return _("article {number}, {title}").format(number=passage.number, title=passage.title)


def mentions(
    case: Case, *topics: str, text_in: Callable[[Passage], str] = own_words, apart_from: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Where the topics are spoken of, and the words; once a topic and passage."""
    for topic, passage in itertools.product(topics, case.passages):
        if passage.id in apart_from:
            continue
        if words := case.words_on(topic, f"{plain(passage.title)}.\n\n{text_in(passage)}"):
            yield place_of(passage), words


# --- What a clause must not say, with or without a deal -------------------------

FREE_IN = (
    *("cooperation", "confidentiality", "ip", "terms", "data", "notices", "boilerplate", "law-forum"),
    "signature",
)
"""Clauses in which a party may well be free: whom it employs, what it discloses, how it litigates."""


_SENTENCES: Mapping[str, str] = {
    "level-exceeded": N_(
        "“{words}” obliges a party, but this letter obliges nobody to buy or to deliver."
        " Say what is envisaged, or choose a binding level."
    ),
    "level-denied": N_(
        "“{words}” contradicts what this letter commits to. Leave it out, or choose a level that does not bind."
    ),
    "discretion": N_(
        "“{words}” leaves the purchase to a party’s opinion. Write a test whose result anyone can observe."
    ),
    "price-at-will": N_(
        "“{words}” lets one party alone change the price. Write the price, or an index that both can compute."
    ),
    "no-judge": N_(
        "“{words}” shuts out the judge, who may always reduce an excessive penalty. Leave it out."
    ),
    "vague-test": N_("“{words}” cannot be measured. Write a number, a file or an event that decides."),
    "waiver-by-another": N_(
        "“{words}” lets somebody else waive a condition that protects the client. Let the client alone waive it."
    ),
    "waiver-too-late": N_(
        "“{words}” may waive a condition that has failed, and is then no more. Say “before”."
    ),
    "retroactive": N_(
        "“{words}” makes the purchase take effect before the condition is fulfilled. Leave it out."
    ),
    "presumption": N_(
        "“{words}” leaves no room for proof to the contrary. Add “unless a test is shown to fail”."
    ),
    "future-promise": N_("“{words}” may be read as a promise. Say what exists today, or leave it out."),
    "fault-admitted": N_(
        "“{words}” reads as the admission of a fault. Say what you regret, not whose fault it is, or ask legal."
    ),
    "protected-characteristic": N_(
        "“{words}” names a characteristic on which no refusal may rest."
        " Say what the product serves, not whom it leaves out."
    ),
    "disparaging": N_(
        "“{words}” judges others, or sets them beside you. Say what there is to be had, without comparing."
    ),
    "price-coordination": N_(
        "“{words}” speaks of prices or markets that others settle too. Speak of your own price list and market."
    ),
    "unfinished": N_("“{words}” is still to be written. Write it, or leave it out."),
    "annex-missing": N_(
        "speaks of “{words}”, but the letter encloses no such document. Describe it here instead."
    ),
    "value-dropped": N_("no longer contains {words}, which the standard text has. Restore it."),
}


def sentence_of(code: str) -> str:
    """What to say of words that must not be there, or must, by the code of the check; `{words}` quotes them."""
    return _(_SENTENCES[code])


# --- What is written into a clause that a deal should fill in ------------------

_MONTHS = any_of((*months("fr"), *months("en")))
DATE = re.compile(
    rf"\b\d{{1,2}}(?:er|st|nd|rd|th)? (?:{_MONTHS}) \d{{4}}|\b(?:{_MONTHS}) \d{{1,2}}, \d{{4}}", re.IGNORECASE
)
_LAWS = "loi|ordonnance|décret|arrêté|arrêt|règlement|directive|délibération|circulaire|instruction|recommandation|norme|act|regulations?|standard|judgment|version"
_TERMS = "conditions générales|CGV|general terms|terms and conditions"
# A treaty is dated like a law, at the end of its name; this agreement, which has a date of its own, is none.
_TREATIES = (
    "convention|traité|protocole|treaty|protocol|code|(?:accord|agreement)s? (?:de |d'|of )(?-i:[A-Z])"
)
_DATED = "du|of|dated|, (?:faite?|signée?|conclue?|made|done|signed) (?:à|at|in) [^ ]+ (?:le|on)"
OF_A_LAW = re.compile(
    rf"\b(?:{_LAWS}|{_TERMS})\b.{{0,30}}$"
    rf"|(?<!présente )(?<!cette )(?<!this )\b(?:{_TREATIES})[^.;,]{{0,120}}?(?:\b| )(?:{_DATED}) $",
    re.IGNORECASE,
)
AMOUNT = re.compile(rf"(?:{SIGN}) ?\d[\d ,.]*\d|(?:{SIGN}) ?\d|\d[\d ,.]*\d ?(?:{SIGN})|\d ?(?:{SIGN})")
FEES: Mapping[Law, tuple[str, ...]] = {"FR": ("40",), "EW": ("40", "70", "100", "1")}
"""The amounts that the law fixes for late payment, and the pound of a consideration."""


def digits_of(amount: str) -> str:
    """The digits of an amount, without a fraction of zero."""
    digits = re.sub(rf"{SIGN}| ", "", amount)
    return re.sub(r"\D", "", re.sub(r"[.,]00$", "", digits))


def dates_in(wording: str) -> Iterator[tuple[str, str]]:
    """Each date in a clause's own words, and the words before it; without those of laws and versions."""
    for match in matches_in(wording, DATE):
        before = wording[: match.start()]
        if not OF_A_LAW.search(before):
            yield match[0], before


# The placeholders that say the same fact: a clause that has one of them has said it.
_SAME_FACT = (
    ("decision.total", "decision.total_words", "decision.total_with_vat"),
    ("decision.vat_rate", "decision.vat", "decision.total_with_vat"),
    ("decision.penalty", "decision.penalty_words"),
)
OPTIONAL_FACTS = ("decision.vat_rate", "decision.vat")
"""Facts that a price may well be without."""
_FACTS = ("delivery.", "decision.", "terms.", "feature.acceptance_tests")


# What a phrase says, by placeholders of its own.
_SAID_BY = {
    "decision.order": ("decision.quantity", "decision.item"),
    "decision.basis": ("decision.unit_price",),
}


def _whole(placeholders: Iterable[str]) -> Iterator[str]:
    """The placeholders, and in place of a phrase those that it is made of."""
    for name in placeholders:
        yield from _SAID_BY.get(name, (name,))


def missing_facts(standard: Collection[str], placeholders: Collection[str]) -> Iterator[str]:
    """The facts of the deal that a standard text says, each by one placeholder, and another text does not."""
    stated = set(_whole(placeholders))
    for name in _whole(standard):
        same = {name}.union(*(fact for fact in _SAME_FACT if name in fact))
        if name.startswith(_FACTS) and not same & stated:
            stated |= same
            yield name
