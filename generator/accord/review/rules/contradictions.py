"""The checks of what a clause of the house's own says beside the letter: another length, currency, tax or name.

Dates, amounts and quantities are held against the deal by `dates` and `amounts`.  Only
sentences that our own text does not have are looked at; what speaks of these matters
stands in `phrases.toml`.
"""

import re
from difflib import SequenceMatcher
from functools import cache

from accord.domain import legal_forms
from accord.domain.parties import are_taxed_abroad
from accord.i18n import N_, _
from accord.intake.counts import cardinal
from accord.letter.blocks import Run, paragraphs
from accord.letter.letter import Passage
from accord.review import must_say
from accord.review.findings import AgreementCase, Findings, in_braces, only
from accord.text import phrases
from accord.text.characters import fold, plain
from accord.text.currencies import Currency, meant_by

# --- How long -------------------------------------------------------------------

LENGTHS = {
    "time-to-test": (
        "terms.acceptance_days",
        N_("says “{words}”, but the Client has {expected} to test. Use the placeholder {placeholder}."),
    ),
    "time-to-pay": (
        "terms.payment_days",
        N_("says “{words}”, but the Client has {expected} to pay. Use the placeholder {placeholder}."),
    ),
    "time-to-sign": (
        "terms.validity_until",
        N_("says “{words}”, but the letter may be signed until {expected}. Use the placeholder {placeholder}."),
    ),
    "time-of-order": (
        "decision.duration",
        N_("says “{words}”, but the Order lasts {expected}. Use the placeholder {placeholder}."),
    ),
    "time-of-secrecy": (
        "terms.confidentiality",
        N_("says “{words}”, but secrets are kept for {expected} after the end. Use the placeholder {placeholder}."),
    ),
}  # fmt: skip
"""By topic: the placeholder that prints how long, and what to say of another length."""
_ABOUT_THE_ORDER = {"term", "purchase"}
"""Articles in which "it" is the order."""
_DAYS_IN = {
    "jour": 1, "day": 1, "semaine": 7, "week": 7, "mois": 30, "month": 30, "an": 360, "annee": 360, "year": 360,
}  # fmt: skip
_TIME = re.compile(
    rf"(?P<number>[\w-]+(?: et [\w-]+)?)(?: \([^)]*\))?(?: (?:full|clear|calendar|working|business|consecutive|more|further|whole|net))?[ -](?P<unit>{'|'.join(_DAYS_IN)})s?\b"
)


def _days_in(text: str) -> int:
    """How many days the last length of time in a text has, months of thirty; 0 for none."""
    found = [*_TIME.finditer(fold(text))]
    if not found:
        return 0
    number = found[-1]["number"].replace("-", " ")
    count = 1 if number in {"a", "an", "un", "une"} else cardinal(number)
    return (count or 0) * _DAYS_IN[found[-1]["unit"]]


@only(AgreementCase)
def length_differs(case: AgreementCase) -> Findings:
    """The time to test, to pay and to sign, the term and the years of secrecy are those of the letter."""
    terms = case.house.terms
    by_letter = {
        "time-to-test": terms.acceptance_days,
        "time-to-pay": terms.payment_days,
        "time-to-sign": terms.validity_days,
        "time-of-order": _days_in(case.expected.get("decision.duration") or ""),
        "time-of-secrecy": _DAYS_IN["year"] * terms.confidentiality_years,
    }
    for passage, sentence in must_say.own_sentences(case):
        for topic, (placeholder, remark) in LENGTHS.items():
            words = case.words_on(topic, sentence)
            if topic == "time-of-order" and passage.id in _ABOUT_THE_ORDER:
                words = words or case.words_on("time-of-it", sentence)
            said = _days_in(words or "")
            if words and said and by_letter[topic] and said != by_letter[topic]:
                expected, braces = case.expected.get(placeholder, ""), in_braces(placeholder)
                yield case.finding(
                    "length-differs", "warning", passage, _(remark), words=words, expected=expected, placeholder=braces
                )  # fmt: skip


# --- In what currency -------------------------------------------------------------

_OF_AMERICA = re.compile(r"american (dollars?)|(dollars?) (?:us|des états-unis)", re.IGNORECASE)


@cache
def _meant_by(money: str) -> tuple[Currency | None, ...]:
    """The currencies that a name may mean; None for one that no letter is in."""
    usual = _OF_AMERICA.sub(lambda said: f"US {said[1] or said[2]}", money)
    return meant_by(usual) or (None,)


def _other_currency(case: AgreementCase, sentence: str) -> str | None:
    """The name of a currency that a sentence has something paid in, and that is not the deal's."""
    moneys = phrases.list_of("moneys", case.letter.language)
    for _money in moneys.findall(sentence):  # each in turn, the ones before it left out
        words = case.words_on("paid-in", sentence)
        if not words:
            break
        *_before, last = moneys.finditer(words.replace("’", "'"))
        if case.deal.decision.currency not in _meant_by(last[0]):
            return last[0].replace("'", "’")
        sentence = re.sub(rf"\b{re.escape(last[0])}\b", "…", sentence)
    return None


@only(AgreementCase)
def paid_in_another_currency(case: AgreementCase) -> Findings:
    """What is due is paid in the currency of the deal, even where no amount stands beside it."""
    currency = case.deal.decision.currency
    note = phrases.sentences(plain(case.deal.opening_note or ""))
    texts: list[tuple[Passage | str, str]] = [
        *must_say.own_sentences(case),
        *(("opening_note", each) for each in note),
    ]
    for where, sentence in texts if currency else ():
        if words := _other_currency(case, sentence):
            remark = _("speaks of “{words}”, but the deal is in {currency}. Keep to one currency.")
            yield case.finding("currency-differs", "error", where, remark, words=words, currency=currency)


# --- With what tax ----------------------------------------------------------------

WITHOUT_TAX = N_("says “{words}”, but the prices of this letter are without VAT. Leave it out.")
_WITH_TAX = re.compile(
    r"<decision\.(?:total|unit_price|basis)>[^<.;]{0,20}\b(?:toutes taxes comprises|TTC|(?:TVA|taxes) (?:comprises?|incluses?)"
    r"|(?:including|inclusive of|incl\.?) (?:VAT|tax)|(?:VAT|tax) (?:included|inclusive))\b"
)


def _named(passage: Passage) -> str:
    """A passage with the names of its values: "<decision.total>"."""

    def read(run: Run) -> str:
        return f"<{run.placeholder}>" if run.placeholder else run.text

    return plain(" ".join(text for _marker, text in paragraphs(passage.blocks, read)))


@only(AgreementCase)
def tax_contradicted(case: AgreementCase) -> Findings:
    """Prices are without VAT, which is added where the deal has a rate, and not between two countries."""
    rate = case.expected.get("decision.vat_rate") if case.deal.decision.vat_rate else ""
    remarks = {"tax-included": _(WITHOUT_TAX)}
    if rate:
        remarks["tax-none"] = _("says “{words}”, but VAT at {rate} is added to the price. Leave it out.")
    elif are_taxed_abroad(case.house.supplier, case.deal.prospect):
        remarks["tax-charged"] = _(
            "says “{words}”, but the Supplier charges no VAT on this deal. Leave it out."
        )
    for passage, sentence in must_say.own_sentences(case):
        for topic, remark in remarks.items():
            if words := case.words_on(topic, sentence):
                yield case.finding("tax-differs", "error", passage, remark, words=words, rate=rate)
    price = case.article("price")
    if price and price.overrides and (found := _WITH_TAX.search(_named(price))):
        words = found[0].partition(">")[2].strip()
        yield case.finding("tax-differs", "error", price, remarks["tax-included"], words=words)


# --- Between whom -----------------------------------------------------------------

_CALLED = re.compile(
    r"\b(?:Fournisseur|Client|Supplier)[”»\"]? (?:est|désigne|s'entend de|means|is|refers to|stands for)(?: ici| here)? "
    r"(?:la société |the company |l'entreprise )?(?P<name>(?-i:[A-ZÀ-Ý])[\w'’.-]*(?: (?:(?-i:[A-ZÀ-Ý])[\w'’.-]*|&|et|and|de|du|d'\w+))*)"
)
_FORMS = r"SARL|SASU?|SA|SNC|EURL|SCI|Ltd|Limited|LLP|PLC|plc|Inc|LLC|GmbH|AG|SRL|BV|NV"
_ROLES = ("supplier", "prospect")
_LIKE, _LONG_ENOUGH = 0.8, 5


def _is_name(called: re.Match[str]) -> bool:
    """Whether what a party is said to be is a name, and not "English"."""
    return bool(
        re.search(
            r"désigne|entend|means|refers|stands|société|company|entreprise",
            called[0][: called.start("name") - called.start()],
        )
        or re.search(rf"\b(?:{_FORMS})\b", called["name"])
    )


def _misspelt(name: str, sentence: str) -> str | None:
    """A name in a sentence that is nearly that of a party."""
    words, size = re.findall(r"[\w'&.-]*[\w&]", sentence), len(name.split())
    for start in range(len(words) - size + 1):
        said = " ".join(words[start : start + size])
        is_name = said[0].isupper() and len(name) >= _LONG_ENOUGH
        if is_name and fold(said) != fold(name) and SequenceMatcher(None, said, name).ratio() >= _LIKE:
            return said
    return None


@only(AgreementCase)
def name_differs(case: AgreementCase) -> Findings:
    """The parties are those that the letter names, by these names and forms."""
    known = fold(" ".join(case.expected[f"{role}.{key}"] for role in _ROLES for key in ("name", "identity")))
    remark = _(
        "says “{words}”, which is no name of a party to this letter. Use the placeholder {placeholder}."
    )
    for passage, sentence in must_say.own_sentences(case):
        called = _CALLED.search(sentence)
        if called and _is_name(called) and fold(called["name"]).rstrip(".") not in known:
            braces = in_braces("prospect.name" if "Client" in called[0] else "supplier.name")
            yield case.finding(
                "name-differs", "error", passage, remark, words=called["name"].rstrip("."), placeholder=braces
            )
            continue
        for role, party in zip(_ROLES, (case.house.supplier, case.deal.prospect), strict=True):
            name = plain(party.name)
            form = legal_forms.known(party.form or "", party.home)
            other = re.search(rf"(?<!\w){re.escape(name)} ({_FORMS})\b", sentence)
            is_other = other and form and not name.endswith(other[1]) and fold(other[1]) != fold(form.short)
            words = other[0] if other and is_other else _misspelt(name, sentence)
            if words:
                braces = in_braces(f"{role}.name")
                yield case.finding(
                    "name-differs", "warning", passage, remark, words=words, placeholder=braces
                )
