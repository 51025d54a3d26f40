"""What stands before every page: the host's name, where a request comes from, who asks, how much they send.

The rules are those that keep a server on one's own machine from being used by
the pages of others (DNS rebinding, cross-site requests): a list of hosts with
their port, a token that works once, a cookie that no other site can send.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accord import i18n
from accord.desk.desk import Person
from accord.i18n import _

COOKIE = "accord_desk"
LANGUAGE = "accord_language"
LARGEST_REQUEST = 64 << 20  # bytes
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""The Content-Security-Policy of a page that states none of its own."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
OPEN_TO_ALL = ("/static/", "/calendar/")
"""The beginnings of what anybody may ask for; a calendar asks for a secret of its own."""


@dataclass
class Keys:
    """Who may come in on one's own machine: whoever brings the token, once, then the cookie that they were given."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _sessions: set[str] = field(default_factory=set)

    def exchange(self, token: str) -> str | None:
        """A session for the token, which is used up by that; None for any other."""
        if not self.token or not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        self.token, session = "", secrets.token_urlsafe(32)
        self._sessions.add(session)
        return session

    def admits(self, session: str) -> bool:
        """Whether a session was given out."""
        return session in self._sessions


class Guard:
    """The application behind the checks; what they refuse never reaches it."""

    def __init__(
        self,
        application: ASGIApp,
        origins: Collection[str],
        person_of: Callable[[Headers, str], Awaitable[Person | None]],
        keys: Keys | None,
        sign_in: str | None,
    ) -> None:
        """Guard an application at `origins`, such as "http://127.0.0.1:8000".

        `person_of` says who comes with these headers and this session; `keys` are
        those of one's own machine; `sign_in` is the page for whoever is nobody yet.
        """
        self._application, self._person_of, self._keys, self._sign_in = application, person_of, keys, sign_in
        self._origins = frozenset(origins)
        self._hosts = frozenset(origin.partition("://")[2] for origin in origins)
        self._secure = all(origin.startswith("https://") for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have the application answer it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._application(scope, receive, send)
            return
        headers = Headers(scope=scope)
        i18n.use(_language(headers))
        send = _with_headers(send)
        answer = await self._answer(scope, headers)
        if answer is None:
            await self._application(scope, _bounded(receive), send)
        else:
            await answer(scope, receive, send)

    async def _answer(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        """The refusal of a request; None where it is let through, with its person in its state."""
        if refusal := self._refusal(scope, headers):
            return refusal
        if token := parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token"):
            return self._enter(token[-1]) if self._keys else RedirectResponse("/", 303)
        person = await self._person_of(headers, _cookies(headers).get(COOKIE, ""))
        scope.setdefault("state", {})["person"] = person
        if person or scope["path"].startswith(OPEN_TO_ALL) or (self._sign_in and _is_public(scope["path"])):
            return None
        if self._sign_in and scope["method"] in SAFE:
            return RedirectResponse(self._sign_in, 303)
        return _refusal(401, _("Open the desk by the address that “accord desk” gives: it lets you in once."))

    def _refusal(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        """The refusal of a request by what it says of itself."""
        if headers.get("host", "").lower() not in self._hosts:
            return _refusal(421, _("This desk does not answer to that name."))
        if scope["method"] not in SAFE and not self._is_of_ours(headers):
            return _refusal(403, _("This request does not come from a page of this desk."))
        if int(headers.get("content-length") or 0) > LARGEST_REQUEST:
            return _refusal(413, _("That is too much at once."))
        return None

    def _is_of_ours(self, headers: Headers) -> bool:
        """Whether a page of this desk sends a request: the browser says so (Fetch Metadata), or names its origin."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin is not None and origin not in self._origins:
            return False
        return site == "same-origin" or (site is None and origin is not None)

    def _enter(self, token: str) -> ASGIApp:
        session = self._keys.exchange(token) if self._keys else None
        if session is None:
            return _refusal(
                401, _("This address has been used. Run “accord desk” again: it gives a new one.")
            )
        answer = RedirectResponse("/", 303)
        set_cookie(answer, COOKIE, session, secure=self._secure)
        return answer


def set_cookie(answer: Any, name: str, value: str, *, secure: bool) -> None:
    """Give a browser a cookie that scripts cannot read and other sites cannot send."""
    answer.set_cookie(name, value, path="/", httponly=True, samesite="strict", secure=secure)


PUBLIC = ("/sign-in", "/invitation/")
"""The beginnings of the pages that ask for a secret of their own."""


def _is_public(path: str) -> bool:
    return path.startswith(PUBLIC)


def _cookies(headers: Headers) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return {name: value for name, _equals, value in pairs}


def _language(headers: Headers) -> str:
    """The language that a browser was set to here, else the first that it asks for and we speak."""
    if (chosen := _cookies(headers).get(LANGUAGE)) in i18n.LANGUAGES:
        return str(chosen)
    for part in headers.get("accept-language", "").split(","):
        if (language := part.strip()[:2].lower()) in i18n.LANGUAGES:
            return language
    return i18n.language()


def _refusal(status: int, sentence: str) -> PlainTextResponse:
    return PlainTextResponse(sentence, status)


def _with_headers(send: Send) -> Send:
    """What sends an answer with our headers, unless it has its own."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


class TooMuch(Exception):
    """A body larger than a request may have."""


def _bounded(receive: Receive) -> Receive:
    """What receives a body of at most `LARGEST_REQUEST` bytes, whatever its length was said to be."""
    received = 0

    async def receiving() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > LARGEST_REQUEST:
            raise TooMuch
        return message

    return receiving
