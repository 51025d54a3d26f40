"""The checks of a letter's amounts, tax and payment, held against the deal."""

import re
from collections.abc import Iterator, Mapping

from accord.domain.choices import Law
from accord.i18n import _
from accord.review.findings import (
    AMOUNT,
    FEES,
    AgreementCase,
    Case,
    Check,
    Finding,
    Severity,
    agreements_only,
    bare,
    found_in,
    place_of,
    text_of,
    under,
    wording_of,
    written,
)
from accord.text import formats, phrases
from accord.text.characters import plain
from accord.text.currencies import NAMES, SIGN, Currency, any_of, meant_by

# --- Amounts ------------------------------------------------------------------

_PRICED = ("opening", "purchase", "price", "payment", "penalty")
_AMOUNTS = ("decision.total", "decision.unit_price", "decision.penalty")


@agreements_only
def total_differs(case: AgreementCase) -> Iterator[Finding]:
    """Quantity times price times term is the total, in the table and in the article."""
    decision, row, price = case.deal.decision, case.key_term("decision"), case.article("price")
    total = decision.computed_total
    if not (total and decision.currency):
        return
    printed = plain(formats.amount(total, decision.currency, case.letter.locale))
    places_of_it = [(row.label, plain(" ".join(row.lines)))] if row else []
    places_of_it += [(place_of(price), text_of(price))] if price else []
    for where, text in places_of_it:
        if printed not in text:
            sentence = _("does not say the total that the quantity, the price and the term make, {total}.")
            yield case.finding("total-differs", "error", where, sentence.format(total=printed))


@agreements_only
def amount_written_in(case: AgreementCase) -> Iterator[Finding]:
    """An amount in a clause's own words that is none of the deal's, or in another currency."""
    decision, fees = case.deal.decision, FEES[case.law]
    known = {bare(found[0]) for value in case.expected.values() for found in AMOUNT.finditer(value)}
    for passage in case.passages:
        for found in found_in(wording_of(passage), AMOUNT):
            if bare(found[0]) not in {*known, *fees}:
                yield case.finding(
                    "amount-differs",
                    "error" if passage.id in _PRICED else "warning",
                    place_of(passage),
                    _(
                        "gives {amount}, which matches no amount in this deal. Use the placeholder {placeholder}."
                    ).format(amount=found[0], placeholder=case.placeholder_for(passage, _AMOUNTS)),
                )
            elif (
                decision.currency
                and passage.id in _PRICED
                and bare(found[0]) not in fees
                and decision.currency not in _currencies_of(found[0])
            ):
                sentence = _("gives {amount}, but the deal is in {currency}. Keep to one currency.")
                yield case.finding(
                    "currency-differs",
                    "error",
                    place_of(passage),
                    sentence.format(amount=found[0], currency=decision.currency),
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
_SPELT_CONSIDERATION = ("one pound",)


def words_differ(case: Case) -> Iterator[Finding]:
    """An amount in words is the one in figures."""
    known = {case.expected.get(key, "") for key in ("decision.total_words", "decision.penalty_words")}
    for passage in case.passages:
        for found in found_in(wording_of(passage), _SPELT):
            if found[0].lower() not in {*known, *_SPELT_CONSIDERATION, "quarante euros", "forty euros"}:
                sentence = _(
                    "says “{words}”, but the figures make “{expected}”. Use the placeholder {placeholder}."
                ).format(
                    words=found[0],
                    expected=case.expected.get("decision.total_words", ""),
                    placeholder=case.placeholder_for(
                        passage, ("decision.total_words", "decision.penalty_words")
                    ),
                )
                promise = case.letter.binding == "promise"
                yield case.finding(
                    "words-differ",
                    "error",
                    place_of(passage),
                    sentence,
                    "words-differ.promise" if promise else "",
                )


@under("FR")
@agreements_only
def foreign_currency(case: AgreementCase) -> Iterator[Finding]:
    """A payment in France between French companies is in euros."""
    currency = case.deal.decision.currency
    both = {case.house.supplier.country, case.deal.prospect.country}
    if both == {"FR"} and currency not in {None, "EUR"}:
        yield case.finding(
            "foreign-currency",
            "warning",
            "decision.currency",
            _("is {currency}, but both parties are in France. Write EUR.").format(currency=currency),
        )


_TAX = re.compile(
    r"\bhors taxes?\b|\bHT\b|\bTTC\b|\btoutes taxes\b|\b(?:ex|in)cluding (?:tax|VAT)\b|\bplus VAT\b|\bTVA en sus\b"
)


@agreements_only
def tax_unstated(case: AgreementCase) -> Iterator[Finding]:
    """A price says whether tax is in it, and at the deal's rate."""
    price = case.article("price")
    if not price:
        return
    if not _TAX.search(text_of(price)):
        yield case.finding(
            "tax-unstated",
            "error",
            place_of(price),
            _("does not say whether the price includes tax. Write “excluding tax” or “including tax”."),
        )
    for found in re.finditer(r"(\d+(?:[.,]\d+)?) ?%", wording_of(price)):
        if found[0].replace(" ", "") != case.expected["decision.vat_rate"].replace(" ", ""):
            sentence = _(
                "says {rate}, but the deal’s rate of VAT is {expected}. Use the placeholder {placeholder}."
            )
            yield case.finding(
                "tax-differs",
                "error",
                place_of(price),
                sentence.format(
                    rate=found[0],
                    expected=case.expected["decision.vat_rate"],
                    placeholder=written("decision.vat_rate"),
                ),
            )


# --- Payment ------------------------------------------------------------------

_SPELT_DAYS = {
    "soixante-dix jours": 70,
    "soixante-quinze jours": 75,
    "quatre-vingts jours": 80,
    "quatre-vingt-dix jours": 90,
    "cent jours": 100,
    "cent vingt jours": 120,
    "cent quatre-vingts jours": 180,
    "trois mois": 90,
    "quatre mois": 120,
    "six mois": 180,
    "seventy-five days": 75,
    "ninety days": 90,
    "one hundred and twenty days": 120,
    "three months": 90,
    "four months": 120,
    "six months": 180,
}
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


def payment_too_late(case: Case) -> Iterator[Finding]:
    """Sixty days from the invoice, or forty-five to the end of the month, is the most."""
    payment = case.article("payment")
    if not payment:
        return
    text = text_of(payment)
    end_of_month = re.search(r"fin de mois|end of (?:the )?month", text, re.IGNORECASE)
    most = LONGEST_DAYS_TO_END_OF_MONTH[case.law] if end_of_month else LONGEST_DAYS
    days = _days_to_pay(text)
    if days > most:
        severity, sentence = too_late_to_pay()[case.law]
        yield case.finding(
            "payment-too-late", severity, place_of(payment), sentence.format(days=days, most=most)
        )


def too_late_to_pay() -> Mapping[Law, tuple[Severity, str]]:
    """How grave too long a period is under each law, and what to say of it."""
    return {
        "FR": (
            "error",
            _("allows {days} days to pay, but the law allows no more than {most}. Shorten the period."),
        ),
        "EW": (
            "warning",
            _(
                "allows {days} days to pay; beyond {most}, the period must be expressly agreed and not grossly unfair"
                " to the supplier (1998 Act, s. 4)."
            ),
        ),
    }


@under("FR")
def late_payment_unstated(case: Case) -> Iterator[Finding]:
    """What late payment costs stands in the letter or in the general terms."""
    payment = case.article("payment")
    if not payment:
        return
    text = text_of(payment)
    interest = re.search(r"pénalités|intérêts|\binterest\b|\bpenalt", text)
    fee = re.search(r"\b40\b|quarante|forty", text)
    if interest and fee:
        return
    sentence = _(
        "mentions neither the interest for late payment nor the fixed fee of €40."
        " Write both, unless the general terms do."
    )
    if interest:
        sentence = _("does not mention the fixed fee of €40. Write it, unless the general terms do.")
    elif fee:
        sentence = _("does not mention the interest for late payment. Write it, unless the general terms do.")
    yield case.finding(
        "late-payment-unstated",
        "note" if case.letter.enclosures else "error",
        place_of(payment),
        sentence,
    )


CHECKS: tuple[Check, ...] = (
    total_differs,
    amount_written_in,
    words_differ,
    foreign_currency,
    tax_unstated,
    payment_too_late,
    late_payment_unstated,
)
