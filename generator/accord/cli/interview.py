"""Asking a table of questions: one after the other, back by `<`, then a summary in which any answer can change."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from accord.cli import prompts
from accord.cli.prompts import Back
from accord.cli.terminal import tell
from accord.errors import AccordError
from accord.i18n import _
from accord.intake import overrides, words
from accord.services.answers import A, Question, Tree, Values
from accord.text.characters import excerpt

LONGEST_ANSWER = 120  # characters of an answer in the summary


@dataclass(frozen=True)
class _State:
    """What stood before a question: to go back to."""

    table: Tree
    passed: frozenset[str]
    filling: bool | None


class Interview(Generic[A]):
    """A conversation: its questions, the answers, and what stood before each of them."""

    def __init__(self, questions: Sequence[Question[A]], answers: A) -> None:
        self.questions = questions
        self.answers = answers
        self._history: list[_State] = []
        self._earlier: dict[str, str] = {}

    def converse(self) -> None:
        """Ask what is open, then show the summary, until Enter accepts it."""
        self._go_on(self.next_open, self.is_accepted)

    def ask_all(self) -> None:
        """Ask what is open."""
        self._go_on(self.next_open, lambda: True)

    def ask_needed(self) -> None:
        """Ask what there can be no file without, and for which nothing is usual."""

        def next_needed() -> Question[A] | None:
            return next(
                (
                    each
                    for each in self._applying()
                    if each.needed and self.is_open(each) and not each.suggested(self.answers)
                ),
                None,
            )

        self._go_on(next_needed, lambda: True)

    def _go_on(self, next_question: Callable[[], Question[A] | None], is_done: Callable[[], bool]) -> None:
        while True:
            try:
                if question := next_question():
                    self.ask(question)
                elif is_done():
                    return
            except Back:
                self._go_back()

    def next_open(self) -> Question[A] | None:
        """The next question that is open."""
        return next((each for each in self._applying() if not each.blank and self.is_open(each)), None)

    def is_open(self, question: Question[A]) -> bool:
        """Whether a question is neither answered nor left blank on purpose."""
        return not question.is_answered(self.answers) and question.name not in self.answers.passed

    def _applying(self) -> list[Question[A]]:
        return [each for each in self.questions if each.applies(self.answers)]

    # --- One question ---------------------------------------------------------

    def ask(self, question: Question[A]) -> None:
        """Ask one question; its answer is put among the others."""
        answers, now = self.answers, question.answer(self.answers)
        default = now or self._earlier.get(question.name) or question.suggested(answers)
        default = default or question.proposed(answers)
        if remark := question.heed(answers):
            tell(remark, indent=" ! ")

        def take(text: str) -> None:
            if not text or text == "-":
                self._leave_blank(question)
            elif text != now:
                self._put(question, question.read(answers, text))

        with self.undoable():
            if question.choices:
                prompts.choose(
                    question.words(answers),
                    question.choices(answers),
                    take,
                    default=default,
                    meant=lambda text: words.meant(question.keys[0], text),
                )
            else:
                _show(question.offers(answers))
                prompts.ask(question.words(answers), take, default=default)

    def _leave_blank(self, question: Question[A]) -> None:
        if question.needed:
            raise AccordError(_("An answer is needed here; Ctrl-C stops, and keeps your answers."))
        self.answers.form.take(dict.fromkeys(question.keys))
        self.answers.passed.add(question.name)

    def _put(self, question: Question[A], values: Values) -> None:
        """Put the values among the answers, and leave out what they make pointless."""
        answers, form, applied = self.answers, self.answers.form, self._applying()
        self._keep_in_mind()
        before = copy.deepcopy(form.table)
        form.put_all(values)
        apply = self._applying()
        pending = {
            key for each in apply if each.needed and not each.is_answered(answers) for key in each.keys
        }
        pointless = {key for each in applied if each not in apply for key in (*each.keys, *each.tables)}
        pointless -= {key for each in apply for key in each.keys} | values.keys()
        form.table = before
        form.take({**values, **dict.fromkeys(sorted(pointless))}, pending)
        answers.passed.discard(question.name)
        if not question.is_answered(answers):
            answers.passed.add(question.name)

    # --- Back -----------------------------------------------------------------

    def undoable(self) -> "_Undoable":
        """A step to which `<` comes back, once the block has ended well."""
        answers = self.answers
        state = _State(copy.deepcopy(answers.form.table), frozenset(answers.passed), answers.filling)
        return _Undoable(self._history, state)

    def _go_back(self) -> None:
        """Return to what stood before the last answer, which is offered again."""
        if not self._history:
            tell(_("This is the first question."))
            return
        self._keep_in_mind()
        state, answers = self._history.pop(), self.answers
        answers.form.table, answers.passed, answers.filling = state.table, set(state.passed), state.filling

    def _keep_in_mind(self) -> None:
        """Remember each answer, to offer it again should it be dropped and asked once more."""
        for question in self.questions:
            if answer := question.answer(self.answers):
                self._earlier[question.name] = answer

    # --- The summary ----------------------------------------------------------

    def rows(self) -> list[Question[A]]:
        """The questions of the summary: those that have an answer."""
        return [each for each in self._applying() if each.row and each.answer(self.answers)]

    def is_accepted(self) -> bool:
        """Show the summary; Enter accepts it, a number asks its question again."""
        rows = self.rows()
        self.summarise(rows)

        def read(text: str) -> Question[A] | None:
            if not text:
                return None
            if text.isdecimal() and 1 <= int(text) <= len(rows):
                return rows[int(text) - 1]
            if overrides.yes_or_no(text) is False:
                raise Later
            raise AccordError(_("Press Enter, or write a number from 1 to {count}.").format(count=len(rows)))

        chosen = prompts.ask(self.last_words(), read)
        if chosen is None:
            return True
        try:
            self.ask(chosen)
        except Back:
            tell(_("It stays as it was."))
        return False

    def last_words(self) -> str:
        """The question below the summary."""
        return _("Enter: write it; a number: change that answer (- empties it); no: later.")

    def summarise(self, rows: Sequence[Question[A]]) -> None:
        """Print each answer by its number."""
        width = max((len(each.label) for each in rows), default=0)
        for number, question in enumerate(rows, start=1):
            answer = question.answer(self.answers)
            if question.choices:
                answer = question.choices(self.answers).get(answer, answer).partition("\n")[0]
            else:
                answer = excerpt(answer, LONGEST_ANSWER)
            tell(f"{number:>2} {question.label:<{width}}  {answer}", indent="")


class Later(Exception):
    """Somebody wants to stop here, and keep the answers."""


class _Undoable:
    def __init__(self, history: list[_State], state: _State) -> None:
        self._history, self._state = history, state

    def __enter__(self) -> None:
        pass

    def __exit__(self, error: type[BaseException] | None, *_details: object) -> None:
        if error is None:
            self._history.append(self._state)


def _show(offers: Sequence[str]) -> None:
    if offers:
        known = "   ".join(f"{number} {offer}" for number, offer in enumerate(offers, start=1))
        tell(_("Give the number or the first letters: {known}").format(known=known), indent="  ")
