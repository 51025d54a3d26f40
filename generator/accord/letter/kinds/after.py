"""What follows an agreement: the notices, reports and deeds of its life, each with the agreement's own words."""

import datetime
from collections.abc import Mapping
from itertools import chain, product
from typing import Any, ClassVar, Literal

from accord.clauses.labels import Labels
from accord.clauses.library import TEMPLATES, id_of
from accord.domain.choices import Binding, Commitment, Kind, Law
from accord.domain.deal import Agreement
from accord.domain.documents import Document
from accord.domain.house import House
from accord.domain.sequel import SIGNED, Paper, PaperKind, Sequel
from accord.letter.kinds.agreement import AgreementKind
from accord.letter.letter import Term
from accord.letter.placeholders import Placeholders
from accord.text import markup, sentences

_PAPERS: tuple[tuple[str, ...], ...] = (
    ("delivery-notice",),
    ("reminder",),
    *product(("acceptance-report",), ("accepted", "refused")),
    ("acceptance-notice",),
    *product(
        ("extension-deed",),
        ("postponed-by-agreement", "postponed-by-force-majeure", "postponed-by-client"),
    ),
    ("waiver-deed",),
    *product(("lapse-notice",), ("undelivered", "unaccepted")),
    *product(("order-form", "default-notice"), ("tested", "presumed", "renounced")),
)
_DAYS = (
    *("delivered", "reminded", "answer_by", "remind_by", "presumed", "due", "long_stop"),
    *("former_due", "former_long_stop", "fulfilled", "exercise_by", "effect"),
)
_ROWS: Mapping[PaperKind, tuple[str, ...]] = {
    "acceptance-report": ("agreement", "feature", "delivered", "result"),
    "extension-deed": ("agreement", "feature", "due", "long_stop"),
    "waiver-deed": ("agreement", "feature"),
    "order-form": ("agreement", "order", "price", "effect"),
}
"""The rows at a glance of each document that has articles, by their names among the labels."""


class AfterKind(AgreementKind):
    """The document of a step: it cites its agreement by reference, day and article.

    Its reference is that of the agreement.
    """

    name: ClassVar[Kind] = "after"
    one_page = True
    cases = tuple(
        frozenset(chain(*case))
        for case in product(
            _PAPERS,
            (("promise", "binding"), ("conditional", "binding")),
            (("no-efforts",), ("efforts",), ("firm",)),
            (("french-law",), ("english-law",)),
            (("subscription",), ("purchase", "one-off"), ("pilot", "one-off")),
        )
    )

    def example(self, deal: Agreement) -> Sequel:
        """A delivery notice under an agreement that has every article."""
        ids = dict.fromkeys((id_of(path) for path in (TEMPLATES / "en/agreement").glob("*.md")), 1)
        return Sequel.to(deal, Paper(kind="delivery-notice", on=deal.date, articles=ids))

    def put(self, placeholders: Placeholders, deal: Agreement, house: House) -> None:
        """Put what the agreement says, which it is, the numbers of its articles, and what the step adds."""
        super().put(placeholders, deal, house)
        paper = _paper(deal)
        placeholders.put("agreement.reference", deal.reference or "")
        placeholders.put_date("agreement.date", deal.date)
        for name, number in paper.articles.items():
            placeholders.put(f"agreed.{name.replace('-', '_')}", f"{number}")
        placeholders.put_date("paper.on", paper.on)
        for name in _DAYS:
            placeholders.put_date(f"paper.{name}", getattr(paper, name))
        items = map(placeholders.value, sentences.series(paper.items, deal.language))
        placeholders.put("paper.items", markup.listing([*items]) if paper.items else "")

    def title(self, deal: Agreement, house: House) -> str:
        """A title for each document; of an order that exercises an option, another."""
        return _key(deal)

    def subject(self, deal: Agreement) -> str:
        """The document and the feature."""
        return _key(deal)

    def effect(self, deal: Agreement) -> tuple[Law, Binding | None, Commitment | None]:
        """The law of the agreement; what binds is the agreement itself."""
        return deal.law, None, None

    def day(self, deal: Agreement) -> datetime.date:
        """The day of the step."""
        return _paper(deal).on

    def called(self, deal: Agreement, placeholders: Placeholders) -> str:
        """Which document it is."""
        return placeholders.labels["title"][_key(deal)]

    def signs(self, deal: Agreement) -> tuple[Literal["supplier", "prospect"], ...]:
        """The sender of a notice, whoever declares something in a deed."""
        return _paper(deal).signed

    def consent(self, deal: Agreement, role: str, labels: Labels) -> str:
        """The words of a deed; a notice has none."""
        kind = _paper(deal).kind
        return labels["consent"][kind] if kind in SIGNED else ""

    def heading(self, deal: Agreement, labels: Labels) -> str:
        """One heading for all."""
        return labels["paper"]["heading"]

    def key_terms(self, deal: Agreement, placeholders: Placeholders) -> tuple[Term, ...]:
        """Which agreement, what, and the days that count."""
        texts, labels, paper = placeholders.texts, placeholders.labels["paper"], _paper(deal)
        lines = {name: f"{name}-line" for name in _ROWS.get(paper.kind, ())}
        if "result" in lines:
            lines["result"] = f"result-{_outcome(paper)}"
        return tuple(
            Term(name, labels[name], (markup.fill(labels[line], texts),)) for name, line in lines.items()
        )

    def documents(self, deal: Agreement, house: House, placeholders: Placeholders) -> tuple[Document, ...]:
        """That of an order for the client's purchasing software; the annexes are with the agreement."""
        if not isinstance(deal, Sequel) or deal.paper.kind != "order-form":
            return ()
        from accord.letter.order_x import order_x  # noqa: PLC0415 - for orders alone

        order = order_x(deal, house, placeholders)
        return (order,) if order else ()

    def enclosures(self, placeholders: Placeholders) -> tuple[str, ...]:
        """None: the annexes are with the agreement."""
        return ()

    def printed_deal(self, deal: Agreement, house: House) -> dict[str, Any]:
        """The agreement's own data, by which its words and dates can be read again."""
        data = super().printed_deal(deal, house)
        del data["paper"]
        return data

    def printed_house(self, deal: Agreement, house: House) -> dict[str, Any]:
        """The terms of the agreement, but for the file of the general terms."""
        data = super().printed_house(deal, house)
        data["terms"].pop("general_terms_file", None)
        return data

    def printed_more(self, deal: Agreement) -> dict[str, Any]:
        """The step."""
        return {"paper": _paper(deal).model_dump(mode="json", exclude_none=True, exclude_defaults=True)}


def _paper(deal: Agreement) -> Paper:
    if not isinstance(deal, Sequel):
        raise TypeError(deal)
    return deal.paper


def _key(deal: Agreement) -> str:
    """The name of a document among the labels: an order under a promise is the exercise of an option."""
    kind = _paper(deal).kind
    return f"{kind}-promise" if kind == "order-form" and deal.binding == "promise" else kind


def _outcome(paper: Paper) -> str:
    return "reserved" if paper.result == "accepted" and paper.items else f"{paper.result}"
