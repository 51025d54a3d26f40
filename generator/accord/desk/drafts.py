"""A new letter: the questions on one page, the letter beside them as it grows, until it is released."""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from accord import files, i18n
from accord.desk.desk import Desk, Person
from accord.desk.frames import framed
from accord.desk.pages import desk_of, fields_of, needs, page, person_of, rendered
from accord.desk.store import Draft
from accord.domain.deal_file import DealFile
from accord.errors import AccordError, Fault, FaultyInput, OutputError
from accord.i18n import _
from accord.intake import documents as document_files
from accord.intake import dotted, loader, overrides, toml_editor, toml_writer, words
from accord.pdf import typeset
from accord.services import output
from accord.services.drafting import Asked, Making, making, parted
from accord.services.make_letter import final_letter, make_letter
from accord.services.questions import deal_questions, for_blank
from accord.text.characters import excerpt

MOST_ANSWERS = 200
LONGEST_ANSWER = 20_000  # characters
NAME = re.compile(r"[0-9a-f]{32}")
FORMATS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "eml": "message/rfc822",
    "toml": "application/toml",
}
OF_FILE = "@deal"
"""Under this name a draft has the name of the deal file that it was made from."""
TOLD = "@told"
"""Under this name a released draft has what was told when it was recorded, a line each."""
OF_LETTER = ("date", "reference")
"""What every letter has without being asked, and may be given."""
LONG = frozenset({"own-alternative", "alternative", "description", "tests", "feature.description"})
"""The answers that take more than a line."""


def routes() -> list[Route]:
    """The pages of a letter in the making."""
    return [
        Route("/letters/new", needs("sales", new)),
        Route("/letters/drafts", needs("sales", take_up), methods=["POST"]),
        Route("/letters/drafts/{name}", needs("sales", draft), methods=["GET"]),
        Route("/letters/drafts/{name}", needs("sales", keep), methods=["POST"]),
        Route("/letters/drafts/{name}/letter", needs("sales", letter)),
        Route("/letters/drafts/{name}/release", needs("sales", release), methods=["POST"]),
        Route("/letters/drafts/{name}/discard", needs("sales", discard), methods=["POST"]),
        Route("/letters/drafts/{name}/file.{form}", needs("sales", download)),
    ]


# --- Pages --------------------------------------------------------------------


def new(request: Request) -> Response:
    """An empty form, which becomes a draft by the first answer; the drafts that are there."""
    mine = desk_of(request).store.drafts(person_of(request).name)
    return _page(request, Draft(secrets.token_hex(16), person_of(request).name, {}, ""), drafts=mine)


def take_up(request: Request) -> Response:
    """Make a draft of a deal file in the folder, once; its answers are those of the file."""
    desk, person = desk_of(request), person_of(request)
    path = _deal_at(desk, str(fields_of(request, most_fields=1, most_files=0).get("deal")))
    if path is None:
        raise HTTPException(404)
    language = loader.read_deal(path, desk.home.house, today=desk.today).language
    mine = (each for each in desk.store.drafts(person.name) if each.answers.get(OF_FILE) == path.name)
    begun = next(mine, None) or desk.store.keep(
        Draft(secrets.token_hex(16), person.name, {OF_FILE: path.name, "language": language}, ""), desk.now()
    )
    return RedirectResponse(_path(begun) if begun else "/letters/new", 303)


def _deal_at(desk: Desk, name: str) -> Path | None:
    """The deal file of a name, if it is one of those in the folder."""
    return next((path for path in _deal_files(desk) if path.name == name), None)


def _deal_files(desk: Desk) -> list[Path]:
    return sorted(path for path in desk.folder.glob("*.toml") if path.name != loader.HOUSE_FILE)


def draft(request: Request) -> Response:
    """The form of a draft; a letter that was released has a page of its own, once what was told then is read."""
    found = _found(request)
    if found.reference and TOLD in found.answers:
        told = found.answers[TOLD].splitlines()
        return page(request, "draft_released.html", draft=found, path=_path(found), told=told)
    return RedirectResponse(_letter_path(found), 303) if found.reference else _page(request, found)


def keep(request: Request) -> Response:
    """Keep what was typed; to a script the form as it stands then, and the letter."""
    kept, conflicts = _keep(request)
    live = "x-live" in request.headers
    if kept.reference:
        return JSONResponse({"moved": _letter_path(kept)}) if live else _to_letter(kept)
    if not live:
        return RedirectResponse(_path(kept), 303)
    made = _made(request, kept)
    earlier = _texts(fields_of(request).get("replaced"))
    conflicts = {
        name: text for name, text in {**earlier, **conflicts}.items() if kept.answers.get(name) != text
    }
    return JSONResponse(
        {
            "replaced": conflicts,
            "form": rendered(request, "draft_form.html", **_form(kept, made, conflicts)),
            "base": json.loads(_base(made)),
            "letter": _letter_html(made) or "",
            "path": _path(kept),
        }
    )


def letter(request: Request) -> Response:
    """The letter of a draft, as a page of its own."""
    name = request.path_params["name"]
    found = _store_draft(request, name) or Draft(name, person_of(request).name, {}, "")
    made = _made(request, found)
    html = _letter_html(made)
    if html is None:
        html = rendered(request, "draft_held.html", sentence=made.hold)
        return HTMLResponse(html)
    return framed(html, with_ours=True)


def release(request: Request) -> Response:
    """Make the final letter, once, and go to its page; where something stands against it, say what."""
    kept, _conflicts = _keep(request)
    desk, person = desk_of(request), person_of(request)
    with desk.releasing:
        kept = desk.store.draft(kept.name) or kept
        if kept.reference:
            return _to_letter(kept)
        try:
            issued = _issue(request, desk, person, kept)
        except AccordError as error:
            return _page(request, kept, status=422, sentences=_sentences(error))
    return _to_letter(issued)


def discard(request: Request) -> Response:
    """Forget a draft."""
    desk_of(request).store.drop(_found(request).name)
    return RedirectResponse("/letters/new", 303)


def download(request: Request) -> Response:
    """The letter of a draft, or the final one that was made of it: its PDF, its e-mail, its deal file."""
    form, desk, found = request.path_params["form"], desk_of(request), _found(request)
    if form not in FORMATS:
        raise HTTPException(404)
    made = _made(request, found)
    _refuse_faults(made)
    deal = made.answers.file().deal
    made_letter = make_letter(deal, desk.home, final=bool(found.reference), library=desk.library)
    if form == "toml":
        content, path = _deal_file(made, made_letter), output.deal_path_of(made_letter, Path())
    else:
        content = output.contents(made_letter, [form], deal, desk.home, desk.library)[form]
        path = output.path_of(made_letter, Path(), form)
    disposition = f'attachment; filename="{path.name}"'
    return Response(content, media_type=FORMATS[form], headers={"content-disposition": disposition})


# --- What was typed -----------------------------------------------------------


def _posted(fields: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers of a form by their names, and those that it was shown with; `AccordError` for what is no answer."""
    given = {name[2:]: _plain(value) for name, value in fields.items() if name.startswith("a.")}
    base = _texts(fields.get("base"))
    if any(len(text) > LONGEST_ANSWER for text in given.values()):
        raise AccordError(_("That is too much at once."))
    return given, base


def _texts(sent: object) -> dict[str, str]:
    """Texts by name, as a page sent them in JSON; none where it sent anything else."""
    try:
        return {str(name): _plain(text) for name, text in json.loads(str(sent or "{}")).items()}
    except (ValueError, AttributeError, RecursionError):
        return {}


def _plain(text: object) -> str:
    """A text with the line breaks of ours: a form sends those of its own."""
    return str(text).replace("\r\n", "\n").replace("\0", "")


def merged(
    stored: Mapping[str, str], given: Mapping[str, str], base: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The answers once those of a form have joined them, and those of another window that a change replaced.

    Only what was changed since the form was shown counts, so that two windows
    may fill in one draft.
    """
    changed = {name: text for name, text in given.items() if text != base.get(name, "")}
    replaced = {
        name: stored[name]
        for name, text in changed.items()
        if name in stored and stored[name] not in {text, base.get(name, "")}
    }
    return {**stored, **changed}, replaced


def _keep(request: Request) -> tuple[Draft, dict[str, str]]:
    """The draft with what a form sent; a new one where there is none of the name."""
    desk, person, name = desk_of(request), person_of(request), request.path_params["name"]
    given, base = _posted(fields_of(request, most_fields=MOST_ANSWERS, most_files=0))
    while True:
        found = _store_draft(request, name) or Draft(name, person.name, {}, "")
        if found.reference:
            return found, {}
        before = found.answers
        if {"quantity", "period", "price", "term"} & {
            key for key in given if given[key] != base.get(key, "")
        }:
            before = parted(before, _made(request, found))
        answers, replaced = merged(before, given, base)
        if not answers.keys() >= {"language"} and answers:
            answers["language"] = i18n.language()
        if answers == found.answers and found.revision:
            return found, replaced
        if kept := desk.store.keep(replace(found, answers=answers), desk.now()):
            return kept, replaced


def _store_draft(request: Request, name: str) -> Draft | None:
    """The person's draft of a name, or None; of another's there is no page."""
    if not NAME.fullmatch(name):
        raise HTTPException(404)
    found = desk_of(request).store.draft(name)
    if found and found.owner != person_of(request).name:
        raise HTTPException(404)
    return found


def _found(request: Request) -> Draft:
    found = _store_draft(request, request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return found


# --- What it makes ------------------------------------------------------------


def _made(request: Request, found: Draft) -> Making:
    desk, person = desk_of(request), person_of(request)
    memory = desk.records(person, lambda _sentence: None).memory
    path = _deal_at(desk, found.answers[OF_FILE]) if OF_FILE in found.answers else None
    if path is None and OF_FILE in found.answers:
        sentence = _("{name}: is no longer in the folder; put the deal file back, or discard this draft")
        raise AccordError(sentence.format(name=excerpt(found.answers[OF_FILE])))
    return making(
        found.answers,
        desk.home,
        desk.today,
        prospects=desk.prospects,
        remember=lambda: memory(desk.today),
        library=desk.library,
        start=loader.read_deal_data(path, path.name) if path else None,
        documents=document_files.beside(path or desk.folder / "deal.toml"),
    )


def _letter_html(made: Making) -> str | None:
    if made.letter is None:
        return None
    html = typeset.page(made.letter)
    return html.replace("</head>", '<link rel="stylesheet" href="/static/frame.css">\n</head>', 1)


# --- The final letter ---------------------------------------------------------


def _refuse_faults(made: Making) -> None:
    """`AccordError` for an answer that cannot be read, and so is not among those that make the letter."""
    faults = [Fault("", each.question.label, fault) for each in made.asked.values() for fault in each.faults]
    if faults:
        raise FaultyInput(faults)


def _issue(request: Request, desk: Desk, person: Person, kept: Draft) -> Draft:
    """Write the final letter and its deal file, record it, and note its reference; the draft as it is then.

    Date and reference are noted before anything is written: whoever is stopped in
    between makes the same letter again.
    """
    made = _made(request, kept)
    _refuse_faults(made)
    file = made.answers.file()
    reference = make_letter(file.deal, desk.home, final=False, library=desk.library).reference
    file = file.model_copy(update={"reference": reference})
    letter, _warnings = final_letter(
        file.deal, desk.home, library=desk.library, known=made.answers.known_to(file.deal)
    )
    content, path = output.rendered(letter), output.path_of(letter, desk.folder)
    answers = {**kept.answers, "reference": reference, "date": letter.date.isoformat()}
    noted = desk.store.keep(replace(kept, answers=answers), desk.now()) if answers != kept.answers else kept
    if noted is None:
        raise AccordError(_("Another window has changed an answer meanwhile; read the letter again."))
    told: list[str] = []
    made.answers.form.put("reference", reference)
    if OF_FILE in kept.answers:
        path_of_deal = desk.folder / kept.answers[OF_FILE]
        before = dict(dotted.flatten(loader.read_deal_data(path_of_deal, path_of_deal.name)))
        after = dict(dotted.flatten(made.answers.form.table))
        toml_editor.change_file(path_of_deal, DealFile, before, after)
    else:
        _write_deal(output.deal_path_of(letter, desk.folder), _deal_file(made, letter))
    with desk.records(person, told.append).recording() as announce:
        announce(letter, file.deal, content, path)
        files.write(path, content, force=output.is_own_draft(path, output.Identity.of(letter), content))
    said = {TOLD: "\n".join(told)} if told else {}
    issued = replace(noted, reference=letter.reference, answers={**noted.answers, **said})
    return desk.store.keep(issued, desk.now()) or issued


def _deal_file(made: Making, letter: Any) -> bytes:
    """The deal file of a letter, as `accord new` writes it."""
    file = made.answers.file().model_copy(update={"reference": letter.reference})
    data = file.model_dump(exclude_unset=True, exclude_none=True)
    return toml_writer.toml_of_deal(data, letter.gaps).encode()


def _write_deal(path: Path, content: bytes) -> None:
    """Write the deal file beside the letter; `OutputError` where the same request has another one already."""
    try:
        files.write(path, content, force=False)
    except OutputError:
        if not path.is_file():
            raise
        sentence = _(
            "{path} exists with other content: the same prospect asks for the same feature in it. Give this"
            " letter a reference of its own, or change that deal."
        )
        raise OutputError(sentence.format(path=path.name)) from None


def _sentences(error: AccordError) -> list[str]:
    return [line.strip() for line in str(error).splitlines() if line.strip()]


# --- The form -----------------------------------------------------------------


@dataclass(frozen=True)
class Field:
    """A question as the form shows it: `kind` is "text", "long", "select" or "radio"."""

    asked: Asked
    words: str
    kind: str
    value: str
    choices: Mapping[str, str]
    offers: Sequence[str]
    replaced: str = ""
    blanks: str = ""
    """what stands in those blanks of the letter that it fills, parted by bars"""

    @property
    def name(self) -> str:
        """The name of its question."""
        return self.asked.name


def _words_of(name: str) -> str:
    """What the form calls a question that the terminal asks in words of its own; "" for the others."""
    return {
        "effort": _("How many working days does it take? For your plan alone: the letter does not say it."),
        "delivery": _("By when can you deliver it? Write “no” if not in time."),
        "wanted": _("By what date do they need it?"),
        "earliest": _("From when could you deliver it? Indicative, not a promise."),
        "own-alternative": _("What of yours could serve them? One sentence, as the letter will say it."),
        "alternative": _("And what of somebody else’s? One sentence; the letter will not vouch for it."),
        "item": _("What do they buy? Such as “licences”, or all at once: “25 licences at 40 per month”."),
        "quantity": _("How many?"),
        "price": _("Price of one, before tax"),
        "period": _("Is the price per month or per year?"),
        "term": _("For how long?"),
        "duration": _("How long does the trial last? Such as 8 weeks."),
        "date": _("Date of the letter"),
        "reference": _("Its reference, if it is to have one of its own"),
    }.get(name, "")


def _field(each: Asked, made: Making, replaced: Mapping[str, str]) -> Field:
    question, answers = each.question, made.answers
    choices = dict(question.choices(answers)) if question.choices else {}
    kind, value = "long" if question.name in LONG else "text", each.text
    if choices:
        kind = "radio" if question.name in {"decision", "level", "law"} else "select"
    elif question.name == "core":
        kind, choices = "radio", {"yes": _("yes"), "no": _("no, a polite refusal")}
        value = "no" if overrides.yes_or_no(value) is False else "yes"
    elif question.name == "period":
        named = words.named("decision.period")
        kind, choices = "select", {"": "…", **named}
        value = words.meant("decision.period", value) or value if value else ""
    if kind == "select" and value not in choices:
        choices = {"": "…", **choices}
    offers = [text for text in (question.proposed(answers), question.suggested(answers)) if text]
    return Field(
        each,
        _words_of(question.name) or question.words(answers),
        kind,
        value,
        choices,
        offers if kind in {"text", "long"} else (),
        replaced.get(question.name, ""),
        _blanks_of(each, made),
    )


def _blanks_of(each: Asked, made: Making) -> str:
    """What stands in the blanks of the letter that an answer would fill."""
    gaps = [key for key in each.question.keys if made.letter and key in made.letter.gaps]
    return "|".join(str(made.letter.labels["hint"][key]) for key in gaps) if made.letter else ""


def _form(found: Draft, made: Making, replaced: Mapping[str, str]) -> dict[str, Any]:
    """What the template of the form is given."""
    fields = {
        each.name: _field(each, made, replaced) for each in made.asked.values() if each.name not in OF_LETTER
    }
    of_letter = [_field(each, made, replaced) for each in _of_letter(made)]
    sections = [
        (title, [fields.pop(name) for name in names if name in fields]) for title, names in _sections()
    ]
    blank = any(field.asked.is_blank for field in fields.values())
    sections.append(
        (_("Still blank in the letter") if blank else _("Other particulars"), list(fields.values()))
    )
    return {
        "draft": found,
        "path": _path(found),
        "made": made,
        "sections": [(f"s{place}", title, some) for place, (title, some) in enumerate(sections)],
        "languages": {"fr": _("French"), "en": _("English")},
        "letter_language": made.answers.form.get("language"),
        "of_letter": of_letter,
        "base": _base(made),
    }


def _of_letter(made: Making) -> list[Asked]:
    """What every letter has without being asked, as it stands."""
    questions = [for_blank(name, name) for name in OF_LETTER]
    return [
        made.asked.get(question.name) or Asked(question, question.answer(made.answers))
        for question in questions
    ]


def _sections() -> list[tuple[str, tuple[str, ...]]]:
    """The four questions, and what they take in."""
    return [
        (
            _("Who asks, and for what"),
            ("prospect", "client", "feature", "core", "own-alternative", "alternative"),
        ),
        (_("By when"), ("effort", "delivery", "wanted", "earliest")),
        (
            _("What they decide if you do"),
            ("decision", "currency", "item", "quantity", "price", "period", "term", "duration"),
        ),
        (_("How binding it is"), ("law", "level")),
    ]


def _base(made: Making) -> str:
    """What the form shows, as JSON: whatever differs from it later was changed there."""
    shown = {each.name: _field(each, made, {}).value for each in (*_of_letter(made), *made.asked.values())}
    shown["language"] = str(made.answers.form.get("language"))
    return json.dumps(shown, ensure_ascii=False)


def _page(
    request: Request,
    found: Draft,
    *,
    status: int = 200,
    sentences: Sequence[str] = (),
    drafts: Sequence[Draft] | None = None,
) -> Response:
    desk, made = desk_of(request), _made(request, found)
    return page(
        request,
        "draft.html",
        status=status,
        sentences=sentences,
        drafts=drafts,
        prospects=sorted({str(each["name"]) for each in desk.prospects}),
        deals=[path.name for path in _deal_files(desk)] if drafts is not None else [],
        features=desk.features(person_of(request)),
        items=next(each for each in deal_questions() if each.name == "order").offers(made.answers),
        **_form(found, made, {}),
    )


def _path(found: Draft) -> str:
    return f"/letters/drafts/{found.name}"


def _to_letter(found: Draft) -> Response:
    return RedirectResponse(_path(found) if TOLD in found.answers else _letter_path(found), 303)


def _letter_path(found: Draft) -> str:
    return f"/letters/{found.reference}"
