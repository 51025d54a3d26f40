"""The review sheet: a letter's review on one page, for the lawyer who reads it (floor 7)."""

import functools
import importlib.metadata
import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Any

import pikepdf
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import figures, messages, pdf
from generator.clauses import TEMPLATES
from generator.letter import Letter
from generator.model import Deal, House
from generator.review import ClauseState, Review, Severity

LOCALES = {"fr": "fr_FR", "en": "en_GB"}  # of the interface: how the sheet prints its dates
MOST_FINDINGS = 16  # that one page can hold beside the clauses
FEW_CLAUSES, FEW_FINDINGS = 16, 5
LONGEST_TERM = 150  # characters of a key term; the letter itself has the rest
LONGEST_NAME = 90


@dataclass(frozen=True)
class Row:
    """All variants of a clause: the one that is in and why, and why the others are not.

    `chosen` are the conditions of the one that is in, in words; `refused` says
    for each of the others which conditions fail, each case once.
    """

    number: int | None
    title: str
    titled: bool
    included: bool
    chosen: str
    refused: tuple[str, ...]
    sources: tuple[str, ...]
    status: str
    status_words: str


def sheet(review: Review, deal: Deal, house: House, letter: Letter | None = None) -> bytes:
    """The review of the letter of `deal` as one A4 page: PDF/A-3a and PDF/UA-1, the same bytes each time.

    `letter` is None where legal must decide before there is one.  The words are
    those of the interface's language.  Findings that do not fit are counted.
    """
    shown = min(len(review.findings), MOST_FINDINGS)
    while True:
        content = pdf.printed(page(review, deal, house, letter, shown))
        with pikepdf.open(io.BytesIO(content)) as file:
            if len(file.pages) == 1 or not shown:
                return content
        shown = shown * 3 // 4


def page(review: Review, deal: Deal, house: House, letter: Letter | None, shown: int) -> str:
    """The sheet as one HTML file, with the first `shown` findings."""
    listed = rows(review.clauses)
    html: str = _template().render(
        words=words(),
        review=review,
        deal=deal,
        letter=letter,
        supplier=_short(house.supplier.name),
        prospect=_short(deal.prospect.name),
        feature=_short(deal.feature.name),
        date=figures.date(deal.date, LOCALES[messages.language()]),
        language=messages.language(),
        separator=separator(),
        verdict=verdict(review),
        facts=facts(deal, letter),
        terms=[
            (term.label, _short(" · ".join(map(str, term.lines)), LONGEST_TERM)) for term in letter.key_terms
        ]
        if letter
        else [],
        findings=review.findings[:shown],
        severities=severities(),
        more=more(len(review.findings) - shown),
        rows=listed,
        size=size(len(listed), len(review.findings)),
        origins=origins(review.clauses),
        version=importlib.metadata.version("accord"),
        style=(TEMPLATES / "sheet.css").read_text("utf-8"),
    )
    return html


@functools.cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sheet.html")


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
        "legend": _("✓ in, because all of this holds; × not this text, because this does not hold."),
        "limits": _("A program’s checks; they do not replace a lawyer’s reading."),
    }


def separator() -> str:
    """What stands between the items of a list within a line."""
    return "\u202f; " if messages.language() == "fr" else "; "


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


def statuses() -> Mapping[str, str]:
    """Whose text a clause is."""
    return {
        "approved": _("approved"),
        "standard": _("standard text"),
        "override": _("own text, unapproved"),
    }


def origins(clauses: Sequence[ClauseState]) -> str:
    """How many of the clauses in the letter are whose text."""
    found = [clause.status for clause in clauses if clause.included]
    told = (
        ("approved", _("{count} approved by the house")),
        ("standard", _("{count} in the library’s standard text")),
        ("override", _("{count} in the house’s own text, unapproved")),
    )
    return separator().join(
        said.format(count=found.count(status)) for status, said in told if status in found
    )


def facts(deal: Deal, letter: Letter | None) -> tuple[str, ...]:
    """The level, the law and the state of the letter."""
    if letter is None:
        return ()
    said = conditions()
    law = {"FR": said["french-law"], "EW": said["english-law"], None: ""}[letter.law]
    level = said[deal.binding] if letter.binding and deal.binding else ""
    return tuple(filter(None, (level, law, _("final") if letter.final else _("draft"))))


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


def in_words(condition: str) -> str:
    """A condition of a clause in plain words."""
    said = conditions()
    if condition in said:
        return said[condition]
    return _("not: {condition}").format(condition=said[condition.removeprefix("not-")])


# --- The clauses ----------------------------------------------------------------


def rows(clauses: Sequence[ClauseState]) -> list[Row]:
    """One row for each clause, whatever the number of its variants, in print order."""
    return [
        _row(tuple(variants))
        for _name, variants in itertools.groupby(clauses, lambda c: c.file.split(".")[0])
    ]


def _row(variants: Sequence[ClauseState]) -> Row:
    inside = next((clause for clause in variants if clause.included), None)
    shown = inside or variants[0]
    return Row(
        number=shown.number,
        title=shown.title or _name(shown.file),
        titled=bool(shown.title),
        included=inside is not None,
        chosen=_chosen(inside) if inside else "",
        refused=_refused([clause for clause in variants if not clause.included]),
        sources=shown.sources if inside else (),
        status=shown.status if inside else "",
        status_words=statuses()[shown.status] if inside else "",
    )


def _name(file: str) -> str:
    """What to call a clause without title, by its file's name."""
    name = file.partition("-")[2].partition(".")[0]
    return untitled().get(name, name)


def _chosen(clause: ClauseState) -> str:
    """Why a clause is in."""
    if clause.conditions:
        return ", ".join(in_words(name) for name, _holds in clause.conditions)
    return _("the letter’s own wording") if clause.status == "override" else _("always")


def _refused(variants: Sequence[ClauseState]) -> tuple[str, ...]:
    """Why variants are out: the conditions that fail, without a case that another one covers."""
    failing = {tuple(name for name, holds in clause.conditions if not holds) for clause in variants}
    told = sorted(case for case in failing if not any(set(other) < set(case) for other in failing if other))
    return tuple(
        " + ".join(map(in_words, case)) if case else _("left out by the house’s own text") for case in told
    )
