"""The review sheet: a letter's review on one page, for the lawyer who reads it (floor 7)."""

import io
import itertools
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

import pikepdf

from accord import i18n
from accord.clauses.library import TEMPLATES
from accord.diff import keyfacts
from accord.domain.deal import Deal, House
from accord.letter.letter import Letter
from accord.letter.placeholders import particulars
from accord.pdf import typeset
from accord.review.review import ClauseState, Finding, Review, Severity, as_printed
from accord.text import formats
from accord.text.characters import NO_BREAK

MOST_FINDINGS = 40  # rows; no page holds more
FEW_CLAUSES, FEW_FINDINGS = 16, 5
LONGEST_TERM = 150  # characters of a key term; the letter itself has the rest
LONGEST_NAME = 90
LONGEST_TITLE = 60


@dataclass(frozen=True)
class Row:
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
class Line:
    """One or several findings that say the same of different places."""

    severity: Severity
    where: str
    sentence: str
    source: str
    code: str
    count: int


def sheet(review: Review, deal: Deal, house: House, letter: Letter | None = None) -> bytes:
    """The review of the letter of `deal` as one A4 page: PDF/A-3a and PDF/UA-1, the same bytes each time.

    `letter` is None where legal must decide before there is one.  The words are
    those of the interface's language.  Where room is short, sources go first;
    findings that do not fit are counted.
    """

    def made(shown: int, sources: int) -> bytes:
        return typeset.printed(page(review, deal, house, letter, shown, sources))

    most = min(len(lines(review)), MOST_FINDINGS)
    for sources in (sys.maxsize, 1, 0):
        content = made(most, sources)
        if _is_one_page(content):
            return content
    fewest, too_many, content = 0, most, b""
    while too_many - fewest > 1:
        middle = (fewest + too_many) // 2
        tried = made(middle, 0)
        if _is_one_page(tried):
            fewest, content = middle, tried
        else:
            too_many = middle
    return content or made(0, 0)


def _is_one_page(content: bytes) -> bool:
    with pikepdf.open(io.BytesIO(content)) as file:
        return len(file.pages) == 1


def page(  # noqa: PLR0913, PLR0917 - a review, what it is about, and how much of it
    review: Review, deal: Deal, house: House, letter: Letter | None, shown: int, sources: int
) -> str:
    """The sheet as one HTML file, with the first `shown` lines of findings and `sources` of each clause."""
    listed = rows(review.clauses, letter.law if letter else None, sources)
    found = lines(review)
    html: str = typeset.template("sheet.html").render(
        words=words(),
        review=review,
        deal=deal,
        letter=letter,
        supplier=_short(house.supplier.name),
        prospect=_short(deal.prospect.name),
        feature=_short(deal.feature.name),
        date=formats.date(deal.date, keyfacts.LOCALES[i18n.language()]),
        language=i18n.language(),
        separator=separator(),
        verdict=verdict(review),
        ready=ready(review, letter),
        facts=facts(deal, letter),
        terms=[
            (label, _short(text, LONGEST_TERM), tongue) for label, text, tongue in terms(deal, house, letter)
        ],
        findings=found[:shown],
        severities=severities(),
        more=more(sum(line.count for line in found[shown:])),
        rows=listed,
        size=size(len(listed), len(found)),
        origins=origins(review.clauses),
        style=(TEMPLATES / "sheet.css").read_text("utf-8"),
    )
    return html


def lines(review: Review) -> tuple[Line, ...]:
    """The findings, those that say the same of different places on one line."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in review.findings:
        grouped.setdefault((finding.code, finding.sentence), []).append(finding)
    return tuple(
        Line(
            same[0].severity,
            ", ".join(filter(None, (finding.where for finding in same))),
            same[0].sentence,
            same[0].source,
            same[0].code,
            len(same),
        )
        for same in grouped.values()
    )


def size(clauses: int, findings: int) -> str:
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
        "limits": _("A program’s checks; they do not replace a lawyer’s reading."),
    }


def separator() -> str:
    """What stands between the items of a list within a line."""
    return "\u202f; " if i18n.language() == "fr" else "; "


def verdict(review: Review) -> str:
    """How many errors, warnings and notes there are; or that there is nothing to object."""
    found = [finding.severity for finding in review.findings]
    counts = (
        ngettext("{count} error", "{count} errors", found.count("error")).format(count=found.count("error")),
        ngettext("{count} warning", "{count} warnings", found.count("warning")).format(
            count=found.count("warning")
        ),
        ngettext("{count} note", "{count} notes", found.count("note")).format(count=found.count("note")),
    )
    told = [count for count, severity in zip(counts, severities(), strict=True) if severity in found]
    return ", ".join(told) if told else _("No findings")


def ready(review: Review, letter: Letter | None) -> str:
    """What the findings come to: whether the letter may leave."""
    if letter is None:
        return ""
    agreement = letter.kind == "agreement"
    if review.errors:
        return _("Not ready to sign") if agreement else _("Not ready to send")
    if any(finding.severity == "warning" for finding in review.findings):
        return (
            _("Ready to sign once the warnings are settled")
            if agreement
            else _("Ready to send once the warnings are settled")
        )
    return _("Ready to sign") if agreement else _("Ready to send")


def severities() -> Mapping[Severity, str]:
    """What each severity is called before a finding, the gravest first."""
    return {"error": _("Error"), "warning": _("Warning"), "note": _("Note")}


def more(count: int) -> str:
    """That `count` findings are not on the sheet; "" if none is missing."""
    if not count:
        return ""
    return ngettext(
        "and {count} more: accord review lists it", "and {count} more: accord review lists them", count
    ).format(count=count)


def statuses() -> Mapping[tuple[bool, bool], str]:
    """Whose text a clause is, and whether it is approved: by (own, approved)."""
    return {
        (True, True): _("own text, approved"),
        (True, False): _("own text, not approved"),
        (False, True): _("standard text, approved"),
        (False, False): _("standard text, not approved"),
    }


def _status(clause: ClauseState) -> tuple[bool, bool]:
    return clause.own, clause.status == "approved"


def origins(clauses: Sequence[ClauseState]) -> str:
    """How many of the clauses in the letter are whose text."""
    found = [_status(clause) for clause in clauses if clause.included]
    return separator().join(
        f"{words}{':' if i18n.language() == 'en' else NO_BREAK + ':'} {found.count(status)}"
        for status, words in statuses().items()
        if status in found
    )


def facts(deal: Deal, letter: Letter | None) -> tuple[str, ...]:
    """The level, the law and the state of the letter."""
    if letter is None:
        return ()
    said = conditions()
    law = {"FR": said["french-law"], "EW": said["english-law"], None: ""}[letter.law]
    level = said[deal.binding] if letter.binding and deal.binding else ""
    return tuple(filter(None, (level, law, _("final") if letter.final else _("draft"))))


def terms(deal: Deal, house: House, letter: Letter | None) -> Iterator[tuple[str, str, str]]:
    """What a lawyer looks for first: label, text, and the language of the text."""
    if letter is None:
        return
    own, spoken = i18n.language(), letter.language
    if letter.kind == "decline":
        yield _("Request"), deal.feature.name, spoken
        if deal.feature.need:
            yield _("Need"), deal.feature.need, spoken
        yield _("Reason"), conditions()[str(deal.reason)], own
        if deal.decline and deal.decline.alternative:
            yield _("Alternative"), deal.decline.alternative, spoken
        return
    texts = particulars(deal, as_printed(letter, house)).texts
    for term in letter.key_terms:
        yield term.label, " · ".join(map(str, term.lines)), spoken
    if deal.decision and deal.decision.vat_rate is not None:
        yield _("Total with tax"), texts["decision.total_with_vat"], spoken
    if letter.binding in {"promise", "conditional"}:
        commitment = {"none": "no-efforts"}.get(str(letter.commitment), str(letter.commitment))
        yield _("Supplier’s commitment"), conditions()[commitment], own
        yield _("Time to test"), texts["terms.acceptance_days"], spoken
        yield _("Time to pay"), texts["terms.payment_days"], spoken
    yield _("To be signed by"), texts["terms.validity_until"], spoken
    signatories = [f"{signatory.name} ({signatory.title})" for signatory in letter.signatories]
    yield _("Signatories"), " · ".join(signatories), spoken
    if letter.law == "FR":
        yield _("Court"), texts["terms.court"], spoken
    else:
        yield _("Court"), _("courts of England and Wales"), own
    yield _("General terms"), ", ".join(letter.enclosures) or _("none"), spoken if letter.enclosures else own


def conditions() -> Mapping[str, str]:
    """Every condition of a clause in a few plain words, and the negations that say more than "not"."""
    return {
        "intent": _("statement of intent"),
        "negotiate": _("agreement to negotiate"),
        "promise": _("promise to buy"),
        "conditional": _("conditional purchase"),
        "binding": _("purchase binding"),
        "not-binding": _("purchase not binding"),
        "efforts": _("best efforts"),
        "firm": _("firm commitment to deliver"),
        "not-firm": _("no firm commitment"),
        "no-efforts": _("no commitment to deliver"),
        "french-law": _("under French law"),
        "english-law": _("under English law"),
        "foreign-language": _("law of another language"),
        "subscription": _("subscription"),
        "purchase": _("outright purchase"),
        "pilot": _("pilot"),
        "one-off": _("paid once"),
        "vat-rate": _("VAT rate given"),
        "not-vat-rate": _("no VAT rate given"),
        "penalty": _("penalty agreed"),
        "exclusivity": _("exclusivity agreed"),
        "general-terms": _("general terms exist"),
        "extension": _("extension allowed"),
        "force-majeure": _("force majeure clause wanted"),
        "hardship-excluded": _("hardship excluded"),
        "hardship-accepted": _("hardship accepted"),
        "need": _("need stated"),
        "not-need": _("no need stated"),
        "delivery-date": _("delivery date given"),
        "not-delivery-date": _("no delivery date"),
        "out-of-scope": _("outside the chosen market"),
        "no-commitment": _("no decision to buy"),
        "date-not-feasible": _("date not feasible"),
        "positioning": _("positioning stated"),
        "not-positioning": _("no positioning stated"),
        "earliest": _("earliest date given"),
        "not-earliest": _("no earliest date"),
        "alternative": _("alternative named"),
        "paid-referral": _("referral paid"),
        "not-paid-referral": _("referral not paid"),
        "candour": _("candour wanted"),
        "return-documents": _("documents to return"),
        "keep-in-touch": _("keeping in touch"),
    }


def untitled() -> Mapping[str, str]:
    """What to call the clauses that print without a title, by id."""
    return {
        "opening": _("opening"),
        "closing": _("closing"),
        "thanks": _("thanks"),
        "restate-need": _("the need"),
        "decision": _("the decision"),
        "reason": _("the reason"),
        "candour": _("a candid word"),
        "alternative": _("an alternative"),
        "confidential-return": _("documents and secrecy"),
        "no-obligation": _("no obligation"),
        "keep-in-touch": _("keeping in touch"),
    }


def failing() -> Mapping[str, str]:
    """What to say of a letter in which a condition does not hold, where "not" would say too little."""
    said = conditions()
    return {
        "binding": said["not-binding"],
        "not-binding": said["binding"],
        "french-law": said["english-law"],
        "english-law": said["french-law"],
        "foreign-language": _("law of the letter’s own language"),
        "penalty": _("no penalty agreed"),
        "exclusivity": _("no exclusivity agreed"),
        "general-terms": _("no general terms"),
        "extension": _("no extension allowed"),
        "force-majeure": _("no force majeure clause wanted"),
        "hardship-excluded": _("no hardship clause wanted"),
        "hardship-accepted": _("no hardship clause wanted"),
        "negotiate": _("no agreement to negotiate"),
        "promise": _("no promise to buy"),
        "conditional": _("no conditional purchase"),
        "subscription": _("no subscription"),
        "pilot": _("no pilot"),
        "alternative": _("no alternative named"),
        "candour": _("no candour wanted"),
        "return-documents": _("no documents to return"),
        "keep-in-touch": _("no contact wanted"),
        "need": said["not-need"],
        "vat-rate": said["not-vat-rate"],
    }


def in_words(condition: str) -> str:
    """A condition of a clause in plain words."""
    said = conditions()
    if condition in said:
        return said[condition]
    return _("not: {condition}").format(condition=said[condition.removeprefix("not-")])


def not_in_words(condition: str) -> str:
    """That a condition does not hold, in plain words."""
    opposite = condition.removeprefix("not-") if condition.startswith("not-") else f"not-{condition}"
    return failing().get(condition) or in_words(opposite)


# --- The clauses ----------------------------------------------------------------


def rows(clauses: Sequence[ClauseState], law: str | None = None, sources: int = sys.maxsize) -> list[Row]:
    """One row for each clause, whatever the number of its variants, in print order."""
    return [
        _row(tuple(variants), law, sources)
        for _name, variants in itertools.groupby(clauses, lambda c: c.file.split(".")[0])
    ]


def _row(variants: Sequence[ClauseState], law: str | None, sources: int) -> Row:
    inside = next((clause for clause in variants if clause.included), None)
    shown = inside or min(variants, key=_is_of_another_law)
    return Row(
        number=shown.number,
        title=_short(shown.title, LONGEST_TITLE) or _name(shown.file),
        titled=bool(shown.title),
        included=inside is not None,
        chosen=_chosen(inside) if inside else "",
        refused="" if inside else _refused(variants),
        sources=sources_of(shown.sources, law)[:sources] if inside else (),
        status=shown.status if inside else "",
        status_words=statuses()[_status(shown)] if inside else "",
    )


def _is_of_another_law(clause: ClauseState) -> bool:
    return any(name in {"french-law", "english-law"} and not holds for name, holds in clause.conditions)


_FRENCH = re.compile(r"^(?:Code |CGI)")
_ENGLISH = re.compile(r"^(?:Droit anglais|English law)| v |\bAct \d{4}|\bUK\b")


def sources_of(sources: Sequence[str], law: str | None) -> tuple[str, ...]:
    """The sources of a clause in the letter's law, the articles of one code together."""
    other = {"FR": _ENGLISH, "EW": _FRENCH}.get(law or "")
    grouped: dict[str, list[str]] = {}
    for source in sources:
        if not (other and other.search(source)):
            code, _art, articles = source.partition(", art. ")
            grouped.setdefault(code, []).append(articles)
    return tuple(
        f"{code}, art. {', '.join(articles)}" if all(articles) else code for code, articles in grouped.items()
    )


def _name(file: str) -> str:
    """What to call a clause without title, by its file's name."""
    name = file.partition("-")[2].partition(".")[0]
    return untitled().get(name, name)


def _chosen(clause: ClauseState) -> str:
    """Why a clause is in."""
    if clause.conditions:
        return ", ".join(in_words(name) for name, _holds in clause.conditions)
    return _("the letter’s own wording") if clause.own else _("always")


def _refused(variants: Sequence[ClauseState]) -> str:
    """Why no variant is in: the conditions that fail, without a case that another one covers."""
    failing = {tuple(name for name, holds in clause.conditions if not holds) for clause in variants}
    told = sorted(case for case in failing if not any(set(other) < set(case) for other in failing if other))
    words = [
        " + ".join(map(not_in_words, case)) if case else _("left out by the house’s own text")
        for case in told
    ]
    return _("out: {reasons}").format(reasons=separator().join(dict.fromkeys(words)))
