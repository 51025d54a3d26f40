"""The conversation about a deal: the questions that make the letter, those that fill its blanks, the summary."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from accord import i18n
from accord.cli import prompts, recorded
from accord.cli.background import meanwhile
from accord.cli.interview import Interview
from accord.cli.outcome import HOUSE_TABLES
from accord.cli.terminal import tell
from accord.domain.deal import Deal, Decision, Decline
from accord.domain.deal_file import DealFile
from accord.domain.documents import Documents, nowhere
from accord.domain.house import HouseFile
from accord.errors import AccordError, in_a_line
from accord.i18n import _, ngettext
from accord.letter.letter import Letter
from accord.pdf import press, typeset
from accord.services import explanations
from accord.services.make_letter import final_letter, make_letter
from accord.services.questions import DealAnswers, Question, deal_questions, for_blank
from accord.text import formats

MOST_REMARKS = 3  # of the review, below the summary


def no_answers(
    home: HouseFile,
    today: datetime.date,
    prospects: Sequence[Mapping[str, Any]] = (),
    documents: Documents = nowhere,
) -> DealAnswers:
    """No answers yet, of somebody who may be asked at a terminal."""
    return DealAnswers.none_yet(
        home,
        today,
        prospects,
        documents,
        remember=lambda: recorded.memory(home, today),
        confirm=prompts.agreed,
    )


def converse(answers: DealAnswers, opening: str, *, final: bool, confirmed: bool) -> bool:
    """Ask what is not answered yet; whether the letter is to be final.

    `opening` says what comes.  What takes time runs while somebody reads or types.  Where nobody is there,
    nothing is asked; where all is `confirmed` beforehand, only what is missing.
    """
    interview = DealInterview(answers)
    if not prompts.on_terminal():
        interview.summarise(())
        return final
    meanwhile(lambda: _load(answers))  # if it cannot be, the letter will say so
    if confirmed:
        interview.ask_needed()
        interview.summarise(())
        return final
    tell(opening)
    tell(_("Enter accepts the [answer]; < goes back; Ctrl-C stops and keeps your answers."))
    interview.converse()
    if final or not interview.is_ready():
        return final
    return prompts.agreed(_("Nothing is blank. Make it the letter to send, without the draft watermark?"))


def _load(answers: DealAnswers) -> None:
    """Begin what takes time: the review, what the register knows, and the engine that sets letters in type."""
    import accord.review.review  # noqa: F401, PLC0415 - only where somebody types meanwhile

    _known = answers.memory  # it stays with the answers
    press.load()
    typeset.template(typeset.LETTER)


class DealInterview(Interview[DealAnswers]):
    """Asks what makes the letter, then what is blank in it; says what comes out before anything is written."""

    def __init__(self, answers: DealAnswers) -> None:
        super().__init__(deal_questions(), answers)

    def next_open(self) -> Question | None:
        """The next open question: those that make the letter, then those that fill its blanks."""
        if first := super().next_open():
            return first
        if self.answers.filling is None and (blanks := self.blanks()):
            self._offer_to_fill(blanks)
        return next(filter(self.is_open, self.blanks()), None) if self.answers.filling else None

    def blanks(self) -> list[Question]:
        """The questions for what the letter prints as a blank; the house's own blanks apart."""
        gaps = [key for key in self.letter().gaps if not key.startswith(HOUSE_TABLES)]
        asking: list[Question] = []
        for each in self.questions:
            asked = {key for question in asking for key in question.keys}
            if each.applies(self.answers) and set(each.keys) & set(gaps) - asked:
                # The whole order at once only where nothing of it is known.
                asking += [each] if each.name != "order" or not each.is_answered(self.answers) else []
        asked = {key for question in self.questions for key in question.keys}
        hints = self.answers.labels["hint"]
        return [*asking, *(for_blank(key, hints.get(key, key)) for key in gaps if key not in asked)]

    def _offer_to_fill(self, blanks: Sequence[Question]) -> None:
        sentence = ngettext(
            "{count} thing is still blank: {things}.",
            "{count} things are still blank: {things}.",
            len(blanks),
        )
        tell(sentence.format(count=len(blanks), things=", ".join(each.label for each in blanks)))
        with self.undoable():
            question = _("Fill them in now? (Enter leaves one blank)")
            self.answers.filling = prompts.agreed(question)
            for each in blanks:
                self.answers.passed.discard(each.name)

    def is_open(self, question: Question) -> bool:
        """Whether a question is neither answered nor left blank on purpose; a blank may be part of an answer."""
        if question.blank and question.name not in self.answers.passed:
            return True
        return super().is_open(question)

    # --- What the answers make ------------------------------------------------

    def letter(self) -> Letter:
        """The draft that the answers make."""
        answers = self.answers
        return make_letter(answers.file().deal, answers.home, final=False, library=answers.library)

    def is_ready(self) -> bool:
        """Whether the letter could be sent: nothing is blank, and the review finds no error."""
        answers = self.answers
        try:
            deal = answers.file().deal
            final_letter(deal, answers.home, library=answers.library, known=answers.known_to(deal))
        except AccordError:
            return False
        return True

    # --- The summary ----------------------------------------------------------

    def summarise(self, rows: Sequence[Question]) -> None:
        """Print which letter it is, each answer by its number, what follows, what the review remarks."""
        file, letter = self.answers.file(), self.letter()
        date = formats.date(letter.date, i18n.locale())
        say_why_not(file)
        tell(
            _("{title} ({language}), {date}:").format(title=letter.title, language=letter.language, date=date)
        )
        super().summarise(rows)
        for sentence in _consequences(file, letter):
            tell(sentence, indent="   ")
        for remark in self._remarks(file.deal, letter):
            tell(remark, indent=" ! ")
        if rows:
            self._set_meanwhile(file.deal.model_copy(update={"reference": letter.reference}))

    def _set_meanwhile(self, deal: Deal) -> None:
        """Begin to set in type what will be written if nothing changes, while somebody reads the summary."""
        home, library = self.answers.home, self.answers.library
        try:
            letter, _warnings = final_letter(deal, home, library=library, known=self.answers.known_to(deal))
        except AccordError:
            letter = make_letter(deal, home, final=False, library=library)
        typeset.expect(letter)

    def _remarks(self, deal: Deal, letter: Letter) -> Iterator[str]:
        """What the review would have changed, the gravest first; blanks apart, which are told already."""
        from accord.review.review import review  # noqa: PLC0415 - loaded while somebody types

        home = self.answers.home
        found = [
            finding
            for finding in review(
                letter,
                deal,
                home.house,
                home.path.parent,
                library=self.answers.library,
                known=self.answers.known_to(deal),
            ).findings
            if finding.code == "asked-before" or (finding.severity != "note" and finding.code != "blank")
        ]
        yield from (in_a_line(finding.where, finding.sentence) for finding in found[:MOST_REMARKS])
        if len(found) > MOST_REMARKS:
            yield _("… and {count} more: “accord review” tells them all.").format(
                count=len(found) - MOST_REMARKS
            )


def say_why_not(file: DealFile) -> None:
    """Say why there is no agreement when the prospect decides nothing."""
    if file.refusal and not file.decline:
        sentence = _(
            "They have decided nothing yet, so you promise nothing either: the letter is a polite"
            " no that leaves the door open."
        )
        tell(sentence)


def _consequences(file: DealFile, letter: Letter) -> Iterator[str]:
    deal = file.deal
    if isinstance(deal, Decline):
        yield _("The answer is no: {reason}.").format(reason=explanations.reasons()[deal.refusal.reason])
    else:
        yield from _total(deal.decision, letter)
        yield _("Under {law}.").format(law=explanations.laws()[deal.law])
    if letter.gaps:
        yield ngettext(
            "A draft: {count} particular is left blank.",
            "A draft: {count} particulars are left blank.",
            len(letter.gaps),
        ).format(count=len(letter.gaps))


def _total(decision: Decision, letter: Letter) -> Iterator[str]:
    """The total in figures and in words as the letter prints them, if it is known."""
    total = decision.computed_total
    if total is not None and decision.currency is not None:
        yield _("Total: {total} before tax ({words}).").format(
            total=formats.amount(total, decision.currency, letter.locale),
            words=formats.amount_in_words(total, decision.currency, letter.locale),
        )
