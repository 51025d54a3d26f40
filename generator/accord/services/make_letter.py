"""The letter of a deal: a draft, or the final letter if nothing keeps it back."""

from accord.clauses.library import Library
from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.domain.precedents import Known
from accord.errors import AccordError, Gaps, Refusals
from accord.letter.composer import compose
from accord.letter.letter import Letter


def make_letter(
    deal: Deal, home: HouseFile, *, final: bool, source: str = "", library: Library | None = None
) -> Letter:
    """The letter of a deal: its draft, or with `final` the letter to sign.

    `source` names the deal in errors; `library` spares reading the same clauses
    for several letters.  Raises what `compose` does, and for a final letter what `final_letter` does.
    """
    if final:
        return final_letter(deal, home, source, library)[0]
    return compose(deal, home, source=source, library=library)


def final_letter(
    deal: Deal,
    home: HouseFile,
    source: str = "",
    library: Library | None = None,
    known: Known | None = None,
) -> tuple[Letter, int]:
    """The letter to sign, and how many warnings its review has; `known` is what the register has to say of it.

    Raises what `compose` does, `Gaps`, `ReviewErrors`, or both as `Refusals`.
    """
    from accord.review.review import ReviewErrors, review  # noqa: PLC0415 - a draft need not wait for it

    letter, gaps = as_final_as_can_be(deal, home, source, library)
    reviewed = review(letter, deal, home.house, home.path.parent, library=library, known=known)
    refusals: list[AccordError] = [gaps] if gaps else []
    if held := [finding for finding in reviewed.refusals if finding.code != "blank"]:
        refusals.append(ReviewErrors(source, held))
    if refusals:
        raise refusals[0] if len(refusals) == 1 else Refusals(refusals)
    return letter, len(reviewed.warnings)


def as_final_as_can_be(
    deal: Deal, home: HouseFile, source: str, library: Library | None = None
) -> tuple[Letter, Gaps | None]:
    """The final letter, not reviewed yet; where something is blank, the draft and what is blank."""
    try:
        return compose(deal, home, final=True, source=source, library=library), None
    except Gaps as gaps:
        return compose(deal, home, source=source, library=library), gaps
