"""The checks of a letter's amounts, tax and payment, held against the deal."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from accord import i18n
from accord.domain import legal_forms
from accord.domain.choices import Law
from accord.domain.deal import Decision
from accord.domain.parties import Party, are_taxed_abroad
from accord.i18n import N_, _
from accord.intake.counts import cardinal
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
from accord.review.lists import lists
from accord.text import beginnings, currencies, formats, phrases, places
from accord.text.characters import plain
from accord.text.currencies import CODE, NAMES, SIGN, Currency, any_of, meant_by

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
            sentence = _(
                "does not say the total that the quantity, the price and the term make, {total}. Use the"
                " placeholder {placeholder}."
            )
            placeholder = in_braces("decision.total")
            yield case.finding(
                "total-differs", "error", where, sentence, total=printed, placeholder=placeholder
            )


@only(AgreementCase)
def penalty_exceeds_total(case: AgreementCase) -> Findings:
    """A penalty of more than the whole order is one that a court may well cut down, or hold void."""
    penalty, total = case.deal.decision.penalty, case.deal.decision.computed_total
    if penalty and total and penalty > total:
        sentence = _("exceeds the total of the order, which a court may find excessive. Write a smaller sum.")
        yield case.finding("penalty-excessive", "warning", "decision.penalty", sentence)


_NUMERAL = (
    r"(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente"
    r"|quarante|cinquante|soixante|septante|huitante|nonante|cents?|mille|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million)"
)
_CURRENCY_NAMES = any_of(NAMES - {"livre", "livres"})  # which may be books

# Numbers in the words for what is bought.  A number that follows a name is part of it: Windows 11, Suite 2000.
_FROM_TWO = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-(?:sept|huit|neuf)|vingt|trente|quarante|cinquante"
    r"|soixante|cent|mille|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:et[- ])?(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|one|two|three"
    r"|four|five|six|seven|eight|nine|cents?|hundred|thousand))*"
)
_COUNTED = (
    r"(?:licen[cs]es?|licences?|utilisateurs?|utilisatrices?|postes?|sièges?|comptes?|accès|abonnements?|caisses?|terminaux|terminal|tablettes?|salariés?|magasins?"
    r"|boutiques?|sites?|unités?|jetons?|pilotes?|capteurs?|users?|seats?|accounts?|subscriptions?|tills?|terminals?|tablets?|employees?|shops?|stores?|units?|tokens?"
    r"|pilots?|sensors?|branches|devices?|workstations?|logins?|heads?|people|personnes?)"
)
_PRICE_WORDS = any_of({*NAMES, "cents", "centimes", "pence", "p.m.", "HT", "TTC"} - {"livre", "livres"})


@cache
def _a_price() -> re.Pattern[str]:
    """An amount, or what gives one."""
    return re.compile(
        rf"(?:{_NUMERAL}[ -]?){{1,20}} (?:{_CURRENCY_NAMES})\b|\b\d[\d ,.]*k? ?(?:{_PRICE_WORDS}|{CODE})\b|\b(?:{CODE}) ?\d|(?:à|pour) (?:{_NUMERAL}[ -]?){{1,20}} livres\b(?! de)|(?:\b(?:à|at|for|pour)|:) ?\d{{1,3}}(?:[ ,.]\d{{3}})+\Z|(?<![\d.])\d+(?:,\d\d|\.00)\Z|\d[\d ,.]*k ?(?:€|£|\$)|[€£]|\$(?=\W|\d|\Z)"
        rf"|\b(?:en|in) (?:{_PRICE_WORDS}|{CODE})\b|\((?:{CODE})\)|\b\d[\d ,.]* ?(?:/|par|per) ?(?:mois|an|année|month|year|utilisateur|user|poste|seat|licence|unité|unit|jour|day)\b"
        r"|(?:\b(?:à|at|pour|for|de|of)|@) ?\d[\d ,.]* ?(?:each\b|a (?:month|year|seat|user|piece|unit)|an? (?:hour|item)|pièce\b|l'unité|chacune?\b|(?:le|la) (?:mois|licence|poste)|monthly|yearly|apiece|p\.?m\.?\b)"
        r"|\b(?:forfait|prix|tarif|montant|price|fee|rate|cost)s?(?: (?:annuel|mensuel|annual|monthly|yearly|unique))?(?: (?:de|of|fixe|fixed|at|à|:))* ?:? ?\d[\d ,.]*\d",
        re.IGNORECASE,
    )


@cache
def _a_number() -> re.Pattern[str]:
    """How many there are of what is bought."""
    return re.compile(
        rf"\A(?:les |des |the )?(?:environ |about |around |some |up to |jusqu'à )?(?:\d[\d ]* ?[x×] ?(?=[^\W\d_])|\d[\d ]* (?-i:(?=[a-zà-ÿ]))|\d[\d ]* (?={_COUNTED}\b)|{_FROM_TWO} (?!p(?:our|er) ?cent)(?-i:(?=[a-zà-ÿ]))|(?!(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent|mille|two|three|four|five|seven|eight|nine|ten) ){_FROM_TWO} [\w' -]*{_COUNTED}\Z)"
        rf"|\A(?:environ|about|around|some|up to|jusqu'à|at least|at most|au moins|au plus) (?:\d+|{_FROM_TWO}) [\w' -]*{_COUNTED}\b"
        rf"|\A(?!(?:24|36[05]|[12]\d\d\d) )\d{{1,4}}(?:[ ,.]\d{{3}})* [\w' -]*{_COUNTED}\Z|\b(?:lots?|packs?|batch|bundle) (?:de|of) (?:\d+|{_FROM_TWO})\Z|(?<![A-Z]\d)(?<!\d)\b[x×] ?\d+\b|\(\d+\)\Z|\(?\b(?:qté|quantité|quantity|qty|au nombre de|number:?)\.? ?:? ?\d+|\b\d+ ?(?:pcs|pièces|pieces|exemplaires|ex\.|in number|off\b)|\b(?:lots?|packs?|paquets?|batch(?:es)?|sets?|bundles?|parcs?|fleets?|flottes?|total) (?:de|of) (?:\d+|{_FROM_TWO}) (?={_COUNTED})"
        rf"|\b(?:une?|a) (?:vingtaine|dizaine|douzaine|quinzaine|trentaine|cinquantaine|centaine|dozen|hundred|score)\b|\b(?:dozens|hundreds|dizaines|centaines|several|plusieurs)\b"
        rf"|\b(?:\d+|{_FROM_TWO})-(?:seat|user|licen[cs]e|shop|store|till|site|machine|device|person)\b|(?:,|(?<!\w)(?:pour|for|with|avec|couvrant|covering|à|of|de)) (?:les |the |all |all the |l'ensemble des |chacun des |chacune des |each of the |up to |jusqu'à )?(?:\d+|{_FROM_TWO}) {_COUNTED}\b",
        re.IGNORECASE,
    )


_A_DISCOUNT = re.compile(
    r"\b(?:remises?|rabais|ristournes?|escompte|réductions?|promotion|offerts?|offertes?|gratuite?s?|(?:à )?moitié prix|tarif (?:préférentiel|réduit|promotionnel|dégressif|négocié|spécial|de faveur)"
    r"|discount(?:ed|s)?|rebates?|half[- ]price|(?:quarter|third|half) off|free of charge|(?:first|one|two|three|six|\d+) (?:months?|weeks?|years?) free|complimentary|special (?:offer|price|rate)|below list|cash ?back|credit note"
    r"|(?:VAT|TVA|tax(?:es)?) (?:included|incl\b|inclusive|comprise|incluse)|(?:including|inclusive of|incl\.?) (?:VAT|tax)|(?:VAT|tax)[- ]inclusive|TTC|toutes taxes comprises|prix (?:à|sur) (?:négocier|débattre|définir|convenir|demande)|(?:prix|tarif) (?:bloqué|garanti|fixe|ferme|indexé|révisable|révisé)s?|price (?:locked|held|frozen|fixed|guaranteed|capped|indexed)|price on (?:request|application)"
    rf"|(?:less|minus|moins) \d+|(?:\d+|{_FROM_TWO}) ?(?:%|per cent|pour cent) (?:off|less|de moins|déduits?))\b|[-−–] ?\d+ ?%",
    re.IGNORECASE,
)


_OF_A_PROGRAM = re.compile(
    r"\b(?:module|logiciel|progiciel|application|appli|outil|solution|écran|produit|program|tool|screen|product|named?|software|app|suite) \Z",
    re.IGNORECASE,
)


def _a_discount(item: str) -> re.Match[str] | None:
    """What makes a price another; no name of a program: "the module Remises"."""
    found = _A_DISCOUNT.finditer(item)
    return next((each for each in found if not _OF_A_PROGRAM.search(item[: each.start()])), None)


@cache
def _a_length() -> re.Pattern[str]:
    """How long a deal lasts."""
    return re.compile(
        rf"\b(?:for|over|during|sur|pour|pendant|durée de|term of|engagement de) (?:\d+|{_FROM_TWO}) (?:months?|years?|mois|ans|années)\b|\b\d+[- ](?:month|year) (?:term|contract|commitment)\b",
        re.IGNORECASE,
    )


# Without a figure, a price or a number has one of these words; most items have none, and need not wait for the above.
_OF_A_PRICE = beginnings.of_words(f"en in livres {' '.join(NAMES)}")
_OF_A_NUMBER = beginnings.of_words(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante"
    " soixante cent mille two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety vingtaine dizaine douzaine"
    " quinzaine trentaine cinquantaine centaine dozen hundred score dozens hundreds dizaines centaines several plusieurs"
)


def _may_tell(item: str, words: beginnings.Beginnings, signs: str = "") -> bool:
    """Whether a text has a figure, one of the signs or one of the words."""
    has_sign = any(char.isdecimal() or char in signs for char in item)
    return has_sign or not words.isdisjoint(beginnings.of_text(item))


@only(AgreementCase)
def item_priced(case: AgreementCase) -> Findings:
    """What is bought says a price or a number of its own: "25 users at £40 a month"."""
    item = plain(case.deal.decision.item or "")
    amount = AMOUNT.search(item) or (
        _a_price().search(item) if _may_tell(item, _OF_A_PRICE, "€£$(") else None
    )
    counts = _may_tell(item, _OF_A_NUMBER)
    if found := _a_discount(item) or (_a_length().search(item) if counts else None):
        sentence = _(
            "says “{words}”, which belongs to the price or the length of this deal."
            " Name what is bought here, and work that into the price or the term."
        )
        yield case.finding("item-priced", "warning", "decision.item", sentence, words=found[0].strip())
    elif found := (
        amount
        or (_a_number().search(item) if counts else None)
        or _same_quantity(item, case.deal.decision.quantity)
    ):
        sentence = _(
            "says “{words}”, beside the quantity and the price of this deal."
            " Name what is bought here; its number and its price have keys of their own."
        )
        severity: Severity = "error" if amount else "warning"
        yield case.finding("item-priced", severity, "decision.item", sentence, words=found[0].strip())


_EVERY = {
    "mensuel": "month", "monthly": "month", "annuel": "year", "annual": "year", "yearly": "year", "month": "month", "mois": "month",
    "year": "year", "an": "year", "annum": "year",
}  # fmt: skip
_PERIODICAL = r"(mensuel|trimestriel|semestriel|annuel|hebdomadaire|journalier|quotidien)(?:le)?s?"
_SOLD_BY = re.compile(
    rf"\b(?:abonnements?|licences?|forfaits?|redevances?|formules?) {_PERIODICAL}\b|\b{_PERIODICAL}\Z"
    r"|\b(monthly|quarterly|annual|yearly|weekly|daily) (?:subscriptions?|licen[cs]es?|plans?|fees?|seats?|rentals?)\b"
    r"|\b(?:abonnements?|subscriptions?|licen[cs]es?|seats?)\b.*(?:\b(?:par|per|each|every|chaque|billed|facturée?s?|payable)(?: (?:by|par|au|à la|a))*|/) ?(mois|trimestre|semestre|an|année|semaine|month|quarter|year|annum|week)\b",
    re.IGNORECASE,
)


@only(AgreementCase)
def period_differs(case: AgreementCase) -> Findings:
    """An annual subscription is not paid for by the month, nor a purchase at all."""
    decision = case.deal.decision
    found = _SOLD_BY.search(plain(decision.item or ""))
    if not found or decision.kind == "none":
        return
    said = next(filter(None, found.groups())).lower()
    if decision.period is None or _EVERY.get(said) != decision.period:
        sentence = _(
            "says “{words}”, but the price of this deal is for another period, or for none. Correct kind, period, term and price, or leave those words out."
        )
        yield case.finding("period-differs", "warning", "decision.item", sentence, words=found[0])


_TYPED_TO_FILL = re.compile(r"9{4,}(?:\.(?:00|99))?|12345\d*(?:\.\d\d)?|1234\.56|([1-9])\1{4,}(?:\.\d\d)?")
_LEAST_ORDER = 10
"""In any currency: what is sold for less in all is given away, or a price was cut short."""


@only(AgreementCase)
def price_unlikely(case: AgreementCase) -> Findings:
    """A price that nobody asks: 0.01 to try the form, 99999.99 to fill it, one euro that makes no contract."""
    decision = case.deal.decision
    price, total = decision.unit_price, decision.computed_total
    if price and _TYPED_TO_FILL.fullmatch(f"{price:.2f}"):
        sentence = _("looks like a number that was typed to fill the field. Write the price.")
        yield case.finding("price-unlikely", "warning", "decision.unit_price", sentence)
    elif total and total < _LEAST_ORDER and decision.currency:
        sentence = _(
            "makes {total} in all: so small a price may be held to be none. Correct it, or have legal say why it is so."
        )
        total_words = formats.amount(total, decision.currency, i18n.locale())
        yield case.finding("price-unlikely", "warning", "decision.unit_price", sentence, total=total_words)


@only(AgreementCase)
def capital_too_small(case: AgreementCase) -> Findings:
    """A société anonyme has at least 37,000 euros of capital."""
    for role, party in (("supplier", case.house.supplier), ("prospect", case.deal.prospect)):
        form = legal_forms.known(party.form or "", party.home)
        least = lists()["least_capital"].get(form.country, {}).get(form.short) if form else None
        is_own = party.capital_currency == currencies.of_country(party.home)
        if form and least and is_own and party.capital and party.capital < least:
            sentence = _("is less than the law asks of a {form}, {least}. Correct the capital or the form.")
            words = f"{formats.number(least, i18n.locale())} {party.capital_currency}"
            yield case.finding(
                "capital-too-small", "warning", f"{role}.capital", sentence, form=form.short, least=words
            )


_NUMBERED = "version|niveau|level|phase|lot|module|type|série|series|release|formule|gamme|tome|volume|étape|step|stage|tranche"


def _same_quantity(item: str, quantity: int | None) -> re.Match[str] | None:
    """The quantity of the deal, said once more before what it counts; no number that belongs to a name."""
    if quantity is None or quantity == 1:
        return None
    found = re.search(rf"\A{quantity} (?=[^\W\d_])|(?P<before>\S+) {quantity} (?=[a-zà-ÿ]{{3}})", item)
    before = found["before"] if found else None
    return None if before and (not before[0].islower() or re.fullmatch(_NUMBERED, before)) else found


@only(AgreementCase)
def amount_written_in(case: AgreementCase) -> Findings:
    """An amount in a clause's own words that is none of the deal's, or in another currency."""
    currency, fees = case.deal.decision.currency, FEES[case.law]
    amounts = {digits_of(match[0]) for value in case.expected.values() for match in AMOUNT.finditer(value)}
    amounts |= _of_periods(case.deal.decision)
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


def _of_periods(decision: Decision) -> set[str]:
    """The digits of what all the units cost in a period, and of what one costs over the term: with and without VAT."""
    if not decision.unit_price:
        return set()
    sums = [decision.unit_price * count for count in (decision.quantity, decision.term) if count]
    rate = 1 + decision.vat_rate / _PERCENT if decision.vat_rate else 1
    return {digits_of(f"{each:.2f}") for amount in sums for each in (amount, amount * rate)}


@only(AgreementCase)
def quantity_written_in(case: AgreementCase) -> Findings:
    """A number of what is bought, in a clause's own words, that is not the deal's."""
    quantity = case.deal.decision.quantity
    found = re.search(rf"\b{_COUNTED}\b", plain(case.deal.decision.item or ""), re.IGNORECASE)
    if not found or quantity is None:
        return
    noun = re.escape(found[0].lower().rstrip("s"))
    counted = re.compile(rf"(?<![\w.,])(\d+|{_FROM_TWO}) {noun}s?\b", re.IGNORECASE)
    for passage in case.passages:
        for match in matches_in(wording_of(passage), counted):
            if _number_of(match[1]) != quantity:
                sentence = _(
                    "says “{words}”, but the quantity of this deal is {quantity}. Use the placeholder {placeholder}."
                )
                placeholder = in_braces("decision.order")
                yield case.finding(
                    "quantity-differs",
                    "error",
                    passage,
                    sentence,
                    words=match[0],
                    quantity=str(quantity),
                    placeholder=placeholder,
                )


def _currencies_of(amount: str) -> tuple[Currency, ...]:
    """The currencies that an amount in figures may be in, by its sign."""
    sign = re.search(SIGN, amount)
    return meant_by(sign[0]) if sign else ()


_SPELT = re.compile(
    rf"\b{_NUMERAL}(?:[ -](?:et |and )?{_NUMERAL}){{0,20}} (?:{_CURRENCY_NAMES})\b", re.IGNORECASE
)
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


@only(AgreementCase)
def foreign_currency(case: AgreementCase) -> Findings:
    """A payment in France between French companies is in euros; one between two countries is in the money of one."""
    currency = case.deal.decision.currency
    countries = {case.house.supplier.home, case.deal.prospect.home}
    used = {currencies.order_currency(currencies.of_country(country)) for country in countries}
    if currency and countries != {"FR"} and None not in used and currency not in used:
        sentence = _("is {currency}, which neither party’s country uses. Make sure that it is meant.")
        yield case.finding("foreign-currency", "warning", "decision.currency", sentence, currency=currency)
    if case.law == "FR" and countries == {"FR"} and currency not in {None, "EUR"}:
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


_PERCENT = Decimal(100)


def _rates(*parties: Party) -> frozenset[Decimal] | None:
    """The rates of VAT of the countries of some parties; None where one of them is not known."""
    known = lists()["vat"]
    homes = set(map(_vat_home, parties))
    return (
        frozenset(Decimal(rate) for home in homes for rate in known[home]) if homes <= known.keys() else None
    )


@only(AgreementCase)
def vat_unknown(case: AgreementCase) -> Findings:
    """A rate of VAT is one of the supplier's country, or of the client's; 0.2 is no 20 %."""
    rate, supplier = case.deal.decision.vat_rate, case.house.supplier
    if not rate:
        return
    own = _rates(supplier)
    usual = (
        own
        if own is not None
        else frozenset(Decimal(rate) for rates in lists()["vat"].values() for rate in rates)
    )
    others = (
        (_rates(case.deal.prospect) or frozenset())
        if are_taxed_abroad(supplier, case.deal.prospect)
        else frozenset()
    )
    locale, meant = i18n.locale(), rate * _PERCENT
    if rate < 1 and meant in usual and rate not in usual:
        sentence = _("is {rate}. Did you mean {meant}? Write the number of per cent: {number}.")
        yield case.finding(
            "vat-unknown",
            "error",
            "decision.vat_rate",
            sentence,
            rate=formats.percent(rate, locale),
            meant=formats.percent(meant, locale),
            number=f"{meant.normalize():f}",
        )
    elif own is not None and rate not in own | others:
        sentence = _(
            "is {rate}, which is no rate of the supplier’s country ({rates}). Write one of these, or leave it out."
        )
        rates = [formats.percent(Decimal(each), locale) for each in lists()["vat"][_vat_home(supplier)][:4]]
        yield case.finding(
            "vat-unknown",
            "warning",
            "decision.vat_rate",
            sentence,
            rate=formats.percent(rate, locale),
            rates=", ".join(rates),
        )


def _vat_home(party: Party) -> str:
    """The country whose VAT a party charges."""
    return places.OF_VAT_TERRITORY.get(str(party.home), str(party.home))


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


_IN_WORDS = rf"(?:a )?{_NUMERAL}(?:[ -](?:et |and )?{_NUMERAL}){{0,8}}"
_OF_A_NAME = {"un trimestre": 90, "a quarter": 90, "un semestre": 180, "half a year": 180}
_DAYS_IN = {"jour": 1, "day": 1, "semaine": 7, "week": 7, "mois": 30, "month": 30}
_LONG = r"(semaine|week|mois|month)s?"
# Weeks and months in figures count only behind a preposition: else they may tell how long something lasts.
_PERIOD = re.compile(
    rf"\b(?:(\d{{1,3}}|{_IN_WORDS})\)? (?:calendar |clear |net )?(jour|day)s"
    rf"|(?:(?<=à )|(?<=sous )|(?<=de )|(?<=in ))(\d\d?)\)? {_LONG}"
    rf"|(?:(?<=à )|(?<=sous )|(?<=in ))({_IN_WORDS})\)? {_LONG}"
    rf"|(trois|quatre|cinq|six|three|four|five)\)? (mois|month)s?|({'|'.join(_OF_A_NAME)}))\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:payables?|paie\w*|paye\w*|payé\w*|règle\w*|réglé\w*|paid|pay|pays|payment|due|settle\w*)\b",
    re.IGNORECASE,
)
# Days that count something else: to object, to reckon interest, a subscription.
_OTHER_DAYS = re.compile(
    r"contest|réclam|litig|pénalit|intérêt|calcul|année|disput|object|interest|penalt|year|remind|rappel|relance|préavis|notice|dure\b|durée|lasts|term of",
    re.IGNORECASE,
)
LONGEST_DAYS = 60
LONGEST_DAYS_TO_END_OF_MONTH: Mapping[Law, int] = {"FR": 45, "EW": LONGEST_DAYS}


def _days_to_pay(text: str) -> int:
    """The longest period to pay that a text allows, in days; 0 for none."""
    longest = 0
    for sentence in phrases.sentences(text):
        start = 0
        for period in _PERIOD.finditer(sentence) if _PAID.search(sentence) else ():
            before, after = sentence[start : period.start()], sentence[period.end() :].split(",")[0]
            start = period.end()
            if not _OTHER_DAYS.search(before) and not _OBJECTED.match(after):
                longest = max(longest, _days_of(period))
    return longest


_OBJECTED = re.compile(r" (?:pour|to) (?:contest|réclam|object|disput|query)", re.IGNORECASE)


def _days_of(period: re.Match[str]) -> int:
    """How many days a period counts."""
    number, *unit = filter(None, period.groups())
    return _number_of(number) * _DAYS_IN[unit[0].lower()] if unit else _OF_A_NAME[number.lower()]


def _number_of(words: str) -> int:
    """A number in figures or in words; of several, "thirty and ninety", the last."""
    parts = re.split("[ -]", words)
    endings = (" ".join(parts[start:]) for start in range(len(parts)))
    return next((number for ending in endings if (number := cardinal(ending)) is not None), 0)


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
