"""A letter in the making: what was typed so far, how it is read, what is wrong with it, the letter that it makes.

The same questions, in the same order and read in the same way as `accord new`
asks them; but all at once, and any of them may be left for later.
"""

import copy
import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, get_args

from babel.numbers import format_decimal

from accord import i18n
from accord.clauses.library import Library
from accord.domain.choices import LAW_OF_COUNTRY, Language
from accord.domain.deal import Deal
from accord.domain.deal_file import PartialDealFile
from accord.domain.documents import Documents, nowhere
from accord.domain.house import HouseFile
from accord.errors import AccordError, Fault, FaultyInput
from accord.intake import dotted, loader
from accord.intake.answers import Ambiguous
from accord.letter.letter import Letter
from accord.review.findings import Finding
from accord.services import answers as answering
from accord.services.answers import Tree, Values, plain_spaces, typed
from accord.services.forewarning import Memory
from accord.services.make_letter import make_letter
from accord.services.questions import DealAnswers, Question, deal_questions, for_blank, order_of
from accord.text import formats
from accord.text.characters import fold

HOUSE_TABLES = ("supplier.", "terms.")
ORDER = ("decision.quantity", "decision.unit_price")
USUAL = frozenset({"client", "core", "level", "period", "term"})
"""The questions whose usual answer stands until another is given."""
USUAL_OF_FILE = frozenset({"core", "level"})  # what else a deal file leaves out, it leaves out on purpose
NEITHER = frozenset({"order"})  # whose parts have fields of their own


@dataclass(frozen=True)
class Asked:
    """A question as it stands: the text of its answer, how that is read, what is wrong with it.

    `readings` are those of an ambiguous answer; `heed` is what the register and
    the plan say about it, `findings` what the review does.
    """

    question: Question
    text: str
    reading: str = ""
    faults: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    heed: str = ""
    findings: tuple[Finding, ...] = ()
    is_blank: bool = False

    @property
    def name(self) -> str:
        """The name of the question."""
        return self.question.name


@dataclass
class Making:
    """A letter in the making.  `faults` and `findings` are those of no question; `hold` says why there is no letter."""

    answers: DealAnswers
    asked: dict[str, Asked]
    letter: Letter | None = None
    deal: Deal | None = None
    faults: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    hold: str = ""
    missing: tuple[str, ...] = ()

    @property
    def blanks(self) -> list[Asked]:
        """What the letter leaves blank, and what was filled in of that."""
        return [each for each in self.asked.values() if each.question.blank]

    @property
    def own_blanks(self) -> list[str]:
        """What the house's own file leaves blank, in words."""
        hints = self.answers.labels["hint"]
        gaps = self.letter.gaps if self.letter else ()
        return [hints.get(key, key) for key in gaps if key.startswith(HOUSE_TABLES)]

    @cached_property
    def is_ready(self) -> bool:
        """Whether nothing is known to stand against the letter."""
        return bool(
            self.deal
            and self.letter
            and not self.letter.gaps
            and not any(each.faults for each in self.asked.values())
            and not any(finding.refuses for finding in self._all_findings())
        )

    def _all_findings(self) -> Iterator[Finding]:
        yield from self.findings
        for each in self.asked.values():
            yield from each.findings


def making(  # noqa: PLR0913 - what a letter is made of
    texts: Mapping[str, str],
    home: HouseFile,
    today: datetime.date,
    *,
    prospects: Sequence[Mapping[str, Any]] = (),
    remember: Callable[[], Memory | None] = lambda: None,
    library: Library | None = None,
    start: Tree | None = None,
    documents: Documents = nowhere,
) -> Making:
    """What `texts` make, by the names of the questions and the keys of a deal file; an empty text leaves a blank.

    `prospects` are those written to before, `remember` gives what the register
    holds, `start` is what a deal file says already, with its `documents`.
    """
    answers = DealAnswers.none_yet(
        home, today, prospects, documents, remember=remember, library=library or Library()
    )
    answers.form.table = copy.deepcopy(start or {})
    language = texts.get("language")
    answers.form.put("language", language if language in get_args(Language) else i18n.language())
    if "locale" in answers.form and not str(answers.form.get("locale")).startswith(
        answers.form.get("language")
    ):
        answers.form.drop("locale")
    asked = _read_all(answers, texts, is_new=start is None)
    made = Making(answers, asked)
    _compose(made)
    _ask_for_blanks(made, texts)
    _review(made)
    return made


# --- Reading ------------------------------------------------------------------


def _read_all(answers: DealAnswers, texts: Mapping[str, str], *, is_new: bool) -> dict[str, Asked]:
    """Read what was typed, then take the usual answers where nothing was; the questions that apply, as they stand."""
    asked: dict[str, Asked] = {}
    questions = [each for each in deal_questions() if each.name not in NEITHER]
    names = {each.name for each in questions}
    hints = answers.labels["hint"]
    keys = [key for key in texts if key not in names and _is_key(key)]
    questions += [for_blank(key, hints.get(key, key)) for key in keys]
    for question in questions:
        text = texts.get(question.name)
        if text is not None and question.applies(answers):
            asked[question.name] = _read(question, answers, text, texts)
    usually = USUAL if is_new else USUAL_OF_FILE
    for question in questions:
        if question.name not in asked and question.name in usually and question.applies(answers):
            usual = question.suggested(answers)
            if usual and not question.is_answered(answers):
                asked[question.name] = _read(question, answers, usual, texts)
    return {
        question.name: replace(
            asked.get(question.name) or Asked(question, question.answer(answers)),
            heed=question.heed(answers),
        )
        for question in questions
        if question.applies(answers)
        and (not question.blank or question.name in asked or question.is_answered(answers))
    }


def _is_key(name: str) -> bool:
    """Whether a name is that of a key, or of a part of the deal that every letter may have."""
    return "." in name or name in {"court", "date", "reference"}


def _read(question: Question, answers: DealAnswers, text: str, texts: Mapping[str, str]) -> Asked:
    """Put what a text says among the answers."""
    form = answers.form
    if not text.strip():
        form.put_all(dict.fromkeys(question.keys))
        answers.passed.add(question.name)
        return Asked(question, text)
    choices = question.choices(answers) if question.choices else None
    if choices is not None and text not in choices:
        return Asked(question, question.answer(answers) or question.suggested(answers))
    try:
        values = _values(question, answers, text.strip(), texts)
    except Ambiguous as error:
        return Asked(question, text, faults=(str(error),), readings=error.readings)
    except FaultyInput as error:
        return Asked(question, text, faults=tuple(fault.sentence for fault in error.faults))
    except AccordError as error:
        return Asked(question, text, faults=(str(error),))
    form.put_all(values)
    reading = "" if choices is not None else _reading(question, values, text, answers)
    return Asked(question, text, reading=reading)


def _values(question: Question, answers: DealAnswers, text: str, texts: Mapping[str, str]) -> Values:
    """What a text says; the name of what is bought says no more than that where the rest has been typed beside it."""
    if question.name == "item" and any(texts.get(name, "").strip() for name in ("quantity", "price")):
        return {"decision.item": text}
    return question.read(answers, text)


def _reading(question: Question, values: Values, text: str, answers: DealAnswers) -> str:
    """How a text was read, where that is not how it was written."""
    if question.name == "period":
        return ""
    if question.name == "item":
        said = order_of(answers) if len(values) > 1 else ""
    elif question.shown:
        said = question.answer(answers)
    else:
        said = ", ".join(_said(key, value, answers) for key, value in values.items() if value)
    return "" if fold(said) == fold(plain_spaces(text)) else said


def _said(key: str, value: Any, answers: DealAnswers) -> str:
    """A value as people write it in the language of the interface."""
    if key == "decision.unit_price" and answers.currency:
        return plain_spaces(formats.amount(Decimal(str(value)), answers.currency, i18n.locale()))
    if key == "decision.period":
        return formats.per(value, i18n.locale())
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return plain_spaces(format_decimal(value, locale=i18n.locale()))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else typed(value)


# --- The letter ---------------------------------------------------------------


def _compose(made: Making) -> None:
    """The letter, or as much of it as can be shown; what is wrong stands beside its question."""
    answers = made.answers
    try:
        file = answers.file()
        made.deal = file.deal
    except FaultyInput as error:
        _place_faults(made, error.faults)
    try:
        deal = made.deal or _deal_so_far(answers)
        made.letter = make_letter(deal, answers.home, final=False, library=answers.library)
    except AccordError as error:
        made.hold = str(error)


def _deal_so_far(answers: DealAnswers) -> Deal:
    """The deal of which a part is still to be said or to be corrected; that part is blank, or as usual."""
    table = copy.deepcopy(answers.form.table)
    house = answers.home.house
    usual: dict[str, Any] = {
        "prospect.name": f"[{answers.library.labels(table['language'])['key_terms']['prospect']}]",
        "law": house.terms.law or LAW_OF_COUNTRY.get(house.supplier.country or "", "EW"),
        "binding": house.terms.binding or "conditional",
    }
    if answers.reason is None:
        usual["decision.kind"] = "purchase"
    for key, value in usual.items():
        if dotted.get(table, key) is None:
            dotted.put(table, key, value)
    for _try in range(3):
        try:
            file = loader.deal_file_from(
                table,
                "",
                house,
                today=answers.today,
                documents=answers.documents,
                root=PartialDealFile,
            )
        except FaultyInput as error:
            faults = error.faults
            for fault in faults:
                _drop(table, fault.key.partition("[")[0])
                if fault.key in usual:
                    dotted.put(table, fault.key, usual[fault.key])
        else:
            return file.deal
    raise FaultyInput(faults)


def _drop(table: Tree, key: str) -> None:
    form = answering.Form(lambda _table: None)
    form.table = table
    form.drop(key)


def _place_faults(made: Making, faults: Sequence[Fault]) -> None:
    """Put each fault beside its question; what is only missing is told as such."""
    missing = []
    for fault in faults:
        each = _asked_for(made, fault.key)
        if each is None:
            made.faults.append(str(fault))
        elif each.question.needed and not each.text.strip():
            missing.append(each.question.label)
        elif not each.faults:
            made.asked[each.name] = replace(each, faults=(fault.sentence,))
    made.missing = tuple(dict.fromkeys(missing))


def _asked_for(made: Making, key: str) -> Asked | None:
    """The question that a key of the deal file answers, or that answers the table around it."""
    key = key.partition("[")[0]
    for each in made.asked.values():
        if key in each.question.keys:
            return each
    table = {"delivery": "delivery", "decision": "decision", "prospect": "prospect", "feature": "feature"}
    return made.asked.get(table.get(key, ""))


# --- What is blank ------------------------------------------------------------


def _ask_for_blanks(made: Making, texts: Mapping[str, str]) -> None:
    """Ask for what the letter leaves blank, after all else."""
    answers, letter = made.answers, made.letter
    unasked = HOUSE_TABLES if answers.sells else (*HOUSE_TABLES, "decision.")
    gaps = [key for key in letter.gaps if not key.startswith(unasked)] if letter else []
    of_table = deal_questions()
    for question in of_table:
        if question.name in NEITHER or not question.applies(answers):
            continue
        is_blank = bool(set(question.keys) & set(gaps))
        if question.name == "title" and "prospect.contact.last_name" in gaps:
            continue  # who signs is asked with it
        if question.name in made.asked:
            made.asked[question.name] = replace(made.asked[question.name], is_blank=is_blank)
        elif is_blank:
            made.asked[question.name] = Asked(
                question, texts.get(question.name, question.answer(answers)), is_blank=True
            )
    covered = {key for each in made.asked.values() for key in each.question.keys} | {"prospect.contact.title"}
    hints = answers.labels["hint"]
    for key in gaps:
        if key not in covered and key not in made.asked:
            made.asked[key] = Asked(for_blank(key, hints.get(key, key)), texts.get(key, ""), is_blank=True)
    order = {question.name: place for place, question in enumerate(of_table)}
    made.asked = dict(sorted(made.asked.items(), key=lambda item: order.get(item[0], len(order))))


# --- The review ---------------------------------------------------------------


def _review(made: Making) -> None:
    """Put what the review finds beside the answers it concerns, but for what is told already, such as blanks."""
    if made.deal is None or made.letter is None:
        return
    from accord.review.review import review  # noqa: PLC0415 - it weighs, and the first page need not wait for it

    answers, home = made.answers, made.answers.home
    found = review(
        made.letter,
        made.deal,
        home.house,
        home.path.parent,
        library=answers.library,
        known=answers.known_to(made.deal),
    ).findings
    heeded = {each.heed for each in made.asked.values()}
    for finding in found:
        if finding.code == "blank" or finding.sentence in heeded:
            continue
        each = _asked_for(made, finding.where)
        if each is None:
            made.findings.append(finding)
        else:
            made.asked[each.name] = replace(each, findings=(*each.findings, finding))


def parted(texts: Mapping[str, str], made: Making) -> dict[str, str]:
    """The texts with the order in parts, where the name of what is bought said more: each part can then change alone."""
    if not made.asked.get("item") or any(texts.get(name, "").strip() for name in ("quantity", "price")):
        return dict(texts)
    parts = [
        made.asked[name] for name in ("item", "quantity", "period", "price", "term") if name in made.asked
    ]
    said = {each.name: each.question.answer(made.answers) for each in parts}
    return {**texts, **{name: text for name, text in said.items() if text}}
