"""The words of the trade, typed: House, Deal, Letter (floor 1).

Houses and deals are pydantic models: closed (an unknown key is a fault), frozen
and checked on construction.  Each table lists its `checks`, plain functions
that look at several keys at once; they run even when other keys are faulty, so
that a reader of the error sees everything there is to mend.  A letter is what
is composed from both; it is plain data.

Dates are calendar dates, amounts are `Decimal` before tax in the major unit of
their currency, rates are percentages.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from gettext import gettext as _
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from babel.core import get_global
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

Language = Literal["fr", "en"]
Locale = Literal["fr_FR", "fr_BE", "fr_CH", "fr_CA", "en_GB", "en_IE", "en_US"]
Law = Literal["FR", "EW"]
Binding = Literal["intent", "negotiate", "promise", "conditional"]
Commitment = Literal["none", "efforts", "firm"]
DecisionKind = Literal["subscription", "purchase", "pilot", "none"]
Period = Literal["month", "year"]
Reason = Literal["out-of-scope", "no-commitment", "date-not-feasible"]
Currency = Literal["EUR", "GBP", "USD", "CHF", "CAD"]
Civility = Literal["M.", "Mme", "Mr", "Mrs", "Ms", "Dr", "Me", ""]
ProspectKind = Literal["business", "consumer", "public"]
Kind = Literal["agreement", "decline"]

LARGEST_AMOUNT = Decimal(10**12)
FARTHEST_YEARS = 10


def fault(sentence: str) -> PydanticCustomError:
    """A fault to raise inside a model; pydantic carries its sentence to the reader."""
    return PydanticCustomError("fault", "{sentence}", {"sentence": sentence})


# --- The kinds of value -------------------------------------------------------


def _is_hidden(char: str) -> bool:
    """Whether a character prints nothing, or changes how its neighbours read.

    Control, format (bidirectional overrides, zero-width characters), private,
    surrogate and unassigned code points, line and paragraph separators, and
    the blank fillers that Unicode files among the letters.
    """
    return (
        unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
        or char in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )


def _name_of(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()


def _clean(text: str, *, lines: bool) -> str:
    """`text` in NFC, trimmed; a fault if it holds anything that does not show."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    hidden = sorted({c for c in text if _is_hidden(c) and not (lines and c == "\n")})
    if hidden:
        raise fault(
            _("holds a character that does not show on paper ({names}); retype the text without it").format(
                names=", ".join(map(_name_of, hidden))
            )
        )
    text = text.strip()
    if not text:
        raise fault(_("is empty; write it, or leave the key out if it is optional"))
    return text


def _line(text: str) -> str:
    return _clean(text, lines=False)


def _prose(text: str) -> str:
    return _clean(text, lines=True)


def _amount(value: object) -> Decimal:
    """A finite positive amount with at most two decimals, from text or a number."""
    remedy = _('write a plain number with a point, such as "40.00"')
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise fault(_("is not an amount; {remedy}").format(remedy=remedy))
    text = str(value).strip()
    if re.search(r"[A-Z]{3}|[€$£]", text):
        raise fault(
            _(
                "carries a currency of its own ({text}); write the number alone: one letter has one currency"
            ).format(text=text)
        )
    try:
        amount = Decimal(text if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text) else "x")
    except InvalidOperation:
        raise fault(_("is not an amount ({text}); {remedy}").format(text=text[:40], remedy=remedy)) from None
    if amount <= 0:
        raise fault(_("must be above zero; {remedy}").format(remedy=remedy))
    if amount >= LARGEST_AMOUNT:
        raise fault(_("is absurdly large; check the number of digits"))
    if amount != round(amount, 2):
        raise fault(_("has more than two decimals; round it to cents"))
    return round(amount, 2)


def _rate(value: object) -> Decimal:
    """A percentage from 0 to 100 with at most two decimals."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text) or Decimal(text) > 100:
        raise fault(_('is not a rate in per cent; write a number from 0 to 100, such as "20" or "5.5"'))
    return Decimal(text).normalize() + 0


def _date(value: object) -> datetime.date:
    """A calendar date from 2000 to 2199, from a date or its ISO text."""
    if isinstance(value, str):
        text = value.strip()
        try:
            value = datetime.date.fromisoformat(text)
        except ValueError:
            raise fault(
                _("is not a date ({text}); write year-month-day, such as 2027-03-31").format(text=text[:40])
            ) from None
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise fault(_("is not a date; write year-month-day, such as 2027-03-31"))
    if not 2000 <= value.year < 2200:
        raise fault(_("is in the year {year}; check the year").format(year=value.year))
    return value


def _country(code: str) -> str:
    if code == "UK":
        raise fault(_('is not an ISO country code; write "GB" for the United Kingdom'))
    if not re.fullmatch(r"[A-Z]{2}", code) or code not in get_global("territory_currencies"):
        raise fault(_('is not an ISO country code; write two capital letters, such as "FR" or "GB"'))
    return code


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise fault(_('is not a colour; write six hexadecimal digits, such as "#1a4d7a"'))
    return value.lower()


def _email(value: str) -> str:
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", value):
        raise fault(_('is not an e-mail address; write one such as "contact@novalys.example"'))
    return value


def _reference(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9 ./_-]*[A-Za-z0-9])?", value):
        raise fault(
            _(
                'is not a reference; use letters, digits, spaces, "-", ".", "_" and "/", and begin and end with a letter or a digit'
            )
        )
    return value


Line = Annotated[str, Field(strict=True, max_length=120), AfterValidator(_line)]
Word = Annotated[str, Field(strict=True, max_length=60), AfterValidator(_line)]
Sentence = Annotated[str, Field(strict=True, max_length=400), AfterValidator(_prose)]
Prose = Annotated[str, Field(strict=True, max_length=1500), AfterValidator(_prose)]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"}),
]
Rate = Annotated[
    Decimal,
    BeforeValidator(_rate),
    WithJsonSchema({"type": ["string", "number"], "minimum": 0, "maximum": 100}),
]
Date = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Country = Annotated[Line, AfterValidator(_country)]
Days = Annotated[int, Field(strict=True, ge=1, le=366)]


# --- Tables -------------------------------------------------------------------


class Table(BaseModel):
    """A closed, frozen table of a file, with the checks that need several keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    checks: ClassVar[tuple[Callable[[Any], Iterator["Complaint"]], ...]] = ()

    @classmethod
    def sound_part(cls, data: object) -> Self:
        """What of `data` is sound, as an unchecked table with None for the rest."""
        values: dict[str, Any] = {}
        for name, info in cls.model_fields.items():
            given = data.get(name) if isinstance(data, dict) else None
            values[name] = info.get_default() if not info.is_required() else None
            if given is None:
                continue
            adapter: TypeAdapter[Any] = TypeAdapter(Annotated[info.annotation, info])  # type: ignore[arg-type]
            try:
                values[name] = adapter.validate_python(given)
            except ValidationError:
                table = _table_in(info.annotation)
                values[name] = table.sound_part(given) if table else None
        return cls.model_construct(**values)

    @model_validator(mode="wrap")
    @classmethod
    def _report_everything(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Run the checks whether or not a key is faulty, and report all at once."""
        errors: list[InitErrorDetails] = []
        try:
            table = handler(data)
        except ValidationError as error:
            errors = [_as_raised(details) for details in error.errors(include_url=False)]
            table = cls.sound_part(data)
        for check in cls.checks:
            for complaint in check(table):
                path: tuple[str | int, ...] = tuple(complaint.key.split("."))
                errors.append({"type": fault(complaint.sentence), "loc": path, "input": None})
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return table


@dataclass(frozen=True)
class Complaint:
    """What a check has to say of one key of its table."""

    key: str
    sentence: str


def _table_in(annotation: object) -> type[Table] | None:
    """The table type in an annotation such as `Person | None`, if there is one."""
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, Table):
            return candidate
    return None


def _as_raised(details: Any) -> InitErrorDetails:
    """One error of pydantic's list in the form in which it can be raised again."""
    kind: Any = details["type"]
    if kind == "fault":
        kind = fault(details["ctx"]["sentence"])
    raised: InitErrorDetails = {"type": kind, "loc": details["loc"], "input": details["input"]}
    if "ctx" in details:
        raised["ctx"] = details["ctx"]
    return raised


class Person(Table):
    """A signatory or a contact."""

    civility: Civility = ""
    first_name: Word | None = None
    last_name: Word | None = None
    title: Line | None = None


def check_registration(party: "Party") -> Iterator[Complaint]:
    """SIREN or SIRET, Belgian enterprise number, Swiss UID, UK company number.

    Checksums by python-stdnum; Companies House numbers have none (two letters
    and six digits, or eight digits).  A French-looking number is checked as
    such when no country is given.
    """
    from stdnum.be import vat as be  # noqa: PLC0415 - only where there is a number
    from stdnum.ch import uid as ch  # noqa: PLC0415
    from stdnum.fr import siren, siret  # noqa: PLC0415

    if not party.registration:
        return
    number = re.sub(r"[\s.]", "", party.registration)
    country = party.country or ("FR" if re.fullmatch(r"[0-9]{9}|[0-9]{14}", number) else None)
    if country == "FR" and not (siret if len(number) == 14 else siren).is_valid(number):
        yield Complaint(
            "registration",
            _(
                "{number} is not a SIREN or SIRET: its length or its check digit is wrong; copy it from the Kbis"
            ).format(number=party.registration),
        )
    if country == "GB" and not re.fullmatch(r"[0-9]{8}|[A-Z]{2}[0-9]{6}", number):
        yield Complaint(
            "registration",
            _(
                "{number} is not a UK company number; write eight digits, or two letters and six digits, such as 01234567"
            ).format(number=party.registration),
        )
    if (country == "BE" and not be.is_valid(number)) or (country == "CH" and not ch.is_valid(number)):
        yield Complaint(
            "registration",
            _("{number} is not a company number of that country: its check digit is wrong").format(
                number=party.registration
            ),
        )


def check_vat(party: "Party") -> Iterator[Complaint]:
    """VAT numbers of the EU, the United Kingdom and Switzerland (python-stdnum).

    A French one ends with the company's SIREN: CGI, ann. II, art. 242 nonies A.
    """
    from stdnum.ch import vat as ch  # noqa: PLC0415 - only where there is a number
    from stdnum.eu import vat as eu  # noqa: PLC0415
    from stdnum.fr import siren  # noqa: PLC0415
    from stdnum.gb import vat as gb  # noqa: PLC0415

    if not party.vat:
        return
    number = re.sub(r"[\s.]", "", party.vat).upper()
    sound = (
        gb.is_valid(number)
        if number.startswith("GB")
        else ch.is_valid(number)
        if number.startswith("CHE")
        else eu.is_valid(number) and number[:2].isalpha()
    )
    if not sound:
        yield Complaint(
            "vat",
            _(
                "{number} is not a VAT number: its prefix, length or check digits are wrong; copy it from an invoice"
            ).format(number=party.vat),
        )
    registered = re.sub(r"\D", "", party.registration or "")[:9]
    if sound and number.startswith("FR") and siren.is_valid(registered) and not number.endswith(registered):
        yield Complaint(
            "vat",
            _(
                "{number} does not belong to the company registered as {registration}; correct one of the two"
            ).format(number=party.vat, registration=party.registration),
        )


class Party(Table):
    """A company: its name and, where known, what identifies it."""

    checks = (check_registration, check_vat)

    name: Line
    legal_form: Word | None = None
    capital: Amount | None = Field(default=None, description="share capital")
    currency: Currency | None = Field(default=None, description="currency of the share capital")
    registration: Word | None = Field(default=None, description="SIREN in France, company number in the UK")
    registry: Word | None = Field(default=None, description='town of the register, or "England and Wales"')
    vat: Word | None = None
    address: Annotated[tuple[Word, ...], Field(max_length=6)] = ()
    country: Country | None = None
    email: Annotated[Line, AfterValidator(_email)] | None = None


class Supplier(Party):
    """The house as a party to the letter."""

    signatory: Person = Person()


class Prospect(Party):
    """The other party."""

    kind: ProspectKind = "business"
    contact: Person = Person()


class Brand(Table):
    """How the house's letters look."""

    logo: Line | None = Field(default=None, description="SVG or PNG file, relative to accord.toml")
    logo_alt: Line | None = Field(
        default=None, description="what the logo says; by default the supplier's name"
    )
    colour: Annotated[Word, AfterValidator(_colour)] | None = Field(
        default=None, description='such as "#1a4d7a"'
    )


class Terms(Table):
    """What the house usually agrees to.  Days are calendar days."""

    law: Law | None = Field(default=None, description="FR: France; EW: England and Wales")
    court: Line | None = Field(default=None, description="town of the court, or its whole name")
    binding: Binding | None = Field(
        default=None, description="what an agreement usually obliges to; a deal may choose another"
    )
    vendor_commitment: Commitment = Field(
        default="efforts", description="what the supplier owes: nothing, its best efforts, or the result"
    )
    acceptance_days: Days = Field(default=15, description="days the client has to test")
    payment_days: Days = Field(default=30, description="days from the invoice")
    validity_days: Days = Field(default=30, description="days the prospect has to countersign")
    confidentiality_years: Annotated[int, Field(strict=True, ge=1, le=20)] = 3
    general_terms: Line | None = Field(
        default=None, description="title and version of the general terms, if they apply"
    )
    extension_days: Days | None = Field(
        default=None, description="optional clause: longest extension of the delivery date"
    )
    force_majeure_days: Days | None = Field(
        default=None, description="optional clause: longest delay by force majeure"
    )
    hardship: Literal["excluded", "accepted"] | None = Field(
        default=None,
        description="optional clause (French law): is renegotiation under art. 1195 excluded or accepted?",
    )


class Translated(Table):
    """One text in each language of the house's letters."""

    fr: Prose | None = None
    en: Prose | None = None


class Positioning(Table):
    """The strategic choice of market, in the house's own words."""

    statement: Translated = Translated()


class House(Table):
    """The company that uses the program: `accord.toml`."""

    supplier: Supplier
    brand: Brand = Brand()
    terms: Terms = Terms()
    positioning: Positioning = Positioning()


class Feature(Table):
    """What the prospect asks for."""

    name: Line
    need: Sentence | None = Field(
        default=None, description="what the prospect wants to do with it, as an infinitive"
    )
    description: Prose | None = Field(default=None, description="what is to be delivered")
    acceptance_tests: Annotated[tuple[Sentence, ...], Field(max_length=12)] = ()
    exclusions: Annotated[tuple[Sentence, ...], Field(max_length=12)] = ()


class Delivery(Table):
    """When the feature is due."""

    by: Date
    long_stop: Date | None = Field(default=None, description="last date for acceptance")


def check_subscription_keys(decision: "Decision") -> Iterator[Complaint]:
    """A period and a term belong to a subscription."""
    if decision.kind in {"purchase", "pilot"}:
        for key in ("period", "term"):
            if getattr(decision, key) is not None:
                yield Complaint(
                    key, _('is for subscriptions only; leave it out, or write kind = "subscription"')
                )


def check_total(decision: "Decision") -> Iterator[Complaint]:
    """A stated total equals quantity x unit price (x term for a subscription)."""
    computed = decision.computed_total
    if computed is not None and computed >= LARGEST_AMOUNT:
        yield Complaint(
            "quantity", _("makes the total absurdly large; check the quantity, the unit price and the term")
        )
    elif decision.total is not None and computed is not None and decision.total != computed:
        yield Complaint(
            "total",
            _(
                "{stated} contradicts the quantity, the unit price and the term, which make {computed}; correct one of them"
            ).format(stated=decision.total, computed=computed),
        )


class Decision(Table):
    """What the prospect decides if the feature is delivered."""

    checks = (check_subscription_keys, check_total)

    kind: DecisionKind
    item: Line | None = Field(default=None, description="what is bought, as a plural noun")
    quantity: Annotated[int, Field(strict=True, ge=1, le=10_000_000)] | None = None
    unit_price: Amount | None = Field(default=None, description="before tax; per period for a subscription")
    currency: Currency | None = Field(default=None, description="optional: the house's")
    period: Period | None = Field(default=None, description="subscriptions only")
    term: Annotated[int, Field(strict=True, ge=1, le=240)] | None = Field(
        default=None, description="subscriptions only: number of periods"
    )
    total: Amount | None = Field(default=None, description="before tax; optional: checked against the rest")
    vat_rate: Rate | None = Field(default=None, description="per cent")
    penalty: Amount | None = Field(
        default=None, description="optional clause: lump sum owed by a party that refuses to perform"
    )
    exclusivity_until: Date | None = Field(
        default=None, description="optional clause: last day of a lock-out"
    )

    @property
    def computed_total(self) -> Decimal | None:
        """Quantity x unit price (x term for a subscription), or None with a gap."""
        periods = self.term if self.kind == "subscription" else 1
        if self.quantity is None or self.unit_price is None or periods is None:
            return None
        return self.quantity * self.unit_price * periods


class Decline(Table):
    """Why the answer is no.  Its presence makes the letter a decline."""

    reason: Reason
    alternative: Prose | None = Field(
        default=None, description="what could serve the prospect instead, as a whole sentence"
    )
    paid_referral: bool = Field(
        default=False, description="the house is paid for naming the alternative: the letter says so"
    )
    earliest: Date | None = Field(default=None, description="date-not-feasible only: an indicative date")
    candour: bool = Field(default=False, description="say that the house may not be the best fit")
    return_documents: bool = Field(
        default=False, description="say that the prospect's documents are returned or destroyed"
    )
    keep_in_touch: bool = Field(default=True, description="offer to stay in touch")


def check_dates(deal: "Deal") -> Iterator[Complaint]:
    """Letter < delivery <= long stop, none of them absurdly far; art. 1304, Code civil."""
    if deal.kind == "decline":
        earliest = deal.decline.earliest if deal.decline else None
        if earliest and deal.date and earliest <= deal.date:
            yield Complaint("decline.earliest", _after_letter(earliest, deal.date))
        return
    by = deal.delivery.by if deal.delivery else None
    long_stop = deal.delivery.long_stop if deal.delivery else None
    until = deal.decision.exclusivity_until if deal.decision else None
    for key, day in (
        ("delivery.by", by),
        ("delivery.long_stop", long_stop),
        ("decision.exclusivity_until", until),
    ):
        if not day or not deal.date:
            continue
        if day <= deal.date:
            yield Complaint(key, _after_letter(day, deal.date))
        elif day.year > deal.date.year + FARTHEST_YEARS:
            yield Complaint(
                key, _("{day} is more than ten years after the letter; check the year").format(day=day)
            )
    if by and long_stop and long_stop < by:
        yield Complaint(
            "delivery.long_stop",
            _("{long_stop} comes before the delivery date, {by}; write a later day, or leave it out").format(
                long_stop=long_stop, by=by
            ),
        )


def _after_letter(day: datetime.date, letter: datetime.date) -> str:
    return _("{day} is not after the letter's own date, {letter}; write a later day").format(
        day=day, letter=letter
    )


def check_locale(deal: "Deal") -> Iterator[Complaint]:
    """The formatting locale is one of the letter's language."""
    if deal.locale and deal.language and not deal.locale.startswith(deal.language):
        yield Complaint(
            "locale",
            _('"{locale}" is not a locale of the language "{language}"; change one of the two').format(
                locale=deal.locale, language=deal.language
            ),
        )


def check_whole(deal: "Deal") -> Iterator[Complaint]:
    """An agreement has a delivery date, a law and a level; any letter says which it is."""
    if deal.kind == "decline":
        return
    if deal.decision is None:
        yield Complaint("decision", _("is missing; write the table [decision], or [decline] for a polite no"))
    if deal.delivery is None:
        yield Complaint("delivery.by", _("is missing; write the day the feature is due, such as 2027-03-31"))
    if deal.law is None:
        yield Complaint("law", _('is missing here and under terms of the house; write "FR" or "EW"'))
    if deal.binding is None:
        yield Complaint(
            "binding",
            _(
                "is missing here and under terms of the house; choose what the agreement obliges to:"
                ' "intent", "negotiate", "promise" or "conditional"'
            ),
        )


def check_decline(deal: "Deal") -> Iterator[Complaint]:
    """An earliest date belongs to the one reason that speaks of dates."""
    decline = deal.decline
    if decline and decline.earliest and decline.reason and decline.reason != "date-not-feasible":
        yield Complaint("decline.earliest", _('goes with reason = "date-not-feasible" only; leave it out'))
    if decline and decline.paid_referral and decline.alternative is None:
        yield Complaint("decline.paid_referral", _("needs an alternative; write one, or leave this key out"))


def check_level(deal: "Deal") -> Iterator[Complaint]:
    """The pairs of level, law and supplier's commitment that would not hold in court.

    An agreement to negotiate is void in England (Walford v Miles).  A debt that
    hangs on the debtor's will alone is void in France (C. civ., art. 1304-2),
    so a bilateral contract needs a supplier that owes something; a promise of
    the client alone (art. 1124) needs a supplier that stays free.
    """
    if deal.kind == "decline":
        return
    if deal.law == "EW" and deal.binding == "negotiate":
        yield Complaint(
            "binding",
            _(
                "an agreement to negotiate cannot be enforced under the law of England and Wales;"
                ' write binding = "intent" and, for a lock-out, decision.exclusivity_until'
            ),
        )
    if deal.binding == "conditional" and deal.vendor_commitment == "none":
        yield Complaint(
            "vendor_commitment",
            _(
                '"none" leaves a bilateral contract to the supplier\'s will alone;'
                ' choose "efforts" or "firm", or write binding = "promise"'
            ),
        )
    if deal.binding == "promise" and deal.vendor_commitment == "firm":
        yield Complaint(
            "vendor_commitment",
            _(
                'a promise binds the client alone and cannot hold the supplier to a "firm" result;'
                ' choose "efforts" or "none", or write binding = "conditional"'
            ),
        )
    if deal.decision and deal.decision.penalty and deal.binding in {"intent", "negotiate"}:
        yield Complaint(
            "decision.penalty",
            _(
                'a letter that does not oblige to buy cannot carry a penalty; leave it out, or write binding = "conditional"'
            ),
        )


class Deal(Table):
    """One prospect's request and the answer to it: a deal file.

    What a deal leaves to the house (law, locale, level, commitment, court,
    currency) and the date are filled in by `intake` before validation, so that
    a deal stands by itself.
    """

    checks = (check_whole, check_dates, check_locale, check_decline, check_level)

    language: Language
    law: Law | None = Field(default=None, description="optional: the house's")
    locale: Locale | None = Field(
        default=None, description="optional: from the language and the house's country"
    )
    date: Date | None = Field(default=None, description="optional: today")
    binding: Binding | None = Field(default=None, description="optional: the house's")
    vendor_commitment: Commitment | None = Field(default=None, description="optional: the house's")
    court: Line | None = Field(default=None, description="optional: the house's")
    reference: Annotated[Word, AfterValidator(_reference)] | None = Field(
        default=None, description="optional: derived from the letter's data"
    )
    prospect: Prospect
    feature: Feature
    delivery: Delivery | None = None
    decision: Decision | None = None
    decline: Decline | None = None

    @property
    def kind(self) -> Kind:
        """A [decline] table, or a decision of kind "none", gives a decline."""
        undecided = self.decision is not None and self.decision.kind == "none"
        return "decline" if self.decline is not None or undecided else "agreement"
