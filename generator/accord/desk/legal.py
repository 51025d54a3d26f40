"""Letters that somebody drops: the verdict on each, who signed it, its review, what it changes in the letter that was sent."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accord import i18n, isolation
from accord.desk import batch, clauses
from accord.desk.desk import Desk, Person
from accord.desk.frames import framed
from accord.desk.jobs import Job
from accord.desk.pages import desk_of, needs, page, person_of
from accord.desk.uploads import received
from accord.errors import AccordError
from accord.files import write
from accord.i18n import _
from accord.register.entries import Entry
from accord.review import labels
from accord.review.findings import Finding
from accord.review.report import ReviewedFile, of_file
from accord.services import examined, foreign, registers, trust
from accord.services.open_letter import Reading
from accord.services.read_pdf import LARGEST_FILE
from accord.services.redlined import Redline
from accord.signing.trust import Trust
from accord.text.characters import path_name
from accord.verify import told, told_signed
from accord.verify.verdict import LIMITS, Verdict, verdict_on

MOST_FILES = 20
PDF, DEAL = "letter.pdf", "deal.toml"


@dataclass
class Answer:
    """What is said of one file, as far as it is known."""

    name: str
    verdict: Verdict | None = None
    review: ReviewedFile | None = None
    sent: Entry | None = None
    is_sent: bool = False
    redline: Redline | None = None
    refusals: list[str] = field(default_factory=list)
    done: bool = False

    @property
    def in_words(self) -> str:
        """The verdict."""
        return told.answers()[self.verdict.answer] if self.verdict else ""

    @property
    def lines(self) -> list[str]:
        """What else the verdict says."""
        if self.verdict is None:
            return []
        said = (*told.words_of(self.verdict), told.judge(self.verdict), *self.verdict.notes)
        return [*filter(None, said)]

    @property
    def doubts(self) -> list[str]:
        """Why it is no clean answer."""
        return [*filter(None, (told.more(self.verdict), told.doubt(self.verdict)))] if self.verdict else []

    @property
    def changes(self) -> list[str]:
        """What differs from what its data composes, was lost or was added."""
        return [*self.verdict.differences, *told.changes(self.verdict)] if self.verdict else []

    @property
    def signatures(self) -> list[tuple[str, list[str]]]:
        """Who signed, each in a line, and what is to be known of it."""
        lines = [[*told_signed.in_words(each)] for each in self.verdict.signatures] if self.verdict else []
        return [(first, rest) for first, *rest in lines]

    @property
    def title(self) -> str:
        """Which letter it is."""
        return told.title(self.verdict) if self.verdict else ""

    @property
    def groups(self) -> Iterator[tuple[str, str, list[Finding]]]:
        """The findings of the review, the gravest first: their severity, its heading, and they."""
        headings = {"error": _("Errors"), "warning": _("Warnings"), "note": _("Notes")}
        for severity, heading in headings.items():
            found = (
                [each for each in self.review.findings if each.severity == severity] if self.review else []
            )
            if found:
                yield severity, heading, found


@dataclass
class Check(Job):
    """Files that were dropped together, by what their sender calls them; each lies in a folder of its own."""

    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Know nothing yet."""
        super().__post_init__()
        self.answers = [Answer(name) for name in self.names]

    @property
    def done(self) -> int:
        """How many have been looked at."""
        return sum(answer.done for answer in self.answers)

    def file(self, number: int) -> Path:
        """Where the file of a number lies, under a name of ours."""
        is_deal = self.names[number].lower().endswith(".toml")
        return self.folder / str(number) / (DEAL if is_deal else PDF)

    def speaks(self, language: str) -> bool:
        """Whether there is an answer for each file in a language, or will be."""
        return self.running or (
            self.language == language and (self.done == len(self.names) or bool(self.faults))
        )

    def work(self, desk: Desk) -> None:
        """Find the answers, one file after the other; a file that crashes its process leaves the next a new one."""
        with isolation.Process(LIMITS) as process:
            for number, answer in enumerate(self.answers):
                if self.ended:
                    return
                try:
                    _answer(answer, self.file(number), desk, Person(self.owner), process)
                except AccordError as error:
                    answer.refusals += [line for line in str(error).splitlines() if line.strip()]
                answer.done = True


def routes() -> list[Route]:
    """The pages of legal: letters that come from outside, the clauses, and spreadsheets."""
    return [
        *clauses.routes(),
        *batch.routes(),
        Route("/legal", needs("legal", drop), methods=["POST"]),
        Route("/legal", legal),
        Route("/legal/checks/{name}", needs("legal", checked)),
        Route("/legal/checks/{name}/end", needs("legal", forget), methods=["POST"]),
        Route("/legal/checks/{name}/{number:int}/redline", needs("legal", redline)),
    ]


def legal(request: Request) -> Response:
    """Where letters are dropped, and what was said of those before."""
    return _legal(request)


def _legal(request: Request, faults: tuple[str, ...] = (), status: int = 200) -> Response:
    desk, person = desk_of(request), person_of(request)
    return page(
        request,
        "legal.html",
        status=status,
        checks=desk.jobs.of(person.name, Check, desk.now()),
        may=person.may("legal"),
        most=MOST_FILES,
        largest=LARGEST_FILE >> 20,
        faults=faults,
    )


def drop(request: Request) -> Response:
    """Look at the files that were dropped, in the background."""
    try:
        files = received(request, MOST_FILES, LARGEST_FILE).files
    except AccordError as error:
        return _legal(request, tuple(str(error).splitlines()), 422)
    desk, person = desk_of(request), person_of(request)
    check = Check(person.name, desk.now(), desk.jobs.folder(), names=tuple(each.name for each in files))
    for number, each in enumerate(files):
        write(check.file(number), each.content, force=False)
    desk.jobs.add(check)
    return RedirectResponse(f"/legal/checks/{check.name}", 303)


def _check_of(request: Request) -> Check:
    desk = desk_of(request)
    check = desk.jobs.find(person_of(request).name, Check, request.path_params["name"], desk.now())
    if check is None:
        raise HTTPException(404)
    return check


def checked(request: Request) -> Response:
    """What is said of files that were dropped together, in the language of who reads it; the part that grows alone, where it is asked for."""
    check, is_part = _check_of(request), "hx-request" in request.headers
    if not is_part and not check.speaks(i18n.language()):
        check.answers, check.language = [Answer(name) for name in check.names], i18n.language()
        desk_of(request).jobs.start(check)
    name = "legal_answers.html" if is_part else "legal_check.html"
    return page(request, name, check=check, differences=labels.differences)


def forget(request: Request) -> Response:
    """Forget what was dropped."""
    desk_of(request).jobs.end(_check_of(request))
    return RedirectResponse("/legal", 303)


def redline(request: Request) -> Response:
    """What a letter changes in the one that was sent: a page of its own, in a sandbox, whose one style is named by its digest."""
    answers, number = _check_of(request).answers, request.path_params["number"]
    if not 0 < number <= len(answers) or not (found := answers[number - 1].redline) or not found.page:
        raise HTTPException(404)
    return framed(found.page.decode())


# --- Reading ------------------------------------------------------------------


def _answer(answer: Answer, file: Path, desk: Desk, person: Person, process: isolation.Process) -> None:
    """Say what there is to say of one file."""
    reading = Reading(desk.house, desk.today, {})
    if file.name == DEAL:
        _review_deal(answer, file, desk, person)
        return
    content = file.read_bytes()
    answer.verdict = verdict_on(content, answer.name, desk.house, process, trust=Trust(desk.now()))
    if not answer.verdict.reference:
        return
    with _named(file, answer.name):
        answer.review = foreign.ask(
            process, ReviewedFile, "accord.services.examined:reported", [file], reading
        )
    answer.sent = _sent(answer.verdict.reference, desk, person)
    if answer.sent is None:
        return
    answer.is_sent = hashlib.sha256(content).hexdigest() == answer.sent.sha256
    if answer.is_sent:
        return
    sent = desk.house.parent / answer.sent.path
    if fault := registers.fault_of(sent, answer.sent.sha256):
        raise AccordError(fault)
    doubts = (trust.altered(answer.name),) if answer.verdict.answer == "altered" else ()
    names = (sent.name, answer.name)
    with _named(file, answer.name):
        answer.redline = foreign.ask(
            process, Redline, "accord.services.redlined:redlined", [sent, file], reading, names, doubts
        )


def _review_deal(answer: Answer, file: Path, desk: Desk, person: Person) -> None:
    """Review the letter of a deal file, which lies alone in its folder: no other file goes with it."""
    memory = desk.records(person, lambda _sentence: None).memory(desk.today)
    with _named(file, answer.name):
        reviewed = examined.review_of(file, Reading(desk.house, desk.today, {}), memory)
    answer.review = of_file(answer.name, reviewed.review)


def _sent(reference: str, desk: Desk, person: Person) -> Entry | None:
    """The letter of this reference as the register lists it; None if it lists none."""
    with desk.records(person, lambda _sentence: None).opened() as register:
        history = register.history(reference)
    return history.entry if history else None


@contextmanager
def _named(file: Path, name: str) -> Iterator[None]:
    """Have errors about a file name it as its sender does."""
    try:
        yield
    except AccordError as error:
        raise AccordError(str(error).replace(path_name(file), name)) from None
