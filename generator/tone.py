"""The checks of what a letter says and how: words that bind, free, promise or hurt (floor 5).

A check reads what the reader reads.  Where the prospect's own request may say
what the house must not, it reads the house's words alone.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from gettext import gettext as _

from generator.characters import fold
from generator.findings import Case, Check, Finding, found_in, own_words, place_of, plain, text_of, wording_of
from generator.letter import Passage
from generator.values import DISCRETION


def _either(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


def _said(
    case: Case, words: re.Pattern[str], read: Callable[[Passage], str] = text_of
) -> Iterator[tuple[str, str]]:
    """Where one of the words stands, and how it is written there; once a passage."""
    for passage in case.passages:
        for found in found_in(f"{plain(passage.title)}\n{read(passage)}", words)[:1]:
            yield place_of(passage), found[0]


# --- What binds ---------------------------------------------------------------

_BUYS = _either(
    r"(?<!ne )s'(?:engage|oblige) (?:\w+ ){0,2}(?:à (?:acheter|commander|souscrire|payer)|à l'achat)",
    r"\bpromet(?:tent)? (?:irrévocablement )?(?:d'acheter|de commander|de souscrire|l'achat)",
    r"\bachète (?:irrévocablement|fermement|définitivement)\b|\bcommande (?:irrévocablement|fermement)\b",
    r"(?<!not )\b(?:undertakes?|commits?|agrees?|promises?|is obliged|is bound) (?:irrevocably )?(?:to|itself to) "
    r"(?:buy|purchase|order|pay|subscribe)",
    r"\bclient shall (?:buy|purchase|order|pay|subscribe)|\birrevocably (?:undertakes|agrees|promises)",
)
_DELIVERS = _either(
    r"fournisseur (?:s'engage|s'oblige) à (?:développer|livrer|fournir)",
    r"fournisseur est tenu (?:de (?:développer|livrer)|d'une obligation)",
    r"supplier (?:undertakes|commits|agrees|promises) to (?:develop|deliver|supply)",
    r"supplier (?:shall|must) (?:develop|deliver|supply)",
)


def level_exceeded(case: Case) -> Iterator[Finding]:
    """A letter that obliges nobody holds no words of obligation."""
    if case.letter.kind == "agreement" and not case.binding:
        for words in (_BUYS, _DELIVERS):
            for where, quote in _said(case, words):
                yield Finding(
                    "level-exceeded",
                    "error",
                    where,
                    _(
                        "“{words}” obliges a party, but this letter obliges nobody to buy or to deliver."
                        " Say what is envisaged, or choose a binding level."
                    ).format(words=quote),
                    "Code civil, art. 1103 et 1124",
                )


_FREES = _either(
    r"\bn'oblige (?:personne|ni |pas |aucune)(?!.{0,20}(?:contracter|au-delà|concl))",
    r"\bsans (?:engagement|obligation) (?:d'achat|de sa part|du client)|\ben aucun cas (?:tenu|obligé) d'acheter",
    r"\b(?:lettre|document|accord) (?:est |reste )?(?:purement |simplement )?indicati(?:f|ve)\b",
    r"\bsubject to contract\b|\bnot legally binding\b|\bnon-binding\b|\bnon contraignante?\b",
    r"\bwithout (?:any )?(?:obligation|commitment) to (?:buy|purchase)",
    r"\bclient (?:is|shall) not (?:be )?(?:obliged|bound) to (?:buy|purchase)",
)


def level_denied(case: Case) -> Iterator[Finding]:
    """A letter that binds does not say that it does not."""
    if case.binding:
        for where, quote in _said(case, _FREES, own_words):
            yield Finding(
                "level-denied",
                "error",
                where,
                _(
                    "“{words}” takes back what this letter commits to. Leave it out, or choose a level that does not bind."
                ).format(words=quote),
                "Code civil, art. 1103 et 1188",
            )


_RESULT = _either(
    r"\bobligation de résultat\b|(?<!ne )\bgaranti(?:t|r) le résultat\b",
    r"\b(?<!not )guarantees? the result\b|\bowes a result\b",
)
_EFFORT = _either(
    r"\bobligation de moyens\b|\bne garantit pas\b|\befforts raisonnables\b|\bmeilleurs efforts\b",
    r"\b(?:reasonable|best|all reasonable) (?:endeavours|efforts)\b|\bdoes not guarantee\b",
)
_CONTRADICTED_BY = {"efforts": (_RESULT,), "firm": (_EFFORT,), "none": (_RESULT, _EFFORT, _DELIVERS)}


def commitment_contradicted(case: Case) -> Iterator[Finding]:
    """The supplier owes efforts, or a result, or nothing: never two of them."""
    if not case.binding:
        return
    for words in _CONTRADICTED_BY[str(case.letter.commitment)]:
        for where, quote in _said(case, words):
            yield Finding(
                "commitment-contradicted",
                "error",
                where,
                _(
                    "“{words}” contradicts the supplier’s commitment in this letter ({commitment})."
                    " Keep one of them."
                ).format(words=quote, commitment=case.letter.commitment),
                "Code civil, art. 1217 et 1231-1",
            )


# --- What decides on acceptance -----------------------------------------------

# In the client's own request, "if the client wishes" speaks of the client's clients.
_OPINION = _either(
    r"\bbon vouloir\b|\bà (?:la|sa|leur) seule appréciation\b|\b(?:s'il|si le client) (?:le )?(?:juge|estime|souhaite|veut)\b",
    r"\b(?:si|que) le client (?:est|soit|se déclare) satisfait\b|\bconvient au client\b",
    r"\bif the client (?:is (?:satisfied|happy)|so wishes|sees fit)\b|\bin the client's opinion\b|\bto suit the client\b",
)


def discretion(case: Case) -> Iterator[Finding]:
    """A debt that hangs on the debtor's will alone is no debt; acceptance hangs on tests."""
    if case.letter.kind == "agreement":
        found = [*_said(case, DISCRETION), *_said(case, _OPINION, wording_of)]
        for where, quote in found:
            yield Finding(
                "discretion",
                "error" if case.binding else "warning",
                where,
                _(
                    "“{words}” leaves the purchase to a party’s opinion."
                    " Write a test whose result anyone can observe."
                ).format(words=quote),
                "Code civil, art. 1304-2",
            )


_VAGUE = _either(
    r"\braisonnable(?:s|ment)?\b|\brapide(?:s|ment)?\b|\bconvivia(?:l|le|les|ux)\b|\bintuiti(?:f|fs|ve|ves)\b",
    r"\bsatisfai(?:t|sant|sants)\b|\bfacile(?:s|ment)?\b|\bergonomiques?\b|\bperformante?s?\b|\bfluides?\b",
    r"\bcorrecte(?:s|ment)?\b|\bmeilleurs délais\b|\bau plus vite\b|\bbonne qualité\b|\bsimple d'emploi\b",
    r"\breasonabl[ey]\b|\bas soon as possible\b|\buser[- ]friendly\b|\b(?:fast|quick|quickly)\b|\bpromptly\b",
    r"\beas(?:y|ily)\b|\bintuitive(?:ly)?\b|\bsmooth(?:ly)?\b|\bproper(?:ly)?\b|\bgood quality\b|\bacceptabl[ey]\b",
)


def vague_test(case: Case) -> Iterator[Finding]:
    """An acceptance test without a measure proves nothing."""
    if case.letter.kind == "decline":
        return
    tests = [(f"feature.acceptance_tests[{n}]", t) for n, t in enumerate(case.deal.feature.acceptance_tests)]
    article = case.article("acceptance")
    sentences = re.split(r"(?<=[.;:])\s", wording_of(article)) if article and article.overrides else []
    tests += [(place_of(article), sentence) for sentence in sentences if article]
    for where, test in tests:
        found = _VAGUE.search(plain(test))
        if found and not re.search(r"\d", test):
            yield Finding(
                "vague-test",
                "warning",
                where,
                _("“{words}” cannot be measured. Write a number, a file or an event that decides.").format(
                    words=found[0]
                ),
                "Code civil, art. 1304-2 et 1353",
            )


# --- What a decline never says ------------------------------------------------

_FUTURE = _either(
    r"\bbientôt\b|\bprochainement\b|\bprévue?s?\b|\bprévoyons\b|\bà venir\b|\bfeuille de route\b|\broadmap\b",
    r"\bprochaines? versions?\b|\bsera (?:bientôt )?(?:disponible|livrée?|développée?|proposée?)\b|\bcourant 20\d\d\b",
    r"\bnous (?:la|le|les|l')\s?(?:développerons|livrerons|ajouterons|proposerons)\b",
    r"(?<!as )\bsoon\b|\bshortly\b|\bupcoming\b|\bplanned\b|\bwe (?:plan|intend) to\b|\b(?:next|future) (?:release|version)s?\b",
    r"\bwill be (?:available|released|delivered|added)\b|\bwe (?:will|shall|'ll) (?:build|develop|add|deliver|release) ",
)


def promise_of_future(case: Case) -> Iterator[Finding]:
    """A decline promises nothing, not even vaguely."""
    if case.letter.kind == "decline":
        for where, quote in _said(case, _FUTURE, own_words):
            yield Finding(
                "future-promise",
                "error",
                where,
                _(
                    "“{words}” may be read as a promise for the future. Leave it out; an indicative date has"
                    " its own key, decline.earliest."
                ).format(words=quote),
                "Code civil, art. 1112 et 1240",
            )


_FAULT = _either(
    r"\bnous (?:reconnaissons|admettons)\b|\b(?:par|de) notre faute\b|\bnotre (?:erreur|négligence)\b",
    r"\bnous (?:nous étions engagés|avions promis)\b|\bwe (?:admit|acknowledge) (?:that|our)\b",
    r"\bour (?:fault|mistake|negligence)\b|\bwe had promised\b",
)


def fault_admitted(case: Case) -> Iterator[Finding]:
    """A decline admits no fault."""
    if case.letter.kind == "decline":
        for where, quote in _said(case, _FAULT, own_words):
            yield Finding(
                "fault-admitted",
                "error",
                where,
                _("“{words}” reads as the admission of a fault. Leave it out, or ask legal.").format(
                    words=quote
                ),
                "Code civil, art. 1240",
            )


_PROTECTED = _either(
    r"\breligi(?:on|ons|eux|euse|euses|ous)\b|\bethni\w+\b|\braciale?s?\b|\bracial\b|\borientation sexuelle\b",
    r"\bsexual orientation\b|\bhandicap(?:é|ée|és|ées)?\b|\bdisabilit(?:y|ies)\b|\bgrossesse\b|\bpregnan\w+\b",
    r"\bnationalité\b|\bnationality\b|\bsyndical\w*\b|\btrade union\b|\bopinions? politiques?\b|\bpolitical opinions?\b",
    r"\bvotre (?:origine|âge|sexe|genre)\b|\byour (?:origin|age|sex|gender)\b",
)


def protected_characteristic(case: Case) -> Iterator[Finding]:
    """A refusal has nothing to do with who the prospect is."""
    if case.letter.kind == "decline":
        for where, quote in _said(case, _PROTECTED, own_words):
            yield Finding(
                "protected-characteristic",
                "warning",
                where,
                _(
                    "“{words}” names a characteristic on which no refusal may rest."
                    " Say what the product serves, not whom it leaves out."
                ).format(words=quote),
                "Code pénal, art. 225-1 et 225-2",
            )


# --- What no letter says ------------------------------------------------------

_HARSH = _either(
    r"\bincompétente?s?\b|\bmédiocres?\b|\bmauvais(?:e|es)?\b|\bridicules?\b|\babsurdes?\b|\bescrocs?\b|\barnaques?\b",
    r"\bmalhonnêtes?\b|\bdouteu(?:x|se|ses)\b|\bpeu sérieu(?:x|se|ses)\b|\bamateurisme\b|\bcatastrophiques?\b",
    r"\bincompetent\b|\brubbish\b|\bterrible\b|\bawful\b|\bpoor quality\b|\buseless\b|\bdishonest\b|\bshoddy\b",
    r"\bridiculous\b|\bstupid\b|\bscam\b|\bunprofessional\b|\bamateurish\b|\binferior\b|\bdodgy\b",
)


def disparaging(case: Case) -> Iterator[Finding]:
    """A letter speaks ill of nobody, competitors included."""
    sentence = _("“{words}” speaks ill of somebody. Say what you do instead.")
    for where, quote in _said(case, _HARSH, own_words):
        yield Finding("disparaging", "error", where, sentence.format(words=quote), "Code civil, art. 1240")
    for key in ("need", "description"):
        if found := _HARSH.search(plain(getattr(case.deal.feature, key) or "")):
            yield Finding(
                "disparaging",
                "warning",
                f"feature.{key}",
                sentence.format(words=found[0]),
                "Code civil, art. 1240",
            )


_CARTEL = _either(
    r"\bprix (?:minimum |minimal )?de revente\b|\bprix imposés?\b|\b(?:aligner|harmoniser) (?:vos|nos|les|leurs) prix\b",
    r"\bs'entend(?:re|ent) sur les prix\b|\brépartir (?:les |nos )?(?:clients|marchés|territoires)\b",
    r"\b(?:minimum )?resale price\b|\bfix(?:ing)? (?:our |the )?prices\b|\balign (?:our|your|their) prices\b",
    r"\b(?:share|allocate) (?:the |our )?(?:customers|markets|territories)\b|\bnot (?:to )?sell below\b",
)


def price_coordination(case: Case) -> Iterator[Finding]:
    """Nobody's prices or markets are agreed on but those of this purchase."""
    for where, quote in _said(case, _CARTEL, own_words):
        yield Finding(
            "price-coordination",
            "error",
            where,
            _(
                "“{words}” speaks of other prices or markets than those of this purchase. Leave it out."
            ).format(words=quote),
            "Code de commerce, art. L420-1 et L442-6 ; TFUE, art. 101",
        )


def other_client(case: Case) -> Iterator[Finding]:
    """A letter names no other client of the house."""
    prospect = fold(case.letter.data["deal"]["prospect"]["name"])
    lines: list[tuple[Passage | str, str]] = [(passage, text_of(passage)) for passage in case.passages]
    lines += [(term.label, " ".join(term.lines)) for term in case.letter.key_terms]
    lines += [(case.letter.title, text) for text in (case.letter.subject, *case.letter.enclosures)]
    folded = [(where, fold(text)) for where, text in lines if case.house.review.clients]
    for client in case.house.review.clients:
        name = fold(client)
        if name in prospect or prospect in name:
            continue
        words = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        found = [where for where, text in folded if words.search(text)]
        if found:
            yield Finding(
                "other-client",
                "error",
                _where(found[0]),
                _("names {client}, another client. Leave the name out.").format(client=client),
                "Code civil, art. 1112-2",
            )


def _where(place: Passage | str) -> str:
    return place if isinstance(place, str) else place_of(place)


# Letters of two alphabets that look alike on paper.
_LOOK_ALIKE = "АВЕКМНОРСТХаеорсухіѕјԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι"
_ALIEN = re.compile(f"[{_LOOK_ALIKE}]")


def mixed_alphabets(case: Case) -> Iterator[Finding]:
    """A Latin word with a Greek or Cyrillic letter in it is not the word that it seems."""
    lines: list[tuple[Passage | str, str]] = [(passage, text_of(passage)) for passage in case.passages]
    lines += [(case.letter.title, line) for line in (*case.letter.addressee, *case.letter.sender)]
    seen: set[str] = set()
    for where, text in lines:
        for word in re.findall(r"\w+", text) if found_in(text, _ALIEN) else ():
            alien = [char for char in word if char in _LOOK_ALIKE]
            latin = any(unicodedata.name(char, "").startswith("LATIN") for char in word)
            if alien and latin and word not in seen:
                seen.add(word)
                yield Finding(
                    "mixed-alphabets",
                    "warning",
                    _where(where),
                    _("“{word}” mixes alphabets that look alike ({name}). Type it again.").format(
                        word=word, name=unicodedata.name(alien[0]).capitalize()
                    ),
                    "Code civil, art. 1132",
                )


CHECKS: tuple[Check, ...] = (
    level_exceeded,
    level_denied,
    commitment_contradicted,
    discretion,
    vague_test,
    promise_of_future,
    fault_admitted,
    protected_characteristic,
    disparaging,
    price_coordination,
    other_client,
    mixed_alphabets,
)
