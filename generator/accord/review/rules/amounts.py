"""The checks of a letter's amounts, tax and payment, held against the deal."""

import re
from collections.abc import Mapping

from accord.domain.choices import Law
from accord.domain.parties import are_taxed_abroad
from accord.i18n import N_, _
from accord.letter.letter import Passage
from accord.review.findings import (
    AMOUNT,
    FEES,
    AgreementCase,
    Case,
    Findings,
    Severity,
    digits_of,
    in_braces,
    matches_in,
    on_article,
    only,
    place_of,
    text_of,
    wording_of,
)
from accord.text import formats, phrases
from accord.text.characters import plain
from accord.text.currencies import NAMES, SIGN, Currency, any_of, meant_by

_PRICED = ("opening", "purchase", "price", "payment", "penalty")
_AMOUNTS = ("decision.total", "decision.unit_price", "decision.penalty")


@only(AgreementCase)
def total_differs(case: AgreementCase) -> Findings:
    """Quantity times price times term is the total, in the table and in the article."""
    decision, row, price = case.deal.decision, case.key_term("decision"), case.article("price")
    total = decision.computed_total
    if not (total and decision.currency):
        return
    printed = plain(formats.amount(total, decision.currency, case.letter.locale))
    texts = [(row.label, plain(" ".join(row.lines)))] if row else []
    texts += [(place_of(price), text_of(price))] if price else []
    for where, text in texts:
        if printed not in text:
            sentence = _("does not say the total that the quantity, the price and the term make, {total}.")
            yield case.finding("total-differs", "error", where, sentence, total=printed)


@only(AgreementCase)
def penalty_exceeds_total(case: AgreementCase) -> Findings:
    """A penalty of more than the whole order is one that a court may well cut down, or hold void."""
    penalty, total = case.deal.decision.penalty, case.deal.decision.computed_total
    if penalty and total and penalty > total:
        sentence = _("exceeds the total of the order, which a court may find excessive. Write a smaller sum.")
        yield case.finding("penalty-excessive", "warning", "decision.penalty", sentence)


@only(AgreementCase)
def item_priced(case: AgreementCase) -> Findings:
    """What is bought says a price or a number of its own: "25 users at £40 a month"."""
    item = plain(case.deal.decision.item or "")
    amount, number = AMOUNT.search(item), re.match(r"\d+ (?=[^\W\d_])", item)
    if found := amount or number:
        sentence = _(
            "says “{words}”, beside the quantity and the price of this deal."
            " Name what is bought here; its number and its price have keys of their own."
        )
        severity: Severity = "error" if amount else "warning"
        yield case.finding("item-priced", severity, "decision.item", sentence, words=found[0].strip())


@only(AgreementCase)
def amount_written_in(case: AgreementCase) -> Findings:
    """An amount in a clause's own words that is none of the deal's, or in another currency."""
    currency, fees = case.deal.decision.currency, FEES[case.law]
    amounts = {digits_of(match[0]) for value in case.expected.values() for match in AMOUNT.finditer(value)}
    for passage in case.passages:
        is_priced = passage.id in _PRICED
        for match in matches_in(wording_of(passage), AMOUNT):
            amount, digits = match[0], digits_of(match[0])
            if digits not in {*amounts, *fees}:
                severity: Severity = "error" if is_priced else "warning"
                yield case.finding(
                    "amount-differs",
                    severity,
                    passage,
                    _(
                        "gives {amount}, which matches no amount in this deal. Use the placeholder {placeholder}."
                    ),
                    amount=amount,
                    placeholder=case.placeholder_for(passage, _AMOUNTS),
                )
            elif is_priced and currency and digits not in fees and currency not in _currencies_of(amount):
                sentence = _("gives {amount}, but the deal is in {currency}. Keep to one currency.")
                yield case.finding(
                    "currency-differs", "error", passage, sentence, amount=amount, currency=currency
                )


def _currencies_of(amount: str) -> tuple[Currency, ...]:
    """The currencies that an amount in figures may be in, by its sign."""
    sign = re.search(SIGN, amount)
    return meant_by(sign[0]) if sign else ()


_NUMERAL = (
    r"(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente"
    r"|quarante|cinquante|soixante|cents?|mille|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million)"
)
_CURRENCY = any_of(NAMES - {"livre", "livres"})  # which may be books
_SPELT = re.compile(rf"\b{_NUMERAL}(?:[ -](?:et |and )?{_NUMERAL})* (?:{_CURRENCY})\b", re.IGNORECASE)
_SPELT_BY_LAW = ("one pound", "quarante euros", "forty euros")


def words_differ(case: Case) -> Findings:
    """An amount in words is the one in figures."""
    keys = ("decision.total_words", "decision.penalty_words")
    allowed = {*(case.expected.get(key, "") for key in keys), *_SPELT_BY_LAW}
    for passage in case.passages:
        for match in matches_in(wording_of(passage), _SPELT):
            if match[0].lower() not in allowed:
                yield case.finding(
                    "words-differ",
                    "error",
                    passage,
                    _(
                        "says “{words}”, but the figures make “{expected}”. Use the placeholder {placeholder}."
                    ),
                    source="words-differ.promise" if case.letter.binding == "promise" else "",
                    words=match[0],
                    expected=case.expected.get("decision.total_words", ""),
                    placeholder=case.placeholder_for(passage, keys),
                )


@only(AgreementCase, law="FR")
def foreign_currency(case: AgreementCase) -> Findings:
    """A payment in France between French companies is in euros."""
    currency = case.deal.decision.currency
    countries = {case.house.supplier.home, case.deal.prospect.home}
    if countries == {"FR"} and currency not in {None, "EUR"}:
        sentence = _("is {currency}, but both parties are in France. Write EUR.")
        yield case.finding("foreign-currency", "warning", "decision.currency", sentence, currency=currency)


@only(AgreementCase)
def vat_abroad(case: AgreementCase) -> Findings:
    """Between businesses of two countries, the client accounts for VAT where it is."""
    rate, parties = case.deal.decision.vat_rate, (case.house.supplier, case.deal.prospect)
    if rate and are_taxed_abroad(*parties):
        sentence = _(
            "adds VAT at {rate}, but the parties are in two countries ({countries}): between businesses the client"
            " accounts for VAT in its own. Leave vat_rate out, unless this supply is taxed at home."
        )
        yield case.finding(
            "vat-abroad",
            "warning",
            "decision.vat_rate",
            sentence,
            rate=formats.percent(rate, case.letter.locale),
            countries=", ".join(str(party.home) for party in parties),
        )


@only(AgreementCase)
@on_article("price")
def tax_differs(case: AgreementCase, price: Passage) -> Findings:
    """A price names no other rate of tax than the deal's."""
    expected = case.expected["decision.vat_rate"]
    for match in re.finditer(r"(\d+(?:[.,]\d+)?) ?%", wording_of(price)):
        if match[0].replace(" ", "") != expected.replace(" ", ""):
            yield case.finding(
                "tax-differs",
                "error",
                price,
                _(
                    "says {rate}, but the deal’s rate of VAT is {expected}. Use the placeholder {placeholder}."
                ),
                rate=match[0],
                expected=expected,
                placeholder=in_braces("decision.vat_rate"),
            )


_PERIODS = {
    70: ("soixante-dix jours",),
    75: ("soixante-quinze jours", "seventy-five days"),
    80: ("quatre-vingts jours",),
    90: ("quatre-vingt-dix jours", "trois mois", "ninety days", "three months"),
    100: ("cent jours",),
    120: ("cent vingt jours", "quatre mois", "one hundred and twenty days", "four months"),
    180: ("cent quatre-vingts jours", "six mois", "six months"),
}
_SPELT_DAYS = {words: days for days, texts in _PERIODS.items() for words in texts}
_PERIOD = re.compile(rf"\b(?:(\d{{1,3}}) (?:jours|days)|({'|'.join(_SPELT_DAYS)}))\b", re.IGNORECASE)
_PAID = re.compile(
    r"\b(?:payables?|paie\w*|paye\w*|payé\w*|règle\w*|réglé\w*|paid|pay|pays|payment|due|settle\w*)\b",
    re.IGNORECASE,
)
# Days that count something else: to object, to reckon interest.
_OTHER_DAYS = re.compile(
    r"contest|réclam|litig|pénalit|intérêt|calcul|année|disput|object|interest|penalt|year|remind",
    re.IGNORECASE,
)
LONGEST_DAYS = 60
LONGEST_DAYS_TO_END_OF_MONTH: Mapping[Law, int] = {"FR": 45, "EW": LONGEST_DAYS}


def _days_to_pay(text: str) -> int:
    """The longest period to pay that a text allows, in days; 0 for none."""
    longest = 0
    for sentence in phrases.sentences(text):
        paid = _PAID.search(sentence)
        period = paid and (_PERIOD.search(sentence, paid.end()) or _PERIOD.search(sentence))
        if period and not _OTHER_DAYS.search(sentence[: period.start()]):
            longest = max(longest, int(period[1]) if period[1] else _SPELT_DAYS[period[2].lower()])
    return longest


TOO_LATE_TO_PAY: Mapping[Law, tuple[Severity, str]] = {
    "FR": (
        "error",
        N_("allows {days} days to pay, but the law allows no more than {most}. Shorten the period."),
    ),
    "EW": (
        "warning",
        N_(
            "allows {days} days to pay; beyond {most}, the period must be expressly agreed and not grossly unfair"
            " to the supplier (1998 Act, s. 4)."
        ),
    ),
}
"""How grave too long a period is under each law, and what to say of it."""


@on_article("payment")
def payment_too_late(case: Case, payment: Passage) -> Findings:
    """Sixty days from the invoice, or forty-five to the end of the month, is the most."""
    text = text_of(payment)
    end_of_month = re.search(r"fin de mois|end of (?:the )?month", text, re.IGNORECASE)
    most = LONGEST_DAYS_TO_END_OF_MONTH[case.law] if end_of_month else LONGEST_DAYS
    days = _days_to_pay(text)
    if days > most:
        severity, sentence = TOO_LATE_TO_PAY[case.law]
        yield case.finding("payment-too-late", severity, payment, _(sentence), days=days, most=most)
