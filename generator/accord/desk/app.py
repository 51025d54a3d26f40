"""The application: which page answers at which address."""

from collections.abc import Collection

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from accord import i18n
from accord.desk import board, drafts, fonts, guard, house, legal, life
from accord.desk.desk import Desk, Person
from accord.desk.guard import Guard, Keys, Proxy, TooMuch
from accord.desk.pages import STATIC, own_path, page
from accord.errors import AccordError
from accord.i18n import _


def application(
    desk: Desk, origins: Collection[str], keys: Keys | None = None, proxy: Proxy | None = None
) -> Guard:
    """The desk as an ASGI application at `origins`.

    `keys` let in whoever sits at it alone; a team has accounts, and a `proxy` that may say who asks.
    """
    desk.jobs.take_up(desk.now())
    routes = [
        *board.routes(),
        *house.routes(),
        *drafts.routes(),
        *legal.routes(),
        *life.routes(),  # last: any other word after /letters/ is taken for a reference
        Route("/language", _speak, methods=["POST"]),
        Route("/static/fonts/{name}", fonts.font),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    if desk.alone is None:
        from accord.desk import people  # noqa: PLC0415 - one's own machine does without passwords

        routes += people.routes()
    starlette = Starlette(
        routes=routes,
        exception_handlers={
            AccordError: _refused,
            HTTPException: _missing,
            TooMuch: _too_much,
        },
    )
    starlette.state.desk = desk

    starlette.router.redirect_slashes = False

    async def alone(_headers: Headers, session: str) -> Person | None:
        return desk.alone if keys and keys.admits(session) else None

    async def one_of_team(headers: Headers, session: str) -> Person | None:
        if proxy and proxy.header:
            given = headers.getlist(proxy.header)
            return await run_in_threadpool(desk.accounts.named, given[0]) if len(given) == 1 else None
        return await run_in_threadpool(desk.accounts.person_of, session) if session else None

    if desk.alone is not None:
        return Guard(starlette, origins, alone, keys=keys)
    signs_in = None if proxy and proxy.header else "/sign-in"
    return Guard(starlette, origins, one_of_team, sign_in=signs_in, proxy=proxy)


def _speak(request: Request) -> Response:
    """Switch the language of the pages, and show the one that was asked from again."""
    answer = RedirectResponse(_own_path(request), 303)
    language = request.query_params.get("to", "")
    if language in i18n.LANGUAGES:
        guard.set_cookie(answer, guard.LANGUAGE, language, secure=request.url.scheme == "https")
    return answer


def _own_path(request: Request) -> str:
    """Where the request came from, if that is a page of ours; else the board."""
    before = request.headers.get("referer", "")
    own = str(request.base_url)
    return own_path("/" + before[len(own) :]) if before.startswith(own) else "/"


def sentences_of(error: AccordError) -> list[str]:
    """What an error says, one sentence after the other."""
    return [line for line in str(error).splitlines() if line.strip()]


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, AccordError)  # noqa: S101 - Starlette chose by that
    return page(request, "error.html", status=422, sentences=sentences_of(error))


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette chose by that
    sentence = {404: _("There is no such page."), 405: _("This page cannot be asked for so.")}.get(
        error.status_code, error.detail
    )
    return page(request, "error.html", status=error.status_code, sentences=[sentence])


def _too_much(request: Request, _error: Exception) -> Response:
    return page(request, "error.html", status=413, sentences=[_("That is too much at once.")])
