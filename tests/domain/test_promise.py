"""The life of an agreement: named situations, and properties over random histories."""

import datetime
from dataclasses import replace

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.choices import Binding, Law
from accord.domain.promise import CAUSES, ENDED, STEPS, Happened, Promise, State, Terms

D = datetime.date


def terms(binding: Binding = "conditional") -> Terms:
    """Signed by 14 December, delivered by 31 March 2027, a Wednesday, accepted by 17 May."""
    binds = binding in {"promise", "conditional"}
    return Terms(
        law="FR",
        binding=binding,
        date=D(2026, 11, 13),
        signable_until=D(2026, 12, 14),
        negotiable_until=D(2027, 1, 29) if binding == "negotiate" else None,
        due=D(2027, 3, 31) if binds else None,
        long_stop=D(2027, 5, 17) if binds else None,
        acceptance_days=15,
        extension_days=30,
        force_majeure_days=60,
    )


def steps(*texts: str) -> list[Happened]:
    """Each "step day", or "extended day new-date"."""
    return [
        Happened(words[0], D.fromisoformat(words[1]), D.fromisoformat(words[2]) if words[2:] else None)  # type: ignore[arg-type]
        for words in map(str.split, texts)
    ]


SIGNED = "signed 2026-12-01"
DELIVERED = "delivered 2027-03-24"
REMINDED = "reminded 2027-04-12"

STATES: dict[str, tuple[Binding, list[str], str, State]] = {
    "nobody signs, on the last day": ("conditional", [], "2026-12-14", "issued"),
    "nobody signs": ("conditional", [], "2026-12-15", "expired"),
    "signed": ("conditional", [SIGNED], "2027-03-31", "signed"),
    "ten days later the Client may still agree": ("conditional", [SIGNED], "2027-04-12", "signed"),
    "never delivered": ("conditional", [SIGNED], "2027-04-13", "lapsed"),
    "tests run": ("conditional", [SIGNED, DELIVERED], "2027-04-08", "delivered"),
    "nobody answers, nobody reminds": ("conditional", [SIGNED, DELIVERED], "2027-05-17", "delivered"),
    "nobody ever answers": ("conditional", [SIGNED, DELIVERED], "2027-05-18", "lapsed"),
    "reminded, the fifth day": ("conditional", [SIGNED, DELIVERED, REMINDED], "2027-04-19", "delivered"),
    "silent": ("conditional", [SIGNED, DELIVERED, REMINDED], "2027-04-20", "fulfilled"),
    "accepted": ("conditional", [SIGNED, DELIVERED, "accepted 2027-04-01"], "2030-01-01", "fulfilled"),
    "silent, and told so": (
        "conditional",
        [SIGNED, DELIVERED, REMINDED, "accepted 2027-05-03"],
        "2027-05-03",
        "fulfilled",
    ),
    "refused, then nothing": ("conditional", [SIGNED, DELIVERED, "refused 2027-04-01"], "2027-05-18", "lapsed"),
    "delivered on the last day": (
        "conditional",
        [SIGNED, DELIVERED, "refused 2027-04-01", "redelivered 2027-05-17"],
        "2027-06-07",
        "delivered",
    ),
    "an option that is open": ("promise", [SIGNED, DELIVERED, "accepted 2027-04-01"], "2027-04-16", "fulfilled"),
    "an option that nobody exercises": ("promise", [SIGNED, DELIVERED, "accepted 2027-04-01"], "2027-04-17", "expired"),
    "an option exercised": (
        "promise",
        [SIGNED, DELIVERED, "accepted 2027-04-01", "ordered 2027-04-16"],
        "2027-06-01",
        "ordered",
    ),
    "a negotiation that ends": ("negotiate", [SIGNED], "2027-01-30", "expired"),
    "a negotiation that succeeds": ("negotiate", [SIGNED, "ordered 2027-01-29"], "2027-06-01", "ordered"),
    "an intent that lasts": ("intent", [SIGNED], "2029-01-30", "signed"),
}  # fmt: skip


HALVES: dict[str, tuple[list[tuple[str, str]], str, str]] = {
    "nobody": ([], "2026-12-14", "issued"),
    "the supplier": ([("supplier", "2026-12-01")], "2026-12-14", "half-signed"),
    "the client": ([("prospect", "2026-12-01")], "2026-12-14", "half-signed"),
    "the supplier, too late for the client": ([("supplier", "2026-12-01")], "2026-12-15", "expired"),
    "one after the other": ([("supplier", "2026-12-01"), ("prospect", "2026-12-03")], "2026-12-20", "signed"),
    "the other first": ([("prospect", "2026-12-01"), ("supplier", "2026-12-03")], "2026-12-20", "signed"),
    "one, then a copy with both": (
        [("prospect", "2026-12-01"), ("supplier prospect", "2026-12-03")],
        "2026-12-20",
        "signed",
    ),
}


@pytest.mark.parametrize("name", HALVES)
def test_a_letter_binds_once_both_have_signed(name: str) -> None:
    taken, day, state = HALVES[name]
    promise = Promise.issued(terms())
    for sides, on in taken:
        step = Happened("signed", D.fromisoformat(on), by=tuple(sides.split()))  # type: ignore[arg-type]
        assert promise.refusal(step) is None
        promise = promise.then(step)
    assert promise.on(D.fromisoformat(day)).shown_state == state


def test_who_has_signed_does_not_sign_again_and_nothing_follows_one_signature() -> None:
    half = Promise.issued(terms()).then(Happened("signed", D(2026, 12, 1), by=("supplier",)))
    again = half.refusal(Happened("signed", D(2026, 12, 2), by=("supplier",)))
    assert again
    assert (again.article, "has signed already" in again.sentence) == ("signature", True)
    late = half.refusal(Happened("signed", D(2026, 12, 15), by=("prospect",)))
    assert late
    assert "expired on 15" in late.sentence.replace("\N{NO-BREAK SPACE}", " ")
    delivered = half.refusal(*steps("delivered 2026-12-02"))
    assert delivered
    assert "is signed by one side alone" in delivered.sentence
    assert half.refusal(*steps("withdrawn 2026-12-02")) is None


@pytest.mark.parametrize("name", STATES)
def test_the_state_on_a_day(name: str) -> None:
    binding, taken, day, state = STATES[name]
    assert Promise.at(terms(binding), steps(*taken), D.fromisoformat(day)).state == state


REFUSALS: dict[str, tuple[Binding, list[str], str, str, str]] = {
    "signed too late": ("conditional", [], "signed 2026-12-15", "signature", "expired on 15"),
    "signed twice": ("conditional", [SIGNED], "signed 2026-12-02", "signature", "is signed"),
    "delivered unsigned": ("conditional", [], "delivered 2026-12-02", "condition", "is not signed yet"),
    "delivered late": ("conditional", [SIGNED], "delivered 2027-04-05", "condition", "was due on 31"),
    "accepted before delivery": ("conditional", [SIGNED], "accepted 2027-03-01", "acceptance", "not delivered"),
    "reminded while the tests run": ("conditional", [SIGNED, DELIVERED], "reminded 2027-04-08", "acceptance", "until 8"),
    "reminded too late": ("conditional", [SIGNED, DELIVERED], "reminded 2027-04-14", "acceptance", "due by 13"),
    "reminded twice": ("conditional", [SIGNED, DELIVERED, REMINDED], "reminded 2027-04-13", "acceptance", "already"),
    "delivered again too late": (
        "conditional",
        [SIGNED, "delivered 2027-03-31", "refused 2027-04-15", "extended 2027-04-16 2027-04-02"],
        "redelivered 2027-05-20",
        "acceptance",
        "lapsed on 20",
    ),
    "postponed to an earlier day": ("conditional", [SIGNED], "extended 2027-03-01 2027-03-01", "condition", "after 31"),
    "postponed after the lapse": ("conditional", [SIGNED], "extended 2027-04-13 2027-05-01", "condition", "lapsed"),
    "waived after the lapse": ("conditional", [SIGNED], "waived 2027-04-13", "beneficiary-waiver", "before it is"),
    "waived once fulfilled": (
        "conditional",
        [SIGNED, DELIVERED, "accepted 2027-04-01"],
        "waived 2027-04-02",
        "beneficiary-waiver",
        "accepted on 1",
    ),
    "accepted twice": (
        "conditional",
        [SIGNED, DELIVERED, "accepted 2027-04-01"],
        "accepted 2027-04-02",
        "acceptance",
        "accepted on 1",
    ),
    "a presumed acceptance stated twice": (
        "conditional",
        [SIGNED, DELIVERED, REMINDED, "accepted 2027-05-03"],
        "accepted 2027-05-04",
        "acceptance",
        "accepted on 19",
    ),
    "ordered before delivery": ("conditional", [SIGNED], "ordered 2027-03-01", "effect", "fulfilled or waived"),
    "an option exercised too late": (
        "promise",
        [SIGNED, DELIVERED, "accepted 2027-04-01"],
        "ordered 2027-04-17",
        "effect",
        "expired on 17",
    ),
    "lapsed too soon": ("conditional", [SIGNED], "lapsed 2027-04-12", "lapse", "when its dates have passed"),
    "withdrawn once signed": ("conditional", [SIGNED], "withdrawn 2027-01-01", "signature", "before it is signed"),
    "delivered under a letter of intent": ("intent", [SIGNED], "delivered 2027-01-01", "condition", "is signed"),
    "a day before the last step": ("conditional", [SIGNED], "delivered 2026-11-30", "", "is before 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
def test_a_step_that_the_letter_refuses(name: str) -> None:
    binding, taken, step, article, words = REFUSALS[name]
    (asked,) = steps(step)
    promise = Promise.at(terms(binding), steps(*taken), D(2026, 11, 13))
    refusal = promise.refusal(asked)
    assert refusal is not None
    assert refusal.article == article
    assert words in refusal.sentence.replace("\N{NO-BREAK SPACE}", " ")


def test_nothing_is_owed_before_an_option_is_exercised() -> None:
    accepted = steps(SIGNED, DELIVERED, "accepted 2027-04-01")
    default = Happened("defaulted", D(2027, 4, 5))
    assert Promise.at(terms("conditional"), accepted, default.on).refusal(default) is None
    under_option = Promise.at(terms("promise"), accepted, default.on)
    assert under_option.refusal(default)
    exercised = under_option.then(Happened("ordered", default.on))
    assert exercised.refusal(default) is None


def test_what_silence_accepted_stays_accepted_on_its_day() -> None:
    silent = steps(SIGNED, DELIVERED, REMINDED, "accepted 2027-05-03")
    promise = Promise.at(terms("conditional"), silent, D(2027, 5, 3))
    assert (promise.since, promise.presumed, promise.stated) == (D(2027, 4, 19), True, True)
    option = Promise.at(terms("promise"), silent[:3], D(2027, 4, 30))
    assert (
        option.then(Happened("accepted", D(2027, 4, 30))).exercise_by == option.exercise_by == D(2027, 5, 4)
    )


def test_dates_move_together() -> None:
    promise = Promise.at(terms(), steps(SIGNED, "extended 2027-03-01 2027-04-30"), D(2027, 3, 1))
    assert (promise.due, promise.long_stop) == (D(2027, 4, 30), D(2027, 6, 16))


def test_a_period_that_runs_at_the_long_stop_postpones_it() -> None:
    taken = steps(SIGNED, DELIVERED, "refused 2027-04-01", "redelivered 2027-05-17")
    tested = Promise.at(terms(), taken, D(2027, 5, 17))
    assert tested.answer_by == D(2027, 6, 1)
    assert tested.postponed_long_stop == tested.last_day == D(2027, 6, 7)  # the 6th is a Sunday
    refused = tested.then(*steps("refused 2027-05-28"))
    assert refused.refusal(*steps("redelivered 2027-05-31")) is not None
    assert refused.last_day == D(2027, 6, 1)


@pytest.mark.parametrize(("days", "lawful"), [(60, True), (61, False)])
def test_force_majeure_postpones_no_longer_than_its_clause_says(days: int, lawful: bool) -> None:  # noqa: FBT001
    signed = Promise.at(terms(), steps(SIGNED), D(2026, 12, 1))
    to = D(2027, 3, 31) + datetime.timedelta(days=days)
    assert (signed.refusal(Happened("extended", D(2027, 3, 1), to, "force-majeure")) is None) is lawful


@st.composite
def histories(draw: st.DrawFn) -> list[Happened]:
    """Steps in any order, each some days after the one before."""
    day, taken = D(2026, 11, 13), []
    for _ in range(draw(st.integers(1, 12))):
        day += datetime.timedelta(days=draw(st.integers(0, 40)))
        to = day + datetime.timedelta(days=draw(st.integers(-10, 90)))
        taken.append(Happened(draw(st.sampled_from(STEPS)), day, to, draw(st.sampled_from(CAUSES))))
    return taken


@given(st.sampled_from(["conditional", "promise", "negotiate", "intent"]), histories())
def test_no_history_leads_astray(binding: Binding, history: list[Happened]) -> None:
    promise, lawful = Promise.issued(terms(binding)), list[Happened]()
    for step in history:
        if promise.refusal(step):
            continue
        before, promise = promise.on(step.on), promise.then(step)
        lawful.append(step)
        assert not before.ended or (before.state == step.step and not before.on_record)
        assert before.on_record <= promise.on_record
    names = [step.step for step in lawful]
    if "ordered" in names and promise.is_binding:
        assert {"accepted", "waived", "reminded"} & set(names[: names.index("ordered")])
    if promise.state == "fulfilled":
        assert {"delivered"} <= set(names)
    assert Promise.at(terms(binding), lawful, promise.since) == promise


@given(histories())
def test_a_state_lasts_until_its_last_day(history: list[Happened]) -> None:
    promise = Promise.issued(terms())
    for step in history:
        if not promise.refusal(step):
            promise = promise.then(step)
    last = promise.last_day
    if last is None or last < promise.since:
        return
    assert promise.on(last).state == promise.state
    assert promise.on(last + datetime.timedelta(days=1)).state != promise.state
    assert promise.state not in ENDED


FEASTS = {"FR": holidays.country_holidays("FR"), "EW": holidays.country_holidays("GB", subdiv="ENG")}


def working(day: datetime.date, law: Law) -> datetime.date:
    """The day itself, or the next on which people work, as the article on definitions says: said again here."""
    while day.weekday() > 4 or day in FEASTS[law]:
        day += datetime.timedelta(days=1)
    return day


@settings(deadline=None)  # each year's holidays are computed once
@given(st.sampled_from(["FR", "EW"]), st.sampled_from(["conditional", "promise"]), histories())
def test_the_dates_are_those_of_the_articles(law: Law, binding: Binding, history: list[Happened]) -> None:
    agreed = replace(terms(binding), law=law)
    promise, taken = Promise.issued(agreed), [Happened("signed", D(2026, 12, 1))]
    promise = promise.then(taken[0])
    for step in history:
        if promise.refusal(step) is None:
            promise = promise.then(step)
            taken.append(step)

    def after(day: datetime.date, days: int) -> datetime.date:
        return working(day + datetime.timedelta(days=days), law)

    due, by_force = D(2027, 3, 31), 0
    for step in taken:
        if step.step == "extended" and step.to:
            by_force += (step.to - due).days if step.cause == "force-majeure" else 0
            due = step.to
    long_stop = D(2027, 5, 17) + (due - D(2027, 3, 31))
    assert by_force <= 60
    assert (promise.due, promise.long_stop) == (due, long_stop)
    if promise.state == "signed":
        assert promise.last_day == after(due, 10)
    if promise.state == "delivered":
        last = max(number for number, step in enumerate(taken) if step.step in {"delivered", "redelivered"})
        reminded = [step.on for step in taken[last:] if step.step == "reminded"]
        answer_by = after(taken[last].on, 15)
        assert (promise.answer_by, promise.remind_by) == (answer_by, after(answer_by, 5))
        assert promise.presumed_on == (after(reminded[0], 5) if reminded else None)
        assert promise.last_day == (promise.presumed_on or max(long_stop, answer_by, after(answer_by, 5)))
    if promise.state in {"fulfilled", "waived"} and binding == "promise":
        assert promise.exercise_by == after(promise.since, 15)
