"""The review sheet: a letter's review on one page, for the lawyer who reads it."""

import io
import itertools
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pikepdf

from accord import i18n
from accord.clauses.conditions import holds
from accord.clauses.library import TEMPLATES
from accord.clauses.untitled import untitled
from accord.domain.choices import Law
from accord.domain.deal import Agreement, Deal, Decline
from accord.domain.house import House
from accord.i18n import _, ngettext
from accord.letter.letter import Letter
from accord.pdf import typeset
from accord.review.findings import Finding
from accord.review.labels import (
    differences,
    in_words,
    not_in_words,
    separator,
    severities,
    statuses,
    verdict,
)
from accord.review.review import ClauseState, Review, house_as_printed
from accord.text import formats, typography
from accord.text.characters import NO_BREAK

MOST_FINDINGS = 40  # rows; no page holds more
FEW_CLAUSES, FEW_FINDINGS = 16, 5
MOST_CHANGES, LONGEST_CHANGE = 4, 170  # of one clause; accord review has them all
LONGEST_TERM = 150  # characters of a key term; the letter itself has the rest
LONGEST_NAME = 90
LONGEST_TITLE = 60

KeyTerm = tuple[str, str, str]
"""A label, a text, and the language of the text."""


@dataclass(frozen=True)
class ClauseRow:
    """All variants of a clause: the one that is in and why, or why none is.

    `chosen` are the conditions of the one that is in, in words; `refused` says
    of a clause that is out what keeps each variant out, each reason once.
    """

    number: int | None
    title: str
    titled: bool
    included: bool
    chosen: str
    refused: str
    sources: tuple[str, ...]
    status: str
    status_words: str


@dataclass(frozen=True)
class FindingRow(Finding):
    """One or several findings that say the same of different places; `where` lists these."""

    count: int = 1


def sheet(review: Review, deal: Deal, house: House, letter: Letter | None = None, doubt: str = "") -> bytes:
    """The review of the letter of `deal` as one A4 page: PDF/A-3a and PDF/UA-1, the same bytes each time.

    `letter` is None where legal must decide before there is one; `doubt` says
    that the pages of its PDF do not show what was reviewed.  The words are
    those of the interface's language.  Where room is short, sources go first;
    findings that do not fit are counted.
    """

    @cache
    def content(findings: int, sources: int) -> bytes:
        return typeset.printed(page(review, deal, house, letter, findings, sources, doubt))

    most = min(len(finding_rows(review)), MOST_FINDINGS)
    for sources in (sys.maxsize, 1, 0):
        if _is_one_page(content(most, sources)):
            return content(most, sources)
    fitting = bisect_left(range(1, most), x=True, key=lambda count: not _is_one_page(content(count, 0)))
    return content(fitting, 0)


def _is_one_page(content: bytes) -> bool:
    with pikepdf.open(io.BytesIO(content)) as file:
        return len(file.pages) == 1


def page(  # noqa: PLR0913, PLR0917 - a review, what it is about, and how much of it
    review: Review,
    deal: Deal,
    house: House,
    letter: Letter | None,
    findings: int,
    sources: int,
    doubt: str = "",
) -> str:
    """The sheet in HTML, with the first so many rows of `findings`, and so many `sources` of each clause."""
    clauses = clause_rows(review.clauses, sources)
    rows = finding_rows(review)
    html: str = typeset.template("sheet.html").render(
        words=words(),
        review=review,
        deal=deal,
        letter=letter,
        supplier=_short(house.supplier.name),
        prospect=_short(deal.prospect.name),
        feature=_short(deal.feature.name),
        date=formats.date(deal.date, i18n.locale()),
        language=i18n.language(),
        separator=separator(),
        verdict=verdict(review),
        doubt=doubt,
        ready=readiness(review, letter),
        facts=characteristics(letter),
        terms=[
            (label, _short(text, LONGEST_TERM), language)
            for label, text, language in key_terms(deal, house, letter)
        ],
        findings=rows[:findings],
        severities=severities(),
        changes=changes,
        more=overflow(sum(row.count for row in rows[findings:])),
        rows=clauses,
        size=type_size(len(clauses), len(rows)),
        origins=origins(review.clauses),
        style=(TEMPLATES / "sheet.css").read_text("utf-8"),
    )
    return html


def finding_rows(review: Review) -> tuple[FindingRow, ...]:
    """The findings, those that say the same of different places in one row."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in review.findings:
        grouped.setdefault((finding.code, finding.sentence), []).append(finding)
    return tuple(
        FindingRow(
            code,
            same[0].severity,
            ", ".join(finding.where for finding in same if finding.where),
            sentence,
            same[0].source,
            same[0].differences,
            len(same),
        )
        for (code, sentence), same in grouped.items()
    )


def changes(finding: Finding) -> tuple[str, ...]:
    """What a finding says is dropped from a clause and added to it, as far as the sheet has room."""
    shown = tuple(_short(change, LONGEST_CHANGE) for change in differences(finding))
    return (*shown[:MOST_CHANGES], *filter(None, [overflow(len(shown[MOST_CHANGES:]))]))


def type_size(clauses: int, findings: int) -> str:
    """How large the clauses are set: small where findings need the room, large where few clauses leave it."""
    if clauses <= FEW_CLAUSES:
        return "large"
    return "small" if findings > FEW_FINDINGS else ""


def _short(text: str, length: int = LONGEST_NAME) -> str:
    """The text, or as much of it as `length` characters hold with an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


# --- In words -------------------------------------------------------------------


def words() -> Mapping[str, str]:
    """The fixed words of the sheet."""
    return {
        "review": _("Legal review"),
        "hold": _("No letter before legal has decided"),
        "key_terms": _("Key terms"),
        "findings": _("Findings"),
        "clauses": _("Clauses: in or out, and why"),
        "legend": _("✓ in, because all of this holds."),
        "version": _("version {version}"),
        "limits": _("A program’s checks; they do not replace a lawyer’s reading."),
    }


def readiness(review: Review, letter: Letter | None) -> str:
    """What the findings come to: whether the letter may leave; "" without a letter."""
    if letter is None:
        return ""
    signed = letter.countersigned
    if review.errors:
        return _("Not ready to sign") if signed else _("Not ready to send")
    if any(finding.severity == "warning" for finding in review.findings):
        return (
            _("Ready to sign once the warnings are settled")
            if signed
            else _("Ready to send once the warnings are settled")
        )
    return _("Ready to sign") if signed else _("Ready to send")


def overflow(count: int) -> str:
    """That `count` findings are not on the sheet; "" if none is missing."""
    if not count:
        return ""
    return ngettext(
        "and {count} more: accord review lists it", "and {count} more: accord review lists them", count
    ).format(count=count)


def _status(clause: ClauseState) -> tuple[bool, bool]:
    return clause.own, clause.status == "approved"


def origins(clauses: Sequence[ClauseState]) -> str:
    """How many of the clauses in the letter are whose text."""
    count = Counter(_status(clause) for clause in clauses if clause.included)
    colon = ":" if i18n.language() == "en" else NO_BREAK + ":"
    return separator().join(
        f"{words}{colon} {count[status]}" for status, words in statuses().items() if count[status]
    )


def characteristics(letter: Letter | None) -> tuple[str, ...]:
    """The level, the law and the state of the letter."""
    if letter is None:
        return ()
    law = {"FR": in_words("french-law"), "EW": in_words("english-law"), None: ""}[letter.law]
    level = in_words(letter.binding) if letter.binding else ""
    return tuple(filter(None, (level, law, _("final") if letter.final else _("draft"))))


def key_terms(deal: Deal, house: House, letter: Letter | None) -> Iterable[KeyTerm]:
    """What a lawyer looks for first."""
    if letter is None:
        return ()
    return _terms_of_decline(deal) if isinstance(deal, Decline) else _terms_of_agreement(deal, house, letter)


def _terms_of_decline(deal: Decline) -> Iterator[KeyTerm]:
    own, spoken = i18n.language(), deal.language
    yield _("Request"), typography.name(deal.feature.name, deal.locale), spoken
    if deal.feature.need:
        yield _("Need"), typography.value(deal.feature.need, deal.locale), spoken
    yield _("Reason"), in_words(deal.refusal.reason), own
    for alternative in filter(None, (deal.refusal.own_alternative, deal.refusal.alternative)):
        yield _("Alternative"), typography.value(alternative, deal.locale), spoken


def _terms_of_agreement(deal: Agreement, house: House, letter: Letter) -> Iterator[KeyTerm]:
    own, spoken = i18n.language(), letter.language
    texts = letter.texts
    for term in letter.key_terms:
        yield term.label, " · ".join(map(str, term.lines)), spoken
    if deal.decision.vat_rate is not None:
        yield _("Total with tax"), texts["decision.total_with_vat"], spoken
    if deal.binds:
        commitment = {"none": "no-efforts"}.get(deal.commitment, deal.commitment)
        yield _("Supplier’s commitment"), in_words(commitment), own
        yield _("Time to test"), texts["terms.acceptance_days"], spoken
        yield _("Time to pay"), texts["terms.payment_days"], spoken
    yield _("To be signed by"), texts["terms.validity_until"], spoken
    signatories = [f"{signatory.name} ({signatory.title})" for signatory in letter.signatories]
    yield _("Signatories"), " · ".join(signatories), spoken
    merchants = holds("merchants", deal, house_as_printed(letter, house))
    court: Mapping[Law, tuple[str, str]] = {
        "FR": (texts["terms.court"], spoken) if merchants else (_("those that the law designates"), own),
        "EW": (_("courts of England and Wales"), own),
    }
    yield _("Court"), *court[deal.law]
    general_terms = texts["terms.general_terms"]
    yield _("General terms"), general_terms or _("none"), spoken if general_terms else own
    if titles := texts["annex.titles"].items:
        yield _("Annexes"), ", ".join(titles), spoken


# --- The clauses ----------------------------------------------------------------


def clause_rows(clauses: Sequence[ClauseState], sources: int = sys.maxsize) -> list[ClauseRow]:
    """One row for each clause, whatever the number of its variants, in print order."""
    return [
        _clause_row(tuple(variants), sources)
        for _name, variants in itertools.groupby(clauses, lambda clause: clause.file.split(".")[0])
    ]


def _clause_row(variants: Sequence[ClauseState], sources: int) -> ClauseRow:
    included = next((clause for clause in variants if clause.included), None)
    clause = included or min(variants, key=_is_of_another_law)
    return ClauseRow(
        number=clause.number,
        title=_short(clause.title, LONGEST_TITLE) or _name(clause.file),
        titled=bool(clause.title),
        included=clause.included,
        chosen=_chosen(clause) if included else "",
        refused="" if included else _refused(variants),
        sources=by_code(clause.sources)[:sources] if included else (),
        status=clause.status if included else "",
        status_words=statuses()[_status(clause)] if included else "",
    )


def _is_of_another_law(clause: ClauseState) -> bool:
    return any(each.name in {"french-law", "english-law"} and not each.holds for each in clause.conditions)


def by_code(sources: Sequence[str]) -> tuple[str, ...]:
    """The sources of a clause, the articles of one code together."""
    grouped: dict[str, list[str]] = {}
    for source in sources:
        code, _art, articles = source.partition(", art. ")
        grouped.setdefault(code, []).append(articles)
    return tuple(
        f"{code}, art. {', '.join(articles)}" if all(articles) else code for code, articles in grouped.items()
    )


def _name(file: str) -> str:
    """A name for a clause without title, by its file's name."""
    name = file.partition("-")[2].partition(".")[0]
    return untitled().get(name, name)


def _chosen(clause: ClauseState) -> str:
    """Why a clause is in."""
    if clause.conditions:
        return ", ".join(in_words(condition.name) for condition in clause.conditions)
    return _("the letter’s own wording") if clause.own else _("always")


def _refused(variants: Sequence[ClauseState]) -> str:
    """Why no variant is in: the conditions that fail, without a case that another one covers."""
    failing = {tuple(each.name for each in clause.conditions if not each.holds) for clause in variants}
    cases = sorted(case for case in failing if not any(set(other) < set(case) for other in failing if other))
    reasons = [
        " + ".join(map(not_in_words, case)) if case else _("left out by the house’s own text")
        for case in cases
    ]
    return _("out: {reasons}").format(reasons=separator().join(dict.fromkeys(reasons)))
