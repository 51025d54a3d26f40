"""The register again from what PDFs say: the states are those that the steps had led to."""

import datetime
import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.promise import CAUSES, STEPS, Happened, Promise
from accord.domain.sequel import PAPER_OF, Paper
from accord.register.entries import Entry, Event, History
from accord.services.evidence import Evidence
from accord.services.rebuild import Rebuilt, rebuilt
from support.registered import ENTRY, signature

D = datetime.date
LETTER = replace(ENTRY, extension_days=30, force_majeure_days=60, articles={"condition": 6, "acceptance": 9})
FILE = Evidence("authentic", "a.pdf", "0" * 64, final=True, reference=LETTER.reference, entry=LETTER)
BOTH = (signature("supplier", D(2026, 11, 20)), signature("prospect", D(2026, 12, 1)))
SIGNED = replace(FILE, answer="intact", path="signed.pdf", sha256="1" * 64, signers=BOTH)


def papers(steps: Sequence[Happened], letter: Entry = LETTER) -> list[Evidence]:
    """The documents of some steps."""
    assert letter.terms
    found = []
    for number, step in enumerate(steps):
        if paper := Paper.of(letter.terms, steps[:number], step, letter.articles):
            path = f"{number}-{paper.kind}.pdf"
            found.append(
                replace(FILE, path=path, sha256=f"{number}" * 64, entry=None, paper=paper, terms=letter.terms)
            )
    return found


def steps(*texts: str) -> list[Happened]:
    return [
        Happened(words[0], D.fromisoformat(words[1]), D.fromisoformat(words[2]) if words[2:] else None)  # type: ignore[arg-type]
        for words in map(str.split, texts)
    ]


def history(found: Rebuilt, letter: Entry = LETTER) -> History:
    events = tuple(
        Event(number, "", "", row.reference, row.kind, row.data, "")
        for number, row in enumerate(found.rows)
        if row.kind != "issued"
    )
    return History(letter, events)


WHOLE = steps(
    "signed 2026-12-01",
    "extended 2027-02-01 2027-04-15",
    "delivered 2027-04-01",
    "refused 2027-04-01",
    "delivered 2027-04-20",
    "accepted 2027-04-20",
    "ordered 2027-04-20",
    "defaulted 2027-06-01",
)
WHOLE[4] = replace(WHOLE[4], step="redelivered")


@pytest.mark.parametrize("seed", range(10))
def test_the_files_come_in_any_order(seed: int) -> None:
    files = [FILE, SIGNED, *papers(WHOLE)]
    random.Random(seed).shuffle(files)  # noqa: S311 - the order alone is odd
    found = rebuilt(files)
    assert history(found).steps == tuple(WHOLE)
    assert found.remarks == ()
    assert [row.data.get("document") for row in found.rows[2:4]] == [
        "1-extension-deed.pdf",
        "2-delivery-notice.pdf",
    ]


@pytest.mark.parametrize(
    ("lost", "told"),
    {
        "delivery-notice": "“delivered” on 2027-03-01 is known from 2-acceptance-report.pdf alone",
        "acceptance-report": "“accepted” on 2027-03-10 is known from 3-order-form.pdf alone",
    }.items(),
)
def test_a_step_whose_document_is_lost_is_known_from_another(lost: str, told: str) -> None:
    life = steps("signed 2026-12-01", "delivered 2027-03-01", "accepted 2027-03-10", "ordered 2027-03-11")
    found = rebuilt([FILE, SIGNED, *(file for file in papers(life) if lost not in file.path)])
    assert history(found).steps == tuple(life)
    assert found.remarks == (f"{LETTER.reference}: {told}",)


def test_a_signature_on_paper_is_put_before_what_followed_it() -> None:
    life = steps("signed 2026-12-01", "delivered 2027-03-01")
    found = rebuilt([FILE, *papers(life)])
    assert history(found).steps == (Happened("signed", D(2026, 12, 14)), life[1])
    (remark,) = found.remarks
    assert "“signed” on 2026-12-14 is known from 1-delivery-notice.pdf alone" in remark


def test_what_does_not_follow_is_told() -> None:
    life = steps(
        "signed 2026-12-01", "extended 2027-02-01 2027-04-15", "delivered 2027-04-10", "reminded 2027-04-26"
    )
    notice, reminder = papers(life)[1:]
    late = rebuilt([FILE, SIGNED, notice, reminder])
    assert [step.step for step in history(late).steps] == ["signed"]
    assert [remark.split(": ")[1] for remark in late.remarks] == [
        "2-delivery-notice.pdf does not follow from the other files, and is not recorded",
        "3-reminder.pdf does not follow from the other files, and is not recorded",
    ]
    (alone,) = rebuilt([notice]).remarks
    assert "follows an agreement that is not here" in alone


def test_a_letter_that_nobody_is_seen_to_have_signed_is_named() -> None:
    (remark,) = rebuilt([FILE]).remarks
    assert LETTER.reference in remark


def test_a_letter_that_one_side_signed_is_half_signed_again() -> None:
    half = replace(SIGNED, signers=BOTH[1:])
    (step,) = history(rebuilt([FILE, half])).steps
    assert (step.step, step.on, step.by) == ("signed", D(2026, 12, 1), ("prospect",))
    other = replace(SIGNED, path="other.pdf", sha256="2" * 64, signers=BOTH[:1])
    found = history(rebuilt([FILE, half, other]))
    assert [each.by for each in found.steps] == [("supplier",), ("prospect",)]
    promise = found.promise(D(2026, 12, 2))
    assert promise
    assert (promise.state, promise.since) == ("signed", D(2026, 12, 1))
    stranger = replace(SIGNED, signers=(signature("Signature1", D(2026, 12, 1)),))
    assert history(rebuilt([FILE, stranger])).steps == ()


def test_the_version_that_was_followed_counts() -> None:
    older = replace(LETTER, version="BBBB", value=Decimal(1), due=D(2027, 3, 30))
    newer = replace(
        FILE, path="b.pdf", sha256="2" * 64, entry=replace(LETTER, version="ZZZZ", date=D(2026, 11, 20))
    )
    first = replace(FILE, path="c.pdf", sha256="3" * 64, entry=older)
    assert [row.data["version"] for row in rebuilt([newer, first]).rows] == ["BBBB", "ZZZZ"]
    followed = rebuilt([newer, first, *papers(steps("signed 2026-12-01", "delivered 2027-03-01"), older)])
    assert [row.data["version"] for row in followed.rows if row.kind == "issued"] == ["ZZZZ", "BBBB"]
    assert "BBBB is taken for the one that counts" in followed.remarks[0]


@st.composite
def lives(draw: st.DrawFn) -> tuple[Entry, list[Happened]]:
    """Lawful steps after a signature."""
    letter = replace(LETTER, binding=draw(st.sampled_from(["conditional", "promise"])))
    assert letter.terms
    day = D(2026, 12, 1)
    taken = [Happened("signed", day)]
    promise = Promise.issued(letter.terms).then(taken[0])
    for _ in range(draw(st.integers(0, 10))):
        day += datetime.timedelta(days=draw(st.integers(0, 40)))
        to = day + datetime.timedelta(days=draw(st.integers(-10, 90)))
        step = Happened(draw(st.sampled_from(STEPS)), day)
        if step.step == "extended":
            step = replace(step, to=to, cause=draw(st.sampled_from(CAUSES)))
        if promise.refusal(step) is None:
            promise = promise.then(step)
            taken.append(step)
    return letter, taken


@given(lives(), st.randoms(use_true_random=False))
def test_any_life_comes_back_from_its_documents(
    life: tuple[Entry, list[Happened]], order: random.Random
) -> None:
    letter, taken = life
    files = [replace(FILE, entry=letter), replace(SIGNED, entry=letter), *papers(taken, letter)]
    order.shuffle(files)
    found = rebuilt(files)
    documented = [step for step in taken if step.step in PAPER_OF or step.step == "signed"]
    assert sorted(map(repr, history(found, letter).steps)) == sorted(map(repr, documented))
    day = D(2029, 1, 1)
    before, after = (History(letter, events).promise(day) for events in (history(found, letter).events, ()))
    assert letter.terms
    assert before == Promise.at(letter.terms, documented, day)
    assert after != before or len(taken) == 1
