"""The letter of a deal: a draft, or the final letter if nothing keeps it back."""

from accord.clauses.library import Library
from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.errors import AccordError, Gaps, Refusals
from accord.letter.composer import compose
from accord.letter.letter import Letter


def make_letter(
    deal: Deal, home: HouseFile, *, final: bool, source: str = "", library: Library | None = None
) -> Letter:
    """The letter of a deal: its draft, or with `final` the letter to sign.

    `source` names the deal in errors; `library` spares reading the same clauses
    for several letters.  Raises what `compose` does; for a final letter, `Gaps`,
    `ReviewErrors`, or both as `Refusals`.
    """
    if not final:
        return compose(deal, home, source=source, library=library)
    from accord.review.review import ReviewErrors, review  # noqa: PLC0415 - a draft need not wait for it

    letter, gaps = as_final_as_can_be(deal, home, source, library)
    reviewed = review(letter, deal, home.house, home.path.parent)
    refusals: list[AccordError] = [gaps] if gaps else []
    if errors := [finding for finding in reviewed.errors if finding.code != "blank"]:
        refusals.append(ReviewErrors(source, errors))
    if refusals:
        raise refusals[0] if len(refusals) == 1 else Refusals(refusals)
    return letter


def as_final_as_can_be(
    deal: Deal, home: HouseFile, source: str, library: Library | None = None
) -> tuple[Letter, Gaps | None]:
    """The final letter, not reviewed yet; where something is blank, the draft and what is blank."""
    try:
        return compose(deal, home, final=True, source=source, library=library), None
    except Gaps as gaps:
        return compose(deal, home, source=source, library=library), gaps
