"""The decline: a polite no, on one page."""

from typing import Any, ClassVar

from accord.domain.deal import Decline
from accord.domain.house import House
from accord.letter import printed
from accord.letter.kinds.base import Data, LetterKind
from accord.letter.placeholders import Placeholders


class DeclineKind(LetterKind[Decline]):
    """What the house sends where it promises nothing."""

    name = "decline"
    prefix = "DC"
    signatories = ("supplier",)
    held_for = frozenset({"consumer"})
    one_page = True
    cases = tuple(frozenset({reason}) for reason in ("out-of-scope", "no-commitment", "date-not-feasible"))
    smallest: ClassVar[Data] = {"decline": {"reason": "out-of-scope"}}

    def put(self, placeholders: Placeholders, deal: Decline, house: House) -> None:
        """Put what the reason is explained by."""
        statement: str | None = getattr(house.positioning.statement, deal.language)
        placeholders.put("positioning.statement", statement or "")
        placeholders.put_date("delivery.by", deal.delivery.by if deal.delivery else None)
        placeholders.put_date("decline.earliest", deal.refusal.earliest)
        placeholders.put("decline.alternative", deal.refusal.alternative or "")

    def printed_deal(self, deal: Decline, house: House, data: Data) -> dict[str, Any]:
        """It says whom it answers, what was asked and why not."""
        kept = printed.only(data, "language", "locale", "date", "reference")
        if deal.refusal.reason == "date-not-feasible" and deal.delivery:
            kept["delivery"] = {"by": data["delivery"]["by"]}
        return {
            **kept,
            "prospect": printed.only(data["prospect"], "name", "address", "country", "contact"),
            "feature": printed.only(data["feature"], "name", "need"),
            "decline": data["refusal"],
        }

    def printed_house(self, deal: Decline, house: House) -> dict[str, Any]:
        """It says no terms, and the positioning only where this is the reason."""
        statement = getattr(house.positioning.statement, deal.language)
        if statement and deal.refusal.reason == "out-of-scope":
            return {"positioning": {"statement": {deal.language: statement}}}
        return {}
