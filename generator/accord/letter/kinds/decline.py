"""The decline: a polite no, on one page."""

from collections.abc import Mapping
from typing import Any, ClassVar

from accord.domain.deal import Decline, Refusal
from accord.domain.house import House
from accord.letter.kinds.base import LetterKind
from accord.letter.placeholders import Placeholders

_PRINTED: Mapping[str, Any] = {
    **dict.fromkeys(("language", "locale", "date", "reference", "refusal", "opening_note"), True),
    "prospect": {"name", "address", "country", "contact"},
    "feature": {"name", "need"},
}


class DeclineKind(LetterKind[Decline]):
    """What the house sends where it promises nothing."""

    name = "decline"
    prefix = "DC"
    signatories = ("supplier",)
    held_for = frozenset({"consumer"})
    one_page = True
    cases = tuple(frozenset({reason}) for reason in ("out-of-scope", "no-commitment", "date-not-feasible"))
    smallest: ClassVar[Mapping[str, Any]] = {"decline": {"reason": "out-of-scope"}}

    def put(self, placeholders: Placeholders, deal: Decline, house: House) -> None:
        """Put what the reason is explained by."""
        statement: str | None = getattr(house.positioning.statement, deal.language)
        placeholders.put("positioning.statement", statement or "")
        placeholders.put_date("delivery.by", deal.delivery.by if deal.delivery else None)
        placeholders.put_date("decline.earliest", deal.refusal.earliest)
        placeholders.put("decline.own_alternative", deal.refusal.own_alternative or "")
        placeholders.put("decline.alternative", deal.refusal.alternative or "")

    def printed_deal(self, deal: Decline, house: House) -> dict[str, Any]:
        """It says whom it answers, what was asked and why not."""
        reason, include = deal.refusal.reason, dict(_PRINTED)
        if reason == "date-not-feasible":
            include["delivery"] = {"by"}
        if reason == "no-commitment":  # the invitation is another one to a public body
            include["prospect"] = include["prospect"] | {"kind"}
        data = deal.model_dump(mode="json", exclude_none=True, exclude_defaults=True, include=include)
        refusal = data.pop("refusal")
        if deal.refusal.candid == Refusal(reason=reason).candid:
            refusal.pop("candour", None)
        return {"decline": refusal, **data}

    def printed_house(self, deal: Decline, house: House) -> dict[str, Any]:
        """It says no terms, and the positioning only where this is the reason."""
        statement = getattr(house.positioning.statement, deal.language)
        if statement and deal.refusal.reason == "out-of-scope":
            return {"positioning": {"statement": {deal.language: statement}}}
        return {}
