"""The questions that make a deal, as one table: `accord new`, `accord edit` and the desk share it."""

import copy
import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias, cast, get_args

from accord import i18n
from accord.clauses.labels import Labels
from accord.clauses.library import Library
from accord.domain import identifiers, legal_forms
from accord.domain.choices import Language, Staff
from accord.domain.deal import Deal
from accord.domain.deal_file import DealFile, locale_of
from accord.domain.documents import Documents, nowhere
from accord.domain.house import CatalogueItem, HouseFile
from accord.domain.precedents import Known
from accord.domain.translated import in_language
from accord.errors import AccordError, Defect, FaultyInput
from accord.i18n import _
from accord.intake import dotted, loader, order, overrides, parsing, particulars, words
from accord.letter.composer import why_held
from accord.letter.kinds.agreement import title_of
from accord.services import answers as answering
from accord.services import explanations, forewarned
from accord.services.answers import (
    Answers,
    Form,
    Tree,
    Values,
    agrees,
    one_text,
    picked,
    plain_spaces,
    typed,
)
from accord.services.forewarning import Memory
from accord.text import currencies, formats
from accord.text.characters import fold


@dataclass
class DealAnswers(Answers):
    """What is answered of a deal, and what an answer is read by.

    `prospects` are the particulars of those written to before, `remember` gives
    what the register knows, `confirm` says whether somebody agrees to a question
    about their answer.
    """

    home: HouseFile = field(kw_only=True)
    today: datetime.date = field(kw_only=True)
    prospects: Sequence[Mapping[str, Any]] = ()
    documents: Documents = nowhere
    library: Library = field(default_factory=Library)
    remember: Callable[[], Memory | None] = lambda: None
    confirm: Callable[[str], bool] = lambda _question: False
    _told: dict[tuple[str, ...], Known | None] = field(default_factory=dict)

    @classmethod
    def none_yet(
        cls,
        home: HouseFile,
        today: datetime.date,
        prospects: Sequence[Mapping[str, Any]] = (),
        documents: Documents = nowhere,
        **more: Any,
    ) -> "DealAnswers":
        """No answers yet; each will be checked by the rules of a deal file."""

        def check(table: Tree) -> None:
            loader.deal_file_from(table, "", home.house, today=today, documents=documents)

        return cls(Form(check), home=home, today=today, prospects=prospects, documents=documents, **more)

    def file(self, source: str = "") -> DealFile:
        """The deal file that the answers make; `FaultyInput`, which calls it `source`, with every fault."""
        return loader.deal_file_from(
            self.form.table, source, self.home.house, today=self.today, documents=self.documents
        )

    @property
    def locale(self) -> str:
        """How dates and amounts are written."""
        return locale_of(self.form.table, self.home.house)

    @property
    def currency(self) -> currencies.Currency | None:
        """What prices are in."""
        own: currencies.Currency | None = self.form.get("decision.currency")
        return own or self.home.house.supplier.order_currency

    @property
    def law(self) -> Any:
        """The law of the agreement, if it is known."""
        return self.form.get("law") or self.home.house.terms.law

    @property
    def reason(self) -> str | None:
        """Why the answer is no, if it is."""
        own: str | None = self.form.get("decline.reason")
        return own or ("no-commitment" if self.form.get("decision.kind") == "none" else None)

    @cached_property
    def memory(self) -> Memory | None:
        """What the register knows, if there is one."""
        return self.remember()

    @property
    def known(self) -> Known | None:
        """What the register has to say of the answers so far."""
        names = tuple(str(self.form.get(key) or "") for key in ("prospect.name", "feature.name", "reference"))
        if names not in self._told:
            self._told[names] = self.memory.known(*names) if self.memory else None
        return self._told[names]

    def known_to(self, deal: Deal) -> Known | None:
        """What the register has to say of the letter of a deal."""
        return self.memory.known_to(deal) if self.memory else None

    @property
    def labels(self) -> Labels:
        """The fixed words of letters in the language of the interface."""
        return self.library.labels(cast("Language", i18n.language()), self.home.overrides)

    @property
    def sells(self) -> bool:
        """Whether there is something to buy."""
        return self.reason is None and "decision.kind" in self.form


DAYS = ("date", "delivery.by", "decline.earliest")
"""The keys that hold a day."""

Question: TypeAlias = answering.Question[DealAnswers]


def deal_questions() -> tuple[Question, ...]:
    """The questions in their order: who asks, for what, is it our market, by when, what they decide, how binding."""
    return (*_request(), *_time(), *_decision(), *_level(), *_blanks())


# --- Who asks, and for what ---------------------------------------------------


def _request() -> Iterator[Question]:
    yield Question(
        "prospect",
        _("Prospect"),
        ("prospect.name",),
        lambda _a: _("Which company is asking?"),
        _prospect,
        offers=lambda a: [prospect["name"] for prospect in a.prospects],
        needed=True,
    )
    yield Question(
        "client",
        _("Kind of client"),
        ("prospect.kind", "prospect.staff"),
        lambda _a: _("What sort of client is it?"),
        _client,
        applies=lambda a: "prospect.name" in a.form,
        choices=lambda a: explanations.clients(in_france=_counts_staff(a)),
        suggested=lambda a: "6+" if _counts_staff(a) else "business",
        shown=lambda a: str(a.form.get("prospect.staff") or a.form.get("prospect.kind") or "business"),
    )
    yield Question(
        "feature",
        _("Feature"),
        ("feature.name",),
        lambda _a: _("Which feature does it ask for?"),
        lambda _a, text: {"feature.name": text},
        needed=True,
    )
    yield Question(
        "core",
        _("Near your core"),
        ("decline.reason",),
        lambda _a: _("Is that near the core of your product? (yes, or no for a polite refusal)"),
        _core,
        answered=lambda a: a.reason is not None or "delivery.by" in a.form or "decision.kind" in a.form,
        shown=lambda a: _("no") if a.form.get("decline.reason") == "out-of-scope" else _("yes"),
        suggested=lambda _a: _("yes"),
        heed=lambda a: forewarned.of_request(a.known),
    )
    yield Question(
        "own-alternative",
        _("Instead, ours"),
        ("decline.own_alternative",),
        lambda _a: _(
            "What of yours could serve them? (one sentence, as the letter will say it; Enter: nothing)"
        ),
        lambda _a, text: {"decline.own_alternative": text},
        applies=lambda a: a.reason == "out-of-scope",
    )
    yield Question(
        "alternative",
        _("Instead"),
        ("decline.alternative",),
        lambda _a: _(
            "And what of somebody else’s? (one sentence; the letter will not vouch for it; Enter: nothing)"
        ),
        lambda _a, text: {"decline.alternative": text},
        applies=lambda a: a.reason == "out-of-scope",
    )


def _client(_answers: DealAnswers, kind: str) -> Values:
    """A kind of client; one to whom no letter goes at all is refused at once."""
    if kind == "consumer":
        raise AccordError(why_held("consumer"))
    if kind in get_args(Staff):
        return {"prospect.kind": "business", "prospect.staff": kind}
    return {"prospect.kind": kind, "prospect.staff": None}


def _counts_staff(answers: DealAnswers) -> bool:
    """Whether the law asks how many people a business employs: that of France, for a client there."""
    return answers.law == "FR" and _country(answers) == "FR"


def _core(answers: DealAnswers, text: str) -> Values:
    """Whether there may be an agreement at all, which with a public body there may not."""
    if not agrees(text):
        return {"decline.reason": "out-of-scope"}
    if answers.form.get("prospect.kind") == "public":
        raise AccordError(why_held("public"))
    return {"decline.reason": None}


def _prospect(answers: DealAnswers, text: str) -> Values:
    """A company by its name; one that was written to before with all that is known of it."""
    known = picked(text, [str(prospect["name"]) for prospect in answers.prospects])
    if known is None or (
        not text.isdecimal()
        and fold(text) != fold(str(answers.prospects[known]["name"]))
        and not answers.confirm(_("{name}, as before?").format(name=answers.prospects[known]["name"]))
    ):
        return {"prospect.name": text}
    particulars = dict(dotted.flatten({"prospect": answers.prospects[known]}))
    given = {key: value for key, value in particulars.items() if value != ""}
    return {**_others_particulars(answers, str(given["prospect.name"])), **given}


def _others_particulars(answers: DealAnswers, name: str) -> Values:
    """What is known of the prospect so far, to be left out where `name` is another's."""
    if fold(name) == fold(str(answers.form.get("prospect.name") or "")):
        return {}
    known = dotted.flatten({"prospect": answers.form.get("prospect") or {}})
    return {key: None for key, _value in known if key != "prospect.name"}


# --- By when ------------------------------------------------------------------


def _time() -> Iterator[Question]:
    yield Question(
        "effort",
        _("Effort"),
        ("feature.effort",),
        lambda _a: _(
            "How many working days does it take? (for your plan alone, the letter does not say it; Enter: not known)"
        ),
        _said("feature.effort"),
        applies=lambda a: a.home.house.capacity.days_per_month is not None and a.reason != "out-of-scope",
    )
    yield Question(
        "delivery",
        _("Delivery"),
        ("delivery.by",),
        lambda a: _("By when can you deliver it? (such as {example}; “no” if not in time)").format(
            example=plain_spaces(formats.date(datetime.date(a.today.year + 1, 3, 31), i18n.locale()))
        ),
        _delivery,
        applies=lambda a: a.reason != "out-of-scope",
        answered=lambda a: "delivery.by" in a.form or a.reason is not None,
        shown=lambda a: (
            _("no") if a.reason == "date-not-feasible" else typed(a.form.get("delivery.by")) or "…"
        ),
        proposed=_earliest,
        heed=lambda a: forewarned.of_plan(a.known, a.home.house, a.form.get("feature.effort")),
        needed=True,
    )
    yield Question(
        "wanted",
        _("Wanted by"),
        ("delivery.by",),
        lambda _a: _("By what date do they need it? (Enter: leave it unsaid)"),
        _said("delivery.by"),
        applies=lambda a: a.reason == "date-not-feasible",
    )
    yield Question(
        "earliest",
        _("Possible from"),
        ("decline.earliest",),
        lambda _a: _("From when could you deliver it? (indicative, not a promise; Enter: leave it unsaid)"),
        _said("decline.earliest"),
        applies=lambda a: a.reason == "date-not-feasible",
        proposed=_earliest,
    )


def _earliest(answers: DealAnswers) -> str:
    """The earliest day that the team can keep, if that is known."""
    day = forewarned.earliest(answers.known, answers.home.house, answers.form.get("feature.effort"))
    return typed(day) if day else ""


def _delivery(answers: DealAnswers, text: str) -> Values:
    if overrides.yes_or_no(text) is False or fold(text) in {"too late", "trop tard", "not in time"}:
        return {"decline.reason": "date-not-feasible", "delivery.by": None}
    own = {"decline.reason": None} if answers.reason == "date-not-feasible" else {}
    return {**_said("delivery.by")(answers, text), **own}


# --- What they decide ---------------------------------------------------------


def _decision() -> Iterator[Question]:
    yield Question(
        "decision",
        _("Decision"),
        ("decision.kind",),
        lambda a: (
            _("Suppose you deliver it by {date}: what do they decide?").format(
                date=typed(a.form.get("delivery.by"))
            )
            if "delivery.by" in a.form
            else _("Suppose you deliver it in time: what do they decide?")
        ),
        lambda _a, word: {"decision.kind": word},
        applies=lambda a: a.form.get("decline.reason") is None,
        choices=lambda _a: explanations.decisions(),
        heed=lambda a: forewarned.of_date(
            a.known, a.home.house, a.form.get("feature.effort"), a.form.get("delivery.by")
        ),
        shown=lambda a: str(a.form.get("decision.kind")),
        tables=("decision",),
        needed=True,
    )
    yield Question(
        "currency",
        _("Currency"),
        ("decision.currency",),
        lambda _a: _("In which currency? ({codes})").format(codes=", ".join(currencies.CODES)),
        lambda _a, text: {"decision.currency": text.upper()},
        applies=lambda a: a.sells and a.home.house.supplier.order_currency is None,
        needed=True,
    )
    yield Question(
        "order",
        _("Order"),
        ("decision.item", "decision.quantity", "decision.unit_price"),
        _order_words,
        _order,
        applies=lambda a: a.sells,
        shown=order_of,
        offers=lambda a: [_described(item, a) for item in a.home.house.catalogue],
    )
    yield from _parts_of_order()
    yield Question(
        "duration",
        _("Duration"),
        ("decision.duration",),
        lambda _a: _("How long does the trial last? (such as 8 weeks; Enter: left blank)"),
        _said("decision.duration"),
        applies=lambda a: a.sells and a.form.get("decision.kind") == "pilot",
    )


def _parts_of_order() -> Iterator[Question]:
    """What an answer to the question before may leave out."""

    def sells(answers: DealAnswers) -> bool:
        return answers.sells and "order" not in answers.passed

    yield Question(
        "item",
        _("what they buy"),
        ("decision.item",),
        lambda a: (
            _("What do they buy? (one of it, such as “licence”; Enter: left blank)")
            if a.form.get("decision.quantity") == 1
            else _("What do they buy? (such as “licences”; Enter: left blank)")
        ),
        _item,
        applies=sells,
        row=False,
    )
    yield Question(
        "quantity",
        _("how many"),
        ("decision.quantity",),
        lambda _a: _("How many? (Enter: left blank)"),
        _said("decision.quantity"),
        applies=sells,
        row=False,
    )
    yield Question(
        "period",
        _("month or year"),
        ("decision.period",),
        lambda _a: _("Is the price per month or per year?"),
        _period,
        applies=lambda a: a.sells and a.form.get("decision.kind") == "subscription",
        suggested=lambda _a: _("month"),
        row=False,
    )
    yield Question(
        "price",
        _("price of one"),
        ("decision.unit_price",),
        _price_words,
        _price,
        applies=sells,
        row=False,
    )
    yield Question(
        "term",
        _("for how long"),
        ("decision.term",),
        lambda a: (
            _("For how many years?") if a.form.get("decision.period") == "year" else _("For how many months?")
        ),
        _said("decision.term"),
        applies=lambda a: a.sells and a.form.get("decision.kind") == "subscription",
        suggested=lambda a: "1" if a.form.get("decision.period") == "year" else "12",
        row=False,
    )


def _order_words(answers: DealAnswers) -> str:
    currency = answers.currency
    price = plain_spaces(formats.amount(Decimal(40), currency, i18n.locale())) if currency else "40"
    example = {
        "subscription": _("25 licences at {price} per month for 12 months"),
        "pilot": _("1 trial at {price}"),
    }.get(answers.form.get("decision.kind"), _("25 licences at {price}"))
    question = _(
        "What do they buy, how many, at what price before tax? (such as {example}; Enter: left blank)"
    )
    return question.format(example=example.format(price=price))


def _order(answers: DealAnswers, text: str) -> Values:
    """All that an answer says of the order; what it leaves out stays as it is."""
    catalogue = answers.home.house.catalogue
    offers = [_name(item, answers) for item in catalogue]
    if text.isdecimal() and (place := picked(text, offers)) is not None:
        return _from_catalogue(catalogue[place], answers)
    said: dict[str, Any] = {}
    read = order.read(text, answers.locale, answers.currency)
    if (place := picked(read.get("item", ""), offers)) is not None:
        said = dict(_from_catalogue(catalogue[place], answers))
        read.pop("item", None)
    elif "item" in read:
        _confirm_name(answers, read["item"])
    length = read.pop("length", None)
    if answers.form.get("decision.kind") == "pilot":
        if length or "term" in read:
            said["decision.duration"] = length or f"{read.pop('term')} {read.pop('period')}"
    elif length:
        raise AccordError(
            _("A number of weeks or days belongs to a trial: write months or years, or leave it out.")
        )
    said |= {f"decision.{key}": value for key, value in read.items()}
    if answers.form.get("decision.kind") != "subscription" and said.keys() & {
        "decision.period",
        "decision.term",
    }:
        if catalogue and not read.keys() & {"period", "term"}:
            said.pop("decision.period", None)
        else:
            raise AccordError(
                _(
                    "A price per month or year, or a length of time, belongs to a subscription: leave it out, or choose to subscribe."
                )
            )
    return said


def _item(answers: DealAnswers, text: str) -> Values:
    if order.says_more(text):
        return _order(answers, text)
    return {"decision.item": text}


def _confirm_name(answers: DealAnswers, item: str) -> None:
    """Figures in a name are asked about: they may be a quantity or a price that was not understood."""
    if re.search(r"\d", item) and not answers.confirm(
        _("“{item}”: do its figures belong to its name?").format(item=item)
    ):
        raise AccordError(_("Write it again, with the quantity first and the price last."))


def _name(item: CatalogueItem, answers: DealAnswers) -> str:
    try:
        return in_language(item.item, cast("Language", answers.form.get("language"))) or ""
    except Defect:
        return next(filter(None, (getattr(item.item, language, None) for language in ("fr", "en"))), "")


def _from_catalogue(item: CatalogueItem, answers: DealAnswers) -> Values:
    """An item of the house's catalogue, with its price."""
    values: dict[str, Any] = {"decision.item": _name(item, answers)}
    if item.unit_price is not None:
        values["decision.unit_price"] = item.unit_price
    if item.period and answers.form.get("decision.kind") == "subscription":
        values["decision.period"] = item.period
    return values


def _described(item: CatalogueItem, answers: DealAnswers) -> str:
    """An item with its price, in the words of the interface."""
    parts = [_name(item, answers)]
    if item.unit_price is not None and answers.currency:
        price = str(formats.amount(item.unit_price, answers.currency, i18n.locale()))
        parts.append(f"{price} {formats.per(item.period, i18n.locale())}" if item.period else price)
    return ", ".join(parts)


def order_of(answers: DealAnswers) -> str:
    """The order as one would type it: "25 licences at €40.00 per month for 12 months"."""
    decision, locale = answers.form.get("decision") or {}, i18n.locale()
    quantity, item, price = (decision.get(key) for key in ("quantity", "item", "unit_price"))
    parts = [str(formats.number(quantity, locale)) if quantity else "", item or ""]
    if price is not None and answers.currency:
        parts.append(
            _("at {price}").format(price=formats.amount(Decimal(str(price)), answers.currency, locale))
        )
        if decision.get("period"):
            parts.append(formats.per(decision["period"], locale))
    if decision.get("term") and decision.get("period"):
        parts.append(
            _("for {term}").format(term=formats.duration(decision["term"], decision["period"], locale))
        )
    return plain_spaces(" ".join(filter(None, parts)))


def _price_words(answers: DealAnswers) -> str:
    question = {
        "month": _("Price per unit, per month, before tax, in {currency}? (Enter: left blank)"),
        "year": _("Price per unit, per year, before tax, in {currency}? (Enter: left blank)"),
    }.get(
        answers.form.get("decision.period"), _("Unit price, before tax, in {currency}? (Enter: left blank)")
    )
    return question.format(currency=answers.currency)


def _price(answers: DealAnswers, text: str) -> Values:
    read = order.read(text, answers.locale, answers.currency)
    if read.keys() <= {"unit_price", "period"} and "unit_price" in read:
        return {f"decision.{key}": value for key, value in read.items()}
    return _said("decision.unit_price")(answers, text)


def _period(_answers: DealAnswers, text: str) -> Values:
    period = words.meant("decision.period", text)
    if period is None:
        raise AccordError(_("Write month or year."))
    return {"decision.period": period}


# --- How binding --------------------------------------------------------------


def _level() -> Iterator[Question]:
    yield Question(
        "law",
        _("Law"),
        ("law",),
        lambda _a: _("Which law governs the agreement?"),
        lambda _a, word: {"law": word},
        applies=lambda a: a.sells and a.home.house.terms.law is None,
        choices=lambda _a: explanations.laws(),
        shown=lambda a: str(a.form.get("law")),
        needed=True,
    )
    yield Question(
        "level",
        _("Level"),
        ("binding",),
        lambda _a: _("How binding should it be?"),
        _binding,
        applies=lambda a: a.sells and a.law is not None,
        choices=_levels,
        suggested=lambda a: a.home.house.terms.binding or "",
        shown=lambda a: str(a.form.get("binding")),
        needed=True,
    )


def _levels(answers: DealAnswers) -> Mapping[str, str]:
    """The levels that the law knows, with the titles that their letters would have."""
    labels, decision = answers.labels, answers.form.get("decision.kind")
    titles = {
        level: labels["title"][title_of(level, answers.law, decision, answers.home.house.terms)]
        for level in explanations.bindings(answers.law)
    }
    return explanations.levels(answers.law, titles)


def _binding(answers: DealAnswers, level: str) -> Values:
    """A level, and a commitment of the supplier that goes with it where the usual one does not."""
    usual = answers.form.get("vendor_commitment") or answers.home.house.terms.vendor_commitment
    fits = usual in explanations.commitments(level)
    return {"binding": level} if fits else {"binding": level, "vendor_commitment": "efforts"}


# --- What a letter to sign needs besides --------------------------------------


def _blanks() -> Iterator[Question]:
    """Asked once the letter is known to print a blank for it."""

    def text(key: str) -> Callable[[DealAnswers, str], Values]:
        return lambda _a, answer: {key: answer}

    yield Question(
        "form",
        _("Legal form"),
        ("prospect.legal_form",),
        lambda _a: _("Their legal form, with the share capital if you know it? (SARL, Ltd…)"),
        _form,
        suggested=lambda a: particulars.form_in(str(a.form.get("prospect.name"))) or "",
        blank=True,
    )
    yield Question(
        "address",
        _("Address"),
        ("prospect.address",),
        lambda _a: _("Their registered office? (street, postcode, town; the country if it is another)"),
        _address,
        shown=lambda a: ", ".join(a.form.get("prospect.address") or ()),
        blank=True,
    )
    yield Question(
        "registration",
        _("Number"),
        ("prospect.registration",),
        lambda a: (
            _("Their SIREN, and the town of their register? (552 100 554 RCS Lyon)")
            if _country(a) in {"FR", None}
            else _("Their company number?")
        ),
        _registration,
        shown=lambda a: " ".join(
            filter(
                None,
                (
                    a.form.get("prospect.registration"),
                    a.form.get("prospect.registry") and f"RCS {a.form.get('prospect.registry')}"
                    if _country(a) == "FR"
                    else "",
                ),
            )
        ),
        blank=True,
    )
    yield Question(
        "registry",
        _("Register"),
        ("prospect.registry",),
        lambda a: (
            _("The town of their register (RCS)?")
            if _country(a) == "FR"
            else _("The register, such as England and Wales?")
        ),
        text("prospect.registry"),
        suggested=lambda a: (
            "" if _country(a) == "FR" else _("England and Wales") if _country(a) == "GB" else ""
        ),
        row=False,
        blank=True,
    )
    yield Question(
        "signatory",
        _("Signs for them"),
        ("prospect.contact.last_name", "prospect.contact.first_name", "prospect.contact.civility"),
        lambda _a: _("Who signs for them, and as what? (such as Ms Ann Smith, Director)"),
        lambda _a, answer: {
            f"prospect.contact.{key}": value for key, value in particulars.person(answer).items()
        },
        shown=lambda a: signatory_of(a.form.get("prospect.contact") or {}),
        blank=True,
    )
    yield Question(
        "title",
        _("Title"),
        ("prospect.contact.title",),
        lambda _a: _("In what capacity do they sign? (Director, gérant…)"),
        text("prospect.contact.title"),
        applies=lambda a: "signatory" not in a.passed,
        row=False,
        blank=True,
    )
    yield Question(
        "description",
        _("Description"),
        ("feature.description",),
        lambda _a: _("What exactly is to be delivered? (one or two sentences)"),
        text("feature.description"),
        blank=True,
    )
    yield Question(
        "tests",
        _("Tests"),
        ("feature.acceptance_tests",),
        lambda _a: _(
            "What shows that it works? (each test: what is done, and the result; a semicolon between two)"
        ),
        lambda _a, answer: {
            "feature.acceptance_tests": [test.strip() for test in answer.split(";") if test.strip()]
        },
        blank=True,
    )
    yield Question(
        "court",
        _("Court"),
        ("court",),
        lambda _a: _("Which court? (its town, or its whole name)"),
        text("court"),
        blank=True,
    )


def _country(answers: DealAnswers) -> str | None:
    """The country of the prospect; where it is not said, that of the house is the likely one."""
    own: str | None = answers.form.get("prospect.country")
    return own or answers.home.house.supplier.country


def _form(answers: DealAnswers, text: str) -> Values:
    return {f"prospect.{key}": value for key, value in particulars.form(text, answers.locale, None).items()}


def _address(answers: DealAnswers, text: str) -> Values:
    read, at_home = particulars.address(text), answers.home.house.supplier.country
    country = (
        read.country or answers.form.get("prospect.country") or (at_home if read.likely == at_home else None)
    )
    return {"prospect.address": list(read.lines)} | ({"prospect.country": country} if country else {})


def _registration(answers: DealAnswers, text: str) -> Values:
    country = _country(answers)
    form = answers.form.get("prospect.legal_form")
    charity = isinstance(form, str) and legal_forms.is_charity(form)
    read = particulars.registration(text, country, charity=charity)
    own = {"prospect.country": country} if country and "prospect.country" not in answers.form else {}
    if country == "GB" and not charity and "registry" not in read and "prospect.registry" not in answers.form:
        read["registry"] = identifiers.part_of_britain(read["registration"])
    return {f"prospect.{key}": value for key, value in read.items()} | own


def signatory_of(person: Mapping[str, Any]) -> str:
    """A person as one would type them: "Mme Claire Moreau, présidente"."""
    name = " ".join(str(person[key]) for key in ("civility", "first_name", "last_name") if person.get(key))
    return ", ".join(filter(None, (name, one_text(person.get("title")))))


def reader(key: str, answers: DealAnswers) -> Callable[[str], Any]:
    """What turns a flag's text into the value of `key`."""
    if key == "decision.item":
        return _bare_item
    return lambda text: _said(key)(answers, text)[key]


def _bare_item(text: str) -> str:
    if order.says_more(text):
        sentence = _(
            "“{text}” says how many or for how much; write only what is bought, and the rest as"
            " --quantity and --unit-price"
        )
        raise AccordError(sentence.format(text=text))
    return text


def for_blank(key: str, hint: str) -> Question:
    """The question for a blank that the table does not know: its own words, as `--set` reads them."""
    return Question(key, hint, (key,), lambda _a: f"{hint[:1].upper()}{hint[1:]}?", _said(key), blank=True)


def _said(key: str) -> Callable[[DealAnswers, str], Values]:
    """Reads the text of an answer to `key` as `--set` does: it may say more than one key."""

    def read(answers: DealAnswers, text: str) -> Values:
        table = copy.deepcopy(answers.form.table)
        habits = loader.habits_of(table, answers.home.house, answers.today)
        try:
            overrides.set_key(table, key, text, "deal", habits)
        except FaultyInput as error:
            if isinstance(error.__context__, parsing.Ambiguous):
                raise error.__context__ from None
            raise AccordError(error.faults[0].sentence) from None
        if key in DAYS:
            dotted.put(table, key, datetime.date.fromisoformat(dotted.get(table, key)))
        before = dict(dotted.flatten(answers.form.table))
        after = dict(dotted.flatten(table))
        return {
            key: after[key],
            **{name: value for name, value in after.items() if before.get(name) != value},
        }

    return read
