"""Pages out of templates, in the language of whoever asks."""

import datetime
import functools
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from anyio import from_thread
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from accord import i18n
from accord.desk.desk import Desk, Person, Role
from accord.errors import AccordError
from accord.i18n import _, ngettext
from accord.text import formats

Page = Callable[[Request], Response]

FOLDER = Path(__file__).parent / "pages"
STATIC = Path(__file__).parent / "static"


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


def person_of(request: Request) -> Person:
    """Who asks; the guard let nobody else through."""
    person: Person = request.state.person
    return person


def fields_of(request: Request, *, most_fields: int = 1000, most_files: int = 100) -> FormData:
    """The fields of a form that was sent, no more of them than it may have; for pages that answer in a thread of their own, as all of ours do."""

    async def read() -> FormData:
        return await request.form(max_fields=most_fields, max_files=most_files)

    return from_thread.run(read)


def needs(role: Role, answer: Page) -> Page:
    """A page for those alone who have a role."""

    def answering(request: Request) -> Response:
        if not person_of(request).may(role):
            raise HTTPException(403, _("Your role does not allow this; ask an administrator of the desk."))
        return answer(request)

    return answering


OWN = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f\x7f]*")


def own_path(text: str) -> str:
    """The address within the desk that a text is; the board's if it is none, so that nobody is led elsewhere."""
    return text if OWN.fullmatch(text) else "/"


def page(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of a template with values; every value is escaped."""
    return HTMLResponse(rendered(request, name, **values), status)


def rendered(request: Request, name: str, **values: Any) -> str:
    """The HTML of a template with values."""
    desk, person = desk_of(request), getattr(request.state, "person", None)
    common: Mapping[str, Any] = {
        "request": request,
        "path": request.url.path,
        "person": person,
        "alone": desk.alone is not None,
        "house_name": _house_name(desk),
        "language": i18n.language(),
        "live": "hx-request" in request.headers,
    }
    html = _environment().get_template(name).render({**common, **values})
    return html if desk.alone else _without_folders(html, desk)


def _without_folders(html: str, desk: Desk) -> str:
    """A page for a team, whose members need not know where the files of the server are."""
    for folder in sorted({desk.folder, desk.house.parent}, key=lambda folder: -len(str(folder))):
        html = html.replace(f"{escape(str(folder))}/", "")
    return html


def _house_name(desk: Desk) -> str:
    try:
        return desk.home.house.supplier.name
    except AccordError:  # the page may be the one that says so
        return desk.house.parent.name


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update({"_": _, "ngettext": ngettext})
    environment.filters["date"] = _date
    environment.filters["day"] = lambda text: _date(datetime.date.fromisoformat(text))
    environment.filters["amount"] = _amount
    return environment


def _date(day: datetime.date | None) -> str:
    return str(formats.date(day, i18n.locale())) if day else ""


def _amount(value: Decimal, currency: Any) -> str:
    return str(formats.amount(value, currency, i18n.locale()))
