"""The checks of what a letter is made of: its clauses, parties, references, law.

The letter is held against the deal and against itself, so that a clause of the
house that drops a value, or has one written into it, is caught.
"""

import re
import unicodedata
from collections.abc import Mapping

from accord.domain import legal_forms
from accord.domain.choices import Law
from accord.domain.parties import Prospect, are_abroad
from accord.domain.parties import wrong_number as wrong_number_of
from accord.domain.parties import wrong_vat as wrong_vat_of
from accord.domain.translated import in_language
from accord.i18n import _
from accord.letter.letter import Passage
from accord.letter.record import DERIVED, derive_reference
from accord.review.findings import (
    OPTIONAL_FACTS,
    AgreementCase,
    Case,
    DeclineCase,
    Findings,
    Severity,
    in_braces,
    matches_in,
    missing_facts,
    on_article,
    only,
    own_words,
    request_in,
    text_of,
    wording_of,
)
from accord.review.lists import of_a_trade
from accord.text import places
from accord.text.characters import fold

# --- Nothing is missing -------------------------------------------------------


def blank(case: Case) -> Findings:
    """A letter to sign has no blank."""
    for key in case.letter.gaps:
        yield case.finding("blank", "error", key, _("is left blank in the letter. Fill it in."))


_MARKS = r"\bTODO\b|\bTB[DC]\b|\b[Xx]{3,}\b|\b[Ll]orem ipsum\b|_{3,}|…{2,}|\.{4,}|\?{2,}|\{\{|\}\}"
_MARKED = re.compile(_MARKS + r"|\[[^\]]{0,40}\]")
# A client may describe a screen with brackets: an empty one, or one letter, is still to be filled in.
_MARKED_BY_CLIENT = re.compile(_MARKS + r"|\[(?:…|\.{3}| *|[A-Z]|x+|date|montant|amount|nom|name)\]")


def unfinished(case: Case) -> Findings:
    """What was put there for the time being is not signed."""
    for passage in case.passages:
        texts: tuple[tuple[Severity, str, re.Pattern[str]], ...] = (
            ("error", wording_of(passage), _MARKED),
            ("warning", request_in(passage), _MARKED_BY_CLIENT),
        )
        for severity, text, marks in texts:
            mark = marks.search(text)
            if words := mark[0] if mark else case.words_on("unfinished", text):
                yield case.finding("unfinished", severity, passage, words=words)
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


@only(AgreementCase)
def clause_missing(case: AgreementCase) -> Findings:
    """The clauses without which the agreement does not hold together."""
    present = {article.id for article in case.letter.articles}
    for name in (*_ALWAYS, *(_WHEN_BINDING if case.is_binding else ())):
        if name not in present:
            sentence = _("The letter has no clause “{id}”. Put it back into the house’s templates.")
            yield case.finding("clause-missing", "error", "", sentence, id=name)


@only(AgreementCase)
def commitment_unsaid(case: AgreementCase) -> Findings:
    """A promised result that the deal states, and that a letter by which nobody has to buy leaves out."""
    usual = case.house.terms.vendor_commitment
    if not case.is_binding and case.deal.vendor_commitment == "firm" != usual:
        sentence = _(
            "is “firm”, but this letter obliges nobody to buy, and so promises no delivery either."
            " Choose a binding level, or leave this key out."
        )
        yield case.finding("commitment-unsaid", "note", "vendor_commitment", sentence)


@on_article("parties")
def party_missing(case: Case, parties: Passage) -> Findings:
    """Who the parties are stands where the letter says it."""
    for name in ("supplier.name", "prospect.name"):
        party = case.expected[name]
        if party not in text_of(parties):
            sentence = _("does not name {party}. Write {placeholder} there.")
            yield case.finding(
                "party-missing", "error", parties, sentence, party=party, placeholder=in_braces(name)
            )


def frame_missing(case: Case) -> Findings:
    """Each page carries the reference and its number, and the data the same reference."""
    letter = case.letter
    labelled = all(letter.labels["layout"].get(label) for label in ("our_reference", "page"))
    if not (labelled and letter.reference and letter.data["deal"].get("reference") == letter.reference):
        sentence = _(
            "The pages lack their reference or their number. Restore labels.toml, or render the deal again."
        )
        yield case.finding("frame-missing", "error", "", sentence)


def reference_stale(case: Case) -> Findings:
    """A reference that another deal was given: its file was copied, or a no has become an agreement."""
    reference, derived = case.letter.reference, derive_reference(case.deal)
    given, own = DERIVED.fullmatch(reference), DERIVED.fullmatch(derived)
    if case.letter.version and given and own and given.groups() != own.groups():
        sentence = _(
            "{reference} was given to another kind of letter, another prospect or another feature. If this deal"
            " began as a copy, leave the key out to get {derived}; if its names were only corrected, keep it."
        )
        yield case.finding(
            "reference-stale", "warning", "reference", sentence, reference=reference, derived=derived
        )


# --- Parties and who signs ----------------------------------------------------

_WINDOW = 9  # lines of an envelope's window
_WIDEST = 52  # letters on one of them


def address_block(case: Case) -> Findings:
    """The whole of the addressee stands in the window of an envelope."""
    lines = sum(-(-len(line) // _WIDEST) for line in case.letter.addressee)
    if lines > _WINDOW:
        sentence = _(
            "The addressee takes {lines} lines, and the window of an envelope shows {limit}: its town may be"
            " hidden. Shorten the address, join two of its lines, or send the letter by e-mail."
        )
        yield case.finding("address-block", "note", "prospect.address", sentence, lines=lines, limit=_WINDOW)


def wrong_number(case: Case) -> Findings:
    """The company and VAT numbers of both parties are possible ones."""
    for role, party in (("supplier", case.house.supplier), ("prospect", case.deal.prospect)):
        refusal = wrong_number_of(party)
        if refusal:
            yield case.finding("wrong-number", "error", f"{role}.registration", refusal)
        refusal = wrong_vat_of(party)
        if refusal:
            yield case.finding("wrong-number", "error", f"{role}.vat", refusal, source="wrong-number.vat")


# Offices that bind a company by themselves, folded, alone or joined to another title.
_OFFICES = (
    *("(co-?)?gerante?( associee?| majoritaire| non associee?)?", "(co-?)?presidente?", "(la )?presidence"),
    *("president-directeur general", "presidente-directrice generale", "pdg", "direct(eur|rice) generale?( deleguee?)?"),
    *("dg", "dirigeante?", "cheff?e? d'entreprise", "entrepreneure? individuel(le)?", "exploitante?( agricole)?"),
    *("artisane?", "commercante?", "liquidat(eur|rice)( amiable| judiciaire)?", "administrat(eur|rice)( judiciaire| unique)?"),
    *("associee?( uniqu?e| gerante?)?", "associee? unique", "mandataire social", "membre du directoire", "direct(eur|rice)"),
    *("chief executive( officer)?", "ceo", "(company |managing |executive )?director", "(company )?secretary"),
    *("chair(man|woman|person)?", "president", "(managing |general |senior )?partner", "owner", "proprietor"),
    *("sole (trader|director|proprietor|owner)", "(managing |sole |designated )?member", "shareholder", "actionnaire"),
    *("administrat(eur|rice) deleguee?", "trustee", "geschaftsfuhrer(in)?", "vorstand", "bestuurder", "zaakvoerder"),
    *("amministrat(ore|rice) (delegat[oa]|unic[oa])", "consejer[oa] delegad[oa]", "administrador[a]?( unic[oa])?"),
    *("founder", "co-?founder", "(co-?)?fondat(eur|rice)", "liquidator", "administrator"),
)  # fmt: skip
# Whose: "gérant de la SARL", "chair of trustees"; a name has its capital.
_OF_COMPANY = (
    " (?:du conseil d'administration|du directoire|de la (?:societe|sarl|sasu?|sa|snc|holding)|de l'(?:eurl|association|entreprise)"
    "|of (?:the )?(?:board(?: of (?:directors|trustees))?|company|corporation|trustees|governors|charity))"
)
_BINDS = re.compile(rf"(?:{'|'.join(_OFFICES)})(?:{_OF_COMPANY})?")
_HEAD_OF_NAMED = re.compile(
    r"(?:[Cc]o-?)?(?:[Gg]érante?|[Pp]résidente?|PDG|[Cc]hair|[Dd]irector|[Pp]resident)"
    r" (?:de (?:la |l['’])?|d['’]|of (?:the )?)(?:[A-ZÀ-Ý]|association|société|sarl|sas|company)"
    r"|(?:[Cc]o-?)?[Gg]érante? du [A-Z]"
)
# An American corporation acts by its officers.
_OFFICERS = re.compile(
    r"chief \w+ officer|c[a-z]o|(?:executive |senior )*vice[- ]president|treasurer|general manager|general counsel"
)
# A shareholder or a founder is none by that alone.
_ALONE_NOT_ENOUGH = re.compile(r"shareholder|actionnaire|(co-?)?founder|(co-?)?fondat(eur|rice)")


def _represents(title: str, home: str | None) -> bool:
    """Whether one of the offices in a title is that of a legal representative of a company of that country."""
    bare = re.sub(r"\([^)]*\)", "", fold(title)).replace(".", "").replace("’", "'")
    parts = re.split(r" et | and |[,&/;–]| - |(?<=owner)-", bare)
    offices = [part.strip().replace("p-d g", "pdg").replace("p-dg", "pdg") for part in parts]
    offices = [re.sub(r"^(?:(?:elle|lui)-meme|joint|group) | de droit$", "", office) for office in offices]
    if _HEAD_OF_NAMED.match(title) or (home == "US" and any(map(_OFFICERS.fullmatch, offices))):
        return True
    return any(_BINDS.fullmatch(office) and not _ALONE_NOT_ENOUGH.fullmatch(office) for office in offices)


def delegation(case: Case) -> Findings:
    """Who is not a legal representative shows a power to sign; who trades in his own name represents himself."""
    supplier, prospect = case.house.supplier, case.deal.prospect
    signed = (
        ("supplier.signatory.title", supplier, in_language(supplier.signatory.title, case.letter.language)),
        ("prospect.contact.title", prospect, prospect.contact.title),
    )
    for key, party, title in signed if case.is_binding else ():
        if title and not legal_forms.is_person(party.form) and not _represents(title, party.home):
            sentence = _(
                "“{title}” does not by itself give the power to bind the company."
                " Have a legal representative sign, or ask for the written authority to sign."
            )
            yield case.finding("delegation", "warning", key, sentence, title=title)


# An office that another form of company has: a SAS has a president, a SARL a gérant (C. com., art. L223-18, L227-6 and L225-51).
_OFFICE_OF = (
    (frozenset({"SAS", "SASU", "SELAS", "SA"}), re.compile(r"(co-?)?gerante?( associee?| majoritaire| minoritaire| non associee?)?")),
    (
        frozenset({"SARL", "EURL", "SNC", "SCI", "SELARL", "SCEA", "EARL"}),
        re.compile(r"presidente?|pdg|president-directeur general|presidente-directrice generale|presidente? du directoire"),
    ),
)  # fmt: skip


@only(AgreementCase)
def office_of_another_form(case: AgreementCase) -> Findings:
    """Who is called by the office of another form of company may have no power to bind this one."""
    prospect = case.deal.prospect
    form, title = legal_forms.known(prospect.form or "", prospect.home), prospect.contact.title
    if not form or form.country != "FR" or not title or not case.is_binding:
        return
    office = fold(title).replace(".", "").strip()
    if any(form.short in forms and offices.fullmatch(office) for forms, offices in _OFFICE_OF):
        sentence = _("A {form} has no “{title}”. Find out who represents it, and correct one of the two.")
        yield case.finding(
            "office-unusual", "note", "prospect.legal_form", sentence, title=title, form=form.short
        )


def _trades_alone(prospect: Prospect) -> bool:
    """Whether a client is somebody in business in his own name, by its form or by its name."""
    by_form = legal_forms.is_person(prospect.form)
    by_name = re.search(r"\b(?:EI(?:RL)?|(?:auto|micro)-?entrepr\w+)\b", prospect.name)
    return by_form or (bool(by_name) and not legal_forms.is_company(prospect.form))


@only(AgreementCase, law="FR")
def small_professional(case: AgreementCase) -> Findings:
    """A French client of at most five, buying outside its trade what it signs at home, has a consumer's rights."""
    prospect = case.deal.prospect
    if prospect.kind != "business" or prospect.home != "FR":
        return
    if prospect.staff == "0-5":
        sentence = _(
            "has at most five employees: for a purchase outside its main business that it signs in your presence at its"
            " own premises, it has fourteen days to withdraw, and without the information and the form for this the"
            " contract is void. Have it signed at a distance without a visit just before, or at your premises, or"
            " enclose the information and the withdrawal form."
        )
        yield case.finding(
            "small-professional", "warning" if case.is_binding else "note", "prospect.staff", sentence
        )
    elif prospect.staff is None and case.is_binding and _trades_alone(prospect):
        sentence = _(
            "is not given, but this client trades in his own name, and most likely has at most five employees: he may then"
            ' have a consumer\'s rights. Find out, and write "0-5" or "6+".'
        )
        yield case.finding("small-professional", "warning", "prospect.staff", sentence)
    elif prospect.staff is None and case.is_binding:
        sentence = _(
            "is not given. With at most five employees, a French client that signs at its own premises may have a"
            ' consumer\'s rights: find out, and write "0-5" or "6+".'
        )
        yield case.finding("small-professional", "note", "prospect.staff", sentence)


# --- Clauses that refer to each other -----------------------------------------


@on_article("beneficiary-waiver")
def waiver_unlawful(case: Case, waiver: Passage) -> Findings:
    """Only the party in whose sole interest a condition stands may waive it, and not after it failed."""
    text = text_of(waiver)
    for code in ("waiver-by-another", "waiver-too-late"):
        if words := case.words_on(code, text):
            yield case.finding(code, "error", waiver, words=words)


def retroactive(case: Case) -> Findings:
    """A purchase takes effect when the condition is fulfilled, not before."""
    for passage in case.passages if case.is_binding else ():
        if words := case.words_on("retroactive", wording_of(passage)):
            yield case.finding("retroactive", "warning", passage, words=words)


@on_article("acceptance")
def presumption(case: Case, acceptance: Passage) -> Findings:
    """Silence may presume acceptance; in France, proof to the contrary is always heard."""
    text = text_of(acceptance)
    presumed = None if case.words_on("rebuttable", text) else case.words_on("presumed", text)
    if words := case.words_on("irrebuttable", text) or presumed:
        # In England evidence may be conclusive between businesses, within UCTA 1977, s. 3.
        yield case.finding("presumption", "warning" if case.law == "FR" else "note", acceptance, words=words)


def value_dropped(case: Case) -> Findings:
    """A clause of the house's own says what the standard text says of this deal."""
    in_articles = {name for article in case.letter.articles for name in article.placeholders}
    for passage in case.passages:
        stated = set(passage.placeholders) | (in_articles if passage.number is None else set())
        standard = case.letter.standard[passage.file.name].placeholders
        for name in missing_facts(standard, stated) if passage.overrides else ():
            severity: Severity = "warning" if name in OPTIONAL_FACTS else "error"
            yield case.finding("value-dropped", severity, passage, words=in_braces(name))


_CITED = re.compile(r"\b(?:articles?|clauses?) (\d{1,2})\b(?!-)", re.IGNORECASE)
_OF_ANOTHER_TEXT = re.compile(
    r"(?:(?:,| et| à| and| to| or| ou) \d+(?:-\d+)?)*,? ?(?:RGPD|GDPR|(?:du|de la|de l'|des|of the|of) (?!présente?|lettre|letter|accord|agreement))"
)
_AFTER_ANOTHER_TEXT = re.compile(
    r"(?:RGPD|GDPR|\b(?:code|loi|règlement|directive|act|regulation)\b[^.;]{0,30})[,(]? ?$", re.IGNORECASE
)


def hard_reference(case: Case) -> Findings:
    """A number written into a clause points elsewhere as soon as a clause comes or goes."""
    ids = {article.number: article.id for article in case.letter.articles}
    for passage in case.passages:
        wording = wording_of(passage)
        for match in matches_in(wording, _CITED):
            before, after = wording[: match.start()], wording[match.end() :]
            if _OF_ANOTHER_TEXT.match(after) or _AFTER_ANOTHER_TEXT.search(before):
                continue
            article = ids.get(int(match[1]))
            sentence = (
                _("refers to “{words}” by its number, which changes. Use the placeholder {placeholder}.")
                if article
                else _(
                    "refers to “{words}”, which this letter does not have. Use a placeholder such as {placeholder}."
                )
            )
            yield case.finding(
                "hard-reference" if article else "broken-reference",
                "warning" if article else "error",
                passage,
                sentence,
                words=match[0],
                placeholder=in_braces(f"article.{(article or 'price').replace('-', '_')}"),
            )


@only(AgreementCase)
def annex_missing(case: AgreementCase) -> Findings:
    """What the letter says is enclosed is enclosed."""
    for passage in case.passages:
        if case.deal.annex or (passage.id in {"terms", "annexes"} and case.letter.enclosures):
            continue
        if words := case.words_on("enclosed", own_words(passage)):
            yield case.finding("annex-missing", "error", passage, words=words)
        elif words := case.words_on("enclosed", request_in(passage)):
            yield case.finding("annex-missing", "warning", passage, words=words)


_ORIGINALS = re.compile(
    r"\b(un(?: seul)?|trois|quatre|cinq|six|one|three|four|five|six|[013-9]) (?:exemplaires )?origina(?:l|ux|ls)\b",
    re.IGNORECASE,
)


@on_article("signature")
def originals(case: Case, signature: Passage) -> Findings:
    """On paper, as many originals as parties."""
    if match := _ORIGINALS.search(text_of(signature)):
        sentence = _("says “{words}”, but there are only two parties. Write two originals.")
        yield case.finding("originals", "error", signature, sentence, words=match[0])


# --- Law and court ------------------------------------------------------------


@only(AgreementCase, law="FR")
@on_article("law-forum")
def court_of_non_merchant(case: AgreementCase, forum: Passage) -> Findings:
    """Merchants alone may choose their court in France; between two countries anybody may."""
    parties = {"prospect": case.deal.prospect, "supplier": case.house.supplier}
    if are_abroad(*parties.values()) or not case.words_on("chooses-court", text_of(forum)):
        return
    for role, party in parties.items():
        if not legal_forms.is_merchant(party.form):
            sentence = _(
                "is no merchant’s ({form}): a clause that chooses the court is deemed unwritten."
                " Take the library’s clause, which leaves the court to the law."
            )
            yield case.finding(
                "court-of-non-merchant", "error", f"{role}.legal_form", sentence, form=party.form
            )


NAME_OF_LAW: Mapping[Law, str] = {"FR": "french", "EW": "english"}
"""What the topics about each law are called by."""


@on_article("law-forum")
def law_contradicted(case: Case, forum: Passage) -> Findings:
    """The article on law and court says the letter's law, and the courts of that law."""
    text, others = text_of(forum), [name for law, name in NAME_OF_LAW.items() if law != case.law]
    topics = (f"{name}-{topic}" for name in others for topic in ("law", "court"))
    if words := next(filter(None, (case.words_on(topic, text) for topic in topics)), None):
        sentence = _(
            "says “{words}”, but another law governs this letter. Change the clause, or law in the deal."
        )
        yield case.finding("law-contradicted", "error", forum, sentence, words=words)
    elif not case.words_on(f"{NAME_OF_LAW[case.law]}-law", text):
        sentence = _("does not say which law governs the letter. Name French law.")
        if case.law == "EW":
            sentence = _("does not say which law governs the letter. Name the law of England and Wales.")
        yield case.finding("law-unstated", "error", forum, sentence)


_PUBLIC = (
    *("collectivite territoriale", "etablissement public", "organisme public", "communes?", "departement", "region", "metropole"),
    *("communaute (?:de communes|urbaine|d'agglomeration)", "syndicat (?:mixte|intercommunal)", "epci", "epic", "epa", "eple", "gip"),
    *("groupement d'interet public", "ministere", "mairie", "(?:sous-)?prefecture", "rectorat", "gendarmerie", "sivom", "sivu"),
    *("conseil (?:departemental|regional|municipal)", "direction (?:departementale|regionale)", "agence (?:nationale|regionale)"),
    *("lycee", "college public", "ecole (?:publique|maternelle|elementaire|nationale)", "universite", "centre hospitalier", "ch(?:r|u|ru)"),
    *("hopital", "ccas", "centre communal d'action sociale", "sdis", "service departemental d'incendie", "cci", "cma", "crous", "cnrs"),
    *("chambre (?:de commerce|des metiers|de metiers|d'agriculture|consulaire)", "office public de l'habitat", "oph", "caf", "cpam", "urssaf"),
    *("local authority", "(?:county|city|borough|district|parish|town|unitary) council", "council", "public body", "nhs(?: foundation)? trust"),
    *("nhs", "university", "academy trust", "police", "fire and rescue", "ministry", "department (?:for|of)", "state agency", "hmrc"),
    *("combined authority", "health board", "integrated care board"),
)  # fmt: skip
_PUBLIC_FORM = re.compile(
    rf"\b(?:{'|'.join(_PUBLIC)}"
    r"|(?:regie|office|agence|societe|service|syndicat|centre|institut|organisme) (?:public|nationa|regiona|departementa|communa|intercommuna|municipa|metropolitain)\w*)\b"
)
# A shop may well be called after the town hall: a public body’s name begins with what it is, or ends with it in English.
_PUBLIC_NAME = re.compile(
    rf"\A(?:(?:la|le|les|the) |l')?(?:{'|'.join(_PUBLIC)}|ville|college|groupe hospitalier|assistance publique|ap-hp|academie d|tribunal|ambassade|consulat"
    r"|smictom|sictom|france travail|pole emploi|dgfip|inserm|inria|inrae|cnfpt|hm (?:revenue|treasury|prison|courts)|home office|cabinet office|embassy)\b(?!-| &)"
    r"|\b(?:(?:county|city|borough|district|parish|town|unitary|community) council|nhs(?: foundation)? trust|university|academy trust"
    r"|combined authority|health board|integrated care board|constabulary|agglomeration|fire service|school district)\Z"
)
# These say what they are, whatever form somebody typed beside them: a kind with the place or the task that it has.
_SURELY_PUBLIC = "|".join(
    (
        *(name for name in _PUBLIC if " " in name and not re.match("department|health|integrated|academy|fire|state", name)),
        *("sivom", "sivu", "smictom", "sictom", "ccas", "sdis", "cpam", "urssaf", "crous", "cnrs", "inserm", "chr?u", "hmrc", "france travail", "hospices civils", "(?:gendarmerie|police) nationale", "tresor public", "metropole PLACE", "bank of england", "crown prosecution service", "grand port (?:maritime|fluvial)", "homes england", "sport england", "network rail", "national highways", "natural england", "historic england", "(?:banque de|voies navigables de) france", "etablissement francais du sang", "environment agency", "(?:her|his) majesty's"),
        *("(?:mairie|prefecture|sous-prefecture) d(?:e|u|es|'\\w+)", "(?:commune|ville|universite|region|metropole) (?:de |d')PLACE", "departement (?:de|du|des|d')"),
        *("lycee (?:professionnel|general|technologique|agricole|polyvalent|hotelier|public|regional|militaire|des metiers)", "(?:lycee|college) d(?:e |')PLACE"),
        *("ehpad public", "hopital (?:public|de PLACE|d'PLACE)", "hopitaux", "centre hospitalier", "groupe hospitalier", "assistance publique", "institut national", "office public"),
        *("ecole (?:publique|primaire|communale)", "caisse (?:primaire|d'allocations)", "tribunal", "ministere d(?:e la |e l'|es |u |e )PORTFOLIO"),
        *("hm (?:revenue|treasury|prison|courts)", "home office", "cabinet office", "nhs PLACE", "university college", "transport for (?:london|wales|the north|greater manchester)", "university of PLACE"),
        *("(?:ministry|department) (?:of|for) PORTFOLIO", "(?:london |royal )?borough(?: council)? of", "(?:city|county|state) of PLACE", "police (?:federation|scotland|service)"),
    )
)  # fmt: skip
_PORTFOLIO = (
    r"(?:justice|defen[cs]e|armees|interieur|education|sante|health|travail|work|labour|economie|finances|agriculture|transition|affaires|outre-mer|sports\b|enseignement"
    r"|recherche|logement|ecologie|solidarites|culture|transport|environment|housing|foreign|treasury|business|energy|science|levelling|communities|digital|international|social)\w*"
)
_ENDS_PUBLIC = (
    r"(?:(?:county|city|borough|district|parish|town|unitary|community) council|\w+ council|nhs(?: foundation)? trust|health board|integrated care board|combined authority"
    r"|(?:primary|infants?|junior|secondary|high|grammar|community|comprehensive|nursery|state) school|police(?: and crime commissioner| service| force| authority)?|constabulary"
    r"|(?:fire|ambulance|fire and rescue|probation) (?:service|authority)|national park authority|(?:multi-)?academ(?:y|ies) trust|(?:general|district|university) hospital)"
)
# What a public body runs, and is itself: "la cuisine centrale du CCAS de Bron".
_PART_OF_PUBLIC = (
    r"(?:(?:cuisine|cantine|restauration|creche|ecole|mediatheque|bibliotheque|piscine|musee|theatre|conservatoire|cinema|ehpad|foyer|residence|service|direction|regie|bureau"
    r"|pole|unite|laboratoire|departement|antenne|agence|office|camping|stade|marche|abattoir|boutique|librairie|department|library|museum|office|services|canteen|kitchens?|catering)s?"
    r"(?: [\w'-]+){0,3}? (?:de la |de l'|du |des |de |d'|of the |of |at ))?"
)
_NAME_OF_PUBLIC_BODY = re.compile(
    rf"\A(?:(?:[Ll][ae]|[Ll]es|[Tt]he) |[Ll]')?(?i:{_PART_OF_PUBLIC})(?i:{_SURELY_PUBLIC})(?!\w)(?!-| &)|\b(?i:{_ENDS_PUBLIC})\Z".replace(
        "PORTFOLIO", _PORTFOLIO
    ).replace("PLACE", r"(?-i:[A-Z])[\w'-]*")
)


def _unaccented(text: str) -> str:
    """A text without its accents, with its capitals."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(char for char in letters if not unicodedata.combining(char))


@only(AgreementCase)
def public_body(case: AgreementCase) -> Findings:
    """A public body buys under procurement law, and is not a business."""
    prospect = case.deal.prospect
    form, name = (fold(text or "").replace("’", "'") for text in (prospect.legal_form, prospect.name))
    key, found = "legal_form", bool(_PUBLIC_FORM.search(form)) and not legal_forms.is_company(form)
    if not found and not legal_forms.is_company(prospect.name) and not of_a_trade(prospect.name):
        sure = _NAME_OF_PUBLIC_BODY.search(_unaccented(prospect.name).replace(".", ""))
        key, found = (
            "name",
            bool(sure or (not legal_forms.is_company(prospect.form) and _PUBLIC_NAME.search(name))),
        )
    if prospect.kind == "business" and found:
        sentence = _('looks like a public body ({form}). If it is one, write prospect.kind = "public".')
        yield case.finding("public-body", "warning", f"prospect.{key}", sentence, form=getattr(prospect, key))


_ABROAD = {
    *("londres", "london", "edinburgh", "dublin", "cork", "bruxelles", "brussels", "luxembourg", "monaco"),
    *("geneve", "geneva", "lausanne", "zurich", "berlin", "munich", "madrid", "barcelone", "barcelona"),
    *("milan", "rome", "amsterdam", "lisbonne", "lisbon", "montreal", "quebec", "toronto", "new york"),
}


@only(AgreementCase, law="FR")
def court_abroad(case: AgreementCase) -> Findings:
    """A bare town is read as the seat of a French court."""
    court = case.deal.court
    if not court or places.court(court, "fr") == court:
        return
    parties = (case.deal.prospect, case.house.supplier)
    towns = {
        places.town_of(party.address, party.country) for party in parties if party.country not in {None, "FR"}
    }
    # A foreign company may have its seat, or its French branch, in a town of ours.
    abroad = _ABROAD | {fold(town) for town in towns if town and not places.has_french_court(town)}
    if fold(court) in abroad:
        sentence = _(
            "{town} is not the seat of a French court, but the letter prints one. Write the court’s whole name."
        )
        yield case.finding("court-abroad", "warning", "court", sentence, town=court)


_PLACE = r"(?:[A-ZÀ-Ý][\w'’-]*(?:[ -](?:la|le|les|sur|en|of|and|et|de|du|[A-ZÀ-Ý][\w'’-]*))*)"
_COURT_OF = re.compile(
    r"\b[Tt]ribuna(?:l|ux)(?: (?:de commerce|des activités économiques|judiciaires?|civils?|compétents?|commercia(?:l|ux)|arbitral|de première instance|de l'entreprise|d'arrondissement|du ressort|de la ville|du canton))*"
    rf" (?:de la |de |d'|du |des |de l')(?P<fr>{_PLACE})"
    rf"|\b(?:[Cc]ours?|[Jj]uridictions?)(?: (?:d'appel|suprême|de justice|compétentes?))* (?:de la |de |d'|du |des |de l')(?P<juris>{_PLACE})"
    rf"|\b(?:[Cc]ourts?|[Tt]ribunals?)(?: \([^)]*\))? (?:of|in|at|sitting in) (?:the )?(?P<en>{_PLACE})"
    rf"|\b(?P<adj>[A-Z][a-z]+(?:ish|ese|ian|an|ench|utch|elsh|iss|eek)) [Cc]ourts?\b"
    r"|\b(?:tribunaux|juridictions|cours) (?P<adjfr>\w+(?:ais|aises|ois|oises|iens|iennes|ands|andes|ols|oles|ains|aines|ens|ennes|ques|ges|sses))\b(?= |[.,;]|\Z)"
)
_AT_HOME: Mapping[Law, re.Pattern[str]] = {
    "FR": re.compile(r"france|french|francais(?:es?)?|republique francaise", re.IGNORECASE),
    "EW": re.compile(
        r"england(?: and wales)?|wales|london|english|anglais(?:es?)?|angleterre.*|galles|londres",
        re.IGNORECASE,
    ),
}
_NO_COUNTRY = re.compile(
    r"economiques|publiques|autres|arbitra\w+|judiciaires|ordinaires|(?:non )?etatiques|specialise\w*|comp\w+|civiles?|client|supplier|fournisseur|state|domicile|seat|law",
    re.IGNORECASE,
)


@only(AgreementCase)
@on_article("law-forum")
def court_differs(case: AgreementCase, forum: Passage) -> Findings:
    """One court alone is chosen: no other town’s, and none of another country."""
    ours = fold(case.expected.get("terms.court") or "")
    for match in matches_in(wording_of(forum), _COURT_OF):
        place = next(filter(None, match.groups()))
        folded = re.sub(" (?:and|et)$", "", fold(place))
        is_own = case.law == "FR" and folded in ours
        if is_own or _AT_HOME[case.law].fullmatch(folded) or _NO_COUNTRY.match(folded):
            continue
        sentence = _(
            "names another court (“{words}”) than that of this letter. Leave one court alone, by the placeholder {placeholder}."
        )
        yield case.finding(
            "court-differs",
            "error",
            forum,
            sentence,
            words=match[0].replace("'", "’"),
            placeholder=in_braces("terms.court"),
        )


@on_article("law-forum")
def court_renamed(case: Case, forum: Passage) -> Findings:
    """A commercial court that now has another name."""
    match = re.search(r"tribunal de commerce (?:de |d'|du )([A-Z][\w-]+(?: [A-Z][\w-]+)?)", text_of(forum))
    current = places.court(f"Le {match[1]}" if " du " in match[0] else match[1], "fr") if match else ""
    if match and not current.startswith("tribunal de commerce"):
        yield case.finding(
            "court-renamed",
            "warning",
            forum,
            _("“{old}” is not this court’s name. Write “{current}”."),
            source="court-renamed.judicial" if current.startswith("tribunal judiciaire") else "",
            old=match[0],
            current=current,
        )


@only(AgreementCase)
def language_of_the_client(case: AgreementCase) -> Findings:
    """French for a French client, who may be the end user."""
    if case.letter.language == "en" and case.deal.prospect.home == "FR":
        sentence = _("The client is in France and may be the end user. Consider a letter in French.")
        yield case.finding("language", "note", "language", sentence)


# --- For others to decide -----------------------------------------------------


def uncapped(case: Case) -> Findings:
    """A supplier that owes a result owes all that its failure costs the client, unless a clause caps it."""
    if case.letter.commitment == "firm" and case.article("liability") is None:
        sentence = _(
            "The supplier owes a result, and nothing caps its liability."
            " Set liability_cap in the [terms] of the house, or promise efforts only."
        )
        yield case.finding("uncapped", "warning", "vendor_commitment", sentence)


def future_feature(case: Case) -> Findings:
    """A promised feature may defer revenue."""
    if case.is_binding:
        sentence = _(
            "A feature promised together with a sale may require revenue to be deferred."
            " Submit this letter to finance."
        )
        yield case.finding("future-feature", "note", "feature.name", sentence)


@only(DeclineCase)
def indicative_date(case: DeclineCase) -> Findings:
    """A date in a decline is one that somebody approved."""
    if case.deal.refusal.earliest:
        sentence = _("The letter names an indicative date. Make sure that the product team approved it.")
        yield case.finding("indicative-date", "note", "decline.earliest", sentence)
