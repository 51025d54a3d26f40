"""What stands before every page: the host's name, where a request comes from, who asks, how much they send.

The rules are those that keep a server on one's own machine from being used by
the pages of others (DNS rebinding, cross-site requests): a list of hosts with
their port, a token that works once, a cookie that no other site can send.
"""

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accord import i18n
from accord.desk.desk import Person
from accord.errors import AccordError
from accord.i18n import _

COOKIE = "accord_desk"
LANGUAGE = "accord_language"
LARGEST_REQUEST = 64 << 20  # bytes
LARGEST_OF_NOBODY = 64 << 10  # bytes of a request of somebody who has not come in
SECONDS_BETWEEN, SECONDS_IN_ALL = 20, 600
"""How long a body may make us wait for its next part, and for its last."""
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
OPEN_TO_ALL = ("/static/",)
"""The beginning of what anybody may ask for."""


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


@dataclass(frozen=True)
class Proxy:
    """What stands before a team's desk and speaks TLS: its addresses, and the header by which it names who asks, if it does."""

    addresses: frozenset[str]
    header: str | None = None


@dataclass(frozen=True)
class Cookie:
    """The cookie of a desk; those of two desks on one machine differ, though browsers do not part ports."""

    name: str
    secure: bool

    @classmethod
    def of(cls, origins: Collection[str]) -> "Cookie":
        """That of a desk at some origins."""
        secure = all(origin.startswith("https://") for origin in origins)
        port = next((urlsplit(origin).port for origin in origins), None)
        return cls(f"__Host-{COOKIE}" if secure else f"{COOKIE}_{port or 80}", secure)


class Guard:
    """The application behind the checks; what they refuse never reaches it."""

    def __init__(  # noqa: PLR0913 - what it checks
        self,
        application: ASGIApp,
        origins: Collection[str],
        person_of: Callable[[Headers, str], Awaitable[Person | None]],
        *,
        keys: Keys | None = None,
        sign_in: str | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        """Guard an application at `origins`, such as "http://127.0.0.1:8000".

        `person_of` says who comes with these headers and this session; `keys` are
        those of one's own machine; `sign_in` is the page for whoever is nobody yet.
        Where there is a `proxy`, nobody else may speak to the desk.
        """
        self._application, self._person_of, self._keys, self._sign_in = application, person_of, keys, sign_in
        self._origins, self._proxy = frozenset(origins), proxy
        self._hosts = frozenset(origin.partition("://")[2] for origin in origins)
        self._cookie = Cookie.of(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have the application answer it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "lifespan":
            await self._application(scope, receive, send)
        elif scope["type"] == "http":
            headers = Headers(scope=scope)
            i18n.use(_language(headers))
            send = _with_headers(send)
            answer = await self._answer(scope, headers)
            if answer is None:
                largest = LARGEST_REQUEST if scope["state"]["person"] else LARGEST_OF_NOBODY
                await self._application(scope, _bounded(receive, largest), send)
            else:
                await answer(scope, receive, send)

    async def _answer(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        """The refusal of a request; None where it is let through, with its person in its state."""
        if refusal := self._refusal(scope, headers):
            return refusal
        if self._proxy:
            _take_from_proxy(scope, headers)
        session = _cookies(headers).get(self._cookie.name, "")
        state = scope.setdefault("state", {})
        state |= {"person": None, "session": session, "cookie": self._cookie}
        path, query = scope["path"], scope.get("query_string", b"").decode("latin-1")
        if path.startswith(OPEN_TO_ALL):
            return None
        if self._keys and path == "/" and (token := parse_qs(query).get("token")):
            return self._enter(token[-1], scope["method"])
        try:
            state["person"] = await self._person_of(headers, session)
        except AccordError as error:
            return _refusal(503, str(error))
        is_calendar = path.startswith(CALENDAR) and scope["method"] in SAFE
        if state["person"] or is_calendar or (self._sign_in and path.startswith(PUBLIC)):
            return None
        return self._send_away(scope["method"], f"{path}?{query}" if query else path)

    def _send_away(self, method: str, address: str) -> ASGIApp:
        """The answer to somebody who is nobody yet."""
        if self._sign_in and method in SAFE:
            after = f"?next={quote(address, safe='/')}" if address != "/" else ""
            return RedirectResponse(f"{self._sign_in}{after}", 303)
        if self._keys is None:
            return _refusal(401, _("Your session has ended, or you have no account here; sign in again."))
        return _refusal(401, _("Open the desk by the address that “accord desk” gives: it lets you in once."))

    def _refusal(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        """The refusal of a request by what it says of itself."""
        if self._proxy and (scope.get("client") or ("",))[0] not in self._proxy.addresses:
            return _refusal(403, _("This desk is spoken to through its proxy alone."))
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self._hosts:
            return _refusal(421, _("This desk does not answer to that name."))
        if scope["method"] not in SAFE and not self._is_of_ours(headers):
            return _refusal(403, _("This request does not come from a page of this desk."))
        length = headers.get("content-length", "0")
        says_twice = (
            "transfer-encoding" in headers and "content-length" in headers
        )  # a proxy may see another end
        if says_twice or not (length.isascii() and length.isdigit()):
            return _refusal(400, _("This request does not say how long it is."))
        if len(length) > 12 or int(length) > LARGEST_REQUEST:
            return _refusal(413, _("That is too much at once."))
        return None

    def _is_of_ours(self, headers: Headers) -> bool:
        """Whether a page of this desk sends a request: the browser says so (Fetch Metadata), or names its origin."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin is not None and origin not in self._origins:
            return False
        return site == "same-origin" or (site is None and origin is not None)

    def _enter(self, token: str, method: str) -> ASGIApp:
        # What only looks ahead (HEAD) must not use the token up.
        session = self._keys.exchange(token) if self._keys and method == "GET" else None
        if session is None:
            return _refusal(
                401, _("This address has been used. Run “accord desk” again: it gives a new one.")
            )
        answer = RedirectResponse("/", 303)
        set_cookie(answer, self._cookie.name, session, secure=self._cookie.secure)
        return answer


def set_cookie(answer: Response, name: str, value: str, *, secure: bool) -> None:
    """Give a browser a cookie that scripts cannot read and other sites cannot send."""
    answer.set_cookie(name, value, path="/", httponly=True, samesite="strict", secure=secure)


def session_of(request: Request) -> str:
    """The session that a request came with, whether or not it has ended; "" for none."""
    session: str = request.state.session
    return session


def admit(request: Request, answer: Response, session: str) -> None:
    """Give a browser a session."""
    cookie: Cookie = request.state.cookie
    set_cookie(answer, cookie.name, session, secure=cookie.secure)


def take_leave(request: Request, answer: Response) -> None:
    """Take a browser's session from it, and what it has kept of the desk."""
    cookie: Cookie = request.state.cookie
    answer.delete_cookie(cookie.name, path="/", httponly=True, samesite="strict", secure=cookie.secure)
    answer.headers["clear-site-data"] = '"cache", "storage"'


def _take_from_proxy(scope: Scope, headers: Headers) -> None:
    """Note who speaks to the proxy, as it says last, and that they speak TLS."""
    forwarded = ",".join(headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
    scope["client"], scope["scheme"] = (forwarded or scope["client"][0], 0), "https"


PUBLIC = ("/sign-in", "/invitation/", "/language")
"""The beginnings of a team's pages that ask for a secret of their own, or for none."""
CALENDAR = "/calendar/"
"""The beginning of what programs read by a token of its own."""


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
    """A body larger, or slower, than that of a request may be."""


def _bounded(receive: Receive, largest: int) -> Receive:
    """What receives a body of at most so many bytes, whatever its length was said to be, in bounded time."""
    received, is_whole = 0, False
    latest = asyncio.get_running_loop().time() + SECONDS_IN_ALL

    async def receiving() -> Message:
        nonlocal received, is_whole
        if is_whole:  # what follows is that the browser has gone, which may take its time
            return await receive()
        left = min(SECONDS_BETWEEN, latest - asyncio.get_running_loop().time())
        try:
            message = await asyncio.wait_for(receive(), max(left, 0))
        except TimeoutError:
            raise TooMuch from None
        received += len(message.get("body", b""))
        if received > largest:
            raise TooMuch
        is_whole = not message.get("more_body", False)
        return message

    return receiving
