"""The review sheet: one page, whatever the deal, that says what was found and why each clause is there."""

import io
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pikepdf
import pytest

from accord import i18n
from accord.clauses import conditions, library, untitled
from accord.clauses.approvals import Status
from accord.domain.choices import Kind
from accord.errors import LegalHold
from accord.intake import loader
from accord.review import labels, sheet
from accord.review.findings import Finding, Severity
from accord.review.review import ClauseState, Condition, Review, review_on_hold
from support.inputs import TODAY
from support.letters import sample
from support.pdfs import pages, text_of
from support.printed import one_line
from support.samples import HOUSE, SITUATIONS, compose
from support.sheets import fullest, of_deal, of_file, of_sample, remark
from support.situations import HOUSES, agreement


def text(content: bytes) -> str:
    return one_line(text_of(content))


# --- One page -------------------------------------------------------------------


@pytest.mark.parametrize("path", SITUATIONS[::4], ids=lambda path: path.stem)
def test_a_sample_has_one_page(path: Path) -> None:
    """In French, which takes more room; campaigns/test_conformance has them all."""
    i18n.use("fr")
    assert pages(of_file(path)) == 1


def test_the_fullest_deal_has_one_page() -> None:
    """The same."""
    i18n.use("fr")
    assert pages(fullest("fr", "FR", "conditional")) == 1


def test_values_of_any_length_leave_one_page() -> None:
    long = {"prospect": {"name": "Établissements " + "W" * 100}, "feature": {"name": "Export " * 16}}
    data = agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)
    data["prospect"] |= long["prospect"]
    data["feature"] |= long["feature"]
    deal = loader.deal_from(data, "deal", HOUSES["full"].house, today=TODAY)
    assert pages(of_deal(deal, HOUSES["full"])) == 1


# --- What it says ---------------------------------------------------------------


def test_it_says_what_the_letter_is_and_what_was_found() -> None:
    letter = sample("01-fr-abonnement")
    printed = text(of_sample("01-fr-abonnement", remark(4)))
    for part in (
        letter.title,
        "Boulangeries Lefèvre",
        "23 November 2026",
        "conditional purchase",
        "under French law",
    ):
        assert part in printed
    assert letter.key_terms[1].label in printed
    assert f"Error article 4 {remark(4).sentence.strip()} [invented]" in printed
    assert "1 error" in printed


def test_findings_without_room_are_counted() -> None:
    printed = text(of_sample("01-fr-abonnement", *map(remark, range(40))))
    count = printed.count("[invented]")
    assert 3 <= count < 40
    notes = 2
    assert f"and {40 + notes - count} more: accord review lists them" in printed


def test_nothing_to_object_is_said() -> None:
    assert "No findings" in text(of_sample("10-fr-refus-sans-decision"))


def test_it_speaks_the_language_of_the_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    english = of_sample("05-en-purchase-england")
    monkeypatch.setattr(sheet, "_", lambda sentence: f"§{sentence}")
    i18n.use("fr")
    french = of_sample("05-en-purchase-england")
    with pikepdf.open(io.BytesIO(english)) as one, pikepdf.open(io.BytesIO(french)) as other:
        assert (str(one.Root.Lang), str(other.Root.Lang)) == ("en", "fr")
    assert "§Legal review" in text(french)
    assert "23 novembre 2026" in text(french)
    assert "Purchase agreement, conditional on delivery" in text(french)  # the letter keeps its own


def test_a_letter_on_hold_has_a_sheet_of_what_is_known() -> None:
    data = agreement("fr", "FR", "intent", "none", "purchase", rich=False)
    data["prospect"]["kind"] = "consumer"
    deal = loader.deal_from(data, "deal", HOUSE.house, today=TODAY)
    with pytest.raises(LegalHold) as hold:
        compose(deal, HOUSE)
    content = sheet.sheet(review_on_hold(hold.value), deal, HOUSE.house)
    printed = text(content)
    assert pages(content) == 1
    assert "Boulangeries Lefèvre · Export FEC" in printed
    assert "prospect.kind the prospect is a consumer" in printed
    assert "Code de la consommation, art. L121-11" in printed
    assert "commande publique" not in printed


# --- Why a clause is in or out --------------------------------------------------


def state(
    file: str, *, included: bool, own: bool = False, title: str = "Price", **conditions: bool
) -> ClauseState:
    rules = tuple(Condition(name.replace("_", "-"), holds) for name, holds in conditions.items())
    status: Status = "override" if own else "standard"
    return ClauseState(file, title, 4 if included else None, included, rules, ("art. 1",), status, own)


def test_variants_share_a_row_that_says_why() -> None:
    (row,) = sheet.clause_rows(
        (
            state("32-price.england.md", included=False, binding=True, english_law=False),
            state("32-price.france.md", included=True, binding=True, french_law=True),
            state("32-price.intent.england.md", included=False, intent=False, english_law=False),
            state("32-price.intent.france.md", included=False, intent=False, french_law=True),
        )
    )
    assert (row.number, row.title, row.status_words) == (4, "Price", "standard text, not approved")
    assert row.chosen == "purchase binding, under French law"
    assert row.refused == ""


@pytest.mark.parametrize(
    ("clause", "chosen", "refused"),
    [
        (state("64-notices.md", included=True), "always", ""),
        (state("64-notices.md", included=True, own=True), "the letter’s own wording", ""),
        (state("64-notices.md", included=False), "", "out: left out by the house’s own text"),
        (
            state("46-x.md", included=False, not_binding=False, penalty=False),
            "",
            "out: purchase binding + no penalty agreed",
        ),
        (state("46-x.md", included=True, not_penalty=True), "not: penalty agreed", ""),
    ],
)
def test_a_reason_is_in_plain_words(clause: ClauseState, chosen: str, refused: str) -> None:
    (row,) = sheet.clause_rows((clause,))
    assert (row.chosen, row.refused) == (chosen, refused)


def test_a_clause_that_is_out_has_the_title_of_the_letters_law() -> None:
    (row,) = sheet.clause_rows(
        (
            state("48-x.england.md", included=False, title="Damages", penalty=False, english_law=False),
            state("48-x.france.md", included=False, title="Penalty", penalty=False, french_law=True),
        ),
        "FR",
    )
    assert (row.title, row.refused) == ("Penalty", "out: no penalty agreed")


def test_whose_text_a_clause_is_and_whether_it_is_approved_are_told_apart() -> None:
    statuses = {
        sheet.clause_rows((replace(state("64-x.md", included=True, own=own), status=status),))[0].status_words
        for own, status in ((True, "approved"), (True, "override"), (False, "approved"), (False, "standard"))
    }
    assert statuses == {
        "own text, approved",
        "own text, not approved",
        "standard text, approved",
        "standard text, not approved",
    }


def test_the_articles_of_a_code_stand_together() -> None:
    sources = ("Code civil, art. 1103", "Code civil, art. 1188", "Rome I, art. 3")
    assert sheet.by_code(sources) == ("Code civil, art. 1103, 1188", "Rome I, art. 3")


def test_findings_that_say_the_same_share_a_line() -> None:
    same = [Finding("blank", "error", where, "is left blank.") for where in ("a", "b")]
    review = Review("", "", "", (*same, remark(1)), ())
    assert [(row.where, row.count) for row in sheet.finding_rows(review)] == [("a, b", 2), ("article 1", 1)]


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        (("error", "warning"), "Not ready to sign"),
        (("warning",), "Ready to sign once the warnings are settled"),
        (("note",), "Ready to sign"),
    ],
)
def test_the_verdict_says_whether_the_letter_may_leave(
    severities: tuple[Severity, ...], expected: str
) -> None:
    review = Review("", "", "", tuple(replace(remark(1), severity=severity) for severity in severities), ())
    assert sheet.readiness(review, sample("01-fr-abonnement")) == expected
    assert sheet.readiness(review, sample("12-en-decline-market")) == expected.replace("sign", "send")


def test_the_key_terms_are_complete() -> None:
    printed = text(of_sample("01-fr-abonnement"))
    for label in (
        "Total with tax",
        "Supplier’s commitment",
        "Time to test",
        "Time to pay",
        "To be signed by",
        "Signatories",
        "Court",
        "General terms",
    ):
        assert label in printed
    declined = text(of_sample("12-en-decline-market"))
    for label in ("Request", "Need", "Reason outside the chosen market"):
        assert label in declined


def test_every_condition_has_words_of_its_own() -> None:
    words = labels.IN_WORDS
    assert {name.removeprefix("not-") for name in words} == set(conditions.CONDITIONS)
    assert len(set(words.values())) == len(words)


def test_every_clause_without_title_has_a_name() -> None:
    without = {
        clause.id
        for language in ("fr", "en")
        for kind in get_args(Kind)
        for clause in library.Library().clauses(language, kind)
        if not clause.title
    }
    assert without == set(untitled.untitled())


# --- The file -------------------------------------------------------------------


@pytest.mark.usefixtures("afresh")
def test_the_same_review_gives_the_same_bytes() -> None:
    assert of_sample("01-fr-abonnement") == of_sample("01-fr-abonnement")


def test_the_file_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(of_sample("01-fr-abonnement"))) as file:
        assert str(file.docinfo.Title) == f"Legal review – {sample('01-fr-abonnement').reference}"
        tags = {str(item.S) for item in file.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item}
        assert {"/H1", "/H2", "/L", "/LI"} <= tags
        assert not file.attachments
