"""The desk on a port of this machine, until somebody stops it."""

import asyncio
import contextlib
import contextvars
import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from accord.desk.app import application
from accord.desk.desk import Desk
from accord.desk.guard import Guard, Keys
from accord.desk.place import Place
from accord.errors import AccordError
from accord.i18n import _
from accord.pdf import engine

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8710
MOST_CONNECTIONS = 500
SECONDS_FOR_HEAD = 15  # until the head of a request is whole
SECONDS_TO_END = 5  # for answers under way when the desk is closed


def serve(desk: Desk, port: int | None, opened: Callable[[str], object]) -> None:
    """Serve a desk on loopback until Ctrl-C; `opened` gets the address that lets one in, once it answers.

    Without a `port` the usual one is taken, or a free one if that is in use; `AccordError` if a port that was asked for is.
    """
    keys = Keys()
    with _bound_here(port) as bound:
        number = bound.getsockname()[1]
        origins = [f"http://{name}:{number}" for name in (LOOPBACK, "localhost")]
        guarded = application(desk, origins, keys)
        _run(guarded, bound, lambda: opened(f"{origins[0]}/?token={keys.token}"))


def serve_team(desk: Desk, place: Place, opened: Callable[[str], object]) -> None:
    """Serve a desk to people with accounts, at the address of the proxy that speaks TLS for it, until Ctrl-C."""
    with _bound(place.host, place.port) as bound:
        _run(application(desk, [place.origin], proxy=place.proxy), bound, lambda: opened(place.origin))


def _run(guarded: Guard, bound: socket.socket, opened: Callable[[], object]) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config_of(guarded), opened).run(sockets=[bound])


def config_of(guarded: Guard) -> uvicorn.Config:
    """How a desk is served: the guard finds out who asks; nothing that anybody asks for is logged, for it may be a secret."""
    return uvicorn.Config(
        guarded,
        http=Timed,
        ws="none",
        log_level="critical",
        access_log=False,
        lifespan="off",
        workers=1,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=SECONDS_TO_END,
    )


def _bound_here(port: int | None) -> socket.socket:
    """A socket on loopback."""
    if port is not None:
        return _bound(LOOPBACK, port)
    try:
        return _bound(LOOPBACK, USUAL_PORT)
    except AccordError:
        return _bound(LOOPBACK, 0)


def _bound(host: str, port: int) -> socket.socket:
    """A socket at an address of this machine."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if host != LOOPBACK:
            sentence = _("{address} cannot be listened at ({reason}); write another one with --listen.")
            raise AccordError(
                sentence.format(address=f"{host}:{port}", reason=error.strerror or str(error))
            ) from None
        sentence = _("Port {port} cannot be used ({reason}); write another one, or leave --port out.")
        raise AccordError(sentence.format(port=port, reason=error.strerror)) from None
    return bound


class Timed(H11Protocol):
    """A connection that is closed when the head of a request takes too long to come."""

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._due = self.loop.call_later(SECONDS_FOR_HEAD, self._give_up)

    def data_received(self, data: bytes) -> None:
        """Take a part of a request; the clock runs while its head is not whole."""
        super().data_received(data)
        if not self._is_waiting():
            self._stop()
        elif self._due is None:
            self._due = self.loop.call_later(SECONDS_FOR_HEAD, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the clock."""
        self._stop()
        super().connection_lost(exc)

    def _is_waiting(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _give_up(self) -> None:
        self._due = None
        if self._is_waiting():
            self.transport.close()

    def _stop(self) -> None:
        if self._due:
            self._due.cancel()
            self._due = None


class _Server(uvicorn.Server):
    """A server that says when it answers, and then loads what the first letter needs."""

    def __init__(self, config: uvicorn.Config, answering: Callable[[], object]) -> None:
        super().__init__(config)
        self._answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # In the language of whoever started it, which belongs to the context.
        threading.Thread(target=contextvars.copy_context().run, args=(self._after,), daemon=True).start()

    def _after(self) -> None:
        self._answering()
        with contextlib.suppress(AccordError):  # the first letter will say so
            import accord.review.review  # noqa: F401, PLC0415 - while somebody reads the first page

            engine.load()


def open_browser(address: str) -> bool:
    """Open an address in the browser of this machine; whether there is one."""
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
