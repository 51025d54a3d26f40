"""The checks of a letter's amounts, tax and payment, held against the deal (floor 5)."""

import re
from collections.abc import Iterator
from gettext import gettext as _

from generator import figures
from generator.findings import Case, Check, Finding, found_in, place_of, plain, text_of, wording_of

# --- Amounts ------------------------------------------------------------------

_SIGN = r"€|£|\$US|\$CA|US\$|CA\$|\$|CHF|EUR|GBP|USD|CAD"
_AMOUNT = re.compile(rf"(?:{_SIGN}) ?\d[\d ,.]*\d|(?:{_SIGN}) ?\d|\d[\d ,.]*\d ?(?:{_SIGN})|\d ?(?:{_SIGN})")
_PRICED = ("opening", "purchase", "price", "payment", "penalty")
_FEES = {"FR": ("40",), "EW": ("40", "70", "100", "1")}
_SIGNS = {"EUR": ("€", "EUR"), "GBP": ("£", "GBP"), "USD": ("$", "USD"), "CHF": ("CHF",), "CAD": ("$", "CAD")}


def _bare(amount: str) -> str:
    """The digits of an amount, without a fraction of zero."""
    digits = re.sub(rf"{_SIGN}| ", "", amount)
    return re.sub(r"\D", "", re.sub(r"[.,]00$", "", digits))


def total_differs(case: Case) -> Iterator[Finding]:
    """Quantity times price times term is the total, in the table and in the article."""
    decision, price = case.deal.decision, case.article("price")
    total = decision.computed_total if decision else None
    if not (decision and total and decision.currency and case.letter.kind == "agreement"):
        return
    printed = plain(figures.amount(total, decision.currency, case.letter.locale))
    places_of_it = [(term.label, plain(" ".join(term.lines))) for term in case.letter.key_terms[3:4]]
    places_of_it += [(place_of(price), text_of(price))] if price else []
    for where, text in places_of_it:
        if printed not in text:
            sentence = _("does not say the total that the quantity, the price and the term make, {total}.")
            yield Finding(
                "total-differs", "error", where, sentence.format(total=printed), "Code civil, art. 1163"
            )


def amount_written_in(case: Case) -> Iterator[Finding]:
    """An amount in a clause's own words that is none of the deal's, or in another currency."""
    decision = case.deal.decision
    if not decision or case.letter.kind == "decline":
        return
    known = {_bare(found[0]) for value in case.expected.values() for found in _AMOUNT.finditer(value)}
    known |= set(_FEES[str(case.letter.law)])
    for passage in case.passages:
        for found in found_in(wording_of(passage), _AMOUNT):
            if _bare(found[0]) not in known:
                sentence = _("says {amount}, which is none of this deal’s amounts. Use a placeholder.")
                yield Finding(
                    "amount-differs",
                    "error" if passage.id in _PRICED else "warning",
                    place_of(passage),
                    sentence.format(amount=found[0]),
                    "Code civil, art. 1163",
                )
            elif (
                decision.currency
                and passage.id in _PRICED
                and _bare(found[0]) not in _FEES[str(case.letter.law)]
                and not any(sign in found[0] for sign in _SIGNS[decision.currency])
            ):
                sentence = _("says {amount}, but the deal is in {currency}. Keep to one currency.")
                yield Finding(
                    "currency-differs",
                    "error",
                    place_of(passage),
                    sentence.format(amount=found[0], currency=decision.currency),
                    "Code civil, art. 1343",
                )


_NUMERAL = (
    r"(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente"
    r"|quarante|cinquante|soixante|cents?|mille|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million)"
)
_SPELT = re.compile(
    rf"\b{_NUMERAL}(?:[ -](?:et |and )?{_NUMERAL})* (?:euros?|livres sterling|pounds?|dollars?|francs?)\b",
    re.IGNORECASE,
)
_SPELT_CONSIDERATION = ("one pound",)


def words_differ(case: Case) -> Iterator[Finding]:
    """An amount in words is the one in figures."""
    known = {case.expected.get(key, "") for key in ("decision.total_words", "decision.penalty_words")}
    for passage in case.passages:
        for found in found_in(wording_of(passage), _SPELT):
            if found[0].lower() not in {*known, *_SPELT_CONSIDERATION, "quarante euros", "forty euros"}:
                sentence = _("says “{words}”, but the figures make “{expected}”. Use a placeholder.").format(
                    words=found[0], expected=case.expected.get("decision.total_words", "")
                )
                yield Finding("words-differ", "error", place_of(passage), sentence, "Code civil, art. 1376")


def foreign_currency(case: Case) -> Iterator[Finding]:
    """A payment in France between French companies is in euros."""
    decision = case.deal.decision
    both = {case.house.supplier.country, case.deal.prospect.country}
    if (
        decision
        and case.letter.kind == "agreement"
        and both == {"FR"}
        and decision.currency not in {None, "EUR"}
    ):
        yield Finding(
            "foreign-currency",
            "warning",
            "decision.currency",
            _("is {currency}, but both parties are in France. Write EUR.").format(currency=decision.currency),
            "Code civil, art. 1343-3",
        )


_TAX = re.compile(
    r"\bhors taxes?\b|\bHT\b|\bTTC\b|\btoutes taxes\b|\b(?:ex|in)cluding (?:tax|VAT)\b|\bplus VAT\b|\bTVA en sus\b"
)


def tax_unstated(case: Case) -> Iterator[Finding]:
    """A price says whether tax is in it, and at the deal's rate."""
    price, decision = case.article("price"), case.deal.decision
    if not price or not decision:
        return
    if not _TAX.search(text_of(price)):
        yield Finding(
            "tax-unstated",
            "error",
            place_of(price),
            _("does not say whether the price includes tax. Write “excluding tax” or “including tax”."),
            "Code de commerce, art. L441-1",
        )
    for found in re.finditer(r"(\d+(?:[.,]\d+)?) ?%", wording_of(price)):
        if found[0].replace(" ", "") != case.expected["decision.vat_rate"].replace(" ", ""):
            sentence = _("says {rate}, but the deal’s rate of VAT is {expected}. Use a placeholder.")
            yield Finding(
                "tax-differs",
                "error",
                place_of(price),
                sentence.format(rate=found[0], expected=case.expected["decision.vat_rate"]),
                "CGI, art. 278",
            )


# --- Payment ------------------------------------------------------------------

_SPELT_DAYS = {
    "soixante-quinze": 75,
    "quatre-vingt-dix": 90,
    "cent vingt": 120,
    "cent quatre-vingts": 180,
    "seventy-five": 75,
    "ninety": 90,
    "one hundred and twenty": 120,
}
LONGEST_DAYS = 60
LONGEST_DAYS_TO_END_OF_MONTH = 45


def payment_too_late(case: Case) -> Iterator[Finding]:
    """Sixty days from the invoice, or forty-five to the end of the month, is the most."""
    payment = case.article("payment")
    if not payment:
        return
    text = text_of(payment)
    end_of_month = re.search(r"fin de mois|end of (?:the )?month", text, re.IGNORECASE)
    most = LONGEST_DAYS_TO_END_OF_MONTH if end_of_month else LONGEST_DAYS
    days = [int(count) for count in re.findall(r"\b(\d{1,3}) (?:jours|days)\b", text)]
    days += [
        count
        for words, count in _SPELT_DAYS.items()
        if re.search(rf"\b{words} (?:jours|days)\b", text, re.IGNORECASE)
    ]
    if any(count > most for count in days):
        yield Finding(
            "payment-too-late",
            "error" if case.letter.law == "FR" else "warning",
            place_of(payment),
            _("allows {days} days to pay; the law allows {most}. Shorten the period.").format(
                days=max(days), most=most
            ),
            "Code de commerce, art. L441-10"
            if case.letter.law == "FR"
            else "Late Payment of Commercial Debts (Interest) Act 1998, s. 4",
        )


def late_payment_unstated(case: Case) -> Iterator[Finding]:
    """What late payment costs stands in the letter or in the general terms."""
    payment = case.article("payment")
    if not payment or case.letter.law != "FR":
        return
    text = text_of(payment)
    if not (
        re.search(r"pénalités|intérêts|\binterest\b|\bpenalt", text)
        and re.search(r"\b40\b|quarante|forty", text)
    ):
        yield Finding(
            "late-payment-unstated",
            "note" if case.letter.enclosures else "error",
            place_of(payment),
            _(
                "does not say the interest for late payment and the fixed fee of €40. Write both, unless the general terms do."
            ),
            "Code de commerce, art. L441-10 et D441-5",
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
