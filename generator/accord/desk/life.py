"""A letter: what it promises, its life so far, its documents, what may follow, and what would hold if."""

import datetime
import hashlib
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accord import files, i18n, isolation
from accord.desk.desk import Desk
from accord.desk.frames import framed
from accord.desk.pages import desk_of, fields_of, page, person_of
from accord.domain.promise import CAUSES, STEPS, Happened, Step
from accord.domain.sequel import ITEMISED, PAPER_OF
from accord.errors import AccordError
from accord.i18n import _
from accord.intake import days, words
from accord.pdf import typeset
from accord.register.entries import History
from accord.register.register import NotLawful, Register
from accord.services import issued, names, output, registers, step_document
from accord.services.agenda import agenda, next_in_words, value_of
from accord.services.follow import day_to_come, refuse_unlawful
from accord.services.recorder import Records
from accord.services.returned import Returned, returned
from accord.services.what_if import Outcome, WhatIf, what_if
from accord.signing.trust import Trust
from accord.text.characters import excerpt, path_name
from accord.verify.verdict import LIMITS

LONGEST_DELAY = 3660  # days


def routes() -> list[Route]:
    """The pages of a letter; to stand after those whose addresses begin alike."""
    of_step = "/letters/{reference}/steps/{step}"
    return [
        Route("/letters/{reference}", life),
        Route("/letters/{reference}/documents/{number:int}", document),
        Route("/letters/{reference}/letter.eml", email),
        Route("/letters/{reference}/letter.toml", deal_file),
        Route(of_step, step, methods=["GET"]),
        Route(of_step, take, methods=["POST"]),
        Route(of_step + "/document.{form}", preview),
    ]


def _records(request: Request, told: list[str]) -> Records:
    return desk_of(request).records(person_of(request), told.append)


def _found(register: Register, request: Request) -> History:
    """The letter that an address names, in full; there is no other way to name one."""
    history = register.history(request.path_params["reference"])
    if history is None:
        raise HTTPException(404, _("There is no such page."))
    return history


# --- The letter -------------------------------------------------------------------


def life(request: Request) -> Response:
    """A letter on the day of today."""
    desk, told = desk_of(request), list[str]()
    with _records(request, told).opened() as register:
        history = _found(register, request)
    (item,) = agenda([history], desk.today)
    promise, entry = item.promise, history.entry
    steps = item.lawful_on(desk.today)
    supposed, fault = _supposed(request, history, desk.today)
    return page(
        request,
        "life.html",
        entry=entry,
        promise=promise,
        state=names.states()[promise.shown_state if promise else "declined"],
        binding=words.named("binding").get(entry.binding or "", ""),
        reason=words.named("decline.reason").get(entry.reason or "", ""),
        value=value_of(item),
        next=next_in_words(item, desk.today),
        late=(item.days_left(desk.today) or 0) < 0 and item.next.step is not None,
        who=names.parties()[item.next.who] if item.next.step else "",
        steps=[(each, names.acts()[each], each == item.next.step) for each in _first(steps, item.next.step)],
        events=list(_events(history)),
        typed={name: request.query_params.get(name, "") for name in ("delivered", "outcome", "late")},
        supposed=supposed,
        fault=fault,
        states=names.states(),
        told=told,
    )


def _first(steps: tuple[Step, ...], awaited: Step | None) -> list[Step]:
    """The steps that may follow, the one that is awaited first."""
    return sorted(steps, key=lambda each: each != awaited)


def _events(history: History) -> Any:
    """What has happened: the day, what, by whom, with the numbers of the files it brought."""
    listed = registers.files_of(history)
    numbers: dict[int, list[tuple[int, str]]] = {each.sequence: [] for each in listed}
    for number, each in enumerate(listed):
        numbers[each.sequence].append((number, each.path.rpartition("/")[2]))
    yield {
        "day": history.entry.date,
        "what": names.happenings()["issued"],
        "more": "",
        "actor": "",
        "files": numbers.get(0, []),
    }
    for event in history.events:
        happened = event.step
        if happened is None:
            continue
        yield {
            "day": happened.on,
            "what": names.happenings()[event.kind],
            "more": names.details(event),
            "actor": event.actor,
            "files": numbers.get(event.sequence, []),
        }


def _supposed(request: Request, history: History, today: datetime.date) -> tuple[WhatIf | None, str]:
    """What would hold if what the address supposes happened; or why it cannot be supposed."""
    typed = request.query_params
    outcome = typed.get("outcome", "")
    if outcome not in get_args(Outcome):
        return None, ""
    try:
        text = typed.get("delivered", "").strip()
        delivered = days.day(text, i18n.locale(), today) if text else None
        return what_if(history, today, delivered, outcome, _late(typed.get("late", ""))), ""  # type: ignore[arg-type]  # one of them
    except AccordError as error:
        return None, str(error)


def _late(text: str) -> int:
    """How many days later, none where nothing is said."""
    days = text.strip() or "0"
    if days.isascii() and days.isdecimal() and int(days[:9]) <= LONGEST_DELAY:
        return int(days)
    sentence = _("“{text}” is no number of days from 0 to {most}")
    raise AccordError(sentence.format(text=excerpt(text), most=LONGEST_DELAY))


def document(request: Request) -> Response:
    """A file that the register lists for a letter, as it was recorded."""
    desk, number = desk_of(request), request.path_params["number"]
    with _records(request, []).opened() as register:
        listed = registers.files_of(_found(register, request))
    if number >= len(listed):
        raise HTTPException(404, _("There is no such page."))
    file = listed[number]
    content = registers.recorded_content(desk.home.path.parent / file.path, file.sha256)
    name = f"{request.path_params['reference']}-{number}.pdf"
    return _pdf(content, name)


def email(request: Request) -> Response:
    """The draft e-mail to send a letter with."""
    desk = desk_of(request)
    with _records(request, []).opened() as register:
        history = _found(register, request)
    content = issued.email_of(history, desk.home, desk.library)
    return _saved(content, "message/rfc822", f"{history.entry.reference}.eml")


def deal_file(request: Request) -> Response:
    """The deal that a letter was made from."""
    with _records(request, []).opened() as register:
        history = _found(register, request)
    content = issued.deal_of(history, desk_of(request).home)
    return _saved(content, "application/toml", f"{history.entry.reference}.toml")


def _saved(content: bytes, media_type: str, name: str) -> Response:
    """A file to keep, not to look at."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _pdf(content: bytes, name: str) -> Response:
    """A PDF for the browser's own viewer."""
    kept = re.sub(r"[^A-Za-z0-9.-]", "_", name)
    headers = {"content-disposition": f'inline; filename="{kept}"'}
    return Response(content, media_type="application/pdf", headers=headers)


# --- A step -----------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A step as somebody asks for it: in the texts of a form, and as it was understood."""

    step: Step
    on: str = ""
    to: str = ""
    cause: str = CAUSES[0]
    items: str = ""
    alone: bool = False

    @classmethod
    def of(cls, step: str, typed: Mapping[str, Any]) -> "Asked":
        """What a form or an address says; 404 for a step that there is not."""
        if step not in STEPS:
            raise HTTPException(404, _("There is no such page."))
        texts = {name: f"{typed.get(name, '')}".strip() for name in ("on", "to", "cause", "items")}
        if texts["cause"] not in CAUSES:
            texts["cause"] = CAUSES[0]
        return cls(step, **texts, alone=bool(typed.get("alone")))

    def happened(self, today: datetime.date) -> Happened:
        """The step; `AccordError` for a day that is none."""

        def day(text: str) -> datetime.date:
            return days.day(text, i18n.locale(), today)

        to = day(self.to) if self.to and self.step == "extended" else None
        return Happened(self.step, day(self.on) if self.on else today, to, self.cause)  # type: ignore[arg-type]  # one of them

    @property
    def lines(self) -> tuple[str, ...]:
        """What the document has to say, one thing a line."""
        return tuple(line.strip() for line in self.items.splitlines() if line.strip())

    def document(self, history: History, desk: Desk) -> step_document.StepDocument | None:
        """The document of the step; None for none, or where it is to be recorded alone."""
        happened = self.happened(desk.today)
        if self.alone:
            refuse_unlawful(history, happened)
            return None
        return step_document.document_of(history, happened, desk.home, self.lines, desk.library)

    def fixed(self, today: datetime.date) -> Mapping[str, str]:
        """The same for an address or hidden fields: its days cannot be read in another sense any more."""
        happened = self.happened(today)
        texts = {"on": happened.on.isoformat(), "to": happened.to.isoformat() if happened.to else ""}
        texts |= {
            "cause": self.cause if happened.to else "",
            "items": self.items,
            "alone": "1" if self.alone else "",
        }
        return {name: text for name, text in texts.items() if text}


def step(request: Request) -> Response:
    """What a step asks for; once that is said, the document that will be issued, or why the step is refused."""
    asked = Asked.of(request.path_params["step"], request.query_params)
    return _step(request, asked, is_said="on" in request.query_params)


def _step(request: Request, asked: Asked, *, is_said: bool, fault: str = "") -> Response:
    desk, told = desk_of(request), list[str]()
    with _records(request, told).opened() as register:
        history = _found(register, request)
    document, fixed, reading = None, dict[str, str](), None
    try:
        happened = asked.happened(desk.today)
        if asked.step != "extended" or asked.to or is_said:
            refuse_unlawful(history, happened)
        if is_said and not fault:
            document = asked.document(history, desk)
            fixed, reading = dict(asked.fixed(desk.today)), happened
    except AccordError as error:
        fault = fault or str(error)
    return page(
        request,
        "step.html",
        status=422 if fault and is_said else 200,
        entry=history.entry,
        asked=asked,
        act=names.acts()[asked.step],
        causes=names.causes(),
        items=_label_of_items(asked.step),
        today=desk.today,
        seen=len(history.events),
        is_said=bool(fixed),
        fixed=fixed,
        reading=reading,
        warning=day_to_come(reading.on, desk.today) if reading else "",
        address=f"/letters/{history.entry.reference}/steps/{asked.step}",
        query=urlencode(fixed),
        document=document,
        why_none=""
        if document or not fixed or asked.alone
        else step_document.why_none(asked.step, asked.lines),
        faults=fault.splitlines(),
        told=told,
    )


def _label_of_items(step: Step) -> str:
    """What a step may say in its document; "" for nothing."""
    if PAPER_OF.get(step) not in ITEMISED:
        return ""
    labels: Mapping[str, str] = {
        "refused": _("The tests that failed, or their numbers, one a line"),
        "accepted": _("Reservations, one a line"),
        "defaulted": _("What is demanded, one a line"),
    }
    return labels.get(step, _("How the feature is reached, one a line"))


def preview(request: Request) -> Response:
    """The document of a step before it is issued: nothing is written."""
    asked, desk = Asked.of(request.path_params["step"], request.query_params), desk_of(request)
    with _records(request, []).opened() as register:
        history = _found(register, request)
    made = asked.document(history, desk)
    if made is None or request.path_params["form"] not in {"html", "pdf"}:
        raise HTTPException(404, _("There is no such page."))
    if request.path_params["form"] == "pdf":
        return _pdf(output.rendered(made.letter), f"{made.letter.reference}-{asked.step}.pdf")
    return framed(typeset.page(made.letter))


# --- Recording it -------------------------------------------------------------------


def take(request: Request) -> Response:
    """Record a step once, with its document; who sends it again, or too late, changes nothing."""
    sent = fields_of(request, most_files=1)
    asked = Asked.of(request.path_params["step"], sent)
    seen = f"{sent.get('seen', '')}"
    if not (seen.isascii() and seen.isdecimal() and len(seen) < len("1000000")):
        raise AccordError(_("What was sent is not whole; open the page of the letter again."))
    desk, told = desk_of(request), list[str]()
    name, content = _uploaded(sent.get("file"))
    if sent.get("scan") and not name:
        return _step(
            request, asked, is_said=True, fault=_("Choose the file of the scan, or leave its box empty.")
        )
    try:
        with _records(request, told).opened() as register, ExitStack() as stack:
            history = _found(register, request)
            address = f"/letters/{history.entry.reference}"
            happened, details = asked.happened(desk.today), dict[str, Any]()
            if asked.step == "signed" and name:
                back = _returned(desk, history, content, stack, name, scan=bool(sent.get("scan")))
                day = happened.on if asked.on or not back.day else back.day
                happened = replace(happened, on=day, by=back.signed)
                details = dict(back.of(history.entry, name))
            if not _is_taken(history, int(seen), happened, details):
                made = None if asked.step == "signed" else asked.document(history, desk)
                try:
                    step_document.recorded(
                        _records(request, told), register, history, happened, made, details, seen=int(seen)
                    )
                except NotLawful:
                    if not _is_taken(_found(register, request), int(seen), happened, details):
                        raise
            stack.pop_all()
    except AccordError as error:
        return _step(request, asked, is_said=True, fault=str(error))
    return RedirectResponse(address, 303)


def _uploaded(file: object) -> tuple[str, bytes]:
    """What a file that was sent is called, for the eyes alone, and its content; "" for none."""
    if not isinstance(file, UploadFile):
        return "", b""
    with file.file as content:
        return excerpt(file.filename or ""), content.read()


def _is_taken(history: History, seen: int, happened: Happened, details: Mapping[str, Any]) -> bool:
    """Whether the step that followed what was seen is this very one: it was sent twice."""
    following = history.events[seen : seen + 1]
    return any(
        each.step == happened and each.data.get("sha256") == details.get("sha256") for each in following
    )


def _returned(  # noqa: PLR0913 - a file, and where it goes
    desk: Desk, history: History, content: bytes, stack: ExitStack, name: str, *, scan: bool
) -> Returned:
    """What a file that came back shows; it is kept beside its letter, and taken away where `stack` is unwound.

    What is wrong with it is told by the `name` that it has for whoever sent it.
    """
    folder = desk.home.path.parent
    letter, digest = folder / history.entry.path, hashlib.sha256(content).hexdigest()
    path = letter.with_name(f"{letter.stem}-{'scan' if scan else 'signed'}-{digest[:8]}.pdf")
    if files.write(path, content, force=False):
        stack.callback(path.unlink, missing_ok=True)
    with isolation.Process(LIMITS) as process:
        try:
            return returned(path, folder, desk.home.path, process, Trust(desk.now()), scan=scan)
        except AccordError as error:
            raise AccordError(str(error).replace(path_name(path), name)) from error
