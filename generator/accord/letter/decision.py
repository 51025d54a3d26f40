"""What the placeholders of a decision stand for: what is bought, its price, tax and total."""

import re
from decimal import ROUND_HALF_UP, Decimal

from accord.domain.deal import Decision
from accord.domain.fields import length
from accord.letter.placeholders import Placeholders
from accord.text import formats, markup, sentences
from accord.text.currencies import Currency
from accord.text.markup import RichText


def put_decision(placeholders: Placeholders, decision: Decision) -> None:
    """Put what the prospect decides if the feature is delivered; what is not known yet is a blank."""
    put, locale = placeholders.put, placeholders.locale
    item = decision.item
    put("decision.item", item and sentences.unended(sentences.small(item, placeholders.language)))
    put("decision.quantity", formats.number(decision.quantity, locale) if decision.quantity else None)
    _put_order(placeholders, decision)
    put("decision.unit_price", _unit_price(placeholders, decision))
    _put_basis(placeholders, decision)
    put(
        "payment.each_period",
        formats.each(decision.period, locale) if decision.period else None,
        "decision.period",
    )
    put("decision.duration", _duration(placeholders, decision), _key_of_duration(decision))
    if decision.kind == "subscription" and decision.period is None:
        for placeholder in ("decision.unit_price", "decision.duration"):
            placeholders.missing.setdefault(placeholder, "decision.period")
    _put_total(placeholders, decision)
    _put_calculation(placeholders, decision)
    _put_sum(placeholders, "decision.penalty", decision.penalty or Decimal(0), decision.currency or "EUR")
    placeholders.put_date("decision.exclusivity_until", decision.exclusivity_until)


# An item that says itself how many there are: "un pilote de huit semaines", "25 abonnements".
_COUNTED = re.compile(r"(?:une?|an?|one) ", re.IGNORECASE)


def _put_order(placeholders: Placeholders, decision: Decision) -> None:
    """Put what is ordered, as one says it: "25 abonnements Novalys Compta"."""
    item, quantity = decision.item or "", f"{decision.quantity} "
    is_counted = item.startswith(quantity) or (decision.quantity == 1 and _COUNTED.match(item))
    template = "{decision.item}" if is_counted else "{decision.quantity}\u00a0{decision.item}"
    placeholders.put_phrase("decision.order", template, "decision.quantity", "decision.item")


def _is_price(decision: Decision) -> bool:
    """Whether the total is the price of one unit, so that there is nothing to reckon."""
    return decision.quantity == 1 and (decision.kind != "subscription" or decision.term == 1)


def _put_basis(placeholders: Placeholders, decision: Decision) -> None:
    """Put what the total is reckoned from, "40,00 € hors taxes par mois et par unité, soit au total"; "" if it is the price."""
    is_subscription, is_single = decision.kind == "subscription", decision.quantity == 1
    if _is_price(decision):
        placeholders.put_phrase("decision.basis", "", "decision.unit_price")
        return
    label = "period" if is_subscription and is_single else "each_period" if is_subscription else "each"
    parts = {"amount": _amount(placeholders, decision), "period": _period(placeholders, decision)}
    placeholders.texts["decision.basis"] = markup.fill(placeholders.labels["price"][label], parts)
    placeholders.parts["decision.basis"] = ("decision.unit_price",)


def _put_calculation(placeholders: Placeholders, decision: Decision) -> None:
    """Put how the total comes about: "25 × 40,00 € par mois × 12 mois = 12 000,00 € hors taxes"."""
    is_subscription, is_single = decision.kind == "subscription", decision.quantity == 1
    label = ("sum_subscription" if is_subscription else "sum_once") + ("_single" if is_single else "")
    label = "sum_once_single" if _is_price(decision) else label
    parts = ("quantity", "unit_price", *(("duration",) if is_subscription else ()), "total")
    template = placeholders.labels["key_terms"][label]
    placeholders.put_phrase("decision.calculation", template, *(f"decision.{part}" for part in parts))


def _put_total(placeholders: Placeholders, decision: Decision) -> None:
    """Put the total without and with tax; blanks as long as it is not known."""
    locale, currency = placeholders.locale, decision.currency
    total, rate = decision.total or decision.computed_total, decision.vat_rate or Decimal(0)
    placeholders.put("decision.vat_rate", formats.percent(rate, locale))
    if total is None or currency is None:
        parts = ("quantity", "unit_price", "currency", "term")
        missing = next((key for key in parts if getattr(decision, key) is None), "total")
        for placeholder in ("total", "total_words", "vat", "total_with_vat"):
            placeholders.put(f"decision.{placeholder}", None)
            placeholders.missing[f"decision.{placeholder}"] = f"decision.{missing}"
        return
    vat = vat_of(total, rate)
    _put_sum(placeholders, "decision.total", total, currency)
    placeholders.put("decision.vat", formats.amount(vat, currency, locale))
    placeholders.put("decision.total_with_vat", formats.amount(total + vat, currency, locale))


def _put_sum(placeholders: Placeholders, placeholder: str, amount: Decimal, currency: Currency) -> None:
    """Put a sum of money in figures and in words."""
    placeholders.put(placeholder, formats.amount(amount, currency, placeholders.locale))
    placeholders.put(f"{placeholder}_words", formats.amount_in_words(amount, currency, placeholders.locale))


def vat_of(net: Decimal, rate: Decimal) -> Decimal:
    """VAT on a net amount, rounded half up to the cent (BOI-TVA-DECLA-30-20-20-20)."""
    return (net * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _unit_price(placeholders: Placeholders, decision: Decision) -> RichText:
    """The price of one unit, by period for a subscription, with blanks for what is not known."""
    parts = [_amount(placeholders, decision)]
    parts += [_period(placeholders, decision)] if decision.kind == "subscription" else []
    return markup.join(" ", parts)


def _amount(placeholders: Placeholders, decision: Decision) -> RichText:
    """The price of one unit, or a blank for it."""
    if decision.unit_price is not None and decision.currency is not None:
        return formats.amount(decision.unit_price, decision.currency, placeholders.locale)
    placeholders.missing["decision.unit_price"] = "decision.unit_price"
    return markup.blank(placeholders.labels["hint"]["decision.unit_price"])


def _period(placeholders: Placeholders, decision: Decision) -> RichText:
    """The period by which a subscription is paid, or a blank for it."""
    if decision.period is None:
        return markup.blank(placeholders.labels["hint"]["decision.period"])
    return RichText(formats.per(decision.period, placeholders.locale))


def _duration(placeholders: Placeholders, decision: Decision) -> RichText | None:
    """How long a subscription or a pilot lasts; None as long as it is not known, and for a purchase."""
    if decision.duration is not None:
        return formats.duration(*length(decision.duration), placeholders.locale)
    if decision.term is None:
        return None
    if decision.period is None:
        return markup.join(" ", (f"{decision.term}", _period(placeholders, decision)))
    return formats.duration(decision.term, decision.period, placeholders.locale)


def _key_of_duration(decision: Decision) -> str:
    """The key that says how long it lasts."""
    return "decision.duration" if decision.kind == "pilot" else "decision.term"
