"""The checks of what a letter says and how: words that bind, free, promise or hurt.

Errors are for the house's own words, which it can change; what the prospect
asks for is the prospect's to say.  The phrases stand in `phrases.toml`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from accord.i18n import _
from accord.letter.letter import Passage
from accord.review.findings import (
    FREE_IN,
    AgreementCase,
    Case,
    Check,
    DeclineCase,
    Finding,
    agreements_only,
    declines_only,
    found_in,
    own_words,
    place_of,
    text_of,
    told,
    wording_of,
)
from accord.text import phrases
from accord.text.characters import fold, plain


def _said(
    case: Case,
    topic: str,
    read: Callable[[Passage], str] = own_words,
    *,
    apart_from: tuple[str, ...] = (),
) -> Iterator[tuple[str, str]]:
    """Where a topic is spoken of, and the words; once a passage."""
    for passage in case.passages:
        if passage.id in apart_from:
            continue
        if found := case.says(topic, f"{plain(passage.title)}.\n\n{read(passage)}"):
            yield place_of(passage), found


# --- What binds ---------------------------------------------------------------


@agreements_only
def level_exceeded(case: AgreementCase) -> Iterator[Finding]:
    """A letter that obliges nobody holds no words of obligation."""
    if case.binding:
        return
    for topic in ("buys", "delivers"):
        for where, quote in _said(case, topic):
            yield case.found("level-exceeded", "error", where, quote)
    if found := case.says("buys", plain(case.deal.decision.item or "")):
        yield case.found("level-exceeded", "warning", "decision.item", found)


def level_denied(case: Case) -> Iterator[Finding]:
    """A letter that binds does not say that it does not."""
    if case.binding:
        for where, quote in _said(case, "frees"):
            yield case.found("level-denied", "error", where, quote)


# What contradicts each commitment of the supplier: the topic, and the one article it is looked for in.
_CONTRADICTED_BY = {
    "efforts": (("result", ""),),
    "firm": (("efforts", "vendor-commitment"), ("means", ""), ("no-result", "")),
    "none": (("result", ""), ("efforts", "vendor-commitment"), ("means", ""), ("delivers", "")),
}


def commitment_contradicted(case: Case) -> Iterator[Finding]:
    """The supplier owes efforts, or a result, or nothing: never two of them."""
    if not case.binding:
        return
    others = tuple(passage.id for passage in case.passages if passage.id != "vendor-commitment")
    for topic, article in _CONTRADICTED_BY[str(case.letter.commitment)]:
        apart = others if article else ("force-majeure", "cooperation")
        for where, quote in _said(case, topic, apart_from=apart):
            yield case.finding(
                "commitment-contradicted",
                "error",
                where,
                _(
                    "“{words}” contradicts the supplier’s commitment in this letter ({commitment})."
                    " Keep one of them."
                ).format(words=quote, commitment=case.letter.commitment),
            )


# --- What decides on acceptance -----------------------------------------------


@agreements_only
def discretion(case: AgreementCase) -> Iterator[Finding]:
    """A debt that hangs on the debtor's will alone is no debt; acceptance hangs on tests."""
    free_in = (*FREE_IN, *(("vendor-commitment",) if case.letter.commitment == "none" else ()))
    found = {
        where: quote
        for topic in ("wish", "at-will", "opinion")
        for where, quote in _said(case, topic, wording_of, apart_from=free_in)
    }
    for where, quote in found.items():
        yield case.found("discretion", "error" if case.binding else "warning", where, quote)


@agreements_only
def vague_test(case: AgreementCase) -> Iterator[Finding]:
    """An acceptance test without a measure proves nothing."""
    tests = [
        (f"feature.acceptance_tests[{n}]", plain(t))
        for n, t in enumerate(case.deal.feature.acceptance_tests, 1)
    ]
    article = case.article("acceptance")
    if article and article.overrides:
        tests += [(place_of(article), sentence) for sentence in phrases.sentences(wording_of(article))]
    for where, test in tests:
        found = case.says("vague", test)
        if found and not case.says("measure", test):
            yield case.finding(
                "vague-test",
                "warning",
                where,
                _("“{words}” cannot be measured. Write a number, a file or an event that decides.").format(
                    words=found
                ),
            )


# --- What a decline never says ------------------------------------------------


@declines_only
def promise_of_future(case: DeclineCase) -> Iterator[Finding]:
    """A decline promises nothing, not even vaguely."""
    for where, quote in _said(case, "future"):
        sentence = told("future-promise")
        if case.deal.refusal.reason == "date-not-feasible":
            sentence = _(
                "“{words}” may be read as a promise for the future. Leave it out; an indicative date has"
                " its own key, decline.earliest."
            )
        yield case.finding("future-promise", "error", where, sentence.format(words=quote))


@declines_only
def fault_admitted(case: DeclineCase) -> Iterator[Finding]:
    """A decline admits no fault."""
    for where, quote in _said(case, "fault"):
        yield case.found("fault-admitted", "error", where, quote)


@declines_only
def protected_characteristic(case: DeclineCase) -> Iterator[Finding]:
    """A refusal has nothing to do with who the prospect is."""
    for where, quote in _said(case, "protected"):
        yield case.found("protected-characteristic", "warning", where, quote)


# --- What no letter says ------------------------------------------------------


def disparaging(case: Case) -> Iterator[Finding]:
    """A letter speaks ill of nobody, competitors included."""
    said = {where: quote for topic in ("scornful", "harsh") for where, quote in _said(case, topic)}
    for where, quote in said.items():
        yield case.found("disparaging", "error", where, quote)
    for key in ("need", "description"):
        if found := case.says("harsh", plain(getattr(case.deal.feature, key) or "")):
            yield case.found("disparaging", "warning", f"feature.{key}", found)


def price_coordination(case: Case) -> Iterator[Finding]:
    """Nobody's prices or markets are agreed on but those of this purchase."""
    for where, quote in _said(case, "cartel"):
        yield case.found("price-coordination", "error", where, quote)


_FORMS = "sarl|sasu?|sa|sci|scop|snc|eurl|earl|ei|ltd|limited|llp|llc|plc|inc|gmbh|ag|srl|bv|nv"


@lru_cache(maxsize=phrases.MANY)
def _spelt(text: str) -> str:
    """A text without what people write otherwise in a company's name: case, hyphens, points, "and"."""
    text = re.sub(r"[-‐–'’.,]", " ", fold(text))
    return " ".join(re.sub(r"&|\bet\b|\band\b", " & ", text).split())


def _company(name: str) -> str:
    """A company's name, spelt plainly and without its legal form."""
    return re.sub(rf"^(?:{_FORMS}) | (?:{_FORMS})$", "", _spelt(name))


def _holds(text: str, name: str) -> bool:
    """Whether the words of a name stand in a text, both spelt plainly."""
    return bool(name) and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _names(text: str, client: str) -> bool:
    """Whether a text names a client; a name of one word may be a common word in small letters."""
    name = _company(client)
    if not _holds(_spelt(text), name):
        return False
    return " " in name or any(
        _spelt(word) == name and (word[0].isupper() or word == client) for word in re.findall(r"[\w.]+", text)
    )


def other_client(case: Case) -> Iterator[Finding]:
    """A letter names no other client of the house."""
    prospect = _company(case.letter.data["deal"]["prospect"]["name"])
    if not case.house.review.clients:
        return
    lines: list[tuple[Passage | str, str]] = [(passage, text_of(passage)) for passage in case.passages]
    lines += [(term.label, " ".join(term.lines)) for term in case.letter.key_terms]
    lines += [(case.letter.title, text) for text in (case.letter.subject, *case.letter.enclosures)]
    for client in case.house.review.clients:
        if _holds(prospect, _company(client)) or _holds(_company(client), prospect):
            continue
        where = next((where for where, text in lines if _names(plain(text), client)), None)
        if where is not None:
            yield case.finding(
                "other-client",
                "error",
                _where(where),
                _("names {client}, another client. Leave the name out.").format(client=client),
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
                yield case.finding(
                    "mixed-alphabets",
                    "warning",
                    _where(where),
                    _("“{word}” mixes alphabets that look alike ({name}). Type it again.").format(
                        word=word, name=unicodedata.name(alien[0]).capitalize()
                    ),
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
