"""The checks of what a letter is made of: its clauses, parties, references, law (floor 5).

The letter is held against the deal and against itself, so that a clause of the
house that drops a value, or has one written into it, is caught.
"""

import re
from collections.abc import Iterator
from gettext import gettext as _

from generator import companies, places
from generator.characters import fold
from generator.findings import Case, Check, Finding, Severity, found_in, place_of, text_of, wording_of
from generator.record import derive_reference

# --- Nothing is missing -------------------------------------------------------


def blank(case: Case) -> Iterator[Finding]:
    """A letter to sign has no blank."""
    for key in case.letter.gaps:
        yield Finding(
            "blank", "error", key, _("is blank in the letter. Fill it in."), "Code civil, art. 1128 et 1163"
        )


_UNFINISHED = re.compile(
    r"\[[^\]]{0,40}\]|\bTODO\b|\bTBD\b|\bTBC\b|\b[Xx]{3,}\b|\b[Ll]orem ipsum\b|\bà (?:compléter|définir|préciser)\b"
    r"|\bto be (?:confirmed|completed|defined|agreed)\b|\{\{|\}\}"
)


def unfinished(case: Case) -> Iterator[Finding]:
    """What was put there for the time being is not signed."""
    for passage in case.passages:
        for found in found_in(text_of(passage), _UNFINISHED)[:1]:
            sentence = _("“{words}” is still to be written. Write it, or leave it out.").format(
                words=found[0]
            )
            # A client may describe a screen with brackets; a clause of the house has none.
            severity: Severity = "error" if found_in(wording_of(passage), _UNFINISHED) else "warning"
            yield Finding("unfinished", severity, place_of(passage), sentence, "Code civil, art. 1163")


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


def clause_missing(case: Case) -> Iterator[Finding]:
    """The clauses without which the agreement does not hold together."""
    if case.letter.kind == "agreement":
        present = {article.id for article in case.letter.articles}
        for name in (*_ALWAYS, *(_WHEN_BINDING if case.binding else ())):
            if name not in present:
                sentence = _("The letter has no clause “{id}”. Put it back into the house’s templates.")
                yield Finding(
                    "clause-missing",
                    "error",
                    "",
                    sentence.format(id=name),
                    "Code civil, art. 1128, 1163 et 1304",
                )


def party_missing(case: Case) -> Iterator[Finding]:
    """Who the parties are stands where the letter says it."""
    parties = case.article("parties")
    if parties:
        for role in ("supplier", "prospect"):
            if case.expected[f"{role}.name"] not in text_of(parties):
                sentence = _("does not name {party}. Write {placeholder} there.").format(
                    party=case.expected[f"{role}.name"], placeholder=f"{{{{ {role}.name }}}}"
                )
                yield Finding("party-missing", "error", place_of(parties), sentence, "Code civil, art. 1128")


def frame_missing(case: Case) -> Iterator[Finding]:
    """Each page carries the reference and its number, and the data the same reference."""
    letter = case.letter
    labelled = all(letter.labels.get(label) for label in ("our_reference", "page"))
    if not (labelled and letter.reference and letter.data["deal"].get("reference") == letter.reference):
        yield Finding(
            "frame-missing",
            "error",
            "",
            _(
                "The pages lack their reference or their number. Restore labels.toml, or render the deal again."
            ),
            "Code civil, art. 1366",
        )


def reference_stale(case: Case) -> Iterator[Finding]:
    """A reference derived from other terms than the letter's."""
    derived = derive_reference(case.deal, case.letter.data)
    if re.fullmatch(r"(AP|DC)-\d{8}-[A-Z2-7]{5}", case.letter.reference) and case.letter.reference != derived:
        sentence = _("{reference} was derived from other terms than these. Leave it out to get {derived}.")
        yield Finding(
            "reference-stale",
            "warning",
            "reference",
            sentence.format(reference=case.letter.reference, derived=derived),
            "Code civil, art. 1366",
        )


# --- Parties and who signs ----------------------------------------------------


def wrong_number(case: Case) -> Iterator[Finding]:
    """The numbers of both companies are ones."""
    for role, party in (("supplier", case.house.supplier), ("prospect", case.deal.prospect)):
        wrong = party.registration and companies.wrong_registration(party.registration, party.country)
        if wrong:
            yield Finding(
                "wrong-number", "error", f"{role}.registration", wrong, "Code de commerce, art. R123-237"
            )
        wrong = party.vat and companies.wrong_vat(party.vat, party.registration)
        if wrong:
            yield Finding("wrong-number", "error", f"{role}.vat", wrong, "CGI, art. 286 ter")


_REPRESENTATIVE = re.compile(
    r"\bpresident|\bgerante?\b|\bdirect(?:eur|rice) generale?\b|\badministrat(?:eur|rice)\b|\bassociee?\b"
    r"|\bchief executive\b|\bceo\b|\bpartner\b|\bowner\b|\bproprietor\b|\bchair|\bmanaging director\b"
    r"|\bmember\b|\bexecutive director\b|\bmandataire social\b|\bexploitante?\b"
    r"|^(?:company )?(?:director|secretary)$|^direct(?:eur|rice)$"
)


def delegation(case: Case) -> Iterator[Finding]:
    """Who is not a legal representative shows a power to sign."""
    if case.binding:
        for key, person in (
            ("supplier.signatory.title", case.house.supplier.signatory),
            ("prospect.contact.title", case.deal.prospect.contact),
        ):
            if person.title and not _REPRESENTATIVE.search(fold(person.title)):
                yield Finding(
                    "delegation",
                    "warning",
                    key,
                    _(
                        "“{title}” does not by itself give the power to bind the company."
                        " Have a legal representative sign, or ask for the delegation."
                    ).format(title=person.title),
                    "Code civil, art. 1145, 1153 et 1156",
                )


# --- Clauses that refer to each other -----------------------------------------


def waiver_unclear(case: Case) -> Iterator[Finding]:
    """Only the party in whose sole interest a condition stands may waive it."""
    waiver = case.article("beneficiary-waiver")
    if waiver and not re.search(r"\bexclusif\b|\bseule?\b|\bsole\b|\balone\b|\bexclusive\b", text_of(waiver)):
        yield Finding(
            "waiver-unclear",
            "error",
            place_of(waiver),
            _(
                "does not say in whose sole interest the condition stands. Name that party: it alone may waive it."
            ),
            "Code civil, art. 1304-4",
        )


_REFERENCE = re.compile(
    r"\b(?:articles?|clauses?) (\d{1,2})\b(?!-)(?!,? (?:du (?:code|règlement|RGPD)|de (?:la loi|l'ordonnance)|of the (?!letter|agreement)|RGPD|GDPR))",
    re.IGNORECASE,
)


def hard_reference(case: Case) -> Iterator[Finding]:
    """A number written into a clause points elsewhere as soon as a clause comes or goes."""
    numbers = {article.number for article in case.letter.articles}
    for passage in case.passages:
        for found in found_in(wording_of(passage), _REFERENCE):
            exists = int(found[1]) in numbers
            sentence = (
                _("refers to “{words}” by its number, which changes. Use a placeholder such as {example}.")
                if exists
                else _(
                    "refers to “{words}”, which this letter does not have. Use a placeholder such as {example}."
                )
            )
            yield Finding(
                "hard-reference" if exists else "broken-reference",
                "warning" if exists else "error",
                place_of(passage),
                sentence.format(words=found[0], example="{{ article.price }}"),
                "Code civil, art. 1189",
            )


_ANNEX = re.compile(
    r"\bannexes?\b|\bci-jointe?s?\b|\bdocuments? jointe?s?\b|\bappendix\b|\bschedule [A-Z0-9]\b|\benclosed\b"
    r"|\battached (?:hereto|document|schedule|specification)\b|\bdocument attached\b",
    re.IGNORECASE,
)


def annex_missing(case: Case) -> Iterator[Finding]:
    """What the letter says is enclosed is enclosed."""
    for passage in case.passages:
        enclosed = passage.id == "terms" and case.letter.enclosures
        found = found_in(text_of(passage), _ANNEX) if case.letter.kind == "agreement" else ()
        if found and not enclosed:
            sentence = _(
                "speaks of “{words}”, but the letter encloses no such document. Describe it here instead."
            )
            severity: Severity = "error" if found_in(wording_of(passage), _ANNEX) else "warning"
            yield Finding(
                "annex-missing",
                severity,
                place_of(passage),
                sentence.format(words=found[0][0]),
                "Code civil, art. 1119",
            )


_ORIGINALS = re.compile(
    r"\b(un(?: seul)?|trois|quatre|cinq|six|one|three|four|five|six|[013-9]) (?:exemplaires )?origina(?:l|ux|ls)\b",
    re.IGNORECASE,
)


def originals(case: Case) -> Iterator[Finding]:
    """On paper, as many originals as parties."""
    signature = case.article("signature")
    if signature and (found := _ORIGINALS.search(text_of(signature))):
        sentence = _("says “{words}”, but there are two parties. Write two originals.")
        yield Finding(
            "originals",
            "error",
            place_of(signature),
            sentence.format(words=found[0]),
            "Code civil, art. 1375",
        )


# --- Law and court ------------------------------------------------------------

_CIVIL = re.compile(
    r"\b(association|societe civile|sci|scp|scm|gaec|earl|scea|fondation|syndicat|mutuelle|loi 1901)\b"
)


def court_of_non_merchant(case: Case) -> Iterator[Finding]:
    """Merchants alone may choose their court in France."""
    for key, party in (
        ("prospect.legal_form", case.deal.prospect),
        ("supplier.legal_form", case.house.supplier),
    ):
        if (
            case.letter.law == "FR"
            and case.letter.kind == "agreement"
            and _CIVIL.search(fold(party.legal_form or ""))
        ):
            yield Finding(
                "court-of-non-merchant",
                "error",
                key,
                _(
                    "is no merchant’s ({form}): a clause that chooses the court is void. Override that clause, or ask legal."
                ).format(form=party.legal_form),
                "Code de procédure civile, art. 48",
            )


_ABROAD = {
    *("londres", "london", "edinburgh", "dublin", "cork", "bruxelles", "brussels", "luxembourg", "monaco"),
    *("geneve", "geneva", "lausanne", "zurich", "berlin", "munich", "madrid", "barcelone", "barcelona"),
    *("milan", "rome", "amsterdam", "lisbonne", "lisbon", "montreal", "quebec", "toronto", "new york"),
}


def court_abroad(case: Case) -> Iterator[Finding]:
    """A bare town is read as the seat of a French court."""
    court = case.deal.court
    if case.letter.law != "FR" or not court or places.court(court, "fr") == court:
        return
    parties = (case.deal.prospect, case.house.supplier)
    towns = {
        places.town_of(party.address, party.country) for party in parties if party.country not in {None, "FR"}
    }
    if fold(court) in _ABROAD | {fold(town) for town in towns if town}:
        sentence = _(
            "{town} is not the seat of a French court, but the letter prints one. Write the court’s whole name."
        )
        yield Finding(
            "court-abroad",
            "warning",
            "court",
            sentence.format(town=court),
            "Code de procédure civile, art. 48",
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
            yield Finding(
                "court-renamed",
                "warning",
                place_of(forum),
                sentence.format(old=found[0], current=current),
                "Loi n° 2023-1059, art. 26 ; Code de commerce, art. L731-2",
            )


def language_of_the_client(case: Case) -> Iterator[Finding]:
    """French for a French client, who may be the end user."""
    if (
        case.letter.language == "en"
        and case.deal.prospect.country == "FR"
        and case.letter.kind == "agreement"
    ):
        yield Finding(
            "language",
            "note",
            "language",
            _("The client is in France and may be the end user. Consider a letter in French."),
            "Loi n° 94-665, art. 2",
        )


# --- For others to decide -----------------------------------------------------


def future_feature(case: Case) -> Iterator[Finding]:
    """A promised feature may defer revenue."""
    if case.binding:
        yield Finding(
            "future-feature",
            "note",
            "feature.name",
            _("A feature promised together with a sale may defer revenue. Show this letter to finance."),
            "IFRS 15, § 22",
        )


def indicative_date(case: Case) -> Iterator[Finding]:
    """A date in a decline is one that somebody approved."""
    if case.letter.kind == "decline" and case.deal.decline and case.deal.decline.earliest:
        yield Finding(
            "indicative-date",
            "note",
            "decline.earliest",
            _("The letter names an indicative date. Make sure that the product team approved it."),
            "Code civil, art. 1112",
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
    hard_reference,
    annex_missing,
    originals,
    court_of_non_merchant,
    court_abroad,
    court_renamed,
    language_of_the_client,
    future_feature,
    indicative_date,
)
