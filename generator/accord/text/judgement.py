"""Who judges what in a sentence: whether somebody on the client's side decides by opinion.

A small grammar, not an understanding: it finds the subject of a verb of judgement
(approves, likes, is satisfied, finds suitable, suits …), whatever its tense or voice,
and what is judged.  What the software itself handles (orders, leave, comments) may be
approved as one likes; the feature, its result and its acceptance may not.  The words
stand in `judgement.toml`.  Texts come with straight apostrophes (`characters.plain`).

Inflections are made here: regular ones take two short rules, the others are data.  A
library of lemmas (simplemma: 19 MB, 0.4 s at first use) would tell "juge" the judge from
"juge" the verb no better, which only the sentence does.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from accord.text import phrases
from accord.text.phrases import Language

_NOUNS = ("client", "people", "outsiders", "systems", "things", "soft", "own")
_VERBS = ("approve", "like", "judge", "please", "mind")
# What these verbs please is always said.
_NEEDS_A_PERSON = {
    "va",
    "vont",
    "ira",
    "aille",
    "parle",
    "parlent",
    "sourit",
    "suffit",
    "suffisent",
    "suffira",
}
_QUANTITY = re.compile(
    r"[\d%]+|none|most|many|some|all|each|half|majority|aucune?|chacune?|plupart|majorité|moitié|cent|quart|tiers|deux|trois|quatre",
    re.IGNORECASE,
)
_PERSONS, _JUDGED, NAMED = {"client", "people"}, {"things", "soft"}, {"things", "soft", "own"}
_NAMED_FIRST = ("things", "soft", "own")
_TOKENS = {"fr": re.compile(r"[\w&-]+'?|[^\w\s]"), "en": re.compile(r"\w+n't|[\w&-]+|'s\b|[^\w\s]")}
_ADVERBS = re.compile(
    r"\w{3,}ment|\w{2,}ly|pas|plus|bien|toujours|déjà|aussi|encore|tout|très|ainsi|alors|fort|assez|enfin|also|all|then"
    r"|very|now|quite|fully|just|both|themselves|itself|himself|herself|lui-même|elle-même|eux-mêmes|so|too|finally|off|on$"
)


@dataclass(frozen=True)
class Word:
    """A word of a sentence; several words that mean one thing are one."""

    text: str
    start: int
    """where it begins in the sentence"""
    end: int
    tags: frozenset[str]
    """the lists of `judgement.toml` that it is in"""


# Of a sentence, judged at a time, lest a text without full stops take quadratic time: far longer than any sound one.
_PIECE = re.compile(r".{1,2000}(?!\S)|.{1,2000}", re.DOTALL)
_MOST_EARLIER = 400  # words


@lru_cache(maxsize=phrases.MANY)
def find(text: str, language: Language, *, in_a_clause: bool = False) -> str | None:
    """The words by which a text leaves acceptance to somebody's judgement; None if there are none.

    In a clause, which speaks of the parties' other dealings too, the thing judged must be named.
    """
    earlier: list[Word] = []
    for piece in (piece for sentence in phrases.sentences(text) for piece in _PIECE.findall(sentence)):
        reading = _Reading(piece, language, earlier, in_a_clause=in_a_clause)
        if words := reading.judgement():
            return words.strip(" ,;:.").replace("'", "’")
        earlier = [*earlier, *reading.words][-_MOST_EARLIER:]
    return None


@dataclass(frozen=True)
class Opinion:
    """Words that leave something to somebody's opinion."""

    words: str
    """as a letter prints them"""
    at_will: bool
    """whether they leave it to a bare will, "for any reason", rather than to a judgement"""


@lru_cache(maxsize=phrases.MANY)
def in_test(text: str, language: Language) -> Opinion | None:
    """The opinion that an acceptance test leaves its result to; None if anyone can observe it."""
    for sentence in phrases.sentences(text):
        for topic in ("at-will", "opinion", "liking"):
            words = phrases.find(topic, phrases.without_quotations(sentence), language)
            is_free = topic != "opinion" and phrases.find("free-choice", sentence, language)
            if not words or is_free:
                continue
            if not _is_handled(sentence, words.replace("’", "'"), language, at_will=topic == "at-will"):
                return Opinion(words, at_will=topic == "at-will")
    words = find(text, language)
    return Opinion(words, at_will=False) if words else None


def _is_handled(sentence: str, words: str, language: Language, *, at_will: bool) -> bool:
    """Whether words speak of what the software handles: "a comment left to the inspector's discretion"."""
    start = sentence.find(words)
    end = start + len(words)
    if _lexicon(language).void.search(sentence[:end]):
        return True
    read_words = read(sentence, language)
    named = [
        kind
        for word in read_words
        if word.start < (end if at_will else start) and (kind := _thing(word)) in NAMED
    ]
    persons = [
        kind
        for word in read_words
        if word.end <= end and (kind := _kind_of(word)) in {*_PERSONS, "outsiders"}
    ]
    return named[-1:] == ["own"] or (bool(persons) and set(persons) == {"outsiders"})


class _Reading:
    """One sentence, its words and what they are."""

    def __init__(
        self, sentence: str, language: Language, earlier: Sequence[Word], *, in_a_clause: bool
    ) -> None:
        """`earlier` are the words that a pronoun may stand for."""
        self.sentence, self.language, self.in_a_clause = sentence, language, in_a_clause
        self.earlier = tuple(earlier)
        self.words = read(sentence, language)
        self.kinds = [_kind_of(word) for word in self.words]

    def judgement(self) -> str | None:
        """The words of the first judgement that the sentence leaves to somebody; None if there is none."""
        rules: Mapping[str, Callable[[int], int | None]] = {
            "judge.finite": self._deems,
            "judge.infinitive": self._deems,
            "judge.participle": self._deemed,
            "approve.finite": self._approves,
            "approve.infinitive": self._approves,
            "approve.participle": self._approved,
            "like.finite": self._likes,
            "like.infinitive": self._likes,
            "like.participle": self._approved,
            "please.finite": self._pleases,
            "please.infinitive": self._pleases,
            "mind.finite": self._likes,
            "mind.infinitive": self._likes,
            "happy": self._is_happy,
            "satisfied": self._is_happy,
            "good": self._good_for,
            "approval": self._approval,
        }
        for i, word in enumerate(self.words):
            for tag, rule in rules.items():
                if tag in word.tags and (last := rule(i)) is not None and not self._denied(i):
                    return self._excerpt(i, last)
        return None

    # --- Verbs ------------------------------------------------------------------

    def _deems(self, i: int) -> int | None:
        """As in "finds the screen suitable", "estime que": where the opinion ends."""
        if self._is_noun(i):
            return None
        _at, who = self._subject(i)
        if who in {"systems", "own", "none"} or (who in _JUDGED):
            return None
        what, last = self._object(i)
        if what == "that" or self._says(i):
            rest = self.words[i + 1 : i + 12]
            is_own = any(_thing(word) == "own" for word in rest) and not any(
                "good" in word.tags or _thing(word) == "things" for word in rest
            )
            is_else = self.in_a_clause and not any(_thing(word) in _JUDGED for word in rest)
            return None if is_own or is_else or who not in _PERSONS else last
        good = next((k for k in self._after(i, 9) if self.words[k].tags & {"good", "finished"}), None)
        if (
            good is None
            or not self._is_predicate(good)
            or (what == "own" and not self._compares(good) and not self._finds(i))
        ):
            return None
        if who == "outsiders" and what != "things":
            return None
        return good

    def _deemed(self, i: int) -> int | None:
        """As in "is considered acceptable", "jugé convenable"."""
        good = next((k for k in self._after(i, 5) if self.words[k].tags & {"good", "finished"}), None)
        if good is None or not self._is_predicate(good):
            return None
        if self._auxiliary(i) == "have":
            return self._deems(i)
        _at, what = self._subject(i)
        _at, agent = self._agent(i)
        if agent in {"systems", "outsiders"} or what in {"own", "client", "people"}:
            return None
        return good

    def _approves(self, i: int) -> int | None:
        """As in "the Client approves the layout"."""
        if self._is_noun(i):
            return None
        _at, who = self._subject(i)
        what, last = self._object(i)
        if "approve.infinitive" in self.words[i].tags and self._is_capability(i):
            is_free = who == "client" and what == "things"
            return last if is_free else None
        return last if self._counts(i, who, what) else None

    def _approved(self, i: int) -> int | None:
        """As in "the layout is approved by the Client", "the Client has approved it"."""
        at, agent = self._agent(i)
        auxiliary = self._auxiliary(i)
        if agent == "none" and auxiliary != "be" and (auxiliary == "have" or self.language == "en"):
            _at, who = self._subject(i)
            if who in _PERSONS or auxiliary == "have":
                what, last = self._object(i)
                return last if self._counts(i, who, what) else None
        if agent == "none" and self.language == "fr" and auxiliary == "":
            return None
        _at, what = self._subject(i)
        if agent == "none":
            shows = {"screen", "layout", "écran", "maquette", "design", "mise_en_page"}
            named = self.words[_at].text.lower() in shows if _at is not None else False
            return i if what == "things" and named else None
        if what in {"unknown", "none", "they"}:
            what = "unknown" if what == "unknown" else self._antecedent(i)
        return at if self._counts(i, agent, what) else None

    def _likes(self, i: int) -> int | None:
        """As in "users like the screen"."""
        if self._is_noun(i) or (
            self.language == "en" and self.words[i].text in {"like", "love"} and not self._follows_person(i)
        ):
            return None
        if i and self.words[i - 1].text in {"would", "'d", "should"}:
            return None  # "would like a receipt"
        _at, who = self._subject(i)
        what, last = self._object(i)
        if self.words[i].tags & {"like.infinitive", "mind.infinitive"} and self._is_capability(i):
            return None
        if who in {"unknown", "outsiders"}:
            return last if what == "things" else None
        return (
            last
            if who in _PERSONS
            and not (what == "own" and self._has_effect())
            and not (what == "none" and self._own())
            else None
        )

    def _pleases(self, i: int) -> int | None:
        """As in "the layout suits the board", "l'écran leur plaît"."""
        word = self.words[i]
        is_polite = self.language == "en" and word.text.lower() == "please" and not self._left(i, "must", 3)
        if self._is_noun(i) or is_polite:
            return None
        if i and self.language == "fr" and self.words[i - 1].text.lower() in self._list("persons_clitic"):
            is_other = self._own() or self.in_a_clause
            return None if is_other and not self._mentions_judged() else i
        _at, subject = self._subject(i)
        if subject in {"own", *_PERSONS, "outsiders"} or (self.in_a_clause and subject not in _JUDGED):
            return None
        whom = next((k for k in self._after(i, 4) if self._kind(k) or self._is_person_pronoun(k)), None)
        if whom is not None:
            return whom if self._is_person_pronoun(whom) or self._kind(whom) in _PERSONS else None
        return i if self._pleases_at_large(i, subject) else None

    def _is_person_pronoun(self, k: int) -> bool:
        return self.words[k].text.lower() in self._list("persons_clitic")

    def _pleases_at_large(self, i: int, subject: str) -> bool:
        """As in "si l'écran plaît": whom, is not said."""
        text = self.words[i].text
        takes_a_person = text.startswith("satisf") or text in _NEEDS_A_PERSON
        if self.language == "en" or takes_a_person or self._left(i, "be", 2):
            return False
        is_last = i + 1 >= len(self.words) or self._ends(i + 1)
        return is_last and subject in {"things", "soft", "they"}

    def _is_happy(self, i: int) -> int | None:
        """As in "the Client is satisfied with the result"."""
        be = self._left(i, "be", 4)
        after = self.words[i + 1].tags if i + 1 < len(self.words) else frozenset()
        if not be and not (after & {"with", "of", "that"} and "satisfied" in self.words[i].tags):
            return None
        _at, who = self._subject(i)
        # Conditions are satisfied too; happy are persons alone.
        is_thing = who in {"outsiders", "systems", *NAMED}
        if is_thing or ("satisfied" in self.words[i].tags and who not in _PERSONS):
            return None
        if i + 2 < len(self.words) and self.words[i + 1].text == "to" and not self.words[i + 2].tags:
            return None  # "we are happy to help"
        what, last = self._object(i, through=("with", "of", "to", "by"))
        if what in {"own", "none"} and self._own() and self._has_effect():
            return None
        if self.in_a_clause and what == "pronoun" and self._antecedent(i) not in _JUDGED:
            return None
        return last if what != "none" else i

    def _good_for(self, i: int) -> int | None:
        """As in "acceptable to the board", "pratique pour les utilisateurs"."""
        if i + 1 >= len(self.words) or "to" not in self.words[i + 1].tags:
            return None
        _at, what = self._subject(i)
        person = next((k for k in self._after(i + 1, 3) if self._kind(k)), None)
        if what in {"own", *_PERSONS} or person is None:
            return None
        return person if self._kind(person) in _PERSONS else None

    # --- Nouns of judgement -------------------------------------------------------

    def _approval(self, i: int) -> int | None:
        """As in "subject to the board's approval", "après validation de l'écran par la direction"."""
        before = self.words[max(0, i - 6) : i]
        if self._is_modifier(i) or not (
            self._is_heading(i)
            or any(word.tags & {"needs", "have"} for word in before)
            or any("decides" in word.tags for word in self.words[i + 1 : i + 12])
        ):
            return None
        who, what, last = self._approver(i)
        if who == "none":
            pending = {"réserve", "subject", "pending", "conditional", "contingent"}
            is_pending = any(word.text.lower().split("_")[-1] in pending for word in before)
            return i if is_pending and not self._own() else None
        if what != "things" and (self._own() or (who == "people" and self._has_effect())):
            return None
        is_unnamed = what == "none" and self.in_a_clause and not self._mentions_judged()
        return None if who not in _PERSONS or what == "own" or is_unnamed else last

    def _is_heading(self, i: int) -> bool:
        """Whether a test is nothing but an approval: "written approval of the board"."""
        before = self.words[:i]
        is_first = all(word.tags <= {"good", "the", "any"} for word in before) and len(before) < 3
        return (
            is_first
            and "opinion" not in self.words[i].tags
            and not any("be" in word.tags for word in self.words)
        )

    def _is_modifier(self, i: int) -> bool:
        """Whether a noun of judgement is part of another: "approval workflow", "bouton de validation"."""
        if self.language == "en":
            following = self._kind(i + 1) if i + 1 < len(self.words) else ""
            return i + 1 < len(self.words) and (self._is_plain_word(i + 1) or following in NAMED)
        return i > 1 and "of" in self.words[i - 1].tags and "needs" not in self.words[i - 2].tags

    def _approver(self, i: int) -> tuple[str, str, int]:
        """Who approves, what is approved and where that is said, around a noun of judgement."""
        who, what, last = "none", "none", i
        k = i + 1
        while k < len(self.words) and k < i + 14 and not self._ends(k):
            kind = self._kind(k)
            if kind in _PERSONS | {"outsiders", "systems"} and who == "none":
                who, last = self._side(k, kind), k
                if who == "client":
                    break
            elif kind in NAMED and what == "none":
                what, last = kind, k
            elif self.words[k].tags & {"if", "and", "must", "be"} and who != "none":
                break
            k += 1
        if who == "none":
            for k in range(i - 1, max(-1, i - 6), -1):
                is_genitive = k + 1 < len(self.words) and self.words[k + 1].text in {"'s", "'"}
                if is_genitive and self._kind(k) in _PERSONS:
                    who = self._side(k, self._kind(k))
                    break
            else:
                owner = {"its", "their", "your", "our", "son", "votre", "notre", "leur"}
                gives = any(
                    word.text.lower().startswith(("giv", "grant", "withh", "donn")) for word in self.words[:i]
                )
                is_owned = i > 0 and self.words[i - 1].text.lower() in owner
                if (is_owned or gives) and (person := self._person_before(i)) is not None:
                    who = "client" if is_owned else self._side(person, self._kind(person))
        return who, what, last

    # --- Who and what -------------------------------------------------------------

    def _counts(self, i: int, who: str, what: str) -> bool:
        """Whether a judgement of this person on this object is one of acceptance."""
        if what == "pronoun":
            what = self._antecedent(i)
        if what == "own" or who in {"systems", "outsiders", *NAMED}:
            return False
        if who not in _PERSONS:
            # A test tool may accept an export, but no tool approves a screen.
            handles = self.words[i].text.lower().startswith(("accept", "confirm", "agree", "refus", "reject"))
            return who == "unknown" and what == "things" and not handles and not self._has_effect()
        if what == "things":
            return True
        if self.in_a_clause and what == "that":
            start = self._segment(i)
            return who == "client" and start > 0 and "if" in self.words[start - 1].tags
        if self.in_a_clause:
            is_relative = any("who" in word.tags for word in self.words[:i])
            return what == "soft" or (what == "none" and not is_relative and self._mentions_judged())
        return self._counts_in_a_test(i, who, what)

    def _counts_in_a_test(self, i: int, who: str, what: str) -> bool:
        """The same where the object may be the feature or what the feature handles."""
        if what == "that":
            has_number = any(word.text[0].isdigit() for word in self.words[i + 1 :])
            return not has_number and not self._own() and not (who == "people" and self._has_effect())
        if self._has_effect():
            return False
        if what == "unknown":
            return who == "client" and not self._is_any(i) and not self._own()
        return what == "soft" or not self._own()

    def _subject(self, i: int) -> tuple[int | None, str]:
        """The noun that a verb has as its subject, and what it is."""
        end, start = i, self._segment(i)
        while True:
            nouns = [k for k in range(start, end) if self._kind(k) and not self._is_complement(k, start)]
            if nouns and not (end < i and self._is_aside(start)):
                # Before "and approves", the first noun is the subject; what follows it is an object.
                noun = nouns[-1] if end == i else nouns[0]
                return noun, self._side(noun, self._kind(noun))
            if any("they" in self.words[k].tags for k in range(start, end)):
                person = self._person_before(start)
                return person, self._side(person, self._kind(person)) if person is not None else "they"
            opens = self.words[start].tags if start < end else frozenset()
            if any(self._is_plain_word(k) for k in range(start, end)) and not opens & {
                "with",
                "to",
                "of",
                "by",
            }:
                return None, "unknown"
            if not start:
                return None, "none"
            if "who" in self.words[start - 1].tags:
                before = [k for k in range(start - 1) if self._kind(k)]
                return (
                    (before[-1], self._side(before[-1], self._kind(before[-1])))
                    if before
                    else (None, "unknown")
                )
            end, start = start - 1, self._segment(start - 1)

    def _relative(self, i: int) -> int | None:
        """The noun before "that the Client approves", if a verb stands in such a clause."""
        start = self._segment(i)
        opener = self.words[start - 1] if start else None
        nouns = [k for k in range(start, i) if self._kind(k) or "they" in self.words[k].tags]
        if opener is None or not opener.tags & {"that", "who"} or not nouns or not self._is_relative(start):
            return None
        return next(k for k in range(start - 2, -1, -1) if self._kind(k))

    def _is_relative(self, start: int) -> bool:
        """Whether "that" follows a noun, "the date that …", perhaps with an adjective, rather than a verb."""
        for k in range(start - 2, max(-1, start - 5), -1):
            if self._kind(k) and not self.words[k].tags & {f"{verb}.finite" for verb in _VERBS}:
                return True
            if not self._is_plain_word(k) and not _ADVERBS.fullmatch(self.words[k].text):
                return False
        return False

    def _is_aside(self, start: int) -> bool:
        """Whether ", having tried it," stands between a subject and its verb."""
        word = self.words[start]
        return "have" in word.tags or word.text.endswith(("ing", "ant"))

    def _object(self, i: int, through: Iterable[str] = ()) -> tuple[str, int]:
        """What a verb's object is, and where it ends."""
        has_preposition = self.words[i].text.lower().startswith(("agree", "object", "sign"))
        through = {*through, "to", "with"} if has_preposition else {*through}
        is_clitic = i and self.language == "fr" and "clitic" in self._before_auxiliary(i).tags
        if is_clitic and self._segment(i) < i - 1:
            return "pronoun", i
        if (antecedent := self._relative(i)) is not None:
            return _thing(self.words[antecedent]) or "unknown", i
        k = i + 1
        while k < len(self.words) and (
            _ADVERBS.fullmatch(self.words[k].text) or self.words[k].tags & through
        ):
            k += 1
        tags = self.words[k].tags if k < len(self.words) and not self._ends(k) else frozenset({"by"})
        if "that" in tags and not (self.language == "en" and k + 1 < len(self.words) and self._kind(k + 1)):
            return "that", k
        is_determiner = "the" in tags and k + 1 < len(self.words) and self.words[k + 1].text[0].isalpha()
        if "it" in tags and not is_determiner:
            return "pronoun", k
        if tags & {"by", "to", "with", "if", "and", "who"}:
            return "none", i
        return self._noun_phrase(k, self._subject(i)[1])

    def _noun_phrase(self, k: int, who: str) -> tuple[str, int]:
        head, after, last, is_own = "", "", k, False
        has_of = False
        while k < len(self.words) and not self._ends(k) and k < last + 8:
            tags, kind = self.words[k].tags, _thing(self.words[k])
            if "of" in tags:
                has_of = True
            elif tags & {
                "by",
                "to",
                "with",
                "if",
                "and",
                "who",
                "that",
                "be",
                "have",
                "can",
                "must",
            } and not (tags & {"the"}):
                break
            elif kind and not has_of and not (k + 1 < len(self.words) and self.words[k + 1].text == "'s"):
                head, last = kind, k
            elif kind and not after:
                after, last = kind, k
            is_own |= "own" in tags and (kind == "own" or who == "people")
            k += 1
        if head == "things" or (not head and after == "things"):
            return "things", last
        if is_own and head in {"own", "soft", ""}:
            return "own", last
        return (head if head in {"soft", "own"} else "unknown"), last

    def _agent(self, i: int) -> tuple[int, str]:
        """By whom something is approved; "none" if it does not say."""
        for k in self._after(i, 5):
            if "by" in self.words[k].tags:
                for n in self._after(k, 6):
                    if self._kind(n) in {"client", "people", "outsiders", "systems"}:
                        return n, self._side(n, self._kind(n))
                    if self.words[n].text in {"l'un", "un"}:
                        continue
                named = next((n for n in self._after(k, 3) if self._is_plain_word(n)), None)
                return k, "unknown" if named is not None and self.words[named].text.islower() else "systems"
            if (
                not _ADVERBS.fullmatch(self.words[k].text)
                and not self.words[k].tags & {"with", "the", "any"}
                and self._kind(k)
            ):
                break
        return i, "none"

    def _antecedent(self, i: int) -> str:
        """What a pronoun at a place stands for."""
        before = chain(reversed(self.words[:i]), reversed(self.earlier))
        return next((kind for word in before if (kind := _thing(word)) in NAMED), "none")

    def _person_before(self, i: int) -> int | None:
        return next((k for k in range(i - 1, -1, -1) if self._kind(k) in _PERSONS | {"outsiders"}), None)

    def _side(self, k: int | None, kind: str) -> str:
        """What a noun is; the people of the client are the client's."""
        if k is None or kind != "people":
            return kind
        around = self.words[max(0, k - 3) : k + 7]
        for word in around:
            if "client" in word.tags and word.text[0].isupper():
                return "client"
        return kind

    def _kind(self, k: int) -> str:
        return self.kinds[k]

    def _mentions_judged(self) -> bool:
        return any(_thing(word) in _JUDGED for word in self.words)

    def _own(self) -> bool:
        return any(_kind_of(word) == "own" and "approval" not in word.tags for word in self.words)

    def _is_any(self, i: int) -> bool:
        return any("any" in self.words[k].tags for k in self._after(i, 2))

    def _has_effect(self) -> bool:
        return bool(_lexicon(self.language).effects.search(self.sentence))

    # --- Structure ----------------------------------------------------------------

    def _segment(self, i: int) -> int:
        """Where the clause begins in which a word stands."""
        return self._starts[i]

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where the clause of each word begins, and of a word after the last."""
        starts = [0]
        for k in range(len(self.words)):
            starts.append(k + 1 if self._is_border(k) else starts[k])
        return starts

    def _is_border(self, k: int) -> bool:
        word = self.words[k]
        if "and" in word.tags and self._joins_nouns(k):
            return False
        return (word.text in {",", ";", ":", "(", ")", "–", "—", "-", "…"} and word.text != "…") or bool(
            word.tags & {"if", "that", "who", "and"} and not (word.tags & {"the"} and self._is_determiner(k))
        )

    def _joins_nouns(self, k: int) -> bool:
        """As in "the head of sales and marketing": no clause begins."""
        return k + 1 < len(self.words) and k > 0 and bool(self._kind(k - 1)) and bool(self._kind(k + 1))

    def _is_determiner(self, k: int) -> bool:
        return k + 1 < len(self.words) and bool(self._kind(k + 1))

    def _ends(self, k: int) -> bool:
        return self.words[k].text in {",", ";", ":", ".", "(", ")", "–", "—", "!", "?"}

    def _is_complement(self, k: int, start: int) -> bool:
        """Whether a noun stands after a preposition."""
        n = k - 1
        if self.language == "fr" and n >= start and self._kind(n):
            return True  # "responsable qualité"
        while n >= start and (self._is_plain_word(n) or "good" in self.words[n].tags) and k - n <= 2:
            n -= 1
        if n >= start and self.words[n].text in {"'s", "'"}:
            return False
        if n >= start and self.words[n].tags & {"the", "any"}:
            n -= 1
        if n > start and "of" in self.words[n].tags and _QUANTITY.fullmatch(self.words[n - 1].text):
            return False  # "80% of the users", "none of the testers"
        return (
            n >= start
            and bool(self.words[n].tags & {"of", "to", "with", "by"})
            and not self.words[n].tags & {"the"}
        )

    def _is_plain_word(self, k: int) -> bool:
        """Whether a word is in no list, and no adverb."""
        word = self.words[k]
        return not word.tags and word.text[0].isalpha() and not _ADVERBS.fullmatch(word.text.lower())

    def _is_noun(self, i: int) -> bool:
        """Whether a word that might be a verb is a noun or a label here."""
        word = self.words[i]
        if i and word.text[0].isupper() and not self.sentence.isupper():
            return True
        if not i:
            return False
        before = self.words[i - 1].tags
        if i > 1 and self.words[i - 2].text in {"sur", "in"} and "any" in before:
            return False  # "three users in four like"
        if self.language == "fr" and "clitic" in before:
            return "clitic" in before and "the" in before and self._subject(i - 1)[1] == "none"
        return bool(before & {"the", "any", "of", "with"}) and "they" not in before

    def _is_predicate(self, k: int) -> bool:
        """Whether an adjective says something of a noun before it, rather than stand before its own."""
        if k + 1 >= len(self.words):
            return True
        following = self.words[k + 1]
        if self.language == "fr" and "of" in following.tags:
            return self.words[k].text in {"digne", "dignes"}
        return not self._is_plain_word(k + 1) and not _kind_of(following)

    def _says(self, i: int) -> bool:
        """Whether a clause follows without "that", or an infinitive: "thinks it is good", "estime avoir reçu"."""
        rest = self.words[i + 1 : i + 8]
        decides = (
            self.words[i]
            .text.lower()
            .startswith(("judg", "decid", "assess", "jug", "décid", "appréci", "tranch", "estim"))
        )
        if decides and any(
            word.text in {"whether", "if", "si"} or word.text.startswith("sʼil") for word in rest
        ):
            return True
        if self.language == "fr":
            return bool(rest) and rest[0].text in {"avoir", "être", "pouvoir", "disposer"}
        thinks = (
            self.words[i]
            .text.lower()
            .startswith(("think", "thought", "believ", "feel", "felt", "reckon", "say"))
        )
        return thinks and any(word.tags & {"be", "have", "must"} for word in rest)

    def _finds(self, i: int) -> bool:
        """Whether a verb is one of mere opinion: a part is judged sound, a form is found handy."""
        finds = self.words[i].text.lower().startswith(("trouv", "find", "found"))
        return finds and not self._has_effect()

    def _compares(self, k: int) -> bool:
        """Whether an adjective compares with what there was before."""
        around = {word.text.lower() for word in self.words[k - 1 : k + 2]}
        return bool(around & {"plus", "moins", "more", "less", "than"})

    def _follows_person(self, i: int) -> bool:
        k = i - 1
        while k >= 0 and _ADVERBS.fullmatch(self.words[k].text):
            k -= 1
        return k >= 0 and (self._kind(k) in _PERSONS or "they" in self.words[k].tags)

    def _is_capability(self, i: int) -> bool:
        """Whether an infinitive says what one can do, not what one shall."""
        start = self._segment(i)
        if any("can" in self.words[k].tags for k in range(start, i)):
            return True
        if any("must" in self.words[k].tags for k in range(start, i)):
            return False
        if self.language == "en" and i and self.words[i - 1].text != "to":
            return False
        return not any(self.words[k].tags & {"must"} for k in range(i))

    def _auxiliary(self, i: int) -> str:
        """Which of "be" and "have" a participle has; empty if neither."""
        for k in range(i - 1, max(-1, i - 5), -1):
            tags = self.words[k].tags
            if "be" in tags:
                return "be"
            if "have" in tags:
                return "have"
            if not _ADVERBS.fullmatch(self.words[k].text.lower()) and not tags & {"deny"}:
                break
        return ""

    def _before_auxiliary(self, i: int) -> Word:
        k = i - 1
        while k > 0 and (self.words[k].tags & {"have"} or _ADVERBS.fullmatch(self.words[k].text)):
            k -= 1
        return self.words[k]

    def _left(self, i: int, tag: str, most: int) -> bool:
        return any(tag in self.words[k].tags for k in range(max(0, i - most), i) if k >= self._segment(i))

    def _after(self, i: int, most: int) -> Iterator[int]:
        for k in range(i + 1, min(len(self.words), i + 1 + most)):
            if self._ends(k):
                return
            yield k

    def _list(self, name: str) -> Sequence[str]:
        words: Sequence[str] = _file()[self.language]["words"][name]
        return words

    def _denied(self, i: int) -> bool:
        """Whether the clause of a judgement denies it, or the sentence says that it does not matter."""
        lexicon = _lexicon(self.language)
        if lexicon.void.search(self.sentence[: self.words[i].end]) or lexicon.moot.search(self.sentence):
            return True
        if "negative" in self.words[i].tags and not self.in_a_clause:
            return False  # who does not complain is content
        start = self._segment(i)
        while start and self.words[start - 1].text.lower() in {"or", "nor", "ou", "ni"}:
            start = self._segment(start - 1)
        opener = self.words[start - 1].tags if start else frozenset()
        if "if" in opener or any("if" in self.words[k].tags for k in range(start, i)):
            return False
        denies = [k for k in range(start, min(len(self.words), i + 3)) if "deny" in self.words[k].tags]
        if not denies:
            near = self.words[max(start, i - 4) : i]
            without = any(word.text.lower() in {"sans", "without"} for word in near)
            return without and not any("deny" in word.tags for word in self.words[:start])
        other = {"autre", "autres", "other"}  # "pour un autre motif qu'un essai" excludes all opinion
        return any(word.text.lower() in other for word in self.words[denies[0] :]) or not any(
            "only" in word.tags for word in self.words[denies[0] + 1 :]
        )

    def _excerpt(self, i: int, last: int) -> str:
        at, _kind = self._subject(i)
        first = min(i, at) if at is not None and i - at < 12 else i
        return self.sentence[self.words[first].start : self.words[max(i, last)].end]


# --- The words -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Lexicon:
    nouns: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    words: Mapping[str, re.Pattern[str]]
    compounds: re.Pattern[str]
    effects: re.Pattern[str]
    observed: re.Pattern[str]
    void: re.Pattern[str]
    moot: re.Pattern[str]


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _lexicon(language: Language) -> _Lexicon:
    data = _file()[language]
    nouns: dict[str, set[str]] = {}
    for kind in _NOUNS:
        for noun in data[kind]:
            for form in _plurals(noun, language):
                nouns.setdefault(form, set()).add(kind)
    verbs: dict[str, set[str]] = {}
    for name in _VERBS:
        irregular = data["forms"].get(name, [[], [], []])
        for form, forms in zip(("finite", "participle", "infinitive"), irregular, strict=True):
            for each in forms:
                verbs.setdefault(each, set()).add(f"{name}.{form}")
        for verb in data[name]:
            for each, form in _conjugated(verb, language):
                verbs.setdefault(each, set()).add(f"{name}.{form}")
    listed = {name: words for name, words in data["words"].items() if name not in {"void", "moot"}}
    patterns = {name: _any_of(words) for name, words in listed.items()}
    single = [*nouns, *verbs, *(word for words in listed.values() for word in words)]
    several = [each for each in single if " " in each or "'" in each[:-1]]
    return _Lexicon(
        {noun: frozenset(kinds) for noun, kinds in nouns.items()},
        {verb: frozenset(tags) for verb, tags in verbs.items()},
        patterns,
        _phrases(sorted(several, key=len, reverse=True)),
        _phrases(data["effects"]["phrases"]),
        _phrases(data["observed"]["phrases"]),
        _phrases(data["words"]["void"]),
        _phrases(data["words"]["moot"]),
    )


def _phrases(entries: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_pattern, entries))})(?![\w-])", re.IGNORECASE)


def _pattern(entry: str) -> str:
    return entry.replace(" * ", r" [\w']+ ").replace("*", r"[\w']*")


def _joined(words: str) -> str:
    """Several words as one: "comité de pilotage", "d'accord"."""
    return words.replace(" ", "_").replace("'", "ʼ", words[:-1].count("'"))


def _separate(token: str) -> str:
    return token.replace("_", " ").replace("ʼ", "'")


def _any_of(entries: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_joined(_pattern(entry)) for entry in entries), re.IGNORECASE)


def _plurals(noun: str, language: Language) -> Iterator[str]:
    """A noun, and its plural; of several words in French, each or the first may take it."""
    yield noun
    if language == "en":
        yield re.sub(r"(?<=[^aeiou])y$", "ie", noun) + (
            "es" if noun.endswith(("s", "x", "ch", "sh")) else "s"
        )
        return
    first, *rest = noun.split(" ")
    yield " ".join((_plural(first), *rest))
    yield " ".join(_plural(word) if len(word) > 3 else word for word in (first, *rest))


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return f"{word[:-2]}aux"
    return f"{word}x" if word.endswith(("au", "eu")) else f"{word}s"


def _conjugated(verb: str, language: Language) -> Iterator[tuple[str, str]]:
    """The forms of a regular verb, each finite, a participle or an infinitive."""
    if language == "fr":
        stem = verb.removesuffix("er")
        soft = f"{stem}e" if stem.endswith("g") else stem
        yield verb, "infinitive"
        for ending in ("é", "ée", "és", "ées"):
            yield stem + ending, "participle"
        endings = (
            "e",
            "es",
            "ent",
            "ez",
            "era",
            "eront",
            "erait",
            "eraient",
            "èrent",
            "erez",
            "erons",
            "iez",
        )
        yield from ((stem + ending, "finite") for ending in endings)
        yield from ((soft + ending, "finite") for ending in ("ons", "ait", "aient", "a", "ant"))
        return
    first, *rest = re.split(r"(?=[ -])", verb)
    tail = "".join(rest)
    y, e = re.search(r"[^aeiou]y$", first), first.endswith("e")
    yield verb, "infinitive"
    yield (
        (f"{first[:-1]}ies" if y else f"{first}es" if first.endswith(("s", "sh", "ch")) else f"{first}s")
        + tail,
        "finite",
    )
    yield (f"{first[:-1]}ied" if y else f"{first}d" if e else f"{first}ed") + tail, "participle"
    yield (first[:-1] if e and not first.endswith("ee") else first) + "ing" + tail, "finite"


def read(sentence: str, language: Language) -> list[Word]:
    """The words of a sentence; what it quotes is a name, of which nothing is read but an ellipsis."""
    plain = phrases.without_quotations(sentence)
    plain = _lexicon(language).compounds.sub(lambda compound: _joined(compound[0]), plain)
    tokens = _TOKENS[language].finditer(plain)
    # A capital letter tells the Customer of a contract from customers, but not where a sentence begins.
    return [
        Word(
            token[0],
            token.start(),
            token.end(),
            _tags(token[0] if token.start() else token[0].lower(), language),
        )
        for token in tokens
    ]


@lru_cache(maxsize=phrases.MANY)
def _tags(token: str, language: Language) -> frozenset[str]:
    lexicon, spaced, word = _lexicon(language), _separate(token), token.lower()
    tags = {name for name, pattern in lexicon.words.items() if pattern.fullmatch(word)}
    tags |= lexicon.verbs.get(spaced.lower(), frozenset())
    tags |= lexicon.nouns.get(spaced) or lexicon.nouns.get(spaced.lower(), frozenset())
    return frozenset(tags)


def has_effect(sentence: str, language: Language) -> bool:
    """Whether a sentence says what the software does: a status, a message, a record."""
    lexicon = _lexicon(language)
    return bool(lexicon.effects.search(sentence) or lexicon.observed.search(sentence))


def _kind_of(word: Word) -> str:
    """Which noun a word is; empty if none."""
    return next((kind for kind in _NOUNS if kind in word.tags), "") if word.tags else ""


def _thing(word: Word) -> str:
    """Which noun a word is, where something is judged: a tool is no judge then."""
    return next((kind for kind in (*_NAMED_FIRST, *_NOUNS) if kind in word.tags), "")
