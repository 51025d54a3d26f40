"""The checks of what a letter says and how: words that bind, free, promise or hurt.

Errors are for the house's own words, which it can change; what the prospect
asks for is the prospect's to say.  The phrases stand in `phrases.toml`.
"""

import re
import unicodedata
from functools import lru_cache

from accord.i18n import _
from accord.letter.letter import Passage
from accord.review.findings import (
    FREE_IN,
    AgreementCase,
    Case,
    Findings,
    Severity,
    matches_in,
    mentions,
    only,
    place_of,
    sentence_of,
    text_of,
    wording_of,
)
from accord.text import judgement, observation, phrases
from accord.text.characters import fold, plain

# --- What binds ---------------------------------------------------------------


@only(AgreementCase)
def level_exceeded(case: AgreementCase) -> Findings:
    """A letter that obliges nobody holds no words of obligation."""
    if case.is_binding:
        return
    for where, words in mentions(case, "buys", "delivers"):
        yield case.finding("level-exceeded", "error", where, words=words)
    if request := case.words_on("buys", plain(case.deal.decision.item or "")):
        yield case.finding("level-exceeded", "warning", "decision.item", words=request)


def level_denied(case: Case) -> Findings:
    """A letter that binds does not say that it does not."""
    for where, words in mentions(case, "frees") if case.is_binding else ():
        yield case.finding("level-denied", "error", where, words=words)


# What contradicts each commitment of the supplier: the topic, and the one article it is looked for in.
_CONTRADICTED_BY = {
    "efforts": (("result", ""),),
    "firm": (("efforts", "vendor-commitment"), ("means", ""), ("no-result", "")),
    "none": (("result", ""), ("efforts", "vendor-commitment"), ("means", ""), ("delivers", "")),
}


def commitment_contradicted(case: Case) -> Findings:
    """The supplier owes efforts, or a result, or nothing: never two of them."""
    if not case.is_binding:
        return
    sentence = _(
        "“{words}” contradicts the supplier’s commitment in this letter ({commitment}). Keep one of them."
    )
    commitment = case.letter.commitment
    others = tuple(passage.id for passage in case.passages if passage.id != "vendor-commitment")
    for topic, article in _CONTRADICTED_BY[str(commitment)]:
        apart_from = others if article else ("force-majeure", "cooperation")
        for where, words in mentions(case, topic, apart_from=apart_from):
            yield case.finding(
                "commitment-contradicted", "error", where, sentence, words=words, commitment=commitment
            )


@only(AgreementCase)
def price_at_will(case: AgreementCase) -> Findings:
    """A price that one party may change alone is no price agreed."""
    for where, words in mentions(case, "price-at-will") if case.is_binding else ():
        yield case.finding("price-at-will", "error", where, words=words)


@only(AgreementCase, law="FR")
def penalty_beyond_the_judge(case: AgreementCase) -> Findings:
    """A judge may always reduce a penalty that is manifestly excessive."""
    penalty = case.article("penalty")
    if penalty and (words := case.words_on("no-judge", wording_of(penalty))):
        yield case.finding("penalty-excessive", "warning", penalty, sentence_of("no-judge"), words=words)


# --- What decides on acceptance -----------------------------------------------


@only(AgreementCase)
def discretion(case: AgreementCase) -> Findings:
    """A debt that hangs on the debtor's will alone is no debt; acceptance hangs on tests."""
    free_in = (*FREE_IN, *(("vendor-commitment",) if case.letter.commitment == "none" else ()))
    if not case.is_binding:
        free_in += ("nature", "purchase", "vendor-commitment", "negotiation")
    found = dict(mentions(case, "wish", "at-will", "opinion", text_in=wording_of, apart_from=free_in))
    for passage in case.passages:
        if passage.id not in free_in and (
            words := judgement.find(wording_of(passage), case.letter.language, in_a_clause=True)
        ):
            found.setdefault(place_of(passage), words)
    for where, words in found.items():
        yield case.finding("discretion", "error" if case.is_binding else "warning", where, words=words)


@only(AgreementCase)
def test_of_opinion(case: AgreementCase) -> Findings:
    """An acceptance test has a result that anyone can observe, not one that somebody likes."""
    sentence = _(
        "“{words}” leaves acceptance to somebody’s opinion. Write what is done and the result that anyone"
        " can observe: a number, a file, a total."
    )
    for number, test in enumerate(case.deal.feature.acceptance_tests, 1):
        if opinion := judgement.in_test(plain(test), case.letter.language):
            # Bare will makes the debt void; what somebody judges, a court may still measure.
            severity: Severity = "error" if opinion.at_will and case.is_binding else "warning"
            where = f"feature.acceptance_tests[{number}]"
            yield case.finding("discretion", severity, where, sentence, words=opinion.words)


@only(AgreementCase)
def vague_test(case: AgreementCase) -> Findings:
    """An acceptance test without a measure proves nothing."""
    language = case.letter.language
    for number, test in enumerate(case.deal.feature.acceptance_tests, 1):
        where, text = f"feature.acceptance_tests[{number}]", plain(test)
        if words := _unmeasured(case, text):
            yield case.finding("vague-test", "warning", where, words=words)
        elif not judgement.in_test(text, language) and not observation.is_possible(text, language):
            sentence = _(
                "shows nothing that anyone can count, see or compare. Write what is done and what follows:"
                " a number, a file, a message."
            )
            yield case.finding("vague-test", "warning", where, sentence)
    article = case.article("acceptance")
    if article and article.overrides:
        for said in phrases.sentences(wording_of(article)):
            if words := _unmeasured(case, said):
                yield case.finding("vague-test", "warning", article, words=words)


def _unmeasured(case: Case, text: str) -> str | None:
    """The vague words of a text that gives no measure."""
    # "… when the scale is stable" is what is waited for; what is shown stands before.
    result = re.split(r",? \b(?:quand|lorsque|dès que|tant que|when|once|while|as long as)\b ", text)[0]
    shown = result if observation.is_possible(result, case.letter.language) else text
    words = case.words_on("vague", phrases.without_quotations(shown))
    return None if case.words_on("measure", text) else words


# --- What no letter says ------------------------------------------------------


_FORMS = "sarl|sasu?|sa|sci|scop|snc|eurl|earl|ei|ltd|limited|llp|llc|plc|inc|gmbh|ag|srl|bv|nv"


@lru_cache(maxsize=phrases.MANY)
def _spelt(text: str) -> str:
    """A text without what people write otherwise in a company's name: case, hyphens, points, "and"."""
    text = re.sub(r"[-‐–'’.,]", " ", fold(text))
    return " ".join(re.sub(r"&|\bet\b|\band\b", " & ", text).split())


def _company(name: str) -> str:
    """A company's name, spelt plainly and without its legal form."""
    return re.sub(rf"^(?:{_FORMS}) | (?:{_FORMS})$", "", _spelt(name))


def _contains(text: str, name: str) -> bool:
    """Whether the words of a name stand in a text, both spelt plainly."""
    return bool(name) and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _names(text: str, client: str) -> bool:
    """Whether a text names a client; a name of one word may be a common word in small letters."""
    name = _company(client)
    if not _contains(_spelt(text), name):
        return False
    return " " in name or any(
        _spelt(word) == name and (word[0].isupper() or word == client) for word in re.findall(r"[\w.]+", text)
    )


def other_client(case: Case) -> Findings:
    """A letter names no other client of the house."""
    prospect = _company(case.letter.data["deal"]["prospect"]["name"])
    if not case.house.review.clients:
        return
    texts = _texts_of_passages(case)
    texts += [(term.label, " ".join(term.lines)) for term in case.letter.key_terms]
    texts += [(case.letter.title, text) for text in (case.letter.subject, *case.letter.enclosures)]
    for client in case.house.review.clients:
        if _contains(prospect, _company(client)) or _contains(_company(client), prospect):
            continue
        where = next((where for where, text in texts if _names(plain(text), client)), None)
        if where is not None:
            sentence = _("names {client}, another client. Leave the name out.")
            yield case.finding("other-client", "error", where, sentence, client=client)


def _texts_of_passages(case: Case) -> list[tuple[Passage | str, str]]:
    return [(passage, text_of(passage)) for passage in case.passages]


# Cyrillic and Greek letters that look like Latin ones on paper.
_LOOK_ALIKE = re.compile("[АВЕКМНОРСТХаеорсухіѕјԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι]")


def mixed_alphabets(case: Case) -> Findings:
    """A Latin word with a Greek or Cyrillic letter in it is not the word that it seems."""
    texts = _texts_of_passages(case)
    texts += [(case.letter.title, line) for line in (*case.letter.addressee, *case.letter.sender)]
    reported: set[str] = set()
    for where, text in texts:
        for word in re.findall(r"\w+", text) if matches_in(text, _LOOK_ALIKE) else ():
            alien = _LOOK_ALIKE.search(word)
            latin = any(unicodedata.name(char, "").startswith("LATIN") for char in word)
            if alien and latin and word not in reported:
                reported.add(word)
                sentence = _("“{word}” mixes alphabets that look alike ({name}). Type it again.")
                name = unicodedata.name(alien[0]).capitalize()
                yield case.finding("mixed-alphabets", "warning", where, sentence, word=word, name=name)
