"""The checks of what a letter is made of: its clauses, parties, references, law.

The letter is held against the deal and against itself, so that a clause of the
house that drops a value, or has one written into it, is caught.
"""

import re
from collections.abc import Iterator, Mapping

from accord.domain import identifiers
from accord.domain.choices import Law
from accord.i18n import _
from accord.letter.record import DERIVED, derive_reference
from accord.review.findings import (
    RATHER_KEPT,
    AgreementCase,
    Case,
    Check,
    DeclineCase,
    Finding,
    Severity,
    agreements_only,
    declines_only,
    dropped,
    found_in,
    own_words,
    place_of,
    request_in,
    text_of,
    under,
    wording_of,
    written,
)
from accord.text import places
from accord.text.characters import fold

# --- Nothing is missing -------------------------------------------------------


def blank(case: Case) -> Iterator[Finding]:
    """A letter to sign has no blank."""
    for key in case.letter.gaps:
        yield case.finding("blank", "error", key, _("is left blank in the letter. Fill it in."))


_MARKS = r"\bTODO\b|\bTB[DC]\b|\b[Xx]{3,}\b|\b[Ll]orem ipsum\b|_{3,}|…{2,}|\.{4,}|\?{2,}|\{\{|\}\}"
_MARKED = re.compile(_MARKS + r"|\[[^\]]{0,40}\]")
# A client may describe a screen with brackets: an empty one, or one letter, is still to be filled in.
_MARKED_BY_CLIENT = re.compile(_MARKS + r"|\[(?:…|\.{3}| *|[A-Z]|x+|date|montant|amount|nom|name)\]")


def unfinished(case: Case) -> Iterator[Finding]:
    """What was put there for the time being is not signed."""
    for passage in case.passages:
        texts: tuple[tuple[Severity, str, re.Pattern[str]], ...] = (
            ("error", wording_of(passage), _MARKED),
            ("warning", request_in(passage), _MARKED_BY_CLIENT),
        )
        for severity, text, marks in texts:
            mark = marks.search(text)
            found = mark[0] if mark else case.says("unfinished", text)
            if found:
                yield case.found("unfinished", severity, place_of(passage), found)
                break


_ALWAYS = ("parties", "nature", "feature", "purchase", "price", "confidentiality", "law-forum", "signature")
_WHEN_BINDING = (
    "condition",
    "vendor-commitment",
    "acceptance",
    "payment",
    "beneficiary-waiver",
    "effect",
    "lapse",
)


@agreements_only
def clause_missing(case: AgreementCase) -> Iterator[Finding]:
    """The clauses without which the agreement does not hold together."""
    present = {article.id for article in case.letter.articles}
    for name in (*_ALWAYS, *(_WHEN_BINDING if case.binding else ())):
        if name not in present:
            sentence = _("The letter has no clause “{id}”. Put it back into the house’s templates.")
            yield case.finding("clause-missing", "error", "", sentence.format(id=name))


def party_missing(case: Case) -> Iterator[Finding]:
    """Who the parties are stands where the letter says it."""
    parties = case.article("parties")
    if parties:
        for role in ("supplier", "prospect"):
            if case.expected[f"{role}.name"] not in text_of(parties):
                sentence = _("does not name {party}. Write {placeholder} there.").format(
                    party=case.expected[f"{role}.name"], placeholder=f"{{{{ {role}.name }}}}"
                )
                yield case.finding("party-missing", "error", place_of(parties), sentence)


def frame_missing(case: Case) -> Iterator[Finding]:
    """Each page carries the reference and its number, and the data the same reference."""
    letter = case.letter
    labelled = all(letter.labels["layout"].get(label) for label in ("our_reference", "page"))
    if not (labelled and letter.reference and letter.data["deal"].get("reference") == letter.reference):
        yield case.finding(
            "frame-missing",
            "error",
            "",
            _(
                "The pages lack their reference or their number. Restore labels.toml, or render the deal again."
            ),
        )


def reference_stale(case: Case) -> Iterator[Finding]:
    """A reference derived from other terms than the letter's."""
    derived = derive_reference(case.deal, case.letter.data)
    if DERIVED.fullmatch(case.letter.reference) and case.letter.reference != derived:
        sentence = _("{reference} was derived from other terms than these. Leave it out to get {derived}.")
        yield case.finding(
            "reference-stale",
            "warning",
            "reference",
            sentence.format(reference=case.letter.reference, derived=derived),
        )


# --- Parties and who signs ----------------------------------------------------


def wrong_number(case: Case) -> Iterator[Finding]:
    """The numbers of both companies are ones."""
    for role, party in (("supplier", case.house.supplier), ("prospect", case.deal.prospect)):
        wrong = party.registration and identifiers.wrong_registration(party.registration, party.country)
        if wrong:
            yield case.finding("wrong-number", "error", f"{role}.registration", wrong)
        wrong = party.vat and identifiers.wrong_vat(party.vat, party.registration)
        if wrong:
            yield case.finding("wrong-number", "error", f"{role}.vat", wrong, "wrong-number.vat")


# Offices that bind a company by themselves, folded, alone or joined to another title.
_OFFICES = (
    *("(co-?)?gerante?( associee?| majoritaire| non associee?)?", "(co-?)?presidente?", "(la )?presidence"),
    *("president-directeur general", "presidente-directrice generale", "pdg", "direct(eur|rice) generale?( deleguee?)?"),
    *("dg", "dirigeante?", "chef d'entreprise", "entrepreneure? individuel(le)?", "exploitante?( agricole)?"),
    *("artisane?", "commercante?", "liquidat(eur|rice)( amiable| judiciaire)?", "administrat(eur|rice)( judiciaire| unique)?"),
    *("associee?( uniqu?e| gerante?)?", "associee? unique", "mandataire social", "membre du directoire", "direct(eur|rice)"),
    *("chief executive( officer)?", "ceo", "(company |managing |executive )?director", "(company )?secretary"),
    *("chair(man|woman|person)?", "president", "(managing |general |senior )?partner", "owner", "proprietor"),
    *("sole (trader|director|proprietor|owner)", "(managing |sole |designated )?member", "shareholder", "actionnaire"),
    *("founder", "co-?founder", "(co-?)?fondat(eur|rice)", "liquidator", "administrator"),
)  # fmt: skip
_BINDS = re.compile(
    rf"(?:{'|'.join(_OFFICES)})(?: (?:du conseil d'administration|du directoire|de la societe|of the (?:board|company)))?"
)
# A shareholder or a founder is none by that alone.
_ALONE_NOT_ENOUGH = re.compile(r"shareholder|actionnaire|(co-?)?founder|(co-?)?fondat(eur|rice)")


def _represents(title: str) -> bool:
    """Whether one of the offices in a title is that of a legal representative."""
    parts = re.split(r" et | and |[,&/;–]| - ", fold(title).replace(".", "").replace("’", "'"))
    offices = [part.strip().replace("p-d g", "pdg").replace("p-dg", "pdg") for part in parts]
    return any(_BINDS.fullmatch(office) and not _ALONE_NOT_ENOUGH.fullmatch(office) for office in offices)


def delegation(case: Case) -> Iterator[Finding]:
    """Who is not a legal representative shows a power to sign."""
    if case.binding:
        for key, person in (
            ("supplier.signatory.title", case.house.supplier.signatory),
            ("prospect.contact.title", case.deal.prospect.contact),
        ):
            if person.title and not _represents(person.title):
                yield case.finding(
                    "delegation",
                    "warning",
                    key,
                    _(
                        "“{title}” does not by itself give the power to bind the company."
                        " Have a legal representative sign, or ask for the written authority to sign."
                    ).format(title=person.title),
                )


# --- Clauses that refer to each other -----------------------------------------


def waiver_unclear(case: Case) -> Iterator[Finding]:
    """Only the party in whose sole interest a condition stands may waive it, and not after it failed."""
    waiver = case.article("beneficiary-waiver")
    if not waiver:
        return
    text = text_of(waiver)
    if not case.says("sole-interest", text):
        yield case.finding(
            "waiver-unclear",
            "error",
            place_of(waiver),
            _(
                "does not say in whose sole interest the condition stands. Name that party: it alone may waive it."
            ),
        )
    for code in ("waiver-by-another", "waiver-too-late"):
        if found := case.says(code, text):
            yield case.found(code, "error", place_of(waiver), found)


def lapse_unsaid(case: Case) -> Iterator[Finding]:
    """The article on the failure of the condition says what becomes of the agreement."""
    lapse = case.article("lapse")
    if lapse and not case.says("lapses", text_of(lapse)):
        yield case.finding(
            "lapse-unsaid",
            "error",
            place_of(lapse),
            _("does not say that the agreement lapses if the condition fails. Say so."),
        )


def retroactive(case: Case) -> Iterator[Finding]:
    """A purchase takes effect when the condition is fulfilled, not before."""
    for passage in case.passages if case.binding else ():
        if found := case.says("retroactive", wording_of(passage)):
            yield case.found("retroactive", "warning", place_of(passage), found)


def presumption(case: Case) -> Iterator[Finding]:
    """Silence may presume acceptance, but proof to the contrary is always heard."""
    acceptance = case.article("acceptance")
    if not acceptance:
        return
    text = text_of(acceptance)
    if (found := case.says("presumed", text)) and not case.says("rebuttable", text):
        yield case.found("presumption", "warning", place_of(acceptance), found)


def value_dropped(case: Case) -> Iterator[Finding]:
    """A clause of the house's own says what the standard text says of this deal."""
    in_articles = {name for article in case.letter.articles for name in article.placeholders}
    for passage in case.passages:
        said = set(passage.placeholders) | (in_articles if passage.number is None else set())
        for name in dropped(case.standard(passage).placeholders, said) if passage.overrides else ():
            severity: Severity = "warning" if name in RATHER_KEPT else "error"
            yield case.found("value-dropped", severity, place_of(passage), written(name))


_CITED = re.compile(r"\b(?:articles?|clauses?) (\d{1,2})\b(?!-)", re.IGNORECASE)
_OF_ANOTHER_TEXT = re.compile(
    r"(?:(?:,| et| à| and| to| or| ou) \d+(?:-\d+)?)*,? ?(?:RGPD|GDPR|(?:du|de la|de l'|des|of the|of) (?!présente?|lettre|letter|accord|agreement))"
)
_AFTER_ANOTHER_TEXT = re.compile(
    r"(?:RGPD|GDPR|\b(?:code|loi|règlement|directive|act|regulation)\b[^.;]{0,30})[,(]? ?$", re.IGNORECASE
)


def hard_reference(case: Case) -> Iterator[Finding]:
    """A number written into a clause points elsewhere as soon as a clause comes or goes."""
    named = {article.number: article.id for article in case.letter.articles}
    for passage in case.passages:
        wording = wording_of(passage)
        for found in found_in(wording, _CITED):
            before, after = wording[: found.start()], wording[found.end() :]
            if _OF_ANOTHER_TEXT.match(after) or _AFTER_ANOTHER_TEXT.search(before):
                continue
            meant = named.get(int(found[1]))
            sentence = (
                _("refers to “{words}” by its number, which changes. Use the placeholder {placeholder}.")
                if meant
                else _(
                    "refers to “{words}”, which this letter does not have. Use a placeholder such as {placeholder}."
                )
            )
            yield case.finding(
                "hard-reference" if meant else "broken-reference",
                "warning" if meant else "error",
                place_of(passage),
                sentence.format(
                    words=found[0],
                    placeholder=written(f"article.{(meant or 'price').replace('-', '_')}"),
                ),
            )


@agreements_only
def annex_missing(case: AgreementCase) -> Iterator[Finding]:
    """What the letter says is enclosed is enclosed."""
    for passage in case.passages:
        if passage.id == "terms" and case.letter.enclosures:
            continue
        texts: tuple[tuple[Severity, str], ...] = (
            ("error", own_words(passage)),
            ("warning", request_in(passage)),
        )
        for severity, text in texts:
            if found := case.says("enclosed", text):
                yield case.found("annex-missing", severity, place_of(passage), found)
                break


_ORIGINALS = re.compile(
    r"\b(un(?: seul)?|trois|quatre|cinq|six|one|three|four|five|six|[013-9]) (?:exemplaires )?origina(?:l|ux|ls)\b",
    re.IGNORECASE,
)


def originals(case: Case) -> Iterator[Finding]:
    """On paper, as many originals as parties."""
    signature = case.article("signature")
    if signature and (found := _ORIGINALS.search(text_of(signature))):
        sentence = _("says “{words}”, but there are only two parties. Write two originals.")
        yield case.finding(
            "originals",
            "error",
            place_of(signature),
            sentence.format(words=found[0]),
        )


# --- Law and court ------------------------------------------------------------

_CIVIL = re.compile(
    r"\b(association|societe civile|sci|scp|scm|gaec|earl|scea|fondation|syndicat|mutuelle|loi 1901)\b"
)


@under("FR")
def court_of_non_merchant(case: Case) -> Iterator[Finding]:
    """Merchants alone may choose their court in France."""
    forum = case.article("law-forum")
    if not forum or not case.says("chooses-court", text_of(forum)):
        return
    for key, party in (
        ("prospect.legal_form", case.deal.prospect),
        ("supplier.legal_form", case.house.supplier),
    ):
        if _CIVIL.search(fold(party.legal_form or "")):
            yield case.finding(
                "court-of-non-merchant",
                "error",
                key,
                _(
                    "is no merchant’s ({form}): a clause that chooses the court is deemed unwritten."
                    " Override that clause, or ask legal."
                ).format(form=party.legal_form),
            )


NAME_OF_LAW: Mapping[Law, str] = {"FR": "french", "EW": "english"}
"""What the topics about each law are called by."""


def law_contradicted(case: Case) -> Iterator[Finding]:
    """The article on law and court says the letter's law, and the courts of that law."""
    forum = case.article("law-forum")
    if not forum:
        return
    text, others = text_of(forum), [name for law, name in NAME_OF_LAW.items() if law != case.law]
    topics = (f"{name}-{topic}" for name in others for topic in ("law", "court"))
    if found := next(filter(None, (case.says(topic, text) for topic in topics)), None):
        sentence = _(
            "says “{words}”, but another law governs this letter. Change the clause, or law in the deal."
        )
        yield case.finding("law-contradicted", "error", place_of(forum), sentence.format(words=found))
    elif not case.says(f"{NAME_OF_LAW[case.law]}-law", text):
        sentence = _("does not say which law governs the letter. Say it.")
        yield case.finding("law-unstated", "error", place_of(forum), sentence)


_PUBLIC_FORM = re.compile(
    r"\b(?:collectivite territoriale|etablissement public|commune|communaute (?:de communes|urbaine|d'agglomeration)"
    r"|departement|region|syndicat mixte|epci|epic|epa|local authority|(?:county|city|borough|district|parish|town) council"
    r"|council|nhs (?:foundation )?trust|public body|organisme public|ministere)\b"
)


@agreements_only
def public_body(case: AgreementCase) -> Iterator[Finding]:
    """A public body buys under procurement law, and is not a business."""
    prospect = case.deal.prospect
    form = fold(prospect.legal_form or "").replace("’", "'")
    if prospect.kind == "business" and _PUBLIC_FORM.search(form):
        yield case.finding(
            "public-body",
            "warning",
            "prospect.legal_form",
            _("looks like a public body ({form}). Check prospect.kind.").format(form=prospect.legal_form),
        )


_ABROAD = {
    *("londres", "london", "edinburgh", "dublin", "cork", "bruxelles", "brussels", "luxembourg", "monaco"),
    *("geneve", "geneva", "lausanne", "zurich", "berlin", "munich", "madrid", "barcelone", "barcelona"),
    *("milan", "rome", "amsterdam", "lisbonne", "lisbon", "montreal", "quebec", "toronto", "new york"),
}


@under("FR")
@agreements_only
def court_abroad(case: AgreementCase) -> Iterator[Finding]:
    """A bare town is read as the seat of a French court."""
    court = case.deal.court
    if not court or places.court(court, "fr") == court:
        return
    parties = (case.deal.prospect, case.house.supplier)
    towns = {
        places.town_of(party.address, party.country) for party in parties if party.country not in {None, "FR"}
    }
    if fold(court) in _ABROAD | {fold(town) for town in towns if town}:
        sentence = _(
            "{town} is not the seat of a French court, but the letter prints one. Write the court’s whole name."
        )
        yield case.finding(
            "court-abroad",
            "warning",
            "court",
            sentence.format(town=court),
        )


def court_renamed(case: Case) -> Iterator[Finding]:
    """A commercial court that now has another name."""
    forum = case.article("law-forum")
    found = re.search(
        r"tribunal de commerce (?:de |d'|du )([A-Z][\w-]+(?: [A-Z][\w-]+)?)", text_of(forum) if forum else ""
    )
    if forum and found:
        town = f"Le {found[1]}" if " du " in found[0] else found[1]
        current = places.court(town, "fr")
        if not current.startswith("tribunal de commerce"):
            sentence = _("“{old}” is not this court’s name. Write “{current}”.")
            yield case.finding(
                "court-renamed",
                "warning",
                place_of(forum),
                sentence.format(old=found[0], current=current),
                "court-renamed.judicial" if current.startswith("tribunal judiciaire") else "",
            )


@agreements_only
def language_of_the_client(case: AgreementCase) -> Iterator[Finding]:
    """French for a French client, who may be the end user."""
    if case.letter.language == "en" and case.deal.prospect.country == "FR":
        yield case.finding(
            "language",
            "note",
            "language",
            _("The client is in France and may be the end user. Consider a letter in French."),
        )


# --- For others to decide -----------------------------------------------------


def future_feature(case: Case) -> Iterator[Finding]:
    """A promised feature may defer revenue."""
    if case.binding:
        yield case.finding(
            "future-feature",
            "note",
            "feature.name",
            _(
                "A feature promised together with a sale may require revenue to be deferred."
                " Submit this letter to finance."
            ),
        )


@declines_only
def indicative_date(case: DeclineCase) -> Iterator[Finding]:
    """A date in a decline is one that somebody approved."""
    if case.deal.refusal.earliest:
        yield case.finding(
            "indicative-date",
            "note",
            "decline.earliest",
            _("The letter names an indicative date. Make sure that the product team approved it."),
        )


CHECKS: tuple[Check, ...] = (
    blank,
    unfinished,
    clause_missing,
    party_missing,
    frame_missing,
    reference_stale,
    wrong_number,
    delegation,
    waiver_unclear,
    lapse_unsaid,
    retroactive,
    presumption,
    value_dropped,
    hard_reference,
    annex_missing,
    originals,
    court_of_non_merchant,
    law_contradicted,
    public_body,
    court_abroad,
    court_renamed,
    language_of_the_client,
    future_feature,
    indicative_date,
)
