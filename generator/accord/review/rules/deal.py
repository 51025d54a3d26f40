"""The checks of a deal's own sense: who the client is, how long things last, what is left open or elsewhere.

The phrases stand in `phrases.toml`, names and words in `lists.toml`.
"""

import re
from collections.abc import Iterator
from functools import cache

from accord import i18n
from accord.domain import legal_forms
from accord.domain.choices import Language
from accord.domain.parties import Prospect
from accord.i18n import _
from accord.review.findings import (
    AgreementCase,
    Findings,
    Severity,
    only,
    place_of,
    wording_of,
)
from accord.review.lists import lists, of_a_trade
from accord.text import formats, phrases, places
from accord.text.characters import fold, plain

# --- Who the client is ----------------------------------------------------------


def _says_company(prospect: Prospect) -> bool:
    """Whether the name itself says a commercial form, which settles what the client is."""
    return legal_forms.is_company(prospect.name)


_PERSONALLY = re.compile(
    r"\b(?:particuliere?s?|personnes? physiques?|consommat(?:eur|rice)|prive individual|private (?:person|individual|customer|buyer|client)"
    r"|natural person|individual|consumer|householder|retraitee?|etudiante?|sans profession)\b"
)
_BUSINESS_OF_ONE = re.compile(r"entrepr|trader|commercant|artisan|business|professionn|independant")
_ONE = r"(?:m\.?|mme|mlle|mr\.?|mrs\.?|ms\.?|miss|monsieur|madame|mademoiselle)"
_COUPLE = re.compile(
    rf"\A(?:{_ONE} (?:[\w'.-]+ ){{0,3}}?(?:et|ou|and|or|&) {_ONE}|famille|indivision|epoux|consorts|the family of) [a-z]"
)
_TITLED = re.compile(rf"\A{_ONE}(?: [a-z][\w'.-]*){{1,3}}\Z")


@cache
def _first_names() -> frozenset[str]:
    return frozenset(fold(name) for names in lists()["people"]["first_names"] for name in names.split())


def _is_a_persons(name: str, prospect: Prospect) -> bool:
    """Whether a name is a person's: that of the contact, or a first name with one or two others."""
    words = name.split()
    contact = f"{prospect.contact.first_name or ''} {prospect.contact.last_name or ''}".split()
    if len(contact) > 1 and sorted(map(fold, contact)) == sorted(map(fold, words)):
        return True
    is_name = 2 <= len(words) <= 3 and all(re.fullmatch(r"[A-ZÀ-Ý][\w'’-]*\.?", word) for word in words)
    first = fold(re.split(r"[-.]", words[0])[0])
    return is_name and first in _first_names()


@only(AgreementCase)
def consumer(case: AgreementCase) -> Findings:
    """A client that is a person without a business is a consumer, whom no such letter is for."""
    prospect = case.deal.prospect
    if prospect.kind != "business" or _says_company(prospect):
        return
    form, name = fold(prospect.legal_form or ""), fold(prospect.name).replace("’", "'")
    has_no_business = not (prospect.legal_form or prospect.registration or prospect.vat)
    by_form = _PERSONALLY.search(form) and not _BUSINESS_OF_ONE.search(form)
    by_name = _COUPLE.search(name) or (
        has_no_business and (_TITLED.search(name) or _is_a_persons(prospect.name, prospect))
    )
    if by_form or (by_name and not legal_forms.is_person(prospect.form) and not of_a_trade(prospect.name)):
        key = "legal_form" if by_form else "name"
        sentence = _(
            'looks like a person who has no business ({name}). Write kind = "consumer" for a consumer;'
            " of a trader, write the legal form and the number."
        )
        yield case.finding("consumer", "warning", f"prospect.{key}", sentence, name=getattr(prospect, key))


_ASSOCIATION = (
    r"associations?|federation|confederation|amicale|union (?:sportive|locale|departementale|nationale|syndicale)|ligue|comite|syndicat|mutuelle"
    r"|club (?:de|d'|des|du|sportif|nautique|alpin)|cercle (?:de|d'|des|nautique)|fondation|fonds de dotation|paroisse|diocese|cse|mjc|office de tourisme|foyer rural"
    r"|maison des jeunes|les amis d(?:e|u|es|')|secours|ordre des|copropriete|asbl|charity|friends of|society of|society for|guild of|federation of|foundation for|parish|church of|diocese of"
)
_ASSOCIATION_NAME = re.compile(
    rf"\A(?:l'|la |le |les |the )?(?:{_ASSOCIATION})(?!\w)|\b(?:(?:tennis|football|rugby|handball|basket|judo|golf|ski|yacht|sporting|athletic|rowing|cricket|cyclo|velo|photo|rotary|lions|aero|bridge|chess)[- ]club\b)|\b(?:asbl|loi (?:de )?1901|e\.?v\.?|association|athletic club|sports club|rugby club|football club|cricket club"
    r"|parish|charity|charitable trust|parochial church council|residents' association|housing association|trade union|foundation|preservation society)\Z"
)
_NAME_OF_ASSOCIATION = re.compile(
    r"\A(?:l'|the )?(?:association|federation (?:de|d'|des|du|francaise|nationale|departementale|regionale|of)|amicale|fondation|comite (?:de|d'|des|social)|syndicat (?:des|national|professionnel|de copro)|asbl|friends of)\b|\b(?:cricket|rugby|football|rowing|athletic|tennis|sports) club\Z"
)
_ASSOCIATION_FORM = re.compile(
    r"\b(?:association|loi (?:de |du 1er juillet )?1901|asbl|syndicat|comite|federation|fondation|fonds de dotation|mutuelle|club|copropriete"
    r"|charity|charitable (?:incorporated )?\w+|unincorporated association|society|trust|cio|members' club|trade union)\b"
)


@only(AgreementCase)
def association(case: AgreementCase) -> Findings:
    """An association is no merchant, and may have the rights of one who is no professional."""
    prospect = case.deal.prospect
    form, name = (fold(text or "").replace("’", "'") for text in (prospect.legal_form, prospect.name))
    by_form = _ASSOCIATION_FORM.search(form) and not legal_forms.is_company(form)
    names = _NAME_OF_ASSOCIATION if legal_forms.is_company(form) else _ASSOCIATION_NAME
    by_name = names.search(name) and not _says_company(prospect) and not of_a_trade(name)
    if prospect.kind != "business" or not (by_form or by_name):
        return
    sentence = _(
        "looks like an association ({name}): it is no merchant, may have the rights of a client that is no professional,"
        " and is bound by whom its rules empower. Write its legal form and number, and have legal read the letter."
    )
    severity: Severity = "warning" if case.is_binding or by_name else "note"
    key = "legal_form" if by_form else "name"
    yield case.finding("association", severity, f"prospect.{key}", sentence, name=getattr(prospect, key))


@only(AgreementCase, law="EW")
def sole_trader(case: AgreementCase) -> Findings:
    """Somebody in business alone is bound with all that is his, and a consumer where he does not buy for it."""
    prospect = case.deal.prospect
    by_name = re.search(r"\bsole trader\b|\b(?:t/a|trading as)\b", fold(prospect.name))
    if prospect.kind == "business" and (
        legal_forms.is_person(prospect.form) or (by_name and not _says_company(prospect))
    ):
        key = "legal_form" if legal_forms.is_person(prospect.form) else "name"
        sentence = _(
            "looks like somebody in business alone ({name}), who signs in person and is bound with all that he or she owns,"
            " and has a consumer’s rights if the purchase is not mainly for the business. Find out what it is for."
        )
        severity: Severity = "warning" if case.is_binding else "note"
        yield case.finding("sole-trader", severity, f"prospect.{key}", sentence, name=getattr(prospect, key))


# Forms of one company by another name.
_SAME_FORM = (
    {"SAS", "SASU"},
    {"SARL", "EURL"},
    {"SELARL", "SARL"},
    {"SELAS", "SAS"},
    {"Ltd", "CIC"},
    {"SCOP", "SARL", "SAS", "SA"},
    {"SCIC", "SARL", "SAS", "SA"},
)


@only(AgreementCase)
def form_contradicted(case: AgreementCase) -> Findings:
    """A company whose name says "Ltd" is no partnership, whatever its form is said to be."""
    prospect = case.deal.prospect
    said = legal_forms.in_name(prospect.name, prospect.home)
    stated = legal_forms.known(prospect.legal_form or "", prospect.home)
    if not said or not stated or said.short == stated.short:
        return
    if not any({said.short, stated.short} <= forms for forms in _SAME_FORM):
        sentence = _(
            "says “{form}”, but the name says “{short}”. Find out which it is, and correct the other."
        )
        yield case.finding(
            "form-contradicted",
            "warning",
            "prospect.legal_form",
            sentence,
            form=prospect.legal_form,
            short=said.short,
        )


# What a British number says of its register: Companies House gives each part of the kingdom a prefix.
_PART_OF = {
    "SC": "scotland",
    "SO": "scotland",
    "SL": "scotland",
    "NI": "northern ireland",
    "NC": "northern ireland",
    "NL": "northern ireland",
    "R0": "northern ireland",
}


_BRITISH_REGISTER = re.compile(
    r"england|wales|scotland|ireland|kingdom|britain|companies house|cardiff|edinburgh|belfast|london|angleterre|galles|ecosse|irlande|royaume|londres|\b(?:uk|gb|ew)\b"
)


@only(AgreementCase)
def register_contradicted(case: AgreementCase) -> Findings:
    """A Scottish number is in no register of England and Wales."""
    prospect = case.deal.prospect
    number, registry = (prospect.registration or "").upper().replace(" ", ""), fold(prospect.registry or "")
    if prospect.home != "GB" or not re.fullmatch(r"(?:[A-Z]{2}|R0)?\d{5,8}", number):
        return
    part = _PART_OF.get(number[:2], "" if number[:2].isalpha() else "england")
    is_of_another_part = part not in registry and any(
        each in registry for each in ("england", "scotland", "ireland")
    )
    if registry and part and (is_of_another_part or not _BRITISH_REGISTER.search(registry)):
        sentence = _("{number} is no number of the register of {registry}. Correct one of them.")
        yield case.finding(
            "register-contradicted",
            "warning",
            "prospect.registration",
            sentence,
            number=prospect.registration,
            registry=prospect.registry,
        )


@only(AgreementCase)
def form_unknown(case: AgreementCase) -> Findings:
    """A group, a shop or a "PME" is no legal form: nobody of that kind signs."""
    form, home = case.deal.prospect.legal_form or "", case.deal.prospect.home
    if found := re.search(r"\bcapital (?:social )?(?:de |of )?[£€]? ?\d[\d .,]*", plain(form)):
        sentence = _(
            "says “{words}”, which has a key of its own. Write the form alone, and the capital under capital."
        )
        yield case.finding("form-unknown", "warning", "prospect.legal_form", sentence, words=found[0].strip())
    if foreign := legal_forms.of_another_country(form, home):
        sentence = _(
            "is “{form}”, which is a form of {country}, but the client is in {home}. Correct the form or the country."
        )
        country, at_home = (places.country_name(code, i18n.locale()) for code in (foreign.country, str(home)))
        yield case.finding(
            "form-contradicted", "warning", "prospect.legal_form", sentence, form=form, country=country, home=at_home
        )  # fmt: skip
    if legal_forms.known(form, home) or legal_forms.is_company(form) or legal_forms.is_person(form):
        return
    bare = re.sub(r"\A(?:une?|an?|the|le|la|l') ?", "", fold(form).replace("’", "'"))
    if bare in lists()["no_form"]["words"] or bare.partition(" ")[0] in lists()["no_form"]["heads"]:
        sentence = _(
            "is “{form}”, which is no legal form. Write that of the company that signs, such as SAS, SARL or Ltd."
        )
        yield case.finding("form-unknown", "warning", "prospect.legal_form", sentence, form=form)


_UNABLE = re.compile(
    r"\b(?:en (?:cours de )?(?:creation|constitution|formation|immatriculation|liquidation(?: judiciaire| amiable)?|redressement(?: judiciaire)?|sauvegarde|dissolution|cessation\b.*)"
    r"|en liquidation|a (?:creer|constituer|immatriculer)|radiee?|dissoute?|liquidee?|en faillite|cessee?|cedee?|absorbee?(?: par .*)?|fusionnee?"
    r"|(?:in|under) (?:administration|liquidation|receivership|formation|bankruptcy)|in (?:course|process) of (?:formation|incorporation)|(?:to be|being|not yet) (?:formed|incorporated|set up|registered)"
    r"|dissolved|struck off|wound up|insolvent|bankrupt|in insolvency|dormant|ceased trading|future company|newco|societe en formation)\b"
)


@only(AgreementCase)
def party_unable(case: AgreementCase) -> Findings:
    """A company that is not yet, or is no more its own master, does not sign as others do."""
    prospect = case.deal.prospect
    for key, text in (("name", prospect.name), ("legal_form", prospect.legal_form or "")):
        folded = fold(text).replace("’", "'")
        # Within a name it may be part of it: "Agence en formation continue".
        found = next(
            (
                match
                for match in _UNABLE.finditer(folded)
                if key == "legal_form" or not folded[match.end() :].strip(" .)]") or "cours de" in match[0]
            ),
            None,
        )
        if found:
            sentence = _(
                "says “{words}”: such a company has nobody yet, or somebody else, who binds it."
                " Find out who signs for it, and have legal read the letter."
            )
            yield case.finding("party-unable", "warning", f"prospect.{key}", sentence, words=found[0])


_ANYBODYS_MAIL = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|orange|wanadoo|free|sfr|laposte|bbox|neuf|btinternet|aol|protonmail|proton|gmx|sky|virginmedia|talktalk)\.",
    re.IGNORECASE,
)


@only(AgreementCase)
def sides_mixed(case: AgreementCase) -> Findings:
    """What is the supplier's own, typed on the client's side."""
    ours, theirs = case.house.supplier, case.deal.prospect
    contact = theirs.contact
    domains = [(party.email or "").rpartition("@")[2].casefold() for party in (ours, theirs)]
    people = [
        (fold(person.first_name or ""), fold(person.last_name or "")) for person in (ours.signatory, contact)
    ]
    mixed = {
        "prospect.email": bool(domains[0])
        and domains[0] == domains[1]
        and not _ANYBODYS_MAIL.search(ours.email or ""),
        "prospect.contact.last_name": all(people[0]) and people[0] == people[1],
        "prospect.address": len(theirs.address) > 1
        and list(map(fold, theirs.address)) == list(map(fold, ours.address)),
    }
    for key in (key for key, is_so in mixed.items() if is_so):
        sentence = _("is the supplier’s own. Write the client’s.")
        yield case.finding("sides-mixed", "warning", key, sentence)


_GONE = re.compile(
    r"\b(?:left|former(?:ly)?|ex|retired|resigned|outgoing|departed|on leave|until (?:\d|\w+ 20)|suspended|dismissed|deceased"
    r"|ancienn?e?|demissionnaire|retraitee?|sortante?|parti|partie|depart|jusqu'(?:au|en)|suspendue?|licenciee?|decedee?|en conge|en instance)\b"
)


@only(AgreementCase)
def signatory_gone(case: AgreementCase) -> Findings:
    """Who has left binds nobody."""
    title = case.deal.prospect.contact.title or ""
    if found := _GONE.search(fold(title).replace("’", "'")):
        sentence = _(
            "says “{words}”: whoever has left, or is about to, does not bind the client. Name who signs now."
        )
        yield case.finding("signatory-gone", "warning", "prospect.contact.title", sentence, words=found[0])


# --- How long it lasts, on which terms ------------------------------------------------


@only(AgreementCase)
def pilot_without_length(case: AgreementCase) -> Findings:
    """A pilot that nobody ends is an order."""
    decision = case.deal.decision
    is_blank = "decision.duration" in case.letter.gaps  # which is an error of its own
    if decision.kind == "pilot" and decision.duration is None and not is_blank:
        sentence = _(
            "is not given: a pilot without an end is an order like another. Write its length, such as “8 weeks”."
        )
        yield case.finding("pilot-endless", "warning", "decision.duration", sentence)


_LONG = re.compile(
    r"\b(?:(?P<number>\d+)|(?P<word>two|three|four|five|six|seven|eight|ten|deux|trois|quatre|cinq|six|sept|huit|dix|several|plusieurs)) (?:years|ans|annees)\b"
)
_LONGEST_TERM = 120
"""Months: nobody is bound for longer than ten years by a subscription."""


@only(AgreementCase)
def very_long(case: AgreementCase) -> Findings:
    """A pilot of years is no pilot, and a subscription of decades binds nobody for so long."""
    decision = case.deal.decision
    if decision.kind == "pilot" and (found := _LONG.search(fold(decision.duration or ""))):
        sentence = _("is “{words}”, which is no pilot. Write weeks or months, or choose a subscription.")
        yield case.finding("pilot-endless", "warning", "decision.duration", sentence, words=found[0])
    months = (decision.term or 0) * (12 if decision.period == "year" else 1)
    if months > _LONGEST_TERM:
        sentence = _("binds for {months} months: nobody signs for more than ten years. Correct the term.")
        yield case.finding("term-endless", "warning", "decision.term", sentence, months=months)


_SHORTEST_TEST = 3
"""Days."""


@only(AgreementCase)
def no_time_to_test(case: AgreementCase) -> Findings:
    """A client that has a day to test has no test."""
    days = case.house.terms.acceptance_days
    if case.is_binding and days < _SHORTEST_TEST:
        sentence = _("gives the client too little time to test ({days}). Write a week at least.")
        yield case.finding("no-time-to-test", "warning", "terms.acceptance_days", sentence, days=days)


_SECRETS_OUTLAST = {
    "fr": re.compile(
        r"\b(?:après|ensuite|encore|au-delà|tant que|à compter de la fin|à l'issue|fin de)\b", re.IGNORECASE
    ),
    "en": re.compile(
        r"\b(?:after(?:wards|\b)|as long as|beyond|from the end|following the end)", re.IGNORECASE
    ),
}


@only(AgreementCase)
def secrets_short(case: AgreementCase) -> Findings:
    """Secrets that are kept for less time than the subscription lasts are free while it runs."""
    decision, years = case.deal.decision, case.house.terms.confidentiality_years
    if decision.kind != "subscription" or decision.term is None or decision.period is None:
        return
    months = decision.term * (12 if decision.period == "year" else 1)
    article = case.article("confidentiality")
    if years * 12 >= months or article is None:
        return
    runs_on = case.is_binding and _SECRETS_OUTLAST[case.letter.language].search(wording_of(article))
    sentence = _(
        "keeps secrets for {kept} from the signature, but the subscription lasts {lasts}. Write at least as long."
    )
    if runs_on:
        sentence = _(
            "is {kept}, and the subscription lasts {lasts}: secrets are kept until its end, and for {kept} afterwards."
            " Check that this is long enough."
        )
    kept, lasts = (
        formats.duration(count, unit, i18n.locale()) for count, unit in ((years, "year"), (months, "month"))
    )
    severity: Severity = "note" if runs_on else "warning"
    key = "terms.confidentiality_years"
    yield case.finding("secrets-short", severity, key, sentence, kept=kept, lasts=lasts)


@only(AgreementCase)
def terms_missing(case: AgreementCase) -> Findings:
    """A subscription without general terms says nothing of service, support, data and leaving."""
    if case.deal.decision.kind == "subscription" and case.house.terms.general_terms is None:
        sentence = _(
            "is not given: nothing says how the service of this subscription runs, and the law wants the right to switch"
            " to another provider, with one’s data, in the contract (Data Act, art. 25). Name the general terms."
        )
        severity: Severity = "warning" if case.is_binding else "note"
        yield case.finding("terms-missing", severity, "terms.general_terms", sentence)


# --- What is left open, or elsewhere -----------------------------------------------------


def _requests(case: AgreementCase) -> Iterator[tuple[str, str]]:
    """What is to be delivered, by its key, and in the house's own words of these clauses."""
    feature = case.deal.feature
    yield "feature.name", plain(feature.name)
    yield "feature.description", plain(feature.description or "")
    for number, test in enumerate(feature.acceptance_tests, 1):
        yield f"feature.acceptance_tests[{number}]", plain(test)
    yield "decision.item", plain(case.deal.decision.item or "")
    for name in ("feature", "acceptance", "purchase"):
        article = case.article(name)
        if article and article.overrides:
            yield place_of(article), wording_of(article)


_A_STANDARD = r"(?:ISO|IEC|EN|NF|BS|DIN|RFC|AES|SHA|RSA|UTF|EAN|GS1|QR|PDF|XML|UBL|CII|SEPA|UPC|ITF|CODE|GTIN|MT|CAMT|PAIN|HL7|TLS|USB|WCAG|RGAA|COVID|CO|B2B|A)"
_ONLY_NUMBERED = re.compile(
    r"(?:(?:(?:change|feature|support|user|client|customer|our|notre|nouvelle|new) )?(?:ticket|jira|demande|request|issue|cr|rfe|[ée]volution|bug|user story|story|epic|us|lot|dossier|affaire|case|opportunit[yé]|projet|project|feature|fonctionnalit[ée]|module|besoin|item|ref|r[ée]f[ée]rence|option|point|ligne|line|phase|[ée]tape|step|stage|sprint|release|version|v|livrable|deliverable|milestone|jalon|tranche|partie)s?"
    r"(?: [\w'’-]+)?"
    rf"[ .:#-]*(?:n[°o]|no|nr|num[ée]ro|number|#)?[ .:#-]*[A-Z]{{0,3}}-?\d+|(?!{_A_STANDARD}-)[A-Z]{{2,10}}-\d{{2,6}}|#\d+)",
    re.IGNORECASE,
)


@only(AgreementCase)
def feature_unnamed(case: AgreementCase) -> Findings:
    """The number of a request tells nobody what is to be delivered."""
    name = case.deal.feature.name
    if _ONLY_NUMBERED.fullmatch(plain(name).strip()):
        sentence = _("is only a number (“{words}”). Name what is to be delivered in a few words.")
        yield case.finding("feature-unnamed", "warning", "feature.name", sentence, words=name)


_MONEY = r"(?:[£€$] ?\d[\d,. ]*|\d[\d .,]*(?:€|k€|euros?|ht\b|pounds|chf\b|gbp\b|eur\b))"
_PART = re.compile(
    r"(?P<sep>\((?=\w)|(?:[.;:,–—+]|\bet|\band|\bplus|\bwith|\bavec)(?= )) ?(?P<part>[^.;:,–—(]+(?:[.,]\d[^.;:,–—(]*)*)"
)
_OFFERED_TIME = re.compile(
    r"\b(?:jours?|journees?|heures?|seances?|sessions?|days?|hours?)(?: offerte?s| gratuite?s)? (?:de |d'|of |on-?site )(?:formation|support|assistance|conseil|consulting|accompagnement|training|coaching|help)\b"
)
_ENDS = ".;–—"
# What tells a term from one of the things that a list has: "solde de caisse" is none.
_PRICED_OR_GIVEN = re.compile(
    rf"{_MONEY}|\b(?:\d+|deux|trois|quatre|two|three|four) ?(?:jours?|days?|mois|months?|ans|years?|fois|instalments)\b|\b(?:comprise?s?|incluse?s?|offerte?s?|gratuite?s?|en sus|included|free|extra|a (?:revoir|definir|convenir|fixer|negocier)|to be (?:reviewed|agreed|fixed|set))\b"
)
_TO_CUSTOMERS = re.compile(
    r"\b(?:compris|inclus)e?s? dans\b|\bincluded in the\b|\b(?:aux|au|to|by|des|from) (?:clients?|customers?)\b"
)


@cache
def _heads(language: str) -> re.Pattern[str]:
    """What a part of a description begins with that is a term of the agreement, not of the feature."""
    words = "|".join(lists()["terms_heads"][language])
    return re.compile(rf"(?:(?:agreed|total|net|one-off|free) )?(?:{words})\b")


def _apart(text: str, language: str) -> str | None:
    """A part of a description, behind what it describes, that says a price, a payment or the like."""
    folded = fold(text)
    for match in _PART.finditer(folded):
        part = match["part"].strip()
        is_term = bool(_heads(language).match(part)) and (
            match["sep"] in _ENDS or bool(_PRICED_OR_GIVEN.search(part))
        )
        is_money = bool(re.match(rf"(?:pour |moyennant |a |soit |for |at |plus )?{_MONEY}", part))
        if (is_term or (is_money and match["sep"] not in {"et", "and"})) and not _TO_CUSTOMERS.search(part):
            return text[match.start("part") : match.end()].strip() if len(text) == len(folded) else part
    found = _OFFERED_TIME.search(folded)
    return found[0] if found else None


_UNDERTAKES = (
    r"(?:s'engage|s'interdit|s'oblige|garantit|rembourse|offre|assure|accepte|verse|cede|conserve|remet|forme|maintient|intervient|prend en charge|renonce|paie|paye|ne (?:vend|propose|livre|facture)\w*|doit"
    r"|\w{2,}ra|won't|will|shall|must|may not|can't|cannot|agrees|undertakes|guarantees|refunds|pays|gives|hands|keeps|trains|maintains|warrants|promises|waives|owns)"
)


def _undertaken(case: AgreementCase, text: str) -> str | None:
    """What the supplier is said to owe, by its name or as "the Supplier"."""
    folded = fold(text).replace("’", "'")
    names = "|".join(
        re.escape(fold(name)) for name in (case.house.supplier.name, "le fournisseur", "the supplier")
    )
    if not re.search(r"\b(?:Fournisseur|Supplier)\b", text):
        names = re.escape(fold(case.house.supplier.name))
    found = re.search(rf"\b(?:{names}) (?:(?:nous|vous|lui|en|y|us|also|alone) )?{_UNDERTAKES}\b", folded)
    return found[0] if found else None


_WHO = {
    "fr": re.compile(r"(?<![\w-])(?:nous|notre|nos|vous|votre|vos|je|mes)(?![\w-])", re.IGNORECASE),
    "en": re.compile(r"(?<![\w-])(?:[Ww]e|us|[Oo]urs?|[Yy]ou|[Yy]ours?|I|[Mm]y)(?![\w-])"),
}


def _described(case: AgreementCase) -> Iterator[tuple[str, str]]:
    """The sentences and names of a request without their quotations, by key."""
    feature = case.deal.feature
    texts = {
        "feature.name": feature.name,
        "feature.need": feature.need,
        "feature.description": feature.description,
        **{f"feature.acceptance_tests[{n}]": text for n, text in enumerate(feature.acceptance_tests, 1)},
        **{f"feature.exclusions[{n}]": text for n, text in enumerate(feature.exclusions, 1)},
        "decision.item": case.deal.decision.item,
    }
    return ((key, phrases.without_quotations(plain(text))) for key, text in texts.items() if text)


@only(AgreementCase)
def person_unclear(case: AgreementCase) -> Findings:
    """In a letter "we" is the supplier, whoever typed it: a client's "our tills" become the supplier's."""
    for key, text in _described(case):
        if found := _WHO[case.letter.language].search(text):
            sentence = _(
                "says “{words}”: in this letter “we” is the supplier and “you” the client, whoever typed this."
                " Write “the Client” or “the Supplier”, or leave it out."
            )
            yield case.finding("person-unclear", "warning", key, sentence, words=found[0])


_COMMON = {
    "fr": frozenset({"le", "la", "les", "un", "une", "des", "du", "de", "et", "en", "pour", "par", "sur", "dans", "avec", "est", "sont", "au", "aux", "qui", "que"}),
    "en": frozenset({"the", "a", "an", "of", "and", "in", "for", "by", "on", "with", "is", "are", "to", "at", "that", "which", "each", "from"}),
}  # fmt: skip


@only(AgreementCase)
def other_language(case: AgreementCase) -> Findings:
    """A text in the other language than the letter's is one that its reader may not understand."""
    own: Language = case.letter.language
    for key, text in _described(case):
        words = re.findall(r"[a-z]+", fold(text))
        ours, theirs = (
            sum(word in common for word in words)
            for common in (_COMMON[own], _COMMON["en" if own == "fr" else "fr"])
        )
        if theirs > 1 and theirs > ours * 3 and key.startswith("feature."):
            sentence = _("is not in the language of the letter. Translate it.")
            yield case.finding("other-language", "warning", key, sentence)


@only(AgreementCase)
def terms_in_request(case: AgreementCase) -> Findings:
    """A price, a payment, a right or a service that stands where the feature is described, beside the clauses on it."""
    feature, decision = case.deal.feature, case.deal.decision
    texts = {
        "feature.name": feature.name,
        "feature.need": feature.need,
        "feature.description": feature.description,
        "decision.item": decision.item,
        "opening_note": case.deal.opening_note,
    }
    for key, text in texts.items():
        topics = ("terms-said", "terms-of-item") if key == "decision.item" else ("terms-said",)
        said = plain(text or "")
        words = next(filter(None, (case.words_on(topic, said) for topic in topics)), None)
        if words or (words := _apart(said, case.letter.language) or _undertaken(case, said)):
            sentence = _(
                "“{words}” is a term of the agreement, which its clauses settle. Say here only what it is;"
                " what the parties agreed besides belongs in a clause that legal has read."
            )
            yield case.finding("terms-in-request", "warning", key, sentence, words=words)


_TRAILS_OFF = re.compile(r"\w,? ?(?:…|\.\.\.)[.)]?\Z")


@only(AgreementCase)
def open_scope(case: AgreementCase) -> Findings:
    """A feature "and whatever else the Client asks for" is never delivered."""
    for where, text in _requests(case):
        trails_off = _TRAILS_OFF.search(text) if where.startswith("feature.") else None
        if words := case.words_on("open-scope", text) or (trails_off and trails_off[0]):
            sentence = _(
                "“{words}” leaves the scope without an end. List all that is to be delivered, and stop there."
            )
            yield case.finding("open-scope", "warning", where, sentence, words=words)


@only(AgreementCase)
def spec_elsewhere(case: AgreementCase) -> Findings:
    """What a document or a talk decides stands in the letter, or in an annex of it."""
    need = plain(case.deal.feature.need or "")
    for where, text in (*_requests(case), ("feature.need", need)):
        if words := case.words_on("spec-said", text):
            sentence = _("“{words}” refers to what was only said. Write here what was agreed.")
            yield case.finding("spec-elsewhere", "warning", where, sentence, words=words)
            continue
        words = case.words_on("spec-ours", text) or case.words_on("spec-elsewhere", text)
        if words and not case.deal.annex:
            sentence = _(
                "“{words}” refers to a document that the letter does not enclose."
                " Add it under [[annex]], or write here what it says."
            )
            yield case.finding("spec-elsewhere", "warning", where, sentence, words=words)


@only(AgreementCase)
def real_data(case: AgreementCase) -> Findings:
    """Tests run on invented data: people's own are for no test."""
    for number, test in enumerate(case.deal.feature.acceptance_tests, 1):
        if words := case.words_on("real-data", plain(test)):
            sentence = _(
                "“{words}”: these seem to be people’s real data. Test on invented or anonymised data, and say so."
            )
            yield case.finding(
                "real-data", "warning", f"feature.acceptance_tests[{number}]", sentence, words=words
            )


# --- What contradicts itself -----------------------------------------------------------


# Words that say nothing of what is left out.
_EMPTY = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "itself",
        "feature",
        "function",
        "module",
        "data",
        "figures",
        "display",
        "version",
        "itself",
        "any",
        "all",
        "own",
        "les",
        "des",
        "une",
        "pour",
        "avec",
        "dans",
        "sur",
        "par",
        "que",
        "qui",
        "tout",
        "toute",
        "toutes",
        "tous",
        "elle",
        "lui",
        "meme",
        "memes",
        "fonctionnalite",
        "fonction",
        "donnees",
        "chiffres",
        "affichage",
        "version",
    ]
)


def _words(text: str) -> set[str]:
    """The words of a text that say something, each by its first letters."""
    return {word[:6] for word in re.findall(r"[a-z0-9]{3,}", fold(text)) if word not in _EMPTY}


@only(AgreementCase)
def feature_excluded(case: AgreementCase) -> Findings:
    """What is left out of the feature is not the feature, nor a part that it is said to have."""
    feature = case.deal.feature
    for number, exclusion in enumerate(feature.exclusions, 1):
        out = _words(exclusion)
        is_whole = re.fullmatch(
            r"(?:(?:la|le|cette|ce|the|this|everything|tout|whole|all of|the) ?)*(?:fonctionnalite|module|developpement|feature|function|else|it|reste)?(?: (?:elle|lui)[- ]meme| itself| else)?\.?",
            fold(exclusion).strip(),
        )
        if is_whole or (out and (out <= _words(feature.name) or out <= _words(feature.description or ""))):
            sentence = _(
                "leaves out “{words}”, which the feature is said to have. Correct the one or the other."
            )
            yield case.finding(
                "feature-excluded",
                "warning",
                f"feature.exclusions[{number}]",
                sentence,
                words=plain(exclusion),
            )


@only(AgreementCase)
def test_of_excluded(case: AgreementCase) -> Findings:
    """What is left out is not tested."""
    feature = case.deal.feature
    excluded = [(plain(exclusion), _words(exclusion)) for exclusion in feature.exclusions]
    for number, test in enumerate(feature.acceptance_tests, 1):
        tested = _words(test)
        for words, out in excluded:
            if len(out) > 1 and out <= tested:
                sentence = _("tests “{words}”, which the feature leaves out. Correct the one or the other.")
                yield case.finding(
                    "feature-excluded",
                    "warning",
                    f"feature.acceptance_tests[{number}]",
                    sentence,
                    words=words,
                )


_THROUGHOUT = re.compile(
    r"\b(?:throughout|during|over|until|by the end of|for the whole of|all of|whole of|up to|pendant|durant|tout au long de|sur|jusqu'(?:a|en|au)|au cours de|d'ici)"
    r"(?: (?:the|la|le|l'|fin|end|of|de|toute|whole|year|annee|exercice|full)| ?l'(?:annee|exercice))* ?(20\d\d)\b"
)


@only(AgreementCase)
def test_too_late(case: AgreementCase) -> Findings:
    """A test that ends after the long stop date is passed too late."""
    last = case.deal.long_stop(case.house)
    seen: set[str] = set()
    for number, test in enumerate(case.deal.feature.acceptance_tests, 1):
        where, text = f"feature.acceptance_tests[{number}]", fold(plain(test))
        found = _THROUGHOUT.search(text)
        if (
            last
            and found
            and int(found[1]) > last.year
            and not re.search(r"\d[ ,]|donnees|data|sample|essai", text[: found.start()])
        ):
            sentence = _("“{words}” comes after the long stop date. Test what can be tested by then.")
            yield case.finding("test-too-late", "warning", where, sentence, words=found[0])
        if text in seen:
            yield case.finding(
                "test-twice", "warning", where, _("says what another test says. Leave it out.")
            )
        seen.add(text)
