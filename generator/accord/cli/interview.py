"""The four questions of `accord new`, and the summary that follows them."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from accord import i18n
from accord.cli import explanations, options, prompts
from accord.cli.prompts import Form
from accord.cli.terminal import tell
from accord.domain.deal import Deal, Decision, Decline
from accord.domain.deal_file import DealFile, locale_of
from accord.domain.house import HouseFile
from accord.errors import AccordError
from accord.i18n import _, ngettext
from accord.intake import parsing
from accord.letter.letter import Letter
from accord.text import currencies, formats


def ask_all(form: Form, home: HouseFile) -> None:
    """The four questions, without those that are answered already."""
    tell(_("Four questions, then the letter. Enter takes the [answer]; Ctrl-C stops."))
    form.fill("prospect.name", _("1. Which company is asking?"))
    form.fill("feature.name", _("2. Which feature does it ask for?"))
    if "decline" in form or form.get("decision.kind") == "none":
        return
    example = formats.date(datetime.date(2027, 3, 31), i18n.locale())
    form.fill(
        "delivery.by",
        _("3. By when can you deliver it? (such as {example})").format(example=example),
        reader("delivery.by", form, home),
    )
    form.choose(
        "decision.kind", _("4. Once it is delivered, what do they commit to?"), explanations.decisions()
    )
    if form.get("decision.kind") != "none":
        _ask_terms(form, home)
        _ask_level(form, home)


def _ask_terms(form: Form, home: HouseFile) -> None:
    """What they buy, how much of it and for how much; Enter leaves a blank in the draft."""
    form.fill("decision.item", _("   What do they buy? (in the plural; Enter: blank)"), optional=True)
    form.fill("decision.quantity", _("   How many? (Enter: blank)"), prompts.whole_number, optional=True)
    subscription = form.get("decision.kind") == "subscription"
    if subscription:
        form.fill("decision.period", _("   Paid per month or per year?"), _period, default=_("month"))
    currency = _currency(form, home)
    if currency is None:
        question = _("   In which currency? ({codes})").format(codes=", ".join(currencies.CODES))
        form.fill("decision.currency", question, str.upper)
        currency = _currency(form, home)
    price = {
        "month": _("   Price of one per month, before tax, in {currency}? (Enter: blank)"),
        "year": _("   Price of one per year, before tax, in {currency}? (Enter: blank)"),
    }.get(form.get("decision.period"), _("   Price of one, before tax, in {currency}? (Enter: blank)"))
    form.fill(
        "decision.unit_price",
        price.format(currency=currency),
        reader("decision.unit_price", form, home),
        optional=True,
    )
    if subscription:
        yearly = form.get("decision.period") == "year"
        question = _("   For how many years?") if yearly else _("   For how many months?")
        form.fill("decision.term", question, prompts.whole_number, default="1" if yearly else "12")


def _period(answer: str) -> str:
    word = answer.lower()
    if word in {"month", "mois"}:
        return "month"
    if word in {"year", "an", "année"}:
        return "year"
    raise AccordError(_("Write month or year."))


def _ask_level(form: Form, home: HouseFile) -> None:
    """Law and level, where the house has no usual ones."""
    law = form.get("law") or home.house.terms.law
    if law is None:
        form.choose("law", _("   Which law governs the agreement?"), explanations.laws())
        law = form.get("law")
    if home.house.terms.binding is None:
        form.choose("binding", _("   What does the agreement oblige to?"), explanations.bindings(law))


def reader(key: str, form: Form, home: HouseFile) -> Callable[[str], Any]:
    """What turns the text of an answer into the value of `key`."""
    locale = locale_of(form.table, home.house)
    if key == "date":
        return lambda text: parsing.day(text, locale)
    if key == "delivery.by":
        return lambda text: parsing.day(text, locale, form.get("date") or options.today())
    if key in {"decision.quantity", "decision.term"}:
        return prompts.whole_number
    if key == "decision.unit_price":
        return lambda text: parsing.amount(text, locale, _currency(form, home))
    return str


def _currency(form: Form, home: HouseFile) -> str | None:
    currency: str | None = form.get("decision.currency") or home.house.supplier.currency
    return currency


def say_why_not(file: DealFile) -> None:
    """Say why there is no agreement when the prospect decides nothing."""
    if file.refusal and not file.decline:
        sentence = _(
            "They commit to nothing yet, so you promise nothing either: the letter is a polite no that"
            " leaves the door open (reason: no-commitment)."
        )
        tell(sentence)


def summarise(deal: Deal, letter: Letter) -> None:
    """Print the letter in a few lines: which it is, who gets what by when, what it commits to."""
    date = formats.date(letter.date, i18n.locale())
    tell(_("{title} ({language}), {date}:").format(title=letter.title, language=letter.language, date=date))
    for sentence in _summary(deal, letter):
        tell(sentence, indent="  ")


def _summary(deal: Deal, letter: Letter) -> Iterator[str]:
    prospect, feature = deal.prospect.name, deal.feature.name
    if isinstance(deal, Decline):
        sentence = _("{prospect} asks for {feature}. The answer is no: {reason}.")
        reason = explanations.reasons()[deal.refusal.reason]
        yield sentence.format(prospect=prospect, feature=feature, reason=reason)
        return
    sentence = _("{prospect} asks for {feature}, which you deliver by {date}.")
    date = formats.date(deal.delivery.by, i18n.locale())
    yield sentence.format(prospect=prospect, feature=feature, date=date)
    yield _purchase(deal.decision, letter)
    level = explanations.bindings(deal.law)[deal.binding]
    yield _("Under {law}: {level}.").format(law=explanations.laws()[deal.law], level=level)
    if letter.gaps:
        yield ngettext(
            "A draft: {count} particular is left blank.",
            "A draft: {count} particulars are left blank.",
            len(letter.gaps),
        ).format(count=len(letter.gaps))


def _purchase(decision: Decision, letter: Letter) -> str:
    """What the prospect decides, the total in figures and in words as the letter prints them."""
    total = decision.computed_total
    if total is None or decision.unit_price is None or decision.currency is None:
        return _("They commit {decision}; what is not known yet is left blank.").format(
            decision=explanations.decisions()[decision.kind]
        )
    sentence = {
        "month": _(
            "They take {item} (quantity: {quantity}) at {price} per month for {term} months: {total} before tax ({words})."
        ),
        "year": _(
            "They take {item} (quantity: {quantity}) at {price} per year for {term} years: {total} before tax ({words})."
        ),
    }.get(
        decision.period or "",
        _("They take {item} (quantity: {quantity}) at {price}: {total} before tax ({words})."),
    )
    return sentence.format(
        quantity=decision.quantity,
        item=decision.item or "…",
        price=formats.amount(decision.unit_price, decision.currency, letter.locale),
        term=decision.term,
        total=formats.amount(total, decision.currency, letter.locale),
        words=formats.amount_in_words(total, decision.currency, letter.locale),
    )
