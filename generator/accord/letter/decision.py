"""What the placeholders of a decision stand for: what is bought, its price, tax and total."""

from decimal import ROUND_HALF_UP, Decimal

from accord.domain.deal import Decision
from accord.letter.placeholders import Placeholders
from accord.text import formats, markup
from accord.text.markup import RichText


def put_decision(placeholders: Placeholders, decision: Decision) -> None:
    """Put what the prospect decides if the feature is delivered."""
    locale = placeholders.locale
    placeholders.put("decision.item", decision.item)
    placeholders.put(
        "decision.quantity", formats.number(decision.quantity, locale) if decision.quantity else None
    )
    _put_price(placeholders, decision)
    _put_total(placeholders, decision)
    penalty, currency = decision.penalty or Decimal(0), decision.currency or "EUR"
    placeholders.put("decision.penalty", formats.amount(penalty, currency, locale))
    placeholders.put("decision.penalty_words", formats.amount_in_words(penalty, currency, locale))
    placeholders.put_date("decision.exclusivity_until", decision.exclusivity_until)


def _put_price(placeholders: Placeholders, decision: Decision) -> None:
    """Put the price of one and, for a subscription, how long it is paid."""
    placeholders.put("decision.unit_price", _unit_price(placeholders, decision))
    placeholders.put("decision.duration", _duration(placeholders, decision), "decision.term")
    if decision.kind == "subscription" and decision.period is None:
        for placeholder in ("decision.unit_price", "decision.duration"):
            placeholders.missing.setdefault(placeholder, "decision.period")


def _put_total(placeholders: Placeholders, decision: Decision) -> None:
    """Put the total without and with tax; blanks as long as it is not known."""
    locale, currency = placeholders.locale, decision.currency
    total, rate = decision.total or decision.computed_total, decision.vat_rate or Decimal(0)
    placeholders.put("decision.vat_rate", formats.percent(rate, locale))
    if total is None or currency is None:
        lacking = _what_the_total_lacks(decision)
        for placeholder in ("total", "total_words", "vat", "total_with_vat"):
            placeholders.put(f"decision.{placeholder}", None)
            placeholders.missing[f"decision.{placeholder}"] = lacking
        return
    vat = vat_of(total, rate)
    placeholders.put("decision.total", formats.amount(total, currency, locale))
    placeholders.put("decision.total_words", formats.amount_in_words(total, currency, locale))
    placeholders.put("decision.vat", formats.amount(vat, currency, locale))
    placeholders.put("decision.total_with_vat", formats.amount(total + vat, currency, locale))


def _what_the_total_lacks(decision: Decision) -> str:
    """The first key without which there is no total."""
    for key in ("quantity", "unit_price", "currency", "term"):
        if getattr(decision, key) is None:
            return f"decision.{key}"
    return "decision.total"


def vat_of(net: Decimal, rate: Decimal) -> Decimal:
    """VAT on a net amount, rounded half up to the cent (BOI-TVA-DECLA-30-20-20-20)."""
    return (net * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _unit_price(placeholders: Placeholders, decision: Decision) -> RichText | None:
    """The price of one unit, by period for a subscription; None as long as it is not known."""
    if decision.unit_price is None or decision.currency is None:
        return None
    price = formats.amount(decision.unit_price, decision.currency, placeholders.locale)
    if decision.kind != "subscription":
        return price
    period = (
        formats.per(decision.period, placeholders.locale) if decision.period else _blank_period(placeholders)
    )
    return markup.fill("{price} {period}", {"price": price, "period": period})


def _duration(placeholders: Placeholders, decision: Decision) -> RichText | None:
    """How long a subscription lasts; None as long as it is not known, and for what is paid once."""
    if decision.term is None:
        return None
    if decision.period is None:
        return markup.fill(
            "{term} {period}", {"term": f"{decision.term}", "period": _blank_period(placeholders)}
        )
    return formats.duration(decision.term, decision.period, placeholders.locale)


def _blank_period(placeholders: Placeholders) -> RichText:
    return markup.blank(placeholders.labels["hint"]["decision.period"])
