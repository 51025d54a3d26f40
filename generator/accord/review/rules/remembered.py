"""The checks of a letter against the register: what was answered before, and what the team can carry.

They say nothing where the register was not asked.  Their codes are those of `choices.Warned`, any of
which the house may make an error.
"""

import datetime

from accord.domain.capacity import Judgement, Team, Work, judge
from accord.domain.deal import Decline
from accord.domain.precedents import Known
from accord.i18n import _
from accord.review import precedents
from accord.review.findings import AgreementCase, Case, DeclineCase, Findings, only

NOTHING = Known(datetime.date.min)


def _known(case: Case) -> Known:
    return case.known or NOTHING


def unreachable(case: Case) -> Findings:
    """A register that does not answer is no proof that nothing was promised."""
    if reason := _known(case).unreachable:
        sentence = _(
            "The register could not be asked: nobody has looked who else was promised this, nor what your"
            " team can carry. {reason}"
        )
        yield case.finding("register-unreachable", "warning", "", sentence, reason=reason)


def asked_before(case: Case) -> Findings:
    """Who asked for the same, and what they were answered."""
    if sentence := precedents.asked_before(_known(case)):
        yield case.finding("asked-before", "note", "feature.name", sentence)


@only(AgreementCase)
def already_promised(case: AgreementCase) -> Findings:
    """One prospect has one open agreement for one feature."""
    for each in _known(case).precedents:
        if each.is_theirs and each.is_open:
            sentence = _(
                "They have an open agreement for it: {letter}. End that one first (accord follow), or give"
                " this letter its reference, as a new version of it."
            )
            yield case.finding(
                "already-promised",
                "warning",
                "feature.name",
                sentence,
                letter=f"{each.reference}, {precedents.answer(each)}",
            )


@only(DeclineCase)
def reason_differs(case: DeclineCase) -> Findings:
    """Somebody who is refused the same thing twice compares the reasons."""
    declined = [each for each in _known(case).precedents if each.is_theirs and each.reason]
    if declined and declined[-1].reason != case.deal.refusal.reason:
        sentence = _(
            "The last time they asked, the reason was another one: {letter}. Give the same, or make sure that"
            " something has changed since."
        )
        letter = f"{declined[-1].reference}, {precedents.answer(declined[-1])}"
        yield case.finding("reason-differs", "warning", "decline.reason", sentence, letter=letter)


@only(AgreementCase)
def declined_off_market(case: AgreementCase) -> Findings:
    """What the positioning refused to one it does not promise to the next, unless it has changed."""
    answers = _known(case).precedents
    refused = [place for place, each in enumerate(answers) if each.reason == "out-of-scope"]
    if refused and all(each.reason for each in answers[refused[-1] :]):
        sentence = _(
            "It was declined as outside your chosen market: {letter}. Promise it only if your positioning has"
            " changed, and write so in accord.toml."
        )
        letter = precedents.precedent(answers[refused[-1]])
        yield case.finding("declined-off-market", "warning", "feature.name", sentence, letter=letter)


@only(DeclineCase)
def promised_elsewhere(case: DeclineCase) -> Findings:
    """A feature is not outside the market of a house that has promised it."""
    promised = [each for each in _known(case).precedents if each.is_open or each.state == "ordered"]
    if promised and case.deal.refusal.reason == "out-of-scope":
        sentence = _(
            "You say that it is outside your chosen market, and have promised it: {letter}. Give the reason"
            " that is yours."
        )
        letter = precedents.precedent(promised[-1])
        yield case.finding("promised-elsewhere", "warning", "decline.reason", sentence, letter=letter)


def _date(case: Case) -> tuple[str, datetime.date] | None:
    """The day that the letter names as the one of delivery, and its key; None if it names none."""
    deal = case.deal
    if isinstance(deal, Decline):
        return ("decline.earliest", deal.refusal.earliest) if deal.refusal.earliest else None
    return ("delivery.by", deal.delivery.by) if deal.delivery else None


def _judged(case: Case) -> Judgement | None:
    """What the promise does to the team's plan; None where the plan does not say."""
    named, effort = _date(case), case.deal.feature.effort
    team = Team.of(case.house, _known(case).day) if case.known and not case.known.unreachable else None
    if team is None or named is None or effort is None:
        return None
    return judge(precedents.works(_known(case)), Work("", named[1], effort), team)


def over_capacity(case: Case) -> Findings:
    """A date that the team cannot keep, or that makes it break another one."""
    named, judgement = _date(case), _judged(case)
    if named and judgement and not judgement.fits:
        sentence = precedents.over_capacity(judgement, _known(case))
        yield case.finding("over-capacity", "warning", named[0], sentence)


def effort_missing(case: Case) -> Findings:
    """Without an effort nobody knows whether the team can carry it, or the others."""
    if case.house.capacity.days_per_month is None or not case.known or not _date(case):
        return
    if case.deal.feature.effort is None:
        sentence = _("Nobody said how many working days it takes, so whether it fits is not known.")
        yield case.finding("effort-missing", "note", "feature.effort", sentence)
    if unknown := [each for each in case.known.owed if each.effort is None]:
        yield case.finding("effort-unknown", "note", "", precedents.without_effort(unknown))


def crowded_date(case: Case) -> Findings:
    """A day on which much is due already."""
    named = _date(case)
    near = precedents.near(named[1], _known(case).owed) if named else []
    if named and len(near) >= precedents.CROWD:
        yield case.finding("crowded-date", "warning", named[0], precedents.crowded(named[1], near))
